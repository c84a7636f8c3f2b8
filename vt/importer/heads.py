"""Cells -> a grid: which rows are the head, what stands above each column, and what stands before each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from vt.importer.form import RawCell, RawTable, list_rows
from vt.importer.numbers import is_mark, is_number, is_year
from vt.importer.words import is_total

HIDDEN = "(verborgen)"


@dataclass(frozen=True)
class Column:
    """A column of numbers: where it stands in the raw table, and the labels above it, the upper first."""

    index: int
    path: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row: its labels from left to right, its cells by column, and those of which the column is not known."""

    labels: tuple[str, ...]
    cells: Mapping[int, RawCell]
    loose: tuple[RawCell, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with its head apart: `corner` is what stands above the labels of the rows."""

    table: RawTable
    corner: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read_grid(table: RawTable) -> Grid:
    """The grid of a table; without rows where it holds no numbers."""
    rows = list_rows(table.cells)
    head = table.head if table.head is not None else _count_head(rows)
    body = rows[head:]
    first = table.labels or _find_first_column(body)
    top = [cell for row in rows[:head] for cell in row]
    indices = sorted({cell.column for row in body for cell in row if cell.column is not None and cell.column >= first})
    named = {n for cell in top if cell.column is not None for n in range(cell.column, cell.column + cell.width)}
    columns = sorted({n for n in named if n >= first} | set(indices))
    corner = tuple(cell.text for cell in top if cell.column is not None and cell.column < first and cell.text.strip())
    paths = tuple(Column(n, _find_path(top, n, first)) for n in columns)
    return Grid(table, corner, paths, tuple(_read_rows(body, first)))


def _count_head(rows: Sequence[list[RawCell]]) -> int:
    """How many rows stand above the first row of numbers; years alone are a head as well."""
    above = list(takewhile(_is_head, rows))
    above = [*above[:1], *takewhile(lambda row: not _is_withheld(row), above[1:])]
    while len(above) > 1 and _is_heading(above[-1]):
        above.pop()
    return len(above)


def _is_head(row: Sequence[RawCell]) -> bool:
    numbers = [cell.text for cell in row if cell.column != 0 and is_number(cell.text)]
    return all(map(is_year, numbers))


def _is_withheld(row: Sequence[RawCell]) -> bool:
    """Whether a row holds no number because none is printed: a label, and then <5, x or - alone."""
    said = [(cell.column == 0, is_mark(cell.text)) for cell in row if cell.text.strip()]
    return said[:1] == [(True, False)] and len(said) > 1 and all(is_one for _, is_one in said[1:])


def _name_hidden(row: Sequence[RawCell]) -> Sequence[RawCell]:
    """A row that is hidden as a whole says so in its name, of which a person decides whether it belongs."""
    label = next((n for n, cell in enumerate(row) if cell.text.strip()), None)
    if label is None or not all(cell.hidden for cell in row):
        return row
    named = replace(row[label], text=f"{row[label].text} {HIDDEN}")
    return [*row[:label], named, *row[label + 1 :]]


def _is_heading(row: Sequence[RawCell]) -> bool:
    """Whether a row holds one text at its begin: the heading of a group of rows, and no head of columns."""
    filled = [cell for cell in row if cell.text.strip()]
    return len(filled) == 1 and filled[0].column == 0 and filled[0].width == 1


def _find_first_column(body: Sequence[Sequence[RawCell]]) -> int:
    """The first column with a number: those before it hold the labels; the first of all always does.

    A column of years alone holds labels as well, where one of other numbers stands to its right.
    """
    numbers: dict[int, list[str]] = {}
    for cell in (cell for row in body for cell in row if cell.column and is_number(cell.text)):
        numbers.setdefault(cell.column or 0, []).append(cell.text)
    counts = [n for n in sorted(numbers) if not all(map(is_year, numbers[n]))]
    return min(counts or numbers, default=1)


def _find_path(top: Sequence[RawCell], column: int, first: int) -> tuple[str, ...]:
    """The labels above a column; an upper one that was not merged goes on to the right, up to the next."""
    last = max((cell.row for cell in top), default=0)
    levels = []
    for level in sorted({cell.row for cell in top}):
        beside = [c for c in top if c.row <= level < c.row + c.height and c.column is not None and c.text.strip()]
        over = [c for c in beside if c.column is not None and c.column <= column < c.column + c.width]
        if not over and level < last:
            over = _find_unmerged([c for c in beside if c.column is not None and c.column >= first], column)
        levels += [cell.text.strip() for cell in over]
    return tuple(dict.fromkeys(levels))


def _find_unmerged(beside: Sequence[RawCell], column: int) -> list[RawCell]:
    """The upper label that a column without one has from its left; the last of them reaches no further than the first,
    or than those that were merged, for what stands behind the last group is the total of all."""
    starts = [cell.column or 0 for cell in beside]
    before = [n for n, start in enumerate(starts) if start < column]
    if not before or beside[before[-1]].width > 1:
        return []
    n, widest = before[-1], max(cell.width for cell in beside)
    reach = widest if widest > 1 else starts[1] - starts[0] if n else column
    return [beside[n]] if column - starts[n] < reach or (widest == 1 and is_total(beside[n].text)) else []


def _read_rows(body: Sequence[Sequence[RawCell]], first: int) -> list[Row]:
    """The rows with numbers; a label that is merged, or the heading of a group, goes on to the rows below it."""
    rows: list[Row] = []
    groups: dict[int, str] = {}
    for row in map(_name_hidden, body):
        own = {c.column: c.text.strip() for c in row if c.column is not None and c.column < first and c.text.strip()}
        cells = {c.column: c for c in row if c.column is not None and c.column >= first}
        loose = tuple(c for c in row if c.column is None)
        if not any(cell.text.strip() for cell in cells.values()) and not loose:
            groups = {-1: " ".join(own.values())} if own else {}
            continue
        if 0 in own and first > 1:
            groups = {}
        groups |= {n: label for n, label in own.items() if n < first - 1}
        above = [label for n, label in groups.items() if n not in own]
        doubt = next((c.doubt for c in row if c.column is not None and c.column < first and c.doubt), "")
        rows.append(Row((*above, *(own[n] for n in sorted(own))), cells, loose, doubt))
    return rows
