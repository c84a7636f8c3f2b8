"""What each page asks of a database: every query that it runs, its rows and milliseconds; and the server's memory.

    VT_DATA=/tmp/data VT_DATABASE=/tmp/national.db uv run benchmarks/queries.py [--pages instroom,aard] [--query …]

Every page as Streamlit runs it, without a browser, with each choice. A query is timed with its rows fetched, in
processor time. What a page shows as a fault is printed, and makes the exit code 1. Method: benchmarks/README.md.
"""

import argparse
import resource
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Any
from urllib.parse import parse_qs

from session import PAGES, ROOT
from streamlit.testing.v1 import AppTest

from vt.store import connection

CHOICES = (
    "",
    "gemeente=Amsterdam",
    "gemeente=Vlieland",
    "regio=Utrecht",
    "gemeente=Amsterdam&gemeente=Utrecht&gemeente=Rotterdam&gemeente=Deventer",
    "gemeente=Dordrecht&periode=1e halfjaar 2024&geweld=Kindermishandeling",
    "gemeente=Almere&weergave=Per 1.000 inwoners per jaar&afschermen=Alle",
    "regio=Nederland&weergave=Aandeel binnen de plaats",
)
ON_PAGE = {
    "vergelijken": ("kijk=Ranglijst", "kijk=Punten", "kijk=Kaart", "kijk=Toeval", "kijk=Tijd"),
    "zoek": ("zoek=640", "zoek=15", "zoek=646", "zoek=15 utrecht", "zoek=15 huisarts", "zoek=utr", "zoek=huisarts"),
    "bronnen": ("rapport=", "tabel=cbs_84851NED/84851NED/1"),
}
MOST_MS = 10
Seen = dict[str, list[tuple[float, int, str]]]
seen: Seen = defaultdict(list)
now = ""


class Answered:
    """The rows of a query, as a cursor gives them."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return self.rows[0] if self.rows else None


class Timed(sqlite3.Connection):
    """A connection that notes how long each query takes, under the name of the function that asks it."""

    def execute(self, *asked: Any) -> Any:  # noqa: ANN401 - as the connection's own
        began = time.thread_time()
        rows = super().execute(*asked).fetchall()
        took = 1000 * (time.thread_time() - began)
        caller = sys._getframe(1).f_code
        if not asked[0].startswith("PRAGMA"):
            seen[f"{caller.co_filename.rpartition('/')[2]}: {caller.co_name}"].append((took, len(rows), now))
        return Answered(rows)


def open_timed(path: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - as sqlite3.connect
    """A connection of the site that is timed."""
    return _connect(path, factory=Timed, **options)


_connect = sqlite3.connect


def visit(page: str, query: str) -> list[str]:
    """Open a page as a link does; what it says went wrong."""
    app = AppTest.from_file(ROOT / "vt/web/site.py", default_timeout=120)
    for key, values in parse_qs(query).items():
        app.query_params[key] = values
    if page != "overzicht":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    app.run()
    return [str(each.value) for each in (*app.exception, *app.error)]


def main() -> int:
    """Print the table of queries, the slowest first, and what went wrong."""
    global now
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", help="names of pages, by commas; all where it is left out")
    parser.add_argument("--query", action="append", help="a choice; the usual ones where it is left out")
    asked = parser.parse_args()
    connection.sqlite3.connect = open_timed  # type: ignore[assignment]
    faults = []
    for query in asked.query or CHOICES:
        for page in asked.pages.split(",") if asked.pages else PAGES:
            for more in ("", *ON_PAGE.get(page, ())):
                now = f"{page}?{'&'.join(filter(None, (query, more)))}"
                faults += [f"{now}: {text}" for text in visit(page, now.partition("?")[2])]
    print("| query | times | median ms | most ms | rows | of page |\n|---|--:|--:|--:|--:|---|")
    for name, times in sorted(seen.items(), key=lambda item: -max(item[1])[0]):
        most, rows, where = max(times)
        star = " \\*" if most > MOST_MS else ""
        print(f"| {name} | {len(times)} | {median(t for t, *_ in times):.2f} | {most:.1f}{star} | {rows} | {where} |")
    print(f"\nmemory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main())
