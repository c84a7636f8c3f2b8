"""A table whose year the report does not name: its number is shown, and nothing is made of it that needs a year."""

import pytest
from visits import visit

from vt.figures.answers import answer
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection, list_choices, parse_selection
from vt.model.measures import Measure
from vt.model.period import Period

PARTIES = "overdrachtspartijen"
UNKNOWN = Period.parse("onbekend")


def build(dataset, form, selection):
    return build_figures(dataset, FigureRequest(form, (PARTIES,), "Proef", "ijsselland"), selection)


def test_an_unknown_period_is_named_and_read_back():
    assert (UNKNOWN.id, UNKNOWN.label, UNKNOWN.is_known) == ("onbekend", "jaar onbekend", False)
    assert Period.parse(UNKNOWN.label) == Period.parse("Onbekend") == UNKNOWN
    assert not UNKNOWN.containers()
    assert Period.span([UNKNOWN]) == UNKNOWN
    assert Period.span([UNKNOWN, Period.parse("2021")]) == Period.parse("2021")
    assert UNKNOWN.year_before.id != UNKNOWN.id


def test_annex_3a_says_that_its_year_is_unknown(dataset):
    (figure,) = build(dataset, "places", Selection(gemeenten=("zwolle",)))
    assert "1.389" in figure.title
    assert "jaar onbekend" in figure.title
    assert "jaar onbekend" in figure.subtitle
    assert "2021" not in figure.title + figure.subtitle + figure.summary
    (parts,) = build(dataset, "categories", Selection(region="ijsselland"))
    assert "jaar onbekend" in parts.title
    assert any("noemt geen jaar" in text for text in parts.caveats)


@pytest.mark.parametrize("measure", [Measure.PER_1000, Measure.PER_MAAND])
def test_what_has_no_year_has_no_rate_and_no_monthly_number(dataset, measure):
    (figure,) = build(dataset, "places", Selection(gemeenten=("zwolle",), measure=measure))
    assert figure.subject.unit == "aantal"
    assert "het rapport noemt geen jaar" in figure.notice_texts[0]
    (figure,) = build(dataset, "categories", Selection(region="ijsselland", measure=measure))
    assert figure.subject.unit == "aantal"


def test_what_has_no_year_has_no_change_no_rank_and_no_line(dataset):
    (item,) = answer(dataset, dataset.metadata.indicators[PARTIES], Selection(region="ijsselland")).items
    assert (item.period, item.before, item.total.value) == (UNKNOWN, (), 5013)
    for form in ("ranking", "tiles", "series"):
        assert not build(dataset, form, Selection(region="ijsselland"))


def test_a_year_is_not_answered_by_an_unknown_one(dataset):
    found = answer(dataset, dataset.metadata.indicators[PARTIES], Selection(region="ijsselland", period="2021"))
    assert found.items == ()
    assert [notice.text for notice in found.notices] == [
        "Voor IJsselland is er geen cijfer over 2021, wel over een onbekend jaar: 5.013 overdrachtspartijen."
    ]


def test_it_is_a_choice_of_its_page_and_in_links(dataset):
    offered = list_choices(dataset.metadata, [PARTIES])
    assert offered.periods[-1] == "jaar onbekend"
    assert parse_selection({"periode": ["Jaar onbekend"]}, dataset.metadata, offered)[0].period == "onbekend"


@pytest.mark.parametrize("page", ["overdracht", "overzicht", "vergelijken"])
def test_pages_show_it(page):
    query = {"regio": "IJsselland", "periode": "jaar onbekend", "cijfer": "Overdrachtspartijen"}
    app = visit(page, query)
    assert not app.exception
    assert app.selectbox(key="periode").value == "jaar onbekend"
