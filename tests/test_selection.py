"""What a visitor chose: read from a link in any spelling, said in a link, and answered with what there is."""

from dataclasses import replace
from pathlib import Path

import pytest
from worlds import opened

from vt.figures.answers import Dataset
from vt.figures.selection import (
    KEYS,
    Choices,
    Selection,
    describe_contradictions,
    find_nearest,
    list_choices,
    list_chosen_places,
    parse_selection,
    pick_period,
    sort_choices,
    write_link,
    write_query,
)
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.reference import Coverage, Metadata


@pytest.fixture(scope="module")
def offered(metadata: Metadata) -> Choices:
    return list_choices(metadata, list(metadata.indicators))


@pytest.fixture
def small(database: Path) -> Metadata:
    with opened(database) as dataset:
        return dataset.metadata


# --- reading a link --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("regio", "IJsselland", Selection(region="ijsselland")),
        ("regio", "ijsselland", Selection(region="ijsselland")),
        ("regio", "  IJSSELLAND ", Selection(region="ijsselland")),
        ("regio", "zuid-holland-zuid", Selection(region="zuid-holland-zuid")),
        ("regio", "Zuid-Holland\u00a0Zuid", Selection(region="zuid-holland-zuid")),
        ("regio", "nederland", Selection(region="nederland")),
        ("regio", "Alle regio's", Selection()),
        ("regio", " alle  regio’s", Selection()),
        ("gemeente", "Zwolle", Selection(gemeenten=("zwolle",))),
        ("gemeente", "OLST-WIJHE", Selection(gemeenten=("olst-wijhe",))),
        ("gemeente", "Olst Wijhe", Selection(gemeenten=("olst-wijhe",))),
        ("gemeente", "Olst‑Wijhé ", Selection(gemeenten=("olst-wijhe",))),
        ("gemeente", "olst−wij\u00adhe", Selection(gemeenten=("olst-wijhe",))),
        ("gemeente", "Overige gemeente (IJsselland)", Selection(gemeenten=("ijsselland-overig",))),
        ("gemeente", "ijsselland-overig", Selection(gemeenten=("ijsselland-overig",))),
        ("periode", "2021", Selection(period="2021")),
        ("periode", "2021-H1", Selection(period="2021-H1")),
        ("periode", "2021-h1", Selection(period="2021-H1")),
        ("periode", "1E Halfjaar 2021", Selection(period="2021-H1")),
        ("periode", "2e kwartaal 2021", Selection(period="2021-Q2")),
        ("periode", "2020/2021", Selection(period="2020/2021")),
        ("periode", "2020 t/m 2021", Selection(period="2020/2021")),
        ("periode", "NIEUWSTE", Selection()),
        ("geweld", "km", Selection(geweld="km")),
        ("geweld", "HG ", Selection(geweld="hg")),
        ("geweld", "alle", Selection()),
        ("weergave", "per maand", Selection(measure=Measure.PER_MAAND)),
        ("weergave", "per_1000", Selection(measure=Measure.PER_1000)),
        ("weergave", "Per 1.000 inwoners per jaar", Selection(measure=Measure.PER_1000)),
        *(("afschermen", text, Selection(shielding=Shielding.ALL)) for text in ("Alle", "true", "ja", " JA ", "1")),
        *(("afschermen", text, Selection(shielding=Shielding.NONE)) for text in ("geen", "FALSE", "nee", "0")),
        ("afschermen", "teruggerekende", Selection()),
    ],
)
def test_a_value_is_read_in_any_spelling(
    key: str, text: str, expected: Selection, metadata: Metadata, offered: Choices
) -> None:
    assert parse_selection({key: [text]}, metadata, offered) == (expected, [])


@pytest.mark.parametrize(
    ("key", "text", "hint"),
    [
        ("regio", "IJselland", "bedoeld: “IJsselland”?"),
        ("gemeente", "Zwole", "bedoeld: “Zwolle”"),
        ("gemeente", "ZWOLE", "bedoeld: “Zwolle”"),
        ("periode", "2021-Q5", "2021"),
        ("periode", "vorig jaar", "bekend: "),
        ("geweld", "xx", "bekend: “Alle”, “Huiselijk geweld”, “Kindermishandeling”, “Ouderenmishandeling”"),
        ("weergave", "per man", "bedoeld: “Per maand”"),
        ("afschermen", "misschien", "bekend: “Alle”, “Geen”, “Teruggerekende”"),
    ],
)
def test_an_unknown_value_gives_a_sentence_with_what_was_meant(
    key: str, text: str, hint: str, metadata: Metadata, offered: Choices
) -> None:
    chosen, problems = parse_selection({key: [text]}, metadata, offered)
    assert chosen == Selection()
    assert len(problems) == 1
    assert problems[0].startswith(f"{key.capitalize()} “{text}” in de link is niet herkend (")
    assert hint in problems[0]
    assert problems[0].endswith(").")


def test_a_gemeente_is_no_region_and_a_region_no_gemeente(metadata: Metadata, offered: Choices) -> None:
    chosen, problems = parse_selection({"regio": ["Zwolle"], "gemeente": ["IJsselland"]}, metadata, offered)
    assert chosen == Selection()
    assert [problem.split(" “")[0] for problem in problems] == ["Regio", "Gemeente"]


def test_a_place_without_numbers_is_known_and_offered_after_those_that_have_some(
    metadata: Metadata, offered: Choices
) -> None:
    chosen, problems = parse_selection({"gemeente": ["Papendrecht", "Dordrecht", "utrecht"]}, metadata, offered)
    assert (chosen.gemeenten, chosen.elsewhere, problems) == (("dordrecht",), ("papendrecht", "GM0344"), [])
    assert not {"Papendrecht", "Utrecht", "Weesp"} & {*offered.gemeenten}
    assert offered.by_region["IJsselland"] == [name for name in offered.gemeenten if name != "Dordrecht"]
    assert {"Papendrecht", "Utrecht", "Weesp", "'s-Gravenhage (Den Haag)"} <= {*offered.all_gemeenten}


@pytest.mark.parametrize(
    ("key", "text", "id_"),
    [
        ("gemeente", "Den Haag", "GM0518"),
        ("gemeente", "Den Bosch", "GM0796"),
        ("gemeente", "De Friese Meren", "GM1940"),
        ("gemeente", "’s-gravenhage", "GM0518"),
        ("gemeente", "GM0344", "GM0344"),
        ("regio", "Utrecht", "utrecht"),
    ],
)
def test_a_place_without_numbers_has_every_name_and_survives_its_own_link(
    key: str, text: str, id_: str, metadata: Metadata, offered: Choices
) -> None:
    chosen, problems = parse_selection({key: [text]}, metadata, offered)
    assert (chosen, problems) == (Selection(elsewhere=(id_,)), [])
    assert parse_selection(write_query(chosen, metadata), metadata, offered) == (chosen, [])


def test_a_name_that_two_gemeenten_have_is_not_guessed_at(metadata: Metadata, offered: Choices) -> None:
    chosen, (problem,) = parse_selection({"gemeente": ["Bergen"]}, metadata, offered)
    assert chosen == Selection()
    assert "bedoeld: “Bergen (L)” of “Bergen (NH)”?" in problem


def test_what_is_understood_stands_beside_what_is_not(metadata: Metadata, offered: Choices) -> None:
    values = {"gemeente": ["Zwolle", "Atlantis", "Kampen"], "geweld": ["KM"], "periode": ["ooit"]}
    chosen, problems = parse_selection(values, metadata, offered)
    assert chosen == Selection(gemeenten=("zwolle", "kampen"), geweld="km")
    assert len(problems) == 2


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "é" * 100_000, "\x00\x1b[31m\u202e", "<script>alert(1)</script>", "![x](http://x)", "0000", "٣"],
    ids=["100 kB", "100 kB of accents", "control", "script", "image", "year 0", "digit"],
)
def test_hostile_values_are_refused_in_one_short_clean_sentence(
    key: str, text: str, metadata: Metadata, offered: Choices
) -> None:
    chosen, problems = parse_selection({key: [text]}, metadata, offered)
    assert chosen == Selection()
    (problem,) = problems
    assert len(problem) < 400
    assert problem.isprintable()


@pytest.mark.parametrize("texts", [[], [""], ["   "], ["\t\n"], ["", ""], ["\x00\u202e"]])
def test_empty_values_say_nothing(texts: list[str], metadata: Metadata, offered: Choices) -> None:
    values = dict.fromkeys(KEYS, texts)
    assert parse_selection(values, metadata, offered) == (Selection(), [])


def test_repeated_gemeenten_count_once(metadata: Metadata, offered: Choices) -> None:
    chosen, problems = parse_selection({"gemeente": ["Zwolle", "zwolle", "Kampen", "ZWOLLE"]}, metadata, offered)
    assert chosen.gemeenten == ("zwolle", "kampen")
    assert problems == []


def test_a_filter_given_twice_takes_the_first_and_says_so(metadata: Metadata, offered: Choices) -> None:
    chosen, problems = parse_selection({"geweld": ["HG", "KM"], "periode": ["2021", "2021"]}, metadata, offered)
    assert chosen == Selection(geweld="hg", period="2021")
    assert problems == ["Geweld staat meer dan eens in de link; het eerste geldt."]


def test_a_link_full_of_nonsense_stays_readable(metadata: Metadata, offered: Choices) -> None:
    texts = [f"plaats {n}" for n in range(5000)] + ["Zwolle"]
    chosen, problems = parse_selection({"gemeente": texts}, metadata, offered)
    assert chosen == Selection()
    assert len(problems) < 6
    assert "niet herkend" in problems[-1]


def test_unknown_keys_are_left_alone(metadata: Metadata, offered: Choices) -> None:
    assert parse_selection({"embed": ["true"], "utm_source": ["x"]}, metadata, offered) == (Selection(), [])


# --- saying it in a link ---------------------------------------------------------------------------------------------


def test_every_choice_survives_its_own_link(metadata: Metadata, offered: Choices) -> None:
    places = metadata.places_with_data()
    regions = [None, *(p.id for p in places if p.kind in ("region", "land")), "zuid-holland-zuid"]
    gemeenten = [p.id for p in places if p.kind in ("gemeente", "rest")]
    periods = {item.period.id for items in metadata.coverage.values() for item in items}
    several = [(), *((id_,) for id_ in gemeenten), ("zwolle", "dordrecht"), tuple(gemeenten)]
    asked = [Selection(region=region, gemeenten=some) for region in regions for some in several]
    asked += [
        Selection(period=period, geweld=geweld, measure=measure)
        for period in (None, *sorted(periods), "1999-Q4", "2035")
        for geweld in ("alle", "km", "hg", "om")
        for measure in Measure
    ]
    asked += [replace(selection, shielding=each) for each in Shielding for selection in asked[::14]]
    assert len(asked) > 200
    for selection in asked:
        query = write_query(selection, metadata)
        assert parse_selection(query, metadata, offered) == (selection, []), query
        short = write_link(selection, metadata)
        assert parse_selection({key: [text] for key, text in short.items()}, metadata, offered) == (selection, []), (
            short
        )


def test_an_address_says_what_is_not_usual_in_short(metadata: Metadata) -> None:
    assert write_link(Selection(), metadata) == {}
    asked = Selection(gemeenten=("deventer", "zwolle"), period="2021-H1", geweld="om", measure=Measure.PER_1000)
    assert write_link(asked, metadata) == {
        "gemeente": "deventer,zwolle",
        "periode": "2021-H1",
        "geweld": "ouderenmishandeling",
        "weergave": "per_1000",
    }


def test_the_filters_are_spelled_out_even_where_nothing_was_chosen(metadata: Metadata) -> None:
    assert write_query(Selection(), metadata) == {
        "regio": ["Alle regio's"],
        "periode": ["Nieuwste"],
        "geweld": ["Alle"],
        "weergave": ["Aantal"],
    }


def test_shielding_is_said_only_where_it_is_on_as_a_bound_switch_spells_it(metadata: Metadata) -> None:
    assert write_query(Selection(shielding=Shielding.ALL), metadata)["afschermen"] == ["Alle"]
    assert "afschermen" not in write_query(Selection(), metadata)


def test_what_a_link_says_is_what_the_filters_offer(metadata: Metadata, offered: Choices) -> None:
    for place in metadata.places_with_data():
        if place.kind in ("gemeente", "rest"):
            (label,) = write_query(Selection(gemeenten=(place.id,)), metadata)["gemeente"]
            assert label in offered.gemeenten
        else:
            assert write_query(Selection(region=place.id), metadata)["regio"][0] in offered.regions


# --- what the filters offer ------------------------------------------------------------------------------------------


def test_choices_are_what_exists(small: Metadata) -> None:
    everything = list_choices(small, list(small.indicators))
    assert everything.regions == ("Alle regio's", "Polder")
    assert everything.gemeenten == ("Dorp", "Stad", "Overige gemeente (Polder)")
    assert everything.periods[0] == "Nieuwste"
    assert set(everything.periods[1:]) == {
        "2020",
        "2021",
        "1e halfjaar 2022",
        "1e kwartaal 2022",
        "2e kwartaal 2022",
    }


def test_choices_are_of_the_indicators_of_the_page(small: Metadata) -> None:
    assert list_choices(small, ["tijdig"]).gemeenten == ()
    assert list_choices(small, ["tijdig"]).periods == ("Nieuwste", "2021", "2020")
    assert list_choices(small, []).regions == ("Alle regio's",)


def test_choices_follow_the_region(metadata: Metadata) -> None:
    names = list(metadata.indicators)
    assert list_choices(metadata, names, "zuid-holland-zuid").gemeenten == ("Dordrecht",)
    assert "Zwolle" in list_choices(metadata, names, "ijsselland").gemeenten
    assert list_choices(metadata, names, "nederland").gemeenten == ()
    assert "1e halfjaar 2021" not in list_choices(metadata, ["meldingen"], "ijsselland").periods
    assert "1e halfjaar 2025" in list_choices(metadata, ["meldingen"], "nederland").periods


def test_every_offered_period_has_a_number_for_an_offered_place(metadata: Metadata) -> None:
    for name in metadata.indicators:
        there = {item.period.label for (n, _), items in metadata.coverage.items() if n == name for item in items}
        assert set(list_choices(metadata, [name]).periods[1:]) == there


# --- which places ----------------------------------------------------------------------------------------------------


def test_without_a_choice_every_region_is_shown_and_a_partial_one_by_its_gemeenten(metadata: Metadata) -> None:
    assert list_chosen_places(Selection(), metadata) == ("ijsselland", "dordrecht")


@pytest.mark.parametrize(
    ("selection", "places"),
    [
        (Selection(region="ijsselland"), ("ijsselland",)),
        (Selection(region="zuid-holland-zuid"), ("dordrecht",)),
        (Selection(region="nederland"), ("nederland",)),
        (Selection(gemeenten=("zwolle", "dordrecht")), ("zwolle", "dordrecht")),
        (Selection(region="ijsselland", gemeenten=("dordrecht",)), ("dordrecht",)),
    ],
)
def test_chosen_places(selection: Selection, places: tuple[str, ...], metadata: Metadata) -> None:
    assert list_chosen_places(selection, metadata) == places


def test_a_gemeente_outside_the_region_is_said(metadata: Metadata) -> None:
    (said,) = describe_contradictions(Selection(region="ijsselland", gemeenten=("zwolle", "dordrecht")), metadata)
    assert said == "Dordrecht ligt in Zuid-Holland Zuid, niet in IJsselland; de gekozen gemeente wordt getoond."


def test_every_gemeente_lies_in_nederland_and_in_all_regions(metadata: Metadata) -> None:
    gemeenten = ("zwolle", "dordrecht", "ijsselland-overig")
    assert describe_contradictions(Selection(region="nederland", gemeenten=gemeenten), metadata) == []
    assert describe_contradictions(Selection(gemeenten=gemeenten), metadata) == []


# --- which period ----------------------------------------------------------------------------------------------------


def _covering(*periods: str) -> list[Coverage]:
    return [Coverage(Period.parse(period), frozenset({"alle"}), frozenset(), 1) for period in periods]


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        ("2020 2021", None, "2021"),
        ("2021-Q1 2021-Q2 2021-H1", None, "2021-H1"),
        ("2020 2021 2022-H1", None, "2022-H1"),
        ("2020 2021", "2020", "2020"),
        ("2020 2021", "2021-Q1", "2021"),
        ("2020 2021", "2019", "2020"),
        ("2020 2021", "2035-H2", "2021"),
        ("2020 2021", "2020/2021", "2021"),
        ("2021-H1 2021-Q1 2021-Q2", "2021", "2021-H1"),
        ("2021-H1 2021-Q1 2021-Q2", "2021-H2", "2021-H1"),
        ("2021-H1 2021-Q1 2021-Q2", "2020", "2021-H1"),
        ("2021-H1 2021-Q1 2021-Q2", "2021-Q2", "2021-Q2"),
        ("2021-H1 2021-Q1 2021-Q2", "2021-Q3", "2021-Q2"),
        ("2020/2021", "2021-Q1", "2020/2021"),
        ("2019 2023", "2021", "2023"),
    ],
)
def test_the_nearest_period(there: str, wanted: str | None, found: str) -> None:
    for order in (there.split(), there.split()[::-1]):
        covered = _covering(*order)
        picked = find_nearest(covered, wanted) if wanted else pick_period(covered, None)
        assert picked is not None
        assert picked.period.id == found


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        ("2020 2021 2020/2021", "2019", "2020"),
        ("2020 2021 2021-H1", "2022", "2021"),
        ("2020/2021", "2020", None),
        ("2020/2021 2021", "2021-H1", None),
        ("2021-Q1 2021-Q2 2021-H1", "2021", None),
        ("2021-Q1 2021-Q2 2021-H1", "2021-Q4", "2021-Q2"),
    ],
)
def test_a_number_of_another_length_does_not_answer(there: str, wanted: str, found: str | None) -> None:
    for order in (there.split(), there.split()[::-1]):
        picked = pick_period(_covering(*order), wanted)
        assert (picked and picked.period.id) == found


def test_no_period_where_there_is_no_number() -> None:
    assert pick_period([], "2021") is None
    assert pick_period([], None) is None


def test_the_newest_says_which_and_what_a_place_has_comes_first(dataset: Dataset) -> None:
    """IJsselland and its gemeenten have 2021; Nederland, which stands by itself, has the first half of 2025."""
    known, topics = dataset.metadata, dataset.metadata.of_topics(["instroom"])
    offered = list_choices(known, topics)
    for chosen, newest, first in (
        (Selection(gemeenten=("deventer",)), "2021", "2021"),
        (Selection(gemeenten=("dordrecht",)), "1e halfjaar 2021", "1e halfjaar 2021"),
        (Selection(region="nederland"), "1e halfjaar 2025", "1e halfjaar 2025"),
        (Selection(), "2021", "2021"),
    ):
        ordered, said = sort_choices(offered, known, topics, chosen)
        assert (said, ordered.periods[1]) == (newest, first)
        assert set(ordered.periods) == set(offered.periods)


def test_gemeenten_are_offered_by_region_that_of_the_choice_first(dataset: Dataset) -> None:
    known, topics = dataset.metadata, dataset.metadata.of_topics(["instroom"])
    offered = list_choices(known, topics)
    ordered, _ = sort_choices(offered, known, topics, Selection(gemeenten=("dordrecht",)))
    regions = list(ordered.by_region)
    assert regions[:3] == ["Zuid-Holland Zuid", "IJsselland", "Amsterdam-Amstelland"]
    assert ordered.by_region["Zuid-Holland Zuid"][0] == "Dordrecht"  # that with numbers before the others
    assert set(ordered.all_gemeenten) == set(offered.all_gemeenten)
    assert ordered.by_region["IJsselland"][:2] == ["Dalfsen", "Deventer"]
