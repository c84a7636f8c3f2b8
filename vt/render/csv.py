"""Numbers as CSV for a Dutch spreadsheet, a row for each; and what goes with them as a file beside it (CSVW)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping

from vt.figures.deck import Deck
from vt.figures.figure import Figure, cite
from vt.figures.longtable import LongRow, list_long_rows
from vt.render.opendata import list_columns

NOTES_ENDING = "csv-metadata.json"  # where a reader of CSVW looks for it
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write_csv(deck: Deck) -> bytes:
    """The numbers of a deck, each once, on a row with what it is about and where it was printed."""
    return write_long(row for slide in deck.slides for row in list_long_rows(slide.figure))


def write_long(rows: Iterable[LongRow]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as a Dutch Excel opens it; decimal commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(LongRow._fields)
    writer.writerows([[write_cell(value) for value in row] for row in dict.fromkeys(rows)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_notes(deck: Deck) -> bytes:
    """What must be known of the numbers of a CSV, as metadata for it (W3C, CSV on the Web)."""
    figures = [slide.figure for slide in deck.slides]
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": file_name(figures[0], "csv") if figures else "",
        "dialect": {"delimiter": ";", "header": True, "encoding": "utf-8"},
        "dc:title": "; ".join(slide.title for slide in deck.slides),
        "dc:description": "; ".join(slide.subtitle for slide in deck.slides),
        "dc:source": [source for figure in figures for source in cite(figure.sources)],
        "dc:created": deck.made_on.isoformat(),
        "rdfs:comment": [note for figure in figures for note in (*figure.beneath, *figure.notes, deck.made)],
        "tableSchema": {"columns": [_describe_column(column) for column in list_columns(1)]},
    }
    return json.dumps(described, ensure_ascii=False, indent=2).encode()


def _describe_column(column: Mapping[str, str]) -> dict[str, object]:
    """A column as the open data describe it, with the comma of its numbers."""
    comma = {"base": "decimal", "format": {"decimalChar": ","}}
    return {**column, "datatype": comma if column["datatype"] == "number" else column["datatype"]}


def file_name(figure: Figure, ending: str) -> str:
    """A name that says what is in the file: Meldingen_Zwolle-2021-aantal.csv."""
    return f"{slug(figure.subject.label)}_{slug(figure.subject.scope)}.{ending}"


def slug(text: str) -> str:
    """Words as they can stand in the name of a file."""
    return re.sub(r"[^\w]+", "-", text).strip("-")[:80].strip("-")


def write_cell(value: float | str | None) -> str:
    """A number with a decimal comma; text that a spreadsheet does not take for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")
