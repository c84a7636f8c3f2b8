"""The house style: a template of one's own, whose colours and logo every file takes."""

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from decks import figure_of, whole_deck
from PIL import Image
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from vt.figures.chart import Bar, BarChart, Role, Row, Segment
from vt.figures.deck import Deck
from vt.render import house, image, offline, pdf, pptx, theme

PINK = "D6006E"


@pytest.fixture
def deck() -> Deck:
    bars = tuple(Row(name, (Bar("", "6", (Segment(Role.THIS, name, 6),)),)) for name in ("a", "b", "c"))
    figure = figure_of(("Zwolle", 646, None))
    return whole_deck(
        [type(figure)(**{**vars(figure), "chart": BarChart(bars), "alt": "Staven", "legend": ((Role.THIS, "2021"),)})]
    )


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    house.find_template.cache_clear()
    yield
    house.find_template.cache_clear()


def _make_template(target: Path, old: str, new: str) -> Path:
    with zipfile.ZipFile(house.SHIPPED) as shipped, zipfile.ZipFile(target, "w") as made:
        for part in shipped.infolist():
            made.writestr(part, shipped.read(part.filename).replace(old.encode(), new.encode()))
    return target


def test_every_file_takes_the_colours_of_the_template(
    deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = _make_template(
        tmp_path / "own.pptx", '<a:accent1><a:srgbClr val="154273"/>', f'<a:accent1><a:srgbClr val="{PINK}"/>'
    )
    monkeypatch.setenv("VT_TEMPLATE", str(template))
    (tmp_path / "deck.pptx").write_bytes(pptx.write_pptx(deck))
    with zipfile.ZipFile(tmp_path / "deck.pptx") as parts:
        assert PINK in parts.read("ppt/theme/theme1.xml").decode()
        pages = [
            parts.read(name).decode() for name in parts.namelist() if "slides/slide" in name or "charts/chart" in name
        ]
    assert not any("srgbClr" in page for page in pages), "no colour but those of the theme"
    svg, html = image.write_svg(deck.slides[0].figure).decode(), offline.write_html(deck).decode()
    for made in (svg, html):
        assert f"#{PINK}" in made
        assert theme.ACCENT.lower() not in made.lower()


def _add_logo(target: Path) -> Path:
    """The shipped template with a picture on its master."""
    made, picture = Presentation(str(house.SHIPPED)), io.BytesIO()
    Image.new("RGB", (60, 20), (214, 0, 110)).save(picture, "PNG")
    page, master = made.slides.add_slide(made.slide_layouts[1]), made.slide_master
    drawn = deepcopy(page.shapes.add_picture(picture, 0, 0)._element)
    drawn.nvPicPr.cNvPr.set("descr", "Gemeente Dorp")
    _, drawn.blipFill.blip.rEmbed = master.part.get_or_add_image_part(picture)
    master.shapes._spTree.append(drawn)
    made.save(str(target))
    return target


def test_paper_and_the_page_have_the_logo_of_the_template(
    deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.find_logo() is None
    monkeypatch.setenv("VT_TEMPLATE", str(_add_logo(tmp_path / "own.pptx")))
    house.find_template.cache_clear()
    html, read = offline.write_html(deck).decode(), PdfReader(io.BytesIO(pdf.write_pdf(deck)))
    assert 'src="data:image/png;base64,' in html
    assert 'alt="Gemeente Dorp"' in html
    assert all(page.images[0].image.size == (60, 20) for page in read.pages)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.trailer["/Root"]["/Metadata"].get_data()


def test_a_template_that_cannot_be_used_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, content in (("none.pptx", None), ("text.pptx", b"x")):
        if content:
            (tmp_path / name).write_bytes(content)
        monkeypatch.setenv("VT_TEMPLATE", str(tmp_path / name))
        house.find_template.cache_clear()
        assert house.find_template() == house.SHIPPED
    titleless = _make_template(tmp_path / "other.pptx", 'type="title"/>', 'type="pic"/>')
    monkeypatch.setenv("VT_TEMPLATE", str(titleless))
    house.find_template.cache_clear()
    assert house.find_template() == house.SHIPPED
    assert "has no layout for what Tekst is" in caplog.text


def _make_strange(target: Path, width: float) -> Path:
    """A template as PowerPoint brings it along: other layouts, 4:3 or as wide as asked, with a slide as an example."""
    made = Presentation()
    made.slide_width = Pt(width)
    made.slides.add_slide(made.slide_layouts[1]).shapes.title.text = "Zo maakt u een dia"
    made.save(str(target))
    return target


@pytest.mark.parametrize("width", [720, 960])
def test_a_deck_fits_in_a_template_that_is_not_ours(
    width: float, deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VT_TEMPLATE", str(_make_strange(tmp_path / "strange.pptx", width)))
    made = Presentation(io.BytesIO(pptx.write_pptx(deck)))
    assert [page.shapes.title.text for page in made.slides][:2] == [deck.title, "Wie er meldt"]
    for page in made.slides:
        for shape in page.shapes:
            assert shape.left + shape.width <= made.slide_width, shape.name
            assert shape.top + shape.height <= made.slide_height, shape.name
    boxes = {shape.name: shape for shape in made.slides[1].shapes}
    order = [boxes[name] for name in ("Ondertitel", "Legenda", "Grafiek", "Bron")]
    assert all(one.top + one.height <= other.top + Pt(1) for one, other in pairwise(order))


def test_words_on_a_fill_take_the_ink_that_the_colour_of_the_template_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = {"colour": theme.ACCENT, "ink": theme.PAPER}
    assert house.choose_ink(area) == area
    light = ('<a:accent1><a:srgbClr val="154273"/>', '<a:accent1><a:srgbClr val="6FC3FF"/>')
    monkeypatch.setenv("VT_TEMPLATE", str(_make_template(tmp_path / "light.pptx", *light)))
    house.find_template.cache_clear()
    assert house.choose_ink(area) == {**area, "ink": theme.INK}


def test_a_sign_that_would_not_stand_out_on_a_dark_template_has_a_line_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (Row(name, (Bar("", "6", (Segment(Role.UNKNOWN, name, 6),)),)) for name in ("a", "b", "c"))
    figure = replace(figure_of(("Zwolle", 6, None)), chart=BarChart(tuple(rows)), legend=((Role.UNKNOWN, "onbekend"),))

    def count_lines() -> tuple[int, int]:
        made = Presentation(io.BytesIO(pptx.write_pptx(whole_deck([figure]))))
        (chart,) = (shape.chart for shape in made.slides[1].shapes if shape.has_chart)
        bars = chart._chartSpace.xpath("//c:ser/c:spPr/a:ln//a:schemeClr[@val='tx2']")
        return len(made.slides[1].shapes._spTree.xpath("//a:rPr/a:ln")), len(bars)

    assert count_lines() == (0, 0)
    own = ('<a:lt1><a:srgbClr val="FFFFFF"/>', '<a:lt1><a:srgbClr val="101820"/>')
    swapped = ('bg1="lt1" tx1="dk1"', 'bg1="dk1" tx1="lt1"')
    for name, dark in (("own.pptx", own), ("swapped.pptx", swapped)):
        monkeypatch.setenv("VT_TEMPLATE", str(_make_template(tmp_path / name, *dark)))
        house.find_template.cache_clear()
        assert count_lines() == (1, 1), name


def test_the_shipped_template_changes_nothing() -> None:
    assert house.recolour(theme.ACCENT) == theme.ACCENT
    assert [layout.name for layout in Presentation(str(house.SHIPPED)).slide_layouts] == ["Titel", "Tekst", "Cijfer"]
