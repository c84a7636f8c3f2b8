"""Onderzoek: the services that Veilig Thuis starts, whether they end in time, and their outcome."""

from vt.web.state import open_view
from vt.web.topic import find_topic, show_parts, show_topic_heading

view = open_view()
show_topic_heading(
    view,
    "onderzoek",
    "Onderzoek",
    "Hoe vaak start Veilig Thuis zelf een dienst, is die op tijd klaar, en wat komt eruit?",
)
show_parts(view, *find_topic(view, "onderzoek", norms="Diensten op tijd"))
