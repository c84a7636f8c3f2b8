"""Where gemeenten and regions lie: their outlines on one flat grid of the country."""

from typing import NamedTuple


class Box(NamedTuple):
    """The rectangle around something on the grid; south is more than north."""

    west: float
    north: float
    east: float
    south: float

    @classmethod
    def around(cls, boxes: "list[Box]") -> "Box":
        west, north, east, south = zip(*boxes, strict=True)
        return cls(min(west), min(north), max(east), max(south))


class Border(NamedTuple):
    """The outline of a gemeente or region, by its code at Statistics Netherlands; its name stands in the catalogue.

    `path` has its rings as an SVG path on the grid. `spot` is where its name stands best, with `room` to both sides
    of it together.
    """

    code: str
    path: str
    box: Box
    spot: tuple[float, float]
    room: float
