"""Fixtures that any test can use: small real worlds, and the database of the real data."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hostile import World, deck_of, make_hostile
from hypothesis.configuration import set_hypothesis_home_dir
from real import DATA
from served import alone
from worlds import add_report, opened, report_of, write_world
from xdist.plugin import pytest_xdist_auto_num_workers as count_cores
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.deck import Deck
from vt.ingest.catalogue import load_catalogue
from vt.model.catalogue import Catalogue
from vt.model.report import Table
from vt.store.reference import Metadata

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # some twenty processes import the same modules: compile them once
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis")  # not in the repository
gc.set_threshold(50_000, 20, 50)  # thousands of figures stay alive for the tests of a module: look at them less often

# A file stays on one worker: those that take longest come first, so that the workers end together. Those in a browser
# come before all others and on end, for each worker starts the app and a Chromium once.
LONGEST = (
    *("filters", "access_sight", "walk", "every_page", "chrome", "access_keys", "delivery", "access_names"),
    *("sentences", "shielded_figures", "hostile", "pages", "faults", "presentation", "revisions", "picture", "forms"),
    *("generic", "wheel", "statline", "import_pdf", "import", "exports", "memory", "api", "doors"),
)


def _order(item: pytest.Item) -> tuple[bool, int]:
    name = item.path.stem.removeprefix("test_")
    return item.path.parent.name != "browser", LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: whoever drives a browser waits a sixth of his time."""
    return int(count_cores(config)) + 1


class Apart(LoadFileScheduling):
    """A worker for each core begins in a browser, the last one without: a Chromium more would only cost."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        in_browser = self.nodes.index(node) < len(self.nodes) - 1
        fitting = [scope for scope in self.workqueue if ("/browser/" in scope) is in_browser]
        for scope in fitting[:1]:
            self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    return Apart(config, log) if config.option.dist == "loadfile" else None


def pytest_collection(session: pytest.Session) -> None:
    """Each worker begins to load the tests at another one: what one compiles in a fresh clone, the others read."""
    worker = getattr(session.config, "workerinput", None)
    if worker and session.config.args == session.config.getini("testpaths"):
        names = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))
        first = len(names) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
        for name in (*names[first:], *names[:first]):
            with suppress(Exception):  # whoever collects it says what is wrong with it
                import_module(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every combination there is runs only where it is asked for: not with `-m "not browser"` either."""
    items.sort(key=_order)
    if "exhaustive" not in config.option.markexpr:
        chosen: dict[bool, list[pytest.Item]] = {True: [], False: []}
        for item in items:
            chosen[item.get_closest_marker("exhaustive") is None].append(item)
        config.hook.pytest_deselected(items=chosen[False])
        items[:] = chosen[True]


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


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
        return report_of(world, catalogue).tables[0]

    return read


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the small world, built once."""
    data = write_world(tmp_path_factory.mktemp("small") / "data")
    return ensure(data, data / "vt.db")


@pytest.fixture
def database(world: Path, small_database: Path) -> Path:
    """The database of the small world, in its own data folder."""
    return Path(shutil.copy(small_database, world / "vt.db"))


@pytest.fixture
def small(database: Path) -> Iterator[Dataset]:
    """The small world, to be asked."""
    with opened(database) as dataset:
        yield dataset


@pytest.fixture(scope="session")
def bare_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own data without what was worked out of lost blanks."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("recovered", "vt.db*"))
    return ensure(folder / "data", folder / "vt.db")


@pytest.fixture(scope="session")
def bare(bare_database: Path) -> Iterator[Dataset]:
    """The same, to be asked."""
    with opened(bare_database) as dataset:
        yield dataset


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The repository's data to be written in, without IJsselland, which takes most of a build."""
    left_out = shutil.ignore_patterns("vt.db*", "concept", "statline", "ijsselland*")
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=left_out))


@pytest.fixture(scope="session")
def real_database(common: Path) -> Path:
    """The database of the repository's own data, built once for all workers."""
    with alone(common):
        return ensure(DATA, common / "real" / "vt.db")


@pytest.fixture(scope="session")
def hostile(common: Path) -> World:
    """The repository's data with hostile labels, built once for all workers."""
    with alone(common):
        return make_hostile(common / "hostile")


@pytest.fixture(scope="session")
def hostile_deck(hostile: World) -> Deck:
    return deck_of(hostile)


@pytest.fixture(scope="session")
def dataset(real_database: Path) -> Iterator[Dataset]:
    """The real data, to be asked; what is hidden of a region is worked out once for all tests."""
    with opened(real_database) as dataset:
        yield dataset


@pytest.fixture(scope="session")
def metadata(dataset: Dataset) -> Metadata:
    return dataset.metadata


@pytest.fixture
def real_site(monkeypatch: pytest.MonkeyPatch, real_database: Path) -> None:
    """The site draws the real data."""
    monkeypatch.setenv("VT_DATABASE", str(real_database))
