"""An indicator by class as a table."""

from collections.abc import Callable, Iterator, Sequence
from operator import sub
from typing import NamedTuple

from vt.figures.breakdown_data import BEFORE, UNPLACED, WHOLE, ClassCount, PlaceBreakdown
from vt.figures.common import name_place, tell_about, tell_about_before
from vt.figures.metric import Metric
from vt.figures.table import About, Column, Heading, Link, Table, Value, make_table
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression, derive
from vt.model.measures import Measure, NotMeasurableError


def has_before(part: PlaceBreakdown, wanted: Measure) -> bool:
    """Whether the year before is known, and can be had in the asked measure."""
    if all(class_.before is None for class_ in part.classes.values()):
        return False
    try:
        part.measure_before(0, wanted)
    except NotMeasurableError:
        return False
    return True


class _Line(NamedTuple):
    """A row: its label, and the class of each place; None where its source does not have it."""

    label: str
    classes: tuple[ClassCount | None, ...]


def make_breakdown_table(
    parts: Sequence[PlaceBreakdown], order: Sequence[ClassCount], label: str, metric: Metric
) -> Table:
    """A row per class, one for what cannot be read off per class, and the total; the columns of each place."""
    columns: list[Column[_Line]] = [Column(Heading(label), lambda line: line.label)]
    for number, part in enumerate(parts):
        mine = _define_columns_alone(part, metric) if len(parts) == 1 else _define_columns_beside(part, parts, metric)
        columns += [_pick_place(number, column) for column in mine]
    lines = [_Line(class_.label, tuple(part.classes.get(class_.id) for part in parts)) for class_ in order]
    if any(part.unplaced for part in parts):
        lines.append(_Line("Niet per soort af te lezen", tuple(part.unplaced_class for part in parts)))
    lines.append(_Line("Totaal", tuple(part.total_class for part in parts)))
    return make_table(columns, lines, frozenset({len(lines) - 1}))


def _pick_place(number: int, column: Column[ClassCount]) -> Column[_Line]:
    """The column of a place, in rows that have the classes of all."""

    def value(line: _Line) -> Value:
        return column.value(class_) if (class_ := line.classes[number]) else None

    def links(line: _Line) -> tuple[Link, ...]:
        return column.links(class_) if (class_ := line.classes[number]) else ()

    def about(line: _Line) -> About | None:
        class_ = line.classes[number]
        told = column.about(class_) if class_ else None
        return told and told._replace(category=line.label if class_ and class_.id else "")

    return Column(column.heading, value, links, about)


def _define_columns_beside(
    part: PlaceBreakdown, parts: Sequence[PlaceBreakdown], metric: Metric
) -> Iterator[Column[ClassCount]]:
    """A place beside others: the count, and the asked measure."""
    name, wanted = name_place(part.answer, [other.answer for other in parts]), metric.measure
    yield _define_column(part, Heading(name, Measure.AANTAL), metric)
    if wanted is not Measure.AANTAL:
        heading = Heading(f"{name}, {wanted.lower()}", wanted)
        is_known = _has_share(part) or not wanted.is_share
        yield _define_column(part, heading, metric) if is_known else Column(heading, lambda _: None)


def _define_columns_alone(part: PlaceBreakdown, metric: Metric) -> Iterator[Column[ClassCount]]:
    """A place alone: KM/HG/OM where split, the count, the year before and the difference, the share, the measure."""
    period, wanted = part.answer.period, metric.measure
    yield from (_define_kind_column(part, kind, metric) for kind in part.split)
    yield _define_column(part, Heading(period.label, Measure.AANTAL), metric)
    if part.base_before is not None:
        yield _define_before(
            part, Heading(period.year_before.label, Measure.AANTAL), metric, lambda class_: class_.before
        )
        yield Column(Heading("Verschil", Measure.AANTAL, is_difference=True), _subtract_before)
    share = Heading("Aandeel", Measure.AANDEEL_PLAATS)
    yield _define_column(part, share, metric) if _has_share(part) else Column(share, lambda _: None, _read_links(WHOLE))
    if wanted not in (Measure.AANTAL, Measure.AANDEEL_PLAATS):
        yield _define_column(part, Heading(str(wanted), wanted), metric)
    if wanted is not Measure.AANTAL and part.base_before is not None and has_before(part, wanted):
        yield _define_before(
            part,
            Heading(f"{wanted}, {period.year_before.label}", wanted),
            metric,
            lambda class_: part.measure_before(class_.before, wanted) if class_.before is not None else None,
        )


def _define_column(part: PlaceBreakdown, heading: Heading, metric: Metric) -> Column[ClassCount]:
    """The classes of a place in the measure of the heading."""
    measure, about = heading.measure or Measure.AANTAL, tell_about(metric.label, part.answer)
    return Column(heading, lambda class_: part.value(class_, measure), _read_links(WHOLE), lambda _: about)


def _define_before(
    part: PlaceBreakdown, heading: Heading, metric: Metric, read: Callable[[ClassCount], Value]
) -> Column[ClassCount]:
    """The classes of a place in the year before."""
    about = tell_about_before(metric.label, part.answer)
    return Column(heading, read, _read_links(BEFORE), lambda _: about)


def _define_kind_column(part: PlaceBreakdown, kind: str, metric: Metric) -> Column[ClassCount]:
    """The part of each class that is KM, HG or OM; that is not known of what cannot be read off per class."""
    return Column(
        Heading(GEWELD[kind].heading, Measure.AANTAL),
        lambda class_: None if class_.id == UNPLACED else class_.counts.get(kind, 0),
        _read_links(kind),
        lambda _: tell_about(metric.label, part.answer, kind),
    )


def _read_links(column: str) -> Callable[[ClassCount], tuple[Link, ...]]:
    return lambda class_: class_.links.get(column, ())


def _subtract_before(class_: ClassCount) -> Number | None:
    """The difference; none where the count is not known but within bounds."""
    return derive(sub, class_.count, class_.before) if class_.before is not None and not class_.margin else None


def _has_share(part: PlaceBreakdown) -> bool:
    """Whether shares are given: not of a small whole."""
    return isinstance(part.base, Suppression) or part.base >= part.answer.least_whole
