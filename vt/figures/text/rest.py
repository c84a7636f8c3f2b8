"""A region's total of which much lies outside its gemeenten: what they have by themselves, not how it changed."""

from vt.figures import wording
from vt.figures.reading import Reading
from vt.store.reference import RestGroup


def write_rest(reading: Reading[float], rest: RestGroup) -> str:
    """After a total: ", waarvan 1.022 onder Overige gemeente; in de 11 gemeenten 2.463, was 2.522"."""
    metric, earlier = reading.metric, reading.answer.rest_before
    part = f", waarvan {wording.format_number(rest.rest)} onder {rest.label}" if metric.is_count else ""
    now = _take_out(reading.value, rest)
    was = f", was {metric.format(_take_out(reading.before, earlier))}" if earlier and reading.before is not None else ""
    return f"{part}; in de {rest.members} gemeenten {metric.format(now)}{was}"


def _take_out(value: float, rest: RestGroup) -> float:
    """The part of a number of the whole region, in whichever measure, that is of its gemeenten."""
    return value * rest.gemeenten / rest.total
