"""Text is measured as it is drawn, and its lines fit and lose nothing."""

import io

import pytest
import vl_convert
from PIL import Image

from vt.figures.wording import clean
from vt.render.text import FONT, FONT_FOLDER, cut_off, text_width, wrap_text

SENTENCE = "Meldingen van huiselijk geweld en kindermishandeling in 2021: 2.378"
# Thousandths of the type size, from the metrics that Arial shares with Helvetica.
ARIAL = {"A": 667, "M": 833, "W": 944, "i": 222, "m": 833, "1": 556, " ": 278, "%": 889, "é": 556, "…": 1000}
ARIAL_BOLD = {"A": 722, "M": 833, "W": 944, "i": 278, "m": 889, "1": 556, " ": 278, "%": 889, "é": 556, "…": 1000}


def _ink(text: str, size: int, weight: str) -> int:
    """How many pixels lie between the first and the last ink of a text as vl-convert draws it, in black on white."""
    vl_convert.register_font_directory(str(FONT_FOLDER))
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="100">'
        '<rect width="1600" height="100" fill="#fff"/>'
        f'<text x="10" y="70" font-family="{FONT}" font-size="{size}" font-weight="{weight}">{text}</text></svg>'
    )
    picture = Image.open(io.BytesIO(vl_convert.svg_to_png(drawn))).convert("L").point(lambda light: light < 128 and 255)
    box = picture.getbbox()
    assert box is not None
    return box[2] - box[0]


@pytest.mark.parametrize(("widths", "is_bold"), [(ARIAL, False), (ARIAL_BOLD, True)])
def test_a_sign_is_as_wide_as_in_arial_and_little_more(widths: dict[str, int], is_bold: bool) -> None:
    for sign, width in widths.items():
        assert width <= text_width(sign, 1000, is_bold) + 0.5 <= width * 1.03 + 1, sign


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_text_is_drawn_as_wide_as_it_is_measured(weight: str) -> None:
    measured = text_width(SENTENCE, 40, weight == "bold")
    assert 0.95 * measured <= _ink(SENTENCE, 40, weight) <= measured


def test_a_width_grows_with_the_size_and_the_text() -> None:
    assert text_width(SENTENCE, 20) == pytest.approx(2 * text_width(SENTENCE, 10))
    assert text_width(SENTENCE, 10, is_bold=True) > text_width(SENTENCE, 10)
    assert text_width("", 10) == 0


def test_a_sign_of_another_font_has_room_and_an_accent_takes_none() -> None:
    assert text_width("字", 10) >= 10
    assert text_width("e\u0301", 10) == text_width("e", 10)


@pytest.mark.parametrize(
    "text", ["", "kort", "een zin die niet op een regel past " * 4, "x" * 300, "é" * 90, "字" * 90]
)
@pytest.mark.parametrize("width", [5, 60, 300])
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap_text(text, 12, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= 1 or text_width(line, 12) <= width for line in lines)


def test_what_is_cut_off_fits_and_says_so() -> None:
    assert cut_off("kort", 12, 60) == "kort"
    cut = cut_off(SENTENCE, 12, 120)
    assert cut.endswith("…")
    assert 90 < text_width(cut, 12) <= 120


def test_clean_text_is_one_line_of_signs_that_can_be_seen() -> None:
    assert clean(" een\n twee\x00\x1b\u200b ") == "een twee"
