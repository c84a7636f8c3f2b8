"""A dot per place on one scale, in a swarm: as near its line as there is room, with names above and lines below."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import count, product
from math import ceil, inf
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import DotStrip, Role, Spot
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, TIP, Form, Layers, draw_unseen, let_point

_ACROSS = ((20, 26), (80, 44))  # to so many places, how many dots stand beside each other
_ACROSS_OF_MANY, _ACROSS_A_PHONE, _IS_PHONE = 96, 48, "width < 520"
_ROWS_OF_DOTS, _OF_MANY = 0.75, 0.42  # of the height of a row: how much a dot takes at most
_NARROW = 300  # pixels of a phone
_BESIDE = 6
_FEWEST_ROWS = 14  # of names, dots, lines and scale: fewer leave the window empty


class DotMark(NamedTuple):
    """A dot `level` dots above or below the middle row of the swarm; a name or a line down to it; or a tick below.

    `first` and `last` are rows between which a line goes, `size` how large a dot is beside others, `across` how many
    dots stand beside each other, and `narrow` the level on a phone.
    """

    row: int
    at: float
    kind: str
    across: int
    place: str = ""
    level: float = 0
    narrow: float = 0
    size: float = 1
    colour: str = theme.PAPER
    first: int = 0
    last: int = 0
    text: str = ""
    side: str = "left"
    weight: str = "normal"
    tip: str = ""


def arrange(values: Sequence[float], diameter: float) -> list[float]:
    """How many dots above or below the middle each dot stands, so that none is on another: the first ones nearest."""
    levels: list[float] = []
    placed: list[tuple[float, float]] = []  # from left to right
    for value in values:
        first, last = bisect_left(placed, (value - diameter, -inf)), bisect_left(placed, (value + diameter, inf))
        near = [((x - value) ** 2 / diameter**2, level) for x, level in placed[first:last]]
        taken = {level + apart for far, level in near for apart in (0, 0.5, -0.5) if far + apart**2 < 0.999}
        tried = (sign * step / 2 for step in count() for sign in ((1,) if step == 0 else (1, -1)))
        levels.append(next(level for level in tried if level not in taken))
        insort(placed, (value, levels[-1]))
    return levels


def _dot_marks(chart: DotStrip) -> list[DotMark]:
    """Names, the swarm with its lines, the names of the lines, the scale: from top to bottom."""
    low, high = chart.ticks[0][0], chart.ticks[-1][0]
    across = next((dots for most, dots in _ACROSS if len(chart.spots) <= most), _ACROSS_OF_MANY)
    spots = sorted(chart.spots, key=lambda spot: spot.role is not Role.THIS)
    levels, narrow = (
        arrange([spot.value or 0 for spot in spots], (high - low) / many)
        for many in (across, min(across, _ACROSS_A_PHONE))
    )
    part = _OF_MANY if across == _ACROSS_OF_MANY else _ROWS_OF_DOTS
    names = _place_names(chart.named, low, high)
    spare = (_FEWEST_ROWS - len(names) - len(chart.rules) - 2) // 2
    half = max(1, spare, ceil((max(map(abs, levels)) + 0.5) * part))
    lines = sorted(chart.rules, key=lambda rule: -rule.value)
    middle = len(names) + half
    below = middle + half + 1
    blank = DotMark(0, low, "", across)
    return [
        *(blank._replace(row=row, kind="row") for row in range(below + len(lines) + 1)),
        *(
            blank._replace(row=below + len(lines), at=value, kind="tick", text=clean(text), first=len(names))
            for value, text in chart.ticks
        ),
        *(
            blank._replace(
                row=below + n,
                at=rule.value,
                kind="line",
                colour=theme.COLOURS[rule.role],
                first=len(names),
                text=clean(rule.said),
                side=_pick_side(rule.said, rule.value, low, high),
                tip=clean(rule.tip),
            )
            for n, rule in enumerate(lines)
        ),
        *(_mark_spot(blank, *spot, middle) for spot in reversed([*zip(spots, levels, narrow, strict=True)])),
        *(_name_spot(blank, n, spot, side, middle) for n, (spot, side) in enumerate(names)),
    ]


def _mark_spot(blank: DotMark, spot: Spot, level: float, narrow: float, middle: int) -> DotMark:
    is_own = spot.role is Role.THIS
    mark = blank._replace(row=middle, at=spot.value or 0, kind="dot", place=spot.place, level=level, narrow=narrow)
    return mark._replace(size=1.0 if is_own else 0.9, colour=theme.COLOURS[spot.role], tip=clean(spot.tip))


def _place_names(named: Sequence[Spot], low: float, high: float) -> list[tuple[Spot, str]]:
    """The names from top to bottom, each with its side: of all ways one in which the fewest lines down to a dot go
    through a name below it, the fewest names are cut off, and the most are where they would be alone."""
    usual = {spot.place: _pick_side(_write(spot), spot.value or 0, low, high) for spot in named}

    def order(sides: Sequence[str]) -> tuple[tuple[int, int, int], list[tuple[Spot, str]]]:
        names = [_Name(spot, side, *_span(spot, side, low, high)) for spot, side in zip(named, sides, strict=True)]
        ordered, crossed = _order_names(names)
        cut = sum(name.start < low or name.end > high for name in names)
        moved = sum(name.side != usual[name.spot.place] for name in names)
        return (crossed, cut, moved), [(name.spot, name.side) for name in ordered]

    return min(map(order, product(("left", "right"), repeat=len(named))), key=lambda each: each[0])[1]


class _Name(NamedTuple):
    """A name on a side of its line, and from where to where on the scale it stands on a phone."""

    spot: Spot
    side: str
    start: float
    end: float


def _span(spot: Spot, side: str, low: float, high: float) -> tuple[float, float]:
    value = spot.value or 0
    long = (text_width(_write(spot), CHART_SIZE, is_bold=True) + 2 * _BESIDE) / _NARROW * (high - low)
    return (value, value + long) if side == "left" else (value - long, value)


def _order_names(names: Iterable[_Name]) -> tuple[list[_Name], int]:
    """Each time the one whose line goes through the fewest of the names that are left, those at the right of their line
    from low to high first, then those at its left from high to low; and how many are gone through."""
    left = sorted(names, key=lambda name: (name.side == "right", name.start if name.side == "left" else -name.end))
    ordered, crossed = list[_Name](), 0
    while left:
        counts = [sum(other.start < (name.spot.value or 0) < other.end for other in left) for name in left]
        crossed += min(counts)
        ordered.append(left.pop(counts.index(min(counts))))
    return ordered, crossed


def _write(spot: Spot) -> str:
    return clean(f"{spot.name} {spot.text}")


def _name_spot(blank: DotMark, row: int, spot: Spot, side: str, middle: int) -> DotMark:
    mark = blank._replace(row=row, at=spot.value or 0, kind="name", last=middle, text=_write(spot))
    return mark._replace(side=side, weight="bold")


def _pick_side(text: str, value: float, low: float, high: float) -> str:
    """On which side of its line a name begins: on a phone too it is whole."""
    room = _NARROW * (high - value) / (high - low)
    return (
        "left" if text_width(text, CHART_SIZE, is_bold=True) + _BESIDE < room or value - low < high - value else "right"
    )


def _fit(marks: Sequence[DotMark], width: int) -> list[DotMark]:
    """The marks with names of half the width at most."""
    return [mark._replace(text=cut_off(mark.text, CHART_SIZE, width / 2, is_bold=True)) for mark in marks]


def _draw(for_room: bool) -> Layers:
    words = "em" if for_room else "14"
    edge = f"{words} * 1.4"
    scale = alt.Scale(zero=False, nice=False, range=[{"expr": edge}, {"expr": f"width - {edge}"}])
    base = alt.Chart(DATA).encode(x=alt.X("at:Q", axis=None, scale=scale))
    placed = base.encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(type="band", padding=0)))
    part = f"(datum.across === {_ACROSS_OF_MANY} ? {_OF_MANY} : {_ROWS_OF_DOTS})"
    many = f"({_IS_PHONE} ? min(datum.across, {_ACROSS_A_PHONE}) : datum.across)"
    across = f"min((width - 2 * {edge}) / {many}, bandwidth('y') * {part})"
    level = f"({_IS_PHONE} ? datum.narrow : datum.level)"
    middle = "scale('y', datum.row) + bandwidth('y') / 2"
    dot = base.transform_filter("datum.kind === 'dot'").mark_point(
        filled=True,
        opacity=1,
        shape="circle",
        stroke=theme.PAPER,
        strokeWidth=1,
        aria=False,
        size=alt.ExprRef(f"pow({across} * datum.size, 2)"),
    )
    return alt.layer(
        draw_unseen(placed),
        *_draw_lines(base, middle),
        let_point(dot.encode(y=alt.value(alt.ExprRef(f"{middle} - {level} * {across}")), color=COLOUR, tooltip=TIP)),
        *_write_words(placed, words),
    )


def _draw_lines(base: alt.Chart, middle: str) -> Iterable[alt.Chart]:
    """The grid, the lines that the dots are held against, and those from a name to its dot."""
    top, foot = "scale('y', datum.first)", alt.value(alt.ExprRef(middle))
    looks: dict[str, Any] = {"aria": False}
    grid = base.transform_filter("datum.kind === 'tick'").mark_rule(color=theme.LINE, tooltip=None, **looks)
    yield grid.encode(y=alt.value(alt.ExprRef(top)), y2=alt.value(alt.ExprRef("scale('y', datum.row)")))
    line = base.transform_filter("datum.kind === 'line'").mark_rule(strokeWidth=2.5, strokeDash=[6, 4], **looks)
    yield line.encode(y=alt.value(alt.ExprRef(top)), y2=foot, color=COLOUR, tooltip=TIP)
    lead = base.transform_filter("datum.kind === 'name'").mark_rule(color=theme.INK, tooltip=None, **looks)
    to = alt.value(alt.ExprRef("scale('y', datum.last) + bandwidth('y') / 2"))
    yield lead.encode(y=foot, y2=to)


def _write_words(placed: alt.Chart, words: str) -> Iterable[alt.Chart]:
    """Names beside their lines, and the numbers of the scale."""
    size = alt.ExprRef(words)
    beside = alt.ExprRef(f"datum.side === 'left' ? {_BESIDE} : -{_BESIDE}")
    named = placed.transform_filter("datum.kind === 'name' || datum.kind === 'line'")
    side, weight = alt.ExprRef("datum.side"), alt.ExprRef("datum.weight")
    looks: dict[str, Any] = {"fontSize": size, "aria": False, "tooltip": None, "baseline": "middle"}
    yield named.mark_text(align=side, fontWeight=weight, dx=beside, **looks).encode(text="text:N")
    yield placed.transform_filter("datum.kind === 'tick'").mark_text(color=theme.QUIET, **looks).encode(text="text:N")


FORM = Form("dots", _draw, alt.Step(28), _dot_marks, fit=_fit)
