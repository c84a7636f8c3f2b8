"""The search: from anywhere by a key, and a whole name leads to its place."""

from playwright.sync_api import expect
from screen import Screen


def test_a_name_leads_to_its_place_and_the_choice_goes_along(screen: Screen) -> None:
    screen.open("")
    box = screen.page.locator(".st-key-zoek input")
    box.press_sequentially("raalte")
    box.press("Enter")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Raalte")
    assert screen.query["gemeente"] == ["Raalte"]
    screen.page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    box.press_sequentially("v&v")
    screen.page.locator(".vt-gevonden").get_by_role("link", name="Voorwaarden en vervolg").first.click()
    expect(screen.page.get_by_text("voorwaarden voor de veiligheid afspreekt").first).to_be_visible()
    assert screen.query["gemeente"] == ["Raalte"]
