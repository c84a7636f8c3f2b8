"""What every form of chart is made of: the names of its columns, the words of a spec, and what a form has.

What changes from selection to selection (labels, lengths, colours, Dutch number texts) is data; a spec never changes,
so that a browser moves the marks of a chart that stands instead of drawing it anew, and no Altair object is made per
rerun. Colours are a column, so the legend stands beside the chart as text (html.py).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import altair as alt

from vt.figures.chart import Segment
from vt.render import theme

Spec = dict[str, Any]
Layers = alt.LayerChart | alt.FacetChart
COMPILED = Path(__file__).with_name("compiled.json")
CHART_SIZE = 14
PLACE = "place"  # the column with the id of the place that a mark is of
POINTED = "pointed"  # the parameter that keeps what was clicked
BESIDE_TABLE = 430  # pixels: as high as a table beside a chart can be
LONG_NAME = 14  # characters of a place that fit on one line
DATA = alt.NamedData("figure")
COLOUR = alt.Color("colour:N", scale=None, legend=None)
INK = alt.Color("ink:N", scale=None, legend=None)
# The height of text on a slide, which every mark of a form for a room is measured in: 24 pixels on a screen of 1366, as
# much more on a larger one; less where the slide has little room. On a phone as high as text on a page.
_EM = "max(15, min((windowSize()[0] || width) / 56.9, (windowSize()[1] || height * 2) / 32))"
FROM_ZERO = alt.Scale(zero=True, nice=False)
NO_ROOM = alt.Scale(zero=True, nice=False, range=[0, 0])  # holds a number for the spec; its mark takes no room itself
TIP = alt.Tooltip("tip:N")  # alone it is text: what the number says in a sentence, no table of fields


class Room(NamedTuple):
    """How many pixels high a chart is on half a page, and where half a page is wide."""

    half: int
    wide: int


NOTHING = Room(0, 0)


class Mark(Protocol):
    """A row that a spec draws: a NamedTuple with the columns that the spec names."""

    def _asdict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, eq=False)
class Form:
    """How one form of chart is drawn, for a room or on a page, and how high it is there: in pixels, or in a step a row.

    `choose` gives the marks for a room and how many rows are left out, where those are not the marks of a page. `fit`
    makes these fit a picture of so many pixels, where a browser would have made room itself.

    A height `on_screen` is an expression; what is printed or downloaded keeps its own. `measure` says how high a chart
    is beside another, and `fill` gives the first mark of one that can be as high as that.
    """

    name: str
    draw: Callable[[bool], Layers]
    height: int | alt.Step
    marks: Callable[[Any], Sequence[Mark]]
    choose: Callable[[Any], tuple[Sequence[Mark], int]] | None = None
    fit: Callable[[Any, int], Sequence[Mark]] = lambda marks, width: marks
    on_screen: str = ""
    measure: Callable[[Any], Room] = lambda chart: NOTHING
    fill: Callable[[Any, Room], Any] | None = None

    def spec(self) -> Spec:
        """Its spec on a page, always the same."""
        return _make_spec(self, for_room=False)

    def spec_for_screen(self) -> Spec:
        """The same in Vega, which a browser draws without working it out first."""
        return _read_compiled()[self.name]

    def spec_for_presenter(self) -> Spec:
        """Its spec for a room: it fills the slide, and its text is one `em` high where a mark says no other."""
        return _make_spec(self, for_room=True)


def find_ends(segments: Sequence[Segment]) -> Iterable[tuple[float, float]]:
    """Where each segment begins and ends."""
    return pairwise(accumulate((segment.length for segment in segments), initial=0.0))


def break_name(name: str) -> str:
    """The name of a place over two lines, as alike as they can be, where it is long and has parts."""
    bare = name.replace("|", "/")
    ends = [found.end() for found in re.finditer("[ -]", bare)] if len(bare) > LONG_NAME else []
    tried = [(bare[:end].rstrip(), bare[end:]) for end in ends]
    return "|".join(min(tried, key=lambda lines: max(map(len, lines)))) if tried else bare


def centre_lines(text: str, size: str) -> dict[str, Any]:
    """How text of some lines is set around its middle, where Vega sets its first line; both are expressions."""
    return {
        "lineHeight": alt.ExprRef(f"{size} * 0.95"),
        "dy": alt.ExprRef(f"(1 - length(split({text}, '|'))) * {size} * 0.475"),
    }


def times(em: str, many: float) -> alt.ExprRef:
    """So many times the height of text, an expression."""
    return alt.ExprRef(f"{em} * {many}")


def calculate(said: Mapping[str, str], **sizes: str | float) -> alt.Chart:
    """A chart with columns that are worked out in the browser, each of those before it."""
    base = alt.Chart(DATA)
    for name, text in said.items():
        base = base.transform_calculate(**{name: text.format(**sizes)})
    return base


def draw_unseen(base: alt.Chart) -> alt.Chart:
    """Marks that nobody sees or hears: they only hold what scales are made of."""
    unseen: alt.Chart = base.mark_point(opacity=0, aria=False, tooltip=None)
    return unseen


def put_x(field: str) -> alt.X:
    """Where a mark stands, a column in pixels."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def put_y(field: str) -> alt.Y:
    """The same from above."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def let_point(layer: alt.Chart) -> alt.Chart:
    """A layer whose marks can be clicked: it keeps every place that was clicked an odd number of times."""
    return layer.add_params(alt.selection_point(name=POINTED, fields=[PLACE], toggle="true", clear=False, on="click"))


@cache
def _read_compiled() -> dict[str, Spec]:
    made: dict[str, Spec] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return made


@cache
def _make_spec(form: Form, *, for_room: bool) -> Spec:
    chart = form.draw(for_room).properties(width="container", height="container" if for_room else form.height)
    made: Spec = {key: value for key, value in chart.to_dict(validate=True).items() if key != "data"}
    if not for_room:
        return made | {"config": theme.config()}
    return made | {
        "params": [*made.get("params", ()), {"name": "em", "expr": _EM}],
        "config": theme.config({"expr": "em"}),
    }
