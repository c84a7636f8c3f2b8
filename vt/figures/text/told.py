"""What a figure says: a title, and the sentences that follow it. The rules of all that is said:

1. Subject, verb, number; two lines at most. Numbers are written as the Dutch do (vt/figures/wording.py).
2. A part is said in words where they fit it: "bijna drie op de vier". Of a whole under 20, or a part under 5, the
   numbers alone.
3. How a number changed: vt/figures/text/change.py.
4. No word of judgement: meer, minder, hoger, lager, never beter of slechter.
5. What is known within bounds keeps them. A hidden number has no part in it: what is said is about the others.
6. A rate over another time than a year is "omgerekend naar een jaar".
7. No codes (KM, HG, OM) and no quotes round the name of a class; what belongs to the organisation is its, not its
   region's.
"""

from typing import NamedTuple

from vt.figures import wording
from vt.model.catalogue import Place


class Told(NamedTuple):
    """A title, without its full stop, and the sentences after it."""

    title: str
    more: tuple[str, ...] = ()

    @classmethod
    def of(cls, title: str, *more: str) -> "Told":
        """The title, and those of the sentences that say something, each with a capital."""
        return cls(wording.capitalize(title), tuple(map(wording.capitalize, filter(None, more))))


def locate(place: Place) -> str:
    """Where something was counted, in a sentence."""
    if place.kind == "rest":
        return f"in de groep {place.label.lower()}"
    article = "de " if place.is_namesake else ""
    return f"bij {place.label}" if place.kind == "organisation" else f"in {article}{place.said}"
