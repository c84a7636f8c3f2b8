"""The key figures of a deck: what its figures count in all, before what they say of it."""

from collections.abc import Iterable

from vt.figures import wording
from vt.figures.deck import Deck
from vt.figures.longtable import LongRow, list_long_rows
from vt.figures.table import Bounds, Heading, Table
from vt.model.catalogue import UNITS
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.hidden import Suppression
from vt.model.measures import Measure
from vt.model.period import Period

HEADINGS = ("Cijfer", "Plaats", "Periode", "Getal", "Jaar eerder")


def tabulate_key_figures(deck: Deck) -> Table:
    """A row for each thing that is counted in each place: its newest number in the deck, and that a year before."""
    found: dict[tuple[str, str], dict[Period, LongRow]] = {}
    for row in _list_totals(deck):
        found.setdefault((row.cijfer, row.plaats), {}).setdefault(Period.parse(row.periode), row)
    rows = []
    for (label, place), periods in found.items():
        newest = max(periods, key=lambda period: (period.end, period.months))
        before = periods.get(newest.year_before) if newest.is_known else None
        rows.append((label, place, newest.label, _write(periods[newest]), _write(before) if before else ""))
    shown = len(HEADINGS) if any(row[-1] for row in rows) else -1
    return Table(tuple(map(Heading, HEADINGS[:shown])), tuple(row[:shown] for row in rows))


def _list_totals(deck: Deck) -> Iterable[LongRow]:
    """The numbers of all classes and kinds together, as printed, of the chosen places and those of a figure."""
    for slide in deck.slides:
        places = set(map(wording.capitalize, (*deck.places, *slide.figure.subject.places)))
        for row in list_long_rows(slide.figure):
            is_whole = not row.klasse and row.geweld == GEWELD[ALL_GEWELD].label
            if is_whole and row.eenheid in UNITS and row.plaats in places:
                yield row


def _write(row: LongRow) -> str:
    """The number as a table has it, with its signs."""
    heading = Heading("", Measure.AANTAL, row.eenheid)
    if row.waarde is not None:
        return f"{heading.format(row.waarde)} {row.teken}".strip()
    if row.laag is None or row.hoog is None or row.teken.startswith(tuple(map(str, Suppression))):
        return row.teken
    return heading.format(Bounds(row.laag, row.hoog))
