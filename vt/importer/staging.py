"""Changes of the data folder that are made whole or not at all: tried out first, put back where a disk fails."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from vt.build.build import build
from vt.errors import DataError, Fault
from vt.ingest.writer import write_file

_LARGE, _ASIDE = ("statline",), ("concept", "withdrawn")  # what a trial reads where it is, and what no build reads

Changed = Mapping[Path, bytes | None]  # the new content of files of the data folder; None where one goes


def try_out(data: Path, changed: Changed, judge: Callable[[Path], None] | None = None) -> None:
    """Build from a copy with the changes in it; DataError where that is no sound data folder, or `judge` says no."""
    with tempfile.TemporaryDirectory(prefix="vt-") as folder:
        database = make_trial(data, changed, Path(folder))
        if judge:
            judge(database)


def make_trial(data: Path, changed: Changed, trial: Path) -> Path:
    """Fill a folder with what the data folder would be; its database."""
    for child in (child for child in data.iterdir() if child.is_dir() and child.name not in _ASIDE):
        if child.name in _LARGE:
            (trial / child.name).symlink_to(child.resolve())
        else:
            shutil.copytree(child, trial / child.name)
    for path, content in changed.items():
        if path.parts[0] not in _ASIDE:
            _put_file(trial / path, content)
    build(trial, trial / "vt.db")
    return trial / "vt.db"


def put(data: Path, changed: Changed) -> None:
    """Change the files one after another; where one fails, those before it are put back."""
    before = {path: (data / path).read_bytes() if (data / path).exists() else None for path in changed}
    try:
        for path, content in changed.items():
            _put_file(data / path, content)
    except OSError as error:
        for path, content in before.items():
            with suppress(NotADirectoryError):  # what was not there before
                _put_file(data / path, content)
        found = f"de wijziging kon niet worden geschreven ({error.strerror})"
        raise DataError([Fault(str(data), found=found, meant="er is niets veranderd")]) from error


def _put_file(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        write_file(path, content)


@contextmanager
def work_alone(data: Path) -> Iterator[None]:
    """Only one change of a data folder at a time; on Windows nothing guards it."""
    try:
        import fcntl

        handle = os.open(data, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
