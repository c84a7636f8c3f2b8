"""What figures say of how a number divides over classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vt.figures import wording
from vt.figures.text.told import Told, locate
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import ROUNDED_BASE, SMALL_BASE
from vt.model.period import Period

MOST_LEADING = 3  # classes that a sentence names


class Bounded(NamedTuple):
    """A class with the lowest and the highest count that it can have."""

    said: str
    low: float
    high: float


@dataclass(frozen=True)
class Division:
    """How a place's number divides: the classes of which one is the largest, or all are (none where that is not known);
    the whole, which may be hidden; the classes that are known within bounds; the largest rest class; and the
    number that the whole is a part of, where that is known.

    Classes are named as a sentence does.
    """

    place: Place
    period: Period
    indicator: Indicator
    geweld: str
    leading: Sequence[Bounded]
    base: Number
    bounded: Sequence[Bounded] = ()
    rest: tuple[str, float] = ("", 0)
    is_other_count: bool = False
    part_of: Number | None = None
    least: int = SMALL_BASE  # of a whole that has shares

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
    def years(self) -> str:
        """Over which years together it was counted, where these are more than one."""
        return f" {wording.place_in_time(self.period)}" if self.period.months > 12 else ""

    @property
    def is_rounded(self) -> bool:
        """Whether CBS rounded its numbers: two that are equal may differ, and all need not be all."""
        return self.least == ROUNDED_BASE

    @property
    def known_base(self) -> float:
        """The number that is divided; 0 where it is hidden, or no class can be said to be its largest."""
        names_its_kind = [class_.said for class_ in self.leading] == [GEWELD[self.geweld].name]
        can_tell = 0 < len(self.leading) <= MOST_LEADING and not names_its_kind
        return self.base if can_tell and not isinstance(self.base, Suppression) else 0

    @property
    def largest(self) -> Sequence[str]:
        """The classes that are as large as each other and larger than all others; none where that is not certain."""
        is_exact = all(class_.low == class_.high for class_ in self.leading)
        return [class_.said for class_ in self.leading] if is_exact and self.known_base else []

    @property
    def count(self) -> float:
        """How many the largest has, at least."""
        return max((class_.low for class_ in self.leading), default=0)

    @property
    def whole(self) -> float | None:
        """The number that is divided, where the count of its largest class is known; else None."""
        return self.known_base or None if self.largest else None

    @property
    def first(self) -> str | None:
        """The class that is the largest by itself, no rest class excepted."""
        is_alone = len(self.leading) == 1 and self.rest[1] <= self.count and self.known_base
        return self.leading[0].said if is_alone else None


def tell_divisions(parts: Sequence[Division]) -> Told:
    """The largest class of each of one or two places; of more, in how many the same class is the largest."""
    if len(parts) == 1:
        return _tell_one(parts[0])
    if len(parts) > 2:
        return Told.of(_write_usual(parts))
    one, other = parts
    if one.first and one.first == other.first:
        return Told.of(_write_two(one, other, one.first) if one.whole and other.whole else _write_usual(parts))
    brief = "; ".join(_write_largest(part, is_brief=True) for part in parts)
    wholes = _write_wholes(parts)
    firsts = _write_firsts(one, other) if one.first and other.first and one.whole and other.whole else ()
    return Told.of(wording.pick_fitting(brief, *firsts, wholes) if one.whole or other.whole else wholes)


def tell_alone(part: Division, said: str, count: float, base: float) -> Told:
    """How many are of the one class that is published of a place, which need not be its largest."""
    counted = f"{wording.format_number(count)} van de {wording.format_number(base)} {part.counted_noun} {part.where}"
    when = f" {wording.place_in_time(part.period)}" if part.period.is_known else ""
    told = f"{part.indicator.verb} {said}; de rest is niet apart gepubliceerd"
    return Told.of(wording.pick_fitting(f"{counted}{when} {told}", f"{counted} {told}"))


def _tell_one(part: Division) -> Told:
    """The largest class with its part, then the counts; or the whole, and a class that is known within bounds."""
    title = _write_largest(part)
    if whose := _write_part_of(part):
        return Told.of(whose, f"{title}.")
    if part.whole is None:
        return Told.of(title, _say_bounds(part))
    if len(part.largest) > 1 or part.count == part.whole or not wording.can_share(part.count, part.whole, part.least):
        return Told.of(title)
    share = wording.write_share(part.count, part.whole, part.counted_noun, part.least)
    verb = "was" if part.count == 1 else "waren"
    when = f"{wording.place_in_time(part.period)} {verb} dat er" if part.period.is_known else f"dat {verb} er"
    return Told.of(title, f"{when} {share}.")


def _write_part_of(part: Division) -> str:
    """Which part of all that is counted it is: 93 van de 506 meldingen in Deventer komen van particulieren (18%)."""
    base, whole = part.base, part.part_of
    if not isinstance(base, int | float) or not isinstance(whole, int | float) or not 0 < base < whole:
        return ""
    counted, _, whose = part.indicator.noun.many.partition(" ")
    verb = part.indicator.verb.one if base == 1 else part.indicator.verb
    said = f"{wording.format_number(base)} van de {wording.format_number(whole)} {counted} {part.where} {verb}"
    share = wording.format_share(base, whole, part.least)
    return f"{said} {whose.partition(' ')[2]}{f' ({share})' if share else ''}"


def _write_largest(part: Division, *, is_brief: bool = False) -> str:
    """A place with its largest class, and that it is, unless it is brief; its number alone where that is not known."""
    base, noun, where, verb = part.whole, part.counted_noun, part.where + part.years, part.indicator.verb
    if base is None:
        return _write_number(part) if is_brief or not part.known_base else _write_within_bounds(part)
    if len(part.largest) > 1:
        each = "elk afgerond" if part.is_rounded else "elk"
        amount = f"{each} {wording.format_number(part.count)} van de {wording.format_number(base)} {noun}"
        said = f"{wording.capitalize(wording.join_words(part.largest))}: {amount}"
        return wording.pick_fitting(f"{said} {where}", said)
    (class_,) = part.largest
    if part.count == base and not part.is_rounded:
        said = f"Alle {wording.format_number(base)} {noun} {where} {verb} {class_}"
        return f"De enige {noun.one} {where} {verb.one} {class_}" if base == 1 else said
    amount, is_one = _write_part(part, base)
    divides = f"{verb.one if is_one else verb} {class_}"
    said = f"{amount} {where} {divides}"
    after = f" na {part.rest[0]}" if part.rest[1] > part.count else ""
    tail = f", de grootste groep{after}" if not is_brief and (after or part.count * 2 <= base) else ""
    return wording.pick_fitting(said + tail, said, f"{amount}{part.years} {divides}")


def _write_within_bounds(part: Division) -> str:
    """The largest class where its count is not known: of one at least how many it has, of more which they may be."""
    said, bare = (_write_most(part, noun) for noun in (f"{part.noun} {part.where}", str(part.noun)))
    if part.first is None:
        return wording.pick_fitting(said, _write_number(part)) if part.rest[1] <= part.count else _write_number(part)
    least = f"minstens {wording.format_number(part.count)} van de {wording.format_number(part.known_base)}"
    least += " in deze verdeling" if part.is_other_count else ""
    least += part.years
    return wording.pick_fitting(f"{said}: {least}", f"{bare}: {least}", said)


def _write_most(part: Division, noun: str) -> str:
    """That most of what is counted is of the largest class; or that its largest part is, of one of these classes."""
    verb, _, rest = part.indicator.verb.many.partition(" ")
    class_ = wording.join_words([each.said for each in part.leading], "of")
    if part.first and part.count * 2 > part.known_base:
        return f"de meeste {noun} {part.indicator.verb} {class_}"
    return " ".join(filter(None, (noun, verb.removesuffix(":"), "het vaakst", rest, class_)))


def _write_part(part: Division, base: float) -> tuple[str, bool]:
    """A part of a whole, and whether it is singular: drie op de vier meldingen, 46% van de meldingen, 4 van de 8."""
    count, noun = part.count, part.noun
    if portion := wording.find_portion(count, base, part.least):
        words = f"ongeveer {portion.bare}" if wording.is_rough(base, part.least) else portion.words
        return f"{words} {'van de ' if portion.is_of_the else ''}{noun}", portion.is_one
    if share := wording.format_share(count, base, part.least):
        return f"{share} van de {noun}", True
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
    numbers = f"{wording.format_number(part.count)} van de {wording.format_number(base)}"
    return wording.format_share(part.count, base, part.least) or numbers


def _write_usual(parts: Sequence[Division]) -> str:
    """In how many places the same class is the largest, of those where that is known; else the number of each."""
    known = [part for part in parts if part.first or part.largest]
    firsts = [part.first for part in known if part.first]
    usual = max(firsts, key=firsts.count, default="")
    count, first = firsts.count(usual), parts[0]
    if count < 2:
        return _write_apart(parts) if len(firsts) > 1 else _write_wholes(parts)
    verb, _, rest = first.indicator.verb.many.partition(" ")
    some = " waar dat bekend is" if len(known) < len(parts) else ""
    when = _name_when(parts)
    all_ = "beide" if count == 2 else f"alle {count}"
    where = f"in {all_ if count == len(known) else f'{count} van de {len(known)}'} plaatsen{some}{when}"
    words = (f"{where}{',' if some else ''}", verb, str(first.noun), "het vaakst", rest, usual)
    return wording.pick_fitting(" ".join(filter(None, words)), f"De grootste groep {where}: {usual}")


def _write_apart(parts: Sequence[Division]) -> str:
    """That places have other largest classes, and which."""
    said = f"De grootste groep van {parts[0].noun} verschilt"
    each = [f"{part.first} {locate(part.place)}" for part in parts if part.first]
    return wording.pick_fitting(f"{said}: {wording.join_words(each)}", f"{said} per plaats")


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
    return f"{part.place.said}: {wording.count_noun(base, part.counted_noun, is_rounded=part.is_rounded)} {when}"


def _say_bounds(part: Division) -> str:
    """Where no class is known to be the largest: the one with bounds that may be, and within what."""
    loose = (bound for bound in part.bounded if bound.low < bound.high)
    widest = max(loose, key=lambda bound: bound.high, default=None)
    if part.largest or widest is None:
        return ""
    amount = wording.describe_bounds(widest.low, widest.high, part.indicator.noun)
    return f"{amount} {part.indicator.verb} {widest.said}."


def _format_whole(value: Number) -> str:
    return str(value) if isinstance(value, Suppression) else wording.format_number(value)
