"""Lost blanks put back: bounds held against every arrangement there is, conflicts, the clock, the file and its hash."""

import random
import re
from dataclasses import replace
from itertools import combinations, product
from math import prod

import pytest
from real import DATA
from worlds import add_report, report_of

from vt.audit.puzzle import ALL, Evidence, Line, Puzzle, Sum, find_recoverable, make_puzzle
from vt.audit.recovered import Bound, load_recovered
from vt.errors import DataError
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import load_reports

pytest.importorskip("ortools", reason="OR-tools is not installed: uv sync --group recover")

from vt.audit.solver import NothingFitsError, recover, recover_all

ROWS = """
number: "9.A"
heading: Melders per gemeente
indicator: naar_aard
rows: category
columns: {place: [Dorp, De Stad, Overige gemeente]}
cells:
  Partnergeweld: {sequence: [2, 5]}
  Kindermishandeling: {sequence: [1]}
  Andere zorgen: [4, 6, 1]
  totaal: [6, 11, 2]
"""


def arrangements(asked):
    """Every arrangement of every row that gives every total: the plain definition, as slow as it is."""
    width = len(asked.columns)
    choices = []
    for line in asked.lines:
        stands = combinations(range(width), len(line.numbers)) if line.lost else [tuple(range(width))]
        choices.append(
            [tuple(dict(zip(at, line.numbers, strict=True)).get(c, 0) for c in range(width)) for at in stands]
        )
    return [
        grid
        for grid in product(*choices)
        if all(sum(grid[n][c] for n in e.lines for c in e.columns) == e.value for e in asked.evidence)
    ]


def counted(asked):
    """The bounds by counting out: per lost line and per sum."""
    grids = arrangements(asked)
    columns = range(len(asked.columns))

    def bound(lines, column):
        values = [sum(grid[n][column] for n in lines) for grid in grids]
        return Bound(min(values), max(values))

    cells = {n: [bound((n,), c) for c in columns] for n in asked.lost}
    return cells, [[bound(about.lines, c) for c in columns] for about in asked.sums]


def random_puzzle(seed):
    """A small table as it was before its blanks were lost, without them; sometimes without one of its totals."""
    dice = random.Random(seed)
    width, height = dice.randint(3, 5), dice.randint(3, 5)
    grid = [[dice.choice([0, 0, 0, 1, 1, 1, 2]) for _ in range(width)] for _ in range(height)]
    lost = [dice.random() < 0.95 for _ in grid]
    lines = [
        Line(n, f"rij {n}", tuple(value for value in row if value or not lost[n]), lost[n])
        for n, row in enumerate(grid)
    ]
    every = tuple(range(height))
    evidence = [Evidence("rij totaal", every, (c,), sum(row[c] for row in grid)) for c in range(width)]
    if dice.random() < 0.3:
        evidence.pop(dice.randrange(width))
    if dice.random() < 0.3:
        n, c = dice.randrange(height), dice.randrange(width)
        evidence.append(Evidence("tabel 2", (n,), (c,), grid[n][c]))
    if dice.random() < 0.3:
        evidence.append(Evidence("tabel 3", every[:2], (0, 1), sum(grid[n][c] for n in every[:2] for c in (0, 1))))
    sums = (Sum(ALL, "totaal", every), Sum("group", "twee", every[-2:]))
    return Puzzle("1", "Proef", tuple("abcde"[:width]), tuple(lines), tuple(evidence), sums)


def small(*sequences, totals, placed=()):
    """A table of rows that lost their blanks, and placed ones under them."""
    lines = [Line(n, f"rij {n}", tuple(numbers), True) for n, numbers in enumerate(sequences)]
    lines += [Line(n, f"rij {n}", tuple(numbers), False) for n, numbers in enumerate(placed, len(lines))]
    every = tuple(range(len(lines)))
    evidence = tuple(Evidence("rij totaal", every, (c,), total) for c, total in enumerate(totals) if total is not None)
    return Puzzle("1", "Proef", tuple("abcdefgh"[: len(totals)]), tuple(lines), evidence, ())


@pytest.fixture
def data(world):
    """The small world without the report whose own rows fit no total."""
    (world / "reports" / "polder_2021.yaml").unlink()
    return world


def written(data):
    """What the world's new table gets as its file, and where it stands."""
    add_report(data, ROWS)
    recover_all(data)
    return data / "recovered" / "proef.yaml"


def refused(data):
    catalogue = load_catalogue(data / "catalogue")
    with pytest.raises(DataError) as error:
        load_recovered(data / "recovered", load_reports(data / "reports", catalogue), catalogue)
    return str(error.value)


@pytest.mark.parametrize("seed", range(60))
def test_bounds_are_those_of_all_arrangements_counted_out(seed):
    asked = random_puzzle(seed)
    outcome = recover(asked)
    assert (outcome.cells, outcome.sums) == counted(asked)
    assert outcome.exact
    assert outcome.recovered + outcome.bounded == len(asked.lost) * len(asked.columns)


def test_the_random_tables_hold_what_is_hard():
    # cells that stay open, more arrangements than one, cells that no total alone decides
    puzzles = [random_puzzle(seed) for seed in range(60)]
    open_cells = [sum(b.low < b.high for row in counted(asked)[0].values() for b in row) for asked in puzzles]
    assert sum(count > 0 for count in open_cells) > 20
    assert max(len(arrangements(asked)) for asked in puzzles) > 20


def test_totals_and_order_together_decide_what_neither_does_alone():
    outcome = recover(small([2, 5], [1], totals=[2, 1, 5]))
    assert outcome.cells == {0: [Bound(2, 2), Bound(0, 0), Bound(5, 5)], 1: [Bound(0, 0), Bound(1, 1), Bound(0, 0)]}


def test_what_is_not_decided_is_bounded_and_a_sum_can_be_known_all_the_same():
    asked = replace(small([1], [1], totals=[1, 1]), sums=(Sum(ALL, "totaal", (0, 1)),))
    outcome = recover(asked)
    assert outcome.cells == {0: [Bound(0, 1)] * 2, 1: [Bound(0, 1)] * 2}
    assert outcome.sums == [[Bound(1, 1)] * 2]


def test_a_zero_that_was_printed_and_equal_numbers_give_no_false_certainty():
    asked = small([0, 3, 3], totals=[None, None, None, 3])
    assert (recover(asked).cells, []) == counted(asked)


def test_a_table_too_large_to_count_out_that_needs_all_its_rows_together():
    dice = random.Random(1)
    grid = [[dice.choice([0, 0, 0, 1, 2, 3]) for _ in range(8)] for _ in range(12)]
    asked = small(*([v for v in row if v] for row in grid), totals=[sum(column) for column in zip(*grid, strict=True)])
    outcome = recover(asked)
    assert prod(len([*combinations(range(8), len(line.numbers))]) for line in asked.lines) > 10**15
    assert outcome.exact
    for n, bounds in outcome.cells.items():
        assert all(bound.low <= value <= bound.high for bound, value in zip(bounds, grid[n], strict=True))


def test_an_impossible_table_names_the_total_and_the_rows_that_contradict():
    with pytest.raises(NothingFitsError) as error:
        recover(small([1, 2], [4], [3, 3, 3], totals=[3, 3, 10]))
    assert str(error.value) == "met geen enkele keuze uit de getallen komt kolom c = 10 (rij totaal) uit"


def test_a_conflict_of_order_is_told_without_what_has_no_part_in_it():
    # 2 cannot stand right of 5: with 5 in column b, column c cannot hold the 2; the row of eights has no part in it
    with pytest.raises(NothingFitsError) as error:
        recover(small([2, 5], [8, 8, 8], totals=[8, 13, 10]))
    assert "“rij 0”" in str(error.value)
    assert "“rij 1”" not in str(error.value)
    assert "kolom a" not in str(error.value)


def test_numbers_that_do_not_add_up_to_the_totals_are_told_first():
    with pytest.raises(
        NothingFitsError, match=r"de getallen tellen op tot 1\.003, de totalen van de kolommen tot 1\.004"
    ):
        recover(small([3], totals=[1000, 4], placed=[[1000, 0]]))


def test_stopped_by_the_clock_the_bounds_are_wide_and_say_so():
    report, table, catalogue = real_table("1.A")
    asked = make_puzzle(report, table, catalogue)
    outcome = recover(asked, seconds=0)
    assert not outcome.exact
    assert outcome.unproved > 100
    answer = load_recovered(DATA / "recovered", [report], catalogue)[report.id, "1.A", table.heading]
    wide = [bound for row in outcome.cells.values() for bound in row]
    for loose, exact in zip(wide, (cell.bound for cell in answer.cells), strict=True):
        assert loose.low <= exact.low <= exact.high <= loose.high


def real_table(number):
    catalogue = load_catalogue(DATA / "catalogue")
    for report in load_reports(DATA / "reports", catalogue):
        for table in find_recoverable(report, catalogue):
            if table.number == number:
                return report, table, catalogue
    raise LookupError(number)


@pytest.mark.parametrize("number", ["1.B", "1.C", "2.B", "2.C"])
def test_a_real_table_proved_anew_gives_what_is_committed(number):
    report, table, catalogue = real_table(number)
    outcome = recover(make_puzzle(report, table, catalogue), seconds=60)
    answer = load_recovered(DATA / "recovered", [report], catalogue)[report.id, number, table.heading]
    assert outcome.exact
    assert answer.exact
    assert [cell.bound for cell in answer.cells] == [bound for row in outcome.cells.values() for bound in row]
    named = [placed.bound for placed in answer.sums if placed.kind]
    assert named == [bound for row in outcome.sums for bound in row]


def test_every_real_table_with_lost_blanks_is_answered_and_its_answer_gives_the_rows_and_totals():
    catalogue = load_catalogue(DATA / "catalogue")
    reports = load_reports(DATA / "reports", catalogue)
    found = load_recovered(DATA / "recovered", reports, catalogue)
    tables = [(report, table) for report in reports for table in find_recoverable(report, catalogue)]
    assert {(report.id, table.number, table.heading) for report, table in tables} == set(found)
    for report, table in tables:
        answer = found[report.id, table.number, table.heading]
        for row in table.sequences:
            numbers = [cell.value for cell in table.cells if cell.row == row]
            cells = [placed for placed in answer.cells if placed.row == row]
            assert sum(c.bound.low for c in cells) <= sum(numbers) <= sum(c.bound.high for c in cells)
            assert {n for c in cells for n in (c.bound.low, c.bound.high)} <= {0, *numbers}


def test_the_cells_know_what_they_are_about_and_where_they_stand(data):
    written(data)
    catalogue = load_catalogue(data / "catalogue")
    found = load_recovered(data / "recovered", load_reports(data / "reports", catalogue), catalogue)
    answer = found["proef", "9.A", "Melders per gemeente"]
    assert [(c.key.place, c.key.category, c.key.geweld, c.row, c.column, c.bound) for c in answer.cells] == [
        ("dorp", "aard/partner", "hg", 0, 0, Bound(2, 2)),
        ("stad", "aard/partner", "hg", 0, 1, Bound(5, 5)),
        ("polder-overig", "aard/partner", "hg", 0, 2, Bound(0, 0)),
        ("dorp", "aard/kind", "km", 1, 0, Bound(0, 0)),
        ("stad", "aard/kind", "km", 1, 1, Bound(0, 0)),
        ("polder-overig", "aard/kind", "km", 1, 2, Bound(1, 1)),
    ]
    assert {cell.bound.status for cell in answer.cells} == {"recovered"}
    rows = [(s.name, s.key.place, s.bound.value) for s in answer.sums if not s.kind]
    assert rows == [("Partnergeweld", "polder", 7), ("Kindermishandeling", "polder", 1)]
    together = [(s.key.place, s.key.geweld, s.key.category, s.bound.value) for s in answer.sums if s.kind == ALL]
    assert together == [("dorp", None, None, 6), ("stad", None, None, 11), ("polder-overig", None, None, 2)]


def test_a_table_that_changed_since_is_refused_until_it_is_recovered_again(data, capsys):
    path = written(data)
    add_report(data, ROWS.replace("[4, 6, 1]", "[4, 7, 1]").replace("[6, 11, 2]", "[6, 12, 2]"))
    assert refused(data) == (
        "proef.yaml, regel 5, tabel 9.A (Melders per gemeente): de tabel is veranderd sinds zij is herleid"
        " – draai “vt recover” en leg het resultaat vast"
    )
    before = path.read_text()
    recover_all(data)
    assert path.read_text() != before
    capsys.readouterr()
    recover_all(data)
    assert capsys.readouterr().out == f"{path}: is bij\n"


@pytest.mark.parametrize(
    ("found", "replaced", "message"),
    [
        (r"\[2, 5, 0\]", "[2, 5]", "rij Partnergeweld: de rij heeft niet per kolom een getal of [laagste, hoogste]"),
        (r"\[2, 5, 0\]", "[2, [5, 3], 0]", "de rij heeft niet per kolom een getal"),
        (r"\[2, 5, 0\]", "[2, true, 0]", "de rij heeft niet per kolom een getal"),
        (
            r'"Partnergeweld":',
            '"Partnergewel":',
            "onbekende sleutel “Partnergewel” in cells – bedoeld: “Partnergeweld”?",
        ),
        (r'"9\.A"', '"9.B"', "tabel 9.A (Melders per gemeente): deze tabel is nog niet herleid"),
        (r"sha256: .*", "sha256: x", "de tabel is veranderd sinds zij is herleid"),
    ],
)
def test_a_file_written_by_hand_is_refused_with_what_was_found_and_meant(data, found, replaced, message):
    path = written(data)
    changed = re.sub(found, replaced, path.read_text())
    assert changed != path.read_text()
    path.write_text(changed)
    assert message in refused(data)


def test_a_file_of_no_report_is_refused_and_a_report_without_a_file_is_not(data):
    path = written(data)
    path.rename(path.with_name("weg.yaml"))
    assert refused(data).startswith("weg.yaml: er is geen rapport “weg”")
    path.with_name("weg.yaml").unlink()
    catalogue = load_catalogue(data / "catalogue")
    assert load_recovered(data / "recovered", load_reports(data / "reports", catalogue), catalogue) == {}


def test_an_impossible_table_is_told_with_its_name_and_leaves_no_file(data):
    add_report(data, ROWS.replace("[6, 11, 2]", "[6, 11, 3]"))
    with pytest.raises(DataError) as error:
        recover_all(data)
    assert "proef.yaml, tabel 9.A (Melders per gemeente): de getallen tellen op tot 19" in str(error.value)
    assert "kolom Overige gemeente = 3 (rij totaal)" in str(error.value)
    assert not (data / "recovered" / "proef.yaml").exists()


def test_a_total_that_is_explained_as_wrong_is_no_evidence(data):
    changed = ROWS.replace("[6, 11, 2]", "[6, 11, 3]") + (
        "differences:\n  - {totals: [{place: Overige gemeente}], explanation: Gedrukt is 3.}\n"
    )
    add_report(data, changed)
    catalogue = load_catalogue(data / "catalogue")
    report = report_of(data, catalogue)
    asked = make_puzzle(report, report.tables[0], catalogue)
    assert [evidence.columns for evidence in asked.evidence] == [(0,), (1,)]
    assert recover(asked).exact


def test_the_same_cells_in_another_table_are_evidence(data):
    again = ROWS.replace("9.A", "9.B").replace("[2, 5]}", "[2, 5]}").replace("  totaal: [6, 11, 2]\n", "")
    add_report(data, again)
    path = data / "reports" / "proef.yaml"
    path.write_text(
        path.read_text()
        + """
  - number: "9.C"
    heading: Kindermishandeling in Dorp
    indicator: naar_aard
    rows: category
    place: Dorp
    cells: {Kindermishandeling: [1]}
"""
    )
    catalogue = load_catalogue(data / "catalogue")
    report = report_of(data, catalogue)
    asked = make_puzzle(report, report.tables[0], catalogue)
    assert asked.evidence == (Evidence("tabel 9.C (Kindermishandeling in Dorp)", (1,), (0,), 1),)
    assert recover(asked).cells[1] == [Bound(1, 1), Bound(0, 0), Bound(0, 0)]
