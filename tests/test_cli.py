"""The command line: what vt build and vt check print, what they return, and that they leave the data folder alone."""

import json
import os
import sqlite3
import sys
from contextlib import closing

import pytest
from real import DATA
from worlds import edit

from vt import cli
from vt.store.connection import connect
from vt.store.printed import read_reports
from vt.store.reference import read_metadata
from vt.store.verdicts import read_verdicts

CLAIMS = """\
claims:
  "1.1":
    - {about: Meldingen in 2020, printed: %s, formula: meldingen(2020)%s}
    - {about: Per maand, printed: 7, formula: meldingen(2021) / 12}
    - {about: Bijna overal een daling, almost all: meldingen(2021) < meldingen(2020), of: gemeenten, explanation: Zo.}
"""
SOUND = "Elk verschil is verklaard, en elke verklaring is nodig."


@pytest.fixture
def run(capsys):
    """Runs one command; its exit status, stdout and stderr."""

    def command(*arguments):
        status = cli.main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return command


def write_claims(world, printed=101, extra=""):
    path = world / "claims/polder_2021.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CLAIMS % (printed, extra), encoding="utf-8")


def contents(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_build_makes_the_database_and_says_its_version(run, world, tmp_path):
    target = tmp_path / "elders/vt.db"
    status, out, err = run("build", "--data", world, "--database", target)
    with closing(connect(target)) as db:
        version = read_metadata(db).data_version
    assert (status, out, err) == (0, f"{target}: gebouwd, versie {version}\n", "")


def test_build_writes_where_the_environment_says(run, world, tmp_path, monkeypatch):
    monkeypatch.setenv("VT_DATA", str(world))
    monkeypatch.setenv("VT_DATABASE", str(tmp_path / "omgeving.db"))
    assert run("build")[0] == 0
    with closing(connect(tmp_path / "omgeving.db")) as db:
        assert {row.report for row in read_reports(db)} == {"polder_2021", "stad_2022-H1"}


def test_check_says_what_is_in_what_was_checked_and_what_was_found(run, world):
    write_claims(world)
    status, out, err = run("check", "--data", world)
    assert (status, err) == (0, "")
    collection, counted, verdicts, sentences, claims, findings, last = out.strip().split("\n\n")
    assert "Rapportage 2021" in collection
    assert "Eerste helft van 2022, gemeente Stad" in counted
    row = next(line for line in verdicts.splitlines() if "Beweringen in de tekst" in line)
    assert row.partition("tekst")[2].split() == ["3", "1", "1", "1", "0"]
    assert sentences.splitlines()[1].split() == ["1.1", "3", "1", "0", "0", "1", "1"]
    assert claims.splitlines() == [
        "polder_2021, 1.1, zin 1. Klopt: Meldingen in 2020: gedrukt 101, nagerekend 101.",
        "polder_2021, 1.1, zin 2. Afgekapt: Per maand: gedrukt 7, nagerekend 7,92.",
        "polder_2021, 1.1, zin 3. Wijkt af: Bijna overal een daling: 1 van de 2; 1 andersom. Zo.",
    ]
    assert "polder_2021, 1.1: 2021: gedrukt 94, nagerekend 95." in findings
    assert (
        "polder_2021, 1.1, zin 2: Per maand: gedrukt 7, nagerekend 7,92; afgekapt in plaats van afgerond." in findings
    )
    assert last == SOUND


def test_check_as_json_on_the_real_data_is_the_database_and_finds_nothing_unaccounted(run, real_database):
    status, out, err = run("check", "--json", "--data", DATA)
    with closing(connect(real_database)) as db:
        assert json.loads(out) == {"verdicts": [verdict._asdict() for verdict in read_verdicts(db)], "overlaps": []}
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("printed", "extra", "status", "why"),
    [
        (101, "", 0, None),
        (101, ", explanation: Zo.", 1, "(wel verklaard, maar er is geen verschil)"),
        (102, "", 1, "(niet verklaard)"),
        (102, ", explanation: Zo.", 0, None),
        (100, ", explanation: Zo.", 0, None),
    ],
)
def test_check_fails_on_what_is_unexplained_and_on_what_is_needlessly_explained(
    run, world, printed, extra, status, why
):
    write_claims(world, printed, extra)
    found, out, err = run("check", "--data", world)
    last = out.splitlines()[-1]
    assert (found, err) == (status, "")
    if why is None:
        assert last == SOUND
    else:
        assert last.startswith(f"polder_2021, 1.1, zin 1: Meldingen in 2020: gedrukt {printed}, nagerekend 101.")
        assert last.endswith(why)
    as_json, out, err = run("check", "--json", "--data", world)
    assert (as_json, err) == (status, "")
    [claim] = [v for v in json.loads(out)["verdicts"] if v["about"] == "Meldingen in 2020"]
    assert (claim["printed"], claim["computed"]) == (printed, 101)


def test_check_of_a_report_says_of_a_sentence_no_more_than_what_it_says_and_what_follows(run, world):
    """What a sentence says is not at most what follows: it is that or it is not."""
    write_claims(world, 100)
    _, out, _ = run("check", "polder_2021", "--data", world)
    assert "Meldingen in 2020: 100 naast 101. Niet verklaard." in out


@pytest.mark.parametrize(
    ("old", "new", "last"),
    [
        ("explanation: Gedrukt staat 94; de cellen geven 95.", "explanation: Zo.", SOUND),
        ("totaal:           [101, 94]", "totaal:           [102, 94]", "(niet verklaard)"),
        ("totaal:           [101, 94]", "totaal:           [101, 95]", "(wel verklaard, maar er is geen verschil)"),
    ],
)
def test_check_holds_printed_totals_to_the_same(run, world, old, new, last):
    edit(world / "reports/polder_2021.yaml", old, new)
    status, out, _ = run("check", "--data", world)
    assert status == (last != SOUND)
    assert out.splitlines()[-1].endswith(last)


def test_check_fails_on_an_annex_that_holds_other_years(run, world):
    edit(world / "reports/polder_2021.yaml", "  period: 2021\n", "  period: 2021\n  layout: polder\n")
    (world / "layouts").mkdir()
    (world / "layouts/polder.yaml").write_text('fits: [{about: Bijlage, annex: "3.A", chapter: "1.2"}]')
    status, out, _ = run("check", "--data", world)
    assert status == 1
    assert "Bijlage" in out.splitlines()[-1]


@pytest.mark.parametrize("command", [["build"], ["check"], ["check", "--json"]])
@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("reports/stuk.yaml", "tables: [", "stuk.yaml, regel 2: geen geldige YAML"),
        ("reports/stuk.yaml", "", "stuk.yaml: het bestand is leeg"),
        ("claims/polder_2021.yaml", "claims: {", "polder_2021.yaml, regel 2: geen geldige YAML"),
        (
            "claims/weg_2021.yaml",
            "claims: {}",
            "weg_2021.yaml: claims/weg_2021.yaml gaat over een rapport dat er niet is",
        ),
        (
            "claims/polder_2021.yaml",
            CLAIMS.replace("formula: meldingen(2020)", "formula: meldigen(2020)") % (101, ""),
            "polder_2021.yaml, regel 3, tabel 1.1: onbekende indicator “meldigen” in de formule “meldigen(2020)” – ",
        ),
    ],
)
def test_malformed_yaml_is_told_on_stderr_without_a_traceback(run, world, tmp_path, command, file, content, message):
    path = world / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    target = ["--database", tmp_path / "nieuw.db"] if command == ["build"] else []
    status, out, err = run(*command, "--data", world, *target)
    assert (status, out) == (1, "")
    assert [line.startswith(message) for line in err.splitlines()] == [True]
    assert not (tmp_path / "nieuw.db").exists()


def test_every_fault_is_a_line_on_stderr(run, world):
    write_claims(world, "veel")
    (world / "claims/weg.yaml").write_text("claims: {}")
    status, _, err = run("check", "--data", world)
    assert status == 1
    assert [line.partition(":")[0] for line in err.splitlines()] == ["polder_2021.yaml, regel 3, tabel 1.1", "weg.yaml"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_data_folder_that_is_not_there_is_told_on_stderr(run, tmp_path, monkeypatch, command):
    monkeypatch.setenv("VT_DATABASE", str(tmp_path / "vt.db"))
    status, out, err = run(command, "--data", tmp_path / "nergens")
    assert (status, out) == (1, "")
    assert "ontbreekt" in err
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_written_is_told_on_stderr(run, world, tmp_path):
    (tmp_path / "bestand").write_text("x")
    status, out, err = run("build", "--data", world, "--database", tmp_path / "bestand/vt.db")
    assert (status, out) == (1, "")
    assert err == f"{tmp_path / 'bestand'}: niet te lezen of te schrijven (dat is geen map)\n"


def test_who_stops_a_command_is_told_that_nothing_is_half(run, world, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build", stop)
    status, _, err = run("build", "--data", world, "--database", tmp_path / "vt.db")
    assert (status, err.partition(".")[0]) == (130, "Gestopt")


def test_a_build_that_fails_leaves_the_old_database(run, world, database):
    (world / "claims").mkdir()
    (world / "claims/weg.yaml").write_text("claims: {}")
    before = database.read_bytes()
    assert run("build", "--data", world, "--database", database)[0] == 1
    assert database.read_bytes() == before
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT count(*) FROM report").fetchone() == (2,)


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("printed", [101, 102, "veel"])
def test_check_writes_nothing_into_the_data_folder(run, world, options, printed):
    write_claims(world, printed)
    before = contents(world)
    status, _, _ = run("check", *options, "--data", world)
    assert status == (printed != 101)
    assert contents(world) == before


@pytest.mark.parametrize("arguments", [[], ["bouw"], ["check", "--database", "x"], ["check", "--jsn"]])
def test_a_command_that_does_not_exist_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as refusal:
        cli.main(arguments)
    assert refusal.value.code == 2
    assert "usage: vt" in capsys.readouterr().err


def test_who_stops_reading_gets_no_message(world, monkeypatch, capsys):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert cli.main(["check", "--data", str(world)]) == 1
    assert capsys.readouterr().err == ""
