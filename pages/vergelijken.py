"""Vergelijken: one indicator over gemeenten, in rank and on the tile map of a region."""

import streamlit as st

from vt.figures.registry import FigureRequest
from vt.figures.selection import pick_period
from vt.model.catalogue import Indicator
from vt.web.page import choose_region, render_figures, show_absence, show_grid, show_heading, show_notices, show_section
from vt.web.state import View, open_view


def find_comparable(view: View) -> dict[str, Indicator]:
    """The indicators that more than one gemeente has, by label."""
    gemeenten = [place.id for place in view.metadata.places.values() if place.kind == "gemeente"]
    counts = {
        each.id: sum(bool(view.metadata.covered(each.id, place)) for place in gemeenten)
        for each in view.metadata.indicators.values()
    }
    return {each.label: each for each in view.metadata.indicators.values() if counts[each.id] > 1}


def explain_no_rank(view: View, indicator: Indicator) -> None:
    """Why there is neither rank nor map: no number of a chosen place in that period, or nobody to divide it by."""
    covered = [item for place in view.places for item in view.metadata.covered(indicator.id, place.id)]
    if found := pick_period(covered, view.selection.period):
        why = "het aantal inwoners is niet bekend" if found.period.is_known else "het rapport noemt geen jaar"
        show_notices([f"“{indicator.label}” is hier niet te vergelijken: {why}."])
    else:
        show_absence(view, "ranking", indicator.id)


def show_comparison(view: View, indicator: Indicator) -> None:
    """The rank, and the map where there is one; a sentence where the sources have neither."""
    show_section(indicator.label)
    requests = [FigureRequest("ranking", (indicator.id,))]
    if region := choose_region(view, indicator):
        requests.append(FigureRequest("tiles", (indicator.id,), region=region))
    figures = [figure for request in requests for figure in render_figures(view, request)]
    show_grid(view, figures)
    if not figures:
        explain_no_rank(view, indicator)


view = open_view()
show_heading("Vergelijken", "Hoe verhoudt een gemeente zich tot andere gemeenten, haar regio en Nederland?")
comparable = find_comparable(view)
if comparable:
    label = st.selectbox("Cijfer", list(comparable), key="cijfer", bind="query-params", width=420)
    show_comparison(view, comparable[label])
else:
    show_notices(["De bronnen geven geen cijfer dat voor meer dan één gemeente bekend is."])
