"""Documents of strangers: nothing comes in wrong, no number is left in silence, and nearly all are taken over."""

from pathlib import Path

import pytest
import strangers
from real import DATA
from strangers import STRANGERS
from test_readers import read_here

from vt.importer.drafts import Known, load_known

ACCEPTED = 0.98


@pytest.fixture(scope="module")
def known() -> Known:
    return load_known(DATA)


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_s_document_comes_in_right_and_what_does_not_is_told(
    name: str, known: Known, tmp_path: Path
) -> None:
    stranger = STRANGERS[name]()
    path = tmp_path / f"{name}{stranger.suffix}"
    stranger.make(path)
    document = read_here(path)
    account = strangers.account(stranger, document, known, tmp_path)
    assert (account.wrong, account.silent) == ({}, [])
    assert account.accepted >= ACCEPTED * (account.printed - account.asked)
    pictures = ("Blz. 2 is een beeld zonder tekst: wat daarop staat, is niet gelezen.",)
    assert document.warnings == (pictures if name == "scanned" else ())
