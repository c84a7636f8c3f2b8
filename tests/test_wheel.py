"""What is installed without a checkout: a wheel that holds the site with its data."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from real import REPOSITORY
from served import free_port, soon


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installer does, its libraries those of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    made = subprocess.run(
        ["uv", "build", "--wheel", "--quiet", "--out-dir", folder, REPOSITORY], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(folder / "site-packages")
    _compile(folder / "site-packages/vt")
    return folder / "site-packages"


def _compile(package: Path) -> None:
    """As an installer does; what is as it is in the repository is not compiled again."""
    for path in package.rglob("*.py"):
        source = REPOSITORY / path.relative_to(package.parent)
        if source.is_file() and source.read_bytes() == path.read_bytes():
            shutil.copystat(source, path)
            for made in (source.parent / "__pycache__").glob(f"{path.stem}.*"):
                (path.parent / "__pycache__").mkdir(exist_ok=True)
                shutil.copy(made, path.parent / "__pycache__")


def test_a_wheel_holds_no_database_and_no_tests(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"vt"}
    assert not list(installed.rglob("vt.db*"))
    assert not list(installed.rglob("test_*.py"))


def test_the_site_runs_from_a_wheel(installed: Path, real_database: Path, tmp_path: Path) -> None:
    """In a folder of its own, where nothing of the repository is.

    It builds its database anew where its data or its rules are others than those of the repository.
    """
    database = Path(shutil.copy(real_database, tmp_path / "vt.db"))
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(installed), "VT_DATABASE": str(database)}
    command = [sys.executable, "-m", "vt.cli", "serve", "--server.headless=true", f"--server.port={port}"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        answer = b""
        for _ in soon():
            with suppress(OSError):
                answer = urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=30).read()
            if answer or server.poll() is not None:
                break
            time.sleep(0.1)
        assert b'"status":"ok"' in answer, (tmp_path / "log").read_text()
        assert b'lang="nl"' in urllib.request.urlopen(f"http://localhost:{port}/instroom", timeout=5).read()
    finally:
        server.terminate()
        server.wait(20)
