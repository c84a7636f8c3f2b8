"""Where the numbers of a report stand in the document that was sent: its page or cell, and a picture of its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Area = tuple[float, float, float, float]  # left, top, right and bottom, in points of the page


class Piece(NamedTuple):
    """A picture of what a table covers of one page."""

    page: int
    area: Area
    png: bytes


class CellPlace(NamedTuple):
    """Where one number stands: as a person is told (blz. 3, cel B7), and of a page where on it."""

    spot: str
    page: int = 0
    area: Area | None = None


@dataclass(frozen=True)
class TableOrigin:
    """What is known of one table: its pictures, and the place of each number by the label of its row and its column."""

    pieces: Sequence[Piece] = ()
    places: Mapping[tuple[str, int], CellPlace] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """The document of a report, and its tables by number and heading."""

    file: str
    kind: str
    sha256: str
    tables: Mapping[tuple[str, str], TableOrigin] = field(default_factory=dict)
