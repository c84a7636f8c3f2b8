"""Adviesvragers: who asks for advice, in the groups that all regions share and as each report divides them."""

from vt.web.page import show_groups, show_heading, show_section, show_topic
from vt.web.state import open_view

view = open_view()
show_heading("Adviesvragers", "Wie vraagt Veilig Thuis om advies?")
show_section("In groepen die alle regio's delen")
show_groups(view, "adviesvragers", "Adviesvragers")
show_topic(view, "adviesvragers")
