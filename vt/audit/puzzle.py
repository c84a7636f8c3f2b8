"""A table that lost its blanks, as a puzzle: its lines, and what they are known to add up to."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from vt.model.catalogue import TOTAL, Catalogue
from vt.model.geweld import ALL_GEWELD
from vt.model.report import Cell, Key, Report, Table

ALL, PRINTED, GROUP, GEWELD = "all", "printed", "group", "geweld"
KINDS = (ALL, PRINTED, GROUP, GEWELD)


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


def find_recoverable(report: Report, catalogue: Catalogue) -> list[Table]:
    """The tables with rows that lost their places; percentages have no totals that tell more."""
    return [t for t in report.tables if t.sequences and catalogue.indicators[t.indicator].unit == "aantal"]


def make_puzzle(report: Report, table: Table, catalogue: Catalogue) -> Puzzle:
    """What must be solved to place the numbers of this table."""
    places = list_column_places(report, table, catalogue)
    keys = index_row_keys(table)
    lines = tuple(_make_line(table, row) for row in keys)
    grid = [[replace(key, place=place) for place in places] for key in keys.values()]
    evidence: dict[object, Evidence] = {}
    for fact in _find_evidence(report, table, grid):
        evidence.setdefault((fact.lines, fact.columns, fact.value), fact)
    return Puzzle(
        number=table.number,
        heading=table.heading,
        columns=table.columns,
        lines=lines,
        evidence=tuple(evidence.values()),
        sums=tuple(_make_sums(lines, [*keys.values()], table, catalogue)),
    )


def list_column_places(report: Report, table: Table, catalogue: Catalogue) -> list[str]:
    """The place of each column: a table with lost blanks has no other columns."""
    places = [catalogue.find_place(label, report.region) for label in table.columns]
    return [place.id for place in places if place]


def index_row_keys(table: Table) -> dict[int, Key]:
    """What each row of cells is about, by its position in the printed grid."""
    keys: dict[int, Key] = {}
    for cell in table.cells:
        keys.setdefault(cell.row, cell.key)
    return keys


def _make_line(table: Table, row: int) -> Line:
    """A blank in a placed row counts as nothing, as the blanks that were lost do."""
    cells = {cell.column: int(cell.value) for cell in table.cells if cell.row == row}
    lost = row in table.sequences
    numbers = [cells[n] for n in sorted(cells)] if lost else [cells.get(n, 0) for n in range(len(table.columns))]
    return Line(row, table.rows[row], tuple(numbers), lost)


def _find_evidence(report: Report, table: Table, grid: list[list[Key]]) -> Iterator[Evidence]:
    """The table's own printed totals that are not known to be wrong, and what other tables print of the same cells."""
    for total in _select_trusted(table):
        source = f"rij {table.rows[total.row]}" if total.row >= 0 else "totaal buiten de tabel"
        yield from _place_fact(source, total, grid)
    for other in report.tables:
        if other is table or other.indicator != table.indicator:
            continue
        placed = [cell for cell in other.cells if cell.row not in other.sequences]
        for fact in (fact for fact in (*placed, *_select_trusted(other)) if fact.key.place and fact.key.period):
            yield from _place_fact(f"tabel {other.number} ({other.heading})", fact, grid)


def _select_trusted(table: Table) -> list[Cell]:
    wrong = {key for difference in table.differences for key in difference.totals}
    return [total for total in table.totals if total.key not in wrong]


def _place_fact(source: str, fact: Cell, grid: list[list[Key]]) -> Iterator[Evidence]:
    about = [(n, m) for n, row in enumerate(grid) for m, key in enumerate(row) if fact.key.covers(key)]
    if about:
        lines, columns = ({position[axis] for position in about} for axis in (0, 1))
        yield Evidence(source, tuple(sorted(lines)), tuple(sorted(columns)), int(fact.value))


def _make_sums(lines: tuple[Line, ...], keys: list[Key], table: Table, catalogue: Catalogue) -> Iterator[Sum]:
    """Every heading with two lines or more, of which some lost their places."""
    headings: dict[tuple[str, str], list[int]] = {}
    for n, (line, key) in enumerate(zip(lines, keys, strict=True)):
        for heading in _list_headings(line, key, table, catalogue):
            headings.setdefault(heading, []).append(n)
    for (kind, name), members in sorted(headings.items(), key=lambda item: KINDS.index(item[0][0])):
        if len(members) > 1 and any(lines[n].lost for n in members):
            yield Sum(kind, name, tuple(members))


def _list_headings(line: Line, key: Key, table: Table, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    yield ALL, TOTAL
    if " / " in line.label:
        yield PRINTED, line.label.partition(" / ")[0]
    classification = catalogue.indicators[table.indicator].classification or ""
    group = next((c.group for c in catalogue.categories.get(classification, ()) if c.id == key.category), None)
    while group:
        yield GROUP, group
        group = catalogue.groups[group].parent
    if key.geweld and key.geweld != ALL_GEWELD:
        yield GEWELD, key.geweld
