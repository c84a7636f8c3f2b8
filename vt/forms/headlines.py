"""The headline numbers of a place, and shares against their norm."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vt import theme, wording
from vt.answers import Archive, answer
from vt.catalogue import Indicator
from vt.figure import Figure, Heading, Link, Sheet, Source, Value
from vt.forms import findings, plainly
from vt.forms.parts import (
    Line,
    Reading,
    Segment,
    bars,
    caveats_of,
    link_to,
    measure_for,
    readings,
    sources_of,
    subtitle_of,
    tables_of,
    text_of,
    unit_text,
)
from vt.selection import Measure, Selection
from vt.shield import is_hidden


@dataclass(frozen=True)
class Headline:
    """One number of one place: what, how much, over which period, how it changed, and where it was printed."""

    label: str
    value: str
    unit: str
    note: str
    source: Source
    links: tuple[Link, ...]


def headlines(archive: Archive, indicators: Sequence[Indicator], selection: Selection, place: str) -> list[Headline]:
    """The headline of each indicator that this very place has, in the asked measure where that can be made."""
    found = []
    for indicator in indicators:
        items = answer(archive, indicator, selection, places=[place]).items
        own = [item for item in items if item.place.id == place]
        wanted, _ = measure_for(indicator, selection)
        made, _ = readings(archive, own, indicator, wanted)
        if not made:
            wanted = Measure.AANTAL
            made, _ = readings(archive, own, indicator, wanted)
        found += [_headline(reading, indicator, wanted) for reading in made]
    return found


def norms(archive: Archive, label: str, indicators: Sequence[Indicator], selection: Selection) -> list[Figure]:
    """Shares beside the norm that they are held against, and the year before; a figure per place."""
    by_place: dict[str, list[tuple[Indicator, Reading]]] = {}
    notices: list[str] = []
    for indicator in indicators:
        _, refused = measure_for(indicator, selection)
        answers = answer(archive, indicator, selection)
        notices += [*refused, *(notice.replace(f"“{indicator.label}”", f"“{label}”") for notice in answers.notices)]
        for reading in readings(archive, answers.items, indicator, Measure.AANTAL)[0]:
            by_place.setdefault(reading.answer.place.id, []).append((indicator, reading))
    figures = [_norm_figure(label, found, selection) for found in by_place.values()]
    said = tuple(dict.fromkeys(notices))
    return [replace(figures[0], notices=said), *figures[1:]] if figures else []


def _headline(reading: Reading, indicator: Indicator, wanted: Measure) -> Headline:
    item = reading.answer
    kind = f" ({item.geweld.upper()})" if item.geweld in ("km", "hg", "om") else ""
    note = item.period.label + ("*" if item.is_provisional else "")
    is_known = not is_hidden(reading.count) and not is_hidden(reading.count_before)
    if reading.count_before is not None and indicator.unit != "fte" and is_known:
        note += findings.change_since(reading.count_before, reading.count, item.period, indicator)
    unit = "" if wanted is Measure.AANTAL else wording.UNIT_OF_MEASURE[wanted]
    unit = "fte" if indicator.unit == "fte" else unit
    if is_hidden(reading.count):
        value, unit = text_of(reading.count), ""
    else:
        value = text_of(reading.value, wanted, indicator.unit)
    links = () if item.is_shielded else link_to(item, item.geweld)
    return Headline(indicator.label + kind, value, unit, note, Source.of(item.table), links)


def _norm_figure(label: str, found: Sequence[tuple[Indicator, Reading]], selection: Selection) -> Figure:
    first, reading = found[0]
    answers = [made.answer for _, made in found]
    norm = first.norm
    finding = findings.of_norms(label, found)
    period = reading.answer.period
    legend = [(theme.THIS_PLACE, period.label)]
    legend += [(theme.YEAR_BEFORE, period.year_before.label)] if reading.before is not None else []
    legend += [(theme.NORM, norm.label)] if norm else []
    return Figure(
        id=f"{first.topic}.norms.{reading.answer.place.id}",
        finding=finding,
        subtitle=subtitle_of(label, answers, unit_text(first, Measure.AANTAL)),
        form="bars",
        marks=bars([_norm_line(indicator, made) for indicator, made in found], 100),
        legend=tuple(legend),
        alt=f"Staafdiagram: {label}. {finding}",
        sheet=_norm_sheet(found),
        sources=sources_of(tables_of(answers)),
        caveats=tuple(
            dict.fromkeys(
                [text for indicator, made in found for text in caveats_of(indicator, [made.answer])]
                + ([f"{norm.label}: {norm.source}."] if norm else [])
            )
        ),
        notices=(),
        selection=selection,
        plain=plainly.of_norms(label, found),
    )


def _norm_line(indicator: Indicator, reading: Reading) -> Line:
    period = reading.answer.period
    drawn = [
        (f"{period.label}: {wording.number(reading.value)}%", (Segment(period.label, theme.THIS_PLACE, reading.value),))
    ]
    if reading.before is not None:
        year = period.year_before.label
        drawn.append(
            (f"{year}: {wording.number(reading.before)}%", (Segment(year, theme.YEAR_BEFORE, reading.before),))
        )
    return Line(indicator.label, tuple(drawn), indicator.norm.value if indicator.norm else None)


def _norm_sheet(found: Sequence[tuple[Indicator, Reading]]) -> Sheet:
    percent = Heading("", Measure.AANTAL, "procent")
    labels = ("Percentage", "Jaar eerder", "Norm")
    headings = (Heading("Cijfer"), Heading("Periode"), *(replace(percent, label=label) for label in labels))
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
    return Sheet(headings, tuple(rows), links={at: link for at, link in links.items() if link})
