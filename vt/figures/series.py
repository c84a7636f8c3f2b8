"""An indicator over time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import starmap

from vt.figures import borders, common, wording
from vt.figures.answers import Answer, Dataset, answer
from vt.figures.chart import Bar, Chart, ColumnChart, Legend, Line, LineChart, Point, Segment
from vt.figures.figure import Figure
from vt.figures.notices import Reason
from vt.figures.panels import note_apart, split_panels
from vt.figures.places import make_places_table
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection
from vt.figures.text import numbers
from vt.model.catalogue import Indicator
from vt.model.hidden import Number, Suppression
from vt.model.period import Period

LENGTHS = {1: "maand", 3: "kwartaal", 6: "halfjaar", 12: "jaar"}
_Reading = Reading[Number]
_Slots = Mapping[Period, _Reading | None]


def make_series(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """An indicator over time, a figure per chosen place that has more than a year and the year before.

    Periods that were counted otherwise have a figure of their own.
    """
    answers = answer(dataset, indicator, replace(selection, period=None))
    figures = [figure for item in answers.items for figure in _make_figures(dataset, indicator, selection, item)]
    return common.add_notices(common.number_ids(figures), answers.notices)


def _make_figures(dataset: Dataset, indicator: Indicator, selection: Selection, item: Answer) -> list[Figure]:
    """The periods of a place; none by itself."""
    metric, notices = choose_metric(indicator, selection)
    steps = _answer_each_period(dataset, indicator, selection, item)
    if steps and (before := borders.answer_before(dataset, indicator, selection, steps[0])):
        today = replace(item.place, label=f"{item.place.label} ({borders.IN_TODAY})")
        steps = [replace(step, place=today) for step in (*before, *steps)]
    readings, refused = read_answers(dataset, steps, metric.as_printed if metric.is_share else metric)
    if refused and len(readings) < 2:
        notices += (replace(refused[0], reason=Reason.NO_MEASURE_FOR_ALL, shown="", when=""),)
        readings, refused = read_answers(dataset, steps, metric.as_printed)
    panels = split_panels(readings, metric)
    periods = _list_periods(dataset, indicator, item)
    figures = [_make_figure(indicator, selection, panel, periods) for panel in panels]
    return common.add_notices(note_apart(figures, panels, metric), (*notices, *refused))


def _make_figure(
    indicator: Indicator, selection: Selection, readings: Sequence[_Reading], periods: Sequence[Period]
) -> Figure | None:
    slots = _fill_gaps(readings)
    if len(readings) < 2 or (len(slots) == 2 and readings[0].period.months == 12):
        return None
    name, chart, legend = _draw(readings, slots)
    told = numbers.tell_series(readings)
    item, metric = readings[0].answer, readings[0].metric
    where, steps = item.place.label, [reading.answer for reading in readings]
    return Figure(
        id=f"{indicator.id}.series.{item.place.id}",
        title=told.title,
        subject=replace(
            common.make_subject(indicator.label, steps, metric.name_unit(slots), where),
            periods=(Period.span(list(slots)),),
        ),
        chart=chart,
        legend=legend,
        alt=f"{name} over de tijd van {indicator.noun} in {where}. {told.title}",
        table=make_places_table([replace(reading, count_before=None, before=None) for reading in readings], metric),
        sources=common.list_sources(table for step in steps for table in step.tables),
        caveats=(*common.list_caveats(indicator, steps), *_name_gaps(slots), *_name_others(periods, readings)),
        selection=selection,
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
    if not readings:
        return {}
    known = {reading.period: reading for reading in readings}
    first, last = readings[0].period, readings[-1].period
    between = (Period(start, first.months) for start in range(first.start, last.end, first.months))
    return {period: known.get(period) for period in between}


def _draw(readings: Sequence[_Reading], slots: _Slots) -> tuple[str, Chart, Legend]:
    """What is drawn by name, the chart and its legend: a line from three periods on, columns where they are split."""
    if len(readings) > 2 and not any(reading.answer.parts for reading in readings):
        return "Lijn", LineChart((_make_line(slots, readings[0]),)), _make_line_legend(readings[0])
    return (
        "Kolommen",
        ColumnChart(tuple(starmap(_make_column, slots.items()))),
        common.make_parts_legend(r.answer for r in readings),
    )


def _name_gaps(slots: _Slots) -> list[str]:
    gaps = [wording.name_period(period) for period, reading in slots.items() if reading is None]
    return [f"Geen cijfer over {wording.join_words(gaps)}."] if gaps else []


def _make_line(slots: _Slots, first: _Reading) -> Line:
    return Line(
        common.find_geweld_role(first.answer.geweld), first.place.label, tuple(starmap(_make_point, slots.items()))
    )


def _make_point(period: Period, reading: _Reading | None) -> Point:
    if reading is None:
        return Point(period, False, common.NO_NUMBER, None)
    value = None if isinstance(reading.value, Suppression) else reading.value
    return Point(period, reading.answer.is_provisional, reading.text, value, common.tell_reading(reading))


def _make_line_legend(first: _Reading) -> Legend:
    """A year axis does not say what a point is."""
    text = f"{first.place.label}, een punt per {LENGTHS[first.period.months]}"
    return ((common.find_geweld_role(first.answer.geweld), text),)


def _make_column(period: Period, reading: _Reading | None) -> Bar:
    if reading is None:
        return Bar(period.label, common.NO_NUMBER, ())
    item = reading.answer
    whole = Segment.from_number(common.find_geweld_role(item.geweld), item.place.label, reading.value)
    drawn = common.stack(common.make_geweld_segments(reading), whole)
    return Bar(common.mark_period(item), reading.text, drawn, common.tell_reading(reading))
