"""Files are made in processes of their own, that may fail, stop or take too long."""

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

import pytest
import streamlit as st
from decks import figure_of, whole_deck
from served import serving
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from websockets.sync.client import ClientConnection, connect

from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Slide
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.render.files import CSV, PPTX, SVG
from vt.web import downloads, exports


@pytest.fixture(scope="module")
def deck(dataset: Dataset) -> Deck:
    request = FigureRequest("places", ("meldingen",))
    (figure,) = build_figures(dataset, request, Selection(gemeenten=("zwolle",)))
    return Deck("Proef", "Zwolle", (Slide(figure), Slide(figure)), "Gemeente Zwolle", "", "1", date(2026, 11, 28))


def ignore(slides: int) -> None:
    del slides


@pytest.mark.parametrize("kind", [CSV, SVG], ids=lambda kind: kind.ending)
def test_a_file_made_elsewhere_is_the_file(deck: Deck, kind: exports.FileKind) -> None:
    assert exports.make_file(kind, deck, ignore) == kind.make(deck, ignore)


def test_who_waits_hears_of_every_slide(deck: Deck) -> None:
    heard: list[int] = []
    exports.make_file(PPTX, deck, heard.append)
    assert heard == [1, 2]


def test_one_process_makes_one_file_after_another(deck: Deck) -> None:
    exports.make_file(CSV, deck, ignore)
    before = list(exports._idle)
    exports.make_file(CSV, deck, ignore)
    assert exports._idle == before


def test_a_file_that_fails_is_told_and_the_next_is_made(deck: Deck) -> None:
    with pytest.raises(exports.ExportError, match="KeyError"):
        exports.make_file(CSV._replace(ending="x"), deck, ignore)
    assert exports.make_file(CSV, deck, ignore)


def test_a_process_that_ends_takes_nobody_with_it(deck: Deck) -> None:
    """While it waits, nobody notices; while it makes a file, that file alone is lost."""
    exports.get_ready()
    for maker in exports._idle:
        maker.process.kill()
        maker.process.wait()
    assert exports.make_file(CSV, deck, ignore)
    (maker,) = exports._idle
    with pytest.raises(exports.ExportError):
        exports.make_file(PPTX, deck, lambda _: maker.process.kill())
    assert exports.make_file(CSV, deck, ignore)


def test_a_process_that_cannot_start_is_told_and_keeps_no_slot(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    while exports._idle:
        exports._idle.pop().end()
    monkeypatch.setattr(exports.sys, "executable", "/no/such/program")
    for _ in range(exports.AT_ONCE + 1):
        exports.get_ready()
        with pytest.raises(exports.ExportError, match="started"):
            exports.make_file(CSV, deck, ignore)
    monkeypatch.undo()
    assert exports.make_file(CSV, deck, ignore)


def test_half_an_answer_is_a_process_that_ended(deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    while exports._idle:
        exports._idle.pop().end()
    (tmp_path / "half").write_bytes(pickle.dumps(("file", b"x" * 100))[:60])
    maker = tmp_path / "maker"
    maker.write_text(f"#!/bin/sh\nhead -c 1 > /dev/null\ncat {tmp_path / 'half'}\n")
    maker.chmod(0o700)
    monkeypatch.setattr(exports.sys, "executable", str(maker))
    with pytest.raises(exports.ExportError, match="ended"):
        exports.make_file(CSV, deck, ignore)
    assert not exports._idle


def test_a_file_that_takes_too_long_is_given_up(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LONGEST", 0.0)
    with pytest.raises(exports.ExportError):
        exports.make_file(PPTX, deck, ignore)
    monkeypatch.undo()
    assert exports.make_file(CSV, deck, ignore)


def test_a_visitor_who_leaves_leaves_no_half_file_for_the_next(deck: Deck) -> None:
    def leave(slides: int) -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        exports.make_file(PPTX, deck, leave)
    assert exports.make_file(CSV, deck, ignore) == CSV.make(deck, ignore)


def test_one_visitor_keeps_no_more_than_his_own_files_waiting(deck: Deck) -> None:
    slots = BoundedSemaphore(1)
    assert downloads.make_quietly(CSV, deck, slots)
    with slots, pytest.raises(exports.ExportError, match="too many"):
        downloads.make_quietly(CSV, deck, slots)
    assert downloads.make_quietly(CSV, deck, slots)


OFFERS_A_CSV = """
import streamlit as st
from decks import figure_of, whole_deck
from vt.render.files import CSV
from vt.web.downloads import offer_files
offer_files([CSV], "x", whole_deck([figure_of(("Zwolle", 646, None))]))
"""


def test_a_file_that_was_made_waits_for_its_visitor_while_others_come_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit removes what no page shows at the end of the second run of any visitors."""
    script = tmp_path / "site.py"
    script.write_text(OFFERS_A_CSV)
    monkeypatch.setattr(Runtime, "_instance", None)
    with serving(st.App(script)) as client, connect(client.stream, max_size=None) as visitor:
        session, button = _run(visitor)
        asked = BackMsg()
        operation = asked.backend_operation_request
        operation.request_id, operation.session_id = "1", session.new_session.initialize.session_id
        operation.deferred_file.file_id = button.delta.new_element.download_button.deferred_file_id
        visitor.send(asked.SerializeToString())
        told = _receive(visitor, lambda each: each.WhichOneof("type") == "backend_operation_response")
        made = told.backend_operation_response.deferred_file.url
        for _ in range(3):
            with connect(client.stream, max_size=None) as other:
                _run(other)
        answer = client.get(made)
        assert (answer.status, answer.content) == (
            200,
            CSV.make(whole_deck([figure_of(("Zwolle", 646, None))]), ignore),
        )
        _run(visitor)
        with connect(client.stream, max_size=None) as other:
            _run(other)
        assert not Runtime.instance().media_file_mgr.read_file(Path(made).stem), "it is not kept for good"


def _run(socket: ClientConnection) -> tuple[ForwardMsg, ForwardMsg]:
    """Ask for the page as a visitor who comes to it; what begins it, and its button, once the page stands."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    socket.send(asked.SerializeToString())
    session = _receive(socket, lambda each: each.WhichOneof("type") == "new_session")
    button = _receive(socket, lambda each: each.delta.new_element.WhichOneof("type") == "download_button")
    _receive(socket, lambda each: each.WhichOneof("type") == "script_finished")
    return session, button


def _receive(socket: ClientConnection, is_meant: Callable[[ForwardMsg], bool]) -> ForwardMsg:
    while not is_meant(message := ForwardMsg.FromString(socket.recv(timeout=60, decode=False))):
        pass
    return message
