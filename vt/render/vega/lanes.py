"""What forms in rows share: a label beside what it names, or above it where that is narrow, and rows as high as needed.

All that stands below each other is measured in units: of so many pixels on a page, and of more where there are few
rows, which then fill the room of a card; of as many as fit on a slide.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import altair as alt

from vt.figures.chart import Rule
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off, text_width, wrap_text
from vt.render.vega.parts import CHART_SIZE, COLOUR, INK, NO_ROOM, TIP, Room, draw_unseen

_UNIT = 4  # pixels of a unit on a page
STEP = alt.Step(_UNIT)
CLOSE = _UNIT * 1.1  # the same where rows are as close as they can be
FONT = CHART_SIZE / _UNIT
BAR, GAP, LINE = 5, 3, 4  # units of a bar, between rows, and of a line of a label
FEWEST_ON_STAGE, MOST_ON_STAGE = 5 * (BAR + GAP), 8 * (BAR + GAP)  # units that fill a slide, and that a room can read
THIN, _CLOSER = 2.6, 0.6  # units of a bar below its label, and nearer to it than to the next
_LABEL = 19  # a line of a label at most, in its size
_NUMBER = 12  # a number with its name at most, in its size
_PHONE = 480  # pixels below which a chart fills no more than it needs
ROOMY = 700  # pixels of a chart as wide as the page
_HIGH, _HIGHEST = 76, 112  # steps that a chart fills, of half the page and of all of it
_TALLEST = 560  # pixels of a chart that fills the room beside a higher one
THICKEST = 6  # pixels of a unit of what is drawn
UNIT = "(height / domain('angle')[1])"
_SPACED = 0.12  # of its size, what a letter takes more where letters are set wider (WCAG 1.4.12)
_WIDER = 1.24  # how much wider a label of the most letters is then
_BESIDE = 8  # pixels between a label and its bar


class LaneMark(NamedTuple):
    """A heading (`label`), a segment from `start` to `end`, a rule at `line`, or, the first, the room that all need.

    `row` is the unit of its middle, `wide` and `narrow` how far from it the mark stands where labels stand beside and
    above what they name. Room: how many `units` high, and to where the axis reaches. `before` and `after` are widths in
    the size of type: of the label, or the number; of the number with its share. A part of a whole has a `name` in
    `ink`; it is so `high` beside its label and so `low` below it, as where there is less width than it `needs`.
    A dot at `line` has its number on a `side` of it, for which the axis begins so much later as the first mark `needs`,
    and a chart that fills the room beside a higher one is `low` units high at least.
    """

    row: int = 0
    label: str = ""
    series: str = ""
    start: float | None = None
    end: float | None = None
    colour: str = theme.PAPER
    text: str = ""
    share: str = ""
    wide: float = 0
    narrow: float = 0
    line: float | None = None
    is_norm: bool = False
    units: int | None = None
    limit: float | None = None
    before: float = 0
    after: float = 0
    tip: str = ""
    name: str = ""
    ink: str = theme.INK
    high: float = 0
    low: float = 0
    needs: float = 0
    side: str = ""
    place: str = ""


class Sizes(NamedTuple):
    """What differs between a page and a slide: type size, and where labels stand above what they name: below which
    width, or where they would take more than a part of it."""

    font: str
    edge: int
    for_room: bool = False
    most: float = 0.5
    roomiest: float = 3.7  # how many times as high as needed a chart is at most
    high: int = _HIGH  # steps that it fills of half the page

    @property
    def label(self) -> str:
        """What the widest label takes: on a slide also where letters are set wider (WCAG 1.4.12); on a page a chart is
        then moved by as much (vt/web/assets/site.css)."""
        return f"domain('size')[1] * {self.font}{f' * {_WIDER}' if self.for_room else ''}"

    @property
    def narrow(self) -> str:
        """Whether labels stand above what they name."""
        return f"(width < {self.edge} || {self.label} > width * {self.most})"

    @property
    def below(self) -> str:
        """The same of a mark that may need more width."""
        return f"({self.narrow} || width < datum.needs * {self.font})"

    @property
    def left(self) -> str:
        """Where what is named begins: what room labels need is the domain of a scale, for a spec does not name data."""
        room = f"{self.label} + {_BESIDE}"
        return f"({self.narrow} || !domain('size')[1] ? 0 : min({room}, width * 0.5))"

    @property
    def right(self) -> str:
        """Where the axis ends."""
        return f"width - domain('strokeWidth')[1] * {self.font}"

    @property
    def steps(self) -> str:
        """How many steps high the chart is: a step is a unit, until there are so few that more room is filled."""
        units = "domain('angle')[1]"
        if self.for_room:
            return units
        beside = "(domain('strokeOpacity')[1] || 0)"
        filled = f"(width < {_PHONE} ? 0 : max({beside}, width < {ROOMY} ? {self.high} : {_HIGHEST}))"
        return f"round({units} * clamp({filled} / {units}, 1, {self.roomiest}))"

    def thicken(self, units: str, most: str = str(THICKEST)) -> str:
        """So many units, no thicker than a bar may be."""
        return f"{units} * {UNIT}" if self.for_room else f"{units} * min({UNIT}, {most})"


ON_PAGE = Sizes(str(CHART_SIZE), _PHONE)
ON_STAGE = Sizes(f"max(13, min(bandwidth('y') * {BAR - 0.5}, em * 1.05))", 560, for_room=True)


def find_height(label: str, count: int) -> int:
    """The units of a row of so many bars, below their label where that stands above them."""
    return max(1, count) * BAR + GAP + LINE * max(0, len(_break_label(label)) - 1)


def put_label(label: str, top: int, high: int, place: str = "") -> Iterator[LaneMark]:
    """The label of a row, which can be clicked where it is of a place."""
    lines = _break_label(label)
    if lines:
        mark = LaneMark(label="|".join(lines), before=max(text_width(line, 1) for line in lines), place=place)
        yield put(mark, top + high / 2, top + len(lines) * LINE / 2)


def find_middle(label: str, top: int, high: int, at: int, count: int) -> tuple[float, float]:
    """Where bar `at` of a row of `count` stands: beside its label, and below it."""
    room = high - len(_break_label(label)) * LINE
    return top + high / 2 + (at + 0.5 - count / 2) * BAR, top + high - (count - at - 0.5) * room / count - _CLOSER


def put(mark: LaneMark, wide: float, narrow: float) -> LaneMark:
    """The mark with its middle so many units from the top."""
    row = int(wide)
    return mark._replace(row=row, wide=wide - row - 0.5, narrow=narrow - row - 0.5)


def put_number(mark: LaneMark, text: str, share: str) -> LaneMark:
    """The mark with its number."""
    text, share = cut_off(clean(text), 1, _NUMBER, is_bold=True), cut_off(clean(share), 1, _NUMBER)
    number = measure(text, is_bold=True)
    return mark._replace(text=text, share=share, before=number, after=number + measure(share) + 1)


def put_norm(norm: Rule) -> LaneMark:
    """A value that all bars have to reach."""
    return LaneMark(series=norm.label, colour=theme.COLOURS[norm.role], line=norm.value, is_norm=True)


def put_name(rule: Rule) -> LaneMark:
    """The name of a norm, above its line."""
    name = cut_off(clean(rule.label), 1, _NUMBER)
    return put(LaneMark(name=name, line=rule.value), LINE / 2, LINE / 2)


def make_room(marks: Sequence[LaneMark], units: int, limit: float) -> list[LaneMark]:
    """The marks after what room they need."""
    before = max((mark.before for mark in marks if mark.label), default=0)
    after = max((mark.after for mark in marks), default=0)
    return [LaneMark(units=units, limit=limit, before=before, after=after), *marks] if marks else []


def measure_high(marks: Sequence[LaneMark], high: int = _HIGH) -> Room:
    """How high a chart is, unless another stands beside it."""
    units = marks[0].units or 0 if marks else 0
    half, wide = (round(min(max(units, most), units * ON_PAGE.roomiest)) * _UNIT for most in (high, _HIGHEST))
    return Room(half, wide)


def fill(first: LaneMark, room: Room) -> LaneMark:
    """The first mark of a chart that is so high."""
    return first._replace(low=min(room.half, _TALLEST) // _UNIT)


def make_room_around(marks: Sequence[LaneMark]) -> list[LaneMark]:
    """A few bars in the middle of a slide, which would else be as thick as they are long."""
    spare = max([0, *(FEWEST_ON_STAGE - mark.units for mark in marks if mark.units)])
    moved = (mark._replace(row=mark.row + spare // 2) for mark in marks)
    return [mark._replace(units=mark.units + spare) if mark.units else mark for mark in moved]


def measure(text: str, is_bold: bool = False) -> float:
    """How wide a text is in its size, also where letters are set wider."""
    return text_width(text, 1, is_bold) + _SPACED * len(text)


def _break_label(label: str) -> list[str]:
    return wrap_text(clean(label.replace("|", " ")), 1, _LABEL) if label else []


# --- what is drawn ---------------------------------------------------------------------------------------------------


def place(base: alt.Chart, sizes: Sizes) -> alt.Chart:
    """The chart with every step of its height."""
    steps = alt.Scale(padding=0, domain=alt.ExprRef(f"sequence({sizes.steps})"))
    placed: alt.Chart = base.encode(y=alt.Y("row:O", axis=None, scale=steps))
    return placed


def move(sizes: Sizes) -> dict[str, Any]:
    """How far from the step of its row a mark stands: at its unit."""
    at = f"datum.row + 0.5 + ({sizes.below} ? datum.narrow : datum.wide)"
    return {"yOffset": alt.ExprRef(f"({at}) * {UNIT} - (datum.row + 0.5) * bandwidth('y')"), "aria": False}


def draw_room(placed: alt.Chart, sizes: Sizes) -> alt.Chart:
    """What is not seen: the scales that hold what room there must be."""
    origin = f"{sizes.left} + domain('fillOpacity')[1] * {sizes.font}"
    across = alt.Scale(nice=False, zero=True, range=[{"expr": origin}, {"expr": sizes.right}])
    made: alt.Chart = draw_unseen(placed.transform_filter("datum.units")).encode(
        x=alt.X("limit:Q", axis=None, scale=across),
        angle=alt.Angle("units:Q", scale=NO_ROOM),
        size=alt.Size("before:Q", scale=NO_ROOM, legend=None),
        strokeWidth=alt.StrokeWidth("after:Q", scale=NO_ROOM, legend=None),
        fillOpacity=alt.FillOpacity("needs:Q", scale=NO_ROOM, legend=None),
        strokeOpacity=alt.StrokeOpacity("low:Q", scale=NO_ROOM, legend=None),
    )
    return made


def draw_norms(base: alt.Chart) -> alt.Chart:
    """A norm is a whole line, from below its name."""
    lines = base.transform_filter("isValid(datum.line) && !datum.name && datum.is_norm").mark_rule(
        strokeWidth=2, aria=False
    )
    top = alt.value(alt.ExprRef(f"{UNIT} * (datum.row + {LINE})"))
    made: alt.Chart = lines.encode(x="line:Q", color=COLOUR, y=top, y2=alt.value("height"))
    return made


def draw_labels(placed: alt.Chart, sizes: Sizes) -> Iterator[alt.Chart]:
    """The labels, on ground that hides a rule behind them."""
    font, narrow, labels = sizes.font, sizes.narrow, placed.transform_filter("datum.label")
    lines, leading = "length(split(datum.label, '|'))", f"{font} * {LINE / FONT:.3f}"
    high = f"{narrow} ? {lines} * {LINE} * {UNIT} : 0"
    down = f"({narrow} ? {lines} * max(0, {LINE} * {UNIT} - {leading}) / 2 : 0)"  # to what it names
    yield labels.mark_rule(color=theme.PAPER, strokeWidth=alt.ExprRef(high), tooltip=None, **move(sizes)).encode(
        x=alt.value(alt.ExprRef(f"({high}) / 2")), x2=alt.value(alt.ExprRef(f"datum.before * {font} - ({high}) / 2"))
    )
    yield labels.mark_text(
        align=alt.ExprRef(f"{narrow} ? 'left' : 'right'"),
        lineBreak="|",
        lineHeight=alt.ExprRef(leading),
        dy=alt.ExprRef(f"(1 - {lines}) * {leading} / 2 + {down}"),
        **set_type(sizes),
    ).encode(
        x=alt.value(alt.ExprRef(f"{narrow} ? 0 : {sizes.left} - {_BESIDE}")),
        text="label:N",
        tooltip=TIP,  # it says nothing, but what has none cannot be clicked
    )


def draw_numbers(placed: alt.Chart, sizes: Sizes) -> Iterator[alt.Chart]:
    """The number at the end of each bar with its share after it, on ground that hides a rule behind them."""
    font, numbers = sizes.font, placed.transform_filter("datum.text && !datum.is_norm").encode(x="end:Q")
    away, looks, gap = move(sizes), set_type(sizes), f"{font} * 0.4"
    whole = alt.ExprRef(f"(datum.after - 0.7) * {font}")  # Vega counts half a line's width at its ends
    yield numbers.mark_rule(
        color=theme.PAPER, strokeWidth=alt.ExprRef(font), xOffset=2, x2Offset=whole, tooltip=None, **away
    ).encode(x2="end:Q")
    yield numbers.mark_text(align="left", dx=alt.ExprRef(gap), fontWeight="bold", **looks).encode(text="text:N")
    after = alt.ExprRef(f"{gap} * 2 + datum.before * {font}")
    yield (
        numbers.transform_filter("datum.share")
        .mark_text(align="left", dx=after, color=theme.QUIET, **looks)
        .encode(text="share:N")
    )


def draw_held(placed: alt.Chart, sizes: Sizes) -> Iterator[alt.Chart]:
    """Of bars that are held against a norm: the number within, how far it is at the right, and the name of the line."""
    looks, held = set_type(sizes), placed.transform_filter("datum.is_norm && datum.text").encode(x="end:Q")
    room, short = f"(scale('x', datum.end) - scale('x', 0)) / {sizes.font}", "peek(split(datum.text, ': '))"
    inside = f"{room} > datum.before + 0.8 ? datum.text : {room} > 3 ? {short} : ''"
    gap = f"{sizes.font} * 0.4"
    yield held.mark_text(
        align="right", dx=alt.ExprRef(f"-{gap}"), fontWeight="bold", text=alt.ExprRef(inside), **looks
    ).encode(color=INK)
    yield held.mark_text(
        align="left", dx=alt.ExprRef(gap), fontWeight="bold", text=alt.ExprRef(f"{room} > 3 ? '' : {short}"), **looks
    )
    yield held.mark_text(align="right", color=theme.QUIET, **looks).encode(x=alt.value("width"), text="share:N")
    yield placed.transform_filter("datum.name").mark_text(fontWeight="bold", **looks).encode(x="line:Q", text="name:N")


def set_type(sizes: Sizes) -> dict[str, Any]:
    """How all words are set."""
    return {"baseline": "middle", "fontSize": alt.ExprRef(sizes.font), "limit": 10_000, **move(sizes)}
