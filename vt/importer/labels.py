"""Which lines beside a table are the label of which row: labels break over lines, above and below their numbers. And
which rows a label stands for that is printed once beside several: at their top, or in the middle of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from vt.importer.form import Box, Phrase, surround
from vt.importer.words import Words, find_role, fold, is_total, join_lines

_MOST_LINES = 6
_UNKNOWN, _LEFT_OVER, _ABOVE, _LINE = 10.0, 4.0, 1.0, 0.01
_CLOSE, _OFF = 0.6, 0.4  # of the height of a line: between two lines of one label; from the middle of its rows


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

    price, spans = cost(0, 0)
    return None if price == float("inf") else list(spans)


def _can_be(lines: Sequence[LabelLine], row: int, middle: float) -> bool:
    """Whether these lines can be the label of a row: they are close, the row is beside them, and no other is."""
    if any(line.row not in (-1, row) for line in lines):
        return False
    boxes = [line.box for line in lines]
    if any(lower.top - upper.bottom > _CLOSE * upper.height for upper, lower in pairwise(boxes)):
        return False
    return boxes[0].top - boxes[0].height / 2 <= middle <= boxes[-1].bottom + boxes[0].height / 2


def _weigh(lines: Sequence[LabelLine], words: Words) -> float:
    parts = sorted((part for line in lines for part in line.parts), key=lambda part: part[0])
    text = join_lines(text for _, text in parts)
    is_known = fold(text) in words.labels or is_total(text) or words.knows(text) or bool(find_role(text))
    if is_total(text) and len(lines) > 1:
        is_known = fold(text) in words.labels
    return (0.0 if is_known else _UNKNOWN) + _LINE * len(lines)


# --- labels of several rows ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """A label of rows, and whether it can be read in one way only."""

    phrases: tuple[Phrase, ...]
    rows: range
    is_sure: bool


def find_groups(labels: Sequence[Phrase], rows: Sequence[Box], beside: Sequence[str]) -> list[Group]:
    """The rows of each label that stands in the middle of them; none where labels stand at the top of their rows.

    `beside` is the label of each row itself: no two rows of a group have the same.
    """
    for parts in ([(phrase,) for phrase in labels], _join(labels)):
        middle = _check(_part_by_middle([surround(p.box for p in part) for part in parts], rows), beside)
        top = _check(_part_by_top([part[0].box for part in parts], rows), beside)
        if middle and middle != top:
            return [Group(part, span, not top) for part, span in zip(parts, middle, strict=True)]
        if top:
            return []
    return []


def _join(labels: Sequence[Phrase]) -> list[tuple[Phrase, ...]]:
    """Lines that stand close under each other, as one label."""
    joined: list[tuple[Phrase, ...]] = []
    for phrase in labels:
        last = joined[-1][-1].box if joined else None
        if last and phrase.box.top - last.bottom < _CLOSE * last.height:
            joined[-1] += (phrase,)
        else:
            joined.append((phrase,))
    return joined


def _part_by_middle(labels: Sequence[Box], rows: Sequence[Box]) -> list[range]:
    """The rows of each label, of which it stands in the middle; nothing where they do not share out all rows."""
    spans, start = [], 0
    for label in labels:
        ends = range(start, len(rows))
        off = [abs((rows[start].middle + rows[end].middle) / 2 - label.middle) for end in ends]
        if not off or min(off) > _OFF * label.height:
            off = [abs((rows[start].top + rows[end].bottom) / 2 - label.middle) for end in ends]
        if not off or min(off) > _OFF * rows[start].height:
            return []
        spans.append(range(start, start + off.index(min(off)) + 1))
        start = spans[-1].stop
    return spans if start == len(rows) else []


def _part_by_top(labels: Sequence[Box], rows: Sequence[Box]) -> list[range]:
    """The rows from each label to the next, where each stands on the line of a row."""
    starts = [n for label in labels for n, row in enumerate(rows) if abs(row.middle - label.middle) < 1]
    if len(starts) != len(labels) or starts[:1] != [0]:
        return []
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _check(spans: list[range], beside: Sequence[str]) -> list[range]:
    """The same where no group has two rows of one name."""
    named = [[beside[n] for n in span] for span in spans]
    return spans if all(len(set(names)) == len(names) for names in named) else []
