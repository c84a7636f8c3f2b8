"""A saved web page: its tables as they are marked, never its text; nothing is fetched or run."""

from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from vt.importer.form import Document, RawCell, RawTable, UnreadableError
from vt.importer.numbers import RAISED
from vt.importer.text import decode

MOST_SPAN = 1_000  # as HTML itself says
_SAID = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "caption", "figcaption", "li")

_Element = Any  # untyped by its library


def read(path: Path) -> Document:
    """The tables of a page that hold no other table, each with what is said before it."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8")
        page = lxml_html.document_fromstring(decode(path.read_bytes()).encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise UnreadableError(f"{path.name} is geen webpagina die te lezen is.") from None
    _mark_breaks(page)
    document = Document.of_parts(path.name, "webpagina", map(_read_part, page.iter("table", "title", *_SAID)))
    if not document.tables:
        raise UnreadableError(f"In {path.name} staat geen tabel; een foto van een tabel is niet te lezen.")
    return document


def _read_part(part: _Element) -> str | RawTable:
    """A table with its caption, or a text outside of tables; "" of one that holds another, and of what is in it."""
    if part.tag != "table":
        is_own = part.tag == "caption" or (part.tag == "figcaption" and _is_of_table(part))
        return "" if is_own or _is_in_cell(part) else _join_text(part)
    if any(True for inner in part.iter("table") if inner is not part and _is_in_cell(inner)) or not (
        cells := _list_cells(part)
    ):
        return ""
    figure = next(part.iterancestors("figure"), None)
    beside = [said for said in figure.iter("figcaption") if _is_of_table(said)] if figure is not None else []
    return RawTable(tuple(cells), tuple(map(_join_text, (*beside, *part.iterchildren("caption")))))


def _is_in_cell(part: _Element) -> bool:
    """Whether it stands in a cell; what stands in a table otherwise, comes after one that is not closed."""
    return any(True for _ in part.iterancestors("td", "th"))


def _is_of_table(caption: _Element) -> bool:
    """Whether a caption is of a figure that is one table: it names that one, above it or below."""
    figure = next(caption.iterancestors("figure"), None)
    return figure is not None and len(figure.findall(".//table")) == 1


def _mark_breaks(page: _Element) -> None:
    """Keep apart in the text what stands apart on the page: a line from the next, a raised digit from a number."""
    for part in page.iter("br"):
        part.tail = f" {part.tail or ''}"
    for part in page.iter("sup"):
        said = part.text_content().translate(RAISED)
        del part[:]
        part.text = said


def _join_text(part: _Element) -> str:
    return " ".join(part.text_content().split())


def _list_cells(table: _Element) -> list[RawCell]:
    """The cells, each at the first column that those merged over rows above it leave free."""
    taken: set[tuple[int, int]] = set()
    cells = []
    own = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    for n, row in enumerate(own):
        column = 0
        for kept in row.iterchildren("td", "th"):
            while (n, column) in taken:
                column += 1
            height, width = (_read_span(kept.get(name)) for name in ("rowspan", "colspan"))
            if height > 1:
                taken |= {(n + down, column + right) for down in range(1, height) for right in range(width)}
            cells.append(RawCell(_join_text(kept), n, column, height, width, hidden=_is_hidden(row, kept)))
            column += width
    return cells


def _read_span(text: str | None) -> int:
    return min(max(int(text), 1), MOST_SPAN) if text and text.strip().isdecimal() else 1


def _is_hidden(*parts: _Element) -> bool:
    styles = ("".join(part.get("style", "").split()).lower() for part in parts)
    return any("hidden" in part.attrib for part in parts) or any("display:none" in style for style in styles)
