"""Instroom: meldingen, advice, danger."""

from vt.web.page import show_categories, show_heading, show_places, show_section, show_series
from vt.web.state import open_view

view = open_view()
show_heading("Instroom", "Hoeveel meldingen en adviesvragen komen er binnen, en hoe vaak is er direct gevaar?")
show_section("Meldingen en advies")
show_places(view, "meldingen", "adviezen")
show_categories(view, "ondersteuning")
show_section("Direct gevaar, en om wie het gaat")
show_places(view, "crisissituaties", "huisverboden", "gemelde_slachtoffers", "besproken_kinderen")
show_section("Over de tijd")
show_series(view, "meldingen", "adviezen", "gemelde_slachtoffers", "besproken_kinderen")
