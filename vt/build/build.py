"""YAML -> SQLite: built whole from the data folder, checked, swapped in atomically."""

import glob
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import monotonic
from typing import IO

from sqlite_utils import Database

from vt.audit.recovered import load_recovered
from vt.audit.revisions import order_by_age
from vt.build.revisions import write_revisions
from vt.build.rows import (
    Content,
    insert_rows,
    write_borders,
    write_catalogue,
    write_gemeenten,
    write_periods,
    write_report,
)
from vt.build.statline import Country, prepare_catalogue, write_statline
from vt.build.suppression import write_suppressions
from vt.errors import DataError, Fault
from vt.ingest.borders import load_borders
from vt.ingest.catalogue import load_catalogue
from vt.ingest.changes import settle_changes
from vt.ingest.claims import load_claims
from vt.ingest.gemeenten import load_gemeenten
from vt.ingest.origins import load_origins
from vt.ingest.reports import load_reports
from vt.ingest.statline.keep import list_newest
from vt.ingest.statline.mapping import load_statline
from vt.store.connection import identity, open_read_only

_HERE = Path(__file__).parent
_ROOMS = ("model", "ingest", "audit", "store", "build")
CELLS_PER_BATCH = 20_000  # of the rollup: more gives no speed, and takes memory
CONTENT = (
    "*/*.y*ml",
    "catalogue/*.csv",
    "borders/*.topojson",
    "origins/*.json",
    "statline/*/*.zip",
)  # what a build reads of the data folder
_MOST_READS = 5  # of a folder that changes while it is read
RETRY_AFTER = 10.0  # else each visitor waits for a build of seconds that fails as the one before it did
_failed: dict[Path, dict[str, tuple[float, Exception]]] = {}
_sound: dict[Path, tuple[int, int, int, int]] = {}


def hash_content(data: Path) -> str:
    """A fingerprint of the YAML and of the program that reads it: the same content gives the same database."""
    digest = _hash_files(sorted(path for name in CONTENT for path in data.glob(name)))
    return hashlib.sha256(f"{digest} {_hash_program()}".encode()).hexdigest()


@cache
def _hash_program() -> str:
    """Of all that a build runs through: with other rules of what is hidden, an old database is not served."""
    files = (path for room in _ROOMS for path in sorted((_HERE.parent / room).rglob("*")))
    return _hash_files(path for path in files if path.suffix in (".py", ".sql"))


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        with suppress(OSError):  # an unreadable file is reported when it is loaded
            digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def ensure(data: Path, target: Path) -> Path:
    """Build the database where it is missing, damaged or of other content than the data folder; its path.

    Of the same content a build that failed is not tried again within RETRY_AFTER seconds: its error is raised again.
    """
    stamp = hash_content(data)
    if _read_hash(target) == stamp:
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
    stamp, (content, country) = _load_whole(data)
    with _swap_in(target) as fresh:
        _write(fresh, content, stamp, country)


def adopt(made: Path, data: Path, target: Path) -> None:
    """Swap in a copy of a database that was built elsewhere, where the data folder holds what it was built of.

    Raises OSError where the copy cannot be made; `target` then stays as it was.
    """
    if _read_hash(made) == hash_content(data):
        with _swap_in(target) as fresh:
            shutil.copyfile(made, fresh)


@contextmanager
def _swap_in(target: Path) -> Iterator[Path]:
    """A file of our own to fill; once it is whole it takes the place of `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    with _open_own_file(target) as fresh:
        yield fresh
        fresh.chmod(0o644)
        _flush(fresh, os.O_RDWR)
        fresh.replace(target)
        _sound[target] = identity(target)  # who filled it saw that it is whole
        if os.name != "nt":  # Windows opens no folder
            _flush(target.parent, os.O_RDONLY)


def _load_whole(data: Path) -> tuple[str, tuple[Content, Country | None]]:
    """What the data folder holds, with its fingerprint; read again where it was changed meanwhile."""
    for _ in range(_MOST_READS):
        settle_changes(data)
        stamp = hash_content(data)
        try:
            loaded = _load(data)
        except DataError:
            if hash_content(data) == stamp:
                raise
        else:
            if hash_content(data) == stamp:
                return stamp, loaded
    meant = "wacht tot het klaar is, en probeer het nog eens"
    raise DataError([Fault(str(data), found="de map verandert terwijl zij wordt gelezen", meant=meant)])


def _load(data: Path) -> tuple[Content, Country | None]:
    files = list_newest(data)
    catalogue = load_catalogue(data / "catalogue")
    gemeenten = load_gemeenten(data / "catalogue/gemeenten.csv", catalogue)
    statline = load_statline(data / "catalogue/statline.yaml", catalogue)
    catalogue = prepare_catalogue(catalogue, statline, files, gemeenten)
    reports = order_by_age(load_reports(data / "reports", catalogue))
    claims = load_claims(data / "claims", reports, catalogue)
    recoveries = load_recovered(data / "recovered", reports, catalogue)
    borders, origins = load_borders(data / "borders"), load_origins(data / "origins", [report.id for report in reports])
    country = Country(statline, files, {p.code: p for p in catalogue.places.values() if p.code}) if statline else None
    return Content(catalogue, reports, claims, recoveries, borders, gemeenten, origins), country


@contextmanager
def _open_own_file(target: Path) -> Iterator[Path]:
    """A file to build in, locked as long as it is built in; afterwards nothing is left of it."""
    opened, path = _create_locked(target)
    try:
        yield path
    finally:
        for leftover in (path, Path(f"{path}-journal")):
            with suppress(OSError):
                leftover.unlink()
        opened.close()


def _create_locked(target: Path) -> tuple[IO[bytes], Path]:
    """A new file of our own: one that another build took for a leftover, before it was locked, is let go."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".building", dir=target.parent)
        opened, path = os.fdopen(handle, "rb"), Path(name)
        with suppress(BlockingIOError):
            if not _lock(opened):
                opened.close()  # Windows renames no file that is open
            if path.exists():
                return opened, path
        opened.close()


def _sweep(target: Path) -> None:
    """Delete what builds left that were killed: nobody holds the lock on it any more."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*.building"):
        with suppress(OSError), path.open("rb") as opened:
            if _lock(opened):
                path.unlink()


def _lock(opened: IO[bytes]) -> bool:
    """Whether the lock on a file is ours now; not on Windows or a file system without locks, where files stay.

    BlockingIOError where another holds it.
    """
    try:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except (ImportError, OSError):
        return False
    return True


def _read_hash(path: Path) -> str | None:
    """The fingerprint of the data in a database; None where it is missing, damaged or not ours.

    A file is read for damage once by each process, until it changes: of ten million numbers that takes half a minute.
    """
    try:
        current = identity(path)
        with closing(open_read_only(path)) as connection:
            if _sound.get(path) != current and connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            _sound[path] = current
            row = connection.execute("SELECT value FROM build WHERE key = 'content_hash'").fetchone()
            return str(row[0]) if row else None
    except (sqlite3.Error, OSError):
        return None


def _flush(path: Path, mode: int) -> None:
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: Content, stamp: str, country: Country | None) -> None:
    with closing(sqlite3.connect(path)) as connection:
        database = Database(connection)
        prepare(database)
        with database.atomic():
            database.execute("PRAGMA defer_foreign_keys = ON")  # rows of a table may name each other
            write_catalogue(database, content.catalogue)
            write_gemeenten(database, content.gemeenten, content.catalogue)
            write_borders(database, content.borders)
            write_periods(database, content.reports)
            ids = {report.id: write_report(database, report, content) for report in content.reports}
            write_revisions(database, content, ids)
            built = datetime.now(UTC).isoformat(timespec="seconds")
            stamps = {"content_hash": stamp, "data_version": stamp[:8], "built_at": built}
            insert_rows(database, "build", ({"key": key, "value": value} for key, value in stamps.items()))
        fill_aggregate(database)
        with database.atomic():
            write_suppressions(database)
            if country:
                write_statline(database, country, content.catalogue)
        analyze(database)
        _verify(database, content)


def prepare(database: Database) -> None:
    """Make the tables in a file that nobody reads yet: what is left of it after a crash is thrown away."""
    database.executescript("PRAGMA foreign_keys = ON; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
    for path in sorted((_HERE / "schema").glob("*.sql")):
        database.executescript(path.read_text(encoding="utf-8"))


def fill_aggregate(database: Database, cells_per_batch: int = CELLS_PER_BATCH) -> None:
    """Fill `aggregate` and what follows from it out of the rows of all reports, a batch of tables at a time."""
    database.executescript("PRAGMA foreign_keys = OFF;")  # `faults` looks at all rows at once, in half the time
    _roll_up(database, "0_work_tables")
    database.execute(
        """
        INSERT INTO pending
        SELECT id, sum(cells) OVER (ORDER BY id) / ? FROM (
            SELECT t.id, (SELECT count(*) FROM observation AS o WHERE o.source_table = t.id) AS cells
            FROM source_table AS t
        )
        """,
        (cells_per_batch,),
    )
    while database.execute("SELECT 1 FROM pending").fetchone():
        with database.atomic():
            _roll_up_batch(database)
    for months in (6, 12):
        database.execute("UPDATE asked_length SET months = ?", (months,))
        _roll_up(database, "5_periods")
    for step in ("6_misprints", "7_coverage", "8_rest_groups"):
        _roll_up(database, step)


def _roll_up_batch(database: Database) -> None:
    for step in ("1_places", "2_geweld", "3_categories", "4_winners"):
        _roll_up(database, step)


def _roll_up(database: Database, step: str) -> None:
    database.executescript((_HERE / "rollup" / f"{step}.sql").read_text(encoding="utf-8"))


def analyze(database: Database) -> None:
    """Tell SQLite how rows are spread, from a sample of every index: of all rows it is a minute at ten million."""
    database.executescript("PRAGMA analysis_limit = 1000; ANALYZE;")


def find_faults(database: Database) -> list[str]:
    """What is damaged in a file, and which rows refer to none."""
    damage = [str(row[0]) for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return damage + [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check")]


def _verify(database: Database, content: Content) -> None:
    """Refuse a file that is damaged, has a row that refers to none, or lost rows on the way."""
    faults = find_faults(database)
    totals = sum(len(table.totals) for report in content.reports for table in report.tables)
    for name, expected in (("observation", content.cells()), ("printed_total", totals)):
        if (count := database.table(name).count) != expected:
            faults.append(f"{name}: {count} rows, expected {expected}")
    if faults:
        raise sqlite3.IntegrityError("; ".join(faults))
