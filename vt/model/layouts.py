"""How reports of one layout are printed: what each of their tables is called, and what it counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TWO_YEARS = "twee jaren"  # the year of the report and the one before, together


@dataclass(frozen=True, eq=False)
class PrintedTable:
    """One table of a layout: `heading` is ours, `printed` are the headings it has in reports.

    `parts` are the headings of tables that each hold one row of it, by that row. `columns` names the dimensions of its
    columns; a `geweld` or `period` holds for the whole table.
    """

    number: str
    heading: str
    indicator: str
    rows: str
    columns: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    geweld: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class PrintedLayout:
    """The tables of a layout, the labels that a person decided (by classification or “place”: printed, meant), and
    which annexes tell more of a chapter: numbers of tables. `left_out` are headings of tables that do not belong."""

    id: str
    tables: tuple[PrintedTable, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    annexes: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
