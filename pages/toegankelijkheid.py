from vt.web.page import show_accessibility_statement, show_heading

show_heading("Toegankelijkheid", "Voor wie werkt deze website, wat nog niet, en waar kunt u dat melden?")
show_accessibility_statement()
