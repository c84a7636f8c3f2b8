"""Catalogue, reports and verdicts -> rows of the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table as SqliteTable

from vt.audit import checks
from vt.audit.recovered import Placed, PlacedSum, Recovery
from vt.model.catalogue import Catalogue
from vt.model.claims import Claims
from vt.model.geweld import GEWELD
from vt.model.period import Period
from vt.model.report import Cell, Key, Report, Table
from vt.model.stories import Story, StoryFigure, StorySlide

Row = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """All that the data folder holds; recoveries by report, table number and heading."""

    catalogue: Catalogue
    reports: list[Report]
    claims: Mapping[str, Claims]
    recoveries: Mapping[tuple[str, str, str], Recovery]

    def recovery(self, report: Report, table: Table) -> Recovery | None:
        """What was worked out of the rows of a table that lost their blanks."""
        return self.recoveries.get((report.id, table.number, table.heading))

    def cells(self) -> int:
        """How many observations the database must hold."""
        return sum(len(_place_cells(t, self.recovery(report, t))) for report in self.reports for t in report.tables)


def _place_cells(table: Table, recovery: Recovery | None) -> list[Cell | Placed]:
    """The cells of a table; those of rows that lost their blanks put back where that was worked out."""
    if recovery is None:
        return list(table.cells)
    return [*(cell for cell in table.cells if cell.row not in table.sequences), *recovery.cells]


def insert_rows(database: Database, table: str, rows: Iterable[Row]) -> None:
    database.table(table).insert_all(rows)


def write_catalogue(database: Database, catalogue: Catalogue) -> None:
    kinds = GEWELD.values()
    insert_rows(database, "geweld", ({"id": kind.id, "label": kind.label, "short": kind.short} for kind in kinds))
    insert_rows(database, "place", _make_places(catalogue))
    insert_rows(database, "population", _make_population(catalogue))
    insert_rows(database, "population_source", (vars(source) for source in catalogue.sources))
    topics = catalogue.topics.values()
    insert_rows(database, "topic", ({"id": t.id, "label": t.label, "position": n} for n, t in enumerate(topics)))
    sections = ((topic.id, *numbered) for topic in topics for numbered in enumerate(topic.sections))
    insert_rows(database, "topic_section", ({"topic": t, "position": n, "heading": text} for t, n, text in sections))
    insert_rows(database, "classification", ({"id": a, "label": b} for a, b in catalogue.classifications.items()))
    groups = catalogue.groups.values()
    insert_rows(database, "category_group", ({"id": g.id, "label": g.label, "parent": g.parent} for g in groups))
    insert_rows(database, "category", _make_categories(catalogue))
    insert_rows(database, "indicator", _make_indicators(catalogue))
    terms = ({"term": t.term, "abbreviation": t.abbreviation, "definition": t.definition} for t in catalogue.terms)
    insert_rows(database, "glossary", terms)
    _write_stories(database, catalogue.stories)


def _make_indicators(catalogue: Catalogue) -> Iterator[Row]:
    for position, i in enumerate(catalogue.indicators.values()):
        yield {
            "id": i.id,
            "label": i.label,
            "unit": i.unit,
            "noun_one": i.noun.one,
            "noun_many": i.noun.many,
            "counts": i.counts,
            "topic": i.topic,
            "definition": i.definition,
            "classification": i.classification,
            "caveat": i.caveat,
            "norm": i.norm.value if i.norm else None,
            "norm_label": i.norm.label if i.norm else None,
            "norm_source": i.norm.source if i.norm else None,
            "split": i.split,
            "nearest": i.nearest,
            "section": i.section,
            "grouped_as": i.grouped_as,
            "position": position,
        }


def _make_places(catalogue: Catalogue) -> Iterator[Row]:
    order = {"land": 0, "region": 1, "gemeente": 2, "rest": 3}
    for place in sorted(catalogue.places.values(), key=lambda place: order[place.kind]):
        column, row = place.tile or (None, None)
        yield {
            "id": place.id,
            "label": place.label,
            "kind": place.kind,
            "region": place.region,
            "code": place.code,
            "province": place.province,
            "tile_column": column,
            "tile_row": row,
        }


def _make_population(catalogue: Catalogue) -> Iterator[Row]:
    """Inhabitants as the source gives them; a region's are the sum of all its gemeenten, where all are known."""
    for place in catalogue.places.values():
        for year, (low, high) in place.inhabitants.items():
            yield {"place": place.id, "year": year, "inhabitants": (low + high) / 2, "low": low, "high": high}
    for region in (place for place in catalogue.places.values() if place.kind == "region"):
        members = [p.inhabitants for p in catalogue.places.values() if p.kind == "gemeente" and p.region == region.id]
        years = set.intersection(*(set(member) for member in members)) if members else set()
        for year in sorted(years - set(region.inhabitants)):
            low, high = (sum(member[year][bound] for member in members) for bound in (0, 1))
            yield {"place": region.id, "year": year, "inhabitants": (low + high) / 2, "low": low, "high": high}


def _make_categories(catalogue: Catalogue) -> Iterator[Row]:
    for members in catalogue.categories.values():
        for position, category in enumerate(members):
            yield {
                "id": category.id,
                "classification": category.classification,
                "name": category.name,
                "label": category.label,
                "short": category.short,
                "geweld": category.geweld,
                "category_group": category.group,
                "is_rest": int(category.rest),
                "position": position,
            }


def _write_stories(database: Database, stories: Sequence[Story]) -> None:
    insert_rows(
        database,
        "story",
        (
            {
                "id": story.id,
                "title": story.title,
                "question": story.question,
                "meant_for": story.meant_for,
                "story_group": story.group,
                "position": position,
            }
            for position, story in enumerate(stories)
        ),
    )
    alternatives = list(_list_alternatives(stories))
    insert_rows(
        database,
        "story_slide",
        (
            key
            | {
                "spoken": slide.spoken,
                "measure": slide.measure and slide.measure.name,
                "form": figure.form,
                "label": figure.label,
            }
            for key, slide, figure in alternatives
        ),
    )
    named = ((key, *numbered) for key, _, figure in alternatives for numbered in enumerate(figure.indicators))
    insert_rows(
        database, "story_indicator", (key | {"position": position, "indicator": name} for key, position, name in named)
    )


def _list_alternatives(stories: Sequence[Story]) -> Iterator[tuple[Row, StorySlide, StoryFigure]]:
    """Every figure that can fill a slide, with its key."""
    for story in stories:
        for number, slide in enumerate(story.slides):
            for alternative, figure in enumerate(slide.figures):
                yield {"story": story.id, "slide": number, "alternative": alternative}, slide, figure


def write_periods(database: Database, reports: list[Report]) -> None:
    named = {report.period for report in reports}
    for table in (table for report in reports for table in report.tables):
        named |= {table.period} | {cell.key.period for cell in (*table.cells, *table.totals) if cell.key.period}
    periods = {Period.parse(text) for text in named}
    periods |= {container for period in periods for container in period.containers()}
    insert_rows(
        database,
        "period",
        ({"id": p.id, "label": p.label, "year": p.year, "start": p.start, "months": p.months} for p in sorted(periods)),
    )


def write_report(database: Database, report: Report, content: Content) -> None:
    names = ("id", "title", "publisher", "region", "place", "period", "licence", "url", "note", "accessed")
    checked = report.checked_by
    proofreading = {"checked_by": checked and checked.name, "checked_on": checked and checked.date}
    database.table("report").insert({name: getattr(report, name) for name in names} | proofreading)
    ids = {
        (table.number, table.heading): _write_table(database, report.id, table, content.recovery(report, table))
        for table in report.tables
    }
    verdicts = checks.check_report(report, content.claims.get(report.id, Claims()), content.catalogue)
    _write_verdicts(database, report.id, ids, verdicts)


def _write_verdicts(
    database: Database, report: str, tables: Mapping[tuple[str, str], int], verdicts: Sequence[checks.CheckResult]
) -> None:
    numbered = list(enumerate(verdicts, database.table("verdict").count + 1))
    insert_rows(database, "verdict", (_make_verdict(id_, report, tables, verdict) for id_, verdict in numbered))
    insert_rows(
        database,
        "verdict_number",
        (
            {"verdict": id_, "source_table": tables[number, heading], **vars(key)}
            for id_, verdict in numbered
            for number, heading, key in verdict.numbers
        ),
    )
    insert_rows(
        database,
        "verdict_cell",
        (
            {"verdict": id_, "row_position": row, "column_position": column}
            for id_, verdict in numbered
            for row, column in verdict.cells
        ),
    )


def _make_verdict(id_: int, report: str, tables: Mapping[tuple[str, str], int], verdict: checks.CheckResult) -> Row:
    names = ("kind", "about", "printed", "computed", "unit", "outcome", "explanation", "remark", "beside")
    return {
        "id": id_,
        "report": report,
        "source_table": tables.get((verdict.table, verdict.heading)),
        "chapter": verdict.table,
        **{name: getattr(verdict, name) for name in names},
    }


def _write_table(database: Database, report: str, table: Table, recovery: Recovery | None) -> int:
    inserted = database.table("source_table").insert(
        {
            "report": report,
            "number": table.number,
            "heading": table.heading,
            "indicator": table.indicator,
            "place": table.place,
            "period": table.period,
            "is_prose": int(table.prose),
            "caveat": table.caveat,
        }
    )
    id_ = _read_key(inserted)
    rows = enumerate(table.rows)
    insert_rows(
        database,
        "source_row",
        (
            {"source_table": id_, "position": n, "label": text, "is_sequence": int(n in table.sequences)}
            for n, text in rows
        ),
    )
    columns = enumerate(table.columns)
    insert_rows(database, "source_column", ({"source_table": id_, "position": n, "label": text} for n, text in columns))
    insert_rows(
        database, "observation", (_make_observation(id_, table, cell) for cell in _place_cells(table, recovery))
    )
    if recovery:
        insert_rows(database, "known_sum", (_make_known_sum(id_, known) for known in recovery.sums))
    explained = _write_differences(database, id_, table)
    insert_rows(database, "printed_total", (_make_total(id_, total, explained) for total in table.totals))
    return id_


def _read_key(inserted: SqliteTable) -> int:
    key = inserted.last_pk
    assert isinstance(key, int)  # an INTEGER PRIMARY KEY, just inserted
    return key


def _make_observation(id_: int, table: Table, cell: Cell | Placed) -> Row:
    known: Row
    if isinstance(cell, Placed):
        known = {"value": cell.bound.value, "low": cell.bound.low, "high": cell.bound.high, "status": cell.bound.status}
    else:
        known = {"value": cell.value, "low": cell.value, "high": cell.value, "status": "printed"}
    return {
        "source_table": id_,
        **vars(cell.key),
        **known,
        "is_provisional": int(cell.key.period in table.provisional),
        "row_position": cell.row,
        "column_position": cell.column,
    }


def _make_known_sum(id_: int, known: PlacedSum) -> Row:
    names = {"kind": known.kind, "name": known.name, "low": known.bound.low, "high": known.bound.high}
    return {"source_table": id_, **vars(known.key), **names}


def _write_differences(database: Database, id_: int, table: Table) -> dict[Key, int]:
    explained: dict[Key, int] = {}
    for difference in table.differences:
        row = database.table("difference").insert({"source_table": id_, "explanation": difference.explanation})
        explained |= dict.fromkeys(difference.totals, _read_key(row))
    return explained


def _make_total(id_: int, total: Cell, explained: dict[Key, int]) -> Row:
    inside = total.row >= 0
    return {
        "source_table": id_,
        **vars(total.key),
        "value": total.value,
        "row_position": total.row if inside else None,
        "column_position": total.column if inside else None,
        "difference": explained.get(total.key),
    }
