"""An indicator for the chosen places, and over time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vt.figures.answers import Answer, Dataset, answer
from vt.figures.common import (
    Legend,
    Line,
    Reading,
    Segment,
    bars,
    caveats_of,
    ceiling_of,
    geweld_segments,
    group_by_axis,
    link_to,
    measure_for,
    number_ids,
    parts_legend,
    read_measures,
    sources_of,
    stack,
    subtitle_of,
    tables_of,
    text_of,
    unit_text,
    when,
    with_notices,
)
from vt.figures.figure import Figure
from vt.figures.selection import Selection
from vt.figures.table import Column, Link, Table, Value, hide_numbers
from vt.figures.text import summaries, titles
from vt.model.catalogue import Indicator
from vt.model.geweld import GEWELD, GEWELD_PARTS
from vt.model.measures import Measure
from vt.render import theme


def places(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """An indicator for each chosen place, beside the year before; a figure per length of period.

    Beside a rate stand the region and Nederland. Empty where no chosen place has the indicator.
    """
    answers = answer(dataset, indicator, selection)
    wanted, notices = measure_for(indicator, selection)
    possible, refused = read_measures(dataset, answers.items, indicator, wanted)
    wanted = wanted if possible else Measure.AANTAL
    figures = []
    for items in group_by_axis(answers.items, wanted, indicator):
        found, _ = read_measures(dataset, items, indicator, wanted)
        if found:
            beside, _ = read_measures(
                dataset, _references(dataset, indicator, selection, items, wanted), indicator, wanted
            )
            figures.append(_places_figure(indicator, selection, [*found, *beside], wanted))
    return with_notices(number_ids(figures), (*answers.notices, *notices, *refused))


def places_sheet(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> Table:
    """A row per place: period, KM/HG/OM where split, the count, the year before, and the asked measure."""
    parts = [kind for kind in GEWELD_PARTS if any(kind in reading.answer.parts for reading in found)]
    has_before = any(reading.count_before is not None for reading in found)
    count = Column(
        {"procent": "Percentage", "fte": "Fte"}.get(indicator.unit, "Aantal"), Measure.AANTAL, indicator.unit
    )
    headings = [Column("Plaats"), Column("Periode"), *(replace(count, label=GEWELD[kind].short) for kind in parts)]
    headings += [count]
    points = Column("Verschil in procentpunten" if indicator.unit == "procent" else "Verschil", Measure.AANTAL)
    headings += [replace(count, label="Jaar eerder"), points] if has_before else []
    rows = [_sheet_row(reading, parts, has_before) for reading in found]
    if wanted is not Measure.AANTAL:
        label = "Aandeel in de regio" if wanted is Measure.AANDEEL else str(wanted)
        has_value_before = any(reading.before is not None for reading in found)
        names = [*(f"{GEWELD[kind].short}, {label.lower()}" for kind in parts), label]
        names += [f"Jaar eerder, {label.lower()}"] if has_value_before else []
        headings += [Column(name, wanted) for name in names]
        rows = [(*row, *_in_measure(r, parts, has_value_before)) for row, r in zip(rows, found, strict=True)]
    return Table(tuple(headings), hide_numbers(rows), links=dict(_links(found, parts, has_before, wanted)))


def _links(
    found: Sequence[Reading], parts: Sequence[str], has_before: bool, wanted: Measure
) -> Iterator[tuple[tuple[int, int], tuple[Link, ...]]]:
    """Where the numbers of each place were printed; a rate leads to the count that it was made from."""
    for row, reading in enumerate(found):
        item = reading.answer
        split = [link_to(item, kind) if kind in item.parts else () for kind in parts]
        whole, before = link_to(item, item.geweld), link_to(item, item.geweld, before=True)
        columns = [*split, whole, *((before, ()) if has_before else ())]
        if wanted is not Measure.AANTAL:
            columns += [*split, whole, before]
        yield from (((row, column), links) for column, links in enumerate(columns, 2) if links)


def _places_figure(indicator: Indicator, selection: Selection, found: Sequence[Reading], wanted: Measure) -> Figure:
    items = [reading.answer for reading in found]
    title = titles.of_places(found, indicator, wanted)
    return Figure(
        id=f"{indicator.id}.places.{items[0].period.months}",
        title=title,
        subtitle=subtitle_of(indicator.label, items, unit_text(indicator, wanted)),
        form="bars",
        marks=bars(_lines(found, indicator, wanted), ceiling_of(indicator)),
        legend=_legend(found, indicator, wanted),
        alt=f"Staafdiagram van {indicator.noun}. {title}",
        table=places_sheet(found, indicator, wanted),
        sources=sources_of(tables_of(items)),
        caveats=caveats_of(indicator, items),
        notices=(),
        selection=selection,
        summary=summaries.of_places(found, indicator, wanted),
    )


def _references(
    dataset: Dataset, indicator: Indicator, selection: Selection, items: Sequence[Answer], wanted: Measure
) -> list[Answer]:
    """The regions of the chosen gemeenten and Nederland, in the same period: only beside a rate."""
    if wanted is not Measure.PER_1000:
        return []
    shown = {item.place.id for item in items}
    regions = [item.place.region for item in items if item.place.kind == "gemeente" and item.place.region]
    extra = [id_ for id_ in dict.fromkeys([*regions, "nederland"]) if id_ not in shown]
    found = []
    for period in dict.fromkeys(item.period for item in items):
        same = answer(dataset, indicator, replace(selection, period=period.id), places=extra).items
        geweld = {item.geweld for item in items}
        found += [item for item in same if item.period == period and item.geweld in geweld]
    return found


def _lines(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> list[Line]:
    if len(found) == 1 and found[0].answer.parts:
        return _geweld_lines(found[0], wanted)
    return [_line(reading, indicator, wanted) for reading in found]


def _geweld_lines(reading: Reading, wanted: Measure) -> list[Line]:
    """One place that is split: a bar for each of KM, HG and OM."""
    return [
        Line(GEWELD[kind].full_label, ((text_of(segment.value, wanted), (segment,)),))
        for kind, segment in zip(reading.answer.parts, geweld_segments(reading), strict=True)
    ]


def _line(reading: Reading, indicator: Indicator, wanted: Measure) -> Line:
    item = reading.answer
    text = text_of(reading.value, wanted, indicator.unit)
    norm = indicator.norm.value if indicator.norm else None
    is_plain_year = item.period.months == 12 and not item.is_provisional
    label = item.place.label if is_plain_year else f"{item.place.label}, {when(item)}"
    if item.parts:
        whole = Segment(item.place.label, _colour(reading, wanted), reading.value)
        return Line(label, ((text, stack(geweld_segments(reading), whole)),), norm)
    now = Segment(item.period.label, _colour(reading, wanted), reading.value)
    if reading.before is None:
        return Line(label, ((text, (now,)),), norm)
    earlier = item.period.year_before
    before = text_of(reading.before, wanted, indicator.unit)
    bars_of_years = (
        (f"{item.period.year}: {text}", (now,)),
        (f"{earlier.year}: {before}", (Segment(earlier.label, theme.YEAR_BEFORE, reading.before),)),
    )
    return Line(label, bars_of_years, norm)


def _colour(reading: Reading, wanted: Measure) -> str:
    item = reading.answer
    if item.geweld in theme.GEWELD:
        return theme.GEWELD[item.geweld]
    beside = {"region": theme.REGION, "land": theme.NATION} if wanted is Measure.PER_1000 else {}
    return beside.get(item.place.kind, theme.THIS_PLACE)


def _legend(found: Sequence[Reading], indicator: Indicator, wanted: Measure) -> Legend:
    entries = list(parts_legend(r.answer for r in found)) if len(found) > 1 else []
    two_years = [r for r in found if r.before is not None and not r.answer.parts]
    if two_years:
        entries += [(_colour(two_years[0], wanted), two_years[0].answer.period.label)]
        entries += [(theme.YEAR_BEFORE, two_years[0].answer.period.year_before.label)]
    if indicator.norm:
        entries.append((theme.NORM, indicator.norm.label))
    return tuple(entries)


def _sheet_row(reading: Reading, parts: Sequence[str], has_before: bool) -> tuple[Value, ...]:
    item = reading.answer
    split = {n.geweld: n.value for n in item.numbers if not n.category}
    period = f"{item.period.label} (voorlopig)" if item.is_provisional else item.period.label
    row: list[Value] = [item.place.label, period, *(split.get(kind) for kind in parts), reading.count]
    if has_before:
        before = reading.count_before
        row += [before, reading.count - before if before is not None else None]
    return tuple(row)


def _in_measure(reading: Reading, parts: Sequence[str], has_before: bool) -> tuple[Value, ...]:
    """The numbers of a row as the chart draws them: KM, HG and OM, the whole, the year before."""
    drawn = dict(zip(reading.answer.parts, (segment.value for segment in geweld_segments(reading)), strict=True))
    before = (reading.before,) if has_before else ()
    return (*(drawn.get(kind) for kind in parts), reading.value, *before)
