"""Numbers that a person read where the reader was not sure: they stand as that person said."""

from collections.abc import Mapping

from vt.importer.drafts import Draft
from vt.importer.meaning import Doubt, Reading
from vt.importer.numbers import read_number

CELLS, EMPTY = "cell", "leeg"


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
            reading.notes.append(f"{doubt.row}, {doubt.column}: door een persoon gelezen als {said}.")


def _find(reading: Reading, doubt: Doubt) -> tuple[list[float | int | None], int] | None:
    """The row of numbers of a doubt and the position in it; None where it is about more than one number."""
    row = reading.content.get("cells", {}).get(doubt.row)
    if not isinstance(row, list) or reading.columns.count(doubt.column) != 1:
        return None
    return row, reading.columns.index(doubt.column)
