"""Overdracht: how often a melding is handed over, and to whom."""

from vt.figures.flow import CHAIN
from vt.figures.picks import FLOW_TOGETHER
from vt.figures.registry import FigureRequest
from vt.web.page import render_figures, show_grid, show_hidden_heading
from vt.web.state import open_view
from vt.web.topic import Part, find_topic, show_parts, show_topic_heading

view = open_view()
show_topic_heading(view, "overdracht", "Overdracht", "Hoe vaak draagt Veilig Thuis een melding over, en aan wie?")
flow = Part("Wat er van een melding wordt", render_figures(view, FigureRequest("flow", CHAIN, FLOW_TOGETHER)))
if view.selection.gemeenten:
    show_parts(view, flow, *find_topic(view, "overdracht"))
else:  # more is printed of a region, and of a gemeente with a report of its own: each has the whole width
    show_hidden_heading(flow.heading)
    for each in flow.figures:
        show_grid(view, [each])
    show_parts(view, *find_topic(view, "overdracht"))
