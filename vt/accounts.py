"""The pages that account for the numbers, as HTML: the collection, the checks, each report as printed, the terms."""

import sqlite3
from html import escape

from vt import markup, provenance, queries, wording
from vt.queries import Reference


def collection(db: sqlite3.Connection, reference: Reference) -> str:
    """What is in per report and topic, and which regions are not in yet."""
    absent = provenance.absent_regions(reference)
    return (
        f"{markup.table(provenance.reports_sheet(db), 'Rapporten in de verzameling')}"
        "<p>Van elk onderwerp staat dit aantal gedrukte tabellen in de verzameling; een streepje betekent dat het "
        "rapport het onderwerp niet heeft.</p>"
        f"{markup.table(provenance.topics_sheet(reference), 'Tabellen per onderwerp en uitgever')}"
        f"<p>Nog niet in de verzameling: {escape(wording.listed(absent))}. Van Zuid-Holland Zuid is alleen Dordrecht "
        "opgenomen; die regio als geheel wordt daarom nergens getoond.</p>"
    )


def checks(db: sqlite3.Connection, reference: Reference) -> str:
    """Printed totals beside computed ones: per report the tally, then each that differs and why."""
    found = queries.total_checks(db)
    parts = [
        markup.table(provenance.totals_sheet(found, reference), "Gedrukte totalen per rapport"),
        "<p>Niet na te rekenen is een totaal waarvan de delen hun plaats in de tabel verloren: in de bijlagen van "
        "IJsselland zijn lege cellen in de tekst weggevallen.</p>",
    ]
    for report in dict.fromkeys(table.report for table in reference.tables.values()):
        table = next(t for t in reference.tables.values() if t.report == report)
        parts.append(f"<h2>{escape(table.publisher)}: {escape(table.report_title)}</h2>")
        sheet = provenance.deviations_sheet(found, reference, report)
        parts.append(
            markup.table(sheet, f"Afwijkende totalen in {table.report_title}")
            if sheet.rows
            else "<p>Alle totalen die na te rekenen zijn, kloppen.</p>"
        )
    return "".join(parts)


def report(db: sqlite3.Connection, reference: Reference, name: str) -> str:
    """One report: what is known of it, and its tables in order."""
    row = next(row for row in queries.collection(db) if row.report == name)
    facts = [("Uitgever", row.publisher), ("Periode", row.period), ("Gebruik", row.licence)]
    facts += [(label, text) for label, text in (("Vindplaats", row.url), ("Opmerking", row.note)) if text]
    tables = [table for table in reference.tables.values() if table.report == name]
    shown = "".join(markup.printed(table, queries.printed_table(db, table.id)) for table in tables)
    return markup.report_head(row.title, facts) + shown


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
