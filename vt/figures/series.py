"""An indicator over time."""

from collections.abc import Sequence
from dataclasses import replace

from vt.figures.answers import Answer, Dataset, answer
from vt.figures.chart import Bar, ColumnChart, Segment
from vt.figures.common import (
    Reading,
    caveats_of,
    choose_metric,
    geweld_role,
    geweld_segments,
    parts_legend,
    read_answers,
    sources_of,
    stack,
    when,
    with_notices,
)
from vt.figures.figure import Figure, Subject
from vt.figures.places import make_places_table
from vt.figures.selection import Selection
from vt.figures.text import summaries, titles
from vt.model.catalogue import Indicator
from vt.model.hidden import Number
from vt.model.period import Period


def series(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """An indicator over time, a figure per chosen place that has more than a year and the year before."""
    answers = answer(dataset, indicator, selection)
    figures = [
        figure for item in answers.items if (figure := _series_figure(dataset, indicator, selection, item)) is not None
    ]
    return with_notices(figures, answers.notices)


def _series_figure(dataset: Dataset, indicator: Indicator, selection: Selection, item: Answer) -> Figure | None:
    run = _longest_run([covered.period for covered in dataset.metadata.covered(indicator.id, item.place.id)])
    if len(run) < 2 or (len(run) == 2 and run[0].months == 12):
        return None
    metric, notices = choose_metric(indicator, selection)
    metric = metric.as_printed if metric.is_share else metric
    steps = [
        step
        for period in run
        for step in answer(dataset, indicator, replace(selection, period=period.id), places=[item.place.id]).items
        if step.geweld == item.geweld
    ]
    readings, refused = read_answers(dataset, steps, metric)
    if len(readings) < 2:
        return None
    title = titles.title_series(readings)
    return Figure(
        id=f"{indicator.id}.series.{item.place.id}",
        title=title,
        subject=Subject(indicator.label, (item.place.label,), (Period.span(run),), metric.unit, item.geweld),
        chart=ColumnChart(tuple(map(_column, readings))),
        legend=parts_legend([item]),
        alt=f"Kolommen over de tijd van {indicator.noun} in {item.place.label}. {title}",
        table=make_places_table([replace(reading, count_before=None, before=None) for reading in readings], metric),
        sources=sources_of(step.table for step in steps),
        caveats=caveats_of(indicator, steps),
        notices=(*notices, *refused),
        selection=selection,
        summary=summaries.summarize_series(readings),
    )


def _longest_run(periods: Sequence[Period]) -> list[Period]:
    """The longest row of periods of one length that follow each other; the shortest periods win a tie."""
    best: list[Period] = []
    for months in sorted({period.months for period in periods if period.months <= 12}):
        run: list[Period] = []
        for period in sorted(p for p in periods if p.months == months):
            run = [*run, period] if run and run[-1].end == period.start else [period]
            best = max(best, run, key=len)
    return best


def _column(reading: Reading[Number]) -> Bar:
    item = reading.answer
    whole = Segment.of(geweld_role(item.geweld), item.place.label, reading.value)
    return Bar(when(item), reading.text, stack(geweld_segments(reading), whole))
