"""Places over time: lines with their names, a small chart for each where those are too many, dots of two periods."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from vt.figures import common, wording
from vt.figures.chart import (
    PLACE_ROLES,
    Chart,
    Legend,
    Line,
    Multiples,
    Pair,
    PairChart,
    Point,
    Role,
    TrendChart,
)
from vt.figures.dots import make_ticks
from vt.figures.peers import Peers
from vt.figures.reading import Reading
from vt.figures.text.change import write_difference
from vt.model.hidden import Number, Suppression
from vt.model.period import Period

LENGTHS = {1: "maand", 3: "kwartaal", 6: "halfjaar", 12: "jaar"}
MOST_LINES, MOST_NAMED = len(PLACE_ROLES), 14
KINDS: dict[type[Chart], str] = {
    TrendChart: "Lijnen per plaats",
    PairChart: "Twee perioden per plaats",
    Multiples: "Een kleine lijngrafiek per plaats, alle op één schaal",
}
_Readings = Sequence[Reading[Number]]
_Known = Mapping[Period, Reading[Number]]
Reasons = Mapping[Period, str]  # why CBS does not give the number of a period


def make_points(
    slots: Sequence[Period], known: _Known, withheld: Reasons = MappingProxyType({}), *, has_text: bool = True
) -> tuple[Point, ...]:
    """A point for every period; without a number where there is none, or where it is hidden; where CBS has it
    `withheld` with why."""
    reasons = (withheld.get(period, common.NO_NUMBER) for period in slots)
    return tuple(_make_point(each, known.get(each), why, has_text) for each, why in zip(slots, reasons, strict=True))


def _make_point(period: Period, reading: Reading[Number] | None, why: str, has_text: bool) -> Point:
    if reading is None:
        return Point(period, why, None)
    value = None if isinstance(reading.value, Suppression) else reading.value
    text = reading.text if has_text or value is None else ""
    point = Point(period, text, value, common.tell_reading(reading), reading.answer.is_provisional)
    return common.mark_contested(point, common.link_to(reading)) if text else point


def draw_places(
    readings: _Readings,
    beside: _Readings,
    slots: Sequence[Period],
    own: Sequence[str],
    peers: Mapping[Period, Peers] = MappingProxyType({}),
    withheld: Mapping[str, Reasons] = MappingProxyType({}),
) -> tuple[Chart, Legend]:
    """The own places among the others, in lines, and the middle of those of one size where it is known; where they are
    more than can be told apart they stand alone, as dots where there are two periods, else each in a chart of its own.
    """
    by_place: dict[str, dict[Period, Reading[Number]]] = {}
    for reading in (*readings, *beside):
        by_place.setdefault(reading.place.id, {})[reading.period] = reading
    if len(own) <= MOST_LINES:
        return _draw_lines(readings, by_place, slots, own, peers, withheld)
    mine = [by_place[id_] for id_ in own]
    return _draw_pairs(mine, slots) if len(slots) == 2 else _draw_multiples(mine, slots, withheld)


def _draw_lines(
    readings: _Readings,
    by_place: Mapping[str, _Known],
    slots: Sequence[Period],
    own: Sequence[str],
    peers: Mapping[Period, Peers],
    withheld: Mapping[str, Reasons],
) -> tuple[Chart, Legend]:
    are_few = len(by_place) <= MOST_NAMED
    group = wording.name_group(readings[0].place.kind)
    roles = {reading.place.id: Role.OTHERS for reading in readings}
    roles |= zip(own, PLACE_ROLES if len(own) > 1 else (Role.THIS,), strict=False)
    lines = [
        _make_line(known, slots, roles.get(id_), withheld.get(id_, {}), is_named=are_few)
        for id_, known in by_place.items()
    ]
    lines += [_make_peers_line(peers, slots)] if peers else []
    lines.sort(key=lambda line: line.role is not Role.OTHERS)
    several = [(line.role, line.series) for line in lines if line.role in PLACE_ROLES]
    kinds = (
        *several,
        (Role.THIS, "gekozen"),
        (Role.OTHERS, f"andere {group}" if own else f"een {wording.SINGLE[group]}"),
        *((Role.PEERS, each.legend) for each in [*peers.values()][-1:]),
    )
    return TrendChart(tuple(lines)), tuple(entry for entry in kinds if any(line.role is entry[0] for line in lines))


def _make_line(known: _Known, slots: Sequence[Period], role: Role | None, withheld: Reasons, *, is_named: bool) -> Line:
    place = next(iter(known.values())).place
    meaning = role or (Role(place.kind) if place.kind in ("region", "land") else Role.OTHERS)
    has_text = is_named or meaning is not Role.OTHERS
    return Line(meaning, place.label, make_points(slots, known, withheld, has_text=has_text), place.id)


def _make_peers_line(peers: Mapping[Period, Peers], slots: Sequence[Period]) -> Line:
    """What is in the middle of the gemeenten of one size, in each period."""
    points = [
        Point(period, it.text, it.middle, it.explanation)
        if (it := peers.get(period))
        else Point(period, common.NO_NUMBER, None)
        for period in slots
    ]
    return Line(Role.PEERS, next(iter(peers.values())).label, tuple(points))


def _draw_multiples(
    mine: Sequence[_Known], slots: Sequence[Period], withheld: Mapping[str, Reasons]
) -> tuple[Chart, Legend]:
    """The highest first, by their last number."""
    reasons = [withheld.get(next(iter(known.values())).place.id, {}) for known in mine]
    lines = [_make_line(known, slots, Role.THIS, why, is_named=True) for known, why in zip(mine, reasons, strict=True)]
    lines.sort(key=lambda line: -(line.points[line.last].value or 0))
    values = [point.value for line in lines for point in line.points if point.value is not None]
    metric = next(iter(mine[0].values())).metric
    top = make_ticks(0, max(values, default=0) * 0.999, metric)[-1]
    return Multiples(tuple(lines), top), ((Role.THIS, f"een punt per {LENGTHS[slots[0].months]}"),)


def _draw_pairs(mine: Sequence[_Known], slots: Sequence[Period]) -> tuple[Chart, Legend]:
    pairs = sorted((_make_pair(known, *slots) for known in mine), key=lambda pair: -pair.now.length)
    then, last = (slot.label + _mark_provisional(mine, slot) for slot in slots)
    return PairChart(tuple(pairs), of_places=True), ((Role.THIS, last), (Role.YEAR_BEFORE, then))


def _mark_provisional(mine: Sequence[_Known], slot: Period) -> str:
    return "*" if any(known[slot].answer.is_provisional for known in mine if slot in known) else ""


def _make_pair(known: _Known, then: Period, last: Period) -> Pair:
    now, before = known.get(last), known.get(then)
    place = next(iter(known.values())).place
    change = write_difference(now.value, before.value, now.metric, is_rounded=now.is_rounded) if now and before else ""
    earlier = common.make_bar(then, before, Role.YEAR_BEFORE)._replace(place=place.id) if before else None
    return Pair(place.label, common.make_bar(last, now, Role.THIS)._replace(place=place.id), earlier, change)
