"""Printed text -> a number, as Dutch reports print them; of what is no number, the reason why."""

import re
from dataclasses import dataclass, replace

BLANK, SECRET, ABSENT, ASK = "leeg", "geheim", "geen cijfer", "vraag"
NO_NUMBER = "geen getal"
UNSURE = "?"  # behind a digit that a reader takes for such a mark, and is not sure of
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # how a reader writes a raised digit: the mark of a footnote

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_TWO_LINES = re.compile(r"\d\s*\n\s*\d")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-", "’": "'"})
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[.' ]\d{3})+")
_DECIMAL = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_THOUSAND_COMMA = re.compile(r"\d{1,3},\d{3}")
_FOOTNOTE = re.compile(r"(?P<number>.*\d%?)(?:\s?\*+|\s\d\)|\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?)")
_BELOW = re.compile(r"(?:<\s?=?|minder dan|≤|[01]\s?-|[01] t/m)\s?(?P<number>\d+)")
_RANGE = re.compile(r"\d+\s?(?:-|t/m)\s?\d+")
_WITH_SHARE = re.compile(r"(?P<number>.*\d)\s?(?P<share>\([<>]?\s?\d{1,3}(?:[.,]\d+)?\s?%\))")
_GLUED_FOOTNOTE = re.compile(r"(?P<number>\d+)(?P<mark>\d)\)")
_YEAR = re.compile(r"(?:19|20)\d{2}\s?(?:\*{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]\)?)?")
_REASONS = {
    "": BLANK,
    "(leeg)": BLANK,
    ".": SECRET,
    "x": SECRET,
    "-": ABSENT,
    "nb": ABSENT,
    "n.b.": ABSENT,
    "nvt": ABSENT,
    "n.v.t.": ABSENT,
    "onbekend": ABSENT,
    "*": SECRET,
    "**": SECRET,
}


@dataclass(frozen=True)
class Number:
    """What a cell says: a value, in procent or not, or the `reason` why there is none.

    `note` is what stood behind it: a mark of a footnote, or the share that it is; `doubt` what a person must decide, in
    Dutch; a secret number is less than `below`, where that is said.
    """

    value: float | None = None
    percent: bool = False
    reason: str = ""
    note: str = ""
    doubt: str = ""
    below: int | None = None


def read_number(text: str, format: str = "") -> Number:
    """The number that a cell shows; `format` is that of a sheet, where 0.285 with 0.0% shows 28,5%."""
    if _TWO_LINES.search(text):
        return Number(reason=NO_NUMBER)
    plain = _SPACES.sub(" ", text.translate(_MINUS)).strip()
    if plain.lower() in _REASONS:
        return Number(reason=_REASONS[plain.lower()])
    if match := _BELOW.fullmatch(plain):
        is_open = plain[0] in "<m" and "=" not in plain
        return Number(reason=SECRET, below=int(match["number"]) + (not is_open))
    if match := _FOOTNOTE.fullmatch(plain) or _WITH_SHARE.fullmatch(plain):
        note = plain[len(match["number"]) :].strip()
        return replace(read_number(match["number"], format), note=note)
    if match := _GLUED_FOOTNOTE.fullmatch(plain):
        doubt = (
            f"“{plain}” kan {match['number']} met voetnoot {match['mark']}) zijn of {match['number']}{match['mark']}"
        )
        return Number(reason=ASK, doubt=doubt)
    percent = plain.endswith("%")
    sign, digits = _split_sign(plain.removesuffix("%").strip())
    if "%" in format and not percent:
        return _read_share(sign, digits)
    return _read_digits(sign, digits, percent, text)


def is_number(text: str) -> bool:
    """Whether a text is a number as a cell prints it, or may be one."""
    number = read_number(text)
    return number.value is not None or number.reason == ASK


def is_mark(text: str) -> bool:
    """Whether a text stands where a number is not printed, or not as one: <5, x, - or 5-9."""
    is_range = _RANGE.fullmatch(text.translate(_MINUS).strip()) is not None
    return is_range or read_number(text).reason in (SECRET, ABSENT)


def list_numbers(text: str) -> list[str]:
    """The numbers that stand in a text as words of their own, years left out."""
    words = (word.strip("()[];:,.!?“”‘’'\"") for word in text.split())
    return [word for word in words if is_number(word) and not is_year(word)]


def is_year(text: str) -> bool:
    """Whether a text is a year: what stands in a head as well as in a cell."""
    return _YEAR.fullmatch(text.strip()) is not None


def _split_sign(digits: str) -> tuple[int, str]:
    match = re.match(r"([+-])\s?(?=\d)", digits)
    return (-1 if match and match[1] == "-" else 1), digits[match.end() :] if match else digits


def _read_share(sign: int, digits: str) -> Number:
    """A share of one, as a sheet keeps 28,5%: 0.285, or 0,285 as text."""
    try:
        return Number(sign * round(float(digits.replace(",", ".")) * 100, 6), percent=True)
    except ValueError:
        return _ask(digits)


def _read_digits(sign: int, digits: str, percent: bool, text: str) -> Number:
    if _WHOLE.fullmatch(digits):
        return Number(sign * float(re.sub(r"[.' ]", "", digits)), percent)
    if _THOUSAND_COMMA.fullmatch(digits) and not percent:
        whole = digits.replace(",", ".")
        return Number(reason=ASK, doubt=f"“{text.strip()}” kan {whole} zijn of {digits} (drie decimalen)")
    if _DECIMAL.fullmatch(digits):
        return Number(sign * float(digits.replace(".", "").replace(",", ".")), percent)
    if _ENGLISH.fullmatch(digits):
        return _ask(text.strip())
    return Number(reason=NO_NUMBER)


def _ask(text: str) -> Number:
    joined, comma = re.sub(r"[.,]", "", text), text.replace(",", "").replace(".", ",")
    return Number(reason=ASK, doubt=f"“{text}” kan {comma} zijn of {joined}")
