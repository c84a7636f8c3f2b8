"""Every SELECT of the explorer. Rows come out as named tuples: a figure handles dozens of them, for which a DataFrame
costs more than the query."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from vt.catalogue import Indicator, Norm, Place, Story, StoryFigure, StorySlide, Term
from vt.period import Period


class Number(NamedTuple):
    """One row of `measured`, with what it needs to be shown; value is None where only low and high are known."""

    place: str
    period: str
    geweld: str
    category: str
    label: str
    short: str
    is_rest: bool
    group: str
    group_label: str
    value: float | None
    low: float
    high: float
    is_provisional: bool
    is_recovered: bool
    basis: str
    source_table: int

    @property
    def slice(self) -> "Slice":
        """Which numbers of its table it is, or is the sum of."""
        return Slice(self.place, self.period, self.geweld, (self.category,) if self.category else ())


class Slice(NamedTuple):
    """Numbers of a printed table: of a place, a period, a geweld ("alle": all) and categories (none: all).

    As text, in links: zwolle~2021~km~melders/politie.
    """

    place: str
    period: str
    geweld: str
    categories: tuple[str, ...]

    def __str__(self) -> str:
        return "~".join((self.place, self.period, self.geweld, *self.categories))

    @classmethod
    def parse(cls, text: str) -> "Slice | None":
        """The slice that a text names; None where it names none."""
        place, period, geweld, *categories = [*text.split("~"), "", ""]
        return cls(place, period, geweld, tuple(filter(None, categories))) if place and period and geweld else None

    def holds(self, other: "Slice", whole: str) -> bool:
        """Whether another slice is part of this one; `whole` is the place that the table covers."""
        mine, inner = Period.parse(self.period), Period.parse(other.period)
        return (
            self.place in (other.place, whole)
            and mine.start <= inner.start
            and inner.end <= mine.end
            and self.geweld in ("alle", other.geweld)
            and (not self.categories or (bool(other.categories) and set(other.categories) <= set(self.categories)))
        )


@dataclass(frozen=True)
class SourceTable:
    """Where a number was printed."""

    id: int
    report: str
    report_title: str
    publisher: str
    number: str
    heading: str
    indicator: str
    place: str
    period: str
    is_prose: bool
    caveat: str | None
    differences: tuple[str, ...]
    sequences: tuple[str, ...]  # rows that lost their blanks and were not worked out
    address: str  # stays the same from build to build: ijsselland_2021/4.1/2


@dataclass(frozen=True)
class Coverage:
    """What is there for one indicator, place and period: the geweld with a total, and the geweld of its classes."""

    period: Period
    geweld: frozenset[str]
    class_geweld: frozenset[str]
    source_table: int

    @property
    def has_categories(self) -> bool:
        """Whether the number is also split by class."""
        return bool(self.class_geweld)


@dataclass(frozen=True)
class Reference:
    """All that pages need to know beside the numbers; read once per database."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, Place]
    population: Mapping[tuple[str, int], float]
    tables: Mapping[int, SourceTable]
    coverage: Mapping[tuple[str, str], tuple[Coverage, ...]]
    doubted: Mapping[int, tuple["Doubted", ...]]
    regions_covered: frozenset[str]
    data_version: str
    built_at: str
    stories: tuple[Story, ...] = ()
    grouped: frozenset[str] = frozenset()  # classifications with groups that all regions share

    def covered(self, indicator: str, place: str) -> tuple[Coverage, ...]:
        """The periods for which there is a number, in order of time; none where the place has none."""
        return self.coverage.get((indicator, place), ())

    def places_with_data(self) -> list[Place]:
        """Every place that has a number, in the order of the catalogue."""
        known = {place for _, place in self.coverage}
        return [place for place in self.places.values() if place.id in known]

    def inhabitants(self, place: str, period: Period) -> float | None:
        """Inhabitants on 1 January of the year in which the period begins."""
        return self.population.get((place, period.year))


def reference(db: sqlite3.Connection) -> Reference:
    """Read what does not depend on a visitor's choice."""
    build = dict(db.execute("SELECT key, value FROM build").fetchall())
    return Reference(
        indicators=_indicators(db),
        places=_places(db),
        population={(p, y): n for p, y, n in db.execute("SELECT place, year, inhabitants FROM population")},
        tables=_tables(db),
        coverage=_coverage(db),
        doubted=_doubted(db),
        regions_covered=frozenset(row[0] for row in db.execute("SELECT region FROM report")),
        data_version=build["data_version"],
        built_at=build["built_at"],
        stories=stories(db),
        grouped=frozenset(
            row[0] for row in db.execute("SELECT classification FROM category WHERE category_group IS NOT NULL")
        ),
    )


def numbers(
    db: sqlite3.Connection, indicator: str, places: Collection[str], periods: Collection[str] | None = None
) -> list[Number]:
    """The numbers of an indicator for these places in these periods, or in all: every geweld and category; '' is summed
    over."""
    marks = ", ".join("?" * len(places))
    within = f"AND m.period IN ({', '.join('?' * len(periods))})" if periods is not None else ""
    rows = db.execute(
        f"""
        SELECT m.place, m.period, m.geweld, m.category, coalesce(c.label, ''), coalesce(c.short, ''),
            coalesce(c.is_rest, 0), coalesce(parent.id, g.id, ''), coalesce(parent.label, g.label, ''),
            m.value, m.low, m.high, m.is_provisional, m.is_recovered, m.basis, m.source_table
        FROM measured AS m
        LEFT JOIN category AS c ON c.id = m.category
        LEFT JOIN category_group AS g ON g.id = c.category_group
        LEFT JOIN category_group AS parent ON parent.id = g.parent
        WHERE m.indicator = ? AND m.place IN ({marks}) {within}
        ORDER BY c.position
        """,
        (indicator, *places, *(periods or ())),
    )
    return [Number._make(row) for row in rows]


class Verdict(NamedTuple):
    """What came of one check; printed and computed are the two sides of a relation."""

    id: int
    report: str
    source_table: int | None
    chapter: str
    kind: str
    about: str
    printed: float | None
    computed: float | None
    unit: str
    outcome: str
    severity: str | None
    explanation: str | None
    remark: str | None
    beside: str | None


class Doubted(NamedTuple):
    """A number of a table that differs from what it should be, and the verdict that says so."""

    verdict: Verdict
    slice: Slice


class Spot(NamedTuple):
    """Where a number stands: the printed grid of a table, or the text of a chapter."""

    report: str
    source_table: int | None
    chapter: str
    heading: str
    what: str
    row: int | None
    column: int | None
    kind: str
    contested: str | None


class ReportRow(NamedTuple):
    """A report and how much of it is in."""

    report: str
    title: str
    publisher: str
    period: str
    licence: str
    url: str | None
    note: str | None
    tables: int
    cells: int
    totals: int


_VERDICT = """
    v.id, v.report, v.source_table, v.chapter, v.kind, v.about, v.printed, v.computed, v.unit, v.outcome,
    f.severity, v.explanation, v.remark, v.beside
    FROM verdict AS v LEFT JOIN finding AS f ON f.id = v.id
"""


def verdicts(db: sqlite3.Connection, report: str | None = None) -> list[Verdict]:
    """Every verdict, of one report or of all, in the order of the reports."""
    if report is None:
        rows = db.execute(f"SELECT {_VERDICT} ORDER BY v.id")
    else:
        rows = db.execute(f"SELECT {_VERDICT} WHERE v.report = ? ORDER BY v.id", (report,))
    return [Verdict._make(row) for row in rows]


def find_number(db: sqlite3.Connection, value: float) -> list[Spot]:
    """Everywhere that a number is printed, stated or computed, cells first; `contested` says what is wrong with it."""
    rows = db.execute(
        """
        SELECT t.report, t.id, t.number, t.heading, concat_label, number.row_position, number.column_position, kind,
            CASE WHEN EXISTS (
                SELECT 1 FROM verdict AS w JOIN verdict_cell AS x ON x.verdict = w.id
                WHERE w.source_table = t.id AND w.kind = 'totaal' AND w.outcome = 'wijkt af'
                AND x.row_position = number.row_position AND x.column_position = number.column_position
            ) THEN 'omstreden' END
        FROM (
            SELECT o.source_table, r.label || ', ' || c.label AS concat_label, o.row_position, o.column_position,
                'gedrukt' AS kind, o.value
            FROM observation AS o
            JOIN source_row AS r ON r.source_table = o.source_table AND r.position = o.row_position
            JOIN source_column AS c ON c.source_table = o.source_table AND c.position = o.column_position
            UNION ALL
            SELECT k.source_table, coalesce(r.label || ', ' || c.label, 'los totaal'), k.row_position,
                k.column_position, 'gedrukt totaal', k.value
            FROM printed_total AS k
            LEFT JOIN source_row AS r ON r.source_table = k.source_table AND r.position = k.row_position
            LEFT JOIN source_column AS c ON c.source_table = k.source_table AND c.position = k.column_position
        ) AS number
        JOIN source_table AS t ON t.id = number.source_table
        WHERE number.value = ?1
        UNION ALL
        SELECT v.report, v.source_table, v.chapter, coalesce(t.heading, ''), v.about, NULL, NULL,
            CASE WHEN v.printed = ?1 AND v.kind <> 'verband' THEN 'beweerd' ELSE 'nagerekend' END,
            CASE WHEN v.outcome IN ('wijkt af', 'afgekapt') THEN v.outcome END
        FROM verdict AS v LEFT JOIN source_table AS t ON t.id = v.source_table
        WHERE v.id IN (
            SELECT id FROM verdict WHERE printed = ?1 AND kind IN ('bewering', 'afgeleid', 'verband')
            UNION ALL SELECT id FROM verdict WHERE computed = ?1 AND outcome = 'wijkt af'
        )
        """,
        (value,),
    )
    order = ("gedrukt", "gedrukt totaal", "beweerd", "nagerekend")
    return sorted((Spot._make(row) for row in rows), key=lambda spot: order.index(spot.kind))


def collection(db: sqlite3.Connection) -> list[ReportRow]:
    """Every report with its number of tables, cells and printed totals."""
    rows = db.execute(
        """
        SELECT r.id, r.title, r.publisher, p.label, r.licence, r.url, r.note, s.tables, s.cells, s.totals
        FROM report AS r
        JOIN period AS p ON p.id = r.period
        JOIN report_size AS s ON s.report = r.id
        ORDER BY r.id
        """
    )
    return [ReportRow._make(row) for row in rows]


@dataclass(frozen=True)
class PrintedTable:
    """A table as it was printed: a number per row and column, and the totals that stand outside the grid.

    `sequences` are rows that lost their blanks; `worked` has (low, high) of their cells that were worked out; `beside`
    are printed columns that follow from the others, each with the verdict on its number per row.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    sequences: frozenset[int]
    cells: Mapping[tuple[int, int], float]
    totals: frozenset[tuple[int, int]]
    deviating: frozenset[tuple[int, int]]
    outside: tuple[tuple[str, float, bool], ...]
    worked: Mapping[tuple[int, int], tuple[float, float]]
    beside: Mapping[str, Mapping[int, Verdict]]


def printed_table(db: sqlite3.Connection, source_table: int) -> PrintedTable:
    """One table as printed; `deviating` are the totals that differ from their parts."""
    columns = db.execute(
        "SELECT label FROM source_column WHERE source_table = ? ORDER BY position", (source_table,)
    ).fetchall()
    rows = db.execute(
        "SELECT label, is_sequence FROM source_row WHERE source_table = ? ORDER BY position", (source_table,)
    ).fetchall()
    cells, worked = _printed_cells(db, source_table)
    inside, outside = _printed_totals(db, source_table)
    return PrintedTable(
        tuple(label for (label,) in columns),
        tuple(label for label, _ in rows),
        frozenset(n for n, (_, is_sequence) in enumerate(rows) if is_sequence),
        cells | {at: value for at, (value, _) in inside.items()},
        frozenset(inside),
        frozenset(at for at, (_, differs) in inside.items() if differs),
        tuple(outside),
        worked,
        _beside(db, source_table),
    )


def _printed_cells(
    db: sqlite3.Connection, source_table: int
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], tuple[float, float]]]:
    cells: dict[tuple[int, int], float] = {}
    worked: dict[tuple[int, int], tuple[float, float]] = {}
    for row, column, value, low, high, status in db.execute(
        "SELECT row_position, column_position, value, low, high, status FROM observation WHERE source_table = ?",
        (source_table,),
    ):
        if status == "printed":
            cells[row, column] = value
        else:
            worked[row, column] = (low, high)
    return cells, worked


def _beside(db: sqlite3.Connection, source_table: int) -> dict[str, dict[int, Verdict]]:
    """The printed columns outside the grid, by name and row."""
    found: dict[str, dict[int, Verdict]] = defaultdict(dict)
    for row, *verdict in db.execute(
        f"""
        SELECT (SELECT min(x.row_position) FROM verdict_cell AS x WHERE x.verdict = v.id), {_VERDICT}
        WHERE v.source_table = ? AND v.beside IS NOT NULL ORDER BY v.id
        """,
        (source_table,),
    ):
        made = Verdict._make(verdict)
        found[made.beside or ""][row] = made
    return dict(found)


def _printed_totals(
    db: sqlite3.Connection, source_table: int
) -> tuple[dict[tuple[int, int], tuple[float, bool]], list[tuple[str, float, bool]]]:
    """The totals inside the grid and those outside it, each with whether it differs from its parts."""
    inside: dict[tuple[int, int], tuple[float, bool]] = {}
    outside: list[tuple[str, float, bool]] = []
    for row, column, value, differs, label in db.execute(
        """
        SELECT k.row_position, k.column_position, k.value, k.difference IS NOT NULL,
            coalesce(c.label || ' ', '') || coalesce(p.label || ' ', '') || coalesce(upper(k.geweld), '')
        FROM printed_total AS k
        LEFT JOIN category AS c ON c.id = k.category
        LEFT JOIN period AS p ON p.id = k.period AND k.period <> (SELECT period FROM source_table WHERE id = ?)
        WHERE k.source_table = ?
        """,
        (source_table, source_table),
    ):
        if row is None:
            outside.append((label.strip() or "Totaal", value, bool(differs)))
        else:
            inside[row, column] = (value, bool(differs))
    return inside, outside


def glossary(db: sqlite3.Connection) -> list[Term]:
    """The terms of the field, in alphabetical order as the catalogue gives them."""
    rows = db.execute("SELECT term, definition, abbreviation FROM glossary ORDER BY rowid")
    return [Term(*row) for row in rows]


def stories(db: sqlite3.Connection) -> tuple[Story, ...]:
    """The ready stories with their slides, in the order of the catalogue."""
    indicators: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for *key, name in db.execute("SELECT story, slide, alternative, indicator FROM story_indicator ORDER BY position"):
        story, slide, alternative = key
        indicators[story, slide, alternative].append(name)
    slides: dict[str, dict[int, StorySlide]] = defaultdict(dict)
    for story, slide, alternative, spoken, measure, form, label in db.execute(
        "SELECT story, slide, alternative, spoken, measure, form, label FROM story_slide ORDER BY slide, alternative"
    ):
        figure = StoryFigure(form, tuple(indicators[story, slide, alternative]), label)
        before = slides[story][slide].figures if slide in slides[story] else ()
        slides[story][slide] = StorySlide(spoken, (*before, figure), measure)
    rows = db.execute("SELECT id, title, question, meant_for, story_group FROM story ORDER BY position")
    return tuple(
        Story(id_, title, question, meant_for, group, tuple(slides[id_].values()))
        for id_, title, question, meant_for, group in rows.fetchall()
    )


def population_sources(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Where the numbers of inhabitants come from: label and note."""
    return db.execute("SELECT label, note FROM population_source ORDER BY rowid").fetchall()


def cells_of(db: sqlite3.Connection, source_table: int, asked: Slice) -> frozenset[tuple[int, int]]:
    """The (row, column) of the printed numbers that a slice of a table is, or is the sum of."""
    marks = ", ".join("?" * len(asked.categories))
    rows = db.execute(
        f"""
        SELECT o.row_position, o.column_position
        FROM observation AS o
        JOIN source_table AS t ON t.id = o.source_table
        JOIN period AS part ON part.id = o.period
        JOIN period AS whole ON whole.id = ?
        WHERE t.id = ? AND ? IN (o.place, t.place) AND ? IN (o.geweld, 'alle')
        AND part.start >= whole.start AND part.start + part.months <= whole.start + whole.months
        AND {f"o.category IN ({marks})" if asked.categories else "TRUE"}
        AND NOT EXISTS (
            SELECT 1 FROM measured AS m
            WHERE (m.indicator, m.place, m.period, m.geweld, m.category) = (t.indicator, ?, whole.id, ?, '')
            AND m.basis = 'printed total' AND {len(asked.categories)} = 0
        )
        UNION ALL
        SELECT k.row_position, k.column_position
        FROM printed_total AS k
        JOIN source_table AS t ON t.id = k.source_table
        JOIN measured AS m
            ON (m.indicator, m.place, m.period, m.geweld, m.category) = (t.indicator, ?, ?, ?, '')
            AND m.basis = 'printed total'
        WHERE t.id = ? AND k.place = m.place AND coalesce(k.period, t.period) = m.period
        AND coalesce(k.geweld, 'alle') = m.geweld AND k.category IS NULL AND {len(asked.categories)} = 0
        AND k.row_position IS NOT NULL
        """,
        (
            *(asked.period, source_table, asked.place, asked.geweld, *asked.categories, asked.place, asked.geweld),
            *(asked.place, asked.period, asked.geweld, source_table),
        ),
    )
    return frozenset((row, column) for row, column in rows)


def known_sums(
    db: sqlite3.Connection, indicator: str, kind: str, places: Collection[str]
) -> dict[tuple[str, str, str, str], tuple[float, float]]:
    """What cells that were worked out add up to, closer than their own bounds: (place, period, geweld, name) to
    (low, high); kind "printed" by printed heading, "group" by shared group."""
    marks = ", ".join("?" * len(places))
    rows = db.execute(
        f"""
        SELECT k.place, k.period, coalesce(k.geweld, 'alle'), k.name, k.low, k.high
        FROM known_sum AS k JOIN source_table AS t ON t.id = k.source_table
        WHERE t.indicator = ? AND k.kind = ? AND k.place IN ({marks})
        """,
        (indicator, kind, *places),
    )
    return {(place, period, geweld, name): (low, high) for place, period, geweld, name, low, high in rows}


def verdicts_on(db: sqlite3.Connection, report: str) -> dict[int, list[Verdict]]:
    """The verdicts of a report by table: those on its numbers, and those that its numbers are the proof of."""
    by_id = {verdict.id: verdict for verdict in verdicts(db, report)}
    found: dict[int, list[Verdict]] = defaultdict(list)
    rows = db.execute(
        """
        SELECT DISTINCT n.source_table, n.verdict FROM verdict_number AS n JOIN verdict AS v ON v.id = n.verdict
        WHERE v.report = ? ORDER BY n.verdict
        """,
        (report,),
    )
    for table, id_ in rows:
        found[table].append(by_id[id_])
    return found


def _doubted(db: sqlite3.Connection) -> dict[int, tuple[Doubted, ...]]:
    differing = db.execute(f"SELECT {_VERDICT} WHERE v.outcome = 'wijkt af'")
    by_id = {verdict.id: verdict for verdict in map(Verdict._make, differing)}
    found: dict[int, list[Doubted]] = defaultdict(list)
    rows = db.execute(
        """
        SELECT n.verdict, t.id, coalesce(n.place, t.place), coalesce(n.period, t.period),
            coalesce(n.geweld, 'alle'), n.category
        FROM verdict_number AS n
        JOIN verdict AS v ON v.id = n.verdict AND v.outcome = 'wijkt af'
        JOIN source_table AS t ON t.id = n.source_table
        ORDER BY v.id, n.rowid
        """
    )
    for id_, table, place, period, geweld, category in rows:
        slice_ = Slice(place, period, geweld, (category,) if category else ())
        found[table].append(Doubted(by_id[id_], slice_))
    return {table: tuple(items) for table, items in found.items()}


def _indicators(db: sqlite3.Connection) -> dict[str, Indicator]:
    rows = db.execute(
        """
        SELECT id, label, unit, noun, topic, definition, classification, caveat, split, nearest,
            norm, norm_label, norm_source
        FROM indicator ORDER BY position
        """
    )
    found = {}
    for id_, label, unit, noun, topic, definition, classification, caveat, split, nearest, *norm in rows:
        held = Norm(*norm) if norm[0] is not None else None
        found[id_] = Indicator(id_, label, unit, noun, topic, definition, classification, caveat, held, split, nearest)
    return found


def _places(db: sqlite3.Connection) -> dict[str, Place]:
    rows = db.execute("SELECT id, label, kind, region, code, province, tile_column, tile_row FROM place ORDER BY rowid")
    found = {}
    for id_, label, kind, region, code, province, column, row in rows:
        tile = (column, row) if column is not None else None
        found[id_] = Place(id_, label, kind, region, code, province, tile)
    return found


def _tables(db: sqlite3.Connection) -> dict[int, SourceTable]:
    differences: dict[int, list[str]] = defaultdict(list)
    for id_, explanation in db.execute("SELECT source_table, explanation FROM difference ORDER BY id"):
        differences[id_].append(explanation)
    sequences: dict[int, list[str]] = defaultdict(list)
    for id_, label in db.execute(
        """
        SELECT source_table, label FROM source_row
        WHERE is_sequence AND source_table NOT IN (SELECT source_table FROM known_sum)
        ORDER BY position
        """
    ):
        sequences[id_].append(label)
    rows = db.execute(
        """
        SELECT t.id, t.report, r.title, r.publisher, t.number, t.heading, t.indicator, t.place, t.period, t.is_prose,
            t.caveat
        FROM source_table AS t JOIN report AS r ON r.id = t.report ORDER BY t.id
        """
    )
    found = {}
    seen: Counter[tuple[str, str]] = Counter()
    for id_, report, title, publisher, number, heading, indicator, place, period, is_prose, caveat in rows:
        seen[report, number] += 1
        found[id_] = SourceTable(
            id_,
            report,
            title,
            publisher,
            number,
            heading,
            indicator,
            place,
            period,
            bool(is_prose),
            caveat,
            tuple(differences[id_]),
            tuple(sequences[id_]),
            f"{report}/{number}/{seen[report, number]}",
        )
    return found


def _coverage(db: sqlite3.Connection) -> dict[tuple[str, str], tuple[Coverage, ...]]:
    found: dict[tuple[str, str], list[Coverage]] = defaultdict(list)
    kinds = cache(lambda text: frozenset(text.split(",")) if text else frozenset())
    period = cache(Period.parse)
    rows = db.execute("SELECT indicator, place, period, geweld, class_geweld, source_table FROM coverage")
    for indicator, place, period_id, whole, classes, table in rows:
        of_classes = kinds(classes)
        found[indicator, place].append(Coverage(period(period_id), kinds(whole) or of_classes, of_classes, table))
    return {key: tuple(sorted(items, key=lambda item: item.period)) for key, items in found.items()}
