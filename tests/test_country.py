"""A collection that holds the country: Nederland where nothing is chosen, its regions on a map, one period in rank."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from visits import visit
from worlds import add_report, edit, opened

from vt.build.build import ensure
from vt.figures import trends
from vt.figures.answers import Answers, Dataset, answer
from vt.figures.breakdown import leave_empty
from vt.figures.chart import PLACE_ROLES, AreaMap, RankChart, TrendChart
from vt.figures.figure import Figure
from vt.figures.maps import find_region, make_map
from vt.figures.nearest import find_instead, leave_apart, list_asked_in, name_other, name_other_period
from vt.figures.notices import Reason
from vt.figures.picks import Pick, recognise_pick
from vt.figures.places import make_places
from vt.figures.ranking import make_ranking
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.search import search
from vt.figures.selection import Choices, Selection, list_chosen_places, parse_selection
from vt.figures.stories import fill_story
from vt.figures.trends import make_trends
from vt.model.catalogue import ORGANISATION
from vt.model.stories import Story, StoryFigure, StorySlide
from vt.web import home

REGIONS = ("Groningen", "Friesland", "Drenthe", "Twente", "Flevoland")
NAMESAKE = 5  # is in Groningen too
CODES = ("VT08", "VT04", "VT02", "VT19", "VT03")
HEAD = "report: {{title: T, publisher: Het Bureau, region: {}, period: 2021, licence: Openbaar}}\ntables:\n"
TABLE = "number: '1'\nheading: H\nindicator: meldingen\nrows: place\ncolumns: {{period: [2020, 2021]}}\ncells:\n{}"
BORDERS = Path(__file__).parent.parent / "data/borders"


def name_gemeente(n: int) -> str:
    return "Groningen" if n == NAMESAKE else f"Plaats {n}"


@pytest.fixture
def country(world: Path) -> Iterator[Dataset]:
    """Five regions with four gemeenten each, one of which has 2020 alone, and one the name of its region."""
    regions = "".join(
        f"  {name.lower()}: {{label: {name}, code: {code}}}\n" for name, code in zip(REGIONS, CODES, strict=True)
    )
    places = "".join(
        f"  g-{n}: {{label: {name_gemeente(n)}, region: {REGIONS[n % 5].lower()}, code: GM02{n:02}, "
        f"inhabitants: {{2020: 5000, 2021: 5000}}}}\n"
        for n in range(20)
    )
    edit(world / "catalogue/places.yaml", "gemeenten:\n", f"{regions}gemeenten:\n{places}")
    add_report(world, TABLE.format("  Nederland: [9000, 9500]\n"), name="land", head=HEAD.format("nederland"))
    for at, name in enumerate(REGIONS):
        cells = f"  {name.lower()}: [{100 + at}, {110 + at}]\n"
        cells += "".join(f"  {name_gemeente(n)}: [20, {'null' if n == 3 else 30 + n}]\n" for n in range(at, 20, 5))
        add_report(world, TABLE.format(cells), name=name.lower(), head=HEAD.format(name.lower()))
    for path in BORDERS.glob("*.topojson"):
        (world / "borders" / path.name).write_bytes(path.read_bytes())
    with opened(ensure(world, world / "vt.db")) as dataset:
        yield dataset


def test_the_map_of_a_story_about_the_country_is_of_its_regions(country: Dataset) -> None:
    story = Story("s", "S", "?", "land", (StorySlide("", (StoryFigure("tiles", ("meldingen",)),)),))
    told = fill_story(country, story, Selection())
    assert [slide.figure.id for slide in told.slides] == ["meldingen.tiles.nederland"]
    assert told.left_out == ()


def test_the_country_stands_where_nothing_is_chosen(country: Dataset) -> None:
    assert list_chosen_places(Selection(), country.metadata) == ("nederland",)


def test_pages_of_the_country_draw_its_numbers_over_their_years_and_a_map_for_each_region(
    country: Dataset, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_titles(page: str, query: dict[str, Any]) -> list[str]:
        app = visit(page, query)
        assert not app.exception
        bodies = [element.proto.body for element in app.main if element.type == "html"]
        return [title for body in bodies for title in re.findall(r'class="vt-bevinding"[^>]*>([^<]*)', body)]

    monkeypatch.setattr(home, "HEADLINES", ("meldingen",))  # a small world has no others
    monkeypatch.setenv("VT_DATA", str(world))
    monkeypatch.setenv("VT_DATABASE", str(world / "vt.db"))
    assert list_titles("overzicht", {})[1:] == [
        "Nederland: 9.500 meldingen in 2021, 500 meer dan in 2020 (9.000), ofwel 6%"
    ]
    maps = list_titles("vergelijken", {"gemeente": ["Plaats 1", "Plaats 7", "Plaats 6"], "kijk": "Kaart"})
    assert [title.partition(":")[0] for title in maps] == ["Plaats 6", "Plaats 7"]
    (of_regions,) = list_titles("vergelijken", {"gemeente": ["Plaats 1"], "kijk": "Punten", "per": "Regio's"})
    assert of_regions.startswith("Friesland: ")
    assert of_regions.endswith("de 3e van 5 regio’s")


def test_a_number_of_the_country_says_whose_it_is(country: Dataset) -> None:
    (figure, *_) = make_places(country, country.metadata.indicators["meldingen"], Selection(period="2021"))
    assert "Het cijfer van Nederland is dat van Het Bureau zelf, geen som van regio’s." in figure.caveats


def test_the_map_of_the_country_has_every_region(country: Dataset) -> None:
    indicator, land = country.metadata.indicators["meldingen"], country.metadata.places["nederland"]
    (figure,) = make_map(country, indicator, Selection(period="2021"), land)
    assert isinstance(figure.chart, AreaMap)
    assert {area.name for area in figure.chart.areas if area.text} == {"regio Groningen", *REGIONS[1:]}


@pytest.mark.parametrize("form", ["ranking", "dots", "trends", "tiles"])
def test_regions_stand_beside_each_other_in_every_form(country: Dataset, form: str) -> None:
    asked = FigureRequest(form, ("meldingen",), region="nederland")
    for chosen in (Selection(gemeenten=("g-7", "g-2"), period="2021"), Selection(region="drenthe", period="2021")):
        (figure,) = build_figures(country, asked, chosen)
        assert figure.selection == chosen
        assert figure.title.startswith("Drenthe: 13,5 meldingen per 1.000 inwoners")
        assert {row[0] for row in figure.table.rows} >= {"Regio Groningen", *REGIONS[1:]}
        said = [figure.title, *figure.sentences, *(text for _, text in figure.legend)]
        assert "gemeente" not in " ".join(said)
    pick = Pick(asked)
    assert Pick.parse(pick.text) == pick
    assert recognise_pick(pick, country.metadata)
    assert recognise_pick(Pick(asked._replace(region="drenthe")), country.metadata) is None or form == "tiles"


def test_with_nothing_chosen_a_map_is_of_the_country(country: Dataset) -> None:
    assert find_region(country.metadata, country.metadata.indicators["meldingen"], Selection()) == "nederland"


def test_of_more_than_two_places_what_is_of_one_alone_is_left_apart(country: Dataset) -> None:
    def make(*gemeenten: str) -> Figure:
        return make_places(country, indicator, Selection(gemeenten=gemeenten, period="2021"))[0]

    indicator, asked = country.metadata.indicators["meldingen"], [country.metadata.places[f"g-{n}"] for n in range(3)]
    together, alone = make("g-0", "g-1", "g-2"), make("g-0")
    of_region = make_places(country, indicator, Selection(region="groningen", period="2021"))[0]
    assert leave_apart([alone, together, of_region], asked, country.metadata) == [alone, of_region]
    assert leave_apart([alone, make("g-0", "g-1")], asked[:2], country.metadata) == []
    assert leave_apart([alone, of_region], asked, country.metadata) == []
    of_some = {list_asked_in(figure, asked) for figure in (together, alone, of_region)}
    assert of_some == {("g-0", "g-1", "g-2"), ("g-0",)}


def test_a_region_and_a_gemeente_of_one_name_are_told_apart(country: Dataset) -> None:
    def make(**chosen: Any) -> Figure:
        return make_places(country, meldingen, Selection(period="2021", **chosen))[0]

    meldingen, places = country.metadata.indicators["meldingen"], country.metadata.places
    gemeente, region = make(gemeenten=("g-5",)), make(region="groningen")
    assert (gemeente.title.partition(":")[0], region.title.partition(":")[0]) == (
        "Gemeente Groningen",
        "Regio Groningen",
    )
    assert (gemeente.subject.places, region.subject.places) == (("gemeente Groningen",), ("regio Groningen",))
    assert name_other(region, [places["g-5"]], country.metadata) == (
        "regio Groningen als geheel, niet gemeente Groningen apart"
    )
    assert name_other(gemeente, [places["groningen"]], country.metadata) == ""
    assert (list_asked_in(gemeente, [places["groningen"]]), list_asked_in(region, [places["g-5"]])) == ((), ("g-5",))
    asked = {"regio": ["Groningen"], "gemeente": ["gemeente Groningen"]}
    read = parse_selection(asked, country.metadata, Choices((), (), ()))[0]
    assert (read.region, read.gemeenten) == ("groningen", ("g-5",))
    found = search(country.metadata, {}, "groningen").groups["Plaatsen"]
    assert [hit.about for hit in found[:2]] == ["gemeente in regio Groningen", "als geheel"]


@pytest.mark.parametrize("period", [None, "2021"], ids=["newest", "chosen"])
def test_many_gemeenten_are_in_rank_in_one_period(country: Dataset, period: str | None) -> None:
    indicator = country.metadata.indicators["meldingen"]
    asked = Selection(region="nederland", gemeenten=("g-7",), period=period)
    (figure, *_) = make_ranking(country, indicator, asked)
    assert isinstance(figure.chart, RankChart)
    assert {period.id for period in figure.subject.periods} == {"2021"}
    assert any("Plaats 3, want daarvan is er geen cijfer over 2021" in notice.text for notice in figure.notices)
    drawn = [row.name for row in figure.chart.rows if hasattr(row, "name")]
    assert {"Plaats 19", "Plaats 0", "Plaats 7", "Plaats 6", "Plaats 8"} <= set(drawn)
    (figure, *_) = make_ranking(country, indicator, replace(asked, gemeenten=("g-3",)))
    assert {period.id for period in figure.subject.periods} == {"2020"}, "that of the chosen one"
    assert name_other_period(figure) == ("2020, niet 2021" if period else "")
    said = "Voor Plaats 3 zijn deze cijfers er niet over 2021; hier staat 2020, dat daar het dichtst bij ligt."
    assert [each.text for each in figure.notices if each.reason is Reason.OTHER_PERIOD] == [said] * bool(period)


def test_a_rank_of_a_few_chosen_gemeenten_says_their_numbers_and_needs_not_say_that_they_are_gemeenten(
    country: Dataset,
) -> None:
    indicator = country.metadata.indicators["meldingen"]
    (figure, *_) = make_ranking(country, indicator, Selection(gemeenten=("g-5", "g-7", "g-1")))
    assert figure.title == (
        "Plaats 7: 7,4 meldingen per 1.000 inwoners in 2021; gemeente Groningen 7,0 en Plaats 1 6,2"
    )
    own = [row.name for row in figure.chart.rows if getattr(row, "place", "") in ("g-5", "g-7", "g-1")]
    assert own == ["Plaats 7", "Groningen", "Plaats 1"]


def test_a_gemeente_that_is_no_more_has_no_rank_among_those_of_today(country: Dataset) -> None:
    indicator, places = country.metadata.indicators["meldingen"], country.metadata.places
    gone = {**places, "g-6": replace(places["g-6"], gone=date(2022, 1, 1))}
    dataset = replace(country, metadata=replace(country.metadata, places=gone))
    asked = Selection(region="friesland", gemeenten=("g-11",))
    (figure, *_) = make_ranking(dataset, indicator, asked)
    assert "de 2e van 3 gemeenten" in figure.title
    (then, *_) = make_ranking(dataset, indicator, replace(asked, period="2021"))
    assert "de 2e van 4 gemeenten" in then.title


def test_a_gemeente_of_which_one_kind_is_known_makes_no_other_one_of_all_kinds(country: Dataset) -> None:
    known = country.metadata
    one = {
        ("meldingen", "g-1"): tuple(
            replace(each, geweld=frozenset({"om"})) for each in known.covered("meldingen", "g-1")
        )
    }
    dataset = replace(country, metadata=replace(known, coverage={**known.coverage, **one}))
    (figure, *_) = make_ranking(dataset, known.indicators["meldingen"], Selection(gemeenten=("g-7",)))
    assert not [notice for notice in figure.notices if notice.reason is Reason.NOT_ALL_SPLIT]


def test_over_time_the_country_is_its_regions(country: Dataset) -> None:
    (figure, *_) = make_trends(country, country.metadata.indicators["meldingen"], Selection())
    assert {row[0] for row in figure.table.rows} == {"Regio Groningen", *REGIONS[1:], "Nederland"}


def test_classes_of_none_without_a_total_say_not_that_there_is_none(country: Dataset) -> None:
    indicator, selection = country.metadata.indicators["naar_aard"], Selection(region="polder", period="2021")
    (item,) = answer(country, indicator, selection, by_category=True).items
    none = tuple(number._replace(value=0, low=0, high=0) for number in item.numbers if number.category)
    kept, said = leave_empty(indicator, Answers((replace(item, numbers=none),), ()))
    assert kept == []
    assert (
        said[0].text
        == "Voor Polder is niet gepubliceerd hoeveel meldingen er waren in 2021; de verdeling staat hier daarom niet."
    )


def test_a_gemeente_whose_region_has_no_number_of_the_last_period_is_no_trend(
    country: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many gemeenten those of its region are drawn: g-3 is alone in one here, and has 2020 alone."""
    monkeypatch.setattr(trends, "MOST_OTHERS", 10)
    places = country.metadata.places
    alone = {**places, "g-3": replace(places["g-3"], region="polder")}
    dataset = replace(country, metadata=replace(country.metadata, places=alone))
    assert make_trends(dataset, country.metadata.indicators["meldingen"], Selection(gemeenten=("g-3",))) == []


def test_of_many_gemeenten_only_those_of_the_regions_of_the_chosen_ones_are_read_over_time(
    country: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trends, "MOST_OTHERS", 10)
    read = list[str]()
    country.db.set_trace_callback(read.append)
    (figure,) = make_trends(country, country.metadata.indicators["meldingen"], Selection(gemeenten=("g-2", "g-7")))
    country.db.set_trace_callback(None)
    assert isinstance(figure.chart, TrendChart)
    assert {line.place for line in figure.chart.lines} == {"g-2", "g-7", "g-12", "g-17", "drenthe", "nederland"}
    assert "Getekend zijn de gemeenten van dezelfde regio; 18 andere gemeenten niet." in figure.caveats
    assert any("g-17" in statement for statement in read)
    assert not [statement for statement in read if "g-3" in statement]


def test_what_other_regions_have_published_is_named_and_the_nearest_shown(country: Dataset) -> None:
    metadata = country.metadata
    found = find_instead(Selection(gemeenten=("g-1",)), metadata, ["tijdig"])
    assert found
    assert found.said == "Van Plaats 1 is hierover niets gepubliceerd; hier staat Polder."
    two = {**metadata.coverage, ("tijdig", "twente"): metadata.coverage["tijdig", "polder"]}
    found = find_instead(Selection(gemeenten=("g-1",)), replace(metadata, coverage=two), ["tijdig"])
    assert found
    assert found.selection == Selection(region="polder")
    assert found.said == "Van Plaats 1 is hierover niets gepubliceerd, wel van Polder en Twente; hier staat Polder."


def test_what_regions_tell_of_their_own_veilig_thuis_is_drawn_over_time(country: Dataset) -> None:
    own = replace(country.metadata.indicators["meldingen"], about=ORGANISATION)
    (figure,) = make_trends(country, own, Selection())
    assert isinstance(figure.chart, TrendChart)
    assert set(PLACE_ROLES[:5]) <= {line.role for line in figure.chart.lines}
    assert figure.subject.places == ("regio’s",)


def test_the_title_over_time_names_the_chosen_gemeente_though_others_have_a_newer_number(country: Dataset) -> None:
    (figure,) = make_trends(country, country.metadata.indicators["meldingen"], Selection(gemeenten=("g-3",)))
    assert figure.title == "Plaats 3: 4,0 meldingen per 1.000 inwoners in 2020"


def test_a_map_of_many_gemeenten_is_of_a_year_that_the_chosen_one_has(world: Path) -> None:
    places = "".join(
        f"  g-{n}: {{label: Plaats {n}, region: twente, code: GM02{n:02}, inhabitants: {{2020: 5000, 2021: 5000}}}}\n"
        for n in range(17)
    )
    edit(
        world / "catalogue/places.yaml",
        "gemeenten:\n",
        f"  twente: {{label: Twente, code: VT19}}\ngemeenten:\n{places}",
    )
    cells = "".join(f"  Plaats {n}: [20, {'null' if n == 3 else 30 + n}]\n" for n in range(17))
    add_report(world, TABLE.format(cells), name="twente", head=HEAD.format("twente"))
    for path in BORDERS.glob("*.topojson"):
        (world / "borders" / path.name).write_bytes(path.read_bytes())
    with opened(ensure(world, world / "vt.db")) as dataset:
        indicator, twente = dataset.metadata.indicators["meldingen"], dataset.metadata.places["twente"]
        titles = [make_map(dataset, indicator, Selection(gemeenten=(own,)), twente)[0].title for own in ("g-3", "g-2")]
    assert "in 2020" in titles[0]
    assert "in 2021" in titles[1]
