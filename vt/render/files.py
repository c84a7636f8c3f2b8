"""The kinds of file that a figure or a deck becomes; a module loads, with its library, when it is first asked for."""

from collections.abc import Callable
from pkgutil import resolve_name
from typing import NamedTuple

from vt.figures.deck import Deck
from vt.render import csv as delimited

Advance = Callable[[int], None]


class FileKind(NamedTuple):
    """A kind of file: what a visitor calls it, its ending and media type, and how it is made of a deck."""

    label: str
    ending: str
    mime: str
    make: Callable[[Deck, Advance], bytes]


def _lazily(name: str) -> Callable[..., bytes]:
    """A function of vt.render by its module and name: the module loads, with its library, when it is called."""
    return lambda *asked: resolve_name(f"vt.render.{name}")(*asked)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_write_xlsx, _write_html = _lazily("xlsx:write_xlsx"), _lazily("offline:write_html")
_write_png, _write_svg = _lazily("image:write_png"), _lazily("image:write_svg")
PPTX = FileKind("PowerPoint", "pptx", f"{_OFFICE}.presentationml.presentation", _lazily("pptx:write_pptx"))
PDF = FileKind("PDF", "pdf", "application/pdf", _lazily("pdf:write_pdf"))
XLSX = FileKind("Excel", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda deck, _: _write_xlsx(deck))
HTML = FileKind("Webpagina voor zonder internet", "html", "text/html", lambda deck, _: _write_html(deck))
CSV = FileKind("CSV", "csv", "text/csv", lambda deck, _: delimited.write_csv(deck))
CSVW = FileKind(
    "Toelichting bij de CSV",
    delimited.NOTES_ENDING,
    "application/csvm+json",
    lambda deck, _: delimited.write_notes(deck),
)
PNG = FileKind("Afbeelding (PNG)", "png", "image/png", lambda it, _: _write_png(it.slides[0].figure, it.made))
SVG = FileKind("Afbeelding (SVG)", "svg", "image/svg+xml", lambda it, _: _write_svg(it.slides[0].figure, it.made))
FIGURE_FILES = (PPTX, PNG, SVG, XLSX, CSV, CSVW, PDF, HTML)
DECK_FILES = (PPTX, PDF, XLSX, HTML)
BY_ENDING = {kind.ending: kind for kind in FIGURE_FILES}
