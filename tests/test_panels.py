"""Numbers that are not counted alike: never in one picture or sentence, and the reason under each, in every file."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from worlds import add_report, edit, opened

from vt.build.build import ensure
from vt.figures.answers import Dataset
from vt.figures.comparable import tabulate_comparable, tabulate_countings
from vt.figures.deck import Slide
from vt.figures.figure import Figure
from vt.figures.registry import FigureRequest, build_figures
from vt.figures.selection import Selection
from vt.figures.stories import Filled, make_deck
from vt.model.measures import Measure
from vt.render.files import DECK_FILES, FIGURE_FILES, FileKind

RATE = Measure.PER_1000
COUNTING = """
Veilig Thuis Polder:
  all: {period: [in de periode, inleiding], universe: [alles, inleiding]}
  indicators:
    meldingen: {event: [ontvangen, tabel 1.1], unit: [meldingen, tabel 1.1]}
Bureau:
  name: het Bureau
  all: {period: [in de periode, inleiding], universe: [alles, inleiding]}
  indicators:
    meldingen: {event: [gestarte, tabel 1], unit: [meldingen, tabel 1]}
"""
HEAD = "report: {{title: {0}, publisher: {1}, region: {2}, period: {3}, licence: Openbaar}}\ntables:\n"
MELDINGEN = "{number: '1', heading: Meldingen, indicator: meldingen, rows: place, columns: {period: [%s]}, cells: {%s}}"
UNLIKE = "het Bureau telt gestarte meldingen"
UNKNOWN = "het is niet bekend of dit gelijk geteld is: Veilig Thuis Bergen zegt niet op welk moment er geteld is."


def _report(world: Path, publisher: str, region: str, **numbers: tuple[int, int]) -> None:
    rows = ", ".join(f"{place}: {list(both)}" for place, both in numbers.items())
    head = HEAD.format(f"Cijfers {publisher}", publisher, region, "2020/2021")
    name = f"{region}_{publisher.split()[-1].lower()}"
    add_report(world, MELDINGEN % ("2020, 2021", rows), name=name, head=head)


@pytest.fixture
def unlike(world: Path) -> Iterator[Dataset]:
    """The small world with a country that counts what started, and a second region that does not tell how it counts."""
    edit(
        world / "catalogue/places.yaml",
        "gemeenten:",
        "gemeenten:\n  top: {label: Top, region: bergen, inhabitants: {2020: 3000, 2021: 3000}}\n"
        "  dal: {label: Dal, region: bergen, inhabitants: {2020: 2000, 2021: 2000}}",
    )
    (world / "catalogue/counting.yaml").write_text(COUNTING, encoding="utf-8")
    _report(world, "Bureau", "nederland", Nederland=(60000, 50000))
    _report(world, "Veilig Thuis Bergen", "bergen", Top=(30, 36), Dal=(20, 22))
    with opened(ensure(world, world / "vt.db")) as dataset:
        yield dataset


def _ask(dataset: Dataset, form: str, *gemeenten: str, **chosen: Any) -> list[Figure]:
    return build_figures(dataset, FigureRequest(form, ("meldingen",)), Selection(gemeenten=gemeenten, **chosen))


def _places_in(figure: Figure) -> set[object]:
    return {row[0] for row in figure.table.rows}


def test_places_that_are_not_counted_alike_have_a_figure_each(unlike: Dataset) -> None:
    found = _ask(unlike, "places", "dorp", "stad", "top", measure=RATE, period="2021")
    assert list(map(_places_in, found)) == [{"Dorp", "Stad", "Polder"}, {"Top", "Bergen"}, {"Nederland"}]
    assert len({figure.id for figure in found}) == 3


def test_the_reason_stands_in_each_of_them(unlike: Dataset) -> None:
    dorp, top, land = _ask(unlike, "places", "dorp", "top", measure=RATE, period="2021")
    assert dorp.notice_texts == (
        f"Niet in deze grafiek: Top en Bergen, want {UNKNOWN}",
        f"Niet in deze grafiek: Nederland, want Veilig Thuis Polder telt ontvangen meldingen; {UNLIKE}.",
    )
    assert top.notice_texts == (f"Niet in deze grafiek: Dorp, Polder en Nederland, want {UNKNOWN}",)
    assert f"{UNLIKE}; Veilig Thuis Polder telt ontvangen meldingen." in land.notice_texts[0]


def test_a_rank_is_of_gemeenten_that_are_counted_alike(unlike: Dataset) -> None:
    found = _ask(unlike, "ranking", measure=RATE, period="2021")
    assert list(map(_places_in, found)) == [{"Top", "Dal", "Bergen"}, {"Dorp", "Stad", "Polder"}, {"Nederland"}]
    found = _ask(unlike, "ranking", "dorp", measure=RATE, period="2021")
    assert list(map(_places_in, found)) == [{"Dorp", "Stad", "Polder"}, {"Nederland"}]
    assert any(text.startswith("Niet in deze grafiek: Top en Dal, want") for text in found[0].notice_texts)


def test_a_gemeente_that_counts_like_no_other_is_named_beside_the_rank_of_the_others(unlike: Dataset) -> None:
    found = _ask(unlike, "ranking", measure=RATE, period="2020")
    assert [_places_in(figure) & {"Dorp", "Top", "Dal"} for figure in found] == [{"Top", "Dal"}]
    assert any(text.startswith("Niet in deze grafiek: Dorp, want") for text in found[0].notice_texts)


def test_a_line_is_broken_where_a_place_is_counted_otherwise(unlike: Dataset, world: Path) -> None:
    text = COUNTING + "nederland_later:\n  indicators: {meldingen: {event: [afgeronde, tabel 1]}}\n"
    (world / "catalogue/counting.yaml").write_text(text, encoding="utf-8")
    early = MELDINGEN % ("2017, 2018, 2019", "Nederland: [5, 6, 7]")
    late = MELDINGEN % ("2022, 2023, 2024", "Nederland: [90, 80, 70]")
    add_report(world, early, name="nederland_eerder", head=HEAD.format("Eerder", "Bureau", "nederland", "2017/2019"))
    add_report(world, late, name="nederland_later", head=HEAD.format("Later", "Bureau", "nederland", "2022/2024"))
    with opened(ensure(world, world / "later.db")) as dataset:
        first, second = _ask(dataset, "series", region="nederland")
        periods = [[row[1] for row in figure.table.rows] for figure in (first, second)]
        assert periods == [["2017", "2018", "2019", "2020", "2021"], ["2022", "2023", "2024"]]
        why = "want het Bureau telt in het ene rapport gestarte meldingen en in het andere afgeronde meldingen."
        assert any(text.endswith(why) for text in first.notice_texts)


def test_a_year_before_that_was_counted_otherwise_is_not_beside_it(unlike: Dataset, world: Path) -> None:
    text = COUNTING + "nederland_later:\n  indicators: {meldingen: {event: [afgeronde, tabel 1]}}\n"
    (world / "catalogue/counting.yaml").write_text(text, encoding="utf-8")
    late = MELDINGEN % ("2022", "Nederland: [90]")
    add_report(world, late, name="nederland_later", head=HEAD.format("Later", "Bureau", "nederland", "2022"))
    with opened(ensure(world, world / "later.db")) as dataset:
        (found,) = _ask(dataset, "places", region="nederland")
        assert found.table.rows == (("Nederland", "2022", 90),)
        assert any("staat het jaar eerder er niet naast, want" in notice for notice in found.notice_texts)


def test_no_sentence_compares_them(unlike: Dataset) -> None:
    for form in ("places", "ranking"):
        for figure in _ask(unlike, form, "dorp", "stad", measure=RATE, period="2021"):
            said = (figure.title, figure.summary, figure.alt)
            others = {"Dorp", "Stad", "Polder", "Top", "Nederland"} - _places_in(figure)
            assert not [text for text in said for other in others if other in text]


def _squeeze(text: str) -> str:
    """A text without what may stand between its words in a file: lines, spaces, tags, breaks."""
    return re.sub(r"<[^>]*>|[\s\u00ad\u200b\ufeff]+", "", unescape(text))


def _read_text(content: bytes, ending: str) -> str:
    """All words of a file."""
    if ending == "pdf":
        return _squeeze("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))
    if ending in ("pptx", "xlsx"):
        with ZipFile(BytesIO(content)) as opened_file:
            parts = (opened_file.read(name).decode() for name in opened_file.namelist() if name.endswith(".xml"))
            return _squeeze("".join(parts))
    return _squeeze(content.decode())


@pytest.mark.parametrize(
    "kind", [kind for kind in FIGURE_FILES if kind.ending not in ("png", "csv")], ids=lambda kind: kind.ending
)
def test_every_file_has_each_panel_with_its_reason(unlike: Dataset, kind: FileKind) -> None:
    figures = _ask(unlike, "places", "dorp", measure=RATE, period="2021")
    selection = Selection(gemeenten=("dorp",))
    slides = tuple(map(Slide, figures))
    filled = [Filled(slides, ())] if kind in DECK_FILES else [Filled((slide,), ()) for slide in slides]
    known, link, made_on = unlike.metadata, "https://vt.example.org/", date(2026, 3, 1)
    decks = [make_deck(each, "Naast elkaar", selection, known, link, made_on) for each in filled]
    for deck in decks:
        said = _read_text(kind.make(deck, lambda _: None), kind.ending)
        for figure in (slide.figure for slide in deck.slides):
            for notice in figure.notice_texts:
                assert _squeeze(notice) in said


def test_what_can_be_compared_is_told_of_each_indicator_that_several_sources_have(unlike: Dataset) -> None:
    rows = tabulate_comparable(unlike.metadata).rows
    assert [(row[0], row[2]) for row in rows] == [("Meldingen", "nee")] * 3
    assert any(
        str(row[3]).startswith("Het is niet bekend of dit gelijk geteld is: Veilig Thuis Bergen") for row in rows
    )


def test_what_each_source_counts_is_told_with_where_it_says_so(unlike: Dataset) -> None:
    rows = {(row[0], row[1]): row[2:] for row in tabulate_countings(unlike.metadata).rows}
    assert rows["Meldingen", "het Bureau"] == ("gestarte meldingen; alles; in de periode", "–", "tabel 1; inleiding")
    told, untold, where = rows["Meldingen", "Veilig Thuis Bergen"]
    assert (told, where) == ("–", "–")
    assert "op welk moment er geteld is" in str(untold)


def test_a_share_of_a_region_that_is_counted_otherwise_is_refused(unlike: Dataset, world: Path) -> None:
    edit(
        world / "catalogue/counting.yaml",
        "Bureau:\n",
        "polder_later:\n  indicators: {meldingen: {event: [afgeronde, tabel 1]}}\nBureau:\n",
    )
    table = MELDINGEN % ("2023", "Polder: [500]")
    add_report(world, table, name="polder_later", head=HEAD.format("Later", "Veilig Thuis Polder", "polder", "2023"))
    table = MELDINGEN % ("2023", "Dorp: [100]")
    add_report(world, table, name="dorp_later", head=HEAD.format("Dorp", "Veilig Thuis Polder", "polder", "2023"))
    with opened(ensure(world, world / "later.db")) as dataset:
        (found,) = _ask(dataset, "places", "dorp", measure=Measure.AANDEEL_REGIO, period="2023")
        why = (
            "want Veilig Thuis Polder telt in het ene rapport ontvangen meldingen en in het andere afgeronde meldingen;"
        )
        assert any(why in text for text in found.notice_texts)


@pytest.mark.parametrize(
    ("publisher", "extra", "years"),
    [
        ("Bureau", "", ["2020", "2021", "2023"]),
        ("Bureau", "tweede:\n  indicators: {meldingen: {event: [afgeronde, tabel 1]}}\n", ["2020", "2021"]),
        ("Een ander", "", ["2020", "2021"]),
    ],
)
def test_a_year_is_the_sum_of_halves_that_one_source_counts_alike(
    unlike: Dataset, world: Path, publisher: str, extra: str, years: list[str]
) -> None:
    (world / "catalogue/counting.yaml").write_text(COUNTING + extra, encoding="utf-8")
    halves = (("eerste", "2023-H1", "Bureau"), ("tweede", "2023-H2", publisher))
    for name, period, source in halves:
        table = MELDINGEN % (period, "Nederland: [50]")
        add_report(world, table, name=name, head=HEAD.format(name, source, "nederland", period))
    with opened(ensure(world, world / "later.db")) as dataset:
        covered = dataset.metadata.covered("meldingen", "nederland")
        assert [item.period.id for item in covered if item.period.months == 12] == years
