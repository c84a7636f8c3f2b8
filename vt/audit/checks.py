"""Everything in a report that can be checked, checked: totals, derived columns, claims, relations, annexes.

Pure functions on reports and their claims; a build stores the verdicts, `vt check` and the page Controle show them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from vt.model.catalogue import Catalogue
from vt.model.claims import Claim, Claims, Fit, Relation
from vt.model.formula import Formula, FormulaError, Term
from vt.model.geweld import GEWELD
from vt.model.period import Period
from vt.model.report import Cell, DerivedColumn, Key, Report, Table
from vt.model.verdicts import AT_MOST, EQUAL, CheckKind, Outcome

_NEARLY = 1e-9
_DIGITS = Context(prec=700)  # room for every digit of any float


@dataclass(frozen=True)
class CheckResult:
    """What came of one check: what is printed, what is computed, and what explains a difference.

    `table` and `heading` name the table (or the chapter, heading empty); `cells` are (row, column) in it. `numbers` are
    what it is about, as (number of the table, its heading, key); `beside` is the printed column outside the grid.
    """

    kind: CheckKind
    table: str
    heading: str
    about: str
    printed: float | None
    computed: float | None
    unit: str
    outcome: Outcome
    explanation: str | None = None
    remark: str | None = None
    cells: tuple[tuple[int, int], ...] = field(default=())
    numbers: tuple[tuple[str, str, Key], ...] = field(default=())
    beside: str | None = None


def check_report(report: Report, claims: Claims, catalogue: Catalogue) -> list[CheckResult]:
    """Every verdict on one report, in the order of its tables and then of its claims."""
    numbers = Numbers(report, catalogue)
    verdicts = [verdict for table in report.tables for verdict in check_totals(table, catalogue)]
    verdicts += [
        verdict for table in report.tables for column in table.derived for verdict in check_derived(table, column)
    ]
    verdicts += [check_claim(claim, numbers) for claim in claims.claims]
    verdicts += [verdict for relation in claims.relations for verdict in check_relation(relation, numbers, catalogue)]
    return verdicts + [check_fit(fit, numbers) for fit in claims.fits]


# --- totals ----------------------------------------------------------------------------------------------------------


def check_totals(table: Table, catalogue: Catalogue) -> list[CheckResult]:
    """Each printed total against the cells it sums, with the one cell that would mend all that differ, if there is."""
    explained = {key: difference.explanation for difference in table.differences for key in difference.totals}
    sums = [(total, _sum_parts(table, total, catalogue)) for total in table.totals]
    remark, suspect = _find_suspect(table, sums)
    verdicts = []
    for total, computed in sums:
        outcome = Outcome.UNTESTABLE if computed is None else _compare(total.value, computed)
        concerned = [cell for cell in (total, suspect if outcome == Outcome.WRONG else None) if cell]
        verdicts.append(
            CheckResult(
                CheckKind.TOTAL,
                table.number,
                table.heading,
                _describe(total.key, catalogue),
                total.value,
                computed,
                "aantal",
                outcome,
                explained.get(total.key),
                remark if outcome == Outcome.WRONG else None,
                tuple((cell.row, cell.column) for cell in concerned if cell.row >= 0),
                tuple((table.number, table.heading, cell.key) for cell in concerned),
            )
        )
    return verdicts


def _sum_parts(table: Table, total: Cell, catalogue: Catalogue) -> float | None:
    """The sum of a total's parts; None where lost blanks hide which those are, or where percentages do not add up."""
    if catalogue.indicators[table.indicator].unit == "procent":
        return None
    if table.sequences and total.key.place not in (None, table.place):
        return None
    return sum(cell.value for cell in _select_parts(table, total.key))


def _select_parts(table: Table, key: Key) -> list[Cell]:
    wanted = {name: value for name, value in vars(key).items() if value is not None}
    return [cell for cell in table.cells if all(getattr(cell.key, name) == wanted[name] for name in wanted)]


def _find_suspect(table: Table, sums: Sequence[tuple[Cell, float | None]]) -> tuple[str | None, Cell | None]:
    """The likely culprit: a cell in every total that differs and in none that fits, with the value that mends them."""
    known = [(total, computed) for total, computed in sums if computed is not None]
    wrong = [(total, total.value - computed) for total, computed in known if not _is_same(total.value, computed)]
    right = [total for total, computed in known if _is_same(total.value, computed)]
    gaps = {round(gap, 6) for _, gap in wrong}
    if not wrong:
        return None, None
    cells: set[Cell] = set()
    if len(gaps) == 1:
        shared = [set(_select_parts(table, total.key)) for total, _ in wrong]
        fitting = {cell for total in right for cell in _select_parts(table, total.key)}
        cells = {cell for cell in set.intersection(*shared) - fitting if cell.value + wrong[0][1] >= 0}
    if len(cells) > 1:
        return "Eén cel kan dit verklaren, maar welke is uit de totalen niet op te maken.", None
    if not cells:
        return "Geen enkele cel verklaart dit: elke waarde die het ene totaal herstelt, breekt een ander.", None
    cell = cells.pop()
    mended = cell.value + wrong[0][1]
    return (
        f"Eén cel verklaart dit: {_locate(table, cell)} is gedrukt als {cell.value:.0f}; met {mended:.0f} klopt alles.",
        cell,
    )


def _locate(table: Table, cell: Cell) -> str:
    """A cell by its row and column; of a row whose blanks were lost, the columns are not known."""
    row = table.rows[cell.row]
    return row if cell.row in table.sequences else f"{row}, {table.columns[cell.column]}"


def _describe(key: Key, catalogue: Catalogue) -> str:
    place = catalogue.places[key.place].label if key.place else None
    period = Period.parse(key.period).label if key.period else None
    category = _label_category(catalogue, key.category) if key.category else None
    geweld = GEWELD[key.geweld].short if key.geweld else None
    return ", ".join(part for part in (place, category, period, geweld) if part) or "alles samen"


def _label_category(catalogue: Catalogue, id_: str) -> str:
    classification = id_.split("/")[0]
    return next(c.label for c in catalogue.categories[classification] if c.id == id_)


# --- printed numbers that follow from others -------------------------------------------------------------------------


def judge(printed: float, computed: float) -> Outcome:
    """Whether a printed number is the computed one rounded half away from zero, cut off, or something else."""
    decimals = max(0, -int(Decimal(str(printed)).normalize().as_tuple().exponent))
    step = Decimal(1).scaleb(-decimals)
    exact, shown = Decimal(str(round(computed, 9))), Decimal(str(printed))
    if exact.quantize(step, ROUND_HALF_UP, _DIGITS) == shown:
        return Outcome.RIGHT
    return Outcome.CUT_OFF if exact.quantize(step, ROUND_DOWN, _DIGITS) == shown else Outcome.WRONG


def check_derived(table: Table, column: DerivedColumn) -> list[CheckResult]:
    """Each number of a printed column Verschil or Verhouding against the cells that it follows from."""
    return [_check_derived_number(table, column, row) for row in sorted(column.printed)]


def _check_derived_number(table: Table, column: DerivedColumn, row: int) -> CheckResult:
    printed, periods = column.printed[row], column.change or (column.share,)
    computed, outcome = _compute_derived(table, column, row, printed)
    cells = [cell for cell in (*table.cells, *table.totals) if cell.row == row and cell.key.period in periods]
    return CheckResult(
        CheckKind.DERIVED,
        table.number,
        table.heading,
        f"{table.rows[row].replace('totaal', 'Totaal')}, {column.name}",
        printed,
        computed,
        "procent",
        outcome,
        column.explanations.get(row),
        cells=tuple((cell.row, cell.column) for cell in cells),
        numbers=tuple((table.number, table.heading, cell.key) for cell in cells),
        beside=column.name,
    )


def _compute_derived(table: Table, column: DerivedColumn, row: int, printed: float) -> tuple[float | None, Outcome]:
    by_period = {cell.key.period: cell.value for cell in (*table.cells, *table.totals) if cell.row == row}
    if column.change:
        old, new = (by_period.get(period) for period in column.change)
        if old is None or new is None:
            return None, Outcome.UNTESTABLE
        if old == 0:
            is_custom = new and printed == 100
            return None, Outcome.CONVENTION if is_custom else Outcome.RIGHT if printed == new == 0 else Outcome.WRONG
        computed = (new - old) / old * 100
    else:
        whole = sum(cell.value for cell in table.cells if cell.key.period == column.share)
        part = by_period.get(column.share)
        if part is None or not whole:
            return None, Outcome.UNTESTABLE
        computed = part / whole * 100
    return computed, judge(printed, computed)


def check_claim(claim: Claim, numbers: "Numbers") -> CheckResult:
    """A number in the text against its formula."""
    computed, why = numbers.compute(claim.formula) if claim.formula else (None, claim.reason)
    outcome = Outcome.UNTESTABLE if computed is None else judge(claim.printed, computed)
    made = CheckResult(
        CheckKind.CLAIM,
        claim.chapter,
        "",
        claim.about,
        claim.printed,
        computed,
        claim.unit,
        outcome,
        claim.explanation,
        why,
    )
    return replace(made, numbers=numbers.list_keys(claim.formula)) if claim.formula and computed is not None else made


def check_relation(relation: Relation, numbers: "Numbers", catalogue: Catalogue) -> list[CheckResult]:
    """Both sides of a relation, for the whole or for every place; where they differ, `printed` is the left side."""
    verdicts = []
    for place in numbers.list_places() if relation.each_place else [None]:
        left, right = (numbers.compute(side, place)[0] for side in (relation.left, relation.right))
        if left is not None and right is not None:
            holds = left <= right + _NEARLY if relation.at_most else _is_same(left, right)
            about = f"{relation.about}, {catalogue.places[place].label}" if place else relation.about
            made = _make_relation_result(relation, about, left, right, Outcome.RIGHT if holds else Outcome.WRONG)
            named = (*numbers.list_keys(relation.left, place), *numbers.list_keys(relation.right, place))
            verdicts.append(replace(made, numbers=named))
    verdicts = verdicts or [_make_relation_result(relation, relation.about, None, None, Outcome.UNTESTABLE)]
    if all(
        verdict.outcome != Outcome.WRONG for verdict in verdicts
    ):  # an explanation that explains nothing stays with the first
        verdicts[0] = replace(verdicts[0], explanation=relation.explanation)
    return verdicts


def _make_relation_result(
    relation: Relation, about: str, left: float | None, right: float | None, outcome: Outcome
) -> CheckResult:
    remark = AT_MOST if relation.at_most else EQUAL
    explanation = relation.explanation if outcome == Outcome.WRONG else None
    return CheckResult(CheckKind.RELATION, "", "", about, left, right, "aantal", outcome, explanation, remark)


def check_fit(fit: Fit, numbers: "Numbers") -> CheckResult:
    """Which years an annex holds: the candidates of which every class of the chapter fits the annex exactly."""
    fitting = [years for years in fit.candidates if _is_fitting(fit, years, numbers)]
    names = [" + ".join(years) for years in fitting]
    remark = f"past precies op {' en op '.join(names)}" if names else "past op geen van de jaren"
    others = [" + ".join(years) for years in fit.candidates if years not in fitting]
    if names and others:
        remark += f", niet op {' of '.join(others)}"
    outcome = Outcome.RIGHT if fitting == ([fit.fits] if fit.fits else []) else Outcome.WRONG
    return CheckResult(CheckKind.ANNEX, "", "", fit.about, None, None, "aantal", outcome, None, remark)


def _is_fitting(fit: Fit, years: Sequence[str], numbers: "Numbers") -> bool:
    for chapter_class, annex_classes in fit.classes.items():
        annex = sum(numbers.sum_annex(fit.annex, name) for name in annex_classes)
        chapter = [numbers.sum_chapter(fit.chapter, chapter_class, year) for year in years]
        if None in chapter or not _is_same(annex, sum(value or 0 for value in chapter)):
            return False
    return True


# --- the numbers that a formula names --------------------------------------------------------------------------------


class Numbers:
    """The numbers of one report, as formulas name them: sums of cells, as the explorer shows them."""

    def __init__(self, report: Report, catalogue: Catalogue) -> None:
        self.report, self.catalogue = report, catalogue

    def compute(self, formula: Formula, place: str | None = None) -> tuple[float | None, str | None]:
        """The outcome of a formula, or None and the Dutch reason why there is none."""
        try:
            return formula.value(lambda term: self.read_term(term, place)), None
        except FormulaError as error:
            return None, str(error)

    def read_term(self, term: Term, place: str | None = None) -> float:
        """One number; FormulaError where the report does not have it."""
        return self._find(term, term.place or place or self.report.place)[1]

    def list_keys(self, formula: Formula, place: str | None = None) -> tuple[tuple[str, str, Key], ...]:
        """The numbers in a formula, as (number of the table, its heading, key)."""
        keys = []
        for term in formula.terms:
            where = term.place or place or self.report.place
            table, _ = self._find(term, where)
            classification = self.catalogue.indicators[term.indicator].classification
            category = f"{classification}/{term.category}" if term.category else None
            key = Key(None if where == table.place else where, term.period, term.geweld, category)
            keys.append((table.number, table.heading, key))
        return tuple(dict.fromkeys(keys))

    def _find(self, term: Term, place: str) -> tuple[Table, float]:
        for table in self.report.tables:
            if table.indicator == term.indicator and term.table in (None, table.number):
                value = self._read_table(table, term, place)
                if value is not None:
                    return table, value
        raise FormulaError(f"het rapport heeft geen cijfer voor {term.indicator} in {term.period}")

    def list_places(self) -> list[str]:
        """The gemeenten and rest groups of the report's region."""
        region = self.report.region
        return [p.id for p in self.catalogue.places.values() if p.region == region and p.kind in ("gemeente", "rest")]

    def sum_annex(self, indicator: str, category: str) -> float:
        """A class in the annex: the table of this indicator whose cells stand per place."""
        cells = self._list_class_cells(indicator, category, annex=True)
        return sum(cell.value for cell in cells)

    def sum_chapter(self, indicator: str, category: str, period: str) -> float | None:
        """A class in the chapter's table, which stands for the region as a whole."""
        cells = [c for c in self._list_class_cells(indicator, category, annex=False) if c.key.period == period]
        return sum(cell.value for cell in cells) if cells else None

    def _list_class_cells(self, indicator: str, category: str, *, annex: bool) -> list[Cell]:
        classification = self.catalogue.indicators[indicator].classification
        tables = [t for t in self.report.tables if t.indicator == indicator and (len(t.columns) > 2) == annex]
        wanted = f"{classification}/{category}"
        return [cell for table in tables for cell in table.cells if cell.key.category == wanted]

    def _read_table(self, table: Table, term: Term, place: str) -> float | None:
        if table.sequences and place != table.place and term.category is None:
            return self._read_total(table, term, place)
        period = Period.parse(term.period)
        cells = [cell for cell in table.cells if self._is_match(cell, term, table, place)]
        inside = [cell for cell in cells if period.covers(Period.parse(cell.key.period))]
        if not _is_filled(period, {cell.key.period for cell in inside if cell.key.period}):
            return None
        return sum(cell.value for cell in inside)

    def _is_match(self, cell: Cell, term: Term, table: Table, place: str) -> bool:
        classification = self.catalogue.indicators[table.indicator].classification
        return (
            (place == table.place or cell.key.place == place)
            and (term.category is None or cell.key.category == f"{classification}/{term.category}")
            and (term.geweld is None or cell.key.geweld == term.geweld)
        )

    def _read_total(self, table: Table, term: Term, place: str) -> float | None:
        """The printed total of a place, where lost blanks hide its cells."""
        wanted = (place, term.period, term.geweld, None)
        keys = ((t.value, t.key) for t in table.totals)
        return next((value for value, key in keys if (key.place, key.period, key.geweld, key.category) == wanted), None)


def _is_filled(period: Period, parts: Iterable[str]) -> bool:
    """Whether the parts are the period itself or fill it without overlap."""
    end = period.start
    for part in sorted(map(Period.parse, parts)):
        if part.start != end:
            return False
        end = part.end
    return end == period.end


def _compare(one: float, other: float) -> Outcome:
    return Outcome.RIGHT if _is_same(one, other) else Outcome.WRONG


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _NEARLY
