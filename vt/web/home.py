"""The home page: what this is, what can be asked, and a map that can be clicked."""

from dataclasses import replace

import streamlit as st

from vt.figures.maps import find_region
from vt.figures.registry import FigureRequest
from vt.figures.selection import LATEST
from vt.model.catalogue import COUNTRY
from vt.model.measures import Measure
from vt.web import place as places
from vt.web.page import (
    RenderedFigure,
    render_figures,
    show_figure,
    show_heading,
    show_hidden_heading,
    show_offer,
)
from vt.web.search import show_search
from vt.web.state import View

HEADLINES = ("meldingen", "adviezen", "crisissituaties", "onderzoeken", "triagebesluiten_tijdig")
NO_MAP = "Over deze periode is er geen kaart van gemeenten; hier staat het nieuwste."


def draw_map(view: View) -> list[RenderedFigure]:
    """Where most is reported per inhabitant, and of which other places there are numbers."""
    per_inhabitant = replace(view, selection=replace(view.selection, measure=Measure.PER_1000))
    return render_figures(per_inhabitant, FigureRequest("tiles", ("meldingen",), region=COUNTRY))[:1]


def show_home(view: View) -> None:
    """What this is, a map, and what can be asked; below them the headline numbers of the region on it."""
    if not (drawn := draw_map(view)) and view.selection.period:
        show_offer(NO_MAP, f"Kies {LATEST}", "nieuwste", "periode", LATEST)
        view = replace(view, selection=replace(view.selection, period=None))
        drawn = draw_map(view)
    region = find_region(view.metadata, view.metadata.indicators["meldingen"], view.selection)
    profile = places.open_profile(view, view.metadata.places[region], HEADLINES) if region else None
    with st.container(key="thuis"):  # site.css lays the map beside the others where there is room
        with st.container(key="thuis-zoek"):
            show_heading(
                "Huiselijk geweld en kindermishandeling in uw gemeente",
                "Wat Veilig Thuis publiceerde, per gemeente, nagerekend en met bron.",
            )
            is_asked = show_search(view)
            show_hidden_heading("Op de kaart")
        with st.container(key="thuis-kaart"):
            for figure in drawn:
                show_figure(view, figure)
        with st.container(key="thuis-vragen"):
            if not is_asked:
                places.show_covered(view)
                places.show_questions(view, region)
    if profile:
        places.show_region(view, profile, HEADLINES)
    places.show_collection(view)
