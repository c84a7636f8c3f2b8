"""What could not be answered as asked, said once for all places that share it."""

from hypothesis import given
from hypothesis import strategies as some

from vt.figures.answers import Dataset
from vt.figures.nearest import name_counted, name_other
from vt.figures.notices import Notice, Reason, join_regions, merge_notices
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection


def notice(reason: Reason, *places: str) -> Notice:
    return Notice(reason, places, "meldingen", "2020", "2021", "Adviezen", "het niet bekend is", "in 2021")


notices = some.builds(
    lambda reason, places: notice(reason, *places),
    some.sampled_from(Reason),
    some.lists(some.sampled_from(["Dordrecht", "Zwolle", "Kampen"]), min_size=1, unique=True),
)


def test_places_that_share_a_reason_share_a_sentence() -> None:
    said = merge_notices(
        [notice(Reason.ABSENT, "Zwolle"), notice(Reason.NOT_SPLIT, "Kampen"), notice(Reason.ABSENT, "Kampen")]
    )
    assert [each.text for each in said] == [
        "De bronnen geven voor Zwolle en Kampen geen cijfers over meldingen.",
        "Voor Kampen is 2020 niet apart geteld; hier staat alles samen.",
    ]


def test_regions_that_stand_for_their_gemeenten_share_a_sentence() -> None:
    regions = {"Amsterdam": "Amsterdam-Amstelland", "Zwolle": "IJsselland", "Breda": "West-Brabant"}
    said = [Notice(Reason.ONLY_REGION, (place,), shown=region) for place, region in regions.items()]
    assert tuple(each.text for each in join_regions(said)) == (
        "Voor Amsterdam, Zwolle en Breda zijn hierover geen cijfers gepubliceerd; hier staat hun regio als geheel.",
    )
    assert join_regions(said[:2]) == tuple(said[:2])


@given(some.lists(notices))
def test_nothing_is_lost_and_nothing_is_said_twice(given: list[Notice]) -> None:
    merged = merge_notices(given)
    assert len({each.reason for each in merged}) == len(merged)
    assert {(n.reason, place) for n in merged for place in n.places} == {(n.reason, p) for n in given for p in n.places}
    assert all(len(set(each.places)) == len(each.places) for each in merged)


@given(notices)
def test_every_reason_is_a_whole_sentence(one: Notice) -> None:
    assert one.text.endswith(".")
    assert not set("{}") & set(one.text)


def test_what_a_place_does_not_have_is_said_with_what_it_has_of_the_same_things(dataset: Dataset) -> None:
    adviezen = dataset.metadata.indicators["adviezen"]
    assert name_counted(dataset.metadata, adviezen, ["dordrecht"]) == "adviezen naar adviesvrager"
    assert name_counted(dataset.metadata, adviezen, ["dordrecht", "gorinchem"]) == ""


def test_whose_figures_are_shown_instead_is_said_once_though_it_has_two(dataset: Dataset) -> None:
    asked = FigureRequest("norms", ("vv_tijdig", "onderzoeken_tijdig"), "Op tijd")
    (figure, *_) = build_figures(dataset, asked, Selection(region="ijsselland"))
    country = dataset.metadata.places["nederland"]
    assert name_other(figure, [country], dataset.metadata) == "Veilig Thuis IJsselland, niet Nederland"
