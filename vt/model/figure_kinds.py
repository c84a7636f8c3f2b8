"""The kinds of figure that pages, stories and links may name, and what each can show."""

from collections.abc import Callable
from dataclasses import dataclass

from vt.model.catalogue import Indicator

HasGroups = Callable[[str], bool]  # whether the classes of a classification lie in groups that all regions share


@dataclass(frozen=True)
class FigureKind:
    """A kind of figure: `is_joint` where it shows several indicators under one label, and what those must have;
    `is_of_gemeenten` where it stands gemeenten beside each other."""

    name: str
    is_joint: bool = False
    needs_percentages: bool = False
    needs_classes: bool = False
    needs_groups: bool = False
    is_of_gemeenten: bool = False

    def find_misfit(self, indicator: Indicator, has_groups: HasGroups) -> tuple[str, str] | None:
        """Why it cannot show an indicator, and what was meant, in Dutch; None where it can."""
        if self.needs_percentages and indicator.unit != "procent":
            return "dat is geen percentage", "bedoeld: een indicator met unit procent, of de vorm places"
        if self.needs_classes and indicator.classification is None:
            return "dat heeft geen klassen", "bedoeld: een indicator met classification, of de vorm places"
        if self.needs_groups and not has_groups(indicator.classification or ""):
            return "zijn klassen hebben geen gedeelde groepen", "bedoeld: de vorm categories"
        return None


FIGURE_KINDS = {
    kind.name: kind
    for kind in (
        FigureKind("categories", needs_classes=True),
        FigureKind("places"),
        FigureKind("series"),
        FigureKind("ranking", is_of_gemeenten=True),
        FigureKind("dots", is_of_gemeenten=True),
        FigureKind("funnel", is_of_gemeenten=True),
        FigureKind("trends", is_of_gemeenten=True),
        FigureKind("groups", is_joint=True, needs_classes=True, needs_groups=True),
        FigureKind("norms", is_joint=True, needs_percentages=True),
        FigureKind("flow", is_joint=True),
        FigureKind("tiles", is_of_gemeenten=True),
    )
}
