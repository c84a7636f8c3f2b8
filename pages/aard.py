"""Aard van het geweld: which violence, and which other concerns."""

from vt.web.state import open_view
from vt.web.topic import find_topic, show_parts, show_topic_heading

view = open_view()
show_topic_heading(view, "aard", "Aard van het geweld", "Om welke vormen van geweld gaat het?")
show_parts(view, *find_topic(view, "aard"))
