"""Plain text, as copied from a PDF: lines without positions. Its tables are found with the words that are known."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from vt.importer.columns import span_repeats
from vt.importer.form import Document, RawCell, RawTable, Stray, UnreadableError
from vt.importer.words import Meaning, Words, fold, join_lines
from vt.model.geweld import GEWELD_BY_CODE

_NUMBER = re.compile(r"[-−–+]?\d[\d.,]*%?")
_NUMBERS = re.compile(rf"(?P<label>.*?\S)??\s*(?P<numbers>(?<!\S){_NUMBER.pattern}(\s+{_NUMBER.pattern})*)\s*")
_COMMON = (
    r"(?:sub|eind)?tota(?:al|len|le)(?: per gemeente| ondersteuning| KM \+ HG \+ OM)?",
    r"(?:verschil|verhouding|aandeel)(?: \d{4})?",
    r"[1-4]e kwartaal(?: \d{4})?",
    r"[12]e half ?jaar(?: \d{4})?",
    r"(?:19|20)\d{2}",
    *GEWELD_BY_CODE,
)
_LONGEST_CORNER, _MOST_HEAD_LINES = 50, 6
_MOST_LINES = 20_000  # their tables are found by the one who asks, which has no limits of its own


def read(path: Path) -> Document:
    """The lines of a text file; its tables are found once the words are known."""
    lines = tuple(read_plain(path).splitlines())
    if len(lines) > _MOST_LINES:
        raise UnreadableError(f"{path.name} heeft {len(lines)} regels; hoogstens {_MOST_LINES}.")
    return Document(path.name, "tekst", lines)


def read_plain(path: Path) -> str:
    """The text of a file; UnreadableError where it is another kind of file under this name."""
    content = path.read_bytes()
    is_other = b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_other or content.startswith(b"%PDF"):
        raise UnreadableError(f"{path.name} is geen tekst.")
    return decode(content)


def decode(content: bytes) -> str:
    """Text in UTF-8 (with or without a mark at its begin), UTF-16 with such a mark, or as Windows writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def find_tables(document: Document, words: Words) -> Document:
    """The document with the tables that its lines hold, and the lines outside of them."""
    finder = _Finder(words)
    for line in _join_sums(document.lines):
        finder.take(line)
    finder.end_table()
    lines = [*(line for table in finder.tables for line in table.before), *finder.before, *finder.pending]
    return replace(document, lines=tuple(lines), tables=tuple(finder.tables), strays=tuple(finder.strays))


def _join_sums(lines: Iterable[str]) -> list[str]:
    """The lines that hold text; what was broken beside a plus (KM + HG + OM) is joined again."""
    joined: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        if joined and (line.startswith("+") or joined[-1].endswith("+")):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


@dataclass
class _Finder:
    """Takes line after line; a table is a head, of known words, with rows of numbers under it."""

    words: Words
    tables: list[RawTable] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    head: list[list[RawCell]] = field(default_factory=list)

    @cached_property
    def form(self) -> re.Pattern[str]:
        """A label as it stands in a head; the longest first."""
        known = sorted(self.words.labels.values(), key=len, reverse=True)
        spelled = (re.escape(label) for label in known)
        return re.compile(rf"(?<!\w)(?:{'|'.join((*_COMMON, *spelled))})(?!\w)", re.IGNORECASE)

    def take(self, line: str) -> None:
        """One line: a row of the table that is open, the first of a new one, or text between tables."""
        match = _NUMBERS.fullmatch(line)
        if match is None or self._is_head_line(line):
            if self.rows and not self._may_go_on(line):
                self.end_table()
            self.pending.append(line)
        elif not match["label"]:
            self.strays += [Stray(number, 0, line) for number in match["numbers"].split()]
        elif self.rows or self._open_table(match["label"]):
            self._add_row(match["label"], match["numbers"].split())
        else:
            self.pending.append(line)

    def end_table(self) -> None:
        """Keep what was found of the table that is open."""
        if self.rows:
            self.tables.append(RawTable(tuple(self._list_cells()), tuple(self.before), head=len(self.head)))
            self.before = []
        self.rows, self.head = [], []

    def _may_go_on(self, line: str) -> bool:
        """Whether a line may be the first part of a label that goes on beside the numbers of the next."""
        return len(line) < _LONGEST_CORNER and any(name.startswith(fold(line)) for name in self.words.labels)

    def _add_row(self, label: str, numbers: list[str]) -> None:
        whole = join_lines([*self.pending, label])
        is_whole = bool(self.pending) and fold(whole) in self.words.labels
        if self.pending and not is_whole and self.rows:
            self.end_table()
            self.pending.append(f"{label} {' '.join(numbers)}")
            return
        self.rows.append((whole if is_whole else label, numbers))
        self.pending = []

    def _open_table(self, label: str) -> bool:
        """Whether what came before is a head; it is then taken away from the text between tables."""
        lines = list(self.pending)
        wrapped = [lines.pop()] if lines and fold(join_lines([lines[-1], label])) in self.words.labels else []
        taken: list[str] = []
        while lines and len(taken) < _MOST_HEAD_LINES and self._is_head_line(lines[-1]):
            taken.insert(0, lines.pop())
        head = self._read_head(taken)
        if not head:
            return False
        self.before += lines
        self.head, self.pending = head, wrapped
        return True

    def _is_head_line(self, line: str) -> bool:
        """Whether a line is made of labels, with at most one short text that is none."""
        unknown = [text for text in self.form.split(line) if text.strip()]
        labels = self.form.findall(line)
        meaning = self.words.find(labels[0]) if labels else None
        if len(labels) == 1 and (meaning is None or meaning.is_worded):  # a class by itself: the end of a heading
            return False
        return bool(labels) and len(unknown) <= 1 and all(map(_is_corner, unknown))

    def _read_head(self, lines: Sequence[str]) -> list[list[RawCell]]:
        """The rows of the head: the upper labels with what they span, and the lowest."""
        parts = [self._split_line(line) for line in lines]
        lowest = max((n for n, (corner, _) in enumerate(parts) if corner), default=len(parts) - 1)
        if not parts or len({fold(corner) for corner, _ in parts} - {""}) > 1:
            return []
        leaves = [label for _, labels in parts[lowest:] for label in labels]
        spans = [_spread(labels, leaves) for _, labels in parts[:lowest]]
        if not leaves or not all(spans):
            return []
        rows = [
            [RawCell(label, level, start + 1, width=width) for label, start, width in span]
            for level, span in enumerate(spans)
        ]
        corner = [RawCell(parts[lowest][0], lowest, 0)]
        return [*rows, corner + [RawCell(label, lowest, n + 1) for n, label in enumerate(leaves)]]

    def _split_line(self, line: str) -> tuple[str, list[str]]:
        """The corner of a line of the head, where it has one, and its labels."""
        labels = [match.group() for match in self.form.finditer(line)]
        corner = join_lines(self.form.split(line))
        first = self.words.find(labels[0]) or Meaning("category", labels[0])
        if not corner and first.dimension == "category" and labels[1:] and all(map(self.words.find, labels[1:])):
            return labels[0], labels[1:]  # a class beside what is none: it names what the rows are
        return corner, labels

    def _list_cells(self) -> list[RawCell]:
        """The cells of the head and of the rows; numbers of a row that is not whole have no column."""
        width = len(self.head[-1]) - 1
        cells = [cell for row in self.head for cell in row]
        for n, (label, numbers) in enumerate(self.rows, len(self.head)):
            cells.append(RawCell(label, n, 0))
            whole = len(numbers) == width
            cells += [RawCell(text, n, m if whole else None) for m, text in enumerate(numbers, 1)]
        return cells


def _is_corner(text: str) -> bool:
    return len(text.strip()) <= _LONGEST_CORNER and not re.search(r"[:.;+\d]", text)


def _spread(labels: Sequence[str], leaves: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each upper label with the first of the lowest that it spans, and how many; nothing where that is not certain."""
    if len(labels) == 1:
        return [(labels[0], 0, len(leaves))]
    spans = span_repeats(labels, leaves)
    return [(label, span.start, len(span)) for label, span in zip(labels, spans, strict=False)]
