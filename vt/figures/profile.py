"""One place on one screen: its headline numbers, and where each stands among the gemeenten of its region."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from vt.figures import wording
from vt.figures.answers import Dataset, answer_exactly
from vt.figures.chart import DotStrip, Role, Rule, Spot
from vt.figures.common import measure_parts
from vt.figures.headlines import Headline, answer_alone, make_headline, write_earlier
from vt.figures.metric import Metric
from vt.figures.nearest import name_newest
from vt.figures.notices import Notice, Reason
from vt.figures.panels import split_panels
from vt.figures.peers import Peers, read_peers
from vt.figures.reading import Reading, choose_metric, read_answers, write_place_in_rank
from vt.figures.selection import Selection
from vt.figures.text.change import describe_change, write_change, write_distance
from vt.figures.text.numbers import is_too_small_for_rank, pick_shown
from vt.model.catalogue import COUNTRY, Indicator, Place, lower_first
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.hidden import list_withheld_totals

TOO_SMALL = "te weinig voor een rang"


@dataclass(frozen=True)
class Position:
    """Rates as dots from 0 to the highest: the place's own (none: it is the region) among those of the gemeenten; as
    lines the region's and what is in the middle of gemeenten of its `size`; its rank, and that in words `beside` it.

    `is_of_gemeenten`: the region's is that of its gemeenten together, since much of its total lies outside them.
    """

    strip: DotStrip
    rank: str
    is_of_gemeenten: bool = False
    beside: str = ""
    size: str = ""

    @property
    def own(self) -> Spot | None:
        """Where the place itself stands."""
        return next((spot for spot in self.strip.spots if spot.role is Role.THIS), None)


class NormGap(NamedTuple):
    """A percentage beside its norm, both from 0 to 1, and how far apart they are."""

    at: float
    norm: float
    label: str
    distance: str


class KindShare(NamedTuple):
    """A kind of geweld in a number: its share from 0 to 1, and what stands there."""

    role: Role
    share: float
    label: str
    value: str


@dataclass(frozen=True)
class ProfileRow:
    """A headline number, its change, what it is in the measure of its profile, and where it stands; None or empty where
    that cannot be told.

    `where` says what term it is about, and that it is of the whole region where it is; `figure` is the figure of it on
    the page of its topic.
    """

    headline: Headline
    indicator: Indicator
    where: str
    figure: str
    change: str
    held: str
    measured: str
    standing: Position | None = None
    norm: NormGap | None = None
    parts: tuple[KindShare, ...] = ()


@dataclass(frozen=True)
class Profile:
    """The rows of a place, the first of them in words, what they are held against, the measure beside the number, how
    rates were converted; `is_measured` where that measure was chosen; why it, or the chosen kind, is not there."""

    place: Place
    region: str
    rows: tuple[ProfileRow, ...]
    summary: str = ""
    before: str = ""
    measure: Measure = Measure.PER_1000
    converted: str = ""
    refused: tuple[Notice, ...] = ()
    is_measured: bool = False

    @property
    def measure_label(self) -> str:
        """The measure as it heads a column."""
        return self.measure.removesuffix(" per jaar")

    def name_before(self, row: ProfileRow) -> str:
        """What a change is held against, after it: "−91 t.o.v. 2020", "was 14 in 2020", "evenveel als in 2020"; nothing
        after a sentence, or an older number of the same year."""
        then = f"in {self.before}" if self.before.isdigit() else "een jaar eerder"
        return row.held.format(year=self.before, then=then)

    @property
    def period(self) -> str:
        """The period of all rows; "" where they differ."""
        periods = {row.headline.period for row in self.rows}
        return periods.pop() if len(periods) == 1 else ""

    @property
    def has_change(self) -> bool:
        """Whether any number can be held against that of a year before."""
        return any(row.change for row in self.rows)

    @property
    def has_measured(self) -> bool:
        """Whether any number is known in the measure."""
        return any(row.measured for row in self.rows)

    @property
    def has_picture(self) -> bool:
        """Whether any row stands somewhere."""
        return any(row.standing or row.norm or row.parts for row in self.rows)

    @property
    def has_standing(self) -> bool:
        """Whether any row stands among peers or beside a norm."""
        return any(row.standing or row.norm for row in self.rows)

    @property
    def has_rank(self) -> bool:
        """Whether the place has a rank in any row."""
        return any(row.standing and row.standing.rank for row in self.rows)

    @property
    def size(self) -> str:
        """Which gemeenten are of the same size; "" where none are held against it."""
        return next((row.standing.size for row in self.rows if row.standing and row.standing.size), "")

    @property
    def legend(self) -> list[tuple[Role, str]]:
        """The kinds of geweld that the numbers are split by."""
        return [*dict.fromkeys((part.role, part.label) for row in self.rows for part in row.parts)]


def make_profile(dataset: Dataset, indicators: Sequence[Indicator], selection: Selection, place: Place) -> Profile:
    """A row for each indicator that this very place has; what has a norm is of its region where the place has none."""
    known = dataset.metadata.indicators
    newest = (name_newest(dataset.metadata, each.id, [place.id], selection.period) for each in indicators)
    readings = [reading for name in newest for reading in _read(dataset, known[name], selection, place)]
    rows = tuple(_make_row(dataset, reading, selection, place) for reading in readings)
    region = dataset.metadata.places[place.region or place.id].label
    if not rows:
        return Profile(place, region, rows)
    first, periods = readings[0], {reading.period for reading in readings}
    before = first.period.year_before.label if len(periods) == 1 else "een jaar eerder"
    measure = _pick_measure(selection)
    converted = Metric(first.metric.indicator, measure).annualise(periods).removeprefix(", ")
    summary = _summarise(dataset, first, selection)
    is_said = any(row.measured for row in rows) or _has_shares(rows, selection)
    refused = () if is_said else _refuse(dataset, readings, selection)
    is_measured = selection.measure is not Measure.AANTAL
    noted = (*_note_together(readings, selection, place), *_note_withheld(dataset, readings, selection, place))
    return Profile(place, region, rows, summary, before, measure, converted, (*noted, *refused), is_measured)


def _note_together(readings: Sequence[Reading[Number]], selection: Selection, place: Place) -> tuple[Notice, ...]:
    """That the numbers are of all kinds of geweld together, where one was chosen that none of them is counted by."""
    if selection.geweld == ALL_GEWELD or any(reading.answer.geweld != ALL_GEWELD for reading in readings):
        return ()
    return (Notice(Reason.NOT_SPLIT, (place.said,), asked=GEWELD[selection.geweld].name),)


def _note_withheld(
    dataset: Dataset, readings: Sequence[Reading[Number]], selection: Selection, place: Place
) -> tuple[Notice, ...]:
    """Which of the numbers CBS withholds over the chosen period, or over one as long and newer than the one shown."""
    held: dict[tuple[str, str], list[str]] = {}
    for own in (reading for reading in readings if reading.place.id == place.id):
        totals = list_withheld_totals(dataset.db, own.metric.indicator.id, place.id, ALL_GEWELD)
        known = {Period.parse(each.period): each.reason for each in totals}
        newer = [period for period in known if period.months == own.period.months and period.end > own.period.end]
        asked = max(newer, default=None) if selection.period is None else Period.parse(selection.period)
        if asked in known and asked != own.period:
            labels = held.setdefault((wording.name_period(asked), known[asked]), [])
            labels.append(lower_first(own.metric.indicator.label))
    return tuple(
        Notice(Reason.TOTAL_WITHHELD, (place.said,), wording.join_words(labels), period, why=why)
        for (period, why), labels in held.items()
    )


def _pick_measure(selection: Selection) -> Measure:
    """What stands beside a number: the chosen measure, per inhabitant where it is the number itself."""
    return Measure.PER_1000 if selection.measure is Measure.AANTAL else selection.measure


def _has_shares(rows: Sequence[ProfileRow], selection: Selection) -> bool:
    """Whether the kinds of geweld in a row are said as shares within the place, as was asked."""
    is_asked = selection.measure is Measure.AANDEEL_PLAATS
    return is_asked and any(part.value.endswith("%") for row in rows for part in row.parts)


def _refuse(dataset: Dataset, readings: Sequence[Reading[Number]], selection: Selection) -> tuple[Notice, ...]:
    """Why none of the numbers can be had in the chosen measure: what is said of the first."""
    if selection.measure is Measure.AANTAL:
        return ()
    said = [notice for own in readings for notice in _measure(dataset, own, selection)[1]]
    return tuple(said[:1])


def _measure(dataset: Dataset, own: Reading[Number], selection: Selection) -> tuple[str, tuple[Notice, ...]]:
    """A number in the measure of the profile, or why it can't be had in it."""
    metric, refused = choose_metric(own.metric.indicator, replace(selection, measure=_pick_measure(selection)))
    if refused:
        return "", refused
    readings, noted = read_answers(dataset, [own.answer], metric)
    return (readings[0].said, ()) if readings else ("", noted)


def _read(dataset: Dataset, indicator: Indicator, selection: Selection, place: Place) -> list[Reading[Number]]:
    answers = answer_alone(dataset, indicator, selection, place.id)
    if not answers and indicator.norm and place.region:
        answers = answer_alone(dataset, indicator, replace(selection, gemeenten=()), place.region)
    return read_answers(dataset, answers, Metric(indicator))[0]


def _make_row(dataset: Dataset, own: Reading[Number], selection: Selection, place: Place) -> ProfileRow:
    headline, indicator = make_headline(own, dataset), own.metric.indicator
    rates = _read_rates(dataset, own, selection)
    rate = rates.get(own.place.id)
    peers = read_peers(dataset, rate[0], selection) if rate else None
    standing = _make_standing(own, rates, peers) if rate and (len(rates) > 2 or peers) else None
    change, earlier = write_change(own), write_earlier(own, dataset.metadata)
    return ProfileRow(
        headline,
        indicator,
        _tell_where(dataset, own, place),
        _name_figure(own),
        f"{change.text}{earlier}".removeprefix(", "),
        "" if earlier else change.held,
        _measure(dataset, own, selection)[0],
        standing,
        _hold_against_norm(own),
        () if standing else _split(own, selection.measure),
    )


def _tell_where(dataset: Dataset, own: Reading[Number], place: Place) -> str:
    norm, how = own.metric.indicator.norm, own.metric.label.partition(", ")[2]
    term = f"binnen {norm.within}" if norm and norm.within else ""
    where = "" if own.place.id == place.id else f"heel {dataset.metadata.places[own.place.id].bare}"
    return ", ".join(filter(None, (term, how if norm else "", where)))


def _name_figure(own: Reading[Number]) -> str:
    """The figure of a number on the page of its topic: what has a norm stands there with the others that have one."""
    indicator = own.metric.indicator
    return f"{indicator.topic}.norms.{own.place.id}" if indicator.norm else f"{indicator.id}.places.{own.period.months}"


def _split(own: Reading[Number], measure: Measure) -> tuple[KindShare, ...]:
    """The kinds of geweld in a count, where all of them are shown; as shares of it where those were asked for."""
    pairs = [*zip(own.answer.parts, measure_parts(own), strict=True)]
    if not pairs or isinstance(own.value, Suppression):
        return ()
    shown = [(kind, value) for kind, value in pairs if not isinstance(value, Suppression)]
    if len(shown) < len(pairs) or not own.value:
        return ()
    return tuple(
        KindShare(Role(kind), value / own.value, GEWELD[kind].label, _write_part(value, own, measure))
        for kind, value in shown
        if value
    )


def _write_part(value: float, own: Reading[Number], measure: Measure) -> str:
    share = wording.format_share(value, own.value) if measure is Measure.AANDEEL_PLAATS else ""
    return share or own.metric.format(value)


def _hold_against_norm(own: Reading[Number]) -> NormGap | None:
    norm = own.metric.norm
    if norm is None or isinstance(own.value, Suppression):
        return None
    label = f"norm {wording.format_percent(norm)}"
    return NormGap(own.value / 100, norm / 100, label, write_distance(own.value, norm))


def _read_rates(
    dataset: Dataset, own: Reading[Number], selection: Selection, *beside: str
) -> dict[str, tuple[Reading[Number], float]]:
    """The rates of the place, of the gemeenten of its region and of places `beside` in the same period, by place; those
    that are shown."""
    metric, refused = choose_metric(own.metric.indicator, replace(selection, measure=Measure.PER_1000))
    if refused:
        return {}
    region = own.place.id if own.place.kind == "region" else own.place.region
    known = dataset.metadata.places.values()
    peers = [p.id for p in known if region and (p.id == region or (p.kind == "gemeente" and p.region == region))]
    asked = [*dict.fromkeys([own.place.id, *peers, *beside])]
    items = answer_exactly(dataset, metric.indicator, selection, own.period, own.answer.geweld, asked)
    if metric.indicator.beside:  # of places without a report, CBS's number has the name that a report's would have
        plain, had = dataset.metadata.indicators[metric.indicator.beside], {item.place.id for item in items}
        others = [id_ for id_ in asked if id_ not in had]
        items += answer_exactly(dataset, plain, selection, own.period, own.answer.geweld, others)
    readings = read_answers(dataset, [item.without_rest for item in items], metric)[0]
    return {r.place.id: (r, r.value) for r in readings if not isinstance(r.value, Suppression)}


def _make_standing(
    own: Reading[Number], rates: dict[str, tuple[Reading[Number], float]], peers: Peers | None
) -> Position:
    region = own.place.id if own.place.kind == "region" else own.place.region or ""
    spots = {
        id_: Spot(id_, Role.THIS if id_ == own.place.id else Role.OTHERS, r.place.said, r.text, rate, _tell_rate(r))
        for id_, (r, rate) in rates.items()
    }
    whole = spots.pop(region, None)
    rules = [Rule(Role.REGION, whole.name, whole.value or 0, whole.text, whole.tip)] if whole else []
    if peers:
        tip = f"{wording.capitalize(peers.legend)}: {peers.text} per 1.000"
        rules.append(Rule(Role.PEERS, peers.label, peers.middle, peers.text, tip))
    most = max([*(rate for _, rate in rates.values()), *(rule.value for rule in rules)]) or 1
    strip = DotStrip(tuple(spots.values()), (), tuple(rules), ((0, ""), (most, "")))
    is_of_gemeenten = region in rates and rates[region][0].answer.is_sum_of_gemeenten
    said = (f"even groot: {peers.text}", peers.size) if peers else ("", "")
    ranked = pick_shown([reading for id_, (reading, _) in rates.items() if id_ in spots])
    return Position(strip, _rank(own, ranked), is_of_gemeenten, *said)


def _tell_rate(reading: Reading[Number]) -> str:
    return f"{reading.place.said}: {reading.text} per 1.000"


def _rank(own: Reading[Number], ranked: Sequence[Reading[float]]) -> str:
    mine = next((rate for rate in ranked if rate.place.id == own.place.id), None)
    if mine is None or len(ranked) < 2:
        return ""
    if is_too_small_for_rank(own):
        return TOO_SMALL
    return f"{write_place_in_rank(mine, ranked)} van {len(ranked)}"


def _summarise(dataset: Dataset, first: Reading[Number], selection: Selection) -> str:
    """The first number in words, with its rate beside those of the region and the country."""
    when = wording.place_in_time(first.period)
    count = first.metric.count(first.value, first.answer.geweld, when, is_rounded=first.is_rounded)
    said = f"{wording.capitalize(count)}{describe_change(first)}."
    rates = {id_: reading for id_, (reading, _) in _read_rates(dataset, first, selection, COUNTRY).items()}
    if (own := rates.get(first.place.id)) is None or first.period.months != 12:
        return said
    held = dict.fromkeys([first.place.region or "", COUNTRY])
    others = [rates[id_] for id_ in held if id_ in rates and id_ != first.place.id]
    alike, *_ = split_panels([own, *others], own.metric)
    beside = ", ".join(f"{reading.place.said} {reading.said}" for reading in alike[1:])
    where = " in die gemeenten" if own.answer.is_sum_of_gemeenten else ""  # said just before, and no rate of the total
    return f"{said} Per 1.000 inwoners{where} {own.said}{f'; {beside}' if beside else ''}."
