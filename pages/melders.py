from vt import web

web.heading("Melders", "Wie doet een melding, en wie niet?")
web.groups("Wie meldt, in gedeelde groepen", "meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")
web.categories(
    "meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren", "meldingen_professionals_functie"
)
