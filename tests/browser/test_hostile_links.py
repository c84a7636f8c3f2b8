"""Hostile labels, links and files in a real browser: they are read as text, nothing runs, no request leaves."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import PAYLOADS, World
from playwright.sync_api import Browser, BrowserContext, Page
from screen import Screen
from served import running

from vt.figures.deck import Deck
from vt.render import image, offline


@pytest.fixture(scope="module")
def hostile_address(hostile: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an app answers in which every label is hostile."""
    log = tmp_path_factory.mktemp("hostile-server") / "log"
    with running(log, VT_DATA=str(hostile.data), VT_DATABASE=str(hostile.database)) as port:
        yield f"http://localhost:{port}"


def assert_nothing_ran(screen: Screen) -> None:
    """No fault, no script or picture of a payload, no request elsewhere, no dialogue."""
    assert screen.page.evaluate("window.ran ?? 0") == 0
    strange = "script:not([src]), img, iframe, object, embed, [onerror], [onload], [onmouseover]"
    main = screen.page.locator("[data-testid=stMain], [data-testid=stSidebarUserContent]")
    assert main.locator(strange).count() == 0
    assert screen.page.locator('a[href^="javascript:"]').count() == 0
    assert screen.faults == []


def counted(page: Page) -> None:
    """Have the page count the dialogues that a payload would open."""
    page.add_init_script(
        "window.alert = window.confirm = window.prompt = () => { window.ran = (window.ran ?? 0) + 1; }"
    )


@pytest.fixture(scope="module")
def visitor(contexts: Callable[[str], BrowserContext], hostile_address: str) -> Iterator[Screen]:
    screen = Screen.new(contexts("desktop"), hostile_address)
    counted(screen.page)
    yield screen
    screen.page.close()


@pytest.mark.parametrize("path", ["", "aard", "bronnen", "begrippen"])
def test_labels_are_read_as_text(visitor: Screen, path: str) -> None:
    visitor.look(path, gemeente="zwolle")
    visitor.page.get_by_text(re.compile(r"<script>alert|=HYPERLINK|\$x\^2\$|!\[x\]")).first.wait_for(state="attached")
    assert_nothing_ran(visitor)


def test_a_filter_offers_labels_as_text(visitor: Screen) -> None:
    visitor.look("melders")
    visitor.unfold("Gemeente")
    offered = visitor.page.get_by_role("option").all_inner_texts()
    assert any(payload in text for text in offered for payload in PAYLOADS if payload[0] in "<![$:")
    assert_nothing_ran(visitor)


def test_a_link_that_holds_everything_is_said_and_not_run(
    contexts: Callable[[str], BrowserContext], address: str
) -> None:
    screen = Screen.new(contexts("desktop"), address)
    counted(screen.page)
    screen.open("", gemeente=list(PAYLOADS), regio="x" * 20_000, **{"<script>": "<script>alert(1)</script>"})
    assert "is niet herkend" in screen.page.locator("body").inner_text()
    assert_nothing_ran(screen)
    screen.page.close()


@pytest.mark.parametrize(
    ("kind", "step"), [("html", 3), pytest.param("html", 1, marks=pytest.mark.exhaustive), ("svg", 3)]
)
def test_a_file_of_hostile_labels_runs_nothing_and_asks_for_nothing(
    browser: Browser, hostile_deck: Deck, tmp_path: Path, kind: str, step: int
) -> None:
    """One slide of three, with every question; by hand all."""
    deck = replace(hostile_deck, slides=hostile_deck.slides[::step])
    path = tmp_path / f"bestand.{kind}"
    path.write_bytes(offline.write_html(deck) if kind == "html" else image.write_svg(deck.slides[0].figure))
    with closing(browser.new_context()) as context:
        page, faults, asked = context.new_page(), [], []
        counted(page)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        if kind == "html":
            page.locator(".vt-levend svg.marks").nth(len(deck.slides) - 1).wait_for()
        assert page.evaluate("window.ran ?? 0") == 0
        assert faults == []
        assert asked == [path.as_uri()]
