"""Files are made in processes of their own, that may fail, stop or take too long."""

from datetime import date
from threading import BoundedSemaphore

import pytest

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
    exports.get_ready()
    for maker in exports._idle:
        maker.process.kill()
        maker.process.wait()
    with pytest.raises(exports.ExportError):
        exports.make_file(CSV, deck, ignore)
    assert exports.make_file(CSV, deck, ignore)


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
