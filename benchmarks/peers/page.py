"""What every peer draws, read from the same database at each click: four charts and a table of one gemeente.

As /overdracht of the explorer: per indicator the newest year and the year before, for the chosen KM, HG or OM.
"""

import os
import sqlite3
from contextlib import closing
from typing import NamedTuple

GEWELD = ("Alle", "KM", "HG", "OM")
INDICATORS = (
    "overdrachten",
    "directe_overdrachten",
    "overdrachtspartijen_na_triage",
    "overdrachtspartijen_na_dienst",
)
PLACE = os.environ.get("PEER_PLACE", "synthetisch-001")
PERIODS = ("2016", "2015")
COLOURS = ("#154273", "#8fa9c4")
TITLE = "Overdracht"

_QUERY = """
SELECT coalesce(c.label, p.label), m.period, m.value
FROM aggregate AS m
JOIN place AS p ON p.id = m.place
JOIN indicator AS i ON i.id = m.indicator
LEFT JOIN category AS c ON c.id = m.category
WHERE m.indicator = ? AND m.place = ? AND m.geweld = ? AND m.period IN (?, ?)
AND (m.category <> '' OR i.classification IS NULL)
ORDER BY m.period DESC, m.value DESC
"""


class Bar(NamedTuple):
    """One bar: of a class (or the gemeente), in a year."""

    label: str
    period: str
    value: float


class Chart(NamedTuple):
    """An indicator and its bars."""

    id: str
    title: str
    bars: list[Bar]


def charts(geweld: str) -> list[Chart]:
    """The four charts of a choice."""
    with closing(sqlite3.connect(f"file:{os.environ['VT_DATABASE']}?mode=ro", uri=True)) as db:
        titles = dict(db.execute("SELECT id, label FROM indicator").fetchall())
        return [
            Chart(id_, titles[id_], [Bar(*row) for row in db.execute(_QUERY, (id_, PLACE, geweld.lower(), *PERIODS))])
            for id_ in INDICATORS
        ]


def rows(found: list[Chart]) -> list[dict[str, str]]:
    """The table under the charts: indicator, class, this year and the year before, as text."""
    made: dict[tuple[str, str], dict[str, str]] = {}
    for chart in found:
        for bar in chart.bars:
            row = made.setdefault((chart.id, bar.label), {"Cijfer": chart.title, "Soort": bar.label})
            row[bar.period] = f"{bar.value:.0f}"
    return list(made.values())


def height(chart: Chart) -> int:
    """Pixels for a chart, by its number of classes."""
    return 60 + 34 * len({bar.label for bar in chart.bars})
