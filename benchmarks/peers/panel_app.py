"""The page in Panel: bound functions, Vega panes, a table. Served by `panel serve`."""

import pandas as pd
import panel as pn
from page import GEWELD, TITLE, charts, rows
from vega import chart

pn.extension("vega")

geweld = pn.widgets.RadioButtonGroup(options=list(GEWELD), value=GEWELD[0], name="KM, HG of OM")
drawn = [pn.pane.Vega(chart(found), show_actions=False, css_classes=["peer-chart"]) for found in charts(GEWELD[0])]
table = pn.pane.DataFrame(pd.DataFrame(rows(charts(GEWELD[0]))), index=False)


def update(chosen: str) -> None:
    """Everything on the page for a choice."""
    found = charts(chosen)
    for pane, each in zip(drawn, found, strict=True):
        pane.object = chart(each)
    table.object = pd.DataFrame(rows(found))


geweld.param.watch(lambda event: update(event.new), "value")
pn.Column(f"# {TITLE}", geweld, pn.GridBox(*drawn, ncols=2), table).servable(title=TITLE)
