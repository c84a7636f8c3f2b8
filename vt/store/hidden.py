"""What is not shown: the small numbers that the build found, and what CBS does not give."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import CellKey, Shielding, Suppression
from vt.store.connection import write_marks


def read_suppressions(
    db: sqlite3.Connection, indicator: str, places: Collection[str], shielding: Shielding = Shielding.ALL
) -> dict[CellKey, Suppression]:
    """How the hidden numbers of an indicator are shown instead, in these places: classes, groups and headings too."""
    marks = write_marks(places)
    rows = db.execute(
        f"""
        SELECT indicator, place, period, geweld, category, CASE ?1 WHEN 'ALL' THEN kind ELSE 'RECOVERED' END
        FROM suppressed
        WHERE (?1 = 'ALL' OR ?1 = 'RECOVERED' AND is_recovered) AND indicator = ? AND place IN ({marks})
        """,
        (shielding.name, indicator, *places),
    )
    return {CellKey._make(key): Suppression[kind] for *key, kind in rows}


def read_secrets(db: sqlite3.Connection, tables: Collection[int]) -> frozenset[int]:
    """The hidden numbers of these tables: what no text may name."""
    marks = write_marks(tables)
    rows = db.execute(f"SELECT value FROM secret WHERE source_table IN ({marks})", (*tables,))
    return frozenset(value for (value,) in rows)


class Withheld(NamedTuple):
    """Numbers of a place in a period that CBS does not give: the total, or some classes; and what it says of them."""

    place: str
    period: str
    is_total: bool
    classes: int
    reason: str


def read_withheld(
    db: sqlite3.Connection, indicator: str, places: Collection[str], periods: Collection[str]
) -> list[Withheld]:
    marks = write_marks(places)
    within = f"AND period IN ({write_marks(periods)})"
    rows = db.execute(
        f"""
        SELECT place, period, category = '', count(*), min(reason) FROM withheld
        WHERE indicator = ? AND place IN ({marks}) {within}
        GROUP BY place, period, category = ''
        """,
        (indicator, *places, *periods),
    )
    return [
        Withheld(place, period, bool(is_total), classes, reason) for place, period, is_total, classes, reason in rows
    ]


def list_withheld_totals(db: sqlite3.Connection, indicator: str, place: str, geweld: str) -> list[Withheld]:
    """The totals of a place that CBS does not give, of every period; of a kind of geweld that of its classes."""
    rows = db.execute(
        """
        SELECT w.place, w.period, 1, 0, min(w.reason)
        FROM withheld AS w LEFT JOIN category AS c ON c.id = w.category
        WHERE w.indicator = ?1 AND w.place = ?2 AND CASE ?3 WHEN ?4 THEN w.category = '' ELSE c.geweld = ?3 END
        AND NOT EXISTS (
            SELECT 1 FROM aggregate AS a WHERE (a.indicator, a.place, a.period, a.geweld, a.category)
            = (w.indicator, w.place, w.period, ?3, '')
        )
        GROUP BY w.period
        """,
        (indicator, place, geweld, ALL_GEWELD),
    )
    return [Withheld(own, period, bool(is_total), classes, reason) for own, period, is_total, classes, reason in rows]
