"""What a visitor chose: places, period, KM/HG/OM and measure; and how a link says it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from vt.errors import did_you_mean
from vt.figures.wording import clean, fold
from vt.model.catalogue import COUNTRY, Place
from vt.model.geweld import ALL_GEWELD, GEWELD, GEWELD_BY_CODE
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.reference import Coverage, Metadata

ALL_REGIONS = "Alle regio's"
LATEST = "Nieuwste"
ALL = "Alle"
GEWELD_CHOICES = (ALL, *(kind.label for kind in GEWELD_BY_CODE.values()))
KEYS = ("regio", "gemeente", "periode", "geweld", "weergave", "afschermen")
SEPARATOR = ","  # between the gemeenten of a short link
MOST_CHARACTERS, MOST_VALUES, MOST_SAID = 200, 100, 3
Read = TypeVar("Read")
_KINDS = {"gemeente": ("gemeente",), "region": ("regio", "veilig thuis")}  # before the name of a place of that kind
_GEWELD = {name.casefold(): kind.id for kind in GEWELD_BY_CODE.values() for name in (kind.label, kind.code)}
_GEWELD |= {ALL.casefold(): ALL_GEWELD}
_SHIELDED = dict.fromkeys(("ja", "true", "1"), Shielding.ALL) | dict.fromkeys(("nee", "false", "0"), Shielding.NONE)


@dataclass(frozen=True)
class Selection:
    """The filters. region and gemeenten are place ids, period a period id; None is all or the latest.

    `elsewhere` are the places that were chosen and have no numbers (Metadata.elsewhere): no figure is made of those.
    """

    region: str | None = None
    gemeenten: tuple[str, ...] = ()
    period: str | None = None
    geweld: str = ALL_GEWELD
    measure: Measure = Measure.AANTAL
    shielding: Shielding = Shielding.RECOVERED
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What the filters of a page offer, as the visitor reads it, in order."""

    regions: tuple[str, ...]
    gemeenten: tuple[str, ...]
    periods: tuple[str, ...]
    geweld: tuple[str, ...] = GEWELD_CHOICES
    measures: tuple[str, ...] = tuple(Measure)
    shielding: tuple[str, ...] = tuple(Shielding)
    elsewhere: tuple[str, ...] = ()  # gemeenten without numbers
    region_of: Mapping[str, str] = field(default_factory=dict)  # by gemeente
    own_region: str = ""  # of what is chosen

    @property
    def by_region(self) -> dict[str, list[str]]:
        """The gemeenten by region: that of what is chosen first, then those with numbers; in each those with numbers
        first."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys((*self.gemeenten, *self.elsewhere)):
            grouped[self.region_of.get(name, "")].append(name)
        known = {self.region_of.get(name, "") for name in self.gemeenten}
        order = sorted(grouped, key=lambda region: (region != self.own_region, region not in known, region))
        return {region: grouped[region] for region in order}

    @property
    def all_gemeenten(self) -> tuple[str, ...]:
        """The same in one list."""
        return tuple(chain.from_iterable(self.by_region.values()))

    def of(self, key: str) -> tuple[str, ...]:
        """The choices of one filter, by its name in the link."""
        offered = (self.regions, self.all_gemeenten, self.periods, self.geweld, self.measures, self.shielding)
        return dict(zip(KEYS, offered, strict=True))[key]


def list_choices(metadata: Metadata, indicators: Sequence[str], region: str | None = None) -> Choices:
    """What exists for these indicators: regions, the gemeenten of one region (or of all), and periods."""
    covered: dict[str, list[Coverage]] = defaultdict(list)
    for (name, place_id), items in metadata.coverage.items():
        if name in indicators:
            covered[place_id] += items
    places = [place for place in metadata.places.values() if place.id in covered]
    regions = [p.label for p in metadata.places.values() if p.id in {place.region for place in places}]
    land = [place.label for place in places if place.kind == "land"]
    inside = [p for p in places if p.kind in ("gemeente", "rest") and region in (None, p.region)]
    periods = {item.period for place in (*inside, *_pick_regions(places, region)) for item in covered[place.id]}
    ordered = sorted(periods, key=lambda p: (-p.end, -p.months))
    elsewhere = [place for place in metadata.elsewhere.values() if place.kind == "gemeente"]
    return Choices(
        regions=(ALL_REGIONS, *regions, *land),
        gemeenten=tuple(name_in_filter(p, metadata) for p in sorted(inside, key=lambda p: (p.kind, p.label))),
        periods=(LATEST, *(period.label for period in ordered)),
        elsewhere=tuple(name_in_filter(place, metadata) for place in elsewhere),
        region_of={name_in_filter(p, metadata): metadata.places[p.region or p.id].label for p in (*inside, *elsewhere)},
    )


def sort_choices(
    choices: Choices, metadata: Metadata, indicators: Collection[str], selection: Selection
) -> tuple[Choices, str]:
    """The choices, the periods first for which a chosen place has any of the indicators, and the gemeenten of a chosen
    region; and which period is the newest."""
    places = list_chosen_places(selection, metadata)
    covered = [metadata.covered(name, place) for name in indicators for place in places]
    own = {item.period.label for items in covered for item in items}
    shown = [_list_shown(metadata, name, place) for name in indicators for place in places]
    newest = [found.period for items in shown if (found := pick_period(items, None)) and found.period.is_known]
    latest, *periods = choices.periods
    ordered = (latest, *sorted(periods, key=lambda label: label not in own))
    region = selection.region or next((metadata.places[id_].region for id_ in selection.gemeenten), None)
    chosen = metadata.places[region].label if region else ""
    return replace(choices, periods=ordered, own_region=chosen), _name_newest(newest)


def _list_shown(metadata: Metadata, indicator: str, place: str) -> Sequence[Coverage]:
    """What a page has of an indicator for a place: divided over its classes where it has any, in its region else."""
    mine, region = metadata.covered(indicator, place), metadata.places[place].region or place
    if not mine or not metadata.indicators[indicator].classification:
        return mine
    divided = (
        [item for item in metadata.covered(indicator, where) if item.has_categories] for where in (place, region)
    )
    return next(filter(None, divided), ())


def _name_newest(periods: Sequence[Period]) -> str:
    """The one that most figures have, where there is one end to them all; else the years."""
    if not periods:
        return ""
    ends = {period.end for period in periods}
    if len(ends) == 1:
        return max(periods, key=lambda period: (periods.count(period), -period.months)).label
    years = sorted({period.last_year for period in periods})
    return f"{years[0]} tot {years[-1]}" if len(years) > 1 else str(years[0])


def _pick_regions(places: Sequence[Place], region: str | None) -> list[Place]:
    return [p for p in places if p.id == region or (region is None and p.kind in ("region", "land"))]


def name_in_filter(place: Place, metadata: Metadata) -> str:
    """The name of a place in a filter, with how else it is called."""
    return f"{place.label} ({place.also})" if place.also else _name_rest(place, metadata) or place.label


def name_fully(place: Place, metadata: Metadata) -> str:
    """The name of a place in a text; a rest group says of which region."""
    return _name_rest(place, metadata) or place.said


def _name_rest(place: Place, metadata: Metadata) -> str:
    return f"{place.label} ({metadata.places[place.region].label})" if place.kind == "rest" and place.region else ""


def list_names(place: Place, metadata: Metadata) -> list[str]:
    """Every name that a place is known by, with and without what kind it is."""
    kinds = [f"{kind} {place.bare}" for kind in _KINDS.get(place.kind, ())]
    return list(filter(None, (place.bare, name_in_filter(place, metadata), place.also, *kinds)))


def parse_selection(
    values: Mapping[str, Sequence[str]], metadata: Metadata, offered: Choices
) -> tuple[Selection, list[str]]:
    """The selection that link values or filters name, and a Dutch sentence for each that is not understood."""
    link = _Link(values, offered)
    whole = link.read_one("regio", _read_place("region", metadata, {_fold(ALL_REGIONS): ""})) or None
    parts = dict.fromkeys(link.read_every("gemeente", _read_place("gemeente", metadata), split=SEPARATOR))
    elsewhere = tuple(id_ for id_ in (whole, *parts) if id_ and id_ in metadata.elsewhere)
    shieldings = _SHIELDED | {_fold(each): each for each in Shielding}
    measures = {_fold(spelling): measure for measure in Measure for spelling in (measure.value, measure.name)}
    chosen = Selection(
        region=None if whole in elsewhere else whole,
        gemeenten=tuple(id_ for id_ in parts if id_ not in elsewhere),
        period=link.read_one("periode", _parse_period),
        geweld=link.read_one("geweld", _GEWELD.__getitem__) or ALL_GEWELD,
        measure=link.read_one("weergave", measures.__getitem__) or Measure.AANTAL,
        shielding=link.read_one("afschermen", shieldings.__getitem__) or Shielding.RECOVERED,
        elsewhere=elsewhere,
    )
    return chosen, link.problems


class _Link:
    """Reads the values of a link in any spelling; `problems` gathers a sentence for each that is not understood."""

    def __init__(self, values: Mapping[str, Sequence[str]], offered: Choices) -> None:
        self.values, self.offered = values, offered
        self.problems: list[str] = []

    def read_one(self, key: str, read: Callable[[str], Read]) -> Read | None:
        """What a filter with one value is set to; None where nothing is said or understood."""
        texts = self._gather(key)
        if len(texts) > 1:
            self.problems.append(f"{key.capitalize()} staat meer dan eens in de link; het eerste geldt.")
        return next(iter(self._read(key, list(texts.items())[:1], read)), None)

    def read_every(self, key: str, read: Callable[[str], Read], split: str) -> list[Read]:
        """What a filter with several values is set to; those that are not understood as one may be several."""
        texts = self._gather(key)
        for folded in [each for each in texts if split in each]:
            try:
                read(folded)
            except (KeyError, ValueError):
                several = texts.pop(folded).split(split)[:MOST_VALUES]
                texts |= {_fold(part): part for part in several if _fold(part)}
        return self._read(key, list(texts.items()), read)

    def _gather(self, key: str) -> dict[str, str]:
        """The values as they are compared and as they were given, each once, blank ones left out."""
        given: dict[str, str] = {}
        for text in self.values.get(key, ())[:MOST_VALUES]:
            given.setdefault(_fold(text), text)
        return {folded: text for folded, text in given.items() if folded}

    def _read(self, key: str, texts: Sequence[tuple[str, str]], read: Callable[[str], Read]) -> list[Read]:
        understood, unknown = [], []
        for folded, text in texts:
            try:
                understood.append(read(folded))
            except (KeyError, ValueError):
                unknown.append(text)
        self.problems += [describe_unrecognised(key, text, self.offered.of(key)) for text in unknown[:MOST_SAID]]
        if len(unknown) > MOST_SAID:
            self.problems.append(f"Bij {key} zijn nog {len(unknown) - MOST_SAID} waarden in de link niet herkend.")
        return understood


def _read_place(
    kind: str, metadata: Metadata, others: Mapping[str, str] = MappingProxyType({})
) -> Callable[[str], str]:
    """What finds the id of a place by id or any name, those with numbers before the many without."""
    known, elsewhere = _index_known(kind, metadata), _index_elsewhere(kind, metadata)
    return lambda text: others[text] if text in others else known[text] if text in known else elsewhere[text]


@lru_cache(maxsize=8)
def _index_known(kind: str, metadata: Metadata) -> Mapping[str, str]:
    """The places with numbers, and the regions of which there is a report; once per database."""
    kinds = ("region", "land") if kind == "region" else ("gemeente", "rest")
    known = [*metadata.places_with_data(), *(metadata.places[id_] for id_ in metadata.regions_covered)]
    return _index_by_name([place for place in known if place.kind in kinds], metadata)


@lru_cache(maxsize=8)
def _index_elsewhere(kind: str, metadata: Metadata) -> Mapping[str, str]:
    return _index_by_name([place for place in metadata.elsewhere.values() if place.kind == kind], metadata)


def _index_by_name(places: Sequence[Place], metadata: Metadata) -> dict[str, str]:
    """Place ids by id and by every name; a hyphen may be a space."""
    by_name = {_fold(name): place.id for place in places for name in (place.id, *list_names(place, metadata))}
    return {name.replace("-", " "): id_ for name, id_ in by_name.items()} | by_name


def _parse_period(text: str) -> str | None:
    """The period that an id or a label names; None for the latest."""
    if text == LATEST.casefold():
        return None
    period = Period.parse(text if " " in text else text.upper())
    return Period.parse(period.label).id


def _fold(text: str) -> str:
    return fold(text[:MOST_CHARACTERS])


def describe_unrecognised(name: str, text: str, known: Sequence[str]) -> str:
    """The sentence for a value in a link that means nothing here."""
    visible = clean(text[:MOST_CHARACTERS])
    shown = visible if len(visible) <= 60 else visible[:60] + "…"
    namesakes = [each for each in known if each.casefold().startswith(f"{visible.casefold()} (")]
    hint = did_you_mean(visible[:60].capitalize(), namesakes or known)
    return f"{name.capitalize()} “{shown}” in de link is niet herkend" + (f" ({hint})." if hint else ".")


def write_query(selection: Selection, metadata: Metadata) -> dict[str, list[str]]:
    """The selection as the filters spell it, every one said explicitly; gemeenten and shielding only where chosen."""
    without = [metadata.elsewhere[id_] for id_ in selection.elsewhere]
    regions = [metadata.places[selection.region]] if selection.region else [p for p in without if p.kind == "region"]
    gemeenten = [*(metadata.places[id_] for id_ in selection.gemeenten), *(p for p in without if p.kind != "region")]
    query = {
        "regio": [place.label for place in regions] or [ALL_REGIONS],
        "gemeente": [name_in_filter(place, metadata) for place in gemeenten],
        "periode": [Period.parse(selection.period).label if selection.period else LATEST],
        "geweld": [GEWELD[selection.geweld].label],
        "weergave": [selection.measure.value],
        "afschermen": [selection.shielding.value] if selection.shielding is not Shielding.RECOVERED else [],
    }
    return {key: values for key, values in query.items() if values}


def write_link(selection: Selection, metadata: Metadata) -> dict[str, str]:
    """The selection as the address of a link to it says it: as short as it can be read, what is usual left out."""
    usual = Selection()
    without = [metadata.elsewhere[id_] for id_ in selection.elsewhere]
    regions = [place.id for place in without if place.kind == "region"]
    others = (name_in_filter(place, metadata) for place in without if place.kind != "region")  # an id is a number
    gemeenten = [*selection.gemeenten, *others]
    said = {
        "regio": selection.region or next(iter(regions), ""),
        "gemeente": SEPARATOR.join(gemeenten),
        "periode": selection.period or "",
        "geweld": GEWELD[selection.geweld].name if selection.geweld != usual.geweld else "",
        "weergave": selection.measure.name.lower() if selection.measure is not usual.measure else "",
        "afschermen": selection.shielding.lower() if selection.shielding is not usual.shielding else "",
    }
    return {key: text for key, text in said.items() if text}


def describe_choice(selection: Selection, metadata: Metadata, newest: str) -> str:
    """What was chosen, as short as it can be: "Deventer · 2021"; the newest period by its name where that is known."""
    places = [metadata.places[id_].said for id_ in selection.gemeenten]
    places += [metadata.elsewhere[id_].said for id_ in selection.elsewhere]
    everything = "Nederland" if list_chosen_places(selection, metadata) == (COUNTRY,) else ALL_REGIONS
    region = [metadata.places[selection.region].label] if selection.region else [everything]
    where = (places or region)[0] + (f" en {len(places) - 1} andere" if len(places) > 1 else "")
    when = Period.parse(selection.period).label if selection.period else newest or LATEST
    geweld = [GEWELD[selection.geweld].name] if selection.geweld != ALL_GEWELD else []
    measure = [str(selection.measure)] if selection.measure is not Measure.AANTAL else []
    return " · ".join([where, when, *geweld, *measure])


def count_other_filters(selection: Selection) -> int:
    """How many filters say something beside place, period and measure."""
    usual = Selection()
    said = ((selection.region, usual.region), (selection.geweld, usual.geweld), (selection.shielding, usual.shielding))
    return sum(chosen != standing for chosen, standing in said)


def list_chosen_places(selection: Selection, metadata: Metadata) -> tuple[str, ...]:
    """The places to show: the gemeenten, else the region, else every region, or the country where they are many; where
    a region is only partly in the collection, its gemeenten that are."""
    if selection.gemeenten:
        return selection.gemeenten
    known = metadata.known
    if not selection.region and COUNTRY in known and metadata.holds_country:
        return (COUNTRY,)
    regions = [selection.region] if selection.region else sorted(metadata.regions_covered - {COUNTRY})
    shown: list[str] = []
    for region in regions:
        inside = [p.id for p in metadata.places.values() if p.region == region and p.kind == "gemeente"]
        shown += [region] if region in known else [id_ for id_ in inside if id_ in known]
    return tuple(shown)


def describe_contradictions(selection: Selection, metadata: Metadata) -> list[str]:
    """A Dutch sentence for each gemeente that lies outside the chosen region (it is shown all the same)."""
    region = metadata.places.get(selection.region or "")
    if region is None or region.kind == "land":
        return []
    outside = [metadata.places[id_] for id_ in selection.gemeenten if metadata.places[id_].region != region.id]
    return [
        f"{place.said} ligt in {metadata.places[place.region or place.id].label}, niet in {region.label}; "
        "de gekozen gemeente wordt getoond."
        for place in outside
    ]


def pick_period(covered: Sequence[Coverage], wanted: str | None) -> Coverage | None:
    """The wanted period, else the nearest of the same length; the latest and longest where none is wanted."""
    if wanted is None:
        return max(covered, key=lambda item: (item.period.end, item.period.months), default=None)
    months = Period.parse(wanted).months
    return find_nearest([item for item in covered if item.period.months == months], wanted)


def find_nearest(covered: Sequence[Coverage], wanted: str) -> Coverage | None:
    """What is nearest to a period, of whichever length."""
    if found := next((item for item in covered if item.period.id == wanted), None):
        return found
    target = Period.parse(wanted)
    return min(covered, key=lambda item: _measure_distance(item.period, target), default=None)


def _measure_distance(one: Period, other: Period) -> tuple[float, int, int, int]:
    """Most time in common first (a half year is nearer to its year than a quarter), then least time between, then the
    length most alike, then the latest."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    between = max(0, max(one.start, other.start) - min(one.end, other.end))
    either = one.months + other.months - common
    return -common / (either or 1), between, abs(one.months - other.months), -one.start
