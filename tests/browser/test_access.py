"""WCAG 2.1 AA in a real browser, and 2.2 where it is free: keys alone, focus, zoom, motion, forced colours, contrast
on the pixels of the screen, names and roles, axe on every state. What is left is in vt/accessibility.py."""

import io
import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page
from screen import PAGES, Screen

from vt.web import accessibility

# --- keys alone ------------------------------------------------------------------------------------------------------

FOCUSED = """() => {
  const node = document.activeElement;
  const label = node.getAttribute('aria-label') || node.innerText || '';
  return label.replaceAll(/\\b(expand|keyboard)_[a-z_]+/g, '').trim();
}"""


class Keys:
    """A visitor without a mouse."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page

    @property
    def focused(self) -> str:
        text: str = self.page.evaluate(FOCUSED)
        return text

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def tab_to(self, label: str, key: str = "Tab", most: int = 250) -> "Keys":
        """Tab until the focus is on what has this name."""
        for _ in range(most):
            if self.press(key).focused == label:
                return self
        raise AssertionError(f"no {label!r} within {most} stops; at {self.focused!r}")

    def does(self, *keys: str) -> "Keys":
        """Press keys that change the page."""
        self.screen.does(lambda: self.press(*keys))
        return self


def test_a_whole_visit_by_keyboard_alone(screen: Screen, tmp_path: Path) -> None:
    keys = Keys(screen.open())
    keys.press("Tab")
    assert keys.focused == "Direct naar de inhoud"
    keys.press("Enter", "Tab")
    assert screen.page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")

    keys.tab_to("Gemeente", "Shift+Tab")
    screen.page.keyboard.type("Dordr")
    screen.page.get_by_role("option").first.wait_for()
    keys.does("ArrowDown", "Enter").press("Escape")
    assert screen.query["gemeente"] == ["Dordrecht"]

    keys.tab_to("Melders", "Shift+Tab").does("Enter")
    assert screen.heading == "Melders"
    _reads_a_table(keys)
    keys.tab_to("Download").press("Enter")
    screen.page.get_by_test_id("stPopoverBody").get_by_role("button", name="CSV", exact=True).wait_for()
    with screen.page.expect_download() as saved:
        keys.tab_to("CSV", most=8).press("Enter")
    assert b"Melders" in Path(saved.value.path()).read_bytes()
    keys.press("Escape")
    assert keys.focused == "Download"

    keys.tab_to("402", "Shift+Tab").does("Enter")
    assert screen.heading == "Bronnen"
    assert screen.page.locator("mark").count()
    assert screen.page.evaluate("document.activeElement.dataset.testid") == "stMain"
    _presents(keys)
    with screen.page.expect_download() as saved:
        keys.tab_to("Excel").press("Enter")
    assert "Toelichting" in openpyxl.load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes())).sheetnames


def _reads_a_table(keys: Keys) -> None:
    """Fold a table and unfold it, and walk into its numbers."""
    details = keys.page.locator(".vt-voet details").first
    summary = keys.page.locator(".vt-voet summary").first.inner_text()
    is_open = details.get_attribute("open") is not None
    keys.tab_to(summary).press("Enter")
    assert (details.get_attribute("open") is not None) != is_open
    keys.press(*([] if not is_open else ["Enter"]))
    keys.press("Tab", "Tab")
    assert keys.page.evaluate("document.activeElement.closest('td') !== null")


def _presents(keys: Keys) -> None:
    screen = keys.screen
    keys.tab_to("Presenteren", "Shift+Tab").does("Enter")
    keys.tab_to("Presenteer").does("Enter")
    walked = [screen.page.locator(".vt-zaalvoet strong").inner_text()]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        keys.does(key)
        walked.append(screen.page.locator(".vt-zaalvoet strong").inner_text())
    assert [re.findall(r"\d+", slide)[0] for slide in walked] == ["1", "2", "3", "2"]
    live = screen.page.locator("#vt-live")
    screen.page.wait_for_function("() => document.getElementById('vt-live').textContent.startsWith('Dia 2')")
    assert screen.heading in live.inner_text()
    keys.does("Escape")
    assert screen.heading == "Presenteren"


def test_a_popover_is_walked_through_where_its_button_stands(screen: Screen) -> None:
    keys = Keys(screen.open("melders", gemeente="Dordrecht")).tab_to("Download").press("Enter")
    screen.page.get_by_test_id("stPopoverBody").get_by_role("button", name="CSV", exact=True).wait_for()
    assert keys.press("Tab").focused == "PowerPoint"
    assert keys.press("Shift+Tab").focused == "Download"
    keys.tab_to("Webpagina voor zonder internet", most=8)
    assert keys.press("Tab").focused == "Voeg toe aan presentatie"


def test_a_chosen_gemeente_says_its_name_and_goes_with_delete(screen: Screen) -> None:
    keys = Keys(screen.open("melders", gemeente=["Zwolle", "Dordrecht"])).tab_to("Zwolle")
    tag = screen.page.evaluate("['role', 'aria-description'].map((name) => document.activeElement.getAttribute(name))")
    assert tag == ["group", "Verwijderen met de toets Delete"]
    keys.does("Delete")
    assert screen.query["gemeente"] == ["Dordrecht"]
    assert keys.focused == "Dordrecht"


def test_a_chart_in_full_screen_keeps_the_focus_and_gives_it_back(screen: Screen) -> None:
    keys = Keys(screen.open("instroom", gemeente="Dordrecht"))
    name = screen.page.locator("[aria-label^='Volledig scherm']").first.get_attribute("aria-label") or ""
    keys.tab_to(name).press("Enter")
    close = name.replace("Volledig scherm", "Volledig scherm sluiten")
    screen.page.wait_for_function(f"(close) => ({FOCUSED})() === close", arg=close)
    assert {keys.press("Tab").focused.partition(":")[0] for _ in range(4)} == {
        "Downloaden als PNG",
        "Volledig scherm sluiten",
    }
    keys.tab_to(close, most=3).press("Enter")
    screen.page.wait_for_function(f"(name) => ({FOCUSED})() === name", arg=name)


def test_a_value_under_the_mouse_goes_with_escape(screen: Screen) -> None:
    screen.open("instroom", gemeente="Zwolle")
    screen.page.locator("svg.marks .mark-rect.role-mark path").first.hover()
    tip = screen.page.locator("#vg-tooltip-element")
    tip.wait_for()
    screen.page.keyboard.press("Escape")
    tip.wait_for(state="hidden")


def _point_at(page: Page, bar: int, along: float = 0.25) -> None:
    path = page.locator("svg.marks .mark-rect.role-mark path").nth(bar)
    box = path.bounding_box()
    assert box is not None
    path.hover(position={"x": along * box["width"], "y": box["height"] / 2})


def test_a_value_can_be_pointed_at_and_stays(screen: Screen) -> None:
    """1.4.13: the mouse goes along the bar, onto the value, and rests there; beside both the value goes."""
    page = screen.open("instroom", gemeente="Zwolle").page
    _point_at(page, 0)
    tip = page.locator("#vg-tooltip-element")
    tip.wait_for()
    box = tip.bounding_box()
    assert box is not None
    _point_at(page, 0, along=0.3)
    assert tip.bounding_box() == box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=15)
    page.wait_for_timeout(1_500)
    assert tip.is_visible()
    assert tip.bounding_box() == box
    assert "646" in tip.inner_text()
    page.mouse.move(5, 5, steps=5)
    tip.wait_for(state="hidden")


def test_a_value_on_its_way_out_is_closed_by_escape_and_makes_room_for_the_next(screen: Screen) -> None:
    page = screen.open("instroom", gemeente="Zwolle").page
    tip = page.locator("#vg-tooltip-element")
    _point_at(page, 0)
    tip.filter(has_text="646").wait_for()
    _point_at(page, 1, along=0.05)  # beside the value
    tip.filter(has_text="758").wait_for()
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    page.wait_for_timeout(500)
    assert tip.is_hidden()


def test_a_value_goes_with_what_it_was_of(screen: Screen) -> None:
    page = screen.open("instroom", gemeente="Zwolle").page
    _point_at(page, 0)
    tip = page.locator("#vg-tooltip-element")
    tip.wait_for()
    page.get_by_role("link", name="Begrippen", exact=True).focus()
    screen.does(lambda: page.keyboard.press("Enter"))
    tip.wait_for(state="hidden")


def test_a_folded_sidebar_is_passed_over_and_an_unfolded_one_gets_the_focus(window: Callable[..., Screen]) -> None:
    screen = window("phone").open("melders", gemeente="Zwolle")
    keys = Keys(screen)
    assert [keys.press("Tab").focused for _ in range(2)] == ["Direct naar de inhoud", "Zijbalk uitklappen"]
    keys.press("Enter")
    screen.page.wait_for_function(f"() => ({FOCUSED})() === 'Zijbalk inklappen'")
    keys.tab_to("Kopieer link").press("Tab")
    screen.page.wait_for_function(
        "() => document.querySelector('[data-testid=stSidebar]').dataset.collapsed === 'true'"
    )


def test_the_sidebar_folds_and_unfolds_by_keyboard(screen: Screen) -> None:
    keys = Keys(screen.open("begrippen")).tab_to("Zijbalk inklappen", most=3).press("Enter")
    screen.page.wait_for_function(f"() => ({FOCUSED})() === 'Zijbalk uitklappen'")
    keys.press("Enter")
    screen.page.wait_for_function(f"() => ({FOCUSED})() === 'Zijbalk inklappen'")


def test_the_sidebar_has_no_edge_for_the_mouse_alone(screen: Screen) -> None:
    """2.1.1: nobody drags the edge, and a width that was once dragged is gone."""
    page = screen.open("begrippen").page
    sidebar = page.get_by_test_id("stSidebar")
    usual = sidebar.bounding_box()
    assert usual is not None
    page.mouse.move(usual["width"] + 2, 300)
    page.mouse.down()
    page.mouse.move(usual["width"] + 150, 300, steps=5)
    page.mouse.up()
    assert sidebar.bounding_box() == usual
    page.evaluate("() => localStorage.setItem('sidebarWidth', '520')")
    page.reload()
    assert screen.settled().page.get_by_test_id("stSidebar").bounding_box() == usual


# --- focus, seen -----------------------------------------------------------------------------------------------------

# Every stop of the keyboard: what shows the focus, and what lies over it. A part of it in sight is enough (2.4.11).
STOP = """() => {
  const node = document.activeElement;
  const field = '.react-aria-ComboBox > div, [data-testid=stTextInputRootElement], [data-testid=stCheckbox] label';
  const box = node.closest(field) ?? node;
  const shown = [node, ...(node.matches('input') ? [box] : [])].some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !style.outlineColor.endsWith(', 0)');
  });
  const seen = [...node.getClientRects()].some((rect) => [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
    const top = document.elementFromPoint(rect.x + x * rect.width, rect.y + y * rect.height);
    return top && (node.contains(top) || top.contains(node) && top.matches('td, li, p, dd, label, span, div'));
  })));
  let opaque = 1;
  for (let each = node; each; each = each.parentElement) opaque *= parseFloat(getComputedStyle(each).opacity);
  const name = node.tagName + ' ' + (node.getAttribute('aria-label') || node.innerText || '').slice(0, 60);
  return { name, shown, seen: seen && opaque > 0.9, body: node === document.body };
}"""


def stops(page: Page, most: int) -> Iterator[dict[str, Any]]:
    """Every stop from the top of the page to its end."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if not stop["seen"] and not stop["body"]:  # a transition, or a scroll that still goes
            page.wait_for_timeout(250)
            stop = page.evaluate(STOP)
        if stop["body"]:
            return
        yield stop


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", {"gemeente": "Zwolle"}),
        ("melders", {"gemeente": ["Zwolle", "Dordrecht"]}),
        ("zoek", {"getal": "231"}),
        ("controle", {}),
        ("presenteren", {"gemeente": "Dordrecht"}),
        ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}),
        ("toegankelijkheid", {}),
    ],
)
def test_the_focus_is_always_seen(screen: Screen, path: str, query: dict[str, str]) -> None:
    found = list(stops(screen.open(path, **query).page, 90))
    assert len(found) >= 5
    assert [stop["name"] for stop in found if not stop["shown"]] == []
    assert [stop["name"] for stop in found if not stop["seen"]] == []


def test_the_focus_ring_stands_out_on_its_pixels(screen: Screen) -> None:
    """Around a field, a link and a button: the ring is at least 3:1 against what is outside it."""
    keys = Keys(screen.open("melders", gemeente="Zwolle"))
    for label in ("Overzicht", "Regio", "Kopieer link", "Download"):
        keys.tab_to(label)
        box = screen.page.evaluate(
            "() => (document.activeElement.closest('.react-aria-ComboBox > div') ?? document.activeElement)"
            ".getBoundingClientRect().toJSON()"
        )
        clip = {"x": box["x"] - 8, "y": box["y"] - 8, "width": box["width"] + 16, "height": box["height"] + 16}
        image = Image.open(io.BytesIO(screen.page.screenshot(clip=clip))).convert("RGB")
        row = [image.getpixel((x, image.height // 2)) for x in range(16)]
        assert max(ratio(pixel, row[0]) for pixel in row) >= 3, label


# --- contrast on the pixels of the screen ----------------------------------------------------------------------------

# Every text in view: its box, colour, size; an icon has its text drawn as a picture.
TEXTS = """() => {
  const found = [];
  const unseen = 'script, style, noscript, [data-testid=stIconMaterial], #vt-live, .vt-verborgen';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility() || parent.closest(unseen)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getClientRects()[0];
    const style = getComputedStyle(parent);
    if (!rect || rect.width < 3 || rect.height < 6 || style.visibility === 'hidden') continue;
    if (rect.top < 0 || rect.bottom > innerHeight || rect.left < 0 || rect.right > innerWidth) continue;
    const top = document.elementFromPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);
    if (!top || !(parent.contains(top) || top.contains(parent))) continue;
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    const off = parent.closest('[disabled], [aria-disabled=true]') !== null;
    const fill = parent instanceof SVGElement ? style.fill : style.color;
    const box = [rect.left, rect.top, rect.right, rect.bottom];
    found.push({ text: node.data.trim().slice(0, 40), large, off, fill, box });
  }
  return found;
}"""
Pixel = tuple[int, int, int]


def ratio(one: Pixel, other: Pixel) -> float:
    """The contrast of two pixels as WCAG counts it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(pixel: Pixel) -> float:
    channels = (value / 255 for value in pixel[:3])
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrasts(page: Page) -> dict[str, float]:
    """Per text in view, small or disabled ones apart, the contrast of its ink with the pixels that it stands on.

    The ground is the commonest pixel in the box of the text, and the ink the colour that the browser draws it in;
    where the box has no pixel near that ink, what the style says is not what is drawn, and the test stops.
    """
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    found = {}
    for text in page.evaluate(TEXTS):
        left, top, right, bottom = text["box"]
        box = image.crop((math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)))
        colours = sorted(box.getcolors(box.width * box.height) or [], reverse=True)
        ground = colours[0][1]
        red, green, blue, *alpha = (float(part) for part in re.findall(r"[\d.]+", text["fill"]))
        share = alpha[0] if alpha else 1.0
        pairs = zip((red, green, blue), ground, strict=True)
        ink: Any = tuple(round(share * value + (1 - share) * below) for value, below in pairs)
        drawn = max(ratio(pixel, ground) for _, pixel in colours)
        if not text["off"]:
            needed = 3 if text["large"] else 4.5
            found[f"{text['text']} ({needed})"] = min(ratio(ink, ground), drawn * 1.25) / needed
    return found


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", {"gemeente": "Zwolle"}),
        ("melders", {"gemeente": "Dordrecht"}),
        ("vergelijken", {"regio": "IJsselland"}),
        ("bronnen", {"tabel": "zuid-holland-zuid_dordrecht_2021-H1/2/1", "cel": "r1k1"}),
        ("toegankelijkheid", {}),
        ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}),
    ],
)
def test_text_stands_out_on_the_pixels_behind_it(screen: Screen, path: str, query: dict[str, str]) -> None:
    page = screen.open(path, **query).page
    found = contrasts(page)
    main = page.get_by_test_id("stMain")
    for down in (700, 1400):
        main.evaluate("(box, down) => box.scrollTo(0, down)", down)
        page.wait_for_timeout(100)
        found |= contrasts(page)
    assert len(found) >= 15
    assert {text: round(part, 2) for text, part in found.items() if part < 1} == {}


# --- zoom, spacing, motion, forced colours ---------------------------------------------------------------------------

SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .every((box) => box.scrollWidth <= box.clientWidth)"""
# Text that its own box cuts off; a box that scrolls by keyboard loses nothing, a chart is a drawing.
CUT_OFF = """() => [...document.querySelector('[data-testid="stMain"]')
  .querySelectorAll('h1, h2, h3, p, li, dt, dd, th, td, summary, button')]
  .filter((node) => node.checkVisibility() && !node.closest('.vt-verborgen, [data-testid=stElementToolbar]'))
  .filter((node) => {
    const rect = node.getBoundingClientRect();
    const hides = (each) => /hidden|clip/.test(getComputedStyle(each).overflow + getComputedStyle(each).overflowX);
    for (let each = node; each && each.dataset.testid !== 'stMain'; each = each.parentElement) {
      if (each.matches('.vt-rol, .st-key-zaal')) return false;
      const box = each.getBoundingClientRect();
      const overflows = node.scrollWidth > node.clientWidth + 2 || node.scrollHeight > node.clientHeight + 2;
      if (!hides(each)) continue;
      if (rect.right > box.right + 2 || rect.bottom > box.bottom + 2 || (each === node && overflows)) return true;
    }
    return rect.right > innerWidth + 1;
  }).map((node) => node.tagName + ' ' + node.textContent.slice(0, 60))"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }"""
NARROW = ["", "melders", "vergelijken", "presenteren", "controle", "bronnen", "toegankelijkheid"]
SIZES = {"200 %": {"width": 683, "height": 384}, "320 px": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def zoomed(browser: Browser, address: str) -> Iterator[Screen]:
    """One window that the tests below make narrow."""
    with browser.new_context(locale="en-US") as context:
        context.set_default_timeout(10_000)
        yield Screen.new(context, address)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", NARROW, ids=lambda path: path or "overzicht")
def test_nothing_is_lost_when_zoomed_in_and_spaced_out(zoomed: Screen, path: str, size: str) -> None:
    zoomed.page.set_viewport_size(SIZES[size])
    zoomed.open(path, gemeente=["Zwolle", "Dordrecht"])
    for style in ("", SPACED):
        if style:
            zoomed.page.add_style_tag(content=style)
        zoomed.page.wait_for_function(SIDEWAYS, timeout=5_000)
        assert zoomed.page.evaluate(CUT_OFF) == [], style
    boxes = zoomed.page.locator(".vt-rol").evaluate_all("(all) => all.map((box) => [box.tabIndex, box.ariaLabel])")
    assert all(index == 0 and label for index, label in boxes)


@pytest.mark.parametrize("size", SIZES)
def test_a_slide_is_whole_when_zoomed_in(zoomed: Screen, size: str) -> None:
    zoomed.page.set_viewport_size(SIZES[size])
    zoomed.open("presenteren", gemeente="Dordrecht", scherm="2")
    zoomed.page.wait_for_function(SIDEWAYS, timeout=5_000)
    for name in ("Filters", "Parkeer vraag", "Vorige", "Volgende", "Stop"):
        button = zoomed.page.get_by_role("button", name=name, exact=True)
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SIZES[size]["width"] + 1
    doubts = zoomed.page.locator(".st-key-zaal .vt-twijfel li").first
    doubts.scroll_into_view_if_needed()
    assert doubts.is_visible()
    overlaps = zoomed.page.evaluate(
        "() => { const [chart, bar] = ['.st-key-zaal svg.marks', '.st-key-zaalbalk']"
        ".map((name) => document.querySelector(name).getBoundingClientRect()); return chart.bottom > bar.top; }"
    )
    assert not overlaps


# Text in a chart that its drawing cuts off, that lies over other text, or (a number) over its bar.
CHART_TEXT = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks')].flatMap((svg) => {
  const drawn = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].filter((node) => node.textContent.trim());
  const boxes = texts.map((node) => node.getBoundingClientRect());
  const bars = [...svg.querySelectorAll('.mark-rect.role-mark path')].map((node) => node.getBoundingClientRect());
  const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5;
  return texts.filter((node, at) => {
    const box = boxes[at];
    const over = node.getAttribute('text-anchor') === 'end' && bars.some((bar) => meet(box, bar));
    return over || box.right > drawn.right + 1 || box.left < drawn.left - 1
      || boxes.some((other, place) => place !== at && meet(box, other));
  }).map((node) => node.textContent);
})"""
# Text that an ellipsis or a box cuts off, in a sidebar or in what unfolds.
CLIPPED = """(within) => [...document.querySelectorAll(`${within} *`)]
  .filter((node) => node.checkVisibility() && [...node.childNodes].some((part) => part.nodeType === 3))
  .filter((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    const scrolls = '[data-testid=stSidebarContent], [role=listbox]';
    for (let each = node; each && !each.matches(scrolls); each = each.parentElement) {
      const box = each.getBoundingClientRect();
      if (!/hidden|clip/.test(getComputedStyle(each).overflow)) continue;
      if (text.right > box.right + 1 || text.top < box.top - 2 || text.bottom > box.bottom + 2) return true;
    }
    return false;
  }).map((node) => node.textContent)"""


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("aard", {"gemeente": "Dordrecht"}),
        ("vergelijken", {"regio": "IJsselland"}),
        ("onderzoek", {"gemeente": "Zwolle"}),
        ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}),
        ("presenteren", {"gemeente": "Zwolle", "scherm": "2"}),
    ],
)
def test_a_chart_keeps_its_words_when_letters_are_set_wider(zoomed: Screen, path: str, query: dict[str, str]) -> None:
    """1.4.12: the chart is as much wider, in a box that scrolls by keyboard."""
    page = zoomed.page
    for size in (*SIZES.values(), {"width": 1366, "height": 768}):
        page.set_viewport_size(size)
        zoomed.open(path, **query)
        page.locator("svg.marks").first.wait_for()
        if size["width"] == 320 and "scherm" not in query:
            assert page.locator('[aria-label="Grafiek, te verschuiven"]').count() == 0
        page.add_style_tag(content=SPACED)
        page.wait_for_function(f"() => ({CHART_TEXT})().length === 0", timeout=5_000)
        page.wait_for_function(SIDEWAYS, timeout=5_000)
        if size["width"] == 320:
            frame = page.get_by_role("group", name="te verschuiven").first
            frame.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("() => document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("size", SIZES)
def test_the_filters_keep_their_words_when_letters_are_set_wider(browser: Browser, address: str, size: str) -> None:
    with browser.new_context(locale="nl-NL", viewport=SIZES[size]) as context:
        context.set_default_timeout(10_000)
        screen = Screen.new(context, address).open("melders", gemeente=["Zwartewaterland", "Steenwijkerland"])
        page = screen.page
        page.add_style_tag(content=SPACED)
        page.get_by_role("button", name="Zijbalk uitklappen").click()
        page.get_by_role("button", name="Zijbalk inklappen").wait_for()
        page.wait_for_function(f"(box) => ({CLIPPED})(box).length === 0", arg="[data-testid=stSidebarContent]")
        screen.unfold("Weergave")
        assert page.evaluate(CLIPPED, "[role=listbox]") == []
        screen.open("presenteren", gemeente="Steenwijkerland", scherm="2").page.add_style_tag(content=SPACED)
        _popover("Filters")(screen)
        assert page.evaluate(CLIPPED, "[data-testid=stPopoverBody]") == []


def test_a_slide_keeps_its_doubts_when_letters_are_set_wider(screen: Screen) -> None:
    page = screen.open("presenteren", gemeente="Dordrecht", scherm="2").page
    page.add_style_tag(content=SPACED)
    page.wait_for_function(
        "() => { const [doubts, bar] = ['.st-key-zaal .vt-twijfel', '.st-key-zaalbalk']"
        ".map((name) => document.querySelector(name).getBoundingClientRect()); return doubts.bottom <= bar.top; }"
    )


def test_nothing_moves_for_who_asks_for_calm(browser: Browser, address: str) -> None:
    with browser.new_context(locale="nl-NL", reduced_motion="reduce") as context:
        page = Screen.new(context, address).open("melders", gemeente="Dordrecht").page
        page.get_by_role("button", name="Download", exact=True).first.click()
        page.get_by_test_id("stPopoverBody").wait_for()
        longest = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll('*')].flatMap((node) => {
              const style = getComputedStyle(node);
              return `${style.transitionDuration},${style.animationDuration}`.split(',').map(parseFloat);
            }))"""
        )
        moving = page.evaluate("() => document.getAnimations().filter((each) => each.playState === 'running').length")
    assert longest <= 0.01
    assert moving == 0


def test_forced_colours_keep_bars_swatches_and_focus(browser: Browser, address: str) -> None:
    with browser.new_context(locale="nl-NL", forced_colors="active", color_scheme="dark") as context:
        context.set_default_timeout(10_000)
        screen = Screen.new(context, address).open("aard", gemeente="Dordrecht")
        page = screen.page
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        swatches = page.locator(".vt-legenda").first.locator(".vt-kleur")
        drawn = [_middle(swatch.screenshot()) for swatch in swatches.all()]
        asked = [_rgb(swatch.get_attribute("style") or "") for swatch in swatches.all()]
        assert len(drawn) >= 3
        assert all(math.dist(one, other) < 12 for one, other in zip(drawn, asked, strict=True))
        bars = page.locator("svg.marks .mark-rect.role-mark path")
        assert _middle(bars.first.screenshot()) in drawn
        chart = page.get_by_test_id("stVegaLiteChart").first
        assert chart.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
        keys = Keys(screen).tab_to("Regio")
        keys.tab_to("Kopieer link")
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outline")
        assert "solid" in outline
        chosen = page.locator("[role=radio][aria-checked=true]").evaluate(
            "node => getComputedStyle(node).backgroundColor"
        )
        other = page.locator("[role=radio][aria-checked=false]").first
        assert chosen != other.evaluate("node => getComputedStyle(node).backgroundColor")


def _middle(picture: bytes) -> Pixel:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    found: Any = image.getpixel((image.width // 2, image.height // 2))
    return found


def _rgb(style: str) -> tuple[int, ...]:
    (colour,) = re.findall(r"#([0-9A-Fa-f]{6})", style)
    return tuple(bytes.fromhex(colour))


# --- names and roles -------------------------------------------------------------------------------------------------

# Each control with its computed name and role, from the browser's own accessibility tree.
CONTROLS = {"button", "link", "combobox", "textbox", "radio", "checkbox", "DisclosureTriangle", "option", "menuitem"}
SMALL = """() => [...document.querySelectorAll('button, summary, a, [role=radio]')]
  .filter((node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !node.closest('p, li, td, dd, .vt-verborgen, [data-testid=stSkipToContent]'))
  .map((node) => [node.tagName, (node.ariaLabel || node.innerText || '').slice(0, 40), node.getBoundingClientRect()])
  .filter(([, , box]) => box.width > 0 && Math.round(Math.min(box.width, box.height)) < 24)
  .map(([tag, name, box]) => `${tag} ${name} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def tree(page: Page) -> list[tuple[str, str]]:
    """Role and name of everything that assistive technology meets, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    shown = [node for node in nodes if not node.get("ignored")]
    return [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in shown]


@pytest.mark.parametrize("path", ["", "melders", "zoek", "presenteren", "vergelijken", "toegankelijkheid"])
def test_every_control_has_a_name_and_is_large_enough(screen: Screen, path: str) -> None:
    page = screen.open(path, gemeente=["Zwolle", "Dordrecht"]).page
    found = [(role, name) for role, name in tree(page) if role in CONTROLS]
    assert len(found) >= len(PAGES)
    assert [role for role, name in found if not name] == []
    assert screen.english == set()
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", ["instroom", "aard", "vergelijken"])
def test_a_screen_reader_can_follow_a_figure(screen: Screen, path: str) -> None:
    """Heading, sentence, chart, table, in that order; the chart one image with one Dutch name, told once."""
    page = screen.open(path, gemeente="Dordrecht").page
    order = page.evaluate(
        """() => [...document.querySelectorAll('[class*="st-key-figuur-"]')].map((box) => {
          const parts = ['h3', '.vt-onderschrift', '[data-testid=stVegaLiteChart]', 'table'];
          const known = parts.map((name) => box.querySelector(name)).filter(Boolean);
          return known.length >= 3 && known.slice(1).every((part, at) =>
            known[at].compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
        })"""
    )
    assert order
    assert all(order)
    page.wait_for_timeout(300)  # the browser's tree follows the page a moment later
    told = tree(page)
    charts = [name for role, name in told if role == "image" and name]
    assert len(charts) == page.get_by_test_id("stVegaLiteChart").count()
    assert all(name[0].isupper() and "Vega" not in name for name in charts)
    assert screen.english == set()
    assert not [role for role, _ in told if role.startswith("graphics")]
    assert all(name for role, name in told if role == "table")
    for table in page.locator("table.vt-tabel").all():
        assert table.locator("th[scope=col]").count()
        assert table.locator("tbody tr").count() == table.locator("tbody th[scope=row]").count()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overzicht")
def test_headings_go_down_step_by_step(screen: Screen, path: str) -> None:
    page = screen.open(path, gemeente="Dordrecht").page
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3, h4").evaluate_all("(all) => all.map((h) => h.tagName)")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels


# --- axe on what unfolds ---------------------------------------------------------------------------------------------

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def violations(screen: Screen) -> list[str]:
    """Every violation of A and AA, whatever its impact, and a name where none is allowed, of which axe is not sure."""
    found = Axe().run(screen.page, options=RULES).response
    undecided = [each for each in found["incomplete"] if each["id"] == "aria-prohibited-attr"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in (*found["violations"], *undecided)]


def _popover(name: str) -> Callable[[Screen], None]:
    def unfold(screen: Screen) -> None:
        screen.page.get_by_role("button", name=name, exact=True).first.click()
        screen.page.get_by_test_id("stPopoverBody").locator("button, input").first.wait_for()
        screen.settled()

    return unfold


def _details(screen: Screen) -> None:
    screen.page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def _rewording(screen: Screen) -> None:
    screen.page.get_by_role("button", name="Voeg toe aan presentatie", exact=True).first.click()
    screen.settled().follow("Presenteren")
    screen.page.get_by_text("Eigen titel en opmerking").first.click()
    screen.page.get_by_label("Titel boven de figuur").wait_for()


STATES: dict[str, tuple[str, dict[str, Any], Callable[[Screen], Any]]] = {
    "a list of one": ("melders", {}, lambda screen: screen.unfold("Regio")),
    "a list of several": ("melders", {"gemeente": "Zwolle"}, lambda screen: screen.unfold("Gemeente")),
    "files of a figure": ("melders", {"gemeente": "Zwolle"}, _popover("Download")),
    "tables unfolded": ("aard", {"gemeente": "Dordrecht"}, _details),
    "a link that is wrong": ("instroom", {"gemeente": "Zwol", "periode": "2021-13"}, lambda _: None),
    "own figures": ("instroom", {"gemeente": "Dordrecht"}, _rewording),
    "a slide": ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}, lambda _: None),
    "filters on stage": ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}, _popover("Filters")),
    "a question on stage": ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}, _popover("Parkeer vraag")),
}


@pytest.mark.parametrize("state", STATES)
def test_what_unfolds_is_accessible(screen: Screen, state: str) -> None:
    path, query, unfold = STATES[state]
    unfold(screen.open(path, **query))
    assert violations(screen) == []


@pytest.mark.parametrize("state", ["files of a figure", "a slide", "filters on stage"])
def test_what_unfolds_is_accessible_on_a_phone(window: Callable[..., Screen], state: str) -> None:
    path, query, unfold = STATES[state]
    screen = window("phone").open(path, **query)
    unfold(screen)
    assert violations(screen) == []


def test_an_unfolded_sidebar_is_accessible_on_a_phone(window: Callable[..., Screen]) -> None:
    screen = window("phone").open("melders", gemeente="Zwolle")
    screen.page.get_by_role("button", name="Zijbalk uitklappen").click()
    screen.page.get_by_role("button", name="Zijbalk inklappen").wait_for()
    assert violations(screen) == []
    screen.page.get_by_role("button", name="Zijbalk inklappen").click()


# --- what the statement says is wrong, is still wrong ----------------------------------------------------------------

# By criterion ("1.4.13"): whether a page still shows the shortcoming.
KNOWN: dict[str, Callable[[Screen], bool]] = {}


def test_each_shortcoming_of_the_statement_is_still_there(screen: Screen) -> None:
    for found in accessibility.SHORTCOMINGS:
        assert KNOWN[found.criterion.split()[0]](screen), "solved: take it out of vt/accessibility.py"
