"""Melders: who reports."""

from vt.web.page import show_categories, show_classes, show_groups, show_heading, show_section
from vt.web.state import open_view

view = open_view()
show_heading("Melders", "Wie doet een melding, en wie niet?")
show_section("In groepen die alle regio's delen")
show_groups(view, "Melders", "meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")
show_section("Zoals de rapporten ze indelen")
show_categories(view, "meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")
show_classes(view, "Meldingen per beroepsgroep", "meldingen_professionals_functie")
