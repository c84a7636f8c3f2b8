"""Bars in rank, their names at the left, and above them the names of the lines that they are held against."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import LeftOut, RankChart, Role, Rule, Spot
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.parts import (
    CHART_SIZE,
    COLOUR,
    DATA,
    TIP,
    Form,
    Layers,
    break_name,
    centre_lines,
    draw_unseen,
    let_point,
)

ROOM_FOR_NUMBERS = 1.25
_NARROW, NARROW_LABELS = 300, 130  # pixels of a phone, and of the names there
_NUMBER = 8  # pixels between a bar and its number, or its name
_LABELS = f"clamp(width * 0.36, {NARROW_LABELS}, 190)"
_WIDE_LETTER = 0.62  # of the size: as wide as a letter is at most


class RankMark(NamedTuple):
    """A bar up to `end` with its number and name, words where bars are left out, or a line through one row.

    `said` is the name of a line, `room` what is written in the row of a line from `end` on: it is broken there.
    """

    row: int
    limit: float
    place: str = ""
    label: str = ""
    weight: str = "normal"
    start: float | None = None
    end: float | None = None
    colour: str = theme.PAPER
    text: str = ""
    left_out: str = ""
    line: float | None = None
    said: str = ""
    side: str = "right"
    room: str = ""
    tip: str = ""


def _rank_marks(chart: RankChart) -> list[RankMark]:
    """A row for each line, the highest first so that none crosses the name of another; then the bars."""
    limit = chart.as_bars.reach * ROOM_FOR_NUMBERS
    lines = sorted(chart.rules, key=lambda rule: -rule.value)
    drawn = [_mark_row(len(lines) + row, each, limit) for row, each in enumerate(chart.rows)]
    names = [_name_rule(row, rule, limit) for row, rule in enumerate(lines)]
    rows = {n: (drawn[n - len(lines)] if n >= len(lines) else names[n]) for n in range(len(lines) + len(drawn))}
    through = [_cross(rows[row], rule) for n, rule in enumerate(lines) for row in range(n + 1, len(rows))]
    return [*drawn, *names, *through]


def _name_rule(row: int, rule: Rule, limit: float) -> RankMark:
    room = NARROW_LABELS + rule.value / limit * (_NARROW - NARROW_LABELS)
    side = "right" if text_width(rule.said, CHART_SIZE) < room else "left"
    colour = theme.COLOURS[rule.role]
    return RankMark(row, limit, colour=colour, line=rule.value, said=clean(rule.said), side=side, tip=clean(rule.tip))


def _cross(row: RankMark, rule: Rule) -> RankMark:
    """A line through a row."""
    blank = RankMark(row.row, row.limit, end=row.end or 0, room=row.text or row.left_out, tip=clean(rule.tip))
    return blank._replace(line=rule.value, colour=theme.COLOURS[rule.role])


def _mark_row(row: int, drawn: Spot | LeftOut, limit: float) -> RankMark:
    if isinstance(drawn, LeftOut):
        return RankMark(row, limit, left_out=clean(drawn.text))
    return RankMark(
        row,
        limit,
        drawn.place,
        break_name(clean(drawn.name)),
        "bold" if drawn.role is Role.THIS else "normal",
        start=0.0,
        end=drawn.value or 0.0,
        colour=theme.COLOURS[drawn.role],
        text=clean(drawn.text),
        tip=clean(drawn.tip),
    )


def _fit(marks: Sequence[RankMark], width: int) -> list[RankMark]:
    """The marks with room at the right for the longest number."""
    names = min(max(width * 0.36, NARROW_LABELS), 190)
    marks = [mark._replace(text=cut_off(mark.text, CHART_SIZE, width / 3)) for mark in marks]
    across = width - names
    marks = [mark._replace(left_out=cut_off(mark.left_out, CHART_SIZE, across)) for mark in marks]
    needed = [(mark.end or 0) / (1 - (text_width(mark.text, CHART_SIZE) + _NUMBER) / across) for mark in marks]
    limit = max([*needed, *(mark.limit for mark in marks)], default=1)
    marks = [mark._replace(limit=limit) for mark in marks]
    return [mark._replace(said=cut_off(mark.said, CHART_SIZE, _room_at_line(mark, width, names))) for mark in marks]


def _room_at_line(mark: RankMark, width: float, names: float) -> float:
    """What there is on the side of a line where its name stands."""
    at = names + (mark.line or 0) / mark.limit * (width - names)
    return (at if mark.side == "right" else width - at) - _NUMBER


class _Sizes(NamedTuple):
    """What differs between a page and a slide: the height of text, the room for names and the width of a line."""

    words: str
    labels: str
    stroke: float


def _draw(for_room: bool) -> Layers:
    sizes = _Sizes("em", "min(em * 12, width * 0.34)", 4) if for_room else _Sizes("14", _LABELS, 2)
    scale = alt.Scale(zero=True, nice=False, range=[{"expr": sizes.labels}, {"expr": "width"}])
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.2, paddingOuter=0.05))
    placed = alt.Chart(DATA).encode(y=rows)
    bar = placed.mark_bar(aria=False).encode(x=_at("start", scale), x2="end:Q", color=COLOUR, tooltip=TIP)
    return alt.layer(
        draw_unseen(placed).encode(x=_at("limit", scale)),
        let_point(bar),
        *_draw_lines(placed.encode(x=_at("line", scale)), sizes),
        *_write(placed, sizes, scale),
    )


def _at(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _draw_lines(placed: alt.Chart, sizes: _Sizes) -> Iterable[alt.Chart]:
    """Lines on paper, so that they are seen on a bar too; none through a number."""
    free = "scale('x', datum.line) - scale('x', datum.end)"
    room = f"length(datum.room) * {_WIDE_LETTER} * {sizes.words} + {2 * _NUMBER}"
    is_free = f"datum.said || !datum.room || {free} < 2 || {free} > {room}"
    high = alt.ExprRef("bandwidth('y') * 1.26")
    looks: dict[str, Any] = {
        "opacity": alt.ExprRef(f"{is_free} ? 1 : 0"),
        "orient": "vertical",
        "size": high,
        "aria": False,
    }
    yield placed.mark_tick(thickness=sizes.stroke * 2.5, color=theme.PAPER, tooltip=None, **looks)
    yield placed.mark_tick(thickness=sizes.stroke, **looks).encode(color=COLOUR, tooltip=TIP)


def _write(placed: alt.Chart, sizes: _Sizes, scale: alt.Scale) -> Iterable[alt.Chart]:
    """The words: numbers at the ends of bars, names beside bars and at lines."""
    size, names = alt.ExprRef(sizes.words), alt.ExprRef(f"{sizes.labels} - {_NUMBER}")
    number = placed.mark_text(align="left", baseline="middle", dx=_NUMBER, fontSize=size, aria=False)
    yield number.encode(x=_at("end", scale), text="text:N")
    beside = alt.ExprRef("datum.side === 'right' ? -6 : 6")
    said = placed.mark_text(align=alt.ExprRef("datum.side"), baseline="middle", dx=beside, fontSize=size, aria=False)
    yield said.encode(x=_at("line", scale), text="said:N")
    words = placed.mark_text(align="left", baseline="middle", fontSize=size, aria=False)
    has_room = f"width - {sizes.labels} > length(datum.left_out) * {_WIDE_LETTER} * {sizes.words}"
    yield words.encode(x=alt.value(alt.ExprRef(f"{has_room} ? {sizes.labels} : 0")), text="left_out:N")
    weight = alt.ExprRef("datum.weight")
    looks: dict[str, Any] = {
        "fontSize": size,
        "fontWeight": weight,
        "lineBreak": "|",
        "limit": names,
        "aria": False,
        "tooltip": None,
    }
    name = placed.mark_text(align="right", baseline="middle", **looks, **centre_lines("datum.label", sizes.words))
    yield name.encode(x=alt.value(names), text="label:N")


FORM = Form("ranking", _draw, alt.Step(32), _rank_marks, fit=_fit)
