"""The HTML of a page as a browser makes it: a table that is sent as data (vt/web/assets/js/25-table.js) written out."""

import html
import json
import re
from typing import Any

_SENT = re.compile(r' data-table="([^"]*)">')


def write_out(body: str) -> str:
    """The same with its tables as HTML."""
    return _SENT.sub(lambda found: ">" + _write_table(json.loads(html.unescape(found[1]))), body)


def _write_table(sent: dict[str, Any]) -> str:
    heads = "".join(f'<th scope="col">{html.escape(label)}</th>' for label, _ in sent["heads"])
    rows = "".join(
        f'<tr><th scope="row">{_write_cell(name)}</th>{"".join(f"<td>{_write_cell(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in sent["rows"]
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _write_cell(cell: str | list[Any]) -> str:
    text, query, is_doubted = (cell, "", False) if isinstance(cell, str) else cell
    shown = f'<a href="bronnen?{html.escape(query)}">{html.escape(text)}</a>' if query else html.escape(text)
    return f"{shown} <abbr>≠</abbr>" if is_doubted else shown
