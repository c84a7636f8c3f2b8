"""Numbers that a newer report changed: what was published earlier stands beside them, and is said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from vt.figures import wording
from vt.figures.answers import Dataset
from vt.figures.figure import Figure, Flag, Source
from vt.figures.table import Link, Table, Value
from vt.model.geweld import GEWELD
from vt.model.hidden import SMALLEST_SHOWN, CellKey, Shielding, Suppression
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.hidden import read_suppressions
from vt.store.reference import Metadata
from vt.store.verdicts import Revised

EARLIER = "eerder gepubliceerd"
WITHOUT_NUMBERS = "Herzien: een nieuwer rapport geeft een ander getal; de getallen zijn afgeschermd."
MOST_SAID = 4
T = TypeVar("T")


def show_revised(figure: Figure, dataset: Dataset) -> Figure:
    """The figure with, beside each number that a newer report changed, what was published earlier, and a flag for it.

    Where it is shielded, neither gives a hidden number away.
    """
    is_shielded = figure.selection.shielding is Shielding.ALL
    metadata = dataset.metadata
    everything = dict.fromkeys(each for links in figure.table.links.values() for each in _find(links, metadata))
    if not everything:
        return figure
    hidden = {each for each in everything if is_shielded and _is_hidden(each, dataset)}
    table, moved = _add_columns(figure.table, metadata, hidden)
    flags = [flag._replace(cells=frozenset((row, moved[at]) for row, at in flag.cells)) for flag in figure.flags]
    return replace(figure, table=table, flags=(*flags, *_make_flags(everything, hidden, metadata)))


def find_earlier(links: Iterable[Link], metadata: Metadata) -> Revised | None:
    """What was published earlier for the number that stands at these links; None where it was the same or nothing."""
    tables = metadata.tables_by_address
    standing = {(link.slice, tables[link.table].id) for link in links}
    return next((each for each in _find(links, metadata) if (each.slice, each.newest_table) in standing), None)


def _find(links: Iterable[Link], metadata: Metadata) -> Iterator[Revised]:
    """What was changed of a number itself, or else of those that it is the sum of."""
    for link in links:
        table = metadata.tables_by_address[link.table]
        of_table = metadata.revised.get(table.id, ())
        exact = [each for each in of_table if each.slice == link.slice]
        yield from exact or (each for each in of_table if link.slice.holds(each.slice, table.place))


def _is_hidden(revised: Revised, dataset: Dataset) -> bool:
    """Whether the newest number is not shown, or one of both is small."""
    place, period, geweld, categories = revised.slice
    indicator = dataset.metadata.tables[revised.newest_table].indicator
    key = CellKey(indicator, place, period, geweld, "".join(categories))
    is_small = any(0 < number < SMALLEST_SHOWN for number in (revised.older, revised.newest))
    return dataset.metadata.indicators[indicator].counts_people and (
        is_small or key in read_suppressions(dataset.db, indicator, [place])
    )


def _add_columns(sheet: Table, metadata: Metadata, hidden: Collection[Revised]) -> tuple[Table, dict[int, int]]:
    """The sheet with a column behind each in which a number was changed; and where its own columns are now."""
    spots = [at for at in sheet.links if sheet.headings[at[1]].measure is Measure.AANTAL]
    earlier = {at: each for at in spots if (each := find_earlier(sheet.links[at], metadata))}
    added = {at for _, at in earlier}
    moved = {at: at + sum(other < at for other in added) for at in range(len(sheet.headings))}
    headings = {at: replace(sheet.headings[at], label=f"{sheet.headings[at].label}, {EARLIER}") for at in added}
    values = ({at: _shield(earlier.get((n, at)), hidden) for at in added} for n in range(len(sheet.rows)))
    rows = (_interleave(row, each) for row, each in zip(sheet.rows, values, strict=True))
    links = {(n, moved[at]): where for (n, at), where in sheet.links.items()}
    about = {(n, moved[at]): what for (n, at), what in sheet.about.items()}
    for (n, at), each in earlier.items():
        links[n, moved[at] + 1] = (Link(metadata.tables[each.older_table].address, each.slice),)
        if (n, at) in sheet.about:
            about[n, moved[at] + 1] = sheet.about[n, at]._replace(mark=EARLIER)
    headed = _interleave(sheet.headings, headings)
    return replace(sheet, headings=headed, rows=tuple(rows), links=links, about=about), moved


def _interleave(items: Sequence[T], added: Mapping[int, T]) -> tuple[T, ...]:
    """The items with those that are added, each behind the one of its number."""
    return tuple(each for at, item in enumerate(items) for each in ((item, added[at]) if at in added else (item,)))


def _shield(revised: Revised | None, hidden: Collection[Revised]) -> Value:
    return Suppression.WITHHELD if revised in hidden else revised.older if revised else None


def _make_flags(revised: Iterable[Revised], hidden: Collection[Revised], metadata: Metadata) -> Iterator[Flag]:
    """A sentence for each number that was changed, or one for all of a table where they are many."""
    by_tables: dict[tuple[int, int], list[Revised]] = defaultdict(list)
    for each in revised:
        by_tables[each.newest_table, each.older_table].append(each)
    for (newest, older), group in by_tables.items():
        address = metadata.tables[older].address
        texts = [_describe(each, metadata) for each in group if each not in hidden]
        if len(texts) > MOST_SAID:
            where = f"{_name(newest, metadata)}; {EARLIER} in {_name(older, metadata)}"
            texts = [f"Herzien: {len(texts)} getallen in {where}."]
        texts += [WITHOUT_NUMBERS] if any(each in hidden for each in group) else []
        yield from (Flag(text, address, frozenset(), "") for text in texts)


def _describe(revised: Revised, metadata: Metadata) -> str:
    """What a number is about, and what both reports print."""
    place, period, geweld, _ = revised.slice
    unit = metadata.indicators[metadata.tables[revised.newest_table].indicator].unit
    about = (metadata.places[place].said, Period.parse(period).label, revised.label, GEWELD[geweld].heading.lower())
    newest, older = (wording.format_value(number, unit=unit) for number in (revised.newest, revised.older))
    return (
        f"Herzien: {', '.join(filter(None, about))}: {newest} in {_name(revised.newest_table, metadata)}; "
        f"{EARLIER}: {older} in {_name(revised.older_table, metadata)}."
    )


def _name(table: int, metadata: Metadata) -> str:
    return Source.from_table(metadata.tables[table]).text
