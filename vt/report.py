"""Published reports as printed: data/reports/*.yaml -> Report > Table > Cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from vt.catalogue import GEWELD, TOTAL, Catalogue, Indicator, Reader
from vt.faults import DataError, did_you_mean
from vt.period import Period

DIMENSIONS = ("place", "period", "geweld", "category")
_REPORT_KEYS = ("title", "publisher", "region", "period", "licence")
_TABLE_KEYS = ("number", "heading", "indicator", "rows", "cells")
_TABLE_OPTIONS = (
    "columns",
    "place",
    "period",
    "geweld",
    "totals",
    "differences",
    "prose",
    "provisional",
    "caveat",
)


@dataclass(frozen=True)
class Key:
    """What a number is about; None is summed over (in a total) or not split (category)."""

    place: str | None = None
    period: str | None = None
    geweld: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class Cell:
    """One printed number and its position in the printed grid (from 0); -1 where it stands outside the grid."""

    key: Key
    value: float
    row: int
    column: int


@dataclass(frozen=True)
class Difference:
    """Why these printed totals are not the sum of their parts."""

    totals: tuple[Key, ...]
    explanation: str


@dataclass(frozen=True)
class Table:
    """One printed table; `sequences` names the rows whose blanks were lost, `place` and `period` what it covers."""

    number: str
    heading: str
    indicator: str
    place: str
    period: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    sequences: frozenset[int]
    cells: tuple[Cell, ...]
    totals: tuple[Cell, ...]
    differences: tuple[Difference, ...]
    provisional: frozenset[str]
    prose: bool
    caveat: str | None


@dataclass(frozen=True)
class Report:
    """One published report; its id is the name of its file."""

    id: str
    title: str
    publisher: str
    region: str
    place: str
    period: str
    licence: str
    url: str | None
    note: str | None
    tables: tuple[Table, ...]


def load_reports(folder: Path, catalogue: Catalogue) -> list[Report]:
    """Every report in the folder, by file name; raises DataError with the faults of all files."""
    reports, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        if path.name.startswith("_"):
            continue
        reader = Reader(path)
        report = _report(reader, path.stem, catalogue)
        faults += reader.faults
        if report:
            reports.append(report)
    if faults:
        raise DataError(faults)
    return reports


def _report(reader: Reader, id_: str, catalogue: Catalogue) -> Report | None:
    top = reader.mapping(reader.content, "het bestand", ("report", "tables"))
    head = reader.mapping(top.get("report"), "report", _REPORT_KEYS, ("place", "url", "note"))
    head.setdefault("place", head.get("region"))
    for key in ("region", "place"):
        if key in head and head[key] not in catalogue.places:
            reader.fault(f"{key} is “{head[key]}”", did_you_mean(head[key], catalogue.places))
    period = _period(reader, head.get("period"), "", "")
    if reader.faults or period is None:
        return None
    scope = _Scope(reader, catalogue, str(head["region"]), str(head["place"]), period)
    tables = tuple(table for item in top["tables"] if (table := _table(scope, item)))
    names = Counter((table.number, table.heading) for table in tables)
    for (number, heading), count in names.items():
        if count > 1:
            reader.fault(f"de kop “{heading}” komt {count} keer voor", "geef elke tabel een eigen kop", number)
    texts = {key: str(head[key]) for key in ("title", "publisher", "region", "place", "licence")}
    return Report(id_, **texts, period=period.id, url=head.get("url"), note=head.get("note"), tables=tables)


def _period(reader: Reader, value: object, table: str, row: str) -> Period | None:
    try:
        return Period.parse(value)
    except ValueError as error:
        reader.fault(str(error), "", table, row)
        return None


@dataclass(frozen=True)
class _Scope:
    """What a table needs to know to read its labels."""

    reader: Reader
    catalogue: Catalogue
    region: str
    place: str
    period: Period
    table: str = ""
    indicator: Indicator | None = None

    def fault(self, found: str, meant: str = "", row: str = "") -> None:
        self.reader.fault(found, meant, self.table, row)

    def member(self, dimension: str, label: object, row: str = "") -> str | None:
        """The id of a label, or None with a fault."""
        known: Iterable[str]
        if dimension == "period":
            period = _period(self.reader, label, self.table, row)
            return period.id if period else None
        if dimension == "geweld":
            found = str(label).lower()
            known = ("KM", "HG", "OM", "geen", "onbekend")
            if found in GEWELD and found != "alle":
                return found
        elif dimension == "place":
            place = self.catalogue.find_place(str(label), self.region)
            known = self.catalogue.place_labels(self.region)
            if place:
                return place.id
        else:
            if self.indicator is None or self.indicator.classification is None:
                name = self.indicator.id if self.indicator else "deze tabel"
                self.fault(f"“{label}” als category", f"de indicator {name} heeft geen classificatie", row)
                return None
            category = self.catalogue.find_category(self.indicator.classification, str(label))
            members = self.catalogue.categories[self.indicator.classification]
            known = [text for member in members for text in (member.label, *member.printed)]
            if category:
                return category.id
        self.fault(f"onbekende {dimension} “{label}”", did_you_mean(label, known), row)
        return None

    def key(self, members: Mapping[str, object], fixed: Key, row: str = "") -> Key | None:
        """The key that printed labels name; None, with a fault, where one of them is unknown."""
        found: dict[str, str | None] = {}
        for dimension, label in members.items():
            found[dimension] = None if label == TOTAL else self.member(dimension, label, row)
            if label != TOTAL and found[dimension] is None:
                return None
        key = replace(fixed, **found)
        if key.category and key.geweld == "alle":
            return replace(key, geweld=self._geweld_of(key.category))
        return key

    def _geweld_of(self, category_id: str) -> str:
        classification = category_id.split("/")[0]
        geweld = next(c.geweld for c in self.catalogue.categories[classification] if c.id == category_id)
        return geweld or "alle"


def _table(scope: _Scope, item: object) -> Table | None:
    number = str(item.get("number", "zonder nummer")) if isinstance(item, dict) else "zonder nummer"
    keys = scope.reader.mapping(item, "een tabel", _TABLE_KEYS, _TABLE_OPTIONS, number)
    indicator = scope.catalogue.indicators.get(str(keys.get("indicator")))
    scope = replace(scope, table=number, indicator=indicator)
    if indicator is None:
        found = keys.get("indicator")
        scope.fault(f"onbekende indicator “{found}”", did_you_mean(found, scope.catalogue.indicators))
        return None
    blocks = _blocks(scope, keys)
    if len(set(_TABLE_KEYS) & keys.keys()) < len(_TABLE_KEYS) or blocks is None:
        return None
    return _Grid(scope, keys, blocks).table()


def _blocks(scope: _Scope, keys: Mapping[str, Any]) -> list[dict[str, object]] | None:
    """The members of each column, left to right; one column without members where the table has none."""
    if keys.get("rows") not in DIMENSIONS:
        scope.fault(f"rows is “{keys.get('rows')}”", did_you_mean(keys.get("rows"), DIMENSIONS))
        return None
    columns = keys.get("columns", [{}])
    columns = columns if isinstance(columns, list) else [columns]
    found: list[dict[str, object]] = []
    for block in columns:
        if not isinstance(block, dict) or not all(isinstance(members, list) for members in block.values()):
            scope.fault(f"columns is “{columns}”", "bedoeld: {period: [2020, 2021], geweld: [KM, HG, OM]}")
            return None
        for dimension in block.keys() - set(DIMENSIONS):
            scope.fault(f"onbekende dimensie “{dimension}” in columns", did_you_mean(dimension, DIMENSIONS))
            return None
        found += [dict(zip(block, members, strict=True)) for members in product(*block.values())]
    return found


class _Grid:
    """Reads the cells of one table."""

    def __init__(self, scope: _Scope, keys: Mapping[str, Any], columns: list[dict[str, object]]) -> None:
        self.scope, self.keys, self.columns = scope, keys, columns
        self.cells: list[Cell] = []
        self.totals: list[Cell] = []
        self.sequences: set[int] = set()
        self.split = {keys["rows"], *(dimension for column in columns for dimension in column)}
        self.fixed = self._fixed()

    def table(self) -> Table:
        cells = self.keys["cells"] if isinstance(self.keys["cells"], dict) else {}
        if not cells:
            self.scope.fault("cells is leeg of geen tabel", "bedoeld: per rij een label en zijn getallen")
        for index, (label, numbers) in enumerate(cells.items()):
            self._row(index, str(label), numbers)
        self._extra_totals()
        self._refuse_double_cells()
        differences = tuple(self._differences())
        return Table(
            number=self.scope.table,
            heading=str(self.keys["heading"]),
            indicator=str(self.keys["indicator"]),
            place=self.fixed.place or self.scope.place,
            period=self._covered().id,
            rows=tuple(str(label) for label in cells),
            columns=tuple(_column_label(column) for column in self.columns),
            sequences=frozenset(self.sequences),
            cells=tuple(self.cells),
            totals=tuple(self.totals),
            differences=differences,
            provisional=frozenset(self._provisional()),
            prose=bool(self.keys.get("prose", False)),
            caveat=self.keys.get("caveat"),
        )

    def _fixed(self) -> Key:
        """What holds for every cell: the table's own members, else the report's, and nothing where split."""
        default = Key(self.scope.place, self.scope.period.id, "alle")
        chosen: dict[str, str | None] = {}
        for dimension in ("place", "period", "geweld"):
            if dimension in self.keys:
                if dimension in self.split:
                    self.scope.fault(f"{dimension} staat vast én is rij of kolom", "noem de dimensie een keer")
                chosen[dimension] = self.scope.member(dimension, self.keys[dimension])
            elif dimension in self.split:
                chosen[dimension] = None
        return replace(default, **chosen)

    def _row(self, index: int, label: str, numbers: object) -> None:
        if isinstance(numbers, dict) and set(numbers) == {"sequence"} and isinstance(numbers["sequence"], list):
            self._sequence(index, label, numbers["sequence"])
            return
        if not isinstance(numbers, list):
            self.scope.fault(f"de rij is “{numbers}”", "bedoeld: [getallen] of {sequence: [getallen]}", label)
            return
        if len(numbers) != len(self.columns):
            found = f"{len(numbers)} getallen, de tabel heeft {len(self.columns)} kolommen"
            self.scope.fault(found, "schrijf null waar een cel leeg is", label)
            return
        for column, (members, number) in enumerate(zip(self.columns, numbers, strict=True)):
            self._cell({self.keys["rows"]: label, **members}, number, index, column, label)

    def _sequence(self, index: int, label: str, numbers: list[object]) -> None:
        self.sequences.add(index)
        if len(numbers) > len(self.columns):
            found = f"een reeks van {len(numbers)} getallen in een tabel met {len(self.columns)} kolommen"
            self.scope.fault(found, "een reeks is hoogstens zo lang als de rij", label)
            return
        fixed = replace(self.fixed, place=self.fixed.place or self.scope.place)
        key = self.scope.key({self.keys["rows"]: label}, fixed, label)
        for column, number in enumerate(numbers):
            if key and (value := self._number(number, label)) is not None:
                self.cells.append(Cell(key, value, index, column))

    def _cell(self, members: dict[str, object], number: object, row: int, column: int, label: str) -> None:
        key = self.scope.key(members, self.fixed, label)
        if number is None or key is None:
            return
        if (value := self._number(number, label)) is not None:
            is_total = TOTAL in members.values()
            if not is_total and (missing := sorted(self.split - members.keys())):
                self.scope.fault(f"kolom {column + 1} noemt geen {missing[0]}", f"een lid, of {TOTAL}", label)
                return
            (self.totals if is_total else self.cells).append(Cell(self._total(key, is_total), value, row, column))

    def _total(self, key: Key, is_total: bool) -> Key:
        """A total over classes that each tell their geweld is summed over geweld as well."""
        by_class = is_total and key.category is None and "category" in self.split and key.geweld == "alle"
        return replace(key, geweld=None) if by_class else key

    def _number(self, number: object, label: str) -> float | None:
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 1e12:
            self.scope.fault(f"“{number}” is geen getal", "bedoeld: een getal van 0 of meer, of null", label)
            return None
        return float(number)

    def _extra_totals(self) -> None:
        for item in self.keys.get("totals") or ():
            named = self.scope.reader.mapping(item, "een total", ("printed",), DIMENSIONS, self.scope.table)
            printed = named.pop("printed", None)
            key = self._named_total(named)
            if key and (value := self._number(printed, TOTAL)) is not None:
                self.totals.append(Cell(key, value, -1, -1))

    def _named_total(self, named: Mapping[str, object]) -> Key | None:
        key = self.scope.key(named, self.fixed, TOTAL)
        return self._total(key, True) if key else None

    def _differences(self) -> Iterator[Difference]:
        known = {total.key for total in self.totals}
        for item in self.keys.get("differences") or ():
            entry = self.scope.reader.mapping(item, "een difference", ("totals", "explanation"), (), self.scope.table)
            named = [self._named_total(total) for total in entry.get("totals", ()) if isinstance(total, dict)]
            for total, key in zip(entry.get("totals", ()), named, strict=False):
                if key is not None and key not in known:
                    self.scope.fault(f"differences noemt het totaal {total}", "zo'n gedrukt totaal heeft de tabel niet")
            yield Difference(tuple(key for key in named if key), str(entry.get("explanation")))

    def _refuse_double_cells(self) -> None:
        placed = [cell for cell in self.cells if cell.row not in self.sequences]
        count = Counter(cell.key for cell in placed)
        for cell in placed:
            if count[cell.key] > 1:
                about = ", ".join(str(part) for part in vars(cell.key).values() if part)
                label = str(list(self.keys["cells"])[cell.row])
                self.scope.fault(f"twee cellen op één plaats ({about})", "elke cel komt een keer voor", label)

    def _covered(self) -> Period:
        periods = [Period.parse(cell.key.period) for cell in self.cells if cell.key.period]
        return Period.span(periods) if periods else self.scope.period

    def _provisional(self) -> Iterator[str]:
        for label in self.keys.get("provisional") or ():
            period = self.scope.member("period", label)
            if period and period not in {cell.key.period for cell in self.cells}:
                self.scope.fault(f"provisional noemt {label}", "zo'n periode heeft de tabel niet")
            elif period:
                yield period


def _column_label(members: Mapping[str, object]) -> str:
    return (
        " · ".join(
            Period.parse(label).label
            if dimension == "period" and label != TOTAL
            else str(label).replace(TOTAL, "Totaal")
            for dimension, label in members.items()
        )
        or "Aantal"
    )
