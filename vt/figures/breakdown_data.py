"""An indicator by class: the counts of each class in each place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from operator import add, sub

from vt.figures.answers import Answer
from vt.figures.common import list_tables, make_links
from vt.figures.table import SMALL_PART, Bounds, Link, Value
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import SMALLEST_SHOWN, Number, Suppression, add_up, derive
from vt.model.measures import Measure, convert, is_small_part
from vt.store.numbers import Observation, Slice
from vt.store.reference import RestGroup, SourceTable

Links = dict[str, tuple[Link, ...]]  # by column: KM, HG and OM by their id, the count WHOLE, the year before BEFORE
Sums = Mapping[tuple[str, str, str, str], tuple[float, float]]
WHOLE, BEFORE, UNPLACED = "", "before", "unplaced"


@dataclass(frozen=True)
class ClassCount:
    """A category or group with its count per geweld, and the count of the year before.

    The count is at least this many where there is a margin; kinds of geweld add up to it, but where one is hidden.
    """

    id: str
    label: str
    said: str
    is_rest: bool
    counts: dict[str, Number]
    count: Number
    before: Number | None
    margin: float = 0
    is_recovered: bool = False
    links: Links = field(default_factory=dict)

    def join(self, other: "ClassCount") -> "ClassCount":
        kinds = self.counts | other.counts
        counts = {kind: derive(add, self.counts.get(kind, 0), other.counts.get(kind, 0)) for kind in kinds}
        return replace(
            self,
            counts=counts,
            count=derive(add, self.count, other.count),
            before=_add_known(self.before, other.before),
            margin=self.margin + other.margin,
            is_recovered=self.is_recovered or other.is_recovered,
            links=_join_links(self.links, other.links),
        )

    def narrow(self, kind: str, bounds: tuple[float, float]) -> "ClassCount":
        """The same class, of which the sum is known closer than those of its members."""
        low, high = bounds
        return replace(self, counts={kind: low} if low else {}, count=low, margin=high - low)


@dataclass(frozen=True)
class PlaceBreakdown:
    """One place's share of a figure: classes, the whole they are part of, and what could not be placed."""

    answer: Answer
    classes: dict[str, ClassCount]
    base: Number
    base_before: Number | None
    tables: tuple[SourceTable, ...]
    unplaced: Number
    hidden: tuple[str, ...]
    links: Links
    is_merged: bool = False
    counted: Number | None = None  # the number of what is divided, where the division adds up to another
    whole: Answer | None = None  # of which this is a part

    @classmethod
    def from_categories(cls, item: Answer) -> "PlaceBreakdown":
        """One class per category."""
        names = {n.category: (n.category, n.short, n.said) for n in item.categories}
        return cls._make(
            item, {n.category: _make_class(item, names[n.category], n.is_rest, [n]) for n in item.categories}
        )

    @classmethod
    def from_groups(cls, item: Answer, sums: Sums) -> "PlaceBreakdown":
        """One class per shared group; `sums` are those known closer than by adding their members."""
        members: dict[str, list[Observation[Number]]] = {}
        for number in item.categories:
            members.setdefault(number.group, []).append(number)
        classes = {
            group: _make_class(
                item, (group, numbers[0].group_label, numbers[0].group_said), group == "overig", numbers, group
            )
            for group, numbers in members.items()
        }
        closer = {group: sums.get((item.place.id, item.period.id, item.geweld, group)) for group in classes}
        known = {
            group: classes[group].narrow(item.geweld, bounds)
            for group, bounds in closer.items()
            if bounds and not isinstance(classes[group].count, Suppression)
        }
        return cls._make(item, classes | known)

    @classmethod
    def _make(cls, item: Answer, classes: dict[str, ClassCount]) -> "PlaceBreakdown":
        known = add_up(class_.count for class_ in classes.values())
        total = item.total.value if item.total and item.total.value is not None else known
        before = item.total_before.value if item.total_before else None
        is_printed = item.total is not None and item.total.basis == "printed total"
        hidden = item.table.sequences if is_printed else ()
        unplaced = derive(sub, total, known) if hidden else 0
        return cls(item, classes, total, before, tuple(list_tables([item])), unplaced, hidden, _make_links(item, ()))

    def merge(self, other: "PlaceBreakdown") -> "PlaceBreakdown":
        """Both together: professionals and particulieren are one set of reporters."""
        classes = dict(self.classes)
        for id_, class_ in other.classes.items():
            classes[id_] = classes[id_].join(class_) if id_ in classes else class_
        secrets = self.answer.secrets | other.answer.secrets
        return PlaceBreakdown(
            replace(self.answer, rest=_add_rests(self.answer.rest, other.answer.rest), secrets=secrets),
            classes,
            derive(add, self.base, other.base),
            _add_known(self.base_before, other.base_before),
            (*self.tables, *other.tables),
            derive(add, self.unplaced, other.unplaced),
            (*self.hidden, *other.hidden),
            _join_links(self.links, other.links),
            is_merged=True,
        )

    @cached_property
    def split(self) -> tuple[str, ...]:
        """KM, HG and OM where the source splits its classes by them; empty where a class is of one kind by itself."""
        kinds = Counter(n.category for n in self.answer.numbers if n.category and n.geweld != ALL_GEWELD)
        return self.answer.parts if any(count > 1 for count in kinds.values()) else ()

    def count(self, class_: ClassCount) -> Number:
        """The count of a class here; 0 where the source does not have it."""
        return self.classes[class_.id].count if class_.id in self.classes else 0

    def margin(self, class_: ClassCount) -> float:
        """How much more than its count a class can be."""
        return self.classes[class_.id].margin if class_.id in self.classes else 0

    @cached_property
    def total_class(self) -> ClassCount:
        """All classes together."""
        counts = {kind: sum_kind(self, kind) for kind in self.split}
        return ClassCount(
            "", "", "", is_rest=False, counts=counts, count=self.base, before=self.base_before, links=self.links
        )

    @cached_property
    def unplaced_class(self) -> ClassCount:
        """What cannot be read off per class."""
        return ClassCount(UNPLACED, "", "", is_rest=True, counts={}, count=self.unplaced, before=None)

    def value(self, class_: ClassCount | None, wanted: Measure) -> Value:
        """A class in the asked measure: a number, one worked out with its bounds, or None where there is none.

        A small part has no share.
        """
        if class_ is None:
            return None
        counts = class_.count, derive(add, class_.count, class_.margin)
        if wanted.is_share and any(not isinstance(n, Suppression) and is_small_part(n) for n in counts):
            return SMALL_PART
        low, high = (self.measure(n, wanted) for n in counts)
        if not class_.is_recovered or isinstance(low, Suppression) or isinstance(high, Suppression):
            return low
        return Bounds(low, high)

    def measure(self, count: Number, wanted: Measure) -> Number:
        return self.answer.measure(count, wanted, self.base)

    def measure_before(self, count: Number, wanted: Measure) -> Number:
        """A count of the year before in the asked measure."""
        item = self.answer
        return convert(
            count,
            wanted,
            months=item.period.months,
            inhabitants=item.inhabitants_before,
            base=self.base_before,
            least=item.least_whole,
        )


def _make_class(
    item: Answer, names: tuple[str, str, str], is_rest: bool, members: Sequence[Observation[Number]], group: str = ""
) -> ClassCount:
    """A class of these numbers, `names` are its id, label and name in a sentence; of a `group` whatever of its sums is
    shown, where its members are not. What is known within bounds of the year before is no number to hold it against."""
    wanted = {number.category for number in members}
    split = {
        kind: _bound_sum(item, [n for n in item.numbers if n.category in wanted and n.geweld == kind], group)[0]
        for kind in item.parts
    }
    whole, most = _bound_sum(item, members, group)
    counts = {**split, item.geweld: derive(sub, whole, add_up(split.values()))}
    before = [n for n in item.before if n.category in wanted and n.geweld == item.geweld]
    kept = {kind: count for kind, count in counts.items() if count}
    margin = 0 if isinstance(whole, Suppression) or isinstance(most, Suppression) else most - whole
    recovered = any(number.is_recovered for number in members)
    earlier, highest = _bound_sum(item, before, group) if before else (None, None)
    links = _make_links(item, tuple(sorted(wanted)))
    return ClassCount(*names, is_rest, kept, whole, earlier if earlier == highest else None, margin, recovered, links)


def _make_links(item: Answer, categories: tuple[str, ...]) -> Links:
    """Where the numbers of these categories (none: of all) were printed, by column."""
    now = Slice(item.place.id, item.period.id, item.geweld, categories)
    links: Links = {kind: make_links(item.tables, now._replace(geweld=kind)) for kind in item.parts}
    links[WHOLE] = make_links(item.tables, now)
    if item.tables_before:
        links[BEFORE] = make_links(item.tables_before, now._replace(period=item.period.year_before.id))
    return links


def _add_known(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else derive(add, one, other)


def _join_links(one: Links, other: Links) -> Links:
    return {column: one.get(column, ()) + other.get(column, ()) for column in one | other}


def _bound_sum(item: Answer, numbers: Sequence[Observation[Number]], group: str) -> tuple[Number, Number]:
    """What numbers add up to at least and at most; of a group that has a hidden member, what is shown of its sum."""
    if numbers and (shown := item.sums.get((numbers[0].period, numbers[0].geweld, group))):
        return shown
    if len(numbers) == 1:
        return numbers[0].low, numbers[0].high
    return add_up(number.low for number in numbers), add_up(number.high for number in numbers)


def find_largest(part: PlaceBreakdown, order: Sequence[ClassCount]) -> list[tuple[str, float, float]]:
    """The classes of a place of which one is the largest, or all are, each with the least and the most that it can be;
    none where what is not to be read off could be larger."""
    bounds = [(class_, count, count + part.margin(class_)) for class_, count in pick_shown(part, order)]
    least = max((low for class_, low, _ in bounds if not class_.is_rest), default=0)
    unsure = [high for class_, low, high in bounds if class_.is_rest and low < high]
    if max(0, *unsure, _bound_unseen(part, order)) >= least:
        return []
    return [(class_.said, low, high) for class_, low, high in bounds if not class_.is_rest and high >= least]


def pick_shown(part: PlaceBreakdown, order: Sequence[ClassCount]) -> list[tuple[ClassCount, float]]:
    """The classes of which the count in a place is not hidden, with it."""
    counts = ((class_, part.count(class_)) for class_ in order)
    return [(class_, count) for class_, count in counts if not isinstance(count, Suppression)]


def _bound_unseen(part: PlaceBreakdown, order: Sequence[ClassCount]) -> float:
    """The most that a class can be that is not shown, or not to be read off, as far as the shown numbers tell."""
    hidden = [count for count in map(part.count, order) if isinstance(count, Suppression)]
    if not hidden and not isinstance(part.unplaced, Suppression):
        return max(part.unplaced, _count_unpublished(part))
    if not part.hidden and Suppression.WITHHELD not in hidden:
        return SMALLEST_SHOWN - 1
    if isinstance(part.base, Suppression) or any(table.differences for table in part.tables):
        return inf
    return part.base - sum(count for _, count in pick_shown(part, order))


def _count_unpublished(part: PlaceBreakdown) -> float:
    """What the classes that CBS publishes of a place leave of its number, and so the most that a secret one can be."""
    known = add_up(class_.count for class_ in part.classes.values())
    left = derive(sub, part.base, known) if part.answer.table.is_of_statline else 0
    return 0 if isinstance(left, Suppression) else left


def sum_kind(part: PlaceBreakdown, kind: str) -> Number:
    """All of KM, HG or OM: where a class of it is hidden, the total as far as that is shown by itself."""
    added = add_up(class_.counts.get(kind, 0) for class_ in part.classes.values())
    if not isinstance(added, Suppression) or part.is_merged:
        return added
    return next((n.low for n in part.answer.numbers if not n.category and n.geweld == kind), added)


def _add_rests(one: RestGroup | None, other: RestGroup | None) -> RestGroup | None:
    """What of two parts of a total lies outside the gemeenten; None where that of either is not known to be much."""
    if one is None or other is None:
        return None
    sums = {name: getattr(one, name) + getattr(other, name) for name in ("gemeenten", "rest", "total")}
    return one._replace(**sums)
