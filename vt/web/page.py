"""The words that a page is written in: figures on screen, and sentences where there are none."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from vt.figures import collection, wording
from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure
from vt.figures.headlines import Headline, headlines
from vt.figures.picks import Pick
from vt.figures.registry import SHIELDED, FigureRequest, build_figures
from vt.figures.selection import Selection, to_query
from vt.figures.stories import Filled, make_deck
from vt.model.catalogue import Indicator, Place
from vt.model.measures import Measure
from vt.render import html as markup
from vt.render.vega import chart_spec
from vt.store.reference import Metadata
from vt.web import accessibility, audit, downloads, visit
from vt.web.state import BY_TEXT, Build, View, current_view, load_masks, load_metadata

MOST_ASKED = 8


def show_heading(title: str, question: str) -> None:
    """The page's one main heading and the question that it answers."""
    st.title(title, anchor=False)
    st.markdown(question)


def show_section(title: str) -> None:
    """A heading between figures."""
    st.header(title, anchor=False)


def show_categories(*indicators: str) -> None:
    """How each indicator divides over its classes."""
    _show_all("categories", indicators)


def show_places(*indicators: str) -> None:
    """Each indicator for the chosen places."""
    _show_all("places", indicators)


def show_series(*indicators: str) -> None:
    """Each indicator over time, for the places that have more than a year and the year before."""
    figures = [figure for name in indicators for figure in _figures(FigureRequest("series", (name,)))]
    _grid(figures)
    if not figures:
        asked = wording.join_words([place.label for place in current_view().places])
        st.html(markup.notices([f"{asked}: de bronnen geven geen reeks van perioden die langer is dan twee jaren."]))


def show_groups(label: str, *indicators: str) -> None:
    """Reporters in the groups that all regions share, from any of the indicators that a place has."""
    _show_together("groups", label, indicators)


def show_classes(label: str, indicator: str) -> None:
    """An indicator of many classes: in groups that carry a label, and by itself."""
    figures = [
        *_figures(FigureRequest("groups", (indicator,), label)),
        *_figures(FigureRequest("categories", (indicator,))),
    ]
    _grid(figures)
    if not figures:
        known = current_view()
        st.html(markup.notices([_absent(known.metadata.indicators[indicator], known)]))


def show_norms(label: str, *indicators: str) -> None:
    """Shares beside their norm, a figure per place."""
    _show_together("norms", label, indicators)


def show_headlines(*indicators: str) -> None:
    """The headline numbers of each chosen place."""
    found = current_view()
    if found.selection.shielded:
        st.html(markup.notices([SHIELDED]))
    for place in found.places:
        cards = _headlines(found.build, indicators, found.selection, place.id)
        if cards:
            st.html(markup.cards(place.label, cards))


def show_one_place() -> None:
    """Everything about one place, in the order of its reports; figures that are one number stand together on top."""
    found = current_view()
    place, *others = found.places
    if others:
        names = wording.join_words([other.label for other in others])
        st.html(markup.notices([f"Deze pagina gaat over één plaats: {place.label}. Niet getoond: {names}."]))
    narrowed = replace(found.selection, gemeenten=(place.id,))
    st.session_state["view"] = replace(found, selection=narrowed)
    by_topic = _by_topic(found.metadata, place.id)
    show_headlines(*(indicator.id for mine in by_topic.values() for indicator in mine if _is_plain(indicator)))
    for topic, mine in by_topic.items():
        if figures := _of_topic(mine):
            show_section(collection.TOPIC_LABELS[topic])
            _grid(figures)
    elsewhere = [i.label for i in found.metadata.indicators.values() if _only_in_region(found.metadata, i.id, place)]
    if elsewhere and place.region:
        region = found.metadata.places[place.region].label
        listed = wording.join_words([f"“{label}”" for label in elsewhere])
        st.html(markup.notices([f"Alleen voor {region} als geheel gepubliceerd: {listed}."]))


def show_comparison() -> None:
    """One indicator over gemeenten: in rank and on the tile map of a region."""
    found = current_view()
    known = found.metadata
    gemeenten = [p for p in known.places.values() if p.kind == "gemeente"]
    comparable = {
        i.label: i for i in known.indicators.values() if sum(bool(known.covered(i.id, p.id)) for p in gemeenten) > 1
    }
    if not comparable:
        st.html(markup.notices(["De bronnen geven geen cijfer dat voor meer dan één gemeente bekend is."]))
        return
    label = st.selectbox("Cijfer", list(comparable), key="cijfer", bind="query-params")
    if found.selection.measure is Measure.AANTAL:
        hint = f"Kies bij Weergave “{Measure.PER_1000}” om grote en kleine gemeenten te vergelijken."
        st.html(markup.notices([hint]))
    indicator = comparable[label]
    st.html(markup.heading(indicator.label))
    region = _region_to_map(known, indicator.id, found.selection)
    mapped = _figures(FigureRequest("tiles", (indicator.id,), region=region)) if region else []
    figures = [*_figures(FigureRequest("ranking", (indicator.id,))), *mapped]
    _grid(figures)
    if not figures:
        st.html(markup.notices([_absent(indicator, found)]))


def show_collection() -> None:
    """What is in the collection, and what is not yet."""
    found = current_view()
    st.html(_accounts(found.build, "collection"))


def show_checks() -> None:
    """The report card: what was checked, what came of it, and each finding; by report and kind."""
    found = current_view()
    titles = collection.report_titles(found.metadata)
    kinds = {label: kind for kind, label in collection.KIND_LABELS.items()}
    left, right = st.columns(2)
    report = left.selectbox(
        "Rapport", ["Alle rapporten", *titles.values()], key="controle_rapport", bind="query-params"
    )
    kind = right.selectbox("Soort controle", ["Alle soorten", *kinds], key="controle_soort", bind="query-params")
    chosen = next((id_ for id_, title in titles.items() if title == report), "")
    st.html(_accounts(found.build, "checks", chosen, kinds.get(kind, "")))


def show_number_search() -> None:
    """Everywhere that a number is printed, stated or computed."""
    found = current_view()
    text = st.text_input("Getal", key="getal", bind="query-params", placeholder="Bijvoorbeeld 2.378 of 231")
    if not text:
        return
    value = wording.parse_number(text)
    if value is None:
        st.html(markup.notices([f"“{wording.truncate(text, 40)}” is geen getal; schrijf het als 2.378 of 46,5."]))
        return
    st.html(_accounts(found.build, "found_number", value))


def show_reports() -> None:
    """Each report, and each of its tables as printed; a link can ask for one table and one of its cells."""
    found = current_view()
    titles = {title: report for report, title in collection.report_titles(found.metadata).items()}
    asked, cells = (tuple(st.query_params.get_all(key)[:MOST_ASKED]) for key in ("tabel", "cel"))
    known = {table.address: table.report for table in found.metadata.tables.values()}
    order = list(titles)
    index = next((list(titles.values()).index(known[address]) for address in asked if address in known), 0)
    chosen = st.selectbox("Rapport", order, index=index, key="rapport", bind="query-params")
    unknown = [wording.truncate(address, 60) for address in asked if address not in known]
    if unknown:
        st.html(markup.notices([f"Tabel “{address}” uit de link is niet bekend." for address in unknown]))
    st.html(_accounts(found.build, "report", titles[chosen], asked, cells))


def show_definitions() -> None:
    """What is counted, the terms of the field, the measures and the signs."""
    found = current_view()
    st.html(_accounts(found.build, "definitions"))


def show_accessibility_statement() -> None:
    """For whom this site works, what does not comply yet, and where to report it."""
    st.html(accessibility.statement(os.environ.get("VT_CONTACT", "").strip()))


@dataclass(frozen=True)
class RenderedFigure:
    """A figure made ready for the screen: all that a rerun only has to send."""

    figure: Figure
    pick: Pick
    head: str
    foot: str
    data: pa.Table

    @classmethod
    def of(cls, figure: Figure, pick: Pick) -> "RenderedFigure":
        """The texts and the chart's data of a figure."""
        data = pa.Table.from_pylist([mark._asdict() for mark in figure.marks])
        return cls(figure, pick, markup.head(figure), markup.foot(figure), data)


def show_figure(shown: RenderedFigure) -> None:
    """One figure: finding, notices, legend, chart, table, sources, caveats, files, and its place in a presentation."""
    figure = shown.figure
    with st.container(key=f"figuur-{figure.id.replace('.', '-')}", horizontal=True):
        st.html(shown.head)
        st.vega_lite_chart(
            shown.data,
            chart_spec(figure.form),
            theme=None,
            width="stretch",
            alt=figure.name,  # Streamlit makes it part of the spec: were it to change, the chart would be drawn anew
            key=f"grafiek-{figure.id}",
        )
        st.html(shown.foot)
        _actions(shown)


def _actions(shown: RenderedFigure) -> None:
    """Files of a figure, filled in when they are asked for, and its place in a presentation."""
    id_ = shown.figure.id
    menu = st.popover("Download", key=f"bestanden-{id_}", on_change="rerun", type="tertiary")
    if menu.open:
        with menu:
            downloads.of_figure(id_, _deck_of(shown.figure))
    label = "Voeg toe aan presentatie" if visit.index(shown.pick) is None else "Uit presentatie halen"
    st.button(label, key=f"dia-{id_}", type="tertiary", on_click=visit.toggle, args=(shown.pick,))


def _deck_of(figure: Figure) -> Deck:
    """A figure by itself, as it goes into a file."""
    known = current_view().metadata
    told = Filled((Slide(figure),), ())
    link = make_address(to_query(figure.selection, known))
    return make_deck(told, figure.title, figure.selection, known, link, date.today())


def make_address(query: Mapping[str, Sequence[str]]) -> str:
    """The whole address of this page with this query; "" where the app does not know its own address."""
    return f"{st.context.url}?{urlencode(query, doseq=True)}" if st.context.url else ""


def _show_all(form: str, indicators: Sequence[str]) -> None:
    found = {name: _figures(FigureRequest(form, (name,))) for name in indicators}
    _grid([figure for figures in found.values() for figure in figures])
    known = current_view()
    missing = [_absent(known.metadata.indicators[name], known) for name, figures in found.items() if not figures]
    if missing:
        st.html(markup.notices(missing))


def _show_together(form: str, label: str, indicators: tuple[str, ...]) -> None:
    figures = _figures(FigureRequest(form, indicators, label))
    _grid(figures)
    if not figures:
        known = current_view()
        st.html(markup.notices([_absent(known.metadata.indicators[name], known) for name in indicators]))


def _grid(figures: Sequence[RenderedFigure]) -> None:
    """Two beside each other; one under the other where the screen is narrow."""
    rest = iter(figures)
    while pair := list(islice(rest, 2)):
        for column, figure in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                show_figure(figure)


def _absent(indicator: Indicator, found: View) -> str:
    """Why a figure is not there, and where it is."""
    where = [p.label for p in found.metadata.places_with_data() if found.metadata.covered(indicator.id, p.id)]
    asked = ", ".join(place.label for place in found.places)
    others = f" en {len(where) - 1} andere plaatsen" if len(where) > 1 else ""
    there = f"; wel voor {where[0]}{others}" if where else ""
    return f"“{indicator.label}” staat niet in de bronnen van {asked}{there}."


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=BY_TEXT)
def _accounts(build: Build, what: str, *names: str | float | tuple[str, ...]) -> str:
    with build.opened() as db:
        return _ACCOUNTS[what](db, load_metadata(build), *names)


_ACCOUNTS: dict[str, Callable[..., str]] = {
    "collection": audit.render_collection,
    "checks": audit.render_checks,
    "found_number": audit.render_found_number,
    "report": audit.render_report,
    "definitions": audit.render_definitions,
}


def _by_topic(known: Metadata, place: str) -> dict[str, list[Indicator]]:
    """The indicators of a place per topic, in the order of its reports."""
    first = {
        name: min(item.source_table for item in items) for (name, id_), items in known.coverage.items() if id_ == place
    }
    found: dict[str, list[Indicator]] = {}
    for name in sorted(first, key=first.__getitem__):
        indicator = known.indicators[name]
        found.setdefault(indicator.topic, []).append(indicator)
    return found


def _of_topic(indicators: Sequence[Indicator]) -> list[RenderedFigure]:
    """The figures of one topic: over time, against a norm, by class; single numbers stand among the headlines."""
    shares = tuple(indicator.id for indicator in indicators if indicator.unit == "procent")
    return [
        *(figure for i in indicators if _is_plain(i) for figure in _figures(FigureRequest("series", (i.id,)))),
        *(_figures(FigureRequest("norms", shares, "Op tijd, naast de streefwaarde")) if shares else ()),
        *(figure for i in indicators if i.classification for figure in _figures(FigureRequest("categories", (i.id,)))),
    ]


def _is_plain(indicator: Indicator) -> bool:
    return indicator.classification is None and indicator.unit != "procent"


def _only_in_region(known: Metadata, indicator: str, place: Place) -> bool:
    return bool(place.region and known.covered(indicator, place.region) and not known.covered(indicator, place.id))


def _region_to_map(known: Metadata, indicator: str, selection: Selection) -> str | None:
    """The chosen region, that of the first chosen gemeente, or the one with most gemeenten that have the figure."""
    if selection.region:
        return selection.region
    if selection.gemeenten:
        return known.places[selection.gemeenten[0]].region
    regions = [p.region for p in known.places.values() if p.kind == "gemeente" and known.covered(indicator, p.id)]
    return max(regions, key=regions.count, default=None)


@st.cache_resource(max_entries=2000, show_spinner=False, hash_funcs=BY_TEXT)
def _headlines(build: Build, indicators: tuple[str, ...], selection: Selection, place: str) -> list[Headline]:
    known = load_metadata(build)
    with build.opened() as db:
        dataset = Dataset(db, known, load_masks(build))
        return headlines(dataset, [known.indicators[name] for name in indicators], selection, place)


def _figures(asked: FigureRequest) -> list[RenderedFigure]:
    found = current_view()
    return _made(found.build, asked, found.selection)


@st.cache_resource(max_entries=5000, show_spinner=False, hash_funcs=BY_TEXT)
def _made(build: Build, asked: FigureRequest, selection: Selection) -> list[RenderedFigure]:
    with build.opened() as db:
        figures = build_figures(Dataset(db, load_metadata(build), load_masks(build)), asked, selection)
        return [RenderedFigure.of(figure, Pick(asked, number)) for number, figure in enumerate(figures)]
