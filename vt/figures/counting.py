"""In what two sources count unlike, in a sentence."""

from collections.abc import Iterable

from vt.figures import wording
from vt.model.counting import Aspect, Counting

UNTOLD = {
    Aspect.EVENT: "op welk moment er geteld is",
    Aspect.UNIT: "wat één telling is",
    Aspect.UNIVERSE: "wat er meetelt",
    Aspect.PLACES: "naar welke gemeente er geteld is",
    Aspect.PERIOD: "over wat voor periode het gaat",
    Aspect.CLASSES: "wiens indeling het is",
    Aspect.GEWELD: "wie naar soort geweld indeelde",
}


def explain_difference(one: Counting, other: Counting, aspects: Iterable[Aspect]) -> str | None:
    """In what two sources count unlike, or are not known to count alike; None where they count alike."""
    aspect = one.find_difference(other, aspects)
    return _describe_difference(one, other, aspect) if aspect else None


def _describe_difference(one: Counting, other: Counting, aspect: Aspect) -> str:
    """What each of two sources counts; or that it is not known whether they count alike, and who does not tell what."""
    said = [(counting.source, describe_aspect(counting, aspect)) for counting in (one, other)]
    untold = list(dict.fromkeys(source for source, value in said if not value))
    if untold:
        verb = "zegt" if len(untold) == 1 else "zeggen"
        return f"het is niet bekend of dit gelijk geteld is: {wording.join_words(untold)} {verb} niet {UNTOLD[aspect]}"
    if one.source == other.source:
        return f"{one.source} telt in het ene rapport {said[0][1]} en in het andere {said[1][1]}"
    return "; ".join(f"{source} telt {value}" for source, value in said)


def describe_aspect(counting: Counting, aspect: Aspect) -> str:
    """What a source states of an aspect, "" where it does not tell; an event goes with its unit: gestarte diensten."""
    value = counting.value(aspect)
    if not value or aspect not in (Aspect.EVENT, Aspect.UNIT):
        return value
    return f"{counting.value(Aspect.EVENT)} {counting.value(Aspect.UNIT)}".strip()
