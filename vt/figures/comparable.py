"""What can be compared with what, and what each source says that it counts: sheets for the page that explains."""

from itertools import combinations
from typing import NamedTuple

from vt.figures import wording
from vt.figures.counting import UNTOLD, describe_aspect, explain_difference
from vt.figures.table import Heading, Table
from vt.model.counting import Counting, list_aspects
from vt.model.geweld import ALL_GEWELD
from vt.store.reference import Metadata


class _Counted(NamedTuple):
    """How a source counts an indicator, and what it gives of it."""

    counting: Counting
    by_gemeente: bool = False
    by_class: bool = False
    by_geweld: bool = False

    def compare(self, other: "_Counted") -> tuple[str, str]:
        """Whether the numbers of both stand in one picture, and why not."""
        whole = list_aspects(between_gemeenten=False, by_class=False, by_geweld=False)
        parts = list_aspects(
            between_gemeenten=self.by_gemeente and other.by_gemeente,
            by_class=self.by_class and other.by_class,
            by_geweld=self.by_geweld and other.by_geweld,
        )
        if why := explain_difference(self.counting, other.counting, whole):
            return "nee", f"{wording.capitalize(why)}."
        if why := explain_difference(self.counting, other.counting, parts):
            return "alleen als geheel", f"{wording.capitalize(why)}."
        return "ja", "Wat de bronnen zeggen, komt overeen."


def tabulate_comparable(metadata: Metadata) -> Table:
    """Of each indicator that several sources have: which two of them count alike, and if not why."""
    headings = ("Cijfer", "Bronnen", "In één grafiek", "Waarom")
    rows = [
        (indicator.label, _name_sources(one, other), *one.compare(other))
        for indicator in metadata.indicators.values()
        for one, other in combinations(_find_counted(metadata, indicator.id), 2)
    ]
    return Table(tuple(map(Heading, headings)), tuple(rows))


def tabulate_countings(metadata: Metadata) -> Table:
    """Of each indicator and source: what is counted, what the source does not tell, and where it says so."""
    headings = ("Cijfer", "Bron", "Telt", "Zegt niet", "Staat in")
    rows = [
        (indicator.label, counted.counting.source, *_describe(counted))
        for indicator in metadata.indicators.values()
        for counted in _find_counted(metadata, indicator.id)
    ]
    return Table(tuple(map(Heading, headings)), tuple(rows))


def _name_sources(*counted: _Counted) -> str:
    return wording.join_words(list(dict.fromkeys(each.counting.source for each in counted)))


def _find_counted(metadata: Metadata, indicator: str) -> list[_Counted]:
    """How each source counts an indicator: a report of its own where it counts otherwise than others of its source."""
    found: dict[Counting, _Counted] = {}
    covered = [
        (place, item) for (name, place), items in metadata.coverage.items() if name == indicator for item in items
    ]
    for place, item in covered:
        counting = metadata.tables[item.tables[0]].counting
        known = found.get(counting, _Counted(counting))
        found[counting] = _Counted(
            counting,
            known.by_gemeente or metadata.places[place].kind in ("gemeente", "rest"),
            known.by_class or item.has_categories,
            known.by_geweld or bool((item.geweld | item.class_geweld) - {ALL_GEWELD}),
        )
    return list(found.values())


def _describe(counted: _Counted) -> tuple[str, str, str]:
    """What it states that is of concern to its numbers, what it does not tell of that, and where it says so."""
    counting = counted.counting
    aspects = list_aspects(
        between_gemeenten=counted.by_gemeente, by_class=counted.by_class, by_geweld=counted.by_geweld
    )
    stated = {describe_aspect(counting, aspect): None for aspect in aspects}
    untold = [UNTOLD[aspect] for aspect in aspects if aspect not in counting.stated]
    where = dict.fromkeys(said.where for aspect, said in counting.stated.items() if aspect in aspects)
    return "; ".join(filter(None, stated)) or "–", "; ".join(untold) or "–", "; ".join(where) or "–"
