"""The filters: each changes the numbers on every page, and what is chosen stays in the address, link and file."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from screen import PAGES, WITH_FIGURES, Screen, Shown

Window = Callable[..., Screen]
KEYS = {"regio", "gemeente", "periode", "geweld", "weergave"}
MARK_CHARTS = "document.querySelectorAll('svg.marks').forEach((svg) => { svg.dataset.kept = 'yes'; })"
CHANGES: dict[str, Callable[[Screen], Screen]] = {
    "geweld": lambda screen: screen.press("Kindermishandeling"),
    "weergave": lambda screen: screen.choose("Weergave", "Per maand"),
    "periode": lambda screen: screen.choose("Periode", "2020"),
    "gemeente": lambda screen: screen.remove("Zwolle"),
    "regio": lambda screen: screen.choose("Regio als geheel", "IJsselland"),
}


def seen(screen: Screen) -> tuple[list[object], list[str]]:
    """What a filter can change: numbers, the places that stand out among all, and what is said not to be there."""
    rows = screen.page.locator(".vt-profiel tr").all_inner_texts()
    return [(figure.subtitle, figure.rows, figure.fills) for figure in screen.figures] + rows, screen.notices


def check_charts(screen: Screen) -> None:
    """Each chart writes the numbers of its own table, and draws them to scale."""
    screen.eventually(lambda: _check_figures(screen.figures))


def _check_figures(figures: list[Shown]) -> None:
    for figure in figures:
        assert figure.drawn <= figure.tabled, (figure.subtitle, figure.drawn - figure.tabled)
        assert figure.to_scale, (figure.subtitle, figure.bars)
        assert not figure.bars or figure.drawn or figure.id.endswith("tiles"), figure.subtitle


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        *(
            pytest.param(path, (key,), id=path or "overzicht")
            for path, key in zip(WITH_FIGURES[::2], CHANGES, strict=True)  # each filter on a page of its own
        ),
        *(
            pytest.param(path, tuple(CHANGES), id=f"{path or 'overzicht'} all", marks=pytest.mark.exhaustive)
            for path in WITH_FIGURES
        ),
    ],
)
def test_every_filter_changes_the_numbers_of_the_page(viewer: Screen, path: str, keys: tuple[str, ...]) -> None:
    viewer.look(path, gemeente=["Dordrecht", "Zwolle"])
    check_charts(viewer)
    for key in keys:
        before = seen(viewer)
        CHANGES[key](viewer)
        check_charts(viewer)
        assert key in viewer.query
        assert seen(viewer) != before, key


def test_numbers_follow_the_filter_to_known_values(viewer: Screen) -> None:
    """Meldingen in Dordrecht, first half of 2021: 447 KM, 95 HG, 8 OM; in Zwolle in 2021: 646."""
    viewer.look("instroom", gemeente="Dordrecht")
    known = {"Kindermishandeling": "447", "Huiselijk geweld": "95", "Ouderenmishandeling": "8"}
    for kind, number in known.items():
        viewer.press(kind)
        expect(viewer.page.locator(".vt-kop .vt-onderschrift").first).to_contain_text(
            f"alleen {kind.lower()}"
        )  # the address changes first
        wait_for_number(viewer, number, without={*known.values()} - {number})
    wait_for_number(viewer.look("instroom", gemeente="Zwolle"), "646", without=set())


def wait_for_number(screen: Screen, number: str, without: set[str]) -> None:
    """Until the first figure writes the number in its chart and in its table, and its chart none of the others."""

    def check() -> None:
        meldingen = screen.figures[0]
        assert number in meldingen.drawn & meldingen.tabled
        assert not without & meldingen.drawn

    screen.eventually(check)


def test_a_gemeente_in_another_spelling_is_offered(viewer: Screen) -> None:
    field = viewer.look("instroom").unfold("Gemeente")
    for typed in ("Olst Wijhe", "olst-wijhé", "Olst–Wijhe "):
        field.fill("")
        expect(viewer.page.get_by_role("option")).not_to_have_count(1)
        field.press_sequentially(typed)
        expect(viewer.page.get_by_role("option")).to_have_count(1)
        expect(viewer.page.get_by_role("option", name="Olst-Wijhe", exact=True)).to_be_visible()


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.exhaustive)], ids=["turns", "all"])
def test_the_navigation_leads_to_every_page_and_keeps_the_choice(viewer: Screen, step: int) -> None:
    """One page of three; by hand all of them."""
    viewer.look("", gemeente=["Zwolle", "Dordrecht"], weergave="Per maand", geweld="Kindermishandeling")
    for path, label in [*[*PAGES.items()][1::step], ("", "Overzicht")]:
        viewer.follow(label)
        assert viewer.path == path
        assert viewer.page.title().startswith(label)
        assert viewer.heading
        assert viewer.query["gemeente"] == ["Zwolle", "Dordrecht"]
        assert viewer.query["weergave"] == ["Per maand"]
        assert viewer.query["geweld"] == ["Kindermishandeling"]


@pytest.mark.parametrize(
    "click",
    [pytest.param({"button": "middle"}, id="middle", marks=pytest.mark.exhaustive), {"modifiers": ["Control"]}],
    ids=["middle", "ctrl"],
)
def test_a_page_of_the_navigation_in_a_new_tab_has_the_choice(viewer: Screen, click: dict[str, Any]) -> None:
    viewer.look("", gemeente="Zwolle", periode="2020")
    with viewer.page.context.expect_page() as opened:
        viewer.page.get_by_test_id("stTopNavLink").filter(has_text="Melders").click(**click)
    tab = Screen(opened.value, viewer.address).settled()
    assert (tab.path, tab.query["gemeente"], tab.query["periode"]) == ("melders", ["Zwolle"], ["2020"])
    tab.page.close()
    assert viewer.path == ""


@pytest.mark.parametrize(
    "path",
    ["instroom", *(pytest.param(path, marks=pytest.mark.exhaustive) for path in ("overdracht", "vergelijken"))],
)
def test_the_address_carries_the_choice_to_a_new_window_and_over_a_reload(window: Window, path: str) -> None:
    first = window(to_look=True).look(path)
    first.choose("Gemeente", "Deventer")
    for change in ("geweld", "periode"):
        CHANGES[change](first)
    second = window()
    second.page.goto(first.page.url)
    second.settled()
    assert second.numbers == first.numbers
    assert second.numbers
    assert second.notices == first.notices
    second.page.reload()
    second.settled()
    assert second.page.url == first.page.url
    assert second.numbers == first.numbers


def test_back_and_forward_keep_the_choice(viewer: Screen) -> None:
    viewer.look("melders", gemeente="Zwolle")
    viewer.choose("Periode", "2020")
    melders = viewer.numbers
    viewer.follow("Triage")
    triage = viewer.numbers
    viewer.does(viewer.page.go_back)
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("Melders")
    assert viewer.settled().path == "melders"
    assert viewer.query["gemeente"] == ["Zwolle"]
    assert viewer.query["periode"] == ["2020"]
    assert viewer.numbers == melders
    viewer.does(viewer.page.go_forward)
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("Triage")
    assert viewer.settled().path == "triage"
    assert viewer.numbers == triage


def test_back_keeps_what_a_filter_chose_and_undoes_what_a_link_chose(viewer: Screen) -> None:
    viewer.look("")
    viewer.follow("Vergelijken").choose("Gemeente", "Deventer")
    viewer.does(viewer.page.go_back)
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("Deventer")
    assert (viewer.path, viewer.query["gemeente"]) == ("", ["Deventer"])
    viewer.look("")
    viewer.does(viewer.page.get_by_role("link", name="Kampen", exact=True).click)
    viewer.does(viewer.page.go_back)
    assert (viewer.path, viewer.query) == ("", {}), "and no address between the two"
    viewer.choose("Gemeente", "Raalte").follow("Aard van het geweld")
    viewer.does(viewer.page.get_by_role("link", name="Dalfsen", exact=True).click)
    assert viewer.query["gemeente"] == ["Raalte", "Dalfsen"]
    viewer.does(viewer.page.go_back)
    assert viewer.query["gemeente"] == ["Raalte"]
    viewer.does(viewer.page.go_back)
    viewer.does(viewer.page.go_back)
    assert (viewer.path, viewer.query) == ("", {}), "from the first place the home page is a step"


def test_the_newest_is_named_by_its_year_only_on_a_page_that_has_one(viewer: Screen) -> None:
    viewer.look("triage", gemeente="Zwolle")
    for page, said in (("Instroom", "Nieuwste (2021)"), ("Triage", "Nieuwste")):
        viewer.follow(page)
        expect(viewer.page.get_by_role("combobox", name="Periode", exact=True)).to_have_value(said)
        assert "periode" not in viewer.query


def test_the_list_of_gemeenten_closes_behind_a_mouse_that_has_chosen(viewer: Screen) -> None:
    viewer.look("aard").unfold("Gemeente")
    open_list = viewer.page.get_by_role("listbox")
    viewer.page.mouse.move(1000, 600)
    viewer.page.wait_for_timeout(500)
    assert open_list.is_visible(), "nothing is chosen: who types goes on"
    for name in ("Deventer", "Zwolle"):
        viewer.page.get_by_role("option", name=name, exact=True).click()
        # The list has its new order when the page has its answer: a click on an option on the move is lost.
        expect(viewer.page.get_by_test_id("stMain")).to_contain_text(re.compile(f"· (Deventer en )?{name} · 2021"))
        assert open_list.is_visible(), "a next one is a click"
    viewer.page.mouse.move(1000, 600)
    open_list.wait_for(state="detached")
    assert viewer.query["gemeente"] == ["Deventer", "Zwolle"]


def test_on_a_phone_the_filters_fold_behind_a_choice_that_is_quicker_than_the_page(window: Window) -> None:
    page = window("phone").open("aard", gemeente="Deventer").page
    page.reload(wait_until="commit")
    page.wait_for_function(_CHOOSE_AT_ONCE, polling="raf")
    choice = page.locator(".vt-keuze")
    expect(choice).to_contain_text("Alle regio's")
    expect(page.locator(".st-key-periode")).to_be_hidden()
    expect(choice).to_have_attribute("aria-expanded", "false")


_CHOOSE_AT_ONCE = """() => {
  const stops = ['.vt-keuze', '[aria-label="Deventer verwijderen"]'].map((each) => document.querySelector(each));
  if (stops.every(Boolean)) stops.forEach((each) => each.click());
  return stops.every(Boolean);
}"""


@pytest.mark.parametrize(
    ("path", "label", "key"),
    [
        pytest.param("vergelijken", "Cijfer", "cijfer", marks=pytest.mark.exhaustive),
        ("bronnen", "Rapport", "rapport"),
    ],
)
def test_the_choice_on_a_page_itself_is_in_the_address(window: Window, path: str, label: str, key: str) -> None:
    first = window(to_look=True).look(path)
    field = first.page.get_by_role("combobox", name=label, exact=True)
    standing = field.input_value()
    field.click()
    options = first.page.get_by_role("option").all_inner_texts()
    first.page.keyboard.press("Escape")
    other = next(option for option in options if option != standing)
    first.choose(label, other)
    assert first.query[key] == [other]
    second = window()
    second.page.goto(first.page.url)
    second.settled()
    assert second.page.get_by_role("combobox", name=label, exact=True).input_value() == other
    assert second.text == first.text


def test_a_link_in_another_spelling_is_understood(window: Window) -> None:
    loose = window().open("instroom", gemeente="zwolle", periode="2021-H1", weergave="PER MAAND")
    strict = window(to_look=True).look("instroom", gemeente="Zwolle", periode="1e halfjaar 2021", weergave="Per maand")
    assert loose.numbers == strict.numbers
    assert loose.notices == strict.notices
    assert not [text for text in loose.notices if "niet herkend" in text]
    assert loose.query == strict.query
    assert loose.page.get_by_role("combobox", name="Periode", exact=True).input_value() == "1e halfjaar 2021"


@pytest.mark.parametrize(
    "path",
    ["", *(pytest.param(path, marks=pytest.mark.exhaustive) for path in ("melders", "controle"))],
    ids=lambda path: path or "overzicht",
)
def test_what_a_link_gets_wrong_is_said_in_dutch(screen: Screen, path: str) -> None:
    screen.open(path, gemeente=["Zwole", "<img src=http://example.org/x.png>"], periode="2021-13", geweld="XX")
    wrong = [text for text in screen.notices if "niet herkend" in text]
    for value in ("Zwole", "<img src=http://example.org/x.png>", "2021-13", "XX"):
        assert any(value in text for text in wrong), value
    assert screen.page.locator("[data-testid=stMain] img").count() == 0


def test_a_page_that_does_not_exist_says_so_in_dutch(screen: Screen) -> None:
    answer = screen.page.goto(f"{screen.address}/bestaat-niet")
    assert answer
    assert answer.status == 404
    assert screen.heading == "Pagina niet gevonden"
    assert screen.english == set()
    assert screen.faults == [f"404 {screen.address}/bestaat-niet"]
    screen.faults.clear()
    screen.page.get_by_role("link").first.click()
    assert (screen.settled().path, screen.page.title()[:9]) == ("", "Overzicht")


def test_the_copied_link_is_complete_and_shows_the_same(window: Window, address: str) -> None:
    first = window(to_look=True).look("melders", gemeente="Zwolle")
    first.press("Kindermishandeling")
    first.page.get_by_role("button", name="Kopieer link").click()
    first.page.get_by_text("Link gekopieerd").first.wait_for()
    link = first.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/melders?")
    assert urlsplit(link).query == "gemeente=zwolle&geweld=kindermishandeling"
    second = window()
    second.page.goto(link)
    second.settled()
    assert second.numbers == first.numbers
    assert second.notices == first.notices


def test_the_copied_link_of_a_choice_on_the_page_shows_the_same(window: Window) -> None:
    first = window(to_look=True).look("vergelijken")
    first.choose("Cijfer", "Adviezen")
    first.page.get_by_role("button", name="Kopieer link").click()
    first.page.get_by_text("Link gekopieerd").first.wait_for()
    second = window()
    second.page.goto(first.page.evaluate("navigator.clipboard.readText()"))
    second.settled()
    assert second.numbers == first.numbers


def measured(text: str) -> float | str:
    """The number that a cell shows; a text where it shows none."""
    found = re.fullmatch(r"[-−]?\d[\d.]*(,\d+)?%?°?", text)
    return float(text.rstrip("°").rstrip("%").replace("−", "-").replace(".", "").replace(",", ".")) if found else text


@pytest.mark.parametrize(
    "path",
    ["", "vergelijken", *(pytest.param(path, marks=pytest.mark.exhaustive) for path in ("melders", "onderzoek"))],
    ids=lambda path: path or "overzicht",
)
def test_a_figure_comes_as_a_csv_with_the_numbers_of_its_table(viewer: Screen, tmp_path: Path, path: str) -> None:
    viewer.look(path, gemeente=["Zwolle", "Dordrecht"])
    figure = viewer.figures[-1]
    viewer.page.locator(f".st-key-figuur-{figure.id}").get_by_role("button", name="Download", exact=True).click()
    with viewer.page.expect_download() as download:
        viewer.page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename.endswith(".csv")
    file = tmp_path / "figure.csv"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""), delimiter=";")
    shown = {measured(cell.removesuffix(" ≠")) for row in figure.rows[1:] for cell in row[1:]}
    value = heads.index("waarde")
    numbers = {float(row[value].replace(",", ".")) for row in rows if row[value]}
    assert numbers
    for number in numbers:
        assert any(abs(number - other) <= 0.5 for other in shown if isinstance(other, float)) or number < 1


def test_a_chart_that_stands_is_not_drawn_anew(viewer: Screen) -> None:
    """Its bars move: Streamlit draws a chart anew only where its spec, or the name that it puts into it, changes."""
    viewer.look("triage", gemeente="Dordrecht")
    viewer.page.evaluate(MARK_CHARTS)
    before = [figure.values for figure in viewer.figures]
    viewer.press("Kindermishandeling")
    assert [figure.values for figure in viewer.figures] != before
    assert viewer.page.locator("svg.marks:not([data-kept])").count() == 0


def test_a_line_that_comes_above_charts_leaves_them_as_they_are(viewer: Screen) -> None:
    viewer.look("melders", gemeente="Deventer")
    viewer.page.evaluate(MARK_CHARTS)
    viewer.press("Kindermishandeling")
    expect(viewer.page.locator(".st-key-dichtstbij")).to_contain_text("is kindermishandeling hier niet apart geteld")
    assert viewer.page.locator("svg.marks").count() == viewer.page.locator("svg.marks[data-kept]").count() > 0


def test_a_chart_stays_where_a_year_answers_instead_of_half_a_year(viewer: Screen) -> None:
    viewer.look("onderzoek", regio="Zuid-Holland Zuid")
    assert viewer.page.locator('h3[id="onderzoeken.places.6"]').count() == 1
    viewer.page.evaluate(MARK_CHARTS)
    viewer.choose("Regio als geheel", "IJsselland")
    card = viewer.page.locator('[class*="st-key-figuur-"]:has(h3[id="onderzoeken.places.12"])')
    assert card.locator("svg.marks[data-kept]").count() == 1
