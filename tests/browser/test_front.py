"""Behind a real front: nginx as deploy/README.md says, with a certificate, under a path, the app at IPv6 alone."""

import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from real import REPOSITORY
from screen import Screen
from served import free_port, running, soon

pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")), reason="no nginx and openssl here"
)
MAKE_CERTIFICATE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"


def write_nginx(folder: Path, port: int, front: int) -> Path:
    """The site of deploy/nginx.conf, changed as deploy/README.md says for a path and for https."""
    site = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    certificate = f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;"
    listen = f"listen 127.0.0.1:{front} ssl; listen [::1]:{front} ssl; {certificate}"
    site = site.replace("listen 80;", listen).replace("/var/log/nginx", str(folder))
    site = re.sub(r"127\.0\.0\.1:850\d", f"[::1]:{port}", site)
    for inside in ("/static/ {", "/_stcore/stream {", "/(healthz|_stcore/metrics)$"):
        assert site.count(inside) == 1
        site = site.replace(inside, f"/cijfers{inside}")
    (folder / "site.conf").write_text(site)
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{name}_temp_path {folder}/{name};" for name in names)
    main = folder / "nginx.conf"
    main.write_text(f"pid {folder}/pid; daemon off; events {{}} http {{ {temporary} include {folder}/site.conf; }}")
    return main


@pytest.fixture(scope="module")
def front(real_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("front")
    command = f"{MAKE_CERTIFICATE} -keyout {folder}/key.pem -out {folder}/cert.pem".split()
    subprocess.run(command, check=True, capture_output=True)
    settings = {"STREAMLIT_SERVER_BASE_URL_PATH": "cijfers", "STREAMLIT_SERVER_ADDRESS": "::1"}
    settings["VT_DATABASE"] = str(real_database)
    with running(folder / "app.log", at="[::1]:{port}/cijfers", **settings) as port:
        answered_at = free_port()
        config = write_nginx(folder, port, answered_at)
        nginx = subprocess.Popen(["nginx", "-e", folder / "error.log", "-c", config])
        try:
            for _ in soon(10):
                if (folder / "pid").exists():
                    break
                time.sleep(0.05)
            yield answered_at
        finally:
            nginx.terminate()
            nginx.wait(10)


@pytest.fixture(scope="module")
def visited(browser: Browser, front: int) -> Iterator[Screen]:
    """A window that trusts the certificate."""
    context = browser.new_context(ignore_https_errors=True, locale="nl-NL")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Screen.new(context, f"https://localhost:{front}/cijfers")
    context.close()


@pytest.mark.parametrize("host", ["localhost", pytest.param("[::1]", marks=pytest.mark.exhaustive)])
def test_a_visit_stays_under_the_path_and_over_https(visited: Screen, front: int, host: str) -> None:
    home = visited.address = f"https://{host}:{front}/cijfers"
    page = visited.open("melders", gemeente="Deventer").page
    visited.does(page.get_by_test_id("stHeader").get_by_role("link", name="Triage", exact=True).click)
    assert page.url.startswith(f"{home}/triage?")
    page.get_by_role("button", name="Kopieer link").click()
    page.get_by_role("button", name="Link gekopieerd").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{home}/triage?")
    page.locator(".vt-voet a").first.click()
    page.get_by_role("heading", name="Bronnen", level=1).wait_for()
    assert page.url.startswith(f"{home}/bronnen?")
    page.go_back()
    assert visited.settled().page.url.startswith(f"{home}/triage?")
    assert visited.faults == []


def test_a_file_names_the_address_of_the_front(visited: Screen, front: int) -> None:
    home = visited.address = f"https://localhost:{front}/cijfers"
    page = visited.open("triage", gemeente="Deventer").page
    visited.popover("Download")
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    with zipfile.ZipFile(download.value.path()) as book:
        assert home in "".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())


def test_what_is_the_operators_is_the_operators_under_a_path_too(visited: Screen, front: int) -> None:
    site = f"https://localhost:{front}"
    answer = visited.page.request.get(f"{site}/cijfers/healthz")
    assert (answer.status, answer.json()["status"]) == (200, "ok"), "from this machine"
    assert visited.page.request.get(f"https://[::1]:{front}/cijfers/healthz").status == 200
    assert visited.page.request.get(f"{site}/").status == 404
    assert visited.page.request.post(f"{site}/cijfers/triage").status == 405
