"""What sentences claim and what should fit between tables: each kind of check, on a small report."""

import pytest
from worlds import HEAD, add_report, report_of

from vt.audit.checks import check_report
from vt.audit.numbers import Numbers
from vt.ingest.catalogue import load_catalogue
from vt.ingest.claims import load_claims
from vt.ingest.reports import load_reports
from vt.model.claims import ClaimKind
from vt.model.formula import Formula
from vt.model.verdicts import CheckKind, Outcome, is_unaccounted

RIGHT, CAUTION, _, CUT, WRONG, _, UNKNOWN = Outcome
CLAIM, RELATION, ANNEX, PRACTICE = CheckKind.CLAIM, CheckKind.RELATION, CheckKind.ANNEX, CheckKind.PRACTICE


def find_unaccounted(verdicts):
    return [each for each in verdicts if is_unaccounted(each.outcome, each.explanation)]


@pytest.fixture
def check(world):
    """Checks one report, of the tables given as YAML, with what its sentences say and what fits in its layout."""

    def verdicts(kind, *tables, claims="{}", layout="{}"):
        add_report(world, *tables, head=HEAD.replace("period: 2021", "period: 2021, layout: vorm"))
        for path, text in ((world / "claims/proef.yaml", claims), (world / "layouts/vorm.yaml", layout)):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        catalogue = load_catalogue(world / "catalogue")
        reports = load_reports(world / "reports", catalogue)
        report = next(report for report in reports if report.id == "proef")
        found = check_report(report, load_claims(world / "claims", reports, catalogue)["proef"], catalogue)
        return [verdict for verdict in found if verdict.kind == kind]

    return verdicts


PLACES = """
{number: "1", heading: Meldingen, indicator: meldingen, rows: place, columns: {period: [2020, 2021]},
 cells: {Dorp: [10, 12], De Stad: [90, 80], totaal: [100, 92]}}
"""
CLASSES = """
{number: "2", heading: Aard, indicator: naar_aard, rows: category, columns: {place: [Dorp, Stad]},
 cells: {Partnergeweld: [5, 40], Andere zorgen: [7, %d]}}
"""


@pytest.fixture
def judge_claim(check):
    """Checks one claim about the meldingen of two places."""

    def verdict(claim, *tables):
        [found] = check(CLAIM, *(tables or (PLACES,)), claims=f'claims: {{"1": [{{about: Zoveel, {claim}}}]}}')
        return found

    return verdict


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "computed", "outcome"),
    [
        ("printed: 92, formula: meldingen(2021)", 92, RIGHT),
        ("printed: 92, formula: meldingen", 92, RIGHT),
        ("printed: 7, formula: meldingen(2021) / 12", 92 / 12, CUT),
        ("printed: 8, formula: meldingen(2021) / 12", 92 / 12, RIGHT),
        ("printed: 100, formula: meldingen(2021)", 92, WRONG),
        ("printed: -8%, formula: 'change(meldingen(2020), meldingen(2021))'", -8, RIGHT),
        ("printed: 80, formula: 'meldingen(2021, place=\"stad\")'", 80, RIGHT),
        ('printed: 192, formula: meldingen("2020/2021")', 192, RIGHT),
        ("printed: 1002, formula: 'inwoners(2021, place=\"dorp\")'", 1002, RIGHT),
    ],
)
def test_a_number_is_held_against_its_formula(judge_claim, claim, computed, outcome):
    found = judge_claim(claim)
    assert (found.table, found.sentence, found.claim, found.outcome) == ("1", 1, ClaimKind.NUMBER, outcome)
    assert found.computed == pytest.approx(computed)


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("meldingen(2019)", "het rapport heeft geen cijfer voor meldingen in 2019"),
        ('meldingen("2021-H1")', "het rapport heeft geen cijfer voor meldingen in 2021-H1"),
        ('meldingen(2021, geweld="km")', "het rapport heeft geen cijfer voor meldingen in 2021"),
        ("tijdig(2021)", "het rapport heeft geen cijfer voor tijdig in 2021"),
        ("meldingen(2021) / 0", "de formule “meldingen(2021) / 0” deelt door nul"),
        ('inwoners(1999, place="dorp")', "van Dorp is het aantal inwoners in 1999 niet bekend"),
    ],
)
def test_a_claim_that_cannot_be_computed_says_why(judge_claim, formula, reason):
    for claim in (f"printed: 1, formula: '{formula}'", f"holds: '{formula} > 0'", f"equal: ['{formula}', '1']"):
        found = judge_claim(claim)
        assert (found.computed, found.outcome, found.remark) == (None, UNKNOWN, reason)


@pytest.mark.parametrize("printed", ["", "printed: 12%, "])
def test_what_is_untestable_gives_its_reason(judge_claim, printed):
    found = judge_claim(f"{printed}untestable: Elders.")
    assert (found.outcome, found.remark, found.printed) == (UNKNOWN, "Elders.", 12 if printed else None)
    assert find_unaccounted([found]) == []


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("printed: 92, formula: meldingen", 0),
        ("printed: 92, formula: meldingen, explanation: Zo.", 1),
        ("printed: 93, formula: meldingen", 1),
        ("printed: 93, formula: meldingen, explanation: Zo.", 0),
        ("untestable: Elders., explanation: Zo.", 1),
        ("most: meldingen(2021) > meldingen(2020), of: gemeenten", 1),
        ("most: meldingen(2021) > meldingen(2020), of: gemeenten, explanation: Zo.", 0),
    ],
)
def test_a_claim_is_unaccounted_where_difference_and_explanation_do_not_go_together(judge_claim, claim, fails):
    assert len(find_unaccounted([judge_claim(claim)])) == fails


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
        ("[2019, 2021]", "1, 2", "2020/2021", None),
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


# --- sentences that compare, count or rank ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "printed", "computed", "outcome"),
    [
        ("holds: 'change(meldingen(2020), meldingen(2021)) < 0'", -8, 0, RIGHT),
        ("holds: meldingen(2021) < meldingen(2020)", 92, 100, RIGHT),
        ("holds: meldingen(2021) > meldingen(2020)", 92, 100, WRONG),
        ("equal: [meldingen(2020), meldingen(2021) + 8]", 100, 100, RIGHT),
        ("equal: [meldingen(2020), meldingen(2020) + 1]", 100, 101, RIGHT),
        ("equal: [meldingen(2020), meldingen(2020) + 2]", 100, 102, WRONG),
        ("equal: [meldingen(2020) - 1, meldingen(2020)]", 99, 100, WRONG),
        ("equal: [meldingen(2020), meldingen(2020) - 1]", 100, 99, WRONG),
    ],
)
def test_two_numbers_are_compared(judge_claim, claim, printed, computed, outcome):
    found = judge_claim(claim)
    assert (found.printed, found.computed, found.outcome) == (printed, computed, outcome)
    assert found.unit == ("procent" if "change" in claim else "aantal")


def rows(*changes):
    """A table of classes that each change so much from 100; None where the second number is not printed."""
    names = ("Partnergeweld", "Kindermishandeling", "Andere zorgen")
    cells = ", ".join(
        f"{name}: [100, {'null' if change is None else 100 + change}]"
        for name, change in zip(names, changes, strict=False)
    )
    return (
        f'{{number: "1", heading: Aard, indicator: naar_aard, rows: category, columns: {{period: [2020, 2021]}}, '
        f"cells: {{{cells}}}}}"
    )


@pytest.mark.parametrize(
    ("kind", "changes", "holding", "remark", "outcome"),
    [
        ("all", (-1, -1, -1), 3, None, RIGHT),
        ("all", (-1, -1, 1), 2, "1 andersom", WRONG),
        ("all", (-1, -1, None), 2, "1 zonder cijfer", WRONG),
        ("almost all", (-1, -1, -1), 3, None, RIGHT),
        ("almost all", (-1, -1, 1), 2, "1 andersom", WRONG),
        ("most", (-1, -1, 1), 2, "1 andersom", RIGHT),
        ("most", (-1, 1, 0), 1, "1 andersom, 1 gelijk", WRONG),
        ("most", (-1, 1), 1, "1 andersom", WRONG),
        ("most", (-1, 0, None), 1, "1 gelijk, 1 zonder cijfer", WRONG),
    ],
)
def test_rows_that_meet_a_condition_are_counted(judge_claim, kind, changes, holding, remark, outcome):
    found = judge_claim(f"{kind}: naar_aard(2021) < naar_aard(2020), of: classes", rows(*changes))
    assert (found.printed, found.computed, found.remark, found.outcome) == (holding, len(changes), remark, outcome)


@pytest.mark.parametrize(("rising", "outcome"), [(0, RIGHT), (1, RIGHT), (2, WRONG)])
def test_almost_all_is_four_in_five(check, rising, outcome):
    cells = ", ".join(f"{year}: [{'9' if year < 2017 + rising else '11'}, 10]" for year in range(2017, 2022))
    table = '{number: "1", heading: M, indicator: meldingen, rows: period, columns: {place: [Dorp, Stad]}, cells: {%s}}'
    claim = 'almost all: \'meldingen(place="dorp") > meldingen(place="stad")\', of: [2017, 2018, 2019, 2020, 2021]'
    [found] = check(CLAIM, table % cells, claims=f'claims: {{"1": [{{about: A, {claim}}}]}}')
    assert (found.printed, found.computed, found.outcome) == (5 - rising, 5, outcome)


def test_a_table_without_the_periods_that_it_is_said_to_show_is_false(judge_claim):
    found = judge_claim("all: meldingen >= 0, of: [2020, 2021]")
    assert (found.printed, found.outcome) == (2, RIGHT)
    found = judge_claim("all: naar_aard >= 0, of: [2020, 2021]", PLACES, CLASSES % 4)
    assert (found.printed, found.computed, found.remark, found.outcome) == (1, 2, "1 zonder cijfer", WRONG)


@pytest.mark.parametrize(
    ("claim", "remark", "outcome"),
    [
        ("ranked: [stad], by: meldingen(2021)", "Stad 80", RIGHT),
        ("ranked: [dorp], by: meldingen(2021)", "Stad 80", WRONG),
        ("ranked: [dorp], rank: 2, by: meldingen(2021)", "Dorp 12", RIGHT),
        ("ranked: [dorp, stad], by: meldingen(2021)", "Stad 80 en Dorp 12", RIGHT),
        ("ranked: [dorp], by: 'change(meldingen(2020), meldingen(2021))'", "Dorp 20%", RIGHT),
        ("ranked: [stad], by: meldingen(2020) / meldingen(2020)", "Dorp 1 en Stad 1", RIGHT),
        (
            "ranked: [stad], by: meldingen(2021), also: {per 1.000 inwoners: 1000 * meldingen(2021) / inwoners(2021)}",
            "Stad 80; per 1.000 inwoners Dorp 12",
            CAUTION,
        ),
        ("ranked: [stad], by: meldingen(2021), also: {in 2020: meldingen(2020)}", "Stad 80", RIGHT),
        ("ranked: [stad], by: meldingen(2021), also: {in 2019: meldingen(2019)}", "Stad 80", RIGHT),
        ("ranked: [stad], by: meldingen(2019)", "het rapport heeft deze cijfers niet", UNKNOWN),
    ],
)
def test_rows_stand_in_the_order_that_a_sentence_gives_them(judge_claim, claim, remark, outcome):
    found = judge_claim(f"{claim}, of: gemeenten")
    assert (found.remark, found.outcome) == (remark, outcome)


# --- relations -------------------------------------------------------------------------------------------------------

CLASS_LABELS = (", Partnergeweld", ", Andere zorgen")
HIDDEN = """
{number: "3", heading: Melders, indicator: naar_melder, rows: category, columns: {place: [Dorp, Stad]},
 cells: {Politie/OM: {sequence: [7, 60]}, Buurtbewoner: {sequence: [5, 20]}, totaal: [12, 80]}}
"""


def relation(left, right, expect, each="[]"):
    return f"relations: [{{about: Naast, left: '{left}', right: '{right}', expect: {expect}, each: {each}}}]"


@pytest.mark.parametrize(
    ("left", "right", "expect", "outcome"),
    [
        ("naar_aard", "meldingen", "equal", RIGHT),
        ("naar_aard(2021) + 1", "meldingen(2021)", "equal", WRONG),
        ("naar_aard - 1", "meldingen", "equal", WRONG),
        ("naar_aard", "meldingen", "at most", RIGHT),
        ("naar_aard - 1", "meldingen", "at most", RIGHT),
        ("naar_aard + 1", "meldingen", "at most", WRONG),
        ("naar_aard", "meldingen", "accounts for", RIGHT),
        ("naar_aard - 1", "meldingen", "accounts for", CAUTION),
        ("naar_aard + 1", "meldingen", "accounts for", WRONG),
        ("naar_aard(2019)", "meldingen", "equal", UNKNOWN),
        ("naar_aard", "meldingen / 0", "at most", UNKNOWN),
        ("tijdig", "meldingen", "at most", UNKNOWN),
    ],
)
def test_two_sides_should_be_equal_or_one_at_most_the_other(check, left, right, expect, outcome):
    [found] = check(RELATION, PLACES, CLASSES % 40, layout=relation(left, right, expect))
    assert (found.about, found.outcome, found.remark) == ("Naast", outcome, expect)
    assert (len(find_unaccounted([found])) == 1) == (outcome == WRONG)


@pytest.mark.parametrize(
    ("each", "verdicts"),
    [
        ("[place]", [("Naast", 93, 92, WRONG), ("Naast, Dorp", 12, 12, RIGHT), ("Naast, Stad", 81, 80, WRONG)]),
        ("[period]", [("Naast, 2021", 93, 92, WRONG)]),
    ],
)
def test_a_relation_holds_for_the_whole_and_for_each_part_that_has_both_figures(check, each, verdicts):
    found = check(RELATION, PLACES, CLASSES % 41, layout=relation("naar_aard", "meldingen", "equal", each))
    assert [(v.about, v.printed, v.computed, v.outcome) for v in found] == verdicts


def test_a_relation_of_each_period_class_and_geweld_names_them(check):
    table = """
    {number: "4", heading: Aard, indicator: naar_aard, rows: category, columns: {period: [2020, 2021]},
     cells: {Partnergeweld: [1, 2], Andere zorgen: [3, 4]}}
    """
    for each, abouts in (
        ("[category]", ["Naast", "Naast, Partnergeweld", "Naast, Andere zorgen"]),
        ("[geweld]", ["Naast", "Naast, huiselijk geweld"]),
        (
            "[period, category]",
            [f"Naast{c}, {y}" for y in (2020, 2021) for c in ("", ", Partnergeweld", ", Andere zorgen")],
        ),
    ):
        found = check(RELATION, table, layout=relation("naar_aard", "naar_aard", "equal", each))
        assert [v.about for v in found] == abouts


def test_a_gap_is_said_of_the_whole_and_not_of_each_of_its_parts(check):
    layout = relation("naar_aard - 1", "meldingen", "accounts for", "[period, place]")
    found = check(RELATION, PLACES, CLASSES % 40, layout=layout)
    assert [(v.about, v.outcome) for v in found] == [
        ("Naast, 2021", CAUTION),
        ("Naast, Dorp, 2021", RIGHT),
        ("Naast, Stad, 2021", RIGHT),
    ]


@pytest.mark.parametrize(("below", "outcome"), [(3, CAUTION), (6, UNKNOWN), (9, UNKNOWN)])
def test_a_gap_stays_one_where_no_number_that_is_not_printed_fills_it(check, below, outcome):
    classes = f"""
    {{number: "2", heading: Aard, indicator: naar_aard, rows: category, columns: {{place: [Dorp, Stad]}},
     cells: {{Partnergeweld: [5, 40], Andere zorgen: [7, null]}},
     withheld: [{{category: Andere zorgen, place: Stad, below: {below}}}]}}
    """
    [found] = check(RELATION, PLACES, classes, layout=relation("naar_aard + 35", "meldingen", "accounts for"))
    assert found.outcome == outcome


def test_lost_blanks_leave_a_place_its_printed_total(check):
    found = check(RELATION, PLACES, HIDDEN, layout=relation("naar_melder", "meldingen", "equal", "[place]"))
    assert [(v.about, v.printed, v.outcome) for v in found] == [
        ("Naast", 92, RIGHT),
        ("Naast, Dorp", 12, RIGHT),
        ("Naast, Stad", 80, RIGHT),
    ]
    layout = relation('naar_melder(2021, "buurt", place="stad")', "20", "equal")
    [one_class] = check(RELATION, PLACES, HIDDEN, layout=layout)
    assert one_class.outcome == UNKNOWN


@pytest.mark.parametrize(
    ("stad", "differences", "explained", "fails"),
    [
        (40, [], [None] * 3, 0),
        (41, [], [None] * 3, 2),
        (41, ["explanation: Zo."], ["Zo.", None, "Zo."], 0),
        (41, ["place: stad, explanation: Daar.", "explanation: Zo."], ["Zo.", None, "Daar."], 0),
        (41, ["place: stad, explanation: Daar."], [None, None, "Daar."], 1),
        (41, ["explanation: Zo.", "place: dorp, explanation: Hier."], ["Zo.", None, "Zo.", "Hier."], 1),
        (40, ["explanation: Zo."], [None] * 3 + ["Zo."], 1),
    ],
)
def test_an_explanation_is_of_the_parts_that_differ_and_fails_where_none_does(
    check, stad, differences, explained, fails
):
    items = ", ".join(f"{{relation: Naast, {each}}}" for each in differences)
    layout = relation("naar_aard", "meldingen", "equal", "[place]")
    found = check(RELATION, PLACES, CLASSES % stad, claims=f"differences: [{items}]", layout=layout)
    assert [v.explanation for v in found] == explained
    assert len(find_unaccounted(found)) == fails


def test_a_relation_that_no_part_has_the_figures_for_does_not_vanish(check):
    layout = relation("tijdig", "meldingen", "equal", "[period, place]")
    [found] = check(RELATION, PLACES, layout=layout)
    assert (found.about, found.printed, found.computed, found.outcome) == ("Naast", None, None, UNKNOWN)


# --- annexes ---------------------------------------------------------------------------------------------------------

CHAPTER = """
{number: "1", heading: Aard, indicator: naar_aard, rows: category, columns: {period: [2020, 2021]},
 cells: {Partnergeweld: [5, 6], Andere zorgen: [7, 9]}}
"""
PER_PLACE = """
{number: "1.A", heading: Aard per gemeente, indicator: naar_aard, rows: category, period: %s,
 columns: {place: [Dorp, Stad, Overige gemeente]}, cells: {Partnergeweld: [%s], Andere zorgen: {sequence: [%s]}}}
"""
FITS = 'fits: [{about: Bijlage, annex: "1.A", chapter: "1"%s}]'
BOTH = "past precies op 2020 + 2021, niet op 2020 of 2021"


@pytest.mark.parametrize(
    ("period", "partner", "zorgen", "remark", "outcome"),
    [
        ("2021", "1, 5, 0", "9", "past precies op 2021, niet op 2020 of 2020 + 2021", RIGHT),
        ("2020/2021", "1, 9, 1", "9, 7", BOTH, RIGHT),
        ("2021", "1, 9, 1", "9, 7", BOTH, WRONG),
        ("2021", "1, 5, 0", "9, 7", "past op geen van de jaren", WRONG),
    ],
)
@pytest.mark.parametrize("classes", ["", ", classes: {partner: [partner], zorgen: [zorgen]}"])
def test_an_annex_fits_the_years_of_which_every_class_is_the_same(
    check, period, partner, zorgen, remark, outcome, classes
):
    [found] = check(ANNEX, CHAPTER, PER_PLACE % (period, partner, zorgen), layout=FITS % classes)
    assert (found.about, found.remark, found.outcome) == ("Bijlage", remark, outcome)
    assert len(find_unaccounted([found])) == (outcome == WRONG)


def test_an_annex_that_fits_no_year_can_be_explained(check):
    claims = "differences: [{relation: Bijlage, explanation: Zo.}]"
    [found] = check(ANNEX, CHAPTER, PER_PLACE % ("2021", "1, 5, 0", "9, 7"), claims=claims, layout=FITS % "")
    assert (found.explanation, find_unaccounted([found])) == ("Zo.", [])


# --- ways of reckoning -----------------------------------------------------------------------------------------------

CHANGES = """
{number: "1", heading: M, indicator: meldingen, rows: place, columns: {period: [2020, 2021]},
 cells: {Dorp: [%d, %d], Stad: [100, 150], totaal: [%d, %d]},
 derived: {columns: [{heading: Verschil, change: [2020, 2021]}], cells: {Dorp: [%d], Stad: [50], totaal: [52]}}}
"""


@pytest.mark.parametrize(
    ("before", "now", "printed", "counted"),
    [(19, 38, 100, [(1, 3)]), (20, 40, 100, []), (19, 28, 47, []), (2, 1, -50, [(1, 3)])],
)
def test_large_changes_of_small_numbers_are_counted(check, before, now, printed, counted):
    table = CHANGES % (before, now, 100 + before, 150 + now, printed)
    found = check(PRACTICE, table)
    assert [(v.printed, v.computed) for v in found] == counted
    assert {v.outcome for v in found} <= {CAUTION}


@pytest.mark.parametrize(
    ("second", "third", "counted"),
    [("8", "7", [(1, 2)]), ("7", "7", []), ("8", "8", []), ("92 ", "7", [])],
)
def test_cutting_off_beside_rounding_up_is_counted(check, second, third, counted):
    said = [f"{{about: A, printed: {n}, formula: meldingen{' / 12' * (len(n) == 1)}}}" for n in (second, third)]
    found = check(PRACTICE, PLACES, claims=f'claims: {{"1": [{", ".join(said)}]}}')
    assert [(v.printed, v.computed) for v in found] == counted
