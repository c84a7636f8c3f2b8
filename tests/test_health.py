"""What an operator hears of the database, in good days and bad ones; never a path or an error text."""

import json
import logging
from pathlib import Path

import pytest

from vt.build.build import hash_content
from vt.web import health


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, world: Path) -> Path:
    """The small world as what the environment names; its database, not yet built."""
    monkeypatch.setenv("VT_DATA", str(world))
    monkeypatch.setenv("VT_DATABASE", str(world / "vt.db"))
    return world / "vt.db"


def spoil(world: Path) -> None:
    (world / "catalogue" / "places.yaml").write_text("places: [")


def test_a_start_builds_what_is_missing(served: Path) -> None:
    health.prepare()
    found = health.health()
    assert (found["status"], found["current"]) == ("ok", True)
    assert found["data_version"] == hash_content(served.parent)[:8]
    assert str(found["built_at"]).endswith("+00:00")


@pytest.mark.usefixtures("real_site")
def test_the_last_check_is_counted() -> None:
    found = health.health()
    check = found["last_check"]
    assert isinstance(check, dict)
    assert check["at"] == found["built_at"]
    assert check["unaccounted"] == 0
    assert check["verdicts"]["right"] > check["verdicts"]["wrong"] > 0


def test_a_new_build_is_heard_of(served: Path) -> None:
    health.prepare()
    before = health.health()
    report = next((served.parent / "reports").glob("*.yaml"))
    report.write_text(report.read_text() + "\n")
    assert health.health() == {**before, "current": False}
    health.prepare()
    after = health.health()
    assert after["current"] is True
    assert after["data_version"] != before["data_version"]


def test_data_that_no_longer_loads_leaves_the_last_good_build(served: Path, caplog: pytest.LogCaptureFixture) -> None:
    health.prepare()
    spoil(served.parent)
    health.prepare()
    found = health.health()
    assert (found["status"], found["current"]) == ("ok", False)
    assert "does not load" in caplog.text


@pytest.mark.parametrize("content", [None, b"", b"not a database at all" * 100])
def test_no_readable_database_fails_and_only_the_log_says_why(
    served: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if content is not None:
        served.write_bytes(content)
    with caplog.at_level(logging.ERROR, "vt"):
        found = health.health()
    assert found == {"status": "failing"}
    assert str(served) not in json.dumps(found)
    assert caplog.records[0].exc_info


def test_a_first_start_with_bad_data_is_no_crash(served: Path, caplog: pytest.LogCaptureFixture) -> None:
    spoil(served.parent)
    health.prepare()
    assert "does not load" in caplog.text
    assert health.health() == {"status": "failing"}
