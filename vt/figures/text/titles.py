"""The title of a figure: one careful Dutch sentence made from its numbers.

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

from collections.abc import Callable, Sequence

from vt.figures import wording
from vt.figures.common import name_place
from vt.figures.reading import Reading
from vt.figures.text import comparisons
from vt.figures.text.change import Change, ChangeKind
from vt.figures.text.comparisons import Division
from vt.figures.text.rest import write_rest
from vt.model.catalogue import Noun
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.period import Period


def title_places(readings: Sequence[Reading[Number]], *, short: bool = False) -> str:
    """One place (there is at least one): its number and the change. A few: their numbers. More: from low to high."""
    shown = comparisons.pick_shown(readings)
    if hidden := comparisons.pick_hidden(readings):
        return _write_beside_hidden(lambda short: [title_places(shown, short=short)] if shown else [], hidden, readings)
    if len(shown) == 1:
        return _title_one(shown[0], short)
    if len(shown) <= 3:
        return _write_side_by_side(shown, short)
    ranked = comparisons.rank_places(shown)
    return f"{_name_counted(shown, short)}: {_write_range(ranked)}" if ranked else shown[0].metric.label


def title_series(readings: Sequence[Reading[Number]]) -> str:
    """How the last period compares with the first, in numbers as printed."""
    readings = [reading.as_printed for reading in readings]
    shown = comparisons.pick_shown(readings)
    if hidden := comparisons.pick_hidden(readings):
        write = title_series if len(shown) > 1 else title_places
        return _write_beside_hidden(lambda _: [write(shown)] if shown else [], hidden, readings)
    first, last = shown[0], shown[-1]
    return f"{first.place.label}: {_write_over_time(first, last)}"


def title_ranking(ranked: Sequence[Reading[Number]], beside: Sequence[Reading[Number]], *, short: bool = False) -> str:
    """From the lowest to the highest gemeente, and the region beside them."""
    beside, shown = comparisons.pick_shown(beside), comparisons.pick_shown(ranked)
    if hidden := comparisons.pick_hidden(ranked):
        options = (beside, []) if shown else ()
        return _write_beside_hidden(
            lambda short: [title_ranking(shown, b, short=short) for b in options], hidden, ranked
        )
    if len(shown) == 1:
        return title_places(shown, short=short)
    said = f"{_name_counted(shown, short)}: {_write_range(shown[::-1])}"
    regions = [f"{r.place.label} {r.text}" for r in beside if r.place.kind == "region"]
    if not regions:
        return said
    tail = f": {_write_range(shown[::-1])}; {wording.join_words(regions)} als geheel"
    return wording.pick_fitting(
        f"{_name_counted(shown, short)}{tail}", f"{_name_counted(shown, short=True)}{tail}", said
    )


def title_breakdowns(parts: Sequence[Division]) -> str:
    """The largest class of each of one or two places; of more, in how many the same class is the largest."""
    if len(parts) > 2:
        known = [part for part in parts if part.largest and part.base]
        usual = comparisons.find_usual(known)
        if usual is None:
            return _write_wholes(parts)
        where = comparisons.count_where_largest(usual, known, len(parts))
        return f"{wording.quote_all([usual])} is het grootst {where}"
    shares = [wording.write_share(*share) for part in parts if (share := part.largest_share)]
    if len(parts) == len(shares) == 2 and parts[0].largest == parts[1].largest:
        places = wording.join_words([part.place.label for part in parts])
        return f"{places}: {wording.quote_all(parts[0].largest)} is het grootst, {wording.join_words(shares)}"
    each = [_title_division(part) for part in parts]
    if len(parts) < 2:
        return each[0]
    shorter = ("; ".join(_shorten_division(part, bare=bare) for part in parts) for bare in (False, True))
    return wording.pick_fitting("; ".join(each), *shorter)


def title_norms(label: str, readings: Sequence[Reading[float]]) -> str:
    """How many of a place's percentages are below their norm; `label` is what they are together."""
    held = [reading for reading in readings if reading.metric.norm is not None]
    if len(held) == 1 or len(readings) == 1:
        return title_places((held or readings)[:1])
    place = readings[0].place.label
    below, norms = comparisons.compare_with_norms(held)
    if not norms:
        return f"{place}: {label}"
    count = {0: "geen van de", len(norms): "alle"}.get(below, f"{below} van de")
    verb = "ligt" if below < 2 else "liggen"
    level = f"de streefwaarde van {wording.format_value(norms[0])}%" if len(set(norms)) == 1 else "hun streefwaarde"
    return f"{place}: {count} {len(norms)} percentages {verb} onder {level}"


def write_change(reading: Reading[Number]) -> str:
    """How a number as printed compares with the year before, to stand after it: ", 12% minder dan in 2020".

    Empty where that is not known, hidden, or of full-time jobs.
    """
    before, now = reading.count_before, reading.count
    if isinstance(before, Suppression) or isinstance(now, Suppression):
        return ""
    if rest := reading.answer.rest:
        return write_rest(Reading(reading.metric.as_printed, reading.answer, now, now, before, before), rest)
    if before is None or reading.metric.is_jobs:
        return ""
    change = Change.from_numbers(before, now, is_percentage=reading.metric.is_percentage)
    year = wording.name_period(reading.period.year_before)
    match change.kind:
        case ChangeKind.EQUAL if reading.metric.is_percentage:
            return f", gelijk aan {year}"
        case ChangeKind.EQUAL:
            return f", {'evenveel' if now else 'net'} als in {year}"
        case ChangeKind.FEW:
            return f" ({change.words} sinds {year})"
        case ChangeKind.NEARLY:
            return f", vrijwel gelijk aan {year}"
        case _:
            return f", {change.words} dan in {year}"


def _title_one(reading: Reading[float], short: bool) -> str:
    said = f"{reading.place.label}: {_write_amount(reading, short)} {wording.place_in_time(reading.period)}"
    if not reading.metric.is_printed:
        return said + (write_rest(reading, reading.answer.rest) if reading.answer.rest else "")
    whole = said + write_change(reading)
    if not reading.metric.is_percentage or reading.count_before is None:
        return whole
    year = wording.place_in_time(reading.period.year_before)
    return wording.pick_fitting(whole, f"{said}, {year} was dat {wording.format_percent(reading.count_before)}", said)


def _write_side_by_side(readings: Sequence[Reading[float]], short: bool) -> str:
    """The first place with its number and what it counts, the others with their number."""
    answers = [reading.answer for reading in readings]
    first, *others = ((reading, name_place(reading.answer, answers)) for reading in readings)
    when = f" {wording.place_in_time(answers[0].period)}" if len({item.period for item in answers}) == 1 else ""
    beside = wording.join_words([f"{name} {reading.text}" for reading, name in others])
    said = f"{first[1]}: {_write_amount(first[0], short)}"
    return wording.pick_fitting(f"{said}{when}; {beside}", f"{said}; {beside}")


def _write_amount(reading: Reading[float], short: bool = False) -> str:
    """The number with what it counts: 646 meldingen, 46% van de triagebesluiten op tijd."""
    metric = reading.metric
    if metric.is_percentage:
        return f"{reading.text} van de {reading.noun}"
    if metric.is_share_of_region:
        return f"{reading.text} van de {reading.noun} in de regio"
    if metric.is_share:
        return f"{reading.text} van de {metric.noun} gaat over {GEWELD[reading.answer.geweld].name}"
    if metric.is_count:
        return wording.count_noun(reading.value, reading.noun)
    return f"{reading.text} {reading.noun}{metric.per(short=short)}"


def _write_over_time(first: Reading[float], last: Reading[float]) -> str:
    metric, noun = last.metric, last.noun
    if metric.is_jobs:
        return f"van {first.text} naar {last.text} {noun} tussen {_name_span(first.period, last.period)}"
    if last.answer.rest:
        return f"{_write_amount(last)} {wording.place_in_time(last.period)}{write_rest(last, last.answer.rest)}"
    change = Change.from_numbers(first.value, last.value, is_percentage=metric.is_percentage)
    match change.kind:
        case ChangeKind.EQUAL:
            return f"{_write_amount(last)} in {_name_span(first.period, last.period, again='in ')}"
        case ChangeKind.FEW:
            return (
                f"{change.words} {noun.one if last.value == 1 else noun} tussen {_name_span(first.period, last.period)}"
            )
        case ChangeKind.NEARLY:
            numbers = f"{first.text} en {last.text}"
            return f"vrijwel evenveel {noun} in {_name_span(first.period, last.period)} ({numbers})"
        case _:
            now = f"{_write_amount(last)} {wording.place_in_time(last.period)}"
            return f"{now}, {change.words} dan in {_name_earlier(first.period, last.period)}"


def _name_span(one: Period, other: Period, again: str = "") -> str:
    """Both periods: 2020 en 2021, het 1e en het 2e kwartaal van 2021; `again` stands before the second."""
    is_repeated = one.months == other.months < 12 and one.year == other.year
    first = wording.name_ordinal(one) if is_repeated else wording.name_period(one)
    return f"{first} en {again}{wording.name_period(other)}"


def _name_earlier(one: Period, other: Period) -> str:
    """The first period, without its year where that is the year of the last."""
    return wording.name_part(one) if one.months < 12 and one.year == other.year else wording.name_period(one)


def _title_division(part: Division, *, bare: bool = False) -> str:
    """The largest class, or those that are equally large, and its part of the whole; after a rest class that is larger.

    Where it is `bare`, it is not said that one is the largest.
    """
    begin, when, labels = f"{part.place.label}: ", wording.place_in_time(part.period), part.largest
    if isinstance(part.base, Suppression):
        return f"{begin}{_write_hidden(part.base, part.noun)} {when}"
    whole = f"{begin}{wording.count_noun(part.base, part.noun)} {when}"
    if not labels or not part.base or part.is_said:
        return whole
    if len(labels) == 1 and part.count == part.base:
        return f"{whole}{': ' if part.count == 1 else ', allemaal '}{wording.quote_all(labels)}"
    largest = f"{begin}{wording.quote_all(labels)}{_say_largest(labels, part.after_rest, bare)}"
    return wording.pick_fitting(
        f"{largest} {wording.write_share(part.count, part.base, part.noun)}",
        f"{largest} {wording.write_share(part.count, part.base)}",
    )


def _shorten_division(part: Division, *, bare: bool) -> str:
    if (share := part.largest_share) is None:
        return _title_division(part, bare=bare)
    largest = f"{wording.quote_all(part.largest)}{_say_largest(part.largest, '', bare)}"
    return f"{part.place.label}: {largest} {wording.write_share(*share)}"


def _say_largest(labels: Sequence[str], after: str, bare: bool) -> str:
    if len(labels) > 1:
        return f" zijn het grootst{after}, elk"
    return f"{after}," if bare else f" is het grootst{after},"


def _write_wholes(parts: Sequence[Division]) -> str:
    """The whole of each place, where no class is the largest in more than one."""
    what = wording.capitalize(str(parts[0].noun))
    said = wording.join_words([f"{part.place.label} {_format_whole(part.base)}" for part in parts])
    return wording.pick_fitting(f"{what}: {said}", f"{what} in {len(parts)} plaatsen")


def _name_counted(readings: Sequence[Reading[Number]], short: bool = False) -> str:
    """What is counted, with KM/HG/OM and the unit."""
    metric = readings[0].metric
    return f"{metric.label}{GEWELD[readings[0].answer.geweld].suffix}{metric.per(short=short)}"


def _write_range(ranked: Sequence[Reading[float]]) -> str:
    low, high = ranked[0], ranked[-1]
    if low.value == high.value:
        return f"overal {low.text}"
    lowest, highest = (f"{end.text} in {comparisons.name_places_at(end.value, ranked)}" for end in (low, high))
    return f"van {lowest} tot {highest}"


def _write_beside_hidden(
    write: Callable[[bool], list[str]], hidden: Sequence[Reading[Number]], readings: Sequence[Reading[Number]]
) -> str:
    """A title about the shown numbers, and how many there are beside them; of a hidden number alone what it is.

    `write` gives the wordings about the shown numbers, the best first; shorter ones where it is told so.
    """
    count = sum(isinstance(reading.value, Suppression) for reading in hidden)
    if count == 0:
        return write(False)[0]
    if len(readings) == 1:
        (reading,) = readings
        amount = _write_hidden(reading.value if reading.metric.is_printed else Suppression.WITHHELD, reading.noun)
        return f"{reading.place.label}: {amount} {wording.place_in_time(reading.period)}"
    if count == len(readings):
        return f"{_name_counted(readings)}: alle cijfers afgeschermd"
    tails = f"{'1 cijfer' if count == 1 else f'{count} cijfers'} afgeschermd", f"{count} afgeschermd"
    return wording.pick_fitting(
        *(f"{said}; {tail}" for short in (False, True) for tail in tails for said in write(short)),
        f"{_name_counted(readings, short=True)}: {count} van {len(readings)} cijfers afgeschermd",
    )


def _write_hidden(value: Number, noun: Noun) -> str:
    """A hidden number with what it counts: fewer than five of a small one, else the noun alone."""
    return f"minder dan 5 {noun}" if value is Suppression.SMALL else f"aantal {noun} afgeschermd"


def _format_whole(value: Number) -> str:
    return str(value) if isinstance(value, Suppression) else wording.format_number(value)
