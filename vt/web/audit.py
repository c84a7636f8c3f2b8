"""The pages that account for the numbers, as HTML: the collection, the checks, each report as printed, the terms."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, zip_longest

import streamlit as st

from vt.figures import collection, comparable, flags
from vt.figures.figure import Explanation
from vt.figures.opendata import MOST_ROWS
from vt.figures.search import term_anchor
from vt.figures.table import Table
from vt.model.hidden import Shielding
from vt.model.verdicts import CheckKind
from vt.render.html import describe_printed, fill_template
from vt.render.opendata import list_columns
from vt.store.numbers import Slice
from vt.store.printed import (
    find_cells,
    read_place_table,
    read_printed_table,
    read_reports,
    read_table_source,
)
from vt.store.reference import Entry, Metadata, SourceTable, read_population_sources
from vt.store.verdicts import Verdict, read_verdicts, read_verdicts_by_table
from vt.web.state import Build, View, load_metadata

MOST_IN_LINK = 4000
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


def render_collection(db: sqlite3.Connection, metadata: Metadata, query: str = "", chosen: str = "") -> str:
    """What is in per report and topic, which regions are not in yet, and where the numbers are for programs: those of
    the `query`, which is what is `chosen`."""
    tables = collection.tabulate_reports(db), collection.tabulate_topics(metadata)
    absent, partial = collection.list_absent_regions(metadata), collection.describe_partial_regions(metadata)
    columns = [(column["name"], column["dc:description"]) for column in list_columns(1)]
    return fill_template("accounts", "collection", *tables, absent, partial) + fill_template(
        "accounts", "open_data", columns, MOST_ROWS, query, chosen
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
            printed = read_printed_table(db, table.id, hides_small=hides_recovered(metadata, table, shielding))
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


def hides_recovered(metadata: Metadata, table: SourceTable, shielding: Shielding) -> bool:
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
