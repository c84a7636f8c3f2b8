"""A deck as a workbook: opened by a spreadsheet as numbers and text, with everything that accounts for them."""

import io
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from decks import NORMS, figure_of, firsts
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from vt.figures import wording
from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Question, Slide
from vt.figures.figure import Figure, Flag, Source, Subject, cite
from vt.figures.longtable import LongRow, list_long_rows
from vt.figures.notices import Notice, Reason
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection
from vt.figures.table import Bounds, Heading, Value
from vt.model.measures import Measure
from vt.render.files import PPTX, XLSX, FileKind
from vt.render.xlsx import ACCOUNT, AUTHOR, LONG, sheet_names, write_xlsx

Made = Callable[..., Figure]
HEAD = 4  # the row of the headings, as a spreadsheet counts
FORMULAS = ("=1+1", "+31", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x";"y")', "{=1+1}")
ASKED = {
    "places": (FigureRequest("places", ("meldingen",)), Selection(measure=Measure.PER_1000)),
    "classes": (FigureRequest("categories", ("meldingen_naar_melder",)), Selection(gemeenten=("dordrecht",))),
    "bounds": (FigureRequest("categories", ("overdrachtspartijen",)), Selection(gemeenten=("zwolle",))),
    "series": (FigureRequest("series", ("meldingen",)), Selection(gemeenten=("dordrecht",))),
    "ranking": (FigureRequest("ranking", ("meldingen",)), Selection(measure=Measure.PER_MAAND)),
    "norms": (FigureRequest("norms", NORMS, "Op tijd"), Selection(region="ijsselland")),
}


@pytest.fixture(scope="module")
def real(dataset: Dataset) -> dict[str, Figure]:
    """The first figure of each of ASKED."""
    return dict(zip(ASKED, firsts(dataset, ASKED.values()), strict=True))


def _deck(*figures: Figure) -> Deck:
    return Deck(
        title="Meldingen bij Veilig Thuis",
        subtitle="Zwolle en Kampen",
        slides=tuple(map(Slide, figures)),
        filters="Zwolle en Kampen · 2021 · alle soorten",
        link="https://cijfers.example/instroom?gemeente=Zwolle",
        data_version="a1b2c3",
        made_on=date(2026, 11, 22),
        left_out=("Voor Zwolle is er geen reeks.",),
        questions=(Question("Waarom daalt dit?", "https://cijfers.example/instroom?gemeente=Kampen"),),
    )


def _opened(deck: Deck) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(deck)))


def _sheet(figure: Figure) -> Worksheet:
    return _opened(_deck(figure)).worksheets[0]


def _cell(value: Value, heading: Heading) -> Cell:
    """The cell that one value becomes."""
    cell = _sheet(figure_of(("x", value), headings=(Heading("Plaats"), heading))).cell(HEAD + 1, 2)
    assert isinstance(cell, Cell)
    return cell


def _texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("kind", [XLSX, PPTX], ids=lambda kind: kind.ending)
def test_a_browser_is_told_what_an_office_file_says_of_itself(kind: FileKind) -> None:
    figure = figure_of(("x", 1.0), headings=(Heading("Plaats"), Heading("Aantal", Measure.AANTAL)))
    content = kind.make(_deck(figure), lambda _: None)
    with ZipFile(io.BytesIO(content)) as archive:
        assert f'ContentType="{kind.mime}.main+xml"' in archive.read("[Content_Types].xml").decode()


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "heading", "number", "pattern"),
    [
        (646.0, Heading("x", Measure.AANTAL), 646, "#,##0"),
        (0.0, Heading("x", Measure.AANTAL), 0, "#,##0"),
        (-0.0, Heading("x", Measure.AANTAL), 0, "#,##0"),
        (-112.0, Heading("x", Measure.AANTAL), -112, "#,##0"),
        (52.4, Heading("x", Measure.AANTAL, "fte"), 52.4, "#,##0.0"),
        (100 / 3, Heading("x", Measure.PER_MAAND), 100 / 3, "#,##0.0"),
        (4.4465, Heading("x", Measure.PER_1000), 4.4465, "#,##0.00"),
        (68.0, Heading("x", Measure.AANTAL, "procent"), 0.68, "0%"),
        (46.5, Heading("x", Measure.AANTAL, "procent"), 0.465, "0.0%"),
        (67.68759571209802, Heading("x", Measure.AANDEEL_PLAATS), 0.6768759571209802, "0.0%"),
        (Bounds(12, 12), Heading("x", Measure.AANTAL), 12, '#,##0"°"'),
        (Bounds(25, 25), Heading("x", Measure.AANDEEL_PLAATS), 0.25, '0.0%"°"'),
    ],
)
def test_a_number_is_a_number(value: Value, heading: Heading, number: float, pattern: str) -> None:
    cell = _cell(value, heading)
    assert cell.data_type == "n"
    assert cell.value == pytest.approx(number, rel=1e-15)
    assert math.copysign(1, cell.value) == math.copysign(1, number)
    assert cell.number_format == pattern


@pytest.mark.parametrize(
    ("value", "heading", "text"),
    [
        (Bounds(1, 3), Heading("x", Measure.AANTAL), "1 t/m 3"),
        (Bounds(0.2, 12), Heading("x", Measure.AANDEEL_PLAATS), "<1% t/m 12%"),
        (Bounds(0, 1234), Heading("x", Measure.AANTAL), "0 t/m 1.234"),
        ("<5", Heading("x", Measure.AANTAL), "<5"),
        ("1-3", Heading("x", Measure.AANTAL), "1-3"),
        ("=5", Heading("x", Measure.AANTAL), "=5"),
    ],
)
def test_what_is_not_one_number_is_text_at_the_right(value: Value, heading: Heading, text: str) -> None:
    cell = _cell(value, heading)
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.alignment.horizontal == "right"


def test_what_is_not_in_the_source_is_empty_and_not_zero() -> None:
    cell = _cell(None, Heading("x", Measure.AANTAL))
    assert cell.value is None


@pytest.mark.parametrize("name", ASKED)
def test_a_real_figure_is_read_back_as_its_table(real: dict[str, Figure], name: str) -> None:
    figure = real[name]
    sheet = _sheet(figure)
    assert [sheet.cell(HEAD, n + 1).value for n in range(len(figure.table.headings))] == [
        heading.label for heading in figure.table.headings
    ]
    numbers = 0
    for row, values in enumerate(figure.table.rows, HEAD + 1):
        for column, (heading, value) in enumerate(zip(figure.table.headings, values, strict=True), 1):
            found = sheet.cell(row, column)
            single = value.low if isinstance(value, Bounds) and value.low == value.high else value
            if single is None:
                assert found.value is None
            elif isinstance(single, int | float):
                numbers += 1
                times = 100 if "%" in found.number_format else 1
                is_share = heading.measure.is_share or heading.unit == "procent"
                assert (times == 100) == is_share
                assert found.value * times == pytest.approx(single, rel=1e-14)
            else:
                assert found.data_type == "s"
    assert numbers >= len(figure.table.rows)


def test_a_doubted_number_stays_a_number_and_has_its_mark() -> None:
    figure = figure_of(("Zwolle", 646.0, Bounds(27, 27)), ("Kampen", Bounds(1, 3), None))
    doubted = frozenset({(0, 1), (0, 2), (1, 1), (1, 2)})
    sheet = _sheet(replace(figure, flags=(Flag("De som klopt niet.", "t", doubted),)))
    assert (sheet["B5"].value, sheet["B5"].number_format) == (646, '#,##0" ≠"')
    assert (sheet["C5"].value, sheet["C5"].number_format) == (0.27, '0.0%"° ≠"')
    assert sheet["B6"].value == "1 t/m 3 ≠"
    assert sheet["C6"].value is None
    assert "≠ De som klopt niet." in _texts(sheet)


# --- the sheet -------------------------------------------------------------------------------------------------------


def test_title_and_subtitle_stand_on_top_and_sources_and_notes_below() -> None:
    figure = figure_of(("Zwolle", 646, 27.5))
    sheet = _sheet(figure)
    assert (sheet["A1"].value, sheet["A2"].value) == (figure.title, figure.subtitle)
    assert [cell.value for cell in sheet["A"][HEAD + 1 :]] == [
        None,
        "Bron: Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1",
        "Voor Zwolle is KM niet apart geteld; hier staat alles samen.",
        "Geteld zijn meldingen; geen personen.",
    ]


def test_the_headings_stay_in_sight_and_totals_are_bold() -> None:
    figure = figure_of(("Zwolle", 646, 40), ("Totaal", 646, 100))
    sheet = _sheet(replace(figure, table=replace(figure.table, totals=frozenset({1}))))
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert [cell.font.b for cell in sheet[HEAD]][:3] == [True, True, True]
    assert [cell.font.b for cell in sheet[HEAD + 1]][:3] == [False, False, False]
    assert [cell.font.b for cell in sheet[HEAD + 2]][:3] == [True, True, True]
    assert sheet.cell(HEAD, 2).alignment.horizontal == "right"
    assert sheet.cell(HEAD, 2).alignment.wrap_text


@pytest.mark.parametrize("name", ASKED)
def test_every_value_fits_in_its_column(real: dict[str, Figure], name: str) -> None:
    figure = real[name]
    sheet = _sheet(figure)
    for column, heading in enumerate(figure.table.headings):
        width = sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width
        assert 9 <= width <= 50
        longest = max(len(heading.format(row[column])) for row in figure.table.rows)
        assert width > min(longest, 46)


def test_long_notes_are_wrapped_in_a_row_that_is_high_enough() -> None:
    sheet = _sheet(replace(figure_of(("Zwolle", 1, 2)), caveats=("Woord " * 200,), notices=()))
    row = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("Woord"))
    assert sheet.cell(row, 1).alignment.wrap_text
    assert sheet.row_dimensions[row].height >= 8 * 15
    assert any(area.min_row == row and area.min_col == 1 for area in sheet.merged_cells.ranges)


def test_a_long_label_is_wrapped_and_not_cut_off() -> None:
    sheet = _sheet(figure_of(("woord " * 40, 1, 2), ("Zwolle", 1, 2)))
    assert sheet.column_dimensions["A"].width < 50
    assert sheet["A5"].alignment.wrap_text
    assert sheet.row_dimensions[5].height >= 5 * 15
    assert sheet.row_dimensions[6].height is None


def test_a_figure_without_rows_is_a_sheet_too() -> None:
    assert _sheet(figure_of())["A4"].value == "Plaats"


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["Meldingen"], ["Meldingen"]),
        (["Meldingen", "meldingen", "Meldingen"], ["Meldingen", "meldingen (2)", "Meldingen (3)"]),
        (["Toelichting", "History"], ["Toelichting (2)", "History (2)"]),
        (["a[b]c:d*e?f/g\\h"], ["a b c d e f g h"]),
        (["'x'", "''", ""], ["x", "Figuur", "Figuur (2)"]),
        (["=1+1"], ["=1+1"]),
        (["Meldingen \U0001f600\x00\n"], ["Meldingen"]),
        (["x" * 40] * 2, ["x" * 30 + "…", "x" * 26 + "… (2)"]),
        ([f"{'y' * 30}'z"], ["y" * 30 + "…"]),
    ],
)
def test_a_sheet_is_named_after_what_it_counts(labels: list[str], names: list[str]) -> None:
    figures = [figure_of(label=label) for label in labels]
    assert sheet_names(figures) == names
    assert _opened(_deck(*figures)).sheetnames == [*names, ACCOUNT]


def test_all_numbers_stand_in_one_named_table_with_a_filter(real: dict[str, Figure]) -> None:
    sheet = _opened(_deck(*real.values(), *real.values()))[LONG]
    (table,) = sheet.tables.values()
    assert (table.name, table.ref, table.autoFilter.ref) == ("getallen", sheet.dimensions, sheet.dimensions)
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == LongRow._fields
    wanted = [row for figure in real.values() for row in list_long_rows(figure)]
    numbers = [[row[6] for row in each] for each in (rows, list(dict.fromkeys(wanted)))]
    assert numbers[0] == pytest.approx(numbers[1])
    assert sheet.print_title_rows == "$1:$1"


def test_many_figures_of_one_indicator_each_have_a_sheet(real: dict[str, Figure]) -> None:
    book = _opened(_deck(*[real["places"]] * 120))
    assert len({name.casefold() for name in book.sheetnames}) == 122
    assert max(map(len, book.sheetnames)) <= 31


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula(text: str) -> None:
    figure = replace(
        figure_of((text, text, None), headings=(Heading(text), Heading(text, Measure.AANTAL), Heading("x"))),
        title=text,
        subject=Subject(text),
        notices=(Notice(Reason.ONLY_REGION, (text,), shown=text),),
        caveats=(text,),
        sources=(Source("a", text, text, text, text, False),),
        flags=(Flag(text, "t", frozenset()),),
    )
    deck = replace(
        _deck(figure),
        **dict.fromkeys(("title", "subtitle", "filters", "link", "data_version"), text),
        slides=(Slide(figure, text, text),),
        left_out=(text,),
        questions=(Question(text, text),),
    )
    book = _opened(deck)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(str(cell.value).strip() == text.strip() for cell in cells) > 15
    for cell in cells:
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        if str(cell.value).lstrip().startswith(("=", "+", "-", "@")):
            assert cell.quotePrefix
    with ZipFile(io.BytesIO(write_xlsx(deck))) as dataset:
        for name in dataset.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in dataset.read(name)


@pytest.mark.parametrize(
    "text", ["a;b", 'zeg "ja"', "twee\nregels", "Fryslân", "007", "1-3", "<b>&", "_x0041_", "https://a.example/"]
)
def test_text_survives_as_text(text: str) -> None:
    cell = _sheet(figure_of((text, 1, 2))).cell(HEAD + 1, 1)
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


@pytest.mark.parametrize("text", ["\x00\x1b\ufffe", "\ud800", "x" * 40_000, "\u202e\u200b"])
def test_what_a_workbook_cannot_hold_does_not_break_it(text: str) -> None:
    figure = figure_of((f"Zwolle {text}", f"<5{text}", 2))
    book = _opened(replace(_deck(replace(figure, title=text)), title=text, filters=text, link=text))
    assert book.worksheets[0].cell(HEAD + 1, 1).value.startswith("Zwolle")


# --- the account -----------------------------------------------------------------------------------------------------


def _account(deck: Deck) -> list[tuple[str | None, str | None]]:
    rows = _opened(deck)[ACCOUNT].iter_rows(max_col=2, values_only=True)
    return [(label, text) for label, text in rows if label or text]


def test_the_last_sheet_accounts_for_the_deck() -> None:
    figure = replace(figure_of(("Zwolle", 646, 27.5)), flags=(Flag("De som klopt niet.", "t", frozenset()),))
    deck = replace(_deck(figure), slides=(Slide(figure, "Eigen titel", "Erbij gezegd."),))
    assert _account(deck) == [
        ("Meldingen bij Veilig Thuis", None),
        ("Zwolle en Kampen", None),
        ("Filters", "Zwolle en Kampen · 2021 · alle soorten"),
        ("Bronnen", "Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1"),
        ("Versie van de gegevens", "a1b2c3"),
        ("Gemaakt op", "22 november 2026"),
        ("Actuele weergave", "https://cijfers.example/instroom?gemeente=Zwolle"),
        ("Wat de bronnen niet kunnen vullen", "Voor Zwolle is er geen reeks."),
        ("Geparkeerde vragen", "Waarom daalt dit?"),
        (None, "https://cijfers.example/instroom?gemeente=Kampen"),
        ("Blad “Meldingen”", "Eigen titel"),
        (
            None,
            "Eigen titel van de maker van deze presentatie. De bevinding: Zwolle: 646 meldingen in 2021 · "
            "Meldingen · Zwolle · 2021 · aantal",
        ),
        (None, "Erbij gezegd."),
        (None, "Bron: Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1"),
        (None, "≠ De som klopt niet."),
        (None, "Voor Zwolle is KM niet apart geteld; hier staat alles samen."),
        (None, "Geteld zijn meldingen; geen personen."),
    ]


def test_every_note_and_source_of_real_figures_is_there(real: dict[str, Figure]) -> None:
    deck = _deck(*real.values())
    said = {text for _, text in _account(deck)}
    assert set(deck.sources) <= said
    for figure in real.values():
        assert {f"Bron: {source}" for source in cite(figure.sources)} <= said
        assert set(figure.notes) <= said


def test_only_addresses_of_the_web_can_be_followed() -> None:
    deck = _deck(figure_of(("Zwolle", 1, 2)))
    found = [cell.hyperlink for row in _opened(deck)[ACCOUNT].iter_rows() for cell in row if cell.hyperlink]
    assert [link.target for link in found] == [deck.link, deck.questions[0].link]
    for link in ("javascript:alert(1)", "file:///etc/passwd", "internal:A1", "https://a b", "https://a/" + "x" * 3000):
        book = _opened(replace(deck, link=link, questions=()))
        assert not [cell for row in book[ACCOUNT].iter_rows() for cell in row if cell.hyperlink]
        assert link in _texts(book[ACCOUNT])


def test_the_workbook_says_what_it_is() -> None:
    book = _opened(_deck(figure_of(("Zwolle", 1, 2))))
    assert (book.properties.title, book.properties.creator) == ("Meldingen bij Veilig Thuis", AUTHOR)
    assert book.custom_doc_props["Language"].value == "nl-NL"
    assert book.properties.created.date() == date(2026, 11, 22)
    assert book.active is book.worksheets[0]


def test_the_same_deck_is_the_same_file(real: dict[str, Figure]) -> None:
    assert write_xlsx(_deck(*real.values())) == write_xlsx(_deck(*real.values()))


@pytest.mark.parametrize(
    ("day", "text"), [(date(2026, 1, 1), "1 januari 2026"), (date(2024, 12, 31), "31 december 2024")]
)
def test_a_date_is_written_in_dutch(day: date, text: str) -> None:
    assert wording.format_date(day) == text
