"""One long table for all who calculate: a row for each number, the same columns in every file and answer."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from vt.figures.figure import FLAG_SIGN, Figure, Source
from vt.figures.metric import UNITS
from vt.figures.table import About, Bounds, Heading, Value
from vt.model.geweld import GEWELD
from vt.model.hidden import SMALLEST_SHOWN, Suppression
from vt.model.measures import Measure
from vt.model.period import Period

RECOVERED = "°"
TOLD: Mapping[Suppression, tuple[float, float]] = {  # what the sign of a hidden number says of it
    Suppression.SMALL: (1, SMALLEST_SHOWN - 1),
    Suppression.RECOVERED: (0, SMALLEST_SHOWN - 1),
}
_UNITS = UNITS | {Measure.PER_MAAND: "per maand"}


class LongRow(NamedTuple):
    """A number with what it is about, as a reader calls it. The names are the heads of the columns.

    Of a number that is hidden `waarde` is empty, `teken` is what stands for it, `laag` and `hoog` what is told of it.
    """

    cijfer: str
    plaats: str
    periode: str
    geweld: str
    klasse: str
    eenheid: str
    waarde: float | None
    laag: float | None
    hoog: float | None
    teken: str
    bron: str
    tabel: str
    toelichting: str = ""


def list_long_rows(figure: Figure) -> Iterator[LongRow]:
    """The numbers of the table of a figure, in its order; differences and norms, which nobody counted, are not."""
    table, sources = figure.table, {source.address: source for source in figure.sources}
    for at in sorted(table.about):
        value = table.rows[at[0]][at[1]]
        if value is not None and not isinstance(value, str):
            cited = [sources[link.table] for link in table.links.get(at, ()) if link.table in sources]
            found = [flag.text for flag in figure.flags if flag.sign and at in flag.cells]
            yield make_long_row(table.about[at], table.headings[at[1]], value, cited or figure.sources, found)


def make_long_row(
    about: About, heading: Heading, value: Value, sources: Collection[Source], found: Collection[str]
) -> LongRow:
    """The row of a number; `found` is what the checks found about it."""
    known, low, high, mark = _read_value(value, heading)
    marks = (mark, about.mark, FLAG_SIGN if found else "")
    return LongRow(
        about.indicator,
        about.place,
        Period.parse(about.period).label,
        GEWELD[about.geweld].label,
        about.category,
        name_unit(heading),
        known,
        low,
        high,
        " ".join(filter(None, marks)),
        "; ".join(dict.fromkeys(source.report_name for source in sources)),
        "; ".join(dict.fromkeys(source.short for source in sources)),
        " ".join(found),
    )


def name_unit(heading: Heading) -> str:
    """What the numbers of a column are expressed in: aantal, procent, fte, per maand."""
    is_printed = heading.measure in (None, Measure.AANTAL)
    return heading.unit if is_printed else _UNITS[heading.measure or Measure.AANTAL]


def _read_value(value: Value, heading: Heading) -> tuple[float | None, float | None, float | None, str]:
    """The value, what it is at least and at most, and its sign."""
    if isinstance(value, Bounds):
        return (value.low if value.low == value.high else None, value.low, value.high, RECOVERED)
    if isinstance(value, Suppression):
        low, high = TOLD.get(value, (None, None)) if heading.measure is Measure.AANTAL else (None, None)
        return (None, low, high, str(value))
    return (value, value, value, "") if isinstance(value, float | int) else (None, None, None, "")
