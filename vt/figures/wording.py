"""Dutch numbers, and the pieces that sentences are made of.

1. A number is written as the Dutch do, a half rounded away from zero: 2.378 and 46,5. What would round to nothing is
   "<1%" or "<0,1"; 0 and 100% are kept for none and all.
2. No percentage, and no "drie op de vier", of a whole under 20 or of a part under 5.
3. What is known within bounds keeps them: "ten minste 3 en ten hoogste 5".
4. One is singular ("1 melding"), none is "geen"; 0 of numbers that CBS rounded is "hooguit 2".
5. "Drie op de vier" only where the share is near it: "bijna" more than half a point below it, "ruim" so much above it.
6. A title has 120 characters at most where a shorter wording says the same.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from vt.model.catalogue import Noun
from vt.model.hidden import Number, Suppression
from vt.model.measures import ROUGHLY_BELOW, ROUNDED_BASE, SMALL_BASE, Measure, is_small_part
from vt.model.period import MONTHS, Period
from vt.model.rounding import MOST_OFF
from vt.model.verdicts import Bound

RECOVERED = (
    "In dit rapport zijn lege cellen weggevallen. Cijfers met ° zijn teruggerekend uit de gedrukte rijen en totalen; "
    "waar dat niet tot één getal leidt, staat het laagste en het hoogste dat kan, zoals 1-3. Een plek waar "
    "geen getal hoort, telt als 0."
)
_ORDINALS = ("eerste", "tweede", "derde", "vierde")
_COUNTED = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
MOST_IN_TITLE = 120
MOST_NAMED = 4
LEAST_OF_ALL = 400  # rounded: what rounding makes of all or none of as many is one percent
GROUPS = {"gemeente": "gemeenten", "region": "regio’s"}  # what places of a kind are together
SINGLE = {"gemeenten": "gemeente", "regio’s": "regio"}
AS_GOOD_AS = Fraction(1, 200)  # from a share in words, where a percentage rounds as well
SHARES = tuple(
    sorted({Fraction(n, m) for m in (2, 3, 4, 5, 10) for n in range(1, m)} | {Fraction(1, m) for m in range(6, 10)})
)


@lru_cache(maxsize=10_000)
def format_number(value: float, decimals: int = 0) -> str:
    """A number as the Dutch write it, rounded half away from zero: 2.378, 4,5 and −91."""
    exact = Decimal(str(round(value, 9)))  # 29 / 200 * 100 is 14.499999999999998
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # no -0
    return f"{rounded:,}".translate(str.maketrans(",.-", ".,−"))


def format_whole(value: float) -> str:
    """A number with every decimal that it has: 45,96 is not 46,0."""
    return format_number(value, next((decimals for decimals in range(6) if round(value, decimals) == value), 6))


def format_percent(value: float) -> str:
    """A percentage without decimals; 0% and 100% are kept for none and all."""
    if 0 < value < 0.5:
        return "<1%"
    return ">99%" if 99.5 <= value < 100 else f"{format_number(value)}%"


def say_bound(number: str, bound: str | None, *, of_printed: bool = False) -> str:
    """A number that a check computed, or held against it, and that a part of it is counted and not printed."""
    if bound == Bound.WITHIN:
        return f"{number} (met wat niet gedrukt is)"
    is_least = (bound == Bound.LEAST) != of_printed
    return f"{'minstens' if is_least else 'hoogstens'} {number}" if bound else number


def format_value(value: float, measure: Measure = Measure.AANTAL, unit: str = "aantal") -> str:
    """A value with the precision and sign of its measure: 2.378, 54,3 or 27%."""
    if unit == "procent" or measure.is_share:
        return format_percent(value)
    if value == 0:
        return "0"
    if measure is Measure.PER_1000:
        return _avoid_nothing(value, 1 if value >= 1 else 2)
    if measure is Measure.PER_MAAND:
        return "<1" if value < 1 else _avoid_nothing(value, 0 if value >= 100 else 1)
    return _avoid_nothing(value, 0 if value == int(value) else 1)


def _avoid_nothing(value: float, decimals: int) -> str:
    text = format_number(value, decimals)
    least = format_number(10**-decimals, decimals)
    return f"<{least}" if value > 0 and text == format_number(0, decimals) else text


def format_bounds(low: str, high: str) -> str:
    """A number worked out from totals, with its mark; within bounds as 1-3."""
    return f"{low}°" if low == high else f"{low}-{high}"


def join_words(items: Sequence[str], last: str = "en") -> str:
    """a, b en c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def name_places(labels: Sequence[str]) -> str:
    """The places; of many the first two, and how many there are beside them."""
    single = list_places(labels)
    named = single if len(single) <= MOST_NAMED else [*single[:2], f"{len(single) - 2} andere plaatsen"]
    return join_words(named)


def list_places(labels: Sequence[str]) -> Sequence[str]:
    """Of many those that are a place, not what places are together; of few all."""
    return labels if len(labels) <= MOST_NAMED else [label for label in labels if label not in GROUPS.values()]


def name_group(kind: str) -> str:
    """What places of a kind are together; what is told of its own organisation is of a region."""
    return GROUPS["gemeente" if kind == "gemeente" else "region"]


def count_places(count: int, group: str) -> str:
    """1 gemeente, 2 gemeenten."""
    return f"1 {SINGLE[group]}" if count == 1 else f"{count} {group}"


def close(text: str) -> str:
    """The words with a full stop, where they do not end a sentence by themselves."""
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def capitalize(text: str) -> str:
    """The sentence with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def can_share(part: float, whole: float, least: int = SMALL_BASE) -> bool:
    """Whether a part of a whole may be said as a share: neither is small; none at all is not small."""
    return whole >= least and not is_small_part(part)


def is_rough(whole: Number, least: int) -> bool:
    """Whether numbers are rounded so much, for their size, that a share of them is not exact."""
    return least == ROUNDED_BASE and not isinstance(whole, Suppression) and whole < ROUGHLY_BELOW


def format_share(part: Number, whole: Number, least: int = SMALL_BASE) -> str:
    """What percentage of a whole a part is, "ongeveer" where it is rough; nothing where either is small or hidden."""
    if isinstance(part, Suppression) or isinstance(whole, Suppression) or not can_share(part, whole, least):
        return ""
    if least == ROUNDED_BASE and not 0 < part < whole:  # none or all of rounded numbers is not known to be that
        return "" if whole < LEAST_OF_ALL else ">99%" if part else "<1%"
    return f"{'ongeveer ' if is_rough(whole, least) else ''}{format_percent(part / whole * 100)}"


def write_share(part: float, whole: float, noun: Noun | None = None, least: int = SMALL_BASE) -> str:
    """ "402 van 550 (73%)", "402 van de 550 meldingen (73%)"; without the percentage where either is small."""
    total = f"de {format_number(whole)} {noun}" if noun else format_number(whole)
    text, share = f"{format_number(part)} van {total}", format_share(part, whole, least)
    return f"{text} ({share})" if share else text


class Portion(NamedTuple):
    """A share in words: "bijna drie op de vier", or "ruim de helft" `is_of_the` whole; `is_one` has a singular verb;
    `bare` does not say on which side of it the share is."""

    words: str
    bare: str
    share: float
    is_of_the: bool
    is_one: bool


def find_portion(part: float, whole: float, least: int = SMALL_BASE) -> Portion | None:
    """The share in words; None where it is small or none is near: within 2 points and a twentieth of itself."""
    if not can_share(part, whole, least):
        return None
    exact = Fraction(part) / Fraction(whole)
    nearest = min(SHARES, key=lambda share: (abs(exact - share), share.denominator))
    gap = exact - nearest
    if abs(gap) > min(Fraction(1, 50), nearest / 20):
        return None
    near = "" if abs(gap) <= AS_GOOD_AS else "ruim " if gap > 0 else "bijna "
    if nearest == Fraction(1, 2):
        return Portion(f"{near}de helft", "de helft", 0.5, is_of_the=True, is_one=True)
    each = f"{_COUNTED[nearest.numerator]} op de {_COUNTED[nearest.denominator]}"
    return Portion(near + each, each, float(nearest), is_of_the=False, is_one=nearest.numerator == 1)


def count_noun(count: float, noun: Noun, *, is_rounded: bool = False) -> str:
    """How many of what: "550 meldingen", "1 melding", "geen meldingen"; "hooguit 2 meldingen" where 0 is rounded."""
    if count == 0:
        return f"hooguit {MOST_OFF} {noun}" if is_rounded else f"geen {noun}"
    if count == 1:
        return f"1 {noun.one}"
    return f"{format_value(count)} {noun}"


def count_points(number: str) -> str:
    """How many points between percentages, with its sign where it has one: "+2 punten", "1 punt"."""
    return f"{number} {'punt' if number.lstrip('+−') == '1' else 'punten'}"


def write_hidden(kind: Suppression, noun: Noun, when: str) -> str:
    """A hidden number with what it counts: how few a small one is, else that it is hidden."""
    counted = f"{noun} {when}".rstrip()
    match kind:
        case Suppression.SMALL:
            return f"minder dan 5 {counted}"
        case Suppression.RECOVERED:
            return f"{kind} {counted}"
        case Suppression.WITHHELD:
            return f"het aantal {counted} is afgeschermd"


def describe_bounds(low: float, high: float | None, noun: Noun) -> str:
    """What is known within bounds: "ten minste 3 en ten hoogste 5 meldingen"; `high` None where it has no end."""
    if high is None:
        return f"ten minste {count_noun(low, noun)}" if low else f"een onbekend aantal {noun}"
    if low == high:
        return count_noun(low, noun)
    most = f"ten hoogste {count_noun(high, noun)}"
    return f"ten minste {format_number(low)} en {most}" if low else most


def pick_fitting(*wordings: str) -> str:
    """The first wording that is short enough for a title, else the shortest."""
    return next((text for text in wordings if len(text) <= MOST_IN_TITLE), min(wordings, key=len))


def speak(text: str) -> str:
    """A text for the ear: "minder dan 1 procent" for <1%."""
    return text.replace("<", "minder dan ").replace(">", "meer dan ").replace("%", " procent")


def name_period(period: Period) -> str:
    """The period in a sentence: 2021, de eerste helft van 2021, 2020 en 2021 samen, een onbekend jaar."""
    if not period.is_known:
        return "een onbekend jaar"
    if period.months == 1:
        return period.label
    if period.months < 12:
        ordinal = _ORDINALS[period.start % 12 // period.months]
        return (
            f"{'de ' + ordinal + ' helft' if period.months == 6 else 'het ' + ordinal + ' kwartaal'} van {period.year}"
        )
    joint = "{} en {} samen" if period.months == 24 else "{} tot en met {}" if period.months > 24 else "{}"
    return joint.format(period.year, period.last_year)


def place_in_time(period: Period) -> str:
    """The period in a sentence: in 2021, in de eerste helft van 2021, in 2020 en 2021 samen, (jaar onbekend)."""
    if not period.is_known:
        return f"({period.label})"
    return f"in {name_period(period)}"


def clean(text: str) -> str:
    """The words on one line, a space for what a reader cannot see, which XML and a workbook cannot hold."""
    seen = text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text as it is compared: no case, no accents, one kind of hyphen, of apostrophe and of space."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    alike = "".join("-" if unicodedata.category(sign) == "Pd" or sign == "−" else sign for sign in plain)
    return clean(alike.replace("’", "'").replace("\u00ad", "")).casefold()


def truncate(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def parse_number(text: str) -> float | None:
    """A number as a Dutch reader types it: 2.378, 46,5 or 46%; None where it is none."""
    bare = text.strip().rstrip("%").strip()
    if not re.fullmatch(r"[-−]?(\d{1,3}(\.\d{3}){1,4}|\d{1,12})(,\d{1,6})?", bare):
        return None
    return float(bare.replace(".", "").replace(",", ".").replace("−", "-"))


def format_date(day: date) -> str:
    """A day as it stands in a document: 22 november 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
