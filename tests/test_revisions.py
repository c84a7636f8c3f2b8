"""One figure in two reports: the newest answers, the older is kept and shown, and the difference is a finding."""

import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pptx as powerpoint
import pytest
from real import DATA, IJSSELLAND
from visits import visit
from worlds import HEAD, add_report, opened

from vt import api, cli
from vt.build.build import ensure
from vt.errors import DataError
from vt.figures.answers import Dataset
from vt.figures.collection import list_report_titles
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure
from vt.figures.headlines import make_headlines
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.revised import WITHOUT_NUMBERS
from vt.figures.selection import Selection
from vt.figures.table import Value
from vt.model.hidden import Shielding, Suppression
from vt.render import csv, offline, pdf, pptx, xlsx

NEWER = """
report:
  title: Rapportage 2022, Veilig Thuis IJsselland
  publisher: Veilig Thuis IJsselland
  region: ijsselland
  period: 2022
  licence: Verzonnen getallen.
  published: 2023-04-01
tables:
  - number: "1.1"
    heading: Meldingen per gemeente
    indicator: meldingen
    rows: place
    columns: {period: [2021, 2022]}
    cells:
      Dalfsen:          [  93,   98]
      Deventer:         [ 506,  470]
      Hardenberg:       [ 231,  271]
      Kampen:           [ 313,  322]
      Olst-Wijhe:       [  45,   48]
      Ommen:            [  43,   40]
      Overige gemeente: [  12,   13]
      Raalte:           [  91,   93]
      Staphorst:        [  60,   55]
      Steenwijkerland:  [ 247,  244]
      Zwartewaterland:  [  88,   94]
      Zwolle:           [ 646,  714]
      totaal:           [2375, 2462]
"""
SAID = "eerder gepubliceerd: 96"
BOTH = "Herzien: Dalfsen, 2021: 93 in Rapportage 2022, Veilig Thuis IJsselland, tabel 1.1; eerder gepubliceerd: 96"
FOUND = "Dalfsen, 2021: 93, eerder gepubliceerd: 96"
DRAWN = ("overzicht", "instroom", "vergelijken", "overdracht")  # the pages with a figure of meldingen


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's data with a second report of IJsselland, that gives Dalfsen another number of 2021."""
    data = tmp_path_factory.mktemp("revised") / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("vt.db*"))
    (data / "reports/ijsselland_2022.yaml").write_text(NEWER, encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def database(revised: Path) -> Path:
    return ensure(revised, revised / "vt.db")


@pytest.fixture(scope="module")
def dataset(database: Path) -> Iterator[Dataset]:
    with opened(database) as dataset:
        yield dataset


@pytest.fixture
def site(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site and the notebook's door on that data."""
    monkeypatch.setenv("VT_DATA", str(database.parent))
    monkeypatch.setenv("VT_DATABASE", str(database))


def _figure(dataset: Dataset, form: str = "places", **chosen: object) -> Figure:
    selection = Selection(**({"gemeenten": ("dalfsen",), "period": "2021"} | chosen))
    return build_figures(dataset, FigureRequest(form, ("meldingen",), region="ijsselland"), selection)[0]


def _deck(figure: Figure) -> Deck:
    return Deck("Proef", "", (Slide(figure),), "", "", "versie", date(2026, 3, 1), ())


# --- everywhere that the number stands -------------------------------------------------------------------------------


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("page", [*DRAWN, "melders", "bronnen", "zoek"])
def test_a_page_that_shows_the_number_says_what_was_published_earlier(page: str) -> None:
    app = visit(page, {"gemeente": "Dalfsen", "periode": "2021"})
    assert not app.exception
    said = "".join(str(element.proto.body) for element in app.main if element.type == "html")
    assert (BOTH in said) is (page in DRAWN)
    assert ("Aantal, eerder gepubliceerd" in said) is (page in DRAWN)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        (
            "controle",
            {"controle_soort": "Herzien in een nieuwer rapport"},
            "Dalfsen, 2021: 93, eerder gepubliceerd: 96",
        ),
        ("controle", {}, "Cijfers die twee rapporten delen"),
        ("bronnen", {"tabel": "ijsselland_2021/1.1/1"}, "Herzien in Rapportage 2022, Veilig Thuis IJsselland: Dalfsen"),
        ("bronnen", {"tabel": "ijsselland_2022/1.1/1"}, "Gepubliceerd op"),
        ("bronnen", {"tabel": "ijsselland_2022/1.1/1"}, FOUND),
        ("zoek", {"zoek": "96"}, "(eerder gepubliceerd; nu 93)"),
        ("zoek", {"zoek": "93"}, "(herzien; eerder gepubliceerd: 96)"),
    ],
)
def test_the_pages_that_account_say_it_too(page: str, query: dict[str, str], said: str) -> None:
    app = visit(page, query)
    assert said in "".join(str(element.proto.body) for element in app.main if element.type == "html")


@pytest.mark.parametrize("form", ["places", "series", "ranking", "tiles"])
def test_every_form_has_the_newest_and_the_earlier_number(dataset: Dataset, form: str) -> None:
    figure = _figure(dataset, form)
    rows = [row for row in figure.table.rows if "Dalfsen" in row and "2021" in row]
    at = [heading.label for heading in figure.table.headings].index("Aantal, eerder gepubliceerd")
    assert [row[at - 1 : at + 1] for row in rows] == [(93, 96)]
    assert any(BOTH in note for note in figure.notes)
    others = [row[at] for row in figure.table.rows if row not in rows and "IJsselland" not in row]
    assert set(others) <= {None}


def test_the_earlier_number_leads_to_the_older_table(dataset: Dataset) -> None:
    sheet = _figure(dataset).table
    labels = [heading.label for heading in sheet.headings]
    assert [link.table for link in sheet.links[0, labels.index("Aantal")]] == ["ijsselland_2022/1.1/1"]
    assert [link.table for link in sheet.links[0, labels.index("Aantal, eerder gepubliceerd")]] == [
        "ijsselland_2021/1.1/1"
    ]


def test_the_year_before_says_it_as_well(dataset: Dataset) -> None:
    """Beside the number of several gemeenten; in a row of its own of one with the years before it."""
    labels = ["Aantal", "Jaar eerder", "Jaar eerder, eerder gepubliceerd"]
    figure = _figure(dataset, period="2022", gemeenten=("dalfsen", "deventer"))
    (row,) = [row for row in _name_cells(figure) if row["Plaats"] == "Dalfsen"]
    assert [row[label] for label in labels] == [98, 93, 96]
    assert any(BOTH in note for note in figure.notes)
    figure = _figure(dataset, period="2022")
    labels = ["Periode", "Aantal", "Aantal, eerder gepubliceerd"]
    rows = [[row[label] for label in labels] for row in _name_cells(figure)]
    assert rows[1:] == [["2021", 93, 96], ["2022", 98, None]]
    assert any(BOTH in note for note in figure.notes)


def _name_cells(figure: Figure) -> list[dict[str, Value]]:
    labels = [heading.label for heading in figure.table.headings]
    return [dict(zip(labels, row, strict=True)) for row in figure.table.rows]


def test_a_card_says_what_was_published_earlier(dataset: Dataset) -> None:
    indicators = [dataset.metadata.indicators["meldingen"]]
    (card,) = make_headlines(dataset, indicators, Selection(period="2021"), "dalfsen")
    assert card.value == "93"
    assert card.note.endswith(SAID)


def test_the_region_shows_its_own_earlier_total(dataset: Dataset) -> None:
    figure = _figure(dataset, gemeenten=(), region="ijsselland")
    row = dict(zip((heading.label for heading in figure.table.headings), figure.table.rows[0], strict=True))
    assert (row["Aantal"], row["Aantal, eerder gepubliceerd"]) == (2375, 2378)
    (said,) = [note for note in figure.notes if note.startswith("Herzien")]
    assert "IJsselland, 2021: 2.375" in said


def test_every_file_has_both(dataset: Dataset) -> None:
    figure = _figure(dataset)
    deck = _deck(figure)
    delimited = csv.write_csv(deck).decode("utf-8-sig").splitlines()
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write_xlsx(deck)))
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    slides = powerpoint.Presentation(io.BytesIO(pptx.write_pptx(deck))).slides
    noted = " ".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)
    rows = [line.split(";") for line in delimited]
    assert [(row[6], row[9]) for row in rows[1:3]] == [("93", ""), ("96", "eerder gepubliceerd")]
    assert {93, 96} <= set(cells)
    for text in (csv.write_notes(deck).decode(), "\n".join(map(str, cells)), noted, offline.write_html(deck).decode()):
        assert BOTH in text
    assert pdf.write_pdf(deck).startswith(b"%PDF")


@pytest.mark.usefixtures("site")
def test_a_notebook_tells_the_newest_from_the_superseded() -> None:
    found = api.figures("Dalfsen", "meldingen", period="2021").set_index("report")
    assert found["value"].to_dict() == {"ijsselland_2022": 93, IJSSELLAND: 96}
    assert found["superseded_by"].fillna("").to_dict() == {"ijsselland_2022": "", IJSSELLAND: "ijsselland_2022"}
    assert found["published"].fillna("").to_dict() == {"ijsselland_2022": "2023-04-01", IJSSELLAND: ""}
    assert "93" in str(api.chart("meldingen", "Dalfsen", period="2021").to_dict())


def test_vt_check_counts_what_two_reports_share_and_names_each_difference(
    revised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--data", str(revised)]) == 0
    said = capsys.readouterr().out
    (counts,) = [line for line in said.splitlines() if line.startswith("Rapportage 2022") and "Rapportage 2021" in line]
    new, same, changed, _ = counts.split()[-4:]
    assert (new, same, changed) == ("13", "11", "2")
    assert "ijsselland_2022, 1.1: Dalfsen, 2021: 93, eerder gepubliceerd: 96; eerder in Rapportage 2021" in said


def test_vt_check_has_the_counts_and_each_difference_as_json(revised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--data", str(revised), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (overlap,) = told["overlaps"]
    counts = overlap["new"], overlap["same"], overlap["revised"]
    assert (overlap["older"], overlap["newer"], *counts) == (IJSSELLAND, "ijsselland_2022", 13, 11, 2)
    assert overlap["gone"] > 0
    found = [each for each in told["verdicts"] if each["kind"] == "revision"]
    assert [(each["about"], each["printed"], each["computed"], each["outcome"]) for each in found] == [
        ("Dalfsen, 2021", 93, 96, "revised"),
        ("IJsselland, 2021", 2375, 2378, "revised"),
    ]
    assert {each["report"] for each in found} == {"ijsselland_2022"}


# --- small numbers ---------------------------------------------------------------------------------------------------

REVISED = """
    number: "1.1"
    heading: Meldingen per gemeente
    indicator: meldingen
    rows: place
    columns: {period: [2021]}
    cells: {Dorp: [14], De Stad: [81], Overige gemeente: [4]}
"""


@pytest.mark.parametrize(
    ("shielding", "earlier", "said"),
    [
        (Shielding.NONE, [80, 3], ["Herzien: Stad, 2021: 81", "Herzien: Overige gemeente, 2021: 4"]),
        (Shielding.ALL, [80, Suppression.WITHHELD], ["Herzien: Stad, 2021: 81", WITHOUT_NUMBERS]),
    ],
)
def test_an_older_number_gives_no_small_one_away(
    world: Path, shielding: Shielding, earlier: list[object], said: list[str]
) -> None:
    add_report(world, REVISED, name="polder_2022", head=HEAD.replace("Openbaar", "Openbaar, published: 2023-04-01"))
    selection = Selection(gemeenten=("stad", "polder-overig"), period="2021", shielding=shielding)
    with opened(ensure(world, world / "vt.db")) as dataset:
        figure = build_figures(dataset, FigureRequest("places", ("meldingen",)), selection)[0]
    at = [heading.label for heading in figure.table.headings].index("Aantal, eerder gepubliceerd")
    assert [row[at] for row in figure.table.rows][:2] == earlier
    assert [flag.text.partition(" in ")[0] for flag in figure.flags if "Herzien" in flag.text] == said


def test_two_editions_of_one_title_are_told_apart(world: Path) -> None:
    same = HEAD.replace("title: Proef", "title: Rapportage 2021").replace("Openbaar", "Openbaar, published: 2023-04-01")
    add_report(world, REVISED, name="polder_2021_herzien", head=same)
    with opened(ensure(world, world / "vt.db")) as dataset:
        titles = list_report_titles(dataset.metadata)
    title = "Veilig Thuis Polder, Rapportage 2021"
    assert titles["polder_2021"] == f"{title} (polder_2021)"
    assert titles["polder_2021_herzien"] == f"{title}, uitgave van 1 april 2023"
    assert titles["stad_2022-H1"] == "Veilig Thuis Polder, Eerste helft van 2022, gemeente Stad"


# --- a year and its parts --------------------------------------------------------------------------------------------

YEAR = """
report: {title: Jaarcijfer, publisher: P, region: zuid-holland-zuid, place: dordrecht, period: 2021, licence: O}
tables:
  - {number: "1", heading: Meldingen, indicator: meldingen, geweld: KM, rows: place, cells: {Dordrecht: [880]}}
"""
SECOND_HALF = """
report:
  title: Tweede helft
  publisher: Veilig Thuis Zuid-Holland Zuid
  region: zuid-holland-zuid
  place: dordrecht
  period: 2021-H2
  licence: Verzonnen getallen.
tables:
  - number: "1"
    heading: Meldingen
    indicator: meldingen
    rows: place
    columns: {geweld: [KM, HG, OM, totaal]}
    cells: {Dordrecht: [439, 108, 9, 556]}
"""


def test_a_year_of_two_reports_leads_to_both(data: Path) -> None:
    _add(data, {"deel_2021-H2": SECOND_HALF})
    with opened(ensure(data, data / "vt.db")) as dataset:
        figure = _figure(dataset, gemeenten=("dordrecht",))
    row = dict(zip((heading.label for heading in figure.table.headings), figure.table.rows[0], strict=True))
    assert (row["Periode"], row["Kindermishandeling"], row["Aantal"]) == ("2021", 886, 1106)
    assert {source.title for source in figure.sources} == {
        "Tweede helft",
        "1e halfjaar 2021 in cijfers, gemeente Dordrecht",
    }
    assert {link.table.split("/")[0] for link in figure.table.links[0, 2]} == {
        "deel_2021-H2",
        "zuid-holland-zuid_dordrecht_2021-H1",
    }


def test_a_printed_year_that_is_not_the_sum_of_its_halves_is_a_finding(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(data, {"deel_2021-H2": SECOND_HALF, "jaar_2021": YEAR})
    assert cli.main(["check", "--data", str(data)]) == 0
    said = "jaar_2021, 1: Dordrecht, 2021, kindermishandeling: gedrukt 880, nagerekend 886; de delen staan in"
    assert said in capsys.readouterr().out


def _add(data: Path, reports: dict[str, str]) -> None:
    for name, text in reports.items():
        (data / "reports" / f"{name}.yaml").write_text(text, encoding="utf-8")


# --- files that are not what they seem -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ijsselland_2022.yml", "ijsselland_2022.yml: dit bestand wordt niet gelezen – noem het ijsselland_2022.yaml"),
        ("kopie.yaml", "kopie.yaml: dit is hetzelfde rapport als ijsselland_2022.yaml – verwijder een van beide"),
    ],
)
def test_a_file_too_many_is_told(revised: Path, tmp_path: Path, name: str, said: str) -> None:
    data = shutil.copytree(revised, tmp_path / "data", ignore=shutil.ignore_patterns("vt.db*"))
    shutil.copy(data / "reports/ijsselland_2022.yaml", data / "reports" / name)
    with pytest.raises(DataError) as error:
        ensure(data, data / "vt.db")
    assert [str(fault) for fault in error.value.faults] == [said]


def test_a_period_after_that_of_the_report_is_told(data: Path) -> None:
    _add(data, {"later": NEWER.replace("[2021, 2022]", "[2022, 2023]")})
    with pytest.raises(DataError, match=r"later.yaml, regel 14, .*2023 loopt langer door dan het rapport \(2022\)"):
        ensure(data, data / "vt.db")


def test_a_table_without_a_total_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _add(data, {"zonder": NEWER.replace("      totaal:           [2375, 2462]\n", "")})
    cli.main(["check", "--data", str(data)])
    assert "zonder, 1.1: Meldingen per gemeente heeft geen totaal" in capsys.readouterr().out


def test_exchanged_heads_are_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "zuid-holland-zuid_dordrecht_2021-H1"
    text = (DATA / f"reports/{name}.yaml").read_text(encoding="utf-8")
    _add(data, {name: text.replace("geweld: [KM, HG, OM]}", "geweld: [HG, KM, OM]}", 1)})
    assert cli.main(["check", "--data", str(data)]) == 1
    assert (
        "KM en HG lijken verwisseld in tabel 1 (Meldingen) of 4 (Melders), KM: 95 naast 448" in capsys.readouterr().out
    )


def test_percentages_of_two_things_are_not_held_against_each_other(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = "".join(
        f"""  - number: "{number}"
    heading: {heading}
    indicator: {indicator}
    period: 2022
    rows: geweld
    columns: {{place: [ijsselland]}}
    cells:
      KM: [{km}]
      HG: [{hg}]
"""
        for number, heading, indicator, km, hg in (
            ("5", "Op tijd besloten", "triagebesluiten_tijdig", 90, 10),
            ("6", "Op tijd onderzocht", "onderzoeken_tijdig", 10, 90),
        )
    )
    _add(data, {"aandelen": NEWER.partition("tables:")[0] + "tables:\n" + tables})
    cli.main(["check", "--data", str(data)])
    said = capsys.readouterr().out
    assert "verwisseld" not in said, said
