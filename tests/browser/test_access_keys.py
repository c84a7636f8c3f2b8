"""WCAG 2.1 AA in a real browser, and 2.2 where it is free: keys alone, and the focus, seen."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from keys import FOCUSED, Keys
from playwright.sync_api import Page, TimeoutError
from screen import POINT, Screen

# --- keys alone ------------------------------------------------------------------------------------------------------


def test_a_whole_visit_by_keyboard_alone(screen: Screen, tmp_path: Path) -> None:
    keys = Keys(screen.open())
    keys.press("Tab")
    assert keys.focused == "Direct naar de inhoud"
    keys.press("Enter", "Tab")
    assert screen.page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")

    assert keys.focused == "Gemeente", "the first stop of the page is its first filter"
    screen.page.keyboard.type("Dordrecht")
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
    assert b"Meldingen naar melder" in Path(saved.value.path()).read_bytes()
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
    """Unfold the numbers of a figure, and walk into them."""
    keys.tab_to("Tabel").press("Enter").tab_to("402")
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
    keys.tab_to("Kopieer link naar deze figuur", most=12)
    assert keys.press("Tab").focused == "Uitleg", "of the next figure"


def test_a_chosen_gemeente_says_its_name_and_goes_with_delete(screen: Screen) -> None:
    keys = Keys(screen.open("melders", gemeente=["Zwolle", "Dordrecht"])).tab_to("Zwolle")
    tag = screen.page.evaluate("['role', 'aria-description'].map((name) => document.activeElement.getAttribute(name))")
    assert tag == ["group", "Verwijderen met de toets Delete"]
    keys.does("Delete")
    assert screen.query["gemeente"] == ["Dordrecht"]
    assert keys.focused == "Dordrecht"


def test_a_value_under_the_mouse_goes_with_escape(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Zwolle")
    _point_at(viewer.page, 0)
    tip = viewer.page.locator("#vg-tooltip-element")
    tip.wait_for()
    viewer.page.keyboard.press("Escape")
    tip.wait_for(state="hidden")


def _point_at(page: Page, point: int, along: float = 0.25) -> None:
    path = page.locator(POINT).nth(point)
    box = path.bounding_box()
    assert box is not None
    path.hover(position={"x": along * box["width"], "y": box["height"] / 2})


def test_a_value_can_be_pointed_at_and_stays(viewer: Screen) -> None:
    """1.4.13: the mouse goes along the point, onto the value, and rests there; beside both the value goes."""
    page = viewer.look("instroom", gemeente="Zwolle").page
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
    assert "758" in tip.inner_text()
    page.mouse.move(5, 5, steps=5)
    tip.wait_for(state="hidden")


def test_a_value_on_its_way_out_is_closed_by_escape_and_makes_room_for_the_next(viewer: Screen) -> None:
    page = viewer.look("instroom", gemeente="Zwolle").page
    tip = page.locator("#vg-tooltip-element")
    _point_at(page, 0)
    tip.filter(has_text="758").wait_for()
    _point_at(page, 1)
    tip.filter(has_text="646").wait_for()
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    page.wait_for_timeout(500)
    assert tip.is_hidden()


def test_a_value_goes_with_what_it_was_of(viewer: Screen) -> None:
    page = viewer.look("instroom", gemeente="Zwolle").page
    _point_at(page, 0)
    tip = page.locator("#vg-tooltip-element")
    tip.wait_for()
    page.get_by_role("link", name="Triage", exact=True).focus()
    viewer.does(lambda: page.keyboard.press("Enter"))
    tip.wait_for(state="hidden")


def test_on_a_phone_the_unfolded_navigation_gets_the_focus_and_folds_behind_it(window: Callable[..., Screen]) -> None:
    screen = window("phone").open("melders", gemeente="Zwolle")
    keys = Keys(screen)
    assert [keys.press("Tab").focused for _ in range(2)] == ["Direct naar de inhoud", "Menu openen"]
    keys.press("Enter")
    screen.page.wait_for_function(f"() => ({FOCUSED})() === 'Menu sluiten'")
    keys.tab_to("Toegankelijkheid").press("Tab")
    screen.page.wait_for_function(
        "() => document.querySelector('[data-testid=stSidebar]').dataset.collapsed === 'true'"
    )


def test_on_a_phone_the_navigation_folds_behind_a_page_that_is_chosen(window: Callable[..., Screen]) -> None:
    screen = window("phone").open("melders", gemeente="Zwolle")
    screen.page.get_by_role("button", name="Menu openen").click()
    screen.does(screen.page.get_by_role("link", name="Triage", exact=True).click)
    screen.page.wait_for_function(
        "() => document.querySelector('[data-testid=stSidebar]').dataset.collapsed === 'true'", timeout=5_000
    )
    screen.page.wait_for_function(f"() => ({FOCUSED})() === 'Menu openen'")


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
            with suppress(TimeoutError):
                page.wait_for_function(f"() => ({STOP})().seen", timeout=3_000)
            stop = page.evaluate(STOP)
        if stop["body"]:
            return
        yield stop


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", {"gemeente": "Zwolle"}),
        ("melders", {"gemeente": ["Zwolle", "Dordrecht"]}),
        ("zoek", {"zoek": "231"}),
        ("controle", {}),
        ("presenteren", {"gemeente": "Dordrecht"}),
        ("presenteren", {"gemeente": "Dordrecht", "scherm": "2"}),
        ("toegankelijkheid", {}),
    ],
)
def test_the_focus_is_always_seen(viewer: Screen, path: str, query: dict[str, str]) -> None:
    """From the top of the first page; of the others from their heading on, for what stands above it is the same."""
    page = viewer.look(path, **query).page
    page.get_by_test_id("stMain" if path else "stSkipToContent").focus()
    found = list(stops(page, 90))
    assert len(found) >= 5
    assert [stop["name"] for stop in found if not stop["shown"]] == []
    assert [stop["name"] for stop in found if not stop["seen"]] == []
