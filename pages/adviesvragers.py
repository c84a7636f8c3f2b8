"""Adviesvragers: who asks for advice."""

from vt.web.page import show_categories, show_classes, show_groups, show_heading, show_section
from vt.web.state import open_view

view = open_view()
show_heading("Adviesvragers", "Wie vraagt Veilig Thuis om advies?")
show_section("In groepen die alle regio's delen")
show_groups(view, "Adviesvragers", "adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren")
show_section("Zoals de rapporten ze indelen")
show_categories(view, "adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren")
show_classes(view, "Adviezen per beroepsgroep", "adviezen_professionals_functie")
