"""Lost blanks as proved: data/recovered/<report>.yaml -> the cells of the rows that lost their places.

The file is written by vt.recover and read here, without a solver. It names its input by hash: a table that was changed
since must be proved anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from vt.catalogue import TOTAL, Catalogue, Reader
from vt.faults import DataError, Fault, shown
from vt.report import Cell, Key, Report, Table

ALL, PRINTED, GROUP, GEWELD = "all", "printed", "group", "geweld"
KINDS = (ALL, PRINTED, GROUP, GEWELD)
_AGAIN = "draai “vt recover” en leg het resultaat vast"


@dataclass(frozen=True)
class Line:
    """A row of cells: its place in the printed grid and its numbers; `lost` where they have an order but no columns."""

    position: int
    label: str
    numbers: tuple[int, ...]
    lost: bool


@dataclass(frozen=True)
class Evidence:
    """What these lines and columns add up to, and which print says so."""

    source: str
    lines: tuple[int, ...]
    columns: tuple[int, ...]
    value: int


@dataclass(frozen=True)
class Sum:
    """Lines that a page may show as one: all of them, or those under one printed, shared or KM/HG/OM heading."""

    kind: str
    name: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Puzzle:
    """Everything that a recovery depends on; two puzzles with the same fingerprint have the same answer."""

    number: str
    heading: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    evidence: tuple[Evidence, ...]
    sums: tuple[Sum, ...]

    @property
    def name(self) -> str:
        """The table as messages name it."""
        return f"{self.number} ({self.heading})"

    @property
    def lost(self) -> tuple[int, ...]:
        """Which lines lost their places."""
        return tuple(n for n, line in enumerate(self.lines) if line.lost)

    @property
    def fingerprint(self) -> str:
        """What tells this puzzle from any other."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Bound:
    """What a cell or a sum is at least and at most."""

    low: int
    high: int

    @property
    def value(self) -> int | None:
        """The number itself, where it is known."""
        return self.low if self.low == self.high else None

    @property
    def status(self) -> str:
        """recovered or bounded, as the database names it."""
        return "recovered" if self.low == self.high else "bounded"


@dataclass(frozen=True)
class Placed:
    """One cell of a row that lost its places, put back: what it is about, its bounds, its place in the printed grid."""

    key: Key
    bound: Bound
    row: int
    column: int


@dataclass(frozen=True)
class PlacedSum:
    """What the lines of one heading add up to in one column; closer than the sum of their bounds.

    `key.geweld` and `key.category` are None where summed over; of a row, `kind` is empty and `key.place` the table's.
    """

    kind: str
    name: str
    key: Key
    bound: Bound


@dataclass(frozen=True)
class Recovery:
    """What is known of one table; `exact` where every bound is proved to be reached by some arrangement."""

    cells: tuple[Placed, ...]
    sums: tuple[PlacedSum, ...]
    exact: bool


def recoverable(report: Report, catalogue: Catalogue) -> list[Table]:
    """The tables with rows that lost their places; percentages have no totals that tell more."""
    return [t for t in report.tables if t.sequences and catalogue.indicators[t.indicator].unit == "aantal"]


def puzzle(report: Report, table: Table, catalogue: Catalogue) -> Puzzle:
    """What must be solved to place the numbers of this table."""
    places = _places(report, table, catalogue)
    keys = _keys(table)
    lines = tuple(_line(table, row) for row in keys)
    grid = [[replace(key, place=place) for place in places] for key in keys.values()]
    evidence: dict[object, Evidence] = {}
    for found in _evidence(report, table, grid):
        evidence.setdefault((found.lines, found.columns, found.value), found)
    return Puzzle(
        number=table.number,
        heading=table.heading,
        columns=table.columns,
        lines=lines,
        evidence=tuple(evidence.values()),
        sums=tuple(_sums(lines, [*keys.values()], table, catalogue)),
    )


def _places(report: Report, table: Table, catalogue: Catalogue) -> list[str]:
    """The place of each column: a table with lost blanks has no other columns."""
    found = [catalogue.find_place(label, report.region) for label in table.columns]
    return [place.id for place in found if place]


def _keys(table: Table) -> dict[int, Key]:
    """What each row of cells is about, by its position in the printed grid."""
    found: dict[int, Key] = {}
    for cell in table.cells:
        found.setdefault(cell.row, cell.key)
    return found


def _line(table: Table, row: int) -> Line:
    """A blank in a placed row counts as nothing, as the blanks that were lost do."""
    cells = {cell.column: int(cell.value) for cell in table.cells if cell.row == row}
    lost = row in table.sequences
    numbers = [cells[n] for n in sorted(cells)] if lost else [cells.get(n, 0) for n in range(len(table.columns))]
    return Line(row, table.rows[row], tuple(numbers), lost)


def _evidence(report: Report, table: Table, grid: list[list[Key]]) -> Iterator[Evidence]:
    """The table's own printed totals that are not known to be wrong, and what other tables print of the same cells."""
    for total in _trusted(table):
        source = f"rij {table.rows[total.row]}" if total.row >= 0 else "totaal buiten de tabel"
        yield from _block(source, total, grid)
    for other in report.tables:
        if other is table or other.indicator != table.indicator:
            continue
        placed = [cell for cell in other.cells if cell.row not in other.sequences]
        for fact in (fact for fact in (*placed, *_trusted(other)) if fact.key.place and fact.key.period):
            yield from _block(f"tabel {other.number} ({other.heading})", fact, grid)


def _trusted(table: Table) -> list[Cell]:
    wrong = {key for difference in table.differences for key in difference.totals}
    return [total for total in table.totals if total.key not in wrong]


def _block(source: str, fact: Cell, grid: list[list[Key]]) -> Iterator[Evidence]:
    """The fact as evidence, where it is about cells of this grid."""
    about = [(n, m) for n, row in enumerate(grid) for m, key in enumerate(row) if _covers(fact.key, key)]
    if about:
        lines, columns = ({position[axis] for position in about} for axis in (0, 1))
        yield Evidence(source, tuple(sorted(lines)), tuple(sorted(columns)), int(fact.value))


def _covers(total: Key, cell: Key) -> bool:
    split = total.geweld if total.geweld != "alle" else None
    return all(
        whole in (None, part)
        for whole, part in (
            (total.place, cell.place),
            (total.period, cell.period),
            (split, cell.geweld),
            (total.category, cell.category),
        )
    )


def _sums(lines: tuple[Line, ...], keys: list[Key], table: Table, catalogue: Catalogue) -> Iterator[Sum]:
    """Every heading with two lines or more, of which some lost their places."""
    headings: dict[tuple[str, str], list[int]] = {}
    for n, (line, key) in enumerate(zip(lines, keys, strict=True)):
        for heading in _headings(line, key, table, catalogue):
            headings.setdefault(heading, []).append(n)
    for (kind, name), members in sorted(headings.items(), key=lambda item: KINDS.index(item[0][0])):
        if len(members) > 1 and any(lines[n].lost for n in members):
            yield Sum(kind, name, tuple(members))


def _headings(line: Line, key: Key, table: Table, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    yield ALL, TOTAL
    if " / " in line.label:
        yield PRINTED, line.label.partition(" / ")[0]
    classification = catalogue.indicators[table.indicator].classification or ""
    group = next((c.group for c in catalogue.categories.get(classification, ()) if c.id == key.category), None)
    while group:
        yield GROUP, group
        group = catalogue.groups[group].parent
    if key.geweld and key.geweld != "alle":
        yield GEWELD, key.geweld


def load_recovered(
    folder: Path, reports: Iterable[Report], catalogue: Catalogue
) -> dict[tuple[str, str, str], Recovery]:
    """What is recovered, by report, table number and heading; a report without a file has nothing recovered.

    Raises DataError with every fault: a file of no report, a table that changed since, a row of the wrong length.
    """
    known = {report.id: report for report in reports}
    found: dict[tuple[str, str, str], Recovery] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        reader = Reader(path)
        if report := known.get(path.stem):
            found |= {(report.id, *name): item for name, item in _tables(reader, report, catalogue)}
        else:
            reader.fault(f"er is geen rapport {shown(path.stem)}", "verwijder dit bestand, of zet het rapport terug")
        faults += reader.faults
    if faults:
        raise DataError(faults)
    return found


def is_current(path: Path, report: Report, catalogue: Catalogue) -> bool:
    """Whether the file answers for every table as it is now, with every bound proved."""
    if not path.exists():
        return False
    reader = Reader(path)
    found = [*_tables(reader, report, catalogue)]
    return not reader.faults and all(item.exact for _, item in found)


def _tables(reader: Reader, report: Report, catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], Recovery]]:
    top = reader.mapping(reader.content, "het bestand", ("tables",))
    expected = {(table.number, table.heading): table for table in recoverable(report, catalogue)}
    for item in reader.items(top.get("tables", []), "tables"):
        keys = reader.mapping(
            item, "een tabel", ("number", "heading", "sha256", "cells"), ("evidence", "exact", "columns", "sums")
        )
        texts = reader.texts(keys, ("number", "heading", "sha256"), "een tabel")
        name = texts.get("number", ""), texts.get("heading", "")
        table = expected.pop(name, None)
        if table is None:
            reader.fault("zo'n tabel met verloren lege cellen is er niet", _AGAIN, f"{name[0]} ({name[1]})")
            continue
        yield name, _Answer(reader, report, table, catalogue).read(keys)
    for number, heading in expected:
        reader.fault("deze tabel is nog niet herleid", _AGAIN, f"{number} ({heading})")


class _Answer:
    """Reads what was recovered of one table."""

    def __init__(self, reader: Reader, report: Report, table: Table, catalogue: Catalogue) -> None:
        self.reader, self.table = reader, table
        self.puzzle = puzzle(report, table, catalogue)
        self.places = _places(report, table, catalogue)
        self.keys = [*_keys(table).values()]

    def read(self, keys: Mapping[str, object]) -> Recovery:
        if keys.get("sha256") != self.puzzle.fingerprint:
            self.reader.fault("de tabel is veranderd sinds zij is herleid", _AGAIN, self.puzzle.name)
            return Recovery((), (), False)
        exact = self.reader.flag(keys, "exact", "een tabel", self.puzzle.name)
        return Recovery(tuple(self._cells(keys["cells"])), tuple(self._all_sums(keys.get("sums", {}))), exact)

    def _cells(self, value: object) -> Iterator[Placed]:
        labels = [self.puzzle.lines[n].label for n in self.puzzle.lost]
        rows = self.reader.mapping(value, "cells", labels, table=self.puzzle.name)
        for n in self.puzzle.lost:
            line = self.puzzle.lines[n]
            for column, bound in enumerate(self._bounds(rows[line.label], line.label) if line.label in rows else ()):
                key = replace(self.keys[n], place=self.places[column])
                yield Placed(key, bound, line.position, column)

    def _all_sums(self, value: object) -> Iterator[PlacedSum]:
        """Sums per column as the file has them, and per row as the numbers themselves give them."""
        for n in self.puzzle.lost:
            total = sum(self.puzzle.lines[n].numbers)
            yield PlacedSum("", self.puzzle.lines[n].label, self.keys[n], Bound(total, total))
        present = [kind for kind in KINDS if any(about.kind == kind for about in self.puzzle.sums)]
        kinds = self.reader.mapping(value, "sums", present, table=self.puzzle.name)
        for kind, content in kinds.items():
            named = {s.name: s for s in self.puzzle.sums if s.kind == kind}
            rows = self.reader.mapping(content, f"sums, {kind}", named, table=self.puzzle.name)
            for name, numbers in rows.items():
                for column, bound in enumerate(self._bounds(numbers, name)):
                    yield PlacedSum(kind, name, self._sum_key(named[name], column), bound)

    def _sum_key(self, about: Sum, column: int) -> Key:
        """What a sum is about: the members that its lines share, None where they differ."""
        shared = {
            name: values.pop() if len(values) == 1 else None
            for name, values in ((name, {getattr(self.keys[n], name) for n in about.lines}) for name in vars(Key()))
        }
        return replace(Key(**shared), place=self.places[column], category=None)

    def _bounds(self, value: object, row: str) -> list[Bound]:
        """One bound for each column; none at all, and a fault, where the row is not so."""
        numbers = value if isinstance(value, list) else []
        found = [bound for number in numbers if (bound := _bound(number))]
        if len(found) == len(numbers) == len(self.places):
            return found
        self.reader.fault("de rij heeft niet per kolom een getal of [laagste, hoogste]", _AGAIN, self.puzzle.name, row)
        return []


def _bound(value: object) -> Bound | None:
    match value:
        case bool():
            return None
        case int(number) if number >= 0:
            return Bound(number, number)
        case [int(low), int(high)] if 0 <= low < high:
            return Bound(low, high)
        case _:
            return None
