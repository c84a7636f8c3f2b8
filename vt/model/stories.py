"""Stories: ready presentations that answer a question."""

from dataclasses import dataclass

from vt.model.measures import Measure

MEANT_FOR = ("gemeente", "regio", "alle")


@dataclass(frozen=True)
class StoryFigure:
    """A figure that a story asks for: a form, its indicators, and what several of them are called together."""

    form: str
    indicators: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class StorySlide:
    """What is said, and the figures that can stand beside it: the first that the sources can fill.

    `measure` applies where the visitor chose none.
    """

    spoken: str
    figures: tuple[StoryFigure, ...]
    measure: Measure | None = None


@dataclass(frozen=True)
class Story:
    """Slides in an order that answer a question; `meant_for` is one of MEANT_FOR, `group` may be empty."""

    id: str
    title: str
    question: str
    meant_for: str
    slides: tuple[StorySlide, ...]
    group: str = ""

    @property
    def name(self) -> str:
        """Its title in a list of all stories, and in links."""
        return f"{self.group}: {self.title}" if self.group else self.title
