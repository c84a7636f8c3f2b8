"""A map: gemeenten in their borders; beside it where they lie in the country.

Each outline is the symbol of a point: Vega draws an SVG path as one, as large as it is told. So outlines are a column
as any other, sent with the chart that shows them, and no projection is worked out in the browser.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import Area, AreaMap, Role
from vt.figures.wording import clean
from vt.model.borders import Box
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
    calculate,
    draw_unseen,
    let_point,
    put_x,
    put_y,
    times,
)

_HEIGHT, _ROW = 560, 20
_PHONE = 462  # pixels: up to so many a map is as high as it is drawn; domain('angle') holds how high to its width
_AROUND = 312  # pixels of a window above and below a map on a desk; a picture has no window
_ROWS = (
    f"clamp(width < {_PHONE} ? ceil(width * domain('angle')[1] / {_ROW})"
    f" : floor(((windowSize()[1] || 1e3) - {_AROUND}) / {_ROW}), width < {_PHONE} ? 13 : 18, {_HEIGHT // _ROW})"
)
_EM = "clamp(width / 30, 12, 14)"
_STRIPES = 12
_LINES, _LINE, _SLIT = 2.4, 1, 0.3  # em: a name and a number, a name, and what is open between them
_IS_NARROW = "width < ({em}) * 33"  # what lies beside the map goes below it
_CALCULATED = {
    "left": f"{_IS_NARROW} ? datum.under_left : datum.beside_left",
    "top": f"{_IS_NARROW} ? datum.under_top : datum.beside_top",
    "across": f"width * ({_IS_NARROW} ? datum.under_wide : datum.beside_wide)",
    "down": f"height * ({_IS_NARROW} ? datum.under_high : datum.beside_high)",
    "step": "min(datum.across / datum.wide, datum.down / datum.high)",  # pixels to a step of the grid
    "from_x": "width * datum.left + (datum.across - datum.wide * datum.step) / 2 - datum.west * datum.step",
    "from_y": "height * datum.top + (datum.down - datum.high * datum.step) * datum.sunk - datum.north * datum.step",
    "at_x": "datum.from_x + datum.x * datum.step",
    "at_y": "datum.from_y + datum.y * datum.step",
    "has": "datum.room * datum.step / {em}",
    "set": "clamp(1.25 * datum.has / max(datum.needs, 1), {small}, 1)",  # the height of its name, in em
    "is_wide": "datum.needs * datum.set > datum.has * 1.05",
    "shown": "{forced} || (datum.step > datum.clear * {em} && datum.has * {over} > datum.needs * datum.set)"
    " ? datum.label : ''",
    "number": "{forced} || (datum.step > datum.clear_number * {em} && datum.has > 1.5) ? datum.text : ''",
    "pen": "datum.is_wide ? datum.dark : datum.ink",
}
_SHAPE = alt.Shape("path:N", scale=None, legend=None)
_PEN = alt.Color("pen:N", scale=None, legend=None)


class Frame(NamedTuple):
    """A part of the room that a chart has, from 0 to 1."""

    left: float
    top: float
    wide: float
    high: float


class AreaMark(NamedTuple):
    """One gemeente or region: its outline, the frames that its map fills, and the rectangle that fills them.

    `sunk` is how much of what it leaves open lies above it. `caption` names an inset, in its first mark. `is_forced`
    where its name stands however little room there is; other names `need` so many em, and are `clear` of those with
    more room from so many em to a step of the grid.
    """

    place: str
    tip: str
    label: str
    text: str
    path: str
    colour: str
    ink: str
    is_blank: bool
    is_chosen: bool
    is_forced: bool
    x: float
    y: float
    room: float
    needs: float
    clear: float
    clear_number: float
    west: float
    north: float
    wide: float
    high: float
    sunk: float
    beside_left: float
    beside_top: float
    beside_wide: float
    beside_high: float
    under_left: float
    under_top: float
    under_wide: float
    under_high: float
    dark: str = theme.INK
    caption: str = ""
    credit: str = ""
    tall: float = 0
    row: int = 0


class _Words(NamedTuple):
    """What stands in an area: where, and how wide in em are its name and its number, which is below it."""

    x: float
    y: float
    name: float
    number: float
    is_forced: bool

    @property
    def both(self) -> float:
        """How wide the two are together."""
        return max(self.name, self.number)

    def clear_number(self, before: "Sequence[_Words]") -> float:
        """How many pixels an em a step of the grid must have for its number to stand free of those before it."""
        found = (
            self._clear(self.number, each, each.both, _LINES)
            if each.is_forced
            else self._clear(self.number, each, each.number, _LINES / 2)
            for each in before
        )
        return max(found, default=0)

    def clear_name(self, before: "Sequence[_Words]", after: "Sequence[_Words]") -> float:
        """The same for its name, which gives way to the names before it and to all numbers."""
        names = (self._clear(self.name, each, each.name, _LINE) for each in before)
        numbers = (self._clear(self.name, e, e.number, _LINES if e.y < self.y else _SLIT) for e in (*before, *after))
        return max([*names, *numbers], default=0)

    def _clear(self, wide: float, other: "_Words", beside: float, lines: float) -> float:
        across, down = max(abs(self.x - other.x), 0.1), max(abs(self.y - other.y), 0.1)
        return min((wide + beside) / 2 / across, lines / down)


def _measure(area: Area, is_inset: bool) -> _Words:
    """The words of an area; of an inset only those that have numbers elsewhere are named, whatever room there is."""
    is_apart = is_inset and area.role is Role.APART and area.is_gemeente
    is_named = area.is_chosen or is_apart or not is_inset
    name, number = (text_width(clean(text), 1, is_bold=True) for text in (area.name if is_named else "", area.text))
    return _Words(*area.border.spot, name, number, area.is_chosen or area.is_end or is_apart)


def _area_marks(chart: AreaMap) -> list[AreaMark]:
    """The map, and what lies beside it: at the right, or below where there is no room; the chosen drawn last."""
    count = len(chart.insets)
    beside, under = (Frame(0, 0, 0.66, 0.96), Frame(0, 0, 1, 0.63)) if count else (Frame(0, 0, 1, 0.96),) * 2
    marks = list(_draw_sheet(chart.areas, beside, under))
    for n, inset in enumerate(chart.insets):
        beside = Frame(0.7, 0.06 + n * 0.94 / count, 0.3, 0.8 / count)
        under = Frame(n / count, 0.7, 0.94 / count, 0.24)
        first, *others = _draw_sheet(inset.areas, beside, under, is_inset=True)
        marks += [first._replace(caption=inset.name), *others]
    first = marks[0]
    tall = first.high / first.wide / first.under_high
    marks[0] = first._replace(credit=chart.credit, tall=tall)
    return sorted(marks, key=lambda mark: mark.is_chosen)


def _draw_sheet(areas: Sequence[Area], beside: Frame, under: Frame, *, is_inset: bool = False) -> Iterator[AreaMark]:
    west, north, east, south = Box.around([area.border.box for area in areas])
    ranked = sorted(areas, key=lambda area: (area.is_chosen, area.is_end, area.border.room), reverse=True)
    words = [*_give_way(ranked, [_measure(area, is_inset) for area in ranked], south - north)]
    for n, (area, mine) in enumerate(zip(ranked, words, strict=True)):
        fill, border = theme.COLOURS[area.role], area.border
        yield AreaMark(
            *(area.place, area.tip, area.name if mine.name else "", area.text, border.path, fill, theme.ink_on(fill)),
            *(area.role is Role.NO_DATA, area.is_chosen, mine.is_forced),
            *(*border.spot, border.room, mine.name, mine.clear_name(words[:n], words[n + 1 :])),
            *(mine.clear_number(words[:n]), west, north, east - west, south - north, 0 if is_inset else 0.5),
            *(*beside, *under),
        )


def _give_way(ranked: Sequence[Area], words: Sequence[_Words], high: float) -> Iterator[_Words]:
    """The words, of which those of the lowest and the highest number are not forced upon others that are."""
    step = _HEIGHT / CHART_SIZE / high
    for n, (area, mine) in enumerate(zip(ranked, words, strict=True)):
        is_near = any(each.is_forced and mine.clear_name([each], ()) > step for each in words[:n])
        yield mine._replace(is_forced=False) if is_near and not area.is_chosen else mine


def _draw(for_room: bool) -> Layers:
    """Outlines, on a page to be clicked, and words: in `em`, the height of text, of which `small` is the least part.

    In a room only the chosen are named whatever is in the way, and no other name reaches over a border: letters are
    large, and the numbers stand beside it."""
    em, small, over = ("em", "1", "1.05") if for_room else (_EM, "0.8", "3")
    base = calculate(
        _CALCULATED, em=em, small=small, over=over, forced=f"datum.is_{'chosen' if for_room else 'forced'}"
    )
    first, *others = _draw_outlines(base, em)
    words = _write_words(base, em, small)
    return alt.layer(*([first] if for_room else [_hold_height(), let_point(first)]), *others, *words)


def _hold_height() -> alt.Chart:
    """What makes the picture as high as it needs."""
    rows = alt.Scale(type="band", padding=0, domain=alt.ExprRef(f"sequence({_ROWS})"))
    held = draw_unseen(alt.Chart(DATA).transform_filter("datum.tall"))
    return held.encode(y=alt.Y("row:O", axis=None, scale=rows), angle=alt.Angle("tall:Q", scale=NO_ROOM))


def _draw_outlines(base: alt.Chart, em: str) -> Iterator[alt.Chart]:
    """Every area in its colour; stripes where there is no number; a thick line around the chosen."""
    drawn: dict[str, Any] = {"size": alt.ExprRef("pow(2 * datum.step, 2)"), "opacity": 1, "aria": False}
    placed = base.encode(x=put_x("from_x"), y=put_y("from_y"), shape=_SHAPE)
    edge = {**drawn, "stroke": theme.EDGE, "strokeWidth": alt.ExprRef(f"{em} * 0.06")}
    yield placed.mark_point(**edge).encode(fill=COLOUR, tooltip=TIP)
    striped = placed.mark_point(**edge, fill=_stripe(), tooltip=None)
    yield striped.transform_filter("datum.is_blank")
    thick: dict[str, Any] = {"stroke": theme.INK, "strokeWidth": alt.ExprRef(f"{em} * 0.25"), "strokeJoin": "round"}
    yield placed.mark_point(**drawn, **thick, filled=False, tooltip=None).transform_filter("datum.is_chosen")


def _write_words(base: alt.Chart, em: str, small: str) -> Iterator[alt.Chart]:
    """Names, on white where they reach over a border, and numbers, on the colour of their own area; what an inset is;
    whose borders they are."""
    word = base.encode(x=put_x("at_x"), y=put_y("at_y"))
    name: dict[str, Any] = {"dy": times(em, -0.55), "fontSize": alt.ExprRef(f"round({em} * datum.set)"), "aria": False}
    bold: dict[str, Any] = {"dy": times(em, 0.6), "fontSize": alt.ExprRef(em), "fontWeight": "bold", "aria": False}
    around: dict[str, Any] = {"strokeWidth": times(em, 0.22), "strokeJoin": "round"}
    halo = word.mark_text(stroke=theme.PAPER, **around, **name).encode(text="shown:N")
    yield halo.transform_filter("datum.is_wide && datum.shown")
    yield word.mark_text(**name).transform_filter("datum.shown").encode(text="shown:N", color=_PEN)
    number = word.transform_filter("datum.number").encode(text="number:N")
    yield number.mark_text(**around, **bold).encode(stroke=alt.Stroke("colour:N", scale=None, legend=None))
    yield number.mark_text(**bold).encode(color=INK)
    quiet: dict[str, Any] = {
        "baseline": "bottom",
        "fontSize": alt.ExprRef(f"round({em} * {small})"),
        "color": theme.QUIET,
        "aria": False,
    }
    credit = base.transform_filter("datum.credit").mark_text(align="right", **quiet)
    yield credit.encode(x=alt.value("width"), y=alt.value("height"), text="credit:N")
    top = base.transform_filter("datum.caption").transform_calculate(
        at_left="width * datum.left", at_top=f"height * datum.top - {em} * 0.3"
    )
    yield top.mark_text(align="left", **quiet).encode(x=put_x("at_left"), y=put_y("at_top"), text="caption:N")


def _stripe() -> alt.Gradient:
    ends = [n / (2 * _STRIPES) for n in range(2 * _STRIPES + 1)]
    colours = [theme.COLOURS[Role.NO_DATA], theme.LINE] * _STRIPES
    bands = zip(pairwise(ends), colours, strict=True)
    stops = [alt.GradientStop(offset=end, color=colour) for pair, colour in bands for end in pair]
    return alt.LinearGradient(gradient="linear", stops=stops, x1=0, y1=0, x2=1, y2=1)


def _fit_areas(marks: Sequence[AreaMark], width: int) -> list[AreaMark]:
    """The marks for a picture, where nobody can ask for a name that had no room: it stands below."""
    left_out = [f"{mark.label} {mark.text}".strip() for mark in marks if mark.label and not _has_room(mark, width)]
    said = f"Zonder naam op de kaart: {', '.join(left_out)}. " if left_out else ""
    return [
        mark._replace(
            label=cut_off(clean(mark.label), CHART_SIZE, width / 4),
            text=cut_off(clean(mark.text), CHART_SIZE, width / 8, is_bold=True),
            credit=cut_off(clean(said + mark.credit), CHART_SIZE, width) if mark.credit else "",
        )
        for mark in marks
    ]


def _has_room(mark: AreaMark, width: int) -> bool:
    """Whether the name is shown on a page of this width: as _CALCULATED has it."""
    step = min(width * mark.beside_wide / mark.wide, _HEIGHT * mark.beside_high / mark.high) / CHART_SIZE
    high = min(max(1.25 * mark.room * step / mark.needs, 0.8), 1)
    return mark.is_forced or (step > mark.clear and mark.room * step * 3 > mark.needs * high)


FORM = Form("areas", _draw, alt.Step(_ROW), _area_marks, fit=_fit_areas)
