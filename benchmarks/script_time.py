"""How long the server takes to answer a filter change, per page: a real server, asked over its websocket.

    uv run benchmarks/script_time.py [--rounds 3]

Each round asks every page for every selection once, in a new process with empty caches ("first") and then again
("again"). The time is from the browser's message to the end of the script, so it holds sending and serialising too.
Method and the latest table: benchmarks/README.md.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PLACES: tuple[dict[str, list[str]], ...] = (
    {},
    {"gemeente": ["Zwolle"]},
    {"gemeente": ["Dordrecht"]},
    {"gemeente": ["Zwolle", "Deventer"]},
    {"regio": ["IJsselland"]},
)
GEWELD = ("Alle", "KM")
MEASURES = ("Aantal", "Per 1.000 inwoners per jaar", "Aandeel")


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """The app in a process of its own, its database in `folder`; the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = {**os.environ, "VT_DATABASE": str(folder / "vt.db")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        began = time.monotonic()
        while time.monotonic() - began < 60:
            try:
                urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.05)
        print(f"the server answers after {time.monotonic() - began:.2f} s", file=sys.stderr)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def ask(visitor: ClientConnection, page: str, query: str) -> float:
    """Milliseconds until the script of this page and query has finished."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = "" if page == "overzicht" else page
    message.rerun_script.is_history_navigation = True
    began = time.perf_counter()
    visitor.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(visitor.recv(timeout=30)))
        if (
            answer.WhichOneof("type") == "script_finished"
            and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            return (time.perf_counter() - began) * 1000


def round_of(port: int) -> dict[tuple[str, str], list[float]]:
    """The times of every page and selection, asked first and again."""
    queries = [
        urlencode({**place, "geweld": [geweld], "weergave": [measure]}, doseq=True)
        for place, geweld, measure in product(PLACES, GEWELD, MEASURES)
    ]
    times: dict[tuple[str, str], list[float]] = {}
    with connect(f"ws://localhost:{port}/_stcore/stream", origin=f"http://localhost:{port}", max_size=None) as visitor:
        ask(visitor, "begrippen", "")
        for page in PAGES:
            for kind in ("first", "again"):
                times[page, kind] = [ask(visitor, page, query) for query in queries]
    return times


def main() -> None:
    """Print a table of medians and 95th percentiles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    rounds = parser.parse_args().rounds
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as port:
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
