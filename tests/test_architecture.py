"""The rooms of the house: which module may import which, and where YAML, SQL, Altair, pandas and Streamlit live."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from real import REPOSITORY

PACKAGE = REPOSITORY / "vt"
PAGES = sorted((REPOSITORY / "pages").glob("*.py"))

# A module imports only from layers before its own. A new module gets its place here.
LAYERS = (
    ("faults", "period"),
    ("catalogue",),
    ("report", "formula"),
    ("claims", "recovered"),
    ("checks", "recover"),
    ("database",),
    ("queries",),
    ("health", "shield"),
    ("selection",),
    ("measures",),
    ("wording",),
    ("theme",),
    ("charts",),
    ("answers",),
    ("figure",),
    ("doubts",),
    ("forms.parts",),
    ("forms.facts",),
    ("forms.findings", "forms.plainly"),
    ("forms.places", "forms.breakdown", "forms.headlines"),
    ("forms.compare",),
    ("forms.asked",),
    ("forms",),
    ("deck",),
    ("presentation",),
    ("export.delimited", "export.picture", "export.native_chart"),
    ("export.document", "export.slides", "export.spreadsheet"),
    ("markup", "provenance"),
    ("export.offline",),
    ("export",),
    ("accessibility", "accounts", "kept"),
    ("downloads",),
    ("web", "cli"),
    ("stage",),
    ("site",),
)
ALONE = ("", "server")
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

HOMES = {
    "yaml": {"catalogue", "report"},
    "sqlite_utils": {"database"},
    "sqlite3": {"database", "queries", "health", "answers", "accounts", "provenance", "web", "cli"},
    "ortools": {"recover"},
    "altair": {"charts", "theme", "figure", "export"},
    "pandas": {"web", "export"},
    "streamlit": {"downloads", "kept", "site", "stage", "web"},
}
SQL_HOMES = {"database", "queries"}
SQL = re.compile(r"\b(SELECT|INSERT|DELETE FROM|UPDATE \w+ SET|CREATE|DROP|PRAGMA|ATTACH|VACUUM)\b")
MOST_LINES, MOST_PAGE_LINES = 40, 40
EXPORT_LIBRARIES = {"openpyxl", "xlsxwriter", "pptx", "vl_convert", "typst"}
# In brackets, so that this file does not find itself.
REGISTRY_ADDRESS = r'registry = "https?:|index[-]url|"resolved": "https?:|https?://[^ "]+\.(whl|tgz|tar\.gz)'


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, by its full name."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it goes"
            found |= {_target(node.module or "", alias.name) for alias in node.names}
    return found


def _target(module: str, name: str) -> str:
    """`from vt.forms import findings` goes to vt.forms.findings, `from vt.forms import places` to what vt.forms holds:
    there a name that is both a module and a function of the package means the package."""
    inner = f"{module}.{name}".removeprefix("vt.")
    if not f"{module}.".startswith("vt.") or inner not in MODULES:
        return module
    package = MODULES.get(module.removeprefix("vt."))
    return module if package and name in _names_of(package) else f"{module}.{name}"


def _names_of(path: Path) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def of_vt(path: Path) -> set[str]:
    return {name.removeprefix("vt").removeprefix(".") for name in imported(path) if name.split(".")[0] == "vt"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def texts(path: Path) -> Iterator[str]:
    """Every string in a file but its docstrings."""
    tree = parsed(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node, documented)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def _has_docstring(node: ast.AST, documented: tuple[type, ...]) -> bool:
    return isinstance(node, documented) and ast.get_docstring(node) is not None


def in_git() -> bool:
    return shutil.which("git") is not None and (REPOSITORY / ".git").exists()


def test_every_module_has_its_place_in_the_order() -> None:
    assert set(MODULES) - set(ALONE) == set(RANK), "a module is missing from LAYERS, or no longer there"


@pytest.mark.parametrize("name", [name for name in MODULES if name in RANK])
def test_imports_point_one_way(name: str) -> None:
    wrong = {other for other in of_vt(MODULES[name]) - {name} if RANK.get(other, len(LAYERS)) >= RANK[name]}
    assert not wrong, f"vt.{name} imports from its right: {sorted(wrong)}"


@pytest.mark.parametrize("name", ALONE)
def test_the_server_and_the_package_itself_know_nothing_of_the_rest(name: str) -> None:
    assert of_vt(MODULES[name]) == set()


def test_pages_ask_only_web_and_the_app_hands_health_to_the_server() -> None:
    assert {name for page in PAGES for name in imported(page)} == {"vt.stage", "vt.web"}
    assert of_vt(REPOSITORY / "app.py") == {"health", "server"}


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_a_library_stays_in_its_home(library: str, homes: set[str]) -> None:
    users = {name for name, path in MODULES.items() if library in {full.split(".")[0] for full in imported(path)}}
    assert {name for name in users if name not in homes and name.split(".")[0] not in homes} == set()


@pytest.mark.parametrize("name", [name for name in MODULES if name not in SQL_HOMES])
def test_sql_is_written_and_run_in_its_home(name: str) -> None:
    assert [text for text in texts(MODULES[name]) if SQL.search(text)] == []
    calls = {node.attr for node in ast.walk(parsed(MODULES[name])) if isinstance(node, ast.Attribute)}
    assert calls.isdisjoint({"execute", "executemany", "executescript"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_only_asks_and_shows(page: Path) -> None:
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in ast.walk(parsed(page)) if isinstance(node, made)]
    assert not [text for text in texts(page) if SQL.search(text)]
    assert len(page.read_text(encoding="utf-8").splitlines()) <= MOST_PAGE_LINES


@pytest.mark.parametrize("name", MODULES)
def test_no_function_is_too_long_to_read(name: str) -> None:
    assert [(f.name, lines_in(f)) for f in functions(MODULES[name]) if lines_in(f) > MOST_LINES] == []


def test_no_module_beside_the_main_script_hides_one_of_python() -> None:
    # site is loaded before any script can hide it, and the design names it so
    assert {name.split(".")[0] for name in MODULES if name != "site"} & sys.stdlib_module_names == set()


def test_a_first_page_loads_no_export_library(real_database: Path) -> None:
    script = f"""
import sys
import vt.web
from streamlit.testing.v1 import AppTest
app = AppTest.from_file({str(PACKAGE / "site.py")!r}, default_timeout=60).run()
assert not app.exception and app.title, app
print(*sys.modules)
"""
    environment = {**os.environ, "VT_DATABASE": str(real_database)}
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    loaded = {name.split(".")[0] for name in ran.stdout.split()}
    assert {"streamlit", "altair"} <= loaded
    assert loaded & EXPORT_LIBRARIES == set()


@pytest.mark.skipif(not in_git(), reason="not a git checkout")
def test_no_committed_file_holds_a_registry_address() -> None:
    command = ["git", "grep", "-nIE", REGISTRY_ADDRESS, "--", "."]
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert found.returncode == 1, found.stdout + found.stderr


@pytest.mark.skipif(not in_git(), reason="not a git checkout")
def test_no_product_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert [name for name in listed.split() if re.search(r"(^|/)uv\.lock$|\.(db|sqlite3?)$", name)] == []
