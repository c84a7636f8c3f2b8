"""The visitor's view, and what is kept between visits: one build of the database at a time."""

import logging
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import streamlit as st

from vt.build.build import CONTENT, ensure
from vt.errors import DataError
from vt.figures.answers import Dataset
from vt.figures.selection import Choices, Selection, list_choices, list_chosen_places
from vt.model.catalogue import Place
from vt.store.connection import UNREADABLE, connect, data_folder, database_path, identity
from vt.store.reference import Metadata, read_metadata

log = logging.getLogger("vt")


@dataclass(frozen=True)
class Build:
    """One build of the database: its file, and what tells that file from the one of another build."""

    path: Path
    identity: tuple[int, int, int, int]

    def connect(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection, closed at the end."""
        return closing(connect(self.path))


@dataclass(frozen=True)
class View:
    """What the visitor looks at: the database as it is now, and the selection; `asked` are the places that were chosen
    in the filters, `said` is what the page has said."""

    build: Build
    metadata: Metadata
    selection: Selection
    asked: tuple[Place, ...] = ()
    said: set[object] = field(default_factory=set, compare=False)

    @property
    def places(self) -> tuple[Place, ...]:
        """The chosen places, in order."""
        return tuple(self.metadata.places[id_] for id_ in list_chosen_places(self.selection, self.metadata))


def open_database() -> Build | None:
    """The database, built first where it is missing or the data changed; None, with a sentence on screen, if neither
    works. Where the data no longer loads, the database that is there goes on serving."""
    data, target = data_folder(), database_path()
    try:
        _ensure(str(data), str(target), _stamp(data, target))
    except DataError as error:
        log.error("the data folder does not load:\n%s", error)
        if not target.exists():
            st.error("De gegevens zijn niet te lezen. De beheerder vindt in het logboek welke regels er niet kloppen.")
            return None
    except UNREADABLE as error:
        log.error("the database cannot be built", exc_info=error)
        if not target.exists():
            show_failure(error)
            return None
    return Build(target, identity(target))


def _stamp(data: Path, target: Path) -> str:
    """What changes when the data folder or the database does: names, times and sizes."""
    files = [*sorted(path for name in CONTENT for path in data.glob(name)), *([target] if target.exists() else [])]
    return repr([(path.name, stat.st_mtime_ns, stat.st_size) for path in files for stat in [path.stat()]])


@st.cache_resource(max_entries=8, show_spinner="De gegevens worden ingelezen …")
def _ensure(data: str, target: str, stamp: str) -> None:
    del stamp
    ensure(Path(data), Path(target))


@lru_cache(maxsize=4)
def load_metadata(build: Build) -> Metadata:
    """What is known of a database beside its numbers; once per build of it."""
    with build.connect() as db:
        return read_metadata(db)


@lru_cache(maxsize=400)
def load_choices(build: Build, topics: tuple[str, ...] = (), region: str | None = None) -> Choices:
    """What the filters offer for these topics or for all, in one region or in all; once per build of the database."""
    metadata = load_metadata(build)
    return list_choices(metadata, metadata.of_topics(topics), region)


@contextmanager
def open_dataset(build: Build) -> Iterator[Dataset]:
    """What figures are made of; closed at the end."""
    with build.connect() as db:
        yield Dataset(db, load_metadata(build))


def hand_on(view: View) -> None:
    """Hand a view on to the page that the site runs next: Streamlit runs a page's file without arguments."""
    st.session_state["view"] = view


def open_view() -> View:
    """The view that the site handed on: a page asks for it once, at its start, and hands it on itself."""
    view: View = st.session_state["view"]
    return view


def show_failure(error: Exception) -> None:
    """A fault that a visitor meets, as a sentence with a number; the log has the rest under that number."""
    number = f"{secrets.randbelow(1_000_000):06}"
    log.error("fault %s: the page could not be made", number, exc_info=error)
    what = "De database is niet te lezen." if isinstance(error, UNREADABLE) else "Er ging iets mis."
    report = f"blijft het zo, meld het dan aan de beheerder, met nummer {number}"
    st.error(f"{what} Probeer het over een minuut opnieuw; {report}.")


def explain_failure(error: Exception) -> bool:
    """Show what no page caught in our words; True tells Streamlit to leave out its own."""
    show_failure(error)
    return True
