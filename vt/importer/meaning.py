"""A grid and a table of a layout -> a table of a report file; what is not certain becomes a doubt, never a number."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vt.importer.facts import Facts
from vt.importer.form import RawCell
from vt.importer.heads import HIDDEN, Column, Grid, Row
from vt.importer.numbers import ABSENT, ASK, BLANK, NO_NUMBER, SECRET, Number, read_number
from vt.importer.words import DERIVED, MEAN, NONE, NORM, Meaning, Words, fold, is_count
from vt.ingest.mistakes import DIMENSION_NAMES
from vt.model.catalogue import TOTAL, Indicator
from vt.model.layouts import TWO_YEARS, PrintedTable
from vt.model.period import Period
from vt.model.report import DIMENSIONS

Value = float | int | None
_MOST_REFUSED = 0.25  # beside the numbers that are taken
_APART = (DERIVED, MEAN, NORM, NONE)  # what is no number of the table


class Doubt(NamedTuple):
    """What a person must look at: what is wrong, in which row and column, and where that is in the document."""

    text: str
    row: str = ""
    column: str = ""
    spot: str = ""
    cell: RawCell | None = None


class Unknown(NamedTuple):
    """A label that is not known: what it may be a label of, and at most three that it may be."""

    label: str
    about: str
    candidates: tuple[str, ...]


class Spot(NamedTuple):
    """Where a number of a table came from."""

    row: str
    column: int
    cell: RawCell


@dataclass
class Reading:
    """What a printed table says, in the words of a report file; `spots` keeps where each number came from; `name` is
    what the table is known by in the document; `seen` are the cells that were read, whatever came of them."""

    table: PrintedTable
    content: dict[str, Any] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    part: str = ""
    is_headed: bool = False  # whether its heading stands above no other table
    name: str = ""
    columns: list[str] = field(default_factory=list)
    seen: list[RawCell] = field(default_factory=list)
    members: dict[str, Mapping[str, str]] = field(default_factory=dict)  # of each column
    withheld: dict[tuple[str, str], int | None] = field(default_factory=dict)  # by row and column: below what, if known
    unplaced: str = ""  # what stands above all columns, and may be a place that is not known

    @property
    def number(self) -> str:
        return str(self.content["number"])

    @property
    def blocks(self) -> list[dict[str, list[Any]]]:
        """Its columns as a report file has them: blocks of which all combinations hold."""
        columns = self.content.get("columns", [])
        return columns if isinstance(columns, list) else [columns]

    @property
    def title(self) -> str:
        """Its number and heading in the report."""
        return f"{self.content['number']} {self.content['heading']}"

    def list_places(self) -> list[str]:
        """The places that it names itself: above it, in its columns or in its rows."""
        named = [self.content.get("place"), *(name for block in self.blocks for name in block.get("place", ()))]
        rows = self.content["cells"] if self.content["rows"] == "place" else ()
        return [name for name in (*named, *rows) if name and name != TOTAL]

    def list_cells(self) -> Iterator[tuple[frozenset[object], Value]]:
        """Each number with all that it is of."""
        fixed = {name: self.content[name] for name in DIMENSIONS if name in self.content}
        for row, values in self.content["cells"].items():
            for members, value in zip(self.members.values(), values if isinstance(values, list) else (), strict=False):
                if value is not None:
                    yield frozenset({**fixed, self.content["rows"]: row, **members}.items()), value

    def list_withheld(self) -> list[dict[str, Any]]:
        """The cells that print no number and may be more than nought, as a report file writes them; of one in a row or
        column that is not known, only what is."""
        rows, members = self.content["rows"], {"": {}, **self.members}
        named = [
            ({**({rows: row} if row else {}), **members[column]}, below)
            for (row, column), below in self.withheld.items()
            if row != TOTAL and column in members and TOTAL not in members[column].values()
        ]
        return [
            {name: _shorten_period(label) for name, label in members.items()} | ({"below": below} if below else {})
            for members, below in named
        ]


@dataclass(frozen=True)
class _Column:
    """A column whose labels are understood: its members by dimension, or what it follows from."""

    index: int
    label: str
    members: Mapping[str, str]
    derived: str = ""

    def is_later(self, facts: Facts) -> bool:
        """Whether it is of a period that the report does not reach."""
        period = self.members.get("period", TOTAL)
        return period != TOTAL and Period.parse(period).start >= facts.span.end


def read_table(
    grid: Grid, table: PrintedTable, part: str, indicator: Indicator, words: Words, facts: Facts, place: str = ""
) -> Reading:
    """What the grid says, read as a table of a layout; `place` is the gemeente of which it is in the section."""
    reader = _TableReader(grid, table, part, indicator, words, facts)
    if place and not reader.names_places():
        reader.fixed["place"] = place
    return reader.read()


class _TableReader:
    """Reads one grid: its columns, its rows, and then its numbers."""

    def __init__(
        self, grid: Grid, table: PrintedTable, part: str, indicator: Indicator, words: Words, facts: Facts
    ) -> None:
        self.grid, self.table, self.part, self.indicator = grid, table, part, indicator
        self.words, self.facts = words, facts
        self.reading = Reading(table, part=part)
        self.fixed: dict[str, str] = {}
        self.rows: dict[str, list[Value] | dict[str, list[Value]]] = {}
        self.derived: dict[str, list[Value]] = {}
        self.totals: list[dict[str, Any]] = []
        self.refused = 0

    def read(self) -> Reading:
        columns = self._read_columns()
        self.columns = [column for column in columns if not column.derived]
        self.derived_columns = [column for column in columns if column.derived == DERIVED]
        self.dimension = self._find_row_dimension()
        for row in self.grid.rows:
            self._read_row(row)
        if self.reading.unknown and len(columns) < len(self.grid.columns):
            self.reading.withheld |= {(row, ""): None for row in self.rows}
        self._drop_later_columns()
        self._refuse_other_unit()
        self.reading.content = self._write()
        self.reading.columns = [column.label for column in self.columns]
        self.reading.members = {column.label: column.members for column in self.columns}
        return self.reading

    def names_places(self) -> bool:
        """Whether its rows or columns say themselves where they are about."""
        labels = [*(label for row in self.grid.rows for label in row.labels)]
        labels += [label for column in self.grid.columns for label in column.path]
        meanings = (self.words.find(label, self.indicator.classification) for label in labels)
        return any(meaning and meaning.dimension == "place" for meaning in meanings)

    def _doubt(self, text: str, row: str = "", column: str = "", cell: RawCell | None = None) -> None:
        spot = (cell and cell.spot) or self.grid.table.spot
        self.reading.doubts.append(Doubt(text, row, column, spot, cell))

    # --- columns -----------------------------------------------------------------------------------------------------

    def _read_columns(self) -> list[_Column]:
        shared = set.intersection(*(set(column.path) for column in self.grid.columns)) if self.grid.columns else set()
        meanings = [(column, self._find_meanings(column, shared)) for column in self.grid.columns]
        self._fix(shared)
        used = {m.dimension for _, own in meanings if own for m in own if m.dimension in DIMENSIONS}
        made = [self._make_column(column, own, used) for column, own in meanings if own is not None]
        return [column for column in made if column]

    def _find_meanings(self, column: Column, shared: set[str]) -> list[Meaning] | None:
        """What the labels of a column mean, those of all columns left out; None, with a doubt, where one is unknown."""
        year = next((int(label) for label in column.path if label.isdecimal() and len(label) == 4), None)
        listed = [label for label in column.path if label not in shared or len(self.grid.columns) == 1]
        own = [label for label in listed if not is_count(label)]
        pairs = [(label, self.words.find(label, self.indicator.classification, year)) for label in own]
        unknown = [label for label, meaning in pairs if meaning is None]
        if unknown and len(self.grid.columns) > 1:
            self._ask(unknown[-1], self._guess_about())
            self._doubt(f"de kolom “{unknown[-1]}” is niet bekend: haar getallen doen niet mee", column=unknown[-1])
            return None
        if not listed and len(self.grid.columns) > 1:
            self._doubt("een kolom heeft geen eigen kop: haar getallen doen niet mee")
            return None
        return [meaning for _, meaning in pairs if meaning]

    def _guess_about(self) -> str:
        others = Counter(
            meaning.dimension
            for column in self.grid.columns
            for label in column.path
            if (meaning := self.words.find(label, self.indicator.classification))
        )
        return "place" if others["place"] >= others["category"] else self.indicator.classification or "place"

    def _fix(self, shared: set[str]) -> None:
        """What stands above all columns holds for the whole table."""
        for label in shared if len(self.grid.columns) > 1 else ():
            meaning = self.words.find(label, self.indicator.classification)
            if meaning and meaning.dimension in ("place", "period", "geweld"):
                self.fixed[meaning.dimension] = meaning.label
            elif meaning is None and self.words.suggest(label, None):
                self.reading.unplaced = label
                self._ask(label, "place")

    def _make_column(self, column: Column, meanings: list[Meaning], used: set[str]) -> _Column | None:
        label = " · ".join(column.path)
        if role := next((m.dimension for m in meanings if m.dimension in _APART), ""):
            return _Column(column.index, label, {m.dimension: m.label for m in meanings}, role)
        members: dict[str, str] = {}
        for meaning in meanings:
            if meaning.dimension != TOTAL and members.setdefault(meaning.dimension, meaning.label) != meaning.label:
                members[meaning.dimension] = self._narrow(members[meaning.dimension], meaning, label)
        if any(meaning.dimension == TOTAL for meaning in meanings):
            members = dict.fromkeys(used, TOTAL) | members
        if missing := used - members.keys():
            self._doubt(
                f"de kolom “{label}” noemt geen {DIMENSION_NAMES[missing.pop()]}: haar getallen doen niet mee",
                column=label,
            )
            return None
        return _Column(
            column.index,
            label,
            {name: members[name] for name in ("place", "period", "geweld", "category") if name in members},
        )

    def _narrow(self, before: str, meaning: Meaning, label: str) -> str:
        """The shorter of two periods above one column (2021, and its first quarter)."""
        if meaning.dimension == "period" and Period.parse(before).covers(Period.parse(meaning.label)):
            return meaning.label
        self._doubt(f"de kolom “{label}” noemt twee dingen tegelijk", column=label)
        return before

    # --- rows --------------------------------------------------------------------------------------------------------

    def _find_row_dimension(self) -> str:
        """What the rows are: what most of their labels name."""
        taken = {name for column in self.columns for name in column.members}
        named = Counter(
            m.dimension for row in self.grid.rows if (m := self._find_row(row, "")) and m.dimension in DIMENSIONS
        )
        return next((name for name, _ in named.most_common() if name not in taken), self.table.rows)

    def _find_row(self, row: Row, group: str) -> Meaning | None:
        """What the labels of a row name: a member of a group before a member alone."""
        tried = [" / ".join(row.labels), *row.labels[-1:]]
        if group and len(row.labels) == 1:
            tried.insert(0, f"{group} / {row.labels[-1]}")
        meanings = (self.words.find(text, self.indicator.classification) for text in tried if text)
        return next((meaning for meaning in meanings if meaning), None) if row.labels else None

    def _read_row(self, row: Row) -> None:
        label = " / ".join(row.labels) or "zonder naam"
        if row.doubt:
            self._doubt(f"{row.doubt}: de getallen van de rij “{label}” doen niet mee", label)
            self._withhold_row()
            return
        meaning = self._find_row(row, self._group)
        self._is_hidden_row = label.endswith(HIDDEN)
        if meaning and meaning.dimension == "place" and self._is_whole(meaning):
            meaning = Meaning(TOTAL, TOTAL)
        if meaning and meaning.dimension == TOTAL:
            self._take_total(row, label)
        elif meaning and meaning.dimension == "place" and self.fixed.get("place", meaning.label) != meaning.label:
            self._doubt(f"boven de tabel staat {self.fixed['place']}, en voor de rij {meaning.label}", label)
        elif meaning and meaning.dimension == self.dimension:
            self._group = meaning.label.rpartition(" / ")[0]
            self._take_row(row, meaning.label)
        elif meaning and meaning.dimension in _APART:
            why = "hoort er volgens u niet bij" if meaning.dimension == NONE else "volgt uit andere"
            self.reading.notes.append(f"De rij “{label}” {why} en doet niet mee.")
        else:
            about = self.indicator.classification if self.dimension == "category" else self.dimension
            self._ask(label, about or "place")
            self._doubt(f"de rij “{label}” is niet bekend: haar getallen doen niet mee", label)
            self._withhold_row()

    def _withhold_row(self) -> None:
        """Count in no sum what stands in a row of which the name is not certain."""
        self.reading.withheld |= {("", column.label): None for column in self.columns}

    _group = ""
    _is_hidden_row = False  # then its name is decided by a person

    def _is_whole(self, meaning: Meaning) -> bool:
        """Whether a row of the region stands among those of its gemeenten: then it is their total."""
        return len(self.grid.rows) > 2 and fold(meaning.label) == fold(
            self.words.catalogue.places[self.facts.region].label
        )

    def _ask(self, label: str, about: str) -> None:
        classification = about if about in self.words.catalogue.classifications else None
        candidates = self.words.suggest(label.removesuffix(HIDDEN), classification)
        self.reading.unknown.append(Unknown(label, about, candidates))

    def _take_row(self, row: Row, label: str) -> None:
        if label in self.rows:
            self._refuse_twice(label)
            return
        if row.loose:
            self._take_loose(row, label)
        else:
            self.rows[label] = [
                self._take_cell(row.cells.get(column.index), label, n) for n, column in enumerate(self.columns)
            ]
            self._take_derived(row, label)

    def _refuse_twice(self, label: str) -> None:
        """Of two rows with one label neither is certain."""
        self._doubt(f"de rij “{label}” staat er tweemaal: geen van beide doet mee", label)
        before = self.rows[label]
        self.rows[label] = [None] * len(self.columns) if isinstance(before, list) else {"sequence": []}
        self.reading.spots = [spot for spot in self.reading.spots if spot.row != label]
        self.reading.withheld |= {(label, column.label): None for column in self.columns}

    def _take_derived(self, row: Row, label: str) -> None:
        values = [self._read_cell(row.cells.get(column.index), label, column.label) for column in self.derived_columns]
        if values:
            self.derived[label] = [_shorten(number.value) for number in values]

    def _take_total(self, row: Row, label: str) -> None:
        """A row of totals; of a second one under it, each number stands for several columns."""
        if TOTAL not in self.rows:
            self._take_row(row, TOTAL)
            return
        cells = row.loose or tuple(cell for _, cell in sorted(row.cells.items()) if cell.text.strip())
        groups = list(dict.fromkeys(c.members.get("period", TOTAL) for c in self.columns))
        later = {column.members.get("period") for column in self.columns if column.is_later(self.facts)}
        current = [name for name in groups if name not in later]
        named = groups if len(cells) == len(groups) else current if len(cells) == len(current) else [TOTAL]
        if len(cells) not in (len(groups), len(current), 1):
            self._doubt(f"van de rij “{label}” is niet te zeggen bij welke kolommen haar getallen horen", label)
            return
        for name, cell in zip(named, cells, strict=True):
            number = self._read_cell(cell, label, name)
            if name not in later and number.value is not None:
                self.totals.append(({} if name == TOTAL else {"period": name}) | {"printed": _shorten(number.value)})

    def _take_loose(self, row: Row, label: str) -> None:
        """Numbers without a column: certain where only what is not yet past was left blank, else a sequence."""
        current = [n for n, column in enumerate(self.columns) if not column.is_later(self.facts)]
        only_places = all(column.members.keys() == {"place"} for column in self.columns) and not self.derived_columns
        if len(row.loose) == len(current) and not self.derived_columns:
            values: list[Value] = [None] * len(self.columns)
            for n, cell in zip(current, row.loose, strict=True):
                values[n] = self._take_cell(cell, label, n)
            self.rows[label] = values
        elif only_places and label != TOTAL and len(row.loose) < len(self.columns):
            self.rows[label] = {"sequence": [self._take_cell(cell, label, n) for n, cell in enumerate(row.loose)]}
        else:
            self._doubt(f"de rij “{label}” heeft {len(row.loose)} getallen bij {len(self.columns)} kolommen", label)

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _take_cell(self, cell: RawCell | None, row: str, position: int) -> Value:
        column = self.columns[position].label if position < len(self.columns) else ""
        number = self._read_cell(cell, row, column)
        if cell is None or number.value is None:
            if cell and number.reason not in (BLANK, ABSENT):
                self.reading.withheld[row, column] = number.below
            return None
        if reason := self._refuse(number):
            self._doubt(f"“{cell.text.strip()}” {reason}", row, column, cell)
            self.refused += 1
            self.reading.withheld[row, column] = None
            return None
        self.reading.spots.append(Spot(row, position, cell))
        return _shorten(number.value)

    def _read_cell(self, cell: RawCell | None, row: str, column: str) -> Number:
        """The number of a cell; without a value, and with a doubt, where it is not certain."""
        if cell is None:
            return Number()
        self.reading.seen.append(cell)
        number = read_number(cell.text, cell.format)
        is_hidden = cell.hidden and number.value and not self._is_hidden_row
        hidden = "dit getal is verborgen in het bestand: hoort het erbij?" if is_hidden else ""
        if doubt := cell.doubt or hidden:
            self._doubt(doubt, row, column, cell)
            return Number(reason=ASK)
        if cell.note:
            self.reading.notes.append(f"{row}, {column}: bij dit getal staat “{cell.note}”.")
        if number.reason == ASK or number.reason == NO_NUMBER:
            self._doubt(number.doubt or f"“{cell.text.strip()}” is geen getal", row, column, cell)
        elif number.reason == SECRET:
            self.reading.notes.append(f"{row}, {column}: “{cell.text.strip()}” is een geheim getal en blijft leeg.")
        return number

    def _refuse(self, number: Number) -> str:
        """Why a number cannot be one of what the table counts; empty where it can."""
        if self.indicator.unit == "aantal" and number.percent:
            return "is een percentage, en deze tabel telt aantallen"
        if self.indicator.unit == "aantal" and not float(number.value or 0).is_integer():
            return "is geen heel getal, en deze tabel telt aantallen"
        return "is negatief" if (number.value or 0) < 0 else ""

    def _refuse_other_unit(self) -> None:
        """Take no number of a table of which many are shares or rates: then the whole ones are as well."""
        if self.refused <= _MOST_REFUSED * len(self.reading.spots):
            return
        self._doubt("veel getallen zijn geen aantal: telt deze tabel wel aantallen? Geen van haar getallen doet mee")
        self.rows = {row: [None] * len(self.columns) for row in self.rows}
        self.reading.spots, self.totals = [], []

    def _drop_later_columns(self) -> None:
        """Leave out what is not yet past: printed as 0 or left blank. Anything else is a doubt."""
        for n in reversed(range(len(self.columns))):
            if not self.columns[n].is_later(self.facts):
                continue
            column = self.columns.pop(n)
            for label, values in self.rows.items():
                if isinstance(values, list) and (value := values.pop(n)):
                    self._doubt(f"{value} in een periode die nog niet voorbij was", label, column.label)
            self.reading.spots = [
                s._replace(column=s.column - (s.column > n)) for s in self.reading.spots if s.column != n
            ]

    # --- the table in a report file ----------------------------------------------------------------------------------

    def _write(self) -> dict[str, Any]:
        fixed = {name: text for name, text in self._list_fixed() if name != self.dimension}
        content: dict[str, Any] = {
            "number": self.table.number,
            "heading": self.table.heading,
            "indicator": self.table.indicator,
            **fixed,
            "rows": self.dimension,
        }
        if blocks := _make_blocks([column.members for column in self.columns]):
            content["columns"] = blocks[0] if len(blocks) == 1 else blocks
        content["cells"] = self.rows
        if self.totals:
            content["totals"] = self.totals
        if derived := self._write_derived():
            content["derived"] = derived
        return content

    def _list_fixed(self) -> Iterator[tuple[str, str]]:
        place = self.fixed.get("place", "")
        own = self.words.catalogue.places[self.facts.place].label
        if place and fold(place) != fold(own) and self.facts.place != self.facts.region:
            self._doubt(f"boven de tabel staat {place}, terwijl het rapport over {own} gaat")
        if place and fold(place) != fold(own):
            yield "place", place
        named = self.table.period if self.table.period != TWO_YEARS else None
        period = named or self.fixed.get("period", "")
        if period and period != self.facts.period:
            yield "period", period
        if geweld := self.table.geweld or self.fixed.get("geweld"):
            yield "geweld", geweld

    def _write_derived(self) -> dict[str, Any] | None:
        """The columns that follow from others, where what they follow from is said and in the table."""
        periods = list(
            dict.fromkeys(c.members["period"] for c in self.columns if c.members.get("period", TOTAL) != TOTAL)
        )
        made = [(n, _describe_derived(column, periods)) for n, column in enumerate(self.derived_columns)]
        kept = [(n, described) for n, described in made if described]
        left = {
            column.index for column, (_, described) in zip(self.derived_columns, made, strict=True) if not described
        }
        dropped = {id(cell) for row in self.grid.rows for n, cell in row.cells.items() if n in left}
        self.reading.seen = [cell for cell in self.reading.seen if id(cell) not in dropped]
        if not kept or not self.derived:
            return None
        cells = {row: [values[n] for n, _ in kept] for row, values in self.derived.items()}
        return {"columns": [described for _, described in kept], "cells": cells}


def _describe_derived(column: _Column, periods: Sequence[str]) -> dict[str, Any] | None:
    label = column.members[DERIVED]
    heading = label.rstrip("0123456789 ").capitalize()
    year = next((period for period in periods if period in label), column.members.get("period", ""))
    if heading == "Verschil" and len(periods) == 2:
        return {"heading": heading, "change": [_shorten_period(period) for period in periods]}
    if heading in ("Verhouding", "Aandeel") and year:
        return {"heading": heading, "share": _shorten_period(year)}
    return None


def _make_blocks(columns: Sequence[Mapping[str, str]]) -> list[dict[str, list[Any]]]:
    """Columns as blocks of which all combinations hold, left to right: as few as there can be."""
    blocks: list[dict[str, list[Any]]] = []
    rest = [column for column in columns if column]
    while rest:
        size, block = next(made for n in range(len(rest), 0, -1) if (made := _try_block(rest[:n])))
        blocks.append(block)
        rest = rest[size:]
    return blocks


def _try_block(columns: Sequence[Mapping[str, str]]) -> tuple[int, dict[str, list[Any]]] | None:
    names = list(columns[0])
    if any(list(column) != names for column in columns):
        return None
    lists = {name: list(dict.fromkeys(column[name] for column in columns)) for name in names}
    combined: list[dict[str, str]] = [{}]
    for name, labels in lists.items():
        combined = [before | {name: label} for before in combined for label in labels]
    written = {name: [_shorten_period(label) for label in labels] for name, labels in lists.items()}
    return (len(columns), written) if combined == [dict(column) for column in columns] else None


def _shorten_period(label: str) -> int | str:
    return int(label) if label.isdecimal() else label


def _shorten(value: float | None) -> Value:
    return int(value) if value is not None and value.is_integer() else value
