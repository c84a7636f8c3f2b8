"""Gemeenten of the same size: who they are, what is in the middle of them, and where that is not told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from worlds import add_report, edit, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.chart import RankChart, Role, TrendChart
from vt.figures.peers import list_company, name_size
from vt.figures.profile import make_profile
from vt.figures.ranking import make_ranking
from vt.figures.selection import Selection
from vt.figures.trends import make_trends

VILLAGES = {
    "a": (10_000, 50),
    "b": (10_000, 60),
    "c": (10_000, 70),
    "d": (10_000, 80),
    "e": (10_000, 900),
    "f": (30_000, 9),
}


@pytest.fixture
def villages(world: Path) -> Iterator[Dataset]:
    """Five villages beside Dorp and Stad, all of one size, and one that is larger."""
    lines = "".join(
        f"  dorp-{id_}: {{label: Dorp {id_.upper()}, region: polder, code: GM01{ord(id_)}, "
        f"inhabitants: {{2020: {people}, 2021: {people}}}}}\n"
        for id_, (people, _) in VILLAGES.items()
    )
    edit(world / "catalogue/places.yaml", "rest:\n", f"{lines}rest:\n")
    cells = "\n".join(f"  Dorp {id_.upper()}: [{count}, {count}]" for id_, (_, count) in VILLAGES.items())
    head = "number: '8'\nheading: Dorpen\nindicator: meldingen\nrows: place\ncolumns: {period: [2020, 2021]}"
    table = f"{head}\ncells:\n{cells}\n"
    add_report(world, table)
    with opened(ensure(world, world / "vt.db")) as dataset:
        yield dataset


def test_a_gemeente_stands_beside_the_middle_of_those_of_its_size(villages: Dataset) -> None:
    indicator = villages.metadata.indicators["meldingen"]
    (figure,) = make_ranking(villages, indicator, Selection(gemeenten=("dorp-a",), period="2021"))
    assert isinstance(figure.chart, RankChart)
    (rule,) = [rule for rule in figure.chart.rules if rule.role is Role.PEERS]
    # of Dorp (12 per 1.000), Stad (8,9), B, C, D and E
    assert rule.said == "Even groot 8,4"
    assert (Role.PEERS, "even groot: het midden van 6 gemeenten met minder dan 20.000 inwoners") in figure.legend
    assert any("6 andere gemeenten met minder dan 20.000 inwoners" in text for text in figure.caveats)


def test_over_time_the_middle_is_a_line_of_those_that_have_a_number_in_each_period(villages: Dataset) -> None:
    (figure, *_) = make_trends(villages, villages.metadata.indicators["meldingen"], Selection(gemeenten=("dorp-a",)))
    assert isinstance(figure.chart, TrendChart)
    (line,) = [line for line in figure.chart.lines if line.role is Role.PEERS]
    # in 2020 of Dorp (10,1), B, C, D and E; in 2021 of Stad (8,9) as well
    assert [(point.period.id, point.text) for point in line.points] == [("2020", "8,0"), ("2021", "8,4")]
    assert (Role.PEERS, "even groot: het midden van 6 gemeenten met minder dan 20.000 inwoners") in figure.legend


def test_the_page_of_a_place_says_what_is_in_the_middle_of_its_size(villages: Dataset) -> None:
    metadata = villages.metadata
    selection = Selection(gemeenten=("dorp-a",), period="2021")
    profile = make_profile(villages, [metadata.indicators["meldingen"]], selection, metadata.places["dorp-a"])
    standing = profile.rows[0].standing
    assert standing
    assert (standing.beside, profile.size) == ("even groot: 8,4", "met minder dan 20.000 inwoners")


@pytest.mark.parametrize("chosen", [("dorp-f",), ("dorp-a", "dorp-b"), ()])
def test_of_too_few_or_of_several_there_is_no_middle(villages: Dataset, chosen: tuple[str, ...]) -> None:
    indicator = villages.metadata.indicators["meldingen"]
    (figure, *_) = make_ranking(villages, indicator, Selection(gemeenten=chosen, period="2021"))
    assert isinstance(figure.chart, RankChart)
    assert Role.PEERS not in {rule.role for rule in figure.chart.rules}


def test_every_size_has_a_name() -> None:
    assert name_size(0) == "met minder dan 20.000 inwoners"
    assert name_size(3) == "met 50.000 tot 100.000 inwoners"
    assert name_size(5) == "met 200.000 of meer inwoners"


def test_what_is_offered_beside_a_gemeente_is_near_to_it_in_size_first(villages: Dataset) -> None:
    def offered(*gemeenten: str) -> list[str]:
        places = list_company(villages.metadata, Selection(gemeenten=gemeenten), ["instroom"])
        return [place.id for place in places]

    assert offered("dorp-f") == ["dorp-a", "dorp-b", "dorp-c"]
    assert offered("dorp-a", "dorp-b") == ["dorp-c", "dorp-d", "dorp-e"]
    assert offered("dorp-a", "dorp-b", "dorp-c") == offered() == []
    assert list_company(villages.metadata, Selection(gemeenten=("dorp-a",)), ["melders"]) == []
