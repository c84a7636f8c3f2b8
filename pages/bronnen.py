"""Bronnen: each report, and each of its tables as printed; a link can ask for tables, and for cells of them."""

import streamlit as st

from vt.figures.collection import list_report_titles
from vt.figures.selection import name_fully
from vt.figures.wording import name_places, truncate
from vt.web.audit import render_collection, render_report, show_account
from vt.web.links import make_data_query
from vt.web.page import show_heading, show_notices, show_section
from vt.web.state import open_view

MOST_ASKED = 8

view = open_view()
show_heading("Bronnen", "Elk rapport, en elke tabel zoals zij gedrukt is.")
reports = {title: report for report, title in list_report_titles(view.metadata).items()}
addresses, cells = (tuple(st.query_params.get_all(key)[:MOST_ASKED]) for key in ("tabel", "cel"))
report_of = {table.address: table.report for table in view.metadata.tables.values()}
is_chosen = view.selection.gemeenten or view.selection.region
chosen = {id_ for place in view.places for id_ in (place.id, place.region)} if is_chosen else set()
own = (table.report for table in view.metadata.tables.values() if table.place in chosen)
asked = next((report_of[each] for each in addresses if each in report_of), None) or next(own, None)
first = list(reports.values()).index(asked) if asked else 0
title = st.selectbox("Rapport", list(reports), index=first, key="rapport", bind="query-params")
unknown = [truncate(each, 60) for each in addresses if each not in report_of]
show_notices([f"Tabel “{each}” uit de link is niet bekend." for each in unknown])
places = tuple(place.id for place in view.places)
show_account(view, render_report, reports[title], addresses, cells, view.selection.shielding, places)
show_section("Wat is er in de verzameling?")
named = [name_fully(place, view.metadata) for place in view.places] if is_chosen else []
show_account(view, render_collection, make_data_query(view.selection, view.metadata), name_places(named))
