"""PDF: the phrases of each page with where they stand. Nothing else is read of it."""

import unicodedata
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PdfPage
from pdfplumber.utils.exceptions import PdfminerException

from vt.importer.form import Box, Document, Page, Phrase, UnreadableError
from vt.importer.numbers import RAISED

MOST_PAGES, _MOST_PHRASES = 300, 100_000
_GAP = 1.0  # points between two letters of one phrase
_RAISED = 0.85  # of the size of the letters beside it: what is smaller and stands higher is raised


def read(path: Path) -> Document:
    """The pages of a PDF; UnreadableError for a scan, a password, and what is damaged or endless."""
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise UnreadableError(f"{path.name} heeft {len(pdf.pages)} bladzijden; hoogstens {MOST_PAGES}.")
            pages, has_picture = [], False
            for page in pdf.pages:
                pages.append(_read_page(page))
                has_picture = has_picture or bool(page.images)
                page.close()
                if sum(len(page.phrases) for page in pages) > _MOST_PHRASES:
                    raise UnreadableError(f"{path.name} is te vol om te lezen.")
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # pdfminer passes on whatever a damaged file makes it raise
        raise UnreadableError(_explain(path, error)) from error
    if not any(page.phrases for page in pages):
        scanned = "een scan: het bevat beelden en geen tekst" if has_picture else "leeg: er staat geen tekst in"
        raise UnreadableError(f"{path.name} is {scanned}. Vraag het document zelf op, of typ de tabellen over.")
    lines = tuple(phrase.text for page in pages for phrase in page.phrases)
    return Document(path.name, "PDF", lines, pages=tuple(pages))


def _explain(path: Path, error: Exception) -> str:
    causes = {type(error), type(error.__cause__), type(error.__context__), *map(type, error.args)}
    if PDFPasswordIncorrect in causes:
        return f"{path.name} is beveiligd met een wachtwoord: bewaar het zonder."
    reason = "het is beschadigd, of geen PDF" if isinstance(error, PdfminerException) else "het is beschadigd"
    return f"{path.name} is niet te lezen: {reason}."


def _read_page(page: PdfPage) -> Page:
    words = page.extract_words(keep_blank_chars=True, x_tolerance=_GAP, y_tolerance=2, return_chars=True)
    phrases = tuple(phrase for word in words if word["upright"] and (phrase := _read_phrase(word)).text)
    return Page(page.page_number, float(page.height), phrases)


def _read_phrase(word: dict[str, Any]) -> Phrase:
    largest = max(word["chars"], key=lambda char: float(char["size"]))
    shown = unicodedata.normalize("NFC", "".join(_show(char, largest) for char in word["chars"]))
    text = " ".join(shown.replace("\u00ad", "-").split())
    inked = [char for char in word["chars"] if char["text"].strip()] or word["chars"]
    x0, x1 = min(char["x0"] for char in inked), max(char["x1"] for char in inked)
    return Phrase(text, Box(x0, word["top"], x1, word["bottom"]))


def _show(char: dict[str, Any], largest: dict[str, Any]) -> str:
    """What a letter is; a digit smaller and higher than what is beside it is the mark of a footnote, and stays so."""
    text: str = char["text"]
    if char["size"] < _RAISED * largest["size"] and char["bottom"] < largest["bottom"] - 0.1 * largest["size"]:
        return text.translate(RAISED)
    return text if text.isdigit() and not text.isdecimal() else unicodedata.normalize("NFKC", text)
