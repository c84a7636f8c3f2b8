"""What a visitor chose: places, period, KM/HG/OM and measure; and how a link says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vt.catalogue import Place
from vt.faults import did_you_mean
from vt.period import Period
from vt.queries import Coverage, Reference


class Measure(StrEnum):
    """How a number is shown; the value is what the visitor reads and what stands in the link."""

    AANTAL = "Aantal"
    PER_MAAND = "Per maand"
    PER_1000 = "Per 1.000 inwoners per jaar"
    AANDEEL = "Aandeel"


ALL_REGIONS = "Alle regio's"
LATEST = "Nieuwste"
ALL = "Alle"
GEWELD_CHOICES = (ALL, "KM", "HG", "OM")
KEYS = ("regio", "gemeente", "periode", "geweld", "weergave")


@dataclass(frozen=True)
class Selection:
    """The five filters. region and gemeenten are place ids, period a period id; None is all or the latest."""

    region: str | None = None
    gemeenten: tuple[str, ...] = ()
    period: str | None = None
    geweld: str = "alle"
    measure: Measure = Measure.AANTAL


@dataclass(frozen=True)
class Choices:
    """What the filters of a page offer, as the visitor reads it, in order."""

    regions: tuple[str, ...]
    gemeenten: tuple[str, ...]
    periods: tuple[str, ...]
    geweld: tuple[str, ...] = GEWELD_CHOICES
    measures: tuple[str, ...] = tuple(Measure)

    def of(self, key: str) -> tuple[str, ...]:
        """The choices of one filter, by its name in the link."""
        return dict(zip(KEYS, (self.regions, self.gemeenten, self.periods, self.geweld, self.measures), strict=True))[
            key
        ]


def choices(reference: Reference, indicators: Sequence[str], region: str | None = None) -> Choices:
    """What exists for these indicators: regions, the gemeenten of one region (or of all), and periods."""
    covered: dict[str, list[Coverage]] = defaultdict(list)
    for (name, place_id), items in reference.coverage.items():
        if name in indicators:
            covered[place_id] += items
    places = [place for place in reference.places.values() if place.id in covered]
    regions = [p.label for p in reference.places.values() if p.id in {place.region for place in places}]
    land = [place.label for place in places if place.kind == "land"]
    inside = [p for p in places if p.kind in ("gemeente", "rest") and region in (None, p.region)]
    periods = {item.period for place in (*inside, *_regional(places, region)) for item in covered[place.id]}
    ordered = sorted(periods, key=lambda p: (-p.end, -p.months))
    return Choices(
        regions=(ALL_REGIONS, *regions, *land),
        gemeenten=tuple(label_of(p, reference) for p in sorted(inside, key=lambda p: (p.kind, p.label))),
        periods=(LATEST, *(period.label for period in ordered)),
    )


def _regional(places: Sequence[Place], region: str | None) -> list[Place]:
    return [p for p in places if p.id == region or (region is None and p.kind in ("region", "land"))]


def label_of(place: Place, reference: Reference) -> str:
    """The name of a place in a filter; a rest group says of which region."""
    if place.kind == "rest" and place.region:
        return f"{place.label} ({reference.places[place.region].label})"
    return place.label


def parse(values: Mapping[str, Sequence[str]], reference: Reference, offered: Choices) -> tuple[Selection, list[str]]:
    """The selection that link values or filters name, and a Dutch sentence for each that is not understood."""
    problems: list[str] = []
    known = {label_of(place, reference): place.id for place in reference.places_with_data()}
    known |= {p.label: p.id for p in reference.places.values() if p.id in reference.regions_covered}

    def place(text: str, name: str, among: Sequence[str]) -> str | None:
        by_id = {id_: id_ for id_ in known.values()}
        folded = {label.casefold(): id_ for label, id_ in known.items()} | by_id
        if (found := folded.get(text.strip().casefold())) is None:
            problems.append(not_recognised(name, text, among))
        return found

    selection = Selection()
    regio = _first(values, "regio")
    if regio and regio.casefold() != ALL_REGIONS.casefold():
        selection = replace(selection, region=place(regio, "regio", offered.regions))
    named = [place(text, "gemeente", offered.gemeenten) for text in values.get("gemeente", ())]
    selection = replace(selection, gemeenten=tuple(dict.fromkeys(id_ for id_ in named if id_)))
    periode = _first(values, "periode")
    if periode and periode.casefold() != LATEST.casefold():
        try:
            selection = replace(selection, period=Period.parse(periode).id)
        except ValueError:
            problems.append(not_recognised("periode", periode, offered.periods))
    for key, allowed in (("geweld", GEWELD_CHOICES), ("weergave", tuple(Measure))):
        if text := _first(values, key):
            match = next((choice for choice in allowed if choice.casefold() == text.strip().casefold()), None)
            if match is None:
                problems.append(not_recognised(key, text, allowed))
            elif key == "geweld":
                selection = replace(selection, geweld=match.lower())
            else:
                selection = replace(selection, measure=Measure(match))
    return selection, problems


def not_recognised(name: str, text: str, known: Sequence[str]) -> str:
    """The sentence for a value in a link that means nothing here."""
    shown = text if len(text) <= 60 else text[:60] + "…"
    hint = did_you_mean(text[:60], known)
    return f"{name.capitalize()} “{shown}” in de link is niet herkend" + (f" ({hint})." if hint else ".")


def to_query(selection: Selection, reference: Reference) -> dict[str, list[str]]:
    """The selection as link values, every filter said explicitly; an empty gemeente is left out."""
    region = reference.places[selection.region].label if selection.region else ALL_REGIONS
    query = {
        "regio": [region],
        "gemeente": [label_of(reference.places[id_], reference) for id_ in selection.gemeenten],
        "periode": [Period.parse(selection.period).label if selection.period else LATEST],
        "geweld": [selection.geweld.upper() if selection.geweld != "alle" else ALL],
        "weergave": [selection.measure.value],
    }
    return {key: values for key, values in query.items() if values}


def chosen_places(selection: Selection, reference: Reference) -> tuple[str, ...]:
    """The places to show: the gemeenten, else the region, else every region; where a region is only partly in the
    collection, its gemeenten that are."""
    if selection.gemeenten:
        return selection.gemeenten
    known = {place.id for place in reference.places_with_data()}
    regions = [selection.region] if selection.region else sorted(reference.regions_covered - {"nederland"})
    shown: list[str] = []
    for region in regions:
        inside = [p.id for p in reference.places.values() if p.region == region and p.kind == "gemeente"]
        shown += [region] if region in known else [id_ for id_ in inside if id_ in known]
    return tuple(shown)


def contradictions(selection: Selection, reference: Reference) -> list[str]:
    """A Dutch sentence for each gemeente that lies outside the chosen region (it is shown all the same)."""
    if selection.region is None:
        return []
    region = reference.places[selection.region]
    outside = [reference.places[id_] for id_ in selection.gemeenten if reference.places[id_].region != region.id]
    return [
        f"{place.label} ligt in {_region_label(place, reference)}, niet in {region.label}; "
        "de gekozen gemeente wordt getoond."
        for place in outside
    ]


def _region_label(place: Place, reference: Reference) -> str:
    return reference.places[place.region].label if place.region else place.label


def pick_period(covered: Sequence[Coverage], wanted: str | None) -> Coverage | None:
    """The wanted period, else the nearest one there is; the latest and longest where none is wanted."""
    if not covered:
        return None
    if wanted is None:
        return max(covered, key=lambda item: (item.period.end, item.period.months))
    target = Period.parse(wanted)
    return min(covered, key=lambda item: (_distance(item.period, target), -item.period.months))


def _distance(one: Period, other: Period) -> float:
    """0 for the same period; else how far the middles lie apart, in months, and overlapping ones before others."""
    if one == other:
        return -1000
    apart = abs((one.start + one.end) / 2 - (other.start + other.end) / 2)
    overlaps = one.start < other.end and other.start < one.end
    return apart - (100 if overlaps else 0)


def _first(values: Mapping[str, Sequence[str]], key: str) -> str | None:
    found = values.get(key)
    return found[0] if found else None
