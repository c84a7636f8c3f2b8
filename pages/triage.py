from vt import web

web.heading("Triage", "Wat besluit Veilig Thuis over een melding, hoe veilig is het, en is het besluit op tijd?")
web.section("Besluiten en veiligheid")
web.categories("triagebesluiten", "veiligheidsbeoordelingen")
web.section("Op tijd of niet")
web.norms("Triagebesluiten op tijd", "triagebesluiten_tijdig")
