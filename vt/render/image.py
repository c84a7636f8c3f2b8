"""A figure as one picture: title, legend, chart, sources and notes; the chart drawn by vl-convert as on screen.

As high as it has to be, with all notes; or of a fixed shape, as a slide is, with one line below the chart. Text stays
text, set in the font that its lines were measured in, which an SVG brings along.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import vl_convert

from vt.figures.chart import Chart, NumberChart, Role
from vt.figures.figure import Figure, cite
from vt.figures.signs import write_footnote
from vt.figures.wording import clean
from vt.render import theme
from vt.render.files import SHAPES, Shape
from vt.render.house import choose_ink, recolour
from vt.render.html import fill_template
from vt.render.text import FONT, FONT_FOLDER, text_width, wrap_text
from vt.render.vega.forms import form_of, list_texts, rows, rows_for_presenter
from vt.render.vega.lanes import CLOSE
from vt.render.vega.parts import Spec

FONTS = f"{FONT}, Arial, sans-serif"
_MARGIN = 24
_SWATCH, _LEGEND_GAP, _ABOVE_CHART = 20, 20, 16
_NARROWER = 0.75  # what a number by itself is drawn at, to be larger
_LEAST_CHART = 120  # pixels that a chart of a fixed shape keeps, whatever stands above it
_SIZE = r' width="([\d.]+)" height="([\d.]+)"'
_BACKGROUND = rf'<rect width="[\d.]+" height="[\d.]+" fill="{theme.PAPER}"/>'


class Style(NamedTuple):
    """How text is set: sizes in pixels."""

    size: int
    leading: int
    colour: str
    is_bold: bool = False


class Block(NamedTuple):
    """A piece of a picture, from its own top left corner, and the room above it."""

    svg: str
    height: float
    above: float


FINDING = Style(20, 26, theme.INK, is_bold=True)
SUBTITLE = Style(14, 20, theme.QUIET)
LEGEND = Style(14, 22, theme.INK)
FOOT = Style(12, 16, theme.QUIET)


def write_png(figure: Figure, made: str = "", shape: Shape = SHAPES[0]) -> bytes:
    """The whole figure, sharp on a slide; `made` says when and from which data."""
    return _rasterize(_draw(figure, made, shape), shape.scale)


def write_svg(figure: Figure, made: str = "", shape: Shape = SHAPES[0]) -> bytes:
    """The whole figure with its letters, so that it looks the same everywhere; `made` says when and from which data."""
    return _draw(figure, made, shape).replace("</desc>", f"</desc>{_embed_fonts()}", 1).encode()


def _draw(figure: Figure, made: str, shape: Shape) -> str:
    width = shape.width - 2 * _MARGIN
    if shape.height:
        blocks = list(_set_fixed(figure, made, width, shape.height - 2 * _MARGIN))
    else:
        blocks = list(_set_freely(figure, made, width))
    drawn = recolour(_stack_blocks(figure, blocks, shape))
    return re.sub(_BACKGROUND, "", drawn) if shape.is_clear else drawn


def _set_freely(figure: Figure, made: str, width: float) -> Iterator[Block]:
    """All that goes with a figure, under each other."""
    yield from _set_head(figure, width)
    if rows(figure.chart):
        yield _place_chart(draw_chart_svg(figure, round(width)), width)
    yield from (_set_paragraph(text, SUBTITLE, 8, width) for text in figure.beneath)
    yield Block(f'<path d="M0 0H{width}" stroke="{theme.LINE}"/>', 1, 16)
    sources = enumerate(cite(figure.sources))
    yield from (_set_paragraph(f"Bron: {each}", FOOT, 2 if n else 8, width) for n, each in sources)
    yield from (_set_paragraph(note, FOOT, 6, width) for note in (*figure.notes, *filter(None, [made])))


def _set_fixed(figure: Figure, made: str, width: float, height: float) -> Iterator[Block]:
    """Title, legend, the chart as a room sees it in the room that is left, and what its signs mean below it."""
    marks, left_out = rows_for_presenter(figure.chart)
    head, footnote = list(_set_head(figure, width)), write_footnote(figure, list_texts(marks), left_out)
    foot = [_set_paragraph(text, FOOT, above, width) for above, text in ((10, footnote), (2, made)) if text]
    taken = sum(block.above + block.height for block in (*head, *foot))
    yield from head
    yield _fit_chart(figure, width, max(_LEAST_CHART, height - taken - _ABOVE_CHART))
    yield from foot


def _set_head(figure: Figure, width: float) -> Iterator[Block]:
    yield _set_paragraph(figure.title, FINDING, 0, width)
    yield _set_paragraph(figure.subtitle, SUBTITLE, 4, width)
    yield from _draw_legend(figure, width)


def draw_chart_png(figure: Figure, width: int, scale: float = 2.0) -> bytes:
    """The chart alone, about `width` times `scale` pixels wide: strokes at its edges come with it."""
    return _rasterize(recolour(draw_chart_svg(figure, width)), scale)


def draw_slide_png(figure: Figure, width: float, height: float) -> bytes:
    """The chart alone as a room sees it, in so much room, three times as sharp; as on a page where that leaves nothing
    out and a slide would."""
    if rows_for_presenter(figure.chart)[1]:
        return draw_chart_png(figure, round(width), 3)
    return _rasterize(recolour(_draw_for_room(figure.chart, width, height)), 3)


def draw_chart_svg(figure: Figure, width: int, highest: int | None = None, *, is_close: bool = False) -> str:
    """The chart alone as SVG: no title, legend or source; lower where its form has a height that is more than asked,
    or with rows as close as they can be."""
    spec = make_spec(figure, width)
    height = spec.get("height")
    if highest and isinstance(height, int | float):
        spec["height"] = min(height, highest)
    units = next((mark["units"] for mark in spec["datasets"]["figure"] if mark.get("units")), 0)
    return _convert(spec | ({"height": units * CLOSE} if is_close and units else {}))


def make_spec(figure: Figure, width: int) -> Spec:
    """The Vega-Lite spec of a figure with its data in it, `width` pixels wide, in a font that the drawer has."""
    return _fill_spec(form_of(figure.chart).spec(), _fit_rows(figure.chart, width)) | {"width": width}


def _fill_spec(spec: Spec, marks: Iterable[dict[str, Any]]) -> Spec:
    config = spec["config"]
    own = {
        "font": FONTS,
        "axis": {**config["axis"], "labelFont": FONTS, "titleFont": FONTS},
        "text": {**config["text"], "font": FONTS},
        "tick": {"opacity": 1},
    }
    data = {"data": {"name": "figure"}, "datasets": {"figure": list(map(choose_ink, marks))}}
    return {**spec, "padding": 0, "config": config | own, **data}


def _convert(spec: Spec) -> str:
    _register_fonts()
    made: str = vl_convert.vegalite_to_svg(spec)
    return made


# --- the rows of the chart, made to fit ------------------------------------------------------------------------------


def _fit_rows(chart: Chart, width: int) -> Iterator[dict[str, Any]]:
    form = form_of(chart)
    for mark in form.fit(form.marks(chart), width):
        yield {name: clean(value) if isinstance(value, str) else value for name, value in mark._asdict().items()}


# --- the blocks of a picture -----------------------------------------------------------------------------------------


def _set_paragraph(text: str, style: Style, above: float, width: float) -> Block:
    """Text over as many lines as it needs."""
    lines = wrap_text(clean(text), style.size, width, style.is_bold)
    set_ = (_set_line(line, style, 0, n * style.leading) for n, line in enumerate(lines))
    return Block("".join(set_), len(lines) * style.leading, above)


def _set_line(text: str, style: Style, left: float, top: float) -> str:
    """One line of text in the middle of its leading."""
    return fill_template("picture", "line", text, style, left, top + style.leading / 2 + 0.35 * style.size)


def _draw_legend(figure: Figure, width: float) -> list[Block]:
    """Each colour with its meaning, side by side as far as there is room."""
    left, top = 0.0, 0
    made = []
    for role, label in figure.drawn_legend:
        lines = wrap_text(clean(label), LEGEND.size, width - _SWATCH)
        wide = _SWATCH + max(text_width(line, LEGEND.size) for line in lines)
        if left and left + wide > width:
            left, top = 0.0, top + LEGEND.leading
        chart = figure.chart
        look = (theme.COLOURS[role], role in chart.roles_of_lines, role is Role.NORM, role in chart.rings)
        made.append(fill_template("picture", "swatch", left, top + 4, *look))
        made += [_set_line(line, LEGEND, left + _SWATCH, top + n * LEGEND.leading) for n, line in enumerate(lines)]
        left += wide + _LEGEND_GAP
        if len(lines) > 1:
            left, top = 0.0, top + len(lines) * LEGEND.leading
    height = top + (LEGEND.leading if left else 0)
    return [Block("".join(made), height, 12)] if made else []


def _place_chart(drawn: str, width: float, height: float | None = None) -> Block:
    """The chart, scaled down where Vega made it wider than it was asked; or as large as there is room."""
    before, wide, high, after = re.split(_SIZE, drawn, maxsplit=1)
    scale = min(height / float(high) if height else 1, width / float(wide))
    size = f' width="{float(wide) * scale:g}" height="{float(high) * scale:g}" overflow="visible"'
    return Block(f"{before}{size}{after}", float(high) * scale, _ABOVE_CHART)


def _fit_chart(figure: Figure, width: float, height: float) -> Block:
    """The chart as a room sees it, as wide and high as there is room; one number as on a page."""
    if isinstance(figure.chart, NumberChart):
        return _place_chart(draw_chart_svg(figure, round(width * _NARROWER)), width, height)._replace(height=height)
    return _place_chart(_draw_for_room(figure.chart, width, height), width)._replace(height=height)


def _draw_for_room(chart: Chart, width: float, height: float) -> str:
    spec = _fill_spec(form_of(chart).spec_for_presenter(), rows_for_presenter(chart)[0])
    return _convert(spec | {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}})


def _stack_blocks(figure: Figure, blocks: Sequence[Block], shape: Shape) -> str:
    """The blocks under each other on white, with the words for who does not see them."""
    made = []
    top = float(_MARGIN)
    for block in blocks:
        made.append((top + block.above, block.svg))
        top += block.above + block.height
    words, height = (clean(figure.title), clean(figure.alt)), max(shape.height or 0, round(top + _MARGIN))
    return fill_template("picture", "picture", *words, shape.width, height, _MARGIN, made, FONTS)


def _rasterize(drawn: str, scale: float) -> bytes:
    _register_fonts()
    made: bytes = vl_convert.svg_to_png(drawn, ppi=72 * scale)  # as many pixels, in a picture of its own size on paper
    return made


@cache
def _register_fonts() -> None:
    """Has vl-convert draw with our own font."""
    vl_convert.register_font_directory(str(FONT_FOLDER))


@cache
def _embed_fonts() -> str:
    """Our letters, those that Dutch is written with, for a program that shows an SVG as the web does."""
    faces = (
        f'@font-face{{font-family:"{FONT}";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{b64encode((FONT_FOLDER / name).read_bytes()).decode()})}}"
        for name, weight in (("dutch.woff2", "normal"), ("dutch-bold.woff2", "bold"))
    )
    return f"<style>{''.join(faces)}</style>"
