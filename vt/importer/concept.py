"""The folder of a concept: what was read, what a person decided, what came of it; and how it is taken in."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vt.errors import DataError
from vt.importer.checking import make_check
from vt.importer.drafts import TABLES, Draft, Known, load_known, make_draft
from vt.importer.effects import Effect
from vt.importer.form import UnreadableError
from vt.importer.heads import HIDDEN
from vt.importer.memory import insert, remember
from vt.importer.origin import make_origin
from vt.importer.proofread import find_proofreading
from vt.importer.readers import read_document
from vt.importer.settle import (
    AS_PRINTED,
    CELLS,
    HEADS,
    RELATIONS,
    TOTALS,
    exchange_heads,
    explain_relations,
    explain_totals,
    list_broken,
    list_exchanged,
    list_open,
    list_unequal,
    settle,
)
from vt.importer.staging import Changed, make_trial, put_tried, try_out
from vt.ingest.catalogue import load_catalogue
from vt.ingest.changes import work_alone
from vt.ingest.claims import load_claims
from vt.ingest.editing import put_proofreading
from vt.ingest.origins import write_origin
from vt.ingest.reader import gather_faults
from vt.ingest.reports import load_report
from vt.ingest.writer import quote, write_file, write_report, write_yaml
from vt.model.catalogue import Catalogue
from vt.model.check_report import CheckReport, Finding, Section
from vt.model.claims import Claims
from vt.model.report import Report
from vt.render.check import write_html, write_text

REPORT, DECISIONS = "report.yaml", "decisions.yaml"

_ASKED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "tables": (TABLES, "table", ("candidates", "spot")),
    "cells": (CELLS, "cell", ("doubt",)),
    "totals": (TOTALS, "table", ()),
    "relations": (RELATIONS, "relation", ()),
    "heads": (HEADS, "tables", ("candidates",)),
}  # by list: what it is about, which key names it, and which others it has
_OF_ONE_DOCUMENT = (CELLS, TOTALS, RELATIONS, HEADS)
_NOT_LABELS = (TABLES, *_OF_ONE_DOCUMENT)
Decided = Mapping[str, Mapping[str, str]]
_DECISIONS = """\
# Wat er te beslissen is. Zet achter `meant` welke van de bekende namen bedoeld is, en lees het document nog eens in
# (vt import). Van een tabel is dat wat zij telt (een naam uit catalogue/indicators.yaml). Wat er niet bij hoort, is:
# geen. Van een getal is dat wat er gedrukt staat, of: leeg. Van totalen die niet kloppen met hun delen, en van een
# verband tussen tabellen dat niet klopt: waarom het zo gedrukt staat. Van twee tabellen waarin KM en HG verwisseld
# lijken: in welke de koppen verkeerd staan, of: zo gedrukt. Wat u van namen en tabellen kiest, wordt bij het opnemen
# onthouden in data/layouts/ en geldt ook voor het volgende rapport; de rest geldt alleen voor dit document.
"""


@dataclass(frozen=True)
class Concept:
    """A draft with its folder, and what is said of it; `report` is None where it is not yet one."""

    draft: Draft
    folder: Path
    report: Report | None
    check: CheckReport


def make_concept(path: Path, data: Path, said: Mapping[str, str]) -> Concept:
    """Read a document into the folder of its concept, with what was decided there before.

    UnreadableError where it cannot be read; DataError where the data folder cannot.
    """
    known, document = load_known(data), read_document(path)
    draft = make_draft(document, known, said, {})
    folder = data / "concept" / draft.facts.id
    folder.mkdir(parents=True, exist_ok=True)
    with work_alone(folder):
        source = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "kind": document.kind}
        keep_original(path, folder)
        decided = read_decisions(folder / DECISIONS, source["sha256"])
        if decided:
            draft = make_draft(document, known, said, decided)
        return _write_concept(draft, decided, source, folder, known)


def _write_concept(
    draft: Draft, decided: dict[str, dict[str, str]], source: Mapping[str, str], folder: Path, known: Known
) -> Concept:
    """What came of a draft with these decisions, written into its folder."""
    settle(draft, decided.get(CELLS, {}))
    exchange_heads(draft, decided.get(HEADS, {}))
    report = _write_draft(draft, folder, known)
    if report and explain_totals(draft, report, known.catalogue, decided.get(TOTALS, {})):
        report = _write_draft(draft, folder, known)
    unequal = list_unequal(draft, report, known.catalogue) if report else {}
    alike = list_exchanged(report, known.catalogue) if report else {}
    said_of_heads = decided.pop(HEADS, {})
    draft.exchanged = {name: pair for name, pair in alike.items() if said_of_heads.get(name) != AS_PRINTED}
    decided[HEADS] = {name: meant for name, meant in said_of_heads.items() if name not in draft.exchanged}
    claims = _load_layout(report, known) if report else None
    if report and claims:
        said = decided.get(RELATIONS, {})
        draft.broken = {name: said.get(name, "") for name in list_broken(report, claims, known.catalogue)}
        claims = explain_relations(claims, draft.broken)
    check = make_check(draft, report, claims, known)
    _write_decisions(draft, decided, [*unequal], source, folder)
    _write_check(check, folder)
    return Concept(draft, folder, report, check)


def _load_layout(report: Report, known: Known) -> Claims | None:
    """What should fit between the tables of the report; None where it lacks a table that its layout names."""
    others = [other for other in known.reports if other.id != report.id]
    try:
        return load_claims(known.data / "claims", [*others, report], known.catalogue).get(report.id)
    except DataError:
        return None


def _write_draft(draft: Draft, folder: Path, known: Known) -> Report | None:
    """The report file of a draft, and the report that ingest reads in it."""
    target = folder / REPORT
    if not draft.readings:
        target.unlink(missing_ok=True)
        return None
    comment = f"# Ingelezen uit {draft.document.name} met vt import.\n"
    write_report(target, draft.content, comment)
    return load_report(target, draft.facts.id, known.catalogue, known.data / "layouts")


def find_original(folder: Path, name: str) -> Path:
    """Where a concept keeps the file that was sent: apart, so that no name of it is one of what was made of it."""
    return folder / "document" / name


def keep_original(path: Path, folder: Path) -> None:
    """The file that was sent, beside what was made of it."""
    kept = find_original(folder, path.name)
    if not kept.exists() or not kept.samefile(path):
        write_file(kept, path.read_bytes())


def read_decisions(path: Path, digest: str = "") -> dict[str, dict[str, str]]:
    """What a person chose, by classification or “place”: how it is printed, and which known name is meant.

    Of numbers and hidden rows, what was read in the document of this digest alone: another may print another there.
    """
    if not path.exists():
        return {}
    decided: dict[str, dict[str, str]] = {}
    with gather_faults() as open_file:
        reader = open_file(path)
        top = reader.read_mapping(reader.content, "het bestand", (), ("source", "labels", *_ASKED))
        source = top.get("source")
        is_other = isinstance(source, dict) and digest not in ("", source.get("sha256"))
        for name, (about, key, rest) in _ASKED.items():
            for item in reader.read_each(top.get(name, []), name):
                keys = reader.read_mapping(item, f"een van {name}", (key,), ("meant", *rest))
                if key in keys and keys.get("meant") not in (None, "") and not (is_other and about in _OF_ONE_DOCUMENT):
                    decided.setdefault(about, {})[str(keys[key])] = str(keys["meant"])
        for item in reader.read_each(top.get("labels", []), "labels"):
            keys = reader.read_mapping(item, "een label", ("label", "about"), ("candidates", "meant", "tables"))
            if keys.get("meant") and not (is_other and str(keys["label"]).endswith(HIDDEN)):
                decided.setdefault(str(keys["about"]), {})[str(keys["label"])] = str(keys["meant"])
    return decided


def write_decided(path: Path, decided: Decided) -> None:
    """Put what was decided in the file of decisions; what is still asked comes when the document is read again."""
    write_file(path, write_yaml(_list_decided(decided), _DECISIONS).encode())


def _list_decided(decided: Decided) -> dict[str, list[dict[str, Any]]]:
    """What was decided, as the file has it."""
    labels = [
        {"label": label, "about": about, "meant": meant}
        for about, names in decided.items()
        if about not in _NOT_LABELS
        for label, meant in names.items()
    ]
    others = {
        name: [{key: printed, "meant": meant} for printed, meant in decided.get(about, {}).items() if meant]
        for name, (about, key, _) in _ASKED.items()
    }
    return {"labels": labels, **others}


def _list_asked(draft: Draft, decided: Decided, unequal: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What is still to decide, as the file has it."""
    labels: dict[tuple[str, str], dict[str, Any]] = {}
    for unknown in draft.unknown:
        item = {"label": unknown.label, "about": unknown.about, "candidates": [*unknown.candidates], "meant": None}
        labels.setdefault((unknown.label, unknown.about), item)
    tables = [
        {"table": unread.heading, "spot": unread.spot, "candidates": [*unread.candidates], "meant": None}
        for unread in draft.unread
        if unread.is_asked and unread.heading not in decided.get(TABLES, {})
    ]
    cells = [{"cell": name, "doubt": doubt.text, "meant": None} for name, (_, doubt) in list_open(draft).items()]
    totals = [{"table": name, "meant": None} for name in unequal]
    relations = [{"relation": name, "meant": None} for name, why in draft.broken.items() if not why]
    heads = [{"tables": name, "candidates": [*pair], "meant": None} for name, pair in draft.exchanged.items()]
    lists = ([*labels.values()], tables, cells, totals, relations, heads)
    return dict(zip(("labels", *_ASKED), lists, strict=True))


def _write_decisions(
    draft: Draft, decided: Decided, unequal: Sequence[str], source: Mapping[str, str], folder: Path
) -> None:
    """What was decided, and what is still to decide."""
    done, asked = _list_decided(decided), _list_asked(draft, decided, unequal)
    content = {"source": source, **{name: [*done[name], *asked[name]] for name in done}}
    write_file(folder / DECISIONS, write_yaml(content, _DECISIONS).encode())


def accept(concept: Concept, data: Path, database: Path) -> Path:
    """Put what is certain of a concept into the data folder, and remember what was decided; the report's file. The
    database follows where it can.

    UnreadableError where there is nothing to put there, or a report of that name is in already.
    """
    id_ = concept.draft.facts.id
    target = data / "reports" / f"{id_}.yaml"
    if concept.report is None:
        raise UnreadableError("Er is niets om op te nemen: nog geen tabel is zeker.")
    if reason := _refuse(concept, load_known(data).catalogue):
        raise UnreadableError(f"Niet opgenomen: {reason}")
    with work_alone(data):
        if target.exists():
            raise UnreadableError(f"Er is al een rapport {id_}: verbeter het met vt correct, of trek het eerst in.")
        changed = _list_changes(concept, data)
        try_out(data, changed, lambda made: put_tried(data, changed, made, database))
    return target


def _refuse(concept: Concept, catalogue: Catalogue) -> str:
    """Why nothing of a concept may be taken in, though its tables were read; empty where it may."""
    draft = concept.draft
    if elsewhere := draft.list_elsewhere(catalogue):
        reading, name = elsewhere[0]
        id_ = next((place.id for place in catalogue.places.values() if place.label == name), name)
        about = f"tabel {reading.number} ({reading.table.heading}) gaat over {name}"
        own = catalogue.places[draft.facts.place].label
        return f"{about}, en het rapport over {own}: lees het in als rapport van {name} (--place {id_})."
    if draft.exchanged:
        return f"KM en HG lijken verwisseld ({'; '.join(draft.exchanged)}): beslis dat eerst."
    return ""


def add_effects(concept: Concept, effects: Sequence[Effect]) -> Concept:
    """A concept of which the check report also says which figures of its place change."""
    kept = [finding for finding in concept.check.findings if finding.section != Section.EFFECTS]
    told = [
        Finding(Section.EFFECTS, f"nu “{each.before}”, straks “{each.after}”.", where=each.about) for each in effects
    ]
    check = replace(concept.check, findings=(*kept, *told))
    _write_check(check, concept.folder)
    return replace(concept, check=check)


def _write_check(check: CheckReport, folder: Path) -> None:
    write_file(folder / "controle.txt", write_text(check).encode())
    write_file(folder / "controle.html", write_html(check).encode())


def make_preview(concept: Concept, data: Path, folder: Path, *, with_pictures: bool = True) -> Path:
    """Fill a folder with the data folder as it would be with the concept in it; its database."""
    return make_trial(data, _list_changes(concept, data, with_pictures=with_pictures), folder)


def _list_changes(concept: Concept, data: Path, *, with_pictures: bool = True) -> Changed:
    """The report, what its layout is to remember, and the gemeenten that the catalogue does not have yet."""
    facts, decided = concept.draft.facts, read_decisions(concept.folder / DECISIONS)
    content = (concept.folder / REPORT).read_text(encoding="utf-8")
    name = facts.layout or (facts.region if decided.get(TABLES) else "")
    changed: dict[Path, bytes | None] = {}
    if added := _list_new_gemeenten(concept, data):
        path = Path("catalogue/places.yaml")
        changed[path] = insert((data / path).read_text(encoding="utf-8"), "gemeenten", added).encode()
    if decided and name and not facts.layout:
        content = content.replace("\ntables:\n", f"\n  layout: {name}\ntables:\n", 1)
    if decided and name:
        path = Path("layouts") / f"{name}.yaml"
        title = f"# De indeling van {facts.publisher}, onthouden bij het inlezen.\n"
        before = (data / path).read_text(encoding="utf-8") if (data / path).is_file() else title
        labels = {about: names for about, names in decided.items() if about not in _NOT_LABELS}
        changed[path] = remember(before, concept.draft, decided.get(TABLES, {}), labels).encode()
    if with_pictures:
        original = find_original(concept.folder, concept.draft.document.name)
        digest = hashlib.sha256(original.read_bytes()).hexdigest()
        changed[Path("origins") / f"{facts.id}.json"] = write_origin(make_origin(concept.draft, original, digest))
    if explained := [{"relation": name, "explanation": why} for name, why in concept.draft.broken.items() if why]:
        changed[Path("claims") / f"{facts.id}.yaml"] = write_yaml({"differences": explained}).encode()
    if concept.report and (reader := find_proofreading(concept.folder, concept.report)):
        content = put_proofreading(content, reader)
    changed[Path("reports") / f"{facts.id}.yaml"] = content.encode()  # last: with it the change counts
    return changed


def _list_new_gemeenten(concept: Concept, data: Path) -> str:
    """The lines of places.yaml for the gemeenten of the report that it does not have."""
    known, used = load_catalogue(data / "catalogue").places, concept.draft.facts
    tables = concept.report.tables if concept.report else ()
    named = {
        used.place,
        *(cell.key.place for table in tables for cell in (*table.cells, *table.totals, *table.withheld)),
    }
    lines = []
    for place in (place for id_, place in load_known(data).catalogue.places.items() if id_ in named - known.keys()):
        inhabitants = ", ".join(f"{year}: {number:.0f}" for year, (number, _) in place.inhabitants.items())
        said = f"label: {quote(place.label)}, region: {place.region}, code: {place.code}"
        lines.append(f"  {place.id}: {{{said}, inhabitants: {{{inhabitants}}}}}\n")
    return "".join(lines)
