"""CSV, and what was pasted from a sheet: rows of text, whatever parts them."""

import csv
from collections import Counter
from pathlib import Path

from vt.importer.form import Document, RawCell, UnreadableError
from vt.importer.sheets import name_column, split_sheet
from vt.importer.text import read_plain

_DELIMITERS = ("\t", ";", ",", "|")


def read(path: Path) -> Document:
    """The tables of a file in UTF-8 or as Windows writes it."""
    text = read_plain(path)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=_find_delimiter(text)))
    except csv.Error:
        raise UnreadableError(f"{path.name} is geen CSV die te lezen is; bewaar het opnieuw.") from None
    cells = (
        RawCell(text.strip(), n, column, address=f"{name_column(column)}{n + 1}")
        for n, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    tables, lines = split_sheet(cells)
    return Document(path.name, "CSV", lines, tuple(tables))


def _find_delimiter(text: str) -> str:
    """What parts most lines into the same number of cells, two at least; of equals the first."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]

    def count_alike(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        return max(widths.values(), default=0)

    return max(_DELIMITERS, key=count_alike)
