"""How a number changed, in words.

These are full counts, no samples: whether they changed has an exact answer.

1. Both numbers and the difference are said: "13 meer dan in 2020 (21)".
2. A percentage only where both are at least 100, for below that one case is more than a percent of it; none above 100:
   "ruim verdubbeld". Where either is under 20, the two numbers alone: "in 2020 waren het er 7".
3. "Vrijwel gelijk" only under 2 % and with both at least 100; "evenveel" only where they are equal.
4. Of chance one sentence (CHANCE), never in a title, and only of what people report: what Veilig Thuis decides is no
   chance.
5. What is shown changes in its own measure: a percentage in points, a rate in rate.
6. Of counts that CBS rounded to five a difference may be four off: "ongeveer" below a hundred, the two numbers alone
   where it is one step of five, "afgerond evenveel" where they are equal, "hooguit 2" for 0. A percentage where four
   cases are no more than a percent: from 400. "Ruim verdubbeld" and "vrijwel gelijk" where rounding can't undo it.
"""

from typing import NamedTuple

from vt.figures import wording
from vt.figures.metric import Metric
from vt.figures.reading import Reading
from vt.figures.table import Bounds, Value
from vt.model.catalogue import INCIDENT
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE, is_nearly_equal, may_be_chance
from vt.model.rounding import LEAST_EXACT_DIFFERENCE, MOST_OFF, MOST_OFF_OF_TWO
from vt.store.reference import RestGroup

CHANCE = "Een verschil van deze omvang komt bij zulke aantallen ook voor zonder dat er iets verandert."
LEAST_FOR_PERCENT, LEAST_FOR_DOUBLING = 100, 10
_TIMES = {2: "verdubbeld", 3: "verdrievoudigd"}


class Change(NamedTuple):
    """A count before and now, exact or rounded to five by CBS."""

    before: float
    now: float
    is_rounded: bool = False

    @property
    def gap(self) -> float:
        """How far they are apart."""
        return abs(self.now - self.before)

    @property
    def off(self) -> float:
        """How far rounding can put that from what it was."""
        return MOST_OFF_OF_TWO if self.is_rounded else 0

    @property
    def is_rough(self) -> bool:
        """Whether that is much of the difference."""
        return self.is_rounded and self.gap < LEAST_EXACT_DIFFERENCE

    @property
    def difference(self) -> str:
        """How many more or fewer: "13 meer", "ongeveer 20 minder"."""
        about = "ongeveer " if self.is_rough else ""
        return f"{about}{wording.format_number(self.gap)} {'meer' if self.now > self.before else 'minder'}"

    @property
    def is_of_few(self) -> bool:
        """Whether either, or their difference beside what rounding does to it, is so small that the numbers say more
        than that."""
        return min(self.before, self.now) < SMALL_BASE or self.gap < 2 * self.off

    @property
    def words(self) -> str:
        """What it comes to, where that is no percentage: "ruim verdubbeld", "vrijwel gelijk"; else nothing."""
        most, least = (self.before + MOST_OFF, self.now - MOST_OFF) if self.is_rounded else (self.before, self.now)
        if self.before >= LEAST_FOR_DOUBLING and least >= 2 * most:
            times = int(least // most)
            exact = "" if self.now == times * self.before and not self.is_rounded else "ruim "
            return exact + _TIMES.get(times, f"{times} keer zoveel")
        farthest = self.now + (self.off if self.now > self.before else -self.off)
        is_near = self.before != self.now and is_nearly_equal(self.before, farthest)
        return "vrijwel gelijk" if is_near else ""

    @property
    def percent(self) -> str:
        """The difference as part of what it was: "12%"; nothing where that says too much, or words say it."""
        least = LEAST_FOR_PERCENT * max(self.off, 1)
        is_too_small = min(self.before, self.now) < least or self.gap < 2 * self.off
        if self.words or is_too_small or self.before == self.now or self.now > 2 * self.before:
            return ""
        return wording.format_percent(self.gap / self.before * 100)

    @property
    def remark(self) -> str:
        """What may be said of it beside the numbers."""
        return self.words or self.percent

    def since(self, then: str) -> str:
        """What follows the number of now, after a comma; `then` is "in 2020" or "een jaar eerder"."""
        if self.before == self.now:
            alike = "afgerond evenveel" if self.is_rounded else "evenveel"
            return f"{alike if self.now else 'net'} als {then}"
        if self.is_of_few and not self.remark:
            return f"{then} {_count_then(self.before, is_rounded=self.is_rounded)}"
        if self.is_rounded and self.gap < 2 * self.off:
            return f"{self.words} aan {then.removeprefix('in ')} ({wording.format_number(self.before)})"
        said = f"{self.difference} dan {then} ({wording.format_number(self.before)})"
        joint = ", ofwel " if self.percent else ": "
        return f"{said}{joint}{self.remark}" if self.remark else said


def describe_change(reading: Reading[Number]) -> str:
    """How a number compares with the year before, to stand after it: ", 13 meer dan in 2020 (21)".

    Empty where that is not known, or where either is hidden.
    """
    if reading.is_rounded_none:
        reading = reading.as_printed
    metric, now, before = reading.metric, reading.value, reading.before
    if isinstance(before, Suppression) or isinstance(now, Suppression):
        return ""
    if rest := reading.answer.rest:
        return _write_rest(reading, now, before, rest)
    if before is None or metric.is_jobs:
        return ""
    then = f"in {reading.period.year - 1}" if reading.period.months == 12 else "een jaar eerder"
    if metric.is_count:
        return f", {Change(before, now, reading.is_rounded).since(then)}"
    text = reading.said_before
    return f"; {then} was dat {'ook ' if text == reading.text else ''}{text}"


def _write_rest(reading: Reading[Number], now: float, before: float | None, rest: RestGroup) -> str:
    """After a region's total of which much lies outside its gemeenten, what these have by themselves, not how it
    changed: ", waarvan 1.022 onder Overige gemeente; in de 11 gemeenten 2.463, was 2.522"."""
    metric, earlier = reading.metric, reading.answer.rest_before
    part = f", waarvan {wording.format_number(rest.rest)} onder {rest.label}" if metric.is_count else ""
    was = f", was {metric.format(_take_out(before, earlier))}" if earlier and before is not None else ""
    return f"{part}; in de {rest.members} gemeenten {metric.format(_take_out(now, rest))}{was}"


def _take_out(value: float, rest: RestGroup) -> float:
    """The part of a number of the whole region, in whichever measure, that is of its gemeenten."""
    return value * rest.gemeenten / rest.total


class Shift(NamedTuple):
    """A change in a column, and how that goes on with what it is held against: `year` by itself, or `then`, when."""

    text: str
    held: str = "t.o.v. {year}"


def write_change(reading: Reading[Number]) -> Shift:
    """How a number changed, in a column: "−91 (−15%)", "ca. +55 (+4%)", "+13 (was 21)", "was 14"; in words where a
    region has much outside its gemeenten."""
    now, before = reading.value, reading.before
    if reading.answer.rest:
        return Shift(describe_change(reading).removeprefix(", "), "")
    if before is None or isinstance(before, Suppression) or isinstance(now, Suppression) or reading.metric.is_jobs:
        return Shift("")
    if reading.metric.is_percentage:
        points = _sign(before, now)
        return Shift("evenveel", "als {then}") if points == "0" else Shift(wording.count_points(points))
    if not reading.metric.is_count:
        return Shift(f"was {reading.said_before}", "{then}")
    change, sign = Change(before, now, reading.is_rounded), _sign(before, now)
    was = f"was {wording.format_number(before)}"
    is_said = change.percent if change.is_rough else change.remark or not change.is_of_few
    if before == now or not is_said:
        return Shift(was, "{then}")
    about = "ca. " if change.is_rough else ""
    return Shift(f"{about}{sign} ({sign[0] if change.percent else ''}{change.remark or was})")


def _sign(before: float, now: float) -> str:
    """A difference with its sign, rounded."""
    shown = wording.format_number(abs(now - before))
    return shown if shown == "0" else f"{'+' if now > before else '−'}{shown}"


def say_difference(reading: Reading[Number]) -> str:
    """How many more or fewer than a year before: "91 minder dan in 2020"; nothing where that says less than both."""
    now, before = reading.value, reading.before
    if before is None or isinstance(before, Suppression) or isinstance(now, Suppression):
        return ""
    change = Change(before, now, reading.is_rounded)
    if not reading.metric.is_count or reading.answer.rest or change.is_of_few or before == now:
        return ""
    return f"{change.difference} dan {wording.place_in_time(reading.period.year_before)}"


def write_distance(value: Number, norm: float | None) -> str:
    """How far a percentage is from its norm: "34 punten te kort"; nothing where it has none, or is hidden."""
    if norm is None or isinstance(value, Suppression):
        return ""
    points = wording.format_number(abs(value - norm))
    if points == "0":
        return "haalt de norm" if value >= norm else "<1 punt te kort"
    return f"{wording.count_points(points)} {'te kort' if value < norm else 'erboven'}"


def write_difference(now: Value, before: Value, metric: Metric, *, is_rounded: bool = False) -> str:
    """What differs between two numbers that are written beside it: "−118 (−15%)", "+3 punten", "gelijk".

    Nothing where one is hidden, or is not one number.
    """
    one, other = (_pick_exact(value) for value in (before, now))
    if one is None or other is None:
        return ""
    if one == other:
        return "afgerond gelijk" if is_rounded else "gelijk"
    if metric.is_share or metric.is_percentage:
        points = _sign(one, other)
        return "<1 punt" if points == "0" else wording.count_points(points)
    sign = "+" if other > one else "−"
    percent = Change(one, other, is_rounded).percent if metric.is_count else ""
    return f"{sign}{metric.format(abs(other - one))}" + (f" ({sign}{percent})" if percent else "")


def _pick_exact(value: Value) -> float | None:
    if isinstance(value, Bounds):
        return value.low if value.low == value.high else None
    return value if isinstance(value, int | float) else None


def say_points(reading: Reading[float]) -> str:
    """How much a printed percentage changed; nothing of other numbers."""
    before, now = reading.before, reading.value
    if before is None or before == now or not reading.metric.is_percentage:
        return ""
    points = abs(now - before)
    shown = "minder dan 1" if points < 0.5 else wording.format_number(points)
    return f"Dat is {shown} procentpunt {'hoger' if now > before else 'lager'}."


def say_chance(reading: Reading[float]) -> str:
    """That chance alone makes such a difference, where people report what is counted; else nothing."""
    before, now, item = reading.count_before, reading.count, reading.answer
    is_said = reading.before is not None and not item.rest
    if before is None or before == now or not is_said or reading.metric.indicator.about != INCIDENT:
        return ""
    people = (item.inhabitants, item.inhabitants_before)
    exposure = people[0] / people[1] if reading.metric.is_rate and people[0] and people[1] else 1
    return CHANCE if may_be_chance(before, now, exposure) else ""


def _count_then(count: float, *, is_rounded: bool) -> str:
    if count == 0:
        return f"waren het er hooguit {MOST_OFF}" if is_rounded else "geen"
    return f"{'was' if count == 1 else 'waren'} het er {wording.format_number(count)}"
