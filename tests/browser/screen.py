"""What a visitor sees and does, read from a real browser: figures with their numbers, filters, and what went wrong."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from vt.web.site_map import ACCOUNT, HOME, SECTIONS
from vt.web.site_map import PAGES as SITE

PAGES = {"" if name == HOME else name: page.title for name, page in SITE.items()}
ACCOUNTING = {page.title for page in SECTIONS[ACCOUNT]}
WITHOUT_FIGURES = ("presenteren", "controle", "bronnen", "begrippen", "zoek", "toegankelijkheid")
NARROW = ["", "melders", "vergelijken", "presenteren", "controle", "bronnen", "toegankelijkheid"]  # seen at 320 px
WITH_FIGURES = [path for path in PAGES if path not in WITHOUT_FIGURES]
POINT = "svg.marks .mark-group:has(.mark-line) + .mark-symbol path"  # of a line over two years, old and new
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\w)|(?<![\w.,])\d+(?:,\d+)?(?![\w])")

# Streamlit's and the browser's own words, as they stand at the start of a label or as a whole.
ENGLISH = re.compile(
    r"\b(Settings|Rerun|Deploy|Choose|Select|Selected|Clear|Search|View|Download as|Full ?screen|Running|Close|Open|"
    r"Loading|Remove|Show|Hide|Copy|Collapse|Expand|Sidebar|Main menu|Help|Skip to|Press|Enter|Upload|Browse|Error|"
    r"Please|Options?|available|results?|Stop|Made with|Print|Record|About|Next|Previous|Sort|Link to|Connecting|"
    r"Page not found)\b"
)
LABELS = """() => [...document.querySelectorAll('*')].flatMap((node) =>
  ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt', 'aria-valuetext']
    .map((name) => node.getAttribute(name)).filter(Boolean))"""
HIDE_ICONS = """(hidden) => document.querySelectorAll('[data-testid=stIconMaterial]')
  .forEach((icon) => { icon.hidden = hidden; })"""
# The script has ended, nothing is of the run before, no part waits for its code (a chart does), every chart is
# drawn, and texts and marks stand still: for 200 ms and five looks, for a busy machine can do nothing for 200 ms.
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const main = document.querySelector('[data-testid="stMain"]');
  const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  const ready = app?.getAttribute('data-test-script-state') === 'notRunning' && main
    && !document.documentElement.hasAttribute('data-drawing')
    && (main.querySelector('h1') || main.querySelector('[data-testid="stAlert"]'))
    && !document.querySelector('[data-stale="true"]')
    && !main.querySelector('[data-testid="stSkeleton"]')
    && charts.every((chart) => chart.querySelector('svg.marks .role-mark > *'))
    && [...document.querySelectorAll('[class*="st-key-figuur-"]')].every((box) => box.querySelector('table'));
  const marks = document.querySelectorAll('svg.marks .role-mark > *').length;
  const now = ready ? location.href + marks + main.textContent : null;
  if (window.vtSeen?.now !== now) window.vtSeen = { now, since: performance.now(), looks: 0 };
  window.vtSeen.looks += 1;
  return now !== null && performance.now() - window.vtSeen.since > 200 && window.vtSeen.looks >= 5;
}"""

# To another page without loading the site anew; what is unfolded beside the page folds, a list by losing the focus.
STEP = """(address) => {
  document.activeElement?.blur();
  document.querySelectorAll('[data-unfold][aria-expanded=true]').forEach((button) => button.click());
  history.pushState(null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}"""
HEADING = "() => document.querySelector('[data-testid=\"stMain\"] h1')?.textContent ?? ''"

FIGURES = """() => [...document.querySelectorAll('[class*="st-key-figuur-"]')].map((box) => {
  const svg = box.querySelector('svg.marks');
  const data = (node) => node.__data__?.datum ?? {};
  // a column that holds a number, over lines or without the period before it, and no tick of a scale
  const saysNumber = (node) => node.textContent && !['tick', 'across', 'up'].includes(data(node).kind)
    && ['text', 'big', 'words', 'name'].map((column) => String(data(node)[column] ?? ''))
      .some((text) => [text.replaceAll('|', ''), text.split(': ').at(-1)].includes(node.textContent));
  // the first layer of rectangles: a later one holds the ticks of a norm
  const bars = [...(svg?.querySelector('.mark-rect.role-mark')?.children ?? [])];
  return {
    id: [...box.classList].find((name) => name.startsWith('st-key-figuur-')).slice('st-key-figuur-'.length),
    finding: box.querySelector('h3')?.textContent ?? '',
    subtitle: box.querySelector('.vt-onderschrift')?.textContent ?? '',
    notices: [...box.querySelectorAll('.vt-melding li')].map((item) => item.textContent),
    alt: box.querySelector('[data-testid="stVegaLiteChart"]')?.getAttribute('aria-label') ?? '',
    values: [...(svg?.querySelectorAll('.mark-text.role-mark text') ?? [])]
      .filter(saysNumber).map((node) => node.textContent),
    bars: bars.map((node) => [data(node).start, data(node).end, node.__data__?.width, node.__data__?.height]),
    fills: bars.map((node) => node.getAttribute('fill')),
    rows: [...box.querySelectorAll('table.vt-tabel tr')]
      .map((row) => [...row.querySelectorAll('th,td')].map((cell) => cell.textContent)),
  };
})"""


@dataclass(frozen=True)
class Shown:
    """A figure on the screen: its words, the numbers written in its chart, its bars, and its table."""

    id: str
    finding: str
    subtitle: str
    notices: list[str]
    alt: str
    values: list[str]
    bars: list[list[float | None]]
    fills: list[str]
    rows: list[list[str]]

    @property
    def drawn(self) -> set[str]:
        """The numbers that the chart writes, without the period before them ("2021: 646") and the share after them."""
        return numbers(*(value.rpartition(": ")[2].partition(", dat is ")[0] for value in self.values))

    @property
    def to_scale(self) -> bool:
        """Whether the bars, lying or standing, are as long as their numbers say, but for a pixel between two parts."""
        drawn = [(start or 0, end, wide or 0, high or 0) for start, end, wide, high in self.bars if end is not None]
        lengths = [(end - start, wide, high) for start, end, wide, high in drawn if end > start]
        value, *sizes = max(lengths, default=(1.0, 0.0, 0.0))
        return any(
            all(abs(bar[side] - bar[0] * size / value) <= max(0.01 * bar[0] * size / value, 1.01) for bar in lengths)
            for side, size in enumerate(sizes, 1)
        )

    @property
    def tabled(self) -> set[str]:
        """The numbers in the figure's own table."""
        return numbers(*(cell for row in self.rows[1:] for cell in row[1:]))


def numbers(*texts: str) -> set[str]:
    """Every number in texts, as written."""
    return {found for text in texts for found in NUMBER.findall(text)}


@dataclass
class Screen:
    """One page in the browser, and whatever went wrong on it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    @classmethod
    def new(cls, context: BrowserContext, address: str) -> "Screen":
        screen = cls(context.new_page(), address)
        screen.page.on("console", screen._on_console)
        screen.page.on("response", screen._on_response)
        screen.page.on("request", screen._on_request)
        screen.page.on("pageerror", lambda error: screen.faults.append(f"page error: {error}"))
        return screen

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        # Streamlit asks /<page>/_stcore/... for its base path on a deep link: a 404 by design.
        if response.status >= 400 and "/_stcore/" not in response.url:
            self.faults.append(f"{response.status} {response.url}")

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc and not request.url.startswith("data:"):
            self.faults.append(f"request elsewhere: {request.url}")

    def open(self, path: str = "", **query: str | list[str]) -> "Screen":
        """Open a page by its address."""
        self.page.goto(self._address_of(path, query))
        return self.settled()

    def look(self, path: str = "", **query: str | list[str]) -> "Screen":
        """Show a page in a window in which nothing but filters was used: by a step of the browser's history where the
        site is open, as Back does, at a third of what it costs to load it. From a page to itself over another one, for
        what is unfolded on a page stays as it is."""
        if not self.page.url.startswith(f"{self.address}/"):
            return self.open(path, **query)
        if self.path == path:
            self.look("zoek" if path != "zoek" else "bronnen")
        self.page.evaluate("() => document.documentElement.classList.remove('vt-meer-open', 'vt-keuze-open')")
        before = self.page.evaluate(HEADING)
        self.page.evaluate(STEP, self._address_of(path, query))
        self.page.wait_for_function(f"(before) => !['', before].includes(({HEADING})())", arg=before, polling=50)
        return self.settled()

    def _address_of(self, path: str, query: dict[str, str | list[str]]) -> str:
        return f"{self.address}/{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")

    def settled(self) -> "Screen":
        """Wait until the page stands."""
        self.page.wait_for_function(SETTLED, polling=50)
        return self

    def eventually(self, check: Callable[[], None], seconds: float = 10) -> "Screen":
        """Repeat a check until it holds: a chart follows its table a moment later."""
        end = time.monotonic() + seconds
        while True:
            with suppress(AssertionError):
                check()
                return self
            if time.monotonic() > end:
                check()
            self.page.wait_for_timeout(50)

    def does(self, act: Callable[[], Any]) -> "Screen":
        """Do something that changes the page, and wait for the change to have come."""
        before = self._state()
        act()
        self.page.wait_for_function(f"before => ({_STATE})() !== before", arg=before, polling=50)
        return self.settled()

    def _state(self) -> str:
        text: str = self.page.evaluate(_STATE)
        return text

    def unfold(self, label: str) -> Locator:
        """Open a drop-down filter; its field."""
        if label in ("Regio als geheel", "Kleine aantallen afschermen"):
            self.more_filters()
        field_ = self.page.get_by_role("combobox", name=label, exact=True)
        field_.scroll_into_view_if_needed()
        field_.click()
        if not self.page.get_by_role("listbox").count():
            field_.press("ArrowDown")
        self.page.get_by_role("option").first.wait_for()
        return field_

    def popover(self, name: str) -> "Screen":
        """Open what unfolds from a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.get_by_test_id("stPopoverBody").locator("button, input").first.wait_for()
        return self.settled()

    def choose(self, label: str, option: str) -> "Screen":
        """Choose an option in a drop-down filter; typed, because a long list draws only what is in view."""
        self.unfold(label).fill(option)
        self.does(self.page.get_by_role("option", name=option, exact=True).click)
        if self.page.get_by_role("listbox").count():
            self.page.keyboard.press("Escape")
            self.page.get_by_role("listbox").wait_for(state="detached")
        return self

    def more_filters(self) -> "Screen":
        """Unfold the filters that are chosen less often; nothing where they are."""
        if not self.page.locator(".st-key-geweld").is_visible():
            self.page.get_by_role("button", name=re.compile(r"^Meer filters")).click()
        return self

    def open_numbers(self) -> "Screen":
        """Unfold the table of every figure; that of a figure alone stands open beside its chart."""
        for summary in self.page.locator(".vt-cijfers:not([open]) summary:visible").all()[::-1]:
            summary.click()
        return self

    def remove(self, option: str) -> "Screen":
        """Take a chosen gemeente away."""
        return self.does(self.page.get_by_role("button", name=f"{option} verwijderen", exact=True).click)

    def press(self, option: str) -> "Screen":
        """Choose a kind of geweld."""
        group = self.more_filters().page.locator(".st-key-geweld")
        return self.does(group.get_by_text(option, exact=True).click)

    def follow(self, label: str) -> "Screen":
        """Go to another page by the navigation."""
        if label in ACCOUNTING:
            self.page.get_by_role("button", name=ACCOUNT, exact=True).click()
            return self.does(self.page.get_by_role("menuitem", name=label, exact=True).click)
        return self.does(self.page.get_by_role("link", name=label, exact=True).first.click)

    @property
    def figures(self) -> list[Shown]:
        return [Shown(**found) for found in self.page.evaluate(FIGURES)]

    @property
    def numbers(self) -> list[tuple[str, list[list[str]]]]:
        """Every figure's table: what two windows with the same view agree on."""
        return [(figure.subtitle, figure.rows) for figure in self.figures]

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def english(self) -> set[str]:
        """English words in what is seen and what is read aloud; an icon's name is drawn as an icon."""
        self.page.evaluate(HIDE_ICONS, True)
        texts = [self.page.locator("body").inner_text(), self.page.title(), *self.page.evaluate(LABELS)]
        self.page.evaluate(HIDE_ICONS, False)
        return {found for text in texts for found in ENGLISH.findall(text)}

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path.strip("/")

    @property
    def text(self) -> str:
        """What stands in the page's main part."""
        return self.page.get_by_test_id("stMain").inner_text()

    @property
    def heading(self) -> str:
        (only,) = self.page.get_by_role("heading", level=1).all_inner_texts()
        return only

    @property
    def notices(self) -> list[str]:
        """What the page says that it cannot answer or does not recognise."""
        return self.page.locator(".vt-melding li").all_inner_texts()


Lend = Callable[..., AbstractContextManager[Screen]]
_STATE = """() => location.href + '\\n' + (document.querySelector('[data-testid="stMain"]')?.textContent ?? '')"""
