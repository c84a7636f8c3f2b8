"""What every form of chart is made of: the names of its columns, the words of a spec, and what a form has.

What changes from selection to selection (labels, lengths, colours, Dutch number texts) is data; a spec never changes,
so that a browser moves the marks of a chart that stands instead of drawing it anew, and no Altair object is made per
rerun. Colours are a column, so the legend stands beside the chart as text (html.py).
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Protocol

import altair as alt

from vt.figures.chart import Segment
from vt.render import theme

Spec = dict[str, Any]
CHART_SIZE = 14
PLACE = "place"  # the column with the id of the place that a mark is of
POINTED = "pointed"  # the parameter that keeps what was clicked
LONG_NAME = 14  # characters of a place that fit on one line
DATA = alt.NamedData("figure")
COLOUR = alt.Color("colour:N", scale=None, legend=None)
INK = alt.Color("ink:N", scale=None, legend=None)
# The height of text on a slide, which every mark of a form for a room is measured in: 24 pixels on a screen of 1366, as
# much more on a larger one; less where the slide has little room. On a phone as high as text on a page.
_EM = "max(15, min((windowSize()[0] || width) / 56.9, (windowSize()[1] || height * 2) / 32))"
FROM_ZERO = alt.Scale(zero=True, nice=False)
TIP = alt.Tooltip("tip:N")  # alone it is text: what the number says in a sentence, no table of fields


class Mark(Protocol):
    """A row that a spec draws: a NamedTuple with the columns that the spec names."""

    def _asdict(self) -> dict[str, Any]: ...


class Form(NamedTuple):
    """How one form of chart is drawn: its spec and marks on a page, and for a room with how many rows are left out.

    `fit` makes the marks of a page fit a picture of so many pixels, where a browser would have made room itself.
    """

    name: str
    spec: Callable[[], Spec]
    marks: Callable[[Any], Sequence[Mark]]
    spec_for_presenter: Callable[[], Spec]
    marks_for_presenter: Callable[[Any], tuple[Sequence[Mark], int]]
    fit: Callable[[Any, int], Sequence[Mark]] = lambda marks, width: marks


def find_ends(segments: Sequence[Segment]) -> Iterable[tuple[float, float]]:
    """Where each segment begins and ends."""
    return pairwise(accumulate((segment.length for segment in segments), initial=0.0))


def break_name(name: str) -> str:
    """The name of a place over two lines, where it is long and has two parts."""
    bare = name.replace("|", "/")
    return bare.replace("-", "-|", 1) if len(bare) > LONG_NAME else bare


def centre_lines(text: str, size: str) -> dict[str, Any]:
    """How text of some lines is set around its middle, where Vega sets its first line; both are expressions."""
    return {
        "lineHeight": alt.ExprRef(f"{size} * 0.95"),
        "dy": alt.ExprRef(f"(1 - length(split({text}, '|'))) * {size} * 0.475"),
    }


def let_point(layer: alt.Chart) -> alt.Chart:
    """A layer whose marks can be clicked: it keeps every place that was clicked an odd number of times."""
    return layer.add_params(alt.selection_point(name=POINTED, fields=[PLACE], toggle="true", clear=False, on="click"))


def make_spec(chart: alt.LayerChart | alt.FacetChart, *, for_room: bool = False) -> Spec:
    """The spec of a chart; for a room it fills the slide, and its text is one `em` high where a mark says no other."""
    sized = chart.properties(width="container", height="container") if for_room else chart
    made: Spec = {key: value for key, value in sized.to_dict(validate=True).items() if key != "data"}
    if not for_room:
        return made | {"config": theme.config()}
    return made | {
        "params": [*made.get("params", ()), {"name": "em", "expr": _EM}],
        "config": theme.config({"expr": "em"}),
    }
