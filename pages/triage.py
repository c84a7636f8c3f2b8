"""Triage: what is decided."""

from vt.web.page import show_categories, show_heading, show_norms, show_section
from vt.web.state import open_view

view = open_view()
show_heading("Triage", "Wat besluit Veilig Thuis over een melding, hoe veilig is het, en is het besluit op tijd?")
show_section("Besluiten en veiligheid")
show_categories(view, "triagebesluiten", "veiligheidsbeoordelingen")
show_section("Op tijd of niet")
show_norms(view, "Triagebesluiten op tijd", "triagebesluiten_tijdig")
