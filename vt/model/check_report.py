"""What came of reading one document: the report that goes with a concept, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Section(IntEnum):
    """The sections, in their order on the page."""

    MEND = 1
    BESIDE = 2
    BETWEEN = 3
    STRIKING = 4
    SMALL = 5
    UNSHOWN = 6
    EFFECTS = 7
    LEFT = 8


SECTION_LABELS: Mapping[Section, str] = {
    Section.MEND: "Eerst herstellen",
    Section.BESIDE: "Naast wat er al is",
    Section.BETWEEN: "Tussen tabellen",
    Section.STRIKING: "Valt op",
    Section.SMALL: "Kleine aantallen",
    Section.UNSHOWN: "Niet te tonen",
    Section.EFFECTS: "Gevolgen",
    Section.LEFT: "Niet overgenomen",
}


@dataclass(frozen=True)
class Finding:
    """One thing to know: what it is, and where (table, row and column, place in the document)."""

    section: Section
    text: str
    table: str = ""
    where: str = ""
    spot: str = ""
    urgent: bool = False

    @property
    def location(self) -> str:
        """Where it is, as text: tabel 4 (Melders), Huisarts, blz. 3."""
        return ", ".join(part for part in (self.table and f"tabel {self.table}", self.where, self.spot) if part)


@dataclass(frozen=True)
class CheckReport:
    """What is said of a concept: how much of it is certain, what was found, and what to do now."""

    id: str
    title: str
    source: str
    counts: Mapping[str, int]
    verdict: str
    findings: tuple[Finding, ...] = field(default=())

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to decide anything."""
        return not any(finding.urgent for finding in self.findings)

    def by_section(self) -> list[tuple[str, tuple[Finding, ...]]]:
        """The headings of the sections that hold anything, each with its findings."""
        listed = {section: tuple(f for f in self.findings if f.section == section) for section in Section}
        return [(f"{section.value}. {SECTION_LABELS[section]}", found) for section, found in listed.items() if found]
