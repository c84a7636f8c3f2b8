"""Zoeken: everything that has a name, and everywhere that a number is printed, stated or computed."""

from vt.web.audit import show_account
from vt.web.page import show_heading, show_paragraph
from vt.web.place import show_covered
from vt.web.search import render_browse, show_search
from vt.web.state import open_view

view = open_view()
show_heading("Zoeken", "Een gemeente, een cijfer, een begrip, of waar een getal staat.")
if not show_search(view):
    show_paragraph("Bijvoorbeeld Raalte 2020, huisverbod, V&V of 2.378. Met Ctrl+K komt u hier vanaf elke pagina.")
    show_covered(view)
    show_account(view, render_browse)
