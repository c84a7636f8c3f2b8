"""Which gemeente a table is about in a document with a section for each: its name stands above, or on the sheet."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vt.importer.form import RawTable
from vt.importer.headings import plain
from vt.importer.words import Words, fold

_GEMEENTE = re.compile(r"gemeente:?\s+", re.IGNORECASE)
_REGION = ""


class Section(NamedTuple):
    """The gemeente that a table stands under, "" for none; and whether it must be about that."""

    place: str = _REGION
    is_sure: bool = True


def find_sections(tables: Sequence[RawTable], names: Sequence[str], words: Words) -> list[Section]:
    """The section of each table, which has these names: sure where the gemeente stands right above it, or where other
    gemeenten have a table of this name as well."""
    own = [_find_own(table, words) for table in tables]
    region = words.catalogue.places[words.region or ""].label
    if not any(place not in (None, _REGION, region) for place in own):  # its own name may be that of the region
        own = [None if place == region else place for place in own]
    places, current = list[str](), _REGION
    for place in own:
        current = current if place is None else place
        places.append(current)
    under = _gather(places, names)
    return [
        Section(place, not place or own[n] is not None or len(under[plain(names[n])]) > 1)
        for n, place in enumerate(places)
    ]


def _gather(places: Sequence[str], names: Sequence[str]) -> Mapping[str, set[str]]:
    """Under which gemeenten each name stands."""
    under: dict[str, set[str]] = defaultdict(set)
    for place, name in zip(places, names, strict=True):
        under[plain(name)].add(place)
    return under


def _find_own(table: RawTable, words: Words) -> str | None:
    """The gemeente that is named above a table, or by its sheet; "" for the region, None where neither is."""
    lines = [*table.before, table.sheet]
    return next((place for line in reversed(lines) if (place := _read_place(line, words)) is not None), None)


def _read_place(line: str, words: Words) -> str | None:
    bare = _GEMEENTE.sub("", line.strip(), count=1) if _GEMEENTE.match(line.strip()) else line.strip()
    meaning = words.find(bare)
    if meaning is None or meaning.dimension != "place":
        return None
    places = [place for place in words.catalogue.places.values() if fold(place.label) == fold(meaning.label)]
    kinds = {place.kind for place in places if words.region in (place.id, place.region)}
    return meaning.label if "gemeente" in kinds else _REGION if "region" in kinds else None
