"""Readings: the numbers of answers in the asked measure, as all forms of figures read them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from vt.figures import wording
from vt.figures.answers import Answer, Dataset, answer_exactly, find_total
from vt.figures.counting import explain_difference
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason
from vt.figures.selection import Selection
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.counting import list_aspects
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import Number, Suppression, derive
from vt.model.measures import ROUGHLY_BELOW, HiddenWholeError, Measure, NotMeasurableError, convert, require_size
from vt.model.period import Period
from vt.model.rounding import MOST_OFF
from vt.store.numbers import Observation
from vt.store.reference import RestGroup

N_co = TypeVar("N_co", bound=Number, covariant=True)


@dataclass(frozen=True)
class Reading(Generic[N_co]):
    """An answer's number in the measure of its metric (`value`) and as printed (`count`), with the year before.

    A Reading[float] is shown, a Reading[Number] may be hidden.
    """

    metric: Metric
    answer: Answer
    value: N_co
    count: N_co
    before: N_co | None
    count_before: N_co | None

    @property
    def place(self) -> Place:
        """Where it was counted."""
        return self.answer.place

    @property
    def period(self) -> Period:
        """When it was counted."""
        return self.answer.period

    @property
    def as_printed(self) -> "Reading[N_co]":
        """The same number as it was printed."""
        return replace(self, metric=self.metric.as_printed, value=self.count, before=self.count_before)

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.metric.format(self.value)

    @property
    def starred(self) -> str:
        """The same, with a star where its publisher calls it provisional."""
        return self.text + self.answer.star

    @property
    def is_rounded(self) -> bool:
        """Whether it is of a count that CBS rounded to five."""
        return self.answer.is_rounded and self.metric.indicator.unit == "aantal"

    @property
    def is_rounded_none(self) -> bool:
        """Whether that is 0, which has no rate or share: it may be one or two."""
        return self.is_rounded and self.count == 0

    @property
    def said(self) -> str:
        """The value in a sentence, with how exact it is: "hooguit 2" for a rounded 0, "ongeveer 12" for a rate."""
        return _say(self.metric, self.value, self.count) if self.is_rounded else self.text

    @property
    def said_before(self) -> str:
        """The same of the year before, where that is known."""
        before, count = self.before, self.count_before
        if before is None or count is None:
            return ""
        return _say(self.metric, before, count) if self.is_rounded else self.metric.format(before)

    @property
    def off(self) -> float:
        """How far rounding can put the value from what it was."""
        if not self.is_rounded or isinstance(self.value, Suppression) or isinstance(self.count, Suppression):
            return 0
        if self.count:
            return MOST_OFF * self.value / self.count
        least = self.answer.measure(MOST_OFF, self.metric.measure) if self.metric.is_rate else 0
        return 0 if isinstance(least, Suppression) else least

    @property
    def noun(self) -> Noun:
        """What is counted, with its kind of geweld."""
        return self.metric.indicator.name_counted(self.answer.geweld)


def _say(metric: Metric, value: Number, count: Number) -> str:
    """A number of a rounded count: "hooguit 2" for none; in another measure "ongeveer" where rounding moves it by more
    than a percent, without the decimal where that is nothing but rounding."""
    text = metric.format(value)
    if isinstance(value, Suppression) or isinstance(count, Suppression) or text.startswith("<"):
        return text
    if not count:
        return f"hooguit {MOST_OFF}" if metric.is_printed else f"afgerond {text}"
    off = MOST_OFF * value / count
    if metric.is_printed or (off <= 1 if metric.is_share else count >= ROUGHLY_BELOW):
        return text
    return f"ongeveer {wording.format_number(value) if off >= 0.5 and not metric.is_share else text}"


def bound_rank(own: Reading[float], all_: Sequence[Reading[float]]) -> tuple[int, int]:
    """The best and the worst place of a number among all, from the highest, that rounding leaves open."""
    others = [other for other in all_ if other.place != own.place]
    surely = sum(other.value - other.off > own.value + own.off for other in others)
    maybe = sum(other.value + other.off > own.value - own.off for other in others)
    return surely + 1, maybe + 1


def write_place_in_rank(own: Reading[float], all_: Sequence[Reading[float]]) -> str:
    """Which of all it is, from the highest: "4e", "1e of 2e", "276e t/m 290e"."""
    first, last = bound_rank(own, all_)
    return f"{first}e" if first == last else f"{first}e {'of' if last == first + 1 else 't/m'} {last}e"


def choose_metric(indicator: Indicator, selection: Selection) -> tuple[Metric, tuple[Notice, ...]]:
    """The measure that applies, and a notice where it is not the chosen one: a percentage stays what it is."""
    refused = None if selection.measure is Measure.AANTAL else _find_refusal(indicator, selection)
    if refused is None:
        return Metric(indicator, selection.measure), ()
    return Metric(indicator), (Notice(refused, asked=selection.measure),)


def _find_refusal(indicator: Indicator, selection: Selection) -> Reason | None:
    """Why an indicator cannot be had in the chosen measure, wherever it is."""
    if indicator.unit != "aantal":
        return Reason.IS_PERCENTAGE if indicator.unit == "procent" else Reason.IS_JOBS
    if indicator.is_about_organisation and selection.measure is not Measure.PER_MAAND:
        return Reason.IS_ORGANISATION
    if selection.measure is Measure.AANDEEL_PLAATS and selection.geweld == ALL_GEWELD:
        return Reason.CHOOSE_GEWELD
    return None


def read_answers(
    dataset: Dataset, items: Sequence[Answer], metric: Metric
) -> tuple[list[Reading[Number]], tuple[Notice, ...]]:
    """Each answer in the asked measure; a notice, with the plain count, for each that cannot be."""
    readings: list[Reading[Number]] = []
    refused = []
    for item in items:
        if item.total is None or item.total.value is None:
            continue
        count = item.total.value
        if metric.is_share_of_region and item.place.kind not in ("gemeente", "rest"):
            refused.append(Notice(Reason.CHOOSE_GEMEENTE))
            continue
        try:
            whole = _find_whole(dataset, item, metric)
            readings.append(_read(item, count, metric, whole))
            if whole.rest and item.place.kind == "gemeente":
                refused.append(_note_rest(readings[-1], whole.rest))
        except NotMeasurableError as error:
            refused.append(
                Notice(
                    Reason.NO_MEASURE,
                    (item.place.said,),
                    asked=metric.measure,
                    shown=metric.as_printed.format(count),
                    why=str(error),
                    when=wording.place_in_time(item.period),
                    hides=isinstance(count, Suppression) or isinstance(error, HiddenWholeError),
                )
            )
    return readings, _merge_refused(refused)


def _merge_refused(refused: Sequence[Notice]) -> tuple[Notice, ...]:
    """One notice for all places of which a number can't be had in the asked measure for one reason."""
    groups: dict[tuple[Reason, str, str], list[Notice]] = defaultdict(list)
    for notice in dict.fromkeys(refused):
        groups[notice.reason, notice.why, notice.when].append(notice)
    return tuple(notice for (reason, *_), same in groups.items() for notice in _merge_same(reason, same))


def _merge_same(reason: Reason, same: Sequence[Notice]) -> Sequence[Notice]:
    if reason is not Reason.NO_MEASURE or len(same) == 1:
        return same
    numbers = wording.join_words([f"{notice.places[0]} {notice.shown}" for notice in same])
    hides = any(notice.hides for notice in same)
    return [replace(same[0], reason=Reason.NO_MEASURE_TOGETHER, places=(), shown=numbers, hides=hides)]


def _read(item: Answer, count: Number, metric: Metric, whole: "_Whole") -> Reading[Number]:
    before = item.total_before.value if item.total_before else None
    months = item.period.months
    whole.require_shown()
    require_size(count, metric.measure, months)
    value = item.measure(count, metric.measure, whole.now)
    return Reading(metric, item, value, count, _read_before(item, before, metric, whole), before)


def _read_before(item: Answer, count: Number | None, metric: Metric, whole: "_Whole") -> Number | None:
    if count is None or isinstance(whole.before, Suppression):
        return None
    months, inhabitants = item.period.months, item.inhabitants_before
    try:
        require_size(count, metric.measure, months)
        return convert(count, metric.measure, months=months, inhabitants=inhabitants, base=whole.before)
    except NotMeasurableError:
        return None


def _note_rest(reading: Reading[Number], rest: RestGroup) -> Notice:
    """What the share would be of the gemeenten alone, where much of the region's total lies outside them."""
    inside = derive(lambda value: value * rest.total / rest.gemeenten, reading.value)
    return Notice(
        Reason.SHARE_WITH_REST,
        (reading.place.said,),
        what=rest.label,
        asked=wording.format_number(rest.rest),
        other=wording.format_number(rest.total),
        shown=reading.metric.format(inside),
    )


class _Whole(NamedTuple):
    """What a share is part of, now and a year before; none where no share is asked."""

    name: str = ""
    now: Number | None = None
    before: Number | None = None
    rest: RestGroup | None = None

    def require_shown(self) -> None:
        """Raise NotMeasurableError where there is none, or where it is hidden."""
        if isinstance(self.now, Suppression):
            raise HiddenWholeError(f"{self.name} is afgeschermd")
        if self.name and self.now is None:
            raise NotMeasurableError(f"{self.name} is niet bekend")


def _require_alike(region: Answer, item: Answer) -> None:
    """Raise NotMeasurableError where the total of a region is not known to be counted as a part of it is."""
    aspects = list_aspects(between_gemeenten=False, by_class=False, by_geweld=item.geweld != ALL_GEWELD)
    if why := explain_difference(item.table.counting, region.table.counting, aspects):
        raise NotMeasurableError(why)


def _find_whole(dataset: Dataset, item: Answer, metric: Metric) -> _Whole:
    if metric.is_share_of_region:
        where, alike = [item.place.region or item.place.id], Selection(shielding=item.shielding)
        same = answer_exactly(dataset, metric.indicator, alike, item.period, item.geweld, where)
        whole = _Whole("het totaal van de regio")
        if not same:
            return whole
        _require_alike(same[0], item)
        rest = same[0].rest
        before = None if rest else _read_value(same[0].total_before)
        return whole._replace(now=_read_value(same[0].total), before=before, rest=rest)
    if metric.is_share:
        if item.geweld == ALL_GEWELD:
            raise NotMeasurableError("het cijfer is niet uitgesplitst")
        now, before = (_read_value(find_total(rows, ALL_GEWELD)) for rows in (item.numbers, item.before))
        return _Whole("het geheel", now, before)
    return _Whole()


def _read_value(total: Observation[Number] | None) -> Number | None:
    return total.value if total else None
