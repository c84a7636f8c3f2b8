"""vt correct, withdraw and finalise: one report changes, whole or not at all, and data/CHANGES.yaml says why."""

# ruff: noqa: E501 (messages stand whole)

import shutil
from contextlib import closing

import pytest
import yaml
from real import DATA, DORDRECHT
from worlds import edit

from vt import cli
from vt.ingest.writer import write_file
from vt.store.connection import connect
from vt.store.printed import read_reports

REPORT = "reports/polder_2021.yaml"


@pytest.fixture
def amend(world, monkeypatch, capsys):
    """Runs a command on the small world, which the environment names; its exit status, stdout and stderr."""
    monkeypatch.setenv("VT_DATA", str(world))
    monkeypatch.setenv("VT_DATABASE", str(world / "vt.db"))

    def command(*arguments):
        status = cli.main([*arguments, "--reason", "Nagelezen in het rapport."])
        return status, *capsys.readouterr()

    return command


def read_folder(data):
    return {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.suffix != ".db"}


def test_a_number_is_corrected_in_its_place_and_the_rest_of_the_file_stays(amend, world):
    before = (world / REPORT).read_text(encoding="utf-8")
    status, out, _ = amend(
        "correct", "polder_2021", "--table", "1.1", "--row", "De Stad", "--column", "2021", "--to", "79"
    )
    assert (status, out) == (
        0,
        "polder_2021: 1.1, De Stad, kolom 2: 80 is nu 79. Onthouden in CHANGES.yaml.\n",
    )
    assert (world / REPORT).read_text(encoding="utf-8") == before.replace("[90, 80]", "[90, 79]")
    [change] = yaml.safe_load((world / "CHANGES.yaml").read_text(encoding="utf-8"))
    assert (change["report"], change["from"], change["to"]) == ("polder_2021", "80", "79")
    assert change["reason"] == "Nagelezen in het rapport."
    with closing(connect(world / "vt.db")) as db:
        [(value,)] = db.execute("SELECT value FROM figures WHERE table_number = '1.1' AND value = 79").fetchall()
    assert value == 79


@pytest.mark.parametrize(
    ("row", "column", "to", "said"),
    [
        ("Dorp", "2020", "1.012", "gedrukt 101, nagerekend 1.103"),
        ("totaal", "2020", "102", "gedrukt 102, nagerekend 101"),
        ("De Stad", "2021", "82", "gedrukt 94, nagerekend 97"),
        ("De Stad", "2021", "78", "gedrukt 94, nagerekend 93"),  # not what is explained
    ],
)
def test_a_correction_that_breaks_a_total_or_leaves_more_of_a_difference_is_refused(
    amend, world, row, column, to, said
):
    before = read_folder(world)
    status, out, err = amend("correct", "polder_2021", "--table", "1.1", "--row", row, "--column", column, "--to", to)
    assert (status, out, read_folder(world)) == (1, "", before)
    assert (err.startswith("dan klopt niet meer: polder_2021, 1.1"), said in err) == (True, True), err


def test_a_thousand_and_a_blank_are_written_as_the_file_needs_them(amend, world):
    edit(world / REPORT, "[101, 94]", "[1103, 83]")
    amend("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--to", "1.012")
    amend("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--column", "2", "--to", "leeg")
    text = (world / REPORT).read_text(encoding="utf-8")
    assert "Dorp:             [1012, null]" in text


def test_provisional_numbers_become_final(amend, world):
    status, _, _ = amend("finalise", "stad_2022-H1")
    text = (world / "reports/stad_2022-H1.yaml").read_text(encoding="utf-8")
    assert (status, "provisional" in text) == (0, False)
    assert "      - {printed: 32}\n  - number:" in text
    status, _, err = amend("finalise", "stad_2022-H1")
    assert (status, err) == (1, "stad_2022-H1.yaml: dit rapport heeft geen voorlopige cijfers\n")


def test_a_report_is_withdrawn_with_what_is_said_of_it_and_can_come_back(amend, world):
    (world / "claims").mkdir()
    (world / "claims/polder_2021.yaml").write_text("claims: {}\n", encoding="utf-8")
    (world / "layouts").mkdir()
    (world / "layouts/polder.yaml").write_text("relations: []\n", encoding="utf-8")
    edit(world / REPORT, "  period: 2021\n", "  period: 2021\n  layout: polder\n")
    kept = {name: (world / name).read_bytes() for name in (REPORT, "claims/polder_2021.yaml", "layouts/polder.yaml")}
    assert amend("withdraw", "polder_2021")[0] == 0
    for name, content in kept.items():
        assert not (world / name).exists()
        assert (world / "withdrawn" / name).read_bytes() == content
    with closing(connect(world / "vt.db")) as db:
        assert [row.report for row in read_reports(db)] == ["stad_2022-H1"]
    assert "dit rapport is ingetrokken" in amend("withdraw", "polder_2021")[2]
    for name in kept:
        (world / "withdrawn" / name).rename(world / name)
    assert cli.main(["build"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("withdraw", "polder_2020"), "reports: onbekend rapport “polder_2020” – bedoeld: “polder_2021”?"),
        (("correct", "polder_2021", "--table", "9", "--row", "Dorp", "--to", "1"), "geen tabel “9”"),
        (("correct", "polder_2021", "--table", "9", "--row", "Dorp", "--column", "2021", "--to", "1"), "dit rapport heeft: “1.1 (Meldingen per gemeente)”, “1.2 (Aard)”"),
        (("correct", "polder_2021", "--table", "1.1", "--row", "Drop", "--to", "1"), "onbekende rij “Drop” – bedoeld: “Dorp”?"),
        (("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--column", "2019", "--to", "1"), "kolom 2019 in rij"),
        (("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--column", "jaar", "--to", "1"), "geen kolom “jaar”"),
        (("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--to", "22.5"), "“22.5” is geen getal"),
        (("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--to", "22,5"), "“22.5” is geen geheel getal"),
        (("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--to", "10"), "er staat al 10"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_said_and_changes_nothing(amend, world, arguments, said):
    before = read_folder(world)
    status, _, err = amend(*arguments)
    assert (status, said in err) == (1, True), err
    assert read_folder(world) == before


def test_of_two_tables_with_one_number_the_headings_are_asked(amend, world):
    edit(world / REPORT, 'number: "1.2"', 'number: "1.1"')
    status, _, err = amend("correct", "polder_2021", "--table", "1.1", "--row", "Dorp", "--column", "2021", "--to", "1")
    assert (status, err) == (
        1,
        "polder_2021.yaml: 2 tabellen “1.1” – bedoeld: “1.1 (Meldingen per gemeente)” of “1.1 (Aard)”?\n",
    )


def test_a_report_that_is_withdrawn_again_leaves_the_first_copy(amend, world):
    first = (world / REPORT).read_bytes()
    assert amend("withdraw", "polder_2021")[0] == 0
    (world / REPORT).write_bytes(first + b"# verbeterd\n")
    assert amend("withdraw", "polder_2021")[0] == 0
    kept = sorted((world / "withdrawn/reports").glob("*"))
    assert [path.read_bytes() for path in kept] == [first, first + b"# verbeterd\n"]


def test_a_disk_that_fails_halfway_leaves_everything_as_it_was(amend, world):
    before = read_folder(world)
    (world / "withdrawn").write_text("geen map", encoding="utf-8")
    status, _, err = amend("withdraw", "polder_2021")
    (world / "withdrawn").unlink()
    assert status == 1
    assert read_folder(world) == before
    assert err.endswith(" – er is niets veranderd\n")


def test_one_report_is_checked_by_itself_the_most_urgent_first(tmp_path, capsys):
    data = shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("*.db"))
    assert cli.main(["check", DORDRECHT, "--data", str(data)]) == 0
    assert "Elk verschil is verklaard" in capsys.readouterr().out
    edit(data / f"reports/{DORDRECHT}.yaml", "[187, 49, 6, 260,", "[188, 49, 6, 260,")
    assert cli.main(["check", DORDRECHT, "--data", str(data)]) == 1
    out = capsys.readouterr().out
    assert out.index("1. Eerst herstellen") < out.index("2. Naast wat er al is")
    assert "IJsselland" not in out


def test_a_write_that_fails_leaves_no_half_file(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(OSError, match=r"x\.yaml"):
        write_file(tmp_path / "x.yaml", b"half")
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]
