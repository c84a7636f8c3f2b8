"""The text around a chart: every word from outside is escaped, numbers are written the Dutch way."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sent import write_out

from vt.figures.chart import BarChart, Role, Row
from vt.figures.figure import Figure, Flag, Source, Subject
from vt.figures.headlines import Headline
from vt.figures.notices import Notice, Reason
from vt.figures.selection import Selection
from vt.figures.table import Heading, Link, Table
from vt.figures.text.change import CHANCE
from vt.model.counting import Counting
from vt.model.measures import Measure
from vt.render import html as markup
from vt.store.numbers import Slice
from vt.store.printed import PrintedGrid
from vt.store.reference import SourceTable
from vt.store.verdicts import Verdict

HOSTILE = (
    "<script>alert(1)</script>",
    "![x](http://example.org/x.png)",
    ":red[rood]",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&lt;b&gt; & <b>",
    "</table></div><iframe src=//example.org>",
)
ALLOWED = {"div", "h2", "h3", "p", "ul", "li", "span", "details", "summary", "table", "caption", "thead", "tbody", "tr"}
ALLOWED |= {"th", "td", "section", "dl", "dt", "dd", "button", "a", "abbr", "mark"}


class _Page(HTMLParser):
    """What a browser makes of a piece of HTML: its elements, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _figure(text: str) -> Figure:
    return Figure(
        id="meldingen.places.12",
        title=text,
        subject=Subject(text),
        chart=BarChart((Row(text, ()),)),
        legend=((Role.THIS, text),),
        alt=text,
        table=Table(
            (
                Heading(text),
                Heading(text, Measure.AANTAL),
                Heading("Aandeel", Measure.AANDEEL_PLAATS),
                Heading("Periode"),
            ),
            ((text, 2378.0, 26.7, text), ("Totaal", None, 100.0, None)),
            frozenset({1}),
            {(0, 1): (Link(text, Slice(text, "2021", "alle", (text,))),)},
        ),
        sources=(Source(text, text, text, text, text, False),),
        caveats=(text,),
        notices=(Notice(Reason.ONLY_REGION, (text,), shown=text),),
        selection=Selection(),
        flags=(Flag(text, text, frozenset({(0, 1)})),),
    )


def _verdict(text: str) -> Verdict:
    return Verdict(
        1, text, 1, text, "derived", text, 12.5, 13.0, None, "procent", "wrong", "explained", *[text] * 3, 1, text
    )


def _everything(text: str) -> str:
    figure = _figure(text)
    table = SourceTable(
        1, text, text, text, text, text, "meldingen", "zwolle", "2021", False, text, (text,), (), text, Counting(text)
    )
    printed = PrintedGrid(
        (text, "2021"),
        (text, "totaal"),
        frozenset(),
        {(0, 0): 1200.0},
        frozenset(),
        frozenset(),
        ((text, 241.0, True),),
        {},
        {text: {0: _verdict(text)}},
    )
    asked, others = (
        [markup.describe_printed(table, printed, [text])],
        [markup.describe_printed(table, printed, (), [(0, 0)])],
    )
    headline = Headline(text, text, text, text, text, text, figure.sources[0], figure.table.links[0, 1])
    parts = (
        markup.render_head(figure),
        markup.render_foot(figure),
        markup.fill_template("site", "copy_link", text),
        markup.fill_template("profile", "several", [text], [(text, text, [headline])]),
        markup.fill_template("figure", "links", text, text, text),
        markup.fill_template("accounts", "report", text, [(text, text)], asked, others),
    )
    return "".join(parts)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_an_element_or_an_attribute(text: str) -> None:
    page = _Page(_everything(text))
    assert page.open == []
    assert set(page.tags) <= ALLOWED
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert all(
        str(value).startswith(("bronnen?tabel=", "begrippen")) for name, value in page.attributes if name == "href"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    page = _Page(_everything(text))
    assert sum(shown == text for shown in page.texts) >= 10
    assert ("data-copy-link", text) in page.attributes


def test_what_is_not_in_the_source_leads_nowhere() -> None:
    link = (Link("a_2021/1/1", Slice("zwolle", "2021", "alle", ())),)
    headings = (Heading("Soort"), Heading("2021", Measure.AANTAL), Heading("2020", Measure.AANTAL))
    table = Table(headings, (("Intern", 3.0, None),), links={(0, 1): link, (0, 2): link})
    (row,) = json.loads(markup.write_table(table, {(0, 2)}))["rows"]
    assert row == ["Intern", ["3", "tabel=a_2021/1/1&cel=zwolle~2021~alle", False], "–"]


def test_the_finding_is_a_heading_with_the_id_of_the_figure() -> None:
    made = markup.render_head(_figure("Zwolle: 646 meldingen"))
    assert '<h3 class="vt-bevinding" id="meldingen.places.12">Zwolle: 646 meldingen</h3>' in made


def test_numbers_in_a_table_are_dutch_and_a_gap_is_a_dash() -> None:
    page = _Page(write_out(markup.render_foot(_figure("x"))))
    assert "2.378" in page.texts
    assert "27%" in page.texts
    assert page.texts.count("–") == 2


def test_a_table_has_row_and_column_headings() -> None:
    page = _Page(markup.fill_template("table", "table", _figure("x").table, "Onderschrift"))
    scopes = [value for name, value in page.attributes if name == "scope"]
    assert scopes.count("col") == 4
    assert scopes.count("row") == 2
    assert "Onderschrift" in [*page.texts, *(value for name, value in page.attributes if name == "aria-label")]


def test_what_stands_under_a_chart_is_folded_and_says_how_much_it_is() -> None:
    figure = _figure("x")
    foot = markup.render_foot(replace(figure, table=Table(figure.table.headings, (figure.table.rows[0],) * 9)))
    assert ("open", None) not in _Page(foot).attributes
    assert all(words in foot for words in (">Tabel<", "1 kanttekening<", "≠ De controle vond 1 verschil<"))


def test_what_more_is_said_of_a_number_is_read_once_under_uitleg() -> None:
    figure = replace(_figure("x"), sentences=("Dat is 5 procentpunt hoger.", CHANCE))
    assert CHANCE not in markup.render_foot(figure)
    texts = _Page(markup.render_head(figure)).texts
    assert texts[texts.index("Uitleg") + 1 :][:2] == ["Dat is 5 procentpunt hoger.", CHANCE]


def test_a_figure_without_notes_has_no_word_for_them() -> None:
    figure = replace(_figure("x"), caveats=(), flags=())
    assert not any(words in markup.render_foot(figure) for words in ("kanttekening", "verschil"))
    assert "Uitleg" not in markup.render_head(figure)


def test_a_notice_begins_with_a_capital() -> None:
    page = _Page(markup.fill_template("parts", "notices", ["niet uitgesplitst naar KM."]))
    assert page.texts == ["Niet uitgesplitst naar KM."]


def _cited(sources: tuple[Source, ...]) -> str:
    return markup.fill_template("figure", "sources", sources)


def test_a_report_is_named_once_with_each_of_its_tables() -> None:
    one = Source("r/1.1/1", "Rapportage 2021", "Veilig Thuis IJsselland", "1.1", "Meldingen", False)
    other = Source("r/4.1/1", "Rapportage 2021", "Veilig Thuis IJsselland", "4.1", "Op tijd", True)
    third = Source("z/1/1", "1e halfjaar 2021", "Veilig Thuis Zuid-Holland Zuid", "1", "Meldingen", False)
    said = _Page(_cited((one, other, third, one)))
    assert "".join(said.texts) == (
        "Bronnen: Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1 en hoofdstuk 4.1; "
        "Veilig Thuis Zuid-Holland Zuid, 1e halfjaar 2021, tabel 1."
    )
    alone = _Page(_cited((one,)))
    assert "".join(alone.texts) == "Bron: Veilig Thuis IJsselland, Rapportage 2021, tabel 1.1."
    assert ("href", "bronnen?tabel=r/1.1/1") in alone.attributes


def test_what_is_not_there_leaves_no_empty_box() -> None:
    bare = replace(_figure("x"), notices=(), legend=(), sources=(), caveats=(), flags=())
    assert "<ul" not in markup.render_head(bare) + markup.render_foot(bare)
    assert "vt-bron" not in markup.render_foot(bare)


def test_a_link_is_carried_whole() -> None:
    query = "?regio=Alle+regio%27s&gemeente=Zwolle&gemeente=Overige+gemeente+%28IJsselland%29"
    assert ("data-copy-link", query) in _Page(markup.fill_template("site", "copy_link", query)).attributes
