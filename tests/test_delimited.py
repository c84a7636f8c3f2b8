"""A figure as CSV: opened by a Dutch spreadsheet as numbers and text, never as a formula."""

import csv
import io
import re
from dataclasses import replace

import pytest
from decks import figure_of

from vt.figures.answers import Dataset
from vt.figures.figure import Figure, Source, Subject
from vt.figures.notices import Notice, Reason
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.table import Heading
from vt.model.measures import Measure
from vt.render.csv import file_name, write_csv


def _read(figure: Figure) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write_csv(figure).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_opens_in_a_dutch_spreadsheet() -> None:
    made = write_csv(figure_of(("Zwolle", 646, 27.5)))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.splitlines()[0].decode("utf-8-sig") == "Plaats;Aantal;Aandeel (%)"
    assert made.splitlines()[1] == b"Zwolle;646;27,5"
    assert b"\r\n" in made


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (646, "646"),
        (646.0, "646"),
        (17475415.0, "17475415"),
        (123456789012.0, "123456789012"),
        (4.4465, "4,4465"),
        (100 / 3, "33,3333333333"),
        (0.00001, "0,00001"),
        (-112, "-112"),
        (0, "0"),
        (-0.0, "0"),
        (None, ""),
    ],
)
def test_numbers_are_plain_with_a_decimal_comma(value: float | None, text: str) -> None:
    assert _read(figure_of(("Zwolle", value, None)))[1] == ["Zwolle", text, ""]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "＝1+1", "\n=1", "+31", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x";"y")'],
)
def test_text_is_never_a_formula(text: str) -> None:
    figure = figure_of((text, 1, None), headings=(Heading(text), Heading(text, Measure.AANTAL), Heading("x")))
    figure = replace(
        figure,
        title=text,
        subject=Subject(text),
        notices=(Notice(Reason.ONLY_REGION, (text,), shown=text),),
        caveats=(text,),
        sources=(Source(1, text, text, text, text, False),),
    )
    cells = [cell for row in _read(figure) for cell in row]
    assert sum(cell == f"'{text}" for cell in cells) == 6
    assert sum(cell.startswith("Voor ") for cell in cells) == 1
    assert not [cell for cell in cells if cell.startswith(("=", "＝", "+", "-", "@", "\t", "\r", "\n"))]


@pytest.mark.parametrize("text", ["a;b", 'zeg "ja"', "twee\nregels", "Fryslân", "Olst-Wijhe"])
def test_text_survives(text: str) -> None:
    assert _read(figure_of((text, 1, 2)))[1] == [text, "1", "2"]


def test_finding_unit_source_notices_and_caveats_go_along() -> None:
    rows = _read(replace(figure_of(("Zwolle", 646, None)), caveats=("geteld zijn meldingen; geen personen.",)))
    assert rows[2:] == [
        [],
        ["Zwolle: 646 meldingen in 2021"],
        ["Meldingen · Zwolle · 2021 · aantal"],
        ["Bron: Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1"],
        ["Voor Zwolle is KM niet apart geteld; hier staat alles samen."],
        ["Geteld zijn meldingen; geen personen."],
    ]


def test_a_percentage_says_so_in_its_heading() -> None:
    headings = (
        Heading("Plaats"),
        Heading("Percentage", Measure.AANTAL, "procent"),
        Heading("Fte", Measure.AANTAL, "fte"),
    )
    assert _read(figure_of(("x", 68, 52.4), headings=headings))[:2] == [
        ["Plaats", "Percentage (%)", "Fte"],
        ["x", "68", "52,4"],
    ]


def test_a_real_figure_is_read_back_as_its_table(dataset: Dataset) -> None:
    asked = FigureRequest("categories", ("meldingen_naar_melder",))
    (figure,) = build_figures(dataset, asked, Selection(gemeenten=("dordrecht",)))
    head, *rows = _read(figure)
    assert head == [
        "Meldingen naar melder",
        "Kindermishandeling",
        "Huiselijk geweld",
        "Ouderenmishandeling",
        "1e halfjaar 2021",
        "Aandeel (%)",
    ]
    shown = [[cell.replace(",", ".").replace("·", "nan") for cell in row] for row in rows[: len(figure.table.rows)]]
    numbers = {row[0]: [float(cell) for cell in row[1:]] for row in shown}
    assert numbers["Politie en Openbaar Ministerie"] == pytest.approx([315, 83, 4, 402, 402 / 550 * 100])
    assert numbers["Totaal"] == [448, 94, 8, 550, 100]
    assert any("hoofdstuk 1 447" in row[0] for row in rows if row)


def test_a_file_name_says_what_is_in_the_file() -> None:
    figure = figure_of(("Zwolle", 646, None))
    assert file_name(figure, "csv") == "meldingen_places_12_Zwolle-2021-aantal.csv"


@pytest.mark.parametrize(
    "place", ["../../etc/passwd", "a/b\\c:d*e?f", "x" * 500, "· · ·", "Meldingen · " + "Olst-Wijhe, " * 40]
)
def test_a_file_name_is_safe_and_short(place: str) -> None:
    name = file_name(replace(figure_of(("x", 1, 2)), subject=Subject("Meldingen", (place,))), "csv")
    assert len(name) < 120
    assert name.endswith(".csv")
    assert not set(name) & set('/\\:*?"<>|')
    assert ".." not in name
    assert not name.endswith(("-.csv", "_.csv")) or place == "· · ·"


def test_a_file_says_when_and_from_which_data_it_was_made() -> None:
    made = "Gemaakt op 22 november 2026 met gegevensversie 8b85cdfd."
    rows = list(
        csv.reader(io.StringIO(write_csv(figure_of(("Zwolle", 646, None)), made).decode("utf-8-sig")), delimiter=";")
    )
    assert rows[-1] == [made]


def test_no_id_leads_a_file_out_of_its_folder() -> None:
    figure = replace(figure_of(("Zwolle", 1, 2)), id="../../etc/passwd")
    assert re.fullmatch(r"[\w-]+\.csv", file_name(figure, "csv"))
