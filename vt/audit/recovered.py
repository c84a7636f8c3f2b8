"""Lost blanks as proved: data/recovered/<report>.yaml -> the cells of the rows that lost their places.

The file is written by vt.audit.solver and read here, without a solver. It names its input by hash: a table that was
changed since must be proved anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vt.audit.puzzle import KINDS, Sum, find_recoverable, index_row_keys, list_column_places, make_puzzle
from vt.errors import quote_value
from vt.ingest.reader import Reader, gather_faults, list_files
from vt.model.catalogue import Catalogue
from vt.model.report import Key, Report, Table

_AGAIN = "draai “vt recover” en leg het resultaat vast"


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


def load_recovered(
    folder: Path, reports: Iterable[Report], catalogue: Catalogue
) -> dict[tuple[str, str, str], Recovery]:
    """What is recovered, by report, table number and heading; a report without a file has nothing recovered.

    Raises DataError with every fault: a file of no report, a table that changed since, a row of the wrong length.
    """
    known = {report.id: report for report in reports}
    recoveries: dict[tuple[str, str, str], Recovery] = {}
    with gather_faults() as open_file:
        for path in list_files(folder, open_file):
            reader = open_file(path)
            if report := known.get(path.stem):
                recoveries |= {(report.id, *name): item for name, item in _read_tables(reader, report, catalogue)}
            else:
                hint = "verwijder dit bestand, of zet het rapport terug"
                reader.fault(f"er is geen rapport {quote_value(path.stem)}", hint)
    return recoveries


def is_current(path: Path, report: Report, catalogue: Catalogue) -> bool:
    """Whether the file answers for every table as it is now, with every bound proved."""
    if not path.exists():
        return False
    reader = Reader(path)
    recoveries = [*_read_tables(reader, report, catalogue)]
    return not reader.faults and all(item.exact for _, item in recoveries)


def _read_tables(reader: Reader, report: Report, catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], Recovery]]:
    top = reader.read_mapping(reader.content, "het bestand", ("tables",))
    expected = {(table.number, table.heading): table for table in find_recoverable(report, catalogue)}
    for item in reader.read_each(top.get("tables", []), "tables"):
        keys = reader.read_mapping(
            item, "een tabel", ("number", "heading", "sha256", "cells"), ("evidence", "exact", "columns", "sums")
        )
        texts = reader.read_texts(keys, ("number", "heading", "sha256"), "een tabel")
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
        self.puzzle = make_puzzle(report, table, catalogue)
        self.places = list_column_places(report, table, catalogue)
        self.keys = [*index_row_keys(table).values()]

    def read(self, keys: Mapping[str, object]) -> Recovery:
        if keys.get("sha256") != self.puzzle.fingerprint:
            self.reader.fault("de tabel is veranderd sinds zij is herleid", _AGAIN, self.puzzle.name)
            return Recovery((), (), exact=False)
        exact = self.reader.read_flag(keys, "exact", "een tabel", self.puzzle.name)
        return Recovery(tuple(self._read_cells(keys["cells"])), tuple(self._read_sums(keys.get("sums", {}))), exact)

    def _read_cells(self, value: object) -> Iterator[Placed]:
        labels = [self.puzzle.lines[n].label for n in self.puzzle.lost]
        rows = self.reader.read_mapping(value, "cells", labels, table=self.puzzle.name)
        for n in self.puzzle.lost:
            line = self.puzzle.lines[n]
            for column, bound in enumerate(
                self._read_bounds(rows[line.label], line.label) if line.label in rows else ()
            ):
                key = replace(self.keys[n], place=self.places[column])
                yield Placed(key, bound, line.position, column)

    def _read_sums(self, value: object) -> Iterator[PlacedSum]:
        """Sums per column as the file has them, and per row as the numbers themselves give them."""
        for n in self.puzzle.lost:
            total = sum(self.puzzle.lines[n].numbers)
            yield PlacedSum("", self.puzzle.lines[n].label, self.keys[n], Bound(total, total))
        present = [kind for kind in KINDS if any(about.kind == kind for about in self.puzzle.sums)]
        kinds = self.reader.read_mapping(value, "sums", present, table=self.puzzle.name)
        for kind, content in kinds.items():
            named = {s.name: s for s in self.puzzle.sums if s.kind == kind}
            rows = self.reader.read_mapping(content, f"sums, {kind}", named, table=self.puzzle.name)
            for name, numbers in rows.items():
                for column, bound in enumerate(self._read_bounds(numbers, name)):
                    yield PlacedSum(kind, name, self._make_sum_key(named[name], column), bound)

    def _make_sum_key(self, about: Sum, column: int) -> Key:
        """What a sum is about: the members that its lines share, None where they differ."""
        shared = {
            name: values.pop() if len(values) == 1 else None
            for name, values in ((name, {getattr(self.keys[n], name) for n in about.lines}) for name in vars(Key()))
        }
        return replace(Key(**shared), place=self.places[column], category=None)

    def _read_bounds(self, value: object, row: str) -> list[Bound]:
        """One bound for each column; none at all, and a fault, where the row is not so."""
        numbers = value if isinstance(value, list) else []
        bounds = [bound for number in numbers if (bound := _read_bound(number))]
        if len(bounds) == len(numbers) == len(self.places):
            return bounds
        self.reader.fault("de rij heeft niet per kolom een getal of [laagste, hoogste]", _AGAIN, self.puzzle.name, row)
        return []


def _read_bound(value: object) -> Bound | None:
    match value:
        case bool():
            return None
        case int(number) if number >= 0:
            return Bound(number, number)
        case [int(low), int(high)] if 0 <= low < high:
            return Bound(low, high)
        case _:
            return None
