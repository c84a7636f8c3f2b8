"""Numbers that are not shown."""

from enum import StrEnum
from typing import NamedTuple

SMALLEST_SHOWN = 5
GROUP, HEADING = "groep:", "kop:"
Bounds = tuple[float, float]  # the lowest and the highest that a number can be


class Suppression(StrEnum):
    """How a hidden number is shown: primary as "<5", secondary as "afgeschermd"."""

    SMALL = "<5"
    WITHHELD = "afgeschermd"


class HiddenNumber(float):
    """A number that is not shown. It is not a number (NaN), and so is all that is worked out from it."""

    kind: Suppression

    def __new__(cls, kind: Suppression) -> "HiddenNumber":
        """One that is shown as its kind."""
        made = super().__new__(cls, "nan")
        made.kind = kind
        return made


def is_hidden(value: object) -> bool:
    """Whether a value is a hidden number, or worked out from one."""
    return isinstance(value, float) and value != value


def suppression_of(value: float) -> Suppression:
    """How a hidden number is shown; what is worked out from one is withheld."""
    return value.kind if isinstance(value, HiddenNumber) else Suppression.WITHHELD


class CellKey(NamedTuple):
    """What a number is about; the category of a group is groep: and its id, of a printed heading kop: and its text."""

    indicator: str
    place: str
    period: str
    geweld: str
    category: str


class Count(NamedTuple):
    """A count; low and high differ where it was worked out within bounds."""

    key: CellKey
    low: int
    high: int
    source_table: int


class Relation(NamedTuple):
    """A whole and its parts; `has_rest` where there is a part that is not published, of unknown size."""

    whole: CellKey
    parts: tuple[CellKey, ...]
    has_rest: bool = False
