"""Puts lost blanks back, with proof: what each cell is at least and at most over all arrangements that fit.

Of a row that lost its blanks the numbers are known, in order, each in a column of its own; what is blank counts as
nothing. Columns add up to their printed totals. The solver (OR-tools, needed only here) looks at all rows of a table
together: a bound stands once an arrangement reaches it and none goes beyond.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from time import monotonic

from ortools.sat.python import cp_model

from vt.audit.puzzle import Puzzle, find_recoverable, make_puzzle
from vt.audit.recovered import Bound, is_current
from vt.audit.results import format_number
from vt.errors import DataError, Fault
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import load_reports
from vt.ingest.writer import write_file

SECONDS = 600.0
_WORKERS = 2
_ONE_QUESTION = 0.1  # the share of a table's time that one bound may take
_MOST_NAMED = 6
_CONFLICT_SECONDS = 10.0
_HEADER = """\
# Made by `vt recover` from data/reports/{report}.yaml; do not edit. Per row that lost its blank cells, what stands
# in each column: a number where every arrangement that fits gives it, else [lowest, highest] over all that fit.
# sums: the same for all rows together (all), per printed heading, per shared group, per KM/HG/OM.
tables:
"""
Domains = list[list[set[int]]]


class NothingFitsError(Exception):
    """No arrangement fits; the text says which printed numbers contradict each other."""


@dataclass(frozen=True)
class Solution:
    """What a table's recovery found: bounds by line and column, by sum and column, and how sure they are."""

    puzzle: Puzzle
    cells: dict[int, list[Bound]]
    sums: list[list[Bound]]
    unproved: int
    seconds: float

    @property
    def exact(self) -> bool:
        """Whether every bound is reached by some arrangement; else the time was up and some are too wide."""
        return self.unproved == 0

    @property
    def recovered(self) -> int:
        """How many cells are known for certain."""
        return sum(bound.low == bound.high for row in self.cells.values() for bound in row)

    @property
    def bounded(self) -> int:
        """How many cells are known within bounds."""
        return sum(map(len, self.cells.values())) - self.recovered


def recover_all(data: Path, seconds: float = SECONDS, again: bool = False) -> None:
    """Recover the tables that lost blanks and write data/recovered.

    A report whose file is up to date, with every bound proved, is left alone unless `again`. Raises DataError for
    reports that cannot be read and for tables that no arrangement fits; `seconds` is the time for one table.
    """
    catalogue = load_catalogue(data / "catalogue")
    faults: list[Fault] = []
    for report in load_reports(data / "reports", catalogue):
        path = data / "recovered" / f"{report.id}.yaml"
        puzzles = [make_puzzle(report, table, catalogue) for table in find_recoverable(report, catalogue)]
        if not puzzles:
            continue
        if not again and is_current(path, report, catalogue):
            print(f"{path}: is bij")
            continue
        solutions = [*_solve_all(report.id, puzzles, seconds, faults)]
        if len(solutions) == len(puzzles):
            write_file(path, _write_yaml(report.id, solutions).encode())
            print(f"{path}: geschreven")
    if faults:
        raise DataError(faults)


def _solve_all(report: str, puzzles: list[Puzzle], seconds: float, faults: list[Fault]) -> Iterator[Solution]:
    for asked in puzzles:
        try:
            solution = recover(asked, seconds)
        except NothingFitsError as error:
            hint = "vergelijk met het rapport; een totaal dat zo gedrukt is, hoort onder differences"
            faults.append(Fault(f"{report}.yaml", table=asked.name, found=str(error), meant=hint))
            continue
        print(f"{report}, tabel {asked.number}: {_describe_solution(solution)}", flush=True)
        yield solution


def _describe_solution(solution: Solution) -> str:
    counts = f"{solution.recovered} cellen herleid, {solution.bounded} begrensd in {solution.seconds:.1f} s"
    stopped = f"gestopt door de tijd: {solution.unproved} grenzen kunnen te ruim zijn"
    return f"{counts}; " + ("elke grens is bewezen" if solution.exact else stopped)


def recover(asked: Puzzle, seconds: float = SECONDS) -> Solution:
    """The bounds of every cell that lost its place; raises NothingFitsError where no arrangement fits."""
    return _Search(asked, seconds).run()


# What can be said at once: which values a cell can have by its row alone and by each total alone.
def _allow_all(asked: Puzzle) -> Domains:
    wide = range(len(asked.columns))
    return [[{0, *line.numbers} if line.lost else {line.numbers[column]} for column in wide] for line in asked.lines]


def narrow(asked: Puzzle, domains: Domains) -> bool:
    """Take away, until nothing changes, the values that a row or total cannot have; False if a cell has none left."""
    before = -1
    while before != (size := sum(len(values) for row in domains for values in row)):
        before = size
        for n in asked.lost:
            _keep_order(asked.lines[n].numbers, domains[n])
        for evidence in asked.evidence:
            _keep_total([domains[n][column] for n in evidence.lines for column in evidence.columns], evidence.value)
    return all(values for row in domains for values in row)


def _keep_order(numbers: Sequence[int], row: list[set[int]]) -> None:
    """Leave the values that occur in some arrangement of this row: paths of (columns passed, numbers placed)."""
    steps = [[(0, 0), *((1, number) for number in (*numbers[k : k + 1],))] for k in range(len(numbers) + 1)]
    ahead: list[set[int]] = [{0}]
    for values in row:
        ahead.append({k + step for k in ahead[-1] for step, value in steps[k] if value in values})
    goal = {len(numbers)} & ahead[-1]
    for column in reversed(range(len(row))):
        kept = [
            (k, value) for k in ahead[column] for step, value in steps[k] if value in row[column] and k + step in goal
        ]
        goal, row[column] = {k for k, _ in kept}, row[column] & {value for _, value in kept}


def _keep_total(cells: list[set[int]], total: int) -> None:
    """Leave the values that occur in some choice of one value per cell with this sum; sums are bits of a number."""
    needed = [1 << total]
    for values in reversed(cells):
        needed.append(_join_bits(needed[-1] >> value for value in values))
    needed.reverse()
    reached = 1
    for n, values in enumerate(cells):
        values &= {value for value in values if reached & (needed[n + 1] >> value)}
        reached = _join_bits(reached << value for value in values)


def _join_bits(sums: Iterable[int]) -> int:
    mask = 0
    for bits in sums:
        mask |= bits
    return mask


# What the solver is asked.
def _add_terms(terms: Iterable[cp_model.LinearExpr]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum([*terms])


class _Model:
    """All arrangements that fit: a boolean says that the k-th number of a line stands in a column.

    Lines in `loose` are not held to their numbers' order and count: each of their cells is blank or any of the numbers.
    """

    def __init__(
        self,
        asked: Puzzle,
        domains: Domains,
        evidence: Collection[int] | None = None,
        loose: Collection[int] = (),
    ) -> None:
        self.model = cp_model.CpModel()
        self.width = len(asked.columns)
        self.cells: list[list[cp_model.LinearExpr]] = []
        for n, line in enumerate(asked.lines):
            place = self._add_lost if line.lost else self._add_known
            self.cells.append(place(line.numbers, domains[n], n in loose))
        for n, told in enumerate(asked.evidence):
            if evidence is None or n in evidence:
                block = _add_terms(self.cells[row][column] for row in told.lines for column in told.columns)
                self.model.add(block == told.value)

    def _add_known(self, numbers: tuple[int, ...], *_: object) -> list[cp_model.LinearExpr]:
        return [self.model.new_constant(number) for number in numbers]

    def _add_lost(self, numbers: tuple[int, ...], values: list[set[int]], loose: bool) -> list[cp_model.LinearExpr]:
        count, wide = len(numbers), range(self.width)
        stands = [
            {
                column: self.model.new_bool_var("")
                for column in wide
                if numbers[k] in values[column] and (loose or k <= column <= self.width - count + k)
            }
            for k in range(count)
        ]
        for column in wide:
            here = [place[column] for place in stands if column in place]
            alone = self.model.add_at_most_one if 0 in values[column] else self.model.add_exactly_one
            alone(here)
        if not loose:
            self._require_order(stands)
        return [
            _add_terms(numbers[k] * stands[k][column] for k in range(count) if column in stands[k]) for column in wide
        ]

    def _require_order(self, stands: list[dict[int, cp_model.IntVar]]) -> None:
        """Each number stands once; by any column, a number is there only if the one before it is there sooner."""
        for place in stands:
            self.model.add_exactly_one(place.values())
        for first, then in pairwise(stands):
            for column in then:
                passed = _add_terms(var for n, var in then.items() if n <= column)
                self.model.add(passed <= _add_terms(var for n, var in first.items() if n < column))

    def total(self, lines: Iterable[int], column: int) -> cp_model.LinearExpr:
        """What these lines add up to in a column."""
        return _add_terms(self.cells[n][column] for n in lines)

    def solve(self, seconds: float) -> tuple[str, cp_model.CpSolver]:
        """OPTIMAL, FEASIBLE, INFEASIBLE or UNKNOWN (the time was up), and the solver with its answer."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = _WORKERS
        solver.parameters.max_time_in_seconds = max(seconds, 0.0)
        return solver.status_name(solver.solve(self.model)), solver


@dataclass
class _Span:
    """What lines add up to in a column: `low` and `high` hold for certain, `least` and `most` were seen."""

    lines: tuple[int, ...]
    column: int
    low: int
    high: int
    least: int | None = None
    most: int | None = None

    def note_value(self, value: int) -> None:
        self.least = value if self.least is None else min(self.least, value)
        self.most = value if self.most is None else max(self.most, value)

    @property
    def open(self) -> int:
        """How many of its two bounds are not proved."""
        return 0 if self.low == self.high else (self.low != self.least) + (self.high != self.most)


@dataclass
class _Search:
    """The bounds of one table: narrowed at once, then asked of the solver one by one."""

    asked: Puzzle
    seconds: float
    started: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        columns = range(len(self.asked.columns))
        self.domains = _allow_all(self.asked)
        self.cells = {(n, c): self._make_span((n,), c) for n in self.asked.lost for c in columns}
        together = {about.lines for about in self.asked.sums}
        self.sums = {(lines, c): self._make_span(lines, c) for lines in sorted(together, key=len) for c in columns}

    def _make_span(self, lines: tuple[int, ...], column: int) -> _Span:
        return _Span(lines, column, *self._add_up_bounds(lines, column))

    def run(self) -> Solution:
        if not narrow(self.asked, self.domains):
            raise NothingFitsError(_explain(self.asked))
        self._tighten()
        status, model, solver = self._solve(lambda _: None, share=1.0)
        if status == "INFEASIBLE":
            raise NothingFitsError(_explain(self.asked))
        if status != "UNKNOWN":
            self._note(model, solver)
            for span in (*self.cells.values(), *self.sums.values()):
                self._push(span, 1)
                self._push(span, -1)
        return self._conclude()

    def _solve(
        self, ask: Callable[[_Model], None], share: float = _ONE_QUESTION
    ) -> tuple[str, _Model, cp_model.CpSolver]:
        model = _Model(self.asked, self.domains)
        ask(model)
        left = self.started + self.seconds - monotonic()
        status, solver = model.solve(min(left, self.seconds * share))
        return status, model, solver

    def _push(self, span: _Span, way: int) -> None:
        """Find the highest (way 1) or lowest (way -1) that any arrangement gives, or how far the time reaches."""
        if self._is_reached(span, way) or monotonic() > self.started + self.seconds:
            return
        seen = span.most if way > 0 else span.least
        assert seen is not None  # the first arrangement showed every cell

        def ask(model: _Model) -> None:
            total = model.total(span.lines, span.column)
            model.model.add(way * total >= way * seen + 1)
            model.model.maximize(way * total)

        status, model, solver = self._solve(ask)
        if status == "INFEASIBLE":
            self._prove(span, way, seen)
        elif status == "UNKNOWN":
            return
        else:
            self._note(model, solver)
            self._prove(span, way, way * round(solver.best_objective_bound))

    @staticmethod
    def _is_reached(span: _Span, way: int) -> bool:
        return span.low == span.high or (span.high == span.most if way > 0 else span.low == span.least)

    def _prove(self, span: _Span, way: int, bound: int) -> None:
        """Nothing goes beyond this bound; of a cell that may tell more about other cells."""
        if way > 0:
            span.high = min(span.high, bound)
        else:
            span.low = max(span.low, bound)
        if len(span.lines) == 1:
            kept = {v for v in self.domains[span.lines[0]][span.column] if span.low <= v <= span.high}
            self.domains[span.lines[0]][span.column] = kept
            narrow(self.asked, self.domains)
            self._tighten()

    def _note(self, model: _Model, solver: cp_model.CpSolver) -> None:
        grid = [[int(solver.value(cell)) for cell in row] for row in model.cells]
        for span in (*self.cells.values(), *self.sums.values()):
            span.note_value(sum(grid[n][span.column] for n in span.lines))

    def _tighten(self) -> None:
        """Take over what narrowing proved; of a sum also what the column's total leaves it."""
        for span in self.cells.values():
            values = self.domains[span.lines[0]][span.column]
            span.low, span.high = min(values), max(values)
        wholes = {e.columns[0]: e for e in self.asked.evidence if len(e.columns) == 1 and len(e.lines) > 1}
        for span in self.sums.values():
            low, high = self._add_up_bounds(span.lines, span.column)
            whole = wholes.get(span.column)
            if whole and set(span.lines) <= set(whole.lines):
                others = self._add_up_bounds(set(whole.lines) - set(span.lines), span.column)
                low, high = max(low, whole.value - others[1]), min(high, whole.value - others[0])
            span.low, span.high = max(low, span.low), min(high, span.high)

    def _add_up_bounds(self, lines: Iterable[int], column: int) -> tuple[int, int]:
        values = [self.domains[n][column] for n in lines]
        return sum(map(min, values)), sum(map(max, values))

    def _conclude(self) -> Solution:
        columns = range(len(self.asked.columns))

        def bounds(spans: Iterable[_Span]) -> list[Bound]:
            return [Bound(span.low, span.high) for span in spans]

        return Solution(
            self.asked,
            {n: bounds(self.cells[n, c] for c in columns) for n in self.asked.lost},
            [bounds(self.sums[about.lines, c] for c in columns) for about in self.asked.sums],
            sum(span.open for span in (*self.cells.values(), *self.sums.values())),
            monotonic() - self.started,
        )


# Why nothing fits.
def _explain(asked: Puzzle) -> str:
    """Which totals and rows cannot all be right: taken away one by one as long as what is left still contradicts."""
    totals, rows = list(range(len(asked.evidence))), list(asked.lost)
    domains = _allow_all(asked)

    def contradicts(evidence: Collection[int], strict: Collection[int]) -> bool:
        loose = set(asked.lost) - set(strict)
        return _Model(asked, domains, evidence, loose).solve(_CONFLICT_SECONDS)[0] == "INFEASIBLE"

    for n in [*totals]:
        left = [other for other in totals if other != n]
        totals = left if contradicts(left, rows) else totals
    for n in [*rows]:
        left = [other for other in rows if other != n]
        rows = left if contradicts(totals, left) else rows
    return _find_unequal(asked) + _describe_contradiction(asked, totals, rows)


def _find_unequal(asked: Puzzle) -> str:
    """All numbers together against all totals together, where each column has one and they differ."""
    everything = tuple(range(len(asked.lines)))
    totals = {e.columns: e.value for e in asked.evidence if e.lines == everything and len(e.columns) == 1}
    numbers, printed = sum(sum(line.numbers) for line in asked.lines), sum(totals.values())
    if len(totals) < len(asked.columns) or numbers == printed:
        return ""
    return (
        f"de getallen tellen op tot {format_number(numbers)}, de totalen van de kolommen tot {format_number(printed)}; "
    )


def _describe_contradiction(asked: Puzzle, totals: list[int], rows: list[int]) -> str:
    names = _list_names([_name_total(asked, n) for n in totals])
    labels = _list_names([f"“{asked.lines[n].label}”" for n in rows])
    if not rows:
        return f"met geen enkele keuze uit de getallen komt {names} uit"
    return f"geen verdeling van rij {labels} over de kolommen geeft {names}"


def _name_total(asked: Puzzle, n: int) -> str:
    evidence = asked.evidence[n]
    columns = _list_names([asked.columns[column] for column in evidence.columns])
    rows = _list_names([f"“{asked.lines[n].label}”" for n in evidence.lines])
    where = f"kolom {columns}" + (f", rij {rows}" if len(evidence.lines) < len(asked.lines) else "")
    return f"{where} = {format_number(evidence.value)} ({evidence.source})"


def _list_names(names: list[str]) -> str:
    if len(names) > _MOST_NAMED:
        return ", ".join(names[: _MOST_NAMED - 1]) + f" en {len(names) - _MOST_NAMED + 1} andere"
    return " en ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


# The file: texts and rows as JSON has them, which YAML reads whatever they contain.
def _write_yaml(report: str, solutions: Iterable[Solution]) -> str:
    return _HEADER.format(report=report) + "\n".join(line for solution in solutions for line in _list_lines(solution))


def _list_lines(solution: Solution) -> Iterator[str]:
    asked = solution.puzzle
    yield f"  - number: {_quote(asked.number)}"
    yield f"    heading: {_quote(asked.heading)}"
    yield f"    sha256: {asked.fingerprint}"
    yield "    evidence:"
    for source, count in Counter(evidence.source for evidence in asked.evidence).items():
        yield f"      - {_quote(f'{source}: {count} getallen')}"
    yield f"    exact: {_quote(solution.exact)}"
    yield f"    columns: {_quote(asked.columns)}"
    yield "    cells:"
    yield from _align({asked.lines[n].label: row for n, row in solution.cells.items()}, 6)
    if asked.sums:
        yield "    sums:"
    named = zip(asked.sums, solution.sums, strict=True)
    for kind, members in groupby(named, lambda pair: pair[0].kind):
        yield f"      {kind}:"
        yield from _align({about.name: row for about, row in members}, 8)
    yield ""


def _align(rows: dict[str, list[Bound]], indent: int) -> Iterator[str]:
    wide = max((len(_quote(label)) for label in rows), default=0) + 1
    for label, bounds in rows.items():
        numbers = [bound.low if bound.low == bound.high else [bound.low, bound.high] for bound in bounds]
        yield f"{' ' * indent}{_quote(label) + ':':<{wide}} {_quote(numbers)}"


def _quote(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
