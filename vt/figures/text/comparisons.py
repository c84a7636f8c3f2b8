"""What a title and a summary both rest on: which numbers are shown, their order and kind, the largest class."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vt.figures import wording
from vt.figures.reading import Reading
from vt.model.catalogue import Noun, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.period import Period


class Bounded(NamedTuple):
    """A class of which only the lowest and the highest count that it can have are known."""

    label: str
    low: float
    high: float


@dataclass(frozen=True)
class Division:
    """How a place's number divides: its largest classes with their count, the whole, and the classes with bounds.

    There are no `largest` where they are not known; `rest` is the largest of anders, overig and onbekend; `base` may be
    hidden.
    """

    place: Place
    period: Period
    plain_noun: Noun
    geweld: str
    largest: Sequence[str]
    count: float
    base: Number
    bounded: Sequence[Bounded] = ()
    rest: tuple[str, float] = ("", 0)

    @property
    def noun(self) -> Noun:
        """What is counted, with KM, HG or OM."""
        return self.plain_noun + GEWELD[self.geweld].suffix

    @property
    def is_said(self) -> bool:
        """Whether the one class is the kind that the noun names already: Kindermishandeling of meldingen (KM)."""
        kind = GEWELD[self.geweld]
        return bool(kind.code) and [label.lower() for label in self.largest] == [kind.name]

    @property
    def after_rest(self) -> str:
        """The rest class that is larger than the largest that is named, as it stands after `grootst` or `groep`."""
        return f" na {wording.quote_all([self.rest[0]])}" if self.rest[1] > self.count else ""

    @property
    def largest_share(self) -> tuple[float, float] | None:
        """The count of the one class that is the largest, no rest class excepted, and the whole that it is part of."""
        if isinstance(self.base, Suppression) or len(self.largest) != 1:
            return None
        return (self.count, self.base) if self.rest[1] <= self.count < self.base else None

    @property
    def first(self) -> str | None:
        """The class that is the largest by itself, no rest class excepted."""
        return self.largest[0] if len(self.largest) == 1 and self.rest[1] <= self.count else None


def pick_hidden(readings: Sequence[Reading[Number]]) -> list[Reading[Number]]:
    """The readings of which a number is hidden, be it that of the year before."""
    return [r for r in readings if isinstance(r.value, Suppression) or isinstance(r.count_before, Suppression)]


def pick_shown(readings: Sequence[Reading[Number]]) -> list[Reading[float]]:
    """The readings of which the number is not hidden, without a year before that is."""
    return [shown for reading in readings if (shown := _show(reading))]


def _show(reading: Reading[Number]) -> Reading[float] | None:
    value, count, before, count_before = reading.value, reading.count, reading.before, reading.count_before
    if isinstance(value, Suppression) or isinstance(count, Suppression):
        return None
    if isinstance(before, Suppression) or isinstance(count_before, Suppression):
        before = count_before = None
    return Reading(reading.metric, reading.answer, value, count, before, count_before)


def rank_places(readings: Sequence[Reading[float]]) -> list[Reading[float]]:
    """The gemeenten from low to high; where there is no more than one, all places but rest groups."""
    gemeenten = [r for r in readings if r.place.kind == "gemeente"]
    several = gemeenten if len(gemeenten) > 1 else [r for r in readings if r.place.kind != "rest"]
    return sorted(several, key=lambda r: r.value)


def name_places_at(value: float, ranked: Sequence[Reading[float]]) -> str:
    """The places that have a value, counted where they are more than two."""
    labels = sorted(reading.place.label for reading in ranked if reading.value == value)
    return wording.join_words(labels) if len(labels) <= 2 else f"{len(labels)} plaatsen"


def find_usual(known: Sequence[Division]) -> str | None:
    """The class that is the largest by itself in most places, and in more than one."""
    firsts = [part.first for part in known if part.first]
    usual = max(firsts, key=firsts.count, default="")
    return usual if firsts.count(usual) > 1 else None


def count_where_largest(usual: str, known: Sequence[Division], places: int) -> str:
    """In how many places a class is the largest, of those where that is known."""
    count = sum(part.first == usual for part in known)
    if count == places:
        return f"in alle {places} plaatsen"
    return f"in {count} van de {len(known)} plaatsen" + (" waar dat bekend is" if len(known) < places else "")


def compare_with_norms(readings: Sequence[Reading[float]]) -> tuple[int, list[float]]:
    """How many percentages are below their norm, and the norms."""
    held = [(reading.metric.norm, reading.value) for reading in readings if reading.metric.norm is not None]
    return sum(value < norm for norm, value in held), [norm for norm, _ in held]
