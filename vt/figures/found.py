"""What a search finds with the number itself, where it asks for one place: who asks how many reads it in the list."""

from dataclasses import replace

from vt.figures.answers import Dataset
from vt.figures.headlines import Headline, make_headlines
from vt.figures.search import Found, Hit
from vt.figures.selection import Selection, find_nearest, name_fully
from vt.figures.wording import name_period
from vt.model.catalogue import Indicator, Place
from vt.model.geweld import ALL_GEWELD
from vt.model.hidden import Shielding
from vt.model.period import Period


def tell_numbers(dataset: Dataset, found: Found, shielding: Shielding) -> Found:
    """What was found, each plain number of the one place that is asked with what it is and how it changed."""
    if len(found.asked.places) != 1 or found.asked.places[0].id in dataset.metadata.elsewhere:
        return found
    selection = replace(found.asked.select(dataset.metadata), shielding=shielding)
    groups = {name: [_tell(dataset, hit, selection, found) for hit in hits] for name, hits in found.groups.items()}
    return found._replace(groups=groups)


def _tell(dataset: Dataset, hit: Hit, selection: Selection, found: Found) -> Hit:
    if not hit.indicator:
        return hit
    place, indicator = found.asked.places[0], dataset.metadata.indicators[hit.indicator]
    made = make_headlines(dataset, [indicator], selection, place.id)
    before = ""
    if not made and (near := _find_other_length(dataset, indicator, selection, place)):
        before = f"niet over {name_period(Period.parse(selection.period))}, wel "
        made = make_headlines(dataset, [indicator], replace(selection, period=near), place.id)
    if not made:
        return hit
    kind = made[0].label.removeprefix(indicator.label)
    is_of_all = selection.geweld != ALL_GEWELD and not kind
    where = f"{name_fully(place, dataset.metadata)}{kind}{', alle soorten geweld samen' if is_of_all else ''}"
    return hit._replace(about=f"{where}: {before}{_write(made[0])}")


def _find_other_length(dataset: Dataset, indicator: Indicator, selection: Selection, place: Place) -> str:
    """The nearest period of another length that a place has, where it has none of the length that is asked."""
    near = (
        find_nearest(dataset.metadata.covered(indicator.id, place.id), selection.period) if selection.period else None
    )
    return near.period.id if near else ""


def _write(headline: Headline) -> str:
    unit = f" {headline.unit}" if headline.unit else ""
    return f"{headline.said}{unit} · {headline.note}"
