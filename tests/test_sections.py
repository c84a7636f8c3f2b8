"""Which gemeente a table is about in a document of a region with sections, where its name stands above only some."""

from pathlib import Path

import pytest
from real import DATA
from strangers import html_table, page
from test_readers import read_here

from vt.importer.concept import find_original, keep_original
from vt.importer.drafts import Known, load_known, make_draft
from vt.importer.heads import read_grid

ROWS = [["KM", 1, 2], ["HG", 3, 4]]
TABLE = html_table(("", "Q1 2022", "Q2 2022"), ROWS)


@pytest.fixture(scope="module")
def known() -> Known:
    return load_known(DATA)


@pytest.mark.parametrize(
    ("body", "places", "unread"),
    [
        (f"<h2>Almelo</h2><h3>Meldingen</h3>{TABLE}", ["Almelo"], []),
        (f"<h2>Almelo</h2><h3>Meldingen</h3>{TABLE}<h3>Adviezen</h3>{TABLE}", ["Almelo"], ["Adviezen"]),
        (f"<h2>Almelo</h2><h3>Meldingen</h3>{TABLE}<h2>Twente</h2><h3>Adviezen</h3>{TABLE}", ["Almelo", None], []),
        (f"<h3>Meldingen</h3>{TABLE}", [None], []),
    ],
)
def test_a_table_is_of_its_section_or_it_is_not_read(
    known: Known, tmp_path: Path, body: str, places: list[str | None], unread: list[str]
) -> None:
    path = tmp_path / "rapport.html"
    page(body)(path)
    draft = make_draft(read_here(path), known, {}, {})
    assert [reading.content.get("place") for reading in draft.readings] == places
    assert [each.heading for each in draft.unread] == unread
    assert all("niet zeker of zij over Almelo gaat of over de hele regio" in each.reason for each in draft.unread)


@pytest.mark.parametrize(
    "body",
    [
        f"<figure>{TABLE}<figcaption>Meldingen</figcaption></figure><figure>{TABLE}<figcaption>Adviezen</figcaption></figure>",
        f"<h3>Meldingen</h3>{TABLE.removesuffix('</table>')}<h3>Adviezen</h3>{TABLE}",
    ],
)
def test_a_caption_names_its_own_table(known: Known, tmp_path: Path, body: str) -> None:
    path = tmp_path / "rapport.html"
    page(body)(path)
    readings = make_draft(read_here(path), known, {}, {}).readings
    assert [reading.table.indicator for reading in readings] == ["meldingen", "adviezen"]


@pytest.mark.parametrize("after", ["", "<p>Bron: Veilig Thuis.</p><p>Meer staat in het jaarverslag.</p>"])
def test_headings_that_may_stand_below_are_asked(known: Known, tmp_path: Path, after: str) -> None:
    path = tmp_path / "rapport.html"
    page(f"{TABLE}<p>Meldingen</p>{TABLE}<p>Adviezen</p>{after}")(path)
    draft = make_draft(read_here(path), known, {}, {})
    assert draft.readings == []
    assert ["onder de tabellen" in each.reason for each in draft.unread] == [True, True]


def test_a_document_keeps_its_own_name_beside_what_is_made_of_it(tmp_path: Path) -> None:
    sent, folder = tmp_path / "controle.html", tmp_path / "concept"
    sent.write_text("wat gestuurd is")
    keep_original(sent, folder)
    (folder / sent.name).write_text("de controle")
    assert find_original(folder, sent.name).read_text() == "wat gestuurd is"


def test_a_first_row_of_ranges_is_a_row_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "rapport.csv"
    path.write_text("Gemeente;2021;2022\nAlmelo;1-4;5-9\nBorne;12;13\n")
    (table,) = read_here(path).tables
    assert [row.labels for row in read_grid(table).rows] == [("Almelo",), ("Borne",)]


@pytest.mark.parametrize(
    ("above", "over", "read"),
    [
        ("Kerncijfers", "", ["meldingen", "adviezen"]),
        ("Kerncijfers", "2022", ["meldingen", "adviezen"]),
        ("Kerncijfers", "Waarvan 12+", []),
        ("Jonger dan 12 jaar", "", []),
        ("Begroting", "", []),
    ],
)
def test_what_may_count_less_than_its_name_is_not_read(
    known: Known, tmp_path: Path, above: str, over: str, read: list[str]
) -> None:
    path = tmp_path / "rapport.html"
    upper = f"<tr><td></td><td colspan=2>{over}</td></tr>" if over else ""
    table = html_table(("Gemeente", "Meldingen", "Adviezen"), [["Almelo", 1, 2], ["Borne", 3, 4]])
    page(f"<h3>{above}</h3>{table.replace('<tr>', f'{upper}<tr>', 1)}")(path)
    draft = make_draft(read_here(path), known, {}, {})
    assert [reading.table.indicator for reading in draft.readings] == read


@pytest.mark.parametrize(("name", "count"), [("Overdrachten naar gemeente", 0), ("Overdrachten per gemeente", 1)])
def test_to_a_gemeente_is_not_of_a_gemeente(known: Known, tmp_path: Path, name: str, count: int) -> None:
    path = tmp_path / "rapport.html"
    page(f"<h3>{name}</h3>{html_table(('Gemeente', '2021', '2022'), [['Almelo', 1, 2], ['Borne', 3, 4]])}")(path)
    assert len(make_draft(read_here(path), known, {}, {}).readings) == count
