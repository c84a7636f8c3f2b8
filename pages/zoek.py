from vt import web

web.heading("Zoek een getal", "Waar staat een getal gedrukt, beweerd of nagerekend, en is het omstreden?")
web.find_number()
