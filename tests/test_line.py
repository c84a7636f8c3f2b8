"""A line over periods: a gap where one is missing, the last value named; on screen and in every file."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import vl_convert
from decks import whole_deck
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from worlds import add_report, edit, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset, answer
from vt.figures.chart import ColumnChart, LineChart, Multiples, NumberChart, TrendChart
from vt.figures.figure import Figure
from vt.figures.places import make_panel, read_earlier
from vt.figures.reading import choose_metric, read_answers
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding, Suppression
from vt.model.period import Period
from vt.render import image, offline
from vt.render.pptx import write_pptx
from vt.render.vega.forms import form_of, rows, rows_for_presenter

HEAD = """\
report: {title: Reeks, publisher: Veilig Thuis Polder, region: polder, period: 2016/2019, licence: Openbaar}
tables:
"""
DORP = Selection(gemeenten=("dorp",))
HALVES = """
number: "1"
heading: Meldingen per halfjaar
indicator: meldingen
rows: place
columns: {period: [2016-H1, 2016-H2, 2017-H1, 2018-H2, 2019-H1]}
provisional: [2017-H1, 2019-H1]
cells:
  Dorp: [1040, 1100, 1210, 1300, 1331]
"""
SPLIT = """
number: "1"
heading: Meldingen per halfjaar
indicator: meldingen
rows: place
columns:
  - {period: [2016-H1, 2017-H1, 2017-H2], geweld: [KM, HG]}
  - {period: [2016-H1, 2017-H1, 2017-H2], geweld: [totaal]}
cells:
  Dorp: [40, 60, 50, 70, 60, 80, 100, 120, 140]
"""


def _ask(world: Path, table: str, selection: Selection = DORP) -> Figure:
    add_report(world, table, name="reeks", head=HEAD)
    with opened(ensure(world, world / "vt.db")) as dataset:
        (figure,) = build_figures(dataset, FigureRequest("series", ("meldingen",)), selection)
        return figure


@pytest.fixture
def figure(world: Path) -> Figure:
    """Half years of which the 2nd of 2017 and the 1st of 2018 are missing."""
    return _ask(world, HALVES)


def _draw(figure: Figure, width: int = 600, *, presenter: bool = False) -> list[dict[str, Any]]:
    """What Vega draws: every item of every mark."""
    form = form_of(figure.chart)
    spec = form.spec_for_presenter() if presenter else form.spec()
    drawn = rows_for_presenter(figure.chart)[0] if presenter else rows(figure.chart)
    size = {"width": width, "height": 480} if presenter else {"width": width}
    data = {"data": {"name": "figure"}, "datasets": {"figure": drawn}}
    return list(_items(vl_convert.vegalite_to_scenegraph(json.dumps({**spec, **size, **data}))))


def _items(node: Any, kind: str = "", x: float = 0, y: float = 0) -> Iterator[dict[str, Any]]:
    """The items of a scene with the kind of their mark and their place on the page."""
    if isinstance(node, list):
        for child in node:
            yield from _items(child, kind, x, y)
    elif isinstance(node, dict) and "marktype" in node:
        yield from _items(node.get("items", []), node["marktype"], x, y)
    elif isinstance(node, dict):
        left, top = x + (node.get("x") or 0), y + (node.get("y") or 0)
        yield {**node, "kind": kind, "left": left, "top": top}
        if kind in ("", "group"):
            yield from _items(list(node.values()), kind, left, top)


def _texts(figure: Figure, width: int = 600) -> list[str]:
    return [item["text"] for item in _draw(figure, width) if item["kind"] == "text" and item.get("text")]


YEARS = """
number: "1"
heading: Meldingen per jaar
indicator: meldingen
rows: place
columns: {period: [2016, 2017, 2018, 2019]}
cells:
  Dorp: [1040, 1100, 900, 1331]
  Stad: [1040, null, 900, 1331]
"""


def _ask_number(world: Path, place: str) -> Figure:
    add_report(world, YEARS, name="reeks", head=HEAD)
    with opened(ensure(world, world / "vt.db")) as dataset:
        asked = Selection(gemeenten=(place,), period="2019")
        (figure,) = build_figures(dataset, FigureRequest("places", ("meldingen",)), asked)
        return figure


# --- what is drawn ---------------------------------------------------------------------------------------------------


def test_every_period_is_there_and_a_missing_one_is_a_gap(figure: Figure) -> None:
    assert isinstance(figure.chart, LineChart)
    (line,) = figure.chart.lines
    assert [(point.period.id, point.value) for point in line.points] == [
        ("2016-H1", 1040),
        ("2016-H2", 1100),
        ("2017-H1", 1210),
        ("2017-H2", None),
        ("2018-H1", None),
        ("2018-H2", 1300),
        ("2019-H1", 1331),
    ]
    assert [point.value for point in line.points if point.value] == [row[-1] for row in figure.table.rows]
    assert "Geen cijfer over de tweede helft van 2017 en de eerste helft van 2018." in figure.caveats


def _ask_places(world: Path, count: int) -> Figure:
    """Three half years of as many villages, of which the first grows and the others are as large as their number."""
    names = [f"Buurt {n}" for n in range(count)]
    places = [f"  buurt-{n}: {{label: {name}, region: polder}}\n" for n, name in enumerate(names)]
    edit(world / "catalogue/places.yaml", "rest:\n", f"{''.join(places)}rest:\n")
    cells = [f"  {name}: [{100 + n}, {110 + n}, {600 if n == 0 else 100 + n}]\n" for n, name in enumerate(names)]
    head = HALVES[: HALVES.index("columns")]
    table = f"{head}columns: {{period: [2016-H1, 2016-H2, 2017-H2]}}\ncells:\n{''.join(cells)}"
    return _ask(world, table, Selection(gemeenten=tuple(f"buurt-{n}" for n in range(count))))


def test_up_to_six_places_are_lines_of_their_own_colour_in_one_picture(world: Path) -> None:
    chart = _ask_places(world, 6).chart
    assert isinstance(chart, TrendChart)
    assert len({line.role for line in chart.lines}) == 6
    assert {line.points[-1].text for line in chart.lines} == {"600", "101", "102", "103", "104", "105"}


def test_more_are_a_small_chart_each_on_one_scale_the_highest_first(world: Path) -> None:
    figure = _ask_places(world, 7)
    assert isinstance(figure.chart, Multiples)
    assert [line.place for line in figure.chart.lines[:2]] == ["buurt-0", "buurt-6"]
    assert figure.chart.top == (600, "600")
    assert len(figure.table.rows) == 21
    items = _draw(figure, 330)
    names = [item for item in items if item["kind"] == "text" and str(item.get("text")).startswith("Buurt")]
    assert len({round(item["left"]) for item in names}) == 2
    assert len({round(item["top"]) for item in names}) == 4
    strokes = [item for item in items if item["kind"] == "rule" and item.get("strokeCap") == "round"]
    assert len(strokes) == 7, "a line goes through a gap"


def test_a_long_name_above_a_small_chart_stands_on_two_lines_with_its_number(world: Path) -> None:
    chart = _ask_places(world, 7).chart
    assert isinstance(chart, Multiples)
    names = ("Noord- en Oost-Gelderland", "Zaanstreek-Waterland", "Twente", "Gooi en Vechtstreek", "W" * 40)
    lines = tuple(line._replace(series=name) for line, name in zip(chart.lines, names, strict=False))
    said = [row["text"].rpartition(" ")[0] for row in rows(replace(chart, lines=lines)) if row["kind"] == "name"]
    assert said[:4] == ["Noord- en Oost-|Gelderland", "Zaanstreek-|Waterland", "Twente", "Gooi en|Vechtstreek"]
    assert said[4].endswith("…")


def test_a_gap_breaks_the_line_and_says_why(figure: Figure) -> None:
    svg = image.draw_chart_svg(figure, 600)
    (path,) = re.findall(r'class="mark-line[^>]*><path[^>]* d="([^"]*)"', svg)
    assert re.sub(r"[^ML]", "", path) == "MLLML"
    assert _texts(figure).count("geen cijfer") == 1


@pytest.mark.parametrize("presenter", [False, True])
def test_points_lie_as_far_apart_as_their_periods(figure: Figure, presenter: bool) -> None:
    points = sorted(item["left"] for item in _draw(figure, presenter=presenter) if item["kind"] == "symbol")
    assert len(points) == 5
    step = points[1] - points[0]
    assert [round((point - points[0]) / step, 6) for point in points] == [0, 1, 2, 5, 6]


@pytest.mark.parametrize("presenter", [False, True])
def test_heights_are_in_proportion_to_the_numbers_from_zero(figure: Figure, presenter: bool) -> None:
    items = _draw(figure, presenter=presenter)
    zero = next(item["top"] for item in items if item["kind"] == "text" and item.get("text") == "0")
    tops = [item["top"] for item in sorted(items, key=lambda item: item["left"]) if item["kind"] == "symbol"]
    numbers = [row[-1] for row in figure.table.rows]
    # an axis label stands half a pixel off its line
    assert [(zero - top) / (zero - tops[0]) for top in tops] == pytest.approx(
        [n / numbers[0] for n in numbers], abs=0.01
    )


def test_only_the_last_value_is_written_with_its_star(figure: Figure) -> None:
    texts = _texts(figure)
    assert "1.331*" in texts
    assert not {"1.040", "1.100", "1.210*", "1.300"} & set(texts)


def test_the_axis_names_years_and_halves_and_stars_what_is_provisional(figure: Figure) -> None:
    texts = _texts(figure, 700)
    assert [text for text in texts if re.fullmatch(r"\d{4}", text)] == ["2016", "2017", "2018", "2019"]
    assert [text for text in texts if re.fullmatch(r"\de\*?", text)] == ["1e", "2e", "1e*", "2e", "1e", "2e", "1e*"]
    assert "Voorlopig volgens de uitgever (*): 1e halfjaar 2017 en 1e halfjaar 2019." in figure.caveats
    narrow = _texts(figure, 220)
    assert narrow.count("*") == 2, "a star stays where there is no room for what it belongs to"
    assert not [text for text in narrow if re.fullmatch(r"\de\*?", text)]


@pytest.mark.parametrize("first", [1990, 2009])
def test_years_have_no_half_and_are_left_out_where_they_do_not_fit(world: Path, first: int) -> None:
    years = list(range(first, 2020))
    table = f"""
    number: "1"
    heading: Meldingen per jaar
    indicator: meldingen
    rows: place
    columns: {{period: {years}}}
    cells: {{Stad: {[100 + year for year in years]}}}
    """
    add_report(world, table, name="reeks", head=HEAD.replace("2016/2019", f"{first}/2019"))
    with opened(ensure(world, world / "vt.db")) as dataset:
        asked = FigureRequest("series", ("meldingen",))
        (figure,) = build_figures(dataset, asked, Selection(gemeenten=("stad",), period="2019"))
    named = [text for text in _texts(figure, 340) if re.fullmatch(r"\d{4}", text)]
    assert named[-1] == "2021", "the years of the other report are part of the row"
    assert 3 <= len(named) < len(years)
    gaps = {int(b) - int(a) for a, b in pairwise(named)}
    assert len(gaps) == 1
    assert "een punt per jaar" in figure.legend[0][1]


def test_a_hidden_number_is_a_gap_that_says_so(world: Path) -> None:
    figure = _ask(world, HALVES.replace("1210", "3"), Selection(gemeenten=("dorp",), shielding=Shielding.ALL))
    assert isinstance(figure.chart, LineChart)
    point = figure.chart.lines[0].points[2]
    assert (point.value, point.text) == (None, str(Suppression.SMALL))
    assert "<5" in _texts(figure)
    assert 3 not in [row["value"] for row in rows(figure.chart)]


# --- when there is a line, and what is said --------------------------------------------------------------------------


def test_a_split_series_stays_columns_and_a_gap_is_an_empty_place(world: Path) -> None:
    figure = _ask(world, SPLIT)
    assert isinstance(figure.chart, ColumnChart)
    assert [(bar.name, bar.text, bar.length) for bar in figure.chart.bars] == [
        ("1e halfjaar 2016", "100", 100),
        ("2e halfjaar 2016", "geen cijfer", 0),
        ("1e halfjaar 2017", "120", 120),
        ("2e halfjaar 2017", "140", 140),
    ]
    assert [text for text in _texts(figure) if text in ("100", "120", "140", "geen cijfer")] == [
        *("100", "geen cijfer", "120", "140")
    ]
    made = Presentation(io.BytesIO(write_pptx(whole_deck([figure]))))
    (chart,) = [shape.chart for page in made.slides for shape in page.shapes if shape.has_chart]
    assert [series.values[1] for series in chart.plots[0].series] == [None, None, None], "no number is no 0"
    assert list(chart.plots[0].categories)[1] == "2e halfjaar 2016 (geen cijfer)"
    assert not chart._chartSpace.xpath("//c:dLbl//a:t/text()")


def test_a_title_compares_no_season_with_another(figure: Figure, world: Path) -> None:
    assert figure.title == "Dorp: 1.331 meldingen in de eerste helft van 2019", "there is no first half of 2018"
    with_year_before = HALVES.replace("2018-H2", "2018-H1")
    other = _ask(world, with_year_before)
    assert " dan een jaar eerder (" in other.title


def test_the_line_of_the_country_has_its_gap_and_its_last_value(dataset: Dataset) -> None:
    (figure,) = build_figures(dataset, FigureRequest("series", ("meldingen",)), Selection(region="nederland"))
    assert isinstance(figure.chart, LineChart)
    values = {point.period.id: point.value for point in figure.chart.lines[0].points}
    assert (values["2019-H1"], values["2022-H1"], values["2023-H1"], values["2025-H1"]) == (65075, 59985, None, 66270)
    assert "66.270*" in _texts(figure)


# --- files -----------------------------------------------------------------------------------------------------------


def test_in_powerpoint_it_is_a_line_with_the_numbers_of_the_table(figure: Figure) -> None:
    made = Presentation(io.BytesIO(write_pptx(whole_deck([figure]))))
    (chart,) = [shape.chart for page in made.slides for shape in page.shapes if shape.has_chart]
    assert chart.chart_type == XL_CHART_TYPE.LINE_MARKERS
    (series,) = chart.plots[0].series
    assert [value for value in series.values if value is not None] == [row[-1] for row in figure.table.rows]
    assert [value is None for value in series.values] == [False, False, False, True, True, False, False]
    assert chart._chartSpace.xpath("//c:dispBlanksAs/@val") == ["gap"]
    assert not series.smooth
    categories = list(chart.plots[0].categories)
    assert categories[2:4] == ["1e halfjaar 2017*", "2e halfjaar 2017 (geen cijfer)"]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    rows = list(sheet.iter_rows(min_row=2, max_col=2, values_only=True))
    assert rows == list(zip(categories, series.values, strict=True))


def test_in_powerpoint_only_the_last_value_has_a_label(figure: Figure) -> None:
    made = Presentation(io.BytesIO(write_pptx(whole_deck([figure]))))
    (chart,) = [shape.chart for page in made.slides for shape in page.shapes if shape.has_chart]
    labels = {label.idx.val: label for label in chart._chartSpace.xpath("//c:ser/c:dLbls/c:dLbl")}
    deleted = {n for n, label in labels.items() if label.xpath("c:delete[@val='1']")}
    assert deleted == {0, 1, 2, 5}
    assert labels[6].xpath(".//a:t/text()") == ["1.331*"]


def test_the_offline_page_and_the_picture_have_the_line(figure: Figure) -> None:
    page = offline.write_html(whole_deck([figure])).decode()
    data = json.loads(re.findall(r'id="vt-gegevens">(.*?)</script>', page, re.DOTALL)[0])
    assert list(data["specs"]) == ["lines"]
    [drawn] = data["figures"]
    assert (drawn["form"], drawn["rows"]) == ("lines", rows(figure.chart))
    assert [row["text"] for row in drawn["shown"] if row.get("text")] == ["1.331*"]
    for made in (page, image.write_svg(figure).decode()):
        assert "1.331*" in made
        assert "Dorp, een punt per halfjaar" in made
        assert "Lijn over de tijd van meldingen in Dorp." in made


def test_another_number_moves_its_point_and_no_other(figure: Figure) -> None:
    (line,) = figure.chart.lines
    points = (*line.points[:1], line.points[1]._replace(value=600), *line.points[2:])
    moved = replace(figure, chart=LineChart((line._replace(points=points),)))
    tops = [[item["top"] for item in _draw(each) if item["kind"] == "symbol"] for each in (figure, moved)]
    assert [n for n, (one, other) in enumerate(zip(*tops, strict=True)) if one != other] == [1]


def test_a_half_year_after_a_gap_stands_in_the_series(world: Path) -> None:
    """Where as many quarters are known, of one half year alone."""
    head = '{number: "1", heading: Kwartalen, indicator: meldingen, rows: place, '
    quarters = head + "columns: {period: [2016-Q1, 2016-Q2]}, cells: {Dorp: [500, 540]}}"
    later = '{number: "2", heading: Later, indicator: meldingen, rows: place, period: 2017-H1, cells: {Dorp: [1200]}}'
    add_report(world, quarters, later, name="reeks", head=HEAD)
    with opened(ensure(world, world / "vt.db")) as dataset:
        (figure,) = build_figures(dataset, FigureRequest("series", ("meldingen",)), DORP)
    assert [(row[1], row[2]) for row in figure.table.rows] == [("1e halfjaar 2016", 1040), ("1e halfjaar 2017", 1200)]
    assert "Geen cijfer over de tweede helft van 2016." in figure.caveats


def test_a_year_that_does_not_fit_in_the_series_is_named(dataset: Dataset) -> None:
    figure = build_figures(dataset, FigureRequest("series", ("meldingen",)), Selection(region="nederland"))[0]
    said = "Over 2023 is er een cijfer, maar niet per halfjaar: dat staat niet in deze reeks."
    assert said in figure.caveats


# --- one number and the years before it ------------------------------------------------------------------------------


def test_one_number_has_a_line_from_the_first_of_all_years_that_follow_each_other(world: Path) -> None:
    figure = _ask_number(world, "dorp")
    assert isinstance(figure.chart, NumberChart)
    assert figure.title == "Dorp: 1.331 meldingen in 2019, 431 meer dan in 2018 (900), ofwel 48%"
    drawn = [(bar.name, bar.length) for bar in figure.chart.bars]
    assert drawn == [("2016", 1040), ("2017", 1100), ("2018", 900), ("2019", 1331)]
    assert [(row[1], row[2]) for row in figure.table.rows] == drawn
    assert all(figure.table.links[at, 2] for at in range(4))
    assert [bar.tip for bar in figure.chart.bars][1] == "Dorp: 1.100 meldingen (2017)"
    texts = _texts(figure)
    assert {"1.331", "1.040", "2016", "2017", "2018", "2019"} <= set(texts)
    assert not {"1.100", "900"} & set(texts)


def test_no_number_at_the_line_is_struck_through_and_no_year_lies_over_another(world: Path) -> None:
    figure = _ask_number(world, "dorp")
    said = {item["text"]: item for item in _draw(figure) if item["kind"] == "text" and item.get("dy")}
    dots = [item for item in _draw(figure) if item["kind"] == "symbol" and item.get("opacity")]
    assert said["1.040"]["top"] + said["1.040"]["dy"] > min(dots, key=lambda dot: dot["left"])["top"]
    assert said["1.331"]["top"] + said["1.331"]["dy"] < max(dots, key=lambda dot: dot["left"])["top"]
    assert {text for text in _texts(figure, 230) if text.startswith("20")} == {"2016", "2019"}


def test_a_year_without_a_number_is_a_gap_in_the_line_beside_one_number(world: Path) -> None:
    figure = _ask_number(world, "stad")
    assert isinstance(figure.chart, NumberChart)
    drawn = [(bar.name, bar.is_hidden or bar.length) for bar in figure.chart.bars]
    assert drawn == [("2016", 1040), ("2017", True), ("2018", 900), ("2019", 1331)]
    areas = [item for item in _draw(figure) if item["kind"] == "area"]
    assert len({item["left"] for item in areas}) == len(areas) == 3, "no area over the gap, and none twice"
    assert [(row[1], row[2]) for row in figure.table.rows] == [("2016", 1040), ("2018", 900), ("2019", 1331)]
    assert "Geen cijfer over 2017." in figure.beneath
    assert [row["run"] for row in rows(figure.chart) if row.get("year")] == [0, 1, 1]
    assert {"2016", "2018", "2019"} <= set(_texts(figure))
    made = Presentation(io.BytesIO(write_pptx(whole_deck([figure]))))
    (chart,) = [shape.chart for page in made.slides for shape in page.shapes if shape.has_chart]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    written = list(sheet.iter_rows(min_row=2, max_col=2, values_only=True))
    assert written == [("2016", 1040), ("2017 (geen cijfer)", None), ("2018", 900), ("2019", 1331)]
    assert chart.plots[0].series[0].values == (1040, None, 900, 1331), "a year without a number is no 0"


def test_a_year_that_cbs_withholds_says_that_and_not_that_there_is_no_number(world: Path) -> None:
    add_report(world, YEARS, name="reeks", head=HEAD)
    with opened(ensure(world, world / "vt.db")) as dataset:
        asked, indicator = Selection(gemeenten=("stad",), period="2019"), dataset.metadata.indicators["meldingen"]
        metric, _ = choose_metric(indicator, asked)
        readings, _ = read_answers(dataset, answer(dataset, indicator, asked).items, metric)
        earlier = read_earlier(dataset, readings, asked)
        figure = make_panel(readings, metric, asked, earlier, {Period.parse("2017"): "geheim"})
    assert isinstance(figure.chart, NumberChart)
    assert [bar.text for bar in figure.chart.bars if bar.is_hidden] == ["geheim"]
    assert "Volgens het CBS geheim: 2017." in figure.beneath


def test_two_provisional_years_of_classes_have_a_star_in_the_legend_and_on_the_slide(world: Path) -> None:
    table = """
number: "1"
heading: Melders
indicator: naar_melder
rows: category
columns: {place: [Dorp], period: [2018, 2019]}
provisional: [2018, 2019]
cells:
  Politie en OM: [60, 70]
  Buurtbewoner: [40, 50]
"""
    add_report(world, table, name="reeks", head=HEAD)
    with opened(ensure(world, world / "vt.db")) as dataset:
        (figure,) = build_figures(dataset, FigureRequest("categories", ("naar_melder",)), replace(DORP, period="2019"))
    assert [text for _, text in figure.legend] == ["2019*", "2018*"]
    made = Presentation(io.BytesIO(write_pptx(whole_deck([figure]))))
    written = [shape.text_frame.text for page in made.slides for shape in page.shapes if shape.has_text_frame]
    assert any("* voorlopig" in text for text in written)
