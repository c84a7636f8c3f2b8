"""One box that finds places, figures, terms, questions and numbers; what it finds is a link each."""

import re
import sqlite3
from collections.abc import Sequence

import streamlit as st

from vt.figures import collection, wording
from vt.figures.answers import Dataset
from vt.figures.found import tell_numbers
from vt.figures.search import search, suggest
from vt.figures.selection import name_fully
from vt.figures.table import Link
from vt.figures.wording import parse_number, truncate
from vt.model.hidden import SMALLEST_SHOWN, Shielding
from vt.model.period import Period
from vt.model.verdicts import Standing
from vt.render.html import fill_template
from vt.store.numbers import MOST_COUNTED, CountrySpot, find_in_country
from vt.store.printed import find_number
from vt.store.reference import Metadata, SourceTable, read_class_labels
from vt.web.audit import hides_recovered, show_account
from vt.web.state import View

KEY = "zoek"
MOST_ASKED, MOST_LISTED = 60, 50
MOST_READ = 2000  # cells of StatLine with a number, of which those that have the words beside it are sought
_CountrySpot = tuple[str, SourceTable, Link]  # what it is about, its table, the link to it


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


def render_found_number(
    db: sqlite3.Connection,
    metadata: Metadata,
    value: float,
    shielding: Shielding = Shielding.RECOVERED,
    start: int = 0,
    beside: Sequence[str] = (),
    places: Sequence[str] = (),
) -> str:
    """Where a number is printed, stated or computed, and where CBS has it, of these places first; a page of it from
    `start` on, each with a link to its table. Words `beside` it must stand there too; whether any is hidden is said
    whatever these are, for else they would tell where."""
    titles, tables = collection.list_report_titles(metadata), metadata.tables
    texts = {spot: wording.fold(f"{titles[spot.report]} {spot.heading} {spot.what}") for spot in find_number(db, value)}
    known = [
        spot
        for spot in texts
        if spot.kind != Standing.RECOVERED
        or value >= SMALLEST_SHOWN
        or not hides_recovered(metadata, tables[spot.source_table or 0], shielding)
    ]
    shown = [spot for spot in known if all(word in texts[spot] for word in beside)]
    at = max(0, start - len(shown))
    count, found, is_more = _find_in_country(db, metadata, value, places, beside, at)
    if beside and not (shown or count):
        return ""
    first = start if start < len(shown) + count else 0
    listed = shown[first : first + MOST_LISTED]
    placed = [(titles[s.report], s, tables[s.source_table].address if s.source_table else None) for s in listed]
    told = len(shown), count, found[: MOST_LISTED - len(listed)], is_more
    pages = first, len(shown) + count, MOST_LISTED
    asked = (wording.format_whole(value), placed, len(known) < len(texts), pages)
    may_be_rounded = metadata.has_statline and value > 0 and value % 5 and not value % 1
    near = wording.format_whole(5 * round(value / 5)) if may_be_rounded else ""
    return fill_template("search", "found_number", *asked, told, near, "".join(f" {word}" for word in beside))


def _find_in_country(
    db: sqlite3.Connection, metadata: Metadata, value: float, places: Sequence[str], words: Sequence[str], start: int
) -> tuple[int, list[_CountrySpot], bool]:
    """In how many cells of StatLine a number stands beside these words, a page of those, and whether there may be more
    than were counted."""
    of_totals = collection.list_total_indicators(metadata)
    most, first = (MOST_READ, 0) if words else (MOST_LISTED, start)
    count, spots = find_in_country(db, value, of_totals, places, most=most, start=first) if of_totals else (0, [])
    told = [_describe_country_spot(spot, metadata) for spot in spots]
    if not words:
        return count, told, count == MOST_COUNTED
    fitting = [each for each in told if all(word in wording.fold(f"{each[0]} {each[1].heading}") for word in words)]
    first = start if start < len(fitting) else 0
    return len(fitting), fitting[first : first + MOST_LISTED], count > MOST_READ


def _describe_country_spot(spot: CountrySpot, metadata: Metadata) -> _CountrySpot:
    """What a number of CBS is about, its table, and the link to it."""
    table, place = metadata.tables[spot.source_table], metadata.places[spot.place]
    about = ", ".join(filter(None, (name_fully(place, metadata), Period.parse(spot.period).label, spot.label)))
    return about, table, Link(table.address, spot.slice)


def render_browse(_: sqlite3.Connection, metadata: Metadata) -> str:
    """What there is to look for: the topics with what they count, and the questions."""
    topics = [(each.id, each.label, [i.label for i in each.indicators]) for each in metadata.topics.values()]
    return fill_template("search", "browse", topics, metadata.stories)
