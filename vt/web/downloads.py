"""Files on request: of one figure, and of a whole deck. Made on click; the libraries load at first use."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pkgutil import resolve_name
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vt.figures.deck import Deck
from vt.render import csv as delimited

Advance = Callable[[int], None]
log = logging.getLogger("vt")


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
CSV = FileKind("CSV", "csv", "text/csv", lambda it, _: delimited.write_csv(it.slides[0].figure, it.made))
PNG = FileKind("Afbeelding (PNG)", "png", "image/png", lambda it, _: _write_png(it.slides[0].figure, it.made))
SVG = FileKind("Afbeelding (SVG)", "svg", "image/svg+xml", lambda it, _: _write_svg(it.slides[0].figure, it.made))
FIGURE_FILES = (PPTX, PNG, SVG, XLSX, CSV, PDF, HTML)
DECK_FILES = (PPTX, PDF, XLSX, HTML)


def offer_figure_files(figure_id: str, deck: Deck) -> None:
    """A button for each file of one figure."""
    figure = deck.slides[0].figure
    for kind in FIGURE_FILES:
        st.download_button(
            kind.label,
            data=partial(_make_quietly, kind, deck),
            file_name=delimited.file_name(figure, kind.ending),
            mime=kind.mime,
            on_click="ignore",
            type="tertiary",
            key=f"{kind.ending}-{figure_id}",
        )


def offer_deck_files(deck: Deck, kinds: Sequence[FileKind] = DECK_FILES) -> None:
    """A button for each file of a deck; the file is made with its progress shown, then offered."""
    with st.container(horizontal=True, key="bestanden"):
        asked = [kind for kind in kinds if st.button(kind.label, key=f"maak-{kind.ending}")]
    for kind in asked:
        content = _make(kind, deck)
        if content is None:
            st.error(
                f"Het bestand ({kind.label}) kon niet worden gemaakt. Kies een andere soort, of probeer het later."
            )
            continue
        with st.container(key="bestand-klaar"):
            st.download_button(
                f"Bewaar {kind.label} ({_format_size(content)})",
                data=content,
                file_name=f"{delimited.slug(f'{deck.title} {deck.subtitle}')}.{kind.ending}",
                mime=kind.mime,
                on_click="ignore",
                key=f"klaar-{kind.ending}",
            )


def _make_quietly(kind: FileKind, deck: Deck) -> bytes:
    return kind.make(deck, lambda _: None)


def _make(kind: FileKind, deck: Deck) -> bytes | None:
    """The file, with its progress on screen; None, and the cause in the log, where that fails."""
    count = len(deck.slides)
    bar = st.progress(0.0, text=f"{kind.label} wordt gemaakt …")
    try:
        return kind.make(deck, lambda n: _advance(bar, n, count))
    except Exception:
        log.exception("the file %s could not be made", kind.ending)
        return None
    finally:
        bar.empty()


def _advance(bar: DeltaGenerator, done: int, count: int) -> None:
    bar.progress(min(1.0, done / max(count, 1)), text=f"Figuur {done} van {count}")


def _format_size(content: bytes) -> str:
    return f"{max(1, round(len(content) / 1024))} kB"
