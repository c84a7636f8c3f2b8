"""data/catalogue/stories.yaml -> stories."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vt.errors import quote_value
from vt.ingest.reader import Reader
from vt.model.catalogue import Category, Indicator
from vt.model.figure_kinds import FIGURE_KINDS, FigureKind
from vt.model.measures import Measure
from vt.model.stories import MEANT_FOR, Story, StoryFigure, StorySlide


def read_stories(
    reader: Reader, indicators: Mapping[str, Indicator], categories: Mapping[str, tuple[Category, ...]]
) -> Iterator[Story]:
    """The stories of a file, in its order; faults for what they cannot tell."""
    stories = _Stories(reader, indicators, categories)
    told = [stories.read(id_, item) for id_, item in reader.read_members(reader.content, "het bestand")]
    reader.require_unique((story.title for story in told), "de titel")
    yield from told


class _Stories:
    """Reads one story after another."""

    def __init__(
        self, reader: Reader, indicators: Mapping[str, Indicator], categories: Mapping[str, tuple[Category, ...]]
    ) -> None:
        self.reader, self.indicators, self.categories = reader, indicators, categories

    def read(self, id_: str, item: object) -> Story:
        owner = f"verhaal {id_}"
        said = self.reader.read_fields(Story, item, owner, ("id",), meant_for="for")
        self.reader.require_known(said["meant_for"], MEANT_FOR, f"for van {id_}")
        slides = enumerate(self._read_each(said, "slides", owner), 1)
        said["slides"] = tuple(self._read_slide(slide, f"dia {n} van {id_}") for n, slide in slides)
        return Story(id_, **said)

    def _read_slide(self, item: object, owner: str) -> StorySlide:
        said = self.reader.read_fields(StorySlide, item, owner)
        spoken, measure = said["spoken"], self.reader.read_texts(said, ("measure",), owner).get("measure", "")
        if any(sign.isdigit() for sign in spoken):
            self.reader.fault(
                f"spoken van {owner} noemt een getal: {quote_value(spoken)}", "bedoeld: een zin die elk jaar klopt"
            )
        self.reader.require_known(measure, Measure.__members__, f"measure van {owner}")
        figures = enumerate(self._read_each(said, "figures", owner), 1)
        filling = tuple(self._read_figure(figure, f"figuur {n} van {owner}") for n, figure in figures)
        return StorySlide(spoken, filling, Measure.__members__.get(measure))

    def _read_figure(self, item: object, owner: str) -> StoryFigure:
        said = self.reader.read_fields(StoryFigure, item, owner)
        figure = StoryFigure(**said | {"indicators": tuple(map(str, self._read_each(said, "indicators", owner)))})
        self.reader.require_known(figure.form, FIGURE_KINDS, f"form van {owner}")
        for name in figure.indicators if self.indicators else ():  # none at all: their own file tells why
            self.reader.require_known(name, self.indicators, f"een indicator van {owner}")
        if kind := FIGURE_KINDS.get(figure.form):
            self._refuse_misfits(kind, figure.indicators, owner, "label" in said)
        return figure

    def _refuse_misfits(self, kind: FigureKind, names: Sequence[str], owner: str, has_label: bool) -> None:
        """Faults for what a kind of figure cannot show, or not together."""
        if kind.is_joint and not has_label:
            self.reader.fault(
                f"in {owner} ontbreekt de sleutel “label”", f"bedoeld: hoe de cijfers van {kind.name} samen heten"
            )
        if not kind.is_joint and len(names) > 1:
            joint = " of ".join(other.name for other in FIGURE_KINDS.values() if other.is_joint)
            self.reader.fault(
                f"{owner} noemt {len(names)} cijfers", f"bedoeld: bij {kind.name} één, of de vorm {joint}"
            )
        for name in names:
            if name in self.indicators and (misfit := kind.find_misfit(self.indicators[name], self._has_groups)):
                self.reader.fault(f"{owner}: {kind.name} kan “{name}” niet tonen, want {misfit[0]}", misfit[1])

    def _has_groups(self, classification: str) -> bool:
        """Whether its classes have shared groups; so too where it has no classes, which its own file tells."""
        members = self.categories.get(classification, ())
        return not members or any(member.group for member in members)

    def _read_each(self, keys: Mapping[str, Any], name: str, owner: str) -> Iterator[Any]:
        """The items of a list with at least one item; a fault where it is no list or an empty one."""
        if name not in keys:
            return
        if keys[name] == []:
            with self.reader.move_to(keys, name):
                self.reader.fault(f"{name} van {owner} is een lege lijst", "bedoeld: ten minste één")
        yield from self.reader.read_each(keys[name], f"{name} van {owner}")
