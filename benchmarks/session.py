"""What the benchmarks share: the app in a process of its own, and Streamlit's messages as a browser sends them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

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
QUERIES = [
    urlencode({**place, "geweld": [geweld], "weergave": [measure]}, doseq=True)
    for place, geweld, measure in product(PLACES, GEWELD, MEASURES)
]


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """The app in a process of its own, its database in `folder`; the port and the process id."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = {**os.environ, "VT_DATABASE": str(folder / "vt.db")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        began = time.monotonic()
        wait_for(port)
        print(f"the server answers after {time.monotonic() - began:.2f} s", file=sys.stderr)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int, seconds: float = 60) -> None:
    """Until the server at this port answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing answers at port {port}")


def asking(page: str, query: str) -> bytes:
    """The browser's message for a page and its query."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = "" if page == "overzicht" else page
    message.rerun_script.is_history_navigation = True
    return message.SerializeToString()


def is_last(message: ForwardMsg) -> bool:
    """Whether the script has finished with this message."""
    return message.WhichOneof("type") == "script_finished" and (
        message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )


def is_fault(message: ForwardMsg) -> bool:
    """Whether the message shows the visitor an exception or an error."""
    return message.delta.new_element.WhichOneof("type") in ("exception", "alert")
