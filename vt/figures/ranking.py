"""One indicator over gemeenten: in rank, and on a tile map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vt.figures import wording
from vt.figures.answers import Dataset, answer
from vt.figures.chart import Tile
from vt.figures.common import (
    Legend,
    Line,
    Reading,
    Rule,
    Segment,
    bars,
    caveats_of,
    ceiling_of,
    measure_for,
    read_measures,
    sources_of,
    subtitle_of,
    tables_of,
    text_of,
    unit_text,
)
from vt.figures.figure import Figure
from vt.figures.places import places_sheet
from vt.figures.selection import Selection
from vt.figures.text import summaries, titles
from vt.model.catalogue import Indicator, Place
from vt.model.geweld import GEWELD
from vt.model.hidden import is_hidden, suppression_of
from vt.model.measures import SMALL_BASE, Measure
from vt.render import theme


@dataclass(frozen=True)
class _Comparison:
    """Gemeenten that can stand side by side, highest first, and the region and Nederland beside them.

    Those of which the number is hidden have no rank: they come after the others.
    """

    ranked: list[Reading]
    beside: list[Reading]
    wanted: Measure
    notices: tuple[str, ...]

    @property
    def values(self) -> dict[str, float]:
        """The numbers that are shown, by gemeente."""
        return {r.answer.place.id: r.value for r in self.ranked if not is_hidden(r.value)}


def ranking(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """Every gemeente in rank of one indicator, the chosen ones marked, with region and Nederland as lines."""
    compared = _compare(dataset, indicator, selection)
    if compared is None:
        return []
    wanted = compared.wanted
    title = titles.of_ranking(compared.ranked, compared.beside, indicator, wanted)
    everything = [*compared.ranked, *compared.beside]
    items = [reading.answer for reading in everything]
    return [
        Figure(
            id=f"{indicator.id}.ranking",
            title=title,
            subtitle=subtitle_of(
                indicator.label, [r.answer for r in compared.ranked], unit_text(indicator, wanted), "gemeenten"
            ),
            form="bars",
            marks=bars(_lines(compared, indicator, selection), ceiling_of(indicator), _rules(compared)),
            legend=_legend(compared, indicator, selection),
            alt=f"Gemeenten naar {indicator.noun}, van hoog naar laag. {title}",
            table=places_sheet(everything, indicator, wanted),
            sources=sources_of(tables_of(items)),
            caveats=(*caveats_of(indicator, items), *_small(compared.ranked, indicator)),
            notices=compared.notices,
            selection=selection,
            summary=summaries.of_ranking(compared.ranked, compared.beside, indicator, compared.wanted),
        )
    ]


def tiles(dataset: Dataset, indicator: Indicator, selection: Selection, region: Place) -> list[Figure]:
    """The gemeenten of one region on a tile map; empty where fewer than two of them have the figure."""
    compared = _compare(dataset, indicator, replace(selection, region=region.id, gemeenten=()))
    if compared is None or len(values := compared.values) < 2:
        return []
    steps = _steps(min(values.values()), max(values.values()))
    steps = [float(round(step)) for step in steps] if compared.wanted is Measure.AANTAL else steps
    inside = [p for p in dataset.metadata.places.values() if p.kind == "gemeente" and p.region == region.id and p.tile]
    texts = {r.answer.place.id: _text(r, compared.wanted, indicator) for r in compared.ranked}
    items = [reading.answer for reading in compared.ranked]
    title = titles.of_ranking(compared.ranked, compared.beside, indicator, compared.wanted)
    return [
        Figure(
            id=f"{indicator.id}.tiles.{region.id}",
            title=title,
            subtitle=subtitle_of(
                indicator.label,
                items,
                unit_text(indicator, compared.wanted),
                region.label,
            ),
            form="tiles",
            marks=tuple(_tile(place, values.get(place.id), texts.get(place.id), steps) for place in inside),
            legend=(
                *_tiles_legend(steps, indicator, compared.wanted),
                *_gaps(len(inside), len(texts), len(values)),
            ),
            alt=f"Tegelkaart van {indicator.noun} per gemeente in {region.label}. {title}",
            table=places_sheet(compared.ranked, indicator, compared.wanted),
            sources=sources_of(tables_of(items)),
            caveats=(
                "Een tegelkaart geeft de ligging bij benadering; elke gemeente is even groot getekend.",
                *caveats_of(indicator, items),
                *_small(compared.ranked, indicator),
            ),
            notices=compared.notices,
            selection=selection,
            summary=summaries.of_ranking(compared.ranked, compared.beside, indicator, compared.wanted),
        )
    ]


def _compare(dataset: Dataset, indicator: Indicator, selection: Selection) -> _Comparison | None:
    wanted, said = measure_for(indicator, selection)
    inside = [
        place.id
        for place in dataset.metadata.places.values()
        if place.kind == "gemeente"
        and (selection.region in (None, place.region) or place.id in selection.gemeenten)
        and dataset.metadata.covered(indicator.id, place.id)
    ]
    answers = answer(dataset, indicator, selection, places=inside)
    if len({item.geweld for item in answers.items}) > 1:
        said += (f"Niet elke gemeente is uitgesplitst naar {GEWELD[selection.geweld].code}; hier staat alles samen.",)
        answers = answer(dataset, indicator, replace(selection, geweld="alle"), places=inside)
    found, refused = read_measures(dataset, answers.items, indicator, wanted)
    found, others = _comparable(found, indicator, wanted)
    if not found:
        return None
    ranked = sorted(found, key=lambda reading: 1 if is_hidden(reading.value) else -reading.value)
    beside = _beside(dataset, indicator, selection, ranked, wanted)
    return _Comparison(ranked, beside, wanted, (*said, *answers.notices, *refused, *map(_other_length, others)))


def _comparable(found: list[Reading], indicator: Indicator, wanted: Measure) -> tuple[list[Reading], list[Reading]]:
    """The readings that can be ranked together: all rates, but only counts over the most common length of period."""
    if indicator.unit != "aantal" or wanted is not Measure.AANTAL:
        return found, []
    lengths = [reading.answer.period.months for reading in found]
    usual = max(lengths, key=lengths.count, default=0)
    same = [reading for reading in found if reading.answer.period.months == usual]
    return same, [reading for reading in found if reading not in same]


def _other_length(reading: Reading) -> str:
    item = reading.answer
    amount = str(suppression_of(reading.count)) if is_hidden(reading.count) else wording.format_number(reading.count)
    return (
        f"{item.place.label} heeft cijfers over {wording.name_period(item.period)} ({amount}): een "
        f"andere duur, dus niet in deze rij. Kies “{Measure.PER_1000}” om te vergelijken."
    )


def _beside(
    dataset: Dataset, indicator: Indicator, selection: Selection, ranked: Sequence[Reading], wanted: Measure
) -> list[Reading]:
    """The regions and Nederland in the same period, where a rate or a percentage makes them comparable."""
    if wanted is not Measure.PER_1000 and indicator.unit != "procent":
        return []
    asked = list(dict.fromkeys([r.answer.place.region for r in ranked if r.answer.place.region] + ["nederland"]))
    periods = [reading.answer.period for reading in ranked]
    usual, geweld = max(periods, key=periods.count), ranked[0].answer.geweld
    same = answer(dataset, indicator, replace(selection, period=usual.id, geweld=geweld), places=asked).items
    fitting = [item for item in same if item.period == usual and item.geweld == geweld]
    return read_measures(dataset, fitting, indicator, wanted)[0]


def _lines(compared: _Comparison, indicator: Indicator, selection: Selection) -> list[Line]:
    norm = indicator.norm.value if indicator.norm else None
    return [
        Line(
            _label(reading, compared.ranked),
            (
                (
                    _text(reading, compared.wanted, indicator),
                    (Segment(reading.answer.place.label, _colour(reading, selection), reading.value),),
                ),
            ),
            norm,
        )
        for reading in compared.ranked
    ]


def _label(reading: Reading, ranked: Sequence[Reading]) -> str:
    """The place, with its period where the periods differ."""
    same = len({other.answer.period for other in ranked}) == 1
    item = reading.answer
    return item.place.label if same else f"{item.place.label} ({item.period.label})"


def _text(reading: Reading, wanted: Measure, indicator: Indicator) -> str:
    star = "*" if reading.answer.is_provisional else ""
    return text_of(reading.value, wanted, indicator.unit) + star


def _colour(reading: Reading, selection: Selection) -> str:
    chosen = not selection.gemeenten or reading.answer.place.id in selection.gemeenten
    return theme.THIS_PLACE if chosen else theme.YEAR_BEFORE


def _rules(compared: _Comparison) -> list[Rule]:
    colours = {"region": theme.REGION, "land": theme.NATION}
    return [
        Rule(reading.answer.place.label, colours[reading.answer.place.kind], reading.value)
        for reading in compared.beside
        if not is_hidden(reading.value)
    ]


def _legend(compared: _Comparison, indicator: Indicator, selection: Selection) -> Legend:
    used = {_colour(reading, selection) for reading in compared.ranked}
    kinds = ((theme.THIS_PLACE, "gekozen"), (theme.YEAR_BEFORE, "andere gemeenten"))
    chosen = [entry for entry in kinds if entry[0] in used and selection.gemeenten]
    lines = [
        (rule.colour, f"stippellijn: {rule.label} {wording.format_value(rule.value, compared.wanted, indicator.unit)}")
        for rule in _rules(compared)
    ]
    return (*chosen, *lines)


def _steps(low: float, high: float) -> list[float]:
    """Borders of classes of equal width, from the lowest to the highest value."""
    return [low + (high - low) * n / len(theme.TILES) for n in range(len(theme.TILES) + 1)]


def _small(ranked: Sequence[Reading], indicator: Indicator) -> list[str]:
    """Where counts are so small that chance can change the order."""
    few = [reading for reading in ranked if reading.count < SMALL_BASE]
    if not few or indicator.unit != "aantal":
        return []
    many = "1 gemeente" if len(few) == 1 else f"{len(few)} gemeenten"
    return [f"Bij {many} gaat het om minder dan {SMALL_BASE}: de volgorde kan daar toeval zijn."]


def _tiles_legend(steps: Sequence[float], indicator: Indicator, wanted: Measure) -> Legend:
    texts = [wording.format_value(step, wanted, indicator.unit) for step in steps]
    entries = [(colour, f"{low} tot {high}") for colour, (low, high) in zip(theme.TILES, pairwise(texts), strict=True)]
    return tuple(entries) if steps[0] < steps[-1] else ((theme.TILES[0], texts[0]),)


def _gaps(gemeenten: int, numbers: int, shown: int) -> Legend:
    """What a tile without a colour means: no number, or one that is hidden."""
    reasons = ["geen cijfer"] * (numbers < gemeenten) + ["afgeschermd"] * (shown < numbers)
    return ((theme.NO_DATA, " of ".join(reasons)),) if reasons else ()


def _tile(place: Place, value: float | None, text: str | None, steps: Sequence[float]) -> Tile:
    column, row = place.tile or (0, 0)
    fill = theme.NO_DATA if value is None else theme.TILES[sum(value > step for step in steps[1:-1])]
    label = place.label.replace("-", "-|") if len(place.label) > 14 else place.label
    return Tile(column, row, place.label, label, text or "geen cijfer", fill, theme.ink_on(fill))
