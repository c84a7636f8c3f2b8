"""Notices: what could not be answered as asked, and why; as data until it is shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from vt.figures import wording

_THEIR = "hun regio"


class Reason(StrEnum):
    """Why a figure is not as it was asked for: the sentence, with what a notice names between braces.

    Of what stands apart it is how the sentence begins: the reason may be long.
    """

    ABSENT = "de bronnen geven voor {places} geen cijfers over {what}."
    ABSENT_BUT_NEAR = "de bronnen geven voor {places} geen cijfers over {what}, wel over {other}."
    ONLY_REGION = "voor {places} zijn hierover geen cijfers gepubliceerd; hier staat {shown} als geheel."
    ONLY_REGION_DIVIDED = "voor {places} is alleen het totaal gepubliceerd; de verdeling hier is die van {shown}."
    ONLY_REGION_GROUPED = "voor {places} is deze verdeling niet gepubliceerd; hier staat {shown} als geheel."
    OTHER_PERIOD = (
        "voor {places} zijn deze cijfers er niet over {asked}; hier staat {shown}, dat daar het dichtst bij ligt."
    )
    OTHER_LENGTH = "voor {places} is er geen cijfer over {asked}, wel over {shown}{other}."
    ONLY_GEWELD = "voor {places} gaat deze telling alleen over {shown}."
    OTHER_GEWELD = "voor {places} gaat deze telling alleen over {shown}, niet over {asked}."
    NOT_SUMMED = "voor {places} is {asked} niet als geheel geteld; hier staan alle soorten samen."
    NOT_SPLIT = "voor {places} is {asked} niet apart geteld; hier staat alles samen."
    SPLIT_ELSEWHERE = "voor {places} is {asked} hier niet apart geteld, wel bij {other}; hier staat alles samen."
    NOT_ALL_SPLIT = "niet voor elke gemeente is {asked} apart geteld; hier staat alles samen."
    IS_PERCENTAGE = "“{asked}” is hier niet te berekenen: dit cijfer is al een percentage."
    IS_JOBS = "“{asked}” is hier niet te berekenen: dit cijfer is een aantal fte."
    IS_ORGANISATION = (
        "“{asked}” is hier niet te berekenen: dit cijfer gaat over Veilig Thuis zelf. Kies “Aantal” of “Per maand”."
    )
    NOT_RANKED = (
        "Op aantal of aandeel van de regio staat een grote gemeente altijd bovenaan; hier staat daarom “{shown}”."
    )
    CHOOSE_GEMEENTE = "Kies een gemeente om haar aandeel van de regio te zien."
    CHOOSE_GEWELD = "Kies bij Soort geweld een soort om het aandeel binnen de plaats te zien."
    CHOOSE_SHARE_OF_PLACE = "Kies “{other}” voor de verdeling in procenten."
    SHARE_WITH_REST = (
        "van de {other} in de regio vallen er {asked} onder {what}; zonder die is het aandeel van {places} {shown}."
    )
    NO_MEASURE = "voor {places} is “{asked}” niet te berekenen, want {why}; het aantal {when} is {shown}."
    NO_MEASURE_FOR_ALL = "voor {places} is “{asked}” niet te berekenen, want {why}; hier staat het aantal."
    NO_WHOLE = (
        "voor {places} is niet gepubliceerd hoeveel {what} er waren {asked}; de verdeling staat hier daarom niet."
    )
    NOT_IN_PERIOD = "niet in deze grafiek: {places}, want daarvan is er geen cijfer over {asked}."
    WITHHELD = "voor {places} is het cijfer over {asked} volgens het CBS {why}."
    TOTAL_WITHHELD = "voor {places} is het aantal {what} over {asked} volgens het CBS {why}."
    CLASSES_WITHHELD = "voor {places} {what} over {shown} volgens het CBS {why}."
    APART = "niet in deze grafiek: {places}"
    BEFORE_APART = "voor {places} staat het jaar eerder er niet naast, want {why}."
    IS_FLOW = "“{asked}” is hier niet te berekenen: in een stroom staan aantallen."
    NO_MEASURE_TOGETHER = "“{asked}” is niet te berekenen, want {why}; de aantallen {when}: {shown}."


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
    def is_of_another(self) -> bool:
        """Whether it is about what the figure does not show."""
        return self.is_absent or self.reason in (Reason.APART, Reason.NOT_IN_PERIOD)

    @property
    def is_of_region(self) -> bool:
        """Whether it says that the figure is of the region of the places: its card says so."""
        return self.reason in (Reason.ONLY_REGION, Reason.ONLY_REGION_DIVIDED, Reason.ONLY_REGION_GROUPED)

    @property
    def text(self) -> str:
        return self.lead + self.rest

    @property
    def lead(self) -> str:
        """The sentence as far as a card says it by itself."""
        return wording.capitalize(self.reason.format(**asdict(self) | {"places": wording.name_places(self.places)}))

    @property
    def rest(self) -> str:
        """Why something stands apart; "" of any other notice."""
        return f", want {self.why}." if self.reason is Reason.APART else ""


def join_regions(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The same, where several regions stand for places of theirs one for all of these."""
    told = [*notices]
    many = {reason for reason, count in Counter(n.reason for n in told if n.is_of_region).items() if count > 2}
    return merge_notices(replace(n, shown=_THEIR) if n.reason in many else n for n in told)


def merge_notices(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """One notice for all places that share it, in the order in which they came."""
    merged: dict[Notice, dict[str, None]] = {}
    for notice in notices:
        merged.setdefault(replace(notice, places=()), {}).update(dict.fromkeys(notice.places))
    return tuple(replace(notice, places=tuple(places)) for notice, places in merged.items())
