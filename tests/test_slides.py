"""A deck as PowerPoint: its charts are charts with the numbers of the figure, and nothing is left behind."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, zip_longest
from typing import Any

import openpyxl
import pytest
from decks import DORDRECHT, LINE, NORMS, ZWOLLE, figure_of, firsts
from marks import marks_of, reword
from pptx import Presentation
from pptx.util import Pt

from vt.figures.answers import Dataset
from vt.figures.chart import (
    AreaMap,
    Bar,
    BarChart,
    Line,
    NumberChart,
    Part,
    Point,
    RankChart,
    Role,
    Row,
    Segment,
    TrendChart,
    Whole,
    WholeChart,
)
from vt.figures.deck import Deck, Question, Slide, group_slides, title_groups
from vt.figures.figure import FLAG_SIGN, Figure, Flag, Source, Subject, cite
from vt.figures.notices import Notice, Reason
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.signs import name_contested
from vt.model.hidden import Shielding, Suppression
from vt.model.measures import Measure
from vt.model.period import Period
from vt.render import theme
from vt.render.pptx import write_pptx
from vt.render.pptx_chart import part_rows, plan_charts
from vt.render.pptx_table import add_table
from vt.render.pptx_theme import Box, name_colour
from vt.render.text import text_width

TWO = Selection(gemeenten=("zwolle", "deventer"), measure=Measure.AANDEEL_REGIO)
BY_RATE = Selection(measure=Measure.PER_1000)
TWO_RATES = replace(TWO, measure=Measure.PER_1000)
Asked = FigureRequest
ASKED = {
    "one series": (
        Asked("categories", ("meldingen_professionals_functie",)),
        replace(ZWOLLE, gemeenten=("deventer",), shielding=Shielding.NONE),
    ),
    "two years": (Asked("categories", ("meldingen_professionals",)), ZWOLLE),
    "parts": (Asked("categories", ("meldingen_naar_melder",)), DORDRECHT),
    "bounds": (Asked("categories", ("meldingen_particulieren",)), TWO),
    "too many for one": (Asked("categories", ("meldingen_professionals_functie",)), TWO),
    "norm": (Asked("norms", NORMS, "Diensten op tijd"), ZWOLLE),
    "lines": (Asked("ranking", ("meldingen",)), replace(BY_RATE, gemeenten=("zwolle",))),
    "bars with and without parts": (Asked("places", ("meldingen",)), BY_RATE),
    "columns": (Asked("series", ("meldingen",)), DORDRECHT),
    "line": LINE,
    "tiles": (Asked("tiles", ("meldingen",), "", "ijsselland"), BY_RATE),
}
NATIVE = [name for name in ASKED if name not in ("tiles", "two years", "bars with and without parts")]  # bars and lines
HOSTILE = "=HYPERLINK(\"http://x\")\x00\x0b\x1f <script>alert('&')</script> \ud800\ufffe"


@pytest.fixture(scope="module")
def figures(dataset: Dataset) -> dict[str, Figure]:
    return dict(zip(ASKED, firsts(dataset, ASKED.values()), strict=True))


@pytest.fixture(scope="module")
def pages(figures: dict[str, Figure]) -> dict[str, Any]:
    """The slide of each figure, out of one deck that is read back."""
    small = [name for name, figure in figures.items() if Slide(figure).is_small]
    large = [name for name in figures if name not in small]
    order = [name for pair in zip_longest(large, small) for name in pair if name]  # small ones would stand together
    made = _opened(_deck(*(Slide(figures[name]) for name in order)))
    return dict(zip(order, list(made.slides)[3:], strict=False))


def _deck(*slides: Slide, **given: Any) -> Deck:
    standard: dict[str, Any] = {
        "title": "Veilig Thuis in Zwolle",
        "subtitle": "Zwolle en IJsselland",
        "filters": "Gemeente: Zwolle · periode: nieuwste",
        "link": "https://cijfers.example.nl/instroom?gemeente=Zwolle&weergave=Aantal",
        "data_version": "a1b2c3",
        "made_on": date(2026, 11, 22),
    }
    return Deck(slides=slides, **{**standard, **given})


def _opened(deck: Deck) -> Any:
    return Presentation(io.BytesIO(write_pptx(deck)))


def _charts(page: Any) -> list[Any]:
    return [shape.chart for shape in page.shapes if shape.has_chart]


def _texts(page: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame).replace("\xa0", " ")


def _series(chart: Any) -> Iterator[Any]:
    for plot in chart.plots:
        yield from plot.series


def _fills(chart: Any) -> set[tuple[str, ...]]:
    """The colours of series and points: a place in the theme, and how light that is made."""
    found = chart._chartSpace.xpath("//c:ser/c:spPr//a:schemeClr | //c:ser/c:dPt//a:solidFill/a:schemeClr")
    return {
        (
            each.get("val"),
            int(each.xpath("string(a:lumMod/@val)") or 1e5),
            int(each.xpath("string(a:lumOff/@val)") or 0),
        )
        for each in found
    }


def _lengths(figure: Figure) -> list[float]:
    """The lengths of all segments of a chart of which the number is known."""
    marks = [mark for mark in marks_of(figure) if getattr(mark, "start", None) is not None]
    marks = [mark for mark in marks if not mark.text.endswith(tuple(map(str, Suppression)))]
    return [mark.end - mark.start for mark in marks if getattr(mark, "series", "") or getattr(mark, "place", "")]


# --- charts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NATIVE)
def test_a_chart_can_be_edited_and_holds_every_number_of_the_figure(
    name: str, figures: dict[str, Figure], pages: dict[str, Any]
) -> None:
    charts = _charts(pages[name])
    assert charts
    drawn = [
        value
        for chart in charts
        for series in _series(chart)
        if _is_bar(series)
        for value in series.values
        if value is not None
    ]
    missing = [
        length for length in _lengths(part_rows(figures[name])[0]) if not any(abs(length - v) < 1e-9 for v in drawn)
    ]
    assert missing == []


def _is_bar(series: Any) -> bool:
    return not series._element.xpath("c:spPr/a:noFill")


@pytest.mark.parametrize("name", NATIVE)
def test_the_sheet_behind_a_chart_is_what_the_chart_shows(name: str, pages: dict[str, Any]) -> None:
    for chart in _charts(pages[name]):
        categories = list(chart.plots[0].categories)
        rows = [list(row) for row in _sheet(chart, data_only=True).values][: len(categories) + 1]
        assert [row[0] or "" for row in rows[1:]] == categories
        for series in _series(chart):
            column = rows[0].index(series.name)
            values = [row[column] for row in rows[1:]]
            assert [v is None for v in values] == [v is None for v in series.values]
            assert [v for v in values if v is not None] == pytest.approx([v for v in series.values if v is not None])


def _sheet(chart: Any, data_only: bool = False) -> Any:
    blob = chart.part.chart_workbook.xlsx_part.blob
    return openpyxl.load_workbook(io.BytesIO(blob), data_only=data_only).active


def _texts_of_cells(series: Any) -> tuple[dict[str, str], str]:
    """The texts at the bars of a series by their number, and the cells that they come from."""
    (kept,) = series._element.xpath(".//*[local-name()='datalabelsRange']") or [None]
    if kept is None:
        return {}, ""
    points = kept.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}pt")
    where = kept[0].text.partition("!")[2].replace("$", "")
    return {point.get("idx"): point[0].text for point in points}, where


@pytest.mark.parametrize("name", NATIVE)
def test_texts_at_bars_come_from_cells_and_are_worked_out_of_the_numbers(name: str, pages: dict[str, Any]) -> None:
    worked_out = 0
    for chart in _charts(pages[name]):
        shown, formulas = _sheet(chart, data_only=True), _sheet(chart)
        for series in _series(chart):
            texts, where = _texts_of_cells(series)
            fields = series._element.xpath('.//c:dLbl[.//a:fld[@type="CELLRANGE"]]')
            written = {each.xpath("string(c:idx/@val)"): each.xpath("string(.//a:t)") for each in fields}
            assert written.items() <= texts.items(), "who does not read cells reads the same"
            if texts:
                assert {str(n): cell.value for n, (cell,) in enumerate(shown[where]) if cell.value} == texts
                worked_out += sum(str(cell.value).startswith("=") for (cell,) in formulas[where])
    assert bool(worked_out) == (name in ("parts", "bounds", "one series", "too many for one", "norm", "line"))


def test_notes_say_which_numbers_do_not_follow_their_value(pages: dict[str, Any]) -> None:
    fixed = {name: any(c._chartSpace.xpath("//c:dLbl//a:t") for c in _charts(pages[name])) for name in NATIVE}
    said = {name: "Tekst bij" in pages[name].notes_slide.notes_text_frame.text for name in NATIVE}
    assert said == fixed
    assert set(said.values()) == {True, False}


def test_parts_are_stacked_to_the_total_of_the_table(figures: dict[str, Figure], pages: dict[str, Any]) -> None:
    (chart,) = _charts(pages["parts"])
    by_name = {series.name: series.values for series in _series(chart)}
    assert list(by_name) == [text for _, text in figures["parts"].legend] + ["Totaal"]
    rows = {row[0]: row for row in figures["parts"].table.rows}
    for n, category in enumerate(chart.plots[0].categories):
        parts = [values[n] or 0 for name, values in by_name.items() if name != "Totaal"]
        assert parts == list(rows[category][1:4])
        assert sum(parts) == by_name["Totaal"][n] == rows[category][4]


@pytest.mark.parametrize("name", NATIVE)
def test_every_colour_of_the_figure_is_in_its_chart(
    name: str, figures: dict[str, Figure], pages: dict[str, Any]
) -> None:
    chart = part_rows(figures[name])[0].chart
    wanted = {name_colour(theme.COLOURS[role]) for role in chart.roles | chart.roles_of_lines}
    assert wanted <= {colour for chart in _charts(pages[name]) for colour in _fills(chart)}


@pytest.mark.parametrize("name", NATIVE)
def test_the_first_bar_is_at_the_top_and_the_axis_begins_at_zero(name: str, pages: dict[str, Any]) -> None:
    for chart in _charts(pages[name]):
        assert chart.value_axis.minimum_scale == 0
        assert chart.value_axis.has_major_gridlines == (name == "line")
        assert chart.category_axis.reverse_order == (name not in ("columns", "line"))
        assert chart.font.size >= Pt(9)


@pytest.mark.parametrize("name", NATIVE)
def test_no_number_text_is_lost(name: str, figures: dict[str, Figure], pages: dict[str, Any]) -> None:
    """What PowerPoint cannot write from the value stands there as text; the rest has a format of its own."""
    written = {text for chart in _charts(pages[name]) for text in chart._chartSpace.xpath("//c:dLbl//a:t/text()")}
    texts = (
        f"{mark.text} ({mark.share})" if getattr(mark, "share", "") else mark.text
        for mark in marks_of(part_rows(figures[name])[0])
        if mark.text
    )
    special = {text for text in texts if re.search(r"[°*<(]|\d-\d|%-", text)}
    assert {text for text in special if not written & {text, text.rpartition(": ")[2]}} == set()
    codes = {code for chart in _charts(pages[name]) for code in chart._chartSpace.xpath("//c:dLbls//@formatCode")}
    assert codes <= {"General", "[$-413]#,##0", "[$-413]#,##0.0", "[$-413]#,##0.00", '[$-413]0"%"'}


def test_bounds_stay_bounds(figures: dict[str, Figure], pages: dict[str, Any]) -> None:
    (chart,) = _charts(pages["one series"])
    assert "0-10" in {mark.text for mark in marks_of(figures["one series"])}
    drawn = chart._chartSpace.xpath("//c:dLbl//a:t/text()")
    beside = [text for row in _table(pages["one series"]) for text in row]
    assert [*drawn, *beside].count("0-10") == 1
    (plan,) = plan_charts(figures["one series"], 500)
    assert "Totaal, ten hoogste" in [series.name for series in plan.series]


def test_a_norm_is_drawn_at_its_value(pages: dict[str, Any]) -> None:
    (chart,) = _charts(pages["norm"])
    by_name = {series.name: series for series in _series(chart)}
    norm = by_name["norm 80%"]
    assert set(norm.values) == {80}
    assert {int(stop) for stop in norm._element.xpath("c:spPr//a:gs[.//a:alpha]/@pos")} == {0, 99_000}
    first, second = chart._chartSpace.xpath("//c:valAx")
    assert first.xpath("c:scaling/c:max/@val") == second.xpath("c:scaling/c:max/@val")
    assert "norm 80%" in _texts(pages["norm"])


def test_reference_lines_are_drawn_at_their_values(figures: dict[str, Figure], pages: dict[str, Any]) -> None:
    (chart,) = _charts(pages["lines"])
    values = {series.name: series.values[0] for series in _series(chart)}
    drawn = figures["lines"].chart
    assert isinstance(drawn, RankChart)
    assert {rule.label: rule.value for rule in drawn.rules}.items() <= values.items()
    assert all(rule.label in _texts(pages["lines"]) for rule in drawn.rules)
    assert drawn.rules


def _table(page: Any) -> list[list[str]]:
    """What stands beside a chart of eight groups."""
    (table,) = [shape.table for shape in page.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_chart_has_eight_groups_and_the_others_stand_in_a_table_beside_it(
    figures: dict[str, Figure], pages: dict[str, Any]
) -> None:
    for name in ("one series", "too many for one"):
        (chart,) = _charts(pages[name])
        rows = figures[name].chart.rows
        head, *rest = _table(pages[name])
        assert [row[0] for row in rest] == [row.label for row in rows[8:]]
        assert [row[1:] for row in rest] == [[bar.said for bar in row.bars] for row in rows[8:]]
        assert all(row.label in " ".join(chart.plots[0].categories) for row in rows[:8])
        assert head[1:] == ([bar.name or bar.segments[0].series for bar in rows[0].bars] if head[2:] else ["aantal"])


def test_no_table_beside_a_chart_has_one_or_two_rows_or_a_chosen_place() -> None:
    names = tuple("abcdefghijkl")
    rows = tuple(Row(n, (Bar("", "6", (Segment(Role.THIS, n, 6),), place=n),)) for n in names)
    for count, drawn in ((10, "abcdefghij"), (11, "abcdefgk"), (12, "abcdefkl")):
        chosen = Selection(gemeenten=("k", "l"))
        figure = replace(figure_of(("a", 6, None)), chart=BarChart(rows[:count], of_places=True), selection=chosen)
        shown, rest = part_rows(figure)
        assert isinstance(shown.chart, BarChart)
        assert "".join(row.label for row in shown.chart.rows) == drawn
        assert [row[0] for row in rest[1:]] == [name for name in names[:count] if name not in drawn]


def test_a_year_is_named_a_gap_where_it_is_one_of_every_chosen_place(figures: dict[str, Figure]) -> None:
    def draw(role: Role, *texts: str) -> Line:
        years = zip((Period.parse(year) for year in ("2019", "2020", "2021")), texts, strict=True)
        return Line(role, role, tuple(Point(at, text, float(text) if text.isdigit() else None) for at, text in years))

    other, own = draw(Role.OTHERS, "geen cijfer", "5", "6"), draw(Role.THIS, "7", "geheim", "8")
    first, second = draw(Role.PLACE_1, "7", "geheim", "8"), draw(Role.PLACE_2, "geen cijfer", "geheim", "8")
    for lines in ((other, own), (other, first, second)):
        (plan,) = plan_charts(replace(figures["line"], chart=TrendChart(lines)), 300)
        assert plan.categories == ("2019", "2020 (geheim)", "2021")


def test_a_number_in_what_is_not_published_can_be_read() -> None:
    parts = (Part(Role.THIS, "Politie", 15, "15", ""), Part(Role.UNKNOWN, "niet apart gepubliceerd", 50, "50", ""))
    figure = replace(figure_of(("a", 65, None)), chart=WholeChart((Whole("", "65", parts),)))
    page = _opened(_deck(Slide(figure))).slides[1]
    (chart,) = _charts(page)
    (lighter,) = {int(darker) for name, darker, _ in _fills(chart) if name == "bg1" and int(darker) < 1e5}
    grey = "#" + f"{round(255 * lighter / 1e5):02X}" * 3
    assert theme.contrast(theme.ink_on(theme.COLOURS[Role.UNKNOWN]), grey) >= 4.5


def test_what_a_screen_has_no_room_for_stands_in_the_table(dataset: Dataset) -> None:
    asked = [
        (Asked("categories", ("adviezen_naar_adviesvrager",)), DORDRECHT),
        (Asked("categories", ("overdrachtspartijen",)), Selection(gemeenten=("deventer", "zwolle", "kampen"))),
    ]
    bars, heat = firsts(dataset, asked)
    assert bars.beneath[0] == "Niet getekend bij adviezen naar adviesvrager: anderen."
    pages = list(_opened(_deck(Slide(bars), Slide(heat))).slides)[2:4]
    tables = [{text for row in _table(page) for text in row} for page in pages]
    assert "Anders" in tables[0]
    assert {"Leerplicht", "Gezondheidszorg"} <= tables[1]
    assert not [page for page in pages if "Niet getekend" in _texts(page)]
    for shape in (shape for page in pages for shape in page.shapes if shape.has_table):
        assert _least_size(shape) >= 12


def _least_size(shape: Any) -> float:
    cells = (cell for row in shape.table.rows for cell in row.cells)
    return min(run.font.size.pt for cell in cells for p in cell.text_frame.paragraphs for run in p.runs)


def test_no_table_of_a_small_figure_is_too_small_to_be_read(dataset: Dataset) -> None:
    asked = [Asked("places", (name,)) for name in ("voorwaarden_en_vervolg", "onderzoeken", "directe_overdrachten")]
    page = _opened(_deck(*map(Slide, firsts(dataset, ((each, DORDRECHT) for each in asked))))).slides[2]
    assert all(_least_size(shape) >= 12 for shape in page.shapes if shape.has_table)


def test_a_table_breaks_no_word_and_no_number() -> None:
    page = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    rows = [["De andere", "aantal"], ["Kinderopvang: leidinggevende", "0 tot en met 4"], ["Sociaal team", "1.326 ≠"]]
    add_table(page, "De andere", rows, 1, Box(0, 0, 240, 300))
    (table,) = [shape.table for shape in page.shapes]
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            run = cell.text_frame.paragraphs[0].runs[0]
            for text in [cell.text] if column else cell.text.split():
                assert text_width(text, run.font.size.pt, bool(run.font.bold)) < table.columns[column].width.pt - 6


def test_a_contested_number_without_a_sign_is_named_below(pages: dict[str, Any]) -> None:
    assert "≠ omstreden in de bron: IJsselland" in _texts(pages["lines"])


def test_a_contested_total_is_named_below(figures: dict[str, Figure]) -> None:
    figure = figures["one series"]
    row = min(figure.table.totals)
    doubted = replace(figure, flags=(Flag("De som klopt niet.", "", frozenset({(row, 1)})),))
    assert "≠ omstreden in de bron: Totaal" in name_contested(doubted, {"551"})


def test_a_contested_part_of_a_total_is_named_and_the_total_is_not(pages: dict[str, Any]) -> None:
    named = "≠ omstreden in de bron: kindermishandeling en huiselijk geweld in Totaal"
    assert [line for line in re.split(" · |\n", _texts(pages["parts"])) if line.startswith("≠")] == [named]


@pytest.mark.parametrize(
    ("columns", "named"),
    [({1}, "Totaal in 2021"), ({2}, "Totaal in 2020"), ({1, 2, 4}, "Totaal")],
)
def test_a_contested_year_of_a_total_is_named(figures: dict[str, Figure], columns: set[int], named: str) -> None:
    figure = figures["two years"]
    (row,) = figure.table.totals
    doubted = replace(figure, flags=(Flag("Dat klopt niet.", "", frozenset((row, column) for column in columns)),))
    assert list(name_contested(doubted, {"551"})) == [f"≠ omstreden in de bron: {named}"]


def test_of_a_contested_sum_of_the_year_before_the_year_is_named(dataset: Dataset) -> None:
    asked = Asked("groups", ("adviezen_particulieren", "adviezen_professionals"), "Adviesvragers")
    (figure,) = firsts(dataset, [(asked, Selection(region="ijsselland"))])
    assert [figure.table.rows[row][column] for row, column in figure.doubted] == [2984]
    assert list(name_contested(figure, {"3.485"})) == ["≠ omstreden in de bron: Totaal in 2020"]


def test_a_contested_period_is_named_where_rows_are_periods(figures: dict[str, Figure]) -> None:
    doubted = replace(figures["line"], flags=(Flag("Dat klopt niet.", "", frozenset({(0, 2)})),))
    assert list(name_contested(doubted, {"551"})) == [
        "≠ omstreden in de bron: Nederland in de eerste helft van 2019",
    ]


def test_a_legend_lists_what_is_drawn(dataset: Dataset) -> None:
    (figure,) = firsts(dataset, [(Asked("categories", ("onderzoek_uitkomst",)), DORDRECHT)])
    assert len(figure.legend) == 3
    assert [text for _, text in figure.drawn_legend] == ["Kindermishandeling"]


def test_a_number_that_a_line_would_cross_stands_within_its_bar_in_ink_that_is_read_there(
    pages: dict[str, Any],
) -> None:
    (chart,) = _charts(pages["norm"])
    labels = {each.xpath("string(.//a:t)"): each for each in chart._chartSpace.xpath("//c:dLbl")}
    moved = {text: float(each.xpath(".//c:x/@val")[0]) for text, each in labels.items() if each.xpath(".//c:x/@val")}
    assert set(moved) == {"68% (12 punten te kort)", "64% (16 punten te kort)"}
    assert all(-0.4 < away < 0 for away in moved.values())
    inks = {text: labels[text].xpath(".//a:rPr//a:schemeClr/@val") for text in labels}
    assert {text for text, ink in inks.items() if ink == [name_colour(theme.PAPER)[0]]} == set(moved)


def test_a_number_at_a_short_bar_stands_beyond_the_line_that_would_cross_it(figures: dict[str, Figure]) -> None:
    norm = figures["norm"]
    assert isinstance(norm.chart, BarChart)
    rules = tuple(rule._replace(value=3) for rule in norm.chart.rules)
    rows = tuple(
        row._replace(bars=tuple(bar._replace(segments=(bar.segments[0]._replace(value=2),)) for bar in row.bars))
        for row in norm.chart.rows
    )
    (chart,) = _charts(_opened(_deck(Slide(replace(norm, chart=BarChart(rows, rules, most=10))))).slides[1])
    moved = [float(each) for each in chart._chartSpace.xpath("//c:dLbl//c:x/@val")]
    assert moved
    assert all(0 < away < 0.5 for away in moved)


def test_numbers_stand_where_a_chart_leaves_room(dataset: Dataset, pages: dict[str, Any]) -> None:
    """Below one bar of a hundred percent its parts; beside a map its places, from high to low."""
    deck = _deck(*map(Slide, firsts(dataset, [(Asked("places", ("meldingen",)), DORDRECHT)])))
    (shape,) = [shape for shape in _opened(deck).slides[1].shapes if shape.has_table]
    kinds = ["Kindermishandeling", "Huiselijk geweld", "Ouderenmishandeling"]
    assert _columns(shape)[0] == ["Meldingen", *kinds, "Samen"]
    assert _columns(shape)[1:] == [
        ["Getal", "447\xa0≠", "95\xa0≠", "8", "550\xa0≠"],
        ["Aandeel", "81%", "17%", "1,5%", ""],
    ]
    (shape,) = [shape for shape in pages["tiles"].shapes if shape.has_table]
    assert _columns(shape)[0][:3] == ["Plaats", "Kampen", "Steenwijkerland"]


def _columns(shape: Any) -> list[list[str]]:
    rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
    return [list(column) for column in zip(*rows, strict=True)]


def test_lines_of_gemeenten_bear_their_names(dataset: Dataset) -> None:
    (figure,) = build_figures(dataset, Asked("trends", ("meldingen",)), TWO_RATES)
    (plan,) = plan_charts(figure, 400)
    told = [s.label(p) for s in plan.series for p in s.points if p and p.text]
    assert told == ["Deventer 5,0, Zwolle 5,0", "IJsselland: 4,4 ≠", "Nederland: 6,8"]


def test_key_figures_come_first(figures: dict[str, Figure]) -> None:
    page = _opened(_deck(*map(Slide, figures.values()))).slides[1]
    head, *rows = _table(page)
    assert head == ["Cijfer", "Plaats", "Periode", "Getal", "Jaar eerder"]
    assert ["Meldingen", "Dordrecht", "2e kwartaal 2021", "308", ""] in rows
    assert "Van elke plaats het nieuwste getal in deze presentatie, niet omgerekend" in _texts(page)
    assert "Bron: Veilig Thuis" in _texts(page)
    assert "Veilig Thuis IJsselland" in page.notes_slide.notes_text_frame.text


def test_small_figures_stand_together(figures: dict[str, Figure]) -> None:
    small = Slide(figures["columns"])
    assert [len(group) for group in group_slides([small, small, Slide(figures["norm"]), small])] == [2, 1, 1]
    few = replace(figures["parts"], chart=BarChart(figures["parts"].chart.rows[:1]), beneath=())
    assert Slide(few).is_small
    assert not Slide(replace(few, beneath=("Niet getekend: buren.",))).is_small
    titles = title_groups([[small, small], [small], [small, small], [small, small]])
    assert len(set(titles)) == 4
    assert all(title.startswith("Meldingen: Dordrecht") for title in (titles[0], *titles[2:]))
    page = _opened(_deck(*[small] * 4)).slides[1]
    assert len(_charts(page)) == 4
    assert _texts(page).count(small.title) == 4
    shapes = [shape for shape in page.shapes if not shape.is_placeholder]
    for one, other in combinations(shapes, 2):
        is_apart = one.left + one.width <= other.left or other.left + other.width <= one.left
        assert is_apart or one.top + one.height <= other.top or other.top + other.height <= one.top


def test_a_figure_of_nothing_is_a_sentence(figures: dict[str, Figure]) -> None:
    empty = replace(figures["two years"], chart=BarChart(()), sentences=("Niemand.",))
    page = _opened(_deck(Slide(empty))).slides[1]
    assert not _charts(page)
    assert "Niemand." in _texts(page)
    assert _texts(page).count(empty.title) == 1


def test_hidden_numbers_are_no_larger_than_a_heading_and_no_slide_is_of_general_texts(dataset: Dataset) -> None:
    ommen = Selection(gemeenten=("ommen",), shielding=Shielding.ALL)
    asked = [Asked("places", (name,)) for name in ("onderzoeken", "huisverboden", "voorwaarden_en_vervolg")]
    page = _opened(_deck(*map(Slide, firsts(dataset, ((each, ommen) for each in asked))))).slides[2]
    numbers = [shape.text_frame.text for shape in page.shapes if shape.name in ("Getal", "Verschil")]
    assert numbers == ["<5", "<5 in 2020", "<5", "0 in 2020", "afgeschermd", "afgeschermd in 2020"]
    sizes = [run.font.size.pt for s in page.shapes if s.name == "Getal" for run in s.text_frame.paragraphs[0].runs]
    assert max(sizes) <= 36
    assert "Kleine aantallen zijn afgeschermd" not in _texts(page)
    alone = _opened(_deck(*map(Slide, firsts(dataset, [(asked[0], ommen)])))).slides[1]
    assert ["Jaar eerder", "<5"] in _table(alone), "no slide of one word"


def test_many_numbers_beside_a_map_stand_in_two_tables_of_one_size_that_can_be_read(figures: dict[str, Figure]) -> None:
    chart = figures["tiles"].chart
    assert isinstance(chart, AreaMap)
    numbered = [area for area in chart.areas if area.text]
    for count in (18, 26):
        areas = [numbered[n % len(numbered)]._replace(place=f"g-{n}", name=f"Plaats {n}") for n in range(count)]
        page = _opened(_deck(Slide(replace(figures["tiles"], chart=replace(chart, areas=tuple(areas)))))).slides[1]
        tables = [shape.table for shape in page.shapes if shape.has_table]
        assert [len(table.rows) for table in tables] == [count // 2 + 1] * 2
        cells = [cell for table in tables for row in table.rows for cell in row.cells]
        sizes = {run.font.size.pt for cell in cells for run in cell.text_frame.paragraphs[0].runs}
        assert len(sizes) == 1
        assert min(sizes) >= 12


def test_a_hidden_number_is_no_0_in_a_chart_or_its_sheet_and_its_label_says_why(figures: dict[str, Figure]) -> None:
    def bar(name: str, text: str, *values: float | None) -> Bar:
        return Bar(
            name, text, tuple(Segment(role, role, n) for role, n in zip((Role.KM, Role.HG), values, strict=False))
        )

    two = BarChart(
        (Row("Huisarts", (bar("2021", "10", 10), bar("2020", "<5", None))), Row("GGD", (bar("", "<5", None),)))
    )
    parts = BarChart((Row("Huisarts", (bar("", "10", 4, 6),)), Row("GGD", (bar("", "<5", None, 2),))))
    of_parts = BarChart((*parts.rows, Row("Politie", (bar("", "afgeschermd", None),))))
    for chart, categories in (
        (two, ["Huisarts (2020: <5)", "GGD (<5)"]),
        (of_parts, ["Huisarts", "GGD (<5)", "Politie (afgeschermd)"]),
    ):
        (made,) = _charts(_opened(_deck(Slide(replace(figures["parts"], chart=chart, legend=())))).slides[1])
        assert list(made.plots[0].categories) == categories
        assert [cell.value for cell in _sheet(made)["A"][1:]] == categories
        values = [value for series in _series(made) for value in series.values]
        assert 0 not in values
        assert 0 not in [cell for row in _sheet(made, data_only=True).values for cell in row]


def test_a_large_number_bears_its_sign_and_stays_in_its_place(figures: dict[str, Figure]) -> None:
    hidden = NumberChart(Bar("2021", "afgeschermd", ()), None, "", sign=f" {FLAG_SIGN}")
    page = _opened(_deck(*[Slide(replace(figures["columns"], chart=hidden, legend=()))] * 4)).slides[1]
    numbers = [shape for shape in page.shapes if shape.name == "Getal"]
    assert {shape.text_frame.text for shape in numbers} == {f"afgeschermd {FLAG_SIGN}"}
    size = numbers[0].text_frame.paragraphs[0].runs[0].font.size
    assert text_width(numbers[0].text_frame.text, size.pt, is_bold=True) <= numbers[0].width.pt


def test_a_deck_has_parts(figures: dict[str, Figure]) -> None:
    made = _opened(_deck(Slide(figures["norm"]), Slide(figures["parts"])))
    xml = made.part._element.xpath(".//*[local-name()='section']")
    parts = {
        each.get("name"): [int(one.get("id")) for one in each.iter() if one.tag.endswith("}sldId")] for each in xml
    }
    assert list(parts) == ["Samenvatting", "Figuren", "Bronnen"]
    assert [id_ for ids in parts.values() for id_ in ids] == [slide.slide_id for slide in made.slides]


def test_a_map_is_a_picture(pages: dict[str, Any], figures: dict[str, Figure]) -> None:
    (picture,) = [shape for shape in pages["tiles"].shapes if shape.shape_type == 13]
    assert picture._element.xpath(".//p:cNvPr/@descr") == [figures["tiles"].alt]
    assert not _charts(pages["tiles"])
    assert picture.width > Pt(400)


# --- slides ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_a_slide_says_all_that_goes_with_its_numbers(
    name: str, figures: dict[str, Figure], pages: dict[str, Any]
) -> None:
    figure, said = figures[name], _texts(pages[name])
    assert pages[name].shapes.title.text_frame.text == figure.title
    assert figure.subtitle in said
    drawn = part_rows(figure)[0].drawn_legend
    assert [text in said for _, text in figure.legend] == [entry in drawn for entry in figure.legend]
    assert all(source in said for source in cite(figure.sources))
    assert all(notice[1:] in said for notice in figure.notice_texts)
    assert all(f"≠ {flag.text}" not in said for flag in figure.flags), "what the checks found stands in the notes"
    notes = pages[name].notes_slide.notes_text_frame.text
    assert all(f"≠ {flag.text}" in notes for flag in figure.flags)
    assert "Gemeente: Zwolle" not in said, "a slide says what it shows itself, not what was chosen for all"


@pytest.mark.parametrize("name", ASKED)
def test_every_drawing_has_its_alt_text(name: str, figures: dict[str, Figure], pages: dict[str, Any]) -> None:
    drawings = [s for s in pages[name].shapes if s.has_chart or s.shape_type == 13]
    assert drawings
    assert all(s._element.xpath(".//p:cNvPr/@descr")[0].startswith(figures[name].alt) for s in drawings)


@pytest.mark.parametrize("name", ASKED)
def test_nothing_lies_outside_the_slide_or_over_its_neighbour(name: str, pages: dict[str, Any]) -> None:
    shapes = sorted((s for s in pages[name].shapes if s.height), key=lambda s: s.top)
    columns = [s for s in shapes if s.left < Pt(40)]
    assert all(s.left >= 0 and s.left + s.width <= Pt(960) and s.top + s.height <= Pt(540) for s in shapes)
    stacked = [s for s in columns if not (s.is_placeholder and "SLIDE_NUMBER" in str(s.placeholder_format.type))]
    assert all(above.top + above.height <= below.top for above, below in pairwise(stacked))


def test_notes_say_what_is_spoken_first(figures: dict[str, Figure]) -> None:
    figure = replace(
        figures["columns"],
        beneath=(),
        sentences=("Meer woorden.",),
        caveats=("Een kanttekening.",),
        notices=(Notice(Reason.ONLY_GEWELD, ("Zwolle",), shown="iets anders"),),
        flags=(Flag("Tabel 1 zegt 4, tabel 2 zegt 5.", "x", frozenset()),),
    )
    page = _opened(_deck(Slide(figure, "Eigen titel", "Eerst dit.\nDan dat."))).slides[1]
    assert page.notes_slide.notes_text_frame.text.split("\n") == [
        "Eerst dit.",
        "Dan dat.",
        f"{figure.title}. Meer woorden.",
        "Een kanttekening.",
        "Voor Zwolle gaat deze telling alleen over iets anders.",
        "≠ Tabel 1 zegt 4, tabel 2 zegt 5.",
        *(f"Bron: {source}" for source in cite(figure.sources)),
    ]
    assert page.shapes.title.text_frame.text == "Eigen titel"
    assert "Voor Zwolle gaat deze telling alleen over iets anders." in _texts(page)


def test_a_long_deck_begins_with_what_is_in_it(figures: dict[str, Figure]) -> None:
    slides = [Slide(figure) for figure in figures.values()]
    contents = _opened(_deck(*slides)).slides[2]
    assert contents.shapes.title.text_frame.text.startswith("Inhoud")
    assert all(slide.title[:200] in _texts(contents) for slide in slides[:4])
    assert "Inhoud" not in _texts(_opened(_deck(*slides[:7])).slides[2])


def test_first_and_last_slide_say_where_it_comes_from(figures: dict[str, Figure]) -> None:
    deck = _deck(Slide(figures["parts"]), left_out=("Van Dordrecht is dit niet bekend.",))
    first, _, last = _opened(deck).slides
    assert _texts(first).split("\n") == [deck.title, deck.subtitle, deck.scope, "Gemaakt op 22 november 2026"]
    assert last.shapes.title.text_frame.text == "Bronnen"
    said = _texts(last)
    assert all(text in said for text in (*deck.sources, *deck.left_out, "a1b2c3", "22 november 2026", deck.filters))
    assert _links(last) == [deck.link]


def _links(page: Any) -> list[str]:
    frames = [shape.text_frame for shape in page.shapes if shape.has_text_frame]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    return [run.hyperlink.address for run in runs if run.hyperlink.address]


def test_parked_questions_come_before_the_sources_with_their_links(figures: dict[str, Figure]) -> None:
    asked = [Question(f"Vraag {n}: {'waarom ' * 12}?", f"https://cijfers.example.nl/?v={n}") for n in range(30)]
    slides = list(_opened(_deck(Slide(figures["norm"]), questions=tuple(asked))).slides)
    questions = [page for page in slides if page.shapes.title.text_frame.text.startswith("Geparkeerde vragen (")]
    assert slides[2:-1] == questions
    assert len(questions) > 1
    assert [link for page in questions for link in _links(page)] == [question.link for question in asked]
    assert all(question.text in "".join(map(_texts, questions)) for question in asked)


@pytest.mark.parametrize("link", ["/instroom?gemeente=Zwolle", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_only_a_web_address_is_a_link(link: str) -> None:
    last = list(_opened(_deck(link=link)).slides)[-1]
    assert _links(last) == []
    assert link in _texts(last)


def test_long_lists_of_sources_go_on_to_a_next_slide(figures: dict[str, Figure]) -> None:
    many = tuple(Source(f"r{n}", f"Rapport {n} " + "x" * 60, "Uitgever", "1", "", False) for n in range(40))
    slides = list(_opened(_deck(Slide(replace(figures["parts"], sources=many)))).slides)
    closing_pages = [page for page in slides if page.shapes.title.text_frame.text.startswith("Bronnen")]
    assert len(closing_pages) > 1
    assert all(f"Rapport {n} " in "".join(map(_texts, closing_pages)) for n in range(40))
    assert "Meer bronnen" in _texts(slides[1])


@pytest.mark.parametrize("name", ["norm", "tiles"])
def test_no_placeholder_is_left_empty_and_each_slide_has_a_title(name: str, figures: dict[str, Figure]) -> None:
    made = _opened(_deck(Slide(figures[name]), questions=(Question("Waarom?", "https://x.nl"),)))
    assert len(made.slides) == 4
    for page in made.slides:
        assert page.shapes.title.text_frame.text
        assert [shape.name for shape in page.placeholders if not shape.text_frame.text.strip()] == []
    assert (made.slide_width, made.slide_height) == (Pt(960), Pt(540))


def test_progress_is_told_after_each_slide(figures: dict[str, Figure]) -> None:
    done: list[int] = []
    write_pptx(_deck(Slide(figures["norm"]), Slide(figures["parts"]), Slide(figures["tiles"])), done.append)
    assert done == [1, 2, 3]


# What the colours of the template mean: it is drawn by hand, and these are those of the app.
SCHEME = {
    "dk1": theme.INK,
    "lt1": theme.PAPER,
    "dk2": theme.QUIET,
    "lt2": theme.COLOURS[Role.NO_DATA],
    "accent1": theme.ACCENT,
    "accent2": theme.COLOURS[Role.KM],
    "accent3": theme.COLOURS[Role.HG],
    "accent4": theme.COLOURS[Role.OM],
    "accent5": theme.COLOURS[Role.YEAR_BEFORE],
    "accent6": theme.COLOURS[Role.REGION],
    "hlink": theme.ACCENT,
    "folHlink": theme.COLOURS[Role.PLACE_2],
}


# --- the file --------------------------------------------------------------------------------------------------------


def test_every_meaning_has_a_colour_of_the_theme() -> None:
    assert {len(name_colour(colour)) for colour in (*theme.COLOURS.values(), theme.INK, theme.QUIET)} == {3}


def test_the_theme_holds_the_colours_and_type_of_the_app(figures: dict[str, Figure]) -> None:
    with zipfile.ZipFile(io.BytesIO(write_pptx(_deck(Slide(figures["norm"]))))) as file:
        themes = [file.read(name).decode() for name in file.namelist() if name.startswith("ppt/theme/")]
        xml = "".join(file.read(name).decode() for name in file.namelist() if re.match("ppt/.*xml$", name))
    assert len(themes) == 2
    for one in themes:
        scheme = one[one.index("<a:clrScheme") : one.index("</a:clrScheme")]
        assert dict(re.findall(r'<a:(\w+)>\s*<a:srgbClr val="(\w+)"/>', scheme)) == {
            name: colour[1:] for name, colour in SCHEME.items()
        }
        assert set(re.findall(r'<a:latin typeface="([^"]*)"', one)) == {"Arial"}
    assert "Calibri" not in xml
    assert set(re.findall(r'<a:rPr[^>]* lang="([^"]*)"', xml)) == {"nl-NL"}


def test_every_shape_has_a_number_of_its_own(pages: dict[str, Any]) -> None:
    for page in pages.values():
        numbers = page._element.xpath(".//p:cNvPr/@id")
        assert len(set(numbers)) == len(numbers)


def test_only_the_layouts_in_use_and_no_picture_of_a_template_go_along(figures: dict[str, Figure]) -> None:
    with zipfile.ZipFile(io.BytesIO(write_pptx(_deck(Slide(figures["norm"]))))) as file:
        names = file.namelist()
    assert sum(name.startswith("ppt/slideLayouts/slideLayout") for name in names) == 3
    assert not [name for name in names if "thumbnail" in name]


def test_the_file_says_what_it_is(figures: dict[str, Figure]) -> None:
    about = _opened(_deck(Slide(figures["norm"]))).core_properties
    assert (about.title, about.author, about.language) == ("Veilig Thuis in Zwolle", "Veilig Thuis-cijfers", "nl-NL")


def test_hostile_text_breaks_nothing(figures: dict[str, Figure]) -> None:
    for name in ("parts", "norm", "columns"):
        figure = _hostile(figures[name])
        deck = _deck(
            Slide(figure, HOSTILE * 20, HOSTILE),
            title=HOSTILE,
            subtitle=HOSTILE,
            filters=HOSTILE * 30,
            left_out=(HOSTILE * 99,),
            questions=(Question(HOSTILE, HOSTILE),),
        )
        page = _opened(deck).slides[1]
        assert "<script>" in page.shapes.title.text_frame.text
        assert len(page.shapes.title.text_frame.text) > 200
        assert page.notes_slide.notes_text_frame.text.count("<script>") > 20
        (chart,) = _charts(page)
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"n", "s", "f"}
        formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert all(set(re.findall("[A-Za-z]{2,}", formula)) <= {"SUM", "FIXED", "IF", "AND"} for formula in formulas)
        assert any(str(cell.value).startswith("=HYPERLINK") for cell in sheet["A"])


def _hostile(figure: Figure) -> Figure:
    return replace(
        figure,
        title=HOSTILE,
        subject=Subject(HOSTILE, (HOSTILE,), unit=HOSTILE),
        alt=HOSTILE,
        sentences=(HOSTILE,),
        chart=reword(figure.chart, lambda text: HOSTILE),
        legend=tuple((role, HOSTILE) for role, _ in figure.legend),
        caveats=(HOSTILE,),
        notices=(Notice(Reason.ABSENT, (HOSTILE,), HOSTILE),) * 20,
        flags=(Flag(HOSTILE * 30, "x", frozenset()),) * 20,
        sources=(Source("x", HOSTILE, HOSTILE, HOSTILE, HOSTILE, False),) * 3,
    )


def test_a_title_that_is_long_is_smaller_and_whole(figures: dict[str, Figure]) -> None:
    title = ("Zwolle: 646 meldingen in 2021, 15% minder dan in 2020; " * 6).strip()
    assert len(title) > 300
    page = _opened(_deck(Slide(figures["parts"], title))).slides[1]
    assert page.shapes.title.text_frame.text == title
    assert Pt(14) <= page.shapes.title.text_frame.paragraphs[0].runs[0].font.size < Pt(24)


def test_a_figure_without_sources_leaves_no_empty_footer(figures: dict[str, Figure]) -> None:
    page = _opened(_deck(Slide(replace(figures["parts"], sources=())), filters="")).slides[1]
    assert [shape.name for shape in page.placeholders if not shape.text_frame.text.strip()] == []


def test_a_figure_without_marks_and_a_deck_without_slides_are_made(figures: dict[str, Figure]) -> None:
    assert len(_opened(_deck()).slides) == 2
    assert not _charts(_opened(_deck(Slide(replace(figures["parts"], chart=BarChart(()))))).slides[1])


def test_a_page_that_offers_files_loads_no_heavy_library_before_one_is_made() -> None:
    libraries = ("pptx", "xlsxwriter", "vl_convert", "typst", "PIL.ImageFont")
    code = f"import sys, vt.web.downloads; print([name for name in {libraries} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"
