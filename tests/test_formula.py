"""The language of claims: what it computes, and that anything else is refused in Dutch and never executed."""

from pathlib import Path

import pytest

from vt.model.formula import Condition, Formula, FormulaError, Term

NUMBERS = {
    Term("meldingen", "2020"): 200,
    Term("meldingen", "2021"): 250,
    Term("meldingen", "2021-Q1", geweld="km"): 7,
    Term("meldingen"): 260,
    Term("aard", category="kind"): 51,
    Term("aard", "2021", "kind"): 50,
    Term("aard", "2021", "kind", "hg", "dorp", "1.C"): 3,
}
KNOWN = ("meldingen", "aard")


def value(text):
    return Formula(text).value(NUMBERS.__getitem__)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("12", 12),
        ("4.5", 4.5),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("12 / 2 / 3", 2),
        ("2 - 5", -3),
        ("meldingen(2021)", 250),
        ('meldingen("2021")', 250),
        ("meldingen(2021) - meldingen(2020)", 50),
        ("meldingen(2021) / 12", 250 / 12),
        ("change(meldingen(2020), meldingen(2021))", 25),
        ("change(meldingen(2021), meldingen(2020))", -20),
        ('share(aard(2021, "kind"), meldingen(2021))', 20),
        ("share(1 + 1, 2 * 4) + 1", 26),
        ("share(change(4, 5), 50)", 50),
        ('meldingen("2021-Q1", geweld="km")', 7),
        ('aard(2021, "kind", table="1.C", place="dorp", geweld="hg")', 3),
        ("meldingen( 2021 )", 250),
        ("meldingen + 1", 261),
        ('share(aard(category="kind"), meldingen)', 51 / 2.6),
    ],
)
def test_a_formula_gives_its_value(text, outcome):
    assert value(text) == pytest.approx(outcome, abs=1e-12)
    assert Formula(text).faults(KNOWN) == []


def test_the_terms_are_the_numbers_that_a_formula_needs_in_order():
    formula = Formula('share(aard("1e halfjaar 2021", "kind"), meldingen(2020) + meldingen(2021, place="dorp")) * 2')
    assert formula.terms == [
        Term("aard", "2021-H1", "kind"),
        Term("meldingen", "2020"),
        Term("meldingen", "2021", place="dorp"),
    ]
    assert Formula("1 + 1").terms == []


@pytest.mark.parametrize(
    ("text", "sign", "sides", "answers"),
    [
        ("meldingen(2021) < meldingen(2020)", "<", ("meldingen(2021)", "meldingen(2020)"), (True, False, False)),
        ("aard>12", ">", ("aard", "12"), (False, False, True)),
        ("aard <= 12", "<=", ("aard", "12"), (True, True, False)),
        ("aard >= 12", ">=", ("aard", "12"), (False, True, True)),
    ],
)
def test_a_condition_is_two_formulas_and_what_stands_between_them(text, sign, sides, answers):
    condition = Condition.parse(text)
    assert (condition.sign, (condition.left.text, condition.right.text)) == (sign, sides)
    assert tuple(condition.holds(left, 2) for left in (1, 2, 3)) == answers


@pytest.mark.parametrize("text", ["meldingen(2021)", "1 < 2 < 3", "1 = 2", ""])
def test_what_does_not_compare_two_formulas_is_no_condition(text):
    with pytest.raises(FormulaError, match="vergelijkt geen twee getallen"):
        Condition.parse(text)


UNREADABLE = [
    "",
    " ",
    "1 +",
    "(1",
    "meldingen(2021",
    "meldingen(2021))",
    "1; 2",
    "x = 1",
    "import os",
    "meldingen(2021)\x00",
    "meldingen(2021, geweld=)",
    "2021-Qx.",
    "4,5",
    "\ud800",
    "9" * 400 + "(" * 99,
    "(" * 240 + "1" + ")" * 240,
]
MEANINGLESS = [
    "change",
    "'tekst'",
    "b'tekst'",
    "f'{meldingen(2021)}'",
    "None",
    "...",
    "1j",
    "True",
    "1 + True",
    "-1",
    "not 1",
    "2 ** 3",
    "7 // 2",
    "7 % 2",
    "1 << 99",
    "1 < 2",
    "1 and 2",
    "1 if 1 else 2",
    "[1, 2]",
    "(1, 2)",
    "{1: 2}",
    "(y := 1)",
    "lambda: 1",
    "(lambda: 1)()",
    "[n for n in (1, 2)]",
    "sum(n for n in (1, 2))",
    "meldingen.real",
    "meldingen(2021).real",
    "().__class__.__bases__",
    "meldingen(2021)[0]",
    "meldingen(2021)(2021)",
    "'a'.join('b')",
    "1 + 'tekst'",
]
NO_TERM = [
    "meldingen()",
    "meldingen(2021, 'kind', 'meer')",
    "meldingen(2020 + 1)",
    "meldingen(*[2021])",
    "meldingen(2021, *[2021])",
    "meldingen(2021, meldingen(2020))",
    "meldingen(**{'geweld': 'km'})",
    "meldingen(2021, **{'geweld': 'km'})",
    "meldingen(2021, soort='km')",
    "meldingen(2021, geweld=meldingen)",
    "meldingen(2021, geweld='km', geweld='hg')",
    "meldingen(meldingen(2021))",
    "meldingen(period=2021)",
    "meldingen('2021-Q7')",
    "meldingen('2021/2020')",
    "meldingen(None)",
    "meldingen(20.21)",
]
WRONG_CALLS = [
    "change(1)",
    "change(1, 2, 3)",
    "share()",
    "share(1, 2, geweld='km')",
    "share(*[1, 2])",
    "change(1, x=2)",
]


@pytest.mark.parametrize("text", [*UNREADABLE, *MEANINGLESS, *NO_TERM, *WRONG_CALLS])
def test_what_is_no_formula_is_one_fault_in_dutch_and_has_no_value(text):
    [(found, meant)] = Formula(text).faults(KNOWN)
    assert any(
        words in found
        for words in ("is niet te lezen", "heeft in een formule geen betekenis", "is geen cijfer", "geen periode")
    )
    assert meant == "bedoeld: bijvoorbeeld meldingen(2021) / 12"
    with pytest.raises(FormulaError, match=r"niet te lezen|geen betekenis|geen cijfer|geen periode"):
        Formula(text).value(lambda term: 1)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1+" * 50_000 + "1",
        "(" * 50_000 + "1" + ")" * 50_000,
        "share(" * 20_000,
        "meldingen(2021) + " * 5_000 + "1",
        "x" * 100_000,
        "+".join(["1"] * 240),
        "share(1, " * 52 + "1" + ")" * 52,
        "-" * 400 + "1",
        "meldingen" + "(2021)" * 80,
    ],
)
def test_a_formula_that_is_too_long_or_too_deep_is_one_short_fault(text):
    [(found, _)] = Formula(text).faults(KNOWN)
    assert len(found) < 150
    with pytest.raises(FormulaError, match=r"langer dan 500 tekens|te diep genest|niet te lezen"):
        Formula(text).value(lambda term: 1)


def test_a_formula_is_never_executed(tmp_path):
    trace = tmp_path / "trace"
    for text in (
        f"__import__('pathlib').Path('{trace}').touch()",
        f"open('{trace}', 'w')",
        f"exec('open({str(trace)!r}, chr(119))')",
        f"[open('{trace}', 'w') for meldingen in (1,)]",
        f"share(open('{trace}', 'w'), 1)",
        f"(lambda: open('{trace}', 'w'))()",
        f"meldingen(open('{trace}', 'w'))",
        f"meldingen(2021, geweld=open('{trace}', 'w'))",
    ):
        assert Formula(text).faults(KNOWN) != []
        with pytest.raises((FormulaError, KeyError)):
            value(text)
    assert not Path(trace).exists()


@pytest.mark.parametrize("text", ["1 / 0", "change(0, 5)", "share(1, 2 - 2)", "meldingen(2021) / 0"])
def test_a_division_by_zero_is_an_error_in_dutch(text):
    assert Formula(text).faults(KNOWN) == []
    with pytest.raises(FormulaError, match="deelt door nul"):
        value(text)


@pytest.mark.parametrize(
    "text", ["1e400", "1e400 - 1e400", "1e300 * 1e300", "9" * 400, "1e12", "0 - 1e12", "9" * 400 + " / 2"]
)
def test_an_outcome_without_bounds_is_an_error_in_dutch(text):
    with pytest.raises(FormulaError, match="geeft geen bruikbaar getal"):
        value(text)


@pytest.mark.parametrize(
    ("text", "found", "meant"),
    [
        ("melding(2021)", "melding", "bedoeld: “meldingen”?"),
        ("share(meldingen(2021), ard(2021))", "ard", "bedoeld: “aard”?"),
        ("eval(2021)", "eval", "bekend: “aard”, “meldingen”"),
        ("__import__('2021')", "__import__", "bekend: “aard”, “meldingen”"),
    ],
)
def test_an_unknown_indicator_is_a_fault_that_names_the_nearest(text, found, meant):
    assert Formula(text).faults(KNOWN) == [(f"onbekende indicator “{found}” in de formule “{text}”", meant)]


def test_every_unknown_indicator_of_a_formula_is_told():
    faults = Formula("melding(2021) + meldingen(2021) + ard(2020)").faults(KNOWN)
    assert [meant for _, meant in faults] == ["bedoeld: “meldingen”?", "bedoeld: “aard”?"]


def test_a_formula_passes_on_that_a_number_is_not_there():
    def absent(term):
        raise FormulaError(f"geen {term.indicator}")

    with pytest.raises(FormulaError, match="geen meldingen"):
        Formula("meldingen(2021) / 12").value(absent)
