"""Filters <-> address: what a link says of the filters, and the link to what a visitor looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urljoin

import streamlit as st

from vt.figures.order import Order
from vt.figures.picks import Pick
from vt.figures.selection import KEYS, Choices, Selection, parse_selection, write_link, write_query
from vt.model.measures import Measure
from vt.store.reference import Metadata

ON_STAGE, FIRST_FIGURE = "scherm", "2"  # after the cover
FIGURE = "figuur"  # vt/web/assets/js/20-figure-link.js brings it into view
DRAWN = "regio_getekend"
ORDER = "rijen"  # the widget that puts rows in another order, on every page that has such rows
USUAL = {ORDER: Order.SIZE, "kijk": "Ranglijst", "per": "Gemeenten"}  # what a link need not say


def read_address(metadata: Metadata, offered: Choices) -> tuple[dict[str, list[str]], list[str]]:
    """What the address says, as the filters spell it, and a sentence for each fault in the link that was opened.

    A bound filter silently drops what it does not know, so a link in another spelling (gemeente=zwolle) is rewritten,
    and its faults kept, before any filter is drawn.
    """
    given = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    selection, problems = parse_selection(given, metadata, offered)
    query = write_query(selection, metadata)
    linked = {key: query[key] for key in given if key in query}
    if "link_problems" not in st.session_state:
        st.session_state["link_problems"] = (linked, problems)
        if linked != given:
            others = {key: st.query_params.get_all(key) for key in st.query_params if key not in KEYS}
            st.query_params.from_dict(others | linked)
            st.rerun()
    opened, faults = st.session_state["link_problems"]
    return linked, faults if linked == opened else []


def read_filter(key: str) -> list[str]:
    """What a filter or another widget is set to, as a link says it; none where it is not drawn yet."""
    value = st.session_state.get(key)
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def read_region(linked: Mapping[str, list[str]]) -> list[str]:
    """What the filter of regions will be drawn with: what it was set to since it was drawn last, else what the address
    says, which a link on a page changes before the filter knows."""
    now = read_filter("regio")
    return linked.get("regio", []) if now == st.session_state.get(DRAWN, []) else now


def read_filters(metadata: Metadata, offered: Choices) -> Selection:
    """What the filters that are drawn are set to."""
    st.session_state[DRAWN] = read_filter("regio")
    selection, _ = parse_selection({key: read_filter(key) for key in KEYS}, metadata, offered)
    return selection


def choose(selection: Selection, metadata: Metadata) -> None:
    """Set the filters to a selection."""
    query = write_query(selection, metadata)
    st.session_state["gemeente"] = query.get("gemeente", [])
    for key in ("regio", "periode", "geweld", "weergave"):
        st.session_state[key] = query[key][0]


def read_ahead(metadata: Metadata, offered: Choices, linked: Mapping[str, list[str]]) -> Selection:
    """What the filters will be set to, before they are drawn: at the first visit what the link says."""
    return parse_selection({key: read_filter(key) or linked.get(key, []) for key in KEYS}, metadata, offered)[0]


def add_current(offered: Choices, linked: Mapping[str, list[str]]) -> Choices:
    """Keep a choice that another page or a link made: it keeps its meaning and is answered in place."""

    def extend(options: tuple[str, ...], key: str) -> tuple[str, ...]:
        current = dict.fromkeys([*read_filter(key), *linked.get(key, [])])
        return options + tuple(value for value in current if value not in options)

    return replace(
        offered,
        regions=extend(offered.regions, "regio"),
        gemeenten=extend(offered.gemeenten, "gemeente"),
        periods=extend(offered.periods, "periode"),
    )


def make_query(selection: Selection, metadata: Metadata, on_page: Sequence[str], kept: Mapping[str, list[str]]) -> str:
    """The query of the link to this view: the filters, and what was chosen on the page itself, by these names, or is
    kept under them."""
    names = (*on_page, ORDER)
    chosen = {key: kept[key] if key in kept else read_filter(key) or st.query_params.get_all(key) for key in names}
    return _write({**write_link(selection, metadata), **_leave_out_usual(chosen)})


def _leave_out_usual(said: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {key: texts for key, texts in said.items() if texts and texts != [USUAL.get(key)]}


def make_data_query(selection: Selection, metadata: Metadata) -> str:
    """The query of the numbers of a selection for programs, which get every number as it was counted."""
    return _write(write_link(replace(selection, measure=Measure.AANTAL), metadata))


def make_figure_query(figure: str, metadata: Metadata) -> str:
    """The query that opens this page as it is now, with one of its figures in view."""
    return _write({**_read_own(metadata), FIGURE: figure})


def _read_own(metadata: Metadata) -> dict[str, list[str]]:
    """What the address of this page says now, its filters in short."""
    said = {key: st.query_params.get_all(key) for key in st.query_params}
    filters = {key: said.pop(key) for key in KEYS if key in said}
    selection, _ = parse_selection(filters, metadata, Choices((), (), ()))
    return {key: [text] for key, text in write_link(selection, metadata).items()} | _leave_out_usual(said)


def _write(query: Mapping[str, str | Sequence[str]]) -> str:
    return urlencode(query, doseq=True, safe=",/")


def make_stage_query(pick: Pick) -> str:
    """The query that shows one figure on stage, whatever is kept for a presentation."""
    return urlencode({ON_STAGE: FIRST_FIGURE, FIGURE: pick.text})


def make_address(selection: Selection, metadata: Metadata) -> str:
    """The whole address of this page with this selection; "" where the app does not know its own address."""
    return f"{st.context.url}?{_write(write_link(selection, metadata))}" if st.context.url else ""


def make_own_address(metadata: Metadata, leave_out: str) -> str:
    """The whole address of the page Presenteren as it is now, but for what is left out.

    The page and query alone where the app does not know its own address.
    """
    query = {key: texts for key, texts in _read_own(metadata).items() if key != leave_out}
    return join_address(_write(query))


def join_address(query: str) -> str:
    """The whole address of the page Presenteren with this query."""
    text = f"presenteren?{query}"
    return urljoin(st.context.url, text) if st.context.url else text
