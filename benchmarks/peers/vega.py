"""The four charts in Altair, for the peers that draw with Vega-Lite."""

import altair as alt
from page import COLOURS, PERIODS, Chart, height


def chart(found: Chart, width: int = 420) -> alt.LayerChart:
    """Grouped bars, each with its number."""
    data = alt.Data(values=[bar._asdict() for bar in found.bars])
    base = alt.Chart(data).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        yOffset=alt.YOffset("period:N", sort=list(PERIODS)),
        x=alt.X("value:Q", title=None),
    )
    colour = alt.Color("period:N", scale=alt.Scale(domain=list(PERIODS), range=list(COLOURS)), title=None)
    text = base.mark_text(align="left", dx=3).encode(text=alt.Text("value:Q", format=".0f"))
    return alt.layer(base.mark_bar().encode(color=colour), text).properties(
        title=found.title,
        width=width,
        height=height(found),
        usermeta={"embedOptions": {"renderer": "svg", "actions": False}},
    )
