"""The headline numbers of a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from vt.figures import wording
from vt.figures.answers import Dataset, answer
from vt.figures.common import (
    Reading,
    link_to,
    measure_for,
    read_measures,
    text_of,
)
from vt.figures.figure import Source
from vt.figures.selection import Selection
from vt.figures.table import Link
from vt.figures.text import titles
from vt.model.catalogue import Indicator
from vt.model.geweld import GEWELD
from vt.model.hidden import is_hidden
from vt.model.measures import Measure


@dataclass(frozen=True)
class Headline:
    """One number of one place: what, how much, over which period, how it changed, and where it was printed."""

    label: str
    value: str
    unit: str
    note: str
    source: Source
    links: tuple[Link, ...]


def headlines(dataset: Dataset, indicators: Sequence[Indicator], selection: Selection, place: str) -> list[Headline]:
    """The headline of each indicator that this very place has, in the asked measure where that can be made."""
    found = []
    for indicator in indicators:
        items = answer(dataset, indicator, selection, places=[place]).items
        own = [item for item in items if item.place.id == place]
        wanted, _ = measure_for(indicator, selection)
        made, _ = read_measures(dataset, own, indicator, wanted)
        if not made:
            wanted = Measure.AANTAL
            made, _ = read_measures(dataset, own, indicator, wanted)
        found += [_headline(reading, indicator, wanted) for reading in made]
    return found


def _headline(reading: Reading, indicator: Indicator, wanted: Measure) -> Headline:
    item = reading.answer
    note = item.period.label + ("*" if item.is_provisional else "")
    is_known = not is_hidden(reading.count) and not is_hidden(reading.count_before)
    if reading.count_before is not None and indicator.unit != "fte" and is_known:
        note += titles.change_since(reading.count_before, reading.count, item.period, indicator)
    unit = "" if wanted is Measure.AANTAL else wording.UNIT_OF_MEASURE[wanted]
    unit = "fte" if indicator.unit == "fte" else unit
    if is_hidden(reading.count):
        value, unit = text_of(reading.count), ""
    else:
        value = text_of(reading.value, wanted, indicator.unit)
    links = () if item.is_shielded else link_to(item, item.geweld)
    return Headline(indicator.label + GEWELD[item.geweld].suffix, value, unit, note, Source.of(item.table), links)
