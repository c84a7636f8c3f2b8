"""What figures say of how a number divides over classes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vt.figures import wording
from vt.figures.text.told import Told, locate
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.period import Period


class Bounded(NamedTuple):
    """A class of which only the lowest and the highest count that it can have are known."""

    said: str
    low: float
    high: float


@dataclass(frozen=True)
class Division:
    """How a place's number divides: its largest classes with their count, the whole, and the classes with bounds.

    Classes are named as a sentence does. There are no `largest` where they are not known; `rest` is the largest of
    anders, overig and onbekend; `base` may be hidden.
    """

    place: Place
    period: Period
    indicator: Indicator
    geweld: str
    largest: Sequence[str]
    count: float
    base: Number
    bounded: Sequence[Bounded] = ()
    rest: tuple[str, float] = ("", 0)
    is_other_count: bool = False

    @property
    def noun(self) -> Noun:
        """What is counted, with its kind of geweld."""
        return self.indicator.name_counted(self.geweld)

    @property
    def counted_noun(self) -> Noun:
        """The same after a number: not the name of another number, that of all that is counted."""
        return self.noun + " in deze verdeling" if self.is_other_count else self.noun

    @property
    def where(self) -> str:
        """Where it was counted, and that it is not known when."""
        when = "" if self.period.is_known else f" {wording.place_in_time(self.period)}"
        return locate(self.place) + when

    @property
    def whole(self) -> float | None:
        """The number that is divided, where a class is known to be its largest; else None."""
        known = self.largest and not self._names_its_kind
        return self.base or None if known and not isinstance(self.base, Suppression) else None

    @property
    def first(self) -> str | None:
        """The class that is the largest by itself, no rest class excepted."""
        is_alone = len(self.largest) == 1 and self.rest[1] <= self.count and not self._names_its_kind
        return self.largest[0] if is_alone else None

    @property
    def _names_its_kind(self) -> bool:
        """Whether the largest class is what is counted: kindermishandeling of meldingen over kindermishandeling."""
        return list(self.largest) == [GEWELD[self.geweld].name]


def tell_divisions(parts: Sequence[Division]) -> Told:
    """The largest class of each of one or two places; of more, in how many the same class is the largest."""
    if len(parts) == 1:
        return _tell_one(parts[0])
    if len(parts) > 2:
        return Told.of(_write_usual(parts))
    one, other = parts
    if one.first and one.first == other.first and one.whole and other.whole:
        return Told.of(_write_two(one, other, one.first))
    brief = "; ".join(_write_largest(part, is_brief=True) for part in parts)
    wholes = _write_wholes(parts)
    firsts = _write_firsts(one, other) if one.first and other.first and one.whole and other.whole else ()
    return Told.of(wording.pick_fitting(brief, *firsts, wholes) if one.whole or other.whole else wholes)


def _tell_one(part: Division) -> Told:
    """The largest class with its part, then the counts; or the whole, and a class that is known within bounds."""
    title = _write_largest(part)
    if part.whole is None:
        return Told.of(title, _say_bounds(part))
    if len(part.largest) > 1 or part.count == part.whole or not wording.can_share(part.count, part.whole):
        return Told.of(title)
    share, verb = wording.write_share(part.count, part.whole, part.counted_noun), "was" if part.count == 1 else "waren"
    when = f"{wording.place_in_time(part.period)} {verb} dat er" if part.period.is_known else f"dat {verb} er"
    return Told.of(title, f"{wording.capitalize(when)} {share}.")


def _write_largest(part: Division, *, is_brief: bool = False) -> str:
    """A place with its largest class, and that it is, unless it is brief; its number alone where that is not known."""
    base, noun, where, verb = part.whole, part.counted_noun, part.where, part.indicator.verb
    if base is None:
        return _write_number(part)
    if len(part.largest) > 1:
        amount = f"elk {wording.format_number(part.count)} van de {wording.format_number(base)} {noun}"
        said = f"{wording.capitalize(wording.join_words(part.largest))}: {amount}"
        return wording.pick_fitting(f"{said} {where}", said)
    (class_,) = part.largest
    if part.count == base:
        said = f"Alle {wording.format_number(base)} {noun} {where} {verb} {class_}"
        return f"De enige {noun.one} {where} {verb.one} {class_}" if base == 1 else said
    amount, is_one = _write_part(part, base)
    divides = f"{verb.one if is_one else verb} {class_}"
    said = f"{amount} {where} {divides}"
    after = f" na {part.rest[0]}" if part.rest[1] > part.count else ""
    tail = f", de grootste groep{after}" if not is_brief and (after or part.count * 2 <= base) else ""
    return wording.pick_fitting(said + tail, said, f"{amount} {divides}")


def _write_part(part: Division, base: float) -> tuple[str, bool]:
    """A part of a whole, and whether it is singular: drie op de vier meldingen, 46% van de meldingen, 4 van de 8."""
    count, noun = part.count, part.noun
    if portion := wording.find_portion(count, base):
        return f"{portion.words} {'van de ' if portion.is_of_the else ''}{noun}", portion.is_one
    if wording.can_share(count, base):
        return f"{wording.format_percent(count / base * 100)} van de {noun}", True
    return f"{wording.format_number(count)} van de {wording.format_number(base)} {part.counted_noun}", count == 1


def _write_two(one: Division, other: Division, class_: str) -> str:
    """Two places with the same largest class: its part in each."""
    shares = wording.join_words([f"{locate(part.place)} {_write_bare_share(part)}" for part in (one, other)])
    lead, when = f"{_write_lead(one)} {class_}", _name_when([one, other])
    return wording.pick_fitting(f"{lead}{when}: {shares}", f"{wording.capitalize(class_)}{when}: {shares}")


def _write_firsts(one: Division, other: Division) -> tuple[str, str]:
    """Two places with a largest class each, with its part and without."""
    lead = f"{_write_lead(one)}{_name_when([one, other])}"
    firsts = [f"{part.first} {locate(part.place)}" for part in (one, other)]
    shares = [f"{said} ({_write_bare_share(part)})" for said, part in zip(firsts, (one, other), strict=True)]
    return f"{lead} {wording.join_words(shares)}", f"{lead} {wording.join_words(firsts)}"


def _write_lead(part: Division) -> str:
    """What is said of the largest class, as far as before its name: "Het vaakst komen meldingen van"."""
    verb, _, rest = part.indicator.verb.many.partition(" ")
    return " ".join(filter(None, ("Het vaakst", verb, str(part.noun), rest)))


def _name_when(parts: Sequence[Division]) -> str:
    """That it is not known when."""
    return "" if any(part.period.is_known for part in parts) else f" ({parts[0].period.label})"


def _write_bare_share(part: Division) -> str:
    base = part.whole or 0
    if wording.can_share(part.count, base):
        return wording.format_percent(part.count / base * 100)
    return f"{wording.format_number(part.count)} van de {wording.format_number(base)}"


def _write_usual(parts: Sequence[Division]) -> str:
    """In how many places the same class is the largest, of those where that is known; else the number of each."""
    known = [part for part in parts if part.largest and part.base]
    firsts = [part.first for part in known if part.first]
    usual = max(firsts, key=firsts.count, default="")
    count, first = firsts.count(usual), parts[0]
    if count < 2:
        return _write_wholes(parts)
    verb, _, rest = first.indicator.verb.many.partition(" ")
    some = " waar dat bekend is" if len(known) < len(parts) else ""
    when = _name_when(parts)
    all_ = "beide" if count == 2 else f"alle {count}"
    where = f"in {all_ if count == len(known) else f'{count} van de {len(known)}'} plaatsen{some}{when}"
    words = (f"{where}{',' if some else ''}", verb, str(first.noun), "het vaakst", rest, usual)
    return wording.pick_fitting(" ".join(filter(None, words)), f"De grootste groep {where}: {usual}")


def _write_wholes(parts: Sequence[Division]) -> str:
    """The number of each place; how many places they are, where that is too long."""
    is_same = len({part.period for part in parts}) == 1
    when = f" {wording.place_in_time(parts[0].period)}" if is_same else ""
    what = f"{wording.capitalize(str(parts[0].noun))}{when}"
    names = [part.place.said if is_same else f"{part.place.said} ({part.period.label})" for part in parts]
    said = [f"{name} {_format_whole(part.base)}" for name, part in zip(names, parts, strict=True)]
    return wording.pick_fitting(f"{what}: {wording.join_words(said)}", f"{what} in {len(parts)} plaatsen")


def _write_number(part: Division) -> str:
    base, when = part.base, wording.place_in_time(part.period)
    if isinstance(base, Suppression):
        return f"{part.place.said}: {wording.write_hidden(base, part.noun, when)}"
    return f"{part.place.said}: {wording.count_noun(base, part.counted_noun)} {when}"


def _say_bounds(part: Division) -> str:
    """Where no class is known to be the largest: the one with bounds that may be, and within what."""
    loose: Iterable[Bounded] = (bound for bound in part.bounded if bound.low < bound.high)
    widest = max(loose, key=lambda bound: bound.high, default=None)
    if part.largest or widest is None:
        return ""
    amount = wording.describe_bounds(widest.low, widest.high, part.indicator.noun)
    return f"{wording.capitalize(amount)} {part.indicator.verb} {widest.said}."


def _format_whole(value: Number) -> str:
    return str(value) if isinstance(value, Suppression) else wording.format_number(value)
