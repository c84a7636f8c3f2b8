"""What is in the collection, whether its totals add up, and what the words mean: sheets for the pages that account."""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from vt import queries
from vt.catalogue import Term
from vt.figure import Heading, Sheet, Value
from vt.queries import Reference, TotalCheck
from vt.selection import Measure

TOPIC_LABELS = {
    "instroom": "Instroom",
    "melders": "Melders",
    "adviesvragers": "Adviesvragers",
    "aard": "Aard van het geweld",
    "triage": "Triage",
    "onderzoek": "Onderzoek",
    "overdracht": "Overdracht",
    "organisatie": "Organisatie",
}
MEASURES = (
    ("Aantal", "Het getal zoals het gedrukt is, of de som van gedrukte getallen."),
    ("Per maand", "Het aantal gedeeld door het aantal maanden van de periode."),
    (
        "Per 1.000 inwoners per jaar",
        "Het aantal, omgerekend naar twaalf maanden, gedeeld door het aantal inwoners op 1 januari van dat jaar.",
    ),
    ("Aandeel", "Het deel van het geheel, in procenten; van een geheel onder de 20 wordt geen aandeel gegeven."),
)
SIGNS = (
    ("–", "Niet in de bron, of niet uitgesplitst in de bron."),
    ("0", "De bron geeft nul."),
    ("*", "Voorlopig cijfer volgens de uitgever."),
)
_COUNT = Measure.AANTAL
_OUTCOMES = ("Klopt", "Wijkt af", "Niet na te rekenen")


def reports_sheet(db: sqlite3.Connection) -> Sheet:
    """What is in, per report: publisher, title, period, tables, printed numbers and printed totals."""
    headings = (Heading("Rapport"), Heading("Uitgever"), Heading("Periode"))
    counted = tuple(Heading(label, _COUNT) for label in ("Tabellen", "Cijfers", "Gedrukte totalen"))
    rows = tuple((r.title, r.publisher, r.period, r.tables, r.cells, r.totals) for r in queries.collection(db))
    return Sheet((*headings, *counted), rows)


def topics_sheet(reference: Reference) -> Sheet:
    """Which topics each place has, by how many printed tables; None where the place's report has none."""
    reports = dict.fromkeys((table.report, table.publisher) for table in reference.tables.values())
    rows: list[tuple[Value, ...]] = []
    for topic, label in TOPIC_LABELS.items():
        tables = [t for t in reference.tables.values() if reference.indicators[t.indicator].topic == topic]
        counts = [sum(table.report == report for table in tables) or None for report, _ in reports]
        rows.append((label, *counts))
    return Sheet((Heading("Onderwerp"), *(Heading(publisher, _COUNT) for _, publisher in reports)), tuple(rows))


def absent_regions(reference: Reference) -> list[str]:
    """The regions of which nothing is in yet."""
    regions = [place for place in reference.places.values() if place.kind == "region"]
    return sorted(place.label for place in regions if place.id not in reference.regions_covered)


def totals_sheet(checks: Sequence[TotalCheck], reference: Reference) -> Sheet:
    """Per report: printed totals that agree with their parts, differ, or cannot be recomputed."""
    titles = {table.report: f"{table.publisher}, {table.report_title}" for table in reference.tables.values()}
    found = Counter((reference.tables[check.source_table].report, _outcome(check)) for check in checks)
    rows: list[tuple[Value, ...]] = []
    for report, title in titles.items():
        counts = [found[report, outcome] for outcome in _OUTCOMES]
        rows.append((title, sum(counts), *counts))
    return Sheet(
        (Heading("Rapport"), *(Heading(label, _COUNT) for label in ("Gedrukte totalen", *_OUTCOMES))), tuple(rows)
    )


def deviations_sheet(checks: Sequence[TotalCheck], reference: Reference, report: str) -> Sheet:
    """The printed totals of a report that differ from their parts: table, what, printed, computed, explanation."""
    counted = tuple(Heading(label, _COUNT) for label in ("Gedrukt", "Nagerekend", "Verschil"))
    rows: list[tuple[Value, ...]] = []
    for check in checks:
        table = reference.tables[check.source_table]
        if table.report == report and check.computed is not None and check.computed != check.printed:
            name, about = f"{table.number} {table.heading}", _about(check)
            difference = check.printed - check.computed
            said = check.explanation or "Nog niet verklaard."
            rows.append((name, about, check.printed, check.computed, difference, said))
    return Sheet((Heading("Tabel"), Heading("Totaal van"), *counted, Heading("Verklaring")), tuple(rows))


def unaccounted(checks: Sequence[TotalCheck], reference: Reference) -> list[str]:
    """A Dutch sentence for each difference without an explanation, and each explanation without a difference."""
    wrong = []
    for check in checks:
        differs = _outcome(check) == "Wijkt af"
        if differs != (check.explanation is not None):
            table = reference.tables[check.source_table]
            why = "wijkt af en is niet verklaard" if differs else "is verklaard, maar wijkt niet af"
            wrong.append(f"{table.report}, tabel {table.number} ({table.heading}), totaal van {_about(check)}: {why}.")
    return wrong


def definitions(reference: Reference) -> list[tuple[str, list[tuple[str, str]]]]:
    """Per topic its indicators, each with definition and caveat."""
    found = []
    for topic, label in TOPIC_LABELS.items():
        mine = [i for i in reference.indicators.values() if i.topic == topic]
        found.append((label, [(i.label, f"{i.definition} {i.caveat or ''}".strip()) for i in mine]))
    return found


def terms(found: list[Term]) -> list[tuple[str, str]]:
    """The glossary as pairs, the abbreviation behind the term."""
    return [(f"{t.term} ({t.abbreviation})" if t.abbreviation else t.term, t.definition) for t in found]


def _outcome(check: TotalCheck) -> str:
    if check.computed is None:
        return "Niet na te rekenen"
    return "Klopt" if check.computed == check.printed else "Wijkt af"


def _about(check: TotalCheck) -> str:
    geweld = check.geweld.upper() if check.geweld and check.geweld != "alle" else None
    parts = [check.place, check.category, check.period, geweld]
    return ", ".join(part for part in parts if part) or "alles"
