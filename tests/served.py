"""The app as an administrator starts it: a process of its own, on a port of its own."""

import fcntl
import gzip
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
import uvicorn
from real import REPOSITORY
from starlette.types import ASGIApp


@contextmanager
def running(log: Path, at: str = "127.0.0.1:{port}", port: int = 0, **environment: str) -> Iterator[int]:
    """The port at which the app answers, with settings as delivered and these beside them; its output is in log."""
    port = port or free_port()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"],
            cwd=REPOSITORY,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://{at.format(port=port)}/_stcore/health", server, log)
        yield port
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """What another worker makes in the folder is waited for, and not made again."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def shared(folder: Path, **environment: str) -> Iterator[int]:
    """The port of one app for all workers: who comes first starts it, and stops it when the others are gone."""
    told = folder / "port"
    with ExitStack() as until_the_end:
        with alone(folder):
            users = until_the_end.enter_context((folder / "users").open("w"))
            fcntl.flock(users, fcntl.LOCK_SH)  # not while it is stopped; a worker that crashes uses nothing any more
            is_ours = not told.exists()
            if is_ours:
                port = until_the_end.enter_context(running(folder / "server.log", **environment))
                told.write_text(str(port))
        yield int(told.read_text())
        if is_ours:
            fcntl.flock(users, fcntl.LOCK_EX)
            told.unlink()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def soon(seconds: float = 60) -> Iterator[None]:
    """Goes round for that long; a test that then still waits fails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
    pytest.fail(f"it did not happen within {seconds:.0f} seconds")


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text()}")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    sent: bytes

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.sent) if self.headers["content-encoding"] == "gzip" else self.sent

    @property
    def text(self) -> str:
        return self.content.decode()

    def policy(self, directive: str) -> list[str]:
        (words,) = (
            part.split()[1:]
            for part in self.headers["content-security-policy"].split("; ")
            if part.startswith(f"{directive} ")
        )
        return words


@dataclass(frozen=True)
class Client:
    port: int

    @property
    def stream(self) -> str:
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        return answer


@contextmanager
def serving(app: ASGIApp) -> Iterator[Client]:
    listener = socket.create_server(("127.0.0.1", 0))
    process = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="websockets-sansio"))
    thread = threading.Thread(target=process.run, kwargs={"sockets": [listener]})
    thread.start()
    for _ in soon():
        if process.started or not thread.is_alive():
            break
        time.sleep(0.01)
    try:
        yield Client(listener.getsockname()[1])
    finally:
        process.should_exit = True
        thread.join()
        listener.close()
