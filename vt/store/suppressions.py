"""What the build found that must not be shown where small numbers are shielded."""

import sqlite3
from collections.abc import Collection

from vt.model.hidden import CellKey, Shielding, Suppression


def read_suppressions(
    db: sqlite3.Connection, indicator: str, places: Collection[str], shielding: Shielding = Shielding.ALL
) -> dict[CellKey, Suppression]:
    """How the hidden numbers of an indicator are shown instead, in these places: classes, groups and headings too."""
    marks = ", ".join("?" * len(places))
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
    marks = ", ".join("?" * len(tables))
    rows = db.execute(f"SELECT value FROM secret WHERE source_table IN ({marks})", (*tables,))
    return frozenset(value for (value,) in rows)
