from vt.web.page import show_collection, show_heading, show_headlines, show_places, show_section

show_heading(
    "Veilig Thuis in cijfers",
    "Wat Veilig Thuis publiceerde over huiselijk geweld en kindermishandeling, per gemeente, met de bron erbij.",
)
show_headlines(
    "meldingen",
    "adviezen",
    "ondersteuning",
    "crisissituaties",
    "huisverboden",
    "triagebesluiten_tijdig",
    "voorwaarden_en_vervolg",
    "onderzoeken",
    "overdrachten",
    "directe_overdrachten",
)
show_section("Meldingen")
show_places("meldingen")
show_section("Wat is er in de verzameling?")
show_collection()
