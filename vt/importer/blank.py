"""`vt new`: an empty workbook with the printed labels of a report that is in, of another period, for `vt import`."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from vt.errors import refuse
from vt.importer.proofread import count_levels, name_sheet
from vt.importer.sheets import name_column
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import find_report, load_reports
from vt.model.catalogue import TOTAL, Catalogue
from vt.model.period import Period
from vt.model.report import Report, Table

_BOLD, _MIDDLE = Font(bold=True), Alignment(horizontal="center", vertical="center", wrap_text=True)


def run(id_: str, name: str, target: Path, data: Path) -> int:
    """Write the workbook; DataError where there is no such report, or the new id names no period."""
    catalogue = load_catalogue(data / "catalogue")
    like = find_report(load_reports(data / "reports", catalogue), name)
    if target.exists():
        refuse(str(target), "dit bestand is er al", "geef een andere naam met --to")
    write_blank(like, id_, catalogue, target)
    print(f"{target}: {len(like.tables)} lege tabellen. Vul ze in, en lees ze in met: uv run vt import {target}")
    return 0


def write_blank(like: Report, id_: str, catalogue: Catalogue, target: Path) -> None:
    """The workbook of a report like another: the same tables, a sheet each, of as many months later as its id says."""
    after = _read_period(id_)
    later = after.start - Period.parse(like.period).start
    place = next((p for p in catalogue.places.values() if f"_{p.id}_" in f"_{id_}_" and p.kind == "gemeente"), None)
    before = catalogue.places[like.place].label
    book = openpyxl.Workbook()
    cover = book.worksheets[0]
    cover.title = "Rapport"
    title = _move(like.title, Period.parse(like.period), after)
    cover.append([title.replace(before, place.label) if place else title])
    cover.append([f"Veilig Thuis {catalogue.places[like.region].label}"])
    cover.append([f"Cijfers over {after.label}"])
    cover.append([f"Gemeente {place.label}"] if place else [])
    for n, table in enumerate(like.tables, 1):
        rows = [(place.label if place and label == before else label) for label in table.rows]
        _write_table(book.create_sheet(name_sheet(n, table)), table, rows, later)
    book.save(target)


def _read_period(id_: str) -> Period:
    try:
        return Period.parse(id_.rpartition("_")[2].replace("/", "-"))
    except ValueError as error:
        found, _, meant = str(error).partition("; ")
        refuse(id_, found, f"bedoeld: <regio>_<plaats>_<periode>; {meant}")


def _move(text: str, before: Period, after: Period) -> str:
    """A title with another period in it, also where it writes that apart or with capitals: 1e Half jaar 2021."""
    written = r"\s*".join(map(re.escape, before.label.replace(" ", "")))
    moved = re.sub(written, "\0", text, flags=re.IGNORECASE)
    years = after.year - before.year
    moved = re.sub(r"(?<!\d)(19|20)\d{2}(?!\d)", lambda match: str(int(match[0]) + years), moved)
    return moved.replace("\0", after.label)


def _move_period(label: str, later: int) -> str:
    """The label of a period so many months later; any other label as it is."""
    try:
        period = Period.parse(label)
    except ValueError:
        return label
    return Period(period.start + later, period.months).label if period.is_known else label


def _write_table(sheet: Worksheet, table: Table, rows: Sequence[str], later: int) -> None:
    """The heading, the head of as many rows as labels stand above a column, and a row for each label."""
    sheet["A1"] = f"{table.number} {table.heading}"
    sheet["A1"].font = _BOLD
    paths = [[_move_period(part, later) for part in column.split(" · ")] for column in table.columns]
    paths += [[column.heading] for column in table.derived]
    levels = count_levels(table)
    for label, row, column, height, width in _place_heads(paths, levels):
        cell = sheet.cell(row + 2, column + 2, label)
        cell.font, cell.alignment = _BOLD, _MIDDLE
        if height > 1 or width > 1:
            sheet.merge_cells(None, row + 2, column + 2, row + height + 1, column + width + 1)
    for n, label in enumerate(rows):
        sheet.cell(levels + 2 + n, 1, "Totaal" if label == TOTAL else _move_period(label, later))
    sheet.column_dimensions["A"].width = 44
    for n in range(len(paths)):
        sheet.column_dimensions[name_column(n + 1)].width = 14
    sheet.freeze_panes = sheet.cell(levels + 2, 2)


def _place_heads(paths: Sequence[Sequence[str]], levels: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Each label of the head with its row and column and over how many of these it is merged."""
    for level in range(levels):
        for n, path in enumerate(paths):
            if len(path) <= level or (n and paths[n - 1][: level + 1] == path[: level + 1]):
                continue
            same = (other[: level + 1] == path[: level + 1] for other in paths[n:])
            width = next((m for m, is_same in enumerate(same) if not is_same), len(paths) - n)
            is_last = level == len(path) - 1
            yield path[level], level, n, levels - level if is_last else 1, width
