"""data/origins/*.json -> where the numbers of a report stand in its document; written by `vt import`, never by hand."""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from vt.errors import refuse
from vt.model.origins import Area, CellPlace, Origin, Piece, TableOrigin


def load_origins(folder: Path, reports: Collection[str]) -> dict[str, Origin]:
    """The origin of each report that has one; DataError names a file that is none."""
    return {path.stem: _read_file(path) for path in sorted(folder.glob("*.json")) if path.stem in reports}


def _read_file(path: Path) -> Origin:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        tables = {(each["number"], each["heading"]): _read_table(each) for each in told["tables"]}
        return Origin(told["file"], told["kind"], told["sha256"], tables)
    except (OSError, ValueError, LookupError, TypeError):
        refuse(path.name, "geen herkomst van vt import", "lees het document opnieuw in, of verwijder het bestand")


def _read_table(told: Mapping[str, Any]) -> TableOrigin:
    pieces = [Piece(each["page"], _read_area(each["area"]), b64decode(each["png"])) for each in told["pieces"]]
    places = {
        (row, column): CellPlace(spot, page, _read_area(area) if area else None)
        for row, numbers in told["places"].items()
        for column, spot, page, *area in numbers
    }
    return TableOrigin(pieces, places)


def _read_area(told: list[float]) -> Area:
    left, top, right, bottom = told
    return left, top, right, bottom


def write_origin(origin: Origin) -> bytes:
    """The file of an origin."""
    told = {"file": origin.file, "kind": origin.kind, "sha256": origin.sha256}
    tables = [
        {"number": number, "heading": heading, "pieces": [_tell_piece(piece) for piece in table.pieces]}
        | {"places": _tell_places(table.places)}
        for (number, heading), table in origin.tables.items()
    ]
    return json.dumps(told | {"tables": tables}, ensure_ascii=False, separators=(",", ":")).encode()


def _tell_piece(piece: Piece) -> dict[str, Any]:
    return {"page": piece.page, "area": _round(piece.area), "png": b64encode(piece.png).decode()}


def _tell_places(places: Mapping[tuple[str, int], CellPlace]) -> dict[str, list[list[Any]]]:
    rows: dict[str, list[list[Any]]] = {}
    for (row, column), place in places.items():
        rows.setdefault(row, []).append([column, place.spot, place.page, *_round(place.area or ())])
    return rows


def _round(area: Collection[float]) -> list[float]:
    return [round(each, 1) for each in area]
