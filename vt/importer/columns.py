"""The head of a table with positions -> its columns; and each number under the one whose edge it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import mean

from vt.importer.form import Box, Phrase, surround
from vt.importer.words import Words, find_role, fold, is_count, is_total, join_lines

_BESIDE = "dit getal staat niet recht onder een kop"
_UNCLEAR = "niet zeker onder welke kop dit getal hoort"
_NEAR, _FAR = 2.0, 4.0  # points: what stands under a label, and what stands beside it
_MOST, _MANY = 0.9, 0.75  # of the numbers of a table: what must stand near, for the others to be out of place

_SIDES: tuple[Callable[[Box], float], ...] = (attrgetter("x1"), attrgetter("centre"), attrgetter("x0"))


@dataclass
class Leaf:
    """The lowest label above a column, joined where it was broken over lines, and the labels above it."""

    text: str
    box: Box
    upper: list[Phrase] = field(default_factory=list)


def read_leaves(lines: Sequence[Sequence[Phrase]], words: Words) -> list[Leaf] | None:
    """The columns that the lines of a head name, the upper line first; None where that is not certain."""
    stacks = [_Stack([phrase], n, n) for n, line in enumerate(lines) for phrase in line]
    merged = _merge_wrapped(stacks, words)
    bottoms = [stack for stack in merged if not any(other.is_under(stack) for other in merged)]
    leaves = sorted((Leaf(stack.text, stack.box) for stack in bottoms), key=lambda leaf: leaf.box.x0)
    uppers = [stack for stack in merged if stack not in bottoms]
    for level in sorted({stack.first for stack in uppers}, reverse=True):
        if not _add_level([stack for stack in uppers if stack.first == level], leaves):
            return None
    return leaves


@dataclass(eq=False)
class _Stack:
    """Phrases that stand under each other and are one label; `first` and `last` are the lines of the head."""

    phrases: list[Phrase]
    first: int
    last: int

    @property
    def text(self) -> str:
        return join_lines(phrase.text for phrase in self.phrases)

    @property
    def box(self) -> Box:
        return surround(phrase.box for phrase in self.phrases)

    def is_under(self, other: "_Stack") -> bool:
        return self.first > other.last and overlap(self.box, other.box) > 0


def overlap(one: Box, other: Box) -> float:
    """How far two boxes stand above each other, in points."""
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _merge_wrapped(stacks: list[_Stack], words: Words) -> list[_Stack]:
    """Labels that were broken over lines, joined: from the lowest up, as long as that makes more sense."""
    left = sorted(stacks, key=lambda stack: -stack.first)
    made: list[_Stack] = []
    while left:
        lower = left.pop(0)
        while above := _find_wrapped(lower, left, [*made, *left], words):
            left.remove(above)
            lower = _Stack([*above.phrases, *lower.phrases], above.first, lower.last)
        made.append(lower)
    return made


def _find_wrapped(lower: _Stack, left: Sequence[_Stack], others: Sequence[_Stack], words: Words) -> _Stack | None:
    """The part of the same label that stands right above, if there is one."""
    over = [stack for stack in left if lower.is_under(stack)]
    above = max(over, key=lambda stack: stack.last, default=None)
    if above is None or sum(stack.last == above.last for stack in over) > 1:
        return None
    beside = [other for other in others if other is not above and other.is_under(above) and other.first <= lower.last]
    if beside:
        return None
    return above if _is_one_label(above.text, lower.text, words) or _is_end(above, lower, left, words) else None


def _is_end(above: _Stack, lower: _Stack, left: Sequence[_Stack], words: Words) -> bool:
    """Whether a label of more than two lines ends in these two."""
    texts = [above.text, lower.text]
    while over := [stack for stack in left if above.is_under(stack)]:
        above = max(over, key=lambda stack: stack.last)
        texts.insert(0, above.text)
        if words.knows(join_lines(texts)):
            return True
    return False


def _is_one_label(upper: str, lower: str, words: Words) -> bool:
    """Whether two lines are one label that was broken, rather than a label under another."""
    if upper.endswith("+") or lower.startswith("+") or find_role(upper):
        return True
    if words.knows(upper) and (words.knows(lower) or is_count(lower) or find_role(lower)):
        return False
    return words.knows(join_lines([upper, lower])) or not words.knows(lower)


def _add_level(uppers: Sequence[_Stack], leaves: Sequence[Leaf]) -> bool:
    """Set the labels of one level above the columns that they span; whether that is certain."""
    uppers = sorted(uppers, key=lambda stack: stack.box.x0)
    spans = _span_by_repeats(uppers, leaves) or _span_by_place(uppers, leaves)
    if spans is None:
        return False
    for stack, span in zip(uppers, spans, strict=True):
        for n in span:
            leaves[n].upper.insert(0, Phrase(stack.text, stack.box))
    return True


def _span_by_repeats(uppers: Sequence[_Stack], leaves: Sequence[Leaf]) -> list[range] | None:
    """The columns of each upper label by how the lowest repeat themselves, where it stands over them."""
    spans = span_repeats([stack.text for stack in uppers], [leaf.text for leaf in leaves])
    around = [surround(leaves[n].box for n in span) for span in spans]
    fits = (box.x0 - _FAR <= stack.box.centre <= box.x1 + _FAR for stack, box in zip(uppers, around, strict=False))
    return spans if spans and all(fits) else None


def span_repeats(uppers: Sequence[str], leaves: Sequence[str]) -> list[range]:
    """The lowest labels that each upper one spans, where these repeat themselves as often: KM HG OM KM HG OM; none
    where they do not."""
    starts = [n for n, leaf in enumerate(leaves) if fold(leaf) == fold(leaves[0])]
    starts += _list_behind(starts, len(leaves)) if 1 < len(starts) < len(uppers) else []
    if len(starts) != len(uppers):
        return []
    ends = [*starts[1:], len(leaves)]
    if len(starts) > 1 and not is_total(uppers[-1]):  # what stands behind the last group is the total of all
        ends[-1] = starts[-1] + min(end - start for start, end in zip(starts, ends, strict=True))
    return list(map(range, starts, ends))


def _list_behind(starts: Sequence[int], count: int) -> list[int]:
    """The columns behind groups of one size, each under a label of its own: a total beside quarters."""
    sizes = {end - start for start, end in pairwise(starts)}
    return [*range(starts[-1] + sizes.pop(), count)] if len(sizes) == 1 else []


def _span_by_place(uppers: Sequence[_Stack], leaves: Sequence[Leaf]) -> list[range] | None:
    """The columns of each upper label as it stands: in the middle over them, or at their begin, if these agree."""
    middles = [stack.box.centre for stack in uppers]
    by_middle = [min(range(len(uppers)), key=lambda n: abs(middles[n] - leaf.box.centre)) for leaf in leaves]
    by_begin = [sum(stack.box.x0 <= leaf.box.x1 for stack in uppers) - 1 for leaf in leaves]
    if by_middle != by_begin:
        return None
    members = [[at for at, n in enumerate(by_middle) if n == upper] for upper in range(len(uppers))]
    return [range(span[0], span[-1] + 1) if span else range(0) for span in members]


def place_numbers(numbers: Sequence[Phrase], leaves: Sequence[Leaf]) -> list[tuple[int | None, str]]:
    """The column of each number, and why that is not certain, where it is not.

    A number stands under the label that has its edge: the right one, the middle or the left one, whichever all numbers
    are nearest to. Where labels stand otherwise than their numbers, a number stands under the label that it overlaps.
    """
    if not leaves:
        return [(None, "er staat geen kop boven de kolom") for _ in numbers]
    side = min(_SIDES, key=lambda edge: mean(_nearest(edge, number.box, leaves)[1] for number in numbers))
    nearest = [_nearest(side, number.box, leaves) for number in numbers]
    near = sum(distance <= _NEAR for _, distance in nearest) / len(nearest)
    if near < _MOST:
        by_column = _place_columns(numbers, leaves)
        if near < _MANY or all(n is not None for n, _ in by_column):
            return by_column
    return [
        (n, "" if distance <= _FAR and overlap(leaves[n].box, number.box) > 0 else _BESIDE)
        for number, (n, distance) in zip(numbers, nearest, strict=True)
    ]


def _nearest(side: Callable[[Box], float], box: Box, leaves: Sequence[Leaf]) -> tuple[int, float]:
    distances = [abs(side(leaf.box) - side(box)) for leaf in leaves]
    n = min(range(len(leaves)), key=distances.__getitem__)
    return n, distances[n]


def _place_columns(numbers: Sequence[Phrase], leaves: Sequence[Leaf]) -> list[tuple[int | None, str]]:
    """The column of each number where heads are aligned otherwise: numbers above each other are one column."""
    columns = gather_columns(numbers)
    named = [[n for n, leaf in enumerate(leaves) if overlap(leaf.box, column) > 0] for column in columns]
    if all(len(over) == 1 for over in named) and len({over[0] for over in named}) == len(columns):
        chosen: list[int | None] = [over[0] for over in named]
    elif len(columns) == len(leaves):
        chosen = list(range(len(leaves)))
    else:
        chosen = _choose_by_bands(columns, leaves)
    at = [next(n for n, column in enumerate(columns) if overlap(column, number.box) > 0) for number in numbers]
    return [(chosen[n], "" if chosen[n] is not None else _UNCLEAR) for n in at]


def gather_columns(numbers: Sequence[Phrase]) -> list[Box]:
    """The stretches that phrases above each other take, from left to right."""
    columns: list[Box] = []
    for box in sorted(number.box for number in numbers):
        if columns and box.x0 < columns[-1].x1:
            columns[-1] = surround([columns[-1], box])
        else:
            columns.append(box)
    return columns


def _choose_by_bands(columns: Sequence[Box], leaves: Sequence[Leaf]) -> list[int | None]:
    """The column of each stretch, where a label that begins its column and one that ends it lead to the same."""
    begins = [sum(leaf.box.x0 <= column.x1 for leaf in leaves) - 1 for column in columns]
    ends = [sum(leaf.box.x1 < column.x0 for leaf in leaves) for column in columns]
    agreed = [begin if begin == end else None for begin, end in zip(begins, ends, strict=True)]
    return [n if n is not None and agreed.count(n) == 1 else None for n in agreed]
