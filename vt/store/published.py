"""Numbers for who takes them along: what is printed, and what a page may show."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from vt.model.hidden import Shielding, Suppression
from vt.store.connection import write_marks

KEY_COLUMNS = "a.indicator, a.place, a.period, a.geweld, a.category"


class Published(NamedTuple):
    """One row of `aggregate`, and what is shown instead where it is hidden."""

    indicator: str
    place: str
    period: str
    geweld: str
    category: str
    label: str
    value: float | None
    low: float
    high: float
    is_provisional: bool
    is_recovered: bool
    source_table: int
    hidden: str | None

    @property
    def suppression(self) -> Suppression | None:
        """What stands for it."""
        return Suppression[self.hidden] if self.hidden else None

    @property
    def key(self) -> tuple[str, ...]:
        """Which row it is, in their order."""
        return self.indicator, self.place, self.period, self.geweld, self.category


class Wanted(NamedTuple):
    """Which rows: of these indicators and places (None: of all), a period, a kind of geweld; `newest` of each place and
    indicator the newest period alone."""

    indicators: Collection[str] | None = None
    places: Collection[str] | None = None
    period: str | None = None
    newest: bool = False
    geweld: str | None = None
    shielding: Shielding = Shielding.RECOVERED


def read_published(db: sqlite3.Connection, wanted: Wanted, most: int, start: Sequence[str]) -> list[Published]:
    """At most so many rows from the one with the key `start` on, in an order that does not change."""
    within, asked = _write_conditions(wanted)
    if start:
        within += f" AND ({KEY_COLUMNS}) >= ({write_marks(start)})"
        asked += start
    rows = db.execute(
        f"""
        SELECT {KEY_COLUMNS}, coalesce(c.label, ''), a.value, a.low, a.high,
            a.is_provisional, a.is_recovered, a.source_table,
            CASE WHEN ?1 = 'ALL' OR s.kind IS NULL THEN s.kind ELSE 'RECOVERED' END
        FROM aggregate AS a
        JOIN period AS p ON p.id = a.period
        LEFT JOIN category AS c ON c.id = a.category
        LEFT JOIN suppressed AS s
            ON (s.indicator, s.place, s.period, s.geweld, s.category)
            = (a.indicator, a.place, a.period, a.geweld, a.category)
            AND (?1 = 'ALL' OR ?1 = 'RECOVERED' AND s.is_recovered)
        WHERE {within}
        ORDER BY {KEY_COLUMNS}
        LIMIT ?
        """,
        (wanted.shielding.name, *asked, most),
    )
    return [Published._make(row) for row in rows]


def count_withheld(db: sqlite3.Connection, wanted: Wanted) -> int:
    """How many numbers of these indicators, places and period CBS does not give."""
    within, asked = _write_conditions(wanted._replace(newest=False, geweld=None))
    (count,) = db.execute(f"SELECT count(*) FROM withheld AS a WHERE {within}", asked).fetchone()
    return int(count)


def _write_conditions(wanted: Wanted) -> tuple[str, list[object]]:
    conditions, asked = ["TRUE"], list[object]()
    for column, values in (("a.indicator", wanted.indicators), ("a.place", wanted.places)):
        if values is not None:
            conditions.append(f"{column} IN ({write_marks(values)})")
            asked += values
    for column, value in (("a.period", wanted.period), ("a.geweld", wanted.geweld)):
        if value is not None:
            conditions.append(f"{column} = ?")
            asked.append(value)
    if wanted.newest:
        conditions.append(
            """
            NOT EXISTS (
                SELECT 1 FROM coverage AS k JOIN period AS q ON q.id = k.period
                WHERE (k.indicator, k.place) = (a.indicator, a.place)
                AND (q.start + q.months, q.months) > (p.start + p.months, p.months)
            )
            """
        )
    return " AND ".join(conditions), asked


def read_figures(
    db: sqlite3.Connection,
    place: str | None = None,
    indicator: str | None = None,
    period: str | None = None,
    geweld: str | None = None,
) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """The columns of the public view `figures`, and its rows of this place, indicator, period and geweld; None: any."""
    cursor = db.execute(
        """
        SELECT * FROM figures
        WHERE (?1 IS NULL OR place = ?1) AND (?2 IS NULL OR indicator = ?2)
        AND (?3 IS NULL OR period = ?3) AND (?4 IS NULL OR geweld = ?4)
        """,
        (place, indicator, period, geweld),
    )
    return [column[0] for column in cursor.description], cursor
