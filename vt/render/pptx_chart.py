"""A figure as a chart that PowerPoint itself draws and can edit, with its numbers in the sheet behind it.

Bars are clustered where each has one segment, else stacked; the number of a stack stands at a series of its own, which
is not seen. Norms and reference values are the ends of unseen bars on a second axis, each closed by a thin segment:
they too are numbers in the sheet, and stay where they belong when the chart is made larger.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from vt.figures import wording
from vt.figures.chart import BarSegment, ColumnSegment
from vt.figures.common import ROOM_FOR_NUMBERS
from vt.figures.figure import Figure
from vt.render import theme
from vt.render.text import clean, text_width, wrap_text

if TYPE_CHECKING:
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide

Drawn = Any  # what python-pptx and lxml make: they have few types
FONT = "Arial"
WANTED_POINTS, LEAST_POINTS = 9, 6
MOST_CHARTS = 3
_LINE_HEIGHT = 1.2
_GAP, _GAP_OF_MANY, _GAP_IN_GROUP = 0.45, 0.6, 0.2
_LONG = 31
_SIZES = (16, 14, 13, 12, 11, 10, 9, 8, 7, LEAST_POINTS)
_PARTS = (0.2, 0.26, 0.32, 0.38, 0.44)
_MOST_PART = 0.64
_DUTCH = "[$-413]"
_FORMATS = (("#,##0", 0, ""), ('0"%"', 0, "%"), ("#,##0.0", 1, ""), ("#,##0.00", 2, ""))
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NAMES = f'xmlns:c="{_CHART}" xmlns:a="{_MAIN}"'
_SECOND = (50010, 50020)


class Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


class Point(NamedTuple):
    """A value of a series with its colour, and its number as text ('' where none stands at it)."""

    value: float
    colour: str
    text: str


@dataclass(frozen=True)
class Series:
    """A column of the sheet: a point or None per category. `names` puts its name before the numbers at its bars."""

    name: str
    points: tuple[Point | None, ...]
    is_drawn: bool = True
    names: bool = False


@dataclass(frozen=True)
class Mark:
    """A norm or reference value: what it is, its colour, and its value per category."""

    name: str
    colour: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Plan:
    """What a native chart holds. `most` is the least that its axis must reach; `is_grouped` has empty categories."""

    is_upright: bool
    is_stacked: bool
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    marks: tuple[Mark, ...] = ()
    most: float = 0
    is_grouped: bool = False

    @property
    def side_by_side(self) -> int:
        """How many bars stand at one category."""
        return 1 if self.is_stacked else max(1, len(self.series))

    @property
    def rows(self) -> float:
        """Its bars, and the room between categories counted as bars."""
        return len(self.categories) * (self.side_by_side + self.gap)

    @property
    def gap(self) -> float:
        """The room between two categories, in bars."""
        if self.is_grouped:
            return _GAP_IN_GROUP
        return _GAP if self.side_by_side == 1 else _GAP_OF_MANY


@dataclass(frozen=True)
class _Line:
    """A label, and the bars under it as their text and segments."""

    label: str
    bars: list[tuple[str, list[BarSegment]]] = field(default_factory=list)

    @property
    def norm(self) -> float | None:
        return next((segment.norm for _, bar in self.bars for segment in bar if segment.norm is not None), None)


def plan_charts(figure: Figure, height: float) -> list[Plan]:
    """The charts, side by side, that a figure becomes in this height in points; none where it has to be a picture."""
    if figure.form == "columns" and figure.marks:
        return [_columns(figure)]
    lines = _lines(figure.marks) if figure.form == "bars" else []
    if not lines:
        return []
    is_stacked = _needs_stacks(figure, lines)
    whole = _bars(figure, lines, is_stacked)
    count = max(1, -int(-whole.rows * WANTED_POINTS * _LINE_HEIGHT // height))
    if count > MOST_CHARTS and whole.rows * LEAST_POINTS * _LINE_HEIGHT > height * MOST_CHARTS:
        return []
    count = min(count, MOST_CHARTS)
    each = -(-len(lines) // count)
    made = [_bars(figure, lines[n : n + each], is_stacked) for n in range(0, len(lines), each)]
    return [replace(plan, most=max(other.most for other in made)) for plan in made]


def add_charts(slide: "Slide", figure: Figure, made: Sequence[Plan], box: Box) -> None:
    """The charts side by side in the box, on one scale and in one size, each with the alt text of the figure."""
    between = 14.0
    width = (box.width - between * (len(made) - 1)) / len(made)
    longest = max(made, key=lambda plan: plan.rows)
    tallest = shrink_to_content(longest, box._replace(width=width))
    rooms = [_room(plan, _share(tallest, plan, longest)) for plan in made]
    sizes, number_sizes, besides, ends = zip(*rooms, strict=True)
    room = _Room(min(sizes), min(number_sizes), max(besides), max(ends))
    for n, plan in enumerate(made):
        place = _share(tallest, plan, longest)._replace(left=box.left + n * (width + between))
        frame = _added(slide, plan, place, room)
        describe_shape(frame, f"Grafiek {n + 1}" if n else "Grafiek", f"{figure.alt} (vervolg)" if n else figure.alt)


def describe_shape(shape: Drawn, name: str, alt: str) -> None:
    """Gives a shape its name and alt text."""
    properties = find_elements(shape._element, ".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", clean(alt))


def find_elements(element: Drawn, path: str) -> list[Drawn]:
    """What an XPath finds in an element of a presentation."""
    from pptx.oxml.xmlchemy import BaseOxmlElement

    if isinstance(element, BaseOxmlElement):
        return list(element.xpath(path))
    spaces = {"a": _MAIN, "c": _CHART, "p": "http://schemas.openxmlformats.org/presentationml/2006/main"}
    return list(element.xpath(path, namespaces=spaces))


# --- text ------------------------------------------------------------------------------------------------------------


def lines_height(count: int, size: float) -> float:
    """The height of so many lines, in points."""
    return count * size * _LINE_HEIGHT


# --- what is in the chart --------------------------------------------------------------------------------------------


def _lines(marks: Iterable[Any]) -> list[_Line]:
    found: list[_Line] = []
    row = -1
    for mark in (mark for mark in marks if mark.line is None):
        if mark.start is None:
            found.append(_Line(clean(mark.label)))
            continue
        if mark.row != row:
            row = mark.row
            found[-1].bars.append((mark.text, []))
        found[-1].bars[-1][1].append(mark)
    return found


def _needs_stacks(figure: Figure, lines: Sequence[_Line]) -> bool:
    """Whether a bar has parts or bounds, or several bars under one label have a mark that must cross them."""
    is_marked = any(
        mark.line is not None or mark.norm is not None for mark in figure.marks if isinstance(mark, BarSegment)
    )
    found = [segments for line in lines for _, segments in line.bars]
    has_parts = any(len(segments) > 1 or segments[0].colour == theme.UNCERTAIN for segments in found)
    # beside a cluster, LibreOffice does not put the mark at its value
    return has_parts or (is_marked and any(len(line.bars) > 1 for line in lines))


def _bars(figure: Figure, lines: Sequence[_Line], is_stacked: bool) -> Plan:
    plan = _stacked(figure, lines) if is_stacked else _clustered(figure, lines)
    bars = [mark for mark in figure.marks if isinstance(mark, BarSegment)]
    rules = [Mark(clean(b.series), b.colour, (b.line,) * len(plan.categories)) for b in bars if b.line is not None]
    return replace(plan, marks=(*plan.marks, *rules), most=max(bar.limit for bar in bars) / ROOM_FOR_NUMBERS)


def _clustered(figure: Figure, lines: Sequence[_Line]) -> Plan:
    series = []
    for place in range(max(len(line.bars) for line in lines)):
        mine = [line.bars[place] if place < len(line.bars) else None for line in lines]
        series.append(_alike(figure, mine))
    norms = tuple(line.norm for line in lines)
    return Plan(False, False, tuple(line.label for line in lines), tuple(series), _norm(figure, norms))


def _alike(figure: Figure, bars: Sequence[tuple[str, list[BarSegment]] | None]) -> Series:
    """The bars that take the same place under each label: this year, the year before, one of several places."""
    prefixes = {bar[0].rpartition(": ")[0] for bar in bars if bar}
    prefix = prefixes.pop() if len(prefixes) == 1 else ""
    points = tuple(_point(bar[1][0], bar[0].removeprefix(f"{prefix}: ")) if bar else None for bar in bars)
    return Series(clean(prefix or _name(figure, [bar[1][0] for bar in bars if bar])), points, names=bool(prefix))


def _name(figure: Figure, segments: Sequence[BarSegment] | Sequence[ColumnSegment]) -> str:
    """What segments of a chart have in common: their series, the meaning of their colour, or the unit."""
    names, colours = {segment.series for segment in segments}, {segment.colour for segment in segments}
    meanings = [text for colour, text in figure.legend if colours == {colour}]
    unit = wording.capitalize(figure.subject.unit)
    return next(iter(meanings), names.pop() if len(names) == 1 and len(segments) > 1 else unit) or unit


def _stacked(figure: Figure, lines: Sequence[_Line]) -> Plan:
    """A category per bar; labels with more than one bar are parted by an empty category, or stand in it where long."""
    is_grouped = any(len(line.bars) > 1 for line in lines)
    is_long = any(len(line.label) + len(_bar_name(*bar)) > _LONG for line in lines for bar in line.bars)
    rows: list[tuple[str, str, list[BarSegment], float | None]] = []
    for line in lines:
        if len(line.bars) == 1:
            rows += [("", "", [], None)] if is_grouped and rows else []
            rows.append((line.label, *line.bars[0], line.norm))
            continue
        rows += [(line.label if is_long else "", "", [], None)] if is_long or rows else []
        for text, segments in line.bars:
            name = _bar_name(text, segments)
            number = text.rpartition(": ")[2]
            rows.append((name if is_long else f"{line.label} – {name}", number, segments, line.norm))
    return Plan(
        False,
        True,
        tuple(category for category, _, _, _ in rows),
        _layers(figure, [(text, segments) for _, text, segments, _ in rows]),
        _norm(figure, tuple(norm for _, _, _, norm in rows)),
        is_grouped=is_grouped,
    )


def _bar_name(text: str, segments: Sequence[BarSegment]) -> str:
    """What tells a bar from the others under its label: the period before its number, or its series."""
    return clean(text.rpartition(": ")[0] or segments[0].series)


def _layers(
    figure: Figure, rows: Sequence[tuple[str, Sequence[BarSegment] | Sequence[ColumnSegment]]]
) -> tuple[Series, ...]:
    """A series per kind of segment, in the order of the legend, and one that bears the number of the whole."""
    order = {colour: n for n, (colour, _) in enumerate(figure.legend)}
    is_once = all(len({s.series for s in row}) == len(row) for _, row in rows)
    kinds: dict[tuple[str, str], list[str]] = {}
    for segment in (s for _, row in rows for s in row if s.series):
        kinds.setdefault((segment.series, "" if is_once else segment.colour), []).append(segment.colour)
    found = []
    for (series, colour), colours in sorted(kinds.items(), key=lambda kind: min(order.get(c, -1) for c in kind[1])):
        same = [[s for s in row if s.series == series and colour in ("", s.colour)] for _, row in rows]
        is_alone = len(set(colours)) == 1 and sum(colours[0] in other for other in kinds.values()) == 1
        name = dict(reversed(figure.legend)).get(colours[0], series) if is_alone and len(kinds) > 1 else series
        found.append(Series(clean(name), tuple(_point(s[0], "") if s else None for s in same)))
    has_bounds = any(theme.UNCERTAIN in colours for colours in kinds.values())
    ends = tuple(Point(row[-1].end or 0, "", clean(text)) if row else None for text, row in rows)
    return (*found, Series("Totaal, ten hoogste" if has_bounds else "Totaal", ends, is_drawn=False))


def _columns(figure: Figure) -> Plan:
    """Columns over time, stacked where split."""
    columns: dict[int, list[ColumnSegment]] = {}
    for mark in figure.marks:
        if isinstance(mark, ColumnSegment):
            columns.setdefault(mark.order, []).append(mark)
    rows = [("".join(s.text for s in columns[order]), columns[order]) for order in sorted(columns)]
    categories = tuple(clean(row[0].period) for _, row in rows)
    most = max(row[-1].end for _, row in rows)
    if any(len(row) > 1 for _, row in rows):
        return Plan(True, True, categories, _layers(figure, rows), most=most)
    points = tuple(_point(row[0], text) for text, row in rows)
    return Plan(True, False, categories, (Series(clean(_name(figure, [r[0] for _, r in rows])), points),), most=most)


def _point(segment: BarSegment | ColumnSegment, text: str) -> Point:
    return Point((segment.end or 0) - (segment.start or 0), segment.colour, clean(text))


def _norm(figure: Figure, values: tuple[float | None, ...]) -> tuple[Mark, ...]:
    named = next((text for colour, text in figure.legend if colour == theme.NORM), "Norm")
    return (Mark(clean(named), theme.NORM, values),) if any(value is not None for value in values) else ()


# --- how it is drawn -------------------------------------------------------------------------------------------------


class _Room(NamedTuple):
    """Type sizes of categories and numbers, the part of the chart beside its bars, and the end of its axis."""

    size: float
    number_size: float
    beside: float
    maximum: float


def shrink_to_content(plan: Plan, box: Box) -> Box:
    """The box, no larger than a chart of so few bars needs."""
    if plan.is_upright:
        return box._replace(width=min(box.width, max(300, 160 * len(plan.categories))))
    return box._replace(height=min(box.height, max(60, 44 * plan.rows)))


def _share(box: Box, plan: Plan, longest: Plan) -> Box:
    """The box of a chart beside the longest one, so that their bars are equally thick."""
    return box._replace(height=box.height * plan.rows / longest.rows)


def _room(plan: Plan, box: Box) -> _Room:
    if plan.is_upright:
        size = next((n for n in _SIZES if fits_below(plan, n, box)), LEAST_POINTS)
        lines = max(len(wrap_text(c, size, box.width / len(plan.categories) - 6)) for c in plan.categories)
        return _Room(size, 14, (lines_height(lines, size) + 14) / box.height, (plan.most or 1) * 1.12)
    most = 16 if plan.rows <= 8 else 14
    number = min(most, box.height / plan.rows / 1.15)
    pitch = box.height / len(plan.categories)
    tried = [(size, part) for size in _SIZES if 12 <= size <= most for part in _PARTS]
    tried += [(size, part) for size in _SIZES if size <= 12 for part in (*_PARTS, 0.5, _MOST_PART)]
    fits = (
        (n, part) for n, part in tried if all(fits_beside(c, n, part * box.width - 10, pitch) for c in plan.categories)
    )
    size, part = next(fits, (LEAST_POINTS, _MOST_PART))
    return _Room(size, number, part, _maximum(plan, box.width * (1 - part), number))


def fits_below(plan: Plan, size: float, box: Box) -> bool:
    return all(len(wrap_text(c, size, box.width / len(plan.categories) - 6)) <= 2 for c in plan.categories)


def fits_beside(category: str, size: float, width: float, pitch: float) -> bool:
    lines = wrap_text(category, size, width)
    is_whole = all(text_width(word, size) <= width for word in category.split())
    return is_whole and len(lines) <= 3 and lines_height(len(lines), size) <= max(pitch, size * _LINE_HEIGHT)


def _maximum(plan: Plan, width: float, size: float) -> float:
    """The end of the axis, so that the number at the end of each bar has room."""
    needed = [plan.most]
    for series in plan.series:
        for point in (point for point in series.points if point and point.text):
            label = f"{series.name}: {point.text}" if series.names else point.text
            left = max(width - text_width(label, size) - 12, width / 4)
            needed.append(point.value * width / left)
    return max(needed) * 1.02 or 1


def _added(slide: "Slide", plan: Plan, box: Box, room: _Room) -> "GraphicFrame":
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    marks = _mark_series(plan, room.maximum * 4 / (box.width * (1 - room.beside)))
    new_data: Drawn = CategoryChartData
    data = new_data()
    data.categories = plan.categories
    for series in (*plan.series, *marks):
        data.add_series(series.name, [point.value if point else None for point in series.points])
    kinds = {
        (False, False): XL_CHART_TYPE.BAR_CLUSTERED,
        (False, True): XL_CHART_TYPE.BAR_STACKED,
        (True, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
        (True, True): XL_CHART_TYPE.COLUMN_STACKED,
    }
    kind = kinds[plan.is_upright, plan.is_stacked]
    shapes: Drawn = slide.shapes
    frame: Drawn = shapes.add_chart(kind, *(Pt(side) for side in box), data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_workbook(plan.categories, (*plan.series, *marks)))
    for empty in find_elements(frame.chart._chartSpace, "//c:cat//c:pt[not(c:v/text())]"):
        empty.getparent().remove(empty)
    format_axes(frame.chart, plan, room)
    for series, made in zip((*plan.series, *marks), frame.chart.plots[0].series, strict=True):
        _coloured(made, series, room, "inBase" if plan.is_stacked else "outEnd")
    if marks:
        _on_second_axis(frame.chart._chartSpace, len(marks), plan, room.maximum)
    added: GraphicFrame = frame
    return added


def _mark_series(plan: Plan, thickness: float) -> list[Series]:
    """Per norm or reference value what leads up to it, unseen, and the segment that is seen."""
    found: list[Series] = []
    reached = [0.0] * len(plan.categories)
    for mark in sorted(plan.marks, key=lambda mark: max(value or 0 for value in mark.values)):
        gaps: list[Point | None] = []
        seen: list[Point | None] = []
        for n, value in enumerate(mark.values):
            gap = None if value is None else max(value - reached[n], 0)
            gaps.append(None if gap is None else Point(gap, "", ""))
            seen.append(None if gap is None else Point(thickness, mark.colour, ""))
            reached[n] += 0 if gap is None else gap + thickness
        found += [Series(mark.name, tuple(gaps), is_drawn=False), Series(f"{mark.name} (streep)", tuple(seen))]
    return found


def _workbook(categories: Sequence[str], series: Sequence[Series]) -> bytes:
    """The sheet behind the chart, in which no text is a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.set_column(0, 0, 40)
        for row, category in enumerate(categories, 1):
            sheet.write_string(row, 0, category)
        for column, one in enumerate(series, 1):
            sheet.write_string(0, column, one.name)
            for row, point in enumerate(one.points, 1):
                if point:
                    sheet.write_number(row, column, point.value)
    return out.getvalue()


def format_axes(chart: Drawn, plan: Plan, room: _Room) -> None:
    """Axes, type and room: no gridlines, from zero, every category named, in the order of the figure."""
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    chart.has_title = chart.has_legend = False
    chart.font.size, chart.font.name = Pt(room.size), FONT
    chart.font.color.rgb = rgb(theme.INK)
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = 0, room.maximum
    values.has_major_gridlines = values.visible = False
    names.reverse_order = not plan.is_upright
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb(theme.LINE)
    names._element.find(f"{{{_CHART}}}lblOffset").addnext(parse_xml(f'<c:tickLblSkip {_NAMES} val="1"/>'))
    chart.plots[0].vary_by_categories = False
    chart.plots[0].gap_width = round(plan.gap * 100)
    chart.plots[0].overlap = 100 if plan.is_stacked else 0
    space = chart._chartSpace
    space.find(f"{{{_CHART}}}date1904").addnext(parse_xml(f'<c:roundedCorners {_NAMES} val="0"/>'))
    find_elements(space, "c:chart/c:plotArea")[0].insert(0, parse_xml(_layout(plan, room)))
    for run in space.iter(f"{{{_MAIN}}}defRPr", f"{{{_MAIN}}}endParaRPr"):
        run.set("lang", "nl-NL")


def _layout(plan: Plan, room: _Room) -> str:
    left, top = (0.01, 0.0) if plan.is_upright else (room.beside, 0.0)
    width, height = (0.98, 1 - room.beside) if plan.is_upright else (1 - room.beside, 1.0)
    sides = "".join(f'<c:{n} val="{v:.5f}"/>' for n, v in (("x", left), ("y", top), ("w", width), ("h", height)))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    return f"<c:layout {_NAMES}><c:manualLayout>{modes}{sides}</c:manualLayout></c:layout>"


def _coloured(made: Drawn, series: Series, room: _Room, position: str) -> None:
    """The fill of a series and of points that differ from it, and the numbers at its bars."""
    from pptx.oxml import parse_xml

    made.invert_if_negative = False
    colours = [point.colour for point in series.points if point]
    usual = max(colours, key=colours.count, default="") if series.is_drawn else ""
    _filled(made, usual)
    for n, point in enumerate(series.points):
        if series.is_drawn and point and point.colour != usual:
            _filled(made.points[n], point.colour)
    if any(point and point.text for point in series.points):
        made._element._insert_dLbls(parse_xml(_labels(series, room.number_size, position)))


def _filled(made: Drawn, colour: str) -> None:
    """Fills a series or a point; a white line parts segments that touch."""
    if not colour:
        made.format.fill.background()
        made.format.line.fill.background()
        return
    made.format.fill.solid()
    made.format.fill.fore_color.rgb = rgb(colour)
    made.format.line.color.rgb = rgb(theme.PAPER)
    made.format.line.width = 9525


def _labels(series: Series, size: float, position: str) -> str:
    """The numbers at the bars: those that PowerPoint can write from the value as numbers, the rest as their text."""
    formats = [_format(point) for point in series.points]
    known = [code for code in formats if code]
    usual = max(known, key=known.count, default="General")
    shows = _shows(position, series.names)
    own = []
    for n, (point, code) in enumerate(zip(series.points, formats, strict=True)):
        if point is None or code == usual:
            continue
        text = f"{series.name}: {point.text}" if series.names else point.text
        body = _number(code, size) if code else f"<c:tx><c:rich>{_paragraph(size, text)}</c:rich></c:tx>"
        hidden = f'<c:dLbl><c:idx val="{n}"/><c:delete val="1"/></c:dLbl>'
        own.append(f'<c:dLbl><c:idx val="{n}"/>{body}{shows}</c:dLbl>' if point.text else hidden)
    return f"<c:dLbls {_NAMES}>{''.join(own)}{_number(usual, size)}{shows}</c:dLbls>"


def _format(point: Point | None) -> str:
    """The number format that writes the value of a point as its text; '' where none does."""
    if point is None or not point.text:
        return ""
    return next(
        (_DUTCH + code for code, n, sign in _FORMATS if wording.format_number(point.value, n) + sign == point.text), ""
    )


def _number(code: str, size: float) -> str:
    bare = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>{bare}<c:txPr>{_paragraph(size)}</c:txPr>'


def _shows(position: str, names: bool) -> str:
    parts = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": int(names), "Percent": 0, "BubbleSize": 0}
    shown = "".join(f'<c:show{part} val="{value}"/>' for part, value in parts.items())
    separator = "<c:separator>: </c:separator>" if names else ""
    return f'<c:dLblPos val="{position}"/>{shown}{separator}'


def _paragraph(size: float, text: str = "") -> str:
    """The inside of a c:rich with a text, or of a c:txPr without one."""
    look = f'<a:solidFill><a:srgbClr val="{theme.INK[1:]}"/></a:solidFill><a:latin typeface="{FONT}"/>'
    points = round(size * 100)
    body = '<a:bodyPr wrap="none"/><a:lstStyle/>'
    if not text:
        style = f'<a:pPr><a:defRPr lang="nl-NL" sz="{points}">{look}</a:defRPr></a:pPr>'
        return f'{body}<a:p>{style}<a:endParaRPr lang="nl-NL"/></a:p>'
    return f'{body}<a:p><a:r><a:rPr lang="nl-NL" sz="{points}">{look}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p>'


def _on_second_axis(space: Drawn, count: int, plan: Plan, maximum: float) -> None:
    """Moves the last series, norms and reference values, to a stacked chart on axes of their own that are not seen."""
    from pptx.oxml import parse_xml

    first = find_elements(space, "c:chart/c:plotArea/c:barChart")[0]
    moved = first.findall(f"{{{_CHART}}}ser")[-count:]
    cat, val = _SECOND
    overlay = parse_xml(
        f'<c:barChart {_NAMES}><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'<c:gapWidth val="{round(plan.gap * 50)}"/><c:overlap val="100"/><c:axId val="{cat}"/><c:axId val="{val}"/>'
        "</c:barChart>"
    )
    for n, series in enumerate(moved):
        overlay.insert(3 + n, series)
    first.addnext(overlay)
    bare = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
    scale = f'<c:orientation val="minMax"/><c:max val="{maximum}"/><c:min val="0"/>'
    # drawn without a line, not deleted: LibreOffice takes a deleted axis for the first one
    values = (
        f'<c:valAx {_NAMES}><c:axId val="{val}"/><c:scaling>{scale}</c:scaling><c:delete val="0"/><c:axPos val="t"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{bare}<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:crossAx val="{cat}"/><c:crosses val="max"/></c:valAx>'
    )
    names = (
        f'<c:catAx {_NAMES}><c:axId val="{cat}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="r"/>{bare}<c:crossAx val="{val}"/><c:crosses val="autoZero"/></c:catAx>'
    )
    last = find_elements(space, "c:chart/c:plotArea/c:valAx")[-1]
    last.addnext(parse_xml(values))
    last.addnext(parse_xml(names))


def rgb(colour: str) -> Drawn:
    """A colour as python-pptx takes it."""
    from pptx.dml.color import RGBColor

    made: Drawn = RGBColor
    return made(*bytes.fromhex(colour[1:]))
