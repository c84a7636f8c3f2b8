"""A new indicator reaches the page of its topic by YAML alone, under the heading and in the form that the YAML says."""

import re
from pathlib import Path

import pytest
from decks import figure_of
from visits import visit
from worlds import HEAD, add_report, edit

from vt.figures.picks import Pick
from vt.figures.registry import FigureRequest
from vt.web.page import MOST_TEXTS, RenderedFigure

PLAIN = """
doorverwijzingen:
  label: Doorverwijzingen
  unit: aantal
  noun: {one: doorverwijzing, many: doorverwijzingen}
  counts: doorverwijzingen
  topic: instroom
  definition: Wie is doorverwezen.
"""
NUMBERS = """
number: "9"
heading: Nieuw
indicator: doorverwijzingen
rows: place
cells:
  Polder: [17]
"""
CLASSES = NUMBERS.replace("rows: place", "rows: category").replace(
    "Polder: [17]", "Partnergeweld: [9]\n  Kindermishandeling: [8]\n  totaal: [17]"
)
OVER_TIME = NUMBERS.replace("cells", "columns: {period: [2019, 2020, 2021]}\ncells").replace("[17]", "[15, 16, 17]")


@pytest.fixture
def world(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VT_DATA", str(world))
    monkeypatch.setenv("VT_DATABASE", str(world / "vt.db"))
    return world


def add(world: Path, indicator: str, table: str = NUMBERS) -> None:
    path = world / "catalogue" / "indicators.yaml"
    path.write_text(path.read_text(encoding="utf-8") + indicator, encoding="utf-8")
    add_report(world, table)


def outline(page: str, **query: str) -> list[str]:
    """The headings of a page, with under each the figures by their kind: indicator.kind."""
    app = visit(page, query or {"regio": "Polder"})
    assert not app.exception
    assert not app.error
    lines = []
    for element in app.main:
        if element.type == "header":
            lines.append(element.value)
        elif element.type == "html":
            found = re.findall(r'<h2[^>]*>(.*?)</h2>|<h3[^>]* id="([^"]+)"', element.proto.body)
            lines += [heading or figure.rpartition(".")[0] for heading, figure in found]
    return lines


def test_a_plain_number_stands_under_the_first_heading_of_its_topic(world: Path) -> None:
    add(world, PLAIN)
    assert outline("instroom") == ["Meldingen", "meldingen.places", "doorverwijzingen.places"]


def test_or_under_the_heading_that_it_names_and_over_time_where_there_is_more_than_a_year(world: Path) -> None:
    add(world, PLAIN + "  section: Gevaar\n", OVER_TIME.replace("2019, 2020, 2021", "2020-H1, 2020-H2, 2021-H1"))
    shown = ["Meldingen", "meldingen.places", "Gevaar", "doorverwijzingen.places"]
    assert outline("instroom") == [*shown, "Over de tijd", "doorverwijzingen.series"]


def test_of_one_place_the_newest_year_stands_first(world: Path) -> None:
    earlier = PLAIN.replace("oorverwijzingen", "oorstroom")
    add(world, earlier + PLAIN, NUMBERS)
    add_report(
        world,
        NUMBERS.replace("doorverwijzingen", "doorstroom"),
        name="eerder",
        head=HEAD.replace("2021", "2020"),
    )
    assert outline("instroom") == ["Meldingen", "meldingen.places", "doorverwijzingen.places", "doorstroom.places"]


def test_years_that_stand_beside_the_number_do_not_stand_below_it_again(world: Path) -> None:
    add(world, PLAIN, OVER_TIME)
    assert outline("instroom") == ["Meldingen", "meldingen.places", "doorverwijzingen.places"]


def test_a_number_with_classes_is_divided_over_them(world: Path) -> None:
    add(world, PLAIN + "  section: Gevaar\n  classification: aard\n", CLASSES)
    shown = ["Meldingen", "meldingen.places", "Gevaar", "doorverwijzingen.categories"]
    assert outline("instroom") == shown


def test_a_percentage_stands_beside_its_norm(world: Path) -> None:
    norm = "  norm: {value: 90, label: Streefwaarde 90%, source: Het rapport}\n"
    add(world, PLAIN.replace("aantal", "procent").replace("  counts: doorverwijzingen\n", "") + norm)
    assert outline("instroom") == ["Meldingen", "meldingen.places", "instroom.norms"]


def test_many_classes_are_grouped_under_the_name_that_they_have_together(world: Path) -> None:
    table = CLASSES.replace("Partnergeweld", "Buurtbewoner").replace("Kindermishandeling", "Anders")
    add(world, PLAIN.replace("instroom", "melders") + "  classification: melder\n  grouped_as: Per beroep\n", table)
    shown = outline("melders")
    assert shown[-3:] == ["doorverwijzingen.groups", "naar_melder.categories", "doorverwijzingen.categories"]
    assert shown.count("doorverwijzingen.groups") == 1


def test_that_all_figures_are_of_the_region_stands_once_above_them(world: Path) -> None:
    add(world, PLAIN.replace("instroom", "aard") + "  classification: aard\n", CLASSES)
    texts = [each.proto.body for each in visit("aard", {"gemeente": "Dorp"}).main if each.type == "html"]
    assert sum('class="vt-kop"' in text for text in texts) > 1
    assert [text for text in texts if "als geheel, niet Dorp" in text] == [
        '<p class="vt-van">Polder als geheel, niet Dorp apart</p>'
    ]


@pytest.mark.parametrize(("page", "counted"), [("melders", "meldingen"), ("adviesvragers", "adviezen")])
def test_who_reports_stands_once_in_the_groups_that_all_regions_share(page: str, counted: str) -> None:
    """Of a gemeente its own groups and particulieren come first; the region that stands for it has one division."""
    shared, functions = f"{counted}_naar_{page.removesuffix('s')}.groups", f"{counted}_professionals_functie"
    own = [f"{functions}.groups", f"{counted}_particulieren.categories", f"{functions}.categories"]
    assert [each for each in outline(page, gemeente="Deventer") if "." in each] == [*own, shared]
    assert [each for each in outline(page, regio="IJsselland") if "." in each] == [shared, *own[1:]]


def test_a_topic_without_headings_has_a_page_all_the_same(world: Path) -> None:
    edit(world / "catalogue" / "topics.yaml", ", sections: [Meldingen, Gevaar]", "")
    add(world, PLAIN)
    assert outline("instroom") == ["meldingen.places", "doorverwijzingen.places"]


def test_what_all_figures_of_a_page_leave_out_stands_below_the_first() -> None:
    app = visit("instroom", {"gemeente": "Dordrecht"})
    bodies = "".join(element.proto.body for element in app.main if element.type == "html")
    assert bodies.count("Twee perioden zeggen niet of het stijgt") == 1


@pytest.mark.parametrize("page", ["onderzoek", "melders"])
def test_a_page_says_a_sentence_once(page: str) -> None:
    """The figures after the first that needs it refer to it: what is folded there is put in where it is unfolded."""
    app = visit(page, {"gemeente": "Deventer"})
    bodies = "".join(element.proto.body for element in app.main if element.type == "html")
    said = re.findall(r"<(?:li|dd|p)(?: data-said=\"\w+\")?>([^<]{40,})<", bodies)
    assert [text for text in said if said.count(text) > 1] == []
    again = re.findall(r'data-again="(\w+)"></', bodies)
    assert again
    assert set(again) <= set(re.findall(r'data-said="(\w+)"', bodies))


def test_what_the_same_places_lack_on_a_whole_page_is_one_sentence() -> None:
    app = visit("organisatie", {"gemeente": ["Deventer", "Dordrecht"]})
    text = " ".join(element.proto.body for element in app.main if element.type == "html")
    (said,) = re.findall(r"De bronnen geven voor Dordrecht geen cijfers over klachten[^.]*\.", text)
    assert "formatie" in said


def test_a_figure_keeps_no_text_for_every_place_that_a_link_can_name() -> None:
    shown = RenderedFigure.of(figure_of(("Dorp", 12, None)), Pick(FigureRequest("places", ("meldingen",)), 0))
    for n in range(3 * MOST_TEXTS):
        assert f"niet Plaats {n}<" in shown.tell(set(), whose=f"Polder, niet Plaats {n}")
    assert len(shown.texts) <= MOST_TEXTS
