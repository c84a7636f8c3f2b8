"""A deck as an Excel workbook: a sheet per figure with its numbers as numbers, one with all of them in a long table to
reckon with, and one that accounts for them.

Percentages are stored as Excel does, 54,3% as 0,543. Text is always text: a cell that begins as a formula does is
marked as quoted, so that it stays text when it is edited.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from textwrap import wrap
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from vt.figures import wording
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure, cite
from vt.figures.longtable import LongRow, list_long_rows
from vt.figures.table import Bounds, Heading, Table, Value
from vt.model.hidden import Suppression
from vt.model.measures import Measure
from vt.render import theme

AUTHOR = "Veilig Thuis-cijfers"
ACCOUNT, LONG = "Toelichting", "Alle getallen"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_FORMULA = ("=", "+", "-", "@")
_MOST_IN_NAME, _MOST_IN_CELL, _MOST_IN_LINK = 31, 32_767, 2_000
_LONG_WIDTHS = (30, 22, 16, 20, 30, 14, 11, 11, 11, 12, 40, 14, 60)
_WIDEST, _NARROWEST, _UNSET, _NOTE_WIDTH, _ACCOUNT_WIDTHS = 48, 9, 8.43, 100, (34, 110)
_LINE, _SIZE, _TITLE_SIZE, _HIGHEST = 15, 11, 14, 409  # points; Excel knows no higher row
_HEAD_ROW = 3
_BODY = {"valign": "top"}
_TEXT = {"text_wrap": True, "valign": "top"}
_NOTE = _TEXT | {"font_color": theme.QUIET}
_WHOLE, _PARTS = _BODY | {"num_format": "#,##0"}, _BODY | {"num_format": "#,##0.00"}
_TITLE = _TEXT | {"bold": True, "font_size": _TITLE_SIZE}
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
_TOTAL = {"bold": True, "top": 1}
_Style = dict[str, Any]


class _Entry(NamedTuple):
    """A row of the account; an address is followed, other text never."""

    label: str
    text: str
    is_address: bool = False


def write_xlsx(deck: Deck) -> bytes:
    """The workbook: a sheet per slide in their order, then all numbers in one table, then what accounts for them."""
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": _clean_lines(deck.title),
                "subject": _clean_lines(deck.subtitle),
                "author": AUTHOR,
                "comments": _clean_lines(deck.filters),
                "created": datetime.combine(deck.made_on, time(12), UTC),
            }
        )
        workbook.set_custom_property("Language", "nl-NL")
        names = sheet_names([slide.figure for slide in deck.slides])
        for name, slide in zip(names, deck.slides, strict=True):
            _write_slide(_Page(workbook, name), slide)
        if rows := list(dict.fromkeys(row for slide in deck.slides for row in list_long_rows(slide.figure))):
            _write_long(_Page(workbook, LONG), rows)
        _write_account(_Page(workbook, ACCOUNT), deck, names)
    return out.getvalue()


def sheet_names(figures: Sequence[Figure]) -> list[str]:
    """A name for the sheet of each figure, after what it counts: none twice, and each as Excel allows."""
    taken = {ACCOUNT.casefold(), LONG.casefold(), "history", "geschiedenis"}
    names = []
    for figure in figures:
        label = re.sub(r"[\[\]:*?/\\\U00010000-\U0010ffff]+", " ", _clean_lines(figure.subject.label))
        label = " ".join(label.split()).strip("' ") or "Figuur"
        number, name = 1, wording.truncate(label, _MOST_IN_NAME)
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = wording.truncate(label, _MOST_IN_NAME - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


class _Page:
    """A worksheet that is written by cell, where text is never a formula, a link or a number."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        self._workbook = workbook
        self._formats: dict[frozenset[tuple[str, Any]], Format] = {}
        self._widths: dict[int, float] = {}
        self.table = workbook.add_worksheet(name)
        self.table.set_landscape()
        self.table.set_paper(9)  # A4
        self.table.fit_to_pages(1, 0)
        self.table.set_footer("&L&A&R&P / &N")

    def set_width(self, column: int, width: float) -> None:
        """The width of a column in characters."""
        self._widths[column] = width
        self.table.set_column(column, column, width)

    def text(self, row: int, column: int, text: str, style: _Style) -> None:
        """Text; quoted where Excel would take it for a formula when it is edited."""
        cell = _clean_lines(text)[:_MOST_IN_CELL]
        quoted = style | {"quote_prefix": True} if cell.lstrip().startswith(_FORMULA) else style
        self.table.write_string(row, column, cell, self._format(quoted))

    def note(self, row: int, text: str, style: _Style) -> None:
        """Text over as many columns as make a line that reads well, in a row as high as it needs."""
        last, wide = 0, self._widths.get(0, _UNSET)
        while wide < _NOTE_WIDTH:
            last += 1
            wide += self._widths.get(last, _UNSET)
        if last:
            self.table.merge_range(row, 0, row, last, "", self._format(style))
        self.set_height(row, [(text, wide)], style.get("font_size", _SIZE))
        self.text(row, 0, text, style)

    def set_height(self, row: int, texts: Iterable[tuple[str, float]], size: int = _SIZE) -> None:
        """The height of a row in which each text is wrapped to its width in characters."""
        lines = (
            sum(len(wrap(line, max(1, int(wide * _SIZE / size)))) or 1 for line in _clean_lines(text).split("\n"))
            for text, wide in texts
        )
        self.table.set_row(row, min(_LINE * size / _SIZE * max(lines, default=1), _HIGHEST))

    def number(self, row: int, column: int, value: float, style: _Style) -> None:
        self.table.write_number(row, column, value, self._format(style))

    def empty(self, row: int, column: int, style: _Style) -> None:
        """An empty cell, for its lines."""
        self.table.write_blank(row, column, None, self._format(style))

    def link(self, row: int, column: int, address: str, style: _Style) -> None:
        """An address that can be followed where it is one of the web; else text."""
        if re.fullmatch(r"https?://[^\s\"<>]+", address) and len(address) <= _MOST_IN_LINK:
            looks = style | {"font_color": theme.ACCENT, "underline": 1}
            self.table.write_url(row, column, address, self._format(looks), address[:255])
        else:
            self.text(row, column, address, style)

    def _format(self, style: _Style) -> Format:
        key = frozenset(style.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(style)
        return self._formats[key]


def _write_slide(page: _Page, slide: Slide) -> None:
    """Title and subtitle, the table, and under it its sources and notes."""
    figure = slide.figure
    _write_table(page, figure)
    page.note(0, slide.title, _TITLE)
    page.note(1, slide.subtitle, _NOTE)
    page.table.freeze_panes(_HEAD_ROW + 1, 1)
    page.table.repeat_rows(_HEAD_ROW)
    row = _HEAD_ROW + len(figure.table.rows) + 2
    for number, text in enumerate(
        [*(f"Bron: {source}" for source in cite(figure.sources)), *figure.beneath, *figure.notes]
    ):
        page.note(row + number, text, _NOTE)


def _write_table(page: _Page, figure: Figure) -> None:
    sheet = figure.table
    widths = [_choose_width(sheet, column) for column in range(len(sheet.headings))]
    page.set_height(_HEAD_ROW, [(heading.label, wide) for heading, wide in zip(sheet.headings, widths, strict=True)])
    for column, heading in enumerate(sheet.headings):
        aligned = {"align": "left" if heading.measure is None else "right"}
        page.text(_HEAD_ROW, column, heading.label, _HEAD | aligned)
        page.set_width(column, widths[column])
        pattern = _choose_pattern(heading, [row[column] for row in sheet.rows])
        for number, row in enumerate(sheet.rows):
            style = _BODY | (_TOTAL if number in sheet.totals else {})
            mark = " ≠" if (number, column) in figure.doubted else ""
            _write_value(page, (_HEAD_ROW + 1 + number, column), heading, row[column], (pattern, mark, style))
    for number, row in enumerate(sheet.rows, _HEAD_ROW + 1):
        words = [_write_words(heading, value) for heading, value in zip(sheet.headings, row, strict=True)]
        if max(map(len, words), default=0) > _WIDEST - 3:
            page.set_height(number, zip(words, widths, strict=True))


def _write_value(
    page: _Page, at: tuple[int, int], heading: Heading, value: Value, look: tuple[str, str, _Style]
) -> None:
    """A value in its cell; `look` is the number format, a mark to stand behind it, and the rest of the style."""
    pattern, mark, style = look
    if isinstance(value, Bounds) and value.low == value.high:
        value, mark = value.low, f"°{mark}"
    if value is None:
        page.empty(*at, style)
    elif isinstance(value, Bounds | str | Suppression) or heading.measure is None:
        side = "left" if heading.measure is None else "right"
        page.text(*at, _write_words(heading, value) + mark, style | _TEXT | {"align": side})
    else:
        marked = f'{pattern}"{mark}"' if mark else pattern
        page.number(*at, value / 100 if _is_percentage(heading) else value + 0, style | {"num_format": marked})


def _write_words(heading: Heading, value: Value) -> str:
    """A value that is not one number; bounds never as 1-3, which is a date to a spreadsheet."""
    if isinstance(value, Bounds):
        return " t/m ".join(heading.format(bound) for bound in value)
    return heading.format(value)


def _choose_pattern(heading: Heading, values: Iterable[Value]) -> str:
    """The number format of a column: as many decimals as its measure is shown with, one more for a share."""
    if heading.measure and heading.measure.is_share:
        return "0.0%"
    bounds = [v for value in values for v in (value if isinstance(value, Bounds) else (value,))]
    is_whole = all(bound == int(bound) for bound in bounds if isinstance(bound, float | int))
    if _is_percentage(heading):
        return "0%" if is_whole else "0.0%"
    if heading.measure is Measure.PER_1000:
        return "#,##0.00"
    return "#,##0" if is_whole and heading.measure is Measure.AANTAL else "#,##0.0"


def _is_percentage(heading: Heading) -> bool:
    return heading.measure is not None and (heading.measure.is_share or heading.unit == "procent")


def _choose_width(sheet: Table, column: int) -> float:
    """The width of a column in characters: room for its longest value, and for its heading on three lines."""
    heading = sheet.headings[column]
    words = max(map(len, heading.label.split()), default=0)
    head = len(heading.label) if heading.measure is None else max(words, len(heading.label) / 3)
    values = max((len(_write_words(heading, row[column])) for row in sheet.rows), default=0)
    return min(max(head + 2, values + 3, _NARROWEST), _WIDEST)


def _write_long(page: _Page, rows: Sequence[LongRow]) -> None:
    """Every number on a row, as a table with a name and a filter; what is no number in a number's column is empty."""
    for column, wide in enumerate(_LONG_WIDTHS):
        page.set_width(column, wide)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.text(number, column, value, _BODY)
            elif value is not None:
                page.number(number, column, value + 0, _PARTS if value % 1 else _WHOLE)
    columns = [{"header": name} for name in LongRow._fields]
    page.table.add_table(
        0, 0, len(rows), len(columns) - 1, {"name": "getallen", "columns": columns, "style": "Table Style Light 1"}
    )
    page.table.freeze_panes(1, 2)
    page.table.repeat_rows(0)


def _write_account(page: _Page, deck: Deck, names: Sequence[str]) -> None:
    """What the figures are, where they come from, and what is not there: a label and a text per row."""
    for column, wide in enumerate(_ACCOUNT_WIDTHS):
        page.set_width(column, wide)
    page.note(0, deck.title, _TITLE)
    page.note(1, deck.subtitle, _NOTE)
    for row, entry in enumerate(_list_account(deck, names), 3):
        if entry.label:
            page.text(row, 0, entry.label, _TEXT | {"bold": True})
        write = page.link if entry.is_address else page.text
        write(row, 1, entry.text, _TEXT)
        page.set_height(row, zip(entry[:2], _ACCOUNT_WIDTHS, strict=True))


def _list_account(deck: Deck, names: Sequence[str]) -> Iterator[_Entry]:
    """Every row of the account; an empty one before each figure."""
    yield _Entry("Filters", deck.filters)
    yield from _label_first("Bronnen", deck.sources)
    yield _Entry("Versie van de gegevens", deck.data_version)
    yield _Entry("Gemaakt op", wording.format_date(deck.made_on))
    yield _Entry("Actuele weergave", deck.link, is_address=True)
    yield from _label_first("Wat de bronnen niet kunnen vullen", deck.left_out)
    for number, question in enumerate(deck.questions):
        yield _Entry("" if number else "Geparkeerde vragen", question.text)
        yield _Entry("", question.link, is_address=True)
    for name, slide in zip(names, deck.slides, strict=True):
        figure = slide.figure
        said = [slide.title, slide.subtitle, slide.spoken]
        sources = [f"Bron: {source}" for source in cite(figure.sources)]
        yield _Entry("", "")
        yield from _label_first(f"Blad “{name}”", [*filter(None, said), *sources, *figure.beneath, *figure.notes])


def _label_first(label: str, texts: Iterable[str]) -> Iterator[_Entry]:
    for number, text in enumerate(texts):
        yield _Entry("" if number else label, text)


def _clean_lines(text: str) -> str:
    return "\n".join(map(wording.clean, text.splitlines()))
