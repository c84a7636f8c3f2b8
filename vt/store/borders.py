"""Outlines of gemeenten and regions."""

import sqlite3
from collections.abc import Collection

from vt.model.borders import Border, Box
from vt.store.connection import write_marks

BORDER_COLUMNS = "code, path, west, north, east, south, x, y, room"


def read_borders(db: sqlite3.Connection, codes: Collection[str]) -> dict[str, Border]:
    marks = write_marks(codes)
    return _read(db.execute(f"SELECT {BORDER_COLUMNS} FROM border WHERE code IN ({marks}) ORDER BY code", tuple(codes)))


def read_region_borders(db: sqlite3.Connection) -> dict[str, Border]:
    """The outlines of all regions of the country."""
    return _read(db.execute(f"SELECT {BORDER_COLUMNS} FROM border WHERE code LIKE 'VT%' ORDER BY code"))


def _read(rows: sqlite3.Cursor) -> dict[str, Border]:
    return {code: Border(code, path, Box(*edges[:4]), (edges[4], edges[5]), edges[6]) for code, path, *edges in rows}
