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

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        """The middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """The middle from top to bottom."""
        return (self.top + self.bottom) / 2


def surround(boxes: Iterable[Box]) -> Box:
    """The smallest box around them all."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def turn(box: Box, degrees: int, size: tuple[float, float]) -> Box:
    """A box of a page of this width and height, turned so that what goes up (90) or down (270) can be read."""
    width, height = size
    if degrees == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    return Box(box.top, width - box.x1, box.bottom, width - box.x0) if degrees else box


def turn_back(box: Box, degrees: int, size: tuple[float, float]) -> Box:
    """Where a box of a turned page stands on the page itself."""
    width, height = size
    if degrees == 90:
        return Box(box.top, height - box.x1, box.bottom, height - box.x0)
    return Box(width - box.bottom, box.x0, width - box.top, box.x1) if degrees else box


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


def list_rows(cells: Iterable[RawCell]) -> list[list[RawCell]]:
    """The cells of each row that holds any, in their order."""
    rows: dict[int, list[RawCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[n] for n in sorted(rows)]


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
    """A page of positions: its phrases, and those `beside` them that go up or down.

    A page of which most letters go up or down is one that the reader turns: boxes are of the page as it is turned, and
    `degrees` and `size` (its own width and height) lead back.
    """

    number: int
    height: float
    phrases: tuple[Phrase, ...]
    beside: tuple[Phrase, ...] = ()
    degrees: int = 0
    size: tuple[float, float] = (0.0, 0.0)


class Stray(NamedTuple):
    """A number of the document that is in no table; `in_text` where a sentence or a heading holds it."""

    text: str
    page: int
    line: str
    in_text: bool = False


@dataclass(frozen=True)
class Document:
    """What a reader found in a file: its text outside of tables, its tables, and the numbers that fit in none.

    Of text without positions there are `lines` alone, of a PDF `pages`: their tables are found with the words that are
    known (`text.find_tables`, `positions.find_tables`). `warnings` say what a reader cannot read of it; `under` is what
    was said after the last table.
    """

    name: str
    kind: str
    lines: tuple[str, ...]
    tables: tuple[RawTable, ...] = ()
    strays: tuple[Stray, ...] = ()
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

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
        return cls(name, kind, tuple(lines), tuple(tables), under=tuple(before))
