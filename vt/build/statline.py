"""The newest StatLine tables -> rows of the database. CBS rounded and hid their numbers: nothing is summed or hidden.

They go in last: the sums of reports, and what must be hidden of them, are made without them.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from vt.build.rows import insert_row, insert_rows, make_countings, make_period_rows
from vt.errors import DataError, Fault
from vt.ingest.statline.keep import read_about
from vt.ingest.statline.mapping import StatLine
from vt.model.catalogue import COUNTRY, Catalogue, Place, lower_first
from vt.model.geweld import ALL_GEWELD, KM, OM
from vt.model.period import Period
from vt.model.report import STATLINE
from vt.model.stories import Story

ADDRESS = "https://opendata.cbs.nl/#/CBS/nl/dataset/{}/table"
WHOLE_KINDS = (KM, OM)  # a single class of CBS is all of it
TOLD = ("geheim", "onbekend", "geheim of onbekend")


@dataclass(frozen=True)
class Country:
    """The StatLine tables of a data folder; `places` by code."""

    statline: StatLine
    files: Sequence[Path]
    places: Mapping[str, Place]


def prepare_catalogue(
    catalogue: Catalogue, statline: StatLine | None, files: Sequence[Path], gemeenten: Sequence[Place]
) -> Catalogue:
    """The catalogue with every gemeente of the country where its numbers are there, and without indicators that only
    StatLine has where it has none."""
    catalogue = replace(catalogue, places=_count_exactly(catalogue.places, gemeenten))
    if statline is None:
        return catalogue
    if unknown := sorted({path.parent.name for path in files} - statline.tables.keys()):
        meant = f"bekend: {', '.join(statline.tables)}"
        raise DataError([Fault(f"statline/{id_}", found="deze tabel is niet bekend", meant=meant) for id_ in unknown])
    filled = {name for path in files for name in statline.tables[path.parent.name].indicators}
    filled |= {statline.beside[name] for name in filled & set(statline.beside)}
    absent = statline.own - set(statline.beside) - filled
    indicators = {id_: each for id_, each in catalogue.indicators.items() if id_ not in absent}
    places = _add_gemeenten(catalogue.places, gemeenten) if files else catalogue.places
    stories = tuple(_leave_out(story, absent) for story in catalogue.stories)
    return replace(catalogue, indicators=indicators, places=places, stories=stories)


def _leave_out(story: Story, absent: Collection[str]) -> Story:
    """A story without the figures that only StatLine can fill where it has none."""
    slides = (
        replace(
            slide, figures=tuple(figure for figure in slide.figures if not set(absent).intersection(figure.indicators))
        )
        for slide in story.slides
    )
    return replace(story, slides=tuple(slides))


def _count_exactly(places: Mapping[str, Place], gemeenten: Iterable[Place]) -> dict[str, Place]:
    """The places of the catalogue; inhabitants that it knows between two bounds are those of the list of gemeenten."""
    listed = {place.code: place.inhabitants for place in gemeenten}
    known = {id_: listed.get(place.code or "", {}) for id_, place in places.items()}
    return {
        id_: replace(place, inhabitants={year: known[id_].get(year, ends) for year, ends in place.inhabitants.items()})
        for id_, place in places.items()
    }


def _add_gemeenten(places: Mapping[str, Place], gemeenten: Iterable[Place]) -> dict[str, Place]:
    """All gemeenten; one of the catalogue keeps its id and numbers, and gets the inhabitants of other years."""
    listed = {place.code: place for place in gemeenten}
    own = {
        id_: replace(
            place, also=listed[place.code].also, inhabitants={**listed[place.code].inhabitants, **place.inhabitants}
        )
        if place.kind == "gemeente" and place.code in listed
        else place
        for id_, place in places.items()
    }
    known = {place.code for place in own.values()}
    return own | {place.id: place for code, place in listed.items() if code not in known}


def write_statline(database: Database, country: Country, catalogue: Catalogue) -> None:
    """The cells of every table, with where they come from and what there is of what."""
    reported = _find_reported(database, country.statline.publisher, catalogue)
    for path in country.files:
        _Table(database, country, catalogue, path, reported).write()
    _write_coverage(database)
    database.execute(
        "CREATE INDEX aggregate_statline ON aggregate (value, place) WHERE basis = 'statline' AND geweld = 'alle'"
    )


def _find_reported(database: Database, publisher: str, catalogue: Catalogue) -> set[tuple[str, str]]:
    """Which indicator a report of another source has of which place."""
    source = catalogue.find_counting(publisher, "", "").source
    rows = database.execute(
        """
        SELECT DISTINCT a.indicator, a.place FROM aggregate AS a
        JOIN source_table AS t ON t.id = a.source_table
        JOIN report AS r ON r.id = t.report
        WHERE r.source <> ?
        """,
        (source,),
    )
    return {(indicator, place) for indicator, place in rows}


class _Table:
    """One table that is being written."""

    def __init__(
        self, database: Database, country: Country, catalogue: Catalogue, path: Path, reported: set[tuple[str, str]]
    ) -> None:
        from vt.ingest.statline.bulk import read_bulk  # with pandas: only where there is a table
        from vt.ingest.statline.cells import read_cells

        self.database, self.statline, self.catalogue, self.reported = database, country.statline, catalogue, reported
        self.path = path
        self.cells = read_cells(read_bulk(path), country.statline, catalogue, country.places)
        self.report = f"cbs_{self.cells.table.id}"
        self.periods = [Period.parse(id_) for id_ in self.cells.periods]
        self.span = Period.span(self.periods)
        self.kinds = {each.id: each.geweld for members in catalogue.categories.values() for each in members}

    def write(self) -> None:
        insert_rows(self.database, "period", make_period_rows([*self.periods, self.span]), ignore=True)
        self._write_report()
        tables = self._write_tables()
        self._make_room()
        self.database.conn.executemany(
            "INSERT OR IGNORE INTO aggregate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'statline', ?)",
            self._make_numbers(tables),
        )
        self.database.conn.executemany(
            "INSERT OR IGNORE INTO withheld VALUES (?, ?, ?, ?, ?, ?)",
            (
                (name, each.place, each.period, each.category, each.reason, self.cells.version)
                for each in self.cells
                if each.reason in TOLD and (name := self._name(each.indicator, each.place))
            ),
        )
        size = {"report": self.report, "tables": len(tables), "cells": len(self.cells), "totals": 0}
        insert_rows(self.database, "report_size", [size])

    def _name(self, indicator: str, place: str) -> str:
        """The indicator under which a number stands: beside that of a report where there is one; "" where it has no
        room."""
        return self.statline.beside.get(indicator, "") if (indicator, place) in self.reported else indicator

    def _write_report(self) -> None:
        table, statline = self.cells.table, self.statline
        self.database.table("report").insert(
            {
                "id": self.report,
                "title": f"{table.title} {STATLINE}",
                "publisher": statline.publisher,
                "region": COUNTRY,
                "place": COUNTRY,
                "period": self.span.id,
                "licence": statline.licence,
                "url": ADDRESS.format(table.id),
                "note": self._note(),
                "published": self.cells.version,
                "source": self.catalogue.find_counting(statline.publisher, self.report, "").source,
            }
        )

    def _note(self) -> str:
        """What CBS does to every number, and why this version was taken in where it has far more or fewer of them."""
        said = "Het CBS rondt af op vijf en houdt kleine aantallen geheim."
        why = read_about(self.path).get("despite_rows")
        return f"{said} Opgenomen met veel meer of minder cijfers dan de versie ervoor: {why}" if why else said

    def _write_tables(self) -> dict[str, int]:
        """A source table for each indicator, that of CBS beside a report too; their ids."""
        beside = {self.statline.beside[n]: text for n, text in self.cells.heading.items() if n in self.statline.beside}
        ids = {}
        for indicator, measure in {**self.cells.heading, **beside}.items():
            row = {
                "report": self.report,
                "number": self.cells.table.id,
                "heading": f"{measure} ({lower_first(self.catalogue.indicators[indicator].label)})",
                "indicator": indicator,
                "place": COUNTRY,
                "period": self.span.id,
                "is_prose": 0,
            }
            ids[indicator] = insert_row(self.database, "source_table", row)
        countings = make_countings(self.report, self.statline.publisher, ids, self.catalogue)
        insert_rows(self.database, "counting", countings)
        return ids

    def _make_room(self) -> None:
        """What an earlier publication of the same source has of the same periods gives way."""
        asked = {
            "report": self.report,
            "publisher": self.statline.publisher,
            "mark": STATLINE,
            "periods": json.dumps(list(self.cells.periods)),
        }
        for name, table in (("aggregate", "source_table"), ("coverage", "CAST(source_tables AS INTEGER)")):
            self.database.execute(
                f"""
                DELETE FROM {name} WHERE indicator IN (SELECT indicator FROM source_table WHERE report = :report)
                AND period IN (SELECT value FROM json_each(:periods)) AND {table} IN (
                    SELECT t.id FROM source_table AS t JOIN report AS r ON r.id = t.report
                    WHERE r.publisher = :publisher AND instr(r.title, :mark) = 0
                )
                """,
                asked,
            )

    def _make_numbers(self, tables: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        withheld = self._find_withheld()
        for cell in self.cells:
            indicator = self._name(cell.indicator, cell.place)
            if cell.value is None or not indicator or (indicator, cell.place, cell.period, cell.category) in withheld:
                continue
            rest = (cell.value, cell.value, cell.value, int(cell.is_provisional), tables[indicator])
            yield (indicator, cell.place, cell.period, ALL_GEWELD, cell.category, *rest)
            if kind := self.kinds.get(cell.category):
                yield (indicator, cell.place, cell.period, kind, cell.category, *rest)
                if kind in WHOLE_KINDS:
                    yield (indicator, cell.place, cell.period, kind, "", *rest)

    def _find_withheld(self) -> set[tuple[str, str, str, str]]:
        """Of which cells a newer table says that they are not given."""
        rows = self.database.execute(
            """
            SELECT indicator, place, period, category FROM withheld WHERE published > :published
            AND indicator IN (SELECT indicator FROM source_table WHERE report = :report)
            """,
            {"published": self.cells.version, "report": self.report},
        )
        return {(indicator, place, period, category) for indicator, place, period, category in rows}


def _write_coverage(database: Database) -> None:
    """What there is: a whole, or a class with a number above 0, for beside classes of none all may be secret; and what
    one table withholds and another gives, is there."""
    database.execute(
        """
        INSERT OR REPLACE INTO coverage
        SELECT indicator, place, period,
            group_concat(DISTINCT geweld) FILTER (WHERE category = ''),
            group_concat(DISTINCT geweld) FILTER (WHERE category <> '' AND value > 0),
            group_concat(DISTINCT source_table)
        FROM aggregate WHERE basis = 'statline'
        GROUP BY indicator, place, period HAVING max(category = '' OR value > 0)
        """
    )
    database.execute(
        """
        DELETE FROM withheld WHERE EXISTS (
            SELECT 1 FROM aggregate AS a
            WHERE (a.indicator, a.place, a.period, a.geweld, a.category)
            = (withheld.indicator, withheld.place, withheld.period, 'alle', withheld.category)
        )
        """
    )
