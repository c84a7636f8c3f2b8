"""The numbers for who works with them elsewhere: what a link asks for, and each with its sign, source and caveats."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vt.errors import did_you_mean, quote_value
from vt.figures.answers import Dataset, gives_away
from vt.figures.figure import Source, cite
from vt.figures.longtable import TOLD, LongRow
from vt.figures.selection import KEYS, Choices, Selection, name_fully, parse_selection
from vt.figures.wording import fold, format_value
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import SMALLEST_SHOWN, Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.hidden import read_secrets
from vt.store.published import Published, Wanted, count_withheld, read_figures, read_published
from vt.store.reference import Metadata, SourceTable

MOST_ROWS = 10_000
OWN_KEYS = ("cijfer", "onderwerp", "vanaf")
_BETWEEN, _KEY_PARTS = "~", 5


@dataclass(frozen=True)
class Question:
    """What is asked for: as on a page, of these indicators (none: all), from the row of this key on."""

    selection: Selection
    indicators: tuple[str, ...] = ()
    newest: bool = False
    start: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extract:
    """The numbers that answer a question; `following` is the row with which the next begin, "" where there is none."""

    rows: tuple[LongRow, ...]
    sources: tuple[str, ...]
    remarks: tuple[str, ...]
    following: str


def parse_question(
    values: Mapping[str, Sequence[str]], metadata: Metadata, offered: Choices
) -> tuple[Question, list[str]]:
    """The question that a link asks, and a Dutch sentence for each part of it that is not understood."""
    selection, problems = parse_selection({key: values[key] for key in KEYS if key in values}, metadata, offered)
    problems += [
        f"{quote_value(key)} is geen filter ({did_you_mean(key, (*KEYS, *OWN_KEYS))})."
        for key in values
        if key not in (*KEYS, *OWN_KEYS)
    ]
    names = {each.id: each.label for each in metadata.indicators.values()}
    topics = {topic.id: topic.label for topic in metadata.topics.values()}
    chosen = _find_all("cijfer", values, names, problems)
    for topic in _find_all("onderwerp", values, topics, problems):
        chosen += [each.id for each in metadata.topics[topic].indicators]
    start = tuple(values["vanaf"][0].split(_BETWEEN)) if "vanaf" in values else ()
    if len(start) not in (0, _KEY_PARTS):
        problems.append("Vanaf is geen rij: neem het adres over dat bij het antwoord ervoor stond.")
    newest = selection.period is None and bool(values.get("periode"))
    return Question(selection, tuple(chosen), newest, start), problems


def _find_all(
    key: str, values: Mapping[str, Sequence[str]], known: Mapping[str, str], problems: list[str]
) -> list[str]:
    """The ids that the values of a key name by id or label."""
    ids = {fold(label): id_ for id_, label in known.items()} | {fold(id_): id_ for id_ in known}
    asked = values.get(key, ())[:100]
    problems += [
        f"{key.capitalize()} {quote_value(text)} is niet bekend ({did_you_mean(text, known.values())})."
        for text in asked
        if fold(text) not in ids
    ]
    return [ids[fold(text)] for text in asked if fold(text) in ids]


def find_numbers(dataset: Dataset, question: Question) -> Extract:
    """The answer to a question, hidden numbers hidden as on a page."""
    metadata, selection = dataset.metadata, question.selection
    geweld = None if selection.geweld == ALL_GEWELD else selection.geweld
    places = _list_places(selection, metadata)
    wanted = Wanted(question.indicators or None, places, selection.period, question.newest, geweld, selection.shielding)
    found = read_published(dataset.db, wanted, MOST_ROWS + 1, question.start)
    rows = found[:MOST_ROWS]
    withheld = 0 if question.newest or geweld or question.start else count_withheld(dataset.db, wanted)
    tables = [metadata.tables[id_] for id_ in dict.fromkeys(row.source_table for row in rows)]
    caveats = _list_caveats(dataset, tables, selection.shielding)
    labels = {place.id: name_fully(place, metadata) for place in metadata.places.values()}
    return Extract(
        tuple(_describe(row, labels, caveats, metadata) for row in rows),
        tuple(cite([Source.from_table(table) for table in tables])),
        (*_say_what_is_not_there(rows, question, withheld), *_list_remarks(rows, selection, caveats, metadata)),
        _BETWEEN.join(found[MOST_ROWS].key) if len(found) > MOST_ROWS else "",
    )


def _list_places(selection: Selection, metadata: Metadata) -> Collection[str] | None:
    """The gemeenten that are chosen, or a region with all that lies in it; None for every place."""
    if selection.gemeenten or selection.elsewhere:
        return selection.gemeenten
    inside = [place.id for place in metadata.places.values() if selection.region in (place.id, place.region)]
    return inside if selection.region else None


def _list_caveats(
    dataset: Dataset, tables: Iterable[SourceTable], shielding: Shielding
) -> Mapping[str | int, tuple[str, ...]]:
    """What is to be known of each indicator and each table, its caveat first, without what names a hidden number of
    the indicator."""
    by_indicator: dict[str, list[SourceTable]] = defaultdict(list)
    for table in tables:
        by_indicator[table.indicator].append(table)
    told: dict[str | int, tuple[str, ...]] = {}
    for id_, mine in by_indicator.items():
        is_shielded = shielding is Shielding.ALL
        secrets = read_secrets(dataset.db, [table.id for table in mine]) if is_shielded else frozenset()
        general = dataset.metadata.indicators[id_].caveat or ""
        told[id_] = ("" if gives_away(general, secrets, in_words=False) else general,)
        for table in mine:
            texts = (table.caveat or "", *table.differences)
            told[table.id] = tuple("" if gives_away(text, secrets) else text for text in texts)
    return told


def _describe(
    row: Published, labels: Mapping[str, str], caveats: Mapping[str | int, tuple[str, ...]], metadata: Metadata
) -> LongRow:
    indicator, table, hidden = metadata.indicators[row.indicator], metadata.tables[row.source_table], row.suppression
    low, high = (row.low, row.high) if hidden is None else TOLD.get(hidden, (None, None))
    source = Source.from_table(table)
    return LongRow(
        indicator.label,
        labels[row.place],
        Period.parse(row.period).label,
        GEWELD[row.geweld].label,
        row.label,
        indicator.unit,
        None if hidden else row.value,
        low,
        high,
        str(hidden) if hidden else "°" * row.is_recovered + "*" * row.is_provisional,
        source.report_name,
        source.short,
        " ".join(filter(None, (caveats[indicator.id][0], caveats[table.id][0]))),
    )


def _say_what_is_not_there(rows: Sequence[Published], question: Question, withheld: int) -> Iterator[str]:
    """What of a question has no row, and why."""
    if not rows:
        yield "Van deze keuze zijn er geen cijfers."
    if withheld:
        number = "Eén cijfer" if withheld == 1 else f"{format_value(withheld)} cijfers"
        yield f"{number} van deze keuze geeft het CBS niet (geheim of onbekend): daarvan is er geen rij."
    if question.selection.measure is not Measure.AANTAL:
        yield "Weergave verandert hier niets: elk getal staat er zoals het geteld is."


def _list_remarks(
    rows: Sequence[Published], selection: Selection, caveats: Mapping[str | int, tuple[str, ...]], metadata: Metadata
) -> Iterator[str]:
    """What a reader must know of these numbers: caveats, and what is not there."""
    absent = [metadata.elsewhere[id_].label for id_ in selection.elsewhere]
    yield from (f"Van {label} zijn er geen cijfers." for label in absent)
    for id_ in dict.fromkeys(row.indicator for row in rows):
        indicator = metadata.indicators[id_]
        yield f"{indicator.label}: {indicator.definition} {caveats[id_][0]}".strip()
    for table in (metadata.tables[id_] for id_ in dict.fromkeys(row.source_table for row in rows)):
        yield from (f"{Source.from_table(table).text}: {text}" for text in caveats[table.id] if text)


def list_printed(
    db: sqlite3.Connection, metadata: Metadata, *asked: str | None, recovered: bool = False
) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """The columns of the view `figures` and its rows, of a place, indicator, period and geweld.

    What was worked out as less than 5 and stands in no report is bounded by 0 and 4, unless `recovered` asks for it.
    """
    columns, rows = read_figures(db, *asked)
    if recovered:
        return columns, rows
    people = {indicator.id for indicator in metadata.indicators.values() if indicator.counts_people}
    at = {name: n for n, name in enumerate(columns)}
    return columns, (_bound(row, at) if row[at["indicator"]] in people else row for row in rows)


def _bound(row: tuple[object, ...], at: Mapping[str, int]) -> tuple[object, ...]:
    high = row[at["high"]]
    if row[at["status"]] == "printed" or not isinstance(high, float) or high >= SMALLEST_SHOWN:
        return row
    bounded = {"value": None, "low": 0.0, "high": float(SMALLEST_SHOWN - 1), "status": "bounded"}
    return tuple(bounded.get(name, row[n]) for name, n in at.items())
