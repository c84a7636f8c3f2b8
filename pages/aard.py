"""Aard van het geweld: which kinds of violence."""

from vt.web.page import show_categories, show_heading, show_section
from vt.web.state import open_view

view = open_view()
show_heading("Aard van het geweld", "Om welke vormen van geweld gaat het?")
show_section("Vormen van geweld en andere zorgen")
show_categories(view, "meldingen_naar_aard", "meldingen_naar_vorm", "adviezen_naar_aard")
