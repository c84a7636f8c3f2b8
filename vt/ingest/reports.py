"""data/reports/*.yaml -> reports, as printed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import inf
from pathlib import Path
from typing import Any

from vt.errors import did_you_mean, quote_value, refuse
from vt.ingest.gemeenten import find_region
from vt.ingest.layouts import LayoutLabels, read_layout_labels
from vt.ingest.mistakes import (
    DIMENSION_NAMES,
    describe_members,
    explain_dimension,
    explain_label,
    explain_length,
    explain_number,
    is_total,
)
from vt.ingest.reader import Reader, gather_faults, is_finite, is_number, list_files
from vt.model.catalogue import TOTAL, Catalogue, Category, Indicator
from vt.model.geweld import ALL_GEWELD, GEWELD, GEWELD_PARTS
from vt.model.period import Period
from vt.model.report import DIMENSIONS, Cell, DerivedColumn, Difference, Key, Proofreading, Remark, Report, Table

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_REPORT_KEYS = ("title", "publisher", "region", "period", "licence")
_REPORT_OPTIONS = ("place", "layout", "url", "note", "published", "accessed", "checked_by")
_TABLE_KEYS = ("number", "heading", "indicator", "rows", "cells")
_FIXED = ("place", "period", "geweld")  # what can hold for a whole table
_TABLE_OPTIONS = (*_FIXED, "columns", "totals", "differences", "prose", "provisional", "caveat", "derived", "withheld")


def load_reports(folder: Path, catalogue: Catalogue) -> list[Report]:
    """Every report in the folder, by file name; raises DataError with the faults of all files."""
    if not folder.is_dir():
        refuse(str(folder), "de map ontbreekt", "bedoeld: een map met rapporten")
    with gather_faults() as open_file:
        layouts = read_layout_labels(folder.parent / "layouts", open_file)
        readers = {path.stem: open_file(path) for path in list_files(folder, open_file)}
        reports = [_read_report(reader, id_, catalogue, layouts) for id_, reader in readers.items()]
        _refuse_copies(reports, readers)
        return reports


def _refuse_copies(reports: Sequence[Report], readers: Mapping[str, Reader]) -> None:
    """A fault for a report that is in twice, and for a name that cannot stand in a link."""
    copies = {copy.id: one.id for one, copy in combinations(reports, 2) if replace(copy, id=one.id) == one}
    for report in reports:
        if report.id in copies:
            found = f"dit is hetzelfde rapport als {copies[report.id]}.yaml"
            readers[report.id].fault(found, "verwijder een van beide")
        elif not _NAME.fullmatch(report.id):
            named = "_".join(dict.fromkeys(filter(None, (report.region, report.place, report.period))))
            found = "de naam van het bestand is het id van het rapport, en kan niet in een link staan"
            readers[report.id].fault(found, f"noem het {named.replace('/', '-')}.yaml")


def find_report(reports: Iterable[Report], id_: str) -> Report:
    """The report of an id; DataError with the nearest ids where there is none."""
    known = {report.id: report for report in reports}
    if id_ not in known:
        refuse("reports", f"onbekend rapport {quote_value(id_)}", did_you_mean(id_, known))
    return known[id_]


def load_report(path: Path, id_: str, catalogue: Catalogue, layouts: Path) -> Report:
    """One report file, whatever it is called; raises DataError with its faults."""
    with gather_faults() as open_file:
        return _read_report(open_file(path), id_, catalogue, read_layout_labels(layouts, open_file))


def _read_report(reader: Reader, id_: str, catalogue: Catalogue, layouts: LayoutLabels) -> Report:
    """The report as far as it can be read; it counts only where the reader found no fault."""
    top = reader.read_mapping(reader.content, "het bestand", ("report", "tables"), ("remarks",))
    head = reader.read_mapping(top["report"], "report", _REPORT_KEYS, _REPORT_OPTIONS) if "report" in top else {}
    texts = reader.read_texts(head, head.keys() - {"period", "published", "accessed", "checked_by"}, "report")
    region, place = _read_region_and_place(reader, catalogue, texts)
    with reader.move_to(head, "layout"):
        reader.require_known(texts.get("layout"), layouts, "layout van report")
    period = _read_period(reader, head["period"]) if "period" in head else None
    catalogue = catalogue.add_labels(layouts.get(texts.get("layout", ""), {}))
    scope = _Scope(reader, catalogue, region, place, period or Period(0, 12))
    tables = tuple(_read_table(scope, item) for item in reader.read_each(top.get("tables", []), "tables"))
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
        texts.get("layout"),
        texts.get("url"),
        texts.get("note"),
        reader.read_day(head, "published", "report"),
        reader.read_day(head, "accessed", "report"),
        _read_proofreading(reader, head["checked_by"]) if "checked_by" in head else None,
        tables,
        tuple(_read_remarks(reader, top.get("remarks", []), catalogue)),
    )


def _read_remarks(reader: Reader, value: object, catalogue: Catalogue) -> Iterator[Remark]:
    for item in reader.read_each(value, "remarks"):
        keys = reader.read_mapping(item, "een remark", Remark._fields)
        remark = Remark(**dict.fromkeys(Remark._fields, "") | reader.read_texts(keys, Remark._fields, "een remark"))
        with reader.move_to(item, "term"):
            reader.require_known(remark.term, (term.term for term in catalogue.terms), "term van een remark")
        yield remark


def _refuse_double_headings(reader: Reader, tables: Sequence[Table], items: object) -> None:
    """A fault for each heading that occurs again under one number, at the last of them."""
    last = {(table.number, table.heading): n for n, table in enumerate(tables)}
    for (number, heading), count in Counter((table.number, table.heading) for table in tables).items():
        if count > 1:
            with reader.move_to(items, last[number, heading]):
                found = f"de kop {quote_value(heading)} komt {count} keer voor"
                reader.fault(found, "geef elke tabel een eigen kop", number)


def _read_proofreading(reader: Reader, item: object) -> Proofreading | None:
    said = reader.read_fields(Proofreading, item, "checked_by")
    return Proofreading(**said) if said["name"] and said.get("date") else None


def _read_region_and_place(reader: Reader, catalogue: Catalogue, texts: Mapping[str, str]) -> tuple[str | None, str]:
    """The region, None where it is not known, and the place that the report covers."""
    regions = [place.id for place in catalogue.places.values() if place.kind in ("land", "region")]
    region, place = texts.get("region"), texts.get("place")
    reader.require_known(region, regions, "region van report")
    region = region if region in regions else None
    reader.require_known(
        place, (p.id for p in catalogue.places.values() if region in (None, p.region, p.id)), "place van report"
    )
    return region, place or region or ""


def _read_period(reader: Reader, value: object, table: str = "", row: str = "") -> Period | None:
    try:
        return Period.parse(value)
    except ValueError as error:
        found, _, meant = str(error).partition("; ")
        reader.fault(found, explain_label(value, []) if is_total(value) else meant, table, row)
        return None


_Members = Mapping[str, str | None]  # ids by dimension; None for totaal


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

    def fault_table(self, found: str, meant: str) -> None:
        """A fault of the table as a whole: told once, however many of its rows have it."""
        self.reader.fault(found, meant, self.table, line=self.line)

    @property
    def has_faults(self) -> bool:
        """Whether something was wrong with the table, so that what follows from it need not be told."""
        return any(fault.table == self.table for fault in self.reader.faults)

    def find_members(self, labels: Mapping[str, object], row: str = "") -> dict[str, str | None] | None:
        """The ids that printed labels name, None for totaal; no answer, and faults, where one of them is unknown."""
        ids = {name: None if label == TOTAL else self._find_member(name, label, row) for name, label in labels.items()}
        are_known = all(ids[name] or label == TOTAL for name, label in labels.items())
        return ids if are_known else None

    def make_key(self, members: _Members, fixed: Key) -> Key:
        """What a number is about: what holds for the whole table, with its own members, and the geweld of its class."""
        key = replace(fixed, **members)
        own = next((c.geweld for c in self._list_categories() if c.id == key.category), None)
        return replace(key, geweld=own) if own and key.geweld == ALL_GEWELD else key

    def _list_categories(self) -> tuple[Category, ...]:
        classification = self.indicator.classification if self.indicator else None
        return self.catalogue.categories[classification] if classification else ()

    def _find_member(self, dimension: str, label: object, row: str) -> str | None:
        if dimension == "period":
            period = _read_period(self.reader, label, self.table, row)
            return period.id if period else None
        if dimension == "category" and self.indicator and self.indicator.classification is None:
            meant = f"de indicator {self.indicator.id} heeft geen classificatie"
            self.fault_table("klassen als rij, kolom of totaal", meant)
            return None
        find = {"place": self._find_place, "geweld": self._find_geweld, "category": self._find_category}[dimension]
        id_, known = find(str(label))
        if id_ is None:
            meant = self._find_elsewhere(dimension, str(label)) or explain_label(label, known)
            self.fault(f"onbekende {DIMENSION_NAMES[dimension]} {quote_value(label)}", meant, row)
        return id_

    def _find_elsewhere(self, dimension: str, label: str) -> str:
        """What to do about a place that lies elsewhere; "" for what is not known there either."""
        if dimension != "place":
            return ""
        place = self.catalogue.find_place(label, None)
        csv = self.reader.path.parent.parent / "catalogue/gemeenten.csv"
        region = self.catalogue.places.get((place.region if place else find_region(csv, label)) or "")
        if region is None:
            return ""
        if region.id == self.region:
            return f"{label} ligt in {region.label}: zet de gemeente ook in catalogue/places.yaml"
        return f"{label} ligt in {region.label}: klopt region bij report, of is dit een andere plaats?"

    def _find_place(self, label: str) -> tuple[str | None, list[str]]:
        place = self.catalogue.find_place(label, self.region)
        return place.id if place else None, self.catalogue.list_place_labels(self.region)

    def _find_geweld(self, label: str) -> tuple[str | None, list[str]]:
        known = [GEWELD[id_].code or id_ for id_ in GEWELD_PARTS]
        return label.lower() if label.lower() in GEWELD_PARTS else None, known

    def _find_category(self, label: str) -> tuple[str | None, list[str]]:
        if self.indicator is None:
            return label, []
        category = self.catalogue.find_category(self.indicator.classification or "", label)
        known = [text for member in self._list_categories() for text in (member.label, *member.printed)]
        return category.id if category else None, known


def _read_table(scope: _Scope, item: object) -> Table:
    """The table as far as it can be read."""
    number, heading = (item.get("number"), item.get("heading")) if isinstance(item, dict) else (None, None)
    name = f"{'zonder nummer' if number is None else number}" + (f" ({heading})" if isinstance(heading, str) else "")
    keys = scope.reader.read_mapping(item, "een tabel", _TABLE_KEYS, _TABLE_OPTIONS, name)
    texts = scope.reader.read_texts(keys, ("number", "heading", "indicator", "caveat"), "een tabel", name)
    indicators = scope.catalogue.indicators
    indicator = indicators.get(texts.get("indicator", ""))
    scope = replace(scope, table=name, line=scope.reader.line, indicator=indicator)
    if texts.get("indicator") and scope.indicator is None:
        with scope.reader.move_to(keys, "indicator"):
            scope.fault(
                f"onbekende indicator {quote_value(texts['indicator'])}", did_you_mean(texts["indicator"], indicators)
            )
    with scope.reader.move_to(keys, "columns"):
        columns = _read_columns(scope, keys)
    return _Grid(scope, keys, texts, columns).read()


def _read_columns(scope: _Scope, keys: Mapping[str, Any]) -> list[dict[str, object]] | None:
    """The labels of each column, left to right; one column without labels where the table has none; None if wrong."""
    rows = keys.get("rows")
    if rows is not None and rows not in DIMENSIONS:
        scope.fault(f"rows is {quote_value(rows)}", explain_dimension(rows))
    columns = keys.get("columns", {})
    blocks = columns if isinstance(columns, list) else [columns]
    if not blocks or not all(_is_block(block) for block in blocks):
        scope.fault(f"columns is {quote_value(columns)}", "bedoeld: {period: [2020, 2021], geweld: [KM, HG, OM]}")
        return None
    dimensions = {dimension for block in blocks for dimension in block}
    for dimension in dimensions - set(DIMENSIONS):
        scope.fault(f"onbekende dimensie {quote_value(dimension)} in columns", explain_dimension(dimension))
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
        with scope.reader.move_to(keys, "columns"):
            self.members = [scope.find_members(column) for column in columns or ()]
        self.split = {self.rows, *(dimension for column in columns or () for dimension in column)}
        self.fixed = self._fix_members()
        self.cells: list[Cell] = []
        self.totals: list[Cell] = []
        self.sequences: set[int] = set()
        self.row_members: list[str | None] = []

    def read(self) -> Table:
        labels = self._read_rows()
        self._read_extra_totals()
        self._refuse_double_cells(labels)
        self._refuse_later_periods()
        return Table(
            number=self.texts.get("number", ""),
            heading=self.texts.get("heading", ""),
            indicator=self.texts.get("indicator", ""),
            place=self.fixed.place or self.scope.place,
            period=self._span_cells().id,
            rows=tuple(labels),
            columns=tuple(_label_column(column) for column in self.columns or ()),
            sequences=frozenset(self.sequences),
            cells=tuple(self.cells),
            totals=tuple(self.totals),
            differences=tuple(self._read_differences()),
            provisional=frozenset(self._read_provisional()),
            prose=self.scope.reader.read_flag(self.keys, "prose", "een tabel", self.scope.table),
            caveat=self.texts.get("caveat"),
            derived=tuple(self._read_derived(labels)),
            withheld=tuple(self._read_withheld()),
        )

    def _fix_members(self) -> Key:
        """What holds for every cell: the table's own members, else the report's, and nothing where split."""
        named = {name: self.keys[name] for name in _FIXED if name in self.keys}
        for dimension, label in named.items():
            if dimension in self.split:
                self.scope.fault(f"{dimension} staat vast én is rij of kolom", "noem de dimensie een keer")
            if label == TOTAL:
                self.scope.fault(f"{dimension} is {TOTAL}", "bedoeld: een lid, of laat de sleutel weg")
        key = replace(Key(self.scope.place, self.scope.period.id, ALL_GEWELD), **(self.scope.find_members(named) or {}))
        return replace(key, **{name: None for name in _FIXED if name in self.split})

    def _read_rows(self) -> list[str]:
        """Read every row; the labels, as printed."""
        rows = self.keys.get("cells", {})
        if not isinstance(rows, dict) or ("cells" in self.keys and not rows):
            self.scope.fault(f"cells is {quote_value(rows or None)}", "bedoeld: per rij een label en zijn getallen")
            return []
        told = len(self.scope.reader.faults)
        for index, (label, numbers) in enumerate(self.scope.reader.read_members(rows, "cells")):
            self._read_row(index, label, numbers)
        if self.rows:
            self._tell_at_once(told, [str(label) for label in rows])
        return [str(label) for label in rows]

    def _tell_at_once(self, told: int, labels: list[str]) -> None:
        """One fault where no row is known at all: the cause is the table, not each of its labels."""
        faults = self.scope.reader.faults
        unknown = f"onbekende {DIMENSION_NAMES[self.rows or '']} "
        strange = {fault.row for fault in faults[told:] if fault.found.startswith(unknown)}
        if len(strange) < 3 or strange < {label for label in labels if label != TOTAL}:
            return
        first = next(fault for fault in faults[told:] if fault.row in strange)
        faults[told:] = [fault for fault in faults[told:] if not fault.found.startswith(unknown)]
        some = ", ".join(quote_value(label) for label in labels[:3])
        found = f"geen van de {len(strange)} rijen is een bekende {DIMENSION_NAMES[self.rows or '']}: {some}"
        self.scope.fault_table(found, f"kloppen indicator en rows van de tabel? {first.meant}".strip())

    def _read_row(self, index: int, label: str, numbers: object) -> None:
        members = self.scope.find_members({self.rows: label}, label) if self.rows else None
        self.row_members.append(members[self.rows] if members and self.rows else None)
        match numbers:
            case list():
                self._read_plain_row(index, label, members, numbers)
            case {"sequence": list() as sequence, **rest} if not rest:
                self._add_sequence(index, label, members, sequence)
            case _:
                self.scope.fault(
                    f"de rij is {quote_value(numbers)}", "bedoeld: [getallen] of {sequence: [getallen]}", label
                )

    def _read_plain_row(self, index: int, label: str, row: _Members | None, numbers: list[object]) -> None:
        values = [None if number is None else self._read_number(number, label) for number in numbers]
        if self.columns is None:
            return
        if len(numbers) != len(self.columns):
            found = f"aantal getallen: {len(numbers)}, aantal kolommen: {len(self.columns)}"
            self.scope.fault(found, explain_length(len(numbers), len(self.columns)), label)
            return
        for position, (column, value) in enumerate(zip(self.members, values, strict=True)):
            if row is not None and column is not None and value is not None:
                self._add_cell({**row, **column}, value, index, position)

    def _add_cell(self, members: _Members, value: float, row: int, column: int) -> None:
        key = self.scope.make_key(members, self.fixed)
        if None in members.values():
            self.totals.append(Cell(self._make_total(key), value, row, column))
        elif missing := [DIMENSION_NAMES[name] for name in DIMENSIONS if name in self.split and name not in members]:
            self.scope.fault_table(f"kolom {column + 1} noemt geen {missing[0]}", f"bedoeld: een lid, of {TOTAL}")
        else:
            self.cells.append(Cell(key, value, row, column))

    def _add_sequence(self, index: int, label: str, row: _Members | None, numbers: list[object]) -> None:
        self.sequences.add(index)
        values = [self._read_number(number, label) for number in numbers]
        if self.columns is None:
            return
        only_places = all(column.keys() == {"place"} and column["place"] != TOTAL for column in self.columns)
        if not only_places or label == TOTAL:
            self.scope.fault("een reeks", "kan alleen in een rij van cellen waarvan elke kolom een plaats is", label)
        elif len(numbers) > len(self.columns):
            found = f"een reeks van {len(numbers)}, aantal kolommen: {len(self.columns)}"
            self.scope.fault(found, "een reeks is hoogstens zo lang als de rij", label)
        elif row is not None:
            key = self.scope.make_key(row, replace(self.fixed, place=self.scope.place))
            self.cells += [Cell(key, value, index, n) for n, value in enumerate(values) if value is not None]

    def _read_number(self, number: object, label: str = "") -> float | None:
        indicator = self.scope.indicator
        whole = indicator is not None and indicator.unit == "aantal"
        if not is_number(number):
            self.scope.fault(f"{quote_value(number)} is geen getal", explain_number(number, whole), label)
            return None
        if whole and not isinstance(number, int):
            self.scope.fault(f"{quote_value(number)} is geen geheel getal", explain_number(number, whole), label)
            return None
        return float(number)

    def _read_each(self, name: str) -> Iterator[Any]:
        return self.scope.reader.read_each(self.keys.get(name, []), name, self.scope.table)

    def _read_extra_totals(self) -> None:
        for item in self._read_each("totals"):
            named = self.scope.reader.read_mapping(item, "een total", ("printed",), DIMENSIONS, self.scope.table)
            if "printed" not in named:
                continue
            value = self._read_number(named.pop("printed"))
            key = self._find_total(named)
            if key and value is not None:
                self.totals.append(Cell(key, value, -1, -1))

    def _read_withheld(self) -> Iterator[Cell]:
        """The cells whose number is not printed, each with the most that it can be."""
        for item in self._read_each("withheld"):
            named = dict(
                self.scope.reader.read_mapping(item, "een van withheld", (), (*DIMENSIONS, "below"), self.scope.table)
            )
            below = self._read_number(named.pop("below")) if "below" in named else inf
            members = self.scope.find_members(named)
            if members is not None and below is not None:
                yield Cell(self.scope.make_key(members, self.fixed), below - 1, -1, -1)

    def _find_total(self, named: Mapping[str, object]) -> Key | None:
        members = self.scope.find_members(named)
        return None if members is None else self._make_total(self.scope.make_key(members, self.fixed))

    def _make_total(self, key: Key) -> Key:
        """A total over classes that each tell their geweld is summed over geweld as well."""
        by_class = key.category is None and "category" in self.split and key.geweld == ALL_GEWELD
        return replace(key, geweld=None) if by_class else key

    def _read_differences(self) -> Iterator[Difference]:
        reader, table = self.scope.reader, self.scope.table
        for item in self._read_each("differences"):
            said = reader.read_fields(Difference, item, "een difference", table=table)
            named = reader.read_each(said.get("totals", []), "totals van een difference", table)
            keys = [self._find_differing(total) for total in named]
            yield Difference(tuple(key for key in keys if key), said["explanation"])

    def _find_differing(self, total: object) -> Key | None:
        named = self.scope.reader.read_mapping(total, "een total in differences", (), DIMENSIONS, self.scope.table)
        key = self._find_total(named)
        if key is not None and key not in {printed.key for printed in self.totals} and not self.scope.has_faults:
            found = f"differences noemt het totaal {describe_members(named)}"
            meant = "zo'n gedrukt totaal heeft de tabel niet: neem de rij totaal over, of haal de uitleg weg"
            self.scope.fault(found, meant)
        return key

    def _read_derived(self, labels: list[str]) -> list[DerivedColumn]:
        periods = {cell.key.period for cell in self.cells if cell.key.period}
        reader = _DerivedReader(self.scope, labels, periods)
        return reader.read(self.keys["derived"]) if "derived" in self.keys else []

    def _refuse_double_cells(self, labels: list[str]) -> None:
        count = Counter(cell.key for cell in self.cells if cell.row not in self.sequences)
        for cell in self.cells:
            twin = (
                self.row_members.count(self.row_members[cell.row]) > 1
                if cell.row in self.sequences
                else count[cell.key] > 1
            )
            if twin:
                about, label = ", ".join(str(part) for part in vars(cell.key).values() if part), labels[cell.row]
                with self.scope.reader.move_to(self.keys["cells"], label):
                    self.scope.fault(f"twee cellen op één plaats ({about})", "elke cel komt een keer voor", label)

    def _refuse_later_periods(self) -> None:
        """A report knows of years before its own, and of none after."""
        named = {cell.key.period for cell in (*self.cells, *self.totals) if cell.key.period}
        later = [period for period in map(Period.parse, sorted(named)) if period.end > self.scope.period.end > 12]
        with self.scope.reader.move_to(self.keys, "columns"):
            for period in later:
                found = f"{period.label} loopt langer door dan het rapport ({self.scope.period.label})"
                self.scope.fault(found, "bedoeld: een eerdere periode, of een andere period bij report")

    def _span_cells(self) -> Period:
        periods = [Period.parse(cell.key.period) for cell in self.cells if cell.key.period]
        return Period.span(periods) if periods else self.scope.period

    def _read_provisional(self) -> Iterator[str]:
        rows = self.row_members if self.rows == "period" else []
        known = {self.fixed.period, *rows, *(column.get("period") for column in self.members if column)}
        for label in self._read_each("provisional"):
            period = _read_period(self.scope.reader, label, self.scope.table)
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
        keys = reader.read_mapping(item, "derived", ("columns", "cells"), (), table)
        columns = reader.read_items(keys.get("columns", []), "columns van derived", table)
        rows = dict(self._read_block(keys.get("cells", {}), len(columns)))
        made = [
            self._read_column(column, [(n, row[m]) for n, row in rows.items()])
            for m, column in enumerate(reader.read_each(columns, "columns van derived", table))
        ]
        return [column for column in made if column]

    def _read_block(self, value: object, width: int) -> Iterator[tuple[int, list[float | None]]]:
        """The numbers of each row, by its position in the table."""
        for label, numbers in self.scope.reader.read_members(value, "cells van derived"):
            row = self.scope.reader.read_items(numbers, "de rij van derived", self.scope.table)
            if label not in self.labels:
                self.scope.fault(f"onbekende rij {quote_value(label)}", did_you_mean(label, self.labels))
            elif len(row) != width:
                found = f"aantal getallen in derived: {len(row)}, aantal kolommen: {width}"
                self.scope.fault(found, "schrijf null waar een cel leeg is", label)
            else:
                yield self.labels.index(label), [self._read_number(number, label) for number in row]

    def _read_number(self, number: object, label: str) -> float | None:
        if number is None or is_finite(number):
            return None if number is None else float(number)
        self.scope.fault(f"{quote_value(number)} is geen getal", "bedoeld: een getal, of null", label)
        return None

    def _read_column(self, item: object, numbers: list[tuple[int, float | None]]) -> DerivedColumn | None:
        reader, table = self.scope.reader, self.scope.table
        keys = reader.read_mapping(
            item, "een afgeleide kolom", ("heading",), ("change", "share", "explanations"), table
        )
        heading = reader.read_texts(keys, ("heading",), "een afgeleide kolom", table).get("heading", "")
        change = [*self._read_periods(reader.read_items(keys.get("change", []), "change", table))]
        share = [*self._read_periods([keys["share"]] if "share" in keys else [])]
        if (len(change), len(share)) not in ((2, 0), (0, 1)):
            meant = "bedoeld: change: [2020, 2021] of share: 2020"
            self.scope.fault("de kolom is geen verschil en geen verhouding", meant)
            return None
        printed = {n: number for n, number in numbers if number is not None}
        explanations = self._read_explanations(keys.get("explanations", {}), printed)
        pair = (change[0], change[1]) if change else None
        return DerivedColumn(heading, pair, share[0] if share else None, printed, explanations)

    def _read_periods(self, values: list[Any]) -> Iterator[str]:
        for value in values:
            if (period := _read_period(self.scope.reader, value, self.scope.table)) is None:
                continue
            if self.periods and period.id not in self.periods:
                meant = did_you_mean(period.id, self.periods)
                self.scope.fault(f"de tabel heeft geen kolom {quote_value(period.id)}", meant)
            yield period.id

    def _read_explanations(self, value: object, printed: Mapping[int, float]) -> dict[int, str]:
        """What explains a number of the column, by the position of its row."""
        rows = {self.labels[n]: n for n in printed}
        keys = self.scope.reader.read_mapping(value, "explanations", (), rows, self.scope.table)
        texts = self.scope.reader.read_texts(keys, keys, "explanations", self.scope.table)
        return {rows[label]: text for label, text in texts.items()}


def _label_column(members: Mapping[str, object]) -> str:
    labels = dict.fromkeys(_label_member(dimension, label) for dimension, label in members.items())
    return " · ".join(labels) or "Aantal"


def _label_member(dimension: str, label: object) -> str:
    if label == TOTAL:
        return "Totaal"
    with suppress(ValueError):
        return Period.parse(label).label if dimension == "period" else str(label)
    return str(label)
