"""One table in every kind of file comes in as the same cells; what is no table, or a trap, is one Dutch sentence."""

# ruff: noqa: E501 (messages stand whole)

import io
import random
import re
import time
import zipfile
from contextlib import suppress
from datetime import date

import docx
import openpyxl
import pytest
import typst
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from vt.importer import readers
from vt.importer.form import UnreadableError
from vt.importer.numbers import read_number
from vt.importer.readers import read_document

TITLE = "Meldingen 2021, gemeente Café"
GRID = {
    (0, 1): "1e kwartaal", (0, 3): "Totaal",
    (1, 0): "Gemeente", (1, 1): "KM", (1, 2): "HG",
    (2, 0): "Café", (2, 1): "1.022", (2, 2): ".", (2, 3): "1.022",
    (3, 0): "Dorp", (3, 1): "7", (3, 3): "7",
}  # fmt: skip
MERGED = {(0, 1): (1, 2), (0, 3): (2, 1)}


def write_xlsx(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = TITLE
    for (row, column), text in GRID.items():
        sheet.cell(row + 3, column + 1, int(text) if text.isdecimal() else text)
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("D3:D4")
    hidden = book.create_sheet("Oud")
    hidden["A1"], hidden["B1"], hidden["A2"], hidden["B2"] = "Gemeente", 2020, "Dorp", 6
    hidden.sheet_state = "hidden"
    book.save(path)


def write_docx(path):
    made = docx.Document()
    made.add_paragraph(TITLE)
    table = made.add_table(4, 4)
    for (row, column), text in GRID.items():
        table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    made.save(path)


def write_html(path):
    rows = [
        "<td></td><th colspan=2>1e kwartaal</th><th rowspan=2>Totaal</th>",
        "<th>Gemeente</th><th>KM</th><th>HG</th>",
        "<th>Café</th><td>1.022</td><td>.</td><td>1.022</td>",
        "<th>Dorp</th><td>7</td><td></td><td>7</td>",
    ]
    made = "".join(f"<tr>{row}</tr>" for row in rows)
    path.write_text(f"<meta charset=utf-8><p>{TITLE}</p><table>{made}</table><script>1</script>", encoding="utf-8")


def write_csv(path):
    rows = [[GRID.get((row, column), "") for column in range(4)] for row in range(4)]
    lines = [TITLE, "", *(";".join(row) for row in rows)]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))


def write_ods(path):
    """The least that is a sheet of LibreOffice."""
    rows = []
    for row in range(-2, 4):
        texts = [TITLE] if row == -2 else [GRID.get((row, column), "") for column in range(4)]
        cells = (f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' if text
                 else "<table:table-cell/>" for text in texts)  # fmt: skip
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items())
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Blad1">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:'
                         'xmlns:manifest:1.0"/>')  # fmt: skip


def read_here(path):
    """A document as `read_document` gives it, without the process around it."""
    told = readers._read_here(path)
    return readers._take_over(told)


WRITERS = {"xlsx": write_xlsx, "docx": write_docx, "html": write_html, "csv": write_csv, "ods": write_ods}


@pytest.mark.parametrize("kind", WRITERS)
def test_every_kind_of_file_gives_the_same_cells(tmp_path, kind):
    path = tmp_path / f"proef.{kind}"
    WRITERS[kind](path)
    document = read_here(path)
    table = document.tables[0]
    assert {(cell.row, cell.column): cell.text for cell in table.cells if cell.text} == GRID
    assert TITLE in table.before
    assert TITLE in document.lines
    if kind in ("xlsx", "docx", "html"):
        sizes = {(cell.row, cell.column): (cell.height, cell.width) for cell in table.cells}
        assert {at: size for at, size in sizes.items() if size != (1, 1)} == MERGED


def test_a_sheet_tells_what_is_hidden_how_it_is_shown_and_what_is_remarked(tmp_path):
    path = tmp_path / "proef.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Jaar", "Aandeel", "Maand", "Aantal"])
    sheet.append([2021, 0.285, date(2020, 1, 1), 28.5])
    sheet.append([2020, 0.3, date(2020, 2, 1), 1234])
    sheet["B2"].number_format, sheet["C2"].number_format, sheet["D3"].number_format = "0.0%", "mmm-yy", "#,##0"
    sheet["D3"].comment = Comment("voorlopig cijfer", "A")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Oud").sheet_state = "hidden"
    book["Oud"].append(["Jaar", 7])
    book.save(path)
    shown, old = read_here(path).tables
    cells = {cell.address: cell for cell in shown.cells}
    assert read_number(cells["B2"].text, cells["B2"].format) == read_number("28,5%")
    assert (cells["C2"].text, cells["D2"].text, cells["D3"].text) == ("januari 2020", "28,5", "1234")
    assert cells["D3"].note == "voorlopig cijfer"
    assert {address[1] for address, cell in cells.items() if cell.hidden} == {"3"}
    assert (shown.hidden, old.hidden, old.sheet) == (False, True, "Oud")


def test_tables_on_one_sheet_are_parted_by_empty_rows(tmp_path):
    path = tmp_path / "proef.tsv"
    path.write_text(
        "Tabel 1\nGemeente\t2021\nDorp\t7\nBron: wij\n\nTabel 2\nGemeente\t2021\nDorp\t8\n", encoding="utf-8"
    )
    one, two = read_here(path).tables
    assert [cell.text for cell in one.cells] == ["Gemeente", "2021", "Dorp", "7"]
    assert (one.before[0], two.before[-1]) == ("Tabel 1", "Tabel 2")


def zip_bytes(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def formula_book():
    packed, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["Gemeente", 2021])
    book.active.append(["Dorp", "=1+1"])
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leeg.xlsx", b"", "leeg.xlsx is leeg."),
        ("af.xlsx", lambda: formula_book()[:900], "af.xlsx is beschadigd of niet af; bewaar het opnieuw."),
        ("af.docx", b"PK\x03\x04", "af.docx is beschadigd of niet af; bewaar het opnieuw."),
        ("slot.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "slot.xlsx is met een wachtwoord beveiligd; haal dat er in Office af."),
        ("bom.xlsx", lambda: zip_bytes(a=bytes(250_000_000)), "bom.xlsx is uitgepakt te groot (250 MB)."),
        ("bom.docx", lambda: zip_bytes(word__document_xml=bytes(20_000_000)), "bom.docx is uitgepakt te groot (20 MB)."),
        ("vreemd.xlsx", lambda: zip_bytes(a="x"), "vreemd.xlsx is geen werkmap die te lezen is; bewaar het opnieuw als .xlsx."),
        ("vreemd.docx", lambda: zip_bytes(a="x"), "vreemd.docx is geen Word-document dat te lezen is; bewaar het als .docx."),
        ("vreemd.xls", b"\xff" * 99, "vreemd.xls is geen werkmap die te lezen is; bewaar het als .xlsx."),
        ("som.xlsx", formula_book, "som.xlsx: cel B2 van blad Sheet is een formule zonder bewaarde uitkomst; open het in Excel en bewaar het opnieuw."),
        ("foto.html", b"<img src=x>", "In foto.html staat geen tabel; een foto van een tabel is niet te lezen."),
        ("niets.csv", b"\n\n", "In niets.csv staat geen tabel."),
        ("lang.txt", b"Dorp 1 2\n" * 20_001, "lang.txt heeft 20001 regels; hoogstens 20000."),
        ("dicht.csv", b"PK\x03\x04\0\0", "dicht.csv is geen tekst."),
        ("eigenlijk.csv", b"%PDF-1.7\n1 2 3", "eigenlijk.csv is geen tekst."),
        ("lach.html", b"<!DOCTYPE a [<!ENTITY b '" + b"x" * 999 + b"'>]><table><tr><td>&b;", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content())
    if said:
        with pytest.raises(UnreadableError) as refusal:
            read_here(path) if content else read_document(path)
        assert str(refusal.value) == said
    else:
        assert len(read_here(path).tables) == 1


def test_what_is_no_file_or_has_a_name_that_cannot_be_written_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "map.pdf").mkdir()
    (tmp_path / "r\udcff.pdf").write_bytes(b"x")
    for name, said in (
        ("map.pdf", "is een map: noem een bestand"),
        ("weg.zip", "weg.zip is er niet"),
        ("r\udcff.pdf", "geef het een andere naam"),
    ):
        with pytest.raises(UnreadableError, match=said):
            read_document(tmp_path / name)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_that_was_damaged_anywhere_is_read_or_refused(tmp_path, kind):
    path, dice = tmp_path / f"proef.{kind}", random.Random(kind)
    WRITERS[kind](path)
    sound = path.read_bytes()
    for _ in range(25):
        start, end = sorted(dice.randrange(len(sound)) for _ in range(2))
        path.write_bytes(sound[:start] + dice.randbytes(dice.randrange(60)) + sound[dice.choice((start, end)) :])
        with suppress(UnreadableError):
            read_here(path)


def test_a_trap_costs_its_own_process_and_leaves_nothing_behind(tmp_path):
    """A workbook with more cells than are read: a sentence, in time, and nothing beside it."""
    rows = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 5 + "</row>" for n in range(1, 60_000))
    path = tmp_path / "groot.xlsx"
    packed, book = io.BytesIO(), openpyxl.Workbook()
    book.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            if member.endswith("sheet1.xml"):
                content = re.sub(
                    rb"<sheetData ?/>|<sheetData></sheetData>",
                    b"<sheetData>" + rows.encode() + b"</sheetData>",
                    content,
                )
                assert len(content) > 1_000_000
            new.writestr(member, content)
    began = time.monotonic()
    with pytest.raises(UnreadableError, match=r"^groot\.xlsx "):
        read_document(path)
    assert time.monotonic() - began < 20
    assert [found.name for found in tmp_path.iterdir()] == ["groot.xlsx"]


def write_footnoted_docx(path):
    made = docx.Document()
    (cell,) = made.add_table(1, 1).row_cells(0)
    cell.text = "45"
    cell.paragraphs[0].add_run("1").font.superscript = True
    made.save(path)


def write_footnoted_html(path):
    path.write_text("<table><tr><td>45<sup>1</sup></td></tr></table>", encoding="utf-8")


def write_footnoted_xlsx(path):
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("45", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    book.save(path)


@pytest.mark.parametrize("write", [write_footnoted_docx, write_footnoted_html, write_footnoted_xlsx])
def test_a_raised_mark_of_a_footnote_is_no_digit_of_the_number(tmp_path, write):
    path = tmp_path / f"noten.{write.__name__.rpartition('_')[2]}"
    write(path)
    (cell,) = read_document(path).tables[0].cells
    number = read_number(cell.text)
    assert (number.value, number.note) == (45, "¹")


@pytest.mark.parametrize("printed", ["45#super(typographic: false)[1]", "45¹"])
def test_a_raised_mark_in_a_pdf_is_no_digit_of_the_number(tmp_path, printed):
    path = tmp_path / "noten.pdf"
    typst.compile(f"#table(columns: 2, [Dorp], [{printed}], [Café], [1.022])".encode(), output=path)
    texts = [phrase.text for phrase in read_document(path).pages[0].phrases]
    assert "451" not in texts
    assert (read_number(texts[1]).value, read_number(texts[1]).note) == (45, "¹")


def test_two_lines_of_a_cell_are_not_one_number(tmp_path):
    path = tmp_path / "regels.html"
    path.write_text("<table><tr><td>12<br>34</td></tr></table>", encoding="utf-8")
    assert [cell.text for cell in read_document(path).tables[0].cells] == ["12 34"]
