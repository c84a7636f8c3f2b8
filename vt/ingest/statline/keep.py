"""data/statline/: every version of every table that was brought in, a folder a table; the newest is built from."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from vt.errors import refuse
from vt.ingest.writer import write_file

FOLDER = "statline"
ORDER = ("84847NED", "84849NED", "84851NED", "84852NED", "84855NED", "85361NED", "84853NED")  # then what those hold too


class Kept(NamedTuple):
    """A version of a table: its file, the day of its numbers, how many cells it has."""

    path: Path
    version: str
    rows: int


def list_newest(data: Path) -> list[Path]:
    """The newest version of each table: the newest first, of one day those that hold all gemeenten before those that
    repeat a part of them."""
    folders = [folder for folder in (data / FOLDER).glob("*") if folder.is_dir()] if (data / FOLDER).is_dir() else []
    newest = [path for folder in folders if (path := max(folder.glob("*.zip"), default=None))]
    ordered = sorted(newest, key=lambda path: (path.parent.name not in ORDER, path.parent.name))
    return sorted(ordered, key=lambda path: path.stem[:10], reverse=True)


def find_newest(data: Path, table: str) -> Kept | None:
    """The newest version of a table; None where there is none."""
    return max(_list_kept(data / FOLDER / table), key=lambda kept: kept.path.name, default=None)


def read_about(path: Path) -> dict[str, Any]:
    """What is known of a version: `file` that it came from, its `rows`, `despite_rows` why these are so many or few.

    DataError where that can't be read.
    """
    told = path.with_suffix(".json")
    try:
        return dict(json.loads(told.read_text(encoding="utf-8"))) if told.exists() else {}
    except (OSError, TypeError, ValueError):
        refuse(
            f"{path.parent.name}/{told.name}", "dit bestand is beschadigd", "haal het weg, of haal de tabel opnieuw op"
        )


def _list_kept(folder: Path) -> Iterator[Kept]:
    for path in folder.glob("*.zip"):
        yield Kept(path, path.stem[:10], read_about(path).get("rows", 0))


def keep(data: Path, table: str, version: str, about: Mapping[str, object], write: Callable[[Path], object]) -> Path:
    """Put a version of a table with the others; `write` makes its zip, `about` is what is known of it. Its path."""
    folder = data / FOLDER / table
    folder.mkdir(parents=True, exist_ok=True)
    before = max((path.stem for path in folder.glob(f"{version}*.zip")), default=None)
    path = folder / f"{version}{'' if before is None else f'_{_number(before) + 1:03}'}.zip"
    fresh = path.with_suffix(".new")
    try:
        write(fresh)
        told = {**about, "sha256": hashlib.sha256(fresh.read_bytes()).hexdigest()}
        write_file(path.with_suffix(".json"), json.dumps(told).encode())
        return fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _number(stem: str) -> int:
    """The how manyth version of its day a file is: 2026-06-30_002 is the second."""
    return int(stem.partition("_")[2] or 1)
