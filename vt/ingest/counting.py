"""data/catalogue/counting.yaml -> how each source counts."""

from collections.abc import Iterator, Mapping

from vt.errors import quote_value
from vt.ingest.reader import Reader
from vt.model.counting import UNKNOWN, Aspect, SourceCountings, Statement

OPTIONAL = ("name", "all", "indicators")


def read_countings(reader: Reader, indicators: Mapping[str, object]) -> dict[str, SourceCountings]:
    """How each publisher or report of the file counts, by its name or id; faults for what is not known."""
    return {
        id_: _read_source(reader, id_, item, indicators)
        for id_, item in reader.read_members(reader.content, "het bestand")
    }


def _read_source(reader: Reader, id_: str, item: object, indicators: Mapping[str, object]) -> SourceCountings:
    keys = reader.read_mapping(item, id_, (), OPTIONAL)
    name = reader.read_texts(keys, ("name",), id_).get("name")
    by_indicator = {}
    for indicator, told in reader.read_members(keys.get("indicators", {}), f"indicators van {id_}"):
        reader.require_known(indicator, indicators, f"een indicator van {id_}")
        by_indicator[indicator] = dict(_read_aspects(reader, told, f"{indicator} van {id_}"))
    return SourceCountings(name, dict(_read_aspects(reader, keys.get("all", {}), f"all van {id_}")), by_indicator)


def _read_aspects(reader: Reader, item: object, owner: str) -> Iterator[tuple[Aspect, Statement | None]]:
    keys = reader.read_mapping(item, owner, (), list(Aspect))
    for name, told in keys.items():
        with reader.move_to(keys, name):
            yield Aspect(name), _read_stated(reader, told, f"{name} van {owner}")


def _read_stated(reader: Reader, told: object, owner: str) -> Statement | None:
    match told:
        case [str(value), str(where)] if value.strip() and where.strip():
            return Statement(value, where)
        case str(text) if text == UNKNOWN:
            return None
    reader.fault(f"{owner} is {quote_value(told)}", f"bedoeld: [wat er geteld wordt, waar dat staat] of {UNKNOWN}")
    return None
