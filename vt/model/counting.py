"""How a source counts: what two numbers must share before they may stand in one picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

UNKNOWN = "onbekend"  # as the catalogue says of one indicator that its source does not tell


class Aspect(StrEnum):
    """What a counting consists of; the values are the keys of the catalogue.

    What happened at the moment that counts, the unit of observation, which of all units count, which place a unit
    belongs to, the kind of reference period, whose classes they are, and who sorted them into KM, HG and OM.
    """

    EVENT = "event"
    UNIT = "unit"
    UNIVERSE = "universe"
    PLACES = "places"
    PERIOD = "period"
    CLASSES = "classes"
    GEWELD = "geweld"


def list_aspects(*, between_gemeenten: bool, by_class: bool, by_geweld: bool) -> list[Aspect]:
    """What two numbers must share: to which gemeente a unit belongs, of whom classes and KM, HG and OM are, only where
    they are shown by those."""
    concerns = ((Aspect.PLACES, between_gemeenten), (Aspect.CLASSES, by_class), (Aspect.GEWELD, by_geweld))
    always = (Aspect.EVENT, Aspect.UNIT, Aspect.UNIVERSE, Aspect.PERIOD)
    return [*always, *(aspect for aspect, is_of_concern in concerns if is_of_concern)]


class Statement(NamedTuple):
    """What a source says of one aspect, as it stands after "telt", and where it says so."""

    value: str
    where: str


@dataclass(frozen=True)
class Counting:
    """How one source counts one indicator: what it states of each aspect; the others it does not tell."""

    source: str
    stated: Mapping[Aspect, Statement] = field(default_factory=dict, hash=False)

    def value(self, aspect: Aspect) -> str:
        """What it states of an aspect; "" where it does not tell."""
        return self.stated[aspect].value if aspect in self.stated else ""

    def find_difference(self, other: "Counting", aspects: Iterable[Aspect]) -> Aspect | None:
        """The first aspect of which they state different things; else the first of which one does not tell.

        A source is taken to count as it did before, unless it states otherwise; two sources are not taken to agree.
        """
        pairs = [(aspect, self.value(aspect), other.value(aspect)) for aspect in aspects]
        unlike = (aspect for aspect, mine, theirs in pairs if mine and theirs and mine != theirs)
        untold = (aspect for aspect, mine, theirs in pairs if not (mine and theirs) and self.source != other.source)
        return next(unlike, None) or next(untold, None)


@dataclass(frozen=True)
class SourceCountings:
    """How a publisher, or one of its reports, counts: by indicator, and what holds for all; None is untold after all.

    `name` is how a sentence names it.
    """

    name: str | None
    usual: Mapping[Aspect, Statement | None]
    by_indicator: Mapping[str, Mapping[Aspect, Statement | None]]

    def state(self, indicator: str) -> Mapping[Aspect, Statement | None]:
        """What it states of an indicator."""
        return {**self.usual, **self.by_indicator.get(indicator, {})}
