from vt.web.page import show_checks, show_heading

show_heading("Controle", "Klopt wat de rapporten drukken? Totalen, percentages en beweringen zijn nagerekend.")
show_checks()
