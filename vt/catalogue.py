"""What the words mean: indicators, categories, places and terms, from data/catalogue/*.yaml."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from vt.faults import DataError, Fault, did_you_mean

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


class _StrictLoader(yaml.CSafeLoader):
    """YAML that notices a key written twice (PyYAML keeps the last one silently)."""

    duplicates: list[str]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                self.duplicates.append(f"regel {key_node.start_mark.line + 1}: de sleutel “{key}” staat er tweemaal")
            elif isinstance(key, Hashable):
                seen.add(key)
        return super().construct_mapping(node, deep)


class Reader:
    """Reads one YAML file and collects every fault in it."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.faults: list[Fault] = []
        self.content = self._load(path)

    def fault(self, found: str, meant: str = "", table: str = "", row: str = "") -> None:
        """Note one fault; reading goes on."""
        self.faults.append(Fault(self.file, table, row, found, meant))

    def mapping(
        self, value: object, name: str, required: Collection[str], optional: Collection[str] = (), table: str = ""
    ) -> dict[str, Any]:
        """`value` as a mapping with the known keys; faults for what is unknown, missing or no mapping at all."""
        if not isinstance(value, dict):
            self.fault(f"{name} is {_shown(value)}", "bedoeld: sleutels met waarden", table)
            return {}
        known = [*required, *optional]
        for key in value.keys() - set(known):
            self.fault(f"onbekende sleutel “{key}” in {name}", did_you_mean(key, known), table)
        for key in required:
            if value.get(key) is None:
                self.fault(f"in {name} ontbreekt de sleutel “{key}”", "", table)
        return {str(key): item for key, item in value.items() if key in known}

    def _load(self, path: Path) -> object:
        try:
            loader = _StrictLoader(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            self.fault(f"het bestand is niet te lezen ({error})")
            return None
        loader.duplicates = []
        try:
            content = loader.get_single_data()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f"regel {mark.line + 1}: " if mark else ""
            self.fault(f"{line}geen geldige YAML ({getattr(error, 'problem', None) or error})")
            return None
        finally:
            loader.dispose()
        for duplicate in loader.duplicates:
            self.fault(duplicate)
        return content


def _shown(value: object) -> str:
    return "leeg" if value is None else f"“{value}”"


@dataclass(frozen=True)
class Norm:
    """A level that a percentage is held against, and who says so."""

    value: float
    label: str
    source: str


@dataclass(frozen=True)
class Indicator:
    """What is counted; `noun` is its Dutch plural in a sentence, `split` the indicator that has it by KM/HG/OM."""

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
class Catalogue:
    """Everything that report files may name."""

    indicators: Mapping[str, Indicator]
    classifications: Mapping[str, str]
    categories: Mapping[str, tuple[Category, ...]]
    groups: Mapping[str, Group]
    places: Mapping[str, Place]
    terms: tuple[Term, ...]
    sources: tuple[tuple[str, str], ...]

    def find_category(self, classification: str, label: str) -> Category | None:
        """The member that a printed label names."""
        return next((c for c in self.categories[classification] if label in {c.label, *c.printed}), None)

    def find_place(self, label: str, region: str) -> Place | None:
        """The place that a printed label names in a report of this region; a gemeente goes before its region."""
        near = [p for p in self.places.values() if p.region == region or p.id == region]
        near.sort(key=lambda place: place.id == region)
        return next((p for p in near if label in {p.label, p.id, *p.printed}), None)

    def place_labels(self, region: str) -> list[str]:
        """The labels that a report of this region can use."""
        return [p.label for p in self.places.values() if p.region == region or p.id == region]


def load_catalogue(folder: Path) -> Catalogue:
    """Read data/catalogue; raises DataError with every fault of its four files."""
    readers = {name: Reader(folder / f"{name}.yaml") for name in ("indicators", "categories", "places", "glossary")}
    groups, classifications, categories = _categories(readers["categories"])
    indicators = _indicators(readers["indicators"], classifications)
    places, sources = _places(readers["places"])
    terms = tuple(_terms(readers["glossary"]))
    if faults := [fault for reader in readers.values() for fault in reader.faults]:
        raise DataError(faults)
    return Catalogue(indicators, classifications, categories, groups, places, terms, sources)


def _members(reader: Reader, value: object, name: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        reader.fault(f"{name} is {_shown(value)}", "bedoeld: een id per sleutel")
        return
    for key, item in value.items():
        yield str(key), item


def _one_of(reader: Reader, value: object, known: Iterable[str], name: str) -> None:
    names = list(known)
    if value is not None and value not in names:
        reader.fault(f"{name} is {_shown(value)}", did_you_mean(value, names))


def _indicators(reader: Reader, classifications: Mapping[str, str]) -> dict[str, Indicator]:
    found = {}
    required = ("label", "unit", "noun", "topic", "definition")
    for id_, item in _members(reader, reader.content, "het bestand"):
        keys = reader.mapping(item, f"indicator {id_}", required, ("classification", "caveat", "norm", "split"))
        _one_of(reader, keys.get("unit"), UNITS, f"unit van {id_}")
        _one_of(reader, keys.get("topic"), TOPICS, f"topic van {id_}")
        _one_of(reader, keys.get("classification"), classifications, f"classification van {id_}")
        if "norm" in keys:
            norm = reader.mapping(keys["norm"], f"norm van {id_}", ("value", "label", "source"))
            keys["norm"] = Norm(**norm) if len(norm) == 3 else None
        if all(key in keys for key in required):
            found[id_] = Indicator(id_, **keys)
    for indicator in found.values():
        _one_of(reader, indicator.split, found, f"split van {indicator.id}")
    return found


def _categories(
    reader: Reader,
) -> tuple[dict[str, Group], dict[str, str], dict[str, tuple[Category, ...]]]:
    top = reader.mapping(reader.content, "het bestand", ("groups", "classifications"))
    groups = {}
    for id_, item in _members(reader, top.get("groups"), "groups"):
        keys = reader.mapping(item, f"groep {id_}", ("label",), ("parent",))
        groups[id_] = Group(id_, str(keys.get("label")), keys.get("parent"))
    for group in groups.values():
        _one_of(reader, group.parent, groups, f"parent van {group.id}")
    labels, categories = {}, {}
    for id_, item in _members(reader, top.get("classifications"), "classifications"):
        keys = reader.mapping(item, f"classificatie {id_}", ("label", "members"))
        labels[id_] = str(keys.get("label"))
        members = keys.get("members") or []
        categories[id_] = tuple(_category(reader, id_, member, groups) for member in members)
        _refuse_repeats(reader, id_, categories[id_])
    return groups, labels, categories


def _category(reader: Reader, classification: str, item: object, groups: Mapping[str, Group]) -> Category:
    optional = ("printed", "geweld", "group", "short", "rest")
    keys = reader.mapping(item, f"een lid van {classification}", ("id", "label"), optional)
    label = str(keys.get("label"))
    _one_of(reader, keys.get("group"), groups, f"group van {label}")
    _one_of(reader, keys.get("geweld"), GEWELD, f"geweld van {label}")
    return Category(
        classification,
        str(keys.get("id")),
        label,
        str(keys.get("short", label)),
        keys.get("geweld"),
        keys.get("group"),
        bool(keys.get("rest", False)),
        tuple(str(name) for name in keys.get("printed", ())),
    )


def _refuse_repeats(reader: Reader, classification: str, members: Collection[Category]) -> None:
    names = [member.name for member in members]
    spellings = [text for member in members for text in {member.label, *member.printed}]
    for text in {t for t in names if names.count(t) > 1} | {t for t in spellings if spellings.count(t) > 1}:
        reader.fault(f"“{text}” komt in classificatie {classification} tweemaal voor", "elk lid heeft een eigen naam")


def _places(reader: Reader) -> tuple[dict[str, Place], tuple[tuple[str, str], ...]]:
    top = reader.mapping(reader.content, "het bestand", ("land", "regions", "gemeenten", "rest"), ("sources",))
    places: dict[str, Place] = {}
    kinds = {"land": "land", "regions": "region", "gemeenten": "gemeente", "rest": "rest"}
    for section, kind in kinds.items():
        for id_, item in _members(reader, top.get(section), section):
            if id_ in places:
                reader.fault(f"plaats {id_} komt tweemaal voor")
            places[id_] = _place(reader, id_, kind, item)
    regions = [place.id for place in places.values() if place.kind == "region"]
    for place in places.values():
        if place.kind != "region":
            _one_of(reader, place.region, regions, f"region van {place.id}")
    sources = tuple((str(s.get("label")), str(s.get("note"))) for s in top.get("sources", ()))
    return places, sources


def _place(reader: Reader, id_: str, kind: str, item: object) -> Place:
    required = ("label", "region") if kind in ("gemeente", "rest") else ("label",)
    optional = {"region", "code", "province", "tile", "inhabitants", "printed"} - set(required)
    keys = reader.mapping(item, f"plaats {id_}", required, tuple(optional))
    inhabitants = {}
    for year, number in (keys.get("inhabitants") or {}).items():
        bounds = number if isinstance(number, list) else [number, number]
        if len(bounds) != 2 or not all(isinstance(n, int) for n in bounds) or bounds[0] > bounds[1]:
            reader.fault(f"inwoners van {id_} in {year}: {_shown(number)}", "bedoeld: een getal of [laagste, hoogste]")
        else:
            inhabitants[int(year)] = (float(bounds[0]), float(bounds[1]))
    tile = keys.get("tile")
    return Place(
        id_,
        str(keys.get("label")),
        kind,
        id_ if kind == "region" else keys.get("region"),
        keys.get("code"),
        keys.get("province"),
        (tile[0], tile[1]) if tile else None,
        inhabitants,
        tuple(str(name) for name in keys.get("printed", ())),
    )


def _terms(reader: Reader) -> Iterator[Term]:
    for item in reader.content if isinstance(reader.content, list) else ():
        keys = reader.mapping(item, "een begrip", ("term", "definition"), ("abbreviation",))
        yield Term(str(keys.get("term")), str(keys.get("definition")), keys.get("abbreviation"))
