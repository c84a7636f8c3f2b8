"""How an indicator divides over its classes, or reporters over the groups that all regions share."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import starmap
from operator import sub

from vt.figures import common, tips, wording
from vt.figures.answers import Answer, Answers, Dataset, answer, answer_exactly
from vt.figures.breakdown_data import BEFORE, WHOLE, ClassCount, PlaceBreakdown, find_largest, pick_shown
from vt.figures.breakdown_table import has_before, make_breakdown_table
from vt.figures.chart import (
    PLACE_ROLES,
    Bar,
    BarChart,
    Chart,
    HeatMap,
    Legend,
    Pair,
    PairChart,
    Part,
    Role,
    Row,
    Segment,
    Whole,
    WholeChart,
    cut_rows,
)
from vt.figures.figure import Figure
from vt.figures.heat import MOST_COLUMNS, choose_heat, make_heat_map
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason, merge_notices
from vt.figures.panels import note_apart, split_panels
from vt.figures.selection import Selection, list_chosen_places
from vt.figures.table import Heading
from vt.figures.text import divisions
from vt.figures.text.change import write_difference
from vt.figures.text.divisions import Bounded, Division
from vt.figures.text.told import Told
from vt.model.catalogue import Indicator, lower_first
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import Number, Suppression, derive
from vt.model.measures import HiddenWholeError, Measure, NotMeasurableError, require_size
from vt.model.rounding import MOST_OFF_OF_TWO
from vt.store.numbers import read_known_sums
from vt.store.reference import Metadata

MOST_ROWS, MOST_IN_HEAT = 14, 10
MOST_NAMED, MOST_HIDDEN = 3, 2
_HIDDEN = {
    Suppression.RECOVERED: "0 tot en met 4 (teruggerekend en afgeschermd)",
    Suppression.SMALL: "1 tot en met 4 (afgeschermd)",
    Suppression.WITHHELD: "afgeschermd",
}
_DRAWN = {
    BarChart: "Staafdiagram",
    PairChart: "Twee jaren per soort",
    HeatMap: "Heatmap van plaatsen en soorten",
    WholeChart: "Eén balk",
}
LEFT = "Niet apart gepubliceerd"
MOST_BESIDE = 2  # places with bars beside each other


def make_categories(dataset: Dataset, indicator: Indicator, selection: Selection) -> list[Figure]:
    """How an indicator divides over its classes; a figure for the places that can stand together, none where no chosen
    place has it."""
    answers = answer(dataset, indicator, selection, by_category=True)
    items, notices = leave_empty(indicator, answers)
    parts = [PlaceBreakdown.from_categories(item) for item in items]
    id_ = f"{indicator.id}.categories"
    parts = [_note_whole(dataset, indicator, _note_counted(dataset, indicator, part)) for part in parts]
    figures = _make_figures(id_, indicator.label, indicator, parts, notices, selection, by_class=True)
    return common.fold_notices(figures, {Reason.CLASSES_WITHHELD})


def leave_empty(indicator: Indicator, answers: Answers) -> tuple[list[Answer], tuple[Notice, ...]]:
    """The answers without those of which only classes of none are published: that is not to say that there are none."""
    empty = [item for item in answers.items if item.total is None and not any(n.value for n in item.categories)]
    said = (
        Notice(Reason.NO_WHOLE, (item.place.said,), what=indicator.noun.many, asked=wording.place_in_time(item.period))
        for item in empty
    )
    return [item for item in answers.items if item not in empty], (*answers.notices, *merge_notices(said))


def make_groups(dataset: Dataset, label: str, indicators: Sequence[Indicator], selection: Selection) -> list[Figure]:
    """How reporters divide over the groups that all regions share, from whichever of the indicators a place has."""
    asked, notices = _find_wholes(dataset.metadata, indicators, list_chosen_places(selection, dataset.metadata))
    found: dict[tuple[str, str, str], list[PlaceBreakdown]] = defaultdict(list)
    for indicator in indicators:
        answers = answer(dataset, indicator, selection, by_category=True, places=asked)
        items, told = leave_empty(indicator, answers)
        notices += [notice for notice in told if answers.items and not notice.is_absent]
        sums = read_known_sums(dataset.db, indicator.id, "group", {item.place.id for item in answers.items})
        for item in items:
            found[item.place.id, item.period.id, item.geweld].append(PlaceBreakdown.from_groups(item, sums))
    merged, said = [_join_apart(parts) for parts in found.values()], merge_notices(notices)
    parts = [_note_counted(dataset, indicators[0], part) for part in merged]
    return _make_figures(f"{indicators[0].id}.groups", label, indicators[0], parts, said, selection)


def _join_apart(parts: Sequence[PlaceBreakdown]) -> PlaceBreakdown:
    """Divisions that share no group, together: one that shares a group with a larger one counts the same once more."""
    whole, *others = sorted(parts, key=lambda part: -len(part.classes))
    for part in others:
        if not any(id_ in whole.classes for id_, class_ in part.classes.items() if not class_.is_rest):
            whole = whole.merge(part)
    return whole


def _note_counted(dataset: Dataset, indicator: Indicator, part: PlaceBreakdown) -> PlaceBreakdown:
    """With what its place counts of the same without classes, where that is another number."""
    item, known = part.answer, dataset.metadata.indicators.values()
    same = (i for i in known if (i.counts, i.noun, i.classification) == (indicator.counts, indicator.noun, None))
    plain = next(same, None)
    if plain is None:
        return part
    where, alike = item.place.id, Selection(shielding=item.shielding)
    found = answer_exactly(dataset, plain, alike, item.period, item.geweld, [where])
    totals = [i.total.value for i in found if i.place.id == where and i.total]
    is_other = totals and totals[0] != part.base and not isinstance(totals[0], Suppression)
    gap = derive(sub, totals[0], part.base) if is_other and totals[0] is not None else 0
    is_by_rounding = item.is_rounded and not isinstance(gap, Suppression) and abs(gap) <= MOST_OFF_OF_TWO
    return replace(part, counted=totals[0]) if is_other and not is_by_rounding else part


def _note_whole(dataset: Dataset, indicator: Indicator, part: PlaceBreakdown) -> PlaceBreakdown:
    """With the number of a gemeente that this is a part of, where that is known."""
    item, alike = part.answer, Selection(shielding=part.answer.shielding)
    if not indicator.part_of or item.place.kind != "gemeente" or item.geweld != ALL_GEWELD:
        return part
    asked = dataset.metadata.indicators[indicator.part_of]
    found = answer_exactly(dataset, asked, alike, item.period, item.geweld, [item.place.id])
    return replace(part, whole=next((i for i in found if i.place == item.place and i.total), None))


def _explain_counted(parts: Sequence[PlaceBreakdown], indicator: Indicator) -> list[str]:
    """That a place counts more of it, or fewer, than its division adds up to."""
    return [
        f"{part.answer.place.said}: {wording.count_noun(part.counted, indicator.name_counted(part.answer.geweld))} "
        f"{wording.place_in_time(part.answer.period)}; deze verdeling telt er {wording.format_number(part.base)}."
        for part in parts
        if isinstance(part.counted, float | int) and isinstance(part.base, float | int)
    ]


def _find_wholes(
    metadata: Metadata, indicators: Sequence[Indicator], asked: Sequence[str]
) -> tuple[list[str], list[Notice]]:
    """The asked places, or their regions where a place has but some of the indicators: part of them is no whole."""

    def split(place: str) -> set[str]:
        return {i.id for i in indicators if any(item.has_categories for item in metadata.covered(i.id, place))}

    answering: dict[str, str] = {}
    moved: dict[str, list[str]] = {}
    for id_ in asked:
        place = metadata.places[id_]
        region = place.region or id_
        answering[id_] = id_ if split(id_) >= split(region) else region
        if answering[id_] != id_:
            moved.setdefault(metadata.places[region].label, []).append(place.said)
    notices = [Notice(Reason.ONLY_REGION_GROUPED, tuple(labels), shown=region) for region, labels in moved.items()]
    return list(dict.fromkeys(answering.values())), notices


def _make_figures(
    id_: str,
    label: str,
    indicator: Indicator,
    parts: list[PlaceBreakdown],
    notices: tuple[Notice, ...],
    selection: Selection,
    *,
    by_class: bool = False,
) -> list[Figure]:
    if not parts:
        return []
    metric, refused = _choose_metric(indicator, parts, selection.measure)
    panels = split_panels(parts, metric, by_class=by_class)
    figures = common.number_ids(
        _make_figure(f"{id_}.{panel[0].answer.period.months}", label, panel, metric, selection) for panel in panels
    )
    return common.add_notices(note_apart(figures, panels, metric, by_class=by_class), (*notices, *refused))


def _make_figure(id_: str, label: str, parts: list[PlaceBreakdown], metric: Metric, selection: Selection) -> Figure:
    order = _order_classes(parts)
    hidden = _find_hidden(parts, order)
    is_heat = len(parts) > MOST_BESIDE
    shown = choose_heat(metric, parts) if is_heat else metric
    is_vague = _is_vague(parts, order)
    most = MOST_IN_HEAT if is_heat else MOST_ROWS
    drawn = [class_ for class_ in order if class_ not in hidden and not _is_empty(parts, class_)] or order
    drawn = _put_largest_first(parts, drawn, most)
    make_chart = make_heat_map if is_heat else _list_known if is_vague else _make_chart
    has_columns = is_heat and len(parts) > MOST_COLUMNS
    made, legend = make_chart(parts, drawn[:most] if has_columns else drawn, shown)
    chart = made if has_columns else cut_rows(made, most)
    empty = _name_empty(parts, order, metric.indicator)
    divided = [_divide(part, order, metric.indicator) for part in parts]
    wholes = [part.whole for part in parts if part.whole and len(parts) == 1]
    told = _tell(divided, drawn, parts, chart)
    answers = [part.answer for part in parts]
    return Figure(
        id=id_,
        title=told.title,
        subject=common.make_subject(label, answers, shown.name_unit(answer.period for answer in answers)),
        chart=chart,
        legend=legend,
        alt=f"{_DRAWN[type(chart)]}: {label}. {told.title}",
        table=make_breakdown_table(parts, order, label, shown),
        sources=common.list_sources(
            [*(t for part in parts for t in part.tables), *(t for item in wholes for t in item.tables)]
        ),
        caveats=(
            *common.list_caveats(metric.indicator, answers),
            *_explain_counted(parts, metric.indicator),
            *_explain_recovered(parts),
            *_explain_unplaced(parts),
            *_explain_rounded(chart),
        ),
        selection=selection,
        beneath=(*_name_undrawn(label, drawn[most:], hidden), *empty),
        beneath_whole=(*_name_undrawn(label, (), hidden), *empty),
        sentences=tuple(_tell_known(parts[0], order, shown)) if is_vague else told.more,
    )


def _tell(
    divided: Sequence[Division], drawn: Sequence[ClassCount], parts: Sequence[PlaceBreakdown], chart: Chart
) -> Told:
    """What the division says; of the one class that CBS publishes how many it has, where it may not be the largest."""
    count, base = parts[0].count(drawn[0]), parts[0].base
    if not isinstance(chart, WholeChart) or divided[0].largest:
        return divisions.tell_divisions(divided)
    if isinstance(count, Suppression) or isinstance(base, Suppression):
        return divisions.tell_divisions(divided)
    return divisions.tell_alone(divided[0], drawn[0].said, count, base)


def _is_vague(parts: Sequence[PlaceBreakdown], order: Sequence[ClassCount]) -> bool:
    """Whether of no class of one place more is known than that it has few, or nothing: bars of that say nothing."""
    if len(parts) > 1:
        return False
    classes = [class_ for class_ in order if not _is_empty(parts, class_)]
    return bool(classes) and all(_is_unknown(parts[0], class_) for class_ in classes)


def _is_unknown(part: PlaceBreakdown, class_: ClassCount) -> bool:
    if isinstance(class_.before, float | int):
        return False
    return isinstance(class_.count, Suppression) or (not class_.count and part.margin(class_) > 0)


def _list_known(
    parts: Sequence[PlaceBreakdown], drawn: Sequence[ClassCount], metric: Metric
) -> tuple[BarChart, Legend]:
    """What is known of each class of one place in words, without a bar."""
    (part,) = parts
    bars = ((class_.label, _make_bar(part, class_, metric)) for class_ in drawn)
    hidden = (Segment(common.find_geweld_role(part.answer.geweld), part.answer.place.said, None),)
    return BarChart(tuple(Row(label, (bar._replace(segments=hidden),)) for label, bar in bars)), ()


def _tell_known(part: PlaceBreakdown, order: Sequence[ClassCount], metric: Metric) -> Iterator[str]:
    """What is known of the classes, those first that may be the largest."""

    def rank(class_: ClassCount) -> tuple[int, float]:
        return (-[*_HIDDEN].index(class_.count) if isinstance(class_.count, Suppression) else -1, -part.margin(class_))

    yield "Van geen enkele groep is een getal te tonen."
    known: dict[str, list[ClassCount]] = {}
    for class_ in sorted((each for each in order if not _is_empty([part], each)), key=rank):
        bounds = _make_bar(part, class_, metric).text
        said = _HIDDEN[class_.count] if isinstance(class_.count, Suppression) else bounds
        known.setdefault(said, []).append(class_)
    for said, classes in known.items():
        yield f"{wording.capitalize(said)}: {_name_few(classes)}."


def _explain_margin(parts: Sequence[PlaceBreakdown], drawn: Sequence[ClassCount]) -> Legend:
    some = any(part.margin(class_) for part in parts for class_ in drawn)
    return ((Role.UNCERTAIN, "tussen het laagste en het hoogste dat kan"),) if some else ()


def _explain_recovered(parts: Sequence[PlaceBreakdown]) -> list[str]:
    some = any(class_.is_recovered for part in parts for class_ in part.classes.values())
    return [wording.RECOVERED] if some else []


def _choose_metric(
    indicator: Indicator, parts: Sequence[PlaceBreakdown], wanted: Measure
) -> tuple[Metric, tuple[Notice, ...]]:
    """The asked measure, or plain counts and the reason where it cannot be made for every place."""
    if indicator.is_about_organisation and wanted is Measure.PER_1000:
        return Metric(indicator), (Notice(Reason.IS_ORGANISATION, asked=wanted),)
    if wanted is Measure.AANDEEL_REGIO:
        return Metric(indicator), (Notice(Reason.CHOOSE_SHARE_OF_PLACE, other=Measure.AANDEEL_PLAATS),)
    for part in parts:
        try:
            if wanted.is_share and isinstance(part.base, Suppression):
                raise HiddenWholeError("het geheel is afgeschermd")
            if wanted is Measure.PER_MAAND:
                require_size(part.base, wanted, part.answer.period.months)
            part.measure(0, wanted)
        except NotMeasurableError as error:
            hides, where = isinstance(error, HiddenWholeError), (part.answer.place.said,)
            notice = Notice(Reason.NO_MEASURE_FOR_ALL, where, asked=wanted, why=str(error), hides=hides)
            return Metric(indicator), (notice,)
    return Metric(indicator, wanted), ()


def _order_classes(parts: Sequence[PlaceBreakdown]) -> list[ClassCount]:
    """Every class once: largest share first; then those that have no rank, known only within bounds or hidden; rest
    last, hidden ones after the others."""
    first: dict[str, ClassCount] = {}
    unranked: set[str] = set()
    for part in parts:
        for id_, class_ in part.classes.items():
            first.setdefault(id_, class_)
            if class_.margin or isinstance(class_.count, Suppression):
                unranked.add(id_)
    weight = {id_: _weigh(parts, id_) for id_ in first}
    return sorted(first.values(), key=lambda class_: (class_.is_rest, class_.id in unranked, -weight[class_.id]))


def _weigh(parts: Sequence[PlaceBreakdown], id_: str) -> float:
    """What part a class is of each place, together; nothing where that is hidden."""
    known = ((part.classes[id_].count, part.base) for part in parts if id_ in part.classes)
    shown = ((count, base) for count, base in known if not isinstance(count, Suppression))
    return sum(count / (1 if isinstance(base, Suppression) else base or 1) for count, base in shown)


def _divide(part: PlaceBreakdown, order: Sequence[ClassCount], indicator: Indicator) -> Division:
    """What the title is made of: the largest classes, those known only within bounds, and the largest rest class."""
    item = part.answer
    shown = pick_shown(part, order)
    bounds = [(class_.said, count, part.margin(class_)) for class_, count in shown if not class_.is_rest]
    rests = [(class_.said, count) for class_, count in shown if class_.is_rest]
    return Division(
        item.place,
        item.period,
        indicator,
        item.geweld,
        tuple(starmap(Bounded, find_largest(part, order))),
        part.base,
        tuple(Bounded(said, low, low + margin) for said, low, margin in bounds if margin),
        max(rests, key=lambda rest: rest[1], default=("", 0)),
        is_other_count=part.counted is not None,
        part_of=part.whole.total.value if part.whole and part.whole.total else None,
        least=item.least_whole,
    )


def _is_empty(parts: Sequence[PlaceBreakdown], class_: ClassCount) -> bool:
    """Whether none of the places has any of a class; one place by itself neither a year before."""
    before = parts[0].classes[class_.id].before if len(parts) == 1 else None
    return not before and not any(part.count(class_) or part.margin(class_) for part in parts)


def _make_chart(parts: Sequence[PlaceBreakdown], drawn: Sequence[ClassCount], metric: Metric) -> tuple[Chart, Legend]:
    chart, legend = _choose_chart(parts, drawn, metric)
    return chart, (*legend, *_explain_margin(parts, drawn))


def _choose_chart(parts: Sequence[PlaceBreakdown], drawn: Sequence[ClassCount], metric: Metric) -> tuple[Chart, Legend]:
    part, wanted = parts[0], metric.measure
    if len(parts) > 1:
        answers = [part.answer for part in parts]
        legend = tuple(zip(PLACE_ROLES, (common.name_place(item, answers) for item in answers), strict=False))
        rows = (Row(class_.label, tuple(_make_place_bars(parts, class_, metric))) for class_ in drawn)
        return BarChart(tuple(rows)), legend
    if alone := _draw_alone(part, drawn, metric):
        return alone, ()
    kinds = common.make_parts_legend([part.answer])
    if part.split or not has_before(part, wanted):
        return BarChart(tuple(Row(class_.label, (_make_bar(part, class_, metric),)) for class_ in drawn)), kinds
    now = kinds or ((common.find_geweld_role(part.answer.geweld), common.mark_period(part.answer)),)
    pairs = tuple(_make_pair(part, class_, metric) for class_ in drawn)
    return PairChart(pairs), (*now, (Role.YEAR_BEFORE, common.mark_year_before(part.answer)))


def _draw_alone(part: PlaceBreakdown, drawn: Sequence[ClassCount], metric: Metric) -> WholeChart | None:
    """The one class that CBS publishes of a place in its whole, where that is more: the rest is secret."""
    (class_, *others), item, base = drawn, part.answer, part.base
    if others or not metric.is_printed or item.total is None or item.total.basis != "statline":
        return None
    if isinstance(class_.count, Suppression) or isinstance(base, Suppression) or not 0 < class_.count < base:
        return None
    bar, left = _make_bar(part, class_, metric), base - class_.count
    tip = tips.tell_value(LEFT, left, metric, metric.indicator.name_counted(item.geweld), tips.name_when(item, metric))
    tip = f"{tip}; door afronding kan dat {MOST_OFF_OF_TWO} meer of minder zijn"
    own = Part(common.find_geweld_role(item.geweld), class_.label, class_.count, bar.text, bar.share, bar.tip)
    rest = Part(Role.UNKNOWN, LEFT.lower(), left, f"ongeveer {metric.format(left)}", "", tip)
    return WholeChart((Whole("", metric.format(base), (own, rest)),))


def _explain_rounded(chart: Chart) -> list[str]:
    """How far off what is left of a whole can be."""
    said = f"{LEFT} is het geheel min wat er wel staat, beide afgerond op vijf: het kan"
    return [f"{said} {MOST_OFF_OF_TWO} meer of minder zijn."] if isinstance(chart, WholeChart) else []


def _make_bar(part: PlaceBreakdown, class_: ClassCount, metric: Metric) -> Bar:
    text = Heading("", metric.measure).format(part.value(part.classes.get(class_.id), metric.measure))
    share = _write_share(part, class_) if metric.is_printed else ""
    bar = Bar("", text, _stack_parts(part, class_, metric), _tell_class(part, class_, metric, class_.label), share)
    return common.mark_contested(bar, class_.links.get(WHOLE, ()))


def _tell_class(part: PlaceBreakdown, class_: ClassCount, metric: Metric, name: str) -> str:
    """What the number of a class says when it is pointed at."""
    value, item = part.value(part.classes.get(class_.id), metric.measure), part.answer
    noun = metric.indicator.name_counted(item.geweld)
    return tips.tell_value(name, value, metric, noun, tips.name_when(item, metric), part.base, item.least_whole)


def _tell_kind(part: PlaceBreakdown, class_: ClassCount, metric: Metric, kind: str, count: Number) -> str:
    """The same of KM, HG or OM in it."""
    noun, value = metric.indicator.name_counted(kind), part.measure(count, metric.measure)
    return tips.tell_value(class_.label, value, metric, noun, tips.name_when(part.answer, metric), class_.count)


def _write_share(part: PlaceBreakdown, class_: ClassCount) -> str:
    """What part of the whole a class is; nothing where either is small, hidden, or known only within bounds, and where
    it would have to say that it is not exact."""
    least = part.answer.least_whole
    is_exact = not class_.margin and not wording.is_rough(part.base, least)
    return wording.format_share(class_.count, part.base, least) if is_exact else ""


def _stack_parts(part: PlaceBreakdown, class_: ClassCount, metric: Metric) -> tuple[Segment, ...]:
    place, wanted = part.answer.place.said, metric.measure
    certain = tuple(
        Segment.from_number(
            common.find_geweld_role(kind),
            GEWELD[kind].heading or place,
            part.measure(count, wanted),
            _tell_kind(part, class_, metric, kind, count) if len(class_.counts) > 1 else "",
        )
        for kind, count in class_.counts.items()
    )
    whole = Segment.from_number(common.find_geweld_role(part.answer.geweld), place, part.measure(class_.count, wanted))
    drawn = common.stack(certain, whole) if class_.counts else certain
    return (*drawn, *_make_span(part, class_, wanted))


def _make_span(part: PlaceBreakdown, class_: ClassCount, wanted: Measure) -> tuple[Segment, ...]:
    """What a class known only within bounds can be more than its lowest."""
    margin = part.margin(class_)
    return (Segment.from_number(Role.UNCERTAIN, "kan meer zijn", part.measure(margin, wanted)),) if margin else ()


def _make_place_bars(parts: Sequence[PlaceBreakdown], class_: ClassCount, metric: Metric) -> Iterator[Bar]:
    wanted = metric.measure
    for part, role in zip(parts, PLACE_ROLES, strict=False):
        place, value = part.answer.place.said, part.measure(part.count(class_), wanted)
        text = Heading("", wanted).format(part.value(part.classes.get(class_.id), wanted))
        drawn = (Segment.from_number(role, place, value), *_make_span(part, class_, wanted))
        tip, where = _tell_class(part, class_, metric, f"{place}, {class_.said}"), part.answer.place
        bar, own = Bar("", text, drawn, tip, place=common.find_choosable(where)), part.classes.get(class_.id)
        yield common.mark_contested(bar, own.links.get(WHOLE, ()) if own else ())


def _make_pair(part: PlaceBreakdown, class_: ClassCount, metric: Metric) -> Pair:
    item, wanted = part.answer, metric.measure
    column, tip = Heading("", wanted), _tell_class(part, class_, metric, class_.label)
    value = part.value(class_, wanted)
    now = Bar(item.period.label, column.format(value), _stack_parts(part, class_, metric), tip)
    now = common.mark_contested(now, class_.links.get(WHOLE, ()))
    if class_.before is None:
        return Pair(class_.label, now, None, "")
    before, year = part.measure_before(class_.before, wanted), item.period.year_before.label
    noun = metric.indicator.name_counted(item.geweld)
    tip = tips.tell_value(
        class_.label, before, metric, noun, tips.name_before(item, metric), part.base_before, item.least_whole
    )
    earlier = Bar(year, column.format(before), (Segment.from_number(Role.YEAR_BEFORE, year, before),), tip)
    earlier = common.mark_contested(earlier, class_.links.get(BEFORE, ()))
    is_rough = metric.is_share and any(
        whole is not None and wording.is_rough(whole, item.least_whole) for whole in (part.base, part.base_before)
    )
    change = "" if is_rough else write_difference(value, before, metric, is_rounded=item.is_rounded)
    return Pair(class_.label, now, earlier, change)


def _put_largest_first(parts: Sequence[PlaceBreakdown], classes: list[ClassCount], most: int) -> list[ClassCount]:
    """The classes with those first, in their order, that a chart of so many shows: no rest class is left out for a
    smaller one."""
    largest = {class_.id for class_ in sorted(classes, key=lambda class_: -_weigh(parts, class_.id))[:most]}
    return sorted(classes, key=lambda class_: class_.id not in largest)


def _name_undrawn(label: str, left: Sequence[ClassCount], hidden: Sequence[ClassCount]) -> list[str]:
    """What the chart does not show, in one sentence: what has no room, and what is hidden."""
    named = [class_.said for class_ in left]
    if len(named) > wording.MOST_NAMED:
        named = [*named[:2], f"{len(named) - 2} andere soorten"]
    told = [wording.join_words(named)] if named else []
    told += _name_hidden(hidden)
    of = f" bij {lower_first(label)}" if named else ""
    return [f"Niet getekend{of}: {'; '.join(told)}."] if told else []


def _find_hidden(parts: Sequence[PlaceBreakdown], order: Sequence[ClassCount]) -> list[ClassCount]:
    """The classes of one place of which nothing can be drawn since they are hidden, where they are more than a few."""
    if len(parts) > 1:
        return []
    hidden = [
        class_
        for class_ in order
        if isinstance(class_.count, Suppression) and not isinstance(class_.before, float | int)
    ]
    is_shown = any(class_ not in hidden and not _is_empty(parts, class_) for class_ in order)
    return hidden if is_shown and len(hidden) > MOST_HIDDEN else []


def _name_hidden(hidden: Sequence[ClassCount]) -> Iterator[str]:
    """Of which classes nothing is drawn, and what is known of them."""
    for kind, why in _HIDDEN.items():
        if same := [class_ for class_ in hidden if class_.count is kind]:
            yield f"{_name_few(same)}, {'elk ' if len(same) > 1 else ''}{why}"


def _name_empty(parts: Sequence[PlaceBreakdown], order: Sequence[ClassCount], indicator: Indicator) -> list[str]:
    """The classes that none of the places has any of."""
    without = [class_ for class_ in order if _is_empty(parts, class_)]
    noun = indicator.name_counted(parts[0].answer.geweld)
    if not without or len(without) == len(order):
        return []
    if any(part.answer.table.is_of_statline for part in parts):
        return [f"Afgerond op vijf 0 {noun.many}: {_name_few(without)}."]
    return [f"Geen van de {noun.many} {indicator.verb.one} {_name_few(without, 'of')} (0)."]


def _name_few(classes: Sequence[ClassCount], last: str = "en") -> str:
    """The classes of the shortest names, and how many there are beside them."""
    names = [class_.said for class_ in sorted(classes, key=lambda class_: (class_.is_rest, len(class_.said)))]
    others = [f"{len(names) - MOST_NAMED} andere groepen"] if len(names) > MOST_NAMED + 1 else names[MOST_NAMED:]
    return wording.join_words([*names[:MOST_NAMED], *others], last)


def _explain_unplaced(parts: Sequence[PlaceBreakdown]) -> list[str]:
    lost = (part for part in parts if part.unplaced)
    return [
        f"{part.answer.place.said}: van {len(part.hidden)} {'soort' if len(part.hidden) == 1 else 'soorten'} is in "
        f"het rapport niet af te lezen hoeveel er hier waren; samen zijn dat er {wording.format_number(part.unplaced)}."
        for part in lost
        if not isinstance(part.unplaced, Suppression)
    ]
