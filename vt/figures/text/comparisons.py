"""What a title and a plain reading both rest on: which numbers are shown, their order and kind, the largest class."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from vt.figures import wording
from vt.figures.common import Reading
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.geweld import GEWELD, GEWELD_BY_CODE
from vt.model.hidden import is_hidden
from vt.model.period import Period


class Bounded(NamedTuple):
    """A class of which only the lowest and the highest count that it can have are known."""

    label: str
    low: float
    high: float


class Divided(NamedTuple):
    """How a place's number divides: its largest classes with their count, the whole, and the classes with bounds.

    `top` has no labels where the largest class is not known; `rest` is the largest of anders, overig and onbekend;
    `base` may be hidden.
    """

    place: Place
    period: Period
    noun: Noun
    geweld: str
    top: tuple[Sequence[str], float]
    base: float
    bounded: Sequence[Bounded] = ()
    rest: tuple[str, float] = ("", 0)


def hidden_of(found: Sequence[Reading]) -> list[Reading]:
    """The readings of which a number is hidden, be it that of the year before."""
    return [reading for reading in found if is_hidden(reading.value) or is_hidden(reading.count_before)]


def shown_of(found: Sequence[Reading]) -> list[Reading]:
    """The readings of which the number is not hidden, without a year before that is."""
    return [
        replace(reading, before=None, count_before=None) if is_hidden(reading.count_before) else reading
        for reading in found
        if not is_hidden(reading.value)
    ]


def in_order(found: Sequence[Reading]) -> list[Reading]:
    """The gemeenten from low to high; where there is no more than one, all places but rest groups."""
    gemeenten = [r for r in found if r.answer.place.kind == "gemeente"]
    several = gemeenten if len(gemeenten) > 1 else [r for r in found if r.answer.place.kind != "rest"]
    return sorted(several, key=lambda r: r.value)


def places_at(value: float, ranked: Sequence[Reading]) -> str:
    """The places that have a value, counted where they are more than two."""
    labels = sorted(reading.answer.place.label for reading in ranked if reading.value == value)
    return wording.join_words(labels) if len(labels) <= 2 else f"{len(labels)} plaatsen"


def bracketed(indicator: Indicator) -> Noun:
    """The noun; of a percentage, what comes after a comma in brackets."""
    return indicator.noun.change(_bracket_rest) if indicator.unit == "procent" else indicator.noun


def _bracket_rest(text: str) -> str:
    before, comma, after = text.partition(", ")
    return f"{before} ({after})" if comma else text


def kind(reading: Reading) -> str:
    """KM, HG or OM in brackets, where the number is of one of them."""
    return GEWELD[reading.answer.geweld].suffix


def noun_of(part: Divided) -> Noun:
    return part.noun + GEWELD[part.geweld].suffix


def is_said(labels: Sequence[str], noun: Noun) -> bool:
    """Whether the one class is the kind that the noun names already: Kindermishandeling of meldingen (KM)."""
    kind = GEWELD_BY_CODE.get(noun.many[-3:-1])
    return kind is not None and [label.lower() for label in labels] == [kind.name]


def after_rest(count: float, rest: tuple[str, float]) -> str:
    """The rest class that is larger than the largest that is named, as it stands after `grootst` or `groep`."""
    return f" na {wording.quote_all([rest[0]])}" if rest[1] > count else ""


def has_one_largest(part: Divided) -> bool:
    """Whether a place has one class that is the largest, no rest class excepted, and not all there is."""
    return len(part.top[0]) == 1 and part.rest[1] <= part.top[1] < part.base


def usual_of(known: Sequence[Divided]) -> str | None:
    """The class that is the largest by itself in most places, and in more than one."""
    firsts = [labels[0] for part in known if len(labels := _firsts(part)) == 1]
    usual = max(firsts, key=firsts.count, default="")
    return usual if firsts.count(usual) > 1 else None


def _firsts(part: Divided) -> list[str]:
    """The largest classes of a place; none where a rest class is larger."""
    return list(part.top[0]) if part.rest[1] <= part.top[1] else []


def where_largest(usual: str, known: Sequence[Divided], places: int) -> str:
    """In how many places a class is the largest, of those where that is known."""
    count = sum(_firsts(part) == [usual] for part in known)
    if count == places:
        return f"in alle {places} plaatsen"
    return f"in {count} van de {len(known)} plaatsen" + (" waar dat bekend is" if len(known) < places else "")


def below_norm(found: Sequence[tuple[Indicator, Reading]]) -> tuple[int, list[float]]:
    """How many percentages are below their norm, and the norms."""
    held = [(indicator.norm.value, reading.value) for indicator, reading in found if indicator.norm]
    return sum(value < norm for norm, value in held), [norm for norm, _ in held]
