# /// script
# requires-python = ">=3.11"
# dependencies = ["playwright>=1.60,<2"]
# ///
"""From a click on KM, HG or OM to every chart and table redrawn: the explorer beside its peers, in a real Chromium.

    uv run benchmarks/interaction.py [--clicks 30]
    uv run benchmarks/interaction.py --url http://localhost:8501 --query gemeente=Amsterdam --pages instroom,vergelijken

Method and the latest table: benchmarks/README.md.
"""

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from apps import APPS, CHOICES, OURS, PROBE, App, chromium, served, synthetic, where
from playwright.sync_api import Browser, Locator, Page

# Time runs from the release of the mouse button (as the browser stamps it) to the first frame in which all is as it
# was when that choice stood still before. Of the socket: when a message was first sent, and when the last one came.
WATCH = """
window.vtSocket = { sent: [], came: [] };
window.vtTaken = { messages: 0, bytes: 0 };
const Native = window.WebSocket;
window.WebSocket = class extends Native {
  constructor(...all) {
    super(...all);
    this.addEventListener('message', ({ data }) => {
      window.vtSocket.came.push(performance.now());
      window.vtTaken.messages += 1;
      window.vtTaken.bytes += data.byteLength ?? data.size ?? data.length;
    });
  }
  send(data) { window.vtSocket.sent.push(performance.now()); return super.send(data); }
};
window.addEventListener('pointerup', (event) => {
  window.vtReleased = event.timeStamp;
  window.vtSocket = { sent: [], came: [] };
}, true);
window.vtWatch = (app, expected) => {
  window.vtReleased = undefined;
  window.vtDone = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('not redrawn within 30 s')), 30_000);
    const look = () => {
      const now = performance.now();
      if (window.vtReleased !== undefined && window.vtState(app) === expected) {
        const { sent, came } = window.vtSocket;
        const before = came.filter((at) => at <= now);
        const last = Math.max(...before);
        resolve([now, ...(before.length && sent.length ? [sent[0], last] : [])].map((at) => at - window.vtReleased));
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
};
"""
# Of a page of which it is not known what will stand there: when its texts and marks changed last.
CHANGED = """
new MutationObserver((changes) => {
  const inside = ({ target }) => (target.closest ? target : target.parentElement)?.closest('[data-testid="stMain"]');
  if (changes.some(inside)) window.vtChanged = performance.now();
}).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ['d', 'transform'] });
window.addEventListener('pointerup', (event) => { window.vtChanged = event.timeStamp; }, true);
"""
STILL = "(since) => performance.now() - Math.max(vtChanged, vtSocket.came.at(-1) ?? 0, window.vtReleased ?? 0) > since"
STEPS = """() => {
  const { sent, came } = window.vtSocket;
  return [window.vtChanged, sent[0] ?? vtReleased, came.at(-1) ?? vtReleased].map((at) => at - vtReleased);
}"""
SETTLED = """(app) => {
  const state = window.vtState(app);
  if (!window.vtSeen || window.vtSeen.state !== state) window.vtSeen = { state, since: performance.now() };
  return state && performance.now() - window.vtSeen.since > 700 ? state : null;
}"""

Times = list[list[float]]


def opened(browser: Browser, app: App, address: str) -> Page:
    """The page of an app in a fresh browser profile, settled."""
    page = browser.new_context(viewport={"width": 1366, "height": 1100}, locale="nl-NL").new_page()
    page.set_default_timeout(30_000)
    page.add_init_script(PROBE + WATCH)
    page.goto(address + app.path)
    settled(page, app)
    return page


def settled(page: Page, app: App) -> str:
    """What stands on the page once it stands still."""
    state: str = page.wait_for_function(SETTLED, arg=where(app), polling=100).json_value()
    return state


def release(page: Page, target: Locator) -> None:
    """A real click with the mouse."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def learned(page: Page, app: App) -> dict[str, str]:
    """What stands on the page after each choice; all charts and tables differ between choices."""
    states = {}
    for choice in (*CHOICES[1:], CHOICES[0]):
        before = page.evaluate("(app) => window.vtState(app)", where(app))
        release(page, app.find(page, choice))
        page.wait_for_function("([app, before]) => window.vtState(app) !== before", arg=[where(app), before])
        states[choice] = settled(page, app)
    assert len(set(states.values())) == len(CHOICES), f"{app.name}: choices look the same"
    return states


def timed(page: Page, app: App, states: dict[str, str], choices: Iterable[str], pause: random.Random) -> Times:
    """Per click: milliseconds to everything redrawn, and where the app has a socket to first sent and last received."""
    found = []
    for choice in choices:
        page.wait_for_timeout(pause.uniform(200, 400))
        page.evaluate("([app, expected]) => window.vtWatch(app, expected)", [where(app), states[choice]])
        release(page, app.find(page, choice))
        found.append(page.evaluate("window.vtDone"))
    return found


def switches(page: Page, pause: random.Random, count: int) -> Times:
    """Times from a click in the navigation to this page with all its charts, coming from another."""
    expected = settled(page, OURS)
    header = page.get_by_test_id("stHeader")
    found = []
    for _ in range(count):
        release(page, header.get_by_role("link", name="Vergelijken", exact=True))
        page.get_by_role("heading", name="Vergelijken", level=1).wait_for()
        page.wait_for_timeout(pause.uniform(500, 700))
        page.evaluate("([app, expected]) => window.vtWatch(app, expected)", [where(OURS), expected])
        release(page, header.get_by_role("link", name="Overdracht", exact=True))
        found.append(page.evaluate("window.vtDone"))
    return found


def turns(count: int) -> Iterator[str]:
    """Choices after one another, as many as asked for."""
    return islice(cycle(CHOICES[1:] + CHOICES[:1]), count)


def cost_of(page: Page, app: App, states: dict[str, str], clicks: int, pause: random.Random) -> str:
    """What a click costs the browser, whatever else the machine does: processor time of the page, messages, bytes."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> list[float]:
        named = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        parts = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
        taken = page.evaluate("[window.vtTaken.messages, window.vtTaken.bytes / 1e6]")
        return [named[part] * 1000 for part in parts] + [taken[0], taken[1] * 1000]

    before = spent()
    timed(page, app, states, turns(clicks), pause)
    page.wait_for_timeout(700)
    each = [(after - first) / clicks for first, after in zip(before, spent(), strict=True)]
    words = ("of the page's processor", "script", "layout", "style")
    told = ", ".join(f"{value:.0f} ms {word}" for word, value in zip(words, each, strict=False))
    return f"{app.name}: a click costs {told}; {each[4]:.0f} messages of {each[5]:.0f} kB unpacked"


@dataclass(frozen=True)
class Opened:
    """An app with its page open, and what stands on it after each choice."""

    app: App
    page: Page
    states: dict[str, str]


def side_by_side(browser: Browser, apps: Sequence[App], database: Path, clicks: int) -> dict[str, Times]:
    """All apps served and open at once, clicked in turn, so that what else the machine does falls on all alike."""
    pause = random.Random(7)
    found: dict[str, Times] = {app.name: [] for app in apps}
    with ExitStack() as stack:
        everything = []
        for app in apps:
            page = opened(browser, app, stack.enter_context(served(app, database)))
            everything.append(Opened(app, page, learned(page, app)))
        for choice in turns(clicks):
            for each in everything:
                each.page.bring_to_front()
                found[each.app.name] += timed(each.page, each.app, each.states, [choice], pause)
        ours = zip(turns(clicks), found.get(OURS.name, []), strict=False)
        found[f"{OURS.name}, KM, HG and OM alone"] = [times for choice, times in ours if choice in CHOICES[2:]]
        for each in everything:
            print(cost_of(each.page, each.app, each.states, clicks, pause), file=sys.stderr)
            if each.app is OURS:
                found["ours, page switch"] = switches(each.page, pause, clicks)
                found["ours, not asked before"] = unasked(browser, each.states, database, clicks, pause)
            each.page.context.close()
    return found


def unasked(browser: Browser, states: dict[str, str], database: Path, clicks: int, pause: random.Random) -> Times:
    """The first three choices of a server that was just started: nothing of them has been made before."""
    found: Times = []
    while len(found) < clicks:
        with served(OURS, database) as address:
            page = opened(browser, OURS, address)
            found += timed(page, OURS, states, CHOICES[1:], pause)
            page.context.close()
    return found[:clicks]


def any_click(page: Page, target: Locator) -> list[float]:
    """Milliseconds from a click to the last change of the page, to first sent and last received, and of the page's
    processor."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        named = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        return float(named["TaskDuration"]) * 1000

    target.scroll_into_view_if_needed()
    before = spent()
    release(page, target)
    page.wait_for_function(STILL, arg=600, polling=50)
    return [*page.evaluate(STEPS), spent() - before]


def find_period(page: Page, number: int) -> Locator:
    """An option of the list of periods, which is opened for it: its place among them."""
    page.locator(".st-key-periode input").click()
    page.wait_for_timeout(400)
    return page.get_by_role("option").nth(number)


def any_clicks(browser: Browser, url: str, query: str, name: str) -> Iterator[tuple[str, list[float]]]:
    """What is clicked on a page of a server that runs, each click once and again, and what it took."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL").new_page()
    page.set_default_timeout(30_000)
    page.add_init_script(WATCH + CHANGED)
    page.goto(f"{url}/{'' if name == 'overzicht' else name}?{query}")
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_function(STILL, arg=1500, polling=50)
    yield "first view", [page.evaluate("window.vtChanged")]
    header = page.get_by_test_id("stHeader")
    for said in ("", ", again"):
        for number in (2, 3):
            yield f"a period{said}", any_click(page, find_period(page, number))
        for choice in (*CHOICES[1:], CHOICES[0]):
            yield f"{choice}{said}", any_click(page, OURS.find(page, choice))
        title = page.get_by_role("heading", level=1).inner_text()
        yield f"to Presenteren{said}", any_click(page, header.get_by_role("link", name="Presenteren"))
        page.go_back()
        page.get_by_role("heading", name=title, level=1).wait_for()
        page.wait_for_function(STILL, arg=600, polling=50)
    page.context.close()


def on_a_server(url: str, query: str, pages: Sequence[str]) -> None:
    """Print what each click on these pages takes."""
    print("| page | click | until it stands | to sent | to last answer | page's processor |\n|---|---|--:|--:|--:|--:|")
    with chromium() as browser:
        for name in pages:
            for said, times in any_clicks(browser, url, query, name):
                print(f"| {name} | {said} | " + " | ".join(f"{each:.0f}" for each in times) + " |", flush=True)


def line(name: str, times: Times) -> str:
    """A row of the table."""
    whole = [found[0] for found in times]
    cells = [statistics.median(whole), statistics.quantiles(whole, n=20)[-1]]
    steps = [found for found in times if len(found) == 3]
    parts: Sequence[float] = ()
    if len(steps) == len(times):
        parts = [
            statistics.median(sent for _, sent, _ in steps),
            statistics.median(last - sent for _, sent, last in steps),
            statistics.median(done - last for done, _, last in steps),
        ]
    shown = [f"{cell:.0f}" for cell in (*cells, *parts)] + [""] * (3 - len(parts))
    return f"| {name} | " + " | ".join(shown) + " |"


def main() -> None:
    """Print a table of medians and 95th percentiles, and of the steps where an app talks over a socket."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clicks", type=int, default=30)
    parser.add_argument("--only", help="one app, by name")
    parser.add_argument("--database", type=Path, help="a collection made before by benchmarks/synthetic.py")
    parser.add_argument("--url", help="a server that runs: ours alone, any of its pages")
    parser.add_argument("--query", default="", help="of those pages")
    parser.add_argument("--pages", default="overzicht,instroom,adviesvragers,aard,vergelijken")
    asked = parser.parse_args()
    if asked.url:
        on_a_server(asked.url, asked.query, asked.pages.split(","))
        return
    print("| | median | p95 | click to sent | sent to last answer | last answer to drawn |")
    print("|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        database = asked.database or synthetic(Path(folder))
        apps = [app for app in APPS if asked.only in (None, app.name)]
        for name, times in side_by_side(browser, apps, database, asked.clicks).items():
            print(line(name, times), flush=True)


if __name__ == "__main__":
    main()
