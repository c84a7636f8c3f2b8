"""The zip that CBS gives of a whole table: Observations.csv with its code lists."""

import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from vt.errors import quote_value, refuse
from vt.ingest.statline.delivery import (
    ATTRIBUTE,
    MEASURE,
    PERIOD,
    REGION,
    STRING,
    TAIL,
    VALUE,
    Delivery,
    MeasureCode,
    PeriodCode,
)
from vt.ingest.statline.keys import find_table

ROWS_AT_ONCE = 200_000
MOST_BYTES = 4 << 30  # unzipped: of all ten tables together
MOST_OF_A_LIST = 32 << 20  # unzipped: that of all regions is 200 kB
BROKEN = "het zip-bestand is afgebroken of beschadigd"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, csv.Error)
Codes = Sequence[Mapping[str, str]]
Rows = Callable[[], Iterator[pd.DataFrame]]


def read_bulk(path: Path) -> Delivery:
    """The table in a zip of CSV files; DataError with a sentence where it is none."""
    try:
        with zipfile.ZipFile(path) as opened:
            return _read(path, opened)
    except FileNotFoundError:
        refuse(path.name, "dit bestand is er niet", "kijk na hoe het heet en waar het staat")
    except UnicodeDecodeError:
        refuse(path.name, "een lijst in het zip-bestand is geen UTF-8", "haal het opnieuw op bij het CBS")
    except _UNREADABLE:
        refuse(path.name, BROKEN, "haal het opnieuw op bij het CBS")
    except RuntimeError:
        refuse(path.name, "het zip-bestand is versleuteld of ongewoon ingepakt", "haal het opnieuw op bij het CBS")


def _read(path: Path, opened: zipfile.ZipFile) -> Delivery:
    if sum(member.file_size for member in opened.infolist()) > MOST_BYTES:
        refuse(path.name, "uitgepakt is dit bestand groter dan 4 GB", "bedoeld: de CSV van één tabel van StatLine")
    members = {_name(member.filename): member for member in opened.infolist()}
    properties = _read_codes(opened, members["Properties"]) if "Properties" in members else []
    own = [find_table(properties[0].get("Identifier", ""))] if properties else []
    tables = {*own, *(find_table(Path(member.filename).name) for member in opened.infolist())} - {""}
    if len(tables) > 1:
        found = f"het zip-bestand is van {len(tables)} tabellen"
        refuse(path.name, found, f"gevonden: {', '.join(sorted(tables))}; haal elk apart op")
    named = Counter(_name(member.filename) for member in opened.infolist() if not member.is_dir())
    if twice := next((name for name, count in named.items() if count > 1), ""):
        refuse(path.name, f"{twice} staat twee keer in het zip-bestand", "haal het opnieuw op bij het CBS")
    if "Observations" not in members:
        refuse(path.name, "in het zip-bestand ontbreekt Observations.csv", "bedoeld: de CSV van een hele tabel")
    lists = {
        name: _read_codes(opened, member) for name, member in members.items() if name.endswith(("Codes", "Groups"))
    }
    dated = "{:04}-{:02}-{:02}".format(*members["Observations"].date_time)
    version = (properties[0].get("Modified", "")[:10] if properties else "") or dated
    columns = _read_columns(opened, members["Observations"])
    table = next(iter(tables), find_table(path.name))
    return assemble(
        path.name, table, version, columns, lists, lambda: _read_rows(path, members["Observations"], columns)
    )


def assemble(
    file: str, table: str, version: str, columns: Sequence[str], lists: Mapping[str, Codes], rows: Rows
) -> Delivery:
    """A delivery of code lists as CBS gives them, and rows under these columns."""
    if not _is_day(version):
        refuse(file, "van wanneer de cijfers zijn, is niet bekend", "bedoeld: ook Properties, met een dag bij Modified")
    if missing := [name for name in (MEASURE, *TAIL) if name not in columns]:
        refuse(file, f"in Observations ontbreekt de kolom “{missing[0]}”", f"gevonden: {'; '.join(columns)}")
    own = [name for name in columns if name not in (MEASURE, *TAIL, "Id")]
    for name in (MEASURE, *own, REGION, PERIOD):
        _check_list(file, f"{name}Codes", lists)
    return Delivery(
        file,
        table,
        version,
        _read_measures(lists[f"{MEASURE}Codes"], lists.get(f"{MEASURE}Groups", [])),
        {name: {row["Identifier"]: row.get("Title", "") for row in lists[f"{name}Codes"]} for name in own},
        {row["Identifier"]: row.get("Title", "") for row in lists[f"{REGION}Codes"]},
        {r["Identifier"]: PeriodCode(r.get("Title", ""), r.get("Status", "")) for r in lists[f"{PERIOD}Codes"]},
        rows,
    )


def _check_list(file: str, name: str, lists: Mapping[str, Codes]) -> None:
    """A list has codes, and each stands for one thing."""
    if name not in lists:
        refuse(file, f"de lijst {name} ontbreekt", "bedoeld: de tabel met de codelijsten die erbij horen")
    titles: dict[str, str] = {}
    for row in lists[name]:
        if "Identifier" not in row:
            refuse(file, f"in de lijst {name} ontbreekt de kolom “Identifier”", f"gevonden: {'; '.join(row)}")
        code, title = row["Identifier"], row.get("Title", "")
        if titles.setdefault(code, title) != title:
            found = (
                f"in de lijst {name} is de code {quote_value(code)} {quote_value(titles[code])} en {quote_value(title)}"
            )
            refuse(file, found, "haal het opnieuw op bij het CBS")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _read_measures(codes: Codes, groups: Codes) -> dict[str, MeasureCode]:
    """Measures with the titles of the groups that they are in, the outermost first."""
    parents = {row.get("Id", row.get("Identifier", "")): row for row in groups}
    made = {}
    for row in codes:
        titles, group = [row.get("Title", "")], parents.get(row.get("MeasureGroupId", ""))
        while group and len(titles) <= len(parents):
            titles.insert(0, group.get("Title", ""))
            group = parents.get(group.get("ParentId", ""))
        made[row["Identifier"]] = MeasureCode(tuple(titles), row.get("Unit", ""))
    return made


def _name(member: str) -> str:
    """What a member holds: 84851NED_Observations.csv is Observations."""
    stem = Path(member).stem
    return stem.rpartition("_")[2] if find_table(stem) else stem


def _read_codes(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> Codes:
    if member.file_size > MOST_OF_A_LIST:
        found = f"de lijst {_name(member.filename)} is uitgepakt groter dan 32 MB"
        refuse(Path(opened.filename or "").name, found, "haal het opnieuw op bij het CBS")
    with opened.open(member) as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=";")
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows]


def _read_columns(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> list[str]:
    with opened.open(member) as raw:
        head = next(csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=";"), [])
    return [name for name in head if name != "Id"]


def _read_rows(path: Path, member: zipfile.ZipInfo, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
    kinds = dict.fromkeys(columns, "category") | dict.fromkeys(("Id", VALUE, STRING), "str")
    try:
        with zipfile.ZipFile(path) as opened, opened.open(member) as raw:
            yield from pd.read_csv(
                raw,
                sep=";",
                encoding="utf-8-sig",
                dtype=kinds,
                keep_default_na=False,
                chunksize=ROWS_AT_ONCE,
            )
    except (*_UNREADABLE, pd.errors.ParserError, UnicodeDecodeError):
        refuse(path.name, BROKEN, "haal het opnieuw op bij het CBS")


def write_bulk(path: Path, delivery: Delivery) -> None:
    """A delivery as the zip of CSV files that CBS gives."""
    stem = delivery.table
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        groups: dict[tuple[str, ...], str] = {}
        for measure in delivery.measures.values():
            for n in range(1, len(measure.titles)):
                groups.setdefault(measure.titles[:n], str(len(groups) + 1))
        codes = [(c, m.titles[-1], m.unit, groups.get(m.titles[:-1], "")) for c, m in delivery.measures.items()]
        _write(made, f"{stem}_MeasureCodes.csv", ("Identifier", "Title", "Unit", "MeasureGroupId"), codes)
        listed = [(id_, t[-1], groups.get(t[:-1], "")) for t, id_ in groups.items()]
        _write(made, f"{stem}_MeasureGroups.csv", ("Id", "Title", "ParentId"), listed)
        for name, titles in {**delivery.dimensions, REGION: delivery.regions}.items():
            _write(made, f"{stem}_{name}Codes.csv", ("Identifier", "Title"), list(titles.items()))
        periods = [(code, *period) for code, period in delivery.periods.items()]
        _write(made, f"{stem}_{PERIOD}Codes.csv", ("Identifier", "Title", "Status"), periods)
        _write(made, f"{stem}_Properties.csv", ("Identifier", "Modified"), [(stem, delivery.version)])
        _write_rows(made, f"{stem}_Observations.csv", delivery)


def _write(made: zipfile.ZipFile, name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows([head, *rows])
    made.writestr(name, text.getvalue().encode("utf-8-sig"))


def _write_rows(made: zipfile.ZipFile, name: str, delivery: Delivery) -> None:
    columns, number = [*delivery.keys, VALUE, STRING, ATTRIBUTE], 0
    with made.open(name, "w", force_zip64=True) as raw:
        raw.write(f"\ufeff{';'.join(['Id', *columns])}\r\n".encode())
        for frame in delivery.rows():
            numbered = frame[columns]
            numbered.insert(0, "Id", range(number, number + len(frame)))
            number += len(frame)
            numbered.to_csv(raw, sep=";", header=False, index=False, encoding="utf-8", lineterminator="\r\n")
