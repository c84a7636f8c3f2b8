"""The answers of CBS's data service (OData v4) as files: Observations, MeasureCodes and other lists of one table."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from vt.errors import refuse
from vt.ingest.statline.bulk import ROWS_AT_ONCE, assemble
from vt.ingest.statline.delivery import Delivery

_CONTEXT = re.compile(r"/(?P<table>[^/]+)/\$metadata#(?P<name>\w+)")
_INSTEAD = "daarin is een geheim cijfer leeg, zonder reden: bedoeld zijn het zip-bestand of de antwoorden van OData v4"
NEXT = "@odata.nextLink"  # where the following page of an answer is
Rows = list[dict[str, str]]


def read_v4(paths: Sequence[Path]) -> Delivery:
    """The table that these files hold together; DataError with a sentence where they hold none, or two."""
    parts = [_read(path) for path in paths]
    tables = {table for table, _, _, _ in parts}
    if len(tables) > 1:
        refuse(paths[0].name, f"de bestanden zijn van {len(tables)} tabellen", f"gevonden: {', '.join(sorted(tables))}")
    lists: dict[str, Rows] = defaultdict(list)
    for _, name, rows, _ in parts:
        lists[name] += rows
    for unended in lists.keys() - {name for _, name, _, has_more in parts if not has_more}:
        refuse(paths[0].name, f"van {unended} ontbreekt een vervolg", "bedoeld: elke bladzijde van het antwoord")
    if not lists["Observations"]:
        refuse(paths[0].name, "er is geen bestand met Observations bij", "bedoeld: alle antwoorden van één tabel")
    return combine(paths[0].name, tables.pop(), lists)


def combine(file: str, table: str, lists: Mapping[str, Rows]) -> Delivery:
    """A delivery of lists as the service gives them, as text."""
    observations, properties = lists["Observations"], lists.get("Properties", [])
    columns = [name for name in observations[0] if name != "Id"]
    version = properties[0].get("Modified", "")[:10] if properties else ""
    return assemble(file, table, version, columns, lists, lambda: _frame(observations, columns))


def _frame(observations: Rows, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
    for start in range(0, len(observations), ROWS_AT_ONCE):
        yield pd.DataFrame(observations[start : start + ROWS_AT_ONCE], columns=list(columns)).fillna("")


def _read(path: Path) -> tuple[str, str, Rows, bool]:
    """The table, the list, its rows, and whether more pages of it follow."""
    try:
        content = parse(path.read_bytes())
    except (OSError, ValueError):
        refuse(path.name, "dit is geen JSON", "bedoeld: een antwoord van de dataservice van het CBS")
    if "odata.metadata" in content:
        refuse(path.name, "dit is een antwoord van de oude dataservice (OData v3)", _INSTEAD)
    match = _CONTEXT.search(str(content.get("@odata.context", "")))
    if match is None:
        refuse(path.name, "dit is geen antwoord van de dataservice van het CBS", "in @odata.context ontbreekt de tabel")
    return match["table"], match["name"], read_rows(content), bool(content.get(NEXT))


def parse(answer: bytes) -> dict[str, Any]:
    """An answer of the service, its numbers as they are written; ValueError where it is no JSON object of rows."""
    try:
        content = json.loads(answer.decode("utf-8-sig"), parse_int=str, parse_float=str)
    except RecursionError:
        raise ValueError("te diep") from None
    if not isinstance(content, dict):
        raise ValueError("geen object")
    rows = content.get("value", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("geen rijen")
    return content


def read_rows(content: Mapping[str, Any]) -> Rows:
    """The rows of an answer as text: those it lists, or itself where it is one thing."""
    rows = content.get("value", [content])
    return [{name: _text(value) for name, value in row.items()} for row in rows]


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
