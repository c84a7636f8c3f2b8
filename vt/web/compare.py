"""One indicator over gemeenten in a form; and what stands there where it can't be drawn in it."""

from collections.abc import Sequence
from dataclasses import replace

from vt.figures.chart import RankChart
from vt.figures.maps import find_region
from vt.figures.nearest import Nearest
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection, pick_period
from vt.figures.wording import capitalize, name_places, place_in_time
from vt.model.catalogue import Indicator
from vt.model.measures import Measure
from vt.model.period import Period
from vt.web.page import RenderedFigure, render_figures, show_absence, show_nearest, show_notices, show_offer
from vt.web.state import View

PER_INHABITANT = "per 1.000 inwoners"
WHY_RATE = "Per 1.000 inwoners, want gemeenten verschillen in grootte."
TOO_FEW = "te weinig gemeenten tellen hetzelfde"
TOO_FEW_REPORTED = "dat kan alleen met wat mensen melden, bij drie gemeenten of meer"


def draw(view: View, indicator: Indicator, form: str) -> list[RenderedFigure]:
    """The figures in that form; a map is of one region, so there is one for each that has a chosen gemeente."""
    if form != "tiles":
        return render_figures(view, FigureRequest(form, (indicator.id,)))
    own = [view.metadata.places[id_].region for id_ in view.selection.gemeenten if not view.selection.region]
    regions = dict.fromkeys(own or [find_region(view.metadata, indicator, view.selection)])
    asked = [FigureRequest(form, (indicator.id,), region=region) for region in regions if region]
    return [each for request in asked for each in render_figures(view, request)]


def explain_rate(view: View, figures: Sequence[RenderedFigure]) -> str:
    """Why what is drawn is not the number that the filter says; "" where it is."""
    is_rate = any(each.figure.subject.unit.startswith(PER_INHABITANT) for each in figures)
    return WHY_RATE if is_rate and view.selection.measure is Measure.AANTAL else ""


def draw_alone(view: View, indicator: Indicator) -> list[RenderedFigure]:
    """The numbers where no gemeente can be held against another, with a line that says which gemeenten can and a button
    that chooses these; none where one can."""
    ranked, chosen = draw(view, indicator, "ranking"), view.selection
    region = find_region(view.metadata, indicator, Selection())
    if not region or not ranked or any(isinstance(each.figure.chart, RankChart) for each in ranked):
        return []
    places, label = name_places([place.said for place in view.places]), view.metadata.places[region].label
    said = f"Geen andere gemeente telt hetzelfde als {places} over dezelfde tijd"
    if chosen.period and not (chosen.gemeenten or chosen.region):
        said = f"{capitalize(place_in_time(Period.parse(chosen.period)))} zijn er geen gemeenten te vergelijken"
    instead = replace(chosen, region=region, gemeenten=(), period=None)
    nearest = Nearest(instead, f"{said}. Wel te vergelijken: de gemeenten van {label}.", f"Kies {label}")
    show_nearest(nearest, view.metadata, "dichtstbij-vergelijken")
    return ranked


def draw_instead(view: View, indicator: Indicator, form: str) -> list[RenderedFigure]:
    """The ranking, with a line that says why it is not the form that was chosen; none where there is none either."""
    ranked = draw(view, indicator, "ranking") if form != "ranking" else []
    if ranked:
        why = TOO_FEW_REPORTED if form == "funnel" else TOO_FEW
        said = f"“{indicator.label}” is zo niet te tekenen: {why}. Hier staat de ranglijst."
        show_offer(said, "Kies Ranglijst", "ranglijst", "kijk", "Ranglijst")
    return ranked


def explain_no_picture(view: View, indicator: Indicator) -> None:
    """Why there is no picture: no number of a chosen place in that period, or nobody to divide it by."""
    covered = [item for place in view.places for item in view.metadata.covered(indicator.id, place.id)]
    found = pick_period(covered, view.selection.period)
    if found is None:
        show_absence(view, indicator.id)
    else:
        why = "het aantal inwoners is niet bekend" if found.period.is_known else "het rapport noemt geen jaar"
        show_notices([f"“{indicator.label}” is hier niet te vergelijken: {why}."])
