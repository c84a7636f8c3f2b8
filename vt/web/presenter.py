"""The room of the presenter: what is kept to be shown to a room, in order. The stage itself: vt/web/stage.py."""

from datetime import date
from functools import lru_cache

import streamlit as st

from vt.figures.deck import Deck, Slide
from vt.figures.picks import Pick, read_picks
from vt.figures.selection import Selection, name_in_filter
from vt.figures.stories import Filled, can_fill, explain_unoffered, fill_picks, fill_story, make_deck
from vt.model.stories import Story
from vt.render.html import fill_template
from vt.web import links, visit
from vt.web.links import ON_STAGE
from vt.web.page import show_line, show_notices, show_section
from vt.web.stage import go_to_slide, is_on_stage
from vt.web.state import Build, View, load_metadata, open_dataset

OWN = "Eigen keuze"
STRANGE_WORDS = "In deze link staan eigen titels of opmerkingen van wie hem maakte."
_PLACE = "plaats-van-verhaal"
_ASKED = {  # by what a story is meant for: the kind of place, the question, and the filter
    "gemeente": ("gemeente", "Voor welke gemeente?", "gemeente"),
    "regio": ("region", "Voor welke regio?", "regio"),
}


def open_deck(view: View, story: Story | None) -> Deck:
    """The slides of a ready story, or of the visitor's own figures, for the view."""
    linked = read_picks(st.query_params.get_all(links.FIGURE), view.metadata)[0] if is_on_stage() else ()
    alone = tuple(Pick(pick.asked, pick.number) for pick in linked)
    story = None if alone else story
    filled = _fill(view.build, story.id if story else "", alone or visit.shown_picks(), view.selection)
    title = story.title if story else "Eigen keuze van figuren"
    link = links.make_own_address(view.metadata, ON_STAGE)
    return make_deck(filled, title, view.selection, view.metadata, link, date.today(), visit.questions(), visit.maker())


@lru_cache(maxsize=500)
def _fill(build: Build, story: str, picks: tuple[Pick, ...], selection: Selection) -> Filled:
    with open_dataset(build) as dataset:
        if not story:
            return fill_picks(dataset, picks, selection)
        return fill_story(dataset, next(s for s in load_metadata(build).stories if s.id == story), selection)


# --- what will be told -----------------------------------------------------------------------------------------------


def show_stories(view: View, chosen: Story | None) -> None:
    """The ready stories that have figures for the chosen places and the visitor's own figures as cards: one click
    presents, another shows the slides."""
    stories = view.metadata.stories
    count = len(visit.picks())
    few = {0: "Zelf gekozen figuren, in uw volgorde.", 1: "1 figuur."}
    own = few.get(count, f"{count} figuren, in uw volgorde.")
    told = [story for story in stories if can_fill(story, view.selection, view.metadata)]
    cards = [(story.id, story.name, story.title, story.question) for story in told]
    with st.container(key="verhalen", horizontal=True, gap="small"):
        for id_, name, title, question in sorted([*cards, ("eigen", OWN, OWN, own)], key=_rank_card):
            _show_card(id_, name, title, question, is_chosen=(chosen.name if chosen else OWN) == name)
    show_notices(explain_unoffered(stories, view.selection, view.metadata))


def _rank_card(card: tuple[str, str, str, str]) -> bool:
    """Own figures come first, where there are any."""
    return card[1] != OWN if visit.picks() else card[1] == OWN


def _show_card(id_: str, name: str, title: str, question: str, *, is_chosen: bool) -> None:
    with st.container(key=f"verhaal-{id_}", border=True, width=240, height="stretch"):
        st.html(fill_template("presenter", "story", title, question, is_chosen))
        st.space("stretch")
        with st.container(horizontal=True):
            st.button("Presenteer", key=f"presenteer-{id_}", on_click=_choose, args=(name, 1))
            st.button("Dia’s", key=f"toon-{id_}", type="tertiary", on_click=_choose, args=(name, None))


def _choose(name: str, number: int | None) -> None:
    """A story by its name; on stage where a number is given."""
    st.session_state["verhaal"] = name
    go_to_slide(number)


def ask_for_place(view: View, story: Story) -> None:
    """The place of a story that is meant for one, where none is chosen."""
    kind, said, key = _ASKED.get(story.meant_for, ("", "", ""))
    if not kind or view.selection.gemeenten or (kind == "region" and view.selection.region):
        return
    places = [place for place in view.metadata.places_with_data() if place.kind == kind and place.gone is None]
    names = [name_in_filter(place, view.metadata) for place in places]
    st.selectbox(
        said, sorted(names), None, key=_PLACE, placeholder="Kies", on_change=_choose_place, args=(key,), width=420
    )


def _choose_place(key: str) -> None:
    """Where the filters have it."""
    name = st.session_state[_PLACE]
    st.session_state[key] = [name] if key == "gemeente" else name


def ask_for_words() -> None:
    """Say that a link brought words that are not ours, and show them to who asks for them."""
    if visit.has_strange():
        show_line(STRANGE_WORDS, "teksten").button("Toon ze", key="toon-teksten", on_click=visit.show_strange)


def show_slides(slides: tuple[Slide, ...]) -> None:
    """What the slides of a ready story show, in order."""
    st.html(fill_template("presenter", "slides", slides))


def show_picks(slides: tuple[Slide, ...]) -> None:
    """The kept figures, each to move, reword or drop."""
    if not visit.picks():
        show_notices(["Zet figuren klaar met + in de hoek van een figuur, of kies hieronder een verhaal."])
    filled = slides if len(slides) == len(visit.picks()) else (None,) * len(visit.picks())
    for at, (pick, slide) in enumerate(zip(visit.shown_picks(), filled, strict=True)):
        _show_pick(at, pick, slide)


def _show_pick(at: int, pick: Pick, slide: Slide | None) -> None:
    asked = pick.asked
    name = "-".join((asked.form, *asked.indicators, asked.region, asked.label, str(pick.number)))
    title = pick.title or (slide.figure.title if slide else asked.label)
    with st.container(key=f"dia-{at}", border=True, gap=None):
        with st.container(key=f"rij-{at}", horizontal=True, vertical_alignment="center"):
            st.html(fill_template("presenter", "pick", at + 1, title, slide), width="stretch")
            last = len(visit.picks()) - 1
            st.button("Omhoog", key=f"op-{name}", on_click=visit.move_kept, args=(pick, -1), disabled=at == 0)
            st.button("Omlaag", key=f"neer-{name}", on_click=visit.move_kept, args=(pick, 1), disabled=at == last)
            st.button("Verwijder", key=f"weg-{name}", on_click=visit.drop_kept, args=(pick,))
        if not visit.has_strange():
            _ask_for_words(at, pick, name)


def _ask_for_words(at: int, pick: Pick, name: str) -> None:
    """The visitor's own title and remark."""
    with st.expander("Eigen titel en opmerking", key=f"tekst-{name}"):
        for field, label in (("title", "Titel boven de figuur"), ("remark", "Opmerking bij de dia")):
            key = f"{field}-{name}"
            st.text_input(
                label,
                getattr(pick, field),
                key=key,
                on_change=visit.reword_kept,
                args=(pick, field, key),
                max_chars=600,
            )


def offer_stage() -> None:
    """The way to the stage, and who presents, for the cover: the visitor's own words."""
    key = "maker-regel"
    with st.container(key="naar-scherm", horizontal=True, vertical_alignment="bottom"):
        st.button("Presenteer", type="primary", key="presenteer", on_click=go_to_slide, args=(1,))
        if visit.has_strange():
            return
        st.text_input(
            "Uw naam of organisatie, voor de titeldia",
            visit.maker(),
            key=key,
            on_change=visit.name_maker,
            args=(key,),
            max_chars=120,
            width=420,
        )


def show_questions() -> None:
    """The parked questions with a link to the view of each, and as text to copy."""
    questions = visit.questions()
    if not questions:
        return
    show_section(f"Geparkeerde vragen ({len(questions)})")
    st.html(fill_template("presenter", "questions", questions))
    st.code("\n".join(f"{question.text}\n{question.link}" for question in questions), language=None)
    st.button("Wis de vragen", key="wis-vragen", on_click=visit.forget_questions)
