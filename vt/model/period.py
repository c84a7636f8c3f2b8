"""Periods of time: 2021, 2021-H1, 2021-Q2, 2021-04, 2020/2021; or unknown, where a source does not say when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_FORMS = (
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-H(?P<half>[12])"),
    re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])"),
    re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])"),
    re.compile(r"(?P<year>\d{4})/(?P<last>\d{4})"),
    re.compile(r"(?P<half>[12])e halfjaar (?P<year>\d{4})"),
    re.compile(r"(?P<quarter>[1-4])e kwartaal (?P<year>\d{4})"),
    re.compile(rf"(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})"),
    re.compile(r"(?P<year>\d{4}) t/m (?P<last>\d{4})"),
)
_UNKNOWN = ("onbekend", "jaar onbekend")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole months; `start` counts months since the year 0. Without months it is not known when."""

    start: int
    months: int

    @classmethod
    def parse(cls, text: object) -> "Period":
        """The period that an id (2021-H1) or a label (1e halfjaar 2021) names.

        Raises ValueError, in Dutch, for anything else.
        """
        return cls._parse(str(text).strip())

    @classmethod
    @lru_cache(maxsize=1_000)
    def _parse(cls, text: str) -> "Period":
        if text.lower() in _UNKNOWN:
            return cls(0, 0)
        for form in _FORMS:
            if match := form.fullmatch(text):
                parts = {
                    name: MONTHS.index(said) + 1 if said in MONTHS else int(said)
                    for name, said in match.groupdict().items()
                }
                return cls._make(**parts)
        raise ValueError(f"“{text}” is geen periode; wel: 2021, 2021-H1, 2021-Q2, 2021-04, 2020/2021 of onbekend")

    @classmethod
    def _make(cls, year: int, half: int = 0, quarter: int = 0, month: int = 0, last: int = 0) -> "Period":
        if month:
            return cls(year * 12 + month - 1, 1)
        if half:
            return cls(year * 12 + (half - 1) * 6, 6)
        if quarter:
            return cls(year * 12 + (quarter - 1) * 3, 3)
        if last and last <= year:
            raise ValueError(f"“{year}/{last}” is geen periode: het tweede jaar ligt niet na het eerste")
        return cls(year * 12, (last - year + 1) * 12 if last else 12)

    @property
    def is_known(self) -> bool:
        """Whether the source says when."""
        return self.months > 0

    @property
    def year(self) -> int:
        """The calendar year in which the period begins."""
        return self.start // 12

    @property
    def last_year(self) -> int:
        """The calendar year in which the period ends."""
        return (self.end - 1) // 12

    @property
    def end(self) -> int:
        """The first month after the period."""
        return self.start + self.months

    @property
    def id(self) -> str:
        """The short name: 2021, 2021-H1, 2021-Q2, 2021-04, 2020/2021 or onbekend."""
        return _write_id(self)

    @property
    def label(self) -> str:
        """The name as a Dutch reader says it: 1e halfjaar 2021, jaar onbekend."""
        if not self.is_known:
            return _UNKNOWN[1]
        part = self.start % 12
        if self.months == 1:
            return f"{MONTHS[part]} {self.year}"
        if self.months == 3:
            return f"{part // 3 + 1}e kwartaal {self.year}"
        if self.months == 6:
            return f"{part // 6 + 1}e halfjaar {self.year}"
        return str(self.year) if self.months == 12 else f"{self.year} t/m {self.last_year}"

    @property
    def year_before(self) -> "Period":
        """The same stretch a year earlier; of a period that is not known one that no number has."""
        return Period(self.start - 12, self.months)

    def covers(self, other: "Period") -> bool:
        """Whether another period lies in this one, or is it."""
        return self.start <= other.start and other.end <= self.end

    def is_filled(self, parts: Iterable["Period"]) -> bool:
        """Whether the parts are the period itself or fill it without overlap."""
        end = self.start
        for part in sorted(parts):
            if part.start != end:
                return False
            end = part.end
        return end == self.end

    def containers(self) -> list["Period"]:
        """The half year and the year that hold this period, where they are longer than it."""
        if self.months >= 12 or not self.is_known:
            return []
        half = Period(self.start - self.start % 6, 6)
        year = Period(self.year * 12, 12)
        return [period for period in (half, year) if period.months > self.months]

    @staticmethod
    def span(periods: "list[Period]") -> "Period":
        """The shortest period that covers all of them that are known."""
        periods = [period for period in periods if period.is_known] or periods[:1]
        if not periods[0].is_known:
            return periods[0]
        start, end = min(p.start for p in periods), max(p.end for p in periods)
        for months in (1, 3, 6, 12):
            aligned = start - start % months
            if end <= aligned + months:
                return Period(aligned, months)
        first, last = start // 12, (end - 1) // 12
        return Period(first * 12, (last - first + 1) * 12)


@lru_cache(maxsize=1_000)
def _write_id(period: Period) -> str:
    if not period.is_known:
        return _UNKNOWN[0] if period.start == 0 else ""
    part = period.start % 12
    if period.months == 1:
        return f"{period.year:04}-{part + 1:02}"
    if period.months == 3:
        return f"{period.year:04}-Q{part // 3 + 1}"
    if period.months == 6:
        return f"{period.year:04}-H{part // 6 + 1}"
    return f"{period.year:04}" if period.months == 12 else f"{period.year:04}/{period.last_year:04}"
