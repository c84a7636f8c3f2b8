"""The list of every gemeente: read strictly, and held against places.yaml and the borders."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from real import DATA
from worlds import edit

from vt.build.statline import prepare_catalogue
from vt.errors import DataError
from vt.ingest.borders import load_borders
from vt.ingest.catalogue import load_catalogue
from vt.ingest.gemeenten import load_gemeenten
from vt.model.catalogue import Catalogue
from vt.render.text import text_width
from vt.render.vega.parts import CHART_SIZE, break_name
from vt.render.vega.ranking import NARROW_LABELS

GEMEENTEN = DATA / "catalogue/gemeenten.csv"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


def test_every_gemeente_since_2019_is_there_and_agrees_with_places_and_borders(catalogue: Catalogue) -> None:
    gemeenten = {place.code: place for place in load_gemeenten(GEMEENTEN, catalogue)}
    today = {code for code, place in gemeenten.items() if not place.gone}
    assert (len(gemeenten), len(today)) == (360, 342)
    drawn = {border.code for border in load_borders(DATA / "borders")}
    assert drawn == {
        *today,
        *(place.code for place in catalogue.places.values() if place.kind == "region" and not place.gone),
    }
    for place in catalogue.places.values():
        if place.kind == "gemeente":
            listed = gemeenten[place.code]
            assert (listed.label, listed.region) == (place.label, place.region)


def test_every_name_stands_whole_beside_its_bar_on_a_phone(catalogue: Catalogue) -> None:
    names = [place.label for place in load_gemeenten(GEMEENTEN, catalogue)]
    lines = [line for name in [*names, "gemeente Groningen"] for line in break_name(name).split("|")]
    assert not [line for line in lines if text_width(line, CHART_SIZE, is_bold=True) > NARROW_LABELS - 8]


def test_what_is_no_more_says_when_and_what_it_went_into(catalogue: Catalogue) -> None:
    gemeenten = {place.label: place for place in load_gemeenten(GEMEENTEN, catalogue)}
    weesp = gemeenten["Weesp"]
    assert (weesp.gone, weesp.into, max(weesp.inhabitants)) == (date(2022, 3, 24), ("GM0363",), 2022)
    assert len(gemeenten["Haaren"].into) == 4
    gone = {place.id: (place.gone, place.into) for place in catalogue.places.values() if place.gone}
    assert gone == dict.fromkeys(["brabant-noordoost", "zuidoost-brabant"], (date(2023, 1, 1), ("oost-brabant",)))


@pytest.mark.parametrize(
    ("before", "after", "line", "found"),
    [
        ("GM0344,Utrecht,,utrecht,", "GM0344,Utrecht,,utrech,", 101, "region is “utrech” – bedoeld: “utrecht”"),
        ("359370", "", 101, "inwoners in 2021: leeg – bedoeld: een aantal"),
        ("359370", "359.370", 101, "inwoners in 2021: “359.370”"),
        ("2022-03-24,GM0363", "24-3-2022,GM0363", 144, "gone is “24-3-2022” – bedoeld: een dag, zoals 2021-12-31"),
        ("2022-03-24,GM0363", "2022-03-24,", 144, "gone is “2022-03-24”, into leeg"),
        ("2022-03-24,GM0363", "2021-03-24,GM0363", 144, "inwoners in 2022: “20766” – bedoeld: leeg"),
        ("GM0344,Utrecht,", "GM0344,Utrecht,,", 101, "16 cellen – bedoeld: 15"),
        ("code,label", "code,naam", 1, "de koppen zijn"),
        ("2022-03-24,GM0363", "2022-03-24,GM9999", 0, "Weesp ging op in “GM9999”"),
        ("359370", "359371", 0, "inwoners van Nederland in 2021: 17475416 – places.yaml heeft 17475415"),
        ("GM0344,Utrecht,", "GM0344,Weesp,", 0, "label “Weesp” komt meer dan eens voor"),
    ],
)
def test_a_fault_says_where_it_is(
    tmp_path: Path, catalogue: Catalogue, before: str, after: str, line: int, found: str
) -> None:
    path = Path(shutil.copy(GEMEENTEN, tmp_path))
    edit(path, before, after)
    with pytest.raises(DataError) as error:
        load_gemeenten(path, catalogue)
    where = f"gemeenten.csv, regel {line}: " if line else "gemeenten.csv: "
    assert any(str(fault).startswith(where + found) for fault in error.value.faults), str(error.value)


def test_an_inhabitant_more_than_places_yaml_has_is_a_fault(catalogue: Catalogue) -> None:
    zwolle = replace(catalogue.places["zwolle"], inhabitants={2022: (130000.0, 130001.0)})
    other = replace(catalogue, places={**catalogue.places, "zwolle": zwolle})
    with pytest.raises(DataError, match=r"inwoners van Zwolle in 2022: 130668 – places\.yaml heeft 130000"):
        load_gemeenten(GEMEENTEN, other)


def test_inhabitants_known_between_bounds_are_those_of_the_list(catalogue: Catalogue) -> None:
    assert catalogue.places["zwijndrecht"].inhabitants[2021] == (44774, 44781)
    places = prepare_catalogue(catalogue, None, [], load_gemeenten(GEMEENTEN, catalogue)).places
    assert places["zwijndrecht"].inhabitants[2021] == (44775, 44775)
    assert {low == high for place in places.values() for low, high in place.inhabitants.values()} == {True}
