# /// script
# requires-python = ">=3.11"
# dependencies = ["playwright>=1.60,<2"]
# ///
"""The first view of a page: bytes over the wire and time to the charts, cold and warm, beside the peers.

    uv run benchmarks/first_view.py [--rounds 7]

Method and the latest table: benchmarks/README.md.
"""

import argparse
import json
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from apps import APPS, PROBE, App, chromium, served, synthetic, where
from playwright.sync_api import Browser, BrowserContext

# When the first chart stood on the page, and when all charts and tables did.
WATCH = r"""
(app) => {
  const look = () => {
    const drawn = window.vtAll(app.chart).map(window.vtDrawn).filter((text) => /\d/.test(text) && text.includes('M'));
    if (drawn.length && !window.vtFirst) window.vtFirst = performance.now();
    if (window.vtState(app)) window.vtWhole = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


@dataclass
class Wire:
    """What came over the wire of one page view: responses as sent (compressed) and unpacked, and socket messages."""

    sent: float = 0
    unpacked: float = 0
    messages: float = 0
    requests: int = 0
    elsewhere: list[str] = field(default_factory=list)


def view(context: BrowserContext, app: App, address: str) -> tuple[Wire, float, float]:
    """Open the page once: bytes, and milliseconds to the first chart and to all of it."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    wire, session = Wire(), context.new_cdp_session(page)
    session.send("Network.enable")

    def ended(event: dict) -> None:
        wire.sent += event["encodedDataLength"]
        wire.requests += event["encodedDataLength"] > 0

    def unpacked(event: dict) -> None:
        wire.unpacked += event["dataLength"]

    def message(event: dict) -> None:
        # binary ones are given in base64
        data, code = event["response"]["payloadData"], event["response"]["opcode"]
        wire.messages += len(data) * 3 / 4 if code == 2 else len(data.encode())

    session.on("Network.loadingFinished", ended)
    session.on("Network.dataReceived", unpacked)
    session.on("Network.webSocketFrameReceived", message)
    page.on("request", lambda request: _note(wire, request.url, address))
    page.add_init_script(f"{PROBE}\n({WATCH})({json.dumps(where(app))});")
    page.goto(address + app.path)
    page.wait_for_function("() => window.vtWhole")
    first, whole = page.evaluate("() => [window.vtFirst, window.vtWhole]")
    page.wait_for_timeout(1000)
    page.close()
    return wire, first, whole


def _note(wire: Wire, url: str, address: str) -> None:
    if url.startswith("http") and not url.startswith(address):
        wire.elsewhere.append(url.split("/")[2])


def of_app(browser: Browser, app: App, database: Path, rounds: int) -> str:
    """Rows of the table: cold in a fresh profile, warm in the same profile again."""
    found: dict[str, list[tuple[Wire, float, float]]] = {"cold": [], "warm": []}
    with served(app, database) as address:
        for _ in range(rounds + 1):
            context = browser.new_context(viewport={"width": 1366, "height": 1100}, locale="nl-NL")
            for kind in ("cold", "warm"):
                found[kind].append(view(context, app, address))
            context.close()
    lines = []
    for kind, views in found.items():
        measured = views[1:]  # the very first view finds a server that has not answered yet
        wires = [wire for wire, _, _ in measured]
        cells = (
            f"{statistics.median(w.sent for w in wires) / 1000:,.0f}",
            f"{statistics.median(w.unpacked for w in wires) / 1000:,.0f}",
            f"{statistics.median(w.messages for w in wires) / 1000:,.0f}",
            f"{statistics.median(w.requests for w in wires):.0f}",
            f"{statistics.median(first for _, first, _ in measured):,.0f}",
            f"{statistics.median(whole for _, _, whole in measured):,.0f}",
        )
        lines.append(f"| {app.name}, {kind} | " + " | ".join(cells) + " |")
        if any(w.elsewhere for w in wires):
            lines.append(f"| | asks elsewhere: {sorted({host for w in wires for host in w.elsewhere})} |")
    return "\n".join(lines)


def main() -> None:
    """Print a table: kilobytes as sent, unpacked and over the socket, requests, and milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", help="one app, by name")
    parser.add_argument("--database", type=Path, help="a collection made before by benchmarks/synthetic.py")
    asked = parser.parse_args()
    print("| | kB sent | kB unpacked | kB by socket | requests | ms to first chart | ms to all |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        database = asked.database or synthetic(Path(folder))
        for app in APPS:
            if asked.only in (None, app.name):
                print(of_app(browser, app, database, asked.rounds), flush=True)


if __name__ == "__main__":
    main()
