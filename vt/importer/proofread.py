"""A second reader types the numbers of a report from its print, without seeing what was read; and what differs."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from vt.figures.wording import format_value
from vt.importer.form import UnreadableError
from vt.importer.numbers import read_number
from vt.importer.readers import read_document
from vt.importer.sheets import name_column
from vt.ingest.writer import write_file
from vt.model.catalogue import TOTAL
from vt.model.report import Proofreading, Report, Table

FORM, READER = "tweede-lezer.xlsx", "tweede-lezer.json"
_HEAD_ROW, _LABEL_COLUMNS = 2, 1  # of a sheet of `vt new`: where its head begins, and what stands before its numbers


def keep_form(folder: Path, content: bytes, name: str, day: date) -> None:
    """Keep beside a concept what a second reader typed, and who did."""
    write_file(folder / FORM, content)
    write_file(folder / READER, json.dumps({"name": name, "date": day.isoformat()}, ensure_ascii=False).encode())


def read_reader(folder: Path) -> Proofreading | None:
    """Who typed the numbers of a concept, and when; None where nobody did."""
    if not (folder / READER).is_file():
        return None
    told = json.loads((folder / READER).read_text(encoding="utf-8"))
    return Proofreading(told["name"], date.fromisoformat(told["date"]))


def find_proofreading(folder: Path, report: Report) -> Proofreading | None:
    """Who read a concept a second time, as it now is, and found every number the same; None where nobody did."""
    reader = read_reader(folder)
    with suppress(UnreadableError):
        return reader if reader and not compare(report, folder / FORM) else None
    return None


def compare(report: Report, path: Path) -> list[str]:
    """What a second reader typed otherwise than the report has it, or did not type; a sentence each.

    UnreadableError where the file is no workbook of this report.
    """
    document = read_document(path)
    typed = {(table.sheet, cell.address): cell.text for table in document.tables for cell in table.cells}
    sheets = [name_sheet(n, table) for n, table in enumerate(report.tables, 1)]
    if not {sheet for sheet, _ in typed} & set(sheets):
        raise UnreadableError(f"{path.name} heeft geen blad van dit rapport, of er is niets ingevuld.")
    return [
        text
        for sheet, table in zip(sheets, report.tables, strict=True)
        for text in _compare_table(table, {address: text for (on, address), text in typed.items() if on == sheet})
    ]


def _compare_table(table: Table, typed: dict[str, str]) -> Iterator[str]:
    numbers = {(cell.row, cell.column): cell.value for cell in (*table.cells, *table.totals) if cell.row >= 0}
    first = count_levels(table) + _HEAD_ROW
    for n, row in enumerate(table.rows):
        columns = range(max(len(table.columns), 1))
        addresses = [f"{name_column(column + _LABEL_COLUMNS)}{first + n}" for column in columns]
        own = [read_number(typed.get(address, "")).value for address in addresses]
        read = [numbers.get((n, column)) for column in columns]
        if n in table.sequences:
            own, read = _close_up(own), _close_up(read)
        for column, (one, other) in enumerate(zip(read, own, strict=True)):
            if one != other:
                label = "Totaal" if row == TOTAL else row
                where = ", ".join(filter(None, (label, *table.columns[column : column + 1])))
                yield f"Tabel {table.number} ({table.heading}), {where}: gelezen {_say(one)}, getypt {_say(other)}."


def _close_up(numbers: Sequence[float | None]) -> list[float | None]:
    """A row of which only the order counts: its blanks last."""
    kept = [number for number in numbers if number is not None]
    return [*kept, *[None] * (len(numbers) - len(kept))]


def _say(number: float | None) -> str:
    return "niets" if number is None else format_value(number)


def name_sheet(n: int, table: Table) -> str:
    """What the sheet of the nth table is called, from 1."""
    return re.sub(r"[\[\]:*?/\\]", " ", f"{n}. {table.heading}")[:31].strip("' ")


def count_levels(table: Table) -> int:
    """How many rows the head of a table takes on its sheet."""
    return max([len(column.split(" · ")) for column in table.columns] + [1])
