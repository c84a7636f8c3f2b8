"""The three specs: constant, without data, in Dutch, and drawn by Vega-Lite with real rows."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from vt.figures.answers import Dataset
from vt.figures.chart import BarSegment, ColumnSegment, Tile
from vt.figures.figure import Figure
from vt.figures.ranking import ranking, tiles
from vt.figures.selection import Selection
from vt.figures.series import series
from vt.model.measures import Measure
from vt.render import theme
from vt.render.vega import chart_spec

FORMS = ("bars", "columns", "tiles")
ENGLISH = {"value", "period", "series", "count", "place", "year", "label", "text", "row", "total"}


def _drawn(dataset: Dataset, form: str) -> Figure:
    """A figure of each form that uses all of it: parts, year before, lines, gaps."""
    indicators, places = dataset.metadata.indicators, dataset.metadata.places
    by_rate = Selection(measure=Measure.PER_1000)
    figures = {
        "bars": lambda: ranking(dataset, indicators["meldingen"], by_rate),
        "columns": lambda: series(dataset, indicators["meldingen"], Selection(gemeenten=("dordrecht",))),
        "tiles": lambda: tiles(dataset, indicators["meldingen"], by_rate, places["ijsselland"]),
    }
    return figures[form]()[0]


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


@pytest.mark.parametrize("form", FORMS)
def test_a_spec_is_the_same_object_for_every_call(form: str) -> None:
    assert chart_spec(form) is chart_spec(form)


@pytest.mark.parametrize("form", FORMS)
def test_a_spec_carries_no_data_of_its_own(form: str) -> None:
    spec = chart_spec(form)
    assert "data" not in spec
    assert "datasets" not in spec
    assert not any("values" in data or "url" in data for data in _keys(spec, "data"))


@pytest.mark.parametrize("form", FORMS)
def test_a_spec_is_plain_json_and_stays_itself_when_drawn(form: str, dataset: Dataset) -> None:
    before = json.dumps(chart_spec(form))
    _drawn(dataset, form)
    assert json.dumps(chart_spec(form)) == before


@pytest.mark.parametrize("form", FORMS)
def test_every_field_is_a_column_of_the_rows(form: str) -> None:
    rows = {"bars": BarSegment, "columns": ColumnSegment, "tiles": Tile}[form]
    made = {step for steps in _keys(chart_spec(form), "transform") for each in steps for step in [each.get("as")]}
    fields = {field for field in _keys(chart_spec(form), "field") if isinstance(field, str)}
    assert fields
    assert fields <= {*rows._fields, *made}


@pytest.mark.parametrize("form", FORMS)
def test_titles_are_dutch(form: str) -> None:
    titles = {title for title in _keys(chart_spec(form), "title") if title is not None}
    assert titles
    assert not {title.casefold() for title in titles} & ENGLISH
    for tip in _keys(chart_spec(form), "tooltip"):
        for field in tip if isinstance(tip, list) else []:
            assert field["title"]


@pytest.mark.parametrize("form", FORMS)
def test_numbers_are_dutch(form: str) -> None:
    assert chart_spec(form)["config"]["locale"]["number"] == theme.NUMBER_LOCALE


@pytest.mark.parametrize("form", FORMS)
def test_a_spec_draws_real_rows(form: str, dataset: Dataset) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    figure = _drawn(dataset, form)
    rows = [mark._asdict() for mark in figure.marks]
    spec = {**chart_spec(form), "datasets": {"figure": rows}, "data": {"name": "figure"}, "width": 600}
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=chart_spec(form)["$schema"].rsplit("/v")[-1][:3])
    for colour in {row["colour"] for row in rows} - {theme.PAPER}:
        assert colour.casefold() in svg.casefold()
    for text in {row["text"] for row in rows} - {""}:
        assert text in svg
    assert "NaN" not in svg
    assert "undefined" not in svg


def test_bars_are_as_long_as_their_numbers(dataset: Dataset) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    lines = [("a", 100.0), ("b", 25.0)]
    rows = [
        BarSegment(n, "", name, 0, value, theme.THIS_PLACE, str(value), None, None, 100)._asdict()
        for n, (name, value) in enumerate(lines)
    ]
    spec = {**chart_spec("bars"), "datasets": {"figure": rows}, "data": {"name": "figure"}, "width": 400}
    graph = vl_convert.vegalite_to_scenegraph(json.dumps(spec))
    widths = [item["width"] for item in _items(graph) if item.get("fill") == theme.THIS_PLACE and "width" in item]
    assert widths == pytest.approx([400, 100])


def _items(node: Any) -> Iterator[dict[str, Any]]:
    for items in _keys(node, "items"):
        yield from (item for item in items if isinstance(item, dict))
