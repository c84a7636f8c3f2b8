from vt.web.page import show_categories, show_heading, show_norms, show_places, show_section

show_heading("Onderzoek", "Hoe vaak start Veilig Thuis zelf een dienst, is die op tijd klaar, en wat komt eruit?")
show_section("Gestarte diensten")
show_places("voorwaarden_en_vervolg", "onderzoeken")
show_section("Op tijd of niet")
show_norms(
    "Diensten op tijd",
    "vv_tijdig",
    "vv_tijdig_met_wachtlijst",
    "onderzoeken_tijdig",
    "onderzoeken_tijdig_met_wachtlijst",
)
show_section("Uitkomst")
show_categories("onderzoek_uitkomst")
