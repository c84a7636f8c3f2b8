"""A figure as a picture: everything that goes with the chart is in it, as text, inside the picture."""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import pytest
from combined import by_turns
from decks import LINE, NORMS, firsts
from marks import marks_of, reword
from PIL import Image

from vt.figures.answers import Dataset
from vt.figures.chart import AreaMap, Bar, BarChart, Role, Row, Segment
from vt.figures.figure import Figure, Flag, Subject, cite
from vt.figures.notices import Notice, Reason
from vt.figures.registry import FigureRequest
from vt.figures.selection import Selection
from vt.model.measures import Measure
from vt.render import image, theme
from vt.render.files import SHAPES, Shape, make_shape
from vt.render.text import text_width
from vt.render.vega import lanes
from vt.render.vega.forms import form_of
from vt.render.vega.lines import LineMark

PER_1000 = Selection(measure=Measure.PER_1000)
FOUR = Selection(gemeenten=("zwolle", "kampen", "deventer", "dordrecht"))
ASKED: dict[str, tuple[FigureRequest, Selection]] = {
    "one place": (FigureRequest("places", ("meldingen",)), Selection(gemeenten=("zwolle",))),
    "four places": (FigureRequest("places", ("meldingen",)), replace(FOUR, measure=Measure.PER_1000)),
    "classes": (FigureRequest("categories", ("meldingen_professionals",)), Selection(gemeenten=("zwolle",))),
    "bounds": (FigureRequest("categories", ("overdrachtspartijen",)), Selection(gemeenten=("zwolle",))),
    "series": (FigureRequest("series", ("meldingen",)), Selection(gemeenten=("dordrecht",))),
    "line": LINE,
    "tiles": (FigureRequest("tiles", ("meldingen",), region="ijsselland"), PER_1000),
    "ranking": (FigureRequest("ranking", ("meldingen",)), PER_1000),
    "norms": (FigureRequest("norms", NORMS, "Op tijd"), Selection(region="ijsselland")),
}
LONG = "Een <script>alert(1)</script> & {signal} datum['x'] \"zo\" 'niet' ${1} ]]> <!-- |" * 3
HOSTILE = ("<script>alert(1)</script>", "a & b < c", "{signal}", "datum.value", "regel\nregel\x00\x1b", "Z" * 200, LONG)
Drawing = Callable[[str], Figure]


def _name(value: str) -> str:
    return value if value in ASKED else f"text {['', *HOSTILE].index(value)}"


LARGE = (HOSTILE[4], HOSTILE[5], LONG)  # long, or with lines: a form has two of them, of the short ones one
PAIRS = [*by_turns(ASKED, [""], 1), *by_turns(ASKED, LARGE, 2), *by_turns(ASKED, HOSTILE[:4], 3)]


@pytest.fixture(scope="module")
def figure(dataset: Dataset) -> Drawing:
    """The first figure of one of ASKED."""
    return cache(lambda name: firsts(dataset, [ASKED[name]])[0])


@pytest.fixture(scope="module")
def picture(figure: Drawing) -> Callable[[str], str]:
    """The same as a picture, drawn once."""
    return cache(lambda name: image.write_svg(figure(name)).decode())


def _hostile(figure: Figure, text: str) -> Figure:
    """The figure with a text in every place that holds one."""
    return replace(
        figure,
        title=text,
        subject=Subject(text),
        alt=text,
        chart=reword(figure.chart, lambda word: f"{text} {word}", numbers=isinstance(figure.chart, AreaMap)),
        legend=tuple((role, text) for role, _ in figure.legend),
        sources=tuple(replace(source, title=text) for source in figure.sources),
        notices=(Notice(Reason.ONLY_REGION, (text,), shown=text),),
        caveats=(text,),
        flags=(Flag(text, "t", frozenset()),),
    )


@pytest.fixture(scope="module")
def hostile_root(figure: Drawing, picture: Callable[[str], str]) -> Callable[[str, str], ElementTree.Element]:
    """The picture of one of ASKED with a text in every place that holds one, drawn once."""
    return cache(
        lambda name, text: _root(_hostile(figure(name), text)) if text else ElementTree.fromstring(picture(name))
    )


def _root(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(image.write_svg(figure))


def _plain(text: str) -> str:
    """Without spaces and lines, to find a text that was wrapped."""
    return re.sub(r"[\s|]+", "", text)


def _said(root: ElementTree.Element) -> str:
    return _plain("".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")))


def _texts(node: ElementTree.Element, x: float = 0, y: float = 0, scale: float = 1) -> Iterator[tuple[float, ...]]:
    """Left, right and baseline of every line of text, in pixels of the picture."""
    moved = re.match(r"translate\(([-\d.e]+)[, ]([-\d.e]+)\)", node.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]) * scale, y + float(moved[2]) * scale
    if node.tag.endswith("}svg") and "marks" in node.get("class", ""):
        scale = float(node.get("width", "")) / float(node.get("viewBox", "").split()[2])
    if node.tag.endswith("}text") and not node.get("stroke"):  # the white around a text is none
        yield from _lines(node, x, y, scale)
    for child in node:
        yield from _texts(child, x, y, scale)


def _lines(node: ElementTree.Element, x: float, y: float, scale: float) -> Iterator[tuple[float, ...]]:
    size = float(node.get("font-size", "").removesuffix("px"))
    is_bold = node.get("font-weight") == "bold"
    top = y + float(node.get("y", "0")) * scale
    left = x + float(node.get("x", "0")) * scale
    for line in list(node) or [node]:
        text = line.text or ""
        top += float(line.get("dy", "0")) * scale
        wide = text_width(text, size, is_bold) * scale
        start = left - {"end": wide, "middle": wide / 2}.get(node.get("text-anchor", ""), 0)
        if text.strip():
            yield start, start + wide, top


# --- what is in it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_all_that_goes_with_a_chart_is_in_the_picture(
    figure: Drawing, picture: Callable[[str], str], name: str
) -> None:
    drawn, root = figure(name), ElementTree.fromstring(picture(name))
    said = _said(root)
    labels = [label for _, label in drawn.drawn_legend]
    shown = [getattr(mark, "text", "") for mark in marks_of(drawn)]
    for mark in marks_of(drawn):
        is_line = isinstance(mark, LineMark)
        shown += (
            [mark.part, mark.year, mark.gap] if is_line else [getattr(mark, "label", "") or getattr(mark, "period", "")]
        )
    for text in (drawn.title, drawn.subtitle, *labels, *shown, *drawn.notes):
        assert _plain(text) in said, text
    for source in cite(drawn.sources):
        assert _plain(f"Bron: {source}") in said
    assert root.findtext("{http://www.w3.org/2000/svg}title") == drawn.title
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == drawn.alt


@pytest.mark.parametrize("name", ASKED)
def test_every_colour_of_the_legend_is_in_the_chart(figure: Drawing, picture: Callable[[str], str], name: str) -> None:
    made = picture(name).upper()
    assert all(theme.COLOURS[role] in made for role, _ in figure(name).drawn_legend)


def test_what_is_doubted_has_its_mark_and_what_is_not_has_none(figure: Drawing) -> None:
    drawn = replace(
        figure("one place"),
        flags=(Flag("De som klopt niet.", "t", frozenset()),),
        caveats=("Geteld zijn meldingen.",),
    )
    texts = ["".join(node.itertext()) for node in _root(drawn).iter() if node.tag.endswith("}text")]
    assert "≠ De som klopt niet." in texts
    assert "Geteld zijn meldingen." in texts


def test_a_norm_and_a_rule_stand_in_the_legend_as_in_the_chart(figure: Drawing, picture: Callable[[str], str]) -> None:
    ranked = picture("ranking")
    assert all(rule.said in ranked and theme.COLOURS[rule.role] in ranked for rule in figure("ranking").chart.rules)
    assert f'stroke="{theme.COLOURS[Role.NORM]}" stroke-width="2"' in picture("norms")


def test_a_figure_without_a_chart_is_a_picture_of_its_words(figure: Drawing) -> None:
    bare = replace(figure("one place"), chart=BarChart(()), legend=(), sources=(), caveats=(), notices=(), flags=())
    assert _plain(bare.title) in _said(_root(bare))


# --- nothing is cut off ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "text"), PAIRS, ids=_name)
def test_no_text_is_outside_the_picture_or_on_other_text(
    hostile_root: Callable[[str, str], ElementTree.Element], name: str, text: str
) -> None:
    root = hostile_root(name, text)
    wide, high = float(root.get("width", "")), float(root.get("height", ""))
    found = sorted(_texts(root), key=lambda line: line[2])
    assert len(found) > 5
    for n, (left, right, baseline) in enumerate(found):
        assert left >= 0
        assert right <= wide
        assert 0 < baseline < high
        for other_left, other_right, other_baseline in found[n + 1 : n + 12]:
            apart = other_baseline - baseline >= 10 or other_left >= right or other_right <= left
            assert apart, (left, right, baseline, other_left, other_right, other_baseline)


def test_a_long_number_stays_in_the_picture(figure: Drawing) -> None:
    drawn = figure("one place")
    chart = reword(drawn.chart, lambda text: f"{text} (voorlopig, zie de toelichting bij de tabel)")
    root = ElementTree.fromstring(image.draw_chart_svg(replace(drawn, chart=chart), 600))
    assert float(root.get("width", "")) <= 612


@pytest.mark.parametrize(("name", "text"), [pair for pair in PAIRS if pair.values[1]], ids=_name)
def test_hostile_text_stays_text(hostile_root: Callable[[str, str], ElementTree.Element], name: str, text: str) -> None:
    root = hostile_root(name, text)
    assert not {node.tag.rpartition("}")[2] for node in root.iter()} - {
        *("svg", "style", "title", "desc", "rect", "g", "text", "tspan", "path", "line", "defs", "clipPath"),
    }
    assert not [key for node in root.iter() for key in node.attrib if key.startswith("on") or "href" in key]
    readable = "".join(c for c in text if c.isprintable())
    assert _said(root).count(_plain(readable)) >= 4


def test_a_long_label_takes_a_higher_row_and_the_bars_below_move_along() -> None:
    bar = Bar("", "5", (Segment(Role.THIS, "a", 5),))
    charts = [BarChart((Row(label, (bar,)), Row("onder", (bar,)))) for label in ("kort", "woord " * 60)]
    short, long = (form_of(chart).marks(chart) for chart in charts)
    (wrapped,) = (mark.label for mark in long if "woord" in mark.label)
    assert wrapped.replace("|", " ").split() == ["woord"] * 60
    assert wrapped.count("|") > 2
    assert long[-1].row - short[-1].row >= wrapped.count("|") * lanes.LINE


# --- the files -------------------------------------------------------------------------------------------------------


def _size(made: bytes) -> tuple[int, int]:
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", made[16:24])
    return wide, high


@pytest.mark.parametrize("name", ["one place", "tiles"])
def test_a_png_is_twice_the_picture(figure: Drawing, picture: Callable[[str], str], name: str) -> None:
    root = ElementTree.fromstring(picture(name))
    content = image.write_png(figure(name))
    assert _size(content) == (2 * SHAPES[0].width, 2 * int(root.get("height", "")))
    assert round(Image.open(BytesIO(content)).info["dpi"][0]) == 144  # else Word shows it twice as large as it is


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("shape", SHAPES[1:], ids=lambda shape: shape.label)
def test_a_picture_of_a_fixed_shape_has_all_that_a_slide_has(figure: Drawing, name: str, shape: Shape) -> None:
    drawn = figure(name)
    root = ElementTree.fromstring(image.write_svg(drawn, "Gemaakt op 1 maart.", shape))
    assert (root.get("width"), root.get("height")) == (str(shape.width), str(shape.height))
    said = _said(root)
    for text in (drawn.title, drawn.subtitle, cite(drawn.sources)[0], "Gemaakt op 1 maart."):
        assert _plain(text) in said
    found = list(_texts(root))
    assert [line for line in found if line[0] < 0 or line[1] > shape.width or line[2] > float(shape.height or 0)] == []


def test_a_picture_without_ground_can_be_seen_through(figure: Drawing) -> None:
    for shape, alpha in ((SHAPES[1], 255), (SHAPES[1]._replace(is_clear=True), 0)):
        picture = Image.open(BytesIO(image.write_png(figure("one place"), "", shape))).convert("RGBA")
        assert picture.size == (1920, 1080)
        assert picture.getpixel((2, 2))[3] == alpha
        assert picture.getpixel((1900, 600))[3] == alpha


@pytest.mark.parametrize("pixels", [(1600, 900), (800, 1200), (3999, 2001)])
def test_a_picture_has_the_pixels_that_are_asked(figure: Drawing, pixels: tuple[int, int]) -> None:
    assert _size(image.write_png(figure("one place"), "", make_shape(*pixels))) == pixels


def test_a_chart_alone_has_neither_title_nor_source(figure: Drawing) -> None:
    drawn = figure("ranking")
    made = image.draw_chart_svg(drawn, 500)
    said = _said(ElementTree.fromstring(made))
    assert _plain(drawn.title) not in said
    assert "Bron:" not in said
    assert "Kampen" in said
    wide, high = _size(image.draw_chart_png(drawn, 500))
    assert wide == pytest.approx(1000, abs=12)
    assert high > 400
    assert _size(image.draw_chart_png(drawn, 500, 1))[0] == pytest.approx(wide / 2, abs=2)


@pytest.mark.parametrize("name", ["ranking", "series", "tiles"])
def test_a_picture_names_a_font_that_is_there(picture: Callable[[str], str], name: str) -> None:
    assert set(re.findall(r'font-family="([^"]+)"', picture(name))) == {image.FONTS}


def test_a_picture_says_when_and_from_which_data_it_was_made(figure: Drawing) -> None:
    made = "Gemaakt op 22 november 2026 met gegevensversie 8b85cdfd."
    drawn = image.write_svg(figure("one place"), made).decode()
    assert made in drawn
