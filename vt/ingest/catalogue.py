"""data/catalogue/*.yaml -> Catalogue."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vt.errors import DataError, quote_value
from vt.ingest.reader import Reader, is_number
from vt.ingest.stories import read_stories
from vt.model.catalogue import (
    UNITS,
    Catalogue,
    Category,
    Group,
    Indicator,
    Norm,
    Noun,
    Place,
    PopulationSource,
    Term,
    Topic,
)
from vt.model.geweld import GEWELD_PARTS

OPTIONAL = ("counts", "classification", "caveat", "norm", "split", "nearest", "section", "grouped_as")


def load_catalogue(folder: Path) -> Catalogue:
    """Read data/catalogue; raises DataError with every fault of its files. There need be no stories.yaml."""
    names = ["topics", "indicators", "categories", "places", "glossary"]
    names += ["stories"] if (folder / "stories.yaml").exists() else []
    readers = {name: Reader(folder / f"{name}.yaml") for name in names}
    groups, classifications, categories = _categories(readers["categories"])
    topics = _topics(readers["topics"])
    indicators = _indicators(readers["indicators"], topics, classifications)
    places, sources = _places(readers["places"])
    terms = tuple(_terms(readers["glossary"]))
    stories = tuple(read_stories(readers["stories"], indicators, categories)) if "stories" in readers else ()
    if faults := [fault for reader in readers.values() for fault in reader.faults]:
        raise DataError(faults)
    return Catalogue(topics, indicators, classifications, categories, groups, places, terms, sources, stories)


def _topics(reader: Reader) -> dict[str, Topic]:
    topics = {}
    for id_, item in reader.members(reader.content, "het bestand"):
        owner = f"onderwerp {id_}"
        keys = reader.mapping(item, owner, ("label",), ("sections",))
        items = reader.items(keys.get("sections", []), f"sections van {owner}")
        numbered = {str(number): text for number, text in enumerate(items, 1)}
        headings = reader.texts(numbered, numbered, f"sections van {owner}").values()
        reader.once(headings, f"sections van {owner}:")
        topics[id_] = Topic(id_, reader.texts(keys, ("label",), owner).get("label", ""), tuple(headings))
    return topics


def _indicators(
    reader: Reader, topics: Mapping[str, Topic], classifications: Mapping[str, str]
) -> dict[str, Indicator]:
    found = {}
    required = ("label", "unit", "noun", "topic", "definition")
    for id_, item in reader.members(reader.content, "het bestand"):
        owner = f"indicator {id_}"
        keys = reader.mapping(item, owner, required, OPTIONAL)
        texts = reader.texts(keys, keys.keys() - {"norm", "noun"}, owner)
        reader.one_of(texts.get("unit"), UNITS, f"unit van {id_}")
        for name, known in (("topic", topics), ("classification", classifications)):
            if known:  # none at all: their own file tells why
                reader.one_of(texts.get(name), known, f"{name} van {id_}")
        if topic := topics.get(texts.get("topic", "")):
            reader.one_of(texts.get("section"), topic.sections, f"section van {id_}")
        if texts.get("unit") == "aantal" and "counts" not in keys:
            reader.fault(f"in {owner} ontbreekt de sleutel “counts”", "bedoeld: wat er geteld wordt: meldingen")
        fields: dict[str, Any] = dict.fromkeys(required, "") | texts
        fields["noun"] = _noun(reader, keys["noun"], f"noun van {id_}") if "noun" in keys else Noun("", "")
        if "norm" in keys:
            fields["norm"] = _norm(reader, keys["norm"], f"norm van {id_}")
        found[id_] = Indicator(id_, **fields)
    for indicator in found.values():
        with reader.at(reader.content, indicator.id):
            reader.one_of(indicator.split, found, f"split van {indicator.id}")
            reader.one_of(indicator.nearest, found, f"nearest van {indicator.id}")
    return found


def _noun(reader: Reader, item: object, owner: str) -> Noun:
    texts = reader.texts(reader.mapping(item, owner, ("one", "many")), ("one", "many"), owner)
    return Noun(texts.get("one", ""), texts.get("many", ""))


def _norm(reader: Reader, item: object, owner: str) -> Norm:
    keys = reader.mapping(item, owner, ("value", "label", "source"))
    texts = reader.texts(keys, ("label", "source"), owner)
    value = keys.get("value", 0)
    if not is_number(value):
        reader.fault(f"value van {owner} is {quote_value(value)}", "bedoeld: een getal")
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
        with reader.at(top["groups"], group.id):
            reader.one_of(group.parent, groups, f"parent van {group.id}")
    labels, categories = {}, {}
    for id_, item in reader.members(top.get("classifications", {}), "classifications"):
        keys = reader.mapping(item, f"classificatie {id_}", ("label", "members"))
        labels[id_] = reader.texts(keys, ("label",), f"classificatie {id_}").get("label", "")
        members = reader.each(keys.get("members", []), f"members van {id_}")
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
    reader.one_of(texts.get("geweld"), GEWELD_PARTS, f"geweld van {label}")
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
            reader.fault(f"printed van {owner} noemt {quote_value(name)}", "bedoeld: tekst, in aanhalingstekens")
    return tuple(str(name) for name in names)


def _places(reader: Reader) -> tuple[dict[str, Place], tuple[PopulationSource, ...]]:
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
    sections = {kind: top.get(section) for section, kind in kinds.items()}
    for place in places.values():
        if place.kind != "region":
            with reader.at(sections[place.kind], place.id):
                reader.one_of(place.region, regions, f"region van {place.id}")
    return places, tuple(_sources(reader, top.get("sources", [])))


def _sources(reader: Reader, value: object) -> Iterator[PopulationSource]:
    sources = []
    for item in reader.each(value, "sources"):
        keys = reader.mapping(item, "een source", ("label", "note"), ("accessed",))
        texts = reader.texts(keys, ("label", "note"), "een source")
        accessed = reader.day(keys, "accessed", "een source")
        sources.append(PopulationSource(texts.get("label", ""), texts.get("note", ""), accessed))
    reader.once((source.label for source in sources), "de source")
    yield from sources


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
    reader.fault(f"tile van {id_} is {quote_value(value)}", "bedoeld: [kolom, rij]")
    return None


def _inhabitants(reader: Reader, value: object, id_: str) -> Iterator[tuple[int, tuple[float, float]]]:
    if not isinstance(value, dict):
        reader.fault(f"inhabitants van {id_} is {quote_value(value)}", "bedoeld: {2021: aantal}")
        return
    for year, number in value.items():
        bounds = number if isinstance(number, list) else [number, number]
        if not isinstance(year, int) or not 1800 <= year < 2200:
            reader.fault(f"inwoners van {id_} in {quote_value(year)}", "bedoeld: een jaar")
        elif len(bounds) != 2 or not all(map(is_number, bounds)) or bounds[0] > bounds[1]:
            reader.fault(
                f"inwoners van {id_} in {year}: {quote_value(number)}", "bedoeld: een getal of [laagste, hoogste]"
            )
        else:
            yield year, (float(bounds[0]), float(bounds[1]))


def _terms(reader: Reader) -> Iterator[Term]:
    found = []
    for item in reader.each(reader.content, "het bestand"):
        keys = reader.mapping(item, "een begrip", ("term", "definition"), ("abbreviation",))
        texts = reader.texts(keys, ("term", "definition", "abbreviation"), "een begrip")
        found.append(Term(texts.get("term", ""), texts.get("definition", ""), texts.get("abbreviation")))
    reader.once((term.term for term in found), "het begrip")
    yield from found
