"""The words of a figure: what is counted, the terms it takes to know that, and what its own reports say of them."""

import pytest
from worlds import edit, opened

from vt.build.build import ensure
from vt.errors import DataError
from vt.figures.answers import Dataset
from vt.figures.figure import Explanation, Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.ingest.catalogue import load_catalogue
from vt.ingest.reports import load_reports
from vt.render.html import render_head

REMARKS = """
remarks:
  - {term: Melding, chapter: "1.1", text: "Ook een melding per brief telt."}
"""


@pytest.fixture
def remarked(world):
    """The small world; the report of Polder says something about a term, that of Stad does not."""
    report = world / "reports/polder_2021.yaml"
    report.write_text(report.read_text() + REMARKS)
    return world


def figure_of(dataset: Dataset, place: str | None, indicator: str = "meldingen", form: str = "places") -> Figure:
    selection = Selection(region="polder", gemeenten=(place,) if place else ())
    return build_figures(dataset, FigureRequest(form, (indicator,), "Samen"), selection)[0]


def test_a_figure_explains_what_it_counts_and_the_terms_that_name_it(remarked):
    with opened(ensure(remarked, remarked / "vt.db")) as dataset:
        counted, melding = figure_of(dataset, "dorp").explanations
    assert counted == Explanation("Meldingen", "Wat gemeld is.")
    assert (melding.word, melding.meaning) == ("Melding", "Iemand laat weten wat hij vermoedt.")
    [remark] = melding.remarks
    assert (remark.citation, remark.text) == ("Rapportage 2021, hoofdstuk 1.1", "Ook een melding per brief telt.")


def test_what_a_report_says_never_stands_under_a_figure_of_another_report(remarked):
    with opened(ensure(remarked, remarked / "vt.db")) as dataset:
        figure = figure_of(dataset, "stad", "naar_melder", "categories")
    assert {source.report for source in figure.sources} == {"stad_2022-H1"}
    [_, melding] = figure.explanations
    assert melding.remarks == ()


def test_a_figure_that_no_term_names_explains_its_count_alone(small):
    assert [each.word for each in figure_of(small, None, "tijdig", "norms").explanations] == ["Op tijd"]


def test_the_explanation_is_one_click_on_the_figure(remarked):
    with opened(ensure(remarked, remarked / "vt.db")) as dataset:
        head = render_head(figure_of(dataset, "dorp"))
    closed = head.partition('<details class="vt-uitleg">')[2].partition("</details>")[0]
    assert "Iemand laat weten" in closed
    assert "(Rapportage 2021, hoofdstuk 1.1)" in closed


@pytest.mark.parametrize(
    ("old", "new", "found", "meant"),
    [
        ("term: Melding", "term: Meldng", "“Meldng”", "“Melding”"),
        ('chapter: "1.1", ', "", "“chapter”", ""),
        ("text: ", "tekst: ", "“tekst”", "“text”"),
    ],
)
def test_a_remark_on_a_term_that_does_not_exist_is_refused_with_its_line(remarked, old, new, found, meant):
    edit(remarked / "reports/polder_2021.yaml", old, new)
    with pytest.raises(DataError) as refusal:
        load_reports(remarked / "reports", load_catalogue(remarked / "catalogue"))
    fault = next(fault for fault in refusal.value.faults if found in fault.found)
    assert fault.file == "polder_2021.yaml"
    assert fault.line > 40
    assert meant in fault.meant


def test_every_figure_of_the_real_data_is_explained_by_a_term(dataset):
    """Formatie and the talks about complaints are plain words."""
    named = {name for entry in dataset.metadata.glossary for name in entry.term.indicators}
    assert dataset.metadata.indicators.keys() - named <= {
        "formatie",
        "besproken_kinderen",
        "meldingen_professionals_functie",
    }


def test_what_both_reports_explain_is_in_the_glossary(dataset):
    said = {
        (entry.term.term, remark.report.partition("_")[0])
        for entry in dataset.metadata.glossary
        for remark in entry.remarks
    }
    for term in ("Voorwaarden en vervolg", "Onderzoek", "Overdracht", "Advies"):
        assert {(term, "ijsselland"), (term, "zuid-holland-zuid")} <= said
    for term in ("Wettelijke termijn", "Streefwaarde van 80%", "Klacht", "Triagebesluit", "Wachtlijst en doorlooptijd"):
        assert (term, "ijsselland") in said
    for term in ("Geen vervolgstappen nodig", "Inzet Lokaal Maatwerk", "Slachtoffer en pleger"):
        assert (term, "zuid-holland-zuid") in said
