"""data/reports/*.yaml -> reports, as printed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from vt.errors import DataError, Fault, did_you_mean, quote_value
from vt.ingest.reader import Reader, is_finite, is_number
from vt.model.catalogue import TOTAL, Catalogue, Category, Indicator
from vt.model.geweld import GEWELD, GEWELD_PARTS
from vt.model.period import Period
from vt.model.report import DIMENSIONS, Cell, DerivedColumn, Difference, Key, Proofreading, Report, Table

_REPORT_KEYS = ("title", "publisher", "region", "period", "licence")
_REPORT_OPTIONS = ("place", "url", "note", "accessed", "checked_by")
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
    "derived",
)


def load_reports(folder: Path, catalogue: Catalogue) -> list[Report]:
    """Every report in the folder, by file name; raises DataError with the faults of all files."""
    if not folder.is_dir():
        raise DataError([Fault(str(folder), found="de map ontbreekt", meant="bedoeld: een map met rapporten")])
    reports, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        if path.name.startswith("_"):
            continue
        reader = Reader(path)
        report = _report(reader, path.stem, catalogue)
        faults += reader.faults
        reports.append(report)
    if faults:
        raise DataError(faults)
    return reports


def _report(reader: Reader, id_: str, catalogue: Catalogue) -> Report:
    """The report as far as it can be read; it counts only where the reader found no fault."""
    top = reader.mapping(reader.content, "het bestand", ("report", "tables"))
    head = reader.mapping(top["report"], "report", _REPORT_KEYS, _REPORT_OPTIONS) if "report" in top else {}
    texts = reader.texts(head, head.keys() - {"period", "accessed", "checked_by"}, "report")
    region, place = _region_and_place(reader, catalogue, texts)
    period = _period(reader, head["period"]) if "period" in head else None
    scope = _Scope(reader, catalogue, region, place, period or Period(0, 12))
    tables = tuple(_table(scope, item) for item in reader.each(top.get("tables", []), "tables"))
    _refuse_double_headings(reader, tables, top.get("tables"))
    title, publisher, licence = (texts.get(key, "") for key in ("title", "publisher", "licence"))
    return Report(
        id_,
        title,
        publisher,
        region or "",
        place,
        scope.period.id,
        licence,
        texts.get("url"),
        texts.get("note"),
        reader.day(head, "accessed", "report"),
        _read_proofreading(reader, head["checked_by"]) if "checked_by" in head else None,
        tables,
    )


def _refuse_double_headings(reader: Reader, tables: Sequence[Table], items: object) -> None:
    """A fault for each heading that occurs again under one number, at the last of them."""
    last = {(table.number, table.heading): n for n, table in enumerate(tables)}
    for (number, heading), count in Counter((table.number, table.heading) for table in tables).items():
        if count > 1:
            with reader.at(items, last[number, heading]):
                found = f"de kop {quote_value(heading)} komt {count} keer voor"
                reader.fault(found, "geef elke tabel een eigen kop", number)


def _read_proofreading(reader: Reader, item: object) -> Proofreading | None:
    keys = reader.mapping(item, "checked_by", ("name", "date"))
    name, day = reader.texts(keys, ("name",), "checked_by").get("name"), reader.day(keys, "date", "checked_by")
    return Proofreading(name, day) if name and day else None


def _region_and_place(reader: Reader, catalogue: Catalogue, texts: Mapping[str, str]) -> tuple[str | None, str]:
    """The region, None where it is not known, and the place that the report covers."""
    regions = [place.id for place in catalogue.places.values() if place.kind in ("land", "region")]
    region, place = texts.get("region"), texts.get("place")
    reader.one_of(region, regions, "region van report")
    region = region if region in regions else None
    reader.one_of(
        place, (p.id for p in catalogue.places.values() if region in (None, p.region, p.id)), "place van report"
    )
    return region, place or region or ""


def _period(reader: Reader, value: object, table: str = "", row: str = "") -> Period | None:
    try:
        return Period.parse(value)
    except ValueError as error:
        found, _, meant = str(error).partition("; ")
        reader.fault(found, meant, table, row)
        return None


@dataclass(frozen=True)
class _Scope:
    """What a table needs to know to read its labels; what is None is not known, which is a fault noted elsewhere."""

    reader: Reader
    catalogue: Catalogue
    region: str | None
    place: str
    period: Period
    table: str = ""
    line: int = 0
    indicator: Indicator | None = None

    def fault(self, found: str, meant: str = "", row: str = "") -> None:
        self.reader.fault(found, meant, self.table, row)

    def table_fault(self, found: str, meant: str) -> None:
        """A fault of the table as a whole: told once, however many of its rows have it."""
        self.reader.fault(found, meant, self.table, line=self.line)

    def members(self, labels: Mapping[str, object], row: str = "") -> dict[str, str | None] | None:
        """The ids that printed labels name, None for totaal; no answer, and faults, where one of them is unknown."""
        found = {name: None if label == TOTAL else self._member(name, label, row) for name, label in labels.items()}
        known = all(found[name] or label == TOTAL for name, label in labels.items())
        return found if known else None

    def key(self, members: Mapping[str, str | None], fixed: Key) -> Key:
        """What a number is about: what holds for the whole table, with its own members, and the geweld of its class."""
        key = replace(fixed, **members)
        own = next((c.geweld for c in self._categories() if c.id == key.category), None)
        return replace(key, geweld=own) if own and key.geweld == "alle" else key

    def _categories(self) -> tuple[Category, ...]:
        classification = self.indicator.classification if self.indicator else None
        return self.catalogue.categories[classification] if classification else ()

    def _member(self, dimension: str, label: object, row: str) -> str | None:
        if dimension == "period":
            period = _period(self.reader, label, self.table, row)
            return period.id if period else None
        if dimension == "category" and self.indicator and self.indicator.classification is None:
            self.table_fault(
                "category als rij, kolom of total", f"de indicator {self.indicator.id} heeft geen classificatie"
            )
            return None
        find = {"place": self._place, "geweld": self._geweld, "category": self._category}[dimension]
        found, known = find(str(label))
        if found is None:
            self.fault(f"onbekende {dimension} {quote_value(label)}", did_you_mean(label, known), row)
        return found

    def _place(self, label: str) -> tuple[str | None, list[str]]:
        place = self.catalogue.find_place(label, self.region)
        return place.id if place else None, self.catalogue.place_labels(self.region)

    def _geweld(self, label: str) -> tuple[str | None, list[str]]:
        known = [GEWELD[id_].code or id_ for id_ in GEWELD_PARTS]
        return label.lower() if label.lower() in GEWELD_PARTS else None, known

    def _category(self, label: str) -> tuple[str | None, list[str]]:
        if self.indicator is None:
            return label, []
        category = self.catalogue.find_category(self.indicator.classification or "", label)
        known = [text for member in self._categories() for text in (member.label, *member.printed)]
        return category.id if category else None, known


def _table(scope: _Scope, item: object) -> Table:
    """The table as far as it can be read."""
    number, heading = (item.get("number"), item.get("heading")) if isinstance(item, dict) else (None, None)
    name = f"{'zonder nummer' if number is None else number}" + (f" ({heading})" if isinstance(heading, str) else "")
    keys = scope.reader.mapping(item, "een tabel", _TABLE_KEYS, _TABLE_OPTIONS, name)
    texts = scope.reader.texts(keys, ("number", "heading", "indicator", "caveat"), "een tabel", name)
    indicators = scope.catalogue.indicators
    indicator = indicators.get(texts.get("indicator", ""))
    scope = replace(scope, table=name, line=scope.reader.line, indicator=indicator)
    if texts.get("indicator") and scope.indicator is None:
        with scope.reader.at(keys, "indicator"):
            scope.fault(
                f"onbekende indicator {quote_value(texts['indicator'])}", did_you_mean(texts["indicator"], indicators)
            )
    with scope.reader.at(keys, "columns"):
        columns = _columns(scope, keys)
    return _Grid(scope, keys, texts, columns).table()


def _columns(scope: _Scope, keys: Mapping[str, Any]) -> list[dict[str, object]] | None:
    """The labels of each column, left to right; one column without labels where the table has none; None if wrong."""
    rows = keys.get("rows")
    if rows is not None and rows not in DIMENSIONS:
        scope.fault(f"rows is {quote_value(rows)}", did_you_mean(rows, DIMENSIONS))
    columns = keys.get("columns", {})
    blocks = columns if isinstance(columns, list) else [columns]
    if not blocks or not all(_is_block(block) for block in blocks):
        scope.fault(f"columns is {quote_value(columns)}", "bedoeld: {period: [2020, 2021], geweld: [KM, HG, OM]}")
        return None
    dimensions = {dimension for block in blocks for dimension in block}
    for dimension in dimensions - set(DIMENSIONS):
        scope.fault(f"onbekende dimensie {quote_value(dimension)} in columns", did_you_mean(dimension, DIMENSIONS))
    doubled = any(dimension == rows for dimension in dimensions)
    if doubled:
        scope.fault(f"{rows} is rij én kolom", "noem de dimensie een keer")
    if doubled or not dimensions <= set(DIMENSIONS):
        return None
    return [dict(zip(block, labels, strict=True)) for block in blocks for labels in product(*block.values())]


def _is_block(block: object) -> bool:
    return isinstance(block, dict) and all(isinstance(labels, list) and labels for labels in block.values())


class _Grid:
    """Reads the cells of one table; `columns` is None where they could not be read."""

    def __init__(
        self, scope: _Scope, keys: Mapping[str, Any], texts: Mapping[str, str], columns: list[dict[str, object]] | None
    ) -> None:
        self.scope, self.keys, self.texts, self.columns = scope, keys, texts, columns
        self.rows = keys["rows"] if keys.get("rows") in DIMENSIONS else None
        with scope.reader.at(keys, "columns"):
            self.members = [scope.members(column) for column in columns or ()]
        self.split = {self.rows, *(dimension for column in columns or () for dimension in column)}
        self.fixed = self._fixed()
        self.cells: list[Cell] = []
        self.totals: list[Cell] = []
        self.sequences: set[int] = set()
        self.named: list[str | None] = []

    def table(self) -> Table:
        labels = self._read_rows()
        self._extra_totals()
        self._refuse_double_cells(labels)
        return Table(
            number=self.texts.get("number", ""),
            heading=self.texts.get("heading", ""),
            indicator=self.texts.get("indicator", ""),
            place=self.fixed.place or self.scope.place,
            period=self._covered().id,
            rows=tuple(labels),
            columns=tuple(_column_label(column) for column in self.columns or ()),
            sequences=frozenset(self.sequences),
            cells=tuple(self.cells),
            totals=tuple(self.totals),
            differences=tuple(self._differences()),
            provisional=frozenset(self._provisional()),
            prose=self.scope.reader.flag(self.keys, "prose", "een tabel", self.scope.table),
            caveat=self.texts.get("caveat"),
            derived=tuple(self._derived(labels)),
        )

    def _fixed(self) -> Key:
        """What holds for every cell: the table's own members, else the report's, and nothing where split."""
        named = {name: self.keys[name] for name in ("place", "period", "geweld") if name in self.keys}
        for dimension, label in named.items():
            if dimension in self.split:
                self.scope.fault(f"{dimension} staat vast én is rij of kolom", "noem de dimensie een keer")
            if label == TOTAL:
                self.scope.fault(f"{dimension} is {TOTAL}", "bedoeld: een lid, of laat de sleutel weg")
        key = replace(Key(self.scope.place, self.scope.period.id, "alle"), **(self.scope.members(named) or {}))
        return replace(key, **{name: None for name in ("place", "period", "geweld") if name in self.split})

    def _read_rows(self) -> list[str]:
        """Read every row; the labels, as printed."""
        rows = self.keys.get("cells", {})
        if not isinstance(rows, dict) or ("cells" in self.keys and not rows):
            self.scope.fault(f"cells is {quote_value(rows or None)}", "bedoeld: per rij een label en zijn getallen")
            return []
        for index, (label, numbers) in enumerate(self.scope.reader.members(rows, "cells")):
            self._row(index, label, numbers)
        return [str(label) for label in rows]

    def _row(self, index: int, label: str, numbers: object) -> None:
        members = self.scope.members({self.rows: label}, label) if self.rows else None
        self.named.append(members[self.rows] if members and self.rows else None)
        match numbers:
            case list():
                self._plain_row(index, label, members, numbers)
            case {"sequence": list() as sequence, **rest} if not rest:
                self._sequence(index, label, members, sequence)
            case _:
                self.scope.fault(
                    f"de rij is {quote_value(numbers)}", "bedoeld: [getallen] of {sequence: [getallen]}", label
                )

    def _plain_row(self, index: int, label: str, row: Mapping[str, str | None] | None, numbers: list[object]) -> None:
        values = [None if number is None else self._number(number, label) for number in numbers]
        if self.columns is None:
            return
        if len(numbers) != len(self.columns):
            found = f"aantal getallen: {len(numbers)}, aantal kolommen: {len(self.columns)}"
            self.scope.fault(found, "schrijf null waar een cel leeg is", label)
            return
        for position, (column, value) in enumerate(zip(self.members, values, strict=True)):
            if row is not None and column is not None and value is not None:
                self._cell({**row, **column}, value, index, position)

    def _cell(self, members: Mapping[str, str | None], value: float, row: int, column: int) -> None:
        key = self.scope.key(members, self.fixed)
        if None in members.values():
            self.totals.append(Cell(self._total(key), value, row, column))
        elif missing := sorted(self.split - members.keys() - {None}, key=str):
            self.scope.table_fault(f"kolom {column + 1} noemt geen {missing[0]}", f"bedoeld: een lid, of {TOTAL}")
        else:
            self.cells.append(Cell(key, value, row, column))

    def _sequence(self, index: int, label: str, row: Mapping[str, str | None] | None, numbers: list[object]) -> None:
        self.sequences.add(index)
        values = [self._number(number, label) for number in numbers]
        if self.columns is None:
            return
        only_places = all(column.keys() == {"place"} and column["place"] != TOTAL for column in self.columns)
        if not only_places or label == TOTAL:
            self.scope.fault("een reeks", "kan alleen in een rij van cellen waarvan elke kolom een plaats is", label)
        elif len(numbers) > len(self.columns):
            found = f"een reeks van {len(numbers)}, aantal kolommen: {len(self.columns)}"
            self.scope.fault(found, "een reeks is hoogstens zo lang als de rij", label)
        elif row is not None:
            key = self.scope.key(row, replace(self.fixed, place=self.scope.place))
            self.cells += [Cell(key, value, index, n) for n, value in enumerate(values) if value is not None]

    def _number(self, number: object, label: str = "") -> float | None:
        indicator = self.scope.indicator
        whole = indicator is not None and indicator.unit == "aantal"
        if not is_number(number):
            self.scope.fault(f"{quote_value(number)} is geen getal", "bedoeld: een getal van 0 of meer, of null", label)
            return None
        if whole and not isinstance(number, int):
            self.scope.fault(
                f"{quote_value(number)} is geen geheel getal", "bedoeld: een aantal, zonder punt (1234)", label
            )
            return None
        return float(number)

    def _each(self, name: str) -> Iterator[Any]:
        return self.scope.reader.each(self.keys.get(name, []), name, self.scope.table)

    def _extra_totals(self) -> None:
        for item in self._each("totals"):
            named = self.scope.reader.mapping(item, "een total", ("printed",), DIMENSIONS, self.scope.table)
            if "printed" not in named:
                continue
            value = self._number(named.pop("printed"))
            key = self._named_total(named)
            if key and value is not None:
                self.totals.append(Cell(key, value, -1, -1))

    def _named_total(self, named: Mapping[str, object]) -> Key | None:
        members = self.scope.members(named)
        return None if members is None else self._total(self.scope.key(members, self.fixed))

    def _total(self, key: Key) -> Key:
        """A total over classes that each tell their geweld is summed over geweld as well."""
        by_class = key.category is None and "category" in self.split and key.geweld == "alle"
        return replace(key, geweld=None) if by_class else key

    def _differences(self) -> Iterator[Difference]:
        reader, table = self.scope.reader, self.scope.table
        for item in self._each("differences"):
            entry = reader.mapping(item, "een difference", ("totals", "explanation"), (), table)
            texts = reader.texts(entry, ("explanation",), "een difference", table)
            named = reader.each(entry.get("totals", []), "totals van een difference", table)
            keys = [self._differing(total) for total in named]
            yield Difference(tuple(key for key in keys if key), texts.get("explanation", ""))

    def _differing(self, total: object) -> Key | None:
        named = self.scope.reader.mapping(total, "een total in differences", (), DIMENSIONS, self.scope.table)
        key = self._named_total(named)
        if key is not None and key not in {printed.key for printed in self.totals}:
            self.scope.fault(
                f"differences noemt het totaal {quote_value(total)}", "zo'n gedrukt totaal heeft de tabel niet"
            )
        return key

    def _derived(self, labels: list[str]) -> list[DerivedColumn]:
        periods = {cell.key.period for cell in self.cells if cell.key.period}
        reader = _DerivedReader(self.scope, labels, periods)
        return reader.read(self.keys["derived"]) if "derived" in self.keys else []

    def _refuse_double_cells(self, labels: list[str]) -> None:
        count = Counter(cell.key for cell in self.cells if cell.row not in self.sequences)
        for cell in self.cells:
            twin = self.named.count(self.named[cell.row]) > 1 if cell.row in self.sequences else count[cell.key] > 1
            if twin:
                about, label = ", ".join(str(part) for part in vars(cell.key).values() if part), labels[cell.row]
                with self.scope.reader.at(self.keys["cells"], label):
                    self.scope.fault(f"twee cellen op één plaats ({about})", "elke cel komt een keer voor", label)

    def _covered(self) -> Period:
        periods = [Period.parse(cell.key.period) for cell in self.cells if cell.key.period]
        return Period.span(periods) if periods else self.scope.period

    def _provisional(self) -> Iterator[str]:
        rows = self.named if self.rows == "period" else []
        known = {self.fixed.period, *rows, *(column.get("period") for column in self.members if column)}
        for label in self._each("provisional"):
            period = _period(self.scope.reader, label, self.scope.table)
            if period and self.columns is not None and period.id not in known:
                self.scope.fault(f"provisional noemt {quote_value(label)}", "zo'n periode heeft de tabel niet")
            elif period:
                yield period.id


class _DerivedReader:
    """Reads the printed columns of one table that follow from its others: a block of their own, by the same rows."""

    def __init__(self, scope: _Scope, labels: list[str], periods: Collection[str]) -> None:
        self.scope, self.labels, self.periods = scope, labels, periods

    def read(self, item: object) -> list[DerivedColumn]:
        reader, table = self.scope.reader, self.scope.table
        keys = reader.mapping(item, "derived", ("columns", "cells"), (), table)
        columns = reader.items(keys.get("columns", []), "columns van derived", table)
        rows = dict(self._rows(keys.get("cells", {}), len(columns)))
        made = [
            self._column(column, [(n, row[m]) for n, row in rows.items()])
            for m, column in enumerate(reader.each(columns, "columns van derived", table))
        ]
        return [column for column in made if column]

    def _rows(self, value: object, width: int) -> Iterator[tuple[int, list[float | None]]]:
        """The numbers of each row, by its position in the table."""
        for label, numbers in self.scope.reader.members(value, "cells van derived"):
            row = self.scope.reader.items(numbers, "de rij van derived", self.scope.table)
            if label not in self.labels:
                self.scope.fault(f"onbekende rij {quote_value(label)}", did_you_mean(label, self.labels))
            elif len(row) != width:
                found = f"aantal getallen in derived: {len(row)}, aantal kolommen: {width}"
                self.scope.fault(found, "schrijf null waar een cel leeg is", label)
            else:
                yield self.labels.index(label), [self._number(number, label) for number in row]

    def _number(self, number: object, label: str) -> float | None:
        if number is None or is_finite(number):
            return None if number is None else float(number)
        self.scope.fault(f"{quote_value(number)} is geen getal", "bedoeld: een getal, of null", label)
        return None

    def _column(self, item: object, numbers: list[tuple[int, float | None]]) -> DerivedColumn | None:
        reader, table = self.scope.reader, self.scope.table
        keys = reader.mapping(item, "een afgeleide kolom", ("heading",), ("change", "share", "explanations"), table)
        heading = reader.texts(keys, ("heading",), "een afgeleide kolom", table).get("heading", "")
        change = [*self._periods(reader.items(keys.get("change", []), "change", table))]
        share = [*self._periods([keys["share"]] if "share" in keys else [])]
        if (len(change), len(share)) not in ((2, 0), (0, 1)):
            meant = "bedoeld: change: [2020, 2021] of share: 2020"
            self.scope.fault("de kolom is geen verschil en geen verhouding", meant)
            return None
        printed = {n: number for n, number in numbers if number is not None}
        explanations = self._explanations(keys.get("explanations", {}), printed)
        pair = (change[0], change[1]) if change else None
        return DerivedColumn(heading, pair, share[0] if share else None, printed, explanations)

    def _periods(self, values: list[Any]) -> Iterator[str]:
        for value in values:
            if (period := _period(self.scope.reader, value, self.scope.table)) is None:
                continue
            if self.periods and period.id not in self.periods:
                meant = did_you_mean(period.id, self.periods)
                self.scope.fault(f"de tabel heeft geen kolom {quote_value(period.id)}", meant)
            yield period.id

    def _explanations(self, value: object, printed: Mapping[int, float]) -> dict[int, str]:
        """What explains a number of the column, by the position of its row."""
        rows = {self.labels[n]: n for n in printed}
        keys = self.scope.reader.mapping(value, "explanations", (), rows, self.scope.table)
        texts = self.scope.reader.texts(keys, keys, "explanations", self.scope.table)
        return {rows[label]: text for label, text in texts.items()}


def _column_label(members: Mapping[str, object]) -> str:
    labels = dict.fromkeys(_shown_label(dimension, label) for dimension, label in members.items())
    return " · ".join(labels) or "Aantal"


def _shown_label(dimension: str, label: object) -> str:
    if label == TOTAL:
        return "Totaal"
    with suppress(ValueError):
        return Period.parse(label).label if dimension == "period" else str(label)
    return str(label)
