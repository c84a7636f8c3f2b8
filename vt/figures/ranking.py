"""One indicator over gemeenten: in rank, and on a tile map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vt.figures import common
from vt.figures.answers import Dataset, answer
from vt.figures.chart import STEP_ROLES, Bar, BarChart, Chart, Legend, Role, Row, Rule, Segment, Tile, TileMap
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason
from vt.figures.panels import note_apart, split_apart, split_panels
from vt.figures.places import make_panel, make_places_table
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection
from vt.figures.text import numbers
from vt.model.catalogue import Indicator, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE, Measure

APPROXIMATE = "Een tegelkaart geeft de ligging bij benadering; elke gemeente is even groot getekend."


@dataclass(frozen=True)
class _Comparison:
    """Gemeenten that can stand side by side, highest first, and the region and Nederland beside them, or apart.

    Those of which the number is hidden have no rank: they come after the others.
    """

    ranked: list[Reading[Number]]
    beside: list[Reading[Number]]
    apart: list[Reading[Number]]
    metric: Metric
    notices: tuple[Notice, ...]

    @property
    def values(self) -> dict[str, float]:
        """The numbers that are shown, by gemeente."""
        return {r.answer.place.id: r.value for r in self.ranked if not isinstance(r.value, Suppression)}

    def has_any(self, gemeenten: Sequence[str]) -> bool:
        """Whether one of these gemeenten is among them."""
        return any(reading.place.id in gemeenten for reading in self.ranked)


def make_ranking(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """Every gemeente in rank of one indicator, the chosen ones marked, with region and Nederland as lines.

    A rank for those that count alike, or only for those of the chosen gemeenten; a region or Nederland that counts
    otherwise than all of them stands by itself.
    """
    comparisons = _compare(dataset, indicator, selection)
    asked = [each for each in comparisons if each.has_any(selection.gemeenten)] or comparisons
    if not asked:
        return []
    metric, notices = asked[0].metric, asked[0].notices
    panels = [[*each.ranked, *each.beside] for each in asked]
    apart = split_apart(panels, [reading for each in asked for reading in each.apart], metric)
    figures = [_make_rank(each, indicator, selection) for each in asked]
    figures += [replace(make_panel(panel, metric, selection), id=f"{indicator.id}.ranking") for panel in apart]
    panels += [*apart, *(each.ranked for each in comparisons if each not in asked)]
    return common.add_notices(note_apart(common.number_ids(figures), panels, metric), notices)


def _make_rank(compared: _Comparison, indicator: Indicator, selection: Selection) -> Figure:
    return _make_figure(
        compared,
        [*compared.ranked, *compared.beside],
        selection,
        id_=f"{indicator.id}.ranking",
        where="gemeenten",
        drawn=f"Gemeenten naar {indicator.noun}, van hoog naar laag",
        chart=BarChart(_make_rows(compared, selection), _make_rules(compared), compared.metric.ceiling),
        legend=_make_legend(compared, selection),
    )


def make_tiles(dataset: Dataset, indicator: Indicator, selection: Selection, region: Place) -> list[Figure]:
    """The gemeenten of one region on a tile map, a map for those that count alike; none of fewer than two."""
    comparisons = _compare(dataset, indicator, replace(selection, region=region.id, gemeenten=()))
    if not comparisons:
        return []
    figures = [_make_map(dataset, indicator, selection, region, compared) for compared in comparisons]
    noted = note_apart(figures, [compared.ranked for compared in comparisons], comparisons[0].metric)
    return common.add_notices(common.number_ids(noted), comparisons[0].notices)


def _make_map(
    dataset: Dataset, indicator: Indicator, selection: Selection, region: Place, compared: _Comparison
) -> Figure | None:
    values = compared.values
    if len(values) < 2:
        return None
    steps = _divide_range(min(values.values()), max(values.values()))
    steps = [float(round(step)) for step in steps] if compared.metric.is_printed else steps
    inside = [p for p in dataset.metadata.places.values() if p.kind == "gemeente" and p.region == region.id and p.tile]
    texts = {r.place.id: _write_number(r) for r in compared.ranked}
    gaps = _explain_gaps(len(inside), len(texts), len(values))
    figure = _make_figure(
        compared,
        compared.ranked,
        selection,
        id_=f"{indicator.id}.tiles.{region.id}",
        where=region.label,
        drawn=f"Tegelkaart van {indicator.noun} per gemeente in {region.label}",
        chart=TileMap(tuple(_make_tile(place, values.get(place.id), texts.get(place.id), steps) for place in inside)),
        legend=(*_make_tiles_legend(steps, compared.metric), *gaps),
    )
    return replace(figure, caveats=(APPROXIMATE, *figure.caveats))


def _make_figure(
    compared: _Comparison,
    listed: Sequence[Reading[Number]],
    selection: Selection,
    *,
    id_: str,
    where: str,
    drawn: str,
    chart: Chart,
    legend: Legend,
) -> Figure:
    """A figure of the ranked gemeenten; `listed` are in its table, `where` and `drawn` name places and chart."""
    metric, items = compared.metric, [reading.answer for reading in listed]
    unit = metric.name_unit(item.period for item in items)
    told = numbers.tell_ranking(compared.ranked, compared.beside)
    return Figure(
        id=id_,
        title=told.title,
        subject=common.make_subject(metric.label, [r.answer for r in compared.ranked], unit, where),
        chart=chart,
        legend=legend,
        alt=f"{drawn}. {told.title}",
        table=make_places_table(listed, metric),
        sources=common.list_sources(common.list_tables(items)),
        caveats=(*common.list_caveats(metric.indicator, items), *_explain_small_counts(compared.ranked)),
        selection=selection,
        sentences=told.more,
    )


def _compare(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[_Comparison]:
    metric, said = _choose_rate(indicator, selection)
    inside = [
        place.id
        for place in dataset.metadata.places.values()
        if place.kind == "gemeente"
        and (selection.region in (None, place.region) or place.id in selection.gemeenten)
        and dataset.metadata.covered(indicator.id, place.id)
    ]
    answers = answer(dataset, indicator, selection, places=inside)
    if len({item.geweld for item in answers.items}) > 1:
        said += (Notice(Reason.NOT_ALL_SPLIT, asked=GEWELD[selection.geweld].name),)
        answers = answer(dataset, indicator, replace(selection, geweld="alle"), places=inside)
    readings, refused = read_answers(dataset, answers.items, metric)
    notices = (*said, *answers.notices, *refused)
    return [_rank_panel(dataset, metric, selection, panel, notices) for panel in split_panels(readings, metric)]


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
) -> _Comparison:
    ranked = sorted(panel, key=_rank)
    together, *others = split_panels([*ranked, *_read_beside(dataset, metric, selection, ranked)], metric)
    apart = [reading for other in others for reading in other]
    return _Comparison(ranked, together[len(ranked) :], apart, metric, notices)


def _rank(reading: Reading[Number]) -> float:
    """Highest first, and those that are hidden after all others."""
    return 1 if isinstance(reading.value, Suppression) else -reading.value


def _read_beside(
    dataset: Dataset, metric: Metric, selection: Selection, ranked: Sequence[Reading[Number]]
) -> list[Reading[Number]]:
    """The regions and Nederland in the same period, where a rate or a percentage makes them comparable."""
    asked = list(dict.fromkeys([r.answer.place.region for r in ranked if r.answer.place.region] + ["nederland"]))
    periods = [reading.answer.period for reading in ranked]
    usual, geweld = max(periods, key=periods.count), ranked[0].answer.geweld
    same = answer(dataset, metric.indicator, replace(selection, period=usual.id, geweld=geweld), places=asked).items
    fitting = [item.without_rest for item in same if item.period == usual and item.geweld == geweld]
    return read_answers(dataset, fitting, metric)[0]


def _make_rows(compared: _Comparison, selection: Selection) -> tuple[Row, ...]:
    answers = [reading.answer for reading in compared.ranked]
    return tuple(
        Row(common.name_place(reading.answer, answers), (_make_bar(reading, selection),), compared.metric.norm)
        for reading in compared.ranked
    )


def _make_bar(reading: Reading[Number], selection: Selection) -> Bar:
    return Bar(
        "",
        _write_number(reading),
        (Segment.from_number(_pick_role(reading, selection), reading.place.label, reading.value),),
    )


def _write_number(reading: Reading[Number]) -> str:
    return reading.text + ("*" if reading.answer.is_provisional else "")


def _pick_role(reading: Reading[Number], selection: Selection) -> Role:
    chosen = not selection.gemeenten or reading.place.id in selection.gemeenten
    return Role.THIS if chosen else Role.OTHERS


def _make_rules(compared: _Comparison) -> tuple[Rule, ...]:
    return tuple(
        Rule(Role(reading.place.kind), reading.place.label, reading.value)
        for reading in compared.beside
        if not isinstance(reading.value, Suppression)
    )


def _make_legend(compared: _Comparison, selection: Selection) -> Legend:
    used = {_pick_role(reading, selection) for reading in compared.ranked}
    kinds = ((Role.THIS, "gekozen"), (Role.OTHERS, "andere gemeenten"))
    chosen = [entry for entry in kinds if entry[0] in used and selection.gemeenten]
    lines = [
        (rule.role, f"stippellijn: {rule.label} {compared.metric.format(rule.value)}") for rule in _make_rules(compared)
    ]
    return (*chosen, *lines)


def _divide_range(low: float, high: float) -> list[float]:
    """Borders of classes of equal width, from the lowest to the highest value."""
    return [low + (high - low) * n / len(STEP_ROLES) for n in range(len(STEP_ROLES) + 1)]


def _explain_small_counts(ranked: Sequence[Reading[Number]]) -> list[str]:
    """Where counts are so small that chance can change the order."""
    few = [r for r in ranked if not isinstance(r.count, Suppression) and r.count < SMALL_BASE]
    if not few or ranked[0].metric.indicator.unit != "aantal":
        return []
    many = "1 gemeente" if len(few) == 1 else f"{len(few)} gemeenten"
    return [f"Bij {many} gaat het om minder dan {SMALL_BASE}: enkele meer of minder veranderen daar de volgorde."]


def _make_tiles_legend(steps: Sequence[float], metric: Metric) -> Legend:
    texts = [metric.format(step) for step in steps]
    entries = [(role, f"{low} tot {high}") for role, (low, high) in zip(STEP_ROLES, pairwise(texts), strict=True)]
    return tuple(entries) if steps[0] < steps[-1] else ((STEP_ROLES[0], texts[0]),)


def _explain_gaps(gemeenten: int, numbers: int, shown: int) -> Legend:
    """What a tile outside the steps means: no number, or one that is hidden."""
    reasons = ["geen cijfer"] * (numbers < gemeenten) + ["afgeschermd"] * (shown < numbers)
    return ((Role.NO_DATA, " of ".join(reasons)),) if reasons else ()


def _make_tile(place: Place, value: float | None, text: str | None, steps: Sequence[float]) -> Tile:
    column, row = place.tile or (0, 0)
    role = Role.NO_DATA if value is None else STEP_ROLES[sum(value > step for step in steps[1:-1])]
    return Tile(column, row, role, place.label, text or "geen cijfer")
