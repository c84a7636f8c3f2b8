"""A tile map: a square per gemeente."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import altair as alt

from vt.figures.chart import TileMap
from vt.figures.wording import clean
from vt.render import theme
from vt.render.text import cut_off
from vt.render.vega.parts import CHART_SIZE, COLOUR, DATA, INK, TIP, Form, Spec, let_point, make_spec

LONG_NAME = 14  # characters of a gemeente that fit on a tile
_TILE_SIZE = 15
_COLUMN = alt.X("column:O", axis=None, scale=alt.Scale(padding=0))
_ROW = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))


class TileMark(NamedTuple):
    """One gemeente on the tile map; `label` is its name over at most two lines."""

    column: int
    row: int
    place: str
    name: str
    label: str
    text: str
    colour: str
    ink: str
    tip: str


def _tile_marks(chart: TileMap) -> list[TileMark]:
    return [
        TileMark(
            *(tile.column, tile.row, tile.place, tile.name),
            *(_over_two_lines(tile.name), tile.text, fill, theme.ink_on(fill), tile.tip),
        )
        for tile in chart.tiles
        for fill in [theme.COLOURS[tile.role]]
    ]


def _over_two_lines(name: str) -> str:
    return name.replace("-", "-|") if len(name) > LONG_NAME else name


def _fit_tiles(tiles: Sequence[TileMark], width: int) -> list[TileMark]:
    """The tiles with a name of at most two lines, each inside its tile."""
    room = width / (1 + max((tile.column for tile in tiles), default=0) - min((t.column for t in tiles), default=0)) - 8
    return [
        tile._replace(
            label="|".join(cut_off(clean(line), CHART_SIZE, room) for line in tile.label.split("|")[:2]),
            text=cut_off(clean(tile.text), _TILE_SIZE, room, is_bold=True),
        )
        for tile in tiles
    ]


@cache
def tiles() -> Spec:
    """A tile map: one square per gemeente, in its place as far as a grid can."""
    tile = alt.Chart(DATA).encode(x=_COLUMN, y=_ROW)
    chart = alt.layer(
        let_point(tile.mark_rect(stroke=theme.PAPER, strokeWidth=3, aria=False).encode(color=COLOUR, tooltip=TIP)),
        tile.mark_text(dy=-12, fontSize=alt.ExprRef("clamp(width / 35, 11, 14)"), aria=False, lineBreak="|").encode(
            text="label:N", color=INK
        ),
        tile.mark_text(dy=18, fontSize=15, fontWeight="bold", aria=False).encode(text="text:N", color=INK),
    ).properties(width="container", height=alt.Step(72))
    return make_spec(chart)


@cache
def tiles_for_presenter() -> Spec:
    """A tile map."""
    size = alt.ExprRef("max(12, min(bandwidth('x') * 0.11, bandwidth('y') * 0.22, em * 1.2))")
    tile = alt.Chart(DATA).encode(x=_COLUMN, y=_ROW)
    chart = alt.layer(
        tile.mark_rect(stroke=theme.PAPER, strokeWidth=4, aria=False).encode(color=COLOUR, tooltip=TIP),
        tile.mark_text(baseline="bottom", fontSize=size, aria=False, lineBreak="|").encode(text="label:N", color=INK),
        tile.mark_text(baseline="top", dy=8, fontSize=size, fontWeight="bold", aria=False).encode(
            text="text:N", color=INK
        ),
    )
    return make_spec(chart, for_room=True)


FORM = Form("tiles", tiles, _tile_marks, tiles_for_presenter, lambda it: (_tile_marks(it), 0), _fit_tiles)
