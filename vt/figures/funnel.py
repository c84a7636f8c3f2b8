"""Rates of gemeenten against their inhabitants, with what chance gives: is a small place different?"""

from collections.abc import Sequence
from dataclasses import replace
from math import floor, log10

from vt.figures import common, wording
from vt.figures.answers import Dataset
from vt.figures.chart import Funnel, Legend, Role, Rule, Ticks
from vt.figures.comparison import (
    Comparison,
    draw_each,
    make_comparison_figure,
    make_spots,
    name_roles,
    pick_role,
)
from vt.figures.dots import MOST_NAMED, make_ticks
from vt.figures.figure import Figure
from vt.figures.reading import Reading
from vt.figures.selection import Selection
from vt.figures.text import numbers
from vt.figures.text.numbers import pick_shown
from vt.figures.text.told import Told
from vt.model.catalogue import INCIDENT, Indicator
from vt.model.hidden import Number
from vt.model.measures import Measure, bound_by_chance, may_be_chance
from vt.model.rounding import MOST_OFF

LEAST, STEPS = 3, 40
_TENS = (1, 2, 5)
BAND = (
    "De band is wat toeval geeft (95%) als elke inwoner even vaak voorkomt in de telling: van 20 {places} valt er "
    "gemiddeld één buiten zonder dat er iets anders is."
)
FAMILIES = "Meldingen over één gezin komen samen: toeval kan iets meer doen dan de band laat zien."
ROUNDED = f"Het CBS rondt af op vijf: de band is daarom {MOST_OFF} gevallen ruimer, naar beide kanten."


def make_funnel(dataset: Dataset, indicator: Indicator, selection: Selection, kind: str = "gemeente") -> list[Figure]:
    """A dot per gemeente by inhabitants and rate, and the band of chance around the rate of the region, or of the
    country; only of what people report, for what Veilig Thuis decides is no chance."""
    if indicator.about != INCIDENT or indicator.unit != "aantal":
        return []
    asked = replace(selection, measure=Measure.PER_1000)
    figures = draw_each(dataset, indicator, asked, kind, lambda compared: _make_figure(compared, indicator, asked))
    return [replace(figure, selection=selection) for figure in figures]


def _make_figure(compared: Comparison, indicator: Indicator, selection: Selection) -> Figure | None:
    shown = [reading for reading in pick_shown(compared.ranked) if reading.answer.inhabitants]
    whole = _find_whole(compared, shown)
    if whole is None or len({reading.period for reading in shown}) != 1 or len(shown) < LEAST:
        return None
    figure = make_comparison_figure(
        compared,
        selection,
        id_=f"{indicator.id}.funnel",
        drawn=f"{indicator.label} per 1.000 inwoners naar het aantal inwoners, met de band van wat toeval geeft",
        chart=_draw(compared, shown, whole, selection),
        legend=_make_legend(compared, shown, whole, selection),
    )
    told = _tell(compared.ranked, shown, whole, selection)
    return replace(
        figure,
        title=told.title,
        sentences=told.more,
        alt=f"{figure.alt.partition('. ')[0]}. {told.title}",
        caveats=(
            BAND.format(places=compared.group),
            FAMILIES,
            *([ROUNDED] if whole.is_rounded else []),
            *figure.caveats,
        ),
    )


def _find_whole(compared: Comparison, shown: Sequence[Reading[float]]) -> Reading[float] | None:
    """What chance is held against: the one region that all are in, else the country."""
    regions = {reading.place.region for reading in shown}
    beside = [r for r in pick_shown(compared.beside) if r.answer.inhabitants and r.count]
    mine = [r for r in beside if regions == {r.place.id}]
    return next(iter([*mine, *(r for r in beside if r.place.kind == "land")]), None)


def _read_part(reading: Reading[float], whole: Reading[float]) -> float:
    """What part of the inhabitants of the whole a gemeente has."""
    return (reading.answer.inhabitants or 0) / (whole.answer.inhabitants or 1)


def _is_chance(reading: Reading[float], whole: Reading[float]) -> bool:
    """Whether a gemeente differs from the others together by no more than chance, or than rounding beside that."""
    part, off = _read_part(reading, whole), MOST_OFF if reading.is_rounded else 0
    counts = (max(reading.count + step, 0) for step in {-off, 0, off})
    return part >= 1 or any(may_be_chance(whole.count - count, count, part / (1 - part)) for count in counts)


def _bound_rate(whole: Reading[float], inhabitants: float) -> tuple[float, float]:
    """The rates between which chance keeps a place of so many inhabitants, and rounding beside that."""
    people, off = whole.answer.inhabitants or 1, MOST_OFF if whole.is_rounded else 0
    low, high = bound_by_chance(whole.count, inhabitants / people)
    each = 1000 * 12 / whole.period.months / inhabitants
    return max(low - off, 0) * each, (high + off) * each


def _draw(compared: Comparison, shown: Sequence[Reading[float]], whole: Reading[float], selection: Selection) -> Funnel:
    people = {reading.place.id: reading.answer.inhabitants or 0 for reading in shown}
    ends = min(people.values()) * 0.85, max(people.values()) * 1.2
    steps = [ends[0] * (ends[1] / ends[0]) ** (n / STEPS) for n in range(STEPS + 1)]
    steps = [step for step in steps if step < (whole.answer.inhabitants or 0)]
    band = tuple((step, *_bound_rate(whole, step)) for step in steps)
    spots = tuple((people[spot.place], spot) for spot in make_spots(compared, selection) if spot.place in people)
    rates = [*(spot.value or 0 for _, spot in spots), *(high for *_, high in band)]
    chosen = [spot.place for _, spot in spots if spot.place in selection.gemeenten]
    outside = [reading.place.id for reading in shown if not _is_chance(reading, whole)]
    rule = Rule(Role(whole.place.kind), whole.place.label, whole.value, whole.starred, common.tell_reading(whole))
    up = make_ticks(0, max(rates), compared.metric)
    return Funnel(spots, frozenset((chosen or outside)[:MOST_NAMED]), band, (rule,), _round_people(*ends), up)


def _round_people(low: float, high: float) -> Ticks:
    """Round numbers of inhabitants; the first and the last are the ends of the scale, without a name."""
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    inside = [n * 10**power for power in powers for n in _TENS if low <= n * 10**power <= high]
    return ((low, ""), *((n, wording.format_number(n)) for n in inside), (high, ""))


def _make_legend(
    compared: Comparison, shown: Sequence[Reading[float]], whole: Reading[float], selection: Selection
) -> Legend:
    hidden = len(compared.ranked) - len(shown)
    chosen = [reading for reading in shown if reading.place.id in selection.gemeenten]
    band = (Role.CHANCE, _name_band(chosen[0], whole) if len(chosen) == 1 else "wat toeval geeft")
    return (*name_roles(compared, {pick_role(reading, selection) for reading in shown}, hidden, selection), band)


def _name_band(own: Reading[float], whole: Reading[float]) -> str:
    """What the band is at the size of a gemeente, and on which side of it that lies."""
    low, high = (whole.metric.format(rate) for rate in _bound_rate(whole, own.answer.inhabitants or 1))
    side = "erbinnen" if _is_chance(own, whole) else "erbuiten"
    return f"wat toeval geeft bij {_name_size(own)} ({low} tot {high}): {own.place.said} ligt {side}"


def _name_size(own: Reading[float]) -> str:
    return f"een {wording.SINGLE[wording.name_group(own.place.kind)]} van deze grootte"


def _tell(
    ranked: Sequence[Reading[Number]],
    shown: Sequence[Reading[float]],
    whole: Reading[float],
    selection: Selection,
) -> Told:
    """Of one chosen gemeente its rate, of more the lowest and the highest; what chance gives is never in a title."""
    chosen = [reading for reading in shown if reading.place.id in selection.gemeenten]
    if len(chosen) == 1:
        (own,) = chosen
        low, high = (whole.metric.format(rate) for rate in _bound_rate(whole, own.answer.inhabitants or 1))
        said = numbers.write_rank(own, [own], 0)
        beside = wording.pick_fitting(f"{said}; {whole.place.label} {whole.text}", said)
        return Told.of(beside, f"Bij {_name_size(own)} geeft toeval {low} tot {high}.", _judge(own, whole))
    some = chosen or shown
    inside = sum(_is_chance(reading, whole) for reading in some)
    lie = f"liggen er {inside}" if inside > 1 else f"ligt er {inside or 'geen'}"
    of_these = [reading for reading in ranked if not chosen or reading.place.id in selection.gemeenten]
    title = numbers.tell_ranking(of_these, [whole], selection.gemeenten).title
    return Told.of(title, f"Van de {len(some)} {wording.name_group(some[0].place.kind)} {lie} binnen wat toeval geeft.")


def _judge(own: Reading[float], whole: Reading[float]) -> str:
    """Where it is of what chance gives, and no more."""
    if _is_chance(own, whole):
        return f"Dat is binnen wat toeval geeft bij {_name_size(own)}."
    side = "meer" if own.value > whole.value else "minder"
    return f"Dat is {side} dan wat toeval geeft bij {_name_size(own)}; waardoor, zegt het cijfer niet."
