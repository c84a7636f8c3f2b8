"""One place on one screen: its headline numbers, and where each stands among the gemeenten of its region."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from vt.figures.answers import Dataset, answer
from vt.figures.headlines import Headline, answer_alone, make_headline
from vt.figures.metric import Metric
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection
from vt.model.catalogue import Indicator, Place
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE, Measure

TOO_SMALL = "te klein voor een plaats"


class Spot(NamedTuple):
    """Where a place is on a scale, from 0 to 1, and what stands there."""

    at: float
    text: str


@dataclass(frozen=True)
class Standing:
    """A rate among those of the gemeenten in the region: the place's own, the others, the region's; its rank.

    `is_of_gemeenten`: the region's is that of its gemeenten together, since much of its total lies outside them.
    """

    rate: str
    own: Spot
    others: tuple[Spot, ...]
    region: Spot | None
    rank: str
    is_of_gemeenten: bool = False


@dataclass(frozen=True)
class ProfileRow:
    """A headline number, the topic it belongs to, and where it stands; None where it cannot be told."""

    headline: Headline
    topic: str
    standing: Standing | None


def make_profile(
    dataset: Dataset, indicators: Sequence[Indicator], selection: Selection, place: str
) -> list[ProfileRow]:
    """A row for each indicator that this very place has."""
    return [
        ProfileRow(
            make_headline(reading, dataset.metadata), indicator.topic, _find_standing(dataset, reading, selection)
        )
        for indicator in indicators
        for reading in read_answers(dataset, answer_alone(dataset, indicator, selection, place), Metric(indicator))[0]
    ]


def _find_standing(dataset: Dataset, own: Reading[Number], selection: Selection) -> Standing | None:
    region = dataset.metadata.places.get(own.place.region or "")
    metric, refused = choose_metric(own.metric.indicator, replace(selection, measure=Measure.PER_1000))
    if region is None or refused or own.place.kind != "gemeente":
        return None
    rates = _read_rates(dataset, own, metric, region, selection)
    return _make_standing(own, rates, region) if own.place.id in rates and len(rates) > 2 else None


def _read_rates(
    dataset: Dataset, own: Reading[Number], metric: Metric, region: Place, selection: Selection
) -> dict[str, tuple[Reading[Number], float]]:
    """The rates of the region and its gemeenten in the period of the place, by place; those that are shown."""
    places = [p.id for p in dataset.metadata.places.values() if p.kind == "gemeente" and p.region == region.id]
    asked = replace(selection, period=own.period.id, geweld=own.answer.geweld)
    items = answer(dataset, metric.indicator, asked, places=[region.id, *places]).items
    same = [item.without_rest for item in items if item.period == own.period and item.geweld == own.answer.geweld]
    readings = read_answers(dataset, same, metric)[0]
    return {r.place.id: (r, r.value) for r in readings if not isinstance(r.value, Suppression)}


def _make_standing(own: Reading[Number], rates: dict[str, tuple[Reading[Number], float]], region: Place) -> Standing:
    most = max(rate for _, rate in rates.values()) or 1
    spots = {id_: Spot(rate / most, f"{r.place.label}: {r.text} per 1.000") for id_, (r, rate) in rates.items()}
    whole = spots.pop(region.id, None)
    reading, rate = rates[own.place.id]
    higher = sum(rates[id_][1] > rate for id_ in spots)
    is_small = isinstance(own.count, Suppression) or own.count < SMALL_BASE
    rank = TOO_SMALL if is_small else f"{higher + 1}e van {len(spots)}"
    others = tuple(spot for id_, spot in spots.items() if id_ != own.place.id)
    is_of_gemeenten = region.id in rates and rates[region.id][0].answer.is_sum_of_gemeenten
    return Standing(reading.text, spots[own.place.id], others, whole, rank, is_of_gemeenten)
