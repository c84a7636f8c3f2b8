"""What the checks found, in a sentence; and which of it touches a figure."""

from dataclasses import replace

from vt import wording
from vt.figure import Doubt, Figure
from vt.queries import Doubted, Reference, Verdict


def touched(figure: Figure, reference: Reference) -> Figure:
    """The figure with a doubt for each finding about a number that it shows, or that is part of one."""
    tables = {table.address: table for table in reference.tables.values()}
    cells: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for at, links in figure.sheet.links.items():
        for link in links:
            table = tables[link.table]
            for doubted in reference.doubted.get(table.id, ()):
                if link.slice.holds(doubted.slice, table.place):
                    cells.setdefault((_said(doubted), table.address), set()).add(at)
    seen: dict[str, Doubt] = {}
    for (text, address), where in cells.items():
        known = seen.get(text, Doubt(text, address, frozenset()))
        seen[text] = known._replace(cells=known.cells | where)
    return replace(figure, doubts=tuple(seen.values()))


def _said(doubted: Doubted) -> str:
    return doubted.verdict.explanation or sentence(doubted.verdict)


def sentence(*found: Verdict) -> str:
    """A finding (or several of one cause) in a sentence that a reader understands, with both numbers."""
    first = found[0]
    said = "; ".join(_numbers(verdict) for verdict in found)
    remark = {
        "afgekapt": "afgekapt in plaats van afgerond",
        "volgens gebruik": "een stijging vanaf 0 drukt het rapport af als 100%",
    }.get(first.outcome)
    said = f"{said}; {remark}." if remark else f"{said}."
    cause = first.remark if first.kind == "totaal" else None
    return " ".join(part for part in (said, cause, first.explanation) if part)


def _numbers(verdict: Verdict) -> str:
    printed, computed = number(verdict.printed, verdict.unit), number(verdict.computed, verdict.unit)
    if verdict.kind == "verband":
        expected = "hoogstens dat" if verdict.remark == "ten hoogste" else "een gelijk aantal"
        return f"{verdict.about}: {printed} naast {computed}; verwacht was {expected}"
    if verdict.computed is None:
        return f"{verdict.about}: gedrukt {printed}"
    return f"{verdict.about}: gedrukt {printed}, nagerekend {computed}"


def number(value: float | None, unit: str) -> str:
    """One side of a check, with two decimals where it is not whole."""
    if value is None:
        return "geen getal"
    decimals = 0 if value == int(value) else 2
    return wording.number(value, decimals) + ("%" if unit == "procent" else "")
