"""A chart as a picture, drawn by vl-convert from the same spec and rows as on screen."""

from typing import Any

from vt import charts
from vt.figure import Figure


def drawn_spec(figure: Figure, width: int) -> dict[str, Any]:
    """The Vega-Lite spec of a figure with its data in it, `width` pixels wide."""
    rows = [mark._asdict() for mark in figure.marks]
    return {**charts.spec(figure.form), "width": width, "data": {"name": "figure"}, "datasets": {"figure": rows}}


def chart_svg(figure: Figure, width: int) -> str:
    """The chart alone as SVG: no title, legend or source."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(drawn_spec(figure, width))
    return svg
