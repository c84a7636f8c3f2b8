"""Instroom: what comes in, how often there is danger, and how both change over time."""

from vt.web.state import open_view
from vt.web.topic import find_series, find_topic, show_parts, show_topic_heading

view = open_view()
show_topic_heading(
    view, "instroom", "Instroom", "Hoeveel meldingen en adviesvragen komen er binnen, en hoe vaak is er direct gevaar?"
)
show_parts(view, *find_topic(view, "instroom"), find_series(view, "instroom", "Over de tijd"))
