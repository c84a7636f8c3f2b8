"""A heat map as a table that PowerPoint itself draws: each cell filled with the colour of its step."""

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
            _write_cell(table.cell(n, column), clean(text), size, fill, is_name=not column)
    describe_shape(frame, "Grafiek", alt)


def _pick_size(chart: HeatMap, box: Box, width: float) -> float:
    """The type size at which all rows fit, the heads over as many lines as they need."""
    size = _LARGEST
    while size > _LEAST and _measure(chart.columns, len(chart.rows), size, width) > box.height:
        size -= 1
    return size


def _measure(heads: Sequence[str], rows: int, size: float, width: float) -> float:
    lines = max((len(wrap_text(clean(head), size, width - 6)) for head in heads), default=1)
    return size * 1.2 * lines + min(_TALLEST, size * 2) * rows


def _write_cell(cell: Drawn, text: str, size: float, fill: str, *, is_name: bool) -> None:
    cell.fill.solid()
    paint(cell.fill.fore_color, fill)
    cell.margin_left = cell.margin_right = Pt(3)
    cell.margin_top = cell.margin_bottom = Pt(1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_name else PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    paint(run.font.color, theme.ink_on(fill))
    run._r.get_or_add_rPr().set("lang", "nl-NL")
