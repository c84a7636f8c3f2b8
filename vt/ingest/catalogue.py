"""data/catalogue/*.yaml -> Catalogue."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from vt.errors import quote_value
from vt.ingest.counting import read_countings
from vt.ingest.reader import Reader, gather_faults, is_number
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
    lower_first,
)
from vt.model.geweld import GEWELD_PARTS

T = TypeVar("T")


def load_catalogue(folder: Path) -> Catalogue:
    """Read data/catalogue; raises DataError with every fault of its files.

    There need be no stories.yaml, and no counting.yaml.
    """
    names = ["topics", "indicators", "categories", "places", "glossary"]
    names += [name for name in ("stories", "counting") if (folder / f"{name}.yaml").exists()]
    with gather_faults() as open_file:
        readers = {name: open_file(folder / f"{name}.yaml") for name in names}
        groups, classifications, categories = _read_categories(readers["categories"])
        topics = _read_topics(readers["topics"])
        named = _find_readable(readers["topics"], topics), _find_readable(readers["categories"], classifications)
        indicators = _read_indicators(readers["indicators"], *named)
        places, sources = _read_places(readers["places"])
        terms = tuple(_read_terms(readers["glossary"], indicators))
        stories = tuple(read_stories(readers["stories"], indicators, categories)) if "stories" in readers else ()
        countings = read_countings(readers["counting"], indicators) if "counting" in readers else {}
        known = (topics, indicators, classifications, categories, groups, places, terms, sources)
        return Catalogue(*known, stories, countings)


def _find_readable(reader: Reader, members: Mapping[str, T]) -> Mapping[str, T] | None:
    """What others may name; None where nothing could be read: the file tells why by itself."""
    return members if members or not reader.faults else None


def _read_topics(reader: Reader) -> dict[str, Topic]:
    topics = {}
    for id_, item in reader.read_members(reader.content, "het bestand"):
        owner = f"onderwerp {id_}"
        said = reader.read_fields(Topic, item, owner, ("id", "indicators"))
        topics[id_] = Topic(id_, said["label"], reader.read_list(said, "sections", owner))
        reader.require_unique(topics[id_].sections, f"sections van {owner}:")
    return topics


def _read_indicators(
    reader: Reader, topics: Mapping[str, Topic] | None, classifications: Mapping[str, str] | None
) -> dict[str, Indicator]:
    indicators = {}
    for id_, item in reader.read_members(reader.content, "het bestand"):
        owner = f"indicator {id_}"
        said = reader.read_fields(Indicator, item, owner, ("id",))
        own: dict[str, Any] = {"noun": Noun("", "")}
        for name in said.keys() & {"noun", "verb"}:
            own[name] = Noun(**reader.read_fields(Noun, said[name], f"{name} van {id_}"))
        if "norm" in said:
            own["norm"] = _read_norm(reader, said["norm"], f"norm van {id_}")
        indicator = Indicator(id_, **said | own)
        reader.require_known(indicator.unit, UNITS, f"unit van {id_}")
        reader.require_known(indicator.about, ABOUT, f"about van {id_}")
        if topics is not None:
            reader.require_known(indicator.topic, topics, f"topic van {id_}")
        if classifications is not None:
            reader.require_known(indicator.classification, classifications, f"classification van {id_}")
        if topic := (topics or {}).get(indicator.topic):
            reader.require_known(indicator.section, topic.sections, f"section van {id_}")
        if indicator.unit == "aantal" and "counts" not in said:
            reader.fault(f"in {owner} ontbreekt de sleutel “counts”", "bedoeld: wat er geteld wordt: meldingen")
        indicators[id_] = indicator
    for indicator in indicators.values():
        with reader.move_to(reader.content, indicator.id):
            reader.require_known(indicator.split, indicators, f"split van {indicator.id}")
            reader.require_known(indicator.nearest, indicators, f"nearest van {indicator.id}")
            reader.require_known(indicator.beside, indicators, f"beside van {indicator.id}")
            reader.require_known(indicator.part_of, indicators, f"part_of van {indicator.id}")
    return indicators


def _read_norm(reader: Reader, item: object, owner: str) -> Norm:
    said = reader.read_fields(Norm, item, owner)
    value = said.get("value", 0)
    if not is_number(value):
        reader.fault(f"value van {owner} is {quote_value(value)}", "bedoeld: een getal")
        value = 0
    return Norm(**said | {"value": float(value)})


def _read_categories(
    reader: Reader,
) -> tuple[dict[str, Group], dict[str, str], dict[str, tuple[Category, ...]]]:
    top = reader.read_mapping(reader.content, "het bestand", ("groups", "classifications"))
    listed = reader.read_members(top.get("groups", {}), "groups")
    groups = {id_: _read_group(reader, id_, item) for id_, item in listed}
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


def _read_group(reader: Reader, id_: str, item: object) -> Group:
    said = reader.read_fields(Group, item, f"groep {id_}", ("id",))
    return Group(id_, **{"said": lower_first(said["label"]), **said})


def _read_category(reader: Reader, classification: str, item: object, groups: Mapping[str, Group]) -> Category:
    label = quote_value(item["label"]) if isinstance(item, dict) and "label" in item else "zonder naam"
    owner = f"het lid {label} van {classification}"
    said = reader.read_fields(Category, item, owner, ("classification",), name="id")
    said["printed"] = reader.read_list(said, "printed", owner)
    usual = {"short": said["label"], "said": lower_first(said["label"])}
    category = Category(classification, **usual | said)
    reader.require_known(category.group, groups, f"group van {category.label}")
    reader.require_known(category.geweld, GEWELD_PARTS, f"geweld van {category.label}")
    return category


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
        with reader.move_to(sections[place.kind], place.id):
            reader.require_known(place.region, regions, f"region van {place.id}")
            for successor in place.into:
                reader.require_known(successor, places, f"into van {place.id}")
    return places, tuple(_read_sources(reader, top.get("sources", [])))


def _read_sources(reader: Reader, value: object) -> list[PopulationSource]:
    items = reader.read_each(value, "sources")
    sources = [PopulationSource(**reader.read_fields(PopulationSource, item, "een source")) for item in items]
    reader.require_unique((source.label for source in sources), "de source")
    return sources


def _read_place(reader: Reader, id_: str, kind: str, item: object) -> Place:
    owner = f"plaats {id_}"
    required = ("region",) if kind in ("gemeente", "rest") else ()
    said = reader.read_fields(Place, item, owner, ("id", "kind", "changes"), required)
    own = {
        "region": id_ if kind == "region" else said.get("region"),
        "inhabitants": dict(_read_inhabitants(reader, said.get("inhabitants", {}), id_)),
        "printed": reader.read_list(said, "printed", owner),
        "into": reader.read_list(said, "into", owner),
    }
    return Place(id_, kind=kind, **said | own)


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
        said = reader.read_fields(Term, item, "een begrip")
        name = f"indicators van {quote_value(said['term'])}"
        said["indicators"] = frozenset(map(str, reader.read_each(said.get("indicators", []), name)))
        for each in said["indicators"] if indicators else ():  # none at all: their own file tells why
            reader.require_known(each, indicators, f"een van de {name}")
        terms.append(Term(**said))
    reader.require_unique((term.term for term in terms), "het begrip")
    yield from terms
