"""A change of several files is whole or not at all, also where the process that makes it is killed."""

import os
import signal
import sys
from pathlib import Path

import pytest

from vt.errors import DataError
from vt.importer.staging import put
from vt.ingest.changes import settle_changes

OLD = {"layouts/a.yaml": "old", "claims/b.yaml": "old", "reports/b.yaml": "old"}
NEW = {"layouts/a.yaml": "new", "reports/c.yaml": "new"}


def list_files(data: Path) -> dict[str, str]:
    return {path.relative_to(data).as_posix(): path.read_text() for path in data.rglob("*") if path.is_file()}


def die_at(step: int) -> None:
    """Kill this process, as `kill -9` does, before it moves or deletes a file after so many others."""
    seen = iter(range(step))

    def watch(event: str, _: object) -> None:
        if event in ("os.rename", "os.remove") and next(seen, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
@pytest.mark.parametrize("step", range(8))
def test_a_killed_change_is_as_it_was_or_whole(tmp_path: Path, step: int) -> None:
    for name, text in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    changed = {Path(name): text.encode() for name, text in NEW.items()} | dict.fromkeys(map(Path, [*OLD][1:]))
    if (child := os.fork()) == 0:
        die_at(step)
        put(tmp_path, changed)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == (step < 7)
    settle_changes(tmp_path)
    kept = {name: text for name, text in list_files(tmp_path).items() if not Path(name).name.startswith(".")}
    assert kept == (OLD if step == 0 else NEW)
    put(tmp_path, {})
    assert kept == list_files(tmp_path), "nothing of it is left"


@pytest.mark.parametrize(
    "told", ["", "[1]", '{"reports/b.yaml": "../kept"}', '{"/kept": null}', '{"a/../../kept": null}', '{"a": 1}']
)
def test_a_list_that_no_change_wrote_moves_nothing(tmp_path: Path, told: str) -> None:
    data, kept = tmp_path / "data", tmp_path / "kept"
    data.mkdir()
    kept.write_text("kept")
    (data / ".change.json").write_text(told.replace("/kept", f"{kept}") if told.startswith('{"/') else told)
    with pytest.raises(DataError, match="geen lijst van een wijziging"):
        settle_changes(data)
    assert (kept.read_text(), list_files(data)) == ("kept", {".change.json": (data / ".change.json").read_text()})
