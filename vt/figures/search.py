"""One search over everything that has a name: places, figures, terms, questions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from vt.figures.selection import name_in_filter
from vt.figures.wording import fold, format_date, join_words, truncate
from vt.model.catalogue import Indicator, Place, Term
from vt.store.reference import Metadata

MOST_A_GROUP = 8
MOST_ABOUT = 110
PLACE = "regio gemeente"


class Hit(NamedTuple):
    """Something that was found: its name, what is said of it, and where a link to it goes.

    `sets` are the filters that the link itself sets; `rank` is lower where more of the name was asked for.
    """

    name: str
    about: str
    link: str
    sets: str = ""
    rank: int = 0


def search(metadata: Metadata, classes: Mapping[str, Iterable[str]], text: str) -> dict[str, list[Hit]]:
    """What has every word of a text in its name (or, after those, in what is said of it), by kind.

    `classes` are the labels of the classes of each classification.
    """
    words = fold(text).split()
    groups: dict[str, Iterator[Hit | None]] = {
        "Plaatsen": (_find_place(metadata, place, words) for place in metadata.places.values()),
        "Plaatsen zonder cijfers": (_find_elsewhere(metadata, place, words) for place in metadata.elsewhere.values()),
        "Cijfers": (_find_indicator(each, classes, words) for each in metadata.indicators.values()),
        "Begrippen": (_find_term(entry.term, words) for entry in metadata.glossary),
        "Vragen": (
            _match(each.title, each.question, f"presenteren?{urlencode({'verhaal': each.name})}", words)
            for each in metadata.stories
        ),
    }
    found = {name: sorted(filter(None, hits), key=lambda hit: (hit.rank, hit.name)) for name, hits in groups.items()}
    return {name: hits[:MOST_A_GROUP] for name, hits in found.items() if hits and words}


def make_place_query(place: Place, metadata: Metadata) -> str:
    """The query that chooses one place, where a link sets the filters PLACE itself."""
    is_gemeente = place.kind in ("gemeente", "rest")
    return urlencode({"gemeente": name_in_filter(place, metadata)} if is_gemeente else {"regio": place.label})


def term_anchor(term: str) -> str:
    """Where a term stands on the page Begrippen: begrip-voorwaarden-en-vervolg."""
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(term))
    return "-".join(["begrip", *letters.split()])


def _find_place(metadata: Metadata, place: Place, words: list[str]) -> Hit | None:
    if place.id in metadata.elsewhere:
        return None
    if place.kind in ("region", "land"):
        return _match(place.label, "als geheel", f"overzicht?{make_place_query(place, metadata)}", words, PLACE)
    about = f"gemeente in {metadata.places[place.region or place.id].label}"
    return _match(place.label, about, f"overzicht?{make_place_query(place, metadata)}", words, PLACE)


def _find_elsewhere(metadata: Metadata, place: Place, words: list[str]) -> Hit | None:
    """A place that is known by its name alone: what is said of it is not what it is found by."""
    hit = _match(name_in_filter(place, metadata), "", f"overzicht?{make_place_query(place, metadata)}", words, PLACE)
    if hit is None:
        return None
    if place.gone:
        return hit._replace(about=f"tot {format_date(place.gone)}, nu {join_words(place.into)}")
    region = metadata.places[place.region or place.id]
    return hit._replace(about=f"gemeente in {region.label}" if place.kind == "gemeente" else "regio als geheel")


def _find_indicator(indicator: Indicator, classes: Mapping[str, Iterable[str]], words: list[str]) -> Hit | None:
    parts = classes.get(indicator.classification or "", ())
    named = next((part for part in parts if words and all(word in fold(part) for word in words)), None)
    if named:
        return Hit(indicator.label, f"met {named}", f"{indicator.topic}?", rank=3)
    return _match(indicator.label, indicator.definition, f"{indicator.topic}?", words)


def _find_term(term: Term, words: list[str]) -> Hit | None:
    name = f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term
    return _match(name, term.definition, f"begrippen?#{term_anchor(term.term)}", words)


def _match(name: str, about: str, link: str, words: list[str], sets: str = "") -> Hit | None:
    """The hit, where every word is in the name or in what is said of it; best where the name begins with it."""
    folded, asked = fold(name), " ".join(words)
    if not all(word in folded or word in fold(about) for word in words):
        return None
    in_name = all(word in folded for word in words)
    rank = 0 if folded == asked else 1 if folded.startswith(asked) else 2 if in_name else 4
    return Hit(name, truncate(about, MOST_ABOUT), link, sets, rank)
