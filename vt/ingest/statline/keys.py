"""How StatLine writes keys: titles, periods and regions."""

import re
from contextlib import suppress
from typing import NamedTuple

from vt.model.period import Period

_CODE = re.compile(r"(?P<year>\d{4})(?P<kind>JJ|HJ|KW|MM)(?P<number>\d\d)")
_TABLE = re.compile(r"\d{5}[A-Za-z]{3}")
_LENGTHS = {"JJ": 12, "HJ": 6, "KW": 3, "MM": 1}
_KINDS = {6: "HJ", 3: "KW", 12: "JJ"}
_ORDINALS = {"eerste": "1", "tweede": "2"}
_PARTS = re.compile(
    r"(?P<first>\d{4} )?(?P<nth>[1-4](?:e|ste|de)?|eerste|tweede) (?P<kind>half ?jaar|kwartaal)(?P<last> \d{4})?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(\d{4})[ -]?[Hh]([12])")


class Labelled(NamedTuple):
    """A period as a page of StatLine names it; `stars` are the signs of its status behind it: * or **."""

    period: Period
    stars: str


def normalise(title: str) -> str:
    """A title as it is compared: case, blanks and trailing dots make no difference, nor blanks beside a sign."""
    text = " ".join(title.replace("…", "...").split()).casefold().rstrip(" .")
    return re.sub(r"\s*([:/;,&|])\s*", r"\1", text)


def find_table(*names: str) -> str:
    """The id of the table that the first of these names holds; "" where none does."""
    return next((match[0].upper() for name in names if (match := _TABLE.search(name))), "")


def parse_code(code: str) -> Period | None:
    """The period of a code (2021HJ01); None for what is no period of whole months."""
    match = _CODE.fullmatch(code.strip())
    if match is None:
        return None
    year, months, number = int(match["year"]), _LENGTHS[match["kind"]], int(match["number"])
    if months == 12:
        return Period(year * 12, 12) if number == 0 else None
    return Period(year * 12 + (number - 1) * months, months) if 1 <= number <= 12 // months else None


def write_code(period: Period) -> str:
    """The code of a period: 2021HJ01."""
    number = 0 if period.months == 12 else period.start % 12 // period.months + 1
    return f"{period.year}{_KINDS[period.months]}{number:02}"


def parse_label(label: str) -> Labelled | None:
    """The period that a label names, with its stars: 2021 1e halfjaar**, 1e halfjaar 2021, 2021H1."""
    text = " ".join(label.split())
    bare = text.rstrip("* ")
    with suppress(ValueError):
        period = Period.parse(_PARTS.sub(_name_part, _SHORT.sub(r"\1-H\2", bare)))
        return Labelled(period, text[len(bare) :].strip()) if period.months in _KINDS else None
    return None


def _name_part(parts: re.Match[str]) -> str:
    """A part of a year as Period names it: 1e halfjaar 2021."""
    nth = _ORDINALS.get(parts["nth"].lower(), parts["nth"])
    year = f"{parts['first'] or ''}{parts['last'] or ''}".strip()
    return f"{nth[:1]}e {parts['kind'].replace(' ', '')} {year}"


def strip_suffix(label: str) -> tuple[str, str]:
    """The name of a region and the suffix that tells its kind: Drenthe (VT) is Drenthe, VT; Hengelo (O.) has none."""
    match = re.fullmatch(r"(.*) \((VT|PV|LD|CR|gemeente)\)", label.strip())
    return (match[1], match[2]) if match else (label.strip(), "")
