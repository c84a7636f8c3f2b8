"""One script at a time: Python has one core for all of them, and each is done sooner if they don't share it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT = 5.0  # seconds, after which a visitor goes ahead: a script that hangs stops nobody for long

_turn = threading.Lock()


@contextmanager
def take_turn(longest_wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Wait until no other visitor's page is being drawn, but no longer than `longest_wait` seconds."""
    is_ours = _turn.acquire(timeout=longest_wait)
    try:
        yield
    finally:
        if is_ours:
            _turn.release()
