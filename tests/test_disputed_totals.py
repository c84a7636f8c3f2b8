"""Totals that differ from their cells: the printed one where a cell is to blame, both where that cannot be told."""

from contextlib import closing

import pytest
from worlds import add_report, opened

from vt.build.build import ensure
from vt.figures.headlines import make_headlines
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.store.connection import connect
from vt.store.numbers import read_numbers


def one(dataset, form, indicator, selection):
    (figure,) = build_figures(dataset, FigureRequest(form, (indicator,), "Proef"), selection)
    return figure


def find(database, indicator, place, period):
    with closing(connect(database)) as db:
        rows = read_numbers(db, indicator, [place], [period])
        return {(row.geweld, row.category): row.value for row in rows}


def test_a_total_with_a_wrong_cell_is_the_printed_one(real_database):
    half, quarter = (find(real_database, "meldingen_naar_vorm", "dordrecht", p) for p in ("2021-H1", "2021-Q1"))
    neglect = "vorm/emotionele_verwaarlozing"
    assert (half["alle", ""], half["km", ""], half["alle", neglect], half["km", neglect]) == (947, 790, 555, 495)
    assert (quarter["alle", ""], quarter["km", ""]) == (441, 365)
    assert quarter["km", neglect] == 231, "the cell itself is as printed"
    assert (half["hg", ""], half["om", ""]) == (137, 20)


def test_a_printed_total_is_what_figures_show(dataset):
    figure = one(dataset, "categories", "meldingen_naar_vorm", Selection(gemeenten=("dordrecht",)))
    shown = {row[0]: row[4] for row in figure.table.rows}
    assert shown["Totaal"] == 947
    assert 555 in shown.values()
    assert any("231" in text and "232" in text for text in figure.flag_texts)


TABLE = """
number: "9"
heading: Meldingen
indicator: meldingen
rows: place
columns: {{period: [2030, 2031, totaal]}}
cells:
  Dorp: [10, 20, 30]
  Stad: [40, {cell}, {sum}]
  Overige gemeente: [5, 5, 10]
  totaal: [55, {total}, {all}]
differences:
  - totals: {differ}
    explanation: Proef.
"""


@pytest.mark.parametrize(
    ("cell", "row", "column", "everything", "differ", "expected"),
    [
        (50, 91, 76, 131, "[{period: 2031}, {place: Stad}, {}]", 76),  # one cell is to blame: 51
        (50, 90, 76, 130, "[{period: 2031}]", 75),  # no cell: what mends the column breaks a row
    ],
)
def test_only_a_cell_that_mends_all_makes_the_printed_total_count(
    world, cell, row, column, everything, differ, expected
):
    head = "report: {title: T, publisher: P, region: polder, period: 2030/2031, licence: O}\ntables:\n"
    add_report(world, TABLE.format(cell=cell, sum=row, total=column, all=everything, differ=differ), head=head)
    database = ensure(world, world / "vt.db")
    assert find(database, "meldingen", "polder", "2031")["alle", ""] == expected
    assert find(database, "meldingen", "stad", "2031")["alle", ""] == 50
    with opened(database) as dataset:
        figure = one(dataset, "places", "meldingen", Selection(region="polder", period="2031"))
        assert str(expected) in figure.title


# --- where it cannot be told ------------------------------------------------------------------------------------------


def test_both_numbers_are_said_where_it_can_be_either(dataset):
    asked = Selection(gemeenten=("dordrecht",))
    figure = one(dataset, "places", "triagebesluiten", asked)
    assert figure.title.startswith("Dordrecht: 518 of 519 triagebesluiten")
    (card,) = make_headlines(dataset, [dataset.metadata.indicators["triagebesluiten"]], asked, "dordrecht")
    assert card.value == "518 of 519"
    km = one(dataset, "places", "triagebesluiten", Selection(gemeenten=("dordrecht",), geweld="km"))
    assert "424 of 425" in km.title
    hg = one(dataset, "places", "triagebesluiten", Selection(gemeenten=("dordrecht",), geweld="hg"))
    assert "Dordrecht: 87 triagebesluiten" in hg.title


def test_a_total_that_other_printed_totals_refute_is_not_said(dataset):
    figure = one(dataset, "places", "meldingen", Selection(gemeenten=("dordrecht",)))
    assert figure.title.startswith("Dordrecht: 550 meldingen")
    assert "241" not in figure.title
