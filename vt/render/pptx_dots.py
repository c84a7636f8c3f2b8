"""Dots as a scatter chart that PowerPoint itself draws and can edit: a swarm of places, two years of each, a funnel.

Behind it is a sheet with x and y of every dot and its text. A line is two dots joined, which the sheet
takes from those that it joins: it follows them. Words that belong to no dot are those of dots that are not seen.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import floor, log10
from typing import Any, NamedTuple

import xlsxwriter
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter.worksheet import Worksheet

from vt.figures import wording
from vt.figures.chart import Bar, Chart, DotStrip, Funnel, PairChart, Role, Spot
from vt.figures.deck import FEW
from vt.figures.figure import Figure
from vt.figures.wording import clean
from vt.render import theme
from vt.render.pptx_chart import (
    DUTCH,
    describe_shape,
    draw_marker,
    dress_chart,
    fill_part,
    point_to_texts,
    put_chart,
)
from vt.render.pptx_sheet import OPTIONS, SHEET
from vt.render.pptx_theme import FONT, Box, Drawn, name_colour, paint
from vt.render.text import text_width
from vt.render.vega.dots import arrange

_OF_FEW, _LARGEST, _LEAST = 18.0, 14.0, 8.0
_MOST_LABEL = 0.42  # of the width
_SWARM, _ROW = 40, 1.6  # dots beside each other, and how many the height of a name is
_RIGHT, _LEFT, _ABOVE, _BELOW = "r", "l", "t", "b"


class Dot(NamedTuple):
    """A dot with the text beside it, on a side; `of` names the series whose nth dot it is the same as."""

    x: float
    y: float
    text: str = ""
    side: str = _RIGHT
    of: tuple[str, int] | None = None


@dataclass(frozen=True)
class Dots:
    """Dots of one look, as large as `size` in points; not seen without a role. Joined where `is_line`."""

    name: str
    dots: tuple[Dot, ...]
    role: Role | None = None
    size: int = 9
    is_line: bool = False
    is_dashed: bool = False
    is_bold: bool = False


class Axis(NamedTuple):
    """From where to where an axis goes; its `step` and number format where it is seen."""

    low: float
    high: float
    step: float = 0
    format: str = ""
    is_log: bool = False


@dataclass(frozen=True)
class Scatter:
    """Dots on two axes; `left` is the part of the chart that stands beside them."""

    series: tuple[Dots, ...]
    across: Axis
    up: Axis
    size: float
    left: float


def plan_dots(figure: Figure, box: Box) -> Scatter | None:
    """The dots that a figure becomes in a box; None where it is of another form, or has too many rows."""
    plan = _PLANS.get(type(figure.chart))
    return plan(figure, figure.chart, box) if plan else None


def add_dots(slide: Slide, figure: Figure, made: Scatter, box: Box) -> None:
    """The dots in the box, with the alt text of the figure."""
    data = XyChartData()
    for series in made.series:
        column = data.add_series(series.name)
        for dot in series.dots:
            column.add_data_point(dot.x, dot.y)
    frame = put_chart(slide, XL_CHART_TYPE.XY_SCATTER, data, _write_sheet(made.series), box)
    _format_axis(frame.chart.category_axis, made.across)
    _format_axis(frame.chart.value_axis, made.up)
    foot = 0.1 if made.across.format else 0.0
    dress_chart(frame.chart, made.size, Box(made.left, 0.02, 0.98 - made.left, 0.96 - foot))
    drawn = zip(made.series, frame.chart.plots[0].series, _list_rows(made.series), strict=True)
    for series, dots, row in drawn:
        _format_dots(dots, series, made.size, row + 1)
    describe_shape(frame, "Grafiek", figure.alt)


# --- what is in the chart --------------------------------------------------------------------------------------------


def _plan_pairs(figure: Figure, chart: PairChart, box: Box) -> Scatter | None:
    """Two dots per row with a line between them, not of a few; a hidden number is no dot, and said at the right."""
    if len(chart.rows) <= FEW:
        return None
    labels = [clean(row.label) for row in chart.rows]
    size = _find_size(labels, box)
    if size < _LEAST:
        return None
    rows = [(row, float(len(labels) - n)) for n, row in enumerate(chart.rows)]
    now = {n: _pair_dot(row.now, row.before, y) for n, (row, y) in enumerate(rows) if not row.now.is_hidden}
    before = {
        n: _pair_dot(row.before, row.now, y)
        for n, (row, y) in enumerate(rows)
        if row.before and not row.before.is_hidden
    }
    widest = _widest(labels, size)
    said = [(y, clean(row.change or _name_hidden((row.before, row.now)))) for row, y in rows]
    dots, wide = [*now.values(), *before.values()], box.width - widest
    right = _widest([dot.text for dot in dots if dot.side == _RIGHT], size) + _widest([text for _, text in said], size)
    low, most = _find_ends(dots, chart.as_bars.reach * wide / max(wide - right - size, wide / 3), wide, size)
    series = (
        Dots("Rij", tuple(Dot(low, y, label, _LEFT) for label, (_, y) in zip(labels, rows, strict=True))),
        *_draw_pairs(figure, chart, now, before),
        Dots("Verschil", tuple(Dot(most, y, text, _LEFT) for y, text in said if text)),
    )
    edge = (most - low) / 500  # what is on the end of an axis may be left out
    across, up = Axis(low - edge, most + edge), Axis(0.4, len(labels) + 0.6)
    return Scatter(_drop_empty(series), across, up, size, widest / box.width)


def _find_size(labels: Sequence[str], box: Box) -> float:
    """The type size at which all rows fit, and the longest label beside its dots; larger where there are few."""
    pitch = box.height / max(1, len(labels))
    size = min(_OF_FEW, max(_LARGEST, pitch * 0.25), pitch * 0.55)
    return size * min(1, _MOST_LABEL * box.width / _widest(labels, size))


def _widest(labels: Sequence[str], size: float) -> float:
    return max((text_width(label, size) for label in labels), default=0) + 12


def _draw_pairs(figure: Figure, chart: PairChart, now: Mapping[int, Dot], before: Mapping[int, Dot]) -> Iterator[Dots]:
    """The lines, what is not certain, and the dots, those of the year before first."""
    year = next((row.before.name for row in chart.rows if row.before), "")
    shown = [Dots(clean(year) or "Eerder", tuple(before.values()), Role.YEAR_BEFORE, 12)]
    shown += _part_by_role(figure, chart, now)
    for n, row in enumerate(chart.rows):
        if n in now and n in before:
            ends = _same(before[n], shown), _same(now[n], shown)
            yield Dots(f"{clean(row.label)} (lijn)", ends, Role.YEAR_BEFORE, is_line=True)
        if n in now and row.now.length > now[n].x:
            ends = _same(now[n], shown), Dot(row.now.length, now[n].y)
            yield Dots(f"{clean(row.label)} (tot)", ends, Role.UNCERTAIN, is_line=True)
    yield from shown


def _find_ends(dots: Sequence[Dot], most: float, width: float, size: float) -> tuple[float, float]:
    """Where the axis begins, so that a number left of its dot has room, and where it ends."""
    each = most / width
    starts = (dot.x - (text_width(dot.text, size, is_bold=True) + 14) * each for dot in dots if dot.side == _LEFT)
    return min([0.0, *starts]), most


def _part_by_role(figure: Figure, chart: PairChart, now: Mapping[int, Dot]) -> list[Dots]:
    """The dots of now, a series for each meaning."""
    roles = {n: next((s.role for s in chart.rows[n].now.segments), Role.THIS) for n in now}
    names, year = dict(figure.legend), chart.rows[0].now.name or "Nu"
    return [
        Dots(
            clean(year if len(set(roles.values())) == 1 else f"{year}, {names.get(role, role)}"),
            tuple(dot for n, dot in now.items() if roles[n] is role),
            role,
            is_bold=True,
        )
        for role in dict.fromkeys(roles.values())
    ]


def _same(dot: Dot, shown: Sequence[Dots]) -> Dot:
    """The end of a line at a dot of one of these series."""
    name, at = next((one.name, one.dots.index(dot)) for one in shown if dot in one.dots)
    return dot._replace(text="", of=(name, at))


def _pair_dot(bar: Bar, other: Bar | None, y: float) -> Dot:
    """A dot whose text is on the side where the other is not."""
    at, found = bar.least, None if other is None or other.is_hidden else other.least
    role = bar.segments[0].role if bar.segments else None
    is_first = found is not None and (at < found or (at == found and role is not Role.YEAR_BEFORE))
    return Dot(at, y, clean(bar.text), _LEFT if is_first else _RIGHT)


def _name_hidden(bars: Sequence[Bar | None]) -> str:
    return ", ".join(f"{bar.name}: {bar.text}" for bar in bars if bar and bar.is_hidden)


def _plan_strip(figure: Figure, chart: DotStrip, box: Box) -> Scatter | None:
    """A swarm, above it the names with a line down to their dots, below it those of the lines that cross it."""
    low, high = chart.ticks[0][0], chart.ticks[-1][0]
    spots = sorted(chart.spots, key=lambda spot: spot.role is not Role.THIS)
    levels = arrange([spot.value or 0 for spot in spots], (high - low) / _SWARM)
    half = max(map(abs, levels), default=0) + 1.5
    at = {spot.place: level for spot, level in zip(spots, levels, strict=True)}
    names = sorted(chart.named, key=lambda spot: spot.value or 0)
    lines = sorted(chart.rules, key=lambda rule: -rule.value)
    swarm = [
        Dots(clean(text), tuple(Dot(s.value or 0, at[s.place]) for s in reversed(spots) if s.role is role), role, 11)
        for role, text in reversed(figure.legend)
    ]
    middle = (low + high) / 2
    named = [
        _lead(spot.name, f"{spot.name} {spot.text}", spot.value or 0, middle, (half + _ROW * (n + 0.5), at[spot.place]))
        for n, spot in enumerate(reversed(names))
    ]
    crossing = [
        replace(
            _lead(rule.label, rule.said, rule.value, middle, (-half - _ROW * (n + 0.5), half)),
            role=rule.role,
            is_bold=False,
        )
        for n, rule in enumerate(lines)
    ]
    up = Axis(-half - _ROW * (len(lines) + 0.3), half + _ROW * (len(names) + 0.3))
    return Scatter(_drop_empty((*swarm, *crossing, *named)), _make_axis(chart.ticks), up, _LARGEST, 0.02)


def _lead(name: str, text: str, x: float, middle: float, heights: tuple[float, float]) -> Dots:
    """A line at a value from where its text stands, on the side where there is most room."""
    side, (first, last) = _RIGHT if x < middle else _LEFT, heights
    return Dots(clean(name), (Dot(x, first, clean(text), side), Dot(x, last)), Role.NORM, is_line=True, is_bold=True)


def _plan_funnel(figure: Figure, chart: Funnel, box: Box) -> Scatter | None:
    """Rates against inhabitants on a scale of tens, with the edges of what chance gives."""
    first, last = 10.0 ** floor(log10(chart.across[0][0])), chart.across[-1][0]
    low = Dots("Toeval, laagste", tuple(Dot(x, least) for x, least, _ in chart.band), Role.CHANCE, is_line=True)
    high = replace(low, name="Toeval, hoogste", dots=tuple(Dot(x, most) for x, _, most in chart.band))
    (rule,) = chart.rules
    ends = (Dot(chart.across[0][0], rule.value, clean(rule.said), _ABOVE), Dot(last, rule.value))
    line = Dots(clean(rule.label), ends, rule.role, is_line=True, is_dashed=True)
    across = Axis(first, last, 10, f"{DUTCH}#,##0", is_log=True)
    sides = _place_names(chart, across, box)
    dots = [
        Dots(
            clean(text),
            tuple(
                Dot(people, spot.value or 0, _name(spot) if spot.place in sides else "", sides.get(spot.place, _RIGHT))
                for people, spot in chart.spots
                if spot.role is role
            ),
            role,
        )
        for role, text in reversed(figure.legend)
        if role is not Role.CHANCE
    ]
    series = (low, high, line, *dots)
    return Scatter(_drop_empty(series), across, _make_axis(chart.up), _LARGEST, 0.07)


def _place_names(chart: Funnel, across: Axis, box: Box) -> dict[str, str]:
    """On which side of its dot each name stands, so that it meets no other and is whole."""

    def place(people: float, spot: Spot) -> tuple[float, float]:
        part = (log10(people) - log10(across.low)) / (log10(across.high) - log10(across.low))
        return part * box.width * 0.91, (1 - (spot.value or 0) / chart.up[-1][0]) * box.height * 0.86

    taken = [Box(x - 5, y - 5, 10, 10) for x, y in (place(*each) for each in chart.spots)]
    sides: dict[str, str] = {}
    for people, spot in chart.spots:
        if spot.place in chart.named:
            (x, y), wide = place(people, spot), text_width(_name(spot), _LARGEST) + 6
            boxes = {
                _RIGHT: Box(x + 6, y - 9, wide, 18),
                _LEFT: Box(x - 6 - wide, y - 9, wide, 18),
                _ABOVE: Box(x - wide / 2, y - 24, wide, 18),
                _BELOW: Box(x - wide / 2, y + 6, wide, 18),
            }
            free = (side for side, room in boxes.items() if _is_free(room, taken, box.width * 0.91))
            sides[spot.place] = next(free, _RIGHT)
            taken.append(boxes[sides[spot.place]])
    return sides


def _is_free(room: Box, taken: Sequence[Box], width: float) -> bool:
    """Whether a text is within the chart and meets nothing."""
    return room.left >= 0 and room.left + room.width <= width and not any(_meet(room, other) for other in taken)


def _meet(one: Box, other: Box) -> bool:
    across = one.left < other.left + other.width and other.left < one.left + one.width
    return across and one.top < other.top + other.height and other.top < one.top + one.height


def _name(spot: Spot) -> str:
    return clean(f"{spot.name} {spot.text}")


def _make_axis(ticks: Sequence[tuple[float, str]]) -> Axis:
    (low, text), (second, _), *_ = ticks
    decimals = max(len(said.partition(",")[2].rstrip("%")) for _, said in ticks)
    sign = '"%"' if text.endswith("%") else ""
    return Axis(low, ticks[-1][0], second - low, f"{DUTCH}#,##0{'.' + '0' * decimals if decimals else ''}{sign}")


def _drop_empty(series: Sequence[Dots]) -> tuple[Dots, ...]:
    """Those with dots, the longest first: LibreOffice leaves out what stands before it."""
    return tuple(sorted((each for each in series if each.dots), key=lambda each: -len(each.dots)))


_PLANS: dict[type[Chart], Callable[[Figure, Any, Box], Scatter | None]] = {
    PairChart: _plan_pairs,
    DotStrip: _plan_strip,
    Funnel: _plan_funnel,
}


# --- how it is drawn -------------------------------------------------------------------------------------------------


def _write_sheet(series: Sequence[Dots]) -> bytes:
    """The sheet behind the chart: of each series its name, and below it x, y and text."""
    out = io.BytesIO()
    rows = {one.name: first for one, first in zip(series, _list_rows(series), strict=True)}
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(2, 2, 40)
        for one, first in zip(series, _list_rows(series), strict=True):
            for column, head in enumerate(("x", one.name, "tekst")):
                sheet.write_string(first - 1, column, head)
            for n, dot in enumerate(one.dots, first):
                _write_dot(sheet, n, dot, f"=A{rows[dot.of[0]] + dot.of[1] + 1}" if dot.of else "")
    return out.getvalue()


def _write_dot(sheet: Worksheet, row: int, dot: Dot, same: str) -> None:
    """x, y and text; the end of a line takes x from its dot, and a text that is its number follows it."""
    if same:
        sheet.write_formula(row, 0, same, None, dot.x)
    else:
        sheet.write_number(row, 0, dot.x)
    sheet.write_number(row, 1, dot.y)
    decimals = next((n for n in (0, 1, 2) if dot.text and wording.format_number(dot.x, n) == dot.text), None)
    if decimals is None:
        sheet.write_string(row, 2, dot.text)
    else:
        sheet.write_formula(row, 2, f"=FIXED(A{row + 1},{decimals})", None, dot.text)


def _list_rows(series: Sequence[Dots]) -> list[int]:
    """The row of the first dot of each series, from 0; between two is an empty row and a head."""
    return [*accumulate((len(one.dots) + 2 for one in series[:-1]), initial=1)]


def _format_axis(axis: Drawn, made: Axis) -> None:
    axis.minimum_scale, axis.maximum_scale = made.low, made.high
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    axis.has_major_gridlines = bool(made.format)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    if made.is_log:
        scaling = axis._element.find(qn("c:scaling"))
        scaling.insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))
    if not made.format:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.format.line.fill.background()
        return
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if not made.is_log:
        axis.major_unit = made.step
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = made.format, False
    for line in (axis.format.line, axis.major_gridlines.format.line):
        paint(line.color, theme.LINE)


def _format_dots(drawn: Drawn, series: Dots, size: float, row: int) -> None:
    """The look of the dots, and the texts at them; their first one is in this row of the sheet."""
    colour = theme.COLOURS[series.role] if series.role and series.role is not Role.CHANCE else theme.QUIET
    if series.role is None or series.is_line:
        drawn.marker.style = XL_MARKER_STYLE.NONE
    else:
        draw_marker(drawn.marker, colour, series.size)
        paint(drawn.marker.format.line.color, theme.PAPER)
        if series.role is Role.YEAR_BEFORE:  # an open dot is not seen in LibreOffice
            drawn.marker.style = XL_MARKER_STYLE.DIAMOND
    if series.is_line:
        paint(drawn.format.line.color, colour)
        drawn.format.line.width = Pt(1.5)
        drawn.format.line.dash_style = MSO_LINE.DASH if series.is_dashed else MSO_LINE.SOLID
    else:
        drawn.format.line.fill.background()
    texts = [(n, dot.text, dot.side) for n, dot in enumerate(series.dots) if dot.text]
    if texts:
        look = (round(size * 100), name_colour(theme.INK), FONT, series.is_bold)
        drawn._element._insert_dLbls(fill_part("labels", texts, *look, template="dots"))
        point_to_texts(drawn, "C", range(row, row + len(series.dots)), [(n, text) for n, text, _ in texts])
