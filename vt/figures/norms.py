"""Shares against their norm."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vt.figures import common, tips, wording
from vt.figures.answers import Dataset, answer
from vt.figures.chart import Bar, BarChart, Role, Row, Segment
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.notices import Notice, merge_notices
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection
from vt.figures.table import Column, Heading, Table, make_table
from vt.figures.text import numbers
from vt.figures.text.change import write_distance
from vt.model.catalogue import Indicator, Norm, lower_first
from vt.model.counting import Aspect
from vt.model.measures import Measure


def make_norms(dataset: Dataset, label: str, indicators: Sequence[Indicator], selection: Selection) -> list[Figure]:
    """Shares beside the norm that they are held against, and the year before; a figure per place, and of each for those
    in which the same counts: with or without a waiting list."""
    by_place: dict[str, list[Reading[float]]] = {}
    notices: list[Notice] = []
    for indicator in indicators:
        _, refused = choose_metric(indicator, selection)
        answers = answer(dataset, indicator, selection)
        notices += [*refused, *(replace(notice, what=lower_first(label)) for notice in answers.notices)]
        for reading in numbers.pick_shown(read_answers(dataset, answers.items, Metric(indicator))[0]):
            by_place.setdefault(reading.place.id, []).append(reading)
    figures = [
        _make_figure(label, readings, selection, _name_universe(readings) if len(pictures) > 1 else "")
        for pictures in map(_split_by_universe, by_place.values())
        for readings in pictures
    ]
    return common.add_notices(common.number_ids(figures), merge_notices(notices))


def _split_by_universe(readings: Sequence[Reading[float]]) -> list[list[Reading[float]]]:
    """The readings of which no two state that other things count; what does not tell goes with the first."""
    pictures: dict[str, list[Reading[float]]] = {}
    for reading in readings:
        universe = _name_universe([reading]) or next(iter(pictures), "")
        pictures.setdefault(universe, []).append(reading)
    return list(pictures.values())


def _name_universe(readings: Sequence[Reading[float]]) -> str:
    """What counts in all of them; "" where that differs or is not told."""
    stated = {reading.answer.table.counting.value(Aspect.UNIVERSE) for reading in readings}
    return stated.pop() if len(stated) == 1 else ""


def _make_figure(label: str, readings: Sequence[Reading[float]], selection: Selection, universe: str) -> Figure:
    first = readings[0]
    label = f"{label}, {universe}" if universe else label
    answers = [reading.answer for reading in readings]
    indicator = first.metric.indicator
    norm = indicator.norm
    told = numbers.tell_norms(label, readings, universe)
    legend = [(Role.THIS, common.mark_period(first.answer))]
    legend += [(Role.YEAR_BEFORE, common.mark_year_before(first.answer))] if first.before is not None else []
    caveats = [text for r in readings for text in common.list_caveats(r.metric.indicator, [r.answer])]
    caveats += [f"{wording.capitalize(norm.label)}: {norm.source}."] if norm else []
    return Figure(
        id=f"{indicator.topic}.norms.{first.place.id}",
        title=told.title,
        subject=common.make_subject(label, answers, first.metric.unit),
        chart=BarChart(
            tuple(_make_row(reading, universe) for reading in readings),
            common.rule_norms(r.metric.indicator for r in readings),
            100,
        ),
        legend=tuple(legend),
        alt=f"Staafdiagram: {label}. {told.title}",
        table=_make_table(readings),
        sources=common.list_sources(common.list_tables(answers)),
        caveats=tuple(dict.fromkeys(caveats)),
        selection=selection,
        beneath=_name_terms(reading.metric.indicator.norm for reading in readings),
        sentences=told.more,
    )


def _make_row(reading: Reading[float], universe: str) -> Row:
    """A percentage beside its year before; what counts in all of them is said above."""
    period = reading.period
    now = common.mark_contested(_make_bar(reading, Role.THIS, period.label, reading.value), common.link_to(reading))
    drawn = [now._replace(share=write_distance(reading.value, reading.metric.norm))]
    if reading.before is not None:
        drawn.append(_make_bar(reading, Role.YEAR_BEFORE, period.year_before.label, reading.before))
    return Row(reading.metric.label.removesuffix(f", {universe}"), tuple(drawn))


def _make_bar(reading: Reading[float], role: Role, period: str, value: float) -> Bar:
    tip = tips.tell_value(
        f"{reading.place.said}, {lower_first(reading.metric.label)}", value, reading.metric, reading.noun, period
    )
    return Bar(period, f"{wording.format_number(value)}%", (Segment.from_number(role, period, value),), tip)


def _name_terms(norms: Iterable[Norm | None]) -> tuple[str, ...]:
    """The legal terms that these percentages are about."""
    terms = dict.fromkeys(norm.within for norm in norms if norm and norm.within)
    return (f"Wettelijke termijn: {wording.join_words(list(terms))}",) if terms else ()


def _make_table(readings: Sequence[Reading[float]]) -> Table:
    labels = ("Percentage", "Jaar eerder", "Norm")
    percentage, before, norm = (Heading(label, Measure.AANTAL, "procent") for label in labels)
    columns: tuple[Column[Reading[float]], ...] = (
        Column(Heading("Cijfer"), lambda reading: reading.metric.label),
        Column(Heading("Periode"), lambda reading: reading.period.label),
        Column(percentage, lambda reading: reading.value, common.link_to, common.tell_of),
        Column(before, lambda reading: reading.before, common.link_to_before, common.tell_of_before),
        Column(norm, lambda reading: reading.metric.norm),
    )
    return make_table(columns, readings)
