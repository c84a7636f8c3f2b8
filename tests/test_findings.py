"""The title of a figure and its summary, against the printed figures and against hostile ones.

Where the report of IJsselland states the same in its text, the case says so, and where it cuts off, rounds otherwise or
contradicts its own table.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from vt.figures import wording
from vt.figures.answers import Answer, Dataset, answer
from vt.figures.metric import Metric
from vt.figures.reading import Reading, read_answers
from vt.figures.selection import Selection
from vt.figures.text import summaries, titles
from vt.figures.text.comparisons import Bounded, Division
from vt.model.catalogue import Indicator, Norm, Noun, Place
from vt.model.counting import Counting
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.reference import SourceTable

MELDINGEN = Indicator("meldingen", "Meldingen", "aantal", Noun("melding", "meldingen"), "instroom", "Wat gemeld is.")
TIJDIG = Indicator(
    "tijdig", "Op tijd", "procent", Noun("besluit op tijd", "besluiten op tijd"), "triage", "Deel op tijd."
)
FORMATIE = Indicator("formatie", "Formatie", "fte", Noun("fte", "fte"), "organisatie", "Banen.")
TABLE = SourceTable(
    1, "r", "T", "P", "7", "H", "meldingen", "dorp", "2021", False, None, (), (), "r/7/1", Counting("P")
)
DORP = Place("dorp", "Dorp", "gemeente", "polder")
STAD = Place("stad", "Stad", "gemeente", "polder")
POLDER = Place("polder", "Polder", "region", "polder")
REST = Place("polder-overig", "Overige gemeente", "rest", "polder")
YEAR = Period.parse("2021")
LONG = "Geweld tegen ouders (onder de 65 jaar) door hun kinderen (tot 23 jaar): anders / overig"


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
    item = Answer(place, Period.parse(period), geweld, (), (), TABLE, None, inhabitants, inhabitants)
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
    counts = {n.short: n.low for n in item.categories if not n.is_rest}
    most = max(counts.values())
    assert item.total is not None
    top = [label for label, count in counts.items() if count == most]
    rest = max(((n.short, n.low) for n in item.categories if n.is_rest), key=lambda pair: pair[1], default=("", 0.0))
    return Division(item.place, item.period, known.noun, item.geweld, top, most, item.total.value or 0, rest=rest)


# --- what the report states: changes ---------------------------------------------------------------------------------

CHANGES = [
    # 1.1, "Belangrijkste resultaten": -12%, also named in 1.5, 1.8, 3.1, 4.2 and 4.3.
    ("meldingen", "ijsselland", "IJsselland: 2.378 meldingen in 2021, 12% minder dan in 2020"),
    # 1.1: -15% for Zwolle.
    ("meldingen", "zwolle", "Zwolle: 646 meldingen in 2021, 15% minder dan in 2020"),
    # 1.1 prints -38%.
    ("meldingen", "olst-wijhe", "Olst-Wijhe: 45 meldingen in 2021, 38% minder dan in 2020"),
    # 1.1 prints 0%, which 314 and 313 are not quite.
    ("meldingen", "kampen", "Kampen: 313 meldingen in 2021, vrijwel gelijk aan 2020"),
    # 1.1 prints 12% more: 86 and 96 are within chance of each other.
    ("meldingen", "dalfsen", "Dalfsen: 96 meldingen in 2021, vrijwel gelijk aan 2020"),
    # 1.1 prints 33% more, on a base of 9.
    ("meldingen", "ijsselland-overig", "Overige gemeente: 12 meldingen in 2021 (van 9 naar 12 sinds 2020)"),
    # 1.2: -8%.
    (
        "meldingen_professionals",
        "ijsselland",
        "IJsselland: 1.959 meldingen van professionals in 2021, 8% minder dan in 2020",
    ),
    # 1.3: -28%.
    (
        "meldingen_particulieren",
        "ijsselland",
        "IJsselland: 418 meldingen van particulieren in 2021, 28% minder dan in 2020",
    ),
    # 1.7 says "gestegen met 1%", its summary "gelijkblijvend": the summary is right about 283 and 285.
    ("crisissituaties", "ijsselland", "IJsselland: 285 crisissituaties in 2021, vrijwel gelijk aan 2020"),
    # 1.8 and the summary say -6%: 52 and 49 are within chance of each other.
    ("huisverboden", "ijsselland", "IJsselland: 49 huisverboden in 2021, vrijwel gelijk aan 2020"),
    # 1.8 prints 300% more.
    ("huisverboden", "dalfsen", "Dalfsen: 4 huisverboden in 2021 (van 1 naar 4 sinds 2020)"),
    # 1.8 prints 100% more, of nothing.
    ("huisverboden", "ommen", "Ommen: 1 huisverbod in 2021 (van 0 naar 1 sinds 2020)"),
    # 1.8 prints -100%.
    ("huisverboden", "raalte", "Raalte: geen huisverboden in 2021 (van 1 naar 0 sinds 2020)"),
    # 2.1, 2.4 and the summary: 17% more, which is wholly the rest group.
    (
        "adviezen",
        "ijsselland",
        "IJsselland: 3.485 adviezen in 2021, waarvan 1.022 onder Overige gemeente; in de 11 gemeenten 2.463, was 2.522",
    ),
    # 2.2 says "een stijging van 2%": 1.483 and 1.512 are within chance of each other.
    (
        "adviezen_professionals",
        "ijsselland",
        "IJsselland: 1.512 adviezen aan professionals in 2021, vrijwel gelijk aan 2020",
    ),
    # 2.3: 31% more; 2.B has the gemeenten of 2021 alone.
    (
        "adviezen_particulieren",
        "ijsselland",
        "IJsselland: 1.973 adviezen aan particulieren in 2021, waarvan 823 onder Overige gemeente; "
        "in de 11 gemeenten 1.150",
    ),
    # 3.1: -10%.
    ("overdrachten", "ijsselland", "IJsselland: 1.556 overdrachten in 2021, 10% minder dan in 2020"),
    # 4.1: -13%.
    ("triagebesluiten", "ijsselland", "IJsselland: 2.372 triagebesluiten in 2021, 13% minder dan in 2020"),
    # 4.2: -27%.
    (
        "voorwaarden_en_vervolg",
        "ijsselland",
        "IJsselland: 430 diensten voorwaarden en vervolg in 2021, 27% minder dan in 2020",
    ),
    # 4.3 says "een daling dus van -19%": 135 and 110 are within chance of each other.
    ("onderzoeken", "ijsselland", "IJsselland: 110 onderzoeken in 2021, vrijwel gelijk aan 2020"),
    # 4.3 prints -55% for Zwolle, from 42 to 19.
    ("onderzoeken", "zwolle", "Zwolle: 19 onderzoeken in 2021 (van 42 naar 19 sinds 2020)"),
    # 4.1: 44% in 2020, 46% in 2021.
    (
        "triagebesluiten_tijdig",
        "ijsselland",
        "Veilig Thuis IJsselland: 46% van de triagebesluiten op tijd in 2021, 2 procentpunt hoger dan in 2020",
    ),
    # 4.2: 71% and 68%.
    (
        "vv_tijdig",
        "ijsselland",
        "Veilig Thuis IJsselland: 68% van de diensten voorwaarden en vervolg op tijd in 2021, in 2020 was dat 71%",
    ),
    # 4.3: 25% and 33%, with the waiting list.
    (
        "onderzoeken_tijdig_met_wachtlijst",
        "ijsselland",
        "Veilig Thuis IJsselland: 33% van de onderzoeken op tijd (wachtlijst meegeteld) in 2021, in 2020 was dat 25%",
    ),
]


@pytest.mark.parametrize(("indicator", "place", "finding"), CHANGES)
def test_changes_that_the_report_states(dataset: Dataset, indicator: str, place: str, finding: str) -> None:
    readings = read(dataset, indicator, [place], "2021", Measure.AANTAL)
    assert titles.title_places(readings) == finding


def test_the_year_that_the_report_misnames(dataset: Dataset) -> None:
    # 2.4 says 3.485 "in 2021" and, a sentence later, 2.986 "in 2021": its table has the second under 2020.
    readings = read(dataset, "adviezen", ["ijsselland"], "2020", Measure.AANTAL)
    assert titles.title_places(readings).startswith("IJsselland: 2.986 adviezen in 2020")


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
    ("indicator", "period", "finding"),
    [
        # 1.2: the most meldingen are from Justitie & Veiligheid in both years.
        (
            "meldingen_professionals",
            "2021",
            "IJsselland: “Justitie en veiligheid” is het grootst, 1.326 van de 1.959 meldingen van professionals (68%)",
        ),
        # 1.3: adults who are involved in 2021, neighbours in 2020.
        (
            "meldingen_particulieren",
            "2021",
            "IJsselland: “Directbetrokkene, volwassene” is het grootst, "
            "120 van de 418 meldingen van particulieren (29%)",
        ),
        (
            "meldingen_particulieren",
            "2020",
            "IJsselland: “Buurtbewoner” is het grootst, 166 van de 580 meldingen van particulieren (29%)",
        ),
        # 2.3: adults who are involved.
        (
            "adviezen_particulieren",
            "2021",
            "IJsselland: “Directbetrokkene, volwassene” is het grootst, "
            "942 van de 1.973 adviezen aan particulieren (48%)",
        ),
        # 4.1: overdracht and structurele onveiligheid, in both years.
        (
            "triagebesluiten",
            "2021",
            "IJsselland: “Overdracht” is het grootst, 1.401 van de 2.372 triagebesluiten (59%)",
        ),
        (
            "triagebesluiten",
            "2020",
            "IJsselland: “Overdracht” is het grootst, 1.635 van de 2.716 triagebesluiten (60%)",
        ),
        (
            "veiligheidsbeoordelingen",
            "2021",
            "IJsselland: “Structurele onveiligheid” is het grootst, 835 van 2.319 (36%)",
        ),
    ],
)
def test_the_largest_that_the_report_names(dataset: Dataset, indicator: str, period: str, finding: str) -> None:
    assert titles.title_breakdowns([divided(dataset, indicator, "ijsselland", period)]) == finding


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
    assert titles.title_ranking(ranked, []).endswith(f" tot {largest}")


def test_the_total_that_the_report_of_dordrecht_prints_wrong(dataset: Dataset) -> None:
    # Its table prints 241 as the total of 447, 95 and 8; the totals by reporter say 550 as well.
    readings = read(dataset, "meldingen", ["dordrecht"], "2021-H1", Measure.AANTAL)
    assert titles.title_places(readings) == "Dordrecht: 550 meldingen in het 1e halfjaar van 2021"


# --- titles of hostile numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "finding"),
    [
        (None, 0, "Dorp: geen meldingen in 2021"),
        (None, 1, "Dorp: 1 melding in 2021"),
        (None, 2, "Dorp: 2 meldingen in 2021"),
        (0, 0, "Dorp: geen meldingen in 2021, net als in 2020"),
        (1, 1, "Dorp: 1 melding in 2021, evenveel als in 2020"),
        (1, 4, "Dorp: 4 meldingen in 2021 (van 1 naar 4 sinds 2020)"),
        (19, 40, "Dorp: 40 meldingen in 2021 (van 19 naar 40 sinds 2020)"),
        (20, 40, "Dorp: 40 meldingen in 2021, 100% meer dan in 2020"),
        (40, 19, "Dorp: 19 meldingen in 2021 (van 40 naar 19 sinds 2020)"),
        (313, 313, "Dorp: 313 meldingen in 2021, evenveel als in 2020"),
        (100, 128, "Dorp: 128 meldingen in 2021, vrijwel gelijk aan 2020"),
        (1000, 1996, "Dorp: 1.996 meldingen in 2021, 100% meer dan in 2020"),  # 99,6: more than all is no limit
        (10_000, 20, "Dorp: 20 meldingen in 2021, >99% minder dan in 2020"),
        (1_000_000, 1_003_000, "Dorp: 1.003.000 meldingen in 2021, <1% meer dan in 2020"),
    ],
)
def test_a_count_and_its_change(before: float | None, now: float, finding: str) -> None:
    assert titles.title_places([made(now, before)]) == finding


@pytest.mark.parametrize(
    ("reading", "indicator", "measure", "finding"),
    [
        (made(99.6), TIJDIG, Measure.AANTAL, "Dorp: >99% van de besluiten op tijd in 2021"),
        (made(0), TIJDIG, Measure.AANTAL, "Dorp: 0% van de besluiten op tijd in 2021"),
        (made(44, 44), TIJDIG, Measure.AANTAL, "Dorp: 44% van de besluiten op tijd in 2021, gelijk aan 2020"),
        (made(46.5), FORMATIE, Measure.AANTAL, "Dorp: 46,5 fte in 2021"),
        (made(46.5, 40), FORMATIE, Measure.AANTAL, "Dorp: 46,5 fte in 2021"),
        (made(0.04, count=1), MELDINGEN, Measure.PER_MAAND, "Dorp: <1 meldingen per maand in 2021"),
        (made(0, count=0), MELDINGEN, Measure.PER_1000, "Dorp: 0 meldingen per 1.000 inwoners per jaar in 2021"),
        (made(25.0, count=5), MELDINGEN, Measure.AANDEEL_REGIO, "Dorp: 25% van de meldingen in de regio in 2021"),
        (made(1, geweld="km"), MELDINGEN, Measure.AANTAL, "Dorp: 1 melding (KM) in 2021"),
    ],
)
def test_a_number_in_another_unit(reading: Reading, indicator: Indicator, measure: Measure, finding: str) -> None:
    assert titles.title_places([replace(reading, metric=Metric(indicator, measure))]) == finding


@pytest.mark.parametrize(
    ("first", "last", "finding"),
    [
        (
            (242, "2021-Q1"),
            (308, "2021-Q2"),
            "308 meldingen in het 2e kwartaal van 2021, 27% meer dan in het 1e kwartaal",
        ),
        ((6, "2021-Q1"), (1, "2021-Q2"), "van 6 naar 1 melding tussen het 1e en het 2e kwartaal van 2021"),
        (
            (34, "2021-Q1"),
            (31, "2021-Q2"),
            "vrijwel evenveel meldingen in het 1e en het 2e kwartaal van 2021 (34 en 31)",
        ),
        ((40, "2021-Q4"), (40, "2022-Q1"), "40 meldingen in het 4e kwartaal van 2021 en in het 1e kwartaal van 2022"),
        ((0, "2020"), (0, "2021"), "geen meldingen in 2020 en in 2021"),
        ((2716, "2020"), (2378, "2021"), "2.378 meldingen in 2021, 12% minder dan in 2020"),
        (
            (65075, "2019-H1"),
            (59985, "2022-H1"),
            "59.985 meldingen in het 1e halfjaar van 2022, 8% minder dan in het 1e halfjaar van 2019",
        ),
    ],
)
def test_a_row_in_time(first: tuple[float, str], last: tuple[float, str], finding: str) -> None:
    row = [made(value, period=period) for value, period in (first, last)]
    assert titles.title_series(row) == f"Dorp: {finding}"


def test_a_row_of_percentages_or_jobs() -> None:
    row = [made(44, period="2020", indicator=TIJDIG), made(46, period="2021", indicator=TIJDIG)]
    now = "Dorp: 46% van de besluiten op tijd in 2021, 2 procentpunt hoger dan in 2020"
    assert titles.title_series(row) == now
    assert (
        titles.title_series([row[0], made(44, indicator=TIJDIG)])
        == "Dorp: 44% van de besluiten op tijd in 2020 en in 2021"
    )
    jobs = [made(46.5, period="2020", indicator=FORMATIE), made(52.4, indicator=FORMATIE)]
    assert titles.title_series(jobs) == "Dorp: van 46,5 naar 52,4 fte tussen 2020 en 2021"


def part(
    labels: list[str], count: float, base: float, place: Place = DORP, rest: tuple[str, float] = ("", 0)
) -> Division:
    return Division(place, YEAR, MELDINGEN.noun, "alle", labels, count, base, rest=rest)


@pytest.mark.parametrize(
    ("one", "finding"),
    [
        (part([], 0, 0), "Dorp: geen meldingen in 2021"),
        (part([], 0, 1), "Dorp: 1 melding in 2021"),
        (part(["Buurt"], 1, 1), "Dorp: 1 melding in 2021: “Buurt”"),
        (part(["Buurt"], 10, 10), "Dorp: 10 meldingen in 2021, allemaal “Buurt”"),
        (part(["Buurt"], 7, 19), "Dorp: “Buurt” is het grootst, 7 van de 19 meldingen"),
        (part(["Buurt"], 5, 20), "Dorp: “Buurt” is het grootst, 5 van de 20 meldingen (25%)"),
        (
            part(["Buurt", "School"], 30, 93),
            "Dorp: “Buurt” en “School” zijn het grootst, elk 30 van de 93 meldingen (32%)",
        ),
        (part(["Buurt"], 1994, 2000), "Dorp: “Buurt” is het grootst, 1.994 van de 2.000 meldingen (>99%)"),
        (
            part(["Buurt"], 3, 43, rest=("Anders", 40)),
            "Dorp: “Buurt” is het grootst na “Anders”, 3 van de 43 meldingen",
        ),
        (part(["Buurt"], 20, 40, rest=("Anders", 20)), "Dorp: “Buurt” is het grootst, 20 van de 40 meldingen (50%)"),
    ],
)
def test_a_division(one: Division, finding: str) -> None:
    assert titles.title_breakdowns([one]) == finding


def test_the_kind_that_is_counted_is_not_named_as_its_largest_class() -> None:
    one = replace(part(["Kindermishandeling"], 465, 465), geweld="km")
    assert titles.title_breakdowns([one]) == "Dorp: 465 meldingen (KM) in 2021"
    assert summaries.summarize_breakdowns([one]) == "In 2021 waren er 465 meldingen over kindermishandeling in Dorp."


def test_a_very_long_label_is_cut_and_the_title_stays_short() -> None:
    title = titles.title_breakdowns([part([LONG], 1300, 2600)])
    assert (
        title
        == "Dorp: “Geweld tegen ouders (onder de 65 jaar) door hun kinderen (t…” is het grootst, 1.300 van 2.600 (50%)"
    )
    assert len(title) <= wording.MOST_IN_TITLE


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        (
            [part(["Buurt"], 30, 90), part(["Buurt"], 4, 12, STAD)],
            "Dorp en Stad: “Buurt” is het grootst, 30 van 90 (33%) en 4 van 12",
        ),
        (
            [part(["Buurt"], 30, 90), part(["School"], 4, 12, STAD)],
            "Dorp: “Buurt” is het grootst, 30 van 90 (33%); Stad: “School” is het grootst, 4 van 12",
        ),
        (
            [part(["Buurt"], 30, 90), part([], 0, 1, STAD)],
            "Dorp: “Buurt” is het grootst, 30 van de 90 meldingen (33%); Stad: 1 melding in 2021",
        ),
        ([part(["Buurt"], 9, 20)] * 3, "“Buurt” is het grootst in alle 3 plaatsen"),
        (
            [part(["Buurt"], 9, 20)] * 2 + [part(["School"], 9, 20)],
            "“Buurt” is het grootst in 2 van de 3 plaatsen",
        ),
        # What hidden numbers keep from being known counts neither for nor against.
        (
            [part(["Buurt"], 9, 20)] * 2 + [part([], 0, 20)],
            "“Buurt” is het grootst in 2 van de 2 plaatsen waar dat bekend is",
        ),
        (
            [part(["Buurt"], 9, 20)] * 2 + [part(["Buurt"], 2, 20, rest=("Anders", 18))],
            "“Buurt” is het grootst in 2 van de 3 plaatsen",
        ),
        (
            [part(["Buurt"], 9, 20), part(["School"], 9, 20, STAD), part([], 0, 5, POLDER)],
            "Meldingen: Dorp 20, Stad 20 en Polder 5",
        ),
    ],
)
def test_divisions_of_more_places(parts: list[Division], finding: str) -> None:
    assert titles.title_breakdowns(parts) == finding


@pytest.mark.parametrize(
    ("values", "norms", "finding"),
    [
        ((46, 68, 39, 33), (80, 80, 80, 80), "Dorp: alle 4 percentages liggen onder de streefwaarde van 80%"),
        ((46, 80, 90), (80, 80, 80), "Dorp: 1 van de 3 percentages ligt onder de streefwaarde van 80%"),
        ((80, 100), (80, 80), "Dorp: geen van de 2 percentages ligt onder de streefwaarde van 80%"),
        ((46, 68), (80, 90), "Dorp: alle 2 percentages liggen onder hun streefwaarde"),
        ((46, 68, 99), (80, 90, 90), "Dorp: 2 van de 3 percentages liggen onder hun streefwaarde"),
        ((46, 68), (None, None), "Dorp: Op tijd"),
        ((46, 68), (None, 80), "Dorp: 68% van de besluiten op tijd in 2021"),
        ((46,), (80,), "Dorp: 46% van de besluiten op tijd in 2021"),
    ],
)
def test_norms(values: tuple[float, ...], norms: tuple[float | None, ...], finding: str) -> None:
    found = [
        made(value, indicator=replace(TIJDIG, norm=Norm(norm, "Streefwaarde", "Het rapport") if norm else None))
        for value, norm in zip(values, norms, strict=True)
    ]
    assert titles.title_norms("Op tijd", found) == finding


def test_places_side_by_side() -> None:
    two = [made(646), made(1, place=STAD)]
    assert titles.title_places(two) == "Dorp: 646 meldingen in 2021; Stad 1"
    apart = [made(0.8, count=8), made(0.25, place=STAD, period="2021-H1", count=3)]
    said = "Dorp (2021): 0,80 meldingen per 1.000 inwoners per jaar; Stad (1e halfjaar 2021) 0,25"
    assert titles.title_places(convert(Measure.PER_1000, apart)) == said


def test_of_nothing_there_are_no_plain_words() -> None:
    assert summaries.summarize_places([]) == ""


# --- plain readings --------------------------------------------------------------------------------------------------

PLAIN = [
    (
        "meldingen",
        "ijsselland",
        "2021",
        "In 2021 waren er 2.378 meldingen in IJsselland. Een jaar eerder waren er 2.716. Het werden er 338 minder.",
    ),
    (
        "meldingen",
        "kampen",
        "2021",
        "In 2021 waren er 313 meldingen in Kampen. Een jaar eerder waren er 314. "
        "Het verschil is zo klein dat het toeval kan zijn.",
    ),
    ("huisverboden", "dalfsen", "2021", "In 2021 waren er 4 huisverboden in Dalfsen. Een jaar eerder was er 1."),
    ("huisverboden", "ommen", "2021", "In 2021 was er 1 huisverbod in Ommen. Een jaar eerder waren er geen."),
    ("huisverboden", "raalte", "2021", "In 2021 waren er geen huisverboden in Raalte. Een jaar eerder was er 1."),
    (
        "meldingen",
        "ijsselland-overig",
        "2021",
        "In 2021 waren er 12 meldingen in de groep “Overige gemeente”. Een jaar eerder waren er 9.",
    ),
    ("meldingen", "dordrecht", "2021-H1", "In het eerste halfjaar van 2021 waren er 550 meldingen in Dordrecht."),
    (
        "vv_tijdig_met_wachtlijst",
        "ijsselland",
        "2021",
        "In 2021 was bij Veilig Thuis IJsselland 39 procent van de diensten voorwaarden en vervolg op tijd "
        "(wachtlijst meegeteld). Dat is onder de streefwaarde van 80 procent. Een jaar eerder was dat 44 procent.",
    ),
]


@pytest.mark.parametrize(("indicator", "place", "period", "plain"), PLAIN)
def test_one_place_in_plain_words(dataset: Dataset, indicator: str, place: str, period: str, plain: str) -> None:
    readings = read(dataset, indicator, [place], period, Measure.AANTAL)
    assert summaries.summarize_places(readings) == plain


def test_plain_words_have_no_abbreviation(dataset: Dataset) -> None:
    readings = read(dataset, "meldingen", ["dordrecht"], "2021-H1", Measure.AANTAL, "km")
    plain = "In het eerste halfjaar van 2021 waren er 447 meldingen over kindermishandeling in Dordrecht."
    assert summaries.summarize_places(readings) == plain
    readings = read(dataset, "formatie", ["ijsselland"], "2021", Measure.AANTAL)
    assert "voltijdbanen bij Veilig Thuis IJsselland." in summaries.summarize_places(readings)


@pytest.mark.parametrize(
    ("reading", "measure", "plain"),
    [
        (made(1, 1), Measure.AANTAL, "In 2021 was er 1 melding in Dorp. Een jaar eerder was er ook 1."),
        (made(0, 0), Measure.AANTAL, "In 2021 waren er geen meldingen in Dorp. Een jaar eerder waren er ook geen."),
        (made(40, 40), Measure.AANTAL, "In 2021 waren er 40 meldingen in Dorp. Een jaar eerder waren er evenveel."),
        (made(40, 19), Measure.AANTAL, "In 2021 waren er 40 meldingen in Dorp. Een jaar eerder waren er 19."),
        (
            made(40, 20),
            Measure.AANTAL,
            "In 2021 waren er 40 meldingen in Dorp. Een jaar eerder waren er 20. Het werden er 20 meer.",
        ),
        (made(53.8, count=646), Measure.PER_MAAND, "In 2021 waren er gemiddeld 53,8 meldingen per maand in Dorp."),
        (
            made(9.2, count=550, period="2021-H1"),
            Measure.PER_1000,
            "In het eerste halfjaar van 2021 waren er 9,2 meldingen per 1.000 inwoners in Dorp. "
            "Dat is omgerekend naar één jaar.",
        ),
        (
            made(25.0, count=5),
            Measure.AANDEEL_REGIO,
            "In 2021 hoorde 25 procent van de meldingen in de regio bij Dorp. Dat is 1 op de 4.",
        ),
        (
            made(0.3, count=5),
            Measure.AANDEEL_REGIO,
            "In 2021 hoorde minder dan 1 procent van de meldingen in de regio bij Dorp.",
        ),
    ],
)
def test_a_number_in_plain_words(reading: Reading, measure: Measure, plain: str) -> None:
    assert summaries.summarize_places(convert(measure, [reading])) == plain


def test_a_rate_is_compared_with_the_region_without_the_place() -> None:
    def pair(count: float) -> list[Reading]:
        return [
            made(count / 10, count=count, inhabitants=10_000),
            made(5, place=POLDER, count=500, inhabitants=100_000),
        ]

    fewer = summaries.summarize_places(convert(Measure.PER_1000, pair(22)))
    assert fewer == (
        "In 2021 waren er 2,2 meldingen per 1.000 inwoners in Dorp. In Polder waren het er 5,0. "
        "Naar het aantal inwoners zijn er in Dorp minder dan in Polder."
    )
    near = summaries.summarize_places(convert(Measure.PER_1000, pair(55)))
    assert near.endswith("Het verschil met Polder is zo klein dat het toeval kan zijn.")
    assert summaries.summarize_places(convert(Measure.PER_1000, pair(19))).endswith("In Polder waren het er 5,0.")


def test_counts_of_places_and_unlike_periods_are_not_compared() -> None:
    counts = summaries.summarize_places([made(646), made(313, place=STAD)])
    assert counts == "In 2021 waren er 646 meldingen in Dorp. In Stad waren er 313."
    apart = [
        made(8.0, count=80, inhabitants=10_000),
        made(1.0, place=POLDER, period="2021-H1", count=100, inhabitants=200_000),
    ]
    assert "dan in" not in summaries.summarize_places(convert(Measure.PER_1000, apart))


def test_what_was_split_is_not_compared_with_what_was_not() -> None:
    apart = [
        made(8.0, count=80, inhabitants=10_000, geweld="km"),
        made(1.0, place=POLDER, count=200, inhabitants=200_000),
    ]
    assert "minder" not in summaries.summarize_places(convert(Measure.PER_1000, apart))
    assert "meer" not in summaries.summarize_places(convert(Measure.PER_1000, apart))


def test_a_range_in_plain_words() -> None:
    places = [replace(STAD, id=str(n), label=f"Plaats {n}") for n in range(4)]
    found = [made(value, place=place) for value, place in zip((7, 7, 12, 646), places, strict=True)]
    assert summaries.summarize_places(found) == (
        "Dit gaat over meldingen in 4 gemeenten in 2021. Het laagste cijfer is 7, in Plaats 0 en Plaats 1. "
        "Het hoogste cijfer is 646, in Plaats 3."
    )
    same = [replace(reading, value=7) for reading in found]
    assert summaries.summarize_ranking(same, []) == (
        "Dit gaat over meldingen in 4 gemeenten in 2021. Het cijfer is overal 7."
    )


@pytest.mark.parametrize(
    ("first", "last", "plain"),
    [
        (
            242,
            308,
            "In het eerste kwartaal van 2021 waren er 242 meldingen in Dorp. "
            "In het tweede kwartaal van 2021 waren er 308. Dat zijn er 66 meer.",
        ),
        (
            6,
            1,
            "In het eerste kwartaal van 2021 waren er 6 meldingen in Dorp. In het tweede kwartaal van 2021 was er 1.",
        ),
        (
            34,
            31,
            "In het eerste kwartaal van 2021 waren er 34 meldingen in Dorp. In het tweede kwartaal van 2021 waren er "
            "31. Het verschil is zo klein dat het toeval kan zijn.",
        ),
        (
            40,
            40,
            "In het eerste kwartaal van 2021 waren er 40 meldingen in Dorp. "
            "In het tweede kwartaal van 2021 waren er evenveel.",
        ),
    ],
)
def test_a_row_in_time_in_plain_words(first: float, last: float, plain: str) -> None:
    row = [made(first, period="2021-Q1"), made(last, period="2021-Q2")]
    assert summaries.summarize_series(row) == plain


@pytest.mark.parametrize(
    ("one", "plain"),
    [
        (
            part(["Politie en OM"], 402, 550),
            "In 2021 waren er 550 meldingen in Dorp. De grootste groep is “Politie en Openbaar Ministerie”: 402. "
            "Dat is 73 procent.",
        ),
        (part(["Buurt"], 7, 19), "In 2021 waren er 19 meldingen in Dorp. De grootste groep is “Buurt”: 7."),
        (
            part(["Buurt"], 5, 20),
            "In 2021 waren er 20 meldingen in Dorp. De grootste groep is “Buurt”: 5. Dat is 1 op de 4.",
        ),
        (
            part(["Buurt", "School"], 30, 93),
            "In 2021 waren er 93 meldingen in Dorp. De grootste groepen zijn “Buurt” en “School”: elk 30. "
            "Elk daarvan is 32 procent.",
        ),
        (part(["Buurt"], 10, 10), "In 2021 waren er 10 meldingen in Dorp. Het ging alleen om “Buurt”."),
        (part(["Buurt"], 1, 1), "In 2021 was er 1 melding in Dorp. Het ging om “Buurt”."),
        (part([], 0, 0), "In 2021 waren er geen meldingen in Dorp."),
        (
            part(["Buurt"], 3, 43, rest=("Anders", 40)),
            "In 2021 waren er 43 meldingen in Dorp. De grootste groep na “Anders” is “Buurt”: 3.",
        ),
        (part([], 0, 12, REST), "In 2021 waren er 12 meldingen in de groep “Overige gemeente”."),
        (
            replace(part([], 0, 30), bounded=(Bounded("Buurt", 3, 5), Bounded("School", 1, 4))),
            "In 2021 waren er 30 meldingen in Dorp. Bij “Buurt” gaat het om ten minste 3 en ten hoogste 5 meldingen.",
        ),
    ],
)
def test_a_division_in_plain_words(one: Division, plain: str) -> None:
    assert summaries.summarize_breakdowns([one]) == plain


def test_divisions_of_more_places_in_plain_words() -> None:
    three = [part(["Buurt"], 9, 20)] * 3
    assert summaries.summarize_breakdowns(three) == (
        "Dit gaat over meldingen in 3 plaatsen in 2021. “Buurt” is de grootste groep in alle 3 plaatsen."
    )
    two = [part(["Buurt"], 30, 90), part([], 0, 1, STAD)]
    assert summaries.summarize_breakdowns(two) == (
        "In 2021 was “Buurt” in Dorp de grootste groep: 30 van de 90 meldingen. In 2021 was er 1 melding in Stad."
    )
    assert summaries.summarize_breakdowns([part([], 0, 5)] * 3) == "Dit gaat over meldingen in 3 plaatsen in 2021."


def test_norms_in_plain_words() -> None:
    def held(*values: float) -> list[Reading]:
        indicator = replace(TIJDIG, norm=Norm(80, "Streefwaarde", "Het rapport"))
        return [made(value, indicator=indicator) for value in values]

    said = "Bij “Op tijd” staan 2 percentages van Dorp in 2021. De streefwaarde is 80 procent. "
    assert summaries.summarize_norms("Op tijd", held(46, 68)) == f"{said}Alle 2 liggen daaronder."
    assert summaries.summarize_norms("Op tijd", held(46, 80)) == f"{said}1 daarvan ligt daaronder."
    assert summaries.summarize_norms("Op tijd", held(90, 80)) == f"{said}Geen daarvan ligt daaronder."
    assert summaries.summarize_norms("Op tijd", held(80)) == (
        "In 2021 was in Dorp 80 procent van de besluiten op tijd. Dat is precies op de streefwaarde van 80 procent."
    )


# --- every title and reading of the real data ------------------------------------------------------------------------


def test_every_reading_of_one_place_keeps_the_rules(dataset: Dataset) -> None:
    """Two to four short sentences or one fact; no abbreviation, no judgement, no sign for a word."""
    known = dataset.metadata
    for indicator in known.indicators.values():
        for place in known.places_with_data():
            if not known.covered(indicator.id, place.id):
                continue
            for measure in Measure:
                wanted = measure if indicator.unit == "aantal" else Measure.AANTAL
                for geweld in ("alle", "km", "hg", "om"):
                    items = answer(dataset, indicator, Selection(geweld=geweld), places=[place.id]).items
                    readings, _ = read_answers(dataset, items, Metric(indicator, wanted))
                    if readings:
                        title = titles.title_places(readings)
                        plain = summaries.summarize_places(readings)
                        assert not title.endswith(".")
                        assert len(title) <= 120, title
                        assert not re.search(r"\b(KM|HG|OM|fte|t/m|1e|2e)\b|[%<>]|beter|slechter", plain), plain
                        sentences = plain.rstrip(".").split(". ")
                        assert plain.endswith(".")
                        assert 1 <= len(sentences) <= 4, plain
                        assert all(len(sentence.split()) <= 22 for sentence in sentences), plain
