"""What a person decides is remembered, can be looked through and forgotten; what a second reader types is compared."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml
from worlds import edit

from vt import cli
from vt.errors import DataError
from vt.importer import staging
from vt.importer.concept import DECISIONS, Concept, accept, make_concept, read_decisions, write_decided
from vt.importer.drafts import TABLES, Draft, load_known
from vt.importer.facts import Facts
from vt.importer.form import Document
from vt.importer.memory import forget, list_remembered, remember
from vt.importer.words import NONE
from vt.ingest.editing import drop_entry, put_proofreading
from vt.model.report import Proofreading
from vt.web.delivery_check import _compare

SAID = "Veilig Thuis Polder, cijfers over {}"
ROWS = "Gemeente;Aantal\nDorp;12\nHet Stadje;7\nBuiten de polder;2\nTotaal;19\n"


def write_csv(folder: Path, year: int) -> Path:
    """A table of meldingen with a name that is not known, a row that does not belong, and a table that does not."""
    path = folder / f"{year}.csv"
    tables = f"Wat er binnenkwam\n\n{ROWS}\nWat de koffie kostte\n\nGemeente;Bedrag\nDorp;3\nStad;4\nTotaal;7\n"
    path.write_text(f"{SAID.format(year)}\n{tables}", encoding="utf-8")
    return path


def decide(concept: Concept) -> None:
    decided = {TABLES: {"Wat er binnenkwam": "Meldingen", "Wat de koffie kostte": NONE}}
    decided["place"] = {"Het Stadje": "Stad", "Buiten de polder": NONE}
    write_decided(concept.folder / DECISIONS, decided)


def test_the_next_edition_asks_nothing_until_it_is_forgotten(world, tmp_path, capsys):
    first = make_concept(write_csv(tmp_path, 2023), world, {})
    decide(first)
    accept(make_concept(write_csv(tmp_path, 2023), world, {}), world, world / "vt.db")
    again = make_concept(write_csv(tmp_path, 2024), world, {})
    assert (again.check.is_clean, again.draft.left_out) == (True, ["Wat de koffie kostte"])
    [reading] = again.draft.readings
    assert reading.content["cells"] == {"Dorp": [12], "Stad": [7], "totaal": [19]}
    assert {(each.printed, each.meant) for each in list_remembered(load_known(world))} == {
        ("Wat er binnenkwam", "Meldingen"),
        ("Wat de koffie kostte", NONE),
        ("Het Stadje", "Stad"),
        ("Buiten de polder", NONE),
    }
    assert cli.main(["memory", "--data", str(world)]) == 0
    assert "polder: “Wat de koffie kostte” is iets wat er niet bij hoort\n" in capsys.readouterr().out
    for name in ("Wat de koffie kostte", "Buiten de polder", "Het Stadje", "Wat er binnenkwam"):
        assert cli.main(["memory", "--forget", name, "--data", str(world)]) == 0
    asked = make_concept(write_csv(tmp_path, 2024), world, {}).draft
    assert [unread.heading for unread in asked.unread if unread.is_asked] == [
        "Wat er binnenkwam",
        "Wat de koffie kostte",
    ]
    assert list_remembered(load_known(world)) == []


def test_another_answer_takes_the_place_of_the_one_that_was_remembered(world, tmp_path):
    decide(make_concept(write_csv(tmp_path, 2023), world, {}))
    accept(make_concept(write_csv(tmp_path, 2023), world, {}), world, world / "vt.db")
    other = make_concept(write_csv(tmp_path, 2024), world, {})
    write_decided(other.folder / DECISIONS, {TABLES: {"Wat de koffie kostte": "Meldingen", "Wat er binnenkwam": NONE}})
    accept(make_concept(write_csv(tmp_path, 2024), world, {}), world, world / "vt.db")
    meant = {each.printed: each.meant for each in list_remembered(load_known(world))}
    assert (meant["Wat de koffie kostte"], meant["Wat er binnenkwam"]) == ("Meldingen", NONE)


def test_what_a_report_needs_is_not_forgotten(world, tmp_path, capsys):
    (world / "layouts").mkdir()
    (world / "layouts/polder.yaml").write_text("labels:\n  place:\n    Ergens: Dorp\n", encoding="utf-8")
    edit(world / "reports/polder_2021.yaml", "period: 2021\n  licence", "period: 2021\n  layout: polder\n  licence")
    edit(world / "reports/polder_2021.yaml", "      Dorp:  ", "      Ergens:  ")
    before = (world / "layouts/polder.yaml").read_bytes()
    assert cli.main(["memory", "--forget", "Ergens", "--data", str(world)]) == 1
    assert "“Ergens” is niet te vergeten: een rapport dat is opgenomen, gebruikt het" in capsys.readouterr().err
    assert (world / "layouts/polder.yaml").read_bytes() == before


def test_a_name_is_remembered_anew_beside_names_of_another_kind(world):
    """Taking one name out of a layout leaves the name of the next list in it where it is."""
    text = "# x\nlabels:\n  place:\n    Ergens: Dorp\n  melders:\n    Buren: Buurt\nleft_out:\n  - Koffie\n"
    again = remember(
        text,
        Draft(Document("x", "CSV", ()), Facts("", "", "", "", "")),
        {},
        {"place": {"Ergens": "Stad", "Nergens (verborgen)": "geen"}},  # of a hidden row: of one document alone
    )
    assert yaml.safe_load(again) == {
        "labels": {"place": {"Ergens": "Stad"}, "melders": {"Buren": "Buurt"}},
        "left_out": ["Koffie"],
    }
    tables = "tables:\n  - heading: A\n    printed: [Een]\n\n  # of B\n  - heading: B\n    printed: [Twee]\n"
    assert drop_entry(tables, ("tables", "Een")) == "tables:\n\n  # of B\n  - heading: B\n    printed: [Twee]\n"


@pytest.mark.parametrize(
    ("label", "years"),
    [("Het\nStadje", (2023, 2024)), (f"Het {'heel ' * 30}kleine stadje", (2023,)), ("Stadje: klein", (2023,))],
)
def test_a_name_of_more_lines_is_remembered_and_again_after_it_was_forgotten(world, tmp_path, label, years):
    for year in years:
        book = openpyxl.Workbook()
        rows = ["Gemeente", "Aantal"], ["Dorp", 12], [label, 7], ["Totaal", 19]
        for row in ([SAID.format(year)], [], ["Wat er\nbinnenkwam"], *rows):
            book.active.append(row)
        book.save(tmp_path / f"{year}.xlsx")
        asked = make_concept(tmp_path / f"{year}.xlsx", world, {})
        write_decided(asked.folder / DECISIONS, {TABLES: {"Wat er\nbinnenkwam": "Meldingen"}, "place": {label: "Stad"}})
        accept(make_concept(tmp_path / f"{year}.xlsx", world, {}), world, world / "vt.db")
        remembered = list_remembered(load_known(world))
        assert sorted(each.meant for each in remembered) == ["Meldingen", "Stad"]
        for each in remembered:
            forget(world, each)
        assert list_remembered(load_known(world)) == []


# --- a second reader -------------------------------------------------------------------------------------------------


@pytest.fixture
def proofread(world, tmp_path, capsys):
    """Types the numbers of a report in the workbook that `vt new` gives, all but what is changed; what came of it."""
    form = tmp_path / "typed.xlsx"
    cli.main(["new", "stad_2022-H1", "--like", "stad_2022-H1", "--to", str(form), "--data", str(world)])

    def command(**changed: int | None):
        book = openpyxl.load_workbook(form)
        typed = {"B4": 10, "C4": 4, "D4": 1, "E4": 12, "F4": 5, "G4": 0, "H4": 22, "I4": 9, "J4": 1, "K4": 32}
        for address, value in (typed | changed).items():
            book.worksheets[1][address] = value
        rows = ("B3", 6), ("C3", 5), ("D3", 11), ("B4", 1), ("D4", 1), ("B5", 7), ("C5", 5), ("D5", 12)
        for address, value in rows:
            book.worksheets[2][address] = value
        book.save(tmp_path / "done.xlsx")
        options = ("--by", "Jansen, A.", "--data", str(world), "--database", str(world / "vt.db"))
        status = cli.main(["proofread", "stad_2022-H1", str(tmp_path / "done.xlsx"), *options])
        return status, capsys.readouterr().err

    return command


def test_a_second_reader_who_types_the_same_is_named(proofread, world):
    assert proofread() == (0, "")
    head = yaml.safe_load((world / "reports/stad_2022-H1.yaml").read_text(encoding="utf-8"))["report"]
    assert head["checked_by"]["name"] == "Jansen, A."
    assert "proofread: Jansen, A." in (world / "CHANGES.yaml").read_text(encoding="utf-8")
    assert proofread() == (0, "")  # once more takes the place of the first


def test_the_name_of_a_second_reader_takes_the_place_of_one_on_lines_of_its_own():
    text = "report:\n  checked_by:\n    name: A\n    date: 2022-01-01\n  title: T\n\ntables: []\n"
    assert put_proofreading(text, Proofreading("B", date(2022, 1, 2))) == (
        'report:\n  checked_by: {name: "B", date: 2022-01-02}\n  title: T\n\ntables: []\n'
    )


def test_what_a_second_reader_types_otherwise_is_told_and_nothing_is_noted(proofread, world):
    status, told = proofread(C4=40, K4=None)
    assert (status, len(told.splitlines())) == (1, 2), told
    assert "Tabel 1 (Meldingen per kwartaal), Stad, " in told
    assert "gelezen 4, getypt 40." in told
    assert "gelezen 32, getypt niets." in told
    assert "checked_by" not in (world / "reports/stad_2022-H1.yaml").read_text(encoding="utf-8")


def test_what_is_typed_anew_is_compared_anew(proofread, world, tmp_path):
    """As Aanleveren does it, which keeps what it worked out."""
    (report,) = (each for each in load_known(world).reports if each.id == "stad_2022-H1")
    proofread(C4=40)
    assert len(_compare(report, tmp_path / "done.xlsx", 1)) == 1
    proofread()
    assert _compare(report, tmp_path / "done.xlsx", 2) == []


# --- whole or not at all ---------------------------------------------------------------------------------------------


def test_a_change_that_cannot_be_written_leaves_everything_as_it_was(world, tmp_path):
    decide(make_concept(write_csv(tmp_path, 2023), world, {}))
    concept = make_concept(write_csv(tmp_path, 2023), world, {})
    (world / "layouts").write_text("a file where a folder should be", encoding="utf-8")
    before = {path: path.read_bytes() for path in world.rglob("*") if path.is_file()}
    changed = {Path("catalogue/places.yaml"): b"x", Path("layouts/polder.yaml"): b"y"}
    with pytest.raises(DataError, match="er is niets veranderd"):
        staging.put(world, changed)
    assert {path: path.read_bytes() for path in world.rglob("*") if path.is_file()} == before
    assert read_decisions(concept.folder / DECISIONS)[TABLES]["Wat de koffie kostte"] == NONE
