"""What to combine of three lists: every two items at least once, or, by hand (`-m exhaustive`), all that there is.

Most faults need one thing or two together (a form and a measure, a place and a period), hardly any need a third.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any

import pytest

Combine = Callable[..., Iterable[tuple[Any, ...]]]


def pairs(*lists: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
    """Every two items of three lists together at least once, in as few rows as can be: the shortest list goes round."""
    one, two, third = lists
    assert len(third) <= min(len(one), len(two))
    for (n, first), (m, second) in product(enumerate(one), enumerate(two)):
        yield first, second, third[(n + m) % len(third)]


def by_turns(one: Iterable[Any], two: Iterable[Any], step: int) -> list[Any]:
    """The pairs of two lists, as parameters: each item with one in so many of the other list, the others by hand."""
    return [
        pytest.param(first, second, marks=[pytest.mark.exhaustive] if (n + m) % step else [])
        for (n, first), (m, second) in product(enumerate(one), enumerate(two))
    ]


PAIRS_OR_ALL = [pytest.param(pairs, id="pairs"), pytest.param(product, id="all", marks=pytest.mark.exhaustive)]
