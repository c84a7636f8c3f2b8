"""WCAG 2.1 AA in a real browser, and 2.2 where it is free: contrast on the pixels of the screen, zoom, spacing,
motion, forced colours."""

import io
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from itertools import product
from typing import Any

import pytest
from keys import Keys
from PIL import Image, ImageColor
from playwright.sync_api import Page, TimeoutError, ViewportSize
from screen import NARROW, PAGES, Screen

from vt.render import theme

# --- contrast on the pixels of the screen ----------------------------------------------------------------------------

# Every text in view: its box, colour, size; an icon has its text drawn as a picture.
TEXTS = """() => {
  const found = [];
  const unseen = 'script, style, noscript, [data-testid=stIconMaterial], #vt-live, .vt-verborgen, .vt-naam';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    const frame = parent.closest('.vt-rol')?.getBoundingClientRect();
    if (!node.data.trim() || !parent.checkVisibility() || parent.closest(unseen)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getClientRects()[0];
    const style = getComputedStyle(parent);
    if (!rect || rect.width < 3 || rect.height < 6 || style.visibility === 'hidden') continue;
    if (rect.top < 0 || rect.bottom > innerHeight || rect.left < 0 || rect.right > innerWidth) continue;
    const bare = [1, rect.height / 2, rect.height - 1].every((down) => {
      const top = document.elementFromPoint(rect.x + rect.width / 2, rect.y + down);
      return top && (parent.contains(top) || top.contains(parent));
    });
    if (!bare || frame && (rect.top < frame.top || rect.bottom > frame.bottom)) continue;
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
        pytest.param("vergelijken", {"regio": "IJsselland"}, marks=pytest.mark.exhaustive),
        ("bronnen", {"tabel": "zuid-holland-zuid_dordrecht_2021-H1/2/1", "cel": "r1k1"}),
        ("toegankelijkheid", {}),
        ("presenteren", {"gemeente": "Dordrecht", "scherm": "3"}),
    ],
)
def test_text_stands_out_on_the_pixels_behind_it(viewer: Screen, path: str, query: dict[str, str]) -> None:
    page = viewer.look(path, **query).page
    page.mouse.move(300, 5)  # the bar under a slide shows itself for a mouse that moves
    page.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
    found = contrasts(page)
    main = page.get_by_test_id("stMain")
    for down in (700, 1400):
        main.evaluate("(box, down) => box.scrollTo(0, down)", down)
        page.mouse.move(300 + down / 100, 5)
        page.wait_for_timeout(100)
        found |= contrasts(page)
    assert len(found) >= 15
    assert {text: round(part, 2) for text, part in found.items() if part < 1} == {}


def test_the_focus_ring_stands_out_on_its_pixels(screen: Screen) -> None:
    """Around a field, a link and a button: the ring is at least 3:1 against what is outside it."""
    keys = Keys(screen.open("melders", gemeente="Zwolle"))
    for label in ("Overzicht", "Periode", "Kopieer link", "Download"):
        keys.tab_to(label)
        box = screen.page.evaluate(
            "() => (document.activeElement.closest('.react-aria-ComboBox > div') ?? document.activeElement)"
            ".getBoundingClientRect().toJSON()"
        )
        clip = {"x": box["x"] - 8, "y": box["y"] - 8, "width": box["width"] + 16, "height": box["height"] + 16}
        image = Image.open(io.BytesIO(screen.page.screenshot(clip=clip))).convert("RGB")
        row = [image.getpixel((x, image.height // 2)) for x in range(16)]
        assert max(ratio(pixel, row[0]) for pixel in row) >= 3, label


# --- zoom, spacing, motion, forced colours ---------------------------------------------------------------------------

SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .every((box) => box.scrollWidth <= box.clientWidth)"""
# Text that its own box cuts off; a box that scrolls by keyboard loses nothing, a chart is a drawing.
CUT_OFF = """() => [...document.querySelector('[data-testid="stMain"]')
  .querySelectorAll('h1, h2, h3, p, li, dt, dd, th, td, summary, button')]
  .filter((node) => node.checkVisibility() && !node.closest('.vt-verborgen'))
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
SIZES = {"200 %": {"width": 683, "height": 384}, "320 px": {"width": 320, "height": 640}}
OPEN_SLIDE = {"gemeente": "Dordrecht", "scherm": "2"}


@contextmanager
def spaced_out(page: Page) -> Iterator[None]:
    """A page with the letters set as far apart as a reader may ask for."""
    style = page.add_style_tag(content=SPACED)
    try:
        yield
    finally:
        style.evaluate("(node) => node.remove()")


@pytest.mark.parametrize("path", NARROW, ids=lambda path: path or "overzicht")
def test_nothing_is_lost_when_zoomed_in_and_spaced_out(viewer: Screen, path: str) -> None:
    page = viewer.page
    page.set_viewport_size(SIZES["320 px"])
    viewer.look(path, gemeente=["Zwolle", "Dordrecht"])
    page.evaluate("() => document.documentElement.classList.add('vt-meer-open', 'vt-keuze-open')")
    for style in (nullcontext, spaced_out):
        with style(page):
            for name, size in SIZES.items():
                page.set_viewport_size(size)
                page.wait_for_function(SIDEWAYS)
                assert page.evaluate(CUT_OFF) == [], (name, style)
    page.evaluate("() => document.documentElement.classList.remove('vt-meer-open', 'vt-keuze-open')")
    boxes = page.locator(".vt-rol").evaluate_all("(all) => all.map((box) => [box.tabIndex, box.ariaLabel])")
    assert all(index == 0 and label for index, label in boxes)


def test_a_slide_is_whole_when_zoomed_in(viewer: Screen) -> None:
    page = viewer.page
    page.set_viewport_size(SIZES["200 %"])
    viewer.look("presenteren", **OPEN_SLIDE)
    for size in SIZES.values():
        page.set_viewport_size(size)
        page.wait_for_function(SIDEWAYS)
        for name in ("Filters", "Parkeer vraag", "Vorige", "Volgende", "Stop"):
            button = page.get_by_role("button", name=name, exact=True)
            button.scroll_into_view_if_needed()
            box = button.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"] + 1
        foot = page.locator(".st-key-zaal .vt-zaalvoet")
        foot.scroll_into_view_if_needed()
        assert foot.is_visible()
        page.wait_for_function(
            "() => { const [chart, bar] = ['.st-key-zaal svg.marks', '.st-key-zaalbalk']"
            ".map((name) => document.querySelector(name).getBoundingClientRect()); return chart.bottom <= bar.top; }"
        )


# Text in a chart that its drawing cuts off (at the left its box, which has room for wide labels), that lies over other
# text, or (a number) over the end of a bar.
CHART_TEXT = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks')].flatMap((svg) => {
  const drawn = svg.getBoundingClientRect();
  const { left } = (svg.closest('[data-testid=stFullScreenFrame] > div') ?? svg).getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].filter((node) => node.textContent.trim());
  const boxes = texts.map((node) => node.getBoundingClientRect());
  const bars = [...svg.querySelectorAll('.mark-rect.role-mark path')].map((node) => node.getBoundingClientRect());
  const pixel = svg.currentCSSZoom;
  const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > pixel
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5.5 * pixel;
  return texts.filter((node, at) => {
    const box = boxes[at];
    const ends = (bar) => box.left < bar.left || box.right > bar.right;
    const over = node.getAttribute('text-anchor') === 'end' && bars.some((bar) => meet(box, bar) && ends(bar));
    return over || box.right > drawn.right + 1 || box.left < Math.min(left, drawn.left) - 1
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
    const scrolls = '.st-key-filters, [role=listbox]';
    for (let each = node; each && !each.matches(scrolls); each = each.parentElement) {
      const box = each.getBoundingClientRect();
      if (!/hidden|clip/.test(getComputedStyle(each).overflow)) continue;
      if (text.right > box.right + 1 || text.top < box.top - 2 || text.bottom > box.bottom + 2) return true;
    }
    return false;
  }).map((node) => node.textContent)"""


# Every text in sight and the height of its letters, those that a drawing enlarges too.
LETTERS = """() => Object.fromEntries([...document.querySelectorAll('#root *')]
  .filter((node) => [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim()))
  .filter((node) => node.checkVisibility())
  .map((node) => [node.textContent.trim(), parseFloat(getComputedStyle(node).fontSize)
    * (node.closest('svg.marks') ? node.getBoundingClientRect().height / node.getBBox().height : 1)]))"""
GROWING: dict[str, dict[str, str]] = {
    "melders": {"gemeente": "Deventer"},
    "vergelijken": {"gemeente": "Zwolle"},
    "instroom": {"regio": "Nederland"},
    "presenteren": OPEN_SLIDE,
}


@pytest.fixture
def enlarge(screen: Screen) -> Iterator[Callable[[int], None]]:
    """Sets the letter size of the browser, as a visitor does in its settings."""
    session = screen.page.context.new_cdp_session(screen.page)

    def set_size(pixels: int) -> None:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})

    yield set_size
    set_size(16)
    session.detach()


def test_all_text_grows_with_the_letters_of_the_browser(screen: Screen, enlarge: Callable[[int], None]) -> None:
    before: dict[str, dict[str, float]] = {}
    for pixels in (16, 24):
        enlarge(pixels)
        screen.open("begrippen")  # the site, with letters of this size
        for path, query in GROWING.items():
            page = screen.look(path, **query).page
            letters = page.evaluate(LETTERS)
            first = before.setdefault(path, letters)
            same = first.keys() & letters.keys()
            assert len(same) > 15 if "scherm" in query else len(same) > 40
            small = {text: first[text] for text in same if letters[text] < first[text] * pixels / 16 - 1}
            assert small == {}, (path, pixels)
            page.wait_for_function(SIDEWAYS)
            assert page.evaluate(CUT_OFF) == [], (path, pixels)
            assert page.evaluate(CHART_TEXT) == [], (path, pixels)
    _see_every_page_within_reach(screen.look("melders", gemeente="Deventer").page)


def _see_every_page_within_reach(page: Page) -> None:
    """In the navigation, and what of it does not fit in what unfolds from it."""
    page.get_by_test_id("stHeader").get_by_role("button", name=re.compile("^nog ")).click()
    page.get_by_test_id("stTopNavDropdownLink").first.wait_for()
    links = page.locator('[data-testid="stTopNavLink"], [data-testid="stTopNavDropdownLink"]').all()
    boxes = {link.inner_text(): link.bounding_box() for link in links if link.is_visible()}
    assert boxes.keys() == set(PAGES.values())
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 1366 for box in boxes.values())


def test_a_chart_of_large_letters_scrolls_in_its_box_on_a_phone(screen: Screen, enlarge: Callable[[int], None]) -> None:
    enlarge(24)
    page = screen.page
    page.set_viewport_size({"width": 320, "height": 844})
    screen.open("begrippen")
    for width, path in product((320, 390), ("melders", "aard")):
        page.set_viewport_size({"width": width, "height": 844})
        screen.look(path, gemeente="Deventer")
        page.wait_for_function(SIDEWAYS)
        assert page.evaluate(CHART_TEXT) == []
        assert page.get_by_role("group", name="Grafiek, te verschuiven").count()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("presenteren", OPEN_SLIDE),
        pytest.param("aard", {"gemeente": "Dordrecht"}, marks=pytest.mark.exhaustive),
        ("vergelijken", {"regio": "IJsselland"}),
        ("onderzoek", {"gemeente": "Zwolle"}),
        ("instroom", {"regio": "Nederland"}),
        ("presenteren", {"gemeente": "Zwolle", "scherm": "3"}),
    ],
)
def test_a_chart_keeps_its_words_when_letters_are_set_wider(viewer: Screen, path: str, query: dict[str, str]) -> None:
    """1.4.12: the chart is as much wider, in a box that scrolls by keyboard; a slide keeps its footnote."""
    page = viewer.page
    sizes = [*SIZES.values(), {"width": 1366, "height": 768}]
    page.set_viewport_size(sizes[0])
    viewer.look(path, **query)
    page.locator("svg.marks").first.wait_for()
    if "scherm" not in query:
        page.set_viewport_size(SIZES["320 px"])
        page.wait_for_function("""() => !document.querySelector('[aria-label="Grafiek, te verschuiven"]')""")
    with spaced_out(page):
        for size in sizes:
            page.set_viewport_size(size)
            _wait_for_words(page, size)
            page.wait_for_function(SIDEWAYS)
            if size["width"] == 320 and "scherm" not in query:  # a slide scrolls as a whole
                frame = page.get_by_role("group", name="te verschuiven").first
                frame.focus()
                page.keyboard.press("ArrowRight")
                page.wait_for_function("() => document.activeElement.scrollLeft > 0")
        if "scherm" in query:
            page.wait_for_function(
                "() => { const [foot, bar] = ['.st-key-zaal .vt-zaalvoet', '.st-key-zaalbalk']"
                ".map((name) => document.querySelector(name).getBoundingClientRect()); return foot.bottom <= bar.top; }"
            )


def _wait_for_words(page: Page, size: ViewportSize) -> None:
    """Until no word of a chart is over another. A busy machine can miss a change of size that comes while a chart is
    drawn: then another is made, as by who turns his screen."""
    for _ in range(3):
        with suppress(TimeoutError):
            page.wait_for_function(f"() => ({CHART_TEXT})().length === 0", timeout=8_000)
            return
        page.set_viewport_size({**size, "width": size["width"] + 8})
        page.set_viewport_size(size)
    assert page.evaluate(CHART_TEXT) == []


def test_a_line_over_time_has_no_words_over_each_other(viewer: Screen) -> None:
    page = viewer.look("instroom", regio="Nederland").page
    page.locator("svg.marks .mark-line path").first.wait_for(state="attached")
    for width in (1366, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        _wait_for_words(page, {"width": width, "height": 844})
        years = page.locator("svg.marks:has(.mark-line path)").first.get_by_text("2025", exact=True)
        assert years.count() == 1
        line = page.locator("svg.marks .mark-line path").first.get_attribute("d") or ""
        assert line.count("M") == 2, "the line is broken where there is no number"


def test_the_filters_keep_their_words_when_letters_are_set_wider(screen: Screen) -> None:
    page = screen.page
    for n, (name, size) in enumerate(SIZES.items()):
        page.set_viewport_size(size)
        (screen.look if n else screen.open)("melders", gemeente=["Zwartewaterland", "Steenwijkerland"])
        with spaced_out(page):
            if name == "320 px":
                page.locator(".vt-keuze").click()
            else:
                screen.more_filters()
            page.wait_for_function(f"(box) => ({CLIPPED})(box).length === 0", arg=".st-key-filters")
            screen.unfold("Weergave")
            assert page.evaluate(CLIPPED, "[role=listbox]") == []
        page.keyboard.press("Escape")
        screen.look("presenteren", gemeente="Steenwijkerland", scherm="2")
        with spaced_out(page):
            screen.popover("Filters")
            assert page.evaluate(CLIPPED, "[data-testid=stPopoverBody]") == []
        page.keyboard.press("Escape")


def test_nothing_moves_for_who_asks_for_calm(viewer: Screen) -> None:
    viewer.page.emulate_media(reduced_motion="reduce")
    page = viewer.look("melders", gemeente="Dordrecht").page
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


def test_forced_colours_keep_bars_swatches_and_focus(screen: Screen) -> None:
    screen.page.emulate_media(forced_colors="active", color_scheme="dark")
    page = screen.open("aard", gemeente="Dordrecht").page
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
    keys = Keys(screen).tab_to("Periode")
    keys.tab_to("Kopieer link")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outline")
    assert "solid" in outline
    chosen = page.locator("[role=radio][aria-checked=true]").evaluate("node => getComputedStyle(node).backgroundColor")
    other = page.locator("[role=radio][aria-checked=false]").first
    assert chosen != other.evaluate("node => getComputedStyle(node).backgroundColor")


def _middle(picture: bytes) -> Pixel:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    found: Any = image.getpixel((image.width // 2, image.height // 2))
    return found


def _rgb(style: str) -> tuple[int, ...]:
    (colour,) = re.findall(r"#([0-9A-Fa-f]{6})", style)
    return tuple(bytes.fromhex(colour))


def test_a_browser_that_darkens_every_site_leaves_this_one(viewer: Screen) -> None:
    page = viewer.page
    page.emulate_media(color_scheme="dark")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setAutoDarkModeOverride", {"enabled": True})
    viewer.look("vergelijken", gemeente="Deventer", weergave="Per 1.000 inwoners per jaar")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    swatches = {_middle(swatch.screenshot()) for swatch in page.locator(".vt-legenda .vt-kleur").all()}
    boxes = [bar.bounding_box() for bar in page.locator("svg.marks .mark-rect.role-mark path").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    bars = {picture.getpixel(middle) for middle in middles if middle[1] < picture.height}
    found = contrasts(page)
    page.get_by_role("button", name="Download", exact=True).first.click()
    menu = page.get_by_test_id("stPopoverBody").evaluate("(node) => getComputedStyle(node).colorScheme")
    session.send("Emulation.setAutoDarkModeOverride", {"enabled": False})
    session.detach()
    assert picture.getpixel((8, 760)) == ImageColor.getrgb(theme.TINT)
    assert len(swatches & bars) == 2
    assert {text for text, part in found.items() if part < 1} == set()
    assert menu == "light only"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("vergelijken", {"gemeente": "Deventer"}),
        pytest.param("aard", {"gemeente": "Dordrecht"}, marks=pytest.mark.exhaustive),
        pytest.param("melders", {"gemeente": "Deventer"}, marks=pytest.mark.exhaustive),
        ("overdracht", {"gemeente": "Deventer"}),
        ("instroom", {"regio": "Nederland"}),
    ],
)
def test_on_paper_no_words_of_a_chart_are_over_each_other(viewer: Screen, path: str, query: dict[str, str]) -> None:
    """Printed from a desk as the browser does, and at the width of A4, drawn anew or not."""
    page = viewer.look(path, **query).page
    for size in (page.viewport_size, {"width": 718, "height": 1000}):
        page.set_viewport_size(size)
        page.emulate_media(media="print")
        page.wait_for_function(f"() => ({CHART_TEXT})().length === 0")
        wide = page.locator("svg.marks").evaluate_all("(all) => all.map((svg) => svg.getBoundingClientRect().right)")
        assert max(wide) <= page.viewport_size["width"]
        page.emulate_media(media="screen")
