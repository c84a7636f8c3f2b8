"""A deck as a PowerPoint file: charts that can be edited, what must be known about a number on its slide, notes."""

import io
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from vt.figures import wording
from vt.figures.chart import BarSegment
from vt.figures.deck import Deck, Slide
from vt.figures.figure import Figure, cite
from vt.render import theme
from vt.render.image import chart_png
from vt.render.pptx_chart import (
    FONT,
    Box,
    Drawn,
    add_charts,
    describe_shape,
    find_elements,
    lines_height,
    plan_charts,
    rgb,
)
from vt.render.text import clean, wrap_text

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as Page

WIDTH, HEIGHT = 960.0, 540.0  # 13.333 x 7.5 inch in points
MARGIN = 36.0
INSIDE = WIDTH - 2 * MARGIN
LANGUAGE = "nl-NL"
AUTHOR = "Veilig Thuis-cijfers"
LEAST_CHART = 210.0
_FOOT_SIZE, _TEXT_SIZE, _TEXT_AFTER = 10, 15, 7.0
_MOST_FOOT = 72.0
_COVER, _TEXT, _FIGURE = range(3)
_LAYOUTS = {"Title Slide": "Titel", "Title and Content": "Tekst", "Title Only": "Cijfer"}
_TITLE = Box(MARGIN, 20, INSIDE, 66)
_SUBTITLE = Box(MARGIN, 88, INSIDE, 24)
_BODY = Box(MARGIN, 104, INSIDE, 384)
_FOOT = Box(MARGIN, 494, INSIDE - 50, 36)
_NUMBER = Box(WIDTH - MARGIN - 44, 512, 44, 18)
_COVER_TITLE = Box(MARGIN, 120, INSIDE, 150)
_COVER_BODY = Box(MARGIN, 290, INSIDE, 170)
_SCHEME = {
    "dk1": theme.INK,
    "lt1": theme.PAPER,
    "dk2": theme.THIS_PLACE,
    "lt2": theme.NO_DATA,
    "accent1": theme.THIS_PLACE,
    "accent2": theme.GEWELD["km"],
    "accent3": theme.GEWELD["hg"],
    "accent4": theme.GEWELD["om"],
    "accent5": theme.YEAR_BEFORE,
    "accent6": theme.REGION,
    "hlink": theme.THIS_PLACE,
    "folHlink": theme.GEWELD["om"],
}
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_PROMPTS = {"ctrTitle": "Titel", "title": "Titel", "subTitle": "Plaatsen en filters", "body": "Tekst", "": "Tekst"}


class Run(NamedTuple):
    """A piece of text of one look; `link` is the address that it leads to."""

    text: str
    colour: str = ""
    is_bold: bool = False
    link: str = ""


Paragraph = tuple[Run, ...]


def to_pptx(deck: Deck, advance: Callable[[int], None] | None = None) -> bytes:
    """The deck as a .pptx; `advance` is told how many slides of the deck are done, after each."""
    made = _template()
    _cover(made, deck)
    for n, slide in enumerate(deck.slides, 1):
        _figure_page(made, deck, slide)
        if advance:
            advance(n)
    if deck.questions:
        _text_pages(made, "Geparkeerde vragen", [_linked(q.text, q.link) for q in deck.questions])
    _text_pages(made, "Bronnen", list(_closing(deck)))
    about = made.core_properties
    about.title, about.author, about.language = clean(deck.title)[:255], AUTHOR, LANGUAGE
    about.subject, about.last_modified_by = clean(deck.subtitle)[:255], AUTHOR
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


# --- pages -----------------------------------------------------------------------------------------------------------


def _cover(made: "Presentation", deck: Deck) -> None:
    page = made.slides.add_slide(made.slide_layouts[_COVER])
    _put_title(page, deck.title, _COVER_TITLE, (44, 40, 36, 32, 28, 24, 20))
    said = [deck.subtitle, deck.filters, f"Gemaakt op {wording.format_date(deck.made_on)}"]
    texts = [wording.truncate(text, 1200) for text in map(clean, said) if text]
    size = next((n for n in (22, 20, 18, 16, 14, 12) if _height(texts, n, INSIDE) <= _COVER_BODY.height), 12)
    _write(page.placeholders[1].text_frame, [(Run(text),) for text in texts], size, after=size / 2)


def _figure_page(made: "Presentation", deck: Deck, slide: Slide) -> None:
    """Title, subtitle, legend, chart, what must be known, source and filters, in the order they are read; the notes."""
    figure = slide.figure
    page = made.slides.add_slide(made.slide_layouts[_FIGURE])
    is_whole = _put_title(page, slide.title, _TITLE, (28, 26, 24, 22, 20, 18, 16, 14))
    text, size = _fitted(clean(figure.subtitle), _SUBTITLE, (16, 15, 14, 13, 12, 11, 10))
    _write(page.placeholders[13].text_frame, [(Run(text),)], size)
    top = _put_legend(page, figure, _SUBTITLE.top + _SUBTITLE.height + 4)
    foot = _foot(cite(figure.sources), deck.filters)
    foot_top = _FOOT.top + _FOOT.height - max(_FOOT.height, _height(foot, _FOOT_SIZE, _FOOT.width))
    remarks, remark_size = _remarks(figure, foot_top - top - LEAST_CHART)
    bottom = foot_top - 6 - _height(remarks, remark_size, INSIDE)
    _put_chart(page, figure, Box(MARGIN, top + 8, INSIDE, bottom - top - 16))
    if remarks:
        said = [(Run(text, is_bold=text.startswith("≠")),) for text in remarks]
        _put_text(page, "Opmerkingen", said, remark_size, Box(MARGIN, bottom, INSIDE, foot_top - 6 - bottom))
    _put_foot(page, foot, foot_top)
    _put_notes(page, [*_spoken(slide), *([] if is_whole else [clean(slide.title)])])


def _put_title(page: "Page", title: str, box: Box, sizes: Sequence[int]) -> bool:
    """Fills the title; whether there was room for the whole of it."""
    whole = clean(title) or "Zonder titel"
    text, size = _fitted(whole, box, sizes, is_bold=True)
    assert page.shapes.title is not None
    _write(page.shapes.title.text_frame, [(Run(text),)], size)
    return text == whole


def _put_legend(page: "Page", figure: Figure, top: float) -> float:
    """The legend as text with coloured signs; returns where what is below it begins."""
    if not figure.legend:
        return top
    lines = {mark.colour for mark in figure.marks if isinstance(mark, BarSegment) and mark.line is not None} | {
        theme.NORM
    }
    runs: list[Run] = []
    for colour, text in figure.legend:
        runs.append(Run("┃\xa0" if colour in lines else "■\xa0", colour))
        runs.append(Run(clean(text).replace(" ", "\xa0") + "    "))
    size, words = 14, " ".join("x" * (len(clean(text)) + 5) for _, text in figure.legend)
    height = lines_height(len(wrap_text(words, size, INSIDE)), size)
    _put_text(page, "Legenda", [tuple(runs)], size, Box(MARGIN, top, INSIDE, height))
    return top + height


def _foot(sources: Sequence[str], filters: str) -> list[str]:
    """Sources and filters, each on a line; where the sources are too many, where the others stand."""
    kept = [wording.truncate(clean(f"Bron: {source}"), 350) for source in sources]
    ending = [wording.truncate(clean(filters), 350)] if clean(filters) else []
    more: list[str] = []
    while len(kept) > 1 and _height([*kept, *more, *ending], _FOOT_SIZE, _FOOT.width) > _MOST_FOOT:
        kept.pop()
        more = ["Meer bronnen: zie de notities en “Bronnen”."]
    return [*kept, *more, *ending]


def _put_foot(page: "Page", texts: Sequence[str], top: float) -> None:
    if texts:
        footer = _copied(page, "ftr")
        if top < _FOOT.top:
            _move(footer, _FOOT._replace(top=top, height=_FOOT.top + _FOOT.height - top))
        _write(footer.text_frame, [(Run(text),) for text in texts], _FOOT_SIZE)
    _copied(page, "sldNum")


def _remarks(figure: Figure, most: float) -> tuple[list[str], float]:
    """What is doubted and what is shown instead of what was asked, and its size; what has no room is counted."""
    texts = [wording.truncate(clean(f"≠ {flag.text}"), 350) for flag in figure.flags]
    texts += [wording.truncate(clean(wording.capitalize(notice)), 350) for notice in figure.notices]
    size = next((n for n in (12, 11, 10) if _height(texts, n, INSIDE) <= most), 9)
    kept, more = texts[:], list[str]()
    while kept and _height([*kept, *more], size, INSIDE) > most:
        kept.pop()
        left = len(texts) - len(kept)
        more = [f"Nog {left} {'opmerking' if left == 1 else 'opmerkingen'}: zie de notities."]
    return [*kept, *more], size


def _put_chart(page: "Page", figure: Figure, box: Box) -> None:
    if not figure.marks:
        return
    if made := plan_charts(figure, box.height):
        add_charts(page, figure, made, box)
        return
    from pptx.util import Emu, Pt

    picture = page.shapes.add_picture(io.BytesIO(chart_png(figure, 760, 3)), Pt(box.left), Pt(box.top))
    scale = min(Pt(box.width) / picture.width, Pt(box.height) / picture.height)
    picture.width, picture.height = Emu(round(picture.width * scale)), Emu(round(picture.height * scale))
    describe_shape(picture, "Grafiek", figure.alt)


def _spoken(slide: Slide) -> list[str]:
    """The notes: what is said first, then all that goes with the numbers."""
    figure = slide.figure
    texts = [slide.spoken, figure.summary]
    if slide.own_title and slide.own_title != figure.title:
        texts.append(figure.title)
    texts += [*figure.caveats, *map(wording.capitalize, figure.notices)]
    texts += [f"≠ {flag.text}" for flag in figure.flags]
    texts += [f"Bron: {source}" for source in cite(figure.sources)]
    return [line for text in texts for line in map(clean, text.splitlines()) if line]


def _text_pages(made: "Presentation", title: str, paragraphs: Sequence[Paragraph]) -> None:
    """Paragraphs under a title, on as many slides as they need."""
    pages: list[list[Paragraph]] = [[]]
    for paragraph in paragraphs:
        if pages[-1] and _page_height([*pages[-1], paragraph]) > _BODY.height:
            is_heading = pages[-1][-1][0].is_bold
            pages.append([pages[-1].pop()] if is_heading else [])
        pages[-1].append(paragraph)
    for n, held in enumerate(pages, 1):
        page = made.slides.add_slide(made.slide_layouts[_TEXT])
        _put_title(page, f"{title} ({n} van {len(pages)})" if len(pages) > 1 else title, _TITLE, (28,))
        _write(page.placeholders[1].text_frame, held, _TEXT_SIZE, after=_TEXT_AFTER)
        _copied(page, "sldNum")


def _page_height(paragraphs: Sequence[Paragraph]) -> float:
    texts = ["".join(run.text for run in paragraph) for paragraph in paragraphs]
    return _height(texts, _TEXT_SIZE, _BODY.width) + _TEXT_AFTER * len(texts)


def _closing(deck: Deck) -> Iterable[Paragraph]:
    for source in deck.sources:
        yield (Run(wording.truncate(clean(source), 900)),)
    if deck.left_out:
        yield (Run("Wat er niet in staat", theme.THIS_PLACE, is_bold=True),)
        yield from ((Run(wording.truncate(clean(text), 900)),) for text in deck.left_out)
    yield (Run("Over deze presentatie", theme.THIS_PLACE, is_bold=True),)
    if deck.filters:
        yield (Run(wording.truncate(clean(deck.filters), 900)),)
    if deck.link:
        yield _linked("Dezelfde weergave met de nieuwste cijfers:", deck.link)
    yield (Run(clean(f"Gegevensversie {deck.data_version}; gemaakt op {wording.format_date(deck.made_on)}.")),)


def _linked(text: str, link: str) -> Paragraph:
    """A text and the address that it goes with: a hyperlink where it leads to the web."""
    address = clean(link)
    is_web = address.lower().startswith(("http://", "https://")) and " " not in address
    shown = Run(wording.truncate(address, 120), theme.THIS_PLACE if is_web else "", link=address if is_web else "")
    said = wording.truncate(clean(text), 900)
    return (Run(f"{said} "), shown) if address else (Run(said),)


# --- text on a slide -------------------------------------------------------------------------------------------------


def _height(texts: Sequence[str], size: float, width: float, is_bold: bool = False) -> float:
    return lines_height(sum(len(wrap_text(text, size, width, is_bold)) for text in texts), size)


def _fitted(text: str, box: Box, sizes: Sequence[int], is_bold: bool = False) -> tuple[str, int]:
    """The text and the largest size at which it fits; cut with an ellipsis where none is small enough."""
    for size in sizes:
        if _height([text], size, box.width, is_bold) <= box.height:
            return text, size
    lines = wrap_text(text, sizes[-1], box.width, is_bold)[: int(box.height / lines_height(1, sizes[-1]))]
    return f"{' '.join(lines)[:-2].rstrip()}…", sizes[-1]


def _put_text(page: "Page", name: str, paragraphs: Sequence[Paragraph], size: float, box: Box) -> None:
    from pptx.util import Pt

    shape = page.shapes.add_textbox(*(Pt(side) for side in box))
    shape.name = name
    _write(shape.text_frame, paragraphs, size)


def _write(frame: Drawn, paragraphs: Sequence[Paragraph], size: float, after: float = 0) -> None:
    """Fills a text frame: Dutch, without margins, wrapped."""
    from pptx.util import Pt

    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for n, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(after)
        for run in runs:
            made = paragraph.add_run()
            made.text = run.text
            made.font.size = Pt(size)
            made.font.name = FONT
            made._r.get_or_add_rPr().set("lang", LANGUAGE)
            if run.is_bold:
                made.font.bold = True
            if run.link:
                made.hyperlink.address = run.link
            elif run.colour:
                made.font.color.rgb = rgb(run.colour)
                _outlined(made, run.colour)


def _outlined(made: Drawn, colour: str) -> None:
    """Draws a line around a sign that would not stand out on white."""
    from pptx.oxml import parse_xml

    if theme.contrast(colour, theme.PAPER) < 3:
        line = f'<a:ln xmlns:a="{_A}" w="6350"><a:solidFill><a:srgbClr val="{theme.QUIET[1:]}"/></a:solidFill></a:ln>'
        made._r.rPr.insert(0, parse_xml(line))


def _copied(page: "Page", kind: str) -> Drawn:
    """A placeholder of the layout that python-pptx leaves behind: footer or slide number."""
    path = f'.//p:sp[p:nvSpPr/p:nvPr/p:ph[@type="{kind}"]]'
    element = deepcopy(find_elements(page.slide_layout._element, path)[0])
    find_elements(element, "./p:spPr")[0].clear()
    find_elements(element, "./p:nvSpPr/p:cNvPr")[0].set("id", str(max(shape.shape_id for shape in page.shapes) + 1))
    page.shapes._spTree.append(element)
    return next(shape for shape in page.placeholders if shape._element is element)


def _put_notes(page: "Page", texts: Sequence[str]) -> None:
    notes = page.notes_slide
    frame = notes.notes_text_frame
    assert frame is not None
    _write(frame, [(Run(text),) for text in texts], 12)
    for shape in list(notes.placeholders):
        if shape.placeholder_format.type is not None and "SLIDE_NUMBER" in str(shape.placeholder_format.type):
            shape._element.getparent().remove(shape._element)


# --- the template ----------------------------------------------------------------------------------------------------


def _template() -> "Presentation":
    """An empty 16:9 presentation with three layouts, in the colours and type of the app."""
    import pptx
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.util import Pt

    made = pptx.Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    find_elements(made.element, "p:sldSz")[0].attrib.pop("type", None)
    _in_language(made.element)
    _in_language(made.notes_master._element)
    relations = made.part.package._rels
    for key in [key for key, relation in relations.items() if relation.reltype == KIND.THUMBNAIL]:
        relations.pop(key)
    for layout in list(made.slide_layouts):
        if layout.name not in _LAYOUTS:
            made.slide_layouts.remove(layout)
    for part in (made.slide_master.part, made.notes_master.part):
        _themed(part)
    _master(made.slide_master)
    for layout in made.slide_layouts:
        _layout(layout)
    return made


def _themed(part: Drawn) -> None:
    """Puts the colours and the type of the app in the theme of a master."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    held = part.part_related_by(KIND.THEME)
    root: Drawn = held._element if hasattr(held, "_element") else parse_xml(held.blob)
    root.set("name", AUTHOR)
    (scheme,) = find_elements(root, ".//a:clrScheme")
    scheme.set("name", AUTHOR)
    for name, colour in _SCHEME.items():
        (slot,) = find_elements(scheme, f"a:{name}")
        slot.clear()
        slot.append(parse_xml(f'<a:srgbClr xmlns:a="{_A}" val="{colour[1:]}"/>'))
    for latin in find_elements(root, ".//a:fontScheme/*/a:latin"):
        latin.set("typeface", FONT)
    if not hasattr(held, "_element"):
        held._blob = serialize_part_xml(root)


def _master(master: Drawn) -> None:
    """Places and type of title, text, footer and slide number; a bar of the accent colour above all."""
    boxes = {"title": _TITLE, "body": _BODY, "ftr": _FOOT, "sldNum": _NUMBER}
    for shape in list(master.placeholders):
        kind = find_elements(shape._element, ".//p:ph/@type")[0]
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
            continue
        _move(shape, boxes[kind])
        body = find_elements(shape._element, ".//a:bodyPr")[0]
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")
        body.set("anchor", "t" if kind == "body" else "b")
    for style in find_elements(master._element, "p:txStyles/*[self::p:titleStyle or self::p:bodyStyle]/a:lvl1pPr"):
        left_align(style)
    for look in find_elements(master._element, ".//p:sp//a:lstStyle/a:lvl1pPr"):
        look.set("algn", "l" if find_elements(look, "ancestor::p:sp//p:ph[@type='ftr']") else "r")
        find_elements(look, "a:defRPr")[0].set("sz", "1000")
        set_muted(look)
    _prompted(master._element)
    _accent(master, Box(0, 0, WIDTH, 8))


def left_align(style: Drawn) -> None:
    """Makes the first level of a text style flush left, without a bullet."""
    from pptx.oxml import parse_xml

    style.set("algn", "l")
    style.set("marL", "0")
    style.set("indent", "0")
    for bullet in find_elements(style, "a:buFont | a:buChar | a:buNone"):
        style.remove(bullet)
    font = find_elements(style, "a:defRPr")[0]
    font.addprevious(parse_xml(f'<a:buNone xmlns:a="{_A}"/>'))
    is_title = style.getparent().tag.endswith("titleStyle")
    font.set("sz", "2800" if is_title else "1600")
    font.set("b", "1" if is_title else "0")


def set_muted(style: Drawn) -> None:
    """Gives a text style the colour of what is said beside."""
    from pptx.oxml import parse_xml

    fill = find_elements(style, "a:defRPr/a:solidFill")[0]
    fill.clear()
    fill.append(parse_xml(f'<a:srgbClr xmlns:a="{_A}" val="{theme.QUIET[1:]}"/>'))


def _layout(layout: Drawn) -> None:
    """A layout with its Dutch name, and only the placeholders that its slides fill."""
    kind, layout.name = layout.name, _LAYOUTS[layout.name]
    for shape in list(layout.placeholders):
        if find_elements(shape._element, ".//p:ph/@type") == ["dt"]:
            shape._element.getparent().remove(shape._element)
    if kind == "Title Slide":
        for shape in list(layout.placeholders):
            box = {"ctrTitle": _COVER_TITLE, "subTitle": _COVER_BODY}.get(
                find_elements(shape._element, ".//p:ph/@type")[0]
            )
            if box is None:
                shape._element.getparent().remove(shape._element)
            else:
                _move(shape, box)
        style = find_elements(layout._element, ".//p:sp//a:lvl1pPr")[0]
        left_align(style)
        set_muted(style)
        _accent(layout, Box(MARGIN, 278, 96, 4))
    if kind == "Title Only":
        _add_subtitle(layout)
    _prompted(layout._element)


def _add_subtitle(layout: Drawn) -> None:
    """Gives the layout of a figure its second placeholder: what, where, when and in which unit."""
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    left, top, width, height = (Pt(side) for side in _SUBTITLE)
    layout._element.attrib.pop("type", None)
    layout.shapes._spTree.insert_element_before(
        parse_xml(
            f'<p:sp xmlns:p="{_P}" xmlns:a="{_A}"><p:nvSpPr><p:cNvPr id="20" name="Ondertitel"/><p:cNvSpPr>'
            '<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" sz="quarter" idx="13"/></p:nvPr></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr>'
            '<p:txBody><a:bodyPr anchor="t"/><a:lstStyle/><a:p><a:r><a:rPr lang="nl-NL"/><a:t>Tekst</a:t></a:r></a:p>'
            "</p:txBody></p:sp>"
        ),
        "p:extLst",
    )


def _prompted(element: Drawn) -> None:
    """Puts Dutch prompts in the placeholders of a master or layout."""
    for shape in find_elements(element, ".//p:sp[.//p:ph and .//a:r]"):
        kind = (find_elements(shape, ".//p:ph/@type") or [""])[0]
        first, *others = find_elements(shape, ".//a:p")
        for paragraph in others:
            paragraph.getparent().remove(paragraph)
        if runs := find_elements(first, "a:r/a:t"):
            runs[0].text = _PROMPTS.get(kind, "Tekst")
    _in_language(element)


def _in_language(element: Drawn) -> None:
    for run in find_elements(element, ".//*[@lang]"):
        run.set("lang", LANGUAGE)


def _accent(page: Drawn, box: Box) -> None:
    """A filled bar that says nothing, behind all else."""
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    left, top, width, height = (Pt(side) for side in box)
    tree = page.shapes._spTree
    tree.insert(
        2,
        parse_xml(
            f'<p:sp xmlns:p="{_P}" xmlns:a="{_A}"><p:nvSpPr><p:cNvPr id="30" name="Balk">{_DECORATIVE}</p:cNvPr>'
            f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
            '<a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
        ),
    )


def _move(shape: Drawn, box: Box) -> None:
    from pptx.util import Pt

    shape.left, shape.top, shape.width, shape.height = (Pt(side) for side in box)
