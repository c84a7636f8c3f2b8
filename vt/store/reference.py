"""What pages need to know beside the numbers: indicators, places, tables, coverage."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from statistics import mean
from typing import NamedTuple, TypeVar

from vt.model.catalogue import REGION, Change, Indicator, Norm, Noun, Place, PopulationSource, Term, Topic
from vt.model.counting import Aspect, Counting, Statement
from vt.model.measures import Measure
from vt.model.period import Period
from vt.model.report import STATLINE
from vt.model.stories import Story, StoryFigure, StorySlide
from vt.store.numbers import Slice
from vt.store.verdicts import Doubted, Revised, read_doubted, read_revised

Key = TypeVar("Key")
MOST_REGIONS = 4  # beside each other, where none is chosen


@dataclass(frozen=True)
class SourceTable:
    """Where a number was printed."""

    id: int
    report: str
    report_title: str
    publisher: str
    number: str
    heading: str
    indicator: str
    place: str
    period: str
    is_prose: bool
    caveat: str | None
    differences: tuple[str, ...]
    sequences: tuple[str, ...]  # rows that lost their blanks and were not worked out
    address: str  # stays the same from build to build: ijsselland_2021/4.1/2
    counting: Counting
    published: str | None = None  # the day on which the report came out
    doubted: tuple[Doubted, ...] = ()

    def find_doubts(self, shown: Slice) -> list[Doubted]:
        """What the checks found about numbers of it."""
        return [doubted for doubted in self.doubted if doubted.touches(shown, self.place)]

    @property
    def is_of_statline(self) -> bool:
        """Whether it is a table of CBS that was brought in whole: its numbers are of every place, and of no page."""
        return self.report_title.endswith(STATLINE)


class CitedRemark(NamedTuple):
    """What a report says about a term, in our own words; `citation` names the report and its chapter."""

    report: str
    citation: str
    text: str


class Entry(NamedTuple):
    """A term of the glossary with what the reports say about it."""

    term: Term
    remarks: tuple[CitedRemark, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """What is there for one indicator, place and period: the geweld with a total, and the geweld of its classes."""

    period: Period
    geweld: frozenset[str]
    class_geweld: frozenset[str]
    tables: tuple[int, ...]  # more than one where a year is the sum of halves that stand in two

    @property
    def has_categories(self) -> bool:
        """Whether the number is also split by class."""
        return bool(self.class_geweld)


class RestGroup(NamedTuple):
    """What of a region's total lies outside its gemeenten; where it is large, a change of the total may be all its."""

    region: str
    label: str
    members: int
    gemeenten: float
    rest: float
    total: float
    is_large: bool
    told_by: str  # the indicator that has the rest groups: its own, or another of the same things


@dataclass(frozen=True, eq=False)
class Metadata:
    """All that pages need to know beside the numbers, in the order of the catalogue; read once per database."""

    topics: Mapping[str, Topic]
    indicators: Mapping[str, Indicator]
    places: Mapping[str, Place]
    population: Mapping[tuple[str, int], float]
    tables: Mapping[int, SourceTable]
    coverage: Mapping[tuple[str, str], tuple[Coverage, ...]]
    contested: Mapping[tuple[str, str, str, str], float]  # totals as printed, by indicator, place, period and geweld
    rest_groups: Mapping[tuple[str, str, str, str], RestGroup]  # by indicator, place, period and geweld
    revised: Mapping[int, tuple[Revised, ...]]
    regions_covered: frozenset[str]
    data_version: str
    built_at: str
    stories: tuple[Story, ...] = ()
    glossary: tuple[Entry, ...] = ()
    grouped: frozenset[str] = frozenset()  # classifications with groups that all regions share
    coarse: frozenset[str] = frozenset()  # those of which a group has hardly ever two classes
    gemeenten: Mapping[str, Place] = field(default_factory=dict)  # known by name alone, by code

    @cached_property
    def tables_by_address(self) -> Mapping[str, SourceTable]:
        """The printed tables by what a link calls them."""
        return {table.address: table for table in self.tables.values()}

    def covered(self, indicator: str, place: str) -> tuple[Coverage, ...]:
        """The periods for which there is a number, in order of time; none where the place has none."""
        return self.coverage.get((indicator, place), ())

    def places_with_data(self) -> list[Place]:
        """Every place that has a number, in the order of the catalogue."""
        return [place for place in self.places.values() if place.id in self.known]

    @cached_property
    def has_statline(self) -> bool:
        """Whether a table of StatLine is in."""
        return any(table.is_of_statline for table in self.tables.values())

    @cached_property
    def known(self) -> frozenset[str]:
        """The places that have a number."""
        return frozenset(place for _, place in self.coverage)

    @cached_property
    def holds_country(self) -> bool:
        """Whether so many regions have numbers that they do not all stand beside each other."""
        return sum(self.places[id_].kind == "region" for id_ in self.known) > MOST_REGIONS

    @cached_property
    def elsewhere(self) -> Mapping[str, Place]:
        """The gemeenten, and after those the regions, that have no number, and no gemeente with one."""
        known = self.known | self.regions_covered
        without = (p for p in self.places.values() if p.id not in known and p.kind in ("region", "gemeente"))
        found = sorted((*without, *self.gemeenten.values()), key=lambda place: (place.kind, place.label))
        return {place.id: place for place in found}

    @cached_property
    def of_cbs(self) -> Mapping[str, str]:
        """The indicators of which CBS's numbers are another, for places that have it in a report; and that other."""
        return {each.beside: each.id for each in self.indicators.values() if each.beside}

    @cached_property
    def comparable(self) -> tuple[Indicator, ...]:
        """The indicators that more than one gemeente has."""
        having = Counter(name for name, place in self.coverage if self.places[place].kind == "gemeente")
        return tuple(each for each in self.indicators.values() if having[each.id] > 1)

    def of_topics(self, topics: Collection[str]) -> list[str]:
        """The indicators of these topics, or of all where none is named."""
        return [each.id for each in self.indicators.values() if not topics or each.topic in topics]

    def inhabitants(self, place: str, period: Period) -> float | None:
        """Inhabitants on 1 January of the year that the period is of; of several years their mean, if each is known."""
        years = range(period.year, period.last_year + 1)
        if len(years) == 1:
            return self.population.get((place, period.year))
        known = [self.population[place, year] for year in years if (place, year) in self.population]
        return mean(known) if known and len(known) == len(years) else None


def read_metadata(db: sqlite3.Connection) -> Metadata:
    """Read what does not depend on a visitor's choice."""
    build = dict(db.execute("SELECT key, value FROM build").fetchall())
    indicators, gemeenten = _read_indicators(db), _read_places(db, db.execute(_GEMEENTEN))
    places = _add_changes(_read_places(db, db.execute(_PLACES)), gemeenten)
    known = (*places.values(), *gemeenten.values())
    return Metadata(
        topics=_read_topics(db, indicators.values()),
        indicators=indicators,
        places=_tell_apart(places, known),
        population={(p, y): n for p, y, n in db.execute("SELECT place, year, inhabitants FROM population")},
        tables=_read_tables(db),
        coverage=_read_coverage(db),
        contested={
            (indicator, place, period, geweld): printed
            for indicator, place, period, geweld, printed in db.execute(
                "SELECT indicator, place, period, geweld, printed FROM contested WHERE category = ''"
            )
        },
        rest_groups=_read_rest_groups(db),
        revised=read_revised(db),
        regions_covered=frozenset(row[0] for row in db.execute("SELECT region FROM report")),
        data_version=build["data_version"],
        built_at=build["built_at"],
        stories=read_stories(db),
        glossary=tuple(_read_glossary(db)),
        grouped=frozenset(
            row[0] for row in db.execute("SELECT classification FROM category WHERE category_group IS NOT NULL")
        ),
        coarse=frozenset(
            row[0]
            for row in db.execute(
                "SELECT classification FROM category GROUP BY classification"
                " HAVING count(DISTINCT category_group) * 2 > count(*)"
            )
        ),
        gemeenten=_tell_apart(gemeenten, known),
    )


def read_stories(db: sqlite3.Connection) -> tuple[Story, ...]:
    """The ready stories with their slides, in the order of the catalogue."""
    indicators: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    rows = db.execute("SELECT story, slide, alternative, indicator FROM story_indicator ORDER BY position")
    for story, slide, alternative, name in rows:
        indicators[story, slide, alternative].append(name)
    slides: dict[str, dict[int, StorySlide]] = defaultdict(dict)
    for story, slide, alternative, spoken, measure, form, label in db.execute(
        "SELECT story, slide, alternative, spoken, measure, form, label FROM story_slide ORDER BY slide, alternative"
    ):
        figure = StoryFigure(form, tuple(indicators[story, slide, alternative]), label)
        before = slides[story][slide].figures if slide in slides[story] else ()
        slides[story][slide] = StorySlide(spoken, (*before, figure), Measure[measure] if measure else None)
    rows = db.execute("SELECT id, title, question, meant_for, story_group FROM story ORDER BY position")
    return tuple(
        Story(id_, title, question, meant_for, tuple(slides[id_].values()), group)
        for id_, title, question, meant_for, group in rows
    )


def read_class_labels(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The classes of each classification, as they are shown."""
    return _group_texts(db.execute("SELECT classification, label FROM category ORDER BY position"))


def read_population_sources(db: sqlite3.Connection) -> list[PopulationSource]:
    """Where the numbers of inhabitants come from."""
    rows = db.execute("SELECT label, note, accessed FROM population_source ORDER BY rowid")
    return [PopulationSource(label, note, date.fromisoformat(day) if day else None) for label, note, day in rows]


def _read_indicators(db: sqlite3.Connection) -> dict[str, Indicator]:
    rows = db.execute(
        """
        SELECT id, label, unit, noun_one, noun_many, topic, definition, counts, classification, caveat,
            norm, norm_label, norm_source, norm_within, verb_one, verb_many, split, nearest, section, grouped_as, about,
            beside, part_of
        FROM indicator ORDER BY position
        """
    )
    indicators = {}
    for id_, label, unit, one, many, topic, definition, counts, classification, caveat, *rest in rows:
        norm = Norm(*rest[:4]) if rest[0] is not None else None
        before = (topic, definition, counts, classification, caveat)
        indicators[id_] = Indicator(id_, label, unit, Noun(one, many), *before, norm, Noun(*rest[4:6]), *rest[6:])
    return indicators


def _read_glossary(db: sqlite3.Connection) -> Iterator[Entry]:
    """The terms of the field, in alphabetical order as the catalogue gives them."""
    indicators: dict[str, list[str]] = defaultdict(list)
    for term, indicator in db.execute("SELECT term, indicator FROM glossary_indicator"):
        indicators[term].append(indicator)
    remarks: dict[str, list[CitedRemark]] = defaultdict(list)
    rows = db.execute(
        "SELECT term, report, title, chapter, text FROM remark JOIN report ON report.id = report ORDER BY remark.rowid"
    )
    for term, report, title, chapter, text in rows:
        remarks[term].append(CitedRemark(report, f"{title}, hoofdstuk {chapter}", text))
    for term, meaning, abbreviation in db.execute("SELECT term, definition, abbreviation FROM glossary ORDER BY rowid"):
        yield Entry(Term(term, meaning, abbreviation, frozenset(indicators[term])), tuple(remarks[term]))


def _read_topics(db: sqlite3.Connection, indicators: Collection[Indicator]) -> dict[str, Topic]:
    sections: dict[str, list[str]] = defaultdict(list)
    for topic, heading in db.execute("SELECT topic, heading FROM topic_section ORDER BY position"):
        sections[topic].append(heading)
    rows = db.execute("SELECT id, label FROM topic ORDER BY position")
    return {
        id_: Topic(id_, label, tuple(sections[id_]), tuple(each for each in indicators if each.topic == id_))
        for id_, label in rows
    }


_PLACES = "SELECT id, label, kind, region, code, province, since, gone, also FROM place ORDER BY rowid"
_GEMEENTEN = "SELECT code, label, 'gemeente', region, code, NULL, since, gone, also FROM gemeente ORDER BY label"


def _read_places(db: sqlite3.Connection, rows: sqlite3.Cursor) -> dict[str, Place]:
    into = _group_texts(db.execute("SELECT place, label FROM successor ORDER BY label"))
    places = {}
    for id_, label, kind, region, code, province, *days, also in rows:
        since, gone = (date.fromisoformat(day) if day else None for day in days)
        own = (id_, label, kind, region, code, province)
        places[id_] = Place(*own, also=also, since=since, gone=gone, into=tuple(into[id_]))
    return places


def _add_changes(places: Mapping[str, Place], others: Mapping[str, Place]) -> dict[str, Place]:
    """The places, each with what became part of it; a region too, where a gemeente went to another region."""
    known = {**others, **places}
    by_name = {(place.kind, place.label): place for place in known.values()}
    changes: dict[str, list[Change]] = defaultdict(list)
    for place in known.values():
        targets = [by_name[place.kind, label] for label in place.into]
        if place.gone and targets:
            moved = Change(place.id, place.label, place.gone, len(targets) == 1)
            regions = {target.region or "" for target in targets} - {place.region or ""}
            for id_ in {*(target.id for target in targets), *regions}:
                changes[id_].append(moved)
            if regions and place.kind == "gemeente":
                changes[place.region or ""].append(moved._replace(leaves=True))
    return {id_: replace(place, changes=tuple(changes[id_])) for id_, place in places.items()}


def _tell_apart(places: Mapping[str, Place], known: Iterable[Place]) -> dict[str, Place]:
    """The places, in which a region and a gemeente of one name are called what they are."""
    names: dict[str, set[str]] = defaultdict(set)
    for place in known:
        names[place.label].add(place.kind)
    shared = {label for label, kinds in names.items() if {"region", "gemeente"} <= kinds}
    return {id_: _say_kind(place) if place.label in shared else place for id_, place in places.items()}


def _say_kind(place: Place) -> Place:
    return replace(place, is_namesake=True, label=f"{REGION if place.kind == 'region' else ''}{place.label}")


def _read_tables(db: sqlite3.Connection) -> dict[int, SourceTable]:
    differences = _group_texts(db.execute("SELECT source_table, explanation FROM difference ORDER BY id"))
    sequences = _group_texts(
        db.execute(
            """
            SELECT source_table, label FROM source_row
            WHERE is_sequence AND source_table NOT IN (SELECT source_table FROM known_sum)
            ORDER BY position
            """
        )
    )
    stated, doubted = _read_stated(db), read_doubted(db)
    rows = db.execute(
        """
        SELECT t.id, t.report, r.title, r.publisher, t.number, t.heading, t.indicator, t.place, t.period, t.is_prose,
            t.caveat, r.source, r.published
        FROM source_table AS t JOIN report AS r ON r.id = t.report ORDER BY t.id
        """
    )
    tables = {}
    seen: Counter[tuple[str, str]] = Counter()
    for id_, report, title, publisher, number, heading, indicator, place, period, is_prose, caveat, source, day in rows:
        seen[report, number] += 1
        own = (id_, report, title, publisher, number, heading, indicator, place, period, bool(is_prose), caveat)
        address = f"{report}/{number}/{seen[report, number]}"
        counting = Counting(source, stated[report, indicator])
        texts = tuple(differences[id_]), tuple(sequences[id_])
        tables[id_] = SourceTable(*own, *texts, address, counting, day, doubted.get(id_, ()))
    return tables


def _read_stated(db: sqlite3.Connection) -> dict[tuple[str, str], dict[Aspect, Statement]]:
    """What each report states of how it counts an indicator."""
    stated: dict[tuple[str, str], dict[Aspect, Statement]] = defaultdict(dict)
    for report, indicator, aspect, value, where in db.execute(
        "SELECT report, indicator, aspect, value, stated_in FROM counting"
    ):
        stated[report, indicator][Aspect(aspect)] = Statement(value, where)
    return stated


def _group_texts(rows: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    """The second column by the first."""
    texts: dict[Key, list[str]] = defaultdict(list)
    for id_, text in rows:
        texts[id_].append(text)
    return texts


def _read_coverage(db: sqlite3.Connection) -> dict[tuple[str, str], tuple[Coverage, ...]]:
    coverage: dict[tuple[str, str], list[Coverage]] = defaultdict(list)
    kinds = cache(lambda text: frozenset(text.split(",")) if text else frozenset())
    period = cache(Period.parse)
    rows = db.execute("SELECT indicator, place, period, geweld, class_geweld, source_tables FROM coverage")
    tables = cache(lambda text: tuple(map(int, text.split(","))))
    for indicator, place, period_id, whole, classes, sources in rows:
        of_classes = kinds(classes)
        made = Coverage(period(period_id), kinds(whole) or of_classes, of_classes, tables(sources))
        coverage[indicator, place].append(made)
    return {key: tuple(sorted(items, key=lambda item: item.period)) for key, items in coverage.items()}


def _read_rest_groups(db: sqlite3.Connection) -> dict[tuple[str, str, str, str], RestGroup]:
    """Those of totals of which the rest is large in any year."""
    rows = db.execute(
        """
        SELECT g.indicator, g.place, g.period, g.geweld, p.label, g.label, members, gemeenten, rest, total, is_large,
            told_by
        FROM rest_group AS g JOIN place AS p ON p.id = g.place
        WHERE (g.indicator, g.place) IN (SELECT indicator, place FROM rest_group WHERE is_large)
        """
    )
    return {
        (indicator, place, period, geweld): RestGroup(
            region, label, members, gemeenten, rest, total, bool(is_large), by
        )
        for indicator, place, period, geweld, region, label, members, gemeenten, rest, total, is_large, by in rows
    }
