"""The figures in a notebook: a DataFrame with types, a chart with its data, and sentences for what is not there."""

import subprocess
import sys
from pathlib import Path

import altair as alt
import pytest
from real import DATA, REPOSITORY
from worlds import edit

from vt.api import UnknownNameError, chart, figures
from vt.model.figure_kinds import FIGURE_KINDS

TYPES = {
    "report": "string",
    "table_number": "string",
    "table_heading": "string",
    "indicator": "string",
    "unit": "category",
    "place": "string",
    "place_label": "string",
    "region": "string",
    "period": "string",
    "geweld": "category",
    "classification": "string",
    "category": "string",
    "category_label": "string",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "status": "category",
    "is_total": "boolean",
    "published": "string",
    "superseded_by": "string",
    "is_provisional": "boolean",
}


@pytest.fixture(autouse=True)
def _here(world: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VT_DATA", str(world))
    monkeypatch.setenv("VT_DATABASE", str(database))


def test_all_figures_are_a_row_each_with_the_documented_columns_and_types() -> None:
    table = figures()
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TYPES
    assert table["value"].sum() > 0
    assert table["is_total"].any()
    assert not table["is_total"].all()


def test_names_are_ids_or_labels_in_any_case() -> None:
    table = figures(place="Dorp", indicator="MELDINGEN", period="2021")
    assert table[["place", "period", "value", "is_total"]].values.tolist() == [["dorp", "2021", 12.0, False]]
    assert figures(place="dorp", indicator="meldingen", period="2021").equals(table)


def test_geweld_chooses_the_rows_that_are_split() -> None:
    table = figures("stad", "meldingen", period="2022-Q1", geweld="KM")
    assert table["value"].tolist() == [10.0]


def test_a_cell_that_was_left_blank_is_no_row_and_not_zero() -> None:
    table = figures("stad", "naar_melder", period="2022-H1", geweld="hg")
    assert table.loc[~table["is_total"], ["category", "value"]].values.tolist() == [["politie", 5.0]]


def test_a_number_known_within_bounds_is_missing(real_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VT_DATA", str(REPOSITORY / "data"))
    monkeypatch.setenv("VT_DATABASE", str(real_database))
    bounded = figures("raalte").query("status == 'bounded'")
    assert len(bounded) > 0
    assert bounded["value"].isna().all()
    assert (bounded["low"] < bounded["high"]).all()


def test_what_was_not_printed_is_an_empty_table_of_the_same_types() -> None:
    table = figures("dorp", "tijdig")
    assert len(table) == 0
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TYPES


def test_the_database_is_built_on_first_use_and_again_when_the_data_changed(world: Path, database: Path) -> None:
    database.unlink()
    assert figures("dorp", "meldingen", period="2021")["value"].tolist() == [12.0]
    edit(world / "reports" / "polder_2021.yaml", "[10, 12]", "[10, 13]")
    edit(world / "reports" / "polder_2021.yaml", "de cellen geven 95", "de cellen geven 96")
    assert figures("dorp", "meldingen", period="2021")["value"].tolist() == [13.0]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"place": "dorpp"}, "place “dorpp” is niet bekend – bedoeld: “dorp”?"),
        ({"indicator": "melding"}, "indicator “melding” is niet bekend – bedoeld: “meldingen”?"),
        ({"geweld": "kmm"}, "geweld “kmm” is niet bekend – bedoeld: “km”"),
        ({"period": "2021-13"}, "period “2021-13” is geen periode – bedoeld: 2021, 2021-H1 of 2021-Q1"),
        ({"place": "dorp' OR 1=1 --"}, "place “dorp' OR 1=1 --” is niet bekend"),
    ],
)
def test_an_unknown_name_says_what_was_meant(asked: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError) as raised:
        figures(**asked)
    assert str(raised.value).startswith(message)


def test_a_chart_holds_its_data_title_legend_and_source() -> None:
    made = chart("meldingen", "dorp", width=400)
    spec = made.to_dict(validate=True)
    assert isinstance(made, alt.LayerChart)
    assert spec["width"] == 400
    assert spec["title"]["text"].startswith("Dorp: 12 meldingen in 2021")
    assert spec["title"]["subtitle"][-1] == "Bron: Veilig Thuis Polder, Rapportage 2021, tabel 1.1"
    (rows,) = spec["datasets"].values() if "datasets" in spec else [spec["data"]["values"]]
    assert [row["big"] for row in rows if row["big"]] == ["12"]
    assert {("2021", "12", 12), ("2020", "10", 10)} <= {(row["year"], row["text"], row["value"]) for row in rows}
    split = chart("meldingen", "stad", kind="series").to_dict()
    legends = [layer["encoding"]["color"]["legend"] for layer in split["layer"] if "color" in layer["encoding"]]
    assert '"Kindermishandeling"' in legends[0]["labelExpr"]


def test_a_chart_leaves_the_spec_of_the_site_as_it_is() -> None:
    before = chart("meldingen", "polder").to_dict()
    chart("naar_aard", "polder", kind="categories")
    assert chart("meldingen", "polder").to_dict() == before


@pytest.mark.parametrize("kind", FIGURE_KINDS)
def test_every_kind_of_figure_is_a_valid_chart(kind: str, real_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VT_DATA", str(REPOSITORY / "data"))
    monkeypatch.setenv("VT_DATABASE", str(real_database))
    indicator = {"categories": "meldingen_naar_aard", "groups": "meldingen_naar_melder", "norms": "vv_tijdig"}
    place = {"series": "nederland", "groups": "dordrecht"}.get(kind, "ijsselland")
    assert chart(indicator.get(kind, "meldingen"), place, kind=kind).to_dict(validate=True)["layer"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "plaatsen"}, "kind “plaatsen” is niet bekend"),
        ({"measure": "per mand"}, "measure “per mand” is niet bekend"),
        ({"kind": "categories"}, "categories kan “Meldingen” niet tonen, want dat heeft geen klassen."),
        ({"kind": "tiles", "place": None}, "tiles is een kaart van één regio"),
        ({"kind": "series"}, "“Meldingen” staat niet in de bronnen van Dorp, of niet als series."),
    ],
)
def test_a_chart_that_cannot_be_made_says_why(asked: dict[str, str | None], message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        chart(**({"indicator": "meldingen", "place": "dorp"} | asked))
    assert str(raised.value).startswith(message)


def test_small_numbers_are_hidden_where_that_is_asked() -> None:
    shown = [str(chart("meldingen", "polder-overig", shielding=each).to_dict()) for each in ("Geen", "alle")]
    for said in ("'value': 3.0", "'big': '3'", "3 meldingen"):
        assert said in shown[0]
        assert said not in shown[1]


def test_what_was_worked_out_under_five_has_bounds_unless_it_is_asked_for(
    real_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VT_DATA", str(DATA))
    monkeypatch.setenv("VT_DATABASE", str(real_database))
    usual, whole = figures("staphorst"), figures("staphorst", recovered=True)
    small = (whole["status"] != "printed") & (whole["high"] < 5)
    hidden = usual[small].set_index("category_label")
    assert len(hidden) > 50
    assert hidden["value"].isna().all()
    assert set(zip(hidden["low"], hidden["high"], hidden["status"], strict=True)) == {(0, 4, "bounded")}
    assert whole.loc[small & (whole["status"] == "recovered"), "value"].isin({0, 1, 2, 3, 4}).all()
    assert usual[~small].equals(whole[~small])


def test_a_notebook_needs_no_streamlit() -> None:
    script = "import sys, vt.api; vt.api.figures('dorp'); vt.api.chart('meldingen'); print('streamlit' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert (ran.stdout.strip(), ran.stderr) == ("False", "")
