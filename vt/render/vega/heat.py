"""A heat map: a row per place, a column per class or period, the number in each cell."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import HeatMap
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, INK, TIP, Form, Layers, centre_lines, let_point

MOST_ON_STAGE = 12
_STANDING, _LYING, _NAME = (24, 2), (14, 3), (18, 3)  # characters on a line of a head or a name, and lines of it
_NAME_ON_STAGE = 18, 2
_LABELS = "clamp(width * 0.46, 136, 190)"


class HeatMark(NamedTuple):
    """A cell, the name of a row, or the head of a column: `flat` where its longest line has `room` (in its own size)
    above a column, else upright."""

    row: int
    column: int
    place: str = ""
    colour: str = theme.PAPER
    ink: str = theme.INK
    text: str = ""
    name: str = ""
    head: str = ""
    flat: str = ""
    room: float = 1
    tip: str = ""


def _heat_marks(chart: HeatMap) -> list[HeatMark]:
    heads = [(_wrap(head, *_STANDING), _wrap(head, *_LYING)) for head in chart.columns]
    room = max((text_width(line, 1.04) for _, flat in heads for line in flat.split("|")), default=1)
    marks = [HeatMark(0, n, head=head, flat=flat, room=room) for n, (head, flat) in enumerate(heads)]
    for n, row in enumerate(chart.rows):
        marks.append(HeatMark(n, 0, name=_wrap(row.name, *_NAME)))
        for column, cell in enumerate(row.cells):
            fill = theme.COLOURS[cell.role]
            ink, text = theme.ink_on(fill), clean(cell.text)
            marks.append(HeatMark(n, column, cell.place, fill, ink, text, tip=clean(cell.tip)))
    return marks


def _wrap(head: str, width: int, lines: int) -> str:
    text = clean(head).replace("|", "/")
    return "|".join(wrap(text, width, max_lines=lines, placeholder="…", break_long_words=False))


def _heat_marks_for_presenter(chart: HeatMap) -> tuple[list[HeatMark], int]:
    """As many rows as a room can read."""
    kept = HeatMap(chart.columns, chart.rows[:MOST_ON_STAGE])
    marks = [mark._replace(name=_wrap(mark.name.replace("|", " "), *_NAME_ON_STAGE)) for mark in _heat_marks(kept)]
    return marks, max(0, len(chart.rows) - MOST_ON_STAGE)


def _fit(marks: Sequence[HeatMark], width: int) -> list[HeatMark]:
    """The marks with numbers no wider than their cells."""
    labels = min(max(width * 0.46, 136), 190)
    room = (width - labels) / (1 + max((mark.column for mark in marks), default=0))
    names = [
        mark._replace(name="|".join(cut_off(line, CHART_SIZE, labels - 10) for line in mark.name.split("|")))
        for mark in marks
    ]
    return [
        mark._replace(text=cut_off(mark.text, 12, room), head=cut_off(mark.head, CHART_SIZE, 300)) for mark in names
    ]


def _draw(for_room: bool) -> Layers:
    words, labels = ("em", "min(em * 13, width * 0.34)") if for_room else ("14", _LABELS)
    across = alt.Scale(type="band", padding=0, range=[{"expr": labels}, {"expr": "width"}])
    column = alt.X("column:O", axis=None, scale=across)
    row = alt.Y("row:O", axis=None, scale=alt.Scale(type="band", padding=0))
    base, wide = alt.Chart(DATA), "bandwidth('x')"
    cell = base.encode(x=column, y=row).transform_filter("datum.text !== ''")
    rect = cell.mark_rect(stroke=theme.PAPER, strokeWidth=2, aria=False).encode(color=COLOUR, tooltip=TIP)
    looks: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle", "lineBreak": "|"}
    size = alt.ExprRef(f"min({words}, {wide} / max(1.4, 0.6 * length(datum.text)))")
    name = base.encode(y=row).mark_text(
        align="right",
        fontSize=alt.ExprRef(words),
        limit=alt.ExprRef(f"{labels} - 8"),
        **looks,
        **centre_lines("datum.name", words),
    )
    lies = f"{wide} / datum.room >= {words} * 0.78"
    fitting = f"({lies} ? min({words}, {wide} / datum.room) : min({words}, max(8.5, {wide} * 0.45)))"
    shown = f"({lies} ? datum.flat : datum.head)"
    head = (
        base.encode(x=column)
        .transform_filter("datum.head !== ''")
        .mark_text(
            text=alt.ExprRef(shown),
            align=alt.ExprRef(f"{lies} ? 'center' : 'left'"),
            angle=alt.ExprRef(f"{lies} ? 0 : 270"),
            dy=alt.ExprRef(f"(1 - length(split({shown}, '|'))) * {fitting} * 1.15 * ({lies} ? 1 : 0.5)"),
            fontSize=alt.ExprRef(fitting),
            lineHeight=alt.ExprRef(f"{fitting} * 1.15"),
            **{**looks, "baseline": alt.ExprRef(f"{lies} ? 'bottom' : 'middle'")},
        )
    )
    return alt.layer(
        let_point(rect),
        cell.mark_text(fontSize=size, **looks).encode(text="text:N", color=INK),
        name.encode(x=alt.value(alt.ExprRef(f"{labels} - 8")), text="name:N"),
        head.encode(y=alt.value(-8)),
    )


FORM = Form("heat", _draw, alt.Step(42), _heat_marks, _heat_marks_for_presenter, _fit)
