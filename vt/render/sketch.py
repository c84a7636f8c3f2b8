"""A chart as a few boxes in percents of a small slide: enough to know it by, without a drawing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vt.figures.chart import Bar, BarChart, Chart, ColumnChart, LineChart, RankChart
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
    """The boxes of a chart; none of a form that is no bars, columns or lines."""
    match chart:
        case RankChart():
            return sketch(chart.as_bars)
        case BarChart():
            bars = [bar for row in chart.rows for bar in row.bars][:MOST_ROWS]
            return list(_lay_bars(bars, chart.reach))
        case ColumnChart():
            return [
                _raise(box) for box in _lay_bars(chart.bars, max((bar.length for bar in chart.bars), default=0) or 1)
            ]
        case LineChart():
            return list(_lay_points(chart))
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


def _lay_points(chart: LineChart) -> Iterator[Box]:
    """A short step for each point that has a number."""
    values = [point.value for line in chart.lines for point in line.points if point.value is not None]
    reach, count = max(values, default=0) or 1, len(chart.lines[0].points)
    steps = [100 * at / count for at in range(count + 1)]
    for line in chart.lines:
        for point, (left, right) in zip(line.points, pairwise(steps), strict=True):
            if point.value is not None:
                yield Box(left, 95 - 95 * point.value / reach, right - left, 5, theme.COLOURS[line.role])
