"""What the words mean: indicators, categories, places and terms, from data/catalogue/*.yaml."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from vt.faults import DataError, Fault, did_you_mean, shown

GEWELD = {
    "km": "Kindermishandeling",
    "hg": "Huiselijk geweld",
    "om": "Ouderenmishandeling",
    "geen": "Geen huiselijk geweld of kindermishandeling",
    "onbekend": "Aard onbekend",
    "alle": "Alle",
}
UNITS = ("aantal", "procent", "fte")
TOPICS = ("instroom", "melders", "adviesvragers", "aard", "triage", "onderzoek", "overdracht", "organisatie")
TOTAL = "totaal"
# What stories may name. Forms and measures live further on, where their own modules make them; a test holds them equal.
FORMS = ("categories", "places", "series", "ranking", "groups", "norms", "tiles")
TOGETHER = ("groups", "norms")
MEASURES = ("AANTAL", "PER_MAAND", "PER_1000", "AANDEEL")
MEANT_FOR = ("gemeente", "regio", "alle")


class _StrictLoader(yaml.CSafeLoader):
    """YAML that notices a key written twice (PyYAML keeps the last one silently)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.duplicates: list[tuple[int, object]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                self.duplicates.append((key_node.start_mark.line + 1, key))
            elif isinstance(key, Hashable):
                seen.add(key)
        return super().construct_mapping(node, deep)


class Reader:
    """Reads one YAML file and collects every fault in it."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[Fault] = []
        self._broken = False
        self.content = self._load(path)

    def fault(self, found: str, meant: str = "", table: str = "", row: str = "") -> None:
        """Note one fault; reading goes on. Of a file that is no YAML at all, nothing more is said."""
        if not self._broken:
            self.faults.append(Fault(self.file, table, row, found, meant))

    def mapping(
        self, value: object, name: str, required: Collection[str], optional: Collection[str] = (), table: str = ""
    ) -> dict[str, Any]:
        """The known keys of `value` that are filled in; faults for what is unknown, missing or no mapping at all."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {shown(value)}", "bedoeld: sleutels met waarden", table)
            return {}
        known = [*required, *optional]
        for key in value.keys() - set(known):
            self.fault(f"onbekende sleutel {shown(key)} in {name}", did_you_mean(key, known), table)
        for key in required:
            if value.get(key) is None:
                self.fault(f"in {name} ontbreekt de sleutel “{key}”", f"bedoeld: {key}: …", table)
        return {key: value[key] for key in known if value.get(key) is not None}

    def members(self, value: object, name: str) -> Iterator[tuple[str, Any]]:
        """The ids of a mapping with what each of them holds."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {shown(value)}", "bedoeld: een id per sleutel")
            return
        for key, item in value.items():
            yield str(key), item

    def items(self, value: object, name: str, table: str = "") -> list[Any]:
        """`value` as a list; a fault where it is anything else."""
        if isinstance(value, list):
            return value
        self.fault(f"{name} is {shown(value)}", "bedoeld: een lijst", table)
        return []

    def texts(self, keys: Mapping[str, Any], names: Iterable[str], owner: str, table: str = "") -> dict[str, str]:
        """Those of the named keys that hold text; a fault for each that holds anything else."""
        found = {name: keys[name] for name in names if name in keys}
        for name, value in found.items():
            if not isinstance(value, str) or not value.strip():
                self.fault(f"{name} van {owner} is {shown(value)}", "bedoeld: tekst, in aanhalingstekens", table)
        return {name: value if isinstance(value, str) else "" for name, value in found.items()}

    def flag(self, keys: Mapping[str, Any], name: str, owner: str, table: str = "") -> bool:
        """A key that is true or false, and false where absent."""
        value = keys.get(name, False)
        if not isinstance(value, bool):
            self.fault(f"{name} van {owner} is {shown(value)}", "bedoeld: true of false", table)
        return value is True

    def one_of(self, value: str | None, known: Iterable[str], name: str) -> None:
        """A fault for a value that is there and not among the known ones."""
        names = list(known)
        if value and value not in names:
            self.fault(f"{name} is {shown(value)}", did_you_mean(value, names))

    def once(self, values: Iterable[str | None], name: str) -> None:
        """A fault for each value that occurs twice."""
        for value, count in Counter(value for value in values if value).items():
            if count > 1:
                self.fault(f"{name} {shown(value)} komt {count} keer voor", "bedoeld: een keer")

    def _load(self, path: Path) -> object:
        try:
            content, duplicates = _parse(path.read_text(encoding="utf-8"))
        except Exception as error:  # PyYAML passes on whatever its constructors raise: IndexError, AttributeError
            self.fault(*_why_unreadable(error))
            self._broken = True
            return None
        for line, key in duplicates:
            self.fault(f"regel {line}: de sleutel {shown(key)} staat er tweemaal", "bedoeld: elke sleutel een keer")
        return content


def _why_unreadable(error: Exception) -> tuple[str, str]:
    """What was found and meant, for a file that is no YAML."""
    match error:
        case FileNotFoundError():
            return "het bestand ontbreekt", "bedoeld: een YAML-bestand op deze plaats"
        case OSError():
            return f"het bestand is niet te lezen ({error.strerror})", "bedoeld: een leesbaar YAML-bestand"
        case UnicodeDecodeError():
            return f"het bestand is geen UTF-8 (byte {error.start + 1})", "bewaar het als UTF-8"
        case yaml.MarkedYAMLError(problem=problem, problem_mark=mark):
            line = f"regel {mark.line + 1}: " if mark else ""
            return f"{line}geen geldige YAML ({problem})", "let op inspringing, dubbele punt, haken en aanhalingstekens"
        case _:
            return f"geen geldige YAML ({' '.join(str(error).split())})", "bedoeld: tekst zonder stuurtekens"


def _parse(text: str) -> tuple[object, list[tuple[int, object]]]:
    """The content of a YAML text, and the line and name of each key that is written twice."""
    loader = _StrictLoader(text)
    try:
        return loader.get_single_data(), loader.duplicates
    finally:
        loader.dispose()


@dataclass(frozen=True)
class Norm:
    """A level that a percentage is held against, and who says so."""

    value: float
    label: str
    source: str


@dataclass(frozen=True)
class Indicator:
    """What is counted; `noun` is its Dutch plural in a sentence.

    `split` is the indicator that has it by KM/HG/OM, `nearest` what comes nearest in a source that does not have it.
    """

    id: str
    label: str
    unit: str
    noun: str
    topic: str
    definition: str
    classification: str | None = None
    caveat: str | None = None
    norm: Norm | None = None
    split: str | None = None
    nearest: str | None = None


@dataclass(frozen=True)
class Group:
    """A class of reporters or parties that all regions share."""

    id: str
    label: str
    parent: str | None = None


@dataclass(frozen=True)
class Category:
    """A member of a classification; `rest` marks anders, overig and onbekend."""

    classification: str
    name: str
    label: str
    short: str
    geweld: str | None
    group: str | None
    rest: bool
    printed: tuple[str, ...]

    @property
    def id(self) -> str:
        """Unique over all classifications: aard/partnergeweld."""
        return f"{self.classification}/{self.name}"


@dataclass(frozen=True)
class Place:
    """A land, region, gemeente or rest group; inhabitants on 1 January as (low, high) by year."""

    id: str
    label: str
    kind: str
    region: str | None = None
    code: str | None = None
    province: str | None = None
    tile: tuple[int, int] | None = None
    inhabitants: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term of the field, in our own words."""

    term: str
    definition: str
    abbreviation: str | None = None


@dataclass(frozen=True)
class StoryFigure:
    """A figure that a story asks for: a form, its indicators, and what several of them are called together."""

    form: str
    indicators: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class StorySlide:
    """What is said, and the figures that can stand beside it: the first that the sources can fill.

    `measure` names the one that applies where the visitor chose none.
    """

    spoken: str
    figures: tuple[StoryFigure, ...]
    measure: str | None = None


@dataclass(frozen=True)
class Story:
    """Slides in an order that answer a question; `meant_for` is one of MEANT_FOR, `group` may be empty."""

    id: str
    title: str
    question: str
    meant_for: str
    group: str
    slides: tuple[StorySlide, ...]


@dataclass(frozen=True)
class Catalogue:
    """Everything that report files may name."""

    indicators: Mapping[str, Indicator]
    classifications: Mapping[str, str]
    categories: Mapping[str, tuple[Category, ...]]
    groups: Mapping[str, Group]
    places: Mapping[str, Place]
    terms: tuple[Term, ...]
    sources: tuple[tuple[str, str], ...]
    stories: tuple[Story, ...] = ()

    def find_category(self, classification: str, label: str) -> Category | None:
        """The member that a printed label names."""
        return next((c for c in self.categories.get(classification, ()) if label in {c.label, *c.printed}), None)

    def find_place(self, label: str, region: str | None) -> Place | None:
        """The place that a printed label names in a report of this region; a gemeente goes before its region."""
        near = sorted(self._near(region), key=lambda place: place.id == region)
        return next((p for p in near if label in {p.label, p.id, *p.printed}), None)

    def place_labels(self, region: str | None) -> list[str]:
        """The labels that a report of this region can use."""
        return [place.label for place in self._near(region)]

    def _near(self, region: str | None) -> list[Place]:
        """The region with what lies in it; every place where the region is not known."""
        return [p for p in self.places.values() if region is None or region in (p.region, p.id)]


def load_catalogue(folder: Path) -> Catalogue:
    """Read data/catalogue; raises DataError with every fault of its files. There need be no stories.yaml."""
    names = ["indicators", "categories", "places", "glossary"]
    names += ["stories"] if (folder / "stories.yaml").exists() else []
    readers = {name: Reader(folder / f"{name}.yaml") for name in names}
    groups, classifications, categories = _categories(readers["categories"])
    indicators = _indicators(readers["indicators"], classifications)
    places, sources = _places(readers["places"])
    terms = tuple(_terms(readers["glossary"]))
    stories = tuple(_stories(readers["stories"], indicators, categories)) if "stories" in readers else ()
    if faults := [fault for reader in readers.values() for fault in reader.faults]:
        raise DataError(faults)
    return Catalogue(indicators, classifications, categories, groups, places, terms, sources, stories)


def _indicators(reader: Reader, classifications: Mapping[str, str]) -> dict[str, Indicator]:
    found = {}
    required = ("label", "unit", "noun", "topic", "definition")
    for id_, item in reader.members(reader.content, "het bestand"):
        owner = f"indicator {id_}"
        keys = reader.mapping(item, owner, required, ("classification", "caveat", "norm", "split", "nearest"))
        texts = reader.texts(keys, keys.keys() - {"norm"}, owner)
        reader.one_of(texts.get("unit"), UNITS, f"unit van {id_}")
        reader.one_of(texts.get("topic"), TOPICS, f"topic van {id_}")
        if classifications:  # none at all: their own file tells why
            reader.one_of(texts.get("classification"), classifications, f"classification van {id_}")
        fields: dict[str, Any] = dict.fromkeys(required, "") | texts
        if "norm" in keys:
            fields["norm"] = _norm(reader, keys["norm"], f"norm van {id_}")
        found[id_] = Indicator(id_, **fields)
    for indicator in found.values():
        reader.one_of(indicator.split, found, f"split van {indicator.id}")
        reader.one_of(indicator.nearest, found, f"nearest van {indicator.id}")
    return found


def _norm(reader: Reader, item: object, owner: str) -> Norm:
    keys = reader.mapping(item, owner, ("value", "label", "source"))
    texts = reader.texts(keys, ("label", "source"), owner)
    value = keys.get("value", 0)
    if not is_number(value):
        reader.fault(f"value van {owner} is {shown(value)}", "bedoeld: een getal")
        value = 0
    return Norm(float(value), texts.get("label", ""), texts.get("source", ""))


def _categories(
    reader: Reader,
) -> tuple[dict[str, Group], dict[str, str], dict[str, tuple[Category, ...]]]:
    top = reader.mapping(reader.content, "het bestand", ("groups", "classifications"))
    groups = {}
    for id_, item in reader.members(top.get("groups", {}), "groups"):
        keys = reader.texts(reader.mapping(item, f"groep {id_}", ("label",), ("parent",)), ("label", "parent"), id_)
        groups[id_] = Group(id_, keys.get("label", ""), keys.get("parent"))
    for group in groups.values():
        reader.one_of(group.parent, groups, f"parent van {group.id}")
    labels, categories = {}, {}
    for id_, item in reader.members(top.get("classifications", {}), "classifications"):
        keys = reader.mapping(item, f"classificatie {id_}", ("label", "members"))
        labels[id_] = reader.texts(keys, ("label",), f"classificatie {id_}").get("label", "")
        members = reader.items(keys.get("members", []), f"members van {id_}")
        categories[id_] = tuple(_category(reader, id_, member, groups) for member in members)
        reader.once((member.name for member in categories[id_]), f"classificatie {id_}: het id")
        spellings = (text for member in categories[id_] for text in {member.label, *member.printed})
        reader.once(spellings, f"classificatie {id_}: de naam")
    return groups, labels, categories


def _category(reader: Reader, classification: str, item: object, groups: Mapping[str, Group]) -> Category:
    optional = ("printed", "geweld", "group", "short", "rest")
    owner = f"een lid van {classification}"
    keys = reader.mapping(item, owner, ("id", "label"), optional)
    texts = reader.texts(keys, ("id", "label", "geweld", "group", "short"), owner)
    label = texts.get("label", "")
    reader.one_of(texts.get("group"), groups, f"group van {label}")
    reader.one_of(texts.get("geweld"), GEWELD, f"geweld van {label}")
    return Category(
        classification,
        texts.get("id", ""),
        label,
        texts.get("short", label),
        texts.get("geweld"),
        texts.get("group"),
        reader.flag(keys, "rest", label),
        _printed(reader, keys, label),
    )


def _printed(reader: Reader, keys: Mapping[str, Any], owner: str) -> tuple[str, ...]:
    names = reader.items(keys.get("printed", []), f"printed van {owner}")
    for name in names:
        if not isinstance(name, str):
            reader.fault(f"printed van {owner} noemt {shown(name)}", "bedoeld: tekst, in aanhalingstekens")
    return tuple(str(name) for name in names)


def _places(reader: Reader) -> tuple[dict[str, Place], tuple[tuple[str, str], ...]]:
    top = reader.mapping(reader.content, "het bestand", ("land", "regions", "gemeenten", "rest"), ("sources",))
    kinds = {"land": "land", "regions": "region", "gemeenten": "gemeente", "rest": "rest"}
    found = [
        _place(reader, id_, kind, item)
        for section, kind in kinds.items()
        for id_, item in reader.members(top.get(section, {}), section)
    ]
    places = {place.id: place for place in found}
    reader.once((place.id for place in found), "de plaats")
    reader.once((place.code for place in found), "de code")
    regions = [place.id for place in places.values() if place.kind == "region"]
    for place in places.values():
        if place.kind != "region":
            reader.one_of(place.region, regions, f"region van {place.id}")
    return places, tuple(_sources(reader, top.get("sources", [])))


def _sources(reader: Reader, value: object) -> Iterator[tuple[str, str]]:
    found = []
    for item in reader.items(value, "sources"):
        keys = reader.mapping(item, "een source", ("label", "note"))
        texts = reader.texts(keys, ("label", "note"), "een source")
        found.append((texts.get("label", ""), texts.get("note", "")))
    reader.once((label for label, _ in found), "de source")
    yield from found


def _place(reader: Reader, id_: str, kind: str, item: object) -> Place:
    required = ("label", "region") if kind in ("gemeente", "rest") else ("label",)
    optional = {"region", "code", "province", "tile", "inhabitants", "printed"} - set(required)
    keys = reader.mapping(item, f"plaats {id_}", required, tuple(optional))
    texts = reader.texts(keys, ("label", "region", "code", "province"), id_)
    return Place(
        id_,
        texts.get("label", ""),
        kind,
        id_ if kind == "region" else texts.get("region"),
        texts.get("code"),
        texts.get("province"),
        _tile(reader, keys["tile"], id_) if "tile" in keys else None,
        dict(_inhabitants(reader, keys.get("inhabitants", {}), id_)),
        _printed(reader, keys, id_),
    )


def _tile(reader: Reader, value: object, id_: str) -> tuple[int, int] | None:
    match value:
        case [int(column), int(row)] if 0 <= column < 100 and 0 <= row < 100:
            return column, row
    reader.fault(f"tile van {id_} is {shown(value)}", "bedoeld: [kolom, rij]")
    return None


def _inhabitants(reader: Reader, value: object, id_: str) -> Iterator[tuple[int, tuple[float, float]]]:
    if not isinstance(value, dict):
        reader.fault(f"inhabitants van {id_} is {shown(value)}", "bedoeld: {2021: aantal}")
        return
    for year, number in value.items():
        bounds = number if isinstance(number, list) else [number, number]
        if not isinstance(year, int) or not 1800 <= year < 2200:
            reader.fault(f"inwoners van {id_} in {shown(year)}", "bedoeld: een jaar")
        elif len(bounds) != 2 or not all(map(is_number, bounds)) or bounds[0] > bounds[1]:
            reader.fault(f"inwoners van {id_} in {year}: {shown(number)}", "bedoeld: een getal of [laagste, hoogste]")
        else:
            yield year, (float(bounds[0]), float(bounds[1]))


def _terms(reader: Reader) -> Iterator[Term]:
    found = []
    for item in reader.items(reader.content, "het bestand"):
        keys = reader.mapping(item, "een begrip", ("term", "definition"), ("abbreviation",))
        texts = reader.texts(keys, ("term", "definition", "abbreviation"), "een begrip")
        found.append(Term(texts.get("term", ""), texts.get("definition", ""), texts.get("abbreviation")))
    reader.once((term.term for term in found), "het begrip")
    yield from found


def _stories(
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
        reader.fault(f"spoken van {owner} noemt een getal: {shown(spoken)}", "bedoeld: een zin die elk jaar klopt")
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


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a YAML value is a number that can be printed in a report: not negative, finite, no boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12
