"""The real pages on a concept: the site as a process of its own, for as long as Aanleveren runs."""

import atexit
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from vt.store.connection import site_folder

_WAIT = 90.0  # seconds, for the site to answer
_running: dict[Path, tuple[subprocess.Popen[bytes], str]] = {}


def start(folder: Path) -> str:
    """The address of the site with this data folder; one that ran with it is ended first. TimeoutError where it does
    not start."""
    stop(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = {**os.environ, "VT_DATA": str(folder.resolve()), "VT_DATABASE": str(folder.resolve() / "vt.db")}
    site = subprocess.Popen([*command, "--server.address=localhost"], cwd=site_folder(), env=environment)
    _running[folder] = site, f"http://localhost:{port}"
    end = time.monotonic() + _WAIT
    while time.monotonic() < end and site.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
            return f"http://localhost:{port}"
        time.sleep(0.2)
    stop(folder)
    raise TimeoutError


def stop(folder: Path) -> None:
    """End the site of a folder, where one runs."""
    if folder in _running:
        _running.pop(folder)[0].terminate()


@atexit.register
def _stop_all() -> None:
    for folder in list(_running):
        stop(folder)
