"""Pages are drawn one after another, and one that hangs stops nobody for good."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from vt.web.turns import step_aside, take_turn


def in_turn(work: Callable[[], object], longest_wait: float = 30) -> None:
    """Do the work as a visitor's page is drawn."""
    with take_turn(longest_wait):
        work()


def test_two_pages_are_not_drawn_at_once() -> None:
    at_work, most = [], []

    def draw() -> None:
        at_work.append(1)
        most.append(len(at_work))
        threading.Event().wait(0.005)
        at_work.pop()

    with ThreadPoolExecutor(8) as visitors:
        for page in [visitors.submit(in_turn, draw) for _ in range(16)]:
            page.result()
    assert most == [1] * 16


def test_a_page_that_hangs_lets_others_pass() -> None:
    hangs, goes_on, drawn = threading.Event(), threading.Event(), []

    def hang() -> None:
        hangs.set()
        goes_on.wait(30)

    with ThreadPoolExecutor(1) as other:
        page = other.submit(in_turn, hang)
        assert hangs.wait(30)
        for _ in range(2):  # one who went ahead hands no turn on that is not theirs
            in_turn(lambda: drawn.append(page.done()), longest_wait=0.01)
        goes_on.set()
    assert drawn == [False, False]


def test_a_page_that_fails_hands_its_turn_on() -> None:
    drawn: list[str] = []
    with pytest.raises(ZeroDivisionError):
        in_turn(lambda: 1 // 0)
    with take_turn(0):
        in_turn(lambda: drawn.append("went ahead"), longest_wait=0.01)
    in_turn(lambda: drawn.append("next"))
    assert drawn == ["went ahead", "next"]


def is_free() -> bool:
    """Whether another visitor would have the turn at once."""
    with ThreadPoolExecutor(1) as another:
        return another.submit(_is_free).result()


def _is_free() -> bool:
    with take_turn(0) as is_ours:
        return is_ours


def test_a_page_that_waits_for_a_file_keeps_nobody_waiting() -> None:
    found = []
    with take_turn():
        with step_aside():
            found.append(is_free())
        found.append(is_free())
    assert [*found, is_free()] == [True, False, True]
