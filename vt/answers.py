"""What the sources can answer to a selection: per place the nearest number there is, and in Dutch what is not there."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from vt import wording
from vt.catalogue import Indicator, Place
from vt.period import Period
from vt.queries import Coverage, Number, Reference, SourceTable, numbers
from vt.selection import Selection, chosen_places, label_of, pick_period


@dataclass(frozen=True)
class Archive:
    """The database and what is known of it beside the numbers."""

    db: sqlite3.Connection
    reference: Reference


@dataclass(frozen=True)
class Answer:
    """The numbers of one place in one period, at every geweld; `geweld` is the one to show.

    `before` holds the same of the year before, where that was published.
    """

    place: Place
    period: Period
    geweld: str
    numbers: tuple[Number, ...]
    before: tuple[Number, ...]
    table: SourceTable
    table_before: SourceTable | None
    inhabitants: float | None
    inhabitants_before: float | None

    @cached_property
    def total(self) -> Number | None:
        """The number with categories summed over, at the shown geweld."""
        return _total(self.numbers, self.geweld)

    @cached_property
    def total_before(self) -> Number | None:
        """The total of the year before."""
        return _total(self.before, self.geweld)

    @cached_property
    def categories(self) -> tuple[Number, ...]:
        """The numbers per category at the shown geweld, in the order of the catalogue."""
        return tuple(n for n in self.numbers if n.category and n.geweld == self.geweld)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """KM, HG, OM and the rest that the total is split by, where all of them are shown and add up to it."""
        if self.geweld != "alle" or self.total is None:
            return ()
        found = {n.geweld: n.value for n in self.numbers if not n.category and n.geweld != "alle"}
        order = tuple(kind for kind in ("km", "hg", "om", "geen", "onbekend") if kind in found)
        return order if len(order) > 1 and sum(value or 0 for value in found.values()) == self.total.value else ()

    @property
    def is_provisional(self) -> bool:
        """Whether the publisher calls any of these numbers provisional."""
        return any(n.is_provisional for n in self.numbers)


@dataclass(frozen=True)
class Answers:
    """One answer per place that has one, and a sentence for everything that was asked and is not there."""

    items: tuple[Answer, ...]
    notices: tuple[str, ...]


def answer(
    archive: Archive,
    indicator: Indicator,
    selection: Selection,
    *,
    by_category: bool = False,
    places: Sequence[str] | None = None,
) -> Answers:
    """Answer a selection for one indicator; `places` instead of the chosen ones, `by_category` where it must be split.

    A place without the figure is answered by its region where that has it; another period by the nearest one; KM/HG/OM
    that the source does not split by all together. Each is said in a notice.
    """
    asking = _Asking(archive.reference, indicator, selection, by_category)
    asked = places if places is not None else chosen_places(selection, archive.reference)
    found = [item for place in asked if (item := asking.coverage(place))]
    rows = numbers(archive.db, indicator.id, {place for place, _ in found})
    items = tuple(asking.answer(place, coverage, rows) for place, coverage in dict(found).items())
    return Answers(items, asking.said())


class _Asking:
    """Gathers what could not be answered as asked, so that one sentence serves all places that share the reason."""

    def __init__(self, reference: Reference, indicator: Indicator, selection: Selection, by_category: bool) -> None:
        self.reference, self.indicator, self.selection, self.by_category = (
            reference,
            indicator,
            selection,
            by_category,
        )
        self.reasons: dict[str, list[str]] = {}

    def note(self, place: str, reason: str) -> None:
        labels = self.reasons.setdefault(reason, [])
        if (label := label_of(self.reference.places[place], self.reference)) not in labels:
            labels.append(label)

    def said(self) -> tuple[str, ...]:
        return tuple(f"{wording.listed(labels)}: {reason}" for reason, labels in self.reasons.items())

    def coverage(self, place: str) -> tuple[str, Coverage] | None:
        """The place that answers (itself or its region) and what it has in the nearest period."""
        region = self.reference.places[place].region
        for candidate in dict.fromkeys((place, region or place)):
            covered = self.reference.covered(self.indicator.id, candidate)
            if self.by_category:
                covered = tuple(item for item in covered if item.has_categories)
            if found := pick_period(covered, self.selection.period):
                self._say_where(place, candidate)
                self._say_when(candidate, found)
                self._say_split(candidate, found)
                return candidate, found
        self._say_absent(place)
        return None

    def answer(self, place: str, coverage: Coverage, rows: Sequence[Number]) -> Answer:
        period, before = coverage.period.id, coverage.period.year_before.id
        mine = [row for row in rows if row.place == place]
        year_before = tuple(row for row in mine if row.period == before)
        return Answer(
            self.reference.places[place],
            coverage.period,
            self._shown_geweld(coverage),
            tuple(row for row in mine if row.period == period),
            year_before,
            self.reference.tables[coverage.source_table],
            self.reference.tables[year_before[0].source_table] if year_before else None,
            self.reference.inhabitants(place, coverage.period),
            self.reference.inhabitants(place, coverage.period.year_before),
        )

    def _shown_geweld(self, coverage: Coverage) -> str:
        wanted = self.selection.geweld
        if wanted in coverage.geweld:
            return wanted
        return "alle" if "alle" in coverage.geweld else min(coverage.geweld)

    def _say_absent(self, place: str) -> None:
        near = self.reference.indicators.get(self.indicator.nearest or "")
        region = self.reference.places[place].region or place
        known = near and any(self.reference.covered(near.id, id_) for id_ in (place, region))
        there = f"; het dichtst daarbij komt “{near.label}”" if near and known else ""
        self.note(place, f"“{self.indicator.label}” staat niet in de bron{there}.")

    def _say_where(self, asked: str, found: str) -> None:
        if asked == found:
            return
        region = self.reference.places[found].label
        if self.reference.covered(self.indicator.id, asked):
            self.note(asked, f"alleen het totaal is per gemeente gedrukt; de uitsplitsing is die van {region}.")
        else:
            self.note(asked, f"niet per gemeente gepubliceerd; hier staat {region} als geheel.")

    def _say_when(self, place: str, found: Coverage) -> None:
        wanted = self.selection.period
        if wanted and found.period.id != wanted:
            asked, there = wording.named(Period.parse(wanted)), wording.named(found.period)
            self.note(place, f"geen cijfer over {asked}; hier staat {there}, dat daar het dichtst bij ligt.")

    def _say_split(self, place: str, found: Coverage) -> None:
        wanted, shown = self.selection.geweld, self._shown_geweld(found)
        if wanted == shown or (wanted == "alle" and shown == "alle"):
            return
        if wanted == "alle":
            self.note(place, f"deze telling gaat alleen over {wording.GEWELD_NAMES.get(shown, shown)}.")
            return
        if shown != "alle":
            only = wording.GEWELD_NAMES.get(shown, shown)
            self.note(place, f"deze telling gaat alleen over {only}, niet over {wording.GEWELD_NAMES[wanted]}.")
            return
        self.note(place, self._not_split(place, found, wanted))

    def _not_split(self, place: str, found: Coverage, wanted: str) -> str:
        if wanted in found.class_geweld:
            return f"wat bij {wanted.upper()} hoort, is niet als geheel gedrukt; hier staan alle soorten samen."
        reason = f"niet uitgesplitst naar {wanted.upper()}; hier staat alles samen."
        split = self.reference.indicators.get(self.indicator.split or "")
        if split and any(wanted in item.geweld | item.class_geweld for item in self.reference.covered(split.id, place)):
            reason += f" {wanted.upper()} staat wel bij “{split.label}”."
        return reason


def _total(rows: Sequence[Number], geweld: str) -> Number | None:
    return next((n for n in rows if not n.category and n.geweld == geweld), None)
