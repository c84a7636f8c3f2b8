"""The page *Aanleveren*: a document becomes a report in five steps, each of which can be left and taken up again.

A process of its own, on this machine alone (`vt aanleveren`): the public site takes no file. What is decided stands in
the folder of the concept, as `vt import` keeps it; nothing is kept here.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from vt.build.build import build
from vt.errors import DataError
from vt.figures import wording
from vt.importer.concept import DECISIONS, Concept, accept, make_concept, make_preview, read_decisions, write_decided
from vt.importer.drafts import NONE, TABLES, Known, load_known
from vt.importer.form import Box, MissingError, UnreadableError
from vt.importer.meaning import Reading
from vt.importer.picture import draw
from vt.importer.readers import KINDS
from vt.importer.settle import AS_PRINTED, CELLS, HEADS, TOTALS, list_open, list_unequal
from vt.importer.words import Words
from vt.model.check_report import SECTION_LABELS, Finding, Section
from vt.model.period import Period
from vt.model.report import Table
from vt.render.check import write_html
from vt.store.connection import data_folder, database_path
from vt.web import preview

STEPS = ("1 Bestand", "2 Tabellen", "3 Betekenis", "4 Controle", "5 Verschil")
SAID = "said.json"
NOT_HERE = "Hoort er niet bij"
_FACTS = (
    ("period", "Periode, zoals 2021, 2021-H1 of 2021-Q2"),
    ("place", "Gemeente, als het over één gemeente gaat"),
    ("title", "Titel"),
    ("publisher", "Uitgever"),
    ("url", "Vindplaats (adres op het web)"),
)
_MISSING = {"region": "regio", "place": "gemeente", "period": "periode"}
_STYLE = """<style>
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "Kies een bestand"; font-size: 1rem; }
</style>"""
_DIMENSIONS = {"place": "gemeente", "period": "periode", "geweld": "soort geweld", "category": "klasse"}


def main() -> None:
    """Show the step that was chosen of the concept that is open."""
    st.set_page_config(page_title="Aanleveren – Veilig Thuis in cijfers", layout="wide")
    st.html(_STYLE)
    st.title("Aanleveren")
    concept = _open_concept()
    if concept is None:
        _show_file()
        return
    st.caption(f"Concept {concept.folder.name} · {concept.check.source}")
    step = st.segmented_control("Stap", STEPS, key="step", default=STEPS[1], label_visibility="collapsed")
    shown = {1: _show_tables, 2: _show_meaning, 3: _show_check, 4: _show_difference}
    if step == STEPS[0]:
        _close()
    else:
        shown[STEPS.index(step or STEPS[1])](concept)
        _show_next(step or STEPS[1])


def _show_next(step: str) -> None:
    if step != STEPS[-1]:
        st.button(f"Verder: {STEPS[STEPS.index(step) + 1][2:]}", on_click=_go_on, args=(step,))


def _go_on(step: str) -> None:
    st.session_state["step"] = STEPS[STEPS.index(step) + 1]


# --- the concept that is open ----------------------------------------------------------------------------------------


def _open_concept() -> Concept | None:
    """The concept that the address names, read again where something was decided since."""
    name = st.query_params.get("concept", "")
    folder = data_folder() / "concept" / Path(name).name
    if not name or not (folder / SAID).is_file():
        return None
    stamp = (str(folder), (folder / DECISIONS).read_bytes())
    if st.session_state.get("stamp") != stamp:
        told = json.loads((folder / SAID).read_text(encoding="utf-8"))
        st.session_state["concept"] = make_concept(folder / told["file"], data_folder(), told["said"])
        st.session_state["stamp"] = (str(folder), (folder / DECISIONS).read_bytes())
    concept: Concept = st.session_state["concept"]
    return concept


def _close() -> None:
    st.query_params.clear()
    st.session_state.pop("step", None)
    st.rerun()


def _decide(concept: Concept, about: str, names: Mapping[str, str]) -> None:
    """Keep what was chosen, and read the document again with it."""
    decided = read_decisions(concept.folder / DECISIONS)
    write_decided(concept.folder / DECISIONS, {**decided, about: {**decided.get(about, {}), **names}})
    st.rerun()


# --- 1 Bestand -------------------------------------------------------------------------------------------------------


def _show_file() -> None:
    sent = st.file_uploader(
        "Sleep hier het rapport heen, of kies het", type=sorted(kind.removeprefix(".") for kind in KINDS), key="file"
    )
    pasted = st.text_area("Of plak een tabel uit Excel", key="pasted", height=80)
    if missing := st.session_state.get("missing"):
        names = wording.join_words([_MISSING[name] for name in missing])
        st.warning(f"{st.session_state['hint']} Vul {names} hieronder in, en lees het dan in.")
    said = _ask_facts()
    if st.button("Lees in", type="primary", disabled=not sent and not pasted.strip()):
        name, content = (sent.name, sent.getvalue()) if sent else ("geplakt.tsv", pasted.encode())
        _read_in(Path(name).name, content, said)
    for folder in sorted(path.parent for path in (data_folder() / "concept").glob(f"*/{SAID}")):
        if st.button(f"Verder met {folder.name}", key=f"open {folder.name}"):
            _go_to(folder)


def _ask_facts() -> dict[str, str]:
    """What the document may not say about itself; empty is: as it says."""
    with st.expander("Wat niet in het document staat", expanded="missing" in st.session_state):
        places = _load_known().catalogue.places.values()
        regions = {place.label: place.id for place in places if place.kind == "region"}
        left, right = st.columns(2)
        region = left.selectbox("Regio", sorted(regions), index=None, placeholder="Zoals in het document", key="region")
        told = {name: (left, right)[n % 2].text_input(label, key=name) for n, (name, label) in enumerate(_FACTS, 1)}
    return {name: text for name, text in {"region": regions.get(region or "", ""), **told}.items() if text.strip()}


def _read_in(name: str, content: bytes, said: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder, st.spinner("Het document wordt gelezen …"):
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            concept = make_concept(path, data_folder(), said)
        except MissingError as error:
            st.session_state["missing"], st.session_state["hint"] = error.names, error.hint
            st.rerun()
        except (UnreadableError, DataError, ValueError) as error:
            st.error(str(error))
            return
    told = {"file": name, "said": dict(said)}
    (concept.folder / SAID).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    st.session_state.pop("missing", None)
    _go_to(concept.folder)


def _go_to(folder: Path) -> None:
    st.query_params["concept"] = folder.name
    st.rerun()


@st.cache_resource(ttl=60)
def _load_known() -> Known:
    return load_known(data_folder())


# --- 2 Tabellen ------------------------------------------------------------------------------------------------------


def _show_tables(concept: Concept) -> None:
    """What was found, each of which can be left out; and what could not be read."""
    draft = concept.draft
    left_out = [name for name, meant in _list_decided(concept).items() if meant == NONE]
    st.write(f"Tabellen gelezen: {len(draft.readings)}; nog niet gelezen: {len(draft.unread)}.")
    chosen = {}
    for reading in draft.readings:
        spot = next((spot.cell.spot for spot in reading.spots), "")
        label = f"{reading.number} {reading.table.heading} – {len(reading.spots)} getallen – {spot}".rstrip(" –")
        chosen[reading.name] = st.checkbox(label, value=True, key=f"table {reading.name} {reading.number}")
    for name in left_out:
        chosen[name] = st.checkbox(f"{name} – weggelaten", value=False, key=f"left {name}")
    for unread in draft.unread:
        where = f"{unread.spot}: " if unread.spot else ""
        st.warning(f"{where}“{unread.heading}”: {unread.reason}." + " Kies bij stap 3 wat zij telt." * unread.is_asked)
    known = {name: NONE for name, is_in in chosen.items() if not is_in} | {n: "" for n in left_out if chosen[n]}
    if {name for name, meant in known.items() if meant} != set(left_out):
        _decide(concept, TABLES, known)


def _list_decided(concept: Concept) -> Mapping[str, str]:
    return read_decisions(concept.folder / DECISIONS).get(TABLES, {})


# --- 3 Betekenis -----------------------------------------------------------------------------------------------------


def _show_meaning(concept: Concept) -> None:
    """What every table and label means, in a sentence, what is not known first."""
    known = _load_known()
    _ask_tables(concept, known)
    _ask_labels(concept, known)
    for reading in concept.draft.readings:
        st.markdown(f"- **{reading.number}** {_describe(reading, concept, known)}")
    _ask_other_meaning(concept, known)


def _ask_other_meaning(concept: Concept, known: Known) -> None:
    """What a table counts, where its sentence is not right."""
    named = {reading.name: f"{reading.number} {reading.table.heading}" for reading in concept.draft.readings}
    left, right = st.columns(2)
    name = left.selectbox(
        "Klopt een zin niet?",
        [*named],
        index=None,
        placeholder="Kies de tabel",
        format_func=lambda name: named[name],
        key="wrong",
    )
    labels = {each.label: each.id for each in known.catalogue.indicators.values()}
    chosen = right.selectbox("Wat telt zij wel?", [*labels, NOT_HERE], index=None, placeholder="Kies", key="right")
    if name and chosen:
        del st.session_state["wrong"], st.session_state["right"]
        _decide(concept, TABLES, {name: labels.get(chosen, NONE)})


def _describe(reading: Reading, concept: Concept, known: Known) -> str:
    """Aantal *meldingen* per *kwartaal* en *soort geweld* voor *Dordrecht*."""
    content, facts = reading.content, concept.draft.facts
    blocks = content.get("columns", [])
    columns = [name for block in (blocks if isinstance(blocks, list) else [blocks]) for name in block]
    split = [_DIMENSIONS[name] for name in dict.fromkeys([content["rows"], *columns])]
    indicator = known.catalogue.indicators[reading.table.indicator]
    place = known.catalogue.places[facts.place].label
    per = wording.join_words([f"*{name}*" for name in split])
    counted = f"Aantal *{indicator.noun}*" if indicator.unit == "aantal" else f"*{indicator.label}*"
    return f"{counted} per {per} voor *{place}*, *{Period.parse(facts.period).label}* ({indicator.label})."


def _ask_tables(concept: Concept, known: Known) -> None:
    labels = {each.label: each.id for each in known.catalogue.indicators.values()}
    asked = {unread.heading: unread for unread in concept.draft.unread if unread.is_asked}
    for unread in asked.values():
        options = [*unread.candidates, NOT_HERE, *(label for label in labels if label not in unread.candidates)]
        chosen = st.selectbox(
            f"Wat telt de tabel “{unread.heading}”?",
            options,
            index=None,
            placeholder="Kies wat zij telt",
            key=f"meaning {unread.heading}",
        )
        if chosen:
            _decide(concept, TABLES, {unread.heading: labels.get(chosen, NONE)})


def _ask_labels(concept: Concept, known: Known) -> None:
    facts = concept.draft.facts
    words = Words(known.catalogue, facts.region, facts.span.last_year, {})
    asked = {(u.label, u.about): u.candidates for u in concept.draft.unknown}
    for (label, about), candidates in asked.items():
        every = words.places if about == "place" else words.list_classes(about)
        options = [*candidates, *sorted(set(every.values()) - set(candidates))]
        chosen = st.selectbox(f"Wat is “{label}”?", options, index=None, placeholder="Kies", key=f"{about} {label}")
        if chosen:
            _decide(concept, about, {label: chosen})


# --- 4 Controle ------------------------------------------------------------------------------------------------------


def _show_check(concept: Concept) -> None:
    """What to look at, the most urgent first, beside what was read."""
    st.markdown(f"**{concept.check.verdict}**")
    _ask_numbers(concept)
    _ask_totals(concept)
    _ask_heads(concept)
    _show_findings(concept, (Section.MEND, Section.BETWEEN, Section.STRIKING, Section.SMALL, Section.UNSHOWN))
    st.download_button("Controlerapport", write_html(concept.check), "controle.html", "text/html")
    readings = {(reading.number, reading.table.heading): reading for reading in concept.draft.readings}
    for table in concept.report.tables if concept.report else ():
        with st.expander(f"{table.number} {table.heading}"):
            picture = _draw_source(concept, readings.get((table.number, table.heading)))
            left, right = st.columns(2) if picture else (st, st)
            if picture:
                left.image(picture, caption="Zo staat het in het document; wat gelezen is, heeft een kader.")
            right.table(_list_grid(table))


def _ask_numbers(concept: Concept) -> None:
    """The numbers that the reader was not sure of, one by one; what is typed is kept at once."""
    asked = list_open(concept.draft)
    if asked:
        st.subheader("Welk getal staat er?")
    for name, (reading, doubt) in asked.items():
        left, right = st.columns([2, 1])
        left.markdown(f"**{doubt.row}, {doubt.column}** · tabel {reading.number} · {doubt.spot}  \n{doubt.text}")
        typed = right.text_input(name, key=f"cell {name}", label_visibility="collapsed", placeholder="Getal, of leeg")
        if typed.strip():
            _decide(concept, CELLS, {name: typed.strip()})


def _ask_totals(concept: Concept) -> None:
    """Why a total that is not the sum of its parts stands as printed."""
    unequal = list_unequal(concept.draft, concept.report, _load_known().catalogue) if concept.report else {}
    if unequal:
        st.subheader("Zo gedrukt?")
        st.markdown("Deze totalen kloppen niet met hun delen. Staat het zo in het document, schrijf dan erbij waarom.")
    for name, results in unequal.items():
        told = "; ".join(
            f"{each.about}: gedrukt {each.printed:.0f}, opgeteld {each.computed:.0f}" for each in results[:3]
        )
        typed = st.text_input(f"Tabel {name}. {told}", key=f"total {name}", placeholder="Zo gedrukt; het rapport …")
        if typed.strip():
            _decide(concept, TOTALS, {name: typed.strip()})


def _ask_heads(concept: Concept) -> None:
    """Which of two tables has KM and HG exchanged, where they are alike only so."""
    for name, pair in concept.draft.exchanged.items():
        asked = f"KM en HG lijken verwisseld ({name}). In welke tabel staan de koppen verkeerd?"
        chosen = st.selectbox(asked, [*pair, AS_PRINTED], index=None, placeholder="Kies", key=f"heads {name}")
        if chosen:
            _decide(concept, HEADS, {name: chosen})


def _draw_source(concept: Concept, reading: Reading | None) -> bytes:
    """The piece of the page that a table came from; nothing of what has no pages."""
    cells = [spot.cell for spot in reading.spots if spot.cell.box] if reading else []
    if not cells or concept.draft.document.kind != "PDF":
        return b""
    page = cells[0].page
    boxes = tuple(cell.box for cell in cells if cell.page == page and cell.box)
    return _draw(str(concept.folder / concept.draft.document.name), page, boxes)


@st.cache_data(max_entries=200, show_spinner=False)
def _draw(path: str, page: int, boxes: tuple[Box, ...]) -> bytes:
    return draw(Path(path), page, boxes)


def _show_findings(concept: Concept, sections: tuple[Section, ...]) -> None:
    for section in sections:
        found = [finding for finding in concept.check.findings if finding.section == section]
        if found:
            st.subheader(SECTION_LABELS[section])
        for finding in found:
            _show_finding(finding)


def _show_finding(finding: Finding) -> None:
    text = f"{finding.location}: {finding.text}" if finding.location else finding.text
    if finding.urgent:
        st.warning(text)
    else:
        st.markdown(f"- {text}")


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


# --- 5 Verschil ------------------------------------------------------------------------------------------------------


def _show_difference(concept: Concept) -> None:
    """What would change, what it looks like, and what takes it in."""
    urgent = sum(finding.urgent for finding in concept.check.findings)
    if urgent:
        st.warning(f"Er {'is' if urgent == 1 else 'zijn'} nog {urgent} te beslissen. Wat twijfel is, blijft leeg.")
    left, right, _ = st.columns([1, 1, 4])
    if left.button("Bekijk op de site", disabled=concept.report is None):
        _show_preview(concept)
    if right.button("Neem op", type="primary", disabled=concept.report is None):
        _take_in(concept)
    _show_findings(concept, (Section.BESIDE, Section.EFFECTS))
    st.caption(f"Bewaard als concept in {concept.folder}.")


def _show_preview(concept: Concept) -> None:
    """The site as it would be, which nobody else sees."""
    with st.spinner("De site wordt klaargezet …"):
        try:
            address = preview.start(make_preview(concept, data_folder()))
        except DataError as error:
            st.error(str(error))
            return
        except OSError:
            st.error("De site startte niet.")
            return
    place = _load_known().catalogue.places[concept.draft.facts.place]
    chosen = f"gemeente={quote(place.label)}" if place.kind == "gemeente" else f"regio={quote(place.label)}"
    st.link_button("Open de site met dit concept", f"{address}/?{chosen}")


def _take_in(concept: Concept) -> None:
    with st.spinner("Het rapport wordt opgenomen …"):
        try:
            accept(concept, data_folder())
            build(data_folder(), database_path())
        except (UnreadableError, DataError) as error:
            st.error(str(error))
            return
    preview.stop(concept.folder / "preview")
    st.success(f"{concept.check.title} is opgenomen. De site toont het nu: uv run vt serve")


if __name__ == "__main__":
    main()
