"""Overdracht: how often a melding is handed over, and to whom."""

from vt.figures.registry import FigureRequest
from vt.web.page import render_figures, show_grid, show_heading, show_topic
from vt.web.state import open_view

FLOW = (
    *("meldingen", "triagebesluiten", "voorwaarden_en_vervolg", "onderzoeken", "directe_overdrachten"),
    *("onderzoek_uitkomst", "overdrachten", "overdrachtspartijen_na_triage", "overdrachtspartijen_na_dienst"),
)

view = open_view()
show_heading("Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
show_grid(view, render_figures(view, FigureRequest("flow", FLOW, "Wat wordt er van een melding?")))
show_topic(view, "overdracht")
