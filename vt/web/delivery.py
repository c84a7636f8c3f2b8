"""The page *Aanleveren*: a document becomes a report in five steps, each of which can be left and taken up again.

A process of its own, on this machine alone (`vt aanleveren`): the public site takes no file. What is decided stands in
the folder of the concept, as `vt import` keeps it; nothing is kept here.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from vt.build.build import ensure
from vt.errors import DataError
from vt.figures import wording
from vt.importer.concept import Concept, accept, add_effects, make_concept, make_preview
from vt.importer.effects import Effect, list_effects
from vt.importer.form import MissingError, UnreadableError
from vt.importer.readers import find_kind
from vt.importer.staging import explain
from vt.ingest.changes import work_alone
from vt.ingest.writer import write_file
from vt.model.check_report import Section
from vt.store.connection import UNREADABLE, data_folder, database_path
from vt.web import preview
from vt.web.delivery_check import show_check
from vt.web.delivery_concept import SAID, get_known, open_concept, show_findings, stamp
from vt.web.delivery_read import show_meaning, show_tables

STEPS = ("1 Bestand", "2 Tabellen", "3 Betekenis", "4 Controle", "5 Verschil")
_FACTS = (
    ("period", "Periode, zoals 2021, 2021-H1 of 2021-Q2"),
    ("place", "Gemeente, als het over één gemeente gaat"),
    ("title", "Titel"),
    ("publisher", "Uitgever"),
    ("url", "Vindplaats (adres op het web)"),
)
_MISSING = {"region": "regio", "place": "gemeente", "period": "periode"}
_STYLE = """<style>
[data-testid="stFileUploaderDropzoneInstructions"], [data-testid="InputInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "Kies een bestand"; font-size: 1rem; }
</style>"""


def main() -> None:
    """Show the step that was chosen of the concept that is open; what cannot be read is said."""
    st.set_page_config(page_title="Aanleveren – Veilig Thuis in cijfers", layout="wide")
    st.html(_STYLE)
    st.title("Aanleveren")
    try:
        concept = open_concept()
        if concept is None:
            _show_file()
        else:
            _show_step(concept)
    except (UnreadableError, DataError) as error:
        st.error(str(error))
    except OSError as error:
        st.error(f"In {data_folder()} is niets te bewaren ({explain(error)}).")


def _show_step(concept: Concept) -> None:
    st.caption(f"Concept {concept.folder.name} · {concept.check.source}")
    st.session_state.setdefault("step", STEPS[1])
    step = st.segmented_control("Stap", STEPS, key="step", label_visibility="collapsed") or STEPS[1]
    if step == STEPS[0]:
        _close()
    shown = {STEPS[1]: show_tables, STEPS[2]: show_meaning, STEPS[3]: show_check, STEPS[4]: _show_difference}
    shown[step](concept)
    if step != STEPS[-1]:
        st.button(f"Verder: {STEPS[STEPS.index(step) + 1][2:]}", on_click=_go_on, args=(step,))


def _go_on(step: str) -> None:
    st.session_state["step"] = STEPS[STEPS.index(step) + 1]


def _close() -> None:
    st.query_params.clear()
    st.session_state.pop("step", None)
    st.rerun()


# --- 1 Bestand -------------------------------------------------------------------------------------------------------


def _show_file() -> None:
    sent = st.file_uploader(
        "Sleep hier het rapport heen, of kies het: PDF, Excel, Word, CSV of een webpagina", key="file"
    )
    if sent and (reason := _refuse(sent.name)):
        st.warning(reason)
        sent = None
    pasted = st.text_area("Of plak een tabel uit Excel", key="pasted", height=80)
    if missing := st.session_state.get("missing"):
        names = wording.join_words([_MISSING[name] for name in missing])
        st.warning(f"{st.session_state['hint']} Vul {names} hieronder in, en lees het dan in.")
    said = _ask_facts()
    if st.button("Lees in", type="primary", disabled=not sent and not pasted.strip()):
        name, content = (sent.name, sent.getvalue()) if sent else ("geplakt.tsv", pasted.encode())
        _read_in(Path(name).name, content, said)
    _list_concepts()


def _refuse(name: str) -> str:
    """Why a file of this kind is not read, before anything of it is."""
    try:
        find_kind(Path(name))
    except UnreadableError as error:
        return str(error)
    return ""


def _ask_facts() -> dict[str, str]:
    """What the document may not say about itself; empty is: as it says."""
    with st.expander("Wat niet in het document staat", expanded="missing" in st.session_state):
        places = get_known().catalogue.places.values()
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
    told = {"file": name, "said": dict(said)}
    write_file(concept.folder / SAID, json.dumps(told, ensure_ascii=False).encode())
    st.session_state["concept"], st.session_state["stamp"] = concept, stamp(concept.folder)
    st.session_state.pop("missing", None)
    _go_to(concept.folder)


def _go_to(folder: Path) -> None:
    st.query_params["concept"] = folder.name
    st.rerun()


def _list_concepts() -> None:
    """What was begun: to go on with, or to throw away with the document that was sent."""
    reports = {report.id for report in get_known().reports}
    for folder in sorted(path.parent for path in (data_folder() / "concept").glob(f"*/{SAID}")):
        left, right, _ = st.columns([2, 1, 2])
        done = " (opgenomen)" if folder.name in reports else ""
        if left.button(f"Verder met {folder.name}{done}", key=f"open {folder.name}"):
            _go_to(folder)
        with right.popover("Gooi weg"):
            st.markdown("Het concept en het document dat u gaf, gaan weg. Een rapport dat is opgenomen, blijft.")
            if st.button(f"Gooi {folder.name} weg", key=f"drop {folder.name}"):
                preview.stop(folder / "preview")
                shutil.rmtree(folder)
                st.rerun()


# --- 5 Verschil ------------------------------------------------------------------------------------------------------


def _show_difference(concept: Concept) -> None:
    """What would change, what it looks like, and what takes it in."""
    urgent = sum(finding.urgent for finding in concept.check.findings)
    if urgent:
        st.warning(f"Nog te beslissen: {urgent}. Wat twijfel is, blijft leeg.")
    if concept.report:
        left, right, _ = st.columns([1, 1, 4])
        if left.button("Bekijk op de site"):
            _show_preview(concept)
        if right.button("Neem op", type="primary"):
            _take_in(concept)
        show_findings(concept, Section.BESIDE)
        _show_effects(_find_effects(concept))
    st.caption(f"Bewaard als concept in {concept.folder}.")


def _find_effects(concept: Concept) -> list[Effect]:
    """What changes on the site, worked out once for each state of the concept: the site as it would be stands ready."""
    now = stamp(concept.folder)
    with (
        st.spinner("De site wordt klaargezet …"),
        work_alone(concept.folder),
    ):  # a click starts a second run beside this
        if st.session_state.get("effects", (None,))[0] != now:
            folder = concept.folder / "preview"
            preview.stop(folder)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            after = make_preview(concept, data_folder(), folder)
            effects = list_effects(data_folder(), database_path(), after, concept.draft.facts.place)
            st.session_state["effects"] = now, effects
            add_effects(concept, effects)
    made: list[Effect] = st.session_state["effects"][1]
    return made


def _show_effects(effects: list[Effect]) -> None:
    st.subheader("Gevolgen")
    if effects:
        st.table([{"Cijfer": each.about, "Nu": each.before, "Straks": each.after} for each in effects])
    else:
        st.markdown("Geen figuur verandert.")


def _show_preview(concept: Concept) -> None:
    """The site as it would be, which nobody else sees."""
    _find_effects(concept)
    with st.spinner("De site wordt gestart …"):
        try:
            address = preview.start(concept.folder / "preview")
        except OSError:
            st.error("De site startte niet.")
            return
    place = get_known().catalogue.places[concept.draft.facts.place]
    chosen = f"gemeente={quote(place.label)}" if place.kind == "gemeente" else f"regio={quote(place.label)}"
    st.link_button("Open de site met dit concept", f"{address}/?{chosen}")


def _take_in(concept: Concept) -> None:
    with st.spinner("Het rapport wordt opgenomen …"):
        accept(concept, data_folder(), database_path())
        try:
            ensure(data_folder(), database_path())
        except UNREADABLE as error:
            st.warning(f"Het rapport is opgenomen; de database is nog niet gemaakt ({error}). Probeer: uv run vt build")
            return
    preview.stop(concept.folder / "preview")
    shutil.rmtree(concept.folder / "preview", ignore_errors=True)
    get_known.clear()
    st.success(f"{concept.check.title} is opgenomen. De site toont het nu: uv run vt serve")


if __name__ == "__main__":
    main()
