"""A small line chart per place, all on one scale: as many beside each other as there is room for.

There is one drawing, in which each place has a cell: which, follows from the width, and so does how high all is.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import altair as alt

from vt.figures.chart import Line, Multiples, Point
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.parts import COLOUR, DATA, NO_ROOM, TIP, Form, Layers, draw_unseen, let_point

MOST_ON_STAGE = 12
_WIDE, _HIGH = 11, 9.2  # of a cell on a page, in the height of text
_TOP, _FOOT, _LEFT, _RIGHT = 3.1, 1.7, 0.5, 1.5  # room in a cell around its line: above it for a name of two lines
_ROWS = f"ceil(domain('angle')[1] / max(1, floor(width / (14 * {_WIDE}))))"
_ACROSS = f"ceil(domain('angle')[1] / {_ROWS})"  # as many in each row
_ACROSS_FOR_ROOM = "clamp(round(sqrt(domain('angle')[1] * width / height / 2.4)), 1, domain('angle')[1])"  # of 2 by 1


class MultipleMark(NamedTuple):
    """A mark in the cell of a place, by its `kind`: its name, the first and the last period, the end of the scale, a
    point at `step` of `steps` and part `at` of the height, or a stroke from there `to` the next.

    The first has the number of `cells`.
    """

    kind: str
    cell: int = 0
    steps: int = 1
    place: str = ""
    step: float = 0
    at: float = 0
    to_step: float = 0
    to: float = 0
    colour: str = theme.PAPER
    size: float = 0
    text: str = ""
    tip: str = ""
    cells: int | None = None
    row: int = 0


def _multiple_marks(chart: Multiples) -> list[MultipleMark]:
    cells = (mark for cell, line in enumerate(chart.lines) for mark in _mark_cell(cell, line, chart.top))
    return [MultipleMark("room", cells=len(chart.lines)), *cells]


def _mark_cell(cell: int, line: Line, top: tuple[float, str]) -> Iterable[MultipleMark]:
    """The grid, the line, the name with the last number, and the first and the last period."""
    points, last = line.points, max(1, len(line.points) - 1)
    blank = MultipleMark("", cell, last, line.place)
    said = line.points[line.last]
    yield blank._replace(kind="grid", at=1, text=top[1])
    yield blank._replace(kind="grid")
    shown = [(step, point.value / top[0]) for step, point in enumerate(points) if point.value is not None]
    drawn = blank._replace(kind="stroke", colour=theme.COLOURS[line.role])
    for (step, at), (next_step, to) in pairwise(shown):
        if next_step == step + 1:
            yield drawn._replace(step=step, at=at, to_step=next_step, to=to)
    for step, at in shown:
        size = 1 if step == line.last else 0.6
        yield drawn._replace(kind="dot", step=step, at=at, size=size, tip=clean(points[step].tip))
    yield blank._replace(kind="name", text=_write_name(clean(line.series), clean(f"{said.text}{said.star}")))
    for step, side in ((0, "first"), (last, "last")):
        yield blank._replace(kind=side, step=step, text=_name_period(points[min(step, len(points) - 1)]))


def _write_name(name: str, number: str) -> str:
    """A name and its number: over two lines where one has no room for them, cut off where two have none either."""
    room, bare = _WIDE - 0.8, name.replace("|", "/")
    ends = [len(bare), *(found.end() for found in re.finditer("[ -]", bare))]
    tried = ([*filter(None, (bare[:end].strip(), bare[end:]))] for end in sorted(ends, reverse=True))
    for lines in tried:
        lines[-1] += f" {number}"
        if all(text_width(each, 1, is_bold=True) <= room for each in lines):
            return "|".join(lines)
    left = room - text_width(f" {number}", 1, is_bold=True)
    return f"{cut_off(bare, 1, left, is_bold=True)} {number}"


def _name_period(point: Point) -> str:
    """A year, or which part of it: "1e 2021"."""
    number, is_part, _ = point.period.label.partition(" ")
    return f"{number} {point.period.year}{point.star}" if is_part else point.name


def _multiple_marks_for_presenter(chart: Multiples) -> tuple[list[MultipleMark], int]:
    """As many as a room can read."""
    kept = Multiples(chart.lines[:MOST_ON_STAGE], chart.top)
    return _multiple_marks(kept), len(chart.lines) - len(kept.lines)


def _draw(for_room: bool) -> Layers:
    em, across = ("em", _ACROSS_FOR_ROOM) if for_room else ("14", _ACROSS)
    base = alt.Chart(DATA)
    down = alt.Scale(type="band", padding=0, domain=alt.ExprRef(f"sequence(ceil(domain('angle')[1] / ({across})))"))
    room = draw_unseen(base.transform_filter("datum.cells"))
    left, top = f"(datum.cell % ({across})) * width / ({across})", f"floor(datum.cell / ({across})) * bandwidth('y')"
    inner = f"(width / ({across}) - {_LEFT + _RIGHT} * {em})"
    high = f"(bandwidth('y') - {_TOP + _FOOT} * {em})"

    def at(step: str, part: str) -> dict[str, Any]:
        x = f"{left} + {_LEFT} * {em} + {step} / datum.steps * {inner}"
        y = f"{top} + {_TOP} * {em} + (1 - {part}) * {high}"
        return {"x": alt.value(alt.ExprRef(x)), "y": alt.value(alt.ExprRef(y))}

    point, end = at("datum.step", "datum.at"), at("datum.to_step", "datum.to")
    grid_end = at("datum.steps", "datum.at")["x"]
    strokes = _pick("stroke").mark_rule(strokeWidth=alt.ExprRef(f"{em} * 0.17"), strokeCap="round", aria=False)
    dots = _pick("dot").mark_point(
        filled=True, opacity=1, aria=False, size=alt.ExprRef(f"pow({em} * 0.6 * datum.size, 2)")
    )
    return alt.layer(
        room.encode(y=alt.Y("row:O", axis=None, scale=down), angle=alt.Angle("cells:Q", scale=NO_ROOM), x=alt.value(0)),
        _pick("grid").mark_rule(color=theme.LINE, aria=False, tooltip=None).encode(x2=grid_end, **point),
        strokes.encode(x2=end["x"], y2=end["y"], color=COLOUR, **point),
        let_point(dots.encode(color=COLOUR, tooltip=TIP, **point)),
        *_write(point, at("0", "1"), (em, f"width / ({across}) - {em} * 0.6")),
    )


def _pick(kind: str) -> alt.Chart:
    made: alt.Chart = alt.Chart(DATA).transform_filter(f"datum.kind === '{kind}'")
    return made


def _write(point: dict[str, Any], corner: dict[str, Any], sizes: tuple[str, str]) -> Iterable[alt.Chart]:
    """The names, the end of the scale, and below it the first and the last period."""
    em, wide = sizes
    looks: dict[str, Any] = {"aria": False, "tooltip": None, "fontSize": alt.ExprRef(em)}
    name = _pick("name").mark_text(
        align="left",
        baseline="bottom",
        fontWeight="bold",
        dy=alt.ExprRef(f"-{em} * (length(split(datum.text, '|')) - 0.05)"),
        lineBreak="|",
        lineHeight=alt.ExprRef(em),
        limit=alt.ExprRef(wide),
        **looks,
    )
    yield name.encode(text="text:N", **corner)
    quiet = {**looks, "color": theme.QUIET}
    small = {**quiet, "fontSize": alt.ExprRef(f"{em} * 0.86")}
    yield _pick("grid").mark_text(align="left", baseline="bottom", dy=-1, **small).encode(text="text:N", **point)
    below = alt.ExprRef(f"{em} * 0.4")
    sides: tuple[tuple[str, Literal["left", "right"]], ...] = (("first", "left"), ("last", "right"))
    for kind, side in sides:
        period = _pick(kind).mark_text(align=side, baseline="top", dy=below, **small)
        yield period.encode(text="text:N", **point)


FORM = Form("multiples", _draw, alt.Step(14 * _HIGH), _multiple_marks, _multiple_marks_for_presenter)
