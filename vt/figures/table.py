"""The numbers of a figure as a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vt.figures import wording
from vt.model.hidden import Suppression
from vt.model.measures import Measure
from vt.store.numbers import Slice


class Bounds(NamedTuple):
    """A number worked out from totals where blanks were lost: certain where low is high, else within bounds."""

    low: float
    high: float


Value = str | float | Bounds | Suppression | None


@dataclass(frozen=True)
class Column:
    """A column of a sheet; `measure` and `unit` say how its numbers are written, text where measure is None."""

    label: str
    measure: Measure | None = None
    unit: str = "aantal"

    def shown(self, value: Value) -> str:
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

    headings: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], tuple[Link, ...]] = field(default_factory=dict, hash=False)
