"""What is said of a draft before anyone takes it in: what to mend, and what it would change."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from vt.audit.checks import check_report
from vt.audit.results import CheckResult
from vt.figures import wording
from vt.importer.beside import list_beside, list_striking
from vt.importer.drafts import Draft, Known
from vt.importer.heads import HIDDEN
from vt.importer.left import Left, list_left
from vt.importer.meaning import Reading
from vt.importer.settle import is_open
from vt.model.catalogue import Catalogue
from vt.model.check_report import CheckReport, Finding, Section
from vt.model.claims import Claims
from vt.model.geweld import HG, KM
from vt.model.period import Period
from vt.model.report import Report
from vt.model.verdicts import EQUAL, CheckKind, Outcome

_FEW, _SMALL = 20, 5
_MOST_LISTED = 12


def make_check(draft: Draft, report: Report | None, claims: Claims | None, known: Known) -> CheckReport:
    """The check report of a draft; `report` is the draft as ingest reads it, None where it has no table."""
    left = list_left(draft)
    findings = [
        *(Finding(Section.MEND, text) for text in draft.document.warnings),
        *_list_elsewhere(draft, known),
        *_list_exchanged(draft),
        *_list_unread(draft),
        *_list_unknown(draft),
        *_list_doubts(draft),
        *_list_strays(left, draft.document.kind),
    ]
    if report:
        results = check_report(report, claims or Claims(), known.catalogue)
        findings += [*_list_totals(results), *_list_relations(results, draft.broken)]
        findings += _list_beside_others(report, known)
        if claims is None and draft.facts.layout:
            findings.append(Finding(Section.BETWEEN, "Niet nagekeken: er ontbreken tabellen van deze indeling."))
    ordered = _sort([*findings, *_list_notes(draft), *_list_left(left)])
    cells = sum(len(reading.spots) for reading in draft.readings)
    counts = {
        "tabellen gelezen": len(draft.readings),
        "tabellen niet gelezen": len(draft.unread),
        "getallen overgenomen": cells,
        "getallen met twijfel": sum(bool(doubt.row and doubt.column) for _, doubt in draft.doubts),
        "getallen niet gelezen": sum(len(each.texts) for each in left if not each.in_text),
        "te beslissen": sum(finding.urgent for finding in ordered),
    }
    id_, title, source = draft.facts.id, draft.facts.title, _describe_source(draft, known.catalogue)
    return CheckReport(id_, title, source, counts, _judge(ordered, draft, known), ordered)


def check_known(report: Report, claims: Claims, known: Known) -> CheckReport:
    """The check report of a report that is in."""
    results = check_report(report, claims, known.catalogue)
    ordered = _sort([*_list_totals(results), *_list_accounted(results), *_list_beside_others(report, known)])
    urgent = sum(finding.urgent for finding in ordered)
    counts = {
        "tabellen": len(report.tables),
        "getallen": sum(len(table.cells) for table in report.tables),
        "gedrukte totalen": sum(len(table.totals) for table in report.tables),
        "verklaarde verschillen": sum(r.outcome == Outcome.WRONG and r.explanation is not None for r in results),
        "te herstellen": urgent,
    }
    verdict = "Elk verschil is verklaard, en elke verklaring is nodig." if not urgent else f"{urgent} te herstellen."
    source = f"{report.publisher}, {Period.parse(report.period).label}"
    return CheckReport(report.id, report.title, source, counts, verdict, ordered)


def _list_beside_others(report: Report, known: Known) -> Iterator[Finding]:
    """What there is to say of a report beside the others that are in, and of its numbers themselves."""
    others = [other for other in known.reports if other.id != report.id]
    yield from list_beside(report, others, known.catalogue)
    yield from list_striking(report, others, known.catalogue)
    yield from _list_few_km(report)
    yield from _list_small(report, known.catalogue)
    yield from _list_unshown(report, known.catalogue)


def _sort(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """By section, in each what a person must decide first."""
    return tuple(sorted(findings, key=lambda finding: (finding.section, not finding.urgent)))


def _list_accounted(results: Sequence[CheckResult]) -> Iterator[Finding]:
    """Sentences and relations that do not hold, with why where somebody said; and what is explained and does hold."""
    sections = {CheckKind.CLAIM: Section.MEND, CheckKind.RELATION: Section.BETWEEN, CheckKind.ANNEX: Section.BETWEEN}
    for result in results:
        table = f"{result.table} ({result.heading})" if result.heading else result.table
        if result.outcome != Outcome.WRONG and result.explanation is not None:
            text = f"{result.about}: wel verklaard, maar er is geen verschil. Haal de uitleg weg."
            yield Finding(Section.MEND, text, table, urgent=True)
        elif result.outcome == Outcome.WRONG and (section := sections.get(result.kind)):
            text = f"{result.about}{_tell_both(result)}. {result.explanation or 'Niet verklaard.'}"
            urgent = is_open(result)
            yield Finding(section if urgent else max(section, Section.BETWEEN), text, table, urgent=urgent)


def _describe_source(draft: Draft, catalogue: Catalogue) -> str:
    place, period = catalogue.places[draft.facts.place].label, Period.parse(draft.facts.period).label
    return f"{draft.document.name} ({draft.document.kind}): {draft.facts.publisher}, {place}, {period}"


def _judge(findings: Sequence[Finding], draft: Draft, known: Known) -> str:
    urgent = sum(finding.urgent for finding in findings)
    if not draft.readings:
        return "Er is nog geen tabel overgenomen: beantwoord eerst wat hieronder staat."
    if not urgent:
        return "Klaar om op te nemen: alles is zeker en niets vraagt een beslissing."
    verb = "vraagt 1 punt een beslissing" if urgent == 1 else f"vragen {urgent} punten een beslissing"
    is_held = draft.exchanged or draft.list_elsewhere(known.catalogue)
    return f"Nog niet klaar: hieronder {verb}." + " Wat zeker is, kan al worden opgenomen." * (not is_held)


# --- 1 eerst herstellen ----------------------------------------------------------------------------------------------


def _list_elsewhere(draft: Draft, known: Known) -> Iterator[Finding]:
    own = known.catalogue.places[draft.facts.place].label
    for reading, name in draft.list_elsewhere(known.catalogue):
        text = f"Deze tabel geeft getallen over {name}, en het rapport gaat over {own}: het wordt niet opgenomen."
        yield Finding(Section.MEND, text, _name_table(reading), urgent=True)


def _list_exchanged(draft: Draft) -> Iterator[Finding]:
    for pair in draft.exchanged.values():
        text = f"KM en HG lijken verwisseld in tabel {' of '.join(pair)}: kies in welke, of: zo gedrukt."
        yield Finding(Section.MEND, f"{text} Tot dan wordt er niets opgenomen.", urgent=True)


def _list_unread(draft: Draft) -> Iterator[Finding]:
    for unread in draft.unread:
        text = f"De tabel onder “{unread.heading}” is niet gelezen: {unread.reason}."
        if unread.unknown:
            text += " Kies wat het is."
            text += _suggest(unread.unknown[0].candidates)
        if unread.candidates:
            text += f" Misschien: {' of '.join(unread.candidates)}."
        yield Finding(Section.MEND, text, spot=unread.spot, urgent=True)


def _list_unknown(draft: Draft) -> Iterator[Finding]:
    """Each label once, however many tables have it."""
    seen: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    candidates = {}
    for reading in draft.readings:
        for unknown in reading.unknown:
            seen[unknown.label, unknown.about].append(reading)
            candidates[unknown.label, unknown.about] = unknown.candidates
    for (label, about), readings in seen.items():
        may_be = candidates[label, about]
        text = f"“{label}” is niet bekend.{_suggest(may_be)} Kies wat het is; dat wordt onthouden."
        if label.endswith(HIDDEN):
            text = f"De rij “{label.removesuffix(HIDDEN).strip()}” is verborgen in het bestand: hoort zij erbij?"
            text += f"{_suggest(may_be)} Hoort zij er niet bij, kies dan: geen."
        tables = wording.join_words([*dict.fromkeys(map(_name_table, readings))])
        yield Finding(Section.MEND, text, tables, urgent=True)


def _suggest(candidates: Sequence[str]) -> str:
    return f" Bedoeld: {' of '.join(f'“{text}”' for text in candidates)}?" if candidates else ""


def _name_table(reading: Reading) -> str:
    return f"{reading.number} ({reading.table.heading})"


def _list_doubts(draft: Draft) -> Iterator[Finding]:
    """One line per cause: the rows that share it are named together."""
    unknown = {unknown.label for reading in draft.readings for unknown in reading.unknown}
    causes: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for reading, doubt in draft.doubts:
        if not unknown & {doubt.row, doubt.column}:
            where = ", ".join(part for part in (doubt.row, doubt.column) if part)
            causes[_name_table(reading), doubt.text].append((where, doubt.spot))
    for (table, text), places in causes.items():
        where = "; ".join(dict.fromkeys(where for where, _ in places[:_MOST_LISTED] if where))
        more = f" en {len(places) - _MOST_LISTED} andere" if len(places) > _MOST_LISTED else ""
        spot = next((spot for _, spot in places if spot), "")
        yield Finding(Section.MEND, f"{wording.capitalize(text)}.", table, where + more, spot, urgent=True)


def _list_strays(left: Sequence[Left], kind: str) -> Iterator[Finding]:
    """Numbers that stand by themselves and are in no table, a page at a time."""
    for each in (each for each in left if not each.table and not each.in_text):
        text = f"Deze getallen staan in geen tabel: {', '.join(each.texts)}."
        text += " Hoort er een bij een tabel, dan ontbreekt het daar."
        if len(each.texts) > _MOST_LISTED and len(each.rows) > 1:
            text += " Is dit het vervolg van een brede tabel, bewaar die dan als Excel, of zo dat zij op één blad past."
        yield Finding(Section.MEND, text, spot=each.spot, urgent=kind != "tekst")


def _list_left(left: Sequence[Left]) -> Iterator[Finding]:
    """Every other number that was not taken over, a table or a page at a time."""
    for each in (each for each in left if each.table or each.in_text):
        if each.in_text:
            yield Finding(Section.LEFT, f"In de tekst staan ook: {', '.join(each.texts)}.", spot=each.spot)
        else:
            listed = "; ".join(f"{label}: {' · '.join(texts)}" for label, texts in each.rows)
            yield Finding(Section.LEFT, f"In de tabel onder “{each.table}” staan ook: {listed}.", spot=each.spot)


def _list_totals(results: Sequence[CheckResult]) -> Iterator[Finding]:
    """Printed totals that are not the sum of their parts, a line for each table; and what follows from columns."""
    wrong = [result for result in results if is_open(result)]
    for kind, says in ((CheckKind.TOTAL, "de cellen tellen op tot"), (CheckKind.DERIVED, "nagerekend")):
        for table in dict.fromkeys((r.table, r.heading) for r in wrong if r.kind == kind):
            own = [r for r in wrong if r.kind == kind and (r.table, r.heading) == table]
            each = [f"{r.about}: gedrukt {_write(r.printed)}, {says} {_write_computed(r)}" for r in own]
            told = [*dict.fromkeys(each)]  # a total over all is at times printed twice
            more = f" En {len(told) - _MOST_LISTED} andere." if len(told) > _MOST_LISTED else ""
            text = f"{own[0].remark or ''} {'; '.join(told[:_MOST_LISTED])}.{more} Zo gedrukt, of verkeerd gelezen?"
            yield Finding(Section.MEND, " ".join(text.split()), f"{table[0]} ({table[1]})", urgent=True)


def _write(value: float | None) -> str:
    return "niets" if value is None else wording.format_value(value)


def _write_computed(result: CheckResult) -> str:
    return wording.say_bound(_write(result.computed), result.bound)


# --- 3 tussen tabellen -----------------------------------------------------------------------------------------------


def _list_relations(results: Sequence[CheckResult], broken: Mapping[str, str]) -> Iterator[Finding]:
    """What should fit between the tables of this layout, and does not; KM and HG exchanged are asked for apart."""
    for result in results:
        if result.kind in (CheckKind.RELATION, CheckKind.ANNEX) and result.outcome == Outcome.WRONG:
            is_asked = any(f"{result.about}, ".startswith(f"{name}, ") for name, why in broken.items() if not why)
            said = result.explanation or ("Zo gedrukt, of verkeerd gelezen?" if is_asked else "")
            text = f"{result.about}{_tell_both(result)}. {said}".strip()
            yield Finding(Section.BETWEEN, text, urgent=is_asked)


def _tell_both(result: CheckResult) -> str:
    """The numbers of both sides, of a relation with what is expected of them; of an annex what it fits."""
    if result.printed is None:
        return f": {result.remark}" if result.remark else ""
    if result.kind == CheckKind.CLAIM:  # of a sentence these are what it says and what follows, or so many of so many
        return f": {_write(result.printed)} naast {_write_computed(result)}"
    most = "gelijk aan" if result.remark == EQUAL else "hoogstens"
    gap = _write(abs(result.printed - (result.computed or 0)))
    return (
        f": er staat {wording.say_bound(_write(result.printed), result.bound, of_printed=True)}, en dat hoort {most} "
        f"{_write_computed(result)} te zijn (verschil {gap})"
    )


# --- 4 valt op -------------------------------------------------------------------------------------------------------


def _list_few_km(report: Report) -> Iterator[Finding]:
    """A split that looks as if its heads were exchanged."""
    for table in report.tables:
        sums = Counter[str]()
        for cell in table.cells:
            sums[cell.key.geweld or ""] += int(cell.value)
        if {KM, HG} <= sums.keys() and sums[KM] < sums[HG] and sums[HG] >= _FEW:
            text = f"Er is minder KM ({_write(sums[KM])}) dan HG ({_write(sums[HG])}): zijn die kolommen verwisseld?"
            yield Finding(Section.STRIKING, text, f"{table.number} ({table.heading})")


# --- 5 kleine aantallen, 6 niet te tonen -----------------------------------------------------------------------------


def _list_small(report: Report, catalogue: Catalogue) -> Iterator[Finding]:
    counted = (table for table in report.tables if catalogue.indicators[table.indicator].counts_people)
    if few := sum(0 < cell.value < _SMALL for table in counted for cell in table.cells):
        text = f"{few} getallen van 1 tot en met {_SMALL - 1}: wie afschermt, ziet ze niet."
        yield Finding(Section.SMALL, text)


def _list_unshown(report: Report, catalogue: Catalogue) -> Iterator[Finding]:
    """Places without inhabitants: of those there is no number per 1.000."""
    year = Period.parse(report.period).last_year
    named = {cell.key.place for table in report.tables for cell in table.cells if cell.key.place}
    places = [catalogue.places[id_] for id_ in sorted(named)]
    bare = [p.label for p in places if p.kind == "gemeente" and year not in p.inhabitants]
    if bare:
        text = f"Geen inwonertal in {year} van {wording.join_words(bare)}: geen cijfer per 1.000 inwoners."
        yield Finding(Section.UNSHOWN, text)


def _list_notes(draft: Draft) -> Iterator[Finding]:
    for reading in draft.readings:
        for note in dict.fromkeys(reading.notes):
            yield Finding(Section.UNSHOWN, note, _name_table(reading))
