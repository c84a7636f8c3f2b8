"""With small numbers shielded: no figure shows, says or draws a hidden number, and none follows from them all.

The proof is a second reading: other numbers in the place of hidden ones, that keep every sum. If all figures come out
the same, whatever they are made of, they cannot tell the two apart.
"""

import math
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import product, zip_longest
from operator import sub
from pathlib import Path

import pytest
from auditor import RECOVERED, SMALL, WITHHELD, Reading, Region, Seen, Sums, leaks, model_of, other_readings
from combined import PAIRS_OR_ALL, Combine
from marks import marks_of
from worlds import HEAD_2030, add_report, edit, opened

from vt.build.build import ensure
from vt.figures import wording
from vt.figures.answers import Dataset, gives_away
from vt.figures.chart import PairChart, Role
from vt.figures.figure import Figure
from vt.figures.flags import WITHOUT_NUMBERS
from vt.figures.flow import CHAIN
from vt.figures.headlines import Headline, make_headlines
from vt.figures.longtable import list_long_rows
from vt.figures.registry import SHIELDED, FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.table import Bounds, Heading, Link, Value
from vt.model.hidden import GROUP, CellKey, Shielding, Suppression, add_up, derive
from vt.model.measures import Measure
from vt.render import csv as delimited
from vt.render import theme
from vt.render.vega.columns import ColumnMark
from vt.render.vega.flow import FlowMark
from vt.render.vega.heat import HeatMark
from vt.render.vega.lanes import LaneMark
from vt.render.vega.lines import LineMark
from vt.render.vega.maps import AreaMark
from vt.render.vega.number import NumberMark
from vt.render.vega.ranking import RankMark
from vt.store.connection import connect
from vt.store.hidden import read_secrets, read_suppressions
from vt.store.numbers import read_numbers
from vt.store.reference import Metadata, read_metadata

TOGETHER = (
    FigureRequest("groups", ("meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren"), "Melders"),
    FigureRequest(
        "groups", ("adviezen_naar_adviesvrager", "adviezen_professionals", "adviezen_particulieren"), "Adviesvragers"
    ),
    FigureRequest("groups", ("adviezen_professionals_functie",), "Beroepsgroepen"),
    FigureRequest("groups", ("meldingen_professionals_functie",), "Beroepsgroepen"),
    FigureRequest("norms", ("vv_tijdig", "onderzoeken_tijdig"), "Op tijd"),
)
SHOWN_AS = tuple(map(str, Suppression))
SIGNS = (*SHOWN_AS, "×")  # in a cell of a heat map there is no room for words
REGIONS = ("ijsselland", "zuid-holland-zuid")


Question = tuple[FigureRequest, Selection]


def deck(metadata: Metadata, combine: Combine) -> Iterator[Question]:
    """Every form of every indicator, for places alone and together, in every measure and geweld."""
    asked: list[FigureRequest] = list(TOGETHER)
    for indicator in metadata.indicators.values():
        names = ("places", "series", "ranking", "dots", "funnel", "trends")
        names += ("categories",) if indicator.classification else ()
        asked += [FigureRequest(form, (indicator.id,)) for form in names]
        asked.append(FigureRequest("tiles", (indicator.id,), region="ijsselland"))
    asked.append(FigureRequest("flow", CHAIN, "Van melding tot uitkomst"))
    everywhere = tuple(place.id for place in metadata.places_with_data())
    alone = [(id_,) for id_ in ("zwolle", "staphorst", "ijsselland-overig", "ijsselland", "dordrecht")]
    views = [(measure, None, "alle") for measure in Measure]
    views += [(Measure.AANTAL, None, "om"), (Measure.AANTAL, "2020", "alle"), (Measure.AANTAL, "2021-Q1", "hg")]
    chosen = [(), *alone, ("zwolle", "dordrecht"), everywhere]
    for each, places, (measure, period, geweld) in combine(asked, chosen, views):
        yield each, Selection(None, places, period, geweld, measure)


def shown(dataset: Dataset, questions: Iterable[Question], shielding: Shielding = Shielding.ALL) -> list[list[Figure]]:
    return [build_figures(dataset, asked, replace(selection, shielding=shielding)) for asked, selection in questions]


def cards(dataset: Dataset, turn: int = 0, step: int = 1) -> list[Headline]:
    """The headlines of every place, in every measure; of so many steps those whose turn it is."""
    known = dataset.metadata
    asked = product(known.places_with_data(), Measure, ("alle", "om"))
    return [
        card
        for place, measure, geweld in list(asked)[turn % step :: step]
        for card in make_headlines(
            dataset,
            list(known.indicators.values()),
            Selection(measure=measure, geweld=geweld, shielding=Shielding.ALL),
            place.id,
        )
    ]


@pytest.fixture(scope="module", params=PAIRS_OR_ALL)
def questions(request: pytest.FixtureRequest, dataset: Dataset) -> list[Question]:
    return list(deck(dataset.metadata, request.param))


@pytest.fixture(scope="module")
def part(questions: list[Question]) -> float:
    """Of all that there is to see, how much is seen at least: a seventh of the questions shows half of it."""
    return 1 if len(questions) > 10_000 else 0.5


@pytest.fixture(scope="module")
def figures(dataset: Dataset, questions: list[Question]) -> list[list[Figure]]:
    return shown(dataset, questions)


@pytest.fixture(scope="module")
def bare_figures(dataset: Dataset, questions: list[Question]) -> list[list[Figure]]:
    """What is seen without any shielding."""
    return shown(dataset, questions, Shielding.NONE)


@pytest.fixture(scope="module")
def twins(bare_figures: list[list[Figure]], figures: list[list[Figure]]) -> list[tuple[Figure, Figure]]:
    return pair_figures(bare_figures, figures)


def pair_figures(plain: Sequence[list[Figure]], shielded: Sequence[list[Figure]]) -> list[tuple[Figure, Figure]]:
    """Each figure without and with shielding, where both have the same columns."""
    found = {}
    for without, made in zip(plain, shielded, strict=True):
        by_id = {figure.id: figure for figure in without}
        for figure in made:
            if (twin := by_id.get(figure.id)) and twin.table.headings == figure.table.headings:
                found.setdefault((figure.id, figure.table.rows), (twin, figure))
    return list(found.values())


@pytest.fixture(scope="module", params=REGIONS)
def region(request: pytest.FixtureRequest, real_database: Path) -> Region:
    return Region(real_database, request.param)


def texts(figure: Figure) -> list[str]:
    """All that is said of a figure but its table."""
    marks = [text for mark in marks_of(figure) for text in mark._asdict().values() if isinstance(text, str)]
    legend = [text for _, text in figure.legend]
    return [figure.title, figure.summary, figure.alt, figure.subtitle, *figure.notes, *legend, *marks]


def row_pairs(plain: Figure, figure: Figure) -> Iterator[tuple[tuple[object, ...], int, tuple[Value, ...]]]:
    """Each row of the first by its label, with its number and the row of the second that is about the same.

    What is left over in a flow is a difference of what it shows, and of what stands apart it has only the largest.
    """
    rows, is_flow = rows_of(figure), ".flow." in figure.id
    for label, number in rows_of(plain).items():
        if not is_flow or (label in rows and plain.table.rows[number][-1] != "verschil van totalen"):
            yield label, number, figure.table.rows[rows[label]]


def rows_of(figure: Figure) -> dict[tuple[object, ...], int]:
    """The rows by what they are about, for the order is another one where numbers are hidden."""
    has_period = len(figure.table.headings) > 1 and figure.table.headings[1].measure is None
    return {row[: 2 if has_period else 1]: number for number, row in enumerate(figure.table.rows)}


read_kinds = cache(lambda db, indicator, place: read_suppressions(db, indicator, [place]))


def kind_of(dataset: Dataset, key: CellKey) -> Suppression | None:
    """How a hidden number is shown instead; None where it is not hidden."""
    return read_kinds(dataset.db, key.indicator, key.place).get(key)


def key_of(metadata: Metadata, link: Link, is_group: bool) -> CellKey:
    """The number that a link leads to."""
    table = next(table for table in metadata.tables.values() if table.address == link.table)
    place, period, geweld, categories = link.slice
    if is_group and categories:
        return CellKey(table.indicator, place, period, geweld, ",".join(categories))
    return CellKey(table.indicator, place, period, geweld, next(iter(categories), ""))


# --- what is hidden is nowhere ---------------------------------------------------------------------------------------


def test_there_is_much_to_hide(twins: list[tuple[Figure, Figure]], part: float) -> None:
    hidden = [
        figure for _, figure in twins if any(isinstance(v, Suppression) for row in figure.table.rows for v in row)
    ]
    assert len(twins) > 600 * part
    assert len(hidden) > 250 * part
    assert {figure.id.split(".")[1] for figure in hidden} == {
        *("places", "series", "ranking", "tiles", "categories", "groups", "dots", "funnel", "trends", "flow")
    }


def test_a_hidden_number_is_hidden_in_every_column_that_is_made_of_it(
    dataset: Dataset, twins: list[tuple[Figure, Figure]], part: float
) -> None:
    checked = 0
    for plain, figure in twins:
        is_group = ".groups." in figure.id
        for label, number, row in row_pairs(plain, figure):
            for column, value in enumerate(row):
                links = plain.table.links.get((number, column), ())
                keys = [] if is_group else [key_of(dataset.metadata, link, is_group) for link in links]
                kinds = {kind_of(dataset, key) for key in keys} - {None}
                if kinds and plain.table.rows[number][column] is not None:
                    assert isinstance(value, Suppression), (figure.id, label, column)
                    assert value in (WITHHELD, *kinds), (figure.id, label, column)
                    checked += 1
    assert checked > 3_600 * part


def test_a_number_that_is_not_hidden_is_shown_as_it_was(dataset: Dataset, twins: list[tuple[Figure, Figure]]) -> None:
    for plain, figure in twins:
        for label, number, after in row_pairs(plain, figure):
            for column, (old, new) in enumerate(zip(plain.table.rows[number], after, strict=True)):
                assert new == old or isinstance(new, Suppression), (figure.id, label, column)
                links = plain.table.links.get((number, column), ())
                if isinstance(new, Suppression) and figure.table.headings[column].measure is Measure.AANTAL and links:
                    is_sum = label[0] == "Totaal" or ".groups." in figure.id
                    keys = [key_of(dataset.metadata, link, False) for link in links]
                    assert is_sum or any(kind_of(dataset, key) for key in keys), (figure.id, label)


def test_a_difference_and_a_share_are_hidden_with_what_they_are_made_of(figures: list[list[Figure]]) -> None:
    for figure in {id(f): f for made in figures for f in made}.values():
        labels = [heading.label for heading in figure.table.headings]
        for row in figure.table.rows:
            for column, label in enumerate(labels):
                if label == "Verschil" and any(isinstance(v, Suppression) for v in row[column - 2 : column]):
                    assert isinstance(row[column], Suppression) or row[column - 1] is None
                if (
                    label == "Aandeel"
                    and ".series." not in figure.id
                    and isinstance(figure.table.rows[-1][1], Suppression)
                ):
                    assert row[column] is None or isinstance(row[column], Suppression) or column > 2


def test_nothing_that_is_hidden_can_be_measured_in_a_chart(figures: list[list[Figure]], part: float) -> None:
    seen: Counter[type] = Counter()
    for figure in (figure for made in figures for figure in made):
        for mark in marks_of(figure):
            fields = mark._asdict()
            assert all(math.isfinite(value) for value in fields.values() if isinstance(value, float)), figure.id
            written = (fields.get(name) for name in ("text", "share", "big", "gap"))
            is_said = any(text.rpartition(": ")[2].rstrip("*") in SIGNS for text in written if isinstance(text, str))
            if is_said or (isinstance(mark, LineMark | HeatMark) and "afgeschermd" in fields["tip"]):
                seen[type(mark)] += 1
                if isinstance(mark, AreaMark | HeatMark):
                    assert mark.colour == theme.COLOURS[Role.NO_DATA], figure.id
                else:
                    lengths = {fields.get(name) for name in ("start", "end", "value", "line")}
                    lengths |= {fields["share"]} if isinstance(mark, FlowMark) else set()
                    assert lengths <= {0, None}, (figure.id, mark)
    assert seen.total() > 400 * part
    assert seen.keys() >= {LaneMark, RankMark, AreaMark, HeatMark, FlowMark, LineMark, NumberMark}


def test_every_sheet_holds_text_or_finite_numbers(figures: list[list[Figure]]) -> None:
    for figure in (figure for made in figures for figure in made):
        for value in (value for row in figure.table.rows for value in row):
            bounds = value if isinstance(value, Bounds) else (value,)
            assert all(
                bound is None or isinstance(bound, str | Suppression) or math.isfinite(bound) for bound in bounds
            )
        assert "nan" not in delimited.write_long(list_long_rows(figure)).decode().lower().replace("financ", "")


def test_no_sentence_names_a_hidden_number_beside_its_label(twins: list[tuple[Figure, Figure]]) -> None:
    for plain, figure in twins:
        said = " | ".join(texts(figure))
        for label, number, row in row_pairs(plain, figure):
            name, pairs = str(label[".flow." in figure.id]), zip(plain.table.rows[number], row, strict=True)
            hidden = {old for old, new in pairs if isinstance(new, Suppression) and isinstance(old, float)}
            for old in hidden - {value for value in row if isinstance(value, float)}:
                written = re.escape(Heading("", Measure.AANTAL).format(old))
                found = re.search(rf"{re.escape(name)}”?[:,]? (is )?{written}(?![\d.,%])(?! cijfer| tot en met)", said)
                assert not found, (figure.id, found)


def test_a_bar_of_which_the_parts_are_hidden_is_drawn_in_one_piece(twins: list[tuple[Figure, Figure]]) -> None:
    for _, figure in twins:
        ends: dict[int, float] = {}
        for mark in marks_of(figure):
            if isinstance(figure.chart, PairChart):
                continue  # the line between two years
            if isinstance(mark, LaneMark | ColumnMark) and mark.start is not None and mark.end is not None:
                row = mark.row if isinstance(mark, LaneMark) else mark.order
                assert mark.start == ends.get(row, 0)
                assert mark.start <= mark.end
                ends[row] = mark.end


def test_the_largest_class_is_the_largest_without_shielding_too(twins: list[tuple[Figure, Figure]]) -> None:
    claims = 0
    for plain, figure in twins:
        if ".categories." in figure.id and "dat er" in figure.summary:
            claims += 1
            assert figure.title == plain.title
    assert claims > 20


def test_titles_are_no_longer_than_they_may_be(figures: list[list[Figure]]) -> None:
    long = {figure.title for made in figures for figure in made if len(figure.title) > wording.MOST_IN_TITLE}
    assert not {title for title in long if "afgeschermd" in title and "; IJsselland" not in title}


def test_a_range_says_that_what_is_hidden_may_lie_outside_it(figures: list[list[Figure]]) -> None:
    checked = 0
    for figure in {id(f): f for made in figures for f in made}.values():
        names = [heading.label for heading in figure.table.headings]
        shown = max(n for n, name in enumerate(names) if not name.startswith(("Jaar eerder", "Verschil")))
        if re.search(r": van .+ tot ", figure.title) and any(
            isinstance(row[shown], Suppression) for row in figure.table.rows
        ):
            checked += 1
            assert "afgeschermd" in figure.title, figure.title
    assert checked > 10


def test_the_caveat_is_there_once_where_something_is_hidden_and_no_link_leads_to_it(
    figures: list[list[Figure]],
) -> None:
    for figure in (figure for made in figures for figure in made):
        hides = any(isinstance(value, Suppression) for row in figure.table.rows for value in row)
        said = any(shown in text for shown in SHOWN_AS for text in figure.notice_texts)
        assert figure.caveats.count(SHIELDED[Shielding.ALL]) == (hides or said)
        assert not figure.table.links


def test_nothing_changes_where_nothing_is_hidden(dataset: Dataset, questions: list[Question]) -> None:
    for asked, selection in questions:
        if selection.gemeenten == ("ijsselland",):
            mine = replace(selection, gemeenten=("nederland",))
            plain = build_figures(dataset, asked, mine)
            if all(source.publisher == "CBS" for figure in plain for source in figure.sources):
                found = build_figures(dataset, asked, replace(mine, shielding=Shielding.ALL))
                assert [bare(figure) for figure in found] == [bare(figure) for figure in plain]


def bare(figure: Figure) -> Figure:
    return replace(figure, selection=Selection(), table=replace(figure.table, links={}))


# --- the attack ------------------------------------------------------------------------------------------------------


def told(dataset: Dataset, region: Region, pairs: Sequence[tuple[Figure, Figure]]) -> tuple[Seen, Sums]:
    """What the counts in the second of each pair of figures tell of a region; the first says what they are sums of."""
    bounds, sums = region.seen(region.kinds), list(region.sums)
    for plain, figure in pairs:
        for _, number, row in row_pairs(plain, figure):
            for column, value in enumerate(row):
                links = plain.table.links.get((number, column), ())
                if figure.table.headings[column].measure is not Measure.AANTAL or not isinstance(value, float | Bounds):
                    continue
                parts = [key for link in links for key in keys_of(dataset.metadata, region, link)]
                if parts and all(part in bounds for part in parts):
                    low, high = value if isinstance(value, Bounds) else (value, value)
                    whole = CellKey("getoond", *map(str, (figure.id, number, column, len(bounds))))
                    bounds[whole] = (round(low), round(high), False)
                    sums.append((whole, parts, 0))
    return bounds, fitting(bounds, sums)


def test_no_hidden_number_follows_from_the_numbers_that_all_figures_show(
    dataset: Dataset, region: Region, twins: list[tuple[Figure, Figure]]
) -> None:
    bounds, sums = told(dataset, region, twins)
    assert len(bounds) > len(region.cells) + 300
    assert not leaks(bounds, sums)


def test_the_auditor_finds_what_figures_without_shielding_give_away(
    dataset: Dataset, region: Region, twins: list[tuple[Figure, Figure]]
) -> None:
    small = region.seen(dict.fromkeys(region.kinds, WITHHELD))
    bounds, sums = told(dataset, region, [(plain, plain) for plain, _ in twins])
    assert len(leaks(bounds | small, sums)) > 50


def keys_of(metadata: Metadata, region: Region, link: Link) -> list[CellKey]:
    """The numbers that a link leads to the sum of; what is not of this region leads nowhere."""
    one = key_of(metadata, link, False)
    categories = link.slice.categories or ("",)
    keys = [one._replace(category=category) for category in categories]
    return keys if all(key in region.cells for key in keys) else []


def fitting(bounds: Seen, sums: Sums) -> Sums:
    """The sums that bounds allow: a total in print can differ from its parts."""

    def can_be(whole: CellKey, parts: Sequence[CellKey], lack: int) -> bool:
        low, high = (sum(bounds[part][end] for part in parts) + lack for end in (0, 1))
        return low <= bounds[whole][1] and bounds[whole][0] <= high

    return [(whole, parts, lack) for whole, parts, lack in sums if can_be(whole, parts, lack)]


def other_numbers(region: Region) -> Iterator[dict[CellKey, int]]:
    """Numbers in the place of hidden ones that keep every sum, until each that can has had another value.

    What was worked out within bounds stays as it is, and so does what is shown of a group that adds it up.
    """
    model, variables = model_of(region.seen(region.kinds), region.sums)
    exact = {k: round(low) for k, (low, high) in region.cells.items() if low == high}
    for whole, parts, _ in region.sums:
        if whole.category.startswith(GROUP) and not {whole} & (region.kinds.keys() | region.known.keys()):
            certain = [part for part in parts if part in exact]
            model.add(sum(variables[part] for part in certain) == sum(exact[part] for part in certain))
    hidden = [k for k in region.kinds if k in exact and ":" not in k.category]
    for found in other_readings(model, variables, exact, hidden):
        yield {k: found[k] for k in hidden}


def with_numbers(database: str | Path, reading: Reading) -> None:
    """Write other numbers in a copy of the database."""
    with closing(sqlite3.connect(database)) as db, db:
        db.executemany(
            """
            UPDATE aggregate SET value = ?1, low = ?1, high = ?1
            WHERE (indicator, place, period, geweld, category) = (?2, ?3, ?4, ?5, ?6)
            """,
            [(value, *key) for key, value in reading.items()],
        )


def test_all_figures_are_the_same_with_other_numbers_in_the_place_of_hidden_ones(
    dataset: Dataset,
    real_database: Path,
    questions: list[Question],
    figures: list[list[Figure]],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """In pairs each question is asked of one of the readings, the next question of the next; by hand of all."""
    regions = [Region(real_database, name) for name in REGIONS]
    changed: set[CellKey] = set()
    other = [*zip_longest(*map(other_numbers, regions), fillvalue=dict[CellKey, int]())]
    step = 1 if "[all]" in request.node.name else len(other)
    headlines = [cards(dataset, turn, step) for turn in range(step)]
    for n, readings in enumerate(other):
        copy = shutil.copy(real_database, tmp_path / f"{n}.db")
        for reading in readings:
            with_numbers(copy, reading)
        with closing(connect(copy)) as db:
            changed_data = Dataset(db, read_metadata(db))
            assert shown(changed_data, questions[n % step :: step]) == figures[n % step :: step]
            assert cards(changed_data, n, step) == headlines[n % step]
        for region, reading in zip(regions, readings, strict=True):
            changed |= {key for key, value in reading.items() if value != region.cells[key][0]}
    assert len(other) > 2
    assert changed >= {
        key
        for region in regions
        for key in region.kinds
        if ":" not in key.category and region.cells[key][0] == region.cells[key][1] > 0
    }


# --- what was worked out, unless it is asked for ----------------------------------------------------------------------


def recovered_small(region: Region) -> set[CellKey]:
    """The classes, totals and kinds that were worked out as one number under 5."""
    return {k for k in region.recovered if ":" not in k.category and region.cells[k][0] == region.cells[k][1] < 5}


def other_recovered(region: Region) -> Iterator[Reading]:
    """Other numbers under 5 in the place of those that were worked out; sums of groups and of geweld stay."""
    own = recovered_small(region)
    model, variables = model_of(dict.fromkeys(own, (0, 4, True)), ())
    for whole, parts, _ in region.sums:
        is_group = whole.category.startswith(GROUP) and region.cells[whole][1] > 4
        if is_group or (not whole.category and whole.geweld not in {part.geweld for part in parts}):
            mine = own.intersection(parts)
            model.add(sum(variables[k] for k in mine) == round(sum(region.cells[k][0] for k in mine)))
    yield from other_readings(model, variables, {k: round(region.cells[k][0]) for k in own}, own)


@pytest.fixture(scope="module")
def usual(questions: list[Question]) -> list[Question]:
    """What is asked of places of which numbers were worked out."""
    return [each for each in questions if each[1].gemeenten != ("dordrecht",)]


@pytest.fixture(scope="module")
def as_usual(dataset: Dataset, usual: list[Question]) -> list[list[Figure]]:
    """What a visitor sees of them who chooses nothing."""
    return shown(dataset, usual, Shielding.RECOVERED)


def test_no_figure_tells_what_was_worked_out_as_a_small_number(
    as_usual: list[list[Figure]],
    real_database: Path,
    usual: list[Question],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """All figures are the same with another small number in its place; asked by turns as above."""
    region = Region(real_database, "ijsselland")
    changed: set[CellKey] = set()
    other = [*other_recovered(region)]
    step = 1 if "[all]" in request.node.name else len(other)
    for n, reading in enumerate(other):
        copy = shutil.copy(real_database, tmp_path / f"{n}.db")
        with_numbers(copy, reading)
        with closing(connect(copy)) as db:
            found = shown(Dataset(db, read_metadata(db)), usual[n % step :: step], Shielding.RECOVERED)
            assert found == as_usual[n % step :: step]
        changed |= {k for k, value in reading.items() if value != region.cells[k][0]}
    assert len(changed) > 0.8 * len(recovered_small(region))


def test_what_was_worked_out_under_five_stands_as_a_range_and_what_is_printed_as_it_is(
    dataset: Dataset,
    real_database: Path,
    questions: list[Question],
    bare_figures: list[list[Figure]],
    usual: list[Question],
    as_usual: list[list[Figure]],
    part: float,
) -> None:
    recovered, hidden, asked = Region(real_database, "ijsselland").recovered, 0, set(usual)
    plain_usual = [made for question, made in zip(questions, bare_figures, strict=True) if question in asked]
    for plain, figure in pair_figures(plain_usual, as_usual):
        for label, number, row in row_pairs(plain, figure):
            for column, (old, new) in enumerate(zip(plain.table.rows[number], row, strict=True)):
                assert new == old or new in (RECOVERED, WITHHELD), (figure.id, label)
                keys = {key_of(dataset.metadata, at, False) for at in plain.table.links.get((number, column), ())}
                is_printed = ".groups." not in figure.id and not keys & recovered
                if figure.table.headings[column].measure is Measure.AANTAL and keys:
                    assert new == old or not is_printed, (figure.id, label)
                if new is RECOVERED:
                    hidden += 1
                    assert isinstance(old, Bounds | float), (figure.id, label)
                    assert (old.high if isinstance(old, Bounds) else old) < 5, (figure.id, label)
        says_range = any(RECOVERED in row for row in figure.table.rows)
        assert not says_range or figure.caveats.count(SHIELDED[Shielding.RECOVERED]) == 1
    assert hidden > 500 * part


def test_no_text_of_a_report_names_a_hidden_number_of_its_table(dataset: Dataset, figures: list[list[Figure]]) -> None:
    """These stay the same whatever the numbers are."""
    tables = {table.address: table for table in dataset.metadata.tables.values()}
    printed = {table.caveat for table in tables.values()}
    for figure in (figure for made in figures for figure in made):
        for flag in figure.flags:
            table = tables[flag.table]
            *_, said = flag.text.partition("): ")  # behind its place, period, report and table
            assert not gives_away(said, read_secrets(dataset.db, [table.id]))
        for table in (tables[source.address] for source in figure.sources):
            hidden = read_secrets(dataset.db, [table.id])
            assert not [text for text in figure.caveats if text in printed and gives_away(text, hidden)]


def test_no_caveat_of_the_catalogue_names_a_hidden_number(dataset: Dataset) -> None:
    for table in dataset.metadata.tables.values():
        caveat = dataset.metadata.indicators[table.indicator].caveat or ""
        assert not gives_away(caveat, read_secrets(dataset.db, [table.id]), in_words=False), caveat


# --- one figure at a time --------------------------------------------------------------------------------------------


def one(dataset: Dataset, form: str, indicator: str, *places: str, **wanted: object) -> Figure:
    selection = Selection(gemeenten=places, shielding=Shielding.ALL, **wanted)  # type: ignore[arg-type]
    asked = FigureRequest(form, (indicator,), "Proef", "polder" if form == "tiles" else "")
    return build_figures(dataset, asked, selection)[0]


@pytest.fixture
def small(world: Path) -> Iterator[Dataset]:
    """The small world with a year of its own: small numbers in a split by class, by geweld and by place."""
    edit(world / "catalogue/places.yaml", "2021: [1000, 1004]", "2021: [1000, 1004], 2030: 1000")
    edit(world / "catalogue/places.yaml", "{2021: 9000}", "{2021: 9000, 2030: 7000}")
    add_report(
        world,
        """
        number: "1"
        heading: Meldingen
        indicator: meldingen
        rows: place
        columns: {period: [2029, 2030]}
        cells: {Dorp: [30, 3], De Stad: [60, 70], Overige gemeente: [9, 20]}
        caveat: In Dorp waren het er 3.
        """,
        """
        number: "2"
        heading: Aard
        indicator: naar_aard
        rows: category
        cells: {Partnergeweld: [60], Kindermishandeling: [2], Andere zorgen: [31], totaal: [93]}
        """,
        """
        number: "3"
        heading: Melders
        indicator: naar_melder
        rows: category
        columns: {geweld: [KM, HG]}
        cells: {Politie en OM: [30, 2], Buurtbewoner: [8, 12], Anders: [2, 1]}
        """,
        head=HEAD_2030,
    )
    with opened(ensure(world, world / "vt.db")) as dataset:
        yield dataset


def cells(figure: Figure) -> dict[object, tuple[Value, ...]]:
    return {row[0]: row[1:] for row in figure.table.rows}


def drawn(figure: Figure) -> list[tuple[str, float]]:
    """The text and the end of each bar or column."""
    return [(m.text, m.end) for m in marks_of(figure) if getattr(m, "start", None) is not None]


def test_a_place_that_is_hidden_has_no_length_no_change_and_no_number_in_its_title(small: Dataset) -> None:
    figure = one(small, "places", "meldingen", "dorp", period="2030")
    assert figure.table.rows == (("Dorp", "2030", SMALL, 30, WITHHELD),)
    number, *points = marks_of(figure)
    assert number.big == "<5"  # type: ignore[attr-defined]
    assert [point.value for point in points] == [30]  # type: ignore[attr-defined]
    assert figure.title == "Dorp: minder dan 5 meldingen in 2030"
    assert figure.summary == "Dorp: minder dan 5 meldingen in 2030."
    assert figure.caveats == (SHIELDED[Shielding.ALL],), "not the caveat of the table, which has the number"


def test_a_rate_of_a_hidden_number_is_hidden(small: Dataset) -> None:
    figure = one(small, "places", "meldingen", "dorp", period="2030", measure=Measure.PER_MAAND)
    assert cells(figure)["Dorp"] == ("2030", SMALL, 30, WITHHELD, WITHHELD, 2.5)
    assert figure.title == "Dorp: het aantal meldingen in 2030 is afgeschermd"
    assert figure.summary == f"{figure.title}."


def test_the_title_of_several_places_is_of_those_that_are_shown(small: Dataset) -> None:
    figure = one(small, "places", "meldingen", "dorp", "stad", period="2030")
    assert figure.title == "Stad: 70 meldingen in 2030, 10 meer dan in 2029 (60); 1 cijfer afgeschermd"


def test_a_ranking_has_its_hidden_gemeenten_at_the_end(small: Dataset) -> None:
    figure = one(small, "ranking", "meldingen", period="2030")
    assert [row[0] for row in figure.table.rows] == ["Stad", "Dorp", "Polder"]
    assert [text for text, _ in drawn(figure)] == ["10,0", "afgeschermd"]
    assert "Stad" in figure.title
    assert figure.title.endswith("; 1 cijfer afgeschermd")


def test_a_map_needs_two_numbers(small: Dataset) -> None:
    asked = FigureRequest("tiles", ("meldingen",), region="polder")
    assert not build_figures(small, asked, Selection(period="2030", shielding=Shielding.ALL))
    plain = build_figures(small, asked, Selection(period="2030"))
    assert {mark.text for mark in marks_of(plain[0])} == {"3,0", "10,0"}


def test_a_gemeente_that_is_hidden_has_no_colour_and_no_part_in_the_steps(dataset: Dataset) -> None:
    asked = FigureRequest("tiles", ("huisverboden",), region="ijsselland")
    (figure,) = build_figures(dataset, asked, Selection(shielding=Shielding.ALL))
    hidden = [mark for mark in marks_of(figure) if isinstance(mark, AreaMark) and mark.text in SHOWN_AS]
    assert hidden
    role, said = figure.legend[-1]
    assert (role, said) == (Role.NO_DATA, f"afgeschermd: {len(hidden)}")
    assert {mark.colour for mark in hidden} == {theme.COLOURS[Role.NO_DATA]}


def test_a_class_that_is_hidden_takes_its_share_along_and_the_next_with_it(small: Dataset) -> None:
    figure = one(small, "categories", "naar_aard", "polder", period="2030")
    assert cells(figure) == {
        "Andere zorgen": (31, 31 / 93 * 100),
        "Partnergeweld": (WITHHELD, WITHHELD),
        "Kindermishandeling": (SMALL, WITHHELD),
        "Totaal": (93, 100),
    }
    assert drawn(figure) == [("31", 31), ("afgeschermd", 0), ("<5", 0)]
    assert figure.title == "Polder: 93 meldingen in 2030", "what is withheld can be up to 62"


def test_no_class_is_the_largest_where_a_hidden_one_could_be(small: Dataset) -> None:
    figure = one(small, "categories", "naar_melder", "polder", period="2030")
    columns = [heading.label for heading in figure.table.headings]
    assert columns[1:4] == ["Kindermishandeling", "Huiselijk geweld", "2030"]
    for row in cells(figure).values():
        kinds, whole = row[:2], row[2]
        assert sum(isinstance(value, Suppression) for value in (*kinds, whole)) != 1, "one hidden number of three"
    bars = [(mark.row, mark.series) for mark in marks_of(figure) if isinstance(mark, LaneMark) and mark.end]
    split = {row for row, series in bars if series in ("Kindermishandeling", "Huiselijk geweld")}
    hidden = {n for n, row in enumerate(figure.table.rows) if any(isinstance(value, Suppression) for value in row[1:3])}
    assert not split & {2 * n + 1 for n in hidden}, "a bar of which a part is hidden is in one piece"


def test_a_bar_in_one_piece_among_split_ones_is_in_the_legend(dataset: Dataset) -> None:
    figure = one(dataset, "series", "meldingen", "dordrecht")
    assert [row[3:] for row in figure.table.rows] == [(WITHHELD, WITHHELD, 242), (WITHHELD, SMALL, 308)]
    assert drawn(figure) == [("242", 242), ("308", 308)]
    assert figure.legend[-1] == (Role.THIS, "Alle soorten samen")


def test_a_group_is_shown_where_its_members_are_hidden(dataset: Dataset) -> None:
    figure = one(dataset, "groups", "adviezen_professionals_functie", "zwolle", period="2021")
    ids = {n.group_label: n.group for n in read_numbers(dataset.db, "adviezen_professionals_functie", ["zwolle"])}
    seen = {label: row[0] for label, row in cells(figure).items() if label in ids}
    for label, value in seen.items():
        key = CellKey("adviezen_professionals_functie", "zwolle", "2021", "alle", GROUP + ids[str(label)])
        kind = kind_of(dataset, key)
        assert (value if isinstance(value, Suppression) else None) == kind, label
    assert any(not isinstance(value, Suppression) for value in seen.values())


def test_a_series_is_told_from_the_first_to_the_last_that_is_shown(dataset: Dataset) -> None:
    figure = one(dataset, "series", "meldingen", "dordrecht", geweld="om")
    assert all(isinstance(row[2], Suppression) for row in figure.table.rows if row[2] != 6)
    assert all(end == 0 for text, end in drawn(figure) if text in SHOWN_AS)
    assert " 2 " not in figure.title


def test_a_headline_is_hidden_without_its_change_and_leads_nowhere(small: Dataset) -> None:
    indicator = small.metadata.indicators["meldingen"]
    for measure in (Measure.AANTAL, Measure.PER_MAAND):
        asked = Selection(period="2030", measure=measure, shielding=Shielding.ALL)
        (card,) = make_headlines(small, [indicator], asked, "dorp")
        assert (card.value, card.unit, card.note, card.links) == ("<5", "", "2030", ())
    (card,) = make_headlines(small, [indicator], Selection(period="2030", shielding=Shielding.ALL), "stad")
    assert card.value == "70"


def test_percentages_that_are_published_as_such_stay(small: Dataset) -> None:
    asked = FigureRequest("norms", ("tijdig",), "Op tijd")
    on, off = (build_figures(small, asked, Selection(shielding=each)) for each in (Shielding.ALL, Shielding.NONE))
    assert [bare(figure) for figure in on] == [bare(figure) for figure in off]


def test_a_share_of_a_hidden_whole_is_refused_without_saying_how_large_it_is(dataset: Dataset) -> None:
    inside = {"geweld": "om", "measure": Measure.AANDEEL_PLAATS}
    classes = one(dataset, "categories", "meldingen_naar_aard", "zwolle", **inside)
    assert (
        "Voor Zwolle is “Aandeel binnen de plaats” niet te berekenen, want het geheel is afgeschermd; hier "
        "staat het aantal."
    ) in classes.notice_texts
    place = one(dataset, "places", "adviezen_naar_aard", "zwolle", geweld="om", measure=Measure.AANDEEL_REGIO)
    assert (
        "Voor Zwolle is “Aandeel van de regio” niet te berekenen, want het totaal van de regio is afgeschermd; "
        "het aantal in 2021 is afgeschermd."
    ) in place.notice_texts


def test_a_notice_says_a_hidden_number_as_the_table_does(dataset: Dataset) -> None:
    figure = one(dataset, "places", "crisissituaties", "ijsselland-overig", measure=Measure.PER_1000)
    assert any(notice.endswith("het aantal in 2021 is <5.") for notice in figure.notice_texts)


def test_a_doubt_about_hidden_numbers_is_said_without_them(figures: list[list[Figure]]) -> None:
    said = {flag.text for made in figures for figure in made for flag in figure.flags}
    assert WITHOUT_NUMBERS in said
    assert any(re.search(r"\d", text) for text in said)


# --- the pieces ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("Er zijn er 3.", True),
        ("Er zijn er drie.", True),
        ("Het zijn er 2.986.", True),
        ("Het zijn er 13.", False),
        ("Geen enkele.", False),
        ("Eén cel verklaart dit.", False),
    ],
)
def test_a_text_gives_a_number_away_in_digits_and_in_words(text: str, gives: bool) -> None:
    assert gives_away(text, {0, 3, 2986}) == gives


def test_nothing_can_be_worked_out_from_a_hidden_number() -> None:
    for work in (lambda: SMALL + 1, lambda: 2 * SMALL, lambda: -SMALL, lambda: SMALL < 5, lambda: sum([SMALL, 1])):
        with pytest.raises(TypeError):
            work()


def test_what_is_made_of_a_hidden_number_is_withheld() -> None:
    assert derive(sub, 30, 8) == add_up([20, 2]) == 22
    assert derive(sub, 30, SMALL) is derive(sub, WITHHELD, 30) is add_up([20, SMALL]) is add_up([SMALL]) is WITHHELD
    count = Heading("Aantal", Measure.AANTAL)
    assert (count.format(SMALL), count.format(WITHHELD)) == ("<5", "afgeschermd")
