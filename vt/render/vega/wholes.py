"""Wholes as bars of one length: what each part is of all. One by itself has names and numbers at its parts.

Names stand side by side above the bar, each as near to its part as the others leave room, or one on a line where all of
them have no room.
"""

from collections.abc import Iterator
from itertools import accumulate

import altair as alt

from vt.figures.chart import Part, Whole, WholeChart
from vt.render import theme
from vt.render.vega import lanes
from vt.render.vega.lanes import UNIT, LaneMark, Sizes
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, INK, TIP, Form, Layers, let_point

LEAST_INSIDE = 12  # percent that a share has room in
_NAME, _TALL, _LOW = 5, 12, 11  # units of a line of names, of a bar by itself, and of that below its names
_BETWEEN = 1.2  # between two names, in their size
_THICKEST = 10  # pixels of a unit of a bar by itself
_LARGE, _LARGEST = 1.9, 20  # units of names that stand one under another, and pixels at most
_ON_PAGE, _ON_STAGE = Sizes(str(CHART_SIZE), 480), Sizes("em", 640, for_room=True)


def _whole_marks(chart: WholeChart) -> list[LaneMark]:
    if len(chart.rows) == 1:
        return _name_parts(chart.rows[0])
    marks: list[LaneMark] = []
    top = 0
    for row in chart.rows:
        high = lanes.find_height(row.label, 1)
        marks += lanes.put_label(row.label, top, high, row.place)
        middle = lanes.find_middle(row.label, top, high, 0, 1)
        *others, last = _part_marks(row, lanes.BAR - 0.3, lanes.LINE - 0.4)
        marks += (
            lanes.put(mark._replace(place=row.place), *middle)
            for mark in (*others, lanes.put_number(last, row.text, ""))
        )
        top += high
    return lanes.make_room(marks, top, 100)


def _name_parts(whole: Whole) -> list[LaneMark]:
    """One bar, and a name for each part."""
    units = max(_NAME + _TALL + 1, len(whole.parts) * _NAME + _LOW + 1)
    bar = _NAME + _TALL / 2, units - _LOW / 2 - 1
    total = sum(part.value for part in whole.parts)
    names = [f"{part.name} {part.text}{_add_share(part, total)}" for part in whole.parts]
    widths = [lanes.measure(name, is_bold=True) + _BETWEEN for name in names]
    starts = list(accumulate(widths, initial=0.0))
    parts = [mark._replace(needs=starts[-1]) for mark in _part_marks(whole, _TALL, _LOW)]
    named = (
        LaneMark(
            name=name,
            ink=_ink(mark.colour),
            line=mark.start,
            before=start,
            after=starts[-1] - start - _BETWEEN,
            needs=starts[-1],
            limit=100 if name is names[-1] else 0,
        )
        for name, mark, start in zip(names, parts, starts, strict=False)
    )
    placed = [lanes.put(mark, _NAME / 2, (at + 0.5) * _NAME) for at, mark in enumerate(named)]
    room = LaneMark(units=units, limit=100)
    return [room, *(lanes.put(mark, *bar) for mark in parts), *placed]


def _part_marks(whole: Whole, high: float, low: float) -> Iterator[LaneMark]:
    """The parts from left to right, in percent; the share inside where it has room."""
    total = sum(part.value for part in whole.parts)
    ends = list(accumulate((part.value / total * 100 for part in whole.parts), initial=0.0))
    for part, start, end in zip(whole.parts, ends, ends[1:], strict=False):
        colour = theme.COLOURS[part.role]
        share = part.share if end - start >= LEAST_INSIDE else ""
        yield LaneMark(
            series=part.name,
            start=start,
            end=end,
            colour=colour,
            share=share,
            ink=theme.ink_on(colour),
            high=high,
            low=low,
            tip=part.tip,
        )


def _add_share(part: Part, total: float) -> str:
    """What follows a name: its share, where the bar has no room for it."""
    return f", dat is {part.share}" if part.share and part.value * 100 < LEAST_INSIDE * total else ""


def _ink(colour: str) -> str:
    """A colour that can be read on white: that of the part, where it can."""
    return colour if theme.contrast(colour, theme.PAPER) >= 4.5 else theme.QUIET


def _draw(for_room: bool) -> Layers:
    sizes = _ON_STAGE if for_room else _ON_PAGE
    placed = lanes.place(alt.Chart(DATA), sizes)
    parts, looks = placed.transform_filter("isValid(datum.end)"), lanes.set_type(sizes)
    most = f"(datum.high == {_TALL} ? {_THICKEST} : {lanes.THICKEST})"
    thick = alt.ExprRef(sizes.thicken(f"({sizes.below} ? datum.low : datum.high)", most))
    parted = alt.ExprRef("datum.end > 99.99 ? 0 : -1")
    drawn = parts.mark_bar(height=thick, strokeWidth=0, x2Offset=parted, **lanes.move(sizes))
    has_room = f"scale('x', datum.end) - scale('x', datum.start) > {sizes.font} * 2.8"
    inside = parts.transform_filter("datum.share && datum.high").mark_text(
        align="left",
        dx=alt.ExprRef(f"{sizes.font} * 0.4"),
        fontWeight="bold",
        text=alt.ExprRef(f"{has_room} ? datum.share : ''"),
        **looks,
    )
    return alt.layer(
        lanes.draw_room(placed, sizes),
        *lanes.draw_labels(placed, sizes),
        let_point(drawn.encode(x="start:Q", x2="end:Q", color=COLOUR, tooltip=TIP)),
        inside.encode(x="start:Q", color=INK),
        *lanes.draw_numbers(placed, sizes),
        _draw_names(placed, sizes),
    )


def _draw_names(placed: alt.Chart, sizes: Sizes) -> alt.Chart:
    """Each name at the start of its part, after the names before it and before those after it; the last at the end."""
    named = placed.transform_filter("datum.name").transform_calculate(
        lead=f"datum.line / 100 * width - datum.before * {sizes.font}"
    )
    after = named.transform_window(furthest="max(lead)", frame=[None, 0])
    is_last = f"(!{sizes.below} && datum.limit)"
    at = f"min(datum.furthest + datum.before * {sizes.font}, width - datum.after * {sizes.font})"
    side, x = f"{is_last} ? 'right' : 'left'", f"{sizes.below} ? 0 : {is_last} ? width : {at}"
    large = f"clamp({UNIT} * {_LARGE}, {CHART_SIZE}, {_LARGEST})"
    size = sizes.font if sizes.for_room else f"{sizes.below} ? {large} : {sizes.font}"
    looks = lanes.set_type(sizes) | {"fontSize": alt.ExprRef(size)}
    set_ = after.mark_text(align=alt.ExprRef(side), fontWeight="bold", **looks)
    made: alt.Chart = set_.encode(x=alt.value(alt.ExprRef(x)), text="name:N", color=INK)
    return made


# for a room all of them: each is of a place that was chosen
FORM = Form(
    "wholes",
    _draw,
    lanes.STEP,
    _whole_marks,
    lambda chart: (lanes.make_room_around(_whole_marks(chart)), 0),
    measure=lambda chart: lanes.measure_high(_whole_marks(chart)),
    fill=lanes.fill,
)
