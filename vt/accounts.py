"""The pages that account for the numbers, as HTML: the collection, the checks, each report as printed, the terms."""

import re
import sqlite3
from collections.abc import Sequence
from html import escape

from vt import markup, provenance, queries, wording
from vt.queries import Reference, Verdict


def collection(db: sqlite3.Connection, reference: Reference) -> str:
    """What is in per report and topic, and which regions are not in yet."""
    absent = provenance.absent_regions(reference)
    return (
        f"{markup.table(provenance.reports_sheet(db), 'Rapporten in de verzameling')}"
        "<p>Van elk onderwerp staat dit aantal gedrukte tabellen in de verzameling; een streepje betekent dat het "
        "rapport het onderwerp niet heeft.</p>"
        f"{markup.table(provenance.topics_sheet(reference), 'Tabellen per onderwerp en uitgever')}"
        f"<p>Nog niet in de verzameling: {escape(wording.listed(absent))}. "
        f"{escape(' '.join(provenance.partial_regions(reference)))}</p>"
    )


def checks(db: sqlite3.Connection, reference: Reference, report: str = "", kind: str = "") -> str:
    """The report card: what was checked and what came of it, then each finding as a sentence with a link."""
    everything = queries.verdicts(db)
    chosen = [v for v in everything if report in ("", v.report) and kind in ("", v.kind)]
    found = provenance.findings(chosen)
    parts = [
        markup.table(provenance.accounted_sheet(db, everything, reference), "Gedrukte getallen in de verzameling"),
        "<h2>Wat de controle vond</h2>",
        markup.table(provenance.verdicts_sheet(chosen, reference), "Oordelen per rapport en soort"),
        "<p>Niet na te rekenen zijn totalen van een gemeente in een bijlage waarvan lege cellen in de tekst zijn "
        "weggevallen, en beweringen over iets waarvan geen tabel is gedrukt.</p>",
        f"<h2>Bevindingen ({len(provenance.grouped(found))})</h2>",
    ]
    titles = provenance.report_titles(reference)
    for name, title in titles.items():
        mine = [verdict for verdict in found if verdict.report == name]
        if mine:
            items = [_finding(group, reference) for group in provenance.grouped(mine)]
            parts.append(f"<h3>{escape(title)}</h3>{markup.findings(items)}")
    fits = [v for v in chosen if v.kind == "bijlage"]
    if fits:
        lines = [(v.about, v.remark or "") for v in fits]
        parts.append(f"<h2>Welke jaren een bijlage bevat</h2>{markup.pairs(lines)}")
    return f'<div class="vt-rapport">{"".join(parts)}</div>'


def _finding(group: Sequence[Verdict], reference: Reference) -> tuple[str, str, str | None, str]:
    first = group[0]
    said, severity = provenance.sentence(*group), first.severity or ""
    if first.source_table is None:
        where = f"hoofdstuk {first.chapter}" if first.chapter else "tussen tabellen"
        return where, said, None, severity
    table = reference.tables[first.source_table]
    return f"tabel {table.number} {table.heading}", said, table.address, severity


def found_number(db: sqlite3.Connection, reference: Reference, value: float) -> str:
    """Everywhere that a number is printed, stated or computed, with a link to its table."""
    spots = queries.find_number(db, value)
    shown = wording.shown(value)
    if not spots:
        return markup.notices([f"{shown} komt in geen van de rapporten voor."])
    titles = provenance.report_titles(reference)
    tables = reference.tables
    items = "".join(
        markup.spot(titles[spot.report], spot, tables[spot.source_table].address if spot.source_table else None)
        for spot in spots
    )
    return f'<p>{escape(shown)} staat op {len(spots)} plaatsen.</p><ul class="vt-vindplaatsen">{items}</ul>'


def report(db: sqlite3.Connection, reference: Reference, name: str, address: str = "", cell: str = "") -> str:
    """One report: what is known of it, and its tables in order; the asked table first, its cell marked."""
    row = next(row for row in queries.collection(db) if row.report == name)
    facts = [("Uitgever", row.publisher), ("Periode", row.period), ("Gebruik", row.licence)]
    facts += [(label, text) for label, text in (("Vindplaats", row.url), ("Opmerking", row.note)) if text]
    tables = [table for table in reference.tables.values() if table.report == name]
    asked = [table for table in tables if table.address == address]
    first = "".join(
        f"<h2>De gevraagde tabel</h2>{markup.printed(table, queries.printed_table(db, table.id), _cell(cell))}"
        for table in asked
    )
    shown = "".join(markup.printed(table, queries.printed_table(db, table.id)) for table in tables)
    return first + markup.report_head(row.title, facts) + shown


def _cell(text: str) -> tuple[int, int] | None:
    """The row and column that a link names: r3k1."""
    match = re.fullmatch(r"r(\d{1,4})k(\d{1,4})", text)
    return (int(match[1]), int(match[2])) if match else None


def definitions(db: sqlite3.Connection, reference: Reference) -> str:
    """Indicators by topic, the glossary, the measures, the signs, and where inhabitants come from."""
    parts = ["<h2>Wat er geteld wordt</h2>"]
    for topic, found in provenance.definitions(reference):
        parts.append(f"<h3>{escape(topic)}</h3>{markup.pairs(found)}")
    parts.append(f"<h2>Begrippen</h2>{markup.pairs(provenance.terms(queries.glossary(db)))}")
    parts.append(f"<h2>Weergave</h2>{markup.pairs(provenance.MEASURES)}")
    parts.append(f"<h2>Tekens</h2>{markup.pairs(provenance.SIGNS)}")
    parts.append(f"<h2>Inwoners</h2>{markup.pairs(queries.population_sources(db))}")
    return f'<div class="vt-tekst">{"".join(parts)}</div>'
