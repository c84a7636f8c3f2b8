"""What goes wrong: a malformed file gives one clear message for each fault (file, table, row, found, meant); a killed
build, a full or read-only disk and a damaged database leave what was good, for real."""

import multiprocessing
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from served import running, soon
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect as connect_socket
from worlds import HEAD, add_report, edit, write_world

from vt.build.build import _sweep, build, ensure, hash_content
from vt.errors import DataError, Fault, did_you_mean, quote_value
from vt.importer.staging import try_out
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import load_reports
from vt.store.connection import connect
from vt.store.reference import read_metadata

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


def test_a_message_names_file_line_table_row_found_and_meant():
    fault = Fault("polder.yaml", 12, "1.1", "Dorp", "“x” is geen getal", "bedoeld: een getal")
    assert str(fault) == "polder.yaml, regel 12, tabel 1.1, rij Dorp: “x” is geen getal – bedoeld: een getal"
    assert str(Fault("polder.yaml", found="het bestand ontbreekt")) == "polder.yaml: het bestand ontbreekt"


def test_an_error_holds_each_fault_once_in_order():
    faults = [Fault("b.yaml", 10, found="z"), Fault("b.yaml", 9, found="x"), Fault("a.yaml", found="y")]
    assert str(DataError([*faults, *faults])) == "a.yaml: y\nb.yaml, regel 9: x\nb.yaml, regel 10: z"


@pytest.mark.parametrize(
    ("old", "new", "row", "found", "meant"),
    [
        ("heading:", "koop: x\nheading:", "", "onbekende sleutel “koop” in een tabel", "“columns”"),
        ("heading:", "cavaet: x\nheading:", "", "onbekende sleutel “cavaet” in een tabel", "“caveat”"),
        ("indicator: meldingen", "indicator: melding", "", "onbekende indicator “melding”", "“meldingen”"),
        ("indicator: meldingen", "indicator: [x]", "", "indicator van een tabel is", "tekst"),
        ("rows: place", "rows: plaats", "", "rows is “plaats”", "“place”"),
        ("rows: place", "rows: [place]", "", "rows is", "“place”"),
        ("rows: place", "", "", "in een tabel ontbreekt de sleutel “rows”", "rows"),
        ("Dorp: [1", "Drop: [1", "Drop", "onbekende plaats “Drop”", "“Dorp”"),
        ("period: [2020, 2021]", "period: [2020, 2021-Q7]", "", "“2021-Q7” is geen periode", "2021-Q2"),
        ("period: [2020, 2021]", "period: 2021", "", "columns is", "{period: [2020, 2021]"),
        ("period: [2020, 2021]", "period: []", "", "columns is", "{period: [2020, 2021]"),
        ("period: [2020, 2021]", "geweld: [KM, MH]", "", "onbekende soort geweld “MH”", "“HG”"),
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
        ("Dorp: [1, 2]", "Dorp: [1, 1.234]", "Dorp", "“1.234” is geen geheel getal", "zonder punt of spatie (1234)"),
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
    assert (fault.found, fault.row) == ("klassen als rij, kolom of totaal", "")
    assert "meldingen" in fault.meant


def test_a_block_that_leaves_a_dimension_open_is_refused(world):
    blocks = "[{period: [2020], geweld: [KM]}, {period: [2021]}]"
    [fault] = faults_in(world, TABLE.replace("{period: [2020, 2021]}", blocks))
    assert (fault.found, fault.meant) == ("kolom 2 noemt geen soort geweld", "bedoeld: een lid, of totaal")


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
        (b"report: {title: [}\n", "proef.yaml, regel 1: geen geldige YAML"),
        (b"report:\n\ttitle: x\n", "proef.yaml, regel 2: geen geldige YAML"),
        (b"a: 1\n---\nb: 2\n", "geen geldige YAML"),
        (b"a: *b\n", "proef.yaml, regel 1: geen geldige YAML"),
        (b"a: 1\nb: &b [1]\nc: *b\n", "proef.yaml, regel 2: dit deel wordt elders herhaald met & en *"),
        (b"a: &a [*a]\n", "proef.yaml, regel 1: dit deel wordt elders herhaald met & en *"),
        (b"a: &a x\nb: *a\n", "proef.yaml, regel 1: dit deel wordt elders herhaald met & en *"),
        (b"a: &a {b: 1}\nc: {<<: *a}\n", "proef.yaml, regel 1: dit deel wordt elders herhaald met & en *"),
        (b"a: !!int ''\n", "geen geldige YAML"),
        (b"a: !!python/name:os.system x\n", "geen geldige YAML"),
        (b"a: \x00\n", "geen geldige YAML"),
        (b"title: caf\xe9\n", "regel 1: het bestand is geen UTF-8 maar van Windows: “é” (byte 11)"),
    ],
)
def test_a_file_that_is_no_report_is_one_fault(world, content, found):
    (world / "reports/proef.yaml").write_bytes(content)
    [fault] = faults_of(world)
    assert fault.file == "proef.yaml"
    assert found in str(fault)


def test_a_file_that_cannot_be_opened_is_a_fault(world):
    (world / "reports/map.yaml").mkdir()
    (world / "reports/weg.yaml").symlink_to(world / "nergens.yaml")
    with pytest.raises(DataError) as refusal:
        build(world, world / "vt.db")
    assert [(fault.file, fault.found[:30]) for fault in refusal.value.faults] == [
        ("map.yaml", "het bestand is niet te lezen"),
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
    assert fault.file == path.name
    assert found in path.read_text().splitlines()[fault.line - 1]
    assert f"de sleutel “{found}” staat er tweemaal" in fault.found


@pytest.mark.parametrize(
    ("file", "old", "new", "found", "line"),
    [
        ("reports/polder_2021", "region: polder\n", "region: polder\n  uitgave: 1\n", "onbekende sleutel", "uitgave"),
        ("reports/polder_2021", "indicator: tijdig", "indicator: tijdg", "onbekende indicator", "tijdg"),
        ("reports/polder_2021", "    prose: true\n", "    prose: ja\n", "prose van een tabel", "prose: ja"),
        ("reports/polder_2021", "[90, 80]", "[90, x]", "“x” is geen getal", "De Stad:"),
        ("reports/polder_2021", "Buurtbewoner: {", "Buurman: {", "onbekende klasse “Buurman”", "Buurman"),
        ("reports/polder_2021", "[Dorp, Stad, Overige", "[Drop, Stad, Overige", "onbekende plaats “Drop”", "[Drop"),
        ("reports/polder_2021", "[{period: 2021}], exp", "[{period: 2019}], exp", "differences noemt", "2019"),
        ("reports/polder_2021", '"3.A"\n    heading: Melders', '"3.A"\n    kop: M', "ontbreekt de sleutel", '"3.A"'),
        ("reports/stad_2022-H1", "{printed: 32}", "{printed: -32}", "“-32” is geen getal", "-32"),
        ("catalogue/indicators", "split: naar_aard", "split: naar_art", "split van meldingen", "meldingen:"),
        ("catalogue/indicators", "  topic: triage", "  topic: triaje", "topic van tijdig", "tijdig:"),
        ("catalogue/categories", "geweld: hg", "geweld: gh", "geweld van Partnergeweld", "Partnergeweld"),
        ("catalogue/categories", "parent: particulieren", "parent: vrienden", "parent van", "directbetrokkenen:"),
        ("catalogue/places", "[1000, 1004]", "[1004, 1000]", "inwoners van dorp", "dorp:"),
        ("catalogue/places", "Stad, region: polder", "Stad, region: poldr", "region van stad", "stad:"),
        ("catalogue/glossary", "abbreviation: HG", "afkorting: HG", "onbekende sleutel", "afkorting"),
    ],
)
def test_a_fault_names_the_line_that_is_to_be_mended(world, file, old, new, found, line):
    path = world / f"{file}.yaml"
    edit(path, old, new)
    lines = path.read_text(encoding="utf-8").splitlines()
    told = {lines[fault.line - 1] for fault in faults_of(world) if fault.line and found in fault.found}
    assert [line in text for text in told] == [True]


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
        ("1 (Meldingen)", "Drop", "onbekende plaats “Drop”"),
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
    edit(world / "catalogue/places.yaml", "code: GM0002", "code: GM0001")
    (world / "catalogue/glossary.yaml").write_text("")
    assert {fault.file for fault in faults_of(world)} == {"indicators.yaml", "places.yaml", "glossary.yaml"}


def test_a_suggestion_is_the_nearest_name_or_all_of_few():
    assert did_you_mean("Zwole", ["Zwolle", "Deventer"]) == "bedoeld: “Zwolle”?"
    assert did_you_mean("xyz", ["Zwolle", "Deventer"]) == "bekend: “Deventer”, “Zwolle”"
    assert did_you_mean("xyz", []) == ""
    many = did_you_mean("xyz", (f"plaats {n:02}" for n in range(40)))
    assert many == "bekend: “plaats 00”, “plaats 01”, “plaats 02”, “plaats 03”, “plaats 04” …"


def test_a_long_value_is_quoted_short():
    assert quote_value(None) == quote_value(" ") == "leeg"
    assert quote_value("een\n  regel") == "“een regel”"
    assert len(quote_value("x" * 5000)) < 70


# --- for real: processes that are killed, disks that are full, files that are damaged --------------------------------

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([build.__module__, "pytest"])  # to load them takes seconds
TRIES = 100  # a build of the small world lasts a tenth of a second: a signal can come too late
VALUE = "SELECT value FROM figures WHERE place = 'stad' AND indicator = 'meldingen' AND period = '2021'"


def building(data: Path, target: Path) -> ForkServerProcess:
    """A build in a process of its own, forked from one that has loaded all that it needs."""
    process = FORKS.Process(target=build, args=(data, target))
    process.start()
    return process


def built(data: Path, target: Path) -> float:
    """The seconds that a build took that nobody disturbed."""
    started = time.monotonic()
    process = building(data, target)
    process.join(60)
    assert process.exitcode == 0
    return time.monotonic() - started


def unfinished(folder: Path) -> list[Path]:
    return sorted(folder.glob(".*.building"))


def has_grown(folder: Path, least: int) -> bool:
    """Whether a build has written so much of its file."""
    with suppress(FileNotFoundError):  # swapped in between the two looks
        return any(path.stat().st_size >= least for path in unfinished(folder))
    return False


def killed(data: Path, target: Path, when: Callable[[], bool]) -> bool:
    """A build that got SIGKILL at that moment; whether it died in the middle."""
    process = building(data, target)
    for _ in soon():
        if when() or not process.is_alive():
            break
        time.sleep(0.0005)  # leaves the core to the build
    process.kill()
    process.join(20)
    return process.exitcode == -signal.SIGKILL and unfinished(target.parent) != []


def value_in(target: Path) -> float:
    with closing(connect(target)) as db:
        assert len(read_metadata(db).tables) > 3
        [(value,)] = db.execute(VALUE).fetchall()
        return float(value)


@pytest.mark.parametrize("least", [0, 1, 50_000])
def test_a_build_that_is_killed_in_the_middle_loses_nothing_and_the_next_one_clears_up(world, database, least):
    before, seen = database.read_bytes(), sorted(world.iterdir())
    edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
    caught = 0
    for _ in range(TRIES):
        died = killed(world, database, lambda: has_grown(world, least))
        caught += died
        if died and database.read_bytes() == before:
            break
        if not died:  # it was quicker than the signal
            database.write_bytes(before)
    assert caught, "no build was killed in the middle"
    assert database.read_bytes() == before
    assert value_in(database) == 80
    assert value_in(ensure(world, database)) == 81
    assert sorted(world.iterdir()) == seen


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_database_or_the_new_one(world, database):
    before = database.read_bytes()
    edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
    built(world, world / "elders.db")  # a first one waits until all is loaded
    lasts = built(world, world / "elders.db")
    for part in range(7):
        end = time.monotonic() + lasts * part / 5
        killed(world, database, lambda end=end: time.monotonic() > end)
        whole = database.read_bytes()
        assert whole == before or value_in(database) == 81
    assert value_in(ensure(world, database)) == 81
    build(world, database)  # there was none where a build had come to its end, and a later one had not
    assert unfinished(world) == []


def test_a_first_build_that_is_killed_leaves_no_database_that_passes_for_one(world):
    target = world / "vt.db"
    for _ in range(TRIES):
        if killed(world, target, lambda: bool(unfinished(world))):
            break
        target.unlink(missing_ok=True)
    else:
        pytest.fail("no build was killed in the middle")
    assert not target.exists()
    assert value_in(ensure(world, target)) == 80
    assert unfinished(world) == []


def test_builds_at_once_all_succeed_and_leave_one_whole_database(world, database):
    seen = sorted(world.iterdir())
    edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
    processes = [building(world, database) for _ in range(3)]
    for _ in soon():
        assert value_in(database) in (80, 81)
        if not any(process.is_alive() for process in processes):
            break
    assert [process.exitcode for process in processes] == [0] * 3
    assert value_in(database) == 81
    assert sorted(world.iterdir()) == seen


def test_a_build_is_not_swept_away_by_another_that_clears_up(world, database):
    is_over = threading.Event()

    def clear_up():
        while not is_over.wait(0.0005):
            _sweep(database)

    sweeper = threading.Thread(target=clear_up)
    sweeper.start()
    try:
        for _ in range(10):
            build(world, database)
    finally:
        is_over.set()
        sweeper.join()
    assert value_in(database) == 80
    assert unfinished(world) == []


def test_forty_readers_meet_no_fault_while_the_database_is_swapped(world, database):
    """Each reads one build: the number and the fingerprint on one connection belong together."""
    stop, faults = threading.Event(), []
    seen: list[tuple[float, str]] = []

    def read(pause: float) -> None:
        while not stop.wait(pause):
            pause = 0.5  # one or two are reading at any time: more would only wait for each other
            try:
                with closing(connect(database)) as db:
                    read_metadata(db)
                    [(value,)] = db.execute(VALUE).fetchall()
                    [(stamp,)] = db.execute("SELECT value FROM build WHERE key = 'content_hash'").fetchall()
                seen.append((value, stamp))
            except Exception as error:
                faults.append(error)

    readers = [threading.Thread(target=read, args=(turn / 80,)) for turn in range(40)]
    known = {80: hash_content(world)}
    for reader in readers:
        reader.start()
    try:
        for value in range(81, 87):
            edit(world / "reports/polder_2021.yaml", f"[90, {value - 1}]", f"[90, {value}]")
            known[value] = hash_content(world)
            built(world, database)
    finally:
        stop.set()
        for reader in readers:
            reader.join(60)
    assert not any(reader.is_alive() for reader in readers)
    assert faults == []
    assert {(value, known[value]) for value, _ in seen} == set(seen)
    assert len({value for value, _ in seen}) > 3
    assert value_in(database) == 86


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "zero bytes": lambda _: b"",
    "cut in a page": lambda whole: whole[:5000],
    "cut in half": lambda whole: whole[: len(whole) // 8192 * 4096],
    "without its last page": lambda whole: whole[:-4096],
    "no database": lambda whole: b"x" * len(whole),
    "a page of noise": lambda whole: whole[:-4096] + bytes(range(256)) * 16,
    "all but the first page blank": lambda whole: whole[:4096] + bytes(len(whole) - 4096),
    "a header of a later version": lambda whole: whole[:18] + b"\x09\x09" + whole[20:],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_database_of_the_same_content_is_built_anew(world, database, damage):
    """Also where the page that tells what it was built from is still whole."""
    database.write_bytes(damage(database.read_bytes()))
    assert value_in(ensure(world, database)) == 80
    with closing(connect(database)) as db:
        assert read_metadata(db).built_at


def test_a_file_is_read_for_damage_once_until_it_changes(world, database):
    """Half a minute for ten million numbers: not for the server at its start and again for its first visitor."""
    ensure(world, database)
    checked = database.stat()
    damaged = DAMAGE["a page of noise"](database.read_bytes())
    database.write_bytes(damaged)
    os.utime(database, ns=(checked.st_atime_ns, checked.st_mtime_ns))
    ensure(world, database)
    assert database.read_bytes() == damaged, "the file says that it did not change"
    os.utime(database)
    assert value_in(ensure(world, database)) == 80


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small disk of its own."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on the disk; the file that takes it."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as out:
        while out.write(b"x" * 4096) == 4096:
            pass
    return ballast


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "schijf", "1m") as folder:
        yield folder


def test_a_build_on_a_full_disk_leaves_the_old_database_and_no_rubbish(world, disk):
    target = ensure(world, disk / "vt.db")
    before = target.read_bytes()
    ballast = fill(disk)
    edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
    with pytest.raises((sqlite3.OperationalError, OSError), match=r"full|No space"):
        ensure(world, target)
    assert target.read_bytes() == before
    assert value_in(target) == 80
    assert sorted(disk.iterdir()) == [ballast, target]
    ballast.unlink()
    edit(world / "reports/polder_2021.yaml", "[90, 81]", "[90, 82]")
    assert value_in(ensure(world, target)) == 82


def test_a_build_that_failed_is_tried_again_after_a_while_and_not_for_every_visitor(world, disk, monkeypatch):
    target = ensure(world, disk / "vt.db")
    ballast = fill(disk)
    edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
    with pytest.raises((sqlite3.OperationalError, OSError)) as first:
        ensure(world, target)
    ballast.unlink()
    with pytest.raises((sqlite3.OperationalError, OSError)) as second:
        ensure(world, target)
    assert second.value is first.value
    monkeypatch.setattr("vt.build.build.RETRY_AFTER", 0)
    assert value_in(ensure(world, target)) == 81


def test_a_build_on_a_read_only_disk_leaves_the_old_database(world, disk):
    target = ensure(world, disk / "vt.db")
    edit(world / "reports/polder_2021.yaml", "[90, 80]", "[90, 81]")
    remount(disk, "ro")
    with pytest.raises(OSError, match="Read-only file system"):
        ensure(world, target)
    assert value_in(target) == 80
    remount(disk, "rw")
    build(world, target)
    assert value_in(target) == 81


def test_a_change_of_data_that_cannot_be_written_is_refused_by_the_name_of_its_folder(world, disk):
    changed = {Path("reports/polder_2021.yaml"): None}
    data = shutil.copytree(world, disk / "data")
    remount(disk, "ro")
    with pytest.raises(DataError) as refusal:
        try_out(data, changed)
    assert str(refusal.value) == (
        f"{data}: de wijziging kon niet worden geschreven (daar is niet te schrijven) – er is niets veranderd"
    )


def test_an_unchanged_database_is_served_from_a_read_only_disk(world, disk):
    target = ensure(world, disk / "vt.db")
    remount(disk, "ro")
    assert value_in(ensure(world, target)) == 80


# --- the running app ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """The real app on a port, its data folder, the disk with its database, and its log."""

    port: int
    data: Path
    disk: Path
    log: Path

    @property
    def target(self) -> Path:
        return self.disk / "vt.db"

    @property
    def said(self) -> str:
        """What the log says."""
        return self.log.read_text(encoding="utf-8")

    def visit(self, page: str = "bronnen") -> str:
        """All that a new visitor gets to read on a page."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        words = []
        with connect_socket(f"ws://127.0.0.1:{self.port}/_stcore/stream", max_size=None) as socket_:
            socket_.send(asked.SerializeToString())
            for _ in soon():
                message = ForwardMsg.FromString(socket_.recv(timeout=60, decode=False))
                if message.WhichOneof("type") == "script_finished":
                    return "\n".join(words)
                element = message.delta.new_element
                words += [element.html.body, element.alert.body, element.heading.body, element.exception.message]
        raise AssertionError("a page without an end")

    def retitle(self, title: str) -> None:
        """Change the YAML as an editor does: the whole file, in place."""
        path = self.data / "reports" / "polder_2021.yaml"
        text, count = re.subn(r"(?m)^  title: .*$", f"  title: {title}", path.read_text(encoding="utf-8"), count=1)
        assert count == 1
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app as an administrator starts it on the small world, its database on a small disk of its own."""
    folder = tmp_path_factory.mktemp("served")
    data, log = write_world(folder / "data"), folder / "log"
    with (
        mounted(folder / "schijf", "1m") as disk,
        running(log, VT_DATA=str(data), VT_DATABASE=str(disk / "vt.db")) as port,
    ):
        yield Served(port, data, disk, log)


@pytest.fixture
def served(app: Served) -> Iterator[Served]:
    """The running app, sound before and after each test."""
    app.retitle(f"Zoals het was ({time.monotonic_ns()})")  # content that never failed to be built
    assert "Zoals het was" in app.visit()
    yield app
    remount(app.disk, "rw")
    (app.disk / "ballast").unlink(missing_ok=True)
    app.retitle(f"Weer in orde ({time.monotonic_ns()})")
    assert "Weer in orde" in app.visit()
    assert [path.name for path in app.disk.iterdir()] == ["vt.db"]


def test_a_visitor_sees_yaml_that_was_changed_under_the_running_app(served):
    served.retitle("Nieuwe titel")
    assert "Nieuwe titel" in served.visit()


def test_yaml_that_was_broken_under_the_running_app_leaves_what_was_there_and_the_log_says_which_line(served):
    path = served.data / "reports/polder_2021.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) // 2] + "\n    cells: [", encoding="utf-8")
    assert "Zoals het was" in served.visit()
    assert f"{path.name}, regel" in served.said
    path.write_text(re.sub("Zoals het was", "Hersteld", whole), encoding="utf-8")
    assert "Hersteld" in served.visit()


def test_a_full_disk_under_the_running_app_leaves_what_was_there(served):
    fill(served.disk)
    served.retitle("Past er niet meer bij")
    assert "Zoals het was" in served.visit()
    assert re.search(r"the database cannot be built\n(?s:.)*(disk is full|No space left)", served.said)
    (served.disk / "ballast").unlink()
    served.retitle("Past er weer bij")
    assert "Past er weer bij" in served.visit()


def test_a_read_only_disk_under_the_running_app_leaves_what_was_there(served):
    remount(served.disk, "ro")
    served.retitle("Niet te bewaren")
    assert "Zoals het was" in served.visit()
    assert "Read-only file system" in served.said


@pytest.mark.parametrize("damage", ["zero bytes", "cut in half", "a page of noise"])
def test_a_database_that_is_damaged_under_the_running_app_is_built_anew(served, damage):
    served.target.write_bytes(DAMAGE[damage](served.target.read_bytes()))
    assert "Zoals het was" in served.visit()


@pytest.mark.parametrize("damage", ["zero bytes", "cut in half", "no database"])
def test_a_damaged_database_that_cannot_be_built_anew_is_a_dutch_page_that_says_what_to_do(served, damage):
    served.target.write_bytes(DAMAGE[damage](served.target.read_bytes()))
    remount(served.disk, "ro")
    said = served.visit()
    assert "De database is niet te lezen. Probeer het over een minuut opnieuw" in said
    assert "Traceback" not in said
    assert re.search(r"the page could not be made\n(?s:.)*sqlite3\.\w*Error", served.said)
    remount(served.disk, "rw")
    served.retitle("Weer te lezen")
    assert "Weer te lezen" in served.visit()


def test_a_database_that_was_thrown_away_is_made_again(served):
    served.target.unlink()
    assert "Zoals het was" in served.visit()


def test_no_data_and_no_database_is_a_dutch_page(served):
    served.target.unlink()
    hidden = served.data.rename(served.data.with_name("elders"))
    try:
        assert "De gegevens zijn niet te lezen" in served.visit()
        assert "places.yaml: het bestand ontbreekt" in served.said
    finally:
        hidden.rename(served.data)
