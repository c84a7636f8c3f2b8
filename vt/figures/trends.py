"""One indicator over gemeenten and time: the chosen ones among the others."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from vt.figures import common, wording
from vt.figures.answers import Dataset, find_withheld, list_covered
from vt.figures.comparison import Comparison, compare_gemeenten, fold_notes, list_places
from vt.figures.figure import Figure
from vt.figures.notices import Reason
from vt.figures.over_time import KINDS, LENGTHS, Reasons, draw_places
from vt.figures.panels import note_apart, split_panels
from vt.figures.peers import Peers
from vt.figures.places import make_periods_table
from vt.figures.reading import Reading
from vt.figures.selection import Selection, pick_period
from vt.figures.text import numbers
from vt.model.catalogue import Indicator
from vt.model.hidden import Number
from vt.model.period import Period
from vt.store.reference import Coverage, Metadata

MOST_ROWS = 200
MOST_OTHERS = 50  # lines behind that of a chosen gemeente
_OF_PERIODS = (Reason.OTHER_LENGTH, Reason.OTHER_PERIOD)  # said of the figure as a whole
_Readings = Sequence[Reading[Number]]
_Covered = Sequence[Sequence[Coverage]]


def make_trends(dataset: Dataset, indicator: Indicator, selection: Selection, kind: str = "") -> list[Figure]:
    """The chosen gemeenten, or regions, over time among the others that count alike; none of fewer than two periods."""
    kind = kind or _pick_kind(dataset.metadata, selection)
    places = list_places(dataset.metadata, indicator, selection, kind)
    near, few = _pick_near(dataset.metadata, places, selection)
    periods, others = _pick_periods(dataset.metadata, indicator, selection, places)
    compared = [each for period in periods for each in _compare_in(dataset, indicator, selection, period, kind, near)]
    if not compared:
        return []
    metric = compared[-1].metric
    gemeenten = [reading for each in compared for reading in each.ranked]
    panels = split_panels(gemeenten, metric)
    asked = [panel for panel in panels if any(r.place.id in selection.gemeenten for r in panel)] or panels
    beside = [reading for each in compared for reading in each.beside]
    peers = {each.ranked[0].period: each.peers for each in compared if each.peers}
    chosen = {r.place.id: r.answer for r in gemeenten if r.place.id in selection.gemeenten}
    withheld = {id_: find_withheld(dataset, item) for id_, item in chosen.items()}
    figures = [_make_figure(indicator, selection, panel, beside, (*few, *others), peers, withheld) for panel in asked]
    noted = note_apart(
        common.number_ids(f for f in figures if f), [*asked, *(p for p in panels if p not in asked)], metric
    )
    return fold_notes(
        common.add_notices(noted, tuple(n for n in compared[-1].notices if n.reason not in _OF_PERIODS)), selection
    )


def _pick_near(metadata: Metadata, places: Sequence[str], selection: Selection) -> tuple[Sequence[str], Sequence[str]]:
    """Of many gemeenten those in the regions of the chosen ones, and what is said of the others."""
    regions = {metadata.places[id_].region for id_ in selection.gemeenten if id_ in places}
    near = [id_ for id_ in places if metadata.places[id_].region in regions]
    if len(places) <= MOST_OTHERS or not near:
        return places, ()
    left = len(places) - len(near)
    return near, (f"Getekend zijn de gemeenten van dezelfde regio; {left} andere gemeenten niet.",)


def _pick_kind(metadata: Metadata, selection: Selection) -> str:
    """Gemeenten; regions where it is of the whole country, for so many gemeenten can't be told apart."""
    is_anywhere = selection.region is None or metadata.places[selection.region].kind == "land"
    return "region" if is_anywhere and not selection.gemeenten and metadata.holds_country else "gemeente"


def _compare_in(
    dataset: Dataset, indicator: Indicator, selection: Selection, period: Period, kind: str, near: Collection[str]
) -> Iterable[Comparison]:
    """The places side by side in a period, as far as they have it."""
    for each in compare_gemeenten(dataset, indicator, selection, kind, only=period, near=near):
        ranked = [reading for reading in each.ranked if reading.period == period]
        if ranked:
            yield replace(each, ranked=ranked, beside=[r for r in each.beside if r.period == period])


def _pick_periods(
    metadata: Metadata, indicator: Indicator, selection: Selection, places: Sequence[str]
) -> tuple[list[Period], list[str]]:
    """The periods as long as the one in which they stand in rank, where there are more of these, else as most are, of
    the chosen gemeenten or of all; and who has only others."""
    found = list_covered(metadata, indicator.id, places)
    covered = {id_: {item.period for item in items if 0 < item.period.months <= 12} for id_, items in found.items()}
    own = [id_ for id_ in selection.gemeenten if covered.get(id_)] or list(covered)
    usual = _pick_length([found[id_] for id_ in own], [covered[id_] for id_ in own], selection.period)
    periods = {period for mine in covered.values() for period in mine if period.months == usual}
    without = [metadata.places[id_].label for id_, mine in covered.items() if mine and not mine & periods]
    said = (
        f"Niet per {LENGTHS[usual]} bekend, en daarom niet in deze grafiek: {wording.name_places(without)}."
        if without
        else ""
    )
    return sorted(periods, key=lambda period: period.start), [said] if said else []


def _pick_length(found: _Covered, covered: Sequence[Collection[Period]], wanted: str | None) -> int:
    """The months of the period in which most stand in rank, where any has two of it; else those of most periods."""
    lengths = [Counter(period.months for period in mine) for mine in covered]
    several = {months for mine in lengths for months, count in mine.items() if count > 1}
    ranked = Counter(item.period.months for items in found if (item := pick_period(items, wanted)))
    everything = sum(lengths, Counter[int]())
    ranked = Counter({months: count for months, count in ranked.items() if months in several})
    return max(everything, key=lambda months: (ranked[months], everything[months], months), default=0)


def _make_figure(
    indicator: Indicator,
    selection: Selection,
    panel: _Readings,
    beside: _Readings,
    said: Sequence[str],
    peers: Mapping[Period, Peers],
    withheld: Mapping[str, Reasons],
) -> Figure | None:
    metric = panel[0].metric
    fitting = split_panels([*panel, *beside], metric)[0][len(panel) :]
    slots = common.list_slots(panel)
    if len(slots) < 2:
        return None
    kind = "gemeente" if panel[0].place.kind == "gemeente" else "region"  # or what it tells of its own organisation
    chosen = selection.gemeenten or ([r.place.id for r in panel] if kind == "region" else ())
    own = [id_ for id_ in dict.fromkeys(chosen) if any(reading.place.id == id_ for reading in panel)]
    chart, legend = draw_places(panel, fitting, slots, own, peers, withheld)
    now = [reading for reading in panel if reading.period == slots[-1]]
    newest = {reading.place.id: reading for reading in panel if reading.place.id in own}
    mine = [reading for reading in now if reading.place.id in own] or [*newest.values()]
    told = (
        numbers.tell_places(mine) if mine else numbers.tell_ranking(now, [r for r in fitting if r.period == slots[-1]])
    )
    listed = [*panel, *fitting] if len(panel) <= MOST_ROWS else [r for r in panel if r.place.id in own] + list(fitting)
    items = [reading.answer for reading in listed]
    return Figure(
        id=f"{indicator.id}.trends",
        title=told.title,
        subject=common.make_subject(metric.label, items, metric.name_unit(slots), wording.GROUPS[kind], slots),
        chart=chart,
        legend=legend,
        alt=f"{KINDS[type(chart)]} over de tijd van {indicator.noun}. {told.title}",
        table=make_periods_table(listed, metric),
        sources=common.list_sources(table for item in items for table in item.tables),
        caveats=(
            *common.list_caveats(indicator, items),
            *(each.explanation for each in [*peers.values()][-1:]),
            *said,
        ),
        selection=selection,
        sentences=told.more,
    )
