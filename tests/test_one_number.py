"""One name, one number: a division that adds up to another number than is counted says so; so do classes we sorted."""

import pytest

from vt.figures.common import SORTED_BY_US
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.model.geweld import GEWELD

REPORTERS = ("meldingen_naar_melder", "meldingen_professionals", "meldingen_particulieren")


def build(dataset, form, indicators, selection):
    (figure,) = build_figures(dataset, FigureRequest(form, indicators, "Melders"), selection)
    return figure


def test_a_division_that_misses_one_is_not_all_meldingen(dataset):
    figure = build(dataset, "groups", REPORTERS, Selection(region="ijsselland"))
    assert "2.377 meldingen in deze verdeling" in figure.summary
    assert "2.377 meldingen (" not in figure.summary
    assert "IJsselland: 2.378 meldingen in 2021; deze verdeling telt er 2.377." in figure.caveats


@pytest.mark.parametrize(("geweld", "counted", "divided"), [("hg", "95", "94"), ("km", "447", "448")])
def test_reporters_and_meldingen_of_one_kind_are_told_apart(dataset, geweld, counted, divided):
    asked = Selection(gemeenten=("dordrecht",), geweld=geweld)
    figure = build(dataset, "categories", ("meldingen_naar_melder",), asked)
    assert any(f"Dordrecht: {counted} meldingen over {GEWELD[geweld].name} in " in text for text in figure.caveats)
    assert any(f"deze verdeling telt er {divided}." in text for text in figure.caveats)
    assert f"{divided} meldingen over {GEWELD[geweld].name} in deze verdeling" in figure.summary


def test_a_division_of_all_says_nothing_of_it(dataset):
    figure = build(dataset, "categories", ("meldingen_naar_melder",), Selection(gemeenten=("dordrecht",)))
    assert "deze verdeling" not in " ".join((figure.title, figure.summary, *figure.caveats))


def test_km_hg_and_om_that_we_made_of_classes_say_so(dataset):
    ours = build(dataset, "categories", ("meldingen_naar_aard",), Selection(region="ijsselland"))
    assert SORTED_BY_US in ours.caveats
    one = build(dataset, "places", ("adviezen_naar_aard",), Selection(gemeenten=("zwolle",), geweld="km"))
    assert SORTED_BY_US in one.caveats
    theirs = build(dataset, "categories", ("meldingen_naar_melder",), Selection(gemeenten=("dordrecht",)))
    assert SORTED_BY_US not in theirs.caveats
    plain = build(dataset, "places", ("meldingen",), Selection(region="ijsselland"))
    assert SORTED_BY_US not in plain.caveats


def test_local_and_regional_work_are_two_classes(dataset):
    dordrecht = build(dataset, "categories", ("triagebesluiten",), Selection(gemeenten=("dordrecht",)))
    ijsselland = build(dataset, "categories", ("triagebesluiten",), Selection(region="ijsselland"))
    local, regional = "Inzet Lokaal Maatwerk", "Inzet regionaal maatwerk Veilig Thuis"
    assert 58 in {row[4] for row in dordrecht.table.rows}
    assert {row[0] for row in dordrecht.table.rows} >= {local}
    assert {row[0] for row in ijsselland.table.rows} >= {regional}
    assert local not in {row[0] for row in ijsselland.table.rows}
