"""The text around a chart as HTML: heading, notices, legend, table, sources. Every word from outside is escaped."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from vt.figures import wording
from vt.figures.deck import Question, Slide
from vt.figures.figure import FLAG_SIGN, Figure, Flag, Source, cite
from vt.figures.headlines import Headline
from vt.figures.table import Column, Link, Table, Value
from vt.model.catalogue import TOTAL
from vt.store.printed import PrintedTable, Spot
from vt.store.reference import SourceTable
from vt.store.verdicts import Verdict

OPEN_UP_TO = 8


def head(figure: Figure) -> str:
    """Finding, subtitle, the plain reading for a screen reader, what could not be answered, and the legend."""
    parts = [
        f'<h3 class="vt-bevinding" id="{escape(figure.id)}">{escape(figure.title)}</h3>',
        f'<p class="vt-onderschrift">{escape(figure.subtitle)}</p>',
        f'<p class="vt-verborgen">{escape(figure.summary)}</p>' if figure.summary else "",
        notices(figure.notices),
        legend(figure.legend),
    ]
    return f'<div class="vt-kop">{"".join(parts)}</div>'


def foot(figure: Figure) -> str:
    """What the checks found, the numbers as a table, the sources and the caveats."""
    count = len(figure.table.rows)
    opened = " open" if count <= OPEN_UP_TO else ""
    summary = f"Tabel ({count} {'rij' if count == 1 else 'rijen'})"
    return (
        f'<div class="vt-voet">{flags(figure.flags)}<details{opened}><summary>{summary}</summary>'
        f"{table(figure.table, figure.subtitle, figure.doubted)}</details>"
        f"{sources(figure.sources)}{caveats(figure.caveats)}</div>"
    )


def flags(found: Sequence[Flag]) -> str:
    """What the checks found about the numbers of a figure, each with its mark and a link to the table."""
    if not found:
        return ""
    items = "".join(
        f'<li><span aria-hidden="true">{FLAG_SIGN}</span> {escape(flag.text)} '
        f"{table_link('Bekijk de tabel', flag.table)}</li>"
        for flag in found
    )
    return f'<ul class="vt-twijfel" aria-label="Uit de controle van de bron">{items}</ul>'


def notices(texts: Sequence[str]) -> str:
    """What is not there, why, and what is shown instead."""
    if not texts:
        return ""
    items = "".join(f"<li>{escape(wording.capitalize(text))}</li>" for text in texts)
    return f'<ul class="vt-melding" aria-label="Let op">{items}</ul>'


def legend(entries: Sequence[tuple[str, str]]) -> str:
    """Each colour with its meaning."""
    if not entries:
        return ""
    items = "".join(
        f'<li><span class="vt-kleur" style="background:{escape(colour)}"></span>{escape(label)}</li>'
        for colour, label in entries
    )
    return f'<ul class="vt-legenda" aria-label="Legenda">{items}</ul>'


def table(sheet: Table, caption: str, doubted: Collection[tuple[int, int]] = ()) -> str:
    """A sheet as a table in a box that a keyboard can scroll."""
    return (
        f'<div class="vt-rol" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f"{_table(sheet, caption, doubted)}</div>"
    )


def _table(sheet: Table, caption: str, doubted: Collection[tuple[int, int]] = ()) -> str:
    """Row and column headings, numbers written the Dutch way, doubted ones marked."""
    heads = "".join(map(_head, sheet.headings))
    rows = "".join(_row(sheet, number, doubted) for number in range(len(sheet.rows)))
    return (
        f'<table class="vt-tabel" aria-label="{escape(caption)}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _head(heading: Column) -> str:
    kind = ' class="vt-tekst"' if heading.measure is None else ""
    return f'<th scope="col"{kind}>{escape(heading.label)}</th>'


def _row(sheet: Table, number: int, doubted: Collection[tuple[int, int]]) -> str:
    first, *others = zip(sheet.headings, sheet.rows[number], strict=True)
    cells = "".join(
        _cell(heading, value, sheet.links.get((number, column), ()), (number, column) in doubted)
        for column, (heading, value) in enumerate(others, 1)
    )
    label = escape(first[0].shown(first[1]))
    kind = ' class="vt-totaal"' if number in sheet.totals else ""
    return f'<tr{kind}><th scope="row">{label}</th>{cells}</tr>'


def _cell(heading: Column, value: Value, links: Sequence[Link], is_doubted: bool) -> str:
    kind = "" if heading.measure is None else ' class="vt-getal"'
    shown = number_link(heading.shown(value), links) if value is not None else heading.shown(value)
    mark = f' <abbr title="Zie de controle">{FLAG_SIGN}</abbr>' if is_doubted and value is not None else ""
    return f"<td{kind}>{shown}{mark}</td>"


def sources(found: Sequence[Source]) -> str:
    """Which printed tables the figure is drawn from, per report, each with a link to it."""
    if not found:
        return ""
    label = "Bron" if len(found) == 1 else "Bronnen"
    reports: dict[str, dict[str, str]] = {}
    for source in found:
        reports.setdefault(source.report_name, {}).setdefault(source.short, table_link(source.short, source.address))
    cited = (f"{escape(report)}, {wording.join_words(list(links.values()))}" for report, links in reports.items())
    return f'<p class="vt-bron">{label}: {"; ".join(cited)}.</p>'


def caveats(texts: Iterable[str]) -> str:
    """What a reader must know before using the number."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="vt-kanttekening" aria-label="Kanttekeningen">{items}</ul>' if items else ""


def cards(place: str, found: Sequence[Headline]) -> str:
    """The headline numbers of a place, each with its period, its change and its source."""
    items = "".join(
        f'<div class="vt-kaart"><dt>{escape(card.label)}</dt>'
        f'<dd><span class="vt-groot">{number_link(card.value, card.links)}</span>'
        f"<span>{escape(card.unit)}</span><span>{escape(card.note)}</span>"
        f'<span class="vt-bron">{table_link(card.source.short, card.source.address)}</span></dd></div>'
        for card in found
    )
    return f'<section class="vt-kaarten"><h2>{escape(place)}</h2><dl>{items}</dl></section>'


def pairs(found: Sequence[tuple[str, str]]) -> str:
    """Terms with what they mean."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in found)
    return f'<dl class="vt-begrippen">{items}</dl>'


def paragraph(text: str) -> str:
    """A text by itself."""
    return f"<p>{escape(text)}</p>"


def heading(text: str) -> str:
    """A heading between figures that is made of a label."""
    return f"<h2>{escape(text)}</h2>"


def report_head(title: str, facts: Sequence[tuple[str, str]]) -> str:
    """A report with what is known of it."""
    return f"<h2>{escape(title)}</h2>{pairs(facts)}"


def printed(
    source: SourceTable, table: PrintedTable, said: Sequence[str] = (), marked: Collection[tuple[int, int]] = ()
) -> str:
    """A table as it was printed, deviating totals and the asked cells marked; a row without its blanks runs on.

    `said` is what the text and other tables say about its numbers.
    """
    title = f"{'Hoofdstuk' if source.is_prose else 'Tabel'} {source.number} {source.heading}"
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in (*table.columns, *table.beside))
    rows = "".join(_printed_row(table, number, label, marked) for number, label in enumerate(table.rows))
    outside = "".join(
        f'<tr class="vt-totaal"><th scope="row">Los gedrukt totaal: {escape(label)}</th>'
        f'<td class="vt-getal{_mark(differs)}" colspan="{len(table.columns)}">{wording.format_value(value)}</td></tr>'
        for label, value, differs in table.outside
    )
    notes = [*source.differences, *([source.caveat] if source.caveat else [])]
    notes += [wording.RECOVERED] if table.worked else []
    return (
        f'<section class="vt-gedrukt" id="tabel-{escape(source.address)}"><h3>{escape(title)}</h3>'
        f'<div class="vt-rol" tabindex="0" role="group" aria-label="{escape(title)}">'
        f'<table class="vt-tabel" aria-label="{escape(title)}">'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}{outside}</tbody></table></div>"
        f"{caveats(notes)}{_said(said)}</section>"
    )


def _said(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    summary = f"Wat de tekst en andere tabellen over deze cijfers zeggen ({len(texts)})"
    return f"<details><summary>{summary}</summary><ul>{items}</ul></details>"


def _printed_row(table: PrintedTable, row: int, label: str, marked: Collection[tuple[int, int]]) -> str:
    shown = "Totaal" if label == TOTAL else label
    kind = ' class="vt-totaal"' if label == TOTAL else ""
    if row in table.sequences and not table.worked:
        found = sorted((at, value) for at, value in table.cells.items() if at[0] == row)
        numbers = " ".join(_marked(wording.format_value(value), at in marked) for at, value in found)
        note = "<span>(plaats in de rij onbekend)</span>"
        cells = f'<td class="vt-reeks" colspan="{len(table.columns)}">{numbers} {note}</td>'
    else:
        cells = "".join(_printed_cell(table, (row, column), marked) for column in range(len(table.columns)))
    beside = "".join(_beside(found.get(row)) for found in table.beside.values())
    return f'<tr{kind}><th scope="row">{escape(shown)}</th>{cells}{beside}</tr>'


def _beside(verdict: Verdict | None) -> str:
    """A printed number that follows from its row, with what came of recomputing it where that is something else."""
    if verdict is None or verdict.printed is None:
        return "<td></td>"
    text = wording.format_number(verdict.printed, 0 if verdict.printed == int(verdict.printed) else 2)
    if verdict.severity is None:
        return f'<td class="vt-getal vt-naast">{text}%</td>'
    return f'<td class="vt-getal vt-naast">{text}% <abbr title="{escape(verdict.outcome)}">{FLAG_SIGN}</abbr></td>'


def _printed_cell(table: PrintedTable, at: tuple[int, int], marked: Collection[tuple[int, int]]) -> str:
    value = table.cells.get(at)
    low, high = table.worked.get(at, (0.0, 0.0))
    text = "" if value is None else wording.format_value(value)
    if value is None and high:
        text = wording.format_bounds(wording.format_value(low), wording.format_value(high))
    text = _marked(text, at in marked and text != "")
    return f'<td class="vt-getal{_mark(at in table.deviating)}">{text}</td>'


def _marked(text: str, is_asked: bool) -> str:
    return f"<mark>{text}</mark>" if is_asked else text


def _mark(differs: bool) -> str:
    return " vt-afwijkend" if differs else ""


def findings(found: Sequence[tuple[str, str, str | None, str]]) -> str:
    """Findings as (where, sentence, address of the table, severity), each with a link to its table."""
    items = "".join(
        f'<li class="vt-ernst-{escape(severity)}">{table_link(where, address)}: {escape(sentence)}</li>'
        for where, sentence, address, severity in found
    )
    return f'<ul class="vt-bevindingen">{items}</ul>'


def spot(title: str, found: Spot, address: str | None) -> str:
    """One place where a number stands."""
    where = f"{'tabel' if address else 'hoofdstuk'} {found.chapter} {found.heading}".strip()
    cell = f"r{found.row}k{found.column}" if found.row is not None else ""
    contested = f" <strong>({escape(found.contested)})</strong>" if found.contested else ""
    link = table_link(where, address, cell)
    return f"<li>{escape(title)}, {link}: {escape(found.what)} – {escape(found.kind)}{contested}</li>"


def table_link(text: str, address: str | None, cell: str = "") -> str:
    """A link to a table as printed, with one of its cells marked; plain text where there is no table."""
    if address is None:
        return escape(text)
    query = urlencode({"tabel": address} | ({"cel": cell} if cell else {}), safe="/")
    return f'<a href="bronnen?{escape(query)}" target="_self">{escape(text)}</a>'


def number_link(text: str, links: Sequence[Link]) -> str:
    """A number that leads to where it was printed: of a sum, to every number in it."""
    if not links:
        return escape(text)
    query = urlencode([pair for link in links for pair in (("tabel", link.table), ("cel", link.slice))], safe="/~")
    return f'<a href="bronnen?{escape(query)}" target="_self">{escape(text)}</a>'


def site_map(sections: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Every page by section, as links: a second way to find a page beside the navigation."""
    parts = [
        f"<h3>{escape(section)}</h3><ul>"
        + "".join(f'<li><a href="{escape(name)}" target="_self">{escape(title)}</a></li>' for name, title in pages)
        + "</ul>"
        for section, pages in sections.items()
    ]
    return f'<div class="vt-tekst"><h2>Alle pagina’s</h2>{"".join(parts)}</div>'


def copy_link(query: str) -> str:
    """A button that puts the link to this view on the clipboard (vt/web/assets/site.js does)."""
    return f'<button type="button" class="vt-knop" data-copy-link="{escape(query)}">Kopieer link</button>'


# --- presenting ------------------------------------------------------------------------------------------------------


def slides(found: Sequence[Slide]) -> str:
    """The slides of a deck in order: title, what it is about, and what can be said beside it."""
    items = "".join(
        f"<li><strong>{escape(slide.title)}</strong><br><span>{escape(slide.figure.subtitle)}</span>"
        f"{f'<br><em>{escape(slide.spoken)}</em>' if slide.spoken else ''}</li>"
        for slide in found
    )
    return f'<ol class="vt-dias">{items}</ol>' if items else ""


def numbered(number: int, title: str) -> str:
    """A kept figure in its place."""
    return f'<p class="vt-dia"><strong>{number}.</strong> {escape(title)}</p>'


def questions(found: Sequence[Question]) -> str:
    """Parked questions, each a link to the view that it was asked on, in a tab of its own: this visit goes on."""
    items = "".join(
        f'<li><a href="{escape(q.link)}" target="_blank" rel="noopener">{escape(q.text)}</a> (nieuw tabblad)</li>'
        for q in found
    )
    return f'<ul class="vt-vragen">{items}</ul>'


def stage_head(slide: Slide) -> str:
    """Above the chart on stage: title, subtitle, legend; what was asked and is not there."""
    figure = slide.figure
    title = f'<h1>{escape(slide.title)}</h1><p class="vt-onderschrift">{escape(figure.subtitle)}</p>'
    return f'<div class="vt-zaalkop">{title}{notices(figure.notices)}{legend(figure.legend)}</div>'


def stage_notes(figure: Figure, left_out: int) -> str:
    """Below the chart on stage: what is doubted, what a room could not read; by ear the plain reading and the table."""
    more = f"En nog {left_out} {'rij' if left_out == 1 else 'rijen'}, te klein voor een zaal: zie het bestand."
    said = [*(f"{FLAG_SIGN} {flag.text}" for flag in figure.flags), *([more] if left_out else [])]
    items = "".join(f"<li>{escape(text)}</li>" for text in said)
    shown = f'<ul class="vt-twijfel" aria-label="Bij deze figuur">{items}</ul>' if items else ""
    # Out of sight nothing may take the focus: no links, no box to scroll.
    heard = _table(replace(figure.table, links={}), figure.subtitle)
    return f'{shown}<div class="vt-verborgen"><p>{escape(figure.summary)}</p>{heard}</div>'


def stage_questions(found: Sequence[Question]) -> str:
    """The last slide: the questions that were parked."""
    items = "".join(f"<li>{escape(question.text)}</li>" for question in found)
    return f'<div class="vt-zaalkop"><h1>Geparkeerde vragen</h1></div><ul class="vt-zaalvragen">{items}</ul>'


def stage_foot(filters: str, found: Sequence[Source], number: int, count: int) -> str:
    """The bar below a slide: its number, every filter, the source."""
    source = f" Bron: {escape('; '.join(cite(found)))}." if found else ""
    return (
        f'<p class="vt-zaalvoet"><strong>Dia {number} van {count}</strong> <span>{escape(filters)}.{source}</span></p>'
    )
