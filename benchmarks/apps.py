"""The explorer and its peers as servers to measure, and how to find a choice, the charts and the table of a page."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PEERS = Path(__file__).parent / "peers"
CHOICES = ("Alle", "KM", "HG", "OM")
NAMES = dict(zip(CHOICES, ("Alle", "Kindermishandeling", "Huiselijk geweld", "Ouderenmishandeling"), strict=True))
LEFT_OUT = (
    *("meldingen", "overdrachtspartijen", "overdrachten_organisatie"),
    *("overdrachten_bestaande_hulp", "overdrachten_nieuwe_hulp"),
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _with(*packages: str) -> list[str]:
    return ["uv", "run", "--no-project", "--python", "3.11", *(part for name in packages for part in ("--with", name))]


def _ours(page: Page, choice: str) -> Locator:
    if not page.locator(".st-key-geweld").is_visible():
        page.get_by_role("button", name="Meer filters").click()
    return page.locator(".st-key-geweld").get_by_text(NAMES[choice], exact=True)


def _labelled(page: Page, choice: str) -> Locator:
    return page.locator("label", has_text=choice).first


def _button(page: Page, choice: str) -> Locator:
    return page.locator(".bk-btn", has_text=choice).first


def _radio(page: Page, choice: str) -> Locator:
    return page.get_by_role("radio", name=choice, exact=True)


@dataclass(frozen=True)
class App:
    """How to start an app ({port} filled in), and where things are on its page; `charts` and `tables` how many."""

    name: str
    command: Sequence[str]
    path: str = ""
    chart: str = "svg.marks"
    table: str = "table"
    find: Callable[[Page, str], Locator] = _labelled
    charts: int = 4
    tables: int = 1
    folder: Path = PEERS


OURS = App(
    "ours",
    ["uv", "run", "--frozen", "streamlit", "run", "app.py", "--server.headless=true", "--server.port={port}"],
    "/overdracht?gemeente=Gemeente+001",
    '[class*="st-key-figuur-"] [data-testid="stVegaLiteChart"]',
    "table.vt-tabel",
    _ours,
    tables=4,
    folder=ROOT,
)
PEER_APPS = (
    App(
        "Dash",
        [
            *_with("dash==4.4.1", "gunicorn==27.0.1", "flask-compress==1.25"),
            *("gunicorn", "dash_app:server", "--bind=127.0.0.1:{port}", "--threads=4"),
        ],
        chart=".js-plotly-plot",
    ),
    App(
        "Panel",
        [
            *_with("panel==1.9.4", "altair==6.3.0", "pandas==3.0.6"),
            *("panel", "serve", "panel_app.py", "--address=127.0.0.1", "--port={port}"),
            "--allow-websocket-origin=127.0.0.1:{port}",
        ],
        "/panel_app",
        find=_button,
    ),
    App(
        "marimo",
        [
            *_with("marimo==0.25.2", "altair==6.3.0", "pandas==3.0.6"),
            *("marimo", "-y", "run", "marimo_app.py", "--headless", "--no-token", "--host=127.0.0.1", "--port={port}"),
        ],
        find=_radio,
    ),
    App(
        "static page",
        [*_with("altair==6.3.0", "vl-convert-python==1.9.0.post1"), "python", "static.py", "{port}"],
    ),
)
APPS = (OURS, *PEER_APPS)

# Of every chart: its words and the shapes of its marks, in any order; of every table: its text. Also in shadow roots,
# noted as they are made: to look for them in every frame of a large page took 5 ms each time.
PROBE = """
window.vtShadows = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (asked) {
  const root = attach.call(this, asked);
  window.vtShadows.push(root);
  return root;
};
window.vtRoots = () => [document, ...window.vtShadows.filter((root) => root.isConnected)];
window.vtAll = (selector) => window.vtRoots().flatMap((root) => [...root.querySelectorAll(selector)]);
window.vtDrawn = (node) => [...node.querySelectorAll('text')].map((text) => text.textContent).sort().join('|')
  + [...node.querySelectorAll('path')].map((path) => path.getAttribute('d')).sort().join('');
window.vtState = (app) => {
  const charts = window.vtAll(app.chart).map(window.vtDrawn);
  const tables = window.vtAll(app.table).map((table) => table.textContent);
  const whole = charts.length >= app.charts && tables.length >= app.tables && charts.every((text) => /\\d/.test(text));
  return whole ? JSON.stringify([charts.sort(), tables.sort()]) : '';
};
"""


def where(app: App) -> dict[str, str | int]:
    """What the probe needs to know of an app."""
    return {"chart": app.chart, "table": app.table, "charts": app.charts, "tables": app.tables}


@contextmanager
def served(app: App, database: Path) -> Iterator[str]:
    """An app on a port of its own; its address. Stopped at the end with all that it started."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    environment |= {"VT_DATABASE": str(database), "PYTHONPATH": str(app.folder)}
    command = [part.format(port=port) for part in app.command]
    with (database.parent / f"{app.name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=app.folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}{app.path}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180  # the first time, packages are fetched
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    sys.exit(f"not started: {' '.join(map(str, process.args))}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that is installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def synthetic(folder: Path) -> Path:
    """A made-up collection in which /overdracht has four charts, those of benchmarks/peers/page.py: without its other
    indicators, and without what its flow begins with."""
    path = folder / "synthetic.db"
    script = ["benchmarks/synthetic.py", str(path), "--rows=100000", "--without", *LEFT_OUT]
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    subprocess.run(["uv", "run", "--frozen", "python", *script], cwd=ROOT, env=environment, check=True)
    return path
