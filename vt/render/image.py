"""A figure as one picture: title, legend, chart, sources and notes; the chart drawn by vl-convert as on screen.

Text stays text, set in the font that its lines were measured in.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import vl_convert

from vt.figures.chart import Chart, Role
from vt.figures.figure import Figure, cite
from vt.figures.wording import clean
from vt.render import theme
from vt.render.house import recolour
from vt.render.html import fill_template
from vt.render.text import FONT, FONT_FOLDER, text_width, wrap_text
from vt.render.vega.forms import form_of, rows

FONTS = f"{FONT}, Arial, sans-serif"
WIDTH = 900
_MARGIN = 24
_INNER = WIDTH - 2 * _MARGIN
_SWATCH, _LEGEND_GAP = 20, 20
_SIZE = r' width="([\d.]+)" height="([\d.]+)"'


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


FINDING = Style(20, 26, theme.INK, True)
SUBTITLE = Style(14, 20, theme.QUIET)
LEGEND = Style(14, 22, theme.INK)
FOOT = Style(12, 16, theme.QUIET)


def write_png(figure: Figure, made: str = "") -> bytes:
    """The whole figure at twice its size, sharp on a slide; `made` says when and from which data."""
    return _rasterize(write_svg(figure, made).decode(), 2.0)


def write_svg(figure: Figure, made: str = "") -> bytes:
    """The whole figure, WIDTH pixels wide and as high as it has to be; `made` says when and from which data."""
    blocks = [
        _set_paragraph(figure.title, FINDING, 0),
        _set_paragraph(figure.subtitle, SUBTITLE, 4),
        *_draw_legend(figure),
        *_place_chart(figure),
        *(_set_paragraph(text, SUBTITLE, 8) for text in figure.beneath),
        Block(f'<path d="M0 0H{_INNER}" stroke="{theme.LINE}"/>', 1, 16),
        *(_set_paragraph(f"Bron: {source}", FOOT, 8 if n == 0 else 2) for n, source in enumerate(cite(figure.sources))),
        *(_set_paragraph(note, FOOT, 6) for note in (*figure.notes, *filter(None, [made]))),
    ]
    return recolour(_stack_blocks(figure, blocks)).encode()


def draw_chart_png(figure: Figure, width: int, scale: float = 2.0) -> bytes:
    """The chart alone, about `width` times `scale` pixels wide: strokes at its edges come with it."""
    return _rasterize(recolour(draw_chart_svg(figure, width)), scale)


def draw_chart_svg(figure: Figure, width: int) -> str:
    """The chart alone as SVG: no title, legend or source."""
    _register_fonts()
    made: str = vl_convert.vegalite_to_svg(make_spec(figure, width))
    return made


def make_spec(figure: Figure, width: int) -> dict[str, Any]:
    """The Vega-Lite spec of a figure with its data in it, `width` pixels wide, in a font that the drawer has."""
    spec = form_of(figure.chart).spec()
    config = spec["config"]
    own = {
        "font": FONTS,
        "axis": {**config["axis"], "labelFont": FONTS, "titleFont": FONTS},
        "text": {**config["text"], "font": FONTS},
        "tick": {"opacity": 1},
    }
    return {
        **spec,
        "width": width,
        "padding": 0,
        "config": config | own,
        "data": {"name": "figure"},
        "datasets": {"figure": list(_fit_rows(figure.chart, width))},
    }


# --- the rows of the chart, made to fit ------------------------------------------------------------------------------


def _fit_rows(chart: Chart, width: int) -> Iterator[dict[str, Any]]:
    form = form_of(chart)
    for mark in form.fit(form.marks(chart), width):
        yield {name: clean(value) if isinstance(value, str) else value for name, value in mark._asdict().items()}


# --- the blocks of a picture -----------------------------------------------------------------------------------------


def _set_paragraph(text: str, style: Style, above: float) -> Block:
    """Text over as many lines as it needs."""
    lines = wrap_text(clean(text), style.size, _INNER, style.is_bold)
    set_ = (_set_line(line, style, 0, n * style.leading) for n, line in enumerate(lines))
    return Block("".join(set_), len(lines) * style.leading, above)


def _set_line(text: str, style: Style, left: float, top: float) -> str:
    """One line of text in the middle of its leading."""
    return fill_template("picture", "line", text, style, left, top + style.leading / 2 + 0.35 * style.size)


def _draw_legend(figure: Figure) -> list[Block]:
    """Each colour with its meaning, side by side as far as there is room."""
    left, top = 0.0, 0
    made = []
    for role, label in figure.legend:
        lines = wrap_text(clean(label), LEGEND.size, _INNER - _SWATCH)
        wide = _SWATCH + max(text_width(line, LEGEND.size) for line in lines)
        if left and left + wide > _INNER:
            left, top = 0.0, top + LEGEND.leading
        look = (theme.COLOURS[role], role in figure.chart.roles_of_lines, role is Role.NORM)
        made.append(fill_template("picture", "swatch", left, top + 4, *look))
        made += [_set_line(line, LEGEND, left + _SWATCH, top + n * LEGEND.leading) for n, line in enumerate(lines)]
        left += wide + _LEGEND_GAP
        if len(lines) > 1:
            left, top = 0.0, top + len(lines) * LEGEND.leading
    height = top + (LEGEND.leading if left else 0)
    return [Block("".join(made), height, 12)] if made else []


def _place_chart(figure: Figure) -> list[Block]:
    """The chart, scaled down where Vega made it wider than it was asked."""
    if not rows(figure.chart):
        return []
    drawn = draw_chart_svg(figure, _INNER)
    before, wide, high, after = re.split(_SIZE, drawn, maxsplit=1)
    scale = min(1, _INNER / float(wide))
    height = float(high) * scale
    size = f' width="{float(wide) * scale:g}" height="{height:g}" overflow="visible"'
    return [Block(f"{before}{size}{after}", height, 16)]


def _stack_blocks(figure: Figure, blocks: Iterable[Block]) -> str:
    """The blocks under each other on white, with the words for who does not see them."""
    made = []
    top = float(_MARGIN)
    for block in blocks:
        made.append((top + block.above, block.svg))
        top += block.above + block.height
    words = clean(figure.title), clean(figure.alt)
    return fill_template("picture", "picture", *words, WIDTH, round(top + _MARGIN), _MARGIN, made, FONTS)


def _rasterize(drawn: str, scale: float) -> bytes:
    _register_fonts()
    made: bytes = vl_convert.svg_to_png(drawn, ppi=72 * scale)  # as many pixels, in a picture of its own size on paper
    return made


@cache
def _register_fonts() -> None:
    """Has vl-convert draw with our own font."""
    vl_convert.register_font_directory(str(FONT_FOLDER))
