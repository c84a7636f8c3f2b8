"""An indicator over time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vt.figures import borders, common, wording
from vt.figures.answers import Answer, Dataset, answer, find_withheld
from vt.figures.chart import Bar, Chart, ColumnChart, Legend, Line, LineChart, Segment
from vt.figures.figure import Figure, Subject
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason
from vt.figures.over_time import KINDS, LENGTHS, Reasons, draw_places, make_points
from vt.figures.panels import note_apart, split_panels
from vt.figures.places import make_periods_table
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection
from vt.figures.text import numbers
from vt.figures.text.told import Told
from vt.model.catalogue import Indicator
from vt.model.hidden import Number
from vt.model.period import Period

_Reading = Reading[Number]
_Slots = Mapping[Period, _Reading | None]
_Drawn = tuple[str, Chart, Legend]  # what is drawn by name, the chart and its legend


TWO_PERIODS = "Twee perioden zeggen niet of het stijgt: van een jaar eerder is er geen cijfer."


class _Series(NamedTuple):
    """What a place has over time in a measure, and what could not be answered as asked; all `periods` that it has, and
    those of which CBS does not give the number, with why."""

    metric: Metric
    readings: list[_Reading]
    periods: list[Period]
    notices: tuple[Notice, ...]
    withheld: Reasons


def make_series(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """An indicator over time: a figure of the chosen places that can stand together, and one of each of the others that
    has more than a year and the year before.

    Periods that were counted otherwise have a figure of their own.
    """
    answers = answer(dataset, indicator, replace(selection, period=None))
    series = [_read_series(dataset, indicator, selection, item) for item in answers.items]
    together = _find_together(series)
    joined = {reading.place.id for panel in together for reading in panel}
    periods = list(dict.fromkeys(period for each in series for period in each.periods))
    withheld = {each.readings[0].place.id: each.withheld for each in series if each.readings}
    figures = [_make_joint(indicator, selection, panel, periods, withheld) for panel in together]
    alone = [each for each in series if not joined.intersection(reading.place.id for reading in each.readings)]
    figures += [figure for each in alone for figure in _make_figures(indicator, selection, each)]
    return common.add_notices(common.number_ids(figures), answers.notices)


def _read_series(dataset: Dataset, indicator: Indicator, selection: Selection, item: Answer) -> _Series:
    metric, notices = choose_metric(indicator, selection)
    own = dataset.metadata.indicators[item.table.indicator]  # that of CBS where places are compared by it (answers.py)
    steps = _answer_each_period(dataset, own, selection, item)
    if steps and (before := borders.answer_before(dataset, own, selection, steps[0])):
        today = replace(item.place, label=f"{item.place.label} ({borders.IN_TODAY})")
        steps = [replace(step, place=today) for step in (*before, *steps)]
    readings, refused = read_answers(dataset, steps, metric.as_printed if metric.is_share else metric)
    if refused and len(readings) < 2:
        notices += (replace(refused[0], reason=Reason.NO_MEASURE_FOR_ALL, shown="", when=""),)
        readings, refused = read_answers(dataset, steps, metric.as_printed)
    withheld = find_withheld(dataset, item)
    return _Series(metric, [*readings], _list_periods(dataset, own, item), (*notices, *refused), withheld)


def _find_together(series: Sequence[_Series]) -> list[list[_Reading]]:
    """The readings of places that are each a line by itself, as far as their numbers can be on one scale: over periods
    of one length, whatever the measure."""
    by_length: dict[int, list[_Reading]] = defaultdict(list)
    for each in series:
        if _is_line(each.readings) and not each.notices and len(split_panels(each.readings, each.metric)) == 1:
            by_length[each.readings[0].period.months] += each.readings
    panels = [panel for readings in by_length.values() for panel in split_panels(readings, readings[0].metric)]
    return [panel for panel in panels if len({reading.place.id for reading in panel}) > 1]


def _make_joint(
    indicator: Indicator,
    selection: Selection,
    panel: Sequence[_Reading],
    periods: Sequence[Period],
    withheld: Mapping[str, Reasons],
) -> Figure:
    """Several places in one picture."""
    slots = common.list_slots(panel)
    last = {reading.place.id: reading.answer for reading in panel}
    subject = common.make_subject(indicator.label, [*last.values()], panel[0].metric.name_unit(slots), slots=slots)
    chart, legend = draw_places(panel, (), slots, [*last], withheld=withheld)
    told = numbers.tell_places([reading for reading in panel if reading.period == slots[-1]])
    drawn = KINDS[type(chart)], chart, legend
    return _frame(indicator, selection, panel, subject, drawn, told, _name_others(periods, panel))


def _make_figures(indicator: Indicator, selection: Selection, series: _Series) -> list[Figure]:
    """The periods of a place; none by itself."""
    panels = split_panels(series.readings, series.metric)
    figures = [_make_figure(indicator, selection, panel, series) for panel in panels]
    return common.add_notices(note_apart(figures, panels, series.metric), series.notices)


def _make_figure(
    indicator: Indicator, selection: Selection, readings: Sequence[_Reading], series: _Series
) -> Figure | None:
    slots = _fill_gaps(readings)
    if len(readings) < 2 or (len(slots) == 2 and readings[0].period.months == 12):
        return None
    place, period, unit = readings[0].place, readings[0].period, readings[0].metric.name_unit(slots)
    steps = [reading.answer for reading in readings]
    subject = common.make_subject(indicator.label, steps, unit, place.said, [*slots])
    told = numbers.tell_places(readings[-1:])  # beside the same period a year before, no other season
    said = (*_name_gaps(slots, series), *_name_others(series.periods, readings))
    made = _frame(indicator, selection, readings, subject, _draw(readings, slots, series.withheld), told, said)
    earlier = numbers.write_earlier(readings[0], readings[-1]) if len(slots) == 2 else ""
    return replace(
        made,
        id=f"{made.id}.{place.id}",
        title=wording.pick_fitting(told.title + earlier, told.title),
        beneath=((TWO_PERIODS,) if earlier else ())
        + (*common.name_withheld(series.withheld, period.months), *made.beneath),
    )


def _frame(
    indicator: Indicator,
    selection: Selection,
    readings: Sequence[_Reading],
    subject: Subject,
    drawn: _Drawn,
    told: Told,
    said: Sequence[str],
) -> Figure:
    """The figure of what is drawn of these readings; `said` are caveats beside those of their tables."""
    (name, chart, legend), steps = drawn, [reading.answer for reading in readings]
    where = f" in {subject.places[0]}" if len(subject.places) == 1 else ""
    return Figure(
        id=f"{indicator.id}.series",
        title=told.title,
        subject=subject,
        chart=chart,
        legend=legend,
        alt=f"{name} over de tijd van {indicator.noun}{where}. {told.title}",
        table=make_periods_table(readings, readings[0].metric),
        sources=common.list_sources(table for step in steps for table in step.tables),
        caveats=(*common.list_caveats(indicator, steps), *said),
        selection=selection,
        beneath=common.explain_none(readings),
        sentences=told.more,
    )


def _answer_each_period(dataset: Dataset, indicator: Indicator, selection: Selection, item: Answer) -> list[Answer]:
    """The answers over all periods of one length, that of which there are most; of as many that which covers most time,
    but a year and the year before are no series."""
    periods = _list_periods(dataset, indicator, item)
    lengths = [period.months for period in periods]
    usual = max(sorted(set(lengths)), key=lambda m: (lengths.count(m), m % 12), default=0)
    asked = [replace(selection, period=period.id) for period in periods if period.months == usual]
    answers = (step for each in asked for step in answer(dataset, indicator, each, places=[item.place.id]).items)
    return [step for step in answers if step.geweld == item.geweld]


def _list_periods(dataset: Dataset, indicator: Indicator, item: Answer) -> list[Period]:
    covered = (each.period for each in dataset.metadata.covered(indicator.id, item.place.id))
    return [period for period in covered if 0 < period.months <= 12]


def _name_others(periods: Sequence[Period], readings: Sequence[_Reading]) -> list[str]:
    """The periods of another length over which the series says nothing, so that they are not passed over in silence."""
    shown = [reading.period for reading in readings]
    others = [p for p in periods if not any(p.covers(one) or one.covers(p) for one in shown)]
    names = wording.join_words([wording.name_period(period) for period in others])
    length = LENGTHS[shown[0].months]
    return [f"Over {names} is er een cijfer, maar niet per {length}: dat staat niet in deze reeks."] if others else []


def _fill_gaps(readings: Sequence[_Reading]) -> _Slots:
    """Every period from the first to the last with its reading; None where there is none."""
    known = {reading.period: reading for reading in readings}
    return {period: known.get(period) for period in common.list_slots(readings)}


def _is_line(readings: Sequence[_Reading]) -> bool:
    return len(readings) > 2 and not any(reading.answer.parts for reading in readings)


def _draw(readings: Sequence[_Reading], slots: _Slots, withheld: Reasons) -> _Drawn:
    """A line from three periods on, columns where they are split."""
    if _is_line(readings):
        return "Lijn", LineChart((_make_line(slots, readings[0], withheld),)), _make_line_legend(readings[0])
    return (
        "Kolommen",
        ColumnChart(tuple(_make_column(*slot, withheld) for slot in slots.items())),
        common.make_parts_legend(r.answer for r in readings),
    )


def _name_gaps(slots: _Slots, series: _Series) -> list[str]:
    empty = [period for period, reading in slots.items() if reading is None and period not in series.withheld]
    return common.name_gaps(empty)


def _make_line(slots: _Slots, first: _Reading, withheld: Reasons) -> Line:
    known = {period: reading for period, reading in slots.items() if reading}
    return Line(common.find_geweld_role(first.answer.geweld), first.place.said, make_points([*slots], known, withheld))


def _make_line_legend(first: _Reading) -> Legend:
    """A year axis does not say what a point is."""
    text = f"{first.place.said}, een punt per {LENGTHS[first.period.months]}"
    return ((common.find_geweld_role(first.answer.geweld), text),)


def _make_column(period: Period, reading: _Reading | None, withheld: Reasons) -> Bar:
    if reading is None:
        return Bar(period.label, withheld.get(period, common.NO_NUMBER), ())
    item = reading.answer
    whole = Segment.from_number(common.find_geweld_role(item.geweld), item.place.label, reading.value)
    drawn = common.stack(common.make_geweld_segments(reading), whole)
    bar = Bar(common.mark_period(item), reading.text, drawn, common.tell_reading(reading))
    return common.mark_contested(bar, common.link_to(reading))
