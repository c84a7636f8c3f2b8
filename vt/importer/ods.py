"""Older and open workbooks (XLS, XLSB, ODS): values, and what is merged; these keep no number formats to read."""

from pathlib import Path

import python_calamine

from vt.importer.form import Document, RawCell, UnreadableError
from vt.importer.sheets import gather_sheets, name_column, require_zip, show_value


def read(path: Path) -> Document:
    """The tables of every sheet, also of hidden ones, which say that they are."""
    if path.suffix.lower() in (".ods", ".xlsb"):
        require_zip(path)
    try:
        with python_calamine.load_workbook(path) as book:
            visible = python_calamine.SheetVisibleEnum.Visible
            named = ((told.name, told.visible != visible) for told in book.sheets_metadata)
            sheets = ((name, _list_cells(book.get_sheet_by_name(name)), is_hidden) for name, is_hidden in named)
            return gather_sheets(path.name, "rekenblad", sheets)
    except python_calamine.PasswordError:
        raise UnreadableError(f"{path.name} is met een wachtwoord beveiligd; haal dat er in Office af.") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise UnreadableError(f"{path.name} is geen werkmap die te lezen is; bewaar het als .xlsx.") from None


def _list_cells(sheet: python_calamine.CalamineSheet) -> list[RawCell]:
    merged = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in sheet.merged_cell_ranges or []}
    return [
        RawCell(text, row, column, *merged.get((row, column), (1, 1)), address=f"{name_column(column)}{row + 1}")
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if (text := show_value(value))
    ]
