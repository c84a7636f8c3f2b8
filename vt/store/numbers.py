"""The numbers that figures are made of."""

import sqlite3
from collections.abc import Collection
from typing import Generic, NamedTuple, TypeVar

from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import CellKey, Number
from vt.model.period import Period
from vt.store.connection import write_marks

MOST_COUNTED = 5000
N = TypeVar("N", bound=Number, covariant=True)


class Observation(NamedTuple, Generic[N]):
    """One row of `aggregate`, with what it needs to be shown; value is None where only low and high are known."""

    place: str
    period: str
    geweld: str
    category: str
    label: str
    short: str
    said: str
    is_rest: bool
    group: str
    group_label: str
    group_said: str
    value: N | None
    low: N
    high: N
    is_provisional: bool
    is_recovered: bool
    basis: str
    source_table: int

    def name_key(self, indicator: str) -> CellKey:
        """What it is about, as a number of this indicator."""
        return CellKey(indicator, self.place, self.period, self.geweld, self.category)

    @property
    def slice(self) -> "Slice":
        """Which numbers of its table it is, or is the sum of."""
        return Slice(self.place, self.period, self.geweld, (self.category,) if self.category else ())


class Slice(NamedTuple):
    """Numbers of a printed table: of a place, a period, a geweld ("alle": all) and categories (none: all).

    As text, in links: zwolle~2021~km~melders/politie.
    """

    place: str
    period: str
    geweld: str
    categories: tuple[str, ...]

    def __str__(self) -> str:
        return "~".join((self.place, self.period, self.geweld, *self.categories))

    @classmethod
    def parse(cls, text: str) -> "Slice | None":
        """The slice that a text names; None where it names none."""
        place, period, geweld, *categories = [*text.split("~"), "", ""]
        return cls(place, period, geweld, tuple(filter(None, categories))) if place and period and geweld else None

    def holds(self, other: "Slice", whole: str) -> bool:
        """Whether another slice is part of this one; `whole` is the place that the table covers."""
        return (
            self.place in (other.place, whole)
            and Period.parse(self.period).covers(Period.parse(other.period))
            and self.geweld in (ALL_GEWELD, other.geweld)
            and (not self.categories or (bool(other.categories) and set(other.categories) <= set(self.categories)))
        )


_COUNTED = "a.value, a.low, a.high, a.is_provisional, a.is_recovered, a.basis, a.source_table FROM aggregate AS a"
_UNNAMED = f"'', '', '', 0, '', '', '', {_COUNTED}"
_NAMED = f"""
    coalesce(c.label, ''), coalesce(c.short, ''), coalesce(c.said, ''), coalesce(c.is_rest, 0),
    coalesce(parent.id, g.id, ''), coalesce(parent.label, g.label, ''), coalesce(parent.said, g.said, ''),
    {_COUNTED}
    LEFT JOIN category AS c ON c.id = a.category
    LEFT JOIN category_group AS g ON g.id = c.category_group
    LEFT JOIN category_group AS parent ON parent.id = g.parent
"""


def read_numbers(
    db: sqlite3.Connection,
    indicator: str,
    places: Collection[str],
    periods: Collection[str] | None = None,
    *,
    only_totals: bool = False,
) -> list[Observation[float]]:
    """The numbers of an indicator for these places in these periods, or in all: every geweld and category, or only what
    is summed over categories, of which the name is ''."""
    marks = write_marks(places)
    within = f"AND a.period IN ({write_marks(periods)})" if periods is not None else ""
    named = f"{_UNNAMED} WHERE a.category = '' AND" if only_totals else f"{_NAMED} WHERE"
    rows = db.execute(
        f"""
        SELECT a.place, a.period, a.geweld, a.category, {named} a.indicator = ? AND a.place IN ({marks}) {within}
        ORDER BY {"TRUE" if only_totals else "c.position"}
        """,
        (indicator, *places, *(periods or ())),
    )
    return [Observation._make(row) for row in rows]


class CountrySpot(NamedTuple):
    """A number of a table of StatLine: of which indicator, place and period, and of which class, "" where of all."""

    source_table: int
    place: str
    period: str
    category: str
    label: str

    @property
    def slice(self) -> Slice:
        """What a link calls it."""
        return Slice(self.place, self.period, ALL_GEWELD, (self.category,) if self.category else ())


def find_in_country(
    db: sqlite3.Connection,
    value: float,
    of_totals: Collection[str],
    first: Collection[str],
    *,
    most: int,
    start: int = 0,
) -> tuple[int, list[CountrySpot]]:
    """How many numbers of StatLine are this one, counted up to MOST_COUNTED, and at most so many of those from `start`
    on: of these places first. Where there are no so many, from the first.

    Of a total only those of the indicators `of_totals`: each may be the total of more classifications.
    """
    own, totals = (write_marks(names) for names in (first, of_totals))
    within = f"value = ? AND basis = 'statline' AND geweld = 'alle' AND (category <> '' OR indicator IN ({totals}))"
    asked = (value, *of_totals)
    (count,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM aggregate WHERE {within} LIMIT ?)", (*asked, MOST_COUNTED)
    ).fetchone()
    rows = db.execute(
        f"""
        SELECT a.source_table, a.place, a.period, a.category, coalesce(c.label, '') FROM (
            SELECT * FROM aggregate WHERE {within} AND place IN ({own})
            UNION ALL SELECT * FROM aggregate WHERE {within} AND place NOT IN ({own})
            LIMIT ? OFFSET ?
        ) AS a LEFT JOIN category AS c ON c.id = a.category
        """,
        (*asked, *first, *asked, *first, most, start if start < count else 0),
    )
    return count, [CountrySpot._make(row) for row in rows]


def read_known_sums(
    db: sqlite3.Connection, indicator: str, kind: str, places: Collection[str]
) -> dict[tuple[str, str, str, str], tuple[float, float]]:
    """What cells that were worked out add up to, closer than their own bounds: (place, period, geweld, name) to
    (low, high); kind "printed" by printed heading, "group" by shared group."""
    marks = write_marks(places)
    rows = db.execute(
        f"""
        SELECT k.place, k.period, coalesce(k.geweld, 'alle'), k.name, k.low, k.high
        FROM known_sum AS k JOIN source_table AS t ON t.id = k.source_table
        WHERE t.indicator = ? AND k.kind = ? AND k.place IN ({marks})
        """,
        (indicator, kind, *places),
    )
    return {(place, period, geweld, name): (low, high) for place, period, geweld, name, low, high in rows}
