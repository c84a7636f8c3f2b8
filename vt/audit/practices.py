"""How a report reckons, seen over all its numbers: what is right by itself, and misleads or does not go together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vt.audit.results import CheckResult, is_rounded_up
from vt.model.claims import ClaimKind
from vt.model.measures import SMALL_BASE
from vt.model.report import Report
from vt.model.verdicts import CheckKind, Outcome

LARGE_CHANGE = 50  # in percent: it draws attention


def check_practices(report: Report, verdicts: Sequence[CheckResult]) -> list[CheckResult]:
    """What the report does `printed` of `computed` times; nothing where it does not."""
    return [*_find_small_bases(report), *_find_mixed_rounding(verdicts)]


def _find_small_bases(report: Report) -> list[CheckResult]:
    """The large printed changes, as far as they are of a small number."""
    large = [
        (table, cell)
        for table in report.tables
        for column in table.derived
        for cell in (*table.cells, *table.totals)
        if column.change and cell.key.period == column.change[0]
        if abs(column.printed.get(cell.row, 0)) >= LARGE_CHANGE
    ]
    small = [(table.number, table.heading, cell.key) for table, cell in large if cell.value < SMALL_BASE]
    about = f"Veranderingen van {LARGE_CHANGE}% of meer die zijn gerekend vanaf een aantal onder de {SMALL_BASE}"
    by_table = Counter(number for number, _, _ in small)
    where = ", ".join(f"{count} in tabel {number}" for number, count in by_table.items())
    made = _make_result(about, len(small), len(large))
    return [replace(made, remark=where, numbers=tuple(small))] if small else []


def _find_mixed_rounding(verdicts: Sequence[CheckResult]) -> list[CheckResult]:
    """The numbers in the text that were cut off, where others were rounded up."""
    stated = [v for v in verdicts if v.claim == ClaimKind.NUMBER]
    cut = [verdict for verdict in stated if verdict.outcome == Outcome.CUT_OFF]
    up = [verdict for verdict in stated if is_rounded_up(verdict)]
    about = "Getallen in de tekst die zijn afgekapt, waar andere naar boven zijn afgerond"
    return [_make_result(about, len(cut), len(cut) + len(up))] if cut and up else []


def _make_result(about: str, times: int, of: int) -> CheckResult:
    return CheckResult(CheckKind.PRACTICE, about, printed=times, computed=of, outcome=Outcome.CAUTION)
