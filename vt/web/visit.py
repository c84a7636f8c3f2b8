"""What a visitor keeps during a visit: figures for a presentation, and questions that were parked."""

from dataclasses import replace

import streamlit as st

from vt.figures.deck import Question
from vt.figures.picks import MOST_IN_REMARK, MOST_PICKS, Pick, move_pick, remove_pick

MOST_QUESTIONS = 30


def picks() -> tuple[Pick, ...]:
    """The figures kept for a presentation, in order."""
    kept: tuple[Pick, ...] = st.session_state.get("picks", ())
    return kept


def keep_picks(instead: tuple[Pick, ...]) -> None:
    """Keep these instead."""
    st.session_state["picks"] = instead


def find_pick(pick: Pick) -> int | None:
    """Where a figure stands among the kept ones, whatever its title; None where it is not kept."""
    same = [n for n, kept in enumerate(picks()) if (kept.asked, kept.number) == (pick.asked, pick.number)]
    return same[0] if same else None


def toggle_pick(pick: Pick) -> None:
    """Keep a figure, or no longer."""
    at = find_pick(pick)
    if at is not None:
        keep_picks(remove_pick(picks(), at))
    elif len(picks()) < MOST_PICKS:
        keep_picks((*picks(), pick))


def move_kept(at: int, by: int) -> None:
    """A figure so many places further on, or back."""
    keep_picks(move_pick(picks(), at, by))


def drop_kept(at: int) -> None:
    """A figure no longer."""
    keep_picks(remove_pick(picks(), at))


def reword_kept(at: int, field: str, key: str) -> None:
    """A figure with the title or remark that stands in a text field."""
    changed = replace(picks()[at], **{field: st.session_state[key]})
    keep_picks((*picks()[:at], changed, *picks()[at + 1 :]))


def questions() -> tuple[Question, ...]:
    """The questions that were parked, in order."""
    parked: tuple[Question, ...] = st.session_state.get("questions", ())
    return parked


def park_question(key: str, link: str) -> None:
    """Note the question in a text field with the view that it was asked on."""
    text = " ".join(str(st.session_state[key]).split())[:MOST_IN_REMARK]
    if text and len(questions()) < MOST_QUESTIONS:
        st.session_state["questions"] = (*questions(), Question(text, link))
    st.session_state[key] = ""


def forget_questions() -> None:
    """No parked questions any more."""
    st.session_state["questions"] = ()
