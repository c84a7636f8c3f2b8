from vt import web

web.heading("Vergelijken", "Hoe verhoudt een gemeente zich tot andere gemeenten, haar regio en Nederland?")
web.compare()
