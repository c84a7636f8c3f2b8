"""Figures that stand in two reports -> rows of the database."""

from collections.abc import Iterator, Mapping, Sequence

from sqlite_utils import Database

from vt.audit.results import describe_key
from vt.audit.revisions import (
    FigureKey,
    Printed,
    Revision,
    compare_reports,
    find_unequal_sums,
    find_versions,
    list_revisions,
    make_key,
)
from vt.build.rows import Content, Row, TableIds, insert_rows
from vt.model.catalogue import Catalogue
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
    findings = [(each.key, each.newest, [each.older]) for each in revisions if each.is_changed]
    for key, parts in find_unequal_sums(versions).items():
        if content.catalogue.indicators[key.indicator].unit == "aantal":
            findings.append((key, versions[key][0], parts))
    for id_, (key, newest, others) in enumerate(findings, database.table("verdict").count + 1):
        insert_rows(database, "verdict", [_make_verdict(id_, key, newest, others, tables, content.catalogue)])
        insert_rows(database, "verdict_number", _list_numbers(id_, [newest, *others], tables))
        if newest.cell.row >= 0:
            at = {"row_position": newest.cell.row, "column_position": newest.cell.column}
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


def _make_verdict(
    id_: int,
    key: FigureKey,
    newest: Printed,
    others: Sequence[Printed],
    tables: Mapping[str, TableIds],
    catalogue: Catalogue,
) -> Row:
    """A finding of the newest report, beside an older number or the parts of its period; its remark says where those
    stand."""
    is_older = make_key(others[0].table, others[0].cell) == key
    places = dict.fromkeys(f"{other.report.title}, tabel {other.table.number}" for other in others)
    return {
        "id": id_,
        "report": newest.report.id,
        "source_table": _find_table(newest, tables),
        "chapter": newest.table.number,
        "kind": CheckKind.REVISION,
        "about": describe_key(Key(*key[1:]), catalogue),
        "printed": newest.cell.value,
        "computed": sum(other.cell.value for other in others),
        "unit": catalogue.indicators[key.indicator].unit,
        "outcome": Outcome.REVISED if is_older else Outcome.CAUTION,
        "remark": f"{'eerder' if is_older else 'de delen staan'} in {' en '.join(places)}",
    }


def _make_about(key: FigureKey) -> Row:
    return {name: value for name, value in key._asdict().items() if name != "indicator"}


def _list_numbers(id_: int, standing: Sequence[Printed], tables: Mapping[str, TableIds]) -> Iterator[Row]:
    for printed in standing:
        about = _make_about(make_key(printed.table, printed.cell))
        yield {"verdict": id_, "source_table": _find_table(printed, tables), **about}
