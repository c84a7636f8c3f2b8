"""Statistical disclosure control: which numbers of a region are not shown, so that counts of 1 to 4 stay unknown.

Primary suppression: a count of 1 to 4 is shown as "<5", and so is one that was worked out as at most 4 (such a one can
be 0 too). Worked out as 1 to 4 at least and 5 or more at most, it is withheld. A 0 is shown, unless nothing else helps.

Secondary suppression: a hidden number is safe where the shown numbers leave room for a second reading of the whole
region: another value for it, with other values for other hidden numbers, that keeps every sum. The cheapest second
reading is searched for, by A*; a shown number that it changes is withheld ("afgeschermd"). What it costs to withhold a
number grows with the number, and more so for what is a sum itself. So each hidden number has at least two possible
values, and the reading is the proof. The search has a limit: the reading need not be the cheapest, and where none is
found everything connected is withheld, which is as good as a proof only where no printed sum differs from its parts.
Nor is it one where bounds that were worked out contradict a sum. Where "<5" would itself give numbers away (four parts
"<5" of a whole "<5" are 1 each), the number is withheld instead.

All counts of a region go together, of every place, period and indicator: what is hidden does not depend on what was
asked for, so two figures or two files never show more than one.

The reader is taken to know all shown numbers with their bounds; that "<5" is 1 to 4; that a 0 is not hidden; of a
withheld number of 5 or more, that it is no small one; every sum over places, periods, KM/HG/OM, categories, shared
groups and printed headings; where parts and whole differ in print, by how much they differ; and of indicators that
count the same (the first word of their noun) every equality and sum of two of their totals or groups that the numbers
bear out, in one period or over its parts.

Not protected: against who has the printed reports, which hold every number, or a page that quotes them; a hidden
number's approximate size (two values are enough, no minimum width is kept); relations that are not named here, such
as one count being part of another; sums of lost cells that a page shows closer than `known` says; percentages that are
published as such, and fte, which are no counts and pass. Derived values (share, per month, per 1.000, difference)
must be left out where any number in them is hidden, as must sums of hidden numbers.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heappop, heappush
from itertools import combinations, count
from typing import NamedTuple

from vt.catalogue import Place
from vt.period import Period
from vt.queries import Number, Reference

SMALLEST_SHOWN = 5
UNBOUNDED = 10**9
GROUP, HEADING = "groep:", "kop:"
MOST_STATES = 3000
STEP, OPEN, NARROW, WHOLE, LAST_RESORT = 2, 40, 25, 4, 10**5

Bounds = tuple[float, float]  # the lowest and the highest that a number can be


class Kind(StrEnum):
    """How a hidden number is shown: primary as "<5", secondary as "afgeschermd"."""

    SMALL = "<5"
    WITHHELD = "afgeschermd"


class HiddenNumber(float):
    """A number that is not shown. It is not a number (NaN), and so is all that is worked out from it."""

    kind: Kind

    def __new__(cls, kind: Kind) -> "HiddenNumber":
        """One that is shown as its kind."""
        made = super().__new__(cls, "nan")
        made.kind = kind
        return made


def is_hidden(value: object) -> bool:
    """Whether a value is a hidden number, or worked out from one."""
    return isinstance(value, float) and value != value


def kind_of(value: float) -> Kind:
    """How a hidden number is shown; what is worked out from one is withheld."""
    return value.kind if isinstance(value, HiddenNumber) else Kind.WITHHELD


class Key(NamedTuple):
    """What a number is about; the category of a group is groep: and its id, of a printed heading kop: and its text."""

    indicator: str
    place: str
    period: str
    geweld: str
    category: str


class Cell(NamedTuple):
    """A count; low and high differ where it was worked out within bounds."""

    key: Key
    low: int
    high: int
    source_table: int


class Relation(NamedTuple):
    """A whole and its parts; `has_rest` where there is a part that is not published, of unknown size."""

    whole: Key
    parts: tuple[Key, ...]
    has_rest: bool = False


def shield(
    reference: Reference, numbers: Mapping[str, Sequence[Number]], known: Mapping[Key, Bounds] | None = None
) -> dict[Key, Kind]:
    """The hidden numbers of one region (or land), from all numbers of all its places by indicator.

    Groups and headings have keys of their own (Key); `known` are their bounds where a page shows closer ones than the
    sum of those of their members. Indicators that are no counts pass.
    """
    counts = {id_: rows for id_, rows in numbers.items() if reference.indicators[id_].unit == "aantal"}
    cells = [cell_of(id_, number) for id_, rows in counts.items() for number in rows]
    groups = {n.category: groups_of(n) for rows in counts.values() for n in rows if n.category}
    sums, relations = grouped(cells, groups, known or {})
    everything = [*cells, *sums]
    nouns = {id_: reference.indicators[id_].noun.split()[0] for id_ in counts}
    relations += [*relations_of(cells, reference.places), *links_of(everything, nouns)]
    return shielded(everything, relations)


def cell_of(indicator: str, number: Number) -> Cell:
    """A number of an indicator as a cell."""
    key = Key(indicator, number.place, number.period, number.geweld, number.category)
    return Cell(key, round(number.low), round(number.high), number.source_table)


def groups_of(number: Number) -> tuple[str, ...]:
    """The shared group and the printed heading (its label before " / ") that a category belongs to."""
    heading = HEADING + number.label.partition(" / ")[0]
    return (GROUP + number.group, heading) if number.group else (heading,)


def grouped(
    cells: Iterable[Cell], groups: Mapping[str, Collection[str]], known: Mapping[Key, Bounds]
) -> tuple[list[Cell], list[Relation]]:
    """A cell for each group in each split by category, and what it sums."""
    members: dict[Key, list[Cell]] = defaultdict(list)
    for cell in cells:
        for group in groups.get(cell.key.category, ()):
            members[cell.key._replace(category=group)].append(cell)
    sums = []
    for key, found in members.items():
        low, high = sum(c.low for c in found), sum(c.high for c in found)
        least, most = known.get(key, (low, high))
        sums.append(Cell(key, max(low, round(least)), min(high, round(most)), found[0].source_table))
    return sums, [Relation(key, tuple(c.key for c in found)) for key, found in members.items()]


def relations_of(cells: Sequence[Cell], places: Mapping[str, Place]) -> list[Relation]:
    """What the cells sum: categories, geweld, places and periods; of cells of groups nothing."""
    found = {cell.key: cell for cell in cells if not cell.key.category.startswith((GROUP, HEADING))}
    sums = [*_over_categories(found), *_over_geweld(found), *_over_places(found, places), *_over_periods(found)]
    return [relation for item in sums if (relation := _held(found, *item))]


_Sum = tuple[Key, Sequence[Key], bool]


def _held(found: Mapping[Key, Cell], whole: Key, parts: Sequence[Key], is_complete: bool) -> Relation | None:
    """A sum as a relation; none where parts of which some are missing are more than the whole."""
    cells = [found[part] for part in parts]
    least, most = sum(cell.low for cell in cells), sum(cell.high for cell in cells)
    of = found[whole]
    if is_complete or (least <= of.high and of.low <= most):
        return Relation(whole, tuple(parts))
    return Relation(whole, tuple(parts), has_rest=True) if most < of.low else None


def _over_categories(found: Mapping[Key, Cell]) -> Iterator[_Sum]:
    yield from _siblings(found, "category", "")


def _over_geweld(found: Mapping[Key, Cell]) -> Iterator[_Sum]:
    yield from _siblings(found, "geweld", "alle")


def _siblings(found: Mapping[Key, Cell], dimension: str, whole: str) -> Iterator[_Sum]:
    """Along one dimension; complete where they come from one table, of which a page tells by how much it differs."""
    parts: dict[Key, list[Key]] = defaultdict(list)
    for key in found:
        if getattr(key, dimension) != whole:
            parts[key._replace(**{dimension: whole})].append(key)
    for of, keys in parts.items():
        if of in found:
            yield of, keys, {found[key].source_table for key in keys} == {found[of].source_table}


def _over_places(found: Mapping[Key, Cell], places: Mapping[str, Place]) -> Iterator[_Sum]:
    """A region over its gemeenten and rest groups; complete with every gemeente."""
    parts: dict[Key, list[Key]] = defaultdict(list)
    for key in found:
        region = places[key.place].region
        if region is not None and region != key.place:
            parts[key._replace(place=region)].append(key)
    gemeenten: dict[str, set[str]] = defaultdict(set)
    for place in places.values():
        if place.kind == "gemeente" and place.region:
            gemeenten[place.region].add(place.id)
    for of, keys in parts.items():
        if of in found:
            yield of, keys, gemeenten[of.place] <= {key.place for key in keys}


def _over_periods(found: Mapping[Key, Cell]) -> Iterator[_Sum]:
    """A half year over quarters, a year over halves, more years over years; complete where these fill it."""
    parts_of = _parts_of_periods({key.period for key in found})
    for key in found:
        if parts := [part for id_ in parts_of[key.period] if (part := key._replace(period=id_)) in found]:
            months = sum(Period.parse(part.period).months for part in parts)
            yield key, parts, months == Period.parse(key.period).months


def _parts_of_periods(ids: Collection[str]) -> dict[str, list[str]]:
    """By period, those it is made of: of half its length, or years where it is longer than a year."""
    periods = [Period.parse(id_) for id_ in sorted(ids)]
    return {
        whole.id: [
            part.id
            for part in periods
            if part.months == (whole.months // 2 if whole.months <= 12 else 12)
            and whole.start <= part.start < whole.end
            and part != whole
        ]
        for whole in periods
    }


def links_of(cells: Sequence[Cell], nouns: Mapping[str, str]) -> list[Relation]:
    """Between indicators that count the same: totals and groups equal to another or the sum of two, also over periods.

    `nouns` says by indicator what it counts.
    """
    slots: dict[tuple[str, str, str, str], dict[str, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        key = cell.key
        if cell.low == cell.high > 0 and (not key.category or key.category.startswith(GROUP)):
            slots[nouns[key.indicator], key.place, key.geweld, key.category][key.period][key.indicator] = cell
    parts_of = _parts_of_periods({cell.key.period for cell in cells})
    return [
        relation
        for periods in slots.values()
        for period, here in periods.items()
        for relation in (*_links(here), *_links_over(here, [periods.get(part, {}) for part in parts_of[period]]))
    ]


def _links(here: Mapping[str, Cell]) -> Iterator[Relation]:
    """Equalities and sums of two, among the numbers of one slot by indicator."""
    cells = list(here.values())
    for one, other in combinations(cells, 2):
        if one.low == other.low:
            yield Relation(one.key, (other.key,))
        yield from (Relation(c.key, (one.key, other.key)) for c in cells if c.low == one.low + other.low)


def _links_over(here: Mapping[str, Cell], parts: Sequence[Mapping[str, Cell]]) -> Iterator[Relation]:
    """A number that another indicator has by the parts of its period."""
    for indicator in set.intersection(*map(set, parts)) if len(parts) > 1 else ():
        cells = [part[indicator] for part in parts]
        total = sum(cell.low for cell in cells)
        for one in here.values():
            if one.key.indicator != indicator and one.low == total:
                yield Relation(one.key, tuple(cell.key for cell in cells))


def shielded(cells: Sequence[Cell], relations: Sequence[Relation]) -> dict[Key, Kind]:
    """The hidden cells of a system of sums, each with how it is shown; every one has a second possible value."""
    ordered = {Relation(whole, tuple(sorted(parts)), has_rest) for whole, parts, has_rest in relations}
    system = _System.of(sorted(cells), sorted(ordered))
    _settle(system)
    system.suppress()
    for variable in system.hidden():
        if variable not in system.proved:
            system.adopt(_second_reading(system, variable))
    return {key: kind for key, variable in system.variables.items() if (kind := system.kinds[variable])}


Term = tuple[int, int]  # a variable or a relation, and the sign of the one in the other
Moves = dict[int, int]  # by variable, what it changes by
Price = Callable[[int, int], int | None]  # of a variable and what it changes by


@dataclass
class _System:
    """Cells as variables of linear relations; cells that are equal share one. A rest is a variable without a cell.

    By variable: a possible value, the bounds that a reader sees, the least it can be once withheld, what withholding
    costs, how it is shown, the relations it is in; by relation its terms.
    """

    variables: dict[Key, int]
    value: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    floor: list[int] = field(default_factory=list)
    toll: list[int] = field(default_factory=list)
    kinds: list[Kind | None] = field(default_factory=list)
    relations: list[list[Term]] = field(default_factory=list)
    terms: list[list[Term]] = field(default_factory=list)
    proved: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, cells: Sequence[Cell], relations: Sequence[Relation]) -> "_System":
        """The variables and the relations between them; nothing is hidden yet."""
        bounds, variables = _merged(cells, relations)
        system = cls(variables)
        wholes = {variables[relation.whole] for relation in relations if len(relation.parts) > 1}
        for variable, (low, high) in enumerate(bounds):
            system.add(low, high, is_whole=variable in wholes)
        for relation in relations:
            system.relate(relation)
        return system

    def add(self, low: int, high: int, *, is_whole: bool) -> None:
        """One more variable, at the least that it can be."""
        self.value.append(low)
        self.low.append(low)
        self.high.append(high)
        self.floor.append(min(low, SMALLEST_SHOWN))
        self.toll.append(1 + high * (WHOLE if is_whole else 1) if high else LAST_RESORT)
        self.kinds.append(None)
        self.relations.append([])

    def suppress(self) -> None:
        """Primary suppression; and what is known to be a small number at least is withheld."""
        for variable, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            if 0 < high < SMALLEST_SHOWN:
                self.low[variable], self.high[variable] = min(low, 1), SMALLEST_SHOWN - 1
                self.toll[variable] = NARROW
                self.kinds[variable] = Kind.SMALL
            elif 0 < low < SMALLEST_SHOWN:
                self.withhold(variable)

    def relate(self, relation: Relation) -> None:
        """One more relation; nothing where whole and part are one variable."""
        whole, parts = self.variables[relation.whole], [self.variables[part] for part in relation.parts]
        if [whole] == parts and not relation.has_rest:
            return
        if relation.has_rest:
            rest = self.value[whole] - sum(self.value[part] for part in parts)
            parts.append(len(self.value))
            self.add(0, UNBOUNDED, is_whole=False)
            self.value[-1] = max(rest, 0)
        terms = [(whole, -1), *((part, 1) for part in parts)]
        for variable, sign in terms:
            self.relations[variable].append((len(self.terms), sign))
        self.terms.append(terms)

    def hidden(self) -> list[int]:
        """The variables that are hidden, small ones first."""
        return sorted((v for v, kind in enumerate(self.kinds) if kind), key=lambda v: (self.value[v], v))

    def price(self, variable: int, change: int) -> int | None:
        """What it costs that a variable may have another value; None where it cannot."""
        value = self.value[variable] + change
        if self.low[variable] <= value <= self.high[variable]:
            return STEP
        return STEP + self.toll[variable] if value >= self.floor[variable] else None

    def withhold(self, variable: int) -> None:
        """Show nothing of a variable."""
        self.low[variable], self.high[variable] = self.floor[variable], UNBOUNDED
        self.kinds[variable] = Kind.WITHHELD

    def adopt(self, moves: Moves) -> None:
        """Make a second reading possible; it proves every variable that it changes."""
        for variable, change in moves.items():
            if not self.low[variable] <= self.value[variable] + change <= self.high[variable]:
                self.withhold(variable)
        self.proved |= moves.keys()


def _merged(cells: Sequence[Cell], relations: Iterable[Relation]) -> tuple[list[tuple[int, int]], dict[Key, int]]:
    """Bounds of each variable, and the variable of each cell: cells that a relation of one part makes equal share."""
    bounds = {cell.key: (cell.low, cell.high) for cell in cells}
    same = {cell.key: [cell.key] for cell in cells}
    for whole, parts, has_rest in relations:
        if len(parts) != 1 or has_rest or same[whole] is same[parts[0]]:
            continue
        (low, high), (low_part, high_part) = bounds[whole], bounds[parts[0]]
        both = max(low, low_part), min(high, high_part)
        if both[0] <= both[1]:
            same[whole] += same[parts[0]]
            for key in same[whole]:
                same[key], bounds[key] = same[whole], both
    first = {id(keys): keys[0] for keys in same.values()}
    number = {key: n for n, key in enumerate(first.values())}
    return [bounds[key] for key in number], {key: number[keys[0]] for key, keys in same.items()}


def _settle(system: _System) -> None:
    """Give what is known only within bounds values that keep the sums, as far as these can be found.

    What a printed sum lacks for certain is left as it is.
    """
    lacking = {
        number: lack
        for number, terms in enumerate(system.terms)
        if (lack := sum(sign * system.value[v] for v, sign in terms)) and _can_settle(system, terms)
    }
    for number in list(lacking):
        while number in lacking:
            moves = _step(system, number, lacking)
            if moves is None:
                break
            for variable, change in moves.items():
                system.value[variable] += change
                for relation, sign in system.relations[variable]:
                    lacking[relation] = lacking.get(relation, 0) + sign * change
            lacking = {relation: lack for relation, lack in lacking.items() if lack}


def _step(system: _System, number: int, lacking: Mapping[int, int]) -> Moves | None:
    """Changes within the bounds that bring one relation nearer to its sum, and none further from it."""

    def price(variable: int, change: int) -> int | None:
        return STEP if system.low[variable] <= system.value[variable] + change <= system.high[variable] else None

    others = {relation: lack for relation, lack in lacking.items() if relation != number}
    return _cheapest(system, {}, {number: 1 if lacking[number] > 0 else -1}, others, price)


def _can_settle(system: _System, terms: Sequence[Term]) -> bool:
    """Whether the bounds of the terms allow that whole and parts are equal."""
    ends = [sorted((sign * system.low[v], sign * system.high[v])) for v, sign in terms]
    return sum(low for low, _ in ends) <= 0 <= sum(high for _, high in ends)


def _second_reading(system: _System, variable: int) -> Moves:
    """The cheapest changes that keep every sum and give a variable another value; what they change is to be withheld.

    Where the search finds none in time: everything connected twice as large.
    """
    found: list[tuple[int, Moves]] = []
    for step in (1, -1):
        if system.price(variable, step) is None or (found and found[0][0] == STEP * len(found[0][1])):
            continue
        effects = _effects(system, {}, variable, step)
        if (moves := _cheapest(system, {variable: step}, effects, {}, system.price)) is not None:
            found.append((sum(system.price(v, change) or 0 for v, change in moves.items()), moves))
    return min(found, key=lambda item: item[0])[1] if found else _doubled(system, variable)


def _doubled(system: _System, variable: int) -> Moves:
    """Every number connected with a variable, changed by as much as it is; sums of withheld numbers stay sums."""
    connected, ahead = {variable}, [variable]
    while ahead:
        for relation, _ in system.relations[ahead.pop()]:
            fresh = {v for v, _ in system.terms[relation] if system.value[v]} - connected
            connected |= fresh
            ahead += fresh
    for other in connected:
        system.withhold(other)
    return {other: system.value[other] for other in connected}


def _cheapest(
    system: _System, moves: Moves, effects: dict[int, int], lacking: Mapping[int, int], price: Price
) -> Moves | None:
    """The cheapest moves that leave no relation further from its sum than it was; None where none is found in time.

    `effects` is what the moves do to each relation, `lacking` what each was off before them.
    """
    ticket = count()
    queue = [(0, next(ticket), 0, moves, effects, -1, 0)]
    seen: set[frozenset[Term]] = set()
    for _ in range(MOST_STATES):
        if not queue:
            return None
        _, _, cost, moves, effects, variable, change = heappop(queue)
        if change:
            moves, effects = {**moves, variable: change}, _effects(system, effects, variable, change)
        if (mark := frozenset(moves.items())) in seen:
            continue
        seen.add(mark)
        pending = [relation for relation, effect in effects.items() if _is_off(effect, lacking.get(relation, 0))]
        if not pending:
            return moves
        relation = min(pending, key=lambda number: (len(system.terms[number]), number))
        for variable, sign in system.terms[relation]:
            change = -sign if effects[relation] > 0 else sign
            if variable not in moves and (toll := price(variable, change)) is not None:
                more = _more_off(system, effects, lacking, variable, change)
                estimate = cost + toll + OPEN * (len(pending) + more)
                heappush(queue, (estimate, next(ticket), cost + toll, moves, effects, variable, change))
    return None


def _more_off(
    system: _System, effects: Mapping[int, int], lacking: Mapping[int, int], variable: int, change: int
) -> int:
    """How many relations more are off after one more move."""
    more = 0
    for relation, sign in system.relations[variable]:
        lack, effect = lacking.get(relation, 0), effects.get(relation, 0)
        more += _is_off(effect + sign * change, lack) - _is_off(effect, lack)
    return more


def _is_off(effect: int, lack: int) -> bool:
    """Whether a relation that lacked something is further from its sum now, or beyond it."""
    return abs(lack + effect) != abs(lack) - abs(effect)


def _effects(system: _System, effects: Mapping[int, int], variable: int, change: int) -> dict[int, int]:
    """What moves do to relations, with one more move."""
    after = dict(effects)
    for relation, sign in system.relations[variable]:
        after[relation] = after.get(relation, 0) + sign * change
    return {relation: effect for relation, effect in after.items() if effect}
