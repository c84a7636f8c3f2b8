"""One number, large, and a line to it from that of the year before, or from the first of more, on a scale from zero.

A count by itself that is small enough has as many dots, in tens.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import GEWELD_ROLES, Bar, NumberChart, Role
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width
from vt.render.vega.lanes import ROOMY, measure
from vt.render.vega.parts import COLOUR, DATA, INK, NO_ROOM, TIP, Form, Layers, Room, draw_unseen

_EM = 14  # pixels on a page
_MOST = 18  # what a text takes at most, in the size of type
_HIGH = 22  # lines of text that a chart is high
_LINE_HIGH, _LEAST = 12, 9  # the same on a phone: beside a line, and by itself
_LOW = 200  # pixels that numbers alone are high, where nobody says what they need
_TALLEST = 448  # pixels beside a higher chart, at most
_PHONE = 360  # pixels of a chart: of three in a row it is wider
_BIG, _ALONE = 5, 7  # lines that its number is high, beside a picture or not
_LONGEST = 6  # what the number takes at most, in its own size: 1.234.567*
_LINE = 8.5  # what the line needs, in the size of type: on a phone the number is smaller for it
_BESIDE = 4  # left of the first point of a line by itself, in the size of type
_YEAR = 2.9  # what each year below a line of more than two needs, in the size of type
_PERIOD = 8  # what the name of a period takes at most: 2e kwartaal 2021
_DOTS, _TEN = 100, 10  # the most that are drawn, and how many stand in a row
_WIDEST, _WIDE = 2.05, 1.6  # how wide one is, and of many numbers or on a phone, in the size of type
_WIDEST_ON_STAGE = 2.2
_UNDER = 1.4  # what is below the middle of the dots and the number, in the size of type
_SIGN = 2  # lines of text that a sign is high
_NARROW = 0.97  # digits on screen beside those that text is measured in


class NumberMark(NamedTuple):
    """The number, so `high`, in its `ink` with what differs (`wide` in its size) and the `sign` behind it, which begins
    `after` it; a point of the line; or a `dot`, counted from 0, of `dots`.

    A point is at `step` of the line, from 0 to 1, the `nth` from its end, of `steps`; of the first and the last the
    number stands there, `under` it where the line would go through it. The line is broken where the `run` is another.
    With the number: how many pixels `low` the chart is on a phone, and to `fill` a row, or one that is `roomy`.
    """

    text: str
    big: str = ""
    sign: str = ""
    after: float = 0
    change: str = ""
    wide: float = 0
    high: float = 0
    step: float | None = None
    nth: int = 0
    steps: int = 1
    run: int = 0
    under: bool = False
    value: float | None = None
    year: str = ""
    dot: int | None = None
    dots: int = 0
    colour: str = theme.PAPER
    ink: str = theme.ACCENT
    tip: str = ""
    low: int = 0
    fill: int = 0
    roomy: int = 0


def _number_marks(chart: NumberChart) -> list[NumberMark]:
    """The number, and the points that are not hidden."""
    change, big = cut_off(clean(chart.change), 1, _MOST), cut_off(clean(chart.now.text), 1, _LONGEST)
    role = next((segment.role for segment in chart.now.segments if segment.length), Role.THIS)
    ink = theme.COLOURS[role if role in GEWELD_ROLES else Role.THIS]
    drawn = list(_draw_points(chart) if chart.before else _count_out(chart.now, ink))
    high = _BIG if drawn else _ALONE
    after, sign = _NARROW * text_width(big, high, is_bold=True), clean(chart.sign)
    wide = max(after + measure(sign) * _SIGN, measure(change)) + 3
    low = _measure(chart, drawn, _WIDE)
    dots = 0 if chart.before else len(drawn)
    number = NumberMark("", big, sign, after, change=change, wide=wide, high=high, ink=ink, dots=dots, low=low)
    return [number, *drawn]


def _measure(chart: NumberChart, drawn: Sequence[NumberMark], widest: float) -> int:
    """How many pixels its line, its dots or its number by itself take."""
    lines = _LINE_HIGH if chart.before else max(_LEAST, ceil(len(drawn) / _TEN) * widest + _UNDER)
    return round(lines * _EM)


def measure_bare(chart: NumberChart) -> int:
    """How many pixels high it has to be among many."""
    return _measure(chart, _number_marks(chart)[1:], _WIDE)


def _fill(number: NumberMark, room: Room) -> NumberMark:
    return number._replace(fill=room.half, roomy=room.wide)


def _fill_beside(number: NumberMark, room: Room) -> NumberMark:
    """A line can be higher; a number by itself is no larger for it."""
    half, wide = (min(max(pixels, _EM * _HIGH), _TALLEST) for pixels in room)
    return _fill(number, Room(half, wide)) if number.high == _BIG and not number.dots else number


def _count_out(bar: Bar, ink: str) -> Iterator[NumberMark]:
    """A dot for each of what was counted; none where that is not a whole number, or not known."""
    if not bar.is_hidden and bar.length == int(bar.length) <= _DOTS and bar.text == str(int(bar.length)):
        count = int(bar.length)
        yield from (NumberMark("", dot=at, dots=count, colour=ink, tip=bar.tip) for at in range(count))


def _number_marks_for_presenter(chart: NumberChart) -> tuple[list[NumberMark], int]:
    """The line or the dots alone: the number is text beside it, as large as the slide."""
    points = list(_draw_points(chart) if chart.before else _count_out(chart.now, theme.COLOURS[Role.THIS]))
    return [NumberMark("", wide=_BESIDE), *points] if points else [], 0


def _draw_points(chart: NumberChart) -> Iterator[NumberMark]:
    bars = chart.bars if chart.before else ()
    steps, most = len(bars) - 1, max((bar.length for bar in bars), default=0)
    for at, bar in enumerate(bars):
        segment = bar.segments[0] if bar.segments else None
        if segment is None or segment.value is not None:
            beside = bars[1 if at == 0 else at - 1].length or bar.length
            yield NumberMark(
                cut_off(clean(bar.text), 1, _MOST / 2.5) if at in (0, steps) else "",
                step=at / steps,
                nth=steps - at,
                steps=steps,
                run=sum(earlier.is_hidden for earlier in bars[:at]),
                under=bool(chart.earlier) and beside > bar.length > most / 4,
                value=bar.length,
                year=cut_off(clean(bar.name), 1, _PERIOD),
                colour=theme.COLOURS[segment.role] if segment else theme.QUIET,
                tip=bar.tip,
            )


def _draw(for_room: bool) -> Layers:
    em, longest = ("em", "width") if for_room else (str(_EM), f"{_EM} * 26")  # how long the line is at most
    base = alt.Chart(DATA)
    looks: dict[str, Any] = {"aria": False, "limit": 10_000, "fontSize": alt.ExprRef(em)}
    smaller = f"min(1, (width - {em} * {4.5 + _LINE}) / (domain('size')[1] * {em}))"
    first = f"domain('size')[1] * {em} * {smaller}"
    last = f"min(width - {em} * 4.5, {first} + {longest})"
    across = alt.Scale(domain=[0, 1], nice=False, range=[{"expr": first}, {"expr": last}])
    up = alt.Scale(zero=True, nice=False, range=[{"expr": f"height - {em} * 1.9"}, {"expr": f"{em} * 1.7"}])
    big = base.transform_filter("datum.big")
    points = base.transform_filter("isValid(datum.value)").encode(
        x=alt.X("step:Q", axis=None, scale=across), y=alt.Y("value:Q", axis=None, scale=up, stack=None)
    )
    below = alt.value(alt.ExprRef(f"height - {em} * 0.5"))
    apart = f"({last} - {first}) / datum.steps"
    year = f"datum.nth % datum.steps === 0 || {apart} > {em} * {_YEAR} ? datum.year : ''"
    beside = alt.ExprRef(f"{em} * (datum.under ? 1.1 : -0.95)")
    dots, widest = base.transform_filter("isValid(datum.dot)"), _WIDEST_ON_STAGE if for_room else _WIDEST
    return alt.layer(
        _draw_room(base),
        points.mark_area(color=theme.TINT, aria=False, tooltip=None).encode(detail="run:N"),
        _draw_dots(dots, em, widest, for_room=for_room),
        points.mark_line(strokeWidth=alt.ExprRef(f"{em} * 0.18"), color=theme.EDGE, aria=False, tooltip=None).encode(
            detail="run:N"
        ),
        points.mark_point(filled=True, opacity=1, size=alt.ExprRef(f"{em} * {em} * 0.45"), aria=False).encode(
            color=COLOUR, tooltip=TIP
        ),
        points.mark_text(dy=beside, fontWeight="bold", **looks).encode(text="text:N"),
        points.mark_text(color=theme.QUIET, text=alt.ExprRef(year), **looks).encode(y=below),
        *_draw_big(big, em, smaller),
    )


def _draw_bare(for_room: bool) -> Layers:
    """A number alone on a page, as high as those beside it need."""
    em, base = str(_EM), alt.Chart(DATA)
    smaller = f"min(1, (width - {em} * {4.5 + _LINE}) / (domain('size')[1] * {em}))"
    dots, big = base.transform_filter("isValid(datum.dot)"), base.transform_filter("datum.big")
    dotted = _draw_dots(dots, em, _WIDE, for_room=for_room)
    return alt.layer(_draw_room(base), dotted, *_draw_big(big, em, smaller))


def _draw_room(base: alt.Chart) -> alt.Chart:
    """What is not seen: how much room the number takes, and how high the chart is on a phone and in its row."""
    made: alt.Chart = draw_unseen(base.transform_filter("datum.wide")).encode(
        x=alt.value(0),
        y=alt.value(0),
        size=alt.Size("wide:Q", scale=NO_ROOM, legend=None),
        angle=alt.Angle("low:Q", scale=NO_ROOM),
        strokeOpacity=alt.StrokeOpacity("fill:Q", scale=NO_ROOM, legend=None),
        strokeWidth=alt.StrokeWidth("roomy:Q", scale=NO_ROOM, legend=None),
    )
    return made


def _draw_dots(dots: alt.Chart, em: str, widest: float, *, for_room: bool) -> alt.Chart:
    """Tens below each other, each dot as large as those of another number."""
    rows = _TEN if for_room else f"ceil(datum.dots / {_TEN})"
    left = f"domain('size')[1] * {em}"
    high = f"(height - {em} * {_UNDER})"  # the middle of the number beside them too
    step = f"min({em} * {widest}, {high} / {rows}, (width - {left}) / {_TEN})"
    x = f"{left} + (datum.dot % {_TEN} + 0.5) * {step}"
    y = f"{high} / 2 + (floor(datum.dot / {_TEN}) + 0.5 - ceil(datum.dots / {_TEN}) / 2) * {step}"
    drawn = dots.mark_point(filled=True, opacity=1, aria=False, size=alt.ExprRef(f"pow({step} * 0.75, 2)"))
    made: alt.Chart = drawn.encode(x=alt.value(alt.ExprRef(x)), y=alt.value(alt.ExprRef(y)), color=COLOUR, tooltip=TIP)
    return made


def _draw_big(big: alt.Chart, em: str, smaller: str) -> Iterator[alt.Chart]:
    size, sign = (alt.ExprRef(f"{em} * {high} * {smaller}") for high in ("datum.high", _SIGN))
    looks: dict[str, Any] = {"align": "left", "fontWeight": "bold", "aria": False}
    y = f"(height - {em} * 1.4) / 2"
    number = big.mark_text(baseline="middle", fontSize=size, **looks)
    yield number.encode(x=alt.value(0), y=alt.value(alt.ExprRef(y)), text="big:N", color=INK)
    under = alt.ExprRef(f"{y} + {em} * (datum.high * {smaller} * 0.5 + 1.4)")
    change = big.mark_text(align="left", color=theme.INK, fontSize=alt.ExprRef(em), aria=False, limit=10_000)
    yield change.encode(x=alt.value(0), y=alt.value(under), text="change:N")
    # A capital is 0.66 of its size high.
    top, behind = (
        alt.ExprRef(f"{y} - {em} * datum.high * {smaller} * 0.33"),
        alt.ExprRef(f"datum.after * {em} * {smaller}"),
    )
    signs = big.transform_filter("datum.sign").mark_text(baseline="top", fontSize=sign, color=theme.DOUBT, **looks)
    yield signs.encode(x=alt.value(behind), y=alt.value(top), text="sign:N")


_PIXELS = f"(width < {_PHONE} ? domain('angle') : width < {ROOMY} ? domain('strokeOpacity') : domain('strokeWidth'))[1]"
FORM = Form(
    "number",
    _draw,
    _EM * _HIGH,
    _number_marks,
    _number_marks_for_presenter,
    on_screen=f"{_PIXELS} || {_EM * _HIGH}",
    measure=lambda chart: Room(_EM * _HIGH, _EM * _HIGH),
    fill=_fill_beside,
)
BARE = Form(
    "number-alone",
    _draw_bare,
    _LOW,
    _number_marks,
    _number_marks_for_presenter,
    on_screen=f"{_PIXELS} || {_LOW}",
    fill=_fill,
)
