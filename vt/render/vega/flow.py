"""A flow: stops in columns, a column for each step, with streams between them; on a narrow screen a list of the stops.

Where everything stands is worked out here, in parts of the room that there is; a stop has at least a line of text, so
that every number can be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, cos, pi
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import FlowChart, Role, Stop
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width, wrap_text
from vt.render.vega.parts import (
    COLOUR,
    DATA,
    NO_ROOM,
    TIP,
    Form,
    Layers,
    Room,
    calculate,
    draw_unseen,
    put_x,
    put_y,
)

_STEP = 20  # pixels: the chart is so many times as high
_HIGH, _HIGH_ROW = 21, 1.4  # steps of columns, and of a row of a list
_LINE, _GAP = 1.25, 0.3  # em: a line of text, and what is open between stops
_MOST_STEPS = 4  # on a slide
_BENDS = 16  # of a stream
_THIN = 0.12
_NARROWEST = 11.5  # em: of a column, or it is a list; on a slide less
_BOX, _SLIDE_BOX = 10.4, 11.8  # em: of a stop with its words, where a stream can begin beside it
_EM = (64, 13, 15)  # of text on a page: this part of the width, at least and at most so many pixels
_ON_PAPER = {"column": ceil(_NARROWEST * _EM[1]), "lower": 0.72}  # for vt/web/assets/js/22-print.js
_CALCULATED = {
    "is_list": "width < ({em}) * {narrowest} * datum.columns",
    "open": "clamp((width - datum.columns * ({em}) * {box}) / max(datum.columns - 1, 1), ({em}) * 2, 0.4 * width"
    " / datum.columns)",
    "room": "(width + datum.open) / datum.columns",
    "box": "datum.room - datum.open",
    "from_x": "datum.column * datum.room + (datum.is_stream ? datum.box : 0)",
    "at_x": "datum.is_list ? 0 : datum.from_x + datum.along * (datum.room * datum.reach - datum.box)",
    "box_end": "datum.at_x + datum.box",
    "box_top": "datum.above * height",
    "box_bottom": "datum.below * height",
    "at_y": "(datum.is_list ? datum.row : datum.top) * height",
    "to_y": "datum.bottom * height",
    "bar_x": "datum.is_list ? width * datum.share : datum.at_x + ({em}) * 0.5",
    "bar_top": "datum.is_list ? (datum.row + 0.8 * datum.high) * height : datum.at_y",
    "bar_end": "datum.is_list ? (datum.row + 0.96 * datum.high) * height : datum.to_y",
    "words": "datum.text + ' ' + (datum.is_list ? replace(datum.label, /\\|/g, ' ') : datum.label)",
    "lines": "datum.is_list ? 0 : (length(split(datum.label, '|')) - 1) / 2 * 1.25",
    "word_x": "datum.is_list ? 0 : datum.at_x + ({em}) * 0.75",
    "word_room": "datum.is_list ? width : (datum.number ? datum.box : datum.room) - ({em}) * 0.8",
    "word_y": "(datum.is_list ? datum.row + 0.36 * datum.high : (datum.top + datum.bottom) / 2) * height"
    " - datum.lines * ({em})",
    "head_y": "datum.is_list ? (datum.row + 0.6 * datum.high) * height : ({em}) * 0.6",
    "below_y": "({em}) * 1.85",
}


class FlowMark(NamedTuple):
    """A stop, the head of a step, one of the points at which a stream bends, or, the first, how many `rows` a list has.

    In columns it reaches from `top` to `bottom`, and the box with its words from `above` to `below`; in a list it is at
    `row`, `high`, with a bar of its `share`.
    """

    tip: str = ""
    text: str = ""
    label: str = ""
    counted: str = ""
    is_stream: bool = False
    number: int = 0
    column: float = 0
    columns: int = 1
    rows: int = 0
    reach: int = 1
    along: float = 0
    top: float = 0
    bottom: float = 0
    above: float = 0
    below: float = 0
    row: float = 0
    high: float = 0
    share: float = 0
    colour: str = theme.PAPER


class _Room(NamedTuple):
    """How many em there are on a page or a slide, how many are above a column, and how long a line of a name is."""

    high: float
    head: float
    line: float


_PAGE, _SLIDE = _Room(23, 3.8, 9.6), _Room(15, 1.8, 11.2)


class _Spot(NamedTuple):
    """Where a stop stands and the box with its words, from above."""

    top: float
    bottom: float
    above: float
    below: float


def _flow_marks(chart: FlowChart, room: _Room = _PAGE) -> list[FlowMark]:
    scale = _find_scale(chart, room)
    spots = [_Spot(*(at / room.high for at in spot)) for spot in _stack(chart, scale, room)]
    scale /= room.high
    filled = {stop.step for stop in chart.stops}
    rows = len(chart.stops) + len(filled)
    blank = FlowMark(columns=len(chart.steps), high=1 / rows)
    return [
        blank._replace(rows=rows),
        *_draw_streams(chart, spots, scale, blank),
        *_draw_stops(chart, spots, blank, room),
    ]


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
    return room.head + sum(_thicken(stop, scale, room) + _GAP for stop in chart.stops if stop.step == step)


def _thicken(stop: Stop, scale: float, room: _Room) -> float:
    return max(stop.value * scale, _LINE * (1 + _break(stop, room).count("|")))


def _break(stop: Stop, room: _Room) -> str:
    """The name, over lines of which the first has its number before it."""
    return "|".join(wrap_text(f"{stop.text} {stop.name}", 1, room.line)).removeprefix(stop.text).lstrip(" ")


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
        slot, thick = _thicken(stop, scale, room), max(stop.value * scale, _THIN)
        above, middle = ends[stop.step] + down, ends[stop.step] + down + slot / 2
        spots.append(_Spot(middle - thick / 2, middle + thick / 2, above, above + slot))
        ends[stop.step] += down + slot + _GAP
        if into:
            left[into[0]] = wanted + into[1] * scale
    return spots


def _draw_stops(chart: FlowChart, spots: Sequence[_Spot], blank: FlowMark, room: _Room) -> Iterator[FlowMark]:
    """Step by step: its head and its stops; in a list below each other."""
    most = max((stop.value for stop in chart.stops), default=0) or 1
    row = 0
    for step, (name, counted) in enumerate(chart.steps):
        mine = [(stop, spot) for stop, spot in zip(chart.stops, spots, strict=True) if stop.step == step]
        head = blank._replace(label=name, counted=_break_long(counted), column=step, row=row * blank.high)
        yield head if mine else head._replace(row=-1)
        row += bool(mine)
        for stop, spot in mine:
            yield blank._replace(
                tip=stop.tip,
                text=stop.text,
                label=_break(stop, room),
                column=step,
                **spot._asdict(),
                row=row * blank.high,
                share=stop.value / most,
                number=1,
                colour=theme.COLOURS[stop.role],
            )
            row += 1


def _break_long(text: str) -> str:
    """A text over two lines, where it is longer than one as even as can be."""
    spaces = [n for n, sign in enumerate(text) if sign == " "]
    if not spaces or text_width(text, 1) <= _NARROWEST:
        return text
    at = min(spaces, key=lambda n: abs(n - len(text) / 2))
    return f"{text[:at]}|{text[at + 1 :]}"


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
        return alt.layer(*list(_draw_layers("em", 0.7 * _NARROWEST, _SLIDE_BOX))[:-1])
    em = "clamp(width / {}, {}, {})".format(*_EM)
    drawn = alt.layer(_draw_height(em), *_draw_layers(em, _NARROWEST, _BOX))
    return drawn.add_params(alt.param(name="on_paper", value=_ON_PAPER))


def _draw_height(em: str) -> alt.Chart:
    """What is not seen: how high the chart is, more where it is a long list."""
    is_list = f"width < ({em}) * {_NARROWEST} * domain('angle')[1]"
    steps = f"round({is_list} ? domain('size')[1] * {_HIGH_ROW} : {_HIGH})"
    made: alt.Chart = draw_unseen(alt.Chart(DATA).transform_filter("datum.rows")).encode(
        y=alt.Y("number:O", axis=None, scale=alt.Scale(padding=0, domain=alt.ExprRef(f"sequence({steps})"))),
        angle=alt.Angle("columns:Q", scale=NO_ROOM),
        size=alt.Size("rows:Q", scale=NO_ROOM, legend=None),
    )
    return made


def _draw_layers(em: str, narrowest: float, box: float) -> Iterator[alt.Chart]:
    """In `em`, the height of text, an expression: streams, stops, their words, and last what is counted."""
    base = calculate(_CALCULATED, em=em, narrowest=narrowest, box=box)
    streams = base.transform_filter("datum.is_stream && !datum.is_list").mark_area(aria=False, opacity=0.85)
    yield streams.encode(x=put_x("at_x"), y=put_y("at_y"), y2="to_y:Q", detail="number:N", color=COLOUR, tooltip=TIP)
    stops = base.transform_filter("!datum.is_stream && datum.number > 0")
    boxes = stops.transform_filter("!datum.is_list").mark_rect(aria=False, color=theme.TINT)
    yield boxes.encode(x=put_x("at_x"), x2="box_end:Q", y=put_y("box_top"), y2="box_bottom:Q", tooltip=TIP)
    bars = stops.mark_rect(aria=False).encode(x=put_x("at_x"), x2="bar_x:Q", y=put_y("bar_top"), y2="bar_end:Q")
    yield bars.encode(color=COLOUR, tooltip=TIP)
    words: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "aria": False,
        "lineBreak": "|",
        "lineHeight": alt.ExprRef(f"({em}) * {_LINE}"),
        "limit": alt.ExprRef("datum.word_room"),
    }
    text = stops.mark_text(**words, fontSize=alt.ExprRef(em))
    yield text.encode(x=put_x("word_x"), y=put_y("word_y"), text="words:N", tooltip=TIP)
    heads = base.transform_filter(
        "!datum.is_stream && datum.number == 0 && !datum.rows && (datum.row >= 0 || !datum.is_list)"
    )
    bold = heads.mark_text(**words, fontSize=alt.ExprRef(em), fontWeight="bold")
    yield bold.encode(x=put_x("at_x"), y=put_y("head_y"), text="label:N")
    small = heads.transform_filter("!datum.is_list").mark_text(
        **words, fontSize=alt.ExprRef(f"max(12, round(({em}) * 0.86))"), color=theme.QUIET
    )
    yield small.encode(x=put_x("at_x"), y=put_y("below_y"), text="counted:N")


def _cut_lines(text: str, size: float, width: float, *, is_bold: bool = False) -> str:
    return "|".join(cut_off(clean(line), size, width, is_bold) for line in text.split("|"))


def _fit_flow(marks: Sequence[FlowMark], width: int) -> list[FlowMark]:
    """The marks with words that fit their column, or the list."""
    part, least, most = _EM
    em, columns = min(max(width / part, least), most), marks[0].columns
    spare = (width - columns * em * _BOX) / max(columns - 1, 1)
    between = min(max(spare, 2 * em), 0.4 * width / columns)
    column = (width + between) / columns
    room = width if width < _NARROWEST * em * columns else column - between - 0.8 * em
    return [
        mark._replace(
            label=_cut_lines(mark.label, em, room, is_bold=not mark.number),
            counted=_cut_lines(mark.counted, em * 0.86, column),
        )
        for mark in marks
    ]


FORM = Form(
    "flow",
    _draw,
    alt.Step(_STEP),
    _flow_marks,
    _marks_for_presenter,
    _fit_flow,
    measure=lambda chart: Room(_HIGH * _STEP, _HIGH * _STEP),
)
