"""What any file of StatLine comes down to: code lists, and rows of text under the names that its data services use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

MEASURE, REGION, PERIOD = "Measure", "RegioS", "Perioden"
VALUE, STRING, ATTRIBUTE = "Value", "StringValue", "ValueAttribute"
TAIL = (REGION, PERIOD, VALUE, STRING, ATTRIBUTE)


class MeasureCode(NamedTuple):
    """A measure: its title after those of its groups, and its unit."""

    titles: tuple[str, ...]
    unit: str

    @property
    def label(self) -> str:
        """As StatLine writes a measure with its groups."""
        return " | ".join(self.titles)


class PeriodCode(NamedTuple):
    """A period by its label, and how final its numbers are; "" where the delivery does not say."""

    title: str
    status: str


@dataclass(frozen=True)
class Delivery:
    """A table as it came: lists by code, and its cells in frames of text, `dimensions` without regions and periods.

    `rows` gives the columns Measure, the dimensions, RegioS, Perioden, Value, StringValue and ValueAttribute.
    """

    file: str
    table: str
    version: str
    measures: Mapping[str, MeasureCode]
    dimensions: Mapping[str, Mapping[str, str]]
    regions: Mapping[str, str]
    periods: Mapping[str, PeriodCode]
    rows: Callable[[], Iterator[pd.DataFrame]]
    is_whole: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell which cell it is."""
        return (MEASURE, *self.dimensions, REGION, PERIOD)
