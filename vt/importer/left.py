"""The numbers of a document that are not taken over, each with where it stands: none is left unread in silence."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from vt.importer.drafts import Draft, name_table
from vt.importer.form import Document, RawCell, RawTable
from vt.importer.heads import Row, read_grid
from vt.importer.numbers import is_number, is_year, list_numbers


@dataclass(frozen=True)
class Left:
    """The numbers of one place that were not taken over: of a table by row, of a page by line; `table` is what the
    table is known by, and "" outside of tables."""

    spot: str
    table: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    in_text: bool = False

    @property
    def texts(self) -> list[str]:
        return [text for _, texts in self.rows for text in texts]


def list_left(draft: Draft) -> list[Left]:
    """What a draft leaves of its document: in tables, beside them, and in sentences."""
    seen = {id(cell) for reading in draft.readings for cell in reading.seen}
    tables = ((table, tuple(_list_rows(table, seen))) for table in draft.document.tables)
    left = [Left(table.spot, name_table(table), rows) for table, rows in tables if rows]
    return [*left, *_list_beside(draft.document)]


def _list_rows(table: RawTable, seen: set[int]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The numbers of each row that nothing was made of; one in a head or a label only where it stands alone there."""
    grid = read_grid(table)
    inside = {id(cell): row for row in grid.rows for cell in (*row.cells.values(), *row.loose)}
    by_row: dict[str, list[str]] = defaultdict(list)
    for cell in table.cells:
        row = inside.get(id(cell))
        if id(cell) not in seen and _is_left(cell, row):
            by_row[" / ".join(row.labels) if row else "kop"].append(cell.text.strip())
    yield from ((label, tuple(texts)) for label, texts in by_row.items())


def _is_left(cell: RawCell, row: Row | None) -> bool:
    if row is None:
        return is_number(cell.text) and not is_year(cell.text)
    return any(map(str.isdigit, cell.text))


def _list_beside(document: Document) -> Iterator[Left]:
    """The numbers that stand in no table, a page at a time: first those by themselves, then those of sentences."""
    for in_text in (False, True):
        pages: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for stray in document.strays:
            if stray.in_text == in_text:
                pages[stray.page][stray.line].append(stray.text)
        if in_text and not document.pages:
            for line in document.lines:
                pages[0][line] += list_numbers(line)
        for page, lines in sorted(pages.items()):
            rows = tuple((line, tuple(texts)) for line, texts in lines.items() if texts)
            yield from [Left(f"blz. {page}" if page else "", "", rows, in_text)] if rows else []
