"""Numbers that are not shown."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

SMALLEST_SHOWN = 5
GROUP, HEADING = "groep:", "kop:"
Bounds = tuple[float, float]  # the lowest and the highest that a number can be


class Suppression(Enum):
    """What stands for a hidden number, as it is shown: primary "<5", secondary "afgeschermd". Nothing works with it."""

    SMALL = "<5"
    WITHHELD = "afgeschermd"

    def __str__(self) -> str:
        return self.value


Number = float | Suppression


def derive(work: Callable[..., float], *numbers: Number) -> Number:
    """What is worked out from numbers; withheld where any of them is hidden."""
    return Suppression.WITHHELD if any(isinstance(n, Suppression) for n in numbers) else work(*numbers)


def add_up(numbers: Iterable[Number]) -> Number:
    """The sum of numbers; withheld where any of them is hidden."""
    return derive(lambda *shown: sum(shown), *numbers)


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
