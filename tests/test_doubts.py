"""From every number to where it was printed, and from every finding to the numbers that it touches."""

from collections.abc import Iterator
from itertools import product

import pytest

from vt.figures.answers import Dataset
from vt.figures.chart import BarChart
from vt.figures.figure import Figure
from vt.figures.headlines import make_headlines
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.table import Bounds, Link
from vt.model.hidden import Shielding
from vt.model.measures import Measure
from vt.store.numbers import Slice
from vt.store.printed import find_cells, read_printed_table

MELDERS = FigureRequest(
    "groups", ("meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren"), "Melders"
)
OP_TIJD = FigureRequest("norms", ("vv_tijdig", "onderzoeken_tijdig"), "Op tijd")
TOGETHER = (MELDERS, OP_TIJD)
ASKED = ("ijsselland", "zwolle", "staphorst", "dordrecht", "nederland")


def _figure(dataset: Dataset, form: str, indicator: str, place: str, **wanted: object) -> Figure:
    selection = Selection(gemeenten=(place,), shielding=Shielding.NONE, **wanted)
    return build_figures(dataset, FigureRequest(form, (indicator,), "Proef"), selection)[0]


def _said(figure: Figure) -> str:
    return " ".join(flag.text for flag in figure.flags)


def test_groups_that_have_none_are_named_with_or(dataset: Dataset) -> None:
    figure = build_figures(dataset, MELDERS, Selection(gemeenten=("dordrecht",)))[0]
    assert figure.beneath == ("Geen van de meldingen komt van Veilig Thuis, de kinderopvang of anderen (0).",)


def test_hidden_groups_are_one_line_below_the_chart_and_rows_of_its_table(dataset: Dataset) -> None:
    request = FigureRequest("categories", ("meldingen_particulieren",))
    (figure,) = build_figures(dataset, request, Selection(gemeenten=("ommen",)))
    assert isinstance(figure.chart, BarChart)
    assert [row.label for row in figure.chart.rows] == ["Directbetrokkene, volwassene"]
    assert figure.beneath == (
        "Niet getekend: buurtbewoners, vrijwilligers, jonge directbetrokkenen en 3 andere groepen, "
        "elk 0 tot en met 4 (teruggerekend en afgeschermd).",
    )
    assert sum("Suppression" in type(row[1]).__name__ for row in figure.table.rows) == 6


# --- to the printed page ---------------------------------------------------------------------------------------------


def _figures(dataset: Dataset) -> Iterator[Figure]:
    everything = [
        *(FigureRequest("places", (name,)) for name in dataset.metadata.indicators),
        *(FigureRequest("categories", (i.id,)) for i in dataset.metadata.indicators.values() if i.classification),
        *(
            FigureRequest("groups", (i.id,), "Groepen")
            for i in dataset.metadata.indicators.values()
            if i.classification
        ),
        *TOGETHER,
    ]
    views = [(places, period) for places in [*zip(ASKED), ("zwolle", "dordrecht")] for period in (None, "2021-H1")]
    for asked, (places, period) in product(everything, views):
        yield from build_figures(
            dataset, asked, Selection(gemeenten=tuple(places), period=period, shielding=Shielding.NONE)
        )


def _printed(dataset: Dataset, links: tuple[Link, ...]) -> tuple[float, float]:
    """What the linked cells add up to, from the lowest to the highest that is possible."""
    tables = {table.address: table.id for table in dataset.metadata.tables.values()}
    low = high = 0.0
    for link in links:
        table = read_printed_table(dataset.db, tables[link.table])
        cells = find_cells(dataset.db, tables[link.table], link.slice)
        assert cells, link
        bounds = [(table.cells[at], table.cells[at]) if at in table.cells else table.worked[at] for at in cells]
        low, high = low + sum(bound[0] for bound in bounds), high + sum(bound[1] for bound in bounds)
    return low, high


def test_every_number_is_the_sum_of_the_cells_that_it_leads_to(dataset: Dataset) -> None:
    checked = 0
    for figure in _figures(dataset):
        for (row, column), links in figure.table.links.items():
            heading, value = figure.table.headings[column], figure.table.rows[row][column]
            if heading.measure is Measure.AANTAL and value is not None:
                low, high = value if isinstance(value, Bounds) else (value, value)
                printed = _printed(dataset, links)
                short = 1 if (row, column) in figure.doubted else 0  # a cell is printed one too low
                assert printed[0] <= low <= high <= printed[1] + short, (figure.id, row, column)
                checked += 1
    assert checked > 3000


def test_every_number_in_a_table_leads_somewhere(dataset: Dataset) -> None:
    """But a difference, which is of two numbers beside it, and a norm."""
    for figure in _figures(dataset):
        sheet = figure.table
        counted = [
            n
            for n, heading in enumerate(sheet.headings)
            if heading.measure and not heading.label.startswith(("Verschil", "Norm"))
        ]
        for row, column in product(range(len(sheet.rows)), counted):
            if sheet.rows[row][0] != "Niet per soort af te lezen" and sheet.rows[row][column] not in (None, 0):
                assert (row, column) in sheet.links, (figure.id, sheet.headings[column].label, sheet.rows[row][0])


def test_a_headline_leads_to_its_number(dataset: Dataset) -> None:
    indicator = dataset.metadata.indicators["meldingen"]
    (card,) = make_headlines(dataset, [indicator], Selection(), "ijsselland")
    assert _printed(dataset, card.links) == (2378, 2378)


@pytest.mark.parametrize(
    ("text", "slice_"),
    [
        ("zwolle~2021~km", Slice("zwolle", "2021", "km", ())),
        ("zwolle~2020/2021~alle~a/b~a/c", Slice("zwolle", "2020/2021", "alle", ("a/b", "a/c"))),
        ("zwolle~2021", None),
        ("", None),
        ("~~", None),
    ],
)
def test_a_slice_in_a_link(text: str, slice_: Slice | None) -> None:
    assert Slice.parse(text) == slice_
    assert slice_ is None or str(slice_) == text


# --- what the checks found -------------------------------------------------------------------------------------------


def test_a_wrong_total_is_said_where_the_number_stands(dataset: Dataset) -> None:
    figure = _figure(dataset, "places", "meldingen", "dordrecht")
    assert "241" in _said(figure)
    assert (0, 5) in figure.doubted, "the 550 meldingen"


def test_the_cell_that_is_the_likely_culprit_is_marked(dataset: Dataset) -> None:
    figure = _figure(dataset, "categories", "meldingen_naar_vorm", "dordrecht")
    assert "231" in _said(figure)
    rows = {figure.table.rows[row][0] for row, _ in figure.doubted}
    assert rows == {"Emotionele of geestelijke verwaarlozing", "Totaal"}


def test_a_contested_number_has_its_sign_where_it_is_drawn(dataset: Dataset) -> None:
    chart = _figure(dataset, "categories", "meldingen_naar_vorm", "dordrecht").chart
    assert isinstance(chart, BarChart)
    signed = {row.label: row.bars[0] for row in chart.rows if "≠" in row.bars[0].text}
    assert [*signed] == ["Emotionele of geestelijke verwaarlozing"]
    assert signed["Emotionele of geestelijke verwaarlozing"].tip.startswith("Omstreden: ")


@pytest.mark.parametrize(("place", "is_contested"), [("dordrecht", True), ("zwolle", False)])
def test_a_contested_number_has_its_sign_in_the_title_and_among_the_headlines(
    dataset: Dataset, place: str, is_contested: bool
) -> None:
    (headline,) = make_headlines(dataset, [dataset.metadata.indicators["meldingen"]], Selection(), place)
    assert ("241" in headline.doubts) is is_contested
    assert _figure(dataset, "places", "meldingen", place).has_contested_title is is_contested


def test_a_difference_between_tables_touches_both(dataset: Dataset) -> None:
    for indicator, form in (("meldingen", "places"), ("meldingen_professionals", "categories")):
        assert "2.377" in _said(_figure(dataset, form, indicator, "ijsselland"))


def test_a_finding_about_the_region_does_not_touch_a_gemeente(dataset: Dataset) -> None:
    assert _figure(dataset, "places", "meldingen", "zwolle").flags == ()


def test_a_finding_about_another_year_does_not_touch_this_one(dataset: Dataset) -> None:
    figure = _figure(dataset, "places", "triagebesluiten", "ijsselland", period="2020")
    assert figure.flags == ()
    assert "2.372" in _said(_figure(dataset, "places", "triagebesluiten", "ijsselland", period="2021"))


def test_findings_of_one_cause_are_said_once(dataset: Dataset) -> None:
    figure = _figure(dataset, "categories", "meldingen_naar_vorm", "dordrecht")
    assert len(figure.flags) == 1


# --- sums that are known closer than their cells ---------------------------------------------------------------------


def _by_label(figure: Figure) -> dict[str, object]:
    return {str(label): value for label, value, *_ in figure.table.rows}


def test_a_beroepsgroep_is_known_closer_than_its_functies_together(dataset: Dataset) -> None:
    gathered = _by_label(_figure(dataset, "groups", "adviezen_professionals_functie", "dalfsen"))
    single = _by_label(_figure(dataset, "categories", "adviezen_professionals_functie", "dalfsen"))
    names = ("Sociaal werker", "Psycholoog", "(Psycho)therapeut", "(Ortho)pedagoog", "Psychosociaal: anders")
    found = [value if isinstance(value, Bounds) else Bounds(value, value) for value in map(single.get, names)]
    assert (sum(functie.low for functie in found), sum(functie.high for functie in found)) == (24, 34)
    assert gathered["Psychosociale hulp en sociaal werk"] == Bounds(27, 34)


def test_a_beroepsgroep_of_the_region_is_the_sum_of_its_functies(dataset: Dataset) -> None:
    figure = _figure(dataset, "groups", "adviezen_professionals_functie", "ijsselland")
    *counts, total = (row[1] for row in figure.table.rows)
    assert sum(counts) == total
