"""The signs beside the numbers of a figure and what is not drawn, each in a few words: what has room under a slide."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from vt.figures import wording
from vt.figures.chart import NumberChart
from vt.figures.figure import FLAG_SIGN, Figure, cite
from vt.figures.notices import Reason
from vt.figures.table import About, Bounds, Table
from vt.model.catalogue import lower_first
from vt.model.geweld import GEWELD
from vt.model.hidden import Suppression
from vt.model.period import Period

_SIGNS = {
    "°": "° teruggerekend uit andere getallen",
    str(Suppression.SMALL): "<5: 1 tot en met 4, afgeschermd",
    str(Suppression.RECOVERED): "0 tot en met 4: teruggerekend en afgeschermd",
    str(Suppression.WITHHELD): "afgeschermd: zou een klein aantal verraden",
}
_MOST_INSTEAD = 400  # letters of what is shown instead
_NOT_DRAWN = (Reason.ABSENT, Reason.ABSENT_BUT_NEAR, Reason.APART, Reason.NO_MEASURE, Reason.NO_MEASURE_TOGETHER)


def write_footnote(figure: Figure, drawn: Collection[str], left_out: int) -> str:
    """What stands under a slide: which place ended within the period, what is shown instead of what was asked and what
    is left out, the signs in the texts that are drawn, what is not drawn, and the source."""
    more = f"nog {left_out} {'rij' if left_out == 1 else 'rijen'}: zie het bestand" if left_out else ""
    signs = explain_signs(figure, drawn)
    told = [*figure.subject.ended, *_tell_instead(figure), *signs, *name_contested(figure, drawn)]
    told += _name_undrawn(figure)
    return " · ".join([*told, *filter(None, [more]), *_name_source(figure)])


class OneNumber(NamedTuple):
    """The one number of a figure, what it is about, and what differs from the year before; "" where that is not
    known."""

    text: str
    about: str
    change: str


def find_one_number(figure: Figure) -> OneNumber | None:
    """The one number that a figure shows, beside that of the year before; None where it shows more."""
    chart = figure.chart
    if not isinstance(chart, NumberChart):
        return None
    period = figure.subject.periods[0]
    unit = f", {figure.subject.unit}" if figure.subject.unit != "aantal" else ""
    about = f"{lower_first(figure.subject.label)} {wording.place_in_time(period)}{unit}"
    before = f"{chart.before.text} {wording.place_in_time(period.year_before)}" if chart.before else ""
    return OneNumber(chart.now.text, about + chart.sign, chart.told or before)


def explain_signs(figure: Figure, drawn: Collection[str]) -> Iterator[str]:
    """What each sign in the texts that are drawn, and in the legend above them, means."""
    texts = (*drawn, *(text for _, text in figure.legend))

    def is_drawn(sign: str) -> bool:
        return any(sign in text for text in texts)

    yield from (meaning for sign, meaning in _SIGNS.items() if is_drawn(sign))
    yield from (f"{text}: het laagste en het hoogste dat kan" for text in filter(is_drawn, _list_ranges(figure)[:1]))
    if figure.subject.is_provisional and is_drawn("*"):
        yield "* voorlopig"
    if is_drawn(FLAG_SIGN):
        yield f"{FLAG_SIGN} omstreden: de controle vond een verschil in de bron"


def name_contested(figure: Figure, drawn: Collection[str]) -> Iterator[str]:
    """The contested numbers that have no sign in the texts that are drawn, by what they are about; of totals only where
    there is nothing else."""
    doubted, totals = figure.doubted, figure.table.totals
    found = sorted(at for at in doubted if at[0] not in totals) or sorted(doubted)
    if found and not any(FLAG_SIGN in text for text in drawn):
        labels = dict.fromkeys(str(figure.table.rows[row][0]) for row, _ in found)
        names = [name for label in labels for name in _name_contested_of(figure, label, found)]
        count = len({figure.table.about.get(at, at) for at in found})
        told = wording.join_words(names) if len(names) <= wording.MOST_NAMED else ""
        yield f"{FLAG_SIGN} omstreden in de bron: {told or f'{count} ' + ('getal' if count == 1 else 'getallen')}"


def _name_contested_of(figure: Figure, label: str, found: Collection[tuple[int, int]]) -> Iterator[str]:
    """What is contested in the rows of one label: the label alone where that is all, else which kind, place or
    period."""
    held = _list_numbers(figure.table, label)
    contested = set(_list_numbers(figure.table, label, found))
    if contested and contested.issuperset(held):
        yield label
        return
    named: dict[str, list[str]] = defaultdict(list)
    for number in filter(contested.__contains__, held):
        beside = [each for each in held if each._replace(period=number.period) == number]
        when = "" if contested.issuperset(beside) else f" {wording.place_in_time(Period.parse(number.period))}"
        named[when].append(_name_part(number, held, figure.subject.geweld))
    for when, parts in named.items():
        if "" in parts:
            yield f"{label}{when}"
        if told := [*dict.fromkeys(filter(None, parts))]:
            yield f"{wording.join_words(told)} in {label}{when}"


def _list_numbers(table: Table, label: str, among: Collection[tuple[int, int]] | None = None) -> list[About]:
    """What the numbers in the rows of one label are about, in the order of the table; those at some places only."""
    mine = [(row, values) for row, values in enumerate(table.rows) if str(values[0]) == label]
    cells = [(row, column) for row, values in mine for column, value in enumerate(values) if value is not None]
    told = [table.about[at] for at in cells if at in table.about and (among is None or at in among)]
    return list(dict.fromkeys(each._replace(mark="") for each in told))


def _name_part(number: About, beside: Collection[About], whole: str) -> str:
    """What a number has that others beside it have not, but for its period; "" for the whole."""
    indicator = lower_first(number.indicator) if len({each.indicator for each in beside}) > 1 else ""
    kind = GEWELD[number.geweld].name if number.geweld != whole else ""
    place = number.place if len({each.place for each in beside}) > 1 else ""
    return " in ".join(filter(None, [indicator, kind, place]))


def _list_ranges(figure: Figure) -> list[str]:
    """The numbers that are known within bounds, as they are written."""
    cells = (cell for row in figure.table.rows for cell in zip(figure.table.headings, row, strict=True))
    return [head.format(value) for head, value in cells if isinstance(value, Bounds) and value.low < value.high]


def _tell_instead(figure: Figure) -> Iterator[str]:
    """What is shown instead of what was asked, and what the chart leaves out, as far as the line has room."""
    said = [notice.text for notice in figure.notices if notice.reason not in _NOT_DRAWN]
    said = [text.rstrip(".") for text in (*said, *figure.beneath)]
    kept = [text for n, text in enumerate(said) if sum(map(len, said[: n + 1])) <= _MOST_INSTEAD]
    yield from kept
    if left := len(said) - len(kept):
        yield f"nog {left} {'opmerking' if left == 1 else 'opmerkingen'}: zie het bestand"


def _name_undrawn(figure: Figure) -> Iterator[str]:
    """The chosen places that the chart does not show."""
    places = [place for notice in figure.notices if notice.reason in _NOT_DRAWN for place in notice.places]
    if places:
        yield f"niet in deze grafiek: {wording.join_words(list(dict.fromkeys(places)))}"


def _name_source(figure: Figure) -> Sequence[str]:
    """The first source; how many more there are."""
    cited = cite(figure.sources)
    more = f" en {len(cited) - 1} andere" if len(cited) > 1 else ""
    return [f"Bron: {cited[0]}{more}"] if cited else []
