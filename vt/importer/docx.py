"""A document of Word: its paragraphs and its tables, cell by cell as they are kept: a merged one counts once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from vt.importer.form import Document, RawCell, RawTable, UnreadableError
from vt.importer.numbers import RAISED
from vt.importer.sheets import require_zip

MOST_SPAN = 1_000
_CAPTIONS = ("Caption", "Bijschrift")  # the style of what Word itself puts at a table, by the language it was made in

_Element = Any  # untyped by its library


def read(path: Path) -> Document:
    """The text and the tables of a document, in their order."""
    require_zip(path)
    try:
        body = docx.Document(str(path)).element.body
    except MemoryError:
        raise
    except Exception:  # python-docx raises what zipfile and lxml raise
        raise UnreadableError(f"{path.name} is geen Word-document dat te lezen is; bewaar het als .docx.") from None
    parts = [*body.iterchildren(qn("w:p"), qn("w:tbl"))]
    return Document.of_parts(path.name, "Word", map(_read_part, _lift_captions(parts)))


def _lift_captions(parts: Sequence[_Element]) -> list[_Element]:
    """The parts with the caption of each table before it, where captions stand below their tables."""
    lifted = list(parts)
    captions = [n for n, part in enumerate(parts) if part.tag == qn("w:p") and part.style in _CAPTIONS]
    if not all(captions) or any(parts[n - 1].tag != qn("w:tbl") for n in captions):
        return lifted
    for n in captions:
        lifted[n - 1], lifted[n] = parts[n], parts[n - 1]
    return lifted


def _read_part(part: _Element) -> str | RawTable:
    return RawTable(tuple(_list_cells(part))) if part.tag == qn("w:tbl") else _join_text(part)


def _join_text(part: _Element) -> str:
    """What a paragraph shows: also what was inserted with changes tracked, and not what was deleted."""
    texts = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): " "}
    said = (texts[node.tag] or _show(node) for node in part.iter(*texts))
    return " ".join("".join(said).split())


def _show(node: _Element) -> str:
    """A text; its digits raised where they are printed so, as the mark of a footnote is."""
    text = str(node.text or "")
    shown = getattr(node.getparent(), "rPr", None)
    return text.translate(RAISED) if shown is not None and shown.superscript else text


def _list_cells(table: _Element) -> list[RawCell]:
    cells: list[RawCell] = []
    open_above: dict[int, int] = {}  # by column, the cell that is merged over the rows below it
    for row, line in enumerate(table.tr_lst):
        column = line.grid_before
        for kept in line.tc_lst:
            width = min(kept.grid_span, MOST_SPAN)
            if kept.vMerge == "continue" and column in open_above:
                above = cells[open_above[column]]
                cells[open_above[column]] = RawCell(
                    above.text, above.row, above.column, row - above.row + 1, above.width
                )
            else:
                text = " ".join(filter(None, map(_join_text, kept.p_lst)))
                open_above[column] = len(cells)
                cells.append(RawCell(text, row, column, 1, width))
            column += width
    return cells
