"""Measures: a count, per month, per 1.000 inhabitants per year, a share of the region or of the place itself."""

from enum import StrEnum
from math import sqrt

from vt.model.hidden import Bounds, Number, Suppression, derive

SMALL_BASE = 20
ROUNDED_BASE = 50  # the same of numbers rounded to five: of as many, rounding moves a share by up to six points
ROUGHLY_BELOW = 200  # of fewer of these a share is "ongeveer": rounding moves it by more than one point
SMALLEST_PART = 5  # of a share
NEAR_PERCENT, NEAR_LEAST = 2, 100  # nearly equal: a change below the first, of counts not below the second


class Measure(StrEnum):
    """How a number is shown; the value is what the visitor reads and what stands in the link."""

    AANTAL = "Aantal"
    PER_MAAND = "Per maand"
    PER_1000 = "Per 1.000 inwoners per jaar"
    AANDEEL_REGIO = "Aandeel van de regio"
    AANDEEL_PLAATS = "Aandeel binnen de plaats"

    @property
    def is_share(self) -> bool:
        """Whether its numbers are percentages of a whole."""
        return self in (Measure.AANDEEL_REGIO, Measure.AANDEEL_PLAATS)

    @property
    def is_over_time(self) -> bool:
        """Whether its numbers are divided by the months of their period."""
        return self in (Measure.PER_MAAND, Measure.PER_1000)


class NotMeasurableError(ValueError):
    """A number cannot be shown in the asked way; the message is a Dutch reason."""


class HiddenWholeError(NotMeasurableError):
    """A share cannot be shown, because the whole is hidden."""


def convert(
    value: Number,
    measure: Measure,
    *,
    months: int,
    inhabitants: float | None = None,
    base: Number | None = None,
    least: int = SMALL_BASE,
) -> Number:
    """`value`, a count over `months`, in the asked measure: a count, per month, per 1.000 a year, or percent of `base`.

    Raises NotMeasurableError, with a Dutch reason, where the inhabitants or the base are missing, or that is less than
    `least`.
    """
    if not months and measure.is_over_time:
        raise NotMeasurableError("het rapport noemt geen jaar")
    if measure is Measure.PER_MAAND:
        return derive(lambda count: count / months, value)
    if measure is Measure.PER_1000:
        if not inhabitants:
            raise NotMeasurableError("het aantal inwoners is niet bekend")
        return derive(lambda count: count / inhabitants * 1000 * 12 / months, value)
    if measure.is_share:
        if base is None:
            raise NotMeasurableError("het geheel waarvan dit een deel is, is niet bekend")
        if not isinstance(base, Suppression) and base < least:
            rounded = " en op vijf afgerond" if least == ROUNDED_BASE else ""
            raise NotMeasurableError(f"het geheel is kleiner dan {least}{rounded}")
        return derive(lambda count, whole: count / whole * 100, value, base)
    return value


def require_size(value: Number, measure: Measure, months: int) -> None:
    """Raise NotMeasurableError where a count says nothing in a measure: fewer than one a month, a small part."""
    if isinstance(value, Suppression):
        return
    if measure is Measure.PER_MAAND and value < months:
        raise NotMeasurableError("het zijn er minder dan 12 per jaar")
    if measure.is_share and is_small_part(value):
        raise NotMeasurableError(f"het deel is kleiner dan {SMALLEST_PART}")


def is_small_part(count: float) -> bool:
    """Whether a part is too small for a share; none at all is not."""
    return 0 < count < SMALLEST_PART


def is_nearly_equal(before: float, now: float) -> bool:
    """Whether two counts are equal, or so large and near each other that it makes no difference."""
    is_near = abs(now - before) < before * NEAR_PERCENT / 100 and min(before, now) >= NEAR_LEAST
    return is_near or before == now


def bound_by_chance(total: float, part: float) -> Bounds:
    """Between which counts a part of the people has of a total what chance gives it: those of which may_be_chance says
    so, held against the others; `part` is what part of the people it is."""
    expected, gap = total * part, 0.5 + 1.96 * sqrt(total * part * (1 - part))
    return max(0, expected - gap), expected + gap


def may_be_chance(old: float, new: float, exposure: float = 1) -> bool:
    """Whether two counts differ by no more than chance: the conditional test of two Poisson counts, at 5 %.

    This is the C-test (Przyborowski and Wilenski, 1940): where both happen equally often, each of the `old + new` falls
    in the second with even odds; or with odds of `exposure` to one, where the second covers so many times the people or
    months of the first. Two-sided, in the normal approximation with the correction for continuity: without it, one in
    fifteen differences of mere chance passes for real at some small counts.

    It takes the counts as independent. Meldingen about one family come in clusters, so that chance can do somewhat more
    than this.
    """
    gap = abs(old * exposure - new) - (1 + exposure) / 2
    return gap <= 1.96 * sqrt((old + new) * exposure)
