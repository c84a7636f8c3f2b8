"""Overdracht: how often a melding is handed over, and to whom."""

from vt.web.page import show_heading, show_topic
from vt.web.state import open_view

view = open_view()
show_heading("Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
show_topic(view, "overdracht")
