"""Where each number of a draft stands in its document, with pictures of its tables and of nothing else on a page."""

from collections.abc import Iterator
from pathlib import Path

from vt.importer.drafts import Draft
from vt.importer.form import Box, RawCell, RawTable, surround
from vt.importer.meaning import Reading
from vt.importer.picture import View, draw
from vt.model.origins import CellPlace, Origin, Piece, TableOrigin

MOST_BYTES, MOST_PIECES = 150_000, 60  # of one picture, and of one report
_MARGIN = 4.0  # points around a table: no more than its rules


def find_views(draft: Draft, reading: Reading) -> list[View]:
    """What each printed table of a reading covers of each page that it is on, with a box around each number that was
    read; what stands between two of them is in none."""
    spots = sorted({(spot.cell.page, spot.cell.box) for spot in reading.spots if spot.cell.box})
    tables = [(table, {(cell.page, cell.box) for cell in table.cells}) for table in draft.document.tables]
    return [
        View(page, area, own)
        for page in sorted({page for page, _ in spots})
        for table, cells in tables
        if (own := tuple(box for on, box in spots if on == page and box and (on, box) in cells))
        and (area := _enclose(table, page))
    ]


def find_cell_view(draft: Draft, cell: RawCell) -> View | None:
    """What is around one cell: its row from the left edge of its table, and the head above it."""
    table = next((table for table in draft.document.tables if cell in table.cells), None)
    area = _enclose(table, cell.page) if table else None
    return View(cell.page, area, (cell.box,)) if area and cell.box else None


def _enclose(table: RawTable, page: int) -> Box | None:
    boxes = [cell.box for cell in table.cells if cell.page == page and cell.box]
    if not boxes:
        return None
    left, top, right, bottom = surround(boxes)
    return Box(left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)


def make_origin(draft: Draft, path: Path, sha256: str) -> Origin:
    """The origin of a report: pictures as many and as large as may be kept, and the place of every number."""
    views = [(reading, view) for reading in draft.readings for view in find_views(draft, reading)][:MOST_PIECES]
    drawn = draw(path, [view._replace(boxes=()) for _, view in views]) if views else []
    pieces = [
        (reading, Piece(view.page, view.area, png))
        for (reading, view), png in zip(views, drawn, strict=True)
        if view.area and 0 < len(png) <= MOST_BYTES
    ]
    tables = {
        (str(reading.content["number"]), str(reading.content["heading"])): TableOrigin(
            [piece for of, piece in pieces if of is reading], dict(_list_places(reading))
        )
        for reading in draft.readings
    }
    return Origin(draft.document.name, draft.document.kind, sha256, tables)


def _list_places(reading: Reading) -> Iterator[tuple[tuple[str, int], CellPlace]]:
    for row, column, cell in reading.spots:
        if cell.spot:
            yield (row, column), CellPlace(cell.spot, cell.page, cell.box)
