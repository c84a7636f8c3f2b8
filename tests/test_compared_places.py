"""Gemeenten beside each other: in rank, as dots, against what chance gives; each drawn as its numbers are."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from math import ceil, floor, log10

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from streamlit.testing.v1 import AppTest
from visits import visit

from vt.figures.answers import Dataset
from vt.figures.chart import DotStrip, Funnel, HeatMap, LeftOut, PairChart, RankChart, Role, Spot, TrendChart
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.model.measures import bound_by_chance, may_be_chance
from vt.model.period import Period
from vt.render import image, theme
from vt.render.pptx import write_pptx
from vt.render.sketch import MOST_ROWS, sketch
from vt.render.text import text_width
from vt.render.vega.dots import arrange
from vt.render.vega.forms import rows
from vt.render.vega.parts import CHART_SIZE
from vt.render.vega.trends import spread

DEVENTER = Selection(gemeenten=("deventer",))


def one(dataset: Dataset, form: str, indicator: str, selection: Selection) -> Figure:
    """The first figure: others are of what counts otherwise."""
    return build_figures(dataset, FigureRequest(form, (indicator,)), selection)[0]


def spots(figure: Figure) -> list[Spot]:
    return [row for row in figure.chart.rows if isinstance(row, Spot)]


def left_out(figure: Figure) -> list[str]:
    return [row.text for row in figure.chart.rows if isinstance(row, LeftOut)]


# --- in rank ---------------------------------------------------------------------------------------------------------


def test_a_rank_that_fits_a_window_leaves_out_nothing(dataset: Dataset) -> None:
    figure = one(dataset, "ranking", "meldingen", Selection(gemeenten=("dalfsen",)))
    assert len(spots(figure)) == 11
    assert not left_out(figure)
    assert [spot.name for spot in spots(figure) if spot.role is Role.THIS] == ["Dalfsen"]
    assert len(figure.table.rows) == 13, "all eleven stand in the table, with the region and Nederland"
    assert [figure.table.rows[n][0] for n in figure.table.own or ()] == ["Dalfsen"]


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


def test_what_a_rank_hides_is_counted_and_no_more(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("zwolle",), shielding=Shielding.ALL)
    figure = one(dataset, "ranking", "crisissituaties", asked)
    assert left_out(figure) == ["nog 2 gemeenten: afgeschermd"]
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


def test_a_rate_over_two_years_is_of_the_inhabitants_of_both(dataset: Dataset) -> None:
    figure = one(dataset, "ranking", "meldingen_professionals_functie", Selection(gemeenten=("hardenberg",)))
    assert figure.title.startswith("Hardenberg: 3,1 meldingen"), "384 of 60.948 and of 61.358; of the first alone 3,2"


def test_no_rate_over_two_years_where_the_inhabitants_of_one_are_not_known(dataset: Dataset) -> None:
    two = Period.parse("2019/2020")
    assert dataset.metadata.inhabitants("zwolle", Period.parse("2020"))
    assert dataset.metadata.inhabitants("zwolle", two) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=120), st.sampled_from([0.01, 0.04]))
def test_no_dot_is_on_another(values: list[float], diameter: float) -> None:
    placed = list(zip(values, arrange(values, diameter), strict=True))
    for n, (x, y) in enumerate(placed):
        for other_x, other_y in placed[n + 1 :]:
            assert ((x - other_x) / diameter) ** 2 + (y - other_y) ** 2 > 0.99


@given(st.lists(st.sampled_from([n / 40 for n in range(40)]), max_size=60), st.sampled_from([0.025, 0.03, 0.2]))
def test_a_dot_stands_as_near_the_middle_as_those_before_it_leave_room(values: list[float], diameter: float) -> None:
    placed: list[tuple[float, float]] = []
    for value, level in zip(values, arrange(values, diameter), strict=True):
        nearer = [sign * step / 2 for step in range(ceil(abs(level) * 2) + 1) for sign in (1, -1)]
        for tried in nearer[: nearer.index(level)]:
            assert any(((x - value) / diameter) ** 2 + (y - tried) ** 2 < 1 for x, y in placed)
        placed.append((value, level))


def test_the_names_above_and_below_the_dots_have_a_row_each(dataset: Dataset) -> None:
    figure = one(dataset, "dots", "meldingen", Selection(gemeenten=("deventer", "zwolle")))
    named = {row["text"]: row["row"] for row in rows(figure.chart) if row["kind"] in ("name", "line")}
    assert set(named) == {"Zwolle 5,0", "Deventer 5,0", "IJsselland 4,4", "Nederland 6,8"}
    dots = {row["row"] for row in rows(figure.chart) if row["kind"] == "dot"}
    assert len({*named.values(), *dots}) == 5


def list_crossed(drawn: tuple[Spot, ...], most: float) -> list[tuple[str, str]]:
    """Names with another one below, through which their line goes on a phone."""
    marks = rows(DotStrip(drawn, drawn, (), ((0, "0"), (most, str(most)))))
    named = [mark for mark in marks if mark["kind"] == "name"]
    wide = {mark["text"]: (text_width(mark["text"], CHART_SIZE, is_bold=True) + 6) / 300 * most for mark in named}
    begins = {m["text"]: m["at"] - (wide[m["text"]] if m["side"] == "right" else 0) for m in named}
    return [
        (above["text"], mark["text"])
        for mark in named
        for above in named
        if above["row"] < mark["row"] and 0.01 < above["at"] - begins[mark["text"]] < wide[mark["text"]] - 0.01
    ]


@settings(max_examples=40)
@given(st.lists(st.floats(3, 7.5), min_size=2, max_size=6))
def test_no_line_from_a_name_to_its_dot_goes_through_a_name_below_it(values: list[float]) -> None:
    assert not list_crossed(tuple(Spot(str(n), Role.THIS, "Olst-Wijhe", f"{n}", v) for n, v in enumerate(values)), 8)


def test_a_name_that_reaches_over_the_lines_of_others_stands_above_theirs() -> None:
    asked = {"Amsterdam": 7.2, "Zwolle": 9.8, "Alphen aan den Rijn": 16.0}
    assert not list_crossed(tuple(Spot(name, Role.THIS, name, f"{v}*", v) for name, v in asked.items()), 20)


def test_a_hidden_gemeente_has_no_dot_and_is_counted(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("zwolle",), shielding=Shielding.ALL)
    figure = one(dataset, "dots", "crisissituaties", asked)
    assert not {"ommen", "olst-wijhe"} & {row["place"] for row in rows(figure.chart)}
    assert "andere gemeenten; 2 zonder punt: afgeschermd" in dict(figure.legend).values()


# --- as a heat map ---------------------------------------------------------------------------------------------------


FIVE = ("deventer", "zwolle", "kampen", "raalte", "hardenberg")


def test_a_small_slide_of_a_heat_map_is_not_empty(dataset: Dataset) -> None:
    chart = one(dataset, "categories", "meldingen_naar_aard", Selection(gemeenten=FIVE)).chart
    assert isinstance(chart, HeatMap)
    boxes = sketch(chart)
    assert len(boxes) == len(chart.columns) * min(len(chart.rows), MOST_ROWS)
    assert {box.colour for box in boxes} <= {theme.COLOURS[role] for role in chart.roles}
    assert all(box.left + box.width <= 100 and box.top + box.height <= 100 for box in boxes)


def test_a_name_above_a_heat_map_is_broken_at_its_own_hyphen(dataset: Dataset) -> None:
    chart = one(dataset, "categories", "meldingen_naar_aard", Selection(gemeenten=FIVE)).chart
    assert isinstance(chart, HeatMap)
    named = replace(chart, columns=("Amsterdam-Amstelland", "Rotterdam-Rijnmond", "Huntelandsdingdorp", "", ""))
    heads = [row["flat"] for row in rows(named) if row["flat"]]
    assert heads[:2] == ["Amsterdam-|Amstelland", "Rotterdam-|Rijnmond"]
    assert heads[2].replace("-|", "") == "Huntelandsdingdorp"


def test_more_than_two_places_are_a_heat_map_of_the_parts_of_each_and_none_is_left_out(dataset: Dataset) -> None:
    figure = one(dataset, "categories", "meldingen_naar_aard", Selection(gemeenten=FIVE))
    assert isinstance(figure.chart, HeatMap)
    assert [cell.place for cell in figure.chart.rows[0].cells] == list(FIVE)
    assert figure.subject.unit == "procent binnen de plaats"
    printed = dataset.db.execute(
        "SELECT place, SUM(value) FROM figures WHERE indicator = 'meldingen_naar_aard' AND period = '2021' "
        "AND category = 'andere_problematiek' GROUP BY place"
    )
    wholes = dict(
        dataset.db.execute(
            "SELECT place, value FROM figures WHERE indicator = 'meldingen_naar_aard' AND period = '2021' "
            "AND geweld = 'alle' AND category IS NULL"
        )
    )
    parts = {place: f"{100 * value / wholes[place]:.0f}" for place, value in printed if place in FIVE}
    (row,) = [row for row in figure.chart.rows if row.name == "Andere problematiek"]
    assert {cell.place: cell.text for cell in row.cells} == parts
    assert len(figure.table.headings) == 1 + 2 * len(FIVE), "of each the count and the part"


def test_two_places_stay_bars_beside_each_other(dataset: Dataset) -> None:
    figure = one(dataset, "categories", "meldingen_naar_aard", Selection(gemeenten=FIVE[:2]))
    assert not isinstance(figure.chart, HeatMap)


def test_a_number_in_a_heat_map_stands_out_and_a_hidden_one_has_no_step(dataset: Dataset) -> None:
    figure = one(dataset, "categories", "meldingen_naar_aard", Selection(gemeenten=FIVE, shielding=Shielding.ALL))
    cells = [row for row in rows(figure.chart) if row["text"]]
    assert all(theme.contrast(row["ink"], row["colour"]) >= 4.5 for row in cells)
    hidden = [row for row in cells if "afgeschermd" in row["tip"]]
    assert hidden
    assert {row["colour"] for row in hidden} == {theme.COLOURS[Role.NO_DATA]}
    assert any("× afgeschermd" in text for role, text in figure.legend if role is Role.NO_DATA)


def test_a_heat_map_is_a_table_in_powerpoint(dataset: Dataset) -> None:
    figure = one(dataset, "categories", "meldingen_naar_aard", Selection(gemeenten=FIVE))
    deck = Deck("Proef", "Proef", (Slide(figure),), "", "", "1", date(2026, 11, 28))
    shapes = [s for page in Presentation(BytesIO(write_pptx(deck))).slides for s in page.shapes if s.has_table]
    (table,) = [shape.table for shape in shapes]
    assert [cell.text for cell in table.rows[0].cells] == ["", *figure.chart.columns]
    written = [[cell.text for cell in row.cells] for row in list(table.rows)[1:]]
    assert written == [[row.name, *(cell.text for cell in row.cells)] for row in figure.chart.rows]


# --- against what chance gives ---------------------------------------------------------------------------------------


@given(st.integers(20, 5000), st.floats(0.001, 0.6))
def test_the_band_is_where_the_test_of_two_counts_finds_chance(total: int, part: float) -> None:
    low, high = bound_by_chance(total, part)
    for count in {max(0, floor(low) - 1), floor(low), ceil(low), floor(high), ceil(high), round(total * part)}:
        if count <= total and min(abs(count - low), abs(count - high)) > 1e-6:
            assert may_be_chance(total - count, count, part / (1 - part)) == (low <= count <= high)


def test_a_gemeente_stands_inside_or_outside_the_band_as_its_count_says(dataset: Dataset) -> None:
    """506 of the 2,378 meldingen with 19 % of the inhabitants: chance gives 412 to 488, 4.1 to 4.8 per 1,000."""
    figure = one(dataset, "funnel", "meldingen", DEVENTER)
    assert figure.title == "Deventer: 5,0 meldingen per 1.000 inwoners in 2021; IJsselland 4,4"
    assert figure.sentences[0] == "Bij een gemeente van deze grootte geeft toeval 4,1 tot 4,8."
    assert figure.sentences[1].startswith("Dat is meer dan wat toeval geeft bij een gemeente van deze grootte")
    inside = one(dataset, "funnel", "meldingen", Selection(gemeenten=("zwartewaterland",)))
    assert inside.sentences[1] == "Dat is binnen wat toeval geeft bij een gemeente van deze grootte."


def test_a_name_in_a_funnel_lies_over_dots_only_where_it_was_chosen(dataset: Dataset) -> None:
    figure = one(dataset, "funnel", "meldingen", DEVENTER)
    crowd = tuple(
        (20_000 * 1.1**x, Spot(f"p{x}{y}", Role.OTHERS, "Dorp", "5", 3 + y / 4)) for x in range(15) for y in range(15)
    )
    chart = replace(figure.chart, spots=(*figure.chart.spots, *crowd), named=frozenset({"deventer", "p77"}))
    made = rows(chart)
    assert [row["text"] for row in made if row["kind"] == "name"] == ["Deventer 5,0"]
    assert {row["size"] for row in made if row["kind"] == "dot"} == {0.55, 1.5}, "so many dots are small, but the own"


def test_a_name_in_a_funnel_lies_over_no_other(dataset: Dataset) -> None:
    figure = one(dataset, "funnel", "meldingen", DEVENTER)
    spots = tuple((90_000 + n, Spot(f"p{n}", Role.PEERS, "Steenwijkerland", "5,0", 5 + n / 50)) for n in range(9))
    crowd = replace(
        figure.chart,
        spots=(*figure.chart.spots, *spots),
        named=frozenset({"deventer", *(spot.place for _, spot in spots)}),
    )
    names = [row["text"] for row in rows(crowd) if row["kind"] == "name"]
    assert names[0].startswith("Deventer")
    assert 1 < len(names) < 10
    of_nobody = replace(crowd, spots=tuple((people, spot._replace(role=Role.THIS)) for people, spot in crowd.spots))
    assert sum(row["kind"] == "name" for row in rows(of_nobody)) == len(names), "where none is chosen, all are"


def test_names_in_a_funnel_stand_apart_in_a_window_as_on_a_phone(dataset: Dataset) -> None:
    """Two dots whose names begin at each other's side: the wider the drawing, the more these lie over each other."""
    figure = one(dataset, "funnel", "meldingen", DEVENTER)
    near = ((20_000, Spot("a", Role.THIS, "Steenwijkerland", "5,0", 5)), (21_000, Spot("b", Role.THIS, "Olst", "5", 5)))
    chart = replace(figure.chart, spots=near, named=frozenset({"a", "b"}))
    low, high = (log10(chart.across[end][0]) for end in (0, -1))
    for wide in (240, 1230):
        ends = []
        for row in (row for row in rows(chart) if row["kind"] == "name" and not row["up"]):
            at, long = (row["x"] - low) / (high - low) * wide, text_width(row["text"], CHART_SIZE, is_bold=True)
            ends.append((at, at + long) if row["side"] == "left" else (at - long, at))
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(ends))), wide


def test_what_stands_at_the_line_of_a_funnel_lies_over_no_dot_where_another_end_is_free(dataset: Dataset) -> None:
    chart = one(dataset, "funnel", "meldingen", DEVENTER).chart
    assert isinstance(chart, Funnel)
    low, high, middle = chart.across[0][0], chart.across[-1][0], chart.rules[0].value
    apart = [("left", 1), ("left", -1), ("right", 1), ("right", -1)]
    for taken in range(4):
        spots = tuple(
            (
                low * 1.1 if side == "left" else high / 1.1,
                Spot(f"p{n}", Role.OTHERS, "Dorp", "5", middle * (1 + up / 20)),
            )
            for n, (side, up) in enumerate(apart[:taken])
        )
        on_phone, in_window = (
            row for row in rows(replace(chart, spots=spots, named=frozenset())) if row["kind"] == "said"
        )
        assert (on_phone["text"], in_window["side"], in_window["up"]) == ("IJsselland 4,4", *apart[taken])
        assert in_window["x"] == log10(low if in_window["side"] == "left" else high)


def test_a_funnel_of_the_country_has_room_on_a_phone_for_its_numbers_of_inhabitants(dataset: Dataset) -> None:
    figure = one(dataset, "funnel", "meldingen", DEVENTER)
    few = [row["size"] for row in rows(figure.chart) if row["kind"] == "across"]
    assert set(few) == {1}
    numbers = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
    chart = replace(figure.chart, across=((850, ""), *((n, str(n)) for n in numbers), (1_200_000, "")))
    kept = [row["text"] for row in rows(chart) if row["kind"] == "across" and row["size"]]
    assert kept == ["1000", "10000", "100000"]


def test_a_funnel_is_drawn_of_what_people_report_alone(dataset: Dataset) -> None:
    for name in ("onderzoeken", "triagebesluiten_tijdig", "formatie"):
        assert build_figures(dataset, FigureRequest("funnel", (name,)), DEVENTER) == []


def test_a_funnel_has_each_gemeente_at_its_inhabitants_and_its_rate(dataset: Dataset) -> None:
    figure, ranked = (one(dataset, form, "meldingen", DEVENTER) for form in ("funnel", "dots"))
    dots = {row["place"]: (10 ** row["x"], row["y"]) for row in rows(figure.chart) if row["kind"] == "dot"}
    assert {place: rate for place, (_, rate) in dots.items()} == {s.place: s.value for s in ranked.chart.spots}
    people = {place: dataset.metadata.inhabitants(place, Period.parse("2021")) for place in dots}
    assert {place: at for place, (at, _) in dots.items()} == pytest.approx(people)


# --- over time -------------------------------------------------------------------------------------------------------


def test_lines_of_all_gemeenten_have_the_rates_of_the_view_figures_and_the_chosen_ones_their_own_colour(
    dataset: Dataset,
) -> None:
    figure = one(dataset, "trends", "meldingen", Selection(gemeenten=("deventer", "zwolle")))
    assert isinstance(figure.chart, TrendChart)
    printed = dataset.db.execute(
        "SELECT place, period, value FROM figures WHERE indicator = 'meldingen' AND region = 'ijsselland' "
        "AND geweld = 'alle' AND category IS NULL AND period IN ('2020', '2021') AND NOT is_total"
    )
    wanted = {
        (place, period): value / dataset.metadata.inhabitants(place, Period.parse(period)) * 1000
        for place, period, value in printed
        if dataset.metadata.places[place].kind == "gemeente"
    }
    lines = [line for line in figure.chart.lines if line.place not in ("ijsselland", "nederland")]
    drawn = {(line.place, point.period.id): point.value for line in lines for point in line.points}
    assert drawn == pytest.approx(wanted)
    assert {line.place: line.role for line in lines if line.role is not Role.OTHERS} == {
        "deventer": Role.PLACE_1,
        "zwolle": Role.PLACE_2,
    }
    assert "Niet per jaar bekend, en daarom niet in deze grafiek: Dordrecht." in figure.caveats


def test_a_long_name_of_a_line_across_bars_is_whole_in_a_picture(dataset: Dataset) -> None:
    drawn = image.draw_chart_svg(one(dataset, "ranking", "adviezen", Selection(gemeenten=("zwolle",))), 700)
    assert "de gemeenten van IJsselland 4,6<" in drawn


def test_a_long_name_at_a_line_goes_on_below_and_is_whole(dataset: Dataset) -> None:
    first = one(dataset, "trends", "adviezen", Selection(gemeenten=("zwolle",)))
    named = {row["text"] for row in rows(first.chart) if "gemeenten" in row["text"]}
    assert all(text.startswith("de gemeenten van|IJsselland ") for text in named)
    assert named


def test_a_name_of_two_parts_at_a_line_is_broken_at_its_hyphen_and_not_cut_off(dataset: Dataset) -> None:
    chart = one(dataset, "trends", "adviezen", Selection(gemeenten=("zwolle",))).chart
    assert isinstance(chart, TrendChart)
    named = [line for line in chart.lines if line.points[line.last].text][:2]
    lines = tuple(
        line._replace(series=name)
        for line, name in zip(named, ("Amsterdam-Amstelland", "Huntelandsdingdorpen-Overdwars"), strict=True)
    )
    texts = [row["text"] for row in rows(replace(chart, lines=lines)) if row["label"] and row["text"]]
    assert texts[0].startswith("Amsterdam-|Amstelland ")
    assert "…" in texts[1]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=15), st.floats(0.5, 8))
def test_names_at_the_right_are_moved_apart_and_keep_their_order(heights: list[float], pitch: float) -> None:
    spreaded = spread(sorted(heights), pitch)
    assert all(upper - lower >= pitch * 0.999 for lower, upper in pairwise(spreaded))


def test_more_chosen_gemeenten_than_lines_can_be_told_apart_are_two_dots_each_over_two_years(dataset: Dataset) -> None:
    seven = Selection(gemeenten=(*FIVE, "ommen", "staphorst"))
    chart = one(dataset, "trends", "meldingen", seven).chart
    assert isinstance(chart, PairChart)
    assert {pair.label: (pair.now.text, pair.now.place) for pair in chart.rows}["Deventer"] == ("5,0", "deventer")
    lengths = [pair.now.length for pair in chart.rows]
    assert lengths == sorted(lengths, reverse=True)


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("real_site")
@pytest.mark.parametrize("way", ["Ranglijst", "Punten", "Kaart", "Toeval", "Tijd"])
def test_a_page_shows_one_picture_in_the_way_of_the_link(way: str) -> None:
    app = visit("vergelijken", {"gemeente": "Deventer", "kijk": way})
    assert not app.exception
    (figure,) = [body for body in bodies(app) if 'class="vt-bevinding"' in body]
    assert {"Ranglijst": "ranking", "Punten": "dots", "Kaart": "tiles", "Toeval": "funnel", "Tijd": "trends"}[
        way
    ] in figure


@pytest.mark.usefixtures("real_site")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"gemeente": "Deventer"}, "Per 1.000 inwoners, want gemeenten verschillen in grootte."),
        ({"gemeente": "Deventer", "weergave": "Per 1.000 inwoners per jaar"}, "Waar staat een gemeente naast andere?"),
    ],
)
def test_a_page_says_why_it_is_not_the_count_that_the_filter_says(query: dict[str, str], said: str) -> None:
    assert said in [element.value for element in visit("vergelijken", query).markdown]


@pytest.mark.usefixtures("real_site")
def test_a_chosen_gemeente_that_is_on_no_map_is_named() -> None:
    app = visit("vergelijken", {"gemeente": ["Deventer", "Dordrecht"], "kijk": "Kaart"})
    assert any("Niet op een kaart: Dordrecht, want in Zuid-Holland Zuid telt geen" in body for body in bodies(app))
    assert app.selectbox(key="weergave").options[0] == "Aantal (hier per 1.000)"


@pytest.mark.usefixtures("real_site")
def test_a_page_opens_on_what_the_chosen_gemeente_has() -> None:
    app = visit("vergelijken", {"gemeente": "Dordrecht"})
    assert app.selectbox(key="cijfer").value == "Meldingen"
    assert any("Dordrecht" in body for body in bodies(app))


def bodies(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.main if element.type == "html"]
