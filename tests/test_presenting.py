"""The page Presenteren as Streamlit runs it: every story, on stage and off, own figures, and a file that fails."""

import html
import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from decks import BARS_COLUMNS_TILES, firsts, whole_deck
from marks import marks_of
from streamlit.testing.v1 import AppTest
from visits import visit

from vt.figures.answers import Dataset
from vt.figures.picks import Pick
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.measures import Measure
from vt.render.files import FIGURE_FILES, FileKind
from vt.render.vega.forms import rows_for_presenter
from vt.render.vega.lanes import FEWEST_ON_STAGE, MOST_ON_STAGE

MELDINGEN = Pick(FigureRequest("places", ("meldingen",)))
STORIES = (
    "Gemeente in cijfers",
    "In vijf figuren",
    "Raadsvragen: Stijgt het bij ons?",
    "Raadsvragen: Hoe staan we ten opzichte van de regio?",
    "Raadsvragen: Wie meldt er, en wie niet?",
    "Raadsvragen: Waar komen meldingen terecht?",
    "Raadsvragen: Halen we de wettelijke termijnen?",
    "Raadsvragen: Wat komt er uit onderzoek?",
    "Jaaroverzicht regio",
)


@pytest.fixture(autouse=True)
def _served(real_site: None) -> None:
    """Every test here is of the real data."""


def _opened(**query: str | list[str]) -> AppTest:
    app = visit("presenteren", query)
    assert not app.exception
    return app


def _html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("place", ["Dordrecht", "Zwolle", "Staphorst"])
@pytest.mark.parametrize("story", STORIES)
def test_a_story_shows_its_slides_or_says_why_not(story: str, place: str) -> None:
    app = _opened(verhaal=story, gemeente=place)
    assert app.selectbox(key="verhaal").value == story
    assert "<ol" in _html(app) or "De bronnen geven voor" in _html(app)


def test_a_story_without_slides_asked_for_on_stage_is_the_page_with_its_title() -> None:
    asked = {"verhaal": STORIES[7], "gemeente": "Staphorst", "periode": "1e halfjaar 2021", "scherm": "1"}
    app = _opened(**asked, geweld="Kindermishandeling")
    assert "<ol" not in _html(app)
    assert [title.value for title in app.title] == ["Presenteren"]


@pytest.mark.parametrize("number", ["1", "4", "0", "999", "-1", "x", "٣", "1e3", ""])
def test_any_slide_number_in_a_link_opens_a_slide(number: str) -> None:
    app = _opened(gemeente="Dordrecht", scherm=number)
    expected = {"4": 4, "999": 18}.get(number, 1)
    assert f"Dia {expected} van 18" in _html(app)


def test_walking_and_stopping() -> None:
    app = _opened(gemeente="Dordrecht", scherm="1")
    app.button(key="zaal-volgende").click().run()
    assert "Dia 2 van 18" in _html(app)
    app.button(key="zaal-laatste").click().run()
    assert "Dia 18 van 18" in _html(app)
    assert app.button(key="zaal-volgende").disabled
    app.button(key="zaal-stop").click().run()
    assert "Dia" not in _html(app)
    assert app.button(key="presenteer")


def test_a_presentation_opens_with_its_place_and_ends_with_its_sources() -> None:
    cover, closing = (_html(_opened(gemeente="Deventer", scherm=number)) for number in ("1", "999"))
    assert "<h1>Deventer</h1>" in cover
    assert "Deventer en IJsselland · 2021" in cover, "what is mixed is said"
    assert "Rapportage 2021, Veilig Thuis IJsselland, tabel 1.1" in closing
    assert "overdrachtspartijen na een dienst en uitkomsten van onderzoek, wel voor Dordrecht." in closing


def test_one_line_under_a_slide_explains_its_signs_and_names_its_source() -> None:
    said = _html(_opened(gemeente="Deventer", scherm="3"))
    foot = said.partition('<p class="vt-zaalvoet"><span>')[2].partition("</span>")[0]
    assert foot == (
        "° teruggerekend uit andere getallen · 0 tot en met 4: teruggerekend en afgeschermd · Bron: Rapportage 2021, "
        "Veilig Thuis IJsselland, tabel 1.C"
    )


def test_one_number_stands_large_beside_that_of_the_year_before() -> None:
    said = _html(_opened(gemeente="Deventer", scherm="2"))
    assert "<strong>506</strong><p>meldingen in 2021</p><p>91 minder dan in 2020</p>" in said


def test_a_story_without_slides_says_so_and_has_nothing_to_present() -> None:
    app = _opened(verhaal="Raadsvragen: Halen we de wettelijke termijnen?", gemeente="Dordrecht", scherm="1")
    assert "Dordrecht" in _html(app)
    assert "De bronnen geven voor Dordrecht geen cijfers voor “Halen we de wettelijke termijnen?”." in _html(app)
    assert not [button for button in app.button if button.key in ("presenteer", "presenteer-op-tijd")]


@pytest.mark.parametrize(
    ("story", "key", "place"),
    [("Gemeente in cijfers", "gemeente", "Zwolle"), ("Jaaroverzicht regio", "regio", "IJsselland")],
)
def test_a_story_for_one_place_asks_for_that_place(story: str, key: str, place: str) -> None:
    app = _opened(verhaal=story)
    app.selectbox(key="plaats-van-verhaal").select(place).run()
    assert f"{story}, {place}" in _html(app)
    assert place in str(app.query_params[key])
    assert "plaats-van-verhaal" not in {field.key for field in app.selectbox}


def test_what_was_asked_for_stands_before_the_other_stories() -> None:
    asked, unasked = (_html(_opened(gemeente="Deventer", **said)) for said in ({"verhaal": "In vijf figuren"}, {}))
    assert asked.index("<ol") < asked.index("Wie meldt er, en wie niet?")
    assert unasked.index("<ol") > unasked.index("Wie meldt er, en wie niet?")
    kept = _html(_opened(gemeente="Deventer", dia=[MELDINGEN.text]))
    assert kept.index("506 meldingen") < kept.index("Wie meldt er, en wie niet?"), "who kept figures wants these"
    absent = '</summary><ul class="vt-melding" aria-label="Let op"><li>De bronnen geven voor Deventer geen cijfers over'
    assert absent in unasked, "many names stand behind one line"


def test_every_slide_of_a_story_has_a_picture() -> None:
    assert "<div></div>" not in _html(_opened(gemeente="Deventer", verhaal="In vijf figuren"))


def test_own_figures_come_from_the_link_in_its_order() -> None:
    other = Pick(FigureRequest("categories", ("triagebesluiten",)))
    app = _opened(verhaal="Eigen keuze", dia=[other.text, MELDINGEN.text], gemeente="Dordrecht")
    assert _html(app).index("triagebesluit") < _html(app).index("550 meldingen")
    assert "toon-teksten" not in {button.key for button in app.button}, "there is nothing to ask for"


def _seen(app: AppTest) -> list[str]:
    """What stands on the page and in its fields; not what the tab keeps of it."""
    return [_html(app).partition("data-kept")[0], *(field.value for field in app.text_input)]


def test_the_link_to_copy_opens_the_own_figures_again() -> None:
    kept = replace(MELDINGEN, title="Partnergeweld bij ons: één op de drie")
    app = _opened(gemeente="Deventer", dia=kept.text, maker="Gemeente Deventer")
    (link,) = re.findall(r'data-copy-link="\?(gemeente[^"]*)"', _html(app))
    query = parse_qs(html.unescape(link))
    assert (query["dia"], query["maker"]) == ([kept.text], ["Gemeente Deventer"])


@pytest.mark.parametrize("scherm", [{}, {"scherm": "1"}, {"scherm": "2"}, {"scherm": "99"}], ids=str)
def test_a_link_shows_no_words_that_are_not_ours_before_they_are_asked_for(scherm: dict[str, str]) -> None:
    """Titles, remarks, who presents and questions: whoever makes a link writes them."""
    theirs = Pick(MELDINGEN.asked, title="Fraude bevestigd", remark="Bel dit nummer").text
    link = {"dia": [theirs], "maker": "De minister", "vraag": "Klik~x", "verhaal": "Eigen keuze", "gemeente": "Zwolle"}
    app = _opened(**link, **scherm)
    everywhere = (*_seen(app), *(code.value for code in app.code))
    strange = ("Fraude bevestigd", "Bel dit nummer", "De minister", "Klik")
    assert [words for words in strange if any(words in text for text in everywhere)] == []
    assert (app.query_params["dia"], app.query_params["maker"]) == (theirs, "De minister"), "the link is still whole"
    app.button(key="toon-teksten").click().run()
    shown = " ".join(_seen(app))
    asked = {"1": ["De minister"], "99": []}.get(scherm.get("scherm", ""), ["Fraude bevestigd", "Bel dit nummer"])
    assert [words for words in asked if words not in shown] == []
    assert "toon-teksten" not in {button.key for button in app.button}


def test_one_figure_on_stage_has_no_words_from_its_link() -> None:
    theirs = Pick(MELDINGEN.asked, title="Fraude bevestigd", remark="Bel dit nummer").text
    app = _opened(gemeente="Zwolle", scherm="2", figuur=theirs)
    assert "646 meldingen" in _html(app)
    assert not {"Fraude", "Bel"} & set(_html(app).split())


def test_words_of_ones_own_are_shown_at_once() -> None:
    app = _opened(verhaal="Eigen keuze", dia=[MELDINGEN.text], gemeente="Zwolle")
    app.text_input(key="maker-regel").set_value("Team Jeugd").run()
    assert "toon-teksten" not in {button.key for button in app.button}
    app.button(key="presenteer").click().run()
    assert "Team Jeugd" in _html(app)


@pytest.mark.parametrize("text", ["", "x", "places~0~~~~~nietbestaand", "<script>", "a" * 100_000, "../../etc/passwd"])
def test_what_a_link_gets_wrong_is_said(text: str) -> None:
    app = _opened(verhaal="Eigen keuze", dia=[text, MELDINGEN.text], gemeente="Dordrecht")
    assert "niet herkend" in _html(app)
    assert "550 meldingen" in _html(app)
    assert "<script>" not in _html(app)


def test_what_is_kept_comes_back_from_the_tab_on_any_page_and_leaves_the_address() -> None:
    kept = {"dia": [MELDINGEN.text], "vraag": ["Hoe.20dan.3F~gemeente.3DZwolle"], "maker": ["Team Jeugd"]}
    app = visit("melders", {"gemeente": "Dordrecht", **kept})
    assert not {"dia", "vraag", "maker"} & set(app.query_params)
    app.switch_page("../../pages/presenteren.py").run()
    assert (app.query_params["dia"], app.query_params["maker"]) == (MELDINGEN.text, "Team Jeugd")
    assert "vraag" not in app.query_params
    assert "550 meldingen" in _html(app)
    app.button(key="toon-teksten").click().run()
    assert "Hoe dan?" in _html(app)


@pytest.mark.parametrize("order", ["1,0", "0,1", "7"])
def test_slides_take_the_order_in_which_they_were_dragged(order: str) -> None:
    texts = [Pick(FigureRequest("categories", ("triagebesluiten",))).text, MELDINGEN.text]
    app = _opened(verhaal="Eigen keuze", dia=texts, volgorde=order, gemeente="Dordrecht")
    assert app.query_params["dia"] == (texts[::-1] if order == "1,0" else texts)
    assert "volgorde" not in app.query_params


def test_a_title_that_is_typed_when_another_slide_goes_is_of_its_own_slide() -> None:
    """A page that is still being drawn gets what was typed and what was pressed after it in one answer."""
    others = [Pick(FigureRequest("categories", (name,))) for name in ("triagebesluiten", "meldingen_naar_aard")]
    app = _opened(verhaal="Eigen keuze", dia=[each.text for each in (*others, MELDINGEN)], gemeente="Dordrecht")
    (titled,) = (each for each in app.text_input if each.key.startswith("title-") and "meldingen_naar_aard" in each.key)
    titled.set_value("Van ons")
    next(each for each in app.button if each.key.startswith("weg-") and "triagebesluiten" in each.key).click().run()
    assert not app.exception
    assert app.query_params["dia"] == [replace(others[1], title="Van ons").text, MELDINGEN.text]


@pytest.mark.parametrize("kind", FIGURE_FILES, ids=[kind.ending for kind in FIGURE_FILES])
def test_every_kind_of_file_that_is_offered_can_be_made(dataset: Dataset, kind: FileKind) -> None:
    deck = whole_deck(firsts(dataset, BARS_COLUMNS_TILES[:1]))
    assert len(kind.make(deck, lambda n: None)) > 100


def test_a_file_that_fails_is_a_sentence_and_the_page_stays(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(_failing_file, default_timeout=60).run()
    app.button[0].click().run()
    assert not app.exception
    assert "kon niet worden gemaakt" in app.error[0].value
    assert "KeyError: 'x'" in caplog.text
    assert app.title[0].value == "De pagina"


def _failing_file() -> None:
    from datetime import date

    import streamlit as st

    from vt.figures.deck import Deck
    from vt.render.files import PPTX
    from vt.web import downloads

    st.title("De pagina")
    deck = Deck("Proef", "Dorp", (), "", "", "1", date(2026, 11, 22))
    downloads.offer_deck_files(deck, (PPTX._replace(label="Proef", ending="x"),))


# --- what a room can read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "indicator", "selection"),
    [
        ("categories", "meldingen_professionals_functie", Selection(gemeenten=("zwolle",))),
        ("categories", "meldingen_naar_melder", Selection(gemeenten=("dordrecht",))),
        ("categories", "meldingen_naar_aard", Selection(gemeenten=("zwolle", "deventer", "dordrecht"))),
    ],
)
def test_no_more_bars_than_a_room_can_read_and_the_rest_is_counted(
    dataset: Dataset, form: str, indicator: str, selection: Selection
) -> None:
    (figure, *_) = build_figures(dataset, FigureRequest(form, (indicator,)), selection)
    rows, left_out = rows_for_presenter(figure.chart)
    labels = [row for row in rows if row["label"]]
    assert 0 < rows[0]["units"] <= MOST_ON_STAGE
    assert len(labels) + left_out == len(figure.chart.rows)
    texts = [mark.text for mark in marks_of(figure) if mark.text]
    shown = [row["text"] for row in rows if row["text"]]
    assert shown == texts[: len(shown)]


def test_a_few_bars_stand_in_the_middle_of_a_slide_with_room_around_them(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("zwolle", "deventer"))
    (figure,) = build_figures(dataset, FigureRequest("places", ("meldingen",)), asked)
    rows, _ = rows_for_presenter(figure.chart)
    bars = [row["row"] for row in rows if row["start"] is not None]
    assert rows[0]["units"] == FEWEST_ON_STAGE
    assert abs(min(bars) + max(bars) - FEWEST_ON_STAGE) <= 1


def test_the_lines_of_a_ranking_stay_on_stage(dataset: Dataset) -> None:
    asked = Selection(region="ijsselland", measure=Measure.PER_1000)
    (figure,) = build_figures(dataset, FigureRequest("ranking", ("meldingen",)), asked)
    drawn = {rule.value for rule in figure.chart.rules}
    assert {row["line"] for row in rows_for_presenter(figure.chart)[0] if row["line"] is not None} == drawn != set()


def test_a_chosen_place_is_never_left_out_for_want_of_room(dataset: Dataset) -> None:
    chosen = ("zwolle", "deventer", "kampen", "raalte", "ommen", "hardenberg", "staphorst", "dalfsen", "olst-wijhe")
    (figure, *_) = build_figures(dataset, FigureRequest("places", ("meldingen",)), Selection(gemeenten=chosen))
    rows, left_out = rows_for_presenter(figure.chart)
    assert left_out == 0
    assert {"Zwolle", "Olst-Wijhe", "Dalfsen"} <= {row["label"] for row in rows}
