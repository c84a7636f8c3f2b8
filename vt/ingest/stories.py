"""data/catalogue/stories.yaml -> stories."""

from collections.abc import Iterator, Mapping
from typing import Any

from vt.errors import quote_value
from vt.ingest.reader import Reader
from vt.model.catalogue import Category, Indicator
from vt.model.figure_kinds import FORMS, MEASURES, TOGETHER
from vt.model.stories import MEANT_FOR, Story, StoryFigure, StorySlide


def read_stories(
    reader: Reader, indicators: Mapping[str, Indicator], categories: Mapping[str, tuple[Category, ...]]
) -> Iterator[Story]:
    found = []
    for id_, item in reader.members(reader.content, "het bestand"):
        owner = f"verhaal {id_}"
        keys = reader.mapping(item, owner, ("title", "question", "for", "slides"), ("group",))
        texts = reader.texts(keys, ("title", "question", "for", "group"), owner)
        reader.one_of(texts.get("for"), MEANT_FOR, f"for van {id_}")
        slides = tuple(
            _story_slide(reader, slide, f"dia {n} van {id_}", indicators, categories)
            for n, slide in enumerate(_filled(reader, keys, "slides", owner), 1)
        )
        title, question, meant_for, group = (texts.get(name, "") for name in ("title", "question", "for", "group"))
        found.append(Story(id_, title, question, meant_for, group, slides))
    reader.once((story.title for story in found), "de titel")
    yield from found


def _story_slide(
    reader: Reader,
    item: object,
    owner: str,
    indicators: Mapping[str, Indicator],
    categories: Mapping[str, tuple[Category, ...]],
) -> StorySlide:
    keys = reader.mapping(item, owner, ("spoken", "figures"), ("measure",))
    texts = reader.texts(keys, ("spoken", "measure"), owner)
    spoken = texts.get("spoken", "")
    if any(sign.isdigit() for sign in spoken):
        reader.fault(
            f"spoken van {owner} noemt een getal: {quote_value(spoken)}", "bedoeld: een zin die elk jaar klopt"
        )
    reader.one_of(texts.get("measure"), MEASURES, f"measure van {owner}")
    figures = tuple(
        _story_figure(reader, figure, f"figuur {n} van {owner}", indicators, categories)
        for n, figure in enumerate(_filled(reader, keys, "figures", owner), 1)
    )
    return StorySlide(spoken, figures, texts.get("measure"))


def _story_figure(
    reader: Reader,
    item: object,
    owner: str,
    indicators: Mapping[str, Indicator],
    categories: Mapping[str, tuple[Category, ...]],
) -> StoryFigure:
    keys = reader.mapping(item, owner, ("form", "indicators"), ("label",))
    texts = reader.texts(keys, ("form", "label"), owner)
    form, label = texts.get("form", ""), texts.get("label", "")
    reader.one_of(form, FORMS, f"form van {owner}")
    names = tuple(map(str, _filled(reader, keys, "indicators", owner)))
    for name in names if indicators else ():  # none at all: their own file tells why
        reader.one_of(name, indicators, f"een indicator van {owner}")
    if form in TOGETHER and "label" not in keys:
        reader.fault(f"in {owner} ontbreekt de sleutel “label”", f"bedoeld: hoe de cijfers van {form} samen heten")
    if form in FORMS and form not in TOGETHER and len(names) > 1:
        reader.fault(f"{owner} noemt {len(names)} cijfers", f"bedoeld: bij {form} één, of de vorm groups of norms")
    for indicator in (indicators[name] for name in names if name in indicators):
        if found := _misfit(form, indicator, categories):
            reader.fault(f"{owner}: {form} kan “{indicator.id}” niet tonen, want {found[0]}", found[1])
    return StoryFigure(form, names, label)


def _misfit(form: str, indicator: Indicator, categories: Mapping[str, tuple[Category, ...]]) -> tuple[str, str] | None:
    """Why a form cannot show an indicator, and what was meant; None where it can."""
    if form == "norms" and indicator.unit != "procent":
        return "dat is geen percentage", "bedoeld: een indicator met unit procent, of de vorm places"
    if form in ("categories", "groups") and indicator.classification is None:
        return "dat heeft geen klassen", "bedoeld: een indicator met classification, of de vorm places"
    members = categories.get(indicator.classification or "", ())
    if form == "groups" and members and not any(member.group for member in members):
        return "zijn klassen hebben geen gedeelde groepen", "bedoeld: de vorm categories"
    return None


def _filled(reader: Reader, keys: Mapping[str, Any], name: str, owner: str) -> list[Any]:
    """A list with at least one item; a fault where it is no list or an empty one."""
    if name not in keys:
        return []
    if keys[name] == []:
        reader.fault(f"{name} van {owner} is een lege lijst", "bedoeld: ten minste één")
        return []
    return reader.items(keys[name], f"{name} van {owner}")
