"""What is wrong with a data file, said so that whoever wrote it can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: where (file, line from 1, table, row), what was found and what was meant."""

    file: str
    line: int = 0
    table: str = ""
    row: str = ""
    found: str = ""
    meant: str = ""

    def __str__(self) -> str:
        line, table = self.line and f"regel {self.line}", self.table and f"tabel {self.table}"
        where = [str(part) for part in (self.file, line, table, self.row and f"rij {self.row}") if part]
        return f"{', '.join(where)}: {self.found}" + (f" – {self.meant}" if self.meant else "")


class DataError(Exception):
    """The data folder cannot be read; `faults` holds every fault found, not the first alone; as text a line for each
    cause, however many rows it touches."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        causes: dict[tuple[str, str, str], list[Fault]] = {}
        for fault in self.faults:
            causes.setdefault((fault.file, fault.found, fault.meant), []).append(fault)
        super().__init__("\n".join(_tell_cause(*faults) for faults in causes.values()))


def _tell_cause(first: Fault, *others: Fault) -> str:
    """A fault, and where else it is: the first few lines, and how many more."""
    if not others:
        return str(first)
    lines = [str(fault.line) for fault in others if fault.line][:4]
    more = f" en nog {len(others) - len(lines)}" if lines and len(others) > len(lines) else ""
    also = f"op regel {', '.join(lines)}{more}" if lines else f"{len(others)} keer"
    return f"{first} (ook {also})"


def refuse(file: str, found: str, meant: str = "", table: str = "", row: str = "") -> NoReturn:
    """Raise the one fault that there is, where nothing of it can be taken."""
    raise DataError([Fault(file, table=table, row=row, found=found, meant=meant)])


def quote_value(value: object) -> str:
    """A value as a message quotes it: short, and “leeg” for nothing."""
    text = " ".join(str(value).split())
    return "leeg" if value is None or not text else f"“{text[:60]}…”" if len(text) > 61 else f"“{text}”"


def did_you_mean(found: object, known: Iterable[object]) -> str:
    """A Dutch suggestion: the nearest known names, all of them where there are few, or else the first few."""
    names = sorted({str(name) for name in known})
    close = get_close_matches(str(found), names, n=2, cutoff=0.6)
    if close:
        return "bedoeld: " + " of ".join(f"“{name}”" for name in close) + "?"
    few = names if len(names) <= 15 else names[:5]
    return ("bekend: " + ", ".join(f"“{name}”" for name in few) + (" …" if few != names else "")) if names else ""
