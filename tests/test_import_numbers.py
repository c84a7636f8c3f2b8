"""How a printed number is read, and what is asked rather than guessed."""

import pytest

from vt.importer.numbers import ABSENT, ASK, BLANK, SECRET, read_number

READ = {
    "187": 187, "0": 0, "1.022": 1022, "1.022.000": 1_022_000, "1 022": 1022, "1\u00a0022": 1022, "1'022": 1022,
    "28,5": 28.5, "-12%": -12, "−12%": -12, "– 12": -12, "+15": 15, "28,5 %": 28.5, "100%": 100, "12*": 12,
    "418 2)": 418, "418²": 418,
}  # fmt: skip
ASKED = ["22.5", "6,063", "1.02", "1.0222", "4182)", "22.500,1.2"]
REASONS = {
    "": BLANK,
    "(leeg)": BLANK,
    "<5": SECRET,
    ".": SECRET,
    "x": SECRET,
    "-": ABSENT,
    "–": ABSENT,
    "n.v.t.": ABSENT,
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_dutch_number_is_read(text: str, value: float) -> None:
    assert read_number(text).value == value


@pytest.mark.parametrize("text", ASKED)
def test_a_number_that_can_be_two_is_not_guessed(text: str) -> None:
    found = read_number(text)
    assert found.value is None
    assert found.reason == ASK or found.reason == "geen getal"


@pytest.mark.parametrize(("text", "reason"), REASONS.items())
def test_no_number_has_a_reason(text: str, reason: str) -> None:
    assert read_number(text).reason == reason


def test_a_share_of_a_sheet_is_what_the_sheet_shows() -> None:
    assert (
        read_number("0.285", "0.0%").value == read_number("0,285", "0,0%").value == read_number("28,5%").value == 28.5
    )


def test_a_question_names_both_numbers() -> None:
    assert read_number("22.5").doubt == "“22.5” kan 22,5 zijn of 225"
    assert "6.063" in read_number("6,063").doubt
    assert "418 met voetnoot 2)" in read_number("4182)").doubt


def test_two_lines_of_one_cell_are_no_thousand() -> None:
    assert read_number("12\n345").value is None
    assert read_number("12 345\n").value == 12345
