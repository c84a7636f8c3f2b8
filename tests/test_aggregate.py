"""The sums that may be taken of what is printed, and those that may not."""

import runpy
import shutil
import sqlite3
import sys
from contextlib import closing
from functools import partial

import pytest
from real import REPOSITORY
from sqlite_utils import Database
from worlds import add_report

from vt.build.build import build, fill_aggregate
from vt.errors import DataError
from vt.store.connection import connect

FILLED = ("aggregate", "coverage", "report_size", "rest_group", "contested")


@pytest.fixture
def ask(world):
    """Builds the database of one report of the tables given, and asks it for a number of the region Polder."""

    def prepare(*tables):
        (world / "reports/polder_2021.yaml").unlink()
        (world / "reports/stad_2022-H1.yaml").unlink()
        add_report(world, *tables)
        build(world, world / "vt.db")
        return lambda place, period, geweld="alle", category="", indicator="meldingen": answer(
            world / "vt.db", indicator, place, period, geweld, category
        )

    return prepare


def answer(path, *question):
    """The number that answers a question, or None."""
    where = "indicator = ? AND place = ? AND period = ? AND geweld = ? AND category = ?"
    with closing(connect(path)) as connection:
        row = connection.execute(f"SELECT value FROM aggregate WHERE {where}", question).fetchone()
    return row[0] if row else None


def table(cells, columns, indicator="meldingen", rows="place", extra="", heading="Proef"):
    return (
        f'{{number: "1", heading: {heading}, indicator: {indicator}, rows: {rows}, '
        f"columns: {columns}, cells: {cells}{extra}}}"
    )


def test_gemeenten_and_rest_make_the_region(ask):
    number = ask(table("{Dorp: [1], Stad: [20], Overige gemeente: [300]}", "{period: [2021]}"))
    assert number("polder", "2021") == 321
    assert number("stad", "2021") == 20


def test_a_region_of_which_a_gemeente_is_missing_has_no_number(ask):
    number = ask(table("{Dorp: [1], Overige gemeente: [300]}", "{period: [2021]}"))
    assert number("polder", "2021") is None
    assert number("dorp", "2021") == 1


def test_a_rest_group_alone_is_not_the_region(ask):
    number = ask(table("{Overige gemeente: [300]}", "{period: [2021]}"))
    assert number("polder", "2021") is None
    assert number("polder-overig", "2021") == 300


def test_a_region_is_complete_or_not_for_each_period(ask):
    number = ask(table("{Dorp: [null, 1], Stad: [10, 20]}", "{period: [2020, 2021]}"))
    assert number("polder", "2020") is None
    assert number("polder", "2021") == 21


def test_a_region_is_complete_only_where_every_category_is(ask):
    cells = "{Politie/OM: [1, 10], Anders: [null, 30]}"
    number = ask(table(cells, "{place: [Dorp, Stad]}", "naar_melder", "category"))
    assert number("polder", "2021", indicator="naar_melder") is None
    assert number("stad", "2021", indicator="naar_melder") == 40


def test_quarters_make_half_years_and_a_year(ask):
    number = ask(table("{Stad: [1, 20, 300, 4000]}", "{period: [2021-Q1, 2021-Q2, 2021-Q3, 2021-Q4]}"))
    assert number("stad", "2021-H1") == 21
    assert number("stad", "2021-H2") == 4300
    assert number("stad", "2021") == 4321


def test_half_years_make_a_year(ask):
    number = ask(table("{Stad: [1, 20]}", "{period: [2021-H1, 2021-H2]}"))
    assert number("stad", "2021") == 21


def test_a_half_year_of_which_a_quarter_is_missing_has_no_number(ask):
    number = ask(table("{Stad: [1, null, 300, 4000]}", "{period: [2021-Q1, 2021-Q2, 2021-Q3, 2021-Q4]}"))
    assert number("stad", "2021-H1") is None
    assert number("stad", "2021-H2") == 4300
    assert number("stad", "2021") is None


def test_quarters_of_two_half_years_make_neither(ask):
    number = ask(table("{Stad: [1, 20]}", "{period: [2021-Q2, 2021-Q3]}"))
    assert number("stad", "2021-H1") is None
    assert number("stad", "2021-H2") is None
    assert number("stad", "2021") is None


def test_quarters_and_half_years_together_are_not_counted_twice(ask):
    columns = "{period: [2021-Q1, 2021-Q2, 2021-Q3, 2021-Q4, 2021-H1, 2021-H2]}"
    number = ask(table("{Stad: [1, 20, 300, 4000, 21, 4300]}", columns))
    assert number("stad", "2021-H1") == 21
    assert number("stad", "2021") == 4321


def test_a_year_that_is_printed_goes_before_its_sum(ask):
    number = ask(table("{Stad: [1, 20, 25]}", "{period: [2021-H1, 2021-H2, 2021]}"))
    assert number("stad", "2021") == 25


def test_geweld_makes_alle(ask):
    number = ask(table("{Stad: [1, 20, 300]}", "{geweld: [KM, HG, OM]}"))
    assert number("stad", "2021") == 321
    assert number("stad", "2021", "hg") == 20


def test_one_kind_of_geweld_is_not_alle(ask):
    number = ask(table("{Stad: [1]}", "{geweld: [KM]}"))
    assert number("stad", "2021", "km") == 1
    assert number("stad", "2021") is None


def test_categories_make_a_whole(ask):
    cells = "{Politie/OM: [1], Buurtbewoner: [20], Anders: [300]}"
    number = ask(table(cells, "{period: [2021]}", "naar_melder", "category"))
    assert number("polder", "2021", indicator="naar_melder") == 321
    assert number("polder", "2021", category="melder/buurt", indicator="naar_melder") == 20


def test_classes_that_tell_their_geweld_make_a_number_for_each_geweld_and_alle(ask):
    cells = "{Partnergeweld: [1], Kindermishandeling: [20], Andere zorgen: [300]}"
    number = ask(table(cells, "{period: [2021]}", "naar_aard", "category"))
    assert number("polder", "2021", "hg", indicator="naar_aard") == 1
    assert number("polder", "2021", "km", indicator="naar_aard") == 20
    assert number("polder", "2021", indicator="naar_aard") == 321
    assert number("polder", "2021", "alle", "aard/partner", "naar_aard") == 1


def test_sums_over_periods_geweld_and_categories_meet(ask):
    cells = "{Politie/OM: [1, 2, 3, 4], Anders: [10, 20, 30, null]}"
    columns = "{period: [2021-Q1, 2021-Q2], geweld: [KM, HG]}"
    number = ask(table(cells, columns, "naar_melder", "category"))
    assert number("polder", "2021-H1", "km", "melder/politie", "naar_melder") == 4
    assert number("polder", "2021-H1", "km", indicator="naar_melder") == 44
    assert number("polder", "2021-H1", indicator="naar_melder") == 70


def test_an_indicator_of_its_own_is_never_added_to_another(ask):
    number = ask(
        table("{Stad: [5]}", "{period: [2021]}", heading="Een"),
        table("{Anders: [7]}", "{place: [Stad]}", "naar_melder", "category", heading="Twee"),
    )
    assert number("stad", "2021") == 5
    assert number("stad", "2021", indicator="naar_melder") == 7


def test_percentages_have_no_sum(ask):
    number = ask(
        table("{Dorp: [40, 50], Stad: [60, 70]}", "{period: [2021-H1, 2021-H2]}", "tijdig", heading="Een"),
        table("{Polder: [30, 44]}", "{geweld: [KM, HG]}", "tijdig", extra=", period: 2020", heading="Twee"),
    )
    assert number("stad", "2021-H2", indicator="tijdig") == 70
    assert number("stad", "2021", indicator="tijdig") is None
    assert number("polder", "2021-H1", indicator="tijdig") is None
    assert number("polder", "2020", "hg", indicator="tijdig") == 44
    assert number("polder", "2020", indicator="tijdig") is None


def test_a_percentage_of_the_region_stands_beside_those_of_its_gemeenten(ask):
    number = ask(table("{Dorp: [40], Stad: [60], Polder: [58]}", "{period: [2021]}", "tijdig"))
    assert number("polder", "2021", indicator="tijdig") == 58


def test_a_sequence_gives_the_region_its_row_and_no_gemeente_a_number(database):
    def number(place, category):
        return answer(database, "naar_melder", place, "2021", "alle", category)

    assert number("polder", "melder/buurt") == 26
    assert [number(place, "melder/buurt") for place in ("dorp", "stad", "polder-overig")] == [None, None, None]
    assert number("polder", "melder/politie") == 68
    assert number("stad", "melder/politie") == 60
    assert number("polder", "") == 94


def test_the_printed_total_stands_in_for_a_gemeente_whose_cells_are_hidden(database):
    with closing(connect(database)) as connection:
        found = connection.execute("""
            SELECT place, value, basis FROM aggregate
            WHERE indicator = 'naar_melder' AND category = '' AND period = '2021' ORDER BY place
        """).fetchall()
    assert found == [
        ("dorp", 12, "printed total"),
        ("polder", 94, "cells"),
        ("polder-overig", 2, "printed total"),
        ("stad", 80, "printed total"),
    ]


def test_a_printed_total_does_not_replace_the_sum_of_the_cells(ask):
    number = ask(table("{Stad: [1, 20, 99]}", "{geweld: [KM, HG, totaal]}"))
    assert number("stad", "2021") == 21


def test_the_first_table_answers_where_two_do(ask):
    number = ask(
        table("{Dorp: [1], Stad: [20]}", "{period: [2021]}", heading="Een"),
        table("{Polder: [22, 50]}", "{period: [2021, 2020]}", heading="Twee"),
    )
    assert number("polder", "2021") == 21
    assert number("polder", "2020") == 50


LATER = '{number: "1", heading: Later, indicator: meldingen, rows: place, cells: {Stad: [7], Dorp: [8]}}'


def published(day, period=2021):
    head = "report: {title: Later, publisher: P, region: polder, licence: O, period: %s, published: %s}\ntables:\n"
    return head % (period, day)


@pytest.mark.parametrize("name", ["zee_2021", "aan_zee_2021"])
@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (published("2022-01-02"), 7),
        (published("2021-12-31"), 80),  # the other can have come out on the first of January at the earliest
        (published("null", 2022).replace("period: 2022", "period: 2021/2022"), 7),
    ],
)
def test_the_newest_report_answers_whatever_its_file_is_called(world, name, head, expected):
    add_report(world, LATER.replace("cells", "period: 2021, cells"), name=name, head=head)
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2021", "alle", "") == expected


def test_two_reports_of_one_age_that_differ_are_refused(world):
    add_report(world, LATER, name="zee_2021")
    with pytest.raises(DataError) as error:
        build(world, world / "vt.db")
    (fault,) = error.value.faults
    assert "zee_2021.yaml" in str(fault)
    assert "published" in str(fault)


def test_two_reports_of_one_age_may_print_the_same_number(world):
    add_report(world, LATER.replace("[7]", "[80]").replace("[8]", "[12]"), name="zee_2021")
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2021", "alle", "") == 80


def test_a_place_that_the_newest_report_lacks_is_answered_by_the_older(world):
    add_report(world, LATER.replace(", Dorp: [8]", ""), name="zee_2021", head=published("2023-01-01"))
    build(world, world / "vt.db")
    number = partial(answer, world / "vt.db", "meldingen")
    assert number("stad", "2021", "alle", "") == 7
    assert number("dorp", "2021", "alle", "") == 12
    assert number("polder", "2021", "alle", "") == 95


# --- periods in more than one report ---------------------------------------------------------------------------------


def half(number, cells, heading="Proef", columns="{period: [2023-H%s]}", **other):
    return table(cells, columns.replace("%s", str(number)), heading=heading, **other)


def add_half(world, number, text, day=None):
    add_report(world, text, name=f"deel_{number}", head=published(day or f"202{number + 2}-01-01", f"2023-H{number}"))


def test_half_years_of_two_reports_make_a_year(world):
    add_half(world, 1, half(1, "{Stad: [5]}"))
    add_half(world, 2, half(2, "{Stad: [20]}"))
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2023", "alle", "") == 25
    with closing(connect(world / "vt.db")) as connection:
        sources = connection.execute("SELECT source_tables FROM coverage WHERE place = 'stad' AND period = '2023'")
        assert len(sources.fetchone()[0].split(",")) == 2


def test_a_year_is_made_of_the_newest_halves(world):
    add_half(world, 1, half(1, "{Stad: [5]}"))
    columns = "{period: [2023-H1, 2023-H2]}"
    add_half(world, 2, half(2, "{Stad: [6, 20]}", columns=columns))
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2023", "alle", "") == 26


def test_a_year_that_one_report_prints_goes_before_the_halves_of_another(world):
    add_half(world, 1, half(1, "{Stad: [5]}"))
    add_half(world, 2, half(2, "{Stad: [20]}"))
    add_report(world, table("{Stad: [24]}", "{period: [2023]}"), name="jaar", head=published("2024-06-01", 2023))
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2023", "alle", "") == 24


def test_halves_that_divide_by_other_classes_make_a_year_without_classes(world):
    classes = {"indicator": "naar_melder", "rows": "category"}
    add_half(world, 1, half(1, "{Politie/OM: [5], Anders: [1]}", **classes))
    add_half(world, 2, half(2, "{Politie/OM: [20], Buurtbewoner: [3]}", **classes))
    build(world, world / "vt.db")
    number = partial(answer, world / "vt.db", "naar_melder", "polder", "2023", "alle")
    assert number("") == 29
    assert number("melder/politie") is None


def test_halves_that_divide_by_the_same_classes_make_a_year_of_each(world):
    classes = {"indicator": "naar_melder", "rows": "category"}
    add_half(world, 1, half(1, "{Politie/OM: [5], Anders: [1]}", **classes))
    add_half(world, 2, half(2, "{Politie/OM: [20], Anders: [3]}", **classes))
    build(world, world / "vt.db")
    number = partial(answer, world / "vt.db", "naar_melder", "polder", "2023", "alle")
    assert (number(""), number("melder/politie")) == (29, 25)


def test_a_half_of_which_a_quarter_is_missing_makes_no_year(world):
    add_half(world, 1, half(1, "{Stad: [5, null]}", columns="{period: [2023-Q1, 2023-Q2]}"))
    add_half(world, 2, half(2, "{Stad: [20]}"))
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2023", "alle", "") is None


def test_a_report_about_one_gemeente_says_nothing_about_its_region(database):
    assert answer(database, "meldingen", "stad", "2022-H1", "alle", "") == 32
    assert answer(database, "meldingen", "polder", "2022-H1", "alle", "") is None


def test_a_sum_with_a_provisional_part_is_provisional(database):
    provisional = """SELECT period, is_provisional FROM aggregate
        WHERE place = 'stad' AND geweld = 'km' AND category = ''"""
    with closing(connect(database)) as connection:
        found = set(connection.execute(f"{provisional} AND indicator = 'meldingen'"))
    assert found == {("2022-Q1", 0), ("2022-Q2", 1), ("2022-H1", 1)}


def rows(connection):
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in FILLED}


def filled_again(path, cells_per_batch):
    """The rows of a database, and those that filling it anew in other batches gives."""
    with closing(sqlite3.connect(path)) as connection:
        before = rows(connection)
        for name in FILLED:
            connection.execute(f"DELETE FROM {name}")
        connection.commit()
        fill_aggregate(Database(connection), cells_per_batch)
        return before, rows(connection)


@pytest.mark.parametrize("cells_per_batch", [1, 3, 7, 10**9])
def test_the_size_of_a_batch_changes_no_row(database, cells_per_batch):
    before, after = filled_again(database, cells_per_batch)
    assert all(before.values())
    assert after == before


@pytest.mark.parametrize("cells_per_batch", [1, 100, 10**9])
def test_the_size_of_a_batch_changes_no_row_of_the_real_data(real_database, tmp_path, cells_per_batch):
    before, after = filled_again(shutil.copy(real_database, tmp_path / "vt.db"), cells_per_batch)
    assert all(before.values())
    assert after == before


def test_the_first_of_two_tables_answers_though_they_are_in_different_batches(ask, world):
    ask(
        table("{Dorp: [1], Stad: [20]}", "{period: [2021]}", heading="Een"),
        table("{Polder: [22, 50]}", "{period: [2021, 2020]}", heading="Twee"),
    )
    before, after = filled_again(world / "vt.db", 1)
    assert after == before
    assert answer(world / "vt.db", "meldingen", "polder", "2021", "alle", "") == 21
    assert answer(world / "vt.db", "meldingen", "polder", "2020", "alle", "") == 50


def test_a_table_without_cells_does_not_stop_the_others(world):
    add_report(
        world, table("{Stad: [null]}", "{period: [2021]}"), table("{Stad: [5]}", "{period: [2019]}", heading="Twee")
    )
    build(world, world / "vt.db")
    assert answer(world / "vt.db", "meldingen", "stad", "2019", "alle", "") == 5
    before, after = filled_again(world / "vt.db", 1)
    assert after == before


def test_a_report_tells_how_much_of_it_is_in(database):
    with closing(connect(database)) as connection:
        found = {row[0]: row[1:] for row in connection.execute("SELECT * FROM report_size")}
        counted = connection.execute("SELECT count(*) FROM observation").fetchone()[0]
    assert {report: tables for report, (tables, _, _) in found.items()} == {"polder_2021": 4, "stad_2022-H1": 2}
    assert sum(cells for _, cells, _ in found.values()) == counted
    assert found["stad_2022-H1"] == (2, 9, 11)


def test_a_made_up_collection_is_built_as_a_real_one(tmp_path, monkeypatch):
    """benchmarks/synthetic.py writes its cells itself, and refuses a database that has faults."""
    target = tmp_path / "vt.db"
    monkeypatch.setattr(sys, "argv", ["synthetic.py", str(target), "--rows", "1000"])
    runpy.run_path(str(REPOSITORY / "benchmarks/synthetic.py"), run_name="__main__")
    with closing(connect(target)) as connection:
        for name in ("aggregate", "coverage", "suppressed"):
            assert connection.execute(f"SELECT count(*) > 50 FROM {name}").fetchone() == (1,), name
