"""Figure: one thing that is shown everywhere — finding, chart, table, sources, caveats, and what could not be answered.

The screen, a file and a slide are renderings of the same object, so that unit, filters, source and caveats can never
be left behind.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vt import wording
from vt.charts import Bar, Column, Tile
from vt.period import Period
from vt.queries import Slice, SourceTable
from vt.selection import Measure, Selection
from vt.shield import Kind, is_hidden, kind_of


class Worked(NamedTuple):
    """A number worked out from totals where blanks were lost: certain where low is high, else within bounds."""

    low: float
    high: float


DOUBTED = "≠"
Value = str | float | Worked | Kind | None  # Kind: a number that is not shown, as the text that stands for it


@dataclass(frozen=True)
class Heading:
    """A column of a sheet; `measure` and `unit` say how its numbers are written, text where measure is None."""

    label: str
    measure: Measure | None = None
    unit: str = "aantal"

    def shown(self, value: Value) -> str:
        """The value as text; a dash where there is none."""
        if value is None:
            return "–"
        if isinstance(value, float) and is_hidden(value):
            return str(kind_of(value))
        if isinstance(value, Worked):
            return wording.worked(*(wording.shown(bound, self.measure or Measure.AANTAL, self.unit) for bound in value))
        if isinstance(value, str) or self.measure is None:
            return str(value)
        return wording.shown(value, self.measure, self.unit)


def shielded_rows(rows: Iterable[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """The rows of a sheet, with the text of a hidden number in its place, so that nothing can work with it."""
    return tuple(tuple(kind_of(v) if isinstance(v, float) and is_hidden(v) else v for v in row) for row in rows)


class Link(NamedTuple):
    """Where a number was printed: the address of a table, and which of its numbers it is, or is the sum of."""

    table: str
    slice: Slice


@dataclass(frozen=True)
class Sheet:
    """The numbers of a figure as a table; None is "not in the source".

    `totals` are the rows that sum the others; `links` say, by row and column, where a number was printed.
    """

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], tuple[Link, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Source:
    """A printed table that a figure is drawn from."""

    address: str
    title: str
    publisher: str
    number: str
    heading: str
    is_prose: bool

    @classmethod
    def of(cls, table: SourceTable) -> "Source":
        """The source that a printed table is."""
        return cls(table.address, table.report_title, table.publisher, table.number, table.heading, table.is_prose)

    @property
    def short(self) -> str:
        """The table alone, where the report is clear."""
        return f"{'hoofdstuk' if self.is_prose else 'tabel'} {self.number}"

    @property
    def report_name(self) -> str:
        """The report as it is cited: publisher and title, the publisher once."""
        return self.title if self.publisher in self.title else f"{self.publisher}, {self.title}"

    @property
    def text(self) -> str:
        """How the source is named by itself."""
        return f"{self.report_name}, {self.short}"


def cited(sources: Sequence[Source]) -> list[str]:
    """The sources as they stand under a figure: each report once, with its tables."""
    by_report: dict[str, list[str]] = {}
    for source in sources:
        tables = by_report.setdefault(source.report_name, [])
        if source.short not in tables:
            tables.append(source.short)
    return [f"{report}, {wording.listed(tables)}" for report, tables in by_report.items()]


class Doubt(NamedTuple):
    """What the checks found: a sentence, the table it is about, and its numbers in the sheet as (row, column)."""

    text: str
    table: str
    cells: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Figure:
    """What a visitor sees. `legend` pairs a colour with its meaning; `marks` are the rows of the chart's data.

    `finding` is its title; `plain` says the same in plain words; `doubts` are what the checks found about its numbers.
    """

    id: str
    finding: str
    subtitle: str
    form: str
    marks: tuple[Bar, ...] | tuple[Column, ...] | tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...]
    alt: str
    sheet: Sheet
    sources: tuple[Source, ...]
    caveats: tuple[str, ...]
    notices: tuple[str, ...]
    selection: Selection
    plain: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def name(self) -> str:
        """What is drawn, whatever is chosen: a chart on a page that keeps its name is not drawn anew."""
        return f"Grafiek: {self.subtitle.partition(' · ')[0]}. De getallen staan in de tabel eronder."

    @property
    def doubted(self) -> frozenset[tuple[int, int]]:
        """The (row, column) of every number in the sheet that a doubt is about."""
        return frozenset(cell for doubt in self.doubts for cell in doubt.cells)

    @property
    def notes(self) -> tuple[str, ...]:
        """All that a reader must know: what is doubted, with its mark; what is not there; caveats."""
        marked = [f"{DOUBTED} {doubt.text}" for doubt in self.doubts]
        return (*marked, *map(wording.upper_first, (*self.notices, *self.caveats)))


def subtitle(label: str, places: Sequence[str], periods: Sequence[Period], unit: str, geweld: str = "alle") -> str:
    """What, where, when and in which unit, on one line."""
    when = wording.listed(list(dict.fromkeys(period.label for period in periods)))
    kind = [f"alleen {wording.GEWELD_NAMES.get(geweld, geweld)}"] if geweld != "alle" else []
    return " · ".join([label, *kind, wording.listed(list(dict.fromkeys(places))), when, unit])
