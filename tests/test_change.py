"""How a number changed: what may be said of it, and in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vt.figures.text.change import Change, ChangeKind
from vt.model.measures import SMALL_BASE, may_be_chance

counts = some.integers(0, 200_000)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (0, 1, "van 0 naar 1"),
        (1, 4, "van 1 naar 4"),
        (19, 60, "van 19 naar 60"),
        (60, 19, "van 60 naar 19"),
        (0, 0, "gelijk"),
        (646, 646, "gelijk"),
        (313, 314, "vrijwel gelijk"),
        (100, 120, "vrijwel gelijk"),
        (758, 646, "15% minder"),
        (646, 758, "17% meer"),
        (2716, 2378, "12% minder"),
        (1732, 1556, "10% minder"),
        (20, 60, "200% meer"),
        (1_000_000, 1_003_000, "<1% meer"),
        (1000, 1996, "100% meer"),  # 99,6: more than all is no limit
        (10_000, 20, ">99% minder"),
    ],
)
def test_how_a_count_changed(old: float, new: float, text: str) -> None:
    assert Change.from_numbers(old, new).words == text


def test_no_percentage_where_either_count_is_small() -> None:
    for old in range(60):
        for new in range(60):
            if min(old, new) < SMALL_BASE:
                assert "%" not in Change.from_numbers(old, new).words


def test_no_word_of_judgement() -> None:
    said = {Change.from_numbers(old, new).words for old in (1, 30, 300) for new in (2, 31, 900)}
    assert not any(word in text for text in said for word in ("beter", "slechter", "helaas", "gelukkig", "stijging"))


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (44, 46, "2 procentpunt hoger"),
        (71, 68, "3 procentpunt lager"),
        (44, 44, "gelijk"),
        (44, 44.3, "minder dan 1 procentpunt hoger"),
        (44.3, 44, "minder dan 1 procentpunt lager"),
    ],
)
def test_how_a_percentage_changed(old: float, new: float, text: str) -> None:
    assert Change.from_numbers(old, new, is_percentage=True).words == text


@given(counts, counts)
def test_a_change_is_one_kind_and_back_again_the_same(old: int, new: int) -> None:
    kind = Change.from_numbers(old, new).kind
    assert (kind is ChangeKind.EQUAL) == (old == new)
    assert (kind is ChangeKind.FEW) == (old != new and min(old, new) < SMALL_BASE)
    assert (kind is ChangeKind.NEARLY) <= may_be_chance(old, new)
    assert Change.from_numbers(new, old).kind is kind


@given(counts, counts)
def test_only_a_change_in_percent_has_a_percentage_and_says_more_only_of_more(old: int, new: int) -> None:
    change = Change.from_numbers(old, new)
    assert ("%" in change.words) == (change.kind is ChangeKind.PERCENT)
    assert ("meer" in change.words) == (change.kind is ChangeKind.PERCENT and new > old)
    assert ("minder" in change.words) == (change.kind is ChangeKind.PERCENT and new < old)


@given(some.floats(0, 100), some.floats(0, 100))
def test_percentages_change_in_points_whatever_their_size(old: float, new: float) -> None:
    change = Change.from_numbers(old, new, is_percentage=True)
    assert change.kind is (ChangeKind.EQUAL if old == new else ChangeKind.POINTS)
    assert "%" not in change.words
    assert ("hoger" in change.words) == (new > old)
