"""The concept that Aanleveren has open: read again where something was decided, drawn, and what is found in it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from vt.importer.concept import DECISIONS, Concept, find_original, make_concept, read_decisions, write_decided
from vt.importer.drafts import Known, load_known
from vt.importer.picture import View, draw
from vt.model.check_report import SECTION_LABELS, Finding, Section
from vt.store.connection import data_folder

SAID = "said.json"


def open_concept() -> Concept | None:
    """The concept that the address names, read again where something was decided since."""
    name = st.query_params.get("concept", "")
    folder = data_folder() / "concept" / Path(name).name
    if not name or not (folder / SAID).is_file():
        return None
    if st.session_state.get("stamp") != stamp(folder):
        told = json.loads((folder / SAID).read_text(encoding="utf-8"))
        st.session_state["concept"] = make_concept(find_original(folder, told["file"]), data_folder(), told["said"])
        st.session_state["stamp"] = stamp(folder)
    concept: Concept = st.session_state["concept"]
    return concept


def stamp(folder: Path) -> tuple[str, bytes]:
    """What tells one state of a concept from another."""
    return str(folder), (folder / DECISIONS).read_bytes() if (folder / DECISIONS).is_file() else b""


def decide(concept: Concept, about: str, names: Mapping[str, str]) -> None:
    """Keep what was chosen, and read the document again with it."""
    decided = read_decisions(concept.folder / DECISIONS)
    write_decided(concept.folder / DECISIONS, {**decided, about: {**decided.get(about, {}), **names}})
    st.rerun()


@st.cache_resource(ttl=60)
def get_known() -> Known:
    """What the data folder knows."""
    return load_known(data_folder())


def draw_views(concept: Concept, views: Sequence[View]) -> list[bytes]:
    """Pieces of the document; b"" for each that cannot be drawn, and of what has no pages."""
    path = find_original(concept.folder, concept.draft.document.name)
    if concept.draft.document.kind != "PDF" or not views:
        return [b""] * len(views)
    return _draw(str(path), path.stat().st_mtime_ns, tuple(views))


@st.cache_data(max_entries=200, show_spinner=False)
def _draw(path: str, changed: int, views: tuple[View, ...]) -> list[bytes]:
    return draw(Path(path), views)


def show_findings(concept: Concept, *sections: Section) -> None:
    """What was found, under the heading of its section; what a person must decide stands out."""
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
