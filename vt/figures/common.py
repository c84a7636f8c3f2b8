"""What all forms share: ids, the parts of a bar, sources, caveats and links."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from vt.figures import tips, wording
from vt.figures.answers import Answer, gives_away
from vt.figures.borders import explain_borders, name_ended
from vt.figures.chart import Area, Bar, HeatCell, Legend, Part, Point, Role, Rule, Segment, Spot, Stop
from vt.figures.figure import FLAG_SIGN, Figure, Source, Subject
from vt.figures.notices import Notice, Reason
from vt.figures.reading import Reading
from vt.figures.table import About, Link
from vt.model.catalogue import Indicator, Place
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import Number, derive
from vt.model.period import Period
from vt.model.rounding import MOST_OFF
from vt.store.numbers import Slice
from vt.store.reference import SourceTable

NO_NUMBER = "geen cijfer"
Drawn = TypeVar("Drawn", Area, Bar, HeatCell, Part, Point, Spot, Stop)
SORTED_BY_US = "De soorten geweld staan niet in de bron: haar klassen zijn door ons ingedeeld."


def number_ids(figures: Iterable[Figure]) -> list[Figure]:
    """The figures with ids that differ: of two over one length of period, the second is numbered."""
    by_id: dict[str, Figure] = {}
    for figure in figures:
        id_ = figure.id if figure.id not in by_id else f"{figure.id}.{len(by_id) + 1}"
        by_id[id_] = replace(figure, id=id_)
    return list(by_id.values())


def add_notices(figures: list[Figure], notices: tuple[Notice, ...]) -> list[Figure]:
    """What could not be answered is said once, at the first figure; that a region stands for a place where it does."""
    at: dict[int, list[Notice]] = {}
    for notice in notices if figures else ():
        wheres = [" ".join(figure.subject.places) for figure in figures]  # "Veilig Thuis IJsselland" too
        named = [n for n, where in enumerate(wheres) if notice.is_of_region and notice.shown in where]
        for n in named or [0]:
            at.setdefault(n, []).append(notice)
    return [replace(figure, notices=(*at.get(n, ()), *figure.notices)) for n, figure in enumerate(figures)]


def fold_notices(figures: Iterable[Figure], aside: Collection[Reason]) -> list[Figure]:
    """The notices for these reasons stand with the caveats."""
    return [
        replace(
            figure,
            notices=tuple(notice for notice in figure.notices if notice.reason not in aside),
            caveats=(*figure.caveats, *(notice.text for notice in figure.notices if notice.reason in aside)),
        )
        for figure in figures
    ]


def explain_none(readings: Iterable[Reading[Number]]) -> tuple[str, ...]:
    """What a 0 that CBS rounded can be, where there is one."""
    has_none = any(r.is_rounded and 0 in (r.count, r.count_before) for r in readings)
    return (f"Het CBS rondt af op vijf: een 0 kan ook 1 of {MOST_OFF} zijn.",) if has_none else ()


def list_slots(readings: Sequence[Reading[Number]]) -> list[Period]:
    """Every period from the first to the last; none of no readings."""
    known = sorted({reading.period for reading in readings}, key=lambda period: period.start)
    if not known:
        return []
    return [Period(start, known[0].months) for start in range(known[0].start, known[-1].end, known[0].months)]


def name_gaps(periods: Iterable[Period]) -> list[str]:
    """Over which periods between others there is no number."""
    names = [wording.name_period(period) for period in periods]
    return [f"Geen cijfer over {wording.join_words(names)}."] if names else []


def name_withheld(withheld: Mapping[Period, str], months: int) -> Iterator[str]:
    """The periods of this length of which CBS does not give the number, also before and after those that are drawn."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for period in sorted(withheld):
        if period.months == months:
            by_reason[withheld[period]].append(wording.name_period(period))
    for reason, names in by_reason.items():
        yield f"Volgens het CBS {reason}: {wording.join_words(names)}."


def mark_period(item: Answer) -> str:
    """The period as a chart names it, with its star."""
    return item.period.label + item.star


def mark_year_before(item: Answer) -> str:
    """The year before as a chart names it, with its star."""
    return item.period.year_before.label + _mark_before(item)


def _mark_before(item: Answer) -> str:
    return "*" if any(number.is_provisional for number in item.before) else ""


def measure_parts(reading: Reading[Number]) -> tuple[Number, ...]:
    """The parts KM, HG and OM of a total, in proportion to its value; empty where it is not split."""
    item = reading.answer
    counts = {n.geweld: n.value or 0 for n in item.numbers if not n.category}
    if not reading.metric.is_printed:
        counts = {kind: derive(_scale, count, reading.value, reading.count) for kind, count in counts.items()}
    return tuple(counts.get(kind, 0) for kind in item.parts)


def _scale(part: float, value: float, count: float) -> float:
    return part * (value / count) if count else 0


def name_place(item: Answer, items: Iterable[Answer]) -> str:
    """The place, with its period where the periods differ."""
    return name_places([item], items)[0]


def name_places(asked: Iterable[Answer], items: Iterable[Answer], *, are_gemeenten: bool = False) -> list[str]:
    """The same of several; where all `are_gemeenten`, none can be taken for a region of its name."""
    is_same = len({item.period for item in items}) == 1
    names = ((item.place.label if are_gemeenten else item.place.said, item.period.label) for item in asked)
    return [name if is_same else f"{name} ({period})" for name, period in names]


def find_choosable(place: Place) -> str:
    """The id of a place that a click in a chart can choose: of a gemeente, for a region would come instead of all."""
    return place.id if place.kind == "gemeente" else ""


def make_geweld_segments(reading: Reading[Number]) -> tuple[Segment, ...]:
    """KM, HG and OM of a total as segments of a bar; none where it is not split."""
    parts = zip(reading.answer.parts, measure_parts(reading), strict=True)
    return tuple(
        Segment.from_number(Role(kind), GEWELD[kind].heading, value, _tell_part(reading, kind, value))
        for kind, value in parts
    )


def _tell_part(reading: Reading[Number], kind: str, value: Number) -> str:
    noun, when = reading.metric.indicator.name_counted(kind), tips.name_when(reading.answer, reading.metric)
    return tips.tell_value(reading.place.said, value, reading.metric, noun, when, reading.value)


def tell_reading(reading: Reading[Number]) -> str:
    """What a number says when it is pointed at."""
    when = tips.name_when(reading.answer, reading.metric)
    return tips.tell_value(wording.capitalize(reading.place.said), reading.value, reading.metric, reading.noun, when)


def tell_before(reading: Reading[Number]) -> str:
    """The same of the year before."""
    when = tips.name_before(reading.answer, reading.metric)
    return tips.tell_value(wording.capitalize(reading.place.said), reading.before, reading.metric, reading.noun, when)


def stack(segments: Sequence[Segment], whole: Segment) -> tuple[Segment, ...]:
    """The segments of a bar; the whole in one piece where there are none, or where what is hidden would show as gap."""
    hides = any(segment.value is None for segment in (whole, *segments))
    return (whole,) if hides or not segments else tuple(segments)


def find_geweld_role(kind: str) -> Role:
    """What a number of one kind of geweld means; all kinds together are this place."""
    return Role.THIS if kind == ALL_GEWELD else Role(kind)


def make_parts_legend(items: Iterable[Answer]) -> Legend:
    """The colours of KM, HG and OM, as far as the answers are split by them."""
    kinds = dict.fromkeys(kind for item in items for kind in item.parts)
    return tuple((Role(kind), GEWELD[kind].label) for kind in kinds)


def rule_norms(indicators: Iterable[Indicator]) -> tuple[Rule, ...]:
    """The norms of percentages as lines, each once."""
    norms = dict.fromkeys(indicator.norm for indicator in indicators if indicator.norm)
    return tuple(Rule(Role.NORM, norm.label, norm.value) for norm in norms)


def make_subject(
    label: str, items: Sequence[Answer], unit: str, where: str | None = None, slots: Sequence[Period] = ()
) -> Subject:
    """What a figure of these answers is about; `where` is what their places are together, `slots` all its periods where
    it is over time."""
    places = (where,) if where else tuple(item.place.said for item in items)
    periods = (Period.span(list(slots)),) if slots else tuple(item.period for item in items)
    is_provisional = any(item.is_provisional or any(n.is_provisional for n in item.before) for item in items)
    ids = tuple(dict.fromkeys(item.place.id for item in items))
    return Subject(label, places, periods, unit, items[0].geweld, is_provisional, ids, name_ended(items))


def list_sources(tables: Iterable[SourceTable]) -> tuple[Source, ...]:
    """The printed tables, each once."""
    return tuple(Source.from_table(table) for table in {table.id: table for table in tables}.values())


def list_caveats(indicator: Indicator, items: Sequence[Answer]) -> tuple[str, ...]:
    """What a reader must know: of the indicator, its tables, provisional numbers."""
    secrets = frozenset().union(*(item.secrets for item in items))
    general = [indicator.caveat] if indicator.caveat else []
    said = [text for text in general if not gives_away(text, secrets, in_words=False)]
    for item in items:
        by_us = SORTED_BY_US if item.is_sorted_by_us and (item.parts or item.geweld != ALL_GEWELD) else ""
        own = (*(table.caveat for table in item.tables), by_us, _explain_rest(indicator, item), _explain_country(item))
        said += [text for text in own if text and not gives_away(text, secrets)]
    said += explain_borders(items)
    provisional = [item.period.label for item in items if item.is_provisional]
    provisional += [item.period.year_before.label for item in items if any(n.is_provisional for n in item.before)]
    if provisional:
        said.append(f"Voorlopig volgens de uitgever (*): {wording.join_words(list(dict.fromkeys(provisional)))}.")
    return tuple(dict.fromkeys(said))


def _explain_country(item: Answer) -> str:
    """Whose number of the country it is: nothing here adds up regions, for each publishes as it counts."""
    if item.place.kind != "land":
        return ""
    return f"Het cijfer van Nederland is dat van {item.table.publisher} zelf, geen som van regio’s."


def _explain_rest(indicator: Indicator, item: Answer) -> str:
    """How much of a region's total lies outside its gemeenten, where that is much."""
    if (rest := item.rest) is None:
        return ""
    whole, part, inside = map(wording.format_number, (rest.total, rest.rest, rest.gemeenten))
    noun, when = indicator.name_counted(item.geweld), wording.place_in_time(item.period)
    said = f"Van de {whole} {noun} {when} in {rest.region} vallen er {part} onder "
    if item.is_sum_of_gemeenten:
        return f"{said}{rest.label}; vergeleken wordt met de {inside} in de {rest.members} gemeenten."
    return f"{said}{rest.label}; in de {rest.members} gemeenten zijn het er {inside}."


def tell_about(indicator: str, item: Answer, geweld: str | None = None, category: str = "") -> About:
    """What a number of an answer is about; `geweld` where it is another than the one that is shown."""
    where = wording.capitalize(item.place.said)
    return About(indicator, where, item.period.id, geweld or item.geweld, category, item.star)


def tell_about_before(indicator: str, item: Answer) -> About:
    """The same of the year before."""
    return tell_about(indicator, item)._replace(period=item.period.year_before.id, mark=_mark_before(item))


def tell_of(reading: Reading[Number]) -> About:
    return tell_about(reading.metric.label, reading.answer)


def tell_of_before(reading: Reading[Number]) -> About:
    """What the number of the year before is about."""
    return tell_about_before(reading.metric.label, reading.answer)


def link_to(reading: Reading[Number], geweld: str | None = None) -> tuple[Link, ...]:
    """Where the number of a place was printed; `geweld` where it is another than the one that is shown."""
    item = reading.answer
    if item.is_sum_of_gemeenten:  # no slice of the table: the rest groups are left out
        return ()
    return make_links(item.tables, Slice(item.place.id, item.period.id, geweld or item.geweld, ()))


def link_to_before(reading: Reading[Number]) -> tuple[Link, ...]:
    """Where the number of the year before was printed."""
    item = reading.answer
    if item.is_sum_of_gemeenten:
        return ()
    return make_links(item.tables_before, Slice(item.place.id, item.period.year_before.id, item.geweld, ()))


def make_links(tables: Iterable[SourceTable], asked: Slice) -> tuple[Link, ...]:
    """Where a number was printed: the same slice of each of its tables."""
    return tuple(Link(table.address, asked, bool(table.find_doubts(asked))) for table in tables)


def sign_contested(links: Iterable[Link]) -> str:
    """What follows a number in which the checks found a difference."""
    return f" {FLAG_SIGN}" if any(link.is_contested for link in links) else ""


def mark_contested(drawn: Drawn, links: Iterable[Link]) -> Drawn:
    """What is drawn of a number, with its sign where the checks found a difference in it."""
    sign = sign_contested(links)
    return drawn._replace(text=drawn.text + sign, tip=f"Omstreden: {drawn.tip}") if sign else drawn


def make_bar(period: Period, reading: Reading[Number] | None, role: Role) -> Bar:
    """The number of a period, or that there is none."""
    if reading is None:
        return Bar(period.label, NO_NUMBER, (Segment(role, period.label, None),))
    segment = Segment.from_number(role, period.label, reading.value)
    return mark_contested(Bar(period.label, reading.starred, (segment,), tell_reading(reading)), link_to(reading))


def list_tables(items: Iterable[Answer]) -> list[SourceTable]:
    """The printed tables behind these answers, those of the year before and of a rest group included."""
    return [table for item in items for table in (*item.tables, *item.tables_before, *item.tables_rest)]
