"""Files are made in processes beside the server: a long one holds no visitor, and a crash takes nothing with it.

A process is started when a visitor is about to ask for a file, loads what most files need, and stays for the next. It
is spoken to through its own pipes, in pickles of our own: (ending, shape, deck) one way, (kind, value) the other.
"""

import logging
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from vt.figures.deck import Deck
from vt.render.files import BY_ENDING, Advance, FileKind, Shape, draw_as

log = logging.getLogger("vt")

AT_ONCE = 2
LONGEST = 120.0  # seconds for one file, after which it is given up
_BUNDLE_AFTER = 10.0  # seconds: what only a page for offline needs takes more than one to load, and others don't wait


class ExportError(Exception):
    """A file could not be made; the text is for the log."""


class Maker:
    """A process that makes one file after another."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def make(self, kind: FileKind, deck: Deck, advance: Advance) -> bytes:
        """The file; ExportError where that fails, or takes too long."""
        assert self.process.stdin
        assert self.process.stdout
        watch = threading.Timer(LONGEST, self.process.kill)
        watch.start()
        try:
            _send(self.process.stdin, (kind.ending, kind.shape, deck))
            while True:
                said, value = pickle.load(self.process.stdout)
                if said == "file":
                    return bytes(value)
                if said == "failed":
                    raise ExportError(value)
                advance(value)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            raise ExportError("the process ended") from error
        finally:
            watch.cancel()

    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self.process.poll() is None

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what could not be sent can't be flushed either
                if pipe:
                    pipe.close()


_slots = threading.BoundedSemaphore(AT_ONCE)
_idle: list[Maker] = []


def make_file(kind: FileKind, deck: Deck, advance: Advance) -> bytes:
    """The file of a deck, made elsewhere; `advance` hears of every slide. ExportError where it can't be made."""
    with _lend_maker() as maker:
        return maker.make(kind, deck, advance)


def get_ready() -> None:
    """A visitor is about to ask for a file: start a process, unless one is there; who asks hears it if that fails."""
    if not _idle and _slots.acquire(blocking=False):
        with suppress(OSError):
            _idle.append(Maker())
        _slots.release()


@contextmanager
def _lend_maker() -> Iterator[Maker]:
    with _slots:
        maker = _take_maker()
        clean = False
        try:
            yield maker
            clean = True
        except ExportError:
            clean = maker.is_alive()
            raise
        finally:
            if clean:
                _idle.append(maker)
            else:  # left in the middle of a file, it would answer the next with the rest of it
                maker.end()


def _take_maker() -> Maker:
    """A process that waits and has not ended meanwhile, or a new one; ExportError where none starts."""
    while True:
        try:
            maker = _idle.pop()
        except IndexError:
            break
        if maker.is_alive():
            return maker
        maker.end()
    try:
        return Maker()
    except OSError as error:
        raise ExportError("no process can be started") from error


def _send(pipe: IO[bytes], value: object) -> None:
    pickle.dump(value, pipe)
    pipe.flush()


def _work(asked: IO[bytes], answers: IO[bytes]) -> None:
    """The life of a process: a file for each deck, until nobody can ask any more."""
    from vt.render import offline, pdf, pptx, xlsx

    del pdf, pptx, xlsx
    later = threading.Timer(_BUNDLE_AFTER, offline.load_bundle)
    later.start()
    try:
        while True:
            ending, shape, deck = pickle.load(asked)
            _send(answers, _answer(ending, shape, deck, lambda n: _send(answers, ("slide", n))))
    except EOFError:
        return
    finally:
        later.cancel()


def _answer(ending: str, shape: Shape | None, deck: Deck, advance: Advance) -> tuple[str, Any]:
    try:
        return "file", draw_as(BY_ENDING[ending], shape).make(deck, advance)
    except Exception:
        return "failed", traceback.format_exc()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # visitors go first
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes to the log, not between the answers
    _work(sys.stdin.buffer, answers)
