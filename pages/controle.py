from vt import web

web.heading("Controle", "Tellen de gedrukte totalen op? Elk totaal is nagerekend uit de cellen van zijn tabel.")
web.checks()
