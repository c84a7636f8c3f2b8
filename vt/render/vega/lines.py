"""Lines over time, from zero, broken where a period has no number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import Line, LineChart, Point
from vt.render import theme
from vt.render.vega.parts import BESIDE_TABLE, COLOUR, DATA, TIP, Form, Layers, centre_lines, times

# Of the height of text squared, and of a stroke: less of lines behind others, on a phone hardly more than the line.
_DOT = "(datum.weight !== 'normal' ? 0.4 : width < 520 ? 0.06 : 0.2)"
_THIN = "(datum.weight !== 'normal' ? 1 : width < 520 ? 0.4 : 0.7)"


class LineMark(NamedTuple):
    """A point of a line (`value`, with `text` at the last), why there is none, or a label of the axis.

    `label` is how high the text of a point stands, on the scale of values. `step` counts periods from the first, of
    `steps`, `span` in a year. `gap` stands in the middle of `wide` periods; `part` below its period, `star` where there
    is no room for it; `year` below its periods, `nth` before the last. `place` is that of a line which can be clicked.
    `whole` is the text where a chart has more room for it.
    """

    step: float
    steps: int
    span: int
    series: str = ""
    value: float | None = None
    label: float | None = None
    weight: str = "bold"
    colour: str = theme.PAPER
    text: str = ""
    whole: str = ""
    tip: str = ""
    gap: str = ""
    wide: int = 0
    part: str = ""
    star: str = ""
    year: str = ""
    nth: int = 0
    place: str = ""


def _line_marks(chart: LineChart) -> list[LineMark]:
    """The points of each line, of which the last bears its number, the gaps, and the labels of the axis below."""
    points = chart.lines[0].points
    blank = LineMark(0, max(1, len(points) - 1), 12 // points[0].period.months)
    drawn = (mark for line in chart.lines for mark in (*_point_marks(line, blank), *_gap_marks(line, blank)))
    return [*drawn, *axis_marks(points, blank)]


def _point_marks(line: Line, blank: LineMark) -> Iterable[LineMark]:
    mine = blank._replace(series=line.series, colour=theme.COLOURS[line.role])
    for step, point in enumerate(line.points):
        text = point.text + point.star if step == line.last else ""
        yield mine._replace(step=step, value=point.value, label=point.value, text=text, tip=point.tip)


def _gap_marks(line: Line, blank: LineMark) -> Iterable[LineMark]:
    """Why a line is broken, once for periods in a row."""
    for gap, group in groupby(enumerate(line.points), lambda numbered: numbered[1].gap):
        steps = [step for step, _ in group]
        if gap:
            yield blank._replace(step=sum(steps) / len(steps), gap=gap, wide=len(steps))


def axis_marks(points: Sequence[Point], blank: LineMark) -> Iterable[LineMark]:
    """Below each period which half or quarter it is, and below those of a year the year."""
    for step, point in enumerate(points):
        number, is_part, _ = point.period.label.partition(" ")
        yield blank._replace(step=step, part=number + point.star if is_part else "", star=point.star if is_part else "")
    for year, group in groupby(enumerate(points), lambda numbered: numbered[1].period.year):
        steps = [step for step, _ in group]
        name = points[steps[0]].name if blank.span == 1 else str(year)
        yield blank._replace(step=sum(steps) / len(steps), year=name, nth=points[-1].period.year - year)


class Sizes(NamedTuple):
    """What differs between a page and a slide, in `em`: the height of text, an expression. So is `right`, the room for
    a number or a name; `roomy` whether there is more."""

    em: str
    right: str
    number: float
    stroke: float
    roomy: str = "false"


def _draw(for_room: bool) -> Layers:
    return draw_lines(Sizes("em", "em * 7", 1.3, 0.21) if for_room else Sizes("14", "14 * 5.5", 1, 0.18))


def draw_lines(sizes: Sizes, dress: Callable[[alt.Chart], alt.Chart] = lambda points: points) -> Layers:
    """Lines over time from zero: the last value named, a year axis, a gap with its reason where a number is missing."""
    em, foot = sizes.em, f"height - {sizes.em} * 2.8"
    across = [{"expr": em}, {"expr": f"width - {sizes.right}"}]
    time = alt.X("step:Q", axis=None, scale=alt.Scale(zero=False, nice=False, range=across))
    up = alt.Scale(zero=True, nice=True, range=[{"expr": foot}, {"expr": em}])
    base = alt.Chart(DATA).encode(x=time)
    placed = base.encode(y=alt.Y("value:Q", axis=_value_axis(em), scale=up))
    stroke = alt.ExprRef(f"{em} * {sizes.stroke} * {_THIN}")
    line = placed.mark_line(strokeWidth=stroke, invalid="break-paths-filter-domains", aria=False)
    point = placed.mark_point(
        filled=True, opacity=1, size=alt.ExprRef(f"{em} * {em} * {_DOT}"), invalid="filter", aria=False
    )
    said = f"{sizes.roomy} && datum.whole || datum.text"
    set_: dict[str, Any] = {
        "align": "left",
        "fontWeight": alt.ExprRef("datum.weight"),
        "dx": times(em, 0.7),
        "fontSize": times(em, sizes.number),
        "lineBreak": "|",
        **centre_lines(f"({said})", em),
    }
    below = (
        base.mark_text(text=alt.ExprRef(text), fontSize=alt.ExprRef(em), aria=False, **looks).encode(
            y=alt.value(alt.ExprRef(at))
        )
        for text, at, looks in _line_words(sizes, foot)
    )
    return alt.layer(
        line.encode(color=COLOUR, detail="series:N"),
        dress(point.encode(color=COLOUR, tooltip=TIP)),
        base.mark_text(aria=False, text=alt.ExprRef(said), **set_).encode(
            y=alt.Y("label:Q", axis=_value_axis(em), scale=up)
        ),
        *below,
    )


def _value_axis(em: str) -> alt.Axis:
    wide = times(em, 4.6)  # as 60.000 is in letters that are set wider (WCAG 1.4.12)
    numbers: dict[str, Any] = {"labelFontSize": alt.ExprRef(em), "labelPadding": 8, "labelLimit": 0, "minExtent": wide}
    return alt.Axis(title=None, ticks=False, domain=False, tickCount=4, format=",.2~f", **numbers)


def _line_words(sizes: Sizes, foot: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The words below a line as far as there is room: an expression of the text, of the height, and how it is set."""
    em, step = sizes.em, f"((width - {sizes.em} - {sizes.right}) / datum.steps)"
    lies = f"{step} * datum.wide >= {em} * 6.5"
    every = f"ceil({em} * 3.2 / ({step} * datum.span * 0.75))"
    below: dict[str, Any] = {"baseline": "bottom"}
    yield f"{lies} ? datum.gap : ''", foot, {"baseline": "bottom", "dy": times(em, -0.4)}
    yield f"{lies} ? '' : datum.gap", foot, {"angle": 270, "align": "left", "baseline": "middle", "dx": times(em, 0.4)}
    yield f"{step} >= {em} * 1.65 ? datum.part : datum.star", f"height - {em} * 1.3", below
    yield f"datum.nth % {every} === 0 ? datum.year : ''", "height", below


FORM = Form("lines", _draw, 240, _line_marks)
ALONE = replace(FORM, name="lines-alone", height=BESIDE_TABLE)
