"""What an operator asks: is there a database to answer from, of which version, and what did its checks find."""

import logging
import time
from collections import Counter
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from streamlit.runtime import Runtime

from vt.build.build import ensure, hash_content
from vt.errors import DataError
from vt.model.verdicts import Outcome, is_unaccounted
from vt.store.connection import UNREADABLE, connect, data_folder, database_path, identity
from vt.store.reference import read_metadata
from vt.store.verdicts import read_verdicts

log = logging.getLogger("vt")


def prepare() -> None:
    """Build the database before the first visitor, where it is missing or the data changed; a failure is logged, and
    whatever database is there goes on serving."""
    try:
        ensure(data_folder(), database_path())
    except DataError as error:
        log.error("the data folder does not load:\n%s", error)
    except UNREADABLE as error:
        log.error("the database cannot be built", exc_info=error)


def health() -> dict[str, object]:
    """The state of the database: `ok` or `failing`; never a path or an error text, the cause is in the log.

    `current` is false where the data folder has changed since, or no longer loads: the last good build is served.
    """
    path = database_path()
    try:
        report = _report(path, identity(path))
        stamp = hash_content(data_folder())
    except UNREADABLE as error:
        log.error("health: the database or the data cannot be read", exc_info=error)
        return {"status": "failing"}
    return {"status": "ok", "current": stamp.startswith(str(report["data_version"])), **report}


class PageRun:
    """Whether the first page can be made: tried as for a visitor, and not again within HOLDS seconds."""

    HOLDS = 20.0

    def __init__(self) -> None:
        self.until = 0.0
        self.succeeds = True

    async def check(self) -> bool:
        """The last outcome; where that is old, a new one."""
        if time.monotonic() >= self.until:
            self.until = time.monotonic() + self.HOLDS
            self.succeeds, _ = await Runtime.instance().does_script_run_without_error()
        return self.succeeds


@lru_cache(maxsize=2)
def _report(path: Path, identity: tuple[int, int, int, int]) -> dict[str, object]:
    """What a build says of itself; read once per build, so that asking often costs visitors nothing."""
    del identity
    with closing(connect(path)) as db:
        metadata, verdicts = read_metadata(db), read_verdicts(db)
    counts = Counter(verdict.outcome for verdict in verdicts)
    unaccounted = sum(is_unaccounted(v.outcome, v.explanation) for v in verdicts)
    return {
        "built_at": metadata.built_at,
        "data_version": metadata.data_version,
        "last_check": {
            "at": metadata.built_at,  # the checks are part of every build
            "verdicts": {outcome: counts[outcome] for outcome in Outcome},
            "unaccounted": unaccounted,
        },
    }
