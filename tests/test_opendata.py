"""Open data: what programs get at an address, what `vt export` writes, and that neither tells what a page hides."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from pyarrow import parquet
from served import Answer, Client, serving
from starlette.applications import Starlette

from vt.cli import main
from vt.figures import opendata as numbers
from vt.figures.answers import Dataset
from vt.figures.opendata import find_numbers, parse_question
from vt.figures.selection import Selection, list_choices
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.web import opendata
from vt.web.audit import render_collection
from vt.web.links import make_data_query


@pytest.fixture
def client(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("VT_DATABASE", str(database))
    with serving(Starlette(routes=opendata.routes("cijfers"))) as client:
        yield client


def load(answer: Answer) -> Any:
    return json.loads(answer.content)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_filters_of_a_page_choose_the_rows(client: Client) -> None:
    answer = client.get("/cijfers/data/figures.csv?gemeente=Dorp&cijfer=Meldingen&periode=Nieuwste")
    (row,) = rows_of(answer.text)
    assert (row["plaats"], row["periode"], row["waarde"], row["laag"], row["hoog"]) == (
        "Dorp",
        "2021",
        "12",
        "12",
        "12",
    )
    assert (row["bron"], row["tabel"]) == ("Veilig Thuis Polder, Rapportage 2021", "tabel 1.1")
    told = load(client.get("/cijfers/data/figures.json?regio=Polder&onderwerp=instroom&periode=2021"))
    assert {row["plaats"] for row in told["rijen"]} >= {"Polder", "Dorp", "Stad"}
    assert [text for text in told["bronnen"] if "Veilig Thuis Polder" in text]
    assert any("Gedrukt staat 94" in text for text in told["toelichting"])


def test_what_is_not_understood_is_refused_with_what_may_be_meant(client: Client) -> None:
    answer = client.get("/cijfers/data/figures.csv?gemeente=Dorpp&soort=x&cijfer=melding&vanaf=-1")
    assert answer.status == 400
    assert len(load(answer)["fouten"]) == 4
    assert "bedoeld: “Dorp”" in answer.text
    assert client.get("/cijfers/data/figures.csv", method="POST").status == 405


def test_a_database_that_cannot_be_read_is_said(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vt.db").write_text("geen database")
    for path in (tmp_path / "vt.db", tmp_path / "absent.db"):
        monkeypatch.setenv("VT_DATABASE", str(path))
        for name in opendata.PATHS:
            answer = client.get(f"/cijfers/{name}")
            assert (answer.status, load(answer)["fouten"][0][:29]) == (503, "De cijfers zijn nu niet te le")


def test_what_was_asked_before_is_not_sent_again(client: Client) -> None:
    first = client.get("/cijfers/data/figures.json?cijfer=Meldingen")
    again = client.get("/cijfers/data/figures.json?cijfer=Meldingen", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.content) == (304, b"")
    plain = client.get("/cijfers/data/figures.json?cijfer=Meldingen", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["access-control-expose-headers"] == "ETag, Link"


def test_what_has_no_row_is_told(client: Client) -> None:
    told = load(client.get("/cijfers/data/figures.json?cijfer=Meldingen&weergave=PER_1000&gemeente=Dorp&geweld=OM"))
    assert told["toelichting"][:2] == [
        "Van deze keuze zijn er geen cijfers.",
        "Weergave verandert hier niets: elk getal staat er zoals het geteld is.",
    ]


def test_an_answer_is_bounded_and_says_where_the_next_begins(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "MOST_ROWS", 3)
    found, path = [], "figures.json?cijfer=Meldingen"
    while path:
        answer = load(client.get(f"/cijfers/data/{path}"))
        found += answer["rijen"]
        path = answer["volgende"]
    assert len(found) > 3
    assert len({tuple(row.values()) for row in found}) == len(found)


@pytest.mark.parametrize("shielding", [Shielding.ALL, Shielding.RECOVERED])
def test_a_hidden_number_is_in_no_answer(dataset: Dataset, shielding: Shielding) -> None:
    offered = list_choices(dataset.metadata, dataset.metadata.of_topics(()))
    question, problems = parse_question({"afschermen": [shielding]}, dataset.metadata, offered)
    assert not problems
    rows = find_numbers(dataset, question).rows
    hidden = [row for row in rows if row.teken in ("<5", "0 tot en met 4", "afgeschermd")]
    assert hidden
    assert all(row.waarde is None and (row.laag, row.hoog) in ((1, 4), (0, 4), (None, None)) for row in hidden)
    if shielding is Shielding.ALL:
        people = {each.label for each in dataset.metadata.indicators.values() if each.counts_people}
        assert not [row for row in rows if row.cijfer in people and row.waarde in (1, 2, 3, 4)]


def test_no_remark_names_a_hidden_number(dataset: Dataset) -> None:
    """Two tables of Dordrecht say in words how their totals differ, with numbers that are hidden."""
    offered = list_choices(dataset.metadata, dataset.metadata.of_topics(()))
    found = {}
    for shielding in Shielding:
        question, _ = parse_question({"afschermen": [shielding], "gemeente": ["Dordrecht"]}, dataset.metadata, offered)
        extract = find_numbers(dataset, question)
        found[shielding] = " ".join((*extract.remarks, *(row.toelichting for row in extract.rows)))
    assert "staat gedrukt als 231" in found[Shielding.RECOVERED]
    assert "staat gedrukt als 231" not in found[Shielding.ALL]
    assert "de vier soorten besluiten" in found[Shielding.NONE]
    assert "de vier soorten besluiten" not in found[Shielding.ALL]


def test_a_catalogue_of_data_finds_what_the_dutch_profile_asks(client: Client) -> None:
    made = load(client.get("/cijfers/data/catalogus.jsonld"))
    dataset = made["dcat:dataset"]
    for key in ("dct:title", "dct:description", "dct:publisher", "dcat:contactPoint"):
        assert made[key]
        assert dataset[key]
    assert {"dct:identifier", "dct:creator", "dct:accessRights", "dcat:theme"} <= dataset.keys()
    urls = [each["dcat:accessURL"]["@id"] for each in dataset["dcat:distribution"]]
    assert urls == [f"http://127.0.0.1:{client.port}/cijfers/data/figures.{ending}" for ending in ("csv", "json")]
    assert all(each["dct:license"] for each in dataset["dcat:distribution"])


def test_an_export_holds_every_printed_number_and_none_that_was_worked_out_small(
    real_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["export", "--database", str(real_database), str(tmp_path)]) == 0
    rows = rows_of((tmp_path / "figures.csv").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(real_database)) as db:
        (count,) = db.execute("SELECT count(*) FROM figures").fetchone()
        plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM figures LIMIT 101")]
    assert len(rows) == count
    assert "MATERIALIZE fact" not in plan, "of the country a first page takes ten seconds then, and Datasette waits one"
    assert not [r for r in rows if r["status"] == "recovered" and float(r["high"]) < 5 and r["unit"] == "aantal"]
    table = parquet.read_table(tmp_path / "figures.parquet")
    assert (table.num_rows, table.column_names) == (count, [*rows[0]])
    assert json.loads(table.schema.metadata[b"dc:rights"])
    assert {r["is_provisional"] for r in rows if r["report"] == "cbs_nederland" and r["period"] == "2025-H1"} == {"1"}
    assert table.column("value").to_pylist()[:50] == [float(r["value"]) if r["value"] else None for r in rows[:50]]
    described = json.loads((tmp_path / "figures.csv-metadata.json").read_text(encoding="utf-8"))
    assert [column["name"] for column in described["tableSchema"]["columns"]] == [*rows[0]]
    datasette = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    assert datasette["databases"]["vt"]["tables"]["figures"]["columns"].keys() == rows[0].keys()
    assert "sort" not in datasette["databases"]["vt"]["tables"]["figures"], "of the country it takes over a second"
    assert datasette["license"].count("CC BY 4.0") == 1


def test_what_is_chosen_is_one_click_away(dataset: Dataset) -> None:
    selection = Selection(gemeenten=("zwolle",), period="2021", measure=Measure.PER_1000)
    query = make_data_query(selection, dataset.metadata)
    page = render_collection(dataset.db, dataset.metadata, query, "Zwolle")
    links = [unescape(link) for link in re.findall(r'href="(data/figures[^"]+)"', page)]
    asked = "gemeente=zwolle&periode=2021"
    assert links[:2] == [f"data/figures.csv?{asked}", f"data/figures.json?{asked}"]
    offered = list_choices(dataset.metadata, dataset.metadata.of_topics(()))
    for link in links:
        question, problems = parse_question(parse_qs(link.partition("?")[2]), dataset.metadata, offered)
        assert not problems
        assert find_numbers(dataset, question).rows
