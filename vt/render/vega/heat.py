"""A heat map: a row per place, a column per class or period, the number in each cell."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import HeatMap
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.parts import (
    CHART_SIZE,
    COLOUR,
    DATA,
    INK,
    NO_ROOM,
    TIP,
    Form,
    Layers,
    centre_lines,
    draw_unseen,
    let_point,
)

MOST_ON_STAGE = 12
_STANDING, _LYING, _NAME = (24, 2), (14, 3), (18, 3)  # characters on a line of a head or a name, and lines of it
_NAME_ON_STAGE, _LONG_NAME = (18, 2), (40, 2)
_STEP, _LOW, _HIGH, _HIGHEST, _FILLED = (
    2,
    15,
    21,
    26,
    150,
)  # pixels of a step; steps of a row of long lines and of short ones, of all
_CELL = 60  # pixels of a column at least, beside names of long lines
# How many rows and columns there are and what room long names need: domains of scales, for a spec does not name data.
_ROW, _COLUMNS, _NEED = "(height / domain('strokeWidth')[1])", "domain('angle')[1]", "domain('size')[1]"
_LONG = f"{_NEED} * {CHART_SIZE} + 8"
_HAS_ROOM = f"({_LONG} <= min(width * 0.55, width - {_CELL} * {_COLUMNS}))"
_LOOKS: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle", "lineBreak": "|"}
_LABELS = f"({_HAS_ROOM} ? {_LONG} : clamp(width * 0.46, 136, 190))"


class HeatMark(NamedTuple):
    """A cell, the name of a row (`long` where there is room for long lines), or the head of a column: `flat` where its
    longest line has `room` (in its own size) above a column, else upright.

    The first is none of these: how many `rows` and `columns` there are, and what room `long` names `need`.
    """

    row: int
    column: int
    place: str = ""
    colour: str = theme.PAPER
    ink: str = theme.INK
    text: str = ""
    name: str = ""
    long: str = ""
    head: str = ""
    flat: str = ""
    room: float = 1
    tip: str = ""
    rows: int | None = None
    columns: int | None = None
    need: float = 0


def _heat_marks(chart: HeatMap) -> list[HeatMark]:
    heads = [(_wrap(head, *_STANDING), _wrap(head, *_LYING)) for head in chart.columns]
    room = max((text_width(line, 1.04) for _, flat in heads for line in flat.split("|")), default=1)
    names = [_wrap(row.name, *_LONG_NAME) for row in chart.rows]
    need = max((text_width(line, 1) for name in names for line in name.split("|")), default=1)
    marks = [HeatMark(0, 0, rows=max(1, len(names)), columns=len(heads), need=need)]
    marks += [HeatMark(0, n, head=head, flat=flat, room=room) for n, (head, flat) in enumerate(heads)]
    for n, (row, name) in enumerate(zip(chart.rows, names, strict=True)):
        marks.append(HeatMark(n, 0, name=_wrap(row.name, *_NAME), long=name))
        for column, cell in enumerate(row.cells):
            fill = theme.COLOURS[cell.role]
            ink, text = theme.ink_on(fill), clean(cell.text)
            marks.append(HeatMark(n, column, cell.place, fill, ink, text, tip=clean(cell.tip)))
    return marks


def _wrap(head: str, width: int, lines: int) -> str:
    text = " ".join(_break_word(word, width) for word in clean(head).replace("|", "/").split())
    return "|".join(wrap(text, width, max_lines=lines, placeholder="…", break_long_words=False))


def _break_word(word: str, width: int) -> str:
    """The word with a hyphen where it is longer than a line."""
    if len(word) <= width:
        return word
    end = word.rfind("-", 0, width) + 1
    head, rest = (word[:end], word[end:]) if end else (f"{word[: width - 2]}-", word[width - 2 :])
    return f"{head} {_break_word(rest, width)}"


def _heat_marks_for_presenter(chart: HeatMap) -> tuple[list[HeatMark], int]:
    """As many rows as a room can read."""
    kept = HeatMap(chart.columns, chart.rows[:MOST_ON_STAGE])
    marks = [mark._replace(name=_wrap(mark.name.replace("|", " "), *_NAME_ON_STAGE)) for mark in _heat_marks(kept)]
    return marks, max(0, len(chart.rows) - MOST_ON_STAGE)


def _fit(marks: Sequence[HeatMark], width: int) -> list[HeatMark]:
    """The marks with numbers no wider than their cells."""
    columns = 1 + max((mark.column for mark in marks), default=0)
    long = max((mark.need for mark in marks), default=0) * CHART_SIZE + 8
    labels = long if long <= min(width * 0.55, width - _CELL * columns) else min(max(width * 0.46, 136), 190)
    room = (width - labels) / columns
    names = [
        mark._replace(name="|".join(cut_off(line, CHART_SIZE, labels - 10) for line in mark.name.split("|")))
        for mark in marks
    ]
    return [
        mark._replace(text=cut_off(mark.text, 12, room), head=cut_off(mark.head, CHART_SIZE, 300)) for mark in names
    ]


def _draw(for_room: bool) -> Layers:
    words, labels = ("em", "min(em * 13, width * 0.34)") if for_room else (str(CHART_SIZE), _LABELS)
    across = alt.Scale(type="band", padding=0, range=[{"expr": labels}, {"expr": "width"}])
    column, base = alt.X("column:O", axis=None, scale=across), alt.Chart(DATA)
    top, middle, bottom = (alt.value(alt.ExprRef(f"(datum.row + {at}) * {_ROW}")) for at in (0, 0.5, 1))
    cell = base.encode(x=column).transform_filter("datum.text !== ''")
    rect = cell.mark_rect(stroke=theme.PAPER, strokeWidth=2, aria=False)
    size = alt.ExprRef(f"min({words}, bandwidth('x') / max(1.4, 0.6 * length(datum.text)))")
    named = "datum.name" if for_room else f"({_HAS_ROOM} ? datum.long : datum.name)"
    name = base.transform_filter("datum.name !== ''").mark_text(
        text=alt.ExprRef(named),
        align="right",
        fontSize=alt.ExprRef(words),
        limit=alt.ExprRef(f"{labels} - 8"),
        **_LOOKS,
        **centre_lines(named, words),
    )
    return alt.layer(
        _draw_room(base, for_room),
        let_point(rect.encode(y=top, y2=bottom, color=COLOUR, tooltip=TIP)),
        cell.mark_text(fontSize=size, **_LOOKS).encode(y=middle, text="text:N", color=INK),
        name.encode(x=alt.value(alt.ExprRef(f"{labels} - 8")), y=middle),
        _draw_heads(base.encode(x=column), words),
    )


def _draw_heads(base: alt.Chart, words: str) -> alt.Chart:
    """The head of each column: lying where it fits above it."""
    wide = "bandwidth('x')"
    lies = f"{wide} / datum.room >= {words} * 0.78"
    fitting = f"({lies} ? min({words}, {wide} / datum.room) : min({words}, max(8.5, {wide} * 0.45)))"
    shown = f"({lies} ? datum.flat : datum.head)"
    heads = base.transform_filter("datum.head !== ''").mark_text(
        text=alt.ExprRef(shown),
        align=alt.ExprRef(f"{lies} ? 'center' : 'left'"),
        angle=alt.ExprRef(f"{lies} ? 0 : 270"),
        dy=alt.ExprRef(f"(1 - length(split({shown}, '|'))) * {fitting} * 1.15 * ({lies} ? 1 : 0.5)"),
        fontSize=alt.ExprRef(fitting),
        lineHeight=alt.ExprRef(f"{fitting} * 1.15"),
        **{**_LOOKS, "baseline": alt.ExprRef(f"{lies} ? 'bottom' : 'middle'")},
    )
    made: alt.Chart = heads.encode(y=alt.value(-8))
    return made


def _draw_room(base: alt.Chart, for_room: bool) -> alt.Chart:
    """What is not seen: the scales that hold how many there are, and what room there must be."""
    filled = f"clamp(floor({_FILLED} / domain('strokeWidth')[1]), {_LOW}, {_HIGHEST})"
    high = "1" if for_room else f"({_HAS_ROOM} ? {filled} : {_HIGH})"
    steps = alt.Scale(type="band", padding=0, domain=alt.ExprRef(f"sequence({high} * domain('strokeWidth')[1])"))
    made: alt.Chart = draw_unseen(base.transform_filter("datum.rows")).encode(
        y=alt.Y("row:O", axis=None, scale=steps),
        angle=alt.Angle("columns:Q", scale=NO_ROOM),
        size=alt.Size("need:Q", scale=NO_ROOM, legend=None),
        strokeWidth=alt.StrokeWidth("rows:Q", scale=NO_ROOM, legend=None),
    )
    return made


FORM = Form("heat", _draw, alt.Step(_STEP), _heat_marks, _heat_marks_for_presenter, _fit)
