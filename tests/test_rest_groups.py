"""Rest groups: what of a region's total lies outside its gemeenten, found by the build and said wherever it counts."""

from contextlib import closing

import pytest
from worlds import HEAD, add_report, opened

from vt.build.build import ensure
from vt.figures.headlines import make_headlines
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.store.connection import connect

IJSSELLAND = Selection(region="ijsselland")
SAID = "IJsselland: 3.485 adviezen in 2021, waarvan 1.022 onder Overige gemeente; in de 11 gemeenten 2.463, was 2.522"


def one(dataset, form, indicator, selection):
    """The first figure: others are panels of those that count otherwise."""
    return build_figures(dataset, FigureRequest(form, (indicator,), "Proef", "ijsselland"), selection)[0]


def find_large(database):
    with closing(connect(database)) as db:
        rows = db.execute("SELECT indicator, place, period, geweld, rest, total FROM rest_group WHERE is_large")
        return {row[:4]: row[4:] for row in rows}


# --- found by the build -----------------------------------------------------------------------------------------------


def test_the_build_finds_every_total_with_a_large_rest(real_database):
    large = find_large(real_database)
    assert large["adviezen", "ijsselland", "2021", "alle"] == (1022, 3485)
    assert large["adviezen", "ijsselland", "2020", "alle"] == (464, 2986)
    assert large["adviezen_naar_aard", "ijsselland", "2021", "km"] == (408, 1140)
    assert {indicator for indicator, *_ in large} == {
        *("adviezen", "adviezen_naar_aard", "adviezen_particulieren"),
        *("adviezen_professionals", "adviezen_professionals_functie"),
    }


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("[40, 50, 10]", "[40, 50, 10]", set()),  # a tenth, as the year before
        ("[40, 50, 10]", "[40, 50, 11]", {"2031"}),  # over a tenth
        ("[40, 59, 1]", "[40, 54, 6]", set()),  # from 1 to 6: five points
        ("[40, 59, 1]", "[40, 53, 7]", {"2031"}),  # from 1 to 7
        ("[40, 53, 7]", "[40, 59, 1]", {"2031"}),
        ("[40, null, 60]", "[40, null, 60]", set()),  # no sum without all gemeenten
    ],
)
def test_a_rest_is_large_over_a_tenth_or_where_its_share_moved(world, before, now, found):
    table = """
        number: "9"
        heading: Meldingen
        indicator: meldingen
        rows: period
        columns: {{place: [Dorp, Stad, Overige gemeente]}}
        cells: {{2030: {}, 2031: {}}}
    """
    add_report(world, table.format(before, now), head=HEAD.replace("2021", "2030/2031"))
    assert {key[2] for key in find_large(ensure(world, world / "vt.db"))} == found


@pytest.mark.parametrize(("total", "found"), [(100, {"meldingen", "naar_melder"}), (99, {"meldingen"})])
def test_a_rest_is_told_by_what_counts_the_same_to_the_same_number(world, total, found):
    by_place = """
        number: "9"
        heading: Meldingen
        indicator: meldingen
        rows: place
        cells: {Dorp: [40], Stad: [40], Overige gemeente: [20]}
    """
    of_region = f"""
        number: "10"
        heading: Melders
        indicator: naar_melder
        rows: category
        columns: {{place: [Polder]}}
        cells: {{Politie/OM: [{total - 10}], Buurtbewoner: [10]}}
    """
    add_report(world, by_place, of_region, head=HEAD.replace("2021", "2030"))
    assert {key[0] for key in find_large(ensure(world, world / "vt.db"))} == found


# --- said wherever it counts -------------------------------------------------------------------------------------


def test_the_total_of_a_region_says_what_lies_outside_its_gemeenten(dataset):
    figure = one(dataset, "places", "adviezen", IJSSELLAND)
    assert figure.title == SAID
    assert "17%" not in figure.title + figure.summary
    assert figure.summary == f"{SAID}."
    (card,) = make_headlines(dataset, [dataset.metadata.indicators["adviezen"]], IJSSELLAND, "ijsselland")
    assert card.value == "3.485"
    assert card.note == "2021" + SAID.partition("2021")[2]


@pytest.mark.parametrize(
    ("form", "indicator"), [("places", "adviezen"), ("categories", "adviezen_naar_aard"), ("ranking", "adviezen")]
)
def test_every_form_says_so_under_the_figure(dataset, form, indicator):
    figure = one(dataset, form, indicator, Selection(region="ijsselland", measure=Measure.PER_1000))
    told = [text for text in figure.caveats if "1.022 onder Overige gemeente" in text]
    assert len(told) == 1
    assert told[0].startswith("Van de 3.485 adviezen in 2021 in IJsselland")
    assert "2.463" in told[0]


def test_a_total_printed_for_the_region_alone_says_it_with_its_source(dataset):
    figure = one(dataset, "places", "adviezen_professionals", IJSSELLAND)
    said = "1.512 adviezen aan professionals in 2021, waarvan 199 onder Overige gemeente; in de 11 gemeenten 1.313"
    assert figure.title == f"IJsselland: {said}"
    assert {source.number for source in figure.sources} == {"2.2", "2.A"}


def test_reporters_together_have_their_rest_groups_together(dataset):
    kinds = ("adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren")
    (figure,) = build_figures(dataset, FigureRequest("groups", kinds), IJSSELLAND)
    told = [text for text in figure.caveats if "Overige gemeente" in text]
    assert told == [
        "Van de 3.485 adviezen in 2021 in IJsselland vallen er 1.022 onder Overige gemeente; "
        "in de 11 gemeenten zijn het er 2.463."
    ]


def test_a_total_with_a_small_rest_is_as_it_was(dataset):
    figure = one(dataset, "places", "meldingen", IJSSELLAND)
    assert "Overige gemeente" not in " ".join((figure.title, *figure.caveats))


def test_a_gemeente_is_compared_with_the_gemeenten_of_its_region(dataset):
    asked = Selection(gemeenten=("kampen",), measure=Measure.PER_1000)
    figure = one(dataset, "places", "adviezen", asked)
    rates = {row[0]: row[-2] for row in figure.table.rows}
    assert rates["De gemeenten van IJsselland"] == pytest.approx(2463 / 534800 * 1000, rel=1e-4)
    assert figure.title.startswith("Kampen: 4,6 adviezen")
    assert "de gemeenten van IJsselland 4,6" in figure.title
    ranked = one(dataset, "ranking", "adviezen", Selection(region="ijsselland", measure=Measure.PER_1000))
    assert ranked.chart.rules[0].said == "de gemeenten van IJsselland 4,6"
    below = [row[0] for row in ranked.table.rows if row[-2] < rates["De gemeenten van IJsselland"]]
    assert {"Zwolle", "Deventer"}.isdisjoint(below)
    plain = one(dataset, "ranking", "meldingen", Selection(region="ijsselland", measure=Measure.PER_1000))
    assert plain.chart.rules[0].said == "IJsselland 4,4"


def test_a_share_of_the_region_says_what_it_is_without_the_rest(dataset):
    figure = one(dataset, "places", "adviezen", Selection(gemeenten=("zwolle",), measure=Measure.AANDEEL_REGIO))
    assert figure.title == "Zwolle: 28% van de adviezen in de regio in 2021"
    assert figure.notice_texts == (
        "Van de 3.485 in de regio vallen er 1.022 onder Overige gemeente; zonder die is het aandeel van Zwolle 40%.",
    )


def test_a_rest_that_would_give_a_hidden_number_away_is_not_said(world):
    table = """
        number: "9"
        heading: Meldingen
        indicator: meldingen
        rows: place
        cells: {Dorp: [12], Stad: [12], Overige gemeente: [3]}
    """
    add_report(world, table, head=HEAD.replace("2021", "2030"))
    with opened(ensure(world, world / "vt.db")) as dataset:
        for shielding in Shielding:
            asked = Selection(region="polder", period="2030", shielding=shielding)
            figure, hides = one(dataset, "places", "meldingen", asked), shielding is Shielding.ALL
            assert ("waarvan 3 onder Overige gemeente" in figure.title) is not hides
            assert any("Overige gemeente" in text for text in figure.caveats) is not hides
