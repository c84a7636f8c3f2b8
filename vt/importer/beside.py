"""What a draft adds to the reports that are in, and what it changes of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from vt.audit.results import describe_key
from vt.audit.revisions import FigureKey, Printed, find_versions
from vt.figures import wording
from vt.model.catalogue import Catalogue
from vt.model.check_report import Finding, Section
from vt.model.geweld import ALL_GEWELD
from vt.model.period import Period
from vt.model.report import Key, Report

_MOST_LISTED = 12
_JUMP, _FEW = 5, 20
_Numbers = Mapping[FigureKey, float]


def list_numbers(report: Report) -> _Numbers:
    """The numbers of a report that have a place of their own, by what they are about."""
    return {key: printed.cell.value for key, (printed, *_) in find_versions([report]).items()}


def describe(key: FigureKey, catalogue: Catalogue) -> str:
    """What a number is about, as text."""
    geweld = None if key.geweld == ALL_GEWELD else key.geweld
    about = describe_key(Key(key.place, key.period, geweld, key.category), catalogue)
    return f"{catalogue.indicators[key.indicator].label}, {about}"


def list_beside(report: Report, others: Sequence[Report], catalogue: Catalogue) -> Iterator[Finding]:
    """What is new, the same, other than what is in, and gone; and what is whole with it."""
    own, versions = list_numbers(report), find_versions(sorted(others, key=lambda other: other.dated, reverse=True))
    before = {key: versions[key][0] for key in own if key in versions}
    revised = [key for key, printed in before.items() if printed.cell.value != own[key]]
    older = [other for other in others if other.place == report.place and other.dated < report.dated]
    gone = [(other, _find_gone(own, other)) for other in older]
    missing = sum(len(keys) for _, keys in gone)
    counts = f"Nieuw {len(own) - len(before)}, gelijk {len(before) - len(revised)}, gewijzigd {len(revised)}"
    yield Finding(Section.BESIDE, f"{counts}, verdwenen {missing}.")
    for key in revised[:_MOST_LISTED]:
        yield _tell_revised(key, own[key], before[key], report, catalogue)
    if len(revised) > _MOST_LISTED:
        yield Finding(Section.BESIDE, f"En {len(revised) - _MOST_LISTED} andere gewijzigde getallen.")
    yield from (_tell_gone(other, keys, catalogue) for other, keys in gone if keys)
    if whole := _find_completed(report, own, versions):
        labels = wording.join_words([catalogue.indicators[indicator].label for indicator in whole])
        yield Finding(Section.BESIDE, f"Heel {Period.parse(report.period).last_year} is nu bekend: {labels}.")
    yield from _list_added([key for key in own if key not in before], catalogue)


def _find_gone(own: _Numbers, other: Report) -> _Numbers:
    """The numbers of an older report that this one does not have, though it has others of that period."""
    told = {(key.indicator, key.period) for key in own}
    return {k: v for k, v in list_numbers(other).items() if k not in own and (k.indicator, k.period) in told}


def _tell_revised(key: FigureKey, value: float, before: Printed, report: Report, catalogue: Catalogue) -> Finding:
    """A number that is another than the one that is in; a final one that changes must be looked at."""
    where, old, new = describe(key, catalogue), *map(wording.format_value, (before.cell.value, value))
    if before.report.dated > report.dated:
        text = f"hier {new}; het nieuwere “{before.report.title}” zegt {old}, en dat blijft gelden."
        return Finding(Section.BESIDE, text, where=where)
    provisional = before.table.provisional
    is_final = key.period not in provisional and not (provisional and before.cell.key.period is None)
    kind = "een definitief cijfer verandert" if is_final else "een voorlopig cijfer verandert"
    return Finding(Section.BESIDE, f"{old} wordt {new}: {kind}.", where=where, urgent=is_final)


def _tell_gone(other: Report, gone: _Numbers, catalogue: Catalogue) -> Finding:
    keys = [*gone][:_MOST_LISTED]
    listed = "; ".join(f"{describe(key, catalogue)} ({wording.format_value(gone[key])})" for key in keys)
    more = f"; en {len(gone) - len(keys)} andere" if len(gone) > len(keys) else ""
    return Finding(Section.BESIDE, f"Staat in “{other.title}” en hier niet: {listed}{more}.")


def _find_completed(report: Report, own: _Numbers, versions: Mapping[FigureKey, Sequence[Printed]]) -> list[str]:
    """The indicators of which the last year of the report is whole with it, and was not before."""
    year, completed = Period(Period.parse(report.period).last_year * 12, 12), []
    for indicator in dict.fromkeys(key.indicator for key in own):
        new, old = (
            {Period.parse(key.period) for key in keys if (key.indicator, key.place) == (indicator, report.place)}
            for keys in (own, versions)
        )
        if year not in new and not _is_known(year, old) and _is_known(year, new | old):
            completed.append(indicator)
    return completed


def _is_known(period: Period, periods: Set[Period]) -> bool:
    """Whether a period is told, or all the parts of it."""
    length = {12: 6, 6: 3, 3: 1}.get(period.months)
    starts = range(period.start, period.end, length or 1)
    return period in periods or (length is not None and all(_is_known(Period(n, length), periods) for n in starts))


def _list_added(new: Sequence[FigureKey], catalogue: Catalogue) -> Iterator[Finding]:
    """How many numbers of each indicator are new, and of which periods."""
    for indicator, count in Counter(key.indicator for key in new).most_common():
        periods = sorted({Period.parse(key.period) for key in new if key.indicator == indicator})
        where = ", ".join(period.label for period in periods)
        noun = "getal" if count == 1 else "getallen"
        yield Finding(Section.EFFECTS, f"{catalogue.indicators[indicator].label}: {count} {noun} erbij ({where}).")


def list_striking(report: Report, others: Sequence[Report], catalogue: Catalogue) -> Iterator[Finding]:
    """Numbers of another order than the year before."""
    earlier = {key: value for other in (*others, report) for key, value in list_numbers(other).items()}
    for key, value in list_numbers(report).items():
        old = earlier.get(key._replace(period=Period.parse(key.period).year_before.id))
        if old and max(old, value) >= _FEW and max(old, value) >= _JUMP * max(min(old, value), 1):
            text = f"{wording.format_value(old)} een jaar eerder, nu {wording.format_value(value)}: klopt dat?"
            yield Finding(Section.STRIKING, text, where=describe(key, catalogue))
