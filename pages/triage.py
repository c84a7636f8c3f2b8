"""Triage: what is decided about a melding, how safe it is, and whether that is in time."""

from vt.web.page import show_heading, show_topic
from vt.web.state import open_view

view = open_view()
show_heading("Triage", "Wat besluit Veilig Thuis over een melding, hoe veilig is het, en is het besluit op tijd?")
show_topic(view, "triage", norms="Triagebesluiten op tijd")
