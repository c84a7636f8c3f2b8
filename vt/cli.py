"""The command line: vt serve runs the site, vt build makes the database, vt check says what does not add up."""

import argparse
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from vt.build.build import build, ensure
from vt.errors import DataError
from vt.figures import collection, flags, wording
from vt.figures.opendata import list_printed
from vt.figures.table import Table
from vt.importer import amend, memory
from vt.importer import command as importing
from vt.importer.form import UnreadableError
from vt.importer.staging import explain
from vt.store.connection import connect, data_folder, database_path, site_folder
from vt.store.printed import read_reports, read_untotalled
from vt.store.reference import read_metadata
from vt.store.verdicts import Verdict, read_overlaps, read_verdicts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 where all is well, 1 where something is not, 130 where it was stopped."""
    parser = _make_parser()
    chosen, options = parser.parse_known_args(arguments)
    if chosen.command in _STARTS:
        return _start(chosen.command, options)
    if options:
        parser.error(f"unknown: {' '.join(options)}")
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
        return status
    except (DataError, UnreadableError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # who reads it has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except sqlite3.Error as error:
        print(f"De database kon niet worden gemaakt: {error}", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or chosen.command}: niet te lezen of te schrijven ({explain(error)})", file=sys.stderr)
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return 130
    return 1


def _make_parser() -> argparse.ArgumentParser:
    """Every command with its options; `run` is what it does with them."""
    parser = argparse.ArgumentParser(prog="vt", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    amend.add_commands(commands)
    memory.add_options(commands.add_parser("memory", help="what is remembered of earlier imports; or forget one of it"))
    importing.add_options(commands.add_parser("import", help="take in a document, or a table of StatLine"))
    importing.add_fetch_options(commands.add_parser("fetch", help="get tables of StatLine from CBS, and take them in"))
    for name, text in _STARTS.items():
        commands.add_parser(name, help=text)
    for name, (text, run) in _TASKS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        _add_options(command, name)
    return parser


def _add_options(command: argparse.ArgumentParser, name: str) -> None:
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    if name == "build":
        command.add_argument("--database", type=Path, default=database_path(), help="where to write")
    elif name == "export":
        command.add_argument("folder", type=Path, help="where to write; made where it is not there")
        command.add_argument("--database", type=Path, default=database_path(), help="made first where it is old")
        command.add_argument("--address", default="", help="of the site, for a catalogue: https://cijfers.example.nl/")
    elif name == "new":
        command.add_argument("report", help="the id of the new report: <region>_<place>_<period>")
        command.add_argument("--like", required=True, help="the id of a report that is in, and printed the same way")
        command.add_argument("--to", type=Path, help="the workbook to write; else REPORT.xlsx, here")
    elif name == "recover":
        command.add_argument("--seconds", type=float, default=600.0, help="the most time for one table")
        command.add_argument("--again", action="store_true", help="also what is up to date")
    else:
        command.add_argument("report", nargs="?", help="of one report alone: its id, the name of its file")
        command.add_argument("--json", action="store_true", help="verdicts, and what reports share, as JSON")


def _start(name: str, options: Sequence[str]) -> int:
    """Become Streamlit, which then gets the signals that end it: with the site, or with the page that takes a document
    in, of this machine alone, apart from the site, which takes no file."""
    page = find_spec("vt.web.delivery")
    script, settings = {"serve": (site_folder() / "app.py", ()), "aanleveren": (page and page.origin, _ALONE)}[name]
    streamlit = [sys.executable, "-m", "streamlit", "run", str(script), *settings, *options]
    os.execv(sys.executable, streamlit)


def _build(chosen: argparse.Namespace) -> int:
    build(chosen.data, chosen.database)
    with closing(connect(chosen.database)) as db:
        version = read_metadata(db).data_version
    print(f"{chosen.database}: gebouwd, versie {version}")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    """Write the view `figures` and its descriptions; what was worked out as less than 5 is in none of them."""
    from vt.render import opendata

    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    with closing(connect(ensure(chosen.data, chosen.database))) as db:
        metadata, reports = read_metadata(db), read_reports(db)
        columns, rows = list_printed(db, metadata)
        with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as out:
            opendata.write_rows(columns, rows, out)
        opendata.write_parquet(list_printed(db, metadata)[1], folder / "figures.parquet", reports)
    described = {
        "figures.csv-metadata.json": opendata.describe_for_csvw(reports),
        "metadata.json": opendata.describe_for_datasette(reports),
        "catalogus.jsonld": opendata.describe_for_catalogue(reports, metadata, chosen.address),
    }
    for name, made in described.items():
        (folder / name).write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}: figures.csv, figures.parquet, {', '.join(described)}")
    return 0


def _new(chosen: argparse.Namespace) -> int:
    try:
        from vt.importer import blank
    except ImportError:
        print("“vt new” heeft openpyxl nodig: uv sync --group import")
        return 1
    return blank.run(chosen.report, chosen.like, chosen.to or Path(f"{chosen.report}.xlsx"), chosen.data)


def _recover(chosen: argparse.Namespace) -> int:
    try:
        from vt.audit import solver
    except ImportError:
        print("“vt recover” heeft OR-tools nodig: uv sync --group recover")
        return 1
    solver.recover_all(chosen.data, chosen.seconds, chosen.again)
    return 0


def _check(chosen: argparse.Namespace) -> int:
    """Print what is in, what was checked and what was found; 1 where a difference is unexplained, or an explanation is
    no longer needed."""
    if chosen.report:
        return importing.run_check(chosen.report, chosen.data, chosen.json)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "vt.db"
        build(chosen.data, target)
        with closing(connect(target)) as db:
            metadata, found = read_metadata(db), read_verdicts(db)
            if chosen.json:
                overlaps = [overlap._asdict() for overlap in read_overlaps(db)]
                told = {"verdicts": [verdict._asdict() for verdict in found], "overlaps": overlaps}
                print(json.dumps(told, ensure_ascii=False, indent=1))
            else:
                _print(collection.tabulate_reports(db))
                _print(collection.tabulate_accounts(db, found))
                _print(collection.tabulate_verdicts(found, metadata))
                _print(collection.tabulate_overlaps(db, metadata))
                _print_claims(found)
                for report, number, heading in read_untotalled(db):
                    print(f"{report}, {number}: {heading} heeft geen totaal, en is dus niet na te tellen.")
    wrong = collection.describe_unaccounted(found)
    if not chosen.json:
        for verdict in collection.pick_findings(found):
            print(f"{flags.name_spot(verdict)}: {flags.describe_verdict(verdict)}")
        print()
        print(*wrong or ["Elk verschil is verklaard, en elke verklaring is nodig."], sep="\n")
    return 1 if wrong else 0


def _print_claims(verdicts: Sequence[Verdict]) -> None:
    """Per report how many sentences claim something, and what came of each."""
    for chapters in collection.list_claims(verdicts).values():
        _print(collection.tabulate_claims(chapters))
        _print(collection.tabulate_reasons(chapters))
        for claim in (claim for claims in chapters.values() for claim in claims):
            print(f"{flags.name_spot(claim)}. {flags.describe_check(claim)}")
        print()


def _print(sheet: Table) -> None:
    """A sheet as text in columns, numbers to the right; nothing of one without rows."""
    if not sheet.rows:
        return
    rows = [[heading.label for heading in sheet.headings]]
    rows += [[heading.format(value) for heading, value in zip(sheet.headings, row, strict=True)] for row in sheet.rows]
    widths = [min(max(len(row[n]) for row in rows), 60) for n in range(len(sheet.headings))]
    for row in rows:
        cells = (
            text.ljust(width) if heading.measure is None else text.rjust(width)
            for text, width, heading in zip(
                (wording.truncate(text, 200) for text in row), widths, sheet.headings, strict=True
            )
        )
        print("  ".join(cells).rstrip())
    print()


_TASKS = {
    "new": ("an empty workbook like a report that is in", _new),
    "build": ("make the database", _build),
    "check": ("say what is in, what was checked and what does not add up", _check),
    "export": ("write the numbers and what they mean as files: CSV, Parquet, CSVW, Datasette, DCAT", _export),
    "recover": ("work out which cells the lost blanks leave certain (needs the dependency group recover)", _recover),
}
_STARTS = {
    "aanleveren": "take a document in, step by step, in a browser on this machine",
    "serve": "run the site; options go on to Streamlit (--server.port 80)",
}
_STOPPED = (
    "Gestopt. Wat er was, staat er nog; een wijziging is helemaal gemaakt of helemaal niet. Geef de opdracht opnieuw."
)
_ALONE = (
    "--server.address=localhost",
    "--server.port=8502",
    "--server.maxUploadSize=200",
    "--browser.gatherUsageStats=false",
)

if __name__ == "__main__":
    sys.exit(main())
