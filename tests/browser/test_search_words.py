"""The search: from anywhere by a key, and a whole name leads to its place."""

from playwright.sync_api import expect
from screen import Screen

STRIPED = """() => [...document.querySelectorAll('svg.marks [fill^="url("]')]
  .map((area) => area.getAttribute('fill').split('#')[0])
  .map((page) => ['url(', `url(${location.href}`].includes(page))"""


def test_a_name_leads_to_its_place_and_the_choice_goes_along(viewer: Screen) -> None:
    viewer.look("")
    box = viewer.page.locator(".st-key-zoek input")
    viewer.does(lambda: box.press_sequentially("raalte"))
    assert viewer.query["zoek"] == ["raalte"]
    stripes = viewer.page.evaluate(STRIPED)
    assert stripes, "no gemeente without a number on the map"
    assert all(stripes), "stripes that are looked for on the page that was"
    box.press("Enter")
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("Raalte")
    assert viewer.query["gemeente"] == ["Raalte"]
    viewer.page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    box.press_sequentially("v&v")
    viewer.page.locator(".vt-gevonden").get_by_role("link", name="Voorwaarden en vervolg").first.click()
    expect(viewer.page.get_by_text("voorwaarden voor de veiligheid afspreekt").first).to_be_visible()
    assert viewer.query["gemeente"] == ["Raalte"]
    viewer.page.locator("a.vt-zoek").click()
    expect(box).to_be_focused()
