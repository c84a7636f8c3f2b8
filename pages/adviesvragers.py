"""Adviesvragers: who asks for advice, in the groups that all regions share and as each report divides them."""

from vt.web.page import show_heading
from vt.web.state import open_view
from vt.web.topic import find_reporters, show_parts

view = open_view()
show_heading("Adviesvragers", "Wie vraagt Veilig Thuis om advies?")
show_parts(view, *find_reporters(view, "adviesvragers", "Adviesvragers"))
