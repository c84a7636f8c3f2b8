"""A document -> a draft of a report file, with all that a person must look at."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from vt.figures.wording import join_words
from vt.importer import positions, text
from vt.importer.facts import LICENCE, Facts, find_facts
from vt.importer.form import Document, MissingError, RawTable, UnreadableError
from vt.importer.headings import Heading, count_headings, find_number, find_periods, match_headings, plain
from vt.importer.heads import Grid, read_grid
from vt.importer.meaning import Doubt, Reading, Unknown, read_table
from vt.importer.parts import is_narrowed, split_grid
from vt.importer.pivot import join_periods, pivot
from vt.importer.sections import Section, find_sections
from vt.importer.words import NONE, Words, fold, is_count
from vt.ingest.catalogue import load_catalogue
from vt.ingest.changes import settle_changes
from vt.ingest.gemeenten import load_gemeenten
from vt.ingest.layouts import load_layouts
from vt.ingest.reports import load_reports
from vt.model.catalogue import TOTAL, Catalogue, Indicator, Place
from vt.model.layouts import TWO_YEARS, PrintedLayout, PrintedTable
from vt.model.period import Period
from vt.model.report import Report

_UNITS = re.compile(
    r"\b(per (1\.?0|100|inwoner)|x 1\.?000|in procenten|percentages?|aandeel|in %|index|gemiddelde?)", re.IGNORECASE
)
_SHORT = 60  # letters of a line that says in what a table counts
_UNNAMED = re.compile(r"(blad|sheet|werkblad|tabel)\s?\d*", re.IGNORECASE)
_FEWEST_HEADINGS = 3  # of a layout, to take a document for one of it


TABLES = "table"  # what is decided of a table as a whole


@dataclass(frozen=True)
class Known:
    """What a data folder knows already: what labels mean, the reports that are in, and how they are printed."""

    data: Path
    catalogue: Catalogue
    reports: Sequence[Report]
    layouts: Mapping[str, PrintedLayout]


@dataclass(frozen=True)
class Unread:
    """A table that could not be taken: why, and what may help."""

    spot: str
    heading: str
    reason: str
    candidates: tuple[str, ...] = ()
    is_asked: bool = False
    unknown: tuple[Unknown, ...] = ()


@dataclass
class Draft:
    """A report file in the making."""

    document: Document
    facts: Facts
    readings: list[Reading] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    exchanged: dict[str, tuple[str, str]] = field(default_factory=dict)  # two tables, one with KM and HG exchanged?
    broken: dict[str, str] = field(default_factory=dict)  # what does not fit between its tables, and why, if known
    left_out: list[str] = field(default_factory=list)  # the tables that a person said do not belong

    @property
    def content(self) -> dict[str, Any]:
        """The report file, as ingest reads it."""
        said = self.facts
        head: dict[str, Any] = {"title": said.title, "publisher": said.publisher, "region": said.region}
        head |= {"place": said.place} if said.place != said.region else {}
        head["period"] = int(said.period) if said.period.isdecimal() else said.period
        head |= {
            name: text for name, text in (("layout", said.layout), ("licence", LICENCE), ("url", said.url)) if text
        }
        withheld = [(reading, reading.list_withheld()) for reading in self.readings]
        tables = [reading.content | ({"withheld": cells} if cells else {}) for reading, cells in withheld]
        return {"report": head, "tables": tables}

    @property
    def doubts(self) -> list[tuple[Reading, Doubt]]:
        """Every doubt, with the table that it is in."""
        return [(reading, doubt) for reading in self.readings for doubt in reading.doubts]

    def list_elsewhere(self, catalogue: Catalogue) -> list[tuple[Reading, str]]:
        """The tables of a report on one gemeente that are about others alone, each with the first of these."""
        own = catalogue.places[self.facts.place].label
        about = [(reading, reading.list_places()) for reading in self.readings]
        is_local = self.facts.place != self.facts.region
        return [(reading, names[0]) for reading, names in about if is_local and names and own not in names]

    @property
    def unknown(self) -> list[Unknown]:
        """Every label that is not known, of tables that were read and of those that could not be for want of it."""
        read = [unknown for reading in self.readings for unknown in reading.unknown]
        return [*read, *(unknown for table in self.unread for unknown in table.unknown)]


def load_known(data: Path) -> Known:
    """Read what is in; raises DataError where that cannot be read."""
    settle_changes(data)
    catalogue = load_catalogue(data / "catalogue")
    gemeenten = load_gemeenten(data / "catalogue/gemeenten.csv", catalogue)
    catalogue = replace(catalogue, places={**catalogue.places, **_name_gemeenten(gemeenten, catalogue)})
    return Known(data, catalogue, load_reports(data / "reports", catalogue), load_layouts(data / "layouts", catalogue))


def _name_gemeenten(gemeenten: Sequence[Place], catalogue: Catalogue) -> dict[str, Place]:
    """The gemeenten that only the list of the country has, by an id as places.yaml gives them."""
    codes = {place.code for place in catalogue.places.values()}
    named: dict[str, Place] = {}
    for place in gemeenten:
        plain = unicodedata.normalize("NFKD", place.label.lower()).encode("ascii", "ignore").decode()
        id_ = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        if place.code not in codes and id_ not in {*catalogue.places, *named}:
            named[id_] = replace(place, id=id_, into=())
    return named


def make_draft(
    document: Document, known: Known, said: Mapping[str, str], decided: Mapping[str, Mapping[str, str]]
) -> Draft:
    """The draft of a document; `decided` are labels that a person decided, by classification or “place”.

    UnreadableError where it holds no table, or does not say what it is about.
    """
    facts = find_facts(document, known.catalogue, known.reports, said)
    layout = _choose_layout(known, facts, document)
    if layout and facts.place == facts.region and _is_of_gemeenten(layout.id, known):
        hint = f"Het is gedrukt als de rapporten over één gemeente van {facts.publisher}, en zegt niet over welke."
        raise MissingError(document.name, ("place",), hint)
    labels = {about: dict(names) for about, names in (layout.labels if layout else {}).items()}
    for about, names in decided.items():
        labels.setdefault(about, {}).update(names)
    words = Words(known.catalogue, facts.region, facts.span.last_year, labels)
    if document.kind == "tekst":
        document = text.find_tables(document, words)
    elif document.pages:
        document = positions.find_tables(document, words)
    if not document.tables:
        raise UnreadableError(f"{document.name}: er is geen tabel gevonden.")
    generic = PrintedLayout("", tuple(map(_name_plainly, known.catalogue.indicators.values())))
    layout = _widen(layout, known) if layout else generic
    draft = Draft(document, replace(facts, layout=layout.id))
    _Maker(draft, known, layout, words, decided.get(TABLES, {})).make()
    return draft


def _choose_layout(known: Known, facts: Facts, document: Document) -> PrintedLayout | None:
    """The layout of the reports of this region that are in; else the one of which the document has most headings."""
    named = [report.layout for report in known.reports if report.region == facts.region and report.layout]
    if facts.place == facts.region:  # a report on the region is not printed as those on a gemeente
        named = [id_ for id_ in named if not _is_of_gemeenten(id_, known)]
    if named:
        return known.layouts.get(named[-1])
    lines = [*document.lines, *(line for table in document.tables for line in (*table.before, table.sheet))]
    counts = {id_: count_headings(layout, lines) for id_, layout in known.layouts.items()}
    best = max(counts, key=lambda id_: counts[id_], default="")
    return known.layouts[best] if counts.get(best, 0) >= _FEWEST_HEADINGS else None


def _is_of_gemeenten(layout: str, known: Known) -> bool:
    """Whether every report of a layout is about one gemeente."""
    reports = [report for report in known.reports if report.layout == layout]
    return bool(reports) and all(report.place != report.region for report in reports)


def _widen(layout: PrintedLayout, known: Known) -> PrintedLayout:
    """A layout with what its reports have beside its tables, such as numbers out of sentences, by our own headings."""
    listed = {(table.number, table.heading) for table in layout.tables}
    tables = (table for report in known.reports if report.layout == layout.id for table in report.tables)
    more = {
        at: replace(_name_plainly(known.catalogue.indicators[table.indicator]), number=at[0], heading=at[1])
        for table in tables
        if (at := (table.number, table.heading)) not in listed
    }
    return replace(layout, tables=(*layout.tables, *more.values()))


def _name_plainly(indicator: Indicator) -> PrintedTable:
    """A table of an indicator, called as the catalogue calls it: for reports of no known layout."""
    return PrintedTable("", indicator.label, indicator.id, "category" if indicator.classification else "place")


def name_table(table: RawTable) -> str:
    """What a table is known by: the line above it, its sheet where somebody named it, or else its heads."""
    sheet = "" if _UNNAMED.fullmatch(table.sheet) else table.sheet
    above = next((line for line in reversed(table.before) if line.strip()), "")
    grid = read_grid(table)
    heads = (*grid.corner, *dict.fromkeys(label for column in grid.columns for label in column.path))
    return above or sheet or " | ".join(heads) or table.sheet


class _Maker:
    """Finds for each table of the document which one it is, and reads it as such."""

    def __init__(
        self, draft: Draft, known: Known, layout: PrintedLayout, words: Words, decided: Mapping[str, str]
    ) -> None:
        self.draft, self.known, self.layout, self.words, self.decided = draft, known, layout, words, decided
        self.left_out = set(map(plain, layout.left_out))
        self.own = known.catalogue.places[draft.facts.place].label
        self.before: tuple[str, ...] = ()
        self.number = ""
        self.section = Section()

    def make(self) -> None:
        tables = self.draft.document.tables
        self.is_doubtful = self._may_be_named_below()
        for table, section in zip(tables, find_sections(tables, [*map(name_table, tables)], self.words), strict=True):
            self.section = section
            self._take(table)
        self._merge_parts()
        self._refuse_twice()
        self._date_annexes()

    def _take(self, table: RawTable) -> None:
        grid = pivot(join_periods(read_grid(table)), self.words)
        if table.before or table.sheet:  # tables under one heading share it
            self.before = table.before
        self.number = find_number(table.before) or self.number
        name = name_table(table)
        named = self._list_named(table, grid, name)
        fitting = [(heading, reading) for heading in named if (reading := self._try(grid, heading))]
        nearest = [(h, r) for h, r in fitting if h.distance == fitting[0][0].distance]
        own = [(h, r) for h, r in nearest if h.table.number == self.number] or nearest
        if self.decided.get(name) == NONE or (plain(name) in self.left_out and name not in self.decided):
            self.draft.left_out.append(name)
        elif parts := [] if own else self._split(table, name):
            self.draft.readings += parts
        elif (unit := self._find_unit(own)) and name not in self.decided:
            self._ask(table, grid, f"er staat “{unit}” boven, en dat is geen aantal")
        elif own and self._is_elsewhere(own[0][1]):
            reason = f"niet zeker of zij over {self.section.place} gaat of over de hele regio"
            self.draft.unread.append(Unread(table.spot, name, reason))
        elif self.is_doubtful and name not in self.decided:
            self._ask(table, grid, "de koppen staan misschien onder de tabellen, en niet erboven")
        elif table.hidden and name not in self.decided:
            self._ask(table, grid, "zij is verborgen in het bestand, en hoort er misschien niet bij")
        elif len(own) == 1:
            self.draft.readings.append(own[0][1])
            own[0][1].name, own[0][1].is_headed = name, bool(table.before)
            own[0][1].content["number"] = own[0][0].table.number or self.number or "1"
        elif own:
            names = " of ".join(f"“{heading.table.heading}”" for heading, _ in own)
            self._ask(table, grid, f"deze tabel kan {names} zijn")
        elif named and name in self.decided and named[0].table.rows != "category":
            self._ask(table, grid, "haar rijen en kolommen passen niet bij wat gekozen is")
        elif unknown := self._list_unknown_rows(grid, named):
            labels = join_words([f"“{each.label}”" for each in unknown])
            reason = f"niet bekend {'is' if len(unknown) == 1 else 'zijn'} {labels}"
            self.draft.unread.append(Unread(table.spot, named[0].text or name, reason, unknown=unknown))
        else:
            self._ask(table, grid, "geen kop van deze indeling hoort bij deze tabel")

    def _list_named(self, table: RawTable, grid: Grid, name: str) -> list[Heading]:
        """What a table may be, by what a person said of it or else by its heading."""
        if indicator := self._find_decided(name):
            return [Heading(_name_plainly(indicator), "", 0)]
        return match_headings(self.layout, (*grid.corner, table.sheet, name), self.before)

    def _split(self, table: RawTable, name: str) -> list[Reading]:
        """What each part of a table says that counts more than one thing; nothing where it does not, or where a part
        is not certain."""
        is_rate = any(len(line) < _SHORT and _UNITS.search(line) for line in table.before)
        if name in self.decided or table.hidden or self.is_doubtful or is_rate or is_narrowed(table.before[-1:]):
            return []
        made = []
        for indicator, part in split_grid(read_grid(table), self.known.catalogue.indicators, self.own):
            reading = self._try(pivot(join_periods(part), self.words), Heading(_name_plainly(indicator), "", 0))
            if reading is None or self._is_elsewhere(reading) or self._list_narrowing(part, indicator):
                return []
            reading.name, reading.is_headed = f"{name} | {indicator.label}", True
            reading.content["number"] = self.number or "1"
            made.append(reading)
        return made

    def _list_narrowing(self, part: Grid, indicator: Indicator) -> list[str]:
        """What stands above all numbers of a part and is not known: they may count less than its name says."""
        shared = set.intersection(*(set(column.path) for column in part.columns))
        return [
            label for label in shared if not is_count(label) and not self.words.find(label, indicator.classification)
        ]

    def _is_elsewhere(self, reading: Reading) -> bool:
        """Whether a table that names no place may be about the gemeente of a section above it."""
        is_other = not self.section.is_sure and fold(self.section.place) != fold(self.own)
        return is_other and not reading.list_places()

    def _may_be_named_below(self) -> bool:
        """Whether headings may stand below their tables: nothing known stands above the first, and a known one right
        under the last."""
        first, under = self.draft.document.tables[0], self.draft.document.under
        corner = (*read_grid(first).corner, name_table(first))
        return bool(
            match_headings(self.layout, (), under[:1]) and not match_headings(self.layout, corner, first.before)
        )

    def _find_unit(self, own: Sequence[tuple[Heading, Reading]]) -> str:
        """What a short line between a heading of numbers and its table says that these are, if it is another thing."""
        for heading, reading in own:
            is_count = self.known.catalogue.indicators[reading.table.indicator].unit == "aantal"
            lines = self.before[len(self.before) - heading.distance + 1 :] if heading.distance > 1 else ()
            said = [line for line in lines if len(line) < _SHORT and _UNITS.search(line)]
            if is_count and said:
                return said[0]
        return ""

    def _try(self, grid: Grid, heading: Heading) -> Reading | None:
        """The table as this heading would have it; None where its rows and columns, or its period, say otherwise."""
        named, period = find_periods(heading.text), Period.parse(self.draft.facts.period)
        table, indicator = heading.table, self.known.catalogue.indicators[heading.table.indicator]
        place = self.section.place if self.section.is_sure else ""
        reading = read_table(grid, table, heading.part, indicator, self.words, self.draft.facts, place)
        content = reading.content
        split = {content["rows"], *(name for block in reading.blocks for name in block)}
        if heading.part:
            fits = content["rows"] == "place" and [*content["cells"]] == [self.own]
        else:
            fits = ("category" in split) == (indicator.classification is not None)
            fits = fits and set(table.columns) - {"period"} <= split | {"place"}
        # the year above months or quarters of a half year says nothing of their sum
        fits = fits and (not named or period in named or ("period" in split and any(p.covers(period) for p in named)))
        known_rows = len(content["cells"]) + len(content.get("totals", ()))
        fits = fits and not reading.unplaced and bool(reading.columns)
        return reading if fits and known_rows and known_rows * 2 >= len(grid.rows) else None

    def _list_unknown_rows(self, grid: Grid, named: Sequence[Heading]) -> tuple[Unknown, ...]:
        """The names above a table or of its rows for want of which it says nothing, though its heading is known."""
        if not named:
            return ()
        indicator = self.known.catalogue.indicators[named[0].table.indicator]
        reading = read_table(grid, named[0].table, named[0].part, indicator, self.words, self.draft.facts)
        labels = {reading.unplaced} if reading.unplaced else {" / ".join(row.labels) for row in grid.rows}
        unknown = [each for each in reading.unknown if each.label in labels]
        if named[0].part:  # its one row is the place
            unknown = [Unknown(each.label, "place", self.words.suggest(each.label, None)) for each in unknown]
        return tuple(unknown)

    def _find_decided(self, name: str) -> Indicator | None:
        """The indicator that a person said a table counts, by its id or its label."""
        meant = self.decided.get(name)
        indicators = self.known.catalogue.indicators.values()
        return next((each for each in indicators if meant in (each.id, each.label)), None) if meant else None

    def _ask(self, table: RawTable, grid: Grid, reason: str) -> None:
        """Leave a table until a person says what it counts; at most three that its rows and columns fit."""
        name = name_table(table)
        made = map(_name_plainly, self.known.catalogue.indicators.values())
        used = {table.indicator for report in self.known.reports for table in report.tables}
        fitting = [each for each in made if self._try(grid, Heading(each, "", 0))]
        fitting.sort(key=lambda each: SequenceMatcher(None, fold(each.heading), fold(name)).ratio(), reverse=True)
        fitting.sort(key=lambda each: (fold(each.heading) not in fold(name), each.indicator not in used))
        labels = tuple(each.heading for each in fitting[:3])
        self.draft.unread.append(Unread(table.spot, name, reason, labels, is_asked=True))

    def _merge_parts(self) -> None:
        """Tables that each hold one row become the table that they are parts of."""
        merged: dict[PrintedTable, Reading] = {}
        for reading in list(self.draft.readings):
            if not reading.part:
                continue
            (values,) = reading.content["cells"].values()
            reading.spots = [spot._replace(row=reading.part) for spot in reading.spots]
            reading.content |= {"rows": reading.table.rows, "cells": {reading.part: values}}
            whole = merged.get(reading.table)
            if whole and whole.content.get("columns") == reading.content.get("columns"):
                if reading.part in whole.content["cells"]:
                    values = [None] * len(values)
                    text = f"de rij “{reading.part}” staat er tweemaal: geen van beide doet mee"
                    reading.doubts, reading.spots = [Doubt(text, reading.part)], []
                    whole.spots = [spot for spot in whole.spots if spot.row != reading.part]
                whole.content["cells"][reading.part] = values
                for name in ("doubts", "unknown", "notes", "spots", "seen"):
                    getattr(whole, name).extend(getattr(reading, name))
                whole.withheld |= {(reading.part, column): below for (_, column), below in reading.withheld.items()}
                self.draft.readings.remove(reading)
            else:
                merged[reading.table] = reading

    def _refuse_twice(self) -> None:
        """Two tables of one heading: neither is certain, for one of them may count something else; but where each
        stands under it itself and they agree, they tell it in two ways."""
        listed = list(self.draft.readings)
        for reading in listed:
            same = [r for r in listed if (r.number, r.table.heading) == (reading.number, reading.table.heading)]
            if len(same) > 1 and _agree(same):
                reading.content["heading"] += f" ({same.index(reading) + 1})" if same.index(reading) else ""
            elif len(same) > 1:
                self.draft.readings.remove(reading)
                reason = f"er zijn {len(same)} tabellen met deze kop"
                self.draft.unread.append(Unread("", reading.table.heading, reason))

    def _date_annexes(self) -> None:
        """An annex that names no period has that of the chapter whose total it gives, or of both years together."""
        by_number = {reading.number: reading for reading in self.draft.readings}
        for reading in self.draft.readings:
            chapter = by_number.get(self.layout.annexes.get(reading.number, ""))
            if reading.number in self.layout.annexes and "period" not in reading.content:
                period = (_match_total(reading, chapter) if chapter else None) or self._expect_period(reading)
                if str(period) != self.draft.facts.period:
                    rest = list(reading.content.items())
                    at = next(n for n, (name, _) in enumerate(rest) if name == "rows")
                    reading.content = dict([*rest[:at], ("period", period), *rest[at:]])

    def _expect_period(self, reading: Reading) -> int | str:
        """The period that this annex had before, where its total fits no year of its chapter: a person must look."""
        year = self.draft.facts.span.last_year
        period: int | str = f"{year - 1}/{year}" if reading.table.period == TWO_YEARS else self.draft.facts.period
        text = f"het totaal past bij geen jaar van de tabel in het hoofdstuk; aangehouden is {period}, als eerder"
        reading.doubts.append(Doubt(text))
        return period


def _agree(readings: Sequence[Reading]) -> bool:
    """Whether tables that each stand under their own heading say nothing of one thing, or the same."""
    told: dict[object, object] = {}
    cells = [cell for reading in readings for cell in reading.list_cells()]
    return all(r.is_headed for r in readings) and all(told.setdefault(key, value) == value for key, value in cells)


def _match_total(annex: Reading, chapter: Reading) -> int | str | None:
    """The period whose printed total in the chapter is that of the annex."""
    printed = chapter.content["cells"].get(TOTAL)
    columns = chapter.content.get("columns", {})
    own = annex.content["cells"].get(TOTAL)
    if not isinstance(columns, dict) or list(columns) != ["period"] or not printed or not own or None in own:
        return None
    totals = dict(zip(columns["period"], printed, strict=True))
    fitting: list[int | str] = [period for period, total in totals.items() if total == sum(own)]
    if len(totals) == 2 and None not in printed and sum(printed) == sum(own):
        fitting.append("/".join(map(str, totals)))
    return fitting[0] if len(fitting) == 1 else None
