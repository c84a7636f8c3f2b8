"""The headline numbers of a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from vt.figures.answers import Answer, Dataset, answer
from vt.figures.common import link_to, mark_period
from vt.figures.figure import Source
from vt.figures.flags import tell_doubts
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.revised import EARLIER, find_earlier
from vt.figures.selection import Selection, list_chosen_places
from vt.figures.table import Link
from vt.figures.text.change import describe_change
from vt.figures.wording import format_number
from vt.model.catalogue import Indicator
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Shielding, Suppression
from vt.store.reference import Metadata


@dataclass(frozen=True)
class Headline:
    """One number of one place: what, how much, over which period, how it changed, and where it was printed.

    `said` is the number in a sentence ("hooguit 2" for 0 of CBS); `hides` where it is hidden; `doubts` is what the
    checks found about it.
    """

    label: str
    value: str
    said: str
    unit: str
    period: str
    note: str
    source: Source
    links: tuple[Link, ...]
    hides: bool = False
    doubts: str = ""


def make_headlines(
    dataset: Dataset, indicators: Sequence[Indicator], selection: Selection, place: str
) -> list[Headline]:
    """The headline of each indicator that this very place has, in the asked measure where that can be made."""
    made: list[Headline] = []
    for indicator in indicators:
        own = answer_alone(dataset, indicator, selection, place)
        metric, _ = choose_metric(indicator, selection)
        readings = read_answers(dataset, own, metric)[0] or read_answers(dataset, own, metric.as_printed)[0]
        made += [make_headline(reading, dataset) for reading in readings]
    return made


def answer_alone(dataset: Dataset, indicator: Indicator, selection: Selection, place: str) -> list[Answer]:
    """The answer of this very place, not of its region; none where it has none. Of several that were chosen it is
    counted as they all are."""
    chosen = list_chosen_places(selection, dataset.metadata)
    among = chosen if place in chosen else None
    items = answer(dataset, indicator, selection, places=[place], among=among).items
    return [item for item in items if item.place.id == place]


def make_headline(reading: Reading[Number], dataset: Dataset) -> Headline:
    item, metric, links = reading.answer, reading.metric, link_to(reading)
    hides, is_shielded = isinstance(reading.count, Suppression), item.shielding is Shielding.ALL
    is_plain = (metric.is_printed and not metric.is_jobs) or hides
    return Headline(
        metric.label + GEWELD[item.geweld].suffix,
        _write_value(reading, reading.text),
        _write_value(reading, reading.said),
        "" if is_plain else metric.name_unit([item.period]).removeprefix("procent "),
        mark_period(item),
        mark_period(item) + describe_change(reading) + write_earlier(reading, dataset.metadata),
        Source.from_table(item.table),
        () if is_shielded else links,
        hides,
        tell_doubts(links, dataset, is_shown=not hides and not is_shielded),
    )


def write_earlier(reading: Reading[Number], metadata: Metadata) -> str:
    """What an older report printed for the number, to stand after it; empty for another measure, or shielded."""
    revised = find_earlier(link_to(reading), metadata)
    if revised is None or not reading.metric.is_printed or reading.answer.shielding is Shielding.ALL:
        return ""
    return f", {EARLIER}: {reading.metric.format(revised.older)}"


def _write_value(reading: Reading[Number], text: str) -> str:
    """The number; with the printed one, where it can be either; how it is hidden."""
    if isinstance(reading.count, Suppression):
        return str(reading.count)
    other = reading.answer.contested
    return text if other is None or not reading.metric.is_count else f"{text} of {format_number(other)}"
