"""Tables that PowerPoint itself draws: of key figures, of what has no room in a chart, and of a heat map."""

from collections.abc import Sequence

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Pt

from vt.figures.chart import HeatMap
from vt.figures.wording import clean
from vt.render import theme
from vt.render.pptx_chart import Box, describe_shape
from vt.render.pptx_theme import Drawn, paint
from vt.render.text import wrap_text

_LABELS = 0.2  # of the width
_TALLEST, _LARGEST, _LEAST = 34.0, 14.0, 6.0
_SIGN = 0.55  # how wide a sign is, in the size of its type
_ROW = 1.9  # the height of a row, in the size of its type


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
    slide: Slide, name: str, rows: Sequence[Sequence[str]], texts: int, box: Box, largest: float = _LARGEST
) -> None:
    """A table with a head, as high as it has to be; the first columns, so many, are text and the others numbers."""
    shares = [max(len(row[n]) for row in rows) + (2 if n < texts else 5) for n in range(len(rows[0]))]
    size = min(largest, box.height / len(rows) / _ROW, max(_LARGEST, box.width / sum(shares) / _SIGN))
    frame = slide.shapes.add_table(len(rows), len(rows[0]), *map(Pt, box._replace(height=size * _ROW * len(rows))))
    table: Drawn = frame.table
    table.horz_banding = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Pt(box.width * share / sum(shares))
    for n, row in enumerate(rows):
        table.rows[n].height = Pt(size * _ROW)
        for at, text in enumerate(row):
            cell = table.cell(n, at)
            _write_cell(cell, clean(text), size, theme.PAPER, PP_ALIGN.LEFT if at < texts else PP_ALIGN.RIGHT)
            cell.text_frame.paragraphs[0].runs[0].font.bold = n == 0
    describe_shape(frame, name, f"{name}: {', '.join(rows[0])}.")


def _pick_size(chart: HeatMap, box: Box, width: float) -> float:
    """The type size at which all rows fit, the heads over as many lines as they need."""
    size = _LARGEST
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
