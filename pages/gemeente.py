from vt import web

web.heading("Gemeente", "Alles wat de rapporten over één plaats geven, in de volgorde van het rapport.")
web.one_place()
