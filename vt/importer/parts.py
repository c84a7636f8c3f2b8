"""A table that counts more than one thing, in its columns or in its rows, becomes a grid of each."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from vt.importer.headings import plain
from vt.importer.heads import Column, Grid, Row
from vt.importer.words import find_role, is_total
from vt.model.catalogue import Indicator

_FEWEST = 2
_DATED = re.compile(r"(?P<name>.*[^\d\s])\s+(?P<rest>(?:[1-4]e kwartaal |[12]e half ?jaar |Q[1-4] )?(?:19|20)\d{2})")
_NARROWED = re.compile(
    r"\b(door|waar\w*|met|zonder|jonger|ouder\w*|\w*kinderen|jeugd\w*|\w*slachtoffers?|\w*plegers?|\w*professionals|"
    r"\w*particulieren|politie|herhaa?l\w*|nieuwe?|unieke?|afge\w+|lopende?|openstaan\w*|prognose|begro\w+|raming|"
    r"verwacht\w*|norm\w*|gemiddeld\w*)\b",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """What a part of a table counts, and the numbers of it."""

    indicator: Indicator
    grid: Grid


def is_narrowed(above: Iterable[str]) -> bool:
    """Whether what stands above a table may say that its columns count less than their names, or another thing."""
    return any(map(_NARROWED.search, above))


_Names = Mapping[str, Indicator]
_Labels = tuple[str, ...]
_Item = TypeVar("_Item", Column, Row)


def split_grid(grid: Grid, indicators: Mapping[str, Indicator], place: str) -> list[Part]:
    """A grid for each thing that the columns, or the rows, say that they count; nothing where they do not.

    `place` is what a row is about that says nothing else.
    """
    names = {plain(each.label): each for each in indicators.values() if each.unit == "aantal"}
    return _split_columns(grid, names) or _split_rows(grid, names, place)


def _take_name(labels: _Labels, names: _Names) -> tuple[Indicator, _Labels] | None:
    """What the one label that names a thing names, and the other labels; “Meldingen 2021” leaves its year."""
    named = [(n, each, rest) for n, label in enumerate(labels) for each, rest in _find_name(label, names)]
    if len(named) != 1:
        return None
    n, indicator, rest = named[0]
    return indicator, (*labels[:n], *([rest] if rest else []), *labels[n + 1 :])


def _find_name(label: str, names: _Names) -> list[tuple[Indicator, str]]:
    dated = _DATED.fullmatch(label.strip())
    name, rest = (dated["name"], dated["rest"]) if dated else (label, "")
    return [(names[plain(name)], rest)] if plain(name) in names else []


def _group(
    labelled: Iterable[tuple[_Labels, _Item]], names: _Names
) -> Collection[tuple[Indicator, list[tuple[_Labels, _Item]]]]:
    """Columns or rows by the thing that they count, with their other labels; nothing where one of them names none."""
    groups: dict[str, tuple[Indicator, list[tuple[_Labels, _Item]]]] = {}
    for labels, item in labelled:
        taken = _take_name(labels, names)
        if taken is None:
            return []
        indicator, rest = taken
        groups.setdefault(indicator.id, (indicator, []))[1].append((rest, item))
    return groups.values()


def _split_columns(grid: Grid, names: _Names) -> list[Part]:
    groups = _group(((c.path, c) for c in grid.columns if not any(map(find_role, c.path))), names)
    is_told = len(groups) >= _FEWEST or all(path for _, own in groups for path, _ in own)
    return [
        Part(each, replace(grid, columns=tuple(replace(column, path=path) for path, column in own)))
        for each, own in groups
        if is_told
    ]


def _split_rows(grid: Grid, names: _Names, place: str) -> list[Part]:
    groups = _group(((r.labels, r) for r in grid.rows if not (r.labels and is_total(r.labels[-1]))), names)
    return [
        Part(each, replace(grid, rows=tuple(replace(row, labels=labels or (place,)) for labels, row in own)))
        for each, own in groups
        if len(groups) >= _FEWEST
    ]
