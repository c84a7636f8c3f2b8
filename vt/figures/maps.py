"""One indicator over the gemeenten of a region, on the map; and where that region lies in the country."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from vt.figures import common
from vt.figures.answers import Dataset
from vt.figures.chart import STEP_ROLES, Area, AreaMap, Inset, Legend, Role
from vt.figures.comparison import (
    Comparison,
    compare_gemeenten,
    fold_notes,
    make_comparison_figure,
    stand_for_regions,
)
from vt.figures.figure import Figure
from vt.figures.panels import note_apart
from vt.figures.selection import Selection
from vt.figures.wording import join_words
from vt.model.borders import Border
from vt.model.catalogue import COUNTRY, Indicator, Place
from vt.store.borders import read_borders, read_region_borders
from vt.store.reference import Metadata

CREDIT = "Grenzen: CBS en Kadaster, CC BY 4.0"
_MOST_NAMED = 3


class _Class(NamedTuple):
    """Gemeenten that are drawn alike: from the lowest to the highest number of them, as text."""

    role: Role
    low: str
    high: str
    places: tuple[str, ...]


def find_region(metadata: Metadata, indicator: Indicator, selection: Selection) -> str | None:
    """The chosen region, that of the first chosen gemeente, the country where its regions have the figure, or the
    region with most gemeenten that have it."""
    if selection.region or selection.gemeenten:
        return selection.region or metadata.places[selection.gemeenten[0]].region
    regions = [p for p in metadata.places.values() if p.kind == "region" and metadata.covered(indicator.id, p.id)]
    if metadata.holds_country and len(regions) > 1:
        return COUNTRY
    found = Counter(p.region for p in metadata.places.values() if _has(metadata, indicator, p))
    return found.most_common(1)[0][0] if found else None


def _has(metadata: Metadata, indicator: Indicator, place: Place) -> bool:
    return place.kind == "gemeente" and bool(metadata.covered(indicator.id, place.id))


def make_map(dataset: Dataset, indicator: Indicator, selection: Selection, place: Place) -> list[Figure]:
    """The gemeenten of a region on a map, a map for those that count alike; none of fewer than two.

    Of the country: its regions, where most have numbers; else the gemeenten of the region that `find_region` finds,
    with the other regions beside it.
    """
    metadata = dataset.metadata
    in_country = place.kind == "land"
    if in_country and metadata.holds_country:
        return _make_country(dataset, indicator, selection)
    asked = replace(selection, region=None) if selection.region == place.id else selection
    region = find_region(metadata, indicator, asked) if in_country else place.id
    if region is None or region not in metadata.places:
        return []
    found = _compare_inside(dataset, indicator, selection, region)
    comparisons = [replace(each, peers=None) for each in found]  # a map has no room for what is no place
    figures = [_draw(dataset, selection, metadata.places[region], each, in_country) for each in comparisons]
    noted = note_apart(figures, [each.ranked for each in comparisons], comparisons[0].metric) if comparisons else []
    numbered = common.number_ids(noted)
    return fold_notes(common.add_notices(numbered, comparisons[0].notices), selection) if noted else []


def _compare_inside(dataset: Dataset, indicator: Indicator, selection: Selection, region: str) -> list[Comparison]:
    """The gemeenten of a region side by side; where gemeenten were chosen of the source and in the period in which
    these stand among all of the country."""
    if not selection.gemeenten or selection.region:
        own = tuple(id_ for id_ in selection.gemeenten if dataset.metadata.places[id_].region == region)
        asked = replace(selection, region=region, gemeenten=own)
        return compare_gemeenten(dataset, indicator, asked, among=selection.gemeenten)
    inside = [place.id for place in _list_inside(dataset.metadata, region)]
    return compare_gemeenten(dataset, indicator, selection, near=inside)


def _make_country(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """The regions of the country that count alike, on a map; those that were, where another period is asked for."""
    regions = stand_for_regions(dataset.metadata, selection)
    comparisons = [each for each in compare_gemeenten(dataset, indicator, regions, "region") if len(each.values) > 1]
    drawn = [_draw_regions(dataset, regions, each) for each in comparisons[:1]]
    return [replace(figure, selection=selection) for figure in drawn]


def _draw_regions(dataset: Dataset, selection: Selection, compared: Comparison) -> Figure:
    classes, indicator = _divide(compared), compared.metric.indicator
    borders = _find_region_borders(dataset)
    inside = [dataset.metadata.places[id_] for id_ in borders]
    areas = tuple(_make_areas(compared, classes, selection, inside, borders))
    return make_comparison_figure(
        compared,
        selection,
        id_=f"{indicator.id}.tiles.{COUNTRY}",
        drawn=f"Kaart van {indicator.noun} per regio in Nederland",
        chart=AreaMap(areas, (), CREDIT),
        legend=(*_make_legend(classes, "regio’s"), *_explain_gaps(areas, compared)),
    )


def _draw(
    dataset: Dataset, selection: Selection, region: Place, compared: Comparison, in_country: bool
) -> Figure | None:
    classes = _divide(compared)
    inside = _list_inside(dataset.metadata, region.id)
    borders = _find_borders(dataset, inside)
    if len(compared.values) < 2 or not borders:
        return None
    indicator = compared.metric.indicator
    areas = tuple(_make_areas(compared, classes, selection, inside, borders))
    insets = tuple(_draw_insets(dataset, indicator, selection, region.id)) if in_country else ()
    chart = AreaMap(areas, insets, CREDIT)
    figure = make_comparison_figure(
        compared,
        selection,
        id_=f"{indicator.id}.tiles.{region.id}",
        where=region.label,
        lists_beside=False,
        drawn=f"Kaart van {indicator.noun} per gemeente in {region.label}",
        chart=chart,
        legend=(*_make_legend(classes), *_explain_insets(insets), *_explain_gaps(chart.gemeenten, compared)),
    )
    lost = [place.label for place in inside if place.id in compared.values and place.id not in borders]
    return replace(figure, caveats=(f"Niet op de kaart: {join_words(lost)}.", *figure.caveats)) if lost else figure


# --- classes ---------------------------------------------------------------------------------------------------------


def _divide(compared: Comparison) -> list[_Class]:
    """Classes of as many gemeenten each as can be, from low to high; equal as written is in one class."""
    ranked = [(compared.metric.format(value), id_) for id_, value in sorted(compared.values.items(), key=itemgetter(1))]
    texts = [text for text, _ in ranked]
    count = max(1, min(len(STEP_ROLES), len(set(texts)), max(2, ceil(len(texts) / 2))))
    members: dict[int, list[tuple[str, str]]] = {}
    for text, id_ in ranked:
        members.setdefault(texts.index(text) * count // len(texts), []).append((text, id_))
    return [
        _Class(_pick_step(n, len(members)), found[0][0], found[-1][0], tuple(id_ for _, id_ in found))
        for n, found in enumerate(members.values())
    ]


def _pick_step(nth: int, count: int) -> Role:
    """The steps spread over all there are: of two the second and the fourth."""
    return STEP_ROLES[int((nth + 0.5) * len(STEP_ROLES) / count)]


def _make_legend(classes: Sequence[_Class], what: str = "gemeenten") -> Legend:
    """The numbers of each class, and how many are in it: of what is said with the first."""
    numbers = (each.low if each.low == each.high else f"{each.low}–{each.high}" for each in classes)
    counts = (f"{len(each.places)} {what if n == 0 else ''}".strip() for n, each in enumerate(classes))
    return tuple((each.role, f"{text} ({count})") for each, text, count in zip(classes, numbers, counts, strict=True))


def _explain_gaps(areas: Sequence[Area], compared: Comparison) -> Legend:
    """What has no class: no number, or one that is hidden; by name where they are few."""
    without = [area for area in areas if area.role is Role.NO_DATA]
    hidden = {reading.place.id for reading in compared.ranked}
    named = (
        (common.NO_NUMBER, [area.name for area in without if area.place not in hidden]),
        ("afgeschermd", [area.name for area in without if area.place in hidden]),
    )
    texts = [
        f"{why}: {join_words(names) if len(names) <= _MOST_NAMED else len(names)}" for why, names in named if names
    ]
    return ((Role.NO_DATA, "; ".join(texts)),) if texts else ()


# --- areas -----------------------------------------------------------------------------------------------------------


def _list_inside(metadata: Metadata, region: str) -> list[Place]:
    return [place for place in metadata.places.values() if place.kind == "gemeente" and place.region == region]


def _make_areas(
    compared: Comparison,
    classes: Sequence[_Class],
    selection: Selection,
    inside: Sequence[Place],
    borders: Mapping[str, Border],
) -> Iterator[Area]:
    roles = {id_: each.role for each in classes for id_ in each.places}
    readings = {reading.place.id: reading for reading in compared.ranked}
    ends = (min(compared.values.values()), max(compared.values.values()))
    ranks = {id_: rank for rank, id_ in enumerate(readings)}
    for place in sorted(inside, key=lambda place: ranks.get(place.id, len(ranks))):
        if border := borders.get(place.id):
            reading = readings.get(place.id)
            text = reading.starred if reading else ""
            tip = common.tell_reading(reading) if reading else _say_none(place.label)
            role, is_chosen = roles.get(place.id, Role.NO_DATA), place.id in selection.gemeenten
            is_end = compared.values.get(place.id) in ends
            area = Area(place.id, role, place.label, text, tip, border, is_chosen, is_end)
            yield common.mark_contested(area, common.link_to(reading)) if reading else area


def _say_none(name: str) -> str:
    return f"{name}: {common.NO_NUMBER}"


def _find_borders(dataset: Dataset, inside: Sequence[Place]) -> dict[str, Border]:
    ids = {place.code: place.id for place in inside if place.code}
    return {ids[code]: border for code, border in read_borders(dataset.db, ids).items()}


# --- beside it -------------------------------------------------------------------------------------------------------


def _draw_insets(dataset: Dataset, indicator: Indicator, selection: Selection, region: str) -> Iterator[Inset]:
    """The country by regions, and the gemeenten of each other region that has the figure."""
    metadata = dataset.metadata
    yield Inset("Nederland", tuple(_draw_country(dataset, region)))
    others = (p.region for p in metadata.places.values() if p.region != region and _has(metadata, indicator, p))
    for other in dict.fromkeys(filter(None, others)):
        inside = _list_inside(metadata, other)
        borders = _find_borders(dataset, inside)
        areas = (
            Area(place.id, role, place.label, "", tip, border, place.id in selection.gemeenten)
            for place in inside
            if (border := borders.get(place.id))
            for role, tip in [_tell_apart(metadata, indicator, place)]
        )
        yield Inset(metadata.places[other].label, tuple(areas))


def _tell_apart(metadata: Metadata, indicator: Indicator, place: Place) -> tuple[Role, str]:
    if _has(metadata, indicator, place):
        return Role.APART, f"{place.label}: eigen cijfers, anders geteld"
    return Role.NO_DATA, _say_none(place.label)


def _draw_country(dataset: Dataset, region: str) -> Iterator[Area]:
    for id_, border in _find_region_borders(dataset).items():
        covered, name = id_ in dataset.metadata.regions_covered, dataset.metadata.places[id_].label
        role = Role.THIS if id_ == region else Role.APART if covered else Role.ELSEWHERE
        yield Area(id_, role, name, "", name if covered else _say_none(name), border, is_gemeente=False)


def _find_region_borders(dataset: Dataset) -> dict[str, Border]:
    ids = {place.code: place.id for place in dataset.metadata.places.values() if place.kind == "region"}
    return {ids[code]: border for code, border in read_region_borders(dataset.db).items() if code in ids}


def _explain_insets(insets: Sequence[Inset]) -> Legend:
    named = [area.name for inset in insets[1:] for area in inset.areas if area.role is Role.APART]
    return ((Role.APART, f"eigen cijfers, anders geteld: {join_words(named)}"),) if named else ()
