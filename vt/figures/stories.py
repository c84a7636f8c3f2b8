"""Presentations: a ready story or a visitor's own picks, filled from what the sources have, as a deck. Pure functions.

What cannot be filled is said in a sentence, never left out in silence.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from vt.figures import wording
from vt.figures.answers import Dataset
from vt.figures.chart import AreaMap, BarChart, Chart, Funnel, PairChart, TrendChart
from vt.figures.common import number_ids
from vt.figures.deck import OWN_REMARK, Deck, Question, Slide, join_subjects
from vt.figures.figure import Figure
from vt.figures.nearest import describe_elsewhere, name_newest
from vt.figures.picks import Pick, recognise_pick
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import ALL_REGIONS, Selection, list_chosen_places, name_fully, pick_period
from vt.model.catalogue import COUNTRY, lower_first
from vt.model.figure_kinds import FIGURE_KINDS
from vt.model.geweld import GEWELD
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.model.stories import Story, StorySlide
from vt.store.reference import Metadata

MOST_WHERES = 2
_TOLD_APART: dict[type[Chart], str] = {AreaMap: "op de kaart", TrendChart: "over de jaren", Funnel: "naar inwoners"}
_SHIELDED = {
    Shielding.ALL: ("Kleine aantallen afgeschermd, voor op het scherm",),
    Shielding.NONE: ("Ook teruggerekende kleine aantallen",),
}


class _Absence(NamedTuple):
    """Why figures are left out, for which places, and where they are; `what` they are about."""

    reason: str
    places: str = ""
    where: str = ""
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """The slides that the sources fill, and a sentence for those that they cannot for one reason."""

    slides: tuple[Slide, ...]
    left_out: tuple[str, ...]


def fill_story(dataset: Dataset, story: Story, selection: Selection) -> Filled:
    """A story for the chosen places: of each slide the first figure that the sources fill, for every place in turn."""
    slides: list[Slide] = []
    left_out: list[_Absence] = []
    for slide in story.slides:
        wanted = (FigureRequest(each.form, each.indicators, each.label) for each in slide.figures)
        requests = [_ask_newest(each, selection, dataset.metadata) for each in wanted]
        figures, missed = _fill_slide(dataset, requests, _measure_as(slide, selection))
        slides += [Slide(figure, spoken=slide.spoken) for figure in _leave_out_shown(figures, slides)]
        if missed:
            left_out += _explain_absent(dataset.metadata, requests, missed, selection.period)
    return _collect(slides, left_out)


def _ask_newest(asked: FigureRequest, selection: Selection, metadata: Metadata) -> FigureRequest:
    """What is asked; of CBS where that is newer for each chosen place, as on the pages, and on a map for every gemeente
    of the region. Gemeenten are ranked by what they all have anyway."""
    chosen = list_chosen_places(selection, metadata)
    if asked.form == "tiles":
        regions = {metadata.places[id_].region or id_ for id_ in chosen}
        known = [place for place in metadata.places_with_data() if place.kind == "gemeente"]
        chosen = tuple(place.id for place in known if place.region in regions)
    elif FIGURE_KINDS[asked.form].is_of_gemeenten:
        return asked
    newest = tuple(name_newest(metadata, name, chosen, selection.period) for name in asked.indicators)
    return asked._replace(indicators=newest) if len(newest) == 1 else asked


def can_fill(story: Story, selection: Selection, metadata: Metadata) -> bool:
    """Whether the sources have anything that a story asks for, of a chosen place or its region."""
    near = [id_ for place in _list_asked_places(selection, metadata) for id_ in _list_near(metadata, place)]
    wanted = [figure.indicators for slide in story.slides for figure in slide.figures]
    return any(_has_any(metadata, indicators, id_) for indicators in wanted for id_ in near)


def explain_unoffered(stories: Iterable[Story], selection: Selection, metadata: Metadata) -> list[str]:
    """Which stories would have no figure for the chosen places, and why, in one sentence."""
    titles = [f"“{story.title}”" for story in stories if not can_fill(story, selection, metadata)]
    places = [name_fully(metadata.places[id_], metadata) for id_ in _list_asked_places(selection, metadata)]
    named = wording.name_places(places)
    said = f"De bronnen geven voor {named} geen cijfers voor {wording.join_words(titles)}."
    return [said] if titles and places else []


def _leave_out_shown(figures: Sequence[Figure], slides: Iterable[Slide]) -> list[Figure]:
    """The figures that no slide before shows: where the sources fill two slides with one figure, that is one slide."""
    shown = [(type(slide.figure.chart), slide.figure.table) for slide in slides]
    return [each for each in figures if (type(each.chart), each.table) not in shown]


def fill_picks(dataset: Dataset, picks: Iterable[Pick], selection: Selection) -> Filled:
    """The figures that a visitor kept, with their own titles and remarks, for the chosen places."""
    slides: list[Slide] = []
    left_out: list[_Absence] = []
    places = _list_asked_places(selection, dataset.metadata)
    for pick in picks:
        figures = _build(dataset, pick.asked, selection) if recognise_pick(pick, dataset.metadata) else []
        if pick.number < len(figures):
            remark = pick.remark and f"{OWN_REMARK}: {pick.remark}"
            slides.append(Slide(figures[pick.number], own_title=pick.title, spoken=remark))
        else:
            left_out += _explain_unfilled(dataset.metadata, pick, places, len(figures), selection.period)
    return _collect(slides, left_out)


def describe_filters(selection: Selection, metadata: Metadata, units: str = "") -> str:
    """Every filter as a reader says it: "Dordrecht · Nieuwste periode · Alle soorten geweld samen · Aantal"; the units
    of what is shown where those are known."""
    chosen = [name_fully(metadata.places[id_], metadata) for id_ in selection.gemeenten]
    region = metadata.places[selection.region].label if selection.region else ALL_REGIONS
    period = wording.capitalize(Period.parse(selection.period).label) if selection.period else "Nieuwste periode"
    kind = GEWELD[selection.geweld]
    geweld = f"Alleen {kind.name}" if kind.code else "Alle soorten geweld samen"
    shielded = _SHIELDED.get(selection.shielding, ())
    measure = wording.capitalize(units) or str(selection.measure)
    return " · ".join([wording.join_words(chosen) or region, period, geweld, measure, *shielded])


def make_deck(
    told: Filled,
    title: str,
    selection: Selection,
    metadata: Metadata,
    link: str,
    made_on: date,
    questions: Sequence[Question] = (),
    maker: str = "",
) -> Deck:
    """All that goes into a file: the slides with every filter, the link to the live view, and what is left out."""
    places = [name_fully(metadata.places[id_], metadata) for id_ in _list_asked_places(selection, metadata)]
    return Deck(
        title=title,
        subtitle=wording.join_words(places),
        slides=told.slides,
        filters=describe_filters(selection, metadata, join_subjects(told.slides).unit),
        link=link,
        data_version=metadata.data_version,
        made_on=made_on,
        left_out=told.left_out,
        questions=tuple(questions),
        maker=maker,
        places=tuple(places),
    )


def _collect(slides: Sequence[Slide], left_out: Iterable[_Absence]) -> Filled:
    """Figures with ids that differ, so that a page can show the same one twice, and titles too; a sentence a reason."""
    figures = number_ids(slide.figure for slide in slides)
    named = [replace(slide, figure=figure) for slide, figure in zip(slides, figures, strict=True)]
    return Filled(tuple(_tell_apart(named)), tuple(_say_absent(left_out)))


def _say_absent(left_out: Iterable[_Absence]) -> Iterator[str]:
    """A sentence for each reason, the places that it is of, and where else the figures are; where that is said in many
    ways, one for all, without it."""
    merged: dict[_Absence, dict[str, dict[str, None]]] = {}
    for each in left_out:
        wheres = merged.setdefault(each._replace(what=(), where=""), {})
        wheres.setdefault(each.where, {}).update(dict.fromkeys(each.what))
    for each, wheres in merged.items():
        told = wheres if len(wheres) <= MOST_WHERES else {"": dict.fromkeys(chain(*wheres.values()))}
        for where, what in told.items():
            yield each.reason.format(places=each.places, where=where, what=wording.join_words([*what]))


def _tell_apart(slides: Sequence[Slide]) -> Iterator[Slide]:
    """The slides; of one whose title stood there before, that says what it is about as well, and where they are of more
    than one year, when."""
    seen: set[str] = set()
    are_mixed = len({newest.last_year for each in slides if (newest := _find_newest(each))}) > 1
    for slide in slides:
        subject = slide.figure.subject
        form = _TOLD_APART.get(type(slide.figure.chart), lower_first(subject.label))
        when = _name_unsaid(slide) if are_mixed else ""
        parts = ([when], [form, when], [subject.text])
        told = (replace(slide, apart=", ".join(filter(None, words))) for words in parts)
        chosen = next((each for each in told if each.title not in seen), slide)
        seen.add(chosen.title)
        yield chosen


def _find_newest(slide: Slide) -> Period | None:
    known = (each for each in slide.figure.subject.periods if each.is_known)
    return max(known, key=lambda each: each.end, default=None)


def _name_unsaid(slide: Slide) -> str:
    """The newest period of a slide, where a title that is ours names no year."""
    newest = _find_newest(slide)
    is_said = slide.own_title or newest is None or str(newest.last_year) in slide.figure.title
    return "" if newest is None or is_said else newest.label


def _measure_as(slide: StorySlide, selection: Selection) -> Selection:
    """The selection in the measure of a slide, where the visitor chose none."""
    is_free = selection.measure is Measure.AANTAL
    return replace(selection, measure=slide.measure) if is_free and slide.measure else selection


def _fill_slide(
    dataset: Dataset, requests: Sequence[FigureRequest], selection: Selection
) -> tuple[list[Figure], tuple[str, ...]]:
    """The figures of a slide, and the places that none of them is about.

    Where the first leaves out some of the chosen places, the next is asked for those alone; where all numbers of a
    division are hidden, the next that has some of the same places.
    """
    chosen = _list_asked_places(selection, dataset.metadata)
    figures: list[Figure] = []
    missed, view = chosen, selection
    for asked in requests:
        if built := _build_chosen(dataset, asked, view):
            figures += built
            missed = tuple(p for p in missed if not _build_chosen(dataset, asked, replace(view, gemeenten=(p,))))
            view = replace(selection, gemeenten=missed)
        if not missed:
            break
    return _find_shown(dataset, requests, selection, chosen) if _are_hidden(figures) else figures, missed


def _are_hidden(figures: Sequence[Figure]) -> bool:
    """Whether figures are divisions of which no number is shown."""
    return bool(figures) and all(isinstance(f.chart, BarChart | PairChart) and f.chart.is_hidden for f in figures)


def _find_shown(
    dataset: Dataset, requests: Sequence[FigureRequest], selection: Selection, chosen: Collection[str]
) -> list[Figure]:
    """Of what can be asked for the first that shows a number of a chosen place, or else the first."""
    built = [figures for asked in requests if (figures := _build_chosen(dataset, asked, selection))]
    own = (figures for figures in built if any(not set(chosen).isdisjoint(f.subject.ids) for f in figures))
    return next((figures for figures in own if not _are_hidden(figures)), built[0])


def _list_asked_places(selection: Selection, metadata: Metadata) -> tuple[str, ...]:
    """The chosen places; a region of which nothing is in the collection is asked for all the same."""
    return list_chosen_places(selection, metadata) or ((selection.region,) if selection.region else ())


def _build_chosen(dataset: Dataset, asked: FigureRequest, selection: Selection) -> list[Figure]:
    """The figures; none of others alone, where gemeenten are ranked and the chosen ones are not among them, nor of what
    stands apart from the rank by itself, as Nederland."""
    if not FIGURE_KINDS[asked.form].is_of_gemeenten:
        return _build(dataset, asked, selection)
    places = list_chosen_places(selection, dataset.metadata)
    if not any(dataset.metadata.covered(name, place) for name in asked.indicators for place in places):
        return []
    figures = _build(dataset, asked, selection)
    return [each for each in figures if len(each.table.rows) > 1] or figures


def _build(dataset: Dataset, asked: FigureRequest, selection: Selection) -> list[Figure]:
    """The figures that answer; a map that names no region is made of each region in which a chosen place lies, of the
    country that has its regions of these."""
    if asked.form != "tiles" or asked.region:
        return build_figures(dataset, asked, selection)
    places, country = dataset.metadata.places, COUNTRY if dataset.metadata.holds_country else ""
    chosen = list_chosen_places(selection, dataset.metadata)
    regions = dict.fromkeys(country if id_ == COUNTRY else places[id_].region for id_ in chosen)
    maps = [asked._replace(region=region) for region in regions if region]
    return [figure for each in maps for figure in build_figures(dataset, each, selection)]


def _explain_unfilled(
    metadata: Metadata, pick: Pick, places: Sequence[str], count: int, period: str | None
) -> list[_Absence]:
    """Why a kept figure is not there."""
    if recognise_pick(pick, metadata) is None:
        named = pick.title or pick.asked.label or pick.asked.indicators[0]
        return [_Absence("“{places}” is in deze gegevens niet bekend.", named)]
    if count:
        named = pick.title or wording.join_words(_name_figures(metadata, [pick.asked]))
        many = "1 grafiek" if count == 1 else f"{count} grafieken"
        said = f"heeft bij deze keuze {many}; de {pick.number + 1}e is er niet."
        return [_Absence(f"“{{places}}” {said}", named)]
    return _explain_absent(metadata, [pick.asked], places, period)


def _explain_absent(
    metadata: Metadata, wanted: Sequence[FigureRequest], missed: Sequence[str], period: str | None
) -> list[_Absence]:
    """Why places are left out, and where the figure is, for all of them that share the reason."""
    by_reason: dict[str, list[str]] = {}
    for place in missed:
        by_reason.setdefault(_pick_reason(metadata, wanted, place, period), []).append(
            name_fully(metadata.places[place], metadata)
        )
    what = tuple(lower_first(label) for label in _name_figures(metadata, wanted))
    where = describe_elsewhere(metadata, [name for asked in wanted for name in asked.indicators])
    return [
        _Absence(reason, wording.name_places(names), where if "{where}" in reason else "", what)
        for reason, names in by_reason.items()
    ]


def _tell_missed(metadata: Metadata, wanted: Sequence[FigureRequest], place: str) -> str:
    """That a place has nothing of what is wanted; and what it has that is nearest, divided in another way: of what has
    the same parts nothing need be said."""
    asked = [metadata.indicators[name] for each in wanted for name in each.indicators]
    pairs = [(each, metadata.indicators[each.nearest]) for each in asked if each.nearest]
    pairs = [(each, near) for each, near in pairs if each.classification != near.classification]
    known = [
        pair for pair in pairs if any(_has_any(metadata, [pair[1].id], id_) for id_ in _list_near(metadata, place))
    ]
    is_counted = known and all(each.counts == near.counts for each, near in known)
    missed, of = ("geen verdeling", "van") if is_counted else ("geen cijfers", "over")
    near = wording.join_words(list(dict.fromkeys(lower_first(near.label) for _, near in known)))
    told = f"; voor {{places}} wel {of} {near}" if near else ""
    return f"De bronnen geven voor {{places}} {missed} {of} {{what}}{{where}}{told}."


def _pick_reason(metadata: Metadata, wanted: Sequence[FigureRequest], place: str, period: str | None) -> str:
    """The sentence, with {what}, {places} and {where} to fill in."""
    mine = [
        asked
        for asked in wanted
        if any(_has_any(metadata, asked.indicators, id_) for id_ in _list_near(metadata, place))
    ]
    if not mine:
        return _tell_missed(metadata, wanted, place)
    last = mine[-1]
    covered = [
        item for id_ in _list_near(metadata, place) for name in last.indicators for item in metadata.covered(name, id_)
    ]
    if period and last.form != "series" and not pick_period(covered, period):
        return f"Voor {{places}} is er geen cijfer over {{what}} {wording.place_in_time(Period.parse(period))}."
    match last.form:
        case form if FIGURE_KINDS[form].is_of_gemeenten and not _has_any(metadata, last.indicators, place):
            return "Over {what} zijn er voor {places} geen cijfers per gemeente."
        case "ranking" | "dots" | "funnel" | "trends":
            return "Voor {places} zijn er te weinig gemeenten met cijfers over {what} om ze naast elkaar te zetten."
        case "tiles":
            return "Voor een kaart bij {places} zijn er te weinig gemeenten met cijfers over {what}."
        case "series":
            return "Voor {places} is er over {what} geen reeks van meer dan twee jaren."
        case "categories" | "groups":
            return "Voor {places} is er over {what} alleen een totaal, zonder verdeling."
        case _:
            return "Voor {places} is er bij deze keuze geen cijfer over {what}."


def _list_near(metadata: Metadata, place: str) -> Iterator[str]:
    """The place and its region, which answers for it."""
    yield place
    if region := metadata.places[place].region:
        yield region


def _has_any(metadata: Metadata, indicators: Iterable[str], place: str) -> bool:
    return any(metadata.covered(name, place) for name in indicators)


def _name_figures(metadata: Metadata, wanted: Sequence[FigureRequest]) -> list[str]:
    """What the figures are called, each once."""
    return list(dict.fromkeys(asked.label or metadata.indicators[asked.indicators[0]].label for asked in wanted))
