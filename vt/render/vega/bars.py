"""Horizontal bars from zero, in rows; the number stands at the end of its bar."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

import altair as alt

from vt.figures.chart import Bar, BarChart, Role, Segment
from vt.render import theme
from vt.render.vega import lanes
from vt.render.vega.lanes import LaneMark
from vt.render.vega.parts import COLOUR, DATA, TIP, Form, Layers, find_ends, let_point

_BELOW = 2  # units between a label and what stands below it, where that is as thick as beside a label
_HELD = 10  # pixels of a unit of what is held against a norm, at most
_WHOLE_LINE = 99  # what a label above its bars takes, in the size of type: of what is held against a norm


def _bar_marks(chart: BarChart, below: int = 0) -> list[LaneMark]:
    """Each row with the room that its label takes, and so much more below that; what is drawn over all of them comes
    last."""
    marks = [lanes.put_name(norm) for norm in chart.rules]
    top = lanes.LINE if marks else 0
    for row in chart.rows:
        high = lanes.find_height(row.label, len(row.bars)) + below
        marks += lanes.put_label(row.label, top, high, row.place)
        for at, bar in enumerate(row.bars):
            middle = lanes.find_middle(row.label, top + below, high - below, at, len(row.bars))
            marks += (lanes.put(mark, *middle) for mark in _segments(bar, is_held=bool(chart.rules)))
        top += high
    return lanes.make_room([*marks, *map(lanes.put_norm, chart.rules)], top, chart.reach)


def _bar_marks_on_page(chart: BarChart) -> list[LaneMark]:
    """The same, of what is held against a norm with labels above bars."""
    marks = _bar_marks(chart, below=_BELOW if chart.rules else 0)
    return [marks[0]._replace(before=_WHOLE_LINE), *marks[1:]] if chart.rules else marks


def _segments(bar: Bar, *, is_held: bool) -> Iterator[LaneMark]:
    """The segments of a bar; its number stands at the end of the last, within it where that is held against a norm."""
    *others, last = (
        LaneMark(
            series=segment.series,
            start=start,
            end=end,
            colour=theme.COLOURS[segment.role],
            tip=segment.tip or bar.tip,
            low=lanes.LINE - 0.2 if is_held else 0,
            place=bar.place,
        )
        for segments in [bar.segments or (Segment(Role.NO_DATA, "", None),)]
        for segment, (start, end) in zip(segments, find_ends(segments), strict=True)
    )
    number = lanes.put_number(last, bar.named, bar.share)
    if is_held:
        after = lanes.measure(bar.share) + 1
        number = number._replace(is_norm=True, ink=theme.ink_on(last.colour), after=after)
    yield from (*others, number)


def _bar_marks_for_presenter(chart: BarChart) -> tuple[list[LaneMark], int]:
    """As many rows as a room can read; of chosen places all, without their year before where that leaves no room."""
    heights = [lanes.find_height(row.label, len(row.bars)) for row in chart.rows]
    fitting = max(1, sum(high <= lanes.MOST_ON_STAGE for high in accumulate(heights)))
    kept = chart.rows if chart.of_places else chart.rows[:fitting]
    if chart.of_places and fitting < len(kept):
        kept = tuple(row._replace(bars=row.bars[:1]) for row in kept)
    marks = _bar_marks(replace(chart, rows=kept, most=chart.reach))
    return lanes.make_room_around(marks), len(chart.rows) - len(kept)


def _draw(for_room: bool) -> Layers:
    base, sizes = alt.Chart(DATA), lanes.ON_STAGE if for_room else lanes.ON_PAGE
    placed = lanes.place(base, sizes)
    segments = placed.transform_filter("isValid(datum.end)")
    units = f"({sizes.narrow} ? datum.low || {lanes.THIN} : {lanes.BAR - 0.3})"
    thick = alt.ExprRef(sizes.thicken(units, f"(datum.low ? {_HELD} : {lanes.THICKEST})"))
    parted = alt.ExprRef("datum.text ? 0 : -1")  # a white line between segments, not around a bar as thin as a line
    drawn = segments.mark_bar(height=thick, strokeWidth=0, x2Offset=parted, **lanes.move(sizes))
    return alt.layer(
        lanes.draw_room(placed, sizes),
        let_point(drawn.encode(x="start:Q", x2="end:Q", color=COLOUR, tooltip=TIP)),
        lanes.draw_norms(base),
        *lanes.draw_labels(placed, sizes),
        *lanes.draw_numbers(placed, sizes),
        *lanes.draw_held(placed, sizes),
    )


FORM = Form(
    "bars",
    _draw,
    lanes.STEP,
    _bar_marks_on_page,
    _bar_marks_for_presenter,
    measure=lambda chart: lanes.measure_high(_bar_marks_on_page(chart)),
    fill=lanes.fill,
)
