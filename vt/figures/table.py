"""The numbers of a figure as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vt.figures import wording
from vt.model.hidden import Suppression, is_hidden, suppression_of
from vt.model.measures import Measure
from vt.store.numbers import Slice


class Bounds(NamedTuple):
    """A number worked out from totals where blanks were lost: certain where low is high, else within bounds."""

    low: float
    high: float


Value = str | float | Bounds | Suppression | None  # Kind: a number that is not shown, as the text that stands for it


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
        if isinstance(value, float) and is_hidden(value):
            return str(suppression_of(value))
        if isinstance(value, Bounds):
            return wording.format_bounds(
                *(wording.format_value(bound, self.measure or Measure.AANTAL, self.unit) for bound in value)
            )
        if isinstance(value, str) or self.measure is None:
            return str(value)
        return wording.format_value(value, self.measure, self.unit)


def hide_numbers(rows: Iterable[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """The rows of a sheet, with the text of a hidden number in its place, so that nothing can work with it."""
    return tuple(tuple(suppression_of(v) if isinstance(v, float) and is_hidden(v) else v for v in row) for row in rows)


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
