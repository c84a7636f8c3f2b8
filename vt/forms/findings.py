"""The finding of a figure: one careful Dutch sentence made from its numbers."""

from collections.abc import Sequence

from vt import wording
from vt.catalogue import Indicator
from vt.forms.parts import Reading
from vt.period import Period
from vt.selection import Measure


def of_places(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """One place: its number and the change. A few: their numbers. More: from the lowest to the highest."""
    if not found:
        return indicator.label
    if len(found) == 1:
        return _of_one(found[0], indicator, wanted)
    if len(found) <= 3:
        said = [f"{_where(r, found)} {wording.shown(r.value, wanted, indicator.unit)}" for r in found]
        return f"{_what(found, indicator, wanted)}: {wording.listed(said)}"
    gemeenten = [r for r in found if r.answer.place.kind == "gemeente"]
    several = gemeenten if len(gemeenten) > 1 else [r for r in found if r.answer.place.kind != "rest"]
    ranked = sorted(several, key=lambda r: r.value)
    return f"{_what(found, indicator, wanted)}: {_range(ranked, indicator, wanted)}" if ranked else indicator.label


def of_series(found: Sequence[Reading], indicator: Indicator) -> str:
    """How the last period compares with the first."""
    first, last = found[0], found[-1]
    place = first.answer.place.label
    span = f"{wording.named(first.answer.period)} en {wording.named(last.answer.period)}"
    if indicator.unit == "procent":
        from_to = f"van {wording.percent(first.value)} naar {wording.percent(last.value)}"
        return f"{place}: {indicator.noun} {from_to} tussen {span}"
    words = wording.change(first.count, last.count)
    noun = f"{indicator.noun}{_kind(last)}"
    if words.startswith("van "):
        return f"{place}: {words} {noun} tussen {span}"
    if words.startswith(("gelijk", "vrijwel")):
        return f"{place}: {'vrijwel ' if words != 'gelijk' else ''}evenveel {noun} in {span}"
    now = f"{wording.number(last.count)} {noun} {wording.in_period(last.answer.period)}"
    return f"{place}: {now}, {words} dan {wording.in_period(first.answer.period)}"


def of_ranking(ranked: Sequence[Reading], lines: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """From the lowest to the highest gemeente, and the region beside them."""
    if len(ranked) == 1:
        return of_places(ranked, indicator, wanted)
    said = f"{_what(ranked, indicator, wanted)}: {_range(ranked[::-1], indicator, wanted)}"
    regions = [r for r in lines if r.answer.place.kind == "region"]
    beside = [f"{r.answer.place.label} {wording.shown(r.value, wanted, indicator.unit)}" for r in regions]
    return f"{said}; {wording.listed(beside)} als geheel" if beside else said


def of_breakdown(place: str, period: Period, noun: str, top: tuple[Sequence[str], float], base: float) -> str:
    """The largest class, or those that are equally large, and its part of the whole."""
    labels, count = top
    if not base:
        return f"{place}: geen {noun} {wording.in_period(period)}"
    if not labels:
        return f"{place}: {wording.number(base)} {noun} {wording.in_period(period)}"
    largest = wording.listed([wording.clipped(label, 60) for label in labels])
    if len(labels) == 1 and count == base:
        return f"{place}: {wording.number(base)} {noun} {wording.in_period(period)}, allemaal “{largest}”"
    each = ", elk" if len(labels) > 1 else ","
    return f"{place}: {largest} het grootst{each} {wording.share_of(count, base)}"


def change_since(before: float, now: float, period: Period, indicator: Indicator) -> str:
    """How a number compares with the year before, to stand after it: ", 12% minder dan in 2020"."""
    if indicator.unit == "procent":
        return f", {_points(before, now, period)}"
    return _compared(before, now, period)


def _of_one(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    item = reading.answer
    when = wording.in_period(item.period)
    if indicator.unit == "procent":
        text = f"{item.place.label}: {wording.percent(reading.value)} van de {indicator.noun} {when}"
        before = reading.count_before
        return text if before is None else text + change_since(before, reading.count, item.period, indicator)
    kind = _kind(reading)
    amount = wording.shown(reading.value, wanted, indicator.unit)
    if wanted is Measure.AANDEEL:
        return f"{item.place.label}: {amount} van de {indicator.noun}{kind} in de regio {when}"
    text = f"{item.place.label}: {amount} {indicator.noun}{kind}{wording.PER[wanted]} {when}"
    if amount == "1":
        text = f"{indicator.label}{kind} in {item.place.label} {when}: 1"
    if reading.count_before is None or indicator.unit != "aantal" or wanted is not Measure.AANTAL:
        return text
    return text + _compared(reading.count_before, reading.count, item.period)


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
        return f", evenveel als in {year}"
    return f", vrijwel gelijk aan {year}" if words.startswith("vrijwel") else f", {words} dan in {year}"


def _what(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """What is counted, with KM/HG/OM and the unit."""
    return f"{indicator.label}{_kind(found[0])}{wording.PER[wanted]}"


def _kind(reading: Reading) -> str:
    """KM, HG or OM in brackets, where the number is of one of them."""
    geweld = reading.answer.geweld
    return f" ({geweld.upper()})" if geweld in ("km", "hg", "om") else ""


def _where(reading: Reading, found: Sequence[Reading]) -> str:
    """The place, with its period where the periods differ."""
    item = reading.answer
    same = len({other.answer.period for other in found}) == 1
    return item.place.label if same else f"{item.place.label} ({item.period.label})"


def _range(ranked: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    low, high = (wording.shown(r.value, wanted, indicator.unit) for r in (ranked[0], ranked[-1]))
    if ranked[0].value == ranked[-1].value:
        return f"overal {low}"
    return f"van {low} in {_at(ranked[0].value, ranked)} tot {high} in {_at(ranked[-1].value, ranked)}"


def _at(value: float, ranked: Sequence[Reading]) -> str:
    """The places that have a value, counted where they are more than two."""
    labels = sorted(reading.answer.place.label for reading in ranked if reading.value == value)
    return wording.listed(labels) if len(labels) <= 2 else f"{len(labels)} plaatsen"
