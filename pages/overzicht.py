from vt import web

web.heading(
    "Veilig Thuis in cijfers",
    "Wat Veilig Thuis publiceerde over huiselijk geweld en kindermishandeling, per gemeente, met de bron erbij.",
)
web.headlines(
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
web.section("Meldingen")
web.places("meldingen")
web.section("Wat is er in de verzameling?")
web.collection()
