"""Begrippen: what is counted, the terms of the field, the measures and the signs."""

from vt.web.audit import render_definitions, show_account
from vt.web.page import show_heading
from vt.web.state import open_view

show_heading("Begrippen", "Wat de cijfers tellen, wat de woorden betekenen, en welke tekens er staan.")
show_account(open_view(), render_definitions)
