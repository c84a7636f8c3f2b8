"""The rows of a figure by name and by change: chart, table, links and marks together."""

from dataclasses import replace

import pytest

from vt.figures.answers import Dataset
from vt.figures.chart import PairChart
from vt.figures.figure import Figure
from vt.figures.order import Order, list_orders, order_figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection


@pytest.fixture
def melders(dataset: Dataset) -> Figure:
    asked = FigureRequest("categories", ("meldingen_professionals",))
    return build_figures(dataset, asked, Selection(region="ijsselland"))[0]


@pytest.mark.parametrize("order", [Order.NAME, Order.CHANGE])
def test_a_number_keeps_its_label_its_cell_and_its_mark(melders: Figure, order: Order) -> None:
    def told(figure: Figure) -> list[tuple[object, ...]]:
        rows = enumerate(figure.table.rows)
        links = figure.table.links
        return [
            (row[0], at, value, links.get((n, at)), (n, at) in figure.doubted)
            for n, row in rows
            for at, value in enumerate(row)
        ]

    ordered = order_figure(melders, order)
    assert told(ordered) != told(melders)
    assert sorted(map(repr, told(ordered))) == sorted(map(repr, told(melders)))
    assert ordered.table.rows[-1][0] == "Totaal"
    assert ordered.doubted


def test_rows_stand_by_name_or_by_change_in_chart_and_table(melders: Figure) -> None:
    assert list_orders(melders) == tuple(Order)
    by_name, by_change = (order_figure(melders, order) for order in (Order.NAME, Order.CHANGE))
    names = [str(row[0]) for row in by_name.table.rows[:-1]]
    assert names == sorted(names, key=str.casefold)
    assert isinstance(by_change.chart, PairChart)
    grown = [pair.now.length - pair.before.length for pair in by_change.chart.rows if pair.before]
    assert grown == sorted(grown, reverse=True)


def test_a_table_stands_by_change_where_the_chart_names_the_period_of_a_place(dataset: Dataset) -> None:
    """Numbers of CBS are provisional for years: a row is "Zwolle, 2024*" in the chart, and Zwolle in the table."""
    gemeenten = ("zwolle", "deventer", "kampen", "raalte", "ommen", "dalfsen")
    (figure,) = build_figures(dataset, FigureRequest("places", ("adviezen",)), Selection(gemeenten=gemeenten))
    assert isinstance(figure.chart, PairChart)
    dated = tuple(row._replace(label=f"{row.label}, 2021*") for row in figure.chart.rows)
    ordered = order_figure(replace(figure, chart=replace(figure.chart, rows=dated)), Order.CHANGE)
    assert isinstance(ordered.chart, PairChart)
    assert [f"{row[0]}, 2021*" for row in ordered.table.rows] == [row.label for row in ordered.chart.rows]


def test_a_few_rows_have_one_order(dataset: Dataset) -> None:
    (figure,) = build_figures(dataset, FigureRequest("places", ("meldingen",)), Selection(gemeenten=("zwolle",)))
    assert list_orders(figure) == ()
    assert order_figure(figure, Order.NAME) is figure
