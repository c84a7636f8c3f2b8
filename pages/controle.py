from vt import web

web.heading("Controle", "Klopt wat de rapporten drukken? Totalen, percentages en beweringen zijn nagerekend.")
web.checks()
