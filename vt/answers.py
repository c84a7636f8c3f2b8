"""What the sources can answer to a selection: per place the nearest number there is, and in Dutch what is not there."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from vt import wording
from vt.catalogue import Indicator, Place
from vt.period import Period
from vt.queries import Coverage, Number, Reference, SourceTable, numbers
from vt.selection import Selection, chosen_places, pick_period


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
        """KM, HG, OM and the rest that the numbers are split by, where all of them are shown."""
        if self.geweld != "alle":
            return ()
        found = {n.geweld for n in self.numbers} - {"alle"}
        order = ("km", "hg", "om", "geen", "onbekend")
        return tuple(kind for kind in order if kind in found) if len(found) > 1 else ()

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
        if (label := self.reference.places[place].label) not in labels:
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
        self.note(place, f"{_topic(self.indicator)} staat niet in de bron van deze plaats.")
        return None

    def answer(self, place: str, coverage: Coverage, rows: Sequence[Number]) -> Answer:
        period, before = coverage.period.id, coverage.period.year_before.id
        mine = [row for row in rows if row.place == place]
        return Answer(
            self.reference.places[place],
            coverage.period,
            self._shown_geweld(coverage),
            tuple(row for row in mine if row.period == period),
            tuple(row for row in mine if row.period == before),
            self.reference.tables[coverage.source_table],
            self.reference.inhabitants(place, coverage.period),
            self.reference.inhabitants(place, coverage.period.year_before),
        )

    def _shown_geweld(self, coverage: Coverage) -> str:
        wanted = self.selection.geweld
        if wanted in coverage.geweld:
            return wanted
        return "alle" if "alle" in coverage.geweld else min(coverage.geweld)

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
            asked = Period.parse(wanted).label
            self.note(place, f"geen cijfer over {asked}; het dichtstbijzijnde is over {found.period.label}.")

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
        split = self.reference.indicators.get(self.indicator.split or "")
        reason = f"niet uitgesplitst naar {wanted.upper()}; hier staat alles samen."
        if split and any(wanted in item.geweld for item in self.reference.covered(split.id, place)):
            reason += f" {wanted.upper()} staat wel bij “{split.label}”."
        self.note(place, reason)


def _topic(indicator: Indicator) -> str:
    return f"“{indicator.label}”"


def _total(rows: Sequence[Number], geweld: str) -> Number | None:
    return next((n for n in rows if not n.category and n.geweld == geweld), None)
