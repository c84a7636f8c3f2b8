"""What Streamlit puts around our pages, opened and used: Dutch, reachable by keyboard, and quiet."""

import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from screen import POINT, Screen
from served import running


def test_an_opened_or_emptied_filter_is_dutch(viewer: Screen) -> None:
    page = viewer.look("melders", gemeente=["Zwolle", "Dordrecht"]).page
    for label in ("Regio als geheel", "Gemeente", "Periode", "Weergave"):
        field = viewer.unfold(label)
        assert viewer.english == set(), label
        field.fill("qqqq")
        page.wait_for_function("() => document.querySelectorAll('[role=option]').length <= 1", polling=50)
        assert viewer.english == set(), label
        field.fill("")
        page.keyboard.press("Escape")
        page.get_by_role("listbox").wait_for(state="detached")
    viewer.does(page.get_by_role("button", name="Alles wissen").click)
    assert "gemeente" not in viewer.query
    assert viewer.english == set()


def test_the_menu_is_dutch(viewer: Screen) -> None:
    menu = viewer.look("triage").page.get_by_test_id("stMainMenu")
    if menu.count():
        menu.get_by_role("button").click()
        viewer.page.get_by_role("menu").first.wait_for()
        assert viewer.english == set()
        viewer.page.keyboard.press("Escape")


def test_the_navigation_of_a_small_laptop_is_dutch(screen: Screen) -> None:
    """The last pages stand under one name; the filters, with their buttons, are one line."""
    screen.page.set_viewport_size({"width": 1024, "height": 768})
    screen.open("melders")
    first, last = (screen.page.locator(each).bounding_box() for each in (".st-key-gemeente", "[data-copy-link]"))
    assert first is not None
    assert last is not None
    assert last["y"] < first["y"] + first["height"]
    screen.page.get_by_text(re.compile(r"^nog \d+$")).click()
    screen.page.get_by_role("menuitem", name="Presenteren", exact=True).wait_for()
    assert screen.english == set()
    screen.page.keyboard.press("Escape")


def test_the_navigation_of_a_phone_is_dutch(window: Callable[..., Screen]) -> None:
    screen = window("phone", to_look=True).look("melders")
    screen.page.get_by_role("button", name="Menu openen").click()
    screen.page.get_by_role("link", name="Presenteren", exact=True).wait_for()
    assert screen.english == set()
    screen.page.get_by_role("button", name="Menu sluiten").click()


def test_on_a_phone_a_number_is_low_and_most_slides_are_folded(window: Callable[..., Screen]) -> None:
    screen = window("phone", to_look=True).look("instroom", gemeente="Deventer")
    charts = screen.page.locator("svg.marks")
    assert max(charts.evaluate_all("(all) => all.map((svg) => svg.viewBox.baseVal.height)")) < 200
    slides = screen.look("presenteren").page.locator(".vt-dias li:visible")
    assert slides.count() == 6
    screen.page.locator(".vt-dias summary").click()
    assert slides.count() > 20


def test_a_chart_under_the_mouse_speaks_dutch(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Zwolle")
    chart = viewer.page.get_by_test_id("stVegaLiteChart").first
    chart.locator(POINT).last.hover()
    viewer.page.locator("#vg-tooltip-element.visible").wait_for()
    tip = viewer.page.locator("#vg-tooltip-element").inner_text()
    assert "646" in tip
    assert viewer.english == set()


def test_the_tables_can_be_opened_and_scrolled_by_keyboard(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Deventer")
    summary = viewer.page.locator(".vt-cijfers summary").first
    table = viewer.page.locator(".vt-voet table").first
    before = table.is_visible()
    summary.focus()
    viewer.page.keyboard.press("Enter")
    table.wait_for(state="hidden" if before else "visible")
    assert summary.evaluate("node => getComputedStyle(node).outlineStyle") != "none"


_MANY = """() => {
  const box = document.querySelector(".vt-cijfers [data-table]"), sent = JSON.parse(box.dataset.table);
  const rows = Array.from({ length: 130 }, (_, n) => [`Plaats ${n}`, ...sent.rows[0].slice(1, -1), `${n},5`]);
  const many = box.cloneNode();
  many.dataset.table = JSON.stringify({ ...sent, rows: [...rows, ["Súdwest", ...sent.rows[0].slice(1)]], own: [129] });
  box.closest("details").open = true;
  box.replaceWith(many);
}"""


def test_a_long_table_of_places_has_pages_and_a_search_and_every_order(viewer: Screen) -> None:
    page = viewer.look("vergelijken", gemeente="Deventer").page
    page.evaluate(_MANY)
    names, said = page.locator(".vt-tabel tbody tr:not([hidden]) th"), page.locator(".vt-bladeren [role=status]")
    said.wait_for()
    assert (names.count(), said.inner_text()) == (101, "1 t/m 100 van 130")
    page.get_by_role("button", name="Volgende").click()
    assert names.all_inner_texts()[:2] == ["Plaats 129", "Plaats 100"]
    page.locator(".vt-tabel thead button").last.click()
    assert names.all_inner_texts()[:2] == ["Plaats 129", "Plaats 128"]
    page.get_by_label("Zoek een naam in de tabel").fill("sudwest")
    assert names.all_inner_texts() == ["Plaats 129", "Súdwest"]


def test_new_numbers_and_pages_are_announced_politely(viewer: Screen) -> None:
    viewer.open("instroom", gemeente="Dordrecht")  # loaded, for a page that was stepped to says its own name first
    live = viewer.page.locator("#vt-live")
    assert live.get_attribute("aria-live") == "polite"
    viewer.page.evaluate(_STILL)  # what is new is told against what had stood for 300 ms
    for geweld in ("Kindermishandeling", "Huiselijk geweld"):
        viewer.press(geweld)
        assert _heard(viewer) == "Cijfers bijgewerkt"
    viewer.follow("Melders")
    assert _heard(viewer).startswith("Pagina Melders")


def _heard(viewer: Screen) -> str:
    """What is announced next."""
    viewer.page.wait_for_function("() => document.getElementById('vt-live').textContent !== ''", polling=50)
    return str(
        viewer.page.evaluate("""() => {
      const live = document.getElementById('vt-live'), text = live.textContent;
      live.textContent = '';
      return text;
    }""")
    )


def test_the_filters_can_be_reached_and_used_by_keyboard(viewer: Screen) -> None:
    viewer.look("instroom", gemeente="Dordrecht")
    field = viewer.page.get_by_role("combobox", name="Weergave", exact=True)
    field.scroll_into_view_if_needed()
    field.focus()
    viewer.page.evaluate(_STILL)  # a list closes when what it hangs on is still scrolling
    viewer.page.keyboard.press("ArrowDown")
    viewer.page.get_by_role("option", name="Per maand", exact=True).wait_for()
    viewer.page.keyboard.type("Per maand")
    viewer.does(lambda: viewer.page.keyboard.press("Enter"))
    assert viewer.query["weergave"] == ["Per maand"]


_STILL = "() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 300))"


# --- a server that goes away -----------------------------------------------------------------------------------------


# What a browser that translates does: every text goes into two elements of its own, also what comes later.
TRANSLATE = """() => {
  const root = document.getElementById('root');
  const wrap = () => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    found.filter((text) => text.data.trim() && !text.parentElement.closest('font, svg')).forEach((text) => {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      text.replaceWith(outer);
      outer.append(inner);
      inner.append(text.data);
    });
  };
  wrap();
  const asked = { subtree: true, childList: true, characterData: true };
  new MutationObserver(() => setTimeout(wrap, 30)).observe(root, asked);
}"""


def test_a_page_that_the_browser_translates_follows_the_choice(screen: Screen) -> None:
    page = screen.open("instroom", gemeente="Dordrecht").page
    page.evaluate(TRANSLATE)
    screen.more_filters()
    screen.does(page.locator(".st-key-geweld").get_by_text("Kindermishandeling", exact=True).click)
    assert screen.figures[0].finding.startswith("Dordrecht: 447 meldingen over kindermishandeling")
    for title, question, section in (
        ("Melders", "Wie doet een melding, en wie niet?", "In groepen die alle regio's delen"),
        ("Aard van het geweld", "Om welke vormen van geweld gaat het?", "Vormen van geweld en andere zorgen"),
        ("Melders", "Wie doet een melding, en wie niet?", "In groepen die alle regio's delen"),
    ):
        screen.does(page.get_by_test_id("stHeader").get_by_role("link", name=title, exact=True).click)
        assert screen.heading == title
        assert page.get_by_text(question, exact=True).is_visible()
        assert page.get_by_role("heading", name=section, exact=True).is_visible()


def test_on_paper_the_first_figure_stands_under_the_heading(viewer: Screen) -> None:
    viewer.look("aard", gemeente=["Zwolle", "Deventer"])
    first, *others = (page.extract_text() for page in PdfReader(io.BytesIO(viewer.page.pdf(format="A4"))).pages)
    assert "(Ex-)partnergeweld" in first.partition("Aard van het geweld")[2]
    assert all(len(text.split()) > 60 for text in others[:-1]), "no page has a title alone"


def test_on_paper_a_figure_keeps_its_title_with_its_chart_and_its_table_whole(viewer: Screen) -> None:
    viewer.look("aard", gemeente="Deventer")
    paper = viewer.page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "10mm"))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages]
    (titled,) = (text for text in pages if "adviezen in Deventer gaan over" in text)
    assert "Geen huiselijk geweld of kindermishandeling" in titled, "the legend"
    assert "Bron: Rapportage 2021, Veilig Thuis IJsselland, tabel 2.C" in titled
    assert "Totaal 471" in titled.partition("adviezen in Deventer gaan over")[2], "the table, beside its chart"
    assert len(pages) < 4


def test_on_paper_a_flow_is_drawn_and_a_page_takes_four_sheets(viewer: Screen) -> None:
    viewer.look("overdracht", gemeente="Dordrecht")
    page = viewer.page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    columns = page.locator(".vt-papier svg.marks").first.locator("path[fill][d*='L']").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    sheets = [each.extract_text() for each in paper.pages]
    assert columns > 10, "streams, not a list"
    assert len(sheets) <= 4
    assert all(len(text.split()) > 60 for text in sheets), "no sheet is as good as empty"
    assert "Voorwaarden en vervolg (V&V): Dienst waarin" in " ".join(" ".join(sheets).split())


def test_a_chart_is_drawn_as_wide_as_paper_for_paper_and_as_before_after_it(viewer: Screen) -> None:
    page = viewer.look("overdracht", gemeente="Deventer").page
    boxes = "[...document.querySelectorAll('svg.marks')].map((svg) => svg.viewBox.baseVal)"
    drawn = f"{boxes}.map((box) => [Math.round(box.width), Math.round(box.height)])"
    before = page.evaluate(drawn)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate(drawn)
    assert {width for width, _ in printed} == {690, 500}, "beside its table a little less"
    assert max(high for _, high in before) > 400 > min(high for _, high in printed)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(drawn) == before


def test_a_menu_that_stood_open_works_again_after_another_server_took_over(
    browser: Browser, real_database: Path, tmp_path: Path
) -> None:
    log, database = tmp_path / "log", str(real_database)
    with browser.new_context(locale="nl-NL") as context:
        with running(log, VT_DATABASE=database) as port:
            screen = Screen.new(context, f"http://127.0.0.1:{port}").open("melders", gemeente="Dordrecht")
            menu = screen.page.get_by_role("button", name="Download", exact=True).first
            csv = screen.page.get_by_role("button", name="CSV", exact=True)
            menu.click()
            csv.wait_for()
        screen.page.wait_for_function(f"() => ({_CONNECTION})() !== 'CONNECTED'")
        screen.page.evaluate(_COUNT_RUNS)
        with running(log, port=port, VT_DATABASE=database):
            screen.page.wait_for_function(f"() => ({_CONNECTION})() === 'CONNECTED'")
            csv.wait_for(state="detached")
            screen.page.wait_for_function("() => window.vtRuns > 0")
            screen.settled()
            menu.click()
            csv.wait_for()
            screen.page.wait_for_timeout(500)
            screen.settled()
            with screen.page.expect_download() as saved:
                csv.click()
            assert b"Meldingen naar melder" in Path(saved.value.path()).read_bytes()


_CONNECTION = "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
_COUNT_RUNS = """() => {
  window.vtRuns = 0;
  const count = () => { window.vtRuns += 1; };
  new MutationObserver(count).observe(document.documentElement, { attributeFilter: ['data-drawing'] });
}"""


def test_a_step_back_that_is_lost_with_the_connection_is_taken_when_that_is_back(viewer: Screen) -> None:
    page = viewer.look("triage", gemeente="Zwolle").follow("Melders").page
    page.evaluate(_LOSE_NEXT)
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Triage")
    assert viewer.settled().path == "triage"


_LOSE_NEXT = """() => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function () {
    WebSocket.prototype.send = send;
    this.close();
  };
}"""


def test_a_connection_that_is_lost_while_an_answer_is_held_hands_over_what_came(viewer: Screen) -> None:
    assert viewer.look("begrippen").page.evaluate(_LOST) == [True, 0, False, 2]


_LOST = """async () => {
  const socket = new WebSocket(`ws://${location.host}/_stcore/stream`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  let taken = 0;
  socket.addEventListener('message', () => { taken += 1; });
  const isHeld = () => document.documentElement.hasAttribute('data-drawing');
  // the first bytes of a message: that a script starts, and a part of what it says
  for (const kind of [0x22, 0x2a]) {
    socket.dispatchEvent(new MessageEvent('message', { data: new Uint8Array([0, 0, 0, 2, kind, 0]).buffer }));
  }
  const before = [isHeld(), taken];
  socket.dispatchEvent(new CloseEvent('close'));
  const after = [isHeld(), taken];
  socket.close();
  return [...before, ...after];
}"""


def test_a_network_that_refuses_the_connection_is_told_of_and_whom_to_ask(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.route_web_socket("**/_stcore/stream?together", lambda socket: socket.close())
        page.goto(f"{address}/melders")
        page.locator("#root > *").first.wait_for(state="attached")
        page.clock.fast_forward(10_000)
        page.get_by_role("alert").filter(has_text="websocket").wait_for()
        assert address.removeprefix("http://") in page.get_by_role("alert").first.inner_text()


def test_a_browser_that_cannot_read_the_scripts_is_told_so(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.route("**/static/js/*.js", lambda route: route.fulfill(content_type="text/javascript", body="?!"))
        page.goto(f"{address}/melders")
        page.clock.fast_forward(10_000)
        page.get_by_text("Deze browser kan de website niet tonen").wait_for()
