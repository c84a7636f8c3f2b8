"""What a number in a chart says when it is pointed at: one sentence, the same on a page, on stage and in a file."""

from vt.figures import wording
from vt.figures.answers import Answer
from vt.figures.metric import Metric
from vt.figures.table import Bounds, Heading, Value
from vt.model.catalogue import Noun
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE


def tell_value(
    name: str,
    value: Value,
    metric: Metric,
    noun: Noun,
    when: str,
    whole: Number | None = None,
    least: int = SMALL_BASE,
) -> str:
    """ "Politie en justitie: 402 meldingen, 73% van 550 (1e halfjaar 2021)"; a hidden number says that it is."""
    return f"{name}: {_say_value(value, metric, noun)}{_say_share(value, metric, whole, least)} ({when})"


def name_when(item: Answer, metric: Metric) -> str:
    """The period of an answer; that a rate is converted to a year, and that numbers are provisional."""
    provisional = ", voorlopig" if item.is_provisional else ""
    return f"{item.period.label}{metric.annualise([item.period])}{provisional}"


def name_before(item: Answer, metric: Metric) -> str:
    """The same of the year before."""
    return f"{item.period.year_before.label}{metric.annualise([item.period])}"


def _say_value(value: Value, metric: Metric, noun: Noun) -> str:
    if value is Suppression.WITHHELD:
        return str(value)
    if isinstance(value, str):
        return "te klein voor een aandeel"
    text = Heading("", metric.measure, metric.indicator.unit).format(value)
    if metric.indicator.unit == "aantal" and not metric.is_share:
        text = f"{text} {noun.one if value in (1, Bounds(1, 1)) else noun}"
    return f"{text}{metric.per}{_say_certainty(value)}"


def _say_certainty(value: Value) -> str:
    """What must be known of a number that was not simply printed."""
    match value:
        case Suppression():
            return ", afgeschermd"
        case Bounds(low, high):
            return ", teruggerekend" if low == high else ", het laagste en het hoogste dat kan"
    return ""


def _say_share(value: Value, metric: Metric, whole: Number | None, least: int) -> str:
    """What part a count is of a whole, where both are shown and neither is small."""
    if whole is None or isinstance(whole, Suppression) or not isinstance(value, int | float) or not metric.is_count:
        return ""
    share = wording.format_share(value, whole, least)
    return f", {share} van {wording.format_number(whole)}" if share else ""
