"""In which order the rows of a figure stand, in its chart and in its table: by size, by name, or by change."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from math import inf
from typing import TypeVar

from vt.figures.chart import BarChart, Chart, Pair, PairChart, Row
from vt.figures.figure import Figure
from vt.figures.table import Table

FEWEST_ROWS = 6
_Key = tuple[float, str]
Drawn = TypeVar("Drawn", Row, Pair)


class Order(StrEnum):
    """The value is what the visitor reads and what stands in the link."""

    SIZE = "Grootte"
    NAME = "Naam"
    CHANGE = "Verandering"


def list_orders(figure: Figure) -> tuple[Order, ...]:
    """In which orders a figure can stand; none where it has few rows, or a form with an order of its own."""
    chart = figure.chart
    if not isinstance(chart, BarChart | PairChart) or len(chart.rows) < FEWEST_ROWS:
        return ()
    return tuple(Order) if isinstance(chart, PairChart) else (Order.SIZE, Order.NAME)


def order_figure(figure: Figure, order: Order) -> Figure:
    """The figure with the rows of its chart and its table in an order, where it can stand in that."""
    if order is Order.SIZE or order not in list_orders(figure):
        return figure
    find_key = _key_by_change(figure.chart) if order is Order.CHANGE else _key_by_name
    table, moved = _order_table(figure.table, find_key)
    cells = [frozenset((moved[row], column) for row, column in flag.cells) for flag in figure.flags]
    flags = tuple(flag._replace(cells=those) for flag, those in zip(figure.flags, cells, strict=True))
    return replace(figure, chart=_order_chart(figure.chart, find_key), table=table, flags=flags)


def _key_by_name(label: str) -> _Key:
    return 0.0, label.casefold()


def _key_by_change(chart: Chart) -> Callable[[str], _Key]:
    """From what grew most to what fell most; after them what has no number, now or a year before."""
    pairs = chart.rows if isinstance(chart, PairChart) else ()
    grown = {pair.label: -_find_change(pair) for pair in pairs}

    def find_key(label: str) -> _Key:
        dated = (
            name for name in grown if name.startswith(f"{label}, ")
        )  # the chart names a period that is no plain year
        return grown.get(label if label in grown else next(dated, ""), inf), label.casefold()

    return find_key


def _find_change(pair: Pair) -> float:
    if pair.before is None or pair.now.is_hidden or pair.before.is_hidden:
        return -inf
    return pair.now.length - pair.before.length


def _order_chart(chart: Chart, find_key: Callable[[str], _Key]) -> Chart:
    def ordered(rows: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
        return tuple(sorted(rows, key=lambda row: find_key(row.label)))

    if isinstance(chart, PairChart):
        return replace(chart, rows=ordered(chart.rows))
    return replace(chart, rows=ordered(chart.rows)) if isinstance(chart, BarChart) else chart


def _order_table(table: Table, find_key: Callable[[str], _Key]) -> tuple[Table, dict[int, int]]:
    """The table with its totals last, and where each of its rows went."""
    at = sorted(range(len(table.rows)), key=lambda n: (n in table.totals, find_key(str(table.rows[n][0]))))
    return table.reorder(at), {old: new for new, old in enumerate(at)}
