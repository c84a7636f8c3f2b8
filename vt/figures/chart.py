"""A chart as data: what is drawn, how long, and what each part means. How it looks is for a renderer to say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from vt.model.borders import Border
from vt.model.geweld import GEWELD_PARTS
from vt.model.hidden import Number, Suppression
from vt.model.period import Period


class Role(StrEnum):
    """What a part of a chart means; those of KM, HG and OM carry the ids of the kinds of geweld."""

    THIS = "this"
    OTHERS = "others"
    YEAR_BEFORE = "year before"
    REGION = "region"
    NATION = "land"
    PEERS = "peers"
    KM = "km"
    HG = "hg"
    OM = "om"
    NONE = "geen"
    UNKNOWN = "onbekend"
    UNCERTAIN = "uncertain"
    NORM = "norm"
    PLACE_1 = "place 1"
    PLACE_2 = "place 2"
    PLACE_3 = "place 3"
    PLACE_4 = "place 4"
    PLACE_5 = "place 5"
    PLACE_6 = "place 6"
    STEP_1 = "step 1"
    STEP_2 = "step 2"
    STEP_3 = "step 3"
    STEP_4 = "step 4"
    STEP_5 = "step 5"
    NO_DATA = "no data"
    CHANCE = "chance"
    APART = "apart"
    ELSEWHERE = "elsewhere"
    LOST = "lost"


GEWELD_ROLES = tuple(map(Role, GEWELD_PARTS))
PLACE_ROLES = (Role.PLACE_1, Role.PLACE_2, Role.PLACE_3, Role.PLACE_4, Role.PLACE_5, Role.PLACE_6)
STEP_ROLES = (Role.STEP_1, Role.STEP_2, Role.STEP_3, Role.STEP_4, Role.STEP_5)  # from low to high
MOST_BESIDE = 12  # places in a list beside a map
Legend = tuple[tuple[Role, str], ...]
Ticks = tuple[tuple[float, str], ...]  # of a scale, from its first to its last value


class Segment(NamedTuple):
    """A part of a bar: what it means, the name of its series, and its value; None where that is hidden.

    `tip` is what it says when it is pointed at, where that is not what its bar says.
    """

    role: Role
    series: str
    value: float | None
    tip: str = ""

    @classmethod
    def from_number(cls, role: Role, series: str, value: Number, tip: str = "") -> "Segment":
        """The segment of a number that may be hidden."""
        return cls(role, series, None if isinstance(value, Suppression) else value, tip)

    @property
    def length(self) -> float:
        """How long it is drawn; not at all where its number is hidden."""
        return self.value or 0


class Bar(NamedTuple):
    """Segments in a row. `name` tells it from its neighbours ("2021"; "" where that is clear), `text` is its number,
    `tip` what it says when it is pointed at, `share` what part of the whole it is; "" where that is not said.

    `place` is the id of the gemeente that it is of, where a click may choose it.
    """

    name: str
    text: str
    segments: tuple[Segment, ...]
    tip: str = ""
    share: str = ""
    place: str = ""

    @property
    def named(self) -> str:
        """Its number, after its name where that is not clear."""
        return f"{self.name}: {self.text}" if self.name else self.text

    @property
    def label(self) -> str:
        """All that is said of it."""
        return f"{self.name}: {self.said}" if self.name else self.said

    @property
    def said(self) -> str:
        """Its number and its share."""
        return f"{self.text} ({self.share})" if self.share else self.text

    @property
    def length(self) -> float:
        """How long all of it is drawn."""
        return sum(segment.length for segment in self.segments)

    @property
    def is_hidden(self) -> bool:
        """Whether its number, or a part of it, is not shown."""
        return any(segment.value is None for segment in self.segments)

    @property
    def least(self) -> float:
        """How long it is without what is not certain."""
        return sum(segment.length for segment in self.segments if segment.role is not Role.UNCERTAIN)


class Row(NamedTuple):
    """A label and its bars."""

    label: str
    bars: tuple[Bar, ...]

    @property
    def place(self) -> str:
        """The gemeente that all its bars are of; "" where they are not of one."""
        places = {bar.place for bar in self.bars}
        return places.pop() if len(places) == 1 else ""


class Rule(NamedTuple):
    """A reference value or a norm, a line over all bars; `text` is its number, `tip` what it says when pointed at."""

    role: Role
    label: str
    value: float
    text: str = ""
    tip: str = ""

    @property
    def said(self) -> str:
        """What stands at the line."""
        return f"{self.label} {self.text}".rstrip()


class Spot(NamedTuple):
    """Where a place is on a scale: its id, what it means, its name and number; no value where that is hidden. `tip` is
    what it says when it is pointed at."""

    place: str
    role: Role
    name: str
    text: str
    value: float | None
    tip: str = ""


class LeftOut(NamedTuple):
    """What stands where places are left out."""

    text: str


class HeatCell(NamedTuple):
    """A number of a place in its step from low to high; `tip` is what it says when it is pointed at."""

    place: str
    role: Role
    text: str
    tip: str = ""


class HeatRow(NamedTuple):
    """A class or a place, with a cell for each column."""

    name: str
    cells: tuple[HeatCell, ...]


class Point(NamedTuple):
    """One period on a line. `text` is its number, or why there is none; `value` is None where the line is broken; `tip`
    is what it says when it is pointed at."""

    period: Period
    text: str
    value: float | None
    tip: str = ""
    is_provisional: bool = False

    @property
    def name(self) -> str:
        """The period, with its star."""
        return self.period.label + self.star

    @property
    def star(self) -> str:
        """The sign of a provisional number."""
        return "*" if self.is_provisional else ""

    @property
    def gap(self) -> str:
        """Why the line is broken here; "" where it is not."""
        return self.text if self.value is None else ""


class Line(NamedTuple):
    """A series over time: a point for every period from the first to the last, all of one length."""

    role: Role
    series: str
    points: tuple[Point, ...]
    place: str = ""

    @property
    def last(self) -> int:
        """Which point is the last that has a number; -1 where none has."""
        return max((n for n, point in enumerate(self.points) if point.value is not None), default=-1)


class Area(NamedTuple):
    """A gemeente or region on a map: its id, meaning, name, number, what it says when pointed at, and where it lies."""

    place: str
    role: Role
    name: str
    text: str
    tip: str
    border: Border
    is_chosen: bool = False
    is_end: bool = False  # the highest or lowest of all
    is_gemeente: bool = True


class Inset(NamedTuple):
    """Another part of the country, beside a map."""

    name: str
    areas: tuple[Area, ...]


class Stop(NamedTuple):
    """Where streams come together: in which step, from 0, what it means, its name and number, and what it says when
    pointed at. `value` is 0 where the number is hidden; without a text it is a heading above what follows."""

    step: int
    role: Role
    name: str
    text: str = ""
    value: float = 0
    tip: str = ""


class Stream(NamedTuple):
    """How many go from one stop, by its number, to another in a later step."""

    source: int
    target: int
    value: float


class Chart:
    """What every form of chart can say of itself."""

    @property
    def roles(self) -> set[Role]:
        """The meanings of all that it shows a number of."""
        raise NotImplementedError

    @property
    def roles_of_lines(self) -> set[Role]:
        """The meanings of what is drawn as a line across bars."""
        return set()

    @property
    def rings(self) -> set[Role]:
        """The meanings of what is drawn as an open dot, beside full ones."""
        return set()

    @property
    def drawn(self) -> set[Role]:
        """The meanings of all that is seen."""
        return self.roles | self.roles_of_lines

    @property
    def is_hidden(self) -> bool:
        """Whether it has bars, of which none shows a number."""
        return False

    @property
    def named_lines(self) -> Legend:
        """The lines and parts that bear their name in the chart itself, for where they cannot."""
        return ()


class RuledChart(Chart):
    """One with lines across all that it shows."""

    rules: tuple[Rule, ...]

    @property
    def roles_of_lines(self) -> set[Role]:
        return {rule.role for rule in self.rules}

    @property
    def named_lines(self) -> Legend:
        return tuple((rule.role, rule.said) for rule in self.rules)


@dataclass(frozen=True)
class BarChart(RuledChart):
    """Horizontal bars from zero, in rows, and the norms that they have to reach; `most` is what the axis reaches, where
    that is not the longest bar.

    Where its rows are `of_places`, which were chosen, none is left out for want of room; `more` are rows of others that
    a slide may have room for.
    """

    rows: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()
    most: float | None = None
    of_places: bool = False
    more: tuple[Row, ...] = ()

    @property
    def reach(self) -> float:
        """The end of the axis: of nothing but zeros it is 1."""
        bars = (bar.length for row in self.rows for bar in row.bars)
        return self.most or max([*bars, *(rule.value for rule in self.rules)], default=0) or 1

    @property
    def is_hidden(self) -> bool:
        bars = [bar for row in self.rows for bar in row.bars]
        return bool(bars) and all(bar.is_hidden for bar in bars)

    @property
    def roles(self) -> set[Role]:
        return _roles_drawn(bar for row in self.rows for bar in row.bars)


class Pair(NamedTuple):
    """A number and that of the year before, None where there is none; `change` is what differs, in words."""

    label: str
    now: Bar
    before: Bar | None
    change: str


@dataclass(frozen=True)
class PairChart(Chart):
    """Two dots per row on one scale from zero: now and a year before, with a line between; `of_places` and `more` as of
    bars."""

    rows: tuple[Pair, ...]
    of_places: bool = False
    more: tuple[Pair, ...] = ()

    @property
    def as_bars(self) -> BarChart:
        """The same as bars, where dots cannot be drawn."""
        return BarChart(tuple(Row(row.label, (row.now, *([row.before] if row.before else []))) for row in self.rows))

    @property
    def is_hidden(self) -> bool:
        return self.as_bars.is_hidden

    @property
    def rings(self) -> set[Role]:
        return _roles_drawn(row.before for row in self.rows if row.before)

    @property
    def drawn(self) -> set[Role]:
        """A dot is seen at zero too."""
        bars = (bar for row in self.rows for bar in (row.now, row.before) if bar and not bar.is_hidden)
        return {segment.role for bar in bars for segment in bar.segments}

    @property
    def roles(self) -> set[Role]:
        return self.as_bars.roles


class Part(NamedTuple):
    """A part of a whole: what it means, its name, value and number; `share` what part it is, "" where that is not said;
    `tip` what it says when it is pointed at."""

    role: Role
    name: str
    value: float
    text: str
    share: str
    tip: str = ""


class Whole(NamedTuple):
    """A whole and its parts; `label` names it where there are more, `text` is the number of all together.

    `place` is the id of the gemeente that it is of, where a click may choose it.
    """

    label: str
    text: str
    parts: tuple[Part, ...]
    place: str = ""


@dataclass(frozen=True)
class WholeChart(Chart):
    """Wholes as bars of one length, parted. One by itself has the names and numbers of its parts at them."""

    rows: tuple[Whole, ...]

    @property
    def named_lines(self) -> Legend:
        if len(self.rows) > 1:
            return ()
        return tuple((part.role, f"{part.name} {part.text}") for part in self.rows[0].parts)

    @property
    def roles(self) -> set[Role]:
        return {part.role for row in self.rows for part in row.parts if part.value}


@dataclass(frozen=True)
class RankChart(RuledChart):
    """A bar per place from high to low, the lines that they are held against named above them."""

    rows: tuple[Spot | LeftOut, ...]
    rules: tuple[Rule, ...] = ()
    most: float | None = None

    @property
    def as_bars(self) -> BarChart:
        """The same as bars, where nothing better can be drawn."""
        return BarChart(tuple(map(_make_row, self.rows)), self.rules, self.most)

    @property
    def roles(self) -> set[Role]:
        return self.as_bars.roles


@dataclass(frozen=True)
class DotStrip(RuledChart):
    """A dot per place on one scale, with its `ticks`; `named` of them and the lines bear their names."""

    spots: tuple[Spot, ...]
    named: tuple[Spot, ...]
    rules: tuple[Rule, ...]
    ticks: Ticks

    @property
    def roles(self) -> set[Role]:
        return {spot.role for spot in self.spots}


@dataclass(frozen=True)
class HeatMap(Chart):
    """Places beside classes or periods, a number in each cell; `more` as of bars."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    more: tuple[HeatRow, ...] = ()

    @property
    def roles(self) -> set[Role]:
        return {cell.role for row in self.rows for cell in row.cells}


@dataclass(frozen=True)
class Funnel(RuledChart):
    """Rates against numbers of inhabitants, on a scale of tens; the band of what chance gives around one rule."""

    spots: tuple[tuple[float, Spot], ...]
    named: frozenset[str]
    band: tuple[tuple[float, float, float], ...]
    rules: tuple[Rule]
    across: Ticks
    up: Ticks

    @property
    def roles(self) -> set[Role]:
        return {spot.role for _, spot in self.spots} | {Role.CHANCE}


@dataclass(frozen=True)
class ColumnChart(Chart):
    """Upright bars from zero, side by side in time; the name of each is its period."""

    bars: tuple[Bar, ...]

    @property
    def roles(self) -> set[Role]:
        return _roles_drawn(self.bars)


@dataclass(frozen=True)
class NumberChart(Chart):
    """One number, large, with that of the year before where there is one, and those of the years before that, `earlier`
    first; `change` is what differs, in a few signs, and `told` in a few words; "" where that says less than both
    numbers. `sign` stands behind a contested one."""

    now: Bar
    before: Bar | None
    change: str
    told: str = ""
    sign: str = ""
    earlier: tuple[Bar, ...] = ()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """In time, the first year first."""
        return (*self.earlier, self.before, self.now) if self.before else (self.now,)

    @property
    def roles(self) -> set[Role]:
        return _roles_drawn(self.bars)


@dataclass(frozen=True)
class LineChart(Chart):
    """Lines over the same periods, from zero, broken where a period has no number."""

    lines: tuple[Line, ...]

    @property
    def roles(self) -> set[Role]:
        return {line.role for line in self.lines}


@dataclass(frozen=True)
class TrendChart(LineChart):
    """Lines of several places; those with a text at their last point bear their name."""


@dataclass(frozen=True)
class Multiples(LineChart):
    """A small chart for each line, all on one scale from zero to `top`, which has its text."""

    top: tuple[float, str]


@dataclass(frozen=True)
class AreaMap(Chart):
    """Gemeenten as they lie; the insets have scales of their own; `credit` names whose borders they are."""

    areas: tuple[Area, ...]
    insets: tuple[Inset, ...]
    credit: str

    @property
    def ranked(self) -> tuple[Area, ...]:
        """Those that have a number, from high to low."""
        return tuple(area for area in self.areas if area.text)

    @property
    def beside(self) -> tuple[Area, ...]:
        """Those that stand beside it for a room, which can read so many."""
        return self.ranked if not self.insets and len(self.ranked) <= MOST_BESIDE else ()

    @property
    def gemeenten(self) -> tuple[Area, ...]:
        """All that are on it, those of the insets too."""
        return (*self.areas, *(area for inset in self.insets for area in inset.areas if area.is_gemeente))

    @property
    def roles(self) -> set[Role]:
        return {area.role for area in self.gemeenten}


@dataclass(frozen=True)
class FlowChart(Chart):
    """What becomes of something, step by step; a step has its name and what is counted in it."""

    steps: tuple[tuple[str, str], ...]
    stops: tuple[Stop, ...]
    streams: tuple[Stream, ...]

    @property
    def roles(self) -> set[Role]:
        return {stop.role for stop in self.stops if stop.text}


def cut_rows(chart: Chart, most: int | None = None) -> Chart:
    """The chart with so many of its rows, or all, and the others as `more`; one without such rows as it is."""
    match chart:
        case BarChart():
            bars = (*chart.rows, *chart.more)
            return replace(chart, rows=bars[:most], more=bars[most or len(bars) :])
        case PairChart():
            pairs = (*chart.rows, *chart.more)
            return replace(chart, rows=pairs[:most], more=pairs[most or len(pairs) :])
        case HeatMap():
            cells = (*chart.rows, *chart.more)
            return replace(chart, rows=cells[:most], more=cells[most or len(cells) :])
    return chart


def _roles_drawn(bars: Iterable[Bar]) -> set[Role]:
    return {segment.role for bar in bars for segment in bar.segments if segment.length}


def _make_row(drawn: Spot | LeftOut) -> Row:
    if isinstance(drawn, LeftOut):
        return Row(drawn.text, ())
    return Row(drawn.name, (Bar("", drawn.text, (Segment(drawn.role, drawn.name, drawn.value),), drawn.tip),))
