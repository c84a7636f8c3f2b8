"""Places whose borders changed: what is said of that, and what a new one was before, where it was whole."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from vt.figures import wording
from vt.figures.answers import Answer, Dataset, answer_exactly
from vt.figures.selection import Selection
from vt.model.catalogue import Change, Indicator, Place
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import Suppression
from vt.model.period import Period

IN_TODAY = "in huidige grenzen"


def explain_borders(items: Sequence[Answer]) -> Iterator[str]:
    """What changed of a place within the time that its numbers are about, the year before included."""
    periods: dict[str, list[Period]] = defaultdict(list)
    for item in items:
        periods[item.place.id] += [item.period, *([item.period.year_before] if item.before else [])]
    for item in {(item.place.id, item.period): item for item in items}.values():
        if day := item.place.find_break(item.period):
            yield _describe_break(item.place, day, item.period)
    for place in {item.place.id: item.place for item in items}.values():
        known = [period for period in periods[place.id] if period.is_known]
        if known and place.changes:
            yield from _explain(place, min(p.start for p in known), max(p.end for p in known))


def name_ended(items: Sequence[Answer]) -> tuple[str, ...]:
    """The places that ended within the time that their number is about, and what they went into."""
    days = ((item.place, item.place.find_break(item.period)) for item in items)
    return tuple(dict.fromkeys(tell_end(place, day) for place, day in days if day and day == place.gone))


def tell_end(place: Place, day: date) -> str:
    """When a place went into which other; of one that was divided, over which."""
    how = "verdeeld over" if len(place.into) > 1 else "opgegaan in"
    return f"{wording.capitalize(place.said)} is op {wording.format_date(day)} {how} {wording.join_words(place.into)}"


def _describe_break(place: Place, day: date, period: Period) -> str:
    until = "tot" if day == place.gone else "sinds"
    about = f"niet de hele periode van het cijfer over {wording.name_period(period)}"
    return f"{place.label} bestond {until} {wording.format_date(day)}, en dus {about}."


def _explain(place: Place, start: int, end: int) -> Iterator[str]:
    by_day: dict[tuple[date, bool, bool], list[str]] = defaultdict(list)
    for change in place.changes:
        by_day[change.day, change.is_whole, change.leaves].append(change.label)
    for (day, is_whole, leaves), labels in by_day.items():
        month = day.year * 12 + day.month - 1
        first = start - 12 if day == place.since else start + 1
        if first <= month < end:
            yield _describe(place, day, wording.join_words(labels), is_whole, leaves)


def _describe(place: Place, day: date, names: str, is_whole: bool, leaves: bool) -> str:
    when = f"Sinds {wording.format_date(day)}"
    what = names if is_whole else f"een deel van {names}"
    if day == place.since:
        return f"{when} is er {place.label}: eerder was dat {names}."
    if leaves:
        return f"{when} hoort {what} niet meer bij {place.label}; in cijfers van daarvoor telt het mee."
    return f"{when} hoort {what} bij {place.label}; in cijfers van daarvoor telt het niet mee."


def answer_before(dataset: Dataset, indicator: Indicator, selection: Selection, item: Answer) -> list[Answer]:
    """What a new place was before in the borders that it has: sums over all that became part of it, where each was
    whole and has its number."""
    place = item.place
    merged = [change for change in place.changes if change.day == place.since]
    if (
        indicator.unit != "aantal"
        or not merged
        or not all(change.is_whole and change.place in dataset.metadata.places for change in merged)
    ):
        return []
    first = dataset.metadata.covered(indicator.id, merged[0].place)
    periods = [each.period for each in first if each.period.months == item.period.months]
    return [made for period in periods if (made := _add_up(dataset, indicator, selection, item, merged, period))]


def _add_up(
    dataset: Dataset, indicator: Indicator, selection: Selection, item: Answer, merged: Sequence[Change], period: Period
) -> Answer | None:
    places = [change.place for change in merged]
    items = answer_exactly(dataset, indicator, selection, period, item.geweld, places)
    totals = [each.total for each in items if each.total]
    if [each.place.id for each in items] != places or len(totals) < len(places):
        return None
    values = [total.value for total in totals if total.value is not None and not isinstance(total.value, Suppression)]
    if len(values) < len(places):
        return None
    inhabitants = [each.inhabitants for each in items if each.inhabitants]
    total = totals[0]._replace(place=item.place.id, value=sum(values), low=sum(values), high=sum(values))
    return replace(
        items[0],
        place=item.place,
        numbers=(total,),
        before=(),
        tables=tuple(table for each in items for table in each.tables),
        tables_before=(),
        sums={},
        contested=None,
        rest=None,
        secrets=frozenset().union(*(each.secrets for each in items)),
        inhabitants=sum(inhabitants) if len(inhabitants) == len(places) else None,
        split=() if item.geweld == ALL_GEWELD else None,
        is_sum_of_gemeenten=True,
    )
