"""Presentations: a ready story or a visitor's own picks, filled from what the sources have, as a deck. Pure functions.

What cannot be filled is said in a sentence, never left out in silence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from urllib.parse import quote, unquote

from vt import forms, wording
from vt.answers import Archive
from vt.catalogue import FORMS, MEASURES, TOGETHER, Indicator, Story, StorySlide
from vt.deck import Deck, Question, Slide
from vt.figure import Figure
from vt.forms import Asked
from vt.forms.parts import distinct
from vt.period import Period
from vt.queries import Reference
from vt.selection import Measure, Selection, chosen_places, label_of

MOST_IN_TITLE, MOST_IN_REMARK, MOST_IN_TEXT, MOST_NUMBER = 120, 600, 12_000, 99
MOST_PICKS, MOST_INDICATORS, MOST_NAMED = 50, 12, 2
SEPARATOR = "~"
_NAME = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,2}", re.ASCII)
_MEASURES = dict(zip(MEASURES, (Measure.AANTAL, Measure.PER_MAAND, Measure.PER_1000, Measure.AANDEEL), strict=True))


class Wanted(Protocol):
    """What a story or a pick asks for."""

    @property
    def form(self) -> str: ...
    @property
    def indicators(self) -> tuple[str, ...]: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Told:
    """The slides that the sources fill, and a sentence for each that they cannot."""

    slides: tuple[Slide, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Pick:
    """A figure that a visitor keeps; `number` says which of those that `asked` gives, from 0.

    As text, in links: form~number~label~region~title~remark~indicator~indicator, of letters, digits and -._~ alone. Its
    words are cleaned when it is made: no signs that do not show, no more than there is room for.
    """

    asked: Asked
    number: int = 0
    title: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        words = {"title": _clean(self.title, MOST_IN_TITLE), "remark": _clean(self.remark, MOST_IN_REMARK)}
        asked = self.asked._replace(label=_clean(self.asked.label, MOST_IN_TITLE))
        number = min(max(self.number, 0), MOST_NUMBER)
        for name, value in (words | {"asked": asked, "number": number}).items():
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        """The pick as a link says it; `parse` reads it back."""
        asked = self.asked
        fields = (asked.form, str(self.number), asked.label, asked.region, self.title, self.remark, *asked.indicators)
        return SEPARATOR.join(map(_escaped, fields))

    @classmethod
    def parse(cls, text: str) -> "Pick | None":
        """The pick that a text names; None where it names none."""
        fields = text.split(SEPARATOR) if len(text) <= MOST_IN_TEXT else []
        if not 7 <= len(fields) <= 6 + MOST_INDICATORS:
            return None
        form, number, label, region, title, remark, *indicators = map(_unescaped, fields)
        names = [form, *indicators, *([region] if region else [])]
        if not _NUMBER.fullmatch(number) or not all(map(_NAME.fullmatch, names)):
            return None
        return cls(Asked(form, tuple(indicators), label, region), int(number), title, remark)


def read(texts: Sequence[str], reference: Reference) -> tuple[tuple[Pick, ...], tuple[str, ...]]:
    """The picks of a link, in order, and a Dutch sentence for what is not understood."""
    read_ = [Pick.parse(text) for text in texts[:MOST_PICKS]]
    picks = tuple(pick for pick in read_ if pick and known(pick, reference))
    wrong = len(read_) - len(picks)
    problems = []
    if wrong:
        many = "1 dia uit de link is" if wrong == 1 else f"{wrong} dia’s uit de link zijn"
        problems.append(f"{many} niet herkend en niet getoond.")
    if len(texts) > MOST_PICKS:
        problems.append(f"In een presentatie passen {MOST_PICKS} dia’s; de andere uit de link zijn niet getoond.")
    return picks, tuple(problems)


def known(pick: Pick, reference: Reference) -> Pick | None:
    """The pick, where its form, indicators and region are known and go together; else None."""
    asked = pick.asked
    indicators = [reference.indicators.get(name) for name in asked.indicators]
    if asked.form not in FORMS or not indicators or None in indicators or not _has_map(asked, reference):
        return None
    if asked.form not in TOGETHER and len(indicators) > 1:
        return None
    return pick if all(_fits(asked.form, indicator, reference) for indicator in indicators if indicator) else None


def _fits(form: str, indicator: Indicator, reference: Reference) -> bool:
    """Whether a form can show an indicator."""
    match form:
        case "categories":
            return indicator.classification is not None
        case "groups":
            return indicator.classification in reference.grouped
        case "norms":
            return indicator.unit == "procent"
        case _:
            return True


def _has_map(asked: Asked, reference: Reference) -> bool:
    """Whether a map is of a region that is known; other figures, and that of the chosen place, name none."""
    place = reference.places.get(asked.region)
    return not asked.region or (asked.form == "tiles" and place is not None and place.kind == "region")


def moved(picks: Sequence[Pick], index: int, by: int) -> tuple[Pick, ...]:
    """The picks with one of them so many places further on, or back; at the ends it stays there."""
    if not 0 <= index < len(picks):
        return tuple(picks)
    others = removed(picks, index)
    at = min(max(index + by, 0), len(others))
    return (*others[:at], picks[index], *others[at:])


def removed(picks: Sequence[Pick], index: int) -> tuple[Pick, ...]:
    """The picks without one of them."""
    return tuple(pick for n, pick in enumerate(picks) if n != index)


def told(archive: Archive, story: Story, selection: Selection) -> Told:
    """A story for the chosen places: of each slide the first figure that the sources fill, for every place in turn."""
    slides: list[Slide] = []
    left_out: list[str] = []
    for slide in story.slides:
        figures, missed = _filled(archive, slide, selection)
        slides += [Slide(figure, spoken=slide.spoken) for figure in figures]
        if missed:
            left_out += _absent(archive.reference, slide.figures, missed)
    return _told(slides, left_out)


def picked(archive: Archive, picks: Iterable[Pick], selection: Selection) -> Told:
    """The figures that a visitor kept, with their own titles and remarks, for the chosen places."""
    slides: list[Slide] = []
    left_out: list[str] = []
    places = _asked_for(selection, archive.reference)
    for pick in picks:
        figures = _figures(archive, pick.asked, selection) if known(pick, archive.reference) else []
        if pick.number < len(figures):
            slides.append(Slide(figures[pick.number], own_title=pick.title, spoken=pick.remark))
        else:
            left_out += _unfilled(archive.reference, pick, places, len(figures))
    return _told(slides, left_out)


def filters_in_words(selection: Selection, reference: Reference) -> str:
    """Every filter as a reader says it: "Dordrecht · Nieuwste periode · KM, HG en OM samen · Aantal"."""
    chosen = [label_of(reference.places[id_], reference) for id_ in selection.gemeenten]
    region = reference.places[selection.region].label if selection.region else "Alle regio's"
    period = wording.upper_first(Period.parse(selection.period).label) if selection.period else "Nieuwste periode"
    kind = wording.GEWELD_NAMES.get(selection.geweld)
    geweld = f"Alleen {kind}" if kind else "KM, HG en OM samen"
    shielded = ["Kleine aantallen afgeschermd"] if selection.shielded else []
    return " · ".join([wording.listed(chosen) or region, period, geweld, str(selection.measure), *shielded])


def deck(
    told: Told,
    title: str,
    selection: Selection,
    reference: Reference,
    link: str,
    made_on: date,
    questions: Sequence[Question] = (),
) -> Deck:
    """All that goes into a file: the slides with every filter, the link to the live view, and what is left out."""
    places = [label_of(reference.places[id_], reference) for id_ in _asked_for(selection, reference)]
    return Deck(
        title=title,
        subtitle=wording.listed(places),
        slides=told.slides,
        filters=filters_in_words(selection, reference),
        link=link,
        data_version=reference.data_version,
        made_on=made_on,
        left_out=told.left_out,
        questions=tuple(questions),
    )


def _told(slides: Sequence[Slide], left_out: Iterable[str]) -> Told:
    """Figures with ids that differ, so that a page can show the same one twice; each sentence once."""
    figures = distinct(slide.figure for slide in slides)
    named = (replace(slide, figure=figure) for slide, figure in zip(slides, figures, strict=True))
    return Told(tuple(named), tuple(dict.fromkeys(left_out)))


def _filled(archive: Archive, slide: StorySlide, selection: Selection) -> tuple[list[Figure], tuple[str, ...]]:
    """The figures of a slide, and the places that none of them is about.

    Where the first leaves out some of the chosen places, the next is asked for those alone.
    """
    chosen = _asked_for(selection, archive.reference)
    if slide.measure and selection.measure is Measure.AANTAL:
        selection = replace(selection, measure=_MEASURES[slide.measure])
    figures: list[Figure] = []
    missed, view = chosen, selection
    for wanted in slide.figures:
        asked = Asked(wanted.form, wanted.indicators, wanted.label)
        if found := _of_chosen(archive, asked, view):
            figures += found
            missed = tuple(p for p in missed if not _of_chosen(archive, asked, replace(view, gemeenten=(p,))))
            view = replace(selection, gemeenten=missed)
        if not missed:
            break
    return figures, missed


def _asked_for(selection: Selection, reference: Reference) -> tuple[str, ...]:
    """The chosen places; a region of which nothing is in the collection is asked for all the same."""
    return chosen_places(selection, reference) or ((selection.region,) if selection.region else ())


def _of_chosen(archive: Archive, asked: Asked, selection: Selection) -> list[Figure]:
    """The figures; none of others alone, where gemeenten are ranked and the chosen ones are not among them."""
    covered = archive.reference.covered
    is_of_others = asked.form in ("ranking", "tiles") and not any(
        covered(name, place) for name in asked.indicators for place in chosen_places(selection, archive.reference)
    )
    return [] if is_of_others else _figures(archive, asked, selection)


def _figures(archive: Archive, asked: Asked, selection: Selection) -> list[Figure]:
    """The figures that answer; a map that names no region is made of each region in which a chosen place lies."""
    if asked.form != "tiles" or asked.region:
        return forms.build(archive, asked, selection)
    places = archive.reference.places
    regions = dict.fromkeys(places[id_].region for id_ in chosen_places(selection, archive.reference))
    maps = [asked._replace(region=region) for region in regions if region]
    return [figure for each in maps for figure in forms.build(archive, each, selection)]


def _unfilled(reference: Reference, pick: Pick, places: Sequence[str], count: int) -> list[str]:
    """Why a kept figure is not there."""
    if known(pick, reference) is None:
        return [f"“{pick.title or pick.asked.label or pick.asked.indicators[0]}” is in deze gegevens niet bekend."]
    if count:
        named = pick.title or wording.listed(_labels(reference, [pick.asked]))
        many = "1 grafiek" if count == 1 else f"{count} grafieken"
        return [f"“{named}” heeft bij deze keuze {many}; de {pick.number + 1}e is er niet."]
    return _absent(reference, [pick.asked], places)


def _absent(reference: Reference, wanted: Sequence[Wanted], missed: Sequence[str]) -> list[str]:
    """Why places are left out, and where the figure is: a sentence for all of them that share the reason."""
    by_reason: dict[str, list[str]] = {}
    for place in missed:
        by_reason.setdefault(_reason(reference, wanted, place), []).append(label_of(reference.places[place], reference))
    labels = _labels(reference, wanted)
    what, verb = wording.listed([f"“{label}”" for label in labels]), "staat" if len(labels) == 1 else "staan"
    return [
        reason.format(what=what, verb=verb, places=wording.listed(names), where=_elsewhere(reference, wanted))
        for reason, names in by_reason.items()
    ]


def _reason(reference: Reference, wanted: Sequence[Wanted], place: str) -> str:
    """The sentence, with {what}, {verb}, {places} and {where} to fill in."""
    mine = [
        asked for asked in wanted if any(_covers(reference, asked.indicators, id_) for id_ in _near(reference, place))
    ]
    if not mine:
        return "{what} {verb} niet in de bronnen van {places}{where}."
    last = mine[-1]
    match last.form:
        case "ranking" | "tiles" if not _covers(reference, last.indicators, place):
            return "{what} {verb} niet per gemeente in de bronnen van {places}."
        case "ranking":
            return "{what}: voor {places} zijn er te weinig gemeenten met dit cijfer om ze naast elkaar te zetten."
        case "tiles":
            return "{what}: voor een kaart bij {places} zijn er te weinig gemeenten met dit cijfer."
        case "series":
            return "{what}: de bronnen geven voor {places} geen reeks van perioden die langer is dan twee jaren."
        case "categories" | "groups":
            return "{what}: voor {places} geven de bronnen alleen een totaal, zonder verdeling."
        case _:
            return "{what}: voor {places} geven de bronnen geen cijfer dat bij deze keuze te tonen is."


def _near(reference: Reference, place: str) -> Iterator[str]:
    """The place and its region, which answers for it."""
    yield place
    if region := reference.places[place].region:
        yield region


def _covers(reference: Reference, indicators: Iterable[str], place: str) -> bool:
    return any(reference.covered(name, place) for name in indicators)


def _labels(reference: Reference, wanted: Sequence[Wanted]) -> list[str]:
    """What the figures are called, each once."""
    return list(dict.fromkeys(asked.label or reference.indicators[asked.indicators[0]].label for asked in wanted))


def _elsewhere(reference: Reference, wanted: Sequence[Wanted]) -> str:
    """Which other places have it."""
    named = [name for asked in wanted for name in asked.indicators]
    where = [p.label for p in reference.places_with_data() if p.kind != "rest" and _covers(reference, named, p.id)]
    first, rest = where[:MOST_NAMED], len(where) - MOST_NAMED
    if rest == 1:
        first, rest = where, 0
    others = [f"{rest} andere plaatsen"] if rest > 0 else []
    return f"; wel voor {wording.listed([*first, *others])}" if where else ""


def _clean(text: str, most: int) -> str:
    """The words that show, a space between them, no more than `most` signs."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: most * 4])
    return " ".join(visible.split())[:most].rstrip()


def _escaped(text: str) -> str:
    """Letters, digits, - and _ as they are, all else as .20: what a link need not escape again."""
    return quote(text, safe="").replace(".", "%2E").replace(SEPARATOR, "%7E").replace("%", ".")


def _unescaped(text: str) -> str:
    return unquote(text.replace("%", "%25").replace(".", "%"), errors="replace")
