"""Aard van het geweld: which violence, and which other concerns."""

from vt.web.page import show_heading, show_topic
from vt.web.state import open_view

view = open_view()
show_heading("Aard van het geweld", "Om welke vormen van geweld gaat het?")
show_topic(view, "aard")
