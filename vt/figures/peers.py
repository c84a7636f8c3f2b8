"""Gemeenten of about the same size: what one is held against, beside its region and the country."""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from math import log
from statistics import median

from vt.figures import wording
from vt.figures.answers import Dataset, answer_exactly
from vt.figures.panels import split_panels
from vt.figures.reading import Reading, read_answers
from vt.figures.selection import Selection
from vt.model.catalogue import Place
from vt.model.hidden import Number, Suppression
from vt.model.period import Period
from vt.store.reference import Metadata

MOST_WITH_COMPANY, MOST_OFFERED = 2, 3
LIMITS = (20_000, 30_000, 50_000, 100_000, 200_000)  # inhabitants: six classes, of 8 to 90 gemeenten each
FEWEST = 5


@dataclass(frozen=True)
class Peers:
    """What is in the middle of the numbers of gemeenten in one class of size, that count alike."""

    size: str
    count: int
    middle: float
    text: str

    @property
    def label(self) -> str:
        """What they are, beside their number."""
        return "Even groot"

    @property
    def legend(self) -> str:
        """Which gemeenten are meant by that."""
        return f"even groot: het midden van {self.count} gemeenten {self.size}"

    @property
    def explanation(self) -> str:
        """The same in a sentence."""
        return (
            f"Even groot zijn {self.count} andere gemeenten {self.size} op 1 januari: de helft zit boven {self.text}, "
            "de helft eronder."
        )


def read_peers(dataset: Dataset, own: Reading[Number], selection: Selection) -> Peers | None:
    """Those of a gemeente, in its period; None where there are too few, or too many of which the number is hidden."""
    found = _find_alike(dataset.metadata, own)
    if found is None:
        return None
    size, places = found
    same = answer_exactly(dataset, own.metric.indicator, selection, own.period, own.answer.geweld, places)
    readings = read_answers(dataset, [item for item in same if item.place.id in places], own.metric)[0]
    alike = split_panels([own, *readings], own.metric)[0][1:]
    values = [reading.value for reading in alike if not isinstance(reading.value, Suppression)]
    if len(values) < FEWEST or len(alike) - len(values) > len(alike) / 10:
        return None
    middle = median(values)
    return Peers(size, len(values), middle, own.metric.format(middle))


def list_company(metadata: Metadata, selection: Selection, topics: Collection[str]) -> list[Place]:
    """Gemeenten to lay beside those that are chosen: of the region of the first, with a number of these topics that it
    has, those nearest to it in size first."""
    first = metadata.places[selection.gemeenten[0]] if 0 < len(selection.gemeenten) <= MOST_WITH_COMPANY else None
    if first is None or first.kind != "gemeente":
        return []
    own = [name for name in metadata.of_topics(topics) if metadata.covered(name, first.id)]
    others = [
        place
        for place in metadata.places.values()
        if (place.kind, place.region, place.gone) == (first.kind, first.region, None)
        and place.id not in selection.gemeenten
        and any(metadata.covered(name, place.id) for name in own)
    ]
    newest = max((year for id_, year in metadata.population if id_ == first.id), default=0)
    size = {place.id: metadata.population.get((place.id, newest), 1) for place in (first, *others)}
    return sorted(others, key=lambda place: abs(log(size[place.id] / size[first.id])))[:MOST_OFFERED]


def _find_alike(metadata: Metadata, own: Reading[Number]) -> tuple[str, list[str]] | None:
    """The class of a gemeente, and the others in it that have this number in this period."""
    inhabitants = metadata.inhabitants(own.place.id, own.period)
    if own.place.kind != "gemeente" or not inhabitants:
        return None
    at = bisect_right(LIMITS, inhabitants)
    others = [
        place.id
        for place in metadata.places.values()
        if place.kind == "gemeente" and place.id != own.place.id and _is_in(metadata, place.id, own.period, at)
    ]
    covered = [id_ for id_ in others if _has(metadata, own.metric.indicator.id, id_, own.period)]
    return (name_size(at), covered) if len(covered) >= FEWEST else None


def _is_in(metadata: Metadata, place: str, period: Period, at: int) -> bool:
    inhabitants = metadata.inhabitants(place, period)
    return inhabitants is not None and bisect_right(LIMITS, inhabitants) == at


def _has(metadata: Metadata, indicator: str, place: str, period: Period) -> bool:
    return any(item.period == period for item in metadata.covered(indicator, place))


def name_size(at: int) -> str:
    """A class of size as it stands behind "gemeenten"."""
    low, high = (wording.format_number(LIMITS[n]) if 0 <= n < len(LIMITS) else "" for n in (at - 1, at))
    if not low:
        return f"met minder dan {high} inwoners"
    return f"met {low} tot {high} inwoners" if high else f"met {low} of meer inwoners"
