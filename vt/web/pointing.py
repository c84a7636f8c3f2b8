"""A click on a place in a chart: the place goes into the choice, or out of it. By keyboard the menu of the figure does
it, and the field Gemeente.

Any form can be clicked whose rows have a column PLACE with ids of places, and whose spec lets a layer point (let_point
in vt/render/vega/parts.py). That layer keeps every place that was clicked an odd number of times since it was drawn:
what differs from the run before was clicked now.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from vt.figures.selection import ALL_REGIONS, name_in_filter
from vt.model.catalogue import Place
from vt.render.html import fill_template
from vt.render.vega.parts import PLACE, POINTED, Spec
from vt.store.reference import Metadata


def show_chart(card: str, data: pa.Table, spec: Spec, name: str, metadata: Metadata) -> None:
    """The chart on the card of this key."""
    key = f"grafiek-{card}"
    looks: dict[str, Any] = {"theme": None, "width": "stretch", "alt": name, "key": key}
    if PLACE not in data.column_names:
        st.vega_lite_chart(data, spec, **looks)
        return
    state = st.vega_lite_chart(data, spec, **looks, on_select=partial(_take_click, key, metadata))
    st.session_state[_before(key)] = _list_kept(state)


def tell_unknown(card: str) -> None:
    """A sentence where a place was clicked of which there is nothing."""
    if unknown := st.session_state.pop(_unknown(f"grafiek-{card}"), None):
        st.html(fill_template("parts", "notices", [f"Van {unknown} zijn er geen cijfers in deze verzameling."]))


def offer_places(card: str, data: pa.Table, metadata: Metadata) -> None:
    """The places of a chart to choose from by keyboard, where there are more than one."""
    ids = dict.fromkeys(data[PLACE].to_pylist()) if PLACE in data.column_names else {}
    places = {metadata.places[id_].label: id_ for id_ in ids if id_ in metadata.places}
    if len(places) > 1:
        key = f"kies-{card}"
        given: dict[str, Any] = {"key": key, "on_change": _take_name, "args": (key, places, metadata)}
        st.selectbox("In of uit de keuze", sorted(places), index=None, placeholder="Kies een plaats", **given)


def _take_name(key: str, places: Mapping[str, str], metadata: Metadata) -> None:
    name = st.session_state[key]
    st.session_state[key] = None
    if name:
        _take(places[name], key.replace("kies-", "grafiek-", 1), metadata)


def _before(key: str) -> str:
    return f"{key}-eerder"


def _unknown(key: str) -> str:
    return f"{key}-onbekend"


def _list_kept(state: Mapping[str, Any]) -> frozenset[str]:
    """What a chart keeps as clicked."""
    return frozenset(point[PLACE] for point in state["selection"].get(POINTED) or ())


def _take_click(key: str, metadata: Metadata) -> None:
    kept, before = _list_kept(st.session_state[key]), st.session_state.get(_before(key), frozenset())
    st.session_state[_before(key)] = kept  # a next click may come before the chart is shown anew
    for id_ in (kept ^ before) - {""}:
        _take(id_, key, metadata)


def _take(id_: str, key: str, metadata: Metadata) -> None:
    """A place that was pointed at in the chart of this key: a choice, or a sentence where there is nothing of it."""
    place = metadata.places.get(id_)
    if place and (place in metadata.places_with_data() or id_ in metadata.regions_covered):
        _choose(place, metadata)
    else:
        st.session_state[_unknown(key)] = place.label if place else id_


def _choose(place: Place, metadata: Metadata) -> None:
    """A gemeente goes into the choice or out of it, whatever the region; a region comes instead of all."""
    chosen = st.session_state.get("gemeente", [])
    if place.kind in ("region", "land"):
        st.session_state["regio"], st.session_state["gemeente"] = place.label, []
        return
    name = name_in_filter(place, metadata)
    st.session_state["gemeente"] = [each for each in chosen if each != name] if name in chosen else [*chosen, name]
    if place.region and st.session_state.get("regio") != metadata.places[place.region].label:
        st.session_state["regio"] = ALL_REGIONS
