from vt.web.page import show_definitions, show_heading

show_heading("Begrippen", "Wat de cijfers tellen, wat de woorden betekenen, en welke tekens er staan.")
show_definitions()
