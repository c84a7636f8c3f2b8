"""Every mistake that people make in a file, and what they are told: where it is, what was found and what to do, in
their own language, a line for each cause."""

# ruff: noqa: E501 (messages stand whole)

import re
import shutil

import pytest
from real import DATA, DORDRECHT
from worlds import POLDER, edit, write_world

from vt.build.build import build
from vt.errors import DataError

REPORT, STAD = "reports/polder_2021.yaml", "reports/stad_2022-H1.yaml"
FIRST = "polder_2021.yaml, regel 16, tabel 1.1 (Meldingen per gemeente), rij Dorp: "
ENGLISH = re.compile(r"\b(place|category|cells|line|column|expected|found|mapping|token|error|could not)\b")
NULL = (
    "een getal dat het rapport weglaat, is onbekend en niet 0: schrijf null; telt het mee in een totaal, noem de cel dan "
    "ook onder withheld"
)
LENGTH = "aantal getallen: {}, aantal kolommen: 2 – "
COMMA = "een komma scheidt getallen: schrijf 44.5 voor 44,5 en 6063 voor 6,063; laat weg wat geen kolom is (null)"


def tell(world):
    """The lines that whoever made the file is told; none where it is read."""
    try:
        build(world, world / "vt.db")
    except DataError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Dorp:  ", "Drop:  ", FIRST.replace("Dorp", "Drop") + "onbekende plaats “Drop” – bedoeld: “Dorp”?"),
        ("[10, 12]", "[12]", FIRST + LENGTH.format(1) + "schrijf null waar een cel leeg is; schoof de rij op, zet dan "
         "elk getal onder zijn kolom"),
        ("[10, 12]", "[6,063, 12]", FIRST + LENGTH.format(3) + COMMA),
        ("[10, 12]", "[10, 12, 90, 80]", FIRST + LENGTH.format(4) + COMMA + "; staan er twee tabellen naast elkaar, maak "
         "er dan twee van"),
        ("[10, 12]", "[1.012, 12]", FIRST + "“1.012” is geen geheel getal – schrijf een duizendtal zonder punt of spatie "
         "(1012)"),
        ("[10, 12]", "[1.012.000, 12]", FIRST + "“1.012.000” is geen getal – schrijf een duizendtal zonder punt of "
         "spatie (1012000)"),
        ("[10, 12]", "[1\u00a0012, 12]", FIRST + "“1 012” is geen getal – schrijf een duizendtal zonder punt of spatie "
         "(1012)"),
        ("[10, 12]", "[22.5, 12]", FIRST + "“22.5” is geen geheel getal – is 22.500 gedrukt, schrijf dan zonder punt "
         "(22500); 22,5 is geen aantal, maar een gemiddelde"),
        ("[10, 12]", "[12%, 12]", FIRST + "“12%” is geen getal – schrijf een percentage zonder %: 12"),
        ("[10, 12]", "[<5, 12]", FIRST + f"“<5” is geen getal – {NULL}"),
        ("[10, 12]", "[., 12]", FIRST + f"“.” is geen getal – {NULL}"),
        ("[10, 12]", "['-', 12]", FIRST + f"“-” is geen getal – {NULL}"),
        ("[10, 12]", "[n.v.t., 12]", FIRST + f"“n.v.t.” is geen getal – {NULL}"),
        ("[10, 12]", "[-10, 12]", FIRST + "“-10” is geen getal – bedoeld: een getal van 0 of meer; een verandering hoort "
         "onder derived"),
        ("Dorp:  ", "Zwolle:  ", FIRST.replace("Dorp", "Zwolle") + "onbekende plaats “Zwolle” – Zwolle ligt in Bergen: "
         "klopt region bij report, of is dit een andere plaats?"),
        ("      De Stad: ", "\tDe Stad: ", "polder_2021.yaml, regel 17: geen geldige YAML: hier staat een tab – spring in "
         "met spaties"),
        ("De Stad: ", "De: Stad: ", "polder_2021.yaml, regel 17: geen geldige YAML: hier staat een dubbele punt te veel – "
         "zet een naam met een dubbele punt erin tussen aanhalingstekens"),
        ('"1.1"', "“1.1”", "polder_2021.yaml, regel 10: ““1.1”” staat tussen gekrulde aanhalingstekens – bedoeld: rechte "
         "aanhalingstekens"),
        ("De Stad: ", "Dorp: ", "polder_2021.yaml, regel 17: de sleutel “Dorp” staat er tweemaal – bedoeld: elke sleutel "
         "een keer"),
        ("      totaal:           [101, 94]\n", "", "polder_2021.yaml, regel 20, tabel 1.1 (Meldingen per gemeente): "
         "differences noemt het totaal “2021” – zo'n gedrukt totaal heeft de tabel niet: neem de rij totaal over, of haal "
         "de uitleg weg"),
        ("totaal:           [101", "Totaal:           [101", FIRST.replace("16", "19").replace("Dorp", "Totaal")
         + "onbekende plaats “Totaal” – bedoeld: “totaal”, zo geschreven"),
        ("Meldingen per gemeente\n    indicator: meldingen\n    rows: place", "M\n    indicator: meldingen\n    rows: plaats",
         "polder_2021.yaml, regel 14, tabel 1.1 (M): rows is “plaats” – bedoeld: “place”?"),
        ("  period: 2021\n", "  period: 2021\n  published: 2021-13-01\n", "polder_2021.yaml, regel 7: published van report "
         "is “2021-13-01” – bedoeld: een dag, zoals 2021-12-31"),
        ("[10, 12]", "[10, 12", "polder_2021.yaml, regel 17: geen geldige YAML: een haak sluit niet, of een komma "
         "ontbreekt – zo: [10, 12] of {period: [2020, 2021]}"),
        ("      De Stad: ", "     De Stad: ", "polder_2021.yaml, regel 17: geen geldige YAML: de inspringing klopt niet, of "
         "een regel is niet af – evenveel spaties als de regels erboven"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_table_is_one_line(world, old, new, told):
    edit(world / "catalogue/places.yaml", "rest:\n", "  zwolle: {label: Zwolle, region: bergen}\nrest:\n")
    text = (world / REPORT).read_text(encoding="utf-8")
    (world / REPORT).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert tell(world) == [told]
    assert not ENGLISH.search(told.replace("“place”", ""))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{period: [2020, 2021]}", "{period: [2020, 2022]}", "2022 loopt langer door dan het rapport (2021)"),
        ("{period: [2020, 2021]}", "{period: [2020, jan 2021]}", "“jan 2021” is geen periode – wel: 2021, 2021-H1"),
        ("{period: [2020, 2021]}", "{period: [2020, Totaal]}", "“Totaal” is geen periode – bedoeld: “totaal”, zo"),
        ("[44.5, 46]", "[44,5, 46]", f"aantal getallen: 3, aantal kolommen: 2 – {COMMA}"),
        ("[44.5, 46]", "[44.5%, 46]", "“44.5%” is geen getal – schrijf een percentage zonder %: 44.5"),
    ],
)
def test_a_mistake_in_a_column_is_one_line_and_not_what_follows_from_it(world, old, new, told):
    text = (world / REPORT).read_text(encoding="utf-8")
    (world / REPORT).write_text(text.replace(old, new, 1), encoding="utf-8")
    [line] = tell(world)
    assert told in line


def test_one_cause_is_one_line_however_many_rows_it_touches(world):
    edit(world / REPORT, "De Stad:  ", "De Staat:  ")
    edit(world / REPORT, "[Dorp, Stad, Overige gemeente]", "[Dorp, De Staat, Overige gemeente]")
    [line] = tell(world)
    assert line.endswith("(ook op regel 43)")


def test_a_table_of_which_no_row_is_known_is_one_line(world):
    for old, new in (("Partnergeweld", "PG"), ("Kindermishandeling", "KM"), ("Andere zorgen", "AZ")):
        edit(world / REPORT, f"      {old}:", f"      {new}:")
    [line] = tell(world)
    assert "tabel 1.2 (Aard): geen van de 3 rijen is een bekende klasse: “PG”, “KM”, “AZ” – kloppen indicator" in line


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "het bestand is leeg – bedoeld: sleutels met waarden"),
        (POLDER.encode("utf-16"), "het bestand is geen UTF-8 maar UTF-16 (Kladblok: Unicode) – bewaar het als UTF-8"),
        (b"a: 1\nb: caf\xe9\n", "regel 2: het bestand is geen UTF-8 maar van Windows: “é” (byte 12) – bewaar het"),
        (
            b"\xff\xd8\xff\xe0JFIF",
            "dit is een foto (JPEG), geen YAML – uit een beeld is niets te lezen: vraag het rapport als",
        ),
        (b"%PDF-1.7\n\xe2\xe3", "dit is een PDF, geen YAML – lees het in met: uv run vt import"),
        (
            b"PK\x03\x04\xff\xff",
            "dit is een Excel-, Word- of zip-bestand, geen YAML – lees het in met: uv run vt import",
        ),
        (
            b"a: &a [x]\nb: [*a, *a]\nc: *a\n",
            "regel 1: dit deel wordt elders herhaald met & en * – schrijf het op elke",
        ),
    ],
)
def test_what_is_no_report_is_one_line(world, content, told):
    (world / REPORT).write_bytes(content)
    [line] = tell(world)
    assert told in line
    assert not ENGLISH.search(line)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("polder_2021.yml", "dit bestand wordt niet gelezen – noem het polder_2021.yaml"),
        ("polder_2021.YAML", "dit bestand wordt niet gelezen – noem het polder_2021.yaml"),
        ("polder_2021.yaml.txt", "dit bestand wordt niet gelezen – noem het polder_2021.yaml"),
        ("polder.pdf", "dit bestand wordt niet gelezen – lees het in met: uv run vt import"),
        ("Rapport Polder (def).yaml", "kan niet in een link staan – noem het polder_2021.yaml"),
    ],
)
def test_a_wrong_name_says_the_right_one(world, name, told):
    (world / REPORT).rename(world / "reports" / name)
    [line] = tell(world)
    assert line.startswith(f"{name}: ")
    assert told in line


def test_a_report_that_is_in_twice_and_claims_of_none_are_named(world):
    shutil.copy(world / REPORT, world / "reports/polder_2021-b.yaml")
    assert tell(world) == [
        "polder_2021.yaml: dit is hetzelfde rapport als polder_2021-b.yaml – verwijder een van beide"
    ]
    (world / REPORT).unlink()
    (world / "claims").mkdir()
    (world / "claims/polder_2021.yaml").write_text("claims: {}\n", encoding="utf-8")
    [line] = tell(world)
    assert "gaat over een rapport dat er niet is – verwijder het, of zet reports/polder_2021.yaml terug" in line


def test_a_gemeente_that_only_the_country_knows_is_said_to_be_elsewhere(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("*.db"))
    edit(data / f"reports/{DORDRECHT}.yaml", "      Dordrecht: [187,", "      Zeist: [187,")
    assert any("onbekende plaats “Zeist” – Zeist ligt in Utrecht: klopt region" in line for line in tell(data))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("De Stad: ", "De\u00a0Stad\u00a0: "),
        lambda text: text.replace("De Stad: ", "De\tStad: "),
        lambda text: text.replace("Overige gemeente: ", "Over\u00adige gemeente: "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("[10, 12]", "[10, 10]").replace("totaal:           [101, 94]", "totaal: [101, 94]"),
    ],
)
def test_what_nobody_sees_is_no_mistake(tmp_path, change):
    data = write_world(tmp_path)
    (data / REPORT).write_bytes(change(POLDER).encode())
    assert tell(data) == []
