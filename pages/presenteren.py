"""Presenteren: the choice of what to tell, on screen or as files; or one slide of it on stage."""

import streamlit as st

from vt.figures.deck import Deck
from vt.figures.selection import Selection
from vt.model.stories import Story
from vt.web import downloads, presenter, stage, visit
from vt.web.page import show_heading, show_notices, show_section
from vt.web.state import View, open_view


def choose_story(stories: tuple[Story, ...]) -> Story | None:
    """The ready story that is chosen, None for the visitor's own figures."""
    titles = {story.name: story for story in stories}
    options = [*titles, presenter.OWN]
    usual = len(titles) if visit.picks() else 0
    with st.container(key="verhaalkeuze"):
        chosen = st.selectbox("Wat wilt u laten zien?", options, index=usual, key="verhaal", bind="query-params")
    return titles.get(chosen)


def hint(story: Story, selection: Selection) -> list[str]:
    """What to choose for a story that is meant for one gemeente or one region; nothing where it is chosen."""
    if story.meant_for == "gemeente" and not selection.gemeenten:
        return ["Dit verhaal is gemaakt voor één gemeente: kies die bij Gemeente."]
    if story.meant_for == "regio" and not selection.region:
        return ["Dit verhaal is gemaakt voor één regio: kies die bij Regio."]
    return []


def compose(view: View, deck: Deck, story: Story | None) -> None:
    """What can be told; below it what is chosen, in order, with the ways to tell it."""
    presenter.show_stories(view.metadata.stories, story)
    show_section(f"{deck.title}, {deck.subtitle}")
    presenter.ask_for_words()
    show_notices([*visit.problems(), *(hint(story, view.selection) if story else ())])
    if deck.slides:
        presenter.offer_stage()
        downloads.offer_deck_files(deck)
    show_notices(deck.left_out)
    if story is None:
        presenter.show_picks(deck.slides)
    elif deck.slides:
        presenter.show_slides(deck.slides)
    presenter.show_questions()


view = open_view()
if not stage.is_on_stage():
    show_heading("Presenteren", "Kies een verhaal, of uw eigen figuren: op het scherm of als bestand.")
story = choose_story(view.metadata.stories)
deck = presenter.open_deck(view, story)
if stage.is_on_stage() and (deck.slides or visit.questions()):
    stage.show_stage(deck)
else:
    compose(view, deck, story)
