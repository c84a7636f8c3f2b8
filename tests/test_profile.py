"""One place on one screen: its headline numbers, and where each stands among the gemeenten of its region."""

import pytest
from visits import visit

from vt.figures.answers import Dataset
from vt.figures.profile import TOO_SMALL, ProfileRow, make_profile
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.render.html import fill_template

NAMES = ("meldingen", "huisverboden", "onderzoeken", "formatie")


def profile(dataset: Dataset, place: str, *, shielded: bool = False) -> dict[str, ProfileRow]:
    """The rows of a place by what they count."""
    indicators = [dataset.metadata.indicators[name] for name in NAMES]
    shielding = Shielding.ALL if shielded else Shielding.RECOVERED
    rows = make_profile(dataset, indicators, Selection(gemeenten=(place,), shielding=shielding), place)
    return {row.headline.label: row for row in rows}


def test_a_place_has_a_row_for_each_number_of_its_own(dataset: Dataset) -> None:
    assert list(profile(dataset, "deventer")) == ["Meldingen", "Huisverboden", "Onderzoeken"]
    assert list(profile(dataset, "dordrecht")) == ["Meldingen", "Onderzoeken"]


def test_a_rate_stands_among_those_of_the_other_gemeenten(dataset: Dataset) -> None:
    """506 meldingen on 100.9 thousand inhabitants: after Kampen (5,7) and Steenwijkerland (5,6)."""
    row = profile(dataset, "deventer")["Meldingen"]
    assert row.headline.value == "506"
    assert row.standing is not None
    assert (row.standing.rate, row.standing.rank) == ("5,0", "3e van 11")
    assert len(row.standing.others) == 10
    assert row.standing.region is not None
    assert row.standing.region.at < row.standing.own.at < 1
    assert max(spot.at for spot in row.standing.others) == 1
    assert "Kampen: 5,7 per 1.000" in {spot.text for spot in row.standing.others}


def test_a_gemeente_stands_beside_the_gemeenten_where_much_lies_outside_them(dataset: Dataset) -> None:
    """1,022 of the 3,485 adviezen of IJsselland are of "Overige gemeente": 4,6 per 1,000 in its gemeenten, not 6,5."""
    rows = make_profile(dataset, [dataset.metadata.indicators["adviezen"]], Selection(), "deventer")
    standing = rows[0].standing
    assert standing is not None
    assert standing.region is not None
    assert standing.region.text == "de gemeenten van IJsselland: 4,6 per 1.000"
    assert standing.is_of_gemeenten
    meldingen = profile(dataset, "deventer")["Meldingen"].standing
    assert meldingen is not None
    assert not meldingen.is_of_gemeenten
    html = fill_template("profile", "profile", "Deventer", "IJsselland", rows)
    assert "de gemeenten van IJsselland samen" in html


def test_a_small_count_has_no_rank(dataset: Dataset) -> None:
    standing = profile(dataset, "deventer")["Huisverboden"].standing
    assert standing is not None
    assert standing.rank == TOO_SMALL


def test_a_gemeente_without_peers_stands_nowhere(dataset: Dataset) -> None:
    assert profile(dataset, "dordrecht")["Meldingen"].standing is None


def test_a_hidden_number_gives_nothing_away(dataset: Dataset) -> None:
    row = profile(dataset, "ommen", shielded=True)["Onderzoeken"]
    assert row.headline.value == "<5"
    assert row.standing is None
    spots = [spot for each in profile(dataset, "zwolle", shielded=True).values() for spot in each.standing.others]
    assert "Ommen: 0,05 per 1.000" not in {spot.text for spot in spots}


def test_the_rows_are_a_table_whose_strips_are_for_the_eye_alone(dataset: Dataset) -> None:
    rows = profile(dataset, "deventer").values()
    html = fill_template("profile", "profile", "Deventer", "IJsselland", rows)
    assert html.count("<tr>") == 1 + 3
    assert html.count('class="vt-strook" aria-hidden="true"') == 3
    assert html.count('<a href="instroom?" target="_self">') == 2


@pytest.mark.usefixtures("real_site")
@pytest.mark.parametrize(
    "query",
    [{"regio": "Nederland"}, {"regio": "Zuid-Holland Zuid"}, {"gemeente": "Overige gemeente (IJsselland)"}],
    ids=lambda query: next(iter(query.values())),
)
def test_the_first_page_has_the_numbers_of_any_place_also_where_there_is_no_map(query: dict[str, str]) -> None:
    app = visit("overzicht", query)
    assert not app.exception
    bodies = " ".join(element.proto.body for element in app.main if element.type == "html")
    assert 'class="vt-groot"' in bodies or 'class="vt-getal vt-groot"' in bodies


@pytest.mark.usefixtures("real_site")
def test_what_is_in_the_collection_stands_with_the_sources() -> None:
    bodies = " ".join(element.proto.body for element in visit("bronnen", {}).main if element.type == "html")
    assert "Rapporten in de verzameling" in bodies
