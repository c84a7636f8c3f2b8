"""The sheet behind a chart, which goes on working when a number in it is changed: totals are sums, and what stands at a
bar, as 259 (40%), is worked out in a column of its own."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vt.figures import wording
from vt.figures.chart import Role

SHEET = "Sheet1"
WHOLE = "Geheel"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_ENDINGS = tuple(f"{unit}{sign}" for sign in ("", "*", "°", " ≠", "* ≠", "° ≠") for unit in ("", "%"))


class Point(NamedTuple):
    """A value of a series with what it means, and its number as text ('' where none stands at it).

    `number` and `share` are what that text is made of, where more than the number stands there.
    """

    value: float
    role: Role | None
    text: str
    number: str = ""
    share: str = ""


@dataclass(frozen=True)
class Series:
    """A column of the sheet: a point or None per category. `names` puts its name before the numbers at its bars; a
    `is_sum` adds up those before it; a `mark` is a line at its value."""

    name: str
    points: tuple[Point | None, ...]
    is_drawn: bool = True
    names: bool = False
    is_sum: bool = False
    mark: Role | None = None

    def label(self, point: Point) -> str:
        """What stands at a point: its number, after the name of the series where that is asked."""
        return f"{self.name}: {point.text}" if self.names else point.text


class _Base(NamedTuple):
    """What a share may be of: as a formula, and its value."""

    formula: str
    value: float


def write_sheet(
    categories: Sequence[str], series: Sequence[Series], labelled: Sequence[int], wholes: Sequence[float]
) -> bytes:
    """The sheet, in which no text is a formula or a link. `labelled` are the series of which texts stand at the bars,
    each in a column after all series; `wholes` are what shares can be of, when it is in none of them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(series) + len(labelled), 16)
        for row, category in enumerate(categories, 1):
            sheet.write_string(row, 0, category)
        for column, one in enumerate(series, 1):
            _write_series(sheet, column, one, series)
        for column, at in enumerate(labelled, len(series) + 1):
            _write_labels(sheet, column, at, series, wholes)
    return out.getvalue()


def _write_series(sheet: Worksheet, column: int, one: Series, series: Sequence[Series]) -> None:
    sheet.write_string(0, column, one.name)
    for row, point in enumerate(one.points, 1):
        if point is None:
            continue
        parts = [other.points[row - 1] for other in series[: column - 1]]
        is_sum = one.is_sum and abs(sum(part.value for part in parts if part) - point.value) < 1e-6
        first, last = xl_rowcol_to_cell(row, 1), xl_rowcol_to_cell(row, column - 1)
        if is_sum and any(parts):
            sheet.write_formula(row, column, f"=SUM({first}:{last})", None, point.value)
        else:
            sheet.write_number(row, column, point.value)


def _write_labels(sheet: Worksheet, column: int, at: int, series: Sequence[Series], wholes: Sequence[float]) -> None:
    """What stands at the bars of a series, as formulas where they can be had of its values."""
    one = series[at]
    sheet.write_string(0, column, f"Tekst bij {one.name}")
    bases = _find_bases(sheet, at, series, wholes)
    for row, point in enumerate(one.points, 1):
        if point and point.text:
            label, name = one.label(point), xl_rowcol_to_cell(0, at + 1, row_abs=True)
            if formula := _work_out(xl_rowcol_to_cell(row, at + 1), point, bases[row - 1] if bases else None):
                opening = f'{name}&": "&' if one.names else ""
                sheet.write_formula(row, column, f"={opening}{formula}", None, label)
            else:
                sheet.write_string(row, column, label)


def _find_bases(sheet: Worksheet, at: int, series: Sequence[Series], wholes: Sequence[float]) -> list[_Base] | None:
    """Of each row what its share is of: the first that gives every share as it is written."""
    points = series[at].points
    shares = [(n, point) for n, point in enumerate(points) if point and point.share]
    for bases in _list_bases(at, series, wholes):
        if shares and all(_say_share(point.value / bases[n].value * 100, point.share) for n, point in shares):
            if bases[0].formula.startswith("$"):
                sheet.write_string(len(points) + 2, 0, WHOLE)
                sheet.write_number(len(points) + 2, 1, bases[0].value)
            return bases
    return None


def _list_bases(at: int, series: Sequence[Series], wholes: Sequence[float]) -> Iterator[list[_Base]]:
    """The sum of the column, the sums of the rows, and numbers that the figure gives as wholes."""
    points = series[at].points
    first, last = (xl_rowcol_to_cell(row, at + 1, row_abs=True) for row in (1, len(points)))
    total = sum(point.value for point in points if point)
    yield [_Base(f"SUM({first}:{last})", total or 1)] * len(points)
    sums = [sum(point.value for one in series if (point := one.points[n])) for n in range(len(points))]
    ends = [(xl_rowcol_to_cell(n, 1), xl_rowcol_to_cell(n, len(series))) for n in range(1, len(points) + 1)]
    yield [_Base(f"SUM({a}:{b})", whole or 1) for (a, b), whole in zip(ends, sums, strict=True)]
    spot = xl_rowcol_to_cell(len(points) + 2, 1, row_abs=True, col_abs=True)
    yield from ([_Base(spot, whole)] * len(points) for whole in wholes if whole)


def _work_out(cell: str, point: Point, base: _Base | None) -> str:
    """The formula of the text at a point; "" where it says more than its value does."""
    number = point.number or point.text
    found = _say_number(point.value, number)
    if found is None or (point.share and base is None):
        return ""
    decimals, ending = found
    said = f"FIXED({cell},{decimals})" + (f'&"{ending}"' if ending else "")
    if not point.share or base is None:
        return said if number == point.text else ""
    share = _say_share(point.value / base.value * 100, point.share)
    text = share.format(share=f"100*{cell}/{base.formula}")
    return f'{said}&" ("&{text}&")"' if point.text == f"{number} ({point.share})" else ""


def _say_number(value: float, text: str) -> tuple[int, str] | None:
    """With how many decimals and which sign behind it a value is written."""
    return next(
        ((n, end) for n in (0, 1, 2) for end in _ENDINGS if wording.format_number(value, n) + end == text), None
    )


def _say_share(value: float, text: str) -> str:
    """How a share of {share} is written, as a formula; "" where it is written in no way that is known."""
    if wording.format_percent(value) == text:
        whole = 'FIXED({share},0)&"%"'
        return f'IF(AND({{share}}>0,{{share}}<0.5),"<1%",IF(AND({{share}}>=99.5,{{share}}<100),">99%",{whole}))'
    if f"{wording.format_number(value, 1)}%" == text:
        return 'FIXED({share},IF({share}<10,1,0))&"%"'
    return ""
