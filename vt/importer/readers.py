"""Which reader takes which kind of file. A document is read in a process of its own, with limits.

A hostile or huge file then costs its process, never ours; nothing in a document is run or fetched.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from vt.importer.form import Box, Document, Page, Phrase, RawCell, RawTable, Stray, UnreadableError

MOST_BYTES, MOST_MEMORY, MOST_CELLS = 60_000_000, 500_000_000, 200_000
MOST_SECONDS, _LONGEST_WAIT = 15, 90  # of work, and by the clock: a busy machine is no fault of the document


class Kind(NamedTuple):
    """A kind of file: what it is called, and the module of this room that reads it."""

    label: str
    module: str


KINDS = {
    ".pdf": Kind("PDF", "pdf"),
    ".txt": Kind("tekst", "text"),
    **dict.fromkeys((".xlsx", ".xlsm"), Kind("Excel", "xlsx")),
    **dict.fromkeys((".xls", ".xlsb", ".ods"), Kind("rekenblad", "ods")),
    ".docx": Kind("Word", "docx"),
    **dict.fromkeys((".html", ".htm"), Kind("webpagina", "html")),
    **dict.fromkeys((".csv", ".tsv"), Kind("CSV", "delimited")),
}
_PICTURE = (
    "is een beeld (een foto of een scan): er staat geen tekst in om te lezen. Vraag wie het rapport maakte om de PDF "
    "of de Excel, of typ de tabel over in Excel en lees dat in."
)
_OTHERS = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
    **dict.fromkeys((".doc", ".rtf", ".odt"), "is een oud of ander soort Word: bewaar het als .docx of als PDF."),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "is een presentatie: bewaar haar als PDF."),
    **dict.fromkeys((".msg", ".eml"), "is een e-mail: bewaar de bijlage apart, en lees die in."),
    **dict.fromkeys((".zip", ".rar", ".7z"), "is een pakket van bestanden: pak het uit, en lees in wat erin zit."),
    **dict.fromkeys((".yaml", ".yml"), "is al een rapport: zet het in de map reports, en kijk het na met vt check."),
}


def read_document(path: Path) -> Document:
    """What stands in a file; UnreadableError, with a sentence, where that cannot be read."""
    if not path.is_file():
        raise UnreadableError(f"{path.name} is {'een map: noem een bestand' if path.is_dir() else 'er niet'}.")
    if any("\ud800" <= char <= "\udfff" for char in path.name):
        raise UnreadableError("De naam van het bestand heeft tekens die niet te lezen zijn: geef het een andere naam.")
    find_kind(path)
    if (size := path.stat().st_size) > MOST_BYTES:
        raise UnreadableError(f"{path.name} is te groot: {size // 1_000_000} MB, hoogstens {MOST_BYTES // 1_000_000}.")
    if size == 0:
        raise UnreadableError(f"{path.name} is leeg.")
    command = [sys.executable, "-m", "vt.importer.readers", str(path.resolve())]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=_LONGEST_WAIT, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{path.name} is niet te lezen binnen {MOST_SECONDS} seconden.") from None
    if ran.returncode != 0:
        raise UnreadableError(f"{path.name} is niet te lezen: het kost te veel geheugen of tijd.")
    return _take_over(json.loads(ran.stdout))


def find_kind(path: Path) -> Kind:
    """The kind of a file, by its name; UnreadableError where there is no reader for it."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(sorted(KINDS))
        said = _OTHERS.get(path.suffix.lower(), f"is een soort bestand dat niet gelezen wordt. Wel: {known}.")
        raise UnreadableError(f"{path.name} {said}")
    return kind


def _take_over(told: dict[str, Any]) -> Document:
    """The document that the other process found."""
    if "unreadable" in told:
        raise UnreadableError(told["unreadable"])
    tables = tuple(_take_table(table) for table in told["tables"])
    strays = tuple(Stray(*stray) for stray in told["strays"])
    pages = tuple(_take_page(page) for page in told["pages"])
    lists = (tuple(told["lines"]), tables, strays, pages, tuple(told["warnings"]), tuple(told["under"]))
    return Document(told["name"], told["kind"], *lists)


def _take_page(told: dict[str, Any]) -> Page:
    phrases = {name: tuple(Phrase(text, Box(*box)) for text, box in told[name]) for name in ("phrases", "beside")}
    return Page(**told | phrases | {"size": tuple(told["size"])})


def _take_table(told: dict[str, Any]) -> RawTable:
    cells = (RawCell(**cell | {"box": Box(*cell["box"]) if cell["box"] else None}) for cell in told["cells"])
    return RawTable(**told | {"cells": tuple(cells), "before": tuple(told["before"])})


def limit() -> None:
    """Bound what this process may take; not on Windows, which has no such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_here(path: Path) -> dict[str, Any]:
    """What the reader of this kind of file found, or the sentence that says why it found nothing."""
    try:
        read: Callable[[Path], Document] = import_module(f"vt.importer.{find_kind(path).module}").read
        document = read(path)
    except UnreadableError as error:
        return {"unreadable": str(error)}
    except ImportError as error:
        return {"unreadable": f"Hiervoor is {error.name} nodig: uv sync --group import"}
    except MemoryError:
        return {"unreadable": f"{path.name} is te groot om te lezen."}
    if not (document.tables or document.pages or document.kind == KINDS[".txt"].label):
        return {"unreadable": f"In {path.name} staat geen tabel."}
    if sum(len(table.cells) for table in document.tables) > MOST_CELLS:
        return {"unreadable": f"{path.name} heeft meer dan {MOST_CELLS} cellen."}
    return asdict(document)


if __name__ == "__main__":
    limit()
    json.dump(_read_here(Path(sys.argv[1])), sys.stdout)
