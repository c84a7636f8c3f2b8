"""A long table, with a column for each of month, gemeente and kind, becomes the grid that a report prints; and one with
months down and years across a row for each month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vt.importer.form import RawCell
from vt.importer.heads import Column, Grid, Row
from vt.importer.numbers import is_year
from vt.importer.words import Words, find_period, find_role, is_total

_KNOWN = ("place", "period", "geweld")
_MOST = 0.8  # of the labels in a column must be of one kind


def join_periods(grid: Grid) -> Grid:
    """The grid with the year in the name of each month or quarter: of those down under years across, and of those that
    have their year in a column beside them. As it is where neither stands."""
    return _join_across(grid) or _join_beside(grid) or grid


def _is_part(label: str) -> bool:
    """Whether a label is a month, a quarter or a half of a year that it does not name."""
    return find_period(label, None) is None and find_period(label, 2000) is not None


def _join_across(grid: Grid) -> Grid | None:
    """Rows for the parts of each year; totals of years and what follows from them are left."""
    columns = [column for column in grid.columns if not any(map(find_role, column.path))]
    years = [[label for label in column.path if is_year(label)] for column in columns]
    rows = [row for row in grid.rows if row.labels and not is_total(row.labels[-1])]
    if not columns or not all(len(each) == 1 for each in years) or not rows or any(row.loose for row in grid.rows):
        return None
    if not all(_is_part(row.labels[-1]) for row in rows):
        return None
    paths = [tuple(label for label in column.path if not is_year(label)) for column in columns]
    order = list(dict.fromkeys(paths))
    made: dict[tuple[str, ...], dict[int, RawCell]] = {}
    for (year,), path, column in zip(years, paths, columns, strict=True):
        for row in (row for row in rows if column.index in row.cells):
            cells = made.setdefault((*row.labels[:-1], f"{row.labels[-1]} {year[:4]}"), {})
            if cells.setdefault(order.index(path), row.cells[column.index]) is not row.cells[column.index]:
                return None
    heads = tuple(Column(n, path) for n, path in enumerate(order))
    return Grid(grid.table, grid.corner, heads, tuple(Row(labels, cells) for labels, cells in made.items()))


def _join_beside(grid: Grid) -> Grid | None:
    """One label for a year and the part of it beside it."""
    widths = {len(row.labels) for row in grid.rows}
    if len(widths) != 1 or (width := widths.pop()) < 2:
        return None
    years = [n for n in range(width) if all(is_year(row.labels[n]) for row in grid.rows)]
    parts = [n for n in range(width) if all(_is_part(row.labels[n]) for row in grid.rows)]
    if len(years) != 1 or len(parts) != 1:
        return None
    (year,), (part,) = years, parts
    joined = [{part: f"{row.labels[part]} {row.labels[year][:4]}"} for row in grid.rows]
    rows = (
        replace(row, labels=tuple(own.get(n, label) for n, label in enumerate(row.labels) if n != year))
        for row, own in zip(grid.rows, joined, strict=True)
    )
    return replace(grid, rows=tuple(rows))


def pivot(grid: Grid, words: Words) -> Grid:
    """The grid with one label to a row; what the other labels say stands above the columns.

    As it is where its labels are not of two kinds, or a number would come twice.
    """
    if len({len(row.labels) for row in grid.rows}) != 1 or any(row.loose for row in grid.rows):
        return grid
    kinds = [_find_kind([row.labels[n] for row in grid.rows], words) for n in range(len(grid.rows[0].labels))]
    known = [kind for kind in kinds if kind]
    if len(kinds) < 2 or not known or len(set(known)) < len(known) or len(known) < len(kinds) - 1:
        return grid
    kept = kinds.index("") if "" in kinds else kinds.index("place") if "place" in kinds else len(kinds) - 1
    return _turn(grid, kept) or grid


def _find_kind(labels: Sequence[str], words: Words) -> str:
    """The dimension that most labels of a column name; "" for classes, and for what is not known."""
    dimensions = Counter(meaning.dimension for label in labels if (meaning := words.find(label)))
    kind, count = next(iter(dimensions.most_common(1)), ("", 0))
    return kind if kind in _KNOWN and count >= _MOST * len(labels) else ""


def _turn(grid: Grid, kept: int) -> Grid | None:
    """The grid of which one label stays with its row; None where two numbers would stand in one cell."""
    others = list(dict.fromkeys(row.labels[:kept] + row.labels[kept + 1 :] for row in grid.rows))
    width = len(grid.columns)
    columns = [
        Column(n * width + m, (*path, *(column.path if width > 1 else ())))
        for n, path in enumerate(others)
        for m, column in enumerate(grid.columns)
    ]
    rows: dict[str, dict[int, RawCell]] = {}
    for row in grid.rows:
        cells = rows.setdefault(row.labels[kept], {})
        start = others.index(row.labels[:kept] + row.labels[kept + 1 :]) * width
        for m, column in enumerate(grid.columns):
            if start + m in cells:
                return None
            if column.index in row.cells:
                cells[start + m] = row.cells[column.index]
    corner = (*grid.corner, *(grid.columns[0].path if width == 1 else ()))
    return Grid(grid.table, corner, tuple(columns), tuple(Row((label,), cells) for label, cells in rows.items()))
