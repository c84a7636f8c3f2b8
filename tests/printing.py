"""Reports printed again: of other gemeenten and years, with other numbers, as documents of several makers."""

import copy
import html
import random
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import typst
from chromium import FLAGS
from real import DATA, load_yaml

TOTAL = "totaal"
Content = dict[str, Any]


@dataclass
class Cell:
    text: str
    width: int = 1
    height: int = 1


@dataclass
class Sheet:
    """One table as it will be printed: the rows of its head, and its body."""

    heading: str
    labels: int
    head: list[list[Cell]]
    body: list[list[Cell]]
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass
class Style:
    """How a document looks; `align` of heads and numbers, `rules` that are drawn, a head that breaks over lines."""

    align: tuple[str, str] = ("right", "right")
    rules: str = "none"
    size: float = 9
    padding: float = 3
    width: float | None = None  # of a column of numbers, in points
    page: tuple[int, int] = (297, 210)
    valign: str = "middle"


@dataclass
class Printed:
    """A document: what it says (a report file), and what is printed."""

    content: Content
    title: list[str]
    sheets: list[Sheet] = field(default_factory=list)


def load(name: str) -> Content:
    """A report of the data folder, as it is written, without what stands in its sentences."""
    content = load_yaml(DATA / "reports" / f"{name}.yaml")
    content["tables"] = [table for table in content["tables"] if not table.get("prose")]
    return {"report": content["report"], "tables": content["tables"]}


def list_columns(table: Content) -> list[dict[str, Any]]:
    blocks = table.get("columns", {})
    blocks = blocks if isinstance(blocks, list) else [blocks]
    return [dict(zip(block, labels, strict=True)) for block in blocks for labels in product(*block.values())]


def vary(content: Content, dice: random.Random, place: str = "", year: int = 0, blanks: float = 0.0) -> Content:
    """The same report with other numbers that add up, of another gemeente and year; lost blanks are blanks again."""
    made = copy.deepcopy(content)
    old = int(str(made["report"]["period"])[:4])
    made = _shift_years(made, (year or old) - old)
    if place:
        before = made["report"]["place"].capitalize()
        made["report"] |= {"place": place.lower(), "title": f"Cijfers {made['report']['period']}, gemeente {place}"}
        for table in made["tables"]:
            table["cells"] = {place if label == before else label: row for label, row in table["cells"].items()}
    for table in made["tables"]:
        table.pop("differences", None)
        table.pop("caveat", None)
        _fill(table, dice, blanks)
    return made


def _shift_years(value: Any, years: int) -> Any:
    if isinstance(value, dict):
        return {key: _shift_years(item, years) if key != "cells" else item for key, item in value.items()}
    if isinstance(value, list):
        return [_shift_years(item, years) for item in value]
    text = str(value)
    if not isinstance(value, bool) and text[:4].isdecimal() and 2000 < int(text[:4]) < 2100 and len(text) in (4, 7, 9):
        moved = text.replace(text[:4], str(int(text[:4]) + years), 1)
        moved = moved.replace(text[5:9], str(int(text[5:9]) + years)) if "/" in moved else moved
        return int(moved) if isinstance(value, int) else moved
    return value


def _fill(table: Content, dice: random.Random, blanks: float) -> None:
    """Numbers for every cell, and the totals that they make."""
    columns = list_columns(table)
    free = [n for n, column in enumerate(columns) if TOTAL not in column.values()]
    rows = [label for label in table["cells"] if label != TOTAL]
    for label in rows:
        was = table["cells"][label]
        share = blanks or (0.4 if isinstance(was, dict) else 0.0)
        row: list[int | None] = [None] * len(columns)
        for n in free:
            row[n] = None if dice.random() < share else dice.choice([0, 1, 2, 3, 7, 12, 48, 107, 231, 1022])
        if all(row[n] is None for n in free):
            row[free[0]] = 1
        table["cells"][label] = row
    for label in rows:
        _add_up(table["cells"][label], columns, free)
    if TOTAL in table["cells"]:
        table["cells"][TOTAL] = [sum(table["cells"][label][n] or 0 for label in rows) for n in range(len(columns))]
    sums = table["cells"].get(TOTAL) or [
        sum(table["cells"][label][n] or 0 for label in rows) for n in range(len(columns))
    ]
    for total in table.get("totals", ()):
        named = {name: label for name, label in total.items() if name != "printed"}
        total["printed"] = sum(
            sums[n] for n in free if all(columns[n].get(name) == label for name, label in named.items())
        )
    if derived := table.get("derived"):
        _derive(table, derived, columns)


def _add_up(row: list[int | None], columns: list[dict[str, Any]], free: list[int]) -> None:
    for n, column in enumerate(columns):
        if n not in free:
            parts = [
                m for m in free if all(columns[m][name] == label for name, label in column.items() if label != TOTAL)
            ]
            row[n] = sum(row[m] or 0 for m in parts)


def _derive(table: Content, derived: Content, columns: list[dict[str, Any]]) -> None:
    at = {column["period"]: n for n, column in enumerate(columns)}
    rows = [label for label in table["cells"] if label != TOTAL]
    derived["columns"] = [{k: v for k, v in column.items() if k != "explanations"} for column in derived["columns"]]
    for label, values in table["cells"].items():
        derived["cells"][label] = [_compute(column, values, table, at, rows) for column in derived["columns"]]


def _compute(column: Content, values: list[Any], table: Content, at: dict[Any, int], rows: list[str]) -> int:
    if "change" in column:
        old, new = ((values[at[period]] or 0) for period in column["change"])
        return round((new - old) / old * 100) if old else (100 if new else 0)
    n = at[column["share"]]
    whole = sum(table["cells"][label][n] or 0 for label in rows)
    return round((values[n] or 0) / whole * 100) if whole else 0


# --- a report as it is printed ---------------------------------------------------------------------------------------


def print_as_published(content: Content, dice: random.Random, layout: str, later: str | None = None) -> Printed:
    """The same with the headings that the layout has in print, a sentence under each table, and parts apart."""
    printed = print_report(content, dice, later=later)
    tables = load_yaml(DATA / "layouts" / f"{layout}.yaml")["tables"]
    period = _name_period(content["report"]["period"], "").replace("halfjaar", "Half jaar")
    printed.title[0] = f"{period} in cijfers Veilig Thuis"
    sheets = []
    for sheet, table, named in zip(printed.sheets, content["tables"], tables, strict=True):
        known = named.get("printed", [named["heading"]])[0]
        chapter = f"Hoofdstuk {table['number']}: {named['heading']}"
        if parts := named.get("parts"):
            sheets += _part(sheet, content, parts, period, chapter)
        else:
            sheet.heading = f"{period}: {known}"
            sheets.append(replace(sheet, above=[chapter], below=[_SENTENCE]))
    return replace(printed, sheets=sheets)


_SENTENCE = "Toelichting: De tabel hierboven toont aantallen per kwartaal; in 2020 waren het er 12 of 13."


def _part(sheet: Sheet, content: Content, parts: dict[str, list[str]], period: str, chapter: str) -> list[Sheet]:
    """A table for each row: that of the gemeente."""
    place = str(content["report"]["place"]).capitalize()
    rows = {row[0].text.replace("Totaal", TOTAL): row for row in sheet.body}
    head = [[Cell("Gemeente"), *sheet.head[0][1:]]]
    return [
        Sheet(f"{period}: {texts[0]} KM + HG + OM", 1, head, [[Cell(place), *rows[label][1:]]], [chapter], [_SENTENCE])
        for label, texts in parts.items()
    ]


def print_report(content: Content, dice: random.Random, shuffle: bool = False, later: str | None = None) -> Printed:
    """The document of a report. `shuffle` puts rows and columns in another order, `later` is what stands in quarters
    that are not yet past: 0 or nothing."""
    report = content["report"]
    place = str(report.get("place", "")).capitalize()
    period = _name_period(report["period"], "")
    title = [f"Veilig Thuis, rapportage {period}", f"Gemeente {place}" if place else report["publisher"]]
    printed = Printed(content, title)
    for table in content["tables"]:
        printed.sheets.append(_print_table(table, report, dice, shuffle, later))
    return printed


def _name_period(period: Any, otherwise: str) -> str:
    text = str(period)
    if "-H" in text:
        return f"{text[-1]}e halfjaar {text[:4]}"
    return f"{text[-1]}e kwartaal" if "-Q" in text else otherwise if text == TOTAL else text


def _name(dimension: str, label: Any, is_leaf: bool) -> str:
    if label == TOTAL:
        return "Totaal KM + HG + OM" if dimension == "geweld" else "Totaal" if is_leaf else "Totalen per gemeente"
    return _name_period(label, "") if dimension == "period" else str(label)


def _print_table(table: Content, report: Content, dice: random.Random, shuffle: bool, later: str | None) -> Sheet:
    columns = list_columns(table)
    order = list(range(len(columns)))
    if shuffle and all(len(column) == 1 for column in columns):
        dice.shuffle(order)
    names = list(columns[0])
    added = _list_later(columns, report, names) if later is not None else []
    stops = (
        [*order[: len(order) - _count_totals(columns)], *added, *order[len(order) - _count_totals(columns) :]]
        if added
        else order
    )
    labels = 2 if any(" / " in label and _is_group(label) for label in table["cells"]) else 1
    head = _print_head(table, columns, stops, names, labels)
    body = _print_body(table, stops, labels, dice if shuffle else None, later or "")
    derived = table.get("derived", {})
    for column in derived.get("columns", ()):
        year = "" if "change" in column else f" {column['share']}"
        head[0].append(Cell(f"{column['heading']}{year}", 1, len(head)))
    return Sheet(f"{table['number']} {table['heading']}", labels, head, body)


def _is_group(label: str) -> bool:
    return label.partition(" / ")[0] in GROUPS


GROUPS = (
    "Beroepsmatig anders", "Justitie en veiligheid", "Kinderopvang", "Medische beroepsgroepen", "Onderwijs",
    "Paramedische beroepsgroepen", "Psychologen, pedagogen, psychotherapeuten en sociaal werkers",
)  # fmt: skip


def _count_totals(columns: list[dict[str, Any]]) -> int:
    return sum(column.get("period") == TOTAL for column in columns)


def _list_later(columns: list[dict[str, Any]], report: Content, names: list[str]) -> list[dict[str, Any]]:
    """Columns of the quarters after a first half year, where there are columns of quarters."""
    period = str(report["period"])
    if names[0] != "period" or not period.endswith("H1") or "-Q" not in str(columns[0]["period"]):
        return []
    rest = [column for column in columns if column["period"] == f"{period[:4]}-Q1"]
    return [column | {"period": f"{period[:4]}-Q{n}"} for n in (3, 4) for column in rest]


def _print_head(
    table: Content, columns: list[Any], stops: list[Any], names: list[str], labels: int
) -> list[list[Cell]]:
    listed = [stop if isinstance(stop, dict) else columns[stop] for stop in stops]
    corner = {"place": "Gemeente", "category": "Soort", "period": "Periode"}[table["rows"]]
    leaves = [Cell(_name(names[-1], column[names[-1]], True)) for column in listed]
    if len(names) == 1:
        return [[Cell(corner, labels), *leaves]]
    uppers: list[Cell] = []
    for n, column in enumerate(listed):
        text = _name(names[0], column[names[0]], False)
        if n and listed[n - 1][names[0]] == column[names[0]]:
            uppers[-1].width += 1
        else:
            uppers.append(Cell(text))
    return [[Cell(corner, labels, 2), *uppers], leaves]


def _print_body(
    table: Content, stops: list[Any], labels: int, dice: random.Random | None, later: str
) -> list[list[Cell]]:
    rows = [label for label in table["cells"] if label != TOTAL]
    if dice and labels == 1:
        dice.shuffle(rows)
    body, group = [], ""
    for label in [*rows, *([TOTAL] if TOTAL in table["cells"] else [])]:
        values = table["cells"][label]
        first, _, second = label.partition(" / ") if labels == 2 else (label, "", "")
        name = "Subtotaal" if label == TOTAL and table.get("totals") else "Totaal" if label == TOTAL else first
        cells = [Cell(name if labels == 1 or name != group else "")] + ([Cell(second)] if labels == 2 else [])
        group = name
        cells += [Cell(later if isinstance(stop, dict) else _write(values[stop])) for stop in stops]
        extra = table.get("derived", {}).get("cells", {}).get(label, ())
        body.append(cells + [Cell(f"{number}%") for number in extra])
    if table.get("totals"):
        body.append(_print_sums(table, stops, labels, later))
    return body


def _print_sums(table: Content, stops: list[Any], labels: int, later: str) -> list[Cell]:
    """The last row: each number in the middle over the columns that it sums."""
    columns = list_columns(table)
    by_period = {total.get("period"): total["printed"] for total in table["totals"]}
    groups: dict[Any, int] = {}
    for stop in stops:
        period = (stop if isinstance(stop, dict) else columns[stop]).get("period")
        groups[period] = groups.get(period, 0) + 1
    cells = [Cell("Totaal", labels)]
    for period, width in groups.items():
        value = by_period.get(None if period in (None, TOTAL) else period)
        cells.append(Cell(later if value is None else _write(value), width))
    return cells


def _write(value: int | None) -> str:
    return "" if value is None else f"{value:,}".replace(",", ".")


# --- makers ----------------------------------------------------------------------------------------------------------


def make_typst(printed: Printed, style: Style, target: Path) -> None:
    """A PDF of typst."""
    stroke = {"none": "none", "all": "0.5pt", "rows": "(x, y) => (bottom: 0.5pt)"}[style.rules]
    parts = [
        f'#set page(width: {style.page[0]}mm, height: {style.page[1]}mm, margin: 1.5cm, numbering: "1")',
        f'#set text(font: "Liberation Sans", size: {style.size}pt, lang: "nl", hyphenate: true)',
        *(f"{_escape(line)} \\" for line in printed.title),
    ]
    valign = {"middle": "horizon", "top": "top", "bottom": "bottom"}[style.valign]
    for sheet in printed.sheets:
        wide = sum(cell.width for cell in sheet.head[0]) - sheet.labels
        width = "auto" if style.width is None else f"{style.width}pt"
        columns = ", ".join(["auto" if style.width is None else "1fr"] * sheet.labels + [width] * wide)
        sides = f"if x < {sheet.labels} {{ left }} else if y < {len(sheet.head)} {{ {style.align[0]} }}"
        align = f"(x, y) => ({sides} else {{ {style.align[1]} }}) + {valign}"
        head = "".join(_write_typst(cell) for row in sheet.head for cell in row)
        body = "".join(_write_typst(cell) for row in sheet.body for cell in row)
        parts += [f"\n#heading(level: 1)[{_escape(line)}]\n" for line in sheet.above]
        parts.append(f"\n#heading(level: 2)[{_escape(sheet.heading)}]\n")
        parts.append(
            f"#table(columns: ({columns}), stroke: {stroke}, inset: {style.padding}pt, align: {align},"
            f" table.header({head}), {body})\n"
        )
        parts += [f"\n{_escape(line)}\n" for line in sheet.below]
    typst.compile("\n".join(parts).encode(), output=target)


def _write_typst(cell: Cell) -> str:
    return f"table.cell(colspan: {cell.width}, rowspan: {cell.height})[{_escape(cell.text)}],"


def _escape(text: str) -> str:
    return "".join(f"\\{char}" if char in "#$*_`<>@[]\\/~=+-" else char for char in text)


def make_html(printed: Printed, style: Style) -> str:
    """The page that Chromium and LibreOffice print."""
    line = {"none": "0", "all": "1px solid black", "rows": "0; border-bottom: 1px solid black"}[style.rules]
    width = f"width: {style.width}pt; min-width: {style.width}pt" if style.width else ""
    css = (
        f"@page {{ size: {style.page[0]}mm {style.page[1]}mm; margin: 15mm }}"
        f" body {{ font: {style.size}pt 'Liberation Sans' }} table {{ border-collapse: collapse }}"
        f" td, th {{ padding: {style.padding}pt; border: {line}; vertical-align: {style.valign}; font-weight: normal }}"
        f" th {{ text-align: {style.align[0]}; {width} }} td {{ text-align: {style.align[1]} }}"
        " .l { text-align: left; width: auto; min-width: 0 } tr { break-inside: avoid }"
    )
    parts = [f"<!doctype html><html><head><meta charset=utf-8><style>{css}</style></head><body>"]
    parts += [f"<p>{html.escape(line)}</p>" for line in printed.title]
    for sheet in printed.sheets:
        parts += [f"<h2>{html.escape(line)}</h2>" for line in sheet.above]
        parts.append(f"<h3>{html.escape(sheet.heading)}</h3><table><thead>")
        parts += [_write_row(row, sheet.labels if not n else 0, "th", style) for n, row in enumerate(sheet.head)]
        parts.append("</thead><tbody>")
        parts += [_write_row(row, sheet.labels, "td", style) for row in sheet.body]
        parts.append("</tbody></table>")
        parts += [f"<p>{html.escape(line)}</p>" for line in sheet.below]
    return "".join(parts) + "</body></html>"


def _write_row(row: list[Cell], labels: int, tag: str, style: Style) -> str:
    written, at = [], 0
    for cell in row:
        side = "left" if at < labels else style.align[0 if tag == "th" else 1]
        own = f' class="{"l" if at < labels else ""}" align="{side}" valign="{style.valign}"'
        written.append(f'<{tag}{own} colspan="{cell.width}" rowspan="{cell.height}">{html.escape(cell.text)}</{tag}>')
        at += cell.width
    return f"<tr>{''.join(written)}</tr>"


def make_chromium(printed: Printed, style: Style, target: Path) -> None:
    """A PDF of Chromium."""
    print_page(make_html(printed, style), target)


def print_page(content: str, target: Path) -> None:
    """A web page as Chromium prints it."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(content, encoding="utf-8")
        options = [
            "--headless",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
        ]
        command = ["chromium", *FLAGS, *options, str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def make_libreoffice(printed: Printed, style: Style, target: Path) -> None:
    """A PDF of LibreOffice Writer."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(make_html(printed, style), encoding="utf-8")
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--infilter=HTML (StarWriter)",
        ]
        command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.move(Path(folder) / "page.pdf", target)


def make_excel(printed: Printed, target: Path) -> None:
    """A workbook with all tables on one sheet, their heads merged, whole numbers as numbers."""
    book = openpyxl.Workbook()
    rows: list[list[Cell]] = [[Cell(line)] for line in printed.title]
    for sheet in printed.sheets:
        rows += [[], *([Cell(line)] for line in (*sheet.above, sheet.heading)), *sheet.head, *sheet.body]
        rows += [[Cell(line)] for line in sheet.below]
    taken: set[tuple[int, int]] = set()
    for n, row in enumerate(rows, 1):
        column = 1
        for cell in row:
            while (n, column) in taken:
                column += 1
            digits = cell.text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})*", cell.text) else ""
            book.active.cell(n, column, int(digits) if digits else cell.text or None)
            if cell.width > 1 or cell.height > 1:
                book.active.merge_cells(None, n, column, n + cell.height - 1, column + cell.width - 1)
            taken |= {(n + down, column + right) for down in range(cell.height) for right in range(cell.width)}
    book.save(target)


MAKERS = {"typst": make_typst, "chromium": make_chromium, "libreoffice": make_libreoffice}
