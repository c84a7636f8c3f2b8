"""How long the server takes to answer a filter change, per page: a real server, asked over its websocket.

    uv run benchmarks/script_time.py [--rounds 3]

Each round asks every page for every selection once, in a new process with empty caches ("first") and then again
("again"). The time is from the browser's message to the end of the script, so it holds sending and serialising too.
Method and the latest table: benchmarks/README.md.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from session import PAGES, QUERIES, asking, is_last, server
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


def ask(visitor: ClientConnection, page: str, query: str) -> float:
    """Milliseconds until the script of this page and query has finished."""
    began = time.perf_counter()
    visitor.send(asking(page, query))
    while not is_last(ForwardMsg.FromString(bytes(visitor.recv(timeout=30)))):
        pass
    return (time.perf_counter() - began) * 1000


def round_of(port: int) -> dict[tuple[str, str], list[float]]:
    """The times of every page and selection, asked first and again."""
    return {(page, kind): visit_of(port, page) for page in PAGES for kind in ("first", "again")}


def visit_of(port: int, page: str) -> list[float]:
    """The times of a page and every selection: a visit of its own, for who asks faster than thirty at once and ten a
    second is made to wait (vt/web/doors.py)."""
    with connect(f"ws://localhost:{port}/_stcore/stream", origin=f"http://localhost:{port}", max_size=None) as visitor:
        ask(visitor, "begrippen", "")
        time.sleep(0.2)
        return [ask(visitor, page, query) for query in QUERIES]


def main() -> None:
    """Print a table of medians and 95th percentiles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    rounds = parser.parse_args().rounds
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (port, _):
            for key, found in round_of(port).items():
                times.setdefault(key, []).extend(found)
    print("| page | first: median | p95 | again: median | p95 |\n|---|--:|--:|--:|--:|")
    for page in PAGES:
        cells = []
        for kind in ("first", "again"):
            found = times[page, kind]
            cells += [f"{statistics.median(found):.0f}", f"{statistics.quantiles(found, n=20)[-1]:.0f}"]
        print(f"| {page} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
