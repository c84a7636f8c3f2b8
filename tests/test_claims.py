"""The files of data/claims: what they hold, and one clear message for each thing that is wrong in them."""

import pytest
from worlds import edit

from vt.build.build import build
from vt.errors import DataError
from vt.ingest.catalogue import load_catalogue
from vt.ingest.claims import load_claims
from vt.ingest.reports import load_reports
from vt.model.claims import Claims
from vt.model.formula import Formula

CLAIMS = """\
claims:
  - {chapter: "1.1", about: Meldingen in 2021, printed: 95, unit: aantal, formula: meldingen(2021)}
  - {chapter: "2", about: Iets anders, printed: 1.5, unit: procent, formula: null, reason: Niet gedrukt.}
relations:
  - about: Aard naast meldingen
    left: >-
      naar_aard(2021,
      "kind")
    right: meldingen(2021)
    expect: at most
    each: place
    explanation: Zo.
fits:
  - about: Aard naast aard
    annex: naar_aard
    chapter: naar_aard
    classes: {kind: [kind, partner]}
    candidates: [[2020], [2020, 2021]]
    fits: [2020, 2021]
"""
TABLE = "1.1"


def load(world, text, name="polder_2021"):
    path = world / "claims" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    catalogue = load_catalogue(world / "catalogue")
    return load_claims(world / "claims", load_reports(world / "reports", catalogue), catalogue)


def faults_in(world, text, name="polder_2021"):
    with pytest.raises(DataError) as refusal:
        load(world, text, name)
    return list(refusal.value.faults)


def test_a_file_of_claims_is_read_as_it_stands(world):
    claims = load(world, CLAIMS)["polder_2021"]
    first, second = claims.claims
    assert (first.chapter, first.printed, first.unit, first.reason) == ("1.1", 95, "aantal", None)
    assert first.formula == Formula("meldingen(2021)")
    assert (second.printed, second.unit, second.formula, second.reason) == (1.5, "procent", None, "Niet gedrukt.")
    [relation] = claims.relations
    assert (relation.left, relation.at_most, relation.each_place) == (Formula('naar_aard(2021, "kind")'), True, True)
    [fit] = claims.fits
    assert (fit.candidates, fit.fits) == ((("2020",), ("2020", "2021")), ("2020", "2021"))
    assert fit.classes == {"kind": ("kind", "partner")}


def test_a_report_needs_no_claims_and_a_file_not_every_section(world, catalogue):
    assert load_claims(world / "claims", [], catalogue) == {}
    assert load(world, "claims: []")["polder_2021"] == Claims()


@pytest.mark.parametrize(
    ("old", "new", "table", "found", "meant"),
    [
        ("claims:", "beweringen:", "", "onbekende sleutel “beweringen” in het bestand", "“claims”"),
        ("fits:\n  - about", "fits:\n  about", "", "geen geldige YAML", "inspringing"),
        ("claims:\n", "claims:\n  - x\n", "", "een bewering is “x”", "sleutels met waarden"),
        ('chapter: "1.1"', "chapter: 1.10", TABLE, "chapter van een bewering is “1.1”", "aanhalingstekens"),
        ("printed: 95", "printed: vijf", TABLE, "“vijf” is geen getal", "een getal"),
        ("printed: 95, ", "", "", "in een bewering ontbreekt de sleutel “printed”", "printed"),
        ("unit: procent", "unit: percent", "", "unit van “Iets anders” is “percent”", "“procent”"),
        (", reason: Niet gedrukt.", "", "2", "“Iets anders” heeft geen formule", "of reason"),
        (": Niet gedrukt.", ": 12", "2", "reason van een bewering is “12”", "tekst"),
        ("formula: meldingen(2021)", "formula: 95", TABLE, "formula van een bewering is “95”", "tekst"),
        ("formula: meldingen(2021)", "formula: meldingn(2021)", TABLE, "onbekende indicator “meldingn”", "“meldingen”"),
        ("formula: meldingen(2021)", "formula: meldingen(2021", TABLE, "is niet te lezen", "meldingen(2021) / 12"),
        ("formula: meldingen(2021)", "formula: meldingen(vorig)", TABLE, "geen cijfer; wel:", "meldingen(2021) / 12"),
        ("formula: meldingen(2021)", "formula: __import__('os')", TABLE, "“os” is geen periode", "meldingen(2021)"),
        (
            "formula: meldingen(2021)",
            "formula: 'meldingen(2021, geweld=\"mk\")'",
            TABLE,
            "geweld van meldingen is “mk”",
            "“km”",
        ),
        (
            "formula: meldingen(2021)",
            "formula: 'meldingen(2021, place=\"drop\")'",
            TABLE,
            "place van meldingen is “drop”",
            "“dorp”",
        ),
        (
            "formula: meldingen(2021)",
            "formula: 'meldingen(2021, table=\"1.2\")'",
            TABLE,
            "table van meldingen is “1.2”",
            "“1.1”",
        ),
        ('"kind")', '"kinderen")', "", "onbekende klasse “kinderen” van naar_aard", "“kind”"),
        ('naar_aard(2021,\n      "kind")', "melding(2021)", "", "onbekende indicator “melding”", "“meldingen”"),
        ("right: meldingen(2021)", "right: [x]", "", "right van een verband is “['x']”", "tekst"),
        ("right: meldingen(2021)", "rechts: x", "", "in een verband ontbreekt de sleutel “right”", "right"),
        ("expect: at most", "expect: at least", "", "expect van “Aard naast meldingen” is “at least”", "“at most”"),
        ("each: place", "each: period", "", "each van “Aard naast meldingen” is “period”", "“place”"),
        ("annex: naar_aard", "annex: aard", "", "annex van “Aard naast aard” is “aard”", "“naar_aard”"),
        ("chapter: naar_aard", "chapter: [x]", "", "chapter van een bijlage is “['x']”", "tekst"),
        ("{kind: [kind, partner]}", "[kind]", "", "classes is “['kind']”", "een id per sleutel"),
        ("{kind: [kind, partner]}", "{kind: kind}", "", "classes van kind is “kind”", "een lijst"),
        ("{kind: [kind, partner]}", "{knd: [kind]}", "", "onbekende klasse “knd” van naar_aard", "“kind”"),
        ("{kind: [kind, partner]}", "{kind: [knd]}", "", "onbekende klasse “knd” van naar_aard", "“kind”"),
        ("[[2020], [2020, 2021]]", "[2020, 2021]", "", "de perioden is “2020”", "een lijst"),
        ("[[2020], [2020, 2021]]", "[[2020], [20]]", "", "“20” is geen periode", "2021-Q2"),
        ("fits: [2020, 2021]", "fits: [x]", "", "“x” is geen periode", "2021-Q2"),
    ],
)
def test_a_malformed_claim_is_refused(world, old, new, table, found, meant):
    assert CLAIMS.count(old) == 1
    faults = faults_in(world, CLAIMS.replace(old, new))
    assert {fault.file for fault in faults} == {"polder_2021.yaml"}
    assert [meant in fault.meant for fault in faults if found in fault.found and fault.table == table] == [True]


def test_a_message_about_a_claim_reads_as_all_others(world):
    [fault] = faults_in(world, CLAIMS.replace("printed: 95", "printed: vijf"))
    assert str(fault) == "polder_2021.yaml, regel 2, tabel 1.1: “vijf” is geen getal – bedoeld: een getal"


def test_claims_of_a_report_that_is_not_there_are_one_fault(world):
    [fault] = faults_in(world, "onzin: 1", name="polder_2012")
    assert str(fault) == "polder_2012.yaml: er is geen rapport met deze naam – bedoeld: “polder_2021”?"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ": het bestand is leeg"),
        ("- a", ": het bestand is “['a']”"),
        ("claims: {", ", regel 2: geen geldige YAML"),
        ("claims: x", ": claims is “x”"),
        ("relations: {a: 1}", ": relations is “{'a': 1}”"),
        ("relations: 1", ": relations is “1”"),
        ("fits: true", ": fits is “True”"),
        ("claims: []\nclaims: []", ", regel 2: de sleutel “claims” staat er tweemaal"),
    ],
)
def test_a_file_that_holds_no_lists_of_claims_is_one_fault(world, text, found):
    [fault] = faults_in(world, text)
    assert str(fault).startswith(f"polder_2021.yaml{found}")


def test_an_entry_that_is_no_mapping_is_one_fault_in_every_section(world):
    faults = faults_in(world, "claims: [2]\nrelations: [3]\nfits: [4]\n")
    assert {fault.found for fault in faults} >= {
        "een bewering is “2”",
        "een verband is “3”",
        "een bijlage is “4”",
    }


def test_all_faults_of_all_files_are_told_at_once(world):
    text = CLAIMS
    for old, new in (
        ("printed: 95", "printed: x"),
        ("expect: at most", "expect: x"),
        ("annex: naar_aard", "annex: x"),
        ("meldingen(2021)}", "melding(2021)}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    load(world, "claims: []", name="stad_2022-H1")
    edit(world / "claims/stad_2022-H1.yaml", "claims: []", "claims: x")
    faults = faults_in(world, text)
    assert {(fault.file[:5], fault.found.partition(" in de formule")[0]) for fault in faults} == {
        ("polde", "“x” is geen getal"),
        ("polde", "expect van “Aard naast meldingen” is “x”"),
        ("polde", "annex van “Aard naast aard” is “x”"),
        ("polde", "onbekende indicator “melding”"),
        ("stad_", "claims is “x”"),
    }


def test_an_unknown_indicator_fails_the_build_and_leaves_the_old_database(world, database):
    old = database.read_bytes()
    path = world / "claims/polder_2021.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CLAIMS.replace("formula: meldingen(2021)", "formula: 'change(meldigen(2020), meldingen(2021))'"))
    with pytest.raises(DataError) as refusal:
        build(world, database)
    assert str(refusal.value) == (
        "polder_2021.yaml, regel 2, tabel 1.1: onbekende indicator “meldigen” in de formule "
        "“change(meldigen(2020), meldingen(2021))” – bedoeld: “meldingen”?"
    )
    assert database.read_bytes() == old
