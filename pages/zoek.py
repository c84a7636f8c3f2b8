"""Zoeken: everything that has a name, and everywhere that a number is printed, stated or computed."""

from vt.web.page import show_heading, show_paragraph
from vt.web.search import show_search
from vt.web.state import open_view

view = open_view()
show_heading("Zoeken", "Een gemeente, een cijfer, een begrip, of waar een getal staat.")
if not show_search(view):
    show_paragraph("Bijvoorbeeld Raalte, huisverbod, V&V of 2.378. Met Ctrl+K komt u hier vanaf elke pagina.")
