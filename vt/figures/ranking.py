"""One indicator over gemeenten: in rank."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice

from vt.figures import common
from vt.figures.answers import Dataset
from vt.figures.chart import LeftOut, Legend, RankChart, Spot
from vt.figures.comparison import (
    Comparison,
    choose_asked,
    compare_gemeenten,
    fold_notes,
    make_comparison_figure,
    make_spots,
    name_roles,
    pick_role,
)
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.panels import note_apart, split_apart
from vt.figures.places import make_panel
from vt.figures.reading import Reading
from vt.figures.selection import Selection
from vt.figures.wording import capitalize
from vt.model.catalogue import Indicator
from vt.model.hidden import Number

ALL_ROWS, MOST_ROWS, ENDS = 12, 9, 3  # as many as fit a window, else the ends and what is near the chosen ones


def make_ranking(dataset: Dataset, indicator: Indicator, selection: Selection, kind: str = "gemeente") -> list[Figure]:
    """Gemeenten, or regions, in rank of one indicator, the chosen ones among their neighbours, with region and
    Nederland as lines.

    A rank for those that count alike, or only for those of the chosen gemeenten; what has nobody to stand among, as a
    region or Nederland that counts otherwise than all of them, stands by itself, unless it was not asked for.
    """
    comparisons = compare_gemeenten(dataset, indicator, selection, kind)
    asked = choose_asked(comparisons, selection)
    if not asked:
        return []
    metric, notices = asked[0].metric, asked[0].notices
    panels = [[*each.ranked, *each.beside] for each in asked]
    apart = split_apart(panels, [reading for each in asked for reading in each.apart], metric)
    figures = [
        _make_rank(each, indicator, selection) if len(panel) > 1 else _stand_alone(panel, metric, selection, indicator)
        for each, panel in zip(asked, panels, strict=True)
    ]
    figures += [_stand_alone(panel, metric, selection, indicator) for panel in apart]
    panels += [*apart, *(each.ranked for each in comparisons if each not in asked)]
    noted = common.add_notices(note_apart(common.number_ids(figures), panels, metric), notices)
    return fold_notes(noted, selection)


def _stand_alone(
    panel: Sequence[Reading[Number]], metric: Metric, selection: Selection, indicator: Indicator
) -> Figure:
    return replace(make_panel(panel, metric, selection), id=f"{indicator.id}.ranking")


def _make_rank(compared: Comparison, indicator: Indicator, selection: Selection) -> Figure:
    return make_comparison_figure(
        compared,
        selection,
        id_=f"{indicator.id}.ranking",
        drawn=f"{capitalize(compared.group)} naar {indicator.noun}, van hoog naar laag",
        chart=RankChart(_make_rows(compared, selection), compared.rules, compared.metric.ceiling),
        legend=_make_legend(compared, selection),
    )


def _make_rows(compared: Comparison, selection: Selection) -> tuple[Spot | LeftOut, ...]:
    """The places that are drawn, and for those that are left out between them how many there are."""
    own = [n for n, reading in enumerate(compared.ranked) if reading.place.id in selection.gemeenten]
    kept, spots = _keep_rows(len(compared.values), own), make_spots(compared, selection)
    rows: list[Spot | LeftOut] = []
    for is_drawn, group in groupby(range(len(spots)), kept.__contains__):
        some = [spots[n] for n in group]
        rows += some if is_drawn or len(some) == 1 else [_leave_out(some, compared.group)]
    return tuple(rows)


def _keep_rows(shown: int, own: Sequence[int]) -> set[int]:
    """Which of the ranked are drawn: the chosen ones whatever there is room for, the first and the last three of which
    the number is shown, and the neighbours of the chosen ones; with none chosen more of the first and the last."""
    if shown <= ALL_ROWS:
        return {*range(shown), *own}
    if not own:
        return {n for step in range(MOST_ROWS // 2 + 1) for n in (step, shown - 1 - step)}
    ends = [n for step in range(ENDS) for n in (step, shown - 1 - step)]
    beside = [n for place in own if place < shown for n in (place - 1, place + 1)]
    wanted = (n for n in (*own, *ends[:2], *beside, *ends[2:]) if n in own or 0 <= n < shown)
    return set(islice(dict.fromkeys(wanted), max(MOST_ROWS, len(own) + 2)))


def _leave_out(spots: Sequence[Spot], group: str) -> LeftOut:
    """How many are left out, and from what to what they go."""
    shown = [spot.text for spot in spots if spot.value is not None]
    ends = dict.fromkeys((shown[0], shown[-1])) if shown else {"afgeschermd": None}
    return LeftOut(f"nog {len(spots)} {group}: {' tot '.join(ends)}")


def _make_legend(compared: Comparison, selection: Selection) -> Legend:
    used = {pick_role(reading, selection) for reading in compared.ranked}
    return (*(name_roles(compared, used, 0, selection) if selection.gemeenten else ()), *compared.legend)
