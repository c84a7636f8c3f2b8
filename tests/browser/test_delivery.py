"""Aanleveren, as a person uses it: a document is dropped, looked through and taken in, and stands on the site."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from printing import Style, load, make_typst, print_report
from real import DORDRECHT
from served import free_port, wait_for

from vt.store.connection import connect
from vt.store.printed import read_reports


@contextmanager
def delivering(log: Path, **environment: str) -> Iterator[str]:
    """Where the page answers, started as `vt aanleveren` starts it."""
    port = free_port()
    options = ("--server.headless=true", f"--server.port={port}")
    command = [sys.executable, "-m", "vt.cli", "aanleveren", *options]
    with log.open("wb") as out:
        server = subprocess.Popen(command, env={**os.environ, **environment}, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


def test_a_document_that_is_dropped_ends_as_a_figure_on_the_page(browser: Browser, data: Path, tmp_path: Path) -> None:
    for folder in ("reports", "claims"):
        (data / folder / f"{DORDRECHT}.yaml").unlink()
    document = tmp_path / "halfjaarrapport.pdf"
    make_typst(print_report(load(DORDRECHT), random.Random(1)), Style(), document)
    environment = {"VT_DATA": str(data), "VT_DATABASE": str(tmp_path / "vt.db")}
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    with delivering(tmp_path / "delivering.log", **environment) as address:
        page.goto(address)
        photo = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"}
        page.locator("input[type=file]").set_input_files(photo)
        expect(page.get_by_text("foto.jpg is een beeld (een foto of een scan)")).to_be_visible()
        page.locator("input[type=file]").set_input_files(document)
        page.get_by_role("button", name="Lees in").click()
        expect(page.get_by_text("Tabellen gelezen: 14; nog niet gelezen: 0.")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Verder: Betekenis").click()
        expect(
            page.get_by_text("Aantal meldingen per gemeente, periode en soort geweld voor Dordrecht")
        ).to_be_visible()
        page.reload()  # whatever was done so far stands in the folder of the concept
        page.get_by_role("radio", name="5 Verschil").click()
        page.get_by_role("button", name="Bekijk op de site").click()
        link = page.get_by_role("link", name="Open de site met dit concept")
        expect(link).to_be_visible(timeout=150_000)
        see_figure(browser.new_page(), str(link.get_attribute("href")).replace("/?", "/instroom?"))
        assert not (data / "reports" / f"{DORDRECHT}.yaml").exists()
        page.get_by_role("button", name="Neem op").click()
        expect(page.get_by_text("is opgenomen")).to_be_visible(timeout=60_000)
        page.close()
    with closing(connect(tmp_path / "vt.db")) as db:
        assert DORDRECHT in {report.report for report in read_reports(db)}


def see_figure(page: Page, address: str) -> None:
    """The number of meldingen of the document, on the real page."""
    page.goto(address)
    expect(page.get_by_text("550").first).to_be_visible(timeout=60_000)
    page.close()
