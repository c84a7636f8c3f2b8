"""Onderzoek: services and their time."""

from vt.web.page import show_categories, show_heading, show_norms, show_places, show_section
from vt.web.state import open_view

view = open_view()
show_heading("Onderzoek", "Hoe vaak start Veilig Thuis zelf een dienst, is die op tijd klaar, en wat komt eruit?")
show_section("Gestarte diensten")
show_places(view, "voorwaarden_en_vervolg", "onderzoeken")
show_section("Op tijd of niet")
show_norms(
    view,
    "Diensten op tijd",
    "vv_tijdig",
    "vv_tijdig_met_wachtlijst",
    "onderzoeken_tijdig",
    "onderzoeken_tijdig_met_wachtlijst",
)
show_section("Uitkomst")
show_categories(view, "onderzoek_uitkomst")
