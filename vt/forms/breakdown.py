"""How an indicator divides over its classes, or reporters over the groups that all regions share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf

from vt import theme, wording
from vt.answers import Answer, Archive, answer
from vt.catalogue import Indicator
from vt.figure import Figure, Heading, Link, Sheet, Value, Worked, shielded_rows
from vt.forms import findings, plainly
from vt.forms.facts import Bounded, Divided
from vt.forms.parts import (
    SHORT_GEWELD,
    Legend,
    Line,
    Segment,
    alike,
    bars,
    caveats_of,
    distinct,
    parts_legend,
    sources_of,
    stacked,
    subtitle_of,
    tables_of,
    text_of,
    unit_text,
)
from vt.measures import SMALL_BASE, NotMeasurableError, measured
from vt.queries import Number, Reference, Slice, SourceTable, known_sums
from vt.selection import Measure, Selection, chosen_places
from vt.shield import SMALLEST_SHOWN, Kind, is_hidden, kind_of

Links = dict[str, tuple[Link, ...]]  # by column: KM, HG and OM by their id, the count WHOLE, the year before BEFORE
Sums = Mapping[tuple[str, str, str, str], tuple[float, float]]
WHOLE, BEFORE, NONE = "", "before", "none"
MOST_ROWS = 14
MOST_PLACES = 4


def categories(archive: Archive, indicator: Indicator, selection: Selection) -> list[Figure]:
    """How an indicator divides over its classes; a figure per length of period, none where no chosen place has it."""
    answers = answer(archive, indicator, selection, by_category=True)
    parts = [_Part.of(item) for item in answers.items]
    return _figures(f"{indicator.id}.categories", indicator.label, indicator, parts, answers.notices, selection)


def groups(archive: Archive, label: str, indicators: Sequence[Indicator], selection: Selection) -> list[Figure]:
    """How reporters divide over the groups that all regions share, from whichever of the indicators a place has."""
    asked, notices = _whole(archive.reference, indicators, chosen_places(selection, archive.reference))
    merged: dict[tuple[str, str, str], _Part] = {}
    for indicator in indicators:
        answers = answer(archive, indicator, selection, by_category=True, places=asked)
        notices += [notice for notice in answers.notices if answers.items and " staat niet in de bron" not in notice]
        sums = known_sums(archive.db, indicator.id, "group", {item.place.id for item in answers.items})
        for item in answers.items:
            key = (item.place.id, item.period.id, item.geweld)
            mine = _Part.grouped(item, sums)
            merged[key] = merged[key].merged(mine) if key in merged else mine
    said = tuple(dict.fromkeys(notices))
    return _figures(f"{indicators[0].id}.groups", label, indicators[0], list(merged.values()), said, selection)


def _whole(reference: Reference, indicators: Sequence[Indicator], asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """The asked places, or their regions where a place has but some of the indicators: part of them is no whole."""

    def split(place: str) -> set[str]:
        return {i.id for i in indicators if any(item.has_categories for item in reference.covered(i.id, place))}

    answering: dict[str, str] = {}
    moved: dict[str, list[str]] = {}
    for id_ in asked:
        place = reference.places[id_]
        region = place.region or id_
        answering[id_] = id_ if split(id_) >= split(region) else region
        if answering[id_] != id_:
            moved.setdefault(reference.places[region].label, []).append(place.label)
    notices = [
        f"{wording.listed(labels)}: deze verdeling is niet per gemeente gepubliceerd; hier staat {region} als geheel."
        for region, labels in moved.items()
    ]
    return list(dict.fromkeys(answering.values())), notices


@dataclass(frozen=True)
class _Class:
    """A category or group with its count per geweld, and the count of the year before.

    The count is at least this many where there is a margin; kinds of geweld add up to it, but where one is hidden.
    """

    id: str
    label: str
    is_rest: bool
    counts: dict[str, float]
    count: float
    before: float | None
    margin: float = 0
    is_recovered: bool = False
    links: Links = field(default_factory=dict)

    def joined(self, other: "_Class") -> "_Class":
        counts = {kind: self.counts.get(kind, 0) + other.counts.get(kind, 0) for kind in self.counts | other.counts}
        both = self.before is not None and other.before is not None
        return replace(
            self,
            counts=counts,
            count=self.count + other.count,
            before=(self.before or 0) + (other.before or 0) if both else None,
            margin=self.margin + other.margin,
            is_recovered=self.is_recovered or other.is_recovered,
            links=_joined(self.links, other.links),
        )

    def known(self, kind: str, bounds: tuple[float, float]) -> "_Class":
        """The same class, of which the sum is known closer than those of its members."""
        low, high = bounds
        return replace(self, counts={kind: low} if low else {}, count=low, margin=high - low)


@dataclass(frozen=True)
class _Part:
    """One place's share of a figure: classes, the whole they are part of, and what could not be placed."""

    answer: Answer
    classes: dict[str, _Class]
    base: float
    base_before: float | None
    tables: tuple[SourceTable, ...]
    unplaced: float
    hidden: tuple[str, ...]
    links: Links
    is_merged: bool = False

    @classmethod
    def of(cls, item: Answer) -> "_Part":
        """One class per category."""
        return cls._made(item, {n.category: _class(item, n.category, n.short, n.is_rest, [n]) for n in item.categories})

    @classmethod
    def grouped(cls, item: Answer, sums: Sums) -> "_Part":
        """One class per shared group; `sums` are those known closer than by adding their members."""
        members: dict[str, list[Number]] = {}
        for number in item.categories:
            members.setdefault(number.group, []).append(number)
        classes = {
            group: _class(item, group, found[0].group_label, group == "overig", found, group)
            for group, found in members.items()
        }
        closer = {group: sums.get((item.place.id, item.period.id, item.geweld, group)) for group in classes}
        known = {
            group: classes[group].known(item.geweld, found)
            for group, found in closer.items()
            if found and not is_hidden(classes[group].count)
        }
        return cls._made(item, classes | known)

    @classmethod
    def _made(cls, item: Answer, classes: dict[str, _Class]) -> "_Part":
        known = sum(found.count for found in classes.values())
        total = item.total.value if item.total and item.total.value is not None else known
        before = item.total_before.value if item.total_before else None
        is_printed = item.total is not None and item.total.basis == "printed total"
        hidden = item.table.sequences if is_printed else ()
        unplaced = total - known if hidden else 0
        return cls(item, classes, total, before, tuple(tables_of([item])), unplaced, hidden, _links_to(item, ()))

    def merged(self, other: "_Part") -> "_Part":
        """Both together: professionals and particulieren are one set of reporters."""
        classes = dict(self.classes)
        for id_, found in other.classes.items():
            classes[id_] = classes[id_].joined(found) if id_ in classes else found
        has_before = self.base_before is not None and other.base_before is not None
        return _Part(
            self.answer,
            classes,
            self.base + other.base,
            (self.base_before or 0) + (other.base_before or 0) if has_before else None,
            (*self.tables, *other.tables),
            self.unplaced + other.unplaced,
            (*self.hidden, *other.hidden),
            _joined(self.links, other.links),
            is_merged=True,
        )

    @cached_property
    def split(self) -> tuple[str, ...]:
        """KM, HG and OM where the source splits its classes by them; empty where a class is of one kind by itself."""
        kinds = Counter(n.category for n in self.answer.numbers if n.category and n.geweld != "alle")
        return self.answer.parts if any(count > 1 for count in kinds.values()) else ()

    def count(self, class_: _Class) -> float:
        """The count of a class here; 0 where the source does not have it."""
        return self.classes[class_.id].count if class_.id in self.classes else 0

    def margin(self, class_: _Class) -> float:
        """How much more than its count a class can be."""
        return self.classes[class_.id].margin if class_.id in self.classes else 0

    def reading(self, class_: _Class, wanted: Measure) -> Value:
        """A class in the asked measure: a number, one worked out with its bounds, or None where the source has none."""
        if (mine := self.classes.get(class_.id)) is None:
            return None
        low, high = (self.measured(count, wanted) for count in (mine.count, mine.count + mine.margin))
        return Worked(low, high) if mine.is_recovered and not is_hidden(low) else low

    def measured(self, count: float, wanted: Measure) -> float:
        """A count of this place in the asked measure."""
        item = self.answer
        return measured(count, wanted, months=item.period.months, inhabitants=item.inhabitants, base=self.base)

    def measured_before(self, count: float, wanted: Measure) -> float:
        """A count of the year before in the asked measure."""
        item = self.answer
        return measured(
            count, wanted, months=item.period.months, inhabitants=item.inhabitants_before, base=self.base_before
        )


def _class(item: Answer, id_: str, label: str, is_rest: bool, members: Sequence[Number], group: str = "") -> _Class:
    """A class of these numbers; of a `group` whatever of its sums is shown, where its members are not."""
    wanted = {number.category for number in members}
    split = {
        kind: _sum(item, [n for n in item.numbers if n.category in wanted and n.geweld == kind], group)[0]
        for kind in item.parts
    }
    whole, most = _sum(item, members, group)
    counts = {**split, item.geweld: whole - sum(split.values())}
    before = [n for n in item.before if n.category in wanted and n.geweld == item.geweld]
    kept = {kind: count for kind, count in counts.items() if count}
    margin = 0 if is_hidden(whole) else most - whole
    recovered = any(number.is_recovered for number in members)
    earlier = _sum(item, before, group)[0] if before else None
    links = _links_to(item, tuple(sorted(wanted)))
    return _Class(id_, label, is_rest, kept, whole, earlier, margin, recovered, links)


def _links_to(item: Answer, categories: tuple[str, ...]) -> Links:
    """Where the numbers of these categories (none: of all) were printed, by column."""
    now = Slice(item.place.id, item.period.id, item.geweld, categories)
    links: Links = {kind: (Link(item.table.address, now._replace(geweld=kind)),) for kind in item.parts}
    links[WHOLE] = (Link(item.table.address, now),)
    if item.table_before:
        earlier = now._replace(period=item.period.year_before.id)
        links[BEFORE] = (Link(item.table_before.address, earlier),)
    return links


def _joined(one: Links, other: Links) -> Links:
    return {column: one.get(column, ()) + other.get(column, ()) for column in one | other}


def _sum(item: Answer, found: Sequence[Number], group: str) -> tuple[float, float]:
    """What numbers add up to at least and at most; of a group that has a hidden member, what is shown of its sum."""
    if found and (shown := item.sums.get((found[0].period, found[0].geweld, group))):
        return shown
    if len(found) == 1:
        return found[0].low, found[0].high
    return sum(number.low for number in found), sum(number.high for number in found)


def _figures(
    id_: str, label: str, indicator: Indicator, parts: list[_Part], notices: tuple[str, ...], selection: Selection
) -> list[Figure]:
    if not parts:
        return []
    wanted, refused = _measure(parts, selection.measure)
    figures = []
    for items in alike([part.answer for part in parts], wanted, indicator):
        mine = [part for part in parts if part.answer in items]
        figures.append(_figure(f"{id_}.{items[0].period.months}", label, indicator, mine, wanted, selection))
    return distinct([replace(figures[0], notices=(*notices, *refused)), *figures[1:]])


def _figure(
    id_: str, label: str, indicator: Indicator, parts: list[_Part], wanted: Measure, selection: Selection
) -> Figure:
    order = _ordered(parts)
    first = parts[:MOST_PLACES]
    drawn = [class_ for class_ in order if any(part.count(class_) + part.margin(class_) for part in first)] or order
    lines, legend = _lines(first, drawn[:MOST_ROWS], wanted)
    divided = [_divided(part, order, indicator) for part in parts]
    finding = findings.of_breakdowns(divided)
    answers = [part.answer for part in parts]
    return Figure(
        id=id_,
        finding=finding,
        subtitle=subtitle_of(label, answers, unit_text(indicator, wanted)),
        form="bars",
        marks=bars(lines),
        legend=(*legend, *_uncertain(first, drawn[:MOST_ROWS])),
        alt=f"Staafdiagram: {label}. {finding}",
        sheet=_sheet(parts, order, label, wanted),
        sources=sources_of(table for part in parts for table in part.tables),
        caveats=(*caveats_of(indicator, answers), *_recovered(parts), *_left_out(parts, drawn, len(order))),
        notices=(),
        selection=selection,
        plain=plainly.of_breakdowns(divided),
    )


def _uncertain(parts: Sequence[_Part], drawn: Sequence[_Class]) -> Legend:
    some = any(part.margin(class_) for part in parts for class_ in drawn)
    return ((theme.UNCERTAIN, "tussen het laagste en het hoogste dat kan"),) if some else ()


def _recovered(parts: Sequence[_Part]) -> list[str]:
    some = any(class_.is_recovered for part in parts for class_ in part.classes.values())
    return [wording.RECOVERED] if some else []


def _measure(parts: Sequence[_Part], wanted: Measure) -> tuple[Measure, tuple[str, ...]]:
    """The asked measure, or plain counts and the reason where it cannot be made for every place."""
    for part in parts:
        try:
            if wanted is Measure.AANDEEL and is_hidden(part.base):
                raise NotMeasurableError("het geheel is afgeschermd")
            part.measured(0, wanted)
        except NotMeasurableError as error:
            reason = f"{part.answer.place.label}: “{wanted}” kan niet, want {error}; hier staat het aantal."
            return Measure.AANTAL, (reason,)
    return wanted, ()


def _ordered(parts: Sequence[_Part]) -> list[_Class]:
    """Every class once: largest share first; then those that have no rank, known only within bounds or hidden; rest
    last, hidden ones after the others."""
    first: dict[str, _Class] = {}
    weight: dict[str, float] = {}
    for part in parts:
        for id_, class_ in part.classes.items():
            first.setdefault(id_, class_)
            base = 1 if is_hidden(part.base) else part.base or 1
            weight[id_] = weight.get(id_, 0) + (0 if is_hidden(class_.count) else class_.count / base)
    unranked = {
        id_ for part in parts for id_, class_ in part.classes.items() if class_.margin or is_hidden(class_.count)
    }
    return sorted(first.values(), key=lambda class_: (class_.is_rest, class_.id in unranked, -weight[class_.id]))


def _divided(part: _Part, order: Sequence[_Class], indicator: Indicator) -> Divided:
    """What the finding is made of: the largest classes, those known only within bounds, and the largest rest class."""
    item = part.answer
    bounds = [(class_.label, part.count(class_), part.margin(class_)) for class_ in order if not class_.is_rest]
    rests = [(c.label, part.count(c)) for c in order if c.is_rest and not is_hidden(part.count(c))]
    return Divided(
        item.place,
        item.period,
        indicator.noun,
        item.geweld,
        _largest(part, order),
        part.base,
        tuple(Bounded(label, low, low + margin) for label, low, margin in bounds if margin),
        max(rests, key=lambda rest: rest[1], default=("", 0)),
    )


def _largest(part: _Part, order: Sequence[_Class]) -> tuple[list[str], float]:
    """The largest classes of a place with their count; none where what is not to be read off could be larger."""
    shown = [class_ for class_ in order if not is_hidden(part.count(class_))]
    counts = {class_.label: part.count(class_) for class_ in shown if not class_.is_rest and not part.margin(class_)}
    most = max(counts.values(), default=0)
    labels = [label for label, count in counts.items() if count == most]
    possible = [part.count(class_) + margin for class_ in shown if (margin := part.margin(class_))]
    possible.append(_unseen(part, order))
    return (labels, most) if most > max(possible) and len(labels) <= 3 else ([], 0)


def _unseen(part: _Part, order: Sequence[_Class]) -> float:
    """The most that a class can be that is not shown, or not to be read off, as far as the shown numbers tell."""
    hidden = [part.count(class_) for class_ in order if is_hidden(part.count(class_))]
    if not hidden and not is_hidden(part.unplaced):
        return part.unplaced
    if not part.hidden and all(kind_of(count) is Kind.SMALL for count in hidden):
        return SMALLEST_SHOWN - 1
    if is_hidden(part.base) or any(table.differences for table in part.tables):
        return inf
    return part.base - sum(part.count(class_) for class_ in order if not is_hidden(part.count(class_)))


def _lines(parts: Sequence[_Part], drawn: Sequence[_Class], wanted: Measure) -> tuple[list[Line], Legend]:
    part = parts[0]
    if len(parts) > 1:
        colours = tuple(zip(theme.PLACES, (_named(part, parts) for part in parts), strict=False))
        return [Line(class_.label, tuple(_place_bars(parts, class_, wanted))) for class_ in drawn], colours
    kinds = parts_legend([part.answer])
    if part.split or not _has_before(part, wanted):
        return [
            Line(class_.label, ((_text(part, class_, wanted), _stack(part, class_, wanted)),)) for class_ in drawn
        ], kinds
    period = part.answer.period
    years = (*(kinds or ((_colour(part), period.label),)), (theme.YEAR_BEFORE, period.year_before.label))
    return [Line(class_.label, tuple(_year_bars(part, class_, wanted))) for class_ in drawn], years


def _has_before(part: _Part, wanted: Measure) -> bool:
    if all(class_.before is None for class_ in part.classes.values()):
        return False
    try:
        part.measured_before(0, wanted)
    except NotMeasurableError:
        return False
    return True


def _colour(part: _Part) -> str:
    return theme.GEWELD.get(part.answer.geweld, theme.THIS_PLACE)


def _named(part: _Part, parts: Sequence[_Part]) -> str:
    """The place, with its period where the places differ in that."""
    same = len({other.answer.period for other in parts}) == 1
    return part.answer.place.label if same else f"{part.answer.place.label} ({part.answer.period.label})"


def _text(part: _Part, class_: _Class, wanted: Measure) -> str:
    text = Heading("", wanted).shown(part.reading(class_, wanted))
    is_shared = wanted is Measure.AANTAL and part.base >= SMALL_BASE and not is_hidden(class_.count)
    if is_shared and not class_.margin:
        return f"{text} ({wording.percent(class_.count / part.base * 100)})"
    return text


def _stack(part: _Part, class_: _Class, wanted: Measure) -> tuple[Segment, ...]:
    certain = tuple(
        Segment(
            SHORT_GEWELD.get(kind, part.answer.place.label),
            theme.GEWELD.get(kind, _colour(part)),
            part.measured(count, wanted),
        )
        for kind, count in class_.counts.items()
    )
    whole = Segment(part.answer.place.label, _colour(part), part.measured(class_.count, wanted))
    drawn = stacked(certain, whole) if class_.counts else certain
    return (*drawn, *_span(part, class_, wanted))


def _span(part: _Part, class_: _Class, wanted: Measure) -> tuple[Segment, ...]:
    """What a class known only within bounds can be more than its lowest."""
    margin = part.margin(class_)
    return (Segment("kan meer zijn", theme.UNCERTAIN, part.measured(margin, wanted)),) if margin else ()


def _place_bars(parts: Sequence[_Part], class_: _Class, wanted: Measure) -> Iterable[tuple[str, tuple[Segment, ...]]]:
    for part, colour in zip(parts, theme.PLACES, strict=False):
        value = part.measured(part.count(class_), wanted)
        text = Heading("", wanted).shown(part.reading(class_, wanted))
        yield text, (Segment(part.answer.place.label, colour, value), *_span(part, class_, wanted))


def _year_bars(part: _Part, class_: _Class, wanted: Measure) -> Iterable[tuple[str, tuple[Segment, ...]]]:
    period = part.answer.period
    now = text_of(part.measured(class_.count, wanted), wanted)
    yield f"{period.label}: {now}", _stack(part, class_, wanted)
    if class_.before is not None:
        before = part.measured_before(class_.before, wanted)
        year = period.year_before.label
        yield f"{year}: {text_of(before, wanted)}", (Segment(year, theme.YEAR_BEFORE, before),)


# --- the table -------------------------------------------------------------------------------------------------------


def _sheet(parts: Sequence[_Part], order: Sequence[_Class], label: str, wanted: Measure) -> Sheet:
    alone = len(parts) == 1
    headings = [Heading(label)]
    rows: list[tuple[Value, ...]] = []
    for part in parts:
        headings += _alone_headings(part, wanted) if alone else _beside_headings(part, parts, wanted)
    for class_ in order:
        cells = _alone_cells(parts[0], class_, wanted) if alone else _beside_cells(parts, class_, wanted)
        rows.append((class_.label, *cells))
    if any(part.unplaced for part in parts):
        rows.append(("Niet per soort af te lezen", *_unplaced_cells(parts, wanted)))
    rows.append(("Totaal", *_total_cells(parts, wanted)))
    return Sheet(
        tuple(headings), shielded_rows(rows), frozenset({len(rows) - 1}), _links(parts, order, wanted, len(rows) - 1)
    )


def _links(
    parts: Sequence[_Part], order: Sequence[_Class], wanted: Measure, last: int
) -> dict[tuple[int, int], tuple[Link, ...]]:
    """Where each number of each place was printed; the last row has the totals."""
    columns = [(part, name) for part in parts for name in _columns(part, wanted, len(parts) == 1)]
    found: dict[tuple[int, int], tuple[Link, ...]] = {}
    for column, (part, name) in enumerate(columns, 1):
        mine = {row: part.classes[class_.id].links for row, class_ in enumerate(order) if class_.id in part.classes}
        found |= {(row, column): links[name] for row, links in {**mine, last: part.links}.items() if name in links}
    return found


def _columns(part: _Part, wanted: Measure, is_alone: bool) -> list[str]:
    """What each column of a place is about, for its links."""
    if not is_alone:
        return [WHOLE] if wanted is Measure.AANTAL else [WHOLE, WHOLE]
    names = [*part.split, WHOLE]
    names += [BEFORE, NONE] if part.base_before is not None else []
    names += [WHOLE] if wanted in (Measure.AANTAL, Measure.AANDEEL) else [WHOLE, WHOLE]
    return [*names, BEFORE] if _shows_before(part, wanted) else names


def _beside_headings(part: _Part, parts: Sequence[_Part], wanted: Measure) -> list[Heading]:
    name = _named(part, parts)
    counted = Heading(name, Measure.AANTAL)
    return [counted] if wanted is Measure.AANTAL else [counted, Heading(f"{name}, {wanted.lower()}", wanted)]


def _alone_headings(part: _Part, wanted: Measure) -> list[Heading]:
    period = part.answer.period
    labels = [SHORT_GEWELD[kind] for kind in part.split] + [period.label]
    labels += [period.year_before.label, "Verschil"] if part.base_before is not None else []
    names = [] if wanted in (Measure.AANTAL, Measure.AANDEEL) else [str(wanted)]
    names += [f"{wanted}, {period.year_before.label}"] if _shows_before(part, wanted) else []
    counted = (Heading(text, Measure.AANTAL) for text in labels)
    return [*counted, Heading("Aandeel", Measure.AANDEEL), *(Heading(name, wanted) for name in names)]


def _shows_before(part: _Part, wanted: Measure) -> bool:
    """Whether the year before stands in the asked measure beside the counts."""
    return wanted is not Measure.AANTAL and part.base_before is not None and _has_before(part, wanted)


def _beside_cells(parts: Sequence[_Part], class_: _Class, wanted: Measure) -> list[Value]:
    cells: list[Value] = []
    for part in parts:
        cells.append(part.reading(class_, Measure.AANTAL))
        if wanted is not Measure.AANTAL:
            cells.append(part.reading(class_, wanted))
    return cells


def _alone_cells(part: _Part, class_: _Class, wanted: Measure) -> list[Value]:
    mine = part.classes[class_.id]
    kinds = [mine.counts.get(kind, 0) for kind in part.split]
    if not mine.is_recovered:
        return [*kinds, *_ending(part, mine.count, mine.before, wanted)]
    has_share = part.base >= SMALL_BASE or is_hidden(part.base)
    share = part.reading(class_, Measure.AANDEEL) if has_share else None
    cells: list[Value] = [*kinds, part.reading(class_, Measure.AANTAL), share]
    if wanted not in (Measure.AANTAL, Measure.AANDEEL):
        cells.append(part.reading(class_, wanted))
    return cells


def _ending(part: _Part, count: float, before: float | None, wanted: Measure) -> list[Value]:
    """The count, the year before and the difference, the share, and the asked measure."""
    cells: list[Value] = [count]
    if part.base_before is not None:
        cells += [before, count - before if before is not None else None]
    cells.append(_share(part, count))
    if wanted not in (Measure.AANTAL, Measure.AANDEEL):
        cells.append(part.measured(count, wanted))
    if _shows_before(part, wanted):
        cells.append(part.measured_before(before, wanted) if before is not None else None)
    return cells


def _share(part: _Part, count: float) -> float | None:
    """The percentage of the whole; none of a small whole, hidden where either is."""
    return count / part.base * 100 if part.base >= SMALL_BASE or is_hidden(part.base) else None


def _of_kind(part: _Part, kind: str) -> float:
    """All of KM, HG or OM: where a class of it is hidden, the total as far as that is shown by itself."""
    added = sum(class_.counts.get(kind, 0) for class_ in part.classes.values())
    if not is_hidden(added) or part.is_merged:
        return added
    return next((n.low for n in part.answer.numbers if not n.category and n.geweld == kind), added)


def _total_cells(parts: Sequence[_Part], wanted: Measure) -> list[Value]:
    if len(parts) == 1:
        part = parts[0]
        kinds = [_of_kind(part, kind) for kind in part.split]
        return [*kinds, *_ending(part, part.base, part.base_before, wanted)]
    cells: list[Value] = []
    for part in parts:
        cells += [part.base] if wanted is Measure.AANTAL else [part.base, part.measured(part.base, wanted)]
    return cells


def _unplaced_cells(parts: Sequence[_Part], wanted: Measure) -> list[Value]:
    if len(parts) == 1:
        return [*(None for _ in parts[0].split), *_ending(parts[0], parts[0].unplaced, None, wanted)]
    cells: list[Value] = []
    for part in parts:
        cells.append(part.unplaced)
        if wanted is not Measure.AANTAL:
            cells.append(part.measured(part.unplaced, wanted))
    return cells


def _left_out(parts: Sequence[_Part], drawn: Sequence[_Class], in_table: int) -> list[str]:
    """What the chart does not show and the table does."""
    said = []
    if len(drawn) > MOST_ROWS:
        said.append(f"De grafiek toont {MOST_ROWS} soorten; de tabel geeft alle {in_table}.")
    if len(parts) > MOST_PLACES:
        said.append(f"De grafiek toont de eerste {MOST_PLACES} plaatsen; de tabel geeft alle {len(parts)}.")
    lost = (part for part in parts if part.unplaced)
    return said + [
        f"{part.answer.place.label}: van {_kinds(len(part.hidden))} is in het rapport niet af te lezen hoeveel er hier "
        f"waren; samen zijn dat er {wording.number(part.unplaced)}."
        for part in lost
        if not is_hidden(part.unplaced)
    ]


def _kinds(count: int) -> str:
    return "1 soort" if count == 1 else f"{count} soorten"
