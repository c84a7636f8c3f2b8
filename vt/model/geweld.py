"""KM, HG and OM, and what is neither: the kinds that numbers are split by."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Geweld:
    """A kind: its code where it has one, its label, how a sentence names it, and what a legend or column calls it."""

    id: str
    code: str
    label: str
    name: str
    short: str

    @property
    def suffix(self) -> str:
        """The code as it stands behind a word: " (KM)"; empty where there is none."""
        return f" ({self.code})" if self.code else ""

    @property
    def full_label(self) -> str:
        """The label with the code: Huiselijk geweld (HG)."""
        return self.label + self.suffix

    @property
    def full_name(self) -> str:
        """The name with the code, for a sentence: huiselijk geweld (HG)."""
        return self.name + self.suffix


ALL_GEWELD = "alle"  # summed over, or not split
GEWELD: Mapping[str, Geweld] = {
    kind.id: kind
    for kind in (
        Geweld("km", "KM", "Kindermishandeling", "kindermishandeling", "KM"),
        Geweld("hg", "HG", "Huiselijk geweld", "huiselijk geweld", "HG"),
        Geweld("om", "OM", "Ouderenmishandeling", "ouderenmishandeling", "OM"),
        Geweld(
            "geen",
            "",
            "Geen huiselijk geweld of kindermishandeling",
            "geen huiselijk geweld of kindermishandeling",
            "geen HG of KM",
        ),
        Geweld("onbekend", "", "Aard onbekend", "een onbekende aard", "onbekend"),
        Geweld(ALL_GEWELD, "", "Alle", "alle soorten samen", ""),
    )
}
GEWELD_BY_CODE = {kind.code: kind for kind in GEWELD.values() if kind.code}
GEWELD_PARTS = tuple(id_ for id_ in GEWELD if id_ != ALL_GEWELD)
