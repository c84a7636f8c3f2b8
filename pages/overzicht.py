"""Overzicht: the headline numbers, meldingen, and what is in the collection."""

from vt.web.audit import render_collection, show_account
from vt.web.page import show_heading, show_headlines, show_places, show_section
from vt.web.state import open_view

view = open_view()
show_heading(
    "Veilig Thuis in cijfers",
    "Wat Veilig Thuis publiceerde over huiselijk geweld en kindermishandeling, per gemeente, met de bron erbij.",
)
show_headlines(
    view,
    "meldingen",
    "adviezen",
    "ondersteuning",
    "crisissituaties",
    "huisverboden",
    "triagebesluiten_tijdig",
    "voorwaarden_en_vervolg",
    "onderzoeken",
    "overdrachten",
    "directe_overdrachten",
)
show_section("Meldingen")
show_places(view, "meldingen")
show_section("Wat is er in de verzameling?")
show_account(view, render_collection)
