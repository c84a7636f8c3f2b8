"""The real app on a port of its own, and one Chromium for all tests here."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from chromium import FLAGS
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from screen import PAGES, Lend, Screen
from served import shared

QUICK = "--js-flags=--no-maglev,--no-opt"  # a page lives for a second: to make its code quick costs more than it saves
AS_IT_COMES = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
VIEWS = {
    "desktop": {"viewport": {"width": 1366, "height": 768}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "small phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(real_database: Path, common: Path) -> Iterator[str]:
    """Where the app answers, started as a visitor's administrator starts it: one for all workers."""
    folder = common / "served"
    folder.mkdir(exist_ok=True)
    with shared(folder, VT_DATABASE=str(real_database)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium; where there is none, the tests are skipped, on CI they fail."""
    executable = next(filter(None, map(shutil.which, ("/usr/bin/chromium", "chromium"))), None)
    if executable is None and os.environ.get("CI"):
        pytest.fail("no Chromium at /usr/bin/chromium or on the PATH, and CI is set")
    if executable is None:
        pytest.skip("no Chromium at /usr/bin/chromium or on the PATH")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=[*FLAGS, QUICK]) as started,
    ):
        yield started


@pytest.fixture(scope="package")
def contexts(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser context per view, kept: its cache makes the second page quick. An English machine, to see Dutch come
    from us."""
    made: dict[str, BrowserContext] = {}

    def context(view: str) -> BrowserContext:
        if view not in made:
            made[view] = browser.new_context(locale="en-US", color_scheme="light", **VIEWS[view])
            made[view].grant_permissions(["clipboard-read", "clipboard-write"])
        return made[view]

    yield context
    for each in made.values():
        each.close()


@pytest.fixture(scope="package")
def lend(contexts: Callable[[str], BrowserContext], address: str) -> Lend:
    """Lends a window, as good as new, and takes it back: a page costs half in a window that has shown one before."""
    idle: dict[tuple[str, bool], list[Screen]] = defaultdict(list)

    @contextmanager
    def lent(view: str = "desktop", to_look: bool = False) -> Iterator[Screen]:
        kept = idle[view, to_look]
        screen = kept.pop() if kept else Screen.new(contexts(view), address)
        screen.faults.clear()
        screen.page.bring_to_front()  # Chromium slows down a window behind another
        yield screen
        screen.page.set_viewport_size(VIEWS[view]["viewport"])
        screen.page.emulate_media(**AS_IT_COMES)
        screen.page.mouse.move(0, 0)
        screen.page.evaluate(
            "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* nothing was opened */ } }"
        )
        kept.append(screen)

    return lent


@pytest.fixture
def window(lend: Lend) -> Iterator[Callable[..., Screen]]:
    """Opens windows; at the end of the test none of them may have met a fault."""
    with ExitStack() as stack:
        opened: list[Screen] = []

        def open_window(view: str = "desktop", to_look: bool = False) -> Screen:
            opened.append(stack.enter_context(lend(view, to_look)))
            return opened[-1]

        yield open_window
        assert [fault for screen in opened for fault in screen.faults] == []


@pytest.fixture
def screen(window: Callable[..., Screen]) -> Screen:
    """A window on a desk."""
    return window()


@pytest.fixture
def viewer(window: Callable[..., Screen]) -> Screen:
    """A window on a desk in which nothing but filters is used, from test to test: see Screen.look."""
    return window(to_look=True)


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path or "overzicht")
def visited(request: pytest.FixtureRequest, lend: Lend) -> Iterator[Screen]:
    """Each page, come to once, for tests that only look."""
    with lend(to_look=True) as screen:
        yield screen.look(request.param)
