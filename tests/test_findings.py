"""What figures say: the title and the sentences after it, against the printed figures and against hostile ones.

Where the report of IJsselland states the same in its text, the case says so, and where it cuts off, rounds otherwise or
contradicts its own table.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from vt.figures import wording
from vt.figures.answers import Answer, Dataset, answer
from vt.figures.metric import Metric
from vt.figures.reading import Reading, read_answers
from vt.figures.selection import Selection
from vt.figures.text.change import CHANCE, Shift, write_change
from vt.figures.text.divisions import Bounded, Division, tell_divisions
from vt.figures.text.numbers import tell_norms, tell_places, tell_ranking
from vt.model.catalogue import Indicator, Norm, Noun, Place
from vt.model.counting import Counting
from vt.model.measures import ROUNDED_BASE, Measure
from vt.model.period import Period
from vt.store.reference import SourceTable

MELDINGEN = Indicator(
    "meldingen",
    "Meldingen",
    "aantal",
    Noun("melding", "meldingen"),
    "instroom",
    "Wat gemeld is.",
    about="incident",
    verb=Noun("komt van", "komen van"),
)
TIJDIG = Indicator(
    "tijdig", "Op tijd", "procent", Noun("besluit op tijd", "besluiten op tijd"), "triage", "Deel op tijd."
)
FORMATIE = Indicator("formatie", "Formatie", "fte", Noun("fte", "fte"), "organisatie", "Banen.", about="organisation")
TABLE = SourceTable(
    1,
    "r",
    "T",
    "Veilig Thuis Polder",
    "7",
    "H",
    "meldingen",
    "dorp",
    "2021",
    False,
    None,
    (),
    (),
    "r/7/1",
    Counting("P"),
)
DORP = Place("dorp", "Dorp", "gemeente", "polder")
STAD = Place("stad", "Stad", "gemeente", "polder")
POLDER = Place("polder", "Polder", "region", "polder")
VEILIG_THUIS = Place("polder", "Veilig Thuis Polder", "organisation", "polder")
REST = Place("polder-overig", "Overige gemeente", "rest", "polder")
YEAR = Period.parse("2021")


def made(
    value: float,
    before: float | None = None,
    *,
    place: Place = DORP,
    period: str = "2021",
    geweld: str = "alle",
    count: float | None = None,
    inhabitants: float | None = None,
    indicator: Indicator = MELDINGEN,
    measure: Measure = Measure.AANTAL,
) -> Reading:
    """A reading of a number, in a measure where `count` is not its value."""
    item = Answer(place, Period.parse(period), geweld, (), (), (TABLE,), (), inhabitants, inhabitants)
    return Reading(Metric(indicator, measure), item, value, value if count is None else count, before, before)


def convert(measure: Measure, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, taken to be in a measure."""
    return [replace(reading, metric=Metric(MELDINGEN, measure)) for reading in readings]


def read(
    dataset: Dataset, indicator: str, places: Sequence[str], period: str, measure: Measure, geweld: str = "alle"
) -> list[Reading]:
    """The readings of the real data."""
    asked = Selection(period=period, geweld=geweld)
    known = dataset.metadata.indicators[indicator]
    return read_answers(dataset, answer(dataset, known, asked, places=places).items, Metric(known, measure))[0]


def divided(dataset: Dataset, indicator: str, place: str, period: str) -> Division:
    """How the real numbers of a place divide."""
    known = dataset.metadata.indicators[indicator]
    (item,) = answer(dataset, known, Selection(period=period), by_category=True, places=[place]).items
    counts = {n.said: n.low for n in item.categories if not n.is_rest}
    most = max(counts.values())
    assert item.total is not None
    top = [Bounded(said, most, most) for said, count in counts.items() if count == most]
    rest = max(((n.said, n.low) for n in item.categories if n.is_rest), key=lambda pair: pair[1], default=("", 0.0))
    base = item.total.value or 0
    return Division(item.place, item.period, known, item.geweld, top, base, rest=rest)


# --- what the report states: changes ---------------------------------------------------------------------------------

CHANGES = [
    # 1.1, "Belangrijkste resultaten": -12%, also named in 1.5, 1.8, 3.1, 4.2 and 4.3.
    ("meldingen", "ijsselland", "IJsselland: 2.378 meldingen in 2021, 338 minder dan in 2020 (2.716), ofwel 12%"),
    # 1.1: -15% for Zwolle.
    ("meldingen", "zwolle", "Zwolle: 646 meldingen in 2021, 112 minder dan in 2020 (758), ofwel 15%"),
    # 1.1 prints -38%.
    ("meldingen", "olst-wijhe", "Olst-Wijhe: 45 meldingen in 2021, 28 minder dan in 2020 (73)"),
    # 1.1 prints 0%, which 314 and 313 are not quite.
    ("meldingen", "kampen", "Kampen: 313 meldingen in 2021, 1 minder dan in 2020 (314): vrijwel gelijk"),
    # 1.1 prints 12% more.
    ("meldingen", "dalfsen", "Dalfsen: 96 meldingen in 2021, 10 meer dan in 2020 (86)"),
    # 1.1 prints 33% more, on a base of 9.
    ("meldingen", "ijsselland-overig", "Overige gemeente: 12 meldingen in 2021, in 2020 waren het er 9"),
    # 1.3: -28%.
    (
        "meldingen_particulieren",
        "ijsselland",
        "IJsselland: 418 meldingen van particulieren in 2021, 162 minder dan in 2020 (580), ofwel 28%",
    ),
    # 1.7 says "gestegen met 1%", its summary "gelijkblijvend".
    (
        "crisissituaties",
        "ijsselland",
        "IJsselland: 285 crisissituaties in 2021, 2 meer dan in 2020 (283): vrijwel gelijk",
    ),
    # 1.8 and the summary say -6%.
    ("huisverboden", "ijsselland", "IJsselland: 49 huisverboden in 2021, 3 minder dan in 2020 (52)"),
    # 1.8 prints 300% more.
    ("huisverboden", "dalfsen", "Dalfsen: 4 huisverboden in 2021, in 2020 was het er 1"),
    # 1.8 prints 100% more, of nothing.
    ("huisverboden", "ommen", "Ommen: 1 huisverbod in 2021, in 2020 geen"),
    # 1.8 prints -100%.
    ("huisverboden", "raalte", "Raalte: geen huisverboden in 2021, in 2020 was het er 1"),
    # 2.1, 2.4 and the summary: 17% more, which is wholly the rest group.
    (
        "adviezen",
        "ijsselland",
        "IJsselland: 3.485 adviezen in 2021, waarvan 1.022 onder Overige gemeente; in de 11 gemeenten 2.463, was 2.522",
    ),
    # 2.3: 31% more; 2.B has the gemeenten of 2021 alone.
    (
        "adviezen_particulieren",
        "ijsselland",
        "IJsselland: 1.973 adviezen aan particulieren in 2021, waarvan 823 onder Overige gemeente; "
        "in de 11 gemeenten 1.150",
    ),
    # 3.1: -10%.
    ("overdrachten", "ijsselland", "IJsselland: 1.556 overdrachten in 2021, 176 minder dan in 2020 (1.732), ofwel 10%"),
    # 4.3 says "een daling dus van -19%".
    ("onderzoeken", "ijsselland", "IJsselland: 110 onderzoeken in 2021, 25 minder dan in 2020 (135), ofwel 19%"),
    # 4.3 prints -55% for Zwolle.
    ("onderzoeken", "zwolle", "Zwolle: 19 onderzoeken in 2021, in 2020 waren het er 42"),
    ("onderzoeken", "deventer", "Deventer: 34 onderzoeken in 2021, 13 meer dan in 2020 (21)"),
    ("onderzoeken", "olst-wijhe", "Olst-Wijhe: 1 onderzoek in 2021, in 2020 waren het er 7"),
    # 4.1: 44% in 2020, 46% in 2021.
    (
        "triagebesluiten_tijdig",
        "ijsselland",
        "Veilig Thuis IJsselland: 46% van de triagebesluiten op tijd in 2021; in 2020 was dat 44%",
    ),
    # 4.3: 25% and 33%, with the waiting list.
    (
        "onderzoeken_tijdig_met_wachtlijst",
        "ijsselland",
        "Veilig Thuis IJsselland: 33% van de onderzoeken op tijd met wachtlijst in 2021; in 2020 was dat 25%",
    ),
    ("formatie", "ijsselland", "Veilig Thuis IJsselland had 52 fte; het rapport noemt geen peildatum"),
]


@pytest.mark.parametrize(("indicator", "place", "title"), CHANGES)
def test_changes_that_the_report_states(dataset: Dataset, indicator: str, place: str, title: str) -> None:
    assert tell_places(read(dataset, indicator, [place], "2021", Measure.AANTAL)).title == title


def test_the_year_that_the_report_misnames(dataset: Dataset) -> None:
    # 2.4 says 3.485 "in 2021" and, a sentence later, 2.986 "in 2021": its table has the second under 2020.
    readings = read(dataset, "adviezen", ["ijsselland"], "2020", Measure.AANTAL)
    assert tell_places(readings).title.startswith("IJsselland: 2.986 adviezen in 2020")


# --- what the report states: averages and ratios ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "printed", "shown", "rounded"),
    [
        (2378, 198, "198", 198),  # 1.1
        (2716, 226, "226", 226),  # 1.1
        (3485, 290, "290", 290),  # 2.1
        (2986, 248, "249", 249),  # 2.1 cuts off 248,8
        (1732, 144, "144", 144),  # 3.1
        (1556, 129, "130", 130),  # 3.1 cuts off 129,7
        (587, 49, "48,9", 49),  # 4.2 rounds
        (430, 36, "35,8", 36),  # 4.2 rounds
        (135, 11, "11,3", 11),  # 4.3
        (110, 9, "9,2", 9),  # 4.3
        (919, 76, "76,6", 77),  # 1.6 cuts off
        (789, 65, "65,8", 66),  # 1.6 cuts off
        (752, 62, "62,7", 63),  # 1.6 cuts off
        (742, 61, "61,8", 62),  # 1.6 cuts off
        (131, 11, "10,9", 11),  # 1.6 rounds
        (104, 8, "8,7", 9),  # 1.6 cuts off
        (465, 39, "38,8", 39),  # 1.6 rounds
        (606, 50, "50,5", 51),  # 1.6 cuts off
        (27, 2, "2,3", 2),  # 1.6
        (935, 78, "77,9", 78),  # 2.5 rounds
    ],
)
def test_averages_per_month_that_the_report_states(count: float, printed: int, shown: str, rounded: int) -> None:
    assert wording.format_value(count / 12, Measure.PER_MAAND) == shown
    assert wording.format_number(count / 12) == str(rounded)
    assert printed in (rounded, count // 12)


@pytest.mark.parametrize(
    ("part", "whole", "share", "printed"),
    [
        (283, 2716, "10%", 10),  # crisissituaties
        (285, 2378, "12%", 12),
        (52, 2716, "2%", 2),  # huisverboden
        (49, 2378, "2%", 2),
        (1732, 2716, "64%", 63),  # overdrachten: the report cuts off 63,8
        (1556, 2378, "65%", 65),
        (587, 2716, "22%", 21),  # voorwaarden en vervolg: cuts off 21,6
        (430, 2378, "18%", 18),
        (135, 2716, "5%", 5),  # onderzoek: rounds 4,97 up
        (110, 2378, "5%", 4),  # and cuts off 4,6: "minder onderzoeken naar verhouding" rests on that
    ],
)
def test_ratios_that_the_report_states(part: float, whole: float, share: str, printed: int) -> None:
    assert wording.format_percent(part / whole * 100) == share
    assert printed in (int(part / whole * 100), int(share[:-1]))


# --- what the report states: the largest -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "period", "title", "more"),
    [
        # 1.2: the most meldingen are from Justitie & Veiligheid in both years.
        (
            "meldingen_professionals",
            "2021",
            "Ruim twee op de drie meldingen van professionals in IJsselland komen van justitie en veiligheid",
            "In 2021 waren dat er 1.326 van de 1.959 meldingen van professionals (68%).",
        ),
        # 1.3: adults who are involved in 2021, neighbours in 2020.
        (
            "meldingen_particulieren",
            "2021",
            "Bijna drie op de tien meldingen van particulieren in IJsselland komen van volwassen directbetrokkenen, "
            "de grootste groep",
            "In 2021 waren dat er 120 van de 418 meldingen van particulieren (29%).",
        ),
        (
            "meldingen_particulieren",
            "2020",
            "Bijna drie op de tien meldingen van particulieren in IJsselland komen van buurtbewoners, "
            "de grootste groep",
            "In 2020 waren dat er 166 van de 580 meldingen van particulieren (29%).",
        ),
        # 4.1: overdracht and structurele onveiligheid, in both years.
        (
            "triagebesluiten",
            "2021",
            "Bijna drie op de vijf triagebesluiten in IJsselland leiden tot overdracht",
            "In 2021 waren dat er 1.401 van de 2.372 triagebesluiten (59%).",
        ),
        (
            "veiligheidsbeoordelingen",
            "2021",
            "36% van de conclusies van de veiligheidsbeoordeling in IJsselland luidt: structurele onveiligheid, "
            "de grootste groep",
            "In 2021 waren dat er 835 van de 2.319 conclusies van de veiligheidsbeoordeling (36%).",
        ),
    ],
)
def test_the_largest_that_the_report_names(
    dataset: Dataset, indicator: str, period: str, title: str, more: str
) -> None:
    assert tell_divisions([divided(dataset, indicator, "ijsselland", period)]) == (title, (more,))


def test_the_largest_of_dordrecht(dataset: Dataset) -> None:
    told = tell_divisions([divided(dataset, "meldingen_naar_melder", "dordrecht", "2021-H1")])
    assert told.title == "Bijna drie op de vier meldingen in Dordrecht komen van politie en justitie"
    assert told.more == ("In de eerste helft van 2021 waren dat er 402 van de 550 meldingen (73%).",)


@pytest.mark.parametrize(
    ("indicator", "period", "largest"),
    [
        ("crisissituaties", "2021", "82 in Zwolle"),  # 1.7
        ("crisissituaties", "2020", "77 in Deventer"),  # 1.7 names Deventer and Zwolle (76)
        ("onderzoeken", "2021", "34 in Deventer"),  # 4.3
        ("onderzoeken", "2020", "42 in Zwolle"),  # 4.3
        ("meldingen", "2021", "646 in Zwolle"),  # 1.1
        ("voorwaarden_en_vervolg", "2021", "116 in Zwolle"),  # 4.2
    ],
)
def test_the_gemeente_with_the_most_that_the_report_names(
    dataset: Dataset, indicator: str, period: str, largest: str
) -> None:
    gemeenten = [p.id for p in dataset.metadata.places.values() if p.region == "ijsselland" and p.kind == "gemeente"]
    readings = read(dataset, indicator, gemeenten, period, Measure.AANTAL)
    ranked = sorted(readings, key=lambda reading: -reading.value)
    assert tell_ranking(ranked, []).title.endswith(f" tot {largest}")


def test_the_total_that_the_report_of_dordrecht_prints_wrong(dataset: Dataset) -> None:
    # Its table prints 241 as the total of 447, 95 and 8; the totals by reporter say 550 as well.
    readings = read(dataset, "meldingen", ["dordrecht"], "2021-H1", Measure.AANTAL)
    assert tell_places(readings).title == "Dordrecht: 550 meldingen in de eerste helft van 2021"


# --- one number ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "title"),
    [
        (None, 0, "Dorp: geen meldingen in 2021"),
        (None, 1, "Dorp: 1 melding in 2021"),
        (0, 0, "Dorp: geen meldingen in 2021, net als in 2020"),
        (1, 1, "Dorp: 1 melding in 2021, evenveel als in 2020"),
        (19, 40, "Dorp: 40 meldingen in 2021, 21 meer dan in 2020 (19): ruim verdubbeld"),
        (313, 313, "Dorp: 313 meldingen in 2021, evenveel als in 2020"),
        (100, 128, "Dorp: 128 meldingen in 2021, 28 meer dan in 2020 (100), ofwel 28%"),
    ],
)
def test_a_count_and_its_change(before: float | None, now: float, title: str) -> None:
    assert tell_places([made(now, before)]).title == title


def test_a_change_in_a_column_goes_on_in_its_own_words() -> None:
    assert write_change(made(80, 80, indicator=TIJDIG)) == Shift("evenveel", "als {then}")
    assert write_change(made(82, 80, indicator=TIJDIG)) == Shift("+2 punten", "t.o.v. {year}")
    assert write_change(made(7, 14)) == Shift("was 14", "{then}")


@pytest.mark.parametrize(
    ("reading", "indicator", "measure", "title"),
    [
        (made(99.6), TIJDIG, Measure.AANTAL, "Dorp: >99% van de besluiten op tijd in 2021"),
        (made(0), TIJDIG, Measure.AANTAL, "Dorp: 0% van de besluiten op tijd in 2021"),
        (
            made(44, 44),
            TIJDIG,
            Measure.AANTAL,
            "Dorp: 44% van de besluiten op tijd in 2021; in 2020 was dat ook 44%",
        ),
        (made(46.5, place=VEILIG_THUIS), FORMATIE, Measure.AANTAL, "Veilig Thuis Polder had 46,5 fte"),
        (made(1.3, count=15), MELDINGEN, Measure.PER_MAAND, "Dorp: gemiddeld 1,3 meldingen per maand in 2021"),
        (made(0, count=0), MELDINGEN, Measure.PER_1000, "Dorp: 0 meldingen per 1.000 inwoners in 2021"),
        (
            made(9.2, count=550, period="2021-H1"),
            MELDINGEN,
            Measure.PER_1000,
            "Dorp: 9,2 meldingen per 1.000 inwoners in de eerste helft van 2021, omgerekend naar een jaar",
        ),
        (
            made(31, 16, count=5),
            MELDINGEN,
            Measure.AANDEEL_REGIO,
            "Dorp: 31% van de meldingen in de regio in 2021; in 2020 was dat 16%",
        ),
        (
            made(2, count=8, geweld="om"),
            MELDINGEN,
            Measure.AANDEEL_PLAATS,
            "Dorp: 2% van de meldingen in 2021 gaat over ouderenmishandeling",
        ),
        (made(1, geweld="km"), MELDINGEN, Measure.AANTAL, "Dorp: 1 melding over kindermishandeling in 2021"),
    ],
)
def test_a_number_in_another_unit(reading: Reading, indicator: Indicator, measure: Measure, title: str) -> None:
    assert tell_places([replace(reading, metric=Metric(indicator, measure))]).title == title


def test_a_rate_changes_in_rate_not_in_counts() -> None:
    rate = replace(made(4.4, count=44), before=5.1, count_before=50)
    (reading,) = convert(Measure.PER_1000, [rate])
    assert tell_places([reading]).title == "Dorp: 4,4 meldingen per 1.000 inwoners in 2021; in 2020 was dat 5,1"


def test_percentages_change_in_points() -> None:
    told = tell_places([made(46, 44, indicator=replace(TIJDIG, norm=Norm(80, "Streefwaarde", "Het rapport")))])
    assert told.more == ("Dat is 2 procentpunt hoger.", "Dat is onder de streefwaarde van 80%.")


def test_chance_is_one_sentence_of_what_people_report_and_never_of_decisions() -> None:
    reported = tell_places([made(96, 86)])
    assert reported.more == (CHANCE,)
    assert tell_places([made(646, 758)]).more == ()
    assert tell_places([made(40, 40)]).more == ()
    decided = replace(MELDINGEN, about="decision")
    assert tell_places([made(110, 135, indicator=decided)]).more == ()


def test_for_the_ear_the_title_is_said_with_what_follows() -> None:
    told = tell_places([made(99.6, indicator=replace(TIJDIG, norm=Norm(80, "Streefwaarde", "Het rapport")))])
    assert wording.speak(f"{told.title}. {told.more[0]}") == (
        "Dorp: meer dan 99 procent van de besluiten op tijd in 2021. Dat is boven de streefwaarde van 80 procent."
    )


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ([made(242, period="2021-Q1"), made(308, period="2021-Q2")], "308 meldingen in het tweede kwartaal van 2021"),
        (
            [made(65075, period="2019-H1"), made(59985, period="2022-H1")],
            "59.985 meldingen in de eerste helft van 2022",
        ),
        (
            [made(65075, period="2021-H1"), made(59985, 65075, period="2022-H1")],
            "59.985 meldingen in de eerste helft van 2022, 5.090 minder dan een jaar eerder (65.075), ofwel 8%",
        ),
    ],
)
def test_a_row_in_time_is_compared_with_the_same_season_a_year_before_or_not_at_all(
    row: list[Reading], title: str
) -> None:
    assert tell_places(row[-1:]).title == f"Dorp: {title}"


# --- how a number divides --------------------------------------------------------------------------------------------


def part(
    largest: list[str], count: float, base: float, place: Place = DORP, rest: tuple[str, float] = ("", 0)
) -> Division:
    return Division(place, YEAR, MELDINGEN, "alle", [Bounded(said, count, count) for said in largest], base, rest=rest)


@pytest.mark.parametrize(
    ("count", "base", "title"),
    [
        (12, 30, "12 van de 30 meldingen in Dorp"),
        (85, 190, "Ongeveer 45% van de meldingen in Dorp"),
        (95, 190, "Ongeveer de helft van de meldingen in Dorp"),
        (65, 190, "Ongeveer een op de drie meldingen in Dorp"),
        (900, 2000, "45% van de meldingen in Dorp"),
    ],
)
def test_a_share_of_few_numbers_that_are_rounded_to_five_says_so(count: int, base: int, title: str) -> None:
    told = tell_divisions([replace(part(["buren"], count, base), least=ROUNDED_BASE)])
    assert told.title.startswith(title)
    assert all("%" not in text or base >= 200 or "ongeveer" in text for text in told.more)


@pytest.mark.parametrize(
    ("one", "title"),
    [
        (part([], 0, 0), "Dorp: geen meldingen in 2021"),
        (part([], 0, 1), "Dorp: 1 melding in 2021"),
        (part(["buren"], 1, 1), "De enige melding in Dorp komt van buren"),
        (part(["buren"], 10, 10), "Alle 10 meldingen in Dorp komen van buren"),
        (part(["buren"], 7, 19), "7 van de 19 meldingen in Dorp komen van buren, de grootste groep"),
        (part(["buren"], 1, 3), "1 van de 3 meldingen in Dorp komt van buren, de grootste groep"),
        (part(["buren"], 5, 20), "Een op de vier meldingen in Dorp komt van buren, de grootste groep"),
        (part(["buren"], 10, 20), "De helft van de meldingen in Dorp komt van buren, de grootste groep"),
        (part(["buren"], 46, 100), "46% van de meldingen in Dorp komt van buren, de grootste groep"),
        (part(["buren"], 300, 550), "55% van de meldingen in Dorp komt van buren"),
        (part(["buren", "school"], 30, 93), "Buren en school: elk 30 van de 93 meldingen in Dorp"),
        (part(["buren"], 1994, 2000), ">99% van de meldingen in Dorp komt van buren"),
        (
            part(["buren"], 3, 43, rest=("anderen", 40)),
            "3 van de 43 meldingen in Dorp komen van buren, de grootste groep na anderen",
        ),
        (
            part(["buren"], 7, 19, REST),
            "7 van de 19 meldingen in de groep overige gemeente komen van buren, de grootste groep",
        ),
    ],
)
def test_a_division(one: Division, title: str) -> None:
    assert tell_divisions([one]).title == title


def test_the_kind_that_is_counted_is_not_named_as_its_largest_class() -> None:
    one = replace(part(["kindermishandeling"], 465, 465), geweld="km")
    assert tell_divisions([one]) == ("Dorp: 465 meldingen over kindermishandeling in 2021", ())
    several = tell_divisions([one] * 3).title
    assert several == "Meldingen over kindermishandeling in 2021: Dorp 465, Dorp 465 en Dorp 465"


def test_a_class_within_bounds_is_said_with_them_where_none_is_the_largest() -> None:
    one = replace(part([], 0, 30), bounded=(Bounded("buren", 3, 5), Bounded("school", 1, 4)))
    assert tell_divisions([one]).more == ("Ten minste 3 en ten hoogste 5 meldingen komen van buren.",)


@pytest.mark.parametrize(
    ("leading", "base", "rest", "title"),
    [
        ([("buren", 16, 18)], 30, 0, "De meeste meldingen in Dorp komen van buren: minstens 16 van de 30"),
        ([("buren", 11, 18)], 30, 11, "Meldingen in Dorp komen het vaakst van buren: minstens 11 van de 30"),
        ([("buren", 11, 18)], 30, 12, "Dorp: 30 meldingen in 2021"),
        ([("buren", 11, 18), ("school", 9, 12)], 30, 0, "Meldingen in Dorp komen het vaakst van buren of school"),
        ([(name, 3, 5) for name in "abcd"], 30, 0, "Dorp: 30 meldingen in 2021"),
    ],
)
def test_the_largest_within_bounds(leading: list[tuple[str, int, int]], base: int, rest: int, title: str) -> None:
    one = replace(part([], 0, base, rest=("anderen", rest)), leading=[Bounded(*class_) for class_ in leading])
    assert tell_divisions([one]).title == title


@pytest.mark.parametrize(
    ("class_", "title"),
    [
        ("buren", "De meeste meldingen in Dorp komen van buren: minstens 16 van de 30 in 2020 en 2021 samen"),
        (
            "politieagenten en medewerkers van justitie",
            "De meeste meldingen komen van politieagenten en medewerkers van justitie: "
            "minstens 16 van de 30 in 2020 en 2021 samen",
        ),
    ],
)
def test_a_number_of_more_than_a_year_is_said_with_its_years(class_: str, title: str) -> None:
    one = replace(part([], 0, 30), leading=[Bounded(class_, 16, 18)], period=Period.parse("2020/2021"))
    assert tell_divisions([one]).title == title


def test_a_title_is_short_where_a_shorter_one_says_the_same() -> None:
    title = tell_divisions(
        [part(["psychologen, pedagogen, psychotherapeuten, sociaal werkers en vele anderen"], 46, 100)]
    )
    assert title.title.endswith("en vele anderen")
    assert len(title.title) <= wording.MOST_IN_TITLE


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        (
            [part(["buren"], 30, 90), part(["buren"], 5, 12, STAD)],
            "Het vaakst komen meldingen van buren: in Dorp 33% en in Stad 5 van de 12",
        ),
        (
            [replace(part(["buren"], 30, 90, place), period=Period.parse("onbekend")) for place in (DORP, STAD)],
            "Het vaakst komen meldingen van buren (jaar onbekend): in Dorp 33% en in Stad 33%",
        ),
        (
            [part(["hulp bij huiselijk geweld en opvang"], 30, 90), part(["school of kinderopvang"], 50, 90, STAD)],
            "Het vaakst komen meldingen van hulp bij huiselijk geweld en opvang in Dorp (33%) en "
            "school of kinderopvang in Stad (56%)",
        ),
        (
            [part(["buren"], 30, 90), part(["school"], 5, 12, STAD)],
            "Een op de drie meldingen in Dorp komt van buren; 5 van de 12 meldingen in Stad komen van school",
        ),
        (
            [part(["buren"], 60, 90), part([], 0, 1, STAD)],
            "Twee op de drie meldingen in Dorp komen van buren; Stad: 1 melding in 2021",
        ),
        ([part(["buren"], 9, 20)] * 3, "In alle 3 plaatsen komen meldingen het vaakst van buren"),
        (
            [part(["buren"], 9, 20)] * 2 + [part(["school"], 9, 20)],
            "In 2 van de 3 plaatsen komen meldingen het vaakst van buren",
        ),
        # What hidden numbers keep from being known counts neither for nor against.
        (
            [part(["buren"], 9, 20)] * 2 + [part([], 0, 20)],
            "In beide plaatsen waar dat bekend is, komen meldingen het vaakst van buren",
        ),
        (
            [part(["buren"], 9, 20)] * 2
            + [replace(part([], 0, 20), leading=[Bounded("buren", 9, 12), Bounded("school", 8, 11)])],
            "In beide plaatsen waar dat bekend is, komen meldingen het vaakst van buren",
        ),
        (
            [part(["buren"], 9, 20)] * 2 + [part(["buren"], 2, 20, rest=("anderen", 18))],
            "In 2 van de 3 plaatsen komen meldingen het vaakst van buren",
        ),
        (
            [part(["buren"], 9, 20), part(["school"], 9, 20, STAD), part([], 0, 5, POLDER)],
            "De grootste groep van meldingen verschilt: buren in Dorp en school in Stad",
        ),
        (
            [part([], 0, 20), replace(part([], 0, 5, POLDER), period=Period.parse("2020"))],
            "Meldingen: Dorp (2021) 20 en Polder (2020) 5",
        ),
    ],
)
def test_divisions_of_more_places(parts: list[Division], title: str) -> None:
    assert tell_divisions(parts).title == title


# --- norms, and places side by side ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "norms", "title"),
    [
        ((46, 68, 39, 33), (80, 80, 80, 80), "Dorp haalt bij geen van de 4 de norm van 80%"),
        ((46, 80, 90), (80, 80, 80), "Dorp haalt bij 2 van de 3 de norm van 80%"),
        ((80, 100), (80, 80), "Dorp haalt bij beide de norm van 80%"),
        ((46, 68), (80, 90), "Dorp haalt bij geen van beide de norm"),
        ((46, 68), (None, None), "Dorp: Op tijd"),
        ((46, 68), (None, 80), "Dorp: 68% van de besluiten op tijd in 2021"),
        ((46,), (80,), "Dorp: 46% van de besluiten op tijd in 2021"),
    ],
)
def test_norms(values: tuple[float, ...], norms: tuple[float | None, ...], title: str) -> None:
    found = [
        made(value, indicator=replace(TIJDIG, norm=Norm(norm, "Streefwaarde", "Het rapport") if norm else None))
        for value, norm in zip(values, norms, strict=True)
    ]
    assert tell_norms("Op tijd", found).title == title


def test_places_side_by_side() -> None:
    assert tell_places([made(646), made(1, place=STAD)]).title == "Dorp: 646 meldingen in 2021; Stad 1"
    apart = [made(0.8, count=8), made(0.25, place=STAD, period="2021-H1", count=3)]
    assert tell_places(convert(Measure.PER_1000, apart)).title == (
        "Dorp (2021): 0,80 meldingen per 1.000 inwoners, omgerekend naar een jaar; Stad (1e halfjaar 2021) 0,25"
    )


def test_a_range_names_the_ends() -> None:
    places = [replace(STAD, id=str(n), label=f"Plaats {n}") for n in range(4)]
    found = [made(value, place=place) for value, place in zip((7, 7, 12, 646), places, strict=True)]
    assert tell_places(found).title == "Meldingen in 2021: van 7 in Plaats 0 en Plaats 1 tot 646 in Plaats 3"
    same = [replace(reading, value=7) for reading in found]
    assert tell_ranking(same, []).title == "Meldingen in 2021: overal 7"
    near = [replace(reading, value=2.41 + n / 100) for n, reading in enumerate(found)]
    assert tell_ranking(convert(Measure.PER_1000, near), []).title == "Meldingen per 1.000 inwoners in 2021: overal 2,4"
