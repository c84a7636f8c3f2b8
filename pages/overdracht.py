from vt.web.page import show_categories, show_heading, show_places, show_section

show_heading("Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
show_section("Hoe vaak")
show_places("overdrachten", "directe_overdrachten")
show_section("Aan wie")
show_categories("overdrachtspartijen_na_triage", "overdrachtspartijen_na_dienst", "overdrachtspartijen")
