"""KM, HG and OM, and what is neither: the kinds that numbers are split by."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Geweld:
    """A kind: its code where it has one (never shown), its label, how a sentence names it, what a column calls it."""

    id: str
    code: str
    label: str
    name: str
    short: str = ""

    @property
    def suffix(self) -> str:
        """The name as it stands behind a word: " (kindermishandeling)"; empty where it is not one of the three."""
        return f" ({self.name})" if self.code else ""

    @property
    def heading(self) -> str:
        """What a column or the part of a bar is called; empty where it is not split."""
        return "" if self.id == ALL_GEWELD else self.short or self.label


KM, HG, OM = "km", "hg", "om"
ALL_GEWELD = "alle"  # summed over, or not split
GEWELD: Mapping[str, Geweld] = {
    kind.id: kind
    for kind in (
        Geweld(KM, "KM", "Kindermishandeling", "kindermishandeling"),
        Geweld(HG, "HG", "Huiselijk geweld", "huiselijk geweld"),
        Geweld(OM, "OM", "Ouderenmishandeling", "ouderenmishandeling"),
        Geweld(
            "geen",
            "",
            "Geen huiselijk geweld of kindermishandeling",
            "geen huiselijk geweld of kindermishandeling",
            "Geen van deze",
        ),
        Geweld("onbekend", "", "Aard onbekend", "een onbekende aard", "Onbekend"),
        Geweld(ALL_GEWELD, "", "Alle", "alle soorten samen"),
    )
}
GEWELD_BY_CODE = {kind.code: kind for kind in GEWELD.values() if kind.code}
GEWELD_PARTS = tuple(id_ for id_ in GEWELD if id_ != ALL_GEWELD)
