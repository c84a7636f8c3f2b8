"""What a visitor keeps during a visit: figures for a presentation, questions that were parked, and who presents.

A visit ends where a page is loaded anew or the server starts anew. What is kept stands in the visitor's tab as well, in
the words of links, and comes back in the address (vt/web/assets/js/21-kept.js).

What a link brings in words that are not ours (titles, remarks, questions, who presents) is kept, and shown when the
visitor asks for it: anybody can make a link.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex

import streamlit as st

from vt.figures.deck import Question
from vt.figures.picks import (
    MOST_IN_REMARK,
    MOST_IN_TITLE,
    MOST_PICKS,
    Pick,
    move_pick,
    parse_question,
    read_picks,
    reorder_picks,
    write_question,
)
from vt.figures.wording import clean
from vt.store.reference import Metadata
from vt.web import links

MOST_QUESTIONS = 30
PICK, QUESTION, MAKER, ORDER = "dia", "vraag", "maker", "volgorde"
STRANGE = "strange"


def open_kept(metadata: Metadata) -> None:
    """Take from the address what it says is kept, where nothing is yet; begin the page anew where that is something."""
    given = {key: st.query_params.get_all(key) for key in (PICK, QUESTION, MAKER)}
    taken = [key for key, texts in given.items() if texts and key not in st.session_state]
    before = _words()
    if PICK in taken:
        picks_, st.session_state["problems"] = read_picks(given[PICK], metadata)
        st.session_state[PICK] = picks_
    if QUESTION in taken:
        read = (parse_question(text) for text in given[QUESTION][:MOST_QUESTIONS])
        kept = (replace(each, link=links.join_address(each.link)) for each in read if each)
        st.session_state[QUESTION] = tuple(kept)
    if MAKER in taken:
        st.session_state[MAKER] = clean(given[MAKER][0])[:MOST_IN_TITLE]
    if order := st.query_params.get(ORDER):
        keep_picks(reorder_picks(picks(), order))
    st.session_state[STRANGE] = strange() | (_words() - before)
    if taken or order:
        for key in (QUESTION, ORDER):
            st.query_params.pop(key, None)
        st.rerun()


def write_address(*, is_shown: bool) -> None:
    """The address says what is kept on the page that shows it, and on no other."""
    for key, texts in write_kept().items():
        wanted = texts if is_shown and key != QUESTION else []
        if wanted and wanted != st.query_params.get_all(key):
            st.query_params[key] = wanted
        elif not wanted and key in st.query_params:
            del st.query_params[key]


def write_for_tab() -> str:
    """What is kept, as the tab holds it, with what tells this visit from the one before."""
    visit = st.session_state.setdefault("visit", token_hex(4))
    own, unasked = _words() - strange(), _words() & strange()
    return json.dumps({"visit": visit, "kept": write_kept(), "own": sorted(own), "strange": sorted(unasked)})


def write_kept() -> dict[str, list[str]]:
    """What is kept, in the words of links."""
    asked = [write_question(question) for question in _parked()]
    return {PICK: [pick.text for pick in picks()], QUESTION: asked, MAKER: [_maker()] if _maker() else []}


def _words() -> set[str]:
    """What is kept in a visitor's own words, this one's or another's."""
    of_picks = {words for pick in picks() for words in (pick.title, pick.remark)}
    return (of_picks | {question.text for question in _parked()} | {_maker()}) - {""}


def strange() -> set[str]:
    """The words that a link brought and that the visitor has not asked to see."""
    words: set[str] = st.session_state.get(STRANGE, set())
    return words


def has_strange() -> bool:
    """Whether something is kept back that the visitor can ask to see."""
    return not strange().isdisjoint(_words())


def show_strange() -> None:
    """The visitor asks to see them."""
    st.session_state[STRANGE] = set()


def picks() -> tuple[Pick, ...]:
    """The figures kept for a presentation, in order."""
    kept: tuple[Pick, ...] = st.session_state.get(PICK, ())
    return kept


def shown_picks() -> tuple[Pick, ...]:
    """The same, without the words that are kept back."""
    return tuple(replace(pick, title=_hold_back(pick.title), remark=_hold_back(pick.remark)) for pick in picks())


def _hold_back(words: str) -> str:
    return "" if words in strange() else words


def keep_picks(instead: tuple[Pick, ...]) -> None:
    """Keep these instead."""
    st.session_state[PICK] = instead
    st.session_state["problems"] = ()


def problems() -> Sequence[str]:
    """What the link with these figures got wrong."""
    said: Sequence[str] = st.session_state.get("problems", ())
    return said


def find_pick(pick: Pick) -> int | None:
    """Where a figure stands among the kept ones, whatever its title; None where it is not kept."""
    return next((n for n, kept in enumerate(picks()) if _is_same(kept, pick)), None)


def _is_same(one: Pick, other: Pick) -> bool:
    return (one.asked, one.number) == (other.asked, other.number)


def toggle_pick(pick: Pick) -> None:
    """Keep a figure, or no longer."""
    if find_pick(pick) is not None:
        drop_kept(pick)
    elif len(picks()) < MOST_PICKS:
        keep_picks((*picks(), pick))


def move_kept(pick: Pick, by: int) -> None:
    """A figure so many places further on, or back."""
    at = find_pick(pick)
    if at is not None:
        keep_picks(move_pick(picks(), at, by))


def drop_kept(pick: Pick) -> None:
    """A figure no longer."""
    keep_picks(tuple(kept for kept in picks() if not _is_same(kept, pick)))


def reword_kept(pick: Pick, field: str, key: str) -> None:
    """A figure with the title or remark that stands in a text field."""
    own = {field: st.session_state[key]}
    keep_picks(tuple(replace(kept, **own) if _is_same(kept, pick) else kept for kept in picks()))


def questions() -> tuple[Question, ...]:
    """The questions that were parked, in order."""
    return tuple(question for question in _parked() if _hold_back(question.text))


def _parked() -> tuple[Question, ...]:
    parked: tuple[Question, ...] = st.session_state.get(QUESTION, ())
    return parked


def park_question(key: str, link: str) -> None:
    """Note the question in a text field with the view that it was asked on."""
    text = " ".join(str(st.session_state[key]).split())[:MOST_IN_REMARK]
    if text and len(_parked()) < MOST_QUESTIONS:
        st.session_state[QUESTION] = (*_parked(), Question(text, link))
    st.session_state[key] = ""


def forget_questions() -> None:
    """No parked questions any more."""
    st.session_state[QUESTION] = ()


def maker() -> str:
    """Who presents, in own words; "" where that is not said."""
    return _hold_back(_maker())


def _maker() -> str:
    said: str = st.session_state.get(MAKER, "")
    return said


def name_maker(key: str) -> None:
    """Keep what stands in a text field as who presents."""
    st.session_state[MAKER] = clean(st.session_state[key])[:MOST_IN_TITLE]
