"""Overdracht: what is handed over."""

from vt.web.page import show_categories, show_heading, show_places, show_section
from vt.web.state import open_view

view = open_view()
show_heading("Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
show_section("Hoe vaak")
show_places(view, "overdrachten", "directe_overdrachten")
show_section("Aan wie")
show_categories(view, "overdrachtspartijen_na_triage", "overdrachtspartijen_na_dienst", "overdrachtspartijen")
