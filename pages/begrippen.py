"""Begrippen: the terms of the field from A to Z, what is counted, the measures and the signs."""

from vt.web.audit import render_definitions, show_account
from vt.web.page import show_heading
from vt.web.search import show_search
from vt.web.state import open_view

view = open_view()
show_heading("Begrippen", "Wat de woorden betekenen, wat de cijfers tellen, en welke tekens er staan.")
if not show_search(view):
    show_account(view, render_definitions)
