"""Changes of several files of the data folder: whole or not at all, also where the process that makes one is killed.

The new files are whole on the disk, and a list says which takes whose place, before the first does. Of a list that was
left, whoever reads the folder next makes the rest true.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from vt.errors import refuse
from vt.ingest.writer import write_file

_LIST = ".change.json"
_LONGEST_WAIT, _PAUSE = 10.0, 0.02  # seconds for a change that another process is making


def swap(data: Path, staged: Mapping[Path, Path | None]) -> None:
    """Put each staged file in its place, and delete where there is none; paths are within the data folder."""
    told = {path.as_posix(): fresh.as_posix() if fresh else None for path, fresh in staged.items()}
    write_file(data / _LIST, json.dumps(told).encode())
    _finish(data)


def drop_list(data: Path) -> None:
    """Let go of a change that could not be made, before what was there is put back."""
    (data / _LIST).unlink(missing_ok=True)


def settle_changes(data: Path) -> None:
    """Finish a change that was killed, and wait for one that is being made.

    DataError where it cannot be finished, or takes too long: then the folder is neither as it was nor as it will be.
    """
    until = time.monotonic() + _LONGEST_WAIT
    while (data / _LIST).exists():
        try:
            with _lock(data, wait=False):
                _finish(data)
        except BlockingIOError:
            if time.monotonic() > until:
                refuse(str(data), "een ander verandert deze map, en dat duurt lang", "probeer het straks nog eens")
            time.sleep(_PAUSE)
        except OSError as error:
            found = f"een wijziging is halverwege gestopt en is niet af te maken ({error.strerror})"
            refuse(str(data), found, "maak de map beschrijfbaar, en probeer het nog eens")


def _finish(data: Path) -> None:
    """Make true what is still to be done of the list; what was done before makes no difference."""
    if not (data / _LIST).exists():
        return
    for path, fresh in _read_list(data):
        if fresh is None:
            (data / path).unlink(missing_ok=True)
        else:
            with suppress(FileNotFoundError):  # it took its place before
                (data / fresh).replace(data / path)
    drop_list(data)


def _read_list(data: Path) -> list[tuple[str, str | None]]:
    """Each file with what takes its place; DataError where the list is not one that `swap` wrote."""
    told: list[tuple[str, str | None]] | None = None
    with suppress(ValueError, AttributeError):
        told = [*json.loads((data / _LIST).read_text(encoding="utf-8")).items()]
    if told is None or not all(name is None or _is_within(name) for pair in told for name in pair):
        refuse(_LIST, "dit is geen lijst van een wijziging van deze map", f"kijk de map na, en verwijder {_LIST}")
    return told


def _is_within(name: object) -> bool:
    return isinstance(name, str) and not Path(name).is_absolute() and ".." not in Path(name).parts


@contextmanager
def work_alone(data: Path) -> Iterator[None]:
    """Only one change of a folder at a time, after what a killed one left is finished; on Windows nothing guards it."""
    with _lock(data, wait=True):
        _finish(data)
        yield


@contextmanager
def _lock(data: Path, *, wait: bool) -> Iterator[None]:
    """BlockingIOError where another process has the folder, and is not waited for."""
    try:
        import fcntl

        handle = os.open(data, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)
