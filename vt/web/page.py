"""The words that a page is written in: headings, sections, notices, and figures on screen in a grid."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import chain, compress, islice
from math import ceil
from typing import Any, Literal

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vt.figures import wording
from vt.figures.answers import answer
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure
from vt.figures.nearest import (
    Nearest,
    describe_elsewhere,
    list_asked_in,
    name_all_kinds,
    name_counted,
    name_other,
    name_other_period,
)
from vt.figures.notices import Notice, Reason
from vt.figures.order import Order, list_orders, order_figure
from vt.figures.picks import Pick
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.stories import Filled, make_deck
from vt.model.catalogue import Indicator, lower_first
from vt.model.period import Period
from vt.model.stories import Story
from vt.render import csv as delimited
from vt.render.html import fill_template, needs_whole_width, render_foot, render_head
from vt.render.vega.forms import MANY_BARE, form_of, forms_beside, is_bare, measure, rooms_beside, rows
from vt.render.vega.parts import NOTHING, PLACE, Form, Room
from vt.store.reference import Metadata
from vt.web import downloads, links, pointing, server, visit
from vt.web.state import Build, View, load_metadata, open_dataset

MOST_UNFOLDED = 150  # signs of what is not there: three lines on a phone
MANY_ABSENT = 2  # figures that each say of the same places that they have no number of it
MOST_TEXTS = 8  # kept of a figure: what a page has said before it, and of whom it is


def show_heading(title: str, question: str, company: Sequence[tuple[str, str]] = ()) -> None:
    """The page's one main heading and the question that it answers; links that lay another gemeente beside the chosen
    ones, by name and query."""
    with st.container(key="kop", horizontal=True, vertical_alignment="bottom"):
        st.title(title, anchor=False, width="content")
        st.markdown(question, width="content")
        if company:
            st.html(fill_template("parts", "company", company), width="content")


def show_place_heading(places: str, question: str, tale: Story | None = None) -> None:
    """The same, made of data: not to be read as Markdown; with the way to a story of the place on stage."""
    st.html(fill_template("parts", "page_heading", places, question, tale))


def show_hidden_heading(text: str) -> None:
    """A heading for who reads by headings, where the eye needs none."""
    st.html(fill_template("parts", "hidden_heading", text))


def show_section(title: str) -> None:
    """A heading between figures, not to be read as Markdown."""
    st.html(fill_template("parts", "heading", title))


def show_paragraph(text: str) -> None:
    """A text that is made of data, not to be read as Markdown."""
    st.html(fill_template("parts", "paragraph", text))


def show_notices(texts: Sequence[str]) -> None:
    """Sentences that stand where a reader must know more, or where there is nothing; nothing where there are none."""
    if texts:
        st.html(fill_template("parts", "notices", texts))


def keep_room() -> DeltaGenerator:
    """Room for what is there only at times: what follows keeps its place, and its charts are not made anew."""
    return st.container(gap="xsmall")


def show_line(said: str, key: str) -> DeltaGenerator:
    """A sentence, with room beside it for the buttons that it is about."""
    line = st.container(key=key, horizontal=True, vertical_alignment="center", gap="small")
    line.html(fill_template("parts", "notices", [said]), width="content")
    return line


def show_absences(texts: Sequence[str]) -> None:
    """What the sources do not have, beside what they have: behind one line where it is long."""
    is_long = sum(map(len, texts)) > MOST_UNFOLDED
    if texts:
        st.html(fill_template("parts", "absences" if is_long else "notices", texts))


def show_absence(view: View, *indicators: str, is_beside: bool = False) -> None:
    """Why figures are not there, `is_beside` others that are; a period to choose, where they are of another length."""
    texts, periods = _find_absence(view.build, indicators, view.selection)
    (show_absences if is_beside else show_notices)(texts)
    offer_periods("-".join(indicators), periods)


def offer_periods(key: str, periods: Iterable[str]) -> None:
    """A button for each period that has a number where the chosen one has none."""
    for id_ in dict.fromkeys(filter(None, periods)):
        label = Period.parse(id_).label
        st.button(
            f"Toon {label}", key=f"periode-{key}-{id_}", type="tertiary", on_click=_set_widget, args=("periode", label)
        )


def show_offer(said: str, label: str, key: str, widget: str, value: str) -> None:
    """A line that says what is shown instead of what was chosen, and a button that sets the widget to that."""
    line = show_line(said, f"aanbod-{key}")
    line.button(label, key=f"kies-{key}", on_click=_set_widget, args=(widget, value))


def show_nearest(nearest: Nearest, metadata: Metadata, key: str) -> None:
    """A line that says what is shown instead, and a button that chooses it."""
    line = show_line(nearest.said, key)
    if nearest.label:
        line.button(nearest.label, key=f"kies-{key}", on_click=links.choose, args=(nearest.selection, metadata))


def _set_widget(widget: str, value: str) -> None:
    st.session_state[widget] = value


def show_grid(view: View, figures: Sequence["RenderedFigure"], rubrics: Sequence[str] = ()) -> None:
    """Two beside each other, of many bare numbers three; one under the other where the screen is narrow.

    Those of the chosen places come first, what needs the whole width before the others; so has a last one alone. A
    rubric is the heading that a figure stands under: its card says it.
    """
    with keep_room():
        _tell_together(view, figures)
        _tell_whose_of_all(view, [each.figure for each in figures])
    absent = _gather_absent(view, figures)
    pairs = zip(figures, rubrics or [""] * len(figures), strict=True)
    said = set[str]()
    for row in _lay_out(sorted(pairs, key=partial(_rank, view))):
        charts = [each.figure.chart for each, _ in row]
        looks = zip(forms_beside(charts), rooms_beside(charts, [each.height for each, _ in row]), strict=True)
        for column, (figure, rubric), (form, room) in zip(st.columns(len(row)), row, looks, strict=True):
            with column:
                show_figure(view, figure, rubric, form, room, is_first=rubric not in said)
            said.add(rubric)
    show_absences(absent)
    _offer_orders(view, figures)


def _lay_out(figures: Sequence["_Named"]) -> Iterator[list["_Named"]]:
    """The rows of a grid: many bare numbers together, before or after the others as the first of all is."""
    are_bare = [is_bare(each[0].figure.chart) for each in figures]
    if sum(are_bare) < MANY_BARE:
        return _pair_up(figures)
    bare, others = ([*compress(figures, mask)] for mask in (are_bare, [not one for one in are_bare]))
    numbers = _deal(bare, ceil(len(bare) / 3))
    return chain(numbers, _pair_up(others)) if are_bare[0] else chain(_pair_up(others), numbers)


def _pair_up(figures: Iterable["_Named"]) -> Iterator[list["_Named"]]:
    """Two in a row."""
    waiting: list[_Named] = []
    for each in figures:
        if needs_whole_width(each[0].figure):
            yield [each]
        else:
            waiting.append(each)
        if len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _deal(figures: Sequence["_Named"], rows: int) -> Iterator[list["_Named"]]:
    """So many rows, no one more than a figure longer than another."""
    waiting = iter(figures)
    yield from (list(islice(waiting, ceil((len(figures) - at) / rows))) for at in range(rows))


def _rank(view: View, named: "_Named") -> tuple[bool, bool]:
    figure = named[0].figure
    return bool(_tell_whose(view, figure)), not needs_whole_width(figure)


def _tell_together(view: View, figures: Sequence["RenderedFigure"]) -> None:
    """What more of these figures would say is said once, above them, where it is about what they show; and of which,
    where it is not about all of them."""
    about: dict[str, list[str]] = defaultdict(list)
    for figure in (each.figure for each in figures):
        told = (each for each in figure.notices if not each.is_of_another and not each.is_of_region)
        for text in {notice.text: None for notice in told}:
            about[text].append(figure.subject.label)
    shared = {text: labels for text, labels in about.items() if len(labels) > 1 and text not in view.said}
    view.said.update(shared)
    show_notices([_name_figures(text, labels, len(figures)) for text, labels in shared.items()])


def _tell_whose_of_all(view: View, figures: Sequence[Figure]) -> None:
    """Of whom and of what kinds all of several figures are, where that is not what the visitor chose: above them, and
    not at each."""
    whose = set() if _is_moved(view) else {_tell_whose(view, figure) for figure in figures}
    shared = [told for told in (whose, set(map(name_all_kinds, figures))) if len(told) == 1 and "" not in told]
    if len(figures) > 1 and shared:
        view.said.update(map(frozenset, shared))
        st.html(fill_template("parts", "whose", _join_flags(chain(*shared))))


def _is_moved(view: View) -> bool:
    """Whether the whole page is of another place than was chosen: a line above it says so."""
    return not any(place in view.places for place in view.asked)


def _gather_absent(view: View, figures: Sequence["RenderedFigure"]) -> list[str]:
    """What the same places have no numbers of, of many figures in one sentence instead of one at each."""
    absent: dict[tuple[str, ...], list[Notice]] = defaultdict(list)
    for notice in (notice for each in figures for notice in each.figure.notices if notice.reason is Reason.ABSENT):
        absent[notice.places].append(notice)
    many = [notices for notices in absent.values() if len(notices) > MANY_ABSENT]
    view.said.update(notice.text for notices in many for notice in notices)
    whats = [wording.join_words(list(dict.fromkeys(notice.what for notice in notices))) for notices in many]
    return [replace(notices[0], what=what).text for notices, what in zip(many, whats, strict=True)]


def _name_figures(text: str, labels: Sequence[str], count: int) -> str:
    """A notice, after the names of the figures that it is about where these are not all."""
    return text if len(labels) == count else f"{wording.join_words(list(dict.fromkeys(labels)))}: {lower_first(text)}"


def _offer_orders(view: View, figures: Sequence["RenderedFigure"]) -> None:
    """In which order rows stand, once a page: below the first figures that have more than five."""
    offered = {order for each in figures for order in list_orders(each.figure)}
    if offered and links.ORDER not in view.said:
        view.said.add(links.ORDER)
        options = [order.value for order in Order]
        st.segmented_control(
            "Op volgorde van", options, default=options[0], required=True, key=links.ORDER, bind="query-params"
        )


def show_apart(view: View, figures: Sequence[Figure]) -> None:
    """What there is of some of several places alone, by place, and a button for those that were chosen."""
    labels: dict[str, list[str]] = defaultdict(list)
    for figure in figures:
        labels[wording.join_words(list(dict.fromkeys(figure.subject.places)))].append(lower_first(figure.subject.label))
    if not labels:
        return
    told = wording.join_words(
        [f"van {where} {wording.join_words([*dict.fromkeys(all_)])}" for where, all_ in labels.items()]
    )
    line = show_line(f"Niet met alle gekozen gemeenten in één grafiek, en daarom hier niet getekend: {told}.", "apart")
    for own in filter(None, dict.fromkeys(list_asked_in(each, view.asked) for each in figures)):
        names = wording.join_words([view.metadata.places[id_].said for id_ in own])
        alone = replace(view.selection, region=None, gemeenten=own)
        line.button(f"Kies {names}", key=f"apart-{'-'.join(own)}", on_click=links.choose, args=(alone, view.metadata))


@lru_cache(maxsize=2000)
def _find_absence(build: Build, indicators: tuple[str, ...], selection: Selection) -> tuple[list[str], list[str]]:
    """Why figures are not there, and the periods that have them."""
    known, texts, periods, absent = load_metadata(build).indicators, list[str](), list[str](), list[Indicator]()
    for name in dict.fromkeys(indicators):
        notices = list_other_lengths(build, name, selection)
        texts += [f"{known[name].label}: {lower_first(notice.text)}" for notice in notices]
        absent += [] if notices else [known[name]]
        periods += [notice.period for notice in notices]
    return [*texts, *_explain_absence(View(build, load_metadata(build), selection), absent)], periods


def _explain_absence(view: View, indicators: Iterable[Indicator]) -> list[str]:
    """Why figures are not there, and where they are: one sentence for those that the same places have."""
    chosen = wording.name_places([place.said for place in view.places])
    absent: dict[str, list[str]] = defaultdict(list)
    for indicator in (each for each in indicators if not _stands_otherwise(view, each)):
        counted = name_counted(view.metadata, indicator, [place.id for place in view.places])
        beside = f"; voor {chosen} wel over {counted}" if counted else ""
        absent[describe_elsewhere(view.metadata, [indicator.id]) + beside].append(lower_first(indicator.label))
    return [
        f"De bronnen geven voor {chosen} geen cijfers over {wording.join_words(labels)}{elsewhere}."
        for elsewhere, labels in absent.items()
    ]


def _stands_otherwise(view: View, indicator: Indicator) -> bool:
    """Whether reports have it of the chosen places beside CBS, or of these or their region in other groups."""
    covered, own = view.metadata.covered, [place.id for place in view.places]
    where = [*own, *(place.region for place in view.places if place.region)]
    nearest = indicator.nearest if indicator.classification in view.metadata.grouped else None
    asked = ((indicator.beside, own), (nearest, where))
    return any(covered(other, id_) for other, places in asked if other for id_ in places)


@dataclass(frozen=True)
class RenderedFigure:
    """A figure made ready for the screen: all that a rerun only has to send."""

    figure: Figure
    pick: Pick
    data: pa.Table
    texts: dict[tuple[object, ...], str] = field(default_factory=dict)
    filled: dict[tuple[str, Room], pa.Table] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """What its card is on the page, whatever period or places are chosen: so the browser keeps its chart."""
        return self.pick.text

    @cached_property
    def height(self) -> Room:
        """How high its chart is beside another."""
        return measure(self.figure.chart)

    @classmethod
    def of(cls, figure: Figure, pick: Pick) -> "RenderedFigure":
        """A figure with the data of its chart."""
        return cls(figure, pick, _make_data(rows(figure.chart)))

    def fill(self, form: Form, room: Room) -> pa.Table:
        """The data of its chart in so much room of a row; where it asks for none, what it always is."""
        if room == NOTHING:
            return self.data
        if (data := self.filled.get((form.name, room))) is None:
            if len(self.filled) >= MOST_TEXTS:
                self.filled.clear()
            data = self.filled[form.name, room] = _make_data(rows(self.figure.chart, form, room))
        return data

    def tell(self, said: set[object], rubric: str = "", whose: str = "", *, is_first: bool = False) -> str:
        """Its text as HTML, without what the page has said before; from now on the page has said it all."""
        again = frozenset(said.intersection(self.figure.said))
        is_finer = self.figure.title in said
        said.update((*self.figure.said, self.figure.title))
        asked = again, rubric, whose, is_first, is_finer
        if (text := self.texts.get(asked)) is None:
            shown = replace(self.figure, title=self.figure.finer_title) if is_finer else self.figure
            stage = links.make_stage_query(self.pick)
            head = render_head(shown, again, stage, rubric, whose, is_first=is_first)
            text = head + render_foot(_leave_unasked(shown), again)
            if len(self.texts) >= MOST_TEXTS:  # `whose` names any places that a link does
                self.texts.clear()
            self.texts[asked] = text
        return text


def _make_data(drawn: list[dict[str, Any]]) -> pa.Table:
    """Without the places of marks where none has any."""
    data = pa.Table.from_pylist(drawn)
    can_point = PLACE in data.column_names and any(data[PLACE].to_pylist())
    return data if can_point or PLACE not in data.column_names else data.drop_columns([PLACE])


def _leave_unasked(figure: Figure) -> Figure:
    """The figure without what it says of places that have no number of it, where no place was chosen."""
    is_asked = figure.selection.gemeenten or figure.selection.region
    return figure if is_asked else replace(figure, notices=tuple(n for n in figure.notices if not n.is_absent))


def render_figures(view: View, request: FigureRequest) -> list[RenderedFigure]:
    """The figures that answer a request for what the visitor selected, their rows in the order that was chosen; none
    where the sources have nothing."""
    asked = links.read_filter(links.ORDER) or st.query_params.get_all(links.ORDER)
    order = Order(asked[0]) if asked and asked[0] in set(Order) else Order.SIZE
    return _render_figures(view.build, request, view.selection, order)


def show_figure(
    view: View,
    rendered: RenderedFigure,
    rubric: str = "",
    form: Form | None = None,
    room: Room = NOTHING,
    *,
    is_first: bool = False,
) -> None:
    """One figure: title, legend, chart, table, sources, caveats, files, and its place in a presentation."""
    figure = rendered.figure
    with st.container(key=f"figuur-{rendered.key}", horizontal=True, border=True, height="stretch"):
        # one element: site.css puts the line with the sources below the chart
        st.html(rendered.tell(view.said, rubric, _tell_whose_once(view, figure), is_first=is_first))
        form = form or form_of(figure.chart)
        data, spec = rendered.fill(form, room), form.spec_for_screen()
        pointing.show_chart(rendered.key, data, spec, figure.name, view.metadata)
        _show_actions(view.metadata, rendered)


def _tell_whose_once(view: View, figure: Figure) -> str:
    """Of whom and what a figure is; of whom once where the whole page is of another place."""
    whose = _tell_whose(view, figure)
    is_told = _is_moved(view) and whose in view.said
    view.said.add(whose)
    told = "" if is_told else whose, name_other_period(figure), name_all_kinds(figure)
    return _join_flags(text for text in told if text and frozenset({text}) not in view.said)


def _join_flags(texts: Iterable[str]) -> str:
    """One sentence: "IJsselland als geheel, niet Deventer apart; alle soorten geweld, ..."."""
    return "; ".join(lower_first(text) if at else text for at, text in enumerate(texts))


def _tell_whose(view: View, figure: Figure) -> str:
    """Of whom a figure is, where that is not whom the visitor chose."""
    return name_other(figure, view.asked, view.metadata)


def _show_actions(metadata: Metadata, rendered: RenderedFigure) -> None:
    """The place of a figure in a presentation, its files, and what there is to choose where it is not as asked.

    The style sheet knows the signs of a card by their place: nothing comes between them and the chart.
    """
    _offer_place_in_deck(rendered)
    _offer_files(metadata, rendered)
    offer_periods(rendered.key, (notice.period for notice in rendered.figure.notices))
    pointing.tell_unknown(rendered.key)


def _offer_place_in_deck(rendered: RenderedFigure) -> None:
    is_kept = visit.find_pick(rendered.pick) is not None
    label, sign = ("Uit presentatie halen", "check") if is_kept else ("Voeg toe aan presentatie", "add")
    look: Literal["primary", "tertiary"] = "primary" if is_kept else "tertiary"
    key, icon = f"dia-{rendered.key}", f":material/{sign}:"
    st.button(label, key=key, icon=icon, type=look, on_click=visit.toggle_pick, args=(rendered.pick,))


def _offer_files(metadata: Metadata, rendered: RenderedFigure) -> None:
    """The files of a figure, its own link and the places to choose, filled in when they are asked for."""
    figure, icon = rendered.figure, ":material/download:"
    menu = st.popover("Download", key=f"bestanden-{rendered.key}", icon=icon, on_change="rerun", type="tertiary")
    if menu.open:
        with menu:
            downloads.offer_figure_files(figure.id, _make_deck(metadata, figure))
            title = figure.title if server.may_be_framed() else ""
            query, file = links.make_figure_query(figure.id, metadata), delimited.file_name(figure, "png")
            st.html(fill_template("figure", "links", query, title, file))
            pointing.offer_places(rendered.key, rendered.data, metadata)


def _make_deck(metadata: Metadata, figure: Figure) -> Deck:
    """A figure by itself, as it goes into a file."""
    link = links.make_address(figure.selection, metadata)
    return make_deck(Filled((Slide(figure),), ()), figure.title, figure.selection, metadata, link, date.today())


_Named = tuple[RenderedFigure, str]  # a figure, and the rubric that it stands under


@lru_cache(maxsize=1000)
def _render_figures(build: Build, request: FigureRequest, selection: Selection, order: Order) -> list[RenderedFigure]:
    with open_dataset(build) as dataset:
        figures = [order_figure(figure, order) for figure in build_figures(dataset, request, selection)]
    return [RenderedFigure.of(figure, Pick(request, number)) for number, figure in enumerate(figures)]


@lru_cache(maxsize=2000)
def list_other_lengths(build: Build, indicator: str, selection: Selection) -> list[Notice]:
    known = load_metadata(build).indicators
    with open_dataset(build) as dataset:
        notices = answer(dataset, known[indicator], selection).notices
    return [notice for notice in notices if notice.period]
