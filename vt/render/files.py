"""The kinds of file that a figure or a deck becomes; a module loads, with its library, when it is first asked for."""

from collections.abc import Callable
from math import sqrt
from pkgutil import resolve_name
from typing import NamedTuple

from vt.figures.deck import Deck
from vt.render import csv as delimited

Advance = Callable[[int], None]


class Shape(NamedTuple):
    """The shape of a picture: what a visitor calls it, its size, how many pixels of a PNG each of it is, and whether it
    has no ground of its own.

    Without a height it is as high as it has to be, with all that must be known of its numbers.
    """

    label: str
    width: float
    height: float | None = None
    scale: float = 2.0
    is_clear: bool = False


SHAPES = (Shape("Met toelichting", 900), Shape("Dia (16:9)", 960, 540), Shape("Vierkant", 720, 720))
OWN_SIZE = "Eigen maat"


def make_shape(width: int, height: int) -> Shape:
    """The shape of a PNG of so many pixels: as much stands in it as on a slide, its letters grow with it."""
    scale = sqrt(width * height / (720 * 720))
    return Shape(OWN_SIZE, width / scale, height / scale, scale)


class FileKind(NamedTuple):
    """A kind of file: what a visitor calls it, its ending and media type, how it is made of a deck, in which shape."""

    label: str
    ending: str
    mime: str
    make: Callable[[Deck, Advance], bytes]
    shape: Shape | None = None


def _lazily(name: str) -> Callable[..., bytes]:
    """A function of vt.render by its module and name: the module loads, with its library, when it is called."""
    return lambda *asked: resolve_name(f"vt.render.{name}")(*asked)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_write_xlsx = _lazily("xlsx:write_xlsx")
_write_png, _write_svg = _lazily("image:write_png"), _lazily("image:write_svg")
PPTX = FileKind("PowerPoint", "pptx", f"{_OFFICE}.presentationml.presentation", _lazily("pptx:write_pptx"))
PDF = FileKind("PDF", "pdf", "application/pdf", _lazily("pdf:write_pdf"))
XLSX = FileKind("Excel", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda deck, _: _write_xlsx(deck))
HTML = FileKind("Webpagina voor zonder internet", "html", "text/html", _lazily("offline:write_html"))
CSV = FileKind("CSV", "csv", "text/csv", lambda deck, _: delimited.write_csv(deck))
CSVW = FileKind(
    "Toelichting bij de CSV",
    delimited.NOTES_ENDING,
    "application/csvm+json",
    lambda deck, _: delimited.write_notes(deck),
)
PNG = FileKind("Afbeelding (PNG)", "png", "image/png", lambda it, _: _write_png(it.slides[0].figure, it.made))
SVG = FileKind("Afbeelding (SVG)", "svg", "image/svg+xml", lambda it, _: _write_svg(it.slides[0].figure, it.made))
DOCUMENTS, PICTURES = (PPTX, PDF, XLSX, HTML, CSV, CSVW), (PNG, SVG)
FIGURE_FILES = (*DOCUMENTS, *PICTURES)
DECK_FILES = (PPTX, PDF, XLSX, HTML)


def draw_as(kind: FileKind, shape: Shape | None) -> FileKind:
    """A kind of picture in another shape; any other kind as it is."""
    write = {PNG.ending: _write_png, SVG.ending: _write_svg}.get(kind.ending)
    if write is None or shape is None:
        return kind
    return kind._replace(make=lambda it, _: write(it.slides[0].figure, it.made, shape), shape=shape)


BY_ENDING = {kind.ending: kind for kind in FIGURE_FILES}
