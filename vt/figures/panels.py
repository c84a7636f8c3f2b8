"""Which numbers can stand in one picture, and why the others stand apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from vt.figures.answers import Answer
from vt.figures.common import name_places
from vt.figures.counting import explain_difference
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason, merge_notices
from vt.figures.reading import Reading
from vt.figures.wording import MOST_NAMED
from vt.model.counting import Counting, list_aspects
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import Number


class HasAnswer(Protocol):
    """What is drawn of one answer: a reading, or a breakdown."""

    @property
    def answer(self) -> Answer:
        """The answer."""


Drawn = TypeVar("Drawn", bound=HasAnswer)


@dataclass(frozen=True)
class _Terms:
    """What decides beside which other numbers a number can stand.

    `months` is 0 where the length of the period makes no difference; `is_local` where it is of a gemeente.
    """

    counting: Counting
    geweld: str
    months: int
    is_local: bool
    by_geweld: bool
    by_class: bool

    @classmethod
    def from_answer(cls, item: Answer, metric: Metric, by_class: bool) -> "_Terms":
        """The terms of an answer that is shown in a measure, with its classes or without."""
        is_local = item.place.kind in ("gemeente", "rest")
        months = item.period.months if metric.is_count else 0
        return cls(item.table.counting, item.geweld, months, is_local, bool(item.parts), by_class)

    def compare(self, other: "_Terms") -> str | None:
        """Why the numbers of both can't stand in one picture, in Dutch; None where they can."""
        aspects = list_aspects(
            between_gemeenten=self.is_local and other.is_local,
            by_class=self.by_class and other.by_class,
            by_geweld=self.geweld == other.geweld != ALL_GEWELD or (self.by_geweld and other.by_geweld),
        )
        if why := explain_difference(self.counting, other.counting, aspects):
            return why
        if self.geweld != other.geweld:
            return "niet beide gaan over dezelfde soorten geweld"
        if self.months != other.months:
            return "aantallen over perioden van verschillende lengte zijn niet te vergelijken"
        return None


def split_panels(drawn: Iterable[Drawn], metric: Metric, *, by_class: bool = False) -> list[list[Drawn]]:
    """What can stand in one picture together, in the order in which it came."""
    panels: list[tuple[dict[_Terms, None], list[Drawn]]] = []
    for each in drawn:
        terms = _Terms.from_answer(each.answer, metric, by_class)
        fitting = (each for each in panels if terms in each[0] or not any(map(terms.compare, each[0])))
        known, members = next(fitting, ({}, []))
        if not members:
            panels.append((known, members))
        known[terms] = None
        members.append(each)
    return [members for _, members in panels]


def split_apart(
    panels: Iterable[Sequence[Reading[Number]]], readings: Iterable[Reading[Number]], metric: Metric
) -> list[list[Reading[Number]]]:
    """Panels of the places that stand in none of the others, each once."""
    shown = {reading.place.id for panel in panels for reading in panel}
    left = {(reading.place.id, reading.period): reading for reading in readings if reading.place.id not in shown}
    return split_panels(left.values(), metric)


def note_apart(
    figures: Iterable[Figure | None], panels: Sequence[Sequence[HasAnswer]], metric: Metric, *, by_class: bool = False
) -> list[Figure]:
    """The figures that there are of panels, in their order, each with the reason why the other panels stand apart."""
    answers = [[each.answer for each in panel] for panel in panels]
    everything = [item for items in answers for item in items]
    noted = []
    for figure, mine in zip(figures, answers, strict=False):
        if figure is None:
            continue
        reasons = (reason for each in answers for reason in _list_reasons(mine, each, metric, by_class))
        apart = (Notice(Reason.APART, _name_all(items, everything), why=why) for items, why in reasons)
        noted.append(replace(figure, notices=(*figure.notices, *merge_notices(apart))))
    return noted


def _list_reasons(
    mine: Sequence[Answer], theirs: Sequence[Answer], metric: Metric, by_class: bool
) -> Iterator[tuple[list[Answer], str]]:
    """Why others stand apart, for those that share the reason: of what is counted alike it is one."""
    if not (usual := _find_reason(mine, theirs, metric, by_class)):
        return
    found: dict[str, list[Answer]] = {}
    for item in theirs:
        found.setdefault(_find_reason(mine, [item], metric, by_class) or usual, []).append(item)
    for why, items in found.items():
        yield items, why


def _name_all(items: Sequence[Answer], everything: Sequence[Answer]) -> tuple[str, ...]:
    names = dict.fromkeys(name_places(items, everything))
    if len(names) <= MOST_NAMED:
        return tuple(names)
    places = len({item.place.id for item in items})
    return (f"{places} andere plaatsen" if places > 1 else f"{len(names)} andere perioden",)


def _find_reason(mine: Sequence[Answer], theirs: Sequence[Answer], metric: Metric, by_class: bool) -> str | None:
    """The first reason why two of them can't stand together; None where they were not to be in one picture at all."""
    of = [dict.fromkeys(_Terms.from_answer(item, metric, by_class) for item in items) for items in (mine, theirs)]
    return next((why for one in of[0] for other in of[1] if (why := one.compare(other))), None)
