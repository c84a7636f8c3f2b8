"""The numbers of a figure as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """The head of a column; `measure` and `unit` say how its numbers are written, text where measure is None; what is a
    `difference` has its sign."""

    label: str
    measure: Measure | None = None
    unit: str = "aantal"
    is_difference: bool = False

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
        return ("+" if self.is_difference and value > 0 else "") + wording.format_value(value, self.measure, self.unit)


class Link(NamedTuple):
    """Where a number was printed: the address of a table, and which of its numbers it is, or is the sum of;
    `is_contested` where the checks found a difference in it."""

    table: str
    slice: Slice
    is_contested: bool = False


class About(NamedTuple):
    """What a number is about: what is counted, where, in which period, of which geweld, and in which class; "" where it
    is of all classes. `mark` says what it is of a published number: provisional, or published earlier."""

    indicator: str
    place: str
    period: str
    geweld: str
    category: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers of a figure as a table; None is "not in the source".

    `totals` are the rows that sum the others, `own` those of the chosen places where it has them beside others: None
    where it is no such comparison. `links` say, by row and column, where a number was printed, `about` what
    it is about: a difference of two, or a norm, is about nothing that was counted.
    """

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], tuple[Link, ...]] = field(default_factory=dict, hash=False)
    about: Mapping[tuple[int, int], About] = field(default_factory=dict, hash=False)
    own: frozenset[int] | None = None

    def reorder(self, at: Sequence[int]) -> "Table":
        """The table with its rows in another order: `at` are the numbers that they have now."""
        moved = {old: new for new, old in enumerate(at)}
        links = {(moved[row], column): where for (row, column), where in self.links.items()}
        about = {(moved[row], column): what for (row, column), what in self.about.items()}
        totals = frozenset(moved[row] for row in self.totals)
        own = None if self.own is None else frozenset(moved[row] for row in self.own)
        rows = tuple(self.rows[n] for n in at)
        return replace(self, rows=rows, totals=totals, links=links, about=about, own=own)


@dataclass(frozen=True)
class Column(Generic[Line_contra]):
    """A column of a table that is made of lines: its head, its value in a line, where that was printed, and what it is
    about."""

    heading: Heading
    value: Callable[[Line_contra], Value]
    links: Callable[[Line_contra], tuple[Link, ...]] = lambda _: ()
    about: Callable[[Line_contra], About | None] = lambda _: None


def make_table(
    columns: Sequence[Column[Line_contra]], lines: Sequence[Line_contra], totals: frozenset[int] = frozenset()
) -> Table:
    """A row per line."""
    cells = [((row, at), column, line) for row, line in enumerate(lines) for at, column in enumerate(columns)]
    links = {spot: where for spot, column, line in cells if (where := column.links(line))}
    about = {spot: what for spot, column, line in cells if (what := column.about(line))}
    rows = tuple(tuple(column.value(line) for column in columns) for line in lines)
    return Table(tuple(column.heading for column in columns), rows, totals, links, about)
