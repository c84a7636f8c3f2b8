from vt import web

web.heading("Melders", "Wie doet een melding, en wie niet?")
web.section("In groepen die alle regio's delen")
web.groups("Melders", "meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")
web.section("Zoals de rapporten ze indelen")
web.categories("meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")
web.classes("Meldingen per beroepsgroep", "meldingen_professionals_functie")
