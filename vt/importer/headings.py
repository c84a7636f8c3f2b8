"""Which table of a layout a printed table is, by its heading: the nearest above it that is known, word for word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vt.importer.words import find_period, fold, join_lines
from vt.model.layouts import PrintedLayout, PrintedTable
from vt.model.period import Period

_NUMBER = re.compile(
    r"^\s*(?:(?i:hoofdstuk|paragraaf|bijlage|tabel))?\s*(?P<number>\d{1,2}(?:\.\d+)*(?:\.?[A-Z])?)\s*[.:)]?\s+(?=[A-Z(])"
)
_PERIOD = re.compile(
    r"^\s*(?:[12]e half ?jaar|[1-4]e kwartaal|jaar)?\s*(?:19|20)\d{2}(?:-[HQ]\d)?\s*[:,–-]\s*", re.IGNORECASE
)
_NAMED = re.compile(r"(?:[12]e half ?jaar|[1-4]e kwartaal)? ?\b20\d{2}\b", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:het)?(?:aantal(?!len))?(?:ontvangen)?")
_AFTER = re.compile(
    r"(?:km\+hg\+om|(?:per|(?<!overdrachten)naar|en)(?:gemeente|maand|kwartaal|halfjaar|jaar|soort(?:geweld)?)|(?:in|over)?(?:(?:eerste|tweede|1e|2e)?halfjaar)?(?:19|20)\d{2})+$"
)
_LONGEST, _MOST_LINES = 160, 3


class Heading(NamedTuple):
    """A table of a layout that a heading names, with the row that it is a part of, how far above it stands, and its
    text."""

    table: PrintedTable
    part: str
    distance: int
    text: str = ""


def plain(text: str) -> str:
    """What a heading says, without its number, its period and what is the same in all."""
    bare = _PERIOD.sub("", _NUMBER.sub("", text))
    return _AFTER.sub("", _BEFORE.sub("", fold(bare)))


def find_periods(text: str) -> set[Period]:
    """The periods that a heading names."""
    periods = (find_period(match.group(), None) for match in _NAMED.finditer(text))
    return {period for period in periods if period}


def find_number(lines: Iterable[str]) -> str:
    """The number of the last heading that has one: Hoofdstuk 7, 1.1, 3.A."""
    number = ""
    for line in lines:
        if (match := _NUMBER.match(line)) and len(line) < _LONGEST:
            number = match["number"]
    return number


def match_headings(layout: PrintedLayout, corner: Sequence[str], before: Sequence[str]) -> list[Heading]:
    """The tables that the nearest headings name, the nearest first.

    Nothing beyond a heading of the same make that is not known: what it names is another table.
    """
    known = list(_list_known(layout))
    headings: list[Heading] = []
    for distance, texts in enumerate(_list_candidates(corner, before)):
        said = {plain(text): text for text in texts if plain(text)}
        here = [Heading(table, part, distance, said[name]) for name, table, part in known if name in said]
        unique = {(heading.table, heading.part): heading for heading in here}
        headings += [heading for heading in unique.values() if heading.table not in {other.table for other in headings}]
        if not here and any(map(is_heading, texts[:1])) and not _goes_on(texts[0], known):
            break
    return headings


def count_headings(layout: PrintedLayout, lines: Sequence[str]) -> int:
    """How many tables of a layout the lines name."""
    said = {plain(text) for texts in _list_candidates((), lines) for text in texts}
    return len({table for name, table, _ in _list_known(layout) if name in said})


def is_heading(line: str) -> bool:
    """Whether a line is made as headings are: with a number, or a period and a colon."""
    return len(line) < _LONGEST and bool(
        _PERIOD.match(line) or (_NUMBER.match(line) and not line.rstrip().endswith("."))
    )


def _list_known(layout: PrintedLayout) -> Iterator[tuple[str, PrintedTable, str]]:
    for table in layout.tables:
        yield from ((plain(text), table, "") for text in (table.heading, *table.printed))
        yield from ((plain(text), table, row) for row, texts in table.parts.items() for text in texts)


def _goes_on(line: str, known: Sequence[tuple[str, PrintedTable, str]]) -> bool:
    """Whether a line is the first part of a known heading: of a longer one that is broken over lines."""
    said = plain(line)
    return bool(said) and any(name.startswith(said) for name, _, _ in known)


def _list_candidates(corner: Sequence[str], before: Sequence[str]) -> Iterator[list[str]]:
    """The texts that may be a heading, the nearest first: the corner, and each line with those that it goes on in."""
    yield list(corner)
    for start in range(len(before) - 1, -1, -1):
        ends = range(start + 1, min(start + _MOST_LINES, len(before)) + 1)
        yield [text for end in ends if len(text := join_lines(before[start:end])) < _LONGEST]
