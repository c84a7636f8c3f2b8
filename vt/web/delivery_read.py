"""Aanleveren, what was read: the tables on their pages, and what each of them means."""

import streamlit as st

from vt.errors import DataError
from vt.figures import wording
from vt.importer.concept import DECISIONS, Concept, read_decisions
from vt.importer.drafts import TABLES, Known
from vt.importer.form import Box
from vt.importer.meaning import Reading
from vt.importer.memory import Remembered, describe, forget, list_remembered
from vt.importer.origin import find_views
from vt.importer.picture import View
from vt.importer.words import NONE, Words
from vt.model.period import Period
from vt.store.connection import data_folder
from vt.web.delivery_concept import decide, draw_views, get_known

NOT_HERE = "Hoort er niet bij"
_DIMENSIONS = {"place": "gemeente", "period": "periode", "geweld": "soort geweld", "category": "klasse"}
_MOST_PAGES, _BESIDE, _SMALL = 24, 4, 45  # thumbnails, in a row, and dots per inch


# --- 2 Tabellen ------------------------------------------------------------------------------------------------------


def show_tables(concept: Concept) -> None:
    """What was found, each of which can be left out; and what could not be read."""
    draft = concept.draft
    st.write(f"Tabellen gelezen: {len(draft.readings)}; nog niet gelezen: {len(draft.unread)}.")
    _show_pages(concept)
    decided = read_decisions(concept.folder / DECISIONS).get(TABLES, {})
    left_out = [name for name, meant in decided.items() if meant == NONE]
    chosen = {}
    for reading in draft.readings:
        spot = next((spot.cell.spot for spot in reading.spots), "")
        label = f"{reading.number} {reading.table.heading} – {len(reading.spots)} getallen – {spot}".rstrip(" –")
        chosen[reading.name] = st.checkbox(label, value=True, key=f"table {reading.name} {reading.number}")
    for name in left_out:
        chosen[name] = st.checkbox(f"{name} – weggelaten", value=False, key=f"left {name}")
    for name in draft.left_out:
        if name not in left_out:
            st.markdown(f"{name} – weggelaten, zoals een vorige keer (bij Betekenis te vergeten)")
    for unread in draft.unread:
        where = f"{unread.spot}: " if unread.spot else ""
        st.warning(f"{where}“{unread.heading}”: {unread.reason}." + " Kies bij stap 3 wat zij telt." * unread.is_asked)
    known = {name: NONE for name, is_in in chosen.items() if not is_in} | {n: "" for n in left_out if chosen[n]}
    if {name for name, meant in known.items() if meant} != set(left_out):
        decide(concept, TABLES, known)


def _show_pages(concept: Concept) -> None:
    """The pages that hold tables, small, with a box around each."""
    areas: dict[int, list[Box]] = {}
    numbers: dict[int, list[str]] = {}
    for reading in concept.draft.readings:
        for view in find_views(concept.draft, reading):
            areas.setdefault(view.page, []).extend([view.area] if view.area else [])
            numbers.setdefault(view.page, []).append(reading.number)
    pages = sorted(areas)[:_MOST_PAGES]
    drawn = draw_views(concept, [View(page, None, tuple(areas[page]), _SMALL) for page in pages])
    for start in range(0, len(pages), _BESIDE):
        beside = list(zip(pages, drawn, strict=True))[start : start + _BESIDE]
        for column, (page, png) in zip(st.columns(_BESIDE), beside, strict=False):
            if png:
                listed = wording.join_words(list(dict.fromkeys(numbers[page])))
                column.image(png, caption=f"Bladzijde {page}: tabel {listed}")


# --- 3 Betekenis -----------------------------------------------------------------------------------------------------


def show_meaning(concept: Concept) -> None:
    """What every table and label means, in a sentence, what is not known first."""
    known = get_known()
    _ask_tables(concept, known)
    _ask_labels(concept, known)
    for reading in concept.draft.readings:
        st.markdown(f"- **{reading.number}** {_describe(reading, concept, known)}")
    _ask_other_meaning(concept, known)
    _show_remembered(concept, known)


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
        decide(concept, TABLES, {name: labels.get(chosen, NONE)})


def _describe(reading: Reading, concept: Concept, known: Known) -> str:
    """Aantal *meldingen* per *kwartaal* en *soort geweld* voor *Dordrecht*."""
    facts = concept.draft.facts
    columns = [name for block in reading.blocks for name in block]
    split = [_DIMENSIONS[name] for name in dict.fromkeys([reading.content["rows"], *columns])]
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
            decide(concept, TABLES, {unread.heading: labels.get(chosen, NONE)})


def _ask_labels(concept: Concept, known: Known) -> None:
    facts = concept.draft.facts
    words = Words(known.catalogue, facts.region, facts.span.last_year, {})
    asked = {(u.label, u.about): u.candidates for u in concept.draft.unknown}
    for (label, about), candidates in asked.items():
        every = words.places if about == "place" else words.list_classes(about)
        options = [*candidates, NOT_HERE, *sorted(set(every.values()) - set(candidates))]
        chosen = st.selectbox(f"Wat is “{label}”?", options, index=None, placeholder="Kies", key=f"{about} {label}")
        if chosen:
            decide(concept, about, {label: NONE if chosen == NOT_HERE else chosen})


def _show_remembered(concept: Concept, known: Known) -> None:
    """What was decided at earlier reports of this layout, each of which can be forgotten."""
    remembered = [each for each in list_remembered(known) if each.layout == concept.draft.facts.layout]
    if not remembered:
        return
    with st.expander(f"Onthouden van eerdere rapporten ({len(remembered)})"):
        for each in remembered:
            left, right = st.columns([5, 1])
            left.markdown(f"“{each.printed}” is {describe(each)}")
            if right.button("Vergeet", key=f"forget {each}"):
                _forget(each)


def _forget(remembered: Remembered) -> None:
    try:
        forget(data_folder(), remembered)
    except DataError as error:
        st.error(str(error))
        return
    get_known.clear()
    st.session_state.pop("stamp", None)
    st.rerun()
