"""The search: from anywhere by a key, and a whole name leads to its place."""

from playwright.sync_api import expect
from screen import Screen


def test_a_name_leads_to_its_place_and_the_choice_goes_along(viewer: Screen) -> None:
    viewer.look("")
    box = viewer.page.locator(".st-key-zoek input")
    box.press_sequentially("raalte")
    box.press("Enter")
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("Raalte")
    assert viewer.query["gemeente"] == ["Raalte"]
    viewer.page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    box.press_sequentially("v&v")
    viewer.page.locator(".vt-gevonden").get_by_role("link", name="Voorwaarden en vervolg").first.click()
    expect(viewer.page.get_by_text("voorwaarden voor de veiligheid afspreekt").first).to_be_visible()
    assert viewer.query["gemeente"] == ["Raalte"]
