"""Shares against their norm."""

from collections.abc import Sequence
from dataclasses import replace

from vt.figures import wording
from vt.figures.answers import Dataset, answer
from vt.figures.common import (
    Line,
    Reading,
    Segment,
    bars,
    caveats_of,
    link_to,
    measure_for,
    read_measures,
    sources_of,
    subtitle_of,
    tables_of,
    unit_text,
)
from vt.figures.figure import Figure
from vt.figures.selection import Selection
from vt.figures.table import Column, Table, Value
from vt.figures.text import summaries, titles
from vt.model.catalogue import Indicator
from vt.model.measures import Measure
from vt.render import theme


def norms(dataset: Dataset, label: str, indicators: Sequence[Indicator], selection: Selection) -> list[Figure]:
    """Shares beside the norm that they are held against, and the year before; a figure per place."""
    by_place: dict[str, list[tuple[Indicator, Reading]]] = {}
    notices: list[str] = []
    for indicator in indicators:
        _, refused = measure_for(indicator, selection)
        answers = answer(dataset, indicator, selection)
        notices += [*refused, *(notice.replace(f"“{indicator.label}”", f"“{label}”") for notice in answers.notices)]
        for reading in read_measures(dataset, answers.items, indicator, Measure.AANTAL)[0]:
            by_place.setdefault(reading.answer.place.id, []).append((indicator, reading))
    figures = [_norm_figure(label, found, selection) for found in by_place.values()]
    said = tuple(dict.fromkeys(notices))
    return [replace(figures[0], notices=said), *figures[1:]] if figures else []


def _norm_figure(label: str, found: Sequence[tuple[Indicator, Reading]], selection: Selection) -> Figure:
    first, reading = found[0]
    answers = [made.answer for _, made in found]
    norm = first.norm
    title = titles.of_norms(label, found)
    period = reading.answer.period
    legend = [(theme.THIS_PLACE, period.label)]
    legend += [(theme.YEAR_BEFORE, period.year_before.label)] if reading.before is not None else []
    legend += [(theme.NORM, norm.label)] if norm else []
    return Figure(
        id=f"{first.topic}.norms.{reading.answer.place.id}",
        title=title,
        subtitle=subtitle_of(label, answers, unit_text(first, Measure.AANTAL)),
        form="bars",
        marks=bars([_norm_line(indicator, made) for indicator, made in found], 100),
        legend=tuple(legend),
        alt=f"Staafdiagram: {label}. {title}",
        table=_norm_sheet(found),
        sources=sources_of(tables_of(answers)),
        caveats=tuple(
            dict.fromkeys(
                [text for indicator, made in found for text in caveats_of(indicator, [made.answer])]
                + ([f"{norm.label}: {norm.source}."] if norm else [])
            )
        ),
        notices=(),
        selection=selection,
        summary=summaries.of_norms(label, found),
    )


def _norm_line(indicator: Indicator, reading: Reading) -> Line:
    period = reading.answer.period
    drawn = [
        (
            f"{period.label}: {wording.format_number(reading.value)}%",
            (Segment(period.label, theme.THIS_PLACE, reading.value),),
        )
    ]
    if reading.before is not None:
        year = period.year_before.label
        drawn.append(
            (f"{year}: {wording.format_number(reading.before)}%", (Segment(year, theme.YEAR_BEFORE, reading.before),))
        )
    return Line(indicator.label, tuple(drawn), indicator.norm.value if indicator.norm else None)


def _norm_sheet(found: Sequence[tuple[Indicator, Reading]]) -> Table:
    percent = Column("", Measure.AANTAL, "procent")
    labels = ("Percentage", "Jaar eerder", "Norm")
    headings = (Column("Cijfer"), Column("Periode"), *(replace(percent, label=label) for label in labels))
    rows: list[tuple[Value, ...]] = [
        (
            indicator.label,
            reading.answer.period.label,
            reading.value,
            reading.before,
            indicator.norm.value if indicator.norm else None,
        )
        for indicator, reading in found
    ]
    links = {
        (row, column): link_to(reading.answer, reading.answer.geweld, before=column == 3)
        for row, (_, reading) in enumerate(found)
        for column in (2, 3)
    }
    return Table(headings, tuple(rows), links={at: link for at, link in links.items() if link})
