"""Catalogue, reports and verdicts -> rows of the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlite_utils import Database

from vt.audit import checks
from vt.audit.recovered import Placed, PlacedSum, Recovery
from vt.audit.results import CheckResult
from vt.model.borders import Border
from vt.model.catalogue import Catalogue, Place
from vt.model.claims import Claims
from vt.model.geweld import GEWELD
from vt.model.origins import Origin, TableOrigin
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
    borders: Sequence[Border] = ()
    gemeenten: Sequence[Place] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)

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


def insert_rows(database: Database, table: str, rows: Iterable[Row], *, ignore: bool = False) -> None:
    database.table(table).insert_all(rows, ignore=ignore)


def insert_row(database: Database, table: str, row: Row) -> int:
    """Insert one row; its id."""
    key = database.table(table).insert(row).last_pk
    assert isinstance(key, int)  # an INTEGER PRIMARY KEY
    return key


def _pick(record: object, *names: str) -> Row:
    """The attributes of a record that are columns of the same name."""
    return {name: getattr(record, name) for name in names}


def write_catalogue(database: Database, catalogue: Catalogue) -> None:
    topics = catalogue.topics.values()
    sections = ((topic.id, *numbered) for topic in topics for numbered in enumerate(topic.sections))
    insert_rows(database, "geweld", (_pick(kind, "id", "label") | {"short": kind.heading} for kind in GEWELD.values()))
    insert_rows(database, "place", _make_places(catalogue))
    insert_rows(database, "population", _make_population(catalogue))
    insert_rows(database, "population_source", map(vars, catalogue.sources))
    insert_rows(database, "topic", (_pick(topic, "id", "label") | {"position": n} for n, topic in enumerate(topics)))
    insert_rows(database, "topic_section", ({"topic": t, "position": n, "heading": text} for t, n, text in sections))
    insert_rows(database, "classification", ({"id": a, "label": b} for a, b in catalogue.classifications.items()))
    insert_rows(database, "category_group", map(vars, catalogue.groups.values()))
    insert_rows(database, "category", _make_categories(catalogue))
    insert_rows(database, "indicator", _make_indicators(catalogue))
    insert_rows(database, "glossary", (_pick(term, "term", "definition", "abbreviation") for term in catalogue.terms))
    needed = ({"term": term.term, "indicator": name} for term in catalogue.terms for name in term.indicators)
    insert_rows(database, "glossary_indicator", needed)
    _write_stories(database, catalogue.stories)


def write_borders(database: Database, borders: Iterable[Border]) -> None:
    named = (_pick(border, "code", "path", "room") | border.box._asdict() | _name_spot(border) for border in borders)
    insert_rows(database, "border", named)


def _name_spot(border: Border) -> Row:
    x, y = border.spot
    return {"x": x, "y": y}


def write_gemeenten(database: Database, gemeenten: Sequence[Place], catalogue: Catalogue) -> None:
    """The gemeenten that are known by name alone, and of every place that is no more what it went into."""
    known = {place.code for place in catalogue.places.values()}
    named = [place for place in gemeenten if place.code not in known]
    insert_rows(database, "gemeente", (_pick(p, "code", "label", "also", "region", "since", "gone") for p in named))
    labels = {place.id: place.label for place in (*catalogue.places.values(), *gemeenten)}
    gone = [place for place in (*catalogue.places.values(), *named) if place.into]
    insert_rows(database, "successor", ({"place": p.id, "label": labels[id_]} for p in gone for id_ in p.into))


def _make_indicators(catalogue: Catalogue) -> Iterator[Row]:
    for position, indicator in enumerate(catalogue.indicators.values()):
        noun, verb, norm = indicator.noun, indicator.verb, indicator.norm
        yield {
            **{name: value for name, value in vars(indicator).items() if name not in ("noun", "verb")},
            "noun_one": noun.one,
            "noun_many": noun.many,
            "verb_one": verb.one,
            "verb_many": verb.many,
            "norm": norm and norm.value,
            "norm_label": norm and norm.label,
            "norm_source": norm and norm.source,
            "norm_within": norm and norm.within,
            "position": position,
        }


def _make_places(catalogue: Catalogue) -> Iterator[Row]:
    order = {"land": 0, "region": 1, "gemeente": 2, "rest": 3}
    for place in sorted(catalogue.places.values(), key=lambda place: order[place.kind]):
        yield _pick(place, "id", "label", "also", "kind", "region", "code", "province", "since", "gone")


def _make_population(catalogue: Catalogue) -> Iterator[Row]:
    """Inhabitants as the source gives them; a region's are the sum of all its gemeenten, where all are known."""
    for place in catalogue.places.values():
        for year, (low, high) in place.inhabitants.items():
            yield {"place": place.id, "year": year, "inhabitants": (low + high) / 2, "low": low, "high": high}
    for region in (place for place in catalogue.places.values() if place.kind == "region"):
        gemeenten = [p for p in catalogue.places.values() if p.kind == "gemeente" and p.region == region.id]
        for year in sorted({year for place in gemeenten for year in place.inhabitants} - set(region.inhabitants)):
            members = [p.inhabitants.get(year) for p in gemeenten if p.is_there(date(year, 1, 1))]
            if all(members) and region.is_there(date(year, 1, 1)):
                low, high = (sum(member[bound] for member in members if member) for bound in (0, 1))
                yield {"place": region.id, "year": year, "inhabitants": (low + high) / 2, "low": low, "high": high}


def _make_categories(catalogue: Catalogue) -> Iterator[Row]:
    for members in catalogue.categories.values():
        for position, category in enumerate(members):
            own = _pick(category, "id", "classification", "name", "label", "short", "said", "geweld")
            yield own | {"category_group": category.group, "is_rest": int(category.rest), "position": position}


def _write_stories(database: Database, stories: Sequence[Story]) -> None:
    names = ("id", "title", "question", "meant_for")
    rows = (_pick(story, *names) | {"story_group": story.group, "position": n} for n, story in enumerate(stories))
    insert_rows(database, "story", rows)
    for key, slide, figure in _list_alternatives(stories):
        said = {"spoken": slide.spoken, "measure": slide.measure and slide.measure.name}
        insert_rows(database, "story_slide", [key | said | _pick(figure, "form", "label")])
        indicators = enumerate(figure.indicators)
        insert_rows(database, "story_indicator", (key | {"position": n, "indicator": name} for n, name in indicators))


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
    insert_rows(database, "period", make_period_rows(map(Period.parse, named)))


def make_period_rows(named: Iterable[Period]) -> list[Row]:
    """Periods with those that hold them, in order of time."""
    periods = set(named)
    periods |= {container for period in periods for container in period.containers()}
    return [_pick(period, "id", "label", "year", "start", "months") for period in sorted(periods)]


TableIds = Mapping[tuple[str, str], int]  # by number and heading


def write_report(database: Database, report: Report, content: Content) -> TableIds:
    """The report with its tables and the verdicts on it; the ids of the tables."""
    names = ("id", "title", "publisher", "region", "place", "period", "licence", "url", "note", "published", "accessed")
    checked = report.checked_by
    proofreading = {"checked_by": checked and checked.name, "checked_on": checked and checked.date}
    source = content.catalogue.find_counting(report.publisher, report.id, "").source
    database.table("report").insert(_pick(report, *names) | proofreading | {"source": source})
    counted = dict.fromkeys(table.indicator for table in report.tables)
    insert_rows(database, "counting", make_countings(report.id, report.publisher, counted, content.catalogue))
    insert_rows(database, "remark", ({"report": report.id} | remark._asdict() for remark in report.remarks))
    ids = {
        (table.number, table.heading): _write_table(database, report.id, table, content.recovery(report, table))
        for table in report.tables
    }
    if origin := content.origins.get(report.id):
        _write_origin(database, report, origin, ids)
    verdicts = checks.check_report(report, content.claims.get(report.id, Claims()), content.catalogue)
    _write_verdicts(database, report.id, ids, verdicts)
    return ids


def _write_origin(database: Database, report: Report, origin: Origin, ids: TableIds) -> None:
    """Where the numbers of a report stand in its document; of a table or row that is gone from the report, nothing."""
    database.table("document").insert({"report": report.id, **_pick(origin, "kind", "sha256")})
    for table in report.tables:
        of = origin.tables.get((table.number, table.heading), TableOrigin())
        key = {"source_table": ids[table.number, table.heading]}
        pieces = (key | {"page": p.page, "png": p.png} | _name_sides(p.area) for p in of.pieces)
        insert_rows(database, "piece", pieces)
        rows = {label: n for n, label in enumerate(table.rows)}
        places = (
            key | {"row_position": rows[row], "column_position": column, "spot": spot, "page": page} | _name_sides(area)
            for (row, column), (spot, page, area) in of.places.items()
            if row in rows and column < max(len(table.columns), 1)
        )
        insert_rows(database, "cell_place", places)


def _name_sides(area: Sequence[float] | None) -> Row:
    return dict(zip(("x0", "top", "x1", "bottom"), area or (None,) * 4, strict=True))


def make_countings(report: str, publisher: str, indicators: Iterable[str], catalogue: Catalogue) -> Iterator[Row]:
    """What a report states of how it counts each of these indicators."""
    for indicator in indicators:
        counting = catalogue.find_counting(publisher, report, indicator)
        for aspect, (value, where) in counting.stated.items():
            yield {"report": report, "indicator": indicator, "aspect": aspect, "value": value, "stated_in": where}


def _write_verdicts(database: Database, report: str, tables: TableIds, verdicts: Sequence[CheckResult]) -> None:
    for id_, verdict in enumerate(verdicts, database.table("verdict").count + 1):
        key = {"verdict": id_}
        insert_rows(database, "verdict", [_make_verdict(id_, report, tables, verdict)])
        numbers = (
            key | {"source_table": tables[number, heading], **vars(about)} for number, heading, about in verdict.numbers
        )
        insert_rows(database, "verdict_number", numbers)
        cells = (key | {"row_position": row, "column_position": column} for row, column in verdict.cells)
        insert_rows(database, "verdict_cell", cells)


def _make_verdict(id_: int, report: str, tables: TableIds, verdict: CheckResult) -> Row:
    names = ("kind", "about", "printed", "computed", "bound", "unit", "outcome", "explanation", "remark", "beside")
    return {
        "id": id_,
        "report": report,
        "source_table": tables.get((verdict.table, verdict.heading)),
        "chapter": verdict.table,
        **_pick(verdict, *names, "sentence", "claim"),
    }


def _write_table(database: Database, report: str, table: Table, recovery: Recovery | None) -> int:
    names = ("number", "heading", "indicator", "place", "period", "caveat")
    own = {"report": report, "is_prose": int(table.prose), **_pick(table, *names)}
    id_ = insert_row(database, "source_table", own)
    key = {"source_table": id_}
    rows = enumerate(table.rows)
    labels = (key | {"position": n, "label": text, "is_sequence": int(n in table.sequences)} for n, text in rows)
    insert_rows(database, "source_row", labels)
    columns = enumerate(table.columns)
    insert_rows(database, "source_column", (key | {"position": n, "label": text} for n, text in columns))
    insert_rows(
        database, "observation", (_make_observation(id_, table, cell) for cell in _place_cells(table, recovery))
    )
    if recovery:
        insert_rows(database, "known_sum", (_make_known_sum(id_, known) for known in recovery.sums))
    explained = _write_differences(database, id_, table)
    insert_rows(database, "printed_total", (_make_total(id_, total, explained) for total in table.totals))
    return id_


def _make_observation(id_: int, table: Table, cell: Cell | Placed) -> Row:
    if isinstance(cell, Placed):
        known = _pick(cell.bound, "value", "low", "high", "status")
    else:
        known = dict.fromkeys(("value", "low", "high"), cell.value) | {"status": "printed"}
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
        row = {"source_table": id_, "explanation": difference.explanation}
        explained |= dict.fromkeys(difference.totals, insert_row(database, "difference", row))
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
