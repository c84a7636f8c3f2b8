"""What a search asks for: places, a period, a kind of geweld, a measure, and the other words."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

from vt.figures.selection import Selection, list_names
from vt.figures.wording import fold, join_words, parse_number
from vt.model.catalogue import Place
from vt.model.geweld import ALL_GEWELD, GEWELD, GEWELD_BY_CODE
from vt.model.measures import Measure
from vt.model.period import Period
from vt.store.reference import Metadata

MOST_WORDS, FEWEST_LETTERS = 12, 3
MOST_SLIPS = 3  # of more words that are none it is not known what was meant
_LONGEST = 5  # words of a name that stands for one thing
_NEAR = 0.75  # how alike a word and what it was meant to be are, from 0 to 1
_SAID = {"eerste": "1e", "tweede": "2e", "derde": "3e", "vierde": "4e", "helft": "halfjaar"}
_ALONE = frozenset(
    {"de", "den", "het", "een", "in", "van", "en", "voor", "over", "naar", "per", "bij", "uit", "met", "hoeveel", "wat"}
    | {"wie", "waar", "is", "zijn", "er", "aantal", "cijfers", "jaar", "hoe", "vaak", "welk", "welke", "tussen", "dan"}
    | {"die", "dat", "wij", "we", "ons", "was", "waren", "had", "hadden", "heeft", "hebben", "wordt", "worden", "doet"}
    | {"doen", "komt", "komen", "vraagt", "vragen", "meer", "minder", "hoger", "lager", "verschil", "aandeel", "regio"}
    | {"gemeente", "betekent"}
)
_MEASURES = {
    **dict.fromkeys(("per inwoner", "per 1000", "per 1000 inwoners", "per 1.000 inwoners"), Measure.PER_1000),
    "per maand": Measure.PER_MAAND,
    "aandeel van de regio": Measure.AANDEEL_REGIO,
}
_ENDINGS, _SHORTEST = ("en", "s", "n"), 4
_HARD = {"z": "s", "v": "f"}
Found = TypeVar("Found")


@dataclass(frozen=True)
class Asked:
    """A search taken apart: `words` are those beside places and filters, `every` are all that say anything."""

    words: tuple[str, ...]
    every: tuple[str, ...]
    places: tuple[Place, ...] = ()
    period: Period | None = None
    geweld: str = ALL_GEWELD
    measure: Measure = Measure.AANTAL

    @property
    def has_filters(self) -> bool:
        """Whether it says where, when, of which kind or in which measure."""
        return (self.words, self.measure) != (self.every, Measure.AANTAL)

    @property
    def numbers(self) -> list[float]:
        """The numbers among the words."""
        return [number for word in self.every if (number := parse_number(word)) is not None]

    @property
    def where(self) -> str:
        """The places, as they are shown."""
        return join_words([place.said for place in self.places])

    @property
    def filters(self) -> str:
        """When, of which kind and in which measure, as they are shown."""
        when = [self.period.label] if self.period else []
        kinds = [kind.name for kind in GEWELD_BY_CODE.values() if kind.id == self.geweld]
        measure = [self.measure.lower()] if self.measure is not Measure.AANTAL else []
        return " · ".join([*when, *kinds, *measure])

    @property
    def name(self) -> str:
        """All of these."""
        return " · ".join(filter(None, (self.where, self.filters)))

    def select(self, metadata: Metadata) -> Selection:
        """The selection that it says."""
        known = [place.id for place in self.places if place.id not in metadata.elsewhere]
        kinds = {id_: metadata.places[id_].kind for id_ in known}
        return Selection(
            region=next((id_ for id_ in known if kinds[id_] in ("region", "land")), None),
            gemeenten=tuple(id_ for id_ in known if kinds[id_] in ("gemeente", "rest")),
            period=self.period.id if self.period else None,
            geweld=self.geweld,
            measure=self.measure,
            elsewhere=tuple(place.id for place in self.places if place.id in metadata.elsewhere),
        )


def read_asked(text: str, metadata: Metadata, vocabulary: Iterable[str]) -> Asked:
    """What a text asks for; `vocabulary` are the words of figures and terms, which are no beginning of a place."""
    words = [_SAID.get(word, word) for word in re.sub(r"[?!;]|,(?!\d)", " ", fold(text)).split()[:MOST_WORDS]]
    every = tuple(word for word in words if word not in _ALONE) or tuple(words)
    measures, words = _take(words, _MEASURES.get)
    periods, words = _take(words, _read_period)
    places, words = _take(words, _read_places(metadata, frozenset(vocabulary)))
    kinds, words = _take(words, _read_geweld)
    left = tuple(word for word in words if word not in _ALONE)
    is_plain = not (measures or periods or places or kinds)
    return Asked(
        every if is_plain else left,
        every,
        tuple({place.id: place for place in places}.values()),
        next(iter(periods), None),
        next(iter(kinds), ALL_GEWELD),
        next(iter(measures), Measure.AANTAL),
    )


def without_geweld(asked: Asked) -> Asked:
    """The same with the kind of geweld as words: for figures that have it as a class."""
    return replace(asked, words=(*asked.words, *GEWELD[asked.geweld].name.split()), geweld=ALL_GEWELD)


def correct(text: str, known: Collection[str]) -> str:
    """The text with the nearest known word for each that is none, nor a part of one; "" where nothing is nearer."""
    words = fold(text).split()[:MOST_WORDS]
    slips = [word for word in words if _may_be_slip(word) and not is_part(word, known)]
    meant = {word: _find_near(word, known) for word in slips} if len(slips) <= MOST_SLIPS else {}
    return " ".join(meant.get(word) or word for word in words) if any(meant.values()) else ""


def is_part(word: str, known: Iterable[str]) -> bool:
    """Whether a word is one of these, or a part of one."""
    return any(word in one for one in known)


@lru_cache(maxsize=4096)
def list_forms(word: str) -> tuple[str, ...]:
    """A word, and as it may be written where there is one of it: groepen and groep, adviezen and advies."""
    ends = (ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST)
    stems = [word.removesuffix(ending) for ending in ends]
    hard = [stem[:-1] + _HARD[stem[-1]] for stem in stems if stem[-1] in _HARD]
    long = [re.sub(r"(?<![aeiou])([aeou])([^aeiouwxy])$", r"\1\1\2", stem) for stem in (*stems, *hard)]
    return tuple(dict.fromkeys([word, *stems, *hard, *long]))


def has_word(word: str, text: str) -> bool:
    """Whether a folded text has a word in any of its forms."""
    return any(form in text for form in list_forms(word))


def _may_be_slip(word: str) -> bool:
    return len(word) > FEWEST_LETTERS and not any(sign.isdigit() for sign in word)


def _find_near(word: str, known: Collection[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=_NEAR)), "")


def list_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts as they are compared."""
    return frozenset(word for text in texts for word in re.findall(r"\w+(?:[-&']\w+)*", fold(text)))


def _take(words: Sequence[str], read: Callable[[str], Found | None]) -> tuple[list[Found], list[str]]:
    """What runs of words mean, the longest first, and the words that are left."""
    found: list[Found] = []
    left: list[str] = []
    at = 0
    while at < len(words):
        runs = range(min(_LONGEST, len(words) - at), 0, -1)
        meant = next(((n, one) for n in runs if (one := read(" ".join(words[at : at + n]))) is not None), None)
        if meant:
            found.append(meant[1])
        else:
            left.append(words[at])
        at += meant[0] if meant else 1
    return found, left


def _read_period(text: str) -> Period | None:
    """A year, or a part of one: 2021, 1e halfjaar 2021, h1 2021, 2021-q3."""
    words = [word for word in text.split() if word != "van"]
    for said in (" ".join(words), "-".join(words).upper(), "-".join(reversed(words)).upper()):
        try:
            period = Period.parse(said)
        except ValueError:
            continue
        if 2000 <= period.year < 2100:
            return period
    return None


def _read_geweld(text: str) -> str | None:
    """A kind by its code, its name, or a beginning of it that no other has."""
    for kind in GEWELD_BY_CODE.values():
        if text in (kind.code.casefold(), kind.name) or (len(text) > 5 and kind.name.startswith(text)):
            return kind.id
    return None


def _read_places(metadata: Metadata, vocabulary: frozenset[str]) -> Callable[[str], Place | None]:
    """What finds a place by any of its names, or by a beginning that no other place and no other word has."""
    names = _index_places(metadata)

    def read(text: str) -> Place | None:
        said = text.replace("-", " ")
        if (
            said in names
            or len(said) < FEWEST_LETTERS
            or said in _ALONE
            or any(word.startswith(said) for word in vocabulary)
        ):
            return names.get(said)
        begun = {place.id: place for name, place in names.items() if name.startswith(said)}
        own = [place for id_, place in begun.items() if id_ not in metadata.elsewhere]
        return own[0] if len(own) == 1 else next(iter(begun.values())) if len(begun) == 1 else None

    return read


def _index_places(metadata: Metadata) -> Mapping[str, Place]:
    """Every place by its names: those with numbers before the others, a gemeente before a region."""
    everywhere = [
        *metadata.elsewhere.values(),
        *(p for p in metadata.places.values() if p.id not in metadata.elsewhere),
    ]
    ordered = sorted(everywhere, key=lambda p: (p.id not in metadata.elsewhere, p.kind == "gemeente"))
    return {fold(name).replace("-", " "): place for place in ordered for name in list_names(place, metadata)}
