"""Figures that stand in two reports -> rows of the database."""

from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from vt.audit.results import describe_key
from vt.audit.revisions import FigureKey, Printed, Revision, compare_reports, find_versions, list_revisions
from vt.build.rows import Content, Row, TableIds, insert_rows
from vt.model.catalogue import Catalogue
from vt.model.geweld import ALL_GEWELD
from vt.model.report import Key
from vt.model.verdicts import CheckKind, Outcome


def write_revisions(database: Database, content: Content, tables: Mapping[str, TableIds]) -> None:
    """What stands in two reports, with a verdict on each figure that was changed, and how much every two reports share.

    The reports are in the order of their age; `tables` has the ids of their tables, by report.
    """
    versions = find_versions(content.reports)
    revisions = list_revisions(versions)
    insert_rows(database, "revision", (_make_revision(revision, tables) for revision in revisions))
    insert_rows(database, "overlap", (overlap._asdict() for overlap in compare_reports(versions)))
    changed = (revision for revision in revisions if revision.is_changed)
    for id_, revision in enumerate(changed, database.table("verdict").count + 1):
        insert_rows(database, "verdict", [_make_verdict(id_, revision, tables, content.catalogue)])
        insert_rows(database, "verdict_number", _list_numbers(id_, revision, tables))
        if (cell := revision.newest.cell).row >= 0:
            at = {"row_position": cell.row, "column_position": cell.column}
            insert_rows(database, "verdict_cell", [{"verdict": id_, **at}])


def _find_table(printed: Printed, tables: Mapping[str, TableIds]) -> int:
    return tables[printed.report.id][printed.table.number, printed.table.heading]


def _make_revision(revision: Revision, tables: Mapping[str, TableIds]) -> Row:
    key, older, newest = revision.key, revision.older, revision.newest
    return {
        "older_table": _find_table(older, tables),
        **_make_about(key),
        "category": key.category or "",
        "older": older.cell.value,
        "newest_table": _find_table(newest, tables),
        "newest": newest.cell.value,
    }


def _make_verdict(id_: int, revision: Revision, tables: Mapping[str, TableIds], catalogue: Catalogue) -> Row:
    """A finding of the newest report; its remark says where the older number stands."""
    key, newest, older = revision.key, revision.newest, revision.older
    geweld = key.geweld if key.geweld != ALL_GEWELD else None
    return {
        "id": id_,
        "report": newest.report.id,
        "source_table": _find_table(newest, tables),
        "chapter": newest.table.number,
        "kind": CheckKind.REVISION,
        "about": describe_key(Key(key.place, key.period, geweld, key.category), catalogue),
        "printed": newest.cell.value,
        "computed": older.cell.value,
        "unit": catalogue.indicators[key.indicator].unit,
        "outcome": Outcome.REVISED,
        "remark": f"eerder in {older.report.title}, tabel {older.table.number}",
    }


def _make_about(key: FigureKey) -> Row:
    return {"place": key.place, "period": key.period, "geweld": key.geweld, "category": key.category}


def _list_numbers(id_: int, revision: Revision, tables: Mapping[str, TableIds]) -> Iterator[Row]:
    for printed in (revision.newest, revision.older):
        yield {"verdict": id_, "source_table": _find_table(printed, tables), **_make_about(revision.key)}
