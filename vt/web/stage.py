"""The stage: one slide for a room full of people, and the bar that walks through them."""

from typing import Any

import pyarrow as pa
import streamlit as st

from vt.figures.chart import AreaMap
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure
from vt.figures.signs import find_one_number, write_footnote
from vt.render import theme
from vt.render.html import fill_template
from vt.render.vega.forms import form_of, list_texts, rows_for_presenter
from vt.web import visit
from vt.web.links import ON_STAGE
from vt.web.page import show_paragraph


def is_on_stage() -> bool:
    """Whether the page shows one slide to a room, and nothing else."""
    return ON_STAGE in st.query_params


def go_to_slide(number: int | None) -> None:
    """To a slide on stage; None ends the presentation."""
    if number is None:
        st.query_params.pop(ON_STAGE, None)
    else:
        st.query_params[ON_STAGE] = str(number)


def show_stage(deck: Deck) -> None:
    """The slide that the address asks for: the cover, a figure, what was parked, or the sources; and the bar below."""
    count = len(deck.slides) + 2 + bool(deck.questions)
    asked = st.query_params.get(ON_STAGE, "")
    number = min(max(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1, 1), count)
    with st.container(key="zaal"):
        if 1 < number <= len(deck.slides) + 1:
            _show_slide(deck.slides[number - 2], number, count)
        else:
            _show_text(deck, number, count)
    with st.container(key="zaalbalk", horizontal=True, vertical_alignment="center"):
        _show_bar(number, count, f"{deck.link}&{ON_STAGE}={number}")


def _show_text(deck: Deck, number: int, count: int) -> None:
    """A slide without a figure."""
    name = {1: "cover", count: "closing"}.get(number, "questions")
    with st.container(key="zaaltekst", height="stretch"):
        st.html(fill_template("stage", name, deck))
    st.html(fill_template("stage", "foot", "", number, count))


def _show_slide(slide: Slide, number: int, count: int) -> None:
    """Title, chart, one line below it, and what is said with it; one number stands large beside its line."""
    figure, one = slide.figure, find_one_number(slide.figure)
    rows, left_out = rows_for_presenter(figure.chart)
    drawn = list_texts(rows) | ({one.about} if one else set())
    legend = () if one else tuple(entry for entry in figure.legend if theme.COLOURS[entry[0]] in drawn)
    st.html(fill_template("stage", "head", slide, legend))
    places = figure.chart.beside if isinstance(figure.chart, AreaMap) else ()
    key = "zaalgetal" if one else "zaalkaart" if places else "zaalbeeld"
    with st.container(key=key, horizontal=bool(one or places), height="stretch"):
        if one:
            st.html(fill_template("stage", "number", one, bool(rows)), width="content" if rows else "stretch")
        if places:
            st.html(fill_template("stage", "places", places), width="content")
        if rows:
            _show_chart(figure, rows)
    st.html(fill_template("stage", "foot", write_footnote(figure, drawn, left_out), number, count))
    st.html(fill_template("stage", "notes", slide))


def _show_chart(figure: Figure, rows: list[dict[str, Any]]) -> None:
    form = form_of(figure.chart)
    st.vega_lite_chart(
        pa.Table.from_pylist(rows),
        form.spec_for_presenter(),
        theme=None,
        width="stretch",
        height="stretch",
        alt=figure.name,
        key=f"zaal-{form.name}",
    )


def _show_bar(number: int, count: int, link: str) -> None:
    """The ways on and out, and what a room asks of the slide that a link opens."""
    st.button("Eerste", key="zaal-eerste", on_click=go_to_slide, args=(1,))
    st.button("Vorige", key="zaal-vorige", on_click=go_to_slide, args=(number - 1,), disabled=number == 1)
    st.button("Volgende", key="zaal-volgende", on_click=go_to_slide, args=(number + 1,), disabled=number == count)
    st.button("Laatste", key="zaal-laatste", on_click=go_to_slide, args=(count,))
    st.html(fill_template("stage", "buttons"), width="content")
    st.space("stretch")
    if visit.has_strange():
        st.button("Toon teksten uit de link", key="toon-teksten", on_click=visit.show_strange)
    with st.popover("Parkeer vraag", key="parkeren"):
        key = "nieuwe-vraag"
        st.text_input("Vraag", key=key, on_change=visit.park_question, args=(key, link), max_chars=300)
        show_paragraph(f"{len(visit.questions())} geparkeerd; ze staan op de voorlaatste dia.")
    st.button("Stop", key="zaal-stop", on_click=go_to_slide, args=(None,))
