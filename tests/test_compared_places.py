"""Gemeenten beside each other: in rank, as dots, against what chance gives; each drawn as its numbers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from visits import visit

from vt.figures.answers import Dataset
from vt.figures.chart import LeftOut, RankChart, Role, Spot
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.model.period import Period
from vt.render.vega.dots import arrange
from vt.render.vega.forms import rows

DEVENTER = Selection(gemeenten=("deventer",))


def one(dataset: Dataset, form: str, indicator: str, selection: Selection) -> Figure:
    """The first figure: others are of what counts otherwise."""
    return build_figures(dataset, FigureRequest(form, (indicator,)), selection)[0]


def spots(figure: Figure) -> list[Spot]:
    return [row for row in figure.chart.rows if isinstance(row, Spot)]


def left_out(figure: Figure) -> list[str]:
    return [row.text for row in figure.chart.rows if isinstance(row, LeftOut)]


# --- in rank ---------------------------------------------------------------------------------------------------------


def test_a_rank_shows_its_ends_and_the_chosen_ones_among_their_neighbours(dataset: Dataset) -> None:
    figure = one(dataset, "ranking", "meldingen", Selection(gemeenten=("dalfsen",)))
    assert [spot.name for spot in spots(figure)] == [
        *("Kampen", "Steenwijkerland", "Deventer", "Staphorst", "Dalfsen", "Olst-Wijhe", "Raalte", "Ommen")
    ]
    assert left_out(figure) == ["nog 3 gemeenten: 5,0 tot 3,8"]
    assert [spot.name for spot in spots(figure) if spot.role is Role.THIS] == ["Dalfsen"]
    assert len(figure.table.rows) == 13, "all eleven stand in the table, with the region and Nederland"


def test_a_rank_says_which_of_all_the_chosen_gemeente_is(dataset: Dataset) -> None:
    title = one(dataset, "ranking", "meldingen", DEVENTER).title
    assert title == "Deventer: 5,0 meldingen per 1.000 inwoners in 2021, de 3e van 11 gemeenten; IJsselland 4,4"
    few = one(dataset, "ranking", "huisverboden", DEVENTER).title
    assert "3e van" not in few
    assert few.startswith("Deventer: 0,15 ")


@pytest.mark.parametrize(
    "own", [("deventer", "zwolle"), ("kampen", "ommen", "raalte", "dalfsen", "zwolle", "deventer")]
)
def test_a_chosen_gemeente_is_never_left_out(dataset: Dataset, own: tuple[str, ...]) -> None:
    figure = one(dataset, "ranking", "meldingen", Selection(gemeenten=own))
    assert set(own) <= {spot.place for spot in spots(figure)}


def test_what_a_rank_leaves_out_and_hides_is_counted_and_no_more(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("zwolle",), shielding=Shielding.ALL)
    figure = one(dataset, "ranking", "crisissituaties", asked)
    assert left_out(figure) == ["nog 3 gemeenten: 0,61 tot 0,44", "nog 2 gemeenten: afgeschermd"]
    assert not {"Ommen", "Olst-Wijhe"} & {spot.name for spot in spots(figure)}
    assert figure.title.startswith("Zwolle: 0,63 crisissituaties per 1.000 inwoners in 2021; IJsselland"), "no rank"


def test_the_lines_of_a_rank_are_named_above_its_bars_and_broken_at_no_bar(dataset: Dataset) -> None:
    figure = one(dataset, "ranking", "meldingen", DEVENTER)
    assert isinstance(figure.chart, RankChart)
    named = [row for row in rows(figure.chart) if row["said"]]
    assert [row["said"] for row in named] == ["Nederland 6,8", "IJsselland 4,4"]
    assert max(row["row"] for row in named) < min(row["row"] for row in rows(figure.chart) if row["label"])
    through = {row["row"] for row in rows(figure.chart) if row["colour"] == named[1]["colour"] and not row["said"]}
    assert through == {row["row"] for row in rows(figure.chart) if row["label"] or row["left_out"]}


# --- as dots ---------------------------------------------------------------------------------------------------------


def test_a_dot_stands_at_the_rate_that_can_be_worked_out_from_the_view_figures(dataset: Dataset) -> None:
    figure = one(dataset, "dots", "meldingen", DEVENTER)
    printed = dict(
        dataset.db.execute(
            "SELECT place, value FROM figures WHERE indicator = 'meldingen' AND period = '2021' AND geweld = 'alle' "
            "AND category IS NULL AND region = 'ijsselland' AND NOT is_total"
        )
    )
    inhabitants = {place: dataset.metadata.inhabitants(place, Period.parse("2021")) for place in printed}
    drawn = {row["place"]: row["at"] for row in rows(figure.chart) if row["kind"] == "dot"}
    assert len(drawn) == 11
    assert drawn == pytest.approx({place: printed[place] / inhabitants[place] * 1000 for place in drawn})


@given(st.lists(st.floats(0, 1), min_size=1, max_size=120), st.sampled_from([0.01, 0.04]))
def test_no_dot_is_on_another(values: list[float], diameter: float) -> None:
    placed = list(zip(values, arrange(values, diameter), strict=True))
    for n, (x, y) in enumerate(placed):
        for other_x, other_y in placed[n + 1 :]:
            assert ((x - other_x) / diameter) ** 2 + (y - other_y) ** 2 > 0.99


def test_the_names_above_and_below_the_dots_have_a_row_each(dataset: Dataset) -> None:
    figure = one(dataset, "dots", "meldingen", Selection(gemeenten=("deventer", "zwolle")))
    named = {row["text"]: row["row"] for row in rows(figure.chart) if row["kind"] in ("name", "line")}
    assert set(named) == {"Zwolle 5,0", "Deventer 5,0", "IJsselland 4,4", "Nederland 6,8"}
    dots = {row["row"] for row in rows(figure.chart) if row["kind"] == "dot"}
    assert len({*named.values(), *dots}) == 5


def test_a_hidden_gemeente_has_no_dot_and_is_counted(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("zwolle",), shielding=Shielding.ALL)
    figure = one(dataset, "dots", "crisissituaties", asked)
    assert not {"ommen", "olst-wijhe"} & {row["place"] for row in rows(figure.chart)}
    assert "andere gemeenten; 2 zonder punt: afgeschermd" in dict(figure.legend).values()


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("real_site")
@pytest.mark.parametrize("way", ["Ranglijst", "Punten", "Kaart"])
def test_a_page_shows_one_picture_in_the_way_of_the_link(way: str) -> None:
    app = visit("vergelijken", {"gemeente": "Deventer", "kijk": way})
    assert not app.exception
    (figure,) = [body for body in bodies(app) if 'class="vt-bevinding"' in body]
    assert {"Ranglijst": "ranking", "Punten": "dots", "Kaart": "tiles"}[way] in figure


@pytest.mark.usefixtures("real_site")
def test_a_page_opens_on_what_the_chosen_gemeente_has() -> None:
    app = visit("vergelijken", {"gemeente": "Dordrecht"})
    assert app.selectbox(key="cijfer").value == "Meldingen"
    assert any("Dordrecht" in body for body in bodies(app))


def bodies(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.main if element.type == "html"]
