"""One thing that a report and CBS both count: what each has of it in one period, and how much of that is rounding."""

from collections.abc import Iterator, Sequence

from vt.figures import wording
from vt.figures.answers import Answer, Dataset, answer_exactly
from vt.figures.selection import Selection
from vt.model.catalogue import Indicator
from vt.model.hidden import Suppression
from vt.model.rounding import MOST_OFF


def tell_both(dataset: Dataset, indicator: Indicator, selection: Selection, items: Sequence[Answer]) -> Iterator[str]:
    """For each place the number of its report beside that of CBS, of the newest period that both have; where an
    indicator is not CBS's of what a report has too, nothing."""
    reported = dataset.metadata.indicators.get(indicator.beside or "")
    for item in items if reported else ():
        both = reported and _read_both(dataset, (reported, indicator), selection, item)
        if both:
            when, in_report, by_cbs = both
            gap = abs(in_report - by_cbs)
            most = f"; afronden op vijf verklaart hooguit {MOST_OFF} van de {wording.format_number(gap)} verschil"
            why = most if gap > MOST_OFF else "; dat kan afronding zijn" if gap else ""
            numbers = (wording.format_number(number) for number in (in_report, by_cbs))
            yield "{}, {}: {} in het rapport en {} bij het CBS{}.".format(item.place.said, when, *numbers, why)


def _read_both(
    dataset: Dataset, indicators: Sequence[Indicator], selection: Selection, item: Answer
) -> tuple[str, float, float] | None:
    """The period, and the number of each; None where there is no such period, or one of them is hidden."""
    covered = [{each.period for each in dataset.metadata.covered(one.id, item.place.id)} for one in indicators]
    shared = set.intersection(*covered)
    if not shared:
        return None
    period = max(shared, key=lambda each: (each.end, each.months))
    found = [answer_exactly(dataset, i, selection, period, item.geweld, [item.place.id]) for i in indicators]
    values = [each[0].total.value for each in found if each and each[0].total]
    if len(values) < len(indicators) or any(value is None or isinstance(value, Suppression) for value in values):
        return None
    in_report, by_cbs = (float(value) for value in values if value is not None and not isinstance(value, Suppression))
    return wording.name_period(period), in_report, by_cbs
