"""What readers of sheets share: a sheet becomes its tables, and no zip may unfold into more than a machine holds."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from vt.importer.form import Document, RawCell, RawTable, UnreadableError, list_rows
from vt.importer.numbers import NO_NUMBER, is_number, is_year, read_number

MOST_UNZIPPED, MOST_RATIO, MOST_MEMBERS = 200_000_000, 200, 5_000
_REMARK = re.compile(r"(bron|noot|opmerking|toelichting|let op|peildatum|n\.b\.|nb|\*|©|[⁰¹²³⁴-⁹]|\d\))", re.IGNORECASE)
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # the container of old Office files, in which a password puts the new ones as well


def require_zip(path: Path) -> None:
    """UnreadableError where an Office file is no zip, has a password, or unfolds into far more than it is."""
    with path.open("rb") as file:
        if file.read(4) == _ENCRYPTED:
            raise UnreadableError(f"{path.name} is met een wachtwoord beveiligd; haal dat er in Office af.")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableError(f"{path.name} is beschadigd of niet af; bewaar het opnieuw.") from None
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MOST_MEMBERS or size > MOST_UNZIPPED or (size > 10_000_000 and size / packed > MOST_RATIO):
        raise UnreadableError(f"{path.name} is uitgepakt te groot ({size // 1_000_000} MB).")


def format_plain(value: float) -> str:
    """A number of a sheet as the Dutch print it, without dots for thousands: 1022 and 28,5."""
    return f"{value:.9f}".rstrip("0").rstrip(".").replace(".", ",")


def show_value(value: object) -> str:
    """What a sheet shows of a value of which no format is known."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, int | float):
        return format_plain(value)
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value).strip()


def name_column(n: int) -> str:
    """The letters of a column, from 0: A, Z, AA."""
    return (name_column(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def gather_sheets(name: str, kind: str, sheets: Iterable[tuple[str, Iterable[RawCell], bool]]) -> Document:
    """What stands in a workbook, given the name of each sheet, its cells, and whether it is hidden."""
    parts = [(title, *split_sheet(cells, title, hidden)) for title, cells, hidden in sheets]
    lines = tuple(line for title, _, texts in parts for line in (title, *texts))
    return Document(name, kind, lines, tuple(table for _, tables, _ in parts for table in tables))


def split_sheet(
    cells: Iterable[RawCell], sheet: str = "", hidden: bool = False
) -> tuple[list[RawTable], tuple[str, ...]]:
    """The tables of a sheet, parted by what is empty between them, and its lines of text outside of them.

    Tables beside each other share what stands above them; a remark under a table says nothing of the next.
    """
    tables: list[RawTable] = []
    lines: list[str] = []
    before: list[str] = []
    for block in _part_rows([cell for cell in cells if cell.text.strip()]):
        titles, table, remarks = _take_titles(block)
        before += titles
        lines += [*titles, *remarks]
        for part in _part_columns(table):
            own, inner, under = _take_titles(part)
            lines += [*own, *under]
            tables += [_make_table(inner, (*before, *own), sheet, hidden)] if inner else []
        if table:
            before = []
        before += [text for text in remarks if not _REMARK.match(text)]
    return tables, tuple(lines)


_Rows = list[list[RawCell]]


def _list_rows(cells: Iterable[RawCell]) -> _Rows:
    return [sorted(row, key=lambda cell: cell.column or 0) for row in list_rows(cells)]


def _part_rows(cells: Iterable[RawCell]) -> list[_Rows]:
    """Rows that touch, as blocks; a cell merged over rows holds them together, a title between two tables does not."""
    blocks: list[_Rows] = []
    end = -2
    rows = _list_rows(cells)
    for n, row in enumerate(rows):
        at = row[0].row
        if at > end + 1 or (at > end and _is_title_between(rows, n)):
            blocks.append([])
        blocks[-1].append(row)
        end = max(end, at, *(cell.row + cell.height - 1 for cell in row))
    return blocks


def _is_title_between(rows: _Rows, n: int) -> bool:
    """Whether a row of one text stands under numbers and above the head of other columns."""
    if len(rows[n]) > 1 or not 0 < n < len(rows) - 1 or is_number(rows[n][0].text):
        return False
    below = [cell.text for cell in rows[n + 1]]
    is_head = len(below) > 1 and all(is_year(text) or read_number(text).reason == NO_NUMBER for text in below)
    return is_head and any(is_number(cell.text) for cell in rows[n - 1])


def _part_columns(block: _Rows) -> list[_Rows]:
    """The tables of a block that stand beside each other: each has numbers, and a column without any to begin with."""
    cells = [cell for row in block for cell in row]
    taken = {n for cell in cells for n in range(cell.column or 0, (cell.column or 0) + cell.width)}
    starts = [n for n in sorted(taken) if n - 1 not in taken]
    ends = [*starts, max(taken, default=0) + 1]
    parts = [[c for c in cells if start <= (c.column or 0) < end] for start, end in pairwise(ends)]
    whole = all(any(is_number(c.text) for c in part) and _begins_with_labels(part) for part in parts)
    return [_list_rows(part) for part in parts] if whole and len(parts) > 1 else [block]


def _begins_with_labels(part: Sequence[RawCell]) -> bool:
    """Whether most cells in the first column are words or years."""
    first = min(cell.column or 0 for cell in part)
    labels = [cell.text for cell in part if cell.column == first]
    return sum(not is_number(text) or is_year(text) for text in labels) * 2 > len(labels) > 2


def _take_titles(block: _Rows) -> tuple[list[str], _Rows, list[str]]:
    """The rows of one text at the left that stand above a table, the table, and such rows below its last numbers."""
    if not block:
        return [], [], []
    left = min(cell.column or 0 for row in block for cell in row)
    is_title = [len(row) == 1 and row[0].column == left and not is_number(row[0].text) for row in block]
    first = next((n for n, alone in enumerate(is_title) if not alone), len(block))
    last = next((n for n in reversed(range(len(block))) if not is_title[n]), -1)
    titles, remarks = block[:first], block[max(first, last + 1) :]
    return [row[0].text for row in titles], block[first : last + 1], [row[0].text for row in remarks]


def _make_table(block: _Rows, before: tuple[str, ...], sheet: str, hidden: bool) -> RawTable:
    """A table that counts its rows and columns from 0."""
    top, left = block[0][0].row, min(cell.column or 0 for row in block for cell in row)
    cells = (replace(cell, row=cell.row - top, column=(cell.column or 0) - left) for row in block for cell in row)
    return RawTable(tuple(cells), before, sheet, hidden=hidden)
