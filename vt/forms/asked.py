"""Which figures there are to ask for, by name: pages, stories and links say them the same way."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from vt import doubts
from vt.answers import Archive
from vt.catalogue import Indicator
from vt.figure import Figure
from vt.forms.breakdown import categories, groups
from vt.forms.compare import ranking, tiles
from vt.forms.headlines import norms
from vt.forms.places import places, series
from vt.selection import Selection

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
    return [doubts.touched(figure, archive.reference) for figure in _made(archive, asked, selection)]


def _made(archive: Archive, asked: Asked, selection: Selection) -> list[Figure]:
    indicators = [archive.reference.indicators[name] for name in asked.indicators]
    if asked.form in _TOGETHER:
        return _TOGETHER[asked.form](archive, asked.label, indicators, selection)
    if asked.form == "tiles":
        return tiles(archive, indicators[0], selection, archive.reference.places[asked.region])
    return _ALONE[asked.form](archive, indicators[0], selection)
