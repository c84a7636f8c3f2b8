"""Which form of chart is drawn how: FORMS is where a form is added."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vt.figures.chart import (
    AreaMap,
    BarChart,
    Chart,
    ColumnChart,
    DotStrip,
    FlowChart,
    Funnel,
    HeatMap,
    LineChart,
    Multiples,
    NumberChart,
    PairChart,
    RankChart,
    TrendChart,
    WholeChart,
)
from vt.render.vega import (
    bars,
    columns,
    dots,
    flow,
    funnel,
    heat,
    lines,
    maps,
    multiples,
    number,
    pairs,
    ranking,
    trends,
    wholes,
)
from vt.render.vega.parts import NOTHING, Form, Room

MANY_BARE = 4
ALONE: dict[type[Chart], Form] = {LineChart: lines.ALONE, TrendChart: trends.ALONE}
FORMS: dict[type[Chart], Form] = {
    BarChart: bars.FORM,
    ColumnChart: columns.FORM,
    DotStrip: dots.FORM,
    Funnel: funnel.FORM,
    HeatMap: heat.FORM,
    LineChart: lines.FORM,
    TrendChart: trends.FORM,
    Multiples: multiples.FORM,
    RankChart: ranking.FORM,
    AreaMap: maps.FORM,
    FlowChart: flow.FORM,
    WholeChart: wholes.FORM,
    PairChart: pairs.FORM,
    NumberChart: number.FORM,
}


def form_of(chart: Chart) -> Form:
    return FORMS[type(chart)]


def is_bare(chart: Chart) -> bool:
    """Whether it is a number by itself, without that of a year before."""
    return isinstance(chart, NumberChart) and chart.before is None


def forms_beside(charts: Sequence[Chart]) -> list[Form]:
    """Their forms in a row: more than two bare numbers are lower; lines by themselves are higher."""
    if len(charts) == 1 and type(charts[0]) in ALONE:
        return [ALONE[type(charts[0])]]
    return [number.BARE if _are_low(charts) else form_of(chart) for chart in charts]


def _are_low(charts: Sequence[Chart]) -> bool:
    return len(charts) > 2 and all(map(is_bare, charts))


def measure(chart: Chart) -> Room:
    """How high it is beside another, as far as that can be told."""
    return form_of(chart).measure(chart)


def rooms_beside(charts: Sequence[Chart], high: Sequence[Room]) -> list[Room]:
    """What each, so `high`, is to fill in a row, as high as the others are or need; nothing where it is high enough."""
    if _are_low(charts):
        need = max(number.measure_bare(chart) for chart in charts if isinstance(chart, NumberChart))
        return [Room(need, need)] * len(charts)
    return [_find_room(own, [*high[:at], *high[at + 1 :]]) for at, own in enumerate(high)]


def _find_room(own: Room, others: Sequence[Room]) -> Room:
    highest = Room(*(max(sizes) for sizes in zip(NOTHING, *others, strict=True)))
    return highest if highest.half > own.half or highest.wide > own.wide else NOTHING


def rows(chart: Chart, form: Form | None = None, room: Room = NOTHING) -> list[dict[str, Any]]:
    """The rows that the spec of a chart draws, in so much room."""
    form = form or form_of(chart)
    marks = list(form.marks(chart))
    if room != NOTHING and marks and form.fill:
        marks[0] = form.fill(marks[0], room)
    return [mark._asdict() for mark in marks]


def list_texts(drawn: Iterable[Mapping[str, Any]]) -> set[str]:
    """What is written in rows of a chart, but for what they say when they are pointed at."""
    return {text for row in drawn for name, text in row.items() if isinstance(text, str) and name != "tip"}


def rows_for_presenter(chart: Chart) -> tuple[list[dict[str, Any]], int]:
    """The rows that its spec for a room draws, and how many are left out: a room could not read so many."""
    form = form_of(chart)
    marks, left_out = form.choose(chart) if form.choose else (form.marks(chart), 0)
    return [mark._asdict() for mark in marks], left_out
