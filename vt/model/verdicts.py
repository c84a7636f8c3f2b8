"""What a check can be about, and what can come of it: the words of the database."""

from enum import StrEnum
from typing import NamedTuple


class CheckKind(StrEnum):
    """What was checked: a printed total, a column that follows from others, the text, two tables, an annex, a way of
    reckoning, two reports."""

    TOTAL = "total"
    DERIVED = "derived"
    CLAIM = "claim"
    RELATION = "relation"
    ANNEX = "annex"
    PRACTICE = "practice"
    REVISION = "revision"


class Outcome(StrEnum):
    """What came of it; `convention`: not what was computed, but as the report always prints it; `caution`: right, and
    easily read as more than it says; `revised`: not what an older report prints."""

    RIGHT = "right"
    CAUTION = "caution"
    CONVENTION = "convention"
    CUT_OFF = "cut_off"
    WRONG = "wrong"
    REVISED = "revised"
    UNTESTABLE = "untestable"


class Bound(StrEnum):
    """What the computed side of a check is, where a part of it is counted and not printed: the least or the most that
    it can be, or a number between these."""

    LEAST = "least"
    MOST = "most"
    WITHIN = "within"


class Severity(StrEnum):
    """How much a reader should mind a finding, the weightiest first."""

    UNEXPLAINED = "unexplained"
    EXPLAINED = "explained"
    SLIGHT = "slight"


class Standing(StrEnum):
    """How a number stands where it is found, the plainest first."""

    PRINTED = "printed"
    RECOVERED = "recovered"
    PRINTED_TOTAL = "printed_total"
    STATED = "stated"
    COMPUTED = "computed"


class Overlap(NamedTuple):
    """Two reports that share figures: of the newer how many are new, the same and revised; of the older, over periods
    of the newer, how many are gone."""

    older: str
    newer: str
    new: int
    same: int
    revised: int
    gone: int


EQUAL, AT_MOST, ACCOUNTS_FOR = "equal", "at most", "accounts for"  # what is expected of the two sides of a relation
DISPUTED = "disputed"  # a cell that a wrong total is about
SUPERSEDED = "superseded"  # a number for which a newer report has another


def is_unaccounted(outcome: str, explanation: str | None) -> bool:
    """A difference without an explanation, or an explanation without a difference."""
    return (outcome == Outcome.WRONG) != (explanation is not None)
