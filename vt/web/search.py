"""One box that finds places, figures, terms, questions and numbers; what it finds is a link each."""

import re
import sqlite3

import streamlit as st

from vt.figures.answers import Dataset
from vt.figures.found import tell_numbers
from vt.figures.search import search, suggest
from vt.figures.wording import parse_number, truncate
from vt.model.hidden import Shielding
from vt.render.html import fill_template
from vt.store.reference import Metadata, read_class_labels
from vt.web.audit import render_found_number, show_account
from vt.web.state import View

KEY = "zoek"
MOST_ASKED = 60


def show_search(view: View) -> bool:
    """The box, and below it what was found while typing; whether anything is asked."""
    text = st.text_input(
        "Zoeken",
        key=KEY,
        bind="query-params",
        type="search",
        live=True,
        icon=":material/search:",
        placeholder="Zoek gemeente, cijfer of begrip",
        label_visibility="collapsed",
    )
    asked = " ".join((text or "").split())
    if asked:
        start = st.query_params.get("vanaf", "")
        first = int(start) if re.fullmatch(r"[0-9]{1,7}", start) else 0
        show_account(
            view, render_found, truncate(asked, MOST_ASKED), view.selection.shielding, first, view.selection.gemeenten
        )
    return bool(asked)


def render_found(
    db: sqlite3.Connection,
    metadata: Metadata,
    text: str,
    shielding: Shielding,
    start: int = 0,
    chosen: tuple[str, ...] = (),
) -> str:
    """What has these words in its name, by kind; where a number among them stands, of the chosen places first, and what
    would be found instead."""
    classes = read_class_labels(db)
    found = tell_numbers(Dataset(db, metadata), search(metadata, classes, text), shielding)
    number = parse_number(text)
    numbers = found.asked.numbers[:1] if number is None else [number]
    beside = () if number is not None else [word for word in found.asked.every if parse_number(word) is None]
    places = [*(place.id for place in found.asked.places), *chosen]
    spots = "".join(render_found_number(db, metadata, each, shielding, start, beside, places) for each in numbers)
    others = [] if found.groups or spots else suggest(metadata, classes, found.asked)
    return fill_template("search", "found", text, found, spots, others)


def render_browse(_: sqlite3.Connection, metadata: Metadata) -> str:
    """What there is to look for: the topics with what they count, and the questions."""
    topics = [(each.id, each.label, [i.label for i in each.indicators]) for each in metadata.topics.values()]
    return fill_template("search", "browse", topics, metadata.stories)
