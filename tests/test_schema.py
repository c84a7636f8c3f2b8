"""The JSON Schema by which an editor completes the keys of a report."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from real import DATA, load_yaml, parse_yaml

from vt.ingest import reports

SCHEMA = json.loads((DATA / "schema/report.schema.json").read_text(encoding="utf-8"))
REPORTS = sorted((DATA / "reports").glob("*.yaml"))


def as_json(value: Any) -> Any:
    """A YAML value as JSON has it: keys are texts, days too."""
    match value:
        case dict():
            return {str(key): as_json(item) for key, item in value.items()}
        case list():
            return [as_json(item) for item in value]
        case date():
            return value.isoformat()
    return value


def read(path: Path) -> Any:
    return as_json(load_yaml(path))


def faults(content: Any) -> list[str]:
    return [error.json_path for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(content)]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_report_and_the_template_fit_the_schema_that_they_name(path: Path) -> None:
    named = path.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
    assert (path.parent / named).resolve() == DATA / "schema/report.schema.json"
    assert faults(read(path)) == []


def test_the_schema_has_the_keys_that_are_read() -> None:
    report, table = SCHEMA["$defs"]["report"], SCHEMA["$defs"]["table"]
    assert set(report["required"]) == set(reports._REPORT_KEYS)
    assert set(report["properties"]) == {*reports._REPORT_KEYS, *reports._REPORT_OPTIONS}
    assert set(table["required"]) == set(reports._TABLE_KEYS)
    assert set(table["properties"]) == {*reports._TABLE_KEYS, *reports._TABLE_OPTIONS}


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("  publisher:", "  uitgever:", "$.report"),
        ("    rows: place", "    rows: plaats", "$.tables[0].rows"),
        ("    heading: Meldingen ", "    kop: Meldingen ", "$.tables[0]"),
        ('number: "1"', "number: 1", "$.tables[0].number"),
        ("      Zwolle: [10, 4,", "      Zwolle: [10, vier,", "$.tables[0].cells.Zwolle"),
        ("accessed: 2021-12-31", "accessed: vorige week", "$.report.accessed"),
        ("{name: A. Lezer, date: 2022-01-15}", "A. Lezer", "$.report.checked_by"),
        ("{heading: Verhouding, share: 2021}", "{heading: Verhouding}", "$.tables[2].derived.columns[1]"),
        ("{sequence: [2, 3]}", "{reeks: [2, 3]}", "$.tables[3].cells['Onderwijs / Anders']"),
    ],
)
def test_what_a_report_may_not_say_does_not_fit(old: str, new: str, path: str) -> None:
    text = (DATA / "reports/_template.yaml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    assert path in faults(as_json(parse_yaml(text.replace(old, new, 1))))
