"""What stands in deploy/: nginx takes its configuration, the unit is shut tight, the image needs no root."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parent.parent / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
PORTS = ("8501", "8502", "8503")


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
    found = re.findall(r"location ([^{]+) \{(.*?)\}", NGINX, flags=re.DOTALL)
    return dict(found)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here")
def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    site = tmp_path / "site.conf"
    site.write_text(NGINX.replace("listen 80;", "listen 127.0.0.1:18999;"))
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = tmp_path / "nginx.conf"
    main.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {temporary} include {site}; }}")
    command = ["nginx", "-t", "-e", str(tmp_path / "error.log"), "-c", str(main)]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


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
    copied = {word for line in re.findall(r"^COPY (?!--)(.*)", CONTAINERFILE, flags=re.M) for word in line.split()[:-1]}
    assert {".streamlit", "app.py", "data", "pages", "pyproject.toml", "vt"} <= copied


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_nothing_is_fetched_from_an_address(path: Path) -> None:
    addresses = set(re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8")))
    assert addresses <= {"127.0.0.1"}
