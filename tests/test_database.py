"""The database is built whole, swapped in atomically and opened for reading only."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from totals import TOTALS
from worlds import edit, write_world

import vt
from vt.build.build import build, ensure, hash_content
from vt.errors import DataError
from vt.store.connection import connect, data_folder, database_path, identity


@pytest.fixture
def writable(database):
    """The built database, opened as only a test may."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def rows(path, sql, *values):
    with closing(connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def test_every_table_is_strict(writable):
    tables = dict(
        writable.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    )
    ours = {name: strict for name, strict in tables.items() if not name.startswith("sqlite_")}
    assert set(ours.values()) == {1}
    assert {"place", "period", "geweld", "category", "indicator", "report", "source_table"} <= ours.keys()
    assert {"observation", "printed_total", "aggregate", "population", "glossary"} <= ours.keys()


def test_text_is_no_number(writable):
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in REAL column"):
        writable.execute("UPDATE observation SET value = 'veel', low = 'veel', high = 'veel'")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("observation", "place"),
        ("observation", "period"),
        ("observation", "geweld"),
        ("observation", "category"),
        ("observation", "source_table"),
        ("printed_total", "source_table"),
        ("source_table", "report"),
        ("source_table", "indicator"),
        ("indicator", "classification"),
        ("indicator", "split"),
        ("category", "category_group"),
        ("report", "region"),
        ("place", "region"),
        ("printed_total", "difference"),
    ],
)
def test_a_reference_to_nothing_is_refused(writable, table, column):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        writable.execute(f"UPDATE {table} SET {column} = 99999 WHERE rowid = (SELECT min(rowid) FROM {table})")


def test_a_number_is_printed_or_bounded_and_never_both(writable):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        writable.execute("UPDATE observation SET value = NULL")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        writable.execute("UPDATE observation SET high = value + 1")
    writable.execute("UPDATE observation SET value = NULL, low = 1, high = 3, status = 'bounded'")


def test_no_two_cells_share_a_position(writable):
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        writable.execute("UPDATE observation SET row_position = 0, column_position = 0")


def test_the_view_figures_has_exactly_the_public_columns(database):
    with closing(connect(database)) as connection:
        names = [column[0] for column in connection.execute("SELECT * FROM figures").description]
    assert names == [
        *("report", "table_number", "table_heading"),
        *("indicator", "unit"),
        *("place", "place_label", "region"),
        "period",
        "geweld",
        *("classification", "category", "category_label"),
        *("value", "low", "high"),
        "status",
        "is_total",
        *("published", "superseded_by", "is_provisional"),
    ]


def test_figures_has_one_row_per_printed_number(database):
    count = "SELECT count(*) FROM figures WHERE report = ? AND is_total = ?"
    assert rows(database, count, "polder_2021", 0) == [(6 + 3 + 2 + 5,)]
    assert rows(database, count, "polder_2021", 1) == [(2 + 1 + 0 + 3,)]
    assert rows(database, count, "stad_2022-H1", 0) == [(6 + 3,)]
    assert rows(database, count, "stad_2022-H1", 1) == [(4 + 2 + 2 + 3,)]


@pytest.mark.parametrize(
    ("where", "printed", "about", "number"),
    [
        (
            "table_number = '1.1' AND place = 'stad' AND period = '2021'",
            ("1.1", "Meldingen per gemeente", "meldingen", "aantal"),
            ("stad", "Stad", "polder", "2021", "alle", None, None, None),
            (80, 80, 80, "printed", 0, None, None, 0),
        ),
        (
            "table_number = '1.2' AND category = 'partner'",
            ("1.2", "Aard", "naar_aard", "aantal"),
            ("polder", "Polder", "polder", "2021", "hg", "aard", "partner", "Partnergeweld"),
            (50, 50, 50, "printed", 0, None, None, 0),
        ),
        (
            "table_number = '1.1' AND is_total AND period = '2021'",
            ("1.1", "Meldingen per gemeente", "meldingen", "aantal"),
            ("polder", "Polder", "polder", "2021", "alle", None, None, None),
            (94, 94, 94, "printed", 1, None, None, 0),
        ),
    ],
)
def test_a_figure_says_where_it_was_printed_and_what_it_is_about(database, where, printed, about, number):
    found = rows(database, f"SELECT * FROM figures WHERE report = 'polder_2021' AND {where}")
    assert found == [("polder_2021", *printed, *about, *number)]


def test_a_total_that_differs_stands_beside_its_computed_sum(database):
    check = f"""{TOTALS} SELECT printed, computed, parts, explanation FROM total_check
        WHERE source_table = (SELECT id FROM source_table WHERE report = 'polder_2021' AND number = '1.1')
        ORDER BY period"""
    assert rows(database, check) == [
        (101, 101, 3, None),
        (94, 95, 3, "Gedrukt staat 94; de cellen geven 95."),
    ]


def test_a_total_is_not_computed_where_lost_blanks_hide_its_parts(database):
    check = f"""{TOTALS} SELECT c.place, printed, computed FROM total_check AS c
        JOIN source_table AS t ON t.id = source_table WHERE number = '3.A' ORDER BY printed"""
    assert rows(database, check) == [("polder-overig", 2, None), ("dorp", 12, None), ("stad", 80, None)]


def test_a_total_of_percentages_is_not_a_sum(world):
    edit(world / "reports/polder_2021.yaml", "Polder: [44.5, 46]", "Polder: [44.5, 46]\n      totaal: [44.5, 46]")
    build(world, world / "vt.db")
    check = f"""{TOTALS} SELECT printed, computed FROM total_check JOIN source_table AS t ON t.id = source_table
        WHERE number = '2.1'"""
    assert rows(world / "vt.db", check) == [(44.5, None), (46, None)]


def test_a_region_has_the_inhabitants_of_all_its_gemeenten_in_a_year_that_all_have(database):
    population = "SELECT year, inhabitants, low, high FROM population WHERE place = ? ORDER BY year"
    assert rows(database, population, "dorp") == [(2020, 990, 990, 990), (2021, 1002, 1000, 1004)]
    assert rows(database, population, "polder") == [(2021, 10002, 10000, 10004)]


def test_indicators_and_groups_may_name_one_that_comes_later(world):
    edit(world / "catalogue/categories.yaml", "  particulieren: {label: Particulieren}\n", "")
    last = "parent: particulieren}\n"
    edit(world / "catalogue/categories.yaml", last, f"{last}  particulieren: {{label: Particulieren, parent: rest}}\n")
    edit(world / "catalogue/categories.yaml", "parent: rest}\n", "parent: rest}\n  rest: {label: Rest}\n")
    build(world, world / "vt.db")
    assert rows(world / "vt.db", "SELECT id FROM category_group WHERE parent = 'rest'") == [("particulieren",)]


def test_a_build_that_fails_on_its_data_leaves_the_old_file_as_it_was(world, database):
    before, seen = database.read_bytes(), sorted(world.iterdir())
    edit(world / "reports/polder_2021.yaml", "[10, 12]", "[10, twaalf]")
    with pytest.raises(DataError):
        ensure(world, database)
    assert database.read_bytes() == before
    assert sorted(world.iterdir()) == seen


@pytest.mark.parametrize("room", [0, 20_000, 60_000])
def test_a_build_that_runs_out_of_room_leaves_the_old_file_as_it_was(world, database, room):
    before, seen = database.read_bytes(), sorted(world.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(sqlite3.Error):
            build(world, database)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert database.read_bytes() == before
    assert sorted(world.iterdir()) == seen


def test_a_build_that_cannot_be_swapped_in_leaves_nothing_behind(world):
    target = world / "vt.db"
    (target / "in de weg").mkdir(parents=True)
    seen = sorted(world.iterdir())
    with pytest.raises(OSError, match="directory"):
        build(world, target)
    assert sorted(world.iterdir()) == seen


def test_a_reader_keeps_the_database_that_it_opened(world, database):
    with closing(connect(database)) as reader:
        edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
        ensure(world, database)
        value = "SELECT value FROM figures WHERE place = 'stad' AND indicator = 'meldingen' AND period = '2021'"
        assert reader.execute(value).fetchall() == [(80,)]
        assert rows(database, value) == [(81,)]


def test_a_missing_database_is_built_in_a_folder_that_is_made(world, tmp_path):
    target = tmp_path / "nieuw" / "# 100% ?mode=rwc" / "vt.db"
    assert ensure(world, target) == target
    assert rows(target, "SELECT count(*) > 0 FROM figures") == [(1,)]
    assert [path.name for path in target.parent.iterdir()] == ["vt.db"]


@pytest.mark.parametrize("content", [b"", b"geen database", b"SQLite format 3\0" + b"\0" * 4080])
def test_a_file_that_is_no_database_of_ours_is_built_anew(world, content):
    target = world / "vt.db"
    target.write_bytes(content)
    ensure(world, target)
    assert rows(target, "SELECT count(*) > 0 FROM figures") == [(1,)]


def test_an_unchanged_folder_is_not_built_again(world, database):
    before = identity(database)
    os.utime(world / "reports/polder_2021.yaml")
    ensure(world, database)
    assert identity(database) == before


@pytest.mark.parametrize("file", ["catalogue/glossary.yaml", "reports/polder_2021.yaml", "reports/nieuw.yaml"])
def test_a_changed_folder_is_built_again(world, database, file):
    before = identity(database)
    path = world / file
    text = (path if path.exists() else world / "reports/stad_2022-H1.yaml").read_text()
    path.write_text(text.replace("Eerste helft", "Weer de eerste helft") + "# anders\n")
    ensure(world, database)
    assert identity(database) != before
    assert rows(database, "SELECT value FROM build WHERE key = 'content_hash'") == [(hash_content(world),)]


def test_a_report_that_is_taken_away_leaves_the_database(world, database):
    (world / "reports/stad_2022-H1.yaml").unlink()
    ensure(world, database)
    assert rows(database, "SELECT id FROM report") == [("polder_2021",)]


def test_the_same_content_has_the_same_hash_wherever_it_lies(world, tmp_path):
    assert hash_content(world) == hash_content(write_world(tmp_path / "elders"))


def test_a_database_of_other_rules_is_not_served(world, tmp_path):
    """Of a program of which one file after another is changed."""
    program = shutil.copytree(Path(vt.__file__).parent, tmp_path / "program/vt")
    say_hashes = f"""
import sys
sys.path.insert(0, {str(program.parent)!r})
from vt.build.build import *
from vt.build.build import _hash_program
print(hash_content(Path({str(world)!r})))
for file in ("build/suppression_search.py", "audit/checks.py", "build/schema/star.sql"):
    with (Path({str(program)!r}) / file).open("a") as text:
        text.write("\\n")
    _hash_program.cache_clear()
    print(hash_content(Path({str(world)!r})))
"""
    said = subprocess.check_output([sys.executable, "-c", say_hashes], text=True).split()
    assert said[0] == hash_content(world)
    assert len(set(said)) == 4


def test_it_builds_without_the_locks_that_windows_lacks(world):
    target, leftover = world / "vt.db", world / ".vt.db.x.building"
    leftover.touch()
    program = (
        "import sys; sys.modules['fcntl'] = None; from pathlib import Path; from vt.build.build import ensure; "
        f"ensure(Path({str(world)!r}), Path({str(target)!r}))"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
    assert rows(target, "SELECT count(*) > 0 FROM figures") == [(1,)]
    assert [path.name for path in world.glob(".vt.db.*")] == [leftover.name], "of whom it is cannot be told"
    build(world, target)
    assert not list(world.glob(".vt.db.*"))


def test_data_and_database_may_lie_elsewhere(monkeypatch, tmp_path):
    monkeypatch.delenv("VT_DATA", raising=False)
    monkeypatch.delenv("VT_DATABASE", raising=False)
    own = Path(__file__).parent.parent / "data"
    assert (data_folder(), database_path()) == (own, own / "vt.db")
    monkeypatch.setenv("VT_DATA", str(tmp_path / "gegevens"))
    assert (data_folder(), database_path()) == (tmp_path / "gegevens", tmp_path / "gegevens/vt.db")
    monkeypatch.setenv("VT_DATABASE", str(tmp_path / "kopie.db"))
    assert (data_folder(), database_path()) == (tmp_path / "gegevens", tmp_path / "kopie.db")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO geweld VALUES ('x', 'x', 'x')",
        "UPDATE place SET label = 'x'",
        "DELETE FROM observation",
        "DROP VIEW figures",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "ATTACH '{folder}/kopie.db' AS kopie",
        "VACUUM INTO '{folder}/kopie.db'",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA user_version = 3",
        "BEGIN",
    ],
)
def test_a_connection_can_only_select(database, tmp_path, sql):
    before, seen = database.read_bytes(), sorted(tmp_path.iterdir())
    with (
        closing(connect(database)) as connection,
        pytest.raises(sqlite3.DatabaseError, match=r"not authorized|authorization denied"),
    ):
        connection.execute(sql.format(folder=tmp_path))
    assert database.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == seen


def test_a_connection_can_use_functions_and_recursion(database):
    assert rows(database, "SELECT group_concat(id) FROM (SELECT id FROM report ORDER BY id)") == [
        ("polder_2021,stad_2022-H1",)
    ]
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT sum(i) FROM n"
    assert rows(database, count) == [(10,)]


def test_a_missing_database_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "weg.db")
    assert list(tmp_path.iterdir()) == []
