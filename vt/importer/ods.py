"""Older and open workbooks (XLS, XLSB, ODS): values, and what is merged; these keep no number formats to read."""

from datetime import date, datetime
from pathlib import Path

import python_calamine
from openpyxl.utils import get_column_letter

from vt.importer.form import Document, RawCell, RawTable, UnreadableError
from vt.importer.sheets import format_plain, require_zip, split_sheet


def read(path: Path) -> Document:
    """The tables of every sheet, also of hidden ones, which say that they are."""
    if path.suffix.lower() in (".ods", ".xlsb"):
        require_zip(path)
    tables: list[RawTable] = []
    lines: list[str] = []
    try:
        with python_calamine.load_workbook(path) as book:
            for told in book.sheets_metadata:
                is_hidden = told.visible != python_calamine.SheetVisibleEnum.Visible
                found, texts = split_sheet(_list_cells(book.get_sheet_by_name(told.name)), told.name, is_hidden)
                tables += found
                lines += [told.name, *texts]
    except python_calamine.PasswordError:
        raise UnreadableError(f"{path.name} is met een wachtwoord beveiligd; haal dat er in Office af.") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise UnreadableError(f"{path.name} is geen werkmap die te lezen is; bewaar het als .xlsx.") from None
    if not tables:
        raise UnreadableError(f"In {path.name} staat geen tabel.")
    return Document(path.name, "rekenblad", tuple(lines), tuple(tables))


def _list_cells(sheet: python_calamine.CalamineSheet) -> list[RawCell]:
    merged = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in sheet.merged_cell_ranges or []}
    return [
        RawCell(
            text, row, column, *merged.get((row, column), (1, 1)), address=f"{get_column_letter(column + 1)}{row + 1}"
        )
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if (text := _show(value))
    ]


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, int | float):
        return format_plain(value)
    return f"{value:%d-%m-%Y}" if isinstance(value, date | datetime) else str(value).strip()
