"""How the cost of the database grows with what is in it: made-up collections of a thousand to ten million rows.

    uv run benchmarks/scale.py [--up-to 10000000] [--size 10000000]

Per size: seconds per step of the build, milliseconds per query of vt/queries.py, the answer of pages over the websocket
and the memory of the server after them. The growth is drawn in benchmarks/scale.svg, from the last run of every size
(benchmarks/scale.json). Method and the latest table: benchmarks/README.md.
"""

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import altair as alt
from script_time import ask, server
from synthetic import SIZES, fill
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from vt.store.connection import connect as open_database
from vt.store.numbers import Slice, read_known_sums, read_numbers
from vt.store.printed import find_cells, find_number, read_printed_table, read_reports
from vt.store.reference import read_metadata, read_population_sources
from vt.store.verdicts import read_verdicts, read_verdicts_by_table

HERE = Path(__file__).parent
KEPT = HERE / "scale.json"
ROUNDS = 5
PATIENCE = 3.0  # seconds after which a query is not repeated
PLACE = "synthetisch-001"
PLAIN, CLASSED = "meldingen", "meldingen_professionals_functie"
PAGES = ("overzicht", "gemeente", "instroom", "overdracht", "vergelijken", "controle", "bronnen", "zoek")

Query = Callable[[sqlite3.Connection], object]


def asked(db: sqlite3.Connection) -> dict[str, Query]:
    """Every query that a page makes, by name; the last ones are made once per database and kept."""
    one = "SELECT {} FROM source_table WHERE indicator = ? ORDER BY id DESC LIMIT 1"
    table, report, region = db.execute(one.format("id, report, place"), (CLASSED,)).fetchone()
    everywhere = [row[0] for row in db.execute("SELECT id FROM place WHERE kind = 'gemeente'")]
    slice_ = Slice(PLACE, "2015", "km", ())
    shown = ["2015-Q1", "2015-H1"]
    return {
        "numbers: a gemeente, no classes": lambda db: read_numbers(db, PLAIN, [PLACE]),
        "numbers: a gemeente, 36 classes": lambda db: read_numbers(db, CLASSED, [PLACE]),
        "numbers: every gemeente, no classes": lambda db: read_numbers(db, PLAIN, everywhere),
        "numbers: a gemeente, 36 classes, two periods": lambda db: read_numbers(db, CLASSED, [PLACE], shown),
        "numbers: every gemeente, two periods": lambda db: read_numbers(db, PLAIN, everywhere, shown),
        "known_sums": lambda db: read_known_sums(db, CLASSED, "group", [region]),
        "printed_table": lambda db: read_printed_table(db, table),
        "cells_of": lambda db: find_cells(db, table, slice_),
        "find_number": lambda db: find_number(db, 100_003),
        "find_number: one of the most common": lambda db: find_number(db, 127),
        "collection": read_reports,
        "verdicts: a report": lambda db: read_verdicts(db, report),
        "verdicts_on: a report": lambda db: read_verdicts_by_table(db, report),
        "verdicts: all": read_verdicts,
        "population_sources": read_population_sources,
        "metadata (once)": read_metadata,
    }


def query_times(path: Path) -> dict[str, float]:
    """Milliseconds per query, the median of a few."""
    found = {}
    with closing(open_database(path)) as db:
        for name, query in asked(db).items():
            times: list[float] = []
            while len(times) < ROUNDS and (not times or times[-1] < PATIENCE):
                began = time.perf_counter()
                query(db)
                times.append(time.perf_counter() - began)
            found[name] = statistics.median(times) * 1000
            print(f"  {name}: {found[name]:.2f} ms", flush=True)
    return found


def _resident(pid: int) -> float:
    """Megabytes that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def app(folder: Path) -> dict[str, float]:
    """Milliseconds of pages, asked a second time, and megabytes of the server after them; -1 is no answer in 30 s."""
    found: dict[str, float] = {}
    with server(folder) as (port, pid):
        found["memory at start"] = _resident(pid)
        address = f"ws://localhost:{port}/_stcore/stream"
        for page in PAGES:
            query = urlencode({"gemeente": "Gemeente 001"})
            try:
                with connect(address, origin=f"http://localhost:{port}", max_size=None) as visitor:
                    found[f"{page}, first"] = ask(visitor, page, query)
                    found[f"{page}, again"] = ask(visitor, page, query)
            except (TimeoutError, WebSocketException):
                found[f"{page}, first"] = -1
            print(
                f"  {page}: {found[f'{page}, first']:.0f} ms, again {found.get(f'{page}, again', -1):.0f}", flush=True
            )
        found["memory after pages"] = _resident(pid)
    print(f"  memory: {found['memory after pages']:.0f} MB")
    return found


def of_size(size: int, folder: Path) -> dict[str, object]:
    """All measurements of one size."""
    path = folder / "vt.db"
    built = fill(path, SIZES[size])
    print(f"  build: {', '.join(f'{step} {seconds:.1f} s' for step, seconds in built.items())}", flush=True)
    return {"build": built, **read(path)}


def read(path: Path) -> dict[str, object]:
    """What reading costs of a collection that is there."""
    with closing(sqlite3.connect(path)) as db:
        counts = {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("observation", "aggregate")
        }
    print(f"  {counts}, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    return {**counts, "megabytes": path.stat().st_size / 1e6, "queries": query_times(path), "app": app(path.parent)}


def draw(found: dict[str, dict]) -> None:
    """Milliseconds per query by number of rows, both logarithmic; the goal of 10 ms as a rule."""
    points = [
        {"rows": at["observation"], "what": name, "ms": value}
        for at in found.values()
        for name, value in at["queries"].items()
    ]
    points += [
        {"rows": at["observation"], "what": f"build: {step}", "ms": at["build"][step] * 1000}
        for at in found.values()
        if "build" in at
        for step in ("aggregate", "verify")
    ]
    scale = alt.Scale(type="log")
    base = alt.Chart(alt.Data(values=points)).encode(
        x=alt.X("rows:Q", scale=scale, title="rows of observation"),
        y=alt.Y("ms:Q", scale=scale, title="milliseconds"),
        color=alt.Color("what:N", scale=alt.Scale(scheme="tableau20"), legend=alt.Legend(labelLimit=300), title=None),
    )
    rule = alt.Chart(alt.Data(values=[{"ms": 10}])).mark_rule(strokeDash=[4, 4]).encode(y="ms:Q")
    alt.layer(base.mark_line(point=True), rule).properties(width=560, height=420).save(HERE / "scale.svg")


def main() -> None:
    """Measure each size, keep it, and draw the growth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--up-to", type=int, choices=SIZES, default=max(SIZES))
    parser.add_argument("--size", type=int, choices=SIZES, help="only this size")
    parser.add_argument("--folder", type=Path, help="a folder with vt.db of that size, made before: not built again")
    wanted = parser.parse_args()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for size in SIZES if wanted.size is None else [wanted.size]:
        if size > wanted.up_to:
            continue
        print(f"{size:,}", flush=True)
        if wanted.folder:
            kept[str(size)] = kept.get(str(size), {}) | read(wanted.folder / "vt.db")
        else:
            with tempfile.TemporaryDirectory() as folder:
                kept[str(size)] = of_size(size, Path(folder))
        KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    draw(kept)


if __name__ == "__main__":
    main()
