"""Numbers as CSV: a row for each with all that it is about, opened by a Dutch spreadsheet, never as a formula."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from decks import figure_of, whole_deck

from vt.figures.answers import Dataset
from vt.figures.figure import Flag, Subject
from vt.figures.longtable import LongRow, list_long_rows
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.table import About, Bounds, Heading, Value
from vt.model.hidden import Shielding, Suppression
from vt.model.measures import Measure
from vt.render.csv import file_name, write_long, write_notes
from vt.render.files import CSVW

ROW = LongRow("Meldingen", "Zwolle", "2021", "Alle", "", "aantal", 646, 646, 646, "", "Rapportage 2021", "tabel 1.1")
FORMULAS = (
    "=1+1",
    "＝1+1",
    "\n=1",
    "+31",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\tx",
    "\rx",
    '=HYPERLINK("http://x";"y")',
)


def _read(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_opens_in_a_dutch_spreadsheet() -> None:
    made = write_long([ROW._replace(waarde=27.5)])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").splitlines() == [
        "cijfer;plaats;periode;geweld;klasse;eenheid;waarde;laag;hoog;teken;bron;tabel;toelichting",
        "Meldingen;Zwolle;2021;Alle;;aantal;27,5;646;646;;Rapportage 2021;tabel 1.1;",
    ]
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
    assert _read(write_long([ROW._replace(waarde=value)]))[0]["waarde"] == text


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula(text: str) -> None:
    row = LongRow(*(text,) * 6, None, None, None, *(text,) * 4)
    (read,) = _read(write_long([row]))
    assert {cell for name, cell in read.items() if name not in ("waarde", "laag", "hoog")} == {f"'{text}"}


@pytest.mark.parametrize("text", ["a;b", 'zeg "ja"', "twee\nregels", "Fryslân", "Olst-Wijhe"])
def test_text_survives(text: str) -> None:
    assert _read(write_long([ROW._replace(klasse=text)]))[0]["klasse"] == text


def test_a_number_is_there_once() -> None:
    assert len(_read(write_long([ROW, ROW, ROW._replace(plaats="Kampen")]))) == 2


@pytest.mark.parametrize(
    ("value", "measure", "told"),
    [
        (646, Measure.AANTAL, (646, 646, 646, "")),
        (Bounds(1, 3), Measure.AANTAL, (None, 1, 3, "°")),
        (Bounds(2, 2), Measure.AANTAL, (2, 2, 2, "°")),
        (Suppression.SMALL, Measure.AANTAL, (None, 1, 4, "<5")),
        (Suppression.RECOVERED, Measure.AANTAL, (None, 0, 4, "0 tot en met 4")),
        (Suppression.WITHHELD, Measure.AANTAL, (None, None, None, "afgeschermd")),
        (Suppression.SMALL, Measure.AANDEEL_PLAATS, (None, None, None, "<5")),
    ],
)
def test_bounds_are_numbers_and_signs_stand_by_themselves(
    value: Value, measure: Measure, told: tuple[float | str | None, ...]
) -> None:
    figure = figure_of(("Zwolle", value), headings=(Heading("Plaats"), Heading("Aantal", measure)))
    table = replace(figure.table, about={(0, 1): About("Meldingen", "Zwolle", "2021", "alle")})
    (row,) = list_long_rows(replace(figure, table=table))
    assert (row.waarde, row.laag, row.hoog, row.teken) == told


def test_a_number_says_what_the_checks_found_and_that_it_is_provisional() -> None:
    figure = figure_of(("Zwolle", 646, None))
    about = {(0, 1): About("Meldingen", "Zwolle", "2021", "alle", mark="*")}
    flag = Flag("De cellen geven 647.", "r/1", frozenset({(0, 1)}))
    (row,) = list_long_rows(replace(figure, table=replace(figure.table, about=about), flags=(flag,)))
    assert (row.teken, row.toelichting, row.tabel) == ("* ≠", "De cellen geven 647.", "tabel 1.1")


def test_a_real_figure_is_read_back_as_its_table(dataset: Dataset) -> None:
    asked = FigureRequest("categories", ("meldingen_naar_melder",))
    (figure,) = build_figures(dataset, asked, Selection(gemeenten=("dordrecht",)))
    rows = [row for row in list_long_rows(figure) if row.klasse == "Politie en Openbaar Ministerie"]
    assert [(row.geweld, row.eenheid, row.waarde) for row in rows] == [
        ("Kindermishandeling", "aantal", 315),
        ("Huiselijk geweld", "aantal", 83),
        ("Ouderenmishandeling", "aantal", 4),
        ("Alle", "aantal", 402),
        ("Alle", "procent binnen de plaats", pytest.approx(402 / 550 * 100)),
    ]
    assert {row.periode for row in rows} == {"1e halfjaar 2021"}
    whole = [row for row in list_long_rows(figure) if not row.klasse and row.geweld == "Alle"]
    assert [row.waarde for row in whole] == [550, 100]


@pytest.mark.parametrize(
    ("form", "indicator", "chosen"),
    [
        ("places", "meldingen", Selection(gemeenten=("zwolle", "ommen"))),
        ("places", "meldingen", Selection(gemeenten=("zwolle",), measure=Measure.PER_1000)),
        ("categories", "meldingen_professionals", Selection(gemeenten=("zwolle", "kampen"))),
        ("series", "meldingen", Selection(gemeenten=("dordrecht",))),
        ("ranking", "meldingen", Selection(gemeenten=("zwolle",))),
        ("norms", "vv_tijdig", Selection(region="ijsselland")),
        ("flow", "meldingen", Selection(gemeenten=("dordrecht",), shielding=Shielding.ALL)),
    ],
)
def test_every_number_that_was_counted_is_on_a_row(
    dataset: Dataset, form: str, indicator: str, chosen: Selection
) -> None:
    for figure in build_figures(dataset, FigureRequest(form, (indicator,)), chosen):
        worked_out = [n for n, head in enumerate(figure.table.headings) if head.label.startswith(("Verschil", "Norm"))]
        counted = {
            value
            for row in figure.table.rows
            for n, value in enumerate(row)
            if isinstance(value, float | int) and n not in worked_out and "verschil van totalen" not in row
        }
        assert {row.waarde for row in list_long_rows(figure)} - {None} == counted


def test_notes_stand_in_the_metadata_beside_the_file() -> None:
    figure = replace(figure_of(("Zwolle", 646, None)), caveats=("geteld zijn meldingen; geen personen.",))
    deck = whole_deck([figure])
    told = json.loads(write_notes(deck))
    assert told["url"] == file_name(figure, "csv")
    assert f"{told['url']}-metadata.json" == file_name(figure, CSVW.ending)
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(LongRow._fields)
    assert told["dc:source"] == ["Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1"]
    assert told["rdfs:comment"] == [
        "Voor Zwolle is KM niet apart geteld; hier staat alles samen.",
        "Geteld zijn meldingen; geen personen.",
        deck.made,
    ]


def test_a_file_name_says_what_is_in_the_file() -> None:
    figure = figure_of(("Zwolle", 646, None))
    assert file_name(figure, "csv") == "Meldingen_Zwolle-2021-aantal.csv"


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


def test_no_label_leads_a_file_out_of_its_folder() -> None:
    figure = replace(figure_of(("Zwolle", 1, 2)), subject=Subject("../../etc/passwd", ("Zwolle",)))
    assert re.fullmatch(r"[\w-]+\.csv", file_name(figure, "csv"))
