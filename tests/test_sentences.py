"""Rules of all that the app says, over a slice of the grid of sentences.py; over the others by hand (`-m exhaustive`).

Numbers are taken from the table of a figure, not read off its sentences.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest
from sentences import SLICES, Card, Shown, Text, list_figure_texts, list_other_texts, show_cards, show_figures

from vt.figures.answers import Dataset
from vt.figures.chart import BarChart
from vt.figures.figure import Figure
from vt.figures.notices import Reason
from vt.figures.text.change import CHANCE
from vt.figures.wording import MOST_IN_TITLE, format_number, format_value, name_period
from vt.model.catalogue import INCIDENT, Indicator
from vt.model.hidden import Shielding, Suppression
from vt.model.measures import SMALL_BASE, Measure, may_be_chance
from vt.model.period import Period

CODE = re.compile(r"\b(KM|HG|OM)\b")
KINDS = ("Kindermishandeling", "Huiselijk geweld", "Ouderenmishandeling")
ABSENT = (Reason.ABSENT, Reason.ABSENT_BUT_NEAR)


class Told(NamedTuple):
    """A text, whose it is, and where it stands."""

    text: Text
    where: str


class Alone(NamedTuple):
    """A figure of one place in one period: its number, that of the year before, and its title and summary."""

    indicator: Indicator
    measure: Measure
    now: float
    before: float | None
    period: Period
    shown: Shown

    @property
    def title(self) -> str:
        return self.shown.figure.title


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Which slice of the grid: the first, and by hand all others; ten thousand tests are not made to be left out."""
    if "number" in metafunc.fixturenames:
        others = range(1, SLICES) if "exhaustive" in metafunc.config.option.markexpr else ()
        slices = [0, *(pytest.param(number, marks=pytest.mark.exhaustive) for number in others)]
        metafunc.parametrize("number", slices, scope="module")


@pytest.fixture(scope="module")
def grid(number: int, dataset: Dataset) -> list[Shown]:
    return list(show_figures(dataset, number))


@pytest.fixture(scope="module")
def cards(number: int, dataset: Dataset) -> list[Card]:
    return list(show_cards(dataset, number))


@pytest.fixture(scope="module")
def texts(number: int, grid: list[Shown], dataset: Dataset) -> list[Told]:
    """Every text once; what stands outside figures with the first slices."""
    found: dict[Text, str] = {}
    for shown in grid:
        for text in list_figure_texts(shown.figure):
            found.setdefault(text, shown.where)
    for text, where in list_other_texts(dataset, number) if number < 2 * len(Shielding) else ():
        found.setdefault(text, where)
    return [Told(text, where) for text, where in found.items()]


@pytest.fixture(scope="module")
def alone(grid: list[Shown], dataset: Dataset) -> list[Alone]:
    """The figures of one number that is shown, without a part that lies outside the gemeenten."""
    return [one for shown in grid if shown.asked.form == "places" and (one := _read_alone(shown, dataset))]


def _read_alone(shown: Shown, dataset: Dataset) -> Alone | None:
    figure, metadata = shown.figure, dataset.metadata
    if len(figure.table.rows) != 1:
        return None
    (row,), labels = figure.table.rows, [heading.label for heading in figure.table.headings]
    indicator, cells = metadata.indicators[shown.asked.indicators[0]], dict(zip(labels, row, strict=True))
    now = row[_find_last(figure.table.headings, "Jaar eerder")]
    (period,) = figure.subject.periods
    measure = figure.table.headings[_find_last(figure.table.headings, "Jaar eerder")].measure or Measure.AANTAL
    earlier = (h.label for h in figure.table.headings if h.label.startswith("Jaar eerder") and h.measure is measure)
    before = next((cells[label] for label in earlier), None)
    rest = any(key[:3] == (indicator.id, place, period.id) for key in metadata.rest_groups for place in (key[1],))
    if rest or not isinstance(now, int | float) or isinstance(before, Suppression):
        return None
    if before is not None and not isinstance(cells.get("Jaar eerder", before), int | float):
        return None
    return Alone(indicator, measure, now, before, period, shown)


def _find_last(headings: tuple, but: str) -> int:
    """The last column of numbers that is not the year before, nor the difference."""
    return max(
        n
        for n, heading in enumerate(headings)
        if heading.measure and not heading.label.startswith((but, "Verschil")) and heading.label not in KINDS
    )


# --- change ----------------------------------------------------------------------------------------------------------


def test_there_is_much_to_look_at(grid: list[Shown], alone: list[Alone], texts: list[Told]) -> None:
    assert len(grid) > 900
    assert len(texts) > 2_500
    assert sum(one.before is not None for one in alone) > 50


def test_every_change_of_a_count_names_both_numbers(alone: list[Alone]) -> None:
    for one in alone:
        if one.before is None or one.measure is not Measure.AANTAL or one.indicator.unit != "aantal":
            continue
        if one.before == one.now:
            assert re.search(r"(evenveel|net) als (in \d{4}|een jaar eerder)$", one.title), one.title
            continue
        tail = one.title.partition(name_period(one.period))[2]
        assert (format_number(one.before) if one.before else "geen") in tail, one.title
        if min(one.before, one.now) >= SMALL_BASE:
            assert f"{format_number(abs(one.now - one.before))} m" in one.title, one.title


def test_no_percentage_of_small_counts_and_none_above_a_hundred(alone: list[Alone]) -> None:
    for one in alone:
        if one.before is not None and one.measure is Measure.AANTAL and one.indicator.unit == "aantal":
            percentages = [int(text) for text in re.findall(r"(\d+)%", one.title)]
            assert not percentages or min(one.before, one.now) >= SMALL_BASE, one.title
            assert all(number <= 100 for number in percentages), one.title


def test_nearly_equal_only_under_two_percent_of_at_least_a_hundred(alone: list[Alone]) -> None:
    for one in alone:
        if one.before and "gelijk" in one.title:
            assert abs(one.now - one.before) / one.before < 0.02, one.title
            assert min(one.before, one.now) >= 100, one.title


def test_a_number_changes_in_its_own_measure(alone: list[Alone]) -> None:
    for one in alone:
        if one.before is not None and (one.measure is not Measure.AANTAL or one.indicator.unit == "procent"):
            before = format_value(one.before, one.measure, one.indicator.unit)
            assert one.title.endswith(f"was dat {before}") or one.title.endswith(f"was dat ook {before}"), one.title


def test_no_season_is_compared_with_another(grid: list[Shown]) -> None:
    series = [shown.figure for shown in grid if shown.asked.form == "series"]
    assert series
    for figure in series:
        periods = [Period.parse(str(row[1]).removesuffix(" (voorlopig)")) for row in figure.table.rows]
        says_change = re.search(r" dan (in|een jaar)| als (in|een jaar)|het er|was dat|\d{4} geen", figure.title)
        assert says_change is None or periods[-1].year_before in periods, figure.title


# --- chance, rates ---------------------------------------------------------------------------------------------------


def test_chance_is_said_of_what_people_report_where_it_makes_such_a_difference(number: int, alone: list[Alone]) -> None:
    said = 0
    for one in alone:
        summary = one.shown.figure.summary
        if one.measure is Measure.AANTAL and one.indicator.unit == "aantal":
            known = one.before is not None and one.before != one.now
            may = known and one.indicator.about == INCIDENT and may_be_chance(one.before or 0, one.now)
            assert (CHANCE in summary) == may, (one.title, summary)
            said += may
    assert number or said  # of another slice there may be none


def test_chance_stands_in_its_sentence_and_nowhere_else(texts: list[Told]) -> None:
    for (kind, text), where in texts:
        rest = text.replace(CHANCE, "") if kind == "samenvatting" else text
        is_of_chance = where.startswith("funnel") and kind != "titel"
        assert is_of_chance or not re.search(r"\btoeval|zonder dat er iets verandert", rest), (kind, text, where)


def test_every_rate_over_another_time_than_a_year_says_so(grid: list[Shown], cards: list[Card]) -> None:
    said = "omgerekend naar een jaar"
    rates = [each.figure for each in grid if "per 1.000" in each.figure.subject.unit]
    other = [figure for figure in rates if any(period.months != 12 for period in _list_periods(figure))]
    assert len(other) > 10
    for figure in other:
        assert said in figure.subtitle, figure.subtitle
        for kind, text in list_figure_texts(figure):
            is_head = kind == "kolomkop" and "per jaar" in text
            assert "per 1.000" not in text or said in text or is_head, (kind, text)
    for card in cards:
        if "per 1.000" in card.headline.unit and "jaar" in card.headline.note:
            assert said in card.headline.unit


def _list_periods(figure: Figure) -> Iterable[Period]:
    """What its numbers are over; of lines of several places the subject is all that they span, and the table says."""
    if ".trends" not in figure.id:
        return figure.subject.periods
    assert figure.table.headings[1].label == "Periode"
    return [Period.parse(str(row[1])) for row in figure.table.rows]


# --- words -----------------------------------------------------------------------------------------------------------


def test_a_title_is_two_lines_at_most(texts: list[Told]) -> None:
    long = [told for told in texts if told.text.kind == "titel" and len(told.text.text) > MOST_IN_TITLE]
    assert not long, "\n".join(told.text.text for told in long)


def test_sentences_have_no_codes_and_quote_no_classes(texts: list[Told]) -> None:
    for (kind, text), where in texts:
        if kind in ("titel", "samenvatting", "alt"):
            assert not CODE.search(text), (text, where)
            assert "“" not in text, (text, where)


def test_om_is_never_the_openbaar_ministerie(texts: list[Told]) -> None:
    for (kind, text), where in texts:
        assert not re.search(r"([Pp]olitie|[Jj]ustitie)[^.]{0,12}\bOM\b|\bhet OM\b", text), (kind, text, where)


def test_no_straight_quotes_and_no_empty_brackets(texts: list[Told]) -> None:
    for (kind, text), where in texts:
        assert '"' not in text, (kind, text, where)
        assert not re.search(r"\(\s*\)|“\s*”|\s[,;:.](\s|$)|\s\s", text), (kind, text, where)


def test_one_is_singular_and_more_is_plural(texts: list[Told], dataset: Dataset) -> None:
    nouns = {each.noun for each in dataset.metadata.indicators.values() if each.noun.one != each.noun.many}
    many = "|".join(sorted({re.escape(noun.many) for noun in nouns}, key=len, reverse=True))
    one = "|".join(sorted({re.escape(noun.one) for noun in nouns}, key=len, reverse=True))
    wrong = re.compile(rf"(?<![\d.,])1 ({many})\b|(?<![\d.,])(?!1 )[\d.]+ ({one})\b")
    then = re.compile(r"waren het er 1\b|was het er (?!1\b)")
    verbs = re.compile(r"^1 van de \d+ .*(?<= )(komen|gaan|leiden|vallen|zijn|bestaan|luiden)\b")
    for (kind, text), where in texts:
        if kind in ("titel", "samenvatting", "melding", "verhaal"):
            assert not wrong.search(text), (kind, text, where)
            assert not then.search(text), (kind, text, where)
            assert kind != "titel" or not verbs.search(text), (text, where)


# --- notices ---------------------------------------------------------------------------------------------------------


def test_notices_agree_with_the_table_and_with_each_other(grid: list[Shown]) -> None:
    checked = 0
    for shown in grid:
        labels = {str(row[0]) for row in shown.figure.table.rows}
        for notice in shown.figure.notices:
            checked += 1
            if notice.reason in ABSENT and shown.asked.form == "places":
                assert not labels.intersection(notice.places), (notice.text, shown.where)
        for place in {place for notice in shown.figure.notices for place in notice.places}:
            mine = [notice for notice in shown.figure.notices if place in notice.places]
            reasons = [notice.reason for notice in mine]
            assert not set(ABSENT).intersection(reasons) or len(shown.asked.indicators) > 1 or len(mine) == 1, mine
            assert len(reasons) == len(set(reasons)) or len(shown.asked.indicators) > 1, mine
    assert checked > 500


def test_a_share_in_a_chart_is_of_a_large_whole(grid: list[Shown]) -> None:
    checked = 0
    for shown in grid:
        figure = shown.figure
        if shown.asked.form not in ("categories", "groups") or len(figure.subject.places) != 1:
            continue
        (total,) = (figure.table.rows[at] for at in figure.table.totals)
        whole = next((value for value in total[1:] if isinstance(value, int | float)), 0)
        for text in _list_shares(figure.chart) if isinstance(figure.chart, BarChart) else ():
            if text:
                checked += 1
                assert whole >= SMALL_BASE, (text, shown.where)
    assert checked


def _list_shares(chart: BarChart) -> Iterator[str]:
    return (bar.share for row in chart.rows for bar in row.bars)
