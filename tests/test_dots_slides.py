"""Dots in PowerPoint: a scatter chart whose dots have the numbers of the figure, and whose lines follow them."""

import io
from typing import Any

import openpyxl
import pytest
from decks import ZWOLLE, firsts, whole_deck
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE

from vt.figures.answers import Dataset
from vt.figures.chart import DotStrip, Funnel, PairChart
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.render.pptx import write_pptx

ASKED = {
    "strip": (FigureRequest("dots", ("meldingen",)), ZWOLLE),
    "funnel": (FigureRequest("funnel", ("meldingen",)), ZWOLLE),
    "classes": (FigureRequest("categories", ("meldingen_professionals",)), Selection(region="ijsselland")),
    "places": (FigureRequest("places", ("meldingen",)), Selection(gemeenten=("deventer", "zwolle", "kampen"))),
    "hidden": (
        FigureRequest("places", ("huisverboden",)),
        Selection(gemeenten=("dalfsen", "deventer", "zwolle"), shielding=Shielding.ALL),
    ),
}


@pytest.fixture(scope="module")
def figures(dataset: Dataset) -> dict[str, Figure]:
    return dict(zip(ASKED, firsts(dataset, ASKED.values()), strict=True))


@pytest.fixture(scope="module")
def charts(figures: dict[str, Figure]) -> dict[str, Any]:
    made = Presentation(io.BytesIO(write_pptx(whole_deck(list(figures.values())))))
    found = [shape.chart for page in made.slides for shape in page.shapes if shape.has_chart]
    return dict(zip(ASKED, found, strict=True))


def _read(chart: Any) -> dict[str, list[tuple[float, float]]]:
    """The dots of each series."""
    return {
        series.name: [
            (float(x), float(y))
            for x, y in zip(
                series._element.xpath("c:xVal//c:pt/c:v/text()"),
                series._element.xpath("c:yVal//c:pt/c:v/text()"),
                strict=True,
            )
        ]
        for series in chart.plots[0].series
    }


def _texts(chart: Any) -> set[str]:
    return set(chart._chartSpace.xpath("//c:dLbl//a:t/text()"))


def test_two_years_are_dots_at_their_numbers_the_first_row_on_top(
    figures: dict[str, Figure], charts: dict[str, Any]
) -> None:
    for name in ("classes", "places"):
        pairs, dots = figures[name].chart, _read(charts[name])
        assert isinstance(pairs, PairChart)
        assert charts[name].chart_type == XL_CHART_TYPE.XY_SCATTER
        assert [x for x, _ in dots["2021"]] == [pair.now.length for pair in pairs.rows]
        assert [x for x, _ in dots["2020"]] == [pair.before.length for pair in pairs.rows if pair.before]
        assert [y for _, y in dots["2021"]] == sorted((y for _, y in dots["2021"]), reverse=True)
        assert {pair.label for pair in pairs.rows} | {pair.change for pair in pairs.rows} <= _texts(charts[name])


def test_a_year_before_has_a_mark_of_its_own(charts: dict[str, Any]) -> None:
    marks = {series.name: series.marker.style for series in charts["places"].plots[0].series}
    assert (marks["2020"], marks["2021"]) == (XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.CIRCLE)


def test_a_line_between_two_dots_follows_them_in_the_sheet(charts: dict[str, Any]) -> None:
    blob = charts["places"].part.chart_workbook.xlsx_part.blob
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(blob)).active.iter_rows()]
    heads = {row[1]: n for n, row in enumerate(cells) if row[0] == "x"}
    ends = [cells[heads["Zwolle (lijn)"] + n][0] for n in (1, 2)]
    assert ends == [f"=A{heads[year] + 2}" for year in ("2020", "2021")]
    assert cells[heads["2021"] + 1] == [646, 3, f"=FIXED(A{heads['2021'] + 2},0)"]


def test_places_stand_at_their_numbers_and_are_named(figures: dict[str, Figure], charts: dict[str, Any]) -> None:
    strip, funnel = figures["strip"].chart, figures["funnel"].chart
    assert isinstance(strip, DotStrip)
    assert isinstance(funnel, Funnel)
    dots = _read(charts["strip"])
    assert sorted(x for name in ("gekozen", "andere gemeenten") for x, _ in dots[name]) == pytest.approx(
        sorted(spot.value or 0 for spot in strip.spots)
    )
    assert {"Zwolle 5,0", "IJsselland 4,4", "Nederland 6,8"} <= _texts(charts["strip"])
    assert {*_read(charts["funnel"])["gekozen"]} == {
        (people, spot.value) for people, spot in funnel.spots if spot.place == "zwolle"
    }
    assert len(_read(charts["funnel"])["Toeval, hoogste"]) == len(funnel.band)


def test_a_hidden_number_is_no_dot_and_in_no_cell(figures: dict[str, Figure], charts: dict[str, Any]) -> None:
    pairs = figures["hidden"].chart
    assert isinstance(pairs, PairChart)
    hidden = [pair for pair in pairs.rows if any(segment.value is None for segment in pair.now.segments)]
    assert hidden
    assert len(_read(charts["hidden"])["2021"]) == len(pairs.rows) - len(hidden)
    assert f"{hidden[0].label} (lijn)" not in _read(charts["hidden"])
