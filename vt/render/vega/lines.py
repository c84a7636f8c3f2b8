"""Lines over time, from zero, broken where a period has no number."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import Line, LineChart, Point
from vt.render import theme
from vt.render.vega.parts import COLOUR, DATA, Form, Spec, make_spec

_LINE_TIP = {"period": "Periode", "series": "Reeks", "number": "Waarde"}


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
    base = alt.Chart(DATA).encode(x=time)
    placed = base.encode(y=height)
    line = placed.mark_line(strokeWidth=sizes.stroke, invalid="break-paths-filter-domains", aria=False)
    point = placed.mark_point(filled=True, opacity=1, size=sizes.point, invalid="filter", aria=False)
    label = placed.mark_text(align="left", dx=words * 0.7, fontSize=sizes.number, fontWeight="bold", aria=False)
    below = (
        base.mark_text(text=alt.ExprRef(text), fontSize=words, aria=False, **looks).encode(y=alt.value(alt.ExprRef(at)))
        for text, at, looks in _line_words(sizes, foot)
    )
    chart = alt.layer(
        line.encode(color=COLOUR, detail="series:N"),
        point.encode(color=COLOUR, tooltip=tip),
        label.encode(text="text:N"),
        *below,
    ).properties(width="container", height=sizes.height)
    return make_spec(chart)


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


FORM = Form("lines", lines, _line_marks, lines_for_presenter, lambda it: (_line_marks(it), 0))
