"""The SQLite database: built whole from the data folder, swapped in atomically, opened read-only."""

import fcntl
import glob
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table as SqliteTable

from vt import checks
from vt.catalogue import GEWELD, Catalogue, Story, StoryFigure, StorySlide, load_catalogue
from vt.claims import Claims, load_claims
from vt.faults import DataError
from vt.period import Period
from vt.recovered import Placed, PlacedSum, Recovery, load_recovered
from vt.report import Cell, Key, Report, Table, load_reports

_HERE = Path(__file__).parent
_SQL = ("schema.sql", "measured_before.sql", "measured.sql", "measured_after.sql")
CELLS_PER_BATCH = 20_000  # of measured.sql: more gives no speed, and takes memory
RETRY_AFTER = 10.0  # else each visitor waits for a build of seconds that fails as the one before it did
Row = dict[str, Any]
_failed: dict[Path, dict[str, tuple[float, Exception]]] = {}
_sound: dict[Path, tuple[int, int, int, int]] = {}


def data_folder() -> Path:
    """Where the YAML lives: VT_DATA, or data/ beside the package."""
    return Path(os.environ.get("VT_DATA") or _HERE.parent / "data")


def database_path() -> Path:
    """Where the database lives: VT_DATABASE, or vt.db in the data folder."""
    return Path(os.environ.get("VT_DATABASE") or data_folder() / "vt.db")


def content_hash(data: Path) -> str:
    """A fingerprint of the YAML and the schema: the same content gives the same database."""
    digest = hashlib.sha256()
    for path in [*sorted(data.glob("*/*.yaml")), *(_HERE / name for name in _SQL)]:
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        with suppress(OSError):  # an unreadable file is reported when it is loaded
            digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def ensure(data: Path, target: Path) -> Path:
    """Build the database where it is missing, damaged or of other content than the data folder; its path.

    Of the same content a build that failed is not tried again within RETRY_AFTER seconds: its error is raised again.
    """
    stamp = content_hash(data)
    if _built_from(target) == stamp:
        return target
    when, error = _failed.get(target, {}).get(stamp, (0.0, None))
    if error and monotonic() - when < RETRY_AFTER:
        raise error.with_traceback(None)
    try:
        build(data, target)
    except (DataError, sqlite3.Error, OSError) as error:
        _failed[target] = {stamp: (monotonic(), error)}
        raise
    return target


def build(data: Path, target: Path) -> None:
    """Build the database beside `target` and swap it in; on any failure `target` stays as it was.

    Raises DataError with every fault of the YAML, sqlite3.Error or OSError where the file cannot be made.
    """
    stamp = content_hash(data)
    catalogue = load_catalogue(data / "catalogue")
    reports = load_reports(data / "reports", catalogue)
    claims = load_claims(data / "claims", reports, catalogue)
    recoveries = load_recovered(data / "recovered", reports, catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    with _own_file(target) as fresh:
        _write(fresh, _Content(catalogue, reports, claims, recoveries), stamp)
        fresh.chmod(0o644)
        _flush(fresh)
        fresh.replace(target)
        _flush(target.parent)


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection that can do nothing but SELECT; sqlite3.OperationalError where the file is missing."""
    connection = _opened(path)
    connection.set_authorizer(_only_select)
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA query_only = ON")
    return connection


def identity(path: Path) -> tuple[int, int, int, int]:
    """What tells one build from the next: device, inode, time and size."""
    stat = path.stat()
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size


def _only_select(action: int, *_: object) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


@contextmanager
def _own_file(target: Path) -> Iterator[Path]:
    """A file to build in, locked as long as it is built in; afterwards nothing is left of it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".building", dir=target.parent)
    try:
        with suppress(OSError):  # a file system without locks: others then leave the file alone
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Path(name)
    finally:
        for leftover in (Path(name), Path(f"{name}-journal")):
            with suppress(OSError):
                leftover.unlink()
        os.close(handle)


def _sweep(target: Path) -> None:
    """Delete what builds left that were killed: nobody holds the lock on it any more."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*.building"):
        with suppress(OSError), path.open("rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _built_from(path: Path) -> str | None:
    """The fingerprint of the data in a database; None where it is missing, damaged or not ours.

    A file is read for damage once by each process, until it changes: of ten million numbers that takes half a minute.
    """
    try:
        found = identity(path)
        with closing(_opened(path)) as connection:
            if _sound.get(path) != found and connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            _sound[path] = found
            row = connection.execute("SELECT value FROM build WHERE key = 'content_hash'").fetchone()
            return str(row[0]) if row else None
    except (sqlite3.Error, OSError):
        return None


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class _Content:
    """All that the data folder holds; recoveries by report, table number and heading."""

    catalogue: Catalogue
    reports: list[Report]
    claims: Mapping[str, Claims]
    recoveries: Mapping[tuple[str, str, str], Recovery]

    def recovery(self, report: Report, table: Table) -> Recovery | None:
        """What was worked out of the rows of a table that lost their blanks."""
        return self.recoveries.get((report.id, table.number, table.heading))

    def cells(self) -> int:
        """How many observations the database must hold."""
        return sum(len(_placed(t, self.recovery(report, t))) for report in self.reports for t in report.tables)


def _write(path: Path, content: _Content, stamp: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        database = Database(connection)
        prepare(database)
        with database.atomic():
            database.execute("PRAGMA defer_foreign_keys = ON")  # rows of a table may name each other
            _write_catalogue(database, content.catalogue)
            _write_periods(database, content.reports)
            for report in content.reports:
                _write_report(database, report, content)
            built = datetime.now(UTC).isoformat(timespec="seconds")
            stamps = {"content_hash": stamp, "data_version": stamp[:8], "built_at": built}
            _insert(database, "build", ({"key": key, "value": value} for key, value in stamps.items()))
        fill_measured(database)
        analyze(database)
        _verify(database, content)


def prepare(database: Database) -> None:
    """Make the tables in a file that nobody reads yet: what is left of it after a crash is thrown away."""
    database.executescript("PRAGMA foreign_keys = ON; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
    database.executescript((_HERE / "schema.sql").read_text(encoding="utf-8"))


def fill_measured(database: Database, cells_per_batch: int = CELLS_PER_BATCH) -> None:
    """Fill `measured` and what follows from it out of the rows of all reports, a batch of tables at a time."""
    database.executescript("PRAGMA foreign_keys = OFF;")  # `faults` looks at all rows at once, in half the time
    database.executescript((_HERE / "measured_before.sql").read_text(encoding="utf-8"))
    database.execute(
        """
        INSERT INTO todo
        SELECT id, sum(cells) OVER (ORDER BY id) / ? FROM (
            SELECT t.id, (SELECT count(*) FROM observation AS o WHERE o.source_table = t.id) AS cells
            FROM source_table AS t
        )
        """,
        (cells_per_batch,),
    )
    while database.execute("SELECT 1 FROM todo").fetchone():
        with database.atomic():
            database.executescript((_HERE / "measured.sql").read_text(encoding="utf-8"))
    database.executescript((_HERE / "measured_after.sql").read_text(encoding="utf-8"))


def analyze(database: Database) -> None:
    """Tell SQLite how rows are spread, from a sample of every index: of all rows it is a minute at ten million."""
    database.executescript("PRAGMA analysis_limit = 1000; ANALYZE;")


def faults(database: Database) -> list[str]:
    """What is damaged in a file, and which rows refer to none."""
    damage = [str(row[0]) for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return damage + [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check")]


def _verify(database: Database, content: _Content) -> None:
    """Refuse a file that is damaged, breaks a reference, or lost rows on the way."""
    found_faults = faults(database)
    totals = sum(len(table.totals) for report in content.reports for table in report.tables)
    for name, expected in (("observation", content.cells()), ("printed_total", totals)):
        if (found := database.table(name).count) != expected:
            found_faults.append(f"{name}: {found} rows, expected {expected}")
    if found_faults:
        raise sqlite3.IntegrityError("; ".join(found_faults))


def _placed(table: Table, recovery: Recovery | None) -> list[Cell | Placed]:
    """The cells of a table; those of rows that lost their blanks put back where that was worked out."""
    if recovery is None:
        return list(table.cells)
    return [*(cell for cell in table.cells if cell.row not in table.sequences), *recovery.cells]


def _insert(database: Database, table: str, rows: Iterable[Row]) -> None:
    database.table(table).insert_all(rows)


def _write_catalogue(database: Database, catalogue: Catalogue) -> None:
    _insert(database, "geweld", ({"id": id_, "label": label} for id_, label in GEWELD.items()))
    _insert(database, "place", _place_rows(catalogue))
    _insert(database, "population", _population_rows(catalogue))
    _insert(database, "population_source", ({"label": a, "note": b} for a, b in catalogue.sources))
    _insert(database, "classification", ({"id": a, "label": b} for a, b in catalogue.classifications.items()))
    groups = catalogue.groups.values()
    _insert(database, "category_group", ({"id": g.id, "label": g.label, "parent": g.parent} for g in groups))
    _insert(database, "category", _category_rows(catalogue))
    _insert(
        database,
        "indicator",
        (
            {
                "id": i.id,
                "label": i.label,
                "unit": i.unit,
                "noun": i.noun,
                "topic": i.topic,
                "definition": i.definition,
                "classification": i.classification,
                "caveat": i.caveat,
                "norm": i.norm.value if i.norm else None,
                "norm_label": i.norm.label if i.norm else None,
                "norm_source": i.norm.source if i.norm else None,
                "split": i.split,
                "nearest": i.nearest,
                "position": position,
            }
            for position, i in enumerate(catalogue.indicators.values())
        ),
    )
    terms = ({"term": t.term, "abbreviation": t.abbreviation, "definition": t.definition} for t in catalogue.terms)
    _insert(database, "glossary", terms)
    _write_stories(database, catalogue.stories)


def _place_rows(catalogue: Catalogue) -> Iterator[Row]:
    order = {"land": 0, "region": 1, "gemeente": 2, "rest": 3}
    for place in sorted(catalogue.places.values(), key=lambda place: order[place.kind]):
        column, row = place.tile or (None, None)
        yield {
            "id": place.id,
            "label": place.label,
            "kind": place.kind,
            "region": place.region,
            "code": place.code,
            "province": place.province,
            "tile_column": column,
            "tile_row": row,
        }


def _population_rows(catalogue: Catalogue) -> Iterator[Row]:
    """Inhabitants as the source gives them; a region's are the sum of all its gemeenten, where all are known."""
    for place in catalogue.places.values():
        for year, (low, high) in place.inhabitants.items():
            yield {"place": place.id, "year": year, "inhabitants": (low + high) / 2, "low": low, "high": high}
    for region in (place for place in catalogue.places.values() if place.kind == "region"):
        members = [p.inhabitants for p in catalogue.places.values() if p.kind == "gemeente" and p.region == region.id]
        years = set.intersection(*(set(member) for member in members)) if members else set()
        for year in sorted(years - set(region.inhabitants)):
            low, high = (sum(member[year][bound] for member in members) for bound in (0, 1))
            yield {"place": region.id, "year": year, "inhabitants": (low + high) / 2, "low": low, "high": high}


def _category_rows(catalogue: Catalogue) -> Iterator[Row]:
    for members in catalogue.categories.values():
        for position, category in enumerate(members):
            yield {
                "id": category.id,
                "classification": category.classification,
                "name": category.name,
                "label": category.label,
                "short": category.short,
                "geweld": category.geweld,
                "category_group": category.group,
                "is_rest": int(category.rest),
                "position": position,
            }


def _write_stories(database: Database, stories: Sequence[Story]) -> None:
    _insert(
        database,
        "story",
        (
            {
                "id": story.id,
                "title": story.title,
                "question": story.question,
                "meant_for": story.meant_for,
                "story_group": story.group,
                "position": position,
            }
            for position, story in enumerate(stories)
        ),
    )
    alternatives = list(_alternatives(stories))
    _insert(
        database,
        "story_slide",
        (
            key | {"spoken": slide.spoken, "measure": slide.measure, "form": figure.form, "label": figure.label}
            for key, slide, figure in alternatives
        ),
    )
    named = ((key, *numbered) for key, _, figure in alternatives for numbered in enumerate(figure.indicators))
    _insert(
        database, "story_indicator", (key | {"position": position, "indicator": name} for key, position, name in named)
    )


def _alternatives(stories: Sequence[Story]) -> Iterator[tuple[Row, StorySlide, StoryFigure]]:
    """Every figure that can fill a slide, with its key."""
    for story in stories:
        for number, slide in enumerate(story.slides):
            for alternative, figure in enumerate(slide.figures):
                yield {"story": story.id, "slide": number, "alternative": alternative}, slide, figure


def _write_periods(database: Database, reports: list[Report]) -> None:
    named = {report.period for report in reports}
    for table in (table for report in reports for table in report.tables):
        named |= {table.period} | {cell.key.period for cell in (*table.cells, *table.totals) if cell.key.period}
    periods = {Period.parse(text) for text in named}
    periods |= {container for period in periods for container in period.containers()}
    _insert(
        database,
        "period",
        ({"id": p.id, "label": p.label, "year": p.year, "start": p.start, "months": p.months} for p in sorted(periods)),
    )


def _write_report(database: Database, report: Report, content: _Content) -> None:
    names = ("id", "title", "publisher", "region", "place", "period", "licence", "url", "note")
    database.table("report").insert({name: getattr(report, name) for name in names})
    ids = {
        (table.number, table.heading): _write_table(database, report.id, table, content.recovery(report, table))
        for table in report.tables
    }
    verdicts = checks.check(report, content.claims.get(report.id, Claims()), content.catalogue)
    _write_verdicts(database, report.id, ids, verdicts)


def _write_verdicts(
    database: Database, report: str, tables: Mapping[tuple[str, str], int], verdicts: Sequence[checks.Verdict]
) -> None:
    numbered = list(enumerate(verdicts, database.table("verdict").count + 1))
    _insert(database, "verdict", (_verdict(id_, report, tables, verdict) for id_, verdict in numbered))
    _insert(
        database,
        "verdict_number",
        (
            {"verdict": id_, "source_table": tables[number, heading], **vars(key)}
            for id_, verdict in numbered
            for number, heading, key in verdict.numbers
        ),
    )
    _insert(
        database,
        "verdict_cell",
        (
            {"verdict": id_, "row_position": row, "column_position": column}
            for id_, verdict in numbered
            for row, column in verdict.cells
        ),
    )


def _verdict(id_: int, report: str, tables: Mapping[tuple[str, str], int], verdict: checks.Verdict) -> Row:
    names = ("kind", "about", "printed", "computed", "unit", "outcome", "explanation", "remark", "beside")
    return {
        "id": id_,
        "report": report,
        "source_table": tables.get((verdict.table, verdict.heading)),
        "chapter": verdict.table,
        **{name: getattr(verdict, name) for name in names},
    }


def _write_table(database: Database, report: str, table: Table, recovery: Recovery | None) -> int:
    inserted = database.table("source_table").insert(
        {
            "report": report,
            "number": table.number,
            "heading": table.heading,
            "indicator": table.indicator,
            "place": table.place,
            "period": table.period,
            "is_prose": int(table.prose),
            "caveat": table.caveat,
        }
    )
    id_ = _key_of(inserted)
    rows = enumerate(table.rows)
    _insert(
        database,
        "source_row",
        (
            {"source_table": id_, "position": n, "label": text, "is_sequence": int(n in table.sequences)}
            for n, text in rows
        ),
    )
    columns = enumerate(table.columns)
    _insert(database, "source_column", ({"source_table": id_, "position": n, "label": text} for n, text in columns))
    _insert(database, "observation", (_observation(id_, table, cell) for cell in _placed(table, recovery)))
    if recovery:
        _insert(database, "known_sum", (_known_sum(id_, found) for found in recovery.sums))
    explained = _write_differences(database, id_, table)
    _insert(database, "printed_total", (_printed_total(id_, total, explained) for total in table.totals))
    return id_


def _key_of(inserted: SqliteTable) -> int:
    key = inserted.last_pk
    assert isinstance(key, int)  # an INTEGER PRIMARY KEY, just inserted
    return key


def _observation(id_: int, table: Table, cell: Cell | Placed) -> Row:
    known: Row
    if isinstance(cell, Placed):
        known = {"value": cell.bound.value, "low": cell.bound.low, "high": cell.bound.high, "status": cell.bound.status}
    else:
        known = {"value": cell.value, "low": cell.value, "high": cell.value, "status": "printed"}
    return {
        "source_table": id_,
        **vars(cell.key),
        **known,
        "is_provisional": int(cell.key.period in table.provisional),
        "row_position": cell.row,
        "column_position": cell.column,
    }


def _known_sum(id_: int, found: PlacedSum) -> Row:
    names = {"kind": found.kind, "name": found.name, "low": found.bound.low, "high": found.bound.high}
    return {"source_table": id_, **vars(found.key), **names}


def _write_differences(database: Database, id_: int, table: Table) -> dict[Key, int]:
    explained: dict[Key, int] = {}
    for difference in table.differences:
        row = database.table("difference").insert({"source_table": id_, "explanation": difference.explanation})
        explained |= dict.fromkeys(difference.totals, _key_of(row))
    return explained


def _printed_total(id_: int, total: Cell, explained: dict[Key, int]) -> Row:
    inside = total.row >= 0
    return {
        "source_table": id_,
        **vars(total.key),
        "value": total.value,
        "row_position": total.row if inside else None,
        "column_position": total.column if inside else None,
        "difference": explained.get(total.key),
    }
