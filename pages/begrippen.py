from vt import web

web.heading("Begrippen", "Wat de cijfers tellen, wat de woorden betekenen, en welke tekens er staan.")
web.definitions()
