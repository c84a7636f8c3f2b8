"""Readings: the numbers of answers in the asked measure, as all forms of figures read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from vt.figures import wording
from vt.figures.answers import Answer, Dataset, answer
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason
from vt.figures.selection import Selection
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import HiddenWholeError, Measure, NotMeasurableError, convert
from vt.model.period import Period

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
    def spoken(self) -> str:
        """The value in words."""
        return self.metric.speak(self.value)

    @property
    def noun(self) -> Noun:
        """What is counted, with KM, HG or OM."""
        return self.metric.noun + GEWELD[self.answer.geweld].suffix


def choose_metric(indicator: Indicator, selection: Selection) -> tuple[Metric, tuple[Notice, ...]]:
    """The measure that applies, and a notice where it is not the chosen one: a percentage stays what it is."""
    if indicator.unit == "aantal" or selection.measure is Measure.AANTAL:
        return Metric(indicator, selection.measure), ()
    reason = Reason.IS_PERCENTAGE if indicator.unit == "procent" else Reason.IS_JOBS
    return Metric(indicator), (Notice(reason, asked=selection.measure),)


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
        try:
            base = _read_region_total(dataset, item, metric.indicator) if metric.is_share else None
            readings.append(_read(item, count, metric, base))
        except NotMeasurableError as error:
            refused.append(
                Notice(
                    Reason.NO_MEASURE,
                    (item.place.label,),
                    asked=metric.measure,
                    shown=metric.as_printed.format(count),
                    why=str(error),
                    when=wording.place_in_time(item.period),
                    hides=isinstance(count, Suppression) or isinstance(error, HiddenWholeError),
                )
            )
    return readings, tuple(refused)


def _read(item: Answer, count: Number, metric: Metric, base: float | None) -> Reading[Number]:
    before = item.total_before.value if item.total_before else None
    months = item.period.months
    value = convert(count, metric.measure, months=months, inhabitants=item.inhabitants, base=base)
    return Reading(metric, item, value, count, _read_before(item, before, metric), before)


def _read_before(item: Answer, count: Number | None, metric: Metric) -> Number | None:
    if count is None or metric.is_share:
        return None
    try:
        return convert(count, metric.measure, months=item.period.months, inhabitants=item.inhabitants_before)
    except NotMeasurableError:
        return None


def _read_region_total(dataset: Dataset, item: Answer, indicator: Indicator) -> float:
    region = item.place.region
    if region is None or item.place.kind not in ("gemeente", "rest"):
        raise NotMeasurableError("alleen een gemeente heeft een aandeel in haar regio")
    asked = Selection(period=item.period.id, geweld=item.geweld, shielded=item.is_shielded)
    whole = answer(dataset, indicator, asked, places=[region]).items
    same = [other for other in whole if other.period == item.period and other.geweld == item.geweld]
    total = same[0].total.value if same and same[0].total else None
    if total is None:
        raise NotMeasurableError("het totaal van de regio is niet bekend")
    if isinstance(total, Suppression):
        raise HiddenWholeError("het totaal van de regio is afgeschermd")
    return total
