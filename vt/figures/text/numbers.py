"""What figures of single numbers say: places side by side, one over time, a ranking, percentages and their norm."""

from collections.abc import Callable, Collection, Sequence

from vt.figures import wording
from vt.figures.common import name_place
from vt.figures.reading import Reading, write_place_in_rank
from vt.figures.text.change import describe_change, say_chance, say_points
from vt.figures.text.told import Told
from vt.model.catalogue import lower_first
from vt.model.geweld import GEWELD
from vt.model.hidden import Number, Suppression
from vt.model.measures import SMALL_BASE, Measure

MOST_BESIDE = 4  # places whose numbers are all said
_Readings = Sequence[Reading[Number]]
_Shown = Sequence[Reading[float]]


def pick_shown(readings: _Readings) -> list[Reading[float]]:
    """The readings of which the number is not hidden, without a year before that is."""
    return [shown for reading in readings if (shown := _show(reading))]


def tell_places(readings: _Readings) -> Told:
    """One place (there is at least one): its number and the change. A few: their numbers. More: from low to high."""
    shown = pick_shown(readings)
    if hidden := _pick_hidden(readings):
        return _tell_beside_hidden(tell_places, shown, hidden, readings)
    if len(shown) == 1:
        return _tell_one(shown[0])
    ranked = _rank_places(shown)
    if len(ranked) < MOST_BESIDE and len(shown) <= MOST_BESIDE:
        return Told.of(_write_side_by_side(shown))
    return Told.of(_write_range(ranked) if ranked else shown[0].metric.label)


def write_earlier(first: Reading[Number], last: Reading[Number]) -> str:
    """What the number of a period was in the one before, to stand after it, where the year before is not known:
    ", in het eerste kwartaal 242"."""
    if last.before is not None or isinstance(first.value, Suppression) or isinstance(last.value, Suppression):
        return ""
    when = wording.place_in_time(first.period)
    if first.period.year == last.period.year:
        when = when.removesuffix(f" van {first.period.year}")
    return f", {when} {first.said}"


def tell_ranking(ranked: _Readings, beside: _Readings, own: Collection[str] = ()) -> Told:
    """The chosen gemeente among all, and the region beside it; a few of them beside each other; else from the lowest to
    the highest."""
    shown, hidden = pick_shown(ranked), _pick_hidden(ranked)
    regions = [f"{r.place.label} {r.said}" for r in pick_shown(beside) if r.place.kind == "region"]

    def tell(shown: _Shown) -> Told:
        if len(shown) == 1:
            return tell_places(shown)
        chosen = [reading for reading in shown if reading.place.id in own]
        is_flat = shown[0].text == shown[-1].text
        if 1 < len(chosen) <= MOST_BESIDE and not is_flat:
            return Told.of(_write_side_by_side(chosen, shown))
        is_one = len(chosen) == 1 and not is_flat
        said = write_rank(chosen[0], shown, len(ranked)) if is_one else _write_range(shown[::-1])
        are = _name_beside(chosen[0], pick_shown(beside)) if is_one else ""
        return Told.of(wording.pick_fitting(f"{said}; {are}{wording.join_words(regions)}", said) if regions else said)

    return _tell_beside_hidden(tell, shown, hidden, ranked) if hidden else tell(shown)


def write_rank(reading: Reading[float], shown: _Shown, count: int) -> str:
    """The number of a gemeente, and which of all it is from the highest; not where any of them is hidden, or where so
    few are counted that it says nothing."""
    amount, annualised = f"{reading.place.said}: {_write_amount(reading)}", _annualise([reading])
    has_rank = len(shown) == count and not is_too_small_for_rank(reading)
    rank = (
        f", de {write_place_in_rank(reading, shown)} van {count} {wording.name_group(reading.place.kind)}"
        if has_rank
        else ""
    )
    return wording.pick_fitting(f"{amount}{_name_same_time(shown)}{annualised}{rank}", f"{amount}{annualised}{rank}")


def is_too_small_for_rank(reading: Reading[Number]) -> bool:
    """Whether so few are counted that one more or less gives another rank."""
    is_few = isinstance(reading.count, Suppression) or reading.count < SMALL_BASE
    return is_few and reading.metric.indicator.unit == "aantal"


def tell_norms(label: str, readings: _Shown, universe: str = "") -> Told:
    """How many of a place's percentages reach their norm; `label` is what they are together, `universe` what counts."""
    held = [(reading.metric.norm, reading) for reading in readings if reading.metric.norm is not None]
    if len(held) == 1 or len(readings) == 1:
        return tell_places([held[0][1] if held else readings[0]])
    name = readings[0].place.said
    if not held:
        return Told.of(f"{name}: {label}")
    norms = {norm for norm, _ in held}
    reached = sum(reading.value >= norm for norm, reading in held)
    all_ = f"alle {len(held)}" if len(held) > 2 else "beide"
    of_all = f"de {len(held)}" if len(held) > 2 else "beide"
    count = {0: f"geen van {of_all}", len(held): all_}.get(reached, f"{reached} van {of_all}")
    level = f"de norm van {wording.format_value(min(norms))}%" if len(norms) == 1 else "de norm"
    terms = {norm.within for _, reading in held if (norm := reading.metric.indicator.norm)}
    term = f" binnen {terms.pop()}" if len(terms) == 1 and all(terms) else ""
    which = f", {universe}" if universe else ""
    return Told.of(f"{name} haalt bij {count} {level}{term}{which}")


def _pick_hidden(readings: _Readings) -> list[Reading[Number]]:
    """The readings of which a number is hidden, be it that of the year before."""
    return [r for r in readings if isinstance(r.value, Suppression) or isinstance(r.count_before, Suppression)]


def _show(reading: Reading[Number]) -> Reading[float] | None:
    value, count, before, count_before = reading.value, reading.count, reading.before, reading.count_before
    if isinstance(value, Suppression) or isinstance(count, Suppression):
        return None
    if isinstance(before, Suppression) or isinstance(count_before, Suppression):
        before = count_before = None
    return Reading(reading.metric, reading.answer, value, count, before, count_before)


def _tell_one(reading: Reading[float]) -> Told:
    """The number of one place, that of the year before, its norm, and what chance does."""
    metric, name = reading.metric, reading.place.said
    if metric.is_jobs:
        caveat = reading.answer.table.caveat
        said = f"{name} had {reading.text} {reading.noun}"
        return Told.of(f"{said}; {lower_first(caveat.removesuffix('.'))}" if caveat else said)
    amount, annualised = f"{name}: {_write_amount(reading)}", _annualise([reading])
    about = f" gaat over {GEWELD[reading.answer.geweld].name}" if metric.measure is Measure.AANDEEL_PLAATS else ""
    said = f"{amount} {wording.place_in_time(reading.period)}{annualised}{about}"
    change = describe_change(reading)
    title = wording.pick_fitting(
        said + change, f"{amount}{annualised}{about}{change}", said, amount + annualised + about
    )
    return Told.of(title, say_points(reading), _say_norm(reading), say_chance(reading))


def _say_norm(reading: Reading[float]) -> str:
    norm = reading.metric.norm
    if not reading.metric.is_percentage or norm is None:
        return ""
    side = "onder" if reading.value < norm else "boven" if reading.value > norm else "precies op"
    return f"Dat is {side} de streefwaarde van {wording.format_value(norm)}%."


def _write_amount(reading: Reading[float]) -> str:
    """The number with what it counts: 646 meldingen, 46% van de triagebesluiten op tijd."""
    metric, noun = reading.metric, reading.noun
    if metric.is_percentage:
        return f"{reading.text} van de {noun}"
    if reading.is_rounded_none:
        return wording.count_noun(0, noun, is_rounded=True)
    if metric.is_share_of_region:
        return f"{reading.said} van de {noun} in de regio"
    if metric.is_share:
        return f"{reading.said} van de {metric.indicator.noun}"
    if metric.is_count and (other := reading.answer.contested) is not None:
        return f"{reading.text} of {wording.format_number(other)} {noun}"
    if metric.is_count:
        return wording.count_noun(reading.value, noun)
    around = "gemiddeld " if metric.measure is Measure.PER_MAAND else ""
    return f"{around}{reading.said} {noun}{metric.per}"


def _write_side_by_side(readings: _Shown, among: _Shown = ()) -> str:
    """The first place with its number and what it counts, the others with their number; where that is long the ends, of
    all that they are `among`."""
    answers = [reading.answer for reading in readings]
    (first, where), *others = ((reading, name_place(reading.answer, answers)) for reading in readings)
    beside = wording.join_words([f"{name} {reading.said}" for reading, name in others])
    said = f"{where}: {_write_amount(first)}"
    are = _name_beside(first, readings)
    tail = f"; {are}{beside}" if are else f"{_annualise(readings)}; {beside}"
    ranked = _rank_places(among or readings)
    ends = _write_range(ranked) if len(ranked) > 1 else said
    return wording.pick_fitting(f"{said}{_name_same_time(readings)}{tail}", f"{said}{tail}", ends)


def _rank_places(readings: _Shown) -> list[Reading[float]]:
    """The gemeenten from low to high; where there is no more than one, all places but rest groups."""
    gemeenten = [r for r in readings if r.place.kind == "gemeente"]
    several = gemeenten if len(gemeenten) > 1 else [r for r in readings if r.place.kind != "rest"]
    return sorted(several, key=lambda r: r.value)


def _name_beside(first: Reading[float], others: _Shown) -> str:
    """What the numbers beside a first one are, where that is told as a count: of a rounded 0 there is no rate."""
    if not first.is_rounded_none or first.metric.is_printed:
        return ""
    return f"{first.metric.per.strip(', ')}{_annualise(others)}: "


def _write_range(ranked: _Shown) -> str:
    """What is counted, and from what to what it goes."""
    low, high = ranked[0], ranked[-1]
    counted, annualised = _name_counted(low), _annualise(ranked)
    lowest, highest = (f"{end.said} in {_name_places_at(end.value, ranked)}" for end in (low, high))
    everywhere = "overal afgerond" if low.is_rounded and low.text == low.said else "overal"
    ends = f"{everywhere} {low.said}" if low.text == high.text else f"van {lowest} tot {highest}"
    return wording.pick_fitting(
        f"{counted}{_name_same_time(ranked)}{annualised}: {ends}", f"{counted}{annualised}: {ends}"
    )


def _name_counted(reading: Reading[Number]) -> str:
    """What is counted, as a subject: Meldingen over kindermishandeling per 1.000 inwoners."""
    metric = reading.metric
    return metric.label if metric.is_percentage else wording.capitalize(f"{reading.noun}{metric.per}")


def _name_same_time(readings: _Readings) -> str:
    """The period that all share; nothing where they differ."""
    periods = {reading.period for reading in readings}
    return f" {wording.place_in_time(*periods)}" if len(periods) == 1 else ""


def _annualise(readings: _Readings) -> str:
    return readings[0].metric.annualise(reading.period for reading in readings if not reading.is_rounded_none)


def _name_places_at(value: float, ranked: _Shown) -> str:
    """The places that have a value, counted where they are more than two."""
    labels = sorted(reading.place.said for reading in ranked if reading.value == value)
    return wording.join_words(labels) if len(labels) <= 2 else f"{len(labels)} plaatsen"


def _tell_beside_hidden(tell: Callable[[_Shown], Told], shown: _Shown, hidden: _Readings, all_: _Readings) -> Told:
    """What is said of the shown numbers, and how many there are beside them; of a hidden number alone what it is."""
    count = sum(isinstance(reading.value, Suppression) for reading in hidden)
    if count == 0:
        return tell(shown)
    if len(all_) == 1:
        (reading,) = all_
        kind = reading.count if isinstance(reading.count, Suppression) else Suppression.WITHHELD
        kind = kind if reading.metric.is_printed else Suppression.WITHHELD
        said = wording.write_hidden(kind, reading.noun, wording.place_in_time(reading.period))
        return Told.of(f"{reading.place.said}: {said}")
    if not shown:
        return Told.of(f"{_name_counted(all_[0])}: alle cijfers afgeschermd")
    title, more = tell(shown)
    tails = f"{'1 cijfer' if count == 1 else f'{count} cijfers'} afgeschermd", f"{count} afgeschermd"
    timeless = title.replace(_name_same_time(shown), "", 1)
    briefer = [f"{text}; {tails[1]}" for text in (timeless, title.partition("; ")[0], timeless.partition("; ")[0])]
    return Told.of(wording.pick_fitting(*(f"{title}; {tail}" for tail in tails), *briefer, title), *more)
