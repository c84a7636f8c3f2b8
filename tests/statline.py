"""A made-up table of StatLine, written in each shape that CBS gives: every number is invented."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

TABLE = "84849NED"
TITLE = "Huiselijk geweld; rol/functie, organisatie, duur geweld, regio"
KENMERK = "KenmerkenAdviezenMeldingen"
MEASURES = {"M000001": "Gestarte adviezen", "M000002": "Ontvangen meldingen"}
KENMERKEN = {
    "T001": "Totaal ",
    "A01": "Niet beroepsmatig totaal",
    "A02": "Beroep:  medisch totaal",
    "A03": "Duur geweld: > 1 jaar,< 5 jaar",
    "A04": "Kinderopvang",
    "A05": "Beroepsmatig totaal",
    "A06": "Beroep: kinderopvang: totaal",  # another class than Kinderopvang, of organisations
}
REGIONS = {
    "NL01": "Nederland",
    "PV22": "Drenthe (PV)",
    "VT02": "Drenthe (VT)",
    "VT16": "Brabant Noordoost (VT)",
    "VT10": "Hollands-Midden (VT)",
    "GM0014": "Groningen (gemeente)",
    "GM0363": "Amsterdam",
    "GM0457": "Weesp",
    "GM0193": "Zwolle",
    "GM0164": "Hengelo (O.)",
    "GM0373": "Bergen (NH.)",  # there is one in Limburg too
}
PERIODS = {"2021HJ01": "2021 1e halfjaar", "2021JJ00": "2021", "2025HJ02": "2025 2e halfjaar"}
STATUSES = {"2021HJ01": "Definitief", "2021JJ00": "Nader voorlopig", "2025HJ02": "Voorlopig"}
STARS = {"Definitief": "", "Voorlopig": "*", "Nader voorlopig": "**"}
SECRET = "."


class Key(NamedTuple):
    """Which cell it is, by codes."""

    measure: str
    kenmerk: str
    region: str
    period: str


Numbers = Mapping[Key, int | str]
LISTS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "MeasureCodes": [
        {"Identifier": code, "Title": title, "MeasureGroupId": None, "DataType": "Long", "Unit": "aantal"}
        for code, title in MEASURES.items()
    ],
    f"{KENMERK}Codes": [{"Identifier": code, "Title": title} for code, title in KENMERKEN.items()],
    "RegioSCodes": [{"Identifier": code, "Title": title} for code, title in REGIONS.items()],
    "PeriodenCodes": [{"Identifier": c, "Title": t, "Status": STATUSES[c]} for c, t in PERIODS.items()],
}


def list_observations(numbers: Numbers) -> list[dict[str, Any]]:
    """The cells as the data service gives them."""
    return [
        {
            "Id": n,
            "Measure": key.measure,
            "ValueAttribute": "None",
            "Value": None if value == SECRET else value,
            "StringValue": value if value == SECRET else None,
            KENMERK: key.kenmerk,
            "RegioS": key.region,
            "Perioden": key.period,
        }
        for n, (key, value) in enumerate(numbers.items())
    ]


def write_zip(path: Path, numbers: Numbers, lists: Mapping[str, Sequence[Mapping[str, Any]]] = LISTS) -> Path:
    """The zip of the whole table: BOM, semicolons, padded keys."""
    columns = ["Id", "Measure", KENMERK, "RegioS", "Perioden", "Value", "StringValue", "ValueAttribute"]
    rows = [{**row, "RegioS": f"{row['RegioS']:6}"} for row in list_observations(numbers)]
    return write_zip_rows(path, columns, rows, lists)


def write_zip_rows(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    lists: Mapping[str, Any] = LISTS,
    table: str = TABLE,
) -> Path:
    """A zip of these rows and lists."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(f"{table}_Observations.csv", _csv(columns, rows))
        for name, listed in lists.items():
            made.writestr(f"{table}_{name}.csv", _csv(list(listed[0]), listed))
    return path


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def write_answers(folder: Path, numbers: Numbers) -> list[Path]:
    """The answers of the data service, a file each."""
    folder.mkdir(exist_ok=True)
    answers: dict[str, Any] = {**LISTS, "Observations": list_observations(numbers)}
    wrapped = {name: {"value": rows} for name, rows in answers.items()}
    wrapped["Properties"] = {"Identifier": TABLE, "Modified": "2026-06-30T02:00:00+02:00"}
    paths = []
    for name, content in wrapped.items():
        context = f"https://datasets.cbs.nl/odata/v1/CBS/{TABLE}/$metadata#{name}"
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps({"@odata.context": context, **content}), encoding="utf-8")
    return paths


def write_rows(path: Path, numbers: Numbers) -> Path:
    """The CSV with a row for each combination and a column for each measure."""
    head = [
        "Kenmerken adviezen/meldingen",
        "Regio's",
        "Perioden",
        *(f"{title} (aantal)" for title in MEASURES.values()),
    ]
    found = {(key.kenmerk, key.region, key.period): None for key in numbers}
    rows = [
        [KENMERKEN[k], REGIONS[r], _name(p), *(numbers.get(Key(m, k, r, p), "") for m in MEASURES)] for k, r, p in found
    ]
    return _write_lines(path, [[TITLE], head, *rows, ["Bron: CBS"]])


def write_grid(path: Path, numbers: Numbers) -> Path:
    """The CSV as the table lies: kenmerken and periods across, measures and regions down, a unit before the numbers."""
    across = list(dict.fromkeys((key.kenmerk, key.period) for key in numbers))
    down = list(dict.fromkeys((key.measure, key.region) for key in numbers))
    heads = [
        ["", "", "Kenmerken adviezen/meldingen", *(KENMERKEN[k] for k, _ in across)],
        ["Onderwerp", "Regio's", "Perioden", *(_name(p) for _, p in across)],
    ]
    rows = [
        [MEASURES[m], REGIONS[r], "aantal", *(numbers.get(Key(m, k, r, p), "") for k, p in across)] for m, r in down
    ]
    return _write_lines(path, [[TITLE], [""], [""], *heads, *rows, ["Bron: CBS"]])


def _name(period: str) -> str:
    return f"{PERIODS[period]}{STARS[STATUSES[period]]}"


def _write_lines(path: Path, lines: Sequence[Sequence[object]]) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows(lines)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path
