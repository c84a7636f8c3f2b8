"""The text around a chart as HTML: heading, notices, legend, table, sources. Jinja2 escapes every word from outside."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from vt.figures import wording
from vt.figures.deck import Question, Slide
from vt.figures.figure import FLAG_SIGN, Figure, Source, cite
from vt.figures.flags import CONTESTED_LABELS, STANDING_LABELS
from vt.figures.headlines import Headline
from vt.figures.table import Link
from vt.model.catalogue import TOTAL
from vt.render import theme
from vt.store.printed import PrintedTable
from vt.store.reference import SourceTable

SOURCES_PAGE = "bronnen"
OPEN_UP_TO = 8


def fill_template(name: str, macro: str, *data: object) -> str:
    """What a macro of templates/<name>.html makes of the data. Raises UndefinedError where something is not there."""
    return str(getattr(_TEMPLATES.get_template(f"{name}.html").module, macro)(*data))


def render_head(figure: Figure) -> str:
    """Title, subtitle, the summary for a screen reader, what could not be answered, and the legend."""
    return fill_template("figure", "head", figure)


def render_foot(figure: Figure) -> str:
    """What the checks found, the numbers as a table, the sources and the caveats."""
    return fill_template("figure", "foot", figure)


def render_notices(texts: Sequence[str]) -> str:
    """What is not there, why, and what is shown instead."""
    return fill_template("parts", "notices", texts)


def render_cards(place: str, headlines: Sequence[Headline]) -> str:
    """The headline numbers of a place, each with its period, its change and its source."""
    return fill_template("figure", "cards", place, headlines)


def render_paragraph(text: str) -> str:
    """A text by itself."""
    return fill_template("parts", "paragraph", text)


def render_heading(text: str) -> str:
    """A heading between figures that is made of a label."""
    return fill_template("parts", "heading", text)


def describe_printed(
    source: SourceTable,
    table: PrintedTable,
    statements: Sequence[str] = (),
    marked: Collection[tuple[int, int]] = (),
) -> tuple[object, ...]:
    """What the template of a table as printed asks for: the table, notes, what is said of it, the asked cells."""
    notes = [*source.differences, *([source.caveat] if source.caveat else [])]
    notes += [wording.RECOVERED] if table.worked else []
    return source, table, notes, statements, marked


def render_site_map(sections: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Every page by section, as links: a second way to find a page beside the navigation."""
    return fill_template("site", "site_map", sections)


def render_copy_link(query: str) -> str:
    """A button that puts the link to this view on the clipboard."""
    return fill_template("site", "copy_link", query)


# --- presenting ------------------------------------------------------------------------------------------------------


def render_slides(slides: Sequence[Slide]) -> str:
    """The slides of a deck in order: title, what it is about, and what can be said beside it."""
    return fill_template("presenter", "slides", slides)


def render_pick(number: int, title: str) -> str:
    """A kept figure in its place."""
    return fill_template("presenter", "pick", number, title)


def render_questions(questions: Sequence[Question]) -> str:
    """Parked questions, each a link to the view that it was asked on."""
    return fill_template("presenter", "questions", questions)


def render_slide_head(slide: Slide) -> str:
    """Above the chart on stage: title, subtitle, legend; what was asked and is not there."""
    return fill_template("presenter", "slide_head", slide)


def render_slide_notes(figure: Figure, left_out: int) -> str:
    """Below the chart on stage: what is doubted, rows that a room could not read; by ear the summary and the table."""
    return fill_template("presenter", "slide_notes", figure, left_out)


def render_question_slide(questions: Sequence[Question]) -> str:
    """The last slide: the questions that were parked."""
    return fill_template("presenter", "question_slide", questions)


def render_slide_foot(filters: str, sources: Sequence[Source], number: int, count: int) -> str:
    """The bar below a slide: its number, every filter, the source."""
    return fill_template("presenter", "slide_foot", filters, cite(sources), number, count)


# --- what templates ask ----------------------------------------------------------------------------------------------


def make_table_query(address: str | None, row: int | None = None, column: int | None = None) -> str:
    """The query that asks for a table as printed, with one of its cells marked; "" where there is no table."""
    if address is None:
        return ""
    cell = {} if row is None else {"cel": f"r{row}k{column}"}
    return urlencode({"tabel": address} | cell, safe="/")


def make_number_query(links: Sequence[Link]) -> str:
    """The query that asks for the table in which a number was printed: of a sum, for every number in it."""
    return urlencode([pair for link in links for pair in (("tabel", link.table), ("cel", link.slice))], safe="/~")


def group_sources(sources: Iterable[Source]) -> list[tuple[str, list[Source]]]:
    """The sources per report, each table once."""
    reports: dict[str, dict[str, Source]] = {}
    for source in sources:
        reports.setdefault(source.report_name, {}).setdefault(source.short, source)
    return [(report, list(tables.values())) for report, tables in reports.items()]


def format_cell(table: PrintedTable, at: tuple[int, int]) -> str:
    """What stands in a cell of a printed table: its number, the bounds of a lost one, or nothing."""
    value = table.cells.get(at)
    low, high = table.worked.get(at, (0.0, 0.0))
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
    functions: tuple[Any, ...] = (group_sources, make_number_query, format_percentage, format_cell, make_table_query)
    functions += (wording.capitalize, wording.format_date, wording.format_value, wording.join_words)
    made.globals |= {function.__name__: function for function in functions}
    made.globals |= {"CONTESTED_LABELS": CONTESTED_LABELS, "STANDING_LABELS": STANDING_LABELS}
    made.globals |= {"FLAG_SIGN": FLAG_SIGN, "OPEN_UP_TO": OPEN_UP_TO, "SOURCES_PAGE": SOURCES_PAGE, "TOTAL": TOTAL}
    made.globals["COLOURS"] = theme.COLOURS
    return made


_TEMPLATES = _environment()
