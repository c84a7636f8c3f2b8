"""StatLine: four shapes of one table read equal, what is wrong is refused in a sentence, and nothing of it stays."""

import json
import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real import DATA
from statline import (
    KENMERK,
    KENMERKEN,
    LISTS,
    MEASURES,
    PERIODS,
    REGIONS,
    SECRET,
    TABLE,
    Key,
    list_observations,
    write_answers,
    write_grid,
    write_rows,
    write_zip,
    write_zip_rows,
)

from vt.build.build import build
from vt.cli import main
from vt.errors import DataError
from vt.figures.answers import Answers, Dataset, answer, find_withheld
from vt.figures.breakdown import make_categories
from vt.figures.chart import ColumnChart, LineChart, TrendChart, WholeChart
from vt.figures.figure import cite
from vt.figures.found import tell_numbers
from vt.figures.headlines import make_headlines
from vt.figures.maps import make_map
from vt.figures.metric import Metric
from vt.figures.nearest import name_newest
from vt.figures.places import make_places
from vt.figures.profile import make_profile
from vt.figures.ranking import make_ranking
from vt.figures.reading import read_answers, write_place_in_rank
from vt.figures.search import search
from vt.figures.selection import Choices, Selection, sort_choices
from vt.figures.series import make_series
from vt.figures.signs import explain_signs
from vt.figures.stories import fill_story
from vt.figures.text.numbers import pick_shown
from vt.figures.trends import make_trends
from vt.ingest.statline.bring import Known, bring_in, fetch_in
from vt.ingest.statline.bulk import read_bulk
from vt.ingest.statline.by_hand import read_by_hand
from vt.ingest.statline.delivery import Delivery
from vt.ingest.statline.keep import list_newest
from vt.ingest.statline.keys import parse_code, parse_label
from vt.ingest.statline.v4 import read_v4
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.connection import connect
from vt.store.reference import read_metadata
from vt.web.audit import render_report
from vt.web.search import render_found_number

SOME = {
    Key("M000001", "T001", "NL01", "2021JJ00"): 134170,
    Key("M000002", "T001", "NL01", "2021JJ00"): 119380,
    Key("M000002", "T001", "GM0363", "2021JJ00"): 8960,
    Key("M000002", "A02", "GM0363", "2021JJ00"): SECRET,
    Key("M000002", "T001", "GM0193", "2021JJ00"): 640,
    Key("M000002", "T001", "VT16", "2025HJ02"): SECRET,
    Key("M000002", "T001", "VT02", "2025HJ02"): 900,
}


ZWOLLE = Selection(gemeenten=("zwolle",))


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(DATA)


@pytest.fixture
def with_ijsselland(tmp_path: Path) -> Path:
    """A data folder of our own."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("vt.db*", "statline")))


@pytest.mark.parametrize(
    ("code", "label", "period"),
    [
        ("2021HJ01", "1e halfjaar 2021*", Period(2021 * 12, 6)),
        ("2021HJ02", "2021 2e halfjaar**", Period(2021 * 12 + 6, 6)),
        ("2021HJ02", "tweede half jaar 2021", Period(2021 * 12 + 6, 6)),
        ("2021HJ01", "2021-H1", Period(2021 * 12, 6)),
        ("2021JJ00", "2021", Period(2021 * 12, 12)),
        ("2021KW04", "2021 4e kwartaal", Period(2021 * 12 + 9, 3)),
    ],
)
def test_periods_are_read_by_code_and_by_label(code: str, label: str, period: Period) -> None:
    labelled = parse_label(label)
    assert parse_code(code) == period
    assert labelled is not None
    assert labelled.period == period


@pytest.mark.parametrize("code", ["2021HJ03", "2021HJ00", "2021SJ00", "20210101", "2021X000", "2021JJ01"])
def test_what_is_no_period_of_whole_months_is_none(code: str) -> None:
    assert parse_code(code) is None


KEYS = st.builds(Key, *map(st.sampled_from, (list(MEASURES), list(KENMERKEN), list(REGIONS), list(PERIODS))))
NUMBERS = st.dictionaries(KEYS, st.one_of(st.integers(0, 30_000).map(lambda n: n * 5), st.just(SECRET)), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=NUMBERS)
def test_one_set_of_cells_reads_equal_in_every_shape(
    numbers: dict[Key, int | str], known: Known, tmp_path: Path
) -> None:
    numbers[Key("M000001", "T001", "NL01", "2025HJ02")] = 84935  # so that each file has a sign: the star of its period
    shapes: dict[str, Delivery] = {
        "zip": read_bulk(write_zip(tmp_path / "84849NED.zip", numbers)),
        "json": read_v4(write_answers(tmp_path / "answers", numbers)),
        "rows": read_by_hand(write_rows(tmp_path / "rows.csv", numbers), known.statline, known.places),
        "grid": read_by_hand(write_grid(tmp_path / "grid.csv", numbers), known.statline, known.places),
    }
    read = {shape: set(known.read(delivery)) for shape, delivery in shapes.items()}
    assert read["zip"] == read["json"] == read["rows"] == read["grid"]
    taken = {key: value for key, value in numbers.items() if key.kenmerk == "T001" and key.region != "PV22"}
    totals = [cell for cell in read["zip"] if cell.indicator in ("adviezen", "meldingen")]
    assert sorted(str(cell.value or "") for cell in totals) == sorted(
        str(float(value)) if value not in (SECRET, 0) else "" for value in taken.values()
    )


def test_a_cell_says_why_it_has_no_number_and_how_final_it_is(known: Known, tmp_path: Path) -> None:
    cells = list(known.read(read_bulk(write_zip(tmp_path / "84849NED.zip", SOME))))
    reasons = {(cell.place, cell.period, cell.category): cell.reason for cell in cells if cell.value is None}
    assert reasons[("GM0363", "2021", "rol/medisch")] == "geheim of onbekend"
    assert reasons[("brabant-noordoost", "2025-H2", "")] == "bestond niet"
    assert {cell.period: cell.is_provisional for cell in cells} == {"2021": True, "2025-H2": True}


def test_a_cell_of_two_dimensions_is_of_the_indicator_that_both_its_titles_name(known: Known, tmp_path: Path) -> None:
    taxatie, besluit = (
        {"T": "Totaal", "A": "Acute onveiligheid"},
        {"T": "Totaal", "O": "Overdracht", "N": "Nog niet beoordeeld"},
    )
    rows = [
        {"Measure": "M000002", "Veiligheidstaxatie": t, "Veiligheidsbeoordeling": b, "Value": value}
        for (t, b), value in {("T", "T"): 900, ("A", "T"): 20, ("T", "O"): 400, ("A", "O"): 15, ("A", "N"): 5}.items()
    ]
    same = {"RegioS": "VT02", "Perioden": "2021JJ00", "StringValue": "", "ValueAttribute": "None"}
    lists = {name: listed for name, listed in LISTS.items() if KENMERK not in name}
    for name, titles in (("Veiligheidstaxatie", taxatie), ("Veiligheidsbeoordeling", besluit)):
        lists[f"{name}Codes"] = [{"Identifier": code, "Title": title} for code, title in titles.items()]
    path = write_zip_rows(tmp_path / "x.zip", [*rows[0], *same], [row | same for row in rows], lists, "84852NED")
    found = {(c.indicator, c.category): c.value for c in known.read(read_bulk(path))}
    acute = "conclusie/acute_onveiligheid"
    assert found == {
        ("meldingen_besluit", ""): 900,
        ("meldingen_besluit", "triagebesluit/overdracht"): 400,
        ("meldingen_veiligheid", ""): 900,
        ("meldingen_veiligheid", acute): 20,
        ("meldingen_veiligheid_overdracht", ""): 400,
        ("meldingen_veiligheid_overdracht", acute): 15,
    }


def _change(**changes: Any) -> list[dict[str, Any]]:
    rows = list_observations(SOME)
    rows[0] |= changes
    return rows


COLUMNS = ["Id", "Measure", KENMERK, "RegioS", "Perioden", "Value", "StringValue", "ValueAttribute"]
BAD: dict[str, tuple[list[str], list[dict[str, Any]], dict[str, Any], str]] = {
    "code": (COLUMNS, _change(**{KENMERK: "A99"}), {}, f"in de kolom {KENMERK} staat de code “A99”"),
    "class": (
        COLUMNS,
        list_observations(SOME),
        {f"{KENMERK}Codes": [{"Identifier": c, "Title": "Buren" if c == "A02" else t} for c, t in KENMERKEN.items()]},
        f"{KENMERK} heeft de onbekende klasse “Buren”",
    ),
    "measure": (
        COLUMNS,
        list_observations(SOME),
        {"MeasureCodes": [{**row, "Title": "Spoedmeldingen"} for row in LISTS["MeasureCodes"]]},
        "zet het dan in data/catalogue/statline.yaml bij measures van 84849NED",
    ),
    "unit": (
        COLUMNS,
        list_observations(SOME),
        {"MeasureCodes": [{**row, "Unit": "x 1 000"} for row in LISTS["MeasureCodes"]]},
        "het onderwerp “Gestarte adviezen” is in “x 1 000” – bedoeld: aantal",
    ),
    "duplicate": (
        COLUMNS,
        [*list_observations(SOME), list_observations(SOME)[0]],
        {},
        "1 cel staat er dubbel in; de eerste is Gestarte adviezen, Totaal",
    ),
    "value and attribute": (COLUMNS, _change(ValueAttribute="Confidential"), {}, "heeft ook een reden: “Confidential”"),
    "no reason": (COLUMNS, _change(Value=None), {}, "bij 1 lege cijfers staat geen reden"),
    "unknown reason": (COLUMNS, _change(Value=None, ValueAttribute="Lost"), {}, "staat de reden “Lost”"),
    "no number": (COLUMNS, _change(Value="veel"), {}, "als cijfer staat er “veel”"),
    "status": (
        COLUMNS,
        list_observations(SOME),
        {"PeriodenCodes": [{**row, "Status": ""} for row in LISTS["PeriodenCodes"]]},
        "van de periode 2021 (en van nog 1) is de status leeg",
    ),
    "period": (
        COLUMNS,
        _change(Perioden="2021SJ00"),
        {
            "PeriodenCodes": [
                *LISTS["PeriodenCodes"],
                {"Identifier": "2021SJ00", "Title": "2021/'22", "Status": "Definitief"},
            ]
        },
        "de periode “2021SJ00” is onbekend – bedoeld: 2021JJ00, 2021HJ01, 2021KW01 of 2021MM01",
    ),
    "gemeente": (
        COLUMNS,
        _change(RegioS="GM9999"),
        {"RegioSCodes": [*LISTS["RegioSCodes"], {"Identifier": "GM9999", "Title": "Nergenshuizen"}]},
        "Nergenshuizen (GM9999) staat niet in de lijst van plaatsen",
    ),
    "other table": (
        [name if name != KENMERK else "UitkomstenOnderzoek" for name in COLUMNS],
        [
            {("UitkomstenOnderzoek" if k == KENMERK else k): v for k, v in row.items()}
            for row in list_observations(SOME)
        ],
        {"UitkomstenOnderzoekCodes": LISTS[f"{KENMERK}Codes"]},
        "dit is een andere tabel dan 84849NED: verdeeld naar UitkomstenOnderzoek – die kolommen heeft 84853NED",
    ),
    "column": (
        COLUMNS[:-1],
        [{k: r[k] for k in COLUMNS[:-1]} for r in list_observations(SOME)],
        {},
        "kolom “ValueAttribute”",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_file_is_refused_in_one_sentence_and_what_was_there_stays(
    name: str, data: Path, tmp_path: Path
) -> None:
    columns, rows, lists, said = BAD[name]
    list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", SOME)]))
    before = list_newest(data)
    path = write_zip_rows(tmp_path / "later.zip", columns, rows, {**LISTS, **lists})
    with pytest.raises(DataError) as refused:
        list(bring_in(data, [path]))
    assert said in str(refused.value)
    assert [fault.file for fault in refused.value.faults] == ["later.zip"] * len(refused.value.faults)
    assert list_newest(data) == before


def test_a_measure_has_other_titles_and_a_table_that_nobody_has_seen_says_so(known: Known, tmp_path: Path) -> None:
    titles = {"M1": "Afgeronde diensten voorwaarden en verv..", "M2": "Overleden"}
    listed = [{"Identifier": code, "Title": title, "Unit": "aantal"} for code, title in titles.items()]
    lists = {"MeasureCodes": listed, **{name: LISTS[name] for name in ("RegioSCodes", "PeriodenCodes")}}
    same = {"RegioS": "NL01", "Perioden": "2021JJ00", "Value": 5, "StringValue": "", "ValueAttribute": "None"}
    rows = [{"Measure": code} | same for code in titles]
    path = write_zip_rows(tmp_path / "x.zip", [*rows[0]], rows, lists, "84847NED")
    with pytest.raises(DataError) as refused:
        known.read(read_bulk(path))
    guessed, unknown = refused.value.faults
    assert "“Overleden” is onbekend" in unknown.found
    assert "of bij also van het onderwerp dat nu zo heet" in unknown.meant
    assert "nog nooit gezien" in guessed.found
    path = write_zip_rows(tmp_path / "x.zip", [*rows[0]], rows[:1], lists, "84847NED")
    assert [(cell.indicator, cell.value) for cell in known.read(read_bulk(path))] == [("vv_afgerond", 5)]


def test_the_command_takes_in_a_table_and_refuses_one_that_is_cut_off(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_zip(tmp_path / "84849NED.zip", SOME)
    cut = tmp_path / "84851NED.zip"
    cut.write_bytes(path.read_bytes()[:-200])
    assert main(["import", str(cut.rename(tmp_path / "later.zip")), "--data", str(data)]) == 2
    assert "later.zip: het zip-bestand is afgebroken of beschadigd" in capsys.readouterr().err
    assert list_newest(data) == []
    assert main(["import", str(path), "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith(
        f"StatLine {TABLE}, Huiselijk geweld; rol/functie, organisatie, duur geweld"
    )
    assert [kept.parent.name for kept in list_newest(data)] == [TABLE]


def test_versions_are_kept_compared_and_held_against_the_number_of_cells(data: Path, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "84849NED.zip", SOME)
    list(bring_in(data, [path]))
    final = {**SOME, Key("M000002", "T001", "GM0363", "2021HJ01"): 4450}
    list(bring_in(data, [write_zip(path, final)]))
    said = " ".join(bring_in(data, [write_zip(path, {**final, Key("M000002", "T001", "GM0363", "2021HJ01"): 4460})]))
    assert "0 nieuw, 7 gelijk, 1 gewijzigd, 0 weg" in said
    assert (
        "Let op, definitief en toch gewijzigd: Ontvangen meldingen, Amsterdam, 1e halfjaar 2021: 4450 werd 4460."
        in said
    )
    assert len(list((data / "statline" / TABLE).glob("*.zip"))) == 3
    less = dict(list(SOME.items())[:3])
    with pytest.raises(DataError, match="3 cellen, de vorige versie had er 8: meer dan 20 % verschil"):
        list(bring_in(data, [write_zip(path, less)]))
    assert main(["import", str(path), "--data", str(data), "--despite-rows", "CBS splitst niet meer."]) == 0
    build(data, tmp_path / "vt.db")
    with closing(connect(tmp_path / "vt.db")) as db:
        (note,) = db.execute("SELECT note FROM report WHERE id = 'cbs_84849NED'").fetchone()
    assert "veel meer of minder cijfers dan de versie ervoor: CBS splitst niet meer." in note


def test_a_part_that_was_saved_by_hand_is_laid_over_the_table(data: Path, tmp_path: Path, known: Known) -> None:
    list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", SOME)]))
    part = {Key("M000002", "T001", "GM0363", "2021JJ00"): 8970, Key("M000002", "T001", "GM0457", "2021JJ00"): SECRET}
    list(bring_in(data, [write_grid(tmp_path / f"84849NED_{date.today():%d%m%Y}_000000.csv", part)]))
    (newest,) = list_newest(data)
    found = {(c.place, c.period): c.value for c in known.read(read_bulk(newest)) if c.indicator == "meldingen"}
    assert (found["GM0363", "2021"], found["GM0457", "2021"], found["nederland", "2021"]) == (8970, None, 119380)


def test_an_answer_of_the_old_service_is_refused_with_what_to_bring_instead(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "TypedDataSet.json"
    path.write_text('{"odata.metadata": "https://opendata.cbs.nl/ODataApi/OData/84849NED/$metadata", "value": []}')
    assert main(["import", str(path), "--data", str(data)]) == 2
    assert "OData v3) – daarin is een geheim cijfer leeg, zonder reden" in capsys.readouterr().err
    path.write_text('{"odata.metadata":' + "[" * 100_000)
    assert main(["import", str(path), "--data", str(data)]) == 2
    assert "dit is geen JSON" in capsys.readouterr().err


def test_a_csv_without_signs_does_not_say_how_final_it_is(data: Path, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "84849NED.csv", {Key("M000002", "T001", "NL01", "2021HJ01"): 60880})
    with pytest.raises(DataError, match="status leeg"):
        list(bring_in(data, [path]))


def test_the_database_holds_the_country_beside_the_reports(with_ijsselland: Path, tmp_path: Path) -> None:
    plain, whole = tmp_path / "plain.db", tmp_path / "whole.db"
    build(with_ijsselland, plain)
    list(bring_in(with_ijsselland, [write_zip(tmp_path / "84849NED.zip", SOME)]))
    build(with_ijsselland, whole)
    with closing(connect(plain)) as before, closing(connect(whole)) as after:
        own, known = read_metadata(before), read_metadata(after)
        assert "meldingen_rol" not in own.indicators
        assert "meldingen_rol" in known.indicators
        assert [item.period.id for item in known.covered("meldingen", "GM0363")] == ["2021"]
        assert own.covered("meldingen", "zwolle") == known.covered("meldingen", "zwolle")  # as in the report
        assert [item.period.id for item in known.covered("meldingen_cbs", "zwolle")] == ["2021"]
        assert known.covered("meldingen_cbs", "GM0363") == ()
        found = [hit.name for hits in search(known, {}, "den haag").groups.values() for hit in hits]
        assert found[0] == "'s-Gravenhage (Den Haag)"
        assert known.inhabitants("zwolle", Period.parse("2025"))
        told = after.execute(
            "SELECT value, table_number, is_provisional FROM figures WHERE place = 'GM0363'"
        ).fetchall()
        assert told == [(8960, TABLE, 1)] * 4
        withheld = after.execute("SELECT indicator, place, category, reason FROM withheld").fetchall()
        assert withheld == [("meldingen_rol", "GM0363", "rol/medisch", "geheim of onbekend")]
        assert after.execute("SELECT value FROM aggregate WHERE place = 'nederland' AND period = '2021'").fetchone()
        kept = "SELECT * FROM aggregate WHERE basis <> 'statline' AND place <> 'nederland' ORDER BY 1, 2, 3, 4, 5"
        assert before.execute(kept).fetchall() == after.execute(kept).fetchall()
        said = render_found_number(after, known, 8960)
        query = "tabel=cbs_84849NED/84849NED/5&amp;cel=GM0363~2021~alle"
        assert (
            f'Amsterdam, 2021 – <a href="bronnen?{query}" target="_self">StatLine 84849NED, Ontvangen meldingen' in said
        )
        assert said.count("StatLine 84849NED") == 1, "the total of each classification is one cell of CBS"
        assert render_found_number(after, known, 8960, start=9_999_999) == said
        assert "zoek daar naar" in render_found_number(after, known, 8962)
        assert "zoek daar naar" not in render_found_number(after, known, 2.5)
        beside = render_found_number(after, known, 8960, beside=["amsterdam"])
        assert "8.960 staat in geen van de rapporten bij “amsterdam”." in beside
        asked = "cbs_84849NED", ("cbs_84849NED/84849NED/5",), ("GM0363~2021~alle",)
        assert "<mark>8.960</mark>" in render_report(after, known, *asked)


def test_places_are_compared_by_one_source_and_what_cbs_withholds_is_told(
    with_ijsselland: Path, tmp_path: Path
) -> None:
    numbers = {**SOME, Key("M000002", "T001", "GM0363", "2021HJ01"): SECRET}
    later = {"2022JJ00": "2022", "2023JJ00": "2023", "2024JJ00": "2024"}
    known_years = ("2022JJ00", "2023JJ00")
    numbers |= {
        Key("M000002", "T001", code, year): 700 for code in ("GM0363", "GM0193", "GM0505") for year in known_years
    }
    numbers |= {Key("M000002", "T001", "GM0363", "2024JJ00"): SECRET}
    numbers |= {Key("M000002", "A01", "GM0505", "2023JJ00"): 0, Key("M000002", "A01", "GM0193", "2023JJ00"): 90}
    numbers |= {Key("M000002", "A01", "GM0164", "2023JJ00"): 0, Key("M000002", "T001", "GM0164", "2023JJ00"): SECRET}
    numbers |= {Key("M000002", "T001", "GM0505", "2022JJ00"): 20, Key("M000002", "A01", "GM0505", "2022JJ00"): 10}
    periods = [{"Identifier": code, "Title": title, "Status": "Definitief"} for code, title in later.items()]
    years = {"2021JJ00": 60, "2022JJ00": 60, "2023JJ00": 0}
    numbers |= {Key("M000002", "T001", "GM0180", year): count for year, count in years.items()}
    years = {"2021JJ00": 300, "2022JJ00": SECRET, "2023JJ00": 310}
    numbers |= {Key("M000002", "T001", "GM0153", year): count for year, count in years.items()}
    named = {"GM0505": "Dordrecht", "GM0180": "Staphorst", "GM0153": "Enschede"}
    regions = [*LISTS["RegioSCodes"], *({"Identifier": code, "Title": title} for code, title in named.items())]
    lists = {**LISTS, "PeriodenCodes": [*LISTS["PeriodenCodes"], *periods], "RegioSCodes": regions}
    list(bring_in(with_ijsselland, [write_zip(tmp_path / "84849NED.zip", numbers, lists)]))
    build(with_ijsselland, tmp_path / "vt.db")
    with closing(connect(tmp_path / "vt.db")) as db:
        dataset = Dataset(db, read_metadata(db))
        known, chosen = dataset.metadata.indicators, Selection(gemeenten=("zwolle", "GM0363"), period="2021")

        def ask(indicator: str, **changes: Any) -> Answers:
            return answer(
                dataset, known[indicator], replace(chosen, **changes), by_category=indicator == "meldingen_rol"
            )

        assert [(item.place.label, item.total and item.total.value) for item in ask("meldingen").items] == [
            ("Zwolle", 640),
            ("Amsterdam", 8960),
        ]
        assert ask("meldingen_cbs") == Answers((), ())
        divided = {id_: dataset.metadata.covered("meldingen_rol", id_)[-1] for id_ in ("zwolle", "dordrecht")}
        assert {id_: item.has_categories for id_, item in divided.items()} == {"zwolle": True, "dordrecht": False}
        said = [
            sort_choices(
                Choices((), (), ("Nieuwste",)), dataset.metadata, ["meldingen_rol"], Selection(gemeenten=(id_,))
            )
            for id_ in ("dordrecht", "zwolle")
        ]
        assert [newest for _, newest in said] == ["2022", "2023"], "the newest that is divided, as the page shows it"
        hengelo = Selection(gemeenten=("GM0164",), period="2023")
        assert make_places(dataset, known["meldingen_rol"], hengelo) == [], "a class of none, beside a secret whole"
        (figure,) = make_categories(
            dataset, known["meldingen_rol"], replace(chosen, gemeenten=("zwolle",), period="2023")
        )
        assert isinstance(figure.chart, WholeChart), "one class that is known, beside what is secret"
        parts = [(part.name, part.value, part.share) for part in figure.chart.rows[0].parts]
        assert parts == [("Niet beroepsmatig", 90, "13%"), ("niet apart gepubliceerd", 610, "")]
        said = "90 van de 700 meldingen in Zwolle in 2023 komen van particulieren; de rest is niet apart gepubliceerd"
        assert figure.title == said, "not that it is the largest: what is secret may be larger"
        assert figure.chart.rows[0].parts[1].text == "ongeveer 610"
        assert any(text.endswith("beide afgerond op vijf: het kan 4 meer of minder zijn.") for text in figure.caveats)
        of_few = replace(chosen, gemeenten=("dordrecht",), period="2022")
        (figure,) = make_categories(dataset, known["meldingen_rol"], of_few)
        own = figure.chart.rows[0].parts[0]
        assert (own.text, own.share) == ("10", ""), "10 of 20, each rounded to five, is 36% to 67%"
        assert "%" not in own.tip
        (figure,) = make_categories(dataset, known["meldingen_rol"], replace(of_few, measure=Measure.AANDEEL_PLAATS))
        assert any("het geheel is kleiner dan 50 en op vijf afgerond" in notice.text for notice in figure.notices)
        (own,) = ask("meldingen", gemeenten=("zwolle",)).items
        assert (own.table.report, own.total and own.total.value) == ("ijsselland_2021", 646)
        newest = replace(chosen, period=None)
        alone, beside = (make_headlines(dataset, [known["meldingen"]], each, "zwolle") for each in (ZWOLLE, newest))
        assert [(each.value, each.period) for each in (*alone, *beside)] == [("646", "2021"), ("700", "2023")]
        places = dataset.metadata.places
        kept = ("ijsselland", "zwolle", "staphorst")  # of which both have numbers
        few = {id_: each for id_, each in places.items() if each.region != "ijsselland" or id_ in kept}
        both_have = replace(dataset, metadata=replace(dataset.metadata, places=few))
        of_region = Selection(region="ijsselland", period="2021")
        for asked, rate in ((of_region, "5,0"), (replace(ZWOLLE, period="2021"), "4,9*"), (chosen, "4,9*")):
            (figure,) = make_map(both_have, known["meldingen"], asked, places["ijsselland"])
            assert {area.place: area.text for area in figure.chart.areas}["zwolle"] == rate, "of 646 and of 640"
            (ranked, *_) = make_ranking(both_have, known["meldingen"], asked)
            assert {row.place: row.text for row in ranked.chart.rows}["zwolle"] == rate, "as on the map"
        (of_cbs,) = make_places(dataset, known["meldingen_cbs"], ZWOLLE)
        (both,) = [text for text in of_cbs.caveats if text.startswith("Zwolle, 2021: 646 in het rapport en 640 bij")]
        assert both.endswith("afronden op vijf verklaart hooguit 2 van de 6 verschil.")
        assert cite(of_cbs.sources) == [f"CBS StatLine, tabel {TABLE}"]
        staphorst = Selection(gemeenten=("staphorst",))
        (of_cbs,) = make_places(dataset, known["meldingen_cbs"], replace(staphorst, period="2022"))
        assert "Staphorst, 2021: 60 in het rapport en 60 bij het CBS." in of_cbs.caveats
        assert of_cbs.title == "Staphorst: 60 meldingen in 2022, afgerond evenveel als in 2021"
        (of_cbs,) = make_places(dataset, known["meldingen_cbs"], staphorst)
        assert of_cbs.title == "Staphorst: hooguit 2 meldingen in 2023, in 2022 waren het er 60"
        assert "Het CBS rondt af op vijf: een 0 kan ook 1 of 2 zijn." in of_cbs.beneath
        hits = tell_numbers(dataset, search(dataset.metadata, {}, "meldingen staphorst"), Shielding.ALL).groups
        told = [hit.about for group in hits.values() for hit in group if hit.indicator == "meldingen_cbs"]
        assert told == ["Staphorst: hooguit 2 · 2023, in 2022 waren het er 60"]
        rates = replace(staphorst, measure=Measure.PER_1000)
        (of_cbs,) = make_places(dataset, known["meldingen_cbs"], rates)
        assert of_cbs.title == "Staphorst: hooguit 2 meldingen in 2023, in 2022 waren het er 60", "none has no rate"
        (of_cbs,) = make_places(dataset, known["meldingen_cbs"], replace(rates, gemeenten=("staphorst", "zwolle")))
        assert of_cbs.title.startswith("Staphorst: hooguit 2 meldingen in 2023; per 1.000 inwoners: Zwolle ")
        (of_cbs,) = make_places(dataset, known["meldingen_cbs"], replace(rates, period="2022"))
        assert of_cbs.title.endswith("ongeveer 3,5 meldingen per 1.000 inwoners in 2022; in 2021 was dat ongeveer 3,5")
        readings = read_answers(dataset, ask("meldingen", period="2022").items, Metric(known["meldingen"]))[0]
        assert [write_place_in_rank(each, pick_shown(readings)) for each in pick_shown(readings)] == ["1e of 2e"] * 2
        texts = [notice.text for notice in ask("meldingen", gemeenten=("GM0363",), period="2021-H1").notices]
        assert any(
            "is het cijfer over de eerste helft van 2021 volgens het CBS geheim of onbekend" in text for text in texts
        ), texts
        texts = [notice.text for notice in ask("meldingen_rol", gemeenten=("GM0363",)).notices]
        assert any("is één klasse over 2021 volgens het CBS geheim of onbekend" in text for text in texts), texts
        (figure,) = make_series(dataset, known["meldingen"], replace(chosen, period=None))
        assert isinstance(figure.chart, TrendChart)
        values = {line.series: [point.value for point in line.points] for line in figure.chart.lines}
        assert values == {"Zwolle": [640, 700, 700], "Amsterdam": [8960, 700, 700]}
        assert make_series(dataset, known["meldingen_cbs"], replace(chosen, period=None)) == []
        plain = [known["meldingen"]]
        (row,) = make_profile(dataset, plain, Selection(gemeenten=("zwolle",)), dataset.metadata.places["zwolle"]).rows
        assert (row.headline.label, row.headline.value) == ("Meldingen, volgens het CBS", "700"), (
            "newer than the report"
        )
        of_then = Selection(gemeenten=("zwolle",), period="2021")
        (row,) = make_profile(dataset, plain, of_then, dataset.metadata.places["zwolle"]).rows
        assert (row.headline.label, row.headline.value) == ("Meldingen", "646"), "what the report has is chosen"
        (figure,) = make_places(
            dataset, known["meldingen_cbs"], Selection(gemeenten=("staphorst", "zwolle"), period="2022")
        )
        assert [label for _, label in figure.legend] == ["2022", "2021*"]
        assert "* voorlopig" in [*explain_signs(figure, ())]
        for ids, wanted, name in (
            (("zwolle", "staphorst"), None, "meldingen_cbs"),
            (("zwolle", "staphorst"), "2022", "meldingen_cbs"),
            (("zwolle", "staphorst"), "2021", "meldingen"),
            (("zwolle", "GM0363"), None, "meldingen"),
        ):
            assert name_newest(dataset.metadata, "meldingen", ids, wanted) == name
        five = next(story for story in dataset.metadata.stories if story.id == "vijf-figuren")
        slides = fill_story(dataset, five, Selection(gemeenten=("zwolle",))).slides
        assert slides[0].title.startswith("Zwolle: 700 meldingen in 2023"), "a story begins as the page does"
        assert slides[1].title.endswith("(2021)"), "and says which slide is of another year"
        told = fill_story(dataset, five, of_then)
        assert told.slides[0].title.startswith("Zwolle: 646 meldingen in 2021")
        assert not [slide.apart for slide in told.slides if slide.apart]
        of_amsterdam = Selection(gemeenten=("GM0363",))
        told = make_profile(dataset, plain, of_amsterdam, dataset.metadata.places["GM0363"]).refused
        said = "Voor Amsterdam is het aantal meldingen over 2024 volgens het CBS geheim of onbekend."
        assert [notice.text for notice in told] == [said]
        (item,) = ask("meldingen", gemeenten=("GM0363",), period="2023").items
        assert (len(find_withheld(dataset, item)), find_withheld(dataset, replace(item, geweld="km"))) == (2, {})
        for make in (make_series, make_places):
            (figure,) = make(dataset, known["meldingen"], of_amsterdam)
            assert "Volgens het CBS geheim of onbekend: 2024." in figure.beneath
        (columns,), (lines,) = (
            make(dataset, known["meldingen"], Selection(gemeenten=("GM0153",))) for make in (make_series, make_trends)
        )
        assert isinstance(columns.chart, ColumnChart)
        assert [bar.text for bar in columns.chart.bars] == ["300", "geheim of onbekend", "310"], "as beside one number"
        assert isinstance(lines.chart, LineChart)
        (line,) = (line for line in lines.chart.lines if line.series == "Enschede")
        assert [point.gap for point in line.points] == ["", "geheim of onbekend", ""]
        # of Dordrecht a report has quarters, and CBS years
        (figure,) = make_trends(dataset, known["meldingen"], Selection(gemeenten=("dordrecht",)))
        assert isinstance(figure.chart, TrendChart)
        assert "Dordrecht" in [line.series for line in figure.chart.lines]
        assert not [text for text in figure.caveats if "Niet per jaar" in text and "Dordrecht" in text]


Answer = tuple[int, bytes]


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[str]:
    """A server on this machine in the place of CBS."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) + 100 * (status == 206)))  # 206: breaks off before the end
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_table_is_fetched_whole_also_where_the_first_answers_fail(data: Path, tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "84849NED.zip", SOME).read_bytes()
    answers = iter([(503, b""), (206, whole[:300]), (200, whole)])
    with serving(lambda _: next(answers)) as address:
        said = " ".join(_fetch(data, address))
    assert "8 cellen" not in said
    assert "7 cellen" in said
    assert len(list_newest(data)) == 1


def _fetch(data: Path, address: str) -> list[str]:
    return list(fetch_in(data, [TABLE], address, pause=0))


def test_a_table_is_fetched_page_by_page_where_there_is_no_zip(data: Path, tmp_path: Path, known: Known) -> None:
    files = {path.stem: json.loads(path.read_text()) for path in write_answers(tmp_path / "answers", SOME)}
    rows = files["Observations"]["value"]

    def answer(path: str) -> Answer:
        name = path.rpartition("/")[2]
        if path.startswith("/CSV") or name.endswith("Groups"):
            return 404, b""  # not every table has groups
        if name == "Dimensions":
            return 200, json.dumps(
                {"value": [{"Identifier": each} for each in (KENMERK, "RegioS", "Perioden")]}
            ).encode()
        if name.startswith("Observations"):
            page = int(name.partition("=")[2] or 0)
            more = {"@odata.nextLink": f"{address}/odata/v1/CBS/{TABLE}/Observations?page={page + 3}"}
            return 200, json.dumps({"value": rows[page : page + 3], **(more if page + 3 < len(rows) else {})}).encode()
        return 200, json.dumps(files[name]).encode()

    with serving(answer) as address:
        _fetch(data, address)
    (newest,) = list_newest(data)
    wanted = known.read(read_bulk(write_zip(tmp_path / "84849NED.zip", SOME)))
    assert set(known.read(read_bulk(newest))) == set(wanted)
    assert newest.stem == "2026-06-30"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((503, b""), "het CBS antwoordt met fout 503, ook na 3 pogingen"),
        ((404, b""), "tabel 84849NED bestaat niet bij het CBS"),
        ((200, b"PK\x03\x04 en dan niets"), "het antwoord is afgebroken, ook na 3 pogingen"),
    ],
)
def test_what_cannot_be_fetched_is_told_and_nothing_is_taken(answer: Answer, said: str, data: Path) -> None:
    with serving(lambda _: answer) as address, pytest.raises(DataError) as refused:
        _fetch(data, address)
    assert said in str(refused.value)
    assert list_newest(data) == []


@pytest.mark.parametrize("text", ["8.970", "8,970", "8970.5", "-5", "inf", "1e3"])
def test_what_is_no_whole_number_for_certain_is_not_taken(text: str, data: Path, tmp_path: Path) -> None:
    path = write_zip_rows(tmp_path / "84849NED.zip", COLUMNS, _change(Value=text))
    with pytest.raises(DataError, match=f"als cijfer staat er “{re.escape(text)}”"):
        list(bring_in(data, [path]))


def test_a_whole_number_may_be_written_with_decimals_of_nought(known: Known, tmp_path: Path) -> None:
    path = write_zip_rows(tmp_path / "84849NED.zip", COLUMNS, _change(Value="8970.0"))
    assert 8970 in {cell.value for cell in known.read(read_bulk(path))}


def test_the_eleventh_version_of_a_day_is_the_newest(data: Path, tmp_path: Path) -> None:
    for n in range(11):
        numbers = {**SOME, Key("M000002", "T001", "GM0363", "2021HJ01"): 5 * n}
        list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", numbers)]))
    (newest,) = list_newest(data)
    assert newest.stem.endswith("_011")


def test_a_csv_without_a_line_is_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "84849NED.csv"
    path.write_text("")
    with pytest.raises(DataError, match="er is geen kolom met eenheden"):
        list(bring_in(data, [path]))


def test_what_is_known_of_a_version_and_is_damaged_is_said(data: Path, tmp_path: Path) -> None:
    delivery = write_zip(tmp_path / "84849NED.zip", SOME)
    list(bring_in(data, [delivery]))
    list_newest(data)[0].with_suffix(".json").write_text('{"rows": 1')
    with pytest.raises(DataError, match=r"84849NED/\S+\.json: dit bestand is beschadigd"):
        list(bring_in(data, [delivery]))


def test_an_older_version_is_refused_for_it_would_not_be_shown(data: Path, tmp_path: Path) -> None:
    list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", SOME)]))
    part = write_grid(tmp_path / "84849NED_01012020_000000.csv", SOME)
    with pytest.raises(DataError, match="deze cijfers zijn van 2020-01-01, en die er zijn van"):
        list(bring_in(data, [part]))
    assert len(list((data / "statline" / TABLE).glob("*.zip"))) == 1


def test_a_version_of_a_day_that_has_yet_to_come_is_refused_for_it_would_keep_every_other_out(
    data: Path, tmp_path: Path
) -> None:
    lists = {**LISTS, "Properties": [{"Identifier": TABLE, "Modified": "2999-01-01T02:00:00+02:00"}]}
    with pytest.raises(
        DataError, match=r"deze cijfers zijn van 2999-01-01, en die dag moet nog komen – vandaag is het "
    ):
        list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", SOME, lists)]))
    assert list_newest(data) == []


def test_a_version_that_is_no_day_is_refused(data: Path, tmp_path: Path) -> None:
    lists = {**LISTS, "Properties": [{"Identifier": TABLE, "Modified": "../../../x"}]}
    with pytest.raises(DataError, match="van wanneer de cijfers zijn, is niet bekend"):
        list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", SOME, lists)]))


def test_answers_of_which_a_page_is_missing_are_refused(data: Path, tmp_path: Path) -> None:
    paths = write_answers(tmp_path / "answers", SOME)
    (page,) = [path for path in paths if path.stem == "Observations"]
    page.write_text(json.dumps({**json.loads(page.read_text()), "@odata.nextLink": "https://example.nl/2"}))
    with pytest.raises(DataError, match="van Observations ontbreekt een vervolg"):
        list(bring_in(data, paths))


def test_a_folder_of_no_known_table_is_said(data: Path, tmp_path: Path) -> None:
    list(bring_in(data, [write_zip(tmp_path / "84849NED.zip", SOME)]))
    (data / "statline" / TABLE).rename(data / "statline" / "12345NED")
    with pytest.raises(DataError, match="statline/12345NED: deze tabel is niet bekend"):
        build(data, tmp_path / "vt.db")


def test_an_answer_that_lacks_a_key_is_refused(data: Path, tmp_path: Path) -> None:
    paths = write_answers(tmp_path / "answers", SOME)
    (page,) = [path for path in paths if path.stem == "Observations"]
    content = json.loads(page.read_text())
    del content["value"][1]["RegioS"]
    page.write_text(json.dumps(content))
    with pytest.raises(DataError, match="in de kolom RegioS staat de code leeg"):
        list(bring_in(data, paths))


def test_a_change_of_the_total_is_told_where_another_total_has_the_same_measure(data: Path, tmp_path: Path) -> None:
    def write(total: int) -> Path:
        rows = [
            {**row, "Measure": "M000001", "KenmerkenAdviezenMeldingenDiensten": code, "Value": value}
            for row, code, value in zip(
                list_observations(dict.fromkeys([Key("M000001", "", "NL01", "2021HJ01"), *SOME][:2], 5)),
                ("T001", "K01"), (total, 5), strict=True,
            )
        ]  # fmt: skip
        for row in rows:
            row |= {"RegioS": "NL01", "Perioden": "2021HJ01"}
            del row[KENMERK]
        name = "KenmerkenAdviezenMeldingenDiensten"
        lists = {
            **LISTS,
            f"{name}Codes": [
                {"Identifier": "T001", "Title": "Totaal"},
                {"Identifier": "K01", "Title": "Kindermishandeling"},
            ],
        }
        columns = [name if each == KENMERK else each for each in COLUMNS]
        return write_zip_rows(tmp_path / "84851NED.zip", columns, rows, lists, "84851NED")

    list(bring_in(data, [write(100)]))
    said = " ".join(bring_in(data, [write(200)]))
    assert "Gestarte adviezen, Nederland, 1e halfjaar 2021: 100 werd 200" in said


def test_a_page_that_is_gone_is_no_end_of_the_table(data: Path, tmp_path: Path) -> None:
    files = {path.stem: json.loads(path.read_text()) for path in write_answers(tmp_path / "answers", SOME)}

    def answer(path: str) -> Answer:
        name = path.rpartition("/")[2]
        if name == "Dimensions":
            listed = [{"Identifier": each} for each in (KENMERK, "RegioS", "Perioden")]
            return 200, json.dumps({"value": listed}).encode()
        if name not in files:
            return 404, b""
        more = {"@odata.nextLink": f"{address}/odata/v1/CBS/{TABLE}/Observations?page=2"}
        return 200, json.dumps({**files[name], **(more if name == "Observations" else {})}).encode()

    with serving(answer) as address, pytest.raises(DataError, match="ontbreekt een vervolg"):
        _fetch(data, address)
    assert list_newest(data) == []


def test_a_zip_of_two_tables_is_refused(data: Path, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "84849NED.zip", SOME)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("84851NED_Observations.csv", "")
    with pytest.raises(DataError, match="het zip-bestand is van 2 tabellen"):
        list(bring_in(data, [path]))


def test_a_row_that_is_longer_than_its_heads_is_refused(data: Path, tmp_path: Path) -> None:
    path = write_grid(tmp_path / "84849NED.csv", SOME)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(f"{line};5" if ";aantal;" in line.replace('"', "") else line for line in lines), "utf-8")
    with pytest.raises(DataError, match="langer dan de kop"):
        list(bring_in(data, [path]))


def _rezip(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The members of a zip, changed."""
    with zipfile.ZipFile(path) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, change(name, content))
    return path


BROKEN_ZIPS: dict[str, tuple[Callable[[str, bytes], bytes], str]] = {
    "commas in the lists": (
        lambda name, c: c if "Obs" in name else c.replace(b",", b" ").replace(b";", b","),
        "ontbreekt de kolom “Identifier”",
    ),
    "latin": (lambda _, c: c.replace("Eén".encode(), b"E\xe9n").replace(b"Totaal", b"Tot\xe4al"), "is geen UTF-8"),
    "a field without end": (
        lambda name, c: c.replace(b"Amsterdam", b"A" * 200_000) if "Regio" in name else c,
        "afgebroken of beschadigd",
    ),
    "a list that fills the memory": (
        lambda name, c: c + b"\0" * (33 << 20) if "Perioden" in name else c,
        "de lijst PeriodenCodes is uitgepakt groter dan 32 MB",
    ),
    "a row with more cells": (lambda name, c: c.replace(b"640;;None", b"640;;None;5"), "afgebroken of beschadigd"),
    "a second number in a cell": (lambda name, c: c.replace(b"640;;None", b"640;5;None"), "ook een reden: “5”"),
    "no number": (lambda name, c: c.replace(b";640;", b";NaN;"), "als cijfer staat er “NaN”"),
    "too large": (lambda name, c: c.replace(b";640;", b";" + b"1" * 400 + b";"), "als cijfer staat er “111"),
    "the name of another": (
        lambda name, c: c.replace(b"GM0363;Amsterdam", b"GM0363;Zwolle"),
        "de code GM0363 heet “Zwolle”, en dat is GM0193 – bedoeld: Amsterdam",
    ),
    "another period": (lambda name, c: c.replace(b"2021JJ00;2021;", b"2021JJ00;2019;"), "2021JJ00 heet “2019”"),
    "one code of two places": (lambda name, c: c.replace(b"GM0457;", b"GM0363;"), "“Amsterdam” en “Weesp”"),
    "a region that nobody knows": (
        lambda name, c: c.replace(b"VT16", b"VT28").replace(b".;None", b";Confidential"),
        "(VT28) staat niet in de lijst van plaatsen",
    ),
    "two codes of one title": (
        lambda name, c: c.replace(b"A02;Beroep:  medisch totaal", b"A02;Totaal"),
        "twee codes hebben dezelfde betekenis: meldingen (totaal) van GM0363",
    ),
}


@pytest.mark.parametrize("name", BROKEN_ZIPS)
def test_whatever_is_wrong_with_a_zip_is_one_sentence(name: str, known: Known, tmp_path: Path) -> None:
    change, said = BROKEN_ZIPS[name]
    path = _rezip(write_zip(tmp_path / "84849NED.zip", SOME), change)
    with pytest.raises(DataError) as refused:
        known.read(read_bulk(path))
    (fault,) = refused.value.faults
    assert said in str(fault)
    assert fault.meant


def test_a_zip_that_cannot_be_unpacked_or_is_not_there_is_said(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "84849NED.zip", SOME)
    content = bytearray(path.read_bytes())
    content[120] ^= 0xFF
    path.write_bytes(content)
    for broken, said in ((path, "afgebroken of beschadigd"), (tmp_path / "84851NED.zip", "dit bestand is er niet")):
        with pytest.raises(DataError, match=said):
            list(read_bulk(broken).rows())
    with zipfile.ZipFile(path, "w") as made:
        for folder in ("", "kopie/"):
            made.writestr(f"{folder}84849NED_Observations.csv", "")
    with pytest.raises(DataError, match="Observations staat twee keer in het zip-bestand"):
        read_bulk(path)


def test_many_wrong_rows_are_one_sentence(known: Known, tmp_path: Path) -> None:
    rows = [{**list_observations(SOME)[0], KENMERK: f"Z{n}", "Value": f"x{n}"} for n in range(100, 200)]
    with pytest.raises(DataError) as refused:
        known.read(read_bulk(write_zip_rows(tmp_path / "84849NED.zip", COLUMNS, rows)))
    assert len(refused.value.faults) == 2
    assert "staan de codes “Z100”, “Z101”, “Z102”, “Z103”, “Z104” en nog 95 –" in str(refused.value)


def test_a_file_that_is_refused_keeps_no_other_out(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unpacked = tmp_path / "84851NED_Observations.csv"
    unpacked.write_text(";".join(COLUMNS), encoding="utf-8-sig")
    with zipfile.ZipFile(tmp_path / "84849NED.zip", "w") as made:
        made.writestr("leesmij.txt", "")
    good = write_zip(tmp_path / "good.zip", SOME)
    assert main(["import", *map(str, (unpacked, tmp_path / "84849NED.zip", good)), "--data", str(data)]) == 2
    told = capsys.readouterr()
    assert "bedoeld: het zip-bestand van het CBS, niet uitgepakt" in told.err
    assert "84849NED.zip: in het zip-bestand ontbreekt Observations.csv" in told.err
    assert "Bewaard als" in told.out
    titles = [{**row, "Title": row["Title"].replace(" ", "  ")} for row in LISTS["MeasureCodes"]]
    spaced = write_zip_rows(good, COLUMNS, list_observations(SOME), {**LISTS, "MeasureCodes": titles})
    assert "0 nieuw, 7 gelijk, 0 gewijzigd, 0 weg" in " ".join(bring_in(data, [spaced]))


def test_the_newest_table_answers_and_others_give_what_it_does_not_have(data: Path, tmp_path: Path) -> None:
    def write(table: str, day: str, numbers: dict[Key, int | str], columns: list[str] = COLUMNS) -> Path:
        lists = {**LISTS, "Properties": [{"Identifier": table, "Modified": day}]}
        lists |= {} if KENMERK in columns else {f"{KENMERK}Codes": LISTS["RegioSCodes"]}
        rows = [{name: row[name] for name in columns} for row in list_observations(numbers)]
        return write_zip_rows(tmp_path / f"{table}.zip", columns, rows, lists, table)

    total, medical, other = (Key("M000002", kenmerk, "VT02", "2021JJ00") for kenmerk in ("T001", "A02", "A01"))
    elsewhere, plain = total._replace(region="VT10"), [name for name in COLUMNS if name != KENMERK]
    tables = [
        write("84847NED", "2026-06-30", {elsewhere: SECRET}, plain),
        write("84848NED", "2026-06-30", {total: 800, medical: SECRET, elsewhere: 700}),
        write("84849NED", "2026-03-01", {total: 900, medical: 30, other: 45}),
    ]
    list(bring_in(data, tables))
    build(data, tmp_path / "vt.db")
    with closing(connect(tmp_path / "vt.db")) as db:

        def ask(what: str, about: str) -> list[tuple[Any, ...]]:
            return db.execute(
                f"SELECT {what} WHERE indicator || ' ' || place = ? ORDER BY category", (about,)
            ).fetchall()

        assert ask("value FROM aggregate", "meldingen_rol drenthe") == [(800,), (45,)], "not what the newest withholds"
        assert ask("category FROM withheld", "meldingen_rol drenthe") == [("rol/medisch",)]
        assert ask("geweld, source_tables LIKE '%,%', '' AS category FROM coverage", "meldingen_rol drenthe") == [
            ("alle", 1, "")
        ], "the whole of one table, a class of another"
        assert ask("value FROM aggregate", "meldingen hollands-midden") == [(700,)]
        assert ask("category FROM withheld", "meldingen hollands-midden") == [], "a number of the same day is no secret"


def test_only_the_table_that_was_asked_is_taken_in(data: Path, tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "84849NED.zip", SOME).read_bytes()
    with serving(lambda _: (200, whole)) as address, pytest.raises(DataError) as refused:
        list(fetch_in(data, ["84851ned", "12345NED", "84849ned"], address, pause=0))
    said = str(refused.value)
    assert "84851NED: het antwoord is van tabel 84849NED" in said
    assert "12345NED: deze tabel is niet bekend" in said
    assert [path.parent.name for path in list_newest(data)] == [TABLE], "in which case it is asked for does not matter"
    with pytest.raises(DataError, match="het CBS is niet te bereiken"):
        _fetch(data, "geen adres")
    strange = serving(lambda path: (404, b"") if path.startswith("/CSV") else (200, b'{"value": [1]}'))
    with strange as address, pytest.raises(DataError, match="het antwoord is afgebroken"):
        _fetch(data, address)
