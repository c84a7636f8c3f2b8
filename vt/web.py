"""What pages share: the visitor's view, figures on screen, errors as sentences."""

import logging
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from vt import (
    accessibility,
    accounts,
    charts,
    database,
    downloads,
    forms,
    kept,
    markup,
    presentation,
    provenance,
    queries,
    selection,
    wording,
)
from vt.answers import Archive, Mask
from vt.catalogue import Indicator, Place
from vt.deck import Deck, Slide
from vt.faults import DataError
from vt.figure import Figure
from vt.forms import SHIELDED, Asked
from vt.presentation import Pick
from vt.queries import Reference
from vt.selection import Choices, Measure, Selection, chosen_places

UNREADABLE = (sqlite3.Error, OSError)
MOST_ASKED = 8
log = logging.getLogger("vt")


@dataclass(frozen=True)
class Build:
    """One build of the database: its file, and what tells that file from the one of another build."""

    path: Path
    identity: tuple[int, int, int, int]

    def opened(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection, closed at the end."""
        return closing(database.connect(self.path))


# Streamlit takes a dataclass apart to find what was kept under it: a tenth to a sixth of a script's time.
BY_TEXT: dict[str | type, Callable[[object], str]] = dict.fromkeys((Build, Selection, Asked, Pick), repr)


@dataclass(frozen=True)
class View:
    """What the visitor looks at: the database as it is now, and the selection."""

    build: Build
    reference: Reference
    selection: Selection

    @property
    def places(self) -> tuple[Place, ...]:
        """The chosen places, in order."""
        return tuple(self.reference.places[id_] for id_ in chosen_places(self.selection, self.reference))


def open_database() -> Build | None:
    """The database, built first where it is missing or the data changed; None, with a sentence on screen, if neither
    works. Where the data no longer loads, the database that is there goes on serving."""
    data, target = database.data_folder(), database.database_path()
    try:
        _ensure(str(data), str(target), _stamp(data, target))
    except DataError as error:
        log.error("the data folder does not load:\n%s", error)
        if not target.exists():
            st.error("De gegevens zijn niet te lezen. De beheerder vindt in het logboek welke regels er niet kloppen.")
            return None
    except UNREADABLE as error:
        log.error("the database cannot be built", exc_info=error)
        if not target.exists():
            fail(error)
            return None
    return Build(target, database.identity(target))


def _stamp(data: Path, target: Path) -> str:
    """What changes when the data folder or the database does: names, times and sizes."""
    files = [*sorted(data.glob("*/*.yaml")), *([target] if target.exists() else [])]
    return repr([(path.name, stat.st_mtime_ns, stat.st_size) for path in files for stat in [path.stat()]])


@st.cache_resource(max_entries=8, show_spinner="De gegevens worden ingelezen …")
def _ensure(data: str, target: str, stamp: str) -> None:
    del stamp
    database.ensure(Path(data), Path(target))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_TEXT)
def reference(build: Build) -> Reference:
    """What is known of a database beside its numbers; once per build of it."""
    with build.opened() as db:
        return queries.reference(db)


@st.cache_resource(max_entries=400, show_spinner=False, hash_funcs=BY_TEXT)
def choices(build: Build, topics: tuple[str, ...], region: str | None = None) -> Choices:
    """What the filters offer for these topics, in one region or in all; once per build of the database."""
    known = reference(build)
    return selection.choices(known, [i.id for i in known.indicators.values() if i.topic in topics], region)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_TEXT)
def masks(build: Build) -> dict[str, Mask]:
    """What is hidden per region of one build of the database; filled by the archives that share it."""
    del build
    return {}


def view() -> View:
    """The view that site.py made for this run."""
    found: View = st.session_state["view"]
    return found


def heading(title: str, question: str) -> None:
    """The page's one main heading and the question that it answers."""
    st.title(title, anchor=False)
    st.markdown(question)


def section(title: str) -> None:
    """A heading between figures."""
    st.header(title, anchor=False)


def categories(*indicators: str) -> None:
    """How each indicator divides over its classes."""
    _show_all("categories", indicators)


def places(*indicators: str) -> None:
    """Each indicator for the chosen places."""
    _show_all("places", indicators)


def series(*indicators: str) -> None:
    """Each indicator over time, for the places that have more than a year and the year before."""
    figures = [figure for name in indicators for figure in _figures(Asked("series", (name,)))]
    _grid(figures)
    if not figures:
        asked = wording.listed([place.label for place in view().places])
        st.html(markup.notices([f"{asked}: de bronnen geven geen reeks van perioden die langer is dan twee jaren."]))


def groups(label: str, *indicators: str) -> None:
    """Reporters in the groups that all regions share, from any of the indicators that a place has."""
    _show_together("groups", label, indicators)


def classes(label: str, indicator: str) -> None:
    """An indicator of many classes: in groups that carry a label, and by itself."""
    figures = [*_figures(Asked("groups", (indicator,), label)), *_figures(Asked("categories", (indicator,)))]
    _grid(figures)
    if not figures:
        known = view()
        st.html(markup.notices([_absent(known.reference.indicators[indicator], known)]))


def norms(label: str, *indicators: str) -> None:
    """Shares beside their norm, a figure per place."""
    _show_together("norms", label, indicators)


def headlines(*indicators: str) -> None:
    """The headline numbers of each chosen place."""
    found = view()
    if found.selection.shielded:
        st.html(markup.notices([SHIELDED]))
    for place in found.places:
        cards = _headlines(found.build, indicators, found.selection, place.id)
        if cards:
            st.html(markup.cards(place.label, cards))


def one_place() -> None:
    """Everything about one place, in the order of its reports; figures that are one number stand together on top."""
    found = view()
    place, *others = found.places
    if others:
        names = wording.listed([other.label for other in others])
        st.html(markup.notices([f"Deze pagina gaat over één plaats: {place.label}. Niet getoond: {names}."]))
    narrowed = replace(found.selection, gemeenten=(place.id,))
    st.session_state["view"] = replace(found, selection=narrowed)
    by_topic = _by_topic(found.reference, place.id)
    headlines(*(indicator.id for mine in by_topic.values() for indicator in mine if _is_plain(indicator)))
    for topic, mine in by_topic.items():
        if figures := _of_topic(mine):
            section(provenance.TOPIC_LABELS[topic])
            _grid(figures)
    elsewhere = [i.label for i in found.reference.indicators.values() if _only_in_region(found.reference, i.id, place)]
    if elsewhere and place.region:
        region = found.reference.places[place.region].label
        listed = wording.listed([f"“{label}”" for label in elsewhere])
        st.html(markup.notices([f"Alleen voor {region} als geheel gepubliceerd: {listed}."]))


def compare() -> None:
    """One indicator over gemeenten: in rank and on the tile map of a region."""
    found = view()
    known = found.reference
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
    mapped = _figures(Asked("tiles", (indicator.id,), region=region)) if region else []
    figures = [*_figures(Asked("ranking", (indicator.id,))), *mapped]
    _grid(figures)
    if not figures:
        st.html(markup.notices([_absent(indicator, found)]))


def collection() -> None:
    """What is in the collection, and what is not yet."""
    found = view()
    st.html(_accounts(found.build, "collection"))


def checks() -> None:
    """The report card: what was checked, what came of it, and each finding; by report and kind."""
    found = view()
    titles = provenance.report_titles(found.reference)
    kinds = {label: kind for kind, label in provenance.KIND_LABELS.items()}
    left, right = st.columns(2)
    report = left.selectbox(
        "Rapport", ["Alle rapporten", *titles.values()], key="controle_rapport", bind="query-params"
    )
    kind = right.selectbox("Soort controle", ["Alle soorten", *kinds], key="controle_soort", bind="query-params")
    chosen = next((id_ for id_, title in titles.items() if title == report), "")
    st.html(_accounts(found.build, "checks", chosen, kinds.get(kind, "")))


def find_number() -> None:
    """Everywhere that a number is printed, stated or computed."""
    found = view()
    text = st.text_input("Getal", key="getal", bind="query-params", placeholder="Bijvoorbeeld 2.378 of 231")
    if not text:
        return
    value = wording.parsed(text)
    if value is None:
        st.html(markup.notices([f"“{wording.clipped(text, 40)}” is geen getal; schrijf het als 2.378 of 46,5."]))
        return
    st.html(_accounts(found.build, "found_number", value))


def reports() -> None:
    """Each report, and each of its tables as printed; a link can ask for one table and one of its cells."""
    found = view()
    titles = {title: report for report, title in provenance.report_titles(found.reference).items()}
    asked, cells = (tuple(st.query_params.get_all(key)[:MOST_ASKED]) for key in ("tabel", "cel"))
    known = {table.address: table.report for table in found.reference.tables.values()}
    order = list(titles)
    index = next((list(titles.values()).index(known[address]) for address in asked if address in known), 0)
    chosen = st.selectbox("Rapport", order, index=index, key="rapport", bind="query-params")
    unknown = [wording.clipped(address, 60) for address in asked if address not in known]
    if unknown:
        st.html(markup.notices([f"Tabel “{address}” uit de link is niet bekend." for address in unknown]))
    st.html(_accounts(found.build, "report", titles[chosen], asked, cells))


def definitions() -> None:
    """What is counted, the terms of the field, the measures and the signs."""
    found = view()
    st.html(_accounts(found.build, "definitions"))


def accessibility_statement() -> None:
    """For whom this site works, what does not comply yet, and where to report it."""
    st.html(accessibility.statement(os.environ.get("VT_CONTACT", "").strip()))


@dataclass(frozen=True)
class Shown:
    """A figure made ready for the screen: all that a rerun only has to send."""

    figure: Figure
    pick: Pick
    head: str
    foot: str
    data: pa.Table

    @classmethod
    def of(cls, figure: Figure, pick: Pick) -> "Shown":
        """The texts and the chart's data of a figure."""
        data = pa.Table.from_pylist([mark._asdict() for mark in figure.marks])
        return cls(figure, pick, markup.head(figure), markup.foot(figure), data)


def show(shown: Shown) -> None:
    """One figure: finding, notices, legend, chart, table, sources, caveats, files, and its place in a presentation."""
    figure = shown.figure
    with st.container(key=f"figuur-{figure.id.replace('.', '-')}", horizontal=True):
        st.html(shown.head)
        st.vega_lite_chart(
            shown.data,
            charts.spec(figure.form),
            theme=None,
            width="stretch",
            alt=figure.name,  # Streamlit makes it part of the spec: were it to change, the chart would be drawn anew
            key=f"grafiek-{figure.id}",
        )
        st.html(shown.foot)
        _actions(shown)


def _actions(shown: Shown) -> None:
    """Files of a figure, filled in when they are asked for, and its place in a presentation."""
    id_ = shown.figure.id
    menu = st.popover("Download", key=f"bestanden-{id_}", on_change="rerun", type="tertiary")
    if menu.open:
        with menu:
            downloads.of_figure(id_, _deck_of(shown.figure))
    label = "Voeg toe aan presentatie" if kept.index(shown.pick) is None else "Uit presentatie halen"
    st.button(label, key=f"dia-{id_}", type="tertiary", on_click=kept.toggle, args=(shown.pick,))


def _deck_of(figure: Figure) -> Deck:
    """A figure by itself, as it goes into a file."""
    known = view().reference
    told = presentation.Told((Slide(figure),), ())
    link = address(selection.to_query(figure.selection, known))
    return presentation.deck(told, figure.finding, figure.selection, known, link, date.today())


def address(query: Mapping[str, Sequence[str]]) -> str:
    """The whole address of this page with this query; "" where the app does not know its own address."""
    return f"{st.context.url}?{urlencode(query, doseq=True)}" if st.context.url else ""


def _show_all(form: str, indicators: Sequence[str]) -> None:
    found = {name: _figures(Asked(form, (name,))) for name in indicators}
    _grid([figure for figures in found.values() for figure in figures])
    known = view()
    missing = [_absent(known.reference.indicators[name], known) for name, figures in found.items() if not figures]
    if missing:
        st.html(markup.notices(missing))


def _show_together(form: str, label: str, indicators: tuple[str, ...]) -> None:
    figures = _figures(Asked(form, indicators, label))
    _grid(figures)
    if not figures:
        known = view()
        st.html(markup.notices([_absent(known.reference.indicators[name], known) for name in indicators]))


def _grid(figures: Sequence[Shown]) -> None:
    """Two beside each other; one under the other where the screen is narrow."""
    rest = iter(figures)
    while pair := list(islice(rest, 2)):
        for column, figure in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                show(figure)


def _absent(indicator: Indicator, found: View) -> str:
    """Why a figure is not there, and where it is."""
    where = [p.label for p in found.reference.places_with_data() if found.reference.covered(indicator.id, p.id)]
    asked = ", ".join(place.label for place in found.places)
    others = f" en {len(where) - 1} andere plaatsen" if len(where) > 1 else ""
    there = f"; wel voor {where[0]}{others}" if where else ""
    return f"“{indicator.label}” staat niet in de bronnen van {asked}{there}."


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=BY_TEXT)
def _accounts(build: Build, what: str, *names: str | float | tuple[str, ...]) -> str:
    with build.opened() as db:
        return _ACCOUNTS[what](db, reference(build), *names)


_ACCOUNTS: dict[str, Callable[..., str]] = {
    "collection": accounts.collection,
    "checks": accounts.checks,
    "found_number": accounts.found_number,
    "report": accounts.report,
    "definitions": accounts.definitions,
}


def _by_topic(known: Reference, place: str) -> dict[str, list[Indicator]]:
    """The indicators of a place per topic, in the order of its reports."""
    first = {
        name: min(item.source_table for item in items) for (name, id_), items in known.coverage.items() if id_ == place
    }
    found: dict[str, list[Indicator]] = {}
    for name in sorted(first, key=first.__getitem__):
        indicator = known.indicators[name]
        found.setdefault(indicator.topic, []).append(indicator)
    return found


def _of_topic(indicators: Sequence[Indicator]) -> list[Shown]:
    """The figures of one topic: over time, against a norm, by class; single numbers stand among the headlines."""
    shares = tuple(indicator.id for indicator in indicators if indicator.unit == "procent")
    return [
        *(figure for i in indicators if _is_plain(i) for figure in _figures(Asked("series", (i.id,)))),
        *(_figures(Asked("norms", shares, "Op tijd, naast de streefwaarde")) if shares else ()),
        *(figure for i in indicators if i.classification for figure in _figures(Asked("categories", (i.id,)))),
    ]


def _is_plain(indicator: Indicator) -> bool:
    return indicator.classification is None and indicator.unit != "procent"


def _only_in_region(known: Reference, indicator: str, place: Place) -> bool:
    return bool(place.region and known.covered(indicator, place.region) and not known.covered(indicator, place.id))


def _region_to_map(known: Reference, indicator: str, selection: Selection) -> str | None:
    """The chosen region, that of the first chosen gemeente, or the one with most gemeenten that have the figure."""
    if selection.region:
        return selection.region
    if selection.gemeenten:
        return known.places[selection.gemeenten[0]].region
    regions = [p.region for p in known.places.values() if p.kind == "gemeente" and known.covered(indicator, p.id)]
    return max(regions, key=regions.count, default=None)


@st.cache_resource(max_entries=2000, show_spinner=False, hash_funcs=BY_TEXT)
def _headlines(build: Build, indicators: tuple[str, ...], selection: Selection, place: str) -> list[forms.Headline]:
    known = reference(build)
    with build.opened() as db:
        archive = Archive(db, known, masks(build))
        return forms.headlines(archive, [known.indicators[name] for name in indicators], selection, place)


def _figures(asked: Asked) -> list[Shown]:
    found = view()
    return _made(found.build, asked, found.selection)


@st.cache_resource(max_entries=5000, show_spinner=False, hash_funcs=BY_TEXT)
def _made(build: Build, asked: Asked, selection: Selection) -> list[Shown]:
    with build.opened() as db:
        figures = forms.build(Archive(db, reference(build), masks(build)), asked, selection)
        return [Shown.of(figure, Pick(asked, number)) for number, figure in enumerate(figures)]


def fail(error: Exception) -> None:
    """A fault that a visitor meets, as a sentence; the log gets the rest."""
    log.error("the page could not be made", exc_info=error)
    what = "De database is niet te lezen." if isinstance(error, UNREADABLE) else "Er ging iets mis."
    st.error(f"{what} Probeer het over een minuut opnieuw; blijft het zo, meld het dan aan de beheerder.")
