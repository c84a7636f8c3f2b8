"""The app as an administrator starts it: a process of its own, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from real import REPOSITORY


@contextmanager
def running(log: Path, **environment: str) -> Iterator[int]:
    """The port at which the app answers, with settings as delivered and these beside them; its output is in log."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"],
            cwd=REPOSITORY,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def soon(seconds: float = 60) -> Iterator[None]:
    """Goes round for that long; a test that then still waits fails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
    pytest.fail(f"it did not happen within {seconds:.0f} seconds")


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text()}")
