"""Melders: who reports, in the groups that all regions share and as each report divides them."""

from vt.web.state import open_view
from vt.web.topic import find_reporters, show_parts, show_topic_heading

view = open_view()
show_topic_heading(view, "melders", "Melders", "Wie doet een melding, en wie niet?")
show_parts(view, *find_reporters(view, "melders", "Melders"))
