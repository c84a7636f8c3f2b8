"""One indicator over gemeenten in a form; and what stands there where it can't be drawn in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from vt.figures.chart import RankChart
from vt.figures.maps import find_region
from vt.figures.nearest import Nearest
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection, pick_period
from vt.figures.wording import GROUPS, capitalize, join_words, name_places, place_in_time
from vt.model.catalogue import COUNTRY, Indicator
from vt.model.measures import Measure
from vt.model.period import Period
from vt.web.page import RenderedFigure, render_figures, show_absence, show_nearest, show_notices, show_offer
from vt.web.state import View

PER_INHABITANT = "per 1.000 inwoners"
GEMEENTEN, REGIONS = "Gemeenten", "Regio's"
WHY_RATE = "Per 1.000 inwoners, want gemeenten verschillen in grootte."
IN_SHORT = "Per 1.000 inwoners."  # beside more to choose from there is less room
OF_REGIONS = "Per regio, en per 1.000 inwoners."  # of the whole country, where gemeenten are too many for one picture
NO_MAP = "Niet op een kaart: {}, want in {} telt geen andere gemeente hetzelfde."
TOO_FEW = "te weinig gemeenten tellen hetzelfde"
TOO_FEW_REPORTED = "dat kan alleen met wat mensen melden, bij drie gemeenten of meer"


def has_regions(view: View, indicator: Indicator) -> bool:
    """Whether regions can stand beside each other: in a collection of the country where more than one has it."""
    places, covered = view.metadata.places.values(), view.metadata.covered
    having = [place for place in places if place.kind == "region" and covered(indicator.id, place.id)]
    return view.metadata.holds_country and len(having) > 1


def draw(view: View, indicator: Indicator, form: str, per: str = GEMEENTEN) -> list[RenderedFigure]:
    """The figures in that form; a map of gemeenten is of one region, so there is one for each that has a chosen one."""
    if per == REGIONS:
        return render_figures(view, FigureRequest(form, (indicator.id,), region=COUNTRY))
    return (
        _draw_maps(view, indicator) if form == "tiles" else render_figures(view, FigureRequest(form, (indicator.id,)))
    )


def _draw_maps(view: View, indicator: Indicator) -> list[RenderedFigure]:
    """The maps, and a line that names the chosen gemeenten that are on none of them."""
    own: dict[str | None, list[str]] = defaultdict(list)
    for id_ in view.selection.gemeenten if not view.selection.region else ():
        own[view.metadata.places[id_].region].append(view.metadata.places[id_].said)
    regions = [*own] or [find_region(view.metadata, indicator, view.selection)]
    made = {
        region: render_figures(view, FigureRequest("tiles", (indicator.id,), region=region))
        for region in regions
        if region
    }
    without = [region for region, figures in made.items() if not figures] if any(made.values()) else []
    show_notices([NO_MAP.format(join_words(own[each]), view.metadata.places[each].label) for each in without])
    return [figure for figures in made.values() for figure in figures]


def explain_rate(view: View, figures: Sequence[RenderedFigure], per: str) -> str:
    """That what is drawn is not the number that the filter says, or not of gemeenten; "" where it is."""
    is_rate = any(each.figure.subject.unit.startswith(PER_INHABITANT) for each in figures)
    are_regions = any(GROUPS["region"] in each.figure.subject.places for each in figures)
    if not is_rate or view.selection.measure is not Measure.AANTAL:
        return ""
    if are_regions and per == GEMEENTEN:
        return OF_REGIONS
    return IN_SHORT if view.metadata.holds_country else WHY_RATE


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


def draw_instead(view: View, indicator: Indicator, form: str, per: str) -> list[RenderedFigure]:
    """The ranking, with a line that says why it is not the form that was chosen; none where there is none either."""
    ranked = draw(view, indicator, "ranking", per) if form != "ranking" else []
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
