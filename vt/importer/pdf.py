"""PDF: the phrases of each page with where they stand. Nothing else is read of it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PdfPage
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_words

from vt.importer.form import Box, Document, Page, Phrase, UnreadableError, surround, turn, turn_back
from vt.importer.numbers import RAISED, UNSURE, is_year

MOST_PAGES, _MOST_PHRASES = 300, 100_000
_GAP = 1.0  # points between two letters of one phrase
_RAISED = 0.85  # of the size of the letters beside it: what is smaller and stands higher is raised
_NARROW = 0.75  # of the width that a digit has elsewhere in its font: then it is one that the font draws raised
_LARGE, _OBSCURE = 0.3, 0.2  # of a page: a picture that may hold a table; of its letters: those without a meaning
_MARK, _BEHIND = re.compile(r"\d{1,2}\)?"), 1.5  # points behind a number
_DIGITS = frozenset("0123456789")
_RECOGNISED = ("GlyphLess", "HiddenHorzOCR")  # fonts in which a machine writes what it takes a scan to say

_Char = dict[str, Any]


def read(path: Path) -> Document:
    """The pages of a PDF; UnreadableError for a scan, a password, and what is damaged or endless."""
    pages: list[Page] = []
    warnings: list[str] = []
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise UnreadableError(f"{path.name} heeft {len(pdf.pages)} bladzijden; hoogstens {MOST_PAGES}.")
            for page in pdf.pages:
                pages.append(_read_page(page))
                warnings += _list_warnings(page, pages[-1])
                page.close()
                if sum(len(page.phrases) for page in pages) > _MOST_PHRASES:
                    raise UnreadableError(f"{path.name} is te vol om te lezen.")
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # pdfminer passes on whatever a damaged file makes it raise
        raise UnreadableError(_explain(path, error)) from error
    if not any(page.phrases for page in pages):
        scanned = "een scan: het bevat beelden en geen tekst" if warnings else "leeg: er staat geen tekst in"
        raise UnreadableError(f"{path.name} is {scanned}. Vraag het document zelf op, of typ de tabellen over.")
    lines = tuple(phrase.text for page in pages for phrase in page.phrases)
    return Document(path.name, "PDF", lines, pages=tuple(pages), warnings=tuple(warnings))


def _explain(path: Path, error: Exception) -> str:
    causes = {type(error), type(error.__cause__), type(error.__context__), *map(type, error.args)}
    if PDFPasswordIncorrect in causes:
        return f"{path.name} is beveiligd met een wachtwoord: bewaar het zonder."
    reason = "het is beschadigd, of geen PDF" if isinstance(error, PdfminerException) else "het is beschadigd"
    return f"{path.name} is niet te lezen: {reason}."


def _list_warnings(page: PdfPage, read: Page) -> Iterator[str]:
    """What a page holds that is not read: pictures that may be tables, and letters drawn as shapes."""
    number, area = page.page_number, float(page.width * page.height) or 1.0
    covered = max((float(image["width"] * image["height"]) / area for image in page.images), default=0.0)
    if not read.phrases and (page.images or len(page.curves) > len(page.rects)):
        yield f"Blz. {number} is een beeld zonder tekst: wat daarop staat, is niet gelezen."
    elif covered > _LARGE:
        yield f"Op blz. {number} staat een groot beeld: getallen daarin zijn niet gelezen."


def _read_page(page: PdfPage) -> Page:
    """The phrases of a page as most of them are to be read, and those that stand upright beside them."""
    chars = page.dedupe_chars().chars  # fat letters are at times printed twice
    _require_letters(page, chars)
    by_turn: dict[int, list[_Char]] = defaultdict(list)
    for char in chars:
        by_turn[_find_turn(char)].append(char)
    main = max(by_turn, key=lambda turned: len(by_turn[turned]), default=0)
    size = (float(page.width), float(page.height))
    made = {turned: list(_list_phrases(own, turned, size)) for turned, own in by_turn.items()}
    beside = [
        Phrase(text, turn(turn_back(box, turned, size), main, size))
        for turned, phrases in made.items()
        if turned != main
        for text, box in phrases
    ]
    height = size[0] if main else size[1]
    return Page(page.page_number, height, tuple(made.get(main, ())), tuple(beside), main, size)


def _require_letters(page: PdfPage, chars: Sequence[_Char]) -> None:
    """UnreadableError where the letters of a page say nothing, or a machine guessed them."""
    if any(name in char["fontname"] for char in chars[:500] for name in _RECOGNISED):
        raise UnreadableError(
            f"Blz. {page.page_number} is een scan waarvan een machine de tekst heeft herkend: zulke getallen kunnen "
            "verkeerd zijn. Vraag het document zelf op, of typ de tabellen over."
        )
    if sum(char["text"].startswith("(cid:") for char in chars) > _OBSCURE * len(chars):
        raise UnreadableError(
            f"De letters van blz. {page.page_number} zijn niet te lezen: het bestand zegt niet welke het zijn. Bewaar "
            "het opnieuw als PDF, met de lettertypen erin."
        )


def _find_turn(char: _Char) -> int:
    """How far the reader must turn the page to read a letter: 0, 90 where it goes up, 270 where it goes down."""
    along, up = char["matrix"][:2]
    return 0 if abs(along) >= abs(up) else 90 if up > 0 else 270


def _list_phrases(chars: Sequence[_Char], turned: int, size: tuple[float, float]) -> Iterator[Phrase]:
    """The phrases of letters that go one way, with their boxes on the page as it is turned to read them."""
    upright = [char | _name_edges(turn(_take_box(char), turned, size)) for char in chars] if turned else [*chars]
    words = extract_words(upright, keep_blank_chars=True, x_tolerance=_GAP, y_tolerance=2, return_chars=True)
    raised = _find_raised(words)
    phrases = [_read_phrase(chars, raised) for word in words for chars in _part(word["chars"])]
    yield from _join_marks([phrase for phrase in phrases if phrase.text])


def _join_marks(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """The phrases; a small one that stands raised right behind another is its mark of a footnote."""
    by_edge: dict[int, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_edge[int(phrase.box.x1)].append(phrase)
    marks: dict[Phrase, Phrase] = {}
    for mark in phrases:
        near = (p for n in (-2, -1, 0, 1) for p in by_edge.get(int(mark.box.x0) + n, ()))
        if _MARK.fullmatch(mark.text) and (before := next((p for p in near if _is_mark(mark.box, p.box)), None)):
            marks[before] = mark
    joined = set(marks.values())
    for phrase in phrases:
        if own := marks.get(phrase):
            text = f"{phrase.text}{own.text.translate(RAISED)}"
            yield Phrase(text, phrase.box._replace(x1=own.box.x1))
        elif phrase not in joined:
            yield phrase


def _is_mark(mark: Box, box: Box) -> bool:
    """Whether a box stands right behind another, is smaller and higher, and reaches into its line."""
    is_raised = mark.height < _RAISED * box.height and box.top < mark.bottom < box.bottom - 0.1 * box.height
    return is_raised and -_GAP <= mark.x0 - box.x1 <= _BEHIND


def _part(chars: Sequence[_Char]) -> Iterator[list[_Char]]:
    """The letters of a word, parted where two blanks stand together: so columns are parted where letters have one
    width."""
    part: list[_Char] = []
    for n, char in enumerate(chars):
        part.append(char)
        if char["text"].isspace() and n + 1 < len(chars) and chars[n + 1]["text"].isspace():
            yield part
            part = []
    yield part


def _take_box(char: _Char) -> Box:
    return Box(char["x0"], char["top"], char["x1"], char["bottom"])


def _name_edges(box: Box) -> _Char:
    return {**box._asdict(), "doctop": box.top, "size": box.height, "upright": True}


def _read_phrase(chars: Sequence[_Char], raised: dict[tuple[str, str, float], bool]) -> Phrase:
    largest = max(chars, key=lambda char: float(char["size"]))
    shown = unicodedata.normalize("NFC", "".join(_show(char, largest, raised) for char in chars))
    text = " ".join(shown.replace("\u00ad", "-").split())
    return Phrase(text, surround(_take_box(char) for char in chars if char["text"].strip() or not text))


def _show(char: _Char, largest: _Char, raised: dict[tuple[str, str, float], bool]) -> str:
    """What a letter is; a digit smaller and higher than what is beside it is the mark of a footnote, and stays so."""
    text: str = char["text"]
    if char["size"] < _RAISED * largest["size"] and char["bottom"] < largest["bottom"] - 0.1 * largest["size"]:
        return text.translate(RAISED)
    if (is_sure := raised.get(_measure(char))) is not None:
        return text.translate(RAISED) + UNSURE * (not is_sure)
    return text if text.isdigit() and not text.isdecimal() else unicodedata.normalize("NFKC", text)


def _measure(char: _Char) -> tuple[str, str, float]:
    """What tells two drawings of one digit apart: the font, the digit, and its width beside its size."""
    return char["fontname"], char["text"], round((char["x1"] - char["x0"]) / (char["size"] or 1), 2)


def _find_raised(words: Sequence[_Char]) -> dict[tuple[str, str, float], bool]:
    """The digits that a font draws small and high, known by their width alone, and whether that is certain: it is where
    the same digit is wider elsewhere. None that a digit of usual width follows: then it is merely a narrow one."""
    widths: dict[str, Counter[tuple[str, float]]] = defaultdict(Counter)
    inside, usual = set(), set()
    for word in words:
        for before, char, after in zip([None, *word["chars"]], word["chars"], [*word["chars"][1:], None], strict=False):
            if char["text"] in _DIGITS:
                kind = font, digit, width = _measure(char)
                widths[font][digit, width] += 1
                if _is_part(after, width) or (before is None and after is None):
                    inside.add(kind)
                if before is None or before["text"].isspace() or is_year(word["text"]):
                    usual.add(kind)
    raised: dict[tuple[str, str, float], bool] = {}
    for font, counted in widths.items():
        common = max((width for (_, width), count in counted.items() if count > 1), default=0.0)
        for digit, width in counted:
            is_sure = width < _NARROW * max(other for same, other in counted if same == digit)
            is_likely = width < _NARROW * common and (font, digit, width) not in usual
            if (is_sure or is_likely) and (font, digit, width) not in inside:
                raised[font, digit, width] = is_sure
    return raised


def _is_part(after: _Char | None, width: float) -> bool:
    """Whether a digit of this width is one of a number that goes on: with a dot, or a digit of usual width."""
    if after is None or not after["text"].isascii():
        return False
    return after["text"] in ".," or (after["text"] in _DIGITS and _measure(after)[2] * _NARROW > width)
