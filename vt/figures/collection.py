"""What is in the collection, whether its totals add up, and what the words mean: sheets for the pages that account."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vt.figures import flags, wording
from vt.figures.figure import Source
from vt.figures.table import SMALL_PART, Heading, Table, Value
from vt.model.catalogue import PopulationSource
from vt.model.claims import ALMOST_ALL_PERCENT, ClaimKind
from vt.model.measures import NEAR_LEAST, NEAR_PERCENT, Measure
from vt.model.report import STATLINE
from vt.model.rounding import MOST_OFF
from vt.model.verdicts import CheckKind, Outcome, Severity, is_unaccounted
from vt.store.printed import ReportRow, read_reports
from vt.store.reference import Metadata
from vt.store.verdicts import Verdict, read_overlaps

MEASURES = (
    (Measure.AANTAL, "Het getal zoals het gedrukt is, of de som van gedrukte getallen."),
    (Measure.PER_MAAND, "Het aantal gedeeld door het aantal maanden van de periode; niet bij minder dan 12 per jaar."),
    (
        Measure.PER_1000,
        "Het aantal, omgerekend naar twaalf maanden, gedeeld door het aantal inwoners op 1 januari van dat jaar; van "
        "meer jaren samen door het gemiddelde daarvan. Van minder dan 200 die op vijf zijn afgerond is het “ongeveer”, "
        "en een plaats in een rangorde is er de hoogste en de laagste die kan.",
    ),
    (Measure.AANDEEL_REGIO, "Hoeveel procent van het aantal in de regio bij een gemeente hoort."),
    (
        Measure.AANDEEL_PLAATS,
        "Hoeveel procent van het aantal in een plaats bij een soort geweld of bij een klasse hoort. "
        "Van een deel onder de 5 en van een geheel onder de 20 wordt geen aandeel gegeven, van cijfers die op vijf "
        "zijn afgerond van een geheel onder de 50; onder de 200 heet het daarvan “ongeveer”.",
    ),
)
SIGNS = (
    ("–", "Niet in de bron, of niet uitgesplitst in de bron."),
    ("0", f"De bron geeft nul; het CBS rondt af op vijf, en daar kan het ook 1 of {MOST_OFF} zijn."),
    ("°", "Teruggerekend uit de gedrukte rijen en totalen, waar lege cellen waren weggevallen."),
    ("1-3", "Niet op één getal terug te rekenen: het laagste en het hoogste dat kan."),
    ("*", "Voorlopig cijfer volgens de uitgever."),
    ("0 tot en met 4", "Afgeschermd: een teruggerekend aantal onder de 5, dat zo in geen rapport staat."),
    ("<5", "Bij afschermen van alle kleine aantallen, voor op het scherm: een gedrukt aantal van 1 tot en met 4."),
    ("afgeschermd", "Weggelaten: gemaakt van een afgeschermd aantal, of genoeg om het uit een totaal te berekenen."),
    (SMALL_PART, "Geen aandeel, want het deel is kleiner dan 5."),
    ("≠", "De controle vond hier een verschil; onder de grafiek staat welk."),
)
CLAIM_RULES = (
    f"“Bijna alle” klopt bij minstens {ALMOST_ALL_PERCENT}% van de rijen, “de meeste” bij meer dan de helft. "
    f"Gelijk is ook: minder dan {NEAR_PERCENT}% verschil tussen aantallen van {NEAR_LEAST} of meer."
)
MOST_REGIONS_NAMED = 4
_COUNT = Measure.AANTAL
_WEIGHT = (Outcome.RIGHT, Outcome.UNTESTABLE, Outcome.CAUTION, Outcome.CUT_OFF, Outcome.WRONG)  # of a claim, rising
_SHARING = (CheckKind.TOTAL, CheckKind.REVISION)  # kinds of which several findings can have one cause
KIND_LABELS = {
    CheckKind.TOTAL: "Totalen",
    CheckKind.DERIVED: "Afgeleide percentages",
    CheckKind.CLAIM: "Beweringen in de tekst",
    CheckKind.RELATION: "Verbanden tussen tabellen",
    CheckKind.ANNEX: "Bijlagen naast hun hoofdstuk",
    CheckKind.PRACTICE: "Manier van rekenen",
    CheckKind.REVISION: "Herzien in een nieuwer rapport",
}


def tabulate_reports(db: sqlite3.Connection) -> Table:
    """What is in, per report: publisher, title, period, tables, printed numbers and printed totals."""
    rows = ((r.title, r.publisher, r.period, r.tables, r.cells, r.totals) for r in read_reports(db))
    return _tabulate(("Rapport", "Uitgever", "Periode"), ("Tabellen", "Cijfers", "Gedrukte totalen"), rows)


def _tabulate(words: Iterable[str], counts: Iterable[str], rows: Iterable[tuple[Value, ...]]) -> Table:
    """A table of columns of words, and then of counts."""
    return Table((*map(Heading, words), *(Heading(label, _COUNT) for label in counts)), tuple(rows))


def tabulate_topics(metadata: Metadata) -> Table:
    """Which topics each publisher has, by how many printed tables; None where it has none."""
    publishers = dict.fromkeys(table.publisher for table in metadata.tables.values())
    rows: list[tuple[Value, ...]] = []
    for topic in metadata.topics.values():
        tables = [t for t in metadata.tables.values() if metadata.indicators[t.indicator].topic == topic.id]
        counts = [sum(table.publisher == name for table in tables) or None for name in publishers]
        rows.append((topic.label, *counts))
    return _tabulate(["Onderwerp"], publishers, rows)


def list_absent_regions(metadata: Metadata) -> list[str]:
    """The regions that there are of which nothing is in yet."""
    regions = [place for place in metadata.places.values() if place.kind == "region" and place.gone is None]
    known = metadata.regions_covered | {place.id for place in metadata.places_with_data()}
    return sorted(place.label for place in regions if place.id not in known)


def list_total_indicators(metadata: Metadata) -> list[str]:
    """Which indicators of StatLine have a total of their own: one that is split has that of its plain counterpart."""
    named = dict.fromkeys(t.indicator for t in metadata.tables.values() if t.is_of_statline)
    found = [metadata.indicators[name] for name in named]
    plain = {each.counts for each in found if not each.classification}
    return [each.id for each in found if not each.classification or each.counts not in plain]


def describe_collection(metadata: Metadata) -> tuple[str, str]:
    """What is in, in two lines: the reports, and the places."""
    titles = list(list_report_titles(metadata).values())
    reports = [title for title in titles if not title.endswith(STATLINE)]
    reports += [f"{len(titles) - len(reports)} tabellen van het CBS"] if len(titles) > len(reports) else []
    known = metadata.places_with_data()
    places = [place for place in known if place.gone is None]
    gemeenten, ever = (sum(place.kind == "gemeente" for place in each) for each in (places, known))
    earlier = f" (en {ever - gemeenten} van vroeger)" if ever > gemeenten else ""
    regions, lands = ([place.label for place in places if place.kind == kind] for kind in ("region", "land"))
    wholes = [f"{len(regions)} regio’s"] if len(regions) > MOST_REGIONS_NAMED else regions
    absent = len(list_absent_regions(metadata))
    return (
        f"In de verzameling: {'; '.join(reports)}.",
        f"Cijfers van {gemeenten} gemeenten{earlier}, en van {wording.join_words([*lands, *wholes])} als geheel"
        + (f"; van {absent} regio’s nog niet." if absent else "."),
    )


def describe_partial_regions(metadata: Metadata) -> list[str]:
    """A Dutch sentence for each region of which only some gemeenten are in, so that it has no numbers of its own."""
    known = {place.id for place in metadata.places_with_data()}
    partial = [metadata.places[id_] for id_ in sorted(metadata.regions_covered - known)]
    said = []
    for region in partial:
        inside = [p.label for p in metadata.places.values() if p.region == region.id and p.id in known]
        said.append(
            f"Van {region.label} is alleen {wording.join_words(inside)} opgenomen; "
            "die regio als geheel wordt daarom nergens getoond."
        )
    return said


def tabulate_verdicts(verdicts: Sequence[Verdict], metadata: Metadata) -> Table:
    """Per report and kind of check: how many numbers were checked, and what came of it."""
    counts = Counter((verdict.report, verdict.kind, verdict.outcome) for verdict in verdicts)
    met = _list_outcomes(verdicts)
    rows: list[tuple[Value, ...]] = []
    for report, title in list_report_titles(metadata).items():
        for kind in CheckKind:
            outcomes = [counts[report, kind, outcome] for outcome in met]
            if sum(outcomes):
                rows.append((title, KIND_LABELS[kind], sum(outcomes), *outcomes))
    labels = ("Nagekeken", *(flags.OUTCOME_LABELS[outcome].capitalize() for outcome in met))
    return _tabulate(("Rapport", "Soort"), labels, rows)


def _list_outcomes(verdicts: Sequence[Verdict]) -> list[Outcome]:
    """What came of any of them."""
    return [outcome for outcome in Outcome if any(verdict.outcome == outcome for verdict in verdicts)]


def summarise_verdicts(verdicts: Sequence[Verdict]) -> str:
    """How many were checked, and what came of them; empty where there are none."""
    counts = Counter(verdict.outcome for verdict in verdicts)
    if not verdicts:
        return ""
    said = [
        f"{wording.format_whole(counts[outcome])} {flags.OUTCOME_LABELS[outcome]}"
        for outcome in _list_outcomes(verdicts)
    ]
    checks = "controle" if len(verdicts) == 1 else "controles"
    return f"{wording.format_whole(len(verdicts))} {checks}: {wording.join_words(said)}."


def tabulate_accounts(db: sqlite3.Connection, verdicts: Sequence[Verdict]) -> Table:
    """Per report how many printed numbers of each sort there are: cells, totals, derived numbers, claims."""
    numbers = (None, ClaimKind.NUMBER, ClaimKind.UNTESTABLE)  # what other sentences compare is not printed in them
    counts = Counter((v.report, v.kind) for v in verdicts if v.printed is not None and v.claim in numbers)
    rows: list[tuple[Value, ...]] = []
    for row in read_reports(db):
        kinds = [counts[row.report, kind] for kind in (CheckKind.DERIVED, CheckKind.CLAIM)]
        rows.append((row.title, row.cells, row.totals, *kinds, row.cells + row.totals + sum(kinds)))
    labels = ("Cellen", "Totalen", "Afgeleide percentages", "Getallen in de tekst", "Samen")
    return _tabulate(["Rapport"], labels, rows)


def list_claims(verdicts: Sequence[Verdict]) -> dict[str, dict[str, list[Verdict]]]:
    """What the sentences of each report claim, by report and chapter, in the order of the report."""
    claims: dict[str, dict[str, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        if verdict.kind == CheckKind.CLAIM:
            claims[verdict.report][verdict.chapter].append(verdict)
    return claims


def tabulate_claims(chapters: Mapping[str, Sequence[Verdict]]) -> Table:
    """Per chapter how many sentences claim something, and what came of them: of each its weightiest claim."""
    rows: list[tuple[Value, ...]] = []
    for chapter, claims in chapters.items():
        worst: dict[int | None, str] = {}
        for claim in claims:
            worst[claim.sentence] = max(claim.outcome, worst.get(claim.sentence, Outcome.RIGHT), key=_WEIGHT.index)
        counts = Counter(worst.values())
        rows.append((chapter, len(worst), *(counts[outcome] for outcome in _WEIGHT)))
    totals = [sum(numbers) for numbers in list(zip(*rows, strict=True))[1:]]
    labels = ("Zinnen", *(flags.OUTCOME_LABELS[outcome].capitalize() for outcome in _WEIGHT))
    return _tabulate(["Hoofdstuk"], labels, [*rows, ("Totaal", *totals)])


def tabulate_reasons(chapters: Mapping[str, Sequence[Verdict]]) -> Table:
    """Why claims could not be tested, and how many for each reason, the most frequent first."""
    claims = (claim for claims in chapters.values() for claim in claims)
    counts = Counter(claim.remark or "" for claim in claims if claim.outcome == Outcome.UNTESTABLE)
    return _tabulate(["Waarom niet na te rekenen"], ["Beweringen"], counts.most_common())


def tabulate_overlaps(db: sqlite3.Connection, metadata: Metadata) -> Table:
    """Every two reports that share figures: how many of the newer are new, the same or revised, of the older gone."""
    titles = list_report_titles(metadata)
    rows = ((titles[o.newer], titles[o.older], o.new, o.same, o.revised, o.gone) for o in read_overlaps(db))
    return _tabulate(("Nieuwer rapport", "Ouder rapport"), ("Nieuw", "Gelijk", "Herzien", "Vervallen"), rows)


def pick_findings(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts that a reader should know of, the weightiest first."""
    order = list(Severity)
    return sorted((v for v in verdicts if v.severity), key=lambda v: (order.index(Severity(v.severity or "")), v.id))


def group_findings(verdicts: Sequence[Verdict]) -> dict[str, list[list[Verdict]]]:
    """Findings by kind of check and what came of it, the weightiest first; totals of one table and one cause stand
    together."""
    groups: dict[str, dict[tuple[object, ...], list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        shared = (verdict.source_table, verdict.remark, verdict.explanation)
        heading = f"{KIND_LABELS[CheckKind(verdict.kind)]}: {flags.OUTCOME_LABELS[verdict.outcome]}"
        groups[heading][shared if verdict.kind in _SHARING else (verdict.id,)].append(verdict)
    return {heading: list(causes.values()) for heading, causes in groups.items()}


def list_report_titles(metadata: Metadata) -> dict[str, str]:
    """The reports by id, as they are cited; of one title with the day on which each came out, or with its id."""
    tables = {table.report: table for table in metadata.tables.values()}
    titles = {id_: Source.from_table(table).report_name for id_, table in tables.items()}
    named = Counter(titles.values())

    def tell_apart(id_: str) -> str:
        return f", uitgave van {_day(day)}" if (day := tables[id_].published) else f" ({id_})"

    return {id_: title + (tell_apart(id_) if named[title] > 1 else "") for id_, title in titles.items()}


def describe_unaccounted(verdicts: Sequence[Verdict]) -> list[str]:
    """A Dutch sentence for each difference without an explanation, and each explanation without a difference."""
    wrong = []
    for verdict in verdicts:
        if is_unaccounted(verdict.outcome, verdict.explanation):
            why = "niet verklaard" if verdict.outcome == Outcome.WRONG else "wel verklaard, maar er is geen verschil"
            wrong.append(f"{flags.name_spot(verdict)}: {flags.describe_verdict(verdict)} ({why})")
    return wrong


def list_definitions(metadata: Metadata) -> list[tuple[str, list[tuple[str, str]]]]:
    """Per topic its indicators, each with definition and caveat."""
    return [
        (topic.label, [(i.label, f"{i.definition} {i.caveat or ''}".strip()) for i in topic.indicators])
        for topic in metadata.topics.values()
    ]


def list_report_facts(report: ReportRow) -> list[tuple[str, str]]:
    """What is known of a report, as labels with texts: who published it, where it was found, who read it again."""
    known = (
        ("Uitgever", report.publisher),
        ("Periode", report.period),
        ("Gebruik", report.licence),
        ("Vindplaats", report.url),
        ("Gepubliceerd op", report.published and _day(report.published)),
        ("Opgehaald op", report.accessed and _day(report.accessed)),
        ("Ingelezen uit", report.document and f"{report.document} met SHA-256 {report.sha256}"),
        ("Nagelezen door", report.checked_on and f"{report.checked_by}, {_day(report.checked_on)}"),
        ("Opmerking", report.note),
    )
    return [(label, text) for label, text in known if text]


def list_population_sources(sources: Sequence[PopulationSource]) -> list[tuple[str, str]]:
    """Where numbers of inhabitants come from, as labels with texts."""
    fetched = {each.label: f" Opgehaald op {wording.format_date(each.accessed)}." for each in sources if each.accessed}
    return [(source.label, source.note + fetched.get(source.label, "")) for source in sources]


def _day(text: str) -> str:
    return wording.format_date(date.fromisoformat(text))
