"""Which numbers CBS does not give."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple


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
    marks = ", ".join("?" * len(places))
    within = f"AND period IN ({', '.join('?' * len(periods))})"
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
