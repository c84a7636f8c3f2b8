"""The page in Plotly Dash: one callback, four graphs, a table. Served by gunicorn, compressed, as its manual says."""

import plotly.graph_objects as go
from dash import Dash, Input, Output, callback, dcc, html
from page import COLOURS, GEWELD, INDICATORS, PERIODS, TITLE, Chart, charts, height, rows

app = Dash(__name__, compress=True, title=TITLE)
server = app.server
app.layout = html.Div(
    [
        html.H1(TITLE),
        dcc.RadioItems(GEWELD, GEWELD[0], id="geweld", inline=True),
        html.Div(
            [dcc.Graph(id=name, className="peer-chart", config={"displayModeBar": False}) for name in INDICATORS],
            style={"display": "grid", "gridTemplateColumns": "1fr 1fr"},
        ),
        html.Table(id="table"),
    ]
)


def figure(chart: Chart) -> go.Figure:
    """Grouped bars, each with its number."""
    traces = []
    for period, colour in zip(PERIODS, COLOURS, strict=True):
        bars = [bar for bar in chart.bars if bar.period == period]
        values = [bar.value for bar in bars]
        traces.append(
            go.Bar(
                x=values,
                y=[bar.label for bar in bars],
                text=[f"{value:.0f}" for value in values],
                textposition="outside",
                name=period,
                orientation="h",
                marker_color=colour,
            )
        )
    made = go.Figure(traces)
    made.update_layout(
        title=chart.title,
        height=height(chart) + 60,
        margin={"l": 220, "t": 40, "b": 30},
        yaxis={"autorange": "reversed"},
    )
    return made


@callback([Output(name, "figure") for name in INDICATORS], Output("table", "children"), Input("geweld", "value"))
def update(geweld: str) -> list[object]:
    """Everything on the page for a choice."""
    found = charts(geweld)
    table = rows(found)
    head = html.Thead(html.Tr([html.Th(name) for name in table[0]]))
    body = html.Tbody([html.Tr([html.Td(text) for text in row.values()]) for row in table])
    return [*(figure(chart) for chart in found), [head, body]]
