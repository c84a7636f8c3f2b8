"""A workbook of Excel: values with their number formats, what is merged, hidden or remarked; nothing is run."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText

from vt.importer.form import Document, RawCell, UnreadableError
from vt.importer.numbers import RAISED
from vt.importer.readers import MOST_CELLS
from vt.importer.sheets import gather_sheets, name_column, require_zip, show_value
from vt.model.period import MONTHS

_Sheet = Any  # untyped by its library


def read(path: Path) -> Document:
    """The tables of every sheet, also of hidden ones, which say that they are."""
    require_zip(path)
    try:
        has_formulas = _scan(path)
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False, rich_text=True)
        typed = openpyxl.load_workbook(path, keep_links=False) if has_formulas else None
    except (MemoryError, UnreadableError):
        raise
    except Exception:  # openpyxl raises what its parsers raise: KeyError, ValueError, TypeError, BadZipFile
        raise UnreadableError(f"{path.name} is geen werkmap die te lezen is; bewaar het opnieuw als .xlsx.") from None
    if typed:
        for sheet in book.worksheets:
            _require_values(path, sheet, typed[sheet.title])
    sheets = ((sheet.title, _list_cells(sheet), sheet.sheet_state != "visible") for sheet in book.worksheets)
    return gather_sheets(path.name, "Excel", sheets)


def _scan(path: Path) -> bool:
    """Whether any sheet may have a formula: reading a book a second time is only then worth it.

    UnreadableError where it has more cells than are read: the library would take minutes to find out.
    """
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    if sum(sheet.count(b"<c ") + sheet.count(b"<c>") for sheet in sheets) > MOST_CELLS:
        raise UnreadableError(f"{path.name} heeft meer dan {MOST_CELLS} cellen.")
    return any(b"<f" in sheet for sheet in sheets)


def _require_values(path: Path, sheet: _Sheet, typed: _Sheet) -> None:
    """UnreadableError for a formula of which no outcome was kept: it would read as empty."""
    for (row, column), cell in sorted(typed._cells.items()):  # `iter_rows` makes a cell for each place up to the last
        if cell.data_type == "f" and sheet.cell(row, column).value is None:
            spot = f"cel {cell.coordinate} van blad {sheet.title}"
            raise UnreadableError(
                f"{path.name}: {spot} is een formule zonder bewaarde uitkomst; open het in Excel en bewaar het opnieuw."
            )


def _list_cells(sheet: _Sheet) -> Iterator[RawCell]:
    sizes = {(area.min_row, area.min_col): area.size for area in sheet.merged_cells.ranges}
    rows = {n for n, dimension in sheet.row_dimensions.items() if dimension.hidden}
    columns = {
        n
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for n in range(dimension.min or 1, min(dimension.max or 1, 1000) + 1)
    }
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is None:
            continue
        size = sizes.get((row, column), {"rows": 1, "columns": 1})
        yield RawCell(
            _show(cell),
            row - 1,
            column - 1,
            size["rows"],
            size["columns"],
            address=f"{name_column(column - 1)}{row}",
            format=cell.number_format if isinstance(cell.value, int | float) and "%" in cell.number_format else "",
            note=cell.comment.text.strip() if cell.comment else "",
            hidden=row in rows or column in columns,
            doubt="deze cel is in Excel een fout" if cell.data_type == "e" else "",
        )


def _show(cell: _Sheet) -> str:
    """The text of a cell: of a share the number as it is kept, which its format makes a percentage."""
    value = cell.value
    if "%" in cell.number_format and isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    if isinstance(value, date) and "d" not in cell.number_format.lower():
        return f"{MONTHS[value.month - 1]} {value.year}"  # its format is as jan-20
    return _join_runs(value).strip() if isinstance(value, CellRichText) else show_value(value)


def _join_runs(value: CellRichText) -> str:
    """A text of more than one look; its digits raised where they are shown so, as the mark of a footnote is."""
    looks = ((str(run), getattr(getattr(run, "font", None), "vertAlign", None)) for run in value)
    return "".join(text.translate(RAISED) if look == "superscript" else text for text, look in looks)
