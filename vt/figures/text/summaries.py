"""The plain reading of a figure: what its finding says, for the ear and for level B1.

Two to four short sentences with full stops, one fact in each, every number with what it counts. Its comparisons follow
the rules of vt/wording.py, and these:

- a difference is a number ("Het werden er 338 minder."), not a percentage; of counts under 20 there is none;
- places are compared by rate only, never by count: with the region around them without themselves, or with Nederland,
  and only over the same period; what chance can explain is said to be so;
- a share is "1 op de 4" where that may be said, else a percentage; of a whole under 20 there is none;
- what is missing is not mentioned.

A hidden number has no part in it: what is said is about the others; where nothing else is there, it may say "minder
dan 5".
"""

from collections.abc import Sequence

from vt.figures import wording
from vt.figures.common import Reading
from vt.figures.text.comparisons import (
    Divided,
    after_rest,
    below_norm,
    bracketed,
    has_one_largest,
    hidden_of,
    in_order,
    is_said,
    kind,
    noun_of,
    places_at,
    shown_of,
    usual_of,
    where_largest,
)
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.hidden import Suppression, is_hidden, suppression_of
from vt.model.measures import SMALL_BASE, Measure, within_noise
from vt.model.period import Period

CHANCE = "Het verschil is zo klein dat het toeval kan zijn."
PER = {Measure.PER_MAAND: " per maand", Measure.PER_1000: " per 1.000 inwoners"}


def of_places(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What findings.of_places says, in plain sentences; empty where there is nothing to read."""
    if hidden := hidden_of(found):
        if len(found) == 1 and is_hidden(found[0].value):
            return _of_hidden(found[0], indicator, wanted)
        return _with_hidden(of_places(shown_of(found), indicator, wanted), hidden)
    if not found:
        return ""
    if len(found) == 1:
        return _joined(*_of_one(found[0], indicator, wanted))
    if len(found) > 3:
        return _range(in_order(found), indicator, wanted)
    first, *others = found
    said = [_number(first, indicator, wanted)]
    said += [_beside(other, first, indicator, wanted) for other in others]
    return _joined(*said, _turned(found, wanted), _comparison(found, indicator, wanted))


def of_series(found: Sequence[Reading], indicator: Indicator) -> str:
    """What findings.of_series says, in plain sentences."""
    if hidden_of(found):
        shown = shown_of(found)
        return of_series(shown, indicator) if len(shown) > 1 else of_places(shown, indicator, Measure.AANTAL)
    first, last = found[0], found[-1]
    said = _number(first, indicator, Measure.AANTAL, first.count)
    when = wording.speak_period(last.answer.period)
    if indicator.unit != "aantal":
        now = wording.speak_number(wording.format_value(last.count, unit=indicator.unit))
        return _joined(said, f"In {when} {'was dat' if indicator.unit == 'procent' else 'waren er'} {now}.")
    then = f"In {when} {_there_were(last.count)}."
    return _joined(said, *_difference(first.count, last.count, then, f"In {when}", "Dat zijn er"))


def of_ranking(ranked: Sequence[Reading], lines: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What findings.of_ranking says, in plain sentences."""
    lines = [reading for reading in lines if not is_hidden(reading.value)]
    if hidden := hidden_of(ranked):
        return _with_hidden(of_ranking(shown_of(ranked), lines, indicator, wanted), hidden)
    if len(ranked) == 1:
        return of_places(ranked, indicator, wanted)
    regions = [
        f"In {r.answer.place.label} als geheel is het {_value(r, indicator, wanted)}."
        for r in lines
        if r.answer.place.kind == "region"
    ]
    return _joined(_range(ranked[::-1], indicator, wanted), *regions[:1])


def of_breakdowns(parts: Sequence[Divided]) -> str:
    """What findings.of_breakdowns says, in plain sentences; of one place also which class may be the largest."""
    if len(parts) <= 2:
        single = _whole if len(parts) == 2 else _alone
        return _joined(*(sentence for part in parts for sentence in single(part)))
    known = [part for part in parts if part.top[0] and part.base]
    usual = usual_of(known)
    period = _same_period([part.period for part in parts])
    noun = noun_of(parts[0]).change(wording.spell_out)
    said = f"Dit gaat over {noun} in {len(parts)} plaatsen{period}."
    if usual is None:
        return said
    return _joined(said, f"{_labels([usual])} is de grootste groep {where_largest(usual, known, len(parts))}.")


def of_norms(label: str, found: Sequence[tuple[Indicator, Reading]]) -> str:
    """What findings.of_norms says, in plain sentences."""
    held = [(indicator, reading) for indicator, reading in found if indicator.norm]
    if len(held) == 1 or len(found) == 1:
        indicator, reading = (held or found)[0]
        return of_places([reading], indicator, Measure.AANTAL)
    below, norms = below_norm(held)
    period = _same_period([reading.answer.period for _, reading in found])
    said = f"Bij “{label}” staan {len(held or found)} percentages van {found[0][1].answer.place.label}{period}."
    if not norms:
        return said
    level = f"De streefwaarde is {wording.format_value(norms[0])} procent."
    which = f"alle {len(norms)}" if below == len(norms) else f"{below or 'geen'} daarvan"
    return _joined(
        said,
        level if len(set(norms)) == 1 else "Elk heeft een eigen streefwaarde.",
        f"{which} {'ligt' if below < 2 else 'liggen'} daaronder.",
    )


def _joined(*sentences: str) -> str:
    """The sentences, at most four, each with a capital."""
    return " ".join(wording.capitalize(text) for text in [text for text in sentences if text][:4])


def _in_place(place: Place) -> str:
    return f"in de groep “{place.label}”" if place.kind == "rest" else f"in {place.label}"


def _with_hidden(said: str, hidden: Sequence[Reading]) -> str:
    """What is said of the shown numbers, and of how many others the number is hidden, where there is room for it."""
    count = sum(is_hidden(reading.value) for reading in hidden)
    if not said or not count or said.count(". ") > 2:
        return said
    return f"{said} Van {'1 andere plaats' if count == 1 else f'{count} andere plaatsen'} is het cijfer afgeschermd."


def _of_hidden(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    if wanted is not Measure.AANTAL:
        return ""
    item = reading.answer
    return _hidden(reading.value, item.period, indicator.noun + kind(reading), _in_place(item.place))


def _hidden(value: float, period: Period, noun: Noun, where: str) -> str:
    """That there were fewer than five; nothing of a number that is withheld."""
    if suppression_of(value) is not Suppression.SMALL:
        return ""
    return f"In {wording.speak_period(period)} waren er minder dan 5 {noun.change(wording.spell_out)} {where}."


def _there_were(count: float, noun: Noun | None = None) -> str:
    """waren er 646 meldingen, was er 1 melding, waren er geen."""
    bare = wording.format_number(count) if count else "geen"
    return f"{'was' if count == 1 else 'waren'} er {wording.count_noun(count, noun) if noun else bare}"


def _number(reading: Reading, indicator: Indicator, wanted: Measure, value: float | None = None) -> str:
    """The number of one place as a sentence; `value` instead of the reading's own."""
    item = reading.answer
    value = reading.value if value is None else value
    when, where = f"In {wording.speak_period(item.period)}", _in_place(item.place)
    noun = (bracketed(indicator) + kind(reading)).change(wording.spell_out)
    amount = wording.speak_number(wording.format_value(value, wanted, indicator.unit))
    if indicator.unit == "procent":
        base, late, rest = noun.many.partition(" op tijd")
        if late:
            return f"{when} was {where} {amount} van de {base} op tijd{rest}."
        return f"{when} was het cijfer voor “{indicator.label}” {where} {amount}."
    if wanted is Measure.AANDEEL:
        return f"{when} hoorde {amount} van de {noun} in de regio bij {item.place.label}."
    if wanted is Measure.AANTAL and indicator.unit == "aantal":
        return f"{when} {_there_were(value, noun)} {where}."
    around = "gemiddeld " if wanted is Measure.PER_MAAND else ""
    return f"{when} waren er {around}{amount} {noun}{PER.get(wanted, '')} {where}."


def _of_one(reading: Reading, indicator: Indicator, wanted: Measure) -> list[str]:
    """The number of one place, what it is measured against, and that of the year before."""
    said = [_number(reading, indicator, wanted)]
    said.append(_turned([reading], wanted))
    if indicator.unit == "procent" and indicator.norm:
        norm = indicator.norm.value
        side = "onder" if reading.value < norm else "boven" if reading.value > norm else "precies op"
        said.append(f"Dat is {side} de streefwaarde van {wording.format_value(norm)} procent.")
    if wanted is Measure.AANDEEL and (part := wording.one_in(reading.value, 100)):
        said.append(f"Dat is {part}.")
    return said + _before(reading, indicator, wanted)


def _turned(found: Sequence[Reading], wanted: Measure) -> str:
    """That a rate over another period than a year is one per year."""
    other = wanted is Measure.PER_1000 and any(reading.answer.period.months != 12 for reading in found)
    return "Dat is omgerekend naar één jaar." if other else ""


def _before(reading: Reading, indicator: Indicator, wanted: Measure) -> list[str]:
    """The year before, and the difference where it is one of counts that are not small."""
    before = reading.count_before
    if before is None or indicator.unit == "fte" or wanted is Measure.AANDEEL:
        return []
    if indicator.unit == "procent":
        same = "evenveel" if before == reading.count else wording.speak_number(wording.format_percent(before))
        return [f"Een jaar eerder was dat {same}."]
    if wanted is Measure.AANTAL:
        then = f"Een jaar eerder {_there_were(before)}."
        return _difference(before, reading.count, then, "Een jaar eerder", "Het werden er")
    return _rate_before(reading, before, wanted) if reading.before is not None else []


def _rate_before(reading: Reading, before: float, wanted: Measure) -> list[str]:
    """The rate or monthly number of the year before, where counts are not small with how it compares."""
    then, now = (wording.format_value(value or 0, wanted) for value in (reading.before, reading.value))
    if then == now:
        return [f"Een jaar eerder waren het er {'' if reading.before == reading.value else 'ongeveer '}evenveel."]
    said = f"Een jaar eerder waren het er {wording.speak_number(then)}." if before else "Een jaar eerder waren er geen."
    if min(before, reading.count) < SMALL_BASE:
        return [said]
    if within_noise(before, reading.count, _exposure(reading) if wanted is Measure.PER_1000 else 1):
        return [said, CHANCE]
    return [said, f"Het werden er {'meer' if reading.value > (reading.before or 0) else 'minder'}."]


def _exposure(reading: Reading) -> float:
    """How many times the inhabitants of the year before there are now."""
    now, before = reading.answer.inhabitants, reading.answer.inhabitants_before
    return now / before if now and before else 1


def _difference(before: float, now: float, then: str, when: str, becomes: str) -> list[str]:
    """`then` says the other count; after it the difference, chance, or nothing where a count is small."""
    if before == now:
        same = {0: "waren er ook geen", 1: "was er ook 1"}.get(int(now), "waren er evenveel")
        return [f"{when} {same}."]
    if min(before, now) < SMALL_BASE:
        return [then]
    if within_noise(before, now):
        return [then, CHANCE]
    return [then, f"{becomes} {wording.format_number(abs(now - before))} {'meer' if now > before else 'minder'}."]


def _beside(reading: Reading, first: Reading, indicator: Indicator, wanted: Measure) -> str:
    """The number of another place, after that of the first."""
    item = reading.answer
    if item.period != first.answer.period:
        return _number(reading, indicator, wanted)
    where = wording.capitalize(_in_place(item.place))
    amount = wording.speak_number(wording.format_value(reading.value, wanted, indicator.unit))
    if indicator.unit == "procent":
        return f"{where} was dat {amount}."
    if wanted is Measure.AANDEEL:
        return f"Bij {item.place.label} was dat {amount}."
    if wanted is Measure.AANTAL and indicator.unit == "aantal":
        return f"{where} {_there_were(reading.value)}."
    return f"{where} waren het er {amount}."


def _comparison(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
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
    if wording.format_value(first.value, wanted) == wording.format_value(other.value, wanted):
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


def _range(ranked: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """The lowest and the highest of places that go from low to high."""
    if not ranked:
        return ""
    low, high = ranked[0], ranked[-1]
    noun = (bracketed(indicator) + kind(low)).change(wording.spell_out)
    all_gemeenten = all(reading.answer.place.kind == "gemeente" for reading in ranked)
    period = _same_period([reading.answer.period for reading in ranked])
    said = f"Dit gaat over {noun} in {len(ranked)} {'gemeenten' if all_gemeenten else 'plaatsen'}{period}."
    if low.value == high.value:
        return _joined(said, f"Het cijfer is overal {_value(low, indicator, wanted)}.")
    ends = (("laagste", low), ("hoogste", high))
    return _joined(
        said,
        *(
            f"Het {name} cijfer is {_value(end, indicator, wanted)}, in {places_at(end.value, ranked)}."
            for name, end in ends
        ),
    )


def _value(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    amount = wording.speak_number(wording.format_value(reading.value, wanted, indicator.unit))
    if indicator.unit == "fte":
        return f"{amount} voltijdbanen"
    return f"{amount} van de regio" if wanted is Measure.AANDEEL else f"{amount}{PER.get(wanted, '')}"


def _same_period(periods: Sequence[Period]) -> str:
    """The period that all share, after a sentence; nothing where they differ."""
    return f" in {wording.speak_period(periods[0])}" if len(set(periods)) == 1 else ""


def _labels(labels: Sequence[str]) -> str:
    return wording.quote_all([wording.capitalize(wording.spell_out(label)) for label in labels])


def _share(count: float, base: float, begins: str) -> str:
    """A share in words; empty of a small whole."""
    if base < SMALL_BASE:
        return ""
    share = wording.one_in(count, base) or wording.speak_number(wording.format_percent(count / base * 100))
    return f"{begins} {share}."


def _division(
    where: str, period: Period, noun: Noun, top: tuple[Sequence[str], float], base: float, rest: tuple[str, float]
) -> list[str]:
    """The whole, the largest class, and its share."""
    labels, count = top
    if is_hidden(base):
        return [_hidden(base, period, noun, where)]
    said = [f"In {wording.speak_period(period)} {_there_were(base, noun.change(wording.spell_out))} {where}."]
    if not labels or not base or is_said(labels, noun):
        return said
    names, after = _labels(labels), after_rest(count, rest)
    if len(labels) == 1 and count == base:
        return [*said, f"Het ging {'' if base == 1 else 'alleen '}om {names}."]
    if len(labels) == 1:
        largest = f"De grootste groep{after} is {names}: {wording.format_number(count)}."
        return [*said, largest, _share(count, base, "Dat is")]
    largest = f"De grootste groepen{after} zijn {names}: elk {wording.format_number(count)}."
    return [*said, largest, _share(count, base, "Elk daarvan is")]


def _alone(part: Divided) -> list[str]:
    """All there is to say of one place."""
    where = _in_place(part.place)
    return [
        *_division(where, part.period, noun_of(part), part.top, part.base, part.rest),
        _bounds(part),
    ]


def _whole(part: Divided) -> list[str]:
    """One of two places in one sentence: its largest class with the count and the whole, or the whole alone."""
    labels, count = part.top
    when, where = wording.speak_period(part.period), _in_place(part.place)
    noun = noun_of(part).change(wording.spell_out)
    if is_hidden(part.base):
        return [_hidden(part.base, part.period, noun_of(part), where)]
    if not has_one_largest(part):
        return [f"In {when} {_there_were(part.base, noun)} {where}."]
    share = f"{wording.format_number(count)} van de {wording.format_number(part.base)} {noun}"
    return [f"In {when} was {_labels(labels)} {where} de grootste groep: {share}."]


def _bounds(part: Divided) -> str:
    """Where no class is known to be the largest: the one with bounds that may be, and within what."""
    loose = [bound for bound in part.bounded if bound.low < bound.high]
    if part.top[0] or not loose:
        return ""
    widest = max(loose, key=lambda bound: bound.high)
    noun = part.noun.change(wording.spell_out)
    return f"Bij {_labels([widest.label])} gaat het om {wording.bounds_in_words(widest.low, widest.high, noun)}."
