"""A deck: figures in an order, each with what is said about it, and all that must go with them wherever they go.

Every file is made from a deck; a single figure is a deck of one slide.
"""

from dataclasses import dataclass
from datetime import date

from vt.figures import wording
from vt.figures.figure import Figure, Source, cite


@dataclass(frozen=True)
class Slide:
    """A figure in a deck; `own_title` stands instead of its title, `spoken` is said beside it."""

    figure: Figure
    own_title: str = ""
    spoken: str = ""

    @property
    def title(self) -> str:
        """What stands above the figure."""
        return self.own_title or self.figure.title


@dataclass(frozen=True)
class Question:
    """A question that was parked, and the link to the view that it was asked on."""

    text: str
    link: str


@dataclass(frozen=True)
class Deck:
    """Slides in order. `subtitle` says the places, `filters` every filter in words, `link` leads to the live view.

    `left_out` are sentences on what the sources cannot fill; `data_version` is that of the database.
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

    @property
    def made(self) -> str:
        """When and from which data, in one line."""
        day = wording.format_date(self.made_on)
        return f"Gemaakt op {day} met gegevensversie {self.data_version}. Filters: {self.filters}."

    @property
    def sources(self) -> list[str]:
        """Every source of every slide as it is cited, each report once."""
        sources: dict[str, Source] = {}
        for slide in self.slides:
            sources |= {source.address: source for source in slide.figure.sources}
        return cite(list(sources.values()))
