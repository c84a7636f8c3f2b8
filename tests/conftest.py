"""Fixtures that any test can use: small real worlds, and the database of the real data."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from worlds import add_report, write_world

from vt import database as vt_database
from vt.catalogue import Catalogue, load_catalogue
from vt.report import Table, load_reports

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A data folder of its own that holds the small world of worlds.py."""
    return write_world(tmp_path / "data")


@pytest.fixture
def catalogue(world: Path) -> Catalogue:
    return load_catalogue(world / "catalogue")


@pytest.fixture
def read_table(world: Path, catalogue: Catalogue) -> Callable[[str], Table]:
    """Reads one table, given as YAML, as part of a report of the region Polder over 2021."""

    def read(table: str) -> Table:
        add_report(world, table)
        report = next(report for report in load_reports(world / "reports", catalogue) if report.id == "proef")
        return report.tables[0]

    return read


@pytest.fixture
def database(world: Path) -> Path:
    """The database of the small world."""
    return vt_database.ensure(world, world / "vt.db")


@pytest.fixture(scope="session")
def bare_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own data without what was worked out of lost blanks."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(REPOSITORY / "data", folder / "data", ignore=shutil.ignore_patterns("recovered", "vt.db*"))
    return vt_database.ensure(folder / "data", folder / "vt.db")


@pytest.fixture(scope="session")
def real_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the repository's own data, built once."""
    return vt_database.ensure(REPOSITORY / "data", tmp_path_factory.mktemp("real") / "vt.db")
