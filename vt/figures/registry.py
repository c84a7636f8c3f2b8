"""Which figures there are to ask for, by name: pages, stories and links say them the same way."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from vt.figures import flags, revised
from vt.figures.answers import Dataset
from vt.figures.breakdown import make_categories, make_groups
from vt.figures.chart import GEWELD_ROLES, Role
from vt.figures.comparison import stand_for_regions
from vt.figures.dots import make_dots
from vt.figures.figure import Explanation, Figure
from vt.figures.flow import make_flow
from vt.figures.funnel import make_funnel
from vt.figures.maps import make_map
from vt.figures.norms import make_norms
from vt.figures.places import make_places
from vt.figures.ranking import make_ranking
from vt.figures.selection import Selection
from vt.figures.series import make_series
from vt.figures.trends import make_trends
from vt.model.catalogue import COUNTRY, Indicator
from vt.model.hidden import Shielding, Suppression
from vt.store.reference import Metadata

SHIELDED = {
    Shielding.ALL: (
        "Kleine aantallen zijn afgeschermd, voor op het scherm: <5 is 1 tot en met 4, 0 tot en met 4 is teruggerekend. "
        "Afgeschermd is wat een klein aantal zou verraden."
    ),
    Shielding.RECOVERED: (
        "0 tot en met 4 is teruggerekend uit totalen en staat zo in geen rapport: het precieze aantal is afgeschermd, "
        "met wat ervan is gemaakt. Kies Geen bij Kleine aantallen afschermen om het te zien."
    ),
}
_Alone = Callable[[Dataset, Indicator, Selection], list[Figure]]
_Beside = Callable[..., list[Figure]]  # as _Alone, and which kind of places, gemeenten if it is not said
_Together = Callable[[Dataset, str, Sequence[Indicator], Selection], list[Figure]]
_BESIDE: dict[str, _Beside] = {
    "ranking": make_ranking,
    "dots": make_dots,
    "funnel": make_funnel,
    "trends": make_trends,
}
_ALONE: dict[str, _Alone] = {"categories": make_categories, "places": make_places, "series": make_series}
_TOGETHER: dict[str, _Together] = {"groups": make_groups, "norms": make_norms, "flow": make_flow}


class FigureRequest(NamedTuple):
    """A form and what it is about; `label` names what several indicators are together, `region` is that of a map, or
    the country where its regions stand beside each other instead of gemeenten."""

    form: str
    indicators: tuple[str, ...]
    label: str = ""
    region: str = ""


def build_figures(dataset: Dataset, asked: FigureRequest, selection: Selection) -> list[Figure]:
    """The figures that answer, each with what the checks found about its numbers; none where the sources have nothing.

    KeyError where a name is not known.
    """
    made = [_explain(figure, dataset.metadata, asked.indicators) for figure in _make_figures(dataset, asked, selection)]
    flagged = [flags.flag_figure(figure, dataset) for figure in made]
    return [_explain_shielding(revised.show_revised(figure, dataset)) for figure in flagged]


def _explain(figure: Figure, metadata: Metadata, indicators: Collection[str]) -> Figure:
    """With what is counted, and the terms that it takes to know that, as far as its own reports speak of them."""
    reports = {source.report for source in figure.sources}
    counted = [metadata.indicators[name] for name in indicators]
    definitions = [Explanation(indicator.label, indicator.definition) for indicator in counted]
    needed = [entry for entry in metadata.glossary if not entry.term.indicators.isdisjoint(indicators)]
    terms = [Explanation.from_entry(entry, reports) for entry in needed]
    return replace(figure, explanations=(*definitions, *terms))


def _explain_shielding(figure: Figure) -> Figure:
    """With what is hidden explained; without links to the printed numbers, which show all, where none may be seen.

    A bar of which KM, HG or OM is hidden is drawn in one piece: the legend says so.
    """
    shielding = figure.selection.shielding
    some = any(isinstance(value, Suppression) for row in figure.table.rows for value in row)
    some = some or any(notice.hides for notice in figure.notices)
    caveats = (*figure.caveats, SHIELDED[shielding]) if some else figure.caveats
    named = {role for role, _ in figure.legend}
    is_split = bool(named.intersection(GEWELD_ROLES)) and Role.THIS not in named
    whole = ((Role.THIS, "Alle soorten samen"),) if is_split and Role.THIS in figure.chart.roles else ()
    table = replace(figure.table, links={}) if shielding is Shielding.ALL else figure.table
    return replace(figure, table=table, caveats=caveats, legend=(*figure.legend, *whole))


def _make_figures(dataset: Dataset, asked: FigureRequest, selection: Selection) -> list[Figure]:
    indicators = [dataset.metadata.indicators[name] for name in asked.indicators]
    if asked.form in _TOGETHER:
        return _TOGETHER[asked.form](dataset, asked.label, indicators, selection)
    if asked.form == "tiles":
        return make_map(dataset, indicators[0], selection, dataset.metadata.places[asked.region])
    if asked.form in _ALONE:
        return _ALONE[asked.form](dataset, indicators[0], selection)
    if asked.region != COUNTRY:
        return _BESIDE[asked.form](dataset, indicators[0], selection)
    regions = stand_for_regions(dataset.metadata, selection)
    made = _BESIDE[asked.form](dataset, indicators[0], regions, "region")
    return [replace(figure, selection=selection) for figure in made]
