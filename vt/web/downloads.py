"""Files on request: of one figure, and of a whole deck. Made on click; the libraries load at first use."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vt.figures.deck import Deck
from vt.render import csv as delimited
from vt.render import image, offline, pdf, xlsx
from vt.render import pptx as slides

Advance = Callable[[int], None]
log = logging.getLogger("vt")


class Format(NamedTuple):
    """A kind of file: what a visitor calls it, its ending and media type, and how it is made of a deck."""

    label: str
    ending: str
    mime: str
    make: Callable[[Deck, Advance], bytes]


PPTX = Format(
    "PowerPoint",
    "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    slides.to_pptx,
)
PDF = Format("PDF", "pdf", "application/pdf", pdf.to_pdf)
XLSX = Format(
    "Excel",
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.table",
    lambda deck, _: xlsx.to_xlsx(deck),
)
HTML = Format("Webpagina voor zonder internet", "html", "text/html", lambda deck, _: offline.to_html(deck))
CSV = Format("CSV", "csv", "text/csv", lambda deck, _: delimited.to_csv(deck.slides[0].figure, deck.made))
PNG = Format("Afbeelding (PNG)", "png", "image/png", lambda deck, _: image.png(deck.slides[0].figure, deck.made))
SVG = Format("Afbeelding (SVG)", "svg", "image/svg+xml", lambda deck, _: image.svg(deck.slides[0].figure, deck.made))
OF_A_FIGURE = (PPTX, PNG, SVG, XLSX, CSV, PDF, HTML)
OF_A_DECK = (PPTX, PDF, XLSX, HTML)


def of_figure(figure_id: str, deck: Deck) -> None:
    """A button for each file of one figure."""
    figure = deck.slides[0].figure
    for made in OF_A_FIGURE:
        st.download_button(
            made.label,
            data=partial(_nothing_said, made, deck),
            file_name=delimited.file_name(figure, made.ending),
            mime=made.mime,
            on_click="ignore",
            type="tertiary",
            key=f"{made.ending}-{figure_id}",
        )


def of_deck(deck: Deck, formats: Sequence[Format] = OF_A_DECK) -> None:
    """A button for each file of a deck; the file is made with its progress shown, then offered."""
    with st.container(horizontal=True, key="bestanden"):
        asked = [made for made in formats if st.button(made.label, key=f"maak-{made.ending}")]
    for made in asked:
        content = _made(made, deck)
        if content is None:
            st.error(
                f"Het bestand ({made.label}) kon niet worden gemaakt. Kies een andere soort, of probeer het later."
            )
            continue
        with st.container(key="bestand-klaar"):
            st.download_button(
                f"Bewaar {made.label} ({_size(content)})",
                data=content,
                file_name=f"{delimited.slug(f'{deck.title} {deck.subtitle}')}.{made.ending}",
                mime=made.mime,
                on_click="ignore",
                key=f"klaar-{made.ending}",
            )


def _nothing_said(made: Format, deck: Deck) -> bytes:
    return made.make(deck, lambda _: None)


def _made(made: Format, deck: Deck) -> bytes | None:
    """The file, with its progress on screen; None, and the cause in the log, where that fails."""
    count = len(deck.slides)
    bar = st.progress(0.0, text=f"{made.label} wordt gemaakt …")
    try:
        return made.make(deck, lambda n: _advance(bar, n, count))
    except Exception:
        log.exception("the file %s could not be made", made.ending)
        return None
    finally:
        bar.empty()


def _advance(bar: DeltaGenerator, done: int, count: int) -> None:
    bar.progress(min(1.0, done / max(count, 1)), text=f"Figuur {done} van {count}")


def _size(content: bytes) -> str:
    return f"{max(1, round(len(content) / 1024))} kB"
