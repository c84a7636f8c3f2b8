"""One script at a time: Python has one core for all of them, and each is done sooner if they don't share it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT = 5.0  # seconds, after which a visitor goes ahead: a script that hangs stops nobody for long

_turn = threading.Lock()
_mine = threading.local()  # `held` where the turn is that of this thread


@contextmanager
def take_turn(longest_wait: float = LONGEST_WAIT) -> Iterator[bool]:
    """Wait until no other visitor's page is being drawn, but no longer than `longest_wait` seconds; whether none is."""
    is_ours = _wait(longest_wait)
    try:
        yield is_ours
    finally:
        if is_ours:
            _hand_on()


@contextmanager
def step_aside() -> Iterator[None]:
    """Let others have the turn of this page while it waits for what another process makes."""
    was_ours = _hand_on()
    try:
        yield
    finally:
        if was_ours:
            _wait(LONGEST_WAIT)


def _wait(longest: float) -> bool:
    """Take the turn; whether that was in time."""
    if is_ours := _turn.acquire(timeout=longest):
        _mine.held = True
    return is_ours


def _hand_on() -> bool:
    """End the turn of this thread; whether it had it."""
    if was_ours := getattr(_mine, "held", False):
        _mine.held = False
        _turn.release()
    return was_ours
