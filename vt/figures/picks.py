"""Figures that a visitor kept, as links hold them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from vt.figures.deck import Question
from vt.figures.registry import FigureRequest
from vt.figures.wording import clean
from vt.model.figure_kinds import FIGURE_KINDS
from vt.store.reference import Metadata

MOST_IN_TITLE, MOST_IN_REMARK, MOST_IN_TEXT, MOST_NUMBER = 120, 600, 12_000, 99
MOST_PICKS, MOST_INDICATORS = 50, 12
SEPARATOR = "~"
NORMS_TOGETHER = "Naast de streefwaarde"
FLOW_TOGETHER = "Van melding tot uitkomst"
_NAME = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,2}", re.ASCII)


@dataclass(frozen=True)
class Pick:
    """A figure that a visitor keeps; `number` says which of those that `asked` gives, from 0.

    As text, in links: form~number~label~region~title~remark~indicator~indicator, of letters, digits and -._~ alone. Its
    words are cleaned when it is made: no signs that do not show, no more than there is room for.
    """

    asked: FigureRequest
    number: int = 0
    title: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        words = {"title": _shorten(self.title, MOST_IN_TITLE), "remark": _shorten(self.remark, MOST_IN_REMARK)}
        asked = self.asked._replace(label=_shorten(self.asked.label, MOST_IN_TITLE))
        number = min(max(self.number, 0), MOST_NUMBER)
        for name, value in (words | {"asked": asked, "number": number}).items():
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        """The pick as a link says it; `parse` reads it back."""
        asked = self.asked
        fields = (asked.form, str(self.number), asked.label, asked.region, self.title, self.remark, *asked.indicators)
        return SEPARATOR.join(map(_escape, fields))

    @classmethod
    def parse(cls, text: str) -> "Pick | None":
        """The pick that a text names; None where it names none."""
        fields = text.split(SEPARATOR) if len(text) <= MOST_IN_TEXT else []
        if not 7 <= len(fields) <= 6 + MOST_INDICATORS:
            return None
        form, number, label, region, title, remark, *indicators = map(_unescape, fields)
        names = [form, *indicators, *([region] if region else [])]
        if not _NUMBER.fullmatch(number) or not all(map(_NAME.fullmatch, names)):
            return None
        return cls(FigureRequest(form, tuple(indicators), label, region), int(number), title, remark)


def read_picks(texts: Sequence[str], metadata: Metadata) -> tuple[tuple[Pick, ...], tuple[str, ...]]:
    """The picks of a link, in order and each figure once, and a Dutch sentence for what is not understood."""
    read_ = [Pick.parse(text) for text in texts[:MOST_PICKS]]
    known = [pick for pick in read_ if pick and recognise_pick(pick, metadata)]
    wrong = len(read_) - len(known)
    picks = tuple({(pick.asked, pick.number): pick for pick in reversed(known)}.values())[::-1]
    problems = []
    if wrong:
        many = "1 dia uit de link is" if wrong == 1 else f"{wrong} dia’s uit de link zijn"
        problems.append(f"{many} niet herkend en niet getoond.")
    if len(texts) > MOST_PICKS:
        problems.append(f"In een presentatie passen {MOST_PICKS} dia’s; de andere uit de link zijn niet getoond.")
    return picks, tuple(problems)


def recognise_pick(pick: Pick, metadata: Metadata) -> Pick | None:
    """The pick, where its form, indicators and region are known and go together; else None."""
    asked, kind = pick.asked, FIGURE_KINDS.get(pick.asked.form)
    indicators = [metadata.indicators[name] for name in asked.indicators if name in metadata.indicators]
    if kind is None or not indicators or len(indicators) < len(asked.indicators) or not _has_map(asked, metadata):
        return None
    if not kind.is_joint and len(indicators) > 1:
        return None
    if asked.label not in list_labels(metadata):
        return None
    misfits = [indicator for indicator in indicators if kind.find_misfit(indicator, metadata.grouped.__contains__)]
    return None if misfits else pick


def list_labels(metadata: Metadata) -> set[str]:
    """What indicators can be called together: by stories, topics and the catalogue, never by a link."""
    stories = {wanted.label for story in metadata.stories for slide in story.slides for wanted in slide.figures}
    grouped = {indicator.grouped_as or "" for indicator in metadata.indicators.values()}
    return {"", NORMS_TOGETHER, FLOW_TOGETHER} | stories | grouped | {topic.label for topic in metadata.topics.values()}


def _has_map(asked: FigureRequest, metadata: Metadata) -> bool:
    """Whether a map is of a region or the country, and what stands places side by side of the regions of the country;
    other figures, and those of the chosen place, name none."""
    place = metadata.places.get(asked.region)
    kinds = ("region", "land") if asked.form == "tiles" else ("land",)
    is_known = FIGURE_KINDS[asked.form].is_of_gemeenten and place is not None and place.kind in kinds
    return not asked.region or is_known


def move_pick(picks: Sequence[Pick], index: int, by: int) -> tuple[Pick, ...]:
    """The picks with one of them so many places further on, or back; at the ends it stays there."""
    if not 0 <= index < len(picks):
        return tuple(picks)
    others = [*picks[:index], *picks[index + 1 :]]
    at = min(max(index + by, 0), len(others))
    return (*others[:at], picks[index], *others[at:])


def reorder_picks(picks: Sequence[Pick], order: str) -> tuple[Pick, ...]:
    """The picks in the order of their numbers ("2,0,1"); as they are where those are not all their numbers."""
    numbers = [int(each) for each in order.split(",") if _NUMBER.fullmatch(each)]
    return tuple(picks[n] for n in numbers) if sorted(numbers) == list(range(len(picks))) else tuple(picks)


def write_question(question: Question) -> str:
    """A parked question as a tab holds it: its words, and the query of the view that it was asked on."""
    return SEPARATOR.join(map(_escape, (question.text, urlsplit(question.link).query)))


def parse_question(text: str) -> Question | None:
    """The question of such a text, with the query as its link: no other address can be said."""
    said, *rest = text[:MOST_IN_TEXT].split(SEPARATOR)
    words = _shorten(_unescape(said), MOST_IN_REMARK)
    return Question(words, _unescape(rest[0])) if words and len(rest) == 1 else None


def _shorten(text: str, most: int) -> str:
    """The words that show, no more than `most` signs."""
    return clean(text[: most * 4])[:most].rstrip()


def _escape(text: str) -> str:
    """Letters, digits, - and _ as they are, all else as .20: what a link need not escape again."""
    return quote(text, safe="").replace(".", "%2E").replace(SEPARATOR, "%7E").replace("%", ".")


def _unescape(text: str) -> str:
    return unquote(text.replace("%", "%25").replace(".", "%"), errors="replace")
