"""Gemeenten beside each other by one indicator: what their ranking, their dots and their map are drawn from."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from vt.figures import common, wording
from vt.figures.answers import Dataset, answer, answer_exactly, list_covered
from vt.figures.chart import Chart, Legend, Role, Rule, Spot
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason, merge_notices
from vt.figures.panels import note_apart, split_panels
from vt.figures.peers import Peers, read_peers
from vt.figures.places import make_places_table, rank
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection, name_in_filter, pick_period
from vt.figures.text import numbers
from vt.model.catalogue import COUNTRY, Indicator
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE, Measure
from vt.model.period import Period
from vt.store.reference import Coverage, Metadata

MOST_REGIONS = 3  # lines that can be told apart
MOST_OF_SEVERAL_PERIODS = 15


@dataclass(frozen=True)
class Comparison:
    """Gemeenten that can stand side by side, highest first, and the region and Nederland beside them, or apart.

    Those of which the number is hidden have no rank: they come after the others.
    """

    ranked: list[Reading[Number]]
    beside: list[Reading[Number]]
    apart: list[Reading[Number]]
    metric: Metric
    notices: tuple[Notice, ...]
    peers: Peers | None = None  # of the one gemeente that is chosen

    @property
    def values(self) -> dict[str, float]:
        """The numbers that are shown, by gemeente."""
        return {r.answer.place.id: r.value for r in self.ranked if not isinstance(r.value, Suppression)}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What they are held against, as far as it is shown: a norm, their regions, Nederland."""
        norm = self.metric.indicator.norm
        norms = [Rule(Role.NORM, norm.label, norm.value)] if norm and self.metric.is_percentage else []
        shown = ((reading, reading.value) for reading in self.beside if not isinstance(reading.value, Suppression))
        rules = (
            Rule(Role(r.place.kind), r.place.label, value, r.starred, common.tell_reading(r)) for r, value in shown
        )
        alike = [Rule(Role.PEERS, it.label, it.middle, it.text, it.explanation)] if (it := self.peers) else []
        return (*norms, *rules, *alike)

    @property
    def legend(self) -> Legend:
        """Which gemeenten are of one size with the chosen one."""
        return ((Role.PEERS, self.peers.legend),) if self.peers else ()

    @property
    def group(self) -> str:
        """What the ranked places are together: gemeenten, or regions."""
        return wording.name_group(self.ranked[0].place.kind)

    def has_any(self, gemeenten: Sequence[str]) -> bool:
        """Whether one of these gemeenten is among them."""
        return any(reading.place.id in gemeenten for reading in self.ranked)


def draw_each(
    dataset: Dataset,
    indicator: Indicator,
    selection: Selection,
    kind: str,
    draw: Callable[[Comparison], Figure | None],
) -> list[Figure]:
    """A picture of the gemeenten, or regions, that count alike, or only of those of the chosen ones; what cannot be in
    it is named with the reason."""
    comparisons = compare_gemeenten(dataset, indicator, selection, kind)
    asked = choose_asked(comparisons, selection)
    if not asked:
        return []
    panels = [[*each.ranked, *each.beside] for each in asked]
    panels += [each.apart for each in asked if each.apart] + [each.ranked for each in comparisons if each not in asked]
    figures = common.number_ids(note_apart(map(draw, asked), panels, asked[0].metric))
    return fold_notes(common.add_notices(figures, asked[0].notices), selection)


def fold_notes(figures: list[Figure], selection: Selection) -> list[Figure]:
    """What is no answer to what was chosen stands with the caveats: why it is a rate that ranks, and which others are
    not in the one picture that the chosen gemeenten are in."""
    aside = {Reason.NOT_RANKED} if selection.measure is Measure.AANTAL else set()
    aside |= {Reason.APART} if selection.gemeenten and len(figures) == 1 else set()
    return common.fold_notices(figures, aside)


def choose_asked(comparisons: list[Comparison], selection: Selection) -> list[Comparison]:
    """Those that the chosen gemeenten are in; where none is, all of more than one gemeente."""
    asked = [each for each in comparisons if each.has_any(selection.gemeenten)]
    return asked or [each for each in comparisons if len(each.ranked) > 1] or comparisons


def compare_gemeenten(
    dataset: Dataset,
    indicator: Indicator,
    selection: Selection,
    kind: str = "gemeente",
    only: Period | None = None,
    near: Collection[str] | None = None,
    among: Sequence[str] = (),
) -> list[Comparison]:
    """Gemeenten, or regions, that count alike beside each other, and `among` what else they are held against; those
    that are most first.

    Of many all stand in one period: that of a chosen gemeente, else that of most of them. `only` is the one without
    which a place is not asked, and `near` are those of which the numbers are read: all, if it is None.
    """
    metric, said = _choose_rate(indicator, selection)
    inside = list_places(dataset.metadata, indicator, selection, kind)
    if only:
        selection = replace(selection, period=only.id)
        inside = _list_having(list_covered(dataset.metadata, indicator.id, inside), only)
    if len(inside) > MOST_OF_SEVERAL_PERIODS:
        selection, inside, older = _choose_period(dataset.metadata, indicator, selection, inside, near)
        said += older
    inside = leave_gone(dataset.metadata, inside, selection)
    read = inside if near is None else [id_ for id_ in inside if id_ in near]
    alike = [*inside, *among]
    answers = answer(dataset, indicator, selection, only_totals=True, places=read, among=alike)
    if selection.geweld != ALL_GEWELD and len({item.geweld for item in answers.items}) > 1:
        said += (Notice(Reason.NOT_ALL_SPLIT, asked=GEWELD[selection.geweld].name),)
        whole = replace(selection, geweld=ALL_GEWELD)
        answers = answer(dataset, indicator, whole, only_totals=True, places=read, among=alike)
    readings, refused = read_answers(dataset, answers.items, metric)
    notices = (*said, *_tell_of_others(answers.notices, dataset.metadata, selection), *refused)
    panels = sorted(split_panels(readings, metric), key=len, reverse=True)
    return [_rank_panel(dataset, metric, selection, panel, notices, alike) for panel in panels]


def _tell_of_others(notices: Iterable[Notice], metadata: Metadata, selection: Selection) -> tuple[Notice, ...]:
    """Of gemeenten beside the chosen ones one sentence says that they have another period, without their numbers."""
    chosen = {name_in_filter(metadata.places[id_], metadata) for id_ in selection.gemeenten}
    told = (
        each
        if each.reason is not Reason.OTHER_LENGTH or chosen.intersection(each.places)
        else replace(each, other="", hides=False, period="" if chosen else each.period)
        for each in notices
    )
    return merge_notices(told)


def list_places(metadata: Metadata, indicator: Indicator, selection: Selection, kind: str) -> list[str]:
    """Those of the region, or of the whole country, and the chosen ones."""
    region = metadata.places[selection.region] if selection.region else None
    anywhere = region is None or region.kind == "land"
    return [
        place.id
        for place in metadata.places.values()
        if place.kind == kind
        and (anywhere or place.region == selection.region or place.id in selection.gemeenten)
        and metadata.covered(indicator.id, place.id)
    ]


def _choose_period(
    metadata: Metadata,
    indicator: Indicator,
    selection: Selection,
    places: Sequence[str],
    drawn: Collection[str] | None,
) -> tuple[Selection, list[str], tuple[Notice, ...]]:
    """The period in which to compare, the nearest that a chosen gemeente has first, and the places that have it; of
    those that are `drawn`, all if it is None, it is said which do not."""
    covered, wanted = list_covered(metadata, indicator.id, places), selection.period
    near = {id_: found.period for id_, items in covered.items() if (found := pick_period(items, wanted))}
    usual = Counter(near[id_] for id_ in selection.gemeenten if id_ in near) or Counter(near.values())
    if not usual:
        return selection, [*places], ()
    period = usual.most_common(1)[0][0]
    having = _list_having(covered, period)
    asked = [id_ for id_ in places if drawn is None or id_ in drawn]
    lacking = [id_ for id_ in asked if id_ not in having and metadata.places[id_].gone is None]
    text = wording.name_period(period)
    said = [Notice(Reason.NOT_IN_PERIOD, _name_all(metadata, lacking), asked=text)] if lacking else []
    if wanted not in (None, period.id):
        other = wording.name_period(Period.parse(wanted))
        without = [id_ for id_ in selection.gemeenten if id_ in near] or [id_ for id_ in having if near[id_] == period]
        said.append(Notice(Reason.OTHER_PERIOD, _name_all(metadata, without), asked=other, shown=text))
    return replace(selection, period=period.id), having, tuple(said)


def _name_all(metadata: Metadata, places: Iterable[str]) -> tuple[str, ...]:
    return tuple(metadata.places[id_].label for id_ in places)


def leave_gone(metadata: Metadata, places: Sequence[str], selection: Selection) -> list[str]:
    """The places that are still there, or were in the chosen period: what one went into counts its people; the chosen
    ones stay, and all where none is there."""
    start = Period.parse(selection.period).start if selection.period else None
    there = [
        id_
        for id_ in places
        if (gone := metadata.places[id_].gone) is None
        or id_ in selection.gemeenten
        or (start is not None and start < gone.year * 12 + gone.month - 1)
    ]
    return there or [*places]


def _list_having(covered: Mapping[str, Sequence[Coverage]], period: Period) -> list[str]:
    """The places that have a number of this period."""
    return [id_ for id_, items in covered.items() if period in map(attrgetter("period"), items)]


def _choose_rate(indicator: Indicator, selection: Selection) -> tuple[Metric, tuple[Notice, ...]]:
    """The chosen measure where gemeenten of any size can be ranked by it, else the rate."""
    rate = Metric(indicator, Measure.PER_1000)
    metric, said = choose_metric(indicator, selection)
    if metric.is_percentage or metric.is_rate or metric.measure is Measure.AANDEEL_PLAATS:
        return metric, said
    return rate, (*said, Notice(Reason.NOT_RANKED, shown=rate.measure))


def _rank_panel(
    dataset: Dataset,
    metric: Metric,
    selection: Selection,
    panel: Sequence[Reading[Number]],
    notices: tuple[Notice, ...],
    among: Sequence[str],
) -> Comparison:
    ranked = sorted(panel, key=rank)
    together, *others = split_panels([*ranked, *_read_beside(dataset, metric, selection, ranked, among)], metric)
    apart = [reading for other in others for reading in other]
    chosen = [reading for reading in ranked if reading.place.id in selection.gemeenten]
    peers = read_peers(dataset, chosen[0], selection) if len(chosen) == 1 else None
    return Comparison(ranked, together[len(ranked) :], apart, metric, notices, peers)


def _read_beside(
    dataset: Dataset, metric: Metric, selection: Selection, ranked: Sequence[Reading[Number]], among: Sequence[str]
) -> list[Reading[Number]]:
    """A few regions, those of the chosen gemeenten first of all, and Nederland in the same period, counted as what they
    are `among`."""
    inside = [r for r in ranked if r.place.kind == "gemeente"]
    chosen = [r.place.region for r in inside if r.place.id in selection.gemeenten]
    regions = dict.fromkeys(filter(None, chosen or [r.place.region for r in inside]))
    asked = [*regions, COUNTRY] if len(regions) <= MOST_REGIONS else [COUNTRY]
    periods = [reading.answer.period for reading in ranked]
    usual, geweld = max(periods, key=periods.count), ranked[0].answer.geweld
    same = answer_exactly(dataset, metric.indicator, selection, usual, geweld, asked, [*asked, *among])
    return read_answers(dataset, [item.without_rest for item in same if item.place.id in asked], metric)[0]


def make_comparison_figure(
    compared: Comparison,
    selection: Selection,
    *,
    id_: str,
    drawn: str,
    chart: Chart,
    legend: Legend,
    where: str = "",
    lists_beside: bool = True,
) -> Figure:
    """A figure of the ranked gemeenten, and in its table what stands beside them; `drawn` and `where` name the chart
    and where its places lie."""
    listed = [*compared.ranked, *(compared.beside if lists_beside else ())]
    metric, items = compared.metric, [reading.answer for reading in listed]
    unit = metric.name_unit(item.period for item in items)
    told = numbers.tell_ranking(compared.ranked, compared.beside, selection.gemeenten)
    own = frozenset(n for n, reading in enumerate(listed) if reading.place.id in selection.gemeenten)
    return Figure(
        id=id_,
        title=told.title,
        subject=common.make_subject(metric.label, [r.answer for r in compared.ranked], unit, where or compared.group),
        chart=chart,
        legend=legend,
        alt=f"{drawn}. {told.title}",
        table=replace(make_places_table(listed, metric), own=own),
        sources=common.list_sources(common.list_tables(items)),
        caveats=(
            *common.list_caveats(metric.indicator, items),
            *([compared.peers.explanation] if compared.peers else []),
            *_explain_small_counts(compared.ranked),
            *common.explain_none(compared.ranked),
            *_explain_rank(compared.ranked),
        ),
        selection=selection,
        sentences=told.more,
    )


def make_spots(compared: Comparison, selection: Selection) -> tuple[Spot, ...]:
    """Where each gemeente is, the highest first."""
    answers = [reading.answer for reading in compared.ranked]
    names = common.name_places(answers, answers, are_gemeenten=True)
    return tuple(
        common.mark_contested(
            Spot(
                reading.place.id,
                pick_role(reading, selection),
                name,
                reading.starred,
                None if isinstance(reading.value, Suppression) else reading.value,
                common.tell_reading(reading),
            ),
            common.link_to(reading),
        )
        for reading, name in zip(compared.ranked, names, strict=True)
    )


def stand_for_regions(metadata: Metadata, selection: Selection) -> Selection:
    """The selection with regions in the place of gemeenten: the chosen one, or those of the chosen gemeenten."""
    own = [metadata.places[id_].region for id_ in selection.gemeenten] or [selection.region]
    regions = (id_ for id_ in own if id_ and metadata.places[id_].kind == "region")
    return replace(selection, region=None, gemeenten=tuple(dict.fromkeys(regions)))


def pick_role(reading: Reading[Number], selection: Selection) -> Role:
    """Whether it is one of the chosen gemeenten; all are where none is chosen."""
    chosen = not selection.gemeenten or reading.place.id in selection.gemeenten
    return Role.THIS if chosen else Role.OTHERS


def name_roles(compared: Comparison, roles: Collection[Role], hidden: int, selection: Selection) -> Legend:
    """Which of what is drawn are the chosen gemeenten; `hidden` is how many have nothing drawn."""
    unseen = f"; {hidden} zonder punt: afgeschermd" if hidden else ""
    if not selection.gemeenten:
        return ((Role.THIS, f"een {wording.SINGLE[compared.group]}{unseen}"),)
    kinds = ((Role.THIS, "gekozen"), (Role.OTHERS, f"andere {compared.group}{unseen}"))
    return tuple(entry for entry in kinds if entry[0] in roles)


def _explain_rank(ranked: Sequence[Reading[Number]]) -> list[str]:
    """Why a gemeente may have more than one place in a rank."""
    said = (
        "Het CBS rondt af op vijf: waar dat de volgorde kan veranderen, staat de hoogste en de laagste plaats die kan."
    )
    return [said] if any(reading.is_rounded for reading in ranked) else []


def _explain_small_counts(ranked: Sequence[Reading[Number]]) -> list[str]:
    """Where counts are so small that chance can change the order."""
    few = [r for r in ranked if not isinstance(r.count, Suppression) and r.count < SMALL_BASE]
    if not few or ranked[0].metric.indicator.unit != "aantal":
        return []
    many = wording.count_places(len(few), wording.name_group(ranked[0].place.kind))
    return [f"Bij {many} gaat het om minder dan {SMALL_BASE}: enkele meer of minder veranderen daar de volgorde."]
