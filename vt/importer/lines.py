"""The lines of a page: phrases beside each other, without what stands on every page, and column after column where a
page has more than one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from vt.importer.form import Box, Page, Phrase, surround
from vt.importer.numbers import ABSENT, BLANK, SECRET, is_mark, is_number, is_year, read_number
from vt.importer.words import fold

SAME_LINE = 2.5  # points
MARKS = (SECRET, ABSENT)
_APART = 0.8
_MARGIN = 0.09  # of the page: where what stands on every page may stand
_SHARE = re.compile(r"\(\s?[<>]?\s?\d{1,3}(?:[.,]\d+)?\s?%\s?\)")
_STOP = re.compile(r"\w\.(?=\s|$)")
_TITLE = 15  # letters
_MOST_LABELS = 3  # texts beside each other in a row
_GUTTER, _INSET, _EDGE = 9.0, 7.0, 2.0  # points: between two columns of a page, of a cell, and between their edges
_FEWEST, _MOST_PART, _SENTENCE = 4, 0.6, 35  # lines of a column; of them that begin with words; letters of prose


@dataclass(frozen=True)
class Line:
    """Phrases that stand beside each other."""

    phrases: tuple[Phrase, ...]
    page: int

    @property
    def box(self) -> Box:
        return surround(phrase.box for phrase in self.phrases)

    @property
    def height(self) -> float:
        return self.phrases[0].box.height

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def numbers(self) -> tuple[Phrase, ...]:
        """The numbers on it, a year at its begin left out: that is the label of a row."""
        own = self.phrases[1:] if is_year(self.phrases[0].text) and len(self.phrases) > 1 else self.phrases
        return tuple(phrase for phrase in own if is_number(phrase.text))

    @property
    def has_label(self) -> bool:
        """Whether it begins with a text, and numbers follow."""
        return not is_number(self.phrases[0].text) and bool(self.numbers)

    @property
    def marks(self) -> tuple[Phrase, ...]:
        """Behind a label, what says that a number is not printed: <5, x and -."""
        marks = tuple(phrase for phrase in self.phrases if is_mark(phrase.text))
        return () if self.phrases[0] in marks else marks

    @property
    def is_withheld(self) -> bool:
        """Whether it is a row of which no number is printed: a label, and then such marks alone."""
        return bool(self.marks) and not self.numbers and self.phrases[-len(self.marks) :] == self.marks

    @property
    def is_prose(self) -> bool:
        """Whether it is a line of a sentence that was spread over its column, rather than a row."""
        words = len(self.phrases) - len(self.numbers)
        return words >= _MOST_LABELS and words > len(self.numbers)

    @property
    def is_row(self) -> bool:
        """Whether it holds numbers other than years, which stand in a head as well."""
        return any(not is_year(phrase.text) for phrase in self.numbers)


def list_lines(page: Page) -> Iterator[Line]:
    line: list[Phrase] = []
    for phrase in sorted(page.phrases, key=lambda phrase: phrase.box.bottom):
        if line and phrase.box.bottom - line[0].box.bottom > SAME_LINE:
            yield _make_line(line, page.number)
            line = []
        line.append(phrase)
    if line:
        yield _make_line(line, page.number)


def _make_line(phrases: Sequence[Phrase], page: int) -> Line:
    """The phrases from left to right; a share in brackets belongs to the number before it."""
    made: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda phrase: phrase.box.x0):
        before = made[-1] if made else None
        is_share = before and _SHARE.fullmatch(phrase.text) and is_number(before.text)
        if before and is_share and phrase.box.x0 - before.box.x1 < before.box.height:
            made[-1] = Phrase(f"{before.text} {phrase.text}", surround([before.box, phrase.box]))
        else:
            made.append(phrase)
    return Line(tuple(made), page)


def _name_furniture(line: Line, page: Page) -> tuple[str, int] | None:
    """What a line in the margin says, its numbers left out, and where; None for what stands on the page itself, and for
    a row of numbers."""
    if page.height * _MARGIN <= line.box.bottom and line.box.top <= page.height * (1 - _MARGIN):
        return None
    if len(line.numbers) > 1 or (line.has_label and not _is_dated(line) and line.numbers[0].text != str(page.number)):
        return None
    return "".join(char for char in fold(line.text) if not char.isdecimal()), round(line.box.top / 3)


def _is_dated(line: Line) -> bool:
    """Whether the one number beside a title is its year; beside a word it is the head of a table."""
    return is_year(line.numbers[0].text) and len(line.text) > _TITLE


def find_furniture(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """What stands in the same place in the margin of most pages: a page number, a running title."""
    named = (_name_furniture(line, page) for page, own in zip(pages, lines, strict=True) for line in own)
    seen = Counter(name for name in named if name)
    return {name for name, count in seen.items() if count > len(pages) / 2 and (len(pages) > 1 or not name[0])}


def leave_out(lines: list[Line], page: Page, furniture: Set[tuple[str, int]]) -> list[Line]:
    """The lines of a page without what stands in its margins, apart from the rest."""
    first, last = 0, len(lines)
    for n in range(1, len(lines)):
        if _name_furniture(lines[n - 1], page) not in furniture:
            break
        first = n if _are_apart(lines[n - 1], lines[n]) else first
    for n in range(len(lines) - 1, first, -1):
        if _name_furniture(lines[n], page) not in furniture:
            break
        last = n if _are_apart(lines[n - 1], lines[n]) else last
    return lines[first:last]


def _are_apart(upper: Line, lower: Line) -> bool:
    return lower.box.top - upper.box.bottom >= _APART * upper.height


def part_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page in the order in which they are read: of two tables beside each other, or a table beside
    sentences, first what stands at the left."""
    for edge in _list_edges(lines):
        for start, stop in _list_runs(lines, edge):
            left, right = _cut(lines[start:stop], edge)
            is_table = sum(line.is_row and line.has_label for line in left) >= _FEWEST - 1
            if _is_column(right, edge) and (is_table or _is_prose(left)):
                parts = (lines[:start], left, right, lines[stop:])
                return [column for part in parts if part for column in part_columns(part)]
    return [list(lines)]


def is_text(lines: Sequence[Line]) -> bool:
    """Whether a column of a page holds sentences alone; spread over their column they may look like rows."""
    rows = sum(line.is_row and line.has_label and not line.is_prose for line in lines)
    return _is_prose(lines) and rows < _FEWEST - 1


def _list_edges(lines: Sequence[Line]) -> list[float]:
    """Where several lines have a text that is no number and does not begin the line: the most frequent first."""
    first = min((line.box.x0 for line in lines), default=0.0)
    starts = Counter(round(p.box.x0) for line in lines for p in line.phrases if _is_label(p) and p.box.x0 > first)
    return [float(edge) for edge, _ in starts.most_common() if sum(starts[edge + n] for n in (-1, 0, 1)) >= _FEWEST]


def _is_label(phrase: Phrase) -> bool:
    return (
        not is_number(phrase.text) and read_number(phrase.text).reason not in (*MARKS, BLANK) and len(phrase.text) > 2
    )


def _list_runs(lines: Sequence[Line], edge: float) -> Iterator[tuple[int, int]]:
    """The stretches of lines in which nothing stands in the gutter left of an edge."""
    start = 0
    for n, line in enumerate(lines):
        if any(p.box.x0 < edge - _INSET and p.box.x1 > edge - _GUTTER for p in line.phrases):
            yield from [(start, n)] if n - start >= _FEWEST else []
            start = n + 1
    yield from [(start, len(lines))] if len(lines) - start >= _FEWEST else []


def _cut(lines: Sequence[Line], edge: float) -> tuple[list[Line], list[Line]]:
    """What stands left of an edge, and what stands right of it."""
    left = ((line, tuple(p for p in line.phrases if p.box.x1 <= edge - _GUTTER)) for line in lines)
    right = ((line, tuple(p for p in line.phrases if p.box.x0 >= edge - _INSET)) for line in lines)
    return tuple([Line(own, line.page) for line, own in side if own] for side in (left, right))  # type: ignore[return-value]


def _is_column(lines: Sequence[Line], edge: float) -> bool:
    """Whether most lines begin at an edge with a text that is no number."""
    begin = [line for line in lines if _is_label(line.phrases[0]) and abs(line.phrases[0].box.x0 - edge) <= _EDGE]
    return len(begin) >= _FEWEST and len(begin) >= _MOST_PART * len(lines)


def _is_prose(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in lines)
    return len(lines) >= _FEWEST and len(text) >= _SENTENCE * len(lines) and len(_STOP.findall(text)) > 1
