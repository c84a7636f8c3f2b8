"""What the sources can answer to a selection: per place the nearest number there is, and in Dutch what is not there."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from vt.figures import wording
from vt.figures.counting import explain_difference
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason, merge_notices
from vt.figures.selection import Selection, find_nearest, list_chosen_places, name_fully, pick_period
from vt.model.catalogue import Indicator, Place, lower_first
from vt.model.counting import list_aspects
from vt.model.geweld import ALL_GEWELD, GEWELD, GEWELD_PARTS
from vt.model.hidden import GROUP, CellKey, Number, Shielding, Suppression, add_up
from vt.model.measures import ROUNDED_BASE, SMALL_BASE, Measure, NotMeasurableError, convert
from vt.model.period import Period
from vt.store.hidden import list_withheld_totals, read_secrets, read_suppressions, read_withheld
from vt.store.numbers import Observation, read_numbers
from vt.store.reference import Coverage, Metadata, RestGroup, SourceTable

_WORDS = {"één": 1, "twee": 2, "drie": 3, "vier": 4}


@dataclass(frozen=True)
class Dataset:
    """The database and what is known of it beside the numbers."""

    db: sqlite3.Connection
    metadata: Metadata


def gives_away(text: str, values: Iterable[int], *, in_words: bool = True) -> bool:
    """Whether a text names any of these numbers, in digits or as a word; 0 gives nothing away."""
    named = {int(digits.replace(".", "") or 0) for digits in re.findall(r"\d[\d.]*", text)}
    if in_words:
        named |= {_WORDS[word] for word in re.findall(r"\w+", text.lower()) if word in _WORDS}
    return bool(named.intersection(values) - {0})


def _hide(number: Observation[Number], kind: Suppression | None) -> Observation[Number]:
    """The number, with how it is shown instead of its value and bounds where it is hidden."""
    return number._replace(value=None if number.value is None else kind, low=kind, high=kind) if kind else number


def _sum_groups(
    indicator: str, rows: Sequence[Observation[float]], kinds: Mapping[CellKey, Suppression]
) -> dict[tuple[str, str, str], tuple[Number, Number]]:
    """The sums over shared groups of which a member or the sum is hidden: they are shown or hidden by themselves."""
    members: dict[CellKey, list[Observation[float]]] = defaultdict(list)
    for row in rows:
        if row.category and row.group:
            members[row.name_key(indicator)._replace(category=GROUP + row.group)].append(row)
    sums: dict[tuple[str, str, str], tuple[Number, Number]] = {}
    for key, mine in members.items():
        if key in kinds:
            sums[key.period, key.geweld, mine[0].group] = (kinds[key], kinds[key])
        elif any(row.name_key(indicator) in kinds for row in mine):
            sums[key.period, key.geweld, mine[0].group] = (sum(r.low for r in mine), sum(r.high for r in mine))
    return sums


@dataclass(frozen=True)
class Answer:
    """The numbers of one place in one period, at every geweld; `geweld` is the one to show.

    `tables` are where they were printed: more than one where a year is the sum of halves that stand in two. `before`
    holds the same of the year before, where that was published. `rest` says how much of a region's total lies outside
    its gemeenten where that is much, `rest_before` how much it was, `tables_rest` where that is printed;
    `contested` is the total as printed, where it can
    be either that or the sum of its cells. As far as `shielding` hides them, numbers are no numbers here; `sums` has
    the sums of them over shared groups by period, geweld and group, `split` what the total is split by, and `secrets`
    the printed numbers that no text may name.
    """

    place: Place
    period: Period
    geweld: str
    numbers: tuple[Observation[Number], ...]
    before: tuple[Observation[Number], ...]
    tables: tuple[SourceTable, ...]
    tables_before: tuple[SourceTable, ...]
    inhabitants: float | None
    inhabitants_before: float | None
    sums: Mapping[tuple[str, str, str], tuple[Number, Number]] = field(default_factory=dict)
    split: tuple[str, ...] | None = None
    contested: float | None = None
    rest: RestGroup | None = None
    rest_before: RestGroup | None = None
    tables_rest: tuple[SourceTable, ...] = ()
    is_sum_of_gemeenten: bool = False
    shielding: Shielding = Shielding.NONE
    secrets: frozenset[int] = frozenset()

    @property
    def table(self) -> SourceTable:
        """Where the numbers were printed, or the first of them."""
        return self.tables[0]

    @cached_property
    def total(self) -> Observation[Number] | None:
        """The number with categories summed over, at the shown geweld."""
        return find_total(self.numbers, self.geweld)

    @cached_property
    def total_before(self) -> Observation[Number] | None:
        return find_total(self.before, self.geweld)

    @cached_property
    def categories(self) -> tuple[Observation[Number], ...]:
        """The numbers per category at the shown geweld, in the order of the catalogue."""
        return tuple(n for n in self.numbers if n.category and n.geweld == self.geweld)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """KM, HG, OM and the rest that the total is split by, where all of them are shown and add up to it."""
        return self.split if self.split is not None else _find_parts(self.numbers, self.geweld)

    @cached_property
    def is_sorted_by_us(self) -> bool:
        """Whether KM, HG and OM are classes of the source that we took together: each class is of one kind alone."""
        pairs = {(n.category, n.geweld) for n in self.numbers if n.category and n.geweld != ALL_GEWELD}
        categories, kinds = ({pair[at] for pair in pairs} for at in (0, 1))
        return len(pairs) == len(categories) and len(kinds) > 1

    @property
    def without_rest(self) -> "Answer":
        """What the gemeenten of a region have together, where much of its total lies outside them; else the same."""
        if self.rest is None or self.total is None:
            return self
        earlier, rest_before = self.total_before, self.rest_before
        return replace(
            self,
            place=replace(self.place, label=f"de gemeenten van {self.place.label}"),
            numbers=(_set_value(self.total, self.rest.gemeenten),),
            before=(_set_value(earlier, rest_before.gemeenten),) if earlier and rest_before else (),
            split=() if self.split is not None else None,
            is_sum_of_gemeenten=True,
        )

    @property
    def least_whole(self) -> int:
        """From which count on a part of it may be said as a share: more of numbers that CBS rounded."""
        return ROUNDED_BASE if self.is_rounded else SMALL_BASE

    @property
    def is_rounded(self) -> bool:
        """Whether its numbers are of CBS, which rounds them to five."""
        return any(n.basis == "statline" for n in self.numbers)

    @property
    def is_provisional(self) -> bool:
        """Whether the publisher calls any of these numbers provisional."""
        return any(n.is_provisional for n in self.numbers)

    @property
    def star(self) -> str:
        """The sign of numbers that their publisher calls provisional."""
        return "*" if self.is_provisional else ""

    def measure(self, count: Number, measure: Measure, base: Number | None = None) -> Number:
        """A count of it in the asked measure. NotMeasurableError as of `convert`, and where a rate would be over months
        in which the place was not there."""
        if measure.is_over_time and self.place.find_break(self.period):
            raise NotMeasurableError("de gemeente bestond maar een deel van die tijd")
        months, people = self.period.months, self.inhabitants
        return convert(count, measure, months=months, inhabitants=people, base=base, least=self.least_whole)


@dataclass(frozen=True)
class Answers:
    """One answer per place that has one, and a notice for everything that was asked and is not there."""

    items: tuple[Answer, ...]
    notices: tuple[Notice, ...]


def answer(
    dataset: Dataset,
    indicator: Indicator,
    selection: Selection,
    *,
    by_category: bool = False,
    only_totals: bool = False,
    places: Sequence[str] | None = None,
    among: Sequence[str] | None = None,
) -> Answers:
    """Answer a selection for one indicator; `places` instead of the chosen ones, as they are counted `among` these,
    `by_category` where it must be split, `only_totals` where nobody asks for its classes, which of all gemeenten are
    many.

    A place without the figure is answered by its region where that has it; another period by the nearest one that is as
    long; KM/HG/OM that the source does not split by all together. Each is said in a notice.
    """
    asked = places if places is not None else list_chosen_places(selection, dataset.metadata)
    alike = asked if among is None else among
    if indicator.beside and _find_reported(dataset.metadata, indicator.beside, alike):
        return Answers((), ())  # they stand with those of the other places
    if reported := _find_reported(dataset.metadata, indicator.id, alike):
        return _answer_alike(
            dataset, indicator, selection, asked, reported, by_category=by_category, only_totals=only_totals
        )
    asking = _Inquiry(dataset, indicator, selection, by_category, asked)
    covered = dict(filter(None, map(asking.find_coverage, asked)))
    together: dict[Period, list[str]] = defaultdict(list)
    for place, coverage in covered.items():
        together[coverage.period].append(place)
    by_place: dict[str, list[Observation[float]]] = defaultdict(list)
    for period, places in together.items():
        both = (period.id, period.year_before.id)
        for row in read_numbers(dataset.db, indicator.id, places, both, only_totals=only_totals):
            by_place[row.place].append(row)
    items = tuple(asking.make_answer(place, coverage, by_place[place]) for place, coverage in covered.items())
    asking.note_withheld(asked, items)
    return Answers(items, asking.notices)


def find_withheld(dataset: Dataset, item: Answer) -> dict[Period, str]:
    """Of which periods CBS does not give what an answer has of another, and why."""
    totals = list_withheld_totals(dataset.db, item.table.indicator, item.place.id, item.geweld)
    return {Period.parse(each.period): each.reason for each in totals}


def answer_exactly(
    dataset: Dataset,
    indicator: Indicator,
    selection: Selection,
    period: Period,
    geweld: str,
    places: Sequence[str],
    among: Sequence[str] | None = None,
) -> list[Answer]:
    """The totals that there are of this very period and geweld, of these places or of their regions, as they are
    counted `among` others."""
    asked = replace(selection, period=period.id, geweld=geweld)
    items = answer(dataset, indicator, asked, only_totals=True, places=places, among=among).items
    return [item for item in items if (item.period, item.geweld) == (period, geweld)]


def _find_reported(metadata: Metadata, indicator: str, asked: Sequence[str]) -> set[str]:
    """The places of which a report has an indicator and CBS too, where of others that were asked only CBS has it."""
    of_cbs = metadata.of_cbs.get(indicator, "")
    reported = {place for place in asked if metadata.covered(of_cbs, place)}
    of_one = (
        place for place in asked if place not in reported and metadata.places[place].kind in ("gemeente", "region")
    )
    return reported if any(metadata.covered(indicator, place) for place in of_one) else set()


def list_covered(metadata: Metadata, indicator: str, places: Sequence[str]) -> dict[str, tuple[Coverage, ...]]:
    """What there is of an indicator in each of these places: by CBS where they are compared by it."""
    reported, of_cbs = _find_reported(metadata, indicator, places), metadata.of_cbs.get(indicator, "")
    return {id_: metadata.covered(of_cbs if id_ in reported else indicator, id_) for id_ in places}


def _answer_alike(
    dataset: Dataset,
    indicator: Indicator,
    selection: Selection,
    asked: Sequence[str],
    reported: set[str],
    *,
    by_category: bool,
    only_totals: bool,
) -> Answers:
    """Every place by CBS: a number of a report beside those of places that have none would not be counted alike."""
    of_cbs = dataset.metadata.indicators[dataset.metadata.of_cbs[indicator.id]]
    parts = (
        (of_cbs, [id_ for id_ in asked if id_ in reported]),
        (indicator, [id_ for id_ in asked if id_ not in reported]),
    )
    found = [
        answer(dataset, each, selection, by_category=by_category, only_totals=only_totals, places=ids)
        for each, ids in parts
    ]
    order = {id_: n for n, id_ in enumerate(asked)}
    items = [item for each in found for item in each.items]
    items.sort(key=lambda item: order.get(item.place.id, len(order)))
    return Answers(tuple(items), merge_notices(notice for each in found for notice in each.notices))


class _Inquiry:
    """Answers place by place, and gathers what could not be answered as asked."""

    def __init__(
        self, dataset: Dataset, indicator: Indicator, selection: Selection, by_category: bool, asked: Sequence[str]
    ) -> None:
        self.dataset, self.metadata = dataset, dataset.metadata
        self.indicator, self.selection, self.by_category, self.asked = indicator, selection, by_category, asked
        self._noted: list[Notice] = []
        self._totals: dict[str, list[Observation[float]]] = {}

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be answered as asked."""
        return merge_notices(self._noted)

    def find_coverage(self, place: str) -> tuple[str, Coverage] | None:
        """The place that answers (itself or its region) and what it has in the nearest period."""
        region = self.metadata.places[place].region
        for candidate in dict.fromkeys((place, region or place)):
            covered = self.metadata.covered(self.indicator.id, candidate)
            if self.by_category:
                covered = tuple(item for item in covered if item.has_categories)
            if nearest := pick_period(covered, self.selection.period):
                self._note_where(place, candidate)
                self._note_when(candidate, nearest)
                self._note_split(candidate, nearest)
                return candidate, nearest
            if covered and self.selection.period:
                self._note_length(place, candidate, covered, self.selection.period)
                return None
        self._note_absent(place)
        return None

    def make_answer(self, place: str, coverage: Coverage, mine: Sequence[Observation[float]]) -> Answer:
        period, before = coverage.period.id, coverage.period.year_before.id
        now, year_before = (tuple(row for row in mine if row.period == id_) for id_ in (period, before))
        tables, tables_before = (
            self._list_tables(place, each) for each in (coverage.period, coverage.period.year_before)
        )
        if why := self._compare_before(place, coverage, (*tables, *tables_before)):
            self._note(place, Notice(Reason.BEFORE_APART, why=why))
            year_before, tables_before = (), ()
        if any(map(self.metadata.places[place].find_break, (coverage.period, coverage.period.year_before))):
            year_before, tables_before = (), ()
        geweld = self._pick_geweld(coverage)
        rest = self._find_rest(place, period, geweld)
        made = Answer(
            self._name_place(place, tables[0]),
            coverage.period,
            geweld,
            now,
            year_before,
            tables,
            tables_before,
            self.metadata.inhabitants(place, coverage.period),
            self.metadata.inhabitants(place, coverage.period.year_before),
            contested=self.metadata.contested.get((self.indicator.id, place, period, geweld)),
            rest=rest,
            rest_before=self._find_rest(place, before, geweld, is_large=False) if rest and year_before else None,
            tables_rest=self._list_tables(place, coverage.period, rest.told_by) if rest else (),
            shielding=self.selection.shielding,
        )
        return self._shield(made, now, year_before) if self._may_hide((*now, *year_before)) else made

    def note_withheld(self, asked: Sequence[str], items: Sequence[Answer]) -> None:
        """What CBS does not give: the wanted number, or classes of what is shown."""
        shown = {item.place.id: item.period.id for item in items}
        wanted = {self.selection.period, *shown.values()} - {None}
        for each in read_withheld(self.dataset.db, self.indicator.id, {*asked, *shown}, {id_ for id_ in wanted if id_}):
            period = wording.name_period(Period.parse(each.period))
            if each.is_total and each.period == self.selection.period and shown.get(each.place) != each.period:
                self._note(each.place, Notice(Reason.WITHHELD, asked=period, why=each.reason))
            elif self.by_category and not each.is_total and shown.get(each.place, each.period) == each.period:
                what = "is één klasse" if each.classes == 1 else f"zijn {each.classes} klassen"
                self._note(each.place, Notice(Reason.CLASSES_WITHHELD, what=what, shown=period, why=each.reason))

    def _may_hide(self, rows: Sequence[Observation[float]]) -> bool:
        """Whether any of these may be hidden, so that it must be looked up."""
        match self.selection.shielding if self.indicator.counts_people else Shielding.NONE:
            case Shielding.ALL:
                return True
            case Shielding.RECOVERED:
                return any(row.is_recovered for row in rows)
            case Shielding.NONE:
                return False

    def _find_rest(self, place: str, period: str, geweld: str, *, is_large: bool = True) -> RestGroup | None:
        group = self.metadata.rest_groups.get((self.indicator.id, place, period, geweld))
        return group if group and (group.is_large or not is_large) else None

    def _name_place(self, place: str, table: SourceTable) -> Place:
        """Where it was counted; who counted it, where it tells of the organisation itself."""
        where, is_own = self.metadata.places[place], self.indicator.is_about_organisation
        return replace(where, label=table.publisher, kind="organisation") if is_own else where

    def _compare_before(self, place: str, coverage: Coverage, tables: Sequence[SourceTable]) -> str | None:
        """Why numbers of the year before can't stand beside these, where one of the tables counts otherwise."""
        aspects = list_aspects(
            between_gemeenten=self.metadata.places[place].kind in ("gemeente", "rest"),
            by_class=self.by_category,
            by_geweld=self._pick_geweld(coverage) != ALL_GEWELD,
        )
        own, *others = dict.fromkeys(table.counting for table in tables)
        return next((why for other in others if (why := explain_difference(own, other, aspects))), None)

    def _list_tables(self, place: str, period: Period, indicator: str = "") -> tuple[SourceTable, ...]:
        covered = self.metadata.covered(indicator or self.indicator.id, place)
        ids = (id_ for item in covered if item.period == period for id_ in item.tables)
        return tuple(self.metadata.tables[id_] for id_ in ids)

    def _shield(self, item: Answer, now: Sequence[Observation[float]], before: Sequence[Observation[float]]) -> Answer:
        id_ = self.indicator.id
        shielding = self.selection.shielding
        kinds = read_suppressions(self.dataset.db, id_, [item.place.id], shielding)
        tables = {table.id for table in (*item.tables, *item.tables_before, *item.tables_rest)}
        secrets = read_secrets(self.dataset.db, tables) if shielding is Shielding.ALL else frozenset()
        return replace(
            item,
            numbers=tuple(_hide(row, kinds.get(row.name_key(id_))) for row in now),
            before=tuple(_hide(row, kinds.get(row.name_key(id_))) for row in before),
            sums=_sum_groups(id_, (*now, *before), kinds),
            split=item.parts,
            secrets=secrets,
            rest=None if _gives_rest_away(item, secrets) else item.rest,
            contested=None if item.contested in secrets else item.contested,
        )

    def _pick_geweld(self, coverage: Coverage) -> str:
        wanted = self.selection.geweld
        if wanted in coverage.geweld:
            return wanted
        return ALL_GEWELD if ALL_GEWELD in coverage.geweld else min(coverage.geweld)

    def _note(self, place: str, notice: Notice) -> None:
        self._noted.append(replace(notice, places=(name_fully(self.metadata.places[place], self.metadata),)))

    def _note_absent(self, place: str) -> None:
        near = self.metadata.indicators.get(self.indicator.nearest or "")
        region, what = self.metadata.places[place].region or place, lower_first(self.indicator.label)
        if near and any(self.metadata.covered(near.id, id_) for id_ in (place, region)):
            self._note(place, Notice(Reason.ABSENT_BUT_NEAR, what=what, other=lower_first(near.label)))
        else:
            self._note(place, Notice(Reason.ABSENT, what=what))

    def _note_where(self, asked: str, answering: str) -> None:
        if asked != answering:
            has_total = self.metadata.covered(self.indicator.id, asked)
            reason = Reason.ONLY_REGION_DIVIDED if has_total else Reason.ONLY_REGION
            self._note(asked, Notice(reason, shown=self.metadata.places[answering].label))

    def _note_when(self, place: str, coverage: Coverage) -> None:
        wanted = self.selection.period
        if wanted and coverage.period.id != wanted:
            asked, shown = map(wording.name_period, (Period.parse(wanted), coverage.period))
            self._note(place, Notice(Reason.OTHER_PERIOD, asked=asked, shown=shown))

    def _note_length(self, asked: str, place: str, covered: Sequence[Coverage], wanted: str) -> None:
        """That there is only a number over a longer or shorter time, and which: it is no answer."""
        if not (near := find_nearest(covered, wanted)):
            return
        count = self._count_in(place, near)
        where = f"in {self.metadata.places[place].label}" if place != asked else ""
        is_rounded = any(self.metadata.tables[id_].is_of_statline for id_ in near.tables)
        metric, geweld = Metric(self.indicator), self._pick_geweld(near)
        told = metric.count(count, geweld, where, is_rounded=is_rounded) if count is not None else ""
        notice = Notice(
            Reason.OTHER_LENGTH,
            asked=wording.name_period(Period.parse(wanted)),
            shown=wording.name_period(near.period),
            other=f": {told}" if told else "",
            hides=isinstance(count, Suppression),
            period=near.period.id,
        )
        self._note(asked, notice)

    def _count_in(self, place: str, coverage: Coverage) -> Number | None:
        """The total of a period that was not asked for, as it may be shown."""
        id_ = self.indicator.id
        geweld = self._pick_geweld(coverage)
        mine = [row for row in self._read_totals(coverage.period.id) if (row.place, row.geweld) == (place, geweld)]
        hidden = self._may_hide(mine)
        kinds = read_suppressions(self.dataset.db, id_, [place], self.selection.shielding) if hidden else {}
        return next((_hide(row, kinds.get(row.name_key(id_))).value for row in mine), None)

    def _read_totals(self, period: str) -> list[Observation[float]]:
        """The totals of a period that was not asked for, of all places at once."""
        if period not in self._totals:
            regions = {self.metadata.places[id_].region or id_ for id_ in self.asked}
            self._totals[period] = read_numbers(
                self.dataset.db, self.indicator.id, {*self.asked, *regions}, [period], only_totals=True
            )
        return self._totals[period]

    def _note_split(self, place: str, coverage: Coverage) -> None:
        asked, shown = GEWELD[self.selection.geweld], GEWELD[self._pick_geweld(coverage)]
        if asked == shown:
            return
        if shown.id != ALL_GEWELD:
            reason = Reason.ONLY_GEWELD if asked.id == ALL_GEWELD else Reason.OTHER_GEWELD
            self._note(place, Notice(reason, asked=asked.name, shown=shown.name))
        elif asked.id in coverage.class_geweld:
            self._note(place, Notice(Reason.NOT_SUMMED, asked=asked.name))
        elif split := self._find_split(place, asked.id):
            self._note(place, Notice(Reason.SPLIT_ELSEWHERE, asked=asked.name, other=lower_first(split.label)))
        else:
            self._note(place, Notice(Reason.NOT_SPLIT, asked=asked.name))

    def _find_split(self, place: str, geweld: str) -> Indicator | None:
        """The indicator that has the same by KM/HG/OM, where this place has it."""
        split = self.metadata.indicators.get(self.indicator.split or "")
        covered = self.metadata.covered(split.id, place) if split else ()
        return split if any(geweld in item.geweld | item.class_geweld for item in covered) else None


def _gives_rest_away(item: Answer, secrets: frozenset[int]) -> bool:
    """Whether a rest group, or what is left without it, is a number that no text may name."""
    groups = [group for group in (item.rest, item.rest_before) if group]
    return bool(secrets.intersection(number for group in groups for number in (group.rest, group.gemeenten)))


def _set_value(number: Observation[Number], value: float) -> Observation[Number]:
    return number._replace(value=value, low=value, high=value)


def _find_parts(rows: Sequence[Observation[Number]], geweld: str) -> tuple[str, ...]:
    total = find_total(rows, geweld)
    if geweld != ALL_GEWELD or total is None:
        return ()
    values = {n.geweld: n.value for n in rows if not n.category and n.geweld != ALL_GEWELD}
    order = tuple(kind for kind in GEWELD_PARTS if kind in values)
    return order if len(order) > 1 and add_up(value or 0 for value in values.values()) == total.value else ()


def find_total(rows: Sequence[Observation[Number]], geweld: str) -> Observation[Number] | None:
    """The number with categories summed over, of one kind of geweld."""
    return next((n for n in rows if not n.category and n.geweld == geweld), None)
