"""Ordinary visitors beside somebody who does what nobody should, and what a process keeps of visits that are over.

    uv run benchmarks/floods.py beside [--visitors 20] [--seconds 30]   alone, then beside each flood and deck
    uv run benchmarks/floods.py kept                                    memory and open files: selections, decks, visits

Method and the latest tables: benchmarks/README.md.
"""

import argparse
import asyncio
import http.client
import random
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import uvloop
from session import PAGES, asking, is_last, server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from visitors import Log, opened, print_row, used, visit
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.picks import Pick
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.figure_kinds import FIGURE_KINDS
from vt.render.files import HTML
from vt.store.connection import connect, data_folder, database_path
from vt.store.reference import read_metadata

SLIDES = 30
GEMEENTEN = ("Dalfsen", "Deventer", "Hardenberg", "Kampen", "Ommen", "Raalte", "Staphorst", "Zwolle")
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


@cache
def find_filled() -> list[str]:
    """Figures that the sources have for these gemeenten, as a link names them."""
    with closing(connect(ensure(data_folder(), database_path()))) as db:
        dataset = Dataset(db, read_metadata(db))
        known = dataset.metadata
        chosen = Selection(gemeenten=tuple(map(str.lower, GEMEENTEN)))
        return [
            Pick(FigureRequest(kind.name, (indicator.id,)), number).text
            for kind in FIGURE_KINDS.values()
            if not kind.is_joint
            for indicator in known.indicators.values()
            if not kind.find_misfit(indicator, known.grouped.__contains__)
            for number, _ in enumerate(build_figures(dataset, FigureRequest(kind.name, (indicator.id,)), chosen))
        ]


def deck_of(slides: int) -> str:
    """The query of a presentation of so many slides of one's own, each another, each with its figure."""
    picks = random.Random(slides).sample(find_filled(), slides)
    return urlencode({"verhaal": "Eigen keuze", "gemeente": GEMEENTEN, "dia": picks}, doseq=True)


async def files(port: int) -> str:
    """Somebody who asks for the same picture sixty times, as fast as his messages are taken."""
    websocket, _ = await opened(port)
    page = asking("melders", f"gemeente={GEMEENTEN[1]}")
    await websocket.send(page)
    answer = [each async for each in read_answer(websocket)]
    menu = next(filter(None, (each.delta.add_block.popover.id for each in answer)))
    opening = BackMsg.FromString(page)
    opening.rerun_script.widget_states.widgets.add(id=menu, bool_value=True)
    await websocket.send(opening.SerializeToString())
    offered = [each.delta.new_element.download_button async for each in read_answer(websocket)]
    picture = next(each.deferred_file_id for each in offered if "PNG" in each.label)
    asked = BackMsg()
    asked.backend_operation_request.session_id = next(
        filter(None, (a.new_session.initialize.session_id for a in answer))
    )
    asked.backend_operation_request.deferred_file.file_id = picture
    made, began = 0, asyncio.get_running_loop().time()
    sending = asyncio.create_task(send_each(websocket, [asked.SerializeToString()] * 60))
    with suppress(TimeoutError, ConnectionClosed):
        async with asyncio.timeout(15):
            while True:
                came = ForwardMsg.FromString(await websocket.recv(decode=False))
                made += bool(came.backend_operation_response.deferred_file.url)
    sending.cancel()
    websocket.transport.abort()
    return f"{made} made in {asyncio.get_running_loop().time() - began:.0f} s"


async def send_each(websocket: ClientConnection, messages: list[bytes]) -> None:
    with suppress(ConnectionClosed):
        for each in messages:
            await websocket.send(each)


async def read_answer(websocket: ClientConnection) -> AsyncIterator[ForwardMsg]:
    """The messages of a page, to the last."""
    while not is_last(each := ForwardMsg.FromString(await websocket.recv(decode=False))):
        yield each


def export(label: str) -> Flood:
    """Somebody who makes a deck, by the button of that name, five times."""

    async def make(port: int) -> str:
        websocket, _ = await opened(port)
        took = []
        for _ in range(5):
            await websocket.send(asking("presenteren", deck_of(SLIDES)))
            answer = [each async for each in read_answer(websocket)]
            shown = sum("vt-stempel" in each.delta.new_element.html.body for each in answer)
            buttons = list_buttons(answer)
            began = asyncio.get_running_loop().time()
            await websocket.send(pressing("presenteren", deck_of(SLIDES), buttons[label]))
            made = await read_buttons(websocket)
            took.append(asyncio.get_running_loop().time() - began)
            if not any(name.startswith("Bewaar") for name in made):
                return "failed"
        await websocket.close()
        return f"{shown} slides; {min(took):.1f} to {max(took):.1f} s each"

    return make


async def read_buttons(websocket: ClientConnection) -> dict[str, str]:
    """What can be pressed when a page stands."""
    return list_buttons([each async for each in read_answer(websocket)])


def list_buttons(answer: list[ForwardMsg]) -> dict[str, str]:
    """The ids of buttons by their labels."""
    buttons: dict[str, str] = {}
    for each in answer:
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
    "a storm of files": files,
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
        for done in range(1, 2001):
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
