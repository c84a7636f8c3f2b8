"""Adviesvragers: who asks for advice, in the groups that all regions share and as each report divides them."""

from vt.web.state import open_view
from vt.web.topic import find_reporters, show_parts, show_topic_heading

view = open_view()
show_topic_heading(view, "adviesvragers", "Adviesvragers", "Wie vraagt Veilig Thuis om advies?")
show_parts(view, *find_reporters(view, "adviesvragers", "Adviesvragers"))
