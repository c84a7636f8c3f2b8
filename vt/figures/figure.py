"""Figure: one thing that is shown everywhere — title, chart, table, sources, caveats, and what could not be answered.

The screen, a file and a slide are renderings of the same object, so that unit, filters, source and caveats can never
be left behind.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from vt.figures import wording
from vt.figures.chart import Chart, Legend, LineChart, NumberChart, cut_rows
from vt.figures.notices import Notice, join_regions
from vt.figures.selection import Selection
from vt.figures.table import Table
from vt.model.geweld import ALL_GEWELD, GEWELD
from vt.model.period import Period
from vt.model.report import STATLINE, STATLINE_CITED
from vt.store.reference import CitedRemark, Entry, SourceTable

FLAG_SIGN = "≠"


@dataclass(frozen=True)
class Source:
    """A printed table that a figure is drawn from."""

    address: str
    title: str
    publisher: str
    number: str
    heading: str
    is_prose: bool

    @classmethod
    def from_table(cls, table: SourceTable) -> "Source":
        return cls(table.address, table.report_title, table.publisher, table.number, table.heading, table.is_prose)

    @property
    def report(self) -> str:
        """The id of its report, with which its address begins."""
        return self.address.partition("/")[0]

    @property
    def kind(self) -> str:
        """What its number is of."""
        return "hoofdstuk" if self.is_prose else "tabel"

    @property
    def short(self) -> str:
        """The table alone, where the report is clear."""
        return f"{self.kind} {self.number}"

    @property
    def report_name(self) -> str:
        """The report as it is cited: publisher and title, the publisher once."""
        return self.title if self.publisher in self.title else f"{self.publisher}, {self.title}"

    @property
    def cited(self) -> str:
        """The report under a figure: of StatLine the number of the table, which follows, is its name."""
        return STATLINE_CITED if self.title.endswith(STATLINE) else self.report_name

    @property
    def text(self) -> str:
        """How the source is named by itself."""
        return f"{self.report_name}, {self.short}"


def cite(sources: Sequence[Source]) -> list[str]:
    """The sources as they stand under a figure: each report once, with its tables."""
    by_report: dict[str, dict[str, dict[str, None]]] = {}
    for source in sources:
        by_report.setdefault(source.cited, {}).setdefault(source.kind, {})[source.number] = None
    return [
        f"{report}, {wording.join_words([_name_tables(kind, [*numbers]) for kind, numbers in kinds.items()])}"
        for report, kinds in by_report.items()
    ]


def _name_tables(kind: str, numbers: Sequence[str]) -> str:
    """Tables in the order of their numbers: tabel 1.2, 1.10 en 1.C."""

    def order(number: str) -> list[tuple[bool, int, str]]:
        return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in number.split(".")]

    return f"{kind} {wording.join_words(sorted(numbers, key=order))}"


@dataclass(frozen=True)
class Subject:
    """What a figure is about: what is counted, where, when, in which unit, and of which geweld.

    `is_provisional` where its publisher calls a number of it provisional; `ids` are those of whose numbers it has;
    `ended` says of places that were no more before the end of a period what they went into.
    """

    label: str
    places: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    unit: str = ""
    geweld: str = ALL_GEWELD
    is_provisional: bool = False
    ids: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it on one line."""
        return _join_parts([self.label, *self._parts])

    @property
    def brief(self) -> str:
        """What is counted and when: for where the title above it says of whom."""
        return _join_parts([self.label, _name_once(period.label for period in self.periods)])

    def tell_beside(self, whole: "Subject") -> str:
        """The line without what is said of the whole that it is a part of."""
        return _join_parts([self.label, *(part for part in self._parts if part not in whole._parts)])

    @property
    def scope(self) -> str:
        """The line without what is counted."""
        return _join_parts(self._parts)

    @property
    def _parts(self) -> list[str]:
        kind = f"alleen {GEWELD[self.geweld].name}" if self.geweld != ALL_GEWELD else ""
        places = wording.list_places(self.places)
        labels = places if len(places) <= wording.MOST_NAMED else [f"{len(places)} plaatsen"]
        return [kind, _name_once(labels), _name_once(period.label for period in self.periods), self.unit]


def _join_parts(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))


def _name_once(names: Iterable[str]) -> str:
    return wording.join_words(list(dict.fromkeys(names)))


class Flag(NamedTuple):
    """What the checks found: a sentence, the table it is about, and its numbers in the sheet as (row, column); `sign`
    stands at each, and is empty where nothing is wrong. `used` says which number is used here."""

    found: str
    table: str
    cells: frozenset[tuple[int, int]]
    sign: str = FLAG_SIGN
    used: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.found} {self.used}".rstrip()

    @property
    def marked(self) -> str:
        """The sentence with its sign."""
        return f"{self.sign} {self.text}" if self.sign else self.text


class Explanation(NamedTuple):
    """What a word in a figure means, and what its reports say about it, each with where."""

    word: str
    meaning: str
    remarks: tuple[CitedRemark, ...] = ()

    @classmethod
    def from_entry(cls, entry: Entry, reports: Collection[str] | None = None) -> "Explanation":
        """An entry of the glossary with what these reports say about it, or all of them."""
        term = entry.term
        word = f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term
        return cls(word, term.definition, tuple(r for r in entry.remarks if reports is None or r.report in reports))


@dataclass(frozen=True)
class Figure:
    """What a visitor sees. `legend` has the roles that need a word, in the order they are read.

    `title` says what the numbers show; `beneath` what the chart leaves out, `beneath_whole` what it does where it has
    `more` rows as well; `sentences` say more of them, for who asks;
    so do `explanations` of its words; `flags` are what the checks found about them.
    """

    id: str
    title: str
    subject: Subject
    chart: Chart
    legend: Legend
    alt: str
    table: Table
    sources: tuple[Source, ...]
    caveats: tuple[str, ...]
    selection: Selection
    notices: tuple[Notice, ...] = ()
    beneath: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    beneath_whole: tuple[str, ...] = ()

    @property
    def whole(self) -> "Figure":
        """The figure with every row that its chart has, where there is room for more than a screen has."""
        full = cut_rows(self.chart)
        return self if full == self.chart else replace(self, chart=full, beneath=self.beneath_whole)

    @property
    def name(self) -> str:
        """What is drawn, whatever is chosen: a chart on a page that keeps its name is not drawn anew."""
        return f"Grafiek: {wording.close(self.subject.label)} De getallen staan in de tabel bij de titel."

    @property
    def finer_title(self) -> str:
        """What it is called after a figure of the same title: the same numbers over time, or divided further."""
        return f"{self.subject.label}{' over de tijd' if isinstance(self.chart, LineChart) else ', verder verdeeld'}"

    @property
    def drawn_legend(self) -> Legend:
        """The entries of the legend that are in the chart."""
        drawn = self.chart.drawn
        return tuple(entry for entry in self.legend if entry[0] in drawn)

    @property
    def summary(self) -> str:
        """The title and the sentences after it, for the ear."""
        return wording.speak(" ".join([f"{self.title}.", *self.sentences]))

    @property
    def subtitle(self) -> str:
        """What, where, when and in which unit, on one line."""
        return self.subject.text

    @property
    def doubted(self) -> frozenset[tuple[int, int]]:
        """The (row, column) of every number in the sheet that a doubt is about."""
        return frozenset(cell for flag in self.flags if flag.sign for cell in flag.cells)

    @property
    def has_contested_title(self) -> bool:
        """Whether a doubt is about the one number of all that it is about: its title tells it."""
        about = (self.table.about.get(at) for at in self.doubted)
        wholes = (each for each in about if each and not each.category and each.geweld == self.subject.geweld)
        is_one = len(self.table.rows) == 1 or isinstance(self.chart, NumberChart)
        return is_one and any(each.period == self.subject.periods[0].id for each in wholes)

    @property
    def flag_texts(self) -> tuple[str, ...]:
        """What the checks found, each with its sign."""
        return tuple(flag.marked for flag in self.flags)

    @property
    def notice_texts(self) -> tuple[str, ...]:
        """What could not be answered as asked, in sentences."""
        return tuple(notice.text for notice in self.told_notices)

    @property
    def told_notices(self) -> tuple[Notice, ...]:
        """The same as they are told, several regions at once."""
        return join_regions(self.notices)

    @property
    def said(self) -> tuple[object, ...]:
        """Every text beside the numbers that a page need not say twice."""
        found = (flag.found for flag in self.flags)
        return (*self.sentences, *self.explanations, *self.beneath, *self.notice_texts, *found, *self.caveats)

    @property
    def notes(self) -> tuple[str, ...]:
        """All that a reader must know: what is doubted, with its mark; what is not there; caveats."""
        return (*self.flag_texts, *self.notice_texts, *map(wording.capitalize, self.caveats))
