"""Which rows a label stands for that is printed once beside several: at their top, or in the middle of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from vt.importer.form import Box, Phrase, surround

_CLOSE, _OFF = 0.6, 0.4  # of the height of a line: between two lines of one label; from the middle of its rows


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
