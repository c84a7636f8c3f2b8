"""Each number of a document that was taken in is to be seen where it was printed."""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pdfplumber
import pytest
from printing import Style, load, make_typst, print_report
from real import DATA, DORDRECHT
from worlds import opened

from vt.figures.answers import Dataset
from vt.figures.wording import parse_number
from vt.importer.concept import accept, make_concept
from vt.importer.drafts import Draft
from vt.importer.facts import Facts
from vt.importer.form import Box, Document, RawCell, RawTable
from vt.importer.meaning import Reading, Spot
from vt.importer.origin import find_views
from vt.importer.picture import View, draw
from vt.ingest.writer import write_file
from vt.model.layouts import PrintedTable
from vt.store.connection import connect
from vt.store.printed import read_table_source
from vt.web.audit import render_report


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sent") / "halfjaar Jan Jansen.pdf"
    make_typst(print_report(load(DORDRECHT), random.Random(1)), Style(), path)
    return path


@pytest.fixture(scope="module")
def taken_in(document: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The database after a PDF was taken in."""
    data = tmp_path_factory.mktemp("taken") / "data"
    shutil.copytree(
        DATA, data, ignore=shutil.ignore_patterns("*.db", "concept", "ijsselland*", "recovered", "statline")
    )
    for folder in ("reports", "claims"):
        (data / folder / f"{DORDRECHT}.yaml").unlink()
    accept(make_concept(document, data, {}), data, data / "vt.db")
    with opened(data / "vt.db") as dataset:
        yield dataset


def test_the_page_has_every_number_where_the_data_says_it_stands(taken_in: Dataset, document: Path) -> None:
    rows = taken_in.db.execute(
        """
        SELECT c.page, c.x0, c.top, c.x1, c.bottom, o.value
        FROM observation AS o JOIN source_table AS t ON t.id = o.source_table
        LEFT JOIN cell_place AS c USING (source_table, row_position, column_position)
        WHERE t.report = ? AND NOT t.is_prose
        """,
        (DORDRECHT,),
    ).fetchall()
    assert len(rows) > 250
    with pdfplumber.open(document) as pdf:
        for page, x0, top, x1, bottom, value in random.Random(1).sample(rows, 40):
            text = pdf.pages[page - 1].crop((x0 - 1, top - 1, x1 + 1, bottom + 1)).extract_text()
            assert parse_number(text) == value


def test_bronnen_shows_the_piece_of_the_page_and_marks_the_number(taken_in: Dataset) -> None:
    table = next(each for each in taken_in.metadata.tables.values() if each.number == "1")
    html = render_report(taken_in.db, taken_in.metadata, DORDRECHT, (table.address,), ("r0k0",))
    assert html.count("<img") == 1
    assert "In het document: blz. " in html
    assert html.count("<span style=") == 1
    assert "Ingelezen uit" in html
    assert "Jansen" not in html


def test_a_picture_is_of_its_table_and_of_nothing_beside_it(taken_in: Dataset, document: Path) -> None:
    """What stands around a table can name persons."""
    pieces = taken_in.db.execute("SELECT page, x0, top, x1, bottom, length(png) FROM piece").fetchall()
    assert len(pieces) >= 14
    with pdfplumber.open(document) as pdf:
        for page, *area, size in pieces:
            sheet = pdf.pages[page - 1]
            lines = (
                sheet.crop((max(area[0], 0), area[1], min(area[2], sheet.width), area[3])).extract_text().split("\n")
            )
            assert size < 150_000
            assert not [line for line in lines if len(line) > 130], lines


def test_a_report_that_was_typed_has_no_picture(real_database: Path) -> None:
    with closing(connect(real_database)) as db:
        assert read_table_source(db, 1, {(0, 0)}).pieces == ()


def test_what_stands_between_two_parts_of_a_table_is_in_no_picture() -> None:
    tables = [
        RawTable((RawCell("Dorp", n, 0, page=1, box=Box(50, top, 90, top + 10)), number), ())
        for n, (top, number) in enumerate(
            (top, RawCell("7", 0, 1, page=1, box=Box(200, top, 210, top + 10))) for top in (100, 300)
        )
    ]
    draft = Draft(Document("x.pdf", "PDF", (), tables=tuple(tables)), Facts("", "", "", "", ""))
    spots = [Spot(f"rij {n}", 0, table.cells[1]) for n, table in enumerate(tables)]
    areas = [view.area for view in find_views(draft, Reading(PrintedTable("", "A", "a", "place"), spots=spots))]
    assert areas == [Box(46, 96, 214, 114), Box(46, 296, 214, 314)]


def test_a_view_that_is_not_there_leaves_the_others_drawn(document: Path) -> None:
    asked = [View(1, Box(9000, 0, 9100, 50)), View(99), View(1, Box(0, 0, 90, 50))]
    assert [bool(png) for png in draw(document, asked)] == [False, False, True]


def test_what_is_kept_is_as_private_as_the_machine_makes_files(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_file(tmp_path / "namen.pdf", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "namen.pdf").stat().st_mode & 0o077 == 0
