"""Dutch numbers and careful sentences."""

import pytest

from vt.figures import wording
from vt.model.catalogue import Noun
from vt.model.measures import Measure
from vt.model.period import Period

MELDINGEN = Noun("melding", "meldingen")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (999, 0, "999"),
        (2378, 0, "2.378"),
        (17475415, 0, "17.475.415"),
        (-1112, 0, "-1.112"),
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
        (-12.5, 0, "-13"),
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
    ("part", "whole", "text"),
    [
        (5, 20, "1 op de 4"),
        (4, 19, ""),  # no share of a small whole
        (26, 100, "ongeveer 1 op de 4"),
        (261, 1000, ""),  # 26,1 is more than a point from a quarter
        (240, 1000, "ongeveer 1 op de 4"),
        (50, 100, "de helft"),
        (49, 100, "ongeveer de helft"),
        (33, 100, "ongeveer 1 op de 3"),
        (2, 3, ""),
        (60, 90, "2 op de 3"),
        (65, 98, "ongeveer 2 op de 3"),
        (73, 100, ""),
        (70, 100, "7 op de 10"),
        (12, 100, "ongeveer 1 op de 8"),
        (89, 1000, ""),
        (9, 100, "ongeveer 1 op de 10"),
        (0, 100, ""),
        (100, 100, ""),
        (99, 100, ""),
    ],
)
def test_a_share_in_words(part: float, whole: float, text: str) -> None:
    assert wording.find_simple_share(part, whole) == text


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
    ("noun", "geweld", "spelled"),
    [
        ("meldingen", "km", "meldingen over kindermishandeling"),
        ("adviezen", "hg", "adviezen over huiselijk geweld"),
        ("gemelde slachtoffers van huiselijk geweld", "hg", "gemelde slachtoffers van huiselijk geweld"),
        ("uitkomsten van onderzoek", "om", "uitkomsten van onderzoek (alleen ouderenmishandeling)"),
        ("fte", "alle", "voltijdbanen"),
        ("meldingen", "alle", "meldingen"),
    ],
)
def test_a_noun_is_spelled_out_with_its_kind(noun: str, geweld: str, spelled: str) -> None:
    assert str(wording.spell_noun(Noun(noun, noun), geweld)) == spelled


def test_abbreviations_are_spelled_out() -> None:
    assert wording.spell_out("Politie en OM") == "Politie en Openbaar Ministerie"


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2021", "2021"),
        ("2021-H2", "het tweede halfjaar van 2021"),
        ("2021-Q4", "het vierde kwartaal van 2021"),
        ("2020/2021", "2020 en 2021 samen"),
        ("2019/2021", "2019 tot en met 2021"),
    ],
)
def test_a_period_in_plain_words(period: str, text: str) -> None:
    assert wording.speak_period(Period.parse(period)) == text


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("46%", "46 procent"), ("<1%", "minder dan 1 procent"), (">99%", "meer dan 99 procent"), ("2,3", "2,3")],
)
def test_a_number_as_it_is_said(text: str, spoken: str) -> None:
    assert wording.speak_number(text) == spoken


def test_a_title_takes_the_first_wording_that_fits() -> None:
    assert wording.pick_fitting("a" * 111, "b" * 110, "c") == "b" * 110
    assert wording.pick_fitting("a" * 112, "b" * 111, "c" * 113) == "b" * 111


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
        ("2021-H1", "in het 1e halfjaar van 2021"),
        ("2021-Q2", "in het 2e kwartaal van 2021"),
        ("2020/2021", "in 2020 en 2021 samen"),
        ("2019/2021", "in 2019 t/m 2021"),
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
