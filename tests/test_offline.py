"""A deck as one HTML file: nothing is fetched, no word from outside is markup, all numbers stand there as text."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from decks import BARS_COLUMNS_TILES, LINE, ZWOLLE, firsts, reworded, whole_deck
from marks import reword

from vt.figures.answers import Dataset
from vt.figures.deck import Deck, Question, Slide
from vt.figures.figure import Figure, Flag, cite
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection
from vt.render import offline, theme
from vt.render.vega.forms import FORMS, form_of, rows, rows_for_presenter

OF_GEMEENTEN = tuple((FigureRequest(form, ("meldingen",)), ZWOLLE) for form in ("ranking", "dots", "funnel", "trends"))
HEAT = (FigureRequest("categories", ("meldingen_naar_aard",)), Selection(gemeenten=("zwolle", "deventer", "kampen")))
ASKED = (*BARS_COLUMNS_TILES, *OF_GEMEENTEN, HEAT, LINE)
HOSTILE = (
    '</script><script>alert(1)</script><img src=x onerror=alert(1)> "\'><a href="javascript:x"> &amp; <!-- bronnen?x'
)
EMPTY = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """What a browser reads: the tags, and the text that stands in each kind of tag."""

    def __init__(self, made: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(made.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every tag of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def figures(dataset: Dataset) -> list[Figure]:
    return firsts(dataset, ASKED)


@pytest.fixture(scope="module")
def deck(figures: list[Figure]) -> Deck:
    first, *others = figures
    doubted = replace(first, flags=(Flag("Samen 2, de tabel telt 3.", "ij/1.1", frozenset({(0, 1)})),))
    return whole_deck([doubted, *others])


@pytest.fixture(scope="module")
def made(deck: Deck) -> bytes:
    return offline.write_html(deck)


@pytest.fixture(scope="module")
def page(made: bytes) -> Page:
    return Page(made)


def _data(page: Page) -> dict[str, list[dict[str, object]]]:
    """The JSON that the charts are drawn from."""
    kinds = [attributes.get("type") for attributes in page.of("script")]
    found: dict[str, list[dict[str, object]]] = json.loads(page.texts["script"][kinds.index("application/json")])
    return found


def test_it_is_a_dutch_page_with_a_title_and_a_way_past_the_contents(page: Page, deck: Deck) -> None:
    assert page.of("html") == [{"lang": "nl"}]
    assert page.texts["title"] == [deck.title]
    assert page.texts["h1"] == [deck.title]
    assert page.of("a")[0]["href"] == "#inhoud"
    assert page.of("main")[0]["id"] == "inhoud"


def test_every_word_of_every_slide_is_in_it(page: Page, deck: Deck) -> None:
    text = page.texts["body"][0]
    words = [deck.subtitle, deck.filters, "1 maart 2026", deck.data_version, *deck.left_out, *deck.sources]
    words += [asked.text for asked in deck.questions]
    for slide in deck.slides:
        figure = slide.figure
        words += [
            slide.title,
            slide.spoken,
            figure.subtitle,
            *figure.caveats,
            *(label for _, label in figure.drawn_legend),
        ]
        words += [*figure.notice_texts, *(f"≠ {flag.text}" for flag in figure.flags)]
        words += cite(figure.sources)
    assert [word for word in words if word not in text] == []


def test_every_figure_has_its_table(page: Page, deck: Deck) -> None:
    assert len(page.texts["table"]) == len(deck.slides)
    for table, figure in zip(page.texts["table"], (slide.figure for slide in deck.slides), strict=True):
        shown = "".join(heading.label for heading in figure.table.headings)
        for row in figure.table.rows:
            shown += "".join(head.format(value) for head, value in zip(figure.table.headings, row, strict=True))
        assert table.replace(" ≠", "") == shown
    assert " ≠" in page.texts["table"][0]


def test_every_figure_has_a_picture_for_who_runs_no_script(page: Page, deck: Deck) -> None:
    pictures = [attributes for attributes in page.of("div") if attributes.get("role") == "img"]
    assert [attributes["aria-label"] for attributes in pictures] == [slide.figure.alt for slide in deck.slides]
    assert len(page.texts["svg"]) == len(deck.slides)
    assert "Steenwijkerland" in page.texts["svg"][2]


def test_the_charts_have_the_specs_and_the_rows_of_the_screen(page: Page, deck: Deck) -> None:
    data, figures = _data(page), [slide.figure for slide in deck.slides]
    used = {form_of(each.chart).name for each in figures}
    assert data["specs"] == {form.name: form.spec() for form in FORMS.values() if form.name in used}
    drawn = [(each["form"], each["rows"]) for each in data["figures"]]
    assert drawn == [(form_of(each.chart).name, rows(each.chart)) for each in figures]


def test_slide_by_slide_it_is_what_a_room_sees(page: Page, deck: Deck) -> None:
    data, figures = _data(page), [slide.figure for slide in deck.slides]
    assert [each["shown"] for each in data["figures"]] == [rows_for_presenter(each.chart)[0] for each in figures]
    assert data["stage"].keys() == data["specs"].keys()
    feet = [text for text in page.texts["p"] if deck.footer in text]
    assert all(cite(each.sources)[0] in foot for each, foot in zip(figures, feet, strict=True))


def test_paper_has_the_filters_and_the_day_on_every_page(page: Page, deck: Deck) -> None:
    (said,) = re.findall(r'@bottom-left { content: "([^"]*)"', page.texts["style"][0])
    assert "".join(chr(int(code, 16)) for code in said.split("\\")[1:]) == deck.footer


def test_progress_is_told_after_each_slide(deck: Deck) -> None:
    told: list[int] = []
    offline.write_html(deck, told.append)
    assert told == list(range(1, len(deck.slides) + 1))


def test_nothing_is_fetched(page: Page, made: bytes) -> None:
    fetching = ("src", "srcset", "data", "poster", "action", "formaction", "background", "xlink:href")
    assert [tag for tag, attributes in page.tags if any(name in attributes for name in fetching)] == []
    assert {tag for tag, _ in page.tags} & {"link", "iframe", "object", "embed", "base", "form", "img", "use"} == set()
    assert not re.search(r"url\((?!#)|@import", "".join(page.texts["style"]))
    assert len(made) < 1_500_000


def test_only_our_own_scripts_may_run(page: Page) -> None:
    policy = next(each["content"] for each in page.of("meta") if "http-equiv" in each)
    scripts = [text for text, each in zip(page.texts["script"], page.of("script"), strict=True) if "type" not in each]
    hashes = {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts}
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules["script-src"].split()) == hashes
    assert "unsafe-eval" not in policy
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_names_are_given_once_and_the_contents_lead_to_them(page: Page, deck: Deck) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = [attributes["href"][1:] for attributes in page.of("a") if attributes["href"].startswith("#")]
    assert set(inner) <= set(ids)
    assert len(inner) == 1 + len(deck.slides) + 3
    labelled = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
    assert labelled <= set(ids)


def test_sources_and_what_they_lack_are_one_slide(page: Page) -> None:
    (*_, ending, asked) = page.texts["section"]
    assert "Bronnen" in ending
    assert "Wat de bronnen niet kunnen vullen" in ending
    assert "Geparkeerde vragen" in asked


def test_links_to_tables_lead_to_the_live_app(page: Page, deck: Deck) -> None:
    outer = {attributes["href"] for attributes in page.of("a") if not attributes["href"].startswith("#")}
    assert {deck.link, deck.questions[0].link} < outer
    tables = outer - {deck.link, deck.questions[0].link}
    assert tables
    assert all(link.startswith("https://vt.example.org/bronnen?tabel=") for link in tables)


@pytest.mark.parametrize("link", ["", "?gemeente=Zwolle", "javascript:alert(1)"])
def test_without_a_host_no_link_leads_outside(link: str, deck: Deck) -> None:
    page = Page(offline.write_html(replace(deck, link=link, questions=(Question("Waarom?", link),))))
    assert [attributes["href"] for attributes in page.of("a") if not attributes["href"].startswith("#")] == []
    assert "Bekijk de tabel" not in page.texts["body"][0]
    assert link in page.texts["body"][0]
    assert "Samen 2, de tabel telt 3." in page.texts["body"][0]


def test_hostile_words_come_out_as_they_are(figures: list[Figure]) -> None:
    figure = figures[0]
    chart = reword(figure.chart, lambda text: HOSTILE)
    doubts = (Flag(HOSTILE, HOSTILE, frozenset({(0, 1)})),)
    hostile = replace(reworded(figure, HOSTILE), chart=chart, flags=doubts)
    deck = Deck(HOSTILE, HOSTILE, (Slide(hostile, "", HOSTILE),), HOSTILE, HOSTILE, HOSTILE, date(2026, 3, 1))
    deck = replace(deck, left_out=(HOSTILE,), questions=(Question(HOSTILE, f"https://{HOSTILE}"),))
    made = offline.write_html(deck)
    page = Page(made)
    assert page.texts["title"] == [HOSTILE]
    assert page.texts["body"][0].count(HOSTILE) >= 14
    assert len(page.of("script")) == 3
    assert page.of("img") == []
    assert not [attributes for attributes in page.of("a") if attributes["href"].startswith("javascript")]
    assert _data(page)["figures"][0]["rows"] == rows(chart)
    assert made.count(b"</script>") == 3


def test_the_same_deck_is_the_same_file(deck: Deck, made: bytes) -> None:
    assert offline.write_html(deck) == made


@pytest.mark.parametrize("ink", [theme.INK, theme.QUIET, theme.ACCENT, "#8A5A00"])
@pytest.mark.parametrize("ground", [theme.PAPER, "#F3F6F9", "#FDF6E7"])
def test_text_stands_out(ink: str, ground: str) -> None:
    assert theme.contrast(ink, ground) >= 4.5
