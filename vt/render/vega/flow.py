"""A flow: stops in columns, a column for each step, with streams between them; on a narrow screen a list of the stops.

Where everything stands is worked out here, in parts of the room that there is; a stop has at least a line of text, so
that every number can be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import cos, pi
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import FlowChart, Role, Stop
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, wrap_text
from vt.render.vega.parts import CHART_SIZE, COLOUR, TIP, Form, Layers, calculate, put_x, put_y

_HEIGHT = 400
_LINE, _GAP = 1.25, 0.25  # em: a line of text, and what is open between stops
_LONG = 19  # signs of a name on one line
_MOST_STEPS = 4  # on a slide
_BENDS = 16  # of a stream
_THIN = 0.12
_NARROWEST = 11.5  # em: of a column, or it is a list; on a slide less
_CALCULATED = {
    "is_list": "width < ({em}) * {narrowest} * datum.columns",
    "room": "(width + {em}) / datum.columns",
    "from_x": "datum.column * datum.room + (datum.is_stream ? {em} * 0.7 : 0)",
    "at_x": "datum.is_list ? 0 : datum.from_x + datum.along * (datum.room * datum.reach - {em} * 0.7)",
    "at_y": "(datum.is_list ? datum.row : datum.top) * height",
    "to_y": "datum.bottom * height",
    "bar_x": "datum.is_list ? width * datum.share : datum.at_x + {em} * 0.7",
    "bar_top": "datum.is_list ? (datum.row + 0.8 * datum.high) * height : datum.at_y",
    "bar_end": "datum.is_list ? (datum.row + 0.96 * datum.high) * height : datum.to_y",
    "words": "datum.text + ' ' + (datum.is_list ? replace(datum.label, '|', ' ') : datum.label)",
    "lines": "datum.is_list ? 0 : (length(split(datum.label, '|')) - 1) / 2 * 1.25",
    "word_x": "datum.is_list ? 0 : datum.at_x + {em}",
    "word_y": "(datum.is_list ? datum.row + 0.36 * datum.high : (datum.top + datum.bottom) / 2) * height"
    " - datum.lines * ({em})",
    "head_y": "datum.is_list ? (datum.row + 0.6 * datum.high) * height : ({em}) * 0.6",
    "below_y": "({em}) * 1.85",
}


class FlowMark(NamedTuple):
    """A stop, the head of a step, or one of the points at which a stream bends.

    In columns it reaches from `top` to `bottom`; in a list it is at `row`, `high`, with a bar of its `share`.
    """

    tip: str = ""
    text: str = ""
    label: str = ""
    counted: str = ""
    is_stream: bool = False
    number: int = 0
    column: float = 0
    columns: int = 1
    reach: int = 1
    along: float = 0
    top: float = 0
    bottom: float = 0
    row: float = 0
    high: float = 0
    share: float = 0
    colour: str = theme.PAPER


class _Room(NamedTuple):
    """How many em there are on a page or a slide, and how many of them are above a column."""

    high: float
    head: float


_PAGE, _SLIDE = _Room(20, 3.6), _Room(15, 1.8)


class _Spot(NamedTuple):
    """Where a stop stands, in lines from above."""

    top: float
    bottom: float


def _flow_marks(chart: FlowChart, room: _Room = _PAGE) -> list[FlowMark]:
    scale = _find_scale(chart, room)
    spots = [_Spot(top / room.high, bottom / room.high) for top, bottom in _stack(chart, scale, room)]
    scale /= room.high
    filled = {stop.step for stop in chart.stops}
    blank = FlowMark(columns=len(chart.steps), high=1 / (len(chart.stops) + len(filled)))
    return [*_draw_streams(chart, spots, scale, blank), *_draw_stops(chart, spots, blank)]


def _marks_for_presenter(chart: FlowChart) -> tuple[list[FlowMark], int]:
    """Without what is counted apart, where there are so many steps that a room could not read them."""
    kept = [stop for stop in chart.stops if stop.role is not Role.OTHERS]
    if len(chart.steps) <= _MOST_STEPS or len(kept) == len(chart.stops):
        return _flow_marks(chart, _SLIDE), 0
    short = replace(chart, steps=chart.steps[:-1], stops=tuple(kept))
    return _flow_marks(short, _SLIDE), len(chart.stops) - len(kept)


def _find_scale(chart: FlowChart, room: _Room) -> float:
    """How many em one is high, so that the fullest column just fits."""
    low, high = 0.0, room.high / max(1.0, *(stop.value for stop in chart.stops))
    for _ in range(30):
        middle = (low + high) / 2
        fits = all(_fill(chart, step, middle, room) <= room.high for step in range(len(chart.steps)))
        low, high = (middle, high) if fits else (low, middle)
    return low


def _fill(chart: FlowChart, step: int, scale: float, room: _Room) -> float:
    return room.head + sum(_thicken(stop, scale) + _GAP for stop in chart.stops if stop.step == step)


def _thicken(stop: Stop, scale: float) -> float:
    return max(stop.value * scale, _LINE * (1 + _break(stop).count("|")))


def _break(stop: Stop) -> str:
    """The name, over two lines where it is long with its number before it."""
    label = f"{stop.text} {stop.name}"
    spaces = [n for n, sign in enumerate(label) if sign == " " and n > len(stop.text)]
    if len(label) <= _LONG or not spaces:
        return stop.name
    at = min(spaces, key=lambda n: abs(n - len(label) / 2))
    return f"{label[:at]}|{label[at + 1 :]}".removeprefix(f"{stop.text} ")


def _stack(chart: FlowChart, scale: float, room: _Room) -> list[_Spot]:
    """The stops of each column under each other, in order, beside what flows into them as far as there is room."""
    ends = [room.head for _ in chart.steps]
    slack = [room.high - _fill(chart, step, scale, room) for step in range(len(chart.steps))]
    spots: list[_Spot] = []
    left: dict[int, float] = {}
    for number, stop in enumerate(chart.stops):
        into = next(((each.source, each.value) for each in chart.streams if each.target == number), None)
        wanted = left.get(into[0], spots[into[0]].top) if into else room.head
        down = min(max(wanted - ends[stop.step], 0), slack[stop.step])
        slack[stop.step] -= down
        slot, thick = _thicken(stop, scale), max(stop.value * scale, _THIN)
        middle = ends[stop.step] + down + slot / 2
        spots.append(_Spot(middle - thick / 2, middle + thick / 2))
        ends[stop.step] += down + slot + _GAP
        if into:
            left[into[0]] = wanted + into[1] * scale
    return spots


def _draw_stops(chart: FlowChart, spots: Sequence[_Spot], blank: FlowMark) -> Iterator[FlowMark]:
    """Step by step: its head and its stops; in a list below each other."""
    most = max((stop.value for stop in chart.stops), default=0) or 1
    row = 0
    for step, (name, counted) in enumerate(chart.steps):
        mine = [(stop, spot) for stop, spot in zip(chart.stops, spots, strict=True) if stop.step == step]
        head = blank._replace(label=name, counted=_break_long(counted), column=step, row=row * blank.high)
        yield head if mine else head._replace(row=-1)
        row += bool(mine)
        for stop, (top, bottom) in mine:
            yield blank._replace(
                tip=stop.tip,
                text=stop.text,
                label=_break(stop),
                column=step,
                top=top,
                bottom=bottom,
                row=row * blank.high,
                share=stop.value / most,
                number=1,
                colour=theme.COLOURS[stop.role],
            )
            row += 1


def _break_long(text: str) -> str:
    """A text over two lines."""
    first, *others = wrap_text(text, 1, _LONG * 0.62)
    return "|".join([first, " ".join(others)] if others else [first])


def _draw_streams(chart: FlowChart, spots: Sequence[_Spot], scale: float, blank: FlowMark) -> Iterator[FlowMark]:
    """Each from where the one before it leaves its stop, in an even bend."""
    left = [spot.top for spot in spots]
    for number, (source, target, value) in enumerate(chart.streams):
        wide, stops = value * scale, (chart.stops[source], chart.stops[target])
        is_lost = stops[1].role is Role.LOST
        mine = blank._replace(
            is_stream=True,
            number=number + 1,
            column=stops[0].step,
            reach=stops[1].step - stops[0].step,
            tip=stops[1].tip,
            colour=theme.COLOURS[Role.ELSEWHERE if is_lost else Role.STEP_2],
        )
        for bend in range(_BENDS + 1):
            part = (1 - cos(pi * bend / _BENDS)) / 2
            top = left[source] + (spots[target].top - left[source]) * part
            yield mine._replace(along=bend / _BENDS, top=top, bottom=top + wide)
        left[source] += wide


def _draw(for_room: bool) -> Layers:
    """For a room without what is counted in each step."""
    if for_room:
        return alt.layer(*list(_draw_layers("em", 0.7 * _NARROWEST))[:-1])
    return alt.layer(*_draw_layers("clamp(width / 60, 12, 14)", _NARROWEST))


def _draw_layers(em: str, narrowest: float) -> Iterator[alt.Chart]:
    """In `em`, the height of text, an expression: streams, stops, their words, and last what is counted."""
    base = calculate(_CALCULATED, em=em, narrowest=narrowest)
    streams = base.transform_filter("datum.is_stream && !datum.is_list").mark_area(aria=False, opacity=0.85)
    yield streams.encode(x=put_x("at_x"), y=put_y("at_y"), y2="to_y:Q", detail="number:N", color=COLOUR, tooltip=TIP)
    stops = base.transform_filter("!datum.is_stream && datum.number > 0")
    bars = stops.mark_rect(aria=False).encode(x=put_x("at_x"), x2="bar_x:Q", y=put_y("bar_top"), y2="bar_end:Q")
    yield bars.encode(color=COLOUR, tooltip=TIP)
    words: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "aria": False,
        "lineBreak": "|",
        "lineHeight": alt.ExprRef(f"({em}) * {_LINE}"),
        "limit": alt.ExprRef(f"datum.is_list ? width : datum.room - ({em}) * 1.5"),
    }
    text = stops.mark_text(**words, fontSize=alt.ExprRef(em))
    yield text.encode(x=put_x("word_x"), y=put_y("word_y"), text="words:N", tooltip=TIP)
    heads = base.transform_filter("!datum.is_stream && datum.number == 0 && (datum.row >= 0 || !datum.is_list)")
    bold = heads.mark_text(**words, fontSize=alt.ExprRef(em), fontWeight="bold")
    yield bold.encode(x=put_x("at_x"), y=put_y("head_y"), text="label:N")
    small = heads.transform_filter("!datum.is_list").mark_text(
        **words, fontSize=alt.ExprRef(f"round(({em}) * 0.86)"), color=theme.QUIET
    )
    yield small.encode(x=put_x("at_x"), y=put_y("below_y"), text="counted:N")


def _cut_lines(text: str, width: float) -> str:
    return "|".join(cut_off(clean(line), CHART_SIZE, width, is_bold=True) for line in text.split("|")[:2])


def _fit_flow(marks: Sequence[FlowMark], width: int) -> list[FlowMark]:
    """The marks with words that fit their column, or the list."""
    column = width / marks[0].columns
    room = width if column < _NARROWEST * CHART_SIZE else column - 2 * CHART_SIZE
    return [
        mark._replace(label=_cut_lines(mark.label, room), counted=_cut_lines(mark.counted, column - CHART_SIZE))
        for mark in marks
    ]


FORM = Form("flow", _draw, _HEIGHT, _flow_marks, _marks_for_presenter, _fit_flow)
