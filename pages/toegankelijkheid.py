from vt import web

web.heading("Toegankelijkheid", "Voor wie werkt deze website, wat nog niet, en waar kunt u dat melden?")
web.accessibility_statement()
