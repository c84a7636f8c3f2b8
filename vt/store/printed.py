"""Reports and tables as printed, and where a number stands in them."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vt.model.hidden import SMALLEST_SHOWN, Bounds, Suppression
from vt.model.verdicts import Standing
from vt.store.connection import write_marks
from vt.store.numbers import Slice
from vt.store.verdicts import VERDICT_COLUMNS, Verdict


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
    instead: float | None  # what the newest report prints for it, or for the newest an older one


class ReportRow(NamedTuple):
    """A report and how much of it is in; days as 2021-12-31."""

    report: str
    title: str
    publisher: str
    period: str
    licence: str
    url: str | None
    note: str | None
    published: str | None
    accessed: str | None
    checked_by: str | None
    checked_on: str | None
    document: str | None
    sha256: str | None
    tables: int
    cells: int
    totals: int


@dataclass(frozen=True)
class TableSource:
    """How a table looks in its document: a picture for each page, with the asked numbers by left, top, width and height
    in per cent of it; and where these stand, as a person is told."""

    pieces: tuple[tuple[int, bytes, tuple[tuple[float, float, float, float], ...]], ...] = ()
    spots: tuple[str, ...] = ()


def read_table_source(db: sqlite3.Connection, source_table: int, asked: Collection[tuple[int, int]]) -> TableSource:
    """Pictures of a table in its document, and where the asked cells are in it; empty where it was typed."""
    listed = db.execute("SELECT * FROM cell_place WHERE source_table = ? ORDER BY 2, 3", (source_table,))
    places = [place for _, row, column, *place in listed if (row, column) in asked]
    pieces = db.execute(
        "SELECT page, png, x0, top, x1, bottom FROM piece WHERE source_table = ? ORDER BY page, top, x0",
        (source_table,),
    )
    return TableSource(
        tuple(
            (
                page,
                png,
                tuple(_place_within(sides, area) for _, on, *sides in places if on == page and _is_within(sides, area)),
            )
            for page, png, *area in pieces
        ),
        tuple(dict.fromkeys(spot for spot, *_ in places)),
    )


def _is_within(sides: Sequence[float | None], area: Sequence[float]) -> bool:
    """Whether a number stands in an area of its page: a table has more than one where its parts are apart."""
    x0, top, x1, bottom = sides
    if x0 is None or top is None or x1 is None or bottom is None:
        return False
    return area[0] <= x0 and area[1] <= top and x1 <= area[2] and bottom <= area[3]


def _place_within(sides: Sequence[float], area: Sequence[float]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a box in per cent of an area."""
    width, height = area[2] - area[0], area[3] - area[1]
    left, top = (sides[0] - area[0]) / width, (sides[1] - area[1]) / height
    return left * 100, top * 100, (sides[2] - sides[0]) / width * 100, (sides[3] - sides[1]) / height * 100


def find_number(db: sqlite3.Connection, value: float) -> list[Spot]:
    """Everywhere that a number is printed, worked out, stated or computed, cells first.

    `contested` says what is wrong with it, or that another report has another.
    """
    order = list(Standing)
    rows = db.execute(
        """
        SELECT t.report, t.id, t.number, t.heading, number.label, number.row_position, number.column_position,
            number.kind,
            CASE
                WHEN EXISTS (
                    SELECT 1 FROM verdict AS w JOIN verdict_cell AS x ON x.verdict = w.id
                    WHERE w.source_table = t.id AND w.kind = 'total' AND w.outcome = 'wrong'
                    AND x.row_position = number.row_position AND x.column_position = number.column_position
                ) THEN 'disputed'
                ELSE changed.how
            END,
            changed.instead
        FROM standing AS number
        JOIN source_table AS t ON t.id = number.source_table
        LEFT JOIN changed
            ON changed.source_table = t.id AND (changed.place, changed.period, changed.geweld, changed.category)
            = (number.place, number.period, number.geweld, number.category)
        WHERE number.value = ?1
        UNION ALL
        SELECT v.report, v.source_table, v.chapter, coalesce(t.heading, ''), v.about, NULL, NULL,
            CASE WHEN v.printed = ?1 AND v.kind IN ('claim', 'derived') THEN 'stated' ELSE 'computed' END,
            CASE WHEN v.outcome IN ('wrong', 'cut_off') THEN v.outcome END,
            NULL
        FROM verdict AS v LEFT JOIN source_table AS t ON t.id = v.source_table
        WHERE coalesce(v.claim, 'number') IN ('number', 'untestable') AND v.id IN (
            SELECT id FROM verdict WHERE printed = ?1 AND kind IN ('claim', 'derived', 'relation')
            UNION ALL SELECT id FROM verdict WHERE computed = ?1 AND outcome = 'wrong'
        )
        """,
        (value,),
    )
    return sorted(map(Spot._make, rows), key=lambda spot: order.index(Standing(spot.kind)))


def read_reports(db: sqlite3.Connection) -> list[ReportRow]:
    """Every report with its number of tables, cells and printed totals."""
    rows = db.execute(
        """
        SELECT r.id, r.title, r.publisher, p.label, r.licence, r.url, r.note, r.published,
            r.accessed, r.checked_by, r.checked_on, d.kind, d.sha256, s.tables, s.cells, s.totals
        FROM report AS r
        LEFT JOIN document AS d ON d.report = r.id
        JOIN period AS p ON p.id = r.period
        JOIN report_size AS s ON s.report = r.id
        ORDER BY r.id
        """
    )
    return [ReportRow._make(row) for row in rows]


@dataclass(frozen=True)
class PrintedGrid:
    """A table as it was printed: a number per row and column, and the totals that stand outside the grid.

    `sequences` are rows that lost their blanks; `worked` has (low, high) of their cells that were worked out, or what
    stands for one that is hidden; `beside` are printed columns that follow from the others, each with the verdict on
    its number per row.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    sequences: frozenset[int]
    cells: Mapping[tuple[int, int], float]
    totals: frozenset[tuple[int, int]]
    deviating: frozenset[tuple[int, int]]
    outside: tuple[tuple[str, float, bool], ...]
    worked: Mapping[tuple[int, int], Bounds | Suppression]
    beside: Mapping[str, Mapping[int, Verdict]]


def read_printed_table(db: sqlite3.Connection, source_table: int, *, hides_small: bool = False) -> PrintedGrid:
    """One table as printed; `deviating` are the totals that differ from their parts.

    Where it `hides_small`, what was worked out as less than 5 is hidden.
    """
    columns = db.execute(
        "SELECT label FROM source_column WHERE source_table = ? ORDER BY position", (source_table,)
    ).fetchall()
    rows = db.execute(
        "SELECT label, is_sequence FROM source_row WHERE source_table = ? ORDER BY position", (source_table,)
    ).fetchall()
    cells, worked = _read_cells(db, source_table, hides_small)
    inside, outside = _read_totals(db, source_table)
    return PrintedGrid(
        tuple(label for (label,) in columns),
        tuple(label for label, _ in rows),
        frozenset(n for n, (_, is_sequence) in enumerate(rows) if is_sequence),
        cells | {at: value for at, (value, _) in inside.items()},
        frozenset(inside),
        frozenset(at for at, (_, differs) in inside.items() if differs),
        tuple(outside),
        worked,
        _read_beside(db, source_table),
    )


def read_place_table(
    db: sqlite3.Connection, source_table: int, place: str, asked: Slice | None
) -> tuple[PrintedGrid, frozenset[tuple[int, int]]]:
    """What a table of StatLine has of one place, a row a class, a column a period; and where what is asked stands."""
    cells = db.execute(
        """
        SELECT coalesce(c.label, 'Totaal'), p.label, a.value, a.period, a.category FROM source_table AS t
        JOIN aggregate AS a ON a.indicator = t.indicator AND a.place = ? AND a.geweld = 'alle' AND a.source_table = t.id
        JOIN period AS p ON p.id = a.period
        LEFT JOIN category AS c ON c.id = a.category
        WHERE t.id = ? ORDER BY c.position, p.start + p.months, p.months
        """,
        (place, source_table),
    ).fetchall()
    rows, columns = ({name: n for n, name in enumerate(dict.fromkeys(each[at] for each in cells))} for at in (0, 1))
    numbers = {(rows[row], columns[column]): value for row, column, value, *_ in cells}
    found = frozenset(
        (rows[row], columns[column])
        for row, column, _, period, category in cells
        if asked and (period, category) in {(asked.period, each) for each in asked.categories or ("",)}
    )
    return PrintedGrid(tuple(columns), tuple(rows), frozenset(), numbers, frozenset(), frozenset(), (), {}, {}), found


def _read_cells(
    db: sqlite3.Connection, source_table: int, hides_small: bool
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], Bounds | Suppression]]:
    cells: dict[tuple[int, int], float] = {}
    worked: dict[tuple[int, int], Bounds | Suppression] = {}
    for row, column, value, low, high, status in db.execute(
        "SELECT row_position, column_position, value, low, high, status FROM observation WHERE source_table = ?",
        (source_table,),
    ):
        if status == "printed":
            cells[row, column] = value
        else:
            worked[row, column] = Suppression.RECOVERED if hides_small and high < SMALLEST_SHOWN else (low, high)
    return cells, worked


def _read_beside(db: sqlite3.Connection, source_table: int) -> dict[str, dict[int, Verdict]]:
    """The printed columns outside the grid, by name and row."""
    columns: dict[str, dict[int, Verdict]] = defaultdict(dict)
    for row, *verdict in db.execute(
        f"""
        SELECT (SELECT min(x.row_position) FROM verdict_cell AS x WHERE x.verdict = v.id), {VERDICT_COLUMNS}
        WHERE v.source_table = ? AND v.beside IS NOT NULL ORDER BY v.id
        """,
        (source_table,),
    ):
        made = Verdict._make(verdict)
        columns[made.beside or ""][row] = made
    return dict(columns)


def _read_totals(
    db: sqlite3.Connection, source_table: int
) -> tuple[dict[tuple[int, int], tuple[float, bool]], list[tuple[str, float, bool]]]:
    """The totals inside the grid and those outside it, each with whether it differs from its parts."""
    inside: dict[tuple[int, int], tuple[float, bool]] = {}
    outside: list[tuple[str, float, bool]] = []
    for row, column, value, differs, label in db.execute(
        """
        SELECT k.row_position, k.column_position, k.value, k.difference IS NOT NULL,
            coalesce(c.label || ' ', '') || coalesce(p.label || ' ', '') || coalesce(g.short, '')
        FROM printed_total AS k
        LEFT JOIN category AS c ON c.id = k.category
        LEFT JOIN geweld AS g ON g.id = k.geweld
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


def find_cells(db: sqlite3.Connection, source_table: int, asked: Slice) -> frozenset[tuple[int, int]]:
    """The (row, column) of the printed numbers that a slice of a table is, or is the sum of."""
    marks = write_marks(asked.categories)
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
            SELECT 1 FROM aggregate AS a
            WHERE (a.indicator, a.place, a.period, a.geweld, a.category) = (t.indicator, ?, whole.id, ?, '')
            AND a.basis = 'printed total' AND {len(asked.categories)} = 0
        )
        UNION ALL
        SELECT k.row_position, k.column_position
        FROM printed_total AS k
        JOIN source_table AS t ON t.id = k.source_table
        JOIN aggregate AS a
            ON (a.indicator, a.place, a.period, a.geweld, a.category) = (t.indicator, ?, ?, ?, '')
            AND a.basis = 'printed total'
        WHERE t.id = ? AND k.place = a.place AND coalesce(k.period, t.period) = a.period
        AND coalesce(k.geweld, 'alle') = a.geweld AND k.category IS NULL AND {len(asked.categories)} = 0
        AND k.row_position IS NOT NULL
        """,
        (
            *(asked.period, source_table, asked.place, asked.geweld, *asked.categories, asked.place, asked.geweld),
            *(asked.place, asked.period, asked.geweld, source_table),
        ),
    )
    return frozenset((row, column) for row, column in rows)


def read_untotalled(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Report, number and heading of each table of several rows without a printed total: nothing in it is checked."""
    rows = db.execute(
        """
        SELECT t.report, t.number, t.heading
        FROM source_table AS t JOIN indicator AS i ON i.id = t.indicator AND i.unit = 'aantal'
        WHERE NOT t.is_prose AND (SELECT count(*) FROM source_row AS r WHERE r.source_table = t.id) > 1
        AND NOT EXISTS (SELECT 1 FROM printed_total AS k WHERE k.source_table = t.id)
        ORDER BY t.id
        """
    )
    return rows.fetchall()
