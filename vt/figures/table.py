"""The numbers of a figure as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from vt.figures import wording
from vt.model.hidden import Suppression
from vt.model.measures import Measure
from vt.store.numbers import Slice

SMALL_PART = "·"  # no share, for the part is too small


class Bounds(NamedTuple):
    """A number worked out from totals where blanks were lost: certain where low is high, else within bounds."""

    low: float
    high: float


Value = str | float | Bounds | Suppression | None
Line_contra = TypeVar("Line_contra", contravariant=True)


@dataclass(frozen=True)
class Heading:
    """The head of a column; `measure` and `unit` say how its numbers are written, text where measure is None."""

    label: str
    measure: Measure | None = None
    unit: str = "aantal"

    def format(self, value: Value) -> str:
        """The value as text; a dash where there is none."""
        if value is None:
            return "–"
        if isinstance(value, Bounds):
            return wording.format_bounds(
                *(wording.format_value(bound, self.measure or Measure.AANTAL, self.unit) for bound in value)
            )
        if isinstance(value, str | Suppression) or self.measure is None:
            return str(value)
        return wording.format_value(value, self.measure, self.unit)


class Link(NamedTuple):
    """Where a number was printed: the address of a table, and which of its numbers it is, or is the sum of."""

    table: str
    slice: Slice


@dataclass(frozen=True)
class Table:
    """The numbers of a figure as a table; None is "not in the source".

    `totals` are the rows that sum the others; `links` say, by row and column, where a number was printed.
    """

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], tuple[Link, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Column(Generic[Line_contra]):
    """A column of a table that is made of lines: its head, its value in a line, and where that was printed."""

    heading: Heading
    value: Callable[[Line_contra], Value]
    links: Callable[[Line_contra], tuple[Link, ...]] = lambda _: ()


def make_table(
    columns: Sequence[Column[Line_contra]], lines: Sequence[Line_contra], totals: frozenset[int] = frozenset()
) -> Table:
    """A row per line."""
    links = {
        (row, at): where
        for row, line in enumerate(lines)
        for at, column in enumerate(columns)
        if (where := column.links(line))
    }
    rows = tuple(tuple(column.value(line) for column in columns) for line in lines)
    return Table(tuple(column.heading for column in columns), rows, totals, links)
