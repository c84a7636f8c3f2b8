"""The table of a figure: a column is defined once, so that each row has all of them, and links stay with numbers."""

from dataclasses import replace

from vt.figures.answers import Answer, Dataset, answer
from vt.figures.breakdown_data import WHOLE, ClassCount, PlaceBreakdown
from vt.figures.breakdown_table import make_breakdown_table
from vt.figures.metric import Metric
from vt.figures.selection import Selection
from vt.figures.table import SMALL_PART, Bounds, Column, Heading, Link, make_table
from vt.model.catalogue import Indicator, Noun, Place
from vt.model.counting import Counting
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.numbers import Slice
from vt.store.reference import SourceTable

TABLE = SourceTable(
    1, "r", "T", "P", "7", "H", "meldingen", "dorp", "2021", False, None, (), (), "r/7/1", Counting("P")
)
MELDERS = Indicator("melders", "Melders", "aantal", Noun("melding", "meldingen"), "melders", "Wie meldt.")
LINK = (Link("r/7/1", Slice("dorp", "2021", "alle", ("c/buurt",))),)


def test_a_table_has_a_row_per_line_and_its_links_where_its_numbers_are() -> None:
    columns = (Column[int](Heading("x"), str), Column[int](Heading("y"), float, lambda n: LINK if n else ()))
    table = make_table(columns, [0, 7], frozenset({1}))
    assert table.headings == (Heading("x"), Heading("y"))
    assert table.rows == (("0", 0.0), ("7", 7.0))
    assert table.links == {(1, 1): LINK}
    assert table.totals == {1}


def breakdown(*classes: ClassCount, unplaced: float = 0) -> PlaceBreakdown:
    dorp = Place("dorp", "Dorp", "gemeente", "polder")
    item = Answer(dorp, Period.parse("2021"), "alle", (), (), TABLE, TABLE, None, None)
    return PlaceBreakdown(item, {c.id: c for c in classes}, 40, 50, (TABLE,), unplaced, (), {WHOLE: LINK})


def test_a_class_that_was_worked_out_keeps_the_columns_of_the_year_before() -> None:
    worked = ClassCount("c/buurt", "Buurt", "buren", False, {}, 10, 8, margin=2, is_recovered=True, links={WHOLE: LINK})
    printed = ClassCount("c/school", "School", "scholen", False, {}, 28, 30, links={WHOLE: LINK})
    table = make_breakdown_table([breakdown(worked, printed, unplaced=2)], [worked, printed], "Melder", Metric(MELDERS))
    assert [heading.label for heading in table.headings] == ["Melder", "2021", "2020", "Verschil", "Aandeel"]
    assert table.rows == (
        ("Buurt", Bounds(10, 12), 8, None, Bounds(25, 30)),
        ("School", 28, 30, -2, 70),
        ("Niet per soort af te lezen", 2, None, None, SMALL_PART),
        ("Totaal", 40, 50, -10, 100),
    )
    assert {at for at in table.links if at[0] == 2} == set()
    assert set(table.links) >= {(0, 1), (0, 4), (1, 1), (3, 1), (3, 4)}


def test_a_place_without_a_class_has_a_gap_there() -> None:
    buurt = ClassCount("c/buurt", "Buurt", "buren", False, {}, 40, None)
    school = ClassCount("c/school", "School", "scholen", False, {}, 40, None)
    parts = [breakdown(buurt), breakdown(school)]
    assert make_breakdown_table(parts, [buurt, school], "Melder", Metric(MELDERS, Measure.AANDEEL_PLAATS)).rows == (
        ("Buurt", 40, 100, None, None),
        ("School", None, None, 40, 100),
        ("Totaal", 40, 100, 40, 100),
    )


def test_a_number_that_was_known_within_bounds_is_no_number_of_the_year_before(dataset: Dataset) -> None:
    """Dalfsen lost blanks in 2021: of many classes only the least and the most is known. A next report holds its own
    numbers against them."""
    asked = dataset.metadata.indicators["adviezen_professionals_functie"]
    selection = Selection(gemeenten=("dalfsen",), shielding=Shielding.NONE)
    (item,) = answer(dataset, asked, selection, by_category=True).items
    classes = PlaceBreakdown.from_categories(replace(item, before=item.numbers)).classes.values()
    assert {class_.margin > 0 for class_ in classes} == {True, False}
    assert all(class_.before == (None if class_.margin else class_.count) for class_ in classes)
