"""What every reader gives, whatever the kind of file: tables of cells, with where each cell stands in the document.

A reader is a module with `read(path) -> Document`, listed in `readers.py`. It finds which cells there are and says
what they hold as text; what that means is for the steps that all kinds share.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple


class UnreadableError(Exception):
    """A file that cannot be read: a scan, encrypted, no table; the message is a Dutch sentence for who sent it."""


class MissingError(UnreadableError):
    """A document that does not say what it is about; `names` are the facts that are missing, by their field, and
    `hint` is what it does say."""

    def __init__(self, document: str, names: tuple[str, ...], hint: str = "") -> None:
        options = " en ".join(f"--{name}" for name in names)
        says = hint or "Het document zegt niet met zekerheid waar of wanneer het over gaat."
        super().__init__(f"{document}: {says} Geef {options}.")
        self.names, self.hint = names, says


class Box(NamedTuple):
    """Where a cell stands on its page, in points from the left and from the top."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class RawCell:
    """One cell as it is printed; rows and columns count from 0.

    `column` is None where only the order of the row's numbers is known: blanks beside them were lost. `height` and
    `width` are the rows and columns that it is merged over. `doubt` says, in Dutch, why a reader is not sure of it.
    """

    text: str
    row: int
    column: int | None
    height: int = 1
    width: int = 1
    page: int = 0
    box: Box | None = None
    address: str = ""  # in a sheet: B7
    format: str = ""  # the number format of a sheet: 0.0%
    note: str = ""  # a comment beside it
    hidden: bool = False
    doubt: str = ""

    @property
    def spot(self) -> str:
        """Where a person finds it: blz. 3, or cel B7."""
        return f"cel {self.address}" if self.address else f"blz. {self.page}" if self.page else ""


@dataclass(frozen=True)
class RawTable:
    """A table as it is printed: its head and its rows, and the lines of text before it, the nearest last.

    `head` is how many of its first rows are the head, and `labels` how many of its first columns hold the labels of the
    rows, where the reader knows; a table on a sheet names it.
    """

    cells: tuple[RawCell, ...]
    before: tuple[str, ...] = ()
    sheet: str = ""
    head: int | None = None
    labels: int | None = None
    hidden: bool = False

    def list_rows(self) -> list[list[RawCell]]:
        """The cells of each row that holds any, in their order."""
        rows: dict[int, list[RawCell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return [rows[n] for n in sorted(rows)]

    @property
    def spot(self) -> str:
        """Where a person finds it: blz. 3, or blad Meldingen."""
        page = next((cell.page for cell in self.cells if cell.page), 0)
        return f"blad {self.sheet}" if self.sheet else f"blz. {page}" if page else ""


class Phrase(NamedTuple):
    """Text that stands together on a page: the words of one cell, or of one line of it."""

    text: str
    box: Box


@dataclass(frozen=True)
class Page:
    """A page of positions: its phrases."""

    number: int
    height: float
    phrases: tuple[Phrase, ...]


class Stray(NamedTuple):
    """A number of the document that is in no table."""

    text: str
    page: int
    line: str


@dataclass(frozen=True)
class Document:
    """What a reader found in a file: its text outside of tables, its tables, and the numbers that fit in none.

    Of text without positions there are `lines` alone, of a PDF `pages`: their tables are found with the words that are
    known (`text.find_tables`, `positions.find_tables`).
    """

    name: str
    kind: str
    lines: tuple[str, ...]
    tables: tuple[RawTable, ...] = ()
    strays: tuple[Stray, ...] = ()
    pages: tuple[Page, ...] = ()

    @classmethod
    def of_parts(cls, name: str, kind: str, parts: Iterable[str | RawTable]) -> "Document":
        """Texts and tables in their order: a table has before it what was said since the table above."""
        lines: list[str] = []
        before: list[str] = []
        tables: list[RawTable] = []
        for part in parts:
            if isinstance(part, RawTable):
                tables.append(replace(part, before=(*before, *part.before)))
                before = []
            elif part:
                lines.append(part)
                before.append(part)
        return cls(name, kind, tuple(lines), tuple(tables))
