"""Tables that PowerPoint itself draws: of key figures, of what has no room in a chart, and of a heat map."""

from collections.abc import Sequence
from typing import NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Pt

from vt.figures.chart import HeatMap
from vt.figures.figure import FLAG_SIGN
from vt.figures.wording import clean
from vt.render import theme
from vt.render.pptx_chart import Box, describe_shape
from vt.render.pptx_theme import Drawn, paint
from vt.render.text import text_width, wrap_text

_LABELS = 0.2  # of the width
_TALLEST, _LARGEST, _LEAST = 34.0, 14, 6
_LEAST_WHOLE = 12  # points, rather than that a text goes on to a next line
_SLACK = 1.06  # for type that is wider than ours
_BESIDE = 12.0  # the margins of a cell
_GAP = 0.7  # between two rows, in the size of their type


def add_heat_map(slide: Slide, chart: HeatMap, alt: str, box: Box) -> None:
    """The heat map in the box, with its alt text."""
    width = box.width * (1 - _LABELS) / max(1, len(chart.columns))
    size = _pick_size(chart, box, width)
    rows = [["", *chart.columns], *([row.name, *(cell.text for cell in row.cells)] for row in chart.rows)]
    shapes: Drawn = slide.shapes
    frame = shapes.add_table(
        len(rows), len(rows[0]), *map(Pt, box._replace(height=min(box.height, size * 2 * len(rows))))
    )
    table = frame.table
    table.first_row = table.horz_banding = False
    for n, column in enumerate(table.columns):
        column.width = Pt(width if n else box.width * _LABELS)
    for n, texts in enumerate(rows):
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
) -> None:
    """A table with a head, as high as it has to be, or so many times that where there is room; the first columns, so
    many, are text and the others numbers."""
    rows = [
        [*row[:texts], *(text.replace(f" {FLAG_SIGN}", f"\xa0{FLAG_SIGN}") for text in row[texts:])] for row in rows
    ]
    sizes = range(largest, _LEAST, -1)
    tried = [(size, False) for size in sizes if size >= _LEAST_WHOLE] + [(size, True) for size in sizes]
    planned = (
        plan for size, may_wrap in tried if (plan := _plan_table(rows, texts if may_wrap else 0, size, box)).fits
    )
    plan = next(planned, _plan_table(rows, texts, _LEAST, box))
    size, widths, wider = plan.size, plan.widths, max(1, min(spread, box.height / sum(plan.heights)))
    heights = [height * wider for height in plan.heights]
    frame = slide.shapes.add_table(len(rows), len(rows[0]), *map(Pt, box._replace(height=sum(heights))))
    table: Drawn = frame.table
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for n, row in enumerate(rows):
        table.rows[n].height = Pt(heights[n])
        for at, text in enumerate(row):
            cell = table.cell(n, at)
            _write_cell(cell, clean(text), size, theme.PAPER, PP_ALIGN.LEFT if at < texts else PP_ALIGN.RIGHT)
            cell.text_frame.paragraphs[0].runs[0].font.bold = n == 0
    describe_shape(frame, name, f"{name}: {', '.join(rows[0])}.")


class _Plan(NamedTuple):
    """How a table is set: the size of its type, widths and heights; whether it fits with no word broken."""

    size: int
    widths: list[float]
    heights: list[float]
    fits: bool


def _plan_table(rows: Sequence[Sequence[str]], texts: int, size: int, box: Box) -> _Plan:
    """The table in so much room; of the first columns, so many, a text may go on to a next line."""
    columns = list(zip(*rows, strict=True))
    words = [[(n, word) for n, text in enumerate(each) for word in text.split(" ")] for each in columns]
    most = [max(_width(text, size, n) for n, text in enumerate(each)) for each in columns]
    least = [max((_width(word, size, n) for n, word in each), default=0) for each in words[:texts]] + most[texts:]
    inside = box.width - _BESIDE * len(columns)
    part = min(1, max(0, inside - sum(least)) / (sum(most) - sum(least) or 1))
    wanted = [low + (high - low) * part for low, high in zip(least, most, strict=True)]
    widths = [width * inside / sum(wanted) for width in wanted]
    heights = [size * (1.2 * _count_lines(row, n, size, widths) + _GAP) for n, row in enumerate(rows)]
    fits = sum(least) <= inside and sum(heights) <= box.height
    return _Plan(size, [width + _BESIDE for width in widths], heights, fits)


def _width(text: str, size: int, row: int) -> float:
    """How wide a text is in a row of a table, of which the first is bold."""
    return text_width(text, size, is_bold=row == 0) * _SLACK


def _count_lines(texts: Sequence[str], row: int, size: int, widths: Sequence[float]) -> int:
    return max(len(wrap_text(text, size, wide + 1, row == 0)) for text, wide in zip(texts, widths, strict=True))


def _pick_size(chart: HeatMap, box: Box, width: float) -> float:
    """The type size at which all rows fit, the heads over as many lines as they need."""
    size = float(_LARGEST)
    while size > _LEAST and _measure(chart.columns, len(chart.rows), size, width) > box.height:
        size -= 1
    return size


def _measure(heads: Sequence[str], rows: int, size: float, width: float) -> float:
    lines = max((len(wrap_text(clean(head), size, width - 6)) for head in heads), default=1)
    return size * 1.2 * lines + min(_TALLEST, size * 2) * rows


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
