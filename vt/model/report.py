"""A published report as printed: Report > Table > Cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vt.model.geweld import ALL_GEWELD
from vt.model.period import Period

STATLINE = "(StatLine)"  # behind the title of a table of CBS that was brought in whole
STATLINE_CITED = "CBS StatLine"
DIMENSIONS = ("place", "period", "geweld", "category")


@dataclass(frozen=True)
class Key:
    """What a number is about; None is summed over (in a total) or not split (category)."""

    place: str | None = None
    period: str | None = None
    geweld: str | None = None
    category: str | None = None

    def covers(self, other: "Key") -> bool:
        """Whether a total that is about this sums a number that is about the other, or is it."""
        return (
            self.place in (None, other.place)
            and self.period in (None, other.period)
            and self.geweld in (None, ALL_GEWELD, other.geweld)
            and self.category in (None, other.category)
        )


@dataclass(frozen=True)
class Cell:
    """One printed number and its position in the printed grid (from 0); -1 where it stands outside the grid."""

    key: Key
    value: float
    row: int
    column: int


@dataclass(frozen=True)
class Difference:
    """Why these printed totals are not the sum of their parts."""

    totals: tuple[Key, ...]
    explanation: str


@dataclass(frozen=True)
class DerivedColumn:
    """A printed column that follows from others: the change between two periods, or the part of one period's total.

    `printed` and `explanations` are by the position of the row.
    """

    heading: str
    change: tuple[str, str] | None
    share: str | None
    printed: Mapping[int, float]
    explanations: Mapping[int, str]

    @property
    def name(self) -> str:
        """The heading with its periods: Verschil 2020-2021, Verhouding 2020."""
        return f"{self.heading} {'-'.join(self.change) if self.change else self.share}"


@dataclass(frozen=True)
class Table:
    """One printed table; `sequences` names the rows whose blanks were lost, `place` and `period` what it covers.

    `derived` are the printed columns that follow from the others; `withheld` the parts that are counted and not
    printed, with the most that each can be.
    """

    number: str
    heading: str
    indicator: str
    place: str
    period: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    sequences: frozenset[int]
    cells: tuple[Cell, ...]
    totals: tuple[Cell, ...]
    differences: tuple[Difference, ...]
    provisional: frozenset[str]
    prose: bool
    caveat: str | None
    derived: tuple[DerivedColumn, ...] = ()
    withheld: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Proofreading:
    """Who read the file a second time beside the printed report, and when."""

    name: str
    date: date


class Remark(NamedTuple):
    """What a report says about a term of the glossary, in our own words, and in which chapter."""

    term: str
    chapter: str
    text: str


@dataclass(frozen=True)
class Report:
    """One published report; its id is the name of its file, `published` the day on which it came out, `accessed` that
    on which it was fetched.

    `layout` names the way in which it is printed, where others are printed so too.
    """

    id: str
    title: str
    publisher: str
    region: str
    place: str
    period: str
    licence: str
    layout: str | None
    url: str | None
    note: str | None
    published: date | None
    accessed: date | None
    checked_by: Proofreading | None
    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def dated(self) -> tuple[int, int]:
        """What says which of two reports is the newer, as month since the year 0 and day: when it came out, and where
        that is not known the day after its period."""
        day = self.published
        return (day.year * 12 + day.month - 1, day.day) if day else (Period.parse(self.period).end, 1)
