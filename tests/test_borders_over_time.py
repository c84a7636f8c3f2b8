"""Borders that change: said in figures over that time, and added up only where a merger was whole, and says so."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from decks import whole_deck
from pptx import Presentation
from worlds import HEAD, add_report, edit, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset, answer
from vt.figures.chart import LineChart
from vt.figures.collection import list_absent_regions
from vt.figures.common import list_caveats
from vt.figures.comparison import leave_gone
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.nearest import describe_ended
from vt.figures.places import make_places
from vt.figures.reading import read_answers
from vt.figures.search import search
from vt.figures.selection import Selection
from vt.figures.series import make_series
from vt.figures.signs import write_footnote
from vt.model.measures import Measure
from vt.render.pptx import write_pptx

PLACES = """\
  noord: {label: Noord, region: polder, code: GM0011, inhabitants: {2019: 400}, gone: 2021-01-01, into: [samen]}
  zuid: {label: Zuid, region: polder, code: GM0012, inhabitants: {2019: 600}, gone: 2021-01-01, into: [samen]}
  samen: {label: Samen, region: polder, code: GM0013, inhabitants: {2021: 1010}, since: 2021-01-01}
  oost: {label: Oost, region: polder, code: GM0015, gone: 2022-03-24, into: [stad]}
  veen: {label: Veen, region: bergen, code: GM0014, gone: 2021-03-24, into: [stad]}
rest:
"""
YEARS = """
number: "7"
heading: Meldingen per jaar
indicator: meldingen
rows: place
columns: {{period: [2019, 2020, 2021, 2022]}}
cells:
  Noord: [{north}, 11, null, null]
  Zuid:  [20, 22, null, null]
  Samen: [null, null, 35, 36]
  Stad:  [80, 81, 82, 83]
  Oost:  [null, 90, 95, 22]
"""
QUARTERS = """
number: "8"
heading: Meldingen per kwartaal
indicator: meldingen
rows: place
columns: {period: [2022-Q1, 2022-Q2, 2022-Q3]}
cells:
  Dorp: [30, 33, 36]
"""


@pytest.fixture
def ask(world: Path, request: pytest.FixtureRequest) -> Iterator[Dataset]:
    edit(world / "catalogue/places.yaml", "rest:\n", PLACES)
    add_report(world, YEARS.format(north=request.param), name="jaren", head=HEAD.replace("2021", "2022"))
    add_report(world, QUARTERS, name="kwartalen", head=HEAD.replace("2021", "2022"))
    with opened(ensure(world, world / "vt.db")) as dataset:
        yield dataset


def series(dataset: Dataset, place: str) -> Figure:
    (figure, *_) = make_series(dataset, dataset.metadata.indicators["meldingen"], Selection(gemeenten=(place,)))
    return figure


@pytest.mark.parametrize("ask", ["10"], indirect=True)
def test_a_new_gemeente_has_the_sum_of_what_it_was_and_says_so(ask: Dataset) -> None:
    figure = series(ask, "samen")
    assert isinstance(figure.chart, LineChart)
    assert [point.value for point in figure.chart.lines[0].points] == [30, 33, 35, 36]
    assert figure.subject.places == ("Samen (in huidige grenzen)",)
    assert "Sinds 1 januari 2021 is er Samen (in huidige grenzen): eerder was dat Noord en Zuid." in figure.caveats


@pytest.mark.parametrize("ask", ["null"], indirect=True)
def test_nothing_is_added_up_where_a_part_is_not_known(ask: Dataset) -> None:
    figure = series(ask, "samen")
    assert isinstance(figure.chart, LineChart)
    assert [point.value for point in figure.chart.lines[0].points] == [33, 35, 36]


@pytest.mark.parametrize("ask", ["10"], indirect=True)
def test_what_a_gemeente_grew_by_is_said_and_never_added(ask: Dataset) -> None:
    figure = series(ask, "stad")
    assert any(
        text == "Sinds 24 maart 2021 hoort Veen bij Stad; in cijfers van daarvoor telt het niet mee."
        for text in figure.caveats
    )
    (polder,) = (place for place in ask.metadata.places.values() if place.id == "polder")
    assert [(change.label, change.leaves) for change in polder.changes] == [("Veen", False)]
    (bergen,) = (place for place in ask.metadata.places.values() if place.id == "bergen")
    assert [(change.label, change.leaves) for change in bergen.changes] == [("Veen", True)]


@pytest.mark.parametrize("ask", ["10"], indirect=True)
def test_years_and_quarters_are_not_in_one_picture(ask: Dataset) -> None:
    asked = Selection(gemeenten=("stad", "dorp"), measure=Measure.PER_MAAND)
    figures = make_series(ask, ask.metadata.indicators["meldingen"], asked)
    assert len(figures) == 2
    for figure in figures:
        assert isinstance(figure.chart, LineChart)
        values = [point.value for line in figure.chart.lines for point in line.points if point.value is not None]
        assert len(values) == len(figure.table.rows) > 2


@pytest.mark.parametrize("ask", ["10"], indirect=True)
def test_a_gemeente_that_was_no_more_is_not_compared_unless_it_is_chosen(ask: Dataset) -> None:
    places = ["noord", "zuid", "samen", "oost"]
    for period, chosen, there in (
        ("2021", (), ["samen", "oost"]),
        ("2020", (), places),
        ("2022", (), ["samen", "oost"]),
        (None, (), ["samen"]),
        (None, ("noord",), ["noord", "samen"]),
    ):
        assert leave_gone(ask.metadata, places, Selection(gemeenten=chosen, period=period)) == there
    assert leave_gone(ask.metadata, ["noord"], Selection()) == ["noord"]


@pytest.mark.parametrize("ask", ["10"], indirect=True)
def test_a_year_in_which_a_gemeente_was_dissolved_has_no_rate_is_not_compared_and_says_so(ask: Dataset) -> None:
    said = "Oost bestond tot 24 maart 2022, en dus niet de hele periode van het cijfer over 2022."
    told = describe_ended(Selection(gemeenten=("oost", "stad")), ask.metadata)
    assert told == ["Oost is op 24 maart 2022 opgegaan in Stad; de cijfers hier zijn van daarvoor."]
    found = search(ask.metadata, {}, "oost").groups["Plaatsen"]
    assert [hit.about for hit in found] == ["tot 24 maart 2022, nu Stad"]
    for period, before, is_said in (("2022", 0, True), ("2021", 1, False)):
        asked = Selection(gemeenten=("oost",), period=period)
        (item,) = answer(ask, ask.metadata.indicators["meldingen"], asked).items
        assert len(item.before) == before
        assert (said in list_caveats(ask.metadata.indicators["meldingen"], [item])) == is_said
        (figure,) = make_places(ask, ask.metadata.indicators["meldingen"], asked)
        page = Presentation(io.BytesIO(write_pptx(whole_deck([figure])))).slides[1]
        under = "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        for text in (write_footnote(figure, (), 0), under):
            assert ("Oost is op 24 maart 2022 opgegaan in Stad" in text) == is_said
        metric = Metric(ask.metadata.indicators["meldingen"], Measure.PER_MAAND)
        readings, refused = read_answers(ask, [item], metric)
        assert [reading.value for reading in readings] == ([] if is_said else [95 / 12])
        assert ["bestond maar een deel van die tijd" in notice.text for notice in refused] == [True] * is_said


def test_a_region_that_is_no_more_is_not_said_to_be_missing(dataset: Dataset) -> None:
    absent = list_absent_regions(dataset.metadata)
    assert "Oost-Brabant" in absent
    assert "Zuidoost-Brabant" not in absent, "it went into Oost-Brabant, which would be counted twice"
    assert len(absent) == 23, "there are 25, and of IJsselland and Zuid-Holland Zuid something is in"
