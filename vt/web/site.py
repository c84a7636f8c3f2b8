"""The frame around every page: navigation, filters and notices. Run by Streamlit at every visit and every change."""

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from vt.figures.nearest import Nearest, describe_ended, find_instead, leave_elsewhere, list_asked
from vt.figures.selection import (
    ALL,
    LATEST,
    Choices,
    Selection,
    count_other_filters,
    describe_choice,
    describe_contradictions,
    sort_choices,
)
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.render.html import fill_template
from vt.store.connection import UNREADABLE, site_folder
from vt.store.reference import Metadata
from vt.web import links, stage, visit
from vt.web.page import keep_room, show_nearest, show_notices
from vt.web.site_map import ACCOUNT, HOME, PAGES, SECTIONS, SitePage
from vt.web.state import Build, View, hand_on, load_choices, load_metadata, open_database, show_failure
from vt.web.turns import take_turn

UNSHIELDED = "Hier staan de rapporten zoals gedrukt: gedrukte kleine aantallen zijn op deze pagina niet afgeschermd."
SHIELDING_MEANS = (
    "Voor op het scherm: het beschermt de gegevens niet, de rapporten zijn openbaar. Teruggerekende aantallen onder "
    "de 5 staan zo in geen rapport."
)
NEWEST, RANKED = "nieuwste_genoemd", "op_volgorde_genoemd"
PAGE_FOLDER = site_folder() / "pages"


def main() -> None:
    """Draw the site around one page."""
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    current = st.navigation(_make_navigation(), position="top")
    page = PAGES[current.url_path or HOME]
    build = open_database()
    if build is None:
        return
    try:
        metadata = load_metadata(build)
        visit.open_kept(metadata)
        selection, problems = _show_filters(build, metadata, page)
        unshielded = [UNSHIELDED] if selection.shielding is Shielding.ALL and not page.filtered else []
        ended = describe_ended(selection, metadata) if page.filtered else []
        with keep_room():
            show_notices([*problems, *describe_contradictions(selection, metadata), *ended, *unshielded])
            hand_on(_make_view(build, metadata, selection, page))
        visit.write_address(is_shown=page.name == "presenteren")
        current.run()
        st.html(fill_template("site", "kept", visit.write_for_tab()))
    except UNREADABLE as error:
        show_failure(error)


def _make_view(build: Build, metadata: Metadata, selection: Selection, page: SitePage) -> View:
    """What was chosen; or the nearest that the page has something for, with a line that says so and a button for it."""
    indicators, asked = metadata.of_topics(page.topics), list_asked(selection, metadata)
    elsewhere = leave_elsewhere(selection, metadata, indicators)
    selection = _offer_nearest(elsewhere, metadata, "plaats") or selection
    if page.name == HOME:  # it shows numbers of a place itself, not those of its region beside them
        indicators = _keep_own(indicators, selection, metadata)
    found = find_instead(selection, metadata, indicators) if page.is_of_figures else None
    return View(build, metadata, _offer_nearest(found, metadata, "dichtstbij") or selection, asked)


def _keep_own(indicators: list[str], selection: Selection, metadata: Metadata) -> list[str]:
    """The indicators that any chosen gemeente has itself; all where none is chosen, or none has any."""
    own = [name for name in indicators if any(metadata.covered(name, id_) for id_ in selection.gemeenten)]
    return own or indicators


def _offer_nearest(nearest: Nearest | None, metadata: Metadata, key: str) -> Selection | None:
    if nearest is None:
        return None
    show_nearest(nearest, metadata, key)
    return nearest.selection


def _make_navigation() -> dict[str, list[StreamlitPage]]:
    """Every page of figures beside the others; those that account for the numbers under one name."""
    navigation: dict[str, list[StreamlitPage]] = {"": []}
    for section, pages in SECTIONS.items():
        navigation.setdefault(section if section == ACCOUNT else "", []).extend(map(_make_page, pages))
    return navigation


def _make_page(page: SitePage) -> StreamlitPage:
    path = PAGE_FOLDER / f"{page.name}.py"
    kept = len(visit.picks()) if page.name == "presenteren" else 0
    title = f"{page.title} ({kept})" if kept else page.title
    return st.Page(path, title=title, url_path=page.name, default=page.name == HOME)


def _show_filters(build: Build, metadata: Metadata, page: SitePage) -> tuple[Selection, list[str]]:
    """The filters, offering what exists for the page; the selection and what a link got wrong."""
    linked, problems = links.read_address(metadata, load_choices(build))
    region = _find_region(metadata, next(iter(links.read_region(linked)), None))
    offered = links.add_current(load_choices(build, page.topics, region), linked)
    ahead, indicators = links.read_ahead(metadata, offered, linked), metadata.of_topics(page.topics)
    elsewhere = leave_elsewhere(ahead, metadata, indicators)
    offered, newest = sort_choices(offered, metadata, indicators, elsewhere.selection if elsewhere else ahead)
    on_stage = page.name == "presenteren" and stage.is_on_stage()
    with st.popover("Filters", key="zaalfilters") if on_stage else st.container(key="filters"):
        line = st.empty()
        with st.container(key="keuze", horizontal=True, gap="small"):
            _draw_first_filters(offered, newest, metadata.places[region].label if region else "", page)
            more = st.empty()
            st.space("stretch")
            st.html(fill_template("site", "search"), width="content")
            link = st.empty()
        _draw_other_filters(offered)
        selection = links.read_filters(metadata, offered)
        if not on_stage:
            line.html(fill_template("site", "choice", describe_choice(selection, metadata, newest), offered.by_region))
            more.html(fill_template("site", "more_filters", count_other_filters(selection)), width="content")
        query = f"?{links.make_query(selection, metadata, page.choices, visit.write_kept())}"
        link.html(fill_template("site", "copy_link", query), width="content")
    return selection, problems


def _draw_first_filters(offered: Choices, newest: str, region: str, page: SitePage) -> None:
    """The place first, or the region that is chosen; then when (of the newest it says which) and in which measure, or
    in which other one the page stands places side by side."""
    st.multiselect(
        "Gemeente",
        offered.all_gemeenten,
        key="gemeente",
        bind="query-params",
        placeholder=f"{region} (of kies een gemeente)" if region else "Kies een gemeente",
        label_visibility="collapsed",
        select_all=False,
        width=400,
    )
    if "periode" in st.session_state and st.session_state.get(NEWEST) != newest:
        st.session_state["periode"] = st.session_state["periode"]  # or it keeps the words of the page before
    st.session_state[NEWEST] = newest
    st.selectbox(
        "Periode",
        offered.periods,
        key="periode",
        bind="query-params",
        format_func=lambda label: f"{label} ({newest})" if label == LATEST and newest else label,
        label_visibility="collapsed",
        width=220,
    )
    if "weergave" in st.session_state and st.session_state.get(RANKED) != page.ranks_rates:
        st.session_state["weergave"] = st.session_state["weergave"]  # it too
    st.session_state[RANKED] = page.ranks_rates
    st.selectbox(
        "Weergave",
        offered.measures,
        key="weergave",
        bind="query-params",
        format_func=_name_ranked if page.ranks_rates else str,
        label_visibility="collapsed",
        width=250,
    )


def _name_ranked(measure: str) -> str:
    """A measure as a page of comparisons offers it: a large place has the most of all, so it ranks the rate."""
    return f"{measure} (hier per 1.000)" if measure == Measure.AANTAL else measure


def _draw_other_filters(offered: Choices) -> None:
    """What is chosen less often, folded by site.css: a filter that is not drawn, as in a popover, leaves the link."""
    with st.container(key="meer-filters", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Regio als geheel",
            offered.regions,
            key="regio",
            bind="query-params",
            on_change=_forget_gemeenten,
            width=260,
        )
        st.segmented_control(
            "Soort geweld", offered.geweld, key="geweld", default=ALL, required=True, bind="query-params"
        )
        st.selectbox("Kleine aantallen afschermen", offered.shielding, key="afschermen", bind="query-params", width=260)
        st.html(fill_template("parts", "remark", SHIELDING_MEANS), width="content")


def _find_region(metadata: Metadata, label: str | None) -> str | None:
    return next((p.id for p in metadata.places.values() if p.label == label and p.kind in ("region", "land")), None)


def _forget_gemeenten() -> None:
    """Another region: the gemeenten of the old one no longer apply."""
    st.session_state["gemeente"] = []


with take_turn():
    main()
