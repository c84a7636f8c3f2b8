from vt.web.page import show_heading, show_one_place

show_heading("Gemeente", "Alles wat de rapporten over één plaats geven, in de volgorde van het rapport.")
show_one_place()
