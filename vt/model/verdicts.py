"""What a check can be about, and what can come of it: the words of the database."""

from enum import StrEnum


class CheckKind(StrEnum):
    """What was checked: a printed total, a column that follows from others, the text, two tables, an annex, a way of
    reckoning."""

    TOTAL = "total"
    DERIVED = "derived"
    CLAIM = "claim"
    RELATION = "relation"
    ANNEX = "annex"
    PRACTICE = "practice"


class Outcome(StrEnum):
    """What came of it; `convention`: not what was computed, but as the report always prints it; `caution`: right, and
    easily read as more than it says."""

    RIGHT = "right"
    CAUTION = "caution"
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


EQUAL, AT_MOST, ACCOUNTS_FOR = "equal", "at most", "accounts for"  # what is expected of the two sides of a relation
DISPUTED = "disputed"  # a cell that a wrong total is about


def is_unaccounted(outcome: str, explanation: str | None) -> bool:
    """A difference without an explanation, or an explanation without a difference."""
    return (outcome == Outcome.WRONG) != (explanation is not None)
