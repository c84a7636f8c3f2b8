"""How a number changed: the rules of it, apart from the words that each place has for it."""

from dataclasses import dataclass
from enum import Enum, auto

from vt.figures import wording
from vt.model.measures import SMALL_BASE, may_be_chance


class ChangeKind(Enum):
    """What may be said of a change."""

    EQUAL = auto()
    FEW = auto()  # one of the counts is too small for a percentage
    NEARLY = auto()  # chance can explain it
    PERCENT = auto()
    POINTS = auto()


@dataclass(frozen=True)
class Change:
    """A number before and now, and what may be said of the difference."""

    before: float
    now: float
    kind: ChangeKind

    @classmethod
    def from_numbers(cls, before: float, now: float, *, is_percentage: bool = False, exposure: float = 1) -> "Change":
        """The change of a count, or of a percentage; `exposure` as in may_be_chance."""
        return cls(before, now, _kind(before, now, is_percentage, exposure))

    @property
    def more(self) -> str:
        """meer or minder."""
        return "meer" if self.now > self.before else "minder"

    @property
    def words(self) -> str:
        """The change by itself: "van 1 naar 4", "12% minder", "3 procentpunt hoger"."""
        match self.kind:
            case ChangeKind.EQUAL:
                return "gelijk"
            case ChangeKind.NEARLY:
                return "vrijwel gelijk"
            case ChangeKind.FEW:
                return f"van {wording.format_number(self.before)} naar {wording.format_number(self.now)}"
            case ChangeKind.PERCENT:
                return f"{self._percent} {self.more}"
            case ChangeKind.POINTS:
                points = abs(self.now - self.before)
                shown = "minder dan 1" if points < 0.5 else wording.format_number(points)
                return f"{shown} procentpunt {'hoger' if self.now > self.before else 'lager'}"

    @property
    def _percent(self) -> str:
        part = abs(self.now - self.before) / self.before * 100
        if self.now < self.before:
            return wording.format_percent(part)
        return "<1%" if part < 0.5 else f"{wording.format_number(part)}%"  # 99,6: more than all is no limit


def _kind(before: float, now: float, is_percentage: bool, exposure: float) -> ChangeKind:
    if before == now and exposure == 1:
        return ChangeKind.EQUAL
    if is_percentage:
        return ChangeKind.POINTS
    if min(before, now) < SMALL_BASE:
        return ChangeKind.FEW
    return ChangeKind.NEARLY if may_be_chance(before, now, exposure) else ChangeKind.PERCENT
