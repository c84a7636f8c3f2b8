"""How wide text is and where its lines break: measured in our own Liberation Sans, which is as wide as Arial."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from PIL.ImageFont import FreeTypeFont, Layout, truetype

from vt.figures import wording

FONT = "Liberation Sans"
FONT_FOLDER = Path(__file__).parent / "fonts"
_UNITS = 2048  # of the type size: the grid that the letters are drawn on, so that no width is rounded
_SLACK = 1.02  # what a program that rounds each letter may add


def text_width(text: str, size: float, is_bold: bool = False) -> float:
    """How wide the text is at most, in the unit of its size."""
    return size * _SLACK * _count_width(text, is_bold)


def wrap_text(text: str, size: float, width: float, is_bold: bool = False) -> list[str]:
    """The text in lines of at most this width; a word that is longer than a line is broken."""
    lines = [""]
    for piece in (piece for word in text.split(" ") for piece in _break_word(word, size, width, is_bold)):
        longer = f"{lines[-1]} {piece}" if lines[-1] else piece
        if text_width(longer, size, is_bold) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def cut_off(text: str, size: float, width: float, is_bold: bool = False) -> str:
    """The text on one line, with an ellipsis where it does not fit."""
    most = len(text)
    while most > 1 and text_width(wording.truncate(text, most), size, is_bold) > width:
        most -= 1
    return wording.truncate(text, most)


def _break_word(word: str, size: float, width: float, is_bold: bool) -> Iterator[str]:
    """The word, or what of it goes on a line each time."""
    if text_width(word, size, is_bold) <= width:
        yield word
        return
    piece = ""
    for sign in word:
        if piece and text_width(piece + sign, size, is_bold) > width:
            yield piece
            piece = ""
        piece += sign
    yield piece


@lru_cache(maxsize=8192)
def _count_width(text: str, is_bold: bool) -> float:
    """The width of a text as a part of the type size: names and numbers are asked again and again."""
    return sum(_sign_width(sign, is_bold) for sign in text)


@lru_cache(maxsize=4096)
def _sign_width(sign: str, is_bold: bool) -> float:
    """The width of a sign as a part of the type size; one that is not in the font is as wide as it is high."""
    if unicodedata.east_asian_width(sign) in "FW":
        return 1
    return _open_font(is_bold).getlength(sign) / _UNITS


@cache
def _open_font(is_bold: bool) -> FreeTypeFont:
    name = f"LiberationSans-{'Bold' if is_bold else 'Regular'}.ttf"
    return truetype(FONT_FOLDER / name, _UNITS, layout_engine=Layout.BASIC)
