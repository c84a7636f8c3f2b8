"""What a person said of numbers: what is printed where the reader was not sure, and that a total is printed so."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vt.audit.checks import check_report
from vt.audit.heads import find_exchanged
from vt.audit.results import CheckResult
from vt.importer.drafts import Draft
from vt.importer.meaning import Doubt, Reading, Spot
from vt.importer.numbers import read_number
from vt.model.catalogue import Catalogue
from vt.model.claims import Claims, Misfit
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.report import Key, Report
from vt.model.verdicts import CheckKind, Outcome

CELLS, TOTALS, RELATIONS, HEADS, EMPTY = "cell", "total", "relation", "heads", "leeg"
AS_PRINTED = "zo gedrukt"
_EXCHANGED = {"KM": "HG", "HG": "KM"}


def name_cell(reading: Reading, doubt: Doubt) -> str:
    """What a decision calls a cell: its table, its row and its column."""
    return " | ".join((f"{reading.number} {reading.table.heading}", doubt.row, doubt.column))


def list_open(draft: Draft) -> dict[str, tuple[Reading, Doubt]]:
    """The doubts that are about one number each, by the name of their cell."""
    return {name_cell(reading, doubt): (reading, doubt) for reading, doubt in draft.doubts if _find(reading, doubt)}


def settle(draft: Draft, decided: Mapping[str, str]) -> None:
    """Put what a person read in its place; what is no number stays a doubt."""
    for name, (reading, doubt) in list_open(draft).items():
        said, place = decided.get(name, ""), _find(reading, doubt)
        number = read_number(said)
        if place and (said == EMPTY or number.value is not None):
            row, column = place
            value = number.value
            row[column] = int(value) if value is not None and value.is_integer() else value
            reading.doubts.remove(doubt)
            reading.withheld.pop((doubt.row, doubt.column), None)
            reading.spots += [Spot(doubt.row, column, doubt.cell)] if doubt.cell and value is not None else []
            reading.notes.append(f"{doubt.row}, {doubt.column}: door een persoon gelezen als {said}.")


def list_exchanged(report: Report, catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Every two tables of which one seems to have KM and HG exchanged, by what a decision calls them."""
    pairs = find_exchanged(report, catalogue)
    named = [tuple(f"{table.number} {table.heading}" for table in pair) for pair in pairs]
    return {f"{one} | {other}": (one, other) for one, other in named}


def exchange_heads(draft: Draft, decided: Mapping[str, str]) -> None:
    """Put KM above HG and the other way about, in the tables that a person says have them exchanged."""
    for reading in draft.readings:
        content = reading.content
        if reading.title in decided.values() and "columns" in content:
            blocks = [
                {name: [_EXCHANGED.get(each, each) for each in labels] for name, labels in block.items()}
                for block in reading.blocks
            ]
            content["columns"] = blocks if len(blocks) > 1 else blocks[0]
            reading.members = {
                column: {name: _EXCHANGED.get(label, label) for name, label in members.items()}
                for column, members in reading.members.items()
            }
            reading.notes.append("KM en HG zijn verwisseld: een persoon zegt dat de koppen verkeerd gedrukt staan.")


def list_unequal(draft: Draft, report: Report, catalogue: Catalogue) -> dict[str, list[CheckResult]]:
    """The printed totals that are not the sum of their parts and that nobody explained, by the name of their table."""
    named = {reading.title for reading in draft.readings}
    unequal: dict[str, list[CheckResult]] = {}
    for result in check_report(report, Claims(), catalogue):
        name = f"{result.table} {result.heading}"
        if is_open(result) and result.kind == CheckKind.TOTAL and name in named:
            unequal.setdefault(name, []).append(result)
    return unequal


def explain_totals(draft: Draft, report: Report, catalogue: Catalogue, decided: Mapping[str, str]) -> bool:
    """Write beside totals that do not add up why a person lets them stand as printed; whether any was."""
    unequal = list_unequal(draft, report, catalogue)
    for reading in draft.readings:
        name = reading.title
        if name in decided and name in unequal:
            totals = [_name_members(result.numbers[0][2], catalogue) for result in unequal[name]]
            reading.content["differences"] = [{"totals": totals, "explanation": decided[name]}]
    return bool(decided.keys() & unequal.keys())


def list_broken(report: Report, claims: Claims, catalogue: Catalogue) -> list[str]:
    """What should fit between tables of the layout, does not, and nobody explained: by what it is about."""
    named = [relation.about for relation in claims.layout.relations] + [fit.about for fit in claims.layout.fits]
    results = check_report(report, claims, catalogue)
    wrong = [r.about for r in results if r.kind in (CheckKind.RELATION, CheckKind.ANNEX) and is_open(r)]
    return [name for name in named if any(f"{about}, ".startswith(f"{name}, ") for about in wrong)]


def explain_relations(claims: Claims, broken: Mapping[str, str]) -> Claims:
    """What should fit in the layout, with why a person lets stand what does not."""
    misfits = [Misfit(name, Key(), why) for name, why in broken.items() if why]
    return replace(claims, misfits=(*claims.misfits, *misfits))


def is_open(result: CheckResult) -> bool:
    """Whether a check found a difference that nobody explained."""
    return result.outcome == Outcome.WRONG and result.explanation is None


def _name_members(key: Key, catalogue: Catalogue) -> dict[str, Any]:
    """How a report file names a total: what it is of, as labels; what is not named is summed over."""
    classes = (each for members in catalogue.categories.values() for each in members)
    named: dict[str, Any] = {
        "place": catalogue.places[key.place].label if key.place else None,
        "period": int(key.period) if key.period and key.period.isdecimal() else key.period,
        "geweld": GEWELD[key.geweld].code or key.geweld if key.geweld not in (None, ALL_GEWELD) else None,
        "category": next((each.label for each in classes if each.id == key.category), None),
    }
    return {name: label for name, label in named.items() if label is not None}


def _find(reading: Reading, doubt: Doubt) -> tuple[list[float | int | None], int] | None:
    """The row of numbers of a doubt and the position in it; None where it is about more than one number."""
    row = reading.content.get("cells", {}).get(doubt.row)
    if not isinstance(row, list) or reading.columns.count(doubt.column) != 1:
        return None
    return row, reading.columns.index(doubt.column)
