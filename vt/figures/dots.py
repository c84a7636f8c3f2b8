"""One indicator over gemeenten as dots on one scale."""

from math import floor, log10

from vt.figures import wording
from vt.figures.answers import Dataset
from vt.figures.chart import DotStrip, Spot, Ticks
from vt.figures.comparison import Comparison, draw_each, make_comparison_figure, make_spots, name_roles
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.selection import Selection
from vt.model.catalogue import Indicator

MOST_NAMED, FEW = 6, 40
_STEPS = (1, 2, 5, 10)


def make_dots(dataset: Dataset, indicator: Indicator, selection: Selection, kind: str = "gemeente") -> list[Figure]:
    """A dot per gemeente on one scale, the chosen ones named, or else the lowest and the highest; none of fewer than
    two."""
    return draw_each(dataset, indicator, selection, kind, lambda compared: _make_figure(compared, indicator, selection))


def _make_figure(compared: Comparison, indicator: Indicator, selection: Selection) -> Figure | None:
    spots = tuple(spot for spot in make_spots(compared, selection) if spot.value is not None)
    if len(spots) < 2:
        return None
    ends = [*compared.values.values(), *(rule.value for rule in compared.rules)]
    return make_comparison_figure(
        compared,
        selection,
        id_=f"{indicator.id}.dots",
        drawn=f"Een punt per {wording.SINGLE[compared.group]} naar {indicator.noun}, van laag naar hoog",
        chart=DotStrip(
            spots, _pick_named(spots, selection), compared.rules, make_ticks(min(ends), max(ends), compared.metric)
        ),
        legend=(
            *name_roles(compared, {spot.role for spot in spots}, len(compared.ranked) - len(spots), selection),
            *compared.legend,
        ),
    )


def _pick_named(spots: tuple[Spot, ...], selection: Selection) -> tuple[Spot, ...]:
    """The chosen gemeenten as far as there is room, else the lowest and the highest, of few gemeenten three each."""
    chosen = tuple(spot for spot in spots if spot.place in selection.gemeenten)
    each = MOST_NAMED // 2 if len(spots) <= FEW else 1
    return chosen[:MOST_NAMED] or tuple(dict.fromkeys((*spots[:each], *spots[-each:])))


def make_ticks(low: float, high: float, metric: Metric) -> Ticks:
    """Round values from below the lowest to above the highest, about five."""
    span = (high - low) or high or 1
    size = 10.0 ** floor(log10(span / 4))
    step = next(size * each for each in _STEPS if size * each >= span / 5)
    first, last = floor(low / step), floor(high / step) + 1
    decimals = max(0, -floor(log10(step)))
    sign = "%" if metric.is_percentage or metric.is_share else ""
    return tuple((n * step, f"{wording.format_number(n * step, decimals)}{sign}") for n in range(first, last + 1))
