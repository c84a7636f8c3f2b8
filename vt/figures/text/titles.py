"""The finding of a figure: its title, one careful Dutch sentence made from its numbers.

A title begins with the place, has no full stop, and says of

- one place: its number, and the change from the year before where that is known;
- a few places: their numbers side by side; of more: the lowest and the highest;
- a row in time: how the last period compares with the first;
- a division: the largest class and its part of the whole; classes that are equally large are named together, and none
  where what cannot be read off could be larger; of more than two places: where the same class is the largest, of those
  where the largest is known;
- norms: how many of the percentages are below theirs.

A hidden number has no part in it: what is said is about the others, and how many were left out.
"""

from collections.abc import Sequence
from math import nan

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
from vt.model.catalogue import Indicator, Noun
from vt.model.hidden import Suppression, is_hidden, suppression_of
from vt.model.measures import Measure
from vt.model.period import Period

_COUNT = Measure.AANTAL


def of_places(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """One place: its number and the change. A few: their numbers. More: from the lowest to the highest."""
    if hidden := hidden_of(found):
        return _beside_hidden([of_places(shown_of(found), indicator, wanted)], hidden, found, indicator, wanted)
    if not found:
        return indicator.label
    if len(found) == 1:
        return _of_one(found[0], indicator, wanted)
    if len(found) <= 3:
        return _side_by_side(found, indicator, wanted)
    ranked = in_order(found)
    return f"{_what(found, indicator, wanted)}: {_range(ranked, indicator, wanted)}" if ranked else indicator.label


def of_series(found: Sequence[Reading], indicator: Indicator) -> str:
    """How the last period compares with the first."""
    if hidden := hidden_of(found):
        said = of_series(shown, indicator) if len(shown := shown_of(found)) > 1 else of_places(shown, indicator, _COUNT)
        return _beside_hidden([said], hidden, found, indicator, _COUNT)
    first, last = found[0], found[-1]
    place = first.answer.place.label
    if indicator.unit == "procent":
        return f"{place}: {_percent_over_time(first, last, indicator)}"
    noun = indicator.noun + kind(last)
    if indicator.unit == "fte":
        before, now = (wording.format_value(reading.count, unit="fte") for reading in (first, last))
        return f"{place}: van {before} naar {now} {noun} tussen {_span(first, last)}"
    words = wording.describe_change(first.count, last.count)
    if words.startswith("van "):
        return f"{place}: {words} {noun.one if last.count == 1 else noun} tussen {_span(first, last)}"
    if words == "gelijk":
        return f"{place}: {wording.count_noun(last.count, noun)} in {_span(first, last, again='in ')}"
    if words.startswith("vrijwel"):
        numbers = f"{wording.format_number(first.count)} en {wording.format_number(last.count)}"
        return f"{place}: vrijwel evenveel {noun} in {_span(first, last)} ({numbers})"
    now = f"{wording.format_number(last.count)} {noun} {wording.in_period(last.answer.period)}"
    return f"{place}: {now}, {words} dan in {_earlier(first, last)}"


def of_ranking(ranked: Sequence[Reading], lines: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """From the lowest to the highest gemeente, and the region beside them."""
    lines = [reading for reading in lines if not is_hidden(reading.value)]
    if hidden := hidden_of(ranked):
        shown = shown_of(ranked)
        options = [of_ranking(shown, some, indicator, wanted) for some in (lines, []) if shown]
        return _beside_hidden(options, hidden, ranked, indicator, wanted)
    if len(ranked) == 1:
        return of_places(ranked, indicator, wanted)
    said = f"{_what(ranked, indicator, wanted)}: {_range(ranked[::-1], indicator, wanted)}"
    regions = [r for r in lines if r.answer.place.kind == "region"]
    if not regions:
        return said
    beside = [f"{r.answer.place.label} {wording.format_value(r.value, wanted, indicator.unit)}" for r in regions]
    whole = f"{said}; {wording.join_words(beside)} als geheel"
    return wording.first_fitting(whole, whole.replace(" inwoners per jaar", " inwoners"), said)


def of_breakdown(
    place: str,
    period: Period,
    noun: Noun,
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
    if not labels or not base or is_said(labels, noun):
        return f"{place}: {wording.count_noun(base, noun)} {when}"
    if len(labels) == 1 and count == base:
        told = ": " if count == 1 else ", allemaal "
        return f"{place}: {wording.count_noun(base, noun)} {when}{told}{wording.quote_all(labels)}"
    largest = f"{place}: {wording.quote_all(labels)} {_is_largest(labels, after_rest(count, rest))}"
    return wording.first_fitting(
        f"{largest} {wording.share_in(count, base, noun)}", f"{largest} {wording.share_of(count, base)}"
    )


def of_breakdowns(parts: Sequence[Divided]) -> str:
    """The largest class of each of one or two places; of more, in how many the same class is the largest."""
    if len(parts) > 2:
        known = [part for part in parts if part.top[0] and part.base]
        usual = usual_of(known)
        if usual is None:
            return _wholes(parts)
        return f"{wording.quote_all([usual])} is het grootst {where_largest(usual, known, len(parts))}"
    if len(parts) == 2 and all(has_one_largest(part) for part in parts) and parts[0].top[0] == parts[1].top[0]:
        places = wording.join_words([part.place.label for part in parts])
        shares = wording.join_words([wording.share_of(part.top[1], part.base) for part in parts])
        return f"{places}: {wording.quote_all(parts[0].top[0])} is het grootst, {shares}"
    each = [f"{part.place.label}: {_each(part)}" for part in parts]
    if len(parts) < 2:
        return each[0]
    short = [f"{part.place.label}: {_each_short(part)}" for part in parts]
    return wording.first_fitting("; ".join(each), "; ".join(short), "; ".join(short).replace(" is het grootst", ""))


def of_norms(label: str, found: Sequence[tuple[Indicator, Reading]]) -> str:
    """How many of a place's percentages are below their norm; `label` is what they are together."""
    held = [(indicator, reading) for indicator, reading in found if indicator.norm]
    if len(held) == 1 or len(found) == 1:
        indicator, reading = (held or found)[0]
        return of_places([reading], indicator, Measure.AANTAL)
    place = found[0][1].answer.place.label
    below, norms = below_norm(held)
    if not norms:
        return f"{place}: {label}"
    count = {0: "geen van de", len(norms): "alle"}.get(below, f"{below} van de")
    verb = "ligt" if below < 2 else "liggen"
    level = f"de streefwaarde van {wording.format_value(norms[0])}%" if len(set(norms)) == 1 else "hun streefwaarde"
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
    return wording.first_fitting(whole, f"{said}, {year} was dat {wording.format_percent(before)}")


def _side_by_side(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """The first place with its number and what it counts, the others with their number."""
    first, *others = found
    same = len({reading.answer.period for reading in found}) == 1
    when = f" {wording.in_period(first.answer.period)}" if same else ""
    beside = [f"{_where(r, found)} {wording.format_value(r.value, wanted, indicator.unit)}" for r in others]
    said = f"{_where(first, found)}: {_amount(first, indicator, wanted)}"
    return wording.first_fitting(f"{said}{when}; {wording.join_words(beside)}", f"{said}; {wording.join_words(beside)}")


def _amount(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    """The number with what it counts: 646 meldingen, 46% van de triagebesluiten op tijd."""
    noun = bracketed(indicator) + kind(reading)
    amount = wording.format_value(reading.value, wanted, indicator.unit)
    if indicator.unit == "procent":
        return f"{amount} van de {noun}"
    if wanted is Measure.AANDEEL:
        return f"{amount} van de {noun} in de regio"
    if wanted is Measure.AANTAL and indicator.unit == "aantal":
        return wording.count_noun(reading.value, noun)
    return f"{amount} {noun}{wording.PER[wanted]}"


def _percent_over_time(first: Reading, last: Reading, indicator: Indicator) -> str:
    noun = bracketed(indicator)
    if first.value == last.value:
        return f"{wording.format_percent(last.value)} van de {noun} in {_span(first, last, again='in ')}"
    words = wording.describe_points(first.value, last.value)
    now = f"{wording.format_percent(last.value)} van de {noun} {wording.in_period(last.answer.period)}"
    return f"{now}, {words} dan in {_earlier(first, last)}"


def _points(before: float, now: float, period: Period) -> str:
    words = wording.describe_points(before, now)
    year = wording.name_period(period.year_before)
    return f"gelijk aan {year}" if words == "gelijk" else f"{words} dan in {year}"


def _compared(before: float, now: float, period: Period) -> str:
    words = wording.describe_change(before, now)
    year = wording.name_period(period.year_before)
    if words.startswith("van "):
        return f" ({words} sinds {year})"
    if words == "gelijk":
        return f", evenveel als in {year}" if now else f", net als in {year}"
    return f", vrijwel gelijk aan {year}" if words.startswith("vrijwel") else f", {words} dan in {year}"


def _span(first: Reading, last: Reading, again: str = "") -> str:
    """Both periods: 2020 en 2021, het 1e en het 2e kwartaal van 2021; `again` stands before the second."""
    one, other = first.answer.period, last.answer.period
    return f"{_short(one, other)} en {again}{wording.name_period(other)}"


def _earlier(first: Reading, last: Reading) -> str:
    """The first period, without its year where that is the year of the last."""
    one, other = first.answer.period, last.answer.period
    return wording.name_period(one).removesuffix(f" van {other.year}")


def _short(one: Period, other: Period) -> str:
    """The first of two periods, without what the second repeats: het 1e [kwartaal van 2021]."""
    tail = wording.name_period(other).split(" ", 2)[2:] if other.months < 12 else []
    text = wording.name_period(one)
    return text.removesuffix(f" {tail[0]}") if tail else text


def _is_largest(labels: Sequence[str], after: str) -> str:
    return f"is het grootst{after}," if len(labels) == 1 else f"zijn het grootst{after}, elk"


def _each(part: Divided) -> str:
    sentence = of_breakdown(part.place.label, part.period, noun_of(part), part.top, part.base, part.rest)
    return sentence.removeprefix(f"{part.place.label}: ")


def _each_short(part: Divided) -> str:
    labels, count = part.top
    if not has_one_largest(part):
        return _each(part)
    return f"{wording.quote_all(labels)} {_is_largest(labels, '')} {wording.share_of(count, part.base)}"


def _wholes(parts: Sequence[Divided]) -> str:
    """The whole of each place, where no class is the largest in more than one."""
    what = wording.capitalize(str(noun_of(parts[0])))
    said = wording.join_words([f"{part.place.label} {_whole_number(part.base)}" for part in parts])
    return wording.first_fitting(f"{what}: {said}", f"{what} in {len(parts)} plaatsen")


def _what(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What is counted, with KM/HG/OM and the unit."""
    return f"{indicator.label}{kind(found[0])}{wording.PER[wanted]}"


def _where(reading: Reading, found: Sequence[Reading]) -> str:
    """The place, with its period where the periods differ."""
    item = reading.answer
    same = len({other.answer.period for other in found}) == 1
    return item.place.label if same else f"{item.place.label} ({item.period.label})"


def _range(ranked: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    low, high = (wording.format_value(r.value, wanted, indicator.unit) for r in (ranked[0], ranked[-1]))
    if ranked[0].value == ranked[-1].value:
        return f"overal {low}"
    return f"van {low} in {places_at(ranked[0].value, ranked)} tot {high} in {places_at(ranked[-1].value, ranked)}"


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
        amount = _hidden_number(number, indicator.noun + kind(reading))
        return f"{reading.answer.place.label}: {amount} {wording.in_period(reading.answer.period)}"
    if count == len(found):
        return f"{_what(found, indicator, wanted)}: alle cijfers afgeschermd"
    tails = f"{'1 cijfer' if count == 1 else f'{count} cijfers'} afgeschermd", f"{count} afgeschermd"
    whole = [f"{said}; {tail}" for tail in tails for said in options]
    return wording.first_fitting(*whole, *(text.replace(" inwoners per jaar", " inwoners") for text in whole))


def _hidden_number(value: float, noun: Noun) -> str:
    """A hidden number with what it counts: fewer than five of a small one, else the noun alone."""
    return f"minder dan 5 {noun}" if suppression_of(value) is Suppression.SMALL else f"aantal {noun} afgeschermd"


def _whole_number(value: float) -> str:
    return str(suppression_of(value)) if is_hidden(value) else wording.format_number(value)
