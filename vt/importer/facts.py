"""What a document is about: its region, place, period, title and publisher, as far as it says so itself."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from vt.errors import did_you_mean
from vt.importer.form import Document, MissingError, UnreadableError
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
        r"(?:rapportage|jaarverslag|jaarrapport|jaarcijfers|cijfers|\bjaar)\s+(?:over\s+)?(?P<year>20\d{2})\b",
        re.IGNORECASE,
    ),
)
_GEMEENTE = re.compile(r"\b[Gg]emeente:?\s+([A-Z'’][\w'’-]*(?:[ -][A-Z][\w'’-]*)*)")
_FIRST_LINES, _CLOSE = 40, 0.6


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

    MissingError where the region or the period is not to be found, or the gemeente that it names is not known;
    UnreadableError where what was said is not known.
    """
    lines = list(_list_lines(document))
    said = {**said, **_check_said(said, catalogue)}
    place = catalogue.places.get(said.get("place", "")) or _find_place(lines, catalogue)
    if place is None and (hint := _tell_unknown(lines, catalogue, said.get("region", ""))):
        raise MissingError(document.name, ("place",), hint)
    region = said.get("region") or _find_region(lines, catalogue, place)
    period = said.get("period") or _find_period(lines)
    if missing := tuple(name for name, value in (("region", region), ("period", period)) if not value):
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


def _check_said(said: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """The places and the period that were said, by their ids; UnreadableError where one is not known."""
    checked = {}
    for name, kind in (("region", "region"), ("place", "gemeente")):
        if text := said.get(name):
            known = {fold(t): p for p in catalogue.places.values() if p.kind == kind for t in (p.label, p.id)}
            if fold(text) not in known:
                ids = sorted({place.id for place in known.values()})
                meant = f"bekend: {', '.join(ids)}" if kind == "region" else did_you_mean(text, ids)
                raise UnreadableError(f"--{name}: “{text}” is niet bekend; {meant}")
            checked[name] = known[fold(text)].id
    if len(checked) == 2 and catalogue.places[checked["place"]].region != checked["region"]:
        raise UnreadableError(f"--place: “{said['place']}” ligt niet in de regio {said['region']}.")
    if text := said.get("period"):
        checked["period"] = _parse_said(text)
    return checked


def _parse_said(text: str) -> str:
    try:
        return Period.parse(text).id
    except ValueError:
        raise UnreadableError(f"--period: “{text}” is geen periode; bedoeld: 2021, 2021-H1 of 2021-Q2.") from None


def _list_gemeenten(lines: Sequence[str]) -> list[str]:
    """What the first lines call a gemeente, known or not; capitals alone, as KM in a head, are no name."""
    return [name for line in lines[:_FIRST_LINES] for name in _GEMEENTE.findall(line) if not name.isupper()]


def _find_place(lines: Sequence[str], catalogue: Catalogue) -> Place | None:
    """The gemeente that the first lines name as such; none where they name more than one."""
    known = {fold(text): p for p in catalogue.places.values() if p.kind == "gemeente" for text in (p.label, p.id)}
    ids = {known[fold(name)].id for name in _list_gemeenten(lines) if fold(name) in known}
    return catalogue.places[ids.pop()] if len(ids) == 1 else None


def _tell_unknown(lines: Sequence[str], catalogue: Catalogue, region: str) -> str:
    """That the one gemeente which the first lines name is not known, and which it may be; empty where it is."""
    near = [p for p in catalogue.places.values() if p.kind == "gemeente" and region in ("", p.region)]
    known = {fold(place.label): place for place in near}
    named = {fold(name): name for name in _list_gemeenten(lines)}
    if len(named) != 1:
        return ""
    ((folded, name),) = named.items()
    close = [known[text] for text in get_close_matches(folded, known, n=3, cutoff=_CLOSE)]
    is_alone = any(fold(line) == f"gemeente{folded}" for line in lines[:_FIRST_LINES])
    if folded in known or not (close or is_alone):
        return ""
    meant = " of ".join(f"“{place.label}” ({place.id})" for place in close)
    return f"Het gaat over de gemeente “{name}”, en die is niet bekend." + f" Bedoeld: {meant}?" * bool(close)


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
    """The period that the first lines or headings name; none where they name more than one in the same way, but where
    these are the parts of one that they name as well."""
    parts: set[Period] = set()
    for form in _PERIODS:
        matches = (match for line in lines[:_FIRST_LINES] for match in form.finditer(line))
        named = [match.groupdict().get("year") or match.group().replace("van", "") for match in matches]
        if named:
            periods = {period for text in named if (period := find_period(text, None))}
            whole = next(iter(periods)) if len(periods) == 1 else None
            if whole and (not parts or whole.is_filled(part for part in parts if whole.covers(part))):
                return whole.id
            parts |= periods
    return ""


def _find_title(lines: Sequence[str], period: Period, publisher: str, place: Place) -> str:
    """The first line, where it says what the document is; else one of our own making."""
    first = " ".join(lines[0].split()) if lines else ""
    if 10 < len(first) < 100 and (str(period.year) in first or "veilig thuis" in first.lower()):
        return first
    about = f", gemeente {place.label}" if place.kind == "gemeente" else ""
    return f"Rapportage {period.label}{about}, {publisher}"
