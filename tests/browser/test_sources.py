"""From a number on any page, in one click, to where it was printed."""

import re

from playwright.sync_api import expect
from screen import Screen


def _marked(screen: Screen) -> list[str]:
    return screen.page.locator("mark").all_inner_texts()


def test_a_number_leads_to_its_cells_and_the_filters_stay(viewer: Screen) -> None:
    """447 meldingen (KM) in Dordrecht are 187 in the first quarter and 260 in the second."""
    viewer.look("instroom", gemeente="Dordrecht", weergave="Per maand")
    viewer.open_numbers().page.get_by_role("link", name="447", exact=True).first.click()
    viewer.page.wait_for_url(re.compile("/bronnen"))
    viewer.settled()
    assert _marked(viewer) == ["187", "260"]
    assert viewer.query["gemeente"] == ["Dordrecht"]
    assert viewer.query["weergave"] == ["Per maand"]
    assert viewer.page.get_by_role("heading", name="De gevraagde tabel").is_visible()


def test_following_a_link_keeps_the_visit_and_back_leads_back(screen: Screen) -> None:
    screen.open("instroom", gemeente="Dordrecht")
    screen.does(screen.page.get_by_role("button", name="Voeg toe aan presentatie", exact=True).first.click)
    figure = screen.open_numbers().page.locator('[class*="st-key-figuur-"]').nth(2)
    screen.does(figure.locator('a[href^="bronnen"]:visible').first.click)
    screen.does(screen.page.go_back)
    expect(figure).to_be_in_viewport()
    assert screen.heading == "Instroom"
    assert screen.query["gemeente"] == ["Dordrecht"]
    assert screen.page.get_by_role("button", name="Uit presentatie halen", exact=True).count() == 1


def test_a_link_to_a_number_is_followed_by_keyboard(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Dordrecht")
    viewer.open_numbers().page.get_by_role("link", name="447", exact=True).first.focus()
    viewer.page.keyboard.press("Enter")
    viewer.page.wait_for_url(re.compile("/bronnen"))
    viewer.settled()
    assert _marked(viewer) == ["187", "260"]
    assert viewer.query["gemeente"] == ["Dordrecht"]


def test_a_headline_leads_to_its_number(viewer: Screen) -> None:
    viewer.look("", regio="IJsselland")
    viewer.page.get_by_role("link", name="2.378", exact=True).first.click()
    viewer.page.wait_for_url(re.compile("/bronnen"))
    viewer.settled()
    assert len(_marked(viewer)) == 12


def test_one_click_on_a_number_in_a_chart_leads_to_its_cells_and_on_its_sign_to_what_was_found(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Dordrecht")
    viewer.page.locator(".vt-teken").first.click()
    assert "241" in viewer.page.get_by_role("list", name="Uit de controle van de bron").first.inner_text()
    assert viewer.open_numbers().page.locator("td abbr", has_text="≠").first.is_visible()
    viewer.page.locator("svg.marks text", has_text="Ouderenmishandeling 8").first.click(force=True)
    viewer.page.wait_for_url(re.compile("/bronnen"))
    viewer.settled()
    assert sum(map(int, _marked(viewer))) == 8
