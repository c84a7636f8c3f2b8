"""Ordinary visitors beside somebody who does what nobody should, and what a process keeps of visits that are over.

    uv run benchmarks/floods.py beside [--visitors 20] [--seconds 30]   alone, then beside each flood and deck
    uv run benchmarks/floods.py kept                                    memory and open files: selections, decks, visits

Method and the latest tables: benchmarks/README.md.
"""

import argparse
import asyncio
import http.client
import itertools
import random
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import uvloop
from session import PAGES, asking, is_last, server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from visitors import Log, opened, print_row, used, visit
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from vt.render.files import HTML

SLIDES = 30
GEMEENTEN = ("Dalfsen", "Deventer", "Hardenberg", "Kampen", "Ommen", "Raalte", "Staphorst", "Zwolle")
INDICATORS = ("meldingen", "adviezen", "crisissituaties", "onderzoeken", "voorwaarden_en_vervolg")
Flood = Callable[[int], Awaitable[str]]


def message(**asked: object) -> bytes:
    """One of Streamlit's messages from a browser."""
    return BackMsg(**asked).SerializeToString()


async def send_all(port: int, messages: list[bytes]) -> int:
    """Send these as fast as they are taken, until cut off; how many went."""
    websocket, _ = await opened(port)
    sent = 0
    with suppress(ConnectionClosed):
        for each in messages:
            await websocket.send(each)
            sent += 1
    await websocket.close()
    return sent


async def nothing(port: int) -> str:
    del port
    return ""


async def git(port: int) -> str:
    return f"{await send_all(port, [message(load_git_info=True)] * 2000)} sent"


async def clear(port: int) -> str:
    return f"{await send_all(port, [message(clear_cache=True)] * 2000)} sent"


async def huge(port: int) -> str:
    return f"{await send_all(port, [b'x' * 20_000_000] * 20)} sent"


async def storm(port: int) -> str:
    websocket, _ = await opened(port)
    loop, sent = asyncio.get_running_loop(), 0
    answers = asyncio.create_task(read_all(websocket))
    end = loop.time() + 10
    with suppress(TimeoutError, ConnectionClosed):
        while loop.time() < end:
            await asyncio.wait_for(websocket.send(asking("instroom", f"gemeente={GEMEENTEN[sent % 8]}")), 1)
            sent += 1
    answers.cancel()
    websocket.transport.abort()
    return f"{sent} sent in 10 s"


async def read_all(websocket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        while True:
            await websocket.recv(decode=False)


async def uploads(port: int) -> str:
    def put() -> str:
        answers = set()
        for number in range(400):
            connection = http.client.HTTPConnection("localhost", port, timeout=20)
            with suppress(OSError):
                connection.request("PUT", f"/_stcore/upload_file/x/{number}", body=b"x" * 1_000_000)
                answers.add(connection.getresponse().status)
            connection.close()
        return f"answered {sorted(answers)}"

    return await asyncio.to_thread(put)


def deck_of(slides: int) -> str:
    """The query of a presentation of so many slides of one's own, each another."""
    kinds = itertools.product(("places", "series", "ranking"), range(4), INDICATORS)
    picks = [f"{form}~{number}~~~~~{name}" for form, number, name in itertools.islice(kinds, slides)]
    return urlencode({"verhaal": "Eigen keuze", "gemeente": GEMEENTEN, "dia": picks}, doseq=True)


def export(label: str) -> Flood:
    """Somebody who makes a deck, by the button of that name, five times."""

    async def make(port: int) -> str:
        websocket, _ = await opened(port)
        took = []
        for _ in range(5):
            await websocket.send(asking("presenteren", deck_of(SLIDES)))
            buttons = await read_buttons(websocket)
            began = asyncio.get_running_loop().time()
            await websocket.send(pressing("presenteren", deck_of(SLIDES), buttons[label]))
            made = await read_buttons(websocket)
            took.append(asyncio.get_running_loop().time() - began)
            if not any(name.startswith("Bewaar") for name in made):
                return "failed"
        await websocket.close()
        return f"{min(took):.1f} to {max(took):.1f} s each"

    return make


async def read_buttons(websocket: ClientConnection) -> dict[str, str]:
    """What can be pressed when a page stands: the ids of buttons by their labels."""
    buttons: dict[str, str] = {}
    while not is_last(each := ForwardMsg.FromString(await websocket.recv(decode=False))):
        element = each.delta.new_element
        for button in (element.button, element.download_button):
            if button.id:
                buttons[button.label] = button.id
    return buttons


def pressing(page: str, query: str, button: str) -> bytes:
    """The browser's message for a press of a button."""
    asked = BackMsg.FromString(asking(page, query))
    asked.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
    return asked.SerializeToString()


FLOODS: dict[str, Flood] = {
    "alone": nothing,
    "2,000 load_git_info": git,
    "2,000 clear_cache": clear,
    "20 messages of 20 MB": huge,
    "a storm of reruns": storm,
    "400 uploads of 1 MB": uploads,
    **{f"a deck of {SLIDES}, {label}": export(label) for label in ("PowerPoint", "PDF", "Excel", HTML.label)},
}


async def beside(count: int, seconds: float) -> None:
    """Each flood again and again for as long as ordinary visitors click."""
    print_row("beside", "clicks", "median ms", "p95", "longest", "errors", "MB", "what became of it")
    print_row("---", *["--:"] * 6, "---")
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (port, pid):
        await asyncio.gather(*(visit(port, seed, 3, Log(), Log()) for seed in range(count)))
        for name, flood in FLOODS.items():
            log, first = Log(), Log()
            visitors = asyncio.gather(*(visit(port, s, round(seconds / 5), first, log) for s in range(count)))
            outcome = await flood(port)
            while not visitors.done() and name != "alone":
                await asyncio.wait({asyncio.ensure_future(flood(port)), visitors}, return_when="FIRST_COMPLETED")
            await visitors
            print_row(name, *log.row(), f"{used(pid)[0]:.0f}", outcome)


async def kept() -> None:
    """What one process holds after many selections, long decks, and visits that are over."""
    print_row("after", "MB", "open files")
    print_row("---", "--:", "--:")
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (port, pid):

        def tell(what: str) -> None:
            print_row(what, f"{used(pid)[0]:.0f}", len(list(Path(f"/proc/{pid}/fd").iterdir())))

        await visit(port, 0, 0, Log(), Log())
        tell("one visit")
        chance = random.Random(1)
        websocket, _ = await opened(port)
        for done in range(1, 501):
            places = chance.sample(GEMEENTEN, chance.randint(1, 5))
            measure = chance.choice(("Aantal", "Per 1.000 inwoners per jaar", "Aandeel"))
            query = urlencode({"gemeente": places, "weergave": measure}, doseq=True)
            await websocket.send(asking(chance.choice(PAGES), query))
            await read_buttons(websocket)
            if done % 250 == 0:
                tell(f"{done} selections")
        for _ in range(10):
            await websocket.send(asking("presenteren", deck_of(50)))
            await read_buttons(websocket)
        await websocket.close()
        tell("ten decks of 50 slides")
        for done in range(1, 1001):
            await visit_at_once(port)
            if done % 500 == 0:
                tell(f"{done} visits that came and went")


async def visit_at_once(port: int) -> None:
    """Open the first page and leave."""
    websocket, _ = await opened(port)
    await websocket.send(asking("overzicht", ""))
    await read_buttons(websocket)
    await websocket.close()


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("beside", "kept"))
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    chosen = parser.parse_args()
    uvloop.run(beside(chosen.visitors, chosen.seconds) if chosen.what == "beside" else kept())


if __name__ == "__main__":
    main()
