"""Presenting: what to tell and in which order, on screen for a whole room, and as files."""

from datetime import date
from urllib.parse import urlencode, urljoin

import pyarrow as pa
import streamlit as st

from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Slide
from vt.figures.picks import Pick, read_picks
from vt.figures.selection import Selection
from vt.figures.stories import Filled, fill_picks, fill_story, make_deck
from vt.model.stories import Story
from vt.render import html as markup
from vt.render.vega import rows_for_presenter, spec_for_presenter
from vt.web import downloads, visit
from vt.web.page import show_heading, show_section
from vt.web.state import BY_TEXT, Build, View, current_view, load_masks, load_metadata

OWN = "Eigen keuze"
ON_STAGE = "scherm"


def is_on_stage() -> bool:
    """Whether the page shows one slide to a room, and nothing else."""
    return ON_STAGE in st.query_params


def presenting() -> None:
    """The page Presenteren: the choice of what to tell, or one slide of it on stage."""
    found = current_view()
    problems = _opened_picks(found)
    if not is_on_stage():
        show_heading("Presenteren", "Van een vraag naar een reeks figuren: op het scherm of als bestand.")
    story = _chosen_story(found.metadata.stories)
    told = _told(found.build, story.id if story else "", visit.picks(), found.selection)
    deck = _deck(found, story, told)
    if is_on_stage() and (told.slides or visit.questions()):
        _on_stage(deck)
    else:
        _composed(deck, story, problems)


def _opened_picks(found: View) -> tuple[str, ...]:
    """Take the figures of the link that was opened; afterwards the link follows what is kept."""
    problems: tuple[str, ...] = ()
    linked = st.query_params.get_all("dia")
    if linked and not visit.picks() and "picks" not in st.session_state:
        picks, problems = read_picks(linked, found.metadata)
        visit.keep(picks)
    if linked != (texts := [pick.text for pick in visit.picks()]):
        st.query_params["dia"] = texts
    return problems


def _chosen_story(stories: tuple[Story, ...]) -> Story | None:
    """The ready story that is chosen, None for the visitor's own figures."""
    titles = {f"{story.group}: {story.title}" if story.group else story.title: story for story in stories}
    options = [*titles, OWN]
    usual = options.index(OWN) if visit.picks() else 0
    with st.container(key="verhaalkeuze"):
        chosen = st.selectbox("Wat wilt u laten zien?", options, index=usual, key="verhaal", bind="query-params")
    return titles.get(chosen)


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs=BY_TEXT)
def _told(build: Build, story: str, picks: tuple[Pick, ...], selection: Selection) -> Filled:
    known = load_metadata(build)
    with build.opened() as db:
        dataset = Dataset(db, known, load_masks(build))
        if not story:
            return fill_picks(dataset, picks, selection)
        return fill_story(dataset, next(s for s in known.stories if s.id == story), selection)


def _deck(found: View, story: Story | None, told: Filled) -> Deck:
    title = story.title if story else "Eigen keuze van figuren"
    metadata, chosen = found.metadata, found.selection
    return make_deck(told, title, chosen, metadata, _address(), date.today(), visit.questions())


def _address(**changed: str) -> str:
    """The whole address of this view; the page and query alone where the app does not know its own address."""
    query = {key: st.query_params.get_all(key) for key in st.query_params if key != ON_STAGE} | changed
    text = f"presenteren?{urlencode(query, doseq=True)}"
    return urljoin(st.context.url, text) if st.context.url else text


# --- choosing --------------------------------------------------------------------------------------------------------


def _composed(deck: Deck, story: Story | None, problems: tuple[str, ...]) -> None:
    if problems:
        st.html(markup.notices(problems))
    if story:
        st.html(markup.paragraph(story.question))
        if hint := _hint(story, current_view().selection):
            st.html(markup.notices([hint]))
    if deck.slides:
        st.button("Presenteer", type="primary", key="presenteer", on_click=_go, args=(1,))
        show_section("Als bestand")
        downloads.of_deck(deck)
        show_section(f"De dia’s ({len(deck.slides)})")
    if deck.left_out:
        st.html(markup.notices(deck.left_out))
    if story is None:
        _own_picks(deck.slides)
    elif deck.slides:
        st.html(markup.slides(deck.slides))
    _parked()


def _hint(story: Story, chosen: Selection) -> str:
    """What to choose for a story that is meant for one gemeente or one region; "" where it is chosen."""
    if story.meant_for == "gemeente" and not chosen.gemeenten:
        return "Dit verhaal is gemaakt voor één gemeente: kies die bij Gemeente."
    if story.meant_for == "regio" and not chosen.region:
        return "Dit verhaal is gemaakt voor één regio: kies die bij Regio."
    return ""


def _own_picks(slides: tuple[Slide, ...]) -> None:
    """The kept figures, each to move, reword or drop."""
    if not visit.picks():
        hint = "Kies een verhaal, of zet figuren klaar met “Voeg toe aan presentatie” onder elke figuur."
        st.html(markup.notices([hint]))
    for at, pick in enumerate(visit.picks()):
        _own_pick(at, pick, slides)


def _own_pick(at: int, pick: Pick, slides: tuple[Slide, ...]) -> None:
    name = f"{pick.asked.form}-{pick.asked.indicators[0]}-{pick.asked.region}-{pick.number}"
    what = pick.title or (slides[at].figure.title if len(slides) == len(visit.picks()) else pick.asked.label)
    with st.container(key=f"dia-{at}", horizontal=True, vertical_alignment="center"):
        st.html(markup.numbered(at + 1, what), width="stretch")
        last = len(visit.picks()) - 1
        st.button("Omhoog", key=f"op-{name}", on_click=visit.move, args=(at, -1), disabled=at == 0)
        st.button("Omlaag", key=f"neer-{name}", on_click=visit.move, args=(at, 1), disabled=at == last)
        st.button("Verwijder", key=f"weg-{name}", on_click=visit.drop, args=(at,))
    with st.expander("Eigen titel en opmerking", key=f"tekst-{name}"):
        for field, label in (("title", "Titel boven de figuur"), ("remark", "Opmerking bij de dia")):
            key = f"{field}-{name}"
            st.text_input(
                label, getattr(pick, field), key=key, on_change=visit.reword, args=(at, field, key), max_chars=600
            )


def _parked() -> None:
    """The parked questions with a link to the view of each, and as text to copy."""
    if not visit.questions():
        return
    show_section(f"Geparkeerde vragen ({len(visit.questions())})")
    st.html(markup.questions(visit.questions()))
    st.code("\n".join(f"{q.text}\n{q.link}" for q in visit.questions()), language=None)
    st.button("Wis de vragen", key="wis-vragen", on_click=visit.forget_questions)


# --- on stage --------------------------------------------------------------------------------------------------------


def _on_stage(deck: Deck) -> None:
    """One slide, and the bar below it: filters, slide number, source, and the ways on and out."""
    count = len(deck.slides) + bool(visit.questions())
    asked = st.query_params.get(ON_STAGE, "")
    number = min(max(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1, 1), count)
    with st.container(key="zaal"):
        if number <= len(deck.slides):
            _slide(deck.slides[number - 1])
        else:
            st.html(markup.stage_questions(visit.questions()))
    with st.container(key="zaalbalk", horizontal=True, vertical_alignment="center"):
        source = deck.slides[number - 1].figure.sources if number <= len(deck.slides) else ()
        st.html(markup.stage_foot(deck.filters, source, number, count), width="stretch")
        with st.popover("Parkeer vraag", key="parkeren"):
            link = _address(**{ON_STAGE: str(number)})
            st.text_input("Vraag", key="vraag", on_change=visit.park, args=("vraag", link), max_chars=300)
            st.html(f"<p>{len(visit.questions())} geparkeerd; ze staan op de laatste dia.</p>")
        st.button("Eerste", key="zaal-eerste", on_click=_go, args=(1,))
        st.button("Vorige", key="zaal-vorige", on_click=_go, args=(number - 1,), disabled=number == 1)
        st.button("Volgende", key="zaal-volgende", on_click=_go, args=(number + 1,), disabled=number == count)
        st.button("Laatste", key="zaal-laatste", on_click=_go, args=(count,))
        st.button("Stop", key="zaal-stop", on_click=_go, args=(None,))


def _slide(slide: Slide) -> None:
    figure = slide.figure
    rows, left_out = rows_for_presenter(figure.marks)
    st.html(markup.stage_head(slide))
    st.vega_lite_chart(
        pa.Table.from_pylist(rows),
        spec_for_presenter(figure.form),
        theme=None,
        width="stretch",
        height="stretch",
        alt=figure.name,
        key=f"zaal-{figure.form}",
    )
    st.html(markup.stage_notes(figure, left_out))


def _go(number: int | None) -> None:
    """To a slide; None ends the presentation."""
    if number is None:
        st.query_params.pop(ON_STAGE, None)
    else:
        st.query_params[ON_STAGE] = str(number)
