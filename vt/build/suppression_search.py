"""The search for what must be hidden beside small numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count

from vt.model.hidden import SMALLEST_SHOWN, CellKey, Count, Relation, Suppression

LOWEST, HIGHEST = 1, SMALLEST_SHOWN - 1  # of a small number; both stay possible
UNBOUNDED = 10**9
MOST_STATES = 2000
STEP, OPEN, NARROW, WHOLE, LAST_RESORT = 2, 80, 25, 4, 10**5


def find_suppressions(cells: Sequence[Count], relations: Sequence[Relation]) -> dict[CellKey, Suppression]:
    """The hidden cells of a system of sums, each with how it is shown: a small one can be 1 as well as 4, and any other
    has a second possible value."""
    ordered = {Relation(whole, tuple(sorted(parts)), has_rest) for whole, parts, has_rest in relations}
    system = _System.of(sorted(cells), sorted(ordered))
    _settle(system)
    system.suppress()
    for variable in system.hidden():
        _protect(system, variable)
    shown = ((cell, system.kinds[system.variables[cell.key]]) for cell in cells)
    return {cell.key: kind for cell, found in shown if (kind := _pick_kind(cell, found))}


def _pick_kind(cell: Count, found: Suppression | None) -> Suppression | None:
    """How a cell is shown, of which the variable is shown so."""
    return Suppression.RECOVERED if cell.is_recovered_small and found is not Suppression.WITHHELD else found


Term = tuple[int, int]  # a variable or a relation, and the sign of the one in the other
Moves = dict[int, int]  # by variable, what it changes by
_Reading = tuple[int, Moves]  # what it costs that it may be, and how it differs
Price = Callable[[int, int], int | None]  # of a variable and what it changes by


@dataclass
class _System:
    """Cells as variables of linear relations; cells that are equal share one. A rest is a variable without a cell.

    By variable: a possible value, the bounds that a reader sees, the least it can be once withheld, what withholding
    costs, how it is shown, its lowest and highest in the readings that were found, the relations it is in; by relation
    its terms. `recovered` are the variables of recovered cells alone, `safe` those of which any multiple is a reading,
    and `least` says of each small number how low it can be at all.
    """

    variables: dict[CellKey, int]
    value: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    floor: list[int] = field(default_factory=list)
    toll: list[int] = field(default_factory=list)
    kinds: list[Suppression | None] = field(default_factory=list)
    lowest: list[int] = field(default_factory=list)
    highest: list[int] = field(default_factory=list)
    relations: list[list[Term]] = field(default_factory=list)
    terms: list[list[Term]] = field(default_factory=list)
    recovered: set[int] = field(default_factory=set)
    safe: set[int] = field(default_factory=set)
    least: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Sequence[Count], relations: Sequence[Relation]) -> "_System":
        """The variables and the relations between them; nothing is hidden yet."""
        bounds, variables = _merge_equals(cells, relations)
        system = cls(variables)
        wholes = {variables[relation.whole] for relation in relations if len(relation.parts) > 1}
        for variable, (low, high) in enumerate(bounds):
            system.add(low, high, is_whole=variable in wholes)
        for relation in relations:
            system.relate(relation)
        printed = {variables[cell.key] for cell in cells if not cell.is_recovered}
        system.recovered = set(variables.values()) - printed
        return system

    def add(self, low: int, high: int, *, is_whole: bool) -> None:
        """One more variable, at the least that it can be."""
        self.value.append(low)
        self.low.append(low)
        self.high.append(high)
        self.floor.append(min(low, LOWEST if low < SMALLEST_SHOWN else SMALLEST_SHOWN))
        self.toll.append(1 + high * (WHOLE if is_whole else 1) if high else LAST_RESORT)
        self.kinds.append(None)
        self.relations.append([])

    def suppress(self) -> None:
        """Primary suppression; and what is known to be a small number at least is withheld."""
        small = [v for v, low in enumerate(self.low) if LOWEST <= low == self.high[v] <= HIGHEST]
        for variable, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            is_recovered = variable in self.recovered
            if high <= HIGHEST and (high or is_recovered):
                self.low[variable], self.high[variable] = 0 if is_recovered else LOWEST, HIGHEST
                self.toll[variable] = NARROW if high else LAST_RESORT
                self.kinds[variable] = Suppression.SMALL
            elif LOWEST <= low <= HIGHEST:
                self.withhold(variable)
        self.lowest, self.highest = [*self.value], [*self.value]
        self.least = {v: self.low[v] for v in small}
        while raised := {v: least for v in small if (least := self._bound_whole(v)) > self.least[v]}:
            self.least |= raised

    def _bound_whole(self, variable: int) -> int:
        """The least that a small number can be as a sum of others: two numbers under 5 are 2 at least."""
        sums = (self.terms[relation][1:] for relation, sign in self.relations[variable] if sign < 0)
        room = [sum(self.value[v] - self.least.get(v, self.low[v]) for v, _ in parts) for parts in sums]
        return self.value[variable] - min(room, default=self.value[variable])

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
        """The variables that are hidden, small ones first; of what is 0 for certain nothing need stay possible."""
        hidden = (v for v, kind in enumerate(self.kinds) if kind and self.toll[v] != LAST_RESORT)
        return sorted(hidden, key=lambda v: (self.value[v], v))

    def price(self, shifts: Moves, variable: int, change: int) -> int | None:
        """What one more change of a reading costs, where it withholds a variable; None where it cannot be."""
        value = self.value[variable] + shifts.get(variable, 0) + change
        if self.low[variable] <= value <= self.high[variable]:
            return STEP
        return STEP + self.toll[variable] if value >= self.floor[variable] else None

    def withhold(self, variable: int) -> None:
        """Show nothing of a variable."""
        self.low[variable], self.high[variable] = self.floor[variable], UNBOUNDED
        self.kinds[variable] = Suppression.WITHHELD

    def adopt(self, moves: Moves) -> None:
        """Make a second reading possible: withhold what leaves its bounds in it."""
        for variable, change in moves.items():
            value = self.value[variable] + change
            if not self.low[variable] <= value <= self.high[variable]:
                self.withhold(variable)
            self.lowest[variable] = min(self.lowest[variable], value)
            self.highest[variable] = max(self.highest[variable], value)


def _merge_equals(
    cells: Sequence[Count], relations: Iterable[Relation]
) -> tuple[list[tuple[int, int]], dict[CellKey, int]]:
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
            moves = _find_step(system, number, lacking)
            if moves is None:
                break
            for variable, change in moves.items():
                system.value[variable] += change
                for relation, sign in system.relations[variable]:
                    lacking[relation] = lacking.get(relation, 0) + sign * change
            lacking = {relation: lack for relation, lack in lacking.items() if lack}


def _find_step(system: _System, number: int, lacking: Mapping[int, int]) -> Moves | None:
    """Changes within the bounds that bring one relation nearer to its sum, and none further from it."""

    def price(variable: int, change: int) -> int | None:
        return STEP if system.low[variable] <= system.value[variable] + change <= system.high[variable] else None

    others = {relation: lack for relation, lack in lacking.items() if relation != number}
    found = _find_cheapest(system, (0, {}), {number: 1 if lacking[number] > 0 else -1}, others, price)
    return found[1] if found else None


def _can_settle(system: _System, terms: Sequence[Term]) -> bool:
    """Whether the bounds of the terms allow that whole and parts are equal."""
    ends = [sorted((sign * system.low[v], sign * system.high[v])) for v, sign in terms]
    return sum(low for low, _ in ends) <= 0 <= sum(high for _, high in ends)


def _protect(system: _System, variable: int) -> None:
    """Withhold what must be, so that a small number can be as low and as high as those are, another something else.

    Where the search finds no way in time: everything connected is withheld.
    """
    if variable in system.safe:
        return
    if (least := system.least.get(variable)) is None:
        is_safe = _leave(system, variable)
    else:
        is_safe = all(_reach(system, variable, goal) for goal in (max(least, LOWEST), HIGHEST))
    if not is_safe:
        _withhold_connected(system, variable)


def _reach(system: _System, variable: int, goal: int) -> bool:
    """Make readings possible up to one in which a variable is the goal, in small steps or at once; False where none is
    found."""
    change = goal - system.value[variable]
    for stride in (1 if change > 0 else -1, change):
        shifts: Moves = {}
        while not system.lowest[variable] <= goal <= system.highest[variable]:
            if (found := _find_reading(system, shifts, variable, stride)) is None:
                break
            shifts = {v: shifts.get(v, 0) + found[1].get(v, 0) for v in shifts.keys() | found[1].keys()}
            system.adopt(shifts)
    return system.lowest[variable] <= goal <= system.highest[variable]


def _leave(system: _System, variable: int) -> bool:
    """Make the cheapest reading possible in which a variable has another value; False where none is found."""
    if system.lowest[variable] < system.highest[variable]:
        return True
    found: list[_Reading] = []
    for step in (1, -1):
        is_free = any(cost == STEP * len(moves) for cost, moves in found)
        if not is_free and (reading := _find_reading(system, {}, variable, step)):
            found.append(reading)
    if found:
        system.adopt(min(found, key=lambda reading: reading[0])[1])
    return bool(found)


def _find_reading(system: _System, shifts: Moves, variable: int, change: int) -> _Reading | None:
    """The cheapest changes to a reading that move a variable by so much; None where none is found in time."""
    price = partial(system.price, shifts)
    if (cost := price(variable, change)) is None:
        return None
    return _find_cheapest(system, (cost, {variable: change}), _add_move(system, {}, variable, change), {}, price)


def _withhold_connected(system: _System, variable: int) -> None:
    """Withhold every number connected with a variable: any multiple of them all is a reading, for sums stay sums."""
    connected, ahead = {variable}, [variable]
    while ahead:
        for relation, _ in system.relations[ahead.pop()]:
            fresh = {v for v, _ in system.terms[relation] if system.value[v]} - connected
            connected |= fresh
            ahead += fresh
    for other in connected:
        system.withhold(other)
    system.safe |= connected


def _find_cheapest(
    system: _System, start: _Reading, effects: dict[int, int], lacking: Mapping[int, int], price: Price
) -> _Reading | None:
    """The cheapest moves, those of the start among them, that leave no relation further from its sum than it was, and
    their cost; None where none is found in time.

    `effects` is what the moves do to each relation, `lacking` what each was off before them.
    """
    ticket = count()
    cost, moves = start
    queue = [(0, next(ticket), cost, moves, effects, -1, 0)]
    seen: set[frozenset[Term]] = set()
    for _ in range(MOST_STATES):
        if not queue:
            return None
        _, _, cost, moves, effects, variable, change = heappop(queue)
        if change:
            moves, effects = {**moves, variable: change}, _add_move(system, effects, variable, change)
        if (mark := frozenset(moves.items())) in seen:
            continue
        seen.add(mark)
        pending = [relation for relation, effect in effects.items() if _is_off(effect, lacking.get(relation, 0))]
        if not pending:
            return cost, moves
        relation = min(pending, key=lambda number: (len(system.terms[number]), number))
        for variable, sign in system.terms[relation]:
            change = -sign * effects[relation]
            if variable not in moves and (toll := price(variable, change)) is not None:
                more = _count_more_off(system, effects, lacking, variable, change)
                estimate = cost + toll + OPEN * (len(pending) + more)
                heappush(queue, (estimate, next(ticket), cost + toll, moves, effects, variable, change))
    return None


def _count_more_off(
    system: _System, effects: Mapping[int, int], lacking: Mapping[int, int], variable: int, change: int
) -> int:
    """How many relations more are off after one more move."""
    more = 0
    for relation, sign in system.relations[variable]:
        effect = effects.get(relation, 0)
        after = effect + sign * change
        if lack := lacking and lacking.get(relation):
            more += _is_off(after, lack) - _is_off(effect, lack)
        else:  # nearly always, and so a build is a quarter quicker
            more += (after != 0) - (effect != 0)
    return more


def _is_off(effect: int, lack: int) -> bool:
    """Whether a relation that lacked something is further from its sum now, or beyond it."""
    return abs(lack + effect) != abs(lack) - abs(effect)


def _add_move(system: _System, effects: Mapping[int, int], variable: int, change: int) -> dict[int, int]:
    """What moves do to relations, with one more move."""
    after = dict(effects)
    for relation, sign in system.relations[variable]:
        after[relation] = after.get(relation, 0) + sign * change
    return {relation: effect for relation, effect in after.items() if effect}
