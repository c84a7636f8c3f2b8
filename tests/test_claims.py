"""The files of data/claims and data/layouts: what they hold, and one clear message for each thing that is wrong."""

from pathlib import Path

import pytest
from worlds import edit

from vt.build.build import build
from vt.errors import DataError
from vt.ingest.catalogue import load_catalogue
from vt.ingest.claims import load_claims
from vt.ingest.reports import load_reports
from vt.model.claims import ClaimKind, Claims, Counted, Fit, Layout, Misfit, Ranked, Relation, Same, Stated
from vt.model.formula import Condition, Formula
from vt.model.report import Key

CLAIMS = """\
claims:
  "1.1":
    - {about: Meldingen, printed: 95, formula: meldingen(2021)}
    - - {about: Daling, printed: -6%, formula: "change(meldingen(2020), meldingen(2021))"}
      - {about: Elders, printed: 1.5%, untestable: Niet gedrukt.}
  "1.2":
    - {about: Minder, holds: meldingen(2021) < meldingen(2020), explanation: Zo.}
    - {about: Overal minder, all: meldingen(2021) < meldingen(2020), of: gemeenten}
    - {about: Bijna overal minder, almost all: meldingen(2021) < meldingen(2020), of: [dorp, stad]}
    - {about: Meestal in een jaar, most: meldingen > 0, of: [2020, 2021]}
    - {about: Meest, ranked: [kind], rank: 2, of: classes, by: naar_aard(2021), also: {per jaar: naar_aard(2021) / 1}}
    - {about: Gelijk, equal: [meldingen(2020), meldingen(2021)]}
differences:
  - {relation: Aard naast meldingen, place: dorp, period: 2021, explanation: Daarom.}
"""
LAYOUT = """\
relations:
  - about: Aard naast meldingen
    left: >-
      naar_aard(category="kind",
      table="1.2")
    right: meldingen
    expect: at most
    each: [period, place]
fits:
  - about: Bijlage
    annex: "1.2"
    chapter: "1.2"
    classes: {kind: [kind, partner]}
"""
REPORT, FORM = "polder_2021.yaml", "polder.yaml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load(world, claims=CLAIMS, layout=LAYOUT, name=REPORT):
    """The claims of each report of the world, where one has these claims and is printed in this layout."""
    write(world / "claims" / name, claims)
    if not (world / "layouts").exists():
        edit(world / "reports" / REPORT, "  period: 2021\n", "  period: 2021\n  layout: polder\n")
    write(world / "layouts" / FORM, layout)
    catalogue = load_catalogue(world / "catalogue")
    return load_claims(world / "claims", load_reports(world / "reports", catalogue), catalogue)


def faults_in(world, claims=CLAIMS, layout=LAYOUT, name=REPORT):
    with pytest.raises(DataError) as refusal:
        load(world, claims, layout, name)
    return list(refusal.value.faults)


def test_a_claim_is_read_with_the_sentence_that_it_stands_in(world):
    claims = load(world)["polder_2021"].claims
    assert [(each.chapter, each.sentence) for each in claims] == [
        *(("1.1", n) for n in (1, 2, 2)),
        *(("1.2", n) for n in range(1, 7)),
    ]
    number, change, elsewhere, holds, *_ = claims
    assert (number.printed, number.unit, number.test) == (95, "aantal", Stated(Formula("meldingen(2021)")))
    assert (change.printed, change.unit) == (-6, "procent")
    assert (elsewhere.printed, elsewhere.test, elsewhere.reason) == (1.5, None, "Niet gedrukt.")
    assert (holds.printed, holds.explanation) == (None, "Zo.")


def test_every_kind_of_claim_has_its_test(world):
    *_, holds, everywhere, nearly, most, ranked, same = load(world)["polder_2021"].claims
    fewer = Condition(Formula("meldingen(2021)"), "<", Formula("meldingen(2020)"))
    gemeenten = (Key(place="dorp"), Key(place="stad"))
    assert (holds.kind, holds.test) == (ClaimKind.HOLDS, Counted(fewer, (Key(),)))
    assert (everywhere.kind, everywhere.test) == (ClaimKind.ALL, Counted(fewer, gemeenten))
    assert (nearly.kind, nearly.test) == (ClaimKind.ALMOST_ALL, Counted(fewer, gemeenten))
    assert (most.kind, most.test.rows) == (ClaimKind.MOST, (Key(period="2020"), Key(period="2021")))
    classes = tuple(Key(category=f"aard/{name}") for name in ("partner", "kind", "zorgen"))
    by, also = Formula("naar_aard(2021)"), {"per jaar": Formula("naar_aard(2021) / 1")}
    assert (ranked.kind, ranked.test) == (ClaimKind.RANKED, Ranked((classes[1],), classes, by, 2, also))
    assert (same.kind, same.test) == (ClaimKind.EQUAL, Same(Formula("meldingen(2020)"), Formula("meldingen(2021)")))


def test_a_layout_holds_for_each_report_that_names_it(world):
    layout = Layout(
        (
            Relation(
                "Aard naast meldingen",
                Formula('naar_aard(category="kind", table="1.2")'),
                Formula("meldingen"),
                "at most",
                ("period", "place"),
            ),
        ),
        (Fit("Bijlage", "1.2", "1.2", {"kind": ("kind", "partner")}),),
    )
    load(world, "claims: {}")
    edit(world / "reports/stad_2022-H1.yaml", "  period: 2022-H1\n", "  period: 2022-H1\n  layout: polder\n")
    found = load(world)
    assert found["polder_2021"].layout == found["stad_2022-H1"].layout == layout
    assert found["polder_2021"].misfits == (Misfit("Aard naast meldingen", Key("dorp", "2021"), "Daarom."),)
    assert found["stad_2022-H1"] == Claims((), layout, ())


def test_a_difference_is_of_one_class_too(world):
    [misfit] = load(world, CLAIMS.replace("place: dorp", "category: kind"))["polder_2021"].misfits
    assert misfit.where == Key(period="2021", category="aard/kind")


def test_a_report_needs_no_claims_and_a_file_not_every_section(world, catalogue):
    assert load_claims(world / "claims", load_reports(world / "reports", catalogue), catalogue) == {}
    assert load(world, "claims: {}", "relations: []")["polder_2021"] == Claims()


MELDINGEN = "95, formula: meldingen(2021)"


@pytest.mark.parametrize(
    ("old", "new", "table", "found", "meant"),
    [
        ("claims:", "beweringen:", "", "onbekende sleutel “beweringen” in het bestand", "“claims”"),
        ('  "1.2":\n', '  "1.2": {x: 1}\n  "1.3":\n', "", "claims van 1.2 is", "een lijst"),
        ('"1.2":\n', '"1.2":\n    - x\n', "1.2", "een bewering is “x”", "sleutels met waarden"),
        ("printed: 95", "printed: vijf", "1.1", "“vijf” is geen getal", "een getal"),
        ("-6%", "zes%", "1.1", "“zes%” is geen getal", "12%"),
        ("printed: 95, ", "", "1.1", "in een bewering ontbreekt de sleutel “printed”", "printed"),
        (", untestable: Niet gedrukt.", "", "1.1", "“Elders” is van geen soort", "one of"),
        ("untestable: Niet gedrukt.", "untestable: 12", "1.1", "untestable van een bewering is “12”", "tekst"),
        (", equal: [", ", most: x > 1, equal: [", "1.2", "“Gelijk” is van 2 soorten", "one of"),
        ("most:", "mst:", "1.2", "onbekende sleutel “mst” in een bewering", "“most”"),
        ("almost all:", "nearly all:", "1.2", "onbekende sleutel “nearly all” in een bewering", "“almost all”"),
        ("[dorp, stad]", "[dorp, stat]", "1.2", "onbekende rij “stat”", "“stad”"),
        ("ranked: [kind]", "ranked: [kinderen]", "1.2", "onbekende rij “kinderen”", "“kind”"),
        ("of: [2020, 2021]", "of: [2020, 2022]", "1.2", "onbekende rij “2022”", "“2021”"),
        ("of: gemeenten", "of: gemeente", "1.2", "of is “gemeente”", "gemeenten, classes"),
        (", of: gemeenten", "", "1.2", "of is leeg", "gemeenten, classes"),
        ("of: classes", "of: gemeenten", "1.2", "of is “gemeenten”", "van wat hier geteld is"),
        ("rank: 2", "rank: 0", "1.2", "rank is “0”", "1, 2"),
        (", by: naar_aard(2021)", "", "1.2", "de formule leeg is niet te lezen", "meldingen(2021)"),
        ("{per jaar: naar_aard(2021) / 1}", "x", "", "also is “x”", "een id per sleutel"),
        ("most: meldingen > 0", "most: meldingen", "1.2", "“meldingen” vergelijkt geen twee getallen", "<"),
        ("most: meldingen > 0", "most: melding > 0", "1.2", "onbekende indicator “melding”", "“meldingen”"),
        ("[meldingen(2020), meldingen(2021)]", "[meldingen(2020)]", "1.2", "equal heeft 1 kanten", "het andere"),
        (MELDINGEN, "95, formula: meldingn(2021)", "1.1", "onbekende indicator “meldingn”", "“meldingen”"),
        (MELDINGEN, "95, formula: meldingen(2021", "1.1", "is niet te lezen", "meldingen(2021) / 12"),
        (MELDINGEN, "95, formula: meldingen(vorig)", "1.1", "geen cijfer; wel:", "meldingen(2021) / 12"),
        (MELDINGEN, "95, formula: __import__('os')", "1.1", "“os” is geen periode", "meldingen(2021)"),
        (MELDINGEN, "95, formula: 'meldingen(2021, geweld=\"mk\")'", "1.1", "geweld van meldingen is “mk”", "“km”"),
        (MELDINGEN, "95, formula: 'meldingen(2021, place=\"drop\")'", "1.1", "place van meldingen is “drop”", "“dorp”"),
        (MELDINGEN, "95, formula: 'meldingen(2021, table=\"1.2\")'", "1.1", "table van meldingen is “1.2”", "“1.1”"),
        ("relation: Aard naast", "relation: Aard bij", "", "relation van een difference is “Aard bij", "“Aard naast"),
        ("place: dorp", "place: drop", "", "place van een difference is “drop”", "“dorp”"),
        ("place: dorp", "category: kid", "", "category van een difference is “kid”", "“kind”"),
        ("period: 2021", "period: 2022", "", "period van een difference is “2022”", "“2021”"),
        (", explanation: Daarom.", "", "", "in een difference ontbreekt de sleutel “explanation”", "explanation"),
    ],
)
def test_a_malformed_claim_is_refused(world, old, new, table, found, meant):
    assert CLAIMS.count(old) == 1
    faults = faults_in(world, CLAIMS.replace(old, new))
    assert {fault.file for fault in faults} == {REPORT}
    assert all(fault.line for fault in faults)
    meant = "één van" if meant == "one of" else meant
    assert [meant in fault.meant for fault in faults if found in fault.found and fault.table == table] == [True]


@pytest.mark.parametrize(
    ("old", "new", "found", "meant"),
    [
        ("relations:", "verbanden:", "onbekende sleutel “verbanden” in het bestand", "“relations”"),
        ('"kind"', '"kinderen"', "onbekende klasse “kinderen” van naar_aard", "“kind”"),
        ('      table="1.2")', '      table="1.3")', "table van naar_aard is “1.3”", "“1.2”"),
        ("right: meldingen", "right: melding", "onbekende indicator “melding”", "“meldingen”"),
        ("right: meldingen", "right: [x]", "geen betekenis", "meldingen(2021)"),
        ("right: meldingen", "rechts: x", "in een verband ontbreekt de sleutel “right”", "right"),
        ("expect: at most", "expect: at least", "expect van “Aard naast meldingen” is “at least”", "“at most”"),
        ("[period, place]", "[period, plaats]", "each van “Aard naast meldingen” is “plaats”", "“place”"),
        ("about: Bijlage", "about: Aard naast meldingen", "about “Aard naast meldingen” komt 2 keer voor", "een keer"),
        ('annex: "1.2"', 'annex: "1.X"', "annex van “Bijlage” is “1.X”", "“1.1”"),
        ('chapter: "1.2"', "chapter: [x]", "chapter van een bijlage is “['x']”", "tekst"),
        ("{kind: [kind, partner]}", "[kind]", "classes is “['kind']”", "een id per sleutel"),
        ("{kind: [kind, partner]}", "{kind: kind}", "classes van kind is “kind”", "een lijst"),
        ("{kind: [kind, partner]}", "{knd: [kind]}", "onbekende klasse “knd” van naar_aard", "“kind”"),
        ("{kind: [kind, partner]}", "{kind: [knd]}", "onbekende klasse “knd” van naar_aard", "“kind”"),
    ],
)
def test_a_malformed_layout_is_refused(world, old, new, found, meant):
    assert LAYOUT.count(old) == 1
    faults = faults_in(world, layout=LAYOUT.replace(old, new))
    assert {(fault.file, fault.line > 0) for fault in faults if fault.file == FORM} == {(FORM, True)}
    assert [meant in fault.meant for fault in faults if found in fault.found] == [True]


def test_a_layout_that_is_not_there_is_a_fault_of_the_report_and_one_that_none_has_of_the_layout(world, catalogue):
    load(world)
    edit(world / "reports" / REPORT, "layout: polder", "layout: poldr")
    with pytest.raises(DataError, match=r"regel \d+: layout van report is “poldr” – bedoeld: “polder”"):
        load_reports(world / "reports", catalogue)
    edit(world / "reports" / REPORT, "  layout: poldr\n", "")
    with pytest.raises(DataError, match=r"polder\.yaml: er is geen rapport met deze indeling"):
        load_claims(world / "claims", load_reports(world / "reports", catalogue), catalogue)


def test_a_message_about_a_claim_reads_as_all_others(world):
    [fault] = faults_in(world, CLAIMS.replace("ranked: [kind]", "ranked: [kid]"))
    assert str(fault) == "polder_2021.yaml, regel 11, tabel 1.2: onbekende rij “kid” – bedoeld: “kind”?"


def test_claims_of_a_report_that_is_not_there_are_one_fault(world):
    [fault] = faults_in(world, "onzin: 1", name="polder_2012.yaml")
    assert str(fault) == (
        "polder_2012.yaml: claims/polder_2012.yaml gaat over een rapport dat er niet is – "
        "verwijder het, of zet reports/polder_2012.yaml terug; bedoeld: “polder_2021”?"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ": het bestand is leeg"),
        ("- a", ": het bestand is “['a']”"),
        ("claims: {", ", regel 2: geen geldige YAML"),
        ("claims: x", ": claims is “x”"),
        ("differences: {a: 1}", ": differences is “{'a': 1}”"),
        ("differences: true", ": differences is “True”"),
        ("claims: {}\nclaims: {}", ", regel 2: de sleutel “claims” staat er tweemaal"),
    ],
)
def test_a_file_that_holds_no_lists_of_claims_is_one_fault(world, text, found):
    [fault] = faults_in(world, text)
    assert str(fault).startswith(f"{REPORT}{found}")


def test_all_faults_of_all_files_are_told_at_once(world):
    load(world, "claims: {}", name="stad_2022-H1.yaml")
    edit(world / "claims/stad_2022-H1.yaml", "claims: {}", "claims: x")
    faults = faults_in(world, CLAIMS.replace("95", "x"), LAYOUT.replace("at most", "x"))
    assert {(fault.file, fault.found) for fault in faults} == {
        (REPORT, "“x” is geen getal"),
        (FORM, "expect van “Aard naast meldingen” is “x”"),
        ("stad_2022-H1.yaml", "claims is “x”"),
    }


def test_an_unknown_indicator_fails_the_build_and_leaves_the_old_database(world, database):
    old = database.read_bytes()
    write(world / "claims" / REPORT, 'claims: {"1.1": [{about: A, printed: 1, formula: meldigen(2020)}]}')
    with pytest.raises(DataError) as refusal:
        build(world, database)
    assert str(refusal.value) == (
        "polder_2021.yaml, regel 1, tabel 1.1: onbekende indicator “meldigen” in de formule "
        "“meldigen(2020)” – bedoeld: “meldingen”?"
    )
    assert database.read_bytes() == old
