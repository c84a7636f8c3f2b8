"""A malformed file gives one clear message for each fault: file, table, row, what was found, what was meant."""

import pytest
from worlds import HEAD, add_report, edit

from vt.catalogue import load_catalogue
from vt.database import build
from vt.faults import DataError, Fault, did_you_mean, shown
from vt.report import load_reports

TABLE = """
number: "1"
heading: Meldingen
indicator: meldingen
rows: place
columns: {period: [2020, 2021]}
cells:
  Dorp: [1, 2]
  Stad: [3, 4]
  totaal: [4, 6]
"""


def faults_of(world):
    """What loading the data folder complains about."""
    with pytest.raises(DataError) as refusal:
        load_reports(world / "reports", load_catalogue(world / "catalogue"))
    return list(refusal.value.faults)


def faults_in(world, table):
    add_report(world, table)
    return faults_of(world)


def test_a_message_names_file_table_row_found_and_meant():
    fault = Fault("polder.yaml", "1.1", "Dorp", "“x” is geen getal", "bedoeld: een getal")
    assert str(fault) == "polder.yaml, tabel 1.1, rij Dorp: “x” is geen getal – bedoeld: een getal"
    assert str(Fault("polder.yaml", found="het bestand ontbreekt")) == "polder.yaml: het bestand ontbreekt"


def test_an_error_holds_each_fault_once_in_order():
    error = DataError([Fault("b.yaml", found="x"), Fault("a.yaml", found="y"), Fault("b.yaml", found="x")])
    assert str(error) == "a.yaml: y\nb.yaml: x"


@pytest.mark.parametrize(
    ("old", "new", "row", "found", "meant"),
    [
        ("heading:", "koop: x\nheading:", "", "onbekende sleutel “koop” in een tabel", "“number”"),
        ("heading:", "cavaet: x\nheading:", "", "onbekende sleutel “cavaet” in een tabel", "“caveat”"),
        ("indicator: meldingen", "indicator: melding", "", "onbekende indicator “melding”", "“meldingen”"),
        ("indicator: meldingen", "indicator: [x]", "", "indicator van een tabel is", "tekst"),
        ("rows: place", "rows: plaats", "", "rows is “plaats”", "“place”"),
        ("rows: place", "rows: [place]", "", "rows is", "“place”"),
        ("rows: place", "", "", "in een tabel ontbreekt de sleutel “rows”", "rows"),
        ("Dorp: [1", "Drop: [1", "Drop", "onbekende place “Drop”", "“Dorp”"),
        ("period: [2020, 2021]", "period: [2020, 2021-Q7]", "", "“2021-Q7” is geen periode", "2021-Q2"),
        ("period: [2020, 2021]", "period: 2021", "", "columns is", "{period: [2020, 2021]"),
        ("period: [2020, 2021]", "period: []", "", "columns is", "{period: [2020, 2021]"),
        ("period: [2020, 2021]", "geweld: [KM, MH]", "", "onbekende geweld “MH”", "“HG”"),
        ("period: [2020, 2021]", "periode: [2020, 2021]", "", "onbekende dimensie “periode”", "“period”"),
        ("period: [2020, 2021]", "place: [Dorp, Stad]", "", "place is rij én kolom", "een keer"),
        ("Dorp: [1, 2]", "Dorp: [1]", "Dorp", "aantal getallen: 1, aantal kolommen: 2", "null"),
        ("Dorp: [1, 2]", "Dorp: [1, 2, 3]", "Dorp", "aantal getallen: 3, aantal kolommen: 2", "null"),
        ("Dorp: [1, 2]", "Dorp: 1", "Dorp", "de rij is “1”", "[getallen]"),
        ("Dorp: [1, 2]", "Dorp: {reeks: [1]}", "Dorp", "de rij is", "{sequence: [getallen]}"),
        ("Dorp: [1, 2]", "Dorp: {sequence: [1]}", "Dorp", "een reeks", "een plaats"),
        ("Dorp: [1, 2]", "Dorp: [1, twee]", "Dorp", "“twee” is geen getal", "0 of meer, of null"),
        ("Dorp: [1, 2]", "Dorp: [1, -2]", "Dorp", "“-2” is geen getal", "0 of meer"),
        ("Dorp: [1, 2]", "Dorp: [1, true]", "Dorp", "“True” is geen getal", "0 of meer"),
        ("Dorp: [1, 2]", "Dorp: [1, .nan]", "Dorp", "“nan” is geen getal", "0 of meer"),
        ("Dorp: [1, 2]", "Dorp: [1, [2]]", "Dorp", "“[2]” is geen getal", "0 of meer"),
        ("Dorp: [1, 2]", "Dorp: [1, 1.234]", "Dorp", "“1.234” is geen geheel getal", "zonder punt (1234)"),
        ("Dorp: [1", "Dorp: [1, 2]\n  dorp: [1", "dorp", "twee cellen op één plaats (dorp, 2020", "een keer"),
        ("heading: Meldingen", "heading: {a: 1}", "", "heading van een tabel is", "tekst"),
        ("heading: Meldingen", "heading: Meldingen\nprose: ja", "", "prose van een tabel is “ja”", "true of false"),
        (
            "heading: Meldingen",
            "heading: Meldingen\nplace: Stad",
            "",
            "place staat vast én is rij of kolom",
            "een keer",
        ),
        ("heading: Meldingen", "heading: Meldingen\ngeweld: totaal", "", "geweld is totaal", "een lid"),
        ("heading: Meldingen", "heading: Meldingen\nprovisional: 2021", "", "provisional is “2021”", "een lijst"),
        ("heading: Meldingen", "heading: Meldingen\nprovisional: [2019]", "", "provisional noemt “2019”", "niet"),
        ("heading: Meldingen", "heading: Meldingen\ntotals: 6", "", "totals is “6”", "een lijst"),
        (
            "heading: Meldingen",
            "heading: Meldingen\ntotals: [{period: 2020}]",
            "",
            "ontbreekt de sleutel “printed”",
            "",
        ),
        ("heading: Meldingen", "heading: Meldingen\ntotals: [{jaar: 1, printed: 4}]", "", "sleutel “jaar”", "“place”"),
        ("heading: Meldingen", "heading: Meldingen\ntotals: [{printed: vier}]", "", "“vier” is geen getal", "getal"),
        ("heading: Meldingen", "heading: Meldingen\ndifferences: [x]", "", "een difference is “x”", "sleutels"),
    ],
)
def test_a_malformed_table_is_refused(world, old, new, row, found, meant):
    assert TABLE.count(old) == 1
    faults = faults_in(world, TABLE.replace(old, new))
    [fault] = [fault for fault in faults if found in fault.found and fault.row == row]
    assert (fault.file, fault.table.split()[0]) == ("proef.yaml", "1")
    assert meant in fault.meant


def test_the_sound_table_is_not_refused(world, catalogue):
    add_report(world, TABLE)
    assert len(load_reports(world / "reports", catalogue)) == 3


@pytest.mark.parametrize(
    ("total", "found"),
    [("{place: Dorp}", "differences noemt het totaal"), ("{jaar: 2021}", "onbekende sleutel “jaar”"), ("3", "is “3”")],
)
def test_a_difference_names_a_total_that_is_there(world, total, found):
    faults = faults_in(world, TABLE + f"differences: [{{totals: [{total}, {{period: 2021}}], explanation: Zo.}}]")
    assert [fault.table for fault in faults if found in fault.found] == ["1 (Meldingen)"]


def test_a_difference_without_an_explanation_is_refused(world):
    [fault] = faults_in(world, TABLE + "differences: [{totals: [{period: 2021}]}]")
    assert fault.found == "in een difference ontbreekt de sleutel “explanation”"


def test_an_unknown_label_in_a_column_is_said_once_and_not_for_every_row(world):
    [fault] = faults_in(world, TABLE.replace("[2020, 2021]", "[2020, 2o21]"))
    assert (fault.row, fault.found) == ("", "“2o21” is geen periode")


def test_a_table_number_that_yaml_would_round_is_refused(world):
    [fault] = faults_in(world, TABLE.replace('"1"', "1.10"))
    assert fault.found == "number van een tabel is “1.1”"
    assert "aanhalingstekens" in fault.meant


def test_a_category_where_the_indicator_has_none_is_refused_once(world):
    [fault] = faults_in(world, TABLE.replace("rows: place", "rows: category"))
    assert (fault.found, fault.row) == ("category als rij, kolom of total", "")
    assert "meldingen" in fault.meant


def test_a_block_that_leaves_a_dimension_open_is_refused(world):
    blocks = "[{period: [2020], geweld: [KM]}, {period: [2021]}]"
    [fault] = faults_in(world, TABLE.replace("{period: [2020, 2021]}", blocks))
    assert (fault.found, fault.meant) == ("kolom 2 noemt geen geweld", "bedoeld: een lid, of totaal")


def test_the_same_row_in_a_sequence_and_in_the_grid_is_refused(world):
    path = world / "reports/polder_2021.yaml"
    edit(path, "Buurtbewoner: {sequence: [5, 21]}", "Politie en OM: {sequence: [5, 21]}")
    [fault] = faults_of(world)
    assert (fault.row, fault.found[:24]) == ("Politie en OM", "twee cellen op één plaat")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Buurtbewoner: {sequence: [5, 21]}", "Buurtbewoner: {sequence: [5, 21, 1, 1]}"),
        ("totaal: [12, 80, 2]", "totaal: {sequence: [12, 80]}"),
        ("columns: {place: [Dorp, Stad, Overige gemeente]}", "columns: {place: [Dorp, Stad, totaal]}"),
    ],
)
def test_a_sequence_that_can_hide_no_places_is_refused(world, old, new):
    edit(world / "reports/polder_2021.yaml", old, new)
    [fault] = faults_of(world)
    assert fault.table == "3.A (Melders per gemeente)"
    assert "een reeks" in fault.found


def test_two_tables_of_one_number_need_two_headings(world):
    add_report(world, TABLE, TABLE.replace("[1, 2]", "[2, 2]"))
    [fault] = faults_of(world)
    assert (fault.table, fault.found) == ("1", "de kop “Meldingen” komt 2 keer voor")


@pytest.mark.parametrize(
    ("old", "new", "found", "meant"),
    [
        ("region: polder", "region: poldr", "region van report is “poldr”", "“polder”"),
        ("region: polder", "region: stad", "region van report is “stad”", "“polder”"),
        ("region: polder", "region: [polder]", "region van report is", "tekst"),
        ("region: polder, ", "", "in report ontbreekt de sleutel “region”", "region"),
        ("region: polder", "region: bergen, place: stad", "place van report is “stad”", "“bergen”"),
        ("period: 2021", "period: 2021-13", "“2021-13” is geen periode", "2021-Q2"),
        ("title: Proef", "title: 2021", "title van report is “2021”", "tekst"),
        ("title: Proef", "titel: Proef", "onbekende sleutel “titel” in report", "“title”"),
        ("{title: Proef", "{url: [x], title: Proef", "url van report is", "tekst"),
    ],
)
def test_a_malformed_head_is_refused_and_its_tables_are_still_read(world, old, new, found, meant):
    assert HEAD.count(old) == 1
    add_report(world, TABLE.replace("[1, 2]", "[1, twee]"), head=HEAD.replace(old, new))
    faults = faults_of(world)
    assert [meant in fault.meant for fault in faults if found in fault.found] == [True]
    assert [fault.row for fault in faults if "geen getal" in fault.found] == ["Dorp"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "het bestand is leeg"),
        (b"# niets\n", "het bestand is leeg"),
        (b"- een\n- lijst\n", "het bestand is “['een', 'lijst']”"),
        (b"tekst", "het bestand is “tekst”"),
        (b"report: {title: [}\n", "regel 1: geen geldige YAML"),
        (b"report:\n\ttitle: x\n", "regel 2: geen geldige YAML"),
        (b"a: 1\n---\nb: 2\n", "geen geldige YAML"),
        (b"a: *b\n", "regel 1: geen geldige YAML"),
        (b"a: 2021-13-01\n", "geen geldige YAML"),
        (b"a: !!int ''\n", "geen geldige YAML"),
        (b"a: !!python/name:os.system x\n", "geen geldige YAML"),
        (b"a: \x00\n", "geen geldige YAML"),
        (b"title: caf\xe9\n", "het bestand is geen UTF-8 (byte 11)"),
    ],
)
def test_a_file_that_is_no_report_is_one_fault(world, content, found):
    (world / "reports/proef.yaml").write_bytes(content)
    [fault] = faults_of(world)
    assert fault.file == "proef.yaml"
    assert found in fault.found


def test_a_file_that_cannot_be_opened_is_a_fault(world):
    (world / "reports/map.yaml").mkdir()
    (world / "reports/weg.yaml").symlink_to(world / "nergens.yaml")
    with pytest.raises(DataError) as refusal:
        build(world, world / "vt.db")
    assert [(fault.file, fault.found[:30]) for fault in refusal.value.faults] == [
        ("map.yaml", "het bestand is niet te lezen ("),
        ("weg.yaml", "het bestand ontbreekt"),
    ]


def test_a_missing_file_of_the_catalogue_is_a_fault(world):
    (world / "catalogue/places.yaml").unlink()
    (world / "catalogue/glossary.yaml").unlink()
    assert [str(fault).split(" –")[0] for fault in faults_of(world)] == [
        "glossary.yaml: het bestand ontbreekt",
        "places.yaml: het bestand ontbreekt",
    ]


def test_a_missing_folder_of_reports_is_a_fault_and_not_an_empty_collection(tmp_path, catalogue):
    with pytest.raises(DataError, match="de map ontbreekt"):
        load_reports(tmp_path / "nergens", catalogue)


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("reports/polder_2021", "    cells:\n      Partner", "    rows: place\n    cells:\n      Partner", "rows"),
        (
            "reports/polder_2021",
            "Partnergeweld: [50]",
            "Partnergeweld: [50]\n      Partnergeweld: [5]",
            "Partnergeweld",
        ),
        ("catalogue/places", "  bergen: {", "  polder: {", "polder"),
        ("catalogue/glossary", "{term: Melding,", "{term: Melding, term: Melding,", "term"),
    ],
)
def test_a_key_that_is_written_twice_is_refused_with_its_line(world, file, old, new, found):
    path = world / f"{file}.yaml"
    edit(path, old, new)
    fault = next(fault for fault in faults_of(world) if "tweemaal" in fault.found)
    line = int(fault.found.split(":")[0].removeprefix("regel "))
    assert fault.file == path.name
    assert found in path.read_text().splitlines()[line - 1]
    assert f"de sleutel “{found}” staat er tweemaal" in fault.found


def test_all_faults_of_a_file_are_told_at_once(world):
    add_report(
        world,
        TABLE.replace("Dorp: [1, 2]", "Drop: [1, x, 3]").replace("indicator: meldingen", "indicator: melding"),
        TABLE.replace('"1"', '"2"').replace("Stad: [3, 4]", "Stad: [-3, 4]").replace("heading:", "koop:"),
        head=HEAD.replace("licence:", "licentie:"),
    )
    assert {(fault.table, fault.row, fault.found) for fault in faults_of(world)} == {
        ("", "", "onbekende sleutel “licentie” in report"),
        ("", "", "in report ontbreekt de sleutel “licence”"),
        ("1 (Meldingen)", "", "onbekende indicator “melding”"),
        ("1 (Meldingen)", "Drop", "onbekende place “Drop”"),
        ("1 (Meldingen)", "Drop", "“x” is geen getal"),
        ("1 (Meldingen)", "Drop", "aantal getallen: 3, aantal kolommen: 2"),
        ("2", "", "onbekende sleutel “koop” in een tabel"),
        ("2", "", "in een tabel ontbreekt de sleutel “heading”"),
        ("2", "Stad", "“-3” is geen getal"),
    }


def test_the_faults_of_several_files_are_told_at_once(world):
    edit(world / "reports/polder_2021.yaml", "Dorp:             [10, 12]", "Drop:             [10, 12]")
    edit(world / "reports/stad_2022-H1.yaml", "region: polder", "region: poldr")
    assert {fault.file for fault in faults_of(world)} == {"polder_2021.yaml", "stad_2022-H1.yaml"}


def test_the_faults_of_several_files_of_the_catalogue_are_told_at_once(world):
    edit(world / "catalogue/indicators.yaml", "unit: procent", "unit: percent")
    edit(world / "catalogue/places.yaml", "tile: [1, 0]", "tile: x")
    (world / "catalogue/glossary.yaml").write_text("")
    assert {fault.file for fault in faults_of(world)} == {"indicators.yaml", "places.yaml", "glossary.yaml"}


def test_a_suggestion_is_the_nearest_name_or_all_of_few():
    assert did_you_mean("Zwole", ["Zwolle", "Deventer"]) == "bedoeld: “Zwolle”?"
    assert did_you_mean("xyz", ["Zwolle", "Deventer"]) == "bekend: “Deventer”, “Zwolle”"
    assert did_you_mean("xyz", []) == ""
    many = did_you_mean("xyz", (f"plaats {n:02}" for n in range(40)))
    assert many == "bekend: “plaats 00”, “plaats 01”, “plaats 02”, “plaats 03”, “plaats 04” …"


def test_a_long_value_is_quoted_short():
    assert shown(None) == shown(" ") == "leeg"
    assert shown("een\n  regel") == "“een regel”"
    assert len(shown("x" * 5000)) < 70
