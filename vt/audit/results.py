"""What comes of a check, and how a printed number is held against a computed one."""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from vt.model.catalogue import Catalogue
from vt.model.claims import ClaimKind
from vt.model.geweld import GEWELD
from vt.model.period import Period
from vt.model.report import Key
from vt.model.verdicts import Bound, CheckKind, Outcome

NEARLY = 1e-9
_DIGITS = Context(prec=700)  # room for every digit of any float


@dataclass(frozen=True)
class CheckResult:
    """What came of one check: what is printed, what is computed, and what explains a difference.

    `table` and `heading` name the table (or the chapter, heading empty); `cells` are (row, column) in it. `numbers` are
    what it is about, as (number of the table, its heading, key); `beside` is the printed column outside the grid. Of a
    claim, `sentence` counts the claiming sentences of its chapter. `bound` says that what is computed is the nearest of
    what it can be, for a part of it is not printed.
    """

    kind: CheckKind
    about: str
    table: str = ""
    heading: str = ""
    printed: float | None = None
    computed: float | None = None
    unit: str = "aantal"
    outcome: Outcome = Outcome.UNTESTABLE
    explanation: str | None = None
    remark: str | None = None
    cells: tuple[tuple[int, int], ...] = field(default=())
    numbers: tuple[tuple[str, str, Key], ...] = field(default=())
    beside: str | None = None
    claim: ClaimKind | None = None
    sentence: int | None = None
    bound: Bound | None = None


def judge(printed: float, computed: float) -> Outcome:
    """Whether a printed number is the computed one rounded half away from zero, cut off, or something else."""
    if _cut(printed, computed, ROUND_HALF_UP) == printed:
        return Outcome.RIGHT
    return Outcome.CUT_OFF if _cut(printed, computed, ROUND_DOWN) == printed else Outcome.WRONG


def is_rounded_up(result: CheckResult) -> bool:
    """Whether a printed number is the computed one rounded, and cutting it off would have given another."""
    if result.outcome != Outcome.RIGHT or result.printed is None or result.computed is None:
        return False
    return _cut(result.printed, result.computed, ROUND_DOWN) != result.printed


def _cut(printed: float, computed: float, rounding: str) -> float:
    """The computed number in as many decimals as the printed one has."""
    decimals = max(0, -int(Decimal(str(printed)).normalize().as_tuple().exponent))
    return float(Decimal(str(round(computed, 9))).quantize(Decimal(1).scaleb(-decimals), rounding, _DIGITS))


def compare(one: float, other: float) -> Outcome:
    return Outcome.RIGHT if is_same(one, other) else Outcome.WRONG


def find_bound(printed: float, least: float, most: float) -> Bound | None:
    """Which end of what a sum can be is nearest to what is printed; None where the sum is certain."""
    if least == most:
        return None
    return Bound.LEAST if printed < least else Bound.MOST if printed > most else Bound.WITHIN


def is_same(one: float, other: float) -> bool:
    return abs(one - other) <= NEARLY


def describe_key(key: Key, catalogue: Catalogue) -> str:
    place = catalogue.places[key.place].label if key.place else None
    period = Period.parse(key.period).label if key.period else None
    category = _label_category(catalogue, key.category) if key.category else None
    geweld = GEWELD[key.geweld].heading.lower() if key.geweld else None
    return ", ".join(part for part in (place, category, period, geweld) if part) or "alles samen"


def format_number(value: float) -> str:
    """A number as Dutch writes it, with one decimal where it is not whole."""
    return f"{value:,.1f}".removesuffix(".0").translate(str.maketrans(",.-", ".,−"))


def _label_category(catalogue: Catalogue, id_: str) -> str:
    classification = id_.split("/")[0]
    return next(c.label for c in catalogue.categories[classification] if c.id == id_)
