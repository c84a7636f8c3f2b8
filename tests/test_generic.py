"""A table of no known layout comes in once a person has said what it counts, and the next edition without asking."""

from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from real import DORDRECHT

from vt import cli
from vt.importer.words import find_period
from vt.ingest.catalogue import load_catalogue
from vt.store.connection import connect
from vt.store.verdicts import read_verdicts

DOCUMENTS = Path(__file__).parent / "documents"
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun")
GEMEENTEN = ("Súdwest-Fryslân", "Leeuwarden", "Waadhoeke")


@pytest.fixture
def run(data, tmp_path, capsys):
    """Runs vt import of a CSV about Friesland, with a data folder of our own; its exit status and the folder."""

    def command(path, period, *options):
        told = ("--region", "friesland", "--period", period)
        where = ("--data", str(data), "--database", str(tmp_path / "vt.db"))
        status = cli.main(["import", str(path), *told, *where, *options])
        return status, data, capsys.readouterr().out

    return command


def write_months(path, year):
    """Months x gemeente x kind, a row for each month and gemeente, as Excel saves CSV on Windows."""
    lines = [f"Gemelde incidenten bij VT {year}", "", "Maand;Gemeente;KM;HG;OM"]
    for n, month in enumerate(MONTHS):
        lines += [
            f"{month}-{year % 100};{name};1.0{n}{k};{10 + n};{'' if k else n}" for k, name in enumerate(GEMEENTEN)
        ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def test_what_a_table_means_is_asked_once(run, tmp_path):
    first = write_months(tmp_path / "een.csv", 2021)
    status, data, out = run(first, "2021-H1")
    assert status == 3
    assert "De tabel onder “Gemelde incidenten bij VT 2021” is niet gelezen" in out
    decisions = data / "concept/friesland_2021-H1/decisions.yaml"
    text = decisions.read_text(encoding="utf-8")
    assert text.count("meant: null") == 1
    candidates = text.partition("candidates: [")[2].partition("]")[0]
    assert "Meldingen" in candidates.split(", ")
    decisions.write_text(text.replace("meant: null", "meant: Meldingen"), encoding="utf-8")
    assert run(first, "2021-H1", "--accept")[0] == 0
    assert load_catalogue(data / "catalogue").places["leeuwarden"].code == "GM0080"
    second = write_months(tmp_path / "twee.csv", 2022)
    status, _, out = run(second, "2022-H1", "--accept")
    assert (status, "te beslissen: 0" in out) == (0, True)
    with closing(connect(tmp_path / "vt.db")) as db:
        rows = db.execute(
            "SELECT place_label, period, geweld, value FROM figures WHERE report = 'friesland_2022-H1' AND is_total = 0"
        ).fetchall()
    expected = {
        (name, f"2022-{n + 1:02}", kind, value)
        for n in range(6)
        for k, name in enumerate(GEMEENTEN)
        for kind, value in (("km", 1000 + 10 * n + k), ("hg", 10 + n), *([] if k else [("om", n)]))
    }
    assert {tuple(row) for row in rows} == expected


def test_a_number_that_is_not_certain_stands_as_a_person_reads_it(run, tmp_path):
    path = tmp_path / "twijfel.csv"
    path.write_text("Meldingen\nGemeente;2020;2021\nLeeuwarden;22.5;1,022\nWaadhoeke;7;8\n", encoding="utf-8")
    status, data, _ = run(path, "2021")
    decisions = data / "concept/friesland_2021/decisions.yaml"
    text = decisions.read_text(encoding="utf-8")
    assert (status, text.count("meant: null")) == (3, 2)
    assert "doubt: “22.5” kan 22,5 zijn of 225" in text
    text = text.replace("meant: null", "meant: leeg", 1).replace("meant: null", "meant: '1.022'", 1)
    decisions.write_text(text, encoding="utf-8")
    assert run(path, "2021")[0] == 0
    report = (data / "concept/friesland_2021/report.yaml").read_text(encoding="utf-8")
    assert "Leeuwarden: [null, 1022]" in report


def test_what_is_printed_wrong_stands_with_the_reason_that_a_person_gives(data, tmp_path):
    for folder in ("reports", "claims"):
        (data / folder / f"{DORDRECHT}.yaml").unlink()
    document = ["import", str(DOCUMENTS / f"{DORDRECHT}.txt"), "--data", str(data)]
    assert cli.main(document) == 3
    decisions = data / f"concept/{DORDRECHT}/decisions.yaml"
    text = decisions.read_text(encoding="utf-8")
    assert text.count("meant: null") == 6, "totals of three tables, and three relations between tables"
    decisions.write_text(text.replace("meant: null", "meant: Zo gedrukt."), encoding="utf-8")
    assert cli.main(document) == 0
    assert cli.main([*document, "--accept", "--database", str(tmp_path / "vt.db")]) == 0
    with closing(connect(tmp_path / "vt.db")) as db:
        why = {(v.kind, v.explanation) for v in read_verdicts(db) if v.report == DORDRECHT and v.outcome == "wrong"}
    assert why == {("total", "Zo gedrukt."), ("relation", "Zo gedrukt.")}
    assert cli.main(["check", DORDRECHT, "--data", str(data)]) == 0, "what an import lets through, a check does as well"


def test_what_a_workbook_hides_is_asked_and_what_it_remarks_is_told(run, tmp_path):
    path, book = tmp_path / "verborgen.xlsx", openpyxl.Workbook()
    sheet = book.active
    for row in (["Meldingen"], ["Gemeente", 2020, 2021], ["Leeuwarden", 10, 11], ["Waadhoeke", 7, 8]):
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    sheet["C3"].comment = Comment("voorlopig cijfer", "A")
    book.save(path)
    status, data, out = run(path, "2021")
    assert status == 3
    assert out.count("verborgen in het bestand") == 1
    assert "Leeuwarden, 2021: bij dit getal staat “voorlopig cijfer”." in out
    assert "Waadhoeke" not in (data / "concept/friesland_2021/report.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("jan-20", "2020-01"),
        ("mrt 2021", "2021-03"),
        ("Sep. ’21", "2021-09"),
        ("2021-04", "2021-04"),
        ("mei", "2022-05"),
    ],
)
def test_a_month_is_known_as_it_is_printed(text, id_):
    period = find_period(text, 2022)
    assert period is not None
    assert period.id == id_
    assert find_period("meldingen", 2022) is None


def write_gemeente(path, title, row="Zwijndregt"):
    """Tables as Zuid-Holland Zuid prints them for one gemeente."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in ([f"1e Half jaar 2022 {title}"], [title], []):
        sheet.append(line)
    for heading, cells in (
        ("1e Half jaar 2022: aantal Onderzoek bij Veilig Thuis KM + HG + OM", (9, 2, 0, 11)),
        ("1e Half jaar 2022: aantal Overdracht bij Veilig Thuis KM + HG + OM", (52, 15, 1, 68)),
        ("1e Half jaar 2022: aantal Voorwaarden en Vervolg bij Veilig Thuis KM + HG + OM", (5, 1, 0, 6)),
    ):
        for line in ([heading], ["Gemeente", "KM", "HG", "OM", "Totaal KM + HG + OM"], [row, *cells], []):
            sheet.append(line)
    book.save(path)
    return path


@pytest.fixture
def read(data, tmp_path, capsys):
    """Runs vt import of a document with options; its exit status and all that it says, and the data folder."""

    def command(path, *options):
        told = ("--data", str(data), "--database", str(tmp_path / "vt.db"))
        status = cli.main(["import", str(path), *told, *options])
        return status, "".join(capsys.readouterr()), data

    return command


def test_a_gemeente_that_is_not_known_is_asked_and_never_taken_for_its_region(read, tmp_path):
    path = write_gemeente(tmp_path / "a.xlsx", "Gemeente Zwijndregt")
    for options in ((), ("--region", "zuid-holland-zuid", "--accept")):
        status, said, _ = read(path, *options)
        assert status == 2
        assert "“Zwijndregt”" in said
        assert "“Zwijndrecht” (zwijndrecht)" in said
        assert "Geef --place." in said
    nameless = write_gemeente(tmp_path / "b.xlsx", "Veilig Thuis Zuid-Holland Zuid")
    status, said, data = read(nameless, "--accept")
    assert (status, "over één gemeente" in said, "Geef --place." in said) == (2, True, True)
    assert not list((data / "reports").glob("*2022*"))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--period", "2022-H3"), "--period: “2022-H3” is geen periode; bedoeld: 2021, 2021-H1 of 2021-Q2."),
        (("--region", "zhz"), "--region: “zhz” is niet bekend; "),
        (("--place", "zwijndregt"), "--place: “zwijndregt” is niet bekend; bedoeld: “zwijndrecht”"),
        (("--place", "Deventer", "--region", "zuid-holland-zuid"), "“Deventer” ligt niet in de regio"),
    ],
)
def test_an_option_that_is_not_known_is_answered_with_what_would_work(read, tmp_path, options, says):
    status, said, _ = read(write_gemeente(tmp_path / "a.xlsx", "Gemeente Papendrecht"), *options)
    assert (status, says in said) == (2, True), said


def test_a_known_table_with_an_unknown_row_names_the_row(read, tmp_path):
    path = write_gemeente(tmp_path / "a.xlsx", "Gemeente Zwijndregt")
    status, said, data = read(path, "--place", "zwijndrecht")
    assert (status, "geen kop van deze indeling" in said) == (3, False)
    assert " ".join(said.split()).count("niet bekend is “Zwijndregt”") == 3
    decisions = data / "concept/zuid-holland-zuid_zwijndrecht_2022-H1/decisions.yaml"
    text = decisions.read_text(encoding="utf-8")
    assert text.count("meant: null") == 1
    decisions.write_text(text.replace("meant: null", "meant: Zwijndrecht"), encoding="utf-8")
    status, said, _ = read(path, "--place", "zwijndrecht")
    assert "tabellen gelezen: 3" in said


def test_numbers_of_another_gemeente_are_not_taken_in(read, tmp_path):
    path = write_gemeente(tmp_path / "a.xlsx", "Gemeente Papendrecht", row="Papendrecht")
    status, said, data = read(path, "--place", "sliedrecht")
    assert (status, "geeft getallen over Papendrecht" in " ".join(said.split())) == (3, True)
    status, said, data = read(path, "--place", "sliedrecht", "--accept")
    assert (status, "(--place papendrecht)" in said) == (2, True)
    assert not list((data / "reports").glob("*sliedrecht*"))


def test_a_table_under_a_place_that_is_not_known_waits_for_it(read, tmp_path):
    book = openpyxl.Workbook()
    for line in (["1e Half jaar 2022: Uitkomst na onderzoek"], [None, "Zwijndregt"], ["Uitkomst", "KM", "HG"]):
        book.active.append(line)
    book.active.merge_cells("B2:C2")
    book.active.append(["Huiselijk Geweld / Kindermishandeling bevestigd", 8, 1])
    book.active.append(["Huiselijk Geweld / Kindermishandeling niet bevestigd", 3, 2])
    book.save(tmp_path / "a.xlsx")
    status, said, _ = read(tmp_path / "a.xlsx", "--place", "sliedrecht", "--accept")
    assert (status, "“Zwijndregt”" in said, "nog geen tabel is zeker" in said) == (2, True, True)


def test_heads_that_seem_exchanged_are_decided_before_anything_is_taken_in(read, tmp_path):
    text = (DOCUMENTS / f"{DORDRECHT}.txt").read_text(encoding="utf-8")
    path = tmp_path / "rapport.txt"
    start, head, rest = text.partition("aantal melders per gemeente")
    path.write_text(start + head + rest.replace("KM HG OM", "HG KM OM", 1), encoding="utf-8")
    options = ("--period", "2021-H1", "--place", "dordrecht")
    status, said, data = read(path, *options)
    (data / f"reports/{DORDRECHT}.yaml").unlink()
    (data / f"claims/{DORDRECHT}.yaml").unlink()
    told = " ".join(said.split())
    assert (status, "Tot dan wordt er niets opgenomen" in told, "kan al worden opgenomen" in told) == (3, True, False)
    status, said, _ = read(path, *options, "--accept")
    assert (status, "Niet opgenomen: KM en HG lijken verwisseld (1 Meldingen | 4 Melders)" in said) == (2, True)
    decisions = data / f"concept/{DORDRECHT}/decisions.yaml"
    start, mark, asked = decisions.read_text(encoding="utf-8").partition("heads:")
    decisions.write_text(start + mark + asked.replace("meant: null", "meant: 4 Melders"), encoding="utf-8")
    status, said, _ = read(path, *options, "--accept")
    assert (status, "verwisseld in tabel" in said) == (3, False)
    assert (
        "geweld: [KM, HG, OM, totaal]"
        in (data / f"reports/{DORDRECHT}.yaml").read_text("utf-8").partition("Melders")[2][:120]
    )


OWN = """Veilig Thuis Twente, jaarverslag {year}
Kinderen in beeld

Woonplaats;{before};{year}
Almelo;{one};12
H'lo;{two};9
Totaal;{sum};21

Formulieren per postvak

Postvak;Aantal
noord;12
zuid;14
"""


def test_a_second_report_of_an_own_layout_asks_nothing(read, tmp_path):
    """Of the first it is asked what a table counts, what a name means, and whether a table belongs: once each."""
    first, second = tmp_path / "een.csv", tmp_path / "twee.csv"
    first.write_text(OWN.format(before=2021, year=2022, one="<5", two=7, sum=9), encoding="utf-8")
    second.write_text(OWN.format(before=2022, year=2023, one=12, two=9, sum=21), encoding="utf-8")
    status, said, data = read(first)
    concept = data / "concept/twente_2022"
    asked = ["Kinderen besproken in adviezen", "geen"]
    text = (concept / "decisions.yaml").read_text(encoding="utf-8")
    assert (status, text.count("meant: null")) == (3, 2)
    for meant in asked:
        text = text.replace("meant: null", f"meant: {meant}", 1)
    (concept / "decisions.yaml").write_text(text, encoding="utf-8")
    status, said, _ = read(first)
    text = (concept / "decisions.yaml").read_text(encoding="utf-8")
    assert (status, text.count("meant: null")) == (3, 1)
    (concept / "decisions.yaml").write_text(text.replace("meant: null", "meant: Hengelo"), encoding="utf-8")
    status, said, _ = read(first, "--accept")
    assert (status, "te beslissen: 0" in said) == (0, True), said  # the total holds with what is below 5
    assert "below: 5" in (data / "reports/twente_2022.yaml").read_text(encoding="utf-8")
    status, said, _ = read(second, "--accept")
    assert (status, "te beslissen: 0" in said, "getallen overgenomen: 6" in said) == (0, True, True), said
