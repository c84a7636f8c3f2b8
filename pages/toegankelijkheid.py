"""Toegankelijkheid: for whom this site works, what does not comply yet, where to report it; and all pages in a list."""

import streamlit as st

from vt.web.accessibility import render_statement
from vt.web.page import show_heading
from vt.web.site_map import show_site_map

show_heading("Toegankelijkheid", "Voor wie werkt deze website, wat nog niet, en waar kunt u dat melden?")
st.html(render_statement())
show_site_map()
