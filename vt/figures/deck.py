"""A deck: figures in an order, each with what is said about it, and all that must go with them wherever they go.

Every file is made from a deck; a single figure is a deck of one slide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count

from vt.figures import wording
from vt.figures.chart import BarChart, ColumnChart, NumberChart, PairChart, WholeChart
from vt.figures.figure import Figure, Source, Subject, cite
from vt.model.catalogue import lower_first
from vt.model.geweld import ALL_GEWELD

OWN_TITLE = "Eigen titel van de maker van deze presentatie"
FEW, MOST_TOGETHER = 2, 4
OWN_REMARK = "Opmerking van de maker van deze presentatie"


@dataclass(frozen=True)
class Slide:
    """A figure in a deck; `own_title` stands instead of its title, `spoken` is said beside it.

    `apart` tells it from one before it with the same title.
    """

    figure: Figure
    own_title: str = ""
    spoken: str = ""
    apart: str = ""

    @property
    def title(self) -> str:
        """What stands above the figure."""
        title = self.own_title or self.figure.title
        return f"{title} ({self.apart})" if self.apart else title

    @property
    def subtitle(self) -> str:
        """What stands below the title: below one in a visitor's own words, whose they are and what the figure says."""
        if not self.own_title:
            return self.figure.subtitle
        return f"{OWN_TITLE}. De bevinding: {self.figure.title} · {self.figure.subtitle}"

    @property
    def is_small(self) -> bool:
        """Whether its chart is of so few bars that others have room beside it; none that names what it leaves out."""
        chart = self.figure.chart
        match chart:
            case NumberChart():
                return True
            case WholeChart():
                return len(chart.rows) == 1
            case PairChart():
                return len(chart.rows) <= FEW
            case ColumnChart():
                return len(chart.bars) <= FEW
            case BarChart():
                is_bare = not chart.rules and not self.figure.beneath
                return len(chart.rows) <= FEW and is_bare and all(len(row.bars) == 1 for row in chart.rows)
        return not chart.roles


def group_slides(slides: Sequence[Slide]) -> list[tuple[Slide, ...]]:
    """The slides in order, small ones that follow each other together."""
    groups: list[tuple[Slide, ...]] = []
    for slide in slides:
        fits = groups and slide.is_small and len(groups[-1]) < MOST_TOGETHER and all(s.is_small for s in groups[-1])
        if fits and not (slide.own_title or groups[-1][0].own_title):
            groups[-1] = (*groups[-1], slide)
        else:
            groups.append((slide,))
    return groups


def title_groups(groups: Sequence[Sequence[Slide]], chosen: Sequence[str] = ()) -> list[str]:
    """What stands above each: the finding of a slide by itself; no two alike. The chosen places come first."""
    titles: list[str] = []
    for group in groups:
        told = [group[0].title] if len(group) == 1 else list(_name_group(group, chosen))
        numbered = (f"{told[0]} ({number})" for number in count(2))
        titles.append(next(title for title in chain(told, numbered) if title not in titles))
    return titles


def _name_group(slides: Sequence[Slide], chosen: Sequence[str]) -> Iterator[str]:
    """What slides that stand together are about: what is counted and where, and when, where that tells them apart."""
    whole = join_subjects(slides, chosen)
    labels = list(dict.fromkeys(slide.figure.subject.label for slide in slides))
    named = wording.join_words([labels[0], *map(lower_first, labels[1:])])
    named += f": {wording.name_places(whole.places)}" if whole.places else ""
    yield named
    yield f"{named}, {wording.join_words([period.label for period in whole.periods])}"


def join_subjects(slides: Sequence[Slide], chosen: Sequence[str] = ()) -> Subject:
    """What slides are about together, the chosen places first."""
    about = [slide.figure.subject for slide in slides]
    kinds = {subject.geweld for subject in about}
    places = list(dict.fromkeys(place for subject in about for place in subject.places))
    return Subject(
        "",
        tuple(dict.fromkeys([place for place in chosen if place in places] + places)),
        tuple(dict.fromkeys(period for subject in about for period in subject.periods)),
        wording.join_words(_shorten_units([subject.unit for subject in about if subject.unit])),
        kinds.pop() if len(kinds) == 1 else ALL_GEWELD,
    )


def _shorten_units(units: Sequence[str]) -> list[str]:
    """The units of a deck; where there are more, each without how it is converted."""
    found = list(dict.fromkeys(units))
    bare = [unit.partition(",")[0].removesuffix(" per jaar") for unit in found]
    return list(dict.fromkeys(bare)) if len(found) > 1 else found


@dataclass(frozen=True)
class Question:
    """A question that was parked, and the link to the view that it was asked on."""

    text: str
    link: str


@dataclass(frozen=True)
class Deck:
    """Slides in order. `subtitle` says the chosen `places`, `filters` every filter, `link` leads to the live view.

    `left_out` are sentences on what the sources cannot fill; `data_version` is that of the database; `maker` is who
    presents it, in own words.
    """

    title: str
    subtitle: str
    slides: tuple[Slide, ...]
    filters: str
    link: str
    data_version: str
    made_on: date
    left_out: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    maker: str = ""
    places: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """What its slides are about together: every place, period and unit that is mixed in it; no places where those
        are the chosen ones."""
        whole = join_subjects(self.slides, self.places)
        return replace(whole, places=() if whole.places == self.places else whole.places).scope

    @property
    def presented_by(self) -> str:
        """Who presents it, and that they say so themselves."""
        return f"Gepresenteerd door (eigen opgave): {self.maker}" if self.maker else ""

    @property
    def made(self) -> str:
        """When and from which data, in one line."""
        day = wording.format_date(self.made_on)
        return f"Gemaakt op {day} met gegevensversie {self.data_version}. Filters: {self.filters}."

    @property
    def footer(self) -> str:
        """What was chosen and when it was made, for under every page."""
        return f"Gekozen: {self.filters} · {wording.format_date(self.made_on)}"

    @property
    def sources(self) -> list[str]:
        """Every source of every slide as it is cited, each report once."""
        sources: dict[str, Source] = {}
        for slide in self.slides:
            sources |= {source.address: source for source in slide.figure.sources}
        return cite(list(sources.values()))
