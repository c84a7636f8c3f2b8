"""Tables that PowerPoint itself draws: of key figures, of what has no room in a chart, of numbers where a chart leaves
room, and of a heat map."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Pt

from vt.figures.chart import AreaMap, ColumnChart, HeatMap, NumberChart, WholeChart
from vt.figures.deck import FEW
from vt.figures.deck import Slide as Shown
from vt.figures.figure import FLAG_SIGN, Figure
from vt.figures.wording import clean
from vt.render import theme
from vt.render.pptx_chart import describe_shape
from vt.render.pptx_theme import Box, Drawn, find_elements, paint
from vt.render.text import text_width, wrap_text

_LABELS = (0.2, 0.28, 0.36)  # of the width
_TALL, _SPREAD = 1.6, 1.5  # a row of a heat map, in the size of its type, and how many times that it can be
_LARGEST, _LEAST = 14, 6
_LEAST_WHOLE = 12  # points, rather than that a text goes on to a next line
_SLACK = 1.06  # for type that is wider than ours
_BESIDE = 12.0  # the margins of a cell
_GAP, _LEAST_GAP = 0.7, 0.35  # between two rows, in the size of their type
_WITHOUT_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # what PowerPoint calls this style; others have white lines
GUTTER = 24.0
_GETAL = "Getal"
_READING = 18  # points
_COLUMNS_PARTS, _REST_PARTS = (0.4, 0.56), (0.32, 0.4, 0.5)  # of the width
_BAR_PART, _WHOLE_BAR, _LEAST_BAR = 0.4, 150.0, 44.0  # of one bar of a hundred percent, which has a table below it
_MOST_PLACES, _PLACES_PART = 28, 0.3


def add_heat_map(slide: Slide, chart: HeatMap, alt: str, box: Box) -> None:
    """The heat map in the box, with its alt text."""
    size, part, heights = _plan_heat(chart, box)
    width = box.width * (1 - part) / max(1, len(chart.columns))
    rows = [["", *chart.columns], *([row.name, *(cell.text for cell in row.cells)] for row in chart.rows)]
    shapes: Drawn = slide.shapes
    frame = shapes.add_table(len(rows), len(rows[0]), *map(Pt, box._replace(height=sum(heights))))
    table = frame.table
    table.first_row = table.horz_banding = False
    for n, column in enumerate(table.columns):
        column.width = Pt(width if n else box.width * part)
    for n, texts in enumerate(rows):
        table.rows[n].height = Pt(heights[n])
        fills = [cell.role for cell in chart.rows[n - 1].cells] if n else []
        for column, text in enumerate(texts):
            fill = theme.COLOURS[fills[column - 1]] if fills and column else theme.PAPER
            side = PP_ALIGN.CENTER if column else PP_ALIGN.RIGHT
            _write_cell(table.cell(n, column), clean(text), size, fill, side)
    describe_shape(frame, "Grafiek", alt)


def add_table(
    slide: Slide,
    name: str,
    rows: Sequence[Sequence[str]],
    texts: int,
    box: Box,
    largest: int = _LARGEST,
    spread: float = 1,
    bold: Collection[int] = (),
) -> None:
    """A table with a head, as high as it has to be, or so many times that where there is room; the first columns, so
    many, are text and the others numbers. Besides the head some rows are bold."""
    sign = f" {FLAG_SIGN}", f"\xa0{FLAG_SIGN}"
    rows = [[*map(clean, row[:texts]), *(clean(text).replace(*sign) for text in row[texts:])] for row in rows]
    sizes = range(largest, _LEAST, -1)
    large = [size for size in sizes if size >= _LEAST_WHOLE]
    tried = [(size, 0, _GAP) for size in large] + [(size, texts, _GAP) for size in large]
    tried += [(min(large, default=_LEAST), texts, _LEAST_GAP)] + [(n, texts, _GAP) for n in sizes if n < _LEAST_WHOLE]
    planned = (plan for size, wrapped, gap in tried if (plan := _plan_table(rows, wrapped, size, box, gap)).fits)
    plan = next(planned, _plan_table(rows, texts, _LEAST, box))
    size, widths, wider = plan.size, plan.widths, max(1, min(spread, box.height / sum(plan.heights)))
    heights = [height * wider for height in plan.heights]
    frame = slide.shapes.add_table(len(rows), len(rows[0]), *map(Pt, box._replace(height=sum(heights))))
    table: Drawn = frame.table
    table.horz_banding = False
    find_elements(frame._element, ".//a:tableStyleId")[0].text = _WITHOUT_GRID
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for n, row in enumerate(rows):
        table.rows[n].height = Pt(heights[n])
        for at, text in enumerate(row):
            cell = table.cell(n, at)
            _write_cell(cell, text, size, theme.PAPER, PP_ALIGN.LEFT if at < texts else PP_ALIGN.RIGHT)
            cell.text_frame.paragraphs[0].runs[0].font.bold = n == 0 or n in bold
    describe_shape(frame, name, f"{name}: {', '.join(rows[0])}.")


def add_reading(slide: Slide, shown: Shown, box: Box) -> Box:
    """The numbers as a table, where a chart leaves room for them; what is left for the chart."""
    figure, chart = shown.figure, shown.figure.chart
    if isinstance(chart, AreaMap):
        return _add_places(slide, chart, box)
    if isinstance(chart, WholeChart):
        return add_parts(slide, figure, box)
    has_numbers = shown.is_small and (chart.roles or isinstance(chart, NumberChart))
    return _add_columns(slide, figure, box) if has_numbers and len(figure.table.rows) <= FEW else box


def add_parts(slide: Slide, figure: Figure, box: Box) -> Box:
    """Below one bar of a hundred percent its parts, a line for each; what is left for the chart."""
    chart = figure.chart
    if not isinstance(chart, WholeChart) or len(chart.rows) > 1:
        return box
    (whole,) = chart.rows
    heads = [figure.subject.label, _GETAL, "Aandeel"]
    lines = [heads, *([part.name, part.text, part.share] for part in whole.parts), ["Samen", whole.text, ""]]
    columns = 3 if any(part.share for part in whole.parts) else 2
    lines = [line[:columns] for line in lines]
    least = _plan_table(lines, 1, _LEAST_WHOLE, box)
    bar = min(box.height * _BAR_PART, _WHOLE_BAR, box.height - GUTTER - sum(least.heights) - 1)
    if not least.fits or bar < _LEAST_BAR:
        return box
    below = box._replace(top=box.top + bar + GUTTER, height=box.height - bar - GUTTER)
    add_table(slide, "De getallen", lines, 1, below, _READING, 1.5)
    return box._replace(height=bar)


def _add_places(slide: Slide, chart: AreaMap, box: Box) -> Box:
    """Beside a map its numbers, from high to low, in one table or in two of one size; where they are more, or other
    parts of the country stand there, none."""
    ranked = chart.ranked
    count = 1 if len(ranked) < count_lines(box.height) else 2
    if chart.insets or not 1 <= len(ranked) <= _MOST_PLACES:
        return box
    each = -(-len(ranked) // count)
    tables = [ranked[n : n + each] for n in range(0, len(ranked), each)]
    width = box.width * _PLACES_PART
    for n, held in enumerate(reversed(tables), 1):
        lines = [["Plaats", _GETAL], *([area.name, area.text] for area in held)]
        chosen = [at for at, area in enumerate(held, 1) if area.is_chosen]
        left, height = box.left + box.width - n * width - (n - 1) * GUTTER, box.height * len(lines) / (each + 1)
        right = box._replace(left=left, width=width, height=height)
        add_table(slide, "De getallen", lines, 1, right, _READING, 1.5, chosen)
    return box._replace(width=box.width - len(tables) * (width + GUTTER))


def _add_columns(slide: Slide, figure: Figure, box: Box) -> Box:
    """Beside a chart of a few bars its numbers, a line for each column that its rows differ in, where these can be
    read."""
    table, signs = figure.table, dict.fromkeys(figure.doubted, f" {FLAG_SIGN}")
    lines = [
        [heading.label, *(heading.format(row[n]) + signs.get((at, n), "") for at, row in enumerate(table.rows))]
        for n, heading in enumerate(table.headings)
    ]
    told = [line for n, line in enumerate(lines) if len(table.rows) == 1 or n > 1 or len(set(line[1:])) > 1]
    parts = _COLUMNS_PARTS if isinstance(figure.chart, ColumnChart | NumberChart) else _COLUMNS_PARTS[:1]
    place, size = _find_place(told, parts, box, (_READING, _LEAST_WHOLE))
    if not size:
        return box
    add_table(slide, "De getallen", told, 1, place, _READING, 1.6)
    return box._replace(width=box.width - place.width - GUTTER)


def add_rest(slide: Slide, lines: Sequence[Sequence[str]], box: Box) -> Box:
    """Beside a chart what it has no room for, as wide as that has to be; what is left for the chart."""
    if not lines:
        return box
    place, _ = _find_place(lines, _REST_PARTS, box, (_LEAST_WHOLE,))
    add_table(slide, "De andere", lines, 1, place)
    return box._replace(width=box.width - place.width - GUTTER)


def has_room(figure: Figure, lines: Sequence[Sequence[str]], box: Box) -> bool:
    """Whether all that a figure has can be read: the rows of a heat map, or what stands in a table beside a chart."""
    if isinstance(figure.chart, HeatMap):
        return _plan_heat(figure.chart, box)[0] >= _LEAST_WHOLE
    return not lines or _find_place(lines, _REST_PARTS, box, (_LEAST_WHOLE,))[1] > 0


def _find_place(
    lines: Sequence[Sequence[str]], parts: Sequence[float], box: Box, sizes: Sequence[int]
) -> tuple[Box, int]:
    """The part of the width in which a table can be read, and in which of the sizes; 0 in the last where in none."""
    places = [box._replace(left=box.left + box.width * (1 - part), width=box.width * part) for part in parts]
    tried = ((place, size) for size in sizes for place in places if _plan_table(lines, 1, size, place).fits)
    return next(tried, (places[-1], 0))


def count_lines(height: float) -> int:
    """How many lines that can be read a table of this height has."""
    return int(height / (_LEAST_WHOLE * (1.2 + _GAP)))


class _Plan(NamedTuple):
    """How a table is set: the size of its type, widths and heights; whether it fits with no word broken."""

    size: int
    widths: list[float]
    heights: list[float]
    fits: bool


def _plan_table(rows: Sequence[Sequence[str]], texts: int, size: int, box: Box, gap: float = _GAP) -> _Plan:
    """The table in so much room; of the first columns, so many, a text may go on to a next line."""
    columns = list(zip(*rows, strict=True))
    words = [[(n, word) for n, text in enumerate(each) for word in text.split(" ")] for each in columns]
    most = [max(_width(text, size, n) for n, text in enumerate(each)) for each in columns]
    least = [max((_width(word, size, n) for n, word in each), default=0) for each in words[:texts]] + most[texts:]
    inside = box.width - _BESIDE * len(columns)
    part = min(1, max(0, inside - sum(least)) / (sum(most) - sum(least) or 1))
    wanted = [low + (high - low) * part for low, high in zip(least, most, strict=True)]
    widths = [width * inside / sum(wanted) for width in wanted]
    heights = [size * (1.2 * _count_lines(row, n, size, widths) + gap) for n, row in enumerate(rows)]
    fits = sum(least) <= inside and sum(heights) <= box.height
    return _Plan(size, [width + _BESIDE for width in widths], heights, fits)


def _width(text: str, size: int, row: int) -> float:
    """How wide a text is in a row of a table, of which the first is bold."""
    return text_width(text, size, is_bold=row == 0) * _SLACK


def _count_lines(texts: Sequence[str], row: int, size: int, widths: Sequence[float]) -> int:
    return max(len(wrap_text(text, size, wide + 1, row == 0)) for text, wide in zip(texts, widths, strict=True))


def _plan_heat(chart: HeatMap, box: Box) -> tuple[float, float, list[float]]:
    """The type size at which all rows fit, heads and labels over as many lines as they need, the part of the width for
    the labels, and how high the rows are: higher where there is room."""
    plans = (
        (size, part, _measure_rows(chart, size, part, box.width))
        for size in range(_LARGEST, _LEAST, -1)
        for part in _LABELS
    )
    size, part, heights = next(
        (plan for plan in plans if sum(plan[2]) <= box.height),
        (_LEAST, _LABELS[-1], _measure_rows(chart, _LEAST, _LABELS[-1], box.width)),
    )
    higher = max(1, min(_SPREAD, box.height / sum(heights)))
    return size, part, [height * higher for height in heights]


def _measure_rows(chart: HeatMap, size: float, part: float, width: float) -> list[float]:
    each = width * (1 - part) / max(1, len(chart.columns))
    head = max((len(wrap_text(clean(head), size, each - 6)) for head in chart.columns), default=1)
    lines = [head, *(len(wrap_text(clean(row.name), size, width * part - 6)) for row in chart.rows)]
    return [max(size * _TALL, size * 1.2 * count + 2) for count in lines]


def _write_cell(cell: Drawn, text: str, size: float, fill: str, side: PP_ALIGN) -> None:
    cell.fill.solid()
    paint(cell.fill.fore_color, fill)
    cell.margin_left = cell.margin_right = Pt(3)
    cell.margin_top = cell.margin_bottom = Pt(1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = side
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    paint(run.font.color, theme.ink_on(fill))
    run._r.get_or_add_rPr().set("lang", "nl-NL")
