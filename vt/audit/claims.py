"""What the sentences of a report say, held against its tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from vt.audit.numbers import Numbers
from vt.audit.results import CheckResult, describe_key, find_bound, format_number, is_same, judge
from vt.model.claims import ALMOST_ALL_PERCENT, Claim, ClaimKind, Counted, Ranked, Same, Stated
from vt.model.formula import Formula
from vt.model.measures import is_nearly_equal
from vt.model.report import Key
from vt.model.verdicts import CheckKind, Outcome

_LEAST_PERCENT: Mapping[ClaimKind | None, float] = {ClaimKind.ALL: 100, ClaimKind.ALMOST_ALL: ALMOST_ALL_PERCENT}


def check_claim(claim: Claim, numbers: Numbers) -> CheckResult:
    """One claim of a sentence. `printed` and `computed` are the number stated and its outcome, the two numbers that are
    compared, or how many rows meet a condition and how many there are."""
    made = CheckResult(
        CheckKind.CLAIM,
        claim.about,
        claim.chapter,
        printed=claim.printed,
        unit=claim.unit,
        explanation=claim.explanation,
        remark=claim.reason,
        claim=claim.kind,
        sentence=claim.sentence,
    )
    match claim.test:
        case Stated(formula):
            return _check_number(made, formula, numbers)
        case Counted() as counted if claim.kind is ClaimKind.HOLDS:
            left, right = counted.condition.left, counted.condition.right
            return _compare(made, left, right, counted.condition.holds, numbers)
        case Counted() as counted:
            return _check_rows(made, counted, numbers)
        case Ranked() as ranked:
            return _check_order(made, ranked, numbers)
        case Same(left, right):
            return _compare(made, left, right, is_nearly_equal, numbers)
    return made


def _check_number(made: CheckResult, formula: Formula, numbers: Numbers) -> CheckResult:
    ends, why = numbers.bound(formula)
    if ends is None or made.printed is None:
        return replace(made, remark=why)
    named, computed = numbers.list_keys(formula), min(max(made.printed, ends.least), ends.most)
    outcome, bound = judge(made.printed, computed), find_bound(made.printed, *ends)
    return replace(made, computed=computed, outcome=outcome, numbers=named, bound=bound)


def _compare(
    made: CheckResult, left: Formula, right: Formula, holds: Callable[[float, float], bool], numbers: Numbers
) -> CheckResult:
    (one, why), (other, why_other) = numbers.compute(left), numbers.compute(right)
    if one is None or other is None:
        return replace(made, remark=why or why_other)
    outcome = Outcome.RIGHT if holds(one, other) else Outcome.WRONG
    named = (*numbers.list_keys(left), *numbers.list_keys(right))
    unit = numbers.find_unit(left)
    return replace(made, printed=one, computed=other, unit=unit, outcome=outcome, numbers=named)


def _check_rows(made: CheckResult, counted: Counted, numbers: Numbers) -> CheckResult:
    """Whether enough of the rows meet the condition; a row without a number does not."""
    condition, count = counted.condition, len(counted.rows)
    sides = [[numbers.compute(side, row)[0] for side in (condition.left, condition.right)] for row in counted.rows]
    known = [(one, other) for one, other in sides if one is not None and other is not None]
    failing = [pair for pair in known if not condition.holds(*pair)]
    same = sum(is_same(*pair) for pair in failing)
    holding = len(known) - len(failing)
    others = ((len(failing) - same, "andersom"), (same, "gelijk"), (count - len(known), "zonder cijfer"))
    is_met = holding > count / 2 and holding * 100 >= count * _LEAST_PERCENT.get(made.claim, 0)
    return replace(
        made,
        printed=holding,
        computed=count,
        outcome=Outcome.RIGHT if is_met else Outcome.WRONG,
        remark=", ".join(f"{number} {what}" for number, what in others if number) or None,
        numbers=tuple(key for row in counted.rows for key in numbers.list_keys(condition.left, row)),
    )


def _check_order(made: CheckResult, ranked: Ranked, numbers: Numbers) -> CheckResult:
    """Whether the rows stand where they should; where another reading of the words gives others, that is said."""
    rows = _find_at_places(ranked, ranked.by, numbers)
    others = {label: _find_at_places(ranked, formula, numbers) for label, formula in ranked.also.items()}
    made = replace(made, numbers=tuple(key for row in ranked.rows for key in numbers.list_keys(ranked.by, row)))
    if not rows:
        return replace(made, remark="het rapport heeft deze cijfers niet")
    if not {row for row, _ in rows} >= set(ranked.names):
        return replace(made, outcome=Outcome.WRONG, remark=_name_rows(rows, ranked.by, numbers))
    differing = {a: rows for a, rows in others.items() if rows and not {row for row, _ in rows} >= set(ranked.names)}
    said = [f"{label} {_name_rows(rows, ranked.also[label], numbers)}" for label, rows in differing.items()]
    outcome = Outcome.CAUTION if differing else Outcome.RIGHT
    return replace(made, outcome=outcome, remark="; ".join([_name_rows(rows, ranked.by, numbers), *said]))


def _find_at_places(ranked: Ranked, by: Formula, numbers: Numbers) -> list[tuple[Key, float]]:
    """The rows with the values of the asked places, from the highest down; more where some are equal."""
    values = [(row, value) for row in ranked.rows if (value := numbers.compute(by, row)[0]) is not None]
    values.sort(key=lambda pair: -pair[1])
    asked = {value for _, value in values[ranked.place - 1 : ranked.place - 1 + len(ranked.names)]}
    return [(row, value) for row, value in values if value in asked]


def _name_rows(rows: Sequence[tuple[Key, float]], by: Formula, numbers: Numbers) -> str:
    sign = "%" if numbers.find_unit(by) == "procent" else ""
    *most, last = [f"{describe_key(row, numbers.catalogue)} {format_number(value)}{sign}" for row, value in rows]
    return f"{', '.join(most)} en {last}" if most else last
