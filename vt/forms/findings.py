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
        said = [f"{r.answer.place.label} {wording.shown(r.value, wanted, indicator.unit)}" for r in found]
        return f"{indicator.label}: {wording.listed(said)}"
    ranked = sorted((r for r in found if r.answer.place.kind != "rest"), key=lambda r: r.value)
    return f"{indicator.label}: {_range(ranked, indicator, wanted)}" if ranked else indicator.label


def of_series(found: Sequence[Reading], indicator: Indicator) -> str:
    """How the last period compares with the first."""
    first, last = found[0], found[-1]
    place = first.answer.place.label
    span = f"{first.answer.period.label} en {last.answer.period.label}"
    if indicator.unit == "procent":
        from_to = f"van {wording.number(first.value)}% naar {wording.number(last.value)}%"
        return f"{place}: {indicator.noun} {from_to} tussen {span}"
    words = wording.change(first.count, last.count)
    if words.startswith("van "):
        return f"{place}: {words} {indicator.noun} tussen {span}"
    if words.startswith(("gelijk", "vrijwel")):
        return f"{place}: vrijwel evenveel {indicator.noun} in {span}"
    now = f"{wording.number(last.count)} {indicator.noun} {wording.in_period(last.answer.period)}"
    return f"{place}: {now}, {words} dan {wording.in_period(first.answer.period)}"


def of_ranking(ranked: Sequence[Reading], lines: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    """From the lowest to the highest gemeente, and the region beside them."""
    if len(ranked) == 1:
        return of_places(ranked, indicator, wanted)
    said = f"{indicator.label}: {_range(ranked[::-1], indicator, wanted)}"
    regions = [r for r in lines if r.answer.place.kind == "region"]
    beside = [f"{r.answer.place.label} {wording.shown(r.value, wanted, indicator.unit)}" for r in regions]
    return f"{said}; {wording.listed(beside)} als geheel" if beside else said


def of_breakdown(place: str, period: Period, noun: str, top: tuple[str, float] | None, base: float) -> str:
    """The largest class and its part of the whole."""
    if top is None or not base:
        return f"{place}: geen {noun} {wording.in_period(period)}"
    label, count = top
    return f"{place}: {wording.clipped(label, 60)} het grootst, {wording.share_of(count, base)}"


def _of_one(reading: Reading, indicator: Indicator, wanted: Measure) -> str:
    item = reading.answer
    when = wording.in_period(item.period)
    if indicator.unit == "procent":
        text = f"{item.place.label}: {wording.number(reading.value)}% van de {indicator.noun} {when}"
        if reading.count_before is None:
            return text
        return f"{text}, {_points(reading.count_before, reading.count, item.period)}"
    kind = f" ({item.geweld.upper()})" if item.geweld in ("km", "hg", "om") else ""
    amount = wording.shown(reading.value, wanted, indicator.unit)
    unit = wording.PER[wanted]
    text = f"{item.place.label}: {amount} {indicator.noun}{kind}{unit} {when}"
    if reading.count_before is None or indicator.unit != "aantal" or wanted is not Measure.AANTAL:
        return text
    return text + _compared(reading.count_before, reading.count, item.period)


def _points(before: float, now: float, period: Period) -> str:
    words = wording.change_in_points(before, now)
    year = period.year_before.label
    return f"gelijk aan {year}" if words == "gelijk" else f"{words} dan in {year}"


def _compared(before: float, now: float, period: Period) -> str:
    words = wording.change(before, now)
    year = period.year_before.label
    if words.startswith("van "):
        return f" ({words})"
    if words == "gelijk":
        return f", evenveel als in {year}"
    return f", vrijwel gelijk aan {year}" if words.startswith("vrijwel") else f", {words} dan in {year}"


def _range(ranked: Sequence[Reading], indicator: Indicator, wanted: Measure) -> str:
    low, high = ranked[0], ranked[-1]
    return (
        f"van {wording.shown(low.value, wanted, indicator.unit)} in {low.answer.place.label} tot "
        f"{wording.shown(high.value, wanted, indicator.unit)} in {high.answer.place.label}"
    )
