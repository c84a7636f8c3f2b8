"""From an empty browser to a deck: choose, present by keyboard alone, park a question, save the files."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect
from pptx import Presentation
from pypdf import PdfReader
from screen import Screen

SIZES = ({"width": 1366, "height": 768}, {"width": 1920, "height": 1080})
# Every other slide is shown large; by hand the others, and another place.
PLACES_BY_TURNS = [
    ("Zwolle", 1),
    *(
        pytest.param(*turn, marks=pytest.mark.exhaustive)
        for turn in (("Zwolle", 0), ("Dordrecht", 0), ("Dordrecht", 1))
    ),
]


def _slide(screen: Screen) -> str:
    return screen.page.locator(".vt-zaalvoet strong").inner_text()


def _written(screen: Screen) -> str:
    """What the chart of the slide writes."""
    return screen.page.locator(".st-key-zaal svg.marks").text_content() or ""


def _check_written(screen: Screen, number: str) -> None:
    assert number in _written(screen)


def _press(screen: Screen, key: str) -> str:
    screen.does(lambda: screen.page.keyboard.press(key))
    return _slide(screen)


def _present(screen: Screen) -> Screen:
    button = screen.page.get_by_role("button", name="Presenteer", exact=True)
    button.focus()
    return screen.does(lambda: screen.page.keyboard.press("Enter"))


def test_the_walk_of_a_presenter_by_keyboard_alone(viewer: Screen) -> None:
    viewer.look("melders", gemeente="Dordrecht").follow("Presenteren")
    _present(viewer)
    assert viewer.page.evaluate("!!document.fullscreenElement")
    assert _slide(viewer) == "Dia 1 van 18"
    keys = {
        "ArrowRight": 2,
        " ": 3,
        "Enter": 4,
        "PageDown": 5,
        "ArrowDown": 6,
        "ArrowLeft": 5,
        "PageUp": 4,
        "ArrowUp": 3,
    }
    walked = {**keys, "End": 18, "Home": 1}
    assert [_press(viewer, key) for key in walked] == [f"Dia {number} van 18" for number in walked.values()]
    assert viewer.query["scherm"] == ["1"]
    viewer.does(lambda: viewer.page.mouse.click(400, 400))
    assert _slide(viewer) == "Dia 2 van 18"
    viewer.does(lambda: viewer.page.keyboard.press("Escape"))
    viewer.page.go_back()
    assert (viewer.settled().path, "scherm" in viewer.query) == ("presenteren", False), "Back leads to no slide"
    viewer.does(viewer.page.go_back)
    assert viewer.path == "melders"


def test_the_bar_steps_aside_and_a_key_makes_the_room_look_away(viewer: Screen) -> None:
    page = viewer.look("presenteren", gemeente="Dordrecht", scherm="2").page
    rests = "() => getComputedStyle(document.querySelector('.st-key-zaalbalk')).opacity === '0'"
    page.mouse.move(300, 300)
    page.wait_for_function(f"() => !({rests})()")
    page.wait_for_function(rests)
    page.mouse.move(310, 310)
    page.wait_for_function(f"() => !({rests})()")
    page.get_by_role("button", name="Volgende", exact=True).focus()
    page.keyboard.press("Tab")
    page.wait_for_timeout(2300)
    assert not page.evaluate(rests), "who walks by keyboard keeps the bar"
    page.keyboard.press("b")
    assert page.evaluate("() => document.documentElement.classList.contains('vt-zwart')")
    page.keyboard.press("Escape")
    assert _slide(viewer) == "Dia 2 van 18", "the first key gives the slide back"
    notes = page.get_by_role("region", name="Notities")
    assert not notes.is_visible()
    page.keyboard.press("n")
    assert "geen personen" in notes.inner_text()
    foot, box = page.locator(".vt-zaalvoet").bounding_box(), notes.bounding_box()
    assert foot is not None
    assert box is not None
    assert foot["y"] >= box["y"], "they lie over the slide, which stays as it is"


def test_escape_ends_a_presentation_and_leads_back_to_where_it_began(viewer: Screen) -> None:
    _present(viewer.look("presenteren", gemeente="Dordrecht"))
    viewer.page.get_by_test_id("stMain").focus()  # as after a link
    viewer.does(lambda: viewer.page.keyboard.press("Escape"))
    assert viewer.heading == "Presenteren"
    viewer.page.wait_for_function("() => document.activeElement.textContent === 'Presenteer'")
    assert "scherm" not in viewer.query


@pytest.mark.parametrize(("place", "turn"), PLACES_BY_TURNS)
def test_a_slide_is_whole_and_can_be_read_from_the_back_of_a_room(screen: Screen, place: str, turn: int) -> None:
    """No letter on a slide is lower than a 32nd of the screen, none in a chart than a 35th; nothing covers another."""
    screen.page.set_viewport_size(SIZES[turn % 2])
    count = int(_count(screen.open("presenteren", gemeente=place, scherm="2")))
    for number in range(2, count):
        size = SIZES[(number + turn) % 2]
        if number > 2:
            screen.page.set_viewport_size(size)
            _press(screen, "ArrowRight")
        assert _slide(screen) == f"Dia {number} van {count}"
        screen.page.wait_for_function(_STANDS)
        smallest, words, boxes = screen.page.evaluate(_MEASURED)
        assert smallest >= 22 * size["height"] / 768, (number, smallest)
        assert words >= 24 * size["height"] / 768 - 0.1, (number, words)
        head, chart, foot = boxes
        assert head["bottom"] <= chart["top"] + 1, number
        assert chart["bottom"] <= foot["top"] + 1, number
        assert chart["height"] >= 0.3 * size["height"], number
        assert screen.page.evaluate(_RING) == "none", "the ring of what has the focus lies over the title"
        assert not screen.faults


_STANDS = """() => ['.vt-zaalkop', '.st-key-zaal :is(svg.marks text, .vt-reuze)', '.vt-zaalvoet']
  .every((name) => document.querySelector(name))"""
_RING = """() => {
  const main = document.querySelector('[data-testid="stMain"]');  // a link in our own HTML leaves the focus there
  main.focus();
  return getComputedStyle(main, "::before").content;
}"""
_MEASURED = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect().toJSON();
  const drawn = '.st-key-zaal :is(svg.marks text, .vt-reuze strong)';
  const texts = [...document.querySelectorAll(drawn)].filter((node) => node.textContent);
  const words = [...document.querySelectorAll('.st-key-zaal :is(h1, p, li, strong)')]
    .filter((node) => node.checkVisibility() && !node.closest('.vt-verborgen'));
  const smallest = (nodes) => Math.min(...nodes.map((node) => parseFloat(getComputedStyle(node).fontSize)));
  const parts = ['.vt-zaalkop', '.st-key-zaal :is(svg.marks, .vt-reuze)', '.vt-zaalvoet'];
  return [smallest(texts), smallest(words), parts.map(box)];
}"""


def test_a_title_never_stands_over_the_chart_before_and_a_line_says_that_a_slide_comes(screen: Screen) -> None:
    page = screen.page.context.new_page()
    page.add_init_script(_SLOW_SERVER)
    Screen(page, screen.address).open("presenteren", gemeente="Dordrecht", scherm="6")
    first = page.evaluate(_WATCH)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("([, chart]) => window.seen.at(-1)[1] !== chart", arg=first)
    *_, last = seen = page.evaluate("window.seen")
    told, waits = page.evaluate("[[...window.told], document.documentElement.matches('.vt-bezig')]")
    page.close()
    assert "De dia wordt gemaakt." in told, "in the line for who listens, as the line at the top says it"
    assert not waits, "the line goes when the slide is there"
    assert last[0] != first[0]
    assert [pair for pair in seen if pair not in (first, last)] == []


# Each message of a script comes a while after the one before it.
_SLOW_SERVER = """window.WebSocket = class extends WebSocket {
  addEventListener(type, listener, options) {
    if (type !== "message") return super.addEventListener(type, listener, options);
    let free = 0;
    super.addEventListener(type, ({ data }) => {
      const view = new DataView(data);
      for (let at = 0, end; at < data.byteLength; at = end) {
        end = at + 4 + view.getUint32(at);
        const message = new MessageEvent("message", { data: data.slice(at, end) });
        free = Math.max(free, performance.now()) + (window.seen ? 60 : 0);
        setTimeout(() => listener.call(this, message), free - performance.now());
      }
    }, options);
  }
};"""
_WATCH = """() => {
  [window.seen, window.told] = [[], new Set()];
  const text = (selector) => document.querySelector(selector)?.textContent;
  const look = () => {
    window.seen.push([text(".st-key-zaal h1"), text(".st-key-zaal svg.marks")]);
    if (document.documentElement.matches(".vt-bezig")) window.told.add(text("#vt-live"));
    requestAnimationFrame(look);
  };
  look();
  return window.seen[0];
}"""


def _count(screen: Screen) -> str:
    return _slide(screen).rpartition(" ")[2]


@pytest.mark.parametrize("embed", [{}, {"embed": "true"}], ids=["plain", "embedded"])
def test_a_link_to_a_slide_opens_that_slide_and_nothing_of_streamlit(screen: Screen, embed: dict[str, str]) -> None:
    screen.open("presenteren", gemeente="Dordrecht", scherm="5", **embed)
    assert _slide(screen) == "Dia 5 van 18"
    assert "politie en justitie" in screen.heading
    assert "402" in _written(screen)
    for part in ("stSidebar", "stHeader"):
        assert not any(item.is_visible() for item in screen.page.get_by_test_id(part).all()), part


def test_a_filter_changed_on_stage_changes_every_slide(viewer: Screen) -> None:
    viewer.look("zoek").look("presenteren", gemeente="Dordrecht", scherm="5")
    viewer.page.get_by_role("button", name="Filters", exact=True).click()
    viewer.press("Kindermishandeling")
    assert "kindermishandeling" in viewer.heading
    viewer.eventually(lambda: _check_written(viewer, "315"))
    assert "alleen kindermishandeling" in viewer.page.locator(".vt-zaalkop").inner_text()
    viewer.page.keyboard.press("Escape")
    viewer.does(viewer.page.get_by_role("button", name="Volgende", exact=True).click)
    expect(viewer.page.locator(".vt-zaalvoet strong")).to_have_text("Dia 6 van 18")
    assert "kindermishandeling" in viewer.settled().heading
    assert viewer.query["geweld"] == ["Kindermishandeling"]
    viewer.does(viewer.page.go_back)
    viewer.page.go_forward()
    expect(viewer.page.locator(".vt-zaalvoet strong")).to_have_text("Dia 6 van 18")
    assert _press(viewer.settled(), "ArrowRight") == "Dia 7 van 18"
    assert "kindermishandeling" in viewer.page.locator(".vt-zaalkop").inner_text()


def test_a_parked_question_is_the_last_slide_and_leads_back(screen: Screen) -> None:
    screen.open("presenteren", gemeente="Dordrecht", scherm="2")
    screen.page.get_by_role("button", name="Parkeer vraag", exact=True).click()
    screen.page.get_by_label("Vraag", exact=True).fill("Hoe zit dat in Zwolle?")
    screen.does(lambda: screen.page.keyboard.press("Enter"))
    screen.page.keyboard.press("Escape")
    screen.page.get_by_role("button", name="Volgende", exact=True).focus()
    assert _press(screen, "End") == "Dia 19 van 19"
    assert _press(screen, "ArrowLeft") == "Dia 18 van 19"
    assert "Hoe zit dat in Zwolle?" in screen.page.locator(".st-key-zaal").inner_text()
    screen.does(screen.page.get_by_role("button", name="Stop", exact=True).click)
    with screen.page.expect_popup() as opened:
        screen.page.get_by_role("link", name="Hoe zit dat in Zwolle?").click()
    again = Screen(opened.value, screen.address).settled()
    assert _slide(again) == "Dia 2 van 18"


def test_own_figures_are_ordered_named_and_kept_in_the_link(screen: Screen, window: Callable[..., Screen]) -> None:
    screen.open("instroom", gemeente="Dordrecht")
    add = screen.page.get_by_role("button", name="Voeg toe aan presentatie", exact=True)
    for _ in range(2):
        screen.does(add.first.click)
    screen.follow("Presenteren (2)")
    first, second = (item.inner_text()[3:] for item in screen.page.locator(".vt-dia").all())
    screen.does(screen.page.get_by_role("button", name="Omlaag", exact=True).first.click)
    assert [item.inner_text()[3:] for item in screen.page.locator(".vt-dia").all()] == [second, first]
    screen.page.get_by_text("Eigen titel en opmerking").first.click()
    screen.page.get_by_label("Titel boven de figuur").first.fill("Wat ons opvalt")
    screen.does(lambda: screen.page.keyboard.press("Enter"))
    link = screen.page.url
    again = window()
    again.page.goto(link)
    again.settled()
    assert [item.inner_text()[3:] for item in again.page.locator(".vt-dia").all()] == [second, first]
    again.does(again.page.get_by_role("button", name="Toon ze", exact=True).click)
    assert [item.inner_text()[3:] for item in again.page.locator(".vt-dia").all()] == ["Wat ons opvalt", first]
    rows = again.page.locator(".vt-dia")
    rows.nth(1).scroll_into_view_if_needed()  # a page that scrolls under a pressed button has nothing dragged
    again.does(lambda: rows.nth(0).drag_to(rows.nth(1)))
    assert [item.inner_text()[3:] for item in rows.all()] == [first, "Wat ons opvalt"]
    again.follow("Melders").page.reload()
    again.settled().page.get_by_role("link", name="Presenteren (2)").wait_for()
    _present(again.follow("Presenteren (2)"))
    _press(again, "PageDown")
    assert _press(again, "PageDown") == "Dia 3 van 4"
    again.page.reload()
    again.settled().page.get_by_role("heading", name="Wat ons opvalt", level=1, exact=True).wait_for()  # after it
    assert _slide(again) == "Dia 3 van 4"


def test_the_deck_is_saved_and_opens_in_its_own_programs(viewer: Screen, tmp_path: Path) -> None:
    viewer.look("presenteren", gemeente="Zwolle")
    made = {}
    for name in ("PowerPoint", "Excel", "PDF", "Webpagina voor zonder internet"):
        with viewer.page.expect_download() as download:
            viewer.page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename.startswith("Gemeente-in-cijfers-Zwolle.")
        made[name] = Path(download.value.path()).read_bytes()
    slides = Presentation(io.BytesIO(made["PowerPoint"])).slides
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) >= 12
    assert sum(shape.has_table for slide in slides for shape in slide.shapes) >= 1, "the key figures"
    assert "Toelichting" in openpyxl.load_workbook(io.BytesIO(made["Excel"])).sheetnames
    assert "Zwolle" in PdfReader(io.BytesIO(made["PDF"])).pages[0].extract_text()
    assert made["Webpagina voor zonder internet"].startswith(b"<!DOCTYPE html>")


def test_a_figure_is_saved_in_every_kind(viewer: Screen) -> None:
    viewer.look("melders", gemeente="Dordrecht")
    viewer.page.get_by_role("button", name="Download", exact=True).first.click()
    kinds = {"PowerPoint": "pptx", "Afbeelding (PNG)": "png", "Afbeelding (SVG)": "svg", "Excel": "xlsx", "PDF": "pdf"}
    for name, ending in kinds.items():
        with viewer.page.expect_download() as download:
            viewer.page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename.endswith(f".{ending}")
        assert Path(download.value.path()).stat().st_size > 3000
