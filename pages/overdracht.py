"""Overdracht: how often a melding is handed over, and to whom."""

from vt.figures.flow import CHAIN
from vt.figures.registry import FigureRequest
from vt.web.page import render_figures, show_grid, show_heading, show_hidden_heading
from vt.web.state import open_view
from vt.web.topic import find_topic, show_parts

view = open_view()
show_heading("Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
flows = render_figures(view, FigureRequest("flow", CHAIN, "Van melding tot uitkomst"))
if flows:
    show_hidden_heading("Wat er van een melding wordt")
# more is printed of a region, and of a gemeente with a report of its own: without a choice each has the whole width
for row in [flows] if view.selection.gemeenten else [[flow] for flow in flows]:
    show_grid(view, row)
show_parts(view, *find_topic(view, "overdracht"))
