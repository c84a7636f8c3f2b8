"""What counts, and against what: measures that mean nothing are refused, each with what to choose instead."""

from pathlib import Path

import pytest
from worlds import HEAD, add_report, edit, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.figure import Figure
from vt.figures.headlines import make_headlines
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.table import SMALL_PART
from vt.model.measures import Measure

ORGANISATION = (
    "klachten",
    "klachten_bemiddeling",
    "klachten_commissie",
    "datalekken",
    "voorlichtingen",
    "mensenhandel_afgerond",
    "formatie",
)


def ask(dataset: Dataset, form: str, indicator: str, selection: Selection, region: str = "") -> list[Figure]:
    return build_figures(dataset, FigureRequest(form, (indicator,), "Proef", region), selection)


def one(dataset: Dataset, form: str, indicator: str, selection: Selection, region: str = "") -> Figure:
    (figure,) = ask(dataset, form, indicator, selection, region)
    return figure


def column(figure: Figure, label: str) -> dict[object, object]:
    """The values of a column by the first one of each row."""
    at = [heading.label for heading in figure.table.headings].index(label)
    return {row[0]: row[at] for row in figure.table.rows}


# --- the organisation itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", ORGANISATION)
@pytest.mark.parametrize("measure", [Measure.PER_1000, Measure.AANDEEL_REGIO, Measure.AANDEEL_PLAATS])
def test_the_organisation_has_no_rate_and_no_share(dataset: Dataset, indicator: str, measure: Measure) -> None:
    figure = one(dataset, "places", indicator, Selection(region="ijsselland", measure=measure))
    assert figure.subject.unit in ("aantal", "fte")
    assert len(figure.notice_texts) == 1
    assert f"“{measure}”" in figure.notice_texts[0]


def test_what_belongs_to_the_organisation_is_not_in_a_place(dataset: Dataset) -> None:
    figure = one(dataset, "places", "formatie", Selection(gemeenten=("zwolle",)))
    assert figure.title == "Veilig Thuis IJsselland had 52 fte; het rapport noemt geen peildatum"
    assert "Het rapport noemt geen peildatum." in figure.caveats
    assert [row[0] for row in figure.table.rows] == ["Veilig Thuis IJsselland"]
    leaks = one(dataset, "categories", "datalekken", Selection(region="ijsselland", measure=Measure.PER_1000))
    assert " bij Veilig Thuis IJsselland " in leaks.title
    assert leaks.notice_texts == (
        "“Per 1.000 inwoners per jaar” is hier niet te berekenen: dit cijfer gaat over Veilig Thuis zelf. "
        "Kies “Aantal” of “Per maand”.",
    )


def test_whom_an_indicator_tells_of_is_data(world: Path) -> None:
    edit(world / "catalogue/indicators.yaml", "norm: {value", "about: organisation\n  norm: {value")
    with opened(ensure(world, world / "vt.db")) as dataset:
        figure = one(dataset, "places", "tijdig", Selection(region="polder"))
        assert figure.title == "Veilig Thuis Polder: 46% van de besluiten in 2021; in 2020 was dat 45%"


# --- numbers that are too small for a measure ------------------------------------------------------------------------


def test_fewer_than_twelve_a_year_are_not_said_by_the_month(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("raalte", "zwolle"), measure=Measure.PER_MAAND)
    figure = one(dataset, "places", "onderzoeken", asked)
    assert column(figure, "Per maand") == {"Zwolle": 19 / 12}
    assert figure.notice_texts == (
        "Voor Raalte is “Per maand” niet te berekenen, want het zijn er minder dan 12 per jaar; het aantal "
        "in 2021 is 6.",
    )
    (card,) = make_headlines(dataset, [dataset.metadata.indicators["onderzoeken"]], asked, "raalte")
    assert (card.value, card.unit) == ("6", "")


def test_a_class_of_fewer_than_twelve_a_year_is_less_than_one_a_month(dataset: Dataset) -> None:
    asked = Selection(region="ijsselland", measure=Measure.PER_MAAND)
    figure = one(dataset, "categories", "triagebesluiten", asked)
    assert "<1" in [row.now.text for row in figure.chart.rows], "6 a year"  # type: ignore[attr-defined]


def test_a_part_under_five_has_no_share(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("dordrecht",), measure=Measure.AANDEEL_PLAATS)
    figure = one(dataset, "categories", "meldingen_naar_melder", asked)
    shares = column(figure, "Aandeel")
    assert shares["GGZ"] == SMALL_PART, "4 of 550"
    assert shares["Politie en Openbaar Ministerie"] == pytest.approx(402 / 550 * 100)
    assert column(figure, "1e halfjaar 2021")["GGZ"] == 4
    plain = one(dataset, "categories", "meldingen_naar_melder", Selection(gemeenten=("dordrecht",)))
    assert not any("4 (" in bar.text for row in plain.chart.rows for bar in row.bars)  # type: ignore[attr-defined]


def test_a_gemeente_with_fewer_than_five_has_no_share_of_the_region(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("staphorst", "zwolle"), measure=Measure.AANDEEL_REGIO)
    figure = one(dataset, "places", "onderzoeken", asked)
    assert column(figure, "Aandeel van de regio") == {"Zwolle": pytest.approx(19 / 110 * 100)}
    assert figure.notice_texts == (
        "Voor Staphorst is “Aandeel van de regio” niet te berekenen, want het deel is kleiner dan 5; het "
        "aantal in 2021 is 1.",
    )


# --- a share, asked in two ways --------------------------------------------------------------------------------------


def test_a_share_of_the_region_and_that_of_the_year_before(dataset: Dataset) -> None:
    figure = one(dataset, "places", "onderzoeken", Selection(gemeenten=("deventer",), measure=Measure.AANDEEL_REGIO))
    assert column(figure, "Aandeel van de regio") == {"Deventer": pytest.approx(34 / 110 * 100)}
    assert column(figure, "Jaar eerder, aandeel van de regio") == {"Deventer": pytest.approx(21 / 135 * 100)}


def test_a_share_within_the_place(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("dordrecht",), geweld="om", measure=Measure.AANDEEL_PLAATS)
    figure = one(dataset, "places", "meldingen", asked)
    assert column(figure, "Aandeel binnen de plaats") == {"Dordrecht": pytest.approx(8 / 550 * 100)}
    assert figure.title == "Dordrecht: 1% van de meldingen in de eerste helft van 2021 gaat over ouderenmishandeling"


@pytest.mark.parametrize(
    ("form", "indicator", "selection", "said"),
    [
        ("places", "meldingen", Selection(region="ijsselland", measure=Measure.AANDEEL_REGIO), "Kies een gemeente"),
        (
            "places",
            "meldingen",
            Selection(region="ijsselland", measure=Measure.AANDEEL_PLAATS),
            "Kies bij Soort geweld",
        ),
        (
            "categories",
            "triagebesluiten",
            Selection(region="ijsselland", measure=Measure.AANDEEL_REGIO),
            "Kies “Aandeel binnen de plaats”",
        ),
    ],
)
def test_a_refused_share_says_what_to_choose(
    dataset: Dataset, form: str, indicator: str, selection: Selection, said: str
) -> None:
    figure = one(dataset, form, indicator, selection)
    assert figure.notice_texts[0].startswith(said)
    assert figure.subject.unit == "aantal"


# --- what can be ranked ----------------------------------------------------------------------------------------------


def test_places_without_inhabitants_are_one_line(world: Path) -> None:
    names = [f"Plaats {n}" for n in range(14)]
    made = "".join(f"  {name.replace(' ', '-').lower()}: {{label: {name}, region: polder}}\n" for name in names)
    edit(world / "catalogue/places.yaml", "rest:\n", f"{made}rest:\n")
    cells = ", ".join(f"{name}: [{30 + n}]" for n, name in enumerate(names))
    add_report(
        world,
        f"{{number: '9', heading: Meldingen, indicator: meldingen, rows: place, cells: {{{cells}}}}}",
        head=HEAD.replace("2021", "2020"),
    )
    asked = Selection(gemeenten=("dorp", *(name.replace(" ", "-").lower() for name in names)), measure=Measure.PER_1000)
    with opened(ensure(world, world / "vt.db")) as dataset:
        figure = one(dataset, "places", "meldingen", asked)
    (said,) = [text for text in figure.notice_texts if "inwoners" in text]
    assert said.count(";") == 1
    assert "Plaats 0 30, Plaats 1 31" in said
    assert said.endswith("Plaats 12 42 en Plaats 13 43.")


@pytest.mark.parametrize("measure", [Measure.AANTAL, Measure.PER_MAAND, Measure.AANDEEL_REGIO])
def test_counts_are_neither_ranked_nor_mapped(dataset: Dataset, measure: Measure) -> None:
    for form in ("ranking", "tiles"):
        figure = one(dataset, form, "meldingen", Selection(region="ijsselland", measure=measure), "ijsselland")
        assert figure.subject.unit == "per 1.000 inwoners per jaar"
        said = (
            "Op aantal of aandeel van de regio staat een grote gemeente altijd bovenaan; "
            "hier staat daarom “Per 1.000 inwoners per jaar”."
        )
        assert said in (figure.caveats if measure is Measure.AANTAL else figure.notice_texts)


def test_a_share_within_the_place_is_ranked(dataset: Dataset) -> None:
    asked = Selection(region="ijsselland", geweld="km", measure=Measure.AANDEEL_PLAATS)
    figure = one(dataset, "ranking", "meldingen_naar_aard", asked)
    assert column(figure, "Aandeel binnen de plaats")["Zwolle"] == pytest.approx(107 / 646 * 100)
