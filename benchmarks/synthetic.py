"""A made-up national collection in the project's own schema, as large as asked for: to measure with, never to read.

    uv run benchmarks/synthetic.py /tmp/synthetic.db --rows 100000

Regions, indicators and classes are the catalogue's; gemeenten and every number are invented, the same at every run.
Each region publishes a report a year: a table per count, by gemeente, class, quarter and KM/HG/OM, with printed totals
of which one in two hundred differs. Report titles and `data_version` say that it is synthetic.
"""

import argparse
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from vt.build.build import analyze, fill_aggregate, find_faults, hash_content, prepare
from vt.build.rows import write_catalogue
from vt.build.suppression import write_suppressions
from vt.ingest.catalogue import load_catalogue
from vt.model.catalogue import Catalogue, Place
from vt.model.period import Period
from vt.store.connection import data_folder

FIRST_YEAR = 2015
LATE_REPORTED = "overdrachtspartijen"  # the sum of two others: only a report without those has it


@dataclass(frozen=True)
class Size:
    """How many gemeenten, in how many regions, over how many quarters."""

    regions: int
    gemeenten: int
    quarters: int


# Rows of observation, about: the smallest is one gemeente, the largest the whole country over ten years.
SIZES = {
    1_000: Size(1, 1, 2),
    10_000: Size(1, 4, 4),
    100_000: Size(3, 17, 8),
    1_000_000: Size(26, 68, 20),
    10_000_000: Size(26, 342, 40),
}

# A fingerprint of a cell by its place in the collection; small numbers are the most common, as in the reports.
_NUMBER = "((({seed}) * 2654435761 & 4294967295) * 40503 >> 11 & 65535)"
_VALUE = f"({_NUMBER} * {_NUMBER} >> 25)"

_CELLS = f"""
INSERT INTO observation (source_table, place, period, geweld, category, value, low, high, status, is_provisional,
    row_position, column_position)
SELECT source_table, place, period, geweld, category, value, value, value, 'printed', 0, row, column
FROM (
    SELECT t.id AS source_table, r.place, c.period, c.geweld, r.category, r.row, c.column,
        {_VALUE.format(seed="t.id * 7919 + r.row * 104729 + c.column * 1299709")} AS value
    FROM temp.made AS t
    JOIN temp.grid_row AS r ON r.region = t.region AND r.classification = t.classification
    JOIN temp.grid_column AS c ON c.year = t.year
    ORDER BY t.id, r.row, c.column
)
"""
_ROWS = """
INSERT INTO source_row
SELECT t.id, r.row, r.label, 0 FROM temp.made AS t
JOIN temp.grid_row AS r ON r.region = t.region AND r.classification = t.classification
"""
_COLUMNS = """
INSERT INTO source_column
SELECT t.id, c.column, c.label, 0 FROM temp.made AS t JOIN temp.grid_column AS c ON c.year = t.year
""".replace(", 0 FROM", " FROM")
_TOTALS = """
INSERT INTO printed_total (source_table, place, period, geweld, category, value)
SELECT source_table, NULL, period, geweld, NULL, sum(value) + (source_table * 12 + column_position) % 200 / 199
FROM observation GROUP BY source_table, column_position
"""
_VERDICTS = """
INSERT INTO verdict (id, report, source_table, chapter, kind, about, printed, computed, unit, outcome)
SELECT k.id, t.report, t.id, t.number, 'total', t.heading, k.value, k.value - is_wrong, 'aantal',
    CASE is_wrong WHEN 1 THEN 'wrong' ELSE 'right' END
FROM (SELECT *, (SELECT sum(value) FROM observation AS o WHERE o.source_table = p.source_table
    AND o.period = p.period AND o.geweld = p.geweld) <> p.value AS is_wrong FROM printed_total AS p) AS k
JOIN source_table AS t ON t.id = k.source_table;
INSERT INTO verdict_number SELECT id, source_table, place, period, geweld, category FROM printed_total;
"""


def fill(path: Path, size: Size, *, without: Collection[str] = ()) -> dict[str, float]:
    """Make the collection as vt/build/build.py builds one; seconds per step."""
    times: dict[str, float] = {}
    began = time.perf_counter()

    def done(step: str) -> None:
        nonlocal began
        now = time.perf_counter()
        times[step], began = now - began, now

    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        prepare(db)
        with db.atomic():
            _write_frame(db, size, without)
            for statement in (_ROWS, _COLUMNS, _CELLS):
                db.execute(statement)
        done("cells")
        with db.atomic():
            db.execute(_TOTALS)
        db.executescript(_VERDICTS)
        done("totals and verdicts")
        fill_aggregate(db)
        done("aggregate")
        with db.atomic():
            write_suppressions(db)
        done("suppression")
        analyze(db)
        done("analyze")
        if found := find_faults(db):
            raise sqlite3.IntegrityError(str(found[:5]))
        done("verify")
    return times


def _write_frame(db: Database, size: Size, without: Collection[str]) -> None:
    """Everything but the numbers: catalogue, periods, reports, tables, and the rows and columns of their grids."""
    catalogue = _catalogue(size)
    write_catalogue(db, catalogue)
    quarters = [Period(FIRST_YEAR * 12 + 3 * n, 3) for n in range(size.quarters)]
    periods = {period for quarter in quarters for period in (quarter, *quarter.containers())}
    _insert(db, "period", [(p.id, p.label, p.year, p.start, p.months) for p in sorted(periods)])
    regions = [place for place in catalogue.places.values() if place.kind == "region"][: size.regions]
    years = sorted({quarter.year for quarter in quarters})
    reports = [
        (f"synthetisch_{r.id}_{y}", f"Synthetisch {y}, {r.label}", f"Synthetisch {r.label}", r.id, r.id, str(y))
        for y in years
        for r in regions
    ]
    head = "report (id, title, publisher, region, place, period, source, licence, note)"
    _insert(db, head, [(*report, report[2], "Verzonnen getallen", "Verzonnen, om mee te meten") for report in reports])
    counts = [i for i in catalogue.indicators.values() if i.unit == "aantal" and i.id not in without]
    tables = [
        (report[0], str(n), i.label, i.id, report[3], report[5], 0, None)
        for report in reports
        for n, i in enumerate(counts, 1)
    ]
    _insert(db, "source_table (report, number, heading, indicator, place, period, is_prose, caveat)", tables)
    stamps = {
        "content_hash": hash_content(data_folder()),  # so that the app serves it as it is
        "data_version": "synthetisch",
        "built_at": "2000-01-01T00:00:00+00:00",
    }
    _insert(db, "build", list(stamps.items()))
    _write_grid(db, catalogue, quarters)


def _write_grid(db: Database, catalogue: Catalogue, quarters: list[Period]) -> None:
    db.executescript(
        """
        CREATE TEMP TABLE grid_row (region, classification, row, place, category, label);
        CREATE INDEX temp.grid_row_of ON grid_row (region, classification);
        CREATE TEMP TABLE grid_column (year, column, period, geweld, label);
        CREATE TEMP TABLE made AS
        SELECT t.id, t.place AS region, t.period AS year, coalesce(i.classification, '') AS classification
        FROM source_table AS t JOIN indicator AS i ON i.id = t.indicator;
        """
    )
    _insert(db, "grid_row", list(_grid_rows(catalogue)))
    columns = [(q, kind) for q in quarters for kind in ("km", "hg", "om")]
    per_year = [(str(q.year), n % 12, q.id, kind, f"{q.label} {kind.upper()}") for n, (q, kind) in enumerate(columns)]
    _insert(db, "grid_column", per_year)


def _grid_rows(catalogue: Catalogue) -> Iterator[tuple[str | int | None, ...]]:
    """Each gemeente with each class, numbered within its region and classification; '' is no classification."""
    members: dict[str, list[Place]] = {}
    for place in catalogue.places.values():
        if place.kind == "gemeente" and place.region:
            members.setdefault(place.region, []).append(place)
    for region, places in members.items():
        for place_number, place in enumerate(places):
            yield region, "", place_number, place.id, None, place.label
        for classification, classes in catalogue.categories.items():
            pairs = [(place, each) for place in places for each in classes]
            for number, (place, each) in enumerate(pairs):
                yield region, classification, number, place.id, each.id, f"{place.label}, {each.label}"


def _catalogue(size: Size) -> Catalogue:
    """The project's catalogue with invented gemeenten in the place of the real ones."""
    catalogue = load_catalogue(data_folder() / "catalogue")
    kept = {id_: place for id_, place in catalogue.places.items() if place.kind in ("land", "region")}
    regions = [place.id for place in kept.values() if place.kind == "region"][: size.regions]
    years = range(FIRST_YEAR, FIRST_YEAR + -(-size.quarters // 4))
    for number in range(size.gemeenten):
        inhabitants = 8_000 + number * 7_919 % 190_000
        made = Place(
            f"synthetisch-{number + 1:03}",
            f"Gemeente {number + 1:03}",
            "gemeente",
            region=regions[number % len(regions)],
            code=f"XX{number + 1:04}",
            inhabitants=dict.fromkeys(years, (inhabitants, inhabitants)),
        )
        kept[made.id] = made
    return replace(catalogue, places=kept)


def _insert(db: Database, table: str, rows: list[tuple[object, ...]] | list[tuple[str, str]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    db.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def main() -> None:
    """Make one collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, choices=SIZES, default=100_000)
    parser.add_argument("--without", nargs="*", default=(), help="indicators to leave out")
    asked = parser.parse_args()
    for step, seconds in fill(asked.path, SIZES[asked.rows], without=asked.without).items():
        print(f"{step}: {seconds:.2f} s")


if __name__ == "__main__":
    main()
