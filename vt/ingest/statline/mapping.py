"""data/catalogue/statline.yaml -> which cells of which table are which indicator and class."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vt.ingest.reader import Reader, gather_faults
from vt.ingest.statline.keys import normalise
from vt.model.catalogue import Catalogue


@dataclass(frozen=True)
class Split:
    """An indicator that a measure gives: `total` is the title of what is not split, `classes` the classification of
    the others; `category` where the measure itself is a class, `where` the titles in other dimensions."""

    indicator: str
    total: str | None = None
    classes: str | None = None
    category: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MeasureMap:
    """A measure by its title, after the titles of its groups where those tell it apart, or by another that CBS gives
    it (`also`); without splits it is not taken."""

    title: str
    unit: str
    also: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True)
class TableMap:
    """A table: dimensions by key with their title, and titles that are known and not taken.

    `groups` are what some files write before a measure's own title, with nothing between them. `is_guess` where nobody
    has seen the titles.
    """

    id: str
    title: str
    measures: tuple[MeasureMap, ...]
    dimensions: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    is_guess: bool = False

    def find_measure(self, titles: tuple[str, ...]) -> MeasureMap | None:
        """The measure of these titles, those of its groups first; the one of the most titles where several fit."""
        path = tuple(map(normalise, titles))
        named = [(each, title) for each in self.measures for title in (each.title, *each.also)]
        parts = [(each, tuple(map(normalise, title.split(" | ")))) for each, title in named]
        heads = ["", *(f"{normalise(group)} " for group in self.groups)]
        fitting = [
            (len(own), each)
            for each, own in parts
            if path[-len(own) :] == own or path in [(head + " ".join(own),) for head in heads]
        ]
        return max(fitting, key=lambda ranked: ranked[0])[1] if fitting else None

    @property
    def indicators(self) -> set[str]:
        """What it can fill."""
        return {split.indicator for measure in self.measures for split in measure.splits}


@dataclass(frozen=True)
class StatLine:
    """What is known of StatLine: its tables, what stands for no number, which statuses are provisional.

    `beside` is by indicator the one that has CBS's numbers of places of which a report has that indicator too.
    """

    publisher: str
    licence: str
    reasons: Mapping[str, str]
    statuses: Mapping[str, bool]
    beside: Mapping[str, str]
    tables: Mapping[str, TableMap]

    @property
    def own(self) -> set[str]:
        """Every indicator that it can fill."""
        return {name for table in self.tables.values() for name in table.indicators} | set(self.beside.values())


def load_statline(path: Path, catalogue: Catalogue) -> StatLine | None:
    """Read the file; None where there is none. DataError with every fault."""
    if not path.exists():
        return None
    with gather_faults() as open_file:
        reader = open_file(path)
        said = reader.read_fields(StatLine, reader.content, "het bestand", ("beside",))
        tables = reader.read_members(said.get("tables", {}), "tables")
        own = {
            "reasons": _read_texts(reader, said, "reasons"),
            "statuses": {normalise(name): bool(value) for name, value in dict(said.get("statuses", {})).items()},
            "beside": {each.beside: each.id for each in catalogue.indicators.values() if each.beside},
            "tables": {id_: _read_table(reader, id_, item) for id_, item in tables},
        }
        made = StatLine(**said | own)
        _require_known(reader, made, catalogue)
    return made


def _require_known(reader: Reader, made: StatLine, catalogue: Catalogue) -> None:
    for name in sorted(made.own):
        reader.require_known(name, catalogue.indicators, "een indicator")
    for table in made.tables.values():
        for split in (split for measure in table.measures for split in measure.splits):
            reader.require_known(split.classes, catalogue.categories, f"classes van {table.id}")


def _read_table(reader: Reader, id_: str, item: object) -> TableMap:
    said = reader.read_fields(TableMap, item, id_, ("id",))
    members = reader.read_members(said.get("measures", {}), f"measures van {id_}")
    lists = {name: reader.read_list(said, name, id_) for name in ("skip", "groups")}
    own = {
        "measures": tuple(_read_measure(reader, title, each) for title, each in members),
        "dimensions": _read_texts(reader, said, "dimensions"),
    }
    return TableMap(id_, **said | lists | own)


def _read_measure(reader: Reader, title: str, item: object) -> MeasureMap:
    said = reader.read_fields(MeasureMap, item, title, ("title",), splits="indicators")
    members = reader.read_members(said.get("splits", {}), f"indicators van {title}")
    splits = tuple(_read_split(reader, *member) for member in members)
    return MeasureMap(title, said["unit"], tuple(reader.read_list(said, "also", title)), splits)


def _read_split(reader: Reader, indicator: str, item: object) -> Split:
    said = reader.read_fields(Split, item, indicator, ("indicator",))
    return Split(indicator, **said | {"where": _read_texts(reader, said, "where")})


def _read_texts(reader: Reader, keys: Mapping[str, Any], name: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in reader.read_members(keys.get(name, {}), name)}
