"""What stands in deploy/: nginx takes its configuration, the unit is shut tight, the image needs no root."""

import configparser
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from served import soon

DEPLOY = Path(__file__).parent.parent / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "veilig-thuis@.service").read_text(encoding="utf-8")
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text(encoding="utf-8"))
PORTS = ("8501", "8502", "8503")
needs_nginx = pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here")
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")


class Unit(configparser.RawConfigParser):
    """A systemd unit; of a key that stands there twice, the last value."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.fixture(scope="module")
def service() -> configparser.SectionProxy:
    unit = Unit(strict=False, interpolation=None)
    unit.read(DEPLOY / "veilig-thuis@.service", encoding="utf-8")
    return unit["Service"]


def upstreams() -> dict[str, list[str]]:
    blocks = re.findall(r"upstream (\w+) \{(.*?)\}", NGINX, flags=re.DOTALL)
    return {name: re.findall(r"server 127\.0\.0\.1:(\d+)", block) for name, block in blocks}


def locations() -> dict[str, str]:
    found = re.findall(r"location ([^{]+) \{(.*?)\n    \}", NGINX, flags=re.DOTALL)
    return dict(found)


def copied() -> set[str]:
    lines = re.findall(r"^COPY (?!--)(.*)", CONTAINERFILE, flags=re.MULTILINE)
    return {word for line in lines for word in line.split()[:-1]}


def free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def nginx_command(tmp_path: Path, front: int) -> list[str]:
    """nginx with our site at another port than 80, and all that it writes in a folder of its own."""
    site = tmp_path / "site.conf"
    own = NGINX.replace("listen 80;", f"listen 127.0.0.1:{front};").replace("/var/log/nginx", str(tmp_path))
    site.write_text(own)
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = tmp_path / "nginx.conf"
    main.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {temporary} include {site}; }}")
    return ["nginx", "-e", str(tmp_path / "error.log"), "-c", str(main)]


@pytest.fixture
def front(tmp_path: Path) -> Iterator[int]:
    """The port of a running nginx; there may be nobody behind it."""
    with fronting(tmp_path) as port:
        yield port


@contextmanager
def fronting(tmp_path: Path) -> Iterator[int]:
    """The port of a running nginx."""
    (port,) = free_ports(1)
    running = subprocess.Popen([*nginx_command(tmp_path, port), "-g", "daemon off;"])
    try:
        for _ in range(100):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait(10)


@needs_nginx
def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    ran = subprocess.run([*nginx_command(tmp_path, 18999), "-t"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


@needs_nginx
def test_one_address_holds_so_many_connections_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As deployed but for the numbers: eight requests that nobody answers, of which five are let through."""
    silent = socket.create_server(("127.0.0.1", 0))
    assert "limit_conn vt_connections 800;" in NGINX
    lower = re.sub(r"127\.0\.0\.1:850\d", f"127.0.0.1:{silent.getsockname()[1]}", NGINX)
    monkeypatch.setattr(sys.modules[__name__], "NGINX", lower.replace("vt_connections 800", "vt_connections 5"))
    with silent, fronting(tmp_path) as port, ExitStack() as stack:
        asked = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(8)]
        for each in asked:
            each.settimeout(0.3)
            each.sendall(b"GET / HTTP/1.1\r\nHost: cijfers.example.nl\r\n\r\n")
        refused = 0
        for each in asked:
            with suppress(TimeoutError):
                refused += each.recv(100).startswith(b"HTTP/1.1 429")
    assert refused == 3


@needs_nginx
def test_a_page_of_another_site_gets_no_websocket(front: int) -> None:
    """Streamlit would first look up its own address on the internet, with all visitors waiting."""

    def status(**headers: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", front, timeout=10)
        try:
            connection.request("GET", "/_stcore/stream", headers={"Host": "cijfers.example.nl"} | headers)
            return connection.getresponse().status
        finally:
            connection.close()

    foreign = ("evil.example", "cijfers.example.nl.evil.example", "x.cijfers.example.nl", "cijfersXexample.nl")
    assert {status(Origin=f"https://{name}") for name in foreign} == {403}
    assert status(Origin="null") == 403
    passed = (status(), status(Origin="https://cijfers.example.nl"), status(Origin="http://cijfers.example.nl"))
    assert 403 not in passed
    assert status(Host="localhost:8080", Origin="http://localhost:8080") != 403


@needs_nginx
def test_nothing_is_sent_to_the_app_a_long_link_passes_and_the_log_knows_nobody(front: int, tmp_path: Path) -> None:
    def status(method: str, path: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", front, timeout=10)) as connection:
            connection.request(method, path, headers={"Referer": "http://intranet.example.nl/zaak/12345"})
            return connection.getresponse().status

    assert {status(method, "/_stcore/upload_file/x/y") for method in ("PUT", "POST", "DELETE")} == {405}
    assert status("GET", f"/presenteren?dia={'x' * 20_000}") == 502  # nobody is behind it
    lines: list[str] = []
    for _ in soon(10):  # nginx writes after it has answered
        lines = (tmp_path / "veilig-thuis.log").read_text().splitlines()
        if len(lines) == 4:
            break
    assert all(line.startswith("127.0.0.0 [") for line in lines)
    assert not re.search(r"dia=|intranet|127\.0\.0\.1", (tmp_path / "veilig-thuis.log").read_text())
    assert (tmp_path / "veilig-thuis-error.log").read_text() == ""


def test_every_process_is_in_every_pool_and_has_its_own_first() -> None:
    pools = upstreams()
    assert all(sorted(ports) == sorted(PORTS) for ports in pools.values())
    assert [pools[f"vt_{letter}"][0] for letter in "abc"] == list(PORTS)
    assert re.findall(r'"~:(\d+)\$"\s+(\w);', NGINX) == list(zip(PORTS, "abc", strict=True))
    assert re.findall(r"^    (\w)\s+vt_(\w);", NGINX, flags=re.MULTILINE) == [(letter, letter) for letter in "abc"]


def test_the_websocket_is_upgraded_kept_open_and_says_which_process_it_is() -> None:
    stream = locations()["= /_stcore/stream"]
    assert "add_header Set-Cookie $vt_cookie always;" in stream
    assert int(re.findall(r"proxy_read_timeout (\d+)s", stream)[0]) > 60  # Streamlit pings every 30 s
    for line in ("Upgrade $http_upgrade", "Connection $vt_connection", "Host $http_host"):
        assert f"proxy_set_header {line};" in NGINX
    assert not any("proxy_set_header" in block for block in locations().values()), "would drop those of the server"


def test_the_operators_pages_are_for_the_machine_itself() -> None:
    (inside,) = (block for path, block in locations().items() if "healthz" in path)
    rules = [line.strip() for line in inside.splitlines() if re.match(r"\s*(allow|deny)", line)]
    assert rules == ["allow 127.0.0.1;", "allow ::1;", "deny all;"]


@needs_systemd
def test_systemd_takes_the_unit_and_finds_it_shut(tmp_path: Path) -> None:
    unit = tmp_path / "veilig-thuis@.service"
    unit.write_text(UNIT.replace("/opt/veilig-thuis/.venv/bin/python", sys.executable))
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    complaints = [line for line in verified.stderr.splitlines() if "veilig-thuis" in line]
    assert not complaints, "an unknown key is a complaint, though the exit code stays 0"
    assert verified.returncode == 0, verified.stderr
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit]
    exposure = subprocess.run(command, capture_output=True, text=True)
    assert exposure.returncode == 0, exposure.stdout[-200:] + exposure.stderr


def test_the_service_runs_as_nobody_and_writes_nothing(service: configparser.SectionProxy) -> None:
    assert {key: service[key] for key in ("DynamicUser", "ProtectSystem", "ProtectHome", "PrivateTmp")} == {
        "DynamicUser": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
    }
    assert service["CapabilityBoundingSet"] == ""
    assert service["NoNewPrivileges"] == "yes"
    assert not [key for key in service if key.startswith(("ReadWrite", "StateDirectory", "CacheDirectory"))]


def test_the_service_is_bounded_and_comes_back(service: configparser.SectionProxy) -> None:
    assert service["Restart"] == "always"
    assert service["MemoryMax"].endswith(("M", "G"))
    assert "--server.address=127.0.0.1" in service["ExecStart"]
    assert "--server.port=%i" in service["ExecStart"]
    assert "MemoryDenyWriteExecute" not in service, "V8 draws the pictures and compiles as it runs"


def test_the_image_is_python_slim_and_needs_no_root() -> None:
    assert set(re.findall(r"^FROM (\S+)", CONTAINERFILE, flags=re.MULTILINE)) == {"python:3.11-slim"}
    users = re.findall(r"^USER (\d+)", CONTAINERFILE, flags=re.MULTILINE)
    assert users
    assert users[-1] != "0"
    assert "/healthz" in CONTAINERFILE.partition("HEALTHCHECK")[2]


def test_the_image_takes_all_that_the_app_needs() -> None:
    assert {".streamlit", "app.py", "data", "pages", "pyproject.toml", "vt"} <= copied()


def test_the_image_asks_nobody_for_its_address_when_it_starts() -> None:
    lines = re.findall(r"^ENV ((?:.*\\\n)*.*)", CONTAINERFILE, flags=re.MULTILINE)
    environment = dict(re.findall(r"(STREAMLIT_\w+)=(\S+)", "\n".join(lines)))
    assert environment["STREAMLIT_SERVER_ADDRESS"] == "0.0.0.0"
    script = """
from streamlit import config, net_util
from streamlit.web import bootstrap, cli
def greet(*args, **kwargs):
    assert config.get_option("server.address") == "0.0.0.0"
    bootstrap._print_url(False)
net_util.get_external_ip = lambda: print("asked")
bootstrap.run_asgi_app = greet
cli.main(["run", "app.py"])
"""
    command = [sys.executable, "-c", script]
    environment = {**os.environ, **environment}
    ran = subprocess.run(command, cwd=DEPLOY.parent, env=environment, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


def test_the_commands_put_down_all_that_the_image_has(tmp_path: Path) -> None:
    block, *_ = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    steps = [line for line in block.splitlines() if line.startswith(("umask", "mkdir", "cp -r"))]
    target = tmp_path / "opt" / "veilig-thuis"
    script = "\n".join(steps).replace("/opt/veilig-thuis", str(target))
    subprocess.run(["sh", "-ec", f"umask 077\n{script}"], cwd=DEPLOY.parent, check=True)
    assert copied() <= {path.name for path in target.iterdir()}
    assert target.stat().st_mode & 0o005 == 0o005, "the service is nobody: it must be able to read"


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_nothing_is_fetched_from_an_address(path: Path) -> None:
    addresses = set(re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8")))
    assert addresses <= {"127.0.0.1"}


def test_what_is_installed_here_is_what_is_pinned() -> None:
    pinned = [Requirement(line) for line in PROJECT["tool"]["uv"]["constraint-dependencies"]]
    here = [each for each in pinned if each.marker is None or each.marker.evaluate()]
    assert [str(each) for each in here if version(each.name) not in each.specifier] == []
    assert len(here) > 60
