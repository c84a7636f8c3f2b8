"""Formulas in a file: what they name has to be there."""

from collections.abc import Iterable, Sequence

from vt.errors import did_you_mean, quote_value
from vt.ingest.reader import Reader
from vt.model.catalogue import Catalogue
from vt.model.formula import INHABITANTS, Condition, Formula, FormulaError, Term
from vt.model.geweld import GEWELD
from vt.model.report import Report


class FormulaReader:
    """Reads one file, whose formulas are about these reports."""

    def __init__(self, reader: Reader, reports: Sequence[Report], catalogue: Catalogue) -> None:
        self.reader, self.catalogue = reader, catalogue
        self.tables = [table for report in reports for table in report.tables]

    def read_condition(self, text: object, table: str) -> Condition:
        try:
            condition = Condition.parse(str(text))
        except FormulaError as error:
            self.reader.fault(str(error), "bedoeld: bijvoorbeeld meldingen(2021) < meldingen(2020)", table)
            return Condition(Formula("0"), "<", Formula("0"))
        sides = (self.read_formula(side.text, table) for side in (condition.left, condition.right))
        return Condition(next(sides), condition.sign, next(sides))

    def read_formula(self, text: object, table: str = "") -> Formula:
        formula = Formula(" ".join(str(text).split()))
        faults = formula.faults([*self.catalogue.indicators, INHABITANTS])
        for found, meant in faults:
            self.reader.fault(found, meant, table)
        for term in () if faults else formula.terms:
            self._refuse_unknown_members(term, table)
        return formula

    def _refuse_unknown_members(self, term: Term, table: str) -> None:
        """Faults for a class, geweld, place or table in a formula that does not exist."""
        if term.category is not None:
            self.refuse_unknown_classes(term.indicator, [term.category], table)
        tables = {other.number for other in self.tables if other.indicator == term.indicator}
        for name, id_, known in (
            ("geweld", term.geweld, GEWELD),
            ("place", term.place, self.catalogue.places),
            ("table", term.table, tables),
        ):
            if id_ is not None and id_ not in known:
                self.reader.fault(f"{name} van {term.indicator} is {quote_value(id_)}", did_you_mean(id_, known), table)

    def refuse_unknown_classes(self, indicator: str, names: Iterable[str], table: str = "") -> None:
        """A fault for each name that is no class of the indicator."""
        if (counted := self.catalogue.indicators.get(indicator)) is None:
            return
        known = [category.name for category in self.catalogue.categories.get(counted.classification or "", ())]
        for name in names:
            if name not in known:
                self.reader.fault(
                    f"onbekende klasse {quote_value(name)} van {indicator}", did_you_mean(name, known), table
                )
