"""Navigation and the filters in the sidebar: run by Streamlit at every visit and every change."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from vt.figures.selection import ALL, KEYS, Choices, Selection, contradictions, parse, to_query
from vt.model.catalogue import TOPICS
from vt.render import html as markup
from vt.store.reference import Metadata
from vt.web import presenter
from vt.web.state import UNREADABLE, Build, View, load_choices, load_metadata, open_database, show_failure

UNSHIELDED = "Hier staan de rapporten zoals gedrukt: kleine aantallen zijn op deze pagina niet afgeschermd."
PAGE_FOLDER = Path(__file__).parents[2] / "pages"


@dataclass(frozen=True)
class SitePage:
    """A page in the navigation; the topics say which indicators its filters are about.

    `choices` are what a visitor chooses on the page itself, by their names in the link. Where the page is about the
    whole collection (`filtered` is false) the filters are out of sight, but there: a filter that is not drawn leaves
    the address, and with it the visitor's choice.
    """

    name: str
    title: str
    topics: tuple[str, ...]
    filtered: bool = True
    choices: tuple[str, ...] = ()


SECTIONS = {
    "Cijfers": (
        SitePage("overzicht", "Overzicht", TOPICS),
        SitePage("gemeente", "Gemeente", TOPICS),
        SitePage("instroom", "Instroom", ("instroom",)),
        SitePage("melders", "Melders", ("melders",)),
        SitePage("adviesvragers", "Adviesvragers", ("adviesvragers",)),
        SitePage("aard", "Aard van het geweld", ("aard",)),
        SitePage("triage", "Triage", ("triage",)),
        SitePage("onderzoek", "Onderzoek", ("onderzoek",)),
        SitePage("overdracht", "Overdracht", ("overdracht",)),
    ),
    "Vergelijken en presenteren": (
        SitePage("vergelijken", "Vergelijken", TOPICS, choices=("cijfer",)),
        SitePage("presenteren", "Presenteren", TOPICS, choices=("verhaal", "dia")),
    ),
    "Verantwoording": (
        SitePage("controle", "Controle", TOPICS, filtered=False, choices=("controle_rapport", "controle_soort")),
        SitePage("zoek", "Zoek een getal", TOPICS, filtered=False, choices=("getal",)),
        SitePage("bronnen", "Bronnen", TOPICS, filtered=False, choices=("rapport", "tabel", "cel")),
        SitePage("begrippen", "Begrippen", TOPICS, filtered=False),
        SitePage("toegankelijkheid", "Toegankelijkheid", TOPICS, filtered=False),
    ),
}
PAGES = {page.name: page for pages in SECTIONS.values() for page in pages}


def main() -> None:
    """Draw the site around one page."""
    st.set_page_config(layout="wide", initial_sidebar_state="auto")
    navigation = {section: [_listed(page) for page in pages] for section, pages in SECTIONS.items()}
    current = st.navigation(navigation, expanded=True)
    page = PAGES[current.url_path or "overzicht"]
    build = open_database()
    if build is None:
        return
    try:
        known = load_metadata(build)
        chosen, problems = _filters(build, known, page)
        st.session_state["view"] = View(build, known, chosen)
        unshielded = [UNSHIELDED] if chosen.shielded and not page.filtered else []
        _problems([*problems, *contradictions(chosen, known), *unshielded])
        current.run()
        if page.name == "toegankelijkheid":
            st.html(markup.site_map({name: [(p.name, p.title) for p in pages] for name, pages in SECTIONS.items()}))
    except UNREADABLE as error:
        show_failure(error)


def _listed(page: SitePage) -> StreamlitPage:
    path = PAGE_FOLDER / f"{page.name}.py"
    return st.Page(path, title=page.title, url_path=page.name, default=page.name == "overzicht")


def _filters(build: Build, metadata: Metadata, page: SitePage) -> tuple[Selection, list[str]]:
    """The filters in the sidebar, offering what exists for the page; the selection and what a link got wrong."""
    linked, problems = _linked(metadata, load_choices(build, TOPICS))
    region = _region_id(metadata, next(iter(_values("regio") or linked.get("regio", [])), None))
    offered = _with_current(load_choices(build, page.topics, region), linked)
    on_stage = page.name == "presenteren" and presenter.is_on_stage()
    where = st.popover("Filters", key="zaalfilters") if on_stage else st.sidebar
    with where, st.container(key="filters" if page.filtered else "filters-uit-zicht"):
        st.selectbox("Regio", offered.regions, key="regio", bind="query-params", on_change=_forget_gemeenten)
        st.multiselect("Gemeente", offered.gemeenten, key="gemeente", bind="query-params", placeholder="Alle")
        st.selectbox("Periode", offered.periods, key="periode", bind="query-params")
        st.segmented_control(
            "KM, HG of OM", offered.geweld, key="geweld", default=ALL, required=True, bind="query-params"
        )
        st.selectbox("Weergave", offered.measures, key="weergave", bind="query-params")
        st.toggle("Kleine aantallen afschermen", key="afschermen", bind="query-params")
    chosen, _ = parse({key: _values(key) for key in KEYS}, metadata, offered)
    with st.sidebar:
        _copy_link(chosen, metadata, page)
    return chosen, problems


def _linked(metadata: Metadata, offered: Choices) -> tuple[dict[str, list[str]], list[str]]:
    """What the address says, as the filters spell it, and a sentence for each fault in the link that was opened.

    A bound filter silently drops what it does not know, so a link in another spelling (gemeente=zwolle) is rewritten,
    and its faults kept, before any filter is drawn.
    """
    given = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    chosen, problems = parse(given, metadata, offered)
    query = to_query(chosen, metadata)
    linked = {key: query[key] for key in given if key in query}
    if "link_problems" not in st.session_state:
        st.session_state["link_problems"] = (linked, problems)
        if linked != given:
            others = {key: st.query_params.get_all(key) for key in st.query_params if key not in KEYS}
            st.query_params.from_dict(others | linked)
            st.rerun()
    opened, faults = st.session_state["link_problems"]
    return linked, faults if linked == opened else []


def _with_current(offered: Choices, linked: dict[str, list[str]]) -> Choices:
    """Keep a choice that another page or a link made: it keeps its meaning and is answered in place."""

    def added(options: tuple[str, ...], key: str) -> tuple[str, ...]:
        current = dict.fromkeys([*_values(key), *linked.get(key, [])])
        return options + tuple(value for value in current if value not in options)

    return Choices(
        added(offered.regions, "regio"),
        added(offered.gemeenten, "gemeente"),
        added(offered.periods, "periode"),
        offered.geweld,
        offered.measures,
    )


def _values(key: str) -> list[str]:
    value = st.session_state.get(key)
    if isinstance(value, bool):
        return [str(value).lower()]
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _region_id(metadata: Metadata, label: str | None) -> str | None:
    return next((p.id for p in metadata.places.values() if p.label == label and p.kind in ("region", "land")), None)


def _forget_gemeenten() -> None:
    """Another region: the gemeenten of the old one no longer apply."""
    st.session_state["gemeente"] = []


def _copy_link(chosen: Selection, metadata: Metadata, page: SitePage) -> None:
    """The link to this view: every filter, and what was chosen on the page itself."""
    on_page = {key: _values(key) or st.query_params.get_all(key) for key in page.choices}
    query = urlencode(to_query(chosen, metadata) | on_page, doseq=True)
    st.html(markup.copy_link(f"?{query}"))


def _problems(texts: Sequence[str]) -> None:
    if texts:
        st.html(markup.notices(texts))


main()
