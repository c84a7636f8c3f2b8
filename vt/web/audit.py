"""The pages that account for the numbers, as HTML: the collection, the checks, each report as printed, the terms."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, zip_longest

import streamlit as st

from vt.figures import collection, comparable, flags, wording
from vt.figures.figure import Explanation
from vt.figures.opendata import MOST_ROWS
from vt.figures.search import term_anchor
from vt.figures.selection import name_fully
from vt.figures.table import Link, Table
from vt.model.hidden import SMALLEST_SHOWN, Shielding
from vt.model.period import Period
from vt.model.verdicts import CheckKind, Standing
from vt.render.html import describe_printed, fill_template
from vt.render.opendata import list_columns
from vt.store.numbers import MOST_COUNTED, CountrySpot, Slice, find_in_country
from vt.store.printed import (
    find_cells,
    find_number,
    read_place_table,
    read_printed_table,
    read_reports,
    read_table_source,
)
from vt.store.reference import Entry, Metadata, SourceTable, read_population_sources
from vt.store.verdicts import Verdict, read_verdicts, read_verdicts_by_table
from vt.web.state import Build, View, load_metadata

MOST_IN_LINK = 4000
MOST_LISTED = 50
MOST_READ = 2000  # cells of StatLine with a number, of which those that have the words beside it are sought
_CountrySpot = tuple[str, SourceTable, Link]  # what it is about, its table, the link to it
_Finding = tuple[str, str, str | None]  # where, a sentence, the address of its table
_Claims = tuple[Table, Table, list[tuple[str, list[str]]]]  # how many, why untestable, by chapter what came of each
Asked = str | float | tuple[str, ...]


def show_account(view: View, render: Callable[..., str], *asked: Asked) -> None:
    """What one of the functions below says; made once per build of the database and what is asked of it."""
    st.html(_render(view.build, render, *asked))


@lru_cache(maxsize=100)
def _render(build: Build, render: Callable[..., str], *asked: Asked) -> str:
    with build.connect() as db:
        return render(db, load_metadata(build), *asked)


def render_collection(db: sqlite3.Connection, metadata: Metadata) -> str:
    """What is in per report and topic, and which regions are not in yet."""
    tables = collection.tabulate_reports(db), collection.tabulate_topics(metadata)
    absent, partial = collection.list_absent_regions(metadata), collection.describe_partial_regions(metadata)
    columns = [(column["name"], column["dc:description"]) for column in list_columns(1)]
    return fill_template("accounts", "collection", *tables, absent, partial) + fill_template(
        "accounts", "open_data", columns, MOST_ROWS
    )


def render_checks(db: sqlite3.Connection, metadata: Metadata, report: str = "", kind: str = "") -> str:
    """The report card: what was checked and what came of it, each finding with a link, and what each sentence says."""
    everything = read_verdicts(db)
    chosen = [v for v in everything if report in ("", v.report) and kind in ("", v.kind)]
    findings = collection.pick_findings(chosen)
    claims = collection.list_claims(chosen)
    cards = [
        (title, _group_findings([v for v in findings if v.report == name], metadata), _describe_claims(claims[name]))
        for name, title in collection.list_report_titles(metadata).items()
    ]
    return fill_template(
        "accounts",
        "checks",
        collection.summarise_verdicts(chosen),
        collection.tabulate_accounts(db, everything),
        collection.tabulate_verdicts(chosen, metadata),
        collection.tabulate_overlaps(db, metadata),
        cards,
        collection.CLAIM_RULES,
        [(verdict.about, verdict.remark or "") for verdict in chosen if verdict.kind == CheckKind.ANNEX],
    )


def _group_findings(findings: Sequence[Verdict], metadata: Metadata) -> list[tuple[str, list[_Finding]]]:
    groups = collection.group_findings(findings)
    return [(heading, [_describe_finding(each, metadata) for each in causes]) for heading, causes in groups.items()]


def _describe_claims(chapters: Mapping[str, Sequence[Verdict]]) -> _Claims | None:
    """What the sentences of a report claim; None where none does."""
    if not chapters:
        return None
    said = [(chapter, [flags.describe_check(claim) for claim in claims]) for chapter, claims in chapters.items()]
    return collection.tabulate_claims(chapters), collection.tabulate_reasons(chapters), said


def _describe_finding(group: Sequence[Verdict], metadata: Metadata) -> _Finding:
    first, said = group[0], flags.describe_verdict(*group)
    if first.source_table is None:
        where = f"hoofdstuk {first.chapter}" if first.chapter else flags.name_scope(first)
        return where, said, None
    table = metadata.tables[first.source_table]
    return f"tabel {table.number} {table.heading}", said, table.address


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
        or not _hides_recovered(metadata, tables[spot.source_table or 0], shielding)
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
    return fill_template("accounts", "found_number", *asked, told, near, "".join(f" {word}" for word in beside))


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


def render_report(
    db: sqlite3.Connection,
    metadata: Metadata,
    name: str,
    asked: Sequence[str] = (),
    marked: Sequence[str] = (),
    shielding: Shielding = Shielding.RECOVERED,
    chosen: tuple[str, ...] = (),
) -> str:
    """One report: what is known of it, and its tables in order; the asked tables first, their asked cells marked.

    A table of StatLine is of one place, an asked or a chosen one, or Nederland; those that are not asked are links.
    """
    row = next(row for row in read_reports(db) if row.report == name)
    facts = collection.list_report_facts(row)
    said = _describe_verdicts(db, metadata, name)
    tables = {table.address: table for table in metadata.tables.values() if table.report == name}
    pairs = zip_longest(asked, marked[: len(asked)], fillvalue="")
    cells = {address: _find_cells(db, tables[address], text) for address, text in pairs if address in tables}
    slices = {address: each for address, text in zip(asked, marked, strict=False) if (each := Slice.parse(text))}
    described = {}
    for address, table in tables.items():
        if not table.is_of_statline:
            printed = read_printed_table(db, table.id, hides_small=_hides_recovered(metadata, table, shielding))
            document = read_table_source(db, table.id, cells[address]) if address in cells else None
            marked_cells = cells.get(address, ())
            described[address] = describe_printed(table, printed, said.get(table.id, []), marked_cells, document)
        elif address in cells:
            described[address] = _describe_of_place(db, metadata, table, slices.get(address), chosen)
    requested = [described.pop(address) for address in cells]
    linked = [table for address, table in tables.items() if table.is_of_statline and address not in cells]
    return fill_template("accounts", "report", row.title, facts, requested, [*described.values()], linked)


def _describe_of_place(
    db: sqlite3.Connection, metadata: Metadata, table: SourceTable, asked: Slice | None, chosen: Sequence[str]
) -> tuple[object, ...]:
    """A table of StatLine of the asked place, or of the first chosen one that is in it, or of Nederland."""
    for place in (*([asked.place] if asked else chosen), table.place):
        if place in metadata.places and metadata.covered(table.indicator, place):
            break
    printed, found = read_place_table(db, table.id, place, asked)
    named = replace(table, heading=f"{table.heading}: {metadata.places[place].said}")
    return describe_printed(named, printed, [], found)


def _hides_recovered(metadata: Metadata, table: SourceTable, shielding: Shielding) -> bool:
    """Whether what was worked out of a table as less than 5 is hidden."""
    return shielding is not Shielding.NONE and metadata.indicators[table.indicator].counts_people


def _describe_verdicts(db: sqlite3.Connection, metadata: Metadata, report: str) -> dict[int, list[str]]:
    """What the text and other tables say about the numbers of each table; relations that hold are counted."""
    sentences: dict[int, list[str]] = {}
    titles = collection.list_report_titles(metadata)
    for table, verdicts in read_verdicts_by_table(db, report).items():
        claims = [v for v in verdicts if v.kind == CheckKind.CLAIM]
        relations = [v for v in verdicts if v.kind == CheckKind.RELATION]
        wrong = [v for v in relations if v.severity]
        revised = [v for v in verdicts if v.kind == CheckKind.REVISION]
        right = len(relations) - len(wrong)
        sentences[table] = [flags.describe_check(verdict) for verdict in (*claims, *wrong)]
        for group in chain(*collection.group_findings(revised).values()):
            elsewhere = f"Herzien in {titles[group[0].report]}: " if group[0].report != report else ""
            sentences[table].append(elsewhere + flags.describe_verdict(*group))
        sentences[table] += (
            [f"{right} {'verband' if right == 1 else 'verbanden'} met andere tabellen: klopt."] if right else []
        )
    return sentences


def _find_cells(db: sqlite3.Connection, table: SourceTable, text: str) -> frozenset[tuple[int, int]]:
    """The cells that a link names: one by its row and column (r3k1), or those that a number is the sum of."""
    if match := re.fullmatch(r"r(\d{1,4})k(\d{1,4})", text):
        return frozenset({(int(match[1]), int(match[2]))})
    asked = Slice.parse(text[:MOST_IN_LINK])
    return find_cells(db, table.id, asked) if asked else frozenset()


def render_definitions(db: sqlite3.Connection, metadata: Metadata) -> str:
    """The glossary by letter, indicators by topic, what can be compared, measures, signs, and where inhabitants come
    from."""
    compared = comparable.tabulate_comparable(metadata), comparable.tabulate_countings(metadata)
    inhabitants = collection.list_population_sources(read_population_sources(db))
    said = collection.list_definitions(metadata), compared, collection.MEASURES, collection.SIGNS, inhabitants
    return fill_template("accounts", "definitions", _sort_by_letter(metadata.glossary), *said)


def _sort_by_letter(glossary: Sequence[Entry]) -> list[tuple[str, list[tuple[str, Explanation]]]]:
    """The terms by their first letter, each with where it stands."""
    letters: dict[str, list[tuple[str, Explanation]]] = {}
    for entry in sorted(glossary, key=lambda entry: term_anchor(entry.term.term)):
        anchor = term_anchor(entry.term.term)
        letter = anchor.removeprefix("begrip-")[:1].upper()
        letters.setdefault(letter, []).append((anchor, Explanation.from_entry(entry)))
    return [*letters.items()]
