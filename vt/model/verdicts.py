"""What a check can be about, and what can come of it: the words of the database."""

from enum import StrEnum


class CheckKind(StrEnum):
    """What was checked: a printed total, a column that follows from others, the text, two tables, an annex."""

    TOTAL = "total"
    DERIVED = "derived"
    CLAIM = "claim"
    RELATION = "relation"
    ANNEX = "annex"


class Outcome(StrEnum):
    """What came of it; `convention`: not what was computed, but as the report always prints it."""

    RIGHT = "right"
    CONVENTION = "convention"
    CUT_OFF = "cut_off"
    WRONG = "wrong"
    UNTESTABLE = "untestable"


class Severity(StrEnum):
    """How much a reader should mind a finding, the weightiest first."""

    UNEXPLAINED = "unexplained"
    EXPLAINED = "explained"
    SLIGHT = "slight"


class Standing(StrEnum):
    """How a number stands where it is found, the plainest first."""

    PRINTED = "printed"
    PRINTED_TOTAL = "printed_total"
    STATED = "stated"
    COMPUTED = "computed"


AT_MOST, EQUAL = "at most", "equal"  # what is expected of the two sides of a relation
DISPUTED = "disputed"  # a cell that a wrong total is about


def is_unaccounted(kind: str, outcome: str, explanation: str | None) -> bool:
    """A difference without an explanation, or an explanation without a difference; annexes are never explained."""
    is_wrong = outcome == Outcome.WRONG
    return is_wrong if kind == CheckKind.ANNEX else is_wrong != (explanation is not None)
