"""Rates against numbers of inhabitants, with the band of what chance gives."""

from collections.abc import Iterable, Iterator, Sequence
from math import log10
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import Funnel, Role
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, TIP, Form, Layers, let_point

_SIZES = ((240, 340), (1230, 340))  # pixels of the drawing on a phone and in a window
_MANY, _SMALL = 100, 0.55  # from so many dots on they are smaller: this part of the area
_MOST_COVERED = 2  # dots that a name may lie over, unless its gemeente was chosen
_FEW_TICKS, _TICKS_FIT = 5, 520  # so many numbers of inhabitants stand on a phone; more from so many pixels
_AWAY = 9  # pixels between a dot and its name
_DOT, _OFF = 6, 0.75  # pixels to the edge of a dot; lines of text between a line and the middle of what stands at it
_CHANCE = theme.COLOURS[Role.CHANCE]


class FunnelMark(NamedTuple):
    """A `kind`: a dot with its name on one side, a step of the band from `low` to `high`, its middle and what is said
    of that, on a phone if its `size` is 0, or a tick, which stands there on a phone if that is 1."""

    kind: str
    x: float
    y: float = 0
    low: float = 0
    high: float = 0
    place: str = ""
    colour: str = theme.PAPER
    size: float = 1
    text: str = ""
    side: str = "left"
    up: float = 0
    tip: str = ""


def _funnel_marks(chart: Funnel) -> list[FunnelMark]:
    ends = log10(chart.across[0][0]), log10(chart.across[-1][0])
    (rule,) = chart.rules
    lined = FunnelMark("rule", ends[0], rule.value, colour=theme.COLOURS[rule.role], tip=clean(rule.tip))
    spots = sorted(chart.spots, key=lambda each: each[1].role is Role.THIS)
    is_chosen = any(spot.role is not Role.THIS for _, spot in spots)
    small = _SMALL if len(spots) > _MANY else 1
    dots = [
        FunnelMark(
            *("dot", log10(people), spot.value or 0, 0, 0, spot.place, theme.COLOURS[spot.role]),
            size=1.5 if is_chosen and spot.role is Role.THIS else small,
            tip=clean(spot.tip),
        )
        for people, spot in spots
    ]
    named = [
        (log10(people), spot.value or 0, clean(f"{spot.name} {spot.text}"), is_chosen and spot.role is Role.THIS)
        for people, spot in sorted(chart.spots, key=lambda each: each[1].role is not Role.THIS)
        if spot.place in chart.named
    ]
    top, are_few = chart.up[-1][0], len(chart.across) - 2 <= _FEW_TICKS
    said, taken = zip(*_name_rule(lined._replace(kind="said", text=clean(rule.said)), dots, ends, top), strict=True)
    return [
        *(FunnelMark("band", log10(people), low=low, high=min(high, top)) for people, low, high in chart.band),
        *(
            FunnelMark("across", log10(people), size=float(are_few or log10(people).is_integer()), text=clean(text))
            for people, text in chart.across
        ),
        *(FunnelMark("up", ends[0], value, text=clean(text)) for value, text in chart.up),
        *(lined._replace(x=x) for x in ends),
        *dots,
        *said,
        *_name_dots(named, dots, ends, top, taken),
    ]


class _Box(NamedTuple):
    left: float
    right: float
    middle: float

    def meets(self, other: "_Box") -> bool:
        return self.left < other.right and other.left < self.right and abs(self.middle - other.middle) < CHART_SIZE + 2

    def count_dots(self, dots: Sequence[tuple[float, float]]) -> int:
        """How many dots lie under it."""
        return sum(self.meets(_Box(x - _DOT, x + _DOT, y)) for x, y in dots)


def _name_rule(
    rule: FunnelMark, dots: Sequence[FunnelMark], ends: tuple[float, float], top: float
) -> Iterator[tuple[FunnelMark, _Box]]:
    """What stands at the middle, on a phone and in a window: above or below its line, at the end where it lies over the
    fewest dots; and where that is."""
    long, down = text_width(rule.text, CHART_SIZE), 1 - rule.y / top
    for n, (wide, high) in enumerate(_SIZES):
        across = _spread(dots, ends, top, (wide, high))
        tried = [
            (_Box(start, start + long, down * high - up * CHART_SIZE * _OFF), side, up)
            for side, start in (("left", 0), ("right", wide - long))
            for up in (1, -1)
        ]
        box, side, up = min(tried, key=lambda each: each[0].count_dots(across))
        yield rule._replace(x=ends[side == "right"], side=side, up=up, size=n), box


def _name_dots(
    named: Sequence[tuple[float, float, str, bool]],
    dots: Sequence[FunnelMark],
    ends: tuple[float, float],
    top: float,
    rule: Sequence[_Box],
) -> Iterator[FunnelMark]:
    """The names, each on the side of its dot where, on a phone and in a window, it is whole, meets no other and lies
    over the fewest dots; where there is none, only those that were chosen."""
    taken: list[Sequence[_Box]] = [rule]
    at = [_spread(dots, ends, top, size) for size in _SIZES]
    for x, y, text, is_chosen in named:
        across, down = (x - ends[0]) / (ends[1] - ends[0]), 1 - y / top
        wide = text_width(text, CHART_SIZE, is_bold=True)
        tried = [
            (_count_faults(boxes, taken, at), side, up, boxes)
            for up in (0, 1, -1)
            for side in ("left", "right")
            for boxes in [[_place(side, up, across * size[0], down * size[1], wide) for size in _SIZES]]
        ]
        (cut, met, covered), side, up, boxes = min(tried, key=lambda each: each[0])
        if (cut or met or covered > _MOST_COVERED) and not is_chosen:
            continue
        taken.append(boxes)
        yield FunnelMark("name", x, y, text=text, side=side, up=up)


def _spread(
    dots: Sequence[FunnelMark], ends: tuple[float, float], top: float, size: tuple[int, int]
) -> list[tuple[float, float]]:
    """Where dots are in a drawing of this size."""
    wide, high = size
    return [((dot.x - ends[0]) / (ends[1] - ends[0]) * wide, (1 - dot.y / top) * high) for dot in dots]


def _place(side: str, up: int, left: float, down: float, wide: float) -> _Box:
    start = left + _AWAY if side == "left" else left - _AWAY - wide
    return _Box(start, start + wide, down - up * CHART_SIZE)


def _count_faults(
    boxes: Sequence[_Box], taken: Sequence[Sequence[_Box]], at: Sequence[Sequence[tuple[float, float]]]
) -> tuple[int, int, int]:
    """In how many sizes of the drawing a name is cut off, how many others it meets, and how many dots it covers."""
    cut = sum(box.left < -30 or box.right > wide - 8 for box, (wide, _) in zip(boxes, _SIZES, strict=True))
    met = sum(mine.meets(box) for other in taken for mine, box in zip(boxes, other, strict=True))
    return cut, met, max(box.count_dots(dots) for box, dots in zip(boxes, at, strict=True))


def _fit(marks: Sequence[FunnelMark], width: int) -> list[FunnelMark]:
    """The marks with names of a third of the width at most."""
    return [mark._replace(text=cut_off(mark.text, CHART_SIZE, width / 3, is_bold=True)) for mark in marks]


def _draw(for_room: bool) -> Layers:
    """The band, the grid, the middle of the band, the dots, and the words."""
    words = "em" if for_room else "14"
    foot = f"height - {words} * 3.2"
    across = alt.Scale(zero=False, nice=False, range=[{"expr": f"{words} * 2.4"}, {"expr": f"width - {words}"}])
    up = alt.Scale(zero=True, nice=False, range=[{"expr": foot}, {"expr": f"{words}"}])
    base = alt.Chart(DATA).encode(x=alt.X("x:Q", axis=None, scale=across))

    def at(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=up)

    band = base.transform_filter("datum.kind === 'band'").mark_area(color=_CHANCE, aria=False, tooltip=None)
    edge = base.transform_filter("datum.kind === 'band'").mark_line(
        color=theme.EDGE, strokeWidth=1, aria=False, tooltip=None
    )
    grid = base.transform_filter("datum.kind === 'up'").mark_rule(color=theme.LINE, aria=False, tooltip=None)
    line = base.transform_filter("datum.kind === 'rule'").mark_line(strokeWidth=2, strokeDash=[6, 4], aria=False)
    dot = base.transform_filter("datum.kind === 'dot'").mark_point(
        filled=True,
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
        aria=False,
        size=alt.ExprRef(f"pow({words} * 0.72, 2) * datum.size"),
    )
    return alt.layer(
        band.encode(y=at("low"), y2="high:Q"),
        edge.encode(y=at("low")),
        edge.encode(y=at("high")),
        grid.encode(y=at("y"), x2=alt.value(alt.ExprRef(f"width - {words}"))),
        line.encode(y=at("y"), color=COLOUR, tooltip=TIP),
        let_point(dot.encode(y=at("y"), color=COLOUR, tooltip=TIP)),
        *_write(base, at("y"), words),
    )


def _write(base: alt.Chart, at: alt.Y, words: str) -> Iterable[alt.Chart]:
    """Names beside dots, that of the middle above its line, the numbers of both scales, and what they are of."""
    size = alt.ExprRef(words)
    looks: dict[str, Any] = {"fontSize": size, "aria": False, "tooltip": None}
    away = alt.ExprRef(f"(datum.side === 'left' ? {_AWAY / 14} : -{_AWAY / 14}) * {words}")
    named = base.transform_filter("datum.kind === 'name'").encode(y=at, text="text:N")
    set_beside: dict[str, Any] = {
        "align": alt.ExprRef("datum.side"),
        "dx": away,
        "dy": alt.ExprRef(f"-datum.up * {words}"),
        "fontWeight": "bold",
        "baseline": "middle",
        **looks,
    }
    # no edge of the band goes through a name
    yield named.mark_text(stroke=theme.PAPER, strokeWidth=4, strokeJoin="round", **set_beside)
    yield named.mark_text(**set_beside)
    is_here = f"datum.kind === 'said' && datum.size === (width > {_TICKS_FIT} ? 1 : 0)"
    middle = base.transform_filter(is_here).encode(y=at, text="text:N")
    set_at_end: dict[str, Any] = {
        "align": alt.ExprRef("datum.side"),
        "dx": alt.ExprRef("datum.side === 'left' ? 4 : -4"),
        "dy": alt.ExprRef(f"-datum.up * {words} * {_OFF}"),
        "baseline": "middle",
        **looks,
    }
    yield middle.mark_text(stroke=theme.PAPER, strokeWidth=4, strokeJoin="round", **set_at_end)
    yield middle.mark_text(**set_at_end)
    quiet = {"color": theme.QUIET, **looks}
    left = base.transform_filter("datum.kind === 'up'").mark_text(align="right", baseline="middle", dx=-6, **quiet)
    yield left.encode(y=at, text="text:N")
    shown = f"datum.kind === 'across' && (datum.size || width > {_TICKS_FIT})"
    below = base.transform_filter(shown).mark_text(baseline="top", dy=alt.ExprRef(f"-{words} * 2.8"), **quiet)
    yield below.encode(y=alt.value("height"), text="text:N")
    unit = base.transform_filter("datum.kind === 'across'").transform_aggregate(x="min(x)")
    yield unit.mark_text(text="aantal inwoners", align="left", baseline="bottom", **quiet).encode(
        x=alt.value(0), y=alt.value("height")
    )


FORM = Form("funnel", _draw, 400, _funnel_marks, fit=_fit)
