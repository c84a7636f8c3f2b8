"""WCAG 2.1 AA in a real browser, and 2.2 where it is free: names and roles, axe on every state. What is
left is in vt/accessibility.py."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from screen import ACCOUNTING, PAGES, Screen
from served import soon

from vt.web import accessibility

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


@pytest.mark.parametrize(
    "path",
    [
        *("", "melders", "zoek", "presenteren"),
        *(pytest.param(path, marks=pytest.mark.exhaustive) for path in ("vergelijken", "toegankelijkheid")),
    ],
)
def test_every_control_has_a_name_and_is_large_enough(viewer: Screen, path: str) -> None:
    page = viewer.look(path, gemeente=["Zwolle", "Dordrecht"]).page
    found = [(role, name) for role, name in tree(page) if role in CONTROLS]
    assert len(found) >= len(PAGES) - len(ACCOUNTING)
    assert [role for role, name in found if not name] == []
    assert viewer.english == set()
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", ["instroom", "aard", "vergelijken"])
def test_a_screen_reader_can_follow_a_figure(viewer: Screen, path: str) -> None:
    """Heading, sentence, table, chart, in that order; the chart one image with one Dutch name, told once."""
    page = viewer.look(path, gemeente="Dordrecht").page
    order = page.evaluate(
        """() => [...document.querySelectorAll('[class*="st-key-figuur-"]')].map((box) => {
          const parts = ['h3', '.vt-onderschrift', 'table', '[data-testid=stVegaLiteChart]'];
          const known = parts.map((name) => box.querySelector(name)).filter(Boolean);
          return known.length >= 3 && known.slice(1).every((part, at) =>
            known[at].compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
        })"""
    )
    assert order
    assert all(order)
    for _ in soon(10):  # the browser's tree follows the page a moment later
        told = tree(page)
        charts = [name for role, name in told if role == "image" and name]
        if len(charts) == page.get_by_test_id("stVegaLiteChart").count():
            break
    assert all(name[0].isupper() and "Vega" not in name for name in charts)
    assert viewer.english == set()
    assert not [role for role, _ in told if role.startswith("graphics")]
    assert all(name for role, name in told if role == "table")
    for table in page.locator("table.vt-tabel").all():
        assert table.locator("th[scope=col]").count()
        assert table.locator("tbody tr").count() == table.locator("tbody th[scope=row]").count()


# --- axe on what unfolds ---------------------------------------------------------------------------------------------

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations", "incomplete"],  # what passes is not written out: half the time
}


def violations(screen: Screen) -> list[str]:
    """Every violation of A and AA, whatever its impact, and a name where none is allowed, of which axe is not sure."""
    found = Axe().run(screen.page, options=RULES).response
    undecided = [each for each in found["incomplete"] if each["id"] == "aria-prohibited-attr"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in (*found["violations"], *undecided)]


def _details(screen: Screen) -> None:
    screen.page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def _rewording(screen: Screen) -> None:
    screen.page.get_by_role("button", name="Voeg toe aan presentatie", exact=True).first.click()
    screen.settled().follow("Presenteren (1)")
    screen.page.get_by_text("Eigen titel en opmerking").first.click()
    screen.page.get_by_label("Titel boven de figuur").wait_for()


ON_STAGE = {"gemeente": "Dordrecht", "scherm": "2"}
# The pages in turns: from one to another is quicker than from a page to itself.
STATES: dict[str, tuple[str, dict[str, Any], Callable[[Screen], Any]]] = {
    "a list of one": ("melders", {}, lambda screen: screen.unfold("Regio als geheel")),
    "a slide": ("presenteren", ON_STAGE, lambda _: None),
    "a list of several": ("melders", {"gemeente": "Zwolle"}, lambda screen: screen.unfold("Gemeente")),
    "filters on stage": ("presenteren", ON_STAGE, lambda screen: screen.popover("Filters")),
    "files of a figure": ("melders", {"gemeente": "Zwolle"}, lambda screen: screen.popover("Download")),
    "a question on stage": ("presenteren", ON_STAGE, lambda screen: screen.popover("Parkeer vraag")),
    "tables unfolded": ("aard", {"gemeente": "Dordrecht"}, _details),
}


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(state, marks=[pytest.mark.exhaustive] if state in ("a list of one", "a question on stage") else [])
        for state in STATES
    ],
)
def test_what_unfolds_is_accessible(viewer: Screen, state: str) -> None:
    path, query, unfold = STATES[state]
    unfold(viewer.look(path, **query))
    assert violations(viewer) == []


@pytest.mark.parametrize(
    "state", [pytest.param("a slide", marks=pytest.mark.exhaustive), "files of a figure", "filters on stage"]
)
def test_what_unfolds_is_accessible_on_a_phone(window: Callable[..., Screen], state: str) -> None:
    path, query, unfold = STATES[state]
    screen = window("phone", to_look=True).look(path, **query)
    unfold(screen)
    assert violations(screen) == []


def test_a_link_that_is_wrong_and_own_figures_are_accessible(screen: Screen) -> None:
    screen.open("instroom", gemeente="Zwol", periode="2021-13")
    assert screen.notices
    assert violations(screen) == []
    _rewording(screen)
    assert violations(screen) == []


def test_an_unfolded_sidebar_is_accessible_on_a_phone(window: Callable[..., Screen]) -> None:
    screen = window("phone", to_look=True).look("melders", gemeente="Zwolle")
    screen.page.get_by_role("button", name="Menu openen").click()
    screen.page.get_by_role("button", name="Menu sluiten").wait_for()
    assert violations(screen) == []
    screen.page.get_by_role("button", name="Menu sluiten").click()


# --- what the statement says is wrong, is still wrong ----------------------------------------------------------------

# By criterion ("1.4.13"): whether a page still shows the shortcoming.
KNOWN: dict[str, Callable[[Screen], bool]] = {}


def test_each_shortcoming_of_the_statement_is_still_there(screen: Screen) -> None:
    for found in accessibility.SHORTCOMINGS:
        assert KNOWN[found.criterion.split()[0]](screen), "solved: take it out of vt/accessibility.py"
