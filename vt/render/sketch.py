"""A chart as a few boxes in percents of a small slide: enough to know it by, without a drawing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vt.figures.chart import (
    AreaMap,
    Bar,
    BarChart,
    Chart,
    ColumnChart,
    DotStrip,
    HeatMap,
    LineChart,
    PairChart,
    RankChart,
    Role,
    TrendChart,
    WholeChart,
)
from vt.model.borders import Box as Outline
from vt.render import theme
from vt.render.vega.parts import find_ends

MOST_ROWS = 8


class Box(NamedTuple):
    """A rectangle in its colour, in percents from the top left."""

    left: float
    top: float
    width: float
    height: float
    colour: str


def sketch(chart: Chart) -> list[Box]:
    """The boxes of a chart; none of a form that says nothing without its words."""
    match chart:
        case PairChart():
            return list(_lay_bars([row.now for row in chart.rows[:MOST_ROWS]], chart.as_bars.reach))
        case WholeChart():
            return list(_lay_wholes(chart))
        case DotStrip():
            values = [(spot.value, spot.role) for spot in chart.spots if spot.value is not None]
            return [_dot(90 * value / (chart.ticks[-1][0] or 1), 45, role) for value, role in values]
        case AreaMap() if chart.areas:
            return list(_lay_areas(chart))
        case RankChart():
            return sketch(chart.as_bars)
        case BarChart():
            bars = [bar for row in chart.rows for bar in row.bars][:MOST_ROWS]
            return list(_lay_bars(bars, chart.reach))
        case ColumnChart():
            return [
                _raise(box) for box in _lay_bars(chart.bars, max((bar.length for bar in chart.bars), default=0) or 1)
            ]
        case LineChart() | TrendChart():
            return list(_lay_points(chart))
        case HeatMap():
            return list(_lay_cells(chart))
        case _:
            return []


def _lay_bars(bars: Sequence[Bar], reach: float) -> Iterator[Box]:
    each = 100 / max(len(bars), 4)
    for at, bar in enumerate(bars):
        for segment, (start, end) in zip(bar.segments, find_ends(bar.segments), strict=True):
            colour = theme.COLOURS[segment.role]
            yield Box(100 * start / reach, at * each, 100 * (end - start) / reach, each * 0.75, colour)


def _raise(box: Box) -> Box:
    """A bar that lies, as a column that stands."""
    return Box(box.top, 100 - box.left - box.width, box.height, box.width, box.colour)


def _lay_points(chart: LineChart | TrendChart) -> Iterator[Box]:
    """A short step for each point that has a number."""
    values = [point.value for line in chart.lines for point in line.points if point.value is not None]
    reach, count = max(values, default=0) or 1, len(chart.lines[0].points)
    steps = [100 * at / count for at in range(count + 1)]
    for line in chart.lines:
        for point, (left, right) in zip(line.points, pairwise(steps), strict=True):
            if point.value is not None:
                yield Box(left, 95 - 95 * point.value / reach, right - left, 5, theme.COLOURS[line.role])


def _lay_cells(chart: HeatMap) -> Iterator[Box]:
    """A box for each number, in its colour."""
    rows = chart.rows[:MOST_ROWS]
    wide, high = 100 / max(len(chart.columns), 1), 100 / max(len(rows), 1)
    for at, row in enumerate(rows):
        for n, cell in enumerate(row.cells):
            yield Box(n * wide, at * high, wide * 0.96, high * 0.9, theme.COLOURS[cell.role])


def _dot(left: float, top: float, role: Role) -> Box:
    return Box(left, top, 5, 9, theme.COLOURS[role])


def _lay_wholes(chart: WholeChart) -> Iterator[Box]:
    """Every whole is as long, and parted."""
    each = 100 / max(len(chart.rows), 3)
    for at, row in enumerate(chart.rows[:MOST_ROWS]):
        whole, start = sum(part.value for part in row.parts) or 1, 0.0
        for part in row.parts:
            width = 100 * part.value / whole
            yield Box(start, at * each, width, each * 0.75, theme.COLOURS[part.role])
            start += width


def _lay_areas(chart: AreaMap) -> Iterator[Box]:
    """A box in the middle of each gemeente or region, in the shape of the map."""
    outlines = [area.border.box for area in chart.areas]
    west, north, east, south = Outline.around(outlines)
    scale = 100 / max((east - west) * 9 / 16, south - north)  # percents of a slide's height
    for area, outline in zip(chart.areas, outlines, strict=True):
        wide, high = (outline.east - outline.west) * scale * 9 / 16, (outline.south - outline.north) * scale
        left, top = (outline.west - west) * scale * 9 / 16, (outline.north - north) * scale
        yield Box(left + wide * 0.15, top + high * 0.15, wide * 0.7, high * 0.7, theme.COLOURS[area.role])
