"""What report files may name: indicators, categories, places and terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, TypeVar

from vt.model.counting import Counting, SourceCountings
from vt.model.geweld import GEWELD
from vt.model.period import Period
from vt.model.stories import Story

UNITS = ("aantal", "procent", "fte")
INCIDENT, _, ORGANISATION = ABOUT = ("incident", "decision", "organisation")
TOTAL = "totaal"
COUNTRY = "nederland"  # the id of the land
REGION = "regio "  # with which the name of a region begins that a gemeente has too


@dataclass(frozen=True)
class Norm:
    """A level that a percentage is held against, and who says so; `within` is the legal term that it is about."""

    value: float
    label: str
    source: str
    within: str = ""


@dataclass(frozen=True)
class Noun:
    """What is counted, in a sentence: one melding, many meldingen; as text the plural."""

    one: str
    many: str

    def __str__(self) -> str:
        return self.many

    def __add__(self, suffix: str) -> "Noun":
        return self.change(lambda text: text + suffix)

    def change(self, wording: Callable[[str], str]) -> "Noun":
        """Both forms, worded otherwise."""
        return Noun(wording(self.one), wording(self.many))


def lower_first(label: str) -> str:
    """A label as it stands in a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@dataclass(frozen=True)
class Indicator:
    """What is counted. Indicators with the same `counts` count the same things, split in other ways.

    `split` is the indicator that has it by KM/HG/OM, `nearest` what comes nearest in a source that does not have it,
    `section` its place on the page of its topic, `grouped_as` what its many classes are called once they are grouped.
    `about` is one of ABOUT: what people report, what Veilig Thuis decides, or Veilig Thuis itself. `verb` leads from
    what is counted to a class: one komt van, many komen van. `beside` is the indicator that reports have of the same
    thing, where this one is that of CBS for places that have both. `part_of` is the one that this is a part of.
    """

    id: str
    label: str
    unit: str
    noun: Noun
    topic: str
    definition: str
    counts: str = ""
    classification: str | None = None
    caveat: str | None = None
    norm: Norm | None = None
    verb: Noun = Noun("valt onder", "vallen onder")
    split: str | None = None
    nearest: str | None = None
    section: str | None = None
    grouped_as: str | None = None
    about: str | None = None
    beside: str | None = None
    part_of: str | None = None

    def name_counted(self, geweld: str) -> Noun:
        """What is counted of a kind of geweld: meldingen over kindermishandeling."""
        kind = GEWELD[geweld]
        if not kind.code or kind.name in self.noun.many:
            return self.noun
        return self.noun + f" {'over' if self.about == INCIDENT else 'bij'} {kind.name}"

    @property
    def is_about_organisation(self) -> bool:
        """Whether it tells of the organisation itself, so that it says nothing of the inhabitants of a place."""
        return self.about == ORGANISATION

    @property
    def counts_people(self) -> bool:
        """Whether a small number of it can tell of people: it is a count, and not one of the organisation itself."""
        return self.unit == "aantal" and not self.is_about_organisation

    @property
    def usual_kind(self) -> str:
        """The kind of figure that shows it on the page of its topic."""
        return "norms" if self.norm else "categories" if self.classification else "places"


@dataclass(frozen=True)
class Topic:
    """What a page is about: its indicators in the order of the catalogue, and the headings of its sections."""

    id: str
    label: str
    sections: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    def by_section(self) -> list[tuple[str, tuple[Indicator, ...]]]:
        """The headings, each with its indicators; those that name none are under the first, "" where there is none."""
        headings = self.sections or ("",)
        first = headings[0]
        return [(text, tuple(i for i in self.indicators if (i.section or first) == text)) for text in headings]


@dataclass(frozen=True)
class Group:
    """A class of reporters or parties that all regions share; `said` is how a sentence names it."""

    id: str
    label: str
    said: str = ""
    parent: str | None = None


@dataclass(frozen=True)
class Category:
    """A member of a classification; `said` is how a sentence names it, `rest` marks anders, overig and onbekend."""

    classification: str
    name: str
    label: str
    short: str = ""
    said: str = ""
    geweld: str | None = None
    group: str | None = None
    rest: bool = False
    printed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Unique over all classifications: aard/partnergeweld."""
        return f"{self.classification}/{self.name}"


class Change(NamedTuple):
    """A gemeente or region that became part of a place on a day, or no longer is (`leaves`); whole, or divided."""

    place: str
    label: str
    day: date
    is_whole: bool
    leaves: bool = False


@dataclass(frozen=True)
class Place:
    """A land, region, gemeente or rest group; inhabitants on 1 January as (low, high) by year.

    `also` is how else it is called; `is_namesake` where a region and a gemeente share its name. `since` is its first
    day, where that is after 2019; `gone` the first day on which it was no more, `into` what it went into: in data by id
    or code, and by name once read from a database, and so are its `changes`.
    """

    id: str
    label: str
    kind: str
    region: str | None = None
    code: str | None = None
    province: str | None = None
    inhabitants: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    also: str = ""
    is_namesake: bool = False
    since: date | None = None
    gone: date | None = None
    into: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def said(self) -> str:
        """Its name in a text, where a region can be meant as well."""
        return f"gemeente {self.label}" if self.is_namesake and self.kind == "gemeente" else self.label

    @property
    def bare(self) -> str:
        """Its name where the words beside it say what it is."""
        return self.label.removeprefix(REGION)

    def is_there(self, day: date) -> bool:
        return (self.since or day) <= day and (self.gone is None or day < self.gone)

    def find_break(self, period: Period) -> date | None:
        """The day within a period on which it came or went: what is counted in it is of a part of the period."""
        days = [day for day in (self.since, self.gone) if day]
        return next((day for day in days if period.start < _count_months(day) < period.end), None)


def _count_months(day: date) -> float:
    """The months since the year 0 before a day, as a period counts them."""
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31


Spelled = TypeVar("Spelled", Category, Place)


@dataclass(frozen=True)
class PopulationSource:
    """Where numbers of inhabitants come from, and the day on which they were fetched, where known."""

    label: str
    note: str
    accessed: date | None = None


@dataclass(frozen=True)
class Term:
    """A term of the field, in our own words, and the indicators whose figures need it."""

    term: str
    definition: str
    abbreviation: str | None = None
    indicators: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Catalogue:
    """Everything that report files may name, and how sources count, by publisher or id of a report.

    Classifications are by id with their label.
    """

    topics: Mapping[str, Topic]
    indicators: Mapping[str, Indicator]
    classifications: Mapping[str, str]
    categories: Mapping[str, tuple[Category, ...]]
    groups: Mapping[str, Group]
    places: Mapping[str, Place]
    terms: tuple[Term, ...]
    sources: tuple[PopulationSource, ...]
    stories: tuple[Story, ...] = ()
    countings: Mapping[str, SourceCountings] = field(default_factory=dict)

    def find_counting(self, publisher: str, report: str, indicator: str) -> Counting:
        """How a report counts an indicator: what is stated of the report goes before what is of its publisher."""
        known = [self.countings[id_] for id_ in (publisher, report) if id_ in self.countings]
        name = next((source.name for source in known if source.name), publisher)
        told = {aspect: said for source in known for aspect, said in source.state(indicator).items()}
        return Counting(name, {aspect: said for aspect, said in told.items() if said})

    def add_labels(self, labels: Mapping[str, Mapping[str, str]]) -> "Catalogue":
        """The same with other spellings, by classification or “place”: as printed, and the known one that is meant."""
        if not any(labels.values()):
            return self
        categories = {
            id_: tuple(_spell(member, labels.get(id_, {})) for member in members)
            for id_, members in self.categories.items()
        }
        places = {id_: _spell(place, labels.get("place", {})) for id_, place in self.places.items()}
        return replace(self, categories=categories, places=places)

    def find_category(self, classification: str, label: str) -> Category | None:
        """The member that a printed label names."""
        return next((c for c in self.categories.get(classification, ()) if label in {c.label, *c.printed}), None)

    def find_place(self, label: str, region: str | None) -> Place | None:
        """The place that a printed label names in a report of this region; a gemeente goes before its region."""
        near = sorted(self._list_near(region), key=lambda place: place.id == region)
        return next((p for p in near if label in {p.label, p.id, *p.printed}), None)

    def list_place_labels(self, region: str | None) -> list[str]:
        """The labels that a report of this region can use."""
        return [place.label for place in self._list_near(region)]

    def _list_near(self, region: str | None) -> list[Place]:
        """The region with what lies in it; every place where the region is not known."""
        return [p for p in self.places.values() if region is None or region in (p.region, p.id)]


def _spell(member: Spelled, labels: Mapping[str, str]) -> Spelled:
    """A class or a place with the spellings that stand for it as well."""
    names = {member.label, *member.printed}
    own: tuple[str, ...] = tuple(printed for printed, meant in labels.items() if meant in names)
    return replace(member, printed=(*member.printed, *own)) if own else member
