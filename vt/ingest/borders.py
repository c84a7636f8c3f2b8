"""data/borders/*.topojson -> Border: the arcs put together into rings, on a flat grid, and where a name fits best."""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

from vt.errors import refuse
from vt.model.borders import Border, Box

Point = tuple[int, int]
Ring = list[Point]
_STEPS = 1800  # of the grid to a degree of latitude: 62 m, less than a pixel of any map
_CORNER = (3.3, 53.6)  # north and west of the country
_SQUEEZE = cos(radians(52.2))  # a degree of longitude against one of latitude, in the middle of the country
_ROWS = 48  # at which a name is tried
_LINE = 45  # steps of the grid above and below a name that must be inside too


def load_borders(folder: Path) -> tuple[Border, ...]:
    """Every outline in a folder of TopoJSON; none where there is no folder. DataError names a file that is none."""
    return tuple(border for path in sorted(folder.glob("*.topojson")) for border in _read_file(path))


def _read_file(path: Path) -> tuple[Border, ...]:
    try:
        return _parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, LookupError, TypeError) as error:
        refuse(path.name, f"geen TopoJSON ({error})", "bedoeld: gemeenten of regio's met id")


@lru_cache(maxsize=2)
def _parse(text: str) -> tuple[Border, ...]:
    """Once for a text: taking a report in builds two or three times, and no border changes between them."""
    return tuple(_read_topology(json.loads(text)))


def _read_topology(topology: Mapping[str, Any]) -> Iterator[Border]:
    arcs = [_place_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    for collection in topology["objects"].values():
        for shape in collection["geometries"]:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            rings = [_join_arcs(ring, arcs) for polygon in polygons for ring in polygon]
            yield _make_border(shape["id"], rings)


def _place_arc(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Ring:
    """The points of an arc on the grid: TopoJSON has each as its distance from the one before, times a scale."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    sums = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
    return [
        (
            round((west + x * across - _CORNER[0]) * _SQUEEZE * _STEPS),
            round((_CORNER[1] - south - y * up) * _STEPS),
        )
        for x, y in sums
    ]


def _join_arcs(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """One ring; an arc with a number below zero is walked backwards, and each begins where the last ended."""
    points = [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    return [point for before, point in pairwise([(-1, -1), *points]) if point != before]


def _make_border(code: str, rings: Sequence[Ring]) -> Border:
    west, north, east, south = (pick(p[axis] for ring in rings for p in ring) for pick, axis in _EXTREMES)
    spot, room = _find_spot(rings, Box(west, north, east, south))
    return Border(code, "".join(map(_write_ring, rings)), Box(west, north, east, south), spot, room)


_EXTREMES = ((min, 0), (min, 1), (max, 0), (max, 1))


def _write_ring(ring: Ring) -> str:
    """A ring as an SVG path: where it begins, and each step from there."""
    steps = " ".join(f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}Z"


def _find_spot(rings: Sequence[Ring], box: Box) -> tuple[tuple[float, float], float]:
    """Where a name has most room to its left and right, on its own height and a line above and below it."""
    high = min(_LINE, (box.south - box.north) / 4)
    heights = [box.north + (box.south - box.north) * (n + 0.5) / _ROWS for n in range(_ROWS)]
    lines = _cross(rings, sorted({y + shift for y in heights for shift in (-high, 0, high)}))
    tried = (
        (low - left, ((left + low) / 2, y))
        for y in heights
        for left, low in _overlap([lines[y + shift] for shift in (-high, 0, high)])
    )
    room, spot = max(tried, default=(0.0, ((box.west + box.east) / 2, (box.north + box.south) / 2)))
    return spot, room


def _cross(rings: Sequence[Ring], heights: Sequence[float]) -> dict[float, list[tuple[float, float]]]:
    """The stretches of horizontal lines, given from north to south, that lie inside."""
    crossings: dict[float, list[float]] = {y: [] for y in heights}
    for (x0, y0), (x1, y1) in (side for ring in rings for side in pairwise(ring)):
        north, south = min(y0, y1), max(y0, y1)
        for y in heights[bisect_left(heights, north) : bisect_left(heights, south)]:
            crossings[y].append(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return {y: list(zip(sorted(found)[::2], sorted(found)[1::2], strict=True)) for y, found in crossings.items()}


def _overlap(lines: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The stretches that all these lines have in common."""
    common, *others = lines
    for stretches in others:
        both = ((max(a, c), min(b, d)) for a, b in common for c, d in stretches)
        common = [(left, right) for left, right in both if left < right]
    return common
