"""Where the site and its data lie, as the environment says; read-only connections to the database."""

import os
import sqlite3
from collections.abc import Collection
from pathlib import Path

UNREADABLE = (sqlite3.Error, OSError)  # what reading a database can raise


def site_folder() -> Path:
    """Where app.py, pages/ and data/ are: beside the package in a checkout, in it where a wheel was installed."""
    package = Path(__file__).parents[1]
    installed = package / "site"
    return installed if installed.is_dir() else package.parent


def data_folder() -> Path:
    """Where the YAML lives: VT_DATA, or the data/ that came along."""
    return Path(os.environ.get("VT_DATA") or site_folder() / "data")


def database_path() -> Path:
    """Where the database lives: VT_DATABASE, or vt.db in the data folder."""
    return Path(os.environ.get("VT_DATABASE") or data_folder() / "vt.db")


def read_contact() -> str:
    """Whom to write to about the site: VT_CONTACT, an address of mail or a page; "" where none is set."""
    return os.environ.get("VT_CONTACT", "").strip()


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection that can do nothing but SELECT; sqlite3.OperationalError where the file is missing."""
    connection = open_read_only(path)
    connection.set_authorizer(_only_select)
    return connection


def open_read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def write_marks(values: Collection[object]) -> str:
    """A mark in a query for each of these values."""
    return ", ".join("?" * len(values))


def identity(path: Path) -> tuple[int, int, int, int]:
    """What tells one build from the next: device, inode, time and size."""
    stat = path.stat()
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size


def _only_select(action: int, *_: object) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY
