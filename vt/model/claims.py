"""What a report says about its own numbers, and what should fit between the tables of a layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vt.model.formula import Condition, Formula
from vt.model.report import Key


class ClaimKind(StrEnum):
    """What a sentence claims: a number, that something holds, for how many rows, an order, that two are as good as
    equal; or something about which nothing is printed."""

    NUMBER = "number"
    HOLDS = "holds"
    ALL = "all"
    ALMOST_ALL = "almost all"
    MOST = "most"
    RANKED = "ranked"
    EQUAL = "equal"
    UNTESTABLE = "untestable"


ALMOST_ALL_PERCENT = 80  # of the rows, at least


@dataclass(frozen=True)
class Stated:
    """A printed number and what should give it."""

    formula: Formula


@dataclass(frozen=True)
class Counted:
    """A condition, and the rows of which all, most or almost all should meet it."""

    condition: Condition
    rows: tuple[Key, ...]


@dataclass(frozen=True)
class Ranked:
    """Rows that should stand at `place` and the places after it, in whichever order, from the highest `by` down.

    `also` are other readings of the same words, by what they are called: in numbers, by inhabitant.
    """

    names: tuple[Key, ...]
    rows: tuple[Key, ...]
    by: Formula
    place: int
    also: Mapping[str, Formula]


@dataclass(frozen=True)
class Same:
    """Two numbers that should be as good as equal."""

    left: Formula
    right: Formula


@dataclass(frozen=True)
class Claim:
    """One thing that a sentence says, in our own words; `sentence` counts the claiming sentences of its chapter from 1.

    `printed` is the number that it states; what is untestable has no test but a reason.
    """

    chapter: str
    sentence: int
    about: str
    kind: ClaimKind
    test: Stated | Counted | Ranked | Same | None
    printed: float | None
    unit: str
    reason: str | None
    explanation: str | None


@dataclass(frozen=True)
class Relation:
    """What should fit between tables, for the whole and for each part of the dimensions in `each`.

    `expect` is one of EQUAL, AT_MOST and ACCOUNTS_FOR: at most, and what is lacking is not explained.
    """

    about: str
    left: Formula
    right: Formula
    expect: str
    each: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """An annex and the table of its chapter, by number, of which it holds one period or all of them together.

    `classes` has the classes of the annex for each class of the chapter; None where they are the same.
    """

    about: str
    annex: str
    chapter: str
    classes: Mapping[str, tuple[str, ...]] | None


@dataclass(frozen=True)
class Layout:
    """What should fit between the tables of every report that is printed in this way."""

    relations: tuple[Relation, ...] = field(default=())
    fits: tuple[Fit, ...] = field(default=())


@dataclass(frozen=True)
class Misfit:
    """Why a relation, named by what it is about, does not hold in a report, and for which parts."""

    relation: str
    where: Key
    explanation: str


@dataclass(frozen=True)
class Claims:
    """Everything that one report states about its own numbers, and what should fit in its layout."""

    claims: tuple[Claim, ...] = field(default=())
    layout: Layout = field(default=Layout())
    misfits: tuple[Misfit, ...] = field(default=())
