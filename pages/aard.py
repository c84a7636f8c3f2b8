from vt.web.page import show_categories, show_heading, show_section

show_heading("Aard van het geweld", "Om welke vormen van geweld gaat het?")
show_section("Vormen van geweld en andere zorgen")
show_categories("meldingen_naar_aard", "meldingen_naar_vorm", "adviezen_naar_aard")
