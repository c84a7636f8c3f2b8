"""A click on a place in a chart is a choice of that place; what else it could have done stays undone."""

from playwright.sync_api import expect
from screen import Screen

SPOT = """(place) => {
  const marks = [...document.querySelectorAll('[class*=tiles] svg.marks .role-mark > path')];
  const mark = marks.find((each) => each.__data__?.datum?.place === place);
  const { x, y, width, height } = mark.getBoundingClientRect();
  const steps = [0.5, 0.3, 0.7, 0.1, 0.9];
  return steps.flatMap((across) => steps.map((down) => ({ x: x + width * across, y: y + height * down })))
    .find((spot) => document.elementFromPoint(spot.x, spot.y) === mark);
}"""

COPIED = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await createImageBitmap(await item.getType("image/png"))).width;
}"""


OTHER = """() => {
  const link = document.createElement("a");
  link.href = "#ander.png";
  link.download = "ander.png";
  link.click();
}"""


def click(screen: Screen, place: str) -> None:
    screen.page.locator("[class*=tiles] svg.marks").first.scroll_into_view_if_needed()
    spot = screen.page.evaluate(SPOT, place)
    screen.does(lambda: screen.page.mouse.click(spot["x"], spot["y"]))


def test_a_click_on_the_map_puts_a_gemeente_into_the_choice_and_out_of_it(viewer: Screen) -> None:
    viewer.look("vergelijken", regio="IJsselland", cijfer="Meldingen", kijk="Kaart")
    chart = viewer.page.locator("[class*=tiles] svg.marks").element_handle()
    click(viewer, "deventer")
    click(viewer, "kampen")
    assert viewer.query["gemeente"] == ["Deventer", "Kampen"]
    click(viewer, "deventer")
    assert viewer.query["gemeente"] == ["Kampen"]
    assert chart.evaluate("(node) => node.isConnected"), "the map was drawn anew"
    viewer.remove("Kampen")
    click(viewer, "kampen")
    assert viewer.query["gemeente"] == ["Kampen"]
    assert not viewer.faults


def test_a_link_to_a_figure_opens_its_page_with_that_figure_in_view(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Deventer")
    viewer.page.get_by_role("button", name="Download", exact=True).last.click()
    query = viewer.page.locator("[data-copy-link]", has_text="deze figuur").get_attribute("data-copy-link")
    viewer.page.goto(viewer.page.url.partition("?")[0] + str(query))
    card = viewer.settled().page.locator("[data-linked]")
    expect(card).to_be_in_viewport()
    assert "huisverboden" in card.locator("h3:focus").inner_text()


def test_a_figure_fills_the_screen_and_escape_leads_back_to_it(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Deventer")
    viewer.does(viewer.page.get_by_role("link", name="Schermvullend").last.click)
    assert "huisverboden" in viewer.page.locator(".st-key-zaal h1").inner_text()
    viewer.does(lambda: viewer.page.keyboard.press("Escape"))
    card = viewer.page.locator("[data-linked]")
    expect(card).to_be_in_viewport()
    assert "huisverboden" in card.locator("h3:focus").inner_text()
    assert viewer.query["gemeente"] == ["Deventer"]
    edge = "(node) => getComputedStyle(node).outlineStyle"
    assert card.evaluate(edge) == "solid"
    viewer.page.emulate_media(media="print")
    assert card.evaluate(edge) == "none", "an edge that a sheet cuts in two"


def test_a_gemeente_under_the_mouse_stands_out_in_every_chart(viewer: Screen) -> None:
    page = viewer.look("", gemeente="Deventer").page
    page.locator(".vt-strook .vt-ander").first.hover()
    place = page.locator(".vt-strook [data-same]").first.get_attribute("data-place")
    assert place
    rows = page.locator(f'.vt-strook [data-place="{place}"]').count()
    assert rows > 2
    assert page.locator(".vt-strook [data-same]").count() == rows


def test_a_picture_is_copied_while_another_file_is_saved(viewer: Screen) -> None:
    page = viewer.look("instroom", gemeente="Deventer").page
    page.get_by_role("button", name="Download", exact=True).first.click()
    page.get_by_role("button", name="Kopieer als afbeelding").click()
    with page.expect_download() as first:
        page.evaluate(OTHER)
    assert first.value.suggested_filename == "ander.png", "another picture that is ready first is saved"
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert saved.value.suggested_filename.endswith(".csv")
    expect(page.get_by_role("button", name="Afbeelding gekopieerd")).to_be_visible(timeout=30_000)
    width = page.evaluate(COPIED)
    assert width == 1800
    with page.expect_download() as again:
        page.get_by_role("button", name="Afbeelding (PNG)", exact=True).click()
    assert again.value.suggested_filename.endswith(".png"), "what was copied is not what is saved next"
