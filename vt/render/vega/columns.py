"""Upright columns from zero, side by side in time."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import ColumnChart, Role, Segment
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import wrap_text
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, FROM_ZERO, TIP, Form, Layers, find_ends

_AXIS_LABEL_LIMIT = 175  # Vega cuts at 180
_TWO_LINES = "split(replace(datum.label, / (?=[0-9]{4}[*]?$)/, '|'), '|')"
_HEIGHT = alt.Y("start:Q", axis=None, scale=FROM_ZERO)


class ColumnMark(NamedTuple):
    """One segment of a column over time; `text` stands above the topmost."""

    order: int
    period: str
    series: str
    start: float
    end: float
    colour: str
    text: str
    tip: str


def _column_marks(chart: ColumnChart) -> list[ColumnMark]:
    marks = []
    for order, bar in enumerate(chart.bars):
        segments = bar.segments or (Segment(Role.NO_DATA, "", None),)
        for segment, (start, end) in zip(segments, find_ends(segments), strict=True):
            colour, tip = theme.COLOURS[segment.role], segment.tip or bar.tip
            marks.append(ColumnMark(order, bar.name, segment.series, start, end, colour, "", tip))
        marks[-1] = marks[-1]._replace(text=bar.text)
    return marks


def _fit_columns(columns: Sequence[ColumnMark], width: int) -> list[ColumnMark]:
    """The columns with a period that is too wide for its column over more lines."""
    room = min(_AXIS_LABEL_LIMIT, width / (len({column.period for column in columns}) or 1) - 8)
    return [column._replace(period="|".join(wrap_text(clean(column.period), CHART_SIZE, room))) for column in columns]


def _draw(for_room: bool) -> Layers:
    """Columns over time from zero, stacked where split."""
    axis: dict[str, Any] = {"labelPadding": alt.ExprRef("em / 2"), "labelLimit": 0} if for_room else {"labelPadding": 8}
    bar: dict[str, Any] = {"width": {"band": 0.5}} if for_room else {"size": 38}
    large = {"dy": alt.ExprRef("-em / 3"), "fontSize": alt.ExprRef("em * 1.3"), "fontWeight": "bold"}
    number: dict[str, Any] = large if for_room else {"dy": -5}
    column = alt.Chart(DATA).encode(x=_set_periods(axis))
    return alt.layer(
        column.mark_bar(**bar, aria=False).encode(y=_HEIGHT, y2="end:Q", color=COLOUR, tooltip=TIP),
        column.mark_text(baseline="bottom", aria=False, **number).encode(y="end:Q", text="text:N"),
    )


def _set_periods(looks: dict[str, Any]) -> alt.X:
    """The periods below columns, a year on a line of its own."""
    axis = alt.Axis(title=None, labelAngle=0, ticks=False, labelOverlap=False, labelExpr=_TWO_LINES, **looks)
    return alt.X("period:O", sort=alt.EncodingSortField("order", op="min"), axis=axis)


FORM = Form("columns", _draw, 240, _column_marks, fit=_fit_columns)
