"""Notices: what could not be answered as asked, and why; as data until it is shown."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from vt.figures import wording


class Reason(StrEnum):
    """Why a figure is not as it was asked for: the sentence, with what a notice names between braces."""

    ABSENT = "“{what}” staat niet in de bron."
    ABSENT_BUT_NEAR = "“{what}” staat niet in de bron; het dichtst daarbij komt “{other}”."
    ONLY_REGION = "niet per gemeente gepubliceerd; hier staat {shown} als geheel."
    ONLY_REGION_DIVIDED = "alleen het totaal is per gemeente gedrukt; de uitsplitsing is die van {shown}."
    ONLY_REGION_GROUPED = "deze verdeling is niet per gemeente gepubliceerd; hier staat {shown} als geheel."
    OTHER_PERIOD = "geen cijfer over {asked}; hier staat {shown}, dat daar het dichtst bij ligt."
    OTHER_LENGTH = "geen cijfer over {asked}, wel over {shown}{other}."
    ONLY_GEWELD = "deze telling gaat alleen over {shown}."
    OTHER_GEWELD = "deze telling gaat alleen over {shown}, niet over {asked}."
    NOT_SUMMED = "wat bij {asked} hoort, is niet als geheel gedrukt; hier staan alle soorten samen."
    NOT_SPLIT = "niet uitgesplitst naar {asked}; hier staat alles samen."
    SPLIT_ELSEWHERE = "niet uitgesplitst naar {asked}; hier staat alles samen. {asked} staat wel bij “{other}”."
    NOT_ALL_SPLIT = "Niet elke gemeente is uitgesplitst naar {asked}; hier staat alles samen."
    IS_PERCENTAGE = "Dit is een percentage; “{asked}” is daarvan niet te maken."
    IS_JOBS = "Dit is een aantal voltijdbanen; “{asked}” is daarvan niet te maken."
    IS_ORGANISATION = "Dit gaat over Veilig Thuis zelf: “{asked}” zegt daar niets over."
    NOT_RANKED = (
        "Op aantal of aandeel van de regio staat een grote gemeente altijd bovenaan; hier staat daarom “{shown}”."
    )
    CHOOSE_GEMEENTE = "Kies een gemeente om haar aandeel van de regio te zien."
    CHOOSE_GEWELD = "Kies bij KM, HG of OM een soort om het aandeel binnen de plaats te zien."
    CHOOSE_SHARE_OF_PLACE = "Kies “{other}” voor de verdeling in procenten."
    SHARE_WITH_REST = "van de {other} in de regio vallen er {asked} onder {what}; zonder die is het aandeel {shown}."
    NO_MEASURE = "“{asked}” kan niet, want {why}; het aantal {when} is {shown}."
    NO_MEASURE_FOR_ALL = "“{asked}” kan niet, want {why}; hier staat het aantal."
    APART = "niet in deze grafiek, want {why}."
    BEFORE_APART = "het jaar eerder staat er niet naast, want {why}."


@dataclass(frozen=True)
class Notice:
    """What is not as it was asked for, in which places; `hides` where its sentence speaks of a hidden number.

    `period` is the id of one to choose, which has a number.
    """

    reason: Reason
    places: tuple[str, ...] = ()
    what: str = ""
    asked: str = ""
    shown: str = ""
    other: str = ""
    why: str = ""
    when: str = ""
    hides: bool = False
    period: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether there is no number at all."""
        return self.reason in (Reason.ABSENT, Reason.ABSENT_BUT_NEAR)

    @property
    def text(self) -> str:
        """The sentence."""
        said = self.reason.format(**asdict(self))
        return f"{wording.join_words(self.places)}: {said}" if self.places else said


def merge_notices(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """One notice for all places that share it, in the order in which they came."""
    merged: dict[Notice, dict[str, None]] = {}
    for notice in notices:
        merged.setdefault(replace(notice, places=()), {}).update(dict.fromkeys(notice.places))
    return tuple(replace(notice, places=tuple(places)) for notice, places in merged.items())
