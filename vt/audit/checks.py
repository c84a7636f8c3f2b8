"""Everything in a report that can be checked, checked: totals, derived columns, claims, relations, annexes.

Pure functions on reports and their claims; a build stores the verdicts, `vt check` and the page Controle show them.
"""

from collections.abc import Collection, Sequence

from vt.audit.claims import check_claim
from vt.audit.heads import check_heads
from vt.audit.layouts import check_layout
from vt.audit.numbers import Numbers
from vt.audit.practices import check_practices
from vt.audit.results import CheckResult, compare, describe_key, find_bound, is_same, judge
from vt.model.catalogue import Catalogue
from vt.model.claims import Claims
from vt.model.period import Period
from vt.model.report import Cell, DerivedColumn, Key, Report, Table
from vt.model.verdicts import Bound, CheckKind, Outcome


def check_report(report: Report, claims: Claims, catalogue: Catalogue) -> list[CheckResult]:
    """Every verdict on one report, in the order of its tables and then of its claims."""
    numbers = Numbers(report, catalogue)
    verdicts = [verdict for table in report.tables for verdict in check_totals(table, catalogue)]
    verdicts += [
        verdict for table in report.tables for column in table.derived for verdict in check_derived(table, column)
    ]
    verdicts += [check_claim(claim, numbers) for claim in claims.claims]
    between = [*check_layout(claims, numbers), *check_practices(report, verdicts), *check_heads(report, catalogue)]
    return verdicts + between


# --- totals ----------------------------------------------------------------------------------------------------------


def check_totals(table: Table, catalogue: Catalogue) -> list[CheckResult]:
    """Each printed total against the cells it sums, with the one cell that would mend all that differ, if there is."""
    explained = {key: difference.explanation for difference in table.differences for key in difference.totals}
    sums = [(total, *_sum_parts(table, total, catalogue)) for total in table.totals]
    remark, suspect = _find_suspect(table, [(total, computed) for total, computed, bound in sums if bound is None])
    verdicts = []
    for total, computed, bound in sums:
        outcome = Outcome.UNTESTABLE if computed is None else compare(total.value, computed)
        concerned = [cell for cell in (total, suspect if outcome == Outcome.WRONG else None) if cell]
        verdicts.append(
            CheckResult(
                CheckKind.TOTAL,
                describe_key(total.key, catalogue),
                table.number,
                table.heading,
                total.value,
                computed,
                outcome=outcome,
                explanation=explained.get(total.key),
                remark=remark if outcome == Outcome.WRONG else None,
                cells=tuple((cell.row, cell.column) for cell in concerned if cell.row >= 0),
                numbers=tuple((table.number, table.heading, cell.key) for cell in concerned),
                bound=bound,
            )
        )
    return verdicts


def _sum_parts(table: Table, total: Cell, catalogue: Catalogue) -> tuple[float | None, Bound | None]:
    """The sum of a total's parts, as near to it as what is not printed allows; None where lost blanks hide which those
    are, or where percentages do not add up."""
    if catalogue.indicators[table.indicator].unit == "procent":
        return None, None
    if table.sequences and total.key.place not in (None, table.place):
        return None, None
    least = sum(cell.value for cell in _select_parts(table, total.key))
    most = least + sum(cell.value for cell in _select_parts(table, total.key, withheld=True))
    return min(max(total.value, least), most), find_bound(total.value, least, most)


def _select_parts(table: Table, key: Key, *, withheld: bool = False) -> list[Cell]:
    """The cells that a total sums, or those that are not printed."""
    wanted = {name: value for name, value in vars(key).items() if value is not None and name != "period"}
    cells, periods = table.withheld if withheld else table.cells, _find_periods(table, key)
    inside = [cell for cell in cells if periods is None or cell.key.period in periods]
    return [cell for cell in inside if all(getattr(cell.key, name) == wanted[name] for name in wanted)]


def _find_periods(table: Table, key: Key) -> Collection[str | None] | None:
    """The periods that a total sums: its own, or those that fill it where no cell has that; None for all."""
    printed = {cell.key.period for cell in (*table.cells, *table.withheld)}
    if key.period is None or key.period in printed:
        return None if key.period is None else (key.period,)
    whole = Period.parse(key.period)
    parts = {name: part for name in printed if name and whole.covers(part := Period.parse(name))}
    return parts if whole.is_filled(parts.values()) else (key.period,)


def _find_suspect(table: Table, sums: Sequence[tuple[Cell, float | None]]) -> tuple[str | None, Cell | None]:
    """The likely culprit: a cell in every total that differs and in none that fits, with the value that mends them."""
    known = [(total, computed) for total, computed in sums if computed is not None]
    wrong = [(total, total.value - computed) for total, computed in known if not is_same(total.value, computed)]
    right = [total for total, computed in known if is_same(total.value, computed)]
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
    if not cells and (pair := _find_exchanged(table, wrong, right)):
        one, other = (f"{_locate(table, cell)} ({cell.value:.0f})" for cell in pair)
        return f"Twee getallen lijken verwisseld: {one} en {other}; andersom klopt alles.", None
    if not cells:
        return "Geen enkele cel verklaart dit: elke waarde die het ene totaal herstelt, breekt een ander.", None
    cell = cells.pop()
    mended = cell.value + wrong[0][1]
    return (
        f"Eén cel verklaart dit: {_locate(table, cell)} is gedrukt als {cell.value:.0f}; met {mended:.0f} klopt alles.",
        cell,
    )


def _find_exchanged(
    table: Table, wrong: Sequence[tuple[Cell, float]], right: Sequence[Cell]
) -> tuple[Cell, Cell] | None:
    """The only two cells that, put in each other's place, mend two totals that differ as much, and break no other."""
    if len(wrong) != 2 or not is_same(wrong[0][1], -wrong[1][1]):
        return None
    (one, gap), (other, _) = wrong
    first, second = (set(_select_parts(table, total.key)) for total in (one, other))
    fitting = [set(_select_parts(table, total.key)) for total in right]
    pairs = [
        (a, b)
        for a in first - second
        for b in second - first
        if is_same(b.value - a.value, gap) and all((a in parts) == (b in parts) for parts in fitting)
    ]
    return pairs[0] if len(pairs) == 1 else None


def _locate(table: Table, cell: Cell) -> str:
    """A cell by its row and column; of a row whose blanks were lost, the columns are not known."""
    row = table.rows[cell.row]
    return row if cell.row in table.sequences else f"{row}, {table.columns[cell.column]}"


# --- printed numbers that follow from others -------------------------------------------------------------------------


def check_derived(table: Table, column: DerivedColumn) -> list[CheckResult]:
    """Each number of a printed column Verschil or Verhouding against the cells that it follows from."""
    return [_check_derived_number(table, column, row) for row in sorted(column.printed)]


def _check_derived_number(table: Table, column: DerivedColumn, row: int) -> CheckResult:
    printed, periods = column.printed[row], column.change or (column.share,)
    computed, outcome = _compute_derived(table, column, row, printed)
    cells = [cell for cell in (*table.cells, *table.totals) if cell.row == row and cell.key.period in periods]
    return CheckResult(
        CheckKind.DERIVED,
        f"{table.rows[row].replace('totaal', 'Totaal')}, {column.name}",
        table.number,
        table.heading,
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
        if part is None or not whole or any(cell.key.period == column.share for cell in table.withheld):
            return None, Outcome.UNTESTABLE
        computed = part / whole * 100
    return computed, judge(printed, computed)
