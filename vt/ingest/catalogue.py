"""data/catalogue/*.yaml -> Catalogue."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vt.errors import DataError, quote_value
from vt.ingest.counting import read_countings
from vt.ingest.reader import Reader, is_number
from vt.ingest.stories import read_stories
from vt.model.catalogue import (
    ABOUT,
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

OPTIONAL = ("counts", "classification", "caveat", "norm", "split", "nearest", "section", "grouped_as", "about", "verb")


def load_catalogue(folder: Path) -> Catalogue:
    """Read data/catalogue; raises DataError with every fault of its files.

    There need be no stories.yaml, and no counting.yaml.
    """
    names = ["topics", "indicators", "categories", "places", "glossary"]
    names += [name for name in ("stories", "counting") if (folder / f"{name}.yaml").exists()]
    readers = {name: Reader(folder / f"{name}.yaml") for name in names}
    groups, classifications, categories = _read_categories(readers["categories"])
    topics = _read_topics(readers["topics"])
    indicators = _read_indicators(readers["indicators"], topics, classifications)
    places, sources = _read_places(readers["places"])
    terms = tuple(_read_terms(readers["glossary"], indicators))
    stories = tuple(read_stories(readers["stories"], indicators, categories)) if "stories" in readers else ()
    countings = read_countings(readers["counting"], indicators) if "counting" in readers else {}
    if faults := [fault for reader in readers.values() for fault in reader.faults]:
        raise DataError(faults)
    known = (topics, indicators, classifications, categories, groups, places, terms, sources)
    return Catalogue(*known, stories, countings)


def _read_topics(reader: Reader) -> dict[str, Topic]:
    topics = {}
    for id_, item in reader.read_members(reader.content, "het bestand"):
        owner = f"onderwerp {id_}"
        keys = reader.read_mapping(item, owner, ("label",), ("sections",))
        items = reader.read_items(keys.get("sections", []), f"sections van {owner}")
        numbered = {str(number): text for number, text in enumerate(items, 1)}
        headings = reader.read_texts(numbered, numbered, f"sections van {owner}").values()
        reader.require_unique(headings, f"sections van {owner}:")
        topics[id_] = Topic(id_, reader.read_texts(keys, ("label",), owner).get("label", ""), tuple(headings))
    return topics


def _read_indicators(
    reader: Reader, topics: Mapping[str, Topic], classifications: Mapping[str, str]
) -> dict[str, Indicator]:
    indicators = {}
    required = ("label", "unit", "noun", "topic", "definition")
    for id_, item in reader.read_members(reader.content, "het bestand"):
        owner = f"indicator {id_}"
        keys = reader.read_mapping(item, owner, required, OPTIONAL)
        texts = reader.read_texts(keys, keys.keys() - {"norm", "noun", "verb"}, owner)
        reader.require_known(texts.get("unit"), UNITS, f"unit van {id_}")
        reader.require_known(texts.get("about"), ABOUT, f"about van {id_}")
        for name, known in (("topic", topics), ("classification", classifications)):
            if known:  # none at all: their own file tells why
                reader.require_known(texts.get(name), known, f"{name} van {id_}")
        if topic := topics.get(texts.get("topic", "")):
            reader.require_known(texts.get("section"), topic.sections, f"section van {id_}")
        if texts.get("unit") == "aantal" and "counts" not in keys:
            reader.fault(f"in {owner} ontbreekt de sleutel “counts”", "bedoeld: wat er geteld wordt: meldingen")
        fields: dict[str, Any] = dict.fromkeys(required, "") | texts
        fields["noun"] = Noun("", "")
        for name in keys.keys() & {"noun", "verb"}:
            fields[name] = _read_noun(reader, keys[name], f"{name} van {id_}")
        if "norm" in keys:
            fields["norm"] = _read_norm(reader, keys["norm"], f"norm van {id_}")
        indicators[id_] = Indicator(id_, **fields)
    for indicator in indicators.values():
        with reader.move_to(reader.content, indicator.id):
            reader.require_known(indicator.split, indicators, f"split van {indicator.id}")
            reader.require_known(indicator.nearest, indicators, f"nearest van {indicator.id}")
    return indicators


def _read_noun(reader: Reader, item: object, owner: str) -> Noun:
    texts = reader.read_texts(reader.read_mapping(item, owner, ("one", "many")), ("one", "many"), owner)
    return Noun(texts.get("one", ""), texts.get("many", ""))


def _read_norm(reader: Reader, item: object, owner: str) -> Norm:
    keys = reader.read_mapping(item, owner, ("value", "label", "source"))
    texts = reader.read_texts(keys, ("label", "source"), owner)
    value = keys.get("value", 0)
    if not is_number(value):
        reader.fault(f"value van {owner} is {quote_value(value)}", "bedoeld: een getal")
        value = 0
    return Norm(float(value), texts.get("label", ""), texts.get("source", ""))


def _read_categories(
    reader: Reader,
) -> tuple[dict[str, Group], dict[str, str], dict[str, tuple[Category, ...]]]:
    top = reader.read_mapping(reader.content, "het bestand", ("groups", "classifications"))
    groups = {}
    for id_, item in reader.read_members(top.get("groups", {}), "groups"):
        keys = reader.read_mapping(item, f"groep {id_}", ("label",), ("parent", "said"))
        texts = reader.read_texts(keys, keys, id_)
        label = texts.get("label", "")
        groups[id_] = Group(id_, label, texts.get("said", _lower_first(label)), texts.get("parent"))
    for group in groups.values():
        with reader.move_to(top["groups"], group.id):
            reader.require_known(group.parent, groups, f"parent van {group.id}")
    labels, categories = {}, {}
    for id_, item in reader.read_members(top.get("classifications", {}), "classifications"):
        keys = reader.read_mapping(item, f"classificatie {id_}", ("label", "members"))
        labels[id_] = reader.read_texts(keys, ("label",), f"classificatie {id_}").get("label", "")
        members = reader.read_each(keys.get("members", []), f"members van {id_}")
        categories[id_] = tuple(_read_category(reader, id_, member, groups) for member in members)
        reader.require_unique((member.name for member in categories[id_]), f"classificatie {id_}: het id")
        spellings = (text for member in categories[id_] for text in {member.label, *member.printed})
        reader.require_unique(spellings, f"classificatie {id_}: de naam")
    return groups, labels, categories


def _read_category(reader: Reader, classification: str, item: object, groups: Mapping[str, Group]) -> Category:
    optional = ("printed", "geweld", "group", "short", "said", "rest")
    owner = f"een lid van {classification}"
    keys = reader.read_mapping(item, owner, ("id", "label"), optional)
    texts = reader.read_texts(keys, ("id", "label", "geweld", "group", "short", "said"), owner)
    label = texts.get("label", "")
    reader.require_known(texts.get("group"), groups, f"group van {label}")
    reader.require_known(texts.get("geweld"), GEWELD_PARTS, f"geweld van {label}")
    return Category(
        classification,
        texts.get("id", ""),
        label,
        texts.get("short", label),
        texts.get("said", _lower_first(label)),
        texts.get("geweld"),
        texts.get("group"),
        reader.read_flag(keys, "rest", label),
        _read_spellings(reader, keys, label),
    )


def _lower_first(label: str) -> str:
    """A label as it stands in a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _read_spellings(reader: Reader, keys: Mapping[str, Any], owner: str) -> tuple[str, ...]:
    names = reader.read_items(keys.get("printed", []), f"printed van {owner}")
    for name in names:
        if not isinstance(name, str):
            reader.fault(f"printed van {owner} noemt {quote_value(name)}", "bedoeld: tekst, in aanhalingstekens")
    return tuple(str(name) for name in names)


def _read_places(reader: Reader) -> tuple[dict[str, Place], tuple[PopulationSource, ...]]:
    top = reader.read_mapping(reader.content, "het bestand", ("land", "regions", "gemeenten", "rest"), ("sources",))
    kinds = {"land": "land", "regions": "region", "gemeenten": "gemeente", "rest": "rest"}
    listed = [
        _read_place(reader, id_, kind, item)
        for section, kind in kinds.items()
        for id_, item in reader.read_members(top.get(section, {}), section)
    ]
    places = {place.id: place for place in listed}
    reader.require_unique((place.id for place in listed), "de plaats")
    reader.require_unique((place.code for place in listed), "de code")
    regions = [place.id for place in places.values() if place.kind == "region"]
    sections = {kind: top.get(section) for section, kind in kinds.items()}
    for place in places.values():
        if place.kind != "region":
            with reader.move_to(sections[place.kind], place.id):
                reader.require_known(place.region, regions, f"region van {place.id}")
    return places, tuple(_read_sources(reader, top.get("sources", [])))


def _read_sources(reader: Reader, value: object) -> Iterator[PopulationSource]:
    sources = []
    for item in reader.read_each(value, "sources"):
        keys = reader.read_mapping(item, "een source", ("label", "note"), ("accessed",))
        texts = reader.read_texts(keys, ("label", "note"), "een source")
        accessed = reader.read_day(keys, "accessed", "een source")
        sources.append(PopulationSource(texts.get("label", ""), texts.get("note", ""), accessed))
    reader.require_unique((source.label for source in sources), "de source")
    yield from sources


def _read_place(reader: Reader, id_: str, kind: str, item: object) -> Place:
    required = ("label", "region") if kind in ("gemeente", "rest") else ("label",)
    optional = {"region", "code", "province", "tile", "inhabitants", "printed"} - set(required)
    keys = reader.read_mapping(item, f"plaats {id_}", required, tuple(optional))
    texts = reader.read_texts(keys, ("label", "region", "code", "province"), id_)
    return Place(
        id_,
        texts.get("label", ""),
        kind,
        id_ if kind == "region" else texts.get("region"),
        texts.get("code"),
        texts.get("province"),
        _read_tile(reader, keys["tile"], id_) if "tile" in keys else None,
        dict(_read_inhabitants(reader, keys.get("inhabitants", {}), id_)),
        _read_spellings(reader, keys, id_),
    )


def _read_tile(reader: Reader, value: object, id_: str) -> tuple[int, int] | None:
    match value:
        case [int(column), int(row)] if 0 <= column < 100 and 0 <= row < 100:
            return column, row
    reader.fault(f"tile van {id_} is {quote_value(value)}", "bedoeld: [kolom, rij]")
    return None


def _read_inhabitants(reader: Reader, value: object, id_: str) -> Iterator[tuple[int, tuple[float, float]]]:
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


def _read_terms(reader: Reader, indicators: Mapping[str, Indicator]) -> Iterator[Term]:
    terms = []
    for item in reader.read_each(reader.content, "het bestand"):
        keys = reader.read_mapping(item, "een begrip", ("term", "definition"), ("abbreviation", "indicators"))
        texts = reader.read_texts(keys, ("term", "definition", "abbreviation"), "een begrip")
        term, name = texts.get("term", ""), f"indicators van {quote_value(texts.get('term'))}"
        named = list(map(str, reader.read_each(keys.get("indicators", []), name)))
        for each in named if indicators else ():  # none at all: their own file tells why
            reader.require_known(each, indicators, f"een van de {name}")
        terms.append(Term(term, texts.get("definition", ""), texts.get("abbreviation"), frozenset(named)))
    reader.require_unique((term.term for term in terms), "het begrip")
    yield from terms
