"""Instroom: what comes in, how often there is danger, and how both change over time."""

from vt.web.page import show_heading, show_section, show_series, show_topic
from vt.web.state import open_view

view = open_view()
show_heading("Instroom", "Hoeveel meldingen en adviesvragen komen er binnen, en hoe vaak is er direct gevaar?")
show_topic(view, "instroom")
show_section("Over de tijd")
show_series(view, "instroom")
