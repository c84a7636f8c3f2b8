"""What a printed label means: a place, a period, a kind of geweld, a class, a total, or what follows from others.

Labels are compared by their letters and digits alone, so that a line break, a hyphen or a space makes no difference.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from vt.model.catalogue import TOTAL, Catalogue
from vt.model.geweld import GEWELD_BY_CODE
from vt.model.period import MONTHS, Period

DERIVED, MEAN, NORM = "derived", "mean", "norm"
NONE = "geen"  # what a person says of a label, or a table, that does not belong

_LEFT_OUT = re.compile(r"[^\w+<>%&]|[_⁰¹²³⁴-⁹]")
_TOTALS = re.compile(
    r"(sub|eind|regio|jaar)?tota(al|len|le)|(heel|hele)?jaar$|(grand)?total$|som$|(alle)?gemeentensamen$|allegemeenten$"
)
_ROLES = (
    (re.compile(r"gem(iddeld|p|[1-4]|$)"), MEAN),
    (re.compile(r"norm|streefwaarde"), NORM),
    (
        re.compile(
            r"(in)?(verschil|verhouding|aandeel|percentage|procent|index|mutatie|toe(en)?(n?afname|name)|afname)"
        ),
        DERIVED,
    ),
    (re.compile(r"(in)?%|groei|ontwikkeling|tov"), DERIVED),
)
_REGION = ("Regio ", "Veilig Thuis ", "VT ", "")
_COUNTS = ("aantal", "aantallen", "n", "abs", "absoluut", "absolute")
_ORDINALS = {"eerste": "1", "tweede": "2", "derde": "3", "vierde": "4"}
_PERIODS = (
    (re.compile(r"(?P<year>\d{4})"), "{year}"),
    (re.compile(r"(?:jaar|heel)(?P<year>\d{4})"), "{year}"),
    (re.compile(r"(?P<part>[1-4])(?:e|ste|de)?kwartaal(?P<year>\d{4})?"), "{year}-Q{part}"),
    (re.compile(r"(?:q|k|kw|kwartaal)(?P<part>[1-4])(?P<year>\d{4})?"), "{year}-Q{part}"),
    (re.compile(r"(?P<year>\d{4})(?:q|kw)0?(?P<part>[1-4])"), "{year}-Q{part}"),
    (re.compile(r"(?P<part>[12])(?:e|ste|de)?halfjaar(?P<year>\d{4})?"), "{year}-H{part}"),
    (re.compile(r"(?:h|halfjaar)(?P<part>[12])(?P<year>\d{4})?"), "{year}-H{part}"),
    (re.compile(r"(?P<year>\d{4})(?:h|hj)0?(?P<part>[12])"), "{year}-H{part}"),
)
_MONTH = re.compile(
    r"(?P<name>[a-z]{3,9})\.?[ '’-]*(?P<year>\d{4}|\d{2})?|(?P<long>\d{4})-(?P<nth>\d{2})", re.IGNORECASE
)
_MONTH_NAMES = {text: n for n, name in enumerate(MONTHS, 1) for text in (name, name[:3])} | {"mrt": 3}


class Meaning(NamedTuple):
    """What a label names: the dimension, and how a report file writes the member (`totaal` for a total).

    Of a column that follows from others the dimension is DERIVED, MEAN or NORM.
    """

    dimension: str
    label: str
    is_worded: bool = False  # a kind of geweld by its name, which may be the end of a longer text as well


def fold(text: str) -> str:
    """The letters and digits of a text, without marks of footnotes: what two spellings of one label share."""
    return _LEFT_OUT.sub("", text.casefold())


def is_total(text: str) -> bool:
    """Whether a label says that its numbers are sums: Totaal, Subtotaal, Totalen per gemeente."""
    return _TOTALS.match(fold(text)) is not None


def is_count(text: str) -> bool:
    """Whether a label says only that its numbers are counts: Aantal, N, absoluut."""
    return fold(text) in _COUNTS


def find_role(text: str) -> str:
    """Whether a label says that its numbers follow from others: DERIVED, MEAN or NORM; else empty."""
    folded = fold(text)
    return next((role for form, role in _ROLES if form.match(folded)), "")


def find_period(text: str, year: int | None) -> Period | None:
    """The period that a label names; `year` is that of a label that names none."""
    folded = fold(text)
    for word, digit in _ORDINALS.items():
        folded = folded.replace(word, digit)
    for form, written in _PERIODS:
        if match := form.fullmatch(folded):
            said = {"year": year} | {name: part for name, part in match.groupdict().items() if part}
            return Period.parse(written.format(**said)) if said["year"] and 1990 < int(said["year"]) < 2100 else None
    if month := _find_month(text.strip(), year):
        return month
    if match := re.fullmatch(r"\s*(\d{4})\s?/\s?(\d{4})\s*", text):
        return Period.parse(f"{match[1]}/{match[2]}") if match[1] < match[2] else None
    return None


def _find_month(text: str, year: int | None) -> Period | None:
    """The month that a label names: jan-20, april 2021, 2021-04, and mei where the year is known."""
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    said = match["year"] or match["long"] or str(year or "")
    month = int(match["nth"]) if match["nth"] else _MONTH_NAMES.get(match["name"].lower(), 0)
    if not said or not 1 <= month <= 12:
        return None
    return Period(int(said if len(said) == 4 else f"20{said}") * 12 + month - 1, 1)


_GEWELD = {fold(text): code for code, kind in GEWELD_BY_CODE.items() for text in (code, kind.label)}


@dataclass(frozen=True)
class Words:
    """The labels that a report of this region and period can use; `aliases` are those that a person decided.

    `aliases` are by classification, or by “place”: how it is printed, and how a report file writes it.
    """

    catalogue: Catalogue
    region: str | None
    year: int | None
    aliases: Mapping[str, Mapping[str, str]]
    _spelled: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The places of the region, by their folded names; a gemeente goes before its region."""
        near = [place for place in self.catalogue.places.values() if self.region in (None, place.region, place.id)]
        near.sort(key=lambda place: place.kind == "region", reverse=True)
        called = (_REGION if place.kind == "region" else ("",) for place in near)
        names = {
            fold(prefix + text): text
            for place, prefixes in zip(near, called, strict=True)
            for prefix in prefixes
            for text in (place.label, *place.printed)
        }
        return names | self._list_aliases("place")

    def list_classes(self, classification: str | None) -> Mapping[str, str]:
        """The labels of a classification, by their folded spelling."""
        name = classification or ""
        if name not in self._spelled:
            members = self.catalogue.categories.get(name, ())
            spelled = {fold(text): text for member in members for text in (member.label, *member.printed)}
            self._spelled[name] = spelled | self._list_aliases(name)
        return self._spelled[name]

    def _list_aliases(self, about: str) -> dict[str, str]:
        return {fold(printed): meant for printed, meant in self.aliases.get(about, {}).items()}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Every label of rows or columns that there is, and of members without their group, by its folded spelling."""
        classes = (self.list_classes(name) for name in self.catalogue.classifications)
        labels = {name: label for known in (*classes, self.places) for name, label in known.items()}
        members = {fold(label.partition(" / ")[2]): label for label in labels.values() if " / " in label}
        return members | labels

    def knows(self, text: str) -> bool:
        """Whether a text is a label of any kind, whatever the table."""
        meaning = self.find(text)
        return fold(text) in self.labels or (meaning is not None and not meaning.is_worded)

    def find(self, text: str, classification: str | None = None, year: int | None = None) -> Meaning | None:
        """What a label means, of a table with these classes; None where it is not known. `year` is that of a period
        that names none."""
        folded = fold(text)
        label = self.list_classes(classification).get(folded)
        if NONE in (label, self.places.get(folded)):
            return Meaning(NONE, text.strip())
        if label:
            return Meaning("category", self._spell(text, classification) or label)
        if code := _GEWELD.get(folded):
            return Meaning("geweld", code, is_worded=folded != fold(code))
        if label := self.places.get(folded):
            return Meaning("place", label)
        if period := find_period(text, year or self.year):
            return Meaning("period", period.id)
        if is_total(text) or self._is_region_total(folded):
            return Meaning(TOTAL, TOTAL)
        return Meaning(role, text.strip()) if (role := find_role(text)) else None

    def _is_region_total(self, folded: str) -> bool:
        """Whether a label is that of the region with “totaal” behind it."""
        region = self.catalogue.places.get(self.region or "")
        return region is not None and folded in {fold(f"{prefix}{region.label}totaal") for prefix in _REGION}

    def _spell(self, text: str, classification: str | None) -> str:
        """The label as it is printed, where the catalogue has that very spelling."""
        category = self.catalogue.find_category(classification or "", text.strip())
        return text.strip() if category else ""

    def suggest(self, text: str, classification: str | None) -> tuple[str, ...]:
        """At most three labels that an unknown one may be."""
        known = self.list_classes(classification) if classification else self.places
        close = get_close_matches(fold(text), known, n=3, cutoff=0.5)
        return tuple(dict.fromkeys(known[name] for name in close))


def join_lines(lines: Iterable[str]) -> str:
    """Lines of one text as one; a word that was broken with a hyphen stays broken: labels are compared folded."""
    return " ".join(" ".join(line.split()) for line in lines if line.strip())
