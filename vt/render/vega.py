"""The forms that a chart can take, as constant Vega-Lite specs and the rows they draw: on a page, and for a whole room.

What changes from selection to selection (labels, lengths, colours, Dutch number texts) is data; a spec never changes,
so that a browser moves the marks of a chart that stands instead of drawing it anew, and no Altair object is made per
rerun. Colours are a column, so the legend stands beside the chart as text (html.py). FORMS is where a form is added.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby, pairwise
from textwrap import wrap
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import Bar, BarChart, Chart, ColumnChart, Line, LineChart, Point, Role, Segment, TileMap
from vt.render import theme

Spec = dict[str, Any]
ROOM_FOR_NUMBERS = 1.3
LONG_NAME = 14  # characters of a gemeente that fit on a tile
FEWEST_ON_STAGE = 5  # rows that a slide has room for at least
MOST_ON_STAGE = 10  # bars that can still be read from the back of a room
_LABEL_WIDTH = 40  # characters that fit beside the bars
_TWO_LINES = "split(replace(datum.label, / (?=[0-9]{4}$)/, '|'), '|')"
_LINE_TIP = {"period": "Periode", "series": "Reeks", "number": "Waarde"}
_NORM = theme.COLOURS[Role.NORM]
_DATA = alt.NamedData("figure")
_COLOUR = alt.Color("colour:N", scale=None, legend=None)
_INK = alt.Color("ink:N", scale=None, legend=None)
_FROM_ZERO = alt.Scale(zero=True, nice=False)
_HEIGHT = alt.Y("start:Q", axis=None, scale=_FROM_ZERO)
_COLUMN = alt.X("column:O", axis=None, scale=alt.Scale(padding=0))
_ROW = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
_SERIES = alt.Tooltip("series:N", title="Reeks")
_VALUE = alt.Tooltip("value:Q", title="Waarde", format=",.2~f")  # of one segment; the text is of the whole bar


class BarMark(NamedTuple):
    """A heading (`label`, above its bars), a segment from `start` to `end`, or a rule at `line`."""

    row: int
    label: str
    series: str
    start: float | None
    end: float | None
    colour: str
    text: str
    norm: float | None
    line: float | None
    limit: float


class ColumnMark(NamedTuple):
    """One segment of a column over time; `text` stands above the topmost."""

    order: int
    period: str
    series: str
    start: float
    end: float
    colour: str
    text: str


class LineMark(NamedTuple):
    """A point of a line (`value`, with `text` at the last), why there is none, or a label of the axis.

    `step` counts periods from the first, of `steps`, `span` in a year. `gap` stands in the middle of `wide` periods;
    `part` below its period, `star` where there is no room for it; `year` below its periods, `nth` before the last.
    """

    step: float
    steps: int
    span: int
    series: str = ""
    period: str = ""
    value: float | None = None
    colour: str = theme.PAPER
    number: str = ""
    text: str = ""
    gap: str = ""
    wide: int = 0
    part: str = ""
    star: str = ""
    year: str = ""
    nth: int = 0


class TileMark(NamedTuple):
    """One gemeente on the tile map; `label` is its name over at most two lines."""

    column: int
    row: int
    name: str
    label: str
    text: str
    colour: str
    ink: str


Mark = BarMark | ColumnMark | LineMark | TileMark


class Form(NamedTuple):
    """How one form of chart is drawn: its spec and marks on a page, and for a room with how many rows are left out."""

    name: str
    spec: Callable[[], Spec]
    marks: Callable[[Any], Sequence[Mark]]
    spec_for_presenter: Callable[[], Spec]
    marks_for_presenter: Callable[[Any], tuple[Sequence[Mark], int]]


def form_of(chart: Chart) -> Form:
    """How a chart is drawn."""
    return FORMS[type(chart)]


def rows(chart: Chart) -> list[dict[str, Any]]:
    """The rows that the spec of a chart draws."""
    return [mark._asdict() for mark in form_of(chart).marks(chart)]


def rows_for_presenter(chart: Chart) -> tuple[list[dict[str, Any]], int]:
    """The same for a room, and how many rows of the chart were left out because a room could not read so many."""
    marks, left_out = form_of(chart).marks_for_presenter(chart)
    return [mark._asdict() for mark in marks], left_out


# --- rows ------------------------------------------------------------------------------------------------------------


def _bar_marks(chart: BarChart) -> list[BarMark]:
    """A label, then its bars; room at the right for the numbers."""
    limit = chart.reach * ROOM_FOR_NUMBERS
    marks: list[BarMark] = []
    number = 0
    for row in chart.rows:
        marks.append(BarMark(number, row.label, "", None, None, theme.PAPER, "", None, None, limit))
        for bar in row.bars:
            number += 1
            marks += _segments(number, bar, row.norm, limit)
        number += 1
    rules = ((rule.label, theme.COLOURS[rule.role], rule.value) for rule in chart.rules)
    return marks + [BarMark(0, "", label, None, None, colour, "", None, at, limit) for label, colour, at in rules]


def _segments(row: int, bar: Bar, norm: float | None, limit: float) -> list[BarMark]:
    text = f"{bar.name}: {bar.text}" if bar.name else bar.text
    if not bar.segments:
        return [BarMark(row, "", "", 0.0, 0.0, theme.PAPER, text, norm, None, limit)]
    marks = [
        BarMark(row, "", segment.series, start, end, theme.COLOURS[segment.role], "", None, None, limit)
        for segment, (start, end) in zip(bar.segments, _ends(bar.segments), strict=True)
    ]
    return [marks[0]._replace(text=text, norm=norm), *marks[1:]]


def _column_marks(chart: ColumnChart) -> list[ColumnMark]:
    marks = []
    for order, bar in enumerate(chart.bars):
        segments = bar.segments or (Segment(Role.NO_DATA, "", None),)
        for segment, (start, end) in zip(segments, _ends(segments), strict=True):
            marks.append(ColumnMark(order, bar.name, segment.series, start, end, theme.COLOURS[segment.role], ""))
        marks[-1] = marks[-1]._replace(text=bar.text)
    return marks


def _ends(segments: Sequence[Segment]) -> Iterable[tuple[float, float]]:
    """Where each segment begins and ends."""
    return pairwise(accumulate((segment.length for segment in segments), initial=0.0))


def _line_marks(chart: LineChart) -> list[LineMark]:
    """The points of each line, of which the last bears its number, the gaps, and the labels of the axis below."""
    points = chart.lines[0].points
    blank = LineMark(0, max(1, len(points) - 1), 12 // points[0].period.months)
    drawn = (mark for line in chart.lines for mark in (*_point_marks(line, blank), *_gap_marks(line, blank)))
    return [*drawn, *_axis_marks(points, blank)]


def _point_marks(line: Line, blank: LineMark) -> Iterable[LineMark]:
    mine = blank._replace(series=line.series, colour=theme.COLOURS[line.role])
    for step, point in enumerate(line.points):
        number = point.text + point.star
        text = number if step == line.last else ""
        yield mine._replace(step=step, period=point.name, value=point.value, number=number, text=text)


def _gap_marks(line: Line, blank: LineMark) -> Iterable[LineMark]:
    """Why a line is broken, once for periods in a row."""
    for gap, group in groupby(enumerate(line.points), lambda numbered: numbered[1].gap):
        steps = [step for step, _ in group]
        if gap:
            yield blank._replace(step=sum(steps) / len(steps), gap=gap, wide=len(steps))


def _axis_marks(points: Sequence[Point], blank: LineMark) -> Iterable[LineMark]:
    """Below each period which half or quarter it is, and below those of a year the year."""
    for step, point in enumerate(points):
        number, is_part, _ = point.period.label.partition(" ")
        yield blank._replace(step=step, part=number + point.star if is_part else "", star=point.star if is_part else "")
    for year, group in groupby(enumerate(points), lambda numbered: numbered[1].period.year):
        steps = [step for step, _ in group]
        name = points[steps[0]].name if blank.span == 1 else str(year)
        yield blank._replace(step=sum(steps) / len(steps), year=name, nth=points[-1].period.year - year)


def _tile_marks(chart: TileMap) -> list[TileMark]:
    return [
        TileMark(tile.column, tile.row, tile.name, _over_two_lines(tile.name), tile.text, fill, theme.ink_on(fill))
        for tile in chart.tiles
        for fill in [theme.COLOURS[tile.role]]
    ]


def _over_two_lines(name: str) -> str:
    return name.replace("-", "-|") if len(name) > LONG_NAME else name


def _bar_marks_for_presenter(chart: BarChart) -> tuple[list[BarMark], int]:
    """As many rows as a room can read; a label stands beside its bar, on two lines where it is long."""
    fitting = max(1, sum(count <= MOST_ON_STAGE for count in accumulate(len(row.bars) for row in chart.rows)))
    kept = replace(chart, rows=chart.rows[:fitting], most=chart.reach)
    marks = [_beside(mark) for mark in _bar_marks(kept)]
    around = _room_around({mark.row for mark in marks if mark.start is not None})
    return [*marks, *around], max(0, len(chart.rows) - fitting)


def _room_around(bars: Set[int]) -> list[BarMark]:
    """Empty rows above and below a few bars, which would be as thick as they are long."""
    spare = max(0, FEWEST_ON_STAGE - len(bars))
    first, last = min(bars, default=0), max(bars, default=0)
    empty = [*(first - 1 - i for i in range(spare // 2)), *(last + 1 + i for i in range(spare - spare // 2))]
    return [BarMark(row, "", "", None, None, theme.PAPER, "", None, None, 0) for row in empty]


def _beside(mark: BarMark) -> BarMark:
    """A heading and a rule stand above the bars: on stage they move to the row of the first bar below."""
    return mark._replace(row=mark.row + (mark.start is None), label="|".join(wrap(mark.label, _LABEL_WIDTH)))


# --- specs -----------------------------------------------------------------------------------------------------------


@cache
def bars() -> Spec:
    """Horizontal bars from zero, each under its own label; a tick for a norm, rules for reference values."""
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.12, paddingOuter=0))
    length = alt.X("start:Q", axis=None, scale=_FROM_ZERO)
    base = alt.Chart(_DATA).transform_calculate(value="datum.end - datum.start")
    placed = base.encode(y=rows)
    chart = alt.layer(
        placed.mark_point(opacity=0, aria=False, tooltip=None).encode(x=alt.X("limit:Q", axis=None)),
        placed.mark_bar(aria=False).encode(x=length, x2="end:Q", color=_COLOUR, tooltip=[_SERIES, _VALUE]),
        placed.mark_tick(thickness=3, size=22, color=_NORM, aria=False, tooltip=None).encode(x="norm:Q"),
        placed.mark_text(align="left", baseline="middle", dy=4, aria=False, limit=10_000).encode(
            x=alt.value(0), text="label:N"
        ),
        placed.mark_text(align="right", baseline="middle", aria=False).encode(x=alt.value("width"), text="text:N"),
        # a rule without y goes last: before the bars it stops Vega-Lite 6.4
        base.mark_rule(strokeWidth=2, strokeDash=[5, 4], aria=False).encode(x="line:Q", color=_COLOUR),
    ).properties(width="container", height=alt.Step(21))
    return _make_spec(chart)


@cache
def columns() -> Spec:
    """Columns over time from zero, stacked where split."""
    time, tip = _set_periods({"labelPadding": 8}), [alt.Tooltip("period:N", title="Periode"), _SERIES, _VALUE]
    column = alt.Chart(_DATA).encode(x=time).transform_calculate(value="datum.end - datum.start")
    chart = alt.layer(
        column.mark_bar(size=38, aria=False).encode(y=_HEIGHT, y2="end:Q", color=_COLOUR, tooltip=tip),
        column.mark_text(baseline="bottom", dy=-5, aria=False).encode(y="end:Q", text="text:N"),
    ).properties(width="container", height=240)
    return _make_spec(chart)


def _set_periods(looks: dict[str, Any]) -> alt.X:
    """The periods below columns, a year on a line of its own."""
    axis = alt.Axis(title=None, labelAngle=0, ticks=False, labelOverlap=False, labelExpr=_TWO_LINES, **looks)
    return alt.X("period:O", sort=alt.EncodingSortField("order", op="min"), axis=axis)


class _LineSizes(NamedTuple):
    """What differs between a page and a slide, in pixels; `right` is the room for the last number."""

    height: int | str
    right: int
    words: int
    number: int
    stroke: float
    point: int


@cache
def lines() -> Spec:
    """Lines over time from zero: the last value named, a year axis, a gap with its reason where a number is missing."""
    return _draw_lines(_LineSizes(240, 76, 14, 14, 2.5, 70))


@cache
def lines_for_presenter() -> Spec:
    """Lines over time."""
    return _draw_lines(_LineSizes("container", 170, 24, 30, 5, 260))


def _draw_lines(sizes: _LineSizes) -> Spec:
    words, foot = sizes.words, f"height - {sizes.words * 2.8:g}"
    across = [{"expr": f"{words}"}, {"expr": f"width - {sizes.right}"}]
    time = alt.X("step:Q", axis=None, scale=alt.Scale(zero=False, nice=False, range=across))
    up = alt.Scale(zero=True, nice=True, range=[{"expr": foot}, {"expr": f"{words}"}])
    height = alt.Y("value:Q", axis=_value_axis(words), scale=up)
    tip = [alt.Tooltip(f"{name}:N", title=title) for name, title in _LINE_TIP.items()]
    base = alt.Chart(_DATA).encode(x=time)
    placed = base.encode(y=height)
    line = placed.mark_line(strokeWidth=sizes.stroke, invalid="break-paths-filter-domains", aria=False)
    point = placed.mark_point(filled=True, opacity=1, size=sizes.point, invalid="filter", aria=False)
    label = placed.mark_text(align="left", dx=words * 0.7, fontSize=sizes.number, fontWeight="bold", aria=False)
    below = (
        base.mark_text(text=alt.ExprRef(text), fontSize=words, aria=False, **looks).encode(y=alt.value(alt.ExprRef(at)))
        for text, at, looks in _line_words(sizes, foot)
    )
    chart = alt.layer(
        line.encode(color=_COLOUR, detail="series:N"),
        point.encode(color=_COLOUR, tooltip=tip),
        label.encode(text="text:N"),
        *below,
    ).properties(width="container", height=sizes.height)
    return _make_spec(chart)


def _value_axis(words: int) -> alt.Axis:
    wide = words * 4.6  # as 60.000 is in letters that are set wider (WCAG 1.4.12)
    numbers: dict[str, Any] = {"labelFontSize": words, "labelPadding": 8, "minExtent": wide}
    return alt.Axis(title=None, ticks=False, domain=False, tickCount=4, format=",.2~f", **numbers)


def _line_words(sizes: _LineSizes, foot: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The words below a line as far as there is room: an expression of the text, of the height, and how it is set."""
    words, step = sizes.words, f"((width - {sizes.words + sizes.right}) / datum.steps)"
    lies = f"{step} * datum.wide >= {words * 6.5:g}"
    every = f"ceil({words * 3.2:g} / ({step} * datum.span * 0.75))"
    below: dict[str, Any] = {"baseline": "bottom"}
    yield f"{lies} ? datum.gap : ''", foot, {"baseline": "bottom", "dy": -words * 0.4}
    yield f"{lies} ? '' : datum.gap", foot, {"angle": 270, "align": "left", "baseline": "middle", "dx": words * 0.4}
    yield f"{step} >= {words * 1.65:g} ? datum.part : datum.star", f"height - {words * 1.3:g}", below
    yield f"datum.nth % {every} === 0 ? datum.year : ''", "height", below


@cache
def tiles() -> Spec:
    """A tile map: one square per gemeente, in its place as far as a grid can."""
    tile = alt.Chart(_DATA).encode(x=_COLUMN, y=_ROW)
    tip = [alt.Tooltip("name:N", title="Gemeente"), alt.Tooltip("text:N", title="Waarde")]
    chart = alt.layer(
        tile.mark_rect(stroke=theme.PAPER, strokeWidth=3, aria=False).encode(color=_COLOUR, tooltip=tip),
        tile.mark_text(dy=-12, fontSize=alt.ExprRef("clamp(width / 35, 11, 14)"), aria=False, lineBreak="|").encode(
            text="label:N", color=_INK
        ),
        tile.mark_text(dy=18, fontSize=15, fontWeight="bold", aria=False).encode(text="text:N", color=_INK),
    ).properties(width="container", height=alt.Step(72))
    return _make_spec(chart)


@cache
def bars_for_presenter() -> Spec:
    """Bars with their labels beside them."""
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.15, paddingOuter=0.05))
    base = alt.Chart(_DATA)
    placed = base.encode(y=rows)
    fitting = "clamp(bandwidth('y') * 0.64, 13, width * 0.0195)"
    size = alt.ExprRef(fitting)
    # a letter set wider takes 0.6 of its size: a long label is whole then too (WCAG 1.4.12)
    label_size = alt.ExprRef(f"min({fitting}, width * 0.37 / (0.6 * min(length(datum.label), {_LABEL_WIDTH})))")
    chart = alt.layer(
        placed.mark_point(opacity=0, aria=False).encode(x=_place_length("limit:Q")),
        placed.mark_bar(aria=False).encode(x=_place_length("start:Q"), x2="end:Q", color=_COLOUR),
        placed.mark_tick(thickness=5, size=40, color=_NORM, opacity=1, aria=False).encode(x=_place_length("norm:Q")),
        placed.mark_text(align="right", baseline="middle", aria=False, fontSize=label_size, lineBreak="|").encode(
            x=alt.value(alt.ExprRef("width * 0.37")), text="label:N"
        ),
        placed.mark_text(align="right", baseline="middle", aria=False, fontSize=size).encode(
            x=alt.value("width"), text="text:N"
        ),
        base.mark_rule(strokeWidth=4, strokeDash=[10, 8], aria=False).encode(x=_place_length("line:Q"), color=_COLOUR),
    ).properties(width="container", height="container")
    return _make_spec(chart)


def _place_length(field: str) -> alt.X:
    room = [{"expr": "width * 0.385"}, {"expr": "width"}]
    return alt.X(field, axis=None, scale=alt.Scale(zero=True, nice=False, range=room))


@cache
def columns_for_presenter() -> Spec:
    """Columns over time."""
    time = _set_periods({"labelPadding": 12, "labelFontSize": 24})
    column = alt.Chart(_DATA).encode(x=time)
    chart = alt.layer(
        column.mark_bar(width={"band": 0.5}, aria=False).encode(y=_HEIGHT, y2="end:Q", color=_COLOUR),
        column.mark_text(baseline="bottom", dy=-8, fontSize=28, aria=False).encode(y="end:Q", text="text:N"),
    ).properties(width="container", height="container")
    return _make_spec(chart)


@cache
def tiles_for_presenter() -> Spec:
    """A tile map."""
    size = alt.ExprRef("clamp(min(bandwidth('x') * 0.11, bandwidth('y') * 0.22), 12, 28)")
    tile = alt.Chart(_DATA).encode(x=_COLUMN, y=_ROW)
    chart = alt.layer(
        tile.mark_rect(stroke=theme.PAPER, strokeWidth=4, aria=False).encode(color=_COLOUR),
        tile.mark_text(baseline="bottom", fontSize=size, aria=False, lineBreak="|").encode(text="label:N", color=_INK),
        tile.mark_text(baseline="top", dy=8, fontSize=size, fontWeight="bold", aria=False).encode(
            text="text:N", color=_INK
        ),
    ).properties(width="container", height="container")
    return _make_spec(chart)


def _make_spec(chart: alt.LayerChart | alt.FacetChart) -> Spec:
    made: Spec = chart.to_dict(validate=True)
    return {key: value for key, value in made.items() if key != "data"} | {"config": theme.config()}


FORMS: dict[type[Chart], Form] = {
    BarChart: Form("bars", bars, _bar_marks, bars_for_presenter, _bar_marks_for_presenter),
    ColumnChart: Form("columns", columns, _column_marks, columns_for_presenter, lambda it: (_column_marks(it), 0)),
    LineChart: Form("lines", lines, _line_marks, lines_for_presenter, lambda it: (_line_marks(it), 0)),
    TileMap: Form("tiles", tiles, _tile_marks, tiles_for_presenter, lambda it: (_tile_marks(it), 0)),
}
