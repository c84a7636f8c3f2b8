"""`vt correct | withdraw | finalise`: a report that is in is changed whole or not at all, with a trace of why."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import count
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from vt.build.build import ensure
from vt.errors import DataError, Fault, did_you_mean, quote_value, refuse
from vt.figures import flags
from vt.figures.collection import describe_unaccounted
from vt.importer.numbers import read_number
from vt.importer.proofread import compare
from vt.importer.staging import Changed, put_tried, try_out
from vt.ingest.catalogue import load_catalogue
from vt.ingest.changes import work_alone
from vt.ingest.editing import ReportText, put_proofreading
from vt.ingest.reports import find_report, load_reports
from vt.ingest.writer import write_yaml
from vt.model.report import Proofreading, Report
from vt.model.verdicts import Outcome
from vt.store.connection import connect, data_folder, database_path
from vt.store.verdicts import read_verdicts

CHANGES, KEPT = "CHANGES.yaml", ("reports/{}.yaml", "claims/{}.yaml", "recovered/{}.yaml", "origins/{}.json")
_HEAD = "# Wat er aan rapporten veranderde nadat zij waren opgenomen, en waarom; geschreven door vt.\n"
TASKS = {
    "correct": "mend one number that was taken over wrongly",
    "withdraw": "take a report out; its files are kept in withdrawn/",
    "finalise": "say that the provisional numbers of a report are final",
    "proofread": "compare what a second reader typed in the workbook of `vt new`, and note who did",
}
_DONE = {
    "correct": "{corrected}: {from} is nu {to}",
    "withdraw": "ingetrokken; de bestanden staan in withdrawn/",
    "finalise": "de cijfers van tabel {finalised} zijn nu definitief",
    "proofread": "elk getal is gelijk; nagelezen door {proofread}",
}


class _Difference(NamedTuple):
    """What one check finds to differ: by how much, whether somebody said why, and in a sentence."""

    gap: float
    is_explained: bool
    text: str


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, text in TASKS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("report", help="the id of a report: the name of its file")
        if name == "correct":
            command.add_argument(
                "--table", required=True, help="its number as printed; “1 (Meldingen)” where two have it"
            )
            command.add_argument("--row", required=True, help="the printed name of the row")
            command.add_argument("--column", default="1", help="the how manyth, or its printed name")
            command.add_argument("--to", required=True, help="the number that is printed; leeg where nothing is")
        if name == "proofread":
            command.add_argument("file", type=Path, help="the workbook, filled in without seeing the numbers")
            command.add_argument("--by", required=True, help="who typed it; shown on the site")
        command.add_argument(
            "--reason",
            required=name != "proofread",
            default="Nagelezen door een tweede lezer.",
            help="why, for who reads data/CHANGES.yaml",
        )
        command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
        command.add_argument("--database", type=Path, default=database_path(), help="the database to build")
        command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Change one report; DataError, and nothing changed, where that cannot be."""
    if not options.reason.strip():
        refuse("--reason", "er staat geen reden", "waarom verandert dit?")
    tasks: Mapping[str, Callable[[argparse.Namespace, Report, list[Report]], tuple[Changed, dict[str, Any]]]]
    tasks = {"correct": _correct, "withdraw": _withdraw, "finalise": _finalise, "proofread": _proofread}
    with work_alone(options.data):
        reports = load_reports(options.data / "reports", load_catalogue(options.data / "catalogue"))
        _refuse_withdrawn(options.report, reports, options.data)
        report = find_report(reports, options.report)
        changed, trace = tasks[options.command](options, report, reports)
        entry = {"date": datetime.now(UTC).date(), "report": report.id, **trace, "reason": options.reason.strip()}
        _make_change(options, changed, {Path(CHANGES): _add_trace(options.data / CHANGES, entry)})
    ensure(options.data, options.database)
    print(f"{report.id}: {_DONE[options.command].format(**trace)}. Onthouden in {CHANGES}.")
    with closing(connect(options.database)) as db:
        for text in describe_unaccounted(read_verdicts(db, report.id)):
            print(text, file=sys.stderr)
    return 0


def _make_change(options: argparse.Namespace, changed: Changed, traced: Changed) -> None:
    """Change the files where that can be, with the trace; of a correction, where no check then says more."""
    is_judged = options.command == "correct"
    before = _read_differences(ensure(options.data, options.database)) if is_judged else {}

    def settle(made: Path) -> None:
        if is_judged:
            _refuse_new(before, _read_differences(made))
        put_tried(options.data, {**changed, **traced}, made, options.database)

    try_out(options.data, changed, settle)


def _refuse_withdrawn(id_: str, reports: Sequence[Report], data: Path) -> None:
    """DataError where a report was in, and is no more."""
    is_in = id_ in (report.id for report in reports)
    if not is_in and (data / "withdrawn" / "reports" / f"{Path(id_).name}.yaml").exists():
        refuse(f"withdrawn/reports/{id_}.yaml", "dit rapport is ingetrokken", "zet het terug, of lees het weer in")


def _read_differences(database: Path) -> dict[tuple[object, ...], _Difference]:
    """What differs, by the check that says so."""
    with closing(connect(database)) as db:
        wrong = [verdict for verdict in read_verdicts(db) if verdict.outcome == Outcome.WRONG]
    return {
        (v.report, v.chapter, v.kind, v.about, v.sentence): _Difference(
            inf if v.printed is None or v.computed is None else v.printed - v.computed,
            v.explanation is not None,
            f"{flags.name_spot(v)}: {flags.describe_verdict(v)}",
        )
        for v in wrong
    }


def _refuse_new(before: Mapping[Any, _Difference], after: Mapping[Any, _Difference]) -> None:
    """DataError with each difference that was not there, is larger, or is another than the one that is explained."""
    gaps = {check: difference.gap for check, difference in before.items()}
    worse = [
        now.text
        for check, now in after.items()
        if abs(now.gap) > abs(gaps.get(check, 0)) or (now.is_explained and now.gap != gaps.get(check))
    ]
    if worse:
        meant = "er is niets veranderd"
        raise DataError([Fault("dan klopt niet meer", found=text, meant=meant) for text in worse])


def _correct(options: argparse.Namespace, report: Report, _: list[Report]) -> tuple[Changed, dict[str, Any]]:
    path = Path("reports") / f"{report.id}.yaml"
    number = read_number(options.to)
    value = "null" if options.to.strip().lower() in ("leeg", "null") else _write_number(number.value)
    if not value:
        meant = number.doubt or "bedoeld: een getal zoals gedrukt, of leeg"
        refuse("--to", f"{quote_value(options.to)} is geen getal", meant)
    text = ReportText(path.name, (options.data / path).read_text(encoding="utf-8"))
    text.find_table(options.table)
    column = _find_column(report, options.table, options.column)
    old, fresh = text.replace_number(options.table, options.row, column, value)
    if old == value:
        refuse(path.name, f"er staat al {value}", table=options.table, row=options.row)
    trace = {"corrected": f"{options.table}, {options.row}, kolom {column + 1}", "from": old, "to": value}
    return {path: fresh.encode()}, trace


def _write_number(value: float | None) -> str:
    return "" if value is None else str(int(value)) if value.is_integer() else str(value)


def _find_column(report: Report, number: str, column: str) -> int:
    """The position of a column that is named by its number from 1, or as it is printed."""
    labels = next(list(t.columns) for t in report.tables if number in (t.number, f"{t.number} ({t.heading})"))
    folded = ["".join(filter(str.isalnum, label)).lower() for label in labels]
    with suppress(ValueError):
        return folded.index("".join(filter(str.isalnum, column)).lower())
    if not column.isdecimal():
        refuse(f"{report.id}.yaml", f"geen kolom {quote_value(column)}", did_you_mean(column, labels), number)
    return int(column) - 1


def _withdraw(options: argparse.Namespace, report: Report, reports: list[Report]) -> tuple[Changed, dict[str, Any]]:
    """What is said of the report goes with it, and so does a layout that no other report has."""
    files = [Path(name.format(report.id)) for name in KEPT]
    if report.layout and sum(other.layout == report.layout for other in reports) == 1:
        files.append(Path("layouts") / f"{report.layout}.yaml")
    changed: dict[Path, bytes | None] = {}
    for path in files:
        if (options.data / path).exists():
            changed[_find_free(options.data, Path("withdrawn") / path)] = (options.data / path).read_bytes()
            changed[path] = None
    return changed, {"withdrawn": report.title}


def _find_free(data: Path, path: Path) -> Path:
    """This path, or where a file is there already the same with a number behind it."""
    names = (path if n == 1 else path.with_stem(f"{path.stem}_{n}") for n in count(1))
    return next(name for name in names if not (data / name).exists())


def _finalise(options: argparse.Namespace, report: Report, _: list[Report]) -> tuple[Changed, dict[str, Any]]:
    path = Path("reports") / f"{report.id}.yaml"
    text = ReportText(path.name, (options.data / path).read_text(encoding="utf-8"))
    tables, fresh = text.drop_key("provisional")
    if not tables:
        refuse(path.name, "dit rapport heeft geen voorlopige cijfers")
    return {path: fresh.encode()}, {"finalised": ", ".join(tables)}


def _proofread(options: argparse.Namespace, report: Report, _: list[Report]) -> tuple[Changed, dict[str, Any]]:
    """DataError with each number that the second reader typed otherwise: nothing is noted then.

    UnreadableError where the file is no workbook of this report.
    """
    path = Path("reports") / f"{report.id}.yaml"
    if different := compare(report, options.file):
        raise DataError([Fault(path.name, found=text) for text in different])
    reader = Proofreading(options.by, datetime.now(UTC).date())
    fresh = put_proofreading((options.data / path).read_text(encoding="utf-8"), reader)
    return {path: fresh.encode()}, {"proofread": options.by}


def _add_trace(path: Path, entry: Mapping[str, Any]) -> bytes:
    """The file of changes with one more at its end."""
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    return (before + write_yaml({"x": [dict(entry)]}).partition("\n")[2]).encode()
