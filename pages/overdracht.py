from vt import web

web.heading("Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
web.section("Hoe vaak")
web.places("overdrachten", "directe_overdrachten")
web.section("Aan wie")
web.categories("overdrachtspartijen_na_triage", "overdrachtspartijen_na_dienst", "overdrachtspartijen")
