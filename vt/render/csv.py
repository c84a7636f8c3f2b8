"""A figure as CSV: what it shows, its numbers as numbers, and where they come from."""

import csv
import io
import re

from vt.figures.figure import Figure, cite
from vt.figures.table import Bounds, Heading, Value
from vt.model.hidden import Suppression

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write_csv(figure: Figure, made: str = "") -> bytes:
    """UTF-8 with a byte order mark and semicolons, as a Dutch Excel opens it; decimal commas; notes below the table.

    `made` says when and from which data.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_quote_formula(_write_heading(heading)) for heading in figure.table.headings])
    writer.writerows([[_write_cell(value) for value in row] for row in figure.table.rows])
    writer.writerow([])
    writer.writerow([_quote_formula(figure.title)])
    writer.writerow([_quote_formula(figure.subtitle)])
    writer.writerows([[_quote_formula(f"Bron: {source}")] for source in cite(figure.sources)])
    writer.writerows([[_quote_formula(note)] for note in (*figure.beneath, *figure.notes, *filter(None, [made]))])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def file_name(figure: Figure, ending: str) -> str:
    """A name that says what is in the file: meldingen_Zwolle-2021.csv."""
    return f"{slug(figure.id.replace('.', '_'))}_{slug(figure.subject.scope)}.{ending}"


def slug(text: str) -> str:
    """Words as they can stand in the name of a file."""
    return re.sub(r"[^\w]+", "-", text).strip("-")[:80].strip("-")


def _write_heading(heading: Heading) -> str:
    """The label of a column, with a percent sign where the shown numbers have one."""
    is_percentage = heading.measure is not None and (heading.measure.is_share or heading.unit == "procent")
    return f"{heading.label} (%)" if is_percentage else heading.label


def _write_cell(value: Value) -> str:
    if isinstance(value, Bounds):  # not 1-3, which a spreadsheet takes for the first of March
        return (
            _write_cell(value.low)
            if value.low == value.high
            else f"{_write_cell(value.low)} t/m {_write_cell(value.high)}"
        )
    if value is None:
        return ""
    if isinstance(value, str | Suppression):
        return _quote_formula(str(value))
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def _quote_formula(value: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
