"""What came of the checks, as stored."""

import sqlite3
from collections import defaultdict
from typing import NamedTuple

from vt.model.verdicts import Overlap
from vt.store.numbers import Slice


class Verdict(NamedTuple):
    """What came of one check, as audit.sql says it."""

    id: int
    report: str
    source_table: int | None
    chapter: str
    kind: str
    about: str
    printed: float | None
    computed: float | None
    bound: str | None
    unit: str
    outcome: str
    severity: str | None
    explanation: str | None
    remark: str | None
    beside: str | None
    sentence: int | None
    claim: str | None


class Revised(NamedTuple):
    """A printed figure of an older table, and what the newest report has for it."""

    slice: Slice
    label: str  # of the class; empty where not split
    older_table: int
    older: float
    newest_table: int
    newest: float


class Doubted(NamedTuple):
    """A number of a table that differs from what it should be, and the verdict that says so."""

    verdict: Verdict
    slice: Slice

    def touches(self, shown: Slice, whole: str) -> bool:
        """Whether it is about a number itself, or about one of those that were added up to it; `whole` is the place
        that the table covers.

        A printed total stands where a class of it, or KM, HG or OM, is doubted.
        """
        is_total = not shown.categories and self.slice.categories
        return shown.holds(self.slice, whole) and shown.geweld == self.slice.geweld and not is_total


VERDICT_COLUMNS = """
    v.id, v.report, v.source_table, v.chapter, v.kind, v.about, v.printed, v.computed, v.bound, v.unit, v.outcome,
    f.severity, v.explanation, v.remark, v.beside, v.sentence, v.claim
    FROM verdict AS v LEFT JOIN finding AS f ON f.id = v.id
"""


def read_verdicts(db: sqlite3.Connection, report: str | None = None) -> list[Verdict]:
    """Every verdict, of one report or of all, in the order of the reports."""
    if report is None:
        rows = db.execute(f"SELECT {VERDICT_COLUMNS} ORDER BY v.id")
    else:
        rows = db.execute(f"SELECT {VERDICT_COLUMNS} WHERE v.report = ? ORDER BY v.id", (report,))
    return [Verdict._make(row) for row in rows]


def read_verdicts_by_table(db: sqlite3.Connection, report: str) -> dict[int, list[Verdict]]:
    """The verdicts by table of a report: those on its numbers, and those that its numbers are the proof of."""
    by_id = {verdict.id: verdict for verdict in read_verdicts(db)}
    verdicts: dict[int, list[Verdict]] = defaultdict(list)
    rows = db.execute(
        """
        SELECT DISTINCT n.source_table, n.verdict
        FROM verdict_number AS n JOIN source_table AS t ON t.id = n.source_table
        WHERE t.report = ? ORDER BY n.verdict
        """,
        (report,),
    )
    for table, id_ in rows:
        verdicts[table].append(by_id[id_])
    return verdicts


def read_doubted(db: sqlite3.Connection) -> dict[int, tuple[Doubted, ...]]:
    """By table its numbers that differ from what they should be; where a sentence on many rows is false, none is."""
    differing = db.execute(f"SELECT {VERDICT_COLUMNS} WHERE v.outcome = 'wrong'")
    by_id = {verdict.id: verdict for verdict in map(Verdict._make, differing)}
    doubted: dict[int, list[Doubted]] = defaultdict(list)
    rows = db.execute(
        """
        SELECT n.verdict, t.id, coalesce(n.place, t.place), coalesce(n.period, t.period),
            coalesce(n.geweld, 'alle'), n.category
        FROM verdict_number AS n
        JOIN verdict AS v ON v.id = n.verdict AND v.outcome = 'wrong' AND coalesce(v.claim, 'number') = 'number'
        JOIN source_table AS t ON t.id = n.source_table
        ORDER BY v.id, n.rowid
        """
    )
    for id_, table, place, period, geweld, category in rows:
        slice_ = Slice(place, period, geweld, (category,) if category else ())
        doubted[table].append(Doubted(by_id[id_], slice_))
    return {table: tuple(items) for table, items in doubted.items()}


def read_revised(db: sqlite3.Connection) -> dict[int, tuple[Revised, ...]]:
    """The figures for which a newer report has another number, by each of both tables."""
    revised: dict[int, list[Revised]] = defaultdict(list)
    for place, period, geweld, category, *others in db.execute(
        """
        SELECT r.place, r.period, r.geweld, r.category, coalesce(c.label, ''), r.older_table, r.older, r.newest_table,
            r.newest
        FROM revision AS r LEFT JOIN category AS c ON c.id = r.category
        WHERE r.older <> r.newest ORDER BY r.older_table
        """
    ):
        made = Revised(Slice(place, period, geweld, (category,) if category else ()), *others)
        revised[made.older_table].append(made)
        revised[made.newest_table].append(made)
    return {table: tuple(items) for table, items in revised.items()}


def read_overlaps(db: sqlite3.Connection) -> list[Overlap]:
    """Every two reports that share figures."""
    return [Overlap._make(row) for row in db.execute("SELECT older, newer, new, same, revised, gone FROM overlap")]
