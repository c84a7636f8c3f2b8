"""Horizontal bars from zero, in rows."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby
from textwrap import wrap
from typing import NamedTuple

import altair as alt

from vt.figures.chart import Bar, BarChart, Role
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width, wrap_text
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, FROM_ZERO, TIP, Form, Spec, find_ends, make_spec

ROOM_FOR_NUMBERS = 1.3
FEWEST_ON_STAGE = 5  # rows that a slide has room for at least
MOST_ON_STAGE = 10  # bars that can still be read from the back of a room
_LABEL_WIDTH = 40  # characters that fit beside the bars
_NORM = theme.COLOURS[Role.NORM]


class BarMark(NamedTuple):
    """A heading (`label`, above its bars), a segment from `start` to `end` with what it says, or a rule at `line`."""

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
    tip: str = ""


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
        BarMark(
            row,
            "",
            segment.series,
            start,
            end,
            theme.COLOURS[segment.role],
            "",
            None,
            None,
            limit,
            segment.tip or bar.tip,
        )
        for segment, (start, end) in zip(bar.segments, find_ends(bar.segments), strict=True)
    ]
    return [marks[0]._replace(text=text, norm=norm), *marks[1:]]


def _fit_bars(bars: Sequence[BarMark], width: int) -> list[BarMark]:
    """The bars with long labels over more rows, and so short that no number stands on its bar."""
    bars = [bar._replace(text=cut_off(clean(bar.text), CHART_SIZE, width / 2)) for bar in bars]
    ends = {row: max(bar.end or 0 for bar in same) for row, same in groupby(bars, lambda bar: bar.row)}
    limit = max(
        [bar.limit for bar in bars]
        + [ends[bar.row] / (1 - (text_width(bar.text, CHART_SIZE) + 8) / width) for bar in bars],
        default=1,
    )
    fitted: list[BarMark] = []
    added = 0
    for bar in bars:
        lines = wrap_text(clean(bar.label), CHART_SIZE, width) if bar.line is None else [""]
        row = bar.row + added if bar.line is None else 0
        fitted += [bar._replace(row=row + n, label=line, limit=limit) for n, line in enumerate(lines)]
        added += len(lines) - 1
    return fitted


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


@cache
def bars() -> Spec:
    """Horizontal bars from zero, each under its own label; a tick for a norm, rules for reference values."""
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.12, paddingOuter=0))
    length = alt.X("start:Q", axis=None, scale=FROM_ZERO)
    base = alt.Chart(DATA)
    placed = base.encode(y=rows)
    chart = alt.layer(
        placed.mark_point(opacity=0, aria=False, tooltip=None).encode(x=alt.X("limit:Q", axis=None)),
        placed.mark_bar(aria=False).encode(x=length, x2="end:Q", color=COLOUR, tooltip=TIP),
        placed.mark_tick(thickness=3, size=22, color=_NORM, aria=False, tooltip=None).encode(x="norm:Q"),
        placed.mark_text(align="left", baseline="middle", dy=4, aria=False, limit=10_000).encode(
            x=alt.value(0), text="label:N"
        ),
        placed.mark_text(align="right", baseline="middle", aria=False).encode(x=alt.value("width"), text="text:N"),
        # a rule without y goes last: before the bars it stops Vega-Lite 6.4
        base.mark_rule(strokeWidth=2, strokeDash=[5, 4], aria=False).encode(x="line:Q", color=COLOUR),
    ).properties(width="container", height=alt.Step(21))
    return make_spec(chart)


@cache
def bars_for_presenter() -> Spec:
    """Bars with their labels beside them."""
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.15, paddingOuter=0.05))
    base = alt.Chart(DATA)
    placed = base.encode(y=rows)
    fitting = "max(13, min(bandwidth('y') * 0.8, em * 1.1))"
    size = alt.ExprRef(fitting)
    # a letter set wider takes 0.6 of its size: a long label is whole then too (WCAG 1.4.12)
    label_size = alt.ExprRef(f"min({fitting}, width * 0.37 / (0.6 * min(length(datum.label), {_LABEL_WIDTH})))")
    chart = alt.layer(
        placed.mark_point(opacity=0, aria=False).encode(x=_place_length("limit:Q")),
        placed.mark_bar(aria=False).encode(x=_place_length("start:Q"), x2="end:Q", color=COLOUR, tooltip=TIP),
        placed.mark_tick(thickness=5, size=40, color=_NORM, opacity=1, aria=False).encode(x=_place_length("norm:Q")),
        placed.mark_text(align="right", baseline="middle", aria=False, fontSize=label_size, lineBreak="|").encode(
            x=alt.value(alt.ExprRef("width * 0.37")), text="label:N"
        ),
        placed.mark_text(align="right", baseline="middle", aria=False, fontSize=size).encode(
            x=alt.value("width"), text="text:N"
        ),
        base.mark_rule(strokeWidth=4, strokeDash=[10, 8], aria=False).encode(x=_place_length("line:Q"), color=COLOUR),
    )
    return make_spec(chart, for_room=True)


def _place_length(field: str) -> alt.X:
    room = [{"expr": "width * 0.385"}, {"expr": "width"}]
    return alt.X(field, axis=None, scale=alt.Scale(zero=True, nice=False, range=room))


FORM = Form("bars", bars, _bar_marks, bars_for_presenter, _bar_marks_for_presenter, _fit_bars)
