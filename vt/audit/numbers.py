"""The numbers of one report, as formulas name them."""

from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from vt.model.catalogue import Catalogue, Place
from vt.model.formula import INHABITANTS, Formula, FormulaError, Term
from vt.model.period import Period
from vt.model.report import Cell, Key, Report, Table

_MOST = 1e9  # what a part that is not printed can be, where nothing says so
WHOLE = Key()  # no row or part: what a formula names by itself, and else the place and period of the report


class Ends(NamedTuple):
    """The least and the most that a number can be: the same, but where a part of it is counted and not printed."""

    least: float
    most: float

    @property
    def is_certain(self) -> bool:
        """Whether all of it is printed."""
        return self.least == self.most


class Numbers:
    """The numbers of one report, as formulas name them: sums of cells, as the explorer shows them."""

    def __init__(self, report: Report, catalogue: Catalogue) -> None:
        self.report, self.catalogue = report, catalogue

    def compute(self, formula: Formula, at: Key = WHOLE) -> tuple[float | None, str | None]:
        """The outcome of a formula for a row or part, or None and the Dutch reason why there is none."""
        ends, why = self.bound(formula, at)
        if ends and not ends.is_certain:
            return None, "een deel hiervan is wel geteld en niet gedrukt (zoals <5)"
        return (ends.least if ends else None), why

    def bound(self, formula: Formula, at: Key = WHOLE) -> tuple[Ends | None, str | None]:
        """The least and the most that the outcome can be, or None and the Dutch reason why there is none."""
        try:
            ends = {term: self._find(self._complete(term, at))[1] for term in formula.terms}
            chosen = product(*(dict.fromkeys(pair) for pair in ends.values()))
            values = [formula.value(dict(zip(ends, each, strict=True)).__getitem__) for each in chosen]
        except FormulaError as error:
            return None, str(error)
        return Ends(min(values), max(values)), None

    def find_unit(self, formula: Formula) -> str:
        """What a formula is in: procent, or aantal."""
        units = {self.catalogue.indicators[t.indicator].unit for t in formula.terms if t.indicator != INHABITANTS}
        return "procent" if formula.is_percentage or units == {"procent"} else "aantal"

    def list_keys(self, formula: Formula, at: Key = WHOLE) -> tuple[tuple[str, str, Key], ...]:
        """The numbers in a formula that the report has, as (number of the table, its heading, key)."""
        keys = []
        for term in (self._complete(term, at) for term in formula.terms):
            with suppress(FormulaError):
                if table := self._find(term)[0]:
                    place = None if term.place == table.place else term.place
                    key = Key(place, term.period, term.geweld, self._name_class(term))
                    keys.append((table.number, table.heading, key))
        return tuple(dict.fromkeys(keys))

    def list_tables(self, term: Term) -> list[Table]:
        """The tables that can hold a number."""
        return [t for t in self.report.tables if t.indicator == term.indicator and term.table in (None, t.number)]

    def list_places(self) -> list[Place]:
        """The gemeenten and rest groups of the report's region."""
        inside = [place for place in self.catalogue.places.values() if place.region == self.report.region]
        return [place for place in inside if place.kind in ("gemeente", "rest")]

    def _complete(self, term: Term, at: Key) -> Term:
        """A term with what the row or part names, and else what the whole report is about."""
        return replace(
            term,
            place=term.place or at.place or self.report.place,
            period=term.period or at.period or self.report.period,
            geweld=term.geweld or at.geweld,
            category=term.category or (at.category and at.category.split("/")[1]),
        )

    def _name_class(self, term: Term) -> str | None:
        return term.category and f"{self.catalogue.indicators[term.indicator].classification}/{term.category}"

    def _find(self, term: Term) -> tuple[Table | None, Ends]:
        """A number and its table (None of inhabitants, which no report counts); FormulaError where it is not there."""
        if term.indicator == INHABITANTS:
            return None, self._count_inhabitants(term)
        for table in self.list_tables(term):
            value = self._read_table(table, term)
            if value is not None:
                return table, value
        raise FormulaError(f"het rapport heeft geen cijfer voor {term.indicator} in {term.period}")

    def _count_inhabitants(self, term: Term) -> Ends:
        place = self.catalogue.places[term.place or ""]
        bounds = place.inhabitants.get(Period.parse(term.period).year)
        if bounds is None:
            raise FormulaError(f"van {place.label} is het aantal inwoners in {term.period} niet bekend")
        return Ends(sum(bounds) / 2, sum(bounds) / 2)

    def _read_table(self, table: Table, term: Term) -> Ends | None:
        if table.sequences and term.place != table.place and term.category is None:
            return self._read_total(table, term)
        period, category = Period.parse(term.period), self._name_class(term)
        printed, withheld = (
            [cell for cell in cells if _is_match(cell, term, table, category) and _is_inside(cell, period)]
            for cells in (table.cells, table.withheld)
        )
        parts = {cell.key.period for cell in (*printed, *withheld) if cell.key.period}
        if not period.is_filled(map(Period.parse, parts)):
            return None
        least = sum(cell.value for cell in printed)
        return Ends(least, min(least + sum(cell.value for cell in withheld), max(least, _MOST)))

    def _read_total(self, table: Table, term: Term) -> Ends | None:
        """The printed total of a place, where lost blanks hide its cells."""
        wanted = Key(term.place, term.period, term.geweld)
        return next((Ends(total.value, total.value) for total in table.totals if total.key == wanted), None)


def _is_match(cell: Cell, term: Term, table: Table, category: str | None) -> bool:
    return (
        term.place in (table.place, cell.key.place)
        and category in (None, cell.key.category)
        and term.geweld in (None, cell.key.geweld)
    )


def _is_inside(cell: Cell, period: Period) -> bool:
    """Whether a cell is of a period or a part of it; what is not known of a withheld one may be."""
    return cell.key.period is None or period.covers(Period.parse(cell.key.period))
