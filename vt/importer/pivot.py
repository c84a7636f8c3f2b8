"""A long table, with a column for each of month, gemeente and kind, becomes the grid that a report prints."""

from collections import Counter
from collections.abc import Sequence

from vt.importer.form import RawCell
from vt.importer.heads import Column, Grid, Row
from vt.importer.words import Words

_KNOWN = ("place", "period", "geweld")
_MOST = 0.8  # of the labels in a column must be of one kind


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
    found = Counter(meaning.dimension for label in labels if (meaning := words.find(label)))
    kind, count = next(iter(found.most_common(1)), ("", 0))
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
