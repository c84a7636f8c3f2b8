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


def import_tables(paths: Sequence[Path], data: Path) -> bool:
    """Take in files of StatLine; whether all were."""
    from vt.ingest.statline.bring import bring_in  # with pandas: only where there is a table

    return _tell(bring_in(data, paths))


def fetch_tables(options: argparse.Namespace) -> int:
    """Get tables from CBS and take them in; 0 where all were."""
    from vt.ingest.statline.bring import fetch_in

    return 0 if _tell(fetch_in(options.data, options.tables, options.address)) else 2


def _tell(lines: Iterator[str]) -> bool:
    try:
        for line in lines:
            print(line)
    except DataError as error:
        print(error, "Er is niets van opgenomen; wat er was, blijft.", sep="\n", file=sys.stderr)
        return False
    return True
