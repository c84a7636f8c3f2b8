"""The finding of a figure: one careful Dutch sentence made from its numbers, and the same in plain words.

A finding is a title. It begins with the place, has no full stop, and says of

- one place: its number, and the change from the year before where that is known;
- a few places: their numbers side by side; of more: the lowest and the highest;
- a row in time: how the last period compares with the first;
- a division: the largest class and its part of the whole; classes that are equally large are named together, and none
  where what cannot be read off could be larger; of more than two places: where the same class is the largest, of those
  where the largest is known;
- norms: how many of the percentages are below theirs.

The plain reading is for the ear and for level B1: two to four short sentences with full stops, one fact in each, every
number with what it counts. Its comparisons follow the rules of vt/wording.py, and these:

- a difference is a number ("Het werden er 338 minder."), not a percentage; of counts under 20 there is none;
- places are compared by rate only, never by count: with the region around them without themselves, or with Nederland,
  and only over the same period; what chance can explain is said to be so;
- a share is "1 op de 4" where that may be said, else a percentage; of a whole under 20 there is none;
- what is missing is not mentioned.

A hidden number has no part in either: what is said is about the others. A title says how many were left out; where
nothing else is there, the plain reading may say "minder dan 5".
"""

from collections.abc import Sequence
from dataclasses import replace
from math import nan
from typing import NamedTuple

from vt import wording
from vt.catalogue import Indicator, Place
from vt.forms.parts import Reading
from vt.measures import SMALL_BASE, within_noise
from vt.period import Period
from vt.selection import Measure
from vt.shield import Kind, is_hidden, kind_of

CHANCE = "Het verschil is zo klein dat het toeval kan zijn."
_COUNT = Measure.AANTAL
PLAIN_PER = {Measure.PER_MAAND: " per maand", Measure.PER_1000: " per 1.000 inwoners"}


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
    noun: str
    geweld: str
    top: tuple[Sequence[str], float]
    base: float
    bounded: Sequence[Bounded] = ()
    rest: tuple[str, float] = ("", 0)


# --- titles ----------------------------------------------------------------------------------------------------------


def of_places(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """One place: its number and the change. A few: their numbers. More: from the lowest to the highest."""
    if hidden := _hidden(found):
        return _beside_hidden([of_places(_shown(found), indicator, wanted)], hidden, found, indicator, wanted)
    if not found:
        return indicator.label
    if len(found) == 1:
        return _of_one(found[0], indicator, wanted)
    if len(found) <= 3:
        return _side_by_side(found, indicator, wanted)
    ranked = _ranked(found)
    return f"{_what(found, indicator, wanted)}: {_range(ranked, indicator, wanted)}" if ranked else indicator.label


def of_series(found: Sequence[Reading], indicator: Indicator) -> str:
    """How the last period compares with the first."""
    if hidden := _hidden(found):
        said = of_series(shown, indicator) if len(shown := _shown(found)) > 1 else of_places(shown, indicator, _COUNT)
        return _beside_hidden([said], hidden, found, indicator, _COUNT)
    first, last = found[0], found[-1]
    place = first.answer.place.label
    if indicator.unit == "procent":
        return f"{place}: {_percent_over_time(first, last, indicator)}"
    noun = f"{indicator.noun}{_kind(last)}"
    if indicator.unit == "fte":
        before, now = (wording.shown(reading.count, unit="fte") for reading in (first, last))
        return f"{place}: van {before} naar {now} {noun} tussen {_span(first, last)}"
    words = wording.change(first.count, last.count)
    if words.startswith("van "):
        noun = wording.singular(noun) or noun if last.count == 1 else noun
        return f"{place}: {words} {noun} tussen {_span(first, last)}"
    if words == "gelijk":
        return f"{place}: {wording.counted(last.count, noun)} in {_span(first, last, again='in ')}"
    if words.startswith("vrijwel"):
        numbers = f"{wording.number(first.count)} en {wording.number(last.count)}"
        return f"{place}: vrijwel evenveel {noun} in {_span(first, last)} ({numbers})"
    now = f"{wording.number(last.count)} {noun} {wording.in_period(last.answer.period)}"
    return f"{place}: {now}, {words} dan in {_earlier(first, last)}"


def of_ranking(ranked: Sequence[Reading], lines: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """From the lowest to the highest gemeente, and the region beside them."""
    lines = [reading for reading in lines if not is_hidden(reading.value)]
    if hidden := _hidden(ranked):
        shown = _shown(ranked)
        options = [of_ranking(shown, some, indicator, wanted) for some in (lines, []) if shown]
        return _beside_hidden(options, hidden, ranked, indicator, wanted)
    if len(ranked) == 1:
        return of_places(ranked, indicator, wanted)
    said = f"{_what(ranked, indicator, wanted)}: {_range(ranked[::-1], indicator, wanted)}"
    regions = [r for r in lines if r.answer.place.kind == "region"]
    if not regions:
        return said
    beside = [f"{r.answer.place.label} {wording.shown(r.value, wanted, indicator.unit)}" for r in regions]
    whole = f"{said}; {wording.listed(beside)} als geheel"
    return wording.fitting(whole, whole.replace(" inwoners per jaar", " inwoners"), said)


def of_breakdown(
    place: str,
    period: Period,
    noun: str,
    top: tuple[Sequence[str], float],
    base: float,
    rest: tuple[str, float] = ("", 0),
) -> str:
    """The largest class, or those that are equally large, and its part of the whole; after a rest class that is larger.

    `noun` may end in (KM).
    """
    labels, count = top
    when = wording.in_period(period)
    if is_hidden(base):
        return f"{place}: {_hidden_number(base, noun)} {when}"
    if not labels or not base or _is_said(labels, noun):
        return f"{place}: {wording.counted(base, noun)} {when}"
    if len(labels) == 1 and count == base:
        told = ": " if count == 1 else ", allemaal "
        return f"{place}: {wording.counted(base, noun)} {when}{told}{wording.quoted(labels)}"
    largest = f"{place}: {wording.quoted(labels)} {_is_largest(labels, _after(count, rest))}"
    return wording.fitting(
        f"{largest} {wording.share_in(count, base, noun)}", f"{largest} {wording.share_of(count, base)}"
    )


def of_breakdowns(parts: Sequence[Divided]) -> str:
    """The largest class of each of one or two places; of more, in how many the same class is the largest."""
    if len(parts) > 2:
        known = [part for part in parts if part.top[0] and part.base]
        usual = _usual(known)
        if usual is None:
            return _wholes(parts)
        return f"{wording.quoted([usual])} is het grootst {_where_largest(usual, known, len(parts))}"
    if len(parts) == 2 and all(_has_one_largest(part) for part in parts) and parts[0].top[0] == parts[1].top[0]:
        places = wording.listed([part.place.label for part in parts])
        shares = wording.listed([wording.share_of(part.top[1], part.base) for part in parts])
        return f"{places}: {wording.quoted(parts[0].top[0])} is het grootst, {shares}"
    each = [f"{part.place.label}: {_each(part)}" for part in parts]
    if len(parts) < 2:
        return each[0]
    short = [f"{part.place.label}: {_each_short(part)}" for part in parts]
    return wording.fitting("; ".join(each), "; ".join(short), "; ".join(short).replace(" is het grootst", ""))


def of_norms(label: str, found: Sequence[tuple[Indicator, Reading]]) -> str:
    """How many of a place's percentages are below their norm; `label` is what they are together."""
    held = [(indicator, reading) for indicator, reading in found if indicator.norm]
    if len(held) == 1 or len(found) == 1:
        indicator, reading = (held or found)[0]
        return of_places([reading], indicator, Measure.AANTAL)
    place = found[0][1].answer.place.label
    below, norms = _below(held)
    if not norms:
        return f"{place}: {label}"
    count = {0: "geen van de", len(norms): "alle"}.get(below, f"{below} van de")
    verb = "ligt" if below < 2 else "liggen"
    level = f"de streefwaarde van {wording.shown(norms[0])}%" if len(set(norms)) == 1 else "hun streefwaarde"
    return f"{place}: {count} {len(norms)} percentages {verb} onder {level}"


def change_since(before: float, now: float, period: Period, indicator: Indicator) -> str:
    """How a number compares with the year before, to stand after it: ", 12% minder dan in 2020"."""
    if indicator.unit == "procent":
        return f", {_points(before, now, period)}"
    return _compared(before, now, period)


def _of_one(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    item = reading.answer
    when = wording.in_period(item.period)
    said = f"{item.place.label}: {_amount(reading, indicator, wanted)} {when}"
    before = reading.count_before
    if before is None or indicator.unit == "fte" or wanted is not Measure.AANTAL:
        return said
    whole = said + change_since(before, reading.count, item.period, indicator)
    if indicator.unit == "aantal":
        return whole
    year = wording.in_period(item.period.year_before)
    return wording.fitting(whole, f"{said}, {year} was dat {wording.percent(before)}")


def _side_by_side(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """The first place with its number and what it counts, the others with their number."""
    first, *others = found
    same = len({reading.answer.period for reading in found}) == 1
    when = f" {wording.in_period(first.answer.period)}" if same else ""
    beside = [f"{_where(r, found)} {wording.shown(r.value, wanted, indicator.unit)}" for r in others]
    said = f"{_where(first, found)}: {_amount(first, indicator, wanted)}"
    return wording.fitting(f"{said}{when}; {wording.listed(beside)}", f"{said}; {wording.listed(beside)}")


def _amount(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    """The number with what it counts: 646 meldingen, 46% van de triagebesluiten op tijd."""
    noun = f"{_bracketed(indicator)}{_kind(reading)}"
    amount = wording.shown(reading.value, wanted, indicator.unit)
    if indicator.unit == "procent":
        return f"{amount} van de {noun}"
    if wanted is Measure.AANDEEL:
        return f"{amount} van de {noun} in de regio"
    if wanted is Measure.AANTAL and indicator.unit == "aantal":
        return wording.counted(reading.value, noun)
    return f"{amount} {noun}{wording.PER[wanted]}"


def _bracketed(indicator: Indicator) -> str:
    """The noun; of a percentage, what comes after a comma in brackets."""
    before, comma, after = indicator.noun.partition(", ")
    return f"{before} ({after})" if comma and indicator.unit == "procent" else indicator.noun


def _percent_over_time(first: Reading, last: Reading, indicator: Indicator) -> str:
    noun = _bracketed(indicator)
    if first.value == last.value:
        return f"{wording.percent(last.value)} van de {noun} in {_span(first, last, again='in ')}"
    words = wording.change_in_points(first.value, last.value)
    now = f"{wording.percent(last.value)} van de {noun} {wording.in_period(last.answer.period)}"
    return f"{now}, {words} dan in {_earlier(first, last)}"


def _points(before: float, now: float, period: Period) -> str:
    words = wording.change_in_points(before, now)
    year = wording.named(period.year_before)
    return f"gelijk aan {year}" if words == "gelijk" else f"{words} dan in {year}"


def _compared(before: float, now: float, period: Period) -> str:
    words = wording.change(before, now)
    year = wording.named(period.year_before)
    if words.startswith("van "):
        return f" ({words} sinds {year})"
    if words == "gelijk":
        return f", evenveel als in {year}" if now else f", net als in {year}"
    return f", vrijwel gelijk aan {year}" if words.startswith("vrijwel") else f", {words} dan in {year}"


def _span(first: Reading, last: Reading, again: str = "") -> str:
    """Both periods: 2020 en 2021, het 1e en het 2e kwartaal van 2021; `again` stands before the second."""
    one, other = first.answer.period, last.answer.period
    return f"{_short(one, other)} en {again}{wording.named(other)}"


def _earlier(first: Reading, last: Reading) -> str:
    """The first period, without its year where that is the year of the last."""
    one, other = first.answer.period, last.answer.period
    return wording.named(one).removesuffix(f" van {other.year}")


def _short(one: Period, other: Period) -> str:
    """The first of two periods, without what the second repeats: het 1e [kwartaal van 2021]."""
    tail = wording.named(other).split(" ", 2)[2:] if other.months < 12 else []
    text = wording.named(one)
    return text.removesuffix(f" {tail[0]}") if tail else text


def _is_said(labels: Sequence[str], noun: str) -> bool:
    """Whether the one class is the kind that the noun names already: Kindermishandeling of meldingen (KM)."""
    return [label.lower() for label in labels] == [wording.KINDS.get(noun[-3:-1])]


def _is_largest(labels: Sequence[str], after: str) -> str:
    return f"is het grootst{after}," if len(labels) == 1 else f"zijn het grootst{after}, elk"


def _after(count: float, rest: tuple[str, float]) -> str:
    """The rest class that is larger than the largest that is named, as it stands after `grootst` or `groep`."""
    return f" na {wording.quoted([rest[0]])}" if rest[1] > count else ""


def _has_one_largest(part: Divided) -> bool:
    """Whether a place has one class that is the largest, no rest class excepted, and not all there is."""
    return len(part.top[0]) == 1 and part.rest[1] <= part.top[1] < part.base


def _each(part: Divided) -> str:
    sentence = of_breakdown(part.place.label, part.period, _noun(part), part.top, part.base, part.rest)
    return sentence.removeprefix(f"{part.place.label}: ")


def _each_short(part: Divided) -> str:
    labels, count = part.top
    if not _has_one_largest(part):
        return _each(part)
    return f"{wording.quoted(labels)} {_is_largest(labels, '')} {wording.share_of(count, part.base)}"


def _wholes(parts: Sequence[Divided]) -> str:
    """The whole of each place, where no class is the largest in more than one."""
    what = wording.upper_first(_noun(parts[0]))
    said = wording.listed([f"{part.place.label} {_whole_number(part.base)}" for part in parts])
    return wording.fitting(f"{what}: {said}", f"{what} in {len(parts)} plaatsen")


def _usual(known: Sequence[Divided]) -> str | None:
    """The class that is the largest by itself in most places, and in more than one."""
    firsts = [labels[0] for part in known if len(labels := _firsts(part)) == 1]
    usual = max(firsts, key=firsts.count, default="")
    return usual if firsts.count(usual) > 1 else None


def _firsts(part: Divided) -> list[str]:
    """The largest classes of a place; none where a rest class is larger."""
    return list(part.top[0]) if part.rest[1] <= part.top[1] else []


def _where_largest(usual: str, known: Sequence[Divided], places: int) -> str:
    """In how many places a class is the largest, of those where that is known."""
    count = sum(_firsts(part) == [usual] for part in known)
    if count == places:
        return f"in alle {places} plaatsen"
    return f"in {count} van de {len(known)} plaatsen" + (" waar dat bekend is" if len(known) < places else "")


def _below(found: Sequence[tuple[Indicator, Reading]]) -> tuple[int, list[float]]:
    """How many percentages are below their norm, and the norms."""
    held = [(indicator.norm.value, reading.value) for indicator, reading in found if indicator.norm]
    return sum(value < norm for norm, value in held), [norm for norm, _ in held]


def _what(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What is counted, with KM/HG/OM and the unit."""
    return f"{indicator.label}{_kind(found[0])}{wording.PER[wanted]}"


def _kind(reading: Reading) -> str:
    """KM, HG or OM in brackets, where the number is of one of them."""
    return _kind_of(reading.answer.geweld)


def _noun(part: Divided) -> str:
    return f"{part.noun}{_kind_of(part.geweld)}"


def _kind_of(geweld: str) -> str:
    return f" ({geweld.upper()})" if geweld in ("km", "hg", "om") else ""


def _where(reading: Reading, found: Sequence[Reading]) -> str:
    """The place, with its period where the periods differ."""
    item = reading.answer
    same = len({other.answer.period for other in found}) == 1
    return item.place.label if same else f"{item.place.label} ({item.period.label})"


def _ranked(found: Sequence[Reading]) -> list[Reading]:
    """The gemeenten from low to high; where there is no more than one, all places but rest groups."""
    gemeenten = [r for r in found if r.answer.place.kind == "gemeente"]
    several = gemeenten if len(gemeenten) > 1 else [r for r in found if r.answer.place.kind != "rest"]
    return sorted(several, key=lambda r: r.value)


def _range(ranked: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    low, high = (wording.shown(r.value, wanted, indicator.unit) for r in (ranked[0], ranked[-1]))
    if ranked[0].value == ranked[-1].value:
        return f"overal {low}"
    return f"van {low} in {_at(ranked[0].value, ranked)} tot {high} in {_at(ranked[-1].value, ranked)}"


def _at(value: float, ranked: Sequence[Reading]) -> str:
    """The places that have a value, counted where they are more than two."""
    labels = sorted(reading.answer.place.label for reading in ranked if reading.value == value)
    return wording.listed(labels) if len(labels) <= 2 else f"{len(labels)} plaatsen"


def _shown(found: Sequence[Reading]) -> list[Reading]:
    """The readings of which the number is not hidden, without a year before that is."""
    return [
        replace(reading, before=None, count_before=None) if is_hidden(reading.count_before) else reading
        for reading in found
        if not is_hidden(reading.value)
    ]


def _hidden(found: Sequence[Reading]) -> list[Reading]:
    """The readings of which a number is hidden, be it that of the year before."""
    return [reading for reading in found if is_hidden(reading.value) or is_hidden(reading.count_before)]


def _beside_hidden(
    options: Sequence[str], hidden: Sequence[Reading], found: Sequence[Reading], indicator: Indicator, wanted: Measure
) -> str:
    """A title about the shown numbers, and how many there are beside them; of a hidden number alone what it is."""
    count = sum(is_hidden(reading.value) for reading in hidden)
    if count == 0:
        return options[0]
    if len(found) == 1:
        (reading,) = found
        number = reading.value if wanted is Measure.AANTAL else nan
        amount = _hidden_number(number, f"{indicator.noun}{_kind(reading)}")
        return f"{reading.answer.place.label}: {amount} {wording.in_period(reading.answer.period)}"
    if count == len(found):
        return f"{_what(found, indicator, wanted)}: alle cijfers afgeschermd"
    tails = f"{'1 cijfer' if count == 1 else f'{count} cijfers'} afgeschermd", f"{count} afgeschermd"
    whole = [f"{said}; {tail}" for tail in tails for said in options]
    return wording.fitting(*whole, *(text.replace(" inwoners per jaar", " inwoners") for text in whole))


def _hidden_number(value: float, noun: str) -> str:
    """A hidden number with what it counts: fewer than five of a small one, else the noun alone."""
    return f"minder dan 5 {noun}" if kind_of(value) is Kind.SMALL else f"aantal {noun} afgeschermd"


def _whole_number(value: float) -> str:
    return str(kind_of(value)) if is_hidden(value) else wording.number(value)


# --- plain readings --------------------------------------------------------------------------------------------------


def plain_of_places(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What of_places says, in plain sentences; empty where there is nothing to read."""
    if hidden := _hidden(found):
        if len(found) == 1 and is_hidden(found[0].value):
            return _plain_of_hidden(found[0], indicator, wanted)
        return _with_hidden(plain_of_places(_shown(found), indicator, wanted), hidden)
    if not found:
        return ""
    if len(found) == 1:
        return _joined(*_plain_of_one(found[0], indicator, wanted))
    if len(found) > 3:
        return _plain_range(_ranked(found), indicator, wanted)
    first, *others = found
    said = [_plain_number(first, indicator, wanted)]
    said += [_plain_beside(other, first, indicator, wanted) for other in others]
    return _joined(*said, _turned(found, wanted), _plain_comparison(found, indicator, wanted))


def plain_of_series(found: Sequence[Reading], indicator: Indicator) -> str:
    """What of_series says, in plain sentences."""
    if _hidden(found):
        shown = _shown(found)
        return plain_of_series(shown, indicator) if len(shown) > 1 else plain_of_places(shown, indicator, _COUNT)
    first, last = found[0], found[-1]
    said = _plain_number(first, indicator, Measure.AANTAL, first.count)
    when = wording.spoken_period(last.answer.period)
    if indicator.unit != "aantal":
        now = wording.spoken(wording.shown(last.count, unit=indicator.unit))
        return _joined(said, f"In {when} {'was dat' if indicator.unit == 'procent' else 'waren er'} {now}.")
    then = f"In {when} {_there_were(last.count)}."
    return _joined(said, *_plain_difference(first.count, last.count, then, f"In {when}", "Dat zijn er"))


def plain_of_ranking(ranked: Sequence[Reading], lines: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What of_ranking says, in plain sentences."""
    lines = [reading for reading in lines if not is_hidden(reading.value)]
    if hidden := _hidden(ranked):
        return _with_hidden(plain_of_ranking(_shown(ranked), lines, indicator, wanted), hidden)
    if len(ranked) == 1:
        return plain_of_places(ranked, indicator, wanted)
    regions = [
        f"In {r.answer.place.label} als geheel is het {_plain_value(r, indicator, wanted)}."
        for r in lines
        if r.answer.place.kind == "region"
    ]
    return _joined(_plain_range(ranked[::-1], indicator, wanted), *regions[:1])


def plain_of_breakdown(
    place: str,
    period: Period,
    noun: str,
    top: tuple[Sequence[str], float],
    base: float,
    rest: tuple[str, float] = ("", 0),
) -> str:
    """What of_breakdown says, in plain sentences."""
    return _joined(*_plain_division(f"in {place}", period, noun, top, base, rest))


def plain_of_breakdowns(parts: Sequence[Divided]) -> str:
    """What of_breakdowns says, in plain sentences; of one place also a class with bounds that may be the largest."""
    if len(parts) <= 2:
        single = _plain_whole if len(parts) == 2 else _plain_alone
        return _joined(*(sentence for part in parts for sentence in single(part)))
    known = [part for part in parts if part.top[0] and part.base]
    usual = _usual(known)
    period = _same_period([part.period for part in parts])
    noun = wording.spelled(_noun(parts[0]))
    said = f"Dit gaat over {noun} in {len(parts)} plaatsen{period}."
    if usual is None:
        return said
    return _joined(said, f"{_plain_labels([usual])} is de grootste groep {_where_largest(usual, known, len(parts))}.")


def plain_of_norms(label: str, found: Sequence[tuple[Indicator, Reading]]) -> str:
    """What of_norms says, in plain sentences."""
    held = [(indicator, reading) for indicator, reading in found if indicator.norm]
    if len(held) == 1 or len(found) == 1:
        indicator, reading = (held or found)[0]
        return plain_of_places([reading], indicator, Measure.AANTAL)
    below, norms = _below(held)
    period = _same_period([reading.answer.period for _, reading in found])
    said = f"Bij “{label}” staan {len(held or found)} percentages van {found[0][1].answer.place.label}{period}."
    if not norms:
        return said
    level = f"De streefwaarde is {wording.shown(norms[0])} procent."
    which = f"alle {len(norms)}" if below == len(norms) else f"{below or 'geen'} daarvan"
    return _joined(
        said,
        level if len(set(norms)) == 1 else "Elk heeft een eigen streefwaarde.",
        f"{which} {'ligt' if below < 2 else 'liggen'} daaronder.",
    )


def _joined(*sentences: str) -> str:
    """The sentences, at most four, each with a capital."""
    return " ".join(wording.upper_first(text) for text in [text for text in sentences if text][:4])


def _in_place(place: Place) -> str:
    return f"in de groep “{place.label}”" if place.kind == "rest" else f"in {place.label}"


def _with_hidden(said: str, hidden: Sequence[Reading]) -> str:
    """What is said of the shown numbers, and of how many others the number is hidden, where there is room for it."""
    count = sum(is_hidden(reading.value) for reading in hidden)
    if not said or not count or said.count(". ") > 2:
        return said
    return f"{said} Van {'1 andere plaats' if count == 1 else f'{count} andere plaatsen'} is het cijfer afgeschermd."


def _plain_of_hidden(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    if wanted is not Measure.AANTAL:
        return ""
    item = reading.answer
    return _plain_hidden(reading.value, item.period, f"{indicator.noun}{_kind(reading)}", _in_place(item.place))


def _plain_hidden(value: float, period: Period, noun: str, where: str) -> str:
    """That there were fewer than five; nothing of a number that is withheld."""
    if kind_of(value) is not Kind.SMALL:
        return ""
    return f"In {wording.spoken_period(period)} waren er minder dan 5 {wording.spelled(noun)} {where}."


def _there_were(count: float, noun: str = "") -> str:
    """waren er 646 meldingen, was er 1 melding, waren er geen."""
    bare = wording.number(count) if count else "geen"
    return f"{'was' if count == 1 else 'waren'} er {wording.counted(count, noun) if noun else bare}"


def _plain_number(reading: Reading, indicator: Indicator, wanted: Measure, value: float | None = None) -> str:
    """The number of one place as a sentence; `value` instead of the reading's own."""
    item = reading.answer
    value = reading.value if value is None else value
    when, where = f"In {wording.spoken_period(item.period)}", _in_place(item.place)
    noun = wording.spelled(f"{_bracketed(indicator)}{_kind(reading)}")
    amount = wording.spoken(wording.shown(value, wanted, indicator.unit))
    if indicator.unit == "procent":
        base, late, rest = noun.partition(" op tijd")
        if late:
            return f"{when} was {where} {amount} van de {base} op tijd{rest}."
        return f"{when} was het cijfer voor “{indicator.label}” {where} {amount}."
    if wanted is Measure.AANDEEL:
        return f"{when} hoorde {amount} van de {noun} in de regio bij {item.place.label}."
    if wanted is Measure.AANTAL and indicator.unit == "aantal":
        return f"{when} {_there_were(value, noun)} {where}."
    around = "gemiddeld " if wanted is Measure.PER_MAAND else ""
    return f"{when} waren er {around}{amount} {noun}{PLAIN_PER.get(wanted, '')} {where}."


def _plain_of_one(reading: Reading, indicator: Indicator, wanted: Measure) -> list[str]:
    """The number of one place, what it is measured against, and that of the year before."""
    said = [_plain_number(reading, indicator, wanted)]
    said.append(_turned([reading], wanted))
    if indicator.unit == "procent" and indicator.norm:
        norm = indicator.norm.value
        side = "onder" if reading.value < norm else "boven" if reading.value > norm else "precies op"
        said.append(f"Dat is {side} de streefwaarde van {wording.shown(norm)} procent.")
    if wanted is Measure.AANDEEL and (part := wording.one_in(reading.value, 100)):
        said.append(f"Dat is {part}.")
    return said + _plain_before(reading, indicator, wanted)


def _turned(found: Sequence[Reading], wanted: Measure) -> str:
    """That a rate over another period than a year is one per year."""
    other = wanted is Measure.PER_1000 and any(reading.answer.period.months != 12 for reading in found)
    return "Dat is omgerekend naar één jaar." if other else ""


def _plain_before(reading: Reading, indicator: Indicator, wanted: Measure) -> list[str]:
    """The year before, and the difference where it is one of counts that are not small."""
    before = reading.count_before
    if before is None or indicator.unit == "fte" or wanted is Measure.AANDEEL:
        return []
    if indicator.unit == "procent":
        same = "evenveel" if before == reading.count else wording.spoken(wording.percent(before))
        return [f"Een jaar eerder was dat {same}."]
    if wanted is Measure.AANTAL:
        then = f"Een jaar eerder {_there_were(before)}."
        return _plain_difference(before, reading.count, then, "Een jaar eerder", "Het werden er")
    return _plain_rate_before(reading, before, wanted) if reading.before is not None else []


def _plain_rate_before(reading: Reading, before: float, wanted: Measure) -> list[str]:
    """The rate or monthly number of the year before, where counts are not small with how it compares."""
    then, now = (wording.shown(value or 0, wanted) for value in (reading.before, reading.value))
    if then == now:
        return [f"Een jaar eerder waren het er {'' if reading.before == reading.value else 'ongeveer '}evenveel."]
    said = f"Een jaar eerder waren het er {wording.spoken(then)}." if before else "Een jaar eerder waren er geen."
    if min(before, reading.count) < SMALL_BASE:
        return [said]
    if within_noise(before, reading.count, _exposure(reading) if wanted is Measure.PER_1000 else 1):
        return [said, CHANCE]
    return [said, f"Het werden er {'meer' if reading.value > (reading.before or 0) else 'minder'}."]


def _exposure(reading: Reading) -> float:
    """How many times the inhabitants of the year before there are now."""
    now, before = reading.answer.inhabitants, reading.answer.inhabitants_before
    return now / before if now and before else 1


def _plain_difference(before: float, now: float, then: str, when: str, becomes: str) -> list[str]:
    """`then` says the other count; after it the difference, chance, or nothing where a count is small."""
    if before == now:
        same = {0: "waren er ook geen", 1: "was er ook 1"}.get(int(now), "waren er evenveel")
        return [f"{when} {same}."]
    if min(before, now) < SMALL_BASE:
        return [then]
    if within_noise(before, now):
        return [then, CHANCE]
    return [then, f"{becomes} {wording.number(abs(now - before))} {'meer' if now > before else 'minder'}."]


def _plain_beside(reading: Reading, first: Reading, indicator: Indicator, wanted: Measure) -> str:
    """The number of another place, after that of the first."""
    item = reading.answer
    if item.period != first.answer.period:
        return _plain_number(reading, indicator, wanted)
    where = wording.upper_first(_in_place(item.place))
    amount = wording.spoken(wording.shown(reading.value, wanted, indicator.unit))
    if indicator.unit == "procent":
        return f"{where} was dat {amount}."
    if wanted is Measure.AANDEEL:
        return f"Bij {item.place.label} was dat {amount}."
    if wanted is Measure.AANTAL and indicator.unit == "aantal":
        return f"{where} {_there_were(reading.value)}."
    return f"{where} waren het er {amount}."


def _plain_comparison(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """How the rate of the first place compares with that of the first region or land beside it."""
    first, *others = found
    beside = [r for r in others if r.answer.place.kind in ("region", "land") and r.answer.period == first.answer.period]
    if wanted is not Measure.PER_1000 or indicator.unit != "aantal" or first.answer.place.kind == "rest" or not beside:
        return ""
    other = beside[0]
    around = _without(first, other)
    if around is None or min(first.count, around[0]) < SMALL_BASE or first.answer.geweld != other.answer.geweld:
        return ""
    count, exposure = around
    here, there = _in_place(first.answer.place), _in_place(other.answer.place)
    if within_noise(first.count, count, exposure):
        return f"Het verschil met {other.answer.place.label} is zo klein dat het toeval kan zijn."
    if wording.shown(first.value, wanted) == wording.shown(other.value, wanted):
        return ""
    more = "meer" if first.value > other.value else "minder"
    return f"Naar het aantal inwoners zijn er {here} {more} dan {there}."


def _without(part: Reading, whole: Reading) -> tuple[float, float] | None:
    """The count of a whole without a part of it, and how many times the people of the part are in the rest of it."""
    mine, theirs = part.answer.inhabitants, whole.answer.inhabitants
    if not mine or not theirs:
        return None
    inside = whole.answer.place.kind == "land" or whole.answer.place.id == part.answer.place.region
    count, people = (whole.count - part.count, theirs - mine) if inside else (whole.count, theirs)
    return (count, people / mine) if count >= 0 and people > 0 else None


def _plain_range(ranked: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """The lowest and the highest of places that go from low to high."""
    if not ranked:
        return ""
    low, high = ranked[0], ranked[-1]
    noun = wording.spelled(f"{_bracketed(indicator)}{_kind(low)}")
    all_gemeenten = all(reading.answer.place.kind == "gemeente" for reading in ranked)
    period = _same_period([reading.answer.period for reading in ranked])
    said = f"Dit gaat over {noun} in {len(ranked)} {'gemeenten' if all_gemeenten else 'plaatsen'}{period}."
    if low.value == high.value:
        return _joined(said, f"Het cijfer is overal {_plain_value(low, indicator, wanted)}.")
    ends = (("laagste", low), ("hoogste", high))
    return _joined(
        said,
        *(
            f"Het {name} cijfer is {_plain_value(end, indicator, wanted)}, in {_at(end.value, ranked)}."
            for name, end in ends
        ),
    )


def _plain_value(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    amount = wording.spoken(wording.shown(reading.value, wanted, indicator.unit))
    if indicator.unit == "fte":
        return f"{amount} voltijdbanen"
    return f"{amount} van de regio" if wanted is Measure.AANDEEL else f"{amount}{PLAIN_PER.get(wanted, '')}"


def _same_period(periods: Sequence[Period]) -> str:
    """The period that all share, after a sentence; nothing where they differ."""
    return f" in {wording.spoken_period(periods[0])}" if len(set(periods)) == 1 else ""


def _plain_labels(labels: Sequence[str]) -> str:
    return wording.quoted([wording.upper_first(wording.spelled(label)) for label in labels])


def _plain_share(count: float, base: float, begins: str) -> str:
    """A share in words; empty of a small whole."""
    if base < SMALL_BASE:
        return ""
    share = wording.one_in(count, base) or wording.spoken(wording.percent(count / base * 100))
    return f"{begins} {share}."


def _plain_division(
    where: str, period: Period, noun: str, top: tuple[Sequence[str], float], base: float, rest: tuple[str, float]
) -> list[str]:
    """The whole, the largest class, and its share."""
    labels, count = top
    if is_hidden(base):
        return [_plain_hidden(base, period, noun, where)]
    said = [f"In {wording.spoken_period(period)} {_there_were(base, wording.spelled(noun))} {where}."]
    if not labels or not base or _is_said(labels, noun):
        return said
    names, after = _plain_labels(labels), _after(count, rest)
    if len(labels) == 1 and count == base:
        return [*said, f"Het ging {'' if base == 1 else 'alleen '}om {names}."]
    if len(labels) == 1:
        largest = f"De grootste groep{after} is {names}: {wording.number(count)}."
        return [*said, largest, _plain_share(count, base, "Dat is")]
    largest = f"De grootste groepen{after} zijn {names}: elk {wording.number(count)}."
    return [*said, largest, _plain_share(count, base, "Elk daarvan is")]


def _plain_alone(part: Divided) -> list[str]:
    """All there is to say of one place."""
    where = _in_place(part.place)
    return [
        *_plain_division(where, part.period, _noun(part), part.top, part.base, part.rest),
        _plain_bounds(part),
    ]


def _plain_whole(part: Divided) -> list[str]:
    """One of two places in one sentence: its largest class with the count and the whole, or the whole alone."""
    labels, count = part.top
    when, where = wording.spoken_period(part.period), _in_place(part.place)
    noun = wording.spelled(_noun(part))
    if is_hidden(part.base):
        return [_plain_hidden(part.base, part.period, _noun(part), where)]
    if not _has_one_largest(part):
        return [f"In {when} {_there_were(part.base, noun)} {where}."]
    share = f"{wording.number(count)} van de {wording.number(part.base)} {noun}"
    return [f"In {when} was {_plain_labels(labels)} {where} de grootste groep: {share}."]


def _plain_bounds(part: Divided) -> str:
    """Where no class is known to be the largest: the one with bounds that may be, and within what."""
    loose = [bound for bound in part.bounded if bound.low < bound.high]
    if part.top[0] or not loose:
        return ""
    widest = max(loose, key=lambda bound: bound.high)
    noun = wording.spelled(part.noun)
    return f"Bij {_plain_labels([widest.label])} gaat het om {wording.within(widest.low, widest.high, noun)}."
