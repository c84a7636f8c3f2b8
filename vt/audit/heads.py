"""KM and HG exchanged: a slip that every total survives, found beside another table that counts the same."""

from collections.abc import Iterator
from itertools import combinations

from vt.audit.results import CheckResult
from vt.model.catalogue import Catalogue
from vt.model.geweld import HG, KM
from vt.model.report import Report, Table
from vt.model.verdicts import EQUAL, CheckKind, Outcome

_NEARER = 4  # how many times nearer two tables must be, once the heads of one are exchanged


def check_heads(report: Report, catalogue: Catalogue) -> Iterator[CheckResult]:
    """A verdict on every two tables of which one seems to have KM and HG exchanged."""
    for one, other in find_exchanged(report, catalogue):
        names = (f"{table.number} ({table.heading})" for table in (one, other))
        about = f"KM en HG lijken verwisseld in tabel {' of '.join(names)}, KM"
        (km, _), (other_km, _) = _add_up(one), _add_up(other)
        yield CheckResult(CheckKind.RELATION, about, printed=km, computed=other_km, outcome=Outcome.WRONG, remark=EQUAL)


def find_exchanged(report: Report, catalogue: Catalogue) -> Iterator[tuple[Table, Table]]:
    """Every two tables that count the same and are much more alike with KM and HG of one exchanged."""
    for one, other in combinations(report.tables, 2):
        counts, others = (catalogue.indicators[table.indicator].counts for table in (one, other))
        if counts and counts == others and (one.place, one.period) == (other.place, other.period):
            (km, hg), (other_km, other_hg) = _add_up(one), _add_up(other)
            straight, exchanged = abs(km - other_km) + abs(hg - other_hg), abs(km - other_hg) + abs(hg - other_km)
            if km and hg and other_km and other_hg and exchanged * _NEARER < straight:
                yield one, other


def _add_up(table: Table) -> tuple[float, float]:
    """KM and HG of a table as a whole."""
    km, hg = (sum(cell.value for cell in table.cells if cell.key.geweld == kind) for kind in (KM, HG))
    return km, hg
