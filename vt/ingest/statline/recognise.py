"""Which files are StatLine's, by how they begin; without the libraries that read them."""

import zipfile
from pathlib import Path

from vt.ingest.statline.keys import find_table

HEAD = 4000  # bytes


def is_statline(path: Path) -> bool:
    """Whether a file is a table of StatLine, or says that it is."""
    kind = path.suffix.lower()
    if kind == ".zip":
        return bool(find_table(path.name)) or any("Observations" in name for name in _list_members(path))
    if kind not in (".json", ".csv") or not path.is_file():
        return False
    with path.open("rb") as opened:
        head = opened.read(HEAD).decode("utf-8-sig", "replace")
    return "odata." in head if kind == ".json" else {"Perioden", "Regio's"} <= _list_words(head)


def _list_words(head: str) -> set[str]:
    return {word.strip().strip('"') for line in head.splitlines() for word in line.split(";")}


def _list_members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as opened:
            return opened.namelist()
    except (zipfile.BadZipFile, OSError):
        return []
