"""Which lines beside a table are the label of which row: labels break over lines, above and below their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from vt.importer.form import Box
from vt.importer.words import Words, find_role, fold, is_total, join_lines

_MOST_LINES = 6
_UNKNOWN, _LEFT_OVER, _ABOVE, _LINE = 10.0, 4.0, 1.0, 0.01


@dataclass(frozen=True)
class LabelLine:
    """A line beside the table: its texts, each with its column of labels, where it stands, and which row of numbers
    is on it (-1: none)."""

    parts: tuple[tuple[int, str], ...]
    box: Box
    row: int


def assign_labels(lines: Sequence[LabelLine], rows: Sequence[float], words: Words) -> list[range] | None:
    """The lines of each row's label, given the middle of each row; None where a row would have none.

    The division that leaves the fewest lines over, and the fewest labels that are not known.
    """
    tops = [line.row for line in lines]

    @cache
    def cost(row: int, start: int) -> tuple[float, tuple[range, ...]]:
        if row == len(rows):
            rest = lines[start:]
            return (float("inf"), ()) if any(line.row >= 0 for line in rest) else (0.0, ())
        best: tuple[float, tuple[range, ...]] = (float("inf"), ())
        for begin in range(start, len(lines)):
            if begin > start and 0 <= tops[begin - 1] <= row:
                break
            for end in range(begin + 1, min(begin + _MOST_LINES, len(lines)) + 1):
                if not _can_be(lines[begin:end], row, rows[row]):
                    continue
                after, chosen = cost(row + 1, end)
                own = _weigh(lines[begin:end], words) + (_LEFT_OVER if row else _ABOVE) * (begin - start) + after
                best = min(best, (own, (range(begin, end), *chosen)), key=lambda made: made[0])
        return best

    price, found = cost(0, 0)
    return None if price == float("inf") else list(found)


def _can_be(lines: Sequence[LabelLine], row: int, middle: float) -> bool:
    """Whether these lines can be the label of a row: they are close, the row is beside them, and no other is."""
    if any(line.row not in (-1, row) for line in lines):
        return False
    boxes = [line.box for line in lines]
    if any(lower.top - upper.bottom > 0.6 * upper.height for upper, lower in pairwise(boxes)):
        return False
    return boxes[0].top - boxes[0].height / 2 <= middle <= boxes[-1].bottom + boxes[0].height / 2


def _weigh(lines: Sequence[LabelLine], words: Words) -> float:
    parts = sorted((part for line in lines for part in line.parts), key=lambda part: part[0])
    text = join_lines(text for _, text in parts)
    is_known = fold(text) in words.labels or is_total(text) or words.knows(text) or bool(find_role(text))
    if is_total(text) and len(lines) > 1:
        is_known = fold(text) in words.labels
    return (0.0 if is_known else _UNKNOWN) + _LINE * len(lines)
