"""Pages of phrases -> tables: rows of numbers that stand under one head, with their labels on the left."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from vt.importer.columns import Leaf, gather_columns, place_numbers, read_leaves, surround
from vt.importer.form import Box, Document, Page, Phrase, RawCell, RawTable, Stray
from vt.importer.headings import is_heading
from vt.importer.labels import LabelLine, assign_labels
from vt.importer.numbers import ABSENT, SECRET, is_number, is_year, read_number
from vt.importer.words import Words, fold, is_total

_SAME_LINE = 2.5  # points
_HEAD_GAP, _ROW_GAP = 2.8, 3.0  # heights of a line between the lines of a head, and between rows
_MARKS, _SHORT = (SECRET, ABSENT), 14
_MOST_CARRIED, _APART = 5, 0.8
_CLOSE = 0.6  # of the height of a line: what may stand between two lines of one label
_BROKEN = "het begin van deze naam staat er misschien boven"
_MARGIN = 0.09  # of the page: where what stands on every page may stand


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
        return self.phrases[0].box.bottom - self.phrases[0].box.top

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def numbers(self) -> tuple[Phrase, ...]:
        """The numbers on it, a year at its begin left out: that is the label of a row."""
        own = self.phrases[1:] if is_year(self.phrases[0].text) and len(self.phrases) > 1 else self.phrases
        return tuple(phrase for phrase in own if is_number(phrase.text))

    @property
    def is_row(self) -> bool:
        """Whether it holds numbers other than years, which stand in a head as well."""
        return any(not is_year(phrase.text) for phrase in self.numbers)


def find_tables(document: Document, words: Words) -> Document:
    """The document with the tables that stand on its pages, its text outside of them, and the numbers in none."""
    pages = [list(_list_lines(page)) for page in document.pages]
    furniture = _find_furniture(document.pages, pages)
    finder = _Finder(words)
    for page, lines in zip(document.pages, pages, strict=True):
        finder.take_page(_leave_out(lines, page, furniture))
    finder.take_page([])
    return replace(document, lines=tuple(finder.lines), tables=tuple(finder.tables), strays=tuple(finder.strays))


def _list_lines(page: Page) -> Iterator[Line]:
    line: list[Phrase] = []
    for phrase in sorted(page.phrases, key=lambda phrase: phrase.box.bottom):
        if line and phrase.box.bottom - line[0].box.bottom > _SAME_LINE:
            yield Line(tuple(sorted(line, key=lambda phrase: phrase.box.x0)), page.number)
            line = []
        line.append(phrase)
    if line:
        yield Line(tuple(sorted(line, key=lambda phrase: phrase.box.x0)), page.number)


def _name_furniture(line: Line, page: Page) -> tuple[str, int] | None:
    """What a line in the margin says, its numbers left out, and where; None for what stands on the page itself, and for
    a row of numbers."""
    if page.height * _MARGIN <= line.box.bottom and line.box.top <= page.height * (1 - _MARGIN):
        return None
    if len(line.numbers) > 1 or (_has_label(line) and line.numbers[0].text != str(page.number)):
        return None
    return "".join(char for char in fold(line.text) if not char.isdecimal()), round(line.box.top / 3)


def _find_furniture(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """What stands in the same place in the margin of most pages: a page number, a running title."""
    named = (_name_furniture(line, page) for page, own in zip(pages, lines, strict=True) for line in own)
    seen = Counter(found for found in named if found)
    return {found for found, count in seen.items() if count > len(pages) / 2 and (len(pages) > 1 or not found[0])}


def _leave_out(lines: list[Line], page: Page, furniture: Set[tuple[str, int]]) -> list[Line]:
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


def _has_label(line: Line) -> bool:
    return not is_number(line.phrases[0].text) and bool(line.numbers)


@dataclass
class _Finder:
    """Takes page after page; keeps what it needs to know of the table before, which may go on."""

    words: Words
    tables: list[RawTable] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    left: float = 0.0  # where the numbers of the last table begin
    bottom: float = 0.0  # where its last line ends
    carried: list[Line] = field(default_factory=list)
    is_open: bool = False  # whether nothing was printed since the last table

    def take_page(self, lines: list[Line]) -> None:
        n = 0
        while n < len(lines):
            if lines[n].is_row:
                n = self._take_block(lines, n)
            else:
                n += 1
        if self.is_open and self._may_go_on(lines):
            self.carried = lines
        else:
            self._take_text([*self.carried, *lines])
            self.carried = []

    def _may_go_on(self, lines: Sequence[Line]) -> bool:
        """Whether the last lines of a page may be the label of a row that is broken by its end."""
        if not 0 < len(lines) <= _MOST_CARRIED or lines[0].box.top - self.bottom > lines[0].height:
            return False
        return all(line.box.x1 <= self.left and not is_heading(line.text) for line in lines)

    def _take_text(self, lines: list[Line]) -> None:
        """Lines outside of tables; the numbers that stand in them by themselves."""
        for line in lines:
            self.before.append(line.text)
            self.lines.append(line.text)
            self.is_open = False
            self.strays += [Stray(phrase.text, line.page, line.text) for phrase in line.numbers if line.is_row]

    def _take_block(self, lines: list[Line], first: int) -> int:
        """Make a table of the rows that begin here, and take its lines away; where to go on."""
        last, left = _find_end(lines, first)
        start = _find_first_label(lines, first, left)
        labels = [phrase for line in lines[start : last + 1] for phrase in _list_labels(line, left)]
        right = max((phrase.box.x1 for phrase in labels), default=left)
        top = _find_head(lines, start, left, right)
        head, body, above = lines[top:start], lines[start : last + 1], lines[:top]
        if len(body) == 1 and not head and not _has_label(body[0]):
            return last + 1
        carried, self.carried = self.carried, []
        if above:
            self._take_text([*carried, *above])
        moved = _move_above(carried, body[0]) if self.is_open else []
        before = _Before(self.leaves, self.starts) if self.is_open else _Before()
        made = _Table(self.words, head, [*moved, *body], left, right, before).make()
        used = last + 1
        if made is None:
            self._take_text([*head, *body])
        else:
            self._keep(made, is_part=self.is_open)
            self.left, used = left, start + made.used - len(moved)
            self.bottom = lines[used - 1].box.bottom
        del lines[:used]
        return 0

    def _keep(self, made: "_Made", is_part: bool) -> None:
        """Add a table, or the rows of one that goes on from the page before."""
        self.strays += made.strays
        before = self.tables[-1] if self.tables else None
        is_part = is_part and before is not None and before.cells[-1].page != made.body[0].page
        same = before is not None and is_part and (not made.head or _list_head(before) == made.list_head())
        if before is not None and same:
            shift = max(cell.row for cell in before.cells) + 1
            body = tuple(replace(cell, row=cell.row + shift) for cell in made.body)
            labels = max(before.labels or 1, len(made.starts))
            cells = (*_move(before.cells, labels - (before.labels or 1)), *_move(body, labels - len(made.starts)))
            self.tables[-1] = replace(before, cells=cells, labels=labels)
        else:
            rows = made.depth
            own = (replace(cell, row=cell.row + rows) for cell in made.body)
            table = RawTable((*made.head, *own), tuple(self.before), head=rows, labels=len(made.starts))
            self.tables.append(table)
            self.before = []
        self.leaves, self.starts, self.is_open = made.leaves, made.starts, True


def _move(cells: Sequence[RawCell], columns: int) -> tuple[RawCell, ...]:
    """The cells so many columns to the right: a page on which no row begins a group has fewer columns of labels."""
    return tuple(replace(cell, column=None if cell.column is None else cell.column + columns) for cell in cells)


def _move_above(lines: Sequence[Line], below: Line) -> list[Line]:
    """Lines of the page before, as if they stood right above a line of this one."""
    moved = []
    for n, line in enumerate(lines):
        shift = below.box.top - line.box.top - (len(lines) - n) * 1.1 * line.height
        phrases = (
            Phrase(text, Box(x0, top + shift, x1, bottom + shift)) for text, (x0, top, x1, bottom) in line.phrases
        )
        moved.append(Line(tuple(phrases), below.page))
    return moved


_Beside = tuple[LabelLine, tuple[Phrase, ...], int]  # with its phrases, and which line of the body it is


def _list_head(table: RawTable) -> list[str]:
    return [fold(cell.text) for cell in table.cells if cell.row < (table.head or 0)]


def _list_labels(line: Line, left: float) -> list[Phrase]:
    """What stands left of the numbers."""
    return [phrase for phrase in line.phrases if phrase.box.x1 <= left and phrase not in line.numbers]


def _find_end(lines: Sequence[Line], first: int) -> tuple[int, float]:
    """The last line of the rows that begin here, and where their numbers begin."""
    left = min(phrase.box.x0 for phrase in lines[first].numbers)
    right = max((phrase.box.x1 for phrase in lines[first].phrases if phrase.box.x0 < left - 1), default=0.0)
    last, end, widest = first, first, _ROW_GAP * lines[first].height / 1.5
    gaps: list[float] = []
    for n in range(first + 1, len(lines)):
        line, gap = lines[n], lines[n].box.top - lines[n - 1].box.bottom
        if gap > max(1.5 * max(gaps, default=widest) + 1, line.height):
            break
        if _is_body(line, left) and (line.is_row or _has_label(line)):
            left = min(left, *(phrase.box.x0 for phrase in line.numbers))
            last = end = n
        elif line.box.x1 <= left and not line.numbers:
            end = n
        else:
            break
        right = max((right, *(phrase.box.x1 for phrase in line.phrases if phrase.box.x0 < left - 1)))
        if right > left + 1:  # another table, of which the numbers stand where the labels of this one do
            return _find_end(lines[:n], first)
        gaps.append(max(gap, 0.2 * line.height))
    return end if _is_close(lines, last, end) else last, left


def _is_body(line: Line, left: float) -> bool:
    """Whether a line is a row rather than a head: of years alone nothing else may stand beside them."""
    beside = [phrase for phrase in line.phrases if phrase.box.x1 > left and phrase not in line.numbers]
    if line.is_row:
        return all(len(phrase.text) <= _SHORT or any(map(str.isdecimal, phrase.text)) for phrase in beside)
    return bool(line.numbers) and all(read_number(phrase.text).reason in _MARKS for phrase in beside)


def _is_close(lines: Sequence[Line], last: int, end: int) -> bool:
    """Whether the lines after the last row may be the rest of its label."""
    pairs = zip(lines[last:end], lines[last + 1 : end + 1], strict=True)
    return all(lower.box.top - upper.box.bottom < _CLOSE * lower.height for upper, lower in pairs)


def _find_first_label(lines: Sequence[Line], first: int, left: float) -> int:
    """The first line that may be part of the label of the first row: close above it, and left of the numbers."""
    start = first
    while (
        start
        and lines[start - 1].box.x1 <= left
        and lines[start].box.top - lines[start - 1].box.bottom < 0.6 * lines[start].height
    ):
        start -= 1
    return start


def _find_head(lines: Sequence[Line], start: int, left: float, right: float) -> int:
    """The first line of the head above a row: lines that stand above the numbers, and none that begins at the left
    and goes on above them, as the heading of a table does."""
    top = start
    for n in range(start - 1, -1, -1):
        line, below = lines[n], lines[n + 1]
        crossing = any(p.box.x0 < right - 1 and p.box.x1 > left + 1 for p in line.phrases)
        if below.box.top - line.box.bottom > _HEAD_GAP * line.height or crossing:
            break
        if any(phrase.box.x0 >= right - 1 for phrase in line.phrases):
            top = n
    return top


class _Before(NamedTuple):
    """What a table that may go on from the page before had: its columns, and where its labels begin."""

    leaves: Sequence[Leaf] = ()
    starts: Sequence[float] = ()


@dataclass
class _Made:
    """What became of a block: cells whose rows count from 0 in head and body apart, and how many lines it took."""

    head: list[RawCell]
    body: list[RawCell]
    leaves: list[Leaf]
    starts: list[float]
    strays: list[Stray]
    depth: int
    used: int

    def list_head(self) -> list[str]:
        return [fold(cell.text) for cell in self.head]


class _Table:
    """Makes the cells of one block."""

    def __init__(
        self, words: Words, head: list[Line], body: list[Line], left: float, right: float, before: _Before
    ) -> None:
        self.words, self.head, self.body, self.left, self.right = words, head, body, left, right
        self.before = before
        self.strays: list[Stray] = []
        self.starts = self._find_label_starts()

    def make(self) -> _Made | None:
        """The cells; None where the rows have no labels, or no head stands above them."""
        leaves = self._read_leaves()
        rows = [line for line in self.body if line.numbers]
        spans = self._assign(rows)
        if not leaves or spans is None:
            return None
        lines = self._list_label_lines(rows)
        used = max(self.body.index(rows[-1]), lines[spans[-1].stop - 1][2]) + 1
        beside = len(self.starts)
        body = [*self._make_labels(rows, spans, lines, beside), *self._make_numbers(rows, leaves, beside)]
        head = self._make_head(leaves, beside)
        return _Made(
            head, body, leaves, self.starts, self.strays, max((cell.row for cell in head), default=-1) + 1, used
        )

    def _read_leaves(self) -> list[Leaf]:
        above = [[p for p in line.phrases if p.box.x0 >= self.right - 1] for line in self.head]
        if not any(above):
            return list(self.before.leaves)
        return read_leaves([line for line in above if line], self.words) or []

    # --- labels ------------------------------------------------------------------------------------------------------

    def _list_label_lines(self, rows: Sequence[Line]) -> list[_Beside]:
        """What stands left of the numbers, a line at a time."""
        made = []
        for n, line in enumerate(self.body):
            phrases = tuple(_list_labels(line, self.left))
            row = rows.index(line) if line in rows else -1
            if phrases:
                parts = tuple((self._find_column(phrase), phrase.text) for phrase in phrases)
                made.append((LabelLine(parts, line.box.top, line.box.bottom, row), phrases, n))
        return made

    def _find_column(self, phrase: Phrase) -> int:
        """The column of labels that a phrase stands in."""
        return max((n for n, start in enumerate(self.starts) if phrase.box.x0 >= start - _SAME_LINE), default=0)

    def _assign(self, rows: Sequence[Line]) -> list[range] | None:
        lines = [line for line, _, _ in self._list_label_lines(rows)]
        middles = [(line.box.top + line.box.bottom) / 2 for line in rows]
        return assign_labels(lines, middles, self.words) if lines else None

    def _make_labels(
        self,
        rows: Sequence[Line],
        spans: Sequence[range],
        lines: Sequence[_Beside],
        beside: int,
    ) -> Iterator[RawCell]:
        """A label for each row; where two stand beside each other, the first is the group of the second."""
        for n, span in enumerate(spans):
            parts: dict[int, list[Phrase]] = {}
            for phrase in (phrase for at in span for phrase in lines[at][1]):
                parts.setdefault(self._find_column(phrase), []).append(phrase)
            for column, phrases in sorted(parts.items()):
                text = " ".join(phrase.text for phrase in phrases)
                box = surround(phrase.box for phrase in phrases)
                doubt = _BROKEN if text[:1].islower() and self._is_left_over(spans, span.start - 1, lines) else ""
                width = beside if len(parts) == 1 and column == 0 and is_total(text) else 1
                yield RawCell(text, n, column, width=width, page=rows[n].page, box=box, doubt=doubt)

    def _is_left_over(self, spans: Sequence[range], at: int, lines: Sequence[_Beside]) -> bool:
        """Whether a line is in no label, close above one that begins as the middle of a sentence."""
        if at < 0 or any(at in span for span in spans):
            return False
        return lines[at + 1][0].top - lines[at][0].bottom < _CLOSE * (lines[at][0].bottom - lines[at][0].top)

    def _find_label_starts(self) -> list[float]:
        """Where each column of labels begins."""
        labels = [phrase for line in self.body for phrase in _list_labels(line, self.left)]
        if self.before.starts and all(map(self._is_at_start, labels)):
            return list(self.before.starts)
        return [column.x0 for column in gather_columns(labels)] or [self.left]

    def _is_at_start(self, phrase: Phrase) -> bool:
        return any(abs(phrase.box.x0 - start) <= _SAME_LINE for start in self.before.starts)

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _make_numbers(self, rows: Sequence[Line], leaves: Sequence[Leaf], beside: int) -> Iterator[RawCell]:
        """The cells with numbers; two in one place, and one that stands beside the columns, are doubtful."""
        found = [(n, phrase) for n, line in enumerate(rows) for phrase in self._list_cells(line)]
        loose = self._find_sums_of_groups(rows)
        placed = place_numbers([phrase for n, phrase in found if n not in loose], leaves)
        places = iter(placed)
        taken = Counter[tuple[int, int | None]]()
        cells = []
        for n, phrase in found:
            column, doubt = (None, "") if n in loose else next(places)
            taken[n, column] += 1
            cells.append((n, phrase, column, doubt))
        for n, phrase, column, doubt in cells:
            if column is not None and taken[n, column] > 1:
                doubt = "hier staan twee getallen onder een kop"
            page = rows[n].page
            at = None if column is None else column + beside
            yield RawCell(phrase.text, n, at, page=page, box=phrase.box, doubt=doubt)

    def _list_cells(self, line: Line) -> list[Phrase]:
        """What stands in a row in the place of numbers."""
        return [phrase for phrase in line.phrases if phrase.box.x0 >= self.left - 1]

    def _find_sums_of_groups(self, rows: Sequence[Line]) -> set[int]:
        """Rows of totals under a row of totals: their numbers stand under several columns."""
        labels = [" ".join(phrase.text for phrase in _list_labels(line, self.left)) for line in rows]
        return {n for n in range(1, len(rows)) if is_total(labels[n]) and is_total(labels[n - 1])}

    # --- head --------------------------------------------------------------------------------------------------------

    def _make_head(self, leaves: Sequence[Leaf], beside: int) -> list[RawCell]:
        """The head as a grid: the upper labels merged over what they span."""
        if not self.head:
            return []
        depth = max(len(leaf.upper) for leaf in leaves)
        cells = []
        corner = [p for line in self.head for p in line.phrases if p.box.x0 < self.right - 1]
        if corner:
            text = " ".join(phrase.text for phrase in corner)
            cells.append(RawCell(text, depth, 0, width=beside, box=surround(phrase.box for phrase in corner)))
        for n, leaf in enumerate(leaves):
            path = [""] * (depth - len(leaf.upper)) + leaf.upper
            cells += [RawCell(text, level, n + beside) for level, text in enumerate(path)]
            cells.append(RawCell(leaf.text, depth, n + beside, box=leaf.box))
        return cells
