"""An indicator for the chosen places."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import sub
from types import MappingProxyType

from vt.figures import common, wording
from vt.figures.answers import Answer, Dataset, answer, answer_exactly, find_withheld
from vt.figures.beside import tell_both
from vt.figures.chart import (
    Bar,
    BarChart,
    Chart,
    Legend,
    NumberChart,
    Pair,
    PairChart,
    Part,
    Role,
    Row,
    Segment,
    Whole,
    WholeChart,
)
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.panels import note_apart, split_apart, split_panels
from vt.figures.reading import Reading, choose_metric, read_answers
from vt.figures.selection import Selection
from vt.figures.table import Column, Heading, Table, make_table
from vt.figures.text import numbers
from vt.figures.text.change import say_difference, write_change, write_difference, write_distance
from vt.model.catalogue import COUNTRY, INCIDENT, Indicator
from vt.model.geweld import ALL_GEWELD, GEWELD, GEWELD_PARTS
from vt.model.hidden import Number, Suppression, derive
from vt.model.measures import Measure
from vt.model.period import Period

MOST_OF_CHANGE = 30  # signs that have room beside a number


def make_places(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """An indicator for each chosen place, beside the year before; a figure for those that can stand together.

    Beside a rate stand the region and Nederland. Empty where no chosen place has the indicator.
    """
    answers = answer(dataset, indicator, selection)
    metric, notices = choose_metric(indicator, selection)
    readings, refused = read_answers(dataset, answers.items, metric)
    if not readings:
        metric = metric.as_printed
        readings, _ = read_answers(dataset, answers.items, metric)
    panels = _add_references(dataset, metric, selection, split_panels(readings, metric))
    figures = common.number_ids(
        make_panel(panel, metric, selection, read_earlier(dataset, panel, selection), _find_withheld(dataset, panel))
        for panel in panels
    )
    both = tuple(tell_both(dataset, indicator, selection, answers.items))
    figures = [replace(figure, caveats=(*figure.caveats, *both)) for figure in figures]
    return common.add_notices(note_apart(figures, panels, metric), (*answers.notices, *notices, *refused))


def make_places_table(readings: Sequence[Reading[Number]], metric: Metric) -> Table:
    """A row per place: period, KM/HG/OM where split, the count, the year before, and the asked measure.

    A rate leads to the count that it was made from.
    """
    kinds = [kind for kind in GEWELD_PARTS if any(kind in reading.answer.parts for reading in readings)]
    columns = _define_printed_columns(readings, metric, kinds)
    return make_table(
        columns if metric.is_printed else [*columns, *_define_measure_columns(readings, metric, kinds)], readings
    )


def make_periods_table(readings: Iterable[Reading[Number]], metric: Metric) -> Table:
    """A row per period: the year before is a row of its own."""
    return make_places_table([replace(reading, count_before=None, before=None) for reading in readings], metric)


def _define_printed_columns(
    readings: Sequence[Reading[Number]], metric: Metric, kinds: Sequence[str]
) -> list[Column[Reading[Number]]]:
    label = "Percentage" if metric.is_percentage else "Fte" if metric.is_jobs else "Aantal"
    count = Heading(label, Measure.AANTAL, metric.indicator.unit)
    columns: list[Column[Reading[Number]]] = [
        Column(Heading("Plaats"), lambda reading: wording.capitalize(reading.place.said)),
        Column(Heading("Periode"), _name_period),
        *(_define_part_column(kind, replace(count, label=GEWELD[kind].heading), _read_part) for kind in kinds),
        Column(count, lambda reading: reading.count, common.link_to, common.tell_of),
    ]
    if any(reading.count_before is not None for reading in readings):
        label = "Verschil in procentpunten" if metric.is_percentage else "Verschil"
        points = Heading(label, Measure.AANTAL, is_difference=True)
        before = replace(count, label="Jaar eerder")
        columns.append(Column(before, lambda r: r.count_before, common.link_to_before, common.tell_of_before))
        columns.append(Column(points, _subtract_before))
    return columns


def _define_measure_columns(
    readings: Sequence[Reading[Number]], metric: Metric, kinds: Sequence[str]
) -> Iterator[Column[Reading[Number]]]:
    """The numbers as the chart draws them: KM, HG and OM, the whole, the year before."""
    label = str(metric.measure)
    for kind in kinds:
        yield _define_part_column(
            kind, Heading(f"{GEWELD[kind].heading}, {label.lower()}", metric.measure), _measure_part
        )
    yield Column(Heading(label, metric.measure), lambda reading: reading.value, common.link_to, common.tell_of)
    if any(reading.before is not None for reading in readings):
        before = Heading(f"Jaar eerder, {label.lower()}", metric.measure)
        yield Column(before, lambda reading: reading.before, common.link_to_before, common.tell_of_before)


def _define_part_column(
    kind: str, heading: Heading, read: Callable[[Reading[Number], str], Number | None]
) -> Column[Reading[Number]]:
    """A column of KM, HG or OM."""
    return Column(
        heading,
        lambda reading: read(reading, kind),
        lambda reading: common.link_to(reading, kind) if kind in reading.answer.parts else (),
        lambda reading: common.tell_about(reading.metric.label, reading.answer, kind),
    )


def _name_period(reading: Reading[Number]) -> str:
    return f"{reading.period.label} (voorlopig)" if reading.answer.is_provisional else reading.period.label


def _read_part(reading: Reading[Number], kind: str) -> Number | None:
    return next((n.value for n in reading.answer.numbers if not n.category and n.geweld == kind), None)


def _measure_part(reading: Reading[Number], kind: str) -> Number | None:
    return dict(zip(reading.answer.parts, common.measure_parts(reading), strict=True)).get(kind)


def _subtract_before(reading: Reading[Number]) -> Number | None:
    return derive(sub, reading.count, reading.count_before) if reading.count_before is not None else None


def read_earlier(dataset: Dataset, readings: Sequence[Reading[Number]], selection: Selection) -> list[Reading[Number]]:
    """The years before that of one number, the first of all first, as far back as each can stand beside the next, a
    year without a number passed over; none where that is the year before alone, or where it is no plain year."""
    last, found = readings[0], list[Reading[Number]]()
    if len(readings) > 1 or last.period.months != 12 or last.answer.rest or isinstance(last.value, Suppression):
        return []
    item, year_before = last.answer, last.period.year_before
    own = dataset.metadata.indicators[item.table.indicator]
    years = [each.period for each in dataset.metadata.covered(own.id, item.place.id) if each.period.months == 12]
    for year in sorted((each for each in years if each.end <= last.period.start), key=lambda each: -each.start):
        asked = replace(selection, period=year.id)
        same = answer_exactly(dataset, own, asked, year, item.geweld, [item.place.id])
        read = read_answers(dataset, same, last.metric)[0]
        if not (read and _may_stand_before(read[0], last)):
            break
        found.insert(0, last := read[0])
    return found if [each.period for each in found] != [year_before] else []


def _find_withheld(dataset: Dataset, readings: Sequence[Reading[Number]]) -> Mapping[Period, str]:
    """Over which periods CBS withholds one number, and why; of several places that is another matter for each."""
    return find_withheld(dataset, readings[0].answer) if len(readings) == 1 else {}


def _may_stand_before(earlier: Reading[Number], later: Reading[Number]) -> bool:
    """Whether a line may go from one year to another, be it over years without a number: both are shown and counted
    alike, and the place was the same."""
    if earlier.period == later.period.year_before:
        return later.before is not None and not isinstance(later.before, Suppression)
    is_broken = any(map(later.place.find_break, common.list_slots([earlier, later])))
    is_alike = len(split_panels([earlier, later], later.metric)) == 1
    return is_alike and not is_broken and not isinstance(earlier.value, Suppression)


def make_panel(
    readings: Sequence[Reading[Number]],
    metric: Metric,
    selection: Selection,
    earlier: Sequence[Reading[Number]] = (),
    withheld: Mapping[Period, str] = MappingProxyType({}),
) -> Figure:
    """Places side by side in one picture; one number with the years before it, and over which CBS withholds it."""
    told = numbers.tell_places(readings)
    chart = _make_chart(readings, metric)
    if isinstance(chart, NumberChart) and earlier:
        known = {reading.period: reading for reading in earlier}
        slots = common.list_slots([*earlier, *readings])[:-1]
        gaps = [slot for slot in slots if slot not in known and slot not in withheld]
        *years, before = (_make_year(slot, known.get(slot), withheld.get(slot, "")) for slot in slots)
        now = chart.now._replace(name=readings[0].period.label)
        chart = replace(chart, now=now, before=before, earlier=tuple(years))
        table = make_periods_table([*earlier, *readings], metric)
    else:
        earlier, gaps, table = (), [], make_places_table(readings, metric)
    items = [reading.answer for reading in readings]
    everything = [*(reading.answer for reading in earlier), *items]
    return Figure(
        id=f"{metric.indicator.id}.places.{items[0].period.months}",
        title=_tell_parts(told.title, chart, readings[0]),
        subject=common.make_subject(metric.label, items, metric.name_unit(item.period for item in items)),
        chart=chart,
        legend=() if isinstance(chart, NumberChart) else _make_legend(readings),
        alt=f"{_describe(chart, metric)} {told.title}",
        table=table,
        sources=common.list_sources(common.list_tables(everything)),
        caveats=common.list_caveats(metric.indicator, everything),
        selection=selection,
        beneath=(
            *_tell_kind(chart, readings[0]),
            *common.name_gaps(gaps),
            *common.name_withheld(withheld, items[0].period.months),
            *common.explain_none([*earlier, *readings]),
        ),
        sentences=told.more,
    )


def _make_year(period: Period, reading: Reading[Number] | None, withheld: str) -> Bar:
    """A year before one number; where CBS withholds it that is what stands there."""
    bar = common.make_bar(period, reading, Role.YEAR_BEFORE)
    return bar._replace(text=withheld) if reading is None and withheld else bar


def _tell_parts(title: str, chart: Chart, reading: Reading[Number]) -> str:
    """The title with the kind of geweld that most of one number is about, where no year before is said."""
    if not isinstance(chart, WholeChart) or len(chart.rows) > 1 or reading.before is not None:
        return title
    most = max(chart.rows[0].parts, key=lambda part: part.value)
    about = "over" if reading.metric.indicator.about == INCIDENT else "bij"
    said = f"{title}, waarvan {most.share} {about} {GEWELD[most.role].name}"
    return wording.pick_fitting(said, title) if most.share and reading.metric.is_printed else title


def _tell_kind(chart: Chart, reading: Reading[Number]) -> tuple[str, ...]:
    """Of one number that is all of one kind, which."""
    kinds = [segment.role for segment in common.make_geweld_segments(reading) if segment.length]
    if not isinstance(chart, NumberChart) or not reading.answer.parts or len(kinds) != 1:
        return ()
    others = [kind.name for id_, kind in GEWELD.items() if id_ in reading.answer.parts and id_ != kinds[0]]
    kind, rest = GEWELD[kinds[0]].name, " of ".join(others)
    return (f"{reading.metric.indicator.label}: alles gaat over {kind}, niets over {rest}.",)


def _add_references(
    dataset: Dataset, metric: Metric, selection: Selection, panels: Sequence[list[Reading[Number]]]
) -> list[list[Reading[Number]]]:
    """Panels with the regions and Nederland beside them; what counts otherwise comes after, in panels of its own."""
    joined: list[list[Reading[Number]]] = []
    apart: list[Reading[Number]] = []
    for panel in panels:
        found = _find_references(dataset, metric, selection, [reading.answer for reading in panel])
        first, *others = split_panels([*panel, *read_answers(dataset, found, metric)[0]], metric)
        joined.append(first)
        apart += [reading for other in others for reading in other]
    return [*joined, *split_apart(joined, apart, metric)]


def _find_references(dataset: Dataset, metric: Metric, selection: Selection, items: Sequence[Answer]) -> list[Answer]:
    """The regions of the chosen gemeenten and Nederland, in the same period: only beside a rate."""
    if not metric.is_rate:
        return []
    shown = {item.place.id for item in items}
    regions = [item.place.region for item in items if item.place.kind == "gemeente" and item.place.region]
    extra = [id_ for id_ in dict.fromkeys([*regions, COUNTRY]) if id_ not in shown]
    references = []
    for period in dict.fromkeys(item.period for item in items):
        same = answer(dataset, metric.indicator, replace(selection, period=period.id), places=extra).items
        geweld = {item.geweld for item in items}
        references += [item.without_rest for item in same if item.period == period and item.geweld in geweld]
    return references


def _make_chart(readings: Sequence[Reading[Number]], metric: Metric) -> Chart:
    """Of one place its number, of more two years each, the highest first; wholes and their parts where all are split;
    else bars."""
    if not any(reading.answer.parts for reading in readings) and not metric.indicator.norm:
        if len(readings) == 1:
            return _make_number(readings[0])
        if any(reading.before is not None for reading in readings):
            return PairChart(tuple(map(_make_pair, sorted(readings, key=rank))), of_places=True)
    if metric.is_printed or len(readings) == 1:
        wholes = [_make_whole(reading, is_alone=len(readings) == 1) for reading in readings]
        if len(wholes) == 1 and wholes[0] and sum(part.value > 0 for part in wholes[0].parts) == 1:
            return _make_number(readings[0])
        if all(wholes):
            return WholeChart(tuple(whole for whole in wholes if whole))
    return BarChart(_make_rows(readings), common.rule_norms([metric.indicator]), metric.ceiling, of_places=True)


def _make_number(reading: Reading[Number]) -> NumberChart:
    """One place with one number, beside that of the year before."""
    now, *before = _make_row(reading).bars
    change, starred = write_change(reading).text, now._replace(text=reading.starred)
    short = change if len(change) <= MOST_OF_CHANGE else ""
    sign = common.sign_contested(common.link_to(reading))
    return NumberChart(starred, before[0] if before else None, short, say_difference(reading), sign)


def _make_pair(reading: Reading[Number]) -> Pair:
    """One place beside its year before, and what differs."""
    label, (now, *before) = _let_choose(reading)
    is_alike = before and not reading.answer.rest
    change = (
        write_difference(reading.value, reading.before, reading.metric, is_rounded=reading.is_rounded)
        if is_alike
        else ""
    )
    return Pair(label, now, before[0] if before else None, change)


def rank(reading: Reading[Number]) -> float:
    """Highest first, and those that are hidden after all others."""
    return 1 if isinstance(reading.value, Suppression) else -reading.value


def _describe(chart: Chart, metric: Metric) -> str:
    """What is drawn, for who does not see it."""
    if isinstance(chart, NumberChart):
        drawn = sum(not bar.is_hidden for bar in chart.bars)
        years = f" met een lijn over {drawn} jaren" if chart.earlier else ""
        return f"Eén getal{years or (' met dat van het jaar ervoor' if chart.before else '')}: {metric.indicator.noun}."
    if isinstance(chart, PairChart):
        return f"Twee jaren per plaats: {metric.indicator.noun}."
    if not isinstance(chart, WholeChart):
        return f"Staafdiagram van {metric.indicator.noun}."
    parts = wording.join_words([name for _, name in chart.named_lines])
    return f"Verdeling van {metric.indicator.noun} in één balk{': ' if parts else ''}{parts}."


def _make_whole(reading: Reading[Number], *, is_alone: bool) -> Whole | None:
    """A place with its KM, HG and OM; None where it is not split, or where one is hidden or nothing."""
    item, segments = reading.answer, common.make_geweld_segments(reading)
    total = sum(segment.length for segment in segments)
    if not total or isinstance(reading.value, Suppression) or any(segment.value is None for segment in segments):
        return None
    counts = dict(zip(item.parts, common.measure_parts(reading.as_printed), strict=True))
    star = item.star if is_alone else ""
    parts = [
        common.mark_contested(
            Part(
                Role(kind),
                GEWELD[kind].label,
                segment.length,
                reading.metric.format(segment.length) + star,
                _write_share(counts[kind], reading.count),
                segment.tip,
            ),
            common.link_to(reading, kind),
        )
        for kind, segment in zip(item.parts, segments, strict=True)
    ]
    text = reading.text + common.sign_contested(common.link_to(reading))
    return Whole("" if is_alone else _label_row(reading), text, tuple(parts), common.find_choosable(item.place))


def _write_share(part: Number, whole: Number) -> str:
    """What part of the whole it is, with a decimal where it is small; nothing where either is small."""
    if isinstance(part, Suppression) or isinstance(whole, Suppression) or not part:
        return ""
    if not wording.can_share(part, whole):
        return ""
    share = part / whole * 100
    return f"{wording.format_number(share, 1)}%" if share < 10 else wording.format_percent(share)


def _make_rows(readings: Sequence[Reading[Number]]) -> tuple[Row, ...]:
    if len(readings) == 1 and readings[0].answer.parts:
        return _make_geweld_rows(readings[0])
    return tuple(map(_make_row if len(readings) == 1 else _let_choose, readings))


def _let_choose(reading: Reading[Number]) -> Row:
    """A place among others: a click on its row chooses it."""
    row, id_ = _make_row(reading), common.find_choosable(reading.place)
    return row._replace(bars=tuple(bar._replace(place=id_) for bar in row.bars))


def _make_geweld_rows(reading: Reading[Number]) -> tuple[Row, ...]:
    """One place that is split: a bar for each of KM, HG and OM."""
    parts = zip(reading.answer.parts, common.measure_parts(reading), common.make_geweld_segments(reading), strict=True)
    star = reading.answer.star
    return tuple(
        Row(GEWELD[kind].label, (common.mark_contested(bar, common.link_to(reading, kind)),))
        for kind, value, segment in parts
        for bar in [Bar("", reading.metric.format(value) + star, (segment,), segment.tip)]
    )


def _make_row(reading: Reading[Number]) -> Row:
    item, text, label, links = reading.answer, reading.text, _label_row(reading), common.link_to(reading)
    role = _pick_role(reading)
    if item.parts:
        whole = Segment.from_number(role, item.place.label, reading.value)
        drawn = common.stack(common.make_geweld_segments(reading), whole)
        whole_bar = Bar("", text, drawn, common.tell_reading(reading))
        return Row(label, (common.mark_contested(whole_bar, links),))
    now = Segment.from_number(role, item.period.label, reading.value)
    tip, distance = common.tell_reading(reading), write_distance(reading.value, reading.metric.norm)
    if reading.before is None:
        return Row(label, (common.mark_contested(Bar("", text, (now,), tip, distance), links),))
    earlier = item.period.year_before
    before = Segment.from_number(Role.YEAR_BEFORE, earlier.label, reading.before)
    text_before, tip_before = reading.metric.format(reading.before), common.tell_before(reading)
    this_year = common.mark_contested(Bar(item.period.label, text, (now,), tip, distance), links)
    year_before = Bar(earlier.label, text_before, (before,), tip_before)
    return Row(label, (this_year, common.mark_contested(year_before, common.link_to_before(reading))))


def _label_row(reading: Reading[Number]) -> str:
    item, where = reading.answer, wording.capitalize(reading.place.said)
    is_plain_year = item.period.months == 12 and not item.is_provisional
    return where if is_plain_year else f"{where}, {common.mark_period(item)}"


def _pick_role(reading: Reading[Number]) -> Role:
    item = reading.answer
    if item.geweld == ALL_GEWELD and reading.metric.is_rate and item.place.kind in ("region", "land"):
        return Role(item.place.kind)
    return common.find_geweld_role(item.geweld)


def _make_legend(readings: Sequence[Reading[Number]]) -> Legend:
    entries = list(common.make_parts_legend(r.answer for r in readings)) if len(readings) > 1 else []
    two_years = [r for r in readings if r.before is not None and not r.answer.parts]
    if two_years:
        item = two_years[0].answer
        entries += [(_pick_role(two_years[0]), common.mark_period(item))]
        entries += [(Role.YEAR_BEFORE, common.mark_year_before(item))]
    return tuple(entries)
