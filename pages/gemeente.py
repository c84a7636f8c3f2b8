"""Gemeente: everything that the reports give about one place, in the order of its reports."""

from collections.abc import Sequence
from dataclasses import replace

from vt.figures.registry import FigureRequest
from vt.figures.wording import join_words
from vt.model.catalogue import Indicator
from vt.web.page import (
    RenderedFigure,
    render_figures,
    show_grid,
    show_heading,
    show_headlines,
    show_notices,
    show_section,
)
from vt.web.state import View, open_view


def narrow(view: View) -> View:
    """The view on the first chosen place alone; the others are named, for this page is about one."""
    place, *others = view.places
    if others:
        names = join_words([other.label for other in others])
        show_notices([f"Deze pagina gaat over één plaats: {place.label}. Niet getoond: {names}."])
    return replace(view, selection=replace(view.selection, gemeenten=(place.id,)))


def order_by_topic(view: View) -> dict[str, list[Indicator]]:
    """The indicators of the place per topic, in the order of its reports."""
    (place,) = view.places
    first = {
        name: min(min(item.tables) for item in items)
        for (name, id_), items in view.metadata.coverage.items()
        if id_ == place.id
    }
    topics: dict[str, list[Indicator]] = {}
    for name in sorted(first, key=first.__getitem__):
        indicator = view.metadata.indicators[name]
        topics.setdefault(indicator.topic, []).append(indicator)
    return topics


def is_plain(indicator: Indicator) -> bool:
    """Whether it is one number a period, that stands among the headlines."""
    return indicator.classification is None and indicator.unit != "procent"


def render_topic(view: View, indicators: Sequence[Indicator]) -> list[RenderedFigure]:
    """The figures of one topic: over time, against a norm, by class."""
    shares = tuple(each.id for each in indicators if each.unit == "procent")
    requests = [FigureRequest("series", (each.id,)) for each in indicators if is_plain(each)]
    requests += [FigureRequest("norms", shares, "Op tijd, naast de streefwaarde")] if shares else []
    requests += [FigureRequest("categories", (each.id,)) for each in indicators if each.classification]
    return [figure for request in requests for figure in render_figures(view, request)]


def show_region_only(view: View) -> None:
    """What is published for the whole region, and not for the place."""
    (place,) = view.places
    if place.region is None:
        return
    covered, region = view.metadata.covered, view.metadata.places[place.region]
    only = [i for i in view.metadata.indicators.values() if covered(i.id, region.id) and not covered(i.id, place.id)]
    names = join_words([f"“{each.label}”" for each in only])
    show_notices([f"Alleen voor {region.label} als geheel gepubliceerd: {names}."] if only else [])


show_heading("Gemeente", "Alles wat de rapporten over één plaats geven, in de volgorde van het rapport.")
view = narrow(open_view())
topics = order_by_topic(view)
show_headlines(view, *(each.id for indicators in topics.values() for each in indicators if is_plain(each)))
for topic, indicators in topics.items():
    if figures := render_topic(view, indicators):
        show_section(view.metadata.topics[topic].label)
        show_grid(view, figures)
show_region_only(view)
