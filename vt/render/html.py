"""The text around a chart as HTML: heading, notices, legend, table, sources. Jinja2 escapes every word from outside."""

import json
import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from vt.figures import wording
from vt.figures.chart import FlowChart, Multiples
from vt.figures.figure import FLAG_SIGN, Figure, Source
from vt.figures.flags import CONTESTED_LABELS, STANDING_LABELS
from vt.figures.registry import SHIELDED
from vt.figures.signs import explain_signs, find_one_number
from vt.figures.table import Link, Table
from vt.model.catalogue import TOTAL, lower_first
from vt.model.hidden import Shielding, Suppression
from vt.model.stories import Story
from vt.render import theme
from vt.render.sketch import sketch
from vt.render.vega.forms import list_texts, rows
from vt.store.printed import PrintedGrid, TableSource
from vt.store.reference import SourceTable

SOURCES_PAGE = "bronnen"
_MOST_BESIDE = 5  # columns of a table that can be read beside its chart
_MOST_STEPS_BESIDE = 4  # steps of a flow that half a page has room for


def fill_template(name: str, macro: str, *data: object) -> str:
    """What a macro of a template, HTML or XML, makes of the data; UndefinedError where something is not there."""
    template = _TEMPLATES.select_template([f"{name}.html", f"{name}.xml"])
    return str(getattr(template.module, macro)(*data))


def render_head(
    figure: Figure,
    said: Collection[object] = (),
    stage: str = "",
    rubric: str = "",
    whose: str = "",
    *,
    is_first: bool = False,
) -> str:
    """Title, subtitle, what more is said and what the words mean, and the legend.

    What the page has `said` is not said again; `stage` is the query that shows the figure to a room; `rubric` what it
    stands under on its page, a heading at the first figure under it; `whose` is told where it is of another place than
    was chosen.
    """
    return fill_template("figure", "head", figure, said, stage, rubric, is_first, whose)


def render_foot(figure: Figure, said: Collection[object] = ()) -> str:
    """What could not be answered, sources, what the checks found, caveats, and the numbers as a table; what the page
    has `said` not again."""
    drawn = list_texts(rows(figure.chart))
    cells = (pair for row in figure.table.rows for pair in zip(figure.table.headings, row, strict=True))
    written = {head.format(value) for head, value in cells}
    # what the checks found has words of its own there
    signs = [sign for sign in explain_signs(figure, drawn) if not sign.startswith(FLAG_SIGN)]
    more = [sign for sign in explain_signs(figure, written) if sign not in signs]
    return fill_template("figure", "foot", figure, said, signs, more)


def has_table_beside(figure: Figure) -> bool:
    """Whether a figure as wide as the page has its table beside it: neither is squeezed."""
    return len(figure.table.headings) <= _MOST_BESIDE and not isinstance(figure.chart, FlowChart | Multiples)


def needs_whole_width(figure: Figure) -> bool:
    """Whether half a page is too narrow for a figure: a flow of many steps is a list there."""
    return isinstance(figure.chart, FlowChart) and len(figure.chart.steps) > _MOST_STEPS_BESIDE


def make_key(text: object) -> str:
    """What a text that a page has said is found by."""
    return f"{crc32(str(text).encode()):x}"


def describe_printed(
    source: SourceTable,
    table: PrintedGrid,
    statements: Sequence[str],
    marked: Collection[tuple[int, int]] = (),
    document: TableSource | None = None,
) -> tuple[object, ...]:
    """What the template of a table as printed asks for: the table, notes, what is said of it, the asked cells, and how
    it looks in its document."""
    notes = [*source.differences, *([source.caveat] if source.caveat else [])]
    notes += [wording.RECOVERED] if table.worked else []
    notes += [SHIELDED[Shielding.RECOVERED]] if Suppression.RECOVERED in table.worked.values() else []
    pictures = [(page, b64encode(png).decode(), boxes) for page, png, boxes in document.pieces] if document else []
    return source, table, notes, statements, marked, pictures, document.spots if document else ()


# --- what templates ask ----------------------------------------------------------------------------------------------


def make_table_query(address: str | None, row: int | None = None, column: int | None = None) -> str:
    """The query that asks for a table as printed, with one of its cells marked; "" where there is no table."""
    if address is None:
        return ""
    cell = {} if row is None else {"cel": f"r{row}k{column}"}
    return urlencode({"tabel": address} | cell, safe="/")


def write_table(table: Table, doubted: Collection[tuple[int, int]] = ()) -> str:
    """What vt/web/assets/js/25-table.js makes a table of: heads, rows of totals, those of the chosen places where it
    compares these with others, and per cell its text, or with it where it was printed and whether that is contested. No
    sign of HTML: a cleaner would take it away."""
    heads = [(heading.label, heading.measure is not None) for heading in table.headings]
    rows = [[_write_cell(table, (y, x), doubted) for x in range(len(row))] for y, row in enumerate(table.rows)]
    made = {"heads": heads, "totals": sorted(table.totals), "rows": rows}
    made |= {} if table.own is None else {"own": sorted(table.own)}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


def _write_cell(table: Table, at: tuple[int, int], doubted: Collection[tuple[int, int]]) -> object:
    row, column = at
    value = table.rows[row][column]
    text, query = table.headings[column].format(value), make_number_query(table.links.get(at, ()))
    return (text, query, at in doubted) if value is not None and (query or at in doubted) else text


def make_number_query(links: Sequence[Link]) -> str:
    """The query that asks for the table in which a number was printed: of a sum, for every number in it."""
    return urlencode([pair for link in links for pair in (("tabel", link.table), ("cel", link.slice))], safe="/~")


def make_source_query(source: Source, links: Mapping[tuple[int, int], Sequence[Link]]) -> str:
    """The query that asks for the table of a source, with the first number that was printed there marked."""
    found = (link for _, printed in sorted(links.items()) for link in printed if link.table == source.address)
    first = next(found, None)
    return make_number_query([first]) if first else make_table_query(source.address)


def make_story_query(story: Story) -> str:
    """The query that opens a story, by its name in the list of stories."""
    return urlencode({"verhaal": story.name})


def make_search_query(text: str) -> str:
    """The query that searches for a text."""
    return urlencode({"zoek": text})


def group_sources(sources: Iterable[Source]) -> list[tuple[str, list[Source]]]:
    """The sources per report, each table once."""
    reports: dict[str, dict[str, Source]] = {}
    for source in sources:
        reports.setdefault(source.cited, {}).setdefault(source.short, source)
    return [(report, list(tables.values())) for report, tables in reports.items()]


def format_cell(table: PrintedGrid, at: tuple[int, int]) -> str:
    """What stands in a cell of a printed table: its number, the bounds of a lost one, or nothing."""
    value = table.cells.get(at)
    worked = table.worked.get(at, (0.0, 0.0))
    if isinstance(worked, Suppression):
        return str(worked)
    low, high = worked
    if value is None and high:
        return wording.format_bounds(wording.format_value(low), wording.format_value(high))
    return "" if value is None else wording.format_value(value)


def format_percentage(value: float) -> str:
    """A percentage as it was printed: whole, or with two decimals."""
    return f"{wording.format_number(value, 0 if value == int(value) else 2)}%"


class _LineBreaks(Extension):
    """Leaves out of a template the line breaks and indentation between two tags: they are for its reader alone."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"(?<=[>}])\s*\n\s*(?=[<{])", "", source)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[_LineBreaks],
    )
    functions: tuple[Any, ...] = (
        make_key,
        make_story_query,
        make_search_query,
        group_sources,
        make_number_query,
        format_percentage,
        format_cell,
        make_table_query,
        make_source_query,
        write_table,
    )
    functions += (lower_first, wording.capitalize, wording.format_date, wording.format_value, wording.join_words)
    functions += (find_one_number, has_table_beside, sketch)
    made.globals |= {function.__name__: function for function in functions}
    made.globals |= {"CONTESTED_LABELS": CONTESTED_LABELS, "STANDING_LABELS": STANDING_LABELS}
    made.globals |= {"FLAG_SIGN": FLAG_SIGN, "SOURCES_PAGE": SOURCES_PAGE, "TOTAL": TOTAL}
    made.globals |= {"COLOURS": theme.COLOURS, "EDGE": theme.EDGE, "PAPER": theme.PAPER}
    return made


_TEMPLATES = _environment()
