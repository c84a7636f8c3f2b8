"""The rooms of the house: who imports whom (import-linter, pyproject.toml), where SQL lives, what a page may do."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from real import REPOSITORY

from vt.web import site_map

PACKAGE = REPOSITORY / "vt"
PAGES = sorted((REPOSITORY / "pages").glob("*.py"))

SQL_HOMES = ("store", "build")
SQL = re.compile(r"\b(SELECT|INSERT|DELETE FROM|UPDATE \w+ SET|CREATE|DROP|PRAGMA|ATTACH|VACUUM)\b")
MOST_LINES, MOST_PAGE_LINES = 40, 80
PAGES_MAY_ASK = ("streamlit", "vt.web", "vt.figures", "vt.model")
BROUGHT = {"numpy", "pdfminer.six"}  # what pandas and pdfplumber give and raise
FOR_OTHERS = {"uvicorn", "uvloop", "defusedxml"}  # Streamlit serves with two, openpyxl reads with the third
EXPORT_LIBRARIES = {"openpyxl", "xlsxwriter", "pptx", "vl_convert", "typst"}
# In brackets, so that this file does not find itself.
REGISTRY_ADDRESS = r'registry = "https?:|index[-]url|"resolved": "https?:|https?://[^ "]+\.(whl|tgz|tar\.gz)'


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def imported(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, by its full name."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it goes"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


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


def test_what_is_imported_is_what_is_asked_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    lines = [*project["project"]["dependencies"], *groups["import"], *groups["recover"]]
    asked = {Requirement(line).name.lower() for line in lines}
    named = {name.split(".")[0] for path in (*MODULES.values(), *PAGES) for name in imported(path)}
    homes = packages_distributions()
    used = {homes[name][0].lower() for name in named if homes.get(name, ["veilig-thuis"]) != ["veilig-thuis"]}
    assert asked - FOR_OTHERS == used - BROUGHT


def test_rooms_import_one_way_and_libraries_stay_in_theirs() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    ran = subprocess.run([*command, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_app_hands_health_to_the_server() -> None:
    assert {"vt.web.server", "vt.web.health"} <= imported(REPOSITORY / "app.py")


@pytest.mark.parametrize("name", [name for name in MODULES if name.split(".")[0] not in SQL_HOMES])
def test_sql_is_written_and_run_in_its_home(name: str) -> None:
    assert [text for text in texts(MODULES[name]) if SQL.search(text)] == []
    calls = {node.attr for node in ast.walk(parsed(MODULES[name])) if isinstance(node, ast.Attribute)}
    assert calls.isdisjoint({"execute", "executemany", "executescript"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_holds_its_own_code_and_neither_asks_nor_draws_by_itself(page: Path) -> None:
    libraries = {name for name in imported(page) if name.split(".")[0] not in sys.stdlib_module_names}
    assert [name for name in libraries if not f"{name}.".startswith(tuple(f"{room}." for room in PAGES_MAY_ASK))] == []
    assert not [text for text in texts(page) if SQL.search(text)]
    assert len(page.read_text(encoding="utf-8").splitlines()) <= MOST_PAGE_LINES


@pytest.mark.parametrize("name", MODULES)
def test_no_function_is_too_long_to_read(name: str) -> None:
    assert [(f.name, lines_in(f)) for f in functions(MODULES[name]) if lines_in(f) > MOST_LINES] == []


@pytest.mark.parametrize("name", MODULES)
def test_what_is_kept_of_a_text_is_bounded(name: str) -> None:
    """What visitors type is another text each time: kept for good, it would fill the memory."""
    kept = [f for f in functions(MODULES[name]) if any(ast.unparse(each) == "cache" for each in f.decorator_list)]
    assert [f.name for f in kept if any(ast.unparse(arg.annotation or arg) == "str" for arg in f.args.args)] == []


def test_no_module_beside_the_main_script_hides_one_of_python() -> None:
    # the main script is vt/web/site.py; site itself is loaded before any script can hide it
    beside = {path.stem for path in (PACKAGE / "web").glob("*.py")} - {"site"}
    assert beside & sys.stdlib_module_names == set()


def test_a_first_page_loads_no_export_library(real_database: Path) -> None:
    script = f"""
import sys
import vt.web.page
from streamlit.testing.v1 import AppTest
app = AppTest.from_file({str(PACKAGE / "web" / "site.py")!r}, default_timeout=60).run()
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
    assert "vt.api" not in ran.stdout.split()


def test_every_page_is_in_the_navigation_and_every_entry_of_it_has_a_page() -> None:
    """Else the site shows Overzicht in its place."""
    assert site_map.PAGES.keys() == {path.stem for path in PAGES}


@pytest.mark.skipif(not in_git(), reason="not a git checkout")
def test_no_committed_file_holds_a_registry_address() -> None:
    command = ["git", "grep", "-nIE", REGISTRY_ADDRESS, "--", "."]
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert found.returncode == 1, found.stdout + found.stderr


@pytest.mark.skipif(not in_git(), reason="not a git checkout")
def test_no_product_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert [name for name in listed.split() if re.search(r"(^|/)uv\.lock$|\.(db|sqlite3?)$", name)] == []
