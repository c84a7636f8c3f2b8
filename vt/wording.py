"""Dutch numbers and careful sentences, made from the numbers by rules.

No percentage on a base under 20 ("van 1 naar 4"), no rise or fall within the noise of a count, no better or worse.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from vt.measures import SMALL_BASE, within_noise
from vt.period import Period
from vt.selection import Measure

UNIT_OF_MEASURE = {
    Measure.AANTAL: "aantal",
    Measure.PER_MAAND: "gemiddeld aantal per maand",
    Measure.PER_1000: "per 1.000 inwoners per jaar",
    Measure.AANDEEL: "aandeel in procenten",
}
PER = {
    Measure.AANTAL: "",
    Measure.PER_MAAND: " per maand",
    Measure.PER_1000: " per 1.000 inwoners per jaar",
    Measure.AANDEEL: ", aandeel in de regio",
}
RECOVERED = (
    "In dit rapport zijn lege cellen weggevallen. Cijfers met ° zijn teruggerekend uit de gedrukte rijen en totalen; "
    "waar dat niet tot één getal leidt, staat het laagste en het hoogste dat kan, zoals 1-3. Een weggevallen cel "
    "telt als 0."
)
GEWELD_NAMES = {"km": "kindermishandeling (KM)", "hg": "huiselijk geweld (HG)", "om": "ouderenmishandeling (OM)"}


def number(value: float, decimals: int = 0) -> str:
    """A number as the Dutch write it, rounded half away from zero: 2.378 and 4,5."""
    exact = Decimal(str(round(value, 9)))  # 29 / 200 * 100 is 14.499999999999998
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # no -0
    return f"{rounded:,}".translate(str.maketrans(",.", ".,"))


def percent(value: float) -> str:
    """A percentage without decimals; 0% and 100% are kept for none and all."""
    if 0 < value < 0.5:
        return "<1%"
    return ">99%" if 99.5 <= value < 100 else f"{number(value)}%"


def shown(value: float, measure: Measure = Measure.AANTAL, unit: str = "aantal") -> str:
    """A value with the precision and sign of its measure: 2.378, 54,3 or 27%."""
    if unit == "procent" or measure is Measure.AANDEEL:
        return percent(value)
    if value == 0:
        return "0"
    if measure is Measure.PER_1000:
        return number(value, 1 if value >= 1 else 2)
    if measure is Measure.PER_MAAND:
        return number(value, 0 if value >= 100 else 1)
    return number(value, 0 if value == int(value) else 1)


def worked(low: str, high: str) -> str:
    """A number worked out from totals, with its mark; within bounds as 1-3."""
    return f"{low}°" if low == high else f"{low}-{high}"


def listed(items: Sequence[str]) -> str:
    """a, b en c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} en {items[-1]}" if items else ""


def upper_first(text: str) -> str:
    """The sentence with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def change(old: float, new: float) -> str:
    """How a count changed: "12% minder", "van 1 naar 4" on a small base, "vrijwel gelijk" within the noise."""
    if old == new:
        return "gelijk"
    if min(old, new) < SMALL_BASE:
        return f"van {number(old)} naar {number(new)}"
    if within_noise(old, new):
        return f"vrijwel gelijk (was {number(old)})"
    return f"{percent(abs(new - old) / old * 100)} {'meer' if new > old else 'minder'}"


def change_in_points(old: float, new: float) -> str:
    """How a percentage changed, in percentage points."""
    if old == new:
        return "gelijk"
    points = abs(new - old)
    shown_points = "minder dan 1" if points < 0.5 else number(points)
    return f"{shown_points} procentpunt {'hoger' if new > old else 'lager'}"


def share_of(part: float, whole: float) -> str:
    """ "402 van 550 (73%)"; without the percentage where the whole is small."""
    text = f"{number(part)} van {number(whole)}"
    return text if whole < SMALL_BASE else f"{text} ({percent(part / whole * 100)})"


def named(period: Period) -> str:
    """The period in a sentence: 2021, het 1e halfjaar van 2021, 2020 en 2021 samen."""
    if period.months < 12:
        part, year = period.label.rsplit(" ", 1)
        return f"het {part} van {year}"
    return f"{period.year} en {period.year + 1} samen" if period.months == 24 else period.label


def in_period(period: Period) -> str:
    """The period in a sentence: in 2021, in het 1e halfjaar van 2021, in 2020 en 2021 samen."""
    return f"in {named(period)}"


def clipped(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def parsed(text: str) -> float | None:
    """A number as a Dutch reader types it: 2.378, 46,5 or 46%; None where it is none."""
    bare = text.strip().rstrip("%").strip()
    if not re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d{1,12})(,\d{1,6})?", bare):
        return None
    return float(bare.replace(".", "").replace(",", "."))
