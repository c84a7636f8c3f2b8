"""Which figures there are to ask for, by name: pages, stories and links say them the same way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from vt import doubts, theme
from vt.answers import Archive
from vt.catalogue import Indicator
from vt.charts import Bar, Column
from vt.figure import Figure
from vt.forms.breakdown import categories, groups
from vt.forms.compare import ranking, tiles
from vt.forms.headlines import norms
from vt.forms.places import places, series
from vt.selection import Selection
from vt.shield import Kind

SHIELDED = (
    "Kleine aantallen zijn afgeschermd: <5 is 1 tot en met 4; “afgeschermd” is weggelaten omdat het anders uit een "
    "totaal te berekenen is."
)

_Alone = Callable[[Archive, Indicator, Selection], list[Figure]]
_Together = Callable[[Archive, str, Sequence[Indicator], Selection], list[Figure]]
_ALONE: dict[str, _Alone] = {"categories": categories, "places": places, "series": series, "ranking": ranking}
_TOGETHER: dict[str, _Together] = {"groups": groups, "norms": norms}
FORMS = (*_ALONE, *_TOGETHER, "tiles")


class Asked(NamedTuple):
    """A form and what it is about; `label` names what several indicators are together, `region` is that of a map."""

    form: str
    indicators: tuple[str, ...]
    label: str = ""
    region: str = ""


def build(archive: Archive, asked: Asked, selection: Selection) -> list[Figure]:
    """The figures that answer, each with what the checks found about its numbers; none where the sources have nothing.

    KeyError where a name is not known.
    """
    mask = archive.mask if selection.shielded else None
    figures = [doubts.touched(figure, archive.reference, mask) for figure in _made(archive, asked, selection)]
    return [_shielded(figure) for figure in figures] if selection.shielded else figures


def _shielded(figure: Figure) -> Figure:
    """Without links to the printed numbers, which show all; with what is hidden explained.

    A bar of which KM, HG or OM is hidden is drawn in one piece: the legend says so.
    """
    some = any(isinstance(value, Kind) for row in figure.sheet.rows for value in row)
    some = some or any(kind in notice for kind in Kind for notice in figure.notices)
    caveats = (*figure.caveats, SHIELDED) if some else figure.caveats
    colours = [colour for colour, _ in figure.legend]
    is_split = any(colour in theme.GEWELD.values() for colour in colours) and theme.THIS_PLACE not in colours
    drawn = {mark.colour for mark in figure.marks if isinstance(mark, Bar | Column) and mark.end}
    whole = ((theme.THIS_PLACE, "KM, HG en OM samen"),) if is_split and theme.THIS_PLACE in drawn else ()
    return replace(figure, sheet=replace(figure.sheet, links={}), caveats=caveats, legend=(*figure.legend, *whole))


def _made(archive: Archive, asked: Asked, selection: Selection) -> list[Figure]:
    indicators = [archive.reference.indicators[name] for name in asked.indicators]
    if asked.form in _TOGETHER:
        return _TOGETHER[asked.form](archive, asked.label, indicators, selection)
    if asked.form == "tiles":
        return tiles(archive, indicators[0], selection, archive.reference.places[asked.region])
    return _ALONE[asked.form](archive, indicators[0], selection)
