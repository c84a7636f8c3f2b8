"""The three specs: constant, without data, in Dutch, and drawn by Vega-Lite with real rows."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from vt.figures.answers import Dataset
from vt.figures.breakdown import make_categories
from vt.figures.chart import (
    AreaMap,
    Bar,
    BarChart,
    Chart,
    ColumnChart,
    DotStrip,
    FlowChart,
    Funnel,
    HeatMap,
    LineChart,
    Multiples,
    NumberChart,
    Pair,
    PairChart,
    Part,
    RankChart,
    Role,
    Row,
    Segment,
    TrendChart,
    Whole,
    WholeChart,
)
from vt.figures.dots import make_dots
from vt.figures.figure import Figure
from vt.figures.funnel import make_funnel
from vt.figures.maps import make_map
from vt.figures.places import make_places
from vt.figures.ranking import make_ranking
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.series import make_series
from vt.figures.trends import make_trends
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.render import theme
from vt.render.html import render_head
from vt.render.vega.columns import ColumnMark
from vt.render.vega.compiled import write_compiled
from vt.render.vega.dots import DotMark
from vt.render.vega.flow import FlowMark
from vt.render.vega.forms import ALONE, FORMS, measure, rooms_beside, rows
from vt.render.vega.funnel import FunnelMark
from vt.render.vega.heat import HeatMark
from vt.render.vega.lanes import LaneMark
from vt.render.vega.lines import LineMark
from vt.render.vega.maps import AreaMark
from vt.render.vega.multiples import MultipleMark
from vt.render.vega.number import NumberMark
from vt.render.vega.parts import COMPILED, NOTHING, Room
from vt.render.vega.ranking import RankMark

FLOW = FigureRequest("flow", ("meldingen", "triagebesluiten", "onderzoeken", "onderzoek_uitkomst"), "Melding")
MARKS: dict[type[Chart], type] = {BarChart: LaneMark, RankChart: RankMark, ColumnChart: ColumnMark, LineChart: LineMark}
MARKS |= {HeatMap: HeatMark, DotStrip: DotMark, Funnel: FunnelMark, PairChart: LaneMark}
MARKS |= {TrendChart: LineMark, NumberChart: NumberMark, Multiples: MultipleMark}
MARKS |= {AreaMap: AreaMark, FlowChart: FlowMark, WholeChart: LaneMark}
FIVE = ("deventer", "zwolle", "kampen", "raalte", "hardenberg")


def _drawn(dataset: Dataset, form: type[Chart]) -> Figure:
    """A figure of each form that uses all of it: parts, year before, lines, gaps."""
    indicators, places = dataset.metadata.indicators, dataset.metadata.places
    by_rate = Selection(measure=Measure.PER_1000)
    figures = {
        BarChart: lambda: make_places(dataset, indicators["meldingen"], by_rate),
        WholeChart: lambda: make_places(dataset, indicators["meldingen"], Selection(gemeenten=("dordrecht",))),
        HeatMap: lambda: make_categories(dataset, indicators["meldingen_naar_aard"], Selection(gemeenten=FIVE)),
        Funnel: lambda: make_funnel(dataset, indicators["meldingen"], by_rate),
        TrendChart: lambda: make_trends(dataset, indicators["meldingen"], by_rate),
        Multiples: lambda: [_apart(figure) for figure in make_trends(dataset, indicators["meldingen"], by_rate)],
        DotStrip: lambda: make_dots(dataset, indicators["meldingen"], by_rate),
        NumberChart: lambda: make_places(dataset, indicators["meldingen"], Selection(gemeenten=("deventer",))),
        PairChart: lambda: make_categories(
            dataset, indicators["meldingen_professionals"], Selection(region="ijsselland")
        ),
        RankChart: lambda: make_ranking(dataset, indicators["meldingen"], by_rate),
        ColumnChart: lambda: make_series(dataset, indicators["meldingen"], Selection(gemeenten=("dordrecht",))),
        LineChart: lambda: make_series(dataset, indicators["meldingen"], Selection(region="nederland")),
        AreaMap: lambda: make_map(dataset, indicators["meldingen"], by_rate, places["ijsselland"]),
        FlowChart: lambda: build_figures(dataset, FLOW, Selection(gemeenten=("dordrecht",))),
    }
    return figures[form]()[0]


def _apart(figure: Figure) -> Figure:
    """The lines of a figure, a small chart each: no place of the real data has more than two years."""
    assert isinstance(figure.chart, TrendChart)
    return replace(figure, chart=Multiples(figure.chart.lines, (10.0, "10")))


def _keys(node: Any, key: str) -> Iterator[Any]:
    """Every value under a key, at any depth."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        for child in node.values():
            yield from _keys(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from _keys(child, key)


@pytest.mark.parametrize("form", MARKS)
def test_a_spec_is_the_same_object_for_every_call(form: type[Chart]) -> None:
    assert FORMS[form].spec() is FORMS[form].spec()


def test_the_specs_in_vega_are_those_of_the_forms() -> None:
    """Else: uv run python -m vt.render.vega.compiled."""
    assert COMPILED.read_text(encoding="utf-8") == write_compiled()
    assert all(form.spec_for_screen() for form in ALONE.values())


@pytest.mark.parametrize("form", MARKS)
def test_a_spec_carries_no_data_of_its_own(form: type[Chart]) -> None:
    spec = FORMS[form].spec()
    assert "data" not in spec
    assert "datasets" not in spec
    assert not any("values" in data or "url" in data for data in _keys(spec, "data"))


@pytest.mark.parametrize("form", MARKS)
def test_a_spec_is_plain_json_and_stays_itself_when_drawn(form: type[Chart], dataset: Dataset) -> None:
    before = json.dumps(FORMS[form].spec())
    _drawn(dataset, form)
    assert json.dumps(FORMS[form].spec()) == before


@pytest.mark.parametrize("form", MARKS)
def test_every_field_is_a_column_of_the_rows(form: type[Chart]) -> None:
    made = {step for steps in _keys(FORMS[form].spec(), "transform") for each in steps for step in [each.get("as")]}
    fields = {field for field in _keys(FORMS[form].spec(), "field") if isinstance(field, str)}
    assert fields
    assert fields <= {*MARKS[form]._fields, *made}


@pytest.mark.parametrize("form", MARKS)
def test_what_is_pointed_at_says_a_sentence(form: type[Chart], dataset: Dataset) -> None:
    """On a page and on stage; never a table of the names of fields."""
    for spec in (FORMS[form].spec(), FORMS[form].spec_for_presenter()):
        assert not any(isinstance(title, str) for title in _keys(spec, "title"))
        assert {"tip"} == {tip["field"] for tip in _keys(spec, "tooltip") if tip is not None}
    tips = {row["tip"] for row in rows(_drawn(dataset, form).chart)} - {""}
    assert tips
    assert all(re.fullmatch(r".+: .+ \(.*\d{4}.*\)", tip) for tip in tips)


def test_a_number_says_what_part_it_is_and_of_what(dataset: Dataset) -> None:
    melders = FigureRequest("categories", ("meldingen_naar_melder",))
    (figure,) = build_figures(dataset, melders, Selection(gemeenten=("dordrecht",)))
    tips = {row["tip"] for row in rows(figure.chart)}
    assert "Particulier: 65 meldingen over kindermishandeling, 87% van 75 (1e halfjaar 2021)" in tips


def test_a_hidden_number_says_that_it_is_hidden(dataset: Dataset) -> None:
    huisverboden = FigureRequest("ranking", ("huisverboden",))
    (figure,) = build_figures(dataset, huisverboden, Selection(gemeenten=("dalfsen",), shielding=Shielding.ALL))
    assert "Dalfsen: afgeschermd (2021)" in {row["tip"] for row in rows(figure.chart)}


@pytest.mark.parametrize("form", MARKS)
def test_numbers_are_dutch(form: type[Chart]) -> None:
    assert FORMS[form].spec()["config"]["locale"]["number"] == theme.NUMBER_LOCALE


def _draw(chart: Chart) -> str:
    vl_convert = pytest.importorskip("vl_convert")
    spec = FORMS[type(chart)].spec()
    filled = {**spec, "datasets": {"figure": rows(chart)}, "data": {"name": "figure"}, "width": 840}
    return str(vl_convert.vegalite_to_svg(json.dumps(filled), vl_version=spec["$schema"].rsplit("/v")[-1][:3]))


def test_a_year_stands_on_a_line_of_its_own_also_where_it_is_provisional() -> None:
    names = ("1e halfjaar 2021", "1e halfjaar 2022*")
    drawn = _draw(ColumnChart(tuple(Bar(name, "3", (Segment(Role.THIS, "Dorp", 3),)) for name in names)))
    assert re.findall(r"<tspan[^>]*>([^<]+)", drawn)[:4] == ["1e halfjaar", "2021", "1e halfjaar", "2022*"]


@pytest.mark.parametrize("form", MARKS)
def test_a_spec_draws_real_rows(form: type[Chart], dataset: Dataset) -> None:
    figure = _drawn(dataset, form)
    drawn, svg = rows(figure.chart), _draw(figure.chart)
    for colour in {row["colour"] for row in drawn} - {theme.PAPER}:
        assert colour.casefold() in svg.casefold()
    for text in {row["text"] for row in drawn} - {""}:
        assert text in svg
    assert "NaN" not in svg
    assert "undefined" not in svg


def test_nearly_all_of_a_whole_is_a_share_that_is_not_rounded() -> None:
    parts = (
        Part(Role.KM, "Kindermishandeling", 1991, "1.991", ">99%"),
        Part(Role.HG, "Huiselijk geweld", 9, "9", "0,5%"),
    )
    marks = FORMS[WholeChart].marks(WholeChart((Whole("", "2.000", parts),)))
    assert [mark.name for mark in marks if mark.name] == ["Kindermishandeling 1.991", "Huiselijk geweld 9, dat is 0,5%"]


def test_the_parts_of_a_whole_are_named_and_so_is_the_share_of_a_sliver(dataset: Dataset) -> None:
    whole = _drawn(dataset, WholeChart).chart
    marks = FORMS[WholeChart].marks(whole)
    names = [mark.name for mark in marks if mark.name]
    assert names == ["Kindermishandeling 447 ≠", "Huiselijk geweld 95 ≠", "Ouderenmishandeling 8, dat is 1,5%"]
    ends = [mark.end for mark in marks if mark.end is not None]
    assert ends == pytest.approx([447 / 5.5, 542 / 5.5, 100])


def test_two_years_are_two_dots_with_what_differs(dataset: Dataset) -> None:
    marks = FORMS[PairChart].marks(_drawn(dataset, PairChart).chart)
    first = [(mark.text, mark.line, mark.is_norm, mark.side) for mark in marks if mark.side][:2]
    assert first == [("1.444", 1444, True, "left"), ("1.326", 1326, False, "right")]
    assert [mark.share for mark in marks if mark.share][:2] == ["−118 (−8%)", "−34 (−13%)"]


def test_the_year_before_is_an_open_dot_in_the_legend_too(dataset: Dataset) -> None:
    now, before = render_head(_drawn(dataset, PairChart)).split("vt-punt")[1:]
    assert "background:" in now
    assert f"border-color:{theme.COLOURS[Role.YEAR_BEFORE]}" in before


def test_a_hidden_number_of_a_year_is_no_dot_but_words() -> None:
    shown = Bar("2021", "31", (Segment(Role.THIS, "Dorp", 31),))
    pair = Pair("Partnergeweld", shown, Bar("2020", "<5", (Segment(Role.YEAR_BEFORE, "2020", None),)), "")
    marks = FORMS[PairChart].marks(PairChart((pair,)))
    assert [mark.line for mark in marks if mark.side] == [31]
    assert [mark.share for mark in marks if mark.share] == ["2020: <5"]


def test_a_rate_beside_a_large_number_keeps_its_decimals(dataset: Dataset) -> None:
    asked = Selection(region="nederland", measure=Measure.PER_1000, period="2021")
    (figure,) = make_places(dataset, dataset.metadata.indicators["meldingen"], asked)
    assert isinstance(figure.chart, NumberChart)
    before = figure.chart.before
    assert before is not None
    assert figure.chart.change == f"was {before.text}"
    assert "," in before.text


def test_one_number_stands_large_with_that_of_the_year_before(dataset: Dataset) -> None:
    number, before, now = FORMS[NumberChart].marks(_drawn(dataset, NumberChart).chart)
    assert (number.big, number.change) == ("506", "−91 (−15%)")
    assert (before.text, before.value, before.year) == ("597", 597, "2020")
    assert (now.text, now.value, now.year) == ("506", 506, "2021")


def _find_rooms(charts: Sequence[Chart]) -> list[Room]:
    return rooms_beside(charts, [measure(chart) for chart in charts])


def test_a_chart_is_as_high_as_a_higher_one_beside_it() -> None:
    few, many = (BarChart(tuple(Row(f"Groep {at}", (_bar(9),)) for at in range(count))) for count in (10, 18))
    line = NumberChart(_bar(506), _bar(597), "−91 (−15%)")
    bare = replace(line, before=None)
    room, taller = _find_rooms([line, many])
    assert (room.half, taller.half) == (FORMS[BarChart].measure(many).half, 0)
    assert rows(line, room=room)[0]["fill"] == min(room.half, 448)
    assert rows(bare, room=room)[0]["fill"] == 0, "a number by itself is no larger for it"
    assert rows(few, room=_find_rooms([few, many])[0])[0]["low"] == 140, "no higher than 560 pixels"
    assert _find_rooms([few]) == [NOTHING]
    dots = [replace(bare, now=_bar(count)) for count in (3, 28, 62)]
    assert {each.half for each in _find_rooms(dots)} == {176}, "seven tens"
    assert [rows(each)[0]["low"] for each in (line, *dots)] == [168, 126, 126, 176], "on a phone"


def _bar(count: int) -> Bar:
    return Bar("2021", str(count), (Segment(Role.THIS, "Dorp", count),))


def test_the_halves_beside_one_number_are_named_in_full(dataset: Dataset) -> None:
    asked = Selection(region="nederland", measure=Measure.PER_1000, period="2021-H1")
    (figure,) = make_places(dataset, dataset.metadata.indicators["meldingen"], asked)
    assert isinstance(figure.chart, NumberChart)
    assert [mark.year for mark in FORMS[NumberChart].marks(figure.chart)[1:]] == [
        "1e halfjaar 2020",
        "1e halfjaar 2021",
    ]


def test_bars_are_as_long_as_their_numbers(dataset: Dataset) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    lines = [("a", 100.0), ("b", 25.0)]
    bars = [Row(name, (Bar("", str(value), (Segment(Role.THIS, name, value),)),)) for name, value in lines]
    spec = {
        **FORMS[BarChart].spec(),
        "datasets": {"figure": rows(BarChart(tuple(bars)))},
        "data": {"name": "figure"},
        "width": 400,
    }
    graph = vl_convert.vegalite_to_scenegraph(json.dumps(spec))
    widths = [
        item["width"] for item in _items(graph) if item.get("fill") == theme.COLOURS[Role.THIS] and "width" in item
    ]
    assert widths == pytest.approx([widths[0], widths[0] / 4])
    assert widths[0] > 200


def _items(node: Any) -> Iterator[dict[str, Any]]:
    for items in _keys(node, "items"):
        yield from (item for item in items if isinstance(item, dict))


def test_two_years_of_several_places_are_two_dots_each_that_choose_the_find_rooms(dataset: Dataset) -> None:
    chosen = Selection(gemeenten=("kampen", "deventer", "zwolle"))
    (figure,) = make_places(dataset, dataset.metadata.indicators["meldingen"], chosen)
    chart = figure.chart
    assert isinstance(chart, PairChart)
    assert [(pair.label, pair.change) for pair in chart.rows] == [
        ("Zwolle", "−112 (−15%)"),
        ("Deventer", "−91 (−15%)"),
        ("Kampen", "−1"),
    ]
    places = {(row["label"], row["place"]) for row in rows(chart) if row["label"]}
    assert places == {("Zwolle", "zwolle"), ("Deventer", "deventer"), ("Kampen", "kampen")}
    assert {row["place"] for row in rows(chart) if row["tip"]} == {"zwolle", "deventer", "kampen"}


def test_a_region_beside_them_is_not_chosen_by_a_click_for_it_would_come_instead_of_all(dataset: Dataset) -> None:
    by_rate = Selection(gemeenten=("deventer", "zwolle"), measure=Measure.PER_1000)
    figure = make_places(dataset, dataset.metadata.indicators["meldingen"], by_rate)[0]
    assert {row["place"] for row in rows(figure.chart)} == {"", "deventer", "zwolle"}
    assert "IJsselland" in {row["label"] for row in rows(figure.chart)}
