"""What becomes of a melding: every total from print, what is not found again counted, other units apart."""

from dataclasses import replace
from itertools import pairwise

from vt.figures.answers import Dataset
from vt.figures.chart import FlowChart, Role
from vt.figures.figure import Figure
from vt.figures.flow import CHAIN
from vt.figures.picks import FLOW_TOGETHER, Pick, read_picks
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.hidden import Shielding, Suppression
from vt.render.vega.flow import FlowMark
from vt.render.vega.forms import form_of

ASKED = FigureRequest("flow", CHAIN, FLOW_TOGETHER)


def draw(dataset: Dataset, place: str, **chosen: object) -> list[tuple[Figure, FlowChart]]:
    selection = replace(Selection(gemeenten=(place,)), **chosen)  # type: ignore[arg-type]
    figures = build_figures(dataset, ASKED, selection)
    return [(figure, figure.chart) for figure in figures if isinstance(figure.chart, FlowChart)]


def lines(figure: Figure) -> dict[tuple[object, object], object]:
    return {(row[0], row[1]): row[2] for row in figure.table.rows}


def test_what_is_not_found_in_the_next_step_is_a_stream_of_its_own_and_counted(dataset: Dataset) -> None:
    ((figure, chart),) = draw(dataset, "dordrecht")
    assert figure.title == (
        "Dordrecht: 550 meldingen in de eerste helft van 2021, 359 besluiten tot overdracht en 95 tot vervolg bij "
        "Veilig Thuis"
    )
    lost = {name: value for (_, name), value in lines(figure).items() if "niet te volgen" in str(name)}
    assert lost == {
        "Meldingen: niet te volgen": 550 - 359 - 95 - 58 - 6,
        "Overdracht: niet te volgen": 359 - 285,
        "Vervolgstappen beleggen bij Veilig Thuis: niet te volgen": 95 - 15 - 31,
        "Onderzoeken: niet te volgen": 31 - 27,
    }
    for number, stop in enumerate(chart.stops):
        out = sum(stream.value for stream in chart.streams if stream.source == number)
        assert out in (0, stop.value), stop.name


def test_nothing_flows_into_what_counts_something_else_and_each_step_says_what_it_counts(dataset: Dataset) -> None:
    for place in ("dordrecht", "raalte"):
        for _, chart in draw(dataset, place):
            apart = {number for number, stop in enumerate(chart.stops) if stop.role is Role.OTHERS}
            assert not apart.intersection(stream.target for stream in chart.streams)
            assert all(counted for _, counted in chart.steps)
    (_, chart), *_ = draw(dataset, "dordrecht")
    assert chart.steps[-1] == ("Los geteld", "telt overdrachtspartijen")


def test_a_gemeente_of_which_no_decisions_are_printed_says_so_beside_its_region(dataset: Dataset) -> None:
    (own, chart), (region, _) = draw(dataset, "raalte")
    assert own.title == "Raalte: 91 meldingen in 2021, 19 diensten voorwaarden en vervolg en 6 onderzoeken"
    assert "?." not in own.alt + own.name
    assert ("Besluit", "niet gepubliceerd voor Raalte") in chart.steps
    assert lines(own)["Wat er start", "Meldingen: niet te volgen"] == 91 - 19 - 6
    assert region.subject.places == ("IJsselland",)


def test_a_hidden_number_has_no_length_and_is_in_no_difference(dataset: Dataset) -> None:
    ((figure, chart),) = draw(dataset, "dordrecht", shielding=Shielding.ALL)
    assert figure.title.startswith("Dordrecht: 550 meldingen in de eerste helft van 2021, 359 besluiten tot overdracht")
    hidden = {name for (_, name), value in lines(figure).items() if isinstance(value, Suppression)}
    assert {"Bevestigd", "Weerlegd"} <= hidden
    assert all(stop.value == 0 for stop in chart.stops if stop.name in hidden)
    assert lines(figure)["Uitkomst", "Onderzoeken: niet te volgen of afgeschermd"] == 31 - 5


def test_every_stop_stands_in_the_room_below_the_one_above_it(dataset: Dataset) -> None:
    for place in ("dordrecht", "raalte"):
        for _, chart in draw(dataset, place):
            form = form_of(chart)
            assert form.choose
            for drawn, line in ((form.marks(chart), 1.25 / 23), (form.choose(chart)[0], 1.25 / 15)):
                marks = [mark for mark in drawn if isinstance(mark, FlowMark) and mark.number]
                for column in range(len(chart.steps)):
                    mine = [m for m in marks if m.column == column and not m.is_stream]
                    assert all(above.below < below.above for above, below in pairwise(mine))
                    for mark in mine:
                        assert 0 < mark.above < mark.below < 1 + 1e-9
                        assert mark.above - 1e-9 < mark.top < mark.bottom < mark.below + 1e-9
                        assert mark.below - mark.above >= line * len(mark.label.split("|")) - 1e-9


def test_a_flow_is_known_by_its_link_as_its_page_asks_for_it(dataset: Dataset) -> None:
    kept = Pick(ASKED)
    assert read_picks([kept.text], dataset.metadata) == ((kept,), ())
