"""Dutch numbers and careful sentences."""

import pytest

from vt.figures import wording
from vt.figures.figure import Subject
from vt.model.catalogue import Indicator, Noun
from vt.model.measures import Measure
from vt.model.period import Period

MELDINGEN = Noun("melding", "meldingen")


def test_what_places_are_together_is_not_counted_as_a_place() -> None:
    places = ("Dordrecht", "Zwolle", "gemeenten", "Deventer", "IJsselland", "Nederland")
    assert Subject("", places).scope == "5 plaatsen"
    assert Subject("", ("Zwolle", "gemeenten")).scope == "Zwolle en gemeenten"
    assert wording.name_places(places) == "Dordrecht, Zwolle en 3 andere plaatsen"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (999, 0, "999"),
        (2378, 0, "2.378"),
        (17475415, 0, "17.475.415"),
        (-1112, 0, "−1.112"),
        (4.5, 1, "4,5"),
        (1234.56, 1, "1.234,6"),
        (0.25, 2, "0,25"),
        (3, 1, "3,0"),
    ],
)
def test_numbers_as_the_dutch_write_them(value: float, decimals: int, text: str) -> None:
    assert wording.format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12.5, 0, "13"),
        (13.5, 0, "14"),
        (-12.5, 0, "−13"),
        (2.25, 1, "2,3"),
        (2.35, 1, "2,4"),
        (0.125, 2, "0,13"),
        (29 / 200 * 100, 0, "15"),  # 14.499999999999998 to the computer, 14,5 to anyone else
        (1.1 * 1.1 * 100, 0, "121"),
        (-0.4, 0, "0"),
        (0.49, 0, "0"),
    ],
)
def test_halves_go_away_from_zero(value: float, decimals: int, text: str) -> None:
    assert wording.format_number(value, decimals) == text


def test_every_share_in_halves_rounds_up() -> None:
    for part in range(1, 400, 2):
        assert wording.format_number(part / 200 * 100) == str((part + 1) // 2)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0%"), (0.2, "<1%"), (0.5, "1%"), (62.5, "63%"), (99.4, "99%"), (99.8, ">99%"), (100, "100%"), (150, "150%")],
)
def test_none_and_all_are_kept_for_none_and_all(value: float, text: str) -> None:
    assert wording.format_percent(value) == text


@pytest.mark.parametrize(
    ("value", "measure", "unit", "text"),
    [
        (2378, Measure.AANTAL, "aantal", "2.378"),
        (52.4, Measure.AANTAL, "fte", "52,4"),
        (68, Measure.AANTAL, "procent", "68%"),
        (26.7, Measure.AANDEEL_REGIO, "aantal", "27%"),
        (53.83, Measure.PER_MAAND, "aantal", "53,8"),
        (198.2, Measure.PER_MAAND, "aantal", "198"),
        (4.4465, Measure.PER_1000, "aantal", "4,4"),
        (0.077, Measure.PER_1000, "aantal", "0,08"),
        (0, Measure.PER_1000, "aantal", "0"),
        (0, Measure.PER_MAAND, "aantal", "0"),
        (0.004, Measure.PER_1000, "aantal", "<0,01"),
        (0.99, Measure.PER_MAAND, "aantal", "<1"),
        (1, Measure.PER_MAAND, "aantal", "1,0"),
        (0.02, Measure.AANTAL, "fte", "<0,1"),
    ],
)
def test_a_value_has_the_precision_of_its_measure(value: float, measure: Measure, unit: str, text: str) -> None:
    assert wording.format_value(value, measure, unit) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (402, 550, "402 van 550 (73%)"),
        (2, 19, "2 van 19"),
        (5, 20, "5 van 20 (25%)"),
        (0, 0, "0 van 0"),
        (1, 550, "1 van 550"),
        (5, 5500, "5 van 5.500 (<1%)"),
        (1326, 2377, "1.326 van 2.377 (56%)"),
    ],
)
def test_a_share_names_its_whole(part: float, whole: float, text: str) -> None:
    assert wording.write_share(part, whole) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (402, 550, "402 van de 550 meldingen (73%)"),
        (2, 19, "2 van de 19 meldingen"),
        (5, 20, "5 van de 20 meldingen (25%)"),
        (1326, 1959, "1.326 van de 1.959 meldingen (68%)"),
    ],
)
def test_a_share_names_what_is_counted(part: float, whole: float, text: str) -> None:
    assert wording.write_share(part, whole, MELDINGEN) == text


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (5, 20, "een op de vier"),
        (5, 19, None),  # no share of a small whole
        (4, 20, None),  # nor of a small part
        (26, 100, "ruim een op de vier"),
        (264, 1000, None),  # more than a twentieth from a quarter
        (240, 1000, "bijna een op de vier"),
        (50, 100, "de helft"),
        (49, 100, "bijna de helft"),
        (33, 100, "een op de drie"),
        (4006, 10000, "twee op de vijf"),
        (4051, 10000, "ruim twee op de vijf"),
        (3949, 10000, "bijna twee op de vijf"),
        (60, 90, "twee op de drie"),
        (65, 98, "twee op de drie"),
        (73, 100, "bijna drie op de vier"),
        (729, 1000, None),  # more than two points from three quarters
        (70, 100, "zeven op de tien"),
        (12, 100, "een op de acht"),
        (89, 1000, None),
        (9, 100, None),
        (0, 100, None),
        (100, 100, None),
        (99, 100, None),
    ],
)
def test_a_share_in_words(part: float, whole: float, words: str | None) -> None:
    portion = wording.find_portion(part, whole)
    assert (portion and portion.words) == words


def test_the_words_of_a_share_are_true_of_it() -> None:
    for whole in (20, 137, 550):
        for part in range(whole + 1):
            if portion := wording.find_portion(part, whole):
                named = wording.find_portion(round(portion.share * 2520), 2520)
                assert named
                assert named.words == portion.words.removeprefix("ruim ").removeprefix("bijna ")
                assert portion.words.startswith("ruim") == (part / whole > portion.share + 0.005 + 1e-9)
                assert portion.words.startswith("bijna") == (part / whole < portion.share - 0.005 - 1e-9)
                assert abs(part / whole - portion.share) <= 0.02 + 1e-9


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (0, MELDINGEN, "geen meldingen"),
        (1, MELDINGEN, "1 melding"),
        (2, MELDINGEN, "2 meldingen"),
        (1, MELDINGEN + " (KM)", "1 melding (KM)"),
        (1, MELDINGEN.change(str.upper), "1 MELDING"),
        (2378, MELDINGEN, "2.378 meldingen"),
    ],
)
def test_one_is_singular(count: float, noun: Noun, text: str) -> None:
    assert wording.count_noun(count, noun) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (3, 5, "ten minste 3 en ten hoogste 5 meldingen"),
        (3, None, "ten minste 3 meldingen"),
        (1, None, "ten minste 1 melding"),
        (0, 5, "ten hoogste 5 meldingen"),
        (0, 1, "ten hoogste 1 melding"),
        (0, None, "een onbekend aantal meldingen"),
        (4, 4, "4 meldingen"),
    ],
)
def test_bounds_in_words(low: float, high: float | None, text: str) -> None:
    assert wording.describe_bounds(low, high, MELDINGEN) == text


@pytest.mark.parametrize(
    ("noun", "about", "geweld", "counted"),
    [
        ("meldingen", "incident", "km", "meldingen over kindermishandeling"),
        ("gemelde slachtoffers van huiselijk geweld", None, "hg", "gemelde slachtoffers van huiselijk geweld"),
        ("triagebesluiten", "decision", "om", "triagebesluiten bij ouderenmishandeling"),
        ("meldingen", "incident", "alle", "meldingen"),
    ],
)
def test_what_is_counted_is_named_with_its_kind(noun: str, about: str | None, geweld: str, counted: str) -> None:
    indicator = Indicator("i", "I", "aantal", Noun(noun, noun), "instroom", "D.", about=about)
    assert str(indicator.name_counted(geweld)) == counted


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2021", "2021"),
        ("2021-H2", "de tweede helft van 2021"),
        ("2021-Q4", "het vierde kwartaal van 2021"),
        ("2020/2021", "2020 en 2021 samen"),
        ("2019/2021", "2019 tot en met 2021"),
    ],
)
def test_a_period_in_plain_words(period: str, text: str) -> None:
    assert wording.name_period(Period.parse(period)) == text


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("46%", "46 procent"), ("<1%", "minder dan 1 procent"), (">99%", "meer dan 99 procent"), ("2,3", "2,3")],
)
def test_a_text_for_the_ear(text: str, spoken: str) -> None:
    assert wording.speak(text) == spoken


def test_a_title_takes_the_first_wording_that_fits() -> None:
    most = wording.MOST_IN_TITLE
    assert wording.pick_fitting("a" * (most + 1), "b" * most, "c") == "b" * most
    assert wording.pick_fitting("a" * (most + 2), "b" * (most + 1), "c" * (most + 3)) == "b" * (most + 1)


def test_bounds_stay_bounds() -> None:
    assert wording.format_bounds("1", "3") == "1-3"
    assert wording.format_bounds("3", "3") == "3°"


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_an_enumeration(items: list[str], text: str) -> None:
    assert wording.join_words(items) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2021", "in 2021"),
        ("2021-H1", "in de eerste helft van 2021"),
        ("2021-Q2", "in het tweede kwartaal van 2021"),
        ("2020/2021", "in 2020 en 2021 samen"),
        ("2019/2021", "in 2019 tot en met 2021"),
    ],
)
def test_a_period_in_a_sentence(period: str, text: str) -> None:
    assert wording.place_in_time(Period.parse(period)) == text


def test_a_long_label_is_cut_with_an_ellipsis() -> None:
    assert wording.truncate("Zwolle", 6) == "Zwolle"
    assert wording.truncate("Multiproblematische leefsituatie", 20) == "Multiproblematische…"
    assert len(wording.truncate("x" * 100, 60)) == 60


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert wording.capitalize("deze telling gaat over HG") == "Deze telling gaat over HG"
    assert wording.capitalize("") == ""
    assert wording.capitalize("“KM” staat") == "“KM” staat"


@pytest.mark.parametrize(
    ("number", "said"), [("+1", "+1 punt"), ("−1", "−1 punt"), ("11", "11 punten"), ("+2", "+2 punten")]
)
def test_one_point_is_singular(number: str, said: str) -> None:
    assert wording.count_points(number) == said
