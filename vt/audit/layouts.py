"""What should fit between the tables of a report, because of how its layout is made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from vt.audit.numbers import WHOLE, Ends, Numbers
from vt.audit.results import CheckResult, describe_key, is_same
from vt.model.claims import Claims, Fit, Misfit, Relation
from vt.model.geweld import GEWELD_PARTS
from vt.model.period import Period
from vt.model.report import Cell, Key, Table
from vt.model.verdicts import ACCOUNTS_FOR, EQUAL, Bound, CheckKind, Outcome


def check_layout(claims: Claims, numbers: Numbers) -> list[CheckResult]:
    """Every relation of the layout, and what its annexes hold."""
    made = [verdict for relation in claims.layout.relations for verdict in _check_relation(relation, claims, numbers)]
    return made + [_check_fit(fit, claims.misfits, numbers.report.tables) for fit in claims.layout.fits]


def _check_relation(relation: Relation, claims: Claims, numbers: Numbers) -> list[CheckResult]:
    """Both sides of a relation, for each part that has both; and again where an explanation is not needed."""
    own = [misfit for misfit in claims.misfits if misfit.relation == relation.about]
    made = {part: _check_part(relation, part, numbers) for part in _list_parts(relation, numbers)}
    for part in (wrong := [part for part, verdict in made.items() if verdict.outcome == Outcome.WRONG]):
        why = next((misfit.explanation for misfit in own if misfit.where.covers(part)), None)
        made[part] = replace(made[part], explanation=why)
    known = [verdict for verdict in made.values() if verdict.outcome != Outcome.UNTESTABLE]
    needless = [misfit for misfit in own if not any(misfit.where.covers(part) for part in wrong)]
    return (known or [_make_result(relation, relation.about)]) + [
        replace(_check_part(relation, misfit.where, numbers), explanation=misfit.explanation) for misfit in needless
    ]


def _check_part(relation: Relation, part: Key, numbers: Numbers) -> CheckResult:
    about = relation.about if part == WHOLE else f"{relation.about}, {describe_key(part, numbers.catalogue)}"
    left, right = (numbers.bound(side, part)[0] for side in (relation.left, relation.right))
    if left is None or right is None:
        return _make_result(relation, about)
    named = (*numbers.list_keys(relation.left, part), *numbers.list_keys(relation.right, part))
    made = replace(_make_result(relation, about), numbers=named)
    is_open = relation.expect == ACCOUNTS_FOR and part == Key(period=part.period)
    below = Outcome.CAUTION if is_open else Outcome.RIGHT
    if not (left.is_certain and right.is_certain):
        return _judge_ends(made, left, right, below)
    made = replace(made, printed=left.least, computed=right.least)
    if is_same(left.least, right.least):
        return replace(made, outcome=Outcome.RIGHT)
    if left.least > right.least or relation.expect == EQUAL:
        return replace(made, outcome=Outcome.WRONG)
    return replace(made, outcome=below)


def _judge_ends(made: CheckResult, left: Ends, right: Ends, below: Outcome) -> CheckResult:
    """A relation of which a part is counted and not printed: wrong only where no number of that part mends it; `below`
    is what it is where the left side is less in any case."""
    if left.least > right.most:
        return replace(made, printed=left.least, computed=right.most, bound=Bound.MOST, outcome=Outcome.WRONG)
    is_at_most = below == Outcome.RIGHT and made.remark != EQUAL
    if left.most < right.least or (left.most == right.least and is_at_most):
        outcome = Outcome.WRONG if made.remark == EQUAL else below
        return replace(made, printed=left.most, computed=right.least, bound=Bound.LEAST, outcome=outcome)
    return made


def _make_result(relation: Relation, about: str) -> CheckResult:
    """A relation of which nothing is known yet; what is expected stands in the remark."""
    return CheckResult(CheckKind.RELATION, about, remark=relation.expect)


def _list_parts(relation: Relation, numbers: Numbers) -> Iterator[Key]:
    """The whole of the report and the parts that the relation is about."""
    terms = relation.left.terms
    keys = [cell.key for term in terms for table in numbers.list_tables(term) for cell in table.cells]
    parts: dict[str, list[str | None]] = {
        "place": [None, *(place.id for place in numbers.list_places())],
        "period": [*sorted({key.period for key in keys if key.period} | {numbers.report.period})],
        "geweld": [None, *(kind for kind in GEWELD_PARTS if any(key.geweld == kind for key in keys))],
        "category": [None, *dict.fromkeys(key.category for key in keys if key.category)],
    }
    for chosen in product(*(parts[dimension] for dimension in relation.each)):
        yield Key(**dict(zip(relation.each, chosen, strict=True)))


def _check_fit(fit: Fit, misfits: Sequence[Misfit], tables: Sequence[Table]) -> CheckResult:
    """Which periods an annex holds: those of which every class of the chapter fits the annex exactly."""
    why = next((misfit.explanation for misfit in misfits if misfit.relation == fit.about), None)
    made = CheckResult(CheckKind.ANNEX, fit.about, explanation=why)
    annex, chapter = (next((t for t in tables if t.number == number), None) for number in (fit.annex, fit.chapter))
    if annex is None or chapter is None:
        return replace(made, remark="het rapport heeft deze tabellen niet")
    periods = sorted({cell.key.period for cell in chapter.cells if cell.key.period})
    candidates = list(dict.fromkeys([*((period,) for period in periods), tuple(periods)]))
    fitting = [years for years in candidates if _is_fitting(fit, annex, chapter, years)]
    names = [" + ".join(years) for years in fitting]
    others = [" + ".join(years) for years in candidates if years not in fitting]
    remark = f"past precies op {' en op '.join(names)}" if names else "past op geen van de jaren"
    if names and others:
        remark += f", niet op {' of '.join(others)}"
    spans = [Period.span(list(map(Period.parse, years))).id for years in fitting]
    return replace(made, remark=remark, outcome=Outcome.RIGHT if spans == [annex.period] else Outcome.WRONG)


def _is_fitting(fit: Fit, annex: Table, chapter: Table, years: Sequence[str]) -> bool:
    held = _sum_classes(annex.cells)
    told = _sum_classes(cell for cell in chapter.cells if cell.key.period in years)
    classes = fit.classes or {name: (name,) for name in told}
    return all(is_same(sum(held[name] for name in classes[one]), told[one]) for one in classes)


def _sum_classes(cells: Iterable[Cell]) -> Mapping[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for cell in cells:
        sums[(cell.key.category or "").split("/")[-1]] += cell.value
    return sums
