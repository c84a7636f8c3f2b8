"""What holds on every page: its name, its language, quiet, and access for everybody."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from screen import ACCOUNTING, NARROW, PAGES, WITH_FIGURES, Lend, Screen

OVERFLOW = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .map((box) => box.scrollWidth - box.clientWidth)"""
# Serious or critical violations that are Streamlit's own and that we cannot mend: rule -> its thread upstream.
EXCEPTIONS: dict[str, str] = {}
# Pages of which a narrow window is looked at in test_access_sight.py are heard by axe on a desk, the others on a phone.
ON_A_DESK, ON_A_PHONE = (
    [
        pytest.param(
            path, id=path or "overzicht", marks=[] if (path in NARROW) is is_narrow else [pytest.mark.exhaustive]
        )
        for path in PAGES
    ]
    for is_narrow in (True, False)
)


def levels(screen: Screen) -> list[int]:
    """The levels of the headings, in order."""
    headings = screen.page.locator("h1, h2, h3, h4")
    return [int(tag[1]) for tag in headings.evaluate_all("(all) => all.map((each) => each.tagName)")]


def assert_step_by_step(levels: list[int]) -> None:
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels


def violations(screen: Screen) -> list[str]:
    found = Axe().run(screen.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical") and each["id"] not in EXCEPTIONS
    ]


def test_its_name_stands_in_the_tab_and_above_the_page(visited: Screen) -> None:
    assert visited.page.title().startswith(PAGES[visited.path])
    home = "Huiselijk geweld en kindermishandeling in uw gemeente"
    assert visited.heading == (PAGES[visited.path] if visited.path else home)
    if PAGES[visited.path] not in ACCOUNTING:
        current = visited.page.get_by_test_id("stHeader").locator("[aria-current=page]")
        assert current.inner_text() == PAGES[visited.path]


def test_it_is_in_dutch(visited: Screen) -> None:
    assert visited.page.locator("html").get_attribute("lang") == "nl"
    assert visited.english == set()


def test_it_shows_figures_each_with_a_table_or_asks_for_what_to_show(visited: Screen) -> None:
    if visited.path in WITH_FIGURES:
        assert visited.figures
        assert all(figure.rows and (figure.alt or figure.notices) for figure in visited.figures)
    else:
        assert visited.page.get_by_test_id("stMain").locator("table, dl, input[type=text]").count()


def test_it_is_quiet_and_asks_no_other_machine(visited: Screen) -> None:
    assert visited.faults == []
    assert visited.page.get_by_test_id("stException").count() == 0


def test_its_headings_go_down_step_by_step(visited: Screen) -> None:
    assert_step_by_step(levels(visited))


@pytest.mark.parametrize("visited", ON_A_DESK, indirect=True)
def test_it_is_accessible(visited: Screen) -> None:
    assert violations(visited) == []


@pytest.fixture(scope="module", params=ON_A_PHONE)
def held(request: pytest.FixtureRequest, lend: Lend) -> Iterator[Screen]:
    """The pages on a phone."""
    with lend("phone", to_look=True) as screen:
        yield screen.look(request.param, gemeente=["Zwolle", "Dordrecht"])


@pytest.mark.parametrize("width", [390, 320])
def test_it_does_not_scroll_sideways_on_a_phone(held: Screen, width: int) -> None:
    held.page.set_viewport_size({"width": width, "height": 740})
    # Charts follow the width a moment later.
    held.page.wait_for_function(f"() => ({OVERFLOW})().every((pixels) => pixels === 0)", polling=100)
    assert held.path != "controle" or held.page.evaluate(STACKED)


STACKED = "() => [...document.querySelectorAll('.vt-stapel')].every((box) => box.scrollWidth <= box.clientWidth)"


def test_its_headings_go_down_step_by_step_with_two_gemeenten_on_a_phone(held: Screen) -> None:
    assert_step_by_step(levels(held))


def test_it_is_accessible_on_a_phone(held: Screen) -> None:
    assert violations(held) == []
    assert held.faults == []


def test_a_dark_machine_shows_the_light_theme(screen: Screen) -> None:
    screen.page.emulate_media(color_scheme="dark")
    screen.open("melders", gemeente="Zwolle")
    colours = screen.page.evaluate(
        """() => ['body', '[data-testid="stApp"]', '[data-testid="stHeader"]', 'h1'].map((name) => {
          const style = getComputedStyle(document.querySelector(name));
          return name === 'h1' ? style.color : style.backgroundColor;
        })"""
    )
    chart = screen.page.locator("svg.marks").first.evaluate("svg => svg.style.backgroundColor")
    *grounds, ink = [sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3 for colour in colours]
    assert all(ground > 235 for colour, ground in zip(colours, grounds, strict=False) if colour != "rgba(0, 0, 0, 0)")
    assert ink < 80
    assert chart == "rgb(255, 255, 255)"
