"""The room of the presenter: what is kept to be shown to a room, in order. The stage itself: vt/web/stage.py."""

from datetime import date

import streamlit as st

from vt.figures.deck import Deck, Slide
from vt.figures.picks import Pick, read_picks
from vt.figures.selection import Selection
from vt.figures.stories import Filled, fill_picks, fill_story, make_deck
from vt.model.stories import Story
from vt.render.html import fill_template
from vt.store.reference import Metadata
from vt.web import links, visit
from vt.web.links import ON_STAGE
from vt.web.page import show_notices, show_section
from vt.web.stage import is_on_stage
from vt.web.state import BY_TEXT, Build, View, load_metadata, open_dataset


def open_picks(metadata: Metadata) -> tuple[str, ...]:
    """Take the figures of the link that was opened, and say what it got wrong; afterwards the link follows what is
    kept."""
    problems: tuple[str, ...] = ()
    linked = st.query_params.get_all("dia")
    if linked and not visit.picks() and "picks" not in st.session_state:
        picks, problems = read_picks(linked, metadata)
        visit.keep_picks(picks)
    if linked != (texts := [pick.text for pick in visit.picks()]):
        st.query_params["dia"] = texts
    return problems


def open_deck(view: View, story: Story | None) -> Deck:
    """The slides of a ready story, or of the visitor's own figures, for the view."""
    alone = read_picks(st.query_params.get_all(links.FIGURE), view.metadata)[0] if is_on_stage() else ()
    story = None if alone else story
    filled = _fill(view.build, story.id if story else "", alone or visit.picks(), view.selection)
    title = story.title if story else "Eigen keuze van figuren"
    link = links.make_own_address(ON_STAGE)
    return make_deck(filled, title, view.selection, view.metadata, link, date.today(), visit.questions())


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs=BY_TEXT)
def _fill(build: Build, story: str, picks: tuple[Pick, ...], selection: Selection) -> Filled:
    with open_dataset(build) as dataset:
        if not story:
            return fill_picks(dataset, picks, selection)
        return fill_story(dataset, next(s for s in load_metadata(build).stories if s.id == story), selection)


# --- what will be told -----------------------------------------------------------------------------------------------


def show_slides(slides: tuple[Slide, ...]) -> None:
    """What the slides of a ready story show, in order."""
    st.html(fill_template("presenter", "slides", slides))


def show_picks(slides: tuple[Slide, ...]) -> None:
    """The kept figures, each to move, reword or drop."""
    if not visit.picks():
        show_notices(["Kies een verhaal, of zet figuren klaar met “Voeg toe aan presentatie” onder elke figuur."])
    for at, pick in enumerate(visit.picks()):
        _show_pick(at, pick, slides)


def _show_pick(at: int, pick: Pick, slides: tuple[Slide, ...]) -> None:
    name = f"{pick.asked.form}-{pick.asked.indicators[0]}-{pick.asked.region}-{pick.number}"
    title = pick.title or (slides[at].figure.title if len(slides) == len(visit.picks()) else pick.asked.label)
    with st.container(key=f"dia-{at}", horizontal=True, vertical_alignment="center"):
        st.html(fill_template("presenter", "pick", at + 1, title), width="stretch")
        last = len(visit.picks()) - 1
        st.button("Omhoog", key=f"op-{name}", on_click=visit.move_kept, args=(at, -1), disabled=at == 0)
        st.button("Omlaag", key=f"neer-{name}", on_click=visit.move_kept, args=(at, 1), disabled=at == last)
        st.button("Verwijder", key=f"weg-{name}", on_click=visit.drop_kept, args=(at,))
    with st.expander("Eigen titel en opmerking", key=f"tekst-{name}"):
        for field, label in (("title", "Titel boven de figuur"), ("remark", "Opmerking bij de dia")):
            key = f"{field}-{name}"
            st.text_input(
                label, getattr(pick, field), key=key, on_change=visit.reword_kept, args=(at, field, key), max_chars=600
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
