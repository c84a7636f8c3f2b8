"""Changes of the data folder that are made whole or not at all: tried out first, put back where a disk fails."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from vt.build.build import adopt, build
from vt.errors import refuse
from vt.ingest.changes import drop_list, swap
from vt.ingest.writer import stage_file, write_file

_REASONS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EACCES: "daar mag u niet bij",
    errno.EPERM: "daar mag u niet bij",
    errno.EROFS: "daar is niet te schrijven",
    errno.ENOENT: "die map of dat bestand is er niet",
    errno.ENOTDIR: "dat is geen map",
    errno.EEXIST: "dat is geen map",
    errno.EISDIR: "dat is een map",
    errno.ENAMETOOLONG: "de naam van het bestand is te lang",
}
_LARGE, _ASIDE = ("statline",), ("concept", "withdrawn")  # what a trial reads where it is, and what no build reads

Changed = Mapping[Path, bytes | None]  # the new content of files of the data folder; None where one goes


def try_out(data: Path, changed: Changed, then: Callable[[Path], None] | None = None) -> None:
    """Build from a copy with the changes in it, and do what is `then` to do with its database; DataError where that is
    no sound data folder, or the changes could not be written after."""
    for place in {(data / path).parent for path in changed}:
        if place.is_dir() and not os.access(place, os.W_OK):
            _refuse_written(data, OSError(errno.EROFS, ""))
    with tempfile.TemporaryDirectory(prefix="vt-") as folder:
        database = make_trial(data, changed, Path(folder))
        if then:
            then(database)


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


def put_tried(data: Path, changed: Changed, made: Path, database: Path) -> None:
    """Change the files; the database that was made of a copy becomes theirs, or is built later where it cannot."""
    put(data, changed)
    with suppress(OSError):
        adopt(made, data, database)


def put(data: Path, changed: Changed) -> None:
    """Change the files; all are on the disk before the first takes its place, and where one fails, those before it are
    put back."""
    _sweep(data)
    before = {path: (data / path).read_bytes() if (data / path).exists() else None for path in changed}
    staged: dict[Path, Path] = {}
    try:
        for path, content in changed.items():
            if content is not None:
                staged[path] = stage_file(data / path, content)
        fresh = {path: staged[path].relative_to(data) if path in staged else None for path in changed}
        swap(data, fresh)
    except OSError as error:
        drop_list(data)
        for left in staged.values():
            left.unlink(missing_ok=True)
        for path, content in before.items():
            with suppress(NotADirectoryError):  # what was not there before
                _put_file(data / path, content)
        _refuse_written(data, error)


def _refuse_written(data: Path, error: OSError) -> NoReturn:
    refuse(str(data), f"de wijziging kon niet worden geschreven ({explain(error)})", "er is niets veranderd")


def explain(error: OSError) -> str:
    """Why a file cannot be written, in Dutch where it is a usual reason."""
    return _REASONS.get(error.errno or 0, str(error.strerror))


def _sweep(data: Path) -> None:
    """Delete what a change left that was killed; the caller alone changes the folder now."""
    for path in (*data.glob(".*.new"), *data.glob("*/.*.new")):
        path.unlink(missing_ok=True)


def _put_file(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        write_file(path, content)
