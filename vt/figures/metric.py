"""Metric: an indicator in a measure, and the words that go with its numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vt.figures import wording
from vt.model.catalogue import Indicator
from vt.model.hidden import Number, Suppression
from vt.model.measures import Measure
from vt.model.period import Period

UNITS = {
    Measure.AANTAL: "aantal",
    Measure.PER_MAAND: "gemiddeld per maand",
    Measure.PER_1000: "per 1.000 inwoners per jaar",
    Measure.AANDEEL_REGIO: "procent van de regio",
    Measure.AANDEEL_PLAATS: "procent binnen de plaats",
}
_PER = {
    Measure.AANTAL: "",
    Measure.PER_MAAND: " per maand",
    Measure.PER_1000: " per 1.000 inwoners",
    Measure.AANDEEL_REGIO: ", aandeel van de regio",
    Measure.AANDEEL_PLAATS: ", aandeel binnen de plaats",
}


@dataclass(frozen=True)
class Metric:
    """What the numbers of a figure are: an indicator in a measure. Only counts have another measure than AANTAL."""

    indicator: Indicator
    measure: Measure = Measure.AANTAL

    @property
    def as_printed(self) -> "Metric":
        """The same indicator as its numbers are printed."""
        return replace(self, measure=Measure.AANTAL)

    @property
    def is_printed(self) -> bool:
        """Whether its numbers are shown as they are printed."""
        return self.measure is Measure.AANTAL

    @property
    def is_percentage(self) -> bool:
        """Whether a percentage is printed, not a count."""
        return self.indicator.unit == "procent"

    @property
    def is_jobs(self) -> bool:
        """Whether full-time jobs are printed, not a count."""
        return self.indicator.unit == "fte"

    @property
    def is_count(self) -> bool:
        """Whether its numbers are counts, so that they depend on the length of the period."""
        return self.indicator.unit == "aantal" and self.is_printed

    @property
    def is_rate(self) -> bool:
        """Whether its numbers are per inhabitant, so that places can be compared."""
        return self.measure is Measure.PER_1000

    @property
    def is_share(self) -> bool:
        """Whether its numbers are percentages of the region's, or of all kinds in the place itself."""
        return self.measure.is_share

    @property
    def is_share_of_region(self) -> bool:
        """Whether its numbers are percentages of the region's."""
        return self.measure is Measure.AANDEEL_REGIO

    @property
    def label(self) -> str:
        """What is counted, as a heading."""
        return self.indicator.label

    @property
    def unit(self) -> str:
        """The unit, as it stands in a subtitle."""
        return UNITS[self.measure] if self.indicator.unit == "aantal" else self.indicator.unit

    def name_unit(self, periods: Iterable[Period]) -> str:
        """The unit of numbers over these periods: a rate over another time than a year is converted to one."""
        converted = self.annualise(periods)
        return f"{self.per.strip()}{converted}" if converted else self.unit

    @property
    def norm(self) -> float | None:
        """The level that its percentages are held against."""
        return self.indicator.norm.value if self.indicator.norm else None

    @property
    def ceiling(self) -> float | None:
        """What its bars are drawn against: percentages against 100."""
        return 100 if self.is_percentage else None

    @property
    def per(self) -> str:
        """What stands after what is counted: " per maand"; nothing after a number as printed."""
        return _PER[self.measure]

    def annualise(self, periods: Iterable[Period]) -> str:
        """What follows a rate over another time than a year; nothing after other numbers."""
        is_other = self.is_rate and any(period.months != 12 for period in periods)
        return ", omgerekend naar een jaar" if is_other else ""

    def format(self, value: Number) -> str:
        """A value with the precision and sign of the measure; how it is shown where it is hidden."""
        if isinstance(value, Suppression):
            return str(value)
        return wording.format_value(value, self.measure, self.indicator.unit)

    def count(self, value: Number, geweld: str, where: str = "", *, is_rounded: bool = False) -> str:
        """A value with what is counted, and where or when: 550 meldingen in Dordrecht; of a percentage the value."""
        noun = self.indicator.name_counted(geweld)
        if isinstance(value, Suppression):
            return wording.write_hidden(value, noun, where)
        is_counted = self.indicator.unit == "aantal"
        said = wording.count_noun(value, noun, is_rounded=is_rounded) if is_counted else self.format(value)
        return f"{said} {where}".rstrip()
