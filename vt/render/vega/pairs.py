"""Two dots per row, now and a year before, and a line between them; how much they differ stands at the right.

The number of the lower stands left of it, that of the higher right: neither is ever on the line.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import altair as alt

from vt.figures.chart import Bar, Pair, PairChart, Role
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off
from vt.render.vega import lanes
from vt.render.vega.lanes import LaneMark, Sizes
from vt.render.vega.parts import COLOUR, DATA, TIP, Form, Layers, let_point

_LINE, _SPAN, _DOT, _RING = 0.5, 2.6, 1.9, 2.7  # units of the line, what is not certain, a dot, and one that is open
_MOST = 18  # what a text at the right takes at most, in the size of type
_NEAR = 0.25  # of the axis, where a number left of its dot would meet the label
_HIGH = 92  # steps that half a page is filled with: labels stand above what they name there
_MOST_LABEL = 0.3  # of the width: the numbers at both sides take their part of it too
_APART, _WIDEST = 0.95, 1.5  # between a dot and its number, and how wide a dot may be, in the size of type


def _pair_marks(chart: PairChart) -> list[LaneMark]:
    marks: list[LaneMark] = []
    top = 0
    for row in chart.rows:
        high = lanes.find_height(row.label, 1)
        middle = lanes.find_middle(row.label, top, high, 0, 1)
        marks += lanes.put_label(row.label, top, high, row.now.place)
        marks += (lanes.put(mark._replace(place=row.now.place), *middle) for mark in _draw_pair(row))
        top += high
    reach = chart.as_bars.reach
    near = (mark.text for mark in marks if mark.side == "right" and (mark.line or 0) < reach * _NEAR)
    room, *others = lanes.make_room(marks, top, reach)
    return [room._replace(needs=max((lanes.measure(text, is_bold=True) for text in near), default=0) + 1), *others]


def _draw_pair(row: Pair) -> Iterator[LaneMark]:
    """The line, what is not certain, the dots that have a number, and the words."""
    now, before = (bar if bar and not bar.is_hidden else None for bar in (row.now, row.before))
    if now and before:
        low, high = sorted((now.least, before.least))
        yield LaneMark(start=low, end=high, colour=theme.COLOURS[Role.YEAR_BEFORE], high=_LINE, low=_LINE)
    if now and now.least < now.length:
        yield LaneMark(start=now.least, end=now.length, colour=theme.COLOURS[Role.UNCERTAIN], high=_SPAN, low=_SPAN)
    is_rise = not (now and before) or now.least >= before.least
    if before:
        yield _dot(before, "right" if is_rise else "left")._replace(is_norm=True)
    if now:
        yield _dot(now, "left" if is_rise else "right")._replace(end=now.length)
    said = cut_off(clean(row.change or _name_hidden(row)), 1, _MOST)
    yield LaneMark(share=said, after=lanes.measure(said) + 1 + _widest_right(row))


def _name_hidden(row: Pair) -> str:
    """What stands for a number that is not drawn, once where it is the same for both."""
    hidden = {bar.name: bar.text for bar in (row.before, row.now) if bar and bar.is_hidden}
    texts = set(hidden.values())
    if len(hidden) == 2 and len(texts) == 1:
        return texts.pop()
    return ", ".join(f"{name}: {text}" for name, text in hidden.items())


def _widest_right(row: Pair) -> float:
    """What a number right of the last dot takes."""
    texts = [bar.text for bar in (row.now, row.before) if bar]
    return max(lanes.measure(text, is_bold=True) for text in texts) + 2 * _APART


def _dot(bar: Bar, side: str) -> LaneMark:
    role, text = bar.segments[0].role if bar.segments else Role.THIS, cut_off(clean(bar.text), 1, _MOST / 2)
    return LaneMark(
        series=bar.name, line=bar.least, end=bar.least, colour=theme.COLOURS[role], text=text, side=side, tip=bar.tip
    )


def _pair_marks_for_presenter(chart: PairChart) -> tuple[list[LaneMark], int]:
    """As many rows as a room can read; of chosen places all."""
    heights = accumulate(lanes.find_height(row.label, 1) for row in chart.rows)
    fitting = max(1, sum(high <= lanes.MOST_ON_STAGE for high in heights))
    kept = chart.rows if chart.of_places else chart.rows[:fitting]
    return lanes.make_room_around(_pair_marks(replace(chart, rows=kept))), len(chart.rows) - len(kept)


def _draw(for_room: bool) -> Layers:
    sizes = lanes.ON_STAGE if for_room else lanes.ON_PAGE._replace(most=_MOST_LABEL, high=_HIGH)
    placed = lanes.place(alt.Chart(DATA), sizes)
    thick = alt.ExprRef(sizes.thicken("datum.high"))
    lines = placed.transform_filter("datum.high").mark_bar(
        height=thick, strokeWidth=0, tooltip=None, **lanes.move(sizes)
    )
    return alt.layer(
        lanes.draw_room(placed, sizes),
        *lanes.draw_labels(placed, sizes),
        lines.encode(x="start:Q", x2="end:Q", color=COLOUR),
        *_draw_dots(placed, sizes),
        *_draw_texts(placed, sizes),
    )


def _draw_dots(placed: alt.Chart, sizes: Sizes) -> Iterator[alt.Chart]:
    """A year before is an open dot, now a full one that is seen within it where both are the same."""
    dots = placed.transform_filter("isValid(datum.line)").encode(x="line:Q")
    within = (f"min({sizes.thicken(str(units))}, {sizes.font} * {_WIDEST * units / _RING})" for units in (_RING, _DOT))
    ring, size = (alt.ExprRef(f"pow({wide}, 2)") for wide in within)
    before = dots.transform_filter("datum.is_norm").mark_point(
        filled=False,
        fill=theme.PAPER,
        strokeWidth=alt.ExprRef(f"{sizes.font} * 0.14"),
        size=ring,
        opacity=1,
        **lanes.move(sizes),
    )
    now = dots.transform_filter("!datum.is_norm").mark_point(filled=True, size=size, opacity=1, **lanes.move(sizes))
    yield before.encode(stroke=alt.Stroke("colour:N", scale=None, legend=None), tooltip=TIP)
    yield let_point(now.encode(color=COLOUR, tooltip=TIP))


def _draw_texts(placed: alt.Chart, sizes: Sizes) -> Iterator[alt.Chart]:
    """The number beside each dot, and the change at the right."""
    looks, numbers = lanes.set_type(sizes), placed.transform_filter("datum.side").encode(x="end:Q")
    away = alt.ExprRef(f"(datum.side === 'left' ? 1 : -1) * {sizes.font} * {_APART}")
    looked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("datum.is_norm", {"color": theme.QUIET}),
        ("!datum.is_norm", {"fontWeight": "bold"}),
    )
    for mine, look in looked:
        set_ = numbers.transform_filter(mine).mark_text(align=alt.ExprRef("datum.side"), dx=away, **looks, **look)
        yield set_.encode(text="text:N")
    changes = placed.transform_filter("datum.share").mark_text(align="right", color=theme.INK, **looks)
    yield changes.encode(x=alt.value("width"), text="share:N")


FORM = Form(
    "pairs",
    _draw,
    lanes.STEP,
    _pair_marks,
    _pair_marks_for_presenter,
    measure=lambda chart: lanes.measure_high(_pair_marks(chart), _HIGH),
    fill=lanes.fill,
)
