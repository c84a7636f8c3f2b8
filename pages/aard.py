from vt import web

web.heading("Aard van het geweld", "Om welke vormen van geweld gaat het?")
web.section("Vormen van geweld en andere zorgen")
web.categories("meldingen_naar_aard", "meldingen_naar_vorm", "adviezen_naar_aard")
