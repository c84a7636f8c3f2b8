"""Lines of several places over time, with their names at the right, none on another."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import mean

from vt.figures.chart import Line, Role, TrendChart
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width, wrap_text
from vt.render.vega.lines import LineMark, Sizes, axis_marks, draw_lines
from vt.render.vega.parts import BESIDE_TABLE, CHART_SIZE, Form, Layers, break_name, let_point

_HEIGHT, _PITCH = 300, 18  # pixels of the chart, and between two names
_PLOT = _HEIGHT - 3.8 * CHART_SIZE
_PITCH_FOR_ROOM = 0.13  # of the height of the lines
_RIGHT, _MORE = 11.5, 17  # room for a name, in the height of text; and where a chart is wide
_WIDE = 45


def spread(heights: Sequence[float], pitch: float) -> list[float]:
    """The heights, from low to high, moved apart to the pitch: as little as that takes, and none below 0."""
    groups: list[list[float]] = []  # each of names that touch: the sum of where they want to be, and how many
    for n, height in enumerate(heights):
        groups.append([height - n * pitch, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] >= groups[-1][0] / groups[-1][1]:
            total, many = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += many
    level = [total / many for total, many in groups for _ in range(int(many))]
    return [max(at, 0) + n * pitch for n, at in enumerate(level)]


def _trend_marks(chart: TrendChart) -> list[LineMark]:
    return _mark_lines(chart, [line for line in chart.lines if _has_name(line)], _PITCH / _PLOT)


def _trend_marks_for_presenter(chart: TrendChart) -> tuple[list[LineMark], int]:
    """For a room the others have no name: there is no room for so many."""
    named = [line for line in chart.lines if _has_name(line) and line.role is not Role.OTHERS]
    return _mark_lines(chart, named, _PITCH_FOR_ROOM), 0


def _mark_lines(chart: TrendChart, named: Sequence[Line], pitch: float) -> list[LineMark]:
    """The lines, with names this part of the height apart."""
    points = chart.lines[0].points
    blank = LineMark(0, max(1, len(points) - 1), 12 // points[0].period.months)
    top = max((p.value for line in chart.lines for p in line.points if p.value is not None), default=0) or 1
    taken = [line for line in sorted(named, key=_last_value) for _ in _name_end(line, _RIGHT).split("|")]
    heights = zip((line.series for line in taken), spread([*map(_last_value, taken)], top * pitch), strict=True)
    labels = {series: mean(at for _, at in group) for series, group in groupby(heights, lambda each: each[0])}
    drawn = [mark for line in chart.lines for mark in _mark_line(line, blank, labels.get(line.series))]
    return [*drawn, *axis_marks(points, blank)]


def _has_name(line: Line) -> bool:
    return line.last >= 0 and bool(line.points[line.last].text)


def _last_value(line: Line) -> float:
    return line.points[line.last].value or 0


def _mark_line(line: Line, blank: LineMark, label: float | None) -> list[LineMark]:
    weight = "normal" if line.role is Role.OTHERS else "bold"
    mine = blank._replace(series=line.series, colour=theme.COLOURS[line.role], place=line.place, weight=weight)
    marks = [mine._replace(step=n, value=point.value, tip=clean(point.tip)) for n, point in enumerate(line.points)]
    if label is not None:
        text, whole = (_name_end(line, right) for right in (_RIGHT, _MORE))
        marks.append(mine._replace(step=line.last, series="", label=label, text=text, whole=whole))
    return marks


def _name_end(line: Line, right: float) -> str:
    """The name of a line and its last number, over two lines where it needs that; cut off where it needs more."""
    point, room = line.points[line.last], right - 1
    number, name = f"\xa0{clean(point.text)}{point.star}", clean(line.series).replace("|", "/")
    lines = wrap_text(name + number, 1, room, is_bold=True)
    if len(lines) > 2 or " ".join(lines) != name + number:
        lines = [*break_name(name).split("|")]
        lines[-1] += number
    if len(lines) > 2 or any(text_width(line, 1, is_bold=True) > room for line in lines):
        lines = [cut_off(name, 1, room - text_width(number, 1, is_bold=True), is_bold=True) + number]
    return "|".join(lines).replace("\xa0", " ")


def _draw(for_room: bool) -> Layers:
    em, stroke = ("em", 0.18) if for_room else ("14", 0.15)
    is_wide = f"(width > {em} * {_WIDE})"
    right = f"({is_wide} ? {em} * {_MORE} : min({em} * {_RIGHT}, max(width * 0.46, min(168, width * 0.58))))"
    return draw_lines(Sizes(em, right, 1, stroke, is_wide), let_point)


FORM = Form("trends", _draw, _HEIGHT, _trend_marks, _trend_marks_for_presenter)
ALONE = replace(FORM, name="trends-alone", height=BESIDE_TABLE)
