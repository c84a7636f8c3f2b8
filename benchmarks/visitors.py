"""Many visitors at once, each with a websocket of its own, as a browser has.

    uv run benchmarks/visitors.py load [--visitors 1 10 50 100] [--seconds 60]   every visitor clicks each 5 s
    uv run benchmarks/visitors.py burst [--visitors 30]                          all click at the same moment
    uv run benchmarks/visitors.py long [--visitors 30] [--minutes 12]            memory, visitors coming and going
    uv run benchmarks/visitors.py kill [--visitors 60]                           a process killed behind nginx

With --nginx, load and burst ask three processes behind deploy/nginx.conf instead of one by itself. A time is from the
click to the last message of the answer; the processor's is what the server used, whoever else used the machine. Method
and the latest tables: benchmarks/README.md.
"""

import argparse
import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvloop
from session import PAGES, QUERIES, ROOT, asking, free_port, is_fault, is_last, server, wait_for
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from vt.build.build import build
from vt.store.connection import data_folder

BETWEEN_CLICKS = 5.0
CLICKS_PER_PAGE = 10
CLICKS_PER_VISIT = 12
LONGEST = 30.0


@dataclass
class Log:
    """What came of the clicks: milliseconds each, and how many went wrong."""

    times: list[float] = field(default_factory=list)
    errors: int = 0

    def row(self) -> list[str]:
        """Number, median, 95th percentile, longest, errors."""
        if len(self.times) < 2:
            return [str(len(self.times)), "", "", "", str(self.errors)]
        p95 = statistics.quantiles(self.times, n=20)[-1]
        numbers = (len(self.times), statistics.median(self.times), p95, max(self.times))
        return [*(f"{number:.0f}" for number in numbers), str(self.errors)]


@dataclass
class Visitor:
    """One browser: its websocket, the cookie that keeps it at a process, and the view in its address."""

    websocket: ClientConnection
    cookie: str
    chance: random.Random
    page: str
    query: str = ""

    async def ask(self, log: Log) -> None:
        """Ask for the view and wait for all of it."""
        began = time.perf_counter()
        await self.websocket.send(asking(self.page, self.query))
        async with asyncio.timeout(LONGEST):
            while not is_last(message := ForwardMsg.FromString(await self.websocket.recv(decode=False))):
                log.errors += is_fault(message)
        log.times.append((time.perf_counter() - began) * 1000)

    async def click(self, number: int, log: Log) -> None:
        """Change the filters; now and then go to another page."""
        if number % CLICKS_PER_PAGE == 0:
            self.page = self.chance.choice(PAGES)
        self.query = self.chance.choice(QUERIES)
        await self.ask(log)


async def opened(port: int, cookie: str = "") -> tuple[ClientConnection, str]:
    """A websocket, and the cookie that goes with it."""
    headers = {"Cookie": cookie} if cookie else {}
    address = f"ws://localhost:{port}/_stcore/stream"
    websocket = await connect(
        address,
        origin=f"http://localhost:{port}",
        additional_headers=headers,
        max_size=None,
        proxy=None,
        compression="deflate",  # as a browser
    )
    given = websocket.response.headers.get("Set-Cookie", "") if websocket.response else ""
    return websocket, given.partition(";")[0] or cookie


@asynccontextmanager
async def visiting(port: int, seed: int, first: Log) -> AsyncIterator[Visitor]:
    """A visitor who has opened a page."""
    chance = random.Random(seed)
    websocket, cookie = await opened(port)
    visitor = Visitor(websocket, cookie, chance, chance.choice(PAGES))
    try:
        await visitor.ask(first)
        yield visitor
    finally:
        await visitor.websocket.close()


async def visit(port: int, seed: int, clicks: int, first: Log, log: Log) -> None:
    """Open a page and click each 5 s, beginning at a moment of one's own."""
    await asyncio.sleep(random.Random(-seed).uniform(0, BETWEEN_CLICKS))
    async with visiting(port, seed, first) as visitor:
        began = time.monotonic()
        for number in range(1, clicks + 1):
            await asyncio.sleep(max(0.0, began + number * BETWEEN_CLICKS - time.monotonic()))
            await visitor.click(number, log)


def used(*pids: int) -> tuple[float, float]:
    """Resident memory in MB and processor time in seconds, together."""
    pages, ticks = 0, 0
    for pid in pids:
        pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, ticks / os.sysconf("SC_CLK_TCK")


def print_row(*cells: object) -> None:
    """A row of a Markdown table, as soon as it is known."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


async def load(levels: Sequence[int], seconds: float, nginx: bool) -> None:
    """A new server per level; processor and memory of all its processes."""
    print_row(
        "visitors", "clicks", "median ms", "p95", "longest", "errors", "processor", "ms each", "MB before", "MB after"
    )
    print_row("--:", *["--:"] * 9)
    for count in levels:
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder), nginx) as (port, pids):
            first, log = Log(), Log()
            await visit(port, 0, 0, Log(), log)
            (before, processor), began = used(*pids), time.monotonic()
            clicks = round(seconds / BETWEEN_CLICKS)
            await asyncio.gather(*(visit(port, seed, clicks, first, log) for seed in range(count)))
            after, spent = used(*pids)
            busy = (spent - processor) / (time.monotonic() - began)
            each = (spent - processor) * 1000 / (len(log.times) + len(first.times))
            print_row(count, *log.row(), f"{busy:.0%}", f"{each:.0f}", f"{before:.0f}", f"{after:.0f}")
            print(f"opening a page: {' / '.join(first.row())} (number, median, p95, longest, errors)", file=sys.stderr)


async def burst(count: int, nginx: bool) -> None:
    """All click at the same moment: each another selection, new to the server and known; then all one and the same."""
    print_row("clicking at once", "median ms", "p95", "last served", "errors", "processor ms")
    print_row("---", *["--:"] * 5)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), nginx) as (port, pids):
        chance = random.Random(1)
        crowd = [Visitor(*await opened(port), chance, "begrippen") for _ in range(count)]
        await asyncio.gather(*(visitor.ask(Log()) for visitor in crowd))
        others = QUERIES[1:]
        for page in ("instroom", "melders", "gemeente"):
            for text, queries in (("each another selection, new", others), ("again", others), ("all one", QUERIES[:1])):
                await asyncio.sleep(1)
                log, processor = Log(), used(*pids)[1]
                for number, visitor in enumerate(crowd):
                    visitor.page, visitor.query = page, queries[number % len(queries)]
                await asyncio.gather(*(visitor.ask(log) for visitor in crowd))
                print_row(f"{count}, {page}, {text}", *log.row()[1:], f"{(used(*pids)[1] - processor) * 1000:.0f}")
        for visitor in crowd:
            await visitor.websocket.close()


async def long(count: int, minutes: float) -> None:
    """Visitors come, stay a minute and go; the memory of the server, each minute."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (port, pid):
        log, first, end = Log(), Log(), time.monotonic() + minutes * 60

        async def place(seed: int) -> None:
            while time.monotonic() < end:
                await visit(port, seed, CLICKS_PER_VISIT, first, log)
                seed += count

        print_row("minute", "MB", "visits", "clicks", "errors")
        print_row(*["--:"] * 5)
        places = [asyncio.create_task(place(seed)) for seed in range(count)]
        began = time.monotonic()
        for minute in range(round(minutes) + 1):
            await asyncio.sleep(max(0.0, began + minute * 60 - time.monotonic()))
            print_row(minute, f"{used(pid)[0]:.0f}", len(first.times), len(log.times), first.errors + log.errors)
        await asyncio.gather(*places)
        print(f"clicks: {' / '.join(log.row())} (number, median, p95, longest, errors)")


@contextmanager
def behind_nginx(folder: Path) -> Iterator[tuple[int, list[subprocess.Popen[bytes]]]]:
    """Three processes over one database behind deploy/nginx.conf; the port of nginx, and the processes."""
    build(data_folder(), folder / "vt.db")
    environment = {**os.environ, "VT_DATABASE": str(folder / "vt.db")}
    front, *ports = [free_port() for _ in range(4)]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    running = [
        subprocess.Popen([*command, f"--server.port={port}"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for port in ports
    ]
    site = (ROOT / "deploy" / "nginx.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{front};")
    for port, own in zip((8501, 8502, 8503), ports, strict=True):
        site = site.replace(f":{port}", f":{own}")
    (folder / "site.conf").write_text(site)
    (folder / "main.conf").write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{ access_log off; include {folder}/site.conf; }}\n"
    )
    nginx = subprocess.Popen(["nginx", "-c", folder / "main.conf"])
    try:
        for port in (*ports, front):
            wait_for(port)
        yield front, running
    finally:
        for process in (nginx, *running):
            process.terminate()
            process.wait(20)


@contextmanager
def serving(folder: Path, nginx: bool) -> Iterator[tuple[int, list[int]]]:
    """One process by itself, or three behind nginx; the port to ask and the process ids."""
    if nginx:
        with behind_nginx(folder) as (port, running):
            yield port, [process.pid for process in running]
    else:
        with server(folder) as (port, pid):
            yield port, [pid]


async def kill(count: int) -> None:
    """Kill one of three processes while all click; each visitor who lost it comes back as a browser does."""
    with tempfile.TemporaryDirectory() as folder, behind_nginx(Path(folder)) as (port, running):
        log, back = Log(), Log()
        killed = asyncio.get_running_loop().create_future()
        tasks = [asyncio.create_task(stubborn(port, seed, log, back, killed)) for seed in range(count)]
        await asyncio.sleep(4 * BETWEEN_CLICKS)
        running[0].send_signal(signal.SIGKILL)
        killed.set_result(time.perf_counter())
        await asyncio.gather(*tasks)
        print_row("visitors", "lost their process", "back: median ms", "p95", "last", "errors")
        print_row(*["--:"] * 6)
        print_row(count, *back.row())
        print(f"all clicks: {' / '.join(log.row())} (number, median, p95, longest, errors)")


async def stubborn(port: int, seed: int, log: Log, back: Log, killed: "asyncio.Future[float]") -> None:
    """Click on; where the connection breaks, open it again with the same view, as Streamlit's page does."""
    await asyncio.sleep(random.Random(-seed).uniform(0, BETWEEN_CLICKS))
    async with visiting(port, seed, log) as visitor:
        for number in range(1, 8):
            try:
                async with asyncio.timeout(BETWEEN_CLICKS):
                    await visitor.websocket.wait_closed()
            except TimeoutError:
                await visitor.click(number, log)
                continue
            except ConnectionClosed:
                log.errors += 1
            await come_back(port, visitor, log)
            back.times.append((time.perf_counter() - await killed) * 1000)


async def come_back(port: int, visitor: Visitor, log: Log) -> None:
    """Wait 250 to 500 ms, twice as long each time; see whether the server answers; connect and ask for the view."""
    pause = 0.5
    while True:
        await asyncio.sleep(visitor.chance.uniform(pause / 2, pause))
        try:
            await asyncio.to_thread(_ping, port, visitor.cookie)
            visitor.websocket, visitor.cookie = await opened(port, visitor.cookie)
            await visitor.ask(log)
            return
        except (OSError, InvalidHandshake, ConnectionClosed):
            log.errors += 1
            pause *= 2


def _ping(port: int, cookie: str) -> None:
    request = urllib.request.Request(f"http://localhost:{port}/_stcore/health", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=5):
        pass


def main() -> None:
    """Run one of the four."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("load", "burst", "long", "kill"))
    parser.add_argument("--visitors", type=int, nargs="+")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--nginx", action="store_true", help="three processes behind nginx")
    chosen = parser.parse_args()
    some = chosen.visitors or {"load": [1, 10, 50, 100], "burst": [30], "long": [30], "kill": [60]}[chosen.what]
    work = {
        "load": lambda: load(some, chosen.seconds, chosen.nginx),
        "burst": lambda: burst(some[0], chosen.nginx),
        "long": lambda: long(some[0], chosen.minutes),
        "kill": lambda: kill(some[0]),
    }
    uvloop.run(work[chosen.what]())


if __name__ == "__main__":
    main()
