"""Every check: what it finds, what it lets pass, and what it says of the two reports themselves."""

import shutil
from collections import Counter
from itertools import product

import pytest
from real import DATA, DORDRECHT, IJSSELLAND, load_yaml
from worlds import add_report, report_of

from vt.audit import checks
from vt.audit.checks import check_report
from vt.audit.results import judge
from vt.ingest.catalogue import load_catalogue
from vt.ingest.claims import load_claims
from vt.ingest.reports import load_reports
from vt.model.claims import ClaimKind, Claims, Layout, Relation
from vt.model.formula import Formula
from vt.model.verdicts import CheckKind, Outcome, is_unaccounted
from vt.web.audit import render_checks

RELATION, ANNEX = CheckKind.RELATION, CheckKind.ANNEX
RIGHT, CAUTION, CONVENTION, CUT, WRONG, _, UNKNOWN = Outcome

GRID = """
number: "1"
heading: Meldingen
indicator: meldingen
rows: place
columns: {period: [2020, 2021, totaal]}
cells:
  Dorp:   [10, 20, 30]
  Stad:   [40, 50, 90]
  totaal: [50, 70, 120]
"""
NO_CELL = "Geen enkele cel verklaart dit: elke waarde die het ene totaal herstelt, breekt een ander."
SOME_CELL = "Eén cel kan dit verklaren, maar welke is uit de totalen niet op te maken."


def mended(cell, printed, right):
    return f"Eén cel verklaart dit: {cell} is gedrukt als {printed}; met {right} klopt alles."


def find_unaccounted(verdicts):
    return [each for each in verdicts if is_unaccounted(each.outcome, each.explanation)]


@pytest.fixture
def check_totals(read_table, catalogue):
    return lambda text: checks.check_totals(read_table(text), catalogue)


@pytest.mark.parametrize(
    ("most", "total", "outcome"),
    [
        ("below: 5", 14, RIGHT),
        ("below: 5", 10, RIGHT),
        ("below: 5", 15, WRONG),
        ("below: 5", 9, WRONG),
        ("", 99, RIGHT),
    ],
)
def test_a_total_holds_where_what_is_not_printed_can_make_it_up(check_totals, most, total, outcome):
    withheld = f"withheld: [{{place: Stad, period: 2020{', ' * bool(most)}{most}}}]\n"
    text = GRID.replace("Stad:   [40, 50, 90]", "Stad:   [null, 50, 90]").replace(
        "[50, 70, 120]", f"[{total}, 70, 120]"
    )
    found = {each.about: each for each in check_totals(text + withheld)}
    assert found["2020"].outcome == outcome


@pytest.mark.parametrize(
    ("value", "expect", "outcome", "computed", "bound"),
    [
        (12, "equal", UNKNOWN, None, None),
        (12, "at most", UNKNOWN, None, None),
        (9, "at most", RIGHT, 10, "least"),
        (15, "equal", WRONG, 14, "most"),
        (15, "at most", WRONG, 14, "most"),
        (9, "equal", WRONG, 10, "least"),
    ],
)
def test_a_relation_with_a_part_that_is_not_printed_is_wrong_only_where_no_number_mends_it(
    world, value, expect, outcome, computed, bound
):
    add_report(
        world,
        "{number: '1', heading: Een, indicator: meldingen, rows: place, cells: {Dorp: [10], Stad: [null]}, "
        "withheld: [{place: Stad, below: 5}]}",
        f"{{number: '2', heading: Twee, indicator: naar_aard, rows: category, cells: {{Partnergeweld: [{value}]}}}}",
    )
    catalogue = load_catalogue(world / "catalogue")
    relation = Relation("Twee naast een", Formula("naar_aard"), Formula("meldingen"), expect)
    found = check_report(report_of(world, catalogue), Claims(layout=Layout((relation,))), catalogue)
    (verdict,) = [each for each in found if each.kind == RELATION]
    assert (verdict.outcome, verdict.computed, verdict.bound) == (outcome, computed, bound)


@pytest.fixture
def check_tables(world):
    """Checks the derived columns of one report, of the tables given as YAML."""

    def verdicts(*tables):
        add_report(world, *tables)
        catalogue = load_catalogue(world / "catalogue")
        found = check_report(report_of(world, catalogue), Claims(), catalogue)
        return [verdict for verdict in found if verdict.kind == CheckKind.DERIVED]

    return verdicts


# --- totals ----------------------------------------------------------------------------------------------------------


def test_totals_are_checked_along_rows_along_columns_and_over_all(check_totals):
    found = check_totals(GRID)
    assert [(v.about, v.printed, v.computed) for v in found] == [
        ("Dorp", 30, 30),
        ("Stad", 90, 90),
        ("2020", 50, 50),
        ("2021", 70, 70),
        ("alles samen", 120, 120),
    ]
    assert {(v.kind, v.outcome, v.remark, v.unit) for v in found} == {(CheckKind.TOTAL, RIGHT, None, "aantal")}
    assert [v.cells for v in found] == [((0, 2),), ((1, 2),), ((2, 0),), ((2, 1),), ((2, 2),)]


def test_totals_per_geweld_and_outside_the_grid_are_checked(check_totals):
    found = check_totals("""
        {number: "1", heading: Meldingen, indicator: meldingen, rows: place,
         columns: {period: [2020, 2021], geweld: [KM, HG]}, cells: {Dorp: [1, 2, 3, 4]},
         totals: [{geweld: KM, printed: 4}, {period: 2021, printed: 8}, {printed: 10}]}
    """)
    assert [(v.about, v.printed, v.computed, v.outcome) for v in found] == [
        ("kindermishandeling", 4, 4, RIGHT),
        ("2021", 8, 7, WRONG),
        ("alles samen", 10, 10, RIGHT),
    ]
    assert found[1].cells == ()


@pytest.mark.parametrize(
    ("row", "printed", "right"), [("Stad:   [40, 49, 90]", 49, 50), ("Stad:   [40, 0, 90]", 0, 50)]
)
def test_a_cell_in_which_all_deviating_totals_cross_is_named_with_its_value(check_totals, row, printed, right):
    found = check_totals(GRID.replace("Stad:   [40, 50, 90]", row))
    wrong = [v for v in found if v.outcome == WRONG]
    assert [v.about for v in wrong] == ["Stad", "2021", "alles samen"]
    assert {v.remark for v in wrong} == {mended("Stad, 2021", printed, right)}
    assert all((1, 1) in v.cells for v in wrong)
    assert {v.remark for v in found if v.outcome == RIGHT} == {None}


@pytest.mark.parametrize(
    ("old", "new", "abouts"),
    [
        ("totaal: [50, 70, 120]", "totaal: [50, 70, 121]", ["alles samen"]),
        ("totaal: [50, 70, 120]", "totaal: [50, 71, 120]", ["2021"]),
        ("Dorp:   [10, 20, 30]", "Dorp:   [10, 20, 31]", ["Dorp"]),
        ("totaal: [50, 70, 120]", "totaal: [50, 71, 122]", ["2021", "alles samen"]),
        ("Stad:   [40, 50, 90]", "Stad:   [41, 49, 90]", ["2020", "2021"]),
    ],
)
def test_where_no_single_cell_mends_every_total_it_is_said(check_totals, old, new, abouts):
    found = check_totals(GRID.replace(old, new))
    assert [v.about for v in found if v.outcome == WRONG] == abouts
    assert {v.remark for v in found if v.outcome == WRONG} == {NO_CELL}
    assert [len(v.cells) for v in found] == [1] * 5


def test_two_numbers_in_each_other_s_place_are_named(check_totals):
    found = check_totals(GRID.replace("Stad:   [40, 50, 90]", "Stad:   [50, 40, 90]"))
    assert {v.about: v.remark for v in found if v.outcome == WRONG} == dict.fromkeys(
        ("2020", "2021"), "Twee getallen lijken verwisseld: Stad, 2020 (50) en Stad, 2021 (40); andersom klopt alles."
    )


def test_totals_that_cross_in_one_cell_but_ask_for_different_values_have_no_culprit(check_totals):
    text = GRID.replace("[10, 20, 30]", "[10, 20, 31]").replace("[50, 70, 120]", "[50, 72, 121]")
    wrong = [v for v in check_totals(text) if v.outcome == WRONG]
    assert [(v.about, v.printed - v.computed) for v in wrong] == [("Dorp", 1), ("2021", 2), ("alles samen", 1)]
    assert {v.remark for v in wrong} == {NO_CELL}


def test_a_cell_that_would_have_to_be_negative_is_no_culprit(check_totals):
    text = GRID.replace("[40, 50, 90]", "[40, 50, 30]").replace("[50, 70, 120]", "[50, 10, 60]")
    found = check_totals(text)
    assert [v.printed - v.computed for v in found if v.outcome == WRONG] == [-60, -60, -60]
    assert {v.remark for v in found if v.outcome == WRONG} == {NO_CELL}


def test_where_more_than_one_cell_could_mend_a_total_none_is_named(check_totals):
    found = check_totals("""
        {number: "1", heading: Meldingen, indicator: meldingen, rows: place, cells: {Dorp: [1], Stad: [2], totaal: [4]}}
    """)
    assert [(v.outcome, v.remark, v.cells) for v in found] == [(WRONG, SOME_CELL, ((2, 0),))]


SEQUENCE = """
{number: "3", heading: Melders, indicator: naar_melder, rows: category, columns: {place: [Dorp, Stad]},
 cells: {Politie/OM: [7, 60], Buurtbewoner: {sequence: [5]}, totaal: [12, 60]},
 totals: [{category: Politie/OM, printed: 67}, {category: Buurtbewoner, printed: 6}]}
"""


def test_totals_of_hidden_cells_and_of_percentages_are_not_checked(check_totals):
    found = check_totals(SEQUENCE)
    assert [(v.printed, v.computed, v.outcome) for v in found] == [
        (12, None, UNKNOWN),
        (60, None, UNKNOWN),
        (67, 67, RIGHT),
        (6, 5, WRONG),
    ]
    [percent] = check_totals("""
        {number: "1", heading: Op tijd, indicator: tijdig, rows: place, cells: {Dorp: [50], Stad: [60], totaal: [58]}}
    """)
    assert (percent.computed, percent.outcome) == (None, UNKNOWN)


def test_a_culprit_among_lost_blanks_is_named_without_a_column(check_totals):
    [wrong] = [v for v in check_totals(SEQUENCE) if v.outcome == WRONG]
    assert wrong.remark == mended("Buurtbewoner", 5, 6)


def test_a_difference_is_explained_by_the_table_itself(check_totals):
    text = GRID.replace("[50, 70, 120]", "[50, 71, 120]")
    [bare] = find_unaccounted(check_totals(text))
    assert bare.about == "2021"
    explained = text + "differences: [{totals: [{period: 2021}], explanation: Zo gedrukt.}]"
    assert find_unaccounted(check_totals(explained)) == []
    assert [v.explanation for v in check_totals(explained) if v.outcome == WRONG] == ["Zo gedrukt."]


def test_an_explanation_of_a_total_that_fits_is_unaccounted(check_totals):
    [needless] = find_unaccounted(check_totals(GRID + "differences: [{totals: [{period: 2021}], explanation: Zo.}]"))
    assert (needless.about, needless.outcome, needless.explanation) == ("2021", RIGHT, "Zo.")


# --- one printed number against one computed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "computed", "outcome"),
    [
        (12, 12, RIGHT),
        (12, 12.49, RIGHT),
        (13, 12.5, RIGHT),
        (14, 13.5, RIGHT),
        (15, 29 / 200 * 100 + 0.5, RIGHT),
        (12, 12.5, CUT),
        (12, 12.99, CUT),
        (13, 12.49, WRONG),
        (11, 12.01, WRONG),
        (12, 13, WRONG),
        (-13, -12.5, RIGHT),
        (-12, -12.5, CUT),
        (-12, -12.99, CUT),
        (-13, -12.49, WRONG),
        (0, -0.4, RIGHT),
        (0, -0.9, CUT),
        (0, 0, RIGHT),
        (0, 1, WRONG),
        (1.2, 1.15, RIGHT),
        (1.1, 1.15, CUT),
        (1.1, 1.24, WRONG),
        (1.25, 1.25, RIGHT),
        (1.3, 1.25, RIGHT),
        (10, 9.96, RIGHT),
        (0.07, 0.069, RIGHT),
        (100, 99.5, RIGHT),
        (5, -5, WRONG),
        (33.3, 100 / 3, RIGHT),
        (3, 0.1 * 3 * 10, RIGHT),
        (15, 14.499999999999998, RIGHT),
        (14, 14.499999999999998, CUT),
        (14, 14.4999, RIGHT),
        (7, 1e11, WRONG),
        (1e-7, 1e11, WRONG),
        (7, 1e300, WRONG),
        (1e300, 1e300, RIGHT),
    ],
)
def test_a_number_is_right_cut_off_or_wrong(printed, computed, outcome):
    assert judge(printed, computed) == outcome


# --- derived columns -------------------------------------------------------------------------------------------------

YEARS = """
{number: "1", heading: Meldingen, indicator: meldingen, rows: place, columns: {period: [2020, 2021]},
 cells: {Dorp: [%s], Stad: [%s], totaal: [200, 100]},
 derived: {columns: [%s], cells: {%s}}}
"""
CHANGE = "{heading: Verschil, change: [2020, 2021]}"
SHARE = "{heading: Verhouding, share: 2020}"


@pytest.mark.parametrize(
    ("cells", "printed", "computed", "outcome"),
    [
        ("8, 9", 13, 12.5, RIGHT),
        ("8, 9", 12, 12.5, CUT),
        ("8, 9", 14, 12.5, WRONG),
        ("8, 7", -13, -12.5, RIGHT),
        ("8, 7", -12, -12.5, CUT),
        ("8, 0", -100, -100, RIGHT),
        ("0, 3", 100, None, CONVENTION),
        ("0, 3", 0, None, WRONG),
        ("0, 3", 300, None, WRONG),
        ("0, 0", 0, None, RIGHT),
        ("0, 0", 100, None, WRONG),
        ("null, 3", 100, None, UNKNOWN),
        ("3, null", 100, None, UNKNOWN),
    ],
)
def test_a_printed_change_is_computed_anew(check_tables, cells, printed, computed, outcome):
    rows = f"Dorp: [{printed}], Stad: [null], totaal: [-50]"
    dorp, whole = check_tables(YEARS % (cells, "100, 100", CHANGE, rows))
    assert (dorp.printed, dorp.computed, dorp.outcome, dorp.kind) == (printed, computed, outcome, CheckKind.DERIVED)
    assert (dorp.about, dorp.table, dorp.heading) == ("Dorp, Verschil 2020-2021", "1", "Meldingen")
    assert (whole.about, whole.computed, whole.outcome, whole.cells) == (
        "Totaal, Verschil 2020-2021",
        -50,
        RIGHT,
        ((2, 0), (2, 1)),
    )


@pytest.mark.parametrize(
    ("cells", "printed", "computed", "outcome"),
    [
        ("25, 1", 13, 12.5, RIGHT),
        ("25, 1", 12, 12.5, CUT),
        ("25, 1", 15, 12.5, WRONG),
        ("0, 1", 0, 0, RIGHT),
        ("null, 1", 0, None, UNKNOWN),
    ],
)
def test_a_printed_share_is_computed_from_the_cells_of_its_period(check_tables, cells, printed, computed, outcome):
    other = 200 if "null" in cells else 200 - int(cells.split(",")[0])
    rows = f"Dorp: [{printed}], totaal: [100]"
    dorp, whole = check_tables(YEARS % (cells, f"{other}, 99", SHARE, rows))
    assert (dorp.about, dorp.computed, dorp.outcome) == ("Dorp, Verhouding 2020", computed, outcome)
    assert (whole.about, whole.computed, whole.outcome) == ("Totaal, Verhouding 2020", 100, RIGHT)


def test_the_cells_of_a_derived_number_are_found_where_periods_are_not_years(check_tables):
    table = """
    {number: "1", heading: Meldingen, indicator: meldingen, rows: place, columns: {period: [2021-H1, 2021-H2]},
     cells: {Dorp: [10, 20]},
     derived: {columns: [{heading: Verschil, change: [2021-H1, 2021-H2]}], cells: {Dorp: [100]}}}
    """
    [found] = check_tables(table)
    assert (found.outcome, found.cells) == (RIGHT, ((0, 0), (0, 1)))


def test_a_derived_number_is_explained_by_its_row(check_tables):
    def check(explained):
        column = CHANGE.replace("}", ", explanations: {%s: Zo.}}" % explained)  # noqa: UP031
        tables = YEARS % ("8, 9", "192, 192", column, "Dorp: [14], Stad: [0], totaal: [-50]")
        return [verdict.about[:4] for verdict in find_unaccounted(check_tables(tables))]

    assert check("Dorp") == []
    assert check("Stad") == ["Dorp", "Stad"]


def test_derived_columns_stand_beside_each_other_by_row(check_tables):
    rows = "Dorp: [13, 4], Stad: [0, 96], totaal: [-50, 100]"
    verdicts = check_tables(YEARS % ("8, 9", "192, 192", f"{CHANGE}, {SHARE}", rows))
    assert [(verdict.beside, verdict.printed) for verdict in verdicts] == [
        *(("Verschil 2020-2021", number) for number in (13, 0, -50)),
        *(("Verhouding 2020", number) for number in (4, 96, 100)),
    ]


# --- the two reports -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    """Every report, and its verdicts."""
    catalogue = load_catalogue(DATA / "catalogue")
    reports = {report.id: report for report in load_reports(DATA / "reports", catalogue)}
    claims = load_claims(DATA / "claims", list(reports.values()), catalogue)
    found = {id_: check_report(report, claims.get(id_, Claims()), catalogue) for id_, report in reports.items()}
    return reports, found


def yaml_of(folder, report):
    path = DATA / folder / f"{report}.yaml"
    return load_yaml(path) if path.exists() else {}


def transcribed(report):
    """How many cells and totals a file holds, counted in the YAML itself."""
    cells = whole = 0
    for table in yaml_of("reports", report)["tables"]:
        blocks = table.get("columns", {})
        blocks = blocks if isinstance(blocks, list) else [blocks]
        columns = ["totaal" in labels for block in blocks for labels in product(*block.values())]
        whole += len(table.get("totals", []))
        for label, row in table["cells"].items():
            numbers = row["sequence"] if isinstance(row, dict) else row
            is_total = [label == "totaal" or column for column in columns]
            printed = [total for number, total in zip(numbers, is_total, strict=False) if number is not None]
            cells, whole = cells + printed.count(False), whole + printed.count(True)
    return cells, whole


@pytest.mark.parametrize("report", [IJSSELLAND, DORDRECHT, "cbs_nederland"])
def test_every_printed_number_of_a_report_is_read_and_has_its_verdict(real, report):
    reports, found = real
    cells, whole = transcribed(report)
    claims = yaml_of("claims", report)
    kinds = Counter(verdict.kind for verdict in found[report])
    assert (sum(len(table.cells) for table in reports[report].tables), kinds[CheckKind.TOTAL]) == (cells, whole)
    derived = [table["derived"] for table in yaml_of("reports", report)["tables"] if "derived" in table]
    printed = (number for block in derived for row in block["cells"].values() for number in row)
    assert kinds[CheckKind.DERIVED] == sum(number is not None for number in printed)
    sentences = [sentence for chapter in claims.get("claims", {}).values() for sentence in chapter]
    said = sum(len(sentence) if isinstance(sentence, list) else 1 for sentence in sentences)
    assert kinds[CheckKind.CLAIM] == said
    assert len({(v.table, v.sentence) for v in found[report] if v.sentence}) == len(sentences)


@pytest.mark.parametrize("report", [IJSSELLAND, DORDRECHT])
def test_every_relation_and_annex_of_a_layout_is_checked_and_none_of_the_two_reports_lacks_its_tables(real, report):
    layout = load_yaml(DATA / "layouts" / f"{real[0][report].layout}.yaml")
    verdicts = [v for v in real[1][report] if v.kind in (CheckKind.RELATION, CheckKind.ANNEX)]
    for stated in (*layout["relations"], *layout.get("fits", [])):
        own = [v for v in verdicts if v.about.startswith(stated["about"])]
        assert own, stated["about"]
        assert all(v.outcome != UNKNOWN for v in own)
        if "place" in stated.get("each", []):
            assert all(any(f", {place}" in v.about for v in own) for place in ("Zwolle", "Staphorst"))


@pytest.mark.parametrize("report", [IJSSELLAND, DORDRECHT, "cbs_nederland"])
def test_nothing_is_left_unexplained_and_no_explanation_is_needless(real, report):
    assert find_unaccounted(real[1][report]) == []


def test_what_cannot_be_checked_is_hidden_by_lost_blanks_or_says_why(real):
    reports, found = real
    for id_, verdicts in found.items():
        tables = {(table.number, table.heading): table for table in reports[id_].tables}
        for verdict in (v for v in verdicts if v.outcome == UNKNOWN):
            if verdict.kind == CheckKind.TOTAL:
                assert tables[verdict.table, verdict.heading].sequences
            else:
                assert verdict.kind == CheckKind.CLAIM
                assert verdict.remark
                assert "heeft geen cijfer" not in verdict.remark


@pytest.mark.parametrize(
    ("report", "kind", "table", "printed", "computed", "outcome"),
    [
        (DORDRECHT, CheckKind.TOTAL, "1", 241, 550, WRONG),
        (DORDRECHT, CheckKind.TOTAL, "2", 495, 494, WRONG),
        (DORDRECHT, CheckKind.TOTAL, "2", 947, 946, WRONG),
        (DORDRECHT, CheckKind.TOTAL, "7", 519, 518, WRONG),
        (DORDRECHT, CheckKind.TOTAL, "7", 425, 424, WRONG),
        (DORDRECHT, CheckKind.RELATION, "", 448, 447, WRONG),
        (DORDRECHT, CheckKind.RELATION, "", 94, 95, WRONG),
        (DORDRECHT, CheckKind.RELATION, "", 285, 281, WRONG),
        (DORDRECHT, CheckKind.RELATION, "", 46, 36, WRONG),
        (IJSSELLAND, CheckKind.RELATION, "", 2377, 2378, WRONG),
        (IJSSELLAND, CheckKind.RELATION, "", 2710, 2716, WRONG),
        (IJSSELLAND, CheckKind.CLAIM, "2.4", 2986, 3485, WRONG),
        (IJSSELLAND, CheckKind.CLAIM, "3.1", 63, 63.77, CUT),
        (IJSSELLAND, CheckKind.CLAIM, "2.1", 248, 248.83, CUT),
        (IJSSELLAND, CheckKind.DERIVED, "1.3", -13, -12.5, RIGHT),
        (IJSSELLAND, CheckKind.DERIVED, "1.8", 100, None, CONVENTION),
    ],
)
def test_what_was_found_by_hand_is_found_by_the_engine(real, report, kind, table, printed, computed, outcome):
    found = [
        verdict
        for verdict in real[1][report]
        if (verdict.kind, verdict.table, verdict.printed, verdict.outcome) == (kind, table, printed, outcome)
    ]
    values = {verdict.computed if verdict.computed is None else round(verdict.computed, 2) for verdict in found}
    assert computed in values
    assert all(verdict.explanation for verdict in found if verdict.outcome == WRONG)


def test_in_chapter_2_of_dordrecht_one_cell_mends_every_total(real):
    wrong = [v for v in real[1][DORDRECHT] if (v.kind, v.table, v.outcome) == (CheckKind.TOTAL, "2", WRONG)]
    assert {v.printed for v in wrong} == {495, 555, 365, 790, 947, 441}
    cell = "Emotionele/geestelijke verwaarlozing, 1e kwartaal 2021 · KM"
    assert {v.remark for v in wrong} == {mended(cell, 231, 232)}
    table = next(t for t in real[0][DORDRECHT].tables if t.number == "2")
    culprit = next(c for c in table.cells if (table.rows[c.row], table.columns[c.column]) == tuple(cell.split(", ")))
    assert culprit.value == 231
    assert all((culprit.row, culprit.column) in v.cells for v in wrong)


@pytest.mark.parametrize("number", ["1", "7"])
def test_in_chapters_1_and_7_of_dordrecht_no_single_cell_mends_the_totals(real, number):
    wrong = [v for v in real[1][DORDRECHT] if (v.kind, v.table, v.outcome) == (CheckKind.TOTAL, number, WRONG)]
    assert {v.remark for v in wrong} == {NO_CELL}


def test_the_engine_says_by_itself_which_years_an_annex_holds(real):
    remarks = {v.about: v.remark for v in real[1][IJSSELLAND] if v.kind == CheckKind.ANNEX}
    both = [about for about, remark in remarks.items() if remark == "past precies op 2020 + 2021, niet op 2020 of 2021"]
    assert ["1.A" in about for about in both] == [True]
    assert set(remarks.values()) - {remarks[both[0]]} == {"past precies op 2021, niet op 2020 of 2020 + 2021"}


def test_the_next_report_in_a_layout_is_checked_without_a_hand(real, tmp_path):
    """The report of 2021 once more, a year later, with one number less."""
    shutil.copytree(DATA, tmp_path / "data")
    for folder in ("claims", "recovered"):
        shutil.rmtree(tmp_path / "data" / folder)

    def later(text):
        return text.replace("2021", "2022").replace("2020", "2021")

    text = later((DATA / "reports" / f"{IJSSELLAND}.yaml").read_text(encoding="utf-8"))
    text = text.replace("[  86,   96]", "[  86,   95]")
    (tmp_path / "data/reports/ijsselland_2022.yaml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue(DATA / "catalogue")
    reports = load_reports(tmp_path / "data/reports", catalogue)
    claims = load_claims(tmp_path / "data/claims", reports, catalogue)
    report = next(report for report in reports if report.id == "ijsselland_2022")
    found = [v for v in check_report(report, claims[report.id], catalogue) if v.kind in (RELATION, ANNEX)]
    before = [v for v in real[1][IJSSELLAND] if v.kind in (RELATION, ANNEX)]
    assert len(found) == len(before)
    known = {later(verdict.about) for verdict in before if verdict.outcome == WRONG}
    assert {verdict.about for verdict in found if verdict.outcome == WRONG} - known == {
        "Bijlage 1.C, meldingen naar aard, naast paragraaf 1.1, 2022",
        "Bijlage 1.C, meldingen naar aard, naast paragraaf 1.1, Dalfsen, 2022",
        "Meldingen naar aard naast alle meldingen, 2022",
    }


# --- what the sentences of the two reports claim ---------------------------------------------------------------------


def rows_of(report, number):
    """The cells of the first table of this number, as the file holds them."""
    cells = next(table for table in yaml_of("reports", report)["tables"] if table["number"] == number)["cells"]
    return {label: row for label, row in cells.items() if label not in ("totaal", "Overige gemeente")}


@pytest.mark.parametrize(
    ("report", "chapter", "kind", "printed", "computed", "outcome"),
    [
        (IJSSELLAND, "1.1", ClaimKind.MOST, 9, 11, RIGHT),
        (IJSSELLAND, "1.2", ClaimKind.MOST, 5, 7, RIGHT),
        (IJSSELLAND, "1.3", ClaimKind.MOST, 6, 7, RIGHT),
        (IJSSELLAND, "1.5", ClaimKind.ALL, 6, 6, RIGHT),
        (IJSSELLAND, "2.3", ClaimKind.ALL, 7, 7, RIGHT),
        (IJSSELLAND, "4.1", ClaimKind.ALMOST_ALL, 5, 8, WRONG),
        (IJSSELLAND, "4.2", ClaimKind.ALMOST_ALL, 10, 11, RIGHT),
        (IJSSELLAND, "4.3", ClaimKind.ALMOST_ALL, 5, 11, WRONG),
        (IJSSELLAND, "1.5", ClaimKind.EQUAL, 242, 243, RIGHT),
        (IJSSELLAND, "Belangrijkste resultaten", ClaimKind.EQUAL, 283, 285, RIGHT),
        *((DORDRECHT, chapter, ClaimKind.ALL, 0, 2, WRONG) for chapter in ("4", "5", "9", "10", "11")),
    ],
)
def test_a_sentence_is_held_against_its_table(real, report, chapter, kind, printed, computed, outcome):
    found = [v for v in real[1][report] if (v.table, v.claim) == (chapter, kind)]
    assert (printed, computed, outcome) in {(v.printed, v.computed, v.outcome) for v in found}


def test_almost_every_gemeente_falls_is_false_of_the_investigations(real):
    changes = [new - old for old, new in rows_of(IJSSELLAND, "4.3").values()]
    assert [sum(sign) for sign in zip(*((n < 0, n > 0, n == 0) for n in changes), strict=True)] == [5, 5, 1]
    [found] = [v for v in real[1][IJSSELLAND] if (v.table, v.claim) == ("4.3", ClaimKind.ALMOST_ALL)]
    assert (found.printed, found.computed, found.remark, found.outcome) == (5, 11, "5 andersom, 1 gelijk", WRONG)


def test_relatively_the_most_is_another_order_by_inhabitant(real):
    said = [v for v in real[1][IJSSELLAND] if v.claim == ClaimKind.RANKED and v.outcome == CAUTION]
    assert [(v.table, "inwoners" in v.remark) for v in said] == [("1.1", True), *[("1.8", True)] * 2, ("2.4", False)]
    assert said[0].remark == "Zwolle 646 en Deventer 506; per 1.000 inwoners Kampen 5,7 en Steenwijkerland 5,6"
    assert said[3].remark.endswith("79,6%; in aantal Kindermishandeling 205")


def test_ways_of_reckoning_are_counted_over_the_whole_report(real):
    def count(report):
        return [(v.printed, v.computed) for v in real[1][report] if v.kind == CheckKind.PRACTICE]

    tables = [table for table in yaml_of("reports", IJSSELLAND)["tables"] if "derived" in table]
    printed = [(t["cells"][name][0], row[0]) for t in tables for name, row in t["derived"]["cells"].items()]
    large = [base for base, change in printed if abs(change) >= 50]
    assert count(IJSSELLAND) == [(sum(base < 20 for base in large), len(large)), (15, 35)] == [(16, 25), (15, 35)]
    assert count(DORDRECHT) == []


def test_what_relations_leave_open_is_counted(real):
    gaps = {(v.computed - v.printed, v.computed) for v in real[1][DORDRECHT] if v.outcome == CAUTION}
    assert gaps == {(74, 359), (49, 95), (32, 550), (4, 31)}


def test_every_sentence_that_cannot_be_tested_says_why(real):
    for verdicts in real[1].values():
        assert all(v.remark for v in verdicts if v.kind == CheckKind.CLAIM and v.outcome == UNKNOWN)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("", "Beweringen in de tekst: wijkt af (3)"),
        ("", "Bijna elke gemeente daalt: 5 van de 11; 5 andersom, 1 gelijk."),
        ("", "74 van de 359 blijven onverklaard."),
        (IJSSELLAND, "Beweringen in de tekst: afgekapt (15)"),
        (IJSSELLAND, "16 van de 25; 1 in tabel 1.2,"),
        (IJSSELLAND, "Niet na te rekenen: Eind 2021 stijgt het aantal adviezen verder."),
        (IJSSELLAND, "“Bijna alle” klopt bij minstens 80% van de rijen"),
        (IJSSELLAND, 'staat niet in de tekst.</th><td class="vt-getal" data-label="Beweringen">16</td>'),
        (IJSSELLAND, "Klopt: Alle groepen stijgen: 7 van de 7."),
        (DORDRECHT, "De tabel toont de melders per kwartaal: 0 van de 2; 2 zonder cijfer."),
    ],
)
def test_controle_says_what_came_of_every_sentence(dataset, report, said):
    assert said in " ".join(render_checks(dataset.db, dataset.metadata, report).split())
