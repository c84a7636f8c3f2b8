"""The real app on a port of its own, and one Chromium for all tests here."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from screen import PAGES, Screen
from served import running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWS = {
    "desktop": {"viewport": {"width": 1366, "height": 768}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "small phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app answers, started as a visitor's administrator starts it."""
    folder = tmp_path_factory.mktemp("served")
    with running(folder / "server.log", VT_DATABASE=str(folder / "vt.db")) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium; where there is none, the tests are skipped, on CI they fail."""
    executable = next(filter(None, map(shutil.which, ("/usr/bin/chromium", "chromium"))), None)
    if executable is None and os.environ.get("CI"):
        pytest.fail("no Chromium at /usr/bin/chromium or on the PATH, and CI is set")
    if executable is None:
        pytest.skip("no Chromium at /usr/bin/chromium or on the PATH")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=executable, args=FLAGS) as started:
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


@pytest.fixture
def window(contexts: Callable[[str], BrowserContext], address: str) -> Iterator[Callable[..., Screen]]:
    """Opens new windows, closed after the test; at the end none of them may have met a fault."""
    opened: list[Screen] = []

    def open_window(view: str = "desktop") -> Screen:
        opened.append(Screen.new(contexts(view), address))
        return opened[-1]

    yield open_window
    for screen in opened:
        screen.page.close()
    assert [fault for screen in opened for fault in screen.faults] == []


@pytest.fixture
def screen(window: Callable[..., Screen]) -> Screen:
    """A new window on a desk."""
    return window()


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path or "overzicht")
def visited(
    request: pytest.FixtureRequest, contexts: Callable[[str], BrowserContext], address: str
) -> Iterator[Screen]:
    """Each page, opened once by its address, for tests that only look."""
    screen = Screen.new(contexts("desktop"), address)
    yield screen.open(request.param)
    screen.page.close()
