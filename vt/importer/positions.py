"""Pages of phrases -> tables: rows of numbers that stand under one head, with their labels on the left."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from vt.importer.columns import Leaf, gather_columns, overlap, place_numbers, read_leaves
from vt.importer.form import Box, Document, Page, Phrase, RawCell, RawTable, Stray, surround, turn_back
from vt.importer.headings import is_heading
from vt.importer.labels import Group, LabelLine, assign_labels, find_groups
from vt.importer.lines import MARKS, SAME_LINE, Line, find_furniture, is_text, leave_out, list_lines, part_columns
from vt.importer.numbers import is_number, list_numbers, read_number
from vt.importer.words import Words, fold, is_total, join_lines

_HEAD_GAP, _ROW_GAP = 2.8, 3.0  # heights of a line between the lines of a head, and between rows
_SHORT = 14
_MOST_CARRIED = 5
_FAR_UNDER = 2.0  # times the gap above a line under a table: then what follows stands far off
_CLOSE = 0.6  # of the height of a line: what may stand between two lines of one label
_BETWEEN = "niet zeker onder welke naam deze rij hoort"
_BROKEN = "het begin van deze naam staat er misschien boven"


def find_tables(document: Document, words: Words) -> Document:
    """The document with the tables that stand on its pages, its text outside of them, and the numbers in none."""
    pages = [list(list_lines(page)) for page in document.pages]
    furniture = find_furniture(document.pages, pages)
    finder = _Finder(words)
    kept = [leave_out(lines, page, furniture) for page, lines in zip(document.pages, pages, strict=True)]
    for page, lines in zip(document.pages, kept, strict=True):
        for n, part in enumerate(parts := part_columns(lines)):
            finder.is_open = finder.is_open and not n
            if len(parts) > 1 and is_text(part):
                finder.take_text(part)
            else:
                finder.take_page(part, page.beside)
    finder.take_page([])
    strays = [
        stray
        for page, lines, own in zip(document.pages, pages, kept, strict=True)
        for stray in _list_strays(page, lines, own, finder.tables)
    ]
    by_number = {page.number: page for page in document.pages}
    tables = tuple(_lay_back(table, by_number) for table in finder.tables)
    return replace(document, lines=tuple(finder.lines), tables=tables, strays=tuple(strays))


def _list_strays(
    page: Page, lines: Sequence[Line], kept: Sequence[Line], tables: Sequence[RawTable]
) -> Iterator[Stray]:
    """Every number of a page that no cell of a table holds, whatever became of its line."""
    cells = [cell for table in tables for cell in table.cells if cell.box and cell.page == page.number]
    alone = {(cell.box, cell.text) for cell in cells}  # most numbers: a page may hold thousands
    beside = [Line((phrase,), page.number) for phrase in page.beside]
    for line in (*lines, *beside):
        for phrase in (phrase for phrase in line.phrases if any(map(str.isdigit, phrase.text))):
            if (phrase.box, phrase.text) not in alone and not any(map(partial(_holds, phrase), cells)):
                is_alone = line.is_row and not line.is_prose and is_number(phrase.text) and line in kept
                texts = [phrase.text] if is_alone else list_numbers(phrase.text)
                yield from (Stray(text, line.page, line.text, in_text=not is_alone) for text in texts)


def _holds(phrase: Phrase, cell: RawCell) -> bool:
    """Whether a cell is made of a phrase, and of others maybe."""
    if cell.box is None or not (cell.box.x0 <= phrase.box.x0 and phrase.box.x1 <= cell.box.x1):
        return False
    return cell.box.top <= phrase.box.top and phrase.box.bottom <= cell.box.bottom and phrase.text in cell.text


def _lay_back(table: RawTable, pages: Mapping[int, Page]) -> RawTable:
    """The table with boxes on its pages as they are, where the reader turned them."""
    if not any(pages[cell.page].degrees for cell in table.cells if cell.page):
        return table
    cells = (
        replace(cell, box=turn_back(cell.box, pages[cell.page].degrees, pages[cell.page].size)) if cell.box else cell
        for cell in table.cells
    )
    return replace(table, cells=tuple(cells))


@dataclass
class _Finder:
    """Takes page after page; keeps what it needs to know of the table before, which may go on."""

    words: Words
    tables: list[RawTable] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    left: float = 0.0  # where the numbers of the last table begin
    bottom: float = 0.0  # where its last line ends
    page: int = 0  # on which it does
    carried: list[Line] = field(default_factory=list)
    is_open: bool = False  # whether nothing was printed since the last table
    beside: Sequence[Phrase] = ()  # what goes up or down on the page

    def take_page(self, lines: list[Line], beside: Sequence[Phrase] = ()) -> None:
        n, self.beside = 0, beside
        while n < len(lines):
            if lines[n].is_row:
                n = self._take_block(lines, _find_first_row(lines, n))
            else:
                n += 1
        if self.is_open and self._may_go_on(lines):
            self.carried = lines
        else:
            self.take_text([*self.carried, *lines])
            self.carried = []

    def _may_go_on(self, lines: Sequence[Line]) -> bool:
        """Whether the last lines of a page may be the label of a row that is broken by its end."""
        if not 0 < len(lines) <= _MOST_CARRIED or lines[0].box.top - self.bottom > lines[0].height:
            return False
        return all(line.box.x1 <= self.left and not is_heading(line.text) for line in lines)

    def take_text(self, lines: list[Line], below: float | None = None) -> None:
        """Lines outside of tables, above what begins at `below`."""
        under = self._count_under(lines, below)
        self.before += [line.text for line in lines[under:]]
        self.lines += [line.text for line in lines]
        self.is_open = self.is_open and not lines

    def _count_under(self, lines: Sequence[Line], below: float | None) -> int:
        """How many of the lines are a remark or the heading of the table above: they stand close under it, and what
        follows stands far off."""
        if not self.is_open or not lines or lines[0].page != self.page:
            return 0
        count, bottom = 0, self.bottom
        while count < len(lines) and lines[count].box.top - bottom < lines[count].height:
            bottom = lines[count].box.bottom
            count += 1
        after = lines[count].box.top if count < len(lines) else below
        gap = max(lines[0].box.top - self.bottom, 0.5 * lines[0].height)
        return count if after is None or after - bottom > _FAR_UNDER * gap else 0

    def _take_block(self, lines: list[Line], first: int) -> int:
        """Make a table of the rows that begin here, and take its lines away; where to go on."""
        last, left = _find_end(lines, first)
        start = _find_first_label(lines, first, left)
        labels = [phrase for line in lines[start : last + 1] for phrase in _list_labels(line, left)]
        right = max((phrase.box.x1 for phrase in labels), default=left)
        turned = _find_turned(self.beside, lines[start : last + 1], right)
        top = _find_head(lines, start, left, right, turned)
        head, body, above = lines[top:start], lines[start : last + 1], lines[:top]
        if len(body) == 1 and not head and not turned and not body[0].has_label:
            return last + 1
        carried, self.carried = self.carried, []
        if above:
            self.take_text([*carried, *above], (head or body)[0].box.top)
        moved = _move_above(carried, body[0]) if self.is_open else []
        before = _Before(self.leaves, self.starts, self.page) if self.is_open else _Before()
        made = _Table(self.words, head, [*moved, *body], left, right, before, turned).make()
        used = last + 1
        if made is None:
            self.take_text([*head, *body])
        else:
            self._keep(made, is_part=self.is_open)
            self.left, used = left, start + made.used - len(moved)
            self.bottom = lines[used - 1].box.bottom
        del lines[:used]
        return 0

    def _keep(self, made: "_Made", is_part: bool) -> None:
        """Add a table, or the rows of one that goes on from the page before."""
        before = self.tables[-1] if self.tables else None
        is_next = before is not None and before.cells[-1].page != made.body[0].page
        above = [cell for cell in before.cells if cell.row < (before.head or 0)] if before else []
        same = not made.head or (is_next and _fold_head(above) == _fold_head(made.head))
        if before is not None and is_part and same:
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
        self.page = made.body[-1].page


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


def _fold_head(cells: Iterable[RawCell]) -> list[str]:
    return [fold(cell.text) for cell in cells]


def _list_labels(line: Line, left: float) -> list[Phrase]:
    """What stands left of the numbers."""
    return [phrase for phrase in line.phrases if phrase.box.x1 <= left and phrase not in line.numbers]


def _find_first_row(lines: Sequence[Line], first: int) -> int:
    """The first row of a table that has its first number here: of rows above it no number may be printed."""
    while first and lines[first - 1].is_withheld:
        if lines[first].box.top - lines[first - 1].box.bottom > _HEAD_GAP * lines[first].height:
            break
        first -= 1
    return first


def _find_end(lines: Sequence[Line], first: int) -> tuple[int, float]:
    """The last line of the rows that begin here, and where their numbers begin."""
    left = min(phrase.box.x0 for phrase in lines[first].numbers or lines[first].marks)
    right = max((phrase.box.x1 for phrase in lines[first].phrases if phrase.box.x0 < left - 1), default=0.0)
    last, end, widest = first, first, _ROW_GAP * lines[first].height / 1.5
    gaps: list[float] = []
    for n in range(first + 1, len(lines)):
        line, gap = lines[n], lines[n].box.top - lines[n - 1].box.bottom
        if gap > max(1.5 * max(gaps, default=widest) + 1, line.height) or _is_elsewhere(line, lines[first:n]):
            break
        if (_is_body(line, left) and (line.is_row or line.has_label)) or line.is_withheld:
            left = min([left, *(phrase.box.x0 for phrase in line.numbers or line.marks)])
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


def _is_elsewhere(line: Line, above: Sequence[Line]) -> bool:
    """Whether a row begins where none above it does, with a number under none of theirs: the labels of a chart."""
    begin = line.phrases[0].box.x0
    if not line.is_row or any(abs(begin - phrase.box.x0) <= SAME_LINE for row in above for phrase in row.phrases):
        return False
    numbers = [phrase.box for row in above for phrase in row.numbers]
    return not all(any(overlap(own.box, box) > 0 for box in numbers) for own in line.numbers)


def _is_body(line: Line, left: float) -> bool:
    """Whether a line is a row rather than a head: of years alone nothing else may stand beside them."""
    beside = [phrase for phrase in line.phrases if phrase.box.x1 > left and phrase not in line.numbers]
    if line.is_row:
        return all(len(phrase.text) <= _SHORT or any(map(str.isdecimal, phrase.text)) for phrase in beside)
    return bool(line.numbers) and all(read_number(phrase.text).reason in MARKS for phrase in beside)


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


def _find_turned(beside: Sequence[Phrase], body: Sequence[Line], right: float) -> list[Phrase]:
    """What goes up or down right above a row, and is the head of its columns: one phrase for each of them."""
    reach = body[0].box.top - _HEAD_GAP * body[0].height
    above = [p for p in beside if p.box.x0 >= right - 1 and reach <= p.box.bottom <= body[0].box.top + 1]
    columns = gather_columns([number for line in body for number in line.numbers])
    heads: dict[int, list[Phrase]] = defaultdict(list)
    for phrase in above:
        near = min(range(len(columns)), key=lambda n: abs(columns[n].centre - phrase.box.centre))
        heads[near].append(phrase)
    return [
        Phrase(join_lines(phrase.text for phrase in own), surround(phrase.box for phrase in own))
        for _, own in sorted(heads.items())
    ]


def _find_head(lines: Sequence[Line], start: int, left: float, right: float, turned: Sequence[Phrase]) -> int:
    """The first line of the head above a row: lines that stand above the numbers, and none that begins at the left
    and goes on above them, as the heading of a table does."""
    top, below = start, min([lines[start].box.top, *(phrase.box.top for phrase in turned)])
    gap = _HEAD_GAP
    for n in range(start - 1, -1, -1):
        line = lines[n]
        crossing = any(p.box.x0 < right - 1 and p.box.x1 > left + 1 for p in line.phrases)
        if below - line.box.bottom > gap * line.height or crossing:
            break
        below = min(below, line.box.top)
        if any(phrase.box.x0 >= right - 1 for phrase in line.phrases):
            top = n
        elif top < start:  # a heading, maybe: what is further above is of another table
            gap = _CLOSE
    return top


class _Before(NamedTuple):
    """What a table that may go on from the page before had: its columns, and where its labels begin."""

    leaves: Sequence[Leaf] = ()
    starts: Sequence[float] = ()
    page: int = 0


@dataclass
class _Made:
    """What became of a block: cells whose rows count from 0 in head and body apart, and how many lines it took."""

    head: list[RawCell]
    body: list[RawCell]
    leaves: list[Leaf]
    starts: list[float]
    depth: int
    used: int


@dataclass
class _Table:
    """Makes the cells of one block."""

    words: Words
    head: list[Line]
    body: list[Line]
    left: float
    right: float
    before: _Before
    turned: Sequence[Phrase]
    groups: list[Group] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = self._find_label_starts()

    def make(self) -> _Made | None:
        """The cells; None where the rows have no labels, or no head stands above them."""
        leaves = self._read_leaves()
        rows = [line for line in self.body if line.numbers or line.is_withheld]
        self.groups = self._find_groups(rows)
        lines = self._list_label_lines(rows)
        middles = [row.box.middle for row in rows]
        spans = assign_labels([line for line, _, _ in lines], middles, self.words) if lines else None
        if not leaves or spans is None:
            return None
        used = max(self.body.index(rows[-1]), lines[spans[-1].stop - 1][2]) + 1
        body = [*self._make_labels(rows, spans, lines), *self._make_numbers(rows, leaves)]
        head = self._make_head(leaves)
        return _Made(head, body, leaves, self.starts, max((cell.row for cell in head), default=-1) + 1, used)

    def _read_leaves(self) -> list[Leaf]:
        above = [[p for p in line.phrases if p.box.x0 >= self.right - 1] for line in self.head]
        lines = [line for line in (*above, self.turned) if line]
        if not lines:
            return list(self.before.leaves) if self._goes_on() else []
        return read_leaves(lines, self.words) or []

    def _goes_on(self) -> bool:
        """Whether rows without a head may be those of the table before: where all stands under what is above it, for
        else they are the labels of a chart."""
        labels = [phrase for line in self.body for phrase in _list_labels(line, self.left)]
        numbers = [phrase for line in self.body for phrase in line.numbers]
        placed = place_numbers(numbers, self.before.leaves)
        return all(map(self._is_at_start, labels)) and not any(doubt for _, doubt in placed)

    # --- labels ------------------------------------------------------------------------------------------------------

    def _list_label_lines(self, rows: Sequence[Line]) -> list[_Beside]:
        """What stands left of the numbers, a line at a time; what is the label of several rows is apart."""
        made, apart = [], {phrase for group in self.groups for phrase in group.phrases}
        for n, line in enumerate(self.body):
            phrases = tuple(phrase for phrase in _list_labels(line, self.left) if phrase not in apart)
            row = rows.index(line) if line in rows else -1
            if phrases:
                parts = tuple((self._find_column(phrase), phrase.text) for phrase in phrases)
                made.append((LabelLine(parts, line.box, row), phrases, n))
        return made

    def _find_column(self, phrase: Phrase) -> int:
        """The column of labels that a phrase stands in."""
        return max((n for n, start in enumerate(self.starts) if phrase.box.x0 >= start - SAME_LINE), default=0)

    def _find_groups(self, rows: Sequence[Line]) -> list[Group]:
        """The labels in the first column that stand in the middle of their rows; totals at the end have none."""
        first = [p for line in self.body for p in _list_labels(line, self.left) if not self._find_column(p)]
        beside = [join_lines(p.text for p in _list_labels(row, self.left) if self._find_column(p)) for row in rows]
        while beside and not beside[-1]:
            beside.pop()
        if len(self.starts) < 2 or len(first) >= len(rows) or not beside:
            return []
        inside = [phrase for phrase in first if phrase.box.top < rows[len(beside) - 1].box.bottom]
        return find_groups(inside, [row.box for row in rows[: len(beside)]], beside)

    def _make_labels(self, rows: Sequence[Line], spans: Sequence[range], lines: Sequence[_Beside]) -> Iterator[RawCell]:
        """A label for each row; where two stand beside each other, the first is the group of the second."""
        doubtful = {n for group in self.groups if not group.is_sure for n in group.rows}
        for group in self.groups:
            text, box = join_lines(p.text for p in group.phrases), surround(p.box for p in group.phrases)
            yield RawCell(text, group.rows.start, 0, len(group.rows), page=rows[group.rows.start].page, box=box)
        for n, span in enumerate(spans):
            parts: dict[int, list[Phrase]] = {}
            for phrase in (phrase for at in span for phrase in lines[at][1]):
                parts.setdefault(self._find_column(phrase), []).append(phrase)
            for column, phrases in sorted(parts.items()):
                text = " ".join(phrase.text for phrase in phrases)
                box = surround(phrase.box for phrase in phrases)
                is_broken = text[:1].islower() and self._is_left_over(spans, span.start - 1, lines)
                doubt = _BROKEN if is_broken else _BETWEEN if n in doubtful else ""
                width = len(self.starts) if len(parts) == 1 and column == 0 and is_total(text) else 1
                yield RawCell(text, n, column, width=width, page=rows[n].page, box=box, doubt=doubt)

    def _is_left_over(self, spans: Sequence[range], at: int, lines: Sequence[_Beside]) -> bool:
        """Whether a line is in no label, close above one that begins as the middle of a sentence."""
        if at < 0 or any(at in span for span in spans):
            return False
        box = lines[at][0].box
        return lines[at + 1][0].box.top - box.bottom < _CLOSE * box.height

    def _find_label_starts(self) -> list[float]:
        """Where each column of labels begins."""
        labels = [phrase for line in self.body for phrase in _list_labels(line, self.left)]
        if self.before.starts and all(map(self._is_at_start, labels)):
            return list(self.before.starts)
        return [column.x0 for column in gather_columns(labels)] or [self.left]

    def _is_at_start(self, phrase: Phrase) -> bool:
        return any(abs(phrase.box.x0 - start) <= SAME_LINE for start in self.before.starts)

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _make_numbers(self, rows: Sequence[Line], leaves: Sequence[Leaf]) -> Iterator[RawCell]:
        """The cells with numbers; two in one place, and one that stands beside the columns, are doubtful."""
        numbers = [(n, p) for n, line in enumerate(rows) for p in line.phrases if p.box.x0 >= self.left - 1]
        loose = self._find_sums_of_groups(rows)
        places = iter(place_numbers([phrase for n, phrase in numbers if n not in loose], leaves))
        placed = [(None, "") if n in loose else next(places) for n, _ in numbers]
        taken = Counter((n, column) for (n, _), (column, _) in zip(numbers, placed, strict=True))
        for (n, phrase), (column, doubt) in zip(numbers, placed, strict=True):
            is_twice = column is not None and taken[n, column] > 1
            said = "hier staan twee getallen onder een kop" if is_twice else doubt
            at = None if column is None else column + len(self.starts)
            yield RawCell(phrase.text, n, at, page=rows[n].page, box=phrase.box, doubt=said)

    def _find_sums_of_groups(self, rows: Sequence[Line]) -> set[int]:
        """Rows of totals under a row of totals: their numbers stand under several columns."""
        labels = [" ".join(phrase.text for phrase in _list_labels(line, self.left)) for line in rows]
        return {n for n in range(1, len(rows)) if is_total(labels[n]) and is_total(labels[n - 1])}

    # --- head --------------------------------------------------------------------------------------------------------

    def _make_head(self, leaves: Sequence[Leaf]) -> list[RawCell]:
        """The head as a grid: the upper labels merged over what they span."""
        if not self.head and not self.turned:
            return []
        page, beside = self.body[0].page, len(self.starts)
        depth = max(len(leaf.upper) for leaf in leaves)
        cells = []
        corner = [p for line in self.head for p in line.phrases if p.box.x0 < self.right - 1]
        if corner:
            text = " ".join(phrase.text for phrase in corner)
            box = surround(phrase.box for phrase in corner)
            cells.append(RawCell(text, depth, 0, width=beside, page=page, box=box))
        for n, leaf in enumerate(leaves):
            cells += [
                RawCell(phrase.text, depth - len(leaf.upper) + level, n + beside, page=page, box=phrase.box)
                for level, phrase in enumerate(leaf.upper)
            ]
            cells.append(RawCell(leaf.text, depth, n + beside, page=page, box=leaf.box))
        return cells
