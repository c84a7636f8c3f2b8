"""A deck as a PDF, opened by another program: all that goes with a figure is in it, tagged, literal and on the page."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from decks import BARS_COLUMNS_TILES, ZWOLLE, firsts, reworded, whole_deck
from marks import reword
from pypdf import PdfReader

from vt.figures import wording
from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Question, Slide
from vt.figures.figure import Figure, Flag, cite
from vt.figures.registry import FigureRequest
from vt.figures.table import Heading, Table
from vt.model.measures import Measure
from vt.render import pdf

ASKED = (*BARS_COLUMNS_TILES, (FigureRequest("categories", ("overdrachtspartijen",)), ZWOLLE))
HOSTILE = '#panic("x") $x^2$ *vet* _schuin_ \\ \\u{41} <script>alert(1)</script> @wie `r` // /* [a] {b} ~ = & <l> #set'
A4 = (595, 842)


@pytest.fixture(scope="module")
def figures(dataset: Dataset) -> list[Figure]:
    return firsts(dataset, ASKED)


@pytest.fixture(scope="module")
def deck(figures: list[Figure]) -> Deck:
    return whole_deck(figures)


@pytest.fixture(scope="module")
def read(deck: Deck) -> PdfReader:
    return _read(pdf.write_pdf(deck))


def _read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made), strict=True)


def _bare(text: str) -> str:
    """Without what breaking lines adds or takes away."""
    return re.sub(r"[\s\u200b]", "", text)


def _text(read: PdfReader) -> str:
    return _bare("".join(page.extract_text() for page in read.pages))


def _alone(figure: Figure, **changes: Any) -> Deck:
    """A deck of one figure."""
    made = Deck("Titel", "", (Slide(figure),), "alles", "", "0a1b2c3d", date(2026, 12, 31))
    return replace(made, **changes)


def _structure(read: PdfReader) -> Iterator[dict[str, Any]]:
    """Every element of the tree that a screen reader follows."""
    waiting = [read.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        if "/S" in node:
            yield node
        children = node.get("/K", [])
        children = children.get_object() if hasattr(children, "get_object") else children
        waiting += [child.get_object() for child in (children if isinstance(children, list) else [children])]


def test_every_word_of_every_slide_is_in_it(read: PdfReader, deck: Deck) -> None:
    text = _text(read)
    for slide in deck.slides:
        figure = slide.figure
        words = [
            slide.title,
            slide.spoken,
            figure.subtitle,
            *figure.caveats,
            *(label for _, label in figure.drawn_legend),
        ]
        words += [*figure.notice_texts, *(f"≠ {flag.text}" for flag in figure.flags)]
        assert [word for word in [*words, *cite(figure.sources)] if _bare(word) not in text] == []


def test_every_number_stands_in_its_row(read: PdfReader, deck: Deck) -> None:
    text = _text(read)
    for figure in (slide.figure for slide in deck.slides):
        for number, row in enumerate(figure.table.rows):
            marks = [" ≠" if (number, column) in figure.doubted else "" for column in range(len(row))]
            shown = [head.format(value) for head, value in zip(figure.table.headings, row, strict=True)]
            assert _bare("".join(map("".join, zip(shown, marks, strict=True)))) in text


def test_the_deck_is_said_first_and_its_sources_and_questions_last(read: PdfReader, deck: Deck) -> None:
    first, last = _bare(read.pages[0].extract_text()), _bare(read.pages[-1].extract_text())
    for word in (deck.title, deck.subtitle, deck.filters, "1 maart 2026", deck.data_version, deck.link):
        assert _bare(word) in first
    for word in (
        *deck.sources,
        *deck.left_out,
        *(word for asked in deck.questions for word in (asked.text, asked.link)),
    ):
        assert _bare(word) in last


def test_every_page_has_its_number_and_the_filters(read: PdfReader, deck: Deck) -> None:
    assert len(read.pages) >= len(deck.slides) + 2
    for number, page in enumerate(read.pages, 1):
        text = _bare(page.extract_text())
        assert _bare(f"{number} van {len(read.pages)}") in text
        assert _bare(deck.footer) in text


def test_it_is_an_accessible_pdf(read: PdfReader, deck: Deck) -> None:
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert read.metadata.title == deck.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_charts_have_a_text_and_tables_have_headings(read: PdfReader, deck: Deck) -> None:
    found = list(_structure(read))
    texts = [node["/Alt"] for node in found if node["/S"] == "/Figure"]
    assert sorted(texts) == sorted(slide.figure.alt for slide in deck.slides)
    kinds = [node["/S"] for node in found]
    assert kinds.count("/Table") == len(deck.slides)
    assert kinds.count("/TH") == sum(len(slide.figure.table.headings) for slide in deck.slides)
    assert kinds.count("/H1") == len(deck.slides) + len(
        ("Inhoud", "Bronnen", "Wat de bronnen niet kunnen vullen", "Vragen")
    )


def test_links_lead_to_the_live_views(read: PdfReader, deck: Deck) -> None:
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    assert {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]} == {
        deck.link,
        deck.questions[0].link,
    }


def test_it_uses_no_font_of_the_machine(read: PdfReader) -> None:
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0]
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"LiberationSans"}


def test_hostile_words_come_out_as_they_are(figures: list[Figure]) -> None:
    figure = figures[0]
    doubts = (Flag(HOSTILE, "tabel", frozenset({(0, 1)})),)
    hostile = replace(reworded(figure, HOSTILE), flags=doubts)
    deck = _alone(hostile, title=HOSTILE, subtitle=HOSTILE, filters=HOSTILE, left_out=(HOSTILE,), data_version=HOSTILE)
    deck = replace(deck, link="javascript:alert(1)", questions=(Question(HOSTILE, HOSTILE),))
    read = _read(pdf.write_pdf(deck))
    assert _text(read).count(_bare(HOSTILE)) >= 14
    assert _bare(f"{figure.table.headings[1].format(figure.table.rows[0][1])} ≠") in _text(read)
    assert read.metadata is not None
    assert read.metadata.title == HOSTILE
    assert [node["/Alt"] for node in _structure(read) if node["/S"] == "/Figure"] == [HOSTILE]
    assert not any("/A" in note.get_object() for page in read.pages for note in page.get("/Annots", []))


@pytest.mark.parametrize("title", ["Hoera 😀", "漢字", "\x07\x00", "x" * 2000])
def test_signs_that_no_font_has_stop_nothing(title: str, figures: list[Figure]) -> None:
    read = _read(pdf.write_pdf(_alone(replace(figures[1], title=title), title=title)))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "308" in _text(read)


def test_control_signs_in_a_chart_stop_nothing(figures: list[Figure]) -> None:
    chart = reword(figures[0].chart, lambda text: f"{text}\x00\x1b<&>")
    assert _read(pdf.write_pdf(_alone(replace(figures[0], chart=chart)))).pages


def test_a_long_table_has_its_headings_on_every_page(figures: list[Figure]) -> None:
    headings = (Heading("Plaatsnaam"), Heading("Meldingental", Measure.AANTAL))
    rows = tuple((f"Plaats {number}", float(number)) for number in range(1000, 1150))
    read = _read(pdf.write_pdf(_alone(replace(figures[1], table=Table(headings, rows)))))
    pages = [page.extract_text() for page in read.pages]
    with_rows = [page for page in pages if re.search(r"Plaats 1\d\d\d", page)]
    assert len(with_rows) > 2
    assert all("Plaatsnaam" in page and "Meldingental" in page for page in with_rows)
    assert [name for name, _ in rows if not any(name in page for page in pages)] == []


def test_a_figure_is_on_one_page_where_it_can_be(figures: list[Figure]) -> None:
    headings = (Heading("Plaatsnaam"), Heading("Meldingental", Measure.AANTAL))
    for count, pages in ((8, 1), (20, 1), (36, 2)):
        rows = tuple((f"Plaats {number}", float(number)) for number in range(1000, 1000 + count))
        read = _read(pdf.write_pdf(_alone(replace(figures[1], table=Table(headings, rows)))))
        (first, *_), told = (
            read.pages,
            [page.extract_text() for page in read.pages if "Plaats 1" in page.extract_text()],
        )
        assert len(told) == 1, "a table that a page can hold is on one"
        assert cite(figures[1].sources)[0] in first.extract_text().replace("\n", " ")
        assert (len(read.pages) - 1) in (pages - 1, pages)


@pytest.mark.parametrize(("count", "is_lying"), [(6, False), (16, True), (40, True)])
def test_a_wide_table_stays_on_the_page(count: int, is_lying: bool, figures: list[Figure]) -> None:
    headings = (Heading("Gemeente"), *(Heading(f"Mishandeling kolom {n}", Measure.AANTAL) for n in range(count)))
    row = ("Steenwijkerland", *(float(10_000 + n) for n in range(count)))
    read = _read(pdf.write_pdf(_alone(replace(figures[1], table=Table(headings, (row,) * 6)))))
    text = _text(read)
    assert [number for number in row[1:] if wording.format_number(number) not in text] == []
    assert [word for page in read.pages for word in _beyond(page)] == []
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in read.pages]
    assert set(sizes) <= {A4, A4[::-1]}
    assert (A4[::-1] in sizes) == is_lying


def test_a_wide_table_of_one_row_stands_as_a_column_under_its_chart(figures: list[Figure]) -> None:
    headings = (Heading("Gemeente"), *(Heading(f"Mishandeling kolom {n}", Measure.AANTAL) for n in range(16)))
    row = ("Steenwijkerland", *(float(10_000 + n) for n in range(16)))
    read = _read(pdf.write_pdf(_alone(replace(figures[1], table=Table(headings, (row,))))))
    (page,) = [page for page in read.pages if "Mishandeling" in page.extract_text()]
    assert figures[1].title in " ".join(page.extract_text().split())
    assert _bare("Mishandeling kolom 15 10.015") in _bare(page.extract_text())


def _beyond(page: Any) -> list[str]:
    """The text that starts outside of the margins."""
    width, found = float(page.mediabox.width), []

    def look(text: str, above: list[float], matrix: list[float], *_: Any) -> None:
        x = matrix[4] * above[0] + above[4]
        if text.strip() and not 45 <= x <= width - 51:
            found.append(text)

    page.extract_text(visitor_text=look)
    return found


def test_the_slides_that_are_drawn_are_counted(deck: Deck) -> None:
    told: list[int] = []
    pdf.write_pdf(deck, told.append)
    assert told == [1, 2, 3, 4]


def test_the_same_deck_is_the_same_file(deck: Deck) -> None:
    assert pdf.write_pdf(deck) == pdf.write_pdf(deck)


@pytest.mark.parametrize(
    ("day", "shown"), [(date(2026, 1, 1), "1 januari 2026"), (date(2024, 12, 31), "31 december 2024")]
)
def test_a_date_is_dutch(day: date, shown: str) -> None:
    assert wording.format_date(day) == shown
