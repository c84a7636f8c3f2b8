"""Every figure that a visitor can call up from the real data: true to the sources, whole, and in careful Dutch."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import pytest
from decks import NORMS
from marks import marks_of
from worlds import HEAD_2030, add_report, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.breakdown import make_categories, make_groups
from vt.figures.chart import BarChart, Chart, ColumnChart, NumberChart, PairChart, Role, WholeChart
from vt.figures.figure import Figure
from vt.figures.maps import make_map
from vt.figures.norms import make_norms
from vt.figures.places import make_places
from vt.figures.ranking import make_ranking
from vt.figures.selection import Selection, pick_period
from vt.figures.series import make_series
from vt.figures.table import SMALL_PART, Bounds
from vt.figures.wording import parse_number
from vt.model.catalogue import Indicator
from vt.model.counting import list_aspects
from vt.model.hidden import Shielding
from vt.model.measures import SMALL_BASE, SMALLEST_PART, Measure
from vt.model.period import Period
from vt.render.theme import COLOURS
from vt.render.vega.columns import ColumnMark
from vt.render.vega.lanes import LaneMark
from vt.render.vega.parts import Mark

PERIODS = (None, "2020", "2021", "2021-H1", "2021-Q1")
SPLIT = ("km", "hg", "om")
GROUPS = {
    "Melders": ("meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren"),
    "Adviesvragers": ("adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren"),
}
NOT_DUTCH = re.compile(
    r"\b(nan|inf|None|null|True|False|the|and|with|not|from|than|more|less|share|count|total|year|quarter|"
    r"Measure|Period|alle_)\b"
)
Form = Callable[[Dataset, Indicator, Selection], list[Figure]]


class Shown(NamedTuple):
    """What one call of a form gave."""

    form: str
    indicator: Indicator
    selection: Selection
    figures: list[Figure]


def _tiles(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    return make_map(dataset, indicator, selection, dataset.metadata.places["ijsselland"])


def _views(is_split: bool, periods: tuple[str | None, ...]) -> Iterator[Selection]:
    for measure, period in product(Measure, periods):
        yield Selection(measure=measure, period=period, shielding=Shielding.NONE)
    for measure, geweld in product(Measure, SPLIT if is_split else SPLIT[:1]):
        yield Selection(measure=measure, geweld=geweld, shielding=Shielding.NONE)


@pytest.fixture(
    scope="module", params=[pytest.param(3, id="turns"), pytest.param(1, id="all", marks=pytest.mark.exhaustive)]
)
def step(request: pytest.FixtureRequest) -> int:
    """Of so many views of an indicator in a place one is looked at; the next place and indicator have others."""
    return int(request.param)


@pytest.fixture(scope="module")
def shown(dataset: Dataset, step: int) -> list[Shown]:
    """Every indicator in every measure, period and geweld, for every place alone and for all of them together.

    The gemeenten of IJsselland are alike in what is published of them: but for Zwolle each takes half as many views.
    """
    known = dataset.metadata
    everywhere = tuple(place.id for place in known.places_with_data())
    together: dict[str, Form] = {"places": make_places, "ranking": make_ranking, "tiles": _tiles}
    found = []
    for turn, indicator in enumerate(known.indicators.values()):
        by_class: dict[str, Form] = {"categories": make_categories} if indicator.classification else {}
        covered = {id_: known.covered(indicator.id, id_) for id_ in everywhere}
        is_split = any(len(item.geweld | item.class_geweld) > 1 for items in covered.values() for item in items)
        for number, place in enumerate(everywhere):
            if covered[place]:
                is_one_of_many = known.places[place].kind == "gemeente" and place not in ("zwolle", "dordrecht")
                each = step * 2 if is_one_of_many else step
                usual, *others = _views(is_split, PERIODS)
                views = [usual, *others[(number + turn) % each :: each]]
                over_time: dict[str, Form] = {"series": make_series} if len(covered[place]) > 2 else {}
                for view, (name, form) in product(views, {"places": make_places, **over_time, **by_class}.items()):
                    asked = replace(view, gemeenten=(place,))
                    found.append(Shown(name, indicator, asked, form(dataset, indicator, asked)))
        views = list(_views(is_split, (None,)))[turn % step :: step]
        for view, (name, form) in product(views, {**together, **by_class}.items()):
            found.append(Shown(name, indicator, view, form(dataset, indicator, view)))
            if name in ("places", "categories"):
                asked = replace(view, gemeenten=everywhere)
                found.append(Shown(name, indicator, asked, form(dataset, indicator, asked)))
    for (label, names), place in product(GROUPS.items(), (None, *everywhere)):
        indicators = [known.indicators[name] for name in names]
        for view in _views(True, (None, "2021-H1")) if place in (None, "dordrecht", "zwolle") else _views(False, ()):
            asked = replace(view, gemeenten=(place,) if place else ())
            found.append(Shown("groups", indicators[0], asked, make_groups(dataset, label, indicators, asked)))
    for view in _views(False, PERIODS):
        indicators = [known.indicators[name] for name in NORMS]
        found.append(Shown("norms", indicators[0], view, make_norms(dataset, "Op tijd", indicators, view)))
    return found


@pytest.fixture(scope="module")
def figures(shown: list[Shown]) -> list[tuple[Shown, Figure]]:
    """Every figure once: what only differs in its selection is the same figure."""
    seen: dict[object, tuple[Shown, Figure]] = {}
    for each in shown:
        for figure in each.figures:
            seen.setdefault((figure.id, figure.chart, figure.table, figure.notices), (each, figure))
    return list(seen.values())


# --- every figure ----------------------------------------------------------------------------------------------------


def test_there_is_much_to_look_at(shown: list[Shown], figures: list[tuple[Shown, Figure]]) -> None:
    assert len(shown) > 3_500
    assert len(figures) > 1_000
    assert {each.form for each, _ in figures} == {
        "places",
        "series",
        "categories",
        "groups",
        "ranking",
        "tiles",
        "norms",
    }


def test_a_place_with_a_number_over_as_long_a_period_always_has_its_figure(
    dataset: Dataset, shown: list[Shown]
) -> None:
    for form, indicator, selection, made in shown:
        if form == "places" and len(selection.gemeenten) == 1:
            covered = dataset.metadata.covered(indicator.id, selection.gemeenten[0])
            assert bool(made) is bool(pick_period(covered, selection.period)), (indicator.id, selection)


def test_no_figure_without_marks(figures: list[tuple[Shown, Figure]]) -> None:
    assert all(marks_of(figure) for _, figure in figures)


def test_ids_are_unique_within_one_call(shown: list[Shown]) -> None:
    for each in shown:
        ids = [figure.id for figure in each.figures]
        assert len(set(ids)) == len(ids), ids


def test_every_figure_has_a_source_in_the_collection(dataset: Dataset, figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        assert figure.sources, figure.id
        for source in figure.sources:
            assert source.number in {t.number for t in dataset.metadata.tables.values() if t.address == source.address}


def test_every_text_is_there_and_dutch(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        headings = [heading.label for heading in figure.table.headings]
        texts = (figure.title, figure.alt, figure.subtitle, *figure.notice_texts, *figure.caveats, *headings)
        for text in texts:
            assert text.strip() == text != "", figure
            assert not NOT_DUTCH.search(text), text
            assert "  " not in text
            assert "{" not in text
            assert not text.endswith(".."), text


def test_notices_and_caveats_are_sentences(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        assert all(text.endswith(".") for text in (*figure.notice_texts, *figure.caveats)), figure
        assert len(set(figure.notice_texts)) == len(figure.notice_texts)
        assert len(set(figure.caveats)) == len(figure.caveats)


def test_no_judgement(figures: list[tuple[Shown, Figure]]) -> None:
    words = re.compile(r"\b(beter|slechter|helaas|gelukkig|zorgwekkend|goed|slecht|stijging|daling)\b", re.IGNORECASE)
    assert not [figure.title for _, figure in figures if words.search(figure.title)]


def test_rows_are_as_wide_as_their_headings(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        assert figure.table.rows
        assert {len(row) for row in figure.table.rows} == {len(figure.table.headings)}
        for row in figure.table.rows:
            assert isinstance(row[0], str)
            for heading, value in zip(figure.table.headings, row, strict=True):
                assert value in (None, SMALL_PART) or isinstance(value, str) == (heading.measure is None)


def test_numbers_are_finite_and_no_count_is_negative(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        for row in figure.table.rows:
            for heading, value in zip(figure.table.headings, row, strict=True):
                if isinstance(value, int | float):
                    assert math.isfinite(value)
                    assert value >= 0 or heading.label.startswith("Verschil"), (figure.id, heading.label, row)


def test_segments_lie_end_to_end_from_zero(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        ends: dict[int, float] = {}
        for mark in marks_of(figure):
            if isinstance(mark, LaneMark) and mark.end is not None and mark.start is not None:
                if not isinstance(figure.chart, PairChart):  # a line between two dots
                    assert mark.start == ends.get(mark.row, 0)
                assert 0 <= mark.start <= mark.end <= _reach(figure.chart) + 1e-9
                ends[mark.row] = mark.end
            if isinstance(mark, ColumnMark):
                assert mark.start == ends.get(mark.order, 0)
                assert mark.start <= mark.end
                ends[mark.order] = mark.end
        if isinstance(figure.chart, WholeChart):
            assert list(ends.values()) == pytest.approx([100] * len(figure.chart.rows)), "percent"


def _reach(chart: Chart) -> float:
    """The end of the axis of a chart in rows."""
    if isinstance(chart, WholeChart):
        return 100
    bars = chart.as_bars if isinstance(chart, PairChart) else chart
    assert isinstance(bars, BarChart)
    return bars.reach


# --- the chart says what the table says ------------------------------------------------------------------------------


def _lines(figure: Figure) -> dict[str, list[float]]:
    """The lengths of the bars at each label."""
    rows = figure.chart.rows if isinstance(figure.chart, BarChart) else ()
    return {row.label: [bar.length for bar in row.bars] for row in rows}


def _row_for(figure: Figure, label: str) -> tuple[object, ...]:
    rows = [row for row in figure.table.rows if row[0] == label or label.startswith((f"{row[0]} (", f"{row[0]}, "))]
    assert rows, (figure.id, label)
    return rows[0]


def test_every_bar_is_as_long_as_its_number_in_the_table(figures: list[tuple[Shown, Figure]]) -> None:
    checked = 0
    for each, figure in figures:
        if (
            not isinstance(figure.chart, BarChart)
            or each.form == "norms"
            or not figure.subtitle.endswith(("aantal", "procent", "fte"))
        ):
            continue
        headings = [heading.label for heading in figure.table.headings]
        for label, lengths in _lines(figure).items():
            if each.form == "places" and label in headings and len(figure.table.rows) == 1:
                assert lengths == [figure.table.rows[0][headings.index(label)]]
            elif (
                each.form == "places"
                and len(figure.table.rows) == 1
                and not label.startswith(str(figure.table.rows[0][0]))
            ):
                assert lengths[0] in figure.table.rows[0]  # onbekend, geen van deze
            else:
                numbers = [_high(value) for value in _row_for(figure, label)]
                assert all(length in numbers for length in lengths), (figure.id, label, lengths, numbers)
            checked += len(lengths)
    assert checked > 2_500


def test_bars_in_other_measures_stand_in_the_table_too(figures: list[tuple[Shown, Figure]]) -> None:
    for each, figure in figures:
        if each.form in ("ranking", "places") and figure.subtitle.endswith("per 1.000 inwoners per jaar"):
            for label, lengths in _lines(figure).items():
                if len(figure.table.rows) > 1:
                    at = [heading.label for heading in figure.table.headings].index("Per 1.000 inwoners per jaar")
                    rates = [row[at] for row in figure.table.rows if label.startswith(str(row[0]))]
                    assert any(lengths[0] == pytest.approx(rate) for rate in rates), (figure.id, label)


def test_columns_over_time_are_the_numbers_of_the_table(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        if isinstance(figure.chart, ColumnChart):
            tops: dict[int, float] = {}
            for mark in marks_of(figure):
                assert isinstance(mark, ColumnMark)
                tops[mark.order] = mark.end
            is_count = figure.table.headings[-1].label == "Aantal"
            numbers = [row[-1] for row in figure.table.rows]
            assert list(tops.values()) == (numbers if is_count else pytest.approx(numbers))


def test_every_role_of_the_legend_is_in_the_chart(figures: list[tuple[Shown, Figure]]) -> None:
    for _, figure in figures:
        if isinstance(figure.chart, BarChart) and figure.id.partition(".")[2].startswith("places"):
            drawn = {s.role for row in figure.chart.rows for bar in row.bars for s in bar.segments}
            for role, label in figure.legend:
                is_norm = role is Role.NORM and role in figure.chart.roles_of_lines and "treefwaarde" in label
                assert role in drawn or is_norm, (figure.id, figure.legend)


# --- totals and shares -----------------------------------------------------------------------------------------------


def _low(value: object) -> float:
    return value.low if isinstance(value, Bounds) else float(value or 0)  # type: ignore[arg-type]


def _high(value: object) -> object:
    return value.high if isinstance(value, Bounds) else 0 if value is None else value


def _columns(figure: Figure, measure: Measure) -> Iterator[tuple[list[object], float | None]]:
    """Each column of a breakdown in this measure: the classes, and the total."""
    (total,) = (figure.table.rows[at] for at in figure.table.totals)
    others = [row for at, row in enumerate(figure.table.rows) if at not in figure.table.totals]
    for at, heading in enumerate(figure.table.headings):
        if heading.measure is measure:
            yield [row[at] for row in others], total[at]  # type: ignore[misc]


def _fits(parts: list[object], total: float) -> bool:
    """The total lies between the sum of what its parts are at least and at most: on it, where none has bounds."""
    low, high = sum(map(_low, parts)), sum(float(_high(part)) for part in parts)  # type: ignore[arg-type]
    return low - 1e-6 <= total <= high + 1e-6


def test_classes_and_what_cannot_be_placed_add_up_to_the_total(figures: list[tuple[Shown, Figure]]) -> None:
    checked = 0
    for each, figure in figures:
        if each.form in ("categories", "groups"):
            for parts, total in _columns(figure, Measure.AANTAL):
                if total is not None:
                    assert _fits(parts, total), (figure.id, figure.subtitle)
                    checked += 1
    assert checked > 500


def test_shares_add_up_to_a_hundred(figures: list[tuple[Shown, Figure]]) -> None:
    checked = 0
    for each, figure in figures:
        if each.form in ("categories", "groups"):
            for parts, total in _columns(figure, Measure.AANDEEL_PLAATS):
                if total is not None:
                    few = parts.count(SMALL_PART) * (SMALLEST_PART - 1) / SMALL_BASE * 100
                    shown = [part for part in parts if part != SMALL_PART]
                    assert _fits([*shown, Bounds(0, few)], 100), (figure.id, figure.subtitle)
                    assert total == pytest.approx(100)
                    checked += 1
    assert checked > 200


def test_no_percentage_of_a_whole_under_twenty(figures: list[tuple[Shown, Figure]]) -> None:
    small = 0
    for each, figure in figures:
        if each.form in ("categories", "groups"):
            counts = [total for _, total in _columns(figure, Measure.AANTAL) if total is not None]
            if counts and max(counts) < SMALL_BASE:
                small += 1
                whole = re.search(r"van de ([\d.]+)", figure.title)  # a larger one, which it is a part of
                assert "%" not in figure.title or ((whole and parse_number(whole[1])) or 0) >= SMALL_BASE
                assert not any("%" in text for mark in marks_of(figure) for text in _texts(mark))
                assert all(total is None for _, total in _columns(figure, Measure.AANDEEL_PLAATS))
    assert small


def test_no_change_in_percent_from_or_to_a_count_under_twenty(figures: list[tuple[Shown, Figure]]) -> None:
    small = 0
    for each, figure in figures:
        headings = [heading.label for heading in figure.table.headings]
        if each.form == "places" and len(figure.table.rows) == 1 and "Jaar eerder" in headings:
            (row,) = figure.table.rows
            now, before = row[headings.index("Jaar eerder") - 1], row[headings.index("Jaar eerder")]
            counts = [value for value in (now, before) if isinstance(value, int | float)]
            if min(counts) < SMALL_BASE and figure.subtitle.endswith("· aantal"):
                small += 1
                assert "%" not in figure.title
    assert small


def test_the_shares_of_all_gemeenten_and_the_rest_group_make_a_region(dataset: Dataset) -> None:
    inside = tuple(
        p.id for p in dataset.metadata.places.values() if p.region == "ijsselland" and p.kind in ("gemeente", "rest")
    )
    for name in ("meldingen", "adviezen", "crisissituaties"):
        asked = Selection(gemeenten=inside, measure=Measure.AANDEEL_REGIO, period="2021")
        known = tuple(id_ for id_ in inside if dataset.metadata.covered(name, id_))
        figure = make_places(dataset, dataset.metadata.indicators[name], replace(asked, gemeenten=known))[0]
        headings = [heading.label for heading in figure.table.headings]
        at = headings.index("Aandeel van de regio")
        refused = sum("het deel is kleiner dan 5" in text for text in figure.notice_texts)
        few = refused * (SMALLEST_PART - 1) / 285 * 100
        assert 100 - few - 1e-6 <= sum(float(row[at] or 0) for row in figure.table.rows) <= 100 + 1e-6
        assert ("Jaar eerder, aandeel van de regio" in headings) is (name != "adviezen"), "its rest group is large"


# --- true to the sources ---------------------------------------------------------------------------------------------


def test_every_single_number_is_the_sum_of_its_printed_cells(
    dataset: Dataset, figures: list[tuple[Shown, Figure]]
) -> None:
    labels = {place.label: place.id for place in dataset.metadata.places.values()}
    printed: dict[tuple[str, str, str], set[float]] = {}
    for indicator, place, period, value in dataset.db.execute(
        """
        SELECT indicator, place, period, sum(value) FROM figures
        WHERE (is_total = 0 OR (category IS NULL AND geweld = 'alle')) AND report NOT LIKE '%dordrecht%'
        AND place IS NOT region
        GROUP BY indicator, place, period, report, table_number, table_heading, is_total
        UNION
        SELECT indicator, region, period, sum(value) FROM figures
        WHERE is_total = 0 AND report NOT LIKE '%dordrecht%' AND region IS NOT NULL
        GROUP BY indicator, region, period, report, table_number, table_heading
        HAVING count(*) = count(value)
        """
    ):
        printed.setdefault((indicator, place, period), set()).add(value)
    checked = 0
    for each, figure in figures:
        if each.form != "places" or each.selection.geweld != "alle" or each.selection.measure is not Measure.AANTAL:
            continue
        for row in figure.table.rows:
            place, period = (
                labels[str(row[0]).removeprefix("Veilig Thuis ")],
                Period.parse(str(row[1]).removesuffix(" (voorlopig)")).id,
            )
            if cells := printed.get((each.indicator.id, place, period)):
                headings = [heading.label for heading in figure.table.headings]
                at = next(n for n, label in enumerate(headings) if label in ("Aantal", "Percentage", "Fte"))
                assert row[at] in cells, (figure.id, row, cells)
                checked += 1
    assert checked > 300


def _one(found: list[Figure]) -> Figure:
    (figure,) = found
    return figure


def _places(dataset: Dataset, indicator: str, selection: Selection) -> list[Figure]:
    return make_places(dataset, dataset.metadata.indicators[indicator], selection)


def _row(figure: Figure, label: str) -> dict[str, object]:
    row = next(row for row in figure.table.rows if row[0] == label)
    return dict(zip([heading.label for heading in figure.table.headings], row, strict=True))


def test_meldingen_of_zwolle(dataset: Dataset) -> None:
    figure = _one(_places(dataset, "meldingen", Selection(gemeenten=("zwolle",))))
    assert figure.table.rows == (("Zwolle", "2021", 646, 758, -112),)
    assert figure.title == "Zwolle: 646 meldingen in 2021, 112 minder dan in 2020 (758), ofwel 15%"
    assert [source.number for source in figure.sources] == ["1.1"]


def test_the_year_before_stands_for_itself_too(dataset: Dataset) -> None:
    figure = _one(_places(dataset, "meldingen", Selection(gemeenten=("zwolle",), period="2020")))
    assert figure.table.rows == (("Zwolle", "2020", 758),)


def test_meldingen_of_dordrecht(dataset: Dataset) -> None:
    figure = _one(_places(dataset, "meldingen", Selection(gemeenten=("dordrecht",))))
    assert figure.table.rows == (("Dordrecht", "1e halfjaar 2021", 447, 95, 8, 550),)


def test_melders_of_dordrecht(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["meldingen_naar_melder"]
    figure = _one(make_categories(dataset, indicator, Selection(gemeenten=("dordrecht",))))
    assert figure.title == "Bijna drie op de vier meldingen in Dordrecht komen van politie en justitie"
    assert _row(figure, "Politie en Openbaar Ministerie")["1e halfjaar 2021"] == 402
    assert _row(figure, "Totaal")["1e halfjaar 2021"] == 550


def test_the_rate_of_ijsselland(dataset: Dataset) -> None:
    figure = _one(_places(dataset, "meldingen", Selection(region="ijsselland", measure=Measure.PER_1000)))
    inhabitants = dataset.metadata.inhabitants("ijsselland", Period.parse("2021"))
    assert inhabitants == 534_800
    rate = _row(figure, "IJsselland")["Per 1.000 inwoners per jaar"]
    assert rate == pytest.approx(2378 / 534_800 * 1000)
    assert _row(figure, "Nederland")["Aantal"] == 119_380


def test_the_rate_of_half_a_year_counts_for_a_year(dataset: Dataset) -> None:
    figure, apart = _places(dataset, "meldingen", Selection(gemeenten=("dordrecht",), measure=Measure.PER_1000))
    assert _row(figure, "Dordrecht")["Per 1.000 inwoners per jaar"] == pytest.approx(550 * 2 / 119_115 * 1000)
    assert _row(apart, "Nederland")["Periode"] == "1e halfjaar 2021"
    assert isinstance(apart.chart, NumberChart)
    assert [bar.name for bar in apart.chart.bars] == ["1e halfjaar 2020", "1e halfjaar 2021"]


def test_km_of_the_region_comes_from_its_classes(dataset: Dataset) -> None:
    figure = _one(_places(dataset, "meldingen_naar_aard", Selection(region="ijsselland", geweld="km")))
    assert _row(figure, "IJsselland")["Aantal"] == 465
    assert _row(figure, "IJsselland")["Jaar eerder"] == 606
    assert "alleen kindermishandeling" in figure.subtitle


def test_what_cannot_be_placed_in_a_gemeente_has_its_own_row(bare: Dataset) -> None:
    indicator = bare.metadata.indicators["meldingen_naar_aard"]
    figure = _one(make_categories(bare, indicator, Selection(gemeenten=("zwolle",))))
    assert _row(figure, "Niet per soort af te lezen")["2021"] == 26
    assert _row(figure, "Totaal")["2021"] == 646
    assert any("samen zijn dat er 26." in caveat for caveat in figure.caveats)


def test_groups_are_of_all_reporters_or_of_the_region(dataset: Dataset) -> None:
    indicators = [dataset.metadata.indicators[name] for name in GROUPS["Adviesvragers"]]
    figure = _one(make_groups(dataset, "Adviesvragers", indicators, Selection(gemeenten=("zwolle", "kampen"))))
    assert _row(figure, "Totaal")["2021"] == 3485
    assert figure.subtitle == "Adviesvragers · IJsselland · 2021 · aantal"
    assert figure.notice_texts == (
        "Voor Zwolle en Kampen is deze verdeling niet gepubliceerd; hier staat IJsselland als geheel.",
    )


def test_the_largest_is_named_only_where_nothing_hidden_can_be_larger(figures: list[tuple[Shown, Figure]]) -> None:
    hidden = 0
    for each, figure in figures:
        if each.form == "categories" and len(each.selection.gemeenten) == 1 and "waren dat er" in figure.summary:
            bounded = [v for row in figure.table.rows for v in row[1:2] if isinstance(v, Bounds) and v.low < v.high]
            if bounded:
                hidden += 1
                count = re.search(r"waren dat er ([\d.]+) van", figure.summary)
                assert count
                assert float(count[1].replace(".", "")) > max(value.high for value in bounded), figure.title
    assert hidden


def test_a_number_worked_out_is_marked_and_one_within_bounds_has_no_rank(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["overdrachtspartijen"]
    figure = _one(make_categories(dataset, indicator, Selection(gemeenten=("zwolle",), shielding=Shielding.NONE)))
    worked = [row[1] for row in figure.table.rows if isinstance(row[1], Bounds)]
    shown = [figure.table.headings[1].format(value) for value in worked]
    assert all(("°" in text) == (value.low == value.high) for text, value in zip(shown, worked, strict=True))
    exact = [n for n, row in enumerate(figure.table.rows[:-1]) if not _is_bounded(row[1])]
    bounded = [n for n, row in enumerate(figure.table.rows[:-1]) if _is_bounded(row[1])]
    ranked = [n for n in exact if n < min(bounded, default=99)]
    assert [_low(figure.table.rows[n][1]) for n in ranked] == sorted(
        (_low(figure.table.rows[n][1]) for n in ranked), reverse=True
    )
    assert any("teruggerekend" in caveat for caveat in figure.caveats)


def _is_bounded(value: object) -> bool:
    return isinstance(value, Bounds) and value.low < value.high


# --- what does not stand beside what ---------------------------------------------------------------------------------


def _periods(figure: Figure) -> list[Period]:
    return [Period.parse(text) for text in re.split(r", | en ", figure.subtitle.split(" · ")[-2])]


def test_no_figure_holds_numbers_of_sources_that_count_otherwise(
    dataset: Dataset, figures: list[tuple[Shown, Figure]]
) -> None:
    tables = {table.address: table for table in dataset.metadata.tables.values()}
    aspects = list_aspects(between_gemeenten=False, by_class=False, by_geweld=False)
    several = 0
    for _, figure in figures:
        used = {tables[link.table].counting: None for links in figure.table.links.values() for link in links}
        pairs = [pair for pair in combinations(used, 2) if pair[0].source != pair[1].source]
        several += bool(pairs)
        assert not [pair for pair in pairs if pair[0].find_difference(pair[1], aspects)], figure.title
    assert several


def test_percentages_with_and_without_a_waiting_list_are_two_pictures(dataset: Dataset) -> None:
    indicators = [dataset.metadata.indicators[name] for name in NORMS]
    without, including = make_norms(dataset, "Op tijd", indicators, Selection(region="ijsselland"))
    assert without.beneath == including.beneath == ("Wettelijke termijn: tien weken",)
    assert without.title.endswith("zonder wachtlijst")
    assert including.title.endswith("met wachtlijst")
    assert [len(figure.table.rows) for figure in (without, including)] == [2, 2]
    assert without.id != including.id


def test_no_sentence_compares_adviezen_of_the_country_with_those_of_ijsselland(
    dataset: Dataset, figures: list[tuple[Shown, Figure]]
) -> None:
    inside = {
        p.label for p in dataset.metadata.places.values() if "ijsselland" in (p.region, p.id) and p.kind != "rest"
    }
    told = 0
    for each, figure in figures:
        if each.indicator.id.startswith("adviezen"):
            for text in (figure.title, figure.summary, figure.alt, figure.subtitle):
                named = inside & set(re.findall(r"[\w-]+", text))
                assert not ("Nederland" in text and named), text
            told += any("CBS telt gestarte adviezen" in text for text in figure.notice_texts)
    assert told


def test_counts_over_unlike_periods_never_share_a_chart(figures: list[tuple[Shown, Figure]]) -> None:
    for each, figure in figures:
        if figure.subtitle.endswith("· aantal") and each.form != "series":
            assert len({period.months for period in _periods(figure)}) == 1, (each.form, figure.subtitle)


def test_counts_over_a_year_and_half_a_year_get_a_figure_each(dataset: Dataset) -> None:
    for measure in (Measure.AANTAL, Measure.AANDEEL_REGIO):
        found = _places(dataset, "meldingen", Selection(measure=measure))
        assert [figure.table.rows[0][:2] for figure in found] == [
            ("IJsselland", "2021"),
            ("Dordrecht", "1e halfjaar 2021"),
        ]


def test_km_never_stands_beside_all_together(dataset: Dataset) -> None:
    for measure in (Measure.AANTAL, Measure.PER_1000, Measure.PER_MAAND):
        found = _places(
            dataset, "meldingen", Selection(gemeenten=("zwolle", "dordrecht"), geweld="km", measure=measure)
        )
        assert [figure.table.rows[0][0] for figure in found] == ["Zwolle", "Dordrecht"]
        assert ["alleen" in figure.subtitle for figure in found] == [False, True]


def test_a_ranking_is_of_one_kind(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["meldingen"]
    (figure,) = make_ranking(dataset, indicator, Selection(geweld="km", measure=Measure.PER_1000))
    assert "alleen" not in figure.subtitle
    assert any(each.lead.startswith("Niet in deze grafiek: Dordrecht") for each in figure.notices)
    assert "Niet voor elke gemeente is kindermishandeling apart geteld; hier staat alles samen." in figure.notice_texts


def test_rest_groups_are_never_ranked_or_mapped(dataset: Dataset, figures: list[tuple[Shown, Figure]]) -> None:
    rest = {place.label for place in dataset.metadata.places.values() if place.kind == "rest"}
    ranked = [figure for each, figure in figures if each.form in ("ranking", "tiles")]
    assert len(ranked) > 50
    for figure in ranked:
        assert not rest & {str(row[0]) for row in figure.table.rows}


def test_a_ranking_goes_from_high_to_low(figures: list[tuple[Shown, Figure]]) -> None:
    for each, figure in figures:
        if each.form == "ranking":
            lengths = [bars[0] for bars in _lines(figure).values()]
            assert lengths == sorted(lengths, reverse=True)


def test_the_lines_beside_a_ranking_are_of_its_usual_period(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["meldingen"]
    (figure,) = make_ranking(dataset, indicator, Selection(measure=Measure.PER_1000))
    assert [rule.said for rule in figure.chart.rules] == ["IJsselland 4,4", "Nederland 6,8"]
    assert _row(figure, "Nederland")["Periode"] == "2021"


def test_a_rate_of_a_rest_group_is_refused_in_a_sentence(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("ijsselland-overig",), measure=Measure.PER_1000)
    figure = _one(_places(dataset, "meldingen", asked))
    assert figure.table.rows == (("Overige gemeente", "2021", 12, 9, 3),)
    assert figure.subtitle.endswith("aantal")
    assert any("want het aantal inwoners is niet bekend" in notice for notice in figure.notice_texts)


def test_a_rate_that_one_place_lacks_is_shown_for_the_others(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("zwolle", "ijsselland-overig"), measure=Measure.PER_1000)
    figure = _one(_places(dataset, "meldingen", asked))
    assert [row[0] for row in figure.table.rows] == ["Zwolle", "IJsselland", "Nederland"]
    assert figure.notice_texts == (
        "Voor Overige gemeente is “Per 1.000 inwoners per jaar” niet te berekenen, want het aantal inwoners "
        "is niet bekend; "
        "het aantal in 2021 is 12.",
    )


def test_a_percentage_stays_what_it_is(dataset: Dataset) -> None:
    figure = _one(_places(dataset, "vv_tijdig", Selection(region="ijsselland", measure=Measure.PER_MAAND)))
    assert _row(figure, "Veilig Thuis IJsselland")["Percentage"] == 68
    assert _row(figure, "Veilig Thuis IJsselland")["Verschil in procentpunten"] == -3
    assert figure.notice_texts == ("“Per maand” is hier niet te berekenen: dit cijfer is al een percentage.",)


def test_a_provisional_number_has_a_star_that_is_explained(figures: list[tuple[Shown, Figure]]) -> None:
    starred = 0
    for each, figure in figures:
        if each.form == "places" and any("(voorlopig)" in str(row[1]) for row in figure.table.rows):
            starred += 1
            assert any("*" in text for mark in marks_of(figure) for text in _texts(mark))
            assert any("(*)" in caveat for caveat in figure.caveats)
    assert starred


def _texts(mark: Mark) -> list[str]:
    """What stands in a chart in words, without what it says when it is pointed at."""
    return [value for name, value in mark._asdict().items() if isinstance(value, str) and name != "tip"]


def test_a_share_is_of_a_gemeente_in_a_known_region(dataset: Dataset) -> None:
    found = _places(dataset, "meldingen", Selection(measure=Measure.AANDEEL_REGIO))
    assert found[0].notice_texts == (
        "Kies een gemeente om haar aandeel van de regio te zien.",
        "Voor Dordrecht is “Aandeel van de regio” niet te berekenen, want het totaal van de regio is niet bekend; "
        "het aantal in de eerste helft van 2021 is 550.",
        "Niet in deze grafiek: Dordrecht (1e halfjaar 2021), want Veilig Thuis IJsselland telt ook andere problematiek "
        "dan geweld; Veilig Thuis Zuid-Holland Zuid telt wat onder kindermishandeling, huiselijk geweld "
        "of ouderenmishandeling valt.",
    )
    assert not any("%" in mark.text for figure in found for mark in marks_of(figure))


@pytest.mark.parametrize("geweld", SPLIT)
def test_one_kind_has_its_own_colour_in_every_form(geweld: str, dataset: Dataset) -> None:
    asked = Selection(gemeenten=("dordrecht",), geweld=geweld)
    indicators = dataset.metadata.indicators
    made = (
        *make_places(dataset, indicators["meldingen"], asked),
        *make_series(dataset, indicators["meldingen"], asked),
        *make_categories(dataset, indicators["meldingen_naar_melder"], asked),
    )
    assert [type(figure.chart) for figure in made] == [NumberChart, ColumnChart, BarChart]
    assert all(figure.chart.roles == {Role(geweld)} for figure in made)
    for figure in made:
        assert COLOURS[Role(geweld)] in {text for mark in marks_of(figure) for text in _texts(mark)}


def test_a_series_of_one_kind_says_which(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["meldingen"]
    figure = _one(make_series(dataset, indicator, Selection(gemeenten=("dordrecht",), geweld="om")))
    assert figure.title == (
        "Dordrecht: 2 meldingen over ouderenmishandeling in het tweede kwartaal van 2021, in het eerste kwartaal 6"
    )


def test_places_that_share_the_lowest_number_are_named_together(dataset: Dataset) -> None:
    figure = _one(make_ranking(dataset, dataset.metadata.indicators["huisverboden"], Selection()))
    ends = "van 0 in Raalte en Zwartewaterland tot 0,16 in Olst-Wijhe"
    assert figure.title == f"Huisverboden per 1.000 inwoners in 2021: {ends}; IJsselland 0,09"


def test_small_counts_in_a_ranking_carry_a_warning(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["huisverboden"]
    figure = _one(make_ranking(dataset, indicator, Selection()))
    assert any("veranderen daar de volgorde" in caveat for caveat in figure.caveats)


# --- small worlds ----------------------------------------------------------------------------------------------------


def _small(world: Path, table: str, indicator: str, form: Form, place: str = "polder") -> Figure:
    add_report(world, table, head=HEAD_2030)
    with opened(ensure(world, world / "vt.db")) as dataset:
        asked = Selection(gemeenten=(place,), period="2030")
        return _one(form(dataset, dataset.metadata.indicators[indicator], asked))


def test_classes_that_are_equally_large_are_named_together(world: Path) -> None:
    figure = _small(
        world,
        """
        number: "7"
        heading: Aard
        indicator: naar_aard
        rows: category
        cells: {Partnergeweld: [30], Kindermishandeling: [30], Andere zorgen: [5]}
        """,
        "naar_aard",
        make_categories,
    )
    assert figure.title == "Partnergeweld en kindermishandeling: elk 30 van de 65 meldingen in Polder"


def test_a_rest_class_is_never_the_largest(world: Path) -> None:
    figure = _small(
        world,
        """
        number: "7"
        heading: Melders
        indicator: naar_melder
        rows: category
        cells: {Politie en OM: [3], Anders: [40]}
        """,
        "naar_melder",
        make_categories,
    )
    assert figure.title == "3 van de 43 meldingen in Polder vallen onder politie en OM, de grootste groep na anders"
    assert [row[0] for row in figure.table.rows] == ["Politie en OM", "Anders", "Totaal"]


def test_only_a_rest_class_is_not_nothing(world: Path) -> None:
    figure = _small(
        world,
        """
        number: "7"
        heading: Melders
        indicator: naar_melder
        rows: category
        cells: {Politie en OM: [0], Anders: [40]}
        """,
        "naar_melder",
        make_categories,
    )
    assert figure.title == "Polder: 40 meldingen in 2030"


def test_nothing_counted_is_said_as_nothing(world: Path) -> None:
    figure = _small(
        world,
        """
        number: "7"
        heading: Melders
        indicator: naar_melder
        rows: category
        cells: {Politie en OM: [0], Anders: [0]}
        """,
        "naar_melder",
        make_categories,
    )
    assert figure.title == "Polder: geen meldingen in 2030"
    assert [mark.label for mark in marks_of(figure) if mark.label] == ["Politie en OM", "Anders"]


def test_one_is_not_plural(world: Path) -> None:
    figure = _small(
        world,
        "{number: '7', heading: M, indicator: meldingen, rows: place, cells: {Dorp: [1]}}",
        "meldingen",
        make_places,
        "dorp",
    )
    assert figure.title == "Dorp: 1 melding in 2030"


def test_a_ranking_where_all_are_alike_says_so(world: Path) -> None:
    figure = _small(
        world,
        "{number: '7', heading: M, indicator: tijdig, rows: place, cells: {Dorp: [40], Stad: [40]}}",
        "tijdig",
        make_ranking,
        "dorp",
    )
    assert figure.title == "Op tijd in 2030: overal 40%"


def test_a_table_split_in_the_report_keeps_its_zeros(world: Path) -> None:
    figure = _small(
        world,
        """
        number: "7"
        heading: Melders
        indicator: naar_melder
        rows: category
        columns: {geweld: [KM, HG]}
        cells: {Politie en OM: [30, 0], Anders: [2, 0]}
        """,
        "naar_melder",
        make_categories,
    )
    assert [heading.label for heading in figure.table.headings][1:4] == [
        "Kindermishandeling",
        "Huiselijk geweld",
        "2030",
    ]
    assert figure.table.rows[0][1:4] == (30, 0, 30)
