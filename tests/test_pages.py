"""Every page with every kind of selection, as Streamlit runs it: figures with their numbers, or a reason in Dutch."""

import html
import io
import math
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import streamlit as st
from real import DATA
from sent import write_out
from streamlit.testing.v1 import AppTest
from visits import HOME, PAGES, visit

from vt.web.site_map import PAGES as SITE

WITHOUT_FILTERS = {name for name, page in SITE.items() if not page.filtered}
FILTERED = [page for page in PAGES if page not in {*WITHOUT_FILTERS, "presenteren"}]  # that one: test_presenting.py

Query = Mapping[str, str | list[str]]
SELECTIONS: dict[str, Query] = {
    "default": {},
    "dordrecht": {"gemeente": "Dordrecht"},
    "zwolle": {"gemeente": "Zwolle"},
    "three gemeenten": {"gemeente": ["Zwolle", "Deventer", "Dordrecht"]},
    "ijsselland": {"regio": "IJsselland"},
    "zuid-holland-zuid": {"regio": "Zuid-Holland Zuid"},
    "nederland": {"regio": "Nederland"},
    "KM in dordrecht": {"gemeente": "Dordrecht", "geweld": "KM"},
    "OM everywhere": {"geweld": "OM"},
    "HG in ijsselland": {"regio": "IJsselland", "geweld": "HG"},
    "per month": {"gemeente": ["Zwolle", "Dordrecht"], "weergave": "Per maand"},
    "per 1.000": {"gemeente": ["Zwolle", "Dordrecht"], "weergave": "Per 1.000 inwoners per jaar"},
    "per 1.000 everywhere": {"weergave": "Per 1.000 inwoners per jaar"},
    "share of all in dordrecht": {"gemeente": "Dordrecht", "geweld": "OM", "weergave": "Aandeel binnen de plaats"},
    "share in zwolle": {"gemeente": "Zwolle", "weergave": "Aandeel van de regio"},
    "share of nederland": {"regio": "Nederland", "weergave": "Aandeel van de regio"},
    "all small numbers hidden": {"gemeente": "Zwolle", "afschermen": "Alle"},
    "no small numbers hidden": {"gemeente": "Staphorst", "afschermen": "Geen"},
    "the year before": {"regio": "IJsselland", "periode": "2020"},
    "a quarter": {"gemeente": "Dordrecht", "periode": "1e kwartaal 2021"},
    "a quarter that is not there": {"gemeente": "Zwolle", "periode": "1e kwartaal 2021"},
    "gemeente outside the region": {"regio": "IJsselland", "gemeente": "Dordrecht"},
    "the rest of a region": {"gemeente": "Overige gemeente (IJsselland)"},
    "the rest of a region per 1.000": {
        "gemeente": "Overige gemeente (IJsselland)",
        "weergave": "Per 1.000 inwoners per jaar",
    },
    "everything at once": {
        "regio": "IJsselland",
        "gemeente": ["Zwolle", "Dordrecht", "Overige gemeente (IJsselland)"],
        "periode": "2e kwartaal 2021",
        "geweld": "HG",
        "weergave": "Aandeel van de regio",
    },
    "garbage": {
        "regio": "<script>alert(1)</script>",
        "gemeente": ["Zwol", "' OR 1=1 --", ""],
        "periode": "2021-13",
        "geweld": "XX",
        "weergave": "![x](http://example.org/x.png)",
        "onbekend": "1",
    },
}
# What the tests below ask of every page; the other selections take turns, a twelfth of them on each page.
EVERYWHERE = (
    *("default", "dordrecht", "garbage", "gemeente outside the region", "the rest of a region per 1.000"),
    *("a quarter that is not there", "HG in ijsselland"),
)
# The pages about the whole collection show the same under every selection, if it does not stop them.
RUNS = [(page, name) for page in sorted({*WITHOUT_FILTERS, "presenteren"}) for name in EVERYWHERE[:3]]
RUNS += [(page, name) for page in FILTERED for name in EVERYWHERE]
TURNS = [*enumerate(name for name in SELECTIONS if name not in EVERYWHERE)]
RUNS += [(page, name) for n, page in enumerate(FILTERED) for m, name in TURNS if (n + m) % 12 == 0]
OTHER_RUNS = [run for run in product(FILTERED, SELECTIONS) if run not in RUNS]
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\w)|(?<![\w.,])\d+(?:,\d+)?(?!\w)")
NOT_DUTCH = re.compile(r"\b(nan|NaN|None|null|undefined|NaT|inf|Traceback|Error)\b")


def plain(markup: str) -> str:
    """The text of a piece of HTML, a space between its parts."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def values(text: str) -> list[str]:
    return NUMBER.findall(text)


@dataclass(frozen=True)
class Shown:
    """A figure as the page sends it to the browser: its head, the rows of its chart, and its foot with the table."""

    head: str
    marks: list[dict[str, Any]]
    alt: str
    foot: str

    @property
    def subtitle(self) -> str:
        return plain(self.part(r'<p class="vt-onderschrift">(.*?)</p>'))

    @property
    def notices(self) -> str:
        return plain(self.part(r'<ul class="vt-melding".*?</ul>'))

    def part(self, pattern: str) -> str:
        found = re.search(pattern, self.head + self.foot, re.DOTALL)
        return found[0] if found else ""

    @cached_property
    def written(self) -> set[str]:
        """The numbers that stand in the chart, without the period before them ("2021: 646")."""
        return {number for mark in self.marks for number in values(mark["text"].rpartition(": ")[2])}

    @cached_property
    def tabled(self) -> set[str]:
        return {number for cell in re.findall(r"<td.*?</td>", self.foot) for number in values(plain(cell))}

    @property
    def drawn(self) -> Iterator[tuple[str, float]]:
        """Per bar the number written beside it, and the length of the bar: of all its segments together."""
        bars: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for mark in self.marks:
            if mark.get("start") is not None and mark.get("end") is not None:
                bars.setdefault((mark.get("row"), mark.get("order")), []).append(mark)
        for segments in bars.values():
            # 1-3: the bar reaches to what it is at most
            numbers = [
                number
                for mark in segments
                for number in values(mark["text"].rpartition(": ")[2].replace("°", "").rpartition("-")[2])
            ]
            if numbers and "<" not in "".join(mark["text"] for mark in segments):
                yield numbers[0], sum(mark["end"] - mark["start"] for mark in segments)


@dataclass(frozen=True)
class Drawn:
    """A page after its run."""

    app: AppTest

    @cached_property
    def bodies(self) -> list[str]:
        """Everything that the page says, as HTML or Markdown, in order."""
        return [_text_of(element) for element in self.app.main]

    @cached_property
    def text(self) -> str:
        return plain("\n".join(self.bodies))

    @cached_property
    def notices(self) -> list[str]:
        lists = re.findall(r'<ul class="vt-melding".*?</ul>', "\n".join(self.bodies), re.DOTALL)
        return [plain(item) for found in lists for item in re.findall(r"<li>.*?</li>", found, re.DOTALL)]

    @cached_property
    def figures(self) -> list[Shown]:
        found, text = [], ""
        for element in self.app.main:
            if element.type == "vega_lite_chart" and text:
                head, mark, foot = text.partition('<div class="vt-voet')
                found.append(Shown(head, _marks(element.proto), element.proto.alt, mark + foot))
            text = body if "vt-bevinding" in (body := _text_of(element)) else ""
        return found


def _text_of(element: Any) -> str:
    if element.type == "html":
        return write_out(element.proto.body)
    value = getattr(element, "value", None)
    return value if isinstance(value, str) else ""


def _marks(proto: Any) -> list[dict[str, Any]]:
    data = proto.datasets[0].data.data if proto.datasets else proto.data.data
    rows: list[dict[str, Any]] = pa.ipc.open_stream(io.BytesIO(data)).read_all().to_pylist()
    return rows


def draw(page: str, query: Query) -> Drawn:
    """A page as a deep link opens it."""
    return Drawn(visit(page, query))


@pytest.fixture(autouse=True)
def _served(real_site: None) -> None:
    """The real data, set before what a test sets in its place: a mark would come after the test's own."""


class Runs(dict[tuple[str, str], Drawn]):
    """Every page under every selection, each run once, when it is first asked for."""

    def __missing__(self, run: tuple[str, str]) -> Drawn:
        page, name = run
        self[run] = draw(page, SELECTIONS[name])
        return self[run]


@pytest.fixture(scope="module")
def drawn() -> Runs:
    return Runs()


@pytest.fixture(params=[*RUNS, *(pytest.param(run, marks=pytest.mark.exhaustive) for run in OTHER_RUNS)], ids=" ".join)
def page(request: pytest.FixtureRequest, drawn: Runs) -> Drawn:
    return drawn[request.param]


def test_a_page_is_whole(page: Drawn) -> None:
    """No fault, one heading, something to read, and nothing of a program in it."""
    assert not page.app.exception
    assert not page.app.error
    assert len(page.app.title) + len(re.findall(r"<h1\b", "\n".join(page.bodies))) == 1
    assert not NOT_DUTCH.search(page.text), NOT_DUTCH.search(page.text)
    asks = page.app.main.text_input
    assert page.figures or page.notices or asks or re.search(r"<(table|dd)\b", "\n".join(page.bodies))


def test_a_figure_is_complete(page: Drawn) -> None:
    """Finding, subtitle, table, source; a chart with a text for who cannot see it, or why there is none."""
    for figure in page.figures:
        assert plain(figure.part(r"<h3.*?</h3>"))
        assert figure.subtitle.count(" · ") >= 3
        assert re.search(r"<tbody><tr", figure.foot), figure.subtitle
        assert re.search(r"<p class=\"vt-bron\">Bron(nen)?: .+</p>", figure.foot), figure.subtitle
        assert figure.alt if figure.marks else figure.notices, figure.subtitle
        assert not re.search(r"\d\.\d{4,}|\bnan\b", plain(figure.part(r"<h3.*?</h3>")))


def test_a_chart_has_only_finite_numbers_and_no_empty_bars(page: Drawn) -> None:
    for figure in page.figures:
        numbers = [value for mark in figure.marks for value in mark.values() if isinstance(value, float)]
        assert all(map(math.isfinite, numbers)), figure.subtitle
        assert all(not NOT_DUTCH.search(str(mark["text"])) for mark in figure.marks), figure.subtitle
        for mark in figure.marks:
            if mark.get("end") is not None:
                # a bar from its start; without one a dot with its number, or a line that is broken where a bar has its
                starts = mark["start"] if mark["start"] is not None else mark["line"] if mark["text"] else 0
                assert mark["end"] >= starts >= 0, (figure.subtitle, mark)
                assert mark["start"] is not None or mark["line"] >= 0, (figure.subtitle, mark)


def test_a_bar_is_as_long_as_the_number_beside_it(page: Drawn) -> None:
    for figure in page.figures:
        for text, length in figure.drawn:
            number = float(text.replace(".", "").replace(",", "."))
            margin = 0.5 * 10 ** -len(text.partition(",")[2]) + 1e-6
            assert abs(number - length) <= margin, (figure.subtitle, text, length)


@pytest.mark.parametrize("runs", [RUNS, pytest.param(OTHER_RUNS, marks=pytest.mark.exhaustive)], ids=["some", "others"])
@pytest.mark.parametrize(
    "measure",
    ["Aantal", "Per maand", "Per 1.000 inwoners per jaar", "Aandeel van de regio", "Aandeel binnen de plaats"],
)
def test_the_numbers_of_a_chart_stand_in_its_table(drawn: Runs, measure: str, runs: list[tuple[str, str]]) -> None:
    shown = [name for name, query in SELECTIONS.items() if query.get("weergave", "Aantal") == measure]
    figures = [
        figure for page, name in runs if page in FILTERED and name in shown for figure in drawn[page, name].figures
    ]
    missing = {f.subtitle: f.written - f.tabled for f in figures if not f.written <= f.tabled}
    assert figures
    assert not missing


@pytest.mark.parametrize("name", PAGES)
def test_each_address_opens_its_own_page(drawn: Runs, name: str) -> None:
    title = drawn[name, "default"].app.title[0].value
    assert [other for other in PAGES if drawn[other, "default"].app.title[0].value == title] == [name]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_link_gets_wrong_is_said(drawn: Runs, name: str) -> None:
    said = " ".join(drawn[name, "garbage"].notices)
    for value in (
        "Zwol",
        "' OR 1=1 --",
        "2021-13",
        "XX",
        "<script>alert(1)</script>",
        "![x](http://example.org/x.png)",
    ):
        assert f"“{value}”" in said, value
    assert "<script" not in "\n".join(drawn[name, "garbage"].bodies)


@pytest.mark.parametrize("number", ["2.378", "46%", "987654321", "onzin", "<b>1</b>", "nan", "1e400"])
def test_looking_up_a_number_says_where_it_stands_or_that_it_does_not(number: str) -> None:
    page = draw("zoek", {"zoek": number})
    said = "\n".join(_text_of(element) for element in page.app.main if element.type == "html")
    assert not page.app.exception
    assert plain(said)
    assert "<b>1" not in said


def test_what_a_link_nearly_says_is_hinted_at(drawn: Runs) -> None:
    (said,) = [text for text in drawn[HOME, "garbage"].notices if "“Zwol”" in text]
    assert "Zwolle" in said


@pytest.mark.parametrize("name", FILTERED)
def test_a_gemeente_outside_the_chosen_region_is_said_and_shown(drawn: Runs, name: str) -> None:
    found = drawn[name, "gemeente outside the region"]
    assert any("Dordrecht" in text and "IJsselland" in text for text in found.notices)
    assert "Dordrecht" in found.text


@pytest.mark.parametrize("name", FILTERED)
def test_a_rest_group_gets_no_rate(drawn: Runs, name: str) -> None:
    for figure in drawn[name, "the rest of a region per 1.000"].figures:
        rate = "inwoners" in figure.subtitle.rpartition(" · ")[2]
        assert not (rate and "Overige gemeente" in figure.subtitle), figure.subtitle


@pytest.mark.parametrize("name", FILTERED)
@pytest.mark.parametrize("selection", ["a quarter that is not there", "HG in ijsselland"])
def test_what_a_source_cannot_answer_is_said(drawn: Runs, name: str, selection: str) -> None:
    """IJsselland publishes years, not split by KM/HG/OM."""
    assert drawn[name, selection].notices


@pytest.mark.parametrize("name", FILTERED)
def test_the_link_to_copy_says_what_was_chosen(drawn: Runs, name: str) -> None:
    buttons = [element.proto.body for element in drawn[name, "dordrecht"].app.main if element.type == "html"]
    (link,) = re.findall(r'data-copy-link="([^"]*)"', "".join(buttons))
    assert html.unescape(link).startswith("?gemeente=dordrecht")
    assert not re.search("regio=|geweld=|weergave=", link)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of which one report does not load, and the place where its database would stand."""
    data = tmp_path / "data"
    for folder in ("catalogue", "reports"):
        shutil.copytree(DATA / folder, data / folder)
    report = next(path for path in sorted((data / "reports").glob("*.yaml")) if not path.name.startswith("_"))
    report.write_text(report.read_text(encoding="utf-8") + "\ntables: [unclosed\n", encoding="utf-8")
    target = tmp_path / "vt.db"
    monkeypatch.setenv("VT_DATA", str(data))
    monkeypatch.setenv("VT_DATABASE", str(target))
    st.cache_resource.clear()
    return target


@pytest.mark.parametrize("name", ["overzicht", "melders", "bronnen"])
def test_data_that_does_not_load_is_a_dutch_sentence(broken: Path, name: str) -> None:
    page = draw(name, {}).app
    assert not page.exception
    (message,) = [element.value for element in page.error]
    assert "gegevens" in message
    assert not re.search(r"Traceback|Error|yaml|/", message)
    assert not broken.exists()


@pytest.mark.parametrize("name", ["overzicht", "melders", "bronnen"])
def test_data_that_no_longer_loads_leaves_the_numbers_that_are_there(
    broken: Path, real_database: Path, name: str
) -> None:
    shutil.copy(real_database, broken)
    page = draw(name, {"gemeente": "Zwolle"})
    assert not page.app.exception
    assert not page.app.error
    assert page.text == draw(name, {"gemeente": "Zwolle"}).text
    assert page.figures or name == "bronnen"


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that is none."""
    target = tmp_path / "vt.db"
    target.write_bytes(b"not a database at all" * 100)
    monkeypatch.setenv("VT_DATABASE", str(target))
    st.cache_resource.clear()
    return target


@pytest.mark.usefixtures("damaged")
def test_a_damaged_database_is_built_anew() -> None:
    page = draw(HOME, {})
    assert not page.app.exception
    assert not page.app.error
    assert page.figures


@pytest.mark.usefixtures("damaged")
def test_a_damaged_database_that_cannot_be_built_anew_is_a_dutch_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VT_DATA", str(tmp_path / "nowhere"))
    page = draw(HOME, {}).app
    assert not page.exception
    assert page.error


def test_the_bar_names_the_region_that_is_chosen() -> None:
    app = visit("triage", {"regio": "IJsselland"})
    assert app.multiselect(key="gemeente").placeholder == "IJsselland (of kies een gemeente)"
    app.query_params["regio"] = "Nederland"  # as a link on the page does
    assert app.run().multiselect(key="gemeente").placeholder == "Nederland (of kies een gemeente)"


def test_a_question_of_the_home_page_opens_its_slides_of_the_region_that_it_answers_for(drawn: Runs) -> None:
    (cards,) = (body for body in drawn[HOME, "default"].bodies if "vt-vraagkaarten" in body)
    links = re.findall(r'href="(presenteren[^"]*)"', cards.partition("</ul>")[0])
    assert links
    assert all(link.endswith("&amp;regio=IJsselland") for link in links)


def test_the_home_page_answers_its_questions_and_a_place_leads_to_its_figures_on_stage(drawn: Runs) -> None:
    (cards,) = (body for body in drawn[HOME, "default"].bodies if "vt-vraagkaarten" in body)
    assert "IJsselland: 2.378 meldingen in 2021, 338 minder dan in 2020 (2.716), ofwel 12%" in cards
    place = "".join(element.proto.body for element in visit(HOME, {"gemeente": "Deventer"}).get("html"))
    (link,) = re.findall(r'href="(presenteren[^"]*scherm=1)"', place)
    query = {"gemeente": "Deventer"} | dict(re.findall(r"(\w+)=([^&;]*)", link.replace("+", " ")))
    stage = "".join(element.proto.body for element in visit("presenteren", query).get("html"))
    assert "<h1>Deventer</h1>" in stage
    assert "Dia 1 van 7" in stage
