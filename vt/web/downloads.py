"""Files on request: of one figure, and of a whole deck. Made on click, elsewhere."""

import logging
from collections.abc import Sequence
from functools import partial
from threading import BoundedSemaphore, Thread

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunContext, add_script_run_ctx, get_script_run_ctx

from vt.figures.deck import Deck
from vt.render import csv as delimited
from vt.render.files import DECK_FILES, DOCUMENTS, OWN_SIZE, PICTURES, SHAPES, FileKind, Shape, draw_as, make_shape
from vt.web import exports
from vt.web.turns import step_aside

log = logging.getLogger("vt")

OF_ONE_VISITOR = 3  # files at once: more would keep those of others waiting


def offer_figure_files(figure_id: str, deck: Deck) -> None:
    exports.get_ready()
    offer_files(DOCUMENTS, figure_id, deck)
    shape = _ask_shape(figure_id)
    offer_files([draw_as(kind, shape) for kind in PICTURES], figure_id, deck)


def offer_files(kinds: Sequence[FileKind], figure_id: str, deck: Deck) -> None:
    """A button for each file of a figure, that makes and saves it."""
    slots = st.session_state.setdefault("bestanden-tegelijk", BoundedSemaphore(OF_ONE_VISITOR))
    for kind in kinds:
        name = delimited.file_name(deck.slides[0].figure, kind.ending)
        st.download_button(
            kind.label,
            data=partial(_make_for, get_script_run_ctx(), kind, deck, name, slots),
            file_name=name,
            mime=kind.mime,
            on_click="ignore",
            type="tertiary",
            key=f"{kind.ending}-{figure_id}",
        )


def _make_for(visit: ScriptRunContext | None, kind: FileKind, deck: Deck, name: str, slots: BoundedSemaphore) -> bytes:
    """The file, that is kept until this visitor's page runs again, or he is gone.

    It stands on no page, so Streamlit removes it at the end of the second run of any visitors: before it was fetched,
    where many come by.
    """
    content, runtime = make_quietly(kind, deck, slots), Runtime.instance()
    if visit and runtime.is_active_session(visit.session_id):
        keep = partial(runtime.media_file_mgr.add, is_for_static_download=True)
        keeper = Thread(target=keep, args=(content, kind.mime, f"gemaakt/{name}", name))
        add_script_run_ctx(keeper, visit).start()  # who keeps a file is read off the thread
        keeper.join()
    return content


def _ask_shape(figure_id: str) -> Shape:
    """How large pictures are, and whether they have a ground of their own."""
    shapes = {shape.label: shape for shape in SHAPES}
    chosen = st.selectbox("Afbeelding", [*shapes, OWN_SIZE], key=f"vorm-{figure_id}")
    shape = shapes.get(chosen) or make_shape(*(_ask_pixels(label, figure_id) for label in ("Breedte", "Hoogte")))
    return shape._replace(is_clear=st.checkbox("Zonder witte achtergrond", key=f"doorzichtig-{figure_id}"))


def _ask_pixels(label: str, figure_id: str) -> int:
    """A side of a picture, in pixels."""
    usual = {"Breedte": 1600, "Hoogte": 900}[label]
    return st.number_input(f"{label} (pixels)", 400, 4000, usual, 100, key=f"{label.lower()}-{figure_id}")


def offer_deck_files(deck: Deck, kinds: Sequence[FileKind] = DECK_FILES) -> None:
    """A button for each file of a deck; the file is made with its progress shown, then offered."""
    exports.get_ready()
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


def make_quietly(kind: FileKind, deck: Deck, slots: BoundedSemaphore) -> bytes:
    """The file, if the visitor has a slot free."""
    if not slots.acquire(blocking=False):
        raise exports.ExportError("a visitor asks for too many files at once")
    try:
        return exports.make_file(kind, deck, lambda _: None)
    finally:
        slots.release()


def _make(kind: FileKind, deck: Deck) -> bytes | None:
    """The file, with its progress on screen; None, and the cause in the log, where that fails."""
    count = len(deck.slides)
    bar = st.progress(0.0, text=f"{kind.label} wordt gemaakt …")
    try:
        with step_aside():
            return exports.make_file(kind, deck, lambda n: _advance(bar, n, count))
    except exports.ExportError as error:
        log.error("the file %s could not be made: %s", kind.ending, error)
        return None
    finally:
        bar.empty()


def _advance(bar: DeltaGenerator, done: int, count: int) -> None:
    bar.progress(min(1.0, done / max(count, 1)), text=f"Figuur {done} van {count}")


def _format_size(content: bytes) -> str:
    return f"{max(1, round(len(content) / 1024))} kB"
