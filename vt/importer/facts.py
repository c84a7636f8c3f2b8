"""What a document is about: its region, place, period, title and publisher, as far as it says so itself."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vt.importer.form import Document, MissingError
from vt.importer.words import find_period, fold
from vt.model.catalogue import Catalogue, Place
from vt.model.period import Period
from vt.model.report import Report

LICENCE = "Openbare publicatie; het rapport noemt geen licentie."

_HALF_YEAR = r"(?:[12]|eerste|tweede)(?:e|ste|de)?\s*half\s?jaar\s*(?:van\s*)?\d{4}"
_PERIODS = (
    re.compile(rf"{_HALF_YEAR}|\d{{4}}-[HQ][1-4]", re.IGNORECASE),
    re.compile(r"(?:[1-4]|eerste|tweede|derde|vierde)(?:e|ste|de)?\s*kwartaal\s*(?:van\s*)?\d{4}", re.IGNORECASE),
    re.compile(r"1 januari (?P<year>\d{4})\s*[-–]\s*31 december (?P=year)", re.IGNORECASE),
    re.compile(
        r"(?:rapportage|jaarverslag|jaarrapport|jaarcijfers|cijfers|jaar)\s+(?:over\s+)?(?P<year>20\d{2})\b",
        re.IGNORECASE,
    ),
)
_GEMEENTE = re.compile(r"\b[Gg]emeente:?\s+([A-Z'’][\w'’-]*(?:[ -][A-Z][\w'’-]*)*)")
_FIRST_LINES = 40


@dataclass(frozen=True)
class Facts:
    """What holds for the whole report; what is empty was not found."""

    region: str = ""
    place: str = ""
    period: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    layout: str = ""

    @property
    def span(self) -> Period:
        """The period; the facts are complete."""
        return Period.parse(self.period)

    @property
    def id(self) -> str:
        """The name of the report's file."""
        place = self.place if self.place != self.region else ""
        return "_".join(filter(None, (self.region, place, self.period.replace("/", "-"))))


def find_facts(document: Document, catalogue: Catalogue, reports: Sequence[Report], said: Mapping[str, str]) -> Facts:
    """What the document tells, and what was `said` (by the names of Facts) before that.

    MissingError where the region or the period is not to be found.
    """
    lines = list(_list_lines(document))
    place = _find_place(lines, catalogue, said)
    region = said.get("region") or _find_region(lines, catalogue, place)
    period = said.get("period") or _find_period(lines)
    if missing := tuple(name for name, found in (("region", region), ("period", period)) if not found):
        raise MissingError(document.name, missing)
    known = [report for report in reports if report.region == region]
    default = f"Veilig Thuis {catalogue.places[region].label}"
    publisher = said.get("publisher") or next((report.publisher for report in known), default)
    own = place.id if place and place.region == region else region
    title = said.get("title") or _find_title(lines, Period.parse(period), publisher, catalogue.places[own])
    return Facts(region, own, Period.parse(period).id, title, publisher, said.get("url", ""))


def _list_lines(document: Document) -> Iterable[str]:
    yield from (line for line in document.lines if line.strip())
    yield from (line for table in document.tables for line in table.before if line.strip())


def _find_place(lines: Sequence[str], catalogue: Catalogue, said: Mapping[str, str]) -> Place | None:
    """The gemeente that the first lines name as such; none where they name more than one."""
    gemeenten = {fold(text): p for p in catalogue.places.values() if p.kind == "gemeente" for text in (p.label, p.id)}
    if place := said.get("place"):
        return gemeenten.get(fold(place)) or catalogue.places.get(place)
    named = (_GEMEENTE.findall(line) for line in lines[:_FIRST_LINES])
    found = {gemeenten[fold(name)].id for names in named for name in names if fold(name) in gemeenten}
    return catalogue.places[found.pop()] if len(found) == 1 else None


def _find_region(lines: Sequence[str], catalogue: Catalogue, place: Place | None) -> str:
    """The region of the place, or the one that “Veilig Thuis …” names most."""
    if place:
        return place.region or ""
    text = fold(" ".join(lines))
    regions = [p for p in catalogue.places.values() if p.kind == "region"]
    named = Counter({p.id: text.count(f"veiligthuis{fold(p.label)}") for p in regions})
    (best, count), *others = named.most_common(2)
    return best if count and count > others[0][1] else ""


def _find_period(lines: Sequence[str]) -> str:
    """The period that the first lines or headings name; none where they name more than one in the same way."""
    for form in _PERIODS:
        found = (match for line in lines[:_FIRST_LINES] for match in form.finditer(line))
        named = [match.groupdict().get("year") or match.group().replace("van", "") for match in found]
        if named:
            periods = {period.id for text in named if (period := find_period(text, None))}
            return periods.pop() if len(periods) == 1 else ""
    return ""


def _find_title(lines: Sequence[str], period: Period, publisher: str, place: Place) -> str:
    """The first line, where it says what the document is; else one of our own making."""
    first = " ".join(lines[0].split()) if lines else ""
    if 10 < len(first) < 100 and (str(period.year) in first or "veilig thuis" in first.lower()):
        return first
    about = f", gemeente {place.label}" if place.kind == "gemeente" else ""
    return f"Rapportage {period.label}{about}, {publisher}"
