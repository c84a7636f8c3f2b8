"""How a number changed: what may be said of it, and in which words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vt.figures.text.change import LEAST_FOR_PERCENT, Change
from vt.figures.wording import format_number
from vt.model.measures import SMALL_BASE

counts = some.integers(0, 200_000)


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (0, 0, "net als in 2020"),
        (646, 646, "evenveel als in 2020"),
        (0, 1, "in 2020 geen"),
        (1, 4, "in 2020 was het er 1"),
        (7, 1, "in 2020 waren het er 7"),
        (60, 19, "in 2020 waren het er 60"),
        (21, 34, "13 meer dan in 2020 (21)"),
        (20, 35, "15 meer dan in 2020 (20)"),
        (100, 120, "20 meer dan in 2020 (100), ofwel 20%"),
        (135, 110, "25 minder dan in 2020 (135), ofwel 19%"),
        (2716, 2378, "338 minder dan in 2020 (2.716), ofwel 12%"),
        (10_000, 20, "9.980 minder dan in 2020 (10.000)"),
        (10_000, 100, "9.900 minder dan in 2020 (10.000), ofwel 99%"),
        (314, 313, "1 minder dan in 2020 (314): vrijwel gelijk"),
        (100, 102, "2 meer dan in 2020 (100), ofwel 2%"),
        (99, 100, "1 meer dan in 2020 (99)"),
        (12, 31, "19 meer dan in 2020 (12): ruim verdubbeld"),
        (20, 40, "20 meer dan in 2020 (20): verdubbeld"),
        (20, 61, "41 meer dan in 2020 (20): ruim verdrievoudigd"),
        (200, 1000, "800 meer dan in 2020 (200): 5 keer zoveel"),
        (1000, 1996, "996 meer dan in 2020 (1.000), ofwel >99%"),
        (9, 31, "in 2020 waren het er 9"),
    ],
)
def test_how_a_count_changed(before: float, now: float, text: str) -> None:
    assert Change(before, now).since("in 2020") == text


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (0, 0, "net als in 2020"),
        (20, 20, "afgerond evenveel als in 2020"),
        (0, 5, "in 2020 waren het er hooguit 2"),
        (35, 40, "in 2020 waren het er 35"),
        (420, 425, "in 2020 waren het er 420"),
        (30, 40, "ongeveer 10 meer dan in 2020 (30)"),
        (475, 450, "ongeveer 25 minder dan in 2020 (475), ofwel 5%"),
        (375, 405, "ongeveer 30 meer dan in 2020 (375)"),
        (6120, 6685, "565 meer dan in 2020 (6.120), ofwel 9%"),
        (1000, 1005, "vrijwel gelijk aan 2020 (1.000)"),
        (20, 40, "ongeveer 20 meer dan in 2020 (20)"),
        (20, 50, "ongeveer 30 meer dan in 2020 (20): ruim verdubbeld"),
        (500, 1005, "505 meer dan in 2020 (500)"),
    ],
)
def test_how_a_rounded_count_changed(before: float, now: float, text: str) -> None:
    assert Change(before, now, is_rounded=True).since("in 2020") == text


@given(some.integers(0, 8_000), some.integers(0, 8_000), some.integers(-2, 2), some.integers(-2, 2))
def test_what_is_said_of_rounded_counts_holds_for_all_that_they_can_be(
    before: int, now: int, off_before: int, off_now: int
) -> None:
    shown = Change(5 * (before // 5), 5 * (now // 5), is_rounded=True)
    then, there = max(0, shown.before + off_before), max(0, shown.now + off_now)
    said = shown.since("in 2020")
    assert "geen" not in said
    assert "evenveel" not in said or said.startswith("afgerond evenveel")
    if "meer dan" in said or "minder dan" in said:
        assert ("meer dan" in said) == (there > then)
        assert "ongeveer" in said or abs(abs(there - then) - shown.gap) <= shown.gap / 20
    if "verdubbeld" in said:
        assert there >= 2 * then
    if "vrijwel gelijk" in said:
        assert abs(there - then) < 0.021 * then
    if percent := re.search(r"ofwel (\d+)%", said):
        assert abs(abs(there - then) / then * 100 - int(percent[1])) < 2.6


@given(counts, counts)
def test_both_numbers_or_that_they_are_equal(before: int, now: int) -> None:
    said = Change(before, now).since("in 2020")
    if before == now:
        assert said in ("evenveel als in 2020", "net als in 2020")
    else:
        assert (format_number(before) if before else "geen") in said
        assert "evenveel" not in said


@given(counts, counts)
def test_the_difference_wherever_both_are_large_enough(before: int, now: int) -> None:
    if before != now and min(before, now) >= SMALL_BASE:
        way = "meer" if now > before else "minder"
        assert Change(before, now).since("in 2020").startswith(f"{format_number(abs(now - before))} {way} dan in 2020")


@given(counts, counts)
def test_a_percentage_only_of_large_counts_and_never_above_a_hundred(before: int, now: int) -> None:
    percentages = re.findall(r"(\d+)%", Change(before, now).since("in 2020"))
    assert not percentages or min(before, now) >= LEAST_FOR_PERCENT
    assert all(int(text) <= 100 for text in percentages)


@given(some.integers(0, 3_000), some.integers(-70, 70))
def test_almost_equal_only_under_two_percent_of_at_least_a_hundred(before: int, step: int) -> None:
    now = max(0, before + step)
    may_say = min(before, now) >= 100 and now != before and abs(now - before) / before < 0.02
    assert ("vrijwel gelijk" in Change(before, now).since("in 2020")) == may_say


def test_no_word_of_judgement() -> None:
    said = {Change(before, now).since("in 2020") for before in (1, 30, 300) for now in (2, 31, 900)}
    assert not any(word in text for text in said for word in ("beter", "slechter", "helaas", "gelukkig", "stijging"))
