"""Gemeenten beside each other: in rank, as dots, against what chance gives; each drawn as its numbers are."""

import pytest

from vt.figures.answers import Dataset
from vt.figures.chart import LeftOut, RankChart, Role, Spot
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
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
