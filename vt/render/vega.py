"""The three forms that a figure can take, as constant Vega-Lite specs: on a page, and on stage for a whole room.

What changes from selection to selection (labels, lengths, colours, Dutch number texts) is data; a spec never changes,
so that a browser moves the marks of a chart that stands instead of drawing it anew, and no Altair object is made per
rerun. Colours are a column, so the legend stands beside the chart as text (see vt/web.py).
"""

from collections.abc import Sequence, Set
from functools import cache
from itertools import accumulate
from textwrap import wrap
from typing import Any

import altair as alt

from vt.figures.chart import BarSegment, ColumnSegment, Tile
from vt.render import theme

Spec = dict[str, Any]
_DATA = alt.NamedData("figure")
_VALUE = alt.Tooltip("value:Q", title="Waarde", format=",.2~f")  # of one segment; the text is of the whole bar


def chart_spec(form: str) -> Spec:
    """The Vega-Lite spec of a form, without its data: rows of Bar for bars, Column for columns, Tile for tiles."""
    return _SPECS[form]()


@cache
def bars() -> Spec:
    """Horizontal bars from zero, each under its own label; a tick for a norm, rules for reference values."""
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.12, paddingOuter=0))
    length = alt.X("start:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    colour = alt.Color("colour:N", scale=None, legend=None)
    tip = [alt.Tooltip("series:N", title="Reeks"), _VALUE]
    base = alt.Chart(_DATA).transform_calculate(value="datum.end - datum.start")
    chart = alt.layer(
        base.mark_point(opacity=0, aria=False, tooltip=None).encode(x=alt.X("limit:Q", axis=None), y=rows),
        base.mark_bar(aria=False).encode(x=length, x2="end:Q", y=rows, color=colour, tooltip=tip),
        base.mark_tick(thickness=3, size=22, color=theme.NORM, aria=False, tooltip=None).encode(x="norm:Q", y=rows),
        base.mark_text(align="left", baseline="middle", dy=4, aria=False, limit=10_000).encode(
            x=alt.value(0), y=rows, text="label:N"
        ),
        base.mark_text(align="right", baseline="middle", aria=False).encode(
            x=alt.value("width"), y=rows, text="text:N"
        ),
        # a rule without y goes last: before the bars it stops Vega-Lite 6.4
        base.mark_rule(strokeWidth=2, strokeDash=[5, 4], aria=False).encode(x="line:Q", color=colour),
    ).properties(width="container", height=alt.Step(21))
    return _finished(chart)


@cache
def columns() -> Spec:
    """Columns over time from zero, stacked where split."""
    time = alt.X(
        "period:O",
        sort=alt.EncodingSortField("order", op="min"),
        axis=alt.Axis(title=None, labelAngle=0, ticks=False, labelPadding=8, labelOverlap=False, labelExpr=_TWO_LINES),
    )
    height = alt.Y("start:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    tip = [alt.Tooltip("period:N", title="Periode"), alt.Tooltip("series:N", title="Reeks"), _VALUE]
    base = alt.Chart(_DATA).transform_calculate(value="datum.end - datum.start")
    chart = alt.layer(
        base.mark_bar(size=38, aria=False).encode(
            x=time, y=height, y2="end:Q", color=alt.Color("colour:N", scale=None, legend=None), tooltip=tip
        ),
        base.mark_text(baseline="bottom", dy=-5, aria=False).encode(x=time, y="end:Q", text="text:N"),
    ).properties(width="container", height=240)
    return _finished(chart)


@cache
def tiles() -> Spec:
    """A tile map: one square per gemeente, in its place as far as a grid can."""
    x = alt.X("column:O", axis=None, scale=alt.Scale(padding=0))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    base = alt.Chart(_DATA)
    tip = [alt.Tooltip("name:N", title="Gemeente"), alt.Tooltip("text:N", title="Waarde")]
    chart = alt.layer(
        base.mark_rect(stroke=theme.PAPER, strokeWidth=3, aria=False).encode(
            x=x, y=y, color=alt.Color("colour:N", scale=None, legend=None), tooltip=tip
        ),
        base.mark_text(dy=-12, fontSize=alt.ExprRef("clamp(width / 35, 11, 14)"), aria=False, lineBreak="|").encode(
            x=x, y=y, text="label:N", color=alt.Color("ink:N", scale=None, legend=None)
        ),
        base.mark_text(dy=18, fontSize=15, fontWeight="bold", aria=False).encode(
            x=x, y=y, text="text:N", color=alt.Color("ink:N", scale=None, legend=None)
        ),
    ).properties(width="container", height=alt.Step(72))
    return _finished(chart)


def spec_for_presenter(form: str) -> Spec:
    """The spec of a form as large as its box, in type that is read from the back of a room; rows as `staged` makes."""
    return _STAGE_SPECS[form]()


def rows_for_presenter(
    marks: Sequence[BarSegment] | Sequence[ColumnSegment] | Sequence[Tile],
) -> tuple[list[dict[str, Any]], int]:
    """The rows of a chart on stage, and how many labels were left out because a room could not read so many.

    A bar's label stands beside it, on two lines where it is long.
    """
    groups: list[list[BarSegment]] = []
    rules = []
    for mark in marks:
        if not isinstance(mark, BarSegment):
            return [mark._asdict() for mark in marks], 0
        if mark.line is not None:
            rules.append(mark)
        elif mark.label:
            groups.append([mark])
        else:
            groups[-1].append(mark)
    counts = accumulate(len({mark.row for mark in group[1:]}) for group in groups)
    fitting = max(1, sum(count <= MOST_ON_STAGE for count in counts))
    kept = [mark for group in groups[:fitting] for mark in group]
    rows = [_beside(mark) for mark in (*kept, *rules)]
    return [*rows, *_room_around({row["row"] for row in rows if row["start"] is not None})], len(groups) - fitting


def _room_around(bars: Set[int]) -> list[dict[str, Any]]:
    """Empty rows above and below a few bars, which would be as thick as they are long."""
    spare = max(0, FEWEST_ON_STAGE - len(bars))
    first, last = min(bars, default=0), max(bars, default=0)
    empty = [*(first - 1 - i for i in range(spare // 2)), *(last + 1 + i for i in range(spare - spare // 2))]
    return [BarSegment(row, "", "", None, None, theme.PAPER, "", None, None, 0)._asdict() for row in empty]


def _beside(mark: BarSegment) -> dict[str, Any]:
    """A heading and a rule stand above the bars: on stage they move to the row of the first bar below."""
    label = "|".join(wrap(mark.label, _LABEL_WIDTH))
    return mark._replace(row=mark.row + (mark.start is None), label=label)._asdict()


@cache
def bars_for_presenter() -> Spec:
    """Bars with their labels beside them."""
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.15, paddingOuter=0.05))
    colour = alt.Color("colour:N", scale=None, legend=None)
    base = alt.Chart(_DATA)
    fitting = "clamp(bandwidth('y') * 0.64, 13, width * 0.0195)"
    size = alt.ExprRef(fitting)
    # a letter set wider takes 0.6 of its size: a long label is whole then too (WCAG 1.4.12)
    label_size = alt.ExprRef(f"min({fitting}, width * 0.37 / (0.6 * min(length(datum.label), {_LABEL_WIDTH})))")
    chart = alt.layer(
        base.mark_point(opacity=0, aria=False).encode(x=_beside_labels("limit:Q"), y=rows),
        base.mark_bar(aria=False).encode(x=_beside_labels("start:Q"), x2="end:Q", y=rows, color=colour),
        base.mark_tick(thickness=5, size=40, color=theme.NORM, opacity=1, aria=False).encode(
            x=_beside_labels("norm:Q"), y=rows
        ),
        base.mark_text(align="right", baseline="middle", aria=False, fontSize=label_size, lineBreak="|").encode(
            x=alt.value(alt.ExprRef("width * 0.37")), y=rows, text="label:N"
        ),
        base.mark_text(align="right", baseline="middle", aria=False, fontSize=size).encode(
            x=alt.value("width"), y=rows, text="text:N"
        ),
        base.mark_rule(strokeWidth=4, strokeDash=[10, 8], aria=False).encode(x=_beside_labels("line:Q"), color=colour),
    ).properties(width="container", height="container")
    return _finished(chart)


def _beside_labels(field: str) -> alt.X:
    room = [{"expr": "width * 0.385"}, {"expr": "width"}]
    return alt.X(field, axis=None, scale=alt.Scale(zero=True, nice=False, range=room))


@cache
def columns_for_presenter() -> Spec:
    """Columns over time."""
    axis = alt.Axis(
        title=None,
        labelAngle=0,
        ticks=False,
        labelPadding=12,
        labelOverlap=False,
        labelExpr=_TWO_LINES,
        labelFontSize=24,
    )
    time = alt.X("period:O", sort=alt.EncodingSortField("order", op="min"), axis=axis)
    height = alt.Y("start:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    base = alt.Chart(_DATA)
    chart = alt.layer(
        base.mark_bar(width={"band": 0.5}, aria=False).encode(
            x=time, y=height, y2="end:Q", color=alt.Color("colour:N", scale=None, legend=None)
        ),
        base.mark_text(baseline="bottom", dy=-8, fontSize=28, aria=False).encode(x=time, y="end:Q", text="text:N"),
    ).properties(width="container", height="container")
    return _finished(chart)


@cache
def tiles_for_presenter() -> Spec:
    """A tile map."""
    x = alt.X("column:O", axis=None, scale=alt.Scale(padding=0))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    ink = alt.Color("ink:N", scale=None, legend=None)
    size = alt.ExprRef("clamp(min(bandwidth('x') * 0.11, bandwidth('y') * 0.22), 12, 28)")
    base = alt.Chart(_DATA)
    chart = alt.layer(
        base.mark_rect(stroke=theme.PAPER, strokeWidth=4, aria=False).encode(
            x=x, y=y, color=alt.Color("colour:N", scale=None, legend=None)
        ),
        base.mark_text(baseline="bottom", fontSize=size, aria=False, lineBreak="|").encode(
            x=x, y=y, text="label:N", color=ink
        ),
        base.mark_text(baseline="top", dy=8, fontSize=size, fontWeight="bold", aria=False).encode(
            x=x, y=y, text="text:N", color=ink
        ),
    ).properties(width="container", height="container")
    return _finished(chart)


FEWEST_ON_STAGE = 5  # rows that a slide has room for at least
MOST_ON_STAGE = 10  # bars that can still be read from the back of a room
_LABEL_WIDTH = 40  # characters that fit beside the bars
_TWO_LINES = "split(replace(datum.label, / (?=[0-9]{4}$)/, '|'), '|')"
_SPECS = {"bars": bars, "columns": columns, "tiles": tiles}
_STAGE_SPECS = {"bars": bars_for_presenter, "columns": columns_for_presenter, "tiles": tiles_for_presenter}


def _finished(chart: alt.LayerChart | alt.FacetChart) -> Spec:
    made: Spec = chart.to_dict(validate=True)
    return {key: value for key, value in made.items() if key != "data"} | {"config": theme.config()}
