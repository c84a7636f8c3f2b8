"""A chosen period is not stretched: what is there over another length of time is named, with a button to choose it."""

import re
from dataclasses import replace

import pytest
from visits import visit

from vt import api
from vt.figures.answers import answer
from vt.figures.headlines import make_headlines
from vt.figures.nearest import Nearest, find_instead, leave_elsewhere
from vt.figures.notices import Reason
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.model.measures import Measure

CONVERTED = "per 1.000 inwoners, omgerekend naar een jaar"


def build(dataset, form, indicator, selection):
    return build_figures(dataset, FigureRequest(form, (indicator,), "Proef", "ijsselland"), selection)


def told(app):
    return " ".join(block.proto.body for block in app.get("html"))


@pytest.mark.parametrize("form", ["places", "categories", "ranking", "tiles"])
def test_no_form_answers_a_year_with_two(dataset, form):
    assert not build(dataset, form, "meldingen_professionals_functie", Selection(region="ijsselland", period="2020"))


def test_the_number_that_is_there_says_what_it_counts_and_hides_what_is_hidden(dataset):
    asked = Selection(gemeenten=("dordrecht", "zwolle"), period="2020", geweld="hg")
    (figure,) = build(dataset, "places", "meldingen", asked)
    assert figure.notices[0].text.endswith("de eerste helft van 2021: 95 meldingen over huiselijk geweld.")
    hidden = Selection(gemeenten=("ommen",), period="2021-H1", shielding=Shielding.ALL)
    (notice,) = answer(dataset, dataset.metadata.indicators["onderzoeken"], hidden).notices
    assert notice.text.endswith("wel over 2021: minder dan 5 onderzoeken.")


def test_a_line_shows_every_period_whichever_is_chosen(dataset):
    chosen = [build(dataset, "series", "meldingen", Selection("nederland", period=p)) for p in (None, "2021-Q1")]
    assert [figure.table.rows for figure in chosen[0]] == [figure.table.rows for figure in chosen[1]] != []


def test_those_that_answer_stand_beside_a_line_about_those_that_do_not(dataset):
    asked = Selection(gemeenten=("zwolle", "dordrecht"), period="2021")
    (figure,) = build(dataset, "places", "meldingen", asked)
    assert [row[0] for row in figure.table.rows] == ["Zwolle"]
    assert [(notice.text, notice.period) for notice in figure.notices] == [
        ("Voor Dordrecht is er geen cijfer over 2021, wel over de eerste helft van 2021: 550 meldingen.", "2021-H1")
    ]


def test_a_rate_of_half_a_year_says_wherever_it_stands_that_it_is_converted(dataset):
    dordrecht = Selection(gemeenten=("dordrecht",), measure=Measure.PER_1000)
    figure = build(dataset, "places", "meldingen", dordrecht)[0]
    assert "omgerekend naar een jaar" in figure.title
    assert CONVERTED in figure.subtitle
    assert "omgerekend naar een jaar" in figure.summary
    asked = Selection(gemeenten=("dordrecht",), measure=Measure.PER_1000)
    ranked = [f for f in build(dataset, "ranking", "meldingen", asked) if "Dordrecht" in str(f.table.rows)]
    assert ranked
    assert all("omgerekend naar een jaar" in text for figure in ranked for text in (figure.title, figure.subtitle))
    (card,) = make_headlines(dataset, [dataset.metadata.indicators["meldingen"]], dordrecht, "dordrecht")
    assert card.unit == CONVERTED
    year = build(dataset, "places", "meldingen", Selection(gemeenten=("zwolle",), measure=Measure.PER_1000))[0]
    assert "omgerekend" not in year.title + year.subtitle + year.summary


@pytest.mark.parametrize("page", ["overzicht", "vergelijken", "melders", "instroom"])
def test_a_page_without_the_period_shows_the_nearest_and_says_so_once(page):
    app = visit(page, {"gemeente": "Dordrecht", "periode": "2021"})
    assert not app.exception
    said = "Voor Dordrecht zijn hier geen cijfers over 2021; hier staat de eerste helft van 2021."
    assert told(app).count(said) == 1
    assert "geen cijfer over 2021" not in told(app)
    assert "1e halfjaar 2021" in told(app)


def test_a_figure_over_another_period_than_was_chosen_says_so_above_its_title():
    chosen = {"gemeente": "Zwolle", "periode": "2020"}
    texts = [element.proto.body for element in visit("melders", chosen).main if element.type == "html"]
    cards = [text for text in texts if 'class="vt-kop"' in text]
    later = [">2021, niet 2020<" in card for card in cards]
    assert later == ["hier staat 2021, dat daar het dichtst bij ligt" in card for card in cards]
    assert any(later)
    assert not all(later)


def test_a_figure_of_all_kinds_says_so_above_its_title_where_one_was_chosen():
    said = ">Alle soorten geweld, niet ouderenmishandeling apart<"
    assert said in told(visit("vergelijken", {"geweld": "Ouderenmishandeling"}))
    assert said not in told(visit("vergelijken", {}))
    chosen = {"gemeente": ["Deventer", "Dordrecht"], "geweld": "Ouderenmishandeling"}
    assert told(visit("overzicht", chosen)).count(said) == 1, "once where it holds for all cards"
    assert "apart; alle soorten geweld, niet ouderenmishandeling apart<" in told(visit("overdracht", chosen))


def test_a_button_chooses_what_is_shown_instead():
    app = visit("instroom", {"gemeente": "Dordrecht", "periode": "2021"})
    app = app.button(key="kies-dichtstbij").click().run()
    assert app.selectbox(key="periode").value == "1e halfjaar 2021"
    assert "hier staat de eerste helft van 2021" not in told(app)


def test_a_page_without_the_place_shows_another_and_says_so_once():
    app = visit("organisatie", {"gemeente": "Dordrecht"})
    assert told(app).count("Van Dordrecht is hierover niets gepubliceerd; hier staat IJsselland.") == 1
    assert "28 klachten" in told(app)
    assert "Veilig Thuis IJsselland, niet Dordrecht" in told(app)
    app = app.button(key="kies-dichtstbij").click().run()
    assert (app.selectbox(key="regio").value, app.multiselect(key="gemeente").value) == ("IJsselland", [])


def test_own_figures_come_first_and_those_of_the_region_say_whose_they_are():
    texts = [
        element.proto.body for element in visit("adviesvragers", {"gemeente": "Zwolle"}).main if element.type == "html"
    ]
    cards = [text for text in texts if 'class="vt-kop"' in text]
    whose = ["IJsselland als geheel, niet Zwolle apart" in card for card in cards]
    assert whose == sorted(whose)
    assert any(whose)
    assert not all(whose)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "Utrecht",
            "Voor de gemeente Utrecht zijn hier nog geen cijfers. Veilig Thuis Utrecht publiceert over deze gemeente",
        ),
        ("Weesp", "Weesp is op 24 maart 2022 opgegaan in Amsterdam. Voor Weesp zijn hier geen cijfers"),
    ],
)
def test_a_gemeente_outside_the_collection_is_answered_by_name(place, said):
    app = visit("instroom", {"gemeente": place})
    assert not app.exception
    assert told(app).count(f"{said}; wat er wel is: Nederland.") == 1
    assert "bedoeld" not in told(app)
    assert (app.multiselect(key="gemeente").value, f"{place} · 1e halfjaar 2025" in told(app)) == ([place], True)
    app = app.button(key="kies-plaats").click().run()
    assert (app.selectbox(key="regio").value, app.multiselect(key="gemeente").value) == ("Nederland", [])
    assert said not in told(app)


def test_a_place_without_numbers_beside_one_that_has_them_changes_nothing(dataset):
    both = Selection(gemeenten=("zwolle",), elsewhere=("GM0788",))
    nearest = leave_elsewhere(both, dataset.metadata, ["meldingen"])
    into = "Haaren is op 1 januari 2021 verdeeld over Boxtel, Oisterwijk, Tilburg en Vught."
    assert nearest == Nearest(Selection(gemeenten=("zwolle",)), f"{into} Voor Haaren zijn hier geen cijfers.", "")
    assert leave_elsewhere(nearest.selection, dataset.metadata, ["meldingen"]) is None


def test_what_a_page_can_answer_for_one_of_the_places_is_not_changed(dataset):
    known = dataset.metadata.of_topics(["instroom"])
    both = Selection(gemeenten=("dordrecht", "zwolle"), period="2021")
    assert find_instead(both, dataset.metadata, known) is None
    assert find_instead(Selection(), dataset.metadata, known) is None
    assert find_instead(replace(both, gemeenten=("dordrecht",)), dataset.metadata, known).selection.period == "2021-H1"


@pytest.mark.parametrize(
    ("page", "query", "said", "widget", "value"),
    [
        (
            "onderzoek",
            {"gemeente": "Deventer", "geweld": "KM"},
            "Voor Deventer is kindermishandeling hier niet apart geteld; hier staat alles samen.",
            "geweld",
            "Alle",
        ),
        (
            "organisatie",
            {"gemeente": "Deventer", "weergave": "Per 1.000 inwoners per jaar"},
            "“Per 1.000 inwoners per jaar” is hier niet te berekenen; hier staat het aantal.",
            "weergave",
            "Aantal",
        ),
        (
            "vergelijken",
            {"gemeente": "Dordrecht", "kijk": "Punten"},
            "Geen andere gemeente telt hetzelfde als Dordrecht over dezelfde tijd. Wel te vergelijken:",
            "regio",
            "IJsselland",
        ),
        (
            "vergelijken",
            {"gemeente": "Deventer", "cijfer": "Onderzoeken", "kijk": "Toeval"},
            "“Onderzoeken” is zo niet te tekenen: dat kan alleen met wat mensen melden, bij drie gemeenten of meer.",
            "kijk",
            "Ranglijst",
        ),
        (
            "overzicht",
            {"periode": "1e halfjaar 2021"},
            "Over deze periode is er geen kaart van gemeenten; hier staat het nieuwste.",
            "periode",
            "Nieuwste",
        ),
    ],
)
def test_what_a_page_cannot_answer_is_one_line_and_a_button_that_chooses_what_stands_there(
    page, query, said, widget, value
):
    app = visit(page, query)
    assert not app.exception
    assert told(app).count(said) == 1
    assert told(app).count("<h3") >= 1
    (button,) = [each for each in app.button if each.key and each.key.startswith("kies-")]
    app = button.click().run()
    assert not app.exception
    chosen = [each.value for each in (*app.selectbox, *app.get("button_group")) if each.key == widget]
    assert (chosen, said in told(app)) == ([value], False)


def test_gemeenten_beside_the_chosen_one_are_said_once_where_their_period_is_another(dataset):
    asked = Selection(gemeenten=("dordrecht",), period="2021-H1")
    (own, *_) = build_figures(dataset, FigureRequest("ranking", ("meldingen",)), asked)
    said = [notice for notice in own.notices if notice.reason is Reason.OTHER_LENGTH]
    assert [len(notice.places) for notice in said] == [11]
    assert not any(notice.other or notice.period for notice in said)


def test_a_presentation_says_that_there_is_nothing_over_the_period(dataset):
    app = visit("presenteren", {"gemeente": "Dordrecht", "periode": "2021"})
    assert not app.exception
    assert re.search(r"Voor Dordrecht is er geen cijfer over .+ in 2021\.", told(app))


def test_a_notebook_is_told_of_the_period_that_there_is():
    with pytest.raises(ValueError, match="wel over de eerste helft van 2021: 550 meldingen"):
        api.chart("meldingen", "dordrecht", period="2021")
