"""What readers of sheets share: a sheet becomes its tables, and no zip may unfold into more than a machine holds."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from vt.importer.form import RawCell, RawTable, UnreadableError
from vt.importer.numbers import is_number

MOST_UNZIPPED, MOST_RATIO, MOST_MEMBERS = 200_000_000, 200, 5_000
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


def split_sheet(
    cells: Iterable[RawCell], sheet: str = "", hidden: bool = False
) -> tuple[list[RawTable], tuple[str, ...]]:
    """The tables of a sheet, parted by empty rows, and its lines of text outside of them."""
    rows: dict[int, list[RawCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    tables: list[RawTable] = []
    lines: list[str] = []
    before: list[str] = []
    for block in _part(rows):
        titles, table = _take_titles(block)
        texts = [cell.text for row in titles for cell in row]
        before += texts
        lines += texts
        if table:
            tables.append(_make_table(table, tuple(before), sheet, hidden))
            before = []
    return tables, tuple(lines)


def _part(rows: dict[int, list[RawCell]]) -> list[list[list[RawCell]]]:
    """Rows that touch, as blocks; a cell merged over rows holds them together."""
    blocks: list[list[list[RawCell]]] = []
    end = -1
    for n in sorted(rows):
        row = sorted(rows[n], key=lambda cell: cell.column or 0)
        if n > end + 1 or not blocks:
            blocks.append([])
        blocks[-1].append(row)
        end = max(end, n, *(cell.row + cell.height - 1 for cell in row))
    return blocks


def _take_titles(block: list[list[RawCell]]) -> tuple[list[list[RawCell]], list[list[RawCell]]]:
    """The rows of one text at the left that stand above (or, below the last numbers, under) a table; and the table."""
    left = min(cell.column or 0 for row in block for cell in row)
    is_title = [len(row) == 1 and row[0].column == left and not is_number(row[0].text) for row in block]
    first = next((n for n, alone in enumerate(is_title) if not alone), len(block))
    last = next((n for n in reversed(range(len(block))) if not is_title[n]), -1)
    return block[:first] + block[max(first, last + 1) :], block[first : last + 1]


def _make_table(block: Sequence[Sequence[RawCell]], before: tuple[str, ...], sheet: str, hidden: bool) -> RawTable:
    """A table that counts its rows and columns from 0."""
    top, left = block[0][0].row, min(cell.column or 0 for row in block for cell in row)
    cells = (replace(cell, row=cell.row - top, column=(cell.column or 0) - left) for row in block for cell in row)
    return RawTable(tuple(cells), before, sheet, hidden=hidden)
