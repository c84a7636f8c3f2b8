"""A figure as CSV: what it shows, its numbers as numbers, and where they come from."""

import csv
import io
import re

from vt.figure import Figure, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(figure: Figure) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as a Dutch Excel opens it; decimal commas; notes below the table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([heading.label for heading in figure.sheet.headings])
    writer.writerows([[_cell(value) for value in row] for row in figure.sheet.rows])
    writer.writerow([])
    writer.writerow([_text(figure.finding)])
    writer.writerow([_text(figure.subtitle)])
    writer.writerows([[_text(f"Bron: {source.text}")] for source in figure.sources])
    writer.writerows([[_text(note)] for note in (*figure.notices, *figure.caveats)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def file_name(figure: Figure, ending: str) -> str:
    """A name that says what is in the file: meldingen_Zwolle-2021.csv."""
    words = re.sub(r"[^\w]+", "-", figure.subtitle.split(" · ", 1)[-1]).strip("-")
    return f"{figure.id.replace('.', '_')}_{words[:80]}.{ending}"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    return f"{value:.10g}".replace(".", ",")


def _text(value: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
