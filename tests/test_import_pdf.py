"""A PDF by positions: reports printed again come in whole and right, and what is wrong in them is told.

benchmarks/importing.py does the same with every maker and style.
"""

import random
from collections.abc import Callable
from pathlib import Path

import printing
import pytest
from printing import MAKERS, Printed, Style, make_excel, print_report
from real import DATA

from vt.importer.drafts import Draft, Known, load_known, make_draft
from vt.importer.form import UnreadableError
from vt.importer.readers import read_document
from vt.ingest.reports import load_report
from vt.ingest.writer import write_report

DORDRECHT, IJSSELLAND = "zuid-holland-zuid_dordrecht_2021-H1", "ijsselland_2021"
ACCEPTED = 0.98

PRINTS = [
    (DORDRECHT, Style(align=("center", "center"), width=44, padding=2), ""),
    (IJSSELLAND, Style(size=7, padding=1.5, valign="bottom"), ""),
]


@pytest.fixture(scope="module")
def known() -> Known:
    return load_known(DATA)


def list_numbers(content: printing.Content, known: Known, folder: Path) -> dict[object, float]:
    write_report(folder / "report.yaml", content)
    report = load_report(folder / "report.yaml", "printed", known.catalogue, DATA / "layouts")
    cells = ((table, cell) for table in report.tables for cell in (*table.cells, *table.totals))
    return {(table.number, table.heading, cell.key): cell.value for table, cell in cells}


def print_again(name: str, later: str = "", shuffle: bool = False) -> Printed:
    dice = random.Random(name)
    place = "Zwijndrecht" if name == DORDRECHT else ""
    content = printing.vary(printing.load(name), dice, place=place, year=2023)
    return print_report(content, dice, shuffle=shuffle, later=later)


def read_back(printed: Printed, style: Style, known: Known, folder: Path, maker: str = "typst") -> Draft:
    path = folder / f"report{'.xlsx' if maker == 'excel' else '.pdf'}"
    if maker == "excel":
        make_excel(printed, path)
    else:
        MAKERS[maker](printed, style, path)
    return make_draft(read_document(path), known, {}, {})


@pytest.mark.parametrize(("name", "style", "later"), PRINTS)
def test_a_printed_report_comes_in_whole_and_right(
    name: str, style: Style, later: str, known: Known, tmp_path: Path
) -> None:
    printed = print_again(name, later, shuffle=True)
    truth = list_numbers(printed.content, known, tmp_path)
    draft = read_back(printed, style, known, tmp_path)
    found = list_numbers(draft.content, known, tmp_path)
    assert {key: value for key, value in found.items() if truth.get(key) != value} == {}
    assert len(found) >= ACCEPTED * len(truth)


def test_a_report_as_published_comes_in_whole_and_right(known: Known, tmp_path: Path) -> None:
    """With its own headings, sentences that hold numbers, and the decisions after triage in five tables."""
    content = printing.vary(printing.load(DORDRECHT), random.Random(5), place="Sliedrecht", year=2022)
    printed = printing.print_as_published(content, random.Random(5), "zuid-holland-zuid-gemeente", later="")
    draft = read_back(printed, Style(page=(210, 297), size=8, padding=2, rules="rows"), known, tmp_path)
    assert (draft.facts.id, draft.doubts, draft.unread) == ("zuid-holland-zuid_sliedrecht_2022-H1", [], [])
    assert list_numbers(draft.content, known, tmp_path) == list_numbers(content, known, tmp_path)


def set_text(table: int, row: int, column: int, text: str) -> Callable[[Printed], None]:
    def plant(printed: Printed) -> None:
        printed.sheets[table].body[row][column].text = text

    return plant


def exchange_heads(printed: Printed) -> None:
    head = printed.sheets[8].head[0]
    head[1].text, head[2].text = head[2].text, head[1].text


PLANTED: list[tuple[Callable[[Printed], None], str]] = [
    (set_text(3, 1, 1, "22.5"), "“22.5” kan 22,5 zijn of 225"),
    (set_text(3, 2, 1, "6,063"), "“6,063” kan 6.063 zijn"),
    (set_text(3, 3, 1, "12 7"), "“12 7” is geen getal"),
    (set_text(4, 5, 0, "Rijksdienst"), "de rij “Rijksdienst” is niet bekend"),
    (set_text(4, 6, 1, "28,5%"), "“28,5%” is een percentage"),
    (set_text(5, 0, 3, "9"), "9 in een periode die nog niet voorbij was"),
    (set_text(4, 7, 2, "-3"), "“-3” is negatief"),
]


@pytest.mark.parametrize("maker", ["typst", "chromium", "excel"])  # benchmarks/importing.py has LibreOffice too
def test_what_is_planted_is_told_and_nothing_wrong_comes_in(maker: str, known: Known, tmp_path: Path) -> None:
    printed = print_again(DORDRECHT)
    truth = list_numbers(printed.content, known, tmp_path)
    for plant, _ in PLANTED:
        plant(printed)
    draft = read_back(printed, Style(), known, tmp_path, maker)
    told = [doubt.text for _, doubt in draft.doubts]
    assert [says for _, says in PLANTED if not any(says in text for text in told)] == []
    found = list_numbers(draft.content, known, tmp_path)
    assert {key: value for key, value in found.items() if truth.get(key) != value} == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4 niets", "niet te lezen"),
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj",
            "niet",
        ),
    ],
)
def test_a_damaged_pdf_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(UnreadableError, match=says):
        read_document(tmp_path / "x.pdf")
