"""Maps: borders joined from arcs, classes of as many gemeenten each."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from worlds import BORDERS, opened

from vt.errors import DataError
from vt.figures.answers import Dataset
from vt.figures.chart import AreaMap, Role
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.ingest.borders import load_borders
from vt.model.borders import Box
from vt.render import image, theme
from vt.render.vega.forms import rows


def draw(dataset: Dataset, indicator: str, region: str, **chosen: object) -> tuple[Figure, AreaMap]:
    selection = replace(Selection(), **chosen)  # type: ignore[arg-type]
    figure = build_figures(dataset, FigureRequest("tiles", (indicator,), region=region), selection)[0]
    assert isinstance(figure.chart, AreaMap)
    return figure, figure.chart


def test_arcs_that_two_gemeenten_share_are_joined_to_the_ring_of_each(tmp_path: Path) -> None:
    (tmp_path / "gemeenten.topojson").write_text(BORDERS, encoding="utf-8")
    west, east = load_borders(tmp_path)
    assert (west.code, east.code) == ("GM0001", "GM0002")
    assert west.box.east == east.box.west
    assert west.path.count("Z") == east.path.count("Z") == 1
    for border in (west, east):
        assert border.box.west < border.spot[0] < border.box.east
        assert border.room == pytest.approx(border.box.east - border.box.west)


def test_a_file_that_is_no_topojson_is_named(tmp_path: Path) -> None:
    (tmp_path / "gemeenten.topojson").write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match=r"gemeenten\.topojson: geen TopoJSON"):
        load_borders(tmp_path)


def test_classes_hold_as_many_gemeenten_each_and_the_legend_counts_them(dataset: Dataset) -> None:
    figure, chart = draw(dataset, "meldingen", "ijsselland", gemeenten=("deventer",))
    counts = [sum(area.role is role for area in chart.areas) for role, _ in figure.legend]
    assert counts == [3, 2, 2, 2, 2]
    assert [text for _, text in figure.legend][:2] == ["2,4–2,5 (3 gemeenten)", "3,3–3,5 (2)"]
    assert [area.name for area in chart.areas if area.is_chosen] == ["Deventer"]
    assert all(area.border.code.startswith("GM") for area in chart.areas)


def test_the_country_shows_what_counts_otherwise_apart_from_the_classes(dataset: Dataset) -> None:
    figure, chart = draw(dataset, "meldingen", "nederland")
    country, other = chart.insets
    assert (len(country.areas), other.name) == (25, "Zuid-Holland Zuid")
    assert {area.name for area in other.areas if area.role is Role.APART} == {"Dordrecht"}
    assert all(not area.text for area in other.areas), "a number beside the map would be compared with it"
    assert (Role.APART, "eigen cijfers, anders geteld: Dordrecht") in figure.legend


def test_who_chooses_the_country_sees_the_map_of_who_chooses_nothing(dataset: Dataset) -> None:
    request = FigureRequest("tiles", ("meldingen",), region="nederland")
    chosen, nothing = (build_figures(dataset, request, Selection(region=id_)) for id_ in ("nederland", None))
    assert [figure.chart for figure in chosen] == [figure.chart for figure in nothing]
    assert all(rows(figure.chart) for figure in chosen)


def test_a_gemeente_that_is_no_more_leaves_the_map_of_its_region(real_database: Path, tmp_path: Path) -> None:
    target = Path(shutil.copy(real_database, tmp_path))
    with closing(sqlite3.connect(target)) as db, db:
        db.execute("DELETE FROM border WHERE code = (SELECT code FROM place WHERE id = 'ommen')")
    with opened(target) as changed:
        figure, chart = draw(changed, "meldingen", "ijsselland")
    assert len(chart.areas) == 10
    assert rows(chart)
    assert "Niet op de kaart: Ommen." in figure.caveats


def test_the_borders_of_the_country_are_small_on_the_wire(dataset: Dataset) -> None:
    _, country = draw(dataset, "meldingen", "nederland")
    _, region = draw(dataset, "meldingen", "ijsselland")
    assert sum(len(row["path"]) for row in rows(country)) < 20_000
    assert sum(len(row["path"]) for row in rows(region)) < 5_000


def test_on_a_phone_a_map_is_as_high_as_it_is_drawn(dataset: Dataset) -> None:
    """It stood in the middle of 560 pixels, with as much air above and below it as it was high."""
    figure, chart = draw(dataset, "meldingen", "ijsselland")
    (tall,) = {row["tall"] for row in rows(chart) if row["tall"]}
    box = Box.around([area.border.box for area in chart.areas])
    assert tall == pytest.approx((box.south - box.north) / (box.east - box.west) / 0.96)
    heights = {}
    for width in (320, 900):
        svg = image.draw_chart_svg(figure, width)
        heights[width] = float(re.findall(r'height="([\d.]+)"', svg)[0])
    assert heights[320] == pytest.approx(320 * tall, abs=40)
    assert heights[900] == pytest.approx(560, abs=20)


def test_a_number_that_reaches_over_its_border_stands_on_the_colour_of_its_own_area(dataset: Dataset) -> None:
    """White numbers of small dark areas stood half on pale ones."""
    figure, chart = draw(dataset, "meldingen", "ijsselland")
    texts = re.findall(r"<text[^>]*>[^<]*</text>", image.draw_chart_svg(figure, 900))
    for area in chart.areas:
        around = [text for text in texts if f'stroke="{theme.COLOURS[area.role]}"' in text and f">{area.text}<" in text]
        assert around, area.name
