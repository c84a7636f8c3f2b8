"""A figure as a chart that PowerPoint itself draws and can edit, with its numbers in the sheet behind it.

Bars are clustered where each has one segment, else stacked; the number of a stack stands at a series of its own, which
is not seen. A norm or reference value is a series of bars as well, on a second axis, of which only the end is
filled: its number in the sheet is its value.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter.utility import xl_col_to_name

from vt.figures import wording
from vt.figures.chart import (
    PLACE_ROLES,
    Bar,
    BarChart,
    Chart,
    ColumnChart,
    Line,
    LineChart,
    NumberChart,
    PairChart,
    RankChart,
    Role,
    Row,
    Segment,
    TrendChart,
    Whole,
    WholeChart,
)
from vt.figures.chart import Point as LinePoint
from vt.figures.figure import Figure
from vt.figures.wording import clean
from vt.render import theme
from vt.render.house import stands_out
from vt.render.html import fill_template
from vt.render.pptx_sheet import SHEET, Point, Series, write_sheet
from vt.render.pptx_theme import FONT, Box, Drawn, find_elements, name_colour, paint
from vt.render.text import text_width, wrap_text

WANTED_POINTS, LEAST_POINTS = 9, 6
MOST_CHARTS, MOST_GROUPS, LEAST_REST = 3, 8, 3
MOST_WITH_DECIMALS = 10
LINE_BEGINS, LEAST_AFTER = 0.08, 0.08  # of the chart: the scale, and room for the last number
LEAST_APART = 0.065  # of the scale, between the names of two lines
_LINE_HEIGHT = 1.2
_GAP, _GAP_OF_MANY, _GAP_IN_GROUP = 0.45, 0.6, 0.2
_LONG, _FEW_BARS = 31, 5
_LEAST_UPRIGHT = 160.0  # points
_SIZES = (16, 14, 13, 12, 11, 10, 9, 8, 7, LEAST_POINTS)
_PARTS = (0.2, 0.26, 0.32, 0.38, 0.44)
_MOST_PART = 0.64
DUTCH = "[$-413]"  # before a number format
_FORMATS = (("#,##0", 0, ""), ('0"%"', 0, "%"), ("#,##0.0", 1, ""), ("#,##0.00", 2, ""))
_SECOND = (50010, 50020)
_MARK_WIDTH, _AROUND = 2.5, 12.0  # points


@dataclass(frozen=True)
class Mark:
    """A norm or reference value: what it is, what it means, and its value per category."""

    name: str
    role: Role
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Plan:
    """What a native chart holds. `most` is the least that its axis must reach; `is_grouped` has empty categories."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_upright: bool = False
    is_stacked: bool = False
    marks: tuple[Mark, ...] = ()
    most: float = 0
    is_grouped: bool = False
    is_line: bool = False
    is_whole: bool = False
    wholes: tuple[float, ...] = ()

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


def plan_charts(figure: Figure, height: float) -> list[Plan]:
    """The charts, side by side, that a figure becomes in this height in points; none where it has to be a picture."""
    plan = _PLANS.get(type(figure.chart))
    table = figure.table
    numbers = (value for row in table.totals for value in table.rows[row] if isinstance(value, float | int))
    wholes = tuple(dict.fromkeys(numbers))
    return [replace(each, wholes=wholes) for each in plan(figure, figure.chart, height)] if plan else []


def part_rows(figure: Figure) -> tuple[Figure, list[list[str]]]:
    """The figure with as many groups as a chart has room for, and the others as a table with its head; none of so few
    that they can stand in the chart, and never a chosen place."""
    chart = figure.chart
    if not isinstance(chart, BarChart | PairChart):
        return figure, []
    bars = chart.as_bars if isinstance(chart, PairChart) else chart
    kept = _keep_rows(bars.rows, figure.selection.gemeenten)
    left = [n for n in range(len(bars.rows)) if n not in kept]
    if not left:
        return figure, []
    is_alone = all(len(row.bars) == 1 for row in bars.rows)
    named = [{figure.subject.unit if is_alone else _bar_name(bar): bar.said for bar in row.bars} for row in bars.rows]
    heads = list(dict.fromkeys(name for each in named for name in each))
    rest = [[bars.rows[n].label, *(named[n].get(head, "–") for head in heads)] for n in left]
    if isinstance(chart, PairChart):
        pairs = tuple(chart.rows[n] for n in kept)
        return replace(figure, chart=replace(chart, rows=pairs)), [["De andere", *heads], *rest]
    shown = replace(chart, rows=tuple(chart.rows[n] for n in kept), most=chart.reach)
    return replace(figure, chart=shown), [["De andere", *heads], *rest]


def _keep_rows(rows: Sequence[Row], chosen: Collection[str]) -> list[int]:
    """Which rows stand in the chart: the chosen places and the first of the others, or all where few would be left."""
    own = [n for n, row in enumerate(rows) if row.place in chosen]
    others = [n for n in range(len(rows)) if n not in own]
    kept = sorted([*own, *others[: max(0, MOST_GROUPS - len(own))]])
    return kept if len(rows) - len(kept) >= LEAST_REST else [*range(len(rows))]


def add_charts(slide: Slide, figure: Figure, made: Sequence[Plan], box: Box) -> None:
    """The charts side by side in the box, on one scale and in one size, each with the alt text of the figure."""
    between = 14.0
    width = (box.width - between * (len(made) - 1)) / len(made)
    longest = max(made, key=lambda plan: plan.rows)
    tallest = shrink_to_content(longest, box._replace(width=width))
    rooms = [_room(plan, _share(tallest, plan, longest)) for plan in made]
    sizes, number_sizes, besides, ends, afters = zip(*rooms, strict=True)
    room = _Room(min(sizes), min(number_sizes), max(besides), max(ends), max(afters))
    for n, plan in enumerate(made):
        place = _share(tallest, plan, longest)._replace(left=box.left + n * (width + between))
        frame = _add_chart(slide, plan, place, room)
        describe_shape(frame, f"Grafiek {n + 1}" if n else "Grafiek", f"{figure.alt} (vervolg)" if n else figure.alt)


def describe_shape(shape: Drawn, name: str, alt: str) -> None:
    """Gives a shape its name and alt text."""
    properties = find_elements(shape._element, ".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", clean(alt))


def put_chart(
    slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData | XyChartData, sheet: bytes, box: Box
) -> Drawn:
    """A chart in a box, with the sheet behind it."""
    shapes: Drawn = slide.shapes
    frame = shapes.add_chart(kind, *map(Pt, box), data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(sheet)
    return frame


def dress_chart(chart: Drawn, size: float, inside: Box) -> None:
    """The type of a chart, and what of it the bars or dots take, without what stands beside them."""
    chart.has_title = chart.has_legend = False
    chart.font.size, chart.font.name = Pt(size), FONT
    paint(chart.font.color, theme.INK)
    space = chart._chartSpace
    corners = parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>')
    space.insert(0 if space.find(qn("c:date1904")) is None else 1, corners)
    find_elements(space, "c:chart/c:plotArea")[0].insert(0, fill_part("layout", *inside))
    for run in space.iter(qn("a:defRPr"), qn("a:endParaRPr")):
        run.set("lang", "nl-NL")


def draw_marker(marker: Drawn, colour: str, size: int) -> None:
    """A dot of this colour."""
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, size
    marker.format.fill.solid()
    paint(marker.format.fill.fore_color, colour)


def point_to_texts(made: Drawn, column: str, rows: range, texts: Sequence[tuple[int, str]]) -> None:
    """Where the texts at the values of a series stand in the sheet, and those that there are."""
    cells = f"{SHEET}!${column}${rows.start}:${column}${rows.stop - 1}"
    made._element.append(fill_part("from_cells", cells, len(rows), texts))


def fill_part(macro: str, *data: object, template: str = "chart") -> Drawn:
    """An element of a chart as templates/chart.xml, or another, writes it."""
    return parse_xml(fill_template(template, macro, *data))


def lines_height(count: int, size: float) -> float:
    """The height of so many lines, in points."""
    return count * size * _LINE_HEIGHT


# --- what is in the chart --------------------------------------------------------------------------------------------


def _plan_bars(figure: Figure, chart: BarChart, height: float) -> list[Plan]:
    is_stacked = _needs_stacks(chart)
    whole = _bars(figure, chart, is_stacked)
    count = max(1, -int(-whole.rows * WANTED_POINTS * _LINE_HEIGHT // height))
    if count > MOST_CHARTS and whole.rows * LEAST_POINTS * _LINE_HEIGHT > height * MOST_CHARTS:
        return []
    count = min(count, MOST_CHARTS)
    each = -(-len(chart.rows) // count)
    parts = [replace(chart, rows=chart.rows[n : n + each]) for n in range(0, len(chart.rows), each)]
    return [replace(_bars(figure, part, is_stacked), most=chart.reach) for part in parts]


def _needs_stacks(chart: BarChart) -> bool:
    """Whether a bar has parts or bounds, or several bars under one label have a mark that must cross them."""
    bars = [bar for row in chart.rows for bar in row.bars]
    has_parts = any(len(bar.segments) > 1 or Role.UNCERTAIN in _roles(bar.segments) for bar in bars)
    # beside a cluster, LibreOffice does not put the mark at its value
    return has_parts or (bool(chart.roles_of_lines) and any(len(row.bars) > 1 for row in chart.rows))


def _bars(figure: Figure, chart: BarChart, is_stacked: bool) -> Plan:
    plan = _stack_bars(figure, chart.rows) if is_stacked else _cluster_bars(figure, chart.rows)
    marks = (Mark(clean(rule.label), rule.role, (rule.value,) * len(plan.categories)) for rule in chart.rules)
    return replace(plan, marks=tuple(marks))


def _cluster_bars(figure: Figure, rows: Sequence[Row]) -> Plan:
    by_place = zip_longest(*(row.bars for row in rows))
    series = tuple(_series(figure, bars) for bars in by_place)
    return Plan(tuple(_name_hidden(row.label, row.bars) for row in rows), series)


def _name_hidden(label: str, bars: Sequence[Bar]) -> str:
    """A category with what stands for its numbers that are not known: a cell without one has no text at its bar."""
    hidden = ", ".join(bar.named if len(bars) > 1 else bar.text for bar in bars if bar.text and _is_empty(bar))
    return clean(f"{label} ({hidden})" if hidden else label)


def _is_empty(bar: Bar) -> bool:
    """Whether the number of a bar is not known; that is no 0."""
    return bar.is_hidden or not bar.segments


def _series(figure: Figure, bars: Sequence[Bar | None]) -> Series:
    """The bars that take the same place under each label: this year, the year before, one of several places."""
    names = {bar.name for bar in bars if bar}
    name = names.pop() if len(names) == 1 else ""
    points = tuple(_point_bar(bar, bar.said if name else bar.label) if bar else None for bar in bars)
    return Series(
        clean(name or _name(figure, [s for bar in bars if bar for s in bar.segments])), points, names=bool(name)
    )


def _name(figure: Figure, segments: Sequence[Segment]) -> str:
    """What segments of a chart have in common: the meaning of their role, their series, or the unit."""
    roles, names = _roles(segments), {segment.series for segment in segments}
    meanings = [text for role, text in figure.legend if roles == {role}]
    unit = wording.capitalize(figure.subject.unit)
    return next(iter(meanings), names.pop() if len(names) == 1 and len(segments) > 1 else unit) or unit


def _roles(segments: Iterable[Segment]) -> set[Role]:
    return {segment.role for segment in segments}


class _Category(NamedTuple):
    """A bar of a stacked chart by its label, number and segments; a heading or a gap where it has none."""

    label: str
    text: str = ""
    segments: tuple[Segment, ...] = ()
    number: str = ""
    share: str = ""


def _stack_bars(figure: Figure, rows: Sequence[Row]) -> Plan:
    """A category per bar; labels with more than one bar are parted by an empty category, or stand in it where long. The
    label of a single row says nothing that its slide does not."""
    is_grouped = any(len(row.bars) > 1 for row in rows)
    is_long = any(len(row.label) + len(_bar_name(bar)) > _LONG for row in rows for bar in row.bars)
    categories: list[_Category] = []
    for row in rows:
        label = clean(row.label)
        if len(row.bars) == 1:
            categories += [_Category("")] if is_grouped and categories else []
            bar = row.bars[0]
            categories.append(_Category(_name_hidden(label, [bar]), bar.label, bar.segments, bar.text, bar.share))
            continue
        is_apart = is_long and len(rows) > 1
        categories += [_Category(label if is_apart else "")] if is_apart or categories else []
        for bar in row.bars:
            name = _bar_name(bar)
            named = name if is_long or len(rows) == 1 else f"{label} – {name}"
            categories.append(_Category(_name_hidden(named, [bar]), bar.said, bar.segments, bar.text, bar.share))
    labels = tuple(category.label for category in categories)
    return Plan(labels, _layers(figure, categories), is_stacked=True, is_grouped=is_grouped)


def _bar_name(bar: Bar) -> str:
    """What tells a bar from the others under its label: its name, or its series."""
    return clean(bar.name or bar.segments[0].series)


def _layers(figure: Figure, bars: Sequence[_Category]) -> tuple[Series, ...]:
    """A series per kind of segment, in the order of the legend, and one that bears the number of the whole."""
    order = {role: n for n, (role, _) in enumerate(figure.legend)}
    is_once = all(len({s.series for s in bar.segments}) == len(bar.segments) for bar in bars)
    kinds: dict[tuple[str, Role | None], list[Role]] = {}
    for segment in (s for bar in bars for s in bar.segments):
        kinds.setdefault((segment.series, None if is_once else segment.role), []).append(segment.role)
    layers = []
    for (series, role), roles in sorted(kinds.items(), key=lambda kind: min(order.get(r, -1) for r in kind[1])):
        same = [[s for s in bar.segments if s.series == series and role in (None, s.role)] for bar in bars]
        is_alone = len(set(roles)) == 1 and sum(roles[0] in other for other in kinds.values()) == 1
        name = dict(reversed(figure.legend)).get(roles[0], series) if is_alone and len(kinds) > 1 else series
        layers.append(Series(clean(name), tuple(_point(s[:1], "") for s in same)))
    has_bounds = any(Role.UNCERTAIN in roles for roles in kinds.values())
    ends = tuple(
        point and point._replace(role=None, number=bar.number, share=bar.share)
        for bar in bars
        for point in [_point(bar.segments, bar.text)]
    )
    name = "Totaal, ten hoogste" if has_bounds else "Totaal"
    return (*layers, Series(name, ends, is_drawn=False, is_sum=True))


def _plan_columns(figure: Figure, chart: ColumnChart, height: float) -> list[Plan]:
    """Columns over time, stacked where split; they lie where they would be low."""
    if height < _LEAST_UPRIGHT:
        rows = tuple(Row(bar.name, (bar._replace(name=""),)) for bar in chart.bars)
        return _plan_bars(figure, BarChart(rows), height)
    categories = tuple(_name_hidden(bar.name, [bar]) for bar in chart.bars)
    most = max(bar.length for bar in chart.bars)
    if any(len(bar.segments) > 1 for bar in chart.bars):
        stacked = [_Category(bar.name, bar.text, bar.segments, bar.text) for bar in chart.bars]
        return [Plan(categories, _layers(figure, stacked), is_upright=True, is_stacked=True, most=most)]
    points = tuple(_point(bar.segments, bar.text) for bar in chart.bars)
    name = _name(figure, [segment for bar in chart.bars for segment in bar.segments])
    return [Plan(categories, (Series(clean(name), points),), is_upright=True, most=most)]


def _plan_lines(figure: Figure, chart: LineChart, height: float) -> list[Plan]:
    """Lines over time; a period without a number is a gap, and its name says why where all lines of chosen places have
    it."""
    own = [line for line in chart.lines if line.role in (Role.THIS, *PLACE_ROLES)] or chart.lines
    categories = tuple(_name_period(points) for points in zip(*(line.points for line in own), strict=True))
    series = [Series(clean(line.series), tuple(_line_points(line))) for line in chart.lines]
    most = max((point.value for one in series for point in one.points if point), default=0)
    named = _name_lines(chart, series, most) if isinstance(chart, TrendChart) else series
    return [Plan(categories, tuple(named), is_upright=True, most=most, is_line=True)]


def _name_period(points: Sequence[LinePoint]) -> str:
    """One period of several lines, with why it is a gap where it is one of all."""
    name, gaps = max(points, key=lambda point: point.is_provisional).name, {point.gap for point in points}
    gap = gaps.pop() if len(gaps) == 1 else ""
    return clean(f"{name} ({gap})" if gap else name)


def _name_lines(chart: LineChart, series: Sequence[Series], most: float) -> Iterator[Series]:
    """The lines with their names at their ends; of those that end close by each other the first bears all names. There
    is no room for that of every other gemeente."""
    ends = {
        one.name: (line.points[line.last].value or 0, line.points[line.last].text + line.points[line.last].star)
        for one, line in zip(series, chart.lines, strict=True)
        if line.role is not Role.OTHERS and line.last >= 0
    }
    told: dict[str, list[str]] = {}
    last, first = most * 2, ""
    for name, (value, text) in sorted(ends.items(), key=lambda each: -each[1][0]):
        first = name if last - value > most * LEAST_APART else first
        told.setdefault(first, []).append(f"{name} {clean(text)}")
        last = value
    for one in series:
        texts = told.get(one.name, [])
        if len(texts) == 1:
            yield replace(one, names=True)
        else:
            yield replace(one, points=tuple(p and p._replace(text=p.text and ", ".join(texts)) for p in one.points))


def _line_points(line: Line) -> Iterable[Point | None]:
    for n, point in enumerate(line.points):
        text = clean(point.text + point.star) if n == line.last else ""
        yield None if point.value is None else Point(point.value, line.role, text)


def _point(segments: Sequence[Segment], text: str) -> Point | None:
    """The point of a bar or a part of it; None where its number is not known."""
    values = [segment.value for segment in segments if segment.value is not None]
    is_known = segments and len(values) == len(segments)
    return Point(sum(values), segments[0].role, clean(text)) if is_known else None


def _point_bar(bar: Bar, text: str) -> Point | None:
    point = _point(bar.segments, text)
    return point and point._replace(number=bar.text, share=bar.share)


def _plan_wholes(figure: Figure, chart: WholeChart, height: float) -> list[Plan]:
    """Bars of a hundred percent."""
    names = dict.fromkeys((part.role, part.name) for row in chart.rows for part in row.parts)
    series = [Series(clean(name), tuple(_point_part(row, role) for row in chart.rows)) for role, name in names]
    categories = tuple(clean(row.label or figure.subject.places[0]) for row in chart.rows)
    return [Plan(categories, tuple(series), is_stacked=True, is_whole=True)]


def _point_part(row: Whole, role: Role) -> Point | None:
    part = next((part for part in row.parts if part.role is role), None)
    if part is None:
        return None
    text = f"{part.text} ({part.share})" if part.share else part.text
    return Point(part.value, role, clean(text), clean(part.text), part.share)


def _sign_now(chart: NumberChart) -> tuple[Bar, ...]:
    *before, now = chart.bars
    return (*before, now._replace(text=f"{now.text}{chart.sign}"))


_PLANS: dict[type[Chart], Callable[[Figure, Any, float], list[Plan]]] = {
    BarChart: _plan_bars,
    ColumnChart: _plan_columns,
    LineChart: _plan_lines,
    TrendChart: _plan_lines,
    WholeChart: _plan_wholes,
    NumberChart: lambda figure, chart, height: _plan_columns(figure, ColumnChart(_sign_now(chart)), height),
    PairChart: lambda figure, chart, height: _plan_bars(figure, chart.as_bars, height),
    RankChart: lambda figure, chart, height: _plan_bars(figure, chart.as_bars, height),
}


# --- how it is drawn -------------------------------------------------------------------------------------------------


class _Look(NamedTuple):
    """How numbers are set: their size in hundredths of a point, colour and type."""

    size: int
    colour: tuple[str, int, int]
    font: str


class _Room(NamedTuple):
    """Type sizes of categories and numbers, the part of the chart beside its bars, the end of its axis, and the part
    after its lines."""

    size: float
    number_size: float
    beside: float
    maximum: float
    after: float = LEAST_AFTER


def shrink_to_content(plan: Plan, box: Box) -> Box:
    """The box, no larger than a chart of so few bars needs."""
    if plan.is_line:
        return box
    if plan.is_upright:
        return box._replace(width=min(box.width, max(300, 160 * len(plan.categories))))
    thick = 110 if plan.is_whole else 92 if plan.rows <= _FEW_BARS else 64
    return box._replace(height=min(box.height, max(80, thick * plan.rows)))


def _share(box: Box, plan: Plan, longest: Plan) -> Box:
    """The box of a chart beside the longest one, so that their bars are equally thick."""
    return box._replace(height=box.height * plan.rows / longest.rows)


def _room(plan: Plan, box: Box) -> _Room:
    if plan.is_upright:
        size = next((n for n in _SIZES if fits_below(plan, n, box)), LEAST_POINTS)
        lines = max(len(wrap_text(c, size, _category_width(plan, box))) for c in plan.categories)
        after = max(LEAST_AFTER, (_measure_labels(plan, 14) + 14) / box.width) if plan.is_line else 0
        return _Room(size, 14, (lines_height(lines, size) + 14) / box.height, (plan.most or 1) * 1.12, after)
    most = 16 if plan.rows <= 8 else 14
    number = min(most, box.height / plan.rows / 1.1)
    pitch = box.height / len(plan.categories)
    tried = [(size, part) for size in _SIZES if 12 <= size <= most for part in _PARTS]
    tried += [(size, part) for size in _SIZES if size <= 12 for part in (*_PARTS, 0.5, _MOST_PART)]
    fits = (
        (n, part) for n, part in tried if all(fits_beside(c, n, part * box.width - 10, pitch) for c in plan.categories)
    )
    size, part = next(fits, (LEAST_POINTS, _MOST_PART))
    return _Room(size, number, part, _maximum(plan, box.width * (1 - part), number))


def _measure_labels(plan: Plan, size: float) -> float:
    points = ((series, point) for series in plan.series for point in series.points if point and point.text)
    return max((text_width(series.label(point), size) for series, point in points), default=0)


def fits_below(plan: Plan, size: float, box: Box) -> bool:
    most = 3 if plan.is_line else 2
    return all(len(wrap_text(c, size, _category_width(plan, box))) <= most for c in plan.categories)


def _category_width(plan: Plan, box: Box) -> float:
    return box.width * (1 - LINE_BEGINS - LEAST_AFTER if plan.is_line else 1) / len(plan.categories) - 6


def fits_beside(category: str, size: float, width: float, pitch: float) -> bool:
    lines = wrap_text(category, size, width)
    is_whole = all(text_width(word, size) <= width for word in category.split())
    return is_whole and len(lines) <= 3 and lines_height(len(lines), size) <= max(pitch, size * _LINE_HEIGHT)


def _maximum(plan: Plan, width: float, size: float) -> float:
    """The end of the axis, so that the number at the end of each bar has room."""
    if plan.is_whole:
        return 1
    end = plan.most
    for _ in range(len(plan.marks) + 1):  # a longer axis may bring a number across a next line
        needed = [end]
        for series in plan.series:
            for n, wide in _measure_texts(series, size):
                start = _clear_marks(plan, series, n, wide * end / width)
                needed.append(start * width / max(width - wide, width / 4))
        end = max(needed)
    return end * 1.02 or 1


def _measure_texts(series: Series, size: float) -> Iterator[tuple[int, float]]:
    """Which points have a text, and how wide it is with the room around it."""
    for n, point in enumerate(series.points):
        if point and point.text:
            yield n, text_width(series.label(point), size) + _AROUND


def _clear_marks(plan: Plan, series: Series, n: int, wide: float) -> float:
    """Where the text of a point begins, so wide on the scale, to stand clear of the lines that cross the bars: within
    its bar, or beyond them where that is too short."""
    point = series.points[n]
    value = point.value if point else 0
    lines = sorted(mark.values[n] or 0 for mark in plan.marks)
    if not any(value <= line <= value + wide for line in lines):
        return value
    if wide <= value and not any(value - wide <= line < value for line in lines):
        return value - wide
    start = value
    for line in lines:
        start = line if start <= line <= start + wide else start
    return start


class _Moved(NamedTuple):
    """How far a text is moved, as a part of the chart, and the ink that it has there."""

    away: float
    ink: str


def _move_texts(plan: Plan, series: Series, room: _Room, width: float) -> dict[int, _Moved]:
    """The points whose text is moved within its bar, or beyond a line."""
    bars = width * (1 - room.beside)
    starts = {
        n: _clear_marks(plan, series, n, wide * room.maximum / bars)
        for n, wide in (_measure_texts(series, room.number_size) if plan.marks else ())
    }
    values = {n: point.value for n, point in enumerate(series.points) if point}
    return {
        n: _Moved(
            (start - values[n]) * bars / room.maximum / width,
            theme.ink_on(theme.COLOURS[_find_end(plan, n)]) if start < values[n] else theme.INK,
        )
        for n, start in starts.items()
        if start != values[n]
    }


def _find_end(plan: Plan, n: int) -> Role:
    """What the last part of a bar means."""
    points = [one.points[n] for one in plan.series if one.is_drawn]
    return next((point.role for point in reversed(points) if point and point.role and point.value), Role.THIS)


def _add_chart(slide: Slide, plan: Plan, box: Box, room: _Room) -> Drawn:
    marks = _mark_series(plan)
    drawn = _shorten_texts(plan, box.width * (1 - room.beside), room.number_size) if plan.is_whole else plan.series
    series = (*drawn, *marks)
    labelled = [n for n, one in enumerate(series) if _has_own_texts(one)]
    data = CategoryChartData()
    data.categories = plan.categories
    for one in series:
        data.add_series(one.name, [point.value if point else None for point in one.points])
    bars = f"{'COLUMN' if plan.is_upright else 'BAR'}_{'STACKED' if plan.is_stacked else 'CLUSTERED'}"
    kind = "LINE_MARKERS" if plan.is_line else f"{bars}_100" if plan.is_whole else bars
    sheet = write_sheet(plan.categories, series, labelled, plan.wholes)
    frame = put_chart(slide, XL_CHART_TYPE[kind], data, sheet, box)
    for empty in find_elements(frame.chart._chartSpace, "//c:cat//c:pt[not(c:v/text())]"):
        empty.getparent().remove(empty)
    format_axes(frame.chart, plan, room)
    for n, (one, made) in enumerate(zip(series, frame.chart.plots[0].series, strict=True)):
        column = xl_col_to_name(len(series) + 1 + labelled.index(n)) if n in labelled else ""
        _format_series(made, one, plan, room, column, _move_texts(plan, one, room, box.width))
    if marks:
        for one, made in zip(marks, list(frame.chart.plots[0].series)[-len(marks) :], strict=True):
            _draw_mark(made, one, room.maximum * _MARK_WIDTH / (box.width * (1 - room.beside)))
        _move_to_second_axis(frame.chart._chartSpace, len(marks), room.maximum)
    return frame


def _shorten_texts(plan: Plan, width: float, size: float) -> tuple[Series, ...]:
    """The parts of bars of a hundred percent with as much text as has room in each: the share goes first."""
    wholes = [sum(point.value for one in plan.series if (point := one.points[n])) for n in range(len(plan.categories))]

    def shorten(point: Point, whole: float) -> Point:
        room = width * point.value / (whole or 1) - 6
        texts = (text for text in (point.text, point.number) if text_width(text, size) <= room)
        text = next(texts, "")
        return point._replace(text=text, share=point.share if text == point.text else "")

    return tuple(
        replace(one, points=tuple(point and shorten(point, wholes[n]) for n, point in enumerate(one.points)))
        for one in plan.series
    )


def _mark_series(plan: Plan) -> list[Series]:
    """Norms and reference values as series of their own values, of which a line is seen at their end alone."""
    return [
        Series(
            mark.name,
            tuple(None if value is None else Point(value, None, "") for value in mark.values),
            is_drawn=False,
            mark=mark.role,
        )
        for mark in plan.marks
    ]


def format_axes(chart: Drawn, plan: Plan, room: _Room) -> None:
    """Axes, type and room: no gridlines, from zero, every category named, in the order of the figure."""
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = 0, room.maximum
    values.has_major_gridlines = values.visible = plan.is_line
    names.reverse_order = not plan.is_upright
    names.major_tick_mark = XL_TICK_MARK.NONE
    paint(names.format.line.color, theme.LINE)
    names._element.find(qn("c:lblOffset")).addnext(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
    chart.plots[0].vary_by_categories = False
    if plan.is_line:
        _show_values(values, room.maximum)
    else:
        chart.plots[0].gap_width = round(plan.gap * 100)
        chart.plots[0].overlap = 100 if plan.is_stacked else 0
    dress_chart(chart, room.size, _place_bars(plan, room))


def _show_values(axis: Drawn, maximum: float) -> None:
    """A scale for a line, of which only the last value is written."""
    axis.format.line.fill.background()
    paint(axis.major_gridlines.format.line.color, theme.LINE)
    axis.tick_labels.number_format = DUTCH + ("#,##0" if maximum > MOST_WITH_DECIMALS else "#,##0.0")
    axis.tick_labels.number_format_is_linked = False


def _place_bars(plan: Plan, room: _Room) -> Box:
    """Where the bars are in the chart, as parts of its size."""
    if plan.is_line:
        return Box(LINE_BEGINS, 0.03, 1 - LINE_BEGINS - room.after, 0.97 - room.beside)
    if plan.is_upright:
        return Box(0.01, 0.0, 0.98, 1 - room.beside)
    return Box(room.beside, 0.0, 1 - room.beside, 1.0)


def _format_series(
    made: Drawn, series: Series, plan: Plan, room: _Room, column: str, moved: Mapping[int, _Moved]
) -> None:
    """The line or the fill of a series, the fill of points that differ from it, and the numbers at its values."""
    roles = [point.role for point in series.points if point]
    usual = max(roles, key=roles.count, default=None) if series.is_drawn else None
    if plan.is_line:
        _draw_line(made, usual)
    else:
        made.invert_if_negative = False
        _fill(made, usual)
    for n, point in enumerate(series.points):
        if series.is_drawn and point and point.role != usual:
            _fill(made.points[n], point.role)
    if any(point and point.text for point in series.points):
        position = "r" if plan.is_line else "ctr" if plan.is_whole else "inBase" if plan.is_stacked else "outEnd"
        ink = theme.ink_on(theme.COLOURS[usual]) if plan.is_whole and usual else theme.INK
        look = _Look(round(room.number_size * 100), name_colour(ink), FONT)
        made._element._insert_dLbls(_labels(series, position, look, column, moved))
    if column:
        texts = [(n, series.label(point)) for n, point in enumerate(series.points) if point and point.text]
        point_to_texts(made, column, range(2, len(series.points) + 2), texts)


def _draw_line(made: Drawn, role: Role | None) -> None:
    """Draws the line of a series, with a point at each value."""
    made.smooth = False
    colour = theme.COLOURS[role or Role.THIS]
    made.format.line.width = Pt(3)
    paint(made.format.line.color, colour)
    draw_marker(made.marker, colour, 9)
    made.marker.format.line.fill.background()


def _fill(made: Drawn, role: Role | None) -> None:
    """Fills a series or a point; a line in the colour of the ground parts segments that touch, another is around what
    would not stand out from it. Without a meaning it is not seen."""
    if role is None:
        made.format.fill.background()
        made.format.line.fill.background()
        return
    made.format.fill.solid()
    paint(made.format.fill.fore_color, theme.COLOURS[role])
    paint(made.format.line.color, theme.PAPER if stands_out(theme.COLOURS[role]) else theme.QUIET)
    made.format.line.width = 9525


def _labels(series: Series, position: str, look: _Look, column: str, moved: Mapping[int, _Moved]) -> Drawn:
    """The numbers at the bars: those that PowerPoint can write from the value as numbers, the rest as the texts of a
    column of the sheet; some are moved."""
    formats = [_format(point) for point in series.points]
    known = [code for code in formats if code]
    usual = max(known, key=known.count, default="General")
    own = [
        (n, code, point.text and series.label(point), *_look_at(moved.get(n), look))
        for n, (point, code) in enumerate(zip(series.points, formats, strict=True))
        if point and (code != usual or n in moved)
    ]
    return fill_part("labels", own, usual, position, series.names, look, bool(column))


def _look_at(moved: _Moved | None, look: _Look) -> tuple[float, _Look]:
    """How far a text is moved, and how it is set there."""
    return (moved.away, look._replace(colour=name_colour(moved.ink))) if moved else (0, look)


def _has_own_texts(series: Series) -> bool:
    return any(point and point.text and not _format(point) for point in series.points)


def _format(point: Point | None) -> str:
    """The number format that writes the value of a point as its text; '' where none does."""
    if point is None or not point.text:
        return ""
    return next(
        (DUTCH + code for code, n, sign in _FORMATS if wording.format_number(point.value, n) + sign == point.text), ""
    )


def _draw_mark(made: Drawn, series: Series, length: float) -> None:
    """The line at the end of a bar: its fill, which is not seen but for about this length of it.

    Whole percents, for LibreOffice knows no others.
    """
    value = max((point.value for point in series.points if point), default=0)
    begins = 1_000 * round(100 - min(max(100 * length / value, 1), 100)) if value else 0
    colour = name_colour(theme.COLOURS[series.mark or Role.NORM])
    look = find_elements(made._element, "c:spPr")[0]
    look.getparent().replace(look, fill_part("mark", begins, colour))


def _move_to_second_axis(space: Drawn, count: int, maximum: float) -> None:
    """Moves the last series, norms and reference values, to bars over each other on axes of their own, not seen."""
    first = find_elements(space, "c:chart/c:plotArea/c:barChart")[0]
    overlay = fill_part("overlay", *_SECOND)
    for n, series in enumerate(first.findall(qn("c:ser"))[-count:]):
        overlay.insert(3 + n, series)
    first.addnext(overlay)
    last = find_elements(space, "c:chart/c:plotArea/c:valAx")[-1]
    last.addnext(fill_part("values_axis", *_SECOND, maximum))
    last.addnext(fill_part("names_axis", *_SECOND))
