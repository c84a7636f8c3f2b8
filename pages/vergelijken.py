"""Vergelijken: one indicator over gemeenten, in the way that is chosen to look at it."""

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vt.figures.wording import truncate
from vt.model.catalogue import Indicator, lower_first
from vt.web.compare import (
    GEMEENTEN,
    REGIONS,
    draw,
    draw_alone,
    draw_instead,
    explain_no_picture,
    explain_rate,
    has_regions,
)
from vt.web.page import keep_room, show_grid, show_heading, show_hidden_heading, show_notices
from vt.web.state import View, open_view

TITLE, QUESTION = "Vergelijken", "Waar staat een gemeente naast andere?"
WAYS = {"Ranglijst": "ranking", "Punten": "dots", "Kaart": "tiles", "Toeval": "funnel", "Tijd": "trends"}
KINDS = [GEMEENTEN, REGIONS]
LOOKS: dict[str, Any] = {"bind": "query-params", "label_visibility": "collapsed"}


def choose(view: View, comparable: dict[str, Indicator]) -> tuple[Indicator, str, str, DeltaGenerator]:
    """What is compared and how it is looked at, at first what a chosen place has, in rank; of gemeenten or of regions;
    and where the heading goes."""
    own = [
        any(view.metadata.covered(each.id, place.id) for place in view.places if place.kind == "gemeente")
        for each in comparable.values()
    ]
    first = own.index(True) if True in own else 0
    with st.container(key="kijkwijze", horizontal=True, vertical_alignment="center"):
        heading = st.empty()
        asked = st.query_params.get("cijfer", "")
        label = st.selectbox("Cijfer", list(comparable), first, key="cijfer", width=320, **LOOKS)
        way = st.segmented_control("Kijk als", list(WAYS), default="Ranglijst", required=True, key="kijk", **LOOKS)
        per = GEMEENTEN
        if has_regions(view, comparable[label]):
            per = st.segmented_control(
                "Van", [GEMEENTEN, REGIONS], default=GEMEENTEN, required=True, key="per", **LOOKS
            )
    with keep_room():
        if asked and asked not in comparable:
            show_notices(
                [f"“{truncate(asked, 60)}” is niet van meer dan één gemeente bekend; hier staat {lower_first(label)}."]
            )
    return comparable[label], WAYS[way or "Ranglijst"], per or GEMEENTEN, heading


view = open_view()
if comparable := {each.label: each for each in view.metadata.comparable}:
    indicator, form, per, heading = choose(view, comparable)
    with keep_room():
        figures = draw_alone(view, indicator) if per == GEMEENTEN else []
        figures = figures or draw(view, indicator, form, per) or draw_instead(view, indicator, form, per)
    with heading:
        show_heading(TITLE, explain_rate(view, figures, per) or QUESTION)
    if figures:
        show_hidden_heading(indicator.label)
        show_grid(replace(view, asked=()) if per == REGIONS else view, figures)  # it says itself that it is of regions
    else:
        explain_no_picture(view, indicator)
else:
    show_heading(TITLE, QUESTION)
    show_notices(["De bronnen geven geen cijfer dat voor meer dan één gemeente bekend is."])
