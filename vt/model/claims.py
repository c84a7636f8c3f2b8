"""What a report says about its own numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vt.model.formula import Formula


@dataclass(frozen=True)
class Claim:
    """A number that the text states; formula None where nothing in the collection lets it be recomputed."""

    chapter: str
    about: str
    printed: float
    unit: str
    formula: Formula | None
    reason: str | None
    explanation: str | None


@dataclass(frozen=True)
class Relation:
    """What should fit between tables; `each_place` where it holds for every place by itself."""

    about: str
    left: Formula
    right: Formula
    at_most: bool
    each_place: bool
    explanation: str | None


@dataclass(frozen=True)
class Fit:
    """An annex that does not say which years it holds, the chapter that it follows, and the years it should fit."""

    about: str
    annex: str
    chapter: str
    classes: Mapping[str, tuple[str, ...]]
    candidates: tuple[tuple[str, ...], ...]
    fits: tuple[str, ...] | None


@dataclass(frozen=True)
class Claims:
    """Everything that one report states about its own numbers."""

    claims: tuple[Claim, ...] = field(default=())
    relations: tuple[Relation, ...] = field(default=())
    fits: tuple[Fit, ...] = field(default=())
