"""The same figure in two reports: which report is the newest, and what it changed.

Of two reports the one that came out last is the newer (`Report.dated`). Where that does not tell, and a figure differs,
a person must: nothing is decided by the name of a file.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from vt.errors import DataError, Fault
from vt.model.geweld import ALL_GEWELD
from vt.model.period import Period
from vt.model.report import Cell, Report, Table
from vt.model.verdicts import Overlap


class FigureKey(NamedTuple):
    """What a printed number is about, whichever report prints it; category is None where not split."""

    indicator: str
    place: str
    period: str
    geweld: str
    category: str | None


@dataclass(frozen=True)
class Printed:
    """Where a number stands."""

    report: Report
    table: Table
    cell: Cell


@dataclass(frozen=True)
class Revision:
    """A figure of an older report beside the newest that prints it."""

    key: FigureKey
    older: Printed
    newest: Printed

    @property
    def is_changed(self) -> bool:
        """Whether another number is printed now."""
        return self.older.cell.value != self.newest.cell.value


Versions = Mapping[FigureKey, Sequence[Printed]]


def order_by_age(reports: Sequence[Report]) -> list[Report]:
    """The reports, the newest first; DataError where two that are of one age print another number for one figure."""
    ordered = sorted(reports, key=lambda report: report.id)
    ordered.sort(key=lambda report: report.dated, reverse=True)
    disputed = {
        (one.report.id, other.report.id): key
        for key, versions in find_versions(ordered).items()
        for one, other in pairwise(versions)
        if one.report.dated == other.report.dated and one.cell.value != other.cell.value
    }
    if disputed:
        raise DataError(_explain_tie(one, other, key) for (one, other), key in disputed.items())
    return ordered


def _explain_tie(one: str, other: str, key: FigureKey) -> Fault:
    found = f"{key.indicator} van {key.place} over {key.period} staat met een ander getal in {other}.yaml"
    return Fault(f"{one}.yaml", found=found, meant="zeg bij report van beide wanneer het uitkwam (published)")


def find_versions(reports: Sequence[Report]) -> dict[FigureKey, list[Printed]]:
    """Every printed figure with where it stands, in the order of the reports; once in each."""
    versions: dict[FigureKey, list[Printed]] = defaultdict(list)
    for report in reports:
        for key, printed in _index_figures(report).items():
            versions[key].append(printed)
    return versions


def _index_figures(report: Report) -> dict[FigureKey, Printed]:
    """The figures of a report; of what is printed twice the first, cells before totals."""
    figures: dict[FigureKey, Printed] = {}
    for table in report.tables:
        for cell in (*table.cells, *table.totals):
            if cell.row not in table.sequences:
                figures.setdefault(make_key(table, cell), Printed(report, table, cell))
    return figures


def make_key(table: Table, cell: Cell) -> FigureKey:
    """What a number of a table is about; what is summed over is the whole of it."""
    key = cell.key
    place, period = key.place or table.place, key.period or table.period
    return FigureKey(table.indicator, place, period, key.geweld or ALL_GEWELD, key.category)


def list_revisions(versions: Versions) -> list[Revision]:
    """Each figure of an older report that a newer prints as well, changed or not."""
    return [Revision(key, older, newest) for key, (newest, *others) in versions.items() for older in others]


def compare_reports(versions: Versions) -> list[Overlap]:
    """Every two reports that share a figure, as counts."""
    figures: dict[str, dict[FigureKey, float]] = defaultdict(dict)
    pairs: dict[tuple[str, str], None] = {}
    for key, printed in versions.items():
        for each in printed:
            figures[each.report.id][key] = each.cell.value
        pairs |= dict.fromkeys(combinations((each.report.id for each in printed), 2))
    return [_count_overlap(older, newer, figures[older], figures[newer]) for newer, older in pairs]


def _count_overlap(
    older: str, newer: str, before: Mapping[FigureKey, float], now: Mapping[FigureKey, float]
) -> Overlap:
    shared = now.keys() & before.keys()
    revised = sum(now[key] != before[key] for key in shared)
    periods = {key.period for key in now}
    gone = sum(key.period in periods for key in before.keys() - shared)
    return Overlap(older, newer, len(now) - len(shared), len(shared) - revised, revised, gone)


def find_unequal_sums(versions: Versions) -> dict[FigureKey, list[Printed]]:
    """The periods that are printed and are not the sum of their newest halves, or quarters, with these."""
    newest = {key: printed[0] for key, printed in versions.items()}
    unequal = {}
    for key, whole in newest.items():
        parts = _find_parts(key, newest)
        total = sum(part.cell.value for part in parts)
        if parts and total != whole.cell.value and any(part.table is not whole.table for part in parts):
            unequal[key] = parts
    return unequal


def _find_parts(key: FigureKey, newest: Mapping[FigureKey, Printed]) -> list[Printed]:
    """The numbers of both halves of a period, or of the halves of these; none where one is not printed."""
    period = Period.parse(key.period)
    if period.months not in (6, 12):
        return []
    length = period.months // 2
    halves = [key._replace(period=Period(period.start + n * length, length).id) for n in range(2)]
    parts = [[newest[half]] if half in newest else _find_parts(half, newest) for half in halves]
    return [*parts[0], *parts[1]] if all(parts) else []
