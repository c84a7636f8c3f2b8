"""What becomes of a melding: what the reports count of one place and period at each step, as far as it can be followed.

No report follows a melding from begin to end. They print totals: of meldingen, of what was decided, of what was started
after that. A step is laid beside the one before it; what of that is not found again is a stream of its own, "niet te
volgen", and counted. What counts other things, such as parties that take over, stands apart: nothing flows into it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vt.figures import common, tips, wording
from vt.figures.answers import Answer, Dataset, answer
from vt.figures.chart import FlowChart, Role, Stop, Stream
from vt.figures.figure import Figure
from vt.figures.metric import Metric
from vt.figures.notices import Notice, Reason
from vt.figures.selection import Selection, list_chosen_places
from vt.figures.table import About, Column, Heading, Link, make_table
from vt.figures.text.told import Told
from vt.model.catalogue import Indicator, lower_first
from vt.model.counting import Aspect
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import Measure
from vt.store.numbers import Slice

_START, _DECISIONS = "meldingen", "triagebesluiten"
_STARTED = {  # what a decision leads to
    "triagebesluit/vervolgstappen_vt": ("voorwaarden_en_vervolg", "onderzoeken"),
    "triagebesluit/overdracht": ("directe_overdrachten",),
}
_OUTCOMES = {"onderzoeken": "onderzoek_uitkomst"}
_PARTIES = "overdrachtspartijen_na_triage"
_APART = ("overdrachten", _PARTIES, "overdrachtspartijen_na_dienst")
_STEPS = ("Melding", "Besluit", "Wat er start", "Uitkomst", "Los geteld")
_LAST = len(_STEPS) - 1
_MOST_CLASSES, _MOST_PARTIES = 6, 4
CHAIN = (_START, _DECISIONS, *(name for names in _STARTED.values() for name in names), *_OUTCOMES.values(), *_APART)
LOST = "niet te volgen"
NOT_FOLLOWED = (
    "Geen rapport volgt een melding van begin tot eind: naast elkaar staan de totalen van dezelfde periode. Wat in een "
    "volgende stap niet terug te vinden is, heet niet te volgen; een dienst kan ook bij een eerdere melding horen."
)


@dataclass(frozen=True)
class _Count:
    """A number at a step: its name, where it was printed, and what one of it is."""

    name: str
    value: Number
    item: Answer
    indicator: Indicator
    category: str = ""

    @property
    def shown(self) -> float:
        """The number to draw: none where it is hidden."""
        return 0 if isinstance(self.value, Suppression) else self.value

    @property
    def text(self) -> str:
        return Metric(self.indicator).format(self.value)

    @property
    def unit(self) -> str:
        """What its source says that it counts."""
        return self.item.table.counting.value(Aspect.UNIT) or self.indicator.noun.many

    @property
    def when(self) -> str:
        return tips.name_when(self.item, Metric(self.indicator))

    @property
    def tip(self) -> str:
        return tips.tell_value(self.name, self.value, Metric(self.indicator), self.indicator.noun, self.when)

    @property
    def links(self) -> tuple[Link, ...]:
        where = Slice(self.item.place.id, self.item.period.id, self.item.geweld, tuple(filter(None, [self.category])))
        return common.make_links(self.item.tables, where)

    @property
    def about(self) -> About:
        return common.tell_about(self.indicator.label, self.item, category=self.name if self.category else "")


@dataclass
class _Flow:
    """The stops and streams so far; `lines` are the rows of the table, `lost` what could not be followed, of what."""

    start: _Count
    stops: list[Stop] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    lines: list[tuple[int, str, _Count | float]] = field(default_factory=list)
    lost: list[tuple[float, str]] = field(default_factory=list)

    def add(self, step: int, count: _Count, role: Role = Role.THIS) -> int:
        """A stop for a count; its number."""
        stop = Stop(step, role, count.name, count.text, count.shown, count.tip)
        self.stops.append(common.mark_contested(stop, count.links))
        self.lines.append((step, count.name, count))
        return len(self.stops) - 1

    def split(self, source: int, count: _Count, step: int, parts: Sequence[_Count]) -> list[int]:
        """Stops for what is found again of a count in a next step, and one for what is not; of none there is none."""
        targets = [self.add(step, part) for part in parts]
        left = count.shown
        for target, part in zip(targets, parts, strict=True):
            self.streams.append(Stream(source, target, min(part.shown, max(left, 0))))
            left -= part.shown
        if parts and left > 0:
            self._lose(source, step, left, count, hides=any(isinstance(part.value, Suppression) for part in parts))
        return targets

    def _lose(self, source: int, step: int, value: float, count: _Count, *, hides: bool) -> None:
        name = f"{LOST} of afgeschermd" if hides else LOST
        text = wording.format_number(value)
        tip = f"Na {lower_first(count.name)} {name}: {text} van de {count.text} ({count.when})"
        self.streams.append(Stream(source, len(self.stops), value))
        self.stops.append(Stop(step, Role.LOST, name, text, value, tip))
        self.lines.append((step, f"{count.name}: {name}", value))
        self.lost.append((value, count.name))


def make_flow(dataset: Dataset, label: str, indicators: Sequence[Indicator], selection: Selection) -> list[Figure]:
    """A figure for each chosen place of which more than one step is printed; and, where no decision is printed of a
    gemeente, for its region. The first of CHAIN asks for all of it."""
    if _START not in [indicator.id for indicator in indicators]:
        return []
    known = {name: dataset.metadata.indicators[name] for name in CHAIN if name in dataset.metadata.indicators}
    places = list(list_chosen_places(selection, dataset.metadata))
    regions = (dataset.metadata.places[id_].region for id_ in places if not dataset.metadata.covered(_DECISIONS, id_))
    asked = dict.fromkeys([*places, *(region for region in regions if region)])
    made = (_make_figure(dataset, label, known, selection, place) for place in asked)
    return common.number_ids(figure for figure in made if figure)


def _make_figure(
    dataset: Dataset, label: str, known: Mapping[str, Indicator], selection: Selection, place: str
) -> Figure | None:
    items = _answer_all(dataset, known, selection, place)
    if len(items) < 2 or _START not in items:
        return None
    flow = _follow(items, known)
    answers = list(items.values())
    told = _tell(flow, items)
    caveats = dict.fromkeys(text for name, item in items.items() for text in common.list_caveats(known[name], [item]))
    return Figure(
        id=f"{_START}.flow.{place}",
        title=told.title,
        subject=common.make_subject(label, answers[:1], "aantal"),
        chart=_draw_chart(flow),
        legend=tuple(_make_legend(flow)),
        alt=f"Stroomdiagram: {wording.close(label)} {told.title}",
        table=make_table(_COLUMNS, flow.lines),
        sources=common.list_sources(common.list_tables(replace(item, before=(), tables_before=()) for item in answers)),
        caveats=(NOT_FOLLOWED, *caveats),
        selection=selection,
        notices=(Notice(Reason.IS_FLOW, asked=selection.measure),) if selection.measure is not Measure.AANTAL else (),
        sentences=told.more,
    )


def _answer_all(
    dataset: Dataset, known: Mapping[str, Indicator], selection: Selection, place: str
) -> dict[str, Answer]:
    """What there is of each indicator for the place itself, in the period and of the geweld of the meldingen."""
    found: dict[str, Answer] = {}
    for name in (_START, *(name for name in known if name != _START)):
        if dataset.metadata.covered(name, place):
            for item in answer(dataset, known[name], selection, places=[place]).items:
                first = found.get(_START, item)
                if item.place.id == place and (item.period, item.geweld) == (first.period, first.geweld) and item.total:
                    found[name] = item
        if name == _START and name not in found:
            return {}
        selection = replace(selection, period=found[_START].period.id)
    return found


def _follow(items: Mapping[str, Answer], known: Mapping[str, Indicator]) -> _Flow:
    start = _count_total(known[_START], items[_START])
    flow = _Flow(start)
    first = flow.add(0, start)
    decided = _count_classes(known[_DECISIONS], items[_DECISIONS]) if _DECISIONS in items else []
    sources = list(zip(flow.split(first, start, 1, decided), decided, strict=True))
    if not decided:
        started = list(_count_each(known, items, (name for names in _STARTED.values() for name in names)))
        _follow_on(flow, known, items, zip(flow.split(first, start, 2, started), started, strict=True))
    for source, count in sources:
        started = list(_count_each(known, items, _STARTED.get(count.category, ())))
        _follow_on(flow, known, items, zip(flow.split(source, count, 2, started), started, strict=True))
    for count in _count_each(known, items, _APART):
        _set_apart(flow, items, count)
    return flow


def _follow_on(
    flow: _Flow, known: Mapping[str, Indicator], items: Mapping[str, Answer], started: Iterable[tuple[int, _Count]]
) -> None:
    for source, count in started:
        name = _OUTCOMES.get(count.indicator.id, "")
        if name in items:
            flow.split(source, count, 3, _count_classes(known[name], items[name]))


def _set_apart(flow: _Flow, items: Mapping[str, Answer], whole: _Count) -> None:
    """What counts other things: its largest classes and how many the others are; the whole, where it has few."""
    is_split = whole.indicator.classification and whole.shown
    classes = _count_classes(whole.indicator, items[whole.indicator.id]) if is_split else []
    if len(classes) <= _MOST_CLASSES or isinstance(whole.value, Suppression) or whole.indicator.id != _PARTIES:
        flow.add(_LAST, whole, Role.OTHERS)
        return
    largest = [count for count in classes if count.shown][:_MOST_PARTIES]
    for count in largest:
        flow.add(_LAST, count, Role.OTHERS)
    others = whole.shown - sum(count.shown for count in largest)
    text, name = wording.format_number(others), "andere partijen"
    flow.stops.append(
        Stop(_LAST, Role.OTHERS, name, text, others, f"{wording.capitalize(name)}: {text} ({whole.when})")
    )
    flow.lines.append((_LAST, name, others))


def _count_total(indicator: Indicator, item: Answer) -> _Count:
    value = item.total.value if item.total else None
    return _Count(indicator.label, Suppression.WITHHELD if value is None else value, item, indicator)


def _count_each(known: Mapping[str, Indicator], items: Mapping[str, Answer], names: Iterable[str]) -> Iterator[_Count]:
    return (_count_total(known[name], items[name]) for name in names if name in items)


def _count_classes(indicator: Indicator, item: Answer) -> list[_Count]:
    """The classes that have any, or that are hidden."""
    found = (
        _Count(
            number.short,
            Suppression.WITHHELD if number.value is None else number.value,
            item,
            indicator,
            number.category,
        )
        for number in item.categories
    )
    return sorted((count for count in found if count.value != 0), key=lambda count: -count.shown)


# --- words -----------------------------------------------------------------------------------------------------------


def _draw_chart(flow: _Flow) -> FlowChart:
    """The steps that have a stop, and the decision where there is none: that is said."""
    kept = [step for step in range(len(_STEPS)) if step == 1 or any(stop.step == step for stop in flow.stops)]
    stops = tuple(stop._replace(step=kept.index(stop.step)) for stop in flow.stops)
    return FlowChart(tuple((_STEPS[step], _name_units(flow, step)) for step in kept), stops, tuple(flow.streams))


def _name_units(flow: _Flow, step: int) -> str:
    """What is counted in a step."""
    counts = [line[2] for line in flow.lines if line[0] == step and isinstance(line[2], _Count)]
    units = list(dict.fromkeys(count.unit for count in counts))
    return f"telt {wording.join_words(units)}" if units else f"niet gepubliceerd voor {flow.start.item.place.said}"


def _make_legend(flow: _Flow) -> Iterator[tuple[Role, str]]:
    if flow.lost:
        yield Role.LOST, "niet te volgen in de rapporten"
    if any(stop.role is Role.OTHERS for stop in flow.stops):
        yield Role.OTHERS, "los geteld: een andere eenheid, waar geen stroom in uitkomt"


def _tell(flow: _Flow, items: Mapping[str, Answer]) -> Told:
    """How many meldingen there are and which decisions, or services, are counted most beside them; that no melding is
    followed, so none of them is said to go somewhere; and how many can't be followed."""
    item, start = items[_START], flow.start
    noun, when = start.indicator.name_counted(item.geweld), wording.place_in_time(item.period)
    if isinstance(start.value, Suppression):
        return Told.of(f"{item.place.said}: {wording.write_hidden(start.value, noun, when)}")
    after = [line[2] for line in flow.lines if line[0] in (1, 2) and isinstance(line[2], _Count)]
    first = [count for count in after if _DECISIONS not in items or count.indicator.id == _DECISIONS]
    most = [count for count in first if count.shown][:2]
    said = wording.join_words([_say(count, is_first=n == 0) for n, count in enumerate(most)])
    counted = f"{item.place.said}: {wording.count_noun(start.value, noun, is_rounded=item.is_rounded)}"
    beside = f", {said}" if said else ""
    lost = [f"{wording.format_number(value)} (na {lower_first(name)})" for value, name in flow.lost]
    return Told.of(
        wording.pick_fitting(f"{counted} {when}{beside}", f"{counted}{beside}"),
        f"Niet te volgen: {wording.join_words(lost)}." if lost else "",
    )


def _say(count: _Count, *, is_first: bool) -> str:
    """The number of a decision, of which the first says that it is one, or of a service."""
    if count.indicator.id != _DECISIONS:
        return Metric(count.indicator).count(count.value, ALL_GEWELD)
    decisions = (" besluit" if count.value == 1 else " besluiten") if is_first else ""
    return f"{count.text}{decisions} {_SAID.get(count.category, f'tot {lower_first(count.name)}')}"


_SAID = {
    "triagebesluit/vervolgstappen_vt": "tot vervolg bij Veilig Thuis",
    "triagebesluit/geen_vervolgstappen": "zonder vervolg",
    "triagebesluit/lokaal_maatwerk": "tot teruggave aan de melder",
}
_COLUMNS: tuple[Column[tuple[int, str, _Count | float]], ...] = (
    Column(Heading("Stap"), lambda line: _STEPS[line[0]]),
    Column(Heading("Waarheen"), lambda line: line[1]),
    Column(
        Heading("Aantal", Measure.AANTAL),
        lambda line: line[2].value if isinstance(line[2], _Count) else line[2],
        lambda line: line[2].links if isinstance(line[2], _Count) else (),
        lambda line: line[2].about if isinstance(line[2], _Count) else None,
    ),
    Column(Heading("Geteld"), lambda line: line[2].unit if isinstance(line[2], _Count) else "verschil van totalen"),
)
