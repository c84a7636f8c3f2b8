"""Triage: what is decided about a melding, how safe it is, and whether that is in time."""

from vt.web.state import open_view
from vt.web.topic import find_topic, show_parts, show_topic_heading

view = open_view()
show_topic_heading(
    view, "triage", "Triage", "Wat besluit Veilig Thuis over een melding, hoe veilig is het, en is het besluit op tijd?"
)
show_parts(view, *find_topic(view, "triage", norms="Triagebesluiten op tijd"))
