"""A choice that a page has nothing for, and the nearest that it has."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from vt.figures import wording
from vt.figures.borders import tell_end
from vt.figures.figure import Figure
from vt.figures.notices import Reason
from vt.figures.reading import choose_metric
from vt.figures.selection import Selection, find_nearest, list_chosen_places, pick_period
from vt.model.catalogue import Indicator, Place, lower_first
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.reference import Coverage, Metadata

FEW = 2  # places of which figures of one alone still fit on the page
_TOGETHER = (Reason.NOT_SPLIT, Reason.SPLIT_ELSEWHERE, Reason.NOT_ALL_SPLIT)
NEVER_MEASURED = (Reason.IS_ORGANISATION, Reason.IS_PERCENTAGE, Reason.IS_JOBS)


class Nearest(NamedTuple):
    """What is shown instead, the sentence that says so, and what a button that chooses it is called."""

    selection: Selection
    said: str
    label: str


def leave_elsewhere(selection: Selection, metadata: Metadata, indicators: Collection[str]) -> Nearest | None:
    """What to show where places were chosen that have no numbers: what else was chosen, or the country, or the region
    that has most of the indicators; None where every chosen place has numbers."""
    if not selection.elsewhere:
        return None
    said = ". ".join(_explain(metadata.elsewhere[id_], metadata) for id_ in selection.elsewhere)
    rest = replace(selection, elsewhere=())
    counts = _count_places(metadata, indicators)
    wholes = [place for place in metadata.places.values() if place.kind in ("land", "region") and counts[place.id]]
    if selection.region or selection.gemeenten or not wholes:
        return Nearest(rest, f"{said}.", "")
    whole = max(wholes, key=lambda place: (place.kind == "land", counts[place.id]))
    about = "" if whole.kind == "land" else "hierover "
    return Nearest(_select(rest, whole), f"{said}; wat er {about}wel is: {whole.label}.", f"Kies {whole.label}")


def _explain(place: Place, metadata: Metadata) -> str:
    """That there are no numbers of a place, and who publishes them, or what it went into and when."""
    if place.gone:
        return f"{tell_end(place, place.gone)}. Voor {place.said} zijn hier geen cijfers"
    region = metadata.places[place.region or place.id].bare
    what = "gemeente" if place.kind == "gemeente" else "regio"
    named = f"de {what} {place.bare}" if what == "regio" or place.is_namesake else place.label
    return f"Voor {named} zijn hier nog geen cijfers. Veilig Thuis {region} publiceert over deze {what}"


def describe_ended(selection: Selection, metadata: Metadata) -> list[str]:
    """A Dutch sentence for each chosen place that is no more: its numbers are of before; one for many."""
    asked = [place for place in list_asked(selection, metadata) if place.id in metadata.known]
    ended = [(place, place.gone) for place in asked if place.gone]
    if len(ended) > FEW:
        return [
            f"{wording.name_places([place.said for place, _ in ended])} bestaan niet meer; hun cijfers zijn van eerder."
        ]
    return [f"{tell_end(place, day)}; de cijfers hier zijn van daarvoor." for place, day in ended]


def name_newest(metadata: Metadata, indicator: str, places: Sequence[str], wanted: str | None) -> str:
    """The indicator; CBS's of the same where that is newer of each of these places, or is of the wanted period where
    a report is not."""
    of_cbs = metadata.of_cbs.get(indicator, "")
    pairs = [[pick_period(metadata.covered(each, id_), wanted) for each in (indicator, of_cbs)] for id_ in places]
    return of_cbs if pairs and all(_fits_better(wanted, *pair) for pair in pairs) else indicator


def _fits_better(wanted: str | None, own: Coverage | None, other: Coverage | None) -> bool:
    if own is None or other is None:
        return False
    is_newer, is_wanted = other.period.end > own.period.end, other.period.id == wanted != own.period.id
    return is_newer if wanted is None else is_wanted


def find_instead(selection: Selection, metadata: Metadata, indicators: Collection[str]) -> Nearest | None:
    """What to show where the sources have none of the indicators for any chosen place, not over the chosen period, of
    the chosen kind of geweld or in the chosen measure; None where they have something."""
    places = list_chosen_places(selection, metadata)
    covered = dict(item for place in places for item in _list_covered(metadata, place, indicators))
    items = [*chain(*covered.values())]
    if not items:
        return _choose_place(selection, metadata, indicators, places)
    if selection.period is not None and all(item.period.id != selection.period for item in items):
        return _choose_period(selection, metadata, places, items)
    return _choose_geweld(selection, metadata, places, items) or _choose_measure(
        selection, [metadata.indicators[name] for name, _ in covered]
    )


def _list_covered(
    metadata: Metadata, place: str, indicators: Collection[str]
) -> Iterator[tuple[tuple[str, str], tuple[Coverage, ...]]]:
    """What there is of each indicator for a place, or for its region where it has none, by indicator and place."""
    region = metadata.places[place].region or place
    for name in indicators:
        if items := metadata.covered(name, place) or metadata.covered(name, region):
            yield (name, place), items


def _choose_place(
    selection: Selection, metadata: Metadata, indicators: Collection[str], asked: Sequence[str]
) -> Nearest | None:
    """The place that has most of the indicators, a region before a gemeente; where more have them, each is named."""
    counts = _count_places(metadata, indicators)
    known = [place for place in metadata.places.values() if place.kind != "rest" and counts[place.id]]
    best = max(known, key=lambda place: (place.kind != "gemeente", counts[place.id]), default=None)
    if best is None or not asked:
        return None
    alike = [place.said for place in known if place.kind == best.kind]
    having = f", wel van {wording.name_places(alike)}" if len(alike) > 1 else ""
    said = f"Van {_name(metadata, asked)} is hierover niets gepubliceerd{having}; hier staat {best.label}."
    return Nearest(_select(selection, best), said, f"Kies {best.label}")


def _count_places(metadata: Metadata, indicators: Collection[str]) -> Counter[str]:
    return Counter(place for (name, place) in metadata.coverage if name in indicators)


def _select(selection: Selection, place: Place) -> Selection:
    if place.kind == "gemeente":
        return replace(selection, gemeenten=(place.id,))
    return replace(selection, region=place.id, gemeenten=())


def _choose_period(
    selection: Selection, metadata: Metadata, asked: Sequence[str], items: Sequence[Coverage]
) -> Nearest | None:
    wished = selection.period or ""
    near = pick_period(items, wished) or find_nearest(items, wished)
    if near is None:
        return None
    wanted, shown = (wording.name_period(period) for period in (Period.parse(selection.period), near.period))
    said = f"Voor {_name(metadata, asked)} zijn hier geen cijfers over {wanted}; hier staat {shown}."
    return Nearest(replace(selection, period=near.period.id), said, f"Kies {near.period.label}")


def _choose_geweld(
    selection: Selection, metadata: Metadata, asked: Sequence[str], items: Sequence[Coverage]
) -> Nearest | None:
    kind = GEWELD[selection.geweld]
    if kind.id == ALL_GEWELD or any(kind.id in item.geweld | item.class_geweld for item in items):
        return None
    said = f"Voor {_name(metadata, asked)} is {kind.name} hier niet apart geteld; hier staat alles samen."
    return Nearest(replace(selection, geweld=ALL_GEWELD), said, "Kies alle soorten geweld")


def _choose_measure(selection: Selection, indicators: Iterable[Indicator]) -> Nearest | None:
    """The number itself, where none of the indicators can be had in the measure anywhere."""
    refused = [choose_metric(each, selection)[1] for each in indicators]
    if not all(notices and notices[0].reason in NEVER_MEASURED for notices in refused):
        return None
    said = f"“{selection.measure}” is hier niet te berekenen; hier staat het aantal."
    return Nearest(replace(selection, measure=Measure.AANTAL), said, "Kies Aantal")


def list_asked(selection: Selection, metadata: Metadata) -> tuple[Place, ...]:
    """The places that were chosen by name, with numbers or without."""
    chosen = selection.gemeenten or ((selection.region,) if selection.region else ())
    known = {**metadata.places, **metadata.elsewhere}
    return tuple(known[id_] for id_ in (*chosen, *selection.elsewhere))


def name_other(figure: Figure, asked: Sequence[Place], metadata: Metadata) -> str:
    """Of which region or country a figure is, and of which chosen places it is not; "" where any of those is in it, or
    where it is of their own Veilig Thuis."""
    shown, names = [metadata.places[id_] for id_ in figure.subject.ids], figure.subject.places
    if not asked or not shown or any(p in asked or p.kind not in ("region", "land") for p in shown):
        return ""
    is_own = {place.id for place in shown} <= {place.region for place in asked}
    is_of_organisation = not {place.label for place in shown}.intersection(names)
    if is_own and is_of_organisation:
        return ""
    whole, apart = "" if is_of_organisation else " als geheel", " apart" if is_own else ""
    shown_names = wording.join_words([*dict.fromkeys(names)])
    return f"{shown_names}{whole}, niet {wording.name_places([place.said for place in asked])}{apart}"


def name_other_period(figure: Figure) -> str:
    """Over what time a figure is, and over which chosen one it is not; "" where that is not so of all that it shows."""
    shown = {wording.name_period(period) for period in figure.subject.periods}
    told = [n for n in figure.notices if n.reason is Reason.OTHER_PERIOD and shown == {n.shown}]
    return wording.capitalize(f"{told[0].shown}, niet {told[0].asked}") if told else ""


def name_all_kinds(figure: Figure) -> str:
    """That a figure is of all kinds of geweld together, where one was chosen that is not counted apart."""
    asked = next((notice.asked for notice in figure.notices if notice.reason in _TOGETHER), "")
    is_whole = asked and figure.subject.geweld == ALL_GEWELD
    return f"Alle soorten geweld, niet {asked} apart" if is_whole else ""


def list_asked_in(figure: Figure, asked: Sequence[Place]) -> tuple[str, ...]:
    """The ids of the chosen places that a figure has, or the region of."""
    return tuple(place.id for place in asked if not {place.id, place.region}.isdisjoint(figure.subject.ids))


def leave_apart(figures: Sequence[Figure], asked: Sequence[Place], metadata: Metadata) -> list[Figure]:
    """Of a comparison of more than two places in a collection that holds the country: the figures of fewer, or of
    their region, where others compare as many."""
    counts = [len(list_asked_in(figure, asked)) for figure in figures]
    least = FEW + 1 if metadata.holds_country and len(asked) > FEW and max(counts, default=0) > FEW else 0
    return [figure for figure, count in zip(figures, counts, strict=True) if count < least]


def describe_elsewhere(metadata: Metadata, indicators: Collection[str]) -> str:
    """Which other places have one of these, as the end of a sentence; "" where none has."""
    places = (place for place in metadata.places_with_data() if place.kind != "rest")
    where = [place.said for place in places if any(metadata.covered(name, place.id) for name in indicators)]
    return f", wel voor {wording.name_places(where)}" if where else ""


def name_counted(metadata: Metadata, indicator: Indicator, places: Collection[str]) -> str:
    """What these places all have that counts the same as a number that is not divided, so has its total; else ""."""
    others = [each for each in metadata.indicators.values() if each.counts == indicator.counts and each != indicator]
    had = [each.label for each in others if places and all(metadata.covered(each.id, id_) for id_ in places)]
    return lower_first(had[0]) if had and not indicator.classification else ""


def _name(metadata: Metadata, places: Sequence[str]) -> str:
    return wording.name_places([metadata.places[place].said for place in places])
