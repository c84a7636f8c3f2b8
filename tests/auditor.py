"""The auditor of shielding: a solver that knows nothing of how numbers were hidden, and what a reader can know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from ortools.sat.python import cp_model

from vt.model.hidden import GROUP, HEADING, CellKey, Count, Suppression
from vt.store.connection import connect
from vt.store.hidden import read_suppressions
from vt.store.numbers import read_known_sums, read_numbers
from vt.store.reference import read_metadata

SMALL, RECOVERED, WITHHELD = Suppression
MOST = 10**6
Seen = dict[CellKey, tuple[int, int, bool]]  # lowest, highest, whether it is hidden
Sum = tuple[CellKey, Sequence[CellKey], int]  # whole, parts, what the parts lack
Sums = Sequence[Sum]
Variables = dict[CellKey, cp_model.IntVar]
Reading = dict[CellKey, int]


def leaks(bounds: Seen, sums: Sums) -> set[CellKey]:
    """The hidden keys that can have one value only, by exact solving.

    bounds: by key what a reader sees of it; sums: (whole, parts, what the parts lack).
    """
    model, variables = model_of(bounds, sums)
    found = solved(model, variables)
    left = {k for k, (_, _, is_hidden) in bounds.items() if is_hidden}
    for other in other_readings(model, variables, found, left):
        left -= {k for k in left if other[k] != found[k]}
    return left


def narrow(cells: Iterable[Count], kinds: Mapping[CellKey, Suppression], sums: Sums) -> set[tuple[CellKey, int]]:
    """The small numbers that cannot be 4, or not as low as they could with every larger number withheld; with that."""
    cells = [*cells]
    small = {one.key for one in cells if 1 <= one.low == one.high <= 4}
    large = {one.key: WITHHELD for one in cells if one.high > 4}
    found = unreached(seen(cells, kinds), sums, {(k, goal) for k in small for goal in (-3, -2, -1, 4)})
    possible = unreached(seen(cells, {**kinds, **large}), sums, found)
    return found - possible


def unreached(bounds: Seen, sums: Sums, goals: set[tuple[CellKey, int]]) -> set[tuple[CellKey, int]]:
    """The goals of keys that no reading meets: at least as much, and at most as much where it is negative."""
    model, variables = model_of(bounds, sums)
    left = set(goals)
    while left:
        again = model.clone()
        met = {at: again.new_bool_var("") for at in left}
        for (k, goal), is_met in met.items():
            variable = again.get_int_var_from_proto_index(variables[k].index)
            again.add(variable >= goal if goal > 0 else variable <= -goal).only_enforce_if(is_met)
        again.maximize(sum(met.values()))
        reading = solved(again, variables)
        now = {(k, goal) for k, goal in left if (reading[k] >= goal if goal > 0 else reading[k] <= -goal)}
        if not now:
            return left
        left -= now
    return left


def model_of(bounds: Seen, sums: Sums) -> tuple[cp_model.CpModel, Variables]:
    """All readings of what is seen: every number within its bounds, and every sum kept."""
    model = cp_model.CpModel()
    variables = {k: model.new_int_var(low, high, str(k)) for k, (low, high, _) in bounds.items()}
    for whole, parts, lack in sums:
        model.add(variables[whole] == sum(variables[part] for part in parts) + lack)
    return model, variables


def other_readings(
    model: cp_model.CpModel, variables: Variables, first: Reading, keys: Iterable[CellKey]
) -> Iterator[Reading]:
    """Readings beside the first, until each of the keys that can has had another value."""
    left = set(keys)
    while left:
        again = model.clone()
        differs = {k: again.new_bool_var("") for k in left}
        for k, is_other in differs.items():
            again.add(again.get_int_var_from_proto_index(variables[k].index) != first[k]).only_enforce_if(is_other)
        again.maximize(sum(differs.values()))
        other = solved(again, variables)
        moved = {k for k in left if other[k] != first[k]}
        if not moved:
            return
        left -= moved
        yield other


def solved(model: cp_model.CpModel, variables: Variables) -> Reading:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.relative_gap_limit = 0.5
    assert solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE), "no reading of the shown numbers at all"
    return {k: solver.value(variable) for k, variable in variables.items()}


def seen(cells: Iterable[Count], kinds: Mapping[CellKey, Suppression]) -> Seen:
    """What a reader sees of cells: lowest, highest, whether it is hidden; that a large one is withheld is known."""
    found: Seen = {}
    for one in cells:
        kind = kinds.get(one.key)
        least = min(one.low, 1 if one.low < 5 else 5)
        shown = {None: (one.low, one.high), SMALL: (least, 4), RECOVERED: (0, 4), WITHHELD: (least, MOST)}[kind]
        found[one.key] = (*shown, kind is not None and one.high > 0)
    return found


class Region:
    """All counts of a region, what is hidden of them, and the sums that a reader can know, found by other means."""

    def __init__(self, database: Path, region: str) -> None:
        with closing(connect(database)) as db:
            self.metadata = read_metadata(db)
            self.places = [p.id for p in self.metadata.places.values() if region in (p.region, p.id)]
            asked = [i.id for i in self.metadata.indicators.values() if i.counts_people]
            self.numbers = {i: found for i in asked if (found := read_numbers(db, i, self.places))}
            self.known = {
                CellKey(i, *at[:3], prefix + at[3]): bounds
                for i in self.numbers
                for kind, prefix in (("group", GROUP), ("printed", HEADING))
                for at, bounds in read_known_sums(db, i, kind, self.places).items()
            }
            self.kinds = {
                key: kind for i in self.numbers for key, kind in read_suppressions(db, i, self.places).items()
            }
        self.region = region
        self.cells = {
            CellKey(i, n.place, n.period, n.geweld, n.category): (n.low, n.high)
            for i, found in self.numbers.items()
            for n in found
        }
        self.recovered = {
            CellKey(i, n.place, n.period, n.geweld, n.category)
            for i, found in self.numbers.items()
            for n in found
            if n.is_recovered
        }
        self.sums = [*self.gathered(), *self.splits(), *self.between()]

    def gathered(self) -> Iterator[Sum]:
        """The groups and headings that classes stand under."""
        members: dict[CellKey, list[CellKey]] = defaultdict(list)
        for i, found in self.numbers.items():
            for n in found:
                for name in (GROUP + n.group, HEADING + n.label.split(" / ")[0]):
                    if n.category and name != GROUP:
                        at = CellKey(i, n.place, n.period, n.geweld, name)
                        members[at].append(at._replace(category=n.category))
        for whole, parts in members.items():
            bounds = [sum(end) for end in zip(*(self.cells[part] for part in parts), strict=True)]
            known = self.known.get(whole, bounds)
            self.cells[whole] = (max(bounds[0], known[0]), min(bounds[1], known[1]))
            self.recovered |= {whole} if self.recovered.intersection(parts) else set()
            yield whole, parts, 0

    def splits(self) -> Iterator[Sum]:
        """Periods, places, geweld and classes that make up a whole."""
        halves = {"2019": ("2019-H1", "2019-H2"), "2020": ("2020-H1", "2020-H2"), "2021": ("2021-H1", "2021-H2")}
        halves |= {"2021-H1": ("2021-Q1", "2021-Q2"), "2020/2021": ("2020", "2021")}
        within = [place for place in self.places if place != self.region]
        for whole in self.cells:
            options = [[whole._replace(period=part) for part in halves.get(whole.period, ())]]
            if whole.place == self.region:
                options.append([whole._replace(place=place) for place in within])
            if whole.geweld == "alle":
                options.append([whole._replace(geweld=kind) for kind in ("km", "hg", "om", "geen", "onbekend")])
            if not whole.category:
                of_this = {n.category for n in self.numbers[whole.indicator] if n.category}
                options.append([whole._replace(category=name) for name in sorted(of_this)])
            for parts in options:
                yield from self.adding_up(whole, [part for part in parts if part in self.cells])

    def between(self) -> Iterator[Sum]:
        """What data/claims says of indicators, and the groups of functions."""
        for whole in list(self.cells):
            for part in {"meldingen": ["meldingen_naar_aard"], "adviezen": ["adviezen_naar_aard"]}.get(
                whole.indicator, []
            ):
                yield from self.adding_up(whole, [whole._replace(indicator=part)])
            if whole.indicator == "adviezen":
                names = ("adviezen_professionals_functie", "adviezen_particulieren")
                yield from self.adding_up(whole, [whole._replace(indicator=name) for name in names])
            if whole.indicator == "adviezen_professionals_functie":
                yield from self.adding_up(whole, [whole._replace(indicator="adviezen_professionals")])
            if whole.indicator == "meldingen_professionals_functie":
                years = [whole._replace(indicator="meldingen_professionals", period=year) for year in ("2020", "2021")]
                yield from self.adding_up(whole, years)

    def adding_up(self, whole: CellKey, parts: Sequence[CellKey]) -> Iterator[Sum]:
        """The parts as a sum, where all are there and their bounds allow it."""
        if not parts or not self.cells.keys() >= set(parts):
            return
        low, high = (sum(self.cells[part][end] for part in parts) for end in (0, 1))
        if low <= self.cells[whole][1] and self.cells[whole][0] <= high:
            yield whole, parts, 0

    @property
    def counts(self) -> list[Count]:
        """All cells as the search is given them."""
        return [Count(k, round(low), round(high), 0, k in self.recovered) for k, (low, high) in self.cells.items()]

    def seen(self, kinds: Mapping[CellKey, Suppression]) -> Seen:
        return seen(self.counts, kinds)
