"""Zoek een getal: everywhere that a number is printed, stated or computed."""

import streamlit as st

from vt.figures.wording import parse_number, truncate
from vt.web.audit import render_found_number, show_account
from vt.web.page import show_heading, show_notices
from vt.web.state import open_view

view = open_view()
show_heading("Zoek een getal", "Waar staat een getal gedrukt, beweerd of nagerekend, en is het omstreden?")
text = st.text_input("Getal", key="getal", bind="query-params", placeholder="Bijvoorbeeld 2.378 of 231")
number = parse_number(text) if text else None
if number is not None:
    show_account(view, render_found_number, number, view.selection.shielding)
elif text:
    show_notices([f"“{truncate(text, 40)}” is geen getal; schrijf het als 2.378 of 46,5."])
