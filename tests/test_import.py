"""A document becomes a report: the two reports that are in, read again from their text, cell for cell."""

import json
import shutil
from pathlib import Path

import pytest
from real import DATA
from streamlit.testing.v1 import AppTest

from vt.build.build import ensure
from vt.cli import main
from vt.importer.concept import DECISIONS, Concept, accept, make_concept, read_decisions, write_decided
from vt.importer.drafts import TABLES, Unread, load_known
from vt.importer.form import UnreadableError
from vt.importer.meaning import Unknown
from vt.importer.settle import CELLS, list_open
from vt.model.check_report import Section
from vt.model.report import Report, Table
from vt.store.connection import identity

DOCUMENTS = Path(__file__).parent / "documents"
REPORTS = ["zuid-holland-zuid_dordrecht_2021-H1", "ijsselland_2021"]


def describe(table: Table) -> dict[str, object]:
    """All that a table holds but what a person explains."""
    told = {name: getattr(table, name) for name in ("indicator", "rows", "columns", "place", "period", "sequences")}
    told |= {name: {(c.key, c.value, c.row, c.column) for c in getattr(table, name)} for name in ("cells", "totals")}
    return told | {"derived": [(column.name, dict(column.printed)) for column in table.derived]}


def list_tables(report: Report) -> dict[tuple[str, str], dict[str, object]]:
    return {(table.number, table.heading): describe(table) for table in report.tables if not table.prose}


@pytest.mark.parametrize("name", REPORTS)
def test_text_gives_the_transcription_made_by_hand(name: str, tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("vt.db*", "concept")))
    (known,) = [report for report in load_known(data).reports if report.id == name]
    concept = make_concept(DOCUMENTS / f"{name}.txt", data, {})
    assert concept.report is not None
    assert list_tables(concept.report) == list_tables(known)
    assert concept.draft.doubts == []
    assert concept.draft.unread == []


def test_a_document_is_a_concept_until_it_is_taken_in(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of Dordrecht nothing is in yet; its totals that do not add up are asked, and what is printed is taken in."""
    name = REPORTS[0]
    for folder in ("reports", "claims"):
        (data / folder / f"{name}.yaml").unlink()
    document = str(DOCUMENTS / f"{name}.txt")
    before = sorted(path for path in data.rglob("*") if path.is_file())
    assert main(["import", document, "--json", "--data", str(data)]) == 3
    told = json.loads(capsys.readouterr().out)
    assert any("gedrukt 241, de cellen tellen op tot 550" in finding["text"] for finding in told["findings"])
    made = {path.relative_to(data / "concept" / name).as_posix() for path in (data / "concept").rglob("*.*")}
    assert made == {"report.yaml", "decisions.yaml", "controle.txt", "controle.html", f"document/{name}.txt"}
    assert sorted(p for p in data.rglob("*") if p.is_file() and "concept" not in p.parts) == before
    concept = make_concept(Path(document), data, {})
    accept(concept, data, database := tmp_path / "vt.db")
    assert name in {report.id for report in load_known(data).reports}
    made = identity(database)
    assert identity(ensure(data, database)) == made, "what was tried out is what is served"
    with pytest.raises(UnreadableError, match="Er is al een rapport"):
        accept(concept, data, database)
    assert identity(database) == made


def test_what_is_asked_twice_of_a_document_is_one_question(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables under one heading, and one label that is a place in one table and a class in another."""

    def show(concept: "Concept") -> None:  # run by itself, where nothing is imported
        from vt.web.delivery_read import show_meaning

        show_meaning(concept)

    monkeypatch.setenv("VT_DATA", str(data))
    concept = make_concept(DOCUMENTS / f"{REPORTS[0]}.txt", data, {})
    concept.draft.unread += [Unread(spot, "Kinderen", "niet bekend", is_asked=True) for spot in ("1", "2")]
    concept.draft.readings[0].unknown += [Unknown("Overig", about, ()) for about in ("place", "melder")]
    page = AppTest.from_function(show, args=(concept,), default_timeout=30).run()
    assert not page.exception
    asked = [box.label for box in page.selectbox]
    assert asked.count("Wat telt de tabel “Kinderen”?") == 1
    assert asked.count("Wat is “Overig”?") == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("leeg.txt", b"", "is leeg"),
        ("x.mp3", b"x", "is een soort bestand dat niet gelezen wordt"),
        ("x.txt", b"Niets over waar of wanneer", "Geef --region en --period"),
        ("y.txt", b"Veilig Thuis IJsselland, rapportage 2021", "er is geen tabel gevonden"),
        ("z.txt", b"\0\1\2\3", "is geen tekst"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    name: str, content: bytes, says: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / name).write_bytes(content)
    assert main(["import", str(data / name), "--data", str(data)]) == 2
    assert says in capsys.readouterr().err


def print_advice(folder: Path, number: str) -> Path:
    """The document of Dordrecht with another number of advice."""
    text = (DOCUMENTS / f"{REPORTS[0]}.txt").read_text(encoding="utf-8")
    path = folder / "rapport.txt"
    path.write_text(text.replace("Dordrecht  483 5 2 490", f"Dordrecht  {number} 5 2 490"), encoding="utf-8")
    return path


def test_what_was_read_in_one_document_is_asked_again_of_another(data: Path, tmp_path: Path) -> None:
    concept = make_concept(print_advice(tmp_path, "1,483"), data, {})
    (name,) = list_open(concept.draft)
    write_decided(concept.folder / DECISIONS, {CELLS: {name: "1483"}})
    assert not list_open(make_concept(print_advice(tmp_path, "1,483"), data, {}).draft)
    assert not list_open(make_concept(print_advice(tmp_path, "1,483"), data, {}).draft)
    assert list(list_open(make_concept(print_advice(tmp_path, "1,484"), data, {}).draft)) == [name]


def test_a_row_that_is_printed_twice_is_not_chosen_from(data: Path, tmp_path: Path) -> None:
    text = (DOCUMENTS / f"{REPORTS[0]}.txt").read_text(encoding="utf-8")
    path = tmp_path / "rapport.txt"
    path.write_text(
        text.replace("besluiten tot Inzet Lokaal Maatwerk", "besluiten tot Sluiten zonder vervolg"), "utf-8"
    )
    draft = make_concept(path, data, {}).draft
    (reading,) = [each for each in draft.readings if each.table.indicator == "triagebesluiten"]
    assert [doubt.row for doubt in reading.doubts] == ["Sluiten zonder vervolg"]
    assert set(reading.content["cells"]["Sluiten zonder vervolg"]) == {None}


def test_a_decision_of_nought_is_one(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("cells:\n- {cell: a, meant: 0}\ntables:\n- {table: b, meant: null}\n", encoding="utf-8")
    assert read_decisions(path) == {CELLS: {"a": "0"}}


def test_a_document_that_names_two_periods_alike_is_asked_which(data: Path, tmp_path: Path) -> None:
    text = (DOCUMENTS / f"{REPORTS[0]}.txt").read_text(encoding="utf-8")
    path = tmp_path / "rapport.txt"
    path.write_text("Zie ook het rapport over het 2e halfjaar 2020\n" + text, encoding="utf-8")
    with pytest.raises(UnreadableError, match="Geef --period"):
        make_concept(path, data, {})


def test_a_table_that_was_decided_on_goes_into_a_layout_that_was_written_by_hand(data: Path, tmp_path: Path) -> None:
    path, name = tmp_path / "nieuw.csv", "Het aantal gemelde kinderen"
    said = "Veilig Thuis Zuid-Holland Zuid, 1e halfjaar 2023"
    path.write_text(f"{said}\n{name}\n\nGemeente;Aantal\nDordrecht;12\nPapendrecht;7\nTotaal;19\n", encoding="utf-8")
    concept = make_concept(path, data, {})
    assert [unread.heading for unread in concept.draft.unread] == [name]
    write_decided(concept.folder / DECISIONS, {TABLES: {name: "Kinderen besproken in adviezen"}})
    layout = data / "layouts/zuid-holland-zuid-gemeente.yaml"
    head, tables = layout.read_text(encoding="utf-8").split("\ntables:\n")
    accept(make_concept(path, data, {}), data, tmp_path / "vt.db")
    text = layout.read_text(encoding="utf-8")
    assert (text.startswith(head), text.endswith(tables)) == (True, True)  # with the comments
    again = make_concept(path, data, {})
    assert (again.draft.unread, again.check.is_clean) == ([], True)


@pytest.mark.parametrize(("year", "changed"), [(2021, "241 wordt 12: een definitief cijfer verandert."), (2023, None)])
def test_a_total_over_months_is_beside_the_total_of_the_same_half_year(
    year: int, changed: str | None, data: Path, tmp_path: Path
) -> None:
    months = [f"{month} {year}" for month in ("januari", "februari", "maart", "april", "mei", "juni")]
    lines = [
        f"Veilig Thuis Zuid-Holland Zuid, 1e halfjaar {year}",
        "Het aantal meldingen KM + HG + OM",
        "",
        f";{';;;'.join(months)};;;Totaal;;;",
        f"Gemeente;{'KM;HG;OM;' * 7}Totaal KM + HG + OM",
        f"Dordrecht;{'1;1;0;' * 6}6;6;0;12",
        f"Totaal;{'1;1;0;' * 6}6;6;0;12",
    ]
    path = tmp_path / "maanden.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    findings = make_concept(path, data, {}).check.findings
    found = [f for f in findings if f.section == Section.BESIDE and "wordt" in f.text]
    assert [f.text for f in found if f.where == f"Meldingen, Dordrecht, 1e halfjaar {year}"] == [changed] * bool(
        changed
    )
    assert bool(found) == bool(changed)


@pytest.mark.parametrize(
    ("mark", "withheld"), [("<5", [{"place": "Dorp", "below": 5}]), ("x", [{"place": "Dorp"}]), ("-", [])]
)
def test_a_first_row_of_which_no_number_is_printed_is_no_head(
    world: Path, tmp_path: Path, mark: str, withheld: list[object]
) -> None:
    path = tmp_path / "eerst.csv"
    rows = f"Meldingen\n\nGemeente;Aantal\nDorp;{mark}\nStad;12\nTotaal;12\n"
    path.write_text(f"Veilig Thuis Polder, cijfers over 2023\n\n{rows}", encoding="utf-8")
    [reading] = make_concept(path, world, {}).draft.readings
    assert reading.content["cells"] == {"Dorp": [None], "Stad": [12], "totaal": [12]}
    assert reading.list_withheld() == withheld
