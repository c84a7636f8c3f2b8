"""What a chart holds: the rows that its spec draws."""

from typing import NamedTuple


class BarSegment(NamedTuple):
    """One row of a bar chart: a heading (`label`, above its bars), a bar from `start` to `end`, or both empty."""

    row: int
    label: str
    series: str
    start: float | None
    end: float | None
    colour: str
    text: str
    norm: float | None
    line: float | None
    limit: float


class ColumnSegment(NamedTuple):
    """One segment of a column over time; `text` stands above the topmost."""

    order: int
    period: str
    series: str
    start: float
    end: float
    colour: str
    text: str


class Tile(NamedTuple):
    """One gemeente on the tile map."""

    column: int
    row: int
    name: str
    label: str
    text: str
    colour: str
    ink: str
