"""Overzicht: what this is, the questions that can be asked, a map, and the headline numbers of what is chosen."""

from dataclasses import replace

import streamlit as st

from vt.figures.registry import FigureRequest
from vt.figures.wording import join_words
from vt.model.measures import Measure
from vt.web.page import (
    choose_region,
    render_figures,
    show_figure,
    show_heading,
    show_headlines,
    show_hidden_heading,
    show_place_heading,
    show_profile,
    show_questions,
)
from vt.web.state import View, open_view

HEADLINES = (
    *("meldingen", "adviezen", "ondersteuning", "crisissituaties", "huisverboden", "triagebesluiten_tijdig"),
    *("voorwaarden_en_vervolg", "onderzoeken", "overdrachten", "directe_overdrachten"),
)


def show_map(view: View) -> None:
    """Where most is reported per inhabitant, in the region of the choice; nothing where that has no map."""
    region = choose_region(view, view.metadata.indicators["meldingen"])
    per_inhabitant = replace(view, selection=replace(view.selection, gemeenten=(), measure=Measure.PER_1000))
    request = FigureRequest("tiles", ("meldingen",), region=region or "")
    for figure in render_figures(per_inhabitant, request)[:1] if region else ():
        show_hidden_heading("Op de kaart")
        show_figure(per_inhabitant, figure)


def show_home(view: View) -> None:
    """What this is, what can be asked, and a map; below them the headline numbers of every region."""
    left, right = st.columns([11, 9])
    with left:
        show_heading(
            "Huiselijk geweld en kindermishandeling in uw gemeente",
            "Wat Veilig Thuis publiceerde, per gemeente, nagerekend en met de bron erbij.",
        )
        show_questions(view)
    with right:
        show_map(view)
    show_headlines(view, *HEADLINES)


def show_chosen(view: View) -> None:
    """One gemeente among its peers; several places, or a region, by their headlines."""
    show_place_heading(
        join_words([place.label for place in view.places]), "De kerncijfers, met waar zij vandaan komen."
    )
    if len(view.places) == 1 and view.places[0].kind == "gemeente":
        show_profile(view, view.places[0], *HEADLINES)
    else:
        show_headlines(view, *HEADLINES)
    left, right = st.columns([11, 9])
    with left:
        show_questions(view)
    with right:
        show_map(view)


view = open_view()
if view.selection.gemeenten or view.selection.region:
    show_chosen(view)
else:
    show_home(view)
