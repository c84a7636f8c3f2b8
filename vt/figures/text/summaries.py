"""The summary of a figure: what its title says, for the ear and for level B1.

Two to four short sentences with full stops, one fact in each, every number with what it counts. Its comparisons follow
the rules of vt/figures/wording.py, and these:

- a difference is a number ("Het werden er 338 minder."), not a percentage; of counts under 20 there is none;
- places are compared by rate only, never by count: with the region around them without themselves, or with Nederland,
  and only over the same period; what chance can explain is said to be so;
- a share is "1 op de 4" where that may be said, else a percentage; of a whole under 20 there is none;
- what is missing is not mentioned.

A hidden number has no part in it: what is said is about the others; where nothing else is there, it may say "minder
dan 5".
"""

from collections.abc import Iterable, Sequence

from vt.figures import wording
from vt.figures.reading import Reading
from vt.figures.text import comparisons
from vt.figures.text.change import Change, ChangeKind
from vt.figures.text.comparisons import Division
from vt.figures.text.rest import say_rest
from vt.model.catalogue import Noun, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE, Measure, is_small_part
from vt.model.period import Period

MOST_SENTENCES = 4
CHANCE = "Het verschil is zo klein dat het toeval kan zijn."


def summarize_places(readings: Sequence[Reading[Number]]) -> str:
    """What title_places says, in plain sentences; empty where there is nothing to read."""
    return _join(_say_places(readings))


def summarize_series(readings: Sequence[Reading[Number]]) -> str:
    """What title_series says, in plain sentences."""
    readings = [reading.as_printed for reading in readings]
    shown = comparisons.pick_shown(readings)
    if comparisons.pick_hidden(readings):
        return summarize_series(shown) if len(shown) > 1 else summarize_places(shown)
    first, last = shown[0], shown[-1]
    when = f"In {wording.speak_period(last.period)}"
    if not last.metric.is_count:
        return _join(
            [_say_number(first), f"{when} {'was dat' if last.metric.is_percentage else 'waren er'} {last.spoken}."]
        )
    if last.answer.rest:
        return _join([_say_number(last), *say_rest(last, last.answer.rest)])
    then = f"{when} {_say_there_were(last.value)}."
    change = Change.from_numbers(first.value, last.value)
    return _join([_say_number(first), *_say_difference(change, then, when, "Dat zijn er")])


def summarize_ranking(ranked: Sequence[Reading[Number]], beside: Sequence[Reading[Number]]) -> str:
    """What title_ranking says, in plain sentences."""
    return _join(_say_ranking(ranked, comparisons.pick_shown(beside)))


def summarize_breakdowns(parts: Sequence[Division]) -> str:
    """What title_breakdowns says, in plain sentences; of one place also which class may be the largest."""
    if len(parts) == 1:
        return _join([*_say_division(parts[0]), _say_bounds(parts[0])])
    if len(parts) == 2:
        return _join(map(_say_whole, parts))
    known = [part for part in parts if part.largest and part.base]
    usual = comparisons.find_usual(known)
    period = _name_same_period([part.period for part in parts])
    said = f"Dit gaat over {_spell(parts[0])} in {len(parts)} plaatsen{period}."
    if usual is None:
        return said
    where = comparisons.count_where_largest(usual, known, len(parts))
    return _join([said, f"{_quote([usual])} is de grootste groep {where}."])


def summarize_norms(label: str, readings: Sequence[Reading[float]]) -> str:
    """What title_norms says, in plain sentences."""
    held = [reading for reading in readings if reading.metric.norm is not None]
    if len(held) == 1 or len(readings) == 1:
        return summarize_places((held or readings)[:1])
    below, norms = comparisons.compare_with_norms(held)
    period = _name_same_period([reading.period for reading in readings])
    said = f"Bij “{label}” staan {len(held or readings)} percentages van {readings[0].place.label}{period}."
    if not norms:
        return said
    level = f"De streefwaarde is {wording.format_value(norms[0])} procent."
    which = f"alle {len(norms)}" if below == len(norms) else f"{below or 'geen'} daarvan"
    return _join(
        [
            said,
            level if len(set(norms)) == 1 else "Elk heeft een eigen streefwaarde.",
            f"{which} {'ligt' if below < 2 else 'liggen'} daaronder.",
        ]
    )


def _join(sentences: Iterable[str]) -> str:
    """The sentences, at most four, each with a capital."""
    return " ".join(map(wording.capitalize, _keep(sentences)))


def _keep(sentences: Iterable[str]) -> list[str]:
    """The first four that say something."""
    return [text for text in sentences if text][:MOST_SENTENCES]


def _say_places(readings: Sequence[Reading[Number]]) -> list[str]:
    shown = comparisons.pick_shown(readings)
    if hidden := comparisons.pick_hidden(readings):
        if len(readings) == 1 and not shown:
            (alone,) = readings
            few = _say_few(alone.value, alone.period, _spell(alone), _name_place(alone.place))
            return [few] if alone.metric.is_printed else []
        return _add_hidden(_say_places(shown), hidden)
    if not shown:
        return []
    if len(shown) == 1:
        return _say_one(shown[0])
    if len(shown) > 3:
        return _say_range(comparisons.rank_places(shown))
    first, *others = shown
    said = [_say_number(first), *(_say_beside(other, first) for other in others)]
    return [*said, _say_converted(shown), _compare_with_region(shown)]


def _say_ranking(ranked: Sequence[Reading[Number]], beside: Sequence[Reading[float]]) -> list[str]:
    shown = comparisons.pick_shown(ranked)
    if hidden := comparisons.pick_hidden(ranked):
        return _add_hidden(_say_ranking(shown, beside), hidden)
    if len(shown) == 1:
        return _say_places(shown)
    regions = [f"In {r.place.label} als geheel is het {_say_value(r)}." for r in beside if r.place.kind == "region"]
    return [*_say_range(shown[::-1]), *regions[:1]]


def _name_place(place: Place) -> str:
    before = {"rest": "in de groep ", "organisation": "bij "}.get(place.kind, "in ")
    return before + (f"“{place.label}”" if place.kind == "rest" else place.label)


def _spell(about: Reading[Number] | Division) -> Noun:
    """What is counted, without abbreviations."""
    if isinstance(about, Division):
        return wording.spell_noun(about.plain_noun, about.geweld)
    return wording.spell_noun(about.metric.noun, about.answer.geweld)


def _add_hidden(sentences: Sequence[str], hidden: Sequence[Reading[Number]]) -> list[str]:
    """What is said of the shown numbers, and of how many others the number is hidden, where there is room for it."""
    count = sum(isinstance(reading.value, Suppression) for reading in hidden)
    said = _keep(sentences)
    if not said or not count:
        return said
    others = "1 andere plaats" if count == 1 else f"{count} andere plaatsen"
    return [*said, f"Van {others} is het cijfer afgeschermd."]


def _say_few(value: Number, period: Period, noun: Noun, where: str) -> str:
    """That there were fewer than five; nothing of a number that is withheld."""
    if value is not Suppression.SMALL:
        return ""
    return f"In {wording.speak_period(period)} waren er minder dan 5 {noun} {where}."


def _say_there_were(count: float, noun: Noun | None = None) -> str:
    """waren er 646 meldingen, was er 1 melding, waren er geen."""
    bare = wording.format_number(count) if count else "geen"
    return f"{'was' if count == 1 else 'waren'} er {wording.count_noun(count, noun) if noun else bare}"


def _say_number(reading: Reading[float]) -> str:
    """The number of one place as a sentence."""
    metric, noun, amount = reading.metric, _spell(reading), reading.spoken
    when, where = f"In {wording.speak_period(reading.period)}", _name_place(reading.place)
    if metric.is_percentage:
        base, late, rest = noun.many.partition(" op tijd")
        if late:
            return f"{when} was {where} {amount} van de {base} op tijd{rest}."
        return f"{when} was het cijfer voor “{metric.label}” {where} {amount}."
    if metric.is_share_of_region:
        return f"{when} hoorde {amount} van de {noun} in de regio bij {reading.place.label}."
    if metric.is_share:
        return f"{when} ging {amount} van de {metric.noun} {where} over {GEWELD[reading.answer.geweld].name}."
    if metric.is_count:
        return f"{when} {_say_there_were(reading.value, noun)} {where}."
    around = "gemiddeld " if metric.measure is Measure.PER_MAAND else ""
    return f"{when} waren er {around}{amount} {noun}{metric.per(short=True)} {where}."


def _say_one(reading: Reading[float]) -> list[str]:
    """The number of one place, what it is measured against, and that of the year before."""
    said = [_say_number(reading), _say_converted([reading])]
    norm = reading.metric.norm
    if reading.metric.is_percentage and norm is not None:
        side = "onder" if reading.value < norm else "boven" if reading.value > norm else "precies op"
        said.append(f"Dat is {side} de streefwaarde van {wording.format_value(norm)} procent.")
    if reading.metric.is_share and (part := wording.find_simple_share(reading.value, 100)):
        said.append(f"Dat is {part}.")
    return said + _say_before(reading)


def _say_converted(readings: Sequence[Reading[float]]) -> str:
    """That a rate over another period than a year is one per year."""
    is_other = any(reading.metric.is_rate and reading.period.months != 12 for reading in readings)
    return "Dat is omgerekend naar één jaar." if is_other else ""


def _say_before(reading: Reading[float]) -> list[str]:
    """The year before, and the difference where it is one of counts that are not small."""
    before, metric = reading.count_before, reading.metric
    if rest := reading.answer.rest:
        return say_rest(reading, rest)
    if before is None or metric.is_jobs or metric.is_share:
        return []
    if metric.is_percentage:
        return [f"Een jaar eerder was dat {'evenveel' if before == reading.count else metric.speak(before)}."]
    if metric.is_count:
        then = f"Een jaar eerder {_say_there_were(before)}."
        return _say_difference(Change.from_numbers(before, reading.count), then, "Een jaar eerder", "Het werden er")
    return _say_rate_before(reading, before) if reading.before is not None else []


def _say_rate_before(reading: Reading[float], before: float) -> list[str]:
    """The rate or monthly number of the year before, where counts are not small with how it compares."""
    metric, rate = reading.metric, reading.before or 0
    if metric.format(rate) == reading.text:
        return [f"Een jaar eerder waren het er {'' if rate == reading.value else 'ongeveer '}evenveel."]
    said = f"Een jaar eerder waren het er {metric.speak(rate)}." if before else "Een jaar eerder waren er geen."
    match Change.from_numbers(before, reading.count, exposure=_find_exposure(reading) if metric.is_rate else 1).kind:
        case ChangeKind.FEW:
            return [said]
        case ChangeKind.NEARLY:
            return [said, CHANCE]
        case _:
            return [said, f"Het werden er {'meer' if reading.value > rate else 'minder'}."]


def _find_exposure(reading: Reading[float]) -> float:
    """How many times the inhabitants of the year before there are now."""
    now, before = reading.answer.inhabitants, reading.answer.inhabitants_before
    return now / before if now and before else 1


def _say_difference(change: Change, then: str, when: str, becomes: str) -> list[str]:
    """`then` says the other count; after it the difference, chance, or nothing where a count is small."""
    match change.kind:
        case ChangeKind.EQUAL:
            same = {0: "waren er ook geen", 1: "was er ook 1"}.get(int(change.now), "waren er evenveel")
            return [f"{when} {same}."]
        case ChangeKind.FEW:
            return [then]
        case ChangeKind.NEARLY:
            return [then, CHANCE]
        case _:
            return [then, f"{becomes} {wording.format_number(abs(change.now - change.before))} {change.more}."]


def _say_beside(reading: Reading[float], first: Reading[float]) -> str:
    """The number of another place, after that of the first."""
    metric = reading.metric
    if reading.period != first.period:
        return _say_number(reading)
    where = wording.capitalize(_name_place(reading.place))
    if metric.is_percentage:
        return f"{where} was dat {reading.spoken}."
    if metric.is_share:
        return f"Bij {reading.place.label} was dat {reading.spoken}."
    if metric.is_count:
        return f"{where} {_say_there_were(reading.value)}."
    return f"{where} waren het er {reading.spoken}."


def _compare_with_region(readings: Sequence[Reading[float]]) -> str:
    """How the rate of the first place compares with that of the first region or land beside it."""
    first, *others = readings
    beside = [r for r in others if r.place.kind in ("region", "land") and r.period == first.period]
    if not first.metric.is_rate or first.place.kind == "rest" or first.answer.rest or not beside:
        return ""
    other = beside[0]
    around = _subtract_part(first, other)
    if around is None or first.answer.geweld != other.answer.geweld:
        return ""
    count, exposure = around
    match Change.from_numbers(first.count, count, exposure=exposure).kind:
        case ChangeKind.FEW:
            return ""
        case ChangeKind.EQUAL | ChangeKind.NEARLY:
            return f"Het verschil met {other.place.label} is zo klein dat het toeval kan zijn."
        case _ if first.text == other.text:
            return ""
    more = "meer" if first.value > other.value else "minder"
    return f"Naar het aantal inwoners zijn er {_name_place(first.place)} {more} dan {_name_place(other.place)}."


def _subtract_part(part: Reading[float], whole: Reading[float]) -> tuple[float, float] | None:
    """The count of a whole without a part of it, and how many times the people of the part are in the rest of it."""
    mine, theirs = part.answer.inhabitants, whole.answer.inhabitants
    if not mine or not theirs:
        return None
    inside = whole.place.kind == "land" or whole.place.id == part.place.region
    count, people = (whole.count - part.count, theirs - mine) if inside else (whole.count, theirs)
    return (count, people / mine) if count >= 0 and people > 0 else None


def _say_range(ranked: Sequence[Reading[float]]) -> list[str]:
    """The lowest and the highest of places that go from low to high."""
    if not ranked:
        return []
    low, high = ranked[0], ranked[-1]
    are_gemeenten = all(reading.place.kind == "gemeente" for reading in ranked)
    period = _name_same_period([reading.period for reading in ranked])
    said = f"Dit gaat over {_spell(low)} in {len(ranked)} {'gemeenten' if are_gemeenten else 'plaatsen'}{period}."
    if low.value == high.value:
        return [said, f"Het cijfer is overal {_say_value(low)}."]
    where_low, where_high = (comparisons.name_places_at(end.value, ranked) for end in (low, high))
    return [
        said,
        f"Het laagste cijfer is {_say_value(low)}, in {where_low}.",
        f"Het hoogste cijfer is {_say_value(high)}, in {where_high}.",
    ]


def _say_value(reading: Reading[float]) -> str:
    if reading.metric.is_jobs:
        return f"{reading.spoken} voltijdbanen"
    metric = reading.metric
    if metric.is_share_of_region:
        return f"{reading.spoken} van de regio"
    return reading.spoken if metric.is_share else reading.spoken + metric.per(short=True)


def _name_same_period(periods: Sequence[Period]) -> str:
    """The period that all share, after a sentence; nothing where they differ."""
    return f" in {wording.speak_period(periods[0])}" if len(set(periods)) == 1 else ""


def _quote(labels: Sequence[str]) -> str:
    return wording.quote_all([wording.capitalize(wording.spell_out(label)) for label in labels])


def _say_share(count: float, base: float, begins: str) -> str:
    """A share in words; empty of a small part or whole."""
    if base < SMALL_BASE or is_small_part(count):
        return ""
    share = wording.find_simple_share(count, base) or wording.speak_number(wording.format_percent(count / base * 100))
    return f"{begins} {share}."


def _say_division(part: Division) -> list[str]:
    """The whole of one place, its largest class, and the share of that."""
    where, labels = _name_place(part.place), part.largest
    if isinstance(part.base, Suppression):
        return [_say_few(part.base, part.period, _spell(part), where)]
    said = [f"In {wording.speak_period(part.period)} {_say_there_were(part.base, _spell(part))} {where}."]
    if not labels or not part.base or part.is_said:
        return said
    names, after, amount = _quote(labels), part.after_rest, wording.format_number(part.count)
    if len(labels) == 1 and part.count == part.base:
        return [*said, f"Het ging {'' if part.base == 1 else 'alleen '}om {names}."]
    if len(labels) == 1:
        return [*said, f"De grootste groep{after} is {names}: {amount}.", _say_share(part.count, part.base, "Dat is")]
    largest = f"De grootste groepen{after} zijn {names}: elk {amount}."
    return [*said, largest, _say_share(part.count, part.base, "Elk daarvan is")]


def _say_whole(part: Division) -> str:
    """One of two places in one sentence: its largest class with the count and the whole, or the whole alone."""
    when, where, noun = wording.speak_period(part.period), _name_place(part.place), _spell(part)
    if isinstance(part.base, Suppression):
        return _say_few(part.base, part.period, noun, where)
    if part.largest_share is None:
        return f"In {when} {_say_there_were(part.base, noun)} {where}."
    share = f"{wording.format_number(part.count)} van de {wording.format_number(part.base)} {noun}"
    return f"In {when} was {_quote(part.largest)} {where} de grootste groep: {share}."


def _say_bounds(part: Division) -> str:
    """Where no class is known to be the largest: the one with bounds that may be, and within what."""
    loose = [bound for bound in part.bounded if bound.low < bound.high]
    if part.largest or not loose:
        return ""
    widest = max(loose, key=lambda bound: bound.high)
    noun = part.plain_noun.change(wording.spell_out)
    return f"Bij {_quote([widest.label])} gaat het om {wording.describe_bounds(widest.low, widest.high, noun)}."
