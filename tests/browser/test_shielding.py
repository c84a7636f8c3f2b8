"""The filter "kleine aantallen afschermen": in the link, on every figure, and in what leaves the screen."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from screen import Screen

from vt.render.xlsx import LONG

Window = Callable[..., Screen]
SMALL = {"Huisarts": "3", "Verloskundigen": "1"}


def _row(screen: Screen, label: str) -> list[str]:
    return next(row for figure in screen.figures for row in figure.rows if row[0] == label)


def test_the_filter_hides_small_numbers_and_stands_in_the_link(viewer: Screen, window: Window) -> None:
    viewer.look("melders", gemeente="Dordrecht")
    assert {label: _row(viewer, label)[4] for label in SMALL} == SMALL
    viewer.choose("Kleine aantallen afschermen", "Alle")
    assert viewer.query["afschermen"] == ["Alle"]
    for label in SMALL:
        assert set(_row(viewer, label)[1:]) <= {"0", "–", "<5", "afgeschermd"}
    assert _row(viewer, "Politie en Openbaar Ministerie")[4] == "402"
    assert viewer.page.get_by_test_id("stHtml").get_by_role("link", name="402").count() == 0, "no way to the print"
    again = window()
    again.page.goto(viewer.page.url)
    assert _row(again.settled(), "Huisarts")[4] in ("<5", "afgeschermd")


def test_what_was_worked_out_under_five_is_a_range_until_it_is_asked_for(viewer: Screen, window: Window) -> None:
    viewer.look("aard", gemeente="Staphorst")
    label = "Ouderenmishandeling (ouder dan 65 jaar)"
    assert _row(viewer, label)[1] == "0 tot en met 4"
    assert "Voor op het scherm" in viewer.more_filters().page.locator(".st-key-filters").inner_text()
    viewer.choose("Kleine aantallen afschermen", "Geen")
    viewer.eventually(lambda: _is_one_number(_row(viewer, label)[1]))
    assert viewer.query["afschermen"] == ["Geen"]
    again = window()
    again.page.goto(viewer.page.url)
    assert _row(again.settled(), label) == _row(viewer, label)
    link = (
        viewer.open_numbers()
        .page.get_by_test_id("stHtml")
        .get_by_role("link", name=_row(viewer, label)[1], exact=True)
        .first
    )
    link.click()
    viewer.page.wait_for_url("**/bronnen?**")
    assert "0 tot en met 4" not in viewer.settled().page.get_by_test_id("stMain").inner_text()


def _is_one_number(text: str) -> None:
    assert text.endswith("°"), text


def test_the_files_follow_the_filter(viewer: Screen) -> None:
    viewer.look("presenteren", gemeente="Dordrecht", afschermen="Alle")
    with viewer.page.expect_download() as download:
        viewer.page.get_by_role("button", name="Excel", exact=True).click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    head, *rows = book[LONG].iter_rows(values_only=True)
    long = [dict(zip(head, row, strict=True)) for row in rows]
    cells = [cell for sheet in book if sheet.title != LONG for row in sheet.iter_rows() for cell in row]
    counts = [cell.value for cell in cells if isinstance(cell.value, int | float) and "%" not in cell.number_format]
    counts += [row["waarde"] for row in long if row["eenheid"] == "aantal" and row["waarde"] is not None]
    assert len(counts) > 20
    assert not [count for count in counts if 0 < count < 5]
    assert {"<5", "afgeschermd"} <= {cell.value for cell in cells} | {row["teken"] for row in long}
    assert {(row["laag"], row["hoog"]) for row in long if row["teken"] == "<5"} <= {(1, 4), (0, 4)}


def test_the_printed_reports_say_that_they_are_not_shielded(viewer: Screen) -> None:
    viewer.look("controle", afschermen="Alle")
    assert any("niet afgeschermd" in notice for notice in viewer.notices)
