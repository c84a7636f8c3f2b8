"""Every check: what it finds, what it lets pass, and what it says of the two reports themselves."""

from collections import Counter, defaultdict
from itertools import product

import pytest
import yaml
from real import DATA, DORDRECHT, IJSSELLAND
from worlds import add_report, report_of

from vt.audit import checks
from vt.audit.checks import Numbers, check_report, judge
from vt.ingest.catalogue import load_catalogue
from vt.ingest.claims import load_claims
from vt.ingest.reports import load_reports
from vt.model.claims import Claims
from vt.model.formula import Formula
from vt.model.verdicts import CheckKind, Outcome, is_unaccounted

RIGHT, CONVENTION, CUT, WRONG, UNKNOWN = Outcome

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
    return [each for each in verdicts if is_unaccounted(each.kind, each.outcome, each.explanation)]


@pytest.fixture
def check_totals(read_table, catalogue):
    return lambda text: checks.check_totals(read_table(text), catalogue)


@pytest.fixture
def check_claims(world):
    """Checks one report, of the tables given as YAML, with claims given as YAML."""

    def verdicts(claims, *tables):
        add_report(world, *tables)
        path = world / "claims/proef.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(claims, encoding="utf-8")
        catalogue = load_catalogue(world / "catalogue")
        reports = load_reports(world / "reports", catalogue)
        report = next(report for report in reports if report.id == "proef")
        found = check_report(report, load_claims(world / "claims", reports, catalogue)["proef"], catalogue)
        return [verdict for verdict in found if verdict.kind != CheckKind.TOTAL]

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
        ("KM", 4, 4, RIGHT),
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
def test_a_printed_change_is_computed_anew(check_claims, cells, printed, computed, outcome):
    rows = f"Dorp: [{printed}], Stad: [null], totaal: [-50]"
    dorp, whole = check_claims("{}", YEARS % (cells, "100, 100", CHANGE, rows))
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
def test_a_printed_share_is_computed_from_the_cells_of_its_period(check_claims, cells, printed, computed, outcome):
    other = 200 if "null" in cells else 200 - int(cells.split(",")[0])
    rows = f"Dorp: [{printed}], totaal: [100]"
    dorp, whole = check_claims("{}", YEARS % (cells, f"{other}, 99", SHARE, rows))
    assert (dorp.about, dorp.computed, dorp.outcome) == ("Dorp, Verhouding 2020", computed, outcome)
    assert (whole.about, whole.computed, whole.outcome) == ("Totaal, Verhouding 2020", 100, RIGHT)


def test_the_cells_of_a_derived_number_are_found_where_periods_are_not_years(check_claims):
    table = """
    {number: "1", heading: Meldingen, indicator: meldingen, rows: place, columns: {period: [2021-H1, 2021-H2]},
     cells: {Dorp: [10, 20]},
     derived: {columns: [{heading: Verschil, change: [2021-H1, 2021-H2]}], cells: {Dorp: [100]}}}
    """
    [found] = check_claims("{}", table)
    assert (found.outcome, found.cells) == (RIGHT, ((0, 0), (0, 1)))


def test_a_derived_number_is_explained_by_its_row(check_claims):
    def check(explained):
        column = CHANGE.replace("}", ", explanations: {%s: Zo.}}" % explained)  # noqa: UP031
        tables = YEARS % ("8, 9", "192, 192", column, "Dorp: [14], Stad: [0], totaal: [-50]")
        return [verdict.about[:4] for verdict in find_unaccounted(check_claims("{}", tables))]

    assert check("Dorp") == []
    assert check("Stad") == ["Dorp", "Stad"]


def test_derived_columns_stand_beside_each_other_by_row(check_claims):
    rows = "Dorp: [13, 4], Stad: [0, 96], totaal: [-50, 100]"
    verdicts = check_claims("{}", YEARS % ("8, 9", "192, 192", f"{CHANGE}, {SHARE}", rows))
    assert [(verdict.beside, verdict.printed) for verdict in verdicts] == [
        *(("Verschil 2020-2021", number) for number in (13, 0, -50)),
        *(("Verhouding 2020", number) for number in (4, 96, 100)),
    ]


# --- claims and the numbers that formulas name -----------------------------------------------------------------------

PLACES = """
{number: "1", heading: Meldingen, indicator: meldingen, rows: place, columns: {period: [2020, 2021]},
 cells: {Dorp: [10, 12], De Stad: [90, 80], totaal: [100, 92]}}
"""


@pytest.mark.parametrize(
    ("claim", "computed", "outcome"),
    [
        ("printed: 92, unit: aantal, formula: meldingen(2021)", 92, RIGHT),
        ("printed: 7, unit: aantal, formula: meldingen(2021) / 12", 92 / 12, CUT),
        ("printed: 8, unit: aantal, formula: meldingen(2021) / 12", 92 / 12, RIGHT),
        ("printed: 100, unit: aantal, formula: meldingen(2021)", 92, WRONG),
        ("printed: -8, unit: procent, formula: 'change(meldingen(2020), meldingen(2021))'", -8, RIGHT),
        ("printed: 80, unit: aantal, formula: 'meldingen(2021, place=\"stad\")'", 80, RIGHT),
        ('printed: 192, unit: aantal, formula: meldingen("2020/2021")', 192, RIGHT),
    ],
)
def test_a_claim_is_held_against_its_formula(check_claims, claim, computed, outcome):
    [found] = check_claims(f'claims: [{{chapter: "1", about: Zoveel, {claim}}}]', PLACES)
    assert (found.kind, found.table, found.about, found.outcome) == (CheckKind.CLAIM, "1", "Zoveel", outcome)
    assert found.computed == pytest.approx(computed)


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("meldingen(2019)", "het rapport heeft geen cijfer voor meldingen in 2019"),
        ('meldingen("2021-H1")', "het rapport heeft geen cijfer voor meldingen in 2021-H1"),
        ('meldingen(2021, geweld="km")', "het rapport heeft geen cijfer voor meldingen in 2021"),
        ("tijdig(2021)", "het rapport heeft geen cijfer voor tijdig in 2021"),
        ("meldingen(2021) / 0", "de formule “meldingen(2021) / 0” deelt door nul"),
    ],
)
def test_a_claim_that_cannot_be_computed_says_why(check_claims, formula, reason):
    [found] = check_claims(
        f"claims: [{{chapter: '1', about: A, printed: 1, unit: aantal, formula: '{formula}'}}]", PLACES
    )
    assert (found.computed, found.outcome, found.remark) == (None, UNKNOWN, reason)


def test_a_claim_without_a_formula_gives_its_reason(check_claims):
    [found] = check_claims("claims: [{chapter: '1', about: A, printed: 1, unit: aantal, reason: Elders.}]", PLACES)
    assert (found.outcome, found.remark, find_unaccounted([found])) == (UNKNOWN, "Elders.", [])


@pytest.mark.parametrize(
    ("printed", "explanation", "fails"), [(92, "", 0), (92, "Zo.", 1), (93, "", 1), (93, "Zo.", 0), (None, "Zo.", 1)]
)
def test_a_claim_is_unaccounted_where_difference_and_explanation_do_not_go_together(
    check_claims, printed, explanation, fails
):
    formula = "formula: meldingen(2021)" if printed else "reason: Elders."
    said = f", explanation: {explanation}" if explanation else ""
    [found] = check_claims(
        f"claims: [{{chapter: '1', about: A, printed: {printed or 1}, unit: aantal, {formula}{said}}}]", PLACES
    )
    assert len(find_unaccounted([found])) == fails


@pytest.mark.parametrize(
    ("periods", "cells", "asked", "value"),
    [
        ("[2021-Q1, 2021-Q2]", "1, 2", "2021-H1", 3),
        ("[2021-Q1, 2021-Q2]", "1, 2", "2021-Q2", 2),
        ("[2021-Q1, 2021-Q2]", "1, 2", "2021", None),
        ("[2021-H1, 2021-Q3, 2021-Q4]", "1, 2, 4", "2021", 7),
        ("[2021-H1, 2021-Q1, 2021-Q2]", "3, 1, 2", "2021", None),
        ("[2021-H1, 2021-Q1, 2021-Q2]", "3, 1, 2", "2021-H1", None),
        ("[2020, 2021]", "1, 2", "2020/2021", 3),
        ("[2020, 2022]", "1, 2", "2020/2021", None),
    ],
)
def test_a_period_is_summed_only_where_its_parts_fill_it_without_overlap(world, periods, cells, asked, value):
    add_report(
        world,
        f'{{number: "1", heading: M, indicator: meldingen, rows: place, columns: {{period: {periods}}},'
        f" cells: {{Dorp: [{cells}]}}}}",
    )
    catalogue = load_catalogue(world / "catalogue")
    report = report_of(world, catalogue)
    assert Numbers(report, catalogue).compute(Formula(f'meldingen("{asked}", place="dorp")'))[0] == value


# --- relations -------------------------------------------------------------------------------------------------------

CLASSES = """
{number: "2", heading: Aard, indicator: naar_aard, rows: category, columns: {place: [Dorp, Stad]},
 cells: {Partnergeweld: [5, 40], Andere zorgen: [7, %d]}}
"""
HIDDEN = """
{number: "3", heading: Melders, indicator: naar_melder, rows: category, columns: {place: [Dorp, Stad]},
 cells: {Politie/OM: {sequence: [7, 60]}, Buurtbewoner: {sequence: [5, 20]}, totaal: [12, 80]}}
"""


def relation(left, right, expect, extra=""):
    return f"relations: [{{about: Naast, left: '{left}', right: '{right}', expect: {expect}{extra}}}]"


@pytest.mark.parametrize(
    ("left", "right", "expect", "outcome"),
    [
        ("naar_aard(2021)", "meldingen(2021)", "equal", RIGHT),
        ("naar_aard(2021) + 1", "meldingen(2021)", "equal", WRONG),
        ("naar_aard(2021) - 1", "meldingen(2021)", "equal", WRONG),
        ("naar_aard(2021)", "meldingen(2021)", "at most", RIGHT),
        ("naar_aard(2021) - 1", "meldingen(2021)", "at most", RIGHT),
        ("naar_aard(2021) + 1", "meldingen(2021)", "at most", WRONG),
        ("naar_aard(2019)", "meldingen(2021)", "equal", UNKNOWN),
        ("naar_aard(2021)", "meldingen(2021) / 0", "at most", UNKNOWN),
    ],
)
def test_two_sides_should_be_equal_or_one_at_most_the_other(check_claims, left, right, expect, outcome):
    [found] = check_claims(relation(left, right, expect), PLACES, CLASSES % 40)
    assert (found.kind, found.about, found.outcome) == (CheckKind.RELATION, "Naast", outcome)
    assert found.remark == expect
    assert (len(find_unaccounted([found])) == 1) == (outcome == WRONG)


def test_a_relation_holds_for_each_place_that_has_both_figures(check_claims):
    claims = relation("naar_aard(2021)", "meldingen(2021)", "equal", ", each: place")
    found = check_claims(claims, PLACES, CLASSES % 41)
    assert [(v.about, v.printed, v.computed, v.outcome) for v in found] == [
        ("Naast, Dorp", 12, 12, RIGHT),
        ("Naast, Stad", 81, 80, WRONG),
    ]


def test_lost_blanks_leave_a_place_its_printed_total(check_claims):
    found = check_claims(relation("naar_melder(2021)", "meldingen(2021)", "equal", ", each: place"), PLACES, HIDDEN)
    assert [(v.about, v.printed, v.outcome) for v in found] == [("Naast, Dorp", 12, RIGHT), ("Naast, Stad", 80, RIGHT)]
    [one_class] = check_claims(relation('naar_melder(2021, "buurt", place="stad")', "20", "equal"), PLACES, HIDDEN)
    assert one_class.outcome == UNKNOWN


@pytest.mark.parametrize(
    ("stad", "explanation", "explained", "fails"),
    [
        (40, "", [None, None], []),
        (41, "", [None, None], ["Naast, Stad"]),
        (41, "Zo.", [None, "Zo."], []),
        (40, "Zo.", ["Zo.", None], ["Naast, Dorp"]),
    ],
)
def test_an_explanation_belongs_to_the_places_that_differ_and_fails_where_none_does(
    check_claims, stad, explanation, explained, fails
):
    extra = ", each: place" + (f", explanation: {explanation}" if explanation else "")
    found = check_claims(relation("naar_aard(2021)", "meldingen(2021)", "equal", extra), PLACES, CLASSES % stad)
    assert [v.explanation for v in found] == explained
    assert [v.about for v in find_unaccounted(found)] == fails


@pytest.mark.parametrize(("right", "fails"), [("meldingen(2021)", 1), ("meldingen(2021) + 1", 0)])
def test_an_explanation_of_a_relation_of_the_whole_is_needed_or_fails(check_claims, right, fails):
    [found] = check_claims(relation("naar_aard(2021)", right, "equal", ", explanation: Zo."), PLACES, CLASSES % 40)
    assert found.explanation == "Zo."
    assert len(find_unaccounted([found])) == fails


def test_a_relation_that_no_place_has_the_figures_for_does_not_vanish(check_claims):
    claims = relation("naar_aard(2020)", "meldingen(2020)", "equal", ", each: place")
    [found] = check_claims(claims, PLACES, CLASSES % 40)
    assert (found.about, found.printed, found.computed, found.outcome) == ("Naast", None, None, UNKNOWN)


# --- annexes ---------------------------------------------------------------------------------------------------------

CHAPTER = """
{number: "1", heading: Aard, indicator: naar_aard, rows: category, columns: {period: [2020, 2021]},
 cells: {Partnergeweld: [5, 6], Andere zorgen: [7, 9]}}
"""
ANNEX = """
{number: "1.A", heading: Aard per gemeente, indicator: naar_aard, rows: category, period: 2021,
 columns: {place: [Dorp, Stad, Overige gemeente]}, cells: {Partnergeweld: [%s], Andere zorgen: {sequence: [%s]}}}
"""
FITS = """
fits:
  - {about: Aard, annex: naar_aard, chapter: naar_aard, classes: {partner: [partner], zorgen: [zorgen]},
     candidates: [[2020], [2021], [2020, 2021]]%s}
"""


@pytest.mark.parametrize(
    ("partner", "zorgen", "declared", "remark", "outcome"),
    [
        ("1, 5, 0", "9", "[2021]", "past precies op 2021, niet op 2020 of 2020 + 2021", RIGHT),
        ("1, 9, 1", "9, 7", "[2020, 2021]", "past precies op 2020 + 2021, niet op 2020 of 2021", RIGHT),
        ("1, 9, 1", "9, 7", "[2021]", "past precies op 2020 + 2021, niet op 2020 of 2021", WRONG),
        ("1, 9, 1", "9, 7", "", "past precies op 2020 + 2021, niet op 2020 of 2021", WRONG),
        ("1, 5, 0", "9, 7", "[2021]", "past op geen van de jaren", WRONG),
        ("1, 5, 0", "9, 7", "", "past op geen van de jaren", RIGHT),
    ],
)
def test_an_annex_fits_the_years_of_which_every_class_is_the_same(
    check_claims, partner, zorgen, declared, remark, outcome
):
    claims = FITS % (f", fits: {declared}" if declared else "")
    [found] = check_claims(claims, CHAPTER, ANNEX % (partner, zorgen))
    assert (found.kind, found.about, found.remark, found.outcome) == (CheckKind.ANNEX, "Aard", remark, outcome)
    assert len(find_unaccounted([found])) == (outcome == WRONG)


# --- the two reports -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    """Per report, its verdicts; and everything that was read."""
    catalogue = load_catalogue(DATA / "catalogue")
    reports = {report.id: report for report in load_reports(DATA / "reports", catalogue)}
    claims = load_claims(DATA / "claims", list(reports.values()), catalogue)
    found = {id_: check_report(report, claims.get(id_, Claims()), catalogue) for id_, report in reports.items()}
    return catalogue, reports, found


def yaml_of(folder, report):
    path = DATA / folder / f"{report}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


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
    _, reports, found = real
    cells, whole = transcribed(report)
    claims = yaml_of("claims", report)
    kinds = Counter(verdict.kind for verdict in found[report])
    assert (sum(len(table.cells) for table in reports[report].tables), kinds[CheckKind.TOTAL]) == (cells, whole)
    derived = [table["derived"] for table in yaml_of("reports", report)["tables"] if "derived" in table]
    printed = (number for block in derived for row in block["cells"].values() for number in row)
    assert kinds[CheckKind.DERIVED] == sum(number is not None for number in printed)
    assert kinds[CheckKind.CLAIM] == len(claims.get("claims", []))
    assert kinds[CheckKind.ANNEX] == len(claims.get("fits", []))
    assert sum(kinds.values()) == sum(
        kinds[kind]
        for kind in (CheckKind.TOTAL, CheckKind.DERIVED, CheckKind.CLAIM, CheckKind.RELATION, CheckKind.ANNEX)
    )


@pytest.mark.parametrize("report", [IJSSELLAND, DORDRECHT])
def test_every_relation_is_checked_once_or_for_the_places_of_the_region(real, report):
    catalogue, reports, found = real
    region = [place for place in catalogue.places.values() if place.region == reports[report].region]
    places = {place.label for place in region}
    gemeenten = {place.label for place in region if place.kind == "gemeente"}
    verdicts = defaultdict(list)
    for verdict in (v for v in found[report] if v.kind == CheckKind.RELATION):
        about, _, place = verdict.about.rpartition(", ")
        each = place in places
        verdicts[about if each else verdict.about].append(place if each else None)
    relations = yaml_of("claims", report)["relations"]
    assert {relation["about"] for relation in relations} == verdicts.keys()
    for relation in relations:
        checked = verdicts[relation["about"]]
        assert (checked == [None]) is ("each" not in relation)
        assert len(checked) == len(set(checked))
        assert "each" not in relation or len(gemeenten - set(checked)) <= 1


@pytest.mark.parametrize("report", [IJSSELLAND, DORDRECHT, "cbs_nederland"])
def test_nothing_is_left_unexplained_and_no_explanation_is_needless(real, report):
    assert find_unaccounted(real[2][report]) == []


def test_what_cannot_be_checked_is_hidden_by_lost_blanks_or_says_why(real):
    _, reports, found = real
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
        for verdict in real[2][report]
        if (verdict.kind, verdict.table, verdict.printed, verdict.outcome) == (kind, table, printed, outcome)
    ]
    values = {verdict.computed if verdict.computed is None else round(verdict.computed, 2) for verdict in found}
    assert computed in values
    assert all(verdict.explanation for verdict in found if verdict.outcome == WRONG)


def test_in_chapter_2_of_dordrecht_one_cell_mends_every_total(real):
    wrong = [v for v in real[2][DORDRECHT] if (v.kind, v.table, v.outcome) == (CheckKind.TOTAL, "2", WRONG)]
    assert {v.printed for v in wrong} == {495, 555, 365, 790, 947, 441}
    cell = "Emotionele/geestelijke verwaarlozing, 1e kwartaal 2021 · KM"
    assert {v.remark for v in wrong} == {mended(cell, 231, 232)}
    table = next(t for t in real[1][DORDRECHT].tables if t.number == "2")
    culprit = next(c for c in table.cells if (table.rows[c.row], table.columns[c.column]) == tuple(cell.split(", ")))
    assert culprit.value == 231
    assert all((culprit.row, culprit.column) in v.cells for v in wrong)


@pytest.mark.parametrize("number", ["1", "7"])
def test_in_chapters_1_and_7_of_dordrecht_no_single_cell_mends_the_totals(real, number):
    wrong = [v for v in real[2][DORDRECHT] if (v.kind, v.table, v.outcome) == (CheckKind.TOTAL, number, WRONG)]
    assert {v.remark for v in wrong} == {NO_CELL}


def test_the_engine_says_by_itself_which_years_an_annex_holds(real):
    remarks = {v.about: v.remark for v in real[2][IJSSELLAND] if v.kind == CheckKind.ANNEX}
    both = [about for about, remark in remarks.items() if remark == "past precies op 2020 + 2021, niet op 2020 of 2021"]
    assert ["1.A" in about for about in both] == [True]
    assert set(remarks.values()) - {remarks[both[0]]} == {"past precies op 2021, niet op 2020 of 2020 + 2021"}


def test_the_annex_of_two_years_fits_neither_year_by_itself(real):
    catalogue, reports, _ = real
    claims = load_claims(DATA / "claims", list(reports.values()), catalogue)[IJSSELLAND]
    fit = next(fit for fit in claims.fits if "1.A" in fit.about)
    numbers = Numbers(reports[IJSSELLAND], catalogue)
    annex = {name: sum(numbers.sum_annex(fit.annex, member) for member in fit.classes[name]) for name in fit.classes}
    years = {
        year: {name: numbers.sum_chapter(fit.chapter, name, year) for name in fit.classes} for year in ("2020", "2021")
    }
    assert annex not in years.values()
    assert annex == {name: years["2020"][name] + years["2021"][name] for name in annex}
