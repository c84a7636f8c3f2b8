"""`vt import` of tables of StatLine, and `vt fetch`: they are taken in as they are, or not at all."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from vt.errors import DataError
from vt.store.connection import data_folder

CBS = "https://datasets.cbs.nl"


def add_fetch_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("tables", nargs="+", metavar="TABLE", help="84851NED")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.add_argument("--address", default=CBS, help="where the tables are")
    add_despite_rows(command)
    command.set_defaults(run=fetch_tables)


def add_despite_rows(command: argparse.ArgumentParser) -> None:
    """The option that takes in a table of StatLine of another size."""
    told = "take in a table of StatLine with over a fifth more or fewer cells than before; why, for who reads Bronnen"
    command.add_argument("--despite-rows", default="", metavar="REASON", help=told)


def import_tables(paths: Sequence[Path], data: Path, despite_rows: str) -> bool:
    """Take in files of StatLine; whether all were."""
    from vt.ingest.statline.bring import bring_in  # with pandas: only where there is a table

    return _tell(bring_in(data, paths, despite_rows.strip()))


def fetch_tables(options: argparse.Namespace) -> int:
    """Get tables from CBS and take them in; 0 where all were."""
    from vt.ingest.statline.bring import fetch_in

    told = fetch_in(options.data, options.tables, options.address, despite_rows=options.despite_rows.strip())
    return 0 if _tell(told) else 2


def _tell(lines: Iterator[str]) -> bool:
    try:
        for line in lines:
            print(line)
    except DataError as error:
        print(error, "Er is niets van opgenomen; wat er was, blijft.", sep="\n", file=sys.stderr)
        return False
    return True
