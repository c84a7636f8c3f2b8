"""Aanleveren, the check: question by question beside the page, by keyboard; and a second reader who types all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import streamlit as st

from vt.figures import wording
from vt.figures.wording import say_bound
from vt.importer.concept import Concept
from vt.importer.form import UnreadableError
from vt.importer.numbers import read_number
from vt.importer.origin import find_cell_view, find_views
from vt.importer.picture import View
from vt.importer.proofread import FORM, compare, keep_form, read_reader
from vt.importer.settle import AS_PRINTED, CELLS, EMPTY, HEADS, RELATIONS, TOTALS, list_open, list_unequal
from vt.model.check_report import Section
from vt.model.report import Report, Table
from vt.render.check import write_html
from vt.web.delivery_concept import decide, draw_views, get_known, show_findings

_MOST_SAID, _MOST_DIFFERENCES = 3, 40
_KEYS = {
    CELLS: "Typ het getal en druk op Enter. **o** en Enter: er staat geen getal, of het is onleesbaar.",
    **dict.fromkeys(
        (TOTALS, RELATIONS),
        "Typ waarom, en druk op Enter. Leest u hier iets anders dan gedrukt is, verbeter dan eerst het document.",
    ),
}


class _Question(NamedTuple):
    """What a person is asked: about a number or about totals, with what “j” answers, and what is shown beside it."""

    about: str
    name: str
    text: str
    proposal: str
    view: View | None = None


def show_check(concept: Concept) -> None:
    """What to look at, the most urgent first, beside what was read."""
    st.markdown(f"**{concept.check.verdict}**")
    if questions := [*_list_numbers(concept), *_list_totals(concept), *_list_relations(concept)]:
        _ask(concept, questions)
    _ask_heads(concept)
    show_findings(concept, Section.MEND, Section.BETWEEN, Section.STRIKING, Section.SMALL, Section.UNSHOWN)
    st.download_button("Controlerapport", write_html(concept.check), "controle.html", "text/html")
    if concept.report:
        _show_grids(concept, concept.report)
        _show_second_reader(concept, concept.report)


# --- questions -------------------------------------------------------------------------------------------------------


def _list_numbers(concept: Concept) -> Iterator[_Question]:
    """The numbers that the reader was not sure of."""
    for name, (reading, doubt) in list_open(concept.draft).items():
        where = " · ".join(filter(None, (f"tabel {reading.number} {reading.table.heading}", doubt.spot)))
        text = f"**{doubt.row}, {doubt.column}** ({where})  \n{wording.capitalize(doubt.text)}."
        value = read_number(doubt.cell.text, doubt.cell.format).value if doubt.cell else None
        view = find_cell_view(concept.draft, doubt.cell) if doubt.cell else None
        yield _Question(CELLS, name, text, "" if value is None else wording.format_value(value), view)


def _list_totals(concept: Concept) -> Iterator[_Question]:
    """Totals that are not the sum of their parts."""
    unequal = list_unequal(concept.draft, concept.report, get_known().catalogue) if concept.report else {}
    readings = {reading.title: reading for reading in concept.draft.readings}
    for name, results in unequal.items():
        told = "; ".join(
            f"{each.about}: gedrukt {each.printed:.0f}, opgeteld {say_bound(f'{each.computed:.0f}', each.bound)}"
            for each in results[:_MOST_SAID]
        )
        more = f"; en {len(results) - _MOST_SAID} andere" if len(results) > _MOST_SAID else ""
        views = find_views(concept.draft, readings[name]) if name in readings else []
        text = f"**Tabel {name}**: totalen die niet kloppen met hun delen.  \n{told}{more}.  \nStaat het er zo?"
        yield _Question(TOTALS, name, text, "Zo gedrukt.", next(iter(views), None))


def _list_relations(concept: Concept) -> Iterator[_Question]:
    """What should fit between tables, and does not."""
    told = [finding for finding in concept.check.findings if finding.section == Section.BETWEEN and finding.urgent]
    for name in (name for name, why in concept.draft.broken.items() if not why):
        own = [finding.text for finding in told if finding.text.startswith(name)]
        more = f"  \nEn {len(own) - _MOST_SAID} andere." if len(own) > _MOST_SAID else ""
        text = f"**Tussen tabellen**: {name}.  \n" + "  \n".join(own[:_MOST_SAID]) + more
        yield _Question(RELATIONS, name, text, "Zo gedrukt.")


def _ask(concept: Concept, questions: list[_Question]) -> None:
    """One question at a time beside the piece of the page; the field stays where it is, so that the keys suffice."""
    at = int(st.session_state.get("question", 0)) % len(questions)
    asked = questions[at]
    st.subheader(f"Vraag {at + 1} van {len(questions)}")
    left, right = st.columns([3, 2])
    if asked.view and (png := draw_views(concept, [asked.view])[0]):
        left.image(png, caption=f"Bladzijde {asked.view.page} van het document; waar het om gaat, heeft een kader.")
    with right.form("question", clear_on_submit=True, border=False):
        st.markdown(asked.text)
        typed = st.text_input("Antwoord", key="answer").strip()
        agrees = f" **j** en Enter: {asked.proposal}" if asked.proposal else ""
        st.caption(_KEYS[asked.about] + agrees)
        if st.form_submit_button("Onthoud", type="primary") and typed:
            _answer(concept, asked, typed)
    if len(questions) > 1:
        right.button("Later: volgende vraag", on_click=_skip, args=(at + 1,))


def _skip(to: int) -> None:
    st.session_state["question"] = to


def _answer(concept: Concept, asked: _Question, typed: str) -> None:
    """Keep an answer that can be one; else say what is meant."""
    meant = {"j": asked.proposal, "o": EMPTY if asked.about == CELLS else ""}.get(typed.lower(), typed)
    if asked.about == CELLS and meant != EMPTY and read_number(meant).value is None:
        st.warning(f"“{typed}” is geen getal. Bedoeld: een getal zoals gedrukt, of o.")
    elif not meant:
        st.warning("Schrijf waarom het zo gedrukt staat, of j.")
    else:
        decide(concept, asked.about, {asked.name: meant})


def _ask_heads(concept: Concept) -> None:
    """Which of two tables has KM and HG exchanged, where they are alike only so."""
    for name, pair in concept.draft.exchanged.items():
        asked = f"KM en HG lijken verwisseld ({name}). In welke tabel staan de koppen verkeerd?"
        chosen = st.selectbox(asked, [*pair, AS_PRINTED], index=None, placeholder="Kies", key=f"heads {name}")
        if chosen:
            decide(concept, HEADS, {name: chosen})


# --- what was read ---------------------------------------------------------------------------------------------------


def _show_grids(concept: Concept, report: Report) -> None:
    """Each table beside the piece of the page that it came from."""
    readings = {(reading.number, reading.table.heading): reading for reading in concept.draft.readings}
    views = {at: find_views(concept.draft, reading) for at, reading in readings.items()}
    drawn = iter(draw_views(concept, [view for each in views.values() for view in each]))
    pictures = {at: [png for _ in each if (png := next(drawn))] for at, each in views.items()}
    for table in report.tables:
        with st.expander(f"{table.number} {table.heading}"):
            own = pictures.get((table.number, table.heading), [])
            left, right = st.columns(2) if own else (st, st)
            for png in own:
                left.image(png, caption="Zo staat het in het document; wat gelezen is, heeft een kader.")
            right.table(_list_grid(table))


def _list_grid(table: Table) -> list[dict[str, str]]:
    """The numbers of a table as they were read, a row each; blank where nothing was."""
    numbers = {(cell.row, cell.column): cell.value for cell in (*table.cells, *table.totals)}
    return [
        {"": label}
        | {
            column: wording.format_value(numbers[n, m]) if (n, m) in numbers else ""
            for m, column in enumerate(table.columns)
        }
        for n, label in enumerate(table.rows)
    ]


# --- a second reader -------------------------------------------------------------------------------------------------


def _show_second_reader(concept: Concept, report: Report) -> None:
    """A workbook without numbers for who reads the document again, and what that reader typed otherwise."""
    with st.expander("Tweede lezer (mag, hoeft niet)"):
        st.markdown(
            "Iemand anders typt de getallen uit het document over zonder te zien wat gelezen is. Is alles gelijk, dan "
            "staat bij het rapport wie het nalas, en wanneer."
        )
        st.download_button("Lege werkmap", _make_form(report), f"{report.id}.xlsx", key="form")
        name = st.text_input("Naam van de tweede lezer (komt op de site)", key="reader").strip()
        sent = st.file_uploader("De ingevulde werkmap", key="typed")
        if st.button("Vergelijk", disabled=not (sent and name)) and sent:
            keep_form(concept.folder, sent.getvalue(), name, datetime.now(UTC).date())
        if (concept.folder / FORM).is_file():
            _show_differences(concept, report)


@st.cache_data(max_entries=4, show_spinner=False, hash_funcs={Report: repr})
def _make_form(report: Report) -> bytes:
    from vt.importer.blank import write_blank

    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_blank(report, report.id, get_known().catalogue, path)
        return path.read_bytes()


@st.cache_data(max_entries=4, show_spinner=False, hash_funcs={Report: repr})
def _compare(report: Report, form: Path, changed: int) -> list[str]:
    return compare(report, form)


def _show_differences(concept: Concept, report: Report) -> None:
    form = concept.folder / FORM
    try:
        different = _compare(report, form, form.stat().st_mtime_ns)
    except UnreadableError as error:
        st.error(str(error))
        return
    if not different and (reader := read_reader(concept.folder)):
        st.success(f"Nagelezen door {reader.name}: elk getal is gelijk. Dat komt bij het rapport te staan.")
        return
    st.warning(f"{len(different)} verschillen. Kijk in het document wie gelijk heeft, en vergelijk daarna opnieuw.")
    st.markdown("\n".join(f"- {text}" for text in different[:_MOST_DIFFERENCES]))
