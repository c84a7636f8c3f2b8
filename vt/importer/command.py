"""`vt import`: documents become concepts, and with --accept reports of the data folder. Tables of StatLine, also of
`vt fetch`, are taken in as they are, or not at all."""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from vt.build.build import ensure
from vt.errors import DataError
from vt.importer.checking import check_known
from vt.importer.concept import DECISIONS, Concept, accept, add_effects, make_concept, make_preview
from vt.importer.drafts import load_known
from vt.importer.effects import list_effects
from vt.importer.form import UnreadableError
from vt.importer.staging import explain
from vt.ingest.claims import load_claims
from vt.ingest.reports import find_report
from vt.ingest.statline.recognise import is_statline
from vt.model.claims import Claims
from vt.render.check import write_json, write_text
from vt.store.connection import data_folder, database_path

CLEAN, UNREADABLE, DOUBTS = 0, 2, 3
CBS = "https://datasets.cbs.nl"
_SAID = {
    "region": "the region (id of a place)",
    "place": "the gemeente that all of it is about",
    "period": "2021, 2021-H1, 2021-Q2",
    "title": "how the report is called",
    "publisher": "who published it",
    "url": "where it was found",
}


def add_options(command: argparse.ArgumentParser) -> None:
    """The options of `vt import`."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    for name, text in _SAID.items():
        command.add_argument(f"--{name}", default="", help=f"{text}; else as the document says")
    _add_despite_rows(command)
    command.add_argument("--accept", action="store_true", help="take in what is certain")
    command.add_argument("--json", action="store_true", help="the check report as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.add_argument("--database", type=Path, default=database_path(), help="the database to build")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import each file; the worst that came of one: CLEAN, UNREADABLE or DOUBTS.

    Raises DataError where the data folder cannot be read.
    """
    tables = [path for path in options.files if is_statline(path)]
    codes = [_import_file(path, options) for path in options.files if path not in tables]
    if tables:
        codes.append(CLEAN if _import_tables(tables, options.data, options.despite_rows) else UNREADABLE)
    if options.accept and UNREADABLE not in codes:
        ensure(options.data, options.database)
    return max(codes, key=(CLEAN, DOUBTS, UNREADABLE).index)


def run_check(id_: str, data: Path, as_json: bool) -> int:
    """Print the check report of one report that is in; 1 where something in it is to be mended.

    DataError where there is no such report, or the data folder cannot be read.
    """
    known = load_known(data)
    report = find_report(known.reports, id_)
    claims = load_claims(data / "claims", known.reports, known.catalogue).get(id_) or Claims()
    check = check_known(report, claims, known)
    print(write_json(check) if as_json else write_text(check))
    return 0 if check.is_clean else 1


def _import_file(path: Path, options: argparse.Namespace) -> int:
    """Import one file, whatever its kind."""
    try:
        return _import_document(path, options)
    except UnreadableError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{path.name}: in {options.data} is niets te bewaren ({explain(error)}).", file=sys.stderr)
    return UNREADABLE


def _import_document(path: Path, options: argparse.Namespace) -> int:
    said = {name: getattr(options, name) for name in _SAID if getattr(options, name)}
    concept = make_concept(path, options.data, said)
    if concept.report and not options.accept and options.database.is_file():
        concept = _tell_effects(concept, options)
    print(write_json(concept.check) if options.json else write_text(concept.check))
    told = [f"Concept: {concept.folder}"]
    if not concept.check.is_clean:
        told.append(
            f"Beslissen: vul achter `meant` in {DECISIONS} in wat bedoeld is, en lees het document nog eens in."
        )
    if options.accept:
        told = [f"Opgenomen: {accept(concept, options.data, options.database)}"]
    print(*told, sep="\n", file=sys.stderr)
    return CLEAN if concept.check.is_clean else DOUBTS


def _tell_effects(concept: Concept, options: argparse.Namespace) -> Concept:
    """The concept with what it would change; as it is where the data folder could not be read with it."""
    with suppress(DataError, OSError, sqlite3.Error), tempfile.TemporaryDirectory(prefix="vt-") as folder:
        after = make_preview(concept, options.data, Path(folder), with_pictures=False)
        effects = list_effects(options.data, options.database, after, concept.draft.facts.place)
        return add_effects(concept, effects)
    return concept


# --- StatLine --------------------------------------------------------------------------------------------------------


def add_fetch_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("tables", nargs="+", metavar="TABLE", help="84851NED")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.add_argument("--address", default=CBS, help="where the tables are")
    _add_despite_rows(command)
    command.set_defaults(run=_fetch_tables)


def _add_despite_rows(command: argparse.ArgumentParser) -> None:
    """The option that takes in a table of StatLine of another size."""
    told = "take in a table of StatLine with over a fifth more or fewer cells than before; why, for who reads Bronnen"
    command.add_argument("--despite-rows", default="", metavar="REASON", help=told)


def _import_tables(paths: Sequence[Path], data: Path, despite_rows: str) -> bool:
    """Take in files of StatLine; whether all were."""
    from vt.ingest.statline.bring import bring_in  # with pandas: only where there is a table

    return _tell(bring_in(data, paths, despite_rows.strip()))


def _fetch_tables(options: argparse.Namespace) -> int:
    """Get tables from CBS and take them in; 0 where all were."""
    from vt.ingest.statline.bring import fetch_in

    told = fetch_in(options.data, options.tables, options.address, despite_rows=options.despite_rows.strip())
    return 0 if _tell(told) else 2


def _tell(lines: Iterator[str]) -> bool:
    try:
        for line in lines:
            print(line)
    except DataError as error:
        print(error, "Hiervan is niets opgenomen; wat er was, blijft.", sep="\n", file=sys.stderr)
        return False
    return True
