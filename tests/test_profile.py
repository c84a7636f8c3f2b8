"""One place on one screen: its headline numbers, and where each stands among the gemeenten of its region."""

from collections import defaultdict
from dataclasses import replace

import pytest
from visits import visit

from vt.figures.answers import Dataset
from vt.figures.profile import TOO_SMALL, NormGap, ProfileRow, make_profile
from vt.figures.revised import EARLIER
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.render.html import fill_template

NAMES = ("meldingen", "huisverboden", "onderzoeken", "formatie")


def profile(dataset: Dataset, place: str, *, shielded: bool = False) -> dict[str, ProfileRow]:
    """The rows of a place by what they count."""
    indicators = [dataset.metadata.indicators[name] for name in NAMES]
    shielding = Shielding.ALL if shielded else Shielding.RECOVERED
    asked = Selection(gemeenten=(place,), shielding=shielding)
    rows = make_profile(dataset, indicators, asked, dataset.metadata.places[place]).rows
    return {row.headline.label: row for row in rows}


def test_a_place_has_a_row_for_each_number_of_its_own(dataset: Dataset) -> None:
    assert list(profile(dataset, "deventer")) == ["Meldingen", "Huisverboden", "Onderzoeken"]
    assert list(profile(dataset, "dordrecht")) == ["Meldingen", "Onderzoeken"]


def test_a_rate_stands_among_those_of_the_other_gemeenten(dataset: Dataset) -> None:
    """506 meldingen on 100.9 thousand inhabitants: after Kampen (5,7) and Steenwijkerland (5,6)."""
    row = profile(dataset, "deventer")["Meldingen"]
    assert row.headline.value == "506"
    assert row.standing is not None
    assert row.standing.own is not None
    assert (row.measured, row.change, row.standing.rank) == ("5,0", "−91 (−15%)", "3e van 11")
    strip = row.standing.strip
    assert len(strip.spots) == 11
    (region,), most = strip.rules, strip.ticks[-1][0]
    assert region.value < (row.standing.own.value or 0) < most
    assert max(spot.value or 0 for spot in strip.spots) == most
    assert "Kampen: 5,7 per 1.000" in {spot.tip for spot in strip.spots}


@pytest.mark.parametrize(("place", "label"), [("dordrecht", ", omgerekend naar een jaar"), ("deventer", "")])
def test_a_rate_that_was_converted_says_so_where_no_column_heads_it(dataset: Dataset, place: str, label: str) -> None:
    asked = [dataset.metadata.indicators["meldingen"]]
    made = make_profile(dataset, asked, Selection(gemeenten=(place,)), dataset.metadata.places[place])
    assert f'data-label="per 1.000 inwoners{label}"' in fill_template("profile", "profile", made)


@pytest.mark.parametrize(
    ("place", "said"), [("dordrecht", []), ("deventer", ["Kies bij Soort geweld een soort"])], ids=["divided", "whole"]
)
def test_shares_that_stand_in_the_bars_are_not_refused(dataset: Dataset, place: str, said: list[str]) -> None:
    asked = Selection(gemeenten=(place,), measure=Measure.AANDEEL_PLAATS)
    made = make_profile(dataset, [dataset.metadata.indicators["meldingen"]], asked, dataset.metadata.places[place])
    assert [notice.text.partition(" om ")[0] for notice in made.refused] == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("dordrecht", []),
        ("deventer", ["Voor Deventer is ouderenmishandeling niet apart geteld; hier staat alles samen."]),
    ],
)
def test_numbers_of_all_kinds_say_so_where_one_was_chosen(dataset: Dataset, place: str, said: list[str]) -> None:
    asked = Selection(gemeenten=(place,), geweld="om")
    made = make_profile(dataset, [dataset.metadata.indicators["meldingen"]], asked, dataset.metadata.places[place])
    assert [notice.text for notice in made.refused] == said


def test_a_gemeente_stands_beside_the_gemeenten_where_much_lies_outside_them(dataset: Dataset) -> None:
    """1,022 of the 3,485 adviezen of IJsselland are of "Overige gemeente": 4,6 per 1,000 in its gemeenten, not 6,5."""
    asked, place = [dataset.metadata.indicators["adviezen"]], dataset.metadata.places["deventer"]
    made = make_profile(dataset, asked, Selection(), place)
    standing = made.rows[0].standing
    assert standing is not None
    assert standing.strip.rules[0].tip == "de gemeenten van IJsselland: 4,6 per 1.000"
    assert standing.is_of_gemeenten
    meldingen = profile(dataset, "deventer")["Meldingen"].standing
    assert meldingen is not None
    assert not meldingen.is_of_gemeenten
    html = fill_template("profile", "profile", made)
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
    rows = profile(dataset, "zwolle", shielded=True).values()
    assert "Ommen: 0,05 per 1.000" not in {spot.tip for row in rows for spot in row.standing.strip.spots}


def test_the_rows_are_a_table_whose_strips_are_for_the_eye_alone(dataset: Dataset) -> None:
    names = [dataset.metadata.indicators[name] for name in NAMES]
    html = fill_template(
        "profile", "profile", make_profile(dataset, names, Selection(), dataset.metadata.places["deventer"])
    )
    assert html.count("<tr>") == 1 + 3
    assert html.count('class="vt-strook" aria-hidden="true"') == 3
    assert html.count('<a href="instroom?figuur=') == 2


def test_a_region_is_the_line_among_its_own_gemeenten(dataset: Dataset) -> None:
    """2,378 meldingen, 338 fewer; what its gemeenten have are the dots, and it has no rank among them."""
    row = profile(dataset, "ijsselland")["Meldingen"]
    assert row.standing is not None
    assert (row.standing.own, len(row.standing.strip.spots), row.standing.rank) == (None, 11, "")
    assert [rule.tip for rule in row.standing.strip.rules] == ["IJsselland: 4,4 per 1.000"]


def test_what_has_a_norm_is_that_of_the_region(dataset: Dataset) -> None:
    """46 % of the decisions in time, 44 % the year before, where the norm is 80 %."""
    asked, place = [dataset.metadata.indicators["triagebesluiten_tijdig"]], dataset.metadata.places["deventer"]
    (row,) = make_profile(dataset, asked, Selection(), place).rows
    assert (row.where, row.headline.value, row.change) == ("binnen vijf werkdagen, heel IJsselland", "46%", "+2 punten")
    assert (row.indicator.topic, row.figure) == ("triage", "triage.norms.ijsselland")
    assert row.norm == NormGap(0.46, 0.8, "norm 80%", "34 punten te kort")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "deventer",
            "506 meldingen in 2021, 91 minder dan in 2020 (597), ofwel 15%. Per 1.000 inwoners 5,0; IJsselland 4,4, "
            "Nederland 6,8.",
        ),
        (
            "ijsselland",
            "2.378 meldingen in 2021, 338 minder dan in 2020 (2.716), ofwel 12%. Per 1.000 inwoners 4,4; "
            "Nederland 6,8.",
        ),
        ("dordrecht", "550 meldingen in de eerste helft van 2021."),
    ],
)
def test_a_page_of_a_place_begins_with_its_first_number_in_words(dataset: Dataset, place: str, said: str) -> None:
    names = [dataset.metadata.indicators[name] for name in NAMES]
    assert make_profile(dataset, names, Selection(), dataset.metadata.places[place]).summary == said


def test_a_rate_of_gemeenten_alone_is_not_told_as_that_of_the_region(dataset: Dataset) -> None:
    """The total of the region, 3,485, is 6.5 per 1,000, as stands beside it."""
    asked, place = [dataset.metadata.indicators["adviezen"]], dataset.metadata.places["ijsselland"]
    profile = make_profile(dataset, asked, Selection(), place)
    assert profile.summary.endswith("in de 11 gemeenten 2.463, was 2.522. Per 1.000 inwoners in die gemeenten 4,6.")
    assert profile.rows[0].measured == "6,5"


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
    assert 'vt-groot"' in bodies


@pytest.mark.usefixtures("real_site")
def test_what_is_in_the_collection_stands_with_the_sources() -> None:
    bodies = " ".join(element.proto.body for element in visit("bronnen", {}).main if element.type == "html")
    assert "Rapporten in de verzameling" in bodies


def test_a_number_without_peers_shows_its_kinds_of_geweld(dataset: Dataset) -> None:
    """550 meldingen in Dordrecht: 447 of kindermishandeling, 95 of huiselijk geweld, 8 of ouderenmishandeling."""
    row = profile(dataset, "dordrecht")["Meldingen"]
    assert [(part.label, part.value) for part in row.parts] == [
        ("Kindermishandeling", "447"),
        ("Huiselijk geweld", "95"),
        ("Ouderenmishandeling", "8"),
    ]
    assert sum(part.share for part in row.parts) == pytest.approx(1)
    assert profile(dataset, "deventer")["Meldingen"].parts == ()


def test_notices_name_their_figures_where_the_page_has_others() -> None:
    html = " ".join(element.proto.body for element in visit("instroom", {"gemeente": "Dordrecht"}).get("html"))
    assert "Gemelde slachtoffers van huiselijk geweld: voor Dordrecht gaat deze telling alleen over" in html
    assert "Voor Dordrecht gaat deze telling" not in html


def test_what_only_the_region_has_leaves_out_what_the_place_has_in_another_division() -> None:
    html = " ".join(element.proto.body for element in visit("overzicht", {"gemeente": "Deventer"}).get("html"))
    said = html.partition("Alleen van heel IJsselland")[2].partition("</details>")[0]
    assert "triagebesluiten" in said
    assert "professionals" not in said


def test_a_year_that_there_is_not_is_told_before_the_numbers_of_another() -> None:
    html = " ".join(e.proto.body for e in visit("overzicht", {"gemeente": "Deventer", "periode": "2023"}).get("html"))
    told = html.index("Voor Deventer zijn hier geen cijfers over 2023; hier staat 2021.")
    assert told < html.index("506 meldingen in 2021")


def test_a_change_says_what_it_is_held_against(dataset: Dataset) -> None:
    """A difference and "was" go on each in their own words; a sentence and an older number do not."""
    indicators = dataset.metadata.indicators.values()
    places = [place for place in dataset.metadata.places_with_data() if place.kind in ("gemeente", "region")]
    made = [make_profile(dataset, indicators, Selection(period="2021"), place) for place in places]
    half = {replace(each, before="1e halfjaar 2020").name_before(row) for each in made for row in each.rows}
    assert half == {"t.o.v. 1e halfjaar 2020", "een jaar eerder", ""}
    begins: dict[str, set[str]] = defaultdict(set)
    for each, row in [(profile, row) for profile in made for row in profile.rows if row.change]:
        is_told = EARLIER in row.change or " waarvan " in f" {row.change}"
        kind = "" if is_told else row.change.split()[0] if row.change[0].isalpha() else "±"
        begins[kind].add(each.name_before(row).partition(each.before)[0])
    assert begins == {"": {""}, "was": {"in "}, "±": {"t.o.v. "}}
