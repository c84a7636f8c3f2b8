"""vt new gives an empty workbook with the printed labels of a report; filled in, vt import reads it cell for cell."""

import shutil
from dataclasses import replace

import openpyxl
import pytest
from real import DATA, DORDRECHT

from vt import cli
from vt.importer.blank import write_blank
from vt.importer.concept import DECISIONS, make_concept, write_decided
from vt.importer.drafts import NONE, TABLES
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import find_report, load_reports

NEXT = "zuid-holland-zuid_dordrecht_2021-H2"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return shutil.copytree(DATA, tmp_path_factory.mktemp("blank") / "data", ignore=shutil.ignore_patterns("*.db"))


def list_numbers(report):
    """The printed numbers by table, row and column."""
    return {
        (table.number, table.heading, cell.row, cell.column): cell.value
        for table in report.tables
        for cell in (*table.cells, *table.totals)
        if cell.row >= 0
    }


def fill(path, report):
    """The numbers of a report in the workbook, as people type them: thousands with a dot, as text; one sheet hidden."""
    book = openpyxl.load_workbook(path)
    for sheet, table in zip(book.worksheets[1:], report.tables, strict=True):
        top = max(len(column.split(" · ")) for column in table.columns) + 2
        for cell in (*table.cells, *table.totals):
            if cell.row >= 0:
                text = f"{cell.value:,.0f}".replace(",", ".")
                sheet.cell(top + cell.row, 2 + cell.column, text if "." in text else cell.value)
    old = book.create_sheet("Oud")
    old.append(["Gemeente", 2019])
    old.append(["Dordrecht", 999])
    old.sheet_state = "hidden"
    book.save(path)


def test_a_filled_workbook_of_the_next_half_year_comes_in_cell_for_cell(data, tmp_path, capsys):
    path = tmp_path / "leeg.xlsx"
    assert cli.main(["new", NEXT, "--like", DORDRECHT, "--to", str(path), "--data", str(data)]) == 0
    assert "14 lege tabellen" in capsys.readouterr().out
    heads = openpyxl.load_workbook(path).worksheets[1]
    assert [heads.cell(2, n).value for n in (2, 5, 8)] == ["3e kwartaal 2021", "4e kwartaal 2021", "Totaal"]
    assert "B2:D2" in heads.merged_cells
    reports = load_reports(data / "reports", load_catalogue(data / "catalogue"))
    like = next(report for report in reports if report.id == DORDRECHT)
    fill(path, like)
    concept = make_concept(path, data, {})
    assert concept.draft.facts.id == NEXT
    assert concept.report is not None
    assert list_numbers(concept.report) == list_numbers(like)
    assert {cell.key.period for cell in concept.report.tables[0].cells} == {"2021-Q3", "2021-Q4"}
    [unread] = concept.draft.unread
    assert (unread.spot, "verborgen" in unread.reason, unread.is_asked) == ("blad Oud", True, True)
    write_decided(concept.folder / DECISIONS, {TABLES: {unread.heading: NONE}})
    assert make_concept(path, data, {}).draft.unread == []


@pytest.mark.parametrize(
    ("id_", "like", "said"),
    [
        (NEXT, "dordrecht", "onbekend rapport “dordrecht”"),
        ("zuid-holland-zuid_dordrecht", DORDRECHT, "“dordrecht” is geen periode – bedoeld: <regio>_<plaats>_<periode>"),
    ],
)
def test_what_cannot_be_made_is_said(data, tmp_path, capsys, id_, like, said):
    assert cli.main(["new", id_, "--like", like, "--to", str(tmp_path / "x.xlsx"), "--data", str(data)]) == 1
    assert said in capsys.readouterr().err


def test_a_workbook_that_cannot_be_written_is_said_as_such(data, tmp_path, capsys):
    target = tmp_path / "nergens/x.xlsx"
    assert cli.main(["new", NEXT, "--like", DORDRECHT, "--to", str(target), "--data", str(data)]) == 1
    assert capsys.readouterr().err == f"{target}: niet te lezen of te schrijven (die map of dat bestand is er niet)\n"


def test_a_title_that_writes_its_period_otherwise_names_the_next_one_alone(data, tmp_path):
    catalogue = load_catalogue(data / "catalogue")
    like = find_report(load_reports(data / "reports", catalogue), DORDRECHT)
    like = replace(like, title="2e Half jaar 2021 in cijfers, vergeleken met 2020", period="2021-H2")
    write_blank(like, "zuid-holland-zuid_dordrecht_2022-H1", catalogue, tmp_path / "x.xlsx")
    cover = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert cover["A1"].value == "1e halfjaar 2022 in cijfers, vergeleken met 2021"
