"""Which files are StatLine's, by how they begin; without the libraries that read them."""

import zipfile
from pathlib import Path

from vt.ingest.statline.keys import find_table

HEAD = 4000  # bytes
UNPACKED = {"Measure", "RegioS", "Perioden", "ValueAttribute"}  # the head of Observations.csv


def is_statline(path: Path) -> bool:
    """Whether a file is a table of StatLine, or says that it is."""
    kind = path.suffix.lower()
    if kind == ".zip":
        return any("Observations" in name or find_table(name) for name in (path.name, *_list_members(path)))
    if kind not in (".json", ".csv") or not path.is_file():
        return False
    with path.open("rb") as opened:
        head = opened.read(HEAD).decode("utf-8-sig", "replace")
    words = _list_words(head)
    return "odata." in head if kind == ".json" else words >= {"Perioden", "Regio's"} or words >= UNPACKED


def _list_words(head: str) -> set[str]:
    return {word.strip().strip('"') for line in head.splitlines() for word in line.split(";")}


def _list_members(path: Path) -> list[str]:
    """The names in a zip; of one that is cut off the first, which stands at its beginning."""
    try:
        with zipfile.ZipFile(path) as opened:
            return opened.namelist()
    except zipfile.BadZipFile:
        with path.open("rb") as opened:
            return [opened.read(HEAD).partition(b".csv")[0].decode("ascii", "ignore")]
    except OSError:
        return []
