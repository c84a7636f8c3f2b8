"""What the page of a topic is made of: parts under a heading, all in one grid, and at its end what is not there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from vt.figures import wording
from vt.figures.nearest import leave_apart
from vt.figures.peers import list_company
from vt.figures.picks import NORMS_TOGETHER
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection, name_in_filter
from vt.model.catalogue import Indicator
from vt.model.figure_kinds import FIGURE_KINDS
from vt.web.page import (
    RenderedFigure,
    keep_room,
    render_figures,
    show_absence,
    show_apart,
    show_grid,
    show_heading,
    show_hidden_heading,
    show_notices,
)
from vt.web.state import Build, View, load_metadata


@dataclass(frozen=True)
class Part:
    """The figures under a heading; the indicators that have none, and sentences of what else is not there."""

    heading: str
    figures: Sequence[RenderedFigure]
    absent: Sequence[str] = ()
    texts: Sequence[str] = ()


def show_topic_heading(view: View, topic: str, title: str, question: str) -> None:
    """The heading of its page, and which gemeenten can be laid beside the chosen ones."""
    show_heading(title, question, _list_company(view.build, view.selection, topic))


@lru_cache(maxsize=2000)
def _list_company(build: Build, selection: Selection, topic: str) -> list[tuple[str, str]]:
    known = load_metadata(build)
    chosen = [name_in_filter(known.places[id_], known) for id_ in selection.gemeenten]
    offered = list_company(known, selection, [topic])
    return [
        (each.label, urlencode({"gemeente": [*chosen, name_in_filter(each, known)]}, doseq=True)) for each in offered
    ]


def show_parts(view: View, *parts: Part) -> None:
    """All figures in one grid, so that no row is half empty; each says under which heading it stands."""
    apart = leave_apart([each.figure for part in parts for each in part.figures], view.asked, view.metadata)
    parts = tuple(replace(part, figures=[each for each in part.figures if each.figure not in apart]) for part in parts)
    headings = list(dict.fromkeys(part.heading for part in parts if part.heading and part.figures))
    with keep_room():
        if len(headings) == 1:
            show_hidden_heading(headings[0])
    figures = [(each, part.heading if len(headings) > 1 else "") for part in parts for each in part.figures]
    show_grid(view, [figure for figure, _ in figures], [rubric for _, rubric in figures])
    show_apart(view, apart)
    show_notices([text for part in parts for text in part.texts])
    show_absence(view, *(name for part in parts for name in part.absent), is_beside=bool(figures))


def find_topic(view: View, topic: str, norms: str = NORMS_TOGETHER) -> list[Part]:
    """The indicators of a topic under the headings of its page; `norms` is what percentages are called together."""
    return [
        _find(view, heading, _ask(indicators, norms))
        for heading, indicators in view.metadata.topics[topic].by_section()
    ]


def find_reporters(view: View, topic: str, label: str) -> list[Part]:
    """Reporters in the groups that all regions share, and what tells more of them than these groups do."""
    shared, known = _find_groups(view, topic, label), view.metadata.indicators
    told = {place for each in shared.figures for place in each.figure.subject.ids}
    counts = {known[name].counts for each in shared.figures for name in each.pick.asked.indicators}

    def tells_more(rendered: RenderedFigure) -> bool:
        indicator = known[rendered.pick.asked.indicators[0]]
        is_coarse = rendered.pick.asked.form == "groups" or indicator.classification in view.metadata.coarse
        return not (is_coarse and indicator.counts in counts and told.issuperset(rendered.figure.subject.ids))

    parts = find_topic(view, topic)
    return [shared, *(replace(part, figures=[*filter(tells_more, part.figures)]) for part in parts)]


def _find_groups(view: View, topic: str, label: str) -> Part:
    """From any of the indicators of a topic that a place has."""
    has_groups = view.metadata.grouped.__contains__
    indicators = [i for i in view.metadata.topics[topic].indicators if not i.grouped_as]
    fitting = tuple(i.id for i in indicators if FIGURE_KINDS["groups"].find_misfit(i, has_groups) is None)
    return _find(view, "In groepen die alle regio's delen", [[FigureRequest("groups", fitting, label)]])


def find_series(view: View, topic: str, heading: str) -> Part:
    """The plain numbers of a topic over time, for the places that have more than a year and the year before; none that
    the card of its last number shows in full."""
    figures: list[RenderedFigure] = []
    shown = []
    for each in (each for each in view.metadata.topics[topic].indicators if each.usual_kind == "places"):
        figures += render_figures(view, FigureRequest("series", (each.id,)))
        shown += [card.figure.table for card in render_figures(view, FigureRequest("places", (each.id,)))]
    places = wording.name_places([place.said for place in view.places])
    texts = [] if figures else [f"Voor {places} is er geen reeks van meer dan twee jaren."]
    return Part(heading, [each for each in figures if each.figure.table not in shown], texts=texts)


def _ask(indicators: Sequence[Indicator], norms: str) -> Iterator[list[FigureRequest]]:
    """What is asked of them: plain numbers, divisions, those of many classes first in groups, and what has a norm."""
    plain = [each for each in indicators if not each.grouped_as]
    yield from ([FigureRequest("places", (each.id,))] for each in plain if each.usual_kind == "places")
    yield from ([FigureRequest("groups", (each.id,), each.grouped_as)] for each in indicators if each.grouped_as)
    yield from ([FigureRequest("categories", (each.id,))] for each in plain if each.usual_kind == "categories")
    yield from ([FigureRequest("categories", (each.id,))] for each in indicators if each.grouped_as)
    if together := tuple(each.id for each in indicators if each.usual_kind == "norms"):
        yield [FigureRequest("norms", together, norms)]


def _find(view: View, heading: str, wishes: Iterable[Sequence[FigureRequest]]) -> Part:
    figures: list[RenderedFigure] = []
    absent: list[str] = []
    for wish in wishes:
        found = [figure for request in wish for figure in render_figures(view, request)]
        figures += found
        absent += [] if found else wish[0].indicators
    return Part(heading, _order_by_year(figures), absent)


def _order_by_year(figures: Sequence[RenderedFigure]) -> Sequence[RenderedFigure]:
    """Of one place the newest first: a report and CBS may tell the same of different years."""
    if len({each.figure.subject.ids for each in figures}) > 1:
        return figures
    years = [max((period.last_year for period in each.figure.subject.periods), default=0) for each in figures]
    ordered = sorted(zip(years, figures, strict=True), key=lambda each: -each[0])
    return [figure for _, figure in ordered]
