"""Outlines of gemeenten and regions."""

import sqlite3
from collections.abc import Collection

from vt.model.borders import Border, Box


def read_borders(db: sqlite3.Connection, codes: Collection[str]) -> dict[str, Border]:
    """The outlines that there are of these codes."""
    return _read(db, f"code IN ({', '.join('?' * len(codes))})", *codes)


def read_region_borders(db: sqlite3.Connection) -> dict[str, Border]:
    """The outlines of all regions of the country."""
    return _read(db, "code LIKE 'VT%'")


def _read(db: sqlite3.Connection, which: str, *values: str) -> dict[str, Border]:
    query = f"SELECT code, label, path, west, north, east, south, x, y, room FROM border WHERE {which} ORDER BY code"
    return {
        code: Border(code, label, path, Box(*edges[:4]), (edges[4], edges[5]), edges[6])
        for code, label, path, *edges in db.execute(query, values)
    }
