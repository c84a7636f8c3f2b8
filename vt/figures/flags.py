"""What the checks found, in a sentence; and which of it touches a figure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vt.figures import wording
from vt.figures.answers import Dataset, gives_away
from vt.figures.figure import Figure, Flag, Source, cite
from vt.figures.table import Link
from vt.model.claims import ClaimKind
from vt.model.hidden import CellKey, Shielding, Suppression
from vt.model.period import Period
from vt.model.verdicts import DISPUTED, EQUAL, SUPERSEDED, CheckKind, Outcome, Standing
from vt.store.hidden import read_secrets, read_suppressions
from vt.store.numbers import Slice
from vt.store.reference import SourceTable
from vt.store.verdicts import Doubted, Verdict

WITHOUT_NUMBERS = "De controle vond hier een verschil; de getallen zijn afgeschermd."


OUTCOME_LABELS: Mapping[str, str] = {
    Outcome.RIGHT: "klopt",
    Outcome.CAUTION: "met kanttekening",
    Outcome.CONVENTION: "volgens gebruik",
    Outcome.CUT_OFF: "afgekapt",
    Outcome.WRONG: "wijkt af",
    Outcome.REVISED: "herzien",
    Outcome.UNTESTABLE: "niet na te rekenen",
}
STANDING_LABELS: Mapping[str, str] = {
    Standing.PRINTED: "gedrukt",
    Standing.RECOVERED: "teruggerekend",
    Standing.PRINTED_TOTAL: "gedrukt totaal",
    Standing.STATED: "beweerd",
    Standing.COMPUTED: "nagerekend",
}
CONTESTED_LABELS: Mapping[str, str] = {DISPUTED: "omstreden", SUPERSEDED: "eerder gepubliceerd", **OUTCOME_LABELS}


class _Spot(NamedTuple):
    """A number in a sheet that a doubt is about: where it is shown, where it was printed, and what it is."""

    at: tuple[int, int]
    table: SourceTable
    slice: Slice


def name_spot(verdict: Verdict) -> str:
    """Where a check looked, on a command line: the report, and the table, chapter or kind of check."""
    sentence = f", zin {verdict.sentence}" if verdict.sentence else ""
    return f"{verdict.report}, {verdict.chapter or name_scope(verdict)}{sentence}"


def name_scope(verdict: Verdict) -> str:
    """What a check is about that is not about one table or chapter."""
    scopes = {CheckKind.ANNEX: "bijlage", CheckKind.PRACTICE: "het hele rapport"}
    return scopes.get(CheckKind(verdict.kind), "tussen tabellen")


def flag_figure(figure: Figure, dataset: Dataset) -> Figure:
    """The figure with a flag for each finding about a number that it shows, or that is part of one.

    What would give a hidden number away is said without numbers.
    """
    is_shielded = figure.selection.shielding is Shielding.ALL
    found: dict[tuple[str, str], list[_Spot]] = defaultdict(list)
    for at, links in figure.table.links.items():
        for table, doubted in _find_doubts(links, dataset):
            is_hidden = _shows_hidden(figure, at) or (is_shielded and gives_secret_away(doubted, dataset))
            text = WITHOUT_NUMBERS if is_hidden else _describe(doubted)
            found[table.report, text].append(_Spot(at, table, doubted.slice))
    return replace(figure, flags=tuple(_make_flag(text, spots, figure, dataset) for (_, text), spots in found.items()))


def tell_doubts(links: Sequence[Link], dataset: Dataset, *, is_shown: bool) -> str:
    """What the checks found about one number, in sentences; "" where they found nothing."""
    found = (_describe(doubted) if is_shown else WITHOUT_NUMBERS for _, doubted in _find_doubts(links, dataset))
    return " ".join(dict.fromkeys(found))


def _find_doubts(links: Sequence[Link], dataset: Dataset) -> Iterator[tuple[SourceTable, Doubted]]:
    for link in links:
        table = dataset.metadata.tables_by_address[link.table]
        yield from ((table, doubted) for doubted in table.find_doubts(link.slice))


def _make_flag(text: str, spots: Sequence[_Spot], figure: Figure, dataset: Dataset) -> Flag:
    """A flag that says of which places and periods the numbers are that it is about, in which tables they stand, and
    which number is used here."""
    slices = dict.fromkeys(spot.slice for spot in spots)
    places = dict.fromkeys(dataset.metadata.places[slice_.place].said for slice_ in slices)
    periods = dict.fromkeys(Period.parse(slice_.period).label for slice_ in slices)
    cited = cite([Source.from_table(table) for table in {spot.table.id: spot.table for spot in spots}.values()])
    about = f"{wording.join_words([*places])}, {wording.join_words([*periods])} ({'; '.join(cited)})"
    row, column = min(spot.at for spot in spots)
    used = figure.table.headings[column].format(figure.table.rows[row][column])
    address, cells = spots[0].table.address, frozenset(spot.at for spot in spots)
    if text == WITHOUT_NUMBERS:
        return Flag(text, address, cells)
    return Flag(f"{about}: {text}", address, cells, used=f"Hier staat {used}.")


def _shows_hidden(figure: Figure, at: tuple[int, int]) -> bool:
    return isinstance(figure.table.rows[at[0]][at[1]], Suppression)


def gives_secret_away(doubted: Doubted, dataset: Dataset) -> bool:
    """Whether a finding is about a hidden number, or its sentence names one of the tables that it is about."""
    about = [
        (table, other.slice)
        for table in dataset.metadata.tables.values()
        for other in table.doubted
        if other.verdict.id == doubted.verdict.id
    ]
    text = _describe(doubted)
    for table, (place, period, geweld, categories) in about:
        hidden = read_suppressions(dataset.db, table.indicator, [place])
        keys = [CellKey(table.indicator, place, period, geweld, category) for category in categories or ("",)]
        if any(key in hidden for key in keys) or gives_away(text, read_secrets(dataset.db, [table.id])):
            return True
    return False


def _describe(doubted: Doubted) -> str:
    return doubted.verdict.explanation or describe_verdict(doubted.verdict)


def describe_verdict(*verdicts: Verdict) -> str:
    """A finding (or several of one cause) in a sentence that a reader understands, with both numbers."""
    first = verdicts[0]
    said = "; ".join(_describe_numbers(verdict) for verdict in verdicts)
    remarks: Mapping[str, str] = {
        Outcome.CUT_OFF: "afgekapt in plaats van afgerond",
        Outcome.CONVENTION: "een stijging vanaf 0 drukt het rapport af als 100%",
    }
    remark = first.remark if first.kind == CheckKind.REVISION else remarks.get(first.outcome)
    said = f"{said}; {remark}." if remark else f"{said}."
    cause = first.remark if first.kind == CheckKind.TOTAL else None
    return " ".join(part for part in (said, cause, first.explanation) if part)


def describe_check(verdict: Verdict) -> str:
    """What came of a check and what was checked, a difference or not."""
    said = f"{OUTCOME_LABELS[verdict.outcome].capitalize()}: {_describe_numbers(verdict)}."
    return f"{said} {verdict.explanation}" if verdict.explanation else said


def _describe_numbers(verdict: Verdict) -> str:
    printed, computed = format_side(verdict.printed, verdict.unit), _format_computed(verdict)
    said: str | None = f"gedrukt {printed}" + (f", nagerekend {computed}" if verdict.computed is not None else "")
    match verdict.kind, verdict.claim:
        case CheckKind.RELATION, _:
            printed = wording.say_bound(printed, verdict.bound, of_printed=True)
            said = f"{printed} naast {computed}; {_describe_expected(verdict)}"
        case CheckKind.REVISION, _ if verdict.outcome == Outcome.REVISED:
            said = f"{printed}, eerder gepubliceerd: {computed}"
        case _, ClaimKind.HOLDS | ClaimKind.EQUAL if verdict.computed is not None:
            said = f"{printed} naast {computed}"
        case (CheckKind.PRACTICE, _) | (_, ClaimKind.ALL | ClaimKind.ALMOST_ALL | ClaimKind.MOST):
            said = f"{printed} van de {computed}" + (f"; {verdict.remark}" if verdict.remark else "")
        case _, ClaimKind.RANKED:
            said = verdict.remark
    if verdict.kind == CheckKind.CLAIM and verdict.outcome == Outcome.UNTESTABLE:
        return f"{verdict.about}. {(verdict.remark or '').rstrip('.')}"
    return f"{verdict.about}: {said}"


def _describe_expected(verdict: Verdict) -> str:
    if verdict.outcome == Outcome.CAUTION and verdict.printed is not None and verdict.computed is not None:
        open_, whole = verdict.computed - verdict.printed, format_side(verdict.computed, verdict.unit)
        least = wording.say_bound(format_side(open_, verdict.unit), verdict.bound)
        return f"{least} van de {whole} {'blijft' if open_ == 1 else 'blijven'} onverklaard"
    return f"verwacht was {'een gelijk aantal' if verdict.remark == EQUAL else 'hoogstens dat'}"


def _format_computed(verdict: Verdict) -> str:
    return wording.say_bound(format_side(verdict.computed, verdict.unit), verdict.bound)


def format_side(value: float | None, unit: str) -> str:
    """One side of a check, with as many decimals as it has, two at most."""
    if value is None:
        return "geen getal"
    decimals = next((count for count in (0, 1) if value == round(value, count)), 2)
    return wording.format_number(value, decimals) + ("%" if unit == "procent" else "")
