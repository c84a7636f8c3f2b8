"""Why a file of StatLine is not taken in."""

from typing import NoReturn

from vt.errors import DataError, Fault


def refuse(file: str, found: str, meant: str = "") -> NoReturn:
    """One sentence that says what is wrong with a file, and what to do."""
    raise DataError([Fault(file, found=found, meant=meant)])
