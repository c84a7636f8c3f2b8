from vt import web

web.heading("Adviesvragers", "Wie vraagt Veilig Thuis om advies?")
web.section("In groepen die alle regio's delen")
web.groups("Adviesvragers", "adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren")
web.section("Zoals de rapporten ze indelen")
web.categories("adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren")
web.classes("Adviezen per beroepsgroep", "adviezen_professionals_functie")
