from vt import web

web.heading("Onderzoek", "Hoe vaak start Veilig Thuis zelf een dienst, is die op tijd klaar, en wat komt eruit?")
web.section("Gestarte diensten")
web.places("voorwaarden_en_vervolg", "onderzoeken")
web.section("Op tijd of niet")
web.norms(
    "Diensten op tijd",
    "vv_tijdig",
    "vv_tijdig_met_wachtlijst",
    "onderzoeken_tijdig",
    "onderzoeken_tijdig_met_wachtlijst",
)
web.section("Uitkomst")
web.categories("onderzoek_uitkomst")
