"""Presenteren: the choice of what to tell, on screen or as files; or one slide of it on stage."""

import streamlit as st

from vt.figures.deck import Deck
from vt.model.stories import Story
from vt.web import downloads, presenter, stage, visit
from vt.web.page import show_absences, show_heading, show_notices, show_section
from vt.web.state import View, open_view


def choose_story(stories: tuple[Story, ...]) -> str | None:
    """The name of what is chosen to be told, by a card or a link; None where nothing is."""
    with st.container(key="verhaalkeuze"):
        options = [*(story.name for story in stories), presenter.OWN]
        return st.selectbox("Wat wilt u laten zien?", options, index=None, key="verhaal", bind="query-params")


def find_story(stories: tuple[Story, ...], chosen: str | None) -> Story | None:
    """The ready story that is chosen, None for the visitor's own figures; until then these, or else the first."""
    usual = None if visit.picks() else stories[0]
    return next((story for story in stories if story.name == chosen), usual if chosen is None else None)


def compose(view: View, deck: Deck, story: Story | None, *, is_chosen: bool) -> None:
    """What can be told and what is chosen, in order, with the ways to tell it: first what was asked for or kept."""
    show_heading("Presenteren", "Kies een verhaal, of uw eigen figuren: op het scherm of als bestand.")
    if not is_chosen:
        presenter.show_stories(view, story)
    show_section(f"{deck.title}{'' if deck.title.endswith('?') else ','} {deck.subtitle}")
    presenter.ask_for_words()
    show_notices(visit.problems())
    if story:
        presenter.ask_for_place(view, story)
    if deck.slides:
        presenter.offer_stage()
        downloads.offer_deck_files(deck)
    (show_absences if deck.slides else show_notices)(deck.left_out)
    if story is None:
        presenter.show_picks(deck.slides)
    elif deck.slides:
        presenter.show_slides(deck.slides)
    presenter.show_questions()
    if is_chosen:
        show_section("Alle verhalen")
        presenter.show_stories(view, story)


view = open_view()
chosen = choose_story(view.metadata.stories)
story = find_story(view.metadata.stories, chosen)
deck = presenter.open_deck(view, story)
if stage.is_on_stage() and (deck.slides or visit.questions()):
    stage.show_stage(deck)
else:
    compose(view, deck, story, is_chosen=chosen is not None or story is None)
