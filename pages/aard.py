"""Aard van het geweld: which violence, and which other concerns."""

from vt.web.page import show_heading
from vt.web.state import open_view
from vt.web.topic import find_topic, show_parts

view = open_view()
show_heading("Aard van het geweld", "Om welke vormen van geweld gaat het?")
show_parts(view, *find_topic(view, "aard"))
