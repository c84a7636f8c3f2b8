"""Numbers that are not shown."""

from collections.abc import Callable, Iterable
from enum import Enum, StrEnum
from typing import NamedTuple

SMALLEST_SHOWN = 5
GROUP, HEADING = "groep:", "kop:"
Bounds = tuple[float, float]  # the lowest and the highest that a number can be


class Shielding(StrEnum):
    """Which small numbers a visitor does not see; the value is what a filter and a link say.

    RECOVERED are those that were worked out and stand in no report.
    """

    RECOVERED = "Teruggerekende"
    ALL = "Alle"
    NONE = "Geen"


class Suppression(Enum):
    """What stands for a hidden number, as it is shown: a small one by itself or worked out, or one beside it.

    Nothing works with it.
    """

    SMALL = "<5"
    RECOVERED = "0 tot en met 4"
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
    is_recovered: bool = False

    @property
    def is_recovered_small(self) -> bool:
        """Whether it was worked out as a small number, or as none."""
        return self.is_recovered and self.high < SMALLEST_SHOWN


class Relation(NamedTuple):
    """A whole and its parts; `has_rest` where there is a part that is not published, of unknown size."""

    whole: CellKey
    parts: tuple[CellKey, ...]
    has_rest: bool = False
