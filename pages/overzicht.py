"""Overzicht: what this is and what can be asked; or, once something is chosen, that place on one screen."""

from dataclasses import replace

import streamlit as st

from vt.figures.registry import FigureRequest
from vt.figures.wording import join_words
from vt.model.measures import Measure
from vt.web import place as places
from vt.web.page import (
    choose_region,
    render_figures,
    show_figure,
    show_heading,
    show_hidden_heading,
    show_place_heading,
)
from vt.web.search import show_search
from vt.web.state import View, open_view

HEADLINES = (
    *("meldingen", "adviezen", "ondersteuning", "crisissituaties", "huisverboden", "voorwaarden_en_vervolg"),
    *("onderzoeken", "overdrachten", "directe_overdrachten"),
    *("triagebesluiten_tijdig", "vv_tijdig", "onderzoeken_tijdig"),
)
HOME_HEADLINES = ("meldingen", "adviezen", "crisissituaties", "onderzoeken", "triagebesluiten_tijdig")


def show_map(view: View) -> None:
    """Where most is reported per inhabitant, and of which other places there are numbers."""
    per_inhabitant = replace(view, selection=replace(view.selection, measure=Measure.PER_1000))
    request = FigureRequest("tiles", ("meldingen",), region="nederland")
    for figure in render_figures(per_inhabitant, request)[:1]:
        show_figure(per_inhabitant, figure)


def show_home(view: View) -> None:
    """What this is, what can be asked, and a map; below them the headline numbers of the region on it."""
    region = choose_region(view, view.metadata.indicators["meldingen"])
    left, right = st.columns([7, 11])
    with left, st.container(key="thuis"):
        show_heading(
            "Huiselijk geweld en kindermishandeling in uw gemeente",
            "Wat Veilig Thuis publiceerde, per gemeente, nagerekend en met bron.",
        )
        if not show_search(view):
            places.show_covered(view)
            places.show_questions(view, region)
        show_hidden_heading("Op de kaart")
    with right:
        show_map(view)
    if region:
        places.show_region(view, view.metadata.places[region], HOME_HEADLINES)
    places.show_collection(view)


def show_one(view: View) -> None:
    """One place on one screen."""
    (place,) = view.places
    profile = places.open_profile(view, place, HEADLINES)
    show_place_heading(place.label, profile.summary, places.find_tale(view.metadata))
    places.show_profile_first(view, profile, HEADLINES)
    places.show_more(view, place)


def show_several(view: View) -> None:
    """Several places beside each other."""
    show_place_heading(join_words([place.label for place in view.places]), "De kerncijfers naast elkaar.")
    places.show_beside(view, *HEADLINES)
    places.show_several(view, *HEADLINES)


view = open_view()
if not (view.selection.gemeenten or view.selection.region):
    show_home(view)
elif len(view.places) == 1:
    show_one(view)
else:
    show_several(view)
