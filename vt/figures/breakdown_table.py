"""An indicator by class as a table."""

from collections.abc import Sequence
from operator import sub

from vt.figures.breakdown_data import BEFORE, NONE, WHOLE, ClassCount, PlaceBreakdown, name_place, sum_of_kind
from vt.figures.table import Column, Link, Table, Value
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression, derive
from vt.model.measures import SMALL_BASE, Measure, NotMeasurableError


def has_before(part: PlaceBreakdown, wanted: Measure) -> bool:
    if all(class_.before is None for class_ in part.classes.values()):
        return False
    try:
        part.measured_before(0, wanted)
    except NotMeasurableError:
        return False
    return True


# --- the table -------------------------------------------------------------------------------------------------------


def make_table(parts: Sequence[PlaceBreakdown], order: Sequence[ClassCount], label: str, wanted: Measure) -> Table:
    alone = len(parts) == 1
    headings = [Column(label)]
    rows: list[tuple[Value, ...]] = []
    for part in parts:
        headings += _alone_headings(part, wanted) if alone else _beside_headings(part, parts, wanted)
    for class_ in order:
        cells = _alone_cells(parts[0], class_, wanted) if alone else _beside_cells(parts, class_, wanted)
        rows.append((class_.label, *cells))
    if any(part.unplaced for part in parts):
        rows.append(("Niet per soort af te lezen", *_unplaced_cells(parts, wanted)))
    rows.append(("Totaal", *_total_cells(parts, wanted)))
    return Table(tuple(headings), tuple(rows), frozenset({len(rows) - 1}), _links(parts, order, wanted, len(rows) - 1))


def _links(
    parts: Sequence[PlaceBreakdown], order: Sequence[ClassCount], wanted: Measure, last: int
) -> dict[tuple[int, int], tuple[Link, ...]]:
    """Where each number of each place was printed; the last row has the totals."""
    columns = [(part, name) for part in parts for name in _columns(part, wanted, len(parts) == 1)]
    found: dict[tuple[int, int], tuple[Link, ...]] = {}
    for column, (part, name) in enumerate(columns, 1):
        mine = {row: part.classes[class_.id].links for row, class_ in enumerate(order) if class_.id in part.classes}
        found |= {(row, column): links[name] for row, links in {**mine, last: part.links}.items() if name in links}
    return found


def _columns(part: PlaceBreakdown, wanted: Measure, is_alone: bool) -> list[str]:
    """What each column of a place is about, for its links."""
    if not is_alone:
        return [WHOLE] if wanted is Measure.AANTAL else [WHOLE, WHOLE]
    names = [*part.split, WHOLE]
    names += [BEFORE, NONE] if part.base_before is not None else []
    names += [WHOLE] if wanted in (Measure.AANTAL, Measure.AANDEEL) else [WHOLE, WHOLE]
    return [*names, BEFORE] if _shows_before(part, wanted) else names


def _beside_headings(part: PlaceBreakdown, parts: Sequence[PlaceBreakdown], wanted: Measure) -> list[Column]:
    name = name_place(part, parts)
    counted = Column(name, Measure.AANTAL)
    return [counted] if wanted is Measure.AANTAL else [counted, Column(f"{name}, {wanted.lower()}", wanted)]


def _alone_headings(part: PlaceBreakdown, wanted: Measure) -> list[Column]:
    period = part.answer.period
    labels = [GEWELD[kind].short for kind in part.split] + [period.label]
    labels += [period.year_before.label, "Verschil"] if part.base_before is not None else []
    names = [] if wanted in (Measure.AANTAL, Measure.AANDEEL) else [str(wanted)]
    names += [f"{wanted}, {period.year_before.label}"] if _shows_before(part, wanted) else []
    counted = (Column(text, Measure.AANTAL) for text in labels)
    return [*counted, Column("Aandeel", Measure.AANDEEL), *(Column(name, wanted) for name in names)]


def _shows_before(part: PlaceBreakdown, wanted: Measure) -> bool:
    """Whether the year before stands in the asked measure beside the counts."""
    return wanted is not Measure.AANTAL and part.base_before is not None and has_before(part, wanted)


def _beside_cells(parts: Sequence[PlaceBreakdown], class_: ClassCount, wanted: Measure) -> list[Value]:
    cells: list[Value] = []
    for part in parts:
        cells.append(part.reading(class_, Measure.AANTAL))
        if wanted is not Measure.AANTAL:
            cells.append(part.reading(class_, wanted))
    return cells


def _alone_cells(part: PlaceBreakdown, class_: ClassCount, wanted: Measure) -> list[Value]:
    mine = part.classes[class_.id]
    kinds = [mine.counts.get(kind, 0) for kind in part.split]
    if not mine.is_recovered:
        return [*kinds, *_ending(part, mine.count, mine.before, wanted)]
    share = part.reading(class_, Measure.AANDEEL) if _has_share(part) else None
    cells: list[Value] = [*kinds, part.reading(class_, Measure.AANTAL), share]
    if wanted not in (Measure.AANTAL, Measure.AANDEEL):
        cells.append(part.reading(class_, wanted))
    return cells


def _ending(part: PlaceBreakdown, count: Number, before: Number | None, wanted: Measure) -> list[Value]:
    """The count, the year before and the difference, the share, and the asked measure."""
    cells: list[Value] = [count]
    if part.base_before is not None:
        cells += [before, derive(sub, count, before) if before is not None else None]
    cells.append(_share(part, count))
    if wanted not in (Measure.AANTAL, Measure.AANDEEL):
        cells.append(part.measured(count, wanted))
    if _shows_before(part, wanted):
        cells.append(part.measured_before(before, wanted) if before is not None else None)
    return cells


def _share(part: PlaceBreakdown, count: Number) -> Number | None:
    """The percentage of the whole; none of a small whole, hidden where either is."""
    return derive(lambda count, whole: count / whole * 100, count, part.base) if _has_share(part) else None


def _has_share(part: PlaceBreakdown) -> bool:
    return isinstance(part.base, Suppression) or part.base >= SMALL_BASE


def _total_cells(parts: Sequence[PlaceBreakdown], wanted: Measure) -> list[Value]:
    if len(parts) == 1:
        part = parts[0]
        kinds = [sum_of_kind(part, kind) for kind in part.split]
        return [*kinds, *_ending(part, part.base, part.base_before, wanted)]
    cells: list[Value] = []
    for part in parts:
        cells += [part.base] if wanted is Measure.AANTAL else [part.base, part.measured(part.base, wanted)]
    return cells


def _unplaced_cells(parts: Sequence[PlaceBreakdown], wanted: Measure) -> list[Value]:
    if len(parts) == 1:
        return [*(None for _ in parts[0].split), *_ending(parts[0], parts[0].unplaced, None, wanted)]
    cells: list[Value] = []
    for part in parts:
        cells.append(part.unplaced)
        if wanted is not Measure.AANTAL:
            cells.append(part.measured(part.unplaced, wanted))
    return cells
