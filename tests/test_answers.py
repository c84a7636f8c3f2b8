"""What the sources can answer: the nearest number there is, and a sentence for what is not there."""

from pathlib import Path

import pytest
from worlds import add_report, edit, opened

from vt.build.build import ensure
from vt.figures import wording
from vt.figures.answers import Answers, Dataset, answer
from vt.figures.selection import Selection
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.model.period import Period


def _ask(dataset: Dataset, indicator: str, selection: Selection, by_category: bool = False) -> Answers:
    return answer(dataset, dataset.metadata.indicators[indicator], selection, by_category=by_category)


def texts(answers: Answers) -> tuple[str, ...]:
    return tuple(notice.text for notice in answers.notices)


def _values(answers: Answers) -> dict[str, float | None]:
    return {item.place.id: item.total.value if item.total else None for item in answers.items}


def test_a_place_answers_for_itself_without_a_word(dataset: Dataset) -> None:
    found = _ask(dataset, "meldingen", Selection(gemeenten=("zwolle",)))
    assert _values(found) == {"zwolle": 646}
    assert texts(found) == ()
    assert found.items[0].total_before is not None
    assert found.items[0].total_before.value == 758
    assert found.items[0].inhabitants == 129_840
    assert found.items[0].inhabitants_before == 128_840


def test_a_gemeente_without_the_figure_is_answered_by_its_region(dataset: Dataset) -> None:
    found = _ask(dataset, "triagebesluiten", Selection(gemeenten=("zwolle",)))
    assert _values(found) == {"ijsselland": 2372}
    assert texts(found) == ("Voor Zwolle zijn hierover geen cijfers gepubliceerd; hier staat IJsselland als geheel.",)


def test_a_region_with_the_name_of_the_gemeente_is_called_a_region(world: Path) -> None:
    edit(world / "catalogue/places.yaml", "label: Polder", "label: Dorp")
    edit(world / "reports/polder_2021.yaml", "Polder: [44.5", "polder: [44.5")
    with opened(ensure(world, world / "vt.db")) as dataset:
        said = [texts(_ask(dataset, "tijdig", Selection(gemeenten=(place,)))) for place in ("dorp", "stad")]
    assert said == [
        ("Voor gemeente Dorp zijn hierover geen cijfers gepubliceerd; hier staat regio Dorp als geheel.",),
        ("Voor Stad zijn hierover geen cijfers gepubliceerd; hier staat regio Dorp als geheel.",),
    ]


def test_several_places_with_the_same_reason_share_one_sentence_and_one_answer(dataset: Dataset) -> None:
    found = _ask(dataset, "triagebesluiten", Selection(gemeenten=("zwolle", "kampen", "ommen")))
    assert _values(found) == {"ijsselland": 2372}
    assert texts(found) == (
        "Voor Zwolle, Kampen en Ommen zijn hierover geen cijfers gepubliceerd; hier staat IJsselland als geheel.",
    )


def test_a_split_that_only_the_region_has_is_said_apart(bare: Dataset) -> None:
    found = _ask(bare, "meldingen_particulieren", Selection(gemeenten=("zwolle",)), by_category=True)
    assert _values(found) == {"ijsselland": 418}
    assert texts(found) == ("Voor Zwolle is alleen het totaal gepubliceerd; de verdeling hier is die van IJsselland.",)


def test_a_region_that_is_only_partly_in_never_answers_for_its_gemeente(dataset: Dataset) -> None:
    found = _ask(dataset, "huisverboden", Selection(gemeenten=("dordrecht",)))
    assert found.items == ()
    (notice,) = texts(found)
    assert notice.startswith("De bronnen geven voor Dordrecht geen cijfers over huisverboden")


def test_the_nearest_period_that_is_as_long_is_shown_and_said(dataset: Dataset) -> None:
    found = _ask(dataset, "meldingen", Selection(gemeenten=("zwolle",), period="2019"))
    assert _values(found) == {"zwolle": 758}
    assert texts(found) == (
        "Voor Zwolle zijn deze cijfers er niet over 2019; hier staat 2020, dat daar het dichtst bij ligt.",
    )


@pytest.mark.parametrize(
    ("indicator", "place", "period", "said"),
    [
        (
            "meldingen",
            "zwolle",
            "2021-Q1",
            "Voor Zwolle is er geen cijfer over het eerste kwartaal van 2021, wel over 2021: 646 meldingen.",
        ),
        (
            "meldingen",
            "dordrecht",
            "2021",
            "Voor Dordrecht is er geen cijfer over 2021, wel over de eerste helft van 2021: 550 meldingen.",
        ),
        (
            "meldingen_professionals_functie",
            "ijsselland",
            "2020",
            "Voor IJsselland is er geen cijfer over 2020, wel over 2020 en 2021 samen: 4.089 meldingen van "
            "professionals.",
        ),
        (
            "triagebesluiten_tijdig",
            "zwolle",
            "2021-H1",
            "Voor Zwolle is er geen cijfer over de eerste helft van 2021, wel over 2021: 46% in IJsselland.",
        ),
    ],
)
def test_a_chosen_period_is_not_stretched(dataset, indicator, place, period, said) -> None:
    chosen = {"region": place} if place == "ijsselland" else {"gemeenten": (place,)}
    found = _ask(dataset, indicator, Selection(**chosen, period=period))
    assert found.items == ()
    assert texts(found) == (said,)
    assert wording.name_period(Period.parse(found.notices[0].period)) in said, "what the button chooses"


def test_a_hidden_number_of_another_length_stays_hidden(dataset: Dataset) -> None:
    asked = Selection(gemeenten=("ommen",), period="2021-H1", shielding=Shielding.ALL)
    (notice,) = _ask(dataset, "huisverboden", asked).notices
    assert (
        notice.text
        == "Voor Ommen is er geen cijfer over de eerste helft van 2021, wel over 2021: minder dan 5 huisverboden."
    )
    assert notice.hides


@pytest.mark.parametrize(("geweld", "value"), [("alle", 550), ("km", 447), ("hg", 95), ("om", 8)])
def test_a_split_table_answers_for_each_kind(geweld: str, value: int, dataset: Dataset) -> None:
    found = _ask(dataset, "meldingen", Selection(gemeenten=("dordrecht",), geweld=geweld))
    assert _values(found) == {"dordrecht": value}
    assert found.items[0].geweld == geweld
    assert texts(found) == ()


def test_km_of_a_table_that_is_not_split_is_all_together_and_says_where_km_is(dataset: Dataset) -> None:
    found = _ask(dataset, "meldingen", Selection(region="ijsselland", geweld="km"))
    assert _values(found) == {"ijsselland": 2378}
    assert found.items[0].geweld == "alle"
    assert texts(found) == (
        "Voor IJsselland is kindermishandeling hier niet apart geteld, wel bij meldingen naar aard van het geweld; "
        "hier staat alles samen.",
    )


def test_km_is_not_pointed_to_where_it_is_not(dataset: Dataset) -> None:
    found = _ask(dataset, "crisissituaties", Selection(region="ijsselland", geweld="km"))
    assert texts(found) == ("Voor IJsselland is kindermishandeling niet apart geteld; hier staat alles samen.",)


@pytest.mark.parametrize(
    ("geweld", "classes"),
    [("km", [465]), ("hg", [789, 104, 243]), ("om", [27]), ("alle", [789, 465, 104, 27, 243, 742, 8])],
)
def test_classes_that_are_of_one_kind_answer_for_it(geweld: str, classes: list[int], dataset: Dataset) -> None:
    found = _ask(dataset, "meldingen_naar_aard", Selection(region="ijsselland", geweld=geweld), by_category=True)
    (item,) = found.items
    assert [n.value for n in item.categories] == classes
    assert item.total is not None
    assert item.total.value == sum(classes)
    assert texts(found) == ()


def test_a_kind_of_which_classes_are_hidden_is_not_shown_as_if_it_were_whole(bare: Dataset) -> None:
    found = _ask(bare, "meldingen_naar_aard", Selection(gemeenten=("zwolle",), geweld="hg"), by_category=True)
    (item,) = found.items
    assert item.geweld == "alle"
    assert item.total is not None
    assert item.total.value == 646
    assert item.parts == ()
    assert texts(found) == ("Voor Zwolle is huiselijk geweld niet als geheel geteld; hier staan alle soorten samen.",)


def test_parts_are_there_only_where_they_add_up_to_the_total(dataset: Dataset) -> None:
    for indicator in dataset.metadata.indicators:
        asked = Selection(gemeenten=_everywhere(dataset), shielding=Shielding.NONE)
        for item in _ask(dataset, indicator, asked).items:
            whole = {n.geweld: n.value or 0 for n in item.numbers if not n.category}
            if item.parts:
                assert sum(whole[kind] for kind in item.parts) == whole["alle"], (indicator, item.place.id)


def test_a_count_that_is_only_about_hg_says_so(dataset: Dataset) -> None:
    dordrecht = ("dordrecht",)
    assert texts(_ask(dataset, "gemelde_slachtoffers", Selection(gemeenten=dordrecht))) == (
        "Voor Dordrecht gaat deze telling alleen over huiselijk geweld.",
    )
    assert texts(_ask(dataset, "gemelde_slachtoffers", Selection(gemeenten=dordrecht, geweld="km"))) == (
        "Voor Dordrecht gaat deze telling alleen over huiselijk geweld, niet over kindermishandeling.",
    )
    assert texts(_ask(dataset, "gemelde_slachtoffers", Selection(gemeenten=dordrecht, geweld="hg"))) == ()


def test_a_measure_does_not_change_what_is_answered(dataset: Dataset) -> None:
    plain = _ask(dataset, "meldingen", Selection(gemeenten=("zwolle",)))
    for measure in Measure:
        assert _ask(dataset, "meldingen", Selection(gemeenten=("zwolle",), measure=measure)) == plain


def test_a_place_is_answered_once(dataset: Dataset) -> None:
    found = _ask(dataset, "overdrachten", Selection(gemeenten=("zwolle", "ijsselland-overig")))
    assert _values(found) == {"ijsselland": 1556}


def test_every_answer_is_of_the_asked_places_or_their_region(dataset: Dataset) -> None:
    places = dataset.metadata.places
    for indicator in dataset.metadata.indicators:
        for asked in _everywhere(dataset):
            for item in _ask(dataset, indicator, Selection(gemeenten=(asked,))).items:
                assert item.place.id in {asked, places[asked].region}
                assert item.table.indicator == indicator


def test_the_table_of_the_year_before_is_named(world: Path) -> None:
    add_report(
        world,
        "{number: '9', heading: Eerder, indicator: meldingen, rows: place, cells: {Dorp: [7]}}",
        name="eerder",
        head="report: {title: T, publisher: Veilig Thuis Polder, region: polder, period: 2019, licence: O}\ntables:\n",
    )
    with opened(ensure(world, world / "vt.db")) as dataset:
        (item,) = _ask(dataset, "meldingen", Selection(gemeenten=("dorp",), period="2020")).items
        assert item.table.number == "1.1"
        (before,) = item.tables_before
        assert before.number == "9"


def test_a_provisional_number_is_known_as_such(small: Dataset) -> None:
    stad = ("stad",)
    assert _ask(small, "meldingen", Selection(gemeenten=stad, period="2022-Q2")).items[0].is_provisional
    assert _ask(small, "meldingen", Selection(gemeenten=stad, period="2022-H1")).items[0].is_provisional
    assert not _ask(small, "meldingen", Selection(gemeenten=stad, period="2022-Q1")).items[0].is_provisional


def test_nothing_is_asked_of_no_places(dataset: Dataset) -> None:
    found = answer(dataset, dataset.metadata.indicators["meldingen"], Selection(), places=[])
    assert found == Answers((), ())


def _everywhere(dataset: Dataset) -> tuple[str, ...]:
    return tuple(place.id for place in dataset.metadata.places_with_data())
