"""What a person saves from the site of StatLine: a CSV as the table lies there, or with a row for each combination."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from vt.errors import refuse
from vt.ingest.statline.delivery import (
    ATTRIBUTE,
    MEASURE,
    PERIOD,
    REGION,
    STRING,
    VALUE,
    Delivery,
    MeasureCode,
    PeriodCode,
)
from vt.ingest.statline.keys import find_table, normalise, parse_label, strip_suffix, write_code
from vt.ingest.statline.mapping import StatLine, TableMap
from vt.ingest.statline.recognise import UNPACKED
from vt.model.catalogue import Place

TITLES = {MEASURE: "onderwerp", REGION: "regio's", PERIOD: "perioden"}
SIGNS = (".", "x", "-")
_STAMP = re.compile(r"_(\d\d)(\d\d)(\d{4})_\d{6}")
_PROVINCE = re.compile(r" \([A-Z][A-Za-z]?\.?\)$")


class _Cell(NamedTuple):
    """A cell as it stands: the title in each dimension, and its text."""

    titles: Mapping[str, str]
    unit: str
    text: str


def read_by_hand(path: Path, statline: StatLine, places: Mapping[str, Place]) -> Delivery:
    """The part of a table in such a CSV; DataError with a sentence where it is none."""
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        refuse(path.name, "dit is geen CSV van StatLine", "bedoeld: UTF-8, met puntkomma's")
    if lines and set(lines[0]) >= UNPACKED:
        found = "dit is Observations.csv, zonder de codelijsten die erbij horen"
        refuse(path.name, found, "bedoeld: het zip-bestand van het CBS, niet uitgepakt")
    body = [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]
    body = [line for line in body if not line[0].startswith(("Bron", "©"))]
    table = _find_table(path, body, statline)
    titles = {**{normalise(title): name for name, title in table.dimensions.items()}, **_flip(TITLES)}
    body = body[1:] if body and normalise(body[0][0]) == normalise(table.title) else body
    heads = {titles.get(normalise(cell)) for cell in body[0]} if body else set()
    cells = list(_read_rows(body, titles, path) if {REGION, PERIOD} <= heads else _read_grid(body, titles, table, path))
    return _deliver(path, table, cells, places)


def _flip(names: Mapping[str, str]) -> dict[str, str]:
    return {title: name for name, title in names.items()}


def _find_table(path: Path, body: Sequence[Sequence[str]], statline: StatLine) -> TableMap:
    """The table of the title on the first line, or of the number or the title in the name of the file."""
    named = {_plain(table.title): table for table in statline.tables.values()}
    stem = _plain(_STAMP.sub("", path.stem))
    table = (named.get(_plain(body[0][0])) if body else None) or statline.tables.get(find_table(path.stem))
    if table is None and (table := named.get(stem)) is None:
        said = f"boven de tabel staat “{body[0][0][:80]}”" if body else "het bestand is leeg"
        refuse(path.name, said, f"bedoeld: een van de tabellen {', '.join(statline.tables)}")
    return table


def _plain(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _read_rows(body: Sequence[Sequence[str]], titles: Mapping[str, str], path: Path) -> Iterator[_Cell]:
    """A row for each combination: columns of dimensions, then one for each measure, "Ontvangen meldingen (aantal)"."""
    head = [titles.get(normalise(cell)) for cell in body[0]]
    measures = {n: _split_unit(cell) for n, (cell, name) in enumerate(zip(body[0], head, strict=True)) if name is None}
    for line in body[1:]:
        if len(line) != len(head):
            refuse(path.name, f"een rij heeft {len(line)} cellen, de kop {len(head)}", f"de rij begint met “{line[0]}”")
        where = {name: line[n] for n, name in enumerate(head) if name}
        for n, (title, unit) in measures.items():
            yield _Cell({**where, MEASURE: title}, unit, line[n])


def _split_unit(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*) \(([^()]*)\)", text)
    return (match[1], match[2]) if match else (text, "")


def _read_grid(
    body: Sequence[Sequence[str]], titles: Mapping[str, str], table: TableMap, path: Path
) -> Iterator[_Cell]:
    """As the table lies: lines of heads, each a dimension in the columns; then rows, a unit before their numbers."""
    units = {normalise(measure.unit) for measure in table.measures}
    first = next((n for n, line in enumerate(body) if any(normalise(cell) in units for cell in line)), 0)
    if not first:
        refuse(
            path.name,
            "er is geen kolom met eenheden (aantal)",
            "bedoeld: “CSV volgens tabelindeling”, Onderwerp in de rijen",
        )
    at = next(n for n, cell in enumerate(body[first]) if normalise(cell) in units)
    heads, names = body[:first], [titles.get(normalise(cell)) for cell in body[first - 1][:at]]
    across = [_name_head(head[: at + 1], titles, names) for head in heads]
    for line in body[first:]:
        if len(line) > min(map(len, heads)):
            refuse(path.name, "een rij is langer dan de kop", f"de rij begint met “{line[0]}”")
        where = {name: cell for name, cell in zip(names, line, strict=False) if name}
        for n in range(at + 1, len(line)):
            own = {name: head[n] for name, head in zip(across, heads, strict=True) if name}
            yield _Cell({**where, **own}, line[at], line[n])


def _name_head(cells: Sequence[str], titles: Mapping[str, str], names: Sequence[str | None]) -> str | None:
    """Which dimension a line of heads holds: the last that its first cells name and that is no dimension of rows."""
    heads = [titles.get(normalise(cell)) for cell in cells]
    return next((name for name in reversed(heads) if name and name not in names), None)


def _deliver(path: Path, table: TableMap, cells: Sequence[_Cell], places: Mapping[str, Place]) -> Delivery:
    """The cells under the codes that their titles have; of classes and measures the titles are the codes."""
    needed = {MEASURE, REGION, PERIOD, *table.dimensions}
    for missing in sorted(needed - set(cells[0].titles if cells else {})):
        name = {**table.dimensions, **TITLES}[missing]
        refuse(path.name, f"de dimensie “{name}” staat niet in de kop", "bewaar de tabel met alle dimensies")
    kept = [cell for cell in cells if cell.text]
    has_signs = any(cell.text in SIGNS for cell in kept) or any("*" in cell.titles[PERIOD] for cell in kept)
    regions = _find_regions({cell.titles[REGION] for cell in kept}, places)
    periods = {
        label: _find_period(label, has_signs=has_signs, file=path.name) for label in {c.titles[PERIOD] for c in kept}
    }
    rows = [_make_row(cell, table, regions, periods) for cell in kept]
    listed = {name: {cell.titles[name]: cell.titles[name] for cell in kept} for name in table.dimensions}
    columns = [MEASURE, *table.dimensions, REGION, PERIOD, VALUE, STRING, ATTRIBUTE]
    return Delivery(
        path.name,
        table.id,
        _find_day(path),
        {cell.titles[MEASURE]: MeasureCode(tuple(cell.titles[MEASURE].split("|")), cell.unit) for cell in kept},
        listed,
        {code: label for label, code in regions.items()},
        dict(periods.values()),
        lambda: iter([pd.DataFrame(rows, columns=columns)]),
        is_whole=False,
    )


def _make_row(
    cell: _Cell, table: TableMap, regions: Mapping[str, str], periods: Mapping[str, tuple[str, PeriodCode]]
) -> list[str]:
    is_sign = cell.text in SIGNS
    keys = [cell.titles[name] for name in (MEASURE, *table.dimensions)]
    where = [regions[cell.titles[REGION]], periods[cell.titles[PERIOD]][0]]
    return [*keys, *where, "" if is_sign else cell.text, cell.text if is_sign else "", "None"]


def _find_day(path: Path) -> str:
    """The day in the name that StatLine gives a file, or today."""
    match = _STAMP.search(path.name)
    return f"{match[3]}-{match[2]}-{match[1]}" if match else date.today().isoformat()


def _find_period(label: str, *, has_signs: bool, file: str) -> tuple[str, PeriodCode]:
    """The code of a period; without stars it is definitive only in a file that has signs at all."""
    labelled = parse_label(label)
    if labelled is None:
        refuse(file, f"“{label}” is geen periode", "bedoeld: 2021, 1e halfjaar 2021 of 2021 1e halfjaar*")
    status = labelled.stars or ("Definitief" if has_signs else "")
    return write_code(labelled.period), PeriodCode(label.rstrip("* "), status)


def _find_regions(labels: set[str], places: Mapping[str, Place]) -> dict[str, str]:
    """The code of each region by its label: the suffix tells which of one name is meant."""
    by_name: dict[tuple[str, str], str] = {}
    for code, place in places.items():
        for name in filter(None, (place.label, place.also, *place.printed)):
            by_name[place.kind, _plain(strip_suffix(name)[0])] = code
    return {label: _find_region(label, by_name) for label in labels}


def _find_region(label: str, by_name: Mapping[tuple[str, str], str]) -> str:
    name, suffix = strip_suffix(label)
    if suffix in ("PV", "LD", "CR"):
        return f"{suffix} {name}"
    kinds = ("region",) if suffix == "VT" else ("gemeente", "land")
    spelled = (_plain(name), _plain(_PROVINCE.sub("", name)))  # Hengelo (O.) is Hengelo; Bergen (NH.) is of two
    keys = ((kind, text) for text in spelled for kind in kinds)
    return next((by_name[key] for key in keys if key in by_name), f"GM? {label}")
