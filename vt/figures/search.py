"""One search over everything that has a name: places, figures, topics, terms, questions; every word of it counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlencode

from vt.figures.asking import Asked, correct, has_word, is_part, list_words, read_asked, without_geweld
from vt.figures.selection import KEYS, Selection, list_names, name_in_filter, pick_period, write_query
from vt.figures.wording import fold, format_date, join_words, truncate
from vt.model.catalogue import REGION, Indicator, Place, Term
from vt.model.geweld import ALL_GEWELD
from vt.model.stories import Story
from vt.store.reference import Coverage, Metadata

MOST_A_GROUP = 8
MOST_ABOUT = 110
PLACE = "regio gemeente"
_Classes = Mapping[str, Iterable[str]]


class Hit(NamedTuple):
    """Something that was found: its name, what is said of it, and where a link to it goes.

    `sets` are the filters that the link itself sets; `rank` is lower where more of the name was asked for;
    `indicator` is the plain number that it leads to.
    """

    name: str
    about: str
    link: str
    sets: str = ""
    rank: int = 0
    indicator: str = ""


class Found(NamedTuple):
    """What was found by kind, the text that it was found by where that is not the one that was asked; what it asks."""

    groups: dict[str, list[Hit]]
    instead: str
    asked: Asked

    @property
    def only_place(self) -> Hit | None:
        """The place that was meant where nothing but that is asked, and no other has these letters."""
        hits = [hit for name, found in self.groups.items() if name.startswith("Plaatsen") for hit in found]
        is_plain = len(self.asked.places) == 1 and not (self.asked.words or self.instead)
        return hits[0] if is_plain and len(hits) == 1 else None


def search(metadata: Metadata, classes: _Classes, text: str) -> Found:
    """What has every word of a text in its name (or, after those, in what is said of it), by kind; where nothing has,
    what has the words that are nearest to them.

    `classes` are the labels of the classes of each classification.
    """
    vocabulary = _list_vocabulary(metadata, classes)
    asked = read_asked(text, metadata, vocabulary)
    groups = _find_all(metadata, classes, asked, text)
    if groups or asked.numbers:
        return Found(groups, "", asked)
    meant = correct(text, vocabulary | _list_names(metadata))
    read = read_asked(meant, metadata, vocabulary)
    groups = _find_all(metadata, classes, read, meant) if meant else {}
    return Found(groups, meant, read) if groups else Found({}, "", asked)


def suggest(metadata: Metadata, classes: _Classes, asked: Asked) -> list[str]:
    """What would be found: each of the words by itself, as far as they are several, and examples."""
    vocabulary = _list_vocabulary(metadata, classes) | _list_names(metadata)
    alone = [word for word in asked.every if len(asked.every) > 1 and is_part(word, vocabulary)]
    known = [place.label for place in asked.places or metadata.places_with_data() if place.kind == "gemeente"][:1]
    label = next((each.label.lower() for each in metadata.indicators.values()), "")
    texts = filter(None, [*alone, *known, *(f"{place} {label}" for place in known), label])
    return list({fold(text): text for text in texts}.values())


def make_place_query(place: Place, metadata: Metadata) -> str:
    """The query that chooses one place, where a link sets the filters PLACE itself."""
    is_gemeente = place.kind in ("gemeente", "rest")
    return urlencode({"gemeente": name_in_filter(place, metadata)} if is_gemeente else {"regio": place.label})


def term_anchor(term: str) -> str:
    """Where a term stands on the page Begrippen: begrip-voorwaarden-en-vervolg."""
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(term))
    return "-".join(["begrip", *letters.split()])


def _list_vocabulary(metadata: Metadata, classes: _Classes) -> frozenset[str]:
    indicators = metadata.indicators.values()
    texts = [text for each in indicators for text in (each.label, each.definition)]
    terms = [text for each in metadata.glossary for text in (each.term.term, each.term.abbreviation or "")]
    stories = [text for each in metadata.stories for text in (each.title, each.question)]
    topics = (topic.label for topic in metadata.topics.values())
    return list_words(chain(texts, terms, stories, topics, *classes.values()))


def _list_names(metadata: Metadata) -> frozenset[str]:
    known = chain(metadata.places.values(), metadata.elsewhere.values())
    return list_words(name_in_filter(place, metadata) for place in known)


def _find_all(metadata: Metadata, classes: _Classes, asked: Asked, text: str) -> dict[str, list[Hit]]:
    groups: dict[str, Iterator[Hit | None]] = {
        "Plaatsen": (_find_place(metadata, place, asked, text) for place in _list_gemeenten_first(metadata)),
        "Plaatsen zonder cijfers": (
            _find_elsewhere(metadata, place, asked, text) for place in metadata.elsewhere.values()
        ),
        "Onderwerpen": (_find_topic(metadata, each.id, each.label, asked) for each in metadata.topics.values()),
        "Cijfers": (_find_indicator(metadata, each, classes, asked) for each in metadata.indicators.values()),
        "Begrippen": _find_terms([entry.term for entry in metadata.glossary], asked.every, text),
        "Vragen": (_find_story(metadata, each, asked, text) for each in metadata.stories),
    }
    by_name = bool(asked.words or not asked.places)  # the numbers of a place stand in the order of the catalogue
    found = {
        name: sorted(filter(None, hits), key=lambda hit: (hit.rank, hit.name if by_name else ""))
        for name, hits in groups.items()
    }
    if (
        asked.words
        and asked.places
        and not any(hits for name, hits in found.items() if not name.startswith("Plaatsen"))
    ):
        return {}  # a place alone is no answer to the words beside it
    if asked.words and asked.has_filters:  # what is asked of a place goes before the place
        found = {"Cijfers": found.pop("Cijfers"), **found}
    return {name: hits[:MOST_A_GROUP] for name, hits in found.items() if hits and asked.every}


def _list_gemeenten_first(metadata: Metadata) -> list[Place]:
    """The places with numbers, a gemeente before the region that has its name."""
    return sorted(metadata.places.values(), key=lambda place: place.kind in ("region", "land"))


def _make_link(metadata: Metadata, page: str, asked: Asked, figure: str = "") -> tuple[str, str]:
    """The address of a page with what is asked chosen, and the filters that it sets."""
    query = write_query(asked.select(metadata), metadata)
    usual = write_query(Selection(), metadata)
    sets = {key: query[key] for key in KEYS if query.get(key) != usual.get(key)}
    link = urlencode(sets | ({"figuur": figure} if figure else {}), doseq=True)
    names = {*sets, *(PLACE.split() if asked.places else ())}
    return f"{page}?{link}", " ".join(key for key in KEYS if key in names)


def _find_place(metadata: Metadata, place: Place, asked: Asked, text: str) -> Hit | None:
    if place.id in metadata.elsewhere:
        return None
    region = metadata.places[place.region or place.id].label
    kind = "gemeente in" if place.kind == "gemeente" else "groep van"
    about = "als geheel" if place.kind in ("region", "land") else _tell_end(place) or f"{kind} {region}"
    return _match_place(metadata, place, name_in_filter(place, metadata), about, asked, text)


def _tell_end(place: Place) -> str:
    return f"tot {format_date(place.gone)}, nu {join_words(place.into)}" if place.gone else ""


def _find_elsewhere(metadata: Metadata, place: Place, asked: Asked, text: str) -> Hit | None:
    """A place that is known by its name alone: what is said of it is not what it is found by."""
    hit = _match_place(metadata, place, name_in_filter(place, metadata), "", asked, text)
    if hit is None:
        return None
    if end := _tell_end(place):
        return hit._replace(about=end)
    region = metadata.places[place.region or place.id]
    return hit._replace(about=f"gemeente in {region.label}" if place.kind == "gemeente" else "regio als geheel")


def _match_place(metadata: Metadata, place: Place, name: str, about: str, asked: Asked, text: str) -> Hit | None:
    """A place that has all the words in its name; one that is named goes with the places and filters beside it, and so
    does the one that shares its name."""
    if place.is_namesake and place.bare in {each.bare for each in asked.places[:1]}:
        asked = replace(asked, places=(place,))
    if place not in asked.places:
        link = f"overzicht?{make_place_query(place, metadata)}"
        hit = _match(name.removeprefix(REGION), about, link, asked.every, text, PLACE)
        return hit and hit._replace(name=name)
    if place != asked.places[0]:
        return None
    link, sets = _make_link(metadata, "overzicht", asked)
    filters = asked.filters if len(asked.places) == 1 else asked.name
    is_whole = any(fold(each) in fold(text) for each in list_names(place, metadata))
    rank = 5 if asked.words else 0 if is_whole else 1
    return Hit(name, ", ".join(filter(None, (about, filters))), link, sets, rank)


def _find_topic(metadata: Metadata, id_: str, label: str, asked: Asked) -> Hit | None:
    link, sets = _make_link(metadata, id_, asked)
    hit = _match(label, "", link, asked.words, " ".join(asked.words), sets)
    return hit and hit._replace(about=asked.name)


def _find_indicator(metadata: Metadata, indicator: Indicator, classes: _Classes, asked: Asked) -> Hit | None:
    parts = classes.get(indicator.classification or "", ())
    if asked.geweld != ALL_GEWELD:
        by_class = _match_indicator(metadata, indicator, parts, without_geweld(asked))
        covered = _list_covered(metadata, indicator, asked) if asked.words else _list_own(metadata, indicator, asked)
        is_split = any(asked.geweld in item.geweld for item in covered)
        return (_match_indicator(metadata, indicator, parts, asked) if is_split else None) or by_class
    return _match_indicator(metadata, indicator, parts, asked)


def _match_indicator(metadata: Metadata, indicator: Indicator, parts: Iterable[str], asked: Asked) -> Hit | None:
    """An indicator that has every word in its label, its classes or its definition; last where no place that is asked,
    nor its region, has it."""
    link, sets = _make_link(metadata, indicator.topic, asked, _name_figure(metadata, indicator, asked))
    number = "" if indicator.usual_kind == "categories" else indicator.id
    if not asked.words:
        is_own = number and any(metadata.covered(number, place.id) for place in asked.places)
        return Hit(indicator.label, asked.name, link, sets, 2, number) if is_own else None
    hit = _match(indicator.label, indicator.definition, link, asked.words, " ".join(asked.words), sets)
    if hit is None or hit.rank > 3:
        label, words = fold(indicator.label), asked.words
        named = next(
            (part for part in parts if all(has_word(word, label) or has_word(word, fold(part)) for word in words)), None
        )
        hit = Hit(indicator.label, f"met {named}", link, sets, 3) if named and words else hit
    if indicator.grouped_as and all(has_word(word, fold(indicator.grouped_as)) for word in asked.words):
        link, sets = _make_link(metadata, indicator.topic, asked, f"{indicator.id}.groups")
        hit = Hit(indicator.grouped_as, "", link, sets, 2)
    if hit and asked.places and not _list_covered(metadata, indicator, asked):
        return hit._replace(about=f"niet gepubliceerd voor {asked.where}", rank=hit.rank + 5)
    return hit and hit._replace(about=" · ".join(filter(None, (asked.name, hit.about))), indicator=number)


def _list_covered(metadata: Metadata, indicator: Indicator, asked: Asked) -> list[Coverage]:
    """What there is of it in the places that are asked, or in their regions; or anywhere."""
    places = [place.id for place in asked.places] or list(metadata.known)
    ids = dict.fromkeys(chain(places, (p.region for p in asked.places if p.region)))
    return [item for id_ in ids for item in metadata.covered(indicator.id, id_)]


def _list_own(metadata: Metadata, indicator: Indicator, asked: Asked) -> list[Coverage]:
    """What there is of it in the places that are asked themselves."""
    return [item for place in asked.places for item in metadata.covered(indicator.id, place.id)]


def _name_figure(metadata: Metadata, indicator: Indicator, asked: Asked) -> str:
    """The figure of it on the page of its topic: of what has a norm the one that all of these stand in; how it begins,
    where it is not known over which period the page shows it."""
    wanted = asked.period.id if asked.period else None
    near = pick_period(_list_own(metadata, indicator, asked), wanted)
    if indicator.norm:
        return f"{indicator.topic}.norms"
    name = f"{indicator.id}.{indicator.usual_kind}"
    return f"{name}.{near.period.months}" if near else name


def _find_terms(terms: Sequence[Term], words: Sequence[str], text: str) -> Iterator[Hit | None]:
    """The terms with every word; each of several words that are all terms, for who asks how these differ."""
    names = {fold(term.term) for term in terms}
    alone = set(words) if len(words) > 1 and names.issuperset(words) else set()
    for term in terms:
        name = fold(term.term)
        yield _find_term(term, [name], name) if name in alone else _find_term(term, words, text)


def _find_term(term: Term, words: Sequence[str], text: str) -> Hit | None:
    name = f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term
    return _match(name, term.definition, f"begrippen?#{term_anchor(term.term)}", words, text)


def _find_story(metadata: Metadata, story: Story, asked: Asked, text: str) -> Hit | None:
    link, sets = _make_link(metadata, "presenteren", asked)
    link += f"{'' if link.endswith('?') else '&'}{urlencode({'verhaal': story.name})}"
    return _match(story.title, story.question, link, asked.words, text, sets)


def _match(name: str, about: str, link: str, words: Sequence[str], text: str, sets: str = "") -> Hit | None:
    """The hit, where every word is in the name or in what is said of it; best where the name begins with the text."""
    folded, asked = fold(name), fold(text)
    if not words or not all(has_word(word, folded) or has_word(word, fold(about)) for word in words):
        return None
    in_name = 2 if all(word in folded for word in words) else 3 if all(has_word(word, folded) for word in words) else 4
    rank = 0 if folded == asked else 1 if folded.startswith(asked) else in_name
    return Hit(name, truncate(about, MOST_ABOUT), link, sets, rank)
