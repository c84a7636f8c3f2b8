"""Statistical disclosure control: which numbers of a region are not shown, so that counts of 1 to 4 stay unknown.

Primary suppression: a count of 1 to 4 is shown as "<5", and one that was worked out as at most 4 as "0 tot en met 4",
also where it is 0. Worked out as 1 to 4 at least and 5 or more at most, it is withheld. A printed 0 is shown, unless
nothing else helps.

Secondary suppression: a count of 1 to 4 is safe where the shown numbers leave room for two other readings of the whole
region, in which it is 1 and 4 and other hidden numbers have other values, so that every sum is kept. A sum of small
numbers need not be 1: two of them are 2 at least. Any other hidden number has a second value, one that is known within
bounds too. The cheapest readings are searched for, by A*; a shown number that they change is withheld ("afgeschermd").
What it costs to withhold a number grows with the number, and more so for what is a sum itself. The readings are the
proof. The search has a limit: a reading need not be the cheapest, and where none is found everything connected is
withheld, so that any multiple is possible, though 1 may not be; that is as good as a proof only where no printed sum
differs from its parts. Nor is it one where bounds that were worked out contradict a sum. Where "<5" would itself give
numbers away (four parts "<5" of a whole "<5" are 1 each), the number is withheld instead.

All counts of a region go together, of every place, period and indicator: what is hidden does not depend on what is
asked for, so two figures or two files never show more than one, and the build works it out once.

The reader is taken to know all shown numbers with their bounds; that "<5" is 1 to 4; that a printed 0 is not hidden;
of a withheld number of 5 or more, that it is no small one; every sum over places, periods, KM/HG/OM, categories, shared
groups and printed headings; where parts and whole differ in print, by how much they differ; and of indicators that
count the same (`counts` in the catalogue) every equality and sum of two of their totals or groups that the numbers
bear out, in one period or over its parts.

Not protected: against who has the printed reports, which hold every number, or a page that quotes them; a hidden
larger number's approximate size (two values are enough); relations that are not named here, such
as one count being part of another; sums of lost cells that a page shows closer than `known` says; percentages that are
published as such, and fte, which are no counts and pass. Derived values (share, per month, per 1.000, difference)
must be left out where any number in them is hidden, as must sums of hidden numbers.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from sqlite_utils import Database

from vt.build.rows import Row, insert_rows
from vt.build.suppression_search import find_suppressions
from vt.model.catalogue import Place
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import GROUP, HEADING, Bounds, CellKey, Count, Relation, Suppression
from vt.model.period import Period
from vt.store.numbers import Observation, read_known_sums, read_numbers
from vt.store.reference import Metadata, read_metadata


def write_suppressions(database: Database) -> None:
    """Fill `suppressed` and `secret` region by region, from the numbers that stand in the database."""
    metadata = read_metadata(database.conn)
    for region in sorted({place.region or place.id for place in metadata.places_with_data()}):
        places = [place.id for place in metadata.places.values() if region in (place.region, place.id)]
        counts = {
            indicator.id: read_numbers(database.conn, indicator.id, places)
            for indicator in metadata.indicators.values()
            if indicator.counts_people
        }
        cells, relations = relate_counts(metadata, counts, read_known_bounds(database.conn, counts, places))
        kinds = find_suppressions(cells, relations)
        insert_rows(database, "suppressed", _make_rows(cells, kinds))
        insert_rows(database, "secret", _make_secrets(counts, kinds))


def read_known_bounds(
    db: sqlite3.Connection, indicators: Iterable[str], places: Collection[str]
) -> dict[CellKey, Bounds]:
    """The bounds of groups and headings that a page shows closer than the sum of those of their members."""
    return {
        CellKey(indicator, place, period, geweld, prefix + name): bounds
        for indicator in indicators
        for kind, prefix in (("group", GROUP), ("printed", HEADING))
        for (place, period, geweld, name), bounds in read_known_sums(db, indicator, kind, places).items()
    }


def _make_rows(cells: Iterable[Count], kinds: Mapping[CellKey, Suppression]) -> Iterator[Row]:
    for cell in cells:
        if kind := kinds.get(cell.key):
            yield {**cell.key._asdict(), "kind": kind.name, "is_recovered": cell.is_recovered_small}


def _make_secrets(
    counts: Mapping[str, Sequence[Observation[float]]], kinds: Mapping[CellKey, Suppression]
) -> Iterator[Row]:
    """The hidden numbers by the table that they stand in."""
    secrets = {
        (number.source_table, round(bound))
        for indicator, numbers in counts.items()
        for number in numbers
        if number.name_key(indicator) in kinds
        for bound in (number.low, number.high)
    }
    return ({"source_table": table, "value": value} for table, value in sorted(secrets))


def relate_counts(
    metadata: Metadata, counts: Mapping[str, Sequence[Observation[float]]], known: Mapping[CellKey, Bounds]
) -> tuple[list[Count], list[Relation]]:
    """All counts of the places of one region (or land), by indicator, as cells with what they sum.

    Groups and headings have keys of their own (CellKey); `known` are their bounds where a page shows closer ones than
    the sum of those of their members.
    """
    cells = [make_count(id_, number) for id_, rows in counts.items() for number in rows]
    groups = {n.category: name_groups(n) for rows in counts.values() for n in rows if n.category}
    sums, relations = add_up_groups(cells, groups, known)
    everything = [*cells, *sums]
    counted = {id_: metadata.indicators[id_].counts for id_ in counts}
    return everything, [*relations, *find_relations(cells, metadata.places), *find_links(everything, counted)]


def make_count(indicator: str, number: Observation[float]) -> Count:
    """A number of an indicator as a cell."""
    key, low, high = number.name_key(indicator), round(number.low), round(number.high)
    return Count(key, low, high, number.source_table, bool(number.is_recovered))


def name_groups(number: Observation[float]) -> tuple[str, ...]:
    """The shared group and the printed heading (its label before " / ") that a category belongs to."""
    heading = HEADING + number.label.partition(" / ")[0]
    return (GROUP + number.group, heading) if number.group else (heading,)


def add_up_groups(
    cells: Iterable[Count], groups: Mapping[str, Collection[str]], known: Mapping[CellKey, Bounds]
) -> tuple[list[Count], list[Relation]]:
    """A cell for each group in each split by category, and what it sums."""
    members: dict[CellKey, list[Count]] = defaultdict(list)
    for cell in cells:
        for group in groups.get(cell.key.category, ()):
            members[cell.key._replace(category=group)].append(cell)
    sums = []
    for key, parts in members.items():
        low, high = sum(c.low for c in parts), sum(c.high for c in parts)
        least, most = known.get(key, (low, high))
        bounds = max(low, round(least)), min(high, round(most))
        sums.append(Count(key, *bounds, parts[0].source_table, any(c.is_recovered for c in parts)))
    return sums, [Relation(key, tuple(c.key for c in parts)) for key, parts in members.items()]


def find_relations(cells: Sequence[Count], places: Mapping[str, Place]) -> list[Relation]:
    """What the cells sum: categories, geweld, places and periods; of cells of groups nothing."""
    counts = {cell.key: cell for cell in cells if not cell.key.category.startswith((GROUP, HEADING))}
    splits = [*_sum_dimension(counts, "category", ""), *_sum_dimension(counts, "geweld", ALL_GEWELD)]
    sums = [*splits, *_sum_places(counts, places), *_sum_periods(counts)]
    return [relation for item in sums if (relation := _make_relation(counts, *item))]


_Sum = tuple[CellKey, Sequence[CellKey], bool]


def _make_relation(
    counts: Mapping[CellKey, Count], whole: CellKey, parts: Sequence[CellKey], is_complete: bool
) -> Relation | None:
    """A sum as a relation; none where parts of which some are missing are more than the whole."""
    cells = [counts[part] for part in parts]
    least, most = sum(cell.low for cell in cells), sum(cell.high for cell in cells)
    of = counts[whole]
    if is_complete or (least <= of.high and of.low <= most):
        return Relation(whole, tuple(parts))
    return Relation(whole, tuple(parts), has_rest=True) if most < of.low else None


def _sum_dimension(counts: Mapping[CellKey, Count], dimension: str, whole: str) -> Iterator[_Sum]:
    """Along one dimension; complete where they come from one table, of which a page tells by how much it differs."""
    parts: dict[CellKey, list[CellKey]] = defaultdict(list)
    for key in counts:
        if getattr(key, dimension) != whole:
            parts[key._replace(**{dimension: whole})].append(key)
    for of, keys in parts.items():
        if of in counts:
            yield of, keys, {counts[key].source_table for key in keys} == {counts[of].source_table}


def _sum_places(counts: Mapping[CellKey, Count], places: Mapping[str, Place]) -> Iterator[_Sum]:
    """A region over its gemeenten and rest groups; complete with every gemeente."""
    parts: dict[CellKey, list[CellKey]] = defaultdict(list)
    for key in counts:
        region = places[key.place].region
        if region is not None and region != key.place:
            parts[key._replace(place=region)].append(key)
    gemeenten: dict[str, set[str]] = defaultdict(set)
    for place in places.values():
        if place.kind == "gemeente" and place.region:
            gemeenten[place.region].add(place.id)
    for of, keys in parts.items():
        if of in counts:
            yield of, keys, gemeenten[of.place] <= {key.place for key in keys}


def _sum_periods(counts: Mapping[CellKey, Count]) -> Iterator[_Sum]:
    """A half year over quarters, a year over halves, more years over years, each over months; complete where these
    fill it."""
    parts_of = _split_periods({key.period for key in counts})
    for key in counts:
        for ids in parts_of[key.period]:
            if parts := [part for id_ in ids if (part := key._replace(period=id_)) in counts]:
                months = sum(Period.parse(part.period).months for part in parts)
                yield key, parts, months == Period.parse(key.period).months


def _split_periods(ids: Collection[str]) -> dict[str, list[list[str]]]:
    """By period, those it is made of: of half its length, or years where it is longer than a year; and its months,
    which no sum of quarters stands between."""
    periods = [Period.parse(id_) for id_ in sorted(ids)]
    return {
        whole.id: [
            [part.id for part in periods if part.months == length and whole.covers(part) and part != whole]
            for length in dict.fromkeys((whole.months // 2 if whole.months <= 12 else 12, 1))
        ]
        for whole in periods
    }


def find_links(cells: Sequence[Count], counted: Mapping[str, str]) -> list[Relation]:
    """Between indicators that count the same: totals and groups equal to another or the sum of two, also over periods.

    `counted` says by indicator what it counts.
    """
    slots: dict[tuple[str, str, str, str], dict[str, dict[str, Count]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        key = cell.key
        if cell.low == cell.high > 0 and (not key.category or key.category.startswith(GROUP)):
            slots[counted[key.indicator], key.place, key.geweld, key.category][key.period][key.indicator] = cell
    parts_of = _split_periods({cell.key.period for cell in cells})
    return [
        relation
        for periods in slots.values()
        for period, here in periods.items()
        for relation in (
            *_link_numbers(here),
            *(link for ids in parts_of[period] for link in _link_periods(here, [periods.get(id_, {}) for id_ in ids])),
        )
    ]


def _link_numbers(here: Mapping[str, Count]) -> Iterator[Relation]:
    """Equalities and sums of two, among the numbers of one slot by indicator."""
    cells = list(here.values())
    for one, other in combinations(cells, 2):
        if one.low == other.low:
            yield Relation(one.key, (other.key,))
        yield from (Relation(c.key, (one.key, other.key)) for c in cells if c.low == one.low + other.low)


def _link_periods(here: Mapping[str, Count], parts: Sequence[Mapping[str, Count]]) -> Iterator[Relation]:
    """A number that another indicator has by the parts of its period."""
    for indicator in set.intersection(*map(set, parts)) if len(parts) > 1 else ():
        cells = [part[indicator] for part in parts]
        total = sum(cell.low for cell in cells)
        for one in here.values():
            if one.key.indicator != indicator and one.low == total:
                yield Relation(one.key, tuple(cell.key for cell in cells))
