"""Counts as they are asked for, and the noise of a count."""

from itertools import accumulate
from math import comb

import pytest

from vt.model.measures import SMALL_BASE, Measure, NotMeasurableError, convert, may_be_chance


@pytest.mark.parametrize(
    ("measure", "months", "expected"),
    [
        (Measure.AANTAL, 12, 550),
        (Measure.AANTAL, 3, 550),
        (Measure.PER_MAAND, 12, 550 / 12),
        (Measure.PER_MAAND, 6, 550 / 6),
        (Measure.PER_1000, 12, 5.5),
        (Measure.PER_1000, 6, 11),
        (Measure.PER_1000, 3, 22),
        (Measure.PER_1000, 24, 2.75),
        (Measure.AANDEEL_REGIO, 12, 27.5),
        (Measure.AANDEEL_REGIO, 3, 27.5),
    ],
)
def test_a_count_in_each_measure(measure: Measure, months: int, expected: float) -> None:
    assert convert(550, measure, months=months, inhabitants=100_000, base=2000) == pytest.approx(expected)


def test_the_rate_of_half_a_year_is_that_of_the_year_with_twice_as_many() -> None:
    half = convert(10, Measure.PER_1000, months=6, inhabitants=5000)
    assert half == convert(20, Measure.PER_1000, months=12, inhabitants=5000)


@pytest.mark.parametrize("measure", list(Measure))
def test_nothing_counted_is_zero_in_every_measure(measure: Measure) -> None:
    assert convert(0, measure, months=12, inhabitants=1000, base=20) == 0


@pytest.mark.parametrize("inhabitants", [None, 0])
def test_no_rate_without_inhabitants(inhabitants: float | None) -> None:
    with pytest.raises(NotMeasurableError, match="het aantal inwoners is niet bekend"):
        convert(3, Measure.PER_1000, months=12, inhabitants=inhabitants, base=100)


@pytest.mark.parametrize(("base", "reason"), [(None, "niet bekend"), (0, "kleiner dan 20"), (19, "kleiner dan 20")])
def test_no_share_of_an_unknown_or_small_whole(base: float | None, reason: str) -> None:
    with pytest.raises(NotMeasurableError, match=reason):
        convert(3, Measure.AANDEEL_REGIO, months=12, inhabitants=1000, base=base)


def test_a_share_of_twenty_is_allowed() -> None:
    assert convert(5, Measure.AANDEEL_REGIO, months=12, base=SMALL_BASE) == 25


@pytest.mark.parametrize(
    ("old", "new", "noise"),
    [
        (0, 0, True),
        (0, 5, True),  # 5 - 1 <= 1,96 x wortel 5 = 4,38; exactly: one in sixteen
        (0, 6, False),  # 6 - 1 > 1,96 x wortel 6 = 4,80; exactly: one in thirty-two
        (20, 35, True),  # 14 <= 14,5; exactly 5,8 %
        (20, 36, False),  # 15 > 14,7; exactly 4,4 %
        (100, 128, True),
        (100, 131, False),  # 30 > 29,8
        (313, 314, True),
        (135, 110, True),  # IJsselland, onderzoeken: 24 <= 30,7
        (758, 646, False),  # Zwolle: 111 > 73,4
        (2716, 2378, False),
        (86, 96, True),
    ],
)
def test_a_difference_within_the_noise_of_two_counts(old: float, new: float, noise: bool) -> None:
    assert may_be_chance(old, new) is noise
    assert may_be_chance(new, old) is noise


def test_the_noise_is_that_of_the_exact_test() -> None:
    """The two-sided chance of two counts this far apart, where each event falls on either side alike."""
    for total in range(2 * SMALL_BASE, 400):
        tails = list(accumulate(comb(total, old) for old in range(total // 2 + 1)))
        for old in range(SMALL_BASE, total // 2 + 1):
            chance = min(1, 2 * tails[old] / 2**total)
            if not 0.045 < chance < 0.055:
                assert may_be_chance(old, total - old) is (chance > 0.05), (old, total - old, chance)


def test_the_noise_of_unlike_exposures() -> None:
    assert may_be_chance(50, 450, 9)  # a tenth of the people, a tenth of the count
    assert may_be_chance(450, 50, 1 / 9)
    assert not may_be_chance(22, 478, 9)
    assert not may_be_chance(478, 22, 1 / 9)
    assert may_be_chance(22, 30, 1) is may_be_chance(22, 30)
