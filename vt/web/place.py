"""The page of one place, or of several: headline numbers, the figures that matter most, and what more there is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice

import streamlit as st

from vt.figures.answers import Dataset
from vt.figures.chart import ColumnChart
from vt.figures.collection import describe_collection
from vt.figures.deck import Slide
from vt.figures.headlines import Headline, make_headlines
from vt.figures.nearest import leave_apart, name_newest
from vt.figures.notices import merge_notices
from vt.figures.profile import Profile, make_profile
from vt.figures.registry import SHIELDED, FigureRequest
from vt.figures.search import make_place_query
from vt.figures.selection import Selection
from vt.figures.stories import fill_story
from vt.figures.wording import capitalize, join_words
from vt.model.catalogue import Indicator, Place, lower_first
from vt.model.stories import Story
from vt.render.html import fill_template
from vt.store.reference import Metadata
from vt.web.page import (
    RenderedFigure,
    keep_room,
    list_other_lengths,
    offer_periods,
    render_figures,
    show_apart,
    show_grid,
    show_notices,
    show_section,
)
from vt.web.state import Build, View, load_metadata, open_dataset

MELDERS = ("meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")
# Of one place, in this order, until there are enough: of each the first that the sources can fill, a report before CBS.
FIRST = (
    (FigureRequest("series", ("meldingen",)), FigureRequest("series", ("meldingen_cbs",))),
    (
        FigureRequest("groups", MELDERS, "Melders"),
        FigureRequest("groups", ("meldingen_professionals_functie",), "Meldingen per beroepsgroep"),
        FigureRequest("categories", ("meldingen_rol",)),
    ),
    (FigureRequest("categories", ("meldingen_naar_aard",)), FigureRequest("categories", ("meldingen_naar_vorm",))),
    (FigureRequest("series", ("adviezen",)), FigureRequest("series", ("adviezen_cbs",))),
    (FigureRequest("categories", ("triagebesluiten",)), FigureRequest("categories", ("meldingen_besluit",))),
    (FigureRequest("categories", ("overdrachtspartijen_na_triage",)),),
    (FigureRequest("categories", ("overdrachtspartijen",)), FigureRequest("categories", ("overdrachten_organisatie",))),
    (
        FigureRequest("groups", ("adviezen_professionals_functie",), "Adviezen per beroepsgroep"),
        FigureRequest("categories", ("adviezen_rol",)),
    ),
)
TALE = "vijf-figuren"
MOST_BESIDE, FEWEST_BESIDE = 6, 5
MOST_NAMED = 16


def show_covered(view: View) -> None:
    """Links to the places that have numbers: all where there are few, else the country, and how many more there are."""
    known = [place for place in view.metadata.places_with_data() if place.gone is None]
    kinds = {kind: [place for place in known if place.kind == kind] for kind in ("gemeente", "region", "land")}
    is_few = len(kinds["gemeente"]) <= MOST_NAMED
    named = [*sorted(kinds["gemeente"], key=lambda place: place.label), *kinds["region"]] if is_few else []
    links = [(place.label, make_place_query(place, view.metadata)) for place in (*named, *kinds["land"])]
    st.html(fill_template("site", "covered", links, () if is_few else (len(kinds["region"]), len(kinds["gemeente"]))))


def find_tale(metadata: Metadata) -> Story | None:
    """The story that tells most of a place in the fewest slides."""
    return next((story for story in metadata.stories if story.id == TALE), None)


def show_questions(view: View, region: str | None) -> None:
    """The questions that a council asks as cards, each with what a region answers and opening its slides; what else is
    ready to be told."""
    asked = replace(view.selection, region=region)
    answers = _answer_questions(view.build, asked)
    cards = [(story, answers.get(story.id)) for story in view.metadata.stories if story.group]
    others = [story for story in view.metadata.stories if not story.group]
    query = make_place_query(view.metadata.places[region], view.metadata) if region else ""
    st.html(fill_template("site", "stories", cards, query, others))


def show_collection(view: View) -> None:
    """What is in the collection, in two lines."""
    st.html(fill_template("site", "collection", describe_collection(view.metadata)))


def open_profile(view: View, place: Place, indicators: Sequence[str]) -> Profile:
    """The headline numbers of one place."""
    return _make_profile(view.build, tuple(indicators), view.selection, place.id)


def show_profile(view: View, profile: Profile, indicators: Sequence[str]) -> None:
    """The headline numbers of one place under each other, each among its peers."""
    with keep_room():
        _explain_hidden(view, (row.headline for row in profile.rows))
        _show_gaps(view, indicators, profile.place.id)
        show_notices([notice.text for notice in profile.refused])
    if profile.rows:
        st.html(fill_template("profile", "profile", profile))


def show_region(view: View, profile: Profile, indicators: Sequence[str]) -> None:
    """The headline numbers of a region under its name: each among its peers, or where it has none over its years."""
    show_section(capitalize(profile.place.label))
    if profile.has_picture:
        return show_profile(view, profile, indicators)
    own = replace(view, selection=replace(view.selection, region=profile.place.id, gemeenten=()))
    return show_grid(own, _pick_first(own, [_ask_number(name) for name in indicators], MOST_BESIDE))


def show_several(view: View, *indicators: str) -> None:
    """The headline numbers of several places, a place a row."""
    indicators = _name_newest(view, indicators)
    made = [(place, _make_headlines(view.build, indicators, view.selection, place.id)) for place in view.places]
    everything = [each for _, headlines in made for each in headlines]
    _explain_hidden(view, everything)
    for place in view.places:
        _show_gaps(view, indicators, place.id)
    labels = list(dict.fromkeys(each.label for each in everything))
    rows = [(capitalize(place.said), _name_period(own), _sort(own, labels)) for place, own in made if own]
    if rows:
        st.html(fill_template("profile", "several", labels, rows))


def _name_period(headlines: Sequence[Headline]) -> str:
    """The period of all of them; "" where they differ."""
    periods = {each.period for each in headlines}
    return periods.pop() if len(periods) == 1 else ""


def _sort(headlines: Sequence[Headline], labels: Sequence[str]) -> list[Headline | None]:
    by_label = {each.label: each for each in headlines}
    return [by_label.get(label) for label in labels]


def show_beside(view: View, *indicators: str) -> None:
    """The headline numbers of several places, a figure each, and where these are few what else compares all of them;
    what is of some of more than two in a line."""
    wishes = [_ask_number(name) for name in _name_newest(view, indicators)]
    figures = _pick_first(view, wishes, len(wishes))
    apart = leave_apart([each.figure for each in figures], view.asked, view.metadata)
    kept = [each for each in figures if each.figure not in apart][:MOST_BESIDE]
    show_grid(view, [*kept, *_compare_more(view, kept)])
    show_apart(view, apart)


def _name_newest(view: View, indicators: Iterable[str]) -> tuple[str, ...]:
    """The indicators, CBS's in the place of a report's where it is newer of all places."""
    places = [place.id for place in view.places]
    return tuple(name_newest(view.metadata, name, places, view.selection.period) for name in indicators)


def _compare_more(view: View, kept: Sequence[RenderedFigure]) -> list[RenderedFigure]:
    """What matters most of all the chosen places, as far as it is of as many of them as what is kept."""
    own = {place.id for place in view.places}
    most = max((len(own.intersection(each.figure.subject.ids)) for each in kept), default=0)
    figures: list[RenderedFigure] = []
    for wish in FIRST if most > 1 else ():
        made = (each for request in wish for each in _render_own(view, request))
        alike = (each for each in made if len(own.intersection(each.figure.subject.ids)) >= most)
        figures += [*islice(alike, 1)] if len(kept) + len(figures) < MOST_BESIDE else []
    return figures


def _ask_number(indicator: str) -> tuple[FigureRequest, ...]:
    return (FigureRequest("places", (indicator,)),)


def show_profile_first(view: View, profile: Profile, indicators: Sequence[str]) -> None:
    """The headline numbers, then the figures that matter most; beside the first where the numbers have no pictures and
    are as many as leave no room empty below them."""
    if profile.has_picture or len(profile.rows) < FEWEST_BESIDE:
        show_profile(view, profile, indicators)
        return show_grid(view, _pick_first(view, FIRST, 4))
    figures = _pick_first(view, FIRST, 5)
    left, right = st.columns(2)
    with left:
        show_profile(view, profile, indicators)
    with right:
        show_grid(view, figures[:1])
    return show_grid(view, figures[1:])


def _pick_first(view: View, wishes: Sequence[Sequence[FigureRequest]], most: int) -> list[RenderedFigure]:
    figures: list[RenderedFigure] = []
    for wish in wishes:
        if len(figures) < most:
            figures += next((made[:1] for request in wish if (made := _render_own(view, request))), [])
    newest = max((each.figure.subject.periods[0].end for each in figures), default=0)
    return sorted(figures, key=partial(_rank, newest))


def _rank(newest: int, rendered: RenderedFigure) -> tuple[bool, bool, bool]:
    """What is over a year old comes after the others, and so do what is of no one year, and a few periods of a year."""
    period = rendered.figure.subject.periods[0]
    return period.end < newest - 12, not 0 < period.months <= 12, isinstance(rendered.figure.chart, ColumnChart)


def _render_own(view: View, request: FigureRequest) -> list[RenderedFigure]:
    """The figures of the chosen places themselves, not of their region."""
    own = {place.id for place in view.places}
    if not view.metadata.indicators.keys() >= set(request.indicators):
        return []  # CBS alone has it, and is not in this collection
    return [each for each in render_figures(view, request) if own.intersection(each.figure.subject.ids)]


def show_more(view: View, place: Place) -> None:
    """What more the reports give about a place, by topic, and what they give of its region only."""
    known, covered = view.metadata, view.metadata.covered
    region = known.places[place.region or place.id]
    mine = [each for each in known.indicators.values() if covered(each.id, place.id)]
    own = {(each.topic, each.noun) for each in mine}
    others = [i for i in known.indicators.values() if (i.topic, i.noun) not in own and covered(i.id, region.id)]
    topics = [(topic, label, _name_few(labels)) for topic, label, labels in _sort_by_topic(known, mine)]
    only = _sort_by_topic(known, others) if place.region else []
    st.html(fill_template("profile", "more", place.said, topics, region.label, only, known.stories))


def _sort_by_topic(known: Metadata, indicators: Sequence[Indicator]) -> list[tuple[str, str, list[str]]]:
    """The labels of indicators under the page and the label of their topic."""
    sorted_ = (
        (topic.id, topic.label, [lower_first(each.label) for each in indicators if each.topic == topic.id])
        for topic in known.topics.values()
    )
    return [each for each in sorted_ if each[2]]


def _name_few(labels: Sequence[str]) -> str:
    """The first two, and how many there are beside them."""
    others = len(labels) - 2
    return join_words([*labels[:2], f"{others} andere"] if others > 1 else labels)


def _explain_hidden(view: View, headlines: Iterable[Headline]) -> None:
    if any(headline.hides for headline in headlines):
        show_notices([SHIELDED[view.selection.shielding]])


def _show_gaps(view: View, indicators: Sequence[str], place: str) -> None:
    """In which other periods a place has its numbers, where the chosen one is of another length."""
    alone = replace(view.selection, gemeenten=(place,))
    own = (name for name in indicators if view.metadata.covered(name, place))
    gaps = [notice for name in own for notice in list_other_lengths(view.build, name, alone)]
    show_notices([notice.text for notice in merge_notices(replace(gap, other="") for gap in gaps)])
    offer_periods(f"kop-{place}", (gap.period for gap in gaps))


@lru_cache(maxsize=2000)
def _make_headlines(build: Build, indicators: tuple[str, ...], selection: Selection, place: str) -> list[Headline]:
    known = load_metadata(build).indicators
    with open_dataset(build) as dataset:
        return make_headlines(dataset, [known[name] for name in indicators], selection, place)


@lru_cache(maxsize=500)
def _answer_questions(build: Build, selection: Selection) -> dict[str, Slide]:
    """The first slide that can be filled of each question that has one."""
    questions = [story for story in load_metadata(build).stories if story.group]
    with open_dataset(build) as dataset:
        filled = {story.id: _fill_first(dataset, story, selection) for story in questions}
    return {id_: slide for id_, slide in filled.items() if slide}


def _fill_first(dataset: Dataset, story: Story, selection: Selection) -> Slide | None:
    alone = (replace(story, slides=(slide,)) for slide in story.slides)
    return next((slide for each in alone for slide in fill_story(dataset, each, selection).slides), None)


@lru_cache(maxsize=2000)
def _make_profile(build: Build, indicators: tuple[str, ...], selection: Selection, place: str) -> Profile:
    known = load_metadata(build)
    with open_dataset(build) as dataset:
        return make_profile(dataset, [known.indicators[name] for name in indicators], selection, known.places[place])
