"""The HTML file opened from disk in a browser without a network: live charts, Dutch tips, pictures without scripts."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Slide
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.render import offline
from vt.store.connection import connect
from vt.store.reference import read_metadata

ASKED = (
    (FigureRequest("categories", ("meldingen_professionals",)), Selection(gemeenten=("zwolle",))),
    (FigureRequest("series", ("meldingen",)), Selection(gemeenten=("dordrecht",))),
    (FigureRequest("tiles", ("meldingen",), region="ijsselland"), Selection(gemeenten=("zwolle",))),
)


@pytest.fixture(scope="module")
def file(real_database: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a file with a figure of each form."""
    with closing(connect(real_database)) as db:
        dataset = Dataset(db, read_metadata(db))
        slides = tuple(Slide(build_figures(dataset, asked, selection)[0]) for asked, selection in ASKED)
    path = tmp_path_factory.mktemp("offline") / "meldingen.html"
    path.write_bytes(offline.write_html(Deck("Meldingen", "Zwolle", slides, "alles", "", "0a1b2c3d", date(2026, 3, 1))))
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, file: str) -> Iterator[Page]:
    """The file in a browser that has no network; at the end nothing went wrong and nothing else was asked for."""
    with closing(browser.new_context(offline=True, viewport={"width": 390, "height": 844})) as context:
        page, faults, asked = context.new_page(), [], []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file)
        yield page
        assert faults == []
        assert set(asked) == {file}


def test_every_chart_is_live_and_as_wide_as_the_screen(page: Page) -> None:
    expect(page.locator(".vt-levend svg.marks")).to_have_count(len(ASKED))
    expect(page.locator(".vt-grafiek > svg")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_tip_has_dutch_numbers(page: Page) -> None:
    page.locator("#grafiek-1 .mark-symbol").last.locator("path").first.hover()  # the dot of now, over that of before
    expect(page.locator("#vg-tooltip-element")).to_contain_text("1.326")


def test_a_browser_that_darkens_every_site_leaves_the_file(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.context.new_cdp_session(page).send("Emulation.setAutoDarkModeOverride", {"enabled": True})
    page.reload()
    page.locator(".vt-levend svg.marks").first.wait_for()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    assert picture.getpixel((4, 840)) == (255, 255, 255)


def test_a_keyboard_gets_past_the_contents(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".vt-sla-over")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_slide_by_slide_by_keys_and_by_address(page: Page) -> None:
    page.get_by_role("button", name="Presenteer").click()
    seen = page.locator(":is(h1, h2):visible")
    expect(seen).to_have_text(["Meldingen"])
    titles = page.locator("main h2").all_inner_texts()
    for key, number in {"ArrowRight": 2, " ": 3, "PageUp": 2, "End": 5, "Home": 1, "ArrowDown": 2}.items():
        page.keyboard.press(key)
        expect(page.locator(".vt-balk")).to_contain_text(f"Dia {number} van 5")
        assert page.url.endswith(f"#dia-{number}")
    page.reload()
    expect(seen).to_have_count(1)
    expect(page.locator(".vt-zaalbeeld svg.marks")).to_be_visible()
    page.keyboard.press("Escape")
    expect(seen).to_have_count(len(titles) + 2)
    assert "dia" not in page.url
    assert all(box["width"] > 300 for box in map(Locator.bounding_box, page.locator(".vt-levend svg").all()) if box)


def test_paper_has_every_figure_whichever_slide_is_shown(browser: Browser, file: str) -> None:
    with closing(browser.new_context(offline=True)) as context:
        page = context.new_page()
        page.goto(f"{file}#dia-3")
        expect(page.locator(".vt-zaalbeeld svg.marks")).to_be_visible()
        paper = PdfReader(io.BytesIO(page.pdf()))
        drawn = page.locator(".vt-levend svg.marks").evaluate_all("(all) => all.map((each) => each.clientWidth)")
    text = " ".join(sheet.extract_text() for sheet in paper.pages)
    assert [title for title in ("Inhoud", "Bronnen") if title in text] == ["Bronnen"]
    assert text.count("Bron:") >= len(ASKED)
    assert "Gekozen: alles · 1 maart 2026" in text
    assert len(drawn) == len(ASKED)
    assert min(drawn) > 500


def test_without_a_script_there_are_pictures_and_tables(browser: Browser, file: str) -> None:
    with closing(browser.new_context(offline=True, java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(file)
        assert page.locator(".vt-grafiek > svg").count() == len(ASKED)
        page.locator(".vt-cijfers summary").first.click()
        assert page.locator("table").first.is_visible()
