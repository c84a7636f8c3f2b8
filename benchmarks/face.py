"""What a visitor sees of each page before and after scrolling, held against bounds: pictures, length, doubles, filters.

    uv run python benchmarks/face.py [--pages melders,triage] [--query gemeente=Deventer] [--url ADDRESS]

Every page with nothing chosen, Deventer, Dordrecht and three gemeenten, in a window of 1366x768 and on phones of 390
and 320 px. Prints a row a page, a star at what misses its bound, and what was found. Method: benchmarks/README.md.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from apps import chromium
from playwright.sync_api import Browser, BrowserContext, Page
from session import PAGES, server

SCRIPT = (Path(__file__).parent / "face.js").read_text(encoding="utf-8")
CHOICES = (
    "",
    "gemeente=Deventer",
    "gemeente=Dordrecht",
    "gemeente=Deventer&gemeente=Zwolle&gemeente=Kampen",
)
WINDOW = {"width": 1366, "height": 768}
PHONES = (390, 320)
ACCOUNTS = {"begrippen", "bronnen", "controle", "toegankelijkheid", "zoek"}
WITHOUT_PICTURE = ACCOUNTS | {"presenteren"}


@dataclass
class Face:
    """What was measured of a page with a choice."""

    page: str
    query: str
    look: dict[str, Any]
    cut: dict[int, list[str]]
    wider: dict[int, bool]
    control: tuple[bool, bool, bool]

    def cells(self) -> Iterator[tuple[str, bool]]:
        """The measures in order, each with whether it is within its bound."""
        look, has_pictures = self.look, self.page not in WITHOUT_PICTURE
        first = look["first"]
        yield f"{look['window']:.0f}%", not has_pictures or look["window"] >= 35
        yield f"{look['page']:.0f}%", not has_pictures or look["page"] >= 30
        yield "-" if first is None else str(first), not has_pictures or (first is not None and first < 360)
        yield f"{look['screens']:.1f}", look["screens"] <= self.most_screens() + 0.05
        yield f"{len(look['twice'])}/{len(look['folded'])}", not look["twice" if self.page in ACCOUNTS else "folded"]
        yield "/".join(str(len(found)) for found in self.cut.values()), not any(self.cut.values())
        yield " ".join(str(width) for width, wider in self.wider.items() if wider) or "no", not any(self.wider.values())
        yield " ".join("yes" if seen else "no" for seen in self.control), all(self.control)

    def most_screens(self) -> int:
        """How long the page may be: a topic 3, one place 4, anything without a choice 5."""
        if not self.query or self.page in ACCOUNTS:
            return 5
        return 4 if self.page in ("overzicht", "gemeente") else 3

    def row(self) -> str:
        """A row of the table, a star at what misses its bound."""
        measured = " | ".join(text if good else f"**{text}** \\*" for text, good in self.cells())
        return f"| {self.page} | {name_choice(self.query)} | {measured} |"

    def details(self) -> Iterator[str]:
        """What stands twice and what is cut off, in words."""
        yield from (f"twice: {text}" for text in self.look["folded"])
        yield from (f"cut off at {width}: {'; '.join(found)}" for width, found in self.cut.items() if found)


HEADS = ("window", "page", "first", "screens", "twice", "cut", "scrolls", "control")


def name_choice(query: str) -> str:
    """The gemeenten of a query."""
    return unquote_plus(query).replace("gemeente=", "").replace("&", ", ") or "nothing"


def ask(page: Page, what: str) -> Any:  # noqa: ANN401 - what the script answers
    """What a function of the script says of the page as it is now."""
    return page.evaluate(f"({SCRIPT}).{what}()")


def settle(page: Page) -> None:
    """Until the page stands still."""
    page.wait_for_selector('[data-testid="stMain"] h1', timeout=60_000)
    still = 0
    while still < 3:
        page.wait_for_timeout(120)
        still = still + 1 if ask(page, "still") else 0


def measure_controls(page: Page) -> tuple[bool, bool, bool]:
    """Whether the gemeente can be chosen before scrolling, at the end of the page, and after going to another page."""
    before = ask(page, "control")
    page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollTo(0, 1e6)")
    page.wait_for_timeout(100)
    after = ask(page, "control")
    other = page.locator('[data-testid="stTopNavLink"]:not([aria-current])').last
    other.click()
    page.wait_for_timeout(300)
    settle(page)
    return before, after, ask(page, "control")


def measure(context: BrowserContext, url: str, name: str, query: str) -> Face:
    """A page with a choice, in three widths."""
    page = context.new_page()
    page.goto(f"{url}/{'' if name == 'overzicht' else name}?{query}")
    settle(page)
    look = ask(page, "look")
    cut, wider = {}, {}
    for width in (WINDOW["width"], *PHONES):
        if width != WINDOW["width"]:
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_timeout(500)
            settle(page)
        cut[width], wider[width] = ask(page, "cut"), ask(page, "wider")
    page.set_viewport_size(WINDOW)
    settle(page)
    face = Face(name, query, look, cut, wider, measure_controls(page))
    page.close()
    return face


@contextmanager
def address(url: str | None) -> Iterator[str]:
    """The app that runs there, or one of its own."""
    if url:
        yield url.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (port, _):
        yield f"http://localhost:{port}"


def measure_all(browser: Browser, url: str, pages: list[str], queries: list[str]) -> list[Face]:
    """Each page with each choice; prints its row at once."""
    context = browser.new_context(viewport=WINDOW, locale="nl-NL")
    print("| page | choice | " + " | ".join(HEADS) + " |\n|" + "---|" * (len(HEADS) + 2))
    faces = []
    for query in queries:
        for name in pages:
            faces.append(measure(context, url, name, query))
            print(faces[-1].row(), flush=True)
    return faces


def main() -> int:
    """Print the table, then what misses its bound by page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", help="names of pages, by commas; all where it is left out")
    parser.add_argument("--query", action="append", help="a choice; the usual four where it is left out")
    parser.add_argument("--url", help="an app that runs already")
    asked = parser.parse_args()
    pages = asked.pages.split(",") if asked.pages else PAGES
    with address(asked.url) as url, chromium() as browser:
        faces = measure_all(browser, url, pages, CHOICES if asked.query is None else asked.query)
    missed = [(face, head) for face in faces for head, (_, good) in zip(HEADS, face.cells(), strict=True) if not good]
    print(f"\n{len(missed)} misses in {len(faces)} views")
    for face in faces:
        if lines := list(face.details()):
            print(f"\n{face.page}, {name_choice(face.query)}\n" + "\n".join(f"- {line}" for line in lines))
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
