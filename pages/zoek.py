from vt.web.page import show_heading, show_number_search

show_heading("Zoek een getal", "Waar staat een getal gedrukt, beweerd of nagerekend, en is het omstreden?")
show_number_search()
